//! The `dossier` blocks: types, bounds, and what a fact may be.

use std::collections::HashMap;
use std::sync::Arc;

use super::Checker;
use super::component::{components, is_loop};
use super::names::What;
use super::types::{Ty, unify};
use crate::diagnostic::Diagnostic;
use crate::known::Known;
use crate::limits;
use crate::policy::{
    Choice, ChoiceId, Declared, ExprId, ExprKind, Fact, Field, List, ListId, Question, Type,
};
use crate::source::Span;
use crate::syntax::tree::{CompareOp, FactDecl, ItemKind, Name, TypeExpr};
use crate::unit::Measure;

impl<'a> Checker<'a> {
    /// Reads one declaration into the next slot of its kind.
    pub(super) fn read_fact(&mut self, decl: &'a FactDecl, above: Option<ListId>) {
        let parts: Vec<Arc<str>> = decl.path.parts.iter().map(|part| Arc::clone(&part.text)).collect();
        let question = decl.question.as_ref().map(|question| Arc::clone(&question.text));
        if let Some(span) = decl.unique.filter(|_| above.is_none()) {
            let message = format!(
                "« {} » n'est pas dans une liste : « unique » n'a rien à y distinguer",
                decl.path.text
            );
            let help = "« unique » dit que deux éléments d'une liste n'ont pas la même réponse ; l'ôter ici";
            self.error("unique-hors-liste", message, span, "à ôter", Some(help.to_owned()));
        }
        let Some(ty) = self.read_type(decl).filter(|_| !self.is_list(decl)) else {
            let label = self.label(decl, &parts, false, None);
            self.lists.push(List {
                path: Arc::clone(&decl.path.text),
                label,
                parts,
                fields: Vec::new(),
                question,
                asked_if: None,
                span: decl.path.span,
                ty_span: decl.ty_span,
            });
            return;
        };
        let measure = matches!(decl.ty, TypeExpr::Amount | TypeExpr::Number)
            .then(|| Measure::read(self.file.slice(decl.ty_span)))
            .flatten();
        let ask = Question {
            ty,
            measure,
            domain: self.domain(decl, ty, measure),
            asked_if: None,
            question,
            judge: decl.judge.as_ref().map(|judge| Arc::clone(&judge.value)),
            last_day: false,
            span: decl.path.span,
            ty_span: decl.ty_span,
        };
        if matches!(decl.ty, TypeExpr::Invalid) {
            self.untyped.insert(decl.path.span);
        }
        match above {
            None => {
                let label = self.label(decl, &parts, ty == Type::Truth, None);
                self.facts.push(Fact { path: Arc::clone(&decl.path.text), label, parts, ask });
            }
            Some(list) => {
                let path = self.names.list_path(list);
                let skipped = path.matches('.').count() + 1;
                let name = Arc::from(decl.path.text.get(path.len() + 1..).unwrap_or_default());
                let parts: Vec<Arc<str>> = parts.into_iter().skip(skipped).collect();
                let label = self.label(decl, &parts, ty == Type::Truth, Some(list));
                self.fields.push(Field {
                    list,
                    name,
                    parts,
                    label,
                    rank: 0,
                    unique: decl.unique.is_some(),
                    ask,
                });
            }
        }
    }

    /// Once all declarations are read: fields are given to their lists.
    pub(super) fn read_facts(&mut self) {
        for declared in &self.declared {
            let Declared::Field(field) = declared else { continue };
            // A list that could not be declared leaves its fields without an owner.
            let Some(list) = self.lists.get_mut(self.fields[field.index()].list.index()) else { continue };
            self.fields[field.index()].rank = u32::try_from(list.fields.len()).unwrap_or(u32::MAX);
            list.fields.push(*field);
        }
    }

