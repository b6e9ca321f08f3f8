//! What a change does to dossiers, in words.

use super::dossier::{Place, differences};
use super::kinds::subject;
use super::{Told, entry};
use crate::currency::Currency;
use crate::diff::{
    Came, Covered, Difference, Kind, Moved, Origin, Replayed, Stood, Subject, Totals, Witness, item_of,
};
use crate::known::{DateRange, Interval};
use crate::phrase::event;
use crate::policy::ItemRef;
use crate::render::Lang;
use crate::render::document::{Block, Section, Sign};
use crate::render::words::Words;

/// Greatest number of bounds that are named because they were not reached.
const NAMED: usize = 6;

pub(super) fn sections(told: &Told<'_>, lang: Lang, sections: &mut Vec<Section>) {
    let effects = told.effects;
    if !effects.witnesses.is_empty() {
        let blocks = effects.witnesses.iter().map(|witness| self::witness(told, witness, lang)).collect();
        let title = lang
            .pick(
                "Ce que cela change : un exemple de chaque sorte",
                "What that changes: one example of each kind",
            )
            .to_owned();
        sections.push(Section { title, blocks });
    }
    let currency = told.currency();
    let counted: Vec<Block> =
        effects.totals.iter().map(|totals| self::totals(totals, currency, lang)).collect();
    if !counted.is_empty() {
        let title = lang.pick("En tout", "In all").to_owned();
        sections.push(Section { title, blocks: counted });
    }
    let covered = covered(&effects.covered, lang);
    sections.push(Section {
        title: lang.pick("Ce qui a été essayé", "What was tried").to_owned(),
        blocks: covered,
    });
}

/// What a dossier is, in a line.
pub(super) fn origin(witness: &Witness<'_>, lang: Lang) -> String {
    match (witness.origin, &witness.name) {
        (Origin::Case, Some(name)) => lang.pick(format!("cas {name}"), format!("case {name}")),
        (Origin::Folder, Some(name)) => lang.pick(format!("dossier {name}"), format!("dossier {name}")),
        (Origin::Made, Some(name)) => {
            lang.pick(format!("comme le cas {name}, mais"), format!("as case {name}, but"))
        }
        (_, None) => lang.pick("un dossier fabriqué", "a made-up dossier").to_owned(),
    }
}

fn witness(told: &Told<'_>, witness: &Witness<'_>, lang: Lang) -> Block {
    let mut blocks = Vec::new();
    let policies = || told.after.variants().chain(told.before.variants()).map(|variant| variant.policy);
    match &witness.near {
        Some(near) => {
            let changed = differences(near, &witness.sketch, lang);
            blocks.extend(changed.into_iter().map(|(place, was, is)| {
                let silent = || lang.pick("sans réponse", "no answer").to_owned();
                let was = match was {
                    Some(was) => format!("{} {was}", lang.pick("le cas dit", "the case says")),
                    None => lang.pick("le cas ne le dit pas", "the case does not say it").to_owned(),
                };
                let label = place.label(policies(), lang);
                let is = is.unwrap_or_else(silent);
                let now = format!("{is} ({was})");
                Block::Para(match event(&label).filter(|_| lang == Lang::Fr) {
                    // A day follows the name of what happened on it.
                    Some(_) if is.starts_with(|c: char| c.is_ascii_digit()) => format!("{label} {now}"),
                    Some(event) => lang.pair(event, &now),
                    None => lang.pair(&label, &now),
                })
            }));
        }
        None if witness.name.is_none() => {
            blocks.push(Block::ToWrite(witness.sketch.yaml(told.id(), "essai")));
        }
        None => {}
    }
    for (paths, known) in [
        (
            &witness.only.0,
            lang.pick("seul le texte d'avant pose cette question", "only the old text asks this"),
        ),
        (
            &witness.only.1,
            lang.pick("seul le texte d'après pose cette question", "only the new text asks this"),
        ),
    ] {
        blocks.extend(paths.iter().map(|path| {
            let label = Place::Declared(std::sync::Arc::clone(path)).label(policies(), lang);
            Block::Para(lang.pair(&label, known))
        }));
    }
    let told_here = |(one, first): &(&Difference, &bool)| **first || matches!(one, Difference::Outcome(..));
    let shown = witness.differences.iter().zip(&witness.first).filter(told_here);
    let before = blocks.len();
    blocks.extend(shown.map(|(one, _)| difference(witness, one, lang)));
    match witness.differences.len().saturating_sub(blocks.len() - before) {
        0 => {}
        1 => blocks.push(Block::Para(
            lang.pick("et une différence de sorte déjà montrée", "and one difference of a kind shown above")
                .to_owned(),
        )),
        n => blocks.push(Block::Para(lang.pick(
            format!("et {n} différences de sortes déjà montrées"),
            format!("and {n} differences of kinds shown above"),
        ))),
    }
    entry(origin(witness, lang), blocks)
}

