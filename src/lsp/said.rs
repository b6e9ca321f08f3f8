//! What the library says, as the protocol says it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use conforme::check::Sort;
use conforme::diagnostic::{Diagnostic, Severity};
use conforme::editor::Lines;
use conforme::editor::colours::Colour;
use conforme::editor::complete::Proposal;
use conforme::editor::outline::Entry;
use conforme::render::Lang;
use conforme::source::{SourceFile, Span};
use conforme::syntax::tree::Kind;
use gen_lsp_types as lsp;

use super::changes::range;
use super::root::Root;
use super::uri;

/// What is said of the files of a folder: of its texts as `conforme check` says it, and of these cases.
pub fn diagnostics(root: &mut Root, cases: &BTreeSet<String>) -> BTreeMap<PathBuf, Vec<lsp::Diagnostic>> {
    let mut all = root.diagnostics();
    for case in cases {
        let told = root.desk.of_case(case);
        // A dossier is known by its name alone: here its place is told with it.
        all.extend(told.iter().map(|one| of_case(one.clone(), case)));
    }
    let mut found: BTreeMap<PathBuf, Vec<lsp::Diagnostic>> = BTreeMap::new();
    for one in &all {
        let name = match (one.labels.first(), &one.file) {
            (Some(label), _) => label.file.name().to_owned(),
            (None, Some(file)) => file.clone(),
            (None, None) => continue,
        };
        found.entry(root.path(&name)).or_default().push(diagnostic(root, one));
    }
    found
}

/// A message whose places in a dossier are in the file of this name.
fn of_case(mut one: Diagnostic, path: &str) -> Diagnostic {
    let bare = path.rsplit('/').next().unwrap_or(path);
    for label in &mut one.labels {
        if label.file.name() == bare {
            label.file = SourceFile::new(path, label.file.text());
        }
    }
    if one.labels.is_empty() {
        one.file = Some(path.to_owned());
    }
    one
}

fn diagnostic(root: &Root, one: &Diagnostic) -> lsp::Diagnostic {
    let at = |file: &SourceFile, span: Span| range(&Lines::of(file.text()), span);
    let first = one.labels.first();
    let typeset = |text: &str| Lang::Fr.typeset(text);
    let mut message = typeset(&one.message);
    for more in first.map(|label| label.text.as_str()).into_iter().chain(one.help.as_deref()) {
        if !more.is_empty() {
            message.push('\n');
            message.push_str(&typeset(more));
        }
    }
    let related: Vec<lsp::DiagnosticRelatedInformation> = one
        .labels
        .iter()
        .skip(1)
        .map(|label| lsp::DiagnosticRelatedInformation {
            location: lsp::Location {
                uri: uri::of(&root.path(label.file.name())),
                range: at(&label.file, label.span),
            },
            message: typeset(&label.text),
        })
        .collect();
    lsp::Diagnostic {
        range: first.map(|label| at(&label.file, label.span)).unwrap_or_default(),
        severity: Some(match one.severity {
            Severity::Error => lsp::DiagnosticSeverity::Error,
            Severity::Warning => lsp::DiagnosticSeverity::Warning,
            Severity::Advice => lsp::DiagnosticSeverity::Information,
        }),
        code: Some(one.code.to_owned().into()),
        source: Some("conforme".to_owned()),
        message: message.into(),
        related_information: (!related.is_empty()).then_some(related),
        ..lsp::Diagnostic::default()
    }
}

/// The kind of token that a colour is: those that every editor knows.
pub fn token(colour: Colour) -> &'static str {
    match colour {
        Colour::Keyword => "keyword",
        Colour::Comment => "comment",
        Colour::Quotation => "string",
        Colour::Fact => "variable",
        Colour::Value => "function",
        Colour::Parameter => "parameter",
        Colour::Told => "class",
        Colour::Option => "enumMember",
        Colour::Source => "namespace",
        Colour::Reading => "enum",
    }
}

/// Words with their colours; what goes over several lines is told line by line, for some editors know no other way.
pub fn tokens(text: &str, colours: &[(Span, Colour, bool)]) -> Vec<lsp::SemanticToken> {
    let lines = Lines::of(text);
    let mut all: Vec<(u32, u32, u32, u32, u32)> = Vec::new();
    for (span, colour, is_declared) in colours {
        let kind = Colour::ALL.iter().position(|own| own == colour).unwrap_or(0);
        let mut start = span.start as usize;
        for piece in text.get(span.range()).unwrap_or("").split_inclusive('\n') {
            let said = piece.trim_end_matches(['\n', '\r']);
            let lead = said.len() - said.trim_start_matches(' ').len();
            let at = lines.position(u32::try_from(start + lead).unwrap_or(u32::MAX));
            let length = said.get(lead..).unwrap_or("").encode_utf16().count();
            if length > 0 {
                let length = u32::try_from(length).unwrap_or(u32::MAX);
                let kind = u32::try_from(kind).unwrap_or(0);
                all.push((at.line, at.column, length, kind, u32::from(*is_declared)));
            }
            start += piece.len();
        }
    }
    let (mut line, mut column) = (0, 0);
    all.into_iter()
        .map(|(at, start, length, token_type, token_modifiers_bitset)| {
            let delta_line = at - line;
            let delta_start = if delta_line == 0 { start - column } else { start };
            (line, column) = (at, start);
            lsp::SemanticToken { delta_line, delta_start, length, token_type, token_modifiers_bitset }
        })
        .collect()
}

