//! Lines that may start at a place, whole, with words that stand for what is to be said; types of facts.

use super::tried::Trial;
use super::{Proposal, plain, started};
use crate::editor::colours::Colour;
use crate::source::Span;
use crate::syntax::tree::{Document, ItemKind};

/// What is to be said stands between these.
const SAY: [char; 2] = ['{', '}'];

/// Lines under an item, in the order in which authors write them.
const CLAUSES: [(&str, &str); 36] = [
    ("selon {SOURCE}", "ce que la règle cite"),
    ("si {date d'examen ≥ 1er janvier 2025}", "ne s'applique qu'alors"),
    ("exige {date d'examen ≥ 1er janvier 2025}", "la condition"),
    ("sauf si {date d'examen ≥ 1er janvier 2030}", "une exception"),
    ("vise {date d'examen ≥ 1er janvier 2025}", "ce que l'objectif vise"),
    ("prévu si {date d'examen ≥ 1er janvier 2025}", "ce dont il dépend"),
    ("prévue si {date d'examen ≥ 1er janvier 2025}", "ce dont elle dépend"),
    ("due si {date d'examen ≥ 1er janvier 2025}", "ce dont elle dépend"),
    ("favorable si {tous les critères sont remplis}", "l'issue"),
    ("favorable si {date d'examen ≥ 1er janvier 2025}", "l'issue"),
    ("vaut {10}", "la valeur"),
    ("vaut {10 %}", "la valeur"),
    ("vaut {100 €}", "la valeur"),
    ("montant {100 €}", "le montant"),
    ("plafonné à {100 €}", "au plus"),
    ("au minimum {10 €}", "au moins"),
    ("arrondi à l'euro", "au plus proche"),
    ("arrondi au centime", "au plus proche"),
    ("une fois", "versé une fois"),
    ("chaque mois", "versé chaque mois"),
    ("chaque trimestre", "versé chaque trimestre"),
    ("chaque année", "versé chaque année"),
    ("à chaque intervention", "versé à chaque fois"),
    ("pendant {3 ans}", "aussi longtemps"),
    ("au plus tard {date d'examen + 1 mois}", "le terme"),
    ("reporté au premier jour ouvrable", "un terme qui tombe un jour chômé"),
    ("révisé chaque année", "la décision signale une valeur ancienne"),
    ("depuis le {1er janvier 2025}", "une période"),
    ("en vigueur depuis le {1er janvier 2025}", "la période du texte"),
    ("publié le {1er janvier 2025}", "le jour de sa publication"),
    ("statut projet", "un texte qui n'est pas encore pris"),
    ("note « {à dire} »", "ce que le lecteur doit savoir"),
    ("« {Quelle est la question ?} »", "la question posée"),
    ("en jours", "ce que compte le nombre"),
    ("en mois", "ce que compte le nombre"),
    ("- {date d'examen ≥ 1er janvier 2025}", "une puce"),
];

/// Items, whole.
const ITEMS: [(&str, &str); 14] = [
    ("source {SIGLE} « {Titre du texte} », texte opposable", "un texte que les règles citent"),
    ("dossier\n\n  {fait à nommer} : oui ou non\n    « {Quelle est la question ?} »", "les faits"),
    (
        "cohérence {à nommer}\n  exige {date d'examen ≥ 1er janvier 2000}",
        "ce que tout dossier sensé respecte",
    ),
    ("paramètre {à nommer}\n  vaut {10} depuis le {1er janvier 2025}", "une constante, avec ses périodes"),
    (
        "lecture {à nommer}\n  « {Que laissent ouvert les textes ?} »\n  - {la première}\n  - {la seconde}",
        "ce que les textes laissent ouvert",
    ),
    ("définition {à nommer}\n  vaut {10}", "une valeur calculée"),
    ("critère {à nommer}\n  exige {date d'examen ≥ 1er janvier 2025}", "ce qui est exigé"),
    ("objectif {à nommer}\n  vise {date d'examen ≥ 1er janvier 2025}", "ce qui est visé"),
    ("mission {à nommer}\n  prévue si {date d'examen ≥ 1er janvier 2025}", "ce qui est prévu"),
    ("décision {à nommer}\n  favorable si {tous les critères sont remplis}", "l'issue ; une par texte"),
    ("financement {à nommer}\n  montant {100 €}\n  une fois", "un montant dû"),
    ("contribution {à nommer}\n  montant {100 €}\n  une fois", "ce que doit la personne"),
    ("résultat {à nommer}\n  vaut {10}", "une valeur que la décision donne"),
    (
        "obligation {à nommer}\n  au plus tard {date d'examen + 1 mois}",
        "ce qui est à faire au plus tard un jour",
    ),
];

