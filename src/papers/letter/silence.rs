//! The time that silence takes to decide, where the dossier says when the request came and the agency how long it is.

use crate::papers::fill::{Fill, blank};
use crate::papers::template::{Place, Silence};
use crate::time::Date;
use crate::value::Value;
use crate::wording::french::before;

/// A time that was over before the examination.
pub(super) struct Over {
    /// « le délai de deux mois ».
    time: String,
    received: Date,
    ended: Date,
    /// « rejetée ».
    deemed: &'static str,
}

impl Fill<'_> {
    /// The time that was over on the day of the examination.
    pub(super) fn silence_over(&self) -> Option<Over> {
        let words = self.words();
        let deemed = match self.template.silence(words.policy)? {
            Silence::Rejection => "rejetée",
            Silence::Acceptance => "acceptée",
        };
        let after = self.own(Place::SilenceAfter).join(" ");
        let Some((_, Value::Date(received))) = self.received_at() else { return None };
        let ended = ends(*received, &after)?;
        let time = before("le délai de", &after);
        (ended < self.decision().examined_on).then_some(Over { time, received: *received, ended, deemed })
    }

    /// The mark that stands for what a letter cannot say then.
    pub(super) fn mark_of(&self, over: &Over) -> String {
        let ended = self.words().date(over.ended);
        blank(&format!(
            "{} est expiré depuis le {ended} ; dire si la demande est réputée {}",
            over.time, over.deemed
        ))
    }

    /// What whoever signs is told of it.
    pub(super) fn warned_of(&self, over: &Over) -> String {
        let words = self.words();
        format!(
            "À la date d'examen, {} compté de la réception de la demande ({}) est expiré depuis le {} : vérifier s'il a été \
             suspendu ou prorogé, ou si la demande est réputée {}.",
            over.time,
            words.date(over.received),
            words.date(over.ended),
            over.deemed
        )
    }
}

/// When a time that is written in words ends: « deux mois », « 15 jours ». None where it is written otherwise.
fn ends(from: Date, time: &str) -> Option<Date> {
    const NUMBERS: [&str; 13] = [
        "zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze",
        "douze",
    ];
    let mut words = time.split_whitespace();
    let (count, unit) = (words.next()?, words.next()?);
    if words.next().is_some() {
        return None;
    }
    let named = || NUMBERS.iter().position(|name| *name == count).and_then(|n| i64::try_from(n).ok());
    let count = count.parse::<i64>().ok().filter(|count| *count >= 0).or_else(named)?;
    match unit {
        "mois" => from.plus_months(count),
        "jour" | "jours" => from.plus_days(count),
        "semaine" | "semaines" => from.plus_days(count.checked_mul(7)?),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::ends;
    use crate::time::Date;

    #[test]
    fn a_time_in_words_ends_on_a_day() {
        let from = Date::new(2025, 3, 14).unwrap();
        for (time, end) in [
            ("deux mois", Some((2025, 5, 14))),
            ("2 mois", Some((2025, 5, 14))),
            ("un mois", Some((2025, 4, 14))),
            ("15 jours", Some((2025, 3, 29))),
            ("trois semaines", Some((2025, 4, 4))),
            ("deux mois francs", None),
            ("le temps qu'il faut", None),
            ("-2 mois", None),
        ] {
            let end = end.and_then(|(year, month, day)| Date::new(year, month, day));
            assert_eq!(ends(from, time), end, "{time}");
        }
    }
}
