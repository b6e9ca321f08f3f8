//! What a decision gives or asks: financings, contributions, results.

use std::collections::HashSet;

use super::body::Wanted;
use super::names::What;
use super::seen::Meant;
use super::types::Ty;
use super::{Checker, Lowered, Slot, Typed, labels, remedy};
use crate::diagnostic::Diagnostic;
use crate::policy::{
    Definition, DefinitionId, ExprId, ExprKind, Funding, FundingKind, Head, ItemRef, Rest, Type,
};
use crate::source::Span;
use crate::syntax::tree::{
    Aggregate, CountedUnit, EachDecl, Frequency, FundingDecl, Item, ItemKind, Path, ResultDecl, Spanned,
    ValueBody,
};
use crate::unit::{Measure, Unit};

impl Checker<'_> {
    /// A `financement` or a `contribution`, with its rank.
    pub(super) fn lower_funding(
        &mut self,
        item: &Item,
        slot: Slot,
        funding: &FundingDecl,
    ) -> Option<(u32, Funding)> {
        let head = self.head(item);
        let applies = self.lower_applies(item);
        let due = funding.due.as_ref().map(|due| self.lower_condition(due, None).id);
        let unless = self.lower_derogations(&funding.unless);
        let amount = self.lower_funding_amount(funding);
        let head = self.head_with(head, &funding.amount);
        let (kind, what) = match item.kind {
            ItemKind::Contribution(_) => (FundingKind::Contribution, "le montant d'une contribution"),
            _ => (FundingKind::Funding, "le montant d'un financement"),
        };
        let amount = match amount.ty.measure() {
            Some(measure) if measure.money => {
                self.check_pace(amount, measure, funding);
                amount
            }
            _ => self.expect(amount, Ty::Of(Type::Amount), what),
        };
        let parts = funding.parts.iter().filter_map(|part| self.lower_part(part, amount)).collect();
        let rest = funding
            .rest
            .as_ref()
            .map(|rest| Rest { value: self.lower(&rest.value, None).id, fate: rest.fate });
        let Slot::Reported(ItemRef::Funding(id)) = slot else { return None };
        if amount.ty.measure().is_some() {
            self.paces.insert(id, amount.ty);
        }
        if self.traits[amount.id.0 as usize].ranged {
            self.ranged.insert(id);
        }
        let funding = Funding {
            head,
            kind,
            applies,
            due,
            unless,
            amount: amount.id,
            parts,
            each: funding.each.is_some() || rest.is_some(),
            frequency: funding.frequency.as_ref().map(|frequency| frequency.value),
            lasting: funding.lasting.as_ref().map(|lasting| lasting.value),
            lasting_at: funding.lasting.as_ref().map(|lasting| lasting.span),
            rest,
        };
        Some((id.0, funding))
    }

    /// `montant`, of each element or of all together.
    pub(super) fn lower_funding_amount(&mut self, funding: &FundingDecl) -> Typed {
        let amount = match &funding.each {
            Some(each) => self.lower_each(each, &funding.amount),
            None => {
                self.paid = true;
                self.lower_body(&funding.amount, Wanted::Amount, None)
            }
        };
        self.paid = false;
        amount
    }

    /// `pour chaque médecin`: the amounts of all elements together.
    fn lower_each(&mut self, each: &EachDecl, amount: &ValueBody) -> Typed {
        let Some(list) = self.names.list(&each.list.text, true) else {
            self.report_no_list(Aggregate::Exists, &each.list, false, None);
            return self.unknown(amount.span);
        };
        self.used.lists.insert(list);
        self.note(&each.list, Meant::What(What::List(list)));
        let inside = Some(list);
        let filter = each.filter.as_ref().map(|filter| self.condition(filter, inside));
        let of = self.lower_body(amount, Wanted::EachAmount, inside);
        if of.ty.is_unknown() || filter.is_some_and(|filter| filter.ty.is_unknown()) {
            return self.unknown(amount.span);
        }
        let filter = filter.map(|filter| filter.id);
        let kind = ExprKind::Aggregate { kind: Aggregate::Sum, list, filter, of: Some(of.id) };
        self.push(kind, of.ty, amount.span)
    }

    /// An amount by a period is paid once a period.
    fn check_pace(&mut self, amount: Typed, measure: Measure, funding: &FundingDecl) {
        let due = |frequency: Frequency| match frequency {
            Frequency::Monthly => Some(Unit::MONTH),
            Frequency::Quarterly => Some(Unit::QUARTER),
            Frequency::Yearly => Some(Unit::YEAR),
            Frequency::Once | Frequency::PerEvent => None,
        };
        let every = |unit: Unit| match unit {
            Unit::QUARTER => "chaque trimestre",
            Unit::YEAR => "chaque année",
            _ => "chaque mois",
        };
        let said = funding.frequency.as_ref();
        let by = measure.per.filter(|per| measure.of.is_none() && per.months().is_some());
        let Some(by) = by else {
            if self.slices_left_out(amount) {
                return;
            }
            let message = format!("« {} » est {}", self.words(amount.span), self.type_words(amount.ty));
            let help = format!(
                "un financement est un montant en euros : dire de combien, par exemple « × nombre de {} »",
                measure.per.map_or("", Unit::several)
            );
            self.error("frequence", message, amount.span, "un montant est attendu", Some(help));
            return;
        };
        let paid = said.map(|frequency| due(frequency.value));
        if paid == Some(Some(by)) {
            return;
        }
        let message = match said {
            None => format!("ce montant se compte par {}, et rien ne dit qu'il est versé ainsi", by.one()),
            Some(said) => {
                format!(
                    "ce montant se compte par {}, et il est versé « {} »",
                    by.one(),
                    self.words(said.span)
                )
            }
        };
        let mut diagnostic =
            Diagnostic::error("frequence", message).at(self.file, amount.span, self.type_words(amount.ty));
        let ready = every(by);
        let help = match said {
            Some(said) => {
                diagnostic = diagnostic.at(self.file, said.span, "la fréquence");
                let other = paid.flatten().and_then(remedy::brought_words);
                match other {
                    Some(other) => {
                        format!("écrire « {ready} », ou ajouter « ramené {other} » après le montant")
                    }
                    None => format!("écrire « {ready} », ou donner le montant sans « par {} »", by.one()),
                }
            }
            None => format!("ajouter « {ready} » sous le montant"),
        };
        self.report(diagnostic.help(help));
    }

    /// `dont base`: an amount that the whole is made of.
    fn lower_part(&mut self, path: &Path, amount: Typed) -> Option<ExprId> {
        let part = self.lower_name(path, None);
        let part = match part.ty.is_money() {
            true => part,
            false => self.expect(part, Ty::Of(Type::Amount), "ce qui suit « dont »"),
        };
        if part.ty.is_unknown() || amount.ty.is_unknown() {
            return None;
        }
        if !self.reads(amount.id, part.id, &mut HashSet::new()) {
            let message = format!("« {} » n'entre pas dans ce montant", path.text);
            let diagnostic = Diagnostic::error("partie-absente", message)
                .at(self.file, path.span, "ce n'en est pas une partie")
                .at(self.file, amount.span, "le montant")
                .help("n'écrire sous « dont » que ce dont le montant se calcule");
            self.report(diagnostic);
            return None;
        }
        Some(part.id)
    }

    /// Whether an expression is worked out from another one.
    fn reads(&self, whole: ExprId, part: ExprId, seen: &mut HashSet<ExprId>) -> bool {
        let node = self.exprs.get(whole);
        if node.shape == self.exprs.get(part).shape {
            return true;
        }
        if !seen.insert(whole) {
            return false;
        }
        if let ExprKind::Definition(definition) = node.kind
            && self.reads(self.definitions[definition.index()].body, part, seen)
        {
            return true;
        }
        let mut found = false;
        node.kind.for_each_operand(&mut |operand| found = found || self.reads(operand, part, seen));
        found
    }

    /// A `résultat`, with its rank; others read it by its name, as they do a definition.
    pub(super) fn lower_result(
        &mut self,
        index: usize,
        item: &Item,
        slot: Slot,
        result: &ResultDecl,
    ) -> Option<(u32, Funding)> {
        let (head, applies, body) = self.define_result(index, item, result)?;
        let Slot::Result(id) = slot else { return None };
        let funding = Funding {
            head,
            kind: FundingKind::Result,
            applies,
            due: None,
            unless: Vec::new(),
            amount: body,
            parts: Vec::new(),
            each: false,
            frequency: None,
            lasting: None,
            lasting_at: None,
            rest: None,
        };
        Some((id.0, funding))
    }

    /// What a `résultat` gives, as the definition that others read: its head, its `si`, its value.
    pub(super) fn define_result(
        &mut self,
        index: usize,
        item: &Item,
        result: &ResultDecl,
    ) -> Option<(Head, Option<ExprId>, ExprId)> {
        let head = self.head(item);
        let applies = self.lower_applies(item);
        let mut body = self.lower_body(&result.body, Wanted::Any, None);
        let head = self.head_with(head, &result.body);
        if let Some(unit) = &result.unit {
            body = self.in_unit(body, unit);
        }
        if body.ty.is_unknown() {
            return None;
        }
        let parts = self.own_parts(item, 0);
        let definition = Definition {
            head: head.clone(),
            label: self.beside(&labels::made(&parts, body.ty == Ty::Of(Type::Truth)), item),
            list: None,
            applies,
            body: body.id,
            result: true,
        };
        let rank = DefinitionId(u32::try_from(self.definitions.len()).unwrap_or(u32::MAX));
        self.definitions.push(definition);
        self.lowered[index] = Some(Lowered { id: rank, ty: body.ty, is_period: false });
        Some((head, applies, body.id))
    }

    /// `en jours`, `en mois`: what a whole number counts.
    fn in_unit(&mut self, value: Typed, unit: &Spanned<CountedUnit>) -> Typed {
        let (ty, counted) = match unit.value {
            CountedUnit::Days => (Type::Days, "jours"),
            CountedUnit::Months => (Type::Months, "mois"),
        };
        if value.ty.is_unknown() || value.ty == Ty::Of(ty) {
            return value;
        }
        let node = self.exprs.get(value.id);
        let rounded = match &node.kind {
            ExprKind::Round { rounding, .. } => rounding.step.is_integer(),
            _ => false,
        };
        if value.ty == Ty::Of(Type::Integer) || value.ty.is_plain() && rounded {
            let (kind, span) = (node.kind.clone(), node.span);
            return self.push(kind, Ty::Of(ty), span);
        }
        let message = if value.ty.is_plain() {
            format!("des {counted} se comptent entiers ; « {} » peut ne pas l'être", self.words(value.span))
        } else {
            format!(
                "« en {counted} » dit ce que compte un nombre ; « {} » est {}",
                self.words(value.span),
                self.type_words(value.ty)
            )
        };
        let help = if value.ty.is_plain() {
            "ajouter au-dessus « arrondi à l'unité », « arrondi à l'unité inférieure » ou « … supérieure », selon le texte"
        } else {
            "ôter cette ligne : la valeur a déjà son unité"
        };
        let diagnostic = Diagnostic::error("unite-impossible", message)
            .at(self.file, unit.span, "")
            .at(self.file, value.span, self.type_words(value.ty))
            .help(help);
        self.report(diagnostic);
        self.unknown(Span::new(value.span.start as usize, unit.span.end as usize))
    }
}
