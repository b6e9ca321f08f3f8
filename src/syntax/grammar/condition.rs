//! Conditions, bullets, citations, notes.

use std::sync::Arc;

use pest::iterators::Pair;

use super::literal::in_words;
use super::{Reader, Rule, Source, child};
use crate::diagnostic::Diagnostic;
use crate::source::Span;
use crate::syntax::tree::{Bullet, Citation, Expr, ExprKind, Mode, OptionDecl, Quote, Spanned, When};
use crate::time::Holidays;

/// What follows `exige`, `prévu si` and their like on their own line.
pub(in crate::syntax) enum Head {
    /// Nothing: bullets follow, all of which must hold (any of them under `sauf si`).
    Bullets,
    /// `l'un de`, `au moins 2 de`, …: bullets follow.
    Counted(Mode),
    /// One expression.
    Single(Bullet),
}

/// So many words after the place of a citation are a passage.
const FEWEST_WORDS: usize = 4;

impl<'a> Reader<'a> {
    /// `exige` and what follows it; `rest` is what stands after the keyword.
    pub fn condition(&self, rest: Span) -> Head {
        if let Some(plain) = self.plain_bullet(rest) {
            return Head::Single(plain);
        }
        let Some((pair, source)) = self.parse(Rule::condition_line, rest) else {
            return Head::Single(invalid_bullet(rest));
        };
        for part in pair.clone().into_inner() {
            let mode = match part.as_rule() {
                Rule::expr => return Head::Single(source.bullet(pair, rest)),
                Rule::mode_any => Mode::Any,
                Rule::mode_none => Mode::None,
                Rule::mode_at_least => Mode::AtLeast(source.how_many(part)),
                Rule::mode_at_most => Mode::AtMost(source.how_many(part)),
                Rule::mode_exactly => Mode::Exactly(source.how_many(part)),
                _ => continue,
            };
            return Head::Counted(mode);
        }
        Head::Bullets
    }

    /// `prévu si`, `sauf si`, … and what follows it: one expression, or nothing.
    pub fn plain_condition(&self, rest: Span) -> Head {
        if let Some(plain) = self.plain(rest, |_| false) {
            return Head::Single(Bullet { expr: plain.expr, only_if: None, span: rest });
        }
        let Some((pair, source)) = self.parse(Rule::several_line, rest) else {
            return Head::Single(invalid_bullet(rest));
        };
        match pair.clone().into_inner().any(|p| p.as_rule() == Rule::expr) {
            true => Head::Single(source.bullet(pair, rest)),
            false => Head::Bullets,
        }
    }

    /// A bullet; `rest` is what stands after the dash.
    pub fn bullet(&self, rest: Span) -> Bullet {
        if let Some(plain) = self.plain_bullet(rest) {
            return plain;
        }
        match self.parse(Rule::bullet_line, rest) {
            Some((pair, source)) => source.bullet(pair, rest),
            None => invalid_bullet(rest),
        }
    }

    fn plain_bullet(&self, rest: Span) -> Option<Bullet> {
        let plain = self.plain(rest, |when| matches!(when, When::If(_)))?;
        let only_if = match plain.when {
            Some(When::If(condition)) => Some(condition),
            Some(When::ElseIf(_) | When::Otherwise(_)) | None => None,
        };
        Some(Bullet { expr: plain.expr, only_if, span: rest })
    }

    /// Whether a stretch reads as a bullet; nothing is reported.
    pub fn reads_as_bullet(&self, rest: Span) -> bool {
        self.try_parse(Rule::bullet_line, rest).is_some()
    }

    /// Whether a stretch says how many of the bullets below must hold; nothing is reported.
    pub fn reads_as_count(&self, rest: Span) -> bool {
        self.try_parse(Rule::condition_line, rest)
            .is_some_and(|(pair, _)| pair.into_inner().all(|part| part.as_rule() != Rule::expr))
    }

    /// One expression that takes the whole rest of a line.
    pub fn expression(&self, rest: Span) -> Expr {
        match self.plain(rest, |_| false) {
            Some(plain) => plain.expr,
            None => self.expression_of(Rule::expr_line, rest),
        }
    }

