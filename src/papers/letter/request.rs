//! A request for what is missing (CRPA, art. L. 114-5), and what an acknowledgment holds (art. R. 112-5) where none was
//! delivered.

use super::frame::{titled, untitled};
use super::reasons::Founded;
use crate::decision::{Missing, MissingPlace, Outcome};
use crate::papers::fill::{Fill, blank, capital, sentence};
use crate::papers::template::{Place, Silence};
use crate::policy::{Citation, FundingKind, ItemRef, Type};
use crate::render::document::{Block, Document, Section};
use crate::wording::french::before;

/// The letter.
pub(super) fn document(fill: &Fill<'_>) -> Document {
    let asked = fill.indispensable();
    let mut sections =
        vec![untitled(fill.paras(Place::Incomplete, "formule d'une demande de pièces et d'informations"))];
    let mut blocks = vec![Block::Para(fill.examined())];
    let questions = fill.questions(&asked, 0);
    let ranks = questions.iter().filter(|block| matches!(block, Block::Ask { .. })).count();
    blocks.extend(questions);
    let awaited = fill.awaited();
    blocks.extend(fill.without(&awaited).map(Block::Para));
    blocks.extend(fill.questions(&awaited, ranks));
    sections.push(Section { title: "Pièces et informations à fournir".to_owned(), blocks });
    sections.extend(titled("Textes qui les exigent", fill.exacting(&asked, &awaited)));
    sections.extend(titled("Délai", fill.time_limit()));
    sections.extend(titled("Autres informations utiles", fill.still_asked()));
    sections.extend(titled("Points que l'autorité apprécie", fill.left_to_authority()));
    sections.extend(titled("Accusé de réception", fill.acknowledgment()));
    let about = match fill.template.delivered(fill.words().policy) {
        Some(false) => "accusé de réception et demande de pièces et d'informations",
        Some(true) | None => "demande de pièces et d'informations",
    };
    let about = format!(
        "{about} – {} (code des relations entre le public et l'administration, article L. 114-5)",
        fill.request()
    );
    fill.letter(&about, "date de la lettre", sections)
}

