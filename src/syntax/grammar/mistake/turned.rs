//! Turns of French that the language says otherwise, each with what to write.

use std::sync::Arc;

use super::{Line, Piece, Rule};
use crate::diagnostic::Diagnostic;
use crate::source::{SourceFile, Span};
use crate::syntax::turns;

impl<'a> Line<'a> {
    /// What is said of a turn of phrase that the line holds where its rule stopped.
    pub(super) fn turned(&self) -> Option<Diagnostic> {
        self.all_met()
            .or_else(|| self.exception())
            .or_else(|| self.and_if())
            .or_else(|| self.comment())
            .or_else(|| self.semicolon())
            .or_else(|| self.phrased())
            .or_else(|| self.unit_before())
            .or_else(|| self.in_words())
            .or_else(|| self.mended())
            .or_else(|| self.bare_between())
            .or_else(|| self.unit_after())
    }

    /// The character before a piece, blanks passed over.
    fn text_before(&self, span: Span) -> Option<char> {
        self.file.text().get(..span.start as usize)?.trim_end().chars().next_back()
    }

    pub(super) fn written(&self, code: &'static str, message: String, span: Span, text: &str) -> Diagnostic {
        self.error(code, message, span, "", "").instead(self.file, span, &[text])
    }

    /// `≥ 10 sauf si …`: an exception on the line of its rule.
    fn exception(&self) -> Option<Diagnostic> {
        let next = self.next().filter(|next| next.text.split(' ').next() == Some("sauf"))?;
        self.previous()?;
        let start = next.span.start as usize;
        if self.rule == Rule::fact_line {
            return Some(self.asked_but_if(start));
        }
        Some(exception_on_the_line(self.file, Span::new(start, start + "sauf".len())))
    }

    /// `et si …` on the line under a condition: an exception where a text is cited for it, else one more condition.
    fn and_if(&self) -> Option<Diagnostic> {
        let (joint, next) = (self.previous()?, self.next()?);
        let text = self.file.text();
        let opens = text.get(..joint.span.start as usize)?.trim_end_matches([' ', '\t']).ends_with('\n');
        if next.text != "si" || !matches!(joint.text, "et" | "ou") || !opens {
            return None;
        }
        let both = joint.span.to(next.span);
        let message = format!("« {} » ne commence pas une ligne", self.file.slice(both));
        let below = text.get(self.span.end as usize..)?.trim_start_matches('\n');
        if below.starts_with("    selon ") {
            let problem = self.written("tournure", message, both, "sauf si");
            return Some(
                problem.help("écrire « sauf si » : le texte cité dessous est celui d'une exception"),
            );
        }
        let help = "une exception : « sauf si … » ; une condition de plus : « et … » sans « si » ; un cas : « si … » seul sur sa ligne";
        Some(self.error("tournure", message, both, "", help))
    }

    /// `: date, sauf si A est B`: a fact is asked where a condition holds, of which this is the contrary.
    fn asked_but_if(&self, start: usize) -> Diagnostic {
        let message = "un fait se demande « si … », non « sauf si … »".to_owned();
        let place = Span::new(start, start + "sauf".len());
        let said = self.file.slice(Span::new(start, self.span.end as usize)).trim_end();
        let contrary = said.strip_prefix("sauf si ").and_then(contrary);
        let Some(contrary) = contrary else {
            let help = "écrire « , si … », avec la condition contraire";
            return self.error("exception-en-ligne", message, place, "", help);
        };
        let before = self.file.text().get(..start).unwrap_or("").trim_end();
        let (from, text) = match before.ends_with(',') {
            true => (start, format!("si {contrary}")),
            false => (before.len(), format!(", si {contrary}")),
        };
        let label = format!("écrire « si {contrary} »");
        self.error("exception-en-ligne", message, place, "", &label).remedy(
            label,
            self.file,
            [(Span::new(from, start + said.len()), text)],
        )
    }

    fn all_met(&self) -> Option<Diagnostic> {
        let said = |piece: &&Piece<'a>| turns::all_met(&piece.shown());
        let piece = self.pieces.iter().find(said)?;
        let message = format!("« {} » se dit autrement", piece.shown());
        Some(self.written("tournure", message, piece.span, "tous les critères sont remplis"))
    }

    fn comment(&self) -> Option<Diagnostic> {
        let (first, second) = (self.previous()?, self.next()?);
        let both = first.span.to(second.span);
        (self.file.slice(both) == "//").then(|| {
            let message = "un commentaire commence par « # », pas par « // »".to_owned();
            self.written("commentaire", message, both, "#")
        })
    }

    /// `;` at the end of a bullet, or between two.
    fn semicolon(&self) -> Option<Diagnostic> {
        let sign = self.next().filter(|next| matches!(next.text, ";" | "." | "!" | "…"))?;
        let last = sign.span.end >= self.span.end;
        if !last || self.rule == Rule::fact_line {
            return None;
        }
        let message = match sign.text {
            "." => "une ligne ne finit pas par un point".to_owned(),
            sign => format!("une ligne ne finit pas par « {sign} »"),
        };
        let problem = self.error("signe-en-trop", message, sign.span, "", "l'enlever");
        Some(problem.remedy("l'enlever", self.file, [(sign.span, String::new())]))
    }

