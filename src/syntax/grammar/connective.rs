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
        const UNITS: [(&str, &str); 3] = [
            ("en années", "en années entières"),
            ("en ans", "en années entières"),
            ("en mois", "en mois entiers"),
        ];
        let ExprKind::Name(path) = &high.kind else { return false };
        let ends = |own: &str| path.text.strip_suffix(own).is_some_and(|name| name.ends_with(' '));
        let Some((own, says)) = UNITS.into_iter().find(|(own, _)| ends(own)) else { return false };
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
