//! Literals one step away, roundings in another direction.

use crate::currency::Currency;
use crate::number::Ratio;
use crate::number::round::{Direction, Rounding};
use crate::syntax::tree::{Expr, ExprKind, Literal};
use crate::time::{Duration, Week};
use crate::unit::Measure;
use crate::wording::{French, Wording};

/// A literal one step down and one step up, as it is written; fewer where there is no such value.
pub(super) fn neighbours(expr: &Expr, written: &str) -> Vec<String> {
    [-1, 1].into_iter().filter_map(|by| shifted(expr, written, by)).collect()
}

/// A literal some steps away: ones, per cents, euros, months, days.
pub(super) fn shifted(expr: &Expr, written: &str, by: i64) -> Option<String> {
    let ExprKind::Literal(literal) = &expr.kind else { return None };
    let french = French::default();
    let unit = Measure::read(written).map_or_else(String::new, |measure| measure.to_string());
    let positive = |number: Ratio| (number.signum() >= 0).then_some(number);
    match literal {
        Literal::Number(number) => {
            positive(number.add(&Ratio::from(by))).map(|number| format!("{}{unit}", french.exact(&number)))
        }
        Literal::Percent(share) => {
            let share = positive(share.mul(&Ratio::from(100)).add(&Ratio::from(by)))?;
            Some(format!("{} %", french.exact(&share)))
        }
        Literal::Amount(amount) => {
            let sign = if written.contains('F') { Currency::CfpFranc } else { Currency::Euro }.sign();
            let amount = positive(amount.add(&Ratio::from(by)))?;
            Some(format!("{} {sign}{unit}", french.exact(&amount)))
        }
        Literal::Date(date) => date.plus_days(by).map(|date| french.date(date)),
        Literal::Duration(Duration { months, days }) => {
            let duration = match (*months, *days) {
                (0, days) => Duration { months: 0, days: days + by },
                (months, days) => Duration { months: months + by, days },
            };
            let is_positive = duration.months >= 0 && duration.days >= 0;
            let is_nothing = duration.months == 0 && duration.days == 0;
            (is_positive && !is_nothing).then(|| french.duration(duration))
        }
        Literal::WorkingDays(days) => {
            let count = i64::from(days.count) + by;
            let week = match days.week {
                Week::Five => "ouvré",
                Week::Six => "ouvrable",
            };
            let s = if count > 1 { "s" } else { "" };
            let words = format!("{count} jour{s} {week}{s} {}", days.holidays.words());
            (count > 0).then(|| words.trim_end().to_owned())
        }
        Literal::Truth(_) | Literal::Text(_) => None,
    }
}

/// A rounding as it is written, in each of the other directions. Half to the even multiple is only
/// exchanged for what is usual, never the other way round: where both differ is not to be met by chance.
pub(super) fn turned(written: &str, rounding: &Rounding) -> Vec<String> {
    let said = |direction| match (direction, is_feminine(written)) {
        (Direction::HalfAway, _) => "",
        (Direction::HalfEven, _) => " au pair",
        (Direction::TowardZero, _) => " vers zéro",
        (Direction::Down, true) => " inférieure",
        (Direction::Down, false) => " inférieur",
        (Direction::Up, true) => " supérieure",
        (Direction::Up, false) => " supérieur",
    };
    let step = match rounding.direction {
        Direction::HalfAway => written,
        Direction::HalfEven => written.rsplit_once("au").map_or(written, |(step, _)| step),
        Direction::TowardZero => written.rsplit_once("vers").map_or(written, |(step, _)| step),
        Direction::Down | Direction::Up => {
            written.rsplit_once(char::is_whitespace).map_or(written, |(step, _)| step)
        }
    };
    let others = [Direction::HalfAway, Direction::Down, Direction::Up];
    let others = others.into_iter().filter(|other| *other != rounding.direction);
    others.map(|other| format!("{}{}", step.trim_end(), said(other))).collect()
}

/// Whether what is rounded to is feminine: `à la centaine d'euros`, `à l'unité`, `à 2 décimales`.
fn is_feminine(written: &str) -> bool {
    ["dizaine", "centaine", "unité", "décimale"].iter().any(|step| written.contains(step))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rounding_turns_to_the_other_directions() {
        let table = [
            (
                "arrondi à l'euro",
                Direction::HalfAway,
                ["arrondi à l'euro inférieur", "arrondi à l'euro supérieur"],
            ),
            (
                "arrondi au centime inférieur",
                Direction::Down,
                ["arrondi au centime", "arrondi au centime supérieur"],
            ),
            (
                "arrondie à la centaine d'euros supérieure",
                Direction::Up,
                ["arrondie à la centaine d'euros", "arrondie à la centaine d'euros inférieure"],
            ),
        ];
        for (written, direction, expected) in table {
            let rounding = Rounding { step: Ratio::one(), direction };
            assert_eq!(turned(written, &rounding), expected);
        }
        let even = Rounding { step: Ratio::one(), direction: Direction::HalfEven };
        let turned = turned("arrondi à l'unité au pair", &even);
        assert_eq!(
            turned,
            ["arrondi à l'unité", "arrondi à l'unité inférieure", "arrondi à l'unité supérieure"]
        );
    }
}
