//! Constructions of the language that are nearly written: what is missing between their parts, or stands for them.

use pest::Parser as _;

use super::{Grammar, Line, Rule};
use crate::diagnostic::Diagnostic;
use crate::source::Span;
use crate::syntax::turns;

impl<'a> Line<'a> {
    /// `10 et plus : …`, `< 10 : …`, `a ou b : …`, `jusqu'à 10 = …`, in a scale.
    pub(super) fn band(&self, words: &[(Span, &'a str)]) -> Option<Diagnostic> {
        if self.rule != Rule::scale_line {
            return None;
        }
        let start = self.span.start as usize;
        let line = self.file.slice(self.span);
        let message =
            |said: &str, says: &str| ("tranche-mal-ecrite", format!("« {said} » s'écrit « {says} »"));
        if let Some((length, says)) = turns::band(line) {
            let span = Span::new(start, start + length);
            return self.offer(
                message(self.file.slice(span), says),
                span,
                says,
                vec![(span, says.to_owned())],
            );
        }
        let (band, _) = line.split_once(':').unwrap_or((line, ""));
        let band = band.trim_end();
        let open = [
            (" et plus", "à partir de"),
            (" ou plus", "à partir de"),
            (" et au-delà", "à partir de"),
            (" et moins", "jusqu'à"),
            (" ou moins", "jusqu'à"),
        ];
        if let Some((figure, says)) =
            open.iter().find_map(|(end, says)| Some((band.strip_suffix(end)?, says)))
        {
            // « 50 et plus » below « jusqu'à 50 » is what is above 50.
            let above = self.file.text().get(..start).unwrap_or("").trim_end();
            let above = above.rsplit('\n').next().unwrap_or("").split(':').next().unwrap_or("").trim_end();
            let taken = above
                .strip_suffix(figure)
                .is_some_and(|head| head.ends_with("jusqu'à ") || head.ends_with("jusqu’à "));
            let says = if taken && *says == "à partir de" { "plus de" } else { says };
            let says = format!("{says} {figure}");
            let span = Span::new(start, start + band.len());
            return self.offer(message(band, &says), span, &says, vec![(span, says.clone())]);
        }
        let next = self.next()?;
        match next.text {
            "ou" | "et" => {
                let before = words.iter().rfind(|(span, _)| span.end <= next.span.start)?;
                let place = Span::new(before.0.end as usize, next.span.end as usize);
                self.offer(message(next.text, ","), next.span, ",", vec![(place, ",".to_owned())])
            }
            "=" | "→" => {
                self.offer(message(next.text, ":"), next.span, ":", vec![(next.span, ":".to_owned())])
            }
            "-" | ">" if line.contains("->") => {
                let from = start + line.find("->")?;
                let arrow = Span::new(from, from + 2);
                self.offer(message("->", ":"), arrow, ":", vec![(arrow, ":".to_owned())])
            }
            _ => None,
        }
    }

    /// `D du 1er janvier 2025 au 31 décembre 2025`
    fn days_between(&self, words: &[(Span, &'a str)]) -> Option<Diagnostic> {
        let from = words.iter().position(|(span, word)| *word == "du" && span.start > self.span.start)?;
        let (to, _) = words.get(from + 1..)?.iter().find(|(_, word)| *word == "au")?;
        let (from, _) = words.get(from)?;
        let edits = vec![(*from, "est entre le".to_owned()), (*to, "et le".to_owned())];
        let message = "« du … au … » s'écrit « est entre le … et le … »".to_owned();
        self.offer(("tournure", message), *from, "est entre le … et le …", edits)
    }

    /// `montant de 100 € à 200 €`
    pub(super) fn range(&self, words: &[(Span, &'a str)]) -> Option<Diagnostic> {
        if self.rule != Rule::value_line {
            return self.days_between(words);
        }
        let (from, _) = words.first().filter(|(_, word)| *word == "de")?;
        let (to, _) = words.iter().find(|(_, word)| *word == "à")?;
        let message = "« de … à … » s'écrit « entre … et … »".to_owned();
        let edits = vec![(*from, "entre".to_owned()), (*to, "et".to_owned())];
        self.offer(("tournure", message), *from, "entre … et …", edits)
    }

    /// `aucun enfant à charge`: the condition on the elements of a list, without its « dont ».
    pub(super) fn of_elements(&self, words: &[(Span, &'a str)]) -> Option<Diagnostic> {
        let every = self.wants(Rule::w_satisfy);
        if !every && !self.wants(Rule::w_where) {
            return None;
        }
        let says = if every { "vérifient" } else { "dont" };
        let start = words.iter().rposition(|(span, word)| {
            matches!(*word, "aucun" | "aucune" | "un" | "une" | "les") && (span.end as usize) < self.at
        })?;
        let rest = words.get(start + 1..)?;
        (1..rest.len().min(12)).find_map(|count| {
            let (last, next) = (rest.get(count - 1)?.0, rest.get(count)?.0);
            let list = self.file.slice(rest.first()?.0.to(last));
            if !self.names.is_list(list) {
                return None;
            }
            let verb = self.file.slice(next);
            if every && count + 1 < rest.len() && matches!(verb, "ont" | "sont" | "aient" | "soient") {
                let message = format!("« {verb} » s'écrit « {says} »");
                return self.offer(("tournure", message), next, says, vec![(next, says.to_owned())]);
            }
            let after = self.file.slice(next.to(rest.last()?.0));
            let message = format!("il manque « {says} » entre « {list} » et « {after} »");
            let at = Span::new(next.start as usize, next.start as usize);
            let help = format!("{says} {after}");
            let place = next.to(rest.last()?.0);
            self.offer(("signe-manquant", message), place, &help, vec![(at, format!("{says} "))])
        })
    }

    /// `le plus petit entre a et b`
    pub(super) fn extreme_between(&self, words: &[(Span, &'a str)]) -> Option<Diagnostic> {
        let between = words.windows(3).position(|run| {
            let [(_, plus), (_, size), (_, entre)] = run else { return false };
            *plus == "plus" && matches!(*size, "petit" | "petite" | "grand" | "grande") && *entre == "entre"
        })?;
        let place = words.get(between + 2)?.0;
        let (and, _) = words.get(between + 3..)?.iter().find(|(_, word)| *word == "et")?;
        let before = words.iter().rfind(|(span, _)| span.end <= and.start)?.0;
        let comma = Span::new(before.end as usize, and.end as usize);
        let edits = vec![(place, "de".to_owned()), (comma, ",".to_owned())];
        let message = "les valeurs entre lesquelles on choisit se séparent par des virgules".to_owned();
        self.offer(("tournure", message), place, "de …, …", edits)
    }

    /// `100 € par enfant`, where `enfants` is a list.
    pub(super) fn per_element(&self, words: &[(Span, &'a str)]) -> Option<Diagnostic> {
        let par = words.iter().position(|(span, word)| *word == "par" && span.end as usize > self.at)?;
        let rest = words.get(par + 1..)?;
        (1..=rest.len().min(6)).rev().find_map(|count| {
            let last = rest.get(count - 1)?.0;
            let list = self.names.list_of(self.file.slice(rest.first()?.0.to(last)))?;
            let span = words.get(par)?.0.to(last);
            let vowel = list.starts_with(|c| "aàâeéèêëiîïoôuùûyhœ".contains(c));
            let says = format!("× nombre {}{list}", if vowel { "d'" } else { "de " });
            let message = format!("« {} » s'écrit « {says} »", self.file.slice(span));
            self.offer(("tournure", message), span, &says, vec![(span, says.clone())])
        })
    }

    /// `nombre d'années entre D et E`, `mois entiers de bail entre D et E`
    pub(super) fn counted_between(&self) -> Option<Diagnostic> {
        const SIGNS: [char; 11] = ['≥', '≤', '<', '>', '=', '≠', '×', '+', '÷', '(', ','];
        let line = self.file.slice(self.span);
        let start = self.span.start as usize;
        line.match_indices(" entre ").find_map(|(between, turn)| {
            let before = line.get(..between)?;
            let from = before.rfind(SIGNS).map_or(0, |at| {
                at + before.get(at..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8)
            });
            let said = before.get(from..)?;
            let from = from + said.len() - said.trim_start().len();
            let unit = counted_unit(said.trim())?;
            let span = Span::new(start + from, start + between + turn.trim_end().len());
            let after = line.get(between + turn.len()..)?;
            let ends = after.find([')', '≥', '≤', '<', '>', '=', '≠', '×', '+', '÷']);
            let ends = ends.into_iter().chain(after.find(" si ")).min().unwrap_or(after.len());
            let end = start + between + turn.len() + after.get(..ends)?.trim_end().len();
            let at = Span::new(end, end);
            let edits = vec![(span, "entre".to_owned()), (at, unit.to_owned())];
            let says = format!("entre … et …{unit}");
            let message = format!("« {} … » s'écrit « {says} »", self.file.slice(span));
            self.offer(("tournure", message), span, &says, edits)
        })
    }

    /// `E - D en années entières`: an age is no difference.
    pub(super) fn difference_in_whole(&self) -> Option<Diagnostic> {
        let next = self.next()?;
        let unit =
            ["en années entières", "en mois entiers", "en jours"].into_iter().find(|u| next.text == *u)?;
        let start = self.span.start as usize;
        let line = self.file.slice(self.span);
        let before = line.get(..next.span.start as usize - start)?.trim_end();
        let own = before.rfind(['(', '≥', '≤', '<', '>', '=', '+', '×', '÷', ',']).map_or(0, |at| {
            at + before.get(at..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8)
        });
        let said = before.get(own..)?;
        let own = own + said.len() - said.trim_start().len();
        let (to, from) = said.trim().split_once(" - ").or_else(|| said.trim().split_once(" − "))?;
        let says = format!("entre {from} et {to} {unit}");
        let whole = Span::new(start + own, next.span.end as usize);
        let message = "une durée entre deux dates se compte de la première à la seconde".to_owned();
        self.offer(("tournure", message), whole, &says, vec![(whole, says.clone())])
    }

    /// `selon loi art. 2`, `selon loi (art. 2)`, `selon loi « … », art. 2`: where the text says it follows a comma.
    pub(super) fn place_of_source(&self) -> Option<Diagnostic> {
        if self.rule != Rule::citation_line {
            return None;
        }
        let (line, start) = (self.file.slice(self.span), self.span.start as usize);
        let message = || ("virgule-manquante", "il manque une virgule après le nom de la source".to_owned());
        let next = self.next()?;
        if next.text == ","
            && let Some(quote) = self.previous().filter(|piece| piece.rule == Rule::quotation)
        {
            let place = self.file.slice(Span::new(next.span.end as usize, self.span.end as usize)).trim();
            let gap = line.get(..quote.span.start as usize - start)?.trim_end().len();
            let says = format!(", {place} {}", quote.text);
            let whole = Span::new(start + gap, self.span.end as usize);
            let message = "l'endroit du texte vient avant le passage".to_owned();
            return self.offer(
                ("suite-inattendue", message),
                next.span.to(Span::new(next.span.end as usize, self.span.end as usize)),
                says.trim_start_matches(", "),
                vec![(whole, says.clone())],
            );
        }
        let (at, turn) = [" (art", " art", " annexe", " point", " §", " alinéa", " page", " (p"]
            .into_iter()
            .filter_map(|turn| Some((line.find(turn)?, turn)))
            .min()?;
        let quote = self.pieces.iter().find(|piece| piece.rule == Rule::quotation);
        let end = quote.map_or(line.len(), |quote| quote.span.start as usize - start);
        let said = line.get(at..end)?.trim();
        let place = Span::new(start + at + 1, start + at + 1 + said.len());
        let mut edits = vec![(Span::new(start + at, start + at + 1), ", ".to_owned())];
        if turn.contains('(') {
            let close = line.get(at..)?.find(')')? + at;
            edits = vec![
                (Span::new(start + at, start + at + 2), ", ".to_owned()),
                (Span::new(start + close, start + close + 1), String::new()),
            ];
        }
        let says = format!(", {}", said.trim_matches(['(', ')', ' ']));
        self.offer(message(), place, &says, edits)
    }

    /// `vaut 5 € si C, sinon 3 €`: the second value stands on a line of its own.
    pub(super) fn second_value(&self, words: &[(Span, &'a str)]) -> Option<Diagnostic> {
        if self.rule != Rule::value_line {
            return None;
        }
        let (turn, _) = words.iter().find(|(_, word)| matches!(*word, "sinon" | "autrement"))?;
        let from = self.comma_before(*turn).unwrap_or(*turn).start as usize;
        let text = self.file.text();
        let line = text.get(..self.span.start as usize)?.rfind('\n').map_or(0, |end| end + 1);
        let head = text.get(line..self.span.start as usize)?;
        let rest = text.get(turn.end as usize..self.span.end as usize)?.trim();
        let rest = ["vaut ", "montant "].iter().find_map(|word| rest.strip_prefix(word)).unwrap_or(rest);
        let (whole, value) = (self.read_at(Span::new(self.span.start as usize, from)), rest);
        let reads = |line: &str| Grammar::parse(Rule::value_line, line).is_ok();
        if value.is_empty() || value.starts_with("si ") || !reads(value) || !reads(whole.trim_end()) {
            return None;
        }
        let message = "chaque valeur se met sur sa ligne".to_owned();
        let new = format!("{} {value} dans les autres cas", head.trim());
        let indent = head.get(..head.len() - head.trim_start().len()).unwrap_or("");
        let end = self.read_at(Span::new(self.span.start as usize, from)).trim_end().len();
        let cut = Span::new(self.span.start as usize + end, self.span.end as usize);
        let help = format!("mettre à la ligne « {new} »");
        let edits = [(cut, format!("\n{indent}{new}"))];
        Some(self.error("suite-inattendue", message, *turn, "", &help).remedy(help, self.file, edits))
    }

    /// A comma between two conditions, or between two options.
    pub(super) fn comma(&self, words: &[(Span, &'a str)]) -> Option<Diagnostic> {
        let next = self.next().filter(|next| next.text == ",")?;
        let after = words.iter().find(|(span, _)| span.start >= next.span.end)?;
        if after.1 == "ni" {
            return None;
        }
        let until = words.iter().rposition(|(span, _)| span.end <= next.span.start)?;
        let before = words.get(..=until)?;
        let cut =
            |word: &&str| matches!(*word, "et" | "ou" | "si" | "," | "(" | "≥" | "≤" | ">" | "<" | "=" | "≠");
        let is = before.iter().rposition(|(_, word)| *word == "est" || *word == "pas");
        if let Some(is) = is
            && !before
                .get(is + 1..)?
                .iter()
                .any(|(_, word)| cut(word) || matches!(*word, "parmi" | "soit" | "entre"))
        {
            return self.among(words, before.get(is)?.0, next.span);
        }
        let conditions = matches!(
            self.rule,
            Rule::condition_line | Rule::several_line | Rule::bullet_line | Rule::expr_line
        );
        if !conditions {
            return None;
        }
        let later =
            |joint: &str| words.iter().any(|(span, word)| span.start > next.span.start && *word == joint);
        let sooner = |joint: &str| before.iter().any(|(_, word)| *word == joint);
        let joint = match (later("et") || sooner("et"), later("ou") || sooner("ou")) {
            (true, true) => return None,
            (_, true) => "ou",
            _ => "et",
        };
        let commas =
            self.pieces.iter().filter(|piece| piece.text == "," && piece.span.start >= next.span.start);
        let edits = commas.map(|piece| (piece.span, format!(" {joint}"))).collect();
        let message = format!("deux conditions se relient par « {joint} », pas par une virgule");
        self.offer(("tournure", message), next.span, joint, edits)
    }

    /// `X est a, b ou c`: several options.
    fn among(&self, words: &[(Span, &'a str)], is: Span, comma: Span) -> Option<Diagnostic> {
        let at = Span::new(is.end as usize, is.end as usize);
        let mut edits = vec![(at, " parmi".to_owned())];
        let last = self.pieces.iter().rfind(|piece| piece.text == ",")?;
        // « a, b ou c »: the last two are parted by a word.
        let or = words.iter().find(|(span, word)| span.start > last.span.start && *word == "ou");
        if let Some((or, _)) = or {
            let from = or.start as usize - 1;
            let whole = [edits.clone(), vec![(Span::new(from, or.end as usize), ",".to_owned())]].concat();
            let goes_on = words.iter().any(|(span, word)| {
                span.start > or.end && matches!(*word, "est" | "≥" | "≤" | ">" | "<" | "=" | "≠")
            });
            if !goes_on {
                edits = whole;
            }
        }
        let message = "de plusieurs options, on dit « parmi »".to_owned();
        self.offer(("tournure", message), comma, "est parmi …", edits)
    }

    /// `exige soit a, soit b`
    pub(super) fn either(&self, words: &[(Span, &'a str)]) -> Option<Diagnostic> {
        let (first, _) = words.first().filter(|(_, word)| *word == "soit" && self.at_start())?;
        let gone = Span::new(first.start as usize, words.get(1)?.0.start as usize);
        let mut edits = vec![(self.emptied(gone), String::new())];
        for (at, (span, _)) in words.iter().enumerate().skip(1).filter(|(_, (_, word))| *word == "soit") {
            let joint = |(_, word): &&(Span, &str)| matches!(*word, "," | "ou");
            let from = words.get(at - 1).filter(joint).map_or(*span, |(joint, _)| *joint);
            edits.push((from.to(*span), if from == *span { "ou" } else { " ou" }.to_owned()));
        }
        let message = "« soit … soit … » s'écrit « … ou … »".to_owned();
        self.offer(("tournure", message), *first, "… ou …", edits)
    }
}

/// In what some words count the time between two dates: « nombre de mois », « mois entiers de bail ».
fn counted_unit(said: &str) -> Option<&'static str> {
    let bare =
        ["le ", "Le ", "les "].into_iter().find_map(|article| said.strip_prefix(article)).unwrap_or(said);
    let bare = bare.strip_prefix("nombre ").unwrap_or(bare);
    let bare = ["de ", "d'", "d’"].into_iter().find_map(|of| bare.strip_prefix(of)).unwrap_or(bare);
    let (word, rest) = bare.split_once(' ').unwrap_or((bare, ""));
    let unit = match word {
        "an" | "ans" | "année" | "années" => " en années entières",
        "mois" => " en mois entiers",
        "jour" | "jours" => " en jours",
        _ => return None,
    };
    const WHOLE: [&str; 12] = [
        "entiers",
        "entières",
        "complets",
        "complètes",
        "pleins",
        "pleines",
        "révolus",
        "révolues",
        "échus",
        "échues",
        "écoulés",
        "écoulées",
    ];
    let rest = WHOLE.into_iter().find_map(|whole| rest.strip_prefix(whole)).unwrap_or(rest).trim_start();
    // What lasts, if it is said: « de bail », « du contrat ».
    let of = ["de ", "du ", "d'", "d’", "passés", "passées"];
    (rest.is_empty() || of.iter().any(|of| rest.starts_with(of))).then_some(unit)
}
