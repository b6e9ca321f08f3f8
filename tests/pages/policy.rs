//! The page of a policy.

use conforme::history::{History, Sight, Text};
use conforme::pages::{CaseTold, PolicyPage};
use conforme::policy::Policy;
use conforme::render::Lang;
use conforme::source::SourceFile;
use conforme::time::Date;

use super::shelf;

fn page(history: &History, policy: &Policy, cases: &[CaseTold<'_>]) -> String {
    PolicyPage { history, policy, sight: Sight::default(), cases, since: None, lang: Lang::Fr }.html()
}

fn day() -> Date {
    Date::new(2026, 6, 1).expect("a day")
}

/// What stands between two tags, without tags.
fn words(html: &str) -> String {
    let mut out = String::new();
    let mut inside = false;
    for c in html.chars() {
        match c {
            '<' => inside = true,
            '>' => {
                inside = false;
                out.push(' ');
            }
            c if !inside => out.push(if c == '\u{a0}' || c == '\u{202f}' { ' ' } else { c }),
            _ => {}
        }
    }
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn a_lawyer_finds_the_threshold_its_passages_and_the_open_readings() {
    let shelf = shelf();
    let history = shelf.history("ess").expect("a policy");
    let policy = history.at(day(), &Sight::default()).and_then(|made| made.policy()).expect("a text");
    let html = page(history, policy, &[]);
    assert!(html.contains("id=\"critere-seuil-d-adhesion\""), "links that last");
    let said = words(&html);
    for wanted in [
        // The rule in a sentence, beside the passages.
        "Critère « seuil d&#39;adhésion »",
        "taux d&#39;adhésion : au moins 10 %",
        "« Réunir au moins 10% des professionnels de la spécialité concernée du territoire qu&#39;elle couvre »",
        "Sauf si",
        // An exception is quoted with it.
        "« exceptions possibles en raison de circonstances exceptionnelles »",
        // The readings, each with what it changes.
        "Les 10 % se comptent-ils sur tous les professionnels ou sur les seuls libéraux ?",
        "Lecture « base du seuil »",
        // Amounts and time limits.
        "80 000 €",
        "entre 50 000 € et 100 000 €",
        "6 mois après « départ du délai »",
        // What binds, and what informs.
        "CSP (texte opposable)",
        "fiche (document d&#39;information)",
        // Where somebody signs.
        "Relu par (prénom, nom, qualité) :",
    ] {
        assert!(said.contains(wanted), "« {wanted} » is not told");
    }
}

#[test]
fn every_rule_of_every_policy_has_a_place_of_its_own_and_every_link_leads_to_one() {
    let shelf = shelf();
    for id in shelf.ids() {
        let history = shelf.history(id).expect("a policy");
        let Ok(policy) = history.at(day(), &Sight::default()).and_then(|made| made.policy()) else {
            continue;
        };
        let decided: Vec<_> = shelf
            .cases(id)
            .filter_map(|case| Some((case.name.as_str(), shelf.decide(&case.file, None).ok()?)))
            .collect();
        let cases: Vec<CaseTold<'_>> = decided
            .iter()
            .map(|(name, decided)| CaseTold { name, policy: decided.policy, decision: &decided.decision })
            .collect();
        let html = page(history, policy, &cases);
        let ids: Vec<&str> = html.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        let mut once = ids.clone();
        once.sort_unstable();
        once.dedup();
        assert_eq!(once.len(), ids.len(), "{id}: an anchor stands twice");
        for link in html.split("href=\"#").skip(1).filter_map(|rest| rest.split('"').next()) {
            assert!(ids.contains(&link), "{id}: « #{link} » leads nowhere");
        }
        let said = words(&html);
        for item in policy.items().filter(|item| policy.is_own(policy.head(*item).span)) {
            let name = &policy.head(item).name;
            assert!(
                name.is_empty() || said.contains(&name.replace('\'', "&#39;")),
                "{id}: « {name} » is not told"
            );
        }
        // Each of its own passages is quoted.
        assert!(html.matches("<blockquote").count() >= policy.items().count(), "{id}: passages are lacking");
    }
}

#[test]
fn what_changed_since_a_day_stands_at_the_head() {
    let text = "dispositif essai « Essai »\n  en vigueur depuis le 1er janvier 2025\n\ndossier\n  effectif : entier ≥ 0\n    \
                « Combien ? »\n\ncritère taille\n  exige effectif ≥ 10\n\ndécision accord\n  favorable si tous les critères sont \
                remplis\n";
    let made = |text: &str| {
        let file = SourceFile::new("essai.pol", text);
        History::all([Text::new(file).expect("a text")]).remove(0)
    };
    let (before, after) = (made(text), made(&text.replace("≥ 10", "≥ 12")));
    let policy = |history: &'static History| -> &'static Policy {
        history.at(day(), &Sight::default()).and_then(|made| made.policy()).expect("a policy")
    };
    let (before, after): (&'static History, &'static History) =
        (Box::leak(Box::new(before)), Box::leak(Box::new(after)));
    let page = PolicyPage {
        history: after,
        policy: policy(after),
        sight: Sight::default(),
        cases: &[],
        since: Some(("le 1er mai 2026", policy(before))),
        lang: Lang::Fr,
    };
    let said = words(&page.html());
    let head = said.find("Ce qui a changé depuis le 1er mai 2026").expect("the head");
    assert!(head < said.find("Sommaire").expect("the contents"));
    assert!(
        said.contains("12 au lieu de 10")
            || said.contains("10 devient 12")
            || said.contains("passe de 10 à 12"),
        "{said}"
    );
}

#[test]
fn nothing_of_an_author_is_mark_up() {
    let hostile = "<script>alert(1)</script> \" onload='x' javascript:alert(1)";
    let text = format!(
        "dispositif essai « {hostile} »\n  en vigueur depuis le 1er janvier 2025\n\nsource loi « {hostile} », texte \
         opposable\n\ndossier\n  effectif « {hostile} » : entier ≥ 0\n    « {hostile} ? »\n\ncritère taille\n  selon loi « {hostile} \
         »\n  exige effectif ≥ 10\n  note « {hostile} »\n\ndécision accord\n  favorable si tous les critères sont remplis\n"
    );
    let history = History::all([Text::new(SourceFile::new("essai.pol", &*text)).expect("a text")]).remove(0);
    let policy = history.at(day(), &Sight::default()).and_then(|made| made.policy()).expect("a policy");
    let html = page(&history, policy, &[]);
    assert!(!html.contains("<script"), "a script");
    assert!(html.contains("&lt;script&gt;alert(1)&lt;/script&gt;"), "shown as text");
    // No value ends its attribute.
    for tag in html.split('<').skip(1).filter_map(|rest| rest.split('>').next()) {
        assert!(!tag.contains("onload='") && !tag.contains("javascript:alert(1)\""), "{tag}");
    }
}