/// What differs, in a line.
pub(super) fn sentence(
    witness: &Witness<'_>,
    difference: &Difference,
    words: &Words<'_>,
    lang: Lang,
) -> String {
    let (old, new) = (lang.pick("avant", "before"), lang.pick("après", "after"));
    match difference {
        Difference::SentBack { after: true } => lang
            .pick("examiné avant, renvoyé à corriger après", "examined before, sent back after")
            .to_owned(),
        Difference::SentBack { after: false } => lang
            .pick("renvoyé à corriger avant, examiné après", "sent back before, examined after")
            .to_owned(),
        Difference::Outcome(was, is) => {
            let said = format!("{} {old}, {} {new}", words.outcome(*was), words.outcome(*is));
            match because(witness, lang) {
                Some(because) => format!("{said}, {because}"),
                None => said,
            }
        }
        Difference::Item(of, was, is) => {
            // What both sides share is no difference.
            let shared = was
                .as_ref()
                .zip(is.as_ref())
                .is_some_and(|(was, is)| was.value == is.value || was.due().is_some() != is.due().is_some());
            let item = item_of(words.policy, of);
            let told = |came: &Option<Came>| match came {
                Some(came) if shared => status(came, item, words).to_owned(),
                Some(came) => self::came(came, item, words, lang),
                None => lang.pick("absent du texte", "not in the text").to_owned(),
            };
            lang.pair(&subject(of, lang), &format!("{} {old}, {} {new}", told(was), told(is)))
        }
    }
}

/// The criteria that make an outcome differ.
fn because(witness: &Witness<'_>, lang: Lang) -> Option<String> {
    let names: Vec<String> = witness
        .differences
        .iter()
        .filter_map(|difference| match difference {
            Difference::Item(Subject { kind: Kind::Criterion, name }, was, is)
                if was.as_ref().map(|c| c.status) != is.as_ref().map(|c| c.status) =>
            {
                Some(lang.quoted(name))
            }
            Difference::Item(..) | Difference::Outcome(..) | Difference::SentBack { .. } => None,
        })
        .collect();
    match names.as_slice() {
        [] => None,
        [one] => Some(format!("{} {one}", lang.pick("par le critère", "by criterion"))),
        [all @ .., last] => Some(format!(
            "{} {} {} {last}",
            lang.pick("par les critères", "by criteria"),
            all.join(", "),
            lang.pick("et", "and")
        )),
    }
}

