//! Words as people write them: how names and texts are compared, and which is nearest.

use std::borrow::Cow;
use std::ops::Range;

use unicode_normalization::{IsNormalized, UnicodeNormalization, char::is_combining_mark, is_nfc_quick};

/// A name as it is shown and compared: NFC, straight apostrophes, one plain space between words.
pub fn tidy(text: &str) -> String {
    tidied(text).into_owned()
}

/// A text as it is compared in a dossier: [`tidy`], without regard to case.
pub fn fold(text: &str) -> String {
    folded(text).into_owned()
}

/// [`fold`], that copies nothing where the text stands as it is compared.
#[inline]
pub fn folded(text: &str) -> Cow<'_, str> {
    if stands_folded(text.as_bytes()) {
        return Cow::Borrowed(text);
    }
    let tidied = tidied(text);
    if tidied.is_ascii() {
        return Cow::Owned(tidied.to_ascii_lowercase());
    }
    let lower = |c: char| {
        let mut lower = c.to_lowercase();
        lower.next() == Some(c) && lower.next().is_none()
    };
    if tidied.chars().all(lower) {
        return tidied;
    }
    // The lower case of a composed letter may be several: put together again.
    Cow::Owned(tidied.to_lowercase().nfc().collect())
}

/// The nearest of some names, where one is near enough to be proposed: about one letter in three may
/// differ. Accents, forgotten more often than letters, count for less; a name may stand without the
/// group that it is declared in. Where none is, the only one that goes on where what is wanted stops.
pub fn nearest<'a>(wanted: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let wanted = folded(wanted);
    let bare = without_accents(&wanted);
    let grouped = bare.contains('.');
    let mut longer: Vec<&str> = Vec::new();
    let denied = is_denied(&bare);
    let near = names
        .into_iter()
        .filter_map(|name| {
            let folded = folded(name);
            // One letter does not turn a condition into its contrary.
            if is_denied(&without_accents(&folded)) != denied {
                return None;
            }
            if goes_on(&bare, &without_accents(&folded)) {
                longer.push(name);
            }
            let whole = distance(&bare, &without_accents(&folded));
            let last = folded.rsplit_once('.').filter(|_| !grouped).map(|(_, last)| last);
            let last = last.and_then(|last| distance(&bare, &without_accents(last)));
            let (letters, ungrouped) = match (whole, last) {
                (Some(whole), Some(last)) if last < whole => (last, true),
                (Some(whole), _) => (whole, false),
                (None, last) => (last?, true),
            };
            Some(((letters, ungrouped, strsim::damerau_levenshtein(&wanted, &folded)), name))
        })
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, name)| name);
    match (near, longer.as_slice()) {
        (None, [only]) => Some(only),
        (near, _) => near,
    }
}

/// Whether a name says that something is not.
fn is_denied(name: &str) -> bool {
    name.split([' ', '-', '.', '\''])
        .any(|word| matches!(word, "non" | "pas" | "sans" | "ni" | "hors" | "aucun" | "aucune"))
}

/// Whether a name starts with these words, two at the least: « revenu fiscal » of « revenu fiscal de référence ».
fn goes_on(wanted: &str, name: &str) -> bool {
    wanted.contains(' ') && name.strip_prefix(wanted).is_some_and(|rest| rest.starts_with(' '))
}

/// How many letters are to be changed, where few enough are.
fn distance(wanted: &str, name: &str) -> Option<usize> {
    let (wanted_length, length) = (wanted.chars().count(), name.chars().count());
    // A word of one letter is near to nothing: all of it would have to change.
    let most = (wanted_length.min(length) / 3).clamp(1, 5).min(wanted_length.saturating_sub(1));
    if wanted_length.abs_diff(length) > most || fewest_changes(wanted, name) > most {
        return None;
    }
    let letters = strsim::damerau_levenshtein(wanted, name);
    // « immeuble inscrit » is no « immeuble ancien »: a word with more than half of its letters changed is another.
    let another = wanted.contains(' ') && wanted.split(' ').count() == name.split(' ').count() && {
        let mut words = wanted.split(' ').zip(name.split(' '));
        words.any(|(a, b)| 2 * strsim::damerau_levenshtein(a, b) > a.chars().count().max(b.chars().count()))
    };
    (letters <= most && !another).then_some(letters)
}

