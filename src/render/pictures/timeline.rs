//! The versions of a text in time: a box each, from its first day to its last.

use super::drawing::{Drawing, LINE, WIDTH};
use crate::history::{History, Sight};
use crate::known::DateRange;
use crate::render::Lang;
use crate::render::document::Picture;
use crate::render::history::era_said;
use crate::time::Date;

/// How wide a version is at least: its rank can be read in it.
const LEAST: u32 = 24;
/// How wide a version is of which an end is not known.
const OPEN: u32 = 60;
const HEIGHT: u32 = 24;

/// The versions of a text in time.
pub(crate) fn timeline(history: &History, sight: &Sight, lang: Lang) -> Picture {
    let eras = history.eras(sight);
    let mut said = Vec::new();
    for (rank, era) in (1..).zip(&eras) {
        let (days, texts) = era_said(history, era, lang);
        said.push((format!("{rank} · {days}"), texts));
    }
    let days: Vec<DateRange> = eras.iter().map(|era| era.days).collect();
    let caption = lang.pick("Les versions dans le temps", "The versions in time").to_owned();
    drawn(&days, &said, caption, lang)
}

/// A stretch of time: with a version, or between two.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Stretch {
    from: Option<Date>,
    /// How wide it is.
    wide: u32,
    in_force: bool,
}

fn drawn(days: &[DateRange], said: &[(String, String)], caption: String, lang: Lang) -> Picture {
    let mut drawing = Drawing::default();
    let (mut x, mut rank, mut starts) = (0, 0, Vec::new());
    let first = days.first().and_then(|days| days.from);
    for stretch in stretches(days) {
        if stretch.in_force {
            rank += 1;
            drawing.area((x, 0), (stretch.wide.saturating_sub(2), HEIGHT), "plain");
            drawing.centred((x + stretch.wide / 2, 4), &rank.to_string());
        }
        if let Some(from) = stretch.from {
            drawing.line((x, 0), (x, HEIGHT + 6), "axis");
            // Where no version follows, the day is the first without one.
            if stretch.in_force || Some(from) != first {
                starts.push((x, lang.wording().date(from)));
            }
        }
        x += stretch.wide;
    }
    drawing.line((0, HEIGHT), (x, HEIGHT), "axis");
    let lines = drawing.labels(HEIGHT + 6, &starts);
    drawing.y = HEIGHT + 6 + lines * LINE + 8;
    for (name, texts) in said {
        let line = lang.pair(name, texts);
        let (at, room) = ((0, drawing.y), WIDTH);
        drawing.y += drawing.words(at, room, &line);
    }
    let none = || lang.pick("aucune version en vigueur", "no version in force").to_owned();
    let all: Vec<String> = said.iter().map(|(name, texts)| lang.pair(name, texts)).collect();
    let told = if all.is_empty() { none() } else { all.join(lang.then()) };
    Picture { repeats: true, ..drawing.finish(lang.pair(&caption, &told), caption) }
}

/// What is drawn from left to right: as wide as it lasts, but no version too narrow to be read.
fn stretches(days: &[DateRange]) -> Vec<Stretch> {
    let mut all: Vec<(Option<Date>, Option<Date>, bool)> = Vec::new();
    for (rank, own) in days.iter().enumerate() {
        all.push((own.from, own.to.and_then(|to| to.plus_days(1)), true));
        let ended = own.to.and_then(|to| to.plus_days(1));
        let next = days.get(rank + 1).and_then(|next| next.from);
        match (ended, next) {
            (Some(ended), Some(next)) if ended < next => all.push((Some(ended), Some(next), false)),
            (Some(ended), None) => all.push((Some(ended), None, false)),
            _ => {}
        }
    }
    let lasting =
        |(from, to, _): &(Option<Date>, Option<Date>, bool)| Some(from.as_ref()?.days_until((*to)?));
    let count = |known: bool| all.iter().filter(|own| lasting(own).is_some() == known).count();
    let count = |known| u32::try_from(count(known)).unwrap_or(u32::MAX);
    let whole: i64 = all.iter().filter_map(lasting).sum();
    let open = if count(true) == 0 { WIDTH / count(false).max(1) } else { OPEN };
    let room = WIDTH.saturating_sub(open.saturating_mul(count(false)));
    let rest = i64::from(room.saturating_sub(LEAST.saturating_mul(count(true))));
    all.iter()
        .map(|own| {
            let wide = match lasting(own) {
                Some(days) => LEAST + u32::try_from(rest * days / whole.max(1)).unwrap_or(0),
                None => open,
            };
            Stretch { from: own.0, wide, in_force: own.2 }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{drawn, stretches};
    use crate::known::DateRange;
    use crate::render::Lang;
    use crate::render::document::Shape;
    use crate::time::Date;

    fn days(from: Option<&str>, to: Option<&str>) -> DateRange {
        let day = |text| Date::parse_iso(text).unwrap();
        DateRange::new(from.map(day), to.map(day)).unwrap()
    }

    #[test]
    fn a_version_is_as_wide_as_it_lasts() {
        let all = stretches(&[
            days(Some("2024-01-01"), Some("2024-12-31")),
            days(Some("2025-01-01"), Some("2025-12-31")),
            days(Some("2026-01-01"), None),
        ]);
        // 60 for the last; of the 300 left, 24 to each of the two, and the 252 others by their 366 and 365 days.
        let wide: Vec<u32> = all.iter().map(|stretch| stretch.wide).collect();
        assert_eq!(wide, [24 + 126, 24 + 125, 60]);
    }

    #[test]
    fn a_time_without_a_version_is_left_empty() {
        let all = stretches(&[days(None, Some("2024-12-31")), days(Some("2025-01-11"), Some("2025-01-20"))]);
        let told: Vec<(u32, bool)> = all.iter().map(|stretch| (stretch.wide, stretch.in_force)).collect();
        // Ten days empty, ten with a version; then none again.
        assert_eq!(told, [(60, true), (24 + 96, false), (24 + 96, true), (60, false)]);
    }

    #[test]
    fn each_version_has_its_rank_its_first_day_and_its_words() {
        let said =
            [("1 · jusqu'au 31 décembre 2024", "texte de base"), ("2 · depuis le 1er janvier 2025", "n° 1")];
        let said = said.map(|(name, texts)| (name.to_owned(), texts.to_owned()));
        let all = [days(None, Some("2024-12-31")), days(Some("2025-01-01"), None)];
        let picture = drawn(&all, &said, "Les versions".to_owned(), Lang::Fr);
        let texts: Vec<&str> = picture
            .shapes
            .iter()
            .filter_map(|shape| match shape {
                Shape::Text { text, .. } => Some(text.as_str()),
                _ => None,
            })
            .collect();
        assert_eq!(
            texts,
            [
                "1",
                "2",
                "1er janvier 2025",
                "1 · jusqu'au 31 décembre 2024 : texte de base",
                "2 · depuis le 1er janvier 2025 : n° 1",
            ]
        );
        assert_eq!(
            picture.told,
            "Les versions : 1 · jusqu'au 31 décembre 2024 : texte de base ; 2 · depuis le 1er janvier 2025 : n° 1"
        );
        assert_eq!(
            drawn(&[], &[], "Les versions".to_owned(), Lang::Fr).told,
            "Les versions : aucune version en vigueur"
        );
    }
}
