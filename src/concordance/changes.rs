//! « majoré de », « diminué de »: whether what a passage adds, by its figure or by its name, the rule adds, and what it takes
//! off, the rule takes off.

use super::article::{Article, Articles, Nature};
use super::finding::{Finding, OR_WHY, quoted};
use super::prose;
use super::prose::token::{Kind, Token};
use super::quantity::{Likeness, Quantity};
use super::rule::{Added, Operand};
use super::words::{same, stems};
use crate::concordance::lexicon::{ADDS, LOWERS, RAISES, TAKES};
use crate::number::Ratio;
use crate::source::Span;

/// How far « majoré » may stand from « de » and its figure, in tokens.
const NEAR: usize = 3;
/// How far it may where only a noun stands between: « diminués d'une franchise de ».
const FAR: usize = 5;
/// How far after « majoré » the name of what is added may begin, in tokens: « du montant de la ou des aides ».
const NAME: usize = 8;

/// What words do with a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Change {
    /// They add it; else they take it off.
    pub adds: bool,
    /// Their first token.
    pub from: usize,
}

/// What the words before a figure do with it: « majoré de », « un abattement forfaitaire de ».
pub fn said(tokens: &[Token], figure: usize, after: usize) -> Option<Change> {
    let word = |at: usize| tokens.get(at).map_or("", |token| token.text.as_str());
    let of = figure.checked_sub(1)?;
    if !matches!(word(of), "de" | "d'" | "du") {
        return None;
    }
    // « augmenté de 10 à 12 % »: where it goes from.
    if matches!(word(after), "à" | "au") && tokens.get(after + 1).is_some_and(|token| !token.is_word()) {
        return None;
    }
    for back in 1..=FAR {
        let at = of.checked_sub(back)?;
        let token = tokens.get(at).filter(|token| token.is_word())?;
        let starts = |any: &[&str]| any.iter().any(|start| token.text.starts_with(start));
        // « La majoration est de 10 % ».
        if back == 1 && token.is(&["est", "sont"]) {
            continue;
        }
        let noun = |at: usize| matches!(word(at), "un" | "une" | "l'" | "la" | "le");
        if back == NEAR + 1 && !(1..=NEAR).any(|back| of.checked_sub(back).is_some_and(noun)) {
            return None;
        }
        if token.is(&["est", "sont", "dont", "qui", "que", "et", "ou", "par", "pour"]) {
            return None;
        }
        let adds = if starts(&ADDS) {
            true
        } else if starts(&TAKES) {
            false
        } else {
            continue;
        };
        // « n'est pas majoré de ».
        let denied =
            (1..=4).any(|back| at.checked_sub(back).is_some_and(|at| matches!(word(at), "ne" | "n'")));
        return (!denied).then_some(Change { adds, from: at });
    }
    None
}

/// What does not agree in what the items add and take off.
pub fn compare(articles: &Articles) -> Vec<Finding> {
    let mut found = Vec::new();
    for (at, article) in articles.compared() {
        for passage in article.quoted.iter().map(|quoted| &quoted.passage) {
            let figures = passage.mentions.iter().filter_map(|mention| {
                of_figure(articles, article, mention, passage.span(mention.said_from, mention.to))
            });
            let tokens = &passage.tokens;
            let named = (0..tokens.len()).filter_map(|from| {
                let (adds, name, to) = named(tokens, from)?;
                of_name(articles, article, adds, &name, passage.span(from, to))
            });
            found.extend(figures.chain(named).map(|finding| Finding { article: at, ..finding }));
        }
    }
    found
}

