//! The JSON Schema of a policy's dossiers, for editors and for programs that write dossiers.
//!
//! It describes the plainest writing of each answer: groups nested, words of the format and options
//! in their own case. What it takes, the reader takes, but for what a schema does not say: bounds of
//! a number written as a text, days that the calendar does not have, values that are to be unique,
//! what several answers must satisfy together.

use serde_json::{Map, Value, json};

use super::paths::{Leaf, Node, Paths};
use super::words;
use crate::known::{End, Known};
use crate::limits;
use crate::policy::item::Question;
use crate::policy::{ListId, Policy, Type};

/// The spaces that French puts between thousands and before a unit.
const SPACE: &str = "[ \\u00a0\\u202f\\u2009]";

/// JSON Schema (2020-12) of a dossier.
pub(super) fn schema(policy: &Policy, paths: &Paths) -> Value {
    let writer = Writer { policy, paths };
    let mut properties = Map::new();
    properties.insert(
        "dispositif".into(),
        json!({"const": &*policy.id, "description": "Le dispositif au regard duquel le dossier est examiné"}),
    );
    properties.insert(
        "dossier".into(),
        json!({"type": ["string", "number", "null"], "description": "Le nom du dossier"}),
    );
    let mut examined = json!({"anyOf": [{"$ref": "#/$defs/date"}, {"$ref": "#/$defs/inconnu"}]});
    describe(&mut examined, "Date d'examen", Some("La date à laquelle le dossier est examiné".to_owned()));
    properties.insert("examiné le".into(), examined);
    writer.group(Paths::TOP, &mut properties);
    if !policy.readings.is_empty() {
        properties.insert("lectures".into(), writer.readings());
    }
    properties.insert(
        "attendu".into(),
        json!({"description": "Ce qu'un cas énonce à la main : l'examen n'en tient pas compte"}),
    );
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": format!("Dossier : {}", policy.title),
        "type": "object",
        "properties": properties,
        "required": ["dispositif"],
        "additionalProperties": false,
        "$defs": definitions(),
    })
}

/// What several answers share.
fn definitions() -> Value {
    let whole = format!("(\\d+|\\d{{1,3}}({SPACE}\\d{{3}})+)");
    let decimal = format!("[-−]?{whole}([.,]\\d+)?");
    let years = format!("{whole}{SPACE}?(ans?|années?)");
    let months = format!("{whole}{SPACE}?mois");
    let month_names = words::MONTHS.join("|");
    json!({
        "inconnu": {"enum": [null, "inconnu", ""], "description": "La réponse n'est pas connue"},
        "date": {
            "type": "string",
            "pattern": format!("^(\\d{{4}}-\\d{{2}}-\\d{{2}}|\\d{{1,2}}/\\d{{1,2}}/\\d{{4}}|(1er|\\d{{1,2}}) ({month_names}) \\d{{4}})$"),
            "description": "2025-02-03, 03/02/2025 ou 3 février 2025",
        },
        "entier": {"type": "string", "pattern": format!("^[-−]?{whole}$"), "description": "1 200"},
        "nombre": {"type": "string", "pattern": format!("^{decimal}$"), "description": "1 200,5"},
        "pourcentage": {
            "type": "string", "pattern": format!("^{decimal}{SPACE}?%$"), "description": "10 %, avec son signe",
        },
        "montant": {
            "type": "string",
            "pattern": format!("^[-−]?{whole}([.,]\\d{{1,2}})?({SPACE}?(€|euros?))?$"),
            "description": "80 000 € ou 80 000,50 €",
        },
        "duree-en-mois": {
            "type": "string",
            "pattern": format!("^({months}|{years}({SPACE}et{SPACE}{months})?)$"),
            "description": "6 mois, ou 2 ans et 6 mois",
        },
        "duree-en-jours": {"type": "string", "pattern": format!("^{whole}{SPACE}?jours?$"), "description": "15 jours"},
        "texte": {"type": ["string", "number", "null"], "maxLength": limits::TEXT_LENGTH},
    })
}

/// Adds a title and a description to a schema.
fn describe(schema: &mut Value, title: &str, description: Option<String>) {
    if let Some(object) = schema.as_object_mut() {
        object.insert("title".into(), title.into());
        if let Some(description) = description {
            object.insert("description".into(), description.into());
        }
    }
}

/// The keys that may stand beside a value.
fn origin_keys() -> Map<String, Value> {
    let mut keys = Map::new();
    for (key, description, schema) in [
        ("source", "D'où vient la réponse", "texte"),
        ("au", "À quelle date elle vaut", "date"),
        ("par", "Qui en a jugé", "texte"),
        ("motif", "Pourquoi", "texte"),
    ] {
        let allowed = json!([{"$ref": format!("#/$defs/{schema}")}, {"$ref": "#/$defs/inconnu"}]);
        keys.insert(key.into(), json!({"description": description, "anyOf": allowed}));
    }
    keys
}

struct Writer<'p> {
    policy: &'p Policy,
    paths: &'p Paths,
}

