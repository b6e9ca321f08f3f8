//! Which column is which fact.

use std::collections::HashMap;

use crate::diagnostic::Diagnostic;
use crate::policy::Policy;
use crate::text;

/// The columns of a sheet, in the terms of a policy.
#[derive(Debug, Clone)]
pub struct Header {
    /// In the order of the sheet.
    pub(super) columns: Vec<Column>,
    /// The column of the dossier's name.
    pub(super) name: Option<usize>,
    pub(super) has_lists: bool,
    /// The dossier that a row gives.
    pub(super) branches: Vec<(String, Branch)>,
}

/// What stands above a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Title {
    /// Its words.
    pub name: String,
    /// The path of the list whose sheet it stands in; nothing, in the sheet of the dossiers.
    pub list: Option<String>,
}

/// A column.
#[derive(Debug, Clone)]
pub(super) struct Column {
    pub name: String,
    /// What it answers.
    pub target: Option<Target>,
}

/// What stands under a key of the dossier; keys are written as JSON has them.
#[derive(Debug, Clone)]
pub(super) enum Branch {
    Cell(usize),
    Group(Vec<(String, Branch)>),
    /// The column of the list itself, which only says that it has no element; its fields.
    List {
        none: Option<usize>,
        fields: Vec<(String, Branch)>,
    },
}

/// What a column answers, by the names on its way in a dossier.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Target {
    /// The dossier's own key, or a fact.
    Of(Vec<String>),
    /// A list itself.
    List(Vec<String>),
    /// A field of a list.
    Field(Vec<String>, Vec<String>),
}

/// The dossier's own keys.
const OWN: [&str; 3] = ["dispositif", "dossier", "examiné le"];

impl Header {
    /// The columns of these names, with remarks on those that say nothing of a dossier.
    ///
    /// # Errors
    ///
    /// A column that is nearly one of the policy's, or two for one fact, or a name for several facts.
    pub fn new(
        policy: &Policy,
        titles: &[Title],
        known: &[String],
    ) -> Result<(Header, Vec<Diagnostic>), Vec<Diagnostic>> {
        let targets = Targets::of(policy);
        let (mut wrong, mut remarks) = (Vec::new(), Vec::new());
        let mut header = Header { columns: Vec::new(), name: None, has_lists: false, branches: Vec::new() };
        let mut taken: HashMap<Target, &str> = HashMap::new();
        for (rank, title) in titles.iter().enumerate() {
            let name = title.name.trim();
            let mut column = Column { name: name.to_owned(), target: None };
            match targets.named(title).as_slice() {
                [target] => {
                    if let Some(other) = taken.insert(target.clone(), name) {
                        let message =
                            format!("les colonnes « {other} » et « {name} » répondent à la même question");
                        wrong
                            .push(Diagnostic::error("colonne-en-double", message).help("n'en garder qu'une"));
                        continue;
                    }
                    column.target = Some(target.clone());
                    header.has_lists |= title.list.is_none() && matches!(target, Target::Field(..));
                    if *target == Target::Of(vec!["dossier".to_owned()]) {
                        header.name = Some(rank);
                    }
                    header.put(target, rank);
                }
                [] if name.is_empty() || known.iter().any(|own| text::fold(own) == text::fold(name)) => {}
                [] => {
                    let message = format!("la colonne « {name} » ne répond à aucune question du texte");
                    match targets.nearest(title) {
                        Some(near) => {
                            let help = format!("vouliez-vous dire « {near} » ?");
                            wrong.push(Diagnostic::error("colonne-inconnue", message).help(help));
                        }
                        None => remarks.push(
                            Diagnostic::warning("colonne-sans-question", message)
                                .help("elle est rendue telle quelle"),
                        ),
                    }
                }
                several => {
                    let paths: Vec<String> =
                        several.iter().map(|one| format!("« {} »", one.path())).collect();
                    let message = format!("la colonne « {name} » peut répondre à plusieurs questions");
                    let help = format!("la nommer {}", paths.join(" ou "));
                    wrong.push(Diagnostic::error("colonne-ambigue", message).help(help));
                }
            }
            header.columns.push(column);
        }
        if wrong.is_empty() { Ok((header, remarks)) } else { Err(wrong) }
    }

    /// What a column answers; `None` where it says nothing of a dossier.
    pub fn target(&self, column: usize) -> Option<&Target> {
        self.columns.get(column)?.target.as_ref()
    }

    fn put(&mut self, target: &Target, column: usize) {
        match target {
            Target::Of(path) => {
                if let Some(Branch::Cell(own)) = at(&mut self.branches, path, || Branch::Cell(column)) {
                    *own = column;
                }
            }
            Target::List(path) => {
                let list = at(&mut self.branches, path, || Branch::List { none: None, fields: Vec::new() });
                if let Some(Branch::List { none, .. }) = list {
                    *none = Some(column);
                }
            }
            Target::Field(path, field) => {
                let list = at(&mut self.branches, path, || Branch::List { none: None, fields: Vec::new() });
                if let Some(Branch::List { fields, .. }) = list {
                    let _ = at(fields, field, || Branch::Cell(column));
                }
            }
        }
    }
}

