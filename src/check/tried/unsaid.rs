//! What is written where an option or a count should stand: « n'est pas non diplômé », « 7 m² par enfant ».

use std::sync::Arc;

use super::alike::{content, root};
use super::{GENERAL, Trial, in_lines};
use crate::diagnostic::{Diagnostic, Edit, Remedy};
use crate::source::Span;

/// So many names are tried in the place of what is counted.
const MOST_NAMES: usize = 40;
/// So many of them are told.
const MOST_TOLD: usize = 3;
/// What ends the words that stand for an option.
const ENDS: [&str; 6] = [" et ", " ou ", " si ", ")", ",", " ≥"];
/// What ends the words of what is counted, after the ends of an option: a sign of a calculation.
const SIGNS: [&str; 7] = [" × ", " + ", " - ", " ÷ ", " ≤", " < ", " > "];

impl Trial<'_> {
    /// `exige logé à moins que n ≥ 3`: an exception, on the line of its rule; whether it is said.
    pub(super) fn excepted(&self, diagnostic: &mut Diagnostic) -> bool {
        let line = self.file.text().get(self.start..self.end).unwrap_or("");
        let ruled = ["exige ", "vise "].iter().any(|head| line.trim_start().starts_with(head));
        let found = [" à moins que ", " à moins qu'", " à moins qu’"]
            .into_iter()
            .find_map(|turn| Some((line.find(turn)? + 1, turn.trim())));
        let Some((at, turn)) = found.filter(|_| ruled && GENERAL.contains(&diagnostic.code)) else {
            return false;
        };
        let case = line.get(at + turn.len()..).unwrap_or("").trim();
        diagnostic.code = "exception-en-ligne";
        diagnostic.message = "une exception se dit sur une ligne à elle".to_owned();
        diagnostic.labels.truncate(1);
        if let Some(label) = diagnostic.labels.first_mut() {
            let start = self.start + at;
            (label.span, label.text) = (Span::new(start, start + turn.len()), String::new());
        }
        diagnostic.help = Some(format!("la mettre à la ligne, sous « exige » : « sauf si {case} »"));
        diagnostic.remedies.clear();
        true
    }

    /// `diplôme n'est pas non diplômé`, which is no option of what is asked: its options are.
    pub(super) fn unknown_option(&self, diagnostic: &mut Diagnostic) -> Option<String> {
        if diagnostic.code == "option-inconnue" {
            return None;
        }
        let place = diagnostic.labels.first()?.span;
        let line = self.file.text().get(self.start..self.end)?;
        let own = (place.start as usize).checked_sub(self.start)?;
        let (verb, says) = [" n'est pas ", " n’est pas ", " est "]
            .into_iter()
            .filter_map(|verb| line.get(..own)?.rfind(verb).or_else(|| line.find(verb)).map(|at| (at, verb)))
            .max_by_key(|(at, says)| (*at, says.len()))?;
        let (before, after) = (line.get(..verb)?, line.get(verb + says.len()..)?);
        let asked = self.declared.options.iter().map(|(_, fact)| fact.as_str());
        let short = |fact: &'_ str| fact.rsplit('.').next().unwrap_or("").to_owned();
        let fact = asked.filter(|fact| before.ends_with(*fact) || before.ends_with(&short(fact)));
        let fact = fact.max_by_key(|fact| fact.len())?.to_owned();
        let end = ENDS.iter().filter_map(|end| after.find(end)).min().unwrap_or(after.trim_end().len());
        let said = after.get(..end)?.trim();
        let options: Vec<&str> =
            self.declared.options.iter().filter(|(_, of)| *of == fact).map(|(option, _)| &**option).collect();
        let start = self.start + verb + says.len();
        // What stops making sense stands among the words of the option.
        let among = own >= verb && own <= verb + says.len() + end;
        // « soit commune canton »: options that are not joined.
        let held = options.iter().any(|option| said.contains(option));
        if said.is_empty() || held || !among || said.starts_with("parmi") {
            return None;
        }
        let told: Vec<String> = options.iter().map(|option| format!("« {option} »")).collect();
        diagnostic.code = "option-inconnue";
        diagnostic.message = format!("option inconnue : « {said} »");
        diagnostic.labels.truncate(1);
        if let Some(label) = diagnostic.labels.first_mut() {
            (label.span, label.text) = (Span::new(start, start + said.len()), String::new());
        }
        diagnostic.help = Some(format!("options de « {fact} » : {}", told.join(", ")));
        None
    }

    /// Whether the lines that declare a name, or what it is worked out from, say that it counts this: « Combien
    /// d'enfants ? », and not « Combien de salariés l'exploitation emploie-t-elle ? » of holdings.
    fn declares_of(&self, name: &str, root: &str) -> bool {
        const COUNTS: [&str; 4] = ["ombien de ", "ombien d'", "ombre de ", "ombre d'"];
        let counts = |lines: &str| COUNTS.iter().any(|count| lines.contains(&format!("{count}{root}")));
        let own = self.declared_with(name);
        counts(own) || own.split_whitespace().any(|word| counts(self.declared_with(word)))
    }

    /// The lines in which a name is declared.
    fn declared_with(&self, name: &str) -> &str {
        let text = self.file.text();
        let fact = text.find(&format!("\n  {name} "));
        let item = ["définition", "résultat"].iter().find_map(|kind| text.find(&format!("\n{kind} {name}")));
        let Some(start) = fact.or(item) else { return "" };
        let rest = text.get(start + 1..).unwrap_or("");
        let lines = match fact {
            Some(_) => rest.match_indices('\n').nth(1).map(|(at, _)| at),
            None => rest.find("\n\n"),
        };
        rest.get(..lines.unwrap_or(rest.len())).unwrap_or("")
    }

    /// `plafonné à 250 € par déplacement` under `pour chaque déplacement`, `1 500 € par congé` where there is but one: it
    /// is that of each already.
    fn of_one(
        &mut self,
        diagnostic: &mut Diagnostic,
        counted: &str,
        figure: &str,
        span: Span,
    ) -> Option<String> {
        let text = self.file.text();
        let item = text.get(..self.start)?;
        let item = item.get(item.rfind("\n\n").unwrap_or(0)..)?;
        let root = |word: &str| word.trim_end_matches(['s', 'x']).to_owned();
        let each = item.lines().find_map(|line| {
            let rest = line.trim_start().strip_prefix("pour chaque ")?;
            Some(rest.split(" dont ").next().unwrap_or(rest).trim())
        });
        let is_each = each.is_some_and(|each| root(each) == root(counted));
        let one = text.contains(&format!("\n  {counted} : période"));
        if !is_each && !one {
            return None;
        }
        let mut whole = text.to_owned();
        whole.replace_range(span.range(), figure);
        if !self.mends(&whole) {
            return None;
        }
        diagnostic.code = "tournure";
        diagnostic.message = if is_each {
            format!("sous « pour chaque {} », c'est déjà ce qui vaut de chacun", each.unwrap_or(counted))
        } else {
            format!("le dossier n'a qu'un « {counted} » : c'est déjà ce qui vaut de lui")
        };
        diagnostic.labels.truncate(1);
        if let Some(label) = diagnostic.labels.first_mut() {
            (label.span, label.text) = (span, String::new());
        }
        let label = format!("écrire {}", in_lines(figure));
        diagnostic.help = Some(label.clone());
        let edits = vec![Edit { file: Arc::clone(self.file), span, text: figure.to_owned() }];
        diagnostic.remedies = vec![Remedy { label, edits }];
        Some(whole)
    }

    /// Whether it offers to multiply by how many elements there are.
    pub(super) fn is_multiplied(&self, diagnostic: &Diagnostic) -> bool {
        diagnostic
            .remedies
            .iter()
            .flat_map(|remedy| &remedy.edits)
            .any(|edit| edit.text.starts_with("× nombre "))
    }

    /// `7 m² par enfant`: its place, the figure with its unit, and what it is by. A name may go on after « et ».
    fn by_one(&self, diagnostic: &Diagnostic, joined: bool) -> Option<(Span, String, String)> {
        let place = diagnostic.labels.first()?.span;
        let text = self.file.text();
        let line = text.get(self.start..self.end)?;
        let own = (place.start as usize).checked_sub(self.start)?;
        let (at, turn) =
            [" par ", " pour chaque ", " pour un ", " pour une "].into_iter().find_map(|turn| {
                let at = line.get(..own + turn.len().min(line.len() - own)).unwrap_or(line).rfind(turn)?;
                Some((at, turn))
            })?;
        let figure = line.get(..at)?;
        let rest = line.get(at + turn.len()..)?;
        let ends = ENDS.iter().skip(if joined { 2 } else { 0 }).chain(&SIGNS);
        let end = ends.filter_map(|end| rest.find(end)).min().unwrap_or(rest.trim_end().len());
        let counted = rest.get(..end)?.trim();
        // The figure, with its unit.
        let number = figure.trim_end().rfind(|c: char| c.is_ascii_digit())?;
        let unit = figure.get(number + 1..)?.trim();
        let digits = figure.get(..=number)?;
        let start = digits
            .trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, ',' | ' ' | '\u{a0}' | '\u{202f}'))
            .len();
        let start = start + (digits.len() - start - digits.get(start..)?.trim_start().len());
        const OF_TIME: [&str; 9] =
            ["mois", "an", "année", "trimestre", "jour", "semestre", "heure", "semaine", "ans"];
        if OF_TIME.contains(&counted)
            || unit.contains(' ')
            || counted.is_empty()
            || counted.starts_with(|c: char| c.is_ascii_digit())
        {
            return None;
        }
        let figure = figure.get(start..)?.trim();
        let span = Span::new(self.start + start, self.start + at + turn.len() + end);
        Some((span, figure.to_owned(), counted.to_owned()))
    }

    /// Whether these words, joined by « et » or « ou », say what a declared number counts.
    fn is_of_a_count(&self, counted: &str) -> bool {
        [" et ", " ou "].iter().any(|joint| counted.contains(joint))
            && self.declared.counts.iter().any(|name| says_all(name, counted))
    }

    /// What is already of each, or of the only one.
    pub(super) fn already_of_one(&mut self, diagnostic: &mut Diagnostic) -> Option<String> {
        let (span, figure, counted) = self.by_one(diagnostic, false)?;
        self.of_one(diagnostic, &counted, &figure, span)
    }

    /// `≥ 7 m² par enfant`: what a figure is by is multiplied, by the name of what is counted.
    pub(super) fn multiplied(&mut self, diagnostic: &mut Diagnostic) -> Option<String> {
        let (span, figure, counted) = match self.by_one(diagnostic, true) {
            // « par frère et sœur »: what joins them is of the name.
            Some(whole) if self.is_of_a_count(&whole.2) => whole,
            _ => self.by_one(diagnostic, false)?,
        };
        let (turn, text) = (self.file.slice(span), self.file.text());
        let turn =
            turn.strip_prefix(&*figure).and_then(|rest| rest.strip_suffix(&*counted)).unwrap_or(" par ");
        let mut found: Vec<(String, String)> = Vec::new();
        let aged = |name: &&String| ["âge", "ancienneté", "année"].iter().any(|word| name.contains(word));
        let names: Vec<&String> = self.declared.counts.iter().filter(|name| !aged(name)).collect();
        for name in names.into_iter().take(MOST_NAMES) {
            let says = format!("{figure} × {name}");
            let mut whole = text.to_owned();
            whole.replace_range(span.range(), &says);
            if self.mends(&whole) {
                found.push((says, whole));
            }
        }
        // « par enfant »: a number of children, by its name or by what is said where it is declared, and of nothing else.
        let root = counted.split(' ').next().unwrap_or(&counted).trim_end_matches(['s', 'x']);
        // What is said beside a name is said where it is declared: « enfant à charge » for `enfants`, of which that is asked.
        let same = |name: &str| {
            let declared = || format!("{name} {}", self.declared_with(name));
            says_all(name, &counted) || says_all(&counted, name) && says_all(&declared(), &counted)
        };
        let named = |says: &str| says.split_once(" × ").is_some_and(|(_, name)| same(name));
        let several = content(&counted).len() > 1;
        if several || found.iter().any(|(says, _)| named(says)) {
            found.retain(|(says, _)| named(says));
        } else if found.iter().any(|(says, _)| says.contains(root)) {
            found.retain(|(says, _)| says.contains(root));
        } else {
            let says_so =
                |says: &str| says.split_once(" × ").is_some_and(|(_, name)| self.declares_of(name, root));
            // An amount by one of what nothing counts may be that of the only one.
            let strict = figure.ends_with(['€', 'F'])
                || self.declared.lists.iter().any(|list| list.name.starts_with(root));
            if strict || found.iter().any(|(says, _)| says_so(says)) {
                found.retain(|(says, _)| says_so(says));
            }
        }
        let by = format!("« {}{counted} » se dit en multipliant par ce qui est compté", turn.trim_start());
        diagnostic.code = "tournure";
        diagnostic.message = by;
        diagnostic.labels.truncate(1);
        if let Some(label) = diagnostic.labels.first_mut() {
            (label.span, label.text) = (span, String::new());
        }
        let told: Vec<String> = found.iter().take(MOST_TOLD).map(|(says, _)| in_lines(says)).collect();
        diagnostic.help = Some(match told.as_slice() {
            [] => format!(
                "écrire « {figure} × … », avec ce qui donne le nombre (une « définition », ou un fait « entier ≥ 0 ») ; si \
                 le dossier n'en compte qu'un, écrire « {figure} »"
            ),
            [one] => format!("écrire {one}"),
            several => format!("écrire {}, selon le texte", several.join(" ou ")),
        });
        if found.len() <= MOST_TOLD {
            diagnostic.remedies = found
                .iter()
                .map(|(says, _)| Remedy {
                    label: format!("écrire {}", in_lines(says)),
                    edits: vec![Edit { file: Arc::clone(self.file), span, text: says.clone() }],
                })
                .collect();
        }
        match found.as_slice() {
            [(_, whole)] => Some(whole.clone()),
            _ => None,
        }
    }
}

/// Whether a name holds whatever some words say, but for what joins them.
fn says_all(name: &str, words: &str) -> bool {
    let own = content(name);
    let said: Vec<String> =
        content(words).into_iter().filter(|word| !matches!(word.as_str(), "et" | "ou")).collect();
    !said.is_empty() && said.iter().all(|word| own.iter().any(|own| root(own) == root(word)))
}
