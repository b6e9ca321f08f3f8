//! The first pass: what the file declares, and which names are taken twice.

use std::sync::Arc;

use super::names::{Read, Symbol, What};
use super::{Checker, Slot, words};
use crate::diagnostic::Diagnostic;
use crate::policy::{
    CoherenceId, CriterionId, Declared, FactId, FieldId, FundingId, ItemRef, ListId, MissionId, ObjectiveId,
    ObligationId, ParameterId, ReadingId, SourceId,
};
use crate::source::Span;
use crate::syntax::tree::{FactDecl, Item, ItemKind, Kind, Path, TypeExpr};
use crate::wording::french;

/// How many items of each kind were met.
#[derive(Debug, Default)]
struct Counts {
    sources: u32,
    coherences: u32,
    parameters: u32,
    readings: u32,
    criteria: u32,
    objectives: u32,
    missions: u32,
    /// By kind: those of one kind stand together.
    fundings: [u32; 3],
    obligations: u32,
}

fn next(count: &mut u32) -> u32 {
    let id = *count;
    *count += 1;
    id
}

/// Where an item may be read.
fn read_as(kind: &ItemKind) -> Read {
    match kind {
        ItemKind::Source(_) | ItemKind::Coherence(_) | ItemKind::Dossier(_) => Read::Never,
        ItemKind::Criterion { .. }
        | ItemKind::Objective(_)
        | ItemKind::Mission(_)
        | ItemKind::Obligation(_) => Read::Condition,
        ItemKind::Parameter(..)
        | ItemKind::Columns(_)
        | ItemKind::Reading(_)
        | ItemKind::Definition(_)
        | ItemKind::Decision(_)
        | ItemKind::Funding(_)
        | ItemKind::Sharing(_)
        | ItemKind::Contribution(_)
        | ItemKind::Result(_) => Read::Anywhere,
    }
}

impl<'a> Checker<'a> {
    /// Gives every declared thing its slot and its name.
    pub(super) fn declare(&mut self) {
        let doc = self.doc;
        for (_, decl) in fact_decls(doc) {
            for (at, _) in decl.path.text.match_indices('.').filter(|_| self.lost.any) {
                self.prefixes.extend(decl.path.text.get(..at).map(str::to_owned));
            }
        }
        for (_, decl) in fact_decls(doc) {
            if self.is_list(decl) && self.names.list(&decl.path.text, false).is_none() {
                self.names.declare_list(&decl.path.text);
            }
        }
        let mut counts = Counts::default();
        let own: Vec<&Item> = doc.items.iter().filter(|item| self.text_of(item) == 0).collect();
        let count = |kind: Kind| own.iter().filter(|item| item.kind.kind() == kind).count();
        let counted = |kind: Kind| u32::try_from(count(kind)).unwrap_or(u32::MAX);
        counts.fundings[1] = counted(Kind::Funding);
        counts.fundings[2] = counts.fundings[1].saturating_add(counted(Kind::Contribution));
        let mut decision: Option<Span> = None;
        for (index, item) in doc.items.iter().enumerate() {
            let leaned = self.leaned_slot(item);
            let slot = match &item.kind {
                _ if leaned.is_some() => Slot::Leaned,
                ItemKind::Dossier(facts) => {
                    for fact in facts {
                        self.declare_fact(fact);
                    }
                    Slot::Dossier
                }
                ItemKind::Source(_) => Slot::Source(SourceId(next(&mut counts.sources))),
                ItemKind::Coherence(_) => Slot::Coherence(CoherenceId(next(&mut counts.coherences))),
                ItemKind::Parameter(..) | ItemKind::Columns(_) => {
                    Slot::Parameter(ParameterId(next(&mut counts.parameters)))
                }
                ItemKind::Reading(_) => Slot::Reading(ReadingId(next(&mut counts.readings))),
                ItemKind::Definition(_) => Slot::Definition,
                ItemKind::Criterion { .. } => {
                    Slot::Reported(ItemRef::Criterion(CriterionId(next(&mut counts.criteria))))
                }
                ItemKind::Objective(_) => {
                    Slot::Reported(ItemRef::Objective(ObjectiveId(next(&mut counts.objectives))))
                }
                ItemKind::Mission(_) => {
                    Slot::Reported(ItemRef::Mission(MissionId(next(&mut counts.missions))))
                }
                ItemKind::Decision(_) => match decision {
                    None => {
                        decision = Some(item.span);
                        Slot::Reported(ItemRef::Decision)
                    }
                    Some(first) => {
                        self.report_second_decision(item, first);
                        Slot::Refused
                    }
                },
                ItemKind::Funding(_) | ItemKind::Sharing(_) => {
                    Slot::Reported(ItemRef::Funding(FundingId(next(&mut counts.fundings[0]))))
                }
                ItemKind::Contribution(_) => {
                    Slot::Reported(ItemRef::Funding(FundingId(next(&mut counts.fundings[1]))))
                }
                ItemKind::Result(_) => Slot::Result(FundingId(next(&mut counts.fundings[2]))),
                ItemKind::Obligation(_) => {
                    Slot::Reported(ItemRef::Obligation(ObligationId(next(&mut counts.obligations))))
                }
            };
            self.slots.push(slot);
            if let Some(name) = &item.name {
                self.declare_item(index, item, name, slot);
            }
            if leaned.is_some() && matches!(item.kind, ItemKind::Decision(_)) {
                self.declare_decision(index, item);
            }
        }
        if decision.is_none() && !self.only_works_out() {
            self.report_no_decision();
        }
        self.check_groups();
    }

