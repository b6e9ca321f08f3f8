//! Facts that a passage denies and the rule asks for, or the other way round.

use std::collections::{HashMap, HashSet};

use super::article::{Article, Articles, Nature, Quoted};
use super::finding::{Finding, NOT_NONE, OR_WHY, quoted, words};
use super::prose::denial::{Sentence, sentences};
use super::prose::token::Token;
use super::rule::Asked;
use super::words::{same, stem, stems};

/// What is denied on one side only, in all items.
pub fn compare(articles: &Articles) -> Vec<Finding> {
    let mut found = Vec::new();
    for (at, article) in articles.compared() {
        if article.nature == Nature::Objective {
            continue;
        }
        let cases = cases(article);
        for asked in article.rule.asked.iter().filter(|asked| asked.sure || asked.one_of) {
            found.extend(
                finding(articles, article, asked, &cases).map(|finding| Finding { article: at, ..finding }),
            );
        }
    }
    found
}

/// The facts of the cases that sentences speak of, by quotation and sentence.
type Cases<'a> = HashMap<(usize, usize), HashSet<&'a str>>;

/// What derogations and conditions of lines ask for, in the sentences that say it.
fn cases<'a>(article: &'a Article) -> Cases<'a> {
    let mut found: Cases<'a> = HashMap::new();
    let open: Vec<(&str, Vec<String>)> =
        (article.rule.asked.iter().filter(|asked| !asked.sure && !asked.one_of && !asked.kept))
            .map(|asked| (asked.name.as_str(), stems(&asked.name)))
            .filter(|(_, stems)| !stems.is_empty())
            .collect();
    for (rank, quoted) in article.quoted.iter().enumerate().filter(|_| !open.is_empty()) {
        let tokens = &quoted.passage.tokens;
        for sentence in sentences(tokens) {
            for (name, stems) in &open {
                if said(tokens, &sentence, stems).is_some() {
                    found.entry((rank, sentence.from)).or_default().insert(name);
                }
            }
        }
    }
    found
}

fn finding(articles: &Articles, article: &Article, asked: &Asked, cases: &Cases) -> Option<Finding> {
    let name = stems(&asked.name);
    // The words of its name, else what its question asks: « a-t-il déjà exploité un commerce alimentaire ? ».
    let is_said = |wanted: &[String]| {
        article.quoted.iter().any(|quoted| {
            let tokens = &quoted.passage.tokens;
            sentences(tokens).iter().any(|sentence| said(tokens, sentence, wanted).is_some())
        })
    };
    let wanted = match name.is_empty() || is_said(&name) {
        true => name,
        false => done(&asked.question)?,
    };
    // The question says it: « sans fichier joint », « aucune dette ».
    if wanted.is_empty() || is_negative(&asked.name) {
        return None;
    }
    let mut contrary: Option<(&Quoted, Place)> = None;
    for (rank, quoted) in article.quoted.iter().enumerate() {
        let tokens = &quoted.passage.tokens;
        for sentence in sentences(tokens) {
            let Some((from, to)) = said(tokens, &sentence, &wanted) else { continue };
            if quoted.passage.aims.iter().any(|aim| aim.from <= from && from < aim.until) {
                return None;
            }
            // « il n'est pas exigé de certificat des personnes assurées », `sauf si assurance`: said of a case.
            let case = cases.get(&(rank, sentence.from));
            if case.is_some_and(|names| names.iter().any(|name| *name != asked.name)) {
                return None;
            }
            let denied = match sentence.leaves_out(tokens, from, to) {
                true => true,
                // « la mission ne peut être assurée par le maître d'œuvre »: what denies stands among its words.
                false => sentence.is_denied(tokens, from).or_else(|| sentence.is_denied(tokens, to - 1))?,
            };
            if denied != asked.plain {
                return None;
            }
            contrary.get_or_insert((quoted, Place { from, to }));
        }
    }
    let (quoted_passage, place) = contrary?;
    let text = quoted_passage.passage.span(place.from, place.to);
    let written = words(articles.policy, asked.span);
    let none = article.rule.none_of(asked.span).filter(|_| !asked.plain);
    let (says, does, label, write) = if asked.plain {
        ("écarte", "l'exige", "écarté ici", format!("écrire « {written} est non »"))
    } else {
        ("demande", "l'écarte", "demandé ici", format!("écrire « {written} »"))
    };
    Some(Finding {
        article: 0,
        code: "concordance-negation",
        message: format!("le texte {says} {}, la règle {does}", quoted(articles.policy, text)),
        text,
        text_label: label.to_owned(),
        rule: none.map_or(asked.span, |none| none.span),
        rule_label: if asked.plain { "exigé ici" } else { "écarté ici" }.to_owned(),
        help: match none {
            Some(_) => format!("{NOT_NONE}, {OR_WHY}"),
            None => format!("{write}, {OR_WHY}"),
        },
    })
}

/// What a question asks whether one has done: the words after « a-t-il », three or more, none of which denies.
fn done(question: &str) -> Option<Vec<String>> {
    const HAS: [&str; 6] = ["a-t-il ", "a-t-elle ", "a-t-on ", "ont-ils ", "ont-elles ", "avez-vous "];
    const WHEN: [&str; 3] = ["déjà ", "jamais ", "déjà été "];
    let said = question.to_lowercase();
    let after = HAS.iter().find_map(|has| Some(said.split_once(has)?.1))?;
    let after = WHEN.iter().find_map(|when| after.strip_prefix(when)).unwrap_or(after);
    let wanted = stems(after);
    (wanted.len() >= 3 && !is_negative(after)).then_some(wanted)
}

/// Where some words stand.
#[derive(Clone, Copy)]
struct Place {
    from: usize,
    to: usize,
}

/// Whether a name says something in the negative.
pub fn is_negative(name: &str) -> bool {
    name.split([' ', '\'', '-'])
        .any(|word| matches!(word, "non" | "sans" | "aucun" | "aucune" | "ni" | "pas" | "hors" | "absence"))
}

/// Where a sentence says all the words of a name, near one another.
pub fn said(tokens: &[Token], sentence: &Sentence, wanted: &[String]) -> Option<(usize, usize)> {
    let near = wanted.len() * 4;
    let stem_at = |at: usize| tokens.get(at).filter(|token| token.is_word()).map(|token| stem(&token.text));
    (sentence.from..sentence.to).find_map(|from| {
        let first = stem_at(from)?;
        wanted.iter().any(|stem| same(stem, &first)).then_some(())?;
        let places: Option<Vec<usize>> = wanted
            .iter()
            .map(|stem| {
                (from..(from + near).min(sentence.to))
                    .find(|at| stem_at(*at).is_some_and(|word| same(stem, &word)))
            })
            .collect();
        let last = places?.into_iter().max()?;
        Some((from, last + 1))
    })
}
