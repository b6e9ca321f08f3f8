//! Lines of the commonest shapes, read at sight: names, figures, what compares and joins them.
//!
//! Architecture invariant: what is read here is read as `grammar/*.pest` has it, to the last place. Whatever the words
//! at hand do not settle is left to the grammar, and so is every mistake. A test holds both readings of the same lines
//! together.

mod words;

#[cfg(test)]
mod tests;

pub(super) use words::is_usable;

use super::{Reader, folded, path_of, shown};
use crate::currency::Currency;
use crate::limits;
use crate::number::Ratio;
use crate::source::Span;
use crate::syntax::keyword::Keyword;
use crate::syntax::tree::{ArithOp, Citation, Expr, ExprKind, Literal, Name, Path, Quote, Spanned, When};
use words::Words;

/// Greatest number of operands of a line that is read here.
const OPERANDS: usize = 64;

/// A line that says an expression.
#[derive(Debug)]
pub(super) struct Plain {
    pub expr: Expr,
    pub when: Option<When>,
}

/// The keyword that a text starts with, where its first word is one by itself.
pub(super) fn keyword(text: &str) -> Option<(Keyword, usize)> {
    let word = Words::new(text).word()?;
    let keyword = match word {
        "selon" => Keyword::Cites,
        "exige" => Keyword::Requires,
        "vaut" => Keyword::Worth,
        "note" => Keyword::Note,
        "si" => Keyword::Applies,
        "montant" => Keyword::Amount,
        "vise" => Keyword::Aims,
        "concordance" => Keyword::Concordance,
        "critère" => Keyword::Criterion,
        "définition" => Keyword::Definition,
        "source" => Keyword::Source,
        "financement" => Keyword::Funding,
        "contribution" => Keyword::Contribution,
        "résultat" => Keyword::Result,
        "mission" => Keyword::Mission,
        "lecture" => Keyword::Reading,
        "obligation" => Keyword::Obligation,
        "objectif" => Keyword::Objective,
        "paramètre" => Keyword::Parameter,
        "décision" => Keyword::Decision,
        "dossier" => Keyword::Dossier,
        "cohérence" => Keyword::Coherence,
        _ => return None,
    };
    Some((keyword, word.len()))
}

impl Reader<'_> {
    /// An expression that takes a whole line, with when it holds if that fits; `None` leaves the line to the grammar.
    pub(super) fn plain(&self, line: Span, fits: impl Fn(&When) -> bool) -> Option<Plain> {
        if self.is_broken(line) {
            return None;
        }
        let (plain, signs) = self.plainly(line)?;
        if plain.when.as_ref().is_some_and(|when| !fits(when)) {
            return None;
        }
        self.too_deep.set(false);
        self.signs.borrow_mut().extend(signs);
        Some(plain)
    }

    /// The line, and where it writes euros.
    fn plainly(&self, line: Span) -> Option<(Plain, Vec<Spanned<Currency>>)> {
        let text = self.slice(line);
        // « A et B ont des jours communs » is one condition.
        if text.contains("communs") {
            return None;
        }
        let words = Words::new(text);
        let mut sight =
            Sight { reader: self, words, base: line.start as usize, operands: 0, signs: Vec::new() };
        let expr = sight.expr()?;
        sight.words.skip_blanks();
        let when = match sight.words.word() {
            None => None,
            Some("si") => {
                sight.words.advance("si".len());
                Some(When::If(sight.expr()?))
            }
            Some(_) => {
                let start = sight.words.at;
                sight.words.other_cases()?;
                Some(When::Otherwise(sight.span(start)))
            }
        };
        sight.words.skip_blanks();
        sight.words.is_over().then_some((Plain { expr, when }, sight.signs))
    }

    /// A declared name that takes a whole line.
    pub(super) fn plain_declared(&self, line: Span) -> Option<Path> {
        if self.is_broken(line) {
            return None;
        }
        let mut words = Words::new(self.slice(line));
        words.skip_article()?;
        let mut parts = Vec::new();
        loop {
            let start = words.at;
            words.declared_name()?;
            parts.push(self.plain_name(line.start as usize, start, words.at));
            if !words.skip_point() {
                break;
            }
        }
        self.too_deep.set(false);
        words.is_over().then(|| path_of(parts, line))
    }

    /// A quotation that takes a whole line.
    pub(super) fn plain_quotation(&self, line: Span) -> Option<Quote> {
        let text = self.slice(line);
        let mut depth = 0_usize;
        let mut signs = text.match_indices(['«', '»']).peekable();
        while let Some((at, sign)) = signs.next() {
            depth = if sign == "«" { depth + 1 } else { depth.checked_sub(1)? };
            let ends = at + sign.len() == text.len();
            if (depth == 0) != ends || signs.peek().is_none() != ends {
                return None;
            }
        }
        if self.is_broken(line) || !text.starts_with('«') {
            return None;
        }
        let inner = self.file.slice(line).strip_prefix('«').and_then(|text| text.strip_suffix('»'))?;
        self.too_deep.set(false);
        Some(Quote { text: folded(inner), span: line })
    }

    /// `URPS « … »`, the clause being `clause`.
    pub(super) fn plain_citation(&self, clause: Span, line: Span) -> Option<Citation> {
        let mut words = Words::new(self.slice(line));
        words.skip_article()?;
        let start = words.at;
        words.declared_name()?;
        let source = self.plain_name(line.start as usize, start, words.at);
        words.skip_spaces();
        let quote = match words.is_over() {
            true if self.is_broken(line) => return None,
            true => None,
            false => {
                Some(self.plain_quotation(Span::new(line.start as usize + words.at, line.end as usize))?)
            }
        };
        Some(Citation { source, place: None, quote, span: clause })
    }

    fn plain_name(&self, base: usize, start: usize, end: usize) -> Name {
        let span = Span::new(base + start, base + end);
        Name { text: shown(self.file.slice(span)), span }
    }
}

