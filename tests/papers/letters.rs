//! The letter of each outcome.

use std::collections::BTreeSet;

use conforme::check::check;
use conforme::decision::Outcome;
use conforme::dossier;
use conforme::eval::{Request, decide};
use conforme::papers::{self, Template};
use conforme::render::{Explain, Lang, markdown};
use conforme::source::SourceFile;
use conforme::time::Date;

use crate::{agency, case, each, is_fit_to_be_read, letter, note, plain, words};

#[test]
fn each_case_has_a_letter_that_is_fit_to_be_read() {
    each(|name, of| {
        for template in [&Template::default(), agency()] {
            is_fit_to_be_read(name, &of, &letter(&of, template));
            is_fit_to_be_read(name, &of, &note(&of, template));
        }
    });
}

#[test]
fn a_letter_says_what_its_outcome_asks() {
    each(|name, of| {
        let text = plain(&letter(&of, agency()));
        let says = |wanted: &str| assert!(text.contains(wanted), "{name} : « {wanted} » manque dans\n{text}");
        let hides = |other: &str| assert!(!text.contains(other), "{name} : « {other} » se lit dans\n{text}");
        let note = text.starts_with("# Note à l'autorité qui décide");
        match of.decision.outcome {
            Outcome::Favourable | Outcome::Unfavourable | Outcome::Calculated => {
                says("## Voies et délais de recours");
                says("## Traitement algorithmique");
                says("article L. 311-3-1");
                says("Finalité du traitement : vérifier");
                says("article R. 343-1");
                let signs = if name.starts_with("alr/") { "Dominique Modèle" } else { "Camille Modèle" };
                says(signs);
                says("[à compléter : signature]");
                assert!(!note, "{name}");
            }
            Outcome::Incomplete if note => {
                says("## Appréciations à porter");
                says("n'est pas une lettre au demandeur");
            }
            Outcome::Incomplete => {
                says("## Pièces et informations à fournir");
                says("article L. 114-5");
                says("un mois");
                // Nothing is suspended that is over.
                let over = text.contains("est expiré depuis le ");
                assert_ne!(over, text.contains("est suspendu"), "{name}");
                hides("## Voies et délais de recours");
                hides("la décision est");
            }
            Outcome::DependsOnReading => {
                assert!(note, "{name}");
                says("## Lectures à retenir");
                says("n'est pas une lettre au demandeur");
                says("Lecture retenue : [à compléter : option retenue]");
                hides("Madame, Monsieur");
            }
        }
        if of.decision.outcome == Outcome::Unfavourable {
            says("## Motifs de la décision");
            says("En fait");
            says("En droit");
        }
    });
}

/// Amounts, percentages and dates, as they are written.
fn figures(text: &str) -> BTreeSet<String> {
    let text = plain(text);
    let mut found = BTreeSet::new();
    for sign in ['€', '%'] {
        for (at, _) in text.match_indices(sign) {
            let before = text[..at].trim_end();
            let digits: Vec<char> =
                before.chars().rev().take_while(|c| c.is_ascii_digit() || matches!(c, ' ' | ',')).collect();
            let number: String = digits.into_iter().rev().collect();
            let number = number.trim_matches([' ', ',']);
            if number.chars().any(|c| c.is_ascii_digit()) {
                found.insert(format!("{number} {sign}"));
            }
        }
    }
    let words: Vec<&str> = text.split([' ', '\n', '(', ')', ',', '.', ';', '»']).collect();
    const MONTHS: [&str; 12] = [
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    ];
    for date in words.windows(3) {
        if let [day, month, year] = date
            && MONTHS.contains(month)
            && day.trim_end_matches("er").parse::<u8>().is_ok()
            && year.parse::<u16>().is_ok()
        {
            found.insert(format!("{day} {month} {year}"));
        }
    }
    found
}

