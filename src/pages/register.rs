//! The pages of a register: what is searched in it, and a decision with what it comes to again.

use super::whole::service_page;
use crate::decision::{Decision, Outcome};
use crate::dossier::Dossier;
use crate::policy::Policy;
use crate::render::document::{
    Asked, Block, Cell, Document, Field, Form, Grid, Input, Section, Target, Tone,
};
use crate::render::words::outcome_word;
use crate::render::{Explain, Lang, report};
use crate::time::Date;
use crate::wording::french::several;
use crate::wording::{French, Wording as _};

/// The address of the register's pages.
pub const REGISTER: &str = "/pages/registre";

/// All outcomes, with what a search calls each.
const OUTCOMES: [(&str, Outcome); 5] = [
    ("favourable", Outcome::Favourable),
    ("unfavourable", Outcome::Unfavourable),
    ("incomplete", Outcome::Incomplete),
    ("depends_on_reading", Outcome::DependsOnReading),
    ("calculated", Outcome::Calculated),
];

/// What a register is searched for; what is empty is not asked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Search {
    /// Words that the entry or its dossier has, all of them.
    pub words: String,
    /// The policy.
    pub policy: String,
    /// The outcome, as `conforme.decision/1` names it.
    pub outcome: String,
    /// The first day on which it was recorded, `2026-01-31`.
    pub from: String,
    /// The last.
    pub to: String,
}

impl Search {
    /// What a form asks.
    pub fn of(fields: Vec<(String, String)>) -> Search {
        let mut search = Search::default();
        for (name, value) in fields {
            match name.as_str() {
                "mots" => search.words = value,
                "dispositif" => search.policy = value,
                "issue" => search.outcome = value,
                "depuis" => search.from = value,
                "jusqu'au" => search.to = value,
                _ => {}
            }
        }
        search
    }

    fn fields(&self) -> Vec<Block> {
        let field = |name: &str, label: &str, input, value: &str, help: &[&str]| {
            Block::Form(Form::Field(Box::new(Field {
                id: format!("chercher-{}", name.replace('\'', "-")),
                path: name.to_owned(),
                label: label.to_owned(),
                help: help.iter().map(|line| (*line).to_owned()).collect(),
                input,
                value: value.to_owned(),
                wrong: Vec::new(),
                asked: Asked::Plainly,
            })))
        };
        let every = std::iter::once((String::new(), "toutes".to_owned()));
        let outcomes = OUTCOMES
            .iter()
            .map(|(name, outcome)| ((*name).to_owned(), outcome_word(*outcome, Lang::Fr).to_owned()));
        let outcomes = Input::OneOf(every.chain(outcomes).collect());
        let help = "de l'entrée ou du dossier : un identifiant, un nom, un jeton";
        vec![
            field("mots", "Mots", Input::Line, &self.words, &[help]),
            field("dispositif", "Dispositif", Input::Line, &self.policy, &[]),
            field("issue", "Issue", outcomes, &self.outcome, &[]),
            field("depuis", "Consignée depuis le", Input::Day(None), &self.from, &[]),
            field("jusqu'au", "Jusqu'au", Input::Day(None), &self.to, &[]),
            Block::Form(Form::Button { act: "chercher", on: String::new(), label: "Chercher".to_owned() }),
        ]
    }
}

/// An entry of a register.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Its rank.
    pub number: i64,
    /// Its identifier.
    pub id: String,
    /// When it was made (RFC 3339, UTC).
    pub at: String,
    /// By whose token.
    pub by: Option<String>,
    /// Its hash.
    pub hash: String,
    /// That of the entry before it.
    pub previous: String,
    /// What it tells of.
    pub told: Told,
}

/// What an entry tells of.
#[derive(Debug, Clone)]
pub enum Told {
    /// A decision.
    Decision {
        /// The policy.
        policy: String,
        /// The hash of its texts.
        texts: String,
        /// The version of conforme.
        engine: String,
        /// The day of the examination.
        examined_on: String,
        /// The outcome, as `conforme.decision/1` names it.
        outcome: String,
        /// Whether its content is erased.
        erased: bool,
    },
    /// That the content of another was erased.
    Erasure {
        /// The identifier of the other.
        of: String,
        /// Why.
        reason: String,
    },
}

