//! The constructions of the language in a line each: what their parts are, what they say.

use crate::source::Span;
use crate::syntax;

/// A construction.
#[derive(Debug, PartialEq, Eq)]
pub struct Construct {
    /// The words by which it is known, in the order in which they are written; the first starts it.
    pub words: &'static [&'static str],
    /// Its form; what stands in capitals is to be said.
    pub form: &'static str,
    /// What it says.
    pub says: &'static str,
    /// Whether it is a line: its first word starts one.
    pub is_line: bool,
}

const fn line(words: &'static [&'static str], form: &'static str, says: &'static str) -> Construct {
    Construct { words, form, says, is_line: true }
}

const fn part(words: &'static [&'static str], form: &'static str, says: &'static str) -> Construct {
    Construct { words, form, says, is_line: false }
}

/// All of them; where one starts with the words of another, the longer comes first.
pub const ALL: [Construct; 53] = [
    line(
        &["dispositif", "«"],
        "dispositif IDENTIFIANT « TITRE »",
        "le nom sous lequel un dossier demande ce texte, et son titre",
    ),
    line(
        &["en vigueur", "depuis le", "jusqu'au"],
        "en vigueur depuis le DATE jusqu'au DATE",
        "la période du texte ; sans « jusqu'au », elle n'a pas de fin",
    ),
    line(
        &["source", "«", "dans", ","],
        "source NOM « TITRE » dans « FICHIER », texte opposable",
        "un texte que les règles citent ; un « document d'information » ne lie personne",
    ),
    line(&["cohérence"], "cohérence NOM", "ce que tout dossier sensé respecte ; sinon il est renvoyé"),
    line(&["paramètre"], "paramètre NOM", "une constante, avec ses périodes"),
    line(
        &["lecture"],
        "lecture NOM",
        "ce que les textes laissent ouvert : une option par ligne, chacune avec son passage",
    ),
    line(&["définition"], "définition NOM", "une valeur calculée"),
    line(&["critère"], "critère NOM", "ce qui est exigé ; rempli ou non"),
    line(&["objectif"], "objectif NOM", "ce qui est visé, sans jamais bloquer"),
    line(&["mission"], "mission NOM", "ce qui est prévu, dans les cas qu'elle dit"),
    line(&["décision"], "décision NOM", "ce dont l'issue dépend ; une par texte"),
    line(&["financement"], "financement NOM", "un montant dû à la personne"),
    line(&["contribution"], "contribution NOM", "ce que doit la personne"),
    line(&["résultat"], "résultat NOM", "une valeur que la décision donne"),
    line(&["obligation"], "obligation NOM", "ce qui est à faire au plus tard un jour"),
    line(&["répartition"], "répartition NOM", "une enveloppe partagée entre les éléments d'une liste"),
    line(
        &["selon", ",", "«"],
        "selon SOURCE, PLACE « PASSAGE »",
        "ce que la règle cite, mot pour mot ; la place peut manquer",
    ),
    line(&["note", "«"], "note « TEXTE »", "ce que le lecteur doit savoir, et qui n'est pas la règle"),
    line(
        &["concordance", "motif", "«"],
        "concordance : motif « RAISON »",
        "la réponse de l'auteur à une remarque : pourquoi la règle ne dit pas ce que dit le passage",
    ),
    line(&["exige l'un de"], "exige l'un de", "une puce au moins ; « au moins 2 de », « aucun de » de même"),
    line(&["exige"], "exige CONDITION", "une condition, ou des puces, qui doivent toutes être remplies"),
    line(
        &["sauf d'abord si", ":"],
        "sauf d'abord si CONDITION : VALEUR",
        "l'exception qui l'emporte sur les autres",
    ),
    line(
        &["sauf si", ":"],
        "sauf si CONDITION : VALEUR",
        "une exception, avec sa valeur ; sous un critère, la condition seule",
    ),
    line(&["favorable si"], "favorable si CONDITION", "souvent « tous les critères sont remplis »"),
    line(&["prévu si"], "prévu si CONDITION", "ce dont le financement dépend"),
    line(&["due si"], "due si CONDITION", "ce dont la contribution dépend"),
    line(&["prévue si"], "prévue si CONDITION", "ce dont la mission dépend"),
    line(&["vise"], "vise CONDITION", "ce que l'objectif vise"),
    line(
        &["vaut", "si", "depuis le"],
        "vaut VALEUR si CONDITION",
        "une valeur ; plusieurs lignes s'excluent, la dernière est « dans les autres cas » ; d'un paramètre : « depuis le DATE »",
    ),
    line(
        &["montant", "si"],
        "montant VALEUR si CONDITION",
        "le montant ; « montant entre A et B » dit une fourchette",
    ),
    line(
        &["pour chaque", "dont"],
        "pour chaque ÉLÉMENT dont CONDITION",
        "le montant est celui de chaque élément d'une liste",
    ),
    line(&["plafonné à", "si"], "plafonné à VALEUR si CONDITION", "au plus cette valeur"),
    line(&["au minimum", "si"], "au minimum VALEUR si CONDITION", "au moins cette valeur"),
    line(
        &["au plus tard", "si"],
        "au plus tard DATE si CONDITION",
        "le terme, par exemple « contrat.signé le + 6 mois »",
    ),
    line(&["remplie par"], "remplie par DATE", "la date de l'acte qui remplit l'obligation"),
    line(&["pendant"], "pendant DURÉE", "aussi longtemps que le financement est versé"),
    part(&["nombre de", "dont"], "nombre de LISTE dont CONDITION", "combien d'éléments"),
    part(
        &["somme de", "dont"],
        "somme de LISTE.CHAMP dont CONDITION",
        "la somme d'un champ sur les éléments",
    ),
    part(&["montant de"], "montant de FINANCEMENT", "ce qui en est dû"),
    part(
        &["le plus grand de", ","],
        "le plus grand de VALEUR, VALEUR",
        "la plus grande des valeurs, ou d'un champ de chaque élément",
    ),
    part(
        &["le plus petit de", ","],
        "le plus petit de VALEUR, VALEUR",
        "la plus petite des valeurs, ou d'un champ de chaque élément",
    ),
    part(&["tous les", "vérifient"], "tous les LISTE vérifient CONDITION", "chaque élément la remplit"),
    part(&["il existe un", "dont"], "il existe un ÉLÉMENT dont CONDITION", "un élément au moins"),
    part(&["aucun", "dont"], "aucun ÉLÉMENT dont CONDITION", "pas un seul élément"),
    part(
        &["rang selon", "dont"],
        "rang selon VALEUR dont CONDITION",
        "la place de l'élément parmi les autres, à partir de 1",
    ),
    part(
        &["au prorata de", "sur"],
        "au prorata de VALEUR sur VALEUR",
        "multiplié par la première, divisé par la seconde",
    ),
    part(&["à la date de"], "PARAMÈTRE à la date de DATE", "sa valeur ce jour-là"),
    part(
        &["premier jour du mois de"],
        "premier jour du mois de DATE",
        "le premier jour du mois où tombe cette date",
    ),
    part(
        &["dernier jour du mois de"],
        "dernier jour du mois de DATE",
        "le dernier jour du mois où tombe cette date",
    ),
    part(&["année de"], "année de DATE", "son année, un entier"),
    part(
        &["est dans les", "suivant"],
        "DATE est dans les DURÉE suivant DATE",
        "entre la seconde date et son terme, compris",
    ),
    part(&["est entre", "et"], "VALEUR est entre BORNE et BORNE", "les deux bornes comprises"),
    part(
        &["entre", "et", "en"],
        "entre DATE et DATE en années entières",
        "le temps entre deux dates ; « en mois entiers », « en jours » de même",
    ),
];

