//! One slip at a time in a real policy: each is reported, at its place, in words that say what the text says.

use std::fmt::Write as _;
use std::path::Path;

use conforme::check::check;
use conforme::concordance::{review, source_text};
use conforme::diagnostic::Diagnostic;
use conforme::source::SourceFile;

const ESS: &str = include_str!("../../policies/ess/ess.pol");

/// Everything that `check` says of the policy.
fn said(text: &str) -> (std::sync::Arc<SourceFile>, Vec<Diagnostic>) {
    let file = SourceFile::new("ess/ess.pol", text);
    let checked = check(&file);
    let policy = checked.policy.unwrap_or_else(|| panic!("{:?}", checked.diagnostics));
    let mut read = |_: &SourceFile, path: &str| {
        Ok(std::fs::read_to_string(Path::new("policies/ess").join(path)).unwrap())
    };
    let mut found = source_text::compare(&policy, &mut read);
    found.extend(
        review(&policy).into_iter().filter(|remark| remark.answer.is_none()).map(|remark| remark.diagnostic),
    );
    (file, found)
}

/// What stands outside quotations and comments, below the facts.
fn rules() -> Vec<bool> {
    let start = ESS.find("# ── Ce que les textes").unwrap();
    let mut depth = 0;
    let mut comment = false;
    let mut out = vec![false; ESS.len()];
    for (at, c) in ESS.char_indices() {
        match c {
            '#' if depth == 0 => comment = true,
            '\n' => comment = false,
            '«' if !comment => depth += 1,
            '»' if !comment => depth -= 1,
            _ => {}
        }
        if depth == 0 && !comment && at >= start {
            out[at] = true;
        }
    }
    out
}

/// Every place of some words in the rules.
fn places(words: &str) -> Vec<usize> {
    let rules = rules();
    let whole = |at: usize| {
        let before = ESS[..at].chars().next_back().is_some_and(char::is_alphanumeric);
        let after = ESS[at + words.len()..].chars().next().is_some_and(char::is_alphanumeric);
        !before && !after
    };
    ESS.match_indices(words).map(|(at, _)| at).filter(|at| rules[*at] && whole(*at)).collect()
}

fn line(text: &str, at: usize) -> usize {
    text[..at].matches('\n').count() + 1
}

/// SOURCE then message, for the slip of these words into those at a place.
fn shown(at: usize, from: &str, to: &str) -> (String, Vec<Diagnostic>) {
    let text = format!("{}{to}{}", &ESS[..at], &ESS[at + from.len()..]);
    let (file, found) = said(&text);
    let here = line(&text, at);
    let mut out = format!("{}\n", text.lines().nth(here - 1).unwrap().trim());
    for diagnostic in &found {
        let _ = writeln!(out, "→ {} [{}]", diagnostic.message, diagnostic.code);
        for label in &diagnostic.labels {
            let words = file.text().get(label.span.range()).unwrap();
            let _ = writeln!(
                out,
                "  « {} » : {}",
                words.split_whitespace().collect::<Vec<_>>().join(" "),
                label.text
            );
        }
        if let Some(help) = &diagnostic.help {
            let _ = writeln!(out, "  aide : {help}");
        }
    }
    let on_it = |diagnostic: &&Diagnostic| {
        diagnostic.labels.iter().any(|label| {
            let (first, last) = (file.position(label.span.start).line, file.position(label.span.end).line);
            (first as usize..=last as usize).contains(&here)
        })
    };
    let found: Vec<Diagnostic> = found.iter().filter(on_it).cloned().collect();
    (out, found)
}

#[test]
fn the_policy_itself_is_clean() {
    let (_, found) = said(ESS);
    assert!(found.is_empty(), "{found:?}");
}

#[test]
fn every_slip_of_a_figure_or_sign_is_reported_at_its_place() {
    let slips = [
        ("10", "12", 2),
        ("≥", ">", 5),
        ("80 000 €", "8 000 €", 1),
        ("6 mois", "6 jours", 1),
        ("50 %", "55 %", 1),
        ("départemental", "régional", 1),
        ("200 €", "250 €", 1),
        ("50 000 €", "5 000 €", 1),
        ("100 000 €", "200 000 €", 1),
    ];
    let mut all = String::new();
    for (from, to, count) in slips {
        let places = places(from);
        assert_eq!(places.len(), count, "{from}");
        for at in places {
            let (text, found) = shown(at, from, to);
            assert!(!found.is_empty(), "{text}");
            let _ = writeln!(
                all,
                "{from} → {to}
{text}"
            );
        }
    }
    insta::assert_snapshot!("slips", all);
}