/// What stands at the end of a path of names; made where it is not there.
fn at<'b>(
    branches: &'b mut Vec<(String, Branch)>,
    path: &[String],
    make: impl FnOnce() -> Branch,
) -> Option<&'b mut Branch> {
    let (first, rest) = path.split_first()?;
    let key = serde_json::Value::from(first.as_str()).to_string();
    let known = branches.iter().position(|(own, _)| *own == key);
    if rest.is_empty() && known.is_none() {
        branches.push((key, make()));
        return branches.last_mut().map(|(_, branch)| branch);
    }
    let rank = known.unwrap_or_else(|| {
        branches.push((key, Branch::Group(Vec::new())));
        branches.len() - 1
    });
    match &mut branches.get_mut(rank)?.1 {
        branch if rest.is_empty() => Some(branch),
        Branch::Group(inner) => at(inner, rest, make),
        Branch::Cell(_) | Branch::List { .. } => None,
    }
}

impl Target {
    /// Its path, as a text names it.
    pub(super) fn path(&self) -> String {
        match self {
            Target::Of(path) | Target::List(path) => path.join("."),
            Target::Field(list, field) => format!("{}.{}", list.join("."), field.join(".")),
        }
    }
}

/// What each name of a column may be, folded: a path is of one fact whatever others are called.
pub(super) struct Targets(HashMap<String, Vec<Target>>);

impl Targets {
    pub fn of(policy: &Policy) -> Targets {
        let owned =
            |parts: &[std::sync::Arc<str>]| parts.iter().map(|part| text::tidy(part)).collect::<Vec<_>>();
        let mut paths: HashMap<String, Vec<Target>> = HashMap::new();
        let mut names: Vec<(String, Target)> = Vec::new();
        let mut add = |target: Target, words: &[&str]| {
            paths.insert(text::fold(&target.path()), vec![target.clone()]);
            names.extend(words.iter().map(|word| (text::fold(word), target.clone())));
        };
        for own in OWN {
            add(Target::Of(vec![own.to_owned()]), &[]);
        }
        for reading in &policy.readings {
            add(Target::Of(vec!["lectures".to_owned(), text::tidy(&reading.head.name)]), &[]);
        }
        for fact in &policy.facts {
            let question = fact.ask.question.as_deref().unwrap_or("");
            add(Target::Of(owned(&fact.parts)), &[&fact.label, question]);
        }
        for list in &policy.lists {
            add(Target::List(owned(&list.parts)), &[&list.label, list.question.as_deref().unwrap_or("")]);
        }
        for field in &policy.fields {
            let list = &policy.lists[field.list.index()];
            let target = Target::Field(owned(&list.parts), owned(&field.parts));
            let label = format!("{} : {}", list.label, field.label);
            let short = format!("{}.{}", list.parts.join("."), field.label);
            add(target, &[&label, &short, field.ask.question.as_deref().unwrap_or("")]);
        }
        let mut named: HashMap<String, Vec<Target>> = HashMap::new();
        let unlike = names.into_iter().filter(|(name, _)| !name.is_empty() && !paths.contains_key(name));
        for (name, target) in unlike {
            let own = named.entry(name).or_default();
            if !own.contains(&target) {
                own.push(target);
            }
        }
        paths.extend(named);
        Targets(paths)
    }

    /// Whether a name is of one question alone.
    pub fn is_one(&self, title: &Title) -> bool {
        self.named(title).len() == 1
    }

    /// What a column may be: in the sheet of a list, a field of that list.
    fn named(&self, title: &Title) -> Vec<Target> {
        let known = |name: &str| self.0.get(&text::fold(name)).cloned().unwrap_or_default();
        let Some(list) = &title.list else { return known(title.name.trim()) };
        let own = known(&format!("{list}.{}", title.name.trim()));
        let mut own = if own.is_empty() { known(title.name.trim()) } else { own };
        own.retain(|target| target.is_of(list));
        own
    }

    /// The name that is nearest to a column's.
    fn nearest(&self, title: &Title) -> Option<&str> {
        let known = self.0.iter().filter(|(_, targets)| {
            title.list.as_ref().is_none_or(|list| targets.iter().any(|target| target.is_of(list)))
        });
        text::nearest(title.name.trim(), known.map(|(name, _)| name.as_str()))
    }
}

impl Target {
    /// Whether it is a field of a list.
    fn is_of(&self, path: &str) -> bool {
        matches!(self, Target::Field(list, _) if list.join(".") == path)
    }
}
