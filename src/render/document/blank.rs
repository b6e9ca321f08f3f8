//! Places that somebody fills in before a paper goes out: « [à compléter : …] ».

/// What begins such a place.
const BEGIN: &str = "[à compléter : ";

/// A place that is left empty.
pub(crate) fn blank(what: &str) -> String {
    format!("{BEGIN}{what}]")
}

/// A text cut at its empty places, each with whether it is one.
pub(crate) fn blanks(text: &str) -> Vec<(&str, bool)> {
    let (mut pieces, mut rest) = (Vec::new(), text);
    while let Some(at) = rest.find(BEGIN) {
        let (before, place) = rest.split_at(at);
        let place = &place[..end(place)];
        pieces.extend((!before.is_empty()).then_some((before, false)));
        pieces.push((place, true));
        rest = &rest[at + place.len()..];
    }
    pieces.extend((!rest.is_empty()).then_some((rest, false)));
    pieces
}

/// Where a place ends: at the bracket that closes its own.
fn end(place: &str) -> usize {
    let mut open = 0_usize;
    for (at, sign) in place.char_indices() {
        match sign {
            '[' => open += 1,
            ']' if open == 1 => return at + 1,
            ']' => open -= 1,
            _ => {}
        }
    }
    place.len()
}

#[cfg(test)]
mod tests {
    use super::{blank, blanks};

    #[test]
    fn a_text_is_cut_at_its_empty_places() {
        let place = blank("délai [en mois]");
        assert_eq!(
            blanks(&format!("Dans {place}, le {}", blank("date"))),
            [("Dans ", false), (place.as_str(), true), (", le ", false), ("[à compléter : date]", true)]
        );
        assert_eq!(blanks("[à rayer]"), [("[à rayer]", false)]);
        assert_eq!(blanks("[à compléter : é"), [("[à compléter : é", true)]);
        assert_eq!(blanks(""), []);
    }
}
