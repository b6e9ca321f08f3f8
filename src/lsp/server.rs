//! What the editor has open, and the folders in which it stands.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use conforme::editor::{Lines, Position, Values};
use conforme::source::Span;
use gen_lsp_types as lsp;
use gen_lsp_types::{InitializeParams, TextDocumentContentChangeEvent as ContentChange, Uri};
use lsp_server::{Message, Notification, Request};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::root::Root;
use super::search::{Outlet, Search};
use super::{answers, commands, said, uri};
use conforme::editor::colours::Colour;

/// A text that the editor shows.
struct Open {
    version: i32,
    text: String,
}

/// A file that is asked about: the folder, its name in it.
pub struct Asked<'s> {
    /// The folder.
    pub root: &'s mut Root,
    /// The file, by its name in the folder.
    pub name: String,
    /// As it stands.
    pub text: String,
}

/// The server.
pub struct Server {
    roots: Vec<Root>,
    open: BTreeMap<String, Open>,
    /// The case whose values are shown: the one that was opened or changed last.
    case: Option<PathBuf>,
    /// Files of which something is said now.
    told: BTreeMap<String, Vec<lsp::Diagnostic>>,
    /// Whether something changed since what is said was worked out.
    is_due: bool,
    outbox: Vec<Message>,
    requests: i32,
    /// Whether the editor makes files.
    makes_files: bool,
    /// Whether hints and lenses are asked for again when they may have changed.
    refreshes: bool,
    /// Whether the editor shows what is under way.
    shows_progress: bool,
    /// The way to the editor, for what is found later.
    pub outlet: Outlet,
    /// The last search for missing cases.
    pub search: Option<Search>,
}

/// What the editor is told that it may ask.
pub fn introduction() -> lsp::InitializeResult {
    let legend = lsp::SemanticTokensLegend {
        token_types: Colour::ALL.iter().map(|colour| said::token(*colour).to_owned()).collect(),
        token_modifiers: vec!["declaration".to_owned()],
    };
    let capabilities = lsp::ServerCapabilities {
        position_encoding: Some(lsp::PositionEncodingKind::UTF16),
        text_document_sync: Some(
            lsp::TextDocumentSyncOptions {
                open_close: Some(true),
                change: Some(lsp::TextDocumentSyncKind::Incremental),
                save: Some(true.into()),
                ..Default::default()
            }
            .into(),
        ),
        hover_provider: Some(true.into()),
        definition_provider: Some(true.into()),
        references_provider: Some(true.into()),
        document_highlight_provider: Some(true.into()),
        document_symbol_provider: Some(true.into()),
        workspace_symbol_provider: Some(true.into()),
        folding_range_provider: Some(true.into()),
        document_formatting_provider: Some(true.into()),
        inlay_hint_provider: Some(true.into()),
        completion_provider: Some(lsp::CompletionOptions {
            trigger_characters: Some([" ", ".", "«", ":"].map(str::to_owned).to_vec()),
            ..Default::default()
        }),
        signature_help_provider: Some(lsp::SignatureHelpOptions {
            trigger_characters: Some([" ", ",", "«"].map(str::to_owned).to_vec()),
            ..Default::default()
        }),
        rename_provider: Some(
            lsp::RenameOptions { prepare_provider: Some(true), ..Default::default() }.into(),
        ),
        code_action_provider: Some(
            lsp::CodeActionOptions {
                code_action_kinds: Some(vec![lsp::CodeActionKind::QuickFix]),
                ..Default::default()
            }
            .into(),
        ),
        code_lens_provider: Some(lsp::CodeLensOptions::default()),
        semantic_tokens_provider: Some(
            lsp::SemanticTokensOptions { legend, full: Some(true.into()), ..Default::default() }.into(),
        ),
        execute_command_provider: Some(lsp::ExecuteCommandOptions {
            commands: commands::ALL.map(str::to_owned).to_vec(),
            ..Default::default()
        }),
        ..Default::default()
    };
    let version = Some(env!("CARGO_PKG_VERSION").to_owned());
    let server_info = Some(lsp::ServerInfo { name: "conforme".to_owned(), version });
    lsp::InitializeResult { capabilities, server_info }
}

