//! A number as people and programs write it.

use super::fault::Fault;
use super::words;
use crate::limits;
use crate::number::Ratio;

/// A number as it was written: its sign, its digits, how many of them stand after the comma.
pub(super) struct Decimal {
    pub(super) value: Ratio,
    pub(super) places: usize,
}

pub(super) const IN_DIGITS: &str = "écrire le nombre en chiffres";

/// `1 234,5`, `-3.5`, and as programs write what is very great or very small, `1e-05`. Spaces may only part
/// thousands.
pub(super) fn decimal(words: &str) -> Result<Decimal, Fault> {
    match words.split_once(['e', 'E']).and_then(|(read, power)| Some((read, exponent(power)?))) {
        Some((written, power)) => scaled(plain_decimal(written)?, power),
        None => plain_decimal(words),
    }
}

/// A power of ten, `-05` or `+21`.
fn exponent(written: &str) -> Option<i64> {
    let (negative, digits) = match written.strip_prefix('-') {
        Some(digits) => (true, digits),
        None => (false, written.strip_prefix('+').unwrap_or(written)),
    };
    let power = small_integer(digits).filter(|_| digits.len() <= 3)?;
    Some(if negative { -power } else { power })
}

/// A number times a power of ten.
fn scaled(read: Decimal, power: i64) -> Result<Decimal, Fault> {
    let size = usize::try_from(power.unsigned_abs()).unwrap_or(usize::MAX);
    if size > limits::DIGITS {
        return Err(too_many_digits());
    }
    let wrong = || Fault::kind(IN_DIGITS);
    let ten = Ratio::parse_decimal(&format!("1{}", "0".repeat(size))).ok_or_else(wrong)?;
    let value = if power < 0 { read.value.div(&ten).ok_or_else(wrong)? } else { read.value.mul(&ten) };
    let places = if power < 0 { read.places + size } else { read.places.saturating_sub(size) };
    if words::decimal(&value).chars().filter(char::is_ascii_digit).count() > limits::DIGITS {
        return Err(too_many_digits());
    }
    Ok(Decimal { value, places })
}

fn too_many_digits() -> Fault {
    Fault::new("nombre-trop-long", format!("{} chiffres au plus", limits::DIGITS))
}

fn plain_decimal(words: &str) -> Result<Decimal, Fault> {
    let wrong = || Fault::kind(IN_DIGITS);
    let (negative, digits) = match words.strip_prefix(['-', '−']) {
        Some(rest) => (true, rest),
        None => (false, words),
    };
    let (whole, fraction) = match digits.split_once([',', '.']) {
        Some((_, "")) => return Err(wrong()),
        Some(parts) => parts,
        None => (digits, ""),
    };
    if !fraction.bytes().all(|b| b.is_ascii_digit()) {
        return Err(wrong());
    }
    let mut clean = String::with_capacity(words.len());
    if negative {
        clean.push('-');
    }
    if whole.bytes().all(|b| b.is_ascii_digit()) {
        clean.push_str(whole);
    } else {
        if !whole.split(is_space).all(|group| group.bytes().all(|b| b.is_ascii_digit())) {
            return Err(wrong());
        }
        for (i, group) in whole.split(is_space).enumerate() {
            let long_enough = if i == 0 { (1..=3).contains(&group.len()) } else { group.len() == 3 };
            if i == 0 && group.is_empty() {
                return Err(wrong());
            }
            if !long_enough {
                return Err(Fault::kind("une espace ne sépare que les milliers"));
            }
            clean.push_str(group);
        }
    }
    if whole.is_empty() {
        return Err(wrong());
    }
    if clean.len() - usize::from(negative) + fraction.len() > limits::DIGITS {
        return Err(too_many_digits());
    }
    if !fraction.is_empty() {
        clean.push('.');
        clean.push_str(fraction);
    }
    let value = Ratio::parse_decimal(&clean).ok_or_else(wrong)?;
    Ok(Decimal { value, places: fraction.len() })
}

/// The spaces that French puts between thousands and before units.
pub(super) fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}')
}

/// A run of a few digits, which is what nearly every number is.
#[inline]
pub(super) fn small_integer(words: &str) -> Option<i64> {
    let short = (1..=17).contains(&words.len()) && words.bytes().all(|b| b.is_ascii_digit());
    short.then(|| words.bytes().fold(0, |n, b| n * 10 + i64::from(b - b'0')))
}
