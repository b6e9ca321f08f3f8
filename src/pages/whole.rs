//! Whole pages: the list of policies, a form with its decision, a text to try.

use super::answers::{self, DECISION, Page};
use super::api::API;
use super::fields::Fields;
use super::filled::Filled;
use super::register::REGISTER;
use super::{CaseTold, PolicyPage, opened, saved};
use crate::diagnostic::Diagnostic;
use crate::dossier;
use crate::history::{Sight, Text};
use crate::render::Lang;
use crate::render::document::{Block, Cell, Document, Form, Section, Target};
use crate::render::html::{Site, site_page};
use crate::shelf::{Decided, Shelf};
use crate::time::Date;

/// The script of all pages.
pub const SCRIPT: &str = include_str!("page.js");

/// What answers the pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    /// A server, at `/pages/answer`.
    Serve,
    /// WebAssembly, in the reader's browser.
    Wasm,
    /// None: pages to be read.
    Still,
}

impl Engine {
    /// As the script is told.
    pub fn name(self) -> &'static str {
        match self {
            Engine::Serve => "serve",
            Engine::Wasm => "wasm",
            Engine::Still => "",
        }
    }

    /// The address of a page of a policy, beside its others.
    pub(super) fn address(self, page: &str) -> String {
        match (self, page) {
            (Engine::Serve, "") => "./".to_owned(),
            (Engine::Serve, page) => page.to_owned(),
            (Engine::Wasm | Engine::Still, "") => "index.html".to_owned(),
            (Engine::Wasm | Engine::Still, CASES | CHANGES) => format!("{page}index.html"),
            (Engine::Wasm | Engine::Still, page) => format!("{page}.html"),
        }
    }

    /// The pages of a text beside its own: words, end of the address. What only others lean on decides nothing.
    fn pages(self, text: &Text) -> Vec<(&'static str, &'static str)> {
        let live = [("Remplir un dossier", FORM), ("Essayer une modification", TRIAL)];
        let live: &[_] = if self == Engine::Still { &[] } else { &live };
        let all = live.iter().copied().chain([("Les cas", CASES), ("Les changements", CHANGES)]);
        if text.is_common() { Vec::new() } else { all.collect() }
    }

    /// The address of the list of policies, from a page of one.
    fn root(self) -> &'static str {
        match self {
            Engine::Serve => "../",
            Engine::Wasm | Engine::Still => "../index.html",
        }
    }
}

/// The pages of a policy, by the end of their address.
const FORM: &str = "formulaire";
const TRIAL: &str = "essai";
pub(super) const CASES: &str = "cas/";
pub(super) const CHANGES: &str = "changements/";

/// The ends of the names of files that a form opens.
const OPENED: &str =
    if cfg!(feature = "xlsx") { ".yaml,.yml,.json,.csv,.xlsx" } else { ".yaml,.yml,.json,.csv" };

impl Shelf {
    /// The list of policies; `register` where the service keeps one.
    pub fn index_page(&self, engine: Engine, register: bool) -> String {
        let lines = self.ids().into_iter().filter_map(|id| {
            let text = self.text_of(id).ok()?;
            let page = |end: &str| {
                let end = engine.address(end);
                Target::Page(format!("{id}/{}", end.trim_start_matches("./")), None)
            };
            let mut line = vec![Cell::link(text.title().to_string(), page(""))];
            for (words, end) in engine.pages(text) {
                line.extend([Cell::plain("·"), Cell::link(words, page(end))]);
            }
            Some(line)
        });
        let mut blocks = vec![Block::List(lines.collect())];
        blocks.extend(answers::told(self.lost()));
        let document = Document {
            head: Vec::new(),
            title: "Dispositifs".to_owned(),
            subtitle: Vec::new(),
            verdict: None,
            sections: vec![Section { title: String::new(), blocks }],
            hint: None,
        };
        let served = engine == Engine::Serve;
        let menu: Vec<(String, String)> = if served { service_menu(register).collect() } else { Vec::new() };
        site_page(&document, Lang::Fr, &Site { root: "", menu: &menu, data: &[], ahead: &[], wide: false })
    }

