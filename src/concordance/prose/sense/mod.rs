//! What a sentence says of what it names: affirmed or denied, and in which of its clauses.
//!
//! A sentence is cut once ([`cut`]) at the words that open a condition (« lorsque »), an exception (« sauf ») or a relative
//! clause (« qui »), at parentheses and at the commas that end them; each clause has the words that deny in it. What is said of
//! a place is then what its own clause says of it, turned round by what the main clause says of that clause.

mod cut;

pub use cut::sentences;

use super::token::Token;
use crate::concordance::lexicon::{LIFTS, LINKS, MADE, ORDERS, REFUSES, VERBS};
use crate::concordance::words::{same, stem};

/// How far the other half of « ne … que », or the verb of « ne », may stand, in tokens.
const NEAR: usize = 8;

/// What a clause is to its sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// What the sentence says.
    Main,
    /// In which case: « lorsque », « en cas de ».
    Case,
    /// In which case not: « sauf ».
    Exception,
    /// Of whom: « qui », « dont ».
    Relative,
}

/// What is denied; a bound is not, « n'excède pas » is one of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Verb {
    /// Something that is given: « n'ouvre pas droit », « est refusé ».
    Gives,
    /// « ne peut ».
    May,
    /// Something that is asked for: « n'est pas exigé ».
    Lifts,
    /// Anything else.
    Other,
}

/// A clause.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Clause {
    kind: Kind,
    /// What it is to the sentence: a relative clause in an exception is of that.
    role: Kind,
    from: usize,
    /// What denies in it.
    denies: Vec<(usize, Verb)>,
    /// « non », « sans », which deny what follows at once.
    nots: Vec<usize>,
    /// It opens with what denies it: « en l'absence de ».
    without: bool,
    /// A word leaves what it says unsure.
    unsure: bool,
    /// It has its « ne ».
    negated: bool,
}

/// What the main clause says of the others.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct Main {
    denies: Vec<(usize, Verb)>,
    unsure: bool,
    /// Words that lift what is asked for: « dispensé », « par dérogation ».
    lifts: bool,
    /// « ne … que »: what is excepted is free.
    only: bool,
    /// It gives something: « ouvre droit ».
    gives: bool,
}

/// A sentence, or a point of one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// Its first token.
    pub from: usize,
    /// One past its last.
    pub to: usize,
    /// The main clause first.
    clauses: Vec<Clause>,
    /// The clause of each token.
    of: Vec<usize>,
    /// Of a point, what the sentence that it belongs to says.
    main: Main,
    /// It is a point of what another sentence begins.
    point: bool,
}

/// Some tokens.
type Place = (usize, usize);

impl Sentence {
    /// What kind of clause a token stands in.
    pub fn kind(&self, at: usize) -> Kind {
        match self.clause(at).role {
            Kind::Main if self.point => Kind::Relative,
            kind => kind,
        }
    }

    /// Whether some words go from one clause into a condition or an exception of another.
    pub fn parts(&self, (from, to): Place) -> bool {
        let last = self.clause(to - 1);
        last.from > from && matches!(last.kind, Kind::Case | Kind::Exception)
    }

    /// Whether what stands between two tokens is denied by the sentence as a whole: « n'est pas versée aux … », « est refusée
    /// lorsque … », « sont exclus ceux qui … »; none where it cannot be told.
    pub fn is_denied(&self, tokens: &[Token], place: Place) -> Option<bool> {
        let turned = match (self.kind(place.0), self.denies()) {
            (Kind::Main, _) => self.is_turned_after(tokens, place)?,
            (Kind::Relative | Kind::Case, None) => false,
            (Kind::Relative | Kind::Case, Some(Verb::Gives)) => true,
            (Kind::Relative, Some(Verb::May)) => self.reached(tokens, place.0).then_some(true)?,
            (Kind::Case, Some(Verb::May | Verb::Other)) => true,
            (Kind::Exception, Some(Verb::Gives | Verb::May)) => false,
            (Kind::Exception, None) if self.main.only => false,
            (Kind::Exception, None) => self.main.gives.then_some(true)?,
            (_, Some(Verb::Lifts | Verb::Other)) => return None,
        };
        self.local(tokens, place).map(|own| own != turned).filter(|_| !self.main.unsure)
    }

