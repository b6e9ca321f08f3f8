//! Documents as pages: escaped, printable, readable without colour or sight.

mod blocks;
mod form;
mod markup;
mod picture;

use std::sync::LazyLock;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

use self::blocks::{Writer, class};
use self::markup::Markup;
use super::document::{Anchors, Block, Document, Form, Section};
use super::{Explain, Lang, report};
use crate::decision::Decision;
use crate::dossier::Dossier;
use crate::policy::Policy;

/// The one style sheet of all pages, on screen and on paper.
pub const STYLE: &str = include_str!("style.css");

/// A decision as one HTML page that needs nothing else.
pub fn decision(
    policy: &Policy,
    dossier: &Dossier,
    decision: &Decision,
    explain: Explain,
    lang: Lang,
) -> String {
    page(&report::of(policy, dossier, decision, explain, lang), lang)
}

/// A document as one page that needs nothing else.
pub(crate) fn page(document: &Document, lang: Lang) -> String {
    whole(document, lang, &Frame::Alone)
}

/// A document as a page of a site, its style and script in files of their own.
pub(crate) fn site_page(document: &Document, lang: Lang, site: &Site<'_>) -> String {
    whole(document, lang, &Frame::Site(site))
}

/// The rank of the headings of what an engine answers.
const PIECE_LEVEL: usize = 3;

/// A document as a piece of a page: what an engine answers.
pub(crate) fn piece(document: &Document, lang: Lang, prefix: &'static str) -> String {
    let mut writer = writer(lang, PIECE_LEVEL, prefix);
    writer.content(document);
    writer.markup.finish()
}

/// Blocks as a piece of a page.
pub(crate) fn blocks(blocks: &[Block], lang: Lang) -> String {
    let mut writer = writer(lang, PIECE_LEVEL, "");
    writer.blocks(blocks);
    writer.markup.finish()
}

/// What is around a page of a site.
#[derive(Debug, Clone)]
pub(crate) struct Site<'a> {
    /// What leads from the page to the root of the site: nothing, or `../`.
    pub(crate) root: &'a str,
    /// The links at the head of each page: words, address.
    pub(crate) menu: &'a [(String, String)],
    /// What the script is told of the page, as `data-…`; no script, where it is empty.
    pub(crate) data: &'a [(&'static str, &'a str)],
    /// What the script will ask for, below the root: it is fetched while the page is.
    pub(crate) ahead: &'a [&'a str],
    /// Whether it takes the whole width; without a script, to be annotated on paper.
    pub(crate) wide: bool,
}

enum Frame<'a> {
    Alone,
    Site(&'a Site<'a>),
}

fn writer(lang: Lang, level: usize, prefix: &'static str) -> Writer {
    Writer { markup: Markup::new(lang), level, prefix, anchors: Anchors::default() }
}

/// What a page that stands alone may do: show itself in its own style.
static POLICY: LazyLock<String> = LazyLock::new(|| {
    let hash = STANDARD.encode(Sha256::digest(STYLE.as_bytes()));
    format!("default-src 'none'; style-src 'sha256-{hash}'; base-uri 'none'; form-action 'none'")
});

/// What a page of a site may do: all from the site itself, nothing from elsewhere; it runs the engine.
pub const SITE_POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self' 'wasm-unsafe-eval'; \
     connect-src 'self'; worker-src 'self'; img-src 'self'; base-uri 'none'; form-action 'self'";

