//! Every kind of piece on paper.

use std::collections::BTreeSet;
use std::io::{Cursor, Read as _};

use quick_xml::Reader;
use quick_xml::events::Event;

use super::document;
use crate::render::Lang;
use crate::render::document::{
    Asked, Block, Cell, Document, Field, Form, Grid, Input, Mark, Node, Picture, Section, Shown, Sign,
    Target, Tone, Verdict,
};

fn of(blocks: Vec<Block>) -> Document {
    Document {
        head: Vec::new(),
        title: "Aide".to_owned(),
        subtitle: vec!["dossier examiné le 1er octobre 2025".to_owned()],
        verdict: Some(Verdict {
            word: "FAVORABLE".to_owned(),
            tone: Tone::Good,
            why: "toutes les conditions sont remplies".to_owned(),
        }),
        sections: vec![Section { title: "Critères".to_owned(), blocks }],
        hint: Some("ajouter --explain full".to_owned()),
    }
}

fn part(bytes: &[u8], name: &str) -> String {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    zip.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

/// Each element with its attributes, in order.
fn elements(xml: &str) -> Vec<(String, Vec<(String, String)>)> {
    let mut reader = Reader::from_str(xml);
    let mut all = Vec::new();
    loop {
        match reader.read_event().unwrap() {
            Event::Start(tag) | Event::Empty(tag) => {
                let own = tag.attributes().map(|own| own.unwrap());
                let own = own.map(|own| (own.key.0.to_owned(), own.value.to_string()));
                all.push((tag.name().0.to_owned(), own.collect()));
            }
            Event::Eof => return all,
            _ => {}
        }
    }
}

fn values(xml: &str, element: &str, attribute: &str) -> Vec<String> {
    let own = elements(xml).into_iter().filter(|(name, _)| name == element);
    own.filter_map(|(_, all)| all.into_iter().find(|(name, _)| name == attribute)).map(|(_, v)| v).collect()
}

/// What is read, paragraph after paragraph.
fn said(xml: &str) -> Vec<String> {
    let paragraph = |text: &str| {
        let runs = text.split("<w:t xml:space=\"preserve\">").skip(1);
        runs.map(|run| run.split("</w:t>").next().unwrap()).collect::<String>()
    };
    let all = xml.split("<w:p>").skip(1).map(paragraph);
    all.filter(|text| !text.is_empty()).collect()
}

fn written(blocks: Vec<Block>) -> String {
    part(&document(&of(blocks), Lang::Fr), "word/document.xml")
}

#[test]
fn every_style_and_list_that_is_used_is_there() {
    let field = |input, value: &str| {
        Block::Form(Form::Field(Box::new(Field {
            id: "a".to_owned(),
            path: "a".to_owned(),
            label: "Quel âge ?".to_owned(),
            help: vec!["En années.".to_owned()],
            input,
            value: value.to_owned(),
            wrong: vec!["attendu un nombre".to_owned()],
            asked: Asked::First(1),
        })))
    };
    let node = |sign, inner| Node { sign, text: "âge : 20".to_owned(), inner };
    let para = || Block::Para("oui".to_owned());
    let bytes = document(
        &of(vec![
            Block::Item { sign: Sign::Yes, title: "âge".to_owned(), blocks: vec![para()] },
            Block::Entry { title: "détail".to_owned(), blocks: vec![Block::Para("– un".to_owned())] },
            Block::Table(vec![vec![Cell::toned("a", Tone::Faint), Cell::plain("b")], vec![Cell::plain("c")]]),
            Block::Quote { source: "arrêté".to_owned(), passage: Some("au moins 18 ans".to_owned()) },
            Block::Passage {
                source: Cell::plain("arrêté"),
                binding: true,
                passage: Some("au moins 18 ans".to_owned()),
            },
            Block::Passage { source: Cell::plain("fiche"), binding: false, passage: None },
            Block::Marked(vec![
                Mark { text: "exige ".to_owned(), shown: None },
                Mark { text: "âge".to_owned(), shown: Some((Shown::Nothing, "aucun cas".to_owned())) },
            ]),
            Block::ToWrite("a: 1\nb: 2".to_owned()),
            Block::Ask { rank: 1, question: "Quel âge ?".to_owned(), lines: vec!["pour l'âge".to_owned()] },
            Block::Tree(vec![node(None, vec![node(Some(Sign::No), Vec::new())])]),
            Block::Part { anchor: None, title: "Seuils".to_owned(), blocks: vec![para()] },
            Block::Beside(vec![vec![para()], Vec::new()]),
            Block::List(vec![vec![Cell::plain("un"), Cell::sign(Sign::Open)]]),
            Block::Terms(vec![(vec![Cell::plain("terme")], vec![para()])]),
            Block::Signature(vec!["Fait à".to_owned()]),
            Block::Lines(vec!["1, rue".to_owned()]),
            Block::Signed {
                closing: vec!["Adieu".to_owned()],
                lines: vec!["La directrice".to_owned(), "A. B.".to_owned()],
            },
            field(Input::Line, ""),
            field(Input::OneOf(vec![("a".to_owned(), "un métier parmi bien d'autres".to_owned()); 3]), ""),
            field(Input::Number("ans".to_owned()), "20"),
            Block::Form(Form::Group {
                id: "g".to_owned(),
                title: "Enfant".to_owned(),
                hidden: false,
                blocks: vec![para()],
            }),
            Block::Form(Form::Editor { id: "e", label: "Texte".to_owned(), text: "x".to_owned() }),
        ]),
        Lang::Fr,
    );
    let (body, styles) = (part(&bytes, "word/document.xml"), part(&bytes, "word/styles.xml"));
    let known: BTreeSet<String> = values(&styles, "w:style", "w:styleId").into_iter().collect();
    for used in ["w:pStyle", "w:rStyle", "w:tblStyle"] {
        for style in values(&body, used, "w:val") {
            assert!(known.contains(&style), "{style}");
        }
    }
    let lists = values(&part(&bytes, "word/numbering.xml"), "w:num", "w:numId");
    assert!(values(&body, "w:numId", "w:val").iter().all(|list| lists.contains(list)));
}

#[test]
fn headings_make_the_outline() {
    let inner = Block::Part { anchor: None, title: "Bornes".to_owned(), blocks: Vec::new() };
    let body =
        written(vec![Block::Part { anchor: None, title: "Seuils".to_owned(), blocks: vec![inner.clone()] }]);
    let headings: Vec<String> = values(&body, "w:pStyle", "w:val")
        .into_iter()
        .filter(|style| style.starts_with("Heading") || style == "Title")
        .collect();
    assert_eq!(headings, ["Title", "Heading1", "Heading2", "Heading3"]);
    // A heading in a table would be in no outline.
    let beside = written(vec![Block::Beside(vec![vec![inner], vec![Block::Para("b".to_owned())]])]);
    assert!(!beside.contains("<w:tbl>"));
}

#[test]
fn a_link_leads_to_its_place_and_never_out_of_the_file() {
    let part = |title: &str| Block::Part {
        anchor: Some(format!("critère {title}")),
        title: title.to_owned(),
        blocks: Vec::new(),
    };
    let long = "seuil d'adhésion qui porte un nom que nul traitement de texte ne prend";
    let body = written(vec![
        part("âge"),
        part(long),
        Block::Line(vec![
            Cell::link("voir", Target::Here("critère âge".to_owned())),
            Cell::link("et", Target::Here(format!("critère {long}"))),
            Cell::link("ailleurs", Target::Page("ess.html".to_owned(), Some("a".to_owned()))),
        ]),
    ]);
    let (places, links) =
        (values(&body, "w:bookmarkStart", "w:name"), values(&body, "w:hyperlink", "w:anchor"));
    assert_eq!(links.len(), 2);
    assert!(links.iter().all(|link| places.contains(link)), "{links:?} {places:?}");
    assert_eq!(links[0], "critere_age");
    assert!(!body.contains("ess.html") && body.contains("ailleurs"));
    let ids = values(&body, "w:bookmarkStart", "w:id");
    assert_eq!(ids, values(&body, "w:bookmarkEnd", "w:id"));
    assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len());
}

