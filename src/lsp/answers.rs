//! The questions of an editor, each handed to the library.

use conforme::check::Sort;
use conforme::editor::rename::{rename, renamed};
use conforme::editor::{Lines, Place, actions, colours, complete, constructs, hover, lenses, outline, sheet};
use conforme::source::Span;
use gen_lsp_types as lsp;
use gen_lsp_types::{Location, Uri};
use serde::Serialize;
use serde_json::{Value, json};

use super::changes::{self, range};
use super::root::Root;
use super::server::{Asked, Server, position, read};
use super::{commands, said, uri};

/// What is answered: nothing to what is no question that is known.
///
/// # Errors
///
/// Why it cannot be done, in words for the author.
pub fn answer(server: &mut Server, method: &str, params: Value) -> Result<Option<Value>, String> {
    let answer = match method {
        "textDocument/hover" => value(place(server, params).and_then(hovered)),
        "textDocument/definition" => value(place(server, params).and_then(defined)),
        "textDocument/references" => value(references(server, params)),
        "textDocument/documentHighlight" => value(place(server, params).map(highlighted)),
        "textDocument/completion" => value(place(server, params).map(completed)),
        "textDocument/signatureHelp" => value(place(server, params).and_then(signed)),
        "textDocument/prepareRename" => value(place(server, params).and_then(prepared)),
        "textDocument/rename" => value(Some(another_name(server, params)?)),
        "textDocument/documentSymbol" => value(document(server, params).map(plan)),
        "workspace/symbol" => value(Some(all_symbols(server, params))),
        "textDocument/foldingRange" => value(document(server, params).map(folded)),
        "textDocument/semanticTokens/full" => value(document(server, params).map(coloured)),
        "textDocument/formatting" => value(document(server, params).map(laid_out).transpose()?),
        "textDocument/codeAction" => value(acted(server, params)),
        "textDocument/codeLens" => value(document(server, params).map(lensed)),
        "textDocument/inlayHint" => value(hinted(server, params)),
        "workspace/executeCommand" => match read(params) {
            Some(params) => commands::run(server, params)?,
            None => return Err("commande illisible".to_owned()),
        },
        _ => return Ok(None),
    };
    Ok(Some(answer))
}

fn value(answer: Option<impl Serialize>) -> Value {
    answer.and_then(|answer| serde_json::to_value(answer).ok()).unwrap_or(Value::Null)
}

/// A place that is asked about.
struct At<'s> {
    asked: Asked<'s>,
    offset: u32,
    values: Option<conforme::editor::Values>,
}

impl At<'_> {
    fn is_text(&self) -> bool {
        is_text(&self.asked.name)
    }
}

fn is_text(name: &str) -> bool {
    name.ends_with(".pol")
}

fn place(server: &mut Server, params: Value) -> Option<At<'_>> {
    let params: lsp::TextDocumentPositionParams = read(params)?;
    let folder = server.asked(&params.text_document.uri)?.root.folder.clone();
    let values = server.values(&folder);
    let asked = server.asked(&params.text_document.uri)?;
    let offset = Lines::of(&asked.text).offset(position(params.position));
    Some(At { asked, offset, values })
}

fn document(server: &mut Server, params: Value) -> Option<Asked<'_>> {
    let of = params.get("textDocument")?.get("uri")?.as_str()?.to_owned();
    server.asked(&Uri(of))
}

fn hovered(at: At<'_>) -> Option<lsp::Hover> {
    let lines = Lines::of(&at.asked.text);
    if at.is_text() {
        let told = hover::hover(&mut at.asked.root.desk, &at.asked.name, at.offset, at.values.as_ref())?;
        return Some(said::hover(&lines, told));
    }
    let policy = at.asked.root.desk.policy_of(&at.asked.name)?;
    Some(said::hover(&lines, sheet::hover(policy, &at.asked.text, at.offset)?))
}

fn location(root: &Root, place: &Place) -> Location {
    let lines = Lines::of(place.file.text());
    Location { uri: uri::of(&root.path(place.file.name())), range: range(&lines, place.span) }
}