impl Writer<'_> {
    /// The names under a node.
    fn group(&self, node: Node, into: &mut Map<String, Value>) {
        for (name, child) in self.paths.children(node) {
            into.insert(name.to_owned(), self.node(child));
        }
    }

    fn node(&self, node: Node) -> Value {
        let mut beside = Map::new();
        self.group(node, &mut beside);
        match self.paths.leaf(node) {
            Some(Leaf::Fact(fact)) => {
                let fact = &self.policy.facts[fact.index()];
                self.answer(&fact.ask, &fact.label, beside)
            }
            Some(Leaf::Field(field)) => {
                let field = &self.policy.fields[field.index()];
                self.answer(&field.ask, &field.label, beside)
            }
            Some(Leaf::List(list)) => self.list(list),
            None => json!({
                "title": self.paths.path(node),
                "type": ["object", "null"],
                "properties": beside,
                "additionalProperties": false,
            }),
        }
    }

    /// A bare answer, or the answer with what stands beside it.
    fn answer(&self, ask: &Question, label: &str, beside: Map<String, Value>) -> Value {
        let bare = self.bare(ask);
        let mut schema = with_origin(bare, beside);
        let mut description: Vec<String> = ask.question.iter().map(|q| q.to_string()).collect();
        if let Some(condition) = ask.asked_if {
            let written = self.policy.file.slice(self.policy.exprs.get(condition).span);
            description.push(format!("Demandé seulement si : {}.", crate::text::tidy(written)));
        }
        if let Some(judge) = &ask.judge {
            description.push(format!("À l'appréciation : {judge}."));
        }
        description.push(format!("Attendu : {}.", words::expected(self.policy, ask)));
        describe(&mut schema, label, Some(description.join(" ")));
        schema
    }

    fn bare(&self, ask: &Question) -> Value {
        let reference = |name: &str| json!({"$ref": format!("#/$defs/{name}")});
        let mut any = match ask.ty {
            Type::Truth => vec![json!({"enum": [true, false, "oui", "non"]})],
            Type::Integer => vec![bounded("integer", ask), reference("entier")],
            Type::Number => vec![bounded("number", ask), reference("nombre")],
            Type::Percent => vec![reference("pourcentage")],
            Type::Amount => vec![bounded("number", ask), reference("montant")],
            Type::Date => vec![reference("date"), json!({"const": "pas encore"})],
            Type::Months => vec![reference("duree-en-mois")],
            Type::Days => vec![reference("duree-en-jours")],
            Type::Text => vec![reference("texte")],
            Type::Choice(choice) => {
                let options: Vec<&str> =
                    self.policy.choices[choice.index()].options.iter().map(|o| &**o).collect();
                vec![json!({"enum": options})]
            }
        };
        any.push(reference("inconnu"));
        json!({"anyOf": any})
    }

    fn list(&self, list: ListId) -> Value {
        let declared = &self.policy.lists[list.index()];
        let mut fields = Map::new();
        self.group(self.paths.element(list), &mut fields);
        let elements = json!({
            "type": "array",
            "items": {"type": "object", "properties": fields, "additionalProperties": false},
            "maxItems": limits::LIST_LENGTH,
        });
        let mut schema = with_origin(json!({"anyOf": [elements, {"$ref": "#/$defs/inconnu"}]}), Map::new());
        describe(&mut schema, &declared.label, declared.question.as_ref().map(|q| q.to_string()));
        schema
    }

    fn readings(&self) -> Value {
        let mut readings = Map::new();
        for reading in &self.policy.readings {
            let options: Vec<&str> =
                self.policy.choices[reading.choice.index()].options.iter().map(|o| &**o).collect();
            let bare = json!({"anyOf": [{"enum": options}, {"$ref": "#/$defs/inconnu"}]});
            let mut schema = with_origin(bare, Map::new());
            describe(&mut schema, &reading.head.name, reading.question.as_ref().map(|q| q.to_string()));
            readings.insert(reading.head.name.to_string(), schema);
        }
        json!({
            "description": "Les lectures retenues, avec qui et pourquoi",
            "type": ["object", "null"],
            "properties": readings,
            "additionalProperties": false,
        })
    }
}

/// A value bare, or as `{valeur, source, au, par, motif}`; other names may stand there too.
fn with_origin(bare: Value, beside: Map<String, Value>) -> Value {
    let mut any = vec![bare.clone()];
    if !beside.is_empty() {
        any.push(json!({"type": "object", "properties": beside.clone(), "additionalProperties": false}));
    }
    let mut keys = beside;
    keys.insert("valeur".into(), bare);
    keys.append(&mut origin_keys());
    any.push(json!({
        "type": "object", "properties": keys, "required": ["valeur"], "additionalProperties": false,
    }));
    json!({ "anyOf": any })
}

/// A number with the bounds of its declaration.
fn bounded(kind: &str, ask: &Question) -> Value {
    let mut schema = Map::new();
    schema.insert("type".into(), kind.into());
    if let Known::Number(interval) = &ask.domain {
        let bounds =
            [(&interval.low, "minimum", "exclusiveMinimum"), (&interval.high, "maximum", "exclusiveMaximum")];
        for (end, included, excluded) in bounds {
            let (key, bound) = match end {
                End::Infinite => continue,
                End::Included(bound) => (included, bound),
                End::Excluded(bound) => (excluded, bound),
            };
            // A bound that is no whole number is left to the reader: a schema would round it.
            if let Some(bound) = bound.to_i64() {
                schema.insert(key.into(), bound.into());
            }
        }
    }
    Value::Object(schema)
}