#[test]
fn the_heads_of_a_table_stand_on_each_page_and_its_rows_are_whole() {
    let body = written(vec![Block::Grid(Grid {
        caption: "Seuils".to_owned(),
        heads: vec!["Seuil".to_owned(), "Valeur".to_owned(), "Passage".to_owned()],
        rows: vec![vec![Cell::plain("adhésion"), Cell::plain("10 %")]],
    })]);
    assert_eq!(body.matches("<w:tblHeader/>").count(), 1);
    assert_eq!(values(&body, "w:tblCaption", "w:val"), ["Seuils"]);
    // A row that has fewer cells goes as far as the others.
    assert_eq!(values(&body, "w:gridSpan", "w:val"), ["2"]);
    let sum = |widths: Vec<String>| widths.iter().map(|width| width.parse::<u32>().unwrap()).sum::<u32>();
    assert_eq!(sum(values(&body, "w:gridCol", "w:w")), 9638);
    assert_eq!(sum(values(&body, "w:tcW", "w:w")), 2 * 9638);
}

#[test]
fn a_form_on_paper_has_places_to_write_and_boxes_to_tick() {
    let field = |label: &str, input, value: &str, asked| {
        Block::Form(Form::Field(Box::new(Field {
            id: label.to_owned(),
            path: label.to_owned(),
            label: label.to_owned(),
            help: Vec::new(),
            input,
            value: value.to_owned(),
            wrong: Vec::new(),
            asked,
        })))
    };
    let options = || vec![("oui".to_owned(), "oui".to_owned()), ("non".to_owned(), "non".to_owned())];
    let body = written(vec![
        field("A", Input::OneOf(options()), "non", Asked::Plainly),
        field("B", Input::Number("ans".to_owned()), "", Asked::Plainly),
        // What is not asked, or cannot be pressed on paper, is not there.
        field("D", Input::Line, "", Asked::NotNow),
        Block::Folded { title: "plus".to_owned(), blocks: vec![Block::Para("caché".to_owned())] },
        field("C", Input::Day(None), "2025-10-01", Asked::First(2)),
        Block::Form(Form::Button { act: "x", on: String::new(), label: "Décider".to_owned() }),
        Block::Signature(vec!["Le demandeur :".to_owned()]),
    ]);
    let all = said(&body);
    assert_eq!(
        all[all.len() - 7..],
        ["A", "☐ oui     ☒ non", "B", " ans", "C  décisive · 2", "2025-10-01", "Le demandeur\u{a0}: ",]
    );
    // The line for the number and the one to sign on.
    assert_eq!(body.matches("w:leader=\"underscore\"").count(), 2);
}

