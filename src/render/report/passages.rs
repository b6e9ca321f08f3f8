//! The order of passages: that of the texts in which they stand, so that none refers to what is read after it.

use crate::policy::{Citation, SourceId};

/// A step on the way to a passage: « 2 », « II », « a », in the order of the text.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Mark {
    Number(u64),
    Word(String),
}

/// Puts passages in the order of their texts; the texts stay in the order in which they are first cited.
pub(super) fn in_text_order(citations: &mut [Citation]) {
    let mut sources: Vec<SourceId> = Vec::new();
    for citation in citations.iter() {
        if !sources.contains(&citation.source) {
            sources.push(citation.source);
        }
    }
    citations.sort_by_cached_key(|citation| {
        let source = sources.iter().position(|source| *source == citation.source);
        (source, citation.place.as_deref().map(marks), citation.span.start)
    });
}

/// `art. 3, II, 1°`: 3, then 2, then 1.
fn marks(place: &str) -> Vec<Mark> {
    let words = place.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let mark = |word: &str| {
        let digits: String = word.chars().take_while(char::is_ascii_digit).collect();
        match digits.parse().ok().or_else(|| roman(word)) {
            Some(number) => Mark::Number(number),
            None => Mark::Word(word.to_lowercase()),
        }
    };
    words.map(mark).collect()
}

/// « XIV » is 14.
fn roman(word: &str) -> Option<u64> {
    let value = |c: char| match c {
        'I' => Some(1),
        'V' => Some(5),
        'X' => Some(10),
        'L' => Some(50),
        _ => None,
    };
    let values: Vec<u64> = word.chars().map(value).collect::<Option<_>>()?;
    let total = values.iter().enumerate().fold(0_i64, |total, (rank, own)| {
        let own_signed = i64::try_from(*own).unwrap_or(0);
        match values.get(rank + 1) {
            Some(next) if next > own => total - own_signed,
            Some(_) | None => total + own_signed,
        }
    });
    u64::try_from(total).ok()
}

#[cfg(test)]
mod tests {
    use super::marks;

    #[test]
    fn places_follow_one_another_as_in_their_text() {
        let in_order = [
            "art. 1er",
            "art. 2, I",
            "art. 2, II",
            "art. 2, II, 1°",
            "art. 2, II, 2°, a",
            "art. 2, II, 10°",
            "art. 2, IV",
            "art. 2, IX",
            "art. 2, XIV",
            "art. 10",
        ];
        for pair in in_order.windows(2) {
            assert!(marks(pair[0]) < marks(pair[1]), "{} < {}", pair[0], pair[1]);
        }
    }
}
