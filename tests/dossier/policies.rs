//! Policies for the tests: a dossier block in the surface of the language, one line a fact.

use std::sync::Arc;

use conforme::known::{DateRange, End, Interval, Known, OptionSet, TextSet, Truth};
use conforme::number::Ratio;
use conforme::policy::*;
use conforme::source::{SourceFile, Span};

/// A policy of these facts and these readings (`name : option, option`).
pub fn policy(facts: &str, readings: &str) -> Policy {
    let text =
        format!("dispositif essai « Un dispositif d'essai »\n\ndossier\n{facts}\nlectures\n{readings}\n");
    let file = SourceFile::new("essai/essai.pol", text.clone());
    let head = |name: &str, span| Head {
        name: name.into(),
        span,
        whole: span,
        citations: vec![],
        notes: vec![],
        concordances: vec![],
    };
    let mut exprs = Exprs::default();
    let yes = exprs.push(ExprKind::Const(conforme::value::Value::Truth(true)), Type::Truth, Span::default());
    let mut policy = Policy {
        file,
        sha256: String::new(),
        id: "essai".into(),
        title: "Un dispositif d'essai".into(),
        currency: conforme::currency::Currency::Euro,
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
        fields: vec![],
        periods: Vec::new(),
        declared: vec![],
        coherences: vec![],
        parameters: vec![],
        readings: vec![],
        definitions: vec![],
        criteria: vec![],
        objectives: vec![],
        missions: vec![],
        decision: Decision { head: head("décision", Span::default()), favourable: yes, stated: true },
        fundings: vec![],
        obligations: vec![],
        rests_on: std::sync::OnceLock::new(),
    };
    let mut offset = text.find("dossier\n").unwrap() + "dossier\n".len();
    for line in facts.lines() {
        if let Some((path, ty)) = line.split_once(" : ") {
            let lead = line.len() - line.trim_start().len();
            let span = Span::new(offset + lead, offset + path.len());
            let at = offset + path.len() + 3;
            declare(&mut policy, path.trim(), ty, span, Span::new(at, at + ty.len()));
        }
        offset += line.len() + 1;
    }
    let mut offset = text.find("\nlectures\n").unwrap() + "\nlectures\n".len();
    for line in readings.lines() {
        if let Some((name, options)) = line.split_once(" : ") {
            let lead = line.len() - line.trim_start().len();
            let choice = choice(&mut policy, options);
            let span = Span::new(offset + lead, offset + name.len());
            let citations = vec![vec![]; policy.choices[choice.index()].options.len()];
            let head = head(name.trim(), span);
            policy.readings.push(Reading {
                head,
                question: None,
                applies: None,
                choice,
                citations,
                retained: None,
            });
        }
        offset += line.len() + 1;
    }
    policy
}

fn choice(policy: &mut Policy, options: &str) -> ChoiceId {
    let ordered = options.contains('<');
    let options = options.split([',', '<']).map(|o| Arc::from(o.trim())).collect();
    policy.choices.push(Choice { options, ordered });
    ChoiceId(policy.choices.len() as u32 - 1)
}

fn declare(policy: &mut Policy, path: &str, ty: &str, span: Span, ty_span: Span) {
    let parts: Vec<Arc<str>> = path.split('.').map(Arc::from).collect();
    if ty.starts_with("liste") {
        policy.declared.push(Declared::List(ListId(policy.lists.len() as u32)));
        policy.lists.push(List {
            path: path.into(),
            label: path.into(),
            parts,
            fields: vec![],
            question: None,
            asked_if: None,
            span,
            ty_span,
        });
        return;
    }
    let (ty, unique) = match ty.strip_suffix(", unique") {
        Some(ty) => (ty, true),
        None => (ty, false),
    };
    let (kind, bound) = match ty.split_once(['≥', '>', '≤']) {
        Some((kind, _)) if !ty.starts_with("parmi") => (kind.trim(), &ty[kind.len()..]),
        _ => (ty, ""),
    };
    let interval = |whole| {
        let n = |s: &str| Ratio::parse_decimal(s.trim()).unwrap();
        let low = match (bound.strip_prefix('≥'), bound.strip_prefix('>')) {
            (Some(n_), _) => End::Included(n(n_)),
            (_, Some(n_)) => End::Excluded(n(n_)),
            _ => End::Infinite,
        };
        let high = bound.strip_prefix('≤').map_or(End::Infinite, |s| End::Included(n(s)));
        Known::Number(Interval { low, high, whole })
    };
    let (ty, domain) = match kind {
        "oui ou non" => (Type::Truth, Known::Truth(Truth::OPEN)),
        "entier" => (Type::Integer, interval(true)),
        "nombre" => (Type::Number, interval(false)),
        "pourcentage" => (Type::Percent, interval(false)),
        "montant" => (Type::Amount, interval(false)),
        "durée en mois" => (Type::Months, interval(true)),
        "durée en jours" => (Type::Days, interval(true)),
        "date" => (Type::Date, Known::Date(DateRange { from: None, to: None })),
        "texte" => (Type::Text, Known::Text(TextSet::AnyBut(vec![]))),
        parmi => {
            let id = choice(policy, parmi.strip_prefix("parmi ").unwrap_or_else(|| panic!("type {parmi}")));
            let count = policy.choices[id.index()].options.len();
            (Type::Choice(id), Known::Choice(OptionSet::all(count)))
        }
    };
    let ask = Question {
        measure: None,
        ty,
        domain,
        asked_if: None,
        question: Some(format!("{path} ?").into()),
        judge: None,
        last_day: false,
        span,
        ty_span,
    };
    let list = (0..).zip(&policy.lists).find(|(_, l)| path.starts_with(&format!("{}.", l.path)));
    match list.map(|(i, l)| (ListId(i), l.parts.len())) {
        Some((list, skip)) => {
            let id = FieldId(policy.fields.len() as u32);
            let rank = policy.lists[list.index()].fields.len() as u32;
            policy.lists[list.index()].fields.push(id);
            policy.declared.push(Declared::Field(id));
            let parts: Vec<Arc<str>> = parts[skip..].to_vec();
            let name: Arc<str> = parts.join(".").into();
            let label = Arc::clone(&name);
            policy.fields.push(Field { list, name, parts, label, rank, unique, ask });
        }
        None => {
            policy.declared.push(Declared::Fact(FactId(policy.facts.len() as u32)));
            policy.facts.push(Fact { path: path.into(), label: path.into(), parts, ask });
        }
    }
}

/// A policy that has every type.
pub fn every_type() -> Policy {
    policy(
        "  nom : texte
  ouvert : oui ou non
  médecins : entier ≥ 0
  delta : entier
  superficie : nombre
  part : pourcentage ≥ 0
  budget : montant ≥ 0
  début : date
  préavis : durée en jours
  durée : durée en mois
  statut : parmi libéral, mixte, salarié
  échelon : parmi communal < départemental < régional
  territoire.continu : oui ou non
  territoire.médecins : entier ≥ 0
  territoire.médecins libéraux : entier ≥ 0
  adhérents : liste
  adhérents.RPPS : texte, unique
  adhérents.exercice : parmi libéral, mixte, salarié
  adhérents.adresse.ville : texte
  adhérents.depuis : date",
        "  base du seuil : libéraux, tous
  départ : signature, réception",
    )
}
