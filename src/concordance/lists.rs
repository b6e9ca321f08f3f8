//! How conditions are joined: « l'une des conditions », « cumulatives », « et », « ou ».

mod text;
mod tree;

use crate::concordance::lexicon::{CONDITIONS, DENIES, DISTRIBUTES as STARTS};

use super::article::{Article, Articles};
use super::finding::{Finding, OR_WHY, quoted};
use super::prose::Passage;
use super::prose::number::is_numeral;
use super::prose::token::{Kind, Token};
use super::rule::{Joined, Role};
use super::words::{same, stem, stems};
use crate::policy::Quantity;
use crate::source::Span;

/// Whether a list is joined by all, or by one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Join {
    All,
    One,
}

/// What does not agree in the lists of all items.
pub fn compare(articles: &Articles) -> Vec<Finding> {
    let mut found = Vec::new();
    for (at, article) in articles.compared() {
        let finding = announced(articles, article)
            .or_else(|| tree::compare(articles, article))
            .or_else(|| enumerated(articles, article));
        found.extend(finding.map(|finding| Finding { article: at, ..finding }));
    }
    found
}

/// « l'une des conditions suivantes » over conditions that must all hold, « cumulatives » over ones of which one
/// suffices.
fn announced(articles: &Articles, article: &Article) -> Option<Finding> {
    let joined: Vec<&Joined> = article.rule.joined.iter().filter(|joined| !joined.filter).collect();
    let outer = joined.first()?;
    let near = article.below.iter().flat_map(|below| &articles.all[*below].rule.joined);
    let near = near.filter(|joined| !joined.filter);
    let all: Vec<&Joined> = joined.iter().copied().chain(near).collect();
    let one = all.iter().any(|joined| joins(joined.how) == Some(Join::One));
    let every = all.iter().any(|joined| joined.how == Quantity::All);
    let counted = all.iter().any(|joined| joins(joined.how).is_none());
    for quoted_passage in &article.quoted {
        let Some((said, from, to)) = announces(&quoted_passage.passage.tokens) else { continue };
        let differs = match said {
            Join::One => !one && !counted && every,
            Join::All => one && !every && joins(outer.how) == Some(Join::One),
        };
        if differs {
            let span = quoted_passage.passage.span(from, to);
            return Some(finding(articles, said, span, outer));
        }
    }
    None
}

fn joins(how: Quantity) -> Option<Join> {
    match how {
        Quantity::All => Some(Join::All),
        Quantity::AtLeast(1) => Some(Join::One),
        Quantity::AtLeast(_) | Quantity::AtMost(_) | Quantity::Exactly(_) => None,
    }
}

fn finding(articles: &Articles, said: Join, text: Span, rule: &Joined) -> Finding {
    let (text_says, rule_says, label) = match said {
        Join::One => ("se contente d'une condition", "les exige toutes", "toutes sont exigées"),
        Join::All => ("veut toutes les conditions", "se contente d'une", "une suffit"),
    };
    Finding {
        article: 0,
        code: "concordance-liste",
        message: format!("le texte {text_says} ({}), la règle {rule_says}", quoted(articles.policy, text)),
        text,
        text_label: match said {
            Join::One => "une suffit",
            Join::All => "toutes",
        }
        .to_owned(),
        rule: rule.span,
        rule_label: label.to_owned(),
        help: match (said, rule.bullets, rule.main) {
            (Join::One, true, true) => format!("écrire « exige l'un de » au-dessus des puces, {OR_WHY}"),
            (Join::One, true, false) => format!("écrire « l'un de » au-dessus des puces, {OR_WHY}"),
            (Join::All, true, true) => {
                format!("écrire « exige » au-dessus des puces, sans « l'un de », {OR_WHY}")
            }
            (Join::All, true, false) => format!("ôter « l'un de » au-dessus des puces, {OR_WHY}"),
            (Join::One, false, _) => format!("écrire « ou », {OR_WHY}"),
            (Join::All, false, _) => format!("écrire « et », {OR_WHY}"),
        },
    }
}

fn announces(tokens: &[Token]) -> Option<(Join, usize, usize)> {
    let word = |at: usize| tokens.get(at).map_or("", |token| token.text.as_str());
    let names = |from: usize, within: usize| (from..from + within).find(|at| CONDITIONS.contains(&word(*at)));
    for at in 0..tokens.len() {
        let found = match word(at) {
            "un" | "une" => {
                let led = at.checked_sub(1).map_or("", word);
                let mut next = at + 1;
                if word(next) == "au" && word(next + 1) == "moins" {
                    next += 2;
                }
                // « l'un ou l'autre des ».
                if word(next) == "ou" && word(next + 1) == "l'" && word(next + 2) == "autre" {
                    next += 3;
                }
                let of = matches!(word(next), "des" | "de" | "d'");
                let led = matches!(led, "l'" | "moins" | "")
                    || matches!(led, "à" | "par" | "remplit" | "satisfait");
                (of && led)
                    .then(|| names(next + 1, 4))
                    .flatten()
                    .map(|end| (Join::One, at.saturating_sub(usize::from(at > 0)), end + 1))
            }
            "alternatives" | "alternativement" => Some((Join::One, at, at + 1)),
            "cumulatives" | "cumulatifs" | "cumulativement" => Some((Join::All, at, at + 1)),
            "ensemble" if word(at + 1) == "des" => names(at + 2, 1).map(|end| (Join::All, at, end + 1)),
            "toutes" | "tous" if word(at + 1) == "les" => {
                names(at + 2, 1).map(|end| (Join::All, at, end + 1))
            }
            "chacune" | "chacun" if word(at + 1) == "des" => {
                names(at + 2, 1).map(|end| (Join::All, at, end + 1))
            }
            // « aux conditions suivantes », « les trois critères suivants ».
            "conditions" | "critères" if word(at + 1).starts_with("suivant") => {
                let led = at.checked_sub(1).map_or("", word);
                let whole = matches!(led, "aux" | "les") || is_numeral(led);
                whole.then_some((Join::All, at, at + 2))
            }
            _ => None,
        };
        // « lorsque l'une des conditions n'est pas remplie »: all of them are asked for.
        let found = found.map(|(join, from, to)| match join {
            Join::One if fails(tokens, to) => (Join::All, from, to),
            other => (other, from, to),
        });
        if found.is_some() {
            return found;
        }
    }
    None
}

