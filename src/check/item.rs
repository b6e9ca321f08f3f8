//! Items: each is lowered into the policy, in an order in which it reads only what is there already.

use std::sync::{Arc, OnceLock};

use sha2::{Digest, Sha256};

use super::body::Wanted;
use super::seen::Meant;
use super::types::Ty;
use super::{Checker, Lowered, Slot, period, words};
use crate::diagnostic::Diagnostic;
use crate::policy::{
    self, ChoiceId, Citation, Coherence, Criterion, Decision, Definition, DefinitionId, Derogation, ExprId,
    ExprKind as Kind, Funding, Head, ItemRef, Mission, Objective, Obligation, Policy, Reading,
    RetainedOption, Source, Type,
};
use crate::source::Span;
use crate::syntax::tree::{self, DefinitionDecl, Item, ItemKind, ObligationDecl, Quote, TypeExpr};
use crate::text;
use crate::time::{DayOf, WorkingDays};
use crate::value::Value;

/// Items that are lowered, by kind, each with its slot: they are put in the order of the file at the end.
#[derive(Debug, Default)]
pub(super) struct Items {
    /// Those of the header.
    citations: Vec<Citation>,
    sources: Vec<Source>,
    coherences: Vec<(u32, Coherence)>,
    readings: Vec<(u32, Reading)>,
    criteria: Vec<(u32, Criterion)>,
    objectives: Vec<(u32, Objective)>,
    missions: Vec<(u32, Mission)>,
    decision: Option<Decision>,
    fundings: Vec<(u32, Funding)>,
    obligations: Vec<(u32, Obligation)>,
}

impl Items {
    /// Rules that no author wrote: they come after those of the file.
    pub fn imply(&mut self, rules: Vec<Coherence>) {
        self.coherences.extend(rules.into_iter().map(|rule| (u32::MAX, rule)));
    }
}

fn in_order<T>(mut items: Vec<(u32, T)>) -> Vec<T> {
    items.sort_by_key(|(slot, _)| *slot);
    items.into_iter().map(|(_, item)| item).collect()
}

fn texts(quotes: &[Quote]) -> Vec<Arc<str>> {
    quotes.iter().map(|quote| Arc::clone(&quote.text)).collect()
}