impl Server {
    /// A server for this editor.
    pub fn new(params: &InitializeParams, outlet: Outlet) -> Server {
        let workspace = params.capabilities.workspace.as_ref();
        let edits = workspace.and_then(|workspace| workspace.workspace_edit.as_ref());
        let operations = edits.and_then(|edits| edits.resource_operations.as_ref());
        let makes_files = operations.is_some_and(|all| all.contains(&lsp::ResourceOperationKind::Create));
        let refreshes = workspace
            .and_then(|workspace| workspace.code_lens.as_ref())
            .is_some_and(|lens| lens.refresh_support == Some(true));
        let window = params.capabilities.window.as_ref();
        let shows_progress = window.is_some_and(|window| window.work_done_progress == Some(true));
        Server {
            roots: Vec::new(),
            open: BTreeMap::new(),
            case: None,
            told: BTreeMap::new(),
            is_due: false,
            outbox: Vec::new(),
            requests: 0,
            makes_files,
            refreshes,
            shows_progress,
            outlet,
            search: None,
        }
    }

    /// What is to be sent.
    pub fn take_messages(&mut self) -> Vec<Message> {
        std::mem::take(&mut self.outbox)
    }

    /// Whether the editor makes files where an edit says so.
    pub fn makes_files(&self) -> bool {
        self.makes_files
    }

    /// Whether the editor shows what is under way.
    pub fn shows_progress(&self) -> bool {
        self.shows_progress
    }

    /// The folder in which a file stands, read if it was not.
    fn root(&mut self, path: &std::path::Path) -> Option<(usize, String)> {
        let known = |root: &Root| root.name(path).map(|name| (root.folder.components().count(), name));
        let found = self.roots.iter().enumerate().filter_map(|(rank, root)| Some((rank, known(root)?)));
        if let Some((rank, (_, name))) = found.max_by_key(|(_, (depth, _))| *depth) {
            return Some((rank, name));
        }
        let root = Root::open(&Root::meant_by(path));
        let name = root.name(path)?;
        self.roots.push(root);
        Some((self.roots.len() - 1, name))
    }

