//! What a text leans on: the items of other texts, which stand in its file after its own.
//!
//! They are lowered early. Each is known by the identifier of its text and its name (`aide-socle.plafond`), and is a
//! definition here: a criterion that it is met, a financing that it is due and, beside, its amount. So they are
//! worked out, explained and proved as definitions are, and none of them is a ground of this text's decision.

use std::sync::Arc;

use super::names::What;
use super::texts::{DECISION, Texts};
use super::types::Ty;
use super::{Checker, Lowered, Slot, words};
use crate::diagnostic::Diagnostic;
use crate::policy::{
    CaseLine, Definition, DefinitionId, Derogation, ExprId, ExprKind as Kind, Guarded, Head, Quantity, Type,
    Written,
};
use crate::source::Span;
use crate::syntax::tree::{
    CompareOp, Condition, Document, FactDecl, FundingDecl, Item, ItemKind, Name, ObligationDecl, Path,
    TypeExpr,
};
use crate::value::Value;

/// Puts before the names of items the identifier of their text; a definition of each element of a list has it
/// after the list.
pub(super) fn rename(document: &mut Document, texts: &Texts) {
    if texts.is_empty() {
        return;
    }
    let lists: Vec<Arc<str>> = super::declare::fact_decls(document)
        .filter(|(_, decl)| decl.ty == TypeExpr::List)
        .map(|(_, decl)| Arc::clone(&decl.path.text))
        .collect();
    for item in &mut document.items {
        let Some(id) = texts.id(texts.at(item.span)).cloned() else { continue };
        let Some(path) = &mut item.name else { continue };
        let above = lists
            .iter()
            .find(|list| path.text.strip_prefix(&***list).is_some_and(|rest| rest.starts_with('.')));
        let depth = above.map_or(0, |list| list.matches('.').count() + 1);
        path.parts.insert(depth.min(path.parts.len()), Name { text: id, span: path.span });
        let parts: Vec<&str> = path.parts.iter().map(|part| &*part.text).collect();
        path.text = parts.join(".").into();
    }
}

impl<'a> Checker<'a> {
    /// The text in which an item stands.
    pub(super) fn text_of(&self, item: &Item) -> usize {
        self.names.texts().at(item.span)
    }

    /// Reads what follows as the text of an item does.
    pub(super) fn read_as(&self, item: &Item) {
        self.names.enter(self.text_of(item));
    }

    /// Whether a fact that another text declares is declared here too, in the same words: it is asked once.
    /// Other words are a mistake, which is told.
    pub(super) fn is_shared(&mut self, decl: &'a FactDecl) -> bool {
        let text = self.names.texts().at(decl.path.span);
        if text == 0 {
            return false;
        }
        let doc = self.doc;
        let mut before = super::declare::fact_decls(doc).map(|(_, other)| other);
        let Some(first) = before
            .find(|other| other.path.text == decl.path.text && other.path.span.start < decl.path.span.start)
        else {
            return false;
        };
        self.names.share(&decl.path.text, text);
        if decl.ty == TypeExpr::Period {
            for end in super::period::ENDS {
                self.names.share(&format!("{}.{end}", decl.path.text).into(), text);
            }
        }
        let (own, other) = (self.announced(first), self.announced(decl));
        if own != other {
            let name = &decl.path.text;
            let message = format!("« {name} » n'est pas déclaré ici comme dans {}", self.text_named(text));
            let diagnostic = Diagnostic::error("fait-different", message)
                .at(self.file, first.path.span, format!("ici : {own}"))
                .at(self.file, decl.path.span, format!("là : {other}"))
                .help("un même fait se déclare dans les mêmes termes ; deux faits ont deux noms");
            self.report(diagnostic);
        }
        true
    }

    /// What a fact's declaration asks for: its type, its bounds, its condition.
    fn announced(&self, decl: &FactDecl) -> String {
        let words = |span: Span| crate::text::tidy(self.file.slice(span));
        let mut said = words(decl.ty_span);
        if decl.unique.is_some() {
            said += ", unique";
        }
        if let Some(asked_if) = &decl.asked_if {
            said += &format!(", si {}", words(asked_if.span));
        }
        said
    }

