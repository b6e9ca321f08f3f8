//! What would meet an item, in words.

use super::Words;
use super::combination::by_readings;
use crate::decision::{Beyond, Change, ItemResult, ToMeet, Way};
use crate::number::Ratio;
use crate::policy::Type;
use crate::value::Value;

impl Words<'_> {
    /// What would meet an item; per option where they differ.
    pub(crate) fn remedies(&self, result: &ItemResult) -> Option<String> {
        let cases =
            result.by_reading.iter().map(|c| (c.readings.clone(), self.remedy(&c.to_meet, false))).collect();
        let said: Vec<String> = by_readings(cases)
            .into_iter()
            .filter_map(|(combination, said)| {
                Some(match combination.as_slice() {
                    [] => said?,
                    some => self.pair(&self.options(some), &said?),
                })
            })
            .collect();
        (!said.is_empty()).then(|| said.join(" · "))
    }

    /// Each way to meet an item: `adhérents comptés : 2, il en manque 1`, `participation : 8 %, à porter à
    /// 10 %`, and for a quotient ` (sur 30)`.
    pub(crate) fn remedy(&self, to_meet: &ToMeet, with_whole: bool) -> Option<String> {
        let ways: Vec<String> = to_meet.ways.iter().map(|way| self.way(way, with_whole)).collect();
        (!ways.is_empty()).then(|| ways.join(self.say(" ; ou ", "; or ")))
    }

    fn way(&self, way: &Way, with_whole: bool) -> String {
        let (name, ty) = match way.change {
            Change::Answer(place) => (self.label(place), self.type_of(place)),
            Change::Elements { counted, .. } => (self.name(counted).into_owned(), Type::Integer),
        };
        let now = self.known_beside(&way.now, &way.needed, ty);
        let needed = self.known_beside(&way.needed, &way.now, ty);
        let change = match gap(way) {
            Some(gap) if ty == Type::Integer && gap.signum() > 0 => {
                let gap = self.number(&gap, ty);
                self.lang.pick(format!("{now}, il en manque {gap}"), format!("{now}, {gap} missing"))
            }
            Some(gap) if ty == Type::Integer => {
                let gap = self.number(&gap.abs(), ty);
                self.lang.pick(format!("{now}, {gap} de trop"), format!("{now}, {gap} too many"))
            }
            Some(gap) if gap.signum() < 0 => self
                .lang
                .pick(format!("{now}, à ramener à {needed}"), format!("{now}, to be lowered to {needed}")),
            Some(_) => self
                .lang
                .pick(format!("{now}, à porter à {needed}"), format!("{now}, to be raised to {needed}")),
            None => format!("{now} → {needed}"),
        };
        let said = self.told(&name, &way.now, &change);
        match &way.out_of {
            Some(whole) if with_whole => {
                format!("{said} ({} {})", self.say("sur", "out of"), self.known(whole, Type::Number))
            }
            _ => said,
        }
    }

    /// `classes : 10 nécessaires, 4 au plus`.
    pub(crate) fn out_of_reach(&self, beyond: &Beyond) -> String {
        let ty = self.type_of(beyond.place);
        let end = if beyond.up { self.say("au plus", "at most") } else { self.say("au moins", "at least") };
        let said = format!(
            "{} {}, {} {end}",
            self.say("il faudrait", "it would take"),
            self.known(&beyond.needed, ty),
            self.known(&beyond.bound, ty)
        );
        self.pair(&self.label(beyond.place), &said)
    }
}

/// By how much a number changes.
fn gap(way: &Way) -> Option<Ratio> {
    match (way.now.value()?, way.needed.value()?) {
        (Value::Number(now), Value::Number(needed)) => Some(needed.sub(&now)),
        _ => None,
    }
}