/// A status, in the gender of the item where the text has it.
fn status(came: &Came, item: Option<ItemRef>, words: &Words<'_>) -> &'static str {
    item.map_or_else(|| words.status(came.status), |item| words.status_of(item, came.status))
}

/// What an item came to, in a few words.
fn came(came: &Came, item: Option<ItemRef>, words: &Words<'_>, lang: Lang) -> String {
    if let Some(item) = item.filter(|item| words.is_result(*item)) {
        return words.came_to(item, came.status, came.value.as_ref());
    }
    let status = status(came, item, words);
    let amount = came.amount().map(|amount: &Interval| words.payment(amount));
    let due = came.due().map(|due: DateRange| match due.value() {
        Some(day) => format!("{} {}", lang.pick("au plus tard le", "by"), words.weekday_date(day)),
        None => words.date_range(due),
    });
    match amount.or(due) {
        Some(more) => format!("{status} ({more})"),
        None => status.to_owned(),
    }
}

fn difference(witness: &Witness<'_>, difference: &Difference, lang: Lang) -> Block {
    let sides = [&witness.decisions.0, &witness.decisions.1];
    let Some(replayed) = sides.iter().rev().find_map(|replayed| replayed.as_ref()) else {
        return Block::Para(String::new());
    };
    let words = Words::new(replayed.policy, &replayed.dossier, witness.sketch.examined_on, lang);
    let title = sentence(witness, difference, &words, lang);
    let mut blocks = Vec::new();
    if let Difference::Outcome(..) = difference
        && sides.iter().any(|replayed| replayed.as_ref().is_some_and(|replayed| replayed.unsettled))
    {
        let said = lang.pick(
            "sans cette réponse, on ne sait pas si l'avenant va à ce dossier",
            "without this answer, nobody knows whether the amendment goes to this dossier",
        );
        blocks.push(Block::Para(said.to_owned()));
    }
    if let Difference::SentBack { .. } = difference {
        let said = witness.refused.iter().map(|problem| Block::Para(problem.message.clone()));
        blocks.extend(said);
    }
    if let Difference::Item(subject, ..) = difference
        && matches!(subject.kind, Kind::Criterion | Kind::Objective | Kind::Mission)
    {
        for (replayed, when) in sides.iter().zip([lang.pick("avant", "before"), lang.pick("après", "after")])
        {
            if let Some(said) = replayed.as_ref().and_then(|replayed| summary(replayed, subject, lang)) {
                blocks.push(Block::Para(lang.pair(when, &said)));
            }
        }
    }
    Block::Item { sign: sign(difference), title, blocks }
}

/// What an item rests on, as its decision says it.
pub(super) fn summary(replayed: &Replayed<'_>, subject: &Subject, lang: Lang) -> Option<String> {
    let words = Words::new(replayed.policy, &replayed.dossier, replayed.decision.examined_on, lang);
    let said = words.summary(replayed.decision.item(item_of(replayed.policy, subject)?));
    (!said.is_empty()).then_some(said)
}

fn sign(difference: &Difference) -> Sign {
    use crate::decision::Outcome;
    match difference {
        Difference::Outcome(_, Outcome::Favourable | Outcome::Calculated) => Sign::Yes,
        Difference::Outcome(_, Outcome::Unfavourable) => Sign::No,
        Difference::Outcome(_, Outcome::Incomplete) => Sign::Open,
        Difference::Outcome(_, Outcome::DependsOnReading) => Sign::Depends,
        Difference::SentBack { .. } => Sign::No,
        Difference::Item(_, _, Some(came)) => Sign::of(came.status),
        Difference::Item(_, _, None) => Sign::Aside,
    }
}

/// What dossiers of an origin are called.
pub(super) fn of_origin(origin: Origin, lang: Lang) -> &'static str {
    match origin {
        Origin::Case => lang.pick("cas", "cases"),
        Origin::Folder => lang.pick("dossiers donnés", "dossiers given"),
        Origin::Made => lang.pick("dossiers fabriqués", "dossiers made up"),
    }
}

/// So many dossiers of an origin: « 2 dossiers fabriqués ».
pub(super) fn counted(origin: Origin, n: usize, lang: Lang) -> String {
    let one = n < 2;
    let what = match origin {
        Origin::Case => lang.pick("cas", if n == 1 { "case" } else { "cases" }),
        Origin::Folder if one => lang.pick("dossier donné", "dossier given"),
        Origin::Folder => lang.pick("dossiers donnés", "dossiers given"),
        Origin::Made if one => lang.pick("dossier fabriqué", "dossier made up"),
        Origin::Made => lang.pick("dossiers fabriqués", "dossiers made up"),
    };
    match n {
        0 => format!("{} {what}", lang.pick("aucun", "no")),
        n => format!("{n} {what}"),
    }
}

