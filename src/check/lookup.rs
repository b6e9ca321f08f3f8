//! A name in an expression: what it stands for, or what is wrong with it.

use super::names::{Found, Scope, Symbol, What};
use super::seen::Meant;
use super::types::Ty;
use super::{Checker, Slot, Typed, words};
use crate::diagnostic::Diagnostic;
use crate::limits;
use crate::policy::{ChoiceId, ExprKind, ItemRef, Type};
use crate::source::Span;
use crate::syntax::tree::{ItemKind, Path};
use crate::syntax::turns;
use crate::text;
use crate::value::Value;
use crate::wording::french::{is_feminine, singular};

impl Checker<'_> {
    /// A name as a value.
    pub(super) fn lower_name(&mut self, path: &Path, scope: Scope) -> Typed {
        match self.names.resolve(&path.text, scope) {
            Found::Symbol(_) if self.names_period(path, scope) => {
                self.report_period_as_value(path.span);
                self.unknown(path.span)
            }
            Found::Symbol(symbol) => self.lower_symbol(symbol, path, scope),
            Found::Ambiguous { field, outside } => {
                self.report_ambiguous(path, &field, outside);
                self.unknown(path.span)
            }
            Found::Nothing => match self.of_element(path, None, scope) {
                Some(typed) => typed,
                None => {
                    self.report_unknown(path, scope);
                    self.unknown(path.span)
                }
            },
        }
    }

    /// To the right of « est », « parmi », « soit », of a comparison on a scale: first an option of
    /// the type on the left, then anything else of that type.
    pub(super) fn lower_option(&mut self, choice: ChoiceId, path: &Path, scope: Scope) -> Typed {
        let rank = self.option_rank(choice, &path.text);
        let found = self.names.resolve(&path.text, scope);
        let other = match &found {
            Found::Symbol(symbol) => {
                self.what_type(symbol.what).is_some_and(|ty| ty == Ty::Of(Type::Choice(choice)))
            }
            Found::Ambiguous { .. } | Found::Nothing => false,
        };
        match (rank, found) {
            (Some(_), Found::Symbol(symbol)) if other => {
                if self.said_before("nom-ambigu", &path.text, path.span) {
                    return self.unknown(path.span);
                }
                let message = format!("« {} » se lit de deux façons", path.text);
                let diagnostic = Diagnostic::error("nom-ambigu", message)
                    .at(self.file, path.span, "est-ce l'option ou la valeur déclarée sous ce nom ?")
                    .at(self.file, symbol.span, "déclaré ici")
                    .at(self.file, self.choice_spans[choice.index()], "ici, c'est une option")
                    .help("renommer l'une des deux");
                self.report(diagnostic);
                self.unknown(path.span)
            }
            (Some(rank), _) => {
                self.note(path, Meant::Option(choice, rank));
                let value = ExprKind::Const(Value::Choice(rank));
                self.push(value, Ty::Of(Type::Choice(choice)), path.span)
            }
            (None, Found::Nothing) if self.names.group(&path.text).is_none() => {
                self.report_option(choice, path, scope);
                self.unknown(path.span)
            }
            (None, _) => self.lower_name(path, scope),
        }
    }

    /// The rank of an option.
    pub(super) fn option_rank(&self, choice: ChoiceId, name: &str) -> Option<u16> {
        let options = &self.choices[choice.index()].options;
        options.iter().position(|option| **option == *name).and_then(|rank| u16::try_from(rank).ok())
    }

    pub(super) fn lower_symbol(&mut self, symbol: Symbol, path: &Path, scope: Scope) -> Typed {
        self.note(path, Meant::What(symbol.what));
        match symbol.what {
            What::Fact(fact) => {
                self.used.facts.insert(fact);
                let ty = self.question_type(&self.facts[fact.index()].ask);
                self.push(ExprKind::Fact(fact), ty, path.span)
            }
            What::Field(field) => {
                let list = self.fields[field.index()].list;
                if scope != Some(list) {
                    self.report_outside(path, list);
                    return self.unknown(path.span);
                }
                self.used.fields.insert(field);
                self.used.lists.insert(list);
                self.note_element(path, list);
                let ty = self.question_type(&self.fields[field.index()].ask);
                self.push(ExprKind::Field(field), ty, path.span)
            }
            What::List(list) => {
                self.used.lists.insert(list);
                let message = format!("« {} » est une liste, non une valeur", path.text);
                let help =
                    format!("par exemple « nombre {} » ou « il existe un … dont … »", words::of(&path.text));
                let diagnostic = Diagnostic::error("liste-sans-valeur", message)
                    .at(self.file, path.span, "écrire ici ce que l'on compte ou vérifie")
                    .at(self.file, symbol.span, "la liste est déclarée ici");
                // « enfants ≥ 1 » counts them.
                let after = self.file.text().get(path.span.end as usize..).unwrap_or("").trim_start();
                let before = self.line_before(path.span).unwrap_or("").trim_end();
                let compared = after.starts_with(['≥', '≤', '>', '<', '=', '≠'])
                    || before.ends_with(['×', '*', '+', '÷', '/']);
                self.report(if compared {
                    let count = format!("nombre {}", words::of(&path.text));
                    diagnostic.instead(self.file, path.span, &[count])
                } else {
                    diagnostic.help(help)
                });
                self.unknown(path.span)
            }
            // Named as a value, it has been told.
            What::Period(_) => self.unknown(path.span),
            What::Item(item) => self.lower_item_name(item, path, scope),
        }
    }

    fn lower_item_name(&mut self, item: usize, path: &Path, scope: Scope) -> Typed {
        self.used.items.insert(item);
        let span = path.span;
        match self.slots[item] {
            Slot::Parameter(parameter) => {
                let ty = self.parameter_types[parameter.index()];
                // A value that changes with time is that of the date that chooses the version.
                let dated = self.parameters.get(parameter.index()).is_some_and(|p| p.periods.len() > 1);
                let at = self.version_date.filter(|_| dated);
                self.push(ExprKind::Parameter { parameter, at }, ty, span)
            }
            Slot::Reading(reading) => {
                let ty = Type::Choice(self.reading_choices[reading.index()]);
                self.push(ExprKind::Reading(reading), Ty::Of(ty), span)
            }
            Slot::Result(_) | Slot::Leaned => match self.lowered[item] {
                Some(lowered) => self.push(ExprKind::Definition(lowered.id), lowered.ty, span),
                None => {
                    if self.names_no_act(item) {
                        self.report_no_act(path, item);
                    }
                    self.unknown(span)
                }
            },
            Slot::Reported(ItemRef::Obligation(_)) if self.names_no_act(item) => {
                self.report_no_act(path, item);
                self.unknown(span)
            }
            Slot::Reported(item) => self.push(ExprKind::Holds(item), Ty::Of(Type::Truth), span),
            Slot::Definition => {
                if let Some(list) = self.names.list_above(&self.item_name(item)) {
                    if scope != Some(list) {
                        self.report_outside(path, list);
                        return self.unknown(span);
                    }
                    self.note_element(path, list);
                }
                // Not lowered yet: it is part of a loop, which has been reported.
                match self.lowered[item] {
                    Some(lowered) => self.push(ExprKind::Definition(lowered.id), lowered.ty, span),
                    None => self.unknown(span),
                }
            }
            // None of these is readable, so no name resolves to one.
            Slot::Dossier | Slot::Source(_) | Slot::Coherence(_) | Slot::Refused => self.unknown(span),
        }
    }

    fn report_no_act(&mut self, path: &Path, item: usize) {
        let message = format!("rien ne dit si l'obligation « {} » est remplie", path.text);
        let diagnostic = Diagnostic::error("obligation-sans-acte", message)
            .at(self.file, path.span, "une condition est attendue ici")
            .at(self.file, self.item_span(item), "un délai, et aucun acte")
            .help("dire sous cette obligation la date qui la remplit : « remplie par … »");
        self.report(diagnostic);
    }

    fn names_no_act(&self, item: usize) -> bool {
        matches!(&self.doc.items[item].kind, ItemKind::Obligation(obligation) if obligation.fulfilled_by.is_none())
    }

    fn report_ambiguous(&mut self, path: &Path, field: &str, outside: Span) {
        if self.said_before("nom-ambigu", field, path.span) {
            return;
        }
        let message = format!("« {} » se lit de deux façons", path.text);
        let mut diagnostic = Diagnostic::error("nom-ambigu", message)
            .at(self.file, path.span, "est-ce le champ de l'élément ou la valeur du même nom ?")
            .at(self.file, outside, "déclaré ici, hors de la liste");
        if let Some(symbol) = self.names.get(field) {
            diagnostic = diagnostic.at(self.file, symbol.span, "déclaré ici, pour chaque élément");
        }
        self.report(
            diagnostic.help(format!("pour le champ, écrire « {field} » ; sinon renommer l'un des deux")),
        );
    }

    fn report_outside(&mut self, path: &Path, list: crate::policy::ListId) {
        if self.said_before("champ-hors-liste", &path.text, path.span) {
            return;
        }
        if let Some(diagnostic) = self.told_apart(path) {
            self.report(diagnostic);
            return;
        }
        let list = self.names.list_path(list).clone();
        let name = path.text.strip_prefix(&*list).map_or(&*path.text, |rest| rest.trim_start_matches('.'));
        let message = format!("« {name} » est propre à chaque élément de « {list} »");
        let help = match self.paid && self.around.is_empty() {
            true => format!(
                "si le montant est celui de chacun, ajouter au-dessus « pour chaque {} »",
                singular(&list)
            ),
            false if self.is_compared(path) => {
                let rest = self.line_after(path.span).unwrap_or_default().trim_end();
                let (of, one) = (format!("{name}{rest}"), singular(&list));
                let (all, a) = if is_feminine(&one) { ("toutes", "une") } else { ("tous", "un") };
                format!(
                    "écrire « {all} les {list} vérifient {of} » ou « il existe {a} {one} dont {of} », selon le texte"
                )
            }
            false => format!(
                "l'employer après « dont » (« {} dont {name} … ») ou dans une « définition {list}.… »",
                self.example_of(&list, path.span)
            ),
        };
        self.error("champ-hors-liste", message, path.span, "de quel élément s'agit-il ?", Some(help));
    }

    /// Whether a comparison of one thing starts the condition with this name.
    fn is_compared(&self, path: &Path) -> bool {
        let before = self.line_before(path.span).unwrap_or("").trim();
        let after = self.line_after(path.span).unwrap_or("").trim();
        let sign = ["≥", "≤", "<", ">", "=", "≠", "est ", "n'est pas "];
        let joined = [" et ", " ou ", " si "].iter().any(|word| after.contains(word));
        matches!(before, "exige" | "-" | "vise") && sign.iter().any(|sign| after.starts_with(sign)) && !joined
    }

    /// Says that a name stands for nothing, and what it may have meant.
    pub(super) fn report_unknown(&mut self, path: &Path, scope: Scope) {
        if self.may_be_lost(&path.text) {
            return;
        }
        if !self.is_weary() {
            if self.is_second_option(path, scope) {
                return;
            }
            if let Some(diagnostic) = self.option_without_is(path, scope) {
                self.report(diagnostic);
                return;
            }
            if self.is_glued_value(path, scope) {
                return;
            }
        }
        if self.said_before("nom-inconnu", &path.text, path.span) || self.is_elsewhere(path) {
            return;
        }
        let meant = self.excepted(path).or_else(|| self.field_before_list(path));
        if let Some(diagnostic) = meant.or_else(|| self.told_apart(path)) {
            self.report(diagnostic);
            return;
        }
        if self.names.group(&path.text).is_some() {
            if let Some(diagnostic) = self.group_is(path, scope) {
                self.report(diagnostic);
                return;
            }
            let members = self.names.members(&path.text);
            let shown = words::quoted_list(members.iter().take(3).copied(), "ou");
            let help = format!("préciser, par exemple {shown}");
            let message = format!("« {} » est un groupe de faits, non une valeur", path.text);
            self.error(
                "groupe-sans-valeur",
                message,
                path.span,
                "de quel fait de ce groupe s'agit-il ?",
                Some(help),
            );
            return;
        }
        if let Some(symbol) = self.names.get(&path.text).filter(|symbol| !symbol.is_readable())
            && let What::Item(item) = symbol.what
        {
            let kind = words::item_words(&self.doc.items[item].kind);
            let message = format!("{kind} « {} » n'a pas de valeur", path.text);
            let diagnostic = Diagnostic::error("nom-sans-valeur", message)
                .at(self.file, path.span, "une valeur est attendue ici")
                .at(self.file, symbol.span, "déclarée ici");
            self.report(diagnostic);
            return;
        }
        let message = format!("nom inconnu : « {} »", path.text);
        if self.is_weary() {
            self.error("nom-inconnu", message, path.span, "aucun élément ne porte ce nom", None);
            return;
        }
        if self.is_second_half(path) {
            return;
        }
        if let Some(diagnostic) = self.turned(path, scope) {
            self.report(diagnostic);
            return;
        }
        let near = self.names.nearest(&path.text, scope);
        if self.names.fields_named(&path.text).is_none()
            && near.is_none()
            && let Some(diagnostic) = self.phrase(path, scope)
        {
            self.report(diagnostic);
            return;
        }
        let near = near.or_else(|| self.asked_as(path, scope)).or_else(|| self.of_same_head(path, scope));
        if let Some(problem) = self.listless(path) {
            self.report(problem);
            return;
        }
        let (label, help) = if let Some(field) = self.names.fields_named(&path.text).cloned() {
            let list = self.names.list_above(&field).map_or("", |list| self.names.list_path(list));
            let help = format!(
                "« {field} » est propre à chaque élément : par exemple « {} dont {} … »",
                self.example_of(list, path.span),
                path.text
            );
            ("hors de la liste, rien ne porte ce nom", help)
        } else if let Some(name) = near {
            let diagnostic = Diagnostic::error("nom-inconnu", message)
                .at(self.file, path.span, "aucun fait ni définition ne porte ce nom")
                .help(format!("vouliez-vous dire « {name} » ?"))
                .instead(self.file, path.span, &[name]);
            self.report(diagnostic);
            return;
        } else if let Some(choice) = self.choices.iter().position(|c| c.options.contains(&path.text)) {
            let span = self.choice_spans[choice];
            let option = &path.text;
            let help = format!(
                "une option s'écrit à droite de « est » : « … est {option} » ; plusieurs : « … est parmi {option}, … »"
            );
            let diagnostic = Diagnostic::error("nom-inconnu", message)
                .at(self.file, path.span, "aucun fait ni définition ne porte ce nom")
                .at(self.file, span, "ici, c'est une option")
                .help(help);
            self.report(diagnostic);
            return;
        } else if turns::is_today(&path.text) {
            let diagnostic = Diagnostic::error("nom-inconnu", message)
                .at(self.file, path.span, "aucun fait ni définition ne porte ce nom")
                .help("le jour où le dossier est examiné s'écrit « date d'examen »");
            self.report(diagnostic.instead(self.file, path.span, &["date d'examen"]));
            return;
        } else if let Some(said) = turns::value(&path.text) {
            ("aucun fait ni définition ne porte ce nom", format!("cela s'écrit « {said} »"))
        } else {
            let several = path.text.split(' ').count() > 3;
            let help = match several {
                true => {
                    "le dire avec les noms déclarés et les signes du langage ; ce qui manque se déclare dans le « dossier »"
                }
                false => {
                    "le déclarer dans le « dossier », ou par une « définition » ; un texte s'écrit entre « »"
                }
            };
            ("aucun fait ni définition ne porte ce nom", help.to_owned())
        };
        self.error("nom-inconnu", message, path.span, label, Some(help));
    }

    fn report_option(&mut self, choice: ChoiceId, path: &Path, scope: Scope) {
        if self.may_be_lost(&path.text) {
            return;
        }
        if let Some(diagnostic) = self.denied_option(choice, path) {
            self.report(diagnostic);
            return;
        }
        if (!self.is_weary() && self.is_glued_option(choice, path, scope))
            || self.said_before("option-inconnue", &path.text, path.span)
        {
            return;
        }
        let options = &self.choices[choice.index()].options;
        let near = text::nearest(&path.text, options.iter().map(|option| &**option))
            .or_else(|| by_its_ending(&path.text, options.iter().map(|option| &**option)));
        let help = match near {
            Some(option) => format!("vouliez-vous dire « {option} » ?"),
            None if options.len() <= 8 => {
                format!("les options sont {}", words::quoted_list(options.iter().map(|o| &**o), "et"))
            }
            None => "l'écrire comme elle est déclarée".to_owned(),
        };
        let diagnostic = Diagnostic::error("option-inconnue", format!("option inconnue : « {} »", path.text))
            .at(self.file, path.span, "aucune option ne porte ce nom")
            .at(self.file, self.choice_spans[choice.index()], "les options sont déclarées ici")
            .help(help)
            .instead(self.file, path.span, near.as_slice());
        self.report(diagnostic);
    }

    /// Where the syntax held mistakes, a declaration may have been lost with them: a name that a
    /// line of the file seems to declare is no second mistake.
    pub(super) fn may_be_lost(&self, name: &str) -> bool {
        let field = name.rsplit('.').next().unwrap_or(name);
        self.lost.may_hold(name) || self.astray.contains(name) || self.astray.contains(field)
    }

    /// Whether so many mistakes were found that looking for what each one meant would take long.
    pub(super) fn is_weary(&self) -> bool {
        let found = self.diagnostics.len();
        found >= limits::MISTAKES || found.saturating_mul(self.names.len()) > MOST_COMPARISONS
    }
}

/// « moyen » for `moyenne`: the only option that starts with the same letters, all but a few.
fn by_its_ending<'o>(said: &str, options: impl Iterator<Item = &'o str>) -> Option<&'o str> {
    let plain = text::plain_letters(said);
    let mut near = options.filter(|option| {
        let own = text::plain_letters(option);
        let same = own.chars().zip(plain.chars()).take_while(|(a, b)| a == b).count();
        let rest = own.chars().count().max(plain.chars().count()) - same;
        same >= 4 && rest <= 4 && same > rest
    });
    near.next().filter(|_| near.next().is_none())
}

/// How many pairs of names are compared in one run, to say what an author may have meant.
const MOST_COMPARISONS: usize = 100_000;
