//! Windows-1252, in which spreadsheets of before wrote.

/// The characters of the bytes from 0x80 to 0x9F; every other byte is the character of its number.
const OWN: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}',
    '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

/// What is written so.
pub fn western(bytes: &[u8]) -> String {
    let character = |byte: &u8| match byte.checked_sub(0x80) {
        Some(rank) => OWN.get(usize::from(rank)).copied().unwrap_or(char::from(*byte)),
        None => char::from(*byte),
    };
    bytes.iter().map(character).collect()
}

#[cfg(test)]
mod tests {
    use super::western;

    #[test]
    fn every_byte_is_a_character() {
        assert_eq!(western(b"\x80 \x8Cuvre d\x92\xE9t\xE9 \x96 \xABoui\xBB\xFF"), "€ Œuvre d’été – «oui»ÿ");
        let all: Vec<u8> = (0..=255).collect();
        assert_eq!(western(&all).chars().count(), 256);
    }
}