    fn declare_item(&mut self, index: usize, item: &Item, name: &Path, slot: Slot) {
        if self.text_of(item) > 0 {
            let read = read_as(&item.kind);
            self.declare_name(name, Symbol { what: What::Item(index), span: name.span, read });
            return;
        }
        self.check_path(name);
        if let Some(list) = self.names.list_above(&name.text)
            && !matches!(slot, Slot::Definition)
        {
            let list = self.names.list_path(list).clone();
            let kind = words::item_words(&item.kind);
            let message = format!("{kind} « {} » porte le nom d'un élément de « {list} »", name.text);
            let help =
                "seule une définition se calcule pour chaque élément d'une liste : choisir un autre nom";
            self.error("nom-sous-une-liste", message, name.span, "nom à changer", Some(help.to_owned()));
        }
        if matches!(slot, Slot::Definition) && self.is_lost_element(name) {
            self.refused.insert(index);
        }
        let read = if matches!(slot, Slot::Refused) { Read::Never } else { read_as(&item.kind) };
        self.declare_name(name, Symbol { what: What::Item(index), span: name.span, read });
    }

    /// `définition adhérent.ancienneté`, where the list is `adhérents`: what is in the definition would
    /// be unknown, word after word.
    fn is_lost_element(&mut self, name: &Path) -> bool {
        let Some((above, field)) = name.text.rsplit_once('.') else { return false };
        let grouped =
            |decl: &FactDecl| decl.path.text.strip_prefix(above).is_some_and(|rest| rest.starts_with('.'));
        if self.names.list(above, false).is_some() || fact_decls(self.doc).any(|(_, decl)| grouped(decl)) {
            return false;
        }
        let lists = fact_decls(self.doc).filter(|(_, decl)| matches!(decl.ty, TypeExpr::List));
        let Some(near) = crate::text::nearest(above, lists.map(|(_, decl)| &*decl.path.text)) else {
            return false;
        };
        let says = format!("{near}.{field}");
        let message = format!("aucune liste ne s'appelle « {above} »");
        let problem = Diagnostic::error("nom-inconnu", message)
            .at(self.file, name.span, "définition de chaque élément d'une liste ?")
            .help(format!("vouliez-vous dire « {says} » ?"))
            .instead(self.file, name.span, &[says]);
        self.report(problem);
        true
    }

    /// `enfant.né le : date`, where the list is `enfants`: one answer would stand for all the elements. It is read as
    /// declared of each, and no use of it is a second mistake.
    fn is_of_one_element(&mut self, decl: &FactDecl) -> bool {
        let text = &decl.path.text;
        let Some((at, list)) = text.match_indices('.').find_map(|(at, _)| {
            let above = text.get(..at)?;
            let plural = self.names.list(above, false).is_none();
            Some((at, self.names.list(above, true).filter(|_| plural)?))
        }) else {
            return false;
        };
        let list = self.names.list_path(list).clone();
        let says = format!("{list}{}", text.get(at..).unwrap_or(""));
        let diagnostic = Diagnostic::error("nom-inconnu", format!("la liste s'appelle « {list} »"))
            .at(self.file, decl.path.span, "un seul pour tous les éléments ?")
            .instead(self.file, decl.path.span, &[says]);
        self.report(diagnostic);
        self.astray.extend([text.to_string(), text.get(at + 1..).unwrap_or("").to_owned()]);
        true
    }

