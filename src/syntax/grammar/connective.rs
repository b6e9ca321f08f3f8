//! What joins two values: `et` and `ou` side by side, what is counted between two days.

use pest::iterators::Pairs;

use super::{Rule, Source};
use crate::diagnostic::Diagnostic;
use crate::source::Span;
use crate::syntax::tree::{Expr, ExprKind};

impl<'a> Source<'_, 'a> {
    /// `et` and `ou` side by side: refused, both groupings shown.
    pub(super) fn mixed(&self, pairs: Pairs<'a, Rule>, and: Span, or: Span) {
        let file = self.reader.file;
        // The text of each operand between two connectives, with the connective before it.
        let mut parts: Vec<(Option<Rule>, Span)> = Vec::new();
        let (mut before, mut current): (Option<Rule>, Option<Span>) = (None, None);
        for pair in pairs {
            match pair.as_rule() {
                rule @ (Rule::w_and | Rule::w_or) => {
                    parts.extend(current.take().map(|span| (before, span)));
                    before = Some(rule);
                }
                _ => {
                    let span = self.span(&pair);
                    current = Some(current.map_or(span, |c| c.to(span)));
                }
            }
        }
        parts.extend(current.map(|span| (before, span)));
        let grouped = |tight: Rule| {
            let mut groups: Vec<(Option<Rule>, Vec<String>)> = Vec::new();
            for (before, span) in &parts {
                let text = folded_expression(file.slice(*span));
                match groups.last_mut() {
                    Some((_, group)) if *before == Some(tight) => group.push(text),
                    _ => groups.push((*before, vec![text])),
                }
            }
            let word = |rule| if rule == Rule::w_and { " et " } else { " ou " };
            let mut out = String::new();
            for (before, group) in groups {
                out.push_str(before.map_or("", word));
                if group.len() > 1 {
                    out.push('(');
                    out.push_str(&group.join(word(tight)));
                    out.push(')');
                } else {
                    out.push_str(&group.concat());
                }
            }
            out
        };
        let (first, second) = if and < or { (and, or) } else { (or, and) };
        self.reader.report(
            Diagnostic::error("et-ou-melanges", "« et » et « ou » se suivent sans parenthèses")
                .at(file, second, "deux lectures sont possibles")
                .at(file, first, "")
                .help(format!("écrire « {} » ou « {} »", grouped(Rule::w_and), grouped(Rule::w_or))),
        );
    }

    /// `entre D et E en années`: read as a name that ends so. Whether it was reported.
    pub(super) fn counts_in_words(&self, high: &Expr) -> bool {
        const UNITS: [(&[&str], &str); 3] = [
            (&["années", "ans", "année"], "en années entières"),
            (&["mois"], "en mois entiers"),
            (&["jours"], "en jours"),
        ];
        const WHOLE: [&str; 11] = [
            "",
            " révolues",
            " révolus",
            " complètes",
            " complets",
            " pleines",
            " pleins",
            " entiers",
            " échues",
            " échus",
            " accomplis",
        ];
        let ExprKind::Name(path) = &high.kind else { return false };
        let words = path.text.rfind(" en ").map_or("", |at| path.text.get(at + 1..).unwrap_or(""));
        let said = |unit: &&str| {
            words
                .strip_prefix("en ")
                .and_then(|rest| rest.strip_prefix(*unit))
                .is_some_and(|rest| WHOLE.contains(&rest))
        };
        let found = UNITS.into_iter().find(|(units, says)| *says != words && units.iter().any(&said));
        let Some((own, says)) = found.map(|(_, says)| (words, says)) else { return false };
        let end = path.span.end as usize;
        let place = Span::new(end - own.len(), end);
        let message = format!("« {own} » s'écrit « {says} »");
        let file = self.reader.file();
        self.reader.report(Diagnostic::error("tournure", message).at(file, place, "").instead(
            file,
            place,
            &[says],
        ));
        true
    }
}

/// A stretch of an expression on one line, for a message.
fn folded_expression(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