/// The first and the last day of a year are not said where a period is counted in it.
#[test]
fn a_part_of_a_period_says_no_day() {
    let said = |rule: &str| -> Vec<String> {
        let text = format!(
            "dispositif t « T »\n  en vigueur depuis le 1er janvier 2024\n\nsource T « Texte », texte opposable\n\ndossier\n  présence : période\n    \
             « Laquelle ? »\n  demande : date\n    « Quand ? »\n\nfinancement f\n  selon T « Une prime de 250 €, au prorata des mois de présence dans \
             l'année, sur douze, arrondie au centime. »\n  {rule}\n  arrondi au centime\n"
        );
        let checked = check(&SourceFile::new("t.pol", text));
        let policy = checked.policy.unwrap_or_else(|| panic!("{:?}", checked.diagnostics));
        review(&policy).into_iter().map(|remark| remark.diagnostic.message).collect()
    };
    let whole = "montant 250 € au prorata des mois entiers de présence dans l'année de demande sur 12";
    assert_eq!(said(whole), [""; 0]);
    assert_eq!(
        said(
            "montant 250 € au prorata des mois entiers de présence depuis 1er janvier de l'année de demande sur 12"
        ),
        ["la règle dit « 1er janvier de l'année de demande », le texte cité n'en dit rien"]
    );
}

/// What is said of two policies after slips that are no figure.
#[test]
fn slips_of_sense_are_reported() {
    let csq = include_str!("../../policies/csq/csq.pol");
    let said = |text: &str| -> Vec<String> {
        let checked = check(&SourceFile::new("slips.pol", text));
        let policy = checked.policy.unwrap_or_else(|| panic!("{:?}", checked.diagnostics));
        review(&policy)
            .into_iter()
            .filter(|remark| remark.answer.is_none())
            .map(|remark| remark.diagnostic.message)
            .collect()
    };
    assert_eq!(said(csq), [""; 0]);
    for (policy, from, to, expected) in [
        (ESS, "déjà couvert est non", "déjà couvert", "le texte écarte « déjà couvert », la règle l'exige"),
        (ESS, "chaque année", "chaque mois", "le texte dit « annuelle », la règle dit « chaque mois »"),
        (
            csq,
            "si quartier prioritaire",
            "si non quartier prioritaire",
            "le texte donne « 1 500 » dans ce cas (« quartier prioritaire »), la règle dans le cas contraire",
        ),
        (
            csq,
            "arrondi à l'euro inférieur",
            "arrondi à l'euro supérieur",
            "le texte dit « arrondie à l'euro inférieur », la règle dit « arrondi à l'euro supérieur »",
        ),
        (
            csq,
            "augmenté de majoration",
            "diminué de majoration",
            "le texte ajoute 10 % (« majorée de 10 % »), la règle retranche 10 %",
        ),
        (
            csq,
            "plafonné à 6 000 €",
            "au minimum 6 000 €",
            "le texte dit « ne peut excéder 6 000 € », la règle dit « ≥ 6 000 € »",
        ),
        (
            csq,
            "facturée le ≥ engagement.signé le",
            "facturée le ≤ engagement.signé le",
            "le texte met « facturée le » après « engagement.signé le » (« à compter »), la règle avant",
        ),
    ] {
        assert!(policy.contains(from), "{from}");
        let found = said(&policy.replacen(from, to, 1));
        assert_eq!(found.first().map(String::as_str), Some(expected), "{from} → {to}: {found:?}");
    }
}

#[test]
fn an_aim_that_is_required_is_reported() {
    let text = ESS
        .replace("objectif intégration à terme", "critère intégration à terme")
        .replace("vise taux d'adhésion", "exige taux d'adhésion");
    let (_, found) = said(&text);
    let messages: Vec<&str> = found.iter().map(|diagnostic| diagnostic.message.as_str()).collect();
    assert_eq!(
        messages,
        [
            "le texte fait de 50 % un but (« objectif »), la règle l'exige",
            // One criterion more: the sheet counts five.
            "le texte dit « 5 critères », la règle en réunit 6",
        ]
    );
}

#[test]
fn one_word_of_any_quotation_is_reported() {
    let file = SourceFile::new("ess/ess.pol", ESS);
    let (document, _) = conforme::syntax::parse(&file);
    let mut quotes = Vec::new();
    for item in &document.items {
        quotes.extend(item.citations.iter().filter_map(|citation| citation.quote.as_ref()));
        if let conforme::syntax::tree::ItemKind::Reading(reading) = &item.kind {
            let citations = reading.options.iter().flat_map(|option| &option.citations);
            quotes.extend(citations.filter_map(|citation| citation.quote.as_ref()));
        }
    }
    assert!(quotes.len() > 35, "{}", quotes.len());
    for quote in quotes {
        let inside = &ESS[quote.span.range()];
        let word = inside
            .split_whitespace()
            .filter(|word| word.chars().all(char::is_alphabetic))
            .max_by_key(|word| word.len())
            .unwrap();
        let at = quote.span.start as usize + inside.find(word).unwrap();
        let (text, found) = shown(at, word, "substitut");
        let codes: Vec<&str> = found.iter().map(|diagnostic| diagnostic.code).collect();
        assert!(codes.contains(&"citation-absente"), "{text}");
        assert!(text.contains(&format!("la source écrit « {word} »")), "{text}");
    }
}
