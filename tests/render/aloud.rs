//! Decisions read aloud: no sign of a formula, no word at odds with the noun that it is said of, no ground that hangs on a
//! reading, nothing asked without what is to be written.

use conforme::eval::{Request, decide};
use conforme::render::text::{self, TextOptions};
use conforme::source::SourceFile;

use crate::reasons::{Told, told};
use crate::support::policies::POLICIES;
use crate::{Book, csq, ess, prose};

/// What no one says, with the fault.
const NOT_SAID: [(&str, &str); 17] = [
    ("≤", "a sign"),
    ("≥", "a sign"),
    ("≠", "a sign"),
    (" le :", "a name that waits for its date"),
    (" le ;", "a name that waits for its date"),
    ("vérifient ", "a keyword of lists"),
    (" dont ", "a keyword of lists"),
    (" : fait", "agrees with an obligation"),
    (" : non dû", "agrees with a financing"),
    (" : dû", "agrees with a financing"),
    (" : rempli", "agrees with a criterion"),
    (" : prévue", "agrees with a mission"),
    (" : non prévue", "agrees with a mission"),
    (" : inconnu", "agrees with an answer"),
    (" le…", "a name cut short"),
    (" : indéterminé", "agrees with an item"),
    ("et la lecture", "one noun for each of several readings"),
];

/// Without the passages, which are their authors', what is typed and the figures of excerpts.
fn said(text: &str) -> String {
    let lines = text.lines().filter(|line| !line.contains(['│', '╭', '╰', '─']));
    let text = prose(&lines.collect::<Vec<_>>().join("\n"));
    let mut out = String::new();
    for (rank, part) in text.split('«').enumerate() {
        out.push_str(if rank == 0 { part } else { part.split_once('»').map_or("", |(_, rest)| rest) });
    }
    out
}

#[test]
fn no_decision_holds_a_word_that_no_one_says() {
    for book in
        POLICIES.map(|id| ["cases", "cases/couverture"].map(|folder| Book::of(id, folder, |text| text)))
    {
        for book in book {
            for case in &book.cases {
                for text in [book.brief(case), book.full(case)] {
                    let text = said(&text);
                    for (word, fault) in NOT_SAID {
                        assert!(!text.contains(word), "{} : « {word} », {fault} :\n{text}", case.name);
                    }
                }
            }
        }
    }
}

const RULES: &str = "dossier
  effectif : entier ≥ 0
    « Combien ? »
  contrat.signé le : date
    « Signé quand ? »
  visite : date
    « Visite quand ? »
  membres : liste
    « Quels membres ? »
  membres.nom : texte, unique
    « Nom ? »
  membres.rôle : parmi élu, salarié
    « Rôle ? »
  membres.entré le : date
    « Entré quand ? »
  membres.heures : nombre ≥ 0
    « Heures ? »

critère essayé
  selon T
  exige CONDITION

décision admission
  favorable si
    - tous les critères sont remplis
";

const MEMBERS: &str = "effectif: 3
contrat: {signé le: 2025-03-01}
visite: 2025-05-02
membres:
  - {nom: Ba, rôle: élu, entré le: 2025-08-15, heures: 2}
  - {nom: Le, rôle: salarié, entré le: 2020-01-10, heures: 50}
";

fn tried(condition: &str, dossier: &str) -> Told {
    told(&RULES.replace("CONDITION", condition), dossier)
}

/// A row: what the law asks, and how a dossier that fails it is told.
#[test]
fn a_rule_is_said_and_not_spelt() {
    for (condition, wanted) in [
        (
            "(nombre de membres dont rôle est élu) ≥ 2",
            "nombre de membres (rôle : élu) : 1 (il faut : au moins 2)",
        ),
        (
            "(nombre de membres dont rôle est élu et heures > 10) ≥ 2",
            "nombre de membres (rôle : élu et heures : plus de 10) : 0 (il faut : au moins 2)",
        ),
        (
            "(somme de membres.heures) ≥ 60",
            "somme de « heures » pour les membres : 52 (il faut : au moins 60)",
        ),
        (
            "(somme de membres.heures dont rôle est élu) ≥ 60",
            "somme de « heures » pour les membres (rôle : élu) : 2 (il faut : au moins 60)",
        ),
        (
            "tous les membres vérifient entré le + 3 mois ≤ date d'examen",
            "1er membre (nom : Ba), entré le 15 août 2025 ; 3 mois après : 15 novembre 2025 (il faut : au plus tard le 1er octobre \
             2025, date d'examen)",
        ),
        (
            "contrat.signé le ≥ visite + 10 jours",
            "contrat signé le 1er mars 2025 (il faut : au plus tôt le 12 mai 2025)",
        ),
        (
            "visite - 4 mois ≥ contrat.signé le",
            "visite : 2 mai 2025 ; 4 mois avant : 2 janvier 2025 (il faut : au plus tôt le 1er mars 2025, contrat signé)",
        ),
        (
            "visite est dans les 2 mois suivant contrat.signé le",
            "visite : 2 mai 2025 (il faut : dans les 2 mois suivant la date « contrat signé », soit du 1er mars 2025 au 1er mai 2025)",
        ),
        (
            "(entre contrat.signé le et visite en mois entiers) ≥ 6",
            "nombre de mois entiers, de « contrat signé » à « visite » : 2 (il faut : au moins 6)",
        ),
        (
            "effectif ≥ nombre de membres + 2",
            "effectif : 3 (il faut : au moins nombre de membres + 2, soit 4)",
        ),
    ] {
        let brief = tried(condition, MEMBERS).brief;
        assert!(
            brief.contains("DÉFAVORABLE") && brief.contains(wanted),
            "{condition} : « {wanted} »\n{brief}"
        );
    }
}

