//! An approved decision is Markdown; at a terminal its words are shown without their marks.

/// What [`crate::render::markdown`] puts a backslash before, where it stands in a text.
const ESCAPED: &str = "*_`[]<>\\#|";

/// A line without emphasis and escapes.
pub(super) fn words(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut letters = line.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => out.push(letters.next_if(|next| ESCAPED.contains(*next)).unwrap_or(letter)),
            '*' => {}
            letter => out.push(letter),
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// The words of a title; `None` for any other line.
pub(super) fn title(line: &str) -> Option<String> {
    line.starts_with('#').then(|| words(line.trim_start_matches('#').trim_start()))
}

/// Whether a line only says where something to be copied begins or ends.
pub(super) fn is_fence(line: &str) -> bool {
    line.trim_start().starts_with("```")
}

#[cfg(test)]
mod tests {
    use super::{is_fence, title, words};

    #[test]
    fn marks_are_taken_off_and_signs_of_the_text_are_kept() {
        let table = [
            ("**INCOMPLET** : une information manque", "INCOMPLET : une information manque"),
            ("- *URPS : « au moins 10% »*", "- URPS : « au moins 10% »"),
            (r"- note 2 \* 3 \< 7 \[sic\], C:\\dossiers", r"- note 2 * 3 < 7 [sic], C:\dossiers"),
            ("texte en vigueur depuis 2025  ", "texte en vigueur depuis 2025"),
        ];
        for (line, expected) in table {
            assert_eq!(words(line), expected);
        }
    }

    #[test]
    fn titles_and_fences_are_known() {
        assert_eq!(title("## Critères").as_deref(), Some("Critères"));
        assert_eq!(title(r"\# 4"), None);
        assert!(is_fence("   ```yaml") && !is_fence("lectures: {}"));
    }
}