/// A whole text, where none is begun.
const WHOLE: (&str, &str) = (
    "dispositif {identifiant} « {Titre} »\n  en vigueur depuis le {1er janvier 2025}\n\nsource {SIGLE} « {Titre du texte} », texte opposable\n\n\
     dossier\n\n  {fait à nommer} : oui ou non\n    « {Quelle est la question ?} »\n\n\
     critère {à nommer}\n  exige {date d'examen ≥ 1er janvier 2025}\n\n\
     décision {accord}\n  favorable si tous les critères sont remplis\n",
    "un texte entier, à remplir",
);

/// How the line of a source ends: what the source is worth.
const WORTHS: [(&str, &str); 2] = [
    ("texte opposable", "une loi, un décret, un arrêté, une délibération"),
    ("document d'information", "une fiche, une circulaire, une page d'un site"),
];

/// Types of facts.
const TYPES: [(&str, &str); 14] = [
    ("oui ou non", "une réponse par oui ou non"),
    ("entier ≥ {0}", "un nombre entier"),
    ("nombre", "un nombre, décimales comprises"),
    ("pourcentage", "un nombre avec son signe %"),
    ("montant ≥ {0 €}", "un montant"),
    ("date", "un jour"),
    ("période", "un premier et un dernier jour"),
    ("durée en mois", "un nombre de mois"),
    ("durée en jours", "un nombre de jours"),
    ("texte", "une réponse libre"),
    ("texte, unique", "dit lequel des éléments d'une liste"),
    ("parmi {première, seconde}", "un choix"),
    ("parmi {bas} < {haut}", "une échelle"),
    ("liste", "des éléments, dont les champs se déclarent en dessous"),
];

/// Whether the type of a fact is written at a place.
pub(super) fn is_type(document: &Document, line: &str, offset: u32) -> bool {
    let last = document.items.iter().rfind(|item| item.whole.start < offset);
    let in_dossier = last.is_some_and(|last| matches!(last.kind, ItemKind::Dossier(_)));
    let put_in =
        line.trim_start().starts_with("ajoute fait") || line.trim_start().starts_with("remplace fait");
    let after_colon = line.split_once(':').is_some_and(|(name, rest)| {
        name.matches('«').count() == name.matches('»').count() && !rest.contains([',', '«'])
    });
    (in_dossier || put_in) && after_colon
}

/// The types that a fact may have.
pub(super) fn types(trial: &Trial, line_start: usize, line: &str) -> Vec<Proposal> {
    let colon = line.find(':').map_or(line.len(), |at| at + 1);
    let written = line.get(colon..).unwrap_or("");
    let lead = written.len() - written.trim_start().len();
    let start = colon + lead;
    let (space, span) = match lead {
        0 => (" ", Span::new(line_start + colon, line_start + line.len())),
        _ => ("", Span::new(line_start + start, line_start + line.len())),
    };
    let typed = plain(written.trim_start());
    TYPES
        .iter()
        .filter(|(form, _)| plain(form).starts_with(&typed))
        .filter_map(|(form, detail)| {
            let (text, to_say) = without_marks(&format!("{space}{form}"));
            let label = text.trim().to_owned();
            trial.checks(span, &text).then(|| Proposal {
                label,
                detail: (*detail).to_owned(),
                colour: Colour::Keyword,
                text,
                to_say,
                span,
            })
        })
        .collect()
}