/// What is not known yet, in words that go with any noun.
#[test]
fn what_is_not_known_is_to_be_settled() {
    for (condition, dossier, wanted) in [
        (
            "contrat.signé le ≤ visite",
            "visite: 2025-05-02\n",
            "contrat signé : à établir (au plus tard le 2 mai 2025, visite)",
        ),
        (
            "visite ≤ contrat.signé le",
            "visite: 2025-05-02\n",
            "visite : 2 mai 2025 (au plus tard le jour de « contrat signé », à établir)",
        ),
        ("tous les membres vérifient heures ≥ 1", "effectif: 3\n", "? essayé membres : à établir"),
        (
            "tous les membres vérifient heures ≥ 1",
            "effectif: 3\n",
            "à écrire dans membres, pour chaque membre : nom, rôle, entré le, heures",
        ),
    ] {
        let brief = tried(condition, dossier).brief;
        assert!(brief.contains(wanted), "{condition} : « {wanted} »\n{brief}");
    }
}

#[test]
fn a_condition_in_full_is_told_once_and_its_contrary_with_one_sign() {
    let full = prose(&ess().full(ess().case("01")));
    assert!(full.contains("équipe de soins spécialisés : oui ✔ spécialité : cardiologie (ligne"), "{full}");
    assert!(!full.contains("✘ spécialité"), "{full}");
    let full = prose(&csq().full(csq().case("01")));
    assert!(full.contains("✔ nombre de professionnels : 4 (au moins 4) ✔ médecins"), "{full}");
}

#[test]
fn an_excerpt_shows_the_element_that_fails() {
    let full = prose(&csq().full(csq().case("08")));
    assert!(full.contains("19 │ - nom: Camus"), "{full}");
    assert!(!full.contains("│ professionnels:"), "{full}");
}

#[test]
fn the_passage_of_the_rule_applied_stands_beside_the_one_that_it_sets_aside() {
    let lowered = prose(&csq().brief(csq().case("04")));
    assert!(lowered.contains("« La communauté couvre un quartier d'au moins 2 000 habitants. » convention, art. 2, I : « Ce minimum est ramené à 1 500 habitants"), "{lowered}");
    // Elsewhere than in such a quarter, 2 000 is the rule.
    let full = prose(&csq().full(csq().case("08")));
    assert!(!full.contains("Ce minimum est ramené"), "{full}");
}

#[test]
fn an_answer_that_changes_nothing_is_named_on_a_line() {
    for (book, case, named) in [
        (ess(), "10", Some("6e adhérent (RPPS : 10009999999), exercice")),
        (ess(), "21", Some("circonstances exceptionnelles")),
        (ess(), "13", Some("territoire d'un seul tenant")),
        (ess(), "01", None),
        // « pas encore » is an answer.
        (csq(), "01", None),
    ] {
        let text = prose(&book.brief(book.case(case)));
        let title = "Sans réponse, et sans effet sur la décision";
        match named {
            Some(name) => assert!(text.contains(&format!("{title} {name}")), "{case}\n{text}"),
            None => assert!(!text.contains(title), "{case}\n{text}"),
        }
    }
}

/// A dossier of the project with some lines replaced, decided and told at some length.
fn told_with(policy: &str, case: &str, changes: &[(&str, &str)]) -> String {
    let text = std::fs::read_to_string(format!("policies/{policy}/{policy}.pol")).unwrap();
    told_of(text, &format!("policies/{policy}/cases/{case}.yaml"), changes)
}

/// The same, of a text.
fn told_of(text: String, case: &str, changes: &[(&str, &str)]) -> String {
    let policy = conforme::check::check(&SourceFile::new("essai.pol", text)).policy.unwrap();
    let mut dossier = std::fs::read_to_string(case).unwrap();
    for (before, after) in changes {
        assert!(dossier.contains(before), "{before}");
        dossier = dossier.replace(before, after);
    }
    let dossier = conforme::dossier::read(dossier.as_bytes(), "dossier.yaml", &policy).unwrap();
    let request = Request { examined_on: dossier.examined_on.unwrap(), readings: Vec::new() };
    let decision = decide(&policy, &dossier, &request).unwrap();
    prose(&text::decision(&policy, &dossier, &decision, &TextOptions::default()))
}

