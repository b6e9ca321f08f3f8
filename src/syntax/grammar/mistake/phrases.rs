//! Turns of French that are cut in several pieces where the rule stopped: « est au minimum de 800 », « 9 k€ ».

use super::{Line, Piece, Rule};
use crate::diagnostic::Diagnostic;
use crate::source::Span;
use crate::syntax::turns;

/// What follows a duration in a text of law, before the date that it starts from.
const FOLLOWING: [&str; 5] = ["qui suivent", "qui suit", "suivants", "à compter de", "à partir de"];

/// What says that a rounding goes to the nearest, as every rounding does.
const NEAREST: [&str; 3] = [" le plus proche", " la plus proche", " près"];

impl<'a> Line<'a> {
    /// What is said of a turn of phrase that the line holds around the place where its rule stopped.
    pub(super) fn phrased(&self) -> Option<Diagnostic> {
        self.at_the_least()
            .or_else(|| self.share_asked())
            .or_else(|| self.added_where())
            .or_else(|| self.following())
            .or_else(|| self.nearest())
            .or_else(|| self.capped())
            .or_else(|| self.lasting())
            .or_else(|| self.rhythm())
            .or_else(|| self.clear_days())
            .or_else(|| self.band_without_colon())
            .or_else(|| self.worth_from())
    }

    /// `vaut 28 000 € au 1er janvier 2027`.
    fn worth_from(&self) -> Option<Diagnostic> {
        let next = self.next().filter(|next| next.text == "au")?;
        let rest = self.file.text().get(next.span.end as usize..self.span.end as usize)?.trim_start();
        // « du 1er janvier au 31 mars »: an end.
        let before = self.file.text().get(self.span.start as usize..next.span.start as usize)?;
        let worth = matches!(self.rule, Rule::value_line | Rule::period_line) && !before.contains(" du ");
        let dated = worth && rest.starts_with(|c: char| c.is_ascii_digit());
        dated.then(|| self.says("tournure", next.span, "depuis le"))
    }

    /// `est au minimum de 800`.
    fn at_the_least(&self) -> Option<Diagnostic> {
        let (verb, next) = (self.previous()?, self.next()?);
        if next.text != "au minimum" || verb.text != "est" {
            return None;
        }
        let rest = self.file.text().get(next.span.end as usize..self.span.end as usize)?;
        let small = [" de ", " d'", " d’"].into_iter().find(|small| rest.starts_with(small));
        let end = next.span.end as usize + small.map_or(0, |small| small.trim_end().len());
        let span = verb.span.to(Span::new(end, end));
        let says = turns::between("est au minimum de")?;
        Some(self.says("signe-en-mots", span, says))
    }

    /// `exige au moins 40 % de X`: what is compared comes first.
    fn share_asked(&self) -> Option<Diagnostic> {
        const BOUNDS: [(&str, &str); 4] =
            [("au moins ", "≥"), ("au plus ", "≤"), ("plus de ", ">"), ("moins de ", "<")];
        let line = self.file.slice(self.span).trim_end();
        let asked = ["exige ", "vise "].into_iter().find_map(|word| line.strip_prefix(word)).unwrap_or(line);
        let start = self.span.start as usize + line.len() - asked.len();
        let before = self.file.text().get(..start)?.trim_end();
        let bullets = self.file.text().get(self.span.end as usize..)?.trim_start().starts_with('-');
        if bullets || !["exige", "vise"].iter().any(|word| before.ends_with(word)) {
            return None;
        }
        let (bound, sign) = BOUNDS.into_iter().find(|(bound, _)| asked.starts_with(bound))?;
        let (figure, of) = match asked.get(bound.len()..)?.split_once('%') {
            Some((number, of)) => (format!("{} %", number.trim_end()), of.trim_start()),
            None => {
                let rest = asked.get(bound.len()..)?;
                let end = rest.find(|c: char| !c.is_ascii_digit() && !matches!(c, ' ' | ','))?;
                (rest.get(..end)?.trim_end().to_owned(), rest.get(end..)?)
            }
        };
        let share = figure.ends_with('%');
        let of = if share {
            ["de ", "d'", "d’"].into_iter().find_map(|small| of.strip_prefix(small))?
        } else {
            of
        };
        let bare = |number: &str| {
            number.starts_with(|c: char| c.is_ascii_digit())
                && number.bytes().all(|b| b.is_ascii_digit() || matches!(b, b' ' | b',' | b'%'))
        };
        let others = [" si ", " et ", " ou ", " dont ", " de:", "€", "≥", "≤", "<", ">", "="];
        let plain = bare(&figure) && !of.trim().is_empty() && !others.iter().any(|other| of.contains(other));
        let counted =
            share || !["de", "d'", "d’", "des"].iter().any(|small| of.split(' ').next() == Some(small));
        if !plain || !counted {
            return None;
        }
        let place = Span::new(start, self.span.start as usize + line.len());
        let message = "ce qui est comparé vient avant le signe".to_owned();
        Some(self.written("tournure", message, place, &format!("{of} {sign} {figure}")))
    }

