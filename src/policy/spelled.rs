//! An author's words as people read them: labels in place of the paths of facts, glosses in place of
//! the names of definitions.

use super::{Declared, ExprKind, Parameter, ParameterPeriod, Period, Policy};
use crate::source::Span;
use crate::text::tidy;
use crate::wording::french::before;

impl Policy {
    /// The words at a place, on one line.
    pub fn spelled(&self, place: Span) -> String {
        let mut put: Vec<(Span, String)> = self
            .exprs
            .iter()
            .filter(|expr| place.start <= expr.span.start && expr.span.end <= place.end)
            .filter_map(|expr| self.label_in(&expr.kind, expr.span))
            .collect();
        put.sort_by_key(|(span, _)| (span.start, std::cmp::Reverse(span.end)));
        let mut out = String::new();
        let mut from = place.start;
        for (span, label) in put {
            // What is lowered twice stands once.
            if span.start < from {
                continue;
            }
            out.push_str(self.between(from, span.start));
            let written = self.file.slice(span);
            if tidy(written) == label {
                out.push_str(written);
            } else {
                append(&mut out, first_word(written), &label);
            }
            from = span.end;
        }
        out.push_str(self.between(from, place.end));
        one_line(&out)
    }

    /// The value of a period of a parameter, as its author wrote it, without its days.
    pub(crate) fn given_by(&self, parameter: &Parameter, period: &ParameterPeriod) -> String {
        let line = one_line(self.file.slice(period.span));
        let said = match line.split_once("vaut") {
            Some((_, rest)) => {
                let end = ["depuis", "jusqu'"].iter().filter_map(|word| rest.find(word)).min();
                rest.get(..end.unwrap_or(rest.len())).unwrap_or(rest).trim().to_owned()
            }
            None => line,
        };
        let line = |of: &Parameter| of.periods.first().map(|period| period.span);
        let beside = || self.parameters.iter().filter(|other| line(other) == line(parameter));
        let column = beside().position(|own| own.head.name == parameter.head.name);
        // Of those that stand side by side, its own value.
        let all: Vec<&str> = said.split(", ").collect();
        let own = column.filter(|_| all.len() == beside().count()).and_then(|column| all.get(column));
        own.map_or(said.clone(), |own| own.trim().to_owned())
    }

    fn between(&self, from: u32, to: u32) -> &str {
        self.file.slice(Span { start: from, end: to.max(from) })
    }

    /// The period that has this path.
    fn period_at(&self, path: &str) -> Option<&Period> {
        self.periods.iter().find(|period| *period.path == *path)
    }

    /// Where an expression names something that has a label, and that label.
    fn label_in(&self, kind: &ExprKind, span: Span) -> Option<(Span, String)> {
        let written = tidy(self.file.slice(span));
        match kind {
            // A period is lowered to its days, which stand where it does.
            ExprKind::Fact(_) | ExprKind::Field(_) if self.period_at(&written).is_some() => {
                let period = self.period_at(&written)?;
                let said = match period.first {
                    Declared::Field(field) => {
                        let list = &self.lists[self.fields[field.index()].list.index()];
                        format!("{} ({})", period.label, list.label)
                    }
                    Declared::Fact(_) | Declared::List(_) => period.label.to_string(),
                };
                Some((span, said))
            }
            ExprKind::Fact(fact) => {
                let fact = &self.facts[fact.index()];
                (*written == *fact.path).then(|| (span, fact.label.to_string()))
            }
            ExprKind::Field(field) => {
                let field = &self.fields[field.index()];
                let list = &self.lists[field.list.index()];
                if *written == *field.name {
                    Some((span, field.label.to_string()))
                } else if written == format!("{}.{}", list.path, field.name) {
                    Some((span, format!("{} ({})", field.label, list.label)))
                } else {
                    None
                }
            }
            ExprKind::Definition(definition) => {
                let definition = &self.definitions[definition.index()];
                let own = definition.head.name.ends_with(&*written);
                own.then(|| (span, definition.label.to_string()))
            }
            ExprKind::Aggregate { list, .. } => {
                let list = &self.lists[list.index()];
                let whole = self.file.slice(span);
                let at = whole.find(&*list.path)?;
                let end = at + list.path.len();
                // `somme de dépôts.stock` names a field.
                let named = list.label != list.path && !whole.get(end..)?.starts_with('.');
                let start = span.start as usize + at;
                named.then(|| (Span::new(start, start + list.path.len()), list.label.to_string()))
            }
            _ => None,
        }
    }
}