#[test]
fn a_picture_is_told_in_words() {
    let picture = Picture {
        repeats: false,
        told: "taux d'adhésion : 5 %, seuil : 10 %".to_owned(),
        caption: "Adhésion".to_owned(),
        size: (1, 1),
        shapes: Vec::new(),
    };
    let all = said(&written(vec![Block::Picture(picture)]));
    assert_eq!(
        all[all.len() - 2..],
        ["Adhésion", "taux d&#39;adhésion\u{a0}: 5\u{a0}%, seuil\u{a0}: 10\u{a0}%"]
    );
}

#[test]
fn the_language_is_that_which_is_asked_for() {
    for (lang, tag) in [(Lang::Fr, "fr-FR"), (Lang::En, "en-GB")] {
        let bytes = document(&of(Vec::new()), lang);
        assert!(values(&part(&bytes, "word/styles.xml"), "w:lang", "w:val").contains(&tag.to_owned()));
        assert!(part(&bytes, "docProps/core.xml").contains(&format!("<dc:language>{tag}</dc:language>")));
    }
}

#[test]
fn it_says_its_title_and_names_nobody() {
    let core = part(&document(&of(Vec::new()), Lang::Fr), "docProps/core.xml");
    assert!(core.contains("<dc:title>Aide – FAVORABLE</dc:title>"));
    assert!(!core.contains("creator") && !core.contains("lastModifiedBy") && !core.contains("created"));
}

#[test]
fn a_signature_is_never_alone_on_its_page() {
    let section = |blocks| Section { title: String::new(), blocks };
    let para = |text: &str| Block::Para(text.to_owned());
    let signed = Block::Signed {
        closing: vec!["Adieu".to_owned()],
        lines: vec!["La directrice".to_owned(), "[à compléter : signature]".to_owned(), "A. B.".to_owned()],
    };
    let letter = Document {
        head: vec![Block::Lines(vec!["Agence".to_owned(), "1, rue".to_owned()])],
        sections: vec![section(vec![para("un"), para("deux")]), section(vec![signed])],
        verdict: None,
        ..of(Vec::new())
    };
    let bytes = document(&letter, Lang::Fr);
    let body = part(&bytes, "word/document.xml");
    let kept = |words: &str| {
        let paragraph = body.split("<w:p>").find(|paragraph| paragraph.contains(words)).unwrap();
        paragraph.contains("<w:keepNext/>")
    };
    assert!(!kept(">un<") && kept(">deux<"), "{body}");
    // The styles keep the rest together; a place to fill in stands out.
    let styles = values(&body, "w:pStyle", "w:val");
    assert_eq!(styles[styles.len() - 4..], ["Closing", "Qualite", "Qualite", "Signataire"]);
    assert_eq!(values(&body, "w:rStyle", "w:val"), ["Marque"]);
    // A letter is of larger type than a page.
    let sizes = |bytes: &[u8]| values(&part(bytes, "word/styles.xml"), "w:sz", "w:val").remove(0);
    assert_eq!(
        (sizes(&bytes), sizes(&document(&of(Vec::new()), Lang::Fr))),
        ("22".to_owned(), "20".to_owned())
    );
}

#[test]
fn a_letter_is_headed_by_paragraphs_and_what_announces_stays_with_what_it_announces() {
    let para = |text: &str| Block::Para(text.to_owned());
    let head = vec![Block::Beside(vec![vec![para("Agence")], vec![para("Destinataire")]])];
    let leaf = Node { sign: None, text: "200 €".to_owned(), inner: Vec::new() };
    let tree = Block::Tree(vec![Node { sign: None, text: "montant".to_owned(), inner: vec![leaf] }]);
    let letter = Document { head, verdict: None, ..of(vec![tree]) };
    let body = part(&document(&letter, Lang::Fr), "word/document.xml");
    assert!(!body.contains("<w:tbl>"), "{body}");
    let paragraph = |words: &str| body.split("<w:p>").find(|paragraph| paragraph.contains(words)).unwrap();
    // To whom it goes stands at half the page.
    assert!(paragraph(">Destinataire<").contains("<w:ind w:left=\"4819\""));
    assert!(!paragraph(">Agence<").contains("<w:ind "));
    assert!(paragraph(">montant<").contains("<w:keepNext/>"));
    assert!(!paragraph(">200").contains("<w:keepNext/>"));
}
