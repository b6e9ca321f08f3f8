//! Facts that a passage affirms or denies, against what the rule asks for: what must be, the case in which, what is excepted,
//! what a list keeps.

use super::article::{Article, Articles, Nature};
use super::finding::{Finding, NOT_NONE, OR_WHY, quoted, words};
use super::options::passages;
use super::prose::Passage;
use super::prose::sense::{Kind, Sentence};
use super::prose::token::Token;
use super::rule::{Asked, Asking};
use super::words::{same, stem, stems};
use crate::source::Span;

/// How far from the first word of a name its second may stand, where the others stand anywhere.
const NEAR: usize = 12;

/// What makes the contrary of a word.
const CONTRARIES: [&str; 6] = ["in", "im", "il", "ir", "de", "mal"];

/// What is denied on one side only, in all items.
pub fn compare(articles: &Articles) -> Vec<Finding> {
    let mut found = Vec::new();
    for (at, article) in articles.compared() {
        let all = &article.rule.asked;
        let all = all.iter().filter(|asked| match asked.asking {
            Asking::Must | Asking::OneOf => article.nature != Nature::Objective,
            // « A si X, B si non X »: the passage may name either.
            Asking::Case => !all.iter().any(|other| other.name == asked.name && other.plain != asked.plain),
            Asking::Exception | Asking::Kept => true,
            Asking::Open => false,
        });
        let all = all.filter_map(|asked| finding(articles, article, asked));
        found.extend(all.map(|finding| Finding { article: at, ..finding }));
    }
    found
}

/// Where the passages say a fact, and whether they deny it, as it is asked for; none where they do not, or do not tell.
pub fn denied(articles: &Articles, article: &Article, asked: &Asked) -> Option<(Span, bool)> {
    let passages = passages(articles, article);
    let name = stems(&asked.name);
    let others = article.rule.asked.iter().filter(|other| other.name != asked.name);
    let others: Vec<String> = others.flat_map(|other| stems(&other.name)).collect();
    // The words of its name, else what its question asks: « a-t-il déjà exploité un commerce alimentaire ? ».
    let is_said = |wanted: &[String]| {
        let said = |passage: &Passage| {
            let mut all = passage.sentences.iter();
            all.any(|one| found(&passage.tokens, one, (wanted, &others)).is_some())
        };
        passages.iter().any(|quoted| said(&quoted.passage))
    };
    let wanted = match name.is_empty() || is_said(&name) {
        true => name,
        false => done(&asked.question)?,
    };
    if wanted.is_empty() {
        return None;
    }
    // The name denies it itself: « sans fichier joint », « mineur non émancipé ».
    let negative = is_negative(&asked.name);
    // What the item itself says: « exclu » of those that it leaves out.
    let about = if article.nature == Nature::Shared { stems(&article.head.name) } else { Vec::new() };
    let mut told: Option<(Span, bool)> = None;
    for quoted in &passages {
        let tokens = &quoted.passage.tokens;
        for sentence in &quoted.passage.sentences {
            let Some(place) = found(tokens, sentence, (&wanted, &others)) else { continue };
            let firm =
                article.nature != Nature::Criterion || !matches!(asked.asking, Asking::Must | Asking::OneOf);
            let aimed = quoted.passage.aims.iter().any(|aim| aim.from <= place.0 && place.0 < aim.until);
            ((firm || !aimed) && !sentence.parts(place)).then_some(())?;
            let sentence = sentence.clone().saying(tokens, &about);
            let denied = sense(tokens, &sentence, place, asked.asking);
            // Of several ways to meet a requirement, an exception is one.
            let other = asked.asking == Asking::OneOf && article.nature == Nature::Criterion;
            let excepted = other && sentence.kind(place.0) == Kind::Exception;
            let denied = denied.or_else(|| sentence.is_exception_denied(tokens, place).filter(|_| excepted));
            let denied = denied? != negative;
            if told.is_some_and(|(_, other)| other != denied) {
                return None;
            }
            told.get_or_insert((quoted.passage.span(place.0, place.1), denied));
        }
    }
    told
}

fn sense(tokens: &[Token], sentence: &Sentence, place: (usize, usize), asking: Asking) -> Option<bool> {
    match asking {
        Asking::Must | Asking::OneOf | Asking::Kept => sentence.is_denied(tokens, place),
        Asking::Case => sentence.is_case_denied(tokens, place),
        Asking::Exception => sentence.is_exception_denied(tokens, place),
        Asking::Open => None,
    }
}

