//! Turns that a change of the line mends. What is proposed is read first: a change after which the line stops
//! where it did, or before, is none.

use pest::Parser as _;
use pest::error::InputLocation;

use super::{Grammar, Line, Rule};
use crate::diagnostic::Diagnostic;
use crate::source::Span;
use crate::syntax::turns;

/// Words that relate, which the language knows in small letters.
const SMALL: [&str; 11] =
    ["et", "ou", "non", "si", "sinon", "est", "parmi", "soit", "dont", "entre", "suivant"];

/// The words of an adjustment that are told from what is nearly one of them.
const ADJUSTING: [&str; 16] = [
    "arrondi",
    "arrondie",
    "arrondis",
    "arrondies",
    "plafonné",
    "plafonnée",
    "plafonnés",
    "plafonnées",
    "augmenté",
    "augmentée",
    "diminué",
    "diminuée",
    "minimum",
    "maximum",
    "prorata",
    "limite",
];

impl<'a> Line<'a> {
    /// What is said of a turn that one change mends.
    pub(super) fn mended(&self) -> Option<Diagnostic> {
        let words = self.words();
        self.capitals(&words)
            .or_else(|| self.second_value(&words))
            .or_else(|| self.counted_between())
            .or_else(|| self.between_to())
            .or_else(|| self.extra_sign())
            .or_else(|| self.figures())
            .or_else(|| self.period(&words))
            .or_else(|| self.band(&words))
            .or_else(|| self.said_otherwise())
            .or_else(|| self.range(&words))
            .or_else(|| self.either(&words))
            .or_else(|| self.verb_before_sign())
            .or_else(|| self.leading(&words))
            .or_else(|| self.said(&words))
            .or_else(|| self.of_elements(&words))
            .or_else(|| self.in_letters(&words))
            .or_else(|| self.nearly(&words))
            .or_else(|| self.after_parenthesis(&words))
            .or_else(|| self.extreme_between(&words))
            .or_else(|| self.per_element(&words))
            .or_else(|| self.place_of_source())
            .or_else(|| self.difference_in_whole())
            .or_else(|| self.repeated(&words))
            .or_else(|| self.comma(&words))
    }

    /// The line's words and signs outside quotations; a name that holds words of the language is one.
    fn words(&self) -> Vec<(Span, &'a str)> {
        let mut words = Vec::new();
        for piece in self.pieces.iter().filter(|piece| piece.rule != Rule::quotation) {
            let start = piece.span.start as usize;
            let text = self.read_at(piece.span);
            for word in text.split_whitespace() {
                let from = start + (word.as_ptr() as usize).saturating_sub(text.as_ptr() as usize);
                words.push((Span::new(from, from + word.len()), word));
            }
        }
        words
    }