    /// `€ 12 000`.
    fn unit_before(&self) -> Option<Diagnostic> {
        let sign = self.next().filter(|next| matches!(next.text, "€" | "%"))?;
        let figure = self.pieces.iter().find(|piece| piece.span.start >= sign.span.end)?;
        if !figure.is_bare_number() {
            return None;
        }
        let message = format!("« {} » se met après le nombre", sign.text);
        let text = format!("{} {}", figure.shown(), sign.text);
        Some(self.written("unite-devant", message, sign.span.to(figure.span), &text))
    }

    /// `X entre a et b`, in a condition.
    fn bare_between(&self) -> Option<Diagnostic> {
        let (before, next) = (self.previous()?, self.next()?);
        let compares = next.text == "entre" && before.is_operand() && self.wants(Rule::plus);
        compares.then(|| {
            let message = "il manque « est » devant « entre »".to_owned();
            self.written("signe-manquant", message, next.span, "est entre")
        })
    }

    /// `n'excède pas 12 000 €`, `augmente de 20 %`, `3 fois X`, `entier supérieur à 0`.
    fn in_words(&self) -> Option<Diagnostic> {
        let (span, says) = self.behind().or_else(|| self.ahead())?;
        let message = format!("« {} » s'écrit « {says} »", self.file.slice(span));
        // « au plus tard 6 mois après D »: what follows is said otherwise too.
        let mut pieces = self.pieces.iter().copied().filter(|piece| piece.span.start >= span.end);
        if let (Some(duration), Some(after)) = (pieces.next(), pieces.next())
            && let Some(date) = self.moved_date(duration, after)
        {
            let whole = span.to(after.span);
            // « au moins 3 mois avant D » is no later than D less 3 months: the farther, the earlier.
            let said = self.file.slice(span);
            let apart = after.text.starts_with("avant ") && !said.ends_with("tard") && !said.ends_with("tôt");
            let turned = turns::reverse(says).filter(|_| apart);
            let date = format!("{} {date}", turned.unwrap_or(says));
            let message = match turned {
                Some(_) => format!("« {} » s'écrit « {date} »", crate::text::tidy(self.file.slice(whole))),
                None => message,
            };
            return Some(self.written("signe-en-mots", message, whole, &date));
        }
        let problem = self.written("signe-en-mots", message, span, says);
        Some(match turns::or_the_day(self.file.slice(span), says) {
            Some(help) => problem.help(help),
            None => problem,
        })
    }

    /// A turn of phrase that ends where the rule stopped, before a value.
    fn behind(&self) -> Option<(Span, &'static str)> {
        let value = self.next().filter(Piece::is_operand)?;
        let start = self.span.start as usize;
        let before = self.file.text().get(start..value.span.start as usize)?.trim_end();
        let starts = word_starts(before);
        // The first word is what is compared; the longest turn says most.
        let within = starts.iter().skip(1).skip(starts.len().saturating_sub(8));
        let (from, says) =
            within.copied().find_map(|from| Some((from, turns::between(before.get(from..)?)?)))?;
        // What stands before it is what is compared: no word that would turn or limit what is said.
        let left = before.get(..from)?.trim_end();
        let last = left.rsplit(' ').next().unwrap_or("");
        let limits =
            ["datant", "depuis", "a", "au", "d'au", "le", "de", "du", "strictement", "est", "et", "ou"];
        let since = left.rsplit([',', '(']).next().unwrap_or("").split(' ');
        let denied = since.fold(false, |denied, word| match word {
            "et" | "ou" => false,
            word => denied || word.starts_with("n'") || ["ne", "pas", "jamais", "ni", "sans"].contains(&word),
        });
        // What a line is worth is no condition: « au plus 5 € » limits it.
        let value = matches!(
            self.rule,
            Rule::value_line | Rule::scale_line | Rule::table_line | Rule::adjust_line | Rule::period_line
        );
        let compares = says.chars().count() == 1 && !"×÷+-".contains(says);
        let condition = left.split(' ').any(|word| word == "si");
        (!denied && !limits.contains(&last) && (!value || !compares || condition))
            .then(|| (Span::new(start + from, start + before.len()), says))
    }

    /// A turn of phrase that starts where the rule stopped, after a type or a figure.
    fn ahead(&self) -> Option<(Span, &'static str)> {
        let (before, next) = (self.previous()?, self.next()?);
        let from = match self.rule {
            Rule::fact_line => self.at,
            _ if before.is_bare_number() => next.span.start as usize,
            _ => return None,
        };
        let rest = self.file.text().get(from..self.span.end as usize)?;
        let after = rest.trim_start();
        let start = from + rest.len() - after.len();
        let ends = word_starts(after).into_iter().skip(1).take(6).collect::<Vec<_>>();
        ends.into_iter().rev().find_map(|end| {
            let turn = after.get(..end)?.trim_end();
            Some((Span::new(start, start + turn.len()), turns::between(turn)?))
        })
    }

