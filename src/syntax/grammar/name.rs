//! Names where they are declared: one that an expression could not read back, or would read in two ways, is
//! refused, with a better one.
//! What a name may not be for other reasons (a word of the dossier, a name taken) is the checker's.

use pest::Parser as _;
use pest::iterators::Pair;

use super::{Grammar, Rule, Source, plain, shown};
use crate::diagnostic::Diagnostic;
use crate::source::Span;
use crate::syntax::declared::{Names, Sort, WORDS};
use crate::syntax::tree::Name;
use crate::syntax::vocabulary;

/// Where an expression may hold a name of which it would read the words one by one: `X` stands for anything.
const PLACES: [&str; 8] =
    ["", "entre ", "entre X et ", "X est ", "tous les ", "il existe un ", "aucun ", "nombre de "];

/// Why a name cannot be read.
enum Fault<'t> {
    /// It is what a fact's type is.
    Type,
    /// It is a word of the language, or a phrase, and nothing more.
    Word,
    /// It has too many words.
    Long,
    /// It begins with this word, which binds it to what stands before it.
    Start(&'t str),
    /// It ends with this word, which binds it to what follows.
    End(&'t str),
    /// Its words make a computation of these names.
    Computed(Vec<String>),
}

/// Whether a declared name that holds words of the language is read as one wherever it stands.
pub(in crate::syntax) fn reads_as_phrase(name: &str, names: &Names) -> bool {
    !plain::is_usable(name) && Grammar::parse(Rule::usable, name).is_err() && fault(name, names).is_none()
}

/// Whether a text starts with a word that ends a name.
pub(in crate::syntax) fn starts_reserved(text: &str) -> bool {
    Grammar::parse(Rule::reserved, text).is_ok()
}

impl<'a> Source<'_, 'a> {
    /// Reports a declared name that an expression could not read back.
    pub(super) fn check_name(&self, name: &Name) {
        let text = &*name.text;
        let names = self.reader.names;
        if is_readable(text, names) {
            return;
        }
        let Some(fault) = fault(text, names) else { return };
        let (message, word) = match fault {
            Fault::Type => (format!("« {text} » est un type, et ne peut rien nommer"), ""),
            Fault::Word => (format!("« {text} » a un sens dans le langage, et ne peut rien nommer"), ""),
            Fault::Long => (format!("un nom qui contient des mots du langage a {WORDS} mots au plus"), ""),
            Fault::Start(word) => (format!("un nom ne commence pas par « {word} »"), word),
            Fault::End(word) => (format!("un nom ne finit pas par « {word} »"), word),
            Fault::Computed(of) => {
                let of: Vec<String> = of.iter().map(|name| format!("« {name} »")).collect();
                let of = match of.split_last() {
                    Some((last, before)) if !before.is_empty() => format!("{} et {last}", before.join(", ")),
                    _ => of.concat(),
                };
                let message = format!(
                    "« {text} » se lit de deux façons : ce nom, ou ce que ces mots disent de {of}, déjà déclaré"
                );
                (message, "")
            }
        };
        let help = match better(text, names) {
            Some(name) => format!("par exemple « {name} »"),
            None if word.is_empty() => "choisir un autre nom".to_string(),
            None => format!("choisir un nom sans « {word} »"),
        };
        self.reader.report_at("nom-reserve", message, name.span, "", &help);
    }

    /// `parmi plaine, défavorisée ou montagne`: two options, and a comma between them.
    pub(super) fn joined_options(&self, name: &Name) -> bool {
        let written = self.reader.file().slice(name.span);
        let Some((at, word)) = [" ou ", " et "].iter().find_map(|word| Some((written.find(word)?, *word)))
        else {
            return false;
        };
        let start = name.span.start as usize + at;
        let span = Span::new(start, start + word.len());
        let message =
            format!("les options d'un choix se séparent par des virgules, pas par « {} »", word.trim());
        let file = self.reader.file();
        let problem = Diagnostic::error("virgule-manquante", message).at(file, name.span, "");
        let mended =
            format!("{}, {}", written.get(..at).unwrap_or(""), written.get(at + word.len()..).unwrap_or(""));
        let help = format!("écrire « {mended} »");
        self.reader.report(problem.help(help).instead(file, span, &[", "]));
        true
    }
}

/// Whether an expression reads a name as one.
fn is_readable(name: &str, names: &Names) -> bool {
    !vocabulary::is_suspect(name)
        || plain::is_usable(name)
        || names.is_phrase(name)
        || Grammar::parse(Rule::usable, name).is_ok()
}

