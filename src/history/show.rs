//! The consolidated text of a day, in the language itself: each item with the text that it comes from.

use std::fmt::Write as _;
use std::sync::Arc;

use super::compose::Draft;
use super::parts::{Part, Role};
use super::{Edition, History, say};
use crate::diagnostic::Diagnostic;
use crate::policy::called;
use crate::source::{Piece, SourceFile};
use crate::syntax;
use crate::syntax::tree::ItemKind;

impl History {
    /// The text of an edition, laid out; above each item that an amendment put there, which one.
    ///
    /// # Errors
    ///
    /// What is wrong with it.
    pub fn show(&self, edition: &Edition) -> Result<String, Vec<Diagnostic>> {
        self.consolidated(edition).policy()?;
        let draft = Draft::of(self, edition);
        let mut text = self.head(edition, &draft);
        text.push_str(&self.header(edition, &draft));
        for part in &draft.parts {
            append(&mut text, &part.lead);
            if matches!(part.role, Role::Thing(..)) && part.by != edition.base {
                let _ = writeln!(text, "# {}", self.origin(edition, part));
            }
            append(&mut text, &part.body);
            if !text.ends_with('\n') {
                text.push('\n');
            }
        }
        let name = self.texts[edition.base].file.called();
        let text = without_files(SourceFile::new(name, text));
        syntax::format(&SourceFile::new(name, text))
    }

    /// Which texts it is made of, and what of them is not applied.
    fn head(&self, edition: &Edition, draft: &Draft<'_>) -> String {
        let mut lines = vec![format!("Texte consolidé de « {} », {}.", self.id(), say::days(edition.days))];
        let base = &self.texts[edition.base];
        let since = base
            .from()
            .map_or_else(String::new, |from| format!(", en vigueur depuis le {}", say::date(from)));
        lines.push(format!("Sans autre mention, chaque élément vient du texte de base{since}."));
        for rank in &edition.in_force {
            let text = &self.texts[*rank];
            let title = format!("{} (« {} »)", called(text.number()), text.title());
            if !edition.applied.contains(rank) {
                let scope = text.scope_words().join(" et ");
                lines.push(format!(
                    "N'est pas appliqué ici {title}, qui ne va qu'aux dossiers dont : {scope}."
                ));
            } else if text.is_scoped() {
                let scope = text.scope_words().join(" et ");
                lines.push(format!("Est appliqué {title}, qui ne va qu'aux dossiers dont : {scope}."));
            }
        }
        for (kind, name, by, _) in &draft.repealed {
            let by = self.texts[*by].number();
            lines.push(format!("Abrogé par {} : {} {name}.", called(by), kind.word()));
        }
        lines.iter().fold(String::new(), |text, line| text + &format!("# {line}\n")) + "\n"
    }

    /// The header; of drafts that are tried, the text says that it is one.
    fn header(&self, edition: &Edition, draft: &Draft<'_>) -> String {
        let mut text = String::new();
        append(&mut text, &draft.header());
        let of_drafts = edition.applied.iter().any(|rank| self.texts[*rank].is_draft());
        if of_drafts && !self.texts[edition.base].is_draft() {
            text.push_str("  statut projet\n");
        }
        text
    }

    fn origin(&self, edition: &Edition, part: &Part) -> String {
        let text = &self.texts[part.by];
        let name = match text.number() {
            Some(number) => format!("avenant n° {number}"),
            None => "texte de base".to_owned(),
        };
        let since = text
            .from()
            .map_or_else(String::new, |from| format!(", en vigueur depuis le {}", say::date(from)));
        let draft = if text.is_draft() { ", projet" } else { "" };
        let aside =
            if edition.applied.contains(&part.by) { "" } else { ", non appliqué : dit s'il s'applique" };
        format!("{name}{since}{draft}{aside}")
    }
}

/// Without the files of the sources: what is shown stands where it is put, the files beside the texts that
/// name them.
fn without_files(file: Arc<SourceFile>) -> String {
    let (document, _) = syntax::parse(&file);
    let files = document.items.iter().filter_map(|item| {
        let ItemKind::Source(source) = &item.kind else { return None };
        Some((source.title.span.end, source.file.as_ref()?.span.end))
    });
    let mut text = file.text().to_owned();
    let cuts: Vec<_> = files.map(|(from, to)| from as usize..to as usize).collect();
    if cuts.is_empty() {
        return text;
    }
    for cut in cuts.into_iter().rev() {
        text.replace_range(cut, "");
    }
    let (head, rest) = text.split_once("\n\n").unwrap_or((&text, ""));
    format!(
        "{head}\n# Les fichiers des sources ne sont pas repris : leurs passages sont comparés dans les textes d'origine.\n\n{rest}"
    )
}

fn append(text: &mut String, pieces: &[Piece]) {
    for piece in pieces {
        match piece {
            Piece::Of(file, span) => text.push_str(Arc::as_ref(file).slice(*span)),
            Piece::Words(words, ..) => text.push_str(words),
        }
    }
}
