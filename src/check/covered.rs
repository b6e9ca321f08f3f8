//! Days that the periods of a list cover together: `jours couverts par contrats.durée depuis D dont C`.

use super::names::Scope;
use super::types::Ty;
use super::{Checker, Typed, words};
use crate::diagnostic::Diagnostic;
use crate::policy::{ExprKind as Kind, ListId, Type};
use crate::source::Span;
use crate::syntax::tree::{Expr, Path, period_base};
use crate::text;

impl Checker<'_> {
    /// How many days are of one of the periods at least.
    pub(super) fn lower_covered(
        &mut self,
        period: &Expr,
        filter: Option<&Expr>,
        span: Span,
        scope: Scope,
    ) -> Typed {
        let Some(path) = period_base(period) else { return self.unknown(span) };
        let Some(list) = self.names.list_above(&path.text) else {
            self.report_no_periods(path, span, scope);
            return self.unknown(span);
        };
        self.used.lists.insert(list);
        let inside = Some(list);
        self.enter(scope, list);
        let ends = self.lower_period(period, inside);
        let filter = filter.map(|filter| self.condition(filter, inside));
        self.leave(span);
        let Some(ends) = ends.filter(|_| filter.is_none_or(|filter| !filter.ty.is_unknown())) else {
            return self.unknown(span);
        };
        let filter = filter.map(|filter| filter.id);
        let kind = Kind::Covered { list, filter, first: ends.first.id, last: ends.last.id };
        self.push(kind, Ty::Of(Type::Days), span)
    }

    /// A name that is not the period of each element of a list.
    fn report_no_periods(&mut self, path: &Path, span: Span, scope: Scope) {
        let file = self.file;
        if self.names_period(path, scope) {
            let message =
                format!("« {} » est une seule période, non celle de chaque élément d'une liste", path.text);
            let start = Span { start: span.start, end: path.span.start };
            let said = format!("jours {}", words::of(&path.text));
            let whole = Span { start: start.start, end: path.span.end };
            self.report(Diagnostic::error("periode-attendue", message).at(file, path.span, "").instead(
                file,
                whole,
                &[said],
            ));
            return;
        }
        let found = self.names.list(&path.text, false).map(|list| self.periods_of(list));
        let help = match found.as_deref() {
            Some([]) => format!("déclarer la période de chaque élément : « {}.durée : période »", path.text),
            Some(periods) => {
                let said: Vec<String> = periods.iter().map(|period| format!("« {period} »")).collect();
                format!("nommer la période de chaque élément : {}", said.join(" ou "))
            }
            None => {
                match self.field_before_list(path).or_else(|| self.nearly_period(path)) {
                    Some(problem) => self.report(problem),
                    None => {
                        self.lower_name(path, scope);
                    }
                }
                return;
            }
        };
        let message =
            format!("« {} » est une liste : de quelle période de ses éléments s'agit-il ?", path.text);
        self.report(Diagnostic::error("periode-attendue", message).at(file, path.span, "").help(help));
    }

    /// « contrat.durée » for « contrats.durée ».
    fn nearly_period(&self, path: &Path) -> Option<Diagnostic> {
        let near = text::nearest(&path.text, self.periods.iter().map(|period| &*period.path))?;
        let message = format!("nom inconnu : « {} »", path.text);
        let problem = Diagnostic::error("nom-inconnu", message).at(
            self.file,
            path.span,
            "aucune période ne porte ce nom",
        );
        Some(problem.instead(self.file, path.span, &[near.to_owned()]))
    }

    /// The periods that are declared of each element of a list.
    fn periods_of(&self, list: ListId) -> Vec<String> {
        let within = format!("{}.", self.names.list_path(list));
        let all = self.periods.iter().map(|period| &*period.path);
        all.filter(|path| path.starts_with(&within)).map(str::to_owned).collect()
    }
}
