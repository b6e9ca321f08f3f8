//! What each rule says, in sentences: conditions one under the other, cases and scales as tables.

use crate::phrase::{self, Phrases};
use crate::policy::expr::{Band, BandRange, CaseLine, Guarded, Quantity, Share};
use crate::policy::{
    Definition, Derogation, ExprId, ExprKind, Funding, FundingKind, ItemRef, Obligation, Parameter, Policy,
    Type,
};
use crate::render::Lang;
use crate::render::document::{Block, Cell, Grid};
use crate::render::pictures;
use crate::source::Span;
use crate::syntax::tree::Aggregate;
use crate::wording::french::before;

/// Says the rules of a policy.
#[derive(Clone, Copy)]
pub(crate) struct Rules<'p> {
    pub(crate) policy: &'p Policy,
    pub(crate) lang: Lang,
}

impl Rules<'_> {
    fn phrases(&self) -> Phrases<'_> {
        Phrases { policy: self.policy, lang: self.lang }
    }

    fn say(&self, french: &'static str, english: &'static str) -> &'static str {
        self.lang.pick(french, english)
    }

    /// An item that a decision reports.
    pub(crate) fn item(&self, item: ItemRef) -> Vec<Block> {
        let policy = self.policy;
        let mut blocks = Vec::new();
        match item {
            ItemRef::Decision => {
                self.conditions(
                    self.say("La décision est favorable si", "The decision is favourable if"),
                    policy.decision.favourable,
                    &mut blocks,
                );
            }
            ItemRef::Criterion(id) => {
                let criterion = &policy.criteria[id.index()];
                self.applies(criterion.applies, &mut blocks);
                self.conditions(self.say("Il faut", "Required"), criterion.requires, &mut blocks);
                self.unless(&criterion.unless, &mut blocks);
            }
            ItemRef::Objective(id) => {
                let objective = &policy.objectives[id.index()];
                self.applies(objective.applies, &mut blocks);
                self.conditions(self.say("Il est visé", "Aimed at"), objective.aims, &mut blocks);
            }
            ItemRef::Mission(id) => {
                let mission = &policy.missions[id.index()];
                self.applies(mission.applies, &mut blocks);
                self.conditions(
                    self.say("Elle est prévue si", "It is covered if"),
                    mission.covered,
                    &mut blocks,
                );
            }
            ItemRef::Funding(id) => self.funding(&policy.fundings[id.index()], &mut blocks),
            ItemRef::Obligation(id) => self.obligation(&policy.obligations[id.index()], &mut blocks),
        }
        blocks
    }

    /// What a name stands for.
    pub(crate) fn definition(&self, definition: &Definition) -> Vec<Block> {
        let mut blocks = Vec::new();
        if let Some(list) = definition.list {
            let label = &self.policy.lists[list.index()].label;
            let each = self.say("Pour chaque élément de la liste", "For each element of the list");
            blocks.push(Block::Para(format!("{each} {}.", self.lang.quoted(label))));
        }
        self.applies(definition.applies, &mut blocks);
        let lead = match self.policy.exprs.get(definition.body).ty {
            Type::Truth => self.say("C'est le cas si", "It is so if"),
            _ => self.say("Valeur", "Value"),
        };
        self.value(lead, definition.body, &mut blocks);
        blocks
    }

    /// A parameter, from day to day.
    pub(super) fn parameter(&self, parameter: &Parameter) -> Vec<Block> {
        let mut rows = Vec::new();
        for period in &parameter.periods {
            let since = match (period.from, period.until) {
                (None, None) => self.say("en tout temps", "at all times").to_owned(),
                (from, until) => {
                    let wording = self.lang.wording();
                    let from =
                        from.map(|day| format!("{} {}", self.say("depuis le", "from"), wording.date(day)));
                    let until =
                        until.map(|day| format!("{} {}", self.say("jusqu'au", "until"), wording.date(day)));
                    from.into_iter().chain(until).collect::<Vec<_>>().join(" ")
                }
            };
            rows.push(vec![Cell::plain(since), Cell::plain(self.policy.given_by(parameter, period))]);
        }
        let mut blocks = vec![Block::Grid(Grid {
            caption: format!("{} ({})", self.say("Valeurs", "Values"), parameter.label),
            heads: vec![self.say("Période", "Period").to_owned(), self.say("Valeur", "Value").to_owned()],
            rows,
        })];
        if let Some(often) = parameter.revised {
            let said = phrase::frequency(often, self.lang);
            let revised = self.say("Le texte la revalorise", "The text revises it");
            blocks.push(Block::Para(format!("{revised} {said}.")));
        }
        blocks
    }

    /// What any sane dossier satisfies.
    pub(super) fn coherence(&self, condition: ExprId) -> Vec<Block> {
        let said = self.say(
            "Les réponses d'un dossier s'accordent ; sinon il est renvoyé pour correction.",
            "The answers of a dossier agree; else it is sent back for correction.",
        );
        let mut blocks = vec![Block::Para(said.to_owned())];
        self.conditions(self.say("Il faut", "Required"), condition, &mut blocks);
        blocks
    }

    fn applies(&self, applies: Option<ExprId>, blocks: &mut Vec<Block>) {
        if let Some(applies) = applies {
            self.conditions(self.say("Seulement si", "Only if"), applies, blocks);
        }
    }

    fn unless(&self, unless: &[Derogation], blocks: &mut Vec<Block>) {
        for derogation in unless {
            self.conditions(self.say("Sauf si", "Unless"), derogation.condition, blocks);
        }
    }

    fn funding(&self, funding: &Funding, blocks: &mut Vec<Block>) {
        self.applies(funding.applies, blocks);
        if let Some(due) = funding.due {
            self.conditions(self.say("Dû si", "Due if"), due, blocks);
        }
        self.unless(&funding.unless, blocks);
        let lead = match funding.kind {
            FundingKind::Result => self.say("Valeur", "Value"),
            FundingKind::Funding | FundingKind::Contribution => self.say("Montant", "Amount"),
        };
        match funding.is_shared_out() {
            true => self.shared_out(funding, blocks),
            false => self.value(lead, funding.amount, blocks),
        }
        for part in &funding.parts {
            self.value(self.say("Dont", "Of which"), *part, blocks);
        }
        let often = funding.frequency.map(|often| phrase::frequency(often, self.lang).to_owned());
        let lasting = funding.lasting.map(|lasting| {
            format!("{} {}", self.say("pendant", "for"), self.lang.wording().duration(lasting))
        });
        let often: Vec<String> = often.into_iter().chain(lasting).collect();
        if !often.is_empty() {
            let lead = self.say("Versement", "Paid");
            blocks.push(Block::Para(self.lang.pair(lead, &often.join(", "))));
        }
    }

    /// An envelope, then how it is shared out, clause by clause as it is written.
    fn shared_out(&self, funding: &Funding, blocks: &mut Vec<Block>) {
        let file = &self.policy.file;
        let envelope = self.policy.exprs.get(funding.amount).span;
        let lead = self.say("Enveloppe", "Envelope");
        let share = self.share(funding.amount);
        let whole = share.map_or(funding.amount, |share| self.body(share.envelope));
        blocks.push(Block::Para(self.lang.pair(lead, &self.said(whole))));
        let after = file.slice(Span { start: envelope.end, end: funding.head.whole.end.max(envelope.end) });
        let mut at = envelope.end;
        let mut lines = Vec::new();
        for line in after.split_inclusive('\n') {
            let end = at + u32::try_from(line.len()).unwrap_or(0);
            let said = self.policy.spelled(Span { start: at, end });
            let among = share.filter(|_| said.trim_start().starts_with("entre "));
            let said = among.map_or(said, |share| {
                let among = self.phrases().among(share.list, share.filter);
                format!("{} {among}", self.say("entre les", "among"))
            });
            if !said.trim().is_empty() {
                lines.push(vec![Cell::plain(said.trim())]);
            }
            at = end;
        }
        if !lines.is_empty() {
            blocks.push(Block::Para(
                self.lang.pair(self.say("Elle est partagée", "It is shared out"), "").trim_end().to_owned(),
            ));
            blocks.push(Block::List(lines));
        }
    }

    /// How an amount that is shared out is.
    fn share(&self, id: ExprId) -> Option<&Share> {
        match &self.policy.exprs.get(self.body(id)).kind {
            ExprKind::Share(share) => Some(share),
            ExprKind::Aggregate { of: Some(of), .. } => self.share(*of),
            ExprKind::Allotted { total, .. } => self.share(*total),
            _ => None,
        }
    }

    /// What stands for a name that the text gave to it.
    fn body(&self, id: ExprId) -> ExprId {
        match self.policy.exprs.get(id).kind {
            ExprKind::Definition(definition) => self.body(self.policy.definitions[definition.index()].body),
            _ => id,
        }
    }

    fn obligation(&self, obligation: &Obligation, blocks: &mut Vec<Block>) {
        self.applies(obligation.applies, blocks);
        self.unless(&obligation.unless, blocks);
        self.value(self.say("Au plus tard", "At the latest"), obligation.deadline, blocks);
        if let Some(done) = obligation.fulfilled_by {
            let said = phrase::alone(&self.phrases().value(done));
            blocks.push(Block::Para(self.lang.pair(self.say("Remplie par", "Fulfilled by"), &said)));
        }
    }

    /// A condition under its lead: alone on the line, or one under the other.
    fn conditions(&self, lead: &str, id: ExprId, blocks: &mut Vec<Block>) {
        match &self.policy.exprs.get(id).kind {
            ExprKind::Bullets { quantity, of } => {
                blocks.push(self.lead(lead, *quantity, of.len()));
                blocks.push(Block::List(of.iter().map(|one| vec![Cell::plain(self.bullet(one))]).collect()));
            }
            kind @ (ExprKind::And(of) | ExprKind::Or(of)) => {
                let quantity =
                    if matches!(kind, ExprKind::And(_)) { Quantity::All } else { Quantity::AtLeast(1) };
                blocks.push(self.lead(lead, quantity, of.len()));
                blocks.push(Block::List(
                    of.iter().map(|one| vec![Cell::plain(self.condition(*one))]).collect(),
                ));
            }
            ExprKind::Cases { .. } => self.value(lead, id, blocks),
            _ => match self.condition(id) {
                // A colon after a colon would be read twice.
                said if phrase::has_colon(&said) => {
                    blocks.push(self.lead(lead, Quantity::All, 1));
                    blocks.push(Block::List(vec![vec![Cell::plain(said)]]));
                }
                said => blocks.push(Block::Para(self.lang.pair(lead, &said))),
            },
        }
    }

    /// What stands above conditions.
    fn lead(&self, lead: &str, quantity: Quantity, of: usize) -> Block {
        let lead = format!("{lead}{}", self.quantity(quantity, of));
        Block::Para(self.lang.pair(&lead, "").trim_end().to_owned())
    }

    /// How many of the lines below hold.
    fn quantity(&self, quantity: Quantity, of: usize) -> String {
        match quantity {
            Quantity::All if of < 2 => String::new(),
            Quantity::All => self.say(", à la fois", ", together").to_owned(),
            Quantity::AtLeast(1) => {
                self.say(", l'une au moins de ces conditions", ", one at least of").to_owned()
            }
            Quantity::AtLeast(n) => {
                self.lang.pick(format!(", {n} au moins de ces conditions"), format!(", {n} at least of"))
            }
            Quantity::AtMost(0) => self.say(", aucune de ces conditions", ", none of").to_owned(),
            Quantity::AtMost(n) => {
                self.lang.pick(format!(", {n} au plus de ces conditions"), format!(", {n} at most of"))
            }
            Quantity::Exactly(n) => {
                self.lang.pick(format!(", exactement {n} de ces conditions"), format!(", exactly {n} of"))
            }
        }
    }

    fn bullet(&self, one: &Guarded) -> String {
        let said = self.condition(one.then);
        match one.only_if {
            None => said,
            Some(only_if) => {
                format!(
                    "{said} ({} {})",
                    self.say("seulement si", "only if"),
                    self.lang.quoted(&self.condition(only_if))
                )
            }
        }
    }

    fn condition(&self, id: ExprId) -> String {
        self.phrases().condition(id)
    }

    /// A value under its lead: on the line, or as a table of cases or of a scale.
    fn value(&self, lead: &str, id: ExprId, blocks: &mut Vec<Block>) {
        let expr = self.policy.exprs.get(id);
        match &expr.kind {
            ExprKind::Cases { lines, otherwise } => {
                let what = match expr.ty {
                    Type::Truth => self.say("Il faut", "Required"),
                    _ => self.say("Valeur", "Value"),
                };
                blocks.push(Block::Grid(self.cases((lead, what), lines, *otherwise)));
            }
            ExprKind::Scale { of, bands, by_slices } => {
                blocks.push(Block::Grid(self.scale(lead, *of, bands, *by_slices)));
                blocks.extend(pictures::scale(self.policy, id, self.lang).map(Block::Picture));
            }
            // « plafonné à », « arrondi à » stand after a scale or cases: these are told first.
            ExprKind::Round { value, .. } if self.is_table(*value) => {
                self.value(lead, *value, blocks);
                self.rest(*value, id, blocks);
            }
            ExprKind::Extremum { of, .. } if of.first().is_some_and(|first| self.is_table(*first)) => {
                let first = of[0];
                self.value(lead, first, blocks);
                self.rest(first, id, blocks);
            }
            ExprKind::Range { low, high } => {
                let (low, high) = (self.phrases().value(*low), self.phrases().value(*high));
                let said = format!("{} {low} {} {high}", self.say("entre", "between"), self.say("et", "and"));
                blocks.push(Block::Para(self.lang.pair(lead, &said)));
            }
            // What is worked out for each element in several lines is told in them.
            ExprKind::Aggregate { kind: Aggregate::Sum, list, filter, of: Some(of) }
                if self.is_table(*of) =>
            {
                let one = self.phrases().some_of(*list, *filter, None);
                blocks.push(Block::Para(self.lang.pick(
                    format!("Pour chaque {one}, ce qui suit ; le tout est additionné."),
                    format!("For each of {one}, what follows; all of it is added up."),
                )));
                self.value(lead, *of, blocks);
            }
            _ if expr.ty == Type::Truth => self.conditions(lead, id, blocks),
            _ => blocks.push(Block::Para(self.lang.pair(lead, &self.said(id)))),
        }
    }

    /// A value in a line, without the keyword that leads it.
    fn said(&self, id: ExprId) -> String {
        let said = match self.policy.exprs.get(id).ty {
            Type::Date => phrase::alone(&self.phrases().value(id)),
            _ => self.phrases().said(id),
        };
        let bare = ["montant ", "vaut ", "au plus tard "].iter().find_map(|word| said.strip_prefix(word));
        bare.map_or(said.clone(), str::to_owned)
    }

    fn is_table(&self, id: ExprId) -> bool {
        matches!(self.policy.exprs.get(id).kind, ExprKind::Cases { .. } | ExprKind::Scale { .. })
            || match &self.policy.exprs.get(id).kind {
                ExprKind::Round { value, .. } => self.is_table(*value),
                ExprKind::Extremum { of, .. } => of.first().is_some_and(|first| self.is_table(*first)),
                _ => false,
            }
    }

    /// What is written of a value after the table that it comes from.
    fn rest(&self, table: ExprId, whole: ExprId, blocks: &mut Vec<Block>) {
        let (table, whole) = (self.policy.exprs.get(table).span, self.policy.exprs.get(whole).span);
        if whole.end > table.end {
            let said = self.policy.spelled(Span { start: table.end, end: whole.end });
            let said = said.trim_start_matches([',', ' ']);
            if !said.is_empty() {
                blocks.push(Block::Para(self.lang.pair(self.say("Le tout", "All of it"), said)));
            }
        }
    }

    fn cases(&self, (lead, what): (&str, &str), lines: &[CaseLine], otherwise: Option<ExprId>) -> Grid {
        let mut rows: Vec<Vec<Cell>> = Vec::new();
        for line in lines {
            let lead = if line.else_if { self.say("sinon, si", "else, if") } else { self.say("si", "if") };
            let when = format!("{lead} {}", self.condition(line.when));
            rows.push(vec![Cell::plain(when), Cell::plain(self.said(line.value))]);
        }
        if let Some(otherwise) = otherwise {
            let when = self.say("dans les autres cas", "in all other cases");
            rows.push(vec![Cell::plain(when), Cell::plain(self.said(otherwise))]);
        }
        Grid {
            caption: lead.to_owned(),
            heads: vec![self.say("Cas", "Case").to_owned(), what.to_owned()],
            rows,
        }
    }

    fn scale(&self, lead: &str, of: ExprId, bands: &[Band], by_slices: bool) -> Grid {
        let rows = bands
            .iter()
            .map(|band| vec![Cell::plain(self.range(of, &band.range)), Cell::plain(self.said(band.value))])
            .collect();
        let read_by = phrase::alone(&self.phrases().value(of));
        let slices = if by_slices { self.say(", par tranches", ", in slices") } else { "" };
        Grid {
            caption: format!("{lead} {} {}{slices}", self.say("selon", "by"), self.lang.quoted(&read_by)),
            heads: vec![read_by, self.say("Valeur", "Value").to_owned()],
            rows,
        }
    }

    /// The values of a line of a scale.
    fn range(&self, of: ExprId, range: &BandRange) -> String {
        let end = |id: ExprId| self.phrases().held(id);
        match range {
            BandRange::Options(ranks) => {
                let Type::Choice(choice) = self.policy.exprs.get(of).ty else { return String::new() };
                let options = &self.policy.choices[choice.index()].options;
                let named = ranks.iter().filter_map(|rank| options.get(usize::from(*rank)));
                named.map(ToString::to_string).collect::<Vec<_>>().join(self.say(" ou ", " or "))
            }
            BandRange::Between { low, high } => {
                let low = low.map(|(id, included)| match included {
                    true => format!("{} {}", self.say("à partir de", "from"), end(id)),
                    false => self.lang.pick(before("plus de", &end(id)), format!("more than {}", end(id))),
                });
                let high = high.map(|(id, included)| match included {
                    true => self.lang.pick(before("jusqu'à", &end(id)), format!("up to {}", end(id))),
                    false => self.lang.pick(before("moins de", &end(id)), format!("less than {}", end(id))),
                });
                match (low, high) {
                    (None, None) => self.say("tout", "all").to_owned(),
                    (low, high) => low.into_iter().chain(high).collect::<Vec<_>>().join(", "),
                }
            }
        }
    }
}
