//! What is paid: now, if the decision is favourable, or under some readings.

use super::hinge::Ground;
use super::{Block, Builder, Cell, Section, Sign};
use crate::decision::{Combination, ItemResult, Outcome, Part, ReadingCase, Status};
use crate::known::{Interval, Known};
use crate::policy::{Funding, FundingKind, ItemRef, Type};
use crate::render::words::{by_readings, lacking_of, part, truth};

/// What is said of a financing under some readings.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Payment {
    ground: Ground,
    /// In words, with how it is worked out; nothing where nothing is paid.
    amount: Option<String>,
    /// `600 € par mois`, where what is paid for a period is told as a whole.
    rhythm: Option<String>,
    /// Why it is not due, or what is open.
    why: String,
    /// Not due for the sole reason that the decision is unfavourable.
    refused: bool,
    /// Whether its `si` holds, or may.
    applies: bool,
}

/// What is paid on one ground: a line each, then the shares of what is shared out.
#[derive(Default)]
struct Paid {
    rows: Vec<Vec<Cell>>,
    shares: Vec<Block>,
}

impl Paid {
    fn blocks(self) -> impl Iterator<Item = Block> {
        let table = (!self.rows.is_empty()).then_some(Block::Table(self.rows));
        table.into_iter().chain(self.shares)
    }
}

fn comes_to(step: &crate::decision::Step, amount: &Interval) -> bool {
    matches!(&step.value, Known::Number(own) if own.low == amount.low && own.high == amount.high)
}

