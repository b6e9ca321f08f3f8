//! Keys and values of a YAML or JSON text, each with its place.
//!
//! Architecture invariant: the only module that knows `granit_parser` (with [`super::unreadable`],
//! which puts its errors into French). JSON is read as the YAML that it is. A value keeps the raw
//! text that was written: which type it has is for the policy to say.
//!
//! What a dossier does without is refused here, at its place: anchors, aliases, merge keys, tags,
//! directives, second documents. Nothing is ever expanded, so that a small file stays small; size,
//! nesting, length of lists and texts, and the number of values are bounded ([`limits`]).

use std::borrow::Cow;
use std::sync::Arc;

use granit_parser::{Event, Parser, ScalarStyle};

use super::mistakes::Mistakes;
use super::unreadable;
use crate::diagnostic::Diagnostic;
use crate::limits;
use crate::source::{FileName, SourceFile, Span};

/// A value with its place.
#[derive(Debug)]
pub(crate) struct Located<'t> {
    /// A list or group spans from the start of its first entry to the end of its last.
    pub(crate) span: Span,
    pub(crate) node: Node<'t>,
}

/// What a value is.
#[derive(Debug)]
pub(crate) enum Node<'t> {
    Scalar(Scalar<'t>),
    List(Vec<Located<'t>>),
    Map(Vec<Entry<'t>>),
    /// Refused, and reported: nothing more is to be said of it.
    Refused,
}

/// A value that is neither list nor group.
#[derive(Debug)]
pub(crate) struct Scalar<'t> {
    /// The raw text; escapes and folded lines of a quoted one resolved. Empty where nothing stands.
    pub(crate) text: Cow<'t, str>,
    /// Whether it stood between quotation marks (or in a block of lines).
    pub(crate) quoted: bool,
}

/// A key with its value. Duplicate keys are kept, in order.
#[derive(Debug)]
pub(crate) struct Entry<'t> {
    pub(crate) key: Cow<'t, str>,
    pub(crate) key_span: Span,
    pub(crate) value: Located<'t>,
}

/// The bytes of a dossier as a file, before anything else is done with them: too many are refused
/// without being read, so are those that are no UTF-8.
pub(super) fn file(bytes: &[u8], name: impl Into<FileName>) -> Result<Arc<SourceFile>, Vec<Diagnostic>> {
    let name = name.into();
    if bytes.len() > limits::DOSSIER_BYTES {
        let file = SourceFile::new(name, "");
        let message = format!(
            "dossier trop gros : attendu {} octets au plus ; lu {}",
            unreadable::count(limits::DOSSIER_BYTES),
            unreadable::count(bytes.len())
        );
        return Err(vec![Diagnostic::error("dossier-trop-gros", message).at(&file, Span::default(), "")]);
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(SourceFile::new(name, text)),
        Err(error) => {
            let file = SourceFile::new(name, String::from_utf8_lossy(bytes));
            let at = error.valid_up_to();
            let span = Span::new(at, at + char::REPLACEMENT_CHARACTER.len_utf8());
            let line = file.line_of(span.start);
            Err(vec![
                Diagnostic::error(
                    "encodage-inattendu",
                    format!("ligne {line} : attendu un texte en UTF-8 ; lu un octet qui n'en est pas"),
                )
                .at(&file, span, "premier caractère illisible")
                .help("enregistrer le fichier avec l'encodage UTF-8"),
            ])
        }
    }
}

/// The value of the first key of this name at the top of a file, read no further than that; `None`
/// where it is not met, or is no plain value.
pub(super) fn value_of(file: &SourceFile, name: &str) -> Option<(String, bool)> {
    let text = file.text();
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let (mut depth, mut named, mut at_key) = (0_usize, false, true);
    for event in Parser::new_from_str_with_options(text, options()) {
        match event.ok()?.0 {
            Event::Scalar(text, style, ..) if depth == 1 => {
                if named {
                    return Some((text.into_owned(), style != ScalarStyle::Plain));
                }
                named = at_key && crate::text::tidy(&text) == name;
                at_key = !at_key;
            }
            Event::SequenceStart(..) if depth == 0 => return None,
            Event::MappingStart(..) | Event::SequenceStart(..) => {
                if named {
                    return None;
                }
                depth += 1;
            }
            Event::MappingEnd | Event::SequenceEnd => {
                depth = depth.checked_sub(1)?;
                if depth == 1 {
                    at_key = !at_key;
                }
            }
            Event::Alias(_) | Event::UnresolvedAlias(_) | Event::Anchor(..) => return None,
            _ => {}
        }
    }
    None
}

fn options() -> granit_parser::Options {
    granit_parser::options! {
        emit_comments: false,
        disallow_directives: true,
        emit_unresolved_aliases: true,
        emit_anchor_events: true,
        // Our own bound, which counts both together, is met first.
        flow_nesting_limit: limits::NESTING + 1,
        block_nesting_limit: limits::NESTING + 1,
    }
}

