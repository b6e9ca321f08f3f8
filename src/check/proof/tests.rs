//! Proofs over policies made by hand.

use std::sync::{Arc, OnceLock};

use super::prove;
use crate::known::{Interval, Known, Truth};
use crate::number::Ratio;
use crate::policy::*;
use crate::source::{SourceFile, Span};
use crate::syntax::tree::{Aggregate, CompareOp};
use crate::value::Value;

mod exact;
mod order;

/// A policy in the making; expressions point at their words in its text.
pub(super) struct Making {
    pub policy: Policy,
}

impl Making {
    fn new(text: &str) -> Self {
        let mut exprs = Exprs::default();
        let yes = exprs.push(ExprKind::Const(Value::Truth(true)), Type::Truth, Span::default());
        let policy = Policy {
            file: SourceFile::new("essai.pol", text),
            sha256: String::new(),
            id: "essai".into(),
            title: "Essai".into(),
            currency: crate::currency::Currency::Euro,
            from: None,
            until: None,
            citations: vec![],
            notes: vec![],
            version: Default::default(),
            exprs,
            choices: vec![],
            sources: vec![],
            facts: vec![],
            lists: vec![],
            periods: Vec::new(),
            fields: vec![],
            declared: vec![],
            coherences: vec![],
            parameters: vec![],
            readings: vec![],
            definitions: vec![],
            criteria: vec![],
            objectives: vec![],
            missions: vec![],
            decision: Decision { head: head("décision"), favourable: yes, stated: true },
            fundings: vec![],
            obligations: vec![],
            rests_on: OnceLock::new(),
        };
        Making { policy }
    }

    fn span(&self, words: &str) -> Span {
        let start = self.policy.file.text().find(words).unwrap_or(0);
        Span::new(start, start + words.len())
    }

    fn expr(&mut self, words: &str, ty: Type, kind: ExprKind) -> ExprId {
        let span = self.span(words);
        self.policy.exprs.push(kind, ty, span)
    }

    fn number(&mut self, words: &str, ty: Type, number: i64) -> ExprId {
        self.expr(words, ty, ExprKind::Const(Value::Number(Ratio::from(number))))
    }

    fn fact(&mut self, path: &str, ty: Type, domain: Known, asked_if: Option<ExprId>) -> ExprId {
        let span = self.span(path);
        let fact = FactId(self.policy.facts.len() as u32);
        self.policy.facts.push(Fact {
            path: path.into(),
            parts: vec![path.into()],
            label: path.into(),
            ask: Question {
                measure: None,
                ty,
                domain,
                asked_if,
                question: None,
                judge: None,
                last_day: false,
                span,
                ty_span: span,
            },
        });
        self.expr(path, ty, ExprKind::Fact(fact))
    }

    fn compare(&mut self, words: &str, op: CompareOp, left: ExprId, right: ExprId) -> ExprId {
        self.expr(words, Type::Truth, ExprKind::Compare { op, left, right })
    }

    fn define(&mut self, name: &str, ty: Type, body: ExprId) -> ExprId {
        let id = DefinitionId(self.policy.definitions.len() as u32);
        self.policy.definitions.push(Definition {
            head: head(name),
            label: name.into(),
            list: None,
            applies: None,
            body,
            result: false,
        });
        self.expr(name, ty, ExprKind::Definition(id))
    }

    fn fund(&mut self, due: Option<ExprId>, amount: ExprId) {
        self.policy.fundings.push(Funding {
            kind: FundingKind::Funding,
            parts: Vec::new(),
            head: head("aide"),
            applies: None,
            due,
            unless: vec![],
            amount,
            frequency: None,
            lasting: None,
            lasting_at: None,
            each: false,
            rest: None,
        });
    }

    fn line(&self, words: &str, when: ExprId, else_if: bool, value: ExprId) -> CaseLine {
        CaseLine { when, else_if, value, span: self.span(words), written: Written::Line }
    }

    /// Code, message, then each place with its word.
    fn found(&self) -> Vec<String> {
        prove(&self.policy)
            .iter()
            .map(|d| {
                let places: Vec<String> =
                    d.labels.iter().map(|l| format!("[{}] {}", l.file.slice(l.span), l.text)).collect();
                format!("{}: {} | {}", d.code, d.message, places.join(" | "))
            })
            .collect()
    }
}

fn head(name: &str) -> Head {
    let span = Span::default();
    Head { name: Arc::from(name), span, whole: span, citations: vec![], notes: vec![], concordances: vec![] }
}

fn from(low: i64, whole: bool) -> Known {
    Known::Number(Interval::at_least(Ratio::from(low), whole))
}

const TRUTH: Known = Known::Truth(Truth::OPEN);

