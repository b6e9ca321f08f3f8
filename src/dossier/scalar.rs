//! One written answer, read as the type that its policy declares.
//!
//! Nothing is guessed: a text keeps what was written whatever it looks like, a percentage without its
//! sign is sent back. The words of the format (`oui`, `inconnu`, `pas encore`) and options are taken
//! in whatever case they are written, as people write « Oui » and « Libéral »; where two options
//! differ only by case, the one written exactly so is meant, and no other.

use super::day::date;
use super::decimal::{IN_DIGITS, decimal, is_space, small_integer};
use super::fault::Fault;
use super::words;
use super::{Answer, unreadable};
use crate::currency::Currency;
use crate::known::{End, Known};
use crate::limits;
use crate::number::Ratio;
use crate::policy::item::Question;
use crate::policy::{Policy, Type};
use crate::text;
use crate::unit::Measure;
use crate::value::{Text, Value};

/// Whether these words say that the answer is not known. Nothing at all, between quotation marks or
/// not, says nothing; `null` and `~` do so only bare and alone: between quotation marks they are
/// texts, and beside a no-break space YAML takes them for texts too.
#[inline]
pub(super) fn is_missing(written: &str, quoted: bool) -> bool {
    if let [b'0'..=b'9' | b'a'..=b'h' | b'j'..=b'm' | b'o'..=b'z', ..] = written.as_bytes() {
        return false;
    }
    match written {
        "~" | "null" | "Null" | "NULL" => return !quoted,
        _ => {}
    }
    let words = trim(written);
    words.is_empty() || words.eq_ignore_ascii_case("inconnu")
}

/// Whether a text that the dossier gives for itself says nothing: missing, or still the sign that holds
/// its place in the lines that we print (`par: …`).
pub(super) fn is_blank(written: &str, quoted: bool) -> bool {
    is_missing(written, quoted) || matches!(trim(written), "…" | "..." | "?")
}

/// [`str::trim`], which most answers do without.
fn trim(written: &str) -> &str {
    match written.as_bytes() {
        [first, .., last] if first.is_ascii_graphic() && last.is_ascii_graphic() => written,
        _ => written.trim(),
    }
}

/// Reads an answer.
pub(super) fn answer(policy: &Policy, ask: &Question, written: &str, quoted: bool) -> Result<Answer, Fault> {
    if is_missing(written, quoted) {
        return Ok(Answer::Missing);
    }
    if ask.ty == Type::Date && (is_not_yet(written) || ask.last_day && goes_on(written)) {
        return Ok(Answer::NotYet);
    }
    let bare = ask.measure.map_or(written, |measure| without_unit(written, measure));
    let value = value(policy, ask.ty, bare)?;
    if within(&ask.domain, &value) {
        return Ok(Answer::Known(value));
    }
    Err(Fault::new("hors-bornes", beyond(&ask.domain, &value)))
}

/// `pas encore`.
pub(super) fn is_not_yet(written: &str) -> bool {
    trim(written).starts_with(['p', 'P']) && text::fold(written) == "pas encore"
}

/// `en cours`, of the last day of a period.
fn goes_on(written: &str) -> bool {
    trim(written).starts_with(['e', 'E']) && text::fold(written) == super::period::GOES_ON
}

/// An answer without the unit that its question asks for: « 1 000 € par mois », « 12,5 ha ».
fn without_unit(written: &str, measure: Measure) -> &str {
    let mut bare = trim(written);
    if let Some(per) = measure.per {
        let without =
            |link: &str| bare.strip_suffix(per.one())?.trim_end_matches(is_space).strip_suffix(link);
        bare = without("par").or_else(|| without("/")).map_or(bare, |bare| bare.trim_end_matches(is_space));
    }
    let unit = measure
        .of
        .and_then(|of| [of.several(), of.one()].into_iter().find_map(|unit| bare.strip_suffix(unit)));
    unit.map_or(bare, |bare| bare.trim_end_matches(is_space))
}

