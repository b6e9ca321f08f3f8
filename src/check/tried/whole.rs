//! What a share is of, where it is forgotten: « au moins 30 % », « au prorata des mois », which a passage has whole.

use std::sync::Arc;

use super::Trial;
use super::alike::{alike, content};
use crate::diagnostic::{Diagnostic, Edit, Remedy};
use crate::source::Span;
use crate::syntax::turns;

/// So many names are tried.
const MOST_NAMES: usize = 12;
/// So many are told.
const MOST_TOLD: usize = 2;

impl Trial<'_> {
    /// `perte ≥ 30 %`, where the passage has « 30 % de la valeur du stock ».
    pub(super) fn share(&mut self, diagnostic: &mut Diagnostic) -> Option<String> {
        let compared = diagnostic.message.ends_with("un pourcentage ne s'y compare pas");
        let place = diagnostic.labels.first().filter(|_| compared)?.span;
        let figure = self.file.slice(place).to_owned();
        let number = figure.strip_suffix('%')?;
        if !number.starts_with(|c: char| c.is_ascii_digit()) || number.contains(char::is_alphabetic) {
            return None;
        }
        let line = self.file.text().get(self.start..self.end)?.to_owned();
        let passages = self.passages();
        let plain = figure.split_whitespace().collect::<Vec<_>>().join(" ");
        let after: Vec<Vec<String>> = passages
            .iter()
            .filter_map(|said| said.split_once(&plain))
            .map(|(_, after)| content(after))
            .collect();
        let all: Vec<Vec<String>> = passages.iter().map(|said| content(said)).collect();
        // The names that follow the figure, then the others that the passage holds.
        let follows = |name: &[String]| {
            after
                .iter()
                .any(|said| said.len() >= name.len() && said.iter().zip(name).all(|(a, b)| alike(a, b)))
        };
        let held = |name: &[String]| {
            all.iter().any(|said| name.iter().all(|own| said.iter().any(|word| alike(word, own))))
        };
        let names = self
            .declared
            .names
            .iter()
            .filter(|(name, words)| !words.is_empty() && !line.contains(name.as_str()) && held(words));
        let mut names: Vec<(bool, String)> =
            names.map(|(name, words)| (follows(words), name.clone())).collect();
        names.sort_by_key(|(follows, name)| (!follows, std::cmp::Reverse(name.len())));
        let mut found: Vec<(bool, String, String)> = Vec::new();
        for (follows, name) in names.into_iter().take(MOST_NAMES) {
            let says = format!("{figure} {}{name}", of(&name));
            let mut text = self.file.text().to_owned();
            text.replace_range(place.range(), &says);
            if self.mends(&text) {
                found.push((follows, says, text));
                if follows {
                    break;
                }
            }
        }
        if found.iter().any(|(follows, ..)| *follows) {
            found.retain(|(follows, ..)| *follows);
        }
        if found.is_empty() || found.len() > MOST_TOLD {
            diagnostic.help = Some(format!("un pourcentage de quoi ? le dire : « {figure} de … »"));
            return None;
        }
        let quoted: Vec<String> = found.iter().map(|(_, says, _)| format!("« {says} »")).collect();
        let cited = if found.iter().all(|(follows, ..)| *follows) {
            ", comme le dit le passage cité"
        } else {
            ", selon le texte"
        };
        diagnostic.help = Some(format!("un pourcentage de quoi ? écrire {}{cited}", quoted.join(" ou ")));
        diagnostic.remedies = found
            .iter()
            .map(|(_, says, _)| Remedy {
                label: format!("écrire « {says} »"),
                edits: vec![Edit { file: Arc::clone(self.file), span: place, text: says.clone() }],
            })
            .collect();
        let alone = found.len() == 1;
        found.pop().filter(|_| alone).map(|(.., text)| text)
    }

    /// `120 € au prorata de mois`, without « sur »: what a passage has there, « sur douze ».
    pub(super) fn total(&mut self, diagnostic: &mut Diagnostic) -> Option<String> {
        let line = self.file.text().get(self.start..self.end)?.to_owned();
        let place = diagnostic.labels.first()?.span;
        let at = line.rfind("au prorata d")?;
        let end = (place.start as usize).checked_sub(self.start).filter(|end| *end > at)?;
        let said = line.get(at..end)?.trim_end();
        if said.contains(" sur ") || !diagnostic.message.contains("« sur »") {
            return None;
        }
        let span = Span::new(self.start + at, self.start + at + said.len());
        let figures = self.passages().into_iter().flat_map(|passage| {
            let after: Vec<String> = passage.split(" sur ").skip(1).map(str::to_owned).collect();
            after.into_iter().filter_map(|after| {
                turns::number(after.split([' ', ',', '.', ';']).next()?).map(str::to_owned)
            })
        });
        let figure = figures.into_iter().next();
        diagnostic.code = "signe-manquant";
        diagnostic.message = "il manque « sur » et le total auquel « au prorata de » se rapporte".to_owned();
        diagnostic.labels.truncate(1);
        if let Some(label) = diagnostic.labels.first_mut() {
            (label.span, label.text) = (span, String::new());
        }
        if let Some(figure) = figure {
            let mut text = self.file.text().to_owned();
            let says = format!("{said} sur {figure}");
            text.replace_range(span.range(), &says);
            if self.mends(&text) {
                let label = format!("écrire « {says} »");
                diagnostic.help = Some(format!("{label}, comme le dit le passage cité"));
                let edits = vec![Edit { file: Arc::clone(self.file), span, text: says }];
                diagnostic.remedies = vec![Remedy { label, edits }];
                return Some(text);
            }
        }
        diagnostic.help = Some(format!("ajouter « sur » et ce total, par exemple « {said} sur 12 »"));
        None
    }

    /// The passages that the item of the line quotes.
    pub(super) fn passages(&self) -> Vec<String> {
        let text = self.file.text();
        let from = text.get(..self.start).and_then(|before| before.rfind("\n\n")).unwrap_or(0);
        let rest = text.get(from..).unwrap_or("").trim_start();
        let block = rest.split("\n\n").next().unwrap_or("");
        let quoted = block.split(['«', '»']).skip(1).step_by(2);
        let plain = |said: &str| said.split_whitespace().collect::<Vec<_>>().join(" ").replace(", ", " ");
        quoted.map(plain).collect()
    }
}

/// « de », « d' », before a name.
fn of(name: &str) -> &'static str {
    let first = crate::text::plain_letters(name);
    if first.starts_with(['a', 'e', 'i', 'o', 'u', 'y']) { "d'" } else { "de " }
}
