//! Where a passage and a rule do not agree, as a warning that shows both.

use crate::diagnostic::Diagnostic;
use crate::policy::Policy;
use crate::source::Span;
use crate::wording::{French, Wording};

/// How a warning is answered where the text is right.
pub const HELP: &str = "corriger la règle, ou dire pourquoi elle est juste : « concordance : motif « … » »";

/// The same, where what to write is said before it.
pub const OR_WHY: &str = "ou dire pourquoi la règle est juste : « concordance : motif « … » »";

/// What to write where each condition of a list is what the passage asks for, and the rule wants none of them.
pub const NOT_NONE: &str = "écrire « exige » au lieu de « exige aucun de »";

/// One disagreement.
#[derive(Debug, Clone)]
pub struct Finding {
    /// The item that it stands in, by rank.
    pub article: usize,
    /// Its stable code.
    pub code: &'static str,
    /// What differs.
    pub message: String,
    /// The words of the passage.
    pub text: Span,
    /// What is said of them.
    pub text_label: String,
    /// The rule.
    pub rule: Span,
    /// What is said of it.
    pub rule_label: String,
    /// The one value where it matters, and what to do.
    pub help: String,
}

impl Finding {
    /// What its help says to write.
    pub fn to_write(&self) -> Option<&str> {
        let (_, after) = self.help.split_once("écrire « ")?;
        after.split_once(" »").map(|(write, _)| write)
    }

    /// As a warning.
    pub fn diagnostic(&self, policy: &Policy) -> Diagnostic {
        Diagnostic::warning(self.code, self.message.clone())
            .at(&policy.file, on_one_line(policy, self.text), self.text_label.clone())
            .at(&policy.file, self.rule, self.rule_label.clone())
            .help(self.help.clone())
    }
}

/// The part of a place that is underlined where it goes over a line end: the longer of its first and last lines.
fn on_one_line(policy: &Policy, span: Span) -> Span {
    let text = policy.file.text().get(span.range()).unwrap_or("");
    let (Some(first), Some(last)) = (text.find('\n'), text.rfind('\n')) else { return span };
    let start = span.start as usize;
    let rest = text.get(last + 1..).unwrap_or("");
    let indent = rest.len() - rest.trim_start().len();
    if first >= rest.len() - indent {
        Span::new(start, start + text.get(..first).unwrap_or("").trim_end().len())
    } else {
        Span::new(start + last + 1 + indent, start + text.len())
    }
}

/// The words of a place, on one line.
pub fn words(policy: &Policy, span: Span) -> String {
    crate::text::tidy(policy.file.text().get(span.range()).unwrap_or(""))
}

/// A name or words between guillemets, cut where they are long.
pub fn quoted(policy: &Policy, span: Span) -> String {
    const LONGEST: usize = 60;
    let words = words(policy, span);
    if words.chars().count() <= LONGEST {
        return format!("« {words} »");
    }
    let mut short = String::new();
    for word in words.split(' ') {
        if short.chars().count() + word.chars().count() > LONGEST {
            break;
        }
        short.push_str(word);
        short.push(' ');
    }
    format!("« {}… »", short)
}

/// How many conditions must hold, in words.
pub fn count(n: u32) -> String {
    French::default().number(&i64::from(n).into())
}