    /// Declares a name, or says that it is taken; whether it was free.
    pub(super) fn declare_name(&mut self, name: &Path, symbol: Symbol) -> bool {
        let Some(first) = self.names.declare(&name.text, symbol) else { return true };
        let kind = match first.what {
            What::Fact(_) | What::Field(_) => "un fait",
            What::Period(_) => "une période",
            What::List(_) => "une liste",
            What::Item(item) => words::item_words(&self.doc.items[item].kind),
        };
        let help = match self.other_name(name, symbol, first) {
            // A criterion may have the name of any other fact.
            Some(other) if matches!(first.what, What::Fact(_)) || matches!(symbol.what, What::Fact(_)) => {
                format!(
                    "l'un et l'autre se lisent comme une condition, et rien ne dirait lequel : par exemple « {other} » pour le \
                 critère"
                )
            }
            Some(other) => {
                format!("un nom ne désigne qu'une chose : par exemple « {other} » pour le critère")
            }
            None => "donner à chacun son nom : un nom ne désigne qu'une chose".to_owned(),
        };
        let diagnostic =
            Diagnostic::error("nom-en-double", format!("le nom « {} » est déjà pris", name.text))
                .at(self.file, name.span, "second emploi de ce nom")
                .at(self.file, first.span, format!("{kind} porte déjà ce nom"))
                .help(help);
        self.report(diagnostic);
        false
    }

    /// What a criterion may be called that has the name of what it is about: « condition d'âge ».
    fn other_name(&self, name: &Path, second: Symbol, first: Symbol) -> Option<String> {
        let is_criterion = |symbol: Symbol| {
            let What::Item(item) = symbol.what else { return false };
            matches!(self.doc.items[item].kind, ItemKind::Criterion { .. })
        };
        let other = french::before("condition de", &name.text);
        let fits = is_criterion(first) != is_criterion(second) && self.names.whole(&other).is_none();
        fits.then_some(other)
    }

    /// `aide-socle.décision`, whatever the name of that decision.
    fn declare_decision(&mut self, index: usize, item: &Item) {
        let Some(id) = self.names.texts().id(self.text_of(item)) else { return };
        let name: Arc<str> = format!("{id}.{}", super::texts::DECISION).into();
        let span = item.name.as_ref().map_or(item.span, |name| name.span);
        self.names.declare(&name, Symbol { what: What::Item(index), span, read: Read::Anywhere });
    }

    fn declare_fact(&mut self, decl: &'a FactDecl) {
        if self.is_shared(decl) {
            return;
        }
        self.check_path(&decl.path);
        if self.is_of_one_element(decl) {
            return;
        }
        if decl.ty == TypeExpr::Period {
            return self.declare_period(decl);
        }
        let above = self.names.list_above(&decl.path.text);
        let next = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        let (what, declared) = if self.is_list(decl) {
            if let Some(list) = above {
                let message = format!("« {} » serait une liste dans une liste", decl.path.text);
                let list = self.names.list_path(list).clone();
                let help = format!("déclarer une liste à part, hors de « {list} »");
                self.error(
                    "liste-dans-une-liste",
                    message,
                    decl.path.span,
                    "une liste tient des faits simples",
                    Some(help),
                );
                return;
            }
            let list = ListId(next(self.lists.len()));
            (What::List(list), Declared::List(list))
        } else if above.is_some() {
            let field = FieldId(next(self.fields.len()));
            (What::Field(field), Declared::Field(field))
        } else {
            let fact = FactId(next(self.facts.len()));
            (What::Fact(fact), Declared::Fact(fact))
        };
        let read = if decl.ty == TypeExpr::Truth { Read::Anywhere } else { Read::Value };
        if self.declare_name(&decl.path, Symbol { what, span: decl.path.span, read }) {
            self.read_fact(decl, above);
            self.declared.push(declared);
        }
    }

    /// Whether a declaration is a list; one whose type could not be read is where others stand below it.
    pub(super) fn is_list(&self, decl: &FactDecl) -> bool {
        match decl.ty {
            TypeExpr::List => true,
            TypeExpr::Invalid => self.prefixes.contains(&*decl.path.text),
            _ => false,
        }
    }