fn whole(document: &Document, lang: Lang, frame: &Frame<'_>) -> String {
    let mut writer = writer(lang, 2, "");
    let markup = &mut writer.markup;
    markup.own("<!doctype html>\n");
    markup.open("html", &[("lang", lang.pick("fr", "en"))]);
    markup.own("\n<head>\n<meta charset=\"utf-8\">\n");
    let policy = match frame {
        Frame::Alone => POLICY.as_str(),
        Frame::Site(_) => SITE_POLICY,
    };
    markup.open("meta", &[("http-equiv", "Content-Security-Policy"), ("content", policy)]);
    markup.own("\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    let heading = match &document.verdict {
        Some(verdict) => format!("{} – {}", document.title, verdict.word),
        None => document.title.clone(),
    };
    markup.said("title", &[], &heading);
    match frame {
        Frame::Alone => {
            markup.own("<style>");
            markup.own(STYLE);
            markup.own("</style>\n");
        }
        Frame::Site(site) => {
            markup.open("link", &[("rel", "stylesheet"), ("href", &format!("{}style.css", site.root))]);
            markup.line_end();
            if !site.data.is_empty() {
                let script = format!("{}page.js", site.root);
                markup.open("script", &[("type", "module"), ("src", &script)]);
                markup.close("script");
            }
            for path in site.ahead {
                let href = format!("{}{path}", site.root);
                let how: &[_] = match path.ends_with(".js") {
                    true => &[("rel", "modulepreload"), ("href", &href)],
                    false => &[("rel", "preload"), ("as", "fetch"), ("crossorigin", ""), ("href", &href)],
                };
                markup.open("link", how);
                markup.line_end();
            }
        }
    }
    markup.close("head");
    match frame {
        Frame::Alone if is_wide(document) => markup.open("body", &[("class", "wide-page review")]),
        Frame::Alone => markup.open("body", &[]),
        Frame::Site(site) => {
            let mut data: Vec<(&'static str, &str)> = site.data.to_vec();
            match (site.wide, site.data.is_empty()) {
                (true, true) => data.push(("class", "wide-page review")),
                (true, false) => data.push(("class", "wide-page")),
                (false, _) => {}
            }
            markup.open("body", &data);
        }
    }
    markup.line_end();
    if let Frame::Site(site) = frame {
        let skip = lang.pick("Aller au contenu", "Skip to content");
        markup.said("a", &[("class", "skip"), ("href", "#contenu")], skip);
        if !site.menu.is_empty() {
            markup.open("nav", &[("aria-label", lang.pick("Pages", "Pages"))]);
            markup.open("ul", &[]);
            for (words, address) in site.menu {
                markup.open("li", &[]);
                markup.said("a", &[("href", address)], words);
                markup.close("li");
            }
            markup.close("ul");
            markup.close("nav");
        }
    }
    markup.open("main", &[("id", "contenu")]);
    markup.line_end();
    writer.content(document);
    writer.markup.close("main");
    writer.markup.own("</body>\n</html>\n");
    writer.markup.finish()
}

/// Whether some of it stands side by side.
fn is_wide(document: &Document) -> bool {
    fn any(blocks: &[Block]) -> bool {
        blocks.iter().any(|block| match block {
            Block::Beside(_) => true,
            Block::Part { blocks, .. } | Block::Form(Form::Whole { blocks, .. }) => any(blocks),
            _ => false,
        })
    }
    document.sections.iter().any(|section| any(&section.blocks))
}

impl Writer {
    fn content(&mut self, document: &Document) {
        self.markup.open("header", &[]);
        self.markup.line_end();
        self.blocks(&document.head);
        self.level -= 1;
        self.heading(&document.title);
        self.level += 1;
        document.subtitle.iter().for_each(|line| self.markup.said("p", &[], line));
        self.markup.close("header");
        if let Some(verdict) = &document.verdict {
            let class = format!("verdict {}", class(verdict.tone));
            self.markup.open("p", &[("class", &class)]);
            self.markup.said("strong", &[], &verdict.word);
            self.markup.space();
            self.markup.words(&verdict.why);
            self.markup.close("p");
        }
        document.sections.iter().for_each(|section| self.section(section));
    }

    fn section(&mut self, section: &Section) {
        if section.title.is_empty() {
            self.markup.open("section", &[]);
        } else {
            let id = self.anchored(&section.title);
            self.markup.open("section", &[("id", &id)]);
        }
        self.markup.line_end();
        if !section.title.is_empty() {
            self.heading(&section.title);
        }
        self.blocks(&section.blocks);
        self.markup.close("section");
    }
}