fn defined(at: At<'_>) -> Option<Vec<Location>> {
    if at.is_text() {
        let names = at.asked.root.desk.names();
        let (symbol, _) = names.at(&at.asked.name, at.offset)?;
        return Some(symbol.declared.iter().map(|place| location(at.asked.root, place)).collect());
    }
    let policy = at.asked.root.desk.policy_of(&at.asked.name)?;
    let span = sheet::declared(policy, &at.asked.text, at.offset)?;
    let (file, span) = policy.file.origin(span);
    let place = Place { file: std::sync::Arc::clone(file), span, parts: Vec::new() };
    Some(vec![location(at.asked.root, &place)])
}

fn references(server: &mut Server, params: Value) -> Option<Vec<Location>> {
    let declared = params.get("context")?.get("includeDeclaration")?.as_bool()?;
    let at = place(server, params)?;
    let names = at.asked.root.desk.names();
    let (symbol, _) = names.at(&at.asked.name, at.offset)?;
    let declarations = symbol.declared.iter().filter(|_| declared);
    Some(declarations.chain(&symbol.uses).map(|place| location(at.asked.root, place)).collect())
}

fn highlighted(at: At<'_>) -> Vec<lsp::DocumentHighlight> {
    let lines = Lines::of(&at.asked.text);
    let names = at.asked.root.desk.names();
    let Some((symbol, _)) = names.at(&at.asked.name, at.offset) else { return Vec::new() };
    let here = |place: &&Place| place.file.name() == at.asked.name;
    let places = symbol.places().filter(here);
    places.map(|place| lsp::DocumentHighlight { range: range(&lines, place.span), kind: None }).collect()
}

fn completed(at: At<'_>) -> Vec<lsp::CompletionItem> {
    let lines = Lines::of(&at.asked.text);
    if at.is_text() {
        let mut found = at.asked.root.passages(&at.asked.name, at.offset);
        if found.is_empty() {
            found = complete::complete(&mut at.asked.root.desk, &at.asked.name, at.offset);
        }
        let items = found.iter().enumerate();
        return items.map(|(rank, proposal)| said::proposal(&lines, rank, proposal)).collect();
    }
    let Some(policy) = at.asked.root.desk.policy_of(&at.asked.name) else { return Vec::new() };
    let found = sheet::complete(policy, &at.asked.text, at.offset);
    found
        .into_iter()
        .enumerate()
        .map(|(rank, of)| lsp::CompletionItem {
            label: of.label,
            kind: Some(lsp::CompletionItemKind::Property),
            detail: Some(of.detail),
            documentation: of.question.map(Into::into),
            sort_text: Some(format!("{rank:04}")),
            text_edit: Some(lsp::TextEdit { range: range(&lines, of.span), new_text: of.text }.into()),
            ..lsp::CompletionItem::default()
        })
        .collect()
}

fn signed(at: At<'_>) -> Option<lsp::SignatureHelp> {
    let found = constructs::signature(&at.asked.text, at.offset).filter(|_| at.is_text())?;
    let units = |end: u32| {
        let before = found.of.form.get(..end as usize).unwrap_or("");
        u32::try_from(before.encode_utf16().count()).unwrap_or(u32::MAX)
    };
    let parts = found.parts.iter().map(|part| lsp::ParameterInformation {
        label: (units(part.start), units(part.end)).into(),
        documentation: None,
    });
    let active = u32::try_from(found.active).ok();
    let signature = lsp::SignatureInformation {
        label: found.of.form.to_owned(),
        documentation: Some(found.of.says.to_owned().into()),
        parameters: Some(parts.collect()),
        active_parameter: active.map(Into::into),
    };
    Some(lsp::SignatureHelp {
        signatures: vec![signature],
        active_signature: Some(0),
        active_parameter: active.map(Into::into),
    })
}

