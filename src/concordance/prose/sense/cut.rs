//! Sentences cut into clauses, each with what denies in it.

use super::super::token::{Kind as TokenKind, Token, fits};
use super::super::{ends_sentence, measures};
use super::{Clause, Kind, Main, NEAR, Sentence, Verb, is, starts};
use crate::concordance::lexicon::{
    BOUNDED, CASES, EXCEPTIONS, FORBIDS, GIVES, LIFTED, LIFTS, LINKS, REFUSES, RELATIVES, SET, UNSURE, VERBS,
    WITHOUT,
};

/// How far from « écarté » what it sets aside may stand, in tokens.
const SUBJECT: usize = 8;
/// How far the other half of « ne … que si » may stand, in tokens.
const FAR: usize = 14;
/// What makes another word of « que ».
const CONJUNCTIONS: [&str; 10] =
    ["moins", "ainsi", "alors", "lors", "tandis", "sans", "sorte", "afin", "dès", "tant"];
/// The other halves of « ne ».
const NO_MORE: [&str; 10] =
    ["pas", "point", "plus", "jamais", "aucun", "aucune", "ni", "nul", "nulle", "rien"];

/// The sentences of a passage, each point of an enumeration apart.
pub fn sentences(tokens: &[Token]) -> Vec<Sentence> {
    let mut out: Vec<Sentence> = Vec::new();
    let mut from = 0;
    // What the points are of: the main clause that ended with « : ».
    let mut head: Option<Main> = None;
    for at in 0..=tokens.len() {
        let ends = tokens.get(at).is_none_or(|token| token.text == ";" || ends_sentence(tokens, at));
        if !ends {
            continue;
        }
        if at > from {
            let mut read = Cut::sentence(tokens, from, at);
            match head.as_ref().filter(|_| marks(tokens, from)) {
                Some(main) => {
                    read.main = main.clone();
                    read.point = true;
                }
                None => {
                    let begins = (from..at).any(|at| is(tokens, at, &[":"]) && marks(tokens, at + 1));
                    head = begins.then(|| read.main.clone());
                }
            }
            out.push(read);
        }
        if !is(tokens, at, &[";"]) && !marks(tokens, at + 1) {
            head = None;
        }
        from = at + 1;
    }
    out
}

/// What marks a point: « - », « 1° », « a) ».
fn marks(tokens: &[Token], at: usize) -> bool {
    let Some(token) = tokens.get(at) else { return false };
    token.is(&["-", "–", "—", "•"])
        || matches!(token.kind, TokenKind::Rank(_)) && token.text.ends_with('°')
        || token.text.chars().count() == 1 && is(tokens, at + 1, &[")"])
}

/// A sentence that is being cut.
struct Cut<'a> {
    tokens: &'a [Token],
    from: usize,
    to: usize,
    clauses: Vec<Clause>,
    /// The main clause has « ne … que ».
    only: bool,
    /// Open clauses, the main one first.
    open: Vec<usize>,
    /// Up to here, commas close nothing.
    incised: usize,
}