    /// « aide-socle », among guillemets.
    fn text_named(&self, text: usize) -> String {
        format!("« {} »", self.names.texts().id(text).map_or("", |id| id))
    }

    /// An item of a text that is leaned on, as definitions.
    pub(super) fn lower_leaned(&mut self, index: usize, item: &Item) {
        let mut head = self.head(item);
        let applies = self.lower_applies(item);
        let (what, value) = match &item.kind {
            ItemKind::Result(result) => {
                self.define_result(index, item, result);
                return;
            }
            ItemKind::Criterion { requires, unless } => {
                let requires = self.lower_condition(requires, None).id;
                let unless = self.waived(unless, &mut head);
                let said = self.any_of([Some(requires), unless].into_iter().flatten().collect(), item.span);
                ("critère", self.only_if(applies, said, item.span))
            }
            ItemKind::Objective(condition) => ("objectif", self.as_applied(applies, condition, item.span)),
            ItemKind::Mission(condition) => ("mission", self.as_applied(applies, condition, item.span)),
            ItemKind::Decision(condition) => ("", self.lower_condition(condition, None).id),
            ItemKind::Funding(funding) | ItemKind::Contribution(funding) => {
                ("", self.lower_leaned_funding(index, item, &mut head, applies, funding))
            }
            ItemKind::Obligation(obligation) => {
                let Some(fulfilled) = self.fulfilled(item, &mut head, applies, obligation) else { return };
                ("obligation", fulfilled)
            }
            ItemKind::Source(_)
            | ItemKind::Dossier(_)
            | ItemKind::Coherence(_)
            | ItemKind::Parameter(..)
            | ItemKind::Columns(_)
            | ItemKind::Reading(_)
            | ItemKind::Definition(_)
            | ItemKind::Sharing(_) => return,
        };
        let name = self.bare_name(item);
        let said = match &item.kind {
            ItemKind::Decision(_) => "décision favorable".to_owned(),
            ItemKind::Funding(_) => format!("{name} dû"),
            ItemKind::Contribution(_) => format!("{name} due"),
            _ => format!("{what} {name}"),
        };
        let lowered = self.define_leaned(item, head, &said, value, Ty::Of(Type::Truth));
        self.lowered[index] = Some(lowered);
    }

    /// The name of an item in its own text.
    fn bare_name(&self, item: &Item) -> String {
        self.own_parts(item, 0).join(".")
    }

    /// What people read of what another text gives: its words, and the text beside.
    pub(super) fn beside(&self, said: &str, item: &Item) -> Arc<str> {
        match self.text_of(item) {
            0 => Arc::from(said),
            text => format!("{said} ({})", self.names.texts().shown(text)).into(),
        }
    }

    /// The parts of the name of an item in its own text, but for those of the list above.
    pub(super) fn own_parts(&self, item: &Item, above: usize) -> Vec<Arc<str>> {
        let text = usize::from(self.text_of(item) > 0);
        let parts = item.name.iter().flat_map(|name| &name.parts).skip(above + text);
        parts.map(|part| Arc::clone(&part.text)).collect()
    }

    fn define_leaned(&mut self, item: &Item, head: Head, said: &str, body: ExprId, ty: Ty) -> Lowered {
        let id = DefinitionId(u32::try_from(self.definitions.len()).unwrap_or(u32::MAX));
        let label = self.beside(said, item);
        self.definitions.push(Definition { head, label, list: None, applies: None, body, result: false });
        Lowered { id, ty, is_period: false }
    }

    fn truth(&mut self, kind: Kind, span: Span) -> ExprId {
        self.push(kind, Ty::Of(Type::Truth), span).id
    }

    /// The conditions of `sauf si`, one of which is enough; their sources are those of the whole.
    fn waived(&mut self, unless: &[crate::syntax::tree::Derogation], head: &mut Head) -> Option<ExprId> {
        let lowered = self.lower_derogations(unless);
        let span = unless.first().map_or(head.span, |first| first.condition.span);
        let of = lowered.iter().map(|Derogation { condition, .. }| *condition).collect();
        head.citations.extend(lowered.into_iter().flat_map(|derogation| derogation.citations));
        (!unless.is_empty()).then(|| self.any_of(of, span))
    }