/// A construction where somebody is writing, and the part of it that comes next.
#[derive(Debug, PartialEq, Eq)]
pub struct Signature {
    /// Which.
    pub of: &'static Construct,
    /// Where its parts stand in its form.
    pub parts: Vec<Span>,
    /// Which of them is being written, by rank.
    pub active: usize,
}

/// The construction in which a place stands: the last one begun on its line whose end is not yet written.
pub fn signature(text: &str, offset: u32) -> Option<Signature> {
    let before = text.get(..offset as usize)?;
    let line = syntax::lines(text)
        .into_iter()
        .rev()
        .find(|line| line.start <= offset)
        .filter(|line| offset <= line.end || is_blank(text.get(line.end as usize..offset as usize)))?;
    let said = before.get(line.start as usize..)?;
    let plain = said.replace(['’', 'ʼ'], "'").replace(['\u{a0}', '\u{202f}'], " ");
    let mut best: Option<(usize, usize, Signature)> = None;
    for construct in &ALL {
        let Some(first) = construct.words.first() else { continue };
        let found = match construct.is_line {
            true => starts_with_word(plain.trim_start_matches(['-', ' ']), first)
                .then(|| plain.len() - plain.trim_start_matches(['-', ' ']).len())
                // An option has its passage on its own line: « - tous : selon fiche « … » ».
                .or_else(|| {
                    plain.find(&format!(": {first} ")).filter(|_| *first == "selon").map(|at| at + 2)
                }),
            false => last_word(&plain, first),
        };
        // « nombre d'adhérents » is of the same form.
        let elided = first.strip_suffix(" de").map(|stem| format!("{stem} d'"));
        let elided = elided.and_then(|first| Some((plain.rfind(&first)?, first.len())));
        let found = found.map(|at| (at, first.len())).max(elided.filter(|_| !construct.is_line));
        let Some((at, length)) = found else { continue };
        let rest = plain.get(at + length..).unwrap_or("");
        // A part that is closed by a parenthesis is done.
        let closed = rest.chars().try_fold(0_i32, |depth, c| match c {
            '(' => Some(depth + 1),
            ')' if depth == 0 => None,
            ')' => Some(depth - 1),
            _ => Some(depth),
        });
        if closed.is_none() || rest.is_empty() {
            continue;
        }
        let first_part = usize::from(construct.form.starts_with(|c: char| c.is_uppercase()));
        let (mut active, mut from) = (first_part, rest);
        for (rank, word) in construct.words.iter().enumerate().skip(1) {
            let Some(next) = first_word(from, word) else { continue };
            // A part that is left out is passed over: the comma of « selon loi « un, deux » » is of the passage.
            let later = construct.words.iter().skip(rank + 1).filter_map(|word| first_word(from, word)).min();
            if later.is_none_or(|later| next < later) {
                active = first_part + rank;
                from = from.get(next + word.len()..).unwrap_or("");
            }
        }
        let parts = parts(construct.form);
        let active = active.min(parts.len().saturating_sub(1));
        let key = (at, first.len());
        if best.as_ref().is_none_or(|(at, length, _)| key > (*at, *length)) {
            best = Some((at, first.len(), Signature { of: construct, parts, active }));
        }
    }
    best.map(|(_, _, signature)| signature)
}