impl Builder<'_> {
    /// The financings, or the contributions: those that stand alike together.
    pub(crate) fn fundings(&self, kind: FundingKind, sections: &mut Vec<Section>) {
        let words = &self.words;
        let (mut now, mut if_favourable, mut always) = (Paid::default(), Paid::default(), Paid::default());
        let (mut others, mut by_reading, mut refused) = (Vec::new(), Vec::new(), Vec::new());
        let stated = words.policy.decision.stated;
        let decided = self.decision.outcome == Outcome::Favourable || !stated;
        for result in &self.decision.fundings {
            let ItemRef::Funding(id) = result.item else { continue };
            let funding = &words.policy.fundings[id.index()];
            if funding.kind != kind {
                continue;
            }
            let groups = self.payments(result);
            let [(_, only)] = groups.as_slice() else {
                by_reading.push((result.item, groups));
                continue;
            };
            let shares = result.by_reading.first().and_then(|case| self.share_table(result.item, case));
            let pay = |paid: &mut Paid| {
                paid.rows.push(self.payment_row(funding, only));
                paid.shares.extend(shares);
                paid.shares.extend(self.waits(funding, result));
            };
            match only.ground {
                Ground::IfFavourable => pay(&mut if_favourable),
                Ground::Always if !decided => pay(&mut always),
                Ground::Always => pay(&mut now),
                Ground::Never if only.refused => refused.push(funding.head.name.to_string()),
                Ground::Never | Ground::Open => others.push(self.not_paid(result.item, funding, only)),
            }
        }
        if !refused.is_empty() {
            let agreed = match (kind, refused.len()) {
                (FundingKind::Contribution, 1) => "contribution non due, la décision étant défavorable",
                (FundingKind::Contribution, _) => "contributions non dues, la décision étant défavorable",
                (FundingKind::Funding | FundingKind::Result, 1) => {
                    "financement non dû, la décision étant défavorable"
                }
                (FundingKind::Funding | FundingKind::Result, _) => {
                    "financements non dus, la décision étant défavorable"
                }
            };
            let head = words.say(agreed, "not due, as the decision is unfavourable");
            let title = words.pair(head, &refused.join(", "));
            others.push(Block::Item { sign: Sign::Aside, title, blocks: Vec::new() });
        }
        let title = match kind {
            FundingKind::Funding | FundingKind::Result => words.say("Financement", "Funding"),
            FundingKind::Contribution => words.say("Contribution", "Contribution"),
        };
        let mut push = |more: &str, blocks: Vec<Block>| {
            sections.push(Section { title: format!("{title}{more}"), blocks });
        };
        if !now.rows.is_empty() || !others.is_empty() {
            push("", now.blocks().chain(others).collect());
        }
        if !if_favourable.rows.is_empty() {
            push(
                words.say(", si la décision est favorable", ", if the decision is favourable"),
                if_favourable.blocks().collect(),
            );
        }
        if !always.rows.is_empty() {
            push(
                words.say(", quelle que soit la décision", ", whatever the decision"),
                always.blocks().collect(),
            );
        }
        for (item, groups) in by_reading {
            let reading = self.readings_named(&groups);
            let more = format!(", {} ({reading})", words.say("selon la lecture", "by reading"));
            push(&more, self.payment_by_reading(item, &groups));
        }
    }

    /// What is paid under each reading that moves it.
    fn payments(&self, result: &ItemResult) -> Vec<(Combination, Payment)> {
        let mut cases: Vec<(Combination, Payment, Status)> = result
            .by_reading
            .iter()
            .map(|c| (c.readings.clone(), self.payment(result.item, c, result.status), c.status))
            .collect();
        // What the decision keeps from being due under some reading, and is not due under any, is told so once.
        if result.status == Status::NotDue && cases.iter().any(|(_, p, _)| p.refused) {
            cases.retain(|(_, p, _)| p.refused);
        }
        // What only the decision keeps from being due is told by the readings under which it is, or may be.
        let barred = |p: &Payment, status: Status| status == Status::NotDue && p.ground != Ground::Never;
        if cases.iter().any(|(_, p, status)| !barred(p, *status) && p.ground != Ground::Never) {
            cases.retain(|(_, p, status)| !barred(p, *status));
        }
        let told =
            cases.iter().any(|(_, p, status)| p.ground == Ground::IfFavourable && *status == Status::Due);
        if told {
            cases.retain(|(_, p, status)| p.ground != Ground::IfFavourable || *status == Status::Due);
        }
        by_readings(cases.into_iter().map(|(c, p, _)| (c, p)).collect())
    }

    fn payment(&self, item: ItemRef, case: &ReadingCase, overall: Status) -> Payment {
        let words = &self.words;
        let supposed = self.ground(case);
        let ground = self.standing(case.status, overall, supposed);
        // Were the decision favourable, it would be due, or might.
        let refused = ground == Ground::Never
            && self.decision.outcome == Outcome::Unfavourable
            && case.status == Status::NotDue
            && supposed != Ground::Never;
        let step = part(&case.because, Part::Amount);
        let mut rhythm = None;
        let amount = match ground {
            Ground::Never => None,
            Ground::Always | Ground::IfFavourable | Ground::Open => case.amount().map(|amount| {
                let paid = words.payment(amount);
                if let ItemRef::Funding(id) = item
                    && let Some(parts) = self.parts(&words.policy.fundings[id.index()], case)
                {
                    return format!("{paid}, {parts}");
                }
                // What it comes to may be known more narrowly than by its steps, or over several versions.
                match step.filter(|s| comes_to(s, amount)).and_then(|s| words.calculation(s)) {
                    Some(calculation) => format!("{paid} ({calculation})"),
                    None => {
                        rhythm = step.and_then(|step| words.rhythm(step));
                        paid
                    }
                }
            }),
        };
        let why = match ground {
            Ground::Never if case.status == Status::NotApplicable => words.not_applicable(case),
            Ground::Never if refused => {
                words.say("la décision est défavorable", "the decision is unfavourable").to_owned()
            }
            Ground::Never | Ground::Open => {
                let reasons = part(&case.because, Part::Condition).map(|s| words.reasons(s));
                let reasons = reasons.unwrap_or_default();
                let told = reasons.iter().filter(|r| !self.is_decision(r.step));
                // Whether it applies is one of the conditions that are still open.
                let applies = part(&case.because, Part::Applies).filter(|s| truth(s).is_open());
                let all = applies
                    .map(|s| words.why(s))
                    .into_iter()
                    .chain(told.map(|reason| reason.line(words.lang)));
                all.collect::<Vec<_>>().join(words.lang.then())
            }
            Ground::Always | Ground::IfFavourable => String::new(),
        };
        Payment { ground, amount, rhythm, why, refused, applies: case.status != Status::NotApplicable }
    }

    /// `dont base 1 000 € et majoration 200 €`.
    fn parts(&self, funding: &Funding, case: &ReadingCase) -> Option<String> {
        let words = &self.words;
        let shares = words.shares(funding, case);
        let parts =
            shares.iter().map(|(name, step)| format!("{name} {}", words.known(&step.value, Type::Amount)));
        let parts: Vec<String> = parts.collect();
        (!parts.is_empty())
            .then(|| format!("{} {}", words.say("dont", "of which"), words.list(&parts, ("et", "and"))))
    }

    /// On what a financing stands: its status says whether it is due, and what it would come to under either
    /// decision only where that is open.
    fn standing(&self, status: Status, overall: Status, supposed: Ground) -> Ground {
        let decided = matches!(self.decision.outcome, Outcome::Favourable | Outcome::Unfavourable)
            || !self.words.policy.decision.stated;
        match status {
            Status::NotApplicable => Ground::Never,
            Status::NotDue if decided || overall == Status::NotDue => Ground::Never,
            Status::Due if decided || overall == Status::Due => Ground::Always,
            Status::Undetermined if decided => Ground::Open,
            Status::Undetermined => match supposed {
                Ground::IfFavourable => Ground::IfFavourable,
                Ground::Always | Ground::Never | Ground::Open => Ground::Open,
            },
            _ => supposed,
        }
    }

    /// Whether a step reads the decision as a condition.
    pub(super) fn is_decision(&self, step: &crate::decision::Step) -> bool {
        step.expr.is_some_and(|e| {
            matches!(self.words.policy.exprs.get(e).kind, crate::policy::ExprKind::Holds(ItemRef::Decision))
        })
    }

    /// Why an amount is a range though nothing is left to ask: what has not happened yet.
    fn waits(&self, funding: &Funding, result: &ItemResult) -> Option<Block> {
        let words = &self.words;
        let [case] = result.by_reading.as_slice() else { return None };
        let amount = part(&case.because, Part::Amount).filter(|step| !step.value.is_single())?;
        let happens = lacking_of(amount).into_iter().filter(|p| p.is_not_yet(words.policy, words.dossier));
        let not_yet = words.say("pas encore", "not yet");
        let happens = happens.map(|place| match words.ends(place) {
            Some(period) => words.pair(&period, words.say("toujours en cours", "still going on")),
            None => words.pair(&words.label(place), not_yet),
        });
        let happens: Vec<String> = happens.collect();
        let open = words.say("montant encore ouvert", "amount still open");
        let why = happens.join(words.lang.then());
        (!happens.is_empty()).then(|| Block::Para(words.pair(&funding.head.name, &format!("{open} – {why}"))))
    }

    fn payment_row(&self, funding: &Funding, payment: &Payment) -> Vec<Cell> {
        vec![
            Cell::plain(&*funding.head.name),
            Cell::plain(payment.amount.clone().unwrap_or_else(|| self.words.unknown())),
            Cell::plain(self.rhythm(funding, payment)),
        ]
    }

    /// `600 € par mois`, `chaque mois, pendant 3 ans`.
    fn rhythm(&self, funding: &Funding, payment: &Payment) -> String {
        let often = Some(self.words.often(funding)).filter(|often| !often.is_empty());
        payment.rhythm.iter().cloned().chain(often).collect::<Vec<_>>().join(", ")
    }

    /// What is not due, or not known to be, with the reason.
    fn not_paid(&self, item: ItemRef, funding: &Funding, payment: &Payment) -> Block {
        let words = &self.words;
        if !payment.applies {
            let title = words.pair(&funding.head.name, &payment.why);
            return Block::Item { sign: Sign::Aside, title, blocks: Vec::new() };
        }
        let (sign, said) = match (payment.ground, &payment.amount) {
            (Ground::Open, Some(amount)) => (
                Sign::Open,
                format!(
                    "{amount}, {}",
                    words.say("si les conditions sont réunies", "if the conditions are met")
                ),
            ),
            (Ground::Open, None) => (Sign::Open, words.say("à établir", "to be settled").to_owned()),
            (Ground::Always | Ground::IfFavourable | Ground::Never, _) => {
                (Sign::Aside, words.status_said(item, Status::NotDue))
            }
        };
        let why = (!payment.why.is_empty()).then(|| Block::Para(payment.why.clone()));
        Block::Item { sign, title: words.pair(&funding.head.name, &said), blocks: why.into_iter().collect() }
    }

    fn payment_by_reading(&self, item: ItemRef, groups: &[(Combination, Payment)]) -> Vec<Block> {
        let words = &self.words;
        let due = words.status_said(item, Status::Due);
        let decided = self.decision.outcome == Outcome::Favourable || !words.policy.decision.stated;
        let mut amounts: Vec<&String> = groups.iter().filter_map(|(_, p)| p.amount.as_ref()).collect();
        amounts.dedup();
        let common = match amounts.as_slice() {
            [one] => Some((*one).clone()),
            _ => None,
        };
        let mut head = vec![Cell::plain(words.item(item))];
        if let Some(amount) = &common {
            head.push(Cell::plain(amount.clone()));
            head.push(Cell::plain(words.often_of(item)));
        }
        let rows = groups
            .iter()
            .map(|(combination, payment)| {
                let mut said = match payment.ground {
                    Ground::Always if decided => due.clone(),
                    Ground::Always => {
                        format!("{due} {}", words.say("quelle que soit la décision", "whatever the decision"))
                    }
                    Ground::IfFavourable => format!(
                        "{due} {}",
                        words.say("si la décision est favorable", "if the decision is favourable")
                    ),
                    Ground::Never if !payment.applies => payment.why.clone(),
                    Ground::Never => format!("{} – {}", words.status_said(item, Status::NotDue), payment.why),
                    Ground::Open => {
                        format!("{} – {}", words.say("à établir", "to be settled"), payment.why)
                    }
                };
                if common.is_none()
                    && let Some(amount) = &payment.amount
                {
                    said = format!("{amount}, {said}");
                }
                vec![Cell::plain(self.options(combination)), Cell::plain(said)]
            })
            .collect();
        vec![
            Block::Table(vec![head]),
            Block::Entry { title: String::new(), blocks: vec![Block::Table(rows)] },
        ]
    }
}
