//! What is told of a dossier that is sent back: the rule in the policy, the answers in the dossier.

use std::collections::BTreeSet;

use crate::decision::{Leaf, MissingPlace, Op, Step};
use crate::diagnostic::{Diagnostic, Label};
use crate::dossier::Dossier;
use crate::eval::interpret::interpreter::truth_of;
use crate::limits;
use crate::phrase::{Phrases, alone};
use crate::policy::{Coherence, ExprId, ExprKind, ListId, ParameterId, Policy, Reach, Type};
use crate::source::Span;
use crate::syntax::tree::Aggregate;
use crate::time::Date;
use crate::value::Value;
use crate::wording::{French, Lang, Spaces, Wording};

/// How many answers of the dossier one mistake shows.
const ANSWERS: usize = 4;

/// The mistakes of a dossier that was read without one.
pub(in crate::eval) struct Refusals<'a> {
    policy: &'a Policy,
    dossier: &'a Dossier,
    list: Vec<Diagnostic>,
    count: usize,
}

impl<'a> Refusals<'a> {
    pub fn new(policy: &'a Policy, dossier: &'a Dossier) -> Self {
        Refusals { policy, dossier, list: Vec::new(), count: 0 }
    }

    /// How many mistakes were told.
    pub fn count(&self) -> usize {
        self.count
    }

    /// All of them, in the order of the dossier; past a limit they are only counted.
    pub fn finish(mut self) -> Vec<Diagnostic> {
        let file = &self.dossier.file;
        self.list.sort_by_key(|diagnostic| {
            let first = diagnostic.labels.first();
            first.map_or((true, 0), |label| (label.file != *file, label.span.start))
        });
        let beyond = self.count - self.list.len();
        if beyond > 0 {
            let message = match beyond {
                1 => "une autre erreur n'est pas détaillée ici".to_owned(),
                n => format!("{n} autres erreurs ne sont pas détaillées ici"),
            };
            let end = Span::new(file.text().len(), file.text().len());
            self.list.push(
                Diagnostic::error("autres-erreurs", message)
                    .at(file, end, "")
                    .help("corriger d'abord celles qui précèdent"),
            );
        }
        self.list
    }

    fn add(&mut self, build: impl FnOnce(&Self) -> Diagnostic) {
        self.count += 1;
        if self.list.len() < limits::MISTAKES {
            let diagnostic = build(self);
            self.list.push(diagnostic);
        }
    }

    /// A rule, or a part of it, that the answers break.
    pub fn broken(&mut self, rule: &Coherence, part: ExprId, step: &Step) {
        self.add(|told| {
            let found = match told.found(step) {
                Some(found) => format!(" ; lu {found}"),
                None => String::new(),
            };
            let name = &rule.head.name;
            let (message, help) = if rule.implied {
                let message = format!("période « {name} » : son premier jour suit son dernier{found}");
                (message, "corriger celui de ces deux jours qui n'est pas exact")
            } else {
                let help =
                    "corriger celle de ces réponses qui n'est pas exacte : tout dossier respecte cette règle";
                (format!("cohérence « {name} » : attendu {}{found}", told.said(part)), help)
            };
            told.with_answers(
                Diagnostic::error("coherence-non-respectee", message),
                &places(told.policy, step),
            )
            .at(
                &told.policy.file,
                told.policy.exprs.get(part).span,
                if rule.implied { "déclarée ici" } else { "exigé ici" },
            )
            .help(help)
        });
    }

    /// A rule that the answers cannot satisfy along with the other rules, whatever is missing.
    pub fn irreconcilable(&mut self, name: &str, condition: ExprId) {
        self.add(|told| {
            let places = told.read_by(condition);
            let message = format!(
                "cohérence « {name} » : aucune réponse aux questions restées ouvertes ne permet de la respecter"
            );
            told.with_answers(Diagnostic::error("coherence-impossible", message), &places)
                .at(&told.policy.file, told.policy.exprs.get(condition).span, "exigé ici")
                .help("corriger les réponses données : ensemble, elles ne peuvent pas être exactes")
        });
    }

    /// A calculation whose exact result is longer than so many bits.
    pub fn too_long(&mut self, expr: ExprId, most: u64) {
        self.add(|told| {
            // A bit is 0.301 of a decimal digit.
            let digits = i64::try_from(most.saturating_mul(301) / 1_000).unwrap_or(i64::MAX);
            let message = format!(
                "taille d'un nombre calculé : la valeur exacte de {} a plus de {} chiffres",
                told.said(expr),
                French(Spaces::Plain).number(&digits.into())
            );
            told.with_answers(Diagnostic::error("nombre-calcule-trop-long", message), &told.read_by(expr))
                .at(&told.policy.file, told.policy.exprs.get(expr).span, "calculé ici")
                .help(
                    "arrondir dans le texte ce qui entre dans ce calcul, par exemple « arrondi au centime » : \
                     la valeur exacte d'une suite de quotients ou de produits s'allonge à chaque terme",
                )
        });
    }

