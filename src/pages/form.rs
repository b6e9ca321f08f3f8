//! The form of a dossier: every question in order, by groups, each with its answer so far.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use super::fields::{self, ELEMENTS};
use super::filled::Filled;
use crate::dossier::{self, Answer, Given};
use crate::policy::item::{Fact, Question};
use crate::policy::{Declared, List, ListId, Policy, Reading, Type};
use crate::render::document::{Asked, Block, Field, Form, Input, anchor};
use crate::text;
use crate::value::Value;
use crate::wording::french::{ranked, singular};

/// The form, with the identifier of each of its fields by its path.
pub(super) struct Written {
    pub(super) blocks: Vec<Block>,
    pub(super) ids: BTreeMap<String, String>,
}

/// The form as it is filled in.
pub(super) fn form(filled: &Filled<'_>) -> Written {
    let past = dossier::past(filled.policy);
    let mut writer = Writer { filled, past, ids: BTreeMap::new(), taken: BTreeSet::new() };
    let mut blocks = vec![
        writer.own("dossier", "Nom du dossier", Input::Line, &[]),
        writer.own(
            "examiné le",
            "Date à laquelle le dossier est examiné",
            Input::Day(None),
            &["Laissée vide : aujourd'hui"],
        ),
    ];
    blocks.extend(writer.questions());
    blocks.extend(writer.readings());
    Written { blocks, ids: writer.ids }
}

/// What is shown of an answer that is not given.
const UNKNOWN: &str = "je ne sais pas";

struct Writer<'f> {
    filled: &'f Filled<'f>,
    /// Dates that cannot be still to come.
    past: HashSet<Declared>,
    ids: BTreeMap<String, String>,
    taken: BTreeSet<String>,
}

/// A question, before it is known how it stands.
struct Draft<'q> {
    path: String,
    label: String,
    help: Vec<String>,
    ask: &'q Question,
    declared: Declared,
    given: Option<&'q Given>,
}