    /// The same of what a condition asks for: « lorsque le local n'est pas assuré », whatever follows from it.
    pub fn is_case_denied(&self, tokens: &[Token], place: Place) -> Option<bool> {
        let before = self.main.denies.iter().any(|(at, _)| *at < place.0);
        let turned = match (self.kind(place.0), self.denies()) {
            (Kind::Exception, _) | (_, Some(Verb::Lifts)) => true,
            (Kind::Main, Some(_)) if before => return None,
            (_, Some(Verb::Gives)) => return None,
            (_, Some(Verb::May | Verb::Other) | None) => false,
        };
        let sure = !self.main.unsure && !self.main.lifts;
        self.aside(tokens, place).map(|own| own != turned).filter(|_| sure)
    }

    /// The same of what is excepted: « sauf s'il n'est pas assuré », « n'est pas exigé de ceux qui … »; none where nothing is.
    pub fn is_exception_denied(&self, tokens: &[Token], place: Place) -> Option<bool> {
        let lifts = self.main.lifts || matches!(self.denies(), Some(Verb::Lifts | Verb::Gives));
        self.aside(tokens, place).filter(|_| lifts || self.kind(place.0) == Kind::Exception)
    }

    /// Whether what has the property that stands between two tokens is left out: « les demandes postérieures au
    /// 30 juin n'ouvrent pas droit ».
    pub fn leaves_out(&self, (from, to): Place) -> bool {
        let mut others = self.main.denies.iter().filter(|(at, _)| !(from..to).contains(at));
        let alone = matches!((others.next(), others.next()), (Some((_, Verb::Gives)), None));
        let plain = self.clauses.iter().all(|clause| clause.nots.is_empty()) && !self.main.unsure;
        alone && plain && self.kind(from) != Kind::Exception
    }

    /// Whether something is denied or excepted of what stands between two tokens, outside what bounds say: a bound may be said
    /// the other way round.
    pub fn is_contrary(&self, tokens: &[Token], place: Place, spent: &[Place]) -> bool {
        let clause = self.clause(place.0);
        let main = self.main.unsure || self.main.lifts || self.kind(place.0) == Kind::Exception;
        let free = |at: usize| !spent.iter().any(|(from, to)| (*from..*to).contains(&at));
        // « est immatriculé depuis moins de douze mois et n'a jamais exploité »: of another verb.
        let apart = |at: usize| is_other(tokens, at) && at >= place.1 || is_past(tokens, at, place.0);
        let denied = clause.denies.iter().chain(&self.main.denies).map(|(at, _)| *at);
        let mut denied = denied.chain(clause.nots.iter().copied()).filter(|at| free(*at) && !apart(*at));
        main || clause.unsure || clause.without || denied.next().is_some()
    }

    /// The sentence as it is read for an item that says these words itself: « sont exclus » of those who are excluded denies
    /// nothing, and « ne sont pas soumis » denies what is said of those who are.
    pub fn saying(mut self, tokens: &[Token], words: &[String]) -> Sentence {
        let says = |at: usize| {
            let word = tokens.get(at).filter(|token| token.is_word()).map(|token| stem(&token.text));
            word.is_some_and(|word| words.iter().any(|own| same(own, &word)))
        };
        let main = self.clauses.first_mut().map(|main| &mut main.denies);
        for denies in main.into_iter().chain([&mut self.main.denies]) {
            denies.retain(|(at, _)| !starts(tokens, *at, &REFUSES) || !says(*at));
            let said = denies.iter_mut().filter(|(at, _)| (*at + 1..*at + NEAR).any(says));
            said.for_each(|(_, verb)| *verb = Verb::Gives);
        }
        // What is asked for is no more than what the item gives.
        let asks = |at: usize| starts(tokens, at, &LIFTS) || is(tokens, at, &ORDERS);
        let main = || (self.from..self.to).filter(|at| self.clause(*at).kind == Kind::Main);
        self.main.gives |= !words.is_empty() && (main().any(says) || !main().any(asks));
        self
    }

