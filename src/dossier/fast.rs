//! The quick way through a well-formed JSON dossier, straight into the slots of the policy.
//!
//! Nearly all the time of a decision goes into reading its dossier. This reader goes through the text
//! once, builds no tree, and copies texts only. It knows ordinary dossiers only: at the least doubt
//! (a key that nothing declares, an answer that would be sent back, a repeated key, `attendu`) it
//! gives up, and the general reader starts afresh, reads or explains. Both read answers with the
//! same functions ([`scalar`]); that they agree is tried on generated dossiers.
//!
//! What it fills ([`Fill`]) is a dossier with its places, or a sheet of plain values.

use super::day;
use super::fill::{Beside, Fill, Found, What};
use super::json::{Json, Token};
use super::paths::{Leaf, Node, Paths};
use super::scalar;
use super::usual::{Usual, Usuals};
use super::{Place, Reader as Ready};
use crate::limits;
use crate::policy::item::Question;
use crate::policy::{ListId, Policy, ReadingId};
use crate::source::Span;

/// Reads a dossier's text into what is empty; whether it names its policy. `None`: the general reader is to read it.
pub(super) fn read<F: Fill>(ready: &Ready<'_>, text: &str, fill: &mut F) -> Option<bool> {
    let (policy, paths) = (ready.policy, &ready.paths);
    if !paths.are_ordinary() {
        return None;
    }
    let mut reader = Reader {
        policy,
        paths,
        usuals: &ready.usuals,
        json: Json::new(text)?,
        fill,
        met: vec![0; paths.len()],
        current: DOSSIER,
        elements: DOSSIER,
        own: 0,
        names_policy: false,
    };
    reader.top()?;
    (reader.json.at_end() && reader.no_repeated_values()).then_some(reader.names_policy)
}

/// The number of the dossier itself among the elements.
const DOSSIER: u32 = 1;

/// A usual length of an element, in bytes.
const BYTES_OF_AN_ELEMENT: usize = 48;

struct Reader<'r, F> {
    policy: &'r Policy,
    paths: &'r Paths,
    usuals: &'r Usuals,
    json: Json<'r>,
    fill: &'r mut F,
    /// By node: the element in which it was met last.
    met: Vec<u32>,
    /// The number of what is being read: the dossier, or an element.
    current: u32,
    /// Elements met so far, the dossier among them.
    elements: u32,
    /// The dossier's own keys that were met, a bit each.
    own: u8,
    names_policy: bool,
}