    fn any_of(&mut self, of: Vec<ExprId>, span: Span) -> ExprId {
        match of.as_slice() {
            [only] => *only,
            _ => self.truth(Kind::Or(of), span),
        }
    }

    fn all_of(&mut self, of: Vec<ExprId>, span: Span) -> ExprId {
        match of.as_slice() {
            [only] => *only,
            [] => self.truth(Kind::Const(Value::Truth(true)), span),
            _ => self.truth(Kind::And(of), span),
        }
    }

    /// Asked only where the item applies.
    fn only_if(&mut self, applies: Option<ExprId>, then: ExprId, span: Span) -> ExprId {
        match applies {
            None => then,
            Some(_) => {
                let of = vec![Guarded { only_if: applies, then }];
                self.truth(Kind::Bullets { quantity: Quantity::All, of }, span)
            }
        }
    }

    fn as_applied(&mut self, applies: Option<ExprId>, condition: &Condition, span: Span) -> ExprId {
        let condition = self.lower_condition(condition, None).id;
        self.all_of(applies.into_iter().chain([condition]).collect(), span)
    }

    /// Whether a financing is due; its amount is a definition beside.
    fn lower_leaned_funding(
        &mut self,
        index: usize,
        item: &Item,
        head: &mut Head,
        applies: Option<ExprId>,
        funding: &FundingDecl,
    ) -> ExprId {
        let due = funding.due.as_ref().map(|due| self.lower_condition(due, None).id);
        let unless = self.waived(&funding.unless, head);
        let not = unless.map(|unless| {
            let span = self.exprs.get(unless).span;
            self.truth(Kind::Not(unless), span)
        });
        let parts: Vec<ExprId> = [applies, due, not].into_iter().flatten().collect();
        let always = parts.is_empty();
        let due = self.all_of(parts, item.span);
        let amount = self.lower_funding_amount(funding);
        let amount = self.expect(amount, Ty::Of(Type::Amount), "le montant d'un financement");
        if amount.ty.is_unknown() {
            return due;
        }
        let body = if always {
            amount.id
        } else {
            let span = funding.amount.span;
            let nothing =
                self.push(Kind::Const(Value::Number(crate::number::Ratio::zero())), amount.ty, span);
            let written = Written::Line;
            let line = CaseLine { when: due, else_if: false, value: amount.id, span, written };
            let kind = Kind::Cases { lines: vec![line], otherwise: Some(nothing.id) };
            self.push(kind, amount.ty, span).id
        };
        let amount_head = self.head_with(head.clone(), &funding.amount);
        let name = format!("montant {}", words::of(&self.bare_name(item)));
        let amount_head = Head { name: format!("montant de {}", amount_head.name).into(), ..amount_head };
        let lowered = self.define_leaned(item, amount_head, &name, body, amount.ty);
        self.amounts.insert(index, lowered);
        due
    }

    /// Whether an obligation is fulfilled; nothing where it names no act.
    fn fulfilled(
        &mut self,
        item: &Item,
        head: &mut Head,
        applies: Option<ExprId>,
        obligation: &ObligationDecl,
    ) -> Option<ExprId> {
        let unless = self.waived(&obligation.unless, head);
        let deadline = self.lower_deadline(obligation);
        let act = self.lower_event(obligation.fulfilled_by.as_ref()?);
        let span = self.exprs.get(act).span;
        let day = self.push(Kind::ExaminationDate, Ty::Of(Type::Date), span).id;
        let not = unless.map(|unless| self.truth(Kind::Not(unless), span));
        let before = |left, right| Kind::Compare { op: CompareOp::Le, left, right };
        let in_time = self.truth(before(act, deadline), span);
        let happened = self.truth(before(act, day), span);
        let of = [applies, not, Some(in_time), Some(happened)].into_iter().flatten().collect();
        Some(self.all_of(of, item.span))
    }

