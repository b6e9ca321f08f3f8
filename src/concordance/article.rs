//! Items with what they quote and what they say, and which of them bear on one another.

use crate::known::Known;
use crate::policy::{
    Answer, Citation, Definition, DefinitionId, ExprId, ExprKind, Funding, FundingKind, Head, Policy,
    SourceId,
};
use crate::source::Span;
use crate::syntax::tree::{CompareOp, Frequency};

use super::about::About;
use super::prose::Passage;
use super::prose::number::{is_numeral, rank};
use super::quantity::Quantity;
use super::rule::{Place, Reader, Role, Rule};

/// What an item is, as far as its words are judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Nature {
    /// It must be so.
    Criterion,
    /// It is aimed at.
    Objective,
    /// Anything else that a decision reports.
    Other,
    /// A definition or a parameter: read by others.
    Shared,
}

/// A passage that an item quotes.
#[derive(Debug, Clone)]
pub struct Quoted {
    /// The source.
    pub source: SourceId,
    /// Where it stands, without its guillemets.
    pub span: Span,
    /// The `selon` that it stands in.
    pub clause: Span,
    /// What is read of it.
    pub passage: Passage,
}

/// What a financing pays.
#[derive(Debug, Clone)]
pub struct Paid {
    /// How often.
    pub frequency: Option<Frequency>,
    /// Where that is said; the amount, where it is not.
    pub span: Span,
    /// Amounts that it gives as they stand, each with its place.
    pub amounts: Vec<(Quantity, Span)>,
    /// It gives nothing else.
    pub outright: bool,
}

/// An item.
#[derive(Debug)]
pub struct Article<'a> {
    /// Its name.
    pub head: &'a Head,
    /// What it is.
    pub nature: Nature,
    /// What it quotes, derogations included.
    pub quoted: Vec<Quoted>,
    /// Every `selon` has its passage.
    pub quotes_all: bool,
    /// What it says.
    pub rule: Rule,
    /// Of a financing, what it pays.
    pub paid: Option<Paid>,
    /// Of an obligation, its time limit.
    pub limit: Option<Span>,
    /// Definitions and parameters that it reads, by way of others too.
    pub below: Vec<usize>,
    /// Items that read it, by way of others too.
    pub above: Vec<usize>,
    /// Passages of the readings that it rests on.
    pub readings: Vec<usize>,
    /// There is more to compare than a check does.
    pub passed_over: bool,
}

impl Article<'_> {
    /// Reasons given for what does not agree.
    pub fn answers(&self) -> &[Answer] {
        &self.head.concordances
    }

    /// Where its rule stands: at the one thing that it says, else at its name.
    pub fn rule_span(&self) -> Span {
        let rule = &self.rule;
        let mut all = (rule.mentions.iter().map(|mention| mention.span))
            .chain(rule.choosings.iter().map(|choosing| choosing.span))
            .chain(rule.asked.iter().map(|asked| asked.span));
        match all.next() {
            Some(first) if all.all(|other| other == first) => first,
            Some(_) | None => self.head.span,
        }
    }
}

/// All items of a policy, and the passages of its readings.
#[derive(Debug)]
pub struct Articles<'a> {
    /// The policy.
    pub policy: &'a Policy,
    /// Items.
    pub all: Vec<Article<'a>>,
    /// Readings: the passages of their options.
    pub readings: Vec<Vec<Quoted>>,
    /// The figures that names have: `mineurs de moins de onze ans`.
    pub named: Vec<Quantity>,
    /// The ranks in the names of options.
    pub ranks: Vec<i64>,
    /// The ends of what may be answered.
    pub ends: Vec<Quantity>,
    /// What the policy is about.
    pub about: About,
}

