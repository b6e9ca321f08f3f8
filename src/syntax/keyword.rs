//! The keywords that start a line, and where each has its place.

use super::tree::Kind;

/// A keyword at the start of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Keyword {
    Policy,
    /// `texte commun`: definitions that serve several texts.
    Commons,
    Source,
    Dossier,
    Coherence,
    Parameter,
    Reading,
    Definition,
    Criterion,
    Objective,
    Mission,
    Decision,
    Funding,
    Contribution,
    Result,
    Obligation,
    Sharing,
    Amendment,
    Replaces,
    Adds,
    Repeals,
    /// `dans critère …, remplace « … » par « … »`, in an amendment.
    Rewords,
    /// `retient lecture`, in an amendment.
    RetainsReading,
    /// `fait`, of which `dossier` is made: only after `remplace`, `ajoute`, `abroge`.
    Fact,
    /// `retient`, under a reading.
    Retains,
    /// `à la place de l'avenant 3`.
    InsteadOf,
    AppliesTo,
    For,
    /// `pour chaque`, under what is paid.
    ForEach,
    InForce,
    Published,
    /// `monnaie`, in a header.
    Currency,
    Status,
    /// `s'appuie sur`: another text, of which this one reads what it gives.
    LeansOn,
    VersionAt,
    Note,
    Cites,
    Concordance,
    Requires,
    UnlessAny,
    Unless,
    /// `sauf d'abord si`: an exception that wins over the others.
    UnlessFirst,
    Aims,
    Planned,
    Favourable,
    Amount,
    Worth,
    Once,
    Each,
    PerEvent,
    Lasting,
    /// `révisé chaque année`.
    Revised,
    Deadline,
    WorkingDay,
    Fulfilled,
    /// `plafonné à`, `au minimum`, `arrondi`, … on a line of their own.
    Adjusts,
    /// `dont`, under an amount.
    Including,
    /// `en jours`, `en mois`, under a result.
    Unit,
    Applies,
    /// `enveloppe de`, under `répartition`, and what follows it there.
    Envelope,
    Between,
    Equally,
    InOrder,
    /// `d'abord celles dont`.
    First,
    /// `puis celles dont`.
    Then,
    /// `le reste …`: what a cap or rounding leaves.
    Remainder,
    /// `le restant …`: what nobody gets.
    Left,
}

use Keyword as K;

impl Keyword {
    /// All of them.
    pub const ALL: [Keyword; 66] = [
        K::Policy,
        K::Commons,
        K::Source,
        K::Dossier,
        K::Coherence,
        K::Parameter,
        K::Reading,
        K::Definition,
        K::Criterion,
        K::Objective,
        K::Mission,
        K::Decision,
        K::Funding,
        K::Contribution,
        K::Result,
        K::Obligation,
        K::Sharing,
        K::Amendment,
        K::Replaces,
        K::Adds,
        K::Repeals,
        K::Rewords,
        K::RetainsReading,
        K::Retains,
        K::InsteadOf,
        K::AppliesTo,
        K::For,
        K::ForEach,
        K::InForce,
        K::Published,
        K::Currency,
        K::Status,
        K::LeansOn,
        K::VersionAt,
        K::Note,
        K::Cites,
        K::Concordance,
        K::Requires,
        K::UnlessAny,
        K::Unless,
        K::UnlessFirst,
        K::Aims,
        K::Planned,
        K::Favourable,
        K::Amount,
        K::Worth,
        K::Once,
        K::Each,
        K::PerEvent,
        K::Revised,
        K::Lasting,
        K::Deadline,
        K::WorkingDay,
        K::Fulfilled,
        K::Adjusts,
        K::Including,
        K::Unit,
        K::Applies,
        K::Envelope,
        K::Between,
        K::Equally,
        K::InOrder,
        K::First,
        K::Then,
        K::Remainder,
        K::Left,
    ];