#[test]
fn several_readings_without_an_author_are_asked_for_together() {
    let one = told_with("ess", "01-favorable", &[]);
    assert!(one.contains("pour la lecture « départ des six mois » : qui l'a retenue (par)"), "{one}");
    let retained = ("lectures:\n", "lectures:\n  base du seuil: libéraux\n");
    let two = told_with("ess", "01-favorable", &[retained]);
    let wanted = "pour les lectures « base du seuil » et « départ des six mois » : qui les a retenues (par)";
    assert!(two.contains(wanted), "{two}");
}

#[test]
fn each_short_name_of_a_source_has_its_title_below() {
    let text = prose(&ess().brief(ess().case("05")));
    let (above, legend) = text.split_once("Textes cités").unwrap();
    for (name, wanted) in [("URPS", true), ("fiche", true), ("CSP", false), ("ameli", false)] {
        assert_eq!(above.contains(&format!(" {name} ")), wanted, "{name}\n{text}");
        assert_eq!(legend.contains(&format!(" {name} «")), wanted, "{name}\n{text}");
    }
    assert!(!prose(&ess().brief(ess().case("01"))).contains("Textes cités"));
}

#[test]
fn a_question_that_leans_on_another_comes_after_what_it_asks_for() {
    let policy = std::fs::read_to_string("policies/csq/csq.pol").unwrap();
    let leaning = policy.replace("La communauté assure-t-elle des visites", "Assure-t-elle des visites");
    let text = told_of(leaning, "policies/csq/cases/05-un-seul-service.yaml", &[]);
    assert!(text.contains("1. visites à domicile : assure-t-elle des visites à domicile ?"), "{text}");
    let text = prose(&csq().brief(csq().case("11")));
    assert!(text.contains("1. Combien d'habitants le quartier compte-t-il ?"), "{text}");
}

/// « pas encore » is an answer: what it leaves open is not asked again.
#[test]
fn what_was_answered_not_yet_is_asked_again_only_where_it_decides() {
    let signed = ("  signé le: 2025-01-01\n", "  signé le: inconnu\n");
    let text = told_with("csq", "01-favorable", &[signed]);
    assert!(text.contains("obligation pas encore remplie ; terme inconnu"), "{text}");
    assert!(!text.contains("À quelle date le bilan a-t-il été remis"), "{text}");
    let rules = "dossier\n  clos le : date\n    « Clos quand ? »\n  ouvert le : date\n    « Ouvert quand ? »\n\ncritère essayé\n  selon T\n  \
                 exige clos le ≤ ouvert le\n\ndécision admission\n  favorable si\n    - tous les critères sont remplis\n";
    let brief = told(rules, "clos le: pas encore\nouvert le: 2026-05-01\n").brief;
    assert!(
        brief.contains("réponse : pas encore ; à demander de nouveau dès que la date est connue"),
        "{brief}"
    );
    // Nothing is missing of a time limit that has not begun.
    let rules = "dossier\n  survenu le : date\n    « Survenu quand ? »\n  dit le : date\n    « Dit quand ? »\n\nobligation déclaration\n  \
                 selon T\n  au plus tard survenu le + 15 jours\n  remplie par dit le\n";
    let brief = told(rules, "survenu le: pas encore\ndit le: pas encore\n").brief;
    assert!(brief.contains("le délai ne court pas encore (survenu : pas encore)"), "{brief}");
}

#[test]
fn a_condition_of_the_decision_that_is_open_says_what_it_waits_for() {
    let text = told_with("ess", "couverture/specialite-inconnue", &[]);
    let wanted = "? équipe de soins spécialisés spécialité : à établir (autre que « médecine générale »";
    assert!(text.contains(wanted), "{text}");
    assert!(text.contains("pour « équipe de soins spécialisés » · à écrire dans spécialité"), "{text}");
}

/// What is asked only after another answer waits for it, whatever the two bear on.
#[test]
fn a_question_that_another_opens_is_told_with_that_one() {
    let samedi = ("  samedi: oui\n  samedis assurés: 45\n", "");
    let text = told_with("csq", "01-favorable", &[samedi]);
    assert!(text.contains("Selon la réponse, à demander ensuite : samedis assurés par an"), "{text}");
    assert!(!text.contains("Combien de samedis assure-t-elle"), "{text}");
    assert!(text.contains("? prime du samedi : jusqu'à 6 000 €, si les conditions sont réunies consultations le samedi : à établir"), "{text}");
}

#[test]
fn what_decides_whether_something_is_due_is_not_asked_to_fix_its_amount() {
    let text = prose(&ess().brief(ess().case("18")));
    let (_, due) = text
        .split_once("À demander pour savoir si un financement est dû 1. À quelle date le contrat")
        .unwrap();
    // None leaves nothing due.
    assert!(due.contains("3. Combien de demi-journées") && due.contains("0 : financement non dû"), "{text}");
    assert!(!text.contains("À demander pour fixer le montant"), "{text}");
}