    /// The conditions under which facts are asked, which may read facts only, and no fact that waits
    /// for them in turn.
    pub(super) fn lower_conditions_of_facts(&mut self) {
        let doc = self.doc;
        let mut conditions: Vec<(Declared, &FactDecl, ExprId)> = Vec::new();
        for item in &doc.items {
            let ItemKind::Dossier(facts) = &item.kind else { continue };
            self.read_as(item);
            for decl in facts {
                let Some(asked_if) = &decl.asked_if else { continue };
                let Some(symbol) = self.names.get(&decl.path.text).filter(|s| s.span == decl.path.span)
                else {
                    continue;
                };
                let (declared, scope) = match symbol.what {
                    What::Fact(fact) => (Declared::Fact(fact), None),
                    What::List(list) => (Declared::List(list), None),
                    What::Field(field) => (Declared::Field(field), Some(self.fields[field.index()].list)),
                    What::Period(rank) => {
                        let declared = self.periods[rank as usize].first;
                        let scope = match declared {
                            Declared::Field(field) => Some(self.fields[field.index()].list),
                            Declared::Fact(_) | Declared::List(_) => None,
                        };
                        (declared, scope)
                    }
                    What::Item(_) => continue,
                };
                let condition = self.condition(asked_if, scope).id;
                self.only_facts(condition, false, "la condition d'un fait");
                if let What::Period(rank) = symbol.what {
                    self.asked_of_period(rank, condition);
                }
                match declared {
                    Declared::Fact(fact) => self.facts[fact.index()].ask.asked_if = Some(condition),
                    Declared::Field(field) => self.fields[field.index()].ask.asked_if = Some(condition),
                    Declared::List(list) => self.lists[list.index()].asked_if = Some(condition),
                }
                conditions.push((declared, decl, condition));
            }
        }
        self.names.enter(0);
        self.check_loops_of_facts(&conditions);
    }