impl<'f> Writer<'f> {
    fn policy(&self) -> &'f Policy {
        self.filled.policy
    }

    /// What nothing else of the page is called.
    fn id(&mut self, path: &str) -> String {
        let plain = format!("champ-{}", anchor(path));
        let others = (2..).map(|rank: u32| format!("{plain}-bis-{rank}"));
        let free = std::iter::once(plain.clone()).chain(others).find(|id| !self.taken.contains(id));
        let id = free.unwrap_or(plain);
        self.taken.insert(id.clone());
        self.ids.insert(path.to_owned(), id.clone());
        id
    }

    fn field(&mut self, path: &str, label: String, help: Vec<String>, input: Input, value: String) -> Block {
        let filled = self.filled;
        let asked = if filled.not_asked.contains(path) {
            Asked::NotNow
        } else {
            match filled.first.iter().position(|first| first == path) {
                Some(rank) => Asked::First(rank + 1),
                None => Asked::Plainly,
            }
        };
        let wrong = filled.wrong.get(path).cloned().unwrap_or_default();
        let id = self.id(path);
        let field = Field { id, path: path.to_owned(), label, help, input, value, wrong, asked };
        Block::Form(Form::Field(Box::new(field)))
    }

    /// A key of the dossier itself, or what stands beside an answer.
    fn own(&mut self, path: &str, label: &str, input: Input, help: &[&str]) -> Block {
        let typed = self.filled.fields.get(path);
        let (input, value) = match input {
            Input::Day(instead) => day(typed, instead),
            other => (other, typed.to_owned()),
        };
        let help = help.iter().map(|line| (*line).to_owned()).collect();
        self.field(path, label.to_owned(), help, input, value)
    }

    /// The questions of the text: those whose paths share a head stand together.
    fn questions(&mut self) -> Vec<Block> {
        let policy = self.policy();
        let mut blocks = Vec::new();
        let mut run: Vec<&'f Fact> = Vec::new();
        for declared in &policy.declared {
            match *declared {
                Declared::Fact(id) => {
                    let fact = &policy.facts[id.index()];
                    if run.first().is_some_and(|first| first.parts.first() != fact.parts.first()) {
                        blocks.extend(self.together(&std::mem::take(&mut run)));
                    }
                    run.push(fact);
                }
                Declared::List(id) => {
                    blocks.extend(self.together(&std::mem::take(&mut run)));
                    blocks.push(self.list(id));
                }
                Declared::Field(_) => {}
            }
        }
        blocks.extend(self.together(&run));
        blocks
    }

    fn together(&mut self, facts: &[&'f Fact]) -> Vec<Block> {
        let inner: Vec<Block> = facts.iter().flat_map(|fact| self.fact(fact)).collect();
        let Some(head) = facts.first().filter(|_| facts.len() > 1).and_then(|fact| fact.parts.first()) else {
            return inner;
        };
        let hidden = facts.iter().all(|fact| self.filled.not_asked.contains(&text::tidy(&fact.path)));
        vec![self.group(head, capital(head), hidden, inner)]
    }

    fn group(&mut self, name: &str, title: String, hidden: bool, blocks: Vec<Block>) -> Block {
        let id = self.id(&format!("groupe {name}"));
        Block::Form(Form::Group { id, title, hidden, blocks })
    }

    fn fact(&mut self, fact: &'f Fact) -> Vec<Block> {
        let policy = self.policy();
        let Some(id) = policy.facts.iter().position(|own| std::ptr::eq(own, fact)) else { return Vec::new() };
        let id = crate::policy::FactId(u32::try_from(id).unwrap_or(u32::MAX));
        self.question(Draft {
            path: text::tidy(&fact.path),
            label: fact.ask.question.as_deref().unwrap_or(&fact.label).to_owned(),
            help: Vec::new(),
            ask: &fact.ask,
            declared: Declared::Fact(id),
            given: self.filled.dossier.facts.get(id.index()),
        })
        .into_iter()
        .chain(self.beside(&text::tidy(&fact.path), &fact.label, fact.ask.judge.is_some()))
        .collect()
    }

    /// A question, with the answer that was read, else as it was typed.
    fn question(&mut self, draft: Draft<'_>) -> Vec<Block> {
        let Draft { path, label, mut help, ask, declared, given } = draft;
        let typed = self.filled.fields.get(&path).to_owned();
        let answer = given.map(|given| &given.answer).filter(|_| !typed.is_empty());
        let instead = match (ask.last_day, self.past.contains(&declared)) {
            (true, _) => Some("en cours"),
            (false, true) => None,
            (false, false) => Some("pas encore"),
        };
        let said = match (answer, ask.ty) {
            (Some(Answer::Known(Value::Truth(truth))), _) => if *truth { "oui" } else { "non" }.to_owned(),
            (Some(Answer::Known(Value::Date(date))), _) => date.to_string(),
            (Some(Answer::NotYet), _) => instead.unwrap_or("pas encore").to_owned(),
            (Some(Answer::Known(Value::Choice(rank))), Type::Choice(choice)) => {
                let options = &self.policy().choices[choice.index()].options;
                options.get(usize::from(*rank)).map_or(typed, |option| text::tidy(option))
            }
            _ => typed,
        };
        if let Some(judge) = &ask.judge {
            help.push(format!("À l'appréciation de : {judge}."));
        }
        let (input, value) = match ask.ty {
            Type::Truth => {
                let options = ["oui", "non"].map(|word| (word.to_owned(), word.to_owned()));
                (one_of(options, UNKNOWN, &said), said)
            }
            Type::Choice(choice) => {
                let options = &self.policy().choices[choice.index()].options;
                let options = options.iter().map(|option| (text::tidy(option), text::tidy(option)));
                (one_of(options, UNKNOWN, &said), said)
            }
            Type::Date => day(&said, instead),
            Type::Text => (Input::Line, said),
            ty => {
                help.push(format!("Attendu : {}.", dossier::expected(self.policy(), ask)));
                let unit = unit(self.policy(), ask, ty);
                let bare = said.strip_suffix(&unit).map_or(&*said, str::trim_end).to_owned();
                // « 2 ans » says its unit itself.
                let says = bare.chars().any(|c| c.is_alphabetic() || matches!(c, '%' | '€'));
                (Input::Number(if says { String::new() } else { unit }), bare)
            }
        };
        vec![self.field(&path, label, help, input, value)]
    }

    /// Who judged and why, of a judgement; of another answer, what is said beside it.
    fn beside(&mut self, path: &str, label: &str, judged: bool) -> Vec<Block> {
        let answered = !self.filled.fields.get(path).is_empty();
        let mut blocks = Vec::new();
        for (beside, words) in [
            ("source", "d'où vient la réponse ?"),
            ("au", "à quelle date ?"),
            ("par", "qui en a jugé ?"),
            ("motif", "pour quelle raison ?"),
        ] {
            let own = format!("{path}#{beside}");
            let given = !self.filled.fields.get(&own).is_empty();
            let asked = judged && matches!(beside, "par" | "motif");
            if !given && !asked {
                continue;
            }
            let input = if beside == "au" { Input::Day(None) } else { Input::Line };
            let mut block = self.own(&own, &format!("{} : {words}", capital(label)), input, &[]);
            if let Block::Form(Form::Field(field)) = &mut block
                && ((!answered && !given) || self.filled.not_asked.contains(path))
            {
                field.asked = Asked::NotNow;
            }
            blocks.push(block);
        }
        blocks
    }

    fn list(&mut self, id: ListId) -> Block {
        let policy = self.policy();
        let list: &List = &policy.lists[id.index()];
        let path = text::tidy(&list.path);
        let label = text::tidy(&list.label);
        let count = self.filled.fields.count(&path);
        let question = list.question.as_deref().unwrap_or(&label).to_owned();
        let mut options = vec![("0".to_owned(), "il n'y en a pas".to_owned())];
        if let Some(count) = count.filter(|count| *count > 0) {
            options.push((count.to_string(), format!("il y en a {count}")));
        }
        let said = count.map_or_else(String::new, |count| count.to_string());
        let mut blocks = vec![self.field(&path, question, Vec::new(), one_of(options, UNKNOWN, &said), said)];
        blocks.extend(self.beside(&path, &label, false));
        for rank in 1..=count.unwrap_or(0) {
            blocks.push(self.element(id, &path, &label, rank));
        }
        if count.is_none_or(|count| count < ELEMENTS) {
            let label = format!("Ajouter : {}", singular(&label));
            blocks.push(Block::Form(Form::Button { act: "ajouter", on: path.clone(), label }));
        }
        let hidden = self.filled.not_asked.contains(&path);
        self.group(&path, capital(&label), hidden, blocks)
    }

    fn element(&mut self, id: ListId, path: &str, label: &str, rank: usize) -> Block {
        let policy = self.policy();
        let list = &policy.lists[id.index()];
        let mut blocks = Vec::new();
        for field_id in &list.fields {
            let field = &policy.fields[field_id.index()];
            let own = fields::cell(path, rank, &text::tidy(&field.name));
            let rows = self.filled.dossier.list(id);
            let cell = (rank - 1) * list.fields.len() + field.rank as usize;
            blocks.extend(self.question(Draft {
                path: own.clone(),
                label: field.ask.question.as_deref().unwrap_or(&field.label).to_owned(),
                help: if field.unique {
                    vec!["Différent d'un élément à l'autre.".to_owned()]
                } else {
                    Vec::new()
                },
                ask: &field.ask,
                declared: Declared::Field(*field_id),
                given: rows.and_then(|rows| rows.cells.get(cell)),
            }));
            blocks.extend(self.beside(&own, &field.label, field.ask.judge.is_some()));
        }
        let (called, on) = (ranked(label, rank), format!("{path}[{rank}]"));
        let remove = format!("Retirer : {called}");
        blocks.push(Block::Form(Form::Button { act: "retirer", on: on.clone(), label: remove }));
        self.group(&on, capital(&called), false, blocks)
    }

    /// What the texts leave open: which reading is retained, by whom and why.
    fn readings(&mut self) -> Option<Block> {
        let policy = self.policy();
        let mut blocks = Vec::new();
        for reading in &policy.readings {
            let path = format!("lectures.{}", text::tidy(&reading.head.name));
            let typed = self.filled.fields.get(&path).to_owned();
            // The text itself settled the others.
            if reading.retained.is_some() && typed.is_empty() {
                continue;
            }
            let options = &policy.choices[reading.choice.index()].options;
            let folded = text::fold(&typed);
            let known = options.iter().find(|option| text::fold(option) == folded);
            let said = known.map_or(typed, |option| text::tidy(option));
            let all = options.iter().map(|option| (text::tidy(option), text::tidy(option)));
            let input = one_of(all, "laisser ouverte", &said);
            let label = reading.question.as_deref().unwrap_or(&reading.head.name).to_owned();
            blocks.push(self.field(&path, label, passages(policy, reading), input, said));
            blocks.extend(self.beside(&path, &reading.head.name, true));
        }
        (!blocks.is_empty())
            .then(|| self.group("lectures", "Ce que les textes laissent ouvert".to_owned(), false, blocks))
    }
}