/// An entry of the plan.
pub fn symbol(lines: &Lines<'_>, entry: &Entry) -> lsp::DocumentSymbol {
    let inner: Vec<lsp::DocumentSymbol> = entry.inner.iter().map(|inner| symbol(lines, inner)).collect();
    #[allow(deprecated)] // the protocol's own field, which is left out
    lsp::DocumentSymbol {
        name: entry.name.clone(),
        detail: Some(entry.what.clone()),
        kind: symbol_kind(entry.kind.map_or(Sort::Option, Sort::Of)),
        tags: None,
        deprecated: None,
        range: range(lines, entry.whole.to(entry.span)),
        selection_range: range(lines, entry.span),
        children: (!inner.is_empty()).then_some(inner),
    }
}

/// The kind of symbol that a thing is: those that every editor knows.
pub fn symbol_kind(sort: Sort) -> lsp::SymbolKind {
    match Colour::of(sort) {
        Colour::Fact => lsp::SymbolKind::Variable,
        Colour::Value => lsp::SymbolKind::Function,
        Colour::Parameter => lsp::SymbolKind::Constant,
        Colour::Told => lsp::SymbolKind::Class,
        Colour::Source => lsp::SymbolKind::Namespace,
        Colour::Reading => lsp::SymbolKind::Enum,
        Colour::Option => lsp::SymbolKind::EnumMember,
        Colour::Keyword | Colour::Comment | Colour::Quotation => match sort {
            Sort::Of(Kind::Source) => lsp::SymbolKind::Namespace,
            Sort::Of(_) | Sort::Option => lsp::SymbolKind::String,
        },
    }
}

/// A proposal, with stops where the author is to say something, if the editor knows them.
pub fn proposal(lines: &Lines<'_>, rank: usize, of: &Proposal) -> lsp::CompletionItem {
    let (new_text, format) = match of.to_say.is_empty() {
        true => (of.text.clone(), lsp::InsertTextFormat::PlainText),
        false => (snippet(&of.text, &of.to_say), lsp::InsertTextFormat::Snippet),
    };
    lsp::CompletionItem {
        label: of.label.clone(),
        kind: Some(match of.colour {
            Colour::Keyword => lsp::CompletionItemKind::Keyword,
            Colour::Comment | Colour::Quotation => lsp::CompletionItemKind::Text,
            Colour::Fact => lsp::CompletionItemKind::Variable,
            Colour::Value => lsp::CompletionItemKind::Function,
            Colour::Parameter => lsp::CompletionItemKind::Constant,
            Colour::Told => lsp::CompletionItemKind::Class,
            Colour::Option => lsp::CompletionItemKind::EnumMember,
            Colour::Source => lsp::CompletionItemKind::Module,
            Colour::Reading => lsp::CompletionItemKind::Enum,
        }),
        detail: Some(of.detail.clone()),
        filter_text: Some(of.text.trim_start().to_owned()),
        sort_text: Some(format!("{rank:04}")),
        insert_text_format: Some(format),
        text_edit: Some(lsp::TextEdit { range: range(lines, of.span), new_text }.into()),
        ..lsp::CompletionItem::default()
    }
}

/// A text with stops.
fn snippet(text: &str, to_say: &[Span]) -> String {
    let plain = |text: &str| text.replace('\\', "\\\\").replace('$', "\\$").replace('}', "\\}");
    let (mut out, mut at) = (String::new(), 0);
    for (rank, span) in to_say.iter().enumerate() {
        out.push_str(&plain(text.get(at..span.start as usize).unwrap_or("")));
        let said = plain(text.get(span.range()).unwrap_or(""));
        out.push_str(&format!("${{{}:{said}}}", rank + 1));
        at = span.end as usize;
    }
    out.push_str(&plain(text.get(at..).unwrap_or("")));
    out
}

/// Markdown under the pointer.
pub fn hover(lines: &Lines<'_>, (span, told): (Span, String)) -> lsp::Hover {
    let contents = lsp::MarkupContent { kind: lsp::MarkupKind::Markdown, value: Lang::Fr.typeset(&told) };
    lsp::Hover { contents: contents.into(), range: Some(range(lines, span)) }
}
