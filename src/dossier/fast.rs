//! The quick way through a well-formed JSON dossier, straight into the slots of the policy.
//!
//! Nearly all the time of a decision goes into reading its dossier. This reader goes through the text
//! once, builds no tree, and copies texts only. It knows ordinary dossiers only: at the least doubt
//! (a key that nothing declares, an answer that would be sent back, a repeated key, `attendu`) it
//! gives up, and the general reader starts afresh, reads or explains. Both read answers with the
//! same functions ([`scalar`]); that they agree is tried on generated dossiers.

use std::sync::Arc;

use super::json::{Json, Token};
use super::paths::{Leaf, Node, Paths};
use super::scalar;
use super::{Answer, Dossier, Given, Origin, Place, Retained, Rows};
use crate::limits;
use crate::policy::item::{Field, Question};
use crate::policy::{ListId, Policy, ReadingId};
use crate::source::{SourceFile, Span};
use crate::value::Value;

/// Reads the dossier; `None`: the general reader is to read it.
pub(super) fn read(policy: &Policy, paths: &Paths, file: &Arc<SourceFile>) -> Option<Dossier> {
    let text = file.text();
    if !text.starts_with('{') {
        return None;
    }
    let mut reader = Reader {
        policy,
        paths,
        json: Json::new(text),
        dossier: Dossier::empty(policy, Arc::clone(file)),
        met: vec![0; paths.len()],
        current: DOSSIER,
        elements: DOSSIER,
        own: 0,
    };
    reader.top()?;
    (reader.json.at_end() && reader.no_repeated_values()).then_some(reader.dossier)
}

/// The number of the dossier itself among the elements.
const DOSSIER: u32 = 1;

struct Reader<'r> {
    policy: &'r Policy,
    paths: &'r Paths,
    json: Json<'r>,
    dossier: Dossier,
    /// By node: the element in which it was met last.
    met: Vec<u32>,
    /// The number of what is being read: the dossier, or an element.
    current: u32,
    /// Elements met so far, the dossier among them.
    elements: u32,
    /// The dossier's own keys that were met, a bit each.
    own: u8,
}

impl<'r> Reader<'r> {
    fn top(&mut self) -> Option<()> {
        let mut open = self.json.open(b'{')?;
        let mut expected = 0;
        while let Some(key) = self.json.key(&mut open)? {
            match &*key.text {
                "dispositif" => {
                    let id = self.own_scalar(1)?;
                    let same = scalar::is_missing(&id.text, id.quoted) || *id.text == *self.policy.id;
                    same.then_some(())?;
                }
                "dossier" => {
                    let name = self.own_scalar(2)?;
                    self.dossier.name = free_text(&name)?;
                }
                "examiné le" => {
                    let date = self.own_scalar(4)?;
                    self.dossier.examined_on = own_date(&date)?;
                }
                "lectures" => {
                    self.own_once(8)?;
                    self.readings()?;
                }
                "attendu" => return None,
                name => {
                    let node = self.paths.expect(Paths::TOP, name, &mut expected)?;
                    self.at_node(node, key.span)?;
                }
            }
        }
        Some(())
    }

    fn own_once(&mut self, bit: u8) -> Option<()> {
        let first = self.own & bit == 0;
        self.own |= bit;
        first.then_some(())
    }

