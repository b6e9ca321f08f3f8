//! What cannot be read as YAML or JSON, said in French.
//!
//! The scanner knows some eighty kinds of errors; an author knows a dozen mistakes: an indentation,
//! a quotation mark, a colon. Each kind is put down to one of these, at the place where it can be
//! mended, which is not always where the scanner stopped.

use std::ops::Range;

use granit_parser::{ErrorKind, Event, ScalarStyle, ScanError};

use super::mistakes::Held;
use crate::diagnostic::Diagnostic;
use crate::limits;
use crate::source::Span;

/// What was read last before the scanner stopped.
#[derive(Debug, Default)]
pub(super) struct Context {
    /// The last value or key.
    scalar: Range<usize>,
    /// It stood where a key is expected.
    as_key: bool,
    /// It was not quoted.
    plain: bool,
    /// One past whatever was read last.
    end: usize,
    /// Where the brackets that are still open stand; `None` for a list or group by indentation.
    open: Vec<Option<usize>>,
}

impl Context {
    /// Takes note of an event, before it is taken in.
    pub(super) fn after(&mut self, event: &Event<'_>, range: Range<usize>, as_key: bool) {
        self.end = range.end.max(range.start);
        match event {
            Event::Scalar(_, style, ..) => {
                self.plain = *style == ScalarStyle::Plain;
                self.scalar = range;
                self.as_key = as_key;
            }
            Event::SequenceStart(..) | Event::MappingStart(..) => {
                self.open.push((!range.is_empty()).then_some(range.start));
            }
            Event::SequenceEnd | Event::MappingEnd => {
                self.open.pop();
            }
            _ => {}
        }
    }
}

impl Context {
    /// The innermost bracket that is still open, in a dossier laid out by indentation.
    fn open_bracket(&self) -> Option<usize> {
        self.open.first().copied().flatten().is_none().then(|| self.open.last().copied().flatten()).flatten()
    }
}

/// The user's words between guillemets, cut where they are long, control characters left out.
pub(super) fn quote(words: &str) -> String {
    const SHOWN: usize = 60;
    let clean = |c: char| if c.is_control() || c.is_whitespace() { ' ' } else { c };
    let mut shown: String = words.trim().chars().take(SHOWN).map(clean).collect();
    if words.trim().chars().nth(SHOWN).is_some() {
        shown.push('…');
    }
    format!("« {shown} »")
}

/// A count as French prints it: `100 000`.
pub(super) fn count(n: usize) -> String {
    let digits = n.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(' ');
        }
        out.push(digit);
    }
    out
}