/// « l'une des conditions énumérées ci-dessus n'est pas remplie », « fait défaut ».
fn fails(tokens: &[Token], from: usize) -> bool {
    let near = tokens.iter().skip(from).take(6).take_while(|token| !token.is(&[".", ";", ","]));
    near.into_iter().any(|token| token.is(&["n'", "ne", "manque", "défaut"]))
}

/// Whether a figure counts conditions of a list: « deux des trois conditions ».
pub fn counts_conditions(tokens: &[Token], after: usize) -> bool {
    let word = |at: usize| tokens.get(at).map_or("", |token| token.text.as_str());
    let of = matches!(word(after), "des" | "de" | "d'" | "au");
    of && (after..after + 5).any(|at| CONDITIONS.contains(&word(at)))
}

/// « les chefs et les salariés »: what is counted is both, whichever each of them is.
fn puts_together(tokens: &[Token], link: usize) -> bool {
    tokens.get(link + 1).is_none_or(|next| {
        next.is(&["les", "des", "de", "d'", "aux", "du", "la", "le", "l'", "ceux", "celles", "leurs", "ses"])
    })
}

/// « les trois conditions suivantes : 1° … ; 2° … ; 3° … » over fewer conditions than that.
fn enumerated(articles: &Articles, article: &Article) -> Option<Finding> {
    let joined = article
        .rule
        .joined
        .iter()
        .find(|joined| !joined.filter)
        .filter(|joined| joined.main && joined.how == Quantity::All)?;
    let asked = article.rule.asked.len() + article.rule.choosings.len();
    let compared = article.rule.mentions.iter().filter(|mention| mention.role == Role::Compared).count();
    let others = article.rule.definitions.len();
    for quoted_passage in &article.quoted {
        let tokens = &quoted_passage.passage.tokens;
        let points = points(tokens);
        let (Some(first), Some(last)) = (points.first(), points.last()) else { continue };
        if points.len() < 2 || asked + compared + others >= points.len() || joined.of.len() >= points.len() {
            continue;
        }
        let text = quoted_passage.passage.span(*first, *last + 1);
        let (said, has) = (points.len(), joined.of.len());
        return Some(Finding {
            article: 0,
            code: "concordance-liste",
            message: format!("le texte énumère {said} conditions, la règle en a {has}"),
            text,
            text_label: format!("{said} conditions"),
            rule: joined.span,
            rule_label: format!("{has} conditions"),
            help: match missing(articles, article, &quoted_passage.passage, &points) {
                Some(point) => format!("ajouter une puce pour {point}, {OR_WHY}"),
                None => format!("ajouter une puce pour chacune, {OR_WHY}"),
            },
        });
    }
    None
}

/// The one point of an enumeration of which nothing that the rule reads has a word.
fn missing(articles: &Articles, article: &Article, passage: &Passage, points: &[usize]) -> Option<String> {
    let policy = articles.policy;
    let names = article.rule.joined.iter().flat_map(|joined| &joined.of).map(|asked| stems(&asked.name));
    let names: Vec<String> = names.flatten().collect();
    let ends = points.iter().skip(1).copied().chain([passage.tokens.len()]);
    let mut unsaid = points.iter().zip(ends).filter(|(from, to)| {
        let words = passage.tokens.get(**from..*to).unwrap_or_default();
        !words.iter().any(|token| names.iter().any(|name| same(name, &stem(&token.text))))
    });
    let (Some((from, to)), None) = (unsaid.next(), unsaid.next()) else { return None };
    let last = (from + 1..to).rev().find(|at| passage.tokens.get(*at).is_some_and(Token::is_word))?;
    Some(quoted(policy, passage.span(*from, last + 1)))
}

/// Where the points of an enumeration begin: « 1° … ; 2° … ; 3° … », in order from the first.
fn points(tokens: &[Token]) -> Vec<usize> {
    let mut found: Vec<usize> = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        let next = i64::try_from(found.len() + 1).unwrap_or(i64::MAX);
        let opens =
            at.checked_sub(1).and_then(|at| tokens.get(at)).is_none_or(|before| before.is(&[":", ";", "."]));
        if opens && token.text.ends_with('°') && token.kind == Kind::Rank(next) {
            found.push(at);
        }
    }
    found
}

/// « ne peut être accordée que si … », « à condition de »: what follows is asked for, whoever benefits.
fn is_asked_for(tokens: &[Token], first: usize) -> bool {
    tokens.get(..first).unwrap_or_default().windows(2).any(|pair| {
        let [before, this] = pair else { return false };
        (before.is(&["que", "qu'"]) && this.is(&["si", "s'", "lorsque"]))
            || (before.is(&["condition", "conditions", "réserve"]) && this.is(&["de", "que", "d'", "qu'"]))
    })
}

/// « les étudiants et les apprentis bénéficient de »: each of them does.
fn distributes(tokens: &[Token]) -> bool {
    tokens
        .iter()
        .any(|token| STARTS.iter().any(|start| token.text.starts_with(start)) || token.text == "droit")
}
