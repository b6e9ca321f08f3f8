//! What a sentence denies: « n'est frappé d'aucune », « ni … ni », « est irrecevable », two of which undo one another.

use super::ends_sentence;
use super::token::Token;
use crate::concordance::lexicon::{FORBIDS, GIVES, REFUSES, UNSURE};

/// How far the other half of « ne … que » may stand, in tokens.
const NEAR: usize = 8;
/// How far before what denies its relative clause may open, in tokens.
const APART: usize = 6;

/// How a sentence denies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// Its first token.
    pub from: usize,
    /// One past its last.
    pub to: usize,
    /// What denies, by its place.
    denies: Vec<usize>,
    /// « non », which denies what follows at once.
    nots: Vec<usize>,
    /// Words that leave it unsure, by their places.
    unsure: Vec<usize>,
}

impl Sentence {
    /// Whether what stands between two tokens is denied; none where it cannot be told.
    pub fn is_denied(&self, tokens: &[Token], from: usize) -> Option<bool> {
        if let Some(forbids) = self.forbids_a_case(tokens, from) {
            return Some(forbids);
        }
        if !self.unsure.is_empty() {
            return None;
        }
        if let Some(refused) = self.refuses_who(tokens, from) {
            return Some(refused);
        }
        // « aucune condamnation … ne doit avoir été prononcée ».
        let none = from.checked_sub(1).and_then(|at| tokens.get(at));
        if self.denies.len() == 1 && none.is_some_and(|none| none.is(&["aucun", "aucune", "nul", "nulle"])) {
            return Some(true);
        }
        let mut odd = false;
        for at in self.nots.iter().filter(|at| **at < from) {
            match from - at {
                1 | 2 => odd = !odd,
                3..=6 => return None,
                _ => {}
            }
        }
        let word = |at: usize| tokens.get(at).map_or("", |token| token.text.as_str());
        for at in &self.denies {
            let refuses = REFUSES.iter().any(|start| word(*at).starts_with(start));
            if *at > from && !refuses {
                return None;
            }
            // « ne … pas » reaches no further than its clause; « ni … ni », « aucun » and « : » carry it on.
            if *at < from && !refuses {
                let gap = tokens.get(*at..from).unwrap_or_default();
                let last = gap.iter().rposition(|token| token.is(&[",", "et", "ou", "qui"]));
                let carried = gap.iter().any(|token| token.text == ":")
                    || gap.iter().skip(last.unwrap_or(0)).any(|token| token.is(&["ni", "aucun", "aucune"]));
                let ended = last.is_some();
                if ended && !carried {
                    return None;
                }
            }
            odd = !odd;
        }
        Some(odd)
    }
}

impl Sentence {
    /// The same of words of order, without an exception that closes the sentence: « facturées à compter de la demande, hors
    /// véhicules »; and where what is denied is a bound, which ends at what it bounds: « ne peut dépasser le total des
    /// factures payées à compter du commencement ».
    pub fn is_order_denied(&self, tokens: &[Token], from: usize) -> Option<bool> {
        let cut = (from + 1..self.to).find(|at| {
            let before = tokens.get(at - 1).is_some_and(|token| token.text == ",");
            before && tokens.get(*at).is_some_and(|token| token.is(&["hors", "sauf", "excepté"]))
        });
        let mut own = cut.map_or_else(|| self.clone(), |cut| sentence(tokens, self.from, cut));
        own.denies.retain(|at| !is_of_bound(tokens, *at, from));
        own.is_denied(tokens, from)
    }

    /// « l'apprenti qui perçoit une bourse n'a pas droit à l'aide »: what the relative clause says must not be.
    fn refuses_who(&self, tokens: &[Token], from: usize) -> Option<bool> {
        let word = |at: usize| tokens.get(at).map_or("", |token| token.text.as_str());
        let gives = |at: &usize| {
            let refuses = REFUSES.iter().any(|start| word(*at).starts_with(start));
            let near = tokens.iter().take(self.to).skip(at + 1).take(5);
            let near = near.take_while(|token| token.is_word() && !token.is(&["ne", "n'"]));
            !refuses && near.into_iter().any(|token| GIVES.iter().any(|start| token.text.starts_with(start)))
        };
        let mut given = self.denies.iter().copied().filter(gives);
        let (Some(at), None, true) = (given.next(), given.next(), self.nots.is_empty()) else { return None };
        // « qui » opens the clause in which the fact stands, and nothing ends it before the fact.
        let clause = (self.from..from).rev().take_while(|at| !matches!(word(*at), "," | ":" | ")"));
        let opens = clause.into_iter().find(|at| matches!(word(*at), "qui" | "dont" | "ayant"))?;
        if (opens..from).contains(&at) {
            return None;
        }
        // « n'ont pas droit à l'aide ceux qui ne sont pas inscrits ».
        let inner = self.denies.iter().filter(|other| (opens..from).contains(*other)).count();
        let outer = self.denies.len() - inner;
        (outer == 1).then_some(inner % 2 == 0)
    }

