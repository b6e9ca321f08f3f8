//! Elements and text of XML: every value is escaped on its way.

use crate::render::Lang;
use crate::render::layout::escape;

/// What every part begins with.
pub(super) const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

/// XML as it is written. Tags and names of attributes are the project's own words; all else is escaped.
pub(super) struct Xml {
    pub(super) lang: Lang,
    out: String,
}

impl Xml {
    pub(super) fn new(lang: Lang) -> Self {
        Xml { lang, out: HEAD.to_owned() }
    }

    pub(super) fn finish(self) -> String {
        self.out
    }

    pub(super) fn open(&mut self, tag: &'static str, attributes: &[(&'static str, &str)]) {
        self.start(tag, attributes);
        self.out.push('>');
    }

    /// An element with nothing in it.
    pub(super) fn empty(&mut self, tag: &'static str, attributes: &[(&'static str, &str)]) {
        self.start(tag, attributes);
        self.out.push_str("/>");
    }

    /// An element that says one value.
    pub(super) fn set(&mut self, tag: &'static str, value: &str) {
        self.empty(tag, &[("w:val", value)]);
    }

    pub(super) fn close(&mut self, tag: &'static str) {
        self.out.push_str("</");
        self.out.push_str(tag);
        self.out.push('>');
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

    /// What the project wrote as XML itself.
    pub(super) fn own(&mut self, text: &'static str) {
        self.out.push_str(text);
    }

    fn start(&mut self, tag: &'static str, attributes: &[(&'static str, &str)]) {
        self.out.push('<');
        self.out.push_str(tag);
        for (name, value) in attributes {
            self.out.push(' ');
            self.out.push_str(name);
            self.out.push_str("=\"");
            escape(value, &mut self.out);
            self.out.push('"');
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{HEAD, Xml};
    use crate::render::Lang;

    #[test]
    fn nothing_of_an_author_is_mark_up() {
        let mut xml = Xml::new(Lang::Fr);
        xml.open("w:t", &[("w:val", "\"/><a b='")]);
        xml.words("<b>&\u{202e}\u{1}\u{ffff}]]> ; oui");
        xml.close("w:t");
        let written = xml.finish();
        assert_eq!(
            written.strip_prefix(HEAD),
            Some(
                "<w:t w:val=\"&quot;/&gt;&lt;a b=&#39;\">&lt;b&gt;&amp;\u{fffd}\u{fffd}\u{fffd}]]&gt;\u{202f}; oui</w:t>"
            )
        );
    }
}
