//! The data that were treated, and where each comes from.

use crate::decision::MissingPlace;
use crate::dossier::{Answer, Given, Origin};
use crate::known::Known;
use crate::papers::fill::{Fill, blank, sentence};
use crate::policy::{FactId, ListId};
use crate::render::document::{Block, Cell, Grid};
use crate::render::words::one_line;

/// Where an answer comes from that says nothing more.
const DECLARED: &str = "déclaré dans le dossier";

impl Fill<'_> {
    /// The answers, those of lists each in a table of its own, and what has none.
    pub(super) fn data(&self) -> Vec<Block> {
        let words = self.words();
        let mut rows = vec![vec![
            Cell::plain("date d'examen"),
            Cell::plain(words.date(self.decision().examined_on)),
            Cell::plain(match words.dossier.examined_on {
                Some(day) if day == self.decision().examined_on => "inscrite au dossier",
                Some(_) | None => "fixée par l'autorité",
            }),
        ]];
        for (id, given) in (0..).map(FactId).zip(&words.dossier.facts) {
            let place = MissingPlace::Fact(id);
            let Some(value) = self.answered(place, given) else { continue };
            let source = self.source(place, given.origin.as_deref());
            rows.push(vec![Cell::plain(words.listed(place)), Cell::plain(value), Cell::plain(source)]);
        }
        let heads = ["Donnée", "Valeur", "Source"].map(str::to_owned).to_vec();
        let mut blocks = vec![Block::Grid(Grid { caption: "Réponses du dossier".to_owned(), heads, rows })];
        blocks.extend(
            (0..words.dossier.lists.len()).filter_map(|rank| self.list(ListId(u32::try_from(rank).ok()?))),
        );
        let named: Vec<String> = (words.policy.lists.iter().zip(&words.dossier.lists))
            .filter(|(_, rows)| rows.as_ref().is_some_and(|rows| !rows.cells.is_empty()))
            .map(|(list, _)| words.quoted(&list.label))
            .collect();
        if !named.is_empty() {
            let listed = words.list(&named, ("et", "and"));
            blocks.push(Block::Para(blank(&format!(
                "avant communication, occulter ce qui touche d'autres personnes dans {listed} (articles L. 311-6 et \
                 L. 311-7)"
            ))));
        }
        let missing = self.decision().missing.iter().map(|missing| missing.place);
        let missing = missing.chain(self.decision().without_effect.iter().copied());
        let missing: Vec<String> = missing.map(|place| words.quoted(&words.listed(place))).collect();
        if !missing.is_empty() {
            blocks.push(Block::Para(sentence(
                &words.pair("Sans réponse", &words.list(&missing, ("et", "and"))),
            )));
        }
        blocks
    }

    /// The elements of a list, one on a line.
    fn list(&self, list: ListId) -> Option<Block> {
        let words = self.words();
        let rows = words.dossier.list(list)?;
        let declared = &words.policy.lists[list.index()];
        let caption = declared.label.to_string();
        let width = declared.fields.len();
        if rows.cells.is_empty() || width == 0 {
            let count = match rows.spans.len() {
                0 => "aucun".to_owned(),
                n => n.to_string(),
            };
            return Some(Block::Para(sentence(&format!("{} ({DECLARED})", words.pair(&caption, &count)))));
        }
        let mut heads = vec!["Rang".to_owned()];
        heads.extend(
            declared
                .fields
                .iter()
                .map(|field| crate::phrase::alone(&words.policy.fields[field.index()].label)),
        );
        let (mut lines, mut all): (Vec<Vec<Cell>>, Vec<String>) = (Vec::new(), Vec::new());
        for (rank, cells) in rows.cells.chunks(width).enumerate() {
            let row = u32::try_from(rank).unwrap_or(u32::MAX);
            let mut line = vec![Cell::plain((rank + 1).to_string())];
            let mut sources: Vec<String> = Vec::new();
            for (field, given) in declared.fields.iter().zip(cells) {
                let place = MissingPlace::Cell { row, field: *field };
                let value = self.answered(place, given);
                if value.is_some() {
                    let source = self.source(place, given.origin.as_deref().or(rows.origin.as_deref()));
                    if !sources.contains(&source) {
                        sources.push(source);
                    }
                }
                line.push(Cell::plain(value.unwrap_or_else(|| "–".to_owned())));
            }
            all.push(sources.join(" ; "));
            lines.push(line);
        }
        // What all of them come from is said once.
        let caption = match all.split_first() {
            Some((first, others)) if others.iter().all(|other| other == first) => {
                format!("{caption} ({first})")
            }
            Some(_) | None => {
                heads.push("Source".to_owned());
                for (line, source) in lines.iter_mut().zip(all) {
                    line.push(Cell::plain(source));
                }
                caption
            }
        };
        Some(Block::Grid(Grid { caption, heads, rows: lines }))
    }

    /// An answer in words; nothing where there is none.
    fn answered(&self, place: MissingPlace, given: &Given) -> Option<String> {
        match &given.answer {
            Answer::Known(value) => Some(self.words().known_at(place, &Known::exactly(value))),
            Answer::NotYet => Some("pas encore".to_owned()),
            Answer::Missing => None,
        }
    }

    fn source(&self, place: MissingPlace, origin: Option<&Origin>) -> String {
        let words = self.words();
        if words.judge(place).is_some() {
            return format!("appréciation de l'autorité {}", self.by_whom(origin));
        }
        let Some(origin) = origin else { return DECLARED.to_owned() };
        let from = origin.source.as_deref().map(|from| format!("d'après {}", words.quoted(&one_line(from))));
        let on = origin.as_of.map(|day| format!("au {}", words.date(day)));
        let by = origin.by.as_deref().map(|by| format!("par {}", one_line(by)));
        let why = origin.reason.as_deref().map(|why| words.quoted(&one_line(why)));
        let parts = [from, on, by, why].into_iter().flatten();
        std::iter::once(DECLARED.to_owned()).chain(parts).collect::<Vec<_>>().join(", ")
    }
}
