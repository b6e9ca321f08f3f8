//! The corpus: pairs of a sentence and a rule, each with what must be said of it.

use std::path::Path;
use std::sync::Arc;

use conforme::check::check;
use conforme::concordance::{Remark, review};
use conforme::source::SourceFile;

const DECISION: &str = "\ndécision d\n  favorable si local\n";

/// The kinds of pairs, in the order of the page.
pub const KINDS: [&str; 16] = [
    "seuils",
    "ages",
    "durees",
    "plafonds",
    "dates",
    "baremes",
    "exceptions",
    "listes",
    "modalite",
    "pourcentages",
    "ratios",
    "echelles",
    "arrondis",
    "frequences",
    "majorations",
    "divers",
];

/// Pairs that one hand wrote, with the facts that their rules are about.
pub struct Hand {
    /// What the names of its pairs begin with.
    prefix: &'static str,
    /// As the page names it.
    pub title: &'static str,
    facts: &'static str,
    kinds: &'static [(&'static str, &'static str)],
}

/// Who wrote pairs, in order.
pub const HANDS: [Hand; 5] = [
    Hand {
        prefix: "",
        title: "première main",
        facts: include_str!("faits.pol"),
        kinds: &[
            ("seuils", include_str!("corpus/seuils.txt")),
            ("ages", include_str!("corpus/ages.txt")),
            ("durees", include_str!("corpus/durees.txt")),
            ("plafonds", include_str!("corpus/plafonds.txt")),
            ("dates", include_str!("corpus/dates.txt")),
            ("baremes", include_str!("corpus/baremes.txt")),
            ("exceptions", include_str!("corpus/exceptions.txt")),
            ("listes", include_str!("corpus/listes.txt")),
            ("modalite", include_str!("corpus/modalite.txt")),
            ("pourcentages", include_str!("corpus/pourcentages.txt")),
            ("ratios", include_str!("corpus/ratios.txt")),
            ("echelles", include_str!("corpus/echelles.txt")),
        ],
    },
    Hand {
        prefix: "seconde-",
        title: "seconde main",
        facts: include_str!("corpus/seconde_main/faits.pol"),
        kinds: &[
            ("seuils", include_str!("corpus/seconde_main/seuils.txt")),
            ("ages", include_str!("corpus/seconde_main/ages.txt")),
            ("durees", include_str!("corpus/seconde_main/durees.txt")),
            ("plafonds", include_str!("corpus/seconde_main/plafonds.txt")),
            ("dates", include_str!("corpus/seconde_main/dates.txt")),
            ("baremes", include_str!("corpus/seconde_main/baremes.txt")),
            ("exceptions", include_str!("corpus/seconde_main/exceptions.txt")),
            ("listes", include_str!("corpus/seconde_main/listes.txt")),
            ("modalite", include_str!("corpus/seconde_main/modalite.txt")),
            ("pourcentages", include_str!("corpus/seconde_main/pourcentages.txt")),
            ("ratios", include_str!("corpus/seconde_main/ratios.txt")),
            ("echelles", include_str!("corpus/seconde_main/echelles.txt")),
            ("arrondis", include_str!("corpus/seconde_main/arrondis.txt")),
            ("frequences", include_str!("corpus/seconde_main/frequences.txt")),
            ("majorations", include_str!("corpus/seconde_main/majorations.txt")),
        ],
    },
    Hand {
        prefix: "dernieres-",
        title: "dernière série",
        facts: include_str!("corpus/seconde_main/faits.pol"),
        kinds: &[("divers", include_str!("corpus/dernieres/divers.txt"))],
    },
    Hand {
        prefix: "suite-",
        title: "série suivante",
        facts: include_str!("corpus/seconde_main/faits.pol"),
        kinds: &[("divers", include_str!("corpus/dernieres/suite.txt"))],
    },
    Hand {
        prefix: "troisieme-",
        title: "troisième main",
        facts: include_str!("corpus/troisieme_main/faits.pol"),
        kinds: &[
            ("seuils", include_str!("corpus/troisieme_main/seuils.txt")),
            ("ages", include_str!("corpus/troisieme_main/ages.txt")),
            ("durees", include_str!("corpus/troisieme_main/durees.txt")),
            ("plafonds", include_str!("corpus/troisieme_main/plafonds.txt")),
            ("dates", include_str!("corpus/troisieme_main/dates.txt")),
            ("baremes", include_str!("corpus/troisieme_main/baremes.txt")),
            ("exceptions", include_str!("corpus/troisieme_main/exceptions.txt")),
            ("listes", include_str!("corpus/troisieme_main/listes.txt")),
            ("modalite", include_str!("corpus/troisieme_main/modalite.txt")),
            ("pourcentages", include_str!("corpus/troisieme_main/pourcentages.txt")),
            ("ratios", include_str!("corpus/troisieme_main/ratios.txt")),
            ("echelles", include_str!("corpus/troisieme_main/echelles.txt")),
            ("arrondis", include_str!("corpus/troisieme_main/arrondis.txt")),
            ("frequences", include_str!("corpus/troisieme_main/frequences.txt")),
            ("majorations", include_str!("corpus/troisieme_main/majorations.txt")),
            ("divers", include_str!("corpus/troisieme_main/divers.txt")),
        ],
    },
];