/// That nothing changes, where it may for want of an answer.
pub(super) fn certainly(said: String, totals: &Totals, lang: Lang) -> String {
    match totals.may_differ {
        0 => said,
        _ => format!("{said} {}", lang.pick("à coup sûr", "for certain")),
    }
}

fn totals(totals: &Totals, currency: Currency, lang: Lang) -> Block {
    let (tried, back) = (totals.tried, totals.tried.saturating_sub(totals.decided));
    let said = match back {
        0 => tried.to_string(),
        1 => lang.pick(
            format!("{tried}, dont 1 que l'un des textes au moins renvoie à corriger"),
            format!("{tried}, of which 1 is sent back by at least one of the texts"),
        ),
        n => lang.pick(
            format!("{tried}, dont {n} que l'un des textes au moins renvoie à corriger"),
            format!("{tried}, of which {n} are sent back by at least one of the texts"),
        ),
    };
    let title = lang.pair(of_origin(totals.origin, lang), &said);
    let mut parts = Vec::new();
    let mut add = |count: usize, one: &str, many: &str| match count {
        0 => {}
        1 => parts.push(format!("1 {one}")),
        n => parts.push(format!("{n} {many}")),
    };
    if totals.differ == 0 {
        parts.push(certainly(lang.pick("aucun ne change", "none changes").to_owned(), totals, lang));
    } else {
        add(totals.differ, lang.pick("change", "changes"), lang.pick("changent", "change"));
        add(
            totals.newly_favourable,
            lang.pick("devient favorable", "becomes favourable"),
            lang.pick("deviennent favorables", "become favourable"),
        );
        add(
            totals.newly_unfavourable,
            lang.pick("devient défavorable", "becomes unfavourable"),
            lang.pick("deviennent défavorables", "become unfavourable"),
        );
        add(
            totals.otherwise,
            lang.pick("a une autre issue", "has another outcome"),
            lang.pick("ont une autre issue", "have another outcome"),
        );
        add(
            totals.sent_back.0,
            lang.pick("était renvoyé à corriger", "was sent back"),
            lang.pick("étaient renvoyés à corriger", "were sent back"),
        );
        add(
            totals.sent_back.1,
            lang.pick("est renvoyé à corriger", "is sent back"),
            lang.pick("sont renvoyés à corriger", "are sent back"),
        );
    }
    let mut blocks = vec![Block::Para(parts.join(", "))];
    let why = lang.pick(
        "il y manque une réponse pour savoir si un avenant s'y applique",
        "an answer is missing that says whether an amendment goes there",
    );
    let more = if totals.differ > 0 { lang.pick(" de plus", " more") } else { "" };
    match totals.may_differ {
        0 => {}
        1 => {
            let head = lang.pick(format!("1{more} peut changer"), format!("1{more} may change"));
            blocks.push(Block::Para(lang.pair(&head, why)));
        }
        n => {
            let head = lang.pick(format!("{n}{more} peuvent changer"), format!("{n}{more} may change"));
            blocks.push(Block::Para(lang.pair(&head, why)));
        }
    }
    for (name, moved) in &totals.amounts {
        blocks
            .push(Block::Para(lang.pair(&lang.quoted(name), &amounts(moved, totals.origin, currency, lang))));
    }
    entry(title, blocks)
}

fn amounts(moved: &Moved, origin: Origin, currency: Currency, lang: Lang) -> String {
    let mut parts = Vec::new();
    for (count, what) in [
        (moved.up, lang.pick("plus", "more")),
        (moved.down, lang.pick("moins", "less")),
        (
            moved.settled,
            lang.pick("un montant fixé au lieu d'une fourchette", "one amount instead of a range"),
        ),
        (moved.otherwise, lang.pick("une autre fourchette", "another range")),
        (moved.uncertain, lang.pick("un autre montant, s'il est dû,", "another amount, if it is due,")),
    ] {
        if count > 0 {
            let plural = if count > 1 { "s" } else { "" };
            parts.push(lang.pick(
                format!("{what} dans {count} dossier{plural}"),
                format!("{what} in {count} dossier{plural}"),
            ));
        }
    }
    // What dossiers that were made up add up to says nothing.
    if origin != Origin::Made && !moved.by.is_zero() {
        let by = lang.wording().amount(&moved.by.abs(), currency);
        let by = if moved.by.signum() > 0 {
            lang.pick(format!("{by} de plus en tout"), format!("{by} more in all"))
        } else {
            lang.pick(format!("{by} de moins en tout"), format!("{by} less in all"))
        };
        let left_out = match moved.ranges {
            0 => String::new(),
            1 => lang.pick(" (une fourchette non comptée)", " (a range not counted)").to_owned(),
            n => lang.pick(format!(" ({n} fourchettes non comptées)"), format!(" ({n} ranges not counted)")),
        };
        parts.push(format!("{by}{left_out}"));
    }
    parts.join(", ")
}