/// The construction whose words stand at a place.
pub fn at(text: &str, offset: u32) -> Option<(Span, &'static Construct)> {
    let line = syntax::lines(text).into_iter().find(|line| line.start <= offset && offset <= line.end)?;
    let said = text.get(line.range())?;
    let within = (offset - line.start) as usize;
    let quoted = syntax::marks(text)
        .iter()
        .any(|(span, mark)| *mark == syntax::Mark::Quotation && span.start < offset && offset < span.end);
    if quoted {
        return None;
    }
    let found = ALL.iter().filter_map(|construct| {
        let first = construct.words.first()?;
        let at = match construct.is_line {
            true => starts_with_word(said, first).then_some(0),
            false => said
                .match_indices(first)
                .map(|(at, _)| at)
                .find(|at| *at <= within && within <= at + first.len()),
        }?;
        let span = Span::new(line.start as usize + at, line.start as usize + at + first.len());
        (span.start <= offset && offset <= span.end).then_some((span, construct))
    });
    found.max_by_key(|(span, _)| span.len())
}

/// Where what is to be said stands in a form: the words in capitals.
fn parts(form: &str) -> Vec<Span> {
    let mut found: Vec<Span> = Vec::new();
    let mut start = 0;
    for word in form.split(' ') {
        let end = start + word.len();
        let letters: Vec<char> = word.chars().filter(|c| c.is_alphabetic()).collect();
        if letters.len() > 1 && letters.iter().all(|c| c.is_uppercase()) {
            found.push(Span::new(start, start + word.trim_end_matches(',').len()));
        }
        start = end + 1;
    }
    found
}

fn is_blank(text: Option<&str>) -> bool {
    text.is_some_and(|text| text.chars().all(|c| c.is_whitespace() && c != '\n'))
}