    fn clause(&self, at: usize) -> &Clause {
        let rank = at.checked_sub(self.from).and_then(|at| self.of.get(at)).copied().unwrap_or(0);
        &self.clauses[rank]
    }

    /// What the main clause denies, where it denies something; two denials undo one another.
    fn denies(&self) -> Option<Verb> {
        match self.main.denies.as_slice() {
            [] | [_, _] => None,
            [(_, verb)] => Some(*verb),
            _ => Some(Verb::Other),
        }
    }

    /// What denies in the main clause reaches a token.
    fn reached(&self, tokens: &[Token], at: usize) -> bool {
        !self.point && self.main.denies.iter().all(|(no, _)| *no < at && reaches(tokens, *no, at))
    }

    /// Whether what comes after a place of the main clause denies it: « aucune condamnation ne doit avoir été prononcée », « les
    /// élèves boursiers n'ont pas droit à l'aide »; none where it cannot be told.
    fn is_turned_after(&self, tokens: &[Token], place: Place) -> Option<bool> {
        // « doit résider en France et ne pas avoir été condamné »: another verb.
        let mut after = self.main.denies.iter().filter(|(at, _)| *at >= place.1 && !is_other(tokens, *at));
        match (after.next(), after.next()) {
            (None, _) => {
                let lifted = self.main.denies.iter().any(|(_, verb)| *verb == Verb::Lifts);
                (!lifted).then_some(false)
            }
            (Some((at, verb)), None) => {
                // « l'élève inscrit, qui perçoit une bourse, n'a pas droit au prêt »: because of the bourse.
                let apart = self.clauses.iter().filter(|one| one.kind == Kind::Relative);
                let apart = apart
                    .map(|one| one.from)
                    .any(|from| (place.1..*at).contains(&from) && is(tokens, from.saturating_sub(1), &[","]));
                (*verb == Verb::Gives && !apart || is_none(tokens, place)).then_some(true)
            }
            (Some(_), Some(_)) => None,
        }
    }

    /// Whether a place is denied in its own clause.
    fn local(&self, tokens: &[Token], place: Place) -> Option<bool> {
        let clause = self.clause(place.0);
        clause.is_denied(tokens, place, &clause.denies).filter(|_| !clause.unsure)
    }

    /// The same, of a place in the main clause without what that refuses or lifts.
    fn aside(&self, tokens: &[Token], place: Place) -> Option<bool> {
        let clause = self.clause(place.0);
        if clause.kind != Kind::Main {
            return self.local(tokens, place);
        }
        let kept = |verb: Verb| verb == Verb::Other || verb == Verb::May;
        let denies = clause.denies.iter().filter(|(at, verb)| kept(*verb) && *at < place.1);
        clause.is_denied(tokens, place, &denies.copied().collect::<Vec<_>>())
    }
}

/// What begins another thing than what « sans » takes away.
const ASIDE: [&str; 8] = ["en", "à", "au", "aux", "dans", "par", "pour", "sous"];

