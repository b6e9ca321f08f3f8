//! Dossiers in an editor: which keys and answers may stand at a place, what is asked there, what is to be corrected.

use crate::diagnostic::Diagnostic;
use crate::dossier;
use crate::dossier::asked::{self, Key};
use crate::policy::Policy;
use crate::shelf::{CaseFile, Shelf};
use crate::source::Span;
use crate::text;
use crate::workshop::{Case, Judged, Verdict};

/// What is said of a dossier: what is to be corrected in it; what it states and is not so; that its decision is not as it
/// was approved.
pub fn diagnostics(shelf: &Shelf, case: &CaseFile) -> Vec<Diagnostic> {
    let decided = match shelf.decide(&case.file, None) {
        Ok(decided) => decided,
        Err(problems) => {
            let own = |problem: &Diagnostic| match problem.labels.first() {
                Some(label) => label.file.name() == case.file.name(),
                None => true,
            };
            return problems.into_iter().filter(own).collect();
        }
    };
    let judged = match judge(shelf, case) {
        Ok(judged) => judged,
        Err(problems) => return problems,
    };
    let lines = match dossier::stated(&decided.dossier) {
        Ok(lines) => lines,
        Err(problems) => return problems,
    };
    let mut found: Vec<Diagnostic> = Vec::new();
    if let Verdict::Broken(problems) = &judged.verdict {
        found.extend(problems.iter().cloned());
    }
    for failure in &judged.failures {
        let at = lines.iter().find(|line| line.subject == failure.name);
        let message =
            format!("« {} » : attendu {} ; décidé {}", failure.name, failure.stated, failure.decided);
        let diagnostic = Diagnostic::error("attendu-non-tenu", message);
        found.push(match at {
            Some(line) => diagnostic.at(&case.file, line.subject_span, "énoncé ici"),
            None => diagnostic.about(&case.path),
        });
    }
    let top = Span::new(0, case.file.text().lines().next().map_or(0, str::len));
    match &judged.verdict {
        Verdict::Differs(_) => {
            let diagnostic =
                Diagnostic::warning("cas-qui-differe", "la décision n'est plus celle qui a été approuvée");
            found.push(
                diagnostic.at(&case.file, top, "").help("la relire, puis l'approuver, ou corriger la règle"),
            );
        }
        Verdict::NeverApproved | Verdict::AsApproved | Verdict::Reworded | Verdict::Broken(_) => {}
    }
    found
}

/// A case against what was approved, where a file of the shelf says that.
///
/// # Errors
///
/// What is to be corrected first.
pub fn judge(shelf: &Shelf, case: &CaseFile) -> Result<Judged, Vec<Diagnostic>> {
    let decided = shelf.decide(&case.file, None)?;
    let approved = shelf.file(&approved_path(case)).map(|bytes| String::from_utf8_lossy(bytes).into_owned());
    let stated = dossier::stated(&decided.dossier)?;
    let own = Case {
        name: case.name.clone(),
        policy: decided.policy,
        dossier: decided.dossier,
        decision: decided.decision,
        stated,
    };
    Ok(own.judge(approved.as_deref()))
}

/// Where the approved decision of a case stands.
pub fn approved_path(case: &CaseFile) -> String {
    let bare = case.path.rsplit_once('.').map_or(case.path.as_str(), |(bare, _)| bare);
    format!("{bare}.decision.md")
}

/// What stands at a place of a dossier that may be half written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct At {
    /// The keys above it, from the top.
    pub above: Vec<String>,
    /// The key of its line; as far as it is written.
    pub key: String,
    /// Where that stands.
    pub key_span: Span,
    /// Where the answer stands, where the place is in one.
    pub value_span: Option<Span>,
    /// How far the line is indented, its dash included.
    pub indent: usize,
}

/// A line of a dossier.
struct Line<'t> {
    start: usize,
    indent: usize,
    dashed: bool,
    key: &'t str,
    value: Option<usize>,
    end: usize,
}

