//! What items hold, clause by clause.

use conforme::source::SourceFile;
use conforme::syntax;
use conforme::syntax::tree::{
    Adjustment, Aggregate, Band, CompareOp, ExprKind, FactDecl, Frequency, Header, ItemKind, Literal, Mode,
    Then, TypeExpr, ValueForm, When,
};

fn document(text: &str) -> syntax::tree::Document {
    let (document, problems) = syntax::parse(&SourceFile::new("t.pol", text));
    assert_eq!(problems, [], "{text}");
    document
}

fn item(text: &str) -> ItemKind {
    let document = document(&format!("dispositif t « t »\n{text}\n"));
    assert_eq!(document.items.len(), 1, "{text}");
    document.items.into_iter().next().unwrap().kind
}

fn header(clauses: &str) -> Header {
    document(&format!("dispositif t « Titre »\n{clauses}\n")).header.expect("a header")
}

fn fact(text: &str) -> FactDecl {
    let ItemKind::Dossier(facts) = item(&format!("dossier\n  {text}")) else { panic!("a dossier") };
    facts.into_iter().next().expect("a fact")
}

#[test]
fn headers() {
    let full = header(
        "en vigueur depuis le 1er janvier 2025 jusqu'au 31/12/2026\npublié le 15 novembre 2024\nstatut projet\nversion applicable à la date demande.reçue le\nnote « n »",
    );
    assert_eq!(full.from.unwrap().value.to_string(), "2025-01-01");
    assert_eq!(full.until.unwrap().value.to_string(), "2026-12-31");
    assert_eq!(full.published.unwrap().value.to_string(), "2024-11-15");
    assert!(full.draft.is_some());
    assert!(
        matches!(full.version_at.unwrap().kind, ExprKind::Name(path) if &*path.text == "demande.reçue le")
    );
    assert_eq!(&*full.notes[0].text, "n");
    let date = header("version applicable à la date de demande.reçue le").version_at;
    assert!(matches!(date.unwrap().kind, ExprKind::Name(path) if &*path.text == "demande.reçue le"));
}

#[test]
fn sources() {
    let ItemKind::Source(binding) = item("source CSP « Code » dans « sources/csp.txt », texte opposable")
    else {
        panic!("a source")
    };
    assert!(binding.binding.value);
    assert_eq!(binding.file.map(|f| f.text.to_string()).as_deref(), Some("sources/csp.txt"));
    let ItemKind::Source(informative) = item("source F « Fiche », document d’information") else {
        panic!("a source")
    };
    assert!(!informative.binding.value && informative.file.is_none());
}

#[test]
fn facts() {
    let types = [
        ("oui ou non", TypeExpr::Truth),
        ("entier", TypeExpr::Integer),
        ("nombre", TypeExpr::Number),
        ("pourcentage", TypeExpr::Percent),
        ("montant", TypeExpr::Amount),
        ("date", TypeExpr::Date),
        ("durée en mois", TypeExpr::Months),
        ("durée en jours", TypeExpr::Days),
        ("texte", TypeExpr::Text),
        ("liste", TypeExpr::List),
    ];
    for (text, ty) in types {
        assert_eq!(fact(&format!("x : {text}")).ty, ty);
    }
    let choice = fact("x : parmi libéral, mixte à part,\n  salarié, unique");
    let TypeExpr::Choice(options) = &choice.ty else { panic!("a choice") };
    assert_eq!(options.iter().map(|o| &*o.text).collect::<Vec<_>>(), ["libéral", "mixte à part", "salarié"]);
    assert!(choice.unique.is_some());
    assert!(matches!(fact("x : parmi a < b < c").ty, TypeExpr::Scale(options) if options.len() == 3));
    let bounds = |text: &str| fact(text).bounds.iter().map(|b| b.op).collect::<Vec<_>>();
    assert_eq!(bounds("x : entier ≥ 0"), [CompareOp::Ge]);
    assert_eq!(bounds("x : nombre > 0 et <= 10"), [CompareOp::Gt, CompareOp::Le]);
    assert_eq!(bounds("x : montant entre 0 € et 100 €, si a"), [CompareOp::Ge, CompareOp::Le]);
    let judged = fact("le fait : oui ou non, à l'appréciation de l'autorité qui décide, si a et (b ou c)");
    assert_eq!(judged.judge.map(|j| j.value.to_string()).as_deref(), Some("l'autorité qui décide"));
    assert!(judged.asked_if.is_some());
    assert_eq!(&*judged.path.text, "fait");
    let asked = fact("x : date\n  « Quand ? »\n  note « n »\n  y : date");
    assert_eq!(asked.question.map(|q| q.text.to_string()).as_deref(), Some("Quand ?"));
    assert_eq!(asked.notes.len(), 1);
}

#[test]
fn a_line_of_the_dossier_with_a_colon_is_a_fact_whatever_its_first_word() {
    let ItemKind::Dossier(facts) =
        item("dossier\n  critère : texte\n  montant : montant\n  vise : date\n  selon qui : texte")
    else {
        panic!("a dossier")
    };
    let names: Vec<&str> = facts.iter().map(|f| &*f.path.text).collect();
    assert_eq!(names, ["critère", "montant", "vise", "selon qui"]);
}