    /// Elements held against one another, more of them than the limit.
    pub fn too_many_pairs(&mut self, expr: ExprId, lists: &[ListId]) {
        self.add(|told| {
            let places: Vec<MissingPlace> = lists.iter().copied().map(MissingPlace::List).collect();
            let most = i64::try_from(limits::PAIRS).unwrap_or(i64::MAX);
            let message = format!(
                "trop d'éléments à comparer deux à deux pour {} : {} comparaisons au plus",
                told.said(expr),
                French(Spaces::Plain).number(&most.into())
            );
            told.with_answers(Diagnostic::error("liste-trop-longue", message), &places)
                .at(
                    &told.policy.file,
                    told.policy.exprs.get(expr).span,
                    "chaque élément s'y compare aux autres",
                )
                .help("partager ce dossier en plusieurs")
        });
    }

    /// A parameter that has no value at the date at which it is taken.
    pub fn no_value(
        &mut self,
        parameter: ParameterId,
        expr: ExprId,
        at: Option<Date>,
        places: &[MissingPlace],
    ) {
        self.add(|told| {
            let declared = &told.policy.parameters[parameter.index()];
            let name = &declared.head.name;
            let french = French(Spaces::Plain);
            let when = match at {
                Some(date) => format!("à la date du {}", french.date(date)),
                None => "à aucune date possible".to_owned(),
            };
            let message = format!("le paramètre « {name} » n'a pas de valeur {when}");
            let from = declared.periods.first().and_then(|period| period.from);
            let help = match from.filter(|from| at.is_none_or(|at| at < *from)) {
                Some(from) => {
                    format!("sa première valeur vaut depuis le {} : vérifier la date", french.date(from))
                }
                None => "vérifier la date, ou ajouter la valeur qui manque au texte".to_owned(),
            };
            told.with_answers(Diagnostic::error("parametre-sans-valeur", message), places)
                .at(&told.policy.file, told.policy.exprs.get(expr).span, "lu ici")
                .at(&told.policy.file, declared.head.span, "déclaré ici")
                .help(help)
        });
    }

    /// An answer to a question that is not asked.
    pub fn not_asked(&mut self, place: MissingPlace, condition: ExprId, step: &Step) {
        self.add(|told| {
            let message = format!(
                "{} : aucune réponse n'est attendue, car la question ne se pose que si {}",
                Lang::Fr.quoted(&alone(told.label(place))),
                told.said(condition)
            );
            let mut places = vec![place];
            places.extend(self::places(told.policy, step));
            let declared = match place {
                MissingPlace::Fact(fact) => told.policy.facts[fact.index()].ask.span,
                MissingPlace::List(list) => told.policy.lists[list.index()].span,
                MissingPlace::Cell { field, .. } => told.policy.fields[field.index()].ask.span,
            };
            told.with_answers(Diagnostic::error("reponse-non-demandee", message), &places)
                .at(&told.policy.file, declared, "demandé seulement dans ce cas")
                .help("retirer cette réponse, ou corriger celle dont elle dépend")
        });
    }

    /// Shows answers where they stand, the first as the main place.
    fn with_answers(&self, mut diagnostic: Diagnostic, places: &[MissingPlace]) -> Diagnostic {
        let mut shown = BTreeSet::new();
        for place in places {
            if let Some(span) = self.span(*place)
                && shown.len() < ANSWERS
                && shown.insert(span)
            {
                let label =
                    Label { file: std::sync::Arc::clone(&self.dossier.file), span, text: self.path(*place) };
                diagnostic.labels.push(label);
            }
        }
        diagnostic
    }

    /// The facts and lists that an expression may read.
    fn read_by(&self, expr: ExprId) -> Vec<MissingPlace> {
        let mut reach = Reach::default();
        reach.add_expr(self.policy, expr);
        let facts = (0..).map(crate::policy::FactId).take(self.policy.facts.len());
        let lists = (0..).map(crate::policy::ListId).take(self.policy.lists.len());
        let places = facts.map(MissingPlace::Fact).chain(lists.map(MissingPlace::List));
        places.filter(|place| reach.reads(place.declared())).collect()
    }

    fn span(&self, place: MissingPlace) -> Option<Span> {
        match place {
            MissingPlace::Fact(fact) => Some(self.dossier.fact(fact).place?.value),
            MissingPlace::List(list) => Some(self.dossier.list(list)?.key),
            MissingPlace::Cell { row, field } => {
                let field = &self.policy.fields[field.index()];
                let width = self.policy.lists[field.list.index()].fields.len();
                let rows = self.dossier.list(field.list)?;
                Some(rows.cells.get(row as usize * width + field.rank as usize)?.place?.value)
            }
        }
    }

