//! How messages speak of types, items and pieces of the file.

use super::Checker;
use super::types::Ty;
use crate::currency::Currency;
use crate::policy::Type;
use crate::source::Span;
use crate::syntax::tree::ItemKind;
use crate::text;
use crate::time::Date;
use crate::wording::{French, Spaces, Wording};

/// The longest piece of the file that a message repeats, in characters.
const LONGEST: usize = 60;

impl Checker<'_> {
    /// The author's words at a place, on one line, cut where they are long.
    pub(super) fn words(&self, span: Span) -> String {
        let slice = self.file.slice(span);
        // Spaces aside, no more than this is shown.
        let end = slice.char_indices().nth(8 * LONGEST).map_or(slice.len(), |(at, _)| at);
        let words = text::tidy(slice.get(..end).unwrap_or(slice));
        if words.chars().count() <= LONGEST {
            return words;
        }
        let mut cut: String = words.chars().take(LONGEST).collect();
        if let Some(at) = cut.rfind(' ') {
            cut.truncate(at);
        }
        format!("{cut} …")
    }

    /// What the text counts in.
    pub(super) fn currency(&self) -> Currency {
        let said = self.doc.header.as_ref().and_then(|header| header.currency.as_ref());
        said.map_or(Currency::Euro, |said| said.value)
    }

    /// A type with its article: « un montant ».
    pub(super) fn type_words(&self, ty: Ty) -> String {
        match ty {
            Ty::Of(Type::Choice(choice)) => {
                let choice = &self.choices[choice.index()];
                if choice.ordered {
                    format!("un degré de l'échelle {}", some_of(&choice.options, " < "))
                } else {
                    format!("un choix parmi {}", some_of(&choice.options, ", "))
                }
            }
            Ty::Measured(measure) => {
                let what = if measure.money { "un montant" } else { "un nombre" };
                match (measure.of, measure.per) {
                    (Some(of), None) => format!("{what} en {}", of.several()),
                    _ => format!("{what}{measure}"),
                }
            }
            _ => plain_type_words(ty).to_owned(),
        }
    }

    /// Names between guillemets: « a », « b » et « c ».
    pub(super) fn quoted_list<'b>(&self, names: impl IntoIterator<Item = &'b str>) -> String {
        quoted_list(names, "et")
    }
}

/// Names between guillemets, the last one after `and`.
pub(super) fn quoted_list<'b>(names: impl IntoIterator<Item = &'b str>, and: &str) -> String {
    let mut names: Vec<String> = names.into_iter().map(|name| format!("« {name} »")).collect();
    let last = names.pop().unwrap_or_default();
    if names.is_empty() { last } else { format!("{} {and} {last}", names.join(", ")) }
}

fn some_of(options: &[std::sync::Arc<str>], separator: &str) -> String {
    let shown: Vec<&str> = options.iter().take(4).map(|option| &**option).collect();
    let more = if options.len() > shown.len() { format!("{separator}…") } else { String::new() };
    format!("{}{more}", shown.join(separator))
}

fn plain_type_words(ty: Ty) -> &'static str {
    match ty {
        Ty::Of(Type::Truth) => "une condition (oui ou non)",
        Ty::Of(Type::Integer) => "un entier",
        Ty::Of(Type::Number) | Ty::Ratio | Ty::Measured(_) => "un nombre",
        Ty::Of(Type::Percent) => "un pourcentage",
        Ty::Of(Type::Amount) => "un montant",
        Ty::Of(Type::Date) => "une date",
        Ty::Of(Type::Months) => "une durée en mois",
        Ty::Of(Type::Days) => "une durée en jours",
        Ty::Of(Type::Text) => "un texte",
        Ty::Of(Type::Choice(_)) => "un choix",
        Ty::Unknown => "une valeur",
    }
}

/// An item's keyword with its article: « la définition ».
pub(super) fn item_words(kind: &ItemKind) -> &'static str {
    match kind {
        ItemKind::Source(_) => "la source",
        ItemKind::Dossier(_) => "le dossier",
        ItemKind::Coherence(_) => "la cohérence",
        ItemKind::Parameter(..) | ItemKind::Columns(_) => "le paramètre",
        ItemKind::Reading(_) => "la lecture",
        ItemKind::Definition(_) => "la définition",
        ItemKind::Criterion { .. } => "le critère",
        ItemKind::Objective(_) => "l'objectif",
        ItemKind::Mission(_) => "la mission",
        ItemKind::Decision(_) => "la décision",
        ItemKind::Funding(_) => "le financement",
        ItemKind::Contribution(_) => "la contribution",
        ItemKind::Result(_) => "le résultat",
        ItemKind::Obligation(_) => "l'obligation",
        ItemKind::Sharing(_) => "la répartition",
    }
}

/// `de` before a name: « d'adhérents ».
pub(super) fn of(name: &str) -> String {
    let vowel = |c: char| "aàâeéèêëiîïoôuùûyhœ".contains(c.to_ascii_lowercase());
    if name.starts_with(vowel) { format!("d'{name}") } else { format!("de {name}") }
}

/// A date as French writes it: `1er janvier 2025`.
pub(super) fn date(date: Date) -> String {
    French(Spaces::Plain).date(date)
}