fn value(policy: &Policy, ty: Type, written: &str) -> Result<Value, Fault> {
    let words = trim(written);
    match ty {
        Type::Truth => truth(words).map(Value::Truth).ok_or_else(|| Fault::kind("écrire oui ou non")),
        Type::Integer => integer(words).map(Value::Number),
        Type::Number => number(words).map(Value::Number),
        Type::Percent => percent(words).map(Value::Number),
        Type::Amount => amount(words, policy.currency).map(Value::Number),
        Type::Months => months(words).map(Value::Number),
        Type::Days => days(words).map(Value::Number),
        Type::Date => date(words).map(Value::Date),
        Type::Text => plain_text(written).map(|text| Value::Text(Text::new(text))),
        Type::Choice(choice) => option(&policy.choices[choice.index()].options, written)
            .map(Value::Choice)
            .ok_or_else(|| Fault::new(UNKNOWN_CHOICE, "ce choix n'existe pas")),
    }
}

/// The code of a choice that the type does not have: the nearest one is proposed.
pub(super) const UNKNOWN_CHOICE: &str = "choix-inconnu";

/// `oui`, `non`, `true`, `false`, and what a spreadsheet writes: `VRAI`, `FAUX`.
pub(super) fn truth(words: &str) -> Option<bool> {
    match words {
        "oui" | "true" => Some(true),
        "non" | "false" => Some(false),
        _ => {
            let is = |known: &str| words.eq_ignore_ascii_case(known);
            match (["oui", "true", "vrai"].into_iter().any(is), ["non", "false", "faux"].into_iter().any(is))
            {
                (true, _) => Some(true),
                (_, true) => Some(false),
                (false, false) => None,
            }
        }
    }
}

/// The rank of an option: the one written so, else the only one that differs by case alone.
pub(super) fn option(options: &[std::sync::Arc<str>], written: &str) -> Option<u16> {
    let rank = |i: usize| u16::try_from(i).ok();
    if let Some(i) = options.iter().position(|o| **o == *written) {
        return rank(i);
    }
    let tidied = text::tidy(written);
    if let Some(i) = options.iter().position(|o| **o == *tidied) {
        return rank(i);
    }
    let folded = text::fold(written);
    let mut alike = options.iter().enumerate().filter(|(_, o)| text::fold(o) == folded);
    match (alike.next(), alike.next()) {
        (Some((i, _)), None) => rank(i),
        (Some(_), Some(_)) | (None, _) => None,
    }
}

/// The nearest name, never looked for when what was written is far longer than any name.
pub(super) fn nearest<'a>(written: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    const LONGEST: usize = 200;
    (written.len() <= LONGEST).then(|| text::nearest(written, names)).flatten()
}

/// A text, as it was written. Control characters other than line ends and tabulations are refused:
/// a terminal would obey them.
#[inline]
pub(super) fn plain_text(written: &str) -> Result<&str, Fault> {
    // A character below U+0100 that is none needs no look: 0xc2 starts the others of them.
    let suspect = written.bytes().fold(false, |odd, b| odd | (b < b' ') | (b == 0x7f) | (b == 0xc2));
    if !suspect {
        return Ok(written);
    }
    match written.chars().find(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t')) {
        Some(c) => {
            let label = format!("caractère de commande (U+{:04X})", u32::from(c));
            Err(Fault::new("caractere-de-commande", label).help("le retirer"))
        }
        None => Ok(written),
    }
}

fn integer(words: &str) -> Result<Ratio, Fault> {
    if let Some(n) = small_integer(words) {
        return Ok(Ratio::from(n));
    }
    let read = decimal(words)?;
    if !read.value.is_integer() {
        return Err(Fault::kind("écrire un nombre entier, sans virgule"));
    }
    if read.places == THOUSANDS {
        // « 12.000 » is twelve to a machine and twelve thousand to many a reader.
        let (few, many) = (words::decimal(&read.value), words::decimal(&read.value.mul(&Ratio::from(1_000))));
        return Err(Fault::new("milliers-ou-decimales", format!("{few} ou {many} ?"))
            .help(format!("écrire « {few} », ou « {many} » : une espace sépare les milliers")));
    }
    Ok(read.value)
}

/// As many digits as there are between two marks of thousands: after a comma or a point, they may be either.
const THOUSANDS: usize = 3;

fn number(words: &str) -> Result<Ratio, Fault> {
    if words.ends_with('%') {
        return Err(Fault::kind("écrire le nombre sans « % »"));
    }
    decimal(words).map(|read| read.value)
}