    /// « est interdit lorsque … », « est refusé si … »: what follows must not be, where nothing else is denied.
    fn forbids_a_case(&self, tokens: &[Token], from: usize) -> Option<bool> {
        let word = |at: usize| tokens.get(at).map_or("", |token| token.text.as_str());
        let forbids =
            (self.from..from).find(|at| FORBIDS.iter().any(|start| word(*at).starts_with(start)))?;
        let opens = (forbids + 1..forbids + 4).find(|at| {
            matches!(word(*at), "lorsque" | "lorsqu'" | "si" | "s'" | "quand")
                || (word(*at) == "en" && word(*at + 1) == "cas")
        })?;
        let alone = self.denies.iter().all(|at| *at == forbids)
            && self.unsure.iter().all(|at| *at == forbids)
            && self.nots.is_empty();
        (alone && opens < from).then_some(true)
    }

    /// Whether what has the property that stands between two tokens is left out: « les demandes postérieures au
    /// 30 juin n'ouvrent pas droit ». Only where nothing else is denied.
    pub fn leaves_out(&self, tokens: &[Token], from: usize, to: usize) -> bool {
        let mut others = self.denies.iter().filter(|at| !(from..to).contains(*at));
        let unsure = !self.unsure.is_empty() || !self.nots.is_empty();
        let (Some(at), None, false) = (others.next(), others.next(), unsure) else { return false };
        // « une commune qui en est dépourvue … au moins 2 500 »: denied of something else.
        if in_clause_apart(tokens, self.from, *at, from) {
            return false;
        }
        let refuses = |token: &Token| REFUSES.iter().any(|start| token.text.starts_with(start));
        let gives = |token: &Token| GIVES.iter().any(|start| token.text.starts_with(start));
        tokens.get(*at).is_some_and(refuses)
            || tokens.iter().take(self.to).skip(at + 1).take(5).take_while(|token| token.is_word()).any(gives)
    }
}

/// Whether « ne » denies a bound: « n'excède pas », « ne peut être supérieur à ».
fn is_of_bound(tokens: &[Token], at: usize, from: usize) -> bool {
    const BOUNDS: [&str; 6] = ["dépass", "excèd", "excéd", "supérieur", "inférieur", "outrepass"];
    let near = tokens.iter().enumerate().skip(at + 1).take(4).take_while(|(_, token)| token.is_word());
    let bound = near.into_iter().find(|(_, token)| BOUNDS.iter().any(|start| token.text.starts_with(start)));
    // What is bounded has a name, and what comes after it is said of that: « n'excède pas le total des factures payées … ».
    bound.is_some_and(|(bound, _)| at < from && bound + 3 < from || from < at)
}

/// Whether what denies stands in a relative clause that the figure is no part of.
fn in_clause_apart(tokens: &[Token], start: usize, at: usize, figure: usize) -> bool {
    let relative = |token: &Token| token.is(&["qui", "dont", "où", "laquelle", "lequel"]);
    let ends = |token: &Token| token.is(&[",", ":", ")"]);
    let near = start.max(at.saturating_sub(APART));
    let opens = (near..at)
        .rev()
        .take_while(|at| !tokens.get(*at).is_some_and(ends))
        .find(|at| tokens.get(*at).is_some_and(relative));
    opens.is_some_and(|opens| figure > at || figure < opens)
}

