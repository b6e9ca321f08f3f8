//! Words as people write them: how names and texts are compared, and which is nearest.

use unicode_normalization::UnicodeNormalization;

/// A name as it is shown and compared: NFC, straight apostrophes, one plain space between words.
pub fn tidy(text: &str) -> String {
    let folded: String = text
        .nfc()
        .map(|c| match c {
            '’' | 'ʼ' => '\'',
            c if c.is_whitespace() => ' ',
            c => c,
        })
        .collect();
    folded.split(' ').filter(|w| !w.is_empty()).collect::<Vec<_>>().join(" ")
}

/// A text as it is compared in a dossier: [`tidy`], without regard to case.
pub fn fold(text: &str) -> String {
    tidy(text).to_lowercase()
}

/// The nearest of some names, where one is near enough to be proposed.
pub fn nearest<'a>(wanted: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let wanted = fold(wanted);
    names
        .into_iter()
        .map(|name| (strsim::damerau_levenshtein(&wanted, &fold(name)), name))
        .filter(|(distance, name)| *distance <= 1 + name.chars().count().min(wanted.chars().count()) / 4)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, name)| name)
}