/// Place, label and message of what the scanner could not read.
pub(super) fn explain(
    error: &ScanError,
    text: &str,
    last: &Context,
    held: Held,
) -> (Span, String, Diagnostic) {
    let at = error.marker().byte_offset().unwrap_or(text.len()).min(text.len());
    let here = word_at(text, at);
    let plain = |span: Span, label: &str, code, message: String, help: &str| {
        (span, label.to_owned(), Diagnostic::error(code, message).help(help))
    };
    use ErrorKind as K;
    match error.kind() {
        K::MappingValueNotAllowed | K::SimpleKeyExpected | K::InvalidSimpleKey => colon(text, at, last),
        K::TabNotAllowed
        | K::TabInBlockIndentation
        | K::TabInIndentation
        | K::TabAtBlockScalarStart
        | K::TabInPlainScalar => plain(
            tab_before(text, at).unwrap_or(here),
            "tabulation",
            "tabulation-en-retrait",
            "retrait : attendu des espaces ; lu une tabulation".to_owned(),
            "remplacer chaque tabulation en tête de ligne par deux espaces",
        ),
        K::UnclosedQuotedScalar | K::InvalidQuotedScalarIndent | K::DocumentIndicatorInQuotedScalar => {
            let open = text.get(last.end..).and_then(|rest| rest.find(['"', '\''])).map(|i| i + last.end);
            plain(
                open.map_or(here, |open| Span::new(open, open + 1)),
                "ouvert ici, jamais refermé",
                "guillemet-ouvert",
                "attendu un guillemet fermant".to_owned(),
                "refermer le texte par le même signe, \" ou '",
            )
        }
        K::InvalidTrailingSingleQuotedScalar | K::InvalidTrailingDoubleQuotedScalar => plain(
            here,
            "en trop après le guillemet fermant",
            "texte-apres-guillemet",
            format!("attendu la fin de la valeur après son guillemet fermant ; lu {}", quoted_at(text, here)),
            "un texte qui contient une apostrophe se met entre \" et \"",
        ),
        K::UnknownQuotedScalarEscape
        | K::InvalidQuotedScalarHexEscape
        | K::InvalidLowSurrogateHexEscape
        | K::InvalidLowSurrogate
        | K::MissingLowSurrogate
        | K::UnpairedLowSurrogate
        | K::InvalidUnicodeEscape => plain(
            here,
            "barre oblique inverse",
            "barre-inverse",
            "la barre oblique inverse « \\ » n'est suivie de rien de connu".to_owned(),
            "la doubler, « \\\\ », ou mettre le texte entre ' et '",
        ),
        K::UnclosedFlowCollection { open } => plain(
            sign_at(text, at),
            "",
            "crochet-ouvert",
            format!("« {open} » est ouvert et n'est pas refermé"),
            CLOSE,
        ),
        K::UnexpectedEofFlowSequence | K::UnexpectedEofFlowMapping | K::UnexpectedEofImplicitFlowMapping => {
            plain(
                here,
                "fin du fichier",
                "crochet-ouvert",
                "attendu « ] » ou « } » avant la fin du fichier".to_owned(),
                CLOSE,
            )
        }
        K::MismatchedFlowCollectionEnd { open, close } => plain(
            sign_at(text, at),
            "",
            "crochet-inattendu",
            format!(
                "attendu « {} » pour refermer « {open} » ; lu « {close} »",
                if *open == '[' { ']' } else { '}' }
            ),
            CLOSE,
        ),
        K::MisplacedFlowCollectionEnd => plain(
            sign_at(text, at),
            "rien ne l'ouvre",
            "crochet-inattendu",
            format!("{} ne referme rien", quoted_at(text, sign_at(text, at))),
            "le retirer, ou mettre entre guillemets le texte qui le contient",
        ),
        K::ExpectedFlowMappingSeparator | K::ExpectedFlowSequenceSeparator | K::InvalidColonPlacement
            if starts_at_margin(text, at) && last.open_bracket().is_some() =>
        {
            let open = last.open_bracket().map_or(here, |open| sign_at(text, open));
            plain(
                open,
                "ouvert ici, jamais refermé",
                "crochet-ouvert",
                format!("{} est ouvert et n'est pas refermé", quoted_at(text, open)),
                CLOSE,
            )
        }
        K::ExpectedFlowMappingSeparator | K::ExpectedFlowSequenceSeparator | K::InvalidColonPlacement => {
            plain(
                here,
                "",
                "virgule-manquante",
                format!("attendu une virgule ou un crochet fermant ; lu {}", quoted_at(text, here)),
                "entre « { » et « } » ou « [ » et « ] », séparer les réponses par des virgules et refermer le crochet",
            )
        }
        K::FlowMappingValueAdjacentCollection | K::InvalidMappingValueWhitespace | K::ExpectedWhitespace => {
            plain(
                here,
                "",
                "espace-manquante",
                "attendu une espace".to_owned(),
                "mettre une espace après « : », après « - » et avant « # »",
            )
        }
        K::CommentNotSeparated => plain(
            here,
            "",
            "remarque-inattendue",
            "attendu une espace avant « # »".to_owned(),
            "mettre entre guillemets un texte qui contient « # »",
        ),
        K::CommentInterceptedScalar => plain(
            here,
            "la remarque commence ici",
            "remarque-inattendue",
            "une remarque coupe un texte qui va sur plusieurs lignes".to_owned(),
            "mettre le texte sur une seule ligne, ou la remarque sur la sienne",
        ),
        K::InvalidIndentation
        | K::ExpectedBlockMappingKey
        | K::ExpectedBlockSequenceEntry
        | K::InvalidFlowScalarIndent
        | K::InvalidBlockScalarIndent
        | K::MappingKeyNotAllowed
        | K::UnexpectedEofBlockMapping
        | K::UnexpectedEofBlockSequence => misaligned(text, at),
        K::BlockSequenceEntryNotAllowed
        | K::BlockEntryInFlowCollection
        | K::InvalidBlockEntryWhitespace
        | K::PlainScalarStartsWithDashFlowIndicator => plain(
            here,
            "",
            "tiret-inattendu",
            "« - » n'est pas attendu ici".to_owned(),
            "mettre chaque élément d'une liste sur sa ligne, sous le nom de la liste, précédé de « - » et d'une espace",
        ),
        K::UnexpectedCharacter { character } if character.is_control() => control(here, *character),
        K::UnexpectedCharacter { character } => plain(
            here,
            "",
            "signe-inattendu",
            format!("« {character} » ne peut pas commencer une valeur"),
            "mettre la valeur entre guillemets",
        ),
        K::DirectiveDisallowed => plain(
            here,
            "",
            "directive-refusee",
            format!("attendu des lignes « nom : valeur » ; lu {}", quoted_at(text, here)),
            "retirer la ligne qui commence par « % »",
        ),
        K::ExpectedTagBang
        | K::InvalidTagTerminator
        | K::MissingTagUri
        | K::UnclosedVerbatimTag
        | K::InvalidTagEscape
        | K::InvalidTagUtf8LeadingByte
        | K::InvalidTagUtf8TrailingByte
        | K::InvalidTagUtf8
        | K::UndeclaredTagHandle
        | K::InvalidGlobalTagCharacter => plain(
            here,
            "type imposé",
            "type-impose-refuse",
            format!("attendu une valeur ; lu {}, un type imposé", quoted_at(text, here)),
            "le retirer : le dispositif dit le type ; un texte qui commence par « ! » se met entre guillemets",
        ),
        K::MissingAnchorOrAliasName | K::AnchorCountOverflow | K::UnknownAnchor => plain(
            here,
            "",
            "signe-inattendu",
            format!("attendu une valeur ; lu {}", quoted_at(text, here)),
            "un texte qui commence par « & » ou « * » se met entre guillemets",
        ),
        K::ExpectedDocumentStart | K::InvalidDocumentEnd | K::MultipleDocumentsUnsupported => plain(
            here,
            "en trop",
            "second-document",
            format!("attendu la fin du {} ; lu {}", held.whole(), quoted_at(text, here)),
            &if held == Held::Dossier && is_one_a_line(text, at) {
                "enregistrer un dossier par ligne dans un fichier « .jsonl », ou chacun dans son fichier"
                    .to_owned()
            } else {
                format!(
                    "mettre chaque {} dans son fichier, ou refermer plus loin le crochet qui le contient",
                    held.whole()
                )
            },
        ),
        K::RecursionLimitExceeded => plain(
            here,
            "",
            "imbrication-trop-profonde",
            format!(
                "imbrication trop profonde : attendu {} niveaux au plus ; lu un de plus ici",
                limits::NESTING
            ),
            "réunir des niveaux",
        ),
        // The list of kinds is open; whatever else there may be, the line is what can be shown.
        _ => plain(
            here,
            "",
            "ligne-illisible",
            format!("attendu « nom : valeur » ; lu {}", quoted_at(text, here)),
            "vérifier le retrait de la ligne, et mettre entre guillemets un texte qui contient des signes",
        ),
    }
}