/// Reads the text of a file. `None`: it could not be read to its end, and the mistake says why.
pub(super) fn read<'t>(file: &'t SourceFile, mistakes: &mut Mistakes) -> Option<Located<'t>> {
    let whole = file.text();
    let text = whole.strip_prefix('\u{feff}').unwrap_or(whole);
    let mut builder =
        Builder { text, shift: whole.len() - text.len(), mistakes, stack: Vec::new(), root: None, values: 0 };
    let mut documents = 0;
    let mut last = unreadable::Context::default();
    for event in Parser::new_from_str_with_options(text, options()) {
        match event {
            Ok((Event::DocumentStart(..), span)) => {
                documents += 1;
                if documents > 1 {
                    let span = builder.span(&span);
                    let whole = builder.mistakes.held.whole();
                    builder.mistakes.add(span, "un autre commence ici", || {
                        Diagnostic::error("second-document", format!("attendu un seul {whole} par fichier"))
                            .help(format!("mettre chaque {whole} dans son fichier, ou retirer cette ligne"))
                    });
                    return None;
                }
            }
            Ok((event, span)) => {
                let range = span.byte_range().unwrap_or_default();
                last.after(&event, range, builder.expects_key());
                builder.event(event, &span)?;
            }
            Err(error) => {
                let (span, label, diagnostic) =
                    unreadable::explain(&error, text, &last, builder.mistakes.held);
                builder.mistakes.add(builder.shifted(span), &label, || diagnostic);
                return None;
            }
        }
    }
    Some(builder.root.unwrap_or(Located {
        span: Span::new(whole.len(), whole.len()),
        node: Node::Scalar(Scalar { text: Cow::Borrowed(""), quoted: false }),
    }))
}

/// A list or group that is being read.
enum Frame<'t> {
    List { start: Span, items: Vec<Located<'t>> },
    Map { start: Span, entries: Vec<Entry<'t>>, key: Option<PendingKey<'t>> },
}

/// A key whose value comes next; `None` where it was refused.
type PendingKey<'t> = Option<(Cow<'t, str>, Span)>;

struct Builder<'t, 'm> {
    text: &'t str,
    /// Length of the byte-order mark that was left out.
    shift: usize,
    mistakes: &'m mut Mistakes,
    stack: Vec<Frame<'t>>,
    root: Option<Located<'t>>,
    values: usize,
}