fn covered(covered: &Covered, lang: Lang) -> Vec<Block> {
    let (made, varied) = (covered.made, covered.varied);
    let mut blocks = Vec::new();
    if made > 0 {
        blocks.push(Block::Para(lang.pick(
            format!(
                "{made} dossiers fabriqués à partir de {varied}, un fait changé à la fois avec ce qui en dépend : chaque oui ou \
                 non, chaque choix, chaque lecture, chaque réponse inconnue, et chaque nombre, date et effectif juste \
                 au-dessous, au niveau et juste au-dessus de ce à quoi il est comparé."
            ),
            format!(
                "{made} dossiers made up from {varied}, one fact changed at a time with what hangs on it: each yes or no, each \
                 choice, each reading, each answer unknown, and each number, date and count just below, on and just above \
                 what it is compared with."
            ),
        )));
    }
    if covered.bounds.0 == covered.bounds.1 {
        let both = lang.pick("avant comme après", "before as after");
        blocks.push(Block::Para(bounds(&covered.bounds.0, both, lang)));
    } else {
        blocks.push(Block::Para(bounds(&covered.bounds.0, lang.pick("avant", "before"), lang)));
        blocks.push(Block::Para(bounds(&covered.bounds.1, lang.pick("après", "after"), lang)));
    }
    super::limits::said(covered, lang, &mut blocks);
    if !covered.unread.is_empty() {
        let names: Vec<&str> = covered.unread.iter().map(|name| &**name).collect();
        blocks.push(Block::Para(lang.pair(
            lang.pick("Renvoyés à corriger par les deux textes", "Sent back by both texts"),
            &names.join(", "),
        )));
    }
    blocks
}

fn bounds(bounds: &[Stood], when: &str, lang: Lang) -> String {
    let is_whole = |stood: &&Stood| stood.sides >= stood.of;
    let whole = bounds.iter().filter(is_whole).count();
    let plural = if bounds.len() > 1 { "s" } else { "" };
    let said = lang.pick(
        format!(
            "{when} : {whole} borne{plural} sur {} approchée{plural} de tous les côtés possibles",
            bounds.len()
        ),
        format!("{when}: {whole} of {} bounds approached from all sides that can be", bounds.len()),
    );
    let open: Vec<String> = bounds
        .iter()
        .filter(|stood| !is_whole(stood))
        .map(|stood| {
            let text = shortened(&stood.text);
            let (sides, of) = (stood.sides, stood.of);
            lang.pick(format!("{text} ({sides} sur {of})"), format!("{text} ({sides} of {of})"))
        })
        .collect();
    if open.is_empty() {
        return format!("{said}.");
    }
    let rest = open.len().saturating_sub(NAMED);
    let mut shown: Vec<String> = open.into_iter().take(NAMED).collect();
    if rest > 0 {
        shown.push(lang.pick(format!("et {rest} autres"), format!("and {rest} others")));
    }
    lang.pick(
        format!("{said} ; les autres, de moins de côtés : {}.", shown.join(", ")),
        format!("{said}; the others from fewer: {}.", shown.join(", ")),
    )
}

fn shortened(text: &str) -> String {
    const MOST: usize = 60;
    if text.chars().count() <= MOST {
        return text.to_owned();
    }
    let start: String = text.chars().take(MOST).collect();
    format!("{}…", start.trim_end())
}