const CLOSE: &str = "refermer chaque « [ » par « ] » et chaque « { » par « } »";

/// A control character, wherever it is met.
pub(super) fn control(span: Span, character: char) -> (Span, String, Diagnostic) {
    let message = format!("attendu du texte ; lu un caractère de commande (U+{:04X})", u32::from(character));
    let diagnostic = Diagnostic::error("caractere-de-commande", message).help("le retirer");
    (span, "caractère invisible".to_owned(), diagnostic)
}

/// A colon where none can stand: the mistake is nearly always before it.
fn colon(text: &str, at: usize, last: &Context) -> (Span, String, Diagnostic) {
    let scalar = text.get(last.scalar.clone()).unwrap_or("");
    let first_line = scalar.lines().next().unwrap_or("").trim_end();
    let spans_lines = last.plain && scalar.contains('\n');
    let start = last.scalar.start;
    if spans_lines && last.as_key {
        // « a » on a line of its own, then « b: 1 ».
        let end = Span::new(start + first_line.len(), start + first_line.len());
        if let Some(colon) = first_line.find(':') {
            return (
                Span::new(start + colon, start + colon + 1),
                "une espace manque après".to_owned(),
                Diagnostic::error(
                    "espace-manquante",
                    format!("attendu une espace après « : » dans {}", quote(first_line)),
                )
                .help("séparer le nom et la valeur par « : » et une espace"),
            );
        }
        let span = Span::new(start, end.end as usize);
        return (
            span,
            "« : » manque après".to_owned(),
            Diagnostic::error("deux-points-manquants", format!("attendu « : » après {}", quote(first_line)))
                .help("écrire « nom: valeur », ou le nom d'un groupe suivi de « : »"),
        );
    }
    if spans_lines {
        return misaligned(text, at);
    }
    let sign = sign_at(text, at);
    if text.get(sign.range()) != Some(":") {
        // A name that nothing follows: the scanner may have gone on to the next line.
        let line = line_at(text, at);
        return (
            line,
            "« : » manque".to_owned(),
            Diagnostic::error(
                "deux-points-manquants",
                format!("attendu « nom : valeur » ; lu {}", quoted_at(text, line)),
            )
            .help("écrire « nom: valeur », ou mettre entre guillemets un texte qui va sur plusieurs lignes"),
        );
    }
    (
        sign,
        "« : » en trop".to_owned(),
        Diagnostic::error("deux-points-inattendus", "« : » n'est pas attendu ici").help(
            "mettre entre guillemets un texte qui contient « : » ; sinon, vérifier le retrait de la ligne",
        ),
    )
}

