//! Roundings: « arrondi à l'euro supérieur », « au centième », « par défaut », and what the rule rounds to.

use super::article::{Article, Articles, Nature};
use super::finding::{Finding, OR_WHY, quoted, words};
use super::prose::ends_sentence;
use super::prose::token::{Kind, Token};
use super::rule::Rounded;
use crate::number::Ratio;
use crate::number::round::{Direction, Rounding};
use crate::source::Span;
use crate::wording::{French, Wording};

/// How far a unit may stand from « arrondi », in tokens.
const NEAR: usize = 26;

/// A rounding of a passage.
#[derive(Debug, Clone, PartialEq)]
struct Said {
    /// To what; none where the words do not say.
    step: Option<Ratio>,
    direction: Direction,
    from: usize,
    to: usize,
}

/// What does not agree in the roundings of all items.
pub fn compare(articles: &Articles) -> Vec<Finding> {
    let mut found = Vec::new();
    for (at, article) in articles.compared() {
        if !matches!(article.nature, Nature::Shared | Nature::Other) {
            continue;
        }
        let near = article.below.iter().chain(&article.above);
        let others = near.flat_map(|other| &articles.all[*other].rule.roundings);
        let rules: Vec<&Rounded> = article.rule.roundings.iter().chain(others).collect();
        for quoted_passage in &article.quoted {
            let all = said(&quoted_passage.passage.tokens);
            // « à l'entier supérieur lorsque …, à l'entier inférieur lorsque … »: each of its case.
            let several = rules
                .iter()
                .any(|rule| nearest(rule.rounding.direction) != nearest(rules[0].rounding.direction));
            for said in all {
                if several || rules.iter().any(|rule| agree(&said, rule)) {
                    continue;
                }
                let span = quoted_passage.passage.span(said.from, said.to);
                found.extend(
                    finding(articles, article, &said, span, &rules).map(|f| Finding { article: at, ..f }),
                );
            }
        }
    }
    found
}

fn agree(said: &Said, rule: &Rounded) -> bool {
    said.step.as_ref().is_none_or(|step| *step == rule.rounding.step)
        && nearest(said.direction) == nearest(rule.rounding.direction)
}

/// The two roundings to the nearest differ by a half only, of which texts say nothing; those that drop what is
/// over differ on negatives only.
fn nearest(direction: Direction) -> Direction {
    match direction {
        Direction::HalfEven => Direction::HalfAway,
        Direction::TowardZero => Direction::Down,
        Direction::HalfAway | Direction::Down | Direction::Up => direction,
    }
}

fn finding(
    articles: &Articles,
    article: &Article,
    said: &Said,
    text: Span,
    rules: &[&Rounded],
) -> Option<Finding> {
    let shown = quoted(articles.policy, text);
    let finding = |message, text_label, rule, rule_label: &str, help| {
        Some(Finding {
            article: 0,
            code: "concordance-arrondi",
            message,
            text,
            text_label,
            rule,
            rule_label: rule_label.to_owned(),
            help,
        })
    };
    // What it reads is rounded as that says; what it works out itself is not.
    let lacks = article.rule.roundings.is_empty() && article.rule.computes && article.nature == Nature::Other;
    let Some(rule) = rules
        .iter()
        .filter(|_| !lacks)
        .find(|rule| Some(&rule.rounding.step) == said.step.as_ref())
        .or(rules.first().filter(|_| !lacks))
    else {
        // Nothing to round: a choice of values, or a condition.
        article.rule.computes.then_some(())?;
        return finding(
            format!("le texte arrondit ({shown}), la règle n'arrondit pas"),
            "arrondi ici".to_owned(),
            article.rule_span(),
            "rien n'est arrondi",
            format!("ajouter la ligne « arrondi {} » sous la valeur, {OR_WHY}", to_what(articles, text)),
        );
    };
    let text_rounding = text_rounding(said, Some(&rule.rounding));
    let write = as_rule(&text_rounding, &words(articles.policy, rule.span));
    finding(
        format!("le texte dit {shown}, la règle dit {}", quoted(articles.policy, rule.span)),
        "le texte".to_owned(),
        rule.span,
        "n'est pas le même arrondi",
        match example(&text_rounding, &rule.rounding) {
            Some((value, a, b)) => {
                format!("pour {value}, le texte donne {a} et la règle {b} ; écrire « {write} », {OR_WHY}")
            }
            None => format!("écrire « {write} », {OR_WHY}"),
        },
    )
}

