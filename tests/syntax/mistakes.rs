//! What authors get wrong: the source, then what they read.

use std::fmt::Write as _;

use conforme::source::SourceFile;
use conforme::syntax;

/// A snapshot that starts with what is read, not with the expression that gives it.
macro_rules! shown {
    ($text:expr) => {
        let mut settings = insta::Settings::clone_current();
        settings.set_omit_expression(true);
        settings.bind(|| insta::assert_snapshot!($text));
    };
}

/// Each source with its mistakes under it, as plain text.
fn read(sources: &[&str]) -> String {
    let mut out = String::new();
    for source in sources {
        let file = SourceFile::new("essai.pol", *source);
        let (_, problems) = syntax::parse(&file);
        for (n, line) in source.lines().enumerate() {
            let _ = writeln!(out, "{:>3} │ {line}", n + 1);
        }
        if problems.is_empty() {
            out.push_str("  aucune erreur\n");
        }
        for problem in &problems {
            let mut places = problem.labels.iter().map(|label| {
                let at = file.position(label.span.start);
                let said = if label.text.is_empty() { String::new() } else { format!(" : {}", label.text) };
                format!("{}:{} « {} »{said}", at.line, at.column, file.slice(label.span).replace('\n', "⏎"))
            });
            let _ = writeln!(out, "  × {}", problem.message);
            let _ = writeln!(out, "    {} [{}]", places.next().unwrap_or_default(), problem.code);
            for place in places {
                let _ = writeln!(out, "    {place}");
            }
            if let Some(help) = &problem.help {
                let _ = writeln!(out, "    aide : {help}");
            }
        }
        out.push('\n');
    }
    out
}

/// Each under a header of its own.
fn under_header(sources: &[&str]) -> String {
    let whole: Vec<String> = sources.iter().map(|s| format!("dispositif t « t »\n{s}")).collect();
    read(&whole.iter().map(String::as_str).collect::<Vec<_>>())
}

#[test]
fn signs_and_values() {
    shown!(under_header(&[
        "objectif o\n  vise taux d'adhésion 50 %",
        "critère c\n  exige a et b ou c et d",
        "critère c\n  exige 1 < a < 3",
        "critère c\n  exige a ≥",
        "critère c\n  exige a ≥ et b",
        "critère c\n  exige (a ou b et c",
        "critère c\n  exige a ou b) et c",
        "critère c\n  exige a => 3",
        "critère c\n  exige a > = 3",
        "critère c\n  exige a & b",
        "critère c\n  exige prix ≥ 10 euros",
        "critère c\n  exige a ≥ 3.5",
        "critère c\n  exige spécialité = \"cardiologie\"",
        "critère c\n  exige spécialité « cardiologie »",
        "critère c\n  exige il existe un adhérent",
        "critère c\n  exige tous les adhérents dont âge ≥ 18",
        "critère c\n  exige entre a et b",
        "critère c\n  exige 10 de a ≥ 3",
        "définition d\n  vaut x arrondi au dixième",
        "définition d\n  vaut x plafonné 10 €",
        "définition d\n  vaut x au prorata de y",
    ]));
}

#[test]
fn keywords_and_clauses() {
    shown!(under_header(&[
        "critere c\n  exige a",
        "critère c\n  exgie a\n  selon S « p »",
        "critère c\n  sauff si a\n  exige b",
        "critère c\n  demande a",
        "critère c\n  exige a\n  ≥ 10",
        "critère c\n  exige\n    a ≥ 10",
        "mission m\n  exige a",
        "critère c\n  selon S « p »",
        "critère c\n  exige a\n  exige b",
        "critère c\n  exige a\n  montant 10 €",
        "critère c\n  exige",
        "critère c\n  exige a\n    - b",
        "critère c\n  exige au moins 3 de\n    - a\n    - b",
        "critère c\n  - a",
        "critère c\n  exige a\n  si b",
        "définition d\n  vaut a\n  si b",
        "critère c\n  si a\n  exige b",
        "critère\n  exige a",
        "critère 10 médecins\n  exige a",
        "définition d\n  vaut 1\n  vaut 2 si a",
        "définition d\n  vaut 1 dans les autres cas\n  vaut 2 si a",
        "définition d\n  vaut selon x",
        "définition d\n  vaut 1 si a\n  vaut selon x\n    au-delà : 2",
        "financement f\n  prévu si a\n  une fois",
        "financement f\n  montant 10 €\n  une fois\n  chaque mois",
        "financement f\n  montant 10 €\n  chaque semaine",
        "obligation o\n  remplie par d",
        "lecture l\n  - a : selon S « p »",
        "lecture l\n  - a : selon S « p »\n  b : selon S « p »",
        "lecture l\n  « Laquelle ? »\n  - a : selon S,« p »\n  - b : S « p »",
    ]));
}

