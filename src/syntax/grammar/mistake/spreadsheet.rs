//! What a spreadsheet calls a function: « SOMME.SI(…) », « MAX(a ; b) ».

use super::{Line, Piece};
use crate::diagnostic::Diagnostic;
use crate::source::Span;

/// The functions that have a form here, and that form.
const FORMS: &[(&[&str], &str)] = &[
    (&["SOMME.SI", "SOMME.SI.ENS"], "« somme de L.x dont … »"),
    (&["SOMME"], "« somme de L.x », ou « a + b »"),
    (&["NB.SI", "NB.SI.ENS", "NB", "NBVAL"], "« nombre de L dont … »"),
    (&["MAX"], "« le plus grand de a, b »"),
    (&["MIN"], "« le plus petit de a, b »"),
    (&["SI"], "« vaut a si … », puis en dessous « vaut b dans les autres cas »"),
    (&["ET"], "« a et b »"),
    (&["OU"], "« a ou b »"),
    (&["NON"], "« non a »"),
    (&["ARRONDI"], "« a arrondi à l'euro », « a arrondi à 2 décimales »"),
    (&["ARRONDI.SUP", "PLAFOND", "ARRONDI.AU.MULTIPLE"], "« a arrondi à l'euro supérieur »"),
    (&["ARRONDI.INF", "ENT", "TRONQUE", "PLANCHER"], "« a arrondi à l'euro inférieur »"),
    (&["AUJOURDHUI", "AUJOURD'HUI", "MAINTENANT"], "« date d'examen »"),
    (&["DATEDIF"], "« entre D et E en années entières »"),
    (&["ANNEE", "ANNÉE"], "« année de D »"),
    (&["MOIS"], "« mois de D »"),
    (&["MOYENNE"], "« (somme de L.x) ÷ (nombre de L) »"),
    (&["RECHERCHEV", "INDEX"], "un barème : « vaut selon … », ses lignes en dessous"),
];

impl<'a> Line<'a> {
    /// What is said of a function of a spreadsheet; its form ready made where its arguments give it.
    pub(super) fn spreadsheet(&self, name: Piece<'a>, open: Piece<'a>) -> Option<Diagnostic> {
        let called = name.text.to_uppercase();
        let (_, form) = FORMS.iter().find(|(names, _)| names.contains(&called.as_str()))?;
        let rest = self.file.slice(Span::new(open.span.end as usize, self.span.end as usize));
        let close = closing(rest)?;
        let inside = rest.get(..close)?;
        let end = open.span.end as usize + close + 1;
        let whole = Span::new(name.span.start as usize, end);
        let message = format!("« {} » est une formule de tableur", name.shown());
        let problem = self.error("formule-de-tableur", message, name.span.to(open.span), "", "");
        let parts = arguments(inside);
        let says = match (called.as_str(), parts.as_slice()) {
            ("SOMME.SI", [of, condition]) => Some(format!("somme de {of} dont {condition}")),
            ("SOMME.SI.ENS", [of, conditions @ ..]) if !conditions.is_empty() => {
                Some(format!("somme de {of} dont {}", conditions.join(" et ")))
            }
            ("NB.SI" | "NB.SI.ENS", [of, conditions @ ..]) if !conditions.is_empty() => {
                Some(format!("nombre de {of} dont {}", conditions.join(" et ")))
            }
            ("SOMME", [of]) => Some(format!("somme de {of}")),
            ("MAX", all @ [_, _, ..]) => Some(format!("le plus grand de {}", all.join(", "))),
            ("MIN", all @ [_, _, ..]) => Some(format!("le plus petit de {}", all.join(", "))),
            ("ET", all @ [_, _, ..]) => Some(all.join(" et ")),
            ("OU", all @ [_, _, ..]) => Some(all.join(" ou ")),
            ("NON", [of]) => Some(format!("non {of}")),
            ("ANNEE" | "ANNÉE", [of]) => Some(format!("année de {of}")),
            ("MOIS", [of]) => Some(format!("mois de {of}")),
            ("AUJOURDHUI" | "AUJOURD'HUI" | "MAINTENANT", _) => Some("date d'examen".to_owned()),
            _ => None,
        };
        let alone = self.file.slice(Span::new(end, self.span.end as usize)).trim().is_empty()
            && self.previous().is_none_or(|before| before.span == name.span);
        let says = says.map(|says| if alone || parts.len() < 2 { says } else { format!("({says})") });
        match says.filter(|says| self.reads_whole(&[(whole, says.clone())])) {
            Some(says) => Some(problem.instead(self.file, whole, &[says])),
            None => Some(problem.help(format!("cela s'écrit {form}"))),
        }
    }
}

/// Where the parenthesis closes that stands open before a text.
fn closing(text: &str) -> Option<usize> {
    let mut open = 0_usize;
    text.char_indices().find_map(|(at, c)| {
        match c {
            '(' => open += 1,
            ')' if open == 0 => return Some(at),
            ')' => open -= 1,
            _ => {}
        }
        None
    })
}

/// What stands between the signs that part arguments: « ; », or commas where there is none.
fn arguments(inside: &str) -> Vec<String> {
    let sign = if inside.contains(';') { ';' } else { ',' };
    let (mut parts, mut open, mut from) = (Vec::new(), 0_usize, 0);
    for (at, c) in inside.char_indices() {
        match c {
            '(' => open += 1,
            ')' => open = open.saturating_sub(1),
            _ if c == sign && open == 0 => {
                parts.push(inside.get(from..at).unwrap_or("").trim().to_owned());
                from = at + 1;
            }
            _ => {}
        }
    }
    parts.push(inside.get(from..).unwrap_or("").trim().to_owned());
    parts.retain(|part| !part.is_empty());
    parts
}