    /// `majoré de 20 % en zone de montagne`.
    fn added_where(&self) -> Option<Diagnostic> {
        let next = self.next().filter(|next| self.rule == Rule::adjust_line && next.is_operand())?;
        let before =
            self.previous().filter(|before| before.is_operand() && before.span.end < next.span.start)?;
        let place = ["en ", "dans ", "au ", "aux "].iter().any(|word| next.text.starts_with(word))
            && !next.text.starts_with("en cas ");
        let last =
            next.span.end as usize >= self.file.slice(self.span).trim_end().len() + self.span.start as usize;
        if !place || !last || !self.file.slice(before.span).starts_with(|c: char| c.is_ascii_digit()) {
            return None;
        }
        let message = "une condition se dit après « si »".to_owned();
        Some(self.written("signe-manquant", message, next.span, &format!("si {}", next.text)))
    }

    /// `dans les 6 mois qui suivent D`.
    fn following(&self) -> Option<Diagnostic> {
        let next = self.next()?;
        if !self.wants(Rule::w_following) {
            return None;
        }
        let turn = FOLLOWING
            .into_iter()
            .find(|turn| next.text.strip_prefix(turn).is_some_and(|rest| rest.starts_with(' ')))?;
        let start = next.span.start as usize;
        Some(self.says("tournure", Span::new(start, start + turn.len()), "suivant"))
    }

    /// `arrondi à l'euro le plus proche`.
    fn nearest(&self) -> Option<Diagnostic> {
        let (verb, next) = (self.previous()?, self.next()?);
        let step = NEAREST.into_iter().find_map(|end| next.text.strip_suffix(end))?;
        let span = verb.span.to(next.span);
        verb.text
            .starts_with("arrondi")
            .then(|| self.says("tournure", span, &format!("{} {step}", verb.text)))
    }

    /// `plafonné 12 000 €`.
    fn capped(&self) -> Option<Diagnostic> {
        let (verb, value) = (self.previous()?, self.next()?);
        if !verb.text.starts_with("plafonné") || !self.wants(Rule::to) || !value.is_operand() {
            return None;
        }
        let message = format!("il manque « à » après « {} »", verb.text);
        let text = format!("{} à {}", verb.text, value.shown());
        Some(self.written("signe-manquant", message, verb.span.to(value.span), &text))
    }

    /// `chaque mois durant 3 ans`: the duration stands on a line of its own.
    fn lasting(&self) -> Option<Diagnostic> {
        if self.rule != Rule::each_line {
            return None;
        }
        let written = self.file.slice(self.span);
        let (from, turn) = [" durant ", " pendant "]
            .into_iter()
            .find_map(|turn| written.find(turn).map(|from| (self.span.start as usize + from, turn)))?;
        let before = self.file.text().get(..from)?;
        let head = before.get(before.rfind('\n').map_or(0, |end| end + 1)..)?;
        let indent = head.get(..head.len() - head.trim_start().len()).unwrap_or("");
        let word = Span::new(from + 1, from + turn.trim_end().len());
        if ["la durée ", "la période "].iter().any(|length| written.contains(&format!("{turn}{length}"))) {
            let message = "« pendant la durée de … » suit un montant, non un rythme".to_owned();
            let help = "mettre cette ligne sous un montant par mois : « montant 600 € par mois », puis « pendant la durée \
                        de … au prorata des jours »";
            return Some(self.error("suite-inattendue", message, word, "", help));
        }
        let message = "la durée se met sur une ligne à elle".to_owned();
        let rest = self.file.slice(Span::new(from + turn.len(), self.span.end as usize));
        let help = format!("aller à la ligne, et y écrire « pendant {rest} »");
        let cut = (Span::new(from, word.end as usize), format!("\n{indent}pendant"));
        Some(self.error("ligne-a-couper", message, word, "", &help).remedy(help, self.file, [cut]))
    }