fn finding(articles: &Articles, article: &Article, asked: &Asked) -> Option<Finding> {
    let (text, denied) = denied(articles, article, asked)?;
    if denied != asked.plain {
        return None;
    }
    let written = words(articles.policy, asked.span);
    let bare = written.strip_prefix("non ").unwrap_or(&written).to_owned();
    let turned = if denied { format!("non {bare}") } else { bare.clone() };
    let shown = quoted(articles.policy, text);
    let none = article.rule.none_of(asked.span).filter(|_| !asked.plain);
    let keeps = asked.asking == Asking::Kept;
    let case = if denied { "s'il n'en est rien" } else { "s'il en est ainsi" };
    let (message, text_label, rule_label, write) = match (asked.asking, denied) {
        (Asking::Exception, _) => (
            format!("le texte excepte ce cas ({shown}), la règle le cas contraire"),
            format!("excepté {case}"),
            "le cas contraire",
            format!("sauf si {turned}"),
        ),
        (Asking::Case, _) => (
            format!("le texte parle de ce cas ({shown}), la règle du cas contraire"),
            case.to_owned(),
            "dans le cas contraire",
            format!("si {turned}"),
        ),
        (Asking::Kept, true) => {
            let message = format!("le texte écarte {shown}, la règle le retient");
            (message, "écarté ici".to_owned(), "retenu ici", turned)
        }
        (_, true) => {
            let message = format!("le texte écarte {shown}, la règle l'exige");
            (message, "écarté ici".to_owned(), "exigé ici", format!("{bare} est non"))
        }
        (_, false) => {
            let (asks, asked) = if keeps { ("retient", "retenu ici") } else { ("demande", "demandé ici") };
            let message = format!("le texte {asks} {shown}, la règle l'écarte");
            (message, asked.to_owned(), "écarté ici", turned)
        }
    };
    let help = match none {
        Some(_) => format!("{NOT_NONE}, {OR_WHY}"),
        None => format!("écrire « {write} », {OR_WHY}"),
    };
    Some(Finding {
        article: 0,
        code: "concordance-negation",
        message,
        text,
        text_label,
        rule: none.map_or(asked.span, |none| none.span),
        rule_label: rule_label.to_owned(),
        help,
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

/// Whether a name says something in the negative.
pub fn is_negative(name: &str) -> bool {
    name.split([' ', '\'', '-'])
        .any(|word| matches!(word, "non" | "sans" | "aucun" | "aucune" | "ni" | "pas" | "hors" | "absence"))
}

/// Where a sentence says all the words of a name, near one another.
pub fn said(tokens: &[Token], sentence: &Sentence, wanted: &[String]) -> Option<(usize, usize)> {
    together(tokens, (sentence.from, sentence.to), wanted, wanted.len() * 4)
}

fn together(
    tokens: &[Token],
    (start, end): (usize, usize),
    wanted: &[String],
    near: usize,
) -> Option<(usize, usize)> {
    let stem_at = |at: usize| tokens.get(at).filter(|token| token.is_word()).map(|token| stem(&token.text));
    (start..end).find_map(|from| {
        let first = stem_at(from)?;
        wanted.iter().any(|stem| same(stem, &first)).then_some(())?;
        let places: Option<Vec<usize>> = wanted
            .iter()
            .map(|stem| {
                (from..(from + near).min(end)).find(|at| stem_at(*at).is_some_and(|word| same(stem, &word)))
            })
            .collect();
        let last = places?.into_iter().max()?;
        Some((from, last + 1))
    })
}

/// The same; else the first two words of a name near one another and the others anywhere in the sentence: « une avance … est versée
/// sur demande expresse »; of three or more, one may be said otherwise, where the rest is of no other fact and the contrary
/// of that one is not said: « les jours de fête reconnus par la loi ».
fn found(
    tokens: &[Token],
    sentence: &Sentence,
    (wanted, others): (&[String], &[String]),
) -> Option<(usize, usize)> {
    let all = (sentence.from, sentence.to);
    let within = tokens.get(sentence.from..sentence.to)?;
    let stems: Vec<String> =
        within.iter().filter(|token| token.is_word()).map(|token| stem(&token.text)).collect();
    let says = |word: &String| stems.iter().any(|other| same(word, other));
    let near = || {
        let (first, rest) = wanted.split_at_checked(2)?;
        rest.iter().all(says).then_some(())?;
        together(tokens, all, first, NEAR)
    };
    let almost = || {
        let missing = wanted.iter().position(|word| !says(word)).filter(|_| wanted.len() >= 3)?;
        let rest: Vec<String> = wanted
            .iter()
            .enumerate()
            .filter(|(at, _)| *at != missing)
            .map(|(_, word)| word.clone())
            .collect();
        let own = !rest.iter().any(|word| others.iter().any(|other| same(word, other)));
        let word = wanted.get(missing)?;
        let contrary = |other: &String| {
            CONTRARIES.iter().any(|no| other.strip_prefix(no).is_some_and(|end| word.starts_with(end)))
        };
        (own && !stems.iter().any(contrary)).then_some(())?;
        together(tokens, all, &rest, rest.len() * 4)
    };
    said(tokens, sentence, wanted).or_else(near).or_else(almost)
}