fn percent(words: &str) -> Result<Ratio, Fault> {
    let hundred = Ratio::from(100);
    match words.strip_suffix('%') {
        Some(rest) => {
            let read = decimal(rest.trim_end_matches(is_space))?;
            read.value.div(&hundred).ok_or_else(|| Fault::kind(IN_DIGITS))
        }
        None => {
            let bare = decimal(words).map_err(|_| Fault::kind("écrire un nombre suivi de « % »"))?;
            let as_percent = words::decimal(&bare.value);
            let as_ratio = words::decimal(&bare.value.mul(&hundred));
            Err(Fault::new("pourcentage-sans-signe", format!("{as_percent} % ou {as_ratio} % ?")).help(
                format!("écrire « {as_percent} % », ou « {as_ratio} % » si {as_percent} est un rapport"),
            ))
        }
    }
}

fn amount(words: &str, currency: Currency) -> Result<Ratio, Fault> {
    let signed = |currency: Currency| currency.signs().iter().find_map(|unit| words.strip_suffix(unit));
    if let Some(other) =
        Currency::ALL.into_iter().find(|other| *other != currency && signed(*other).is_some())
    {
        let message =
            format!("le texte compte en {}, et cette réponse en {}", currency.several(), other.several());
        let help = format!("donner le montant en {}", currency.several());
        return Err(Fault::new("autre-monnaie", message).help(help));
    }
    let unit = signed(currency);
    let read = decimal(unit.unwrap_or(words).trim_end_matches(is_space))
        .map_err(|fault| if fault.code == "nombre-trop-long" { fault } else { no_amount(words, currency) })?;
    let in_cents = read.value.div(&currency.step()).is_some_and(|steps| steps.is_integer());
    if currency.decimals() == 0 && !in_cents && read.places != THOUSANDS {
        let message = format!("{} n'a pas de centimes", currency.named());
        return Err(Fault::new("plus-de-deux-decimales", message).help("donner un montant entier"));
    }
    if read.places == THOUSANDS || !in_cents {
        // « 80.000 » is eighty euros to a machine and eighty thousand to many a reader.
        return Err(Fault::new("plus-de-deux-decimales", "plus de deux décimales")
            .help(currency.examples(
                "un montant va jusqu'au centime ; une espace sépare les milliers : « 80 000 € »",
            )));
    }
    Ok(read.value)
}

/// What keeps words from being an amount: another period, another currency, points between thousands, or no figures.
fn no_amount(words: &str, currency: Currency) -> Fault {
    let sign = currency.sign();
    let is_figure = |c: char| c.is_ascii_digit() || is_space(c) || ",.-−".contains(c);
    let figures = words.trim_end_matches(|c: char| !c.is_ascii_digit());
    let after = words.get(figures.len()..).unwrap_or_default().trim_matches(is_space);
    if figures.is_empty() || !figures.chars().all(is_figure) {
        return Fault::kind("écrire le montant en chiffres");
    }
    let pointed = figures.contains('.') && (figures.contains(',') || figures.matches('.').count() > 1);
    if pointed {
        return Fault::kind("aucun point entre les milliers : une espace, ou rien");
    }
    if after.contains("par ") || after.contains('/') {
        return Fault::kind("ce n'est pas la période demandée");
    }
    if !after.is_empty() {
        return Fault::kind(format!("écrire le montant seul, ou suivi de « {sign} »"));
    }
    Fault::kind("écrire le montant en chiffres")
}

/// The parts of a duration: `2 ans et 6 mois` gives (2, ans), (6, mois).
fn duration_parts(words: &str) -> Option<Vec<(i64, &str)>> {
    let mut parts = Vec::new();
    let mut rest = words;
    loop {
        let unit_at = rest.find(|c: char| c.is_alphabetic())?;
        let (digits, tail) = rest.split_at(unit_at);
        let unit_end = tail.find(|c: char| !c.is_alphabetic()).unwrap_or(tail.len());
        let (unit, tail) = tail.split_at(unit_end);
        let read = decimal(digits.trim_matches(is_space)).ok()?;
        parts.push((read.value.to_i64().filter(|n| read.places == 0 && *n >= 0)?, unit));
        let tail = tail.trim_start_matches(is_space);
        if tail.is_empty() {
            return Some(parts);
        }
        rest = tail.strip_prefix("et").filter(|t| t.starts_with(is_space))?.trim_start_matches(is_space);
    }
}