fn line(text: &str, start: usize) -> Line<'_> {
    let whole = text.get(start..).unwrap_or("").split('\n').next().unwrap_or("").trim_end_matches('\r');
    let mut indent = whole.len() - whole.trim_start_matches(' ').len();
    let mut dashed = false;
    while let Some(rest) = whole.get(indent..).and_then(|rest| rest.strip_prefix('-')) {
        if !rest.is_empty() && !rest.starts_with(' ') {
            break;
        }
        dashed = true;
        indent += 1 + rest.len() - rest.trim_start_matches(' ').len();
    }
    let said = whole.get(indent..).unwrap_or("");
    let colon = said.find(": ").or_else(|| said.strip_suffix(':').map(str::len));
    let value = colon.map(|at| start + indent + at + 1);
    let key = said.get(..colon.unwrap_or(said.len())).unwrap_or("");
    Line { start, indent, dashed, key, value, end: start + whole.len() }
}

/// What stands at a place of a dossier written over lines, one key a line.
pub fn at(text: &str, offset: u32) -> At {
    let offset = (offset as usize).min(text.len());
    let start = text.get(..offset).and_then(|before| before.rfind('\n')).map_or(0, |end| end + 1);
    let own = line(text, start);
    let mut above: Vec<String> = Vec::new();
    let (mut indent, mut in_list) = (own.indent, own.dashed);
    let mut at = start;
    while at > 0 && indent > 0 {
        at = text.get(..at - 1).and_then(|before| before.rfind('\n')).map_or(0, |end| end + 1);
        let over = line(text, at);
        if over.key.trim().is_empty() || over.key.starts_with('#') {
            continue;
        }
        // The key of a list may stand as far in as its dashes.
        let holds_dash = in_list && !over.dashed && over.indent + 2 <= indent.max(2) && over.indent < indent;
        if over.indent < indent && (over.value.is_some()) || holds_dash {
            above.insert(0, text::tidy(over.key.trim_matches(['"', '\''])));
            indent = over.indent;
            in_list = over.dashed;
        } else if over.indent == indent && over.dashed {
            in_list = true;
        }
    }
    let key_start = own.start + own.indent;
    let key_span = Span::new(key_start, key_start + own.key.len());
    let value_span = own.value.filter(|from| offset >= *from).map(|from| {
        let said = text.get(from..own.end).unwrap_or("");
        let said = said.split(" #").next().unwrap_or("");
        let lead = said.len() - said.trim_start().len();
        Span::new(from + lead, from + lead + said.trim().len())
    });
    let key = text::tidy(own.key.trim_matches(['"', '\'']));
    At { above, key, key_span, value_span, indent: own.indent }
}

/// What may be written at a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// What is shown.
    pub label: String,
    /// What it is: what is expected of a key, the question of an answer.
    pub detail: String,
    /// What is asked.
    pub question: Option<String>,
    /// What is put in the place of `span`.
    pub text: String,
    /// What gives way to it.
    pub span: Span,
}

/// The keys or answers that may stand at a place of a dossier of a policy; keys that are there already are left out.
pub fn complete(policy: &Policy, text: &str, offset: u32) -> Vec<Proposal> {
    let place = at(text, offset);
    let path: Vec<String> = place.above.iter().cloned().chain([place.key.clone()]).collect();
    if let Some(span) = place.value_span {
        let Some(key) = key_at(policy, &path) else { return Vec::new() };
        let answer = |answer: &String| Proposal {
            label: answer.clone(),
            detail: key.expected.clone(),
            question: key.question.clone(),
            text: if span.start as usize > 0 && text.as_bytes().get(span.start as usize - 1) == Some(&b':') {
                format!(" {answer}")
            } else {
                answer.clone()
            },
            span,
        };
        return key.answers.iter().map(answer).collect();
    }
    let margin = " ".repeat(place.indent);
    let there = beside(text, &place);
    let proposed = keys_at(policy, &place.above).into_iter().filter(|key| !there.contains(&key.name));
    proposed
        .map(|key| Proposal {
            label: key.name.clone(),
            detail: key.expected.clone(),
            question: key.question.clone(),
            text: if key.is_list {
                format!("{}:\n{margin}- ", key.name)
            } else if key.is_group {
                format!("{}:\n{margin}  ", key.name)
            } else {
                format!("{}: ", key.name)
            },
            span: place.key_span,
        })
        .collect()
}