#[test]
fn two_lines_that_hold_together() {
    let mut p =
        Making::new("vaut 1 si effectif < 10\nvaut 2 si effectif > 5\nvaut 3 si effectif ≥ 40\neffectif");
    let x = p.fact("effectif", Type::Integer, from(0, true), None);
    let (five, ten, forty) = (
        p.number("5", Type::Integer, 5),
        p.number("10", Type::Integer, 10),
        p.number("40", Type::Integer, 40),
    );
    let a = p.compare("effectif < 10", CompareOp::Lt, x, ten);
    let b = p.compare("effectif > 5", CompareOp::Gt, x, five);
    let c = p.compare("effectif ≥ 40", CompareOp::Ge, x, forty);
    let lines = vec![
        p.line("vaut 1 si effectif < 10", a, false, five),
        p.line("vaut 2 si effectif > 5", b, false, ten),
        p.line("vaut 3 si effectif ≥ 40", c, true, ten),
    ];
    let cases = p.expr("vaut", Type::Integer, ExprKind::Cases { lines, otherwise: None });
    p.define("taille", Type::Integer, cases);
    assert_eq!(
        p.found(),
        ["cas-qui-se-recouvrent: deux lignes s'appliquent à la fois, par exemple si effectif = 6 \
          | [vaut 1 si effectif < 10] cette ligne s'applique | [vaut 2 si effectif > 5] celle-ci aussi"]
    );
}

#[test]
fn a_case_that_no_line_holds() {
    let mut p = Making::new("vaut 1 si effectif < 10 et urbain\nvaut 2 si effectif ≥ 10");
    let x = p.fact("effectif", Type::Integer, from(0, true), None);
    let urban = p.fact("urbain", Type::Truth, TRUTH, None);
    let ten = p.number("10", Type::Integer, 10);
    let small = p.compare("effectif < 10", CompareOp::Lt, x, ten);
    let a = p.expr("effectif < 10 et urbain", Type::Truth, ExprKind::And(vec![small, urban]));
    let b = p.compare("effectif ≥ 10", CompareOp::Ge, x, ten);
    let lines = vec![p.line("vaut 1 si", a, false, ten), p.line("vaut 2 si", b, false, ten)];
    let cases = p.expr("vaut", Type::Integer, ExprKind::Cases { lines, otherwise: None });
    p.define("taille", Type::Integer, cases);
    assert_eq!(
        p.found(),
        ["cas-oublie: aucune ligne ne s'applique, par exemple si effectif = 0 et urbain est non \
          | [vaut 1 si effectif < 10 et urbain\nvaut 2 si] ces lignes laissent un cas de côté"]
    );
}

#[test]
fn a_scale_with_a_hole_of_one_value() {
    let mut p = Making::new("jusqu'à 39 999 : 1\nplus de 40 000 : 2");
    let x = p.fact("population", Type::Integer, from(1, true), None);
    let (a, b) = (p.number("39 999", Type::Integer, 39_999), p.number("40 000", Type::Integer, 40_000));
    let bands = vec![
        Band {
            range: BandRange::Between { low: None, high: Some((a, true)) },
            value: a,
            span: p.span("jusqu'à 39 999 : 1"),
        },
        Band {
            range: BandRange::Between { low: Some((b, false)), high: None },
            value: b,
            span: p.span("plus de 40 000 : 2"),
        },
    ];
    let scale = p.expr("vaut", Type::Integer, ExprKind::Scale { of: x, bands, by_slices: false });
    p.define("taille", Type::Integer, scale);
    assert_eq!(
        p.found(),
        ["bareme-troue: rien n'est prévu pour 40 000 dans ce barème \
          | [jusqu'à 39 999 : 1] cette ligne s'arrête avant | [plus de 40 000 : 2] celle-ci commence après"]
    );
}

#[test]
fn a_divisor_is_guarded_by_its_line() {
    let mut p = Making::new("vaut n ÷ effectif si effectif > 0");
    let x = p.fact("effectif", Type::Integer, from(0, true), None);
    let zero = p.number("0", Type::Integer, 0);
    let guard = p.compare("effectif > 0", CompareOp::Gt, x, zero);
    let ratio = p.expr("n ÷ effectif", Type::Number, ExprKind::Div(zero, x));
    let lines = vec![p.line("vaut", guard, false, ratio)];
    let cases = p.expr("vaut", Type::Number, ExprKind::Cases { lines, otherwise: Some(zero) });
    p.define("taux", Type::Number, cases);
    assert_eq!(p.found(), [""; 0]);
    p.define("taux sans garde", Type::Number, ratio);
    assert_eq!(
        p.found(),
        ["diviseur-nul: le diviseur « effectif » peut être nul | [effectif] on ne divise pas par zéro \
          | [effectif] 0 est admis ici"]
    );
}