fn fault<'t>(name: &'t str, names: &Names) -> Option<Fault<'t>> {
    let whole = |rule| Grammar::parse(rule, name).is_ok_and(|pairs| pairs.as_str() == name);
    if name.split(' ').count() > WORDS {
        return Some(Fault::Long);
    }
    if whole(Rule::kind) {
        return Some(Fault::Type);
    }
    if whole(Rule::reserved) || name.split(' ').all(|word| Grammar::parse(Rule::reserved, word).is_ok()) {
        return Some(Fault::Word);
    }
    let starts = std::iter::once(0).chain(name.match_indices(' ').map(|(i, _)| i + 1));
    for start in starts {
        let rest = name.get(start..).unwrap_or("");
        let Some(word) = Grammar::parse(Rule::reserved, rest).ok().map(|pairs| pairs.as_str()) else {
            continue;
        };
        if start == 0 && word != "non" {
            return Some(Fault::Start(word));
        }
        let completes = word.starts_with("arrondi") || word.starts_with("plafonné");
        if word == rest && !completes {
            return Some(Fault::End(word));
        }
    }
    PLACES.iter().find_map(|place| computed(place, name, names))
}

/// The names that an expression is made of, where the words of a name make one at this place.
fn computed<'t>(place: &str, name: &str, names: &Names) -> Option<Fault<'t>> {
    let text = format!("{place}{name}");
    let pair = Grammar::parse(Rule::value_line, &text).ok()?.next()?;
    let mut found = Vec::new();
    resolves(pair, names, &mut found).then_some(if found.is_empty() {
        Fault::Word
    } else {
        Fault::Computed(found)
    })
}

/// Whether each name that an expression reads is declared, as what it must be; they are put in `found`.
fn resolves(pair: Pair<'_, Rule>, names: &Names, found: &mut Vec<String>) -> bool {
    let sort = match pair.as_rule() {
        Rule::count | Rule::guarded_count | Rule::exists | Rule::every | Rule::none => Sort::List,
        Rule::amount_of => Sort::Funding,
        Rule::period_base | Rule::period_ends => Sort::Time,
        _ => Sort::Any,
    };
    pair.into_inner().all(|inner| match inner.as_rule() {
        Rule::path | Rule::guarded_path | Rule::bound_path | Rule::period_path | Rule::day_path => {
            let parts = inner.into_inner().filter(|part| part.as_rule() != Rule::article);
            let path = parts.map(|part| shown(part.as_str()).to_string()).collect::<Vec<_>>().join(".");
            if path == "X" {
                return true;
            }
            let known = names.declares(&path, sort);
            found.push(path);
            known
        }
        _ => resolves(inner, names, found),
    })
}

/// A name that says the same, and is read as one.
fn better(name: &str, names: &Names) -> Option<String> {
    let starter = Grammar::parse(Rule::starter, name).map_or("", |pairs| pairs.as_str());
    let rest = name.get(starter.len()..).unwrap_or("").trim();
    let mut all = match starter.split([' ', '\'']).next().unwrap_or("") {
        "" => Vec::new(),
        "date" => vec!["date d'instruction".to_string()],
        first @ ("nombre" | "montant" | "année") => {
            let precise = match first {
                "nombre" => "nombre total",
                "montant" => "montant prévu",
                _ => "année civile",
            };
            vec![format!("{precise}{}", name.get(first.len()..).unwrap_or(""))]
        }
        "somme" => vec![format!("total{}", name.get("somme".len()..).unwrap_or(""))],
        _ => vec![rest.to_string()],
    };
    if name.starts_with("arrondi") || name.starts_with("plafonné") {
        all.push(format!("montant {name}"));
    }
    all.push(name.replace(" et ", " ainsi que "));
    all.push(name.replace(" si ", " lorsque "));
    all.push(stripped(name).to_string());
    all.into_iter().find(|other| {
        let fits =
            other.starts_with(char::is_alphabetic) && other != name && !names.declares(other, Sort::Any);
        fits && (is_readable(other, names) || fault(other, names).is_none())
    })
}

/// A name without the reserved words that it begins or ends with.
fn stripped(name: &str) -> &str {
    let mut rest = name;
    while let Ok(word) = Grammar::parse(Rule::reserved, rest).map(|pairs| pairs.as_str().len()) {
        rest = rest.get(word..).unwrap_or("").trim_start();
    }
    let starts = rest.match_indices(' ').map(|(at, _)| at);
    let end = starts.into_iter().find(|at| {
        let tail = rest.get(at + 1..).unwrap_or("");
        Grammar::parse(Rule::reserved, tail).is_ok_and(|pairs| pairs.as_str() == tail)
    });
    end.and_then(|end| rest.get(..end)).unwrap_or(rest)
}
