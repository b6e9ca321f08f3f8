//! Widths, colours and mark-up.

use conforme::render::text::TextOptions;
use conforme::render::{Explain, Lang};
use unicode_width::UnicodeWidthStr;

use crate::{Book, alr, csq, ess};

fn each(f: impl Fn(&Book, &crate::Case)) {
    for book in [ess(), csq(), alr()] {
        for case in &book.cases {
            f(book, case);
        }
    }
}

#[test]
fn no_line_is_wider_than_asked() {
    each(|book, case| {
        for (width, explain, lang) in [
            (80, Explain::Brief, Lang::Fr),
            (80, Explain::Full, Lang::Fr),
            (80, Explain::Brief, Lang::En),
            (50, Explain::Full, Lang::Fr),
        ] {
            let options = TextOptions { width, explain, lang, ..TextOptions::default() };
            for line in book.text(case, &options).lines() {
                assert!(line.width() <= width, "{} : {} > {width} : {line}", case.name, line.width());
                assert_eq!(line.trim_end(), line, "{}", case.name);
            }
        }
    });
}

#[test]
fn colours_only_repeat_what_is_said() {
    let case = ess().case("23");
    let plain = ess().text(case, &TextOptions { explain: Explain::Full, ..TextOptions::default() });
    let coloured =
        ess().text(case, &TextOptions { explain: Explain::Full, colour: true, ..TextOptions::default() });
    assert_ne!(plain, coloured);
    let mut bare = String::new();
    let mut rest = coloured.as_str();
    while let Some((before, after)) = rest.split_once('\u{1b}') {
        bare.push_str(before);
        rest = after.split_once('m').unwrap().1;
    }
    bare.push_str(rest);
    assert_eq!(plain, bare);
}

#[test]
fn the_page_is_well_formed_and_says_what_the_text_says() {
    each(|book, case| {
        for explain in [Explain::Brief, Explain::Full] {
            let page = book.html(case, explain);
            let mut open: Vec<&str> = Vec::new();
            let mut rest = page.as_str();
            while let Some((_, after)) = rest.split_once('<') {
                let (tag, after) = after.split_once('>').unwrap();
                rest = after;
                let name = tag.split([' ', '\n']).next().unwrap();
                if let Some(name) = name.strip_prefix('/') {
                    assert_eq!(open.pop(), Some(name), "{}", case.name);
                } else if !matches!(name, "!doctype" | "meta") {
                    open.push(name);
                }
            }
            assert!(open.is_empty(), "{} : {open:?}", case.name);
        }
    });
}

#[test]
fn what_an_author_wrote_is_never_mark_up() {
    let book = ess();
    let mut case_dossier = book.case("01").dossier.clone();
    case_dossier.name = Some("<script>alert(1)</script> *a* \u{1b}[31m".into());
    let decision = &book.case("01").decision;
    let page =
        conforme::render::html::decision(book.policy, &case_dossier, decision, Explain::Brief, Lang::Fr);
    assert!(!page.contains("<script"));
    let text =
        conforme::render::text::decision(book.policy, &case_dossier, decision, &TextOptions::default());
    assert!(!text.contains('\u{1b}'));
    let markdown =
        conforme::render::markdown::decision(book.policy, &case_dossier, decision, Explain::Brief, Lang::Fr);
    assert!(markdown.starts_with("# \\<script\\>alert(1)\\</script\\> \\*a\\*"));
}
