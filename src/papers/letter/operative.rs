//! The operative part: what is decided of a request, what is given, what is not, and what is not decided yet.

use super::given::Fate;
use crate::decision::{ItemResult, Outcome, Status};
use crate::known::Known;
use crate::number::Ratio;
use crate::papers::fill::{Fill, blank, sentence};
use crate::policy::{FundingKind, ItemRef};
use crate::render::document::Block;
use crate::wording::french::{is_feminine, singular};

impl Fill<'_> {
    /// What a decision is, in the object of its letter.
    pub(super) fn about(&self) -> String {
        match self.decision().outcome {
            Outcome::Calculated => "résultats du calcul".to_owned(),
            Outcome::Unfavourable => "rejet de votre demande".to_owned(),
            _ if !self.refused_in_part().is_empty() => {
                "décision partiellement favorable sur votre demande".to_owned()
            }
            _ if !self.refused_by_reading().is_empty() => {
                format!("décision {} sur votre demande", blank("favorable, ou partiellement favorable"))
            }
            _ => "décision favorable sur votre demande".to_owned(),
        }
    }

    /// What is decided: the operative part.
    pub(super) fn ruling(&self) -> Vec<Block> {
        let verdict = Block::Para(sentence(&self.words().verdict(self.decision())));
        let request = self.request();
        let decided = match self.decision().outcome {
            Outcome::Calculated => {
                "Le texte appliqué ne prévoit ni accord ni refus ; il donne ce qui suit.".to_owned()
            }
            Outcome::Unfavourable => format!("Je rejette votre demande : {request}."),
            _ => format!("Je fais droit à votre demande : {request}{}.", self.reserves()),
        };
        let mut blocks = vec![Block::Para(self.examined()), Block::Para(decided)];
        if self.decision().outcome != Outcome::Calculated {
            blocks.push(verdict);
        }
        blocks.extend(self.operative());
        blocks
    }

    /// The names of what is asked for and has a fate; what the person owes is not asked for.
    fn named(&self, of: &dyn Fn(&ItemResult, Fate) -> bool) -> Vec<String> {
        let told = self.told_fundings().filter(|(result, _)| !self.is_of(result, FundingKind::Contribution));
        let told = told.filter(|(result, fate)| of(result, *fate));
        told.map(|(result, _)| self.words().item(result.item).to_owned()).collect()
    }

    fn is_of(&self, result: &ItemResult, kind: FundingKind) -> bool {
        match result.item {
            ItemRef::Funding(id) => self.words().policy.fundings[id.index()].kind == kind,
            _ => false,
        }
    }

    /// What is refused though the request is granted.
    pub(super) fn refused_in_part(&self) -> Vec<String> {
        match self.decision().outcome {
            Outcome::Favourable => self.named(&|_, fate| fate == Fate::Refused),
            _ => Vec::new(),
        }
    }

    /// What a reading that is still to be retained may refuse.
    fn refused_by_reading(&self) -> Vec<String> {
        self.named(&|result, fate| fate == Fate::ByReading && result.status != Status::Due)
    }

    /// « , sauf en ce qui n'est pas accordé ci-dessous ».
    fn reserves(&self) -> String {
        let words = self.words();
        let and = |names: &[String]| words.list(names, ("et", "and"));
        let mut said = Vec::new();
        if !self.refused_in_part().is_empty() {
            said.push("sauf en ce qui n'est pas accordé ci-dessous".to_owned());
        }
        let aside = self.named(&|_, fate| fate == Fate::Aside);
        if !aside.is_empty() {
            said.push(words.pair("sauf ce qui est sans objet", &and(&aside)));
        }
        if !self.named(&|_, fate| fate == Fate::Open).is_empty() {
            said.push("sauf ce sur quoi il n'est pas encore statué".to_owned());
        }
        let open = self.refused_by_reading();
        if !open.is_empty() && said.is_empty() {
            said.push(blank(&format!("en totalité, ou sauf {}", and(&open))));
        } else if !open.is_empty() {
            said.push(blank(&format!("et sauf {}, selon la lecture à retenir", and(&open))));
        }
        said.iter().map(|said| format!(", {said}")).collect()
    }

    /// What is given and what is not, in the operative part.
    fn operative(&self) -> Vec<Block> {
        let words = self.words();
        let of = |fates: &[Fate], kinds: &[FundingKind]| -> Vec<&ItemResult> {
            let told = self.told_fundings().filter(|(result, fate)| {
                // Nothing to pay is nothing owed.
                let nothing = self.is_of(result, FundingKind::Contribution) && is_nothing(result);
                let fate = if nothing && *fate == Fate::Granted { Fate::Refused } else { *fate };
                fates.contains(&fate) && kinds.iter().any(|kind| self.is_of(result, *kind))
            });
            told.map(|(result, _)| result).collect()
        };
        let (funding, result, owed) = (FundingKind::Funding, FundingKind::Result, FundingKind::Contribution);
        let granted = [Fate::Granted];
        let (nil, due): (Vec<_>, Vec<_>) =
            of(&granted, &[funding]).into_iter().partition(|due| is_nothing(due));
        let refused = [Fate::Refused, Fate::Rejected];
        let (nil_one, nil_all) = ("Ne donne lieu à aucun versement", "Ne donnent lieu à aucun versement");
        let lists = [
            (["Est dû", "Est due", "Sont dus", "Sont dues"], due, true),
            (["Est ouvert", "Est ouverte", "Sont ouverts", "Sont ouvertes"], of(&granted, &[result]), true),
            // An amount that comes to 0 € is not owed.
            ([nil_one, nil_one, nil_all, nil_all], nil, false),
            (["Vous devez acquitter"; 4], of(&granted, &[owed]), true),
            (
                ["N'est pas accordé", "N'est pas accordée", "Ne sont pas accordés", "Ne sont pas accordées"],
                of(&refused, &[funding, result]),
                false,
            ),
            (["Vous n'avez pas à acquitter"; 4], of(&refused, &[owed]), false),
            (["Il n'est pas encore statué sur"; 4], of(&[Fate::Open], &[funding, result, owed]), false),
        ];
        let told = lists.into_iter().filter(|(_, told, _)| !told.is_empty());
        let mut blocks: Vec<Block> = told
            .map(|(heads, told, valued)| {
                let feminine = told.iter().all(|result| is_feminine(words.item(result.item)));
                let plural = told.len() > 1 || valued && told.iter().all(|result| self.is_many(result));
                let head = heads[usize::from(plural) * 2 + usize::from(feminine)];
                let told = told.iter().map(|result| match valued {
                    true => self.with_amount(result),
                    false => words.item(result.item).to_owned(),
                });
                Block::Para(sentence(&words.pair(head, &told.collect::<Vec<_>>().join(" ; "))))
            })
            .collect();
        let open = self.told_fundings().filter(|(_, fate)| *fate == Fate::ByReading);
        blocks.extend(open.map(|(result, _)| Block::Para(self.to_settle_by_reading(result))));
        blocks
    }

    /// « dotation, 80 000 €, une fois »; between two amounts, with the mark of the one that is given.
    fn with_amount(&self, result: &ItemResult) -> String {
        let mark = self.open_amount(result).then(|| match self.words().is_result(result.item) {
            true => blank("valeur arrêtée"),
            false => blank("montant arrêté"),
        });
        let name = self.words().item(result.item).to_owned();
        let said = match self.quantity(result) {
            Some(quantity) => vec![quantity],
            None => vec![name, self.amount(result)],
        };
        let said = said.into_iter().chain(mark);
        said.filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
    }

    /// « 7 jours de répit », of a right whose name begins with the unit that it is counted in.
    fn quantity(&self, result: &ItemResult) -> Option<String> {
        let words = self.words();
        let value = words.given_value(result.item, result.value.as_ref()?);
        let (counted, unit) = value.rsplit_once([' ', '\u{a0}'])?;
        let name = words.item(result.item);
        let (first, what) = name.split_once(' ')?;
        let same = words.is_result(result.item) && singular(first) == singular(unit);
        same.then(|| match singular(unit) == unit {
            true => format!("{counted} {}", singular(name)),
            false => format!("{counted} {unit} {what}"),
        })
    }

    /// Whether it is more than one of something.
    fn is_many(&self, result: &ItemResult) -> bool {
        let one = |value: &Known| match value {
            Known::Number(number) => number.high.value().is_some_and(|high| *high < Ratio::from(2)),
            _ => false,
        };
        self.quantity(result).is_some() && result.value.as_ref().is_some_and(|value| !one(value))
    }

    /// « forfait : à accorder ou à refuser selon la lecture retenue de « champ du forfait », par qui et pourquoi ».
    fn to_settle_by_reading(&self, result: &ItemResult) -> String {
        let words = self.words();
        let readings = self.moving(result.item);
        let names: Vec<String> =
            readings.iter().map(|reading| words.quoted(words.reading(*reading))).collect();
        let what = match result.status {
            Status::Due => "montant à arrêter",
            _ => "à accorder ou à refuser",
        };
        let name = words.item(result.item);
        let by = words.list(&names, ("et", "and"));
        blank(&format!("{name}, {what} selon la lecture retenue de {by}, par qui et pourquoi{BY_HAND}"))
    }
}

fn is_nothing(result: &ItemResult) -> bool {
    match &result.value {
        Some(Known::Number(amount)) => amount.value().is_some_and(Ratio::is_zero),
        _ => false,
    }
}

/// What is not to be filled in by hand: the grounds, the amount and the object would not follow.
pub(super) const BY_HAND: &str =
    " : ne pas compléter à la main, établir de nouveau la lettre une fois la lecture retenue";
