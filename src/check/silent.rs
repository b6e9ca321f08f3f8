//! What a text leaves unsaid, or says without its author seeing it: remarks, given only where the file holds
//! no error.

use super::names::{Found, What};
use super::{Checker, Slot, element};
use crate::diagnostic::Diagnostic;
use crate::policy::{Declared, ListId};
use crate::source::Span;
use crate::syntax::tree::{Aggregate, ArithOp, Expr, ExprKind, Frequency, ItemKind, Path};

/// An aggregate whose condition is being read.
#[derive(Debug)]
pub(super) struct Around {
    /// The list of the element in turn outside of it.
    pub outer: Option<ListId>,
    /// Its own list.
    pub list: ListId,
    /// Where a name was read of its own element that is one of the outer element too.
    captured: Vec<Span>,
    /// Whether something was read of an element by its own name: the author tells them apart.
    pub told_apart: bool,
}

/// How often an amount is paid, as its name says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Pace {
    Month,
    Quarter,
    Year,
}

impl Pace {
    const WORDS: [(Pace, &'static str); 10] = [
        (Pace::Month, "mensuel"),
        (Pace::Month, "mensuels"),
        (Pace::Month, "mensuelle"),
        (Pace::Month, "mensuelles"),
        (Pace::Quarter, "trimestriel"),
        (Pace::Quarter, "trimestrielle"),
        (Pace::Year, "annuel"),
        (Pace::Year, "annuels"),
        (Pace::Year, "annuelle"),
        (Pace::Year, "annuelles"),
    ];
    const PHRASES: [(Pace, &'static str); 4] = [
        (Pace::Month, "par mois"),
        (Pace::Quarter, "par trimestre"),
        (Pace::Year, "par an"),
        (Pace::Year, "par année"),
    ];

    /// What a name says of itself.
    fn of(name: &str) -> Option<Pace> {
        // Most names say nothing of it.
        if !name.contains("el") && !name.contains("par ") {
            return None;
        }
        let words = |word: &str| name.split([' ', '.']).any(|own| own == word);
        let phrase = |phrase: &str| {
            name.match_indices(phrase).any(|(at, _)| {
                let after = name.get(at + phrase.len()..).unwrap_or("");
                after.is_empty() || after.starts_with(' ')
            })
        };
        let word = Pace::WORDS.iter().find(|(_, word)| words(word));
        word.or_else(|| Pace::PHRASES.iter().find(|(_, own)| phrase(own))).map(|(pace, _)| *pace)
    }

    fn months(self) -> u32 {
        match self {
            Pace::Month => 1,
            Pace::Quarter => 3,
            Pace::Year => 12,
        }
    }

    fn words(self) -> &'static str {
        match self {
            Pace::Month => "par mois",
            Pace::Quarter => "par trimestre",
            Pace::Year => "par an",
        }
    }
}

/// `a, b et c`.
fn and(names: &[String]) -> String {
    match names {
        [first @ .., last] if !first.is_empty() => format!("{} et {last}", first.join(", ")),
        _ => names.concat(),
    }
}

impl Checker<'_> {
    /// Gives the remarks that were kept, and those on what is not said at all.
    pub(super) fn warn_of_silence(&mut self) {
        if self.has_errors() {
            return;
        }
        let mut remarks = std::mem::take(&mut self.remarks);
        if let Some(header) = &self.doc.header
            && header.from.is_none()
            && header.draft.is_none()
        {
            remarks.push(
                Diagnostic::warning(
                    "sans-date-d-effet",
                    "ce texte ne dit pas depuis quand il est en vigueur",
                )
                .at(self.file, header.id.span, "il vaudrait pour toute demande, même très ancienne")
                .help("ajouter dessous, par exemple, « en vigueur depuis le 1er janvier 2025 »"),
            );
        }
        for declared in &self.declared {
            let ask = match *declared {
                Declared::Fact(fact) => &self.facts[fact.index()].ask,
                Declared::Field(field) => &self.fields[field.index()].ask,
                Declared::List(_) => continue,
            };
            // The two days of a period are asked in one question.
            if ask.question.is_none() && !ask.last_day {
                let path = self.file.slice(ask.span);
                remarks.push(
                    Diagnostic::warning(
                        "question-absente",
                        format!("le fait « {path} » n'a pas de question"),
                    )
                    .at(self.file, ask.span, "qui remplit un dossier ne saura que répondre")
                    .help("écrire la question sur la ligne d'en dessous, entre guillemets : « … ? »"),
                );
            }
        }
        self.diagnostics.extend(remarks);
    }

    /// Keeps a remark; what is read twice is said once.
    fn remark(&mut self, remark: Diagnostic) {
        if !self.remarks.contains(&remark) {
            self.remarks.push(remark);
        }
    }

    /// An amount of a month and one of a year, added or compared.
    pub(super) fn remark_on_paces(&mut self, left: &Expr, right: &Expr) {
        let (Some((a, a_span)), Some((b, b_span))) = (self.pace(left), self.pace(right)) else { return };
        if a == b {
            return;
        }
        let (of_a, of_b) = (self.words(a_span), self.words(b_span));
        let (long, times) =
            if a > b { (&of_a, a.months() / b.months()) } else { (&of_b, b.months() / a.months()) };
        let message = format!("« {of_a} » se compte {}, « {of_b} » {}", a.words(), b.words());
        let help = format!("ramener les deux à la même période, par exemple « {long} ÷ {times} »");
        self.remark(
            Diagnostic::warning("periodes-melees", message)
                .at(self.file, b_span, b.words())
                .at(self.file, a_span, a.words())
                .help(help),
        );
    }