fn of_figure(
    articles: &Articles,
    article: &Article,
    mention: &prose::Mention,
    text: Span,
) -> Option<Finding> {
    let adds = mention.adds?;
    if let Some(change) = with_the_whole(article, &mention.quantity, adds) {
        let says = mention.quantity.words();
        let rule_says = super::finding::words(articles.policy, change.span);
        let verb = if adds { "ajoute" } else { "retranche" };
        let shown = quoted(articles.policy, text);
        return Some(Finding {
            article: 0,
            code: "concordance-majoration",
            message: format!("le texte {verb} {says} ({shown}), la règle en {verb} {rule_says}"),
            text,
            text_label: format!("soit {says} de plus que la base, non {rule_says}"),
            rule: change.span,
            rule_label: "la base y est comptée une fois de trop".to_owned(),
            help: format!("écrire « {says} », {OR_WHY}"),
        });
    }
    let all = changes(articles, article, mention);
    let change = all.first().filter(|_| all.iter().all(|change| change.adds != adds))?;
    // « de moitié », as rules write it.
    let figure = match &mention.quantity {
        Quantity::Share(part) if part.mul(&Ratio::from(100)).is_integer() => {
            Quantity::Percent(part.clone()).words()
        }
        other => other.words(),
    };
    let (rule, write) = written(articles, change.span, adds);
    Some(turned(articles, adds, (&figure, &figure), text, (rule, write.to_owned())))
}

/// What a passage adds or takes off by its name: « diminuée de l'indemnité », « déduction faite des aides ».
fn of_name(articles: &Articles, article: &Article, adds: bool, said: &str, text: Span) -> Option<Finding> {
    let name = |added: &Added| match &added.operand {
        Operand::Definition(definition) => {
            Some(articles.policy.definitions[definition.index()].head.name.to_string())
        }
        Operand::Value(name) => Some(name.clone()),
        Operand::Figure(_) => None,
    };
    let is_meant = |name: &String| {
        let own = stems(name.rsplit('.').next().unwrap_or(name));
        own.first().is_some_and(|first| same(first, said))
    };
    let mut meant =
        article.rule.added.iter().filter_map(|added| Some((added, name(added).filter(is_meant)?)));
    // Of two that are called so, nothing tells which one is meant.
    let (Some((added, name)), None) = (meant.next(), meant.next()) else { return None };
    if added.adds == adds {
        return None;
    }
    let (own, sign) = if adds { ("+", "-") } else { ("-", "+") };
    let source = articles.policy.file.text();
    // `minoré de X`, on a line of its own or not; `- X`.
    let alone =
        place(source, added.span, &format!("{} {name}", if adds { "minoré de" } else { "majoré de" }));
    let whole = source.get(added.span.range()) == Some(name.as_str());
    let alone = alone.or(Some(added.span).filter(|_| whole));
    let (rule, write) = match alone {
        Some(span) => written(articles, Span::new(span.end as usize - name.len(), span.end as usize), adds),
        None => (place(source, added.span, &format!("{sign} {name}"))?, own),
    };
    let rule = (rule, format!("{write} {name}"));
    Some(turned(articles, adds, (&format!("« {name} »"), ""), text, rule))
}

fn turned(
    articles: &Articles,
    adds: bool,
    (what, again): (&str, &str),
    text: Span,
    (rule, write): (Span, String),
) -> Finding {
    let (says, does, sign, other) = match adds {
        true => ("ajoute", "retranche", "en plus", "en moins"),
        false => ("retranche", "ajoute", "en moins", "en plus"),
    };
    let does = match again {
        "" if adds => "le retranche".to_owned(),
        "" => "l'ajoute".to_owned(),
        again => format!("{does} {again}"),
    };
    Finding {
        article: 0,
        code: "concordance-majoration",
        message: format!("le texte {says} {what} ({}), la règle {does}", quoted(articles.policy, text)),
        text,
        text_label: sign.to_owned(),
        rule,
        rule_label: other.to_owned(),
        help: format!("écrire « {write} », {OR_WHY}"),
    }
}

/// Where these words stand in an operation, once, in no parentheses that another sign turns.
fn place(text: &str, whole: Span, words: &str) -> Option<Span> {
    let said = text.get(whole.range())?;
    let at = said.find(words).filter(|_| said.matches(words).count() == 1)?;
    let start = whole.start as usize + at;
    let line = text.get(..start)?.rsplit('\n').next()?;
    let mut turned = Vec::new();
    for (at, sign) in line.match_indices(['(', ')']) {
        match sign {
            "(" => turned.push(line.get(..at)?.trim_end().ends_with(['-', '−', '÷', '/'])),
            _ => turned.truncate(turned.len().saturating_sub(1)),
        }
    }
    (!turned.contains(&true)).then(|| Span::new(start, start + words.len()))
}

