//! The JSON Schema of a policy's dossiers, for editors and for programs that write dossiers.
//!
//! It describes groups as they are nested, and answers in every form that a schema can tell. What it takes,
//! the reader takes, but for what a schema does not say: bounds of what is written as a text, 29 February
//! of a year that has none, more digits than are read, values that are to be unique, what several answers
//! must satisfy together. `tests/dossier/agreement.rs` holds both together, value by value.

use serde_json::{Map, Value, json};

use super::paths::{Leaf, Node, Paths};
use super::words;
use crate::currency::Currency;
use crate::known::{End, Known};
use crate::limits;
use crate::policy::item::Question;
use crate::policy::{ChoiceId, ListId, Policy, Type};

/// The spaces that French puts between thousands and before a unit.
const SPACE: &str = "[ \\u00a0\\u202f\\u2009]";

/// White space, which the `\s` of patterns is not exactly: what stands of it around an answer is left out.
const BLANK: &str = "[\\t-\\r \\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]";

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
        "$defs": definitions(policy.currency),
    })
}

/// What several answers share.
fn definitions(currency: Currency) -> Value {
    let whole = format!("(\\d+|\\d{{1,3}}({SPACE}\\d{{3}})+)");
    let decimal = format!("[-−]?{whole}([.,]\\d+)?");
    let years = format!("{whole}{SPACE}*(ans?|années?)");
    let months = format!("{whole}{SPACE}*mois");
    json!({
        "inconnu": {
            "anyOf": [{"enum": [null, "inconnu", ""]}, text(&format!("({})?", any_case("inconnu")))],
            "description": "La réponse n'est pas connue",
        },
        "oui-ou-non": {"anyOf": [
            {"enum": [true, false, "oui", "non"]},
            text(&["oui", "non", "true", "false", "vrai", "faux"].map(any_case).join("|")),
        ]},
        "date": {"type": "string", "pattern": dates(), "description": "2025-02-03, 03/02/2025 ou 3 février 2025"},
        "periode": {
            "anyOf": [text(&periods()), {"type": "string", "pattern": interval()}],
            "description": "du 2025-02-03 au 2025-04-30, ou depuis le 2025-02-03",
        },
        "en-cours": text(&any_case("en cours")),
        "pas-encore": {"anyOf": [{"const": "pas encore"}, text(&any_case("pas encore"))]},
        // No point before three digits: it may part thousands.
        "entier": number(&format!("[-−]?{whole}([.,](0|00|0{{4,}}))?"), "1 200"),
        "nombre": number(&decimal, "1 200,5"),
        "pourcentage": number(&format!("{decimal}{SPACE}*%"), "10 %, avec son signe"),
        "montant": match currency {
            Currency::Euro => number(
                &format!("[-−]?{whole}([.,](\\d{{1,2}}|\\d{{2}}0{{2,}}))?({SPACE}*(€|euros?))?"),
                "80 000 € ou 80 000,50 €",
            ),
            Currency::CfpFranc => number(
                &format!("[-−]?{whole}([.,]0{{1,2}})?({SPACE}*({}))?", currency.signs().join("|")),
                "80 000 F CFP",
            ),
        },
        "duree-en-mois": number(
            &format!("{months}|{years}({SPACE}+et{SPACE}+{months})?"),
            "6 mois, ou 2 ans et 6 mois",
        ),
        "duree-en-jours": number(&format!("{whole}{SPACE}*jours?"), "15 jours"),
        "texte": {
            "type": ["string", "number", "boolean", "null"],
            "maxLength": limits::TEXT_LENGTH,
            // A terminal would obey the others.
            "pattern": "^[^\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f-\\u009f]*$",
        },
    })
}

/// A text of this form, spaces around it left out.
fn text(form: &str) -> Value {
    json!({"type": "string", "pattern": format!("^{BLANK}*({form}){BLANK}*$")})
}

/// A number that is written as a text.
fn number(form: &str, example: &str) -> Value {
    let mut schema = text(form);
    if let Some(object) = schema.as_object_mut() {
        object.insert("maxLength".into(), limits::DIGITS.into());
        object.insert("description".into(), example.into());
    }
    schema
}

/// A word in whatever case it is written, as a pattern, which has no other way to say so.
fn any_case(word: &str) -> String {
    pattern(word, true)
}

/// A word as a pattern, in whatever case it is written or in its own.
fn pattern(word: &str, in_any_case: bool) -> String {
    let mut out = String::new();
    for c in word.chars() {
        match c {
            ' ' => out.push_str(&format!("{BLANK}+")),
            '\'' => out.push_str("['’ʼ]"),
            c if c.is_alphabetic() && in_any_case => {
                let case = [c.to_lowercase().to_string(), c.to_uppercase().to_string()];
                if case.iter().all(|one| one.chars().count() == 1) {
                    out.push_str(&format!("[{}]", case.concat()));
                } else {
                    out.push(c);
                }
            }
            c if c.is_alphanumeric() => out.push(c),
            c => out.push_str(&format!("\\u{:04x}", u32::from(c))),
        }
    }
    out
}