impl Checker<'_> {
    /// Lowers all items.
    pub(super) fn lower_items(&mut self, order: &[usize]) -> Items {
        let doc = self.doc;
        let mut items = Items::default();
        if let Some(header) = &doc.header {
            items.citations = self.citations(&header.citations);
        }
        for index in order {
            self.lower_item(*index, &doc.items[*index], &mut items);
        }
        self.names.enter(0);
        // Sources are declared in the order of the file, whoever cites them.
        for item in &doc.items {
            if let (ItemKind::Source(source), Some(name)) = (&item.kind, &item.name) {
                // An empty one was lost with a mistake that has been told, or is told as such.
                let title = source.title.text.trim();
                if !title.is_empty() && title.chars().all(|c| matches!(c, '…' | '.')) {
                    let message = format!("la source « {} » n'a pas de titre", name.text);
                    let help = "écrire l'intitulé du texte, par exemple « Arrêté du 1er mars 2025 »";
                    self.error("source-sans-titre", message, source.title.span, "", Some(help.to_owned()));
                }
                items.sources.push(Source {
                    name: name
                        .parts
                        .last()
                        .map_or_else(|| Arc::clone(&name.text), |part| Arc::clone(&part.text)),
                    title: Arc::clone(&source.title.text),
                    file: source.file.as_ref().map(|file| Arc::clone(&file.text)),
                    file_span: source.file.as_ref().map(|file| file.span),
                    binding: source.binding.value,
                    span: name.span,
                });
            }
        }
        items
    }

    /// The policy, where no error was found.
    pub(super) fn assemble(&mut self, items: Items) -> Option<Policy> {
        if self.has_errors() {
            return None;
        }
        let header = self.doc.header.as_ref()?;
        let decision = items.decision.unwrap_or_else(|| Decision {
            head: nameless(header.id.span),
            favourable: self.push(Kind::Const(Value::Truth(true)), Ty::Of(Type::Truth), header.id.span).id,
            stated: false,
        });
        Some(Policy {
            file: Arc::clone(self.file),
            sha256: digest(self.file.text()),
            id: Arc::clone(&header.id.text),
            title: Arc::clone(&header.title.text),
            currency: self.currency(),
            from: header.from.as_ref().map(|from| from.value),
            until: header.until.as_ref().map(|until| until.value),
            citations: items.citations,
            notes: texts(&header.notes),
            version: self.version.take().unwrap_or_default(),
            exprs: std::mem::take(&mut self.exprs),
            choices: std::mem::take(&mut self.choices),
            sources: items.sources,
            facts: std::mem::take(&mut self.facts),
            lists: std::mem::take(&mut self.lists),
            fields: std::mem::take(&mut self.fields),
            periods: std::mem::take(&mut self.periods),
            declared: std::mem::take(&mut self.declared),
            coherences: in_order(items.coherences),
            parameters: std::mem::take(&mut self.parameters),
            readings: in_order(items.readings),
            definitions: std::mem::take(&mut self.definitions),
            criteria: in_order(items.criteria),
            objectives: in_order(items.objectives),
            missions: in_order(items.missions),
            decision,
            fundings: in_order(items.fundings),
            obligations: in_order(items.obligations),
            rests_on: OnceLock::new(),
        })
    }

    fn lower_item(&mut self, index: usize, item: &Item, items: &mut Items) {
        let slot = self.slots[index];
        self.read_as(item);
        if slot == Slot::Leaned {
            return self.lower_leaned(index, item);
        }
        match &item.kind {
            // Read before: sources and facts as they are declared, parameters as constants.
            ItemKind::Source(_) => {
                self.head(item);
            }
            ItemKind::Dossier(_) | ItemKind::Parameter(..) => {}
            // Made into a financing and definitions, into parameters, before ([`super::sharing`], [`super::columns`]).
            ItemKind::Sharing(_) | ItemKind::Columns(_) => {}
            ItemKind::Coherence(condition) => {
                let head = self.head(item);
                let condition = self.lower_condition(condition, None).id;
                self.only_facts(condition, true, "une cohérence");
                if let Slot::Coherence(id) = slot {
                    items.coherences.push((id.0, Coherence { head, condition, implied: false }));
                }
            }
            ItemKind::Reading(reading) => {
                let head = self.head(item);
                let applies = self.lower_applies(item);
                let citations =
                    reading.options.iter().map(|option| self.citations(&option.citations)).collect();
                let question = reading.question.as_ref().map(|question| Arc::clone(&question.text));
                if let Slot::Reading(id) = slot {
                    let choice = self.reading_choices[id.index()];
                    let retained = reading.retained.as_ref().and_then(|r| self.retained(r, choice));
                    let reading = Reading { head, question, applies, choice, citations, retained };
                    items.readings.push((id.0, reading));
                }
            }
            ItemKind::Definition(definition) => self.lower_definition(index, item, definition),
            ItemKind::Criterion { requires, unless } => {
                let head = self.head(item);
                let applies = self.lower_applies(item);
                let requires = self.lower_condition(requires, None).id;
                let unless = self.lower_derogations(unless);
                if let Slot::Reported(ItemRef::Criterion(id)) = slot {
                    items.criteria.push((id.0, Criterion { head, applies, requires, unless }));
                }
            }
            ItemKind::Objective(condition) => {
                let head = self.head(item);
                let applies = self.lower_applies(item);
                let aims = self.lower_condition(condition, None).id;
                if let Slot::Reported(ItemRef::Objective(id)) = slot {
                    items.objectives.push((id.0, Objective { head, applies, aims }));
                }
            }
            ItemKind::Mission(condition) => {
                let head = self.head(item);
                let applies = self.lower_applies(item);
                let covered = self.lower_condition(condition, None).id;
                if let Slot::Reported(ItemRef::Mission(id)) = slot {
                    items.missions.push((id.0, Mission { head, applies, covered }));
                }
            }
            ItemKind::Decision(condition) => {
                let head = self.head(item);
                let favourable = self.lower_condition(condition, None).id;
                if slot == Slot::Reported(ItemRef::Decision) {
                    items.decision = Some(Decision { head, favourable, stated: true });
                }
            }
            ItemKind::Funding(funding) | ItemKind::Contribution(funding) => {
                let funding = self.lower_funding(item, slot, funding);
                items.fundings.extend(funding);
            }
            ItemKind::Result(result) => {
                let result = self.lower_result(index, item, slot, result);
                items.fundings.extend(result);
            }
            ItemKind::Obligation(obligation) => self.lower_obligation(item, slot, obligation, items),
        }
    }

    /// The option that a text retains.
    fn retained(&mut self, retained: &tree::RetainedDecl, choice: ChoiceId) -> Option<RetainedOption> {
        let citations = self.citations(&retained.citations);
        let options = &self.choices[choice.index()].options;
        let name = &retained.option;
        if let Some(rank) = options.iter().position(|option| *option == name.text) {
            let option = u16::try_from(rank).unwrap_or(u16::MAX);
            self.note_name(name, Meant::Option(choice, option));
            return Some(RetainedOption { option, citations, span: name.span });
        }
        let help = match text::nearest(&name.text, options.iter().map(|option| &**option)) {
            Some(near) => format!("vouliez-vous dire « {near} » ?"),
            None => format!("ses options : {}", options.join(", ")),
        };
        let message = format!("cette lecture n'a pas d'option « {} »", name.text);
        self.error("option-inconnue", message, name.span, "option inconnue", Some(help));
        None
    }

    fn lower_definition(&mut self, index: usize, item: &Item, definition: &DefinitionDecl) {
        let head = self.head(item);
        if self.refused.contains(&index) {
            return;
        }
        let list = item.name.as_ref().and_then(|name| self.names.list_above(&name.text));
        let applies = item.applies.as_ref().map(|applies| self.condition(applies, list).id);
        if let tree::ValueForm::Single(value) = &definition.body.form
            && definition.options.is_none()
            && definition.body.then.is_empty()
            && self.is_period(value, list)
        {
            let Some(ends) = self.lower_period_definition(value, list) else { return };
            let label = self.definition_label(item, definition, list, false);
            let id = DefinitionId(u32::try_from(self.definitions.len()).unwrap_or(u32::MAX));
            for ((body, end), day) in ends.into_iter().zip(period::ENDS).zip(["premier jour", "dernier jour"])
            {
                let head = Head { name: Arc::from(format!("{}.{end}", head.name)), ..head.clone() };
                self.definitions.push(Definition {
                    head,
                    label: period::said(day, &label),
                    list,
                    applies,
                    body,
                    result: false,
                });
            }
            self.lowered[index] = Some(Lowered { id, ty: Ty::Of(Type::Date), is_period: true });
            return;
        }
        let wanted = match definition.options.as_ref().map(|options| (&options.value, options.span)) {
            Some((TypeExpr::Choice(names), span)) => Wanted::Option(self.choice(names.iter(), false, span)),
            Some((TypeExpr::Scale(names), span)) => Wanted::Option(self.choice(names.iter(), true, span)),
            Some(_) => return,
            None if self.lacks_options(item, &definition.body, list) => return,
            None => Wanted::Any,
        };
        let body = self.lower_body(&definition.body, wanted, list);
        let head = self.head_with(head, &definition.body);
        if body.ty.is_unknown() {
            return;
        }
        let id = DefinitionId(u32::try_from(self.definitions.len()).unwrap_or(u32::MAX));
        let label = self.definition_label(item, definition, list, body.ty == Ty::Of(Type::Truth));
        self.definitions.push(Definition { head, label, list, applies, body: body.id, result: false });
        self.lowered[index] = Some(Lowered { id, ty: body.ty, is_period: false });
    }

    /// What people read in place of a definition's name.
    fn definition_label(
        &self,
        item: &Item,
        definition: &DefinitionDecl,
        list: Option<policy::ListId>,
        truth: bool,
    ) -> Arc<str> {
        match &definition.gloss {
            Some(gloss) => self.beside(&gloss.text, item),
            None => {
                let above = list.map_or(0, |list| self.names.list_path(list).matches('.').count() + 1);
                self.beside(&super::labels::made(&self.own_parts(item, above), truth), item)
            }
        }
    }

    fn lower_obligation(&mut self, item: &Item, slot: Slot, obligation: &ObligationDecl, items: &mut Items) {
        let head = self.head(item);
        let applies = self.lower_applies(item);
        let unless = self.lower_derogations(&obligation.unless);
        let deadline = self.lower_deadline(obligation);
        let fulfilled_by = obligation.fulfilled_by.as_ref().map(|act| self.lower_event(act));
        let Slot::Reported(ItemRef::Obligation(id)) = slot else { return };
        items.obligations.push((id.0, Obligation { head, applies, unless, deadline, fulfilled_by }));
    }

    /// `au plus tard`.
    pub(super) fn lower_deadline(&mut self, obligation: &ObligationDecl) -> ExprId {
        let limit = self.lower_body(&obligation.deadline, Wanted::Any, None);
        let limit = self.expect(limit, Ty::Of(Type::Date), "« au plus tard »");
        match &obligation.working_day {
            Some(put_off) => {
                let day = DayOf::Working(WorkingDays::next(put_off.value));
                self.push(Kind::DayOf { day, date: limit.id }, limit.ty, limit.span.to(put_off.span)).id
            }
            None => limit.id,
        }
    }

    pub(super) fn lower_applies(&mut self, item: &Item) -> Option<ExprId> {
        item.applies.as_ref().map(|applies| self.condition(applies, None).id)
    }

    pub(super) fn lower_derogations(&mut self, unless: &[tree::Derogation]) -> Vec<Derogation> {
        unless
            .iter()
            .map(|derogation| Derogation {
                condition: self.lower_condition(&derogation.condition, None).id,
                citations: self.citations(&derogation.citations),
            })
            .collect()
    }

    /// Name, sources, notes of an item.
    pub(super) fn head(&mut self, item: &Item) -> Head {
        Head {
            name: item.name.as_ref().map_or_else(|| Arc::from(""), |name| Arc::clone(&name.text)),
            span: item.name.as_ref().map_or(item.keyword, |name| name.span),
            whole: item.whole,
            citations: self.citations(&item.citations),
            notes: texts(&item.notes),
            concordances: item
                .concordances
                .iter()
                .map(|reason| policy::Answer { reason: Arc::clone(&reason.text), span: reason.span })
                .collect(),
        }
    }

    /// A head with the sources of the exceptions to a value.
    pub(super) fn head_with(&mut self, mut head: Head, body: &tree::ValueBody) -> Head {
        for then in &body.then {
            if let tree::Then::Except(exception) = then {
                head.citations.extend(self.citations(&exception.citations));
            }
        }
        head
    }

    fn citations(&mut self, citations: &[tree::Citation]) -> Vec<Citation> {
        let mut lowered = Vec::new();
        for citation in citations {
            let found = self.names.get(&citation.source.text);
            let slot = match found.map(|symbol| symbol.what) {
                Some(super::names::What::Item(item)) => self.slots[item],
                _ => Slot::Dossier,
            };
            let Slot::Source(source) = slot else {
                self.report_no_source(citation);
                continue;
            };
            self.used.sources.insert(source);
            if let Some(symbol) = found {
                self.note_name(&citation.source, Meant::What(symbol.what));
            }
            lowered.push(Citation {
                source,
                place: citation.place.as_ref().map(|place| Arc::clone(&place.value)),
                quote: citation.quote.as_ref().map(|quote| Arc::clone(&quote.text)),
                quote_span: citation.quote.as_ref().map(|quote| quote.span),
                span: citation.span,
            });
        }
        lowered
    }

    fn report_no_source(&mut self, citation: &tree::Citation) {
        let name = &citation.source.text;
        if self.may_be_lost(name) || self.said_before("source-inconnue", name, citation.source.span) {
            return;
        }
        let sources: Vec<Arc<str>> = (0..self.slots.len())
            .filter(|index| matches!(self.slots[*index], Slot::Source(_)))
            .map(|index| self.item_name(index))
            .collect();
        let near = text::nearest(name, sources.iter().map(|source| &**source));
        // « l'article 2 de la loi »: the text first, then the place in it.
        let turned = [" de la ", " de l'", " du ", " des ", " de "].into_iter().find_map(|of| {
            let (place, source) = name.split_once(of)?;
            sources.iter().any(|own| **own == *source).then(|| format!("{source}, {place}"))
        });
        let help = match near {
            Some(near) => format!("vouliez-vous dire « {near} » ?"),
            None => {
                let known = match sources.as_slice() {
                    [] => String::new(),
                    all => {
                        let shown = words::quoted_list(all.iter().take(3).map(|source| &**source), "et");
                        format!("sources déclarées : {shown} ; sinon ")
                    }
                };
                format!(
                    "{known}la déclarer : « source {name} « son titre », texte opposable », ou « document d'information »"
                )
            }
        };
        let message = format!("source inconnue : « {name} »");
        let diagnostic = Diagnostic::error("source-inconnue", message).at(
            self.file,
            citation.source.span,
            "aucune source ne porte ce nom",
        );
        let turned = turned.filter(|_| citation.place.is_none());
        self.report(match (turned, near) {
            (Some(turned), _) => {
                let line = self.line_before(citation.source.span).unwrap_or("");
                let article = ["l'", "l’", "le ", "la ", "les "].into_iter().find(|a| line.ends_with(a));
                let start = citation.source.span.start as usize - article.map_or(0, str::len);
                let whole = Span::new(start, citation.source.span.end as usize);
                diagnostic.instead(self.file, whole, &[turned])
            }
            (None, Some(near)) => diagnostic.help(help).instead(self.file, citation.source.span, &[near]),
            (None, None) => diagnostic.help(help),
        });
    }
}

/// The head of what the text does not say.
fn nameless(span: Span) -> Head {
    Head {
        name: Arc::from(""),
        span,
        whole: span,
        citations: Vec::new(),
        notes: Vec::new(),
        concordances: Vec::new(),
    }
}

/// SHA-256 of a text, in lower-case hexadecimal.
pub(crate) fn digest(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}