fn is_end(c: Option<char>) -> bool {
    c.is_none_or(|c| !c.is_alphanumeric())
}

fn starts_with_word(text: &str, word: &str) -> bool {
    text.strip_prefix(word).is_some_and(|rest| is_end(rest.chars().next()))
}

fn words<'t>(text: &'t str, word: &'t str) -> impl Iterator<Item = usize> + 't {
    text.match_indices(word).map(|(at, _)| at).filter(move |at| {
        let before = text.get(..*at).and_then(|before| before.chars().next_back());
        let after = text.get(at + word.len()..).and_then(|after| after.chars().next());
        let is_sign = !word.chars().any(char::is_alphanumeric);
        is_sign || is_end(before) && is_end(after)
    })
}

fn first_word(text: &str, word: &str) -> Option<usize> {
    words(text, word).next()
}

fn last_word(text: &str, word: &str) -> Option<usize> {
    words(text, word).last()
}

#[cfg(test)]
mod tests {
    use super::{ALL, at, parts, signature};
    use crate::syntax;

    /// The form and the part that is written at the `|` of a line under a definition.
    fn told(line: &str) -> Option<(&'static str, &'static str)> {
        let text = format!("définition d\n  {line}\n");
        let offset = text.find('|').unwrap();
        let found = signature(&text.replace('|', ""), u32::try_from(offset).unwrap())?;
        let part = found.parts.get(found.active).map_or("", |span| &found.of.form[span.range()]);
        Some((found.of.form, part))
    }

    #[test]
    fn the_part_that_is_written_is_told() {
        for (line, form, part) in [
            ("vaut nombre de | ", "nombre de LISTE dont CONDITION", "LISTE"),
            ("vaut nombre d’adhérents dont |", "nombre de LISTE dont CONDITION", "CONDITION"),
            ("vaut nombre de a + nombre d'adhé|", "nombre de LISTE dont CONDITION", "LISTE"),
            ("vaut prime au prorata de a sur |", "au prorata de VALEUR sur VALEUR", "VALEUR"),
            ("vaut (nombre de adhérents) |", "vaut VALEUR si CONDITION", "VALEUR"),
            ("vaut 3 si |", "vaut VALEUR si CONDITION", "CONDITION"),
            ("selon loi, |", "selon SOURCE, PLACE « PASSAGE »", "PLACE"),
            ("- tous : selon loi, |", "selon SOURCE, PLACE « PASSAGE »", "PLACE"),
            ("selon loi, art. 1 « |", "selon SOURCE, PLACE « PASSAGE »", "PASSAGE"),
            ("selon loi « un, deux |", "selon SOURCE, PLACE « PASSAGE »", "PASSAGE"),
            ("vaut forfait à la date de |", "PARAMÈTRE à la date de DATE", "DATE"),
        ] {
            assert_eq!(told(line), Some((form, part)), "{line}");
        }
        assert_eq!(told("vaut|"), None);
    }

    #[test]
    fn the_words_of_a_construction_tell_it() {
        let text = "définition d\n  vaut le plus grand de a, b\n  note « somme de a »\n";
        let on = |needle: &str| {
            let offset = u32::try_from(text.find(needle).unwrap() + 1).unwrap();
            at(text, offset).map(|(span, construct)| (&text[span.range()], construct.form))
        };
        assert_eq!(on("plus grand"), Some(("le plus grand de", "le plus grand de VALEUR, VALEUR")));
        assert_eq!(on("vaut"), Some(("vaut", "vaut VALEUR si CONDITION")));
        assert_eq!(on("somme"), None);
        assert_eq!(on("a, b"), None);
    }

    #[test]
    fn each_starts_with_words_of_the_language() {
        let known: Vec<String> = [syntax::reserved(), syntax::starters(), syntax::guards()]
            .concat()
            .into_iter()
            .chain(syntax::keywords().into_iter().map(str::to_owned))
            .collect();
        for construct in &ALL {
            let first = construct.words[0];
            let is_known = known.iter().any(|word| {
                first.starts_with(word.as_str()) || first.ends_with(word.as_str()) || word.starts_with(first)
            });
            assert!(is_known, "{first}");
            assert!(construct.form.contains(first), "{first}");
            let _ = parts(construct.form);
        }
    }
}