/// What is added there, or taken off, by the first word of its name, and where that ends.
fn named(tokens: &[Token], from: usize) -> Option<(bool, String, usize)> {
    let word = |at: usize| tokens.get(at).filter(|token| token.is_word()).map_or("", |token| &*token.text);
    let own = word(from);
    let participle = ["é", "ée", "és", "ées"].iter().any(|end| own.ends_with(end));
    let starts = |any: &[&str]| participle && any.iter().any(|start| own.starts_with(start));
    let (adds, at) = match () {
        () if starts(&RAISES) => (true, from + 1),
        () if starts(&LOWERS) => (false, from + 1),
        () if own == "déduction" && word(from + 1) == "faite" => (false, from + 2),
        () => return None,
    };
    let denied = (from.saturating_sub(4)..from).any(|at| matches!(word(at), "ne" | "n'" | "non"));
    if denied || !matches!(word(at), "de" | "d'" | "du" | "des") {
        return None;
    }
    // « du montant de la ou des aides », « du total d'un mois de salaire »: what it is, and not that it is an amount.
    let sign = |at: &usize| tokens.get(*at).is_none_or(|token| token.kind == Kind::Sign);
    let ends = |at: &usize| sign(at) || matches!(word(*at), "et" | "si" | "qui" | "lorsque" | "pour");
    let mut near = (at + 1..at + 1 + NAME).take_while(|at| !ends(at));
    near.find_map(|at| {
        let own = stems(word(at)).pop().filter(|_| !matches!(word(at), "somme" | "total" | "valeur"))?;
        Some((adds, own, at + 1))
    })
}

/// `majoré de 120 %` for « majoré de 20 % »: what adds counts what it is added to as well.
fn with_the_whole<'a>(article: &'a Article, said: &Quantity, adds: bool) -> Option<&'a Added> {
    let Quantity::Percent(part) = said else { return None };
    let whole = Quantity::Percent(Ratio::one().add(part));
    let changes = || article.rule.added.iter().filter(|change| change.adds && adds);
    let is = |change: &&Added, wanted: &Quantity| match &change.operand {
        Operand::Figure(quantity) => is_same(wanted, quantity),
        Operand::Value(_) | Operand::Definition(_) => false,
    };
    let right = changes().any(|change| is(&change, said));
    changes().find(|change| is(change, &whole)).filter(|_| !right)
}

/// Where a rule adds or takes off, its words included, and what to write there.
fn written(articles: &Articles, operand: Span, adds: bool) -> (Span, &'static str) {
    const WORDS: [(&str, &str); 2] = [("majoré de", "minoré de"), ("augmenté de", "diminué de")];
    let before = articles.policy.file.text().get(..operand.start as usize).unwrap_or("");
    let before = before.trim_end().trim_end_matches('(').trim_end();
    let told = WORDS.iter().find_map(|(more, less)| {
        let (own, other) = if adds { (less, more) } else { (more, less) };
        Some((before.strip_suffix(own)?.len(), *other))
    });
    match told {
        Some((start, other)) => (Span::new(start, operand.end as usize), other),
        None => (operand, if adds { "+" } else { "-" }),
    }
}

/// What the rules near do with a figure of a passage.
fn changes<'a>(articles: &'a Articles, article: &'a Article, text: &prose::Mention) -> Vec<&'a Added> {
    let near = article.below.iter().chain(&article.above).map(|other| &articles.all[*other]);
    let mut found = Vec::new();
    for other in [article].into_iter().chain(near) {
        for change in &other.rule.added {
            let same = match &change.operand {
                Operand::Figure(quantity) => is_same(&text.quantity, quantity),
                Operand::Value(_) => false,
                // A rate that is defined apart: what its definition quotes, its readers do.
                Operand::Definition(definition) => {
                    article.nature == Nature::Shared && articles.is_definition(article, *definition)
                }
            };
            if same {
                found.push(change);
            }
        }
    }
    found
}

fn is_same(text: &Quantity, rule: &Quantity) -> bool {
    text.compare(rule) == Likeness::Same
}
