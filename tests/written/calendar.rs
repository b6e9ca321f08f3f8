//! Working days and days of the week, as texts name them.

use conforme::check::check;
use conforme::decision::{Outcome, Warning};
use conforme::number::Ratio;
use conforme::source::SourceFile;

use super::{cents, decided, mistakes, paid};

fn deadline(line: &str, notified: &str) -> String {
    let text = format!(
        "dossier\n  notification : date\n  au tribunal de Strasbourg : oui ou non\n\n\
         définition terme\n  vaut notification + 1 mois reporté au premier jour ouvrable d'Alsace-Moselle si au tribunal de Strasbourg\n  \
         vaut notification + 1 mois reporté au premier jour ouvrable dans les autres cas\n\n\
         obligation recours\n  selon T « un recours »\n  au plus tard {line}\n"
    );
    let decision = decided(&text, &format!("notification: {notified}\nau tribunal de Strasbourg: oui"));
    decision.obligations[0].due().expect("a time limit").value().expect("one day").to_string()
}

#[test]
fn time_limits_in_working_days() {
    // (what the text says, the day of the notification, the last day, worked out on a wall calendar)
    for (line, notified, expected) in [
        // The week of 1 May, with one more working day for the Saturday.
        ("notification + 5 jours ouvrés", "2025-04-25", "2025-05-05"),
        ("notification + 5 jours ouvrables", "2025-04-25", "2025-05-02"),
        // Good Friday is a holiday in Alsace-Moselle.
        ("notification + 1 jour ouvré d'Alsace-Moselle", "2025-04-17", "2025-04-22"),
        ("notification + 1 jour ouvré de la Réunion", "2024-12-19", "2024-12-23"),
        // 26 January + 1 month is a working day, 26 November + 1 month one in Paris only.
        ("terme", "2025-01-26", "2025-02-26"),
        ("terme", "2025-11-26", "2025-12-29"),
        ("notification + 1 mois\n  reporté au premier jour ouvrable", "2025-11-26", "2025-12-26"),
        (
            "notification + 1 mois\n  reporté au premier jour ouvrable d'Alsace-Moselle",
            "2025-11-26",
            "2025-12-29",
        ),
        // The end of the year, or a month after the notification, whichever comes first or last.
        ("le plus tôt de 31 décembre 2025, (notification + 1 mois)", "2025-11-15", "2025-12-15"),
        ("le plus tôt de 31 décembre 2025, (notification + 1 mois)", "2025-12-15", "2025-12-31"),
        ("le plus tard de 31 décembre 2025, (notification + 1 mois)", "2025-12-15", "2026-01-15"),
        // Saturday 15 March.
        ("notification + 1 mois reporté au premier jour ouvrable", "2025-02-15", "2025-03-17"),
    ] {
        assert_eq!(deadline(line, notified), expected, "{line}, {notified}");
    }
}

#[test]
fn an_amount_by_the_day_of_the_week() {
    let text = "dossier\n  séance tenue le : date\n\n\
                contribution droit de place\n  selon T « un droit »\n  montant selon jour de la semaine de séance tenue le\n    \
                samedi : 15 €\n    dimanche : 20 €\n    dans les autres cas : 10 €\n";
    for (day, euros) in [("2025-06-13", 10), ("2025-06-14", 15), ("2025-06-15", 20), ("2025-06-16", 10)] {
        let [least, most] = paid(text, &format!("séance tenue le: {day}"));
        assert_eq!((least.clone(), most), (Ratio::from(euros), least), "{day}");
    }
}

#[test]
fn a_day_that_the_month_does_not_have_is_told() {
    let decided = |limit: &str, filed: &str, born: &str| {
        let text = format!(
            "dossier\n  dépôt : date\n  naissance : date\n  enfants : liste\n  enfants.né le : date\n\n\
             critère majorité\n  selon T « majeur »\n  exige entre naissance et 28/02/2018 en années entières ≥ 18\n\n\
             critère petits\n  selon T « de six mois »\n  exige tous les enfants vérifient né le + 6 mois ≤ 1er mars 2018\n\n\
             décision d\n  favorable si tous les critères sont remplis\n\n\
             obligation réponse\n  selon T « un mois »\n  au plus tard {limit}\n"
        );
        let facts = format!(
            "dépôt: {filed}\nnaissance: {born}\nenfants:\n  - {{né le: 2017-05-31}}\n  - {{né le: 2017-08-31}}"
        );
        let decision = decided(&text, &facts);
        let told = decision.warnings.iter().filter_map(|warning| match warning {
            Warning::MissingDay { from, taken, .. } => Some(format!("{from} {taken}")),
            _ => None,
        });
        (
            decision.obligations[0].due().expect("a time limit").value().expect("one day").to_string(),
            told.collect::<Vec<_>>(),
        )
    };
    let both = |told: &[&str]| told.iter().map(|told| (*told).to_owned()).collect::<Vec<_>>();
    // The first child whose six months end on no such day is told, then the adult, then the time limit.
    let children = "2017-05-31 2017-11-30";
    let (due, told) = decided("dépôt + 1 mois", "2025-01-31", "2000-02-29");
    assert_eq!(
        (due.as_str(), told),
        ("2025-02-28", both(&["2000-02-29 2018-02-28", children, "2025-01-31 2025-02-28"]))
    );
    let (due, told) = decided("dépôt + 1 mois", "2025-01-28", "2000-02-28");
    assert_eq!((due.as_str(), told), ("2025-02-28", both(&[children])));
    let (due, told) =
        decided("dépôt + 1 mois, à défaut le premier du mois suivant", "2025-01-31", "2000-02-28");
    assert_eq!((due.as_str(), told), ("2025-03-01", both(&[children])));
    let (due, told) = decided("dépôt + 1 mois, à défaut le dernier jour du mois", "2025-01-31", "2000-02-28");
    assert_eq!((due.as_str(), told), ("2025-02-28", both(&[children])));
}