    /// The page of a policy: the version of today, else the latest.
    ///
    /// # Errors
    ///
    /// There is none of that identifier, or its texts are to be corrected first.
    pub fn policy_page(
        &self,
        id: &str,
        engine: Engine,
        today: Option<Date>,
    ) -> Result<String, Vec<Diagnostic>> {
        let history = self.history(id)?;
        let policy = opened::version(history, today)?;
        let decided: Vec<(&str, Decided<'_>)> = self
            .cases(history.id())
            .filter_map(|case| Some((case.name.as_str(), self.decide(&case.file, today).ok()?)))
            .collect();
        let of_version = decided.iter().filter(|(_, decided)| std::ptr::eq(decided.policy, policy));
        let cases: Vec<CaseTold<'_>> = of_version
            .map(|(name, decided)| CaseTold { name, policy, decision: &decided.decision })
            .collect();
        let sight = Sight::default();
        let page = PolicyPage { history, policy, sight, cases: &cases, since: None, lang: Lang::Fr };
        let menu = menu(self.text_of(id)?, engine, "");
        let site = Site { root: "../", menu: &menu, data: &[], ahead: &[], wide: true };
        Ok(site_page(&page.document(), Lang::Fr, &site))
    }

    /// The form of a policy as it is filled in, the decision beside it; `act` is what a button asked.
    ///
    /// # Errors
    ///
    /// There is no policy of that identifier, or its texts are to be corrected first.
    pub fn form_page(
        &self,
        id: &str,
        engine: Engine,
        fields: Vec<(String, String)>,
        act: &str,
        today: Option<Date>,
    ) -> Result<String, Vec<Diagnostic>> {
        let history = self.history(id)?;
        let mut fields = Fields::new(fields);
        let _ = answers::act(&mut fields, act);
        let filled = Filled::of(history, fields, today)?;
        let page = Page::of(&filled, Vec::new());
        let without = match engine {
            Engine::Serve => "Sans JavaScript : remplir, puis appuyer sur « Mettre à jour la décision ».",
            Engine::Wasm | Engine::Still => {
                "Cette page décide dans le navigateur : elle a besoin de JavaScript."
            }
        };
        let outcome = answers::outcome(&page.decision);
        let button = |act, on: &str, label: &str| {
            Block::Form(Form::Button { act, on: on.to_owned(), label: label.to_owned() })
        };
        let whole = Form::Whole {
            id: FORM,
            blocks: vec![
                Block::Form(Form::Place { id: "sans-script", blocks: vec![Block::Para(without.to_owned())] }),
                button("decider", "", "Mettre à jour la décision"),
                Block::Form(Form::File {
                    act: "ouvrir",
                    label: "Ouvrir un dossier (YAML, JSON ou tableau)".to_owned(),
                    accept: OPENED,
                }),
                Block::Form(Form::Place { id: "questions", blocks: page.form }),
                button("enregistrer", "yaml", "Enregistrer le dossier (YAML)"),
                button("enregistrer", "json", "Enregistrer en JSON"),
                button("enregistrer", "csv", "Enregistrer en tableau (CSV)"),
            ],
        };
        let decision = Form::Told { id: "decision", prefix: DECISION, document: Box::new(page.decision) };
        let blocks = vec![
            Block::Form(Form::Live { id: "issue", blocks: vec![Block::Para(outcome)] }),
            Block::Beside(vec![vec![Block::Form(whole)], vec![Block::Form(decision)]]),
        ];
        Ok(page_of(self.text_of(id)?, &filled.policy.title, blocks, engine))
    }

    /// A text and a dossier to be changed, with what they come to.
    ///
    /// # Errors
    ///
    /// There is no policy of that identifier.
    pub fn trial_page(&self, id: &str, engine: Engine) -> Result<String, Vec<Diagnostic>> {
        let history = self.history(id)?;
        let text = self.text_of(id)?;
        let first = match self.cases(id).next() {
            Some(case) => case.file.text().to_owned(),
            None => super::filled::any_version(history).map_or_else(String::new, dossier::template),
        };
        let place = |id, blocks| Block::Form(Form::Place { id, blocks });
        let editor = |id, label: &str, text: &str| {
            Block::Form(Form::Editor { id, label: label.to_owned(), text: text.to_owned() })
        };
        let whole = Form::Whole {
            id: TRIAL,
            blocks: vec![
                editor("texte", "Le texte", text.file.text()),
                editor("essaye", "Le dossier", &first),
            ],
        };
        let without = "Cette page a besoin de JavaScript.".to_owned();
        let told = vec![
            Block::Form(Form::Live { id: "issue", blocks: Vec::new() }),
            place("messages", Vec::new()),
            place("cas", Vec::new()),
            place("decision", Vec::new()),
        ];
        let blocks = vec![
            place("sans-script", vec![Block::Para(without)]),
            Block::Beside(vec![vec![Block::Form(whole)], told]),
        ];
        Ok(page_of(text, text.title(), blocks, engine))
    }

    /// A form as a file, with its name.
    ///
    /// # Errors
    ///
    /// There is no policy of that identifier, or its texts are to be corrected first.
    pub fn saved(
        &self,
        id: &str,
        fields: Vec<(String, String)>,
        kind: &str,
        today: Option<Date>,
    ) -> Result<(String, String), Vec<Diagnostic>> {
        saved::file(&Filled::of(self.history(id)?, Fields::new(fields), today)?, kind)
    }

    /// What keeps a page from being made.
    pub fn problem_page(problems: &[Diagnostic]) -> String {
        alone("À corriger", answers::told(problems))
    }

    /// That there is no such page.
    pub fn nothing_here() -> String {
        let said = "Aucune page n'a cette adresse. La liste des dispositifs est à la racine.".to_owned();
        alone("Page inconnue", vec![Block::Para(said)])
    }
}

fn page_of(text: &Text, title: &str, blocks: Vec<Block>, engine: Engine) -> String {
    let document = Document {
        head: Vec::new(),
        title: title.to_owned(),
        subtitle: Vec::new(),
        verdict: None,
        sections: vec![Section { title: String::new(), blocks }],
        hint: None,
    };
    let data = [("data-engine", engine.name()), ("data-policy", text.id())];
    let menu = menu(text, engine, "");
    let texts = format!("{}/textes.json", text.id());
    let ahead: &[&str] = match engine {
        Engine::Wasm => &["engine.js", "moteur_bg.wasm", &texts],
        Engine::Serve | Engine::Still => &[],
    };
    site_page(&document, Lang::Fr, &Site { root: "../", menu: &menu, data: &data, ahead, wide: true })
}

/// A page that is of no policy, at any depth.
fn alone(title: &str, blocks: Vec<Block>) -> String {
    let document = Document {
        head: Vec::new(),
        title: title.to_owned(),
        subtitle: Vec::new(),
        verdict: None,
        sections: vec![Section { title: String::new(), blocks }],
        hint: None,
    };
    service_page(&document, false)
}

/// A page of the service itself, at any depth; `register` where it keeps one.
pub(super) fn service_page(document: &Document, register: bool) -> String {
    let root = ("Dispositifs".to_owned(), "/".to_owned());
    let menu: Vec<(String, String)> = std::iter::once(root).chain(service_menu(register)).collect();
    site_page(document, Lang::Fr, &Site { root: "/", menu: &menu, data: &[], ahead: &[], wide: false })
}

/// The links to the pages that a service has beside those of its policies.
fn service_menu(register: bool) -> impl Iterator<Item = (String, String)> {
    let link = |words: &str, to: &str| (words.to_owned(), to.to_owned());
    register.then(|| link("Registre", REGISTER)).into_iter().chain([link("API", API)])
}

/// The links at the head of a page of a policy; `up` leads to the folder of the policy.
pub(super) fn menu(text: &Text, engine: Engine, up: &str) -> Vec<(String, String)> {
    let link = |words: &str, address: &str| (words.to_owned(), format!("{up}{address}"));
    let mut links = vec![link("Dispositifs", engine.root()), link("Le texte", &engine.address(""))];
    links.extend(engine.pages(text).into_iter().map(|(words, page)| link(words, &engine.address(page))));
    links
}
