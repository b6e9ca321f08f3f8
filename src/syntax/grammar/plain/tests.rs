//! What is read at sight is what the grammar reads.

use pest::Parser as _;
use proptest::prelude::*;

use super::super::{Grammar, Reader, Rule, child};
use crate::source::{SourceFile, Span};
use crate::syntax::declared::Names;
use crate::syntax::tree::{Expr, When};

/// Reads the line that a text is with both: at sight if that settles it, and with the grammar.
fn both<T>(text: &str, read: impl Fn(&Reader<'_>, Span) -> T) -> T {
    let file = SourceFile::new("essai.pol", text);
    let layout = Default::default();
    let names = Names::of([]);
    let reader = Reader::new(&file, text, &names, &layout);
    read(&reader, Span::new(0, text.len()))
}

/// What the grammar makes of an expression and when it holds, where it finds nothing wrong.
fn by_grammar(reader: &Reader<'_>, rule: Rule, line: Span) -> Option<(Expr, Option<When>)> {
    let (pair, source) = reader.try_parse(rule, line)?;
    let (mut expr, mut when) = (None, None);
    for part in pair.into_inner() {
        match part.as_rule() {
            Rule::expr => expr = Some(source.expr(part)),
            Rule::asked_if => when = source.condition_of(part).map(When::If),
            Rule::otherwise => when = Some(When::Otherwise(source.span(&part))),
            _ => {}
        }
    }
    (reader.count() == 0).then_some((expr?, when))
}

/// Whether a line is read at sight; where it is, it is read as the grammar reads it.
fn holds(text: &str) -> bool {
    both(text, |reader, line| {
        let Some((plain, signs)) = reader.plainly(line) else { return false };
        let found = by_grammar(reader, Rule::value_line, line);
        assert_eq!(found, Some((plain.expr, plain.when)), "{text}");
        assert_eq!(*reader.signs.borrow(), signs, "{text}");
        let counts = reader.try_parse(Rule::condition_line, line);
        let counts = counts.is_some_and(|(pair, _)| child(&mut pair.into_inner(), Rule::expr).is_none());
        assert!(!counts, "{text}");
        true
    })
}

/// Words and signs on both sides of what is read at sight.
const PIECES: [&str; 96] = [
    "revenu",
    "âge",
    "œuvre",
    "l'âge",
    "l’âge",
    "le",
    "la",
    "les",
    "l'",
    "du",
    "de",
    "des",
    "d'",
    "d'aide",
    "un",
    "une",
    "deux",
    "et",
    "ou",
    "non",
    "oui",
    "si",
    "sinon",
    "est",
    "n'est",
    "pas",
    "parmi",
    "soit",
    "dont",
    "entre",
    "dans",
    "les autres cas",
    "dans les autres cas",
    "la limite de",
    "au",
    "minimum",
    "prorata",
    "à",
    "la date de",
    "défaut",
    "le premier du mois suivant",
    "par",
    "tranches",
    "par mois",
    "pour",
    "chaque",
    "pendant",
    "la durée de",
    "en",
    "années",
    "entières",
    "mois",
    "entiers",
    "jours",
    "communs",
    "ont des jours communs",
    "puissance",
    "2",
    "10",
    "100",
    "1 500",
    "1 50",
    "10,5",
    "10,000",
    "2025",
    "%",
    "€",
    "10 %",
    "80 000 €",
    "1er janvier 2025",
    "2025-01-01",
    "arrondi",
    "arrondie au centime",
    "plafonné",
    "majorée de",
    "reporté",
    "nombre de",
    "nombre",
    "tous",
    "aucun",
    "il existe un",
    "plus grand de",
    "date d'examen",
    "montant",
    ".",
    "a.b",
    "liste.champ",
    "≥",
    "<=",
    "=",
    "+",
    "-",
    "×",
    "÷",
    "(",
    ")",
];

fn line() -> impl Strategy<Value = String> {
    let blank =
        prop_oneof![8 => Just(" "), 1 => Just("  "), 1 => Just(""), 1 => Just("\u{a0}"), 1 => Just("\n")];
    let piece = prop_oneof![
        4 => prop::sample::select(PIECES.to_vec()),
        3 => prop::sample::select(vec!["revenu", "territoire.médecins libéraux", "10 %", "100 €", "12"]),
        2 => prop::sample::select(vec!["≥", "est", "et", "+", "si"]),
    ];
    prop::collection::vec((piece, blank), 1..9).prop_map(|pieces| {
        let text: String = pieces.into_iter().flat_map(|(piece, blank)| [piece, blank]).collect();
        text.trim_matches([' ', '\u{a0}', '\n']).to_owned()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(5_000))]

    #[test]
    fn lines_are_read_at_sight_as_by_the_grammar(text in line()) {
        holds(&text);
    }

    #[test]
    fn names_are_read_at_sight_as_by_the_grammar(text in line()) {
        both(&text, |reader, line| {
            if let Some(path) = reader.plain_declared(line) {
                let (pair, source) = reader.try_parse(Rule::named_line, line).expect("a name");
                let declared = child(&mut pair.into_inner(), Rule::declared).expect("a name");
                assert_eq!(path, source.plain_path(declared), "{text}");
            }
        });
        assert!(!super::is_usable(&text) || Grammar::parse(Rule::usable, &text).is_ok(), "{text}");
    }

    #[test]
    fn heads_are_read_at_sight_as_by_the_grammar(text in line(), rank in 0_usize..100) {
        let keywords = crate::syntax::keywords();
        let text = format!("{}{text}", keywords[rank % keywords.len()]);
        if let Some(found) = super::keyword(&text) {
            let head = Grammar::parse(Rule::head, &text).ok().and_then(|mut pairs| pairs.next()).expect("a keyword");
            assert_eq!(found, (super::super::keyword_of(head.as_rule()).expect("one"), head.as_str().len()));
        }
    }

    #[test]
    fn passages_are_read_at_sight_as_by_the_grammar(text in "[«» a\n#,é]{0,12}", name in line()) {
        for text in [format!("«{text}»"), text.clone(), format!("{name} «{text}»"), name] {
            both(&text, |reader, line| {
                if let Some(quote) = reader.plain_quotation(line) {
                    let (pair, source) = reader.try_parse(Rule::quote_line, line).expect("a quotation");
                    let quotation = child(&mut pair.into_inner(), Rule::quotation).expect("a quotation");
                    assert_eq!(quote, source.quote(&quotation), "{text}");
                }
                if let Some(citation) = reader.plain_citation(line, line) {
                    let (pair, source) = reader.try_parse(Rule::citation_line, line).expect("a citation");
                    let found = child(&mut pair.into_inner(), Rule::citation).expect("a citation");
                    assert_eq!(Some(citation), source.citation(found, line), "{text}");
                }
            });
        }
    }
}

#[test]
fn ordinary_lines_are_read_at_sight() {
    for text in [
        "territoire.continu",
        "territoire.médecins ≥ 10",
        "taux d'adhésion ≥ 10 %",
        "l'objet du projet est spécialité",
        "territoire.déjà couvert est non",
        "collaboration.autres ESS si territoire.autres ESS présentes",
        "territoire.médecins dans les autres cas",
        "adhérents comptés ÷ effectif de référence si effectif de référence > 0",
        "revenu + 1 500,50 € × parts - abattement ≤ 80 000 € et âge ≥ 18 et statut est étudiant",
        "a ou b ou c",
    ] {
        assert!(holds(text), "{text}");
    }
}

#[test]
fn ordinary_names_are_read_at_sight() {
    for text in
        ["seuil d'adhésion", "territoire.médecins libéraux", "critère 12", "seuil en zone de montagne 3"]
    {
        assert!(super::is_usable(text), "{text}");
    }
    for text in ["nombre d'enfants", "a et b", "salaire plafonné", "aide 10 %"] {
        assert!(!super::is_usable(text), "{text}");
    }
}