/// The lines that may start where one is being written: clauses of the item above, and items.
pub(super) fn lines(trial: &Trial, text: &str, line_start: usize, line: &str) -> Vec<Proposal> {
    let indent = line.len() - line.trim_start().len();
    let said = line.get(indent..).unwrap_or("");
    let rest = text.get(line_start + line.len()..).unwrap_or("").split('\n').next().unwrap_or("");
    if !rest.trim().is_empty() {
        return Vec::new();
    }
    let source = text
        .lines()
        .find_map(|line| line.strip_prefix("source ")?.split(['«', ',']).next().map(str::trim))
        .unwrap_or("SOURCE");
    // Before anything else comes the text itself.
    let begun = text.lines().any(|own| {
        let own = own.trim();
        !own.is_empty() && !own.starts_with('#') && own != line.trim()
    });
    if !begun {
        return whole_text(trial, Span::new(line_start + indent, line_start + line.len()), said);
    }
    let items = ITEMS.iter().map(|form| (form, ""));
    let clauses = CLAUSES.iter().map(|form| (form, if indent == 0 { "  " } else { "" }));
    let all: Vec<_> = if indent == 0 { items.chain(clauses).collect() } else { clauses.collect() };
    let mut found = Vec::new();
    for ((form, detail), margin) in all {
        let form = form.replace("{SOURCE}", &format!("{{{source}}}"));
        let (bare, _) = without_marks(&form);
        let first = bare.split('\n').next().unwrap_or("");
        if started(said, first) != Some(0) {
            continue;
        }
        let (text, to_say) = without_marks(&format!("{margin}{form}"));
        let span = Span::new(line_start + indent, line_start + line.len());
        if trial.checks(span, &text) {
            found.push(Proposal {
                label: first.to_owned(),
                detail: (*detail).to_owned(),
                colour: Colour::Keyword,
                text,
                to_say,
                span,
            });
        }
    }
    found
}

/// A text to begin with.
fn whole_text(trial: &Trial, span: Span, said: &str) -> Vec<Proposal> {
    let (text, to_say) = without_marks(WHOLE.0);
    let first = text.split(' ').next().unwrap_or("");
    if started(said, first) != Some(0) || !trial.checks(span, &text) {
        return Vec::new();
    }
    let (label, detail, colour) = (first.to_owned(), WHOLE.1.to_owned(), Colour::Keyword);
    vec![Proposal { label, detail, colour, text, to_say, span }]
}

/// What ends the line of a source, once its title is said: « , texte opposable ».
pub(super) fn ends_of_source(trial: &Trial, line_start: usize, line: &str) -> Vec<Proposal> {
    let titled = line.rfind('»').map(|at| at + '»'.len_utf8()).filter(|_| line.starts_with("source "));
    let Some(end) = titled else { return Vec::new() };
    let written = line.get(end..).unwrap_or("");
    let said = written.trim_start_matches([',', ' ']);
    let span = Span::new(line_start + end, line_start + line.len());
    let fitting = WORTHS.iter().filter(|(worth, _)| plain(worth).starts_with(&plain(said)));
    fitting
        .map(|(worth, detail)| Proposal {
            label: (*worth).to_owned(),
            detail: (*detail).to_owned(),
            colour: Colour::Keyword,
            text: format!(", {worth}"),
            to_say: Vec::new(),
            span,
        })
        .filter(|proposal| trial.checks(span, &proposal.text))
        .collect()
}

/// A form without the marks of what is to be said, and where that stands.
fn without_marks(form: &str) -> (String, Vec<Span>) {
    let (mut text, mut to_say, mut open) = (String::new(), Vec::new(), 0);
    for c in form.chars() {
        match c {
            c if c == SAY[0] => open = text.len(),
            c if c == SAY[1] => to_say.push(Span::new(open, text.len())),
            c => text.push(c),
        }
    }
    (text, to_say)
}
