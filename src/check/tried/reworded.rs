//! Turns of French that the language says otherwise, in several words or not at all: what is written instead is said, and
//! is offered where it is the same law.

use std::sync::Arc;

use super::Trial;
use crate::diagnostic::{Diagnostic, Edit, Remedy};
use crate::source::Span;
use crate::wording::MONTHS;

const DAYS: [&str; 7] = ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"];

/// What is written of a turn: where it stands, and what stands for it.
type Instead = (std::ops::Range<usize>, String);

impl Trial<'_> {
    /// The text with the turn of a line said as the language says it; or what the author is to do is said, where no change
    /// of the line does. Whether it was one.
    pub(super) fn said_otherwise(&self, diagnostic: &mut Diagnostic) -> Option<Option<String>> {
        let line = self.file.text().get(self.start..self.end)?;
        let place = diagnostic.labels.first().map(|label| label.span)?;
        let offered = [otherwise_if(line, self.verb_above()), year_after(line), on_a_day(line)];
        for (range, says) in offered.into_iter().flatten() {
            let span = Span::new(self.start + range.start, self.start + range.end);
            let mut text = self.file.text().to_owned();
            text.replace_range(span.range(), &says);
            if !self.mends(&text) {
                continue;
            }
            diagnostic.code = "tournure";
            diagnostic.message = format!("« {} » s'écrit « {says} »", self.file.slice(span));
            diagnostic.labels.truncate(1);
            if let Some(label) = diagnostic.labels.first_mut() {
                label.span = span;
                label.text.clear();
            }
            let label = format!("écrire « {says} »");
            diagnostic.help = Some(label.clone());
            diagnostic.remedies =
                vec![Remedy { label, edits: vec![Edit { file: Arc::clone(self.file), span, text: says }] }];
            return Some(Some(text));
        }
        let around = place.start as usize..(place.end as usize).max(self.start);
        let code = diagnostic.code;
        let unread = ["nom-inconnu", "suite-inattendue", "signe-manquant", "ligne-a-couper"].contains(&code);
        let told = [
            next_weekday(line).filter(|_| unread),
            so_many_days(line).filter(|(range, ..)| unread && self.counts_whole(line, range)),
            by_year(line).filter(|_| unread),
            numbers_as_options(line).filter(|_| unread || code == "type-inconnu"),
        ];
        let (range, message, help) = told.into_iter().flatten().find(|(range, ..)| {
            self.start + range.start <= around.end && around.start <= self.start + range.end
        })?;
        diagnostic.code = "tournure";
        diagnostic.message = message;
        diagnostic.labels.truncate(1);
        if let Some(label) = diagnostic.labels.first_mut() {
            label.span = Span::new(self.start + range.start, self.start + range.end);
            label.text.clear();
        }
        diagnostic.help = Some(help);
        diagnostic.remedies.clear();
        Some(None)
    }

    /// Whether what stands before « jours » is a whole number that is declared.
    fn counts_whole(&self, line: &str, range: &std::ops::Range<usize>) -> bool {
        let said = line.get(range.clone()).unwrap_or("");
        let name = said.rsplit_once(' ').map_or("", |(name, _)| name);
        self.file.text().contains(&format!("\n  {name} : entier"))
    }

    /// « vaut » or « montant », on the line above.
    fn verb_above(&self) -> Option<&'static str> {
        let above = self.file.text().get(..self.start)?.trim_end().rsplit('\n').next()?.trim_start();
        ["vaut", "montant"].into_iter().find(|verb| above.starts_with(&format!("{verb} ")))
    }
}

/// `sinon si n ≥ 2 : 2 €`, below a line of cases.
fn otherwise_if(line: &str, verb: Option<&str>) -> Option<Instead> {
    let verb = verb?;
    let own = line.len() - line.trim_start().len();
    let (condition, value) = line.get(own..)?.strip_prefix("sinon si ")?.split_once(" : ")?;
    Some((own..line.trim_end().len(), format!("{verb} {} sinon si {}", value.trim(), condition.trim())))
}

/// `31 mars de l'année suivant D`
fn year_after(line: &str) -> Option<Instead> {
    let turns =
        ["de l'année suivant ", "de l'année qui suit ", "de l'année suivante de ", "de l'année d'après "];
    let (at, turn) = turns.iter().find_map(|turn| Some((line.find(turn)?, *turn)))?;
    let rest = line.get(at + turn.len()..)?;
    let ends = [" si ", " et ", " ou ", ",", ")"].iter().filter_map(|end| rest.find(end)).min();
    let date = rest.get(..ends.unwrap_or(rest.len()))?.trim_end();
    let date_is_alone = !date.is_empty() && !date.contains(['+', '-', '(', '«']);
    date_is_alone.then(|| (at..at + turn.len() + date.len(), format!("de l'année de ({date} + 1 an)")))
}