#[test]
fn a_difference_is_guarded_by_a_comparison() {
    let mut p = Making::new("n ÷ (arrivées - départs) si arrivées > départs");
    let a = p.fact("arrivées", Type::Integer, from(0, true), None);
    let b = p.fact("départs", Type::Integer, from(0, true), None);
    let guard = p.compare("arrivées > départs", CompareOp::Gt, a, b);
    let difference = p.expr("arrivées - départs", Type::Integer, ExprKind::Sub(a, b));
    let ratio = p.expr("n ÷ (arrivées - départs)", Type::Number, ExprKind::Div(a, difference));
    let lines = vec![p.line("n ÷", guard, false, ratio)];
    let cases = p.expr("n ÷", Type::Number, ExprKind::Cases { lines, otherwise: Some(a) });
    p.define("taux", Type::Number, cases);
    assert_eq!(p.found(), [""; 0]);
    let lines = vec![p.line("n ÷", guard, false, a)];
    let cases = p.expr("n ÷", Type::Number, ExprKind::Cases { lines, otherwise: Some(ratio) });
    p.define("taux", Type::Number, cases);
    assert_eq!(
        p.found(),
        [
            "diviseur-nul: le diviseur « arrivées - départs » peut être nul, par exemple si arrivées = départs \
          | [arrivées - départs] on ne divise pas par zéro"
        ]
    );
}

#[test]
fn amounts_are_rounded_and_not_negative() {
    let mut p = Making::new("montant (ressources - charges) × 3 %");
    let any = Known::Number(Interval::at_least(Ratio::zero(), false));
    let a = p.fact("ressources", Type::Amount, any.clone(), None);
    let b = p.fact("charges", Type::Amount, any, None);
    let rate = p.expr("3 %", Type::Percent, ExprKind::Const(Value::Number(Ratio::new(3, 100).unwrap())));
    let difference = p.expr("ressources - charges", Type::Amount, ExprKind::Sub(a, b));
    let amount = p.expr("(ressources - charges) × 3 %", Type::Amount, ExprKind::Mul(difference, rate));
    p.fund(None, amount);
    assert_eq!(
        p.found(),
        [
            "arrondi-manquant: le montant peut ne pas tomber juste au centime : la façon de l'arrondir doit être écrite \
          | [(ressources - charges) × 3 %] ce calcul va par pas de 0,0003 €",
            "montant-negatif: le montant peut être négatif, par exemple si ressources < charges \
          | [(ressources - charges) × 3 %] un financement n'est jamais en dessous de 0 €",
        ]
    );
}

#[test]
fn a_conditional_fact_is_read_under_its_condition() {
    let mut p = Making::new("autres ESS présentes\ncollaboration\ncollaboration si autres ESS présentes");
    let there = p.fact("autres ESS présentes", Type::Truth, TRUTH, None);
    let asked = p.fact("collaboration", Type::Truth, TRUTH, Some(there));
    let of = vec![Guarded { only_if: Some(there), then: asked }];
    let good = p.expr("collaboration", Type::Truth, ExprKind::Bullets { quantity: Quantity::All, of });
    p.define("bon", Type::Truth, good);
    assert_eq!(p.found(), [""; 0]);
    p.define("mauvais", Type::Truth, asked);
    assert_eq!(
        p.found(),
        [
            "fait-hors-condition: « collaboration » n'est demandé que « si autres ESS présentes », et cette condition \
          n'est pas en vigueur ici | [collaboration] lu sans sa condition \
          | [collaboration] demandé seulement si autres ESS présentes"
        ]
    );
}

#[test]
fn the_greatest_of_a_list_that_may_be_empty() {
    let mut p = Making::new("dépenses\nle plus grand de dépenses.prix\nnombre de dépenses ≥ 1");
    let span = p.span("dépenses");
    p.policy.lists.push(List {
        path: "dépenses".into(),
        parts: vec!["dépenses".into()],
        label: "dépenses".into(),
        fields: vec![FieldId(0)],
        question: None,
        asked_if: None,
        span,
        ty_span: span,
    });
    let ask = Question {
        measure: None,
        ty: Type::Amount,
        domain: from(0, false),
        asked_if: None,
        question: None,
        judge: None,
        last_day: false,
        span,
        ty_span: span,
    };
    p.policy.fields.push(Field {
        list: ListId(0),
        name: "prix".into(),
        parts: vec!["prix".into()],
        label: "prix".into(),
        rank: 0,
        unique: false,
        ask,
    });
    let price = p.expr("prix", Type::Amount, ExprKind::Field(FieldId(0)));
    let list = ListId(0);
    let count = p.expr(
        "nombre de dépenses",
        Type::Integer,
        ExprKind::Aggregate { kind: Aggregate::Count, list, filter: None, of: None },
    );
    let greatest = p.expr(
        "le plus grand de dépenses.prix",
        Type::Amount,
        ExprKind::Aggregate { kind: Aggregate::Greatest, list, filter: None, of: Some(price) },
    );
    let one = p.number("1", Type::Integer, 1);
    let guard = p.compare("nombre de dépenses ≥ 1", CompareOp::Ge, count, one);
    p.fund(Some(guard), greatest);
    assert_eq!(p.found(), [""; 0]);
    p.fund(None, greatest);
    assert_eq!(
        p.found(),
        ["liste-vide: il n'y a peut-être aucun élément : nombre de dépenses peut être 0 \
          | [le plus grand de dépenses.prix] le plus grand ou le plus petit de rien"]
    );
}

