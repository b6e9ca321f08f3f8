//! How wide text is, how it is wrapped, and what is put aside before it reaches a terminal.

use std::borrow::Cow;

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// A text without what would move a terminal's cursor or turn the direction of writing: such
/// characters are shown as `�`, line ends and tabs as a space.
pub(crate) fn clean(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_unsafe) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(
        text.chars()
            .map(|c| match c {
                '\n' | '\r' | '\t' => ' ',
                c if is_unsafe(c) => '\u{fffd}',
                c => c,
            })
            .collect(),
    )
}

/// A clean text as HTML and XML have it, in elements and in attributes: the one place where values are escaped.
pub(crate) fn escape(text: &str, out: &mut String) {
    for c in clean(text).chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            // No XML may hold them.
            '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
}

fn is_unsafe(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200b}' | '\u{200e}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// How many columns a text takes.
pub(crate) fn width(text: &str) -> usize {
    text.width()
}

/// As [`wrap`], with no sign of punctuation torn from its word; the spaces come back plain.
pub(crate) fn wrap_prose(text: &str, first: &str, rest: &str, width: usize) -> Vec<String> {
    let text = super::Lang::Fr.typeset(text);
    wrap(&text, first, rest, width)
        .into_iter()
        .map(|line| line.replace(['\u{a0}', '\u{202f}'], " "))
        .collect()
}

/// Lines of at most `width` columns: words are kept whole where they fit, no-break spaces never
/// break, and what is longer than a line is cut. The indents count. Never empty.
pub(crate) fn wrap(text: &str, first: &str, rest: &str, width: usize) -> Vec<String> {
    let text = clean(text);
    let mut lines = Vec::new();
    let mut line = first.to_owned();
    let mut used = self::width(first);
    let mut bare = true;
    for word in text.split(' ').filter(|w| !w.is_empty()) {
        let gap = usize::from(!bare);
        let size = self::width(word);
        if used + gap + size <= width {
            if gap == 1 {
                line.push(' ');
            }
            line.push_str(word);
            used += gap + size;
            bare = false;
            continue;
        }
        if !bare {
            lines.push(std::mem::replace(&mut line, rest.to_owned()));
            used = self::width(rest);
        }
        for c in word.chars() {
            let size = c.width().unwrap_or(0);
            if !bare && used + size > width && used > self::width(rest) {
                lines.push(std::mem::replace(&mut line, rest.to_owned()));
                used = self::width(rest);
            } else if bare && used + size > width && used > self::width(first) {
                lines.push(std::mem::replace(&mut line, rest.to_owned()));
                used = self::width(rest);
                bare = false;
            }
            line.push(c);
            used += size;
        }
        bare = false;
    }
    lines.push(line);
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_wrapped_with_a_hanging_indent() {
        assert_eq!(wrap("un deux trois quatre", "- ", "  ", 9), ["- un deux", "  trois", "  quatre"]);
    }

    #[test]
    fn a_word_longer_than_a_line_is_cut() {
        assert_eq!(wrap("abcdefgh ij", "> ", "  ", 6), ["> abcd", "  efgh", "  ij"]);
        assert_eq!(wrap("x abcdefgh", "", "", 4), ["x", "abcd", "efgh"]);
    }

    #[test]
    fn a_no_break_space_never_breaks() {
        assert_eq!(wrap("seuil\u{a0}: 10\u{a0}%", "", "", 9), ["seuil\u{a0}:", "10\u{a0}%"]);
    }

    #[test]
    fn what_would_act_on_a_terminal_is_shown_not_sent() {
        assert_eq!(clean("a\u{1b}[31mb\nc\u{202e}"), "a\u{fffd}[31mb c\u{fffd}");
    }
}
