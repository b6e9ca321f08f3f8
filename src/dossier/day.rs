//! A date of a dossier, as people, programs and spreadsheets write it.

use super::fault::Fault;
use super::words;
use crate::limits;
use crate::text;
use crate::time::Date;

/// `2025-02-03`, `03/02/2025`, `3 février 2025`; a time of midnight after it says nothing more.
pub(super) fn date(words: &str) -> Result<Date, Fault> {
    let (written, time) = parted(words);
    let (year, month, day) = parts(written).ok_or_else(|| match look_alike(words) {
        Some(fault) => fault,
        None => Fault::kind("écrire la date ainsi : 2025-02-03, 03/02/2025 ou 3 février 2025"),
    })?;
    if !(i64::from(limits::FIRST_YEAR)..=i64::from(limits::LAST_YEAR)).contains(&year) {
        let label = format!("année attendue entre {} et {}", limits::FIRST_YEAR, limits::LAST_YEAR);
        let fault = Fault::new("date-hors-limites", label);
        return Err(if year < 100 { fault.help("écrire l'année en quatre chiffres") } else { fault });
    }
    let (Ok(year), Ok(month), Ok(day)) = (i16::try_from(year), i8::try_from(month), i8::try_from(day)) else {
        return Err(no_such_day());
    };
    let date = Date::new(year, month, day).ok_or_else(no_such_day)?;
    match time {
        Some(time) if !is_midnight(time.of_day) => Err(with_hour(date, &time)),
        Some(_) | None => Ok(date),
    }
}

fn no_such_day() -> Fault {
    Fault::new("date-inexistante", "ce jour n'existe pas au calendrier")
}

/// What follows a date: `T10:00:00Z`.
struct Time<'t> {
    of_day: &'t str,
    /// How far from universal time, where that is said.
    zone: &'t str,
}

/// A date, and the time of day that stands after it.
fn parted(words: &str) -> (&str, Option<Time<'_>>) {
    let Some((written, rest)) = words.split_once(['T', ' ']) else { return (words, None) };
    if !rest.starts_with(|c: char| c.is_ascii_digit()) || !rest.contains(':') {
        return (words, None);
    }
    let end = rest.find(|c: char| !c.is_ascii_digit() && !matches!(c, ':' | '.')).unwrap_or(rest.len());
    let (of_day, zone) = rest.split_at(end);
    if !is_zone(zone) {
        return (words, None);
    }
    (written, Some(Time { of_day, zone }))
}

/// Nothing, `Z`, `+02:00`, `-0400`.
fn is_zone(zone: &str) -> bool {
    let offset = zone.strip_prefix(['+', '-']).unwrap_or("");
    let digits: Vec<u8> = offset.bytes().filter(u8::is_ascii_digit).collect();
    let marks = offset.bytes().filter(|b| !b.is_ascii_digit());
    matches!(zone, "" | "Z" | "z")
        || (digits.len() == 4 && marks.eq(b":".iter().copied().take(offset.len() - 4)))
}

/// `00:00`, `0:00:00`, `00:00:00.000`: zeros only, two or three times two of them.
fn is_midnight(time: &str) -> bool {
    let (time, fraction) = time.split_once('.').unwrap_or((time, "0"));
    let zeros = |part: &str| !part.is_empty() && part.bytes().all(|b| b == b'0');
    let parts: Vec<&str> = time.split(':').collect();
    zeros(fraction)
        && (2..=3).contains(&parts.len())
        && parts
            .iter()
            .enumerate()
            .all(|(rank, part)| zeros(part) && (part.len() == 2 || (rank == 0 && part.len() == 1)))
}

fn with_hour(date: Date, time: &Time<'_>) -> Fault {
    let fault = Fault::kind("une date se donne sans heure");
    if time.zone.is_empty() {
        fault.help(format!("écrire « {date} »"))
    } else {
        // 23:00 in universal time is the next day in Paris.
        fault.help(
            "écrire la date seule, celle du lieu : selon le décalage, ce peut être la veille ou le lendemain",
        )
    }
}

/// Days between the origin of spreadsheets and that of [`Date::from_days`].
const SPREADSHEET: i64 = 25_569;

/// What a run of digits may be, which is no date as a dossier writes it.
fn look_alike(words: &str) -> Option<Fault> {
    let whole = words.split_once(['.', ',']).map_or(words, |(whole, _)| whole);
    let number: i64 = whole.parse().ok().filter(|_| whole.bytes().all(|b| b.is_ascii_digit()))?;
    let (what, date) = match whole.len() {
        // From 1954 to 2119: other numbers of five digits are likelier to be something else.
        5 if (20_000..=80_000).contains(&number) => {
            ("au numéro d'un jour dans un tableur", Date::from_days(number - SPREADSHEET)?)
        }
        8 => {
            let (year, rest) = (number / 10_000, number % 10_000);
            let date = Date::new(
                i16::try_from(year).ok()?,
                i8::try_from(rest / 100).ok()?,
                i8::try_from(rest % 100).ok()?,
            )?;
            ("à une date sans tirets", date)
        }
        10 if number % DAY == 0 => ("à un nombre de secondes depuis 1970", Date::from_days(number / DAY)?),
        13 if number % (DAY * 1_000) == 0 => {
            ("à un nombre de millisecondes depuis 1970", Date::from_days(number / (DAY * 1_000))?)
        }
        _ => return None,
    };
    let known = i64::from(limits::FIRST_YEAR)..=i64::from(limits::LAST_YEAR);
    known.contains(&i64::from(date.year())).then(|| {
        Fault::kind(format!("ressemble {what} : le {} ?", words::date(date)))
            .help(format!("si c'est bien cette date, écrire « {date} »"))
    })
}

/// Seconds in a day.
const DAY: i64 = 86_400;

fn parts(words: &str) -> Option<(i64, i64, i64)> {
    let digits = |s: &str, lengths: std::ops::RangeInclusive<usize>| {
        (lengths.contains(&s.len()) && s.bytes().all(|b| b.is_ascii_digit()))
            .then(|| s.parse::<i64>().ok())
            .flatten()
    };
    if let Some((year, rest)) = words.split_once('-') {
        let (month, day) = rest.split_once('-')?;
        return Some((digits(year, 4..=4)?, digits(month, 2..=2)?, digits(day, 2..=2)?));
    }
    if let Some((day, rest)) = words.split_once('/') {
        let (month, year) = rest.split_once('/')?;
        return Some((digits(year, 1..=4)?, digits(month, 1..=2)?, digits(day, 1..=2)?));
    }
    let folded = text::fold(words);
    let written = folded.strip_prefix("le ").unwrap_or(&folded);
    let mut parts = written.split(' ');
    let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() {
        return None;
    }
    let day = if day == "1er" { 1 } else { digits(day, 1..=2)? };
    let plain = |name: &str| name.replace('é', "e").replace('û', "u");
    let month = words::MONTHS.iter().position(|m| plain(m) == plain(month))?;
    Some((digits(year, 4..=4)?, i64::try_from(month).ok()? + 1, day))
}