/// Whether what denies has a verb of its own, which « et » joins to the clause of a figure: « est immatriculé depuis moins
/// de douze mois et n'a jamais exploité », « n'a jamais exploité et est immatriculé depuis moins de douze mois ».
pub fn is_apart(tokens: &[Token], at: usize, (from, to): (usize, usize)) -> bool {
    const WHO: [&str; 6] = ["il", "elle", "ils", "elles", "y", "en"];
    const VERBS: [&str; 10] =
        ["est", "sont", "a", "ont", "doit", "doivent", "justifie", "justifient", "dispose", "disposent"];
    let is = |at: usize, words: &[&str]| tokens.get(at).is_some_and(|token| token.is(words));
    if !is(at, &["ne", "n'"]) {
        return false;
    }
    if at >= to {
        let joint = at.checked_sub(1).filter(|before| *before >= to);
        let joint = joint.map(|before| if is(before, &WHO) { before.saturating_sub(1) } else { before });
        return joint.is_some_and(|joint| joint >= to && is(joint, &["et"]));
    }
    (at..from).any(|joint| {
        let next = joint + 1 + usize::from(is(joint + 1, &WHO));
        is(joint, &["et"]) && next < from && (next > joint + 1 || is(next, &VERBS))
    })
}

/// The sentences of a passage.
pub fn sentences(tokens: &[Token]) -> Vec<Sentence> {
    let mut out = Vec::new();
    let mut from = 0;
    for at in 0..=tokens.len() {
        let ends = tokens.get(at).is_none_or(|token| token.text == ";" || ends_sentence(tokens, at));
        if ends {
            if at > from {
                out.push(sentence(tokens, from, at));
            }
            from = at + 1;
        }
    }
    out
}

fn sentence(tokens: &[Token], from: usize, to: usize) -> Sentence {
    let word = |at: usize| tokens.get(at).filter(|_| at < to).map_or("", |token| token.text.as_str());
    let mut denies = Vec::new();
    let mut nots = Vec::new();
    let mut unsure = Vec::new();
    let with_ne = (from..to).any(|at| matches!(word(at), "ne" | "n'"));
    let mut none = false;
    for at in from..to {
        let this = word(at);
        match this {
            "ne" | "n'" => match only(tokens, at, to) {
                // « ne … que »: nothing but; « que si » and the like are conditions.
                true => {}
                false => denies.push(at),
            },
            "sans"
                if !matches!(
                    word(at + 1),
                    "préjudice" | "délai" | "que" | "qu'" | "condition" | "pouvoir"
                ) =>
            {
                denies.push(at);
            }
            "non" if word(at + 1) != "seulement" => nots.push(at),
            "aucun" | "aucune" | "ni" if !with_ne && !none => {
                none = true;
                denies.push(at);
            }
            // « par exception à l'article 4 » excepts nothing of what follows.
            "exception" if matches!(word(at + 1), "à" | "au" | "aux") => {}
            "moins" if matches!(word(at + 1), "que" | "qu'") => unsure.push(at),
            // « Toutefois, … » goes on from another sentence.
            "toutefois" if at == from => {}
            _ if UNSURE.contains(&this) || this.starts_with("dérog") => unsure.push(at),
            // « à l'exclusion de », « exclusivement ».
            _ if this.starts_with("exclusi") => unsure.push(at),
            _ if REFUSES.iter().any(|start| this.starts_with(start)) => denies.push(at),
            _ => {}
        }
    }
    Sentence { from, to, denies, nots, unsure }
}

/// « ne … que ».
fn only(tokens: &[Token], at: usize, to: usize) -> bool {
    for token in tokens.iter().take(to).skip(at + 1).take(NEAR) {
        if token.is(&["pas", "point", "plus", "jamais", "aucun", "aucune", "ni", "nul", "nulle", "rien"]) {
            return false;
        }
        if token.is(&["que", "qu'"]) {
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::super::token::tokens;
    use super::*;

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
            assert_eq!(sentences(&tokens)[0].leaves_out(&tokens, at, at + 1), expected, "{text}");
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
            ("le contrat est écrit et ne comporte pas de clause", "contrat", None),
            ("sans préjudice de l'article 3, un contrat est conclu", "contrat", Some(false)),
            ("il ne peut être dérogé à l'obligation de tenir une comptabilité", "comptabilité", None),
            ("le responsable n'a fait l'objet d'aucune condamnation et dispose d'un local", "local", None),
            ("un territoire continu, non déjà couvert par une équipe", "couvert", Some(true)),
            ("un territoire non contesté, de dix communes, couvert par une équipe", "couvert", Some(false)),
            ("à l'exclusion des syndicats, un contrat est conclu", "contrat", None),
            ("sauf urgence, un contrat est conclu", "contrat", None),
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
            assert_eq!(sentences[0].is_denied(&tokens, at), expected, "{text}");
        }
    }
}
