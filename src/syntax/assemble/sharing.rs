//! The clauses of a `répartition`.

use super::draft::{Draft, invalid};
use crate::diagnostic::Diagnostic;
use crate::number::round::Rounding;
use crate::number::share::Remainder;
use crate::source::Span;
use crate::syntax::grammar::{SharingLine, SharingRemainder};
use crate::syntax::keyword::Keyword;
use crate::syntax::tree::{Adjustment, Expr, Fate, Order, Path, SharingDecl, Spanned};

/// What the lines of a `répartition` say.
#[derive(Default)]
pub(super) struct Shared {
    pub envelope: Option<Expr>,
    pub sharers: Option<(Path, Option<Expr>)>,
    pub measure: Option<Spanned<Option<Expr>>>,
    pub cap: Option<Spanned<Expr>>,
    pub order: Option<Spanned<Order>>,
    pub rounding: Option<Spanned<Rounding>>,
    pub again: Option<Span>,
    pub remainder: Option<Spanned<Remainder>>,
    pub left: Option<Spanned<Fate>>,
}

impl Draft<'_, '_, '_> {
    /// `au prorata de`, `dans la limite de`, `arrondi`.
    pub fn sharing_line(&mut self, line: Span) {
        match self.reader.sharing_line(line) {
            Some(SharingLine::Measure(measure)) => self.measure(Some(measure), line),
            Some(SharingLine::Cap(value)) => {
                let first = self.sharing.cap.as_ref().map(|cap| cap.span);
                if self.is_first(line, first) {
                    self.sharing.cap = Some(Spanned { value, span: line });
                }
            }
            Some(SharingLine::Rounding(Spanned { value: Adjustment::Round(value), .. })) => {
                let first = self.sharing.rounding.as_ref().map(|rounding| rounding.span);
                if self.is_first(line, first) {
                    self.sharing.rounding = Some(Spanned { value, span: line });
                }
            }
            Some(SharingLine::Rounding(_)) | None => self.broken = true,
        }
    }

    pub fn measure(&mut self, value: Option<Expr>, line: Span) {
        let first = self.sharing.measure.as_ref().map(|measure| measure.span);
        if self.is_first(line, first) {
            self.sharing.measure = Some(Spanned { value, span: line });
        }
    }

    /// `par ordre de`, `d'abord celles dont`: one of them.
    pub fn order(&mut self, value: Order, line: Span) {
        let Some(before) = &self.sharing.order else {
            self.sharing.order = Some(Spanned { value, span: line });
            return;
        };
        let (message, help) = match (&before.value, &value) {
            (Order::By { .. }, Order::By { .. }) => {
                super::words::said_twice(self.reader, line, before.span);
                return;
            }
            (Order::Groups(_), Order::Groups(_)) => (
                "« d'abord » est dit deux fois : lequel de ces groupes passe avant l'autre ?",
                "écrire « puis celles dont … » pour le second",
            ),
            (Order::By { .. }, Order::Groups(_)) | (Order::Groups(_), Order::By { .. }) => (
                "« d'abord » et « par ordre de » disent chacun qui est servi avant qui",
                "garder l'une de ces lignes ; où le texte dit les deux, une définition peut donner le rang de chacune",
            ),
        };
        let file = self.reader.file();
        let problem = Diagnostic::error("repartition", message.to_owned());
        self.reader.report(problem.at(file, line, "").at(file, before.span, "ici aussi").help(help));
    }

    /// `puis celles dont`, after `d'abord celles dont`.
    pub fn then(&mut self, group: Spanned<Expr>) {
        match &mut self.sharing.order {
            Some(Spanned { value: Order::Groups(groups), span }) => {
                *span = span.to(group.span);
                groups.push(group);
            }
            Some(Spanned { value: Order::By { .. }, .. }) | None => {
                let message = "« puis » ne suit pas « d'abord » : rien ne dit qui est servi avant".to_owned();
                let help = "écrire « d'abord celles dont … » au-dessus, pour les premières";
                self.reader.report_at("repartition", message, group.span, "", help);
                self.broken = true;
            }
        }
    }

    pub fn remainder(&mut self, line: Span, rest: Span) {
        match self.reader.remainder(rest) {
            Some(SharingRemainder::Again) => {
                if self.is_first(line, self.sharing.again) {
                    self.sharing.again = Some(line);
                }
            }
            Some(SharingRemainder::To(value)) => {
                let first = self.sharing.remainder.as_ref().map(|remainder| remainder.span);
                if self.is_first(line, first) {
                    self.sharing.remainder = Some(Spanned { value, span: line });
                }
            }
            None => self.broken = true,
        }
    }

    fn is_first(&self, line: Span, first: Option<Span>) -> bool {
        if let Some(first) = first {
            super::words::said_twice(self.reader, line, first);
        }
        first.is_none()
    }

    /// The whole; `None` where nothing says what is shared between whom.
    pub fn shared(&mut self) -> SharingDecl {
        let said = std::mem::take(&mut self.sharing);
        let at = self.block.line.span;
        let (list, filter) = said.sharers.unwrap_or_else(|| {
            self.missing(Keyword::Between);
            (Path { text: "".into(), parts: Vec::new(), span: at }, None)
        });
        SharingDecl {
            due: self.condition.take(),
            envelope: said.envelope.unwrap_or_else(|| self.missing(Keyword::Envelope)),
            list,
            filter,
            measure: said.measure.unwrap_or_else(|| {
                self.missing(Keyword::Equally);
                Spanned { value: Some(invalid(at)), span: at }
            }),
            cap: said.cap,
            order: said.order,
            rounding: said.rounding,
            again: said.again,
            remainder: said.remainder,
            left: said.left,
            frequency: self.frequency.take(),
        }
    }
}
