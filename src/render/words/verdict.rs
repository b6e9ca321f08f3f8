//! The outcome in one line, and what the reader should know.

use super::grounds::{Exception, Grounds};
use super::{Audience, Words};
use crate::decision::{Answered, Decision, Missing, Outcome, ReadingStatus, Status, Warning};
use crate::number::Ratio;
use crate::policy::{ExprId, ExprKind, ItemRef};
use crate::syntax::tree::ElapsedUnit;
use crate::time::Date;

/// Past this many rules, the others are not named.
const FEW: usize = 3;

impl Words<'_> {
    /// Why the outcome is what it is, in one line.
    pub(crate) fn verdict(&self, decision: &Decision) -> String {
        match decision.outcome {
            Outcome::Favourable => self.favourable(decision),
            Outcome::Unfavourable => self.unfavourable(decision),
            Outcome::Calculated => self
                .say("tout ce que le texte donne est connu", "all that the text gives is known")
                .to_owned(),
            Outcome::Incomplete => {
                // What waits for another answer is not asked yet.
                let awaited = |place| decision.missing.iter().any(|m| m.decisive && m.place == place);
                let decisive =
                    decision.missing.iter().filter(|m| m.decisive && !m.after.iter().any(|p| awaited(*p)));
                if let Some(said) = self.one_is_enough(decisive.clone()) {
                    return said;
                }
                let judged = decisive.clone().filter(|m| self.judge(m.place).is_some()).count();
                let asked = decisive.count() - judged;
                let judgement = match judged {
                    0 => None,
                    1 => Some(
                        self.say("une appréciation de l'autorité", "a judgement of the authority").to_owned(),
                    ),
                    n => Some(format!(
                        "{} {}",
                        self.count(n),
                        self.say("appréciations de l'autorité", "judgements of the authority")
                    )),
                };
                let facts = match asked {
                    0 if judged > 0 => None,
                    0 | 1 => {
                        Some(self.say("une information indispensable", "one item of information").to_owned())
                    }
                    n => Some(format!(
                        "{} {}",
                        self.count(n),
                        self.say("informations indispensables", "items of information")
                    )),
                };
                let verb = match asked + judged {
                    0 | 1 => self.say("manque", "is needed"),
                    _ => self.say("manquent", "are needed"),
                };
                let what: Vec<String> = facts.into_iter().chain(judgement).collect();
                format!("{} {verb}", self.list(&what, ("et", "and")))
            }
            Outcome::DependsOnReading => {
                let points = decision.readings.iter().filter(|r| r.status == ReadingStatus::Decisive).count();
                match points {
                    0 | 1 => self
                        .say(
                            "les textes divergent sur un point déterminant",
                            "the texts differ on a point that decides",
                        )
                        .to_owned(),
                    n => format!(
                        "{} {} {}",
                        self.say("les textes divergent sur", "the texts differ on"),
                        self.count(n),
                        self.say("points déterminants", "points that decide")
                    ),
                }
            }
        }
    }

    /// Of several facts that are missing, each of which may settle all in favour by itself, none is indispensable.
    fn one_is_enough<'m>(&self, missing: impl Iterator<Item = &'m Missing> + Clone) -> Option<String> {
        let settles = |answer: &Answered| matches!(answer.outcome, Outcome::Favourable | Outcome::Calculated);
        let count = missing.clone().count();
        let each =
            |missing: &Missing| missing.outcomes.iter().any(settles) && self.judge(missing.place).is_none();
        if count < 2 || !missing.into_iter().all(each) {
            return None;
        }
        Some(format!(
            "{} {}",
            self.count(count),
            self.say(
                "informations manquent, l'une d'elles peut suffire",
                "items of information are needed, one of which may be enough",
            )
        ))
    }

    fn favourable(&self, decision: &Decision) -> String {
        let all = self.say("toutes les conditions sont remplies", "every condition is met");
        let exceptions = self.exceptions(decision);
        if exceptions.is_empty() {
            return all.to_owned();
        }
        let named = |how: Exception| -> Vec<String> {
            let of = exceptions.iter().filter(|(_, own)| *own == how);
            of.map(|(item, _)| self.quoted(self.item(*item))).collect()
        };
        let by_reading = named(Exception::ByReading);
        let mut said = all.to_owned();
        for (how, lead) in [
            (Exception::Always, self.say("par exception pour", "by derogation for")),
            (Exception::IfNeeded, self.say("au besoin par exception pour", "if need be by derogation for")),
        ] {
            let names = named(how);
            if !names.is_empty() {
                said = format!("{said}, {lead} {}", self.list(&names, ("et", "and")));
            }
        }
        if !by_reading.is_empty() {
            let names = self.list(&by_reading, ("et", "and"));
            let more = self.lang.pick(
                match by_reading.len() {
                    1 => format!("selon la lecture, {names} ne l'est que par exception"),
                    _ => format!("selon la lecture, {names} ne le sont que par exception"),
                },
                format!("depending on the reading, {names} by derogation only"),
            );
            said = [&said, self.lang.then(), &more].concat();
        }
        said
    }

    fn unfavourable(&self, decision: &Decision) -> String {
        let Grounds { certain, by_reading } = self.grounds(decision);
        let quoted = |names: &[String]| -> Vec<String> { names.iter().map(|n| self.quoted(n)).collect() };
        let (certain, by_reading) = (quoted(&certain), quoted(&by_reading));
        let head = match certain.len() {
            0 if by_reading.is_empty() => return self.some_condition(decision),
            0 => {
                let head = self.say(
                    "quelle que soit la lecture, une condition au moins n'est pas remplie",
                    "whatever the reading, at least one condition is not met",
                );
                return self.pair(head, &self.list(&by_reading, ("ou", "or")));
            }
            1 => self.say("une condition n'est pas remplie", "one condition is not met").to_owned(),
            n => format!(
                "{} {}",
                self.count(n),
                self.say("conditions ne sont pas remplies", "conditions are not met")
            ),
        };
        let said = self.pair(&head, &self.list(&certain, ("et", "and")));
        if by_reading.is_empty() {
            return said;
        }
        // It is not among the grounds: the decision is the same without it.
        let more = match by_reading.len() {
            1 => self.say(
                "une autre dépend de la lecture, sans changer la décision",
                "another depends on the reading and does not change the decision",
            ),
            _ => self.say(
                "d'autres dépendent de la lecture, sans changer la décision",
                "others depend on the reading and do not change the decision",
            ),
        };
        let more = self.pair(more, &self.list(&by_reading, ("et", "and")));
        [&said, self.lang.then(), &more].concat()
    }

    /// Where none fails for certain, but one or another does whatever is still learnt.
    fn some_condition(&self, decision: &Decision) -> String {
        let said = match self.audience {
            Audience::Addressee => {
                "quelles que soient les réponses qui manquent, une condition au moins n'est pas remplie"
            }
            Audience::Person | Audience::Agency => self.say(
                "quoi qu'on apprenne, une condition au moins n'est pas remplie",
                "whatever is still learnt, at least one condition is not met",
            ),
        };
        let said = said.to_owned();
        let open = self.open_grounds(decision);
        if open.is_empty() {
            return said;
        }
        let names: Vec<String> = open.iter().map(|item| self.quoted(self.item(*item))).collect();
        self.pair(&said, &self.list(&names, ("ou", "or")))
    }

    /// The criteria of which one at least fails whatever is still learnt, where the decision is unfavourable for no
    /// other reason: known where it rests on criteria alone.
    pub(crate) fn open_grounds(&self, decision: &Decision) -> Vec<ItemRef> {
        if decision.outcome != Outcome::Unfavourable || !self.rests_on_criteria_alone(decision) {
            return Vec::new();
        }
        let Grounds { certain, by_reading } = self.grounds(decision);
        if !certain.is_empty() || !by_reading.is_empty() {
            return Vec::new();
        }
        let open = decision.criteria.iter().filter(|criterion| criterion.status == Status::Undetermined);
        open.map(|criterion| criterion.item).collect()
    }

    fn rests_on_criteria_alone(&self, decision: &Decision) -> bool {
        decision.decision.by_reading.iter().flat_map(|case| &case.because.parts).all(|(_, step)| {
            step.expr.is_some_and(|e| matches!(self.policy.exprs.get(e).kind, ExprKind::AllCriteria))
        })
    }

    /// What the reader of a decision should know, in a sentence.
    pub(crate) fn warning(&self, warning: &Warning) -> String {
        match warning {
            Warning::JudgementUnsigned(place) => format!(
                "{} {} : {}",
                self.say("Appréciation sans auteur ou sans motif", "A judgement without author or reason"),
                self.quoted(&self.label(*place)),
                self.say("compléter « par » et « motif » dans le dossier.", "add “par” and “motif” to the dossier.")
            ),
            Warning::ReadingUnsigned(reading) => format!(
                "{} {} : {}",
                self.say("Lecture retenue sans auteur ou sans motif", "A reading retained without author or reason"),
                self.quoted(self.reading(*reading)),
                self.say("compléter « par » et « motif » dans le dossier.", "add “par” and “motif” to the dossier.")
            ),
            Warning::NotBinding(items) => self.not_binding(items),
            Warning::ReasonsRequired => self
                .say(
                    "Une décision défavorable se notifie avec ses motifs, les considérations de droit et de fait qui la fondent (CRPA, art. L. 211-2 et L. 211-5), et avec les voies et délais de recours : recours gracieux ou hiérarchique (CRPA, art. L. 411-2) et recours contentieux devant le tribunal administratif, dans les deux mois de la notification (CJA, art. R. 421-1 et R. 421-5).",
                    "An unfavourable decision is notified with its reasons, the considerations of law and fact on which it rests (CRPA, art. L. 211-2 and L. 211-5), and with the remedies and their time limits: a request to the authority or its superior (CRPA, art. L. 411-2), and an action before the administrative court, within two months of the notification (CJA, art. R. 421-1 and R. 421-5).",
                )
                .to_owned(),
            Warning::TrialLimit(items) => {
                let names: Vec<String> = items.iter().map(|i| self.quoted(self.item(*i))).collect();
                let why = self.say(
                    "Il y a trop de réponses possibles pour trancher par essais",
                    "There are too many possible answers to settle it by trials",
                );
                let open = match items.len() {
                    1 => self.say("reste à établir", "stays to be settled"),
                    _ => self.say("restent à établir", "stay to be settled"),
                };
                self.pair(why, &format!("{} {open}.", self.list(&names, ("et", "and"))))
            }
            Warning::AccentsDiffer { place, given, compared } => format!(
                "{} : {} {} {}{} {}",
                self.quoted(&self.label(*place)),
                self.quoted(&given.shown),
                self.say("n'est pas", "is not"),
                self.quoted(&compared.shown),
                self.say(" :", ":"),
                self.say(
                    "seuls les accents diffèrent. Si c'est le même, corriger le dossier.",
                    "only the accents differ. If it is the same, correct the dossier."
                )
            ),
            Warning::WideRange(items) => {
                let names: Vec<String> = items.iter().map(|i| self.quoted(self.item(*i))).collect();
                let why = self.say(
                    "Il y a trop de réponses possibles pour les essayer toutes",
                    "There are too many possible answers to try them all",
                );
                let again = |(rank, name)| if rank > 0 { format!("de {name}") } else { name };
                let of: Vec<String> = names.iter().cloned().enumerate().map(again).collect();
                let names = self.list(self.lang.pick(&of, &names), ("et", "and"));
                let wide = self.lang.pick(
                    match items.len() {
                        1 => format!("la fourchette de {names} peut être plus large qu'il ne faut."),
                        _ => format!("les fourchettes de {names} peuvent être plus larges qu'il ne faut."),
                    },
                    match items.len() {
                        1 => format!("the range of {names} may be wider than need be."),
                        _ => format!("the ranges of {names} may be wider than need be."),
                    },
                );
                self.pair(why, &wide)
            }
            Warning::OldValue(parameter, since) => {
                let declared = &self.policy.parameters[parameter.index()];
                format!(
                    "{} {} {}, {}.",
                    self.quoted(&declared.label),
                    self.say("garde sa valeur depuis le", "has had its value since"),
                    self.date(*since),
                    match declared.revised {
                        Some(_) => self.say(
                            "alors que le texte la révise plus souvent : vérifier quelle est la nouvelle",
                            "though the text revises it more often: check what the new one is"
                        ),
                        None => self.say(
                            "plus longtemps qu'aucune avant elle : vérifier qu'aucun texte ne l'a changée",
                            "longer than any before: check that no text has changed it"
                        ),
                    }
                )
            }
            Warning::UnknownValue(parameter, since) => {
                let declared = &self.policy.parameters[parameter.index()];
                let since = format!("{} {}", self.say("valeur inconnue depuis le", "value unknown since"), self.date(*since));
                let told = self.pair(&self.quoted(&declared.label), &since);
                let then = self.say(
                    "Ce qui en dépend reste ouvert : la nouvelle valeur est à ajouter au texte.",
                    "What depends on it stays open: the new value is to be added to the text.",
                );
                format!("{told}. {then}")
            }
            Warning::Tied { list, by, rows: (first, second) } => format!(
                "{} {} {} {} {} {}",
                self.quoted(&self.element(*first, *list)),
                self.say("et", "and"),
                self.quoted(&self.element(*second, *list)),
                self.say("sont à égalité et ont le même rang selon", "are tied and have the same rank by"),
                self.quoted(&self.line(self.policy.exprs.get(*by).span)),
                self.say(
                    ": vérifier que le texte le veut ainsi.",
                    ": check that the text means it so."
                )
            ),
            Warning::MissingDay { at, from, taken } => self.missing_day(*at, *from, *taken),
            Warning::Unread(label) => format!(
                "{} : {}",
                self.quoted(label),
                self.say("réponse donnée, que rien ne lit.", "answer given that nothing reads.")
            ),
        }
    }

    /// The rules that rest on documents that do not bind: the first few by their names.
    fn not_binding(&self, items: &[ItemRef]) -> String {
        let mut names: Vec<String> =
            items.iter().take(FEW).map(|item| self.quoted(self.item(*item))).collect();
        if items.len() > FEW {
            names.push(self.say("d'autres", "others").to_owned());
        }
        let names = self.list(&names, ("et", "and"));
        let cite = self.say(
            "avant de notifier, viser les textes qui le sont.",
            "before notifying, cite the texts that do.",
        );
        let some = match items.len() {
            1 => self.lang.pick(
                format!(
                    "Une règle appliquée, {names}, vient d'un document d'information, qui n'est pas opposable"
                ),
                format!("One rule applied, {names}, comes from an information document, which does not bind"),
            ),
            n => {
                let every = n == self.policy.items().count();
                let rules = match every {
                    true => self.say("Les règles appliquées", "The rules applied").to_owned(),
                    false => self.lang.pick(
                        format!("Certaines règles appliquées, {names},"),
                        format!("Some rules applied, {names},"),
                    ),
                };
                self.lang.pick(
                    format!("{rules} viennent de documents d'information, qui ne sont pas opposables"),
                    format!("{rules} come from information documents, which do not bind"),
                )
            }
        };
        self.pair(&some, cite)
    }

    /// What was counted from a date, and which day stands for the one that there is not.
    fn missing_day(&self, at: ExprId, from: Date, taken: Date) -> String {
        let months = |day: Date| i64::from(day.year()) * 12 + i64::from(day.month());
        let months = months(taken) - months(from);
        let length = self.lang.wording().months(&Ratio::from(months.abs()));
        let (start, day, end) = (self.date(from), from.day(), self.date(taken));
        let (counted, leads) = match self.policy.exprs.get(at).kind {
            ExprKind::Elapsed { unit: ElapsedUnit::Years(_), .. } => (
                self.lang
                    .pick("Les années comptées depuis le".to_owned(), "The years counted from".to_owned()),
                self.say("mènent", "lead"),
            ),
            ExprKind::Elapsed { .. } => (
                self.lang.pick("Les mois comptés depuis le".to_owned(), "The months counted from".to_owned()),
                self.say("mènent", "lead"),
            ),
            _ => {
                let back = if months < 0 { self.say("à rebours ", "back ") } else { "" };
                let counted = self.lang.pick(
                    format!("La durée de {length} comptée {back}depuis le"),
                    format!("The {length} counted {back}from"),
                );
                (counted, self.say("mène", "lead"))
            }
        };
        let ordinal = if day == 31 { "st" } else { "th" };
        self.lang.pick(
            format!(
                "{counted} {start} {leads} à un mois qui n'a pas de {day} : son dernier jour, le {end}, en tient lieu, sans que le texte le dise."
            ),
            format!(
                "{counted} {start} {leads} to a month that has no {day}{ordinal}: its last day, {end}, stands for it, though the text does not say so."
            ),
        )
    }

    /// A stable name of a warning, for programs.
    pub(crate) fn warning_code(warning: &Warning) -> &'static str {
        match warning {
            Warning::JudgementUnsigned(_) => "judgement_unsigned",
            Warning::ReadingUnsigned(_) => "reading_unsigned",
            Warning::NotBinding(_) => "not_binding",
            Warning::ReasonsRequired => "reasons_required",
            Warning::TrialLimit(_) => "trial_limit",
            Warning::AccentsDiffer { .. } => "accents_differ",
            Warning::WideRange(_) => "wide_range",
            Warning::Unread(_) => "unread",
            Warning::OldValue(..) => "old_value",
            Warning::UnknownValue(..) => "unknown_value",
            Warning::Tied { .. } => "tied",
            Warning::MissingDay { .. } => "missing_day",
        }
    }
}