    /// Refuses whatever is no fact in an expression.
    pub(super) fn only_facts(&mut self, expr: ExprId, date_too: bool, what: &str) {
        let mut pending = vec![expr];
        let mut found: Option<(Span, &'static str)> = None;
        while let Some(id) = pending.pop() {
            let expr = self.exprs.get(id);
            let kind = match &expr.kind {
                ExprKind::Definition(_) => Some("une définition"),
                ExprKind::Parameter { .. } => Some("un paramètre"),
                ExprKind::Reading(_) => Some("une lecture"),
                ExprKind::Holds(_) | ExprKind::AllCriteria | ExprKind::AmountOf(_) => {
                    Some("un autre élément")
                }
                ExprKind::ExaminationDate if !date_too => Some("la date d'examen"),
                _ => None,
            };
            if let Some(kind) = kind {
                found = Some(found.map_or((expr.span, kind), |first| first.min((expr.span, kind))));
            }
            expr.kind.for_each_operand(&mut |operand| pending.push(operand));
        }
        let Some((span, kind)) = found else { return };
        let allowed = if date_too { "des faits et la date d'examen" } else { "des faits" };
        let message = format!("{what} ne lit que {allowed} : « {} » est {kind}", self.words(span));
        let help = "écrire ici la condition elle-même, avec les faits du dossier";
        self.error("faits-seulement", message, span, "n'est pas un fait", Some(help.to_owned()));
    }

    /// A fact that is asked only if another one is so, which is asked only if the first is so.
    fn check_loops_of_facts(&mut self, conditions: &[(Declared, &FactDecl, ExprId)]) {
        let reads = |id: ExprId| {
            let mut pending = vec![id];
            let mut found = Vec::new();
            while let Some(id) = pending.pop() {
                let kind = &self.exprs.get(id).kind;
                match kind {
                    ExprKind::Fact(fact) => found.push(Declared::Fact(*fact)),
                    ExprKind::Field(field) => found.push(Declared::Field(*field)),
                    ExprKind::Aggregate { list, .. }
                    | ExprKind::Covered { list, .. }
                    | ExprKind::Rank { list, .. } => {
                        found.push(Declared::List(*list));
                    }
                    ExprKind::Share(share) => found.push(Declared::List(share.list)),
                    _ => {}
                }
                kind.for_each_operand(&mut |operand| pending.push(operand));
            }
            // A field is asked only where its list is.
            let owners: Vec<Declared> = found
                .iter()
                .filter_map(|declared| match declared {
                    Declared::Field(field) => Some(Declared::List(self.fields[field.index()].list)),
                    Declared::Fact(_) | Declared::List(_) => None,
                })
                .collect();
            found.extend(owners);
            found
        };
        let ranks: HashMap<Declared, usize> =
            conditions.iter().enumerate().map(|(rank, (declared, _, _))| (*declared, rank)).collect();
        let edges: Vec<Vec<usize>> = conditions
            .iter()
            .map(|(_, _, condition)| reads(*condition).iter().filter_map(|d| ranks.get(d).copied()).collect())
            .collect();
        for component in components(&edges) {
            if !is_loop(&component, &edges) {
                continue;
            }
            let Some((_, decl, condition)) = component.first().map(|rank| conditions[*rank]) else {
                continue;
            };
            let message = format!("« {} » n'est demandé que selon sa propre réponse", decl.path.text);
            let diagnostic = Diagnostic::error("boucle", message)
                .at(self.file, self.exprs.get(condition).span, "cette condition revient à ce fait")
                .at(self.file, decl.path.span, "déclaré ici")
                .help("la condition d'un fait lit des faits demandés avant lui");
            self.report(diagnostic);
        }
    }

    /// The type of a declaration; `None` for a list.
    fn read_type(&mut self, decl: &'a FactDecl) -> Option<Type> {
        Some(match &decl.ty {
            TypeExpr::Truth => Type::Truth,
            TypeExpr::Integer => Type::Integer,
            TypeExpr::Number => Type::Number,
            TypeExpr::Percent => Type::Percent,
            TypeExpr::Amount => Type::Amount,
            TypeExpr::Date | TypeExpr::Period => Type::Date,
            TypeExpr::Months => Type::Months,
            TypeExpr::Days => Type::Days,
            TypeExpr::Text => Type::Text,
            TypeExpr::Choice(options) => Type::Choice(self.choice(options.iter(), false, decl.ty_span)),
            TypeExpr::Scale(options) => Type::Choice(self.choice(options.iter(), true, decl.ty_span)),
            // What it is compared with is not judged.
            TypeExpr::Invalid => Type::Truth,
            TypeExpr::List => return None,
        })
    }

    /// The choice type of these options; two declarations of the same options are one type.
    pub(super) fn choice<'n>(
        &mut self,
        names: impl Iterator<Item = &'n Name>,
        ordered: bool,
        span: Span,
    ) -> ChoiceId {
        let mut options: Vec<Arc<str>> = Vec::new();
        let mut seen: HashMap<&str, Span> = HashMap::new();
        for name in names {
            self.check_option(name);
            if let Some(first) = seen.insert(&name.text, name.span) {
                let message = format!("l'option « {} » est donnée deux fois", name.text);
                let diagnostic = Diagnostic::error("option-en-double", message)
                    .at(self.file, name.span, "à ôter")
                    .at(self.file, first, "déjà donnée ici");
                self.report(diagnostic);
                continue;
            }
            options.push(Arc::clone(&name.text));
        }
        if let [only] = options.as_slice() {
            let message = format!("« parmi » n'a qu'une option : « {only} »");
            let each = only.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(", ");
            let help = match only.contains(' ') {
                true => format!("séparer les options par des virgules : « parmi {each} »"),
                false => "donner les autres, ou déclarer le fait « oui ou non »".to_owned(),
            };
            let remark = Diagnostic::warning("option-seule", message).at(self.file, span, "").help(help);
            self.report(remark);
        }
        if options.len() > limits::OPTIONS {
            let message =
                format!("{} options, alors que la limite est de {}", options.len(), limits::OPTIONS);
            let help = "regrouper des options, ou en faire un texte";
            self.error("trop-d-options", message, span, "trop d'options ici", Some(help.to_owned()));
            options.truncate(limits::OPTIONS);
        }
        self.choice_of_options(options, ordered, span)
    }

