//! Drawings of the policies that stand beside the program.

use std::path::Path;

use super::{scale, thresholds, timeline};
use crate::history::Sight;
use crate::pages::{Decided, Shelf};
use crate::policy::{ExprId, ExprKind, Policy};
use crate::render::Lang;
use crate::render::document::{Anchoring, Picture, Shape};
use crate::render::layout::width;

fn files(folder: &Path, above: &str, all: &mut Vec<(String, Vec<u8>)>) {
    let mut entries: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        let name = format!("{above}{}", path.file_name().unwrap().to_str().unwrap());
        match path.is_dir() {
            true => files(&path, &format!("{name}/"), all),
            false => all.push((name, std::fs::read(&path).unwrap())),
        }
    }
}

fn shelf() -> Shelf {
    let mut all = Vec::new();
    files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("policies"), "", &mut all);
    Shelf::new(all)
}

fn scales(policy: &Policy, lang: Lang) -> Vec<Picture> {
    let is_scale = |expr: &ExprId| matches!(policy.exprs.get(*expr).kind, ExprKind::Scale { .. });
    let all = (0..).map(ExprId).take(policy.exprs.len()).filter(is_scale);
    all.filter_map(|expr| scale(policy, expr, lang)).collect()
}

/// All drawings of a few policies and their cases, in both languages.
fn drawings() -> Vec<(Lang, Picture)> {
    let shelf = shelf();
    let mut all = Vec::new();
    for id in ["ess", "csq", "alr"] {
        for draft in [false, true] {
            let sight = Sight { draft, ..Sight::default() };
            let drawn = |lang| (lang, timeline(shelf.history(id).unwrap(), &sight, lang));
            all.extend([Lang::Fr, Lang::En].map(drawn));
        }
        let mut seen = false;
        for case in shelf.cases(id) {
            let Ok(Decided { policy, dossier, decision }) = shelf.decide(&case.file, None) else { continue };
            for lang in [Lang::Fr, Lang::En] {
                let own = if seen { Vec::new() } else { scales(policy, lang) };
                let own = own.into_iter().chain(thresholds(policy, &dossier, &decision, lang));
                all.extend(own.map(|picture| (lang, picture)));
            }
            seen = true;
        }
        assert!(seen, "{id}");
    }
    all
}

/// From where to where a text goes, and on which line, at 7 a character.
fn spread(shape: &Shape) -> Option<(u32, u32, u32, &str)> {
    let Shape::Text { at, text, anchoring, .. } = shape else { return None };
    let wide = u32::try_from(width(text)).unwrap() * 7;
    let left = match anchoring {
        Anchoring::Start => at.0,
        Anchoring::Middle => at.0.checked_sub(wide / 2)?,
        Anchoring::End => at.0.checked_sub(wide)?,
    };
    Some((left, left + wide, at.1, text))
}

#[test]
fn words_stay_within_the_frame_and_apart_and_are_told() {
    let all = drawings();
    assert!(all.len() > 80, "{}", all.len());
    for (lang, picture) in all {
        apart(&picture);
        if lang == Lang::Fr {
            told(&picture);
        }
    }
}

fn apart(picture: &Picture) {
    let texts: Vec<_> = picture.shapes.iter().filter_map(spread).collect();
    let count = picture.shapes.iter().filter(|shape| matches!(shape, Shape::Text { .. })).count();
    assert_eq!(texts.len(), count, "{picture:?}");
    for (rank, (left, right, line, text)) in texts.iter().enumerate() {
        assert!(*right <= picture.size.0 && *line <= picture.size.1, "{text} : {picture:?}");
        for (from, to, other, beside) in &texts[..rank] {
            let apart = line.abs_diff(*other) >= 14 || to < left || right < from;
            assert!(apart, "{text} / {beside} : {picture:?}");
        }
    }
}

/// All that is drawn is said in words as well; signs are « condition remplie » and its like.
fn told(picture: &Picture) {
    assert!(!picture.caption.is_empty() && picture.told.len() > picture.caption.len(), "{picture:?}");
    for shape in &picture.shapes {
        let Shape::Text { text, .. } = shape else { continue };
        let said = text.trim_start_matches(['✔', '✘', '?', ' ']);
        for word in said.split(' ').filter(|word| word.len() > 3) {
            let known = picture.told.contains(word) || ["pour", "remédier"].contains(&word);
            assert!(known, "{word} : {picture:?}");
        }
    }
}

/// The drawings of a dossier under a small text with criteria that are added to it.
fn drawn(criteria: &str, dossier: &str) -> Vec<Picture> {
    let text = [include_str!("../../../tests/support/majorite.pol"), criteria].concat();
    let shelf = Shelf::new([("essai.pol".to_owned(), text.into_bytes())]);
    let dossier = format!("dispositif: essai\nexaminé le: 2025-06-01\n{dossier}");
    let file = crate::dossier::file(dossier.as_bytes(), "d.yaml").unwrap();
    let Decided { policy, dossier, decision } = shelf.decide(&file, None).unwrap();
    thresholds(policy, &dossier, &decision, Lang::Fr)
}

fn lines(picture: &Picture) -> Vec<u32> {
    let line = |shape: &Shape| match shape {
        Shape::Line { from, class: "now", .. } => Some(from.0),
        _ => None,
    };
    picture.shapes.iter().filter_map(line).collect()
}

#[test]
fn a_dossier_is_drawn_against_each_threshold() {
    let all = drawn("", "âge: 15\n");
    let [picture] = all.as_slice() else { panic!("{all:?}") };
    assert_eq!(picture.caption, "majorité : âge");
    let told =
        "majorité : âge : 15 (il faut : au moins 18) ; condition non remplie ; âge : 15, il en manque 3";
    assert_eq!(picture.told, told);
    // To 18 and a fifth, 21,6: 18 is at 300, 15 at 250.
    assert_eq!(lines(picture), [300]);
    assert!(
        picture.shapes.iter().any(|shape| matches!(shape, Shape::Dot { at: (250, _), class: "failed", .. }))
    );
}

#[test]
fn a_contrary_and_two_ends_are_drawn_as_they_are_asked() {
    let more = "
critère retraite
  selon texte « avant soixante ans »
  exige non (âge ≥ 60)

critère carrière
  selon texte « entre vingt et cinquante ans »
  exige âge est entre 20 et 50
";
    let all = drawn(more, "âge: 30\n");
    let told: Vec<&str> = all.iter().map(|picture| picture.told.as_str()).collect();
    assert_eq!(
        told,
        [
            "majorité : âge : 30 (au moins 18) ; condition remplie",
            "retraite : âge : 30 (au plus 59) ; condition remplie",
            "carrière : âge : 30 (entre 20 et 50) ; condition remplie",
        ]
    );
    // 59 and a fifth of it are 70,8; 50 and a fifth 60.
    assert_eq!(lines(&all[1]), [300]);
    assert_eq!(lines(&all[2]), [120, 300]);
}

#[test]
fn what_is_not_known_is_open() {
    let all = drawn("", "âge: inconnu\n");
    let [picture] = all.as_slice() else { panic!("{all:?}") };
    assert_eq!(picture.told, "majorité : âge : à établir (au moins 18) ; à établir");
    assert!(picture.shapes.iter().any(|shape| matches!(shape, Shape::Area { class: "asked", .. })));
}