#[test]
fn small_slips() {
    shown!(under_header(&[
        "critère c\n  exige :\n    - a",
        "critère c\n  exige l'un de :\n    - a",
        "critère c\n  selon fiche : « p »\n  exige a",
        "critère c\n  exige\n    - a si b si d",
        "financement f\n  prévu si a si b\n  montant 1 €",
        "définition d\n  vaut a sinon b",
        "définition d\n  vaut a si b dans les autres cas",
        "définition d\n  vaut 80.000 €",
        "définition d\n  vaut 10 000 00 €",
        "définition d\n  vaut (a + b",
        "définition d\n  vaut a ++ b",
        "définition d\n  vaut a × × b",
        "définition d\n  vaut 3 4",
        "définition d\n  vaut 10 %%",
        "définition d\n  vaut le plus grand de a,",
        "définition d\n  vaut nombre de",
        "définition d\n  vaut nombre d'adhérents dont",
        "définition d\n  vaut x est parmi",
        "définition d\n  vaut selon x\n    de 1 à : 2\n    moins 3 : 4\n    au-delà 5",
        "définition d\n  vaut a.\n  note « n »",
        "définition d\n  vaut a . b",
        "définition d\n  vaut 1er janvier",
        "décision d\n  favorable si",
        "paramètre p\n  vaut 10 % depuis 2025",
        "paramètre p : 10 %",
        "financement f\n  montant 10 €\n  pendant 3",
        "financement f\n  montant 10 € une fois",
        "obligation o\n  au plus tard 6 mois après a\n  remplie par b",
        "critère c\n  exige d est dans les 6 mois après e",
        "dossier\n  a : oui ou non si b",
        "dossier\n  a : oui ou non, à l'appreciation de x",
        "dossier\n  a : entier ≥",
        "dossier\n  a : parmi",
        "dossier\n  a : parmi x, y < z",
    ]));
}

#[test]
fn turns_that_the_language_says_otherwise() {
    shown!(under_header(&[
        "définition d\n  vaut fin du mois de (a + 3 mois)",
        "définition d\n  vaut max(a, b)",
        "définition d\n  vaut forfait (a + b)",
        "définition d\n  vaut 29 février de l'année de a",
        "définition d\n  vaut 31 juin de l'année de a",
        "définition d\n  vaut 31 juin de l'année suivante",
        "financement f\n  montant 10 €\n  par mois",
        "financement f\n  montant 10 € par mois",
        "financement f\n  montant 10 €\n  limité à 5 €",
        "critère c\n  il faut que a",
    ]));
}

#[test]
fn quotations() {
    shown!(under_header(&[
        "critère c\n  selon S « un passage\n  exige a\n  selon S « un autre »\n\ncritère d\n  exige b c ≥ 3 %",
        "définition d\n  vaut x = « texte\n\ndéfinition e\n  vaut 1",
        "note « a » b »",
        "critère c\n  selon S art. 3 « p »\n  exige a",
        "critère c\n  selon S, « p »\n  exige a",
        "critère c\n  selon « p »\n  exige a",
        "critère c\n  note sans guillemets\n  exige a",
        "critère c\n  exige a\n  concordance : « c'est voulu »",
    ]));
}

#[test]
fn facts_and_names() {
    shown!(under_header(&[
        "dossier\n  a : entir\n  b : oui ou non",
        "dossier\n  a :\n    « Question ? »",
        "dossier\n  a oui ou non",
        "dossier\n  a : texte « Question ? »",
        "dossier\n  a : texte\n    Quelle question ?",
        "dossier\n  a : parmis x, y",
        "dossier\n  a : parmi x, y, si b, unique",
        "dossier\n  a : réponse libre",
        "dossier\n  « Question ? »",
        "dossier\n  nombre d'heures : entier",
        "dossier\n  seuil et plafond : entier\n  x.montant de l'aide : montant\n  délai de 6 mois : oui ou non",
        "dossier\n  aucun antécédent : oui ou non\n  adresse si connue : texte",
        "définition date d'examen\n  vaut 1",
        "dossier\n  exige : texte\n  critère : oui ou non\n  note « vraie »",
        "lecture l\n  - seul ou à deux : selon S « p »\n  - à part entière : selon S « p »",
    ]));
}