impl<'r, F: Fill> Reader<'r, F> {
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
                    self.names_policy = *id.text == *self.policy.id;
                    let same = self.names_policy || scalar::is_missing(&id.text, id.quoted);
                    same.then_some(())?;
                }
                "dossier" => {
                    let name = self.own_scalar(2)?;
                    if let Some(name) = free_text(&name)? {
                        self.fill.named(name);
                    }
                }
                "examiné le" => {
                    let date = self.own_scalar(4)?;
                    if let Some(date) = own_date(&date)? {
                        self.fill.examined_on(date);
                    }
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
    #[inline]
    fn expected(&mut self, under: Node, rank: usize) -> Option<(Node, Span)> {
        let (name, node) = self.paths.at(under, rank)?;
        self.json.key_if(name).map(|key| (node, key))
    }

    /// The key that comes next, whichever it is of those that are declared.
    #[inline]
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
                let usual = self.usuals.fact(fact)?;
                self.answer(usual, ask, attributed, key, |fill, found| fill.fact(fact, found))
            }
            Some(Leaf::List(list)) => self.list(list, key),
            Some(Leaf::Field(_)) => None,
            // What is not said of a period says something.
            None if self.paths.period(node).is_some() => None,
            None => self.group(node, Self::at_node),
        }
    }

    /// A name is met once in the dossier, or in an element.
    #[inline]
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
            if self.fill.retains(id) {
                return None;
            }
            let (token, beside) = match self.json.next()? {
                b'{' => attributed(&mut self.json)?,
                _ => (self.json.scalar()?, None),
            };
            if scalar::is_missing(&token.text, token.quoted) {
                continue;
            }
            let option = scalar::option(&policy.choices[reading.choice.index()].options, &token.text)?;
            self.fill.retain(id, option, Place { key: key.span, value: token.span }, beside);
        }
        Some(())
    }

    fn list(&mut self, list: ListId, key: Span) -> Option<()> {
        match self.json.next()? {
            b'[' => {}
            b'{' => return None,
            _ => return self.nothing(),
        }
        let node = self.paths.element(list);
        let mut open = self.json.open(b'[')?;
        // About as many as there is text for, so that the rows seldom move.
        self.fill.open_list(list, key, self.json.room_for(BYTES_OF_AN_ELEMENT))?;
        let mut length = 0;
        while self.json.more(&mut open, b']')? {
            length += 1;
            if length > limits::LIST_LENGTH {
                return None;
            }
            self.elements += 1;
            self.current = self.elements;
            self.fill.open_element(list)?;
            let place = self.element(node)?;
            self.fill.close_element(list, place)?;
        }
        self.current = DOSSIER;
        Some(())
    }

    fn element(&mut self, node: Node) -> Option<Span> {
        let mut open = self.json.open(b'{')?;
        let mut expected = 0;
        while self.json.more(&mut open, b'}')? {
            let (child, key) = self.declared(node, &mut expected)?;
            self.cell(child, key)?;
        }
        Some(self.json.span(&open))
    }

    fn cell(&mut self, node: Node, key: Span) -> Option<()> {
        self.once(node)?;
        match self.paths.leaf(node) {
            Some(Leaf::Field(id)) => {
                let field = &self.policy.fields[id.index()];
                let attributed = !self.paths.is_group(node);
                let usual = self.usuals.field(id)?;
                let (list, rank) = (field.list, field.rank);
                self.answer(usual, &field.ask, attributed, key, |fill, found| fill.cell(list, rank, found))
            }
            Some(Leaf::Fact(_) | Leaf::List(_)) => None,
            None if self.paths.period(node).is_some() => None,
            None => self.group(node, Self::cell),
        }
    }

    /// Reads an answer into its slot, which is still empty; with what stands beside it where it may.
    #[inline]
    fn answer(
        &mut self,
        usual: &Usual,
        ask: &Question,
        may_be_attributed: bool,
        key: Span,
        into: impl FnOnce(&mut F, Found<'_>) -> Option<()>,
    ) -> Option<()> {
        let (token, beside) = match self.json.next()? {
            b'{' if may_be_attributed => attributed(&mut self.json)?,
            _ => (self.json.scalar()?, None),
        };
        let answer = match usual.read(&token.text, token.quoted) {
            Some(common) => What::Common(common),
            None => What::Other(scalar::answer(self.policy, ask, &token.text, token.quoted).ok()?),
        };
        into(self.fill, Found { answer, place: Place { key, value: token.span }, beside })
    }

    /// Whether the elements of each list give different values to its `unique` fields.
    fn no_repeated_values(&self) -> bool {
        let unique = self.policy.fields.iter().filter(|field| field.unique);
        unique.into_iter().all(|field| self.fill.all_differ(field.list, field.rank))
    }
}

/// `{valeur, source, au, par, motif}`.
fn attributed<'t>(json: &mut Json<'t>) -> Option<(Token<'t>, Option<Beside<'t>>)> {
    let mut open = json.open(b'{')?;
    let mut value = None;
    let mut beside = Beside::default();
    let mut met = 0u8;
    while json.more(&mut open, b'}')? {
        let key = json.key()?;
        let token = json.scalar()?;
        let text = |token: Token<'t>| Some(free_text(&token)?.is_some().then_some(token.text));
        let bit = match &*key.text {
            "valeur" => {
                value = Some(token);
                1
            }
            "source" => {
                beside.source = text(token)?;
                2
            }
            "au" => {
                beside.as_of = own_date(&token)?;
                4
            }
            "par" => {
                beside.by = text(token)?;
                8
            }
            "motif" => {
                beside.reason = text(token)?;
                16
            }
            _ => return None,
        };
        if met & bit != 0 {
            return None;
        }
        met |= bit;
    }
    Some((value?, Some(beside)))
}

/// A text of the dossier's own; `None` where the general reader would send it back.
fn free_text<'t>(token: &'t Token<'_>) -> Option<Option<&'t str>> {
    if scalar::is_blank(&token.text, token.quoted) {
        return Some(None);
    }
    scalar::plain_text(&token.text).ok().map(Some)
}

/// A date of the dossier's own, likewise.
fn own_date(token: &Token<'_>) -> Option<Option<crate::time::Date>> {
    if scalar::is_missing(&token.text, token.quoted) {
        return Some(None);
    }
    day::date(token.text.trim()).ok().map(Some)
}