fn prepared(at: At<'_>) -> Option<lsp::PrepareRenamePlaceholder> {
    let what = renamed(&mut at.asked.root.desk, &at.asked.name, at.offset)?;
    let lines = Lines::of(&at.asked.text);
    Some(lsp::PrepareRenamePlaceholder { range: range(&lines, what.span), placeholder: what.name })
}

fn another_name(server: &mut Server, params: Value) -> Result<lsp::WorkspaceEdit, String> {
    let to = params.get("newName").and_then(Value::as_str).unwrap_or_default().to_owned();
    let makes_files = server.makes_files();
    let at = place(server, params).ok_or("ce fichier n'est pas lisible")?;
    let what = renamed(&mut at.asked.root.desk, &at.asked.name, at.offset)
        .ok_or("aucun nom ne se trouve ici, ou rien ne le déclare")?;
    let change = rename(&mut at.asked.root.desk, &what, &to)?;
    let root = at.asked.root;
    let edit = changes::workspace(&root.folder, root.desk.shelf(), &change, makes_files);
    edit.ok_or_else(|| "rien à renommer".to_owned())
}

fn plan(asked: Asked<'_>) -> Vec<lsp::DocumentSymbol> {
    let Some((file, document)) = asked.root.desk.read(&asked.name) else { return Vec::new() };
    let lines = Lines::of(file.text());
    outline::outline(&document).iter().map(|entry| said::symbol(&lines, entry)).collect()
}

fn all_symbols(server: &mut Server, params: Value) -> Vec<Value> {
    let query = params.get("query").and_then(Value::as_str).unwrap_or_default();
    let wanted = conforme::text::plain_letters(query);
    let mut found = Vec::new();
    for root in server.roots() {
        let names = root.desk.names();
        let named = names.all().iter().filter(|symbol| symbol.sort != Sort::Option);
        for symbol in named.filter(|symbol| conforme::text::plain_letters(&symbol.name).contains(&wanted)) {
            let kind = said::symbol_kind(symbol.sort);
            for place in &symbol.declared {
                found.push(json!({ "name": symbol.name, "kind": kind, "location": location(root, place) }));
            }
        }
    }
    found
}

fn folded(asked: Asked<'_>) -> Vec<lsp::FoldingRange> {
    let Some((file, document)) = asked.root.desk.read(&asked.name) else { return Vec::new() };
    let lines = Lines::of(file.text());
    let folds = outline::folds(file.text(), &document).into_iter().map(|(span, fold)| {
        let (start, end) = lines.range(span);
        lsp::FoldingRange {
            start_line: start.line,
            end_line: end.line,
            kind: (fold == outline::Fold::Comment).then_some(lsp::FoldingRangeKind::Comment),
            ..lsp::FoldingRange::default()
        }
    });
    folds.filter(|fold| fold.end_line > fold.start_line).collect()
}

fn coloured(asked: Asked<'_>) -> lsp::SemanticTokens {
    let mut data = Vec::new();
    if is_text(&asked.name) {
        let names = asked.root.desk.names();
        data = said::tokens(&asked.text, &colours::colours(&asked.text, &asked.name, &names));
    }
    lsp::SemanticTokens { data, ..lsp::SemanticTokens::default() }
}

fn laid_out(asked: Asked<'_>) -> Result<Vec<lsp::TextEdit>, String> {
    let Some((file, _)) = asked.root.desk.read(&asked.name).filter(|_| is_text(&asked.name)) else {
        return Ok(Vec::new());
    };
    let edits = actions::format(&file).map_err(|problems| {
        let first = problems.first().map_or("", |problem| problem.message.as_str());
        format!("un texte se remet en forme une fois ses erreurs corrigées : {first}")
    })?;
    Ok(changes::edits(file.text(), &edits))
}