    fn own_scalar(&mut self, bit: u8) -> Option<Token<'r>> {
        self.own_once(bit)?;
        self.json.scalar()
    }

    /// Reads what stands at a node of the dossier.
    fn at_node(&mut self, node: Node, key: Span) -> Option<()> {
        self.once(node)?;
        match self.paths.leaf(node) {
            Some(Leaf::Fact(fact)) => {
                let given = self.answer(&self.policy.facts[fact.index()].ask, node, key)?;
                self.dossier.facts[fact.index()] = given;
                Some(())
            }
            Some(Leaf::List(list)) => self.list(list, key),
            Some(Leaf::Field(_)) => None,
            None => self.group(node, |reader, child, key| reader.at_node(child, key)),
        }
    }

    /// A name is met once in the dossier, or in an element.
    fn once(&mut self, node: Node) -> Option<()> {
        let met = self.met.get_mut(node.index())?;
        (std::mem::replace(met, self.current) != self.current).then_some(())
    }

    fn group(&mut self, node: Node, mut read: impl FnMut(&mut Self, Node, Span) -> Option<()>) -> Option<()> {
        if self.json.next()? != b'{' {
            return self.nothing();
        }
        let mut open = self.json.open(b'{')?;
        let mut expected = 0;
        while let Some(key) = self.json.key(&mut open)? {
            let child = self.paths.expect(node, &key.text, &mut expected)?;
            read(self, child, key.span)?;
        }
        Some(())
    }

    /// A value that says nothing.
    fn nothing(&mut self) -> Option<()> {
        let token = self.json.scalar()?;
        scalar::is_missing(&token.text, token.quoted).then_some(())
    }

    fn answer(&mut self, ask: &Question, node: Node, key: Span) -> Option<Given> {
        let (token, origin) = match self.json.next()? {
            b'{' if !self.paths.is_group(node) => self.attributed()?,
            _ => (self.json.scalar()?, None),
        };
        let answer = scalar::answer(self.policy, ask, &token.text, token.quoted).ok()?;
        Some(Given::at(answer, key, token.span, origin))
    }

    /// `{valeur, source, au, par, motif}`.
    fn attributed(&mut self) -> Option<(Token<'r>, Option<Box<Origin>>)> {
        let mut open = self.json.open(b'{')?;
        let mut value = None;
        let mut origin = Origin::default();
        let mut met = 0u8;
        while let Some(key) = self.json.key(&mut open)? {
            let token = self.json.scalar()?;
            let bit = match &*key.text {
                "valeur" => {
                    value = Some(token);
                    1
                }
                "source" => {
                    origin.source = free_text(&token)?;
                    2
                }
                "au" => {
                    origin.as_of = own_date(&token)?;
                    4
                }
                "par" => {
                    origin.by = free_text(&token)?;
                    8
                }
                "motif" => {
                    origin.reason = free_text(&token)?;
                    16
                }
                _ => return None,
            };
            if met & bit != 0 {
                return None;
            }
            met |= bit;
        }
        Some((value?, (origin != Origin::default()).then(|| Box::new(origin))))
    }

    fn readings(&mut self) -> Option<()> {
        if self.json.next()? != b'{' {
            return self.nothing();
        }
        let policy = self.policy;
        let mut open = self.json.open(b'{')?;
        while let Some(key) = self.json.key(&mut open)? {
            let (id, reading) =
                (0..).map(ReadingId).zip(&policy.readings).find(|(_, r)| *r.head.name == *key.text)?;
            if self.dossier.readings[id.index()].is_some() {
                return None;
            }
            let (token, origin) = match self.json.next()? {
                b'{' => self.attributed()?,
                _ => (self.json.scalar()?, None),
            };
            if scalar::is_missing(&token.text, token.quoted) {
                continue;
            }
            let option = scalar::option(&policy.choices[reading.choice.index()].options, &token.text)?;
            let place = Some(Place { key: key.span, value: token.span });
            self.dossier.readings[id.index()] = Some(Retained { option, place, origin });
        }
        Some(())
    }

    fn list(&mut self, list: ListId, key: Span) -> Option<()> {
        match self.json.next()? {
            b'[' => {}
            b'{' => return None,
            _ => return self.nothing(),
        }
        let width = self.policy.lists[list.index()].fields.len();
        let node = self.paths.element(list);
        let mut rows = Rows { key, ..Rows::default() };
        let mut open = self.json.open(b'[')?;
        while self.json.more(&mut open, b']')? {
            self.elements += 1;
            self.current = self.elements;
            let start = rows.cells.len();
            rows.cells.resize_with(start + width, Given::default);
            rows.spans.push(self.element(node, rows.cells.get_mut(start..)?)?);
            if rows.spans.len() > limits::LIST_LENGTH {
                return None;
            }
        }
        self.dossier.lists[list.index()] = Some(rows);
        self.current = DOSSIER;
        Some(())
    }

    fn element(&mut self, node: Node, cells: &mut [Given]) -> Option<Span> {
        let mut open = self.json.open(b'{')?;
        let mut expected = 0;
        while let Some(key) = self.json.key(&mut open)? {
            let child = self.paths.expect(node, &key.text, &mut expected)?;
            self.cell(child, key.span, cells)?;
        }
        Some(self.json.span(&open))
    }

    fn cell(&mut self, node: Node, key: Span, cells: &mut [Given]) -> Option<()> {
        self.once(node)?;
        match self.paths.leaf(node) {
            Some(Leaf::Field(field)) => {
                let field = &self.policy.fields[field.index()];
                *cells.get_mut(field.rank as usize)? = self.answer(&field.ask, node, key)?;
                Some(())
            }
            Some(Leaf::Fact(_) | Leaf::List(_)) => None,
            None => self.group(node, |reader, child, key| reader.cell(child, key, cells)),
        }
    }

    /// Whether the elements of each list give different values to its `unique` fields.
    fn no_repeated_values(&self) -> bool {
        let lists = &self.dossier.lists;
        self.policy.fields.iter().filter(|field| field.unique).all(|field| {
            let Some(rows) = lists.get(field.list.index()).and_then(Option::as_ref) else { return true };
            all_differ(rows, field, self.policy.lists[field.list.index()].fields.len())
        })
    }
}

/// Whether no two elements give one text to a field. Sorted rather than hashed: no text can make that
/// slow. Of other values than texts, the general reader is to say.
fn all_differ(rows: &Rows, field: &Field, width: usize) -> bool {
    let mut texts = Vec::with_capacity(rows.spans.len());
    for cells in rows.cells.chunks_exact(width.max(1)) {
        match cells.get(field.rank as usize).map(|given| &given.answer) {
            Some(Answer::Known(Value::Text(text))) => texts.push(&*text.folded),
            Some(Answer::Missing) => {}
            Some(Answer::Known(_) | Answer::NotYet) | None => return false,
        }
    }
    if texts.is_sorted_by(|a, b| a < b) {
        return true;
    }
    texts.sort_unstable();
    texts.is_sorted_by(|a, b| a < b)
}

/// A text of the dossier's own; `None` where the general reader would send it back.
fn free_text(token: &Token<'_>) -> Option<Option<Arc<str>>> {
    if scalar::is_missing(&token.text, token.quoted) {
        return Some(None);
    }
    scalar::plain_text(&token.text).ok().map(|text| Some(text.shown))
}

/// A date of the dossier's own, likewise.
fn own_date(token: &Token<'_>) -> Option<Option<crate::time::Date>> {
    if scalar::is_missing(&token.text, token.quoted) {
        return Some(None);
    }
    scalar::date(token.text.trim()).ok().map(Some)
}
