//! Working days and days of the week, as texts name them.

use conforme::number::Ratio;

use super::{decided, paid};

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
