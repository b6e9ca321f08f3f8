//! What a line that no rule reads gets wrong, said to its author.
//!
//! The line is read again piece by piece: what stands before the place where the rule stopped, what
//! stands there, and what the rule would have taken, make the message.

use std::sync::Arc;

use pest::Parser as _;
use pest::error::{Error, ErrorVariant, InputLocation};

use super::{Grammar, Rule};
use crate::diagnostic::Diagnostic;
use crate::limits;
use crate::source::{SourceFile, Span};
use crate::syntax::declared::Names;
use crate::syntax::keyword::Keyword;
use crate::syntax::layout::Fault;
use crate::syntax::turns;
use crate::text;

mod constructs;
mod expected;
mod facts;
mod figures;
mod mended;
mod periods;
mod phrases;
mod punctuation;
mod spreadsheet;
mod turned;

pub(crate) use figures::{dashed_date, date_of};
pub(crate) use mended::{nearly_adjusts, small_word};
pub(crate) use turned::exception_on_the_line;

/// A line that could not be read.
struct Line<'a> {
    file: &'a Arc<SourceFile>,
    /// Its text as the rules read it, hidden names in it.
    read: &'a str,
    names: &'a Names,
    rule: Rule,
    span: Span,
    /// Where the rule stopped, in the file.
    at: usize,
    /// What it would have taken there.
    wanted: Vec<Rule>,
    pieces: Vec<Piece<'a>>,
}

/// A piece of the line: an operand, a reserved word, a sign.
#[derive(Clone, Copy)]
struct Piece<'a> {
    rule: Rule,
    text: &'a str,
    span: Span,
}

impl Piece<'_> {
    fn is_operand(&self) -> bool {
        !matches!(self.rule, Rule::reserved | Rule::signs | Rule::stray)
    }

    fn is_bare_number(&self) -> bool {
        self.rule == Rule::quantity && self.text.ends_with(|c: char| c.is_ascii_digit())
    }

    /// As it is shown: on one line, cut where it is long.
    fn shown(&self) -> String {
        let words = self.text.split_whitespace().collect::<Vec<_>>().join(" ");
        if words.chars().count() <= 40 {
            return words;
        }
        words.chars().take(39).chain(['…']).collect()
    }
}

/// The mistake of a line that `rule` could not read, as `read` has it, hidden names in it.
pub(super) fn explain<'a>(
    file: &'a Arc<SourceFile>,
    (read, names): (&'a str, &'a Names),
    span: Span,
    rule: Rule,
    error: &Error<Rule>,
) -> Diagnostic {
    let offset = match error.location {
        InputLocation::Pos(at) | InputLocation::Span((at, _)) => at,
    };
    let wanted = match &error.variant {
        ErrorVariant::ParsingError { positives, .. } => positives.clone(),
        // The parser stops by itself only where its stack runs out.
        ErrorVariant::CustomError { .. } => return too_deep(file, span),
    };
    let pieces = Grammar::parse(Rule::pieces, read)
        .ok()
        .and_then(|mut pairs| pairs.next())
        .map(|pair| pair.into_inner())
        .into_iter()
        .flatten()
        .filter(|pair| !matches!(pair.as_rule(), Rule::gap | Rule::article | Rule::EOI))
        .filter(|pair| !pair.as_str().trim().is_empty())
        .map(|pair| {
            let start = span.start as usize + pair.as_span().start();
            let end = span.start as usize + pair.as_span().end();
            let span = Span::new(start, end);
            Piece { rule: pair.as_rule(), text: file.slice(span), span }
        })
        .collect();
    let line = Line { file, read, names, rule, span, at: span.start as usize + offset, wanted, pieces };
    line.explain()
}

impl<'a> Line<'a> {
    fn explain(&self) -> Diagnostic {
        self.turned()
            .or_else(|| self.punctuation())
            .or_else(|| self.of_its_rule())
            .or_else(|| self.parentheses())
            .or_else(|| self.date_without_year())
            .or_else(|| self.called())
            .or_else(|| self.missing_value())
            .or_else(|| self.missing_sign())
            .unwrap_or_else(|| self.unexpected())
    }