/// An expression being read at sight.
struct Sight<'r, 'a> {
    reader: &'r Reader<'a>,
    words: Words<'a>,
    /// Where the line starts in the file.
    base: usize,
    operands: usize,
    signs: Vec<Spanned<Currency>>,
}

impl Sight<'_, '_> {
    /// From there to here.
    fn span(&self, start: usize) -> Span {
        Span::new(self.base + start, self.base + self.words.at)
    }

    /// Comparisons that `et` or `ou` join; with both, the grammar says what is wrong.
    fn expr(&mut self) -> Option<Expr> {
        let first = self.comparison()?;
        let mut joint = None;
        let mut operands = Vec::new();
        let mut span = first.span;
        let mut last = first;
        loop {
            self.words.skip_blanks();
            let Some(word @ ("et" | "ou")) = self.words.word() else { break };
            if joint.is_some_and(|joint| joint != word) {
                return None;
            }
            joint = Some(word);
            self.words.advance(word.len());
            let next = self.comparison()?;
            span = span.to(next.span);
            operands.push(std::mem::replace(&mut last, next));
        }
        let Some(joint) = joint else { return Some(last) };
        operands.push(last);
        let kind = if joint == "et" { ExprKind::And(operands) } else { ExprKind::Or(operands) };
        Some(Expr { kind, span })
    }

    fn comparison(&mut self) -> Option<Expr> {
        let left = self.sum()?;
        self.words.skip_blanks();
        let start = self.words.at;
        if let Some(op) = self.words.comparison() {
            let op_span = self.span(start);
            let right = self.sum()?;
            let span = left.span.to(right.span);
            let kind = ExprKind::Compare { op, op_span, left: Box::new(left), right: Box::new(right) };
            return Some(Expr { kind, span });
        }
        if self.words.word() != Some("est") {
            return Some(left);
        }
        self.words.advance("est".len());
        let value = self.value()?;
        // The grammar skips what stands before the next word while it looks for a sign.
        self.words.skip_blanks();
        let span = left.span.to(self.span(start));
        Some(Expr {
            kind: ExprKind::Is { negated: false, subject: Box::new(left), values: vec![value] },
            span,
        })
    }

    /// What stands after `est`.
    fn value(&mut self) -> Option<Expr> {
        self.words.skip_blanks();
        let start = self.words.at;
        let Some(word @ ("oui" | "non")) = self.words.word() else { return self.operand() };
        self.words.advance(word.len());
        let kind = ExprKind::Literal(Literal::Truth(word == "oui"));
        Some(Expr { kind, span: self.span(start) })
    }

    fn sum(&mut self) -> Option<Expr> {
        let mut left = self.product()?;
        while let Some(op) = self.words.sign(&[("+", ArithOp::Add), ("-", ArithOp::Sub), ("−", ArithOp::Sub)])
        {
            left = arith(op, left, self.product()?);
        }
        Some(left)
    }

    fn product(&mut self) -> Option<Expr> {
        const SIGNS: [(&str, ArithOp); 4] =
            [("×", ArithOp::Mul), ("*", ArithOp::Mul), ("÷", ArithOp::Div), ("/", ArithOp::Div)];
        let mut left = self.operand()?;
        while let Some(op) = self.words.sign(&SIGNS) {
            left = arith(op, left, self.operand()?);
        }
        Some(left)
    }

    fn operand(&mut self) -> Option<Expr> {
        self.operands += 1;
        self.words.skip_blanks();
        if self.operands > OPERANDS {
            return None;
        }
        if self.words.is_figure() { self.quantity() } else { self.name() }
    }

    fn name(&mut self) -> Option<Expr> {
        self.words.skip_article()?;
        if self.words.starts_otherwise() {
            return None;
        }
        let mut parts = Vec::new();
        loop {
            let start = self.words.at;
            self.words.name(false)?;
            parts.push(self.reader.plain_name(self.base, start, self.words.at));
            if !self.words.skip_point() {
                break;
            }
        }
        let path = path_of(parts, Span::default());
        let span = path.span;
        Some(Expr { kind: ExprKind::Name(path), span })
    }

    /// A figure, in percent or in euros if it says so.
    fn quantity(&mut self) -> Option<Expr> {
        let start = self.words.at;
        let digits: String = self.words.number()?.chars().filter(|c| !c.is_whitespace()).collect();
        // « 10,000 » may be ten thousand.
        let doubtful = digits.split_once(',').is_some_and(|(_, decimals)| decimals.len() == 3);
        if doubtful || digits.len() > limits::DIGITS {
            return None;
        }
        let number = Ratio::parse_decimal(&digits)?;
        let end = self.words.at;
        self.words.skip_blanks();
        let unit = self.words.at;
        let literal = match self.words.unit() {
            Some('%') => Literal::Percent(number.div(&Ratio::from(100))?),
            Some(_) => {
                self.signs.push(Spanned { value: Currency::Euro, span: self.span(unit) });
                Literal::Amount(number)
            }
            None => {
                self.words.at = end;
                Literal::Number(number)
            }
        };
        let span = self.span(start);
        self.words.ends_figure().then_some(Expr { kind: ExprKind::Literal(literal), span })
    }
}

fn arith(op: ArithOp, left: Expr, right: Expr) -> Expr {
    let span = left.span.to(right.span);
    Expr { kind: ExprKind::Arith { op, left: Box::new(left), right: Box::new(right) }, span }
}