#[test]
fn conditions() {
    let mode = |head: &str| match item(&format!("critère c\n  {head}\n    - a\n    - b si d")) {
        ItemKind::Criterion { requires, .. } => {
            assert_eq!(requires.bullets.len(), 2);
            assert!(requires.bullets[1].only_if.is_some());
            requires.mode
        }
        _ => panic!("a criterion"),
    };
    assert_eq!(mode("exige"), Mode::All);
    assert_eq!(mode("exige l'un de"), Mode::Any);
    assert_eq!(mode("exige l’une de ces conditions"), Mode::Any);
    assert_eq!(mode("exige aucun de"), Mode::None);
    assert_eq!(mode("exige au moins 2 de"), Mode::AtLeast(2));
    assert_eq!(mode("exige au moins deux de"), Mode::AtLeast(2));
    assert_eq!(mode("exige au plus une de ces conditions"), Mode::AtMost(1));
    assert_eq!(mode("exige au plus 1 de"), Mode::AtMost(1));
    assert_eq!(mode("exige exactement 1 de"), Mode::Exactly(1));
    let ItemKind::Criterion { requires, .. } = item("critère c\n  exige aucun enfant dont âge < 3") else {
        panic!()
    };
    assert!(matches!(requires.bullets[0].expr.kind, ExprKind::Aggregate { kind: Aggregate::None, .. }));
    assert!(matches!(item("objectif o\n  vise a ≥ 1"), ItemKind::Objective(_)));
    assert!(
        matches!(item("mission m\n  prévue si\n    - a\n    - b"), ItemKind::Mission(c) if c.mode == Mode::All)
    );
    assert!(matches!(
        item("décision d\n  favorable si tous les critères sont remplis"),
        ItemKind::Decision(_)
    ));
    assert!(matches!(item("cohérence e\n  exige a ≤ b"), ItemKind::Coherence(_)));
}

#[test]
fn derogations_and_their_sources() {
    let text = "dispositif t « t »\ncritère c\n  selon A « p »\n  si z\n  exige a\n  sauf si b\n    selon B, art. 3, II : 1° « q »\n  sauf dans l'un de ces cas\n    - d\n    - e\n    selon C\n    selon D « r »\n  note « n »\n";
    let document = document(text);
    let item = &document.items[0];
    assert_eq!((item.citations.len(), item.notes.len()), (1, 1));
    assert!(item.applies.is_some());
    let ItemKind::Criterion { unless, .. } = &item.kind else { panic!("a criterion") };
    assert_eq!(unless.iter().map(|u| u.citations.len()).collect::<Vec<_>>(), [1, 2]);
    assert_eq!(unless.iter().map(|u| u.condition.mode).collect::<Vec<_>>(), [Mode::All, Mode::Any]);
    assert_eq!(unless[0].citations[0].place.as_ref().map(|p| &*p.value), Some("art. 3, II : 1°"));
    assert_eq!(document.file.slice(item.whole), text.trim_start_matches("dispositif t « t »\n").trim_end());
}

#[test]
fn values() {
    let body = |text: &str| match item(&format!("définition d « glose »\n  {text}")) {
        ItemKind::Definition(d) => {
            assert_eq!(d.gloss.map(|g| g.text.to_string()).as_deref(), Some("glose"));
            d.body
        }
        _ => panic!("a definition"),
    };
    let ValueForm::Cases(lines) = body("vaut 1 si a\n  vaut 2 sinon si b\n  vaut 3 dans les autres cas").form
    else {
        panic!("cases")
    };
    assert!(matches!(
        lines.iter().map(|l| &l.when).collect::<Vec<_>>()[..],
        [When::If(_), When::ElseIf(_), When::Otherwise(_)]
    ));
    assert!(matches!(body("vaut 1 si a\n  vaut 2 sinon").form, ValueForm::Cases(lines) if lines.len() == 2));
    assert!(matches!(body("vaut 1 si a").form, ValueForm::Cases(lines) if lines.len() == 1));
    let capped = body("vaut a\n  plafonné à 10 €\n  au minimum 0 €\n  arrondi à l'euro");
    let adjusted: Vec<_> = capped
        .then
        .iter()
        .flat_map(|then| match then {
            Then::Adjust(adjusting) => &adjusting.adjustments[..],
            Then::Except(_) => &[],
        })
        .map(|adjustment| &adjustment.value)
        .collect();
    assert!(matches!(adjusted[..], [Adjustment::AtMost(_), Adjustment::AtLeast(_), Adjustment::Round(_)]));
}