/// The passages that each option rests on.
fn passages(policy: &Policy, reading: &Reading) -> Vec<String> {
    let options = &policy.choices[reading.choice.index()].options;
    let said = options.iter().zip(&reading.citations).filter_map(|(option, citations)| {
        let quotes: Vec<String> = citations
            .iter()
            .map(|citation| {
                let source = &policy.sources[citation.source.index()].name;
                match &citation.quote {
                    Some(quote) => format!("{source}, « {} »", text::tidy(quote)),
                    None => source.to_string(),
                }
            })
            .collect();
        (!quotes.is_empty()).then(|| format!("{} : {}.", capital(option), quotes.join(" ; ")))
    });
    said.collect()
}

/// A choice among some answers, none among them; an answer that is not one of them stays to be seen.
fn one_of(options: impl IntoIterator<Item = (String, String)>, none: &str, said: &str) -> Input {
    let mut all: Vec<(String, String)> = options.into_iter().collect();
    if !said.is_empty() && all.iter().all(|(value, _)| value != said) {
        all.push((said.to_owned(), said.to_owned()));
    }
    all.push((String::new(), none.to_owned()));
    Input::OneOf(all)
}

/// A day, as a calendar takes it; what is none is typed as a line.
fn day(said: &str, instead: Option<&'static str>) -> (Input, String) {
    if let Some(instead) = instead.filter(|instead| text::fold(said) == *instead) {
        return (Input::Day(Some(instead)), instead.to_owned());
    }
    match dossier::written_date(said) {
        Some(date) => (Input::Day(instead), date.to_string()),
        None if said.is_empty() => (Input::Day(instead), String::new()),
        None => (Input::Line, said.to_owned()),
    }
}

/// What stands after the figure.
fn unit(policy: &Policy, ask: &Question, ty: Type) -> String {
    let unit = match ty {
        Type::Percent => "%",
        Type::Months => "mois",
        Type::Days => "jours",
        Type::Amount => policy.currency.sign(),
        Type::Truth | Type::Integer | Type::Number | Type::Date | Type::Text | Type::Choice(_) => "",
    };
    let measure = ask.measure.map_or_else(String::new, |measure| measure.to_string());
    format!("{unit}{measure}").trim().to_owned()
}

/// With a capital letter.
pub(super) fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
}