impl<'a> Articles<'a> {
    /// Reads a policy.
    pub fn of(policy: &'a Policy) -> Self {
        let mut all: Vec<Article<'a>> = Vec::new();
        let constants = super::rule::constants(policy);
        let mut add =
            |head: &'a Head, nature, citations: Vec<&'a Citation>, read: &dyn Fn(&mut Reader<'_>)| {
                let mut reader = Reader::new(policy, &constants);
                read(&mut reader);
                let quotes_all = citations.iter().all(|citation| citation.quote.is_some());
                let quoted = citations.into_iter().filter_map(|citation| quoted(policy, citation)).collect();
                let rule = reader.finish();
                let article = Article {
                    head,
                    nature,
                    quoted,
                    quotes_all,
                    rule,
                    paid: None,
                    limit: None,
                    below: Vec::new(),
                    above: Vec::new(),
                    readings: Vec::new(),
                    passed_over: false,
                };
                all.push(article);
            };
        for definition in &policy.definitions {
            // What another text says is held against its own sources where it is checked itself.
            if !policy.is_own(definition.head.span) {
                add(&definition.head, Nature::Shared, Vec::new(), &|_| {});
                continue;
            }
            add(&definition.head, Nature::Shared, definition.head.citations.iter().collect(), &|reader| {
                let result = || result_of(policy, definition).and_then(|result| result.applies);
                if let Some(applies) = definition.applies.or_else(result) {
                    reader.condition(applies, Place::CASE);
                    reader.claim_case(applies);
                }
                reader.value(definition.body, None, Place::MUST);
            });
        }
        for parameter in &policy.parameters {
            if !policy.is_own(parameter.head.span) {
                add(&parameter.head, Nature::Shared, Vec::new(), &|_| {});
                continue;
            }
            add(&parameter.head, Nature::Shared, parameter.head.citations.iter().collect(), &|reader| {
                for period in &parameter.periods {
                    if let Some(quantity) =
                        super::rule::quantity(policy.currency, &period.value, parameter.ty)
                    {
                        reader.add(quantity, period.span, Role::Value, None);
                    }
                    if let Some(from) = period.from {
                        reader.add(Quantity::Date(from), period.span, Role::Since, Some(CompareOp::Ge));
                    }
                    if let Some(until) = period.until {
                        reader.add(Quantity::Date(until), period.span, Role::Since, Some(CompareOp::Le));
                    }
                }
            });
        }
        for coherence in policy.coherences.iter().filter(|coherence| !coherence.implied) {
            add(&coherence.head, Nature::Other, coherence.head.citations.iter().collect(), &|reader| {
                reader.condition(coherence.condition, Place::MUST);
            });
        }
        for criterion in &policy.criteria {
            let citations =
                criterion.head.citations.iter().chain(criterion.unless.iter().flat_map(|u| &u.citations));
            add(&criterion.head, Nature::Criterion, citations.collect(), &|reader| {
                if let Some(applies) = criterion.applies {
                    reader.condition(applies, Place::CASE);
                    reader.claim_case(applies);
                }
                reader.condition(criterion.requires, Place::REQUIRED);
                criterion.unless.iter().for_each(|unless| reader.exception(unless.condition));
            });
        }
        for objective in &policy.objectives {
            add(&objective.head, Nature::Objective, objective.head.citations.iter().collect(), &|reader| {
                if let Some(applies) = objective.applies {
                    reader.condition(applies, Place::CASE);
                    reader.claim_case(applies);
                }
                reader.condition(objective.aims, Place::MUST);
            });
        }
        for mission in &policy.missions {
            add(&mission.head, Nature::Other, mission.head.citations.iter().collect(), &|reader| {
                if let Some(applies) = mission.applies {
                    reader.condition(applies, Place::CASE);
                    reader.claim_case(applies);
                }
                reader.condition(mission.covered, Place::MUST);
            });
        }
        add(
            &policy.decision.head,
            Nature::Other,
            policy.decision.head.citations.iter().collect(),
            &|reader| {
                reader.condition(policy.decision.favourable, Place::MUST);
            },
        );
        // A result has been read as the definition that it is.
        for funding in policy.fundings.iter().filter(|funding| funding.kind != FundingKind::Result) {
            let citations =
                funding.head.citations.iter().chain(funding.unless.iter().flat_map(|u| &u.citations));
            add(&funding.head, Nature::Other, citations.collect(), &|reader| {
                if let Some(applies) = funding.applies {
                    reader.condition(applies, Place::CASE);
                    reader.claim_case(applies);
                }
                if let Some(due) = funding.due {
                    reader.condition(due, Place::MUST);
                }
                funding.unless.iter().for_each(|unless| reader.exception(unless.condition));
                reader.value(funding.amount, None, Place::MUST);
                if let Some(lasting) = funding.lasting {
                    let quantity = match (lasting.months, lasting.days) {
                        (months, 0) => Quantity::Months(months.into()),
                        (0, days) => Quantity::Days(days.into()),
                        _ => Quantity::Mixed(lasting),
                    };
                    let at = funding.lasting_at.unwrap_or(funding.head.span);
                    reader.add(quantity, at, Role::Value, None);
                }
            });
        }
        for obligation in &policy.obligations {
            let citations =
                obligation.head.citations.iter().chain(obligation.unless.iter().flat_map(|u| &u.citations));
            add(&obligation.head, Nature::Other, citations.collect(), &|reader| {
                if let Some(applies) = obligation.applies {
                    reader.condition(applies, Place::CASE);
                    reader.claim_case(applies);
                }
                obligation.unless.iter().for_each(|unless| reader.exception(unless.condition));
                reader.deadline(obligation.deadline);
                if let Some(act) = obligation.fulfilled_by {
                    reader.value(act, None, Place::MUST);
                }
            });
        }
        let readings = policy
            .readings
            .iter()
            .map(|reading| {
                reading.citations.iter().flatten().filter_map(|citation| quoted(policy, citation)).collect()
            })
            .collect();
        for article in &mut all {
            let funding =
                policy.fundings.iter().find(|funding| std::ptr::eq(&raw const funding.head, article.head));
            article.paid = funding.map(|funding| paid(policy, funding));
            let mut obligations = policy.obligations.iter();
            let obligation = obligations.find(|one| std::ptr::eq(&raw const one.head, article.head));
            article.limit = obligation.map(|obligation| policy.exprs.get(obligation.deadline).span);
            // « 9 600 euros par an, par douzièmes » and 800 € `chaque mois`.
            let days =
                article.paid.as_ref().and_then(|paid| paid.frequency).and_then(super::frequencies::days);
            for mention in &mut article.rule.mentions {
                if mention.role == Role::Value && mention.quantity.is_money() {
                    mention.per = days;
                }
            }
        }
        let mut articles = Articles {
            policy,
            all,
            readings,
            named: named(policy),
            ranks: ranks(policy),
            ends: ends(policy),
            about: About::of(policy),
        };
        articles.relate();
        articles.measure();
        articles
    }