/// « à l'euro supérieur » of « arrondis à l'euro supérieur ».
fn to_what(articles: &Articles, text: Span) -> String {
    let words = words(articles.policy, text);
    words.split_once(' ').map_or("au centime", |(_, to)| to).to_owned()
}

/// A rounding as a rule writes it, in place of one of the same sort.
fn as_rule(rounding: &Rounding, written: &str) -> String {
    let (euros, francs) =
        (["euro", "centime"].iter().any(|unit| written.contains(unit)), written.contains("franc"));
    let coin = if francs { "de francs" } else { "d'euros" };
    let step = |n, of| Ratio::new(n, of).as_ref() == Some(&rounding.step);
    let to = match (euros, francs) {
        _ if step(1, 1) && francs => "au franc".to_owned(),
        _ if step(1, 1) && euros => "à l'euro".to_owned(),
        _ if step(1, 1) => "à l'unité".to_owned(),
        (true, _) if step(1, 100) => "au centime".to_owned(),
        (true, _) | (_, true) if step(10, 1) => format!("à la dizaine {coin}"),
        (true, _) | (_, true) if step(100, 1) => format!("à la centaine {coin}"),
        (true, _) | (_, true) if step(1_000, 1) => format!("au millier {coin}"),
        _ if step(1, 10) => "à 1 décimale".to_owned(),
        _ if step(1, 1_000) => "à 3 décimales".to_owned(),
        _ => "à 2 décimales".to_owned(),
    };
    let way = match rounding.direction {
        Direction::Up => " supérieur",
        Direction::Down | Direction::TowardZero => " inférieur",
        Direction::HalfAway | Direction::HalfEven => "",
    };
    format!("arrondi {to}{way}")
}

fn text_rounding(said: &Said, rule: Option<&Rounding>) -> Rounding {
    let step = said.step.clone().or_else(|| rule.map(|rule| rule.step.clone())).unwrap_or_else(Ratio::one);
    Rounding { step, direction: said.direction }
}

/// A value that the two do not round alike, and what each makes of it.
fn example(text: &Rounding, rule: &Rounding) -> Option<(String, String, String)> {
    let french = French::default();
    let least = if text.step < rule.step { &text.step } else { &rule.step };
    let greatest = if text.step < rule.step { &rule.step } else { &text.step };
    // 12 steps and a part of one: 12,30 of euros.
    [3, 7].into_iter().find_map(|tenths| {
        let part = least.mul(&Ratio::new(tenths, 10)?);
        let value = greatest.mul(&Ratio::from(12)).add(&least.mul(&Ratio::from(3))).add(&part);
        let (a, b) = (text.apply(&value), rule.apply(&value));
        (a != b).then(|| (french.exact(&value), french.exact(&a), french.exact(&b)))
    })
}

/// The roundings that a passage says.
fn said(tokens: &[Token]) -> Vec<Said> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        // « portée au nombre entier immédiatement supérieur ».
        let whole = tokens.get(at + 1..at + 4).unwrap_or_default().iter().any(|near| near.text == "entier");
        let moved = whole && (token.text.starts_with("porté") || token.text.starts_with("ramené"));
        let rounds = token.text.starts_with("arrondi") && !token.text.starts_with("arrondissement");
        let read = if rounds || moved {
            Some(rounded(tokens, at))
        } else if token.text.starts_with("tronqu") {
            Some(Said { direction: Direction::Down, ..rounded(tokens, at) })
        } else if token.text.starts_with("fraction") {
            neglected(tokens, at)
        } else {
            None
        };
        at = read.as_ref().map_or(at + 1, |said| said.to.max(at + 1));
        found.extend(read);
    }
    found
}

