//! What one version has of another: items by their name, places of the dossier by their path.

use crate::decision::MissingPlace;
use crate::policy::{FactId, FieldId, ItemRef, ListId, Policy};

/// The item of one policy that has the name of an item of another.
pub(super) fn counterpart(other: &Policy, policy: &Policy, item: ItemRef) -> Option<ItemRef> {
    let name = &policy.head(item).name;
    other.items().find(|candidate| {
        std::mem::discriminant(candidate) == std::mem::discriminant(&item)
            && (item == ItemRef::Decision || other.head(*candidate).name == *name)
    })
}

/// The fact or the list of this path.
pub(super) fn place_of(policy: &Policy, path: &str) -> Option<MissingPlace> {
    let fact = (0..).map(FactId).zip(&policy.facts).find(|(_, fact)| *fact.path == *path);
    let list = || (0..).map(ListId).zip(&policy.lists).find(|(_, list)| *list.path == *path);
    fact.map(|(id, _)| MissingPlace::Fact(id)).or_else(|| list().map(|(id, _)| MissingPlace::List(id)))
}

/// A place of one policy in another.
pub(super) fn same_place(own: &Policy, place: MissingPlace, policy: &Policy) -> Option<MissingPlace> {
    match place {
        MissingPlace::Fact(fact) => place_of(policy, &own.facts[fact.index()].path),
        MissingPlace::List(list) => place_of(policy, &own.lists[list.index()].path),
        MissingPlace::Cell { row, field } => {
            let field = &own.fields[field.index()];
            let list = &own.lists[field.list.index()].path;
            let same = (0..).map(FieldId).zip(&policy.fields).find(|(_, other)| {
                other.name == field.name && policy.lists[other.list.index()].path == *list
            });
            same.map(|(field, _)| MissingPlace::Cell { row, field })
        }
    }
}