#[test]
fn a_value_that_is_not_known_yet_leaves_open_what_reads_it() {
    let text = |more: &str| {
        format!(
            "dossier\n  ressources : montant ≥ 0 €\n  enfants : entier ≥ 0\n\n\
             paramètre plafond\n  selon T « plafond »\n  vaut 1 000 € depuis le 1er janvier 2020\n{more}\n\
             critère revenus\n  selon T « ressources »\n  exige ressources ≤ plafond\n\n\
             critère famille\n  selon T « famille »\n  exige enfants ≥ 1\n\n\
             décision d\n  favorable si tous les critères sont remplis\n"
        )
    };
    let ends = text("  vaut 1 100 € depuis le 1er janvier 2021 jusqu'au 31 décembre 2021\n");
    let told = |text: &str, facts: &str| {
        let decision = decided(text, facts);
        let told = decision.warnings.iter().filter_map(|warning| match warning {
            Warning::UnknownValue(_, since) => Some(format!("unknown since {since}")),
            Warning::OldValue(_, since) => Some(format!("old since {since}")),
            _ => None,
        });
        (decision.outcome, told.collect::<Vec<_>>().join(", "))
    };
    // Examined on 1 October 2025.
    let unknown = "unknown since 2022-01-01".to_owned();
    assert_eq!(told(&ends, "ressources: 900 €\nenfants: 1"), (Outcome::Incomplete, unknown.clone()));
    assert_eq!(told(&ends, "ressources: 900 €\nenfants: 0"), (Outcome::Unfavourable, unknown));
    let first = |day: &str| text(&format!("  vaut 1 100 € depuis le {day}\n  révisé chaque année\n"));
    let facts = "ressources: 900 €\nenfants: 1";
    assert_eq!(told(&first("2 octobre 2024"), facts), (Outcome::Favourable, String::new()));
    assert_eq!(
        told(&first("1er octobre 2024"), facts),
        (Outcome::Favourable, "old since 2024-10-01".to_owned())
    );
}

#[test]
fn a_day_of_grace_that_the_text_may_give_is_told() {
    let told = |filed: &str| {
        let text = "dossier\n  signature : date\n  dépôt : date\n\n\
                    critère délai\n  selon T « un délai »\n  exige dépôt est dans les 6 mois suivant signature\n\n\
                    décision d\n  favorable si tous les critères sont remplis\n";
        let decision = decided(text, &format!("signature: 2024-08-31\ndépôt: {filed}"));
        let told = decision.warnings.iter().any(|warning| matches!(warning, Warning::MissingDay { .. }));
        (decision.outcome, told)
    };
    // 31 August and six months: 28 February, or 1 March if the text says so.
    assert_eq!(told("2025-02-28"), (Outcome::Favourable, false));
    assert_eq!(told("2025-03-01"), (Outcome::Unfavourable, true));
    assert_eq!(told("2025-03-02"), (Outcome::Unfavourable, false));
}

/// A month is one of twelve, whatever the day: nothing is said of a month 0, and nothing is left open for it.
#[test]
fn a_month_is_one_of_twelve() {
    let text = |lines: &str| format!("dossier\n  demande : date\n\nfinancement f\n  selon T « x »\n{lines}");
    let all = text("  montant 10 € si mois de demande ≥ 1 et trimestre civil de demande ≤ 4\n");
    assert_eq!(mistakes(&all), [""; 0]);
    assert_eq!(paid(&all, "demande: inconnu"), [cents(1000), cents(1000)]);
    let second = text("  montant 10 € si mois de demande ≥ 7\n");
    let file = SourceFile::new("t.pol", format!("{}{second}", super::HEAD));
    let said =
        check(&file).diagnostics.into_iter().find(|said| said.is_error()).expect("half a year is left out");
    let months = said.message.rsplit(' ').next().and_then(|month| month.parse::<u32>().ok());
    assert!(months.is_some_and(|month| (1..=6).contains(&month)), "{}", said.message);
}