/// Where a passage says how it rounds: figures there are of the rounding.
pub fn places(tokens: &[Token]) -> Vec<(usize, usize)> {
    said(tokens).into_iter().map(|said| (said.from, said.to)).collect()
}

fn word(tokens: &[Token], at: usize) -> &str {
    tokens.get(at).map_or("", |token| token.text.as_str())
}

fn end_of_sentence(tokens: &[Token], from: usize) -> usize {
    let last = tokens.len().min(from + 1 + NEAR);
    (from..last).find(|at| word(tokens, *at) == ";" || ends_sentence(tokens, *at)).unwrap_or(last)
}

/// « arrondi à l'euro supérieur », « arrondie par défaut à l'unité », « arrondi à deux décimales ».
fn rounded(tokens: &[Token], at: usize) -> Said {
    let end = end_of_sentence(tokens, at).min(at + 1 + NEAR);
    let mut step = None;
    let (mut up, mut down, mut closest) = (false, false, false);
    let mut to = at + 1;
    let mut here = at + 1;
    while here < end {
        let this = word(tokens, here);
        match this {
            // « par excès », « par défaut ».
            "excès" => up = true,
            "défaut" => down = true,
            // What comes after says where halves go.
            "proche" | "voisin" | "près" => {
                closest = true;
                to = to.max(here + 1);
            }
            _ => {}
        }
        if matches!(this, "excès" | "défaut") {
            to = to.max(here + 1);
        }
        if let Some((read, after)) = unit(tokens, here) {
            // « la centaine d'euros »: of the two, the first.
            if step.is_none() {
                to = to.max(after);
            }
            step = step.or(Some(read));
            if closest {
                // « les demi-dixièmes étant arrondis au dixième supérieur »: still of this rounding.
                let more = |token: &Token| {
                    ["arrondi", "demi", "fraction"].iter().any(|start| token.text.starts_with(start))
                };
                if tokens.get(to..after).is_some_and(|gap| gap.iter().any(more)) {
                    to = (after + 1).min(end);
                }
                break;
            }
            for near in (after..(after + 5).min(end))
                .take_while(|near| !tokens.get(*near).is_none_or(|t| t.is(&[",", "si", "lorsque", "est"])))
            {
                let near_word = word(tokens, near);
                if near_word.starts_with("supérieur") {
                    up = true;
                } else if near_word.starts_with("inférieur") {
                    down = true;
                } else if !matches!(
                    near_word,
                    "le" | "la" | "plus" | "d'" | "de" | "euro" | "euros" | "immédiatement" | "directement"
                ) {
                    continue;
                }
                if near_word.ends_with("supérieur")
                    || near_word.starts_with("supérieur")
                    || near_word.starts_with("inférieur")
                {
                    to = to.max(near + 1);
                }
            }
            here = after;
        } else {
            here += 1;
        }
    }
    // « à l'euro inférieur si …, supérieur sinon »: to the nearest.
    let direction = match (up, down) {
        _ if closest => Direction::HalfAway,
        (true, false) => Direction::Up,
        (false, true) => Direction::Down,
        (true, true) | (false, false) => Direction::HalfAway,
    };
    Said { step, direction, from: at, to: to.min(end).max(at + 1) }
}

/// « la fraction d'euro étant négligée », « toute fraction d'heure compte pour une heure ».
fn neglected(tokens: &[Token], at: usize) -> Option<Said> {
    let end = end_of_sentence(tokens, at).min(at + 1 + NEAR);
    let (step, after) = (at + 1..(at + 6).min(end)).find_map(|at| unit(tokens, at))?;
    let dropped = ["néglig", "abandonn", "supprim"];
    // « la fraction d'euro égale ou supérieure à 0,50 est comptée pour un »: to the nearest.
    let halves = |to: usize| {
        tokens.get(after..to).unwrap_or_default().iter().any(|token| {
            matches!(token.kind, Kind::Number(_)) || token.is(&["demi", "moitié", "demie", "cinquante"])
        })
    };
    let (to, direction) = (after..end).find_map(|at| {
        let this = word(tokens, at);
        if dropped.iter().any(|start| this.starts_with(start)) {
            return Some((at + 1, Direction::Down));
        }
        let counts = this.starts_with("compt") && word(tokens, at + 1) == "pour";
        counts.then_some((at + 2, Direction::Up))
    })?;
    let direction = if halves(to) { Direction::HalfAway } else { direction };
    Some(Said { step: Some(step), direction, from: at, to })
}