#[test]
fn scales() {
    let ItemKind::Definition(definition) = item(
        "définition d\n  vaut selon âge, par tranches\n    moins de 3 : 1\n    de 3 à moins de 6 : 2\n    de 6 à 10 : 3\n    plus de 10 jusqu'à 2 × seuil : 4\n    à partir de seuil haut jusqu'à 99 : 5\n    jusqu’au plafond : 6\n    au-delà de 100 : 7\n    au-delà : 8\n  arrondi à l'unité",
    ) else {
        panic!("a definition")
    };
    let ValueForm::Scale(scale) = definition.body.form else { panic!("a scale") };
    assert!(scale.by_slices.is_some());
    let ends: Vec<String> = scale
        .lines
        .iter()
        .map(|line| match &line.band {
            Band::Between { low, high } => {
                let end = |e: &Option<(_, bool)>| {
                    e.as_ref().map_or("-", |(_, closed)| if *closed { "≤" } else { "<" })
                };
                format!("{}{}", end(low), end(high))
            }
            Band::Options(_) => "options".to_string(),
            Band::Beyond => "beyond".to_string(),
            Band::Otherwise => "otherwise".to_string(),
        })
        .collect();
    assert_eq!(ends, ["-<", "≤<", "≤≤", "<≤", "≤≤", "-≤", "<-", "beyond"]);
    let ItemKind::Definition(definition) =
        item("définition d\n  vaut selon précarité\n    faible, très faible : 0 %\n    mission : 10 %")
    else {
        panic!("a definition")
    };
    let ValueForm::Scale(scale) = definition.body.form else { panic!("a scale") };
    assert!(matches!(&scale.lines[0].band, Band::Options(options) if options.len() == 2));
    assert!(matches!(&scale.lines[1].band, Band::Options(options) if options.len() == 1));
}

#[test]
fn parameters() {
    let ItemKind::Parameter(periods, _) = item(
        "paramètre p\n  vaut 10 % depuis le 1er janvier 2024 jusqu'au 31 décembre 2024\n  vaut 12 % depuis 01/01/2025\n  vaut 2 × taux de base jusqu'au 3 mars 2023",
    ) else {
        panic!("a parameter")
    };
    let dates: Vec<(bool, bool)> = periods.iter().map(|p| (p.from.is_some(), p.until.is_some())).collect();
    assert_eq!(dates, [(true, true), (true, false), (false, true)]);
    assert!(matches!(periods[0].value.kind, ExprKind::Literal(Literal::Percent(_))));
}

#[test]
fn readings() {
    let ItemKind::Reading(reading) = item(
        "lecture l\n  si a\n  « Laquelle ? »\n  - court : selon S, p. 2 « p »\n    selon T « q »\n  - long à lire\n    selon T « r »",
    ) else {
        panic!("a reading")
    };
    assert_eq!(reading.options.iter().map(|o| o.citations.len()).collect::<Vec<_>>(), [2, 1]);
    assert_eq!(reading.question.map(|q| q.text.to_string()).as_deref(), Some("Laquelle ?"));
}

#[test]
fn fundings_and_obligations() {
    let ItemKind::Funding(funding) = item(
        "financement f\n  si a\n  prévu si b\n  sauf si c\n  montant entre 10 € et 20 € si d\n  montant 5 € dans les autres cas\n  chaque trimestre\n  pendant 2 ans et 6 mois",
    ) else {
        panic!("a funding")
    };
    assert_eq!(funding.frequency.map(|f| f.value), Some(Frequency::Quarterly));
    assert_eq!(funding.lasting.map(|d| d.value.months), Some(30));
    assert_eq!(funding.unless.len(), 1);
    let ValueForm::Cases(lines) = &funding.amount.form else { panic!("cases") };
    assert!(matches!(lines[0].value.kind, ExprKind::Range { .. }));
    for (text, frequency) in [
        ("une fois", Frequency::Once),
        ("chaque année", Frequency::Yearly),
        ("à chaque intervention", Frequency::PerEvent),
    ] {
        let ItemKind::Funding(f) = item(&format!("financement f\n  montant 1 €\n  {text}")) else {
            panic!("funding")
        };
        assert_eq!(f.frequency.map(|f| f.value), Some(frequency));
        assert!(f.due.is_none());
    }
    let ItemKind::Obligation(obligation) = item(
        "obligation o\n  au plus tard a + 1 mois\n  reporté au premier jour ouvrable\n  remplie par b\n  sauf si c",
    ) else {
        panic!("an obligation")
    };
    assert!(obligation.working_day.is_some());
    assert_eq!(obligation.unless.len(), 1);
}

#[test]
fn counts_in_words_go_up_to_sixteen() {
    for (word, expected) in [("onze", 11), ("quatorze", 14), ("seize", 16)] {
        let text = format!(
            "dispositif t « t »\ncritère c\n  selon A\n  exige au moins {word} de{}\n",
            "\n    - a".repeat(16)
        );
        let (document, _) = conforme::syntax::parse(&conforme::source::SourceFile::new("t.pol", text));
        let ItemKind::Criterion { requires, .. } = &document.items[0].kind else { panic!("a criterion") };
        assert_eq!(requires.mode, Mode::AtLeast(expected), "{word}");
    }
}