    /// The criteria of a text, by rank in the file.
    pub(super) fn criteria_of(&self, text: usize) -> impl Iterator<Item = (usize, &'a Item)> + '_ {
        self.doc.items.iter().enumerate().filter(move |(_, item)| {
            matches!(item.kind, ItemKind::Criterion { .. }) && self.text_of(item) == text
        })
    }

    /// `tous les critères sont remplis`, in a text that is leaned on: its own.
    pub(super) fn all_leaned_criteria(&mut self, span: Span) -> ExprId {
        let own: Vec<usize> = self.criteria_of(self.names.within()).map(|(index, _)| index).collect();
        let mut of = Vec::new();
        for index in own {
            if let Some(lowered) = self.lowered[index] {
                let then = self.push(Kind::Definition(lowered.id), lowered.ty, span).id;
                of.push(Guarded { only_if: None, then });
            }
        }
        self.truth(Kind::Bullets { quantity: Quantity::All, of }, span)
    }

    /// Whether a name that stands for nothing here is that of another text, or of what it gives: it is then told.
    pub(super) fn is_elsewhere(&mut self, path: &Path) -> bool {
        let within = self.names.within();
        let leaned = self.names.texts().clone();
        if let Some(text) = leaned.called(&path.text).filter(|_| self.names.sees(within, &path.text)) {
            let message = format!("{} est un texte, non une valeur", self.text_named(text));
            let help = format!("préciser ce que l'on en lit, par exemple « {}.{DECISION} »", path.text);
            self.error("texte-sans-valeur", message, path.span, "que faut-il en lire ?", Some(help));
            return true;
        }
        if let Some((id, rest)) = path.text.split_once('.')
            && let Some(text) = leaned.called(id)
        {
            if !self.names.sees(within, id) {
                let message = format!("ce texte ne dit pas qu'il s'appuie sur « {id} »");
                let help = format!("ajouter en tête « s'appuie sur {id} »");
                self.error("appui-non-dit", message, path.span, "lu ici", Some(help));
                return true;
            }
            let message = format!("{} n'a rien qui s'appelle « {rest} »", self.text_named(text));
            let near = self.names.nearest_of(rest, text);
            let diagnostic = Diagnostic::error("nom-inconnu", message).at(self.file, path.span, "");
            self.report(match near {
                Some(near) => diagnostic.help(format!("vouliez-vous dire « {id}.{near} » ?")).instead(
                    self.file,
                    path.span,
                    &[format!("{id}.{near}")],
                ),
                None => diagnostic,
            });
            return true;
        }
        let Some((text, symbol)) = self.names.hidden(&path.text) else { return false };
        let in_list = matches!(symbol.what, What::List(_) | What::Field(_));
        let id = leaned.id(text).cloned().unwrap_or_default();
        let message = format!("« {} » est un fait de « {id} », que ce texte ne déclare pas", path.text);
        let help = if in_list {
            "le déclarer ici aussi, dans les mêmes termes".to_owned()
        } else {
            format!("écrire « {id}.{} », ou le déclarer ici aussi, dans les mêmes termes", path.text)
        };
        let diagnostic = Diagnostic::error("fait-d-un-autre-texte", message)
            .at(self.file, path.span, "")
            .at(self.file, symbol.span, "déclaré là")
            .help(help);
        self.report(diagnostic);
        true
    }

    /// Whether an item is of a text that is leaned on, and what it gives is read as a condition or an amount.
    pub(super) fn leaned_slot(&self, item: &Item) -> Option<Slot> {
        if self.text_of(item) == 0 {
            return None;
        }
        match item.kind {
            ItemKind::Criterion { .. }
            | ItemKind::Objective(_)
            | ItemKind::Mission(_)
            | ItemKind::Decision(_)
            | ItemKind::Funding(_)
            | ItemKind::Contribution(_)
            | ItemKind::Obligation(_)
            | ItemKind::Result(_)
            | ItemKind::Sharing(_) => Some(Slot::Leaned),
            ItemKind::Source(_)
            | ItemKind::Dossier(_)
            | ItemKind::Coherence(_)
            | ItemKind::Parameter(..)
            | ItemKind::Columns(_)
            | ItemKind::Reading(_)
            | ItemKind::Definition(_) => None,
        }
    }
}