#[test]
fn a_letter_holds_no_figure_that_neither_decision_nor_template_says() {
    let own = figures(words().text());
    each(|name, of| {
        let report = markdown::decision(of.policy, &of.dossier, &of.decision, Explain::Full, Lang::Fr);
        let mut said = figures(&report);
        said.extend(own.clone());
        // A text is called by its title, which may be dated.
        said.extend(of.policy.sources.iter().flat_map(|source| figures(&source.title)));
        let letter = letter(&of, agency());
        // A passage of a source is quoted word for word: it is no figure of the letter's own.
        let quoted =
            |line: &&str| line.contains("(texte opposable)") || line.contains("(document d'information)");
        // The end of a time that the template says is counted from what the dossier says: it is told with a mark.
        let ended = |line: &&str| line.starts_with("\\[à compléter") && line.contains("est expiré depuis le");
        // So are the author's notes, in a note to the authority.
        let noted = |line: &&str| line.contains("ote de l'auteur du texte");
        let told = letter.lines().filter(|line| !quoted(&&*plain(line)) && !ended(line) && !noted(line));
        let told: Vec<&str> = told.collect();
        let invented: Vec<String> = figures(&told.join("\n")).difference(&said).cloned().collect();
        assert_eq!(invented, Vec::<String>::new(), "{name}");
    });
}

#[test]
fn a_letter_is_a_page_too() {
    let of = case("ess", "08-");
    let page = papers::letter(of.policy, &of.dossier, &of.decision, agency()).html();
    assert!(page.starts_with("<!doctype html>"));
    assert!(
        page.contains("<p>Agence régionale de santé (modèle)<br>\nDirection de l&#39;offre de soins<br>"),
        "{page}"
    );
    assert!(page.contains("<h1>Objet\u{a0}: rejet de votre demande"), "{page}");
    assert!(
        page.contains(
            "<mark>[à compléter\u{a0}: signature]</mark></p>\n<p class=\"signatory\">Camille Modèle</p>"
        ),
        "{page}"
    );
}

macro_rules! shown {
    ($($test:ident: $policy:literal $case:literal),* $(,)?) => {$(
        #[test]
        fn $test() {
            insta::assert_snapshot!(letter(&case($policy, $case), agency()));
        }
    )*};
}

shown! {
    favourable: "ess" "01-",
    unfavourable_on_one_ground: "ess" "08-",
    unfavourable_on_three_grounds: "ess" "personne-a-compter",
    incomplete: "ess" "18-",
    incomplete_with_a_binding_text: "csq" "14-",
    by_derogation: "ess" "07-",
    depends_on_the_reading: "ess" "05-",
    left_to_the_authority: "ess" "20-",
}

#[test]
fn without_a_template_every_place_is_marked() {
    insta::assert_snapshot!(letter(&case("ess", "12-"), &Template::default()));
}

/// A text that decides nothing.
const VALUES: &str = "\
dispositif congé « Jours accordés (fiction) »
  en vigueur depuis le 1er janvier 2024

source arrêté « Arrêté fictif du 4 mars 2023 », texte opposable

dossier
  enfants : entier ≥ 0
    « Combien d'enfants y a-t-il ? »
  demande.notifiée le : date
    « À quelle date la demande a-t-elle été notifiée ? »

résultat jours accordés
  selon arrêté « trois jours, et un jour par enfant »
  vaut 3 + enfants
  en jours

obligation réponse
  selon arrêté « Il est répondu dans le mois. »
  au plus tard demande.notifiée le + 1 mois
";

/// What a text that decides nothing gives, in a letter.
fn calculated(answers: &str) -> String {
    let policy = check(&SourceFile::new("conge.pol", VALUES)).policy.unwrap();
    let dossier = dossier::read(answers.as_bytes(), "d.yaml", &policy).unwrap();
    let request = Request { examined_on: Date::new(2025, 10, 1).unwrap(), readings: Vec::new() };
    let decision = decide(&policy, &dossier, &request).unwrap();
    papers::letter(&policy, &dossier, &decision, agency()).markdown()
}

#[test]
fn of_a_text_that_decides_nothing_the_results_are_told() {
    insta::assert_snapshot!(calculated("dossier: Martin\nenfants: 2\ndemande:\n  notifiée le: 2025-09-10\n"));
}

#[test]
fn of_a_text_that_decides_nothing_what_is_missing_is_asked_for() {
    let text = plain(&calculated("dossier: Martin\ndemande:\n  notifiée le: 2025-09-10\n"));
    for wanted in
        ["## Pièces et informations à fournir", "1. Combien d'enfants y a-t-il ?", "article L. 114-5"]
    {
        assert!(text.contains(wanted), "« {wanted} » manque dans\n{text}");
    }
}