    /// Whether an item is this definition.
    pub fn is_definition(&self, article: &Article, definition: DefinitionId) -> bool {
        std::ptr::eq(article.head, &raw const self.policy.definitions[definition.index()].head)
    }

    /// The items that are compared, with their ranks.
    pub fn compared(&self) -> impl Iterator<Item = (usize, &Article<'a>)> {
        self.all.iter().enumerate().filter(|(_, article)| !article.passed_over)
    }

    /// Leaves aside the items on which there is more to compare than what is left of all that a check compares:
    /// each word of the passages near with each thing that the rules near say.
    fn measure(&mut self) {
        let words =
            |quoted: &[Quoted]| quoted.iter().map(|quoted| quoted.passage.tokens.len()).sum::<usize>();
        let of_readings: Vec<usize> = self.readings.iter().map(|quoted| words(quoted)).collect();
        let of_items: Vec<(usize, usize)> =
            self.all.iter().map(|article| (words(&article.quoted), article.rule.size(self.policy))).collect();
        let mut left = crate::limits::COMPARED;
        for (at, article) in self.all.iter_mut().enumerate() {
            let near = article.below.iter().chain(&article.above).chain([&at]);
            let (mut text, mut rule) = (0, 0);
            for other in near {
                text += of_items[*other].0;
                rule += of_items[*other].1;
            }
            text += article.readings.iter().map(|reading| of_readings[*reading]).sum::<usize>();
            let work = text.saturating_mul(rule);
            article.passed_over |= work > left;
            left = left.saturating_sub(work);
        }
    }

    /// Definitions stand first, then parameters.
    fn relate(&mut self) {
        let definitions = self.policy.definitions.len();
        // A definition uses only earlier ones: what they rest on is known by then.
        for at in 0..self.all.len() {
            let rule = &self.all[at].rule;
            let direct: Vec<usize> = rule
                .definitions
                .iter()
                .map(|definition| definition.index())
                .chain(rule.parameters.iter().map(|parameter| definitions + parameter.index()))
                .collect();
            let mut readings: Vec<usize> = rule.readings.iter().map(|reading| reading.index()).collect();
            let mut below = direct.clone();
            for read in direct {
                below.extend_from_slice(&self.all[read].below);
                readings.extend_from_slice(&self.all[read].readings);
            }
            below.sort_unstable();
            below.dedup();
            if below.len() > crate::limits::NEAR {
                below.truncate(crate::limits::NEAR);
                self.all[at].passed_over = true;
            }
            readings.sort_unstable();
            readings.dedup();
            for read in &below {
                self.all[*read].above.push(at);
            }
            self.all[at].below = below;
            self.all[at].readings = readings;
        }
    }
}