    /// A file that is asked about.
    pub fn asked(&mut self, of: &Uri) -> Option<Asked<'_>> {
        let path = uri::path(of)?;
        let (rank, name) = self.root(&path)?;
        let root = self.roots.get_mut(rank)?;
        let text = String::from_utf8(root.desk.shelf().file(&name)?.to_vec()).ok()?;
        Some(Asked { root, name, text })
    }

    /// The folders that were read.
    pub fn roots(&mut self) -> &mut [Root] {
        &mut self.roots
    }

    /// What the names of a folder's texts come to in the case that is looked at.
    pub fn values(&self, folder: &std::path::Path) -> Option<Values> {
        let root = self.roots.iter().find(|root| root.folder == folder)?;
        root.desk.values(&root.name(self.case.as_deref()?)?)
    }

    /// Something that the editor tells.
    pub fn told(&mut self, method: &str, params: Value) {
        match method {
            "textDocument/didOpen" => {
                if let Some(params) = read::<lsp::DidOpenTextDocumentParams>(params) {
                    let document = params.text_document;
                    let open = Open { version: document.version, text: document.text };
                    self.open.insert(document.uri.0.clone(), open);
                    self.changed(&document.uri);
                }
            }
            "textDocument/didChange" => {
                if let Some(params) = read::<lsp::DidChangeTextDocumentParams>(params) {
                    let document = params.text_document;
                    let of = document.text_document_identifier.uri;
                    if let Some(open) = self.open.get_mut(&of.0) {
                        open.version = document.version;
                        params.content_changes.into_iter().for_each(|change| apply(&mut open.text, change));
                        self.changed(&of);
                    }
                }
            }
            "textDocument/didClose" => {
                if let Some(params) = read::<lsp::DidCloseTextDocumentParams>(params) {
                    self.open.remove(&params.text_document.uri.0);
                    self.changed(&params.text_document.uri);
                }
            }
            "workspace/didChangeWatchedFiles" => {
                if let Some(params) = read::<lsp::DidChangeWatchedFilesParams>(params) {
                    params.changes.iter().for_each(|change| self.changed(&change.uri));
                }
            }
            "textDocument/didSave" => {
                if let Some(params) = read::<lsp::DidSaveTextDocumentParams>(params) {
                    let of = params.text_document.uri;
                    self.changed(&of);
                    if let Some(asked) = self.asked(&of) {
                        asked.root.save(&asked.name);
                    }
                }
            }
            "$/cancelRequest" | "window/workDoneProgress/cancel" => {
                self.search.iter().for_each(|search| search.give_up(&params));
            }
            _ => {}
        }
    }

    /// Takes a file as it is now: as the editor shows it, else as it is on the disk.
    fn changed(&mut self, of: &Uri) {
        let Some(path) = uri::path(of) else { return };
        let Some((rank, name)) = self.root(&path) else { return };
        let text = self.open.get(&of.0).map(|open| open.text.clone());
        if text.is_some() && name.split('/').any(|part| part == "cases") && !name.ends_with(".md") {
            self.case = Some(path);
        }
        if let Some(root) = self.roots.get_mut(rank) {
            root.change(&name, text.as_deref());
        }
        self.is_due = true;
    }

    /// Says what is to be said now, of each file of which that changed.
    pub fn check(&mut self) {
        if !std::mem::take(&mut self.is_due) {
            return;
        }
        let mut found: BTreeMap<String, Vec<lsp::Diagnostic>> = BTreeMap::new();
        for root in &mut self.roots {
            let shown = self.open.keys().filter_map(|of| root.name(&uri::path(&Uri(of.clone()))?));
            let cases = shown.chain(root.saved_cases()).collect();
            for (path, diagnostics) in said::diagnostics(root, &cases) {
                found.entry(uri::of(&path).0).or_default().extend(diagnostics);
            }
        }
        let before: BTreeSet<&String> = self.told.keys().collect();
        let all: BTreeSet<&String> = before.into_iter().chain(found.keys()).chain(self.open.keys()).collect();
        let nothing = Vec::new();
        let mut messages = Vec::new();
        for of in all {
            let (old, new) = (self.told.get(of), found.get(of));
            // What is open is told even that all is well, version by version.
            let version = self.open.get(of).map(|open| open.version);
            if old != new || version.is_some() {
                let diagnostics = new.unwrap_or(&nothing).clone();
                let params = lsp::PublishDiagnosticsParams { uri: Uri(of.clone()), version, diagnostics };
                messages.push(Notification::new("textDocument/publishDiagnostics".to_owned(), params).into());
            }
        }
        self.outbox.extend(messages);
        self.told = found;
        if self.refreshes {
            self.ask("workspace/codeLens/refresh", Value::Null);
            self.ask("workspace/inlayHint/refresh", Value::Null);
        }
    }

    /// Asks something of the editor; its answer is not waited for.
    pub fn ask(&mut self, method: &str, params: impl Serialize) {
        self.requests += 1;
        let id = lsp_server::RequestId::from(self.requests);
        self.outbox.push(Request::new(id, method.to_owned(), params).into());
    }

    /// Tells the editor something.
    pub fn tell(&mut self, method: &str, params: impl Serialize) {
        self.outbox.push(Notification::new(method.to_owned(), params).into());
    }

    /// Answers the editor; nothing to what is no question.
    ///
    /// # Errors
    ///
    /// Why it cannot be done, in words for the author.
    pub fn answer(&mut self, method: &str, params: Value) -> Result<Option<Value>, String> {
        answers::answer(self, method, params)
    }
}

/// Parameters as they are meant; a message that is none is passed over.
pub fn read<T: DeserializeOwned>(params: Value) -> Option<T> {
    serde_json::from_value(params).ok()
}

/// A position of the protocol.
pub fn position(at: lsp::Position) -> Position {
    Position { line: at.line, column: at.character }
}

/// Makes a change of a text that the editor shows.
fn apply(text: &mut String, change: ContentChange) {
    match change {
        ContentChange::TextDocumentContentChangePartial(part) => {
            let lines = Lines::of(text);
            let (start, end) =
                (lines.offset(position(part.range.start)), lines.offset(position(part.range.end)));
            let span = Span::new(start as usize, end as usize);
            text.replace_range(span.range(), &part.text);
        }
        ContentChange::TextDocumentContentChangeWholeDocument(whole) => *text = whole.text,
    }
}
