//! From which day a time is counted, and to which it is carried over: « dans les deux mois suivant son retour » and
//! `départ le + 2 mois`, « reporté au premier jour ouvrable » and no such line.

use super::article::{Article, Articles, Quoted};
use super::finding::{Finding, HELP, quoted};
use super::prose::token::Token;
use super::rule::Origin;
use super::words::{same, stem, stems};
use crate::concordance::lexicon::{CARRIED, UNITS};
use crate::policy::{Question, Type};

/// What stands between a time and the day from which it is counted.
const FROM: &[&[&str]] = &[
    &["suivant"],
    &["après"],
    &["qui", "suivent"],
    &["qui", "suit"],
    &["à", "compter", "de"],
    &["à", "compter", "du"],
    &["à", "partir", "de"],
    &["à", "partir", "du"],
];
/// How far what the day is of may be named, in tokens.
const NEAR: usize = 6;
/// How far « ouvrable » stands from it, in tokens.
const AWAY: usize = 8;

/// Times that the passage counts from another date of the dossier than the rule, or carries over, in all items.
pub fn compare(articles: &Articles) -> Vec<Finding> {
    let dates = dates(articles);
    let mut found = Vec::new();
    for (at, article) in articles.compared() {
        let origin = match article.rule.origins.as_slice() {
            [origin] => counted(articles, article, origin, &dates),
            _ => None,
        };
        let all = origin.into_iter().chain(carried(articles, article));
        found.extend(all.map(|finding| Finding { article: at, ..finding }));
    }
    found
}

/// A date of the dossier: its name, the words of it, and those of its question.
pub(super) struct Dated {
    /// Its name.
    pub name: String,
    /// The words of its name.
    pub stems: Vec<String>,
    asked: Vec<String>,
}

/// The dates of the dossier.
pub(super) fn dates(articles: &Articles) -> Vec<Dated> {
    let policy = articles.policy;
    let dated = |name: &str, ask: &Question| {
        let asked = ask.question.as_ref().map(|question| stems(question)).unwrap_or_default();
        (ask.ty == Type::Date).then(|| Dated { name: name.to_owned(), stems: stems(name), asked })
    };
    let facts = policy.facts.iter().filter_map(|fact| dated(&fact.path, &fact.ask));
    facts.chain(policy.fields.iter().filter_map(|field| dated(&field.name, &field.ask))).collect()
}

fn counted(articles: &Articles, article: &Article, origin: &Origin, dates: &[Dated]) -> Option<Finding> {
    let own = dates.iter().find(|date| date.name == origin.name)?;
    for quoted_passage in &article.quoted {
        let passage = &quoted_passage.passage;
        let Some((from, to)) = (1..passage.tokens.len()).find_map(|at| starts(&passage.tokens, at)) else {
            continue;
        };
        let named: Vec<(usize, String)> = (to..to + NEAR)
            .map_while(|at| {
                let token = passage.tokens.get(at).filter(|token| token.is_word())?;
                Some((at, stem(&token.text)))
            })
            .collect();
        // What tells one date from the other: words that both have say nothing.
        let tells = |date: &Dated, other: &Dated| {
            let words = date.stems.iter().filter(|stem| !other.stems.contains(stem));
            let words: Vec<&String> = words.collect();
            named.iter().find(|(_, word)| words.iter().any(|stem| same(stem, word))).map(|(at, _)| *at)
        };
        let asks = |date: &Dated, other: &Dated| {
            let mut words = date.asked.iter().filter(|stem| !other.asked.contains(stem));
            words.any(|stem| named.iter().any(|(_, word)| same(stem, word)))
        };
        let mut others = dates.iter().filter(|other| other.name != own.name).filter_map(|other| {
            let at = tells(other, own)?;
            (tells(own, other).is_none() && !asks(own, other)).then_some((at, other))
        });
        let (Some((at, meant)), None) = (others.next(), others.next()) else { continue };
        let text = passage.span(from, at + 1);
        return Some(Finding {
            article: 0,
            code: "concordance-date",
            message: format!(
                "le texte compte ce délai depuis « {} » ({}), la règle depuis « {} »",
                meant.name,
                quoted(articles.policy, text),
                origin.name
            ),
            text,
            text_label: format!("depuis « {} »", meant.name),
            rule: origin.span,
            rule_label: "une autre date".to_owned(),
            help: match exchanged(articles, origin, &meant.name) {
                Some(write) => format!("intervertir les deux dates : écrire « {write} » ; {HELP}"),
                None => format!("écrire « {} » ; {HELP}", meant.name),
            },
        });
    }
    None
}

/// `demande est dans les 3 mois suivant engagement`, where the rule has the two dates the other way round.
fn exchanged(articles: &Articles, origin: &Origin, meant: &str) -> Option<String> {
    let file = &articles.policy.file;
    let before = file.text().get(..origin.span.start as usize)?.rsplit('\n').next()?;
    let (date, time) = before.rsplit_once(" est dans les ")?;
    date.ends_with(meant).then(|| format!("{} est dans les {time}{meant}", origin.name))
}

/// Where words that say from when a time is counted start and end, right after the time.
fn starts(tokens: &[Token], at: usize) -> Option<(usize, usize)> {
    let says = |at: usize, word: &str| tokens.get(at).is_some_and(|token| token.text == word);
    let turn = FROM.iter().find(|turn| turn.iter().enumerate().all(|(rank, word)| says(at + rank, word)))?;
    let time = at.checked_sub(1).and_then(|before| tokens.get(before)).is_some_and(|token| token.is(&UNITS));
    time.then_some((at, at + turn.len()))
}

/// A time limit that the passage carries over to a working day, and the rule does not.
fn carried(articles: &Articles, article: &Article) -> Option<Finding> {
    let limit = article.limit.filter(|_| !article.rule.carried)?;
    let (quoted_passage, from, to) = article.quoted.iter().find_map(|quoted: &Quoted| {
        let tokens = &quoted.passage.tokens;
        let from =
            tokens.iter().position(|token| CARRIED.iter().any(|start| token.text.starts_with(start)))?;
        let working = |token: &Token| token.is(&["ouvrable", "ouvrables", "ouvré", "ouvrés"]);
        let to = (from..from + AWAY).find(|at| tokens.get(*at).is_some_and(working))?;
        Some((quoted, from, to + 1))
    })?;
    let text = quoted_passage.passage.span(from, to);
    Some(Finding {
        article: 0,
        code: "concordance-date",
        message: format!(
            "le texte reporte ce délai ({}), la règle ne le reporte pas",
            quoted(articles.policy, text)
        ),
        text,
        text_label: "reporté".to_owned(),
        rule: limit,
        rule_label: "n'est pas reporté".to_owned(),
        help: format!("ajouter dessous la ligne « reporté au premier jour ouvrable » ; {HELP}"),
    })
}