    /// `chaque semestre`
    fn rhythm(&self) -> Option<Diagnostic> {
        let next = self.next().filter(|next| self.rule == Rule::each_line && next.is_operand())?;
        let known = matches!(next.text, "an" | "ans" | "mois" | "trimestre" | "année");
        let counted = next.text.ends_with(" mois");
        (!known && !counted).then(|| {
            let message = format!("« chaque {} » n'est pas un rythme de versement", next.shown());
            self.error("suite-inattendue", message, next.span, "", turns::RHYTHMS)
        })
    }

    /// `D + 15 jours francs`
    fn clear_days(&self) -> Option<Diagnostic> {
        let (before, next) = (self.previous()?, self.next()?);
        let word = next.text.split(' ').next().filter(|word| word.trim_end_matches('s') == "franc")?;
        let end = next.span.start as usize + word.len();
        let whole = before.span.to(Span::new(end, end));
        let (count, unit) = before.text.rsplit_once(' ')?;
        if matches!(unit, "mois" | "an" | "ans") {
            let message = "un délai franc ne compte ni son premier jour ni le dernier".to_owned();
            let help = format!(
                "écrire « {} + 1 jour », et « reporté au premier jour ouvrable » si le texte le dit",
                before.shown()
            );
            return Some(self.error("unite-inconnue", message, whole, "", &help));
        }
        if unit.trim_end_matches('s') != "jour" {
            return None;
        }
        let message = "un délai en jours francs ne compte ni son premier jour ni le dernier".to_owned();
        let help = match count.rsplit(' ').next().and_then(|count| count.parse::<u32>().ok()) {
            Some(count) => {
                let days = format!("{} jours", count.saturating_add(1));
                format!("écrire « {days} », et « reporté au premier jour ouvrable » si le texte le dit")
            }
            None => "compter un jour de plus".to_owned(),
        };
        Some(self.error("unite-inconnue", message, whole, "", &help))
    }

    /// `jusqu'à 1 000   5 000 €`, in a scale.
    fn band_without_colon(&self) -> Option<Diagnostic> {
        let (band, value) = (self.previous()?, self.next()?);
        let parts = self.rule == Rule::scale_line && self.wants(Rule::colon) && value.is_operand();
        if !parts || !band.is_operand() {
            return None;
        }
        let end = band.span.end as usize;
        let message = "il manque « : » entre la tranche et sa valeur".to_owned();
        let help = format!("écrire « {} : {} »", band.shown(), value.shown());
        let problem = self.error("deux-points-manquants", message, value.span, "", &help);
        Some(problem.remedy(help, self.file, [(Span::new(end, end), " :".to_owned())]))
    }

    /// `6 mois après D`, said as the language says it.
    pub(super) fn moved_date(&self, before: Piece<'a>, after: Piece<'a>) -> Option<String> {
        let lasts = before.rule == Rule::quantity && before.text.ends_with(char::is_alphabetic);
        let (sign, date) = match after.text.split_once(' ')? {
            ("après", date) => ("+", date),
            ("avant", date) => ("-", date),
            _ => return None,
        };
        let duration = before.shown();
        lasts.then(|| format!("{date} {sign} {duration}"))
    }

    fn says(&self, code: &'static str, span: Span, says: &str) -> Diagnostic {
        let message = format!("« {} » s'écrit « {says} »", self.file.slice(span));
        self.written(code, message, span, says)
    }
}
