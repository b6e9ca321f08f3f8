//! Lines of values put together: one value, cases, or a scale.

use super::draft::invalid;
use crate::diagnostic::Diagnostic;
use crate::source::Span;
use crate::syntax::grammar::{Reader, ValueLine};
use crate::syntax::tree::{
    Adjusting, ArithOp, CaseLine, Citation, Exception, Expr, ExprKind, ScaleDecl, TableDecl, Then, ValueBody,
    ValueForm, When,
};
use crate::syntax::turns;

/// The `vaut` or `montant` lines of an item, and what follows them.
#[derive(Default)]
pub(super) struct Values {
    lines: Vec<(Expr, Option<When>, Span)>,
    scale: Option<ScaleDecl>,
    table: Option<TableDecl>,
    then: Vec<Then>,
    span: Option<Span>,
}

impl Values {
    pub fn line(&mut self, reader: &Reader<'_>, line: ValueLine, span: Span) {
        let first = self.span;
        self.extend(span);
        match line {
            ValueLine::Value(value, when) => {
                if self.is_by_lines() {
                    report_mix(reader, span, first);
                    return;
                }
                self.lines.push((value, when, span));
            }
            ValueLine::Scale(..) | ValueLine::Table(_) if self.is_by_lines() || !self.lines.is_empty() => {
                report_mix(reader, span, first);
            }
            ValueLine::Scale(of, by_slices) => {
                self.scale = Some(ScaleDecl { of, by_slices, lines: Vec::new() });
            }
            ValueLine::Table(of) => self.table = Some(TableDecl { of, lines: Vec::new() }),
        }
    }

    fn is_by_lines(&self) -> bool {
        self.scale.is_some() || self.table.is_some()
    }

    /// A line of a scale or a table.
    pub fn band(&mut self, reader: &Reader<'_>, line: Span, amount: bool) {
        self.extend(line);
        match &mut self.table {
            Some(table) => table.lines.push(reader.table_line(line, amount)),
            None => {
                let line = reader.scale_line(line, amount);
                if let Some(scale) = &mut self.scale {
                    scale.lines.push(line);
                }
            }
        }
    }

    pub fn adjust(&mut self, adjusting: Option<Adjusting>, span: Span) {
        self.extend(span);
        self.then.extend(adjusting.map(Then::Adjust));
    }

    pub fn except(&mut self, exception: Exception) {
        self.extend(exception.span);
        self.then.push(Then::Except(exception));
    }

    /// `selon` under the last exception.
    pub fn cite(&mut self, citation: Option<Citation>) {
        if let Some(Then::Except(exception)) = self.then.last_mut() {
            exception.citations.extend(citation);
        }
    }

    /// The one line of a time limit that says when it holds, and nothing for the other cases.
    pub fn only_if(&self) -> Option<(Span, &Expr)> {
        match self.lines.as_slice() {
            [(_, Some(When::If(when)), line)] => Some((*line, when)),
            _ => None,
        }
    }

    fn extend(&mut self, span: Span) {
        self.span = Some(self.span.map_or(span, |s| s.to(span)));
    }

    /// The whole, where there is a value.
    pub fn finish(self, reader: &Reader<'_>) -> Option<ValueBody> {
        let span = self.span?;
        let empty = |what: &str, help: &str| {
            reader.report_at("bareme-vide", format!("{what} n'a aucune ligne"), span, "", help);
        };
        let form = match (self.table, self.scale) {
            (Some(table), _) => {
                if table.lines.is_empty() {
                    empty(
                        "ce tableau",
                        "par exemple « moins de 30, F : 10 € », une case pour chaque chose nommée",
                    );
                }
                ValueForm::Table(table)
            }
            (None, Some(scale)) => {
                if scale.lines.is_empty() {
                    empty("ce barème", "par exemple « jusqu'à 10 : 100 € », puis « au-delà : 200 € »");
                }
                ValueForm::Scale(scale)
            }
            (None, None) => cases(reader, self.lines)?,
        };
        Some(ValueBody { form, then: self.then, span })
    }
}

/// What a value is divided by, where that is a name: it may be nothing.
fn divisor(value: &Expr) -> Option<&Expr> {
    match &value.kind {
        ExprKind::Arith { op: ArithOp::Div, right, .. } => {
            matches!(right.kind, ExprKind::Name(_)).then_some(right)
        }
        ExprKind::Arith { left, right, .. } => divisor(left).or_else(|| divisor(right)),
        ExprKind::Paren(inner) => divisor(inner),
        _ => None,
    }
}

fn cases(reader: &Reader<'_>, lines: Vec<(Expr, Option<When>, Span)>) -> Option<ValueForm> {
    if let [(_, None, _)] = lines.as_slice() {
        return lines.into_iter().next().map(|(value, _, _)| ValueForm::Single(value));
    }
    let last = lines.len().checked_sub(1)?;
    let cases = lines.into_iter().enumerate().map(|(n, (value, when, span))| {
        let when = match when {
            Some(When::Otherwise(place)) if n < last => {
                reader.report_at(
                    "autres-cas-avant-la-fin",
                    "les autres cas viennent en dernier".to_string(),
                    place,
                    "d'autres lignes suivent",
                    "mettre cette ligne après les autres",
                );
                When::Otherwise(place)
            }
            Some(when) => when,
            None => {
                let read = !matches!(value.kind, ExprKind::Invalid);
                let words =
                    read.then(|| turns::condition_in_words(reader.file().slice(value.span))).flatten();
                if let Some((place, says)) = words {
                    let start = value.span.start as usize;
                    let place = Span::new(start + place.start, start + place.end);
                    let message = format!("« {} » s'écrit « {says} »", reader.file().slice(place));
                    let problem = Diagnostic::error("tournure", message).at(reader.file(), place, "");
                    reader.report(problem.instead(reader.file(), place, &[says]));
                    return CaseLine { value: invalid(value.span), when: When::If(invalid(span)), span };
                }
                if read {
                    let message = "de plusieurs lignes, chacune dit quand elle vaut";
                    let problem = Diagnostic::error("condition-manquante", message).at(
                        reader.file(),
                        value.span,
                        "sans condition",
                    );
                    let end = value.span.end as usize;
                    reader.report(match divisor(&value).filter(|_| n < last) {
                        Some(divisor) => {
                            let says = format!("si {} > 0", reader.file().slice(divisor.span));
                            let help = format!("terminer la ligne par « {says} »");
                            let edits = [(Span::new(end, end), format!(" {says}"))];
                            problem.help(&help).remedy(help, reader.file(), edits)
                        }
                        None if n < last => {
                            problem.help("terminer la ligne par « si » et le cas où elle vaut")
                        }
                        None => problem.help("terminer la ligne par « si … » ou « dans les autres cas »"),
                    });
                }
                When::If(invalid(span))
            }
        };
        CaseLine { value, when, span }
    });
    Some(ValueForm::Cases(cases.collect()))
}

fn report_mix(reader: &Reader<'_>, span: Span, first: Option<Span>) {
    let mut problem = Diagnostic::error(
        "valeur-en-double",
        "un barème et des lignes de valeur ne vont pas ensemble",
    )
    .at(reader.file(), span, "en trop");
    if let Some(first) = first {
        problem = problem.at(reader.file(), first, "déjà dit ici");
    }
    reader.report(problem.help("garder l'un ou l'autre"));
}