impl Clause {
    /// Whether a place is denied by what denies in the clause; none where it cannot be told.
    fn is_denied(&self, tokens: &[Token], (from, to): Place, denies: &[(usize, Verb)]) -> Option<bool> {
        let mut odd = self.without;
        // « ne peut, sans l'accord du juge, … »: what « ne » denies is the accord that is lacking.
        let mut without = to;
        for at in &self.nots {
            let not = is(tokens, *at, &["non"]);
            let turned = match from.checked_sub(*at) {
                None => *at < to,
                Some(0..=2) => true,
                // « sans solde ou en disponibilité ».
                Some(_) if !not => {
                    let joint = |at: usize| is(tokens, at, &["ou", "et", ","]) && is(tokens, at + 1, &ASIDE);
                    reaches(tokens, *at, from) && !(*at..from).any(joint)
                }
                // « et non à une pathologie », « non munis du marquage ».
                Some(3..=6) => {
                    let gap = tokens.get(at + 2..from)?;
                    gap.iter().all(|token| token.is(&LINKS)).then_some(true)?
                }
                Some(_) => false,
            };
            odd ^= turned;
            if turned && !not {
                without = without.min(*at);
            }
        }
        for (at, _) in denies {
            let inside = (from..to).contains(at);
            if inside && starts(tokens, *at, &REFUSES) {
                // What it is called: « exclu d'une école ».
                continue;
            }
            if !inside && *at >= to {
                // Of the main clause, what comes after is told of the whole; of another, it is of its verb.
                if self.kind == Kind::Main {
                    continue;
                }
                // « si le versement des retenues n'a pas été effectué »: there is none.
                let made = (*at..*at + NEAR).any(|at| starts(tokens, at, &MADE));
                (is_none(tokens, (from, to)) || made && *at == to && to > from + 1).then_some(())?;
            } else if !inside && !starts(tokens, *at, &REFUSES) && *at < without {
                if is_past(tokens, *at, from) {
                    continue;
                }
                (without < from || reaches(tokens, *at, from)).then_some(())?;
            }
            odd = !odd;
        }
        Some(odd)
    }
}

/// Whether « ne » has a verb of its own, that follows another: « et n'a jamais exploité ».
fn is_other(tokens: &[Token], at: usize) -> bool {
    let before = at.saturating_sub(1);
    let who = usize::from(is(tokens, before, &["il", "elle", "ils", "elles", "y", "en"]));
    is(tokens, before.saturating_sub(who), &["et", "ou", "mais"])
}

/// « n'a pas été condamné et dispose d'un local »: another verb begins before a token.
fn is_past(tokens: &[Token], denies: usize, at: usize) -> bool {
    (denies + 1..at).any(|joint| {
        is(tokens, joint, &["et"])
            && is(tokens, joint + 1, &VERBS)
            && !is(tokens, joint + 1, &["soit", "soient"])
    })
}

/// « aucune condamnation ».
fn is_none(tokens: &[Token], (from, _): Place) -> bool {
    from.checked_sub(1).is_some_and(|at| is(tokens, at, &["aucun", "aucune", "nul", "nulle"]))
}

fn is(tokens: &[Token], at: usize, words: &[&str]) -> bool {
    tokens.get(at).is_some_and(|token| token.is(words))
}

fn starts(tokens: &[Token], at: usize, any: &[&str]) -> bool {
    tokens.get(at).is_some_and(|token| any.iter().any(|start| token.text.starts_with(start)))
}