#[test]
fn what_every_dossier_settles_is_told() {
    let mut p = Making::new("effectif ≥ 0\neffectif ≥ 1");
    let x = p.fact("effectif", Type::Integer, from(0, true), None);
    let (zero, one) = (p.number("0", Type::Integer, 0), p.number("1", Type::Integer, 1));
    let always = p.compare("effectif ≥ 0", CompareOp::Ge, x, zero);
    let open = p.compare("effectif ≥ 1", CompareOp::Ge, x, one);
    p.define("toujours", Type::Truth, always);
    p.define("parfois", Type::Truth, open);
    assert_eq!(
        p.found(),
        ["condition-certaine: « effectif ≥ 0 » est toujours vrai, quel que soit le dossier \
          | [effectif ≥ 0] ne dépend d'aucune réponse"]
    );
}

#[test]
fn the_deepest_expression_and_the_longest_chain_of_definitions() {
    let mut p = Making::new("x");
    let x = p.fact("x", Type::Truth, TRUTH, None);
    let n = p.fact("n", Type::Amount, from(0, false), None);
    let (mut truth, mut number) = (x, n);
    for _ in 0..crate::limits::EXPRESSION_DEPTH {
        truth = p.expr("x", Type::Truth, ExprKind::Not(truth));
        number = p.expr("x", Type::Amount, ExprKind::Sub(number, n));
    }
    let mut all = p.define("profond", Type::Truth, truth);
    let mut sum = p.define("somme", Type::Amount, number);
    for _ in 0..5_000 {
        let both = p.expr("x", Type::Truth, ExprKind::Or(vec![all, x]));
        all = p.define("suivant", Type::Truth, both);
        let twice = p.expr("x", Type::Amount, ExprKind::Sub(n, sum));
        sum = p.define("somme", Type::Amount, twice);
    }
    let lines = vec![p.line("x", all, false, sum), p.line("x", truth, false, number)];
    let amount = p.expr("x", Type::Amount, ExprKind::Cases { lines, otherwise: None });
    p.fund(Some(truth), amount);
    let codes: Vec<&str> = prove(&p.policy).iter().map(|d| d.code).collect();
    assert_eq!(codes, ["cas-qui-se-recouvrent", "montant-negatif"]);
}

/// Two lines that exclude one another by the parity of so many truths; the one case in which all
/// hold may be told apart by one more.
fn parity(truths: usize, one_more: bool) -> Vec<&'static str> {
    let mut p = Making::new("pair impair");
    let names: Vec<String> = (0..=truths).map(|n| format!("fait {n}")).collect();
    let mut facts: Vec<ExprId> = names.iter().map(|name| p.fact(name, Type::Truth, TRUTH, None)).collect();
    let extra = facts.pop().unwrap();
    let even = facts[1..].iter().fold(facts[0], |parity, fact| p.compare("x", CompareOp::Ne, parity, *fact));
    let even = p.expr("x", Type::Truth, ExprKind::Not(even));
    let odd = p.expr("x", Type::Truth, ExprKind::Not(even));
    let (even, odd) = if one_more {
        facts.push(extra);
        let all = p.expr("x", Type::Truth, ExprKind::And(facts));
        let not_all = p.expr("x", Type::Truth, ExprKind::Not(all));
        let even = p.expr("x", Type::Truth, ExprKind::And(vec![even, not_all]));
        (even, p.expr("x", Type::Truth, ExprKind::Or(vec![odd, all])))
    } else {
        (even, odd)
    };
    let lines = vec![p.line("pair", even, false, extra), p.line("impair", odd, false, extra)];
    let cases = p.expr("x", Type::Truth, ExprKind::Cases { lines, otherwise: None });
    p.define("parité", Type::Truth, cases);
    prove(&p.policy).iter().map(|d| d.code).collect()
}

#[test]
fn combinations_at_the_limit_and_one_past() {
    assert_eq!(1 << 12, crate::limits::COMBINATIONS);
    assert_eq!(parity(12, false), [""; 0]);
    assert_eq!(parity(12, true), ["trop-de-cas"]);
}