fn too_long_duration() -> Fault {
    Fault::new("duree-trop-longue", format!("{} ans au plus", limits::DURATION_YEARS))
}

fn months(words: &str) -> Result<Ratio, Fault> {
    let wrong = || Fault::kind("écrire par exemple « 6 mois » ou « 2 ans et 6 mois »");
    if let Ok(bare) = decimal(words) {
        return Err(unit_missing(&bare.value, "mois", "ans"));
    }
    let parts = duration_parts(words).ok_or_else(wrong)?;
    let is_year = |unit: &str| matches!(unit, "an" | "ans" | "année" | "années");
    let months = match parts.as_slice() {
        [(n, "mois")] => Some(*n),
        [(n, unit)] if is_year(unit) => n.checked_mul(12),
        [(years, unit), (n, "mois")] if is_year(unit) => {
            years.checked_mul(12).and_then(|m| m.checked_add(*n))
        }
        _ => return Err(wrong()),
    };
    months.filter(|m| *m <= limits::DURATION_YEARS * 12).map(Ratio::from).ok_or_else(too_long_duration)
}

fn days(words: &str) -> Result<Ratio, Fault> {
    if let Ok(bare) = decimal(words) {
        return Err(unit_missing(&bare.value, "jours", ""));
    }
    match duration_parts(words).as_deref() {
        Some([(n, "jour" | "jours")]) if *n <= limits::DURATION_YEARS * 366 => Ok(Ratio::from(*n)),
        Some([(_, "jour" | "jours")]) => Err(too_long_duration()),
        _ => Err(Fault::kind("écrire par exemple « 15 jours »")),
    }
}

fn unit_missing(n: &Ratio, unit: &str, other: &str) -> Fault {
    let n = words::decimal(n);
    let or = if other.is_empty() { String::new() } else { format!(" ou « {n} {other} »") };
    Fault::new("duree-sans-unite", "l'unité manque").help(format!("écrire « {n} {unit} »{or}"))
}

/// Whether a value is one that its type and bounds allow.
pub(super) fn within(domain: &Known, value: &Value) -> bool {
    match (domain, value) {
        (Known::Truth(known), Value::Truth(truth)) => {
            if *truth {
                known.may_hold
            } else {
                known.may_fail
            }
        }
        (Known::Number(interval), Value::Number(n)) => {
            let above = match &interval.low {
                End::Infinite => true,
                End::Included(low) => n >= low,
                End::Excluded(low) => n > low,
            };
            let below = match &interval.high {
                End::Infinite => true,
                End::Included(high) => n <= high,
                End::Excluded(high) => n < high,
            };
            above && below && (!interval.whole || n.is_integer())
        }
        (Known::Date(range), Value::Date(date)) => {
            range.from.is_none_or(|from| from <= *date) && range.to.is_none_or(|to| *date <= to)
        }
        (Known::Text(set), Value::Text(text)) => match set {
            crate::known::TextSet::OneOf(texts) => texts.contains(text),
            crate::known::TextSet::AnyBut(texts) => !texts.contains(text),
        },
        (Known::Choice(set), Value::Choice(rank)) => set.contains(*rank),
        _ => false,
    }
}

/// On which side of its bounds a value lies.
fn beyond(domain: &Known, value: &Value) -> &'static str {
    match (domain, value) {
        (Known::Number(interval), Value::Number(n)) => match &interval.low {
            End::Included(low) if n < low => "trop petit",
            End::Excluded(low) if n <= low => "trop petit",
            _ if interval.whole && !n.is_integer() => "n'est pas entier",
            _ => "trop grand",
        },
        (Known::Date(range), Value::Date(date)) => match range.from {
            Some(from) if *date < from => "trop tôt",
            _ => "trop tard",
        },
        _ => "hors de ce qui est admis",
    }
}

/// What was written, as it is shown in a message.
pub(super) fn shown(written: &str) -> String {
    unreadable::quote(written)
}