/// Whether what denies at a token reaches another: no other verb comes between them. « ni », « aucun » and « : » carry it on, and
/// so does a comma or « et » before one more of what it denies.
fn reaches(tokens: &[Token], denies: usize, at: usize) -> bool {
    let gap = tokens.get(denies..at).unwrap_or_default();
    let Some(last) = gap.iter().rposition(|token| token.is(&[",", "et", "ou", "qui"])) else { return true };
    let rest = gap.get(last + 1..).unwrap_or_default();
    let carried = gap.iter().any(|token| token.text == ":")
        || rest.iter().any(|token| token.is(&["ni", "aucun", "aucune"]));
    let next = tokens.get(denies + last + 1);
    // « ne pas être inscrit à une formation ou bénéficier d'un programme ».
    let aims = is(tokens, denies + 1, &["pas"]) && next.is_some_and(|token| token.text.ends_with('r'));
    // « ne peuvent être exposés ou mis en vente ».
    let either = gap.get(last).is_some_and(|token| token.text == "ou");
    let opens = aims || either || next.is_some_and(|token| token.is(&LINKS));
    let verb = rest.iter().any(|token| token.is(&VERBS));
    carried || gap.get(last).is_some_and(|token| token.text != "qui") && opens && !verb
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::concordance::prose::token::tokens;

    #[test]
    fn what_is_left_out() {
        for (text, about, expected) in [
            ("les demandes postérieures n'ouvrent pas droit à l'aide", "postérieures", true),
            ("ne sont pas éligibles les entreprises de plus de 250 salariés", "plus", true),
            ("l'aide n'est accordée qu'aux communes de moins de 2 000 habitants", "moins", false),
            ("le demandeur, âgé de plus de 18 ans, n'est pas salarié", "plus", false),
        ] {
            let tokens = tokens(text, 0);
            let at = tokens.iter().position(|token| token.text == about).unwrap();
            assert_eq!(sentences(&tokens)[0].leaves_out((at, at + 1)), expected, "{text}");
        }
    }

    #[test]
    fn what_is_denied() {
        for (text, about, expected) in [
            ("le gérant n'est frappé ni d'une interdiction ni d'une sanction", "sanction", Some(true)),
            ("le demandeur ne fait l'objet d'aucune condamnation", "condamnation", Some(true)),
            ("le demandeur est assuré", "assuré", Some(false)),
            ("nul ne peut exercer s'il n'est inscrit", "inscrit", Some(false)),
            ("est irrecevable la demande d'une personne condamnée", "condamnée", Some(true)),
            ("l'aide n'est versée que sur présentation d'un certificat", "certificat", Some(false)),
            ("le contrat est écrit et ne comporte pas de clause", "contrat", Some(false)),
            ("sans préjudice de l'article 3, un contrat est conclu", "contrat", Some(false)),
            ("il ne peut être dérogé à l'obligation de tenir une comptabilité", "comptabilité", None),
            (
                "le responsable n'a fait l'objet d'aucune condamnation et dispose d'un local",
                "local",
                Some(false),
            ),
            ("ne peut, sans l'accord du juge, disposer des biens", "accord", Some(false)),
            ("doit résider en France et ne pas avoir été condamné", "france", Some(false)),
            ("l'aide est versée aux agents, sauf à ceux qui sont logés", "logés", Some(true)),
            ("un territoire continu, non déjà couvert par une équipe", "couvert", Some(true)),
            ("un territoire non contesté, de dix communes, couvert par une équipe", "couvert", Some(false)),
            ("à l'exclusion des syndicats, un contrat est conclu", "contrat", Some(false)),
            ("sauf urgence, un contrat est conclu", "contrat", Some(false)),
            ("sauf urgence, un contrat est conclu", "urgence", None),
            ("l'aide est accordée, sauf aux élèves boursiers, pour un an", "boursiers", Some(true)),
            (
                "le prélèvement est interdit lorsque la personne a fait connaître son opposition",
                "opposition",
                Some(true),
            ),
            ("l'agrément est refusé si le local n'est pas assuré", "assuré", Some(false)),
            ("aucune condamnation ne doit avoir été prononcée", "condamnation", Some(true)),
            ("l'apprenti qui perçoit une autre bourse n'a pas droit à l'aide", "bourse", Some(true)),
            ("n'ont pas droit à l'aide les apprentis qui perçoivent une bourse", "bourse", Some(true)),
            ("ne peut prétendre à l'aide l'élève qui n'est pas inscrit", "inscrit", Some(false)),
            ("l'élève qui n'est pas inscrit ne bénéficie pas de l'aide", "inscrit", Some(false)),
            ("l'élève inscrit, qui perçoit une bourse, n'a pas droit au prêt", "inscrit", None),
        ] {
            let tokens = tokens(text, 0);
            let sentences = sentences(&tokens);
            let at = tokens.iter().position(|token| token.text == about).unwrap();
            assert_eq!(sentences[0].is_denied(&tokens, (at, at + 1)), expected, "{text}");
        }
    }
}