    /// The piece that stands where the rule stopped, or the first one after.
    fn next(&self) -> Option<Piece<'a>> {
        self.pieces.iter().copied().find(|piece| piece.span.end as usize > self.at)
    }

    /// The last piece before.
    fn previous(&self) -> Option<Piece<'a>> {
        self.pieces.iter().copied().rev().find(|piece| piece.span.end as usize <= self.at)
    }

    fn wants(&self, rule: Rule) -> bool {
        self.wanted.contains(&rule)
    }

    /// Whether the line could not even begin.
    fn at_start(&self) -> bool {
        self.previous().is_none()
    }

    fn wants_operand(&self) -> bool {
        let of_values = matches!(
            self.rule,
            Rule::value_line
                | Rule::expr_line
                | Rule::bullet_line
                | Rule::condition_line
                | Rule::several_line
                | Rule::period_line
                | Rule::version_line
        );
        of_values && self.at_start()
            || [Rule::operand, Rule::guarded_operand, Rule::bound_operand, Rule::expr, Rule::sum, Rule::path]
                .iter()
                .any(|rule| self.wants(*rule))
    }

    /// Where a message points: what stands there, or the end of the line.
    fn place(&self) -> Span {
        self.next().map_or_else(|| Span::new(self.span.end as usize, self.span.end as usize), |p| p.span)
    }

    fn error(&self, code: &'static str, message: String, span: Span, label: &str, help: &str) -> Diagnostic {
        let problem = Diagnostic::error(code, message).at(self.file, span, label);
        if help.is_empty() { problem } else { problem.help(help) }
    }

    /// A name before a parenthesis, as a function of a spreadsheet would stand.
    fn called(&self) -> Option<Diagnostic> {
        let (name, open) = (self.previous()?, self.next()?);
        let is_name = name.rule == Rule::path;
        if open.text != "(" || !is_name || !self.wants(Rule::plus) {
            return None;
        }
        if let Some(problem) = self.spreadsheet(name, open) {
            return Some(problem);
        }
        let message = format!("« {} » est suivi d'une parenthèse sans signe entre eux", name.shown());
        let help = match turns::value(name.text) {
            Some(said) => format!("cela s'écrit « {said} »"),
            None => "écrire un signe, par exemple « × » ; une opération s'écrit en mots : « le plus grand de a, b »"
                .to_owned(),
        };
        Some(self.error("signe-manquant", message, name.span.to(open.span), "", &help))
    }

    fn missing_value(&self) -> Option<Diagnostic> {
        if !self.wants_operand() {
            return None;
        }
        let next = self.next();
        if next.is_some_and(|next| next.is_operand()) {
            return None;
        }
        let message = match (self.previous(), next) {
            (Some(before), Some(after)) => {
                format!("il manque une valeur entre « {} » et « {} »", before.shown(), after.shown())
            }
            (Some(before), None) => format!("il manque une valeur après « {} »", before.shown()),
            (None, Some(after)) => format!("il manque une valeur avant « {} »", after.shown()),
            (None, None) => "il manque une valeur".to_string(),
        };
        let place = match (self.previous(), next) {
            (Some(before), None) => before.span,
            _ => self.place(),
        };
        Some(self.error("valeur-manquante", message, place, "", ""))
    }

    fn missing_sign(&self) -> Option<Diagnostic> {
        let (before, after) = (self.previous()?, self.next()?);
        if !self.wants(Rule::plus) || !before.is_operand() || !after.is_operand() {
            return None;
        }
        if let Some(problem) = self.cut_off(after) {
            return Some(problem);
        }
        if let Some(problem) = self.nothing_compared(before, after) {
            return Some(problem);
        }
        let between = format!("entre « {} » et « {} »", before.shown(), after.shown());
        let message = format!("il manque un signe {between}");
        if let Some(better) = self.moved_date(before, after) {
            let both = before.span.to(after.span);
            let message = format!("« {} » s'écrit « {better} »", crate::text::tidy(self.file.slice(both)));
            let problem = self.error("tournure", message, both, "", "");
            return Some(problem.instead(self.file, both, &[better]));
        }
        let is_value = matches!(after.rule, Rule::quantity | Rule::date_words | Rule::date_numeric);
        let gives =
            matches!(self.rule, Rule::value_line | Rule::scale_line | Rule::table_line | Rule::period_line);
        let (label, help) = match after.rule {
            Rule::quantity if before.is_bare_number() => {
                ("écrire ici le signe", "ou grouper les chiffres par trois : « 10 000 »")
            }
            Rule::quantity if gives && before.rule == Rule::quantity => {
                ("écrire ici le signe", "par exemple « + » ou « × »")
            }
            _ if is_value && !gives && before.rule == Rule::path && self.wants(Rule::ge) => {
                ("écrire ici le signe de comparaison", "« ≥ », « ≤ », « > », « < » ou « = », selon le texte")
            }
            Rule::quotation if !gives => ("écrire ici le signe", "par exemple « = » ou « ≠ »"),
            _ => {
                let message = format!("il manque un signe ou un mot {between}");
                return Some(self.error("signe-manquant", message, after.span, "", ""));
            }
        };
        Some(self.error("signe-manquant", message, after.span, label, help))
    }

    /// `31 décembre` with no year after it.
    fn date_without_year(&self) -> Option<Diagnostic> {
        let (before, after) = (self.previous()?, self.next()?);
        let first = after.text.split(' ').next().unwrap_or("");
        let day = before.text.len() <= 2 && before.is_bare_number();
        let longest = super::literal::longest_month(first);
        if let Some(most) = longest
            .filter(|most| before.text.parse::<u32>().is_ok_and(|day| day > *most && before.text.len() <= 2))
        {
            let message = format!("cette date n'existe pas : « {} {first} »", before.text);
            let help = format!("{first} a {most} jours");
            return Some(self.error("date-impossible", message, before.span.to(after.span), "", &help));
        }
        (day && (first == "er" || super::literal::MONTHS.contains(&first))).then(|| {
            self.error(
                "date-incomplete",
                "il manque l'année de cette date".to_string(),
                before.span.to(after.span),
                "",
                &format!(
                    "écrire l'année, ou « {}{} de l'année de D », D étant une date",
                    self.file.slice(before.span),
                    if first == "er" {
                        after.text.split(' ').take(2).collect::<Vec<_>>().join(" ")
                    } else {
                        format!(" {first}")
                    }
                ),
            )
        })
    }

    /// `moins de 60 ans`: a comparison without what is compared.
    fn nothing_compared(&self, before: Piece<'a>, after: Piece<'a>) -> Option<Diagnostic> {
        let is_value = matches!(after.rule, Rule::quantity | Rule::date_words | Rule::date_numeric);
        let is_first = self.pieces.first().is_some_and(|first| first.span == before.span);
        let sign =
            turns::between(before.text).filter(|sign| matches!(*sign, "<" | "≤" | "≥" | ">" | "=" | "≠"))?;
        (is_value && is_first && before.rule == Rule::path).then(|| {
            let message = format!("il manque à gauche ce qui est comparé à « {} »", after.shown());
            let help = format!("dire d'abord de quoi il s'agit : « … {sign} {} »", after.shown());
            self.error("valeur-manquante", message, before.span.to(after.span), "", &help)
        })
    }

    /// What no sign would mend: a clause that wants a line of its own.
    fn cut_off(&self, after: Piece<'a>) -> Option<Diagnostic> {
        if let Some(clause) = turns::clause(after.text) {
            let message = format!("« {} » ne se dit pas sur cette ligne", after.shown());
            let help = format!("aller à la ligne, et y écrire « {clause} »");
            return Some(self.error("ligne-a-couper", message, after.span, "", &help));
        }
        let (keyword, length) = super::head(after.text)?;
        let clause = after.text.get(..length).unwrap_or("");
        // Whom a rule is for is a condition of it; « pour » is said of a whole text alone.
        if keyword == Keyword::For {
            let message = "« pour » ne dit pas dans quel cas une règle s'applique".to_owned();
            let help = if matches!(self.rule, Rule::value_line | Rule::adjust_line) {
                "un cas se dit par « si » : « … si » et la condition"
            } else {
                "un cas se dit sur une ligne à lui : « si » et la condition"
            };
            return Some(self.error("ligne-a-couper", message, after.span, "", help));
        }
        Some(self.error(
            "ligne-a-couper",
            format!("« {clause} » commence une ligne"),
            after.span,
            "",
            "aller à la ligne avant ce mot",
        ))
    }

    /// Whether a condition stands on the line already.
    fn has_condition(&self) -> bool {
        self.rule == Rule::several_line || self.pieces.iter().filter(|piece| piece.text == "si").count() > 1
    }

    /// Anything else: what would have been taken, then what was read.
    fn unexpected(&self) -> Diagnostic {
        let wanted = expected::words(&self.wanted);
        let message = match (wanted.is_empty(), self.next()) {
            (false, Some(next)) => format!("attendu {wanted} ; lu « {} »", next.shown()),
            (false, None) if self.file.slice(self.span).ends_with('.') => return self.full_stop(),
            (false, None) => format!("il manque {wanted}"),
            (true, Some(next)) if self.goes_on(next) => return self.nothing_to_go_on(next),
            (true, Some(next)) => format!("« {} » est en trop", next.shown()),
            (true, None) => "cette ligne n'est pas finie".to_string(),
        };
        let help = match self.next().map(|next| next.text) {
            _ if self.wants(Rule::step_cent)
                || self.previous().is_some_and(|p| p.text.starts_with("arrondi")) =>
            {
                "dire à quoi l'on arrondit : « arrondi au centime », « arrondi à l'euro », « arrondi à l'euro supérieur »"
            }
            Some("si") if self.wants(Rule::plus) && self.has_condition() => {
                "une seule condition par ligne : relier les deux par « et »"
            }
            Some("dans les autres cas" | "sinon") => {
                "terminer la ligne par « si … » ou par « dans les autres cas »"
            }
            _ => "",
        };
        self.error("suite-inattendue", message, self.place(), "", help)
    }

    /// Whether this is an « et » or « ou » that starts a line.
    fn goes_on(&self, next: Piece<'a>) -> bool {
        let before = self.file.text().get(..next.span.start as usize).unwrap_or("");
        matches!(next.text, "et" | "ou") && before.trim_end_matches(' ').ends_with('\n')
    }

    /// `et rural`, under a line that is no condition: the one that it goes on from is missing.
    fn nothing_to_go_on(&self, next: Piece<'a>) -> Diagnostic {
        let message =
            format!("« {} » continue une condition, et la ligne qui la commence manque", next.shown());
        let help =
            "écrire au-dessus la ligne qui commence la condition, « exige … » ou « prévu si … » par exemple";
        self.error("clause-manquante", message, next.span, "", help)
    }

    /// A line that ends as a sentence does.
    fn full_stop(&self) -> Diagnostic {
        let end = self.span.end as usize;
        let stop = Span::new(end.saturating_sub(1), end);
        self.error("signe-en-trop", "une ligne ne finit pas par un point".to_string(), stop, "", "l'enlever")
            .remedy("l'enlever", self.file, [(stop, String::new())])
    }
}