/// The days of a calendar, but for 29 February, which may be one of any year.
fn dates() -> String {
    format!("^{BLANK}*{}{BLANK}*$", date_form())
}

/// A period in words.
fn periods() -> String {
    let (date, du, au) = (date_form(), any_case("du"), any_case("au"));
    let since = ["depuis", "depuis le", "à compter du", "à partir du", "dès le"].map(any_case).join("|");
    let last = format!("({date}|{})", any_case("en cours"));
    format!("{du}{BLANK}+{date}{BLANK}+{au}{BLANK}+{last}|({since}){BLANK}+{date}")
}

/// A period as programs write it.
fn interval() -> String {
    let day = "\\d{4}-\\d{2}-\\d{2}";
    format!("^{day}/{day}$")
}

/// A date, whatever stands around it.
fn date_form() -> String {
    // From `limits::FIRST_YEAR` to `limits::LAST_YEAR`.
    let year = "(1[6-9]|2\\d)\\d{2}";
    let (mut iso, mut slashed, mut named) = (Vec::new(), Vec::new(), Vec::new());
    for (last, months) in [("3[01]", &[1, 3, 5, 7, 8, 10, 12][..]), ("30", &[4, 6, 9, 11]), ("", &[2])] {
        let last = if last.is_empty() { String::new() } else { format!("|{last}") };
        let all = |written: &dyn Fn(usize) -> String| {
            months.iter().map(|month| written(*month)).collect::<Vec<_>>().join("|")
        };
        let (two, few) = (format!("(0[1-9]|[12]\\d{last})"), format!("(0?[1-9]|[12]\\d{last})"));
        iso.push(format!("({})-{two}", all(&|month| format!("{month:02}"))));
        slashed.push(format!("{few}/({})", all(&|month| format!("0?{month}"))));
        let name =
            |month: usize| words::MONTHS.get(month - 1).map_or_else(String::new, |name| unaccented(name));
        named.push(format!("({few}|1[eE][rR]){BLANK}+({})", all(&name)));
    }
    let (iso, slashed, named) = (iso.join("|"), slashed.join("|"), named.join("|"));
    let midnight = "([T ]0?0:00(:00)?(\\.0+)?([Zz]|[+-]\\d{2}:?\\d{2})?)?";
    let (le, named) = (any_case("le"), format!("({named}){BLANK}+{year}"));
    format!("(({year}-({iso})|({slashed})/{year}){midnight}|({le}{BLANK}+)?{named})")
}

/// The name of a month in any case, its accent forgotten or not.
fn unaccented(month: &str) -> String {
    any_case(month).replace("[éÉ]", "[éÉeE]").replace("[ûÛ]", "[ûÛuU]")
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
            None if self.paths.period(node).is_some() => {
                let either = json!({"anyOf": [{"$ref": "#/$defs/periode"}, {"$ref": "#/$defs/inconnu"}]});
                let mut schema = with_origin(either, beside);
                describe(&mut schema, self.paths.path(node), None);
                schema
            }
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
            Type::Truth => vec![reference("oui-ou-non")],
            Type::Integer => vec![bounded("integer", ask), reference("entier")],
            Type::Number => vec![bounded("number", ask), reference("nombre")],
            Type::Percent => vec![reference("pourcentage")],
            Type::Amount => vec![in_cents(bounded("number", ask)), reference("montant")],
            Type::Date if ask.last_day => {
                vec![reference("date"), reference("en-cours"), reference("pas-encore")]
            }
            Type::Date => vec![reference("date"), reference("pas-encore")],
            Type::Months => vec![reference("duree-en-mois")],
            Type::Days => vec![reference("duree-en-jours")],
            Type::Text => vec![reference("texte")],
            Type::Choice(choice) => self.options(choice),
        };
        any.push(reference("inconnu"));
        json!({"anyOf": any})
    }

    /// The options of a choice as they are declared, then in whatever case tells them apart.
    fn options(&self, choice: ChoiceId) -> Vec<Value> {
        let options: Vec<&str> = self.policy.choices[choice.index()].options.iter().map(|o| &**o).collect();
        let folded: Vec<String> = options.iter().map(|option| crate::text::fold(option)).collect();
        let alone = |fold: &String| folded.iter().filter(|other| *other == fold).count() == 1;
        let forms: Vec<String> =
            options.iter().zip(&folded).map(|(option, fold)| pattern(option, alone(fold))).collect();
        vec![json!({ "enum": options }), text(&forms.join("|"))]
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
            let mut any = self.options(reading.choice);
            any.push(json!({"$ref": "#/$defs/inconnu"}));
            let bare = json!({ "anyOf": any });
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
            // A bound that no decimal equals is left to the reader: a schema would round it.
            let written = words::decimal(bound).replace(' ', "").replace(',', ".");
            if let Ok(bound) = serde_json::from_str::<serde_json::Number>(&written) {
                schema.insert(key.into(), bound.into());
            }
        }
    }
    Value::Object(schema)
}

/// A number of euros with two decimals at most.
fn in_cents(mut schema: Value) -> Value {
    if let Some(object) = schema.as_object_mut() {
        object.insert("multipleOf".into(), json!(0.01));
    }
    schema
}