/// Pairs that the reading has not been taught by: measured as they are, with no floor.
pub const UNSEEN: Hand = Hand {
    prefix: "jamais-vues-",
    title: "quarante jamais vues",
    facts: include_str!("corpus/troisieme_main/faits.pol"),
    kinds: &[("divers", include_str!("corpus/jamais_vues/divers.txt"))],
};

/// A sentence and a rule.
pub struct Pair {
    /// `seuils-04`.
    pub name: String,
    /// The code that must be given; none where rule and sentence agree.
    pub expected: Option<String>,
    /// The items, as a policy has them.
    pub source: String,
    /// Set aside while the rules of reading are worked on: one pair in three.
    pub kept_aside: bool,
}

/// What was said of a pair.
pub struct Judged {
    pub pair: Pair,
    /// The codes of what is not answered in the file.
    pub codes: Vec<&'static str>,
    /// What a person reads.
    pub shown: String,
}

impl Judged {
    /// It was to be found, and was.
    pub fn found(&self) -> bool {
        self.pair.expected.as_deref().is_some_and(|code| self.codes.contains(&code))
    }

    /// Warnings that were not to be given.
    pub fn false_alarms(&self) -> usize {
        self.codes.iter().filter(|code| self.pair.expected.as_deref() != Some(**code)).count()
    }
}

impl Hand {
    /// Its pairs of a kind, each with what was said of it.
    pub fn judged(&self, kind: &str) -> Vec<Judged> {
        self.kinds
            .iter()
            .filter(|(its, _)| *its == kind)
            .flat_map(|(_, text)| self.pairs(kind, text))
            .map(|pair| self.judge(pair))
            .collect()
    }

    /// What is said of items about its facts.
    pub fn say(&self, source: &str) -> String {
        let pair = Pair {
            name: "une paire".to_owned(),
            expected: None,
            source: source.to_owned(),
            kept_aside: false,
        };
        self.judge(pair).shown
    }

    fn pairs(&self, kind: &str, text: &str) -> Vec<Pair> {
        text.split("=== ")
            .skip(1)
            .enumerate()
            .map(|(at, pair)| {
                let (expected, source) = pair.split_once('\n').unwrap();
                let expected = expected.trim();
                Pair {
                    name: format!("{}{kind}-{:02}", self.prefix, at + 1),
                    expected: (expected != "juste").then(|| expected.to_owned()),
                    source: source.trim_end().to_owned(),
                    kept_aside: self.prefix.is_empty() && (at + 1).is_multiple_of(3),
                }
            })
            .collect()
    }

    fn judge(&self, pair: Pair) -> Judged {
        let file = SourceFile::new(
            Path::new("corpus.pol").display().to_string(),
            format!("{}{}\n{DECISION}", self.facts, pair.source),
        );
        let remarks: Vec<Remark> =
            remarks(&file, &pair.name).into_iter().filter(|remark| remark.answer.is_none()).collect();
        Judged {
            codes: remarks.iter().map(|remark| remark.diagnostic.code).collect(),
            shown: remarks
                .iter()
                .map(|remark| format!("{} [{}]\n", remark.diagnostic.message, remark.diagnostic.code))
                .collect(),
            pair,
        }
    }
}

fn remarks(file: &Arc<SourceFile>, name: &str) -> Vec<Remark> {
    let checked = check(file);
    let policy = checked.policy.unwrap_or_else(|| {
        let errors: Vec<String> =
            checked.diagnostics.iter().filter(|d| d.is_error()).map(|d| d.message.clone()).collect();
        panic!("{name}: {}", errors.join("; "))
    });
    let found = review(&policy);
    for (at, one) in found.iter().enumerate() {
        let places =
            |remark: &Remark| remark.diagnostic.labels.iter().map(|label| label.span).collect::<Vec<_>>();
        let same =
            |other: &&Remark| one.diagnostic.code == other.diagnostic.code && places(one) == places(other);
        assert!(
            !found[..at].iter().any(|other| same(&other)),
            "{name}: told twice: {}",
            one.diagnostic.message
        );
    }
    found
}