/// Adds a label in place of words that begin otherwise: what stood before them for their sake is fitted
/// to it, « d'effectif » to « de médecins », « du total » to « de médecins », « le total » to « médecins ».
fn append(out: &mut String, replaced: &str, label: &str) {
    if replaced == first_word(label) {
        out.push_str(label);
        return;
    }
    let ends = |out: &str, words: &str| {
        out.strip_suffix(words).is_some_and(|head| !head.ends_with(|c: char| c.is_alphanumeric()))
    };
    let all = ["tous les ", "toutes les "].iter().any(|words| ends(out, words));
    let table = [
        ("de l'", "de"),
        ("de la ", "de"),
        ("d'", "de"),
        ("du ", "de"),
        ("des ", "de"),
        ("de ", "de"),
        ("à l'", "à"),
        ("à la ", "à"),
        ("au ", "à"),
        ("aux ", "à"),
        ("qu'", "que"),
        ("que ", "que"),
        ("l'", ""),
        ("le ", ""),
        ("la ", ""),
        ("les ", ""),
    ];
    let found = table.iter().find(|(words, _)| !all && ends(out, words));
    match found {
        Some((words, kept)) => {
            out.truncate(out.len() - words.len());
            out.push_str(&if kept.is_empty() { label.to_owned() } else { before(kept, label) });
        }
        None => out.push_str(label),
    }
}

fn first_word(text: &str) -> &str {
    text.split([' ', '.', '\u{a0}', '\n']).next().unwrap_or(text)
}

/// What begins a line that is said of the amount above it: read aloud, a comma tells it from that.
const SAID_OF_IT: [&str; 11] = [
    "arrondi",
    "plafonné",
    "au minimum",
    "majoré",
    "augmenté",
    "diminué",
    "réduit",
    "dans la limite",
    "au prorata",
    "le reste",
    "le restant",
];

/// Without line ends, and without the comments that stand between the lines.
fn one_line(text: &str) -> String {
    let lines = text.lines().map(|line| match comment(line) {
        Some(start) => line.get(..start).unwrap_or(line),
        None => line,
    });
    let mut out = String::new();
    for line in lines {
        let line = line.split_whitespace().collect::<Vec<_>>().join(" ");
        if line.is_empty() {
            continue;
        }
        let apart = out.ends_with(char::is_alphanumeric) || out.ends_with(['€', '%', '»', ')']);
        if apart && SAID_OF_IT.iter().any(|word| line.starts_with(word)) {
            out.push(',');
        }
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(&line);
    }
    out
}

/// Where a comment starts: at a `#` that no quotation holds.
fn comment(line: &str) -> Option<usize> {
    let mut depth = 0_i32;
    line.char_indices().find_map(|(at, c)| {
        match c {
            '«' => depth += 1,
            '»' => depth -= 1,
            '#' if depth <= 0 => return Some(at),
            _ => {}
        }
        None
    })
}

#[cfg(test)]
mod tests {
    use super::append;

    #[test]
    fn what_stands_before_a_label_is_fitted_to_it() {
        let table = [
            ("nombre d'", "adhérents", "médecins adhérents", "nombre de médecins adhérents"),
            ("10 % de ", "territoire", "effectif total", "10 % d'effectif total"),
            ("10 % du ", "territoire", "médecins", "10 % de médecins"),
            ("10 % du ", "territoire", "territoire couvert", "10 % du territoire couvert"),
            ("le ", "revenu", "ressources", "ressources"),
            ("tous les ", "adhérents", "médecins", "tous les médecins"),
            ("plafonné à l'", "indice", "plafond", "plafonné à plafond"),
            ("revenu - ", "foyer", "charges", "revenu - charges"),
            ("double ", "foyer", "charges", "double charges"),
        ];
        for (before, replaced, label, expected) in table {
            let mut out = before.to_owned();
            append(&mut out, replaced, label);
            assert_eq!(out, expected);
        }
    }
}
