//! All that is to be said of the texts of an identifier: mistakes, what rules say otherwise than the passages that
//! they quote, passages that are not in their source. `conforme check`, `conforme watch` and editors say the same.

use std::sync::Arc;

use crate::concordance::{self, source_text};
use crate::diagnostic::{Diagnostic, Severity};
use crate::history::History;
use crate::policy::Policy;
use crate::source::SourceFile;

/// Gives the text of a source's file, by the file that declares the source and the path that it writes.
pub type Sources<'s> = &'s dyn Fn(&SourceFile, &str) -> Result<String, Diagnostic>;

/// What is to be said of the texts of one identifier; with `answered`, also the remarks that their author answers.
/// `ids` are all identifiers that are known.
pub fn review(history: &History, ids: &[&str], sources: Sources<'_>, answered: bool) -> Vec<Diagnostic> {
    let of_policy = |policy: &Policy| {
        let damaged = source_text::compare(policy, &mut |file, path| sources(file, path));
        // What a rule says otherwise than words that are not in the source will be seen once they are mended.
        let mut remarks = concord(policy, answered);
        remarks.retain(|remark| {
            !damaged.iter().any(|damage| share_words(damage, remark) || is_in_damaged_clause(damage, remark))
        });
        [damaged, remarks].concat()
    };
    let mut found = history.check(ids, &of_policy);
    keep_the_telling(&mut found);
    found
}

/// What a policy says otherwise than the passages that it quotes; what its author answers only where it is
/// asked for.
fn concord(policy: &Policy, answered: bool) -> Vec<Diagnostic> {
    let shown = |remark: concordance::Remark| match remark.answer {
        None => Some(remark.diagnostic),
        Some(reason) if answered => Some(Diagnostic {
            severity: Severity::Advice,
            help: Some(format!("réponse de l'auteur : {reason}")),
            ..remark.diagnostic
        }),
        Some(_) => None,
    };
    concordance::review(policy).into_iter().filter_map(shown).collect()
}

/// Of two messages that one slip makes, the one that says more.
fn keep_the_telling(found: &mut Vec<Diagnostic>) {
    // What the passage says of a comparison says more than that nobody can meet it.
    let by_passage: Vec<Diagnostic> =
        found.iter().filter(|one| one.code.starts_with("concordance-")).cloned().collect();
    // That nothing reads a fact is said by the remark that names it.
    let named = |one: &Diagnostic| {
        let name = one.message.split_once('«').map(|(_, name)| format!("«{name}"));
        let names = |remark: &Diagnostic, name: &str| {
            // « plafond à la date de achat.fait le » is what to write.
            let dated = format!("à la date de {}", name.trim_matches(['«', '»', ' ']));
            let help = remark.help.as_deref().unwrap_or("");
            remark.message.contains(name) || remark.code == "concordance-date" && help.contains(&dated)
        };
        name.is_some_and(|name| by_passage.iter().any(|remark| names(remark, &name)))
    };
    let unread: Vec<Diagnostic> =
        found.iter().filter(|one| one.code == "jamais-lu" && !named(one)).cloned().collect();
    found.retain(|one| match one.code {
        "critere-impossible" => !by_passage.iter().any(|remark| share_words(remark, one)),
        "jamais-lu" => !named(one),
        // What a passage says and the rule does not is said of the fact that nothing reads.
        "concordance-chiffre" | "concordance-date" => {
            !(one.message.ends_with("la règle n'en dit rien")
                && unread.iter().any(|fact| share_words(fact, one)))
        }
        _ => true,
    });
}

/// Whether two messages show some of the same words.
fn share_words(a: &Diagnostic, b: &Diagnostic) -> bool {
    a.labels.iter().any(|a| {
        b.labels
            .iter()
            .any(|b| Arc::ptr_eq(&a.file, &b.file) && a.span.start < b.span.end && b.span.start < a.span.end)
    })
}

/// Whether a remark is about a clause of a passage that has words which are not in the source: what they should be may
/// change what the whole of it says, « au moins » or « plus de » before a figure.
fn is_in_damaged_clause(damage: &Diagnostic, remark: &Diagnostic) -> bool {
    const ENDS: [&str; 6] = ["«", "»", ";", ". ", ".\n", "…"];
    damage.code == "citation-absente"
        && damage.labels.iter().any(|a| {
            remark.labels.iter().filter(|b| Arc::ptr_eq(&a.file, &b.file)).any(|b| {
                let (first, last) = if a.span.start < b.span.start { (a, b) } else { (b, a) };
                let between = first.file.text().get(first.span.end as usize..last.span.start as usize);
                between.is_some_and(|between| !ENDS.iter().any(|end| between.contains(end)))
            })
        })
}