    /// How often what an expression is made of is paid, and where it says so.
    fn pace(&self, expr: &Expr) -> Option<(Pace, Span)> {
        match &expr.kind {
            ExprKind::Name(path)
            | ExprKind::Aggregate {
                kind: Aggregate::Sum | Aggregate::Greatest | Aggregate::Least,
                path,
                ..
            } => Pace::of(&path.text).map(|pace| (pace, expr.span)),
            ExprKind::AmountOf(path) => Some((self.paid(path)?, expr.span)),
            ExprKind::Paren(inner) | ExprKind::Negate(inner) => self.pace(inner),
            ExprKind::Adjusted { base, .. } => self.pace(base),
            ExprKind::Arith { op: ArithOp::Add | ArithOp::Sub, left, right } => {
                self.pace(left).or_else(|| self.pace(right))
            }
            _ => None,
        }
    }

    fn paid(&self, path: &Path) -> Option<Pace> {
        let Found::Symbol(symbol) = self.names.resolve(&path.text, None) else { return None };
        let What::Item(item) = symbol.what else { return None };
        let (ItemKind::Funding(funding) | ItemKind::Contribution(funding)) = &self.doc.items[item].kind
        else {
            return None;
        };
        match funding.frequency.as_ref()?.value {
            Frequency::Monthly => Some(Pace::Month),
            Frequency::Quarterly => Some(Pace::Quarter),
            Frequency::Yearly => Some(Pace::Year),
            Frequency::Once | Frequency::PerEvent => None,
        }
    }

    /// A rank by what two elements may share: only a field that is `unique` tells them all apart.
    pub(super) fn remark_on_ties(&mut self, by: &Expr, list: ListId) {
        let field = match &by.kind {
            ExprKind::Name(path) => match self.names.resolve(&path.text, Some(list)) {
                Found::Symbol(symbol) => match symbol.what {
                    What::Field(field) => Some(field),
                    What::Item(_) | What::Fact(_) | What::List(_) | What::Period(_) => None,
                },
                Found::Ambiguous { .. } | Found::Nothing => None,
            },
            _ => None,
        };
        if field.is_some_and(|field| self.fields[field.index()].unique) {
            return;
        }
        let (key, own) = (self.words(by.span), self.names.list_path(list).clone());
        let message = format!("deux éléments de « {own} » peuvent avoir le même rang selon « {key} »");
        let help = match field {
            Some(_) => format!(
                "si « {key} » n'est jamais le même pour deux, le déclarer « unique » ; sinon dire ce qui les départage, \
                 par exemple « , à égalité, dans l'ordre du dossier »"
            ),
            None => "dire ce qui les départage (« , à égalité, dans l'ordre du dossier »), ou ranger selon un champ \
                     déclaré « unique »"
                .to_owned(),
        };
        self.remark(
            Diagnostic::warning("ex-aequo", message)
                .at(self.file, by.span, "rien ne les départage")
                .help(help),
        );
    }

    /// Starts the condition of an aggregate over a list, inside the element of another or of the same.
    pub(super) fn enter(&mut self, outer: Option<ListId>, list: ListId) {
        self.around.push(Around { outer, list, captured: Vec::new(), told_apart: false });
    }

    /// Ends it; says which names were read of its element that the outer element has too.
    pub(super) fn leave(&mut self, span: Span) {
        let Some(Around { outer: Some(outer), list, captured, told_apart: false }) = self.around.pop() else {
            return;
        };
        let Some(first) = captured.first().copied() else { return };
        let mut names: Vec<String> = Vec::new();
        for span in &captured {
            let name = format!("« {} »", self.words(*span));
            if !names.contains(&name) {
                names.push(name);
            }
        }
        let own = self.names.list_path(list).clone();
        let (are, who) = if names.len() > 1 { ("sont lus", "ceux") } else { ("est lu", "celui") };
        let message =
            format!("ici, {} {are} de l'élément de « {own} » que l'on parcourt en second", and(&names));
        let first_name = self.words(first);
        let other = element::of_one(&self.names.list_path(outer).clone());
        let help = format!(
            "pour {who} de l'élément que l'on parcourt en premier, écrire par exemple « {first_name} {other} » ; sinon, mettre ce calcul dans une « définition » à part"
        );
        self.remark(
            Diagnostic::warning("element-masque", message)
                .at(self.file, first, "lu du second élément")
                .at(self.file, span, "second parcours")
                .help(help),
        );
    }

    /// Takes note of a name that is one of the element in turn, and of the element outside as well.
    pub(super) fn note_element(&mut self, path: &Path, of: ListId) {
        let Some(frame) = self.around.last() else { return };
        let Some(outer) = frame.outer.filter(|_| frame.list == of && path.parts.len() == 1) else { return };
        let of_outer = match self.names.resolve(&path.text, Some(outer)) {
            Found::Symbol(symbol) => self.is_of_element(symbol.what, outer),
            Found::Ambiguous { .. } => true,
            Found::Nothing => false,
        };
        if of_outer && let Some(frame) = self.around.last_mut() {
            frame.captured.push(path.span);
        }
    }

    fn is_of_element(&self, what: What, list: ListId) -> bool {
        match what {
            What::Field(field) => self.fields[field.index()].list == list,
            What::Item(item) => {
                self.slots[item] == Slot::Definition
                    && self.names.list_above(&self.item_name(item)) == Some(list)
            }
            What::Period(rank) => match self.periods[rank as usize].first {
                Declared::Field(field) => self.fields[field.index()].list == list,
                Declared::Fact(_) | Declared::List(_) => false,
            },
            What::Fact(_) | What::List(_) => false,
        }
    }
}