    fn path(&self, place: MissingPlace) -> String {
        match place {
            MissingPlace::Fact(fact) => self.policy.facts[fact.index()].path.to_string(),
            MissingPlace::List(list) => self.policy.lists[list.index()].path.to_string(),
            MissingPlace::Cell { row, field } => {
                let field = &self.policy.fields[field.index()];
                let list = &self.policy.lists[field.list.index()].path;
                format!("{list}[{}].{}", u64::from(row) + 1, field.name)
            }
        }
    }

    /// What the author wrote, as it is said aloud and quoted.
    fn said(&self, expr: ExprId) -> String {
        Lang::Fr.quoted(&Phrases { policy: self.policy, lang: Lang::Fr }.said(expr))
    }

    /// What people read of a fact, a list or a field.
    fn label(&self, place: MissingPlace) -> &str {
        match place {
            MissingPlace::Fact(fact) => &self.policy.facts[fact.index()].label,
            MissingPlace::List(list) => &self.policy.lists[list.index()].label,
            MissingPlace::Cell { field, .. } => &self.policy.fields[field.index()].label,
        }
    }

    /// `40 et 34`: the two sides of a comparison, where both are known.
    fn found(&self, step: &Step) -> Option<String> {
        let ExprKind::Compare { left, right, .. } = &self.policy.exprs.get(step.expr?).kind else {
            return None;
        };
        let side = |expr: ExprId| {
            let operand = step.operands.iter().find(|operand| operand.expr == Some(expr))?;
            self.shown(&operand.value.value()?, self.policy.exprs.get(expr).ty)
        };
        Some(format!("{} et {}", side(*left)?, side(*right)?))
    }

    fn shown(&self, value: &Value, ty: Type) -> Option<String> {
        let french = French(Spaces::Plain);
        Some(match value {
            Value::Truth(truth) => if *truth { "oui" } else { "non" }.to_owned(),
            Value::Date(date) => format!("le {}", french.date(*date)),
            Value::Text(text) => format!("« {} »", text.shown),
            Value::Choice(option) => match ty {
                Type::Choice(choice) => {
                    self.policy.choices[choice.index()].options.get(usize::from(*option))?.to_string()
                }
                _ => return None,
            },
            Value::Number(number) => match ty {
                Type::Percent => french.percent(number),
                Type::Amount => french.amount(number, self.policy.currency),
                Type::Months => french.months(number),
                Type::Days => french.days(number),
                Type::Integer | Type::Number | Type::Truth | Type::Date | Type::Text | Type::Choice(_) => {
                    french.exact(number)
                }
            },
        })
    }
}

/// The places that a step rests on, in the order in which they were read. Of a condition on all
/// elements of a list, those of the elements that break it; of another aggregate, its list.
pub(in crate::eval) fn places(policy: &Policy, step: &Step) -> Vec<MissingPlace> {
    let mut found = Vec::new();
    gather(policy, step, &mut found);
    found
}

fn gather(policy: &Policy, step: &Step, found: &mut Vec<MissingPlace>) {
    match &step.op {
        Op::Leaf(Leaf::Fact(fact)) => found.push(MissingPlace::Fact(*fact)),
        Op::Leaf(Leaf::Cell(row, field)) => found.push(MissingPlace::Cell { row: *row, field: *field }),
        Op::Leaf(Leaf::List(list)) => found.push(MissingPlace::List(*list)),
        Op::Shared(body) => gather(policy, body, found),
        Op::Leaf(Leaf::Parameter(_) | Leaf::Literal | Leaf::Reading(_) | Leaf::ExaminationDate)
        | Op::Expr
        | Op::Cases { .. }
        | Op::Case { .. }
        | Op::Served { .. }
        | Op::Item => {}
    }
    let looked_at = |operand: &&Step| match step.expr.map(|expr| &policy.exprs.get(expr).kind) {
        Some(ExprKind::Aggregate { kind: Aggregate::All, of, .. }) => {
            operand.expr == *of && truth_of(&operand.value).fails()
        }
        Some(ExprKind::Aggregate { .. }) => false,
        Some(_) | None => true,
    };
    if let Some(ExprKind::Aggregate { kind, list, .. }) = step.expr.map(|expr| &policy.exprs.get(expr).kind)
        && *kind != Aggregate::All
    {
        found.push(MissingPlace::List(*list));
    }
    for operand in step.operands.iter().filter(looked_at) {
        gather(policy, operand, found);
    }
}
