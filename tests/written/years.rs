//! What a year or a month holds has an end that is known before any dossier.

use super::{mistakes, paid};
use conforme::number::Ratio;

const HEAD: &str = "\
dossier
  présence : période
  demande : date

définition part annuelle
  vaut part de présence dans l'année de demande

";

/// A value, and the most that it may be.
const MOST: [(&str, u32); 11] = [
    ("mois entiers de présence dans l'année de demande", 12),
    ("mois entiers de la présence dans l'année de demande", 12),
    ("mois entiers de part annuelle", 12),
    ("mois civils entiers de présence dans l'année de demande", 12),
    ("années entières de présence dans l'année de demande", 1),
    ("mois entiers de présence dans le mois de demande", 1),
    ("mois civils entiers de présence dans le mois de demande", 1),
    (
        "mois entiers de part commune de présence et du 1er janvier de l'année de demande au 31 décembre de l'année de demande",
        12,
    ),
    (
        "mois entiers de part commune de présence et du 1er janvier de l'année de demande au 30 juin de l'année de demande",
        12,
    ),
    ("mois entiers du premier jour du mois de demande au dernier jour du mois de demande", 1),
    ("mois entiers du 1er janvier de l'année de demande à demande", 12),
];

fn text(value: &str, most: u32) -> String {
    format!(
        "{HEAD}définition compte\n  vaut {value}\n\nfinancement f\n  selon T « x »\n  montant 10 € × ({most} - compte)\n"
    )
}

#[test]
fn the_months_of_a_year_are_at_most_twelve() {
    for (value, most) in MOST {
        assert_eq!(mistakes(&text(value, most)), [""; 0], "{value}");
        assert_eq!(mistakes(&text(value, most - 1)), ["montant-negatif"], "{value}");
    }
    for other in ["mois entiers de présence", "mois entiers de présence depuis demande"] {
        assert_eq!(mistakes(&text(other, 12)), ["montant-negatif"], "{other}");
    }
}

#[test]
fn the_days_of_a_year_or_a_month_have_an_end() {
    for (value, most) in [("l'année", 366), ("le mois", 31)] {
        let text = |least: u32| {
            format!(
                "{HEAD}définition compte\n  vaut jours de présence dans {value} de demande\n\nfinancement f\n  selon T « x »\n  \
                 montant selon compte\n    jusqu'à 1 jour : 10 €\n    de 2 jours à {least} jours : 20 €\n"
            )
        };
        assert_eq!(mistakes(&text(most)), [""; 0], "{value}");
        assert_eq!(mistakes(&text(most - 1)).len(), 1, "{value}");
    }
}

#[test]
fn what_is_missing_stays_within_the_year() {
    let by_months = text("mois entiers de présence dans l'année de demande", 12);
    let euros = |euros: i64| Ratio::from(euros);
    let given = |facts: &str| paid(&by_months, facts);
    // 15 March to 31 December: nine whole months.
    assert_eq!(given("présence: du 15/03/2025 au 31/01/2026\ndemande: 2025-02-01"), [euros(30), euros(30)]);
    assert_eq!(given("présence: du 01/01/2025 au 31/01/2026\ndemande: 2025-02-01"), [euros(0), euros(0)]);
    // Nothing known of the presence: from none of the months to all of them.
    assert_eq!(given("demande: 2025-02-01"), [euros(0), euros(120)]);
    // The year not known: nine months in 2025, one in 2026, none in another.
    assert_eq!(given("présence: du 15/03/2025 au 31/01/2026"), [euros(30), euros(120)]);
}