    /// Whether the passages above the line say one of these.
    fn quotes_above(&self, said: &[&str]) -> bool {
        let above = block_above(self.file.text().get(..self.span.start as usize).unwrap_or(""));
        let above = above.split_whitespace().collect::<Vec<_>>().join(" ");
        above.contains('«') && said.iter().any(|said| above.contains(said))
    }

    /// `10 ha`, `0 F`.
    fn unit_after(&self) -> Option<Diagnostic> {
        let (before, after) = (self.previous()?, self.next()?);
        if !before.is_bare_number() {
            return None;
        }
        let both = before.span.to(after.span);
        if matches!(after.text, "F" | "francs" | "$" | "dollars" | "£") {
            let message = format!("une somme se dit en euros ; lu « {} »", self.file.slice(both));
            return Some(self.error("unite-inconnue", message, both, "", "convertir, et écrire « … € »"));
        }
        if let ("semaine" | "semaines", Ok(weeks)) = (after.text, before.shown().parse::<u32>())
            && let Some(days) = weeks.checked_mul(7)
            && matches!(self.text_before(before.span), Some('+' | '-' | '−'))
        {
            let message = "un délai se compte en jours, en mois ou en ans".to_owned();
            // « deux semaines », where the passage says « quinze jours ».
            if weeks == 2 && self.quotes_above(&["quinze jours", "15 jours"]) {
                let problem = self.written("unite-inconnue", message, both, "15 jours");
                return Some(problem.help("écrire « 15 jours », comme le dit le passage cité"));
            }
            return Some(self.written("unite-inconnue", message, both, &format!("{days} jours")));
        }
        None
    }
}

/// The block of lines above a place, back to the empty line that sets its item apart.
fn block_above(text: &str) -> &str {
    text.rfind("\n\n").and_then(|at| text.get(at..)).unwrap_or(text)
}

/// Where the words of a text start.
fn word_starts(text: &str) -> Vec<usize> {
    let mut starts = Vec::new();
    let mut inside = false;
    for (at, c) in text.char_indices() {
        if !c.is_whitespace() && !inside {
            starts.push(at);
        }
        inside = !c.is_whitespace();
    }
    starts
}

/// What is said of an exception that stands on the line of its rule: one bullet, one adjustment has its own condition.
pub(crate) fn exception_on_the_line(file: &Arc<SourceFile>, word: Span) -> Diagnostic {
    const OWN: [&str; 9] =
        ["- ", "majoré", "minoré", "augmenté", "diminué", "plafonné", "au minimum", "au maximum", "remplie"];
    let problem = Diagnostic::error("exception-en-ligne", "une exception se dit sur une ligne à elle").at(
        file,
        word,
        "ici commence l'exception",
    );
    let (before, after) = file.text().split_at_checked(word.start as usize).unwrap_or_default();
    let line = before.rsplit('\n').next().unwrap_or("").trim_start();
    let (said, below) = after.split_once('\n').unwrap_or((after, ""));
    let goes_on = ["et ", "ou "].iter().any(|joint| below.trim_start().starts_with(joint));
    let said = said.trim_end();
    let contrary = said.strip_prefix("sauf si ").filter(|_| !goes_on).and_then(contrary);
    if !OWN.iter().any(|head| line.starts_with(head)) {
        return problem.help("la mettre à la ligne, sous « exige » : « sauf si … »");
    }
    match contrary {
        Some(contrary) => {
            let start = word.start as usize;
            let text = format!("si {contrary}");
            problem.instead(file, Span::new(start, start + said.len()), &[&text])
        }
        None => problem.help("dire quand cette ligne vaut : « si … », avec la condition contraire"),
    }
}

/// What holds where one plain condition does not.
fn contrary(said: &str) -> Option<String> {
    if [" et ", " ou ", ", à ", "(", ")"].iter().any(|more| said.contains(more)) {
        return None;
    }
    let verbs = [(" n'est pas ", " est "), (" n’est pas ", " est "), (" est ", " n'est pas ")];
    let turned = verbs.iter().find_map(|(verb, other)| {
        let (left, right) = said.split_once(verb)?;
        Some(format!("{left}{other}{right}"))
    });
    let mut signs = said.char_indices().filter(|(_, c)| matches!(c, '≥' | '≤' | '<' | '>' | '=' | '≠'));
    match (turned, signs.next(), signs.next()) {
        (Some(turned), None, _) => Some(turned),
        (None, Some((at, sign)), None) => {
            let other = turns::denial(said.get(at..at + sign.len_utf8())?)?;
            Some(format!("{}{other}{}", said.get(..at)?, said.get(at + sign.len_utf8()..)?))
        }
        (None, None, _) => match said.strip_prefix("non ") {
            Some(name) => Some(name.to_owned()),
            None => Some(format!("non {said}")),
        },
        (Some(_) | None, Some(_), _) => None,
    }
}