/// The figures in the names of what rules read.
fn named(policy: &Policy) -> Vec<Quantity> {
    let asked =
        policy.facts.iter().map(|fact| &fact.path).chain(policy.fields.iter().map(|field| &field.name));
    let heads =
        policy.definitions.iter().map(|one| &one.head).chain(policy.parameters.iter().map(|one| &one.head));
    let names = asked.chain(heads.map(|head| &head.name)).filter(|name| figured(name));
    let figures = names.flat_map(|name| Passage::read(name, 0).mentions);
    let said = figures.filter(|one| !one.weak || matches!(one.quantity, Quantity::Year(_)));
    said.map(|mention| mention.quantity).collect()
}

/// The ranks that options have: « jusqu'au quatrième degré ».
fn ranks(policy: &Policy) -> Vec<i64> {
    let words = policy.choices.iter().flat_map(|choice| &choice.options).flat_map(|option| option.split(' '));
    words.filter_map(rank).collect()
}

/// What answers are at least or at most, as they are declared.
fn ends(policy: &Policy) -> Vec<Quantity> {
    let asks = policy.facts.iter().map(|fact| &fact.ask).chain(policy.fields.iter().map(|field| &field.ask));
    let ends = asks.filter_map(|ask| match &ask.domain {
        Known::Number(interval) => Some([&interval.low, &interval.high]),
        _ => None,
    });
    let ends = ends.flatten().filter_map(|end| end.value().filter(|value| !value.is_zero()).cloned());
    ends.map(|value| Quantity::Count { value, bare: true }).collect()
}

/// Whether a name may hold a figure.
fn figured(name: &str) -> bool {
    let numeral = |word: &str| is_numeral(word) && !matches!(word, "un" | "une");
    name.contains(|c: char| c.is_ascii_digit()) || name.split([' ', '-', '\'']).any(numeral)
}

/// The result that a definition is.
fn result_of<'p>(policy: &'p Policy, definition: &Definition) -> Option<&'p Funding> {
    let same =
        |funding: &&Funding| funding.kind == FundingKind::Result && funding.head.span == definition.head.span;
    policy.fundings.iter().find(same).filter(|_| definition.result)
}

/// What a financing pays, and where it says how often.
fn paid(policy: &Policy, funding: &Funding) -> Paid {
    let amount = policy.exprs.get(funding.amount).span;
    let after = amount.end as usize;
    let mut at = after;
    let mut span = amount;
    for line in policy.file.text().get(after..).unwrap_or("").split_inclusive('\n') {
        let words = line.trim();
        if ["une fois", "chaque ", "à chaque "].iter().any(|start| words.starts_with(start)) {
            let start = at + (line.len() - line.trim_start().len());
            span = Span::new(start, start + words.len());
            break;
        }
        // The next item.
        if at > after && !words.is_empty() && !line.starts_with(char::is_whitespace) {
            break;
        }
        at += line.len();
    }
    let mut amounts = Vec::new();
    let outright = outright(policy, funding.amount, &mut amounts);
    Paid { frequency: funding.frequency, span, amounts, outright }
}

/// The amounts that a value is, as they stand; whether it is nothing else.
fn outright(policy: &Policy, id: ExprId, found: &mut Vec<(Quantity, Span)>) -> bool {
    let expr = policy.exprs.get(id);
    match &expr.kind {
        ExprKind::Const(value) => {
            found.extend(
                super::rule::quantity(policy.currency, value, expr.ty).map(|quantity| (quantity, expr.span)),
            );
            true
        }
        ExprKind::Round { value, .. } => outright(policy, *value, found),
        ExprKind::Cases { lines, otherwise } => {
            let values = lines.iter().map(|line| line.value).chain(*otherwise);
            all_outright(policy, values, found)
        }
        ExprKind::Scale { bands, by_slices: false, .. } => {
            all_outright(policy, bands.iter().map(|band| band.value), found)
        }
        _ => false,
    }
}

fn all_outright(
    policy: &Policy,
    values: impl Iterator<Item = ExprId>,
    found: &mut Vec<(Quantity, Span)>,
) -> bool {
    let mut all = true;
    for value in values {
        all &= outright(policy, value, found);
    }
    all
}

fn quoted(policy: &Policy, citation: &Citation) -> Option<Quoted> {
    let whole = citation.quote_span?;
    let text = policy.file.text().get(whole.range())?;
    let inner = text.strip_prefix('«').unwrap_or(text);
    let start = whole.start as usize + (text.len() - inner.len());
    let inner = inner.strip_suffix('»').unwrap_or(inner);
    let passage = Passage::read(inner, start);
    let span = Span::new(start, start + inner.len());
    Some(Quoted { source: citation.source, span, clause: citation.span, passage })
}