    /// The line's text as the rules read it.
    pub(super) fn read_at(&self, span: Span) -> &'a str {
        let base = self.span.start as usize;
        let range = (span.start as usize).saturating_sub(base)..(span.end as usize).saturating_sub(base);
        self.read.get(range).unwrap_or("")
    }

    /// Whether the line reads once these changes are made, or reads on beyond them and beyond where it stopped.
    pub(super) fn reads(&self, edits: &[(Span, String)]) -> bool {
        let (mut text, mut at) = (String::with_capacity(self.read.len() + 32), self.span.start as usize);
        for (span, new) in edits {
            text.push_str(self.read_at(Span::new(at, span.start as usize)));
            text.push_str(new);
            at = span.end as usize;
        }
        let changed = text.len();
        text.push_str(self.read_at(Span::new(at, self.span.end as usize)));
        let stopped = match Grammar::parse(self.rule, &text) {
            Ok(_) => return true,
            Err(error) => match error.location {
                InputLocation::Pos(at) | InputLocation::Span((at, _)) => at,
            },
        };
        // Where it stops now, said in the line as it was.
        let before = (stopped + self.read.len()).saturating_sub(text.len());
        stopped > changed && before > self.at - self.span.start as usize
    }

    /// Whether the whole line reads once these changes are made.
    pub(super) fn reads_whole(&self, edits: &[(Span, String)]) -> bool {
        let mut text = self.read.to_owned();
        let base = self.span.start as usize;
        for (span, new) in edits.iter().rev() {
            let range = (span.start as usize).saturating_sub(base)..(span.end as usize).saturating_sub(base);
            if text.get(range.clone()).is_none() {
                return false;
            }
            text.replace_range(range, new);
        }
        Grammar::parse(self.rule, &text).is_ok()
    }

    /// A place that is to be emptied, a blank beside it with it.
    pub(super) fn emptied(&self, span: Span) -> Span {
        let blank = |at: usize| self.file.text().get(at..).is_some_and(|rest| rest.starts_with(' '));
        let (start, end) = (span.start as usize, span.end as usize);
        let both = start > 0 && blank(start - 1) && blank(end);
        Span::new(start, end + usize::from(both))
    }

    /// What is said of changes that make the line read.
    pub(super) fn offer(
        &self,
        (code, message): (&'static str, String),
        span: Span,
        says: &str,
        edits: Vec<(Span, String)>,
    ) -> Option<Diagnostic> {
        self.reads(&edits).then(|| {
            let help = match says {
                "" => "l'enlever".to_owned(),
                says => format!("écrire « {says} »"),
            };
            self.error(code, message, span, "", &help).remedy(help, self.file, edits)
        })
    }

    /// `OU`, `Et`: all of them, or the line reads no further.
    fn capitals(&self, words: &[(Span, &'a str)]) -> Option<Diagnostic> {
        let edits: Vec<(Span, String)> = words
            .iter()
            .filter_map(|(span, word)| {
                let small = word.to_lowercase();
                (small != *word && SMALL.contains(&&*small)).then_some((*span, small))
            })
            .collect();
        let (span, small) = edits.first().cloned()?;
        let message = format!("« {} » s'écrit en minuscules", self.file.slice(span));
        self.offer(("tournure", message), span, &small, edits)
    }

    /// `6 k€`, `10.000,50 €`, `10 euros`, `1 an et demi`.
    fn figures(&self) -> Option<Diagnostic> {
        let figures = super::figures::of(self.read);
        figures.into_iter().find_map(|figure| {
            let start = self.span.start as usize;
            let span = Span::new(start + figure.from, start + figure.to);
            let written = figure.written.clone();
            self.offer((figure.code, figure.message), span, &written, vec![(span, figure.written)])
        })
    }

    /// `plafonner à`, `lorsque`, `autrement`: a turn with what the language says for it.
    fn said(&self, words: &[(Span, &'a str)]) -> Option<Diagnostic> {
        (1..=turns::SAID_WORDS).rev().find_map(|count| {
            words.windows(count).find_map(|run| {
                let turn: Vec<&str> = run.iter().map(|(_, word)| *word).collect();
                let span = run.first()?.0.to(run.last()?.0);
                turns::said_as(&turn).find_map(|says| {
                    let after = words.iter().find(|(word, _)| word.start >= span.end).map(|(_, word)| *word);
                    let here = match says {
                        "est dans les" => after != Some("autres"),
                        "est parmi" => !matches!(after, Some("les" | "le" | "la" | "l'" | "un" | "une")),
                        "suivant" => {
                            self.wants(Rule::w_following) && words.iter().any(|(_, word)| *word == "dans")
                        }
                        "année" | "trimestre" => self.rule == Rule::each_line,
                        _ => true,
                    };
                    let message = format!("« {} » s'écrit « {says} »", self.file.slice(span));
                    let said = |place, new| {
                        self.offer(("tournure", message.clone()), span, says, vec![(place, new)])
                    };
                    let alone = here.then(|| said(span, says.to_owned()))?;
                    alone.or_else(|| said(self.comma_before(span)?.to(span), format!(" {says}")))
                })
            })
        })
    }

    /// The comma before a place, blanks passed over.
    pub(super) fn comma_before(&self, span: Span) -> Option<Span> {
        let before = self.read_at(Span::new(self.span.start as usize, span.start as usize)).trim_end();
        let at = self.span.start as usize + before.strip_suffix(',')?.len();
        Some(Span::new(at, at + 1))
    }

    /// A sign that is too much where it stands: `exige :`, `vaut = 5 €`, `vaut X, arrondi au centime`; a word that
    /// says again what the sign says, `≥ 6 mois minimum`.
    fn extra_sign(&self) -> Option<Diagnostic> {
        let next = self.next()?;
        let above = |signs: &str| {
            self.pieces.iter().any(|piece| piece.span.end <= next.span.start && signs.contains(piece.text))
        };
        let code = match next.text {
            ":" if !matches!(self.rule, Rule::fact_line | Rule::scale_line | Rule::table_line) => {
                "suite-inattendue"
            }
            "=" if matches!(self.rule, Rule::value_line | Rule::period_line) && self.previous().is_none() => {
                "suite-inattendue"
            }
            "minimum" | "au minimum" | "au moins" if above("≥>=") => "tournure",
            "maximum" | "au maximum" | "au plus" if above("≤<=") => "tournure",
            "calendaires" | "calendaire" | "révolus" | "révolues" => "tournure",
            "si" if self.rule == Rule::fact_line => {
                let at = Span::new(self.previous()?.span.end as usize, self.previous()?.span.end as usize);
                let message = "il manque une virgule devant « si »".to_owned();
                return self.offer(
                    ("virgule-manquante", message),
                    next.span,
                    ", si",
                    vec![(at, ",".to_owned())],
                );
            }
            "," => {
                let after = self.pieces.iter().find(|piece| piece.span.start >= next.span.end)?;
                // What the line goes on with is a word of the language, or a title: a list is another matter.
                let title = self.rule == Rule::source_line && after.rule == Rule::quotation;
                (after.rule == Rule::reserved || title).then_some("signe-en-trop")?
            }
            _ => return None,
        };
        let message = format!("« {} » est en trop", next.shown());
        let gone = Span::new(next.span.start as usize, next.span.start as usize + next.text.trim_end().len());
        let edits = vec![(self.emptied(gone), String::new())];
        // A name that goes on is no line that reads on.
        let named = matches!(self.rule, Rule::named_line | Rule::columns_line | Rule::glossed_line);
        if named && !self.reads_whole(&edits) {
            return None;
        }
        self.offer((code, message), gone, "", edits)
    }

    /// `(…) supérieur à 1`
    fn after_parenthesis(&self, words: &[(Span, &'a str)]) -> Option<Diagnostic> {
        let close = words.iter().rposition(|(span, word)| *word == ")" && span.end as usize <= self.at)?;
        let rest = words.get(close + 1..)?;
        (1..rest.len().min(8)).rev().find_map(|count| {
            let run = rest.get(..count)?;
            let turn: Vec<&str> = run.iter().map(|(_, word)| *word).collect();
            let says = turns::between(&turn.join(" "))?;
            let span = run.first()?.0.to(run.last()?.0);
            let message = format!("« {} » s'écrit « {says} »", self.file.slice(span));
            self.offer(("signe-en-mots", message), span, says, vec![(span, says.to_owned())])
        })
    }

    /// `montant de 5 €`, `vaut égal à 5 €`, `en vigueur le D`, `pendant une durée de 3 ans`: words before what is said.
    fn leading(&self, words: &[(Span, &'a str)]) -> Option<Diagnostic> {
        if self.rule == Rule::in_force_line {
            let (span, _) = words.first().filter(|_| self.at_start())?;
            let start = self.span.start as usize;
            let article = self.file.slice(Span::new(start, span.start as usize));
            let at = Span::new(start, start + article.trim_end().len());
            let message = "il manque « depuis » devant la date".to_owned();
            return self.offer(
                ("suite-inattendue", message),
                at,
                "depuis le",
                vec![(at, "depuis le".to_owned())],
            );
        }
        if !matches!(self.rule, Rule::value_line | Rule::period_line | Rule::lasting_line) {
            return None;
        }
        (1..words.len().min(6)).rev().find_map(|count| {
            let run = words.get(..count)?;
            let turn: Vec<&str> = run.iter().map(|(_, word)| *word).collect();
            let span = Span::new(self.span.start as usize, run.last()?.0.end as usize);
            let said = turn.join(" ");
            let idle = ["de", "est de", "égal à", "égale à", "est égal à", "fixé à", "fixée à", "est fixé à"];
            let lasts = self.rule == Rule::lasting_line
                && said.contains("durée")
                && !said.contains(|c: char| c.is_ascii_digit());
            let message = format!("« {} » est en trop", self.file.slice(span));
            (idle.contains(&&*said) || lasts).then(|| {
                self.offer(("suite-inattendue", message), span, "", vec![(self.emptied(span), String::new())])
            })?
        })
    }

    /// `heures est ≥ 5`
    fn verb_before_sign(&self) -> Option<Diagnostic> {
        let signs = |text: &str| matches!(text, "≥" | "≤" | ">" | "<" | "=" | "≠" | ">=" | "<=");
        let next = self.next()?;
        let verb = if matches!(next.text, "soit" | "est") {
            let after = self.pieces.iter().find(|piece| piece.span.start >= next.span.end)?;
            signs(after.text).then_some(next)?
        } else {
            self.previous().filter(|previous| signs(next.text) && matches!(previous.text, "est" | "soit"))?
        };
        let message = format!("devant un signe, « {} » est en trop", verb.text);
        self.offer(("tournure", message), verb.span, "", vec![(self.emptied(verb.span), String::new())])
    }

    /// `pendant trois ans`, where a figure alone may stand.
    fn in_letters(&self, words: &[(Span, &'a str)]) -> Option<Diagnostic> {
        (1..=3).rev().find_map(|count| {
            words.windows(count).find_map(|run| {
                let said: Vec<&str> = run.iter().map(|(_, word)| *word).collect();
                // « un » alone is an article.
                let figure = turns::quantity(&said.join(" ")).filter(|figure| figure != "1")?;
                let span = run.first()?.0.to(run.last()?.0);
                let message = format!("un nombre s'écrit en chiffres ; lu « {} »", self.file.slice(span));
                self.offer(("nombre-en-lettres", message), span, &figure, vec![(span, figure.clone())])
            })
        })
    }

    /// `est entre 2 à 5`
    fn between_to(&self) -> Option<Diagnostic> {
        let next = self.next().filter(|next| next.text.starts_with("à "))?;
        if !self.wants(Rule::w_and) {
            return None;
        }
        let place = Span::new(next.span.start as usize, next.span.start as usize + "à".len());
        let message = "« entre » est suivi de « et », pas de « à »".to_owned();
        self.offer(("tournure", message), place, "et", vec![(place, "et".to_owned())])
    }

    /// `arondi`, `plafoné`: a letter or two from what the language says.
    fn nearly(&self, words: &[(Span, &'a str)]) -> Option<Diagnostic> {
        words.iter().find_map(|(span, word)| {
            let near = nearly_adjusts(word)?;
            let message = format!("« {word} » s'écrit « {near} »");
            self.offer(("tournure", message), *span, near, vec![(*span, near.to_owned())])
        })
    }

    /// `X ≥ 18 et < 25`: what is compared is said again.
    fn repeated(&self, words: &[(Span, &'a str)]) -> Option<Diagnostic> {
        const SIGNS: [&str; 8] = ["≥", "≤", ">", "<", "=", "≠", ">=", "<="];
        let sign =
            words.iter().position(|(span, word)| SIGNS.contains(word) && span.end as usize > self.at)?;
        let joint = words.get(..sign)?.last().filter(|(_, word)| matches!(*word, "et" | "ou"))?;
        let before = words.get(..sign - 1)?;
        let compared = before.iter().rposition(|(_, word)| SIGNS.contains(word))?;
        let left = before.get(..compared)?;
        let from = left.iter().rposition(|(_, word)| matches!(*word, "et" | "ou" | "si" | "(" | "non"));
        let left = left.get(from.map_or(0, |from| from + 1)..)?;
        let subject = self.file.slice(left.first()?.0.to(left.last()?.0));
        let (place, written) = words.get(sign)?;
        let at = Span::new(place.start as usize, place.start as usize);
        let message = format!("il manque une valeur entre « {} » et « {written} »", joint.1);
        let says = format!("{subject} {written}");
        self.offer(("valeur-manquante", message), *place, &says, vec![(at, format!("{subject} "))])
    }
}

/// The word that relates, of one in capitals.
pub(crate) fn small_word(word: &str) -> Option<&'static str> {
    let small = word.to_lowercase();
    SMALL.into_iter().find(|own| *own == small && *own != word)
}

/// The word of an adjustment that this is nearly.
pub(crate) fn nearly_adjusts(word: &str) -> Option<&'static str> {
    let length = word.chars().count();
    if length < 6 || ADJUSTING.contains(&word) {
        return None;
    }
    let small = word.to_lowercase();
    let near = ADJUSTING.iter().map(|own| (strsim::damerau_levenshtein(own, &small), *own));
    let (letters, near) = near.min_by_key(|(letters, _)| *letters)?;
    (letters <= 2).then_some(near)
}