    /// `jour de la semaine de D`: a choice, declared nowhere.
    pub(super) fn weekdays(&mut self, span: Span) -> ChoiceId {
        const DAYS: [&str; 7] = ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"];
        self.choice_of_options(DAYS.map(Arc::from).to_vec(), false, span)
    }

    fn choice_of_options(&mut self, options: Vec<Arc<str>>, ordered: bool, span: Span) -> ChoiceId {
        let fresh = ChoiceId(u32::try_from(self.choices.len()).unwrap_or(u32::MAX));
        let choice = *self.interned.entry((options.clone(), ordered)).or_insert(fresh);
        if choice == fresh {
            self.choices.push(Choice { options, ordered });
            self.choice_spans.push(span);
        }
        choice
    }

    /// All that the type and the bounds allow.
    fn domain(&mut self, decl: &FactDecl, ty: Type, measure: Option<Measure>) -> Known {
        if matches!(decl.ty, TypeExpr::Invalid) {
            return Known::ANY_TRUTH;
        }
        let mut domain = match ty {
            Type::Truth => Known::ANY_TRUTH,
            Type::Integer | Type::Months | Type::Days => Known::any_number(true),
            Type::Number | Type::Percent | Type::Amount => Known::any_number(false),
            Type::Date => Known::ANY_DATE,
            Type::Text => Known::ANY_TEXT,
            Type::Choice(choice) => Known::any_choice(self.choices[choice.index()].options.len()),
        };
        for bound in &decl.bounds {
            let span = bound.value.span;
            if !ty.is_numeric() && ty != Type::Date {
                let message = format!("{} n'a pas de bornes", self.type_words(Ty::Of(ty)));
                self.error("borne", message, span, "borne à ôter", None);
                return domain;
            }
            if matches!(bound.op, CompareOp::Eq | CompareOp::Ne) {
                let message = "une borne s'écrit « ≥ », « > », « ≤ » ou « < »".to_owned();
                let help = "une autre exigence s'écrit dans une « cohérence »";
                self.error("borne", message, span, "borne", Some(help.to_owned()));
                return domain;
            }
            let Some((bound_ty, value)) = self.constant(&bound.value, "une borne") else { return domain };
            // A count takes a decimal bound, and a bound need not repeat what its type says; nothing else crosses
            // units.
            let bare = measure.is_some() && unify(bound_ty, Ty::Of(ty)).is_some();
            let wanted = measure.map_or(Ty::Of(ty), Ty::Measured);
            if !bare && unify(bound_ty, wanted).is_none() {
                let message = format!(
                    "la borne de « {} » doit être {} ; « {} » est {}",
                    decl.path.text,
                    self.type_words(wanted),
                    self.words(span),
                    self.type_words(bound_ty)
                );
                let problem = Diagnostic::error("types-incompatibles", message).at(self.file, span, "borne");
                self.report(self.with_unit(problem, wanted, &bound.value));
                return domain;
            }
            match domain.narrow_by(bound.op, &Known::exactly(&value)) {
                Some(narrowed) => domain = narrowed,
                None => {
                    let message = format!("aucune valeur de « {} » ne tient dans ces bornes", decl.path.text);
                    self.error("bornes-vides", message, decl.ty_span, "bornes contraires", None);
                    return domain;
                }
            }
        }
        domain
    }

    /// Readings: their options are choice types.
    pub(super) fn read_readings(&mut self) {
        let doc = self.doc;
        for (index, item) in doc.items.iter().enumerate() {
            let ItemKind::Reading(reading) = &item.kind else { continue };
            let span = self.item_span(index);
            let choice = self.choice(reading.options.iter().map(|option| &option.name), false, span);
            self.reading_choices.push(choice);
        }
    }
}
