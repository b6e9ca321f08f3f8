//! The quick way through a well-formed JSON dossier, straight into the slots of the policy.
//!
//! Nearly all the time of a decision goes into reading its dossier. This reader goes through the text
//! once, builds no tree, and copies texts only. It knows ordinary dossiers only: at the least doubt
//! (a key that nothing declares, an answer that would be sent back, a repeated key, `attendu`) it
//! gives up, and the general reader starts afresh, reads or explains. Both read answers with the
//! same functions ([`scalar`]); that they agree is tried on generated dossiers.

use std::sync::Arc;

use super::day;
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
    if !paths.are_ordinary() {
        return None;
    }
    let mut reader = Reader {
        policy,
        paths,
        json: Json::new(file.text())?,
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

/// A usual length of an element, in bytes.
const BYTES_OF_AN_ELEMENT: usize = 48;

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
        while self.json.more(&mut open, b'}')? {
            if let Some((node, key)) = self.expected(Paths::TOP, expected) {
                expected += 1;
                self.at_node(node, key)?;
                continue;
            }
            let key = self.json.key()?;
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
                    let rank = self.paths.rank(Paths::TOP, name)?;
                    expected = rank + 1;
                    self.at_node(self.paths.at(Paths::TOP, rank)?.1, key.span)?;
                }
            }
        }
        Some(())
    }

    /// The key that comes next, where it is the name of this rank: they mostly come in the order in
    /// which they are declared.
    fn expected(&mut self, under: Node, rank: usize) -> Option<(Node, Span)> {
        let (name, node) = self.paths.at(under, rank)?;
        self.json.key_if(name).map(|key| (node, key))
    }

    /// The key that comes next, whichever it is of those that are declared.
    fn declared(&mut self, under: Node, expected: &mut usize) -> Option<(Node, Span)> {
        if let Some(met) = self.expected(under, *expected) {
            *expected += 1;
            return Some(met);
        }
        let key = self.json.key()?;
        let rank = self.paths.rank(under, &key.text)?;
        *expected = rank + 1;
        Some((self.paths.at(under, rank)?.1, key.span))
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
                let ask = &self.policy.facts[fact.index()].ask;
                let attributed = !self.paths.is_group(node);
                let given = self.dossier.facts.get_mut(fact.index())?;
                answer(&mut self.json, self.policy, ask, attributed, key, given)
            }
            Some(Leaf::List(list)) => self.list(list, key),
            Some(Leaf::Field(_)) => None,
            // What is not said of a period says something.
            None if self.paths.period(node).is_some() => None,
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
        while self.json.more(&mut open, b'}')? {
            let (child, key) = self.declared(node, &mut expected)?;
            read(self, child, key)?;
        }
        Some(())
    }

    /// A value that says nothing.
    fn nothing(&mut self) -> Option<()> {
        let token = self.json.scalar()?;
        scalar::is_missing(&token.text, token.quoted).then_some(())
    }

    fn readings(&mut self) -> Option<()> {
        if self.json.next()? != b'{' {
            return self.nothing();
        }
        let policy = self.policy;
        let mut open = self.json.open(b'{')?;
        while self.json.more(&mut open, b'}')? {
            let key = self.json.key()?;
            let (id, reading) =
                (0..).map(ReadingId).zip(&policy.readings).find(|(_, r)| *r.head.name == *key.text)?;
            if self.dossier.readings[id.index()].is_some() {
                return None;
            }
            let (token, origin) = match self.json.next()? {
                b'{' => attributed(&mut self.json)?,
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
        // About as many as there is text for, so that the rows seldom move.
        let likely = self.json.room_for(BYTES_OF_AN_ELEMENT);
        rows.cells.reserve(likely * width);
        rows.spans.reserve(likely);
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
        while self.json.more(&mut open, b'}')? {
            let (child, key) = self.declared(node, &mut expected)?;
            self.cell(child, key, cells)?;
        }
        Some(self.json.span(&open))
    }

    fn cell(&mut self, node: Node, key: Span, cells: &mut [Given]) -> Option<()> {
        self.once(node)?;
        match self.paths.leaf(node) {
            Some(Leaf::Field(field)) => {
                let field = &self.policy.fields[field.index()];
                let attributed = !self.paths.is_group(node);
                let given = cells.get_mut(field.rank as usize)?;
                answer(&mut self.json, self.policy, &field.ask, attributed, key, given)
            }
            Some(Leaf::Fact(_) | Leaf::List(_)) => None,
            None if self.paths.period(node).is_some() => None,
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

/// Reads an answer into its slot, which is still empty; with what stands beside it where it may.
fn answer(
    json: &mut Json<'_>,
    policy: &Policy,
    ask: &Question,
    may_be_attributed: bool,
    key: Span,
    slot: &mut Given,
) -> Option<()> {
    let token = match json.next()? {
        b'{' if may_be_attributed => {
            let (token, origin) = attributed(json)?;
            slot.origin = origin;
            token
        }
        _ => json.scalar()?,
    };
    slot.place = Some(Place { key, value: token.span });
    slot.answer = match scalar::common(policy, ask, &token.text, token.quoted) {
        Some(value) => Answer::Known(value),
        None => scalar::answer(policy, ask, &token.text, token.quoted).ok()?,
    };
    Some(())
}

/// `{valeur, source, au, par, motif}`.
fn attributed<'t>(json: &mut Json<'t>) -> Option<(Token<'t>, Option<Box<Origin>>)> {
    let mut open = json.open(b'{')?;
    let mut value = None;
    let mut origin = Origin::default();
    let mut met = 0u8;
    while json.more(&mut open, b'}')? {
        let key = json.key()?;
        let token = json.scalar()?;
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
    if scalar::is_blank(&token.text, token.quoted) {
        return Some(None);
    }
    scalar::plain_text(&token.text).ok().map(|text| Some(text.into()))
}

/// A date of the dossier's own, likewise.
fn own_date(token: &Token<'_>) -> Option<Option<crate::time::Date>> {
    if scalar::is_missing(&token.text, token.quoted) {
        return Some(None);
    }
    day::date(token.text.trim()).ok().map(Some)
}