    pub(super) fn expression_of(&self, rule: Rule, rest: Span) -> Expr {
        let read = self.parse(rule, rest).and_then(|(pair, source)| {
            child(&mut pair.into_inner(), Rule::expr).map(|expr| source.expr(expr))
        });
        read.unwrap_or(Expr { kind: ExprKind::Invalid, span: rest })
    }

    /// `selon` and what follows it; `line` is the clause.
    pub fn citation(&self, line: Span, rest: Span) -> Option<Citation> {
        if let Some(plain) = self.plain_citation(line, rest) {
            return Some(plain);
        }
        let (pair, source) = self.parse(Rule::citation_line, rest)?;
        let citation = child(&mut pair.into_inner(), Rule::citation)?;
        let citation = source.citation(citation, line)?;
        self.quotes(&citation);
        Some(citation)
    }

    /// `selon loi, art. 4 : Les travaux commencent…`: a passage without its guillemets would pass for its place, and
    /// nothing would be held against it.
    fn quotes(&self, citation: &Citation) {
        self.one_source(citation);
        let (Some(place), None) = (&citation.place, &citation.quote) else { return };
        let start = place.span.start as usize;
        let written = self.file.slice(place.span);
        let from = match written.find(':') {
            Some(colon) => colon + 1,
            None if written.ends_with('.') => written.rfind(", ").map_or(0, |comma| comma + 2),
            None => match sentence_after(written) {
                Some(from) => from,
                None => return,
            },
        };
        let said = written.get(from..).unwrap_or("");
        if said.split_whitespace().filter(|word| word.chars().count() > 1).count() < FEWEST_WORDS {
            return;
        }
        let from = from + said.len() - said.trim_start().len();
        let gone = written
            .get(..from)
            .map_or(from, |before| before.trim_end_matches([':', ',', ' ', '\u{a0}']).len());
        let passage = Span::new(start + from, start + written.len());
        let help = "mettre le passage entre guillemets : « … »";
        let whole = Span::new(start + gone, start + written.len());
        let quoted = format!("{}« {} »", if gone > 0 { " " } else { "" }, said.trim());
        let problem = Diagnostic::error("guillemets-manquants", "un passage cité s'écrit entre guillemets")
            .at(self.file, passage, "rien ne dit que c'est le texte cité")
            .help(help);
        self.report(problem.remedy(help, self.file, [(whole, quoted)]));
    }

    /// `selon règlement, art. 2 ; arrêté, art. 3`: another source would pass for a place in the first.
    fn one_source(&self, citation: &Citation) {
        const PLACES: [&str; 7] = ["art", "§", "annexe", "page ", "p. ", "chapitre ", "alinéa "];
        let Some(place) = &citation.place else { return };
        let written = self.file.slice(place.span);
        let Some((at, other)) = written.match_indices(';').find_map(|(at, _)| {
            let other = written.get(at + 1..)?.trim_start();
            let (name, rest) = other.split_once(", ")?;
            let named = name.starts_with(char::is_alphabetic)
                && !PLACES.iter().any(|own| name.to_lowercase().starts_with(own));
            let placed = PLACES.iter().any(|own| rest.to_lowercase().starts_with(own));
            (named && placed).then_some((written.len() - other.len(), other))
        }) else {
            return;
        };
        let start = place.span.start as usize + at;
        let problem = Diagnostic::error("source-de-trop", "une ligne « selon » nomme une seule source").at(
            self.file,
            Span::new(start, start + other.trim_end().len()),
            "",
        );
        self.report(problem.help(format!("aller à la ligne, et y écrire « selon {} »", other.trim_end())));
    }