#[test]
fn headers_and_dates() {
    shown!(read(&[
        "",
        "critère c\n  exige a",
        "exige a\ncritère c\n  exige a",
        "dispositif aide",
        "dispositif « Titre »",
        "dispositif t « t »\n  en vigueur depuis le 1er janvier 2025 jusqu'au 31 décembre 2024",
        "dispositif t « t »\n  en vigueur depuis le 31 février 2025",
        "dispositif t « t »\n  en vigueur à partir du 1er mars 2025",
        "dispositif t « t »\n  publié le 2025-01-01\n  statut projer",
        "dispositif t « t »\n  exige a\n  note « n »",
        "critère c\n  exige a\ndispositif t « t »",
        "dispositif t « t »\ndispositif u « u »",
        "dispositif t « t »\nsource S « titre »",
        "dispositif t « t »\nsource S, texte opposable",
        "dispositif t « t »\nparamètre p\n  vaut 10 % depuis le 1er janvier 2025 jusqu'au 1er janvier 2024",
        "avenant 1 à t « t »\n  en vigueur depuis le 1er janvier 2027\nremplace critère c\n  exige a",
    ]));
}

/// What follows the header of another text is of that text: one message for one mistake.
#[test]
fn two_texts_in_one_file_are_one_mistake() {
    let text = |id: &str| {
        format!(
            "dispositif {id} « T »\n  en vigueur depuis le 1er janvier 2025\n\nsource A « A », texte opposable\n\n\
             dossier\n  n : entier ≥ 0\n    « Combien ? »\n\ncritère c\n  selon A\n  exige n ≥ 1\n\n\
             décision d\n  favorable si tous les critères sont remplis\n\n"
        )
    };
    let file = SourceFile::new("deux.pol", text("un") + &text("deux"));
    let found = conforme::check::check(&file).diagnostics;
    let told: Vec<&str> = found.iter().map(|found| found.code).collect();
    assert_eq!(told, ["entete-en-double"]);
}

#[test]
fn amendments() {
    let head = "avenant 1 à t « t »\n  en vigueur depuis le 1er janvier 2027\n";
    let sources = [
        "avenant à t « t »",
        "avenant 1 t « t »",
        "avenant 1 à t",
        "critère c\n  exige a",
        "ajoute\n  exige a",
        "ajoute critére c\n  exige a\n\nabroge critère d",
        "rempace critère c\n  exige a",
        "ajoute fait a oui ou non\n  « Est-ce a ? »",
        "ajoute fait a : oui ou non\n  « Est-ce a ? »\nb : texte",
        "dossier\n\n  a : oui ou non",
        "remplace critère c\n  exige a et b ou c",
        "retient lecture base libéraux",
        "retient lecture base : libéraux\n  exige a",
        "abroge c",
        "abroge critère c\n  exige a",
    ];
    let amendments: Vec<String> = sources
        .iter()
        .map(
            |source| {
                if source.starts_with("avenant") { (*source).to_owned() } else { format!("{head}{source}") }
            },
        )
        .collect();
    let others = [
        "dispositif t « t »\nremplace critère c\n  exige a\nabroge critère d",
        "dispositif t « t »\n  pour a",
        "remplace critère c\n  exige a",
    ];
    let all: Vec<&str> = amendments.iter().map(String::as_str).chain(others).collect();
    shown!(read(&all));
}

#[test]
fn many_mistakes_in_one_run() {
    let source = include_str!("../../policies/ess/ess.pol")
        .replace("critère périmètre géographique", "critere périmètre géographique")
        .replace("vise taux d'adhésion ≥ 50 %", "vise taux d'adhésion 50 %")
        .replace("  montant 80 000 €", "  montant 80 000 € €")
        .replace("au plus tard départ du délai + 6 mois", "au plus tard départ du délai +")
        .replace("texte opposable", "texte oposable")
        .replace("« coordination des parcours » : oui ou non", "« coordination des parcours » : oui ou nom");
    let file = SourceFile::new("ess/ess.pol", source);
    let (document, problems) = syntax::parse(&file);
    let said: Vec<String> = problems
        .iter()
        .map(|p| format!("{} {}", file.position(p.labels[0].span.start).line, p.code))
        .collect();
    assert_eq!(
        said,
        [
            "14 portee-manquante",
            "74 type-inconnu",
            "181 mot-cle-inconnu",
            "235 signe-manquant",
            "290 suite-inattendue",
            "303 valeur-manquante",
        ]
    );
    let (whole, _) = syntax::parse(&SourceFile::new("ess.pol", include_str!("../../policies/ess/ess.pol")));
    assert_eq!(document.items.len(), whole.items.len(), "every item is delivered");
}