/// An expression nested beyond the bound.
pub(super) fn too_deep(file: &Arc<SourceFile>, span: Span) -> Diagnostic {
    Diagnostic::error("imbrication", format!("une expression s'imbrique {} fois au plus", limits::NESTING))
        .at(file, span, "")
        .help("en donner une partie dans une « définition »")
}

/// A mistake in the shape of lines.
pub(super) fn fault(file: &Arc<SourceFile>, fault: Fault) -> Diagnostic {
    match fault {
        Fault::Unclosed(span) => Diagnostic::error("guillemet-ouvert", "ce guillemet « n'est jamais fermé")
            .at(file, span, "ouvert ici")
            .help("ajouter » à la fin du texte cité"),
        Fault::GaveUp(span) => Diagnostic::error(
            "guillemet-ouvert",
            "trop de guillemets restent ouverts : la suite du fichier n'a pas été lue",
        )
        .at(file, span, "ouvert ici")
        .help("fermer d'abord ceux d'au-dessus"),
        Fault::DeepQuotes(span) => Diagnostic::error(
            "imbrication",
            format!("des guillemets s'imbriquent {} fois au plus", limits::NESTING),
        )
        .at(file, span, ""),
        Fault::DeepParens(span) => too_deep(file, span),
        Fault::LongLine(span) => Diagnostic::error(
            "ligne-trop-longue",
            format!("une ligne a {} octets au plus, celle-ci en a {}", limits::LINE_BYTES, span.len()),
        )
        .at(file, Span::new(span.start as usize, span.start as usize), ""),
        Fault::Forbidden(span, c) => Diagnostic::error(
            "caractere-interdit",
            format!("caractère invisible interdit (U+{:04X})", u32::from(c)),
        )
        .at(file, span, "")
        .help("l'effacer ; il peut changer ce que le lecteur voit"),
    }
}