    /// A fact is no group of facts: in a dossier, a key holds an answer or keys, not both.
    fn check_groups(&mut self) {
        let doc = self.doc;
        for (_, decl) in fact_decls(doc) {
            for (at, _) in decl.path.text.match_indices('.') {
                let Some(group) = decl.path.text.get(..at) else { continue };
                let Some(symbol) = self.names.whole(group) else { continue };
                if !matches!(symbol.what, What::Fact(_) | What::Field(_) | What::Period(_)) {
                    continue;
                }
                let (message, label) = match symbol.what {
                    What::Period(_) => (
                        format!("« {group} » est une période : elle ne contient que ses deux jours"),
                        "déclarée ici comme une période",
                    ),
                    What::Fact(_) | What::Field(_) | What::List(_) | What::Item(_) => (
                        format!("« {group} » est un fait : il ne peut contenir « {} »", decl.path.text),
                        "déclaré ici comme un fait",
                    ),
                };
                let diagnostic = Diagnostic::error("fait-et-groupe", message)
                    .at(self.file, decl.path.span, "fait rangé sous un autre fait")
                    .at(self.file, symbol.span, label)
                    .help(format!("renommer le premier, par exemple « {group}.nom »"));
                self.report(diagnostic);
                break;
            }
        }
    }

    fn report_second_decision(&mut self, item: &Item, first: Span) {
        let span = item.name.as_ref().map_or(item.span, |name| name.span);
        let diagnostic =
            Diagnostic::error("decision-en-double", "un dispositif a une décision, et une seule")
                .at(self.file, span, "seconde décision")
                .at(self.file, first, "la décision est déjà donnée ici")
                .help("réunir les conditions sous une seule décision, ou faire de celle-ci une définition");
        self.report(diagnostic);
    }

    /// Whether a text without a decision is whole: it gives something, and no criterion waits for one.
    fn only_works_out(&self) -> bool {
        let gives = |kind: Kind| match kind {
            Kind::Objective
            | Kind::Mission
            | Kind::Funding
            | Kind::Contribution
            | Kind::Result
            | Kind::Sharing
            | Kind::Obligation => true,
            Kind::Source
            | Kind::Fact
            | Kind::Coherence
            | Kind::Parameter
            | Kind::Reading
            | Kind::Definition
            | Kind::Criterion
            | Kind::Decision => false,
        };
        let own = || self.doc.items.iter().filter(|item| self.text_of(item) == 0);
        let kinds = || own().map(|item| item.kind.kind());
        self.doc.header.as_ref().is_some_and(|header| header.common)
            || kinds().any(gives) && kinds().all(|kind| kind != Kind::Criterion)
    }

    fn report_no_decision(&mut self) {
        let lost = self.lost.has_line(&["décision", "decision", "Décision"]);
        // A file whose header could not be read has been told so.
        let Some(header) = self.doc.header.as_ref().filter(|_| !lost) else { return };
        let span = header.id.span;
        let help = "ajouter, par exemple, « décision éligibilité » puis « favorable si tous les critères sont remplis »";
        self.error(
            "decision-absente",
            "ce dispositif ne dit pas ce qui rend la décision favorable".to_owned(),
            span,
            "un dispositif a une décision",
            Some(help.to_owned()),
        );
    }

    /// The whole name of an item.
    pub(super) fn item_name(&self, item: usize) -> Arc<str> {
        self.doc.items[item].name.as_ref().map_or_else(|| Arc::from(""), |name| Arc::clone(&name.text))
    }

    /// Where an item's name stands.
    pub(super) fn item_span(&self, item: usize) -> Span {
        let item = &self.doc.items[item];
        item.name.as_ref().map_or(item.span, |name| name.span)
    }
}

/// The facts of all `dossier` blocks, with the rank of their item.
pub(super) fn fact_decls(doc: &crate::syntax::tree::Document) -> impl Iterator<Item = (usize, &FactDecl)> {
    doc.items.iter().enumerate().flat_map(|(index, item)| {
        let facts = match &item.kind {
            ItemKind::Dossier(facts) => facts.as_slice(),
            _ => &[],
        };
        facts.iter().map(move |fact| (index, fact))
    })
}
