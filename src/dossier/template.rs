//! An empty dossier to fill in: every question as a comment, every answer still `inconnu`.

use std::collections::HashSet;
use std::fmt::Write as _;

use super::past::past;
use super::paths::{Leaf, Node, Paths};
use super::words;
use crate::policy::item::Question;
use crate::policy::{Declared, ListId, Policy, Type};

/// Width to which comments are folded.
const WIDTH: usize = 90;

/// The empty dossier, in YAML. Read back, it is one where nothing is known.
pub(super) fn template(policy: &Policy, paths: &Paths) -> String {
    let past = past(policy);
    let mut writer = Writer { policy, paths, past: &past, out: String::new() };
    writer.comment(0, &policy.title);
    writer.comment(0, "");
    writer.comment(
        0,
        "Dossier à remplir : remplacer « inconnu » par la réponse ; ce que l'on ne sait pas reste « inconnu ». \
         Une réponse peut dire d'où elle vient, de quand elle date, qui en a jugé et pourquoi :",
    );
    writer.comment(0, "  {valeur: …, source: …, au: …, par: …, motif: …}");
    let _ = write!(
        writer.out,
        "\ndispositif: {}\ndossier: inconnu  # son nom\nexaminé le: inconnu  # par exemple 2025-02-03\n",
        policy.id
    );
    for (name, node) in paths.children(Paths::TOP) {
        writer.out.push('\n');
        writer.node(name, node, 0);
    }
    writer.readings();
    writer.out
}

struct Writer<'p> {
    policy: &'p Policy,
    paths: &'p Paths,
    /// Dates that cannot be still to come.
    past: &'p HashSet<Declared>,
    out: String,
}

impl Writer<'_> {
    /// Comment lines at an indentation.
    fn comment(&mut self, indent: usize, text: &str) {
        let margin = " ".repeat(indent);
        if text.is_empty() {
            let _ = writeln!(self.out, "{margin}#");
            return;
        }
        let lead = text.len() - text.trim_start().len();
        let lead = " ".repeat(lead);
        for line in textwrap::wrap(text.trim_start(), WIDTH.saturating_sub(indent)) {
            let _ = writeln!(self.out, "{margin}# {lead}{line}");
        }
    }

    fn question(&mut self, indent: usize, question: Option<&str>) {
        if let Some(question) = question {
            self.comment(indent, question);
        }
    }

    fn node(&mut self, name: &str, node: Node, indent: usize) {
        let (policy, paths) = (self.policy, self.paths);
        let margin = " ".repeat(indent);
        let mut unique = "";
        let ask = match paths.leaf(node) {
            Some(Leaf::List(list)) => return self.list(name, list, indent),
            Some(Leaf::Fact(id)) => {
                let fact = &policy.facts[id.index()];
                Some((Declared::Fact(id), &fact.ask, &fact.label))
            }
            Some(Leaf::Field(id)) => {
                let field = &policy.fields[id.index()];
                unique = if field.unique { ", différent d'un élément à l'autre" } else { "" };
                Some((Declared::Field(id), &field.ask, &field.label))
            }
            None => None,
        };
        let inner = if paths.is_group(node) {
            let _ = writeln!(self.out, "{margin}{name}:");
            indent + 2
        } else {
            indent
        };
        if let Some((declared, ask, label)) = ask {
            self.question(inner, ask.question.as_deref().or((**label != *name).then_some(label)));
            self.condition(inner, ask);
            let key = if paths.is_group(node) { "valeur" } else { name };
            let _ = writeln!(
                self.out,
                "{}{key}: inconnu  # {}{unique}",
                " ".repeat(inner),
                self.hint(declared, ask)
            );
        }
        for (name, child) in paths.children(node) {
            self.node(name, child, inner);
        }
    }

    fn condition(&mut self, indent: usize, ask: &Question) {
        if let Some(condition) = ask.asked_if {
            let written = self.policy.file.slice(self.policy.exprs.get(condition).span);
            self.comment(indent, &format!("(seulement si {})", crate::text::tidy(written)));
        }
    }

    /// What may be answered.
    fn hint(&self, declared: Declared, ask: &Question) -> String {
        let expected = words::expected(self.policy, ask);
        let example = match ask.ty {
            Type::Percent => " (par exemple 10 %)",
            Type::Amount => &self.policy.currency.examples(" (par exemple 80 000 €)"),
            Type::Date if ask.last_day => " (par exemple 2025-02-03), ou en cours",
            Type::Date if self.past.contains(&declared) => " (par exemple 2025-02-03)",
            Type::Date => " (par exemple 2025-02-03), ou pas encore",
            Type::Months => " (par exemple 6 mois, ou 2 ans et 6 mois)",
            Type::Days => " (par exemple 15 jours)",
            Type::Truth | Type::Integer | Type::Number | Type::Text | Type::Choice(_) => "",
        };
        let judge = ask.judge.as_ref().map(|_| " ; dire par qui et pourquoi").unwrap_or_default();
        format!("{expected}{example}{judge}")
    }

    /// A list: not known, then one of its elements as a comment.
    fn list(&mut self, name: &str, list: ListId, indent: usize) {
        let margin = " ".repeat(indent);
        self.question(indent, self.policy.lists[list.index()].question.clone().as_deref());
        let _ = writeln!(
            self.out,
            "{margin}{name}: inconnu  # [] s'il n'y en a aucun ; sinon, un élément par tiret :"
        );
        let mut element = Writer { out: String::new(), ..*self };
        for (name, node) in self.paths.children(self.paths.element(list)) {
            element.node(name, node, 0);
        }
        let _ = writeln!(self.out, "{margin}# {name}:");
        let mut dash = "- ";
        for line in element.out.lines() {
            // The dash stands before the first answer; its question, a comment, goes above.
            let lead =
                if line.trim_start().starts_with('#') { "  " } else { std::mem::replace(&mut dash, "  ") };
            let _ = writeln!(self.out, "{margin}#   {lead}{line}");
        }
    }

    /// The readings, as comments: one retains a reading on purpose only.
    fn readings(&mut self) {
        if self.policy.readings.is_empty() {
            return;
        }
        self.out.push('\n');
        self.comment(
            0,
            "Ce que les textes laissent ouvert. Pour retenir une lecture, ôter le « # » de « lectures: » et de \
             sa ligne, et dire qui la retient et pourquoi.",
        );
        let mut inner = Writer { out: "lectures:\n".to_owned(), ..*self };
        for reading in &self.policy.readings {
            inner.question(2, reading.question.as_deref());
            let options: Vec<&str> =
                self.policy.choices[reading.choice.index()].options.iter().map(|o| &**o).collect();
            let _ = writeln!(
                inner.out,
                "  {}: {{valeur: …, par: …, motif: …}}  # {}",
                reading.head.name,
                words::alternatives(&options)
            );
        }
        for line in inner.out.lines() {
            let _ = writeln!(self.out, "# {line}");
        }
    }
}