/// What was sent and answered.
#[derive(Debug, Clone, Default)]
pub struct Content {
    /// What the dossier is called.
    pub name: String,
    /// Who asked, as the request says.
    pub by: Option<String>,
    /// Why, likewise.
    pub reason: Option<String>,
    /// The dossier as it was sent.
    pub dossier: String,
    /// The answer as it was given.
    pub answer: String,
}

/// What a decision comes to again.
#[derive(Debug, Clone, Copy)]
pub enum Again<'a> {
    /// The same bytes: the decision, to be told.
    Same(&'a Policy, &'a Dossier, &'a Decision, Explain),
    /// Others.
    Different,
    /// It cannot be decided again, for this.
    Lost(&'a str),
}

/// The entries that a search found, the latest first; `further` is where it goes on, where it ended before the first
/// entry.
pub fn register_page(search: &Search, found: &[Entry], further: Option<i64>) -> String {
    let mut fields = search.fields();
    let rows: Vec<Vec<Cell>> = found.iter().map(row).collect();
    let caption = match (rows.len(), further) {
        (0, None) => "Aucune entrée ne répond à cette recherche.".to_owned(),
        (0, Some(_)) => "Rien encore parmi les entrées parcourues.".to_owned(),
        (count, _) => several(count, "entrée, la plus récente d'abord", "entrées, la plus récente d'abord"),
    };
    fields.push(match rows.is_empty() {
        true => Block::Para(caption),
        false => Block::Grid(Grid {
            caption,
            heads: ["entrée", "consignée", "par", "dispositif", "examen", "issue"]
                .map(str::to_owned)
                .to_vec(),
            rows,
        }),
    });
    if let Some(before) = further {
        let label = "Chercher dans les entrées d'avant".to_owned();
        fields.push(Block::Form(Form::Button { act: "suite", on: before.to_string(), label }));
    }
    let form = Block::Form(Form::Whole { id: "recherche", blocks: fields });
    let sections = vec![Section { title: String::new(), blocks: vec![form] }];
    let title = "Registre".to_owned();
    let subtitle = Vec::new();
    service_page(&Document { head: Vec::new(), title, subtitle, verdict: None, sections, hint: None }, true)
}

fn row(entry: &Entry) -> Vec<Cell> {
    let link = |words: String, id: &str| Cell::link(words, Target::Page(format!("{REGISTER}/{id}"), None));
    let rest = match &entry.told {
        Told::Decision { policy, examined_on, outcome, erased, .. } => {
            let outcome = match erased {
                true => Cell::toned(format!("{} (effacée)", word(outcome)), Tone::Faint),
                false => outcome_cell(outcome),
            };
            [Cell::plain(policy.as_str()), Cell::plain(day(examined_on)), outcome]
        }
        Told::Erasure { of, .. } => {
            [Cell::plain("effacement"), Cell::plain(""), link("de cette entrée".to_owned(), of)]
        }
    };
    let own = [
        link(format!("n° {}", entry.number), &entry.id),
        Cell::plain(moment(&entry.at)),
        Cell::plain(entry.by.as_deref().unwrap_or("–")),
    ];
    own.into_iter().chain(rest).collect()
}

/// An entry with its content, where that is there, and what its decision comes to again.
pub fn entry_page(entry: &Entry, content: Option<&Content>, again: Option<Again<'_>>) -> String {
    let mut sections = vec![Section { title: String::new(), blocks: facts(entry, content) }];
    let mut verdict = None;
    match again {
        Some(Again::Same(policy, dossier, decision, explain)) => {
            let told = report::of(policy, dossier, decision, explain, Lang::Fr);
            let said = "Décidée de nouveau à l'instant avec les textes gardés, la réponse est la même, octet pour octet. La voici.";
            sections.push(titled("Rejeu", vec![Block::Para(said.to_owned())]));
            sections.extend(told.sections.into_iter().map(|section| match section.title.is_empty() {
                true => Section { title: told.title.clone(), ..section },
                false => section,
            }));
            verdict = told.verdict;
        }
        Some(Again::Different) => {
            let said = "Décidée de nouveau avec les textes gardés, la réponse n'est pas la même, octet pour octet : \
                        la version de conforme n'est sans doute plus celle d'alors. Ce qui suit est ce qui a été répondu.";
            sections.push(titled("Rejeu", vec![Block::Para(said.to_owned())]));
        }
        Some(Again::Lost(why)) => {
            let said = format!("La décision n'a pas pu être prise de nouveau : {why}");
            sections.push(titled("Rejeu", vec![Block::Para(said)]));
        }
        None => {}
    }
    if let Some(content) = content {
        let written = |title: &str, text: &str| Block::Folded {
            title: title.to_owned(),
            blocks: vec![Block::ToWrite(text.to_owned())],
        };
        let blocks = vec![
            written("Le dossier tel qu'il a été envoyé", &content.dossier),
            written("La réponse telle qu'elle a été donnée (JSON)", &content.answer),
        ];
        sections.push(titled("Ce qui est consigné", blocks));
    }
    let title = match &entry.told {
        Told::Decision { .. } => format!("Décision n° {}", entry.number),
        Told::Erasure { .. } => format!("Effacement n° {}", entry.number),
    };
    let subtitle = vec![format!("Consignée le {}", moment(&entry.at))];
    service_page(&Document { head: Vec::new(), title, subtitle, verdict, sections, hint: None }, true)
}

fn titled(title: &str, blocks: Vec<Block>) -> Section {
    Section { title: title.to_owned(), blocks }
}

/// What is known of an entry.
fn facts(entry: &Entry, content: Option<&Content>) -> Vec<Block> {
    // Terms, for a hash is broken there where the window is narrow.
    let mut terms = Vec::new();
    let mut put =
        |name: &str, value: Cell| terms.push((vec![Cell::plain(name)], vec![Block::Line(vec![value])]));
    put("identifiant", Cell::plain(entry.id.as_str()));
    if let Some(by) = &entry.by {
        put("jeton", Cell::plain(by.as_str()));
    }
    let mut erasure = None;
    match &entry.told {
        Told::Decision { policy, texts, engine, examined_on, outcome, erased } => {
            put("dispositif", Cell::plain(policy.as_str()));
            put("date d'examen", Cell::plain(day(examined_on)));
            put("issue", outcome_cell(outcome));
            if let Some(content) = content {
                put("dossier", Cell::plain(content.name.as_str()));
                let said = [("demandée par", &content.by), ("motif", &content.reason)];
                for (name, value) in said {
                    if let Some(value) = value {
                        put(name, Cell::plain(value.as_str()));
                    }
                }
            }
            put("version de conforme", Cell::plain(engine.as_str()));
            put("empreinte des textes", Cell::plain(texts.as_str()));
            erasure = erased.then(|| {
                "Le contenu de cette entrée est effacé : ni le dossier ni la réponse n'y sont plus."
                    .to_owned()
            });
        }
        Told::Erasure { of, reason } => {
            put("entrée effacée", Cell::link(of.as_str(), Target::Page(format!("{REGISTER}/{of}"), None)));
            put("motif", Cell::plain(reason.as_str()));
        }
    }
    put("empreinte de l'entrée", Cell::plain(entry.hash.as_str()));
    put("empreinte de celle d'avant", Cell::plain(entry.previous.as_str()));
    erasure.map(Block::Para).into_iter().chain([Block::Terms(terms)]).collect()
}

fn known(outcome: &str) -> Option<Outcome> {
    OUTCOMES.iter().find(|(name, _)| *name == outcome).map(|(_, outcome)| *outcome)
}

fn word(outcome: &str) -> &str {
    known(outcome).map_or(outcome, |outcome| outcome_word(outcome, Lang::Fr))
}

fn outcome_cell(outcome: &str) -> Cell {
    Cell::toned(word(outcome), known(outcome).map_or(Tone::Plain, Tone::of))
}

fn day(written: &str) -> String {
    Date::parse_iso(written).map_or_else(|| written.to_owned(), |day| French::default().date(day))
}

/// An instant as people read it: `2026-01-31T09:05:07.123Z`.
fn moment(at: &str) -> String {
    let told = at.split_once('T').and_then(|(day, time)| {
        let (hour, rest) = time.split_once(':')?;
        let minute = rest.get(..2)?;
        Some(format!("{} à {hour} h {minute} (UTC)", French::default().date(Date::parse_iso(day)?)))
    });
    told.unwrap_or_else(|| at.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(told: Told) -> Entry {
        Entry {
            number: 12,
            id: "ab12".to_owned(),
            at: "2026-01-31T09:05:07.123Z".to_owned(),
            by: Some("greffe".to_owned()),
            hash: "e1".to_owned(),
            previous: "e0".to_owned(),
            told,
        }
    }

    fn decision(erased: bool) -> Told {
        Told::Decision {
            policy: "essai".to_owned(),
            texts: "f0".to_owned(),
            engine: "1.0".to_owned(),
            examined_on: "2025-06-01".to_owned(),
            outcome: "unfavourable".to_owned(),
            erased,
        }
    }

    fn words(html: &str) -> String {
        html.replace(['\u{a0}', '\u{202f}'], " ").replace("&#39;", "'")
    }

    #[test]
    fn what_is_found_is_listed_and_what_is_asked_stays_in_the_form() {
        let search = Search::of(vec![
            ("mots".to_owned(), "\"><b>Dupont".to_owned()),
            ("issue".to_owned(), "unfavourable".to_owned()),
            ("jusqu'au".to_owned(), "2026-02-01".to_owned()),
            ("autre".to_owned(), "x".to_owned()),
        ]);
        assert_eq!(search.to, "2026-02-01");
        let erasure = Told::Erasure { of: "ab10".to_owned(), reason: "r".to_owned() };
        let page = register_page(&search, &[entry(decision(false)), entry(erasure)], Some(7));
        let page = words(&page);
        assert!(page.contains("value=\"&quot;&gt;&lt;b&gt;Dupont\"") && !page.contains("<b>"), "{page}");
        assert!(
            page.contains("href=\"/pages/registre/ab12\"")
                && page.contains("31 janvier 2026 à 09 h 05 (UTC)"),
            "{page}"
        );
        assert!(page.contains("défavorable") && page.contains("href=\"/pages/registre/ab10\""), "{page}");
        assert!(page.contains("value=\"suite 7\"") && page.contains("method=\"post\""), "{page}");
        let none = words(&register_page(&Search::default(), &[], None));
        assert!(none.contains("Aucune entrée ne répond") && !none.contains("suite"), "{none}");
    }

    #[test]
    fn an_entry_says_what_it_is_of_and_what_is_left_of_it() {
        let content = Content {
            name: "a.json".to_owned(),
            by: Some("un guichet".to_owned()),
            reason: None,
            dossier: "{\"âge\": \"<script>\"}".to_owned(),
            answer: "{}".to_owned(),
        };
        let page = words(&entry_page(&entry(decision(false)), Some(&content), Some(Again::Different)));
        assert!(page.contains("un guichet") && page.contains("&lt;script&gt;"), "{page}");
        assert!(page.contains("n'est pas la même, octet pour octet"), "{page}");
        let page = words(&entry_page(&entry(decision(true)), None, None));
        assert!(page.contains("est effacé") && !page.contains("Rejeu"), "{page}");
        let page = words(&entry_page(&entry(decision(false)), Some(&content), Some(Again::Lost("non lu"))));
        assert!(page.contains("n'a pas pu être prise de nouveau : non lu"), "{page}");
        let erasure = Told::Erasure { of: "ab10".to_owned(), reason: "durée".to_owned() };
        let page = words(&entry_page(&entry(erasure), None, None));
        assert!(page.contains("Effacement n° 12") && page.contains("durée"), "{page}");
    }
}
