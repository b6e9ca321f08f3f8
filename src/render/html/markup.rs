//! Elements and text of HTML: every value is escaped on its way.

use crate::render::Lang;
use crate::render::layout::escape;

/// HTML as it is written. Tags and names of attributes are the project's own words; all else is escaped.
pub(super) struct Markup {
    pub(super) lang: Lang,
    out: String,
}

impl Markup {
    pub(super) fn new(lang: Lang) -> Self {
        Markup { lang, out: String::new() }
    }

    pub(super) fn finish(self) -> String {
        self.out
    }

    /// A start tag; an attribute without a value is one whose value is empty.
    pub(super) fn open(&mut self, tag: &'static str, attributes: &[(&'static str, &str)]) {
        self.out.push('<');
        self.out.push_str(tag);
        for (name, value) in attributes {
            self.out.push(' ');
            self.out.push_str(name);
            if !value.is_empty() {
                self.out.push_str("=\"");
                escape(value, &mut self.out);
                self.out.push('"');
            }
        }
        self.out.push('>');
    }

    /// An end tag; `line` ends the line after it.
    pub(super) fn close(&mut self, tag: &'static str) {
        self.out.push_str("</");
        self.out.push_str(tag);
        self.out.push('>');
        if !INLINE.contains(&tag) {
            self.out.push('\n');
        }
    }

    /// An element with words in it.
    pub(super) fn said(&mut self, tag: &'static str, attributes: &[(&'static str, &str)], words: &str) {
        self.open(tag, attributes);
        self.words(words);
        self.close(tag);
    }

    /// Words as people read them, with the no-break spaces of their language.
    pub(super) fn words(&mut self, words: &str) {
        let set = self.lang.typeset(words);
        escape(&set, &mut self.out);
    }

    /// What is shown as it is written.
    pub(super) fn kept(&mut self, text: &str) {
        escape(text, &mut self.out);
    }

    /// What is shown as it is written, line after line.
    pub(super) fn lines(&mut self, text: &str) {
        for (rank, line) in text.split('\n').enumerate() {
            if rank > 0 {
                self.out.push('\n');
            }
            self.kept(line.trim_end_matches('\r'));
        }
    }

    pub(super) fn line_end(&mut self) {
        if !self.out.ends_with('\n') {
            self.out.push('\n');
        }
    }

    pub(super) fn space(&mut self) {
        self.out.push(' ');
    }

    /// What the project wrote as HTML or CSS itself.
    pub(super) fn own(&mut self, text: &'static str) {
        self.out.push_str(text);
    }
}

/// What stands within a line.
const INLINE: [&str; 14] = [
    "a", "button", "cite", "code", "label", "legend", "mark", "option", "span", "strong", "td", "text", "th",
    "textarea",
];

#[cfg(test)]
mod tests {
    use super::Markup;
    use crate::render::Lang;

    #[test]
    fn nothing_of_an_author_is_mark_up() {
        let mut markup = Markup::new(Lang::Fr);
        markup.said("p", &[("title", "\" onload='x'")], "<b a='1'>&\u{202e}\" ; oui");
        assert_eq!(
            markup.finish(),
            "<p title=\"&quot; onload=&#39;x&#39;\">&lt;b a=&#39;1&#39;&gt;&amp;\u{fffd}&quot;\u{202f}; oui</p>\n"
        );
    }

    #[test]
    fn an_attribute_without_a_value_has_none() {
        let mut markup = Markup::new(Lang::Fr);
        markup.open("input", &[("hidden", ""), ("name", "a")]);
        assert_eq!(markup.finish(), "<input hidden name=\"a\">");
    }
}