impl Fill<'_> {
    /// Questions that wait for no other, then what is asked after them.
    fn questions(&self, all: &[&Missing], before: usize) -> Vec<Block> {
        let words = self.words();
        let asked = |place: MissingPlace| all.iter().any(|missing| missing.place == place);
        let waits = |missing: &&&Missing| missing.after.iter().any(|place| asked(*place));
        let now = all.iter().filter(|missing| !waits(missing)).enumerate();
        let mut blocks: Vec<Block> = now
            .map(|(rank, missing)| Block::Ask {
                rank: before + rank + 1,
                question: words.asked(missing.place),
                lines: self.on_question(missing),
            })
            .collect();
        // What is asked only if another answer calls for it is no question yet.
        for missing in all.iter().filter(waits) {
            let judged: Vec<String> =
                missing.after.iter().map(|place| words.quoted(&words.listed(*place))).collect();
            let head =
                format!("seulement si la réponse sur {} le demande", words.list(&judged, ("et", "and")));
            blocks.push(Block::Para(capital(&words.pair(&head, &words.asked(missing.place)))));
        }
        blocks
    }

    fn on_question(&self, missing: &Missing) -> Vec<String> {
        let words = self.words();
        let mut lines: Vec<String> = self.report.of_each(missing.place).into_iter().collect();
        if let Type::Choice(choice) = words.type_of(missing.place) {
            lines.push(words.pair("réponses possibles", &words.choices(choice)));
        }
        let purpose = self.report.asked_for(missing, &|item| !self.withholds(item));
        let worked_out = missing.affects.iter().copied().filter(|item| !self.withholds(*item));
        let worked_out: Vec<String> = worked_out
            .filter(|item| self.report.is_worked_out_by(*item, missing.place))
            .map(|item| words.quoted(words.item(item)))
            .filter(|name| !purpose.contains(name.as_str()))
            .collect();
        let figures = format!("pour calculer {}", words.list(&worked_out, ("et", "and")));
        let purposes =
            [(!purpose.is_empty()).then_some(purpose), (!worked_out.is_empty()).then_some(figures)];
        let purposes: Vec<String> = purposes.into_iter().flatten().collect();
        if !purposes.is_empty() {
            lines.push(format!("demandé {}", purposes.join(", et ")));
        }
        if missing.place.is_not_yet(words.policy, words.dossier) {
            lines.push("vous avez répondu « pas encore » : à indiquer dès que la date est connue".to_owned());
        }
        lines
    }

    /// The texts that require what is asked for (« exigées par les textes législatifs et réglementaires »).
    fn exacting(&self, all: &[&Missing], awaited: &[&Missing]) -> Vec<Block> {
        let mut told: Vec<Founded> = Vec::new();
        let waiting: Vec<String> =
            all.iter().flat_map(|missing| self.report.own_conditions_on(missing.place)).collect();
        let own = self.report.own_told().into_iter().filter(|condition| waiting.contains(&condition.name));
        told.extend(own.map(|condition| ("la condition", condition.name, condition.law)));
        for item in all.iter().flat_map(|missing| &missing.affects) {
            let name = self.words().item(*item).to_owned();
            if let ItemRef::Criterion(_) = item
                && !told.iter().any(|(_, known, _)| *known == name)
            {
                let law = self.report.told(self.decision().item(*item)).law;
                told.push(("le critère", name, law));
            }
        }
        let asks_for_decision = all.iter().any(|missing| missing.affects.contains(&ItemRef::Decision));
        if told.is_empty() && asks_for_decision {
            let law = self.report.own_told().into_iter().flat_map(|condition| condition.law);
            let law = self.report.whole_law(ItemRef::Decision).into_iter().chain(law).collect();
            told.push(("la décision", self.words().item(ItemRef::Decision).to_owned(), law));
        }
        let waiting = self.waiting(awaited);
        let worked_out = all.iter().flat_map(|missing| {
            let affects = missing.affects.iter().copied();
            affects
                .filter(|item| !self.withholds(*item) && self.report.is_worked_out_by(*item, missing.place))
        });
        let mut items: Vec<ItemRef> = Vec::new();
        for item in waiting.into_iter().chain(worked_out) {
            if !items.contains(&item) {
                items.push(item);
            }
        }
        for item in items {
            let kind = match item {
                ItemRef::Funding(id) => match self.words().policy.fundings[id.index()].kind {
                    FundingKind::Funding => "le financement",
                    FundingKind::Contribution => "la contribution",
                    FundingKind::Result => "le droit",
                },
                _ => "l'obligation",
            };
            // A passage is quoted once; what others found already needs no mark.
            let mut law = self.report.whole_law(item);
            let founded = |law: &[Citation]| law.iter().any(|citation| self.binds(citation));
            let was = founded(&law);
            law.retain(|one| !told.iter().any(|(_, _, law)| law.iter().any(|own| own.span == one.span)));
            if was && !founded(&law) {
                continue;
            }
            told.push((kind, self.words().item(item).to_owned(), law));
        }
        if told.is_empty() {
            return self.binding(&[], "cette demande");
        }
        let mut blocks = self.law_of_all(&told);
        blocks.extend(self.consulted(&told, &[], "Documents d'information consultés, qui n'exigent rien"));
        blocks
    }

    /// The amounts, rights and obligations that wait for some answers.
    fn waiting(&self, awaited: &[&Missing]) -> Vec<ItemRef> {
        let mut items: Vec<ItemRef> = Vec::new();
        for item in awaited.iter().flat_map(|missing| &missing.affects) {
            let told = matches!(item, ItemRef::Funding(_) | ItemRef::Obligation(_)) && !self.withholds(*item);
            if told && !items.contains(item) {
                items.push(*item);
            }
        }
        items
    }

    /// « Sans les réponses qui suivent, il ne peut être statué sur « crédit d'amorçage » ».
    fn without(&self, awaited: &[&Missing]) -> Option<String> {
        let words = self.words();
        let of = |of: fn(&ItemRef) -> bool| -> Vec<String> {
            let items = self.waiting(awaited).into_iter().filter(of);
            items.map(|item| words.quoted(words.item(item))).collect()
        };
        let fundings = of(|item| matches!(item, ItemRef::Funding(_)));
        let obligations = of(|item| matches!(item, ItemRef::Obligation(_)));
        let and = |names: &[String]| words.list(names, ("et", "and"));
        let duties = format!("l'obligation {}", obligations.join(" ni sur l'obligation "));
        let what = match (fundings.is_empty(), obligations.is_empty()) {
            (true, true) => return None,
            (false, true) => and(&fundings),
            (true, false) => duties,
            (false, false) => format!("{}, ni sur {duties}", and(&fundings)),
        };
        Some(format!("Sans les réponses qui suivent, il ne peut être statué sur {what}."))
    }

    /// Where some pieces are to be sent, and by when.
    fn to_send(&self, pieces: &str) -> Block {
        let delay = self.line(Place::Delay, "délai pour produire les pièces et informations");
        let to = self.line(Place::SendTo, "adresse où les faire parvenir");
        let limit = before("dans un délai de", &delay);
        Block::Para(format!(
            "{pieces} sont à faire parvenir {to}, {limit} à compter de la réception de cette lettre."
        ))
    }

    /// The time limit, and what it does to that of the decision.
    fn time_limit(&self) -> Vec<Block> {
        let mut blocks = vec![self.to_send("Ces pièces et informations")];
        if let Some(over) = self.silence_over() {
            blocks.push(Block::Para(self.mark_of(&over)));
            return blocks;
        }
        blocks.push(Block::Para(match self.template.silence(self.words().policy) {
            Some(Silence::Rejection) => {
                "Le délai au terme duquel, à défaut de décision expresse, la demande est réputée rejetée est suspendu \
                 pendant le délai imparti pour produire les pièces et informations requises. Toutefois, la production de \
                 ces pièces et informations avant l'expiration du délai fixé met fin à cette suspension (code des \
                 relations entre le public et l'administration, article L. 114-5)."
                    .to_owned()
            }
            Some(Silence::Acceptance) => {
                "Le délai au terme duquel, à défaut de décision expresse, la demande est réputée acceptée ne court qu'à \
                 compter de la réception des pièces et informations requises (code des relations entre le public et \
                 l'administration, article L. 114-5)."
                    .to_owned()
            }
            None => blank(
                "effet de cette demande sur le délai au terme duquel la demande est réputée rejetée ou acceptée (article \
                 L. 114-5, deuxième ou troisième alinéa)",
            ),
        }));
        blocks
    }

    /// What is asked for besides, which keeps nobody from deciding.
    pub(super) fn still_asked(&self) -> Vec<Block> {
        let decided = self.decision().outcome != Outcome::Incomplete;
        let asked = if decided { self.useful() } else { self.optional() };
        if asked.is_empty() {
            return Vec::new();
        }
        let said = match decided {
            true => {
                "Leur absence ne change pas le sens de la décision, mais elle laisse ouverts un montant, un droit, une échéance \
                 ou un suivi."
            }
            false => {
                "Facultatif : ces réponses ne portent que sur des objectifs et des missions ; elles ne retardent pas l'examen \
                 de votre demande."
            }
        };
        let mut blocks = vec![Block::Para(said.to_owned())];
        blocks.extend(self.questions(&asked, 0));
        blocks.extend(decided.then(|| self.to_send("Ces informations")));
        blocks
    }

    fn left_to_authority(&self) -> Vec<Block> {
        let words = self.words();
        let judged = self.to_judge();
        let names: Vec<String> =
            judged.iter().map(|missing| words.quoted(&words.listed(missing.place))).collect();
        if names.is_empty() {
            return Vec::new();
        }
        let names = words.list(&names, ("et", "and"));
        vec![Block::Para(format!("L'autorité apprécie {names} ; vous pouvez en faire état."))]
    }

    /// What an acknowledgment holds, where the agency says that none was delivered.
    fn acknowledgment(&self) -> Vec<Block> {
        let words = self.words();
        match self.template.delivered(words.policy) {
            Some(true) => return Vec::new(),
            None => {
                let what = "mentions de l'accusé de réception, s'il n'a pas été délivré (articles L. 112-3 et R. 112-5)";
                return vec![Block::Para(blank(what))];
            }
            Some(false) => {}
        }
        let after = self.line(Place::SilenceAfter, "durée au terme de laquelle le silence vaut décision");
        let mut blocks = vec![
            Block::Para(
                "Cette lettre vaut accusé de réception de votre demande (code des relations entre le public et \
                 l'administration, articles L. 112-3 et R. 112-5)."
                    .to_owned(),
            ),
            Block::Para(sentence(&words.pair("demande reçue le", &self.received()))),
        ];
        if let Some(over) = self.silence_over() {
            blocks.push(Block::Para(self.mark_of(&over)));
            return blocks;
        }
        let then = match self.template.silence(words.policy) {
            Some(Silence::Rejection) => {
                let day =
                    blank("date à laquelle, à défaut de décision expresse, la demande sera réputée rejetée");
                let limit = before("au terme de", &after);
                blocks.push(Block::Para(format!(
                    "À défaut de décision expresse, la demande sera réputée rejetée {limit} à compter de sa réception, soit le \
                     {day}. Cette date est reportée de la durée de la suspension dite ci-dessus (article L. 114-5)."
                )));
                self.paras(
                    Place::SilenceRemedies,
                    "voies et délais de recours contre la décision implicite de rejet, qui courent du jour où la demande est \
                     réputée rejetée",
                )
            }
            Some(Silence::Acceptance) => {
                blocks.push(Block::Para(format!(
                    "À défaut de décision expresse, la demande sera réputée acceptée {after} après la réception de ces pièces et \
                     informations (article L. 114-5)."
                )));
                vec![Block::Para(
                    "Vous pourrez alors vous faire délivrer l'attestation prévue à l'article L. 232-3 du même code."
                        .to_owned(),
                )]
            }
            None => {
                let mark = "si le silence vaut rejet ou acceptation, à quelle date, et ce que l'accusé de réception en dit";
                blocks.push(Block::Para(blank(mark)));
                return blocks;
            }
        };
        blocks.extend(then);
        let service = "Le service chargé du dossier, ses adresses et son numéro de téléphone figurent en tête de cette lettre.";
        blocks.push(Block::Para(service.to_owned()));
        blocks
    }
}