fn acted(server: &mut Server, params: Value) -> Option<Vec<lsp::CodeAction>> {
    let params: lsp::CodeActionParams = read(params)?;
    let makes_files = server.makes_files();
    let of = params.text_document.uri;
    let asked = server.asked(&of)?;
    let lines = Lines::of(&asked.text);
    let start = lines.offset(position(params.range.start));
    let end = lines.offset(position(params.range.end));
    let mut found = Vec::new();
    if is_text(&asked.name) {
        let document = asked.root.desk.read(&asked.name).map(|(_, document)| document);
        for one in asked.root.diagnostics() {
            let here = one.labels.first().is_some_and(|label| {
                label.file.name() == asked.name && label.span.start <= end && start <= label.span.end
            });
            if !here {
                continue;
            }
            for action in actions::actions(&one, document.as_ref()) {
                let edit = changes::workspace(
                    &asked.root.folder,
                    asked.root.desk.shelf(),
                    &action.change,
                    makes_files,
                );
                found.push(quick(&action.title, edit, None, action.is_sure));
            }
        }
    }
    let case = asked.root.desk.shelf().all_cases().find(|case| case.path == asked.name).cloned();
    if let Some(case) = case
        && let Ok(judged) = sheet::judge(asked.root.desk.shelf(), &case)
        && judged.may_be_approved()
    {
        let run = command("Approuver ce cas", commands::APPROVE, vec![of.0.clone().into()]);
        found.push(quick("approuver ce cas tel qu'il est décidé", None, Some(run), false));
    }
    Some(found)
}

fn quick(
    title: &str,
    edit: Option<lsp::WorkspaceEdit>,
    command: Option<lsp::Command>,
    is_sure: bool,
) -> lsp::CodeAction {
    lsp::CodeAction {
        title: conforme::render::Lang::Fr.typeset(title),
        kind: Some(lsp::CodeActionKind::QuickFix),
        is_preferred: is_sure.then_some(true),
        edit,
        command,
        ..lsp::CodeAction::default()
    }
}

fn command(title: &str, name: &str, arguments: Vec<Value>) -> lsp::Command {
    lsp::Command {
        title: conforme::render::Lang::Fr.typeset(title),
        command: name.to_owned(),
        arguments: Some(arguments),
        ..lsp::Command::default()
    }
}

fn lensed(asked: Asked<'_>) -> Vec<lsp::CodeLens> {
    if !is_text(&asked.name) {
        return Vec::new();
    }
    let lines = Lines::of(&asked.text);
    let own: Value = uri::of(&asked.root.path(&asked.name)).0.into();
    let lens = |lens: lenses::Lens| {
        let run = match lens.about {
            lenses::About::Lacking => {
                command(&format!("{} : les écrire", lens.said), commands::MISSING, vec![own.clone()])
            }
            lenses::About::Turned | lenses::About::Statuses => {
                let cases = lens.cases.iter().map(|case| uri::of(&asked.root.path(case)).0);
                let arguments = vec![own.clone(), cases.map(Value::from).collect()];
                command(&lens.said, commands::SHOW, arguments)
            }
        };
        lsp::CodeLens { range: range(&lines, lens.span), command: Some(run), data: None }
    };
    lenses::lenses(&asked.root.desk, &asked.name).into_iter().map(lens).collect()
}

fn hinted(server: &mut Server, params: Value) -> Option<Vec<lsp::InlayHint>> {
    let params: lsp::InlayHintParams = read(params)?;
    let folder = server.asked(&params.text_document.uri)?.root.folder.clone();
    let values = server.values(&folder);
    let asked = server.asked(&params.text_document.uri)?;
    let values = values?;
    let lines = Lines::of(&asked.text);
    let (start, end) = (lines.offset(position(params.range.start)), lines.offset(position(params.range.end)));
    let hints = values.within(&asked.name).filter(|(span, _)| span.start <= end && start <= span.end);
    let hint = |(span, told): (Span, &str)| lsp::InlayHint {
        position: range(&lines, span).end,
        label: format!("= {told}").into(),
        kind: Some(lsp::InlayHintKind::Type),
        tooltip: Some(format!("dans le cas « {} »", values.case).into()),
        padding_left: Some(true),
        padding_right: None,
        text_edits: None,
        data: None,
    };
    Some(hints.map(hint).collect())
}
