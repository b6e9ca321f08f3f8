//! Fields of elements under an amount that is of none: the line « pour chaque … » is missing.

use std::collections::HashSet;

use super::{Change, Search};
use crate::check::tried::{Key, key};
use crate::diagnostic::Diagnostic;
use crate::source::Span;
use crate::syntax::tree::{Document, ItemKind, TypeExpr};
use crate::wording::french::singular;

impl Search<'_> {
    /// `montant tarif × jours`, both of each element: one line is missing, whatever the number of names.
    pub(super) fn each_left_out(
        &mut self,
        document: &Document,
        all: &[Diagnostic],
    ) -> Option<(Change, HashSet<Key>)> {
        let facts = document.items.iter().filter_map(|item| match &item.kind {
            ItemKind::Dossier(facts) => Some(facts),
            _ => None,
        });
        let lists: Vec<String> = facts
            .flatten()
            .filter(|fact| fact.ty == TypeExpr::List)
            .map(|fact| fact.path.text.to_string())
            .collect();
        let alone = document.items.iter().filter(|item| {
            matches!(&item.kind, ItemKind::Funding(own) | ItemKind::Contribution(own) if own.each.is_none())
        });
        alone.into_iter().find_map(|item| {
            let within = |one: &&Diagnostic| {
                let place = one.labels.first().map_or(Span::default(), |label| label.span);
                one.is_error() && item.whole.start <= place.start && place.end <= item.whole.end
            };
            let wrong: Vec<&Diagnostic> = all.iter().filter(within).collect();
            let unknown: Vec<&Diagnostic> =
                wrong.iter().filter(|one| one.code == "nom-inconnu").copied().collect();
            let said = |one: &&Diagnostic| one.labels.first().map(|label| self.file.slice(label.span));
            let names: Vec<&str> = unknown.iter().filter_map(said).collect();
            let of = |list: &&String| {
                let own = |name: &&str| {
                    let whole = format!("{list}.{name}");
                    let fact = self.text.contains(&format!("\n  {whole} "));
                    fact || self.text.contains(&format!("\ndéfinition {whole}"))
                };
                names.iter().all(own)
            };
            let list = lists.iter().find(of).filter(|_| names.len() > 1 && names.len() == wrong.len())?;
            let mut told: Vec<String> = names.iter().map(|name| format!("« {name} »")).collect();
            told.dedup();
            let last = told.pop()?;
            let said = if told.is_empty() { last } else { format!("{} et {last}", told.join(", ")) };
            let message = format!("{said} sont propres à chaque élément de « {list} »");
            let help = format!(
                "ajouter au-dessus une ligne « pour chaque {} », avec « dont … » si le texte n'en retient que certains",
                singular(list)
            );
            let place = unknown.first()?.labels.first()?.span;
            let mut change = Change::new("nom-inconnu", message, place, Vec::new(), help);
            change.remedies.clear();
            let left = all.iter().filter(|one| !wrong.iter().any(|own| key(own) == key(one))).map(key).collect();
            Some((change, left))
        })
    }
}
