//! What cannot stand in an expression, and why.

use super::*;

impl<'a> Source<'_, 'a> {
    pub(super) fn chained(&self, left: Span, second: Span, span: Span) -> Built {
        let file = self.reader.file;
        let message = "deux comparaisons se suivent : une seule est possible à la fois";
        let problem =
            Diagnostic::error("comparaisons-enchainees", message).at(file, second, "deuxième comparaison");
        self.reader.report(match self.counted_before(left) {
            Some(counted) => {
                let (start, end) = (counted.start as usize, counted.end as usize);
                let bracketed = format!("({})", file.slice(counted));
                let label =
                    format!("écrire « {bracketed}{} »", file.slice(Span::new(end, span.end as usize)));
                let edits =
                    [(Span::new(start, start), "(".to_owned()), (Span::new(end, end), ")".to_owned())];
                problem.help(label.clone()).remedy(label, file, edits)
            }
            None if let Some(between) = self.framed(left, second, span) => {
                problem.instead(file, span, &[between])
            }
            None => problem.help(
                "relier deux comparaisons par « et », comme « x ≥ 15 et x < 26 » ; « x est entre 15 et 26 » comprend les deux bornes",
            ),
        });
        Built::leaf(self.invalid(span))
    }

    /// « 16 ≤ âge ≤ 25 »: a value between two others, as one says it.
    pub(super) fn framed(&self, left: Span, second: Span, span: Span) -> Option<String> {
        let file = self.reader.file;
        let (low, value) = file.slice(left).split_once(['≤', '<'])?;
        let high = file.text().get(second.end as usize..span.end as usize)?;
        let (low, value, high) = (low.trim(), value.trim(), high.trim());
        let among = file.line(file.position(span.start).line).contains(" ou ");
        let both = |text: String| if among { format!("({text})") } else { text };
        let signs = (file.slice(left).contains('≤'), file.slice(second).trim());
        match signs {
            (true, "≤") => Some(format!("{value} est entre {low} et {high}")),
            (true, "<") => Some(both(format!("{value} ≥ {low} et {value} < {high}"))),
            (false, "≤") => Some(both(format!("{value} > {low} et {value} ≤ {high}"))),
            (false, "<") => Some(both(format!("{value} > {low} et {value} < {high}"))),
            (true | false, _) => None,
        }
    }

    /// The aggregate of this line whose `dont` a comparison ends: what follows was meant of its value.
    pub(super) fn counted_before(&self, left: Span) -> Option<Span> {
        let text = self.reader.file.text();
        let before = text.get(..left.start as usize)?;
        let line = before.rfind('\n').map_or(0, |at| at + 1);
        let said = before.get(line..)?;
        let start = ["nombre d", "somme d"].iter().filter_map(|word| said.rfind(word)).max()?;
        let inside = said.get(start..)?;
        let whole = inside.contains(" dont ") && !inside.contains(['(', ')', '«', '»']);
        whole.then(|| {
            Span::new(
                line + start,
                self.reader.file.text().get(..left.end as usize).map_or(0, |said| said.trim_end().len()),
            )
        })
    }

    pub(super) fn no_share(&self, left: Span, de: Span, span: Span) -> Built {
        if let Some(problem) = self.times_of(left, de, span).or_else(|| self.examined(left, span)) {
            self.reader.report(problem);
            return Built::leaf(self.invalid(span));
        }
        self.reader.report_at(
            "part-sans-pourcentage",
            "« de » ne suit qu'un pourcentage".to_string(),
            de,
            "",
            "par exemple « 10 % de X »",
        );
        Built::leaf(self.invalid(span))
    }

    /// « date d'examen du dossier ».
    fn examined(&self, left: Span, span: Span) -> Option<Diagnostic> {
        let file = self.reader.file;
        let of = file.slice(Span::new(left.end as usize, span.end as usize)).trim();
        let own = matches!(of, "du dossier" | "de la demande" | "de ce dossier" | "de sa demande");
        let message = "le jour où le dossier est examiné se dit « date d'examen », sans autre mot".to_owned();
        (own && file.slice(left).ends_with("examen")).then(|| {
            Diagnostic::error("tournure", message).at(file, span, "").instead(file, span, &["date d'examen"])
        })
    }

    /// « 3 mois de loyer »: so many times what is due for one.
    fn times_of(&self, left: Span, de: Span, span: Span) -> Option<Diagnostic> {
        let file = self.reader.file;
        let said = file.slice(left);
        let (count, unit) = said.rsplit_once(' ')?;
        let each = match unit {
            "jour" | "jours" => "par jour",
            "mois" => "par mois",
            "an" | "ans" => "par an",
            _ => return None,
        };
        let figure = count.starts_with(|c: char| c.is_ascii_digit())
            && count.bytes().all(|b| b.is_ascii_digit() || b == b' ' || b == b',');
        let of = file.slice(Span::new(de.end as usize, span.end as usize)).trim();
        if !figure || of.is_empty() {
            return None;
        }
        let place = Span::new(left.start as usize, de.end as usize);
        let after = file.text().get(de.end as usize..)?;
        let end = de.end as usize + after.len() - after.trim_start().len();
        let label = format!("écrire « {count} × {of} »");
        let message = format!("« {said} {} » s'écrit « {count} × »", file.slice(de).trim());
        let edit = (Span::new(left.start as usize, end), format!("{count} × "));
        Some(
            Diagnostic::error("part-sans-pourcentage", message)
                .at(file, place, "")
                .help(format!("{label}, s'il s'agit de ce qui est dû {each}"))
                .remedy(label, file, [edit]),
        )
    }

    pub(in crate::syntax::grammar) fn too_deep(&self, span: Span) -> Built {
        if !self.reader.too_deep.replace(true) {
            self.reader.report(crate::syntax::grammar::mistake::too_deep(self.reader.file, span));
        }
        Built::leaf(self.invalid(span))
    }

    pub(super) fn too_long(&self, span: Span) -> Built {
        if !self.reader.too_deep.replace(true) {
            self.reader.report_at(
                "expression-trop-longue",
                format!("une expression enchaîne au plus {} signes", limits::EXPRESSION_DEPTH),
                span,
                "",
                "en donner une partie dans une « définition »",
            );
        }
        Built::leaf(self.invalid(span))
    }
}

pub(super) fn is_comparison(expr: &Expr) -> bool {
    matches!(
        expr.kind,
        ExprKind::Compare { .. }
            | ExprKind::Is { .. }
            | ExprKind::Between { .. }
            | ExprKind::Within { .. }
            | ExprKind::Period { op: PeriodOp::Holds | PeriodOp::HoldsNot, .. }
    )
}