/// What is asked at a place, in Markdown, and the words that it is about.
pub fn hover(policy: &Policy, text: &str, offset: u32) -> Option<(Span, String)> {
    let place = at(text, offset);
    let path: Vec<String> = place.above.iter().cloned().chain([place.key.clone()]).collect();
    let key = key_at(policy, &path)?;
    let mut parts = vec![format!("**{}** : {}", key.path, key.expected)];
    parts.extend(key.question.map(|question| format!("« {question} »")));
    Some((place.key_span, parts.join("\n\n")))
}

/// The place in the policy where what stands at a place of a dossier is declared.
pub fn declared(policy: &Policy, text: &str, offset: u32) -> Option<Span> {
    let place = at(text, offset);
    let path: Vec<String> = place.above.iter().cloned().chain([place.key]).collect();
    key_at(policy, &path).map(|key| key.declared)
}

/// The key of a path, `valeur` and its like left out.
fn key_at(policy: &Policy, path: &[String]) -> Option<Key> {
    match path {
        [above @ .., last] if last == "valeur" => asked::asked(policy, above),
        _ => asked::asked(policy, path),
    }
}

fn keys_at(policy: &Policy, above: &[String]) -> Vec<Key> {
    match above {
        [only] if only == "lectures" => asked::readings(policy),
        _ => {
            let of_element = asked::element_keys(policy, above);
            if of_element.is_empty() { asked::keys(policy, above) } else { of_element }
        }
    }
}

/// The keys that stand beside a place, under the same key and in the same element.
fn beside(text: &str, place: &At) -> Vec<String> {
    let mut found = Vec::new();
    let own = place.key_span.start as usize;
    let mut starts: Vec<usize> =
        std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
    let here = starts.iter().rposition(|start| *start <= own).unwrap_or(0);
    let after = starts.split_off(here);
    let is_own = |line: &Line<'_>| line.indent == place.indent;
    let own_line = after.first().map(|start| line(text, *start));
    if !own_line.is_some_and(|line| line.dashed) {
        for start in starts.into_iter().rev() {
            let other = line(text, start);
            if other.key.trim().is_empty() {
                continue;
            }
            if other.indent < place.indent {
                break;
            }
            if is_own(&other) {
                found.push(text::tidy(other.key));
                if other.dashed {
                    break;
                }
            }
        }
    }
    for start in after.into_iter().skip(1) {
        let other = line(text, start);
        if other.key.trim().is_empty() {
            continue;
        }
        if other.indent < place.indent || other.dashed && other.indent == place.indent {
            break;
        }
        if is_own(&other) {
            found.push(text::tidy(other.key));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::at;

    #[test]
    fn the_keys_above_a_place_are_known_however_broken_the_file() {
        let text = "dispositif: ess\nterritoire:\n  continu: oui\n  éche\nadhérents:\n- RPPS: '1'\n  exercice: lib\n- \
                    RPPS: [\n  ex\nplus:\n  - nom: x\n    \n";
        let told = |needle: &str| {
            let offset = text.find(needle).unwrap() + needle.len();
            let place = at(text, u32::try_from(offset).unwrap());
            (place.above.join("/"), place.key, place.value_span.is_some())
        };
        let said = |above: &str, key: &str, value| (above.to_owned(), key.to_owned(), value);
        assert_eq!(told("continu: ou"), said("territoire", "continu", true));
        assert_eq!(told("  éche"), said("territoire", "éche", false));
        assert_eq!(told("exercice: li"), said("adhérents", "exercice", true));
        assert_eq!(told("RPPS: ["), said("adhérents", "RPPS", true));
        assert_eq!(told("[\n  ex"), said("adhérents", "ex", false));
        assert_eq!(told("nom: x\n    "), said("plus", "", false));
        assert_eq!(told("disp"), said("", "dispositif", false));
    }
}