/// A unit to which one rounds, and the token after it.
fn unit(tokens: &[Token], at: usize) -> Option<(Ratio, usize)> {
    let step = match word(tokens, at) {
        "euro" | "euros" | "unité" | "unités" | "entier" | "entière" | "franc" => Ratio::one(),
        "centime" | "centimes" | "centième" | "centièmes" => Ratio::new(1, 100)?,
        "dixième" | "dixièmes" => Ratio::new(1, 10)?,
        "millième" | "millièmes" => Ratio::new(1, 1_000)?,
        "dizaine" => Ratio::from(10),
        "centaine" => Ratio::from(100),
        "millier" => Ratio::from(1_000),
        "décimale" | "décimales" | "chiffre" | "chiffres" => {
            let digits = digits(tokens, at.checked_sub(1)?)?;
            let after_point = word(tokens, at).starts_with("chiffre");
            let to = if after_point { at + 4 } else { at + 1 };
            return Some((Ratio::new(1, 10_i128.pow(digits))?, to));
        }
        _ => return None,
    };
    Some((step, at + 1))
}

/// « deux », « 2 », « deuxième », « seconde ».
fn digits(tokens: &[Token], at: usize) -> Option<u32> {
    let token = tokens.get(at)?;
    let count = match &token.kind {
        Kind::Number(value) => value.to_i64()?,
        Kind::Rank(rank) => *rank,
        Kind::Word => match token.text.as_str() {
            "une" | "première" | "un" | "premier" => 1,
            "deux" | "deuxième" | "seconde" | "second" => 2,
            "trois" | "troisième" => 3,
            "quatre" | "quatrième" => 4,
            _ => return None,
        },
        Kind::Sign => return None,
    };
    u32::try_from(count).ok().filter(|count| *count <= 6)
}

#[cfg(test)]
mod tests {
    use super::super::prose::token::tokens;
    use super::*;

    #[test]
    fn roundings_of_french_law() {
        for (text, step, direction) in [
            ("elle est arrondie à l'euro supérieur", (1, 1), Direction::Up),
            ("arrondi à l'euro le plus proche", (1, 1), Direction::HalfAway),
            ("arrondi au centième", (1, 100), Direction::HalfAway),
            ("arrondi à l'entier immédiatement supérieur", (1, 1), Direction::Up),
            ("arrondie à la centaine d'euros inférieure", (100, 1), Direction::Down),
            ("arrondi par défaut à la dizaine d'euros", (10, 1), Direction::Down),
            ("arrondi à la deuxième décimale", (1, 100), Direction::HalfAway),
            ("arrondi à trois chiffres après la virgule", (1, 1_000), Direction::HalfAway),
            ("la fraction d'euro étant négligée", (1, 1), Direction::Down),
            ("la fraction inférieure à un euro étant négligée", (1, 1), Direction::Down),
            ("le quotient est tronqué au centième", (1, 100), Direction::Down),
            ("toute fraction d'unité est comptée pour une", (1, 1), Direction::Up),
            ("la fraction d'euro égale ou supérieure à 0,50 compte pour un", (1, 1), Direction::HalfAway),
            (
                "arrondi au dixième d'euro le plus proche, les demi-dixièmes étant arrondis au dixième supérieur",
                (1, 10),
                Direction::HalfAway,
            ),
            (
                "arrondi à l'unité inférieure si la fraction est de moins de 0,5 et à l'unité supérieure sinon",
                (1, 1),
                Direction::HalfAway,
            ),
        ] {
            let found: Vec<(Option<Ratio>, Direction)> =
                said(&tokens(text, 0)).into_iter().map(|said| (said.step, said.direction)).collect();
            assert_eq!(found, [(Ratio::new(step.0, step.1), direction)], "{text}");
        }
        assert!(said(&tokens("dans l'arrondissement de Dax", 0)).is_empty());
    }
}
