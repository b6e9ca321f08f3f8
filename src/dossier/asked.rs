//! What may be written at a place of a dossier: which keys, which answers, and what is asked there.

use super::paths::{Leaf, Node, Paths};
use super::words;
use crate::policy::item::Question;
use crate::policy::{Declared, Policy, Type};
use crate::source::Span;
use crate::text;

/// A key that a dossier may have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key {
    /// As it is written there.
    pub name: String,
    /// Its whole path.
    pub path: String,
    /// What is asked of a person.
    pub question: Option<String>,
    /// What is expected: « un entier, 0 ou plus ».
    pub expected: String,
    /// What may be answered, where that is a few words: options, `oui`, `non`.
    pub answers: Vec<String>,
    /// Whether other keys stand under it.
    pub is_group: bool,
    /// Whether elements stand under it, each with a dash.
    pub is_list: bool,
    /// Where it is declared in the policy.
    pub declared: Span,
}

/// The keys that may stand under a path of keys, in the order of the policy's declarations; at the top, the dossier's own
/// too. Nothing under what is no group.
pub fn keys(policy: &Policy, above: &[String]) -> Vec<Key> {
    let paths = Paths::new(policy);
    let Some(node) = descend(&paths, above) else { return Vec::new() };
    let of_readings = above.is_empty().then(|| own(policy)).into_iter().flatten();
    let declared = paths.children(node).map(|(name, child)| key(policy, &paths, name, child));
    declared.chain(of_readings).collect()
}

/// The key of a path.
pub fn asked(policy: &Policy, path: &[String]) -> Option<Key> {
    let (last, above) = path.split_last()?;
    if let [first] = above
        && first == "lectures"
    {
        return readings(policy).into_iter().find(|key| key.name == *last);
    }
    let paths = Paths::new(policy);
    let node = descend(&paths, path)?;
    Some(key(policy, &paths, last, node))
}

/// The readings that a dossier may retain.
pub fn readings(policy: &Policy) -> Vec<Key> {
    policy
        .readings
        .iter()
        .map(|reading| {
            let options: Vec<String> =
                policy.choices[reading.choice.index()].options.iter().map(ToString::to_string).collect();
            let shown: Vec<&str> = options.iter().map(String::as_str).collect();
            Key {
                name: reading.head.name.to_string(),
                path: format!("lectures.{}", reading.head.name),
                question: reading.question.as_ref().map(ToString::to_string),
                expected: words::alternatives(&shown),
                answers: options,
                is_group: false,
                is_list: false,
                declared: reading.head.span,
            }
        })
        .collect()
}

/// The dossier's own keys.
fn own(policy: &Policy) -> Vec<Key> {
    let said = |name: &str, expected: &str, is_group: bool| Key {
        name: name.to_owned(),
        path: name.to_owned(),
        question: None,
        expected: expected.to_owned(),
        answers: Vec::new(),
        is_group,
        is_list: false,
        declared: Span::default(),
    };
    let mut all = vec![
        said("dispositif", "l'identifiant du texte", false),
        said("dossier", "le nom du dossier", false),
        said("examiné le", "une date", false),
        said("attendu", "ce que le cas doit donner", true),
    ];
    if !policy.readings.is_empty() {
        all.push(said("lectures", "les lectures retenues", true));
    }
    all
}

/// The node of a path; what stands under a list is of its elements.
fn descend(paths: &Paths, path: &[String]) -> Option<Node> {
    let mut node = Paths::TOP;
    for (rank, part) in path.iter().enumerate() {
        if rank > 0
            && let Some(Leaf::List(list)) = paths.leaf(node)
        {
            node = paths.element(list);
        }
        node = paths.find(node, &text::tidy(part))?;
    }
    Some(node)
}

/// The keys of one element of the list of a path; nothing where it is no list.
pub fn element_keys(policy: &Policy, list: &[String]) -> Vec<Key> {
    let paths = Paths::new(policy);
    let Some(node) = descend(&paths, list) else { return Vec::new() };
    let Some(Leaf::List(list)) = paths.leaf(node) else { return Vec::new() };
    paths.children(paths.element(list)).map(|(name, child)| key(policy, &paths, name, child)).collect()
}

fn key(policy: &Policy, paths: &Paths, name: &str, node: Node) -> Key {
    let of = |question: Option<String>, expected: String, answers: Vec<String>, is_list: bool| Key {
        name: name.to_owned(),
        path: paths.path(node).to_owned(),
        question,
        expected,
        answers,
        is_group: paths.is_group(node),
        is_list,
        declared: paths.declared(node),
    };
    match paths.leaf(node) {
        None => of(None, "un groupe".to_owned(), Vec::new(), false),
        Some(Leaf::List(list)) => {
            let list = &policy.lists[list.index()];
            of(list.question.as_ref().map(ToString::to_string), "une liste".to_owned(), Vec::new(), true)
        }
        Some(Leaf::Fact(fact)) => {
            let ask = &policy.facts[fact.index()].ask;
            of(question(ask), words::expected(policy, ask), answers(policy, ask, Declared::Fact(fact)), false)
        }
        Some(Leaf::Field(field)) => {
            let ask = &policy.fields[field.index()].ask;
            of(
                question(ask),
                words::expected(policy, ask),
                answers(policy, ask, Declared::Field(field)),
                false,
            )
        }
    }
}

fn question(ask: &Question) -> Option<String> {
    ask.question.as_ref().map(ToString::to_string)
}

/// The words that may answer, « inconnu » last.
fn answers(policy: &Policy, ask: &Question, declared: Declared) -> Vec<String> {
    let mut answers: Vec<String> = match ask.ty {
        Type::Truth => vec!["oui".to_owned(), "non".to_owned()],
        Type::Choice(choice) => {
            policy.choices[choice.index()].options.iter().map(ToString::to_string).collect()
        }
        Type::Date if ask.last_day => vec!["en cours".to_owned()],
        Type::Date if !super::past::past(policy).contains(&declared) => vec!["pas encore".to_owned()],
        Type::Date
        | Type::Integer
        | Type::Number
        | Type::Percent
        | Type::Amount
        | Type::Months
        | Type::Days
        | Type::Text => Vec::new(),
    };
    answers.push("inconnu".to_owned());
    answers
}
