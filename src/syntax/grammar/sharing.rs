//! The lines of a `répartition`.

use pest::iterators::Pair;

use super::{Reader, Rule, child};
use crate::diagnostic::Diagnostic;
use crate::number::share::Remainder;
use crate::source::Span;
use crate::syntax::tree::{Adjustment, Expr, Fate, Order, Path, Spanned};
use crate::wording::french::is_feminine;

/// A line `au prorata de`, `dans la limite de` or `arrondi` under `répartition`.
pub(in crate::syntax) enum SharingLine {
    Measure(Expr),
    Cap(Expr),
    Rounding(Spanned<Adjustment>),
}

/// What `le reste` says.
pub(in crate::syntax) enum SharingRemainder {
    /// It goes to the others, likewise.
    Again,
    To(Remainder),
}

impl<'a> Reader<'a> {
    /// What follows `entre`: a list, and `dont`.
    pub fn sharers(&self, rest: Span) -> Option<(Path, Option<Expr>)> {
        let (pair, source) = self.parse(Rule::sharers_line, rest)?;
        let mut inside = pair.into_inner();
        let list = child(&mut inside, Rule::path).map(|path| source.path(path))?;
        let filter = child(&mut inside, Rule::filter);
        let filter = filter.and_then(|pair| child(&mut pair.into_inner(), Rule::expr));
        Some((list, filter.map(|expr| source.expr(expr))))
    }

    /// A line of adjustments under `répartition`, keyword included.
    pub fn sharing_line(&self, line: Span) -> Option<SharingLine> {
        let text = self.slice(line);
        if text.starts_with("au") && !text.contains("minimum") {
            return self.sum_of(Rule::measure_line, line).map(SharingLine::Measure);
        }
        if self.each_said_otherwise(line) {
            return None;
        }
        if text.starts_with("dans") {
            return self.sum_of(Rule::cap_line, self.without_each(line)).map(SharingLine::Cap);
        }
        let adjusting = self.adjusting(line)?;
        let always = adjusting.only_if.is_none();
        let mut all = adjusting.adjustments.into_iter();
        match (all.next(), all.next()) {
            (Some(only), None) if always && matches!(only.value, Adjustment::Round(_)) => {
                Some(SharingLine::Rounding(only))
            }
            (Some(_), _) => {
                let message = "cette ligne ne dit pas comment une enveloppe se partage".to_owned();
                let help = "écrire « au prorata de … », « dans la limite de … chacune » ou « arrondi … », \
                            chacun sur sa ligne";
                self.report_at("repartition", message, line, "", help);
                None
            }
            (None, _) => None,
        }
    }

    /// `plafonné à 2 000 €`, `dans la limite de 2 000 € par commune`: whether it was reported.
    fn each_said_otherwise(&self, line: Span) -> bool {
        let text = self.slice(line);
        let turns = ["plafonnée à ", "plafonné à ", "dans la limite de "];
        let Some(head) = turns.into_iter().find(|turn| text.starts_with(turn)) else { return false };
        let value = text.get(head.len()..).unwrap_or("").trim_end();
        let each = [" par ", " pour chaque ", " à chaque ", " chaque "].into_iter().find_map(|turn| {
            let (value, of) = value.rsplit_once(turn)?;
            let words = of.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '\'' | '’' | '-'));
            let counted = crate::unit::Unit::named(of).is_none() && !matches!(of, "année" | "semaine");
            (words && counted && of.split(' ').count() <= 3).then_some((value, of))
        });
        if head.starts_with("dans") && each.is_none() {
            return false;
        }
        let bare = ["chacune", "chacun"].iter().find_map(|word| value.strip_suffix(word)).unwrap_or(value);
        let (value, of) = each.unwrap_or((bare.trim_end(), ""));
        let own = if of.is_empty() || is_feminine(of) { "chacune" } else { "chacun" };
        let says = format!("dans la limite de {value} {own}");
        let message = format!("« {} » s'écrit « {says} »", text.trim_end());
        let place = Span::new(line.start as usize, line.start as usize + text.trim_end().len());
        let problem = Diagnostic::error("tournure", message).at(self.file(), place, "");
        self.report(problem.instead(self.file(), place, &[says]));
        true
    }

    /// Without `chacune` at its end.
    fn without_each(&self, line: Span) -> Span {
        let text = self.slice(line);
        let shorter = ["chacune", "chacun"].iter().find_map(|word| text.strip_suffix(word));
        let kept = shorter.map_or(text, |kept| kept.trim_end());
        Span::new(line.start as usize, line.start as usize + kept.len())
    }

    fn sum_of(&self, rule: Rule, line: Span) -> Option<Expr> {
        let (pair, source) = self.parse(rule, line)?;
        child(&mut pair.into_inner(), Rule::sum).map(|sum| source.expr(sum))
    }

    /// What follows `par ordre`.
    pub fn order(&self, rest: Span) -> Option<Order> {
        let (pair, source) = self.parse(Rule::order_line, rest)?;
        let descending = pair.clone().into_inner().any(|pair| pair.as_rule() == Rule::descending);
        child(&mut pair.into_inner(), Rule::sum).map(|sum| Order::By { by: source.expr(sum), descending })
    }

    /// What follows `le reste`.
    pub fn remainder(&self, rest: Span) -> Option<SharingRemainder> {
        self.word_of(Rule::remainder_line, rest, |rule| match rule {
            Rule::to_others => Some(SharingRemainder::Again),
            Rule::to_first => Some(SharingRemainder::To(Remainder::First)),
            Rule::to_greatest => Some(SharingRemainder::To(Remainder::Greatest)),
            Rule::to_lost => Some(SharingRemainder::To(Remainder::Lost)),
            _ => None,
        })
    }

    /// What follows `le restant`.
    pub fn left(&self, rest: Span) -> Option<Fate> {
        self.word_of(Rule::left_line, rest, |rule| match rule {
            Rule::carried => Some(Fate::Carried),
            Rule::kept => Some(Fate::Kept),
            _ => None,
        })
    }

    fn word_of<T>(&self, rule: Rule, rest: Span, of: impl Fn(Rule) -> Option<T>) -> Option<T> {
        let (pair, _) = self.parse(rule, rest)?;
        pair.into_inner().find_map(|pair: Pair<'a, Rule>| of(pair.as_rule()))
    }
}