    /// As it is written; the first spelling where there are several.
    pub fn text(self) -> &'static str {
        match self {
            K::Policy => "dispositif",
            K::Commons => "texte commun",
            K::Source => "source",
            K::Dossier => "dossier",
            K::Coherence => "cohérence",
            K::Parameter => "paramètre",
            K::Reading => "lecture",
            K::Definition => "définition",
            K::Criterion => "critère",
            K::Objective => "objectif",
            K::Mission => "mission",
            K::Decision => "décision",
            K::Funding => "financement",
            K::Contribution => "contribution",
            K::Result => "résultat",
            K::Obligation => "obligation",
            K::Sharing => "répartition",
            K::Amendment => "avenant",
            K::Replaces => "remplace",
            K::Adds => "ajoute",
            K::Repeals => "abroge",
            K::Rewords => "dans",
            K::RetainsReading => "retient lecture",
            K::Fact => "fait",
            K::Retains => "retient",
            K::InsteadOf => "à la place de",
            K::AppliesTo => "applicable aux dossiers dont",
            K::For => "pour",
            K::ForEach => "pour chaque",
            K::InForce => "en vigueur",
            K::Published => "publié",
            K::Currency => "monnaie",
            K::Status => "statut",
            K::LeansOn => "s'appuie sur",
            K::VersionAt => "version applicable à la date",
            K::Note => "note",
            K::Cites => "selon",
            K::Concordance => "concordance",
            K::Requires => "exige",
            K::UnlessAny => "sauf dans l'un de ces cas",
            K::Unless => "sauf si",
            K::UnlessFirst => "sauf d'abord si",
            K::Aims => "vise",
            K::Planned => "prévu si",
            K::Favourable => "favorable si",
            K::Amount => "montant",
            K::Worth => "vaut",
            K::Once => "une fois",
            K::Each => "chaque",
            K::PerEvent => "à chaque intervention",
            K::Revised => "révisé chaque",
            K::Lasting => "pendant",
            K::Deadline => "au plus tard",
            K::WorkingDay => "reporté au premier jour ouvrable",
            K::Fulfilled => "remplie par",
            K::Adjusts => "plafonné à",
            K::Including => "dont",
            K::Unit => "en jours",
            K::Applies => "si",
            K::Envelope => "enveloppe de",
            K::Between => "entre",
            K::Equally => "à parts égales",
            K::InOrder => "par ordre",
            K::First => "d'abord celles dont",
            K::Then => "puis celles dont",
            K::Remainder => "le reste",
            K::Left => "le restant",
        }
    }

    /// Whether it says what an amendment does.
    pub fn changes(self) -> bool {
        matches!(self, K::Replaces | K::Adds | K::Repeals | K::Rewords | K::RetainsReading)
    }

    /// The kind of thing that it starts, of those that an amendment may bear on.
    pub fn kind(self) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.word() == self.text())
    }

    /// Whether it starts an item, or a change of an amendment.
    pub fn starts_item(self) -> bool {
        matches!(
            self,
            K::Policy
                | K::Commons
                | K::Source
                | K::Dossier
                | K::Coherence
                | K::Parameter
                | K::Reading
                | K::Definition
                | K::Criterion
                | K::Objective
                | K::Mission
                | K::Decision
                | K::Funding
                | K::Contribution
                | K::Result
                | K::Obligation
                | K::Sharing
                | K::Amendment
                | K::Replaces
                | K::Adds
                | K::Repeals
                | K::Rewords
                | K::RetainsReading
        )
    }

    /// The clauses that may stand under an item of this keyword.
    pub fn clauses(self) -> &'static [Keyword] {
        match self {
            K::Policy => &[
                K::InForce,
                K::Published,
                K::Status,
                K::Currency,
                K::LeansOn,
                K::VersionAt,
                K::Cites,
                K::Note,
            ],
            K::Commons => &[K::InForce, K::Published, K::Status, K::Currency, K::LeansOn, K::Cites, K::Note],
            K::Amendment => {
                &[K::InForce, K::Published, K::Status, K::InsteadOf, K::AppliesTo, K::For, K::Note]
            }
            K::Repeals | K::Rewords | K::RetainsReading => &[K::Cites, K::Note],
            K::Source | K::Dossier => &[K::Note],
            K::Coherence => &[K::Cites, K::Requires, K::Note, K::Concordance],
            K::Parameter => &[K::Cites, K::Worth, K::Revised, K::Note, K::Concordance],
            K::Reading => &[K::Applies, K::Cites, K::Retains, K::Note, K::Concordance],
            K::Definition => &[
                K::Cites,
                K::Applies,
                K::Worth,
                K::Adjusts,
                K::Unless,
                K::UnlessAny,
                K::UnlessFirst,
                K::Note,
                K::Concordance,
            ],
            K::Criterion => {
                &[K::Cites, K::Applies, K::Requires, K::Unless, K::UnlessAny, K::Note, K::Concordance]
            }
            K::Objective => &[K::Cites, K::Applies, K::Aims, K::Note, K::Concordance],
            K::Mission => &[K::Cites, K::Applies, K::Planned, K::Note, K::Concordance],
            K::Decision => &[K::Cites, K::Favourable, K::Note, K::Concordance],
            K::Result => &[
                K::Cites,
                K::Applies,
                K::Worth,
                K::Adjusts,
                K::Unless,
                K::UnlessAny,
                K::UnlessFirst,
                K::Unit,
                K::Note,
                K::Concordance,
            ],
            K::Funding | K::Contribution => &[
                K::Cites,
                K::Applies,
                K::ForEach,
                K::Planned,
                K::Unless,
                K::UnlessAny,
                K::UnlessFirst,
                K::Amount,
                K::Adjusts,
                K::Including,
                K::Once,
                K::Each,
                K::PerEvent,
                K::Lasting,
                K::Note,
                K::Concordance,
            ],
            K::Obligation => &[
                K::Cites,
                K::Applies,
                K::Unless,
                K::UnlessAny,
                K::Deadline,
                K::WorkingDay,
                K::Fulfilled,
                K::Note,
                K::Concordance,
            ],
            K::Sharing => &[
                K::Cites,
                K::Applies,
                K::Planned,
                K::Envelope,
                K::Between,
                K::Equally,
                K::Adjusts,
                K::InOrder,
                K::First,
                K::Then,
                K::Remainder,
                K::Left,
                K::Once,
                K::Each,
                K::Note,
                K::Concordance,
            ],
            _ => &[],
        }
    }
}