impl Cut<'_> {
    fn sentence(tokens: &[Token], from: usize, to: usize) -> Sentence {
        let (clauses, open) = (Vec::new(), Vec::new());
        let mut cut = Cut { tokens, from, to, clauses, only: false, open, incised: 0 };
        cut.open_at(Kind::Main, from, false);
        let mut of = Vec::with_capacity(to - from);
        let mut next = from;
        for at in from..to {
            if at >= next {
                let opened = cut.opens(at);
                if opened.is_none() {
                    cut.goes_on(at);
                }
                next = opened.unwrap_or(at + 1);
            }
            of.push(cut.here());
        }
        let own = |at: &usize| of.get(at - from) == Some(&0);
        let mut denies = cut.clauses.first().map(|main| main.denies.clone()).unwrap_or_default();
        // « est retiré lorsque … »: what follows must not be.
        if denies.is_empty() && cut.clauses.iter().any(|clause| clause.kind == Kind::Case) {
            let forbids = (from..to).filter(own).find(|at| starts(tokens, *at, &FORBIDS));
            denies.extend(forbids.map(|at| (at, Verb::Gives)));
        }
        let main = Main {
            denies,
            unsure: cut.clauses.first().is_some_and(|main| main.unsure),
            lifts: is(tokens, from, &["toutefois"]) || (from..to).any(|at| cut.lifts(at)),
            only: cut.only,
            gives: (from..to).filter(own).any(|at| starts(tokens, at, &GIVES)),
        };
        Sentence { from, to, clauses: cut.clauses, of, main, point: false }
    }

    fn here(&self) -> usize {
        self.open.last().copied().unwrap_or(0)
    }

    fn clause(&mut self) -> &mut Clause {
        let here = self.here();
        &mut self.clauses[here]
    }

    fn kind(&self) -> Kind {
        self.clauses[self.here()].kind
    }

    fn opened(&self) -> usize {
        self.clauses[self.here()].from
    }

    fn open_at(&mut self, kind: Kind, from: usize, without: bool) {
        let outer = self.clauses.get(self.here()).map_or(Kind::Main, |outer| outer.role);
        let role = if kind == Kind::Relative && outer != Kind::Main { outer } else { kind };
        let (denies, nots, unsure, negated) = (Vec::new(), Vec::new(), false, false);
        self.open.push(self.clauses.len());
        self.clauses.push(Clause { kind, role, from, denies, nots, without, unsure, negated });
    }

    /// Closes all relative clauses that stand innermost.
    fn close_relatives(&mut self) {
        while self.kind() == Kind::Relative {
            self.open.pop();
        }
    }

    fn is_before(&self, at: usize, words: &[&str]) -> bool {
        at.checked_sub(1).is_some_and(|before| is(self.tokens, before, words))
    }

    /// Opens the clause that some words at a token open; gives one past them.
    fn opens(&mut self, at: usize) -> Option<usize> {
        let tokens = self.tokens;
        // « hors du domaine public », « hors taxes »: no exception.
        let outside = measures(tokens, at) || is(tokens, at + 1, &["de", "du", "d'", "des"]);
        let except = fits(tokens, at, &EXCEPTIONS).filter(|_| !(is(tokens, at, &["hors"]) && outside));
        // « ou à défaut d'un certificat »: another way.
        let without = fits(tokens, at, &WITHOUT).filter(|_| !self.is_before(at, &["ou", ","]));
        if let Some(to) = except.or(without).or_else(|| fits(tokens, at, &CASES)) {
            let within =
                self.kind() == Kind::Exception && !(self.opened()..at).any(|at| is(tokens, at, &[","]));
            match except.is_none() && within {
                // « sauf s'il … », « sauf à défaut de … ».
                true => self.clause().without |= without.is_some(),
                false => {
                    self.open.truncate(1);
                    let kind = if except.is_some() { Kind::Exception } else { Kind::Case };
                    self.open_at(kind, at, without.is_some());
                }
            }
            return Some(to);
        }
        is(tokens, at, &RELATIVES).then(|| {
            // « les élèves qui … et qui … ».
            if self.is_before(at, &["et", "ou"]) {
                self.close_relatives();
            }
            self.open_at(Kind::Relative, at, false);
            at + 1
        })
    }

    /// Reads a token that opens nothing.
    fn goes_on(&mut self, at: usize) {
        let tokens = self.tokens;
        let Some(token) = tokens.get(at) else { return };
        let sets_aside = self.sets_aside(at);
        if is(tokens, at, &VERBS) {
            // « qui perçoit une bourse est exclu », « qui redoublent perdent »: the relative clause has its verb.
            let opened = self.opened();
            let apart = at > opened + 2 - usize::from(starts(tokens, at, &REFUSES))
                && !is(tokens, opened + 1, &[","]);
            let own = self.is_before(at, &["et", "ou", ",", "il", "elle", "ils", "elles"]);
            if apart && !own && (self.has_verb(at) || is(tokens, opened, &["qui"])) {
                self.close_relatives();
            }
        }
        match token.text.as_str() {
            "," => self.comma(at),
            "(" => self.open_at(Kind::Relative, at, false),
            ")" => self.close_relatives(),
            "ne" | "n'" => {
                let far = is(tokens, self.opened(), &["qui"]) && at > self.opened() + 3;
                if (far || self.clause().negated || self.has_verb(at)) && !self.is_before(at, &["et", "ou"]) {
                    self.close_relatives();
                }
                self.clause().negated = true;
                // « à moins qu'il ne soit »: no denial.
                let empty = self.kind() == Kind::Exception && is(tokens, self.opened() + 1, &["moins"]);
                let only = only(tokens, at, self.to);
                self.only |= only && self.kind() == Kind::Main;
                let verb = self.verb(at).filter(|_| !only && !empty);
                self.clause().denies.extend(verb.map(|verb| (at, verb)));
            }
            "sans" if !is(tokens, at + 1, &["préjudice", "délai", "que", "qu'", "condition", "pouvoir"]) => {
                self.clause().nots.push(at);
            }
            "non" if !is(tokens, at + 1, &["seulement"]) => self.clause().nots.push(at),
            // « interdites en dehors des agglomérations ».
            "hors" | "dehors" => self.clause().nots.push(at),
            // « nonobstant l'absence de réponse », not « une autorisation d'absence ».
            "absence" if is(tokens, at + 1, &["de", "d'"]) && !self.is_before(at, &["d'"]) => {
                self.clause().nots.push(at);
            }
            "aucun" | "aucune" | "ni" => {
                let with_ne = (self.from..self.to).any(|at| is(tokens, at, &["ne", "n'"]));
                let known = (self.from..at).any(|at| is(tokens, at, &["aucun", "aucune", "ni", "sans"]));
                if !with_ne && !known {
                    self.clause().denies.push((at, Verb::Other));
                }
            }
            // « …, qui, toutefois, peuvent »: the contrary of what comes before.
            "toutefois" if self.is_before(at, &[","]) && self.kind() != Kind::Main => {
                self.clauses.iter_mut().for_each(|clause| clause.unsure = true);
            }
            // « à peine de rejet »: nothing is rejected yet.
            _ if starts(tokens, at, &REFUSES)
                && !sets_aside
                && !self.is_before(at.max(1) - 1, &["peine"]) =>
            {
                self.clause().denies.push((at, Verb::Gives));
            }
            // « Le bénéfice de la dérogation est accordé si … »: given itself.
            word if UNSURE.contains(&word)
                || starts(tokens, at, &LIFTED)
                    && !self.is_before(at, &["l'", "la", "une", "cette", "d'"]) =>
            {
                self.clause().unsure = true;
            }
            _ => {}
        }
    }

    /// Whether the innermost clause has its verb.
    fn has_verb(&self, before: usize) -> bool {
        (self.opened()..before).any(|at| is(self.tokens, at, &VERBS))
    }

    /// A comma ends a condition that opened the sentence, an exception or a relative clause that another comma opened.
    fn comma(&mut self, at: usize) {
        let tokens = self.tokens;
        let opened = self.opened();
        let first = opened == self.from
            || opened == self.from + 1 && marks(tokens, self.from)
            || is(tokens, self.from, &["toutefois", "cependant", "et"]) && opened <= self.from + 2;
        let joins = is(tokens, at + 1, &["et", "ou", "ni", "que", "qu'", "soit"])
            || fits(tokens, at + 1, &CASES).is_some();
        // « sauf pour le paiement des frais, des rémunérations ».
        let one_more = tokens.get(at + 1).is_some_and(|next| {
            next.is(&LINKS) && (opened..at).any(|at| is(tokens, at, &[next.text.as_str()]))
        });
        // « ne sont pas éligibles les travaux …, à moins que …, ni ceux … »: of what is denied.
        if is(tokens, at + 1, &["ni"]) && self.kind() == Kind::Exception && self.clauses[0].negated {
            self.open.truncate(1);
            return;
        }
        // « n'a pas commis, dans un délai de trois ans, une infraction »: its object comes after.
        let verb = (at.saturating_sub(2)..at).any(|at| is(tokens, at, &["pas", "jamais", "plus"]));
        let within = is(tokens, at + 1, &["dans", "à", "au", "en", "pendant", "sur", "depuis", "lors"]);
        if at <= self.incised {
            return;
        }
        if verb && within {
            self.incised = (at + 1..self.to).find(|at| is(tokens, *at, &[","])).unwrap_or(at);
            return;
        }
        let goes_on = joins || one_more && self.kind() == Kind::Exception;
        if (first || self.is_before(opened, &[","])) && !goes_on && self.kind() != Kind::Main {
            self.open.pop();
        }
    }

    /// What « ne » denies; none of a bound.
    fn verb(&self, at: usize) -> Option<Verb> {
        let words = self.tokens.get(at + 1..self.to.min(at + NEAR))?;
        let words: Vec<&Token> =
            words.iter().take_while(|token| token.is_word() && !token.is(&["ne", "n'", "qui"])).collect();
        let any = |reach: usize, starts: &[&str]| {
            let mut near = words.iter().take(reach);
            near.any(|token| starts.iter().any(|start| token.text.starts_with(start)))
        };
        match () {
            () if any(4, &BOUNDED) => None,
            () if any(5, &LIFTS) => Some(Verb::Lifts),
            () if any(5, &GIVES) => Some(Verb::Gives),
            () if any(2, &["peut", "peuvent", "pourr"]) => Some(Verb::May),
            () => Some(Verb::Other),
        }
    }

    /// « ce seuil peut être écarté », « peut écarter cette condition ».
    fn sets_aside(&self, at: usize) -> bool {
        let near = at.saturating_sub(SUBJECT).max(self.from)..(at + 4).min(self.to);
        starts(self.tokens, at, &["écarte", "écarté", "lever", "levé"])
            && near.into_iter().any(|at| starts(self.tokens, at, &SET))
    }

    fn lifts(&self, at: usize) -> bool {
        let denied = (at.saturating_sub(4).max(self.from)..at).any(|at| is(self.tokens, at, &["ne", "n'"]));
        // « il est fait exception à cette règle ».
        let except = is(self.tokens, at, &["exception"]) && !self.is_before(at, &["l'"])
            || is(self.tokens, at, &["exceptionnel"]) && self.is_before(at, &["titre"]);
        (starts(self.tokens, at, &LIFTED) || self.sets_aside(at) || except) && !denied
    }
}

/// « ne … que »: near, or before a condition or a place.
fn only(tokens: &[Token], at: usize, to: usize) -> bool {
    let mut after = (at + 1..to.min(at + FAR)).take_while(|at| !is(tokens, *at, &NO_MORE));
    after.any(|que| {
        // « à moins que », « de quelque nature que ce soit »: of no « ne ».
        let other = que.checked_sub(1).is_some_and(|before| is(tokens, before, &CONJUNCTIONS))
            || (que.saturating_sub(3)..que).any(|at| starts(tokens, at, &["quel"]));
        let near = que <= at + NEAR || fits(tokens, que + 1, &CASES).is_some() || is(tokens, que + 1, &LINKS);
        !other && near && is(tokens, que, &["que", "qu'"])
    })
}
