//! Decisions as documents of word processors.

use std::io::{Cursor, Read};

use conforme::render::{Explain, Lang, docx};
use quick_xml::Reader;
use quick_xml::events::Event;

use crate::{Book, Case, alr, csq, ess};

fn parts(bytes: &[u8]) -> Vec<(String, String)> {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let names: Vec<String> = zip.file_names().map(|name| name.unwrap().into_owned()).collect();
    let text = |name: String| {
        let mut text = String::new();
        zip.by_name(&name).unwrap().read_to_string(&mut text).unwrap();
        (name, text)
    };
    names.into_iter().map(text).collect()
}

/// The words of a part, which is well-formed.
fn words(name: &str, xml: &str) -> String {
    let allowed = |c: char| matches!(c, '\t' | '\n' | '\r' | '\u{20}'..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..);
    assert!(xml.chars().all(allowed), "{name}");
    let mut reader = Reader::from_str(xml);
    let (mut depth, mut out) = (0, String::new());
    loop {
        match reader.read_event().unwrap_or_else(|wrong| panic!("{name}: {wrong}")) {
            Event::Start(tag) => {
                tag.attributes().for_each(|own| drop(own.unwrap()));
                depth += 1;
            }
            Event::Empty(tag) => {
                tag.attributes().for_each(|own| drop(own.unwrap()));
                if tag.name().0 == "w:noBreakHyphen" {
                    out.push('-');
                }
            }
            Event::End(tag) => {
                depth -= 1;
                if tag.name().0 == "w:p" {
                    out.push('\n');
                }
            }
            Event::Text(text) => {
                assert!(depth > 0 || text.trim().is_empty(), "{name}");
                out.push_str(&text);
            }
            Event::GeneralRef(one) => out.push_str(match &*one {
                "lt" => "<",
                "gt" => ">",
                "amp" => "&",
                "quot" => "\"",
                "#39" => "'",
                other => panic!("{name}: {other:?}"),
            }),
            Event::Eof => break,
            Event::Decl(_) => {}
            other => panic!("{name}: {other:?}"),
        }
    }
    assert_eq!(depth, 0, "{name}");
    out
}

fn each(f: impl Fn(&Book, &Case)) {
    for book in [ess(), csq(), alr()] {
        for case in &book.cases {
            f(book, case);
        }
    }
}

#[test]
fn every_decision_is_a_whole_file_that_leads_nowhere_else() {
    each(|book, case| {
        for (explain, lang) in [(Explain::Brief, Lang::Fr), (Explain::Full, Lang::En)] {
            let made = || docx::decision(book.policy, &case.dossier, &case.decision, explain, lang);
            let bytes = made();
            if explain == Explain::Brief {
                assert_eq!(bytes, made(), "{}", case.name);
            }
            let all = parts(&bytes);
            assert_eq!(all[0].0, "[Content_Types].xml");
            for (name, xml) in &all {
                words(name, xml);
                assert!(!xml.contains("TargetMode"), "{name}");
                for target in xml.split("Target=\"").skip(1) {
                    let target = target.split('"').next().unwrap();
                    let path =
                        if name == "_rels/.rels" { target.to_owned() } else { format!("word/{target}") };
                    assert!(all.iter().any(|(name, _)| *name == path), "{name}: {target}");
                }
                for part in xml.split("PartName=\"/").skip(1) {
                    let part = part.split('"').next().unwrap();
                    assert!(all.iter().any(|(name, _)| name == part), "{part}");
                }
            }
        }
    });
}

/// Line after line, signs and bullets aside, it says what the page says.
#[test]
fn the_document_says_what_the_page_says() {
    let squeezed = |text: &str| text.split_whitespace().collect::<String>();
    each(|book, case| {
        let bytes = docx::decision(book.policy, &case.dossier, &case.decision, Explain::Full, Lang::Fr);
        let (_, body) = parts(&bytes).into_iter().find(|(name, _)| name == "word/document.xml").unwrap();
        let own = squeezed(&words("word/document.xml", &body));
        let page = book.html(case, Explain::Full);
        let (_, page) = page.split_once("<main").unwrap();
        let mut said = String::new();
        for piece in page.split('<').skip(1) {
            said.push_str(piece.split_once('>').unwrap().1);
        }
        for (written, read) in
            [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")]
        {
            said = said.replace(written, read);
        }
        // A mark of a list is no word.
        let bare = |text: &str| text.replace(['·', '–'], "");
        assert_eq!(bare(&own), bare(&squeezed(&said)), "{}", case.name);
    });
}

#[test]
fn what_an_author_wrote_is_never_mark_up() {
    let book = ess();
    let mut dossier = book.case("01").dossier.clone();
    dossier.name = Some("</w:t><script>\"a\" & 'b' ]]> \u{202e}\u{1}\u{ffff}\u{0}\n<!-- c -->".into());
    let decision = &book.case("01").decision;
    let bytes = docx::decision(book.policy, &dossier, decision, Explain::Full, Lang::Fr);
    for (name, xml) in parts(&bytes) {
        let said = words(&name, &xml);
        if ["word/document.xml", "docProps/core.xml"].contains(&name.as_str()) {
            let shown = "</w:t><script>\"a\" & 'b' ]]> \u{fffd}\u{fffd}\u{fffd}\u{fffd} <!-- c -->";
            assert!(said.contains(shown), "{said}");
        }
    }
}
