//! The rules of a policy, one after the other as its text has them.

use crate::policy::{
    DefinitionId, Derogation, ExprId, ExprKind, FundingId, Head, ItemRef, ParameterId, Policy, Reach,
    ReadingId,
};
use crate::render::Lang;
use crate::render::document::anchor;
use crate::workshop::Subject;

/// A rule with its name.
pub(super) struct Entry<'p> {
    /// What it is called: « critère seuil d'adhésion ».
    pub(super) name: String,
    pub(super) what: What,
    pub(super) head: &'p Head,
    /// Of each element of a list: the list, and what people read of it there.
    of_each: Option<(String, String)>,
    /// Its expressions.
    pub(super) roots: Vec<ExprId>,
}

/// What a rule is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum What {
    Item(ItemRef),
    Definition(DefinitionId),
    Parameter(ParameterId),
    /// By rank.
    Coherence(usize),
}

/// What a rule names of other rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Named {
    Item(ItemRef),
    Definition(DefinitionId),
    Parameter(ParameterId),
    Reading(ReadingId),
}

impl Entry<'_> {
    /// All that a text says itself, in its order.
    pub(super) fn all(policy: &Policy) -> Vec<Entry<'_>> {
        let mut entries: Vec<Entry<'_>> = Vec::new();
        for item in policy.items().filter(|item| policy.decision.stated || *item != ItemRef::Decision) {
            let name = match item {
                ItemRef::Decision => format!("décision {}", policy.decision.head.name),
                _ => Subject::Item(item).name(policy),
            };
            entries.push(Entry {
                name: name.trim_end().to_owned(),
                what: What::Item(item),
                head: policy.head(item),
                of_each: None,
                roots: policy.roots(item),
            });
        }
        for (id, definition) in
            (0..).map(DefinitionId).zip(&policy.definitions).filter(|(_, own)| !own.result)
        {
            entries.push(Entry {
                name: format!("définition {}", definition.head.name),
                what: What::Definition(id),
                head: &definition.head,
                of_each: definition
                    .list
                    .map(|list| (policy.lists[list.index()].label.to_string(), definition.label.to_string())),
                roots: definition.applies.into_iter().chain([definition.body]).collect(),
            });
        }
        for (id, parameter) in (0..).map(ParameterId).zip(&policy.parameters) {
            entries.push(Entry {
                name: format!("paramètre {}", parameter.head.name),
                what: What::Parameter(id),
                head: &parameter.head,
                of_each: None,
                roots: Vec::new(),
            });
        }
        for (rank, coherence) in policy.coherences.iter().enumerate().filter(|(_, own)| !own.implied) {
            entries.push(Entry {
                name: format!("cohérence {}", coherence.head.name),
                what: What::Coherence(rank),
                head: &coherence.head,
                of_each: None,
                roots: vec![coherence.condition],
            });
        }
        // What stands for a part of a rule is told with it.
        let within = |entry: &Entry<'_>| {
            let at = entry.head.span;
            let holds =
                |head: &Head| head.whole.start <= at.start && at.end <= head.whole.end && head.span != at;
            let alone = matches!(entry.what, What::Definition(_));
            alone && policy.items().any(|item| holds(policy.head(item)) || policy.head(item).span == at)
        };
        entries.retain(|entry| policy.is_own(entry.head.span) && !within(entry));
        entries.sort_by_key(|entry| entry.head.span);
        entries
    }

    /// Its name as a title: « Critère « seuil d'adhésion » ».
    pub(super) fn title(&self, lang: Lang) -> String {
        match &self.of_each {
            Some((list, label)) => {
                let whole = title("définition", "", lang);
                format!("{whole} {} ({list})", lang.quoted(label))
            }
            None => title(&self.name, &self.head.name, lang),
        }
    }

    /// The name of its place.
    pub(super) fn anchor(&self) -> String {
        anchor(&self.name)
    }

    /// The exceptions that it has.
    pub(super) fn unless<'p>(&self, policy: &'p Policy) -> &'p [Derogation] {
        match self.what {
            What::Item(ItemRef::Criterion(id)) => &policy.criteria[id.index()].unless,
            What::Item(ItemRef::Funding(id)) => &policy.fundings[id.index()].unless,
            What::Item(ItemRef::Obligation(id)) => &policy.obligations[id.index()].unless,
            What::Item(_) | What::Definition(_) | What::Parameter(_) | What::Coherence(_) => &[],
        }
    }

    /// The rules that it names itself.
    pub(super) fn names(&self, policy: &Policy) -> Vec<Named> {
        let mut named = Vec::new();
        self.roots.iter().for_each(|root| names(policy, *root, &mut named));
        named.retain(|one| Some(*one) != self.own());
        named
    }

    fn own(&self) -> Option<Named> {
        match self.what {
            What::Item(item) => Some(Named::Item(item)),
            What::Definition(id) => Some(Named::Definition(id)),
            What::Parameter(id) => Some(Named::Parameter(id)),
            What::Coherence(_) => None,
        }
    }

    /// All that it rests on, near and far.
    pub(super) fn reach(&self, policy: &Policy) -> Reach {
        let mut reach = Reach::default();
        self.roots.iter().for_each(|root| reach.add_expr(policy, *root));
        reach
    }
}

fn names(policy: &Policy, id: ExprId, named: &mut Vec<Named>) {
    let kind = &policy.exprs.get(id).kind;
    let own = match kind {
        ExprKind::Definition(id) => Some(match result(policy, *id) {
            Some(funding) => Named::Item(ItemRef::Funding(funding)),
            None => Named::Definition(*id),
        }),
        ExprKind::Parameter { parameter, .. } => Some(Named::Parameter(*parameter)),
        ExprKind::Reading(id) => Some(Named::Reading(*id)),
        ExprKind::Holds(item) => Some(Named::Item(*item)),
        ExprKind::AmountOf(id) => Some(Named::Item(ItemRef::Funding(*id))),
        _ => None,
    };
    if let Some(own) = own.filter(|own| !named.contains(own)) {
        named.push(own);
    }
    kind.for_each_operand(&mut |operand| names(policy, operand, named));
}

/// A result stands among the items under the name that others read it by.
fn result(policy: &Policy, id: DefinitionId) -> Option<FundingId> {
    let definition = &policy.definitions[id.index()];
    if !definition.result {
        return None;
    }
    (0..)
        .map(FundingId)
        .zip(&policy.fundings)
        .find(|(_, own)| own.head.name == definition.head.name)
        .map(|(id, _)| id)
}

/// A kind with its own name in quotation marks.
pub(super) fn title(whole: &str, own: &str, lang: Lang) -> String {
    let kind = whole.strip_suffix(own).unwrap_or(whole).trim_end();
    let mut letters = kind.chars();
    let first: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
    let kind = format!("{first}{}", letters.as_str());
    if own.is_empty() { kind } else { format!("{kind} {}", lang.quoted(own)) }
}