/// A line whose indentation fits nothing.
fn misaligned(text: &str, at: usize) -> (Span, String, Diagnostic) {
    let start = text.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |i| i + 1);
    let line = text.get(start..).unwrap_or("").lines().next().unwrap_or("");
    let indent = line.len() - line.trim_start().len();
    let shown = line.trim();
    let words = shown.find(':').map_or(shown, |i| shown.get(..i).unwrap_or(shown));
    let span = Span::new(start + indent, start + indent + words.len().max(usize::from(!shown.is_empty())));
    (
        if span.is_empty() { word_at(text, at) } else { span },
        "n'est aligné sur rien".to_owned(),
        Diagnostic::error("retrait-inattendu", "le retrait de cette ligne ne la range dans aucun groupe")
            .help("aligner les réponses d'un même groupe, chacune deux espaces à droite du nom du groupe"),
    )
}

/// Whether JSON stood before, and more of it begins a line: a dossier a line.
fn is_one_a_line(text: &str, at: usize) -> bool {
    let (before, after) = text.split_at_checked(at).unwrap_or_default();
    before.starts_with('{') && before.ends_with('\n') && after.starts_with('{')
}

/// The tabulation in the white space around a place.
fn tab_before(text: &str, at: usize) -> Option<Span> {
    let start = text.get(..at)?.rfind('\n').map_or(0, |i| i + 1);
    let tab = text.get(start..)?.find('\t')? + start;
    if tab <= at {
        return Some(Span::new(tab, tab + 1));
    }
    // It may be told at the end of the line before.
    let margin = text.get(at..tab)?.trim_start_matches(|c: char| c != '\n');
    margin.trim().is_empty().then(|| Span::new(tab, tab + 1))
}

/// The word at a place; at the end of a line or of the text, the character before it.
fn word_at(text: &str, at: usize) -> Span {
    let rest = text.get(at..).unwrap_or("");
    let length: usize = rest.chars().take(40).take_while(|c| !c.is_whitespace()).map(char::len_utf8).sum();
    if length > 0 {
        return Span::new(at, at + length);
    }
    let before = text.get(..at).unwrap_or("").trim_end();
    let last = before.chars().next_back().map_or(0, char::len_utf8);
    Span::new(before.len() - last, before.len())
}

/// The one character at a place.
fn sign_at(text: &str, at: usize) -> Span {
    let length = text.get(at..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
    Span::new(at, at + length)
}

/// The line of a place, without the white space round it; at the end of the text, the last one.
fn line_at(text: &str, at: usize) -> Span {
    let at =
        if text.get(at..).is_none_or(|rest| rest.trim().is_empty()) { text.trim_end().len() } else { at };
    let start = text.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |i| i + 1);
    let line = text.get(start..).and_then(|rest| rest.lines().next()).unwrap_or("");
    let indent = line.len() - line.trim_start().len();
    Span::new(start + indent, start + line.trim_end().len().max(indent))
}

/// Whether the line of a place starts without indentation, before that place.
fn starts_at_margin(text: &str, at: usize) -> bool {
    let before = text.get(..at).unwrap_or("");
    let line = before.rsplit('\n').next().unwrap_or("");
    before.contains('\n') && line.chars().next().is_none_or(|c| !c.is_whitespace())
}

fn quoted_at(text: &str, span: Span) -> String {
    quote(text.get(span.range()).unwrap_or(""))
}