/// `taux au 1er janvier 2026`
fn on_a_day(line: &str) -> Option<Instead> {
    let is_day = |rest: &str| {
        let mut words = rest.split_whitespace();
        let day =
            words.next().is_some_and(|day| day == "1er" || day.parse::<u8>().is_ok_and(|day| day <= 31));
        let month = words.next().is_some_and(|month| MONTHS.contains(&month));
        let year = words.next().unwrap_or("").chars().take(4);
        day && month && year.filter(char::is_ascii_digit).count() == 4
    };
    let is_it = |(at, turn): &(usize, &str)| line.get(at + turn.len()..).is_some_and(is_day);
    let (at, turn) = line.match_indices(" au ").find(is_it)?;
    Some((at + 1..at + turn.len() - 1, "à la date du".to_owned()))
}

/// What is said of a turn: where it stands, what is wrong, what to do.
type Told = (std::ops::Range<usize>, String, String);

/// `premier lundi suivant D`
fn next_weekday(line: &str) -> Option<Told> {
    let (target, at, length) = DAYS.iter().enumerate().find_map(|(target, day)| {
        let heads =
            [format!("premier {day} suivant "), format!("premier {day} après "), format!("{day} suivant ")];
        heads.into_iter().find_map(|head| Some((target, line.find(&head)?, head.len())))
    })?;
    let said = line.get(at..at + length)?.trim_end();
    let after = line.get(at + length..)?.trim_end();
    let date = after.split([',', ')', '+', '-']).next()?.split(" si ").next()?.trim();
    let days = DAYS.iter().enumerate().map(|(own, day)| {
        let gap = (target + 7 - own) % 7;
        format!("« {day} : {date} + {} »", count(if gap == 0 { 7 } else { gap }))
    });
    let help = format!(
        "le dire par cas, dans une « définition » que cette ligne nomme : « vaut selon jour de la semaine de {date} », puis {}",
        days.collect::<Vec<_>>().join(", ")
    );
    Some((at..at + length + date.len(), format!("« {said} … » ne se dit pas d'un mot"), help))
}

fn count(days: usize) -> String {
    if days == 1 { "1 jour".to_owned() } else { format!("{days} jours") }
}

/// `D + n jours`, where a fact says how many.
fn so_many_days(line: &str) -> Option<Told> {
    [("jours", "durée en jours"), ("mois", "durée en mois")].iter().find_map(|(unit, ty)| {
        line.match_indices(&format!(" {unit}")).find_map(|(end, found)| {
            let closed = line.get(end + found.len()..)?.chars().next().is_none_or(|c| !c.is_alphanumeric());
            let before = line.get(..end)?;
            let from = before.rfind(" + ").map(|at| at + 3).max(before.rfind(" - ").map(|at| at + 3))?;
            let name = before.get(from..)?;
            let is_name = name.chars().next()?.is_alphabetic()
                && name.chars().all(|c| c.is_alphanumeric() || " .'’-".contains(c));
            let message = format!("« {name} {unit} » : un délai qui dépend d'un fait est une durée");
            let help = format!("déclarer « {name} : {ty} », et l'écrire seul : « + {name} »");
            (closed && is_name).then(|| (from..end + found.len(), message, help))
        })
    })
}

/// `10 € par année d'ancienneté`
fn by_year(line: &str) -> Option<Told> {
    let turns = ["par année d'", "par année de ", "par an d'", "par an de ", "par mois d'", "par mois de "];
    let (at, turn) = turns.iter().find_map(|turn| Some((line.find(turn)?, *turn)))?;
    let name = line.get(at + turn.len()..)?.split([',', ')', '+', '«']).next()?.split(" si ").next()?.trim();
    let said = line.get(at..at + turn.len() + name.len())?;
    let whole = if turn.starts_with("par mois") { "en mois entiers" } else { "en années entières" };
    let message = format!("« {said} » se dit par un produit");
    let help = format!(
        "écrire « × {name} », si « {name} » en est le nombre ; sinon le compter dans une « définition » : « vaut entre D et E {whole} »"
    );
    (!name.is_empty()).then(|| (at..at + said.len(), message, help))
}

/// `code : parmi 1, 2, 3`
fn numbers_as_options(line: &str) -> Option<Told> {
    let (name, options) = line.split_once(" : parmi ")?;
    let options = options.trim_end();
    let least =
        options.split([',', '<']).map(|one| one.trim().parse::<u32>().ok()).collect::<Option<Vec<_>>>()?;
    let least = least.iter().min()?;
    let (name, at) = (name.trim(), line.find(" : parmi ")? + " : ".len());
    let listed = options.replace(" < ", ", ");
    let help = format!(
        "déclarer « {name} : entier ≥ {least} », et dire dans une « cohérence » qu'il n'y en a pas d'autre : « exige {name} est parmi {listed} »"
    );
    Some((at..line.trim_end().len(), "une option est un nom, non un nombre".to_owned(), help))
}