impl<'t> Builder<'t, '_> {
    fn shifted(&self, span: Span) -> Span {
        Span::new(span.start as usize + self.shift, span.end as usize + self.shift)
    }

    fn span(&self, span: &granit_parser::Span) -> Span {
        let range = span.byte_range().unwrap_or_default();
        self.shifted(Span::new(range.start, range.end))
    }

    fn expects_key(&self) -> bool {
        matches!(self.stack.last(), None | Some(Frame::Map { key: None, .. }))
    }

    /// Takes an event in. `None`: a bound is passed, reading stops.
    fn event(&mut self, event: Event<'t>, place: &granit_parser::Span) -> Option<()> {
        let span = self.span(place);
        match event {
            Event::Scalar(text, style, _, tag) => {
                self.refuse_tag(tag.is_some(), place);
                let quoted = style != ScalarStyle::Plain;
                if text.len() > limits::TEXT_LENGTH && text.chars().count() > limits::TEXT_LENGTH {
                    let length = text.chars().count();
                    return self.too_much(
                        first_characters(self.text, place.byte_range()?.start, self.shift),
                        "texte-trop-long",
                        format!(
                            "texte trop long : attendu {} caractères au plus ; lu {}",
                            unreadable::count(limits::TEXT_LENGTH),
                            unreadable::count(length)
                        ),
                    );
                }
                let text = match (quoted, span.is_empty()) {
                    (false, true) => Cow::Borrowed(""),
                    _ => text,
                };
                self.push(Located { span, node: Node::Scalar(Scalar { text, quoted }) })
            }
            Event::SequenceStart(_, _, tag) => {
                self.refuse_tag(tag.is_some(), place);
                self.open(Frame::List { start: span, items: Vec::new() }, span)
            }
            Event::MappingStart(_, _, tag) => {
                self.refuse_tag(tag.is_some(), place);
                self.open(Frame::Map { start: span, entries: Vec::new(), key: None }, span)
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(span),
            Event::Alias(_) | Event::UnresolvedAlias(_) => {
                let written = place.slice(self.text).unwrap_or("").to_owned();
                self.mistakes.add(span, "renvoi", || {
                    Diagnostic::error(
                        "renvoi-refuse",
                        format!(
                            "attendu une valeur ; lu {}, un renvoi à une autre",
                            unreadable::quote(&written)
                        ),
                    )
                    .help("récrire ici la valeur ; un texte qui commence par « * » se met entre guillemets")
                });
                self.push(Located { span, node: Node::Refused })
            }
            Event::Anchor(..) => {
                let written = place.slice(self.text).unwrap_or("").to_owned();
                self.mistakes.add(span, "étiquette de renvoi", || {
                    Diagnostic::error(
                        "ancre-refusee",
                        format!(
                            "attendu une valeur ; lu {}, une étiquette de renvoi",
                            unreadable::quote(&written)
                        ),
                    )
                    .help("la retirer ; un texte qui commence par « & » se met entre guillemets")
                });
                Some(())
            }
            // The frame of the document; the list of events is open, what else there may be is no value.
            _ => Some(()),
        }
    }

    fn refuse_tag(&mut self, tagged: bool, place: &granit_parser::Span) {
        if !tagged {
            return;
        }
        let span = place.tag_span().unwrap_or(*place);
        let written = span.slice(self.text).unwrap_or("").to_owned();
        self.mistakes.add(self.span(&span), "type imposé", || {
            Diagnostic::error(
                "type-impose-refuse",
                format!("attendu une valeur ; lu {}, un type imposé", unreadable::quote(&written)),
            )
            .help("le retirer : le dispositif dit le type ; un texte qui commence par « ! » se met entre guillemets")
        });
    }

    fn too_much(&mut self, span: Span, code: &'static str, message: String) -> Option<()> {
        self.mistakes.add(span, "", || Diagnostic::error(code, message));
        None
    }

    fn open(&mut self, frame: Frame<'t>, span: Span) -> Option<()> {
        if self.stack.len() >= limits::NESTING {
            return self.too_much(
                span,
                "imbrication-trop-profonde",
                format!(
                    "imbrication trop profonde : attendu {} niveaux au plus ; lu un de plus ici",
                    limits::NESTING
                ),
            );
        }
        self.stack.push(frame);
        Some(())
    }

    fn close(&mut self, end: Span) -> Option<()> {
        let (start, last, node) = match self.stack.pop()? {
            Frame::List { start, items } => (start, items.last().map(|i| i.span), Node::List(items)),
            Frame::Map { start, entries, .. } => {
                (start, entries.last().map(|e| e.value.span.to(e.key_span)), Node::Map(entries))
            }
        };
        // A list or group in brackets goes to its bracket; by indentation, to its last entry.
        let end = if start.is_empty() { last.unwrap_or(start) } else { end };
        self.push(Located { span: start.to(end), node })
    }

    fn push(&mut self, value: Located<'t>) -> Option<()> {
        self.values += 1;
        if self.values > limits::VALUES {
            let (whole, most) = (self.mistakes.held.whole(), unreadable::count(limits::VALUES));
            let message = format!("{whole} trop long : attendu {most} valeurs au plus");
            return self.too_much(value.span, "dossier-trop-long", message);
        }
        let count = match self.stack.last_mut() {
            None => {
                self.root = Some(value);
                return Some(());
            }
            Some(Frame::List { items, .. }) => {
                items.push(value);
                items.len()
            }
            Some(Frame::Map { entries, key, .. }) => {
                match key.take() {
                    None => *key = Some(as_key(value, self.mistakes)),
                    Some(Some((name, key_span))) => entries.push(Entry { key: name, key_span, value }),
                    Some(None) => {}
                }
                entries.len()
            }
        };
        if count > limits::LIST_LENGTH {
            let span = match self.stack.last() {
                Some(Frame::List { items, .. }) => items.last().map(|i| i.span),
                Some(Frame::Map { entries, .. }) => entries.last().map(|e| e.key_span),
                None => None,
            };
            let message = format!(
                "liste trop longue : attendu {} éléments au plus",
                unreadable::count(limits::LIST_LENGTH)
            );
            return self.too_much(span.unwrap_or_default(), "liste-trop-longue", message);
        }
        Some(())
    }
}

/// A key as a text; `None`, and a mistake, where it is none.
fn as_key<'t>(value: Located<'t>, mistakes: &mut Mistakes) -> PendingKey<'t> {
    let part = mistakes.held.part();
    match value.node {
        Node::Scalar(Scalar { text, quoted: false }) if text == "<<" => {
            mistakes.add(value.span, "reprise d'un autre groupe", || {
                let message = format!("attendu le nom d'une {part} ; lu « << », une reprise");
                Diagnostic::error("reprise-refusee", message)
                    .help(format!("récrire ici les {part}s qui sont reprises"))
            });
            None
        }
        Node::Scalar(Scalar { text, .. }) if !text.trim().is_empty() => Some((text, value.span)),
        Node::Scalar(_) => {
            mistakes.add(value.span, "nom vide", || {
                Diagnostic::error("nom-vide", format!("attendu le nom d'une {part} avant « : »"))
            });
            None
        }
        Node::List(_) | Node::Map(_) => {
            mistakes.add(value.span, "", || {
                Diagnostic::error(
                    "nom-inattendu",
                    format!("attendu le nom d'une {part} avant « : » ; lu une liste ou un groupe"),
                )
            });
            None
        }
        Node::Refused => None,
    }
}

/// The place of the first characters of something long.
fn first_characters(text: &str, start: usize, shift: usize) -> Span {
    let length: usize = text.get(start..).unwrap_or("").chars().take(20).map(char::len_utf8).sum();
    Span::new(start + shift, start + length + shift)
}