    /// `- libéraux : selon URPS « … »`; `rest` is what stands after the dash.
    pub fn option(&self, rest: Span) -> Option<OptionDecl> {
        let Some((pair, source)) = self.parse(Rule::option_line, rest) else {
            let (pair, source) = self.try_parse(Rule::name_start, rest)?;
            let declared = child(&mut pair.into_inner(), Rule::declared)?;
            return source.option(declared).map(|name| OptionDecl { name, citations: Vec::new() });
        };
        let (mut name, mut cites, mut citations) = (None, None, Vec::new());
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::option => name = source.option(part),
                Rule::k_cites => cites = Some(source.span(&part)),
                Rule::citation => {
                    let span = cites.unwrap_or(rest).to(source.span(&part));
                    let citation = source.citation(part, span);
                    citation.iter().for_each(|citation| self.quotes(citation));
                    citations.extend(citation);
                }
                _ => {}
            }
        }
        let name = name?;
        source.check_name(&name);
        Some(OptionDecl { name, citations })
    }

    /// A line that is one quotation.
    pub fn quote(&self, rest: Span) -> Option<Quote> {
        if let Some(plain) = self.plain_quotation(rest) {
            return Some(plain);
        }
        let (pair, source) = self.parse(Rule::quote_line, rest)?;
        child(&mut pair.into_inner(), Rule::quotation).map(|q| source.quote(&q))
    }

    /// `: motif « … »`.
    pub fn concordance(&self, rest: Span) -> Option<Quote> {
        let (pair, source) = self.parse(Rule::concordance_line, rest)?;
        child(&mut pair.into_inner(), Rule::quotation).map(|q| source.quote(&q))
    }

    /// Whose public holidays, after `reporté au premier jour ouvrable`.
    pub fn holidays(&self, rest: Span) -> Option<Holidays> {
        let (line, _) = self.parse(Rule::holidays_line, rest)?;
        Some(super::literal::holidays(child(&mut line.into_inner(), Rule::holidays).as_ref()))
    }

    /// A keyword that nothing follows.
    pub fn bare(&self, rest: Span) -> bool {
        rest.is_empty() && !self.is_broken(rest) || self.parse(Rule::bare_line, rest).is_some()
    }
}

impl<'a> Source<'_, 'a> {
    fn bullet(&self, pair: Pair<'a, Rule>, line: Span) -> Bullet {
        let (mut expr, mut only_if) = (None, None);
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::expr => expr = Some(self.expr(part)),
                Rule::asked_if => only_if = self.condition_of(part),
                _ => {}
            }
        }
        Bullet { expr: expr.unwrap_or_else(|| self.invalid(line)), only_if, span: line }
    }

    /// The expression after `si`.
    pub(super) fn condition_of(&self, pair: Pair<'a, Rule>) -> Option<Expr> {
        child(&mut pair.into_inner(), Rule::expr).map(|expr| self.expr(expr))
    }

    fn how_many(&self, pair: Pair<'a, Rule>) -> u32 {
        let Some(count) = child(&mut pair.into_inner(), Rule::how_many) else { return 0 };
        let written = count.as_str();
        match in_words(written) {
            Some(count) => count,
            // More than there are bullets, which is said then.
            None => written.parse().unwrap_or(u32::MAX),
        }
    }

    pub(super) fn citation(&self, pair: Pair<'a, Rule>, span: Span) -> Option<Citation> {
        let (mut name, mut place, mut quote) = (None, None, None);
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::option => name = self.option(part),
                Rule::place => {
                    let text = self.written(&part).trim_end();
                    let start = self.span(&part).start as usize;
                    let value: Arc<str> = super::folded(text);
                    place = Some(Spanned { value, span: Span::new(start, start + text.len()) });
                }
                Rule::quotation => quote = Some(self.quote(&part)),
                _ => {}
            }
        }
        Some(Citation { source: name?, place, quote, span })
    }
}

/// Where a sentence starts after the figure of a place: `art. 2 dont le siège est situé dans le département`.
fn sentence_after(written: &str) -> Option<usize> {
    const SENTENCE: [&str; 14] = [
        "est", "sont", "a", "ont", "peut", "peuvent", "doit", "doivent", "dont", "qui", "lorsque", "sera",
        "seront", "n'est",
    ];
    let figure = written.rfind(|c: char| c.is_ascii_digit())?;
    let rest = written.get(figure + 1..)?;
    let from = figure + 1 + rest.len() - rest.trim_start_matches([' ', ',']).len();
    let said = written.get(from..)?;
    let reads_on = rest.starts_with([' ', ',']) && said.split(' ').any(|word| SENTENCE.contains(&word));
    reads_on.then_some(from)
}

fn invalid_bullet(span: Span) -> Bullet {
    Bullet { expr: Expr { kind: ExprKind::Invalid, span }, only_if: None, span }
}