/// How many letters are to be changed at the least: each change makes one letter another, whatever their order.
fn fewest_changes(a: &str, b: &str) -> usize {
    let mut more = [0_i32; 64];
    let of = |c: char| c as usize % 64;
    a.chars().for_each(|c| more[of(c)] += 1);
    b.chars().for_each(|c| more[of(c)] -= 1);
    more.iter().map(|more| more.unsigned_abs() as usize).sum::<usize>().div_ceil(2)
}

/// Whether two folded texts are two, and one without their accents.
pub fn differ_by_accents(a: &str, b: &str) -> bool {
    // Whatever stands without an accent in both is no other for it.
    if a == b || (a.is_ascii() && b.is_ascii()) {
        return false;
    }
    let letters = |c: &char| !is_combining_mark(*c);
    a.nfd().filter(letters).eq(b.nfd().filter(letters))
}

/// In lower case and without accents.
pub fn plain_letters(text: &str) -> String {
    without_accents(&folded(text)).into_owned()
}

fn without_accents(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.nfd().filter(|c| !is_combining_mark(*c)).collect())
}

pub(crate) fn tidied(text: &str) -> Cow<'_, str> {
    if is_tidy(text) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    for c in text.nfc() {
        match c {
            '’' | 'ʼ' => out.push('\''),
            // What a PDF puts for a hyphen.
            '\u{2010}' | '\u{2011}' => out.push('-'),
            c if c.is_whitespace() => {
                if !out.is_empty() && !out.ends_with(' ') {
                    out.push(' ');
                }
            }
            c => out.push(c),
        }
    }
    if out.ends_with(' ') {
        out.pop();
    }
    Cow::Owned(out)
}

/// Whether a text is made of letters, digits and signs that are compared as they are: what most texts
/// of a dossier are, seen without a look at each character's properties.
fn stands_folded(text: &[u8]) -> bool {
    text.iter().fold(true, |so, b| so & b.is_ascii_graphic() & !b.is_ascii_uppercase())
}

fn is_tidy(text: &str) -> bool {
    let mut after_space = true;
    for c in text.chars() {
        let space = c == ' ';
        if (space && after_space)
            || (c.is_whitespace() && !space)
            || matches!(c, '’' | 'ʼ' | '\u{2010}' | '\u{2011}')
        {
            return false;
        }
        after_space = space;
    }
    (text.is_empty() || !after_space) && (text.is_ascii() || is_nfc_quick(text.chars()) == IsNormalized::Yes)
}

/// Where words stand in a stretch of a text, as words of their own.
pub fn occurrences(text: &str, within: Range<usize>, words: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let line = text.get(within.clone()).unwrap_or("");
    for (offset, _) in line.char_indices() {
        let start = within.start + offset;
        if found.last().is_some_and(|last| start < last.end) {
            continue;
        }
        if let Some(end) = matched(text, start, words).filter(|end| *end <= within.end)
            && stands_alone(text, start..end)
        {
            found.push(start..end);
        }
    }
    found
}

/// Where words end that start here; blanks are as good as one another, and so are apostrophes.
fn matched(text: &str, start: usize, words: &str) -> Option<usize> {
    let plain = |c: char| if matches!(c, '’' | 'ʼ') { '\'' } else { c };
    let mut rest = text.get(start..)?;
    for wanted in words.chars() {
        if wanted.is_whitespace() {
            let after = rest.trim_start();
            if after.len() == rest.len() {
                return None;
            }
            rest = after;
        } else {
            let c = rest.chars().next().filter(|c| plain(*c) == plain(wanted))?;
            rest = rest.get(c.len_utf8()..)?;
        }
    }
    (!words.is_empty()).then_some(text.len() - rest.len())
}

/// Whether words are part of no longer word or number.
fn stands_alone(text: &str, range: Range<usize>) -> bool {
    let inside = text.get(range.clone()).unwrap_or("");
    let mut before = text.get(..range.start).unwrap_or("").chars().rev();
    let mut after = text.get(range.end..).unwrap_or("").chars();
    let beside = |own: Option<char>, next: Option<char>, then: Option<char>| {
        let (Some(own), Some(next)) = (own, next) else { return true };
        let separates = next.is_whitespace() && next != '\n' || matches!(next, ',' | '.');
        let longer = own.is_ascii_digit() && separates && then.is_some_and(|c| c.is_ascii_digit());
        !(longer || own.is_alphanumeric() && next.is_alphanumeric())
    };
    beside(inside.chars().next(), before.next(), before.next())
        && beside(inside.chars().next_back(), after.next(), after.next())
}

#[cfg(test)]
mod tests;
