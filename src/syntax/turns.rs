//! Turns of phrase that French has and the language says otherwise: what an author who tries one is told.

mod figures;
mod rewrites;
mod signs;
mod tables;
mod types;

pub(crate) use figures::ways_to_say;
use figures::{FIGURES, NUMBERS, THOUSANDS, UNITS};
pub(crate) use rewrites::rewrites;
use signs::{BETWEEN, COMPARISONS};
use tables::{BANDS, CLAUSES, ITEMS, KEYWORDS, SAID, TODAY, VALUES};
pub(crate) use types::{cleaned as cleaned_types, kind as kind_of_type, type_of};

/// The number with its unit that some words say: « neuf mois ».
pub(crate) fn quantity(words: &str) -> Option<String> {
    let (number, unit) = words.split_once(' ').unwrap_or((words, ""));
    if let Some(rest) = unit.strip_prefix("mille") {
        let (_, thousands) = NUMBERS.iter().find(|(word, _)| *word == number)?;
        let (_, unit) = UNITS.iter().find(|(word, _)| *word == rest.trim_start())?;
        return Some(format!("{thousands} 000{unit}"));
    }
    let (_, figure) = NUMBERS.iter().find(|(word, _)| *word == number)?;
    let (_, unit) = UNITS.iter().find(|(word, _)| *word == unit)?;
    Some(format!("{figure}{unit}"))
}

/// The figure of a number in words or in digits: « 2 » for « deux ».
pub(crate) fn number(word: &str) -> Option<&str> {
    let digits = !word.is_empty() && word.bytes().all(|b| b.is_ascii_digit());
    let said = NUMBERS.iter().find(|(own, _)| *own == word).map(|(_, figure)| *figure);
    said.or_else(|| digits.then_some(word))
}

/// Whether a word says of an item that it holds.
pub(crate) fn is_met(word: &str) -> bool {
    const MET: [&str; 12] = [
        "rempli",
        "satisfait",
        "vérifié",
        "respecté",
        "atteint",
        "prévu",
        "réuni",
        "favorable",
        "accordé",
        "attribué",
        "octroyé",
        "acquis",
    ];
    let stem = word.strip_suffix("es").or_else(|| word.strip_suffix(['e', 's'])).unwrap_or(word);
    matches!(word, "dû" | "due") || MET.contains(&word) || MET.contains(&stem)
}

/// Whether some words say that every criterion is met, and not as the language does.
pub(crate) fn all_met(said: &str) -> bool {
    const MET: [&str; 12] = [
        "tous les criteres sont respectes",
        "tous les criteres sont remplis",
        "tous les criteres sont reunis",
        "tous les criteres sont satisfaits",
        "tous les criteres sont verifies",
        "toutes les conditions sont remplies",
        "toutes les conditions sont respectees",
        "toutes les conditions sont reunies",
        "tous les criteres remplis",
        "toutes les conditions remplies",
        "criteres sont tous remplis",
        "criteres remplis",
    ];
    let plain = crate::text::plain_letters(said);
    let bare = plain.strip_prefix("les ").unwrap_or(&plain);
    said != "tous les critères sont remplis" && (MET.contains(&bare) || bare == "criteres sont remplis")
}

/// What a share of a value is, in signs: « ÷ 2 » for « la moitié ».
pub(crate) fn fraction(share: &str) -> Option<&'static str> {
    const FRACTIONS: [(&str, &str); 13] = [
        ("moitié", "÷ 2"),
        ("demi", "÷ 2"),
        ("tiers", "÷ 3"),
        ("quart", "÷ 4"),
        ("cinquième", "÷ 5"),
        ("sixième", "÷ 6"),
        ("dixième", "÷ 10"),
        ("douzième", "÷ 12"),
        ("deux tiers", "× 2 ÷ 3"),
        ("trois quarts", "× 3 ÷ 4"),
        ("double", "× 2"),
        ("triple", "× 3"),
        ("quadruple", "× 4"),
    ];
    FRACTIONS.iter().find(|(said, _)| *said == share).map(|(_, by)| *by)
}

/// What is written between two values for a turn of phrase: « ≤ » for « n'excède pas ».
pub(crate) fn between(turn: &str) -> Option<&'static str> {
    let mut words: Vec<String> = turn.split_whitespace().map(first_form).collect();
    // « inférieur au plafond »
    if words.len() > 1
        && let Some(last) = words.last_mut().filter(|last| matches!(last.as_str(), "au" | "aux"))
    {
        *last = "à".to_owned();
    }
    let turn = words.join(" ");
    let compared = |turn: &str| COMPARISONS.iter().find(|(said, _)| *said == turn).map(|(_, sign)| *sign);
    let inner = |turn: &str| {
        let bare = ["d'", "de "].iter().find_map(|small| turn.strip_prefix(small)).unwrap_or(turn);
        compared(turn).or_else(|| compared(bare))
    };
    let denied = turn.strip_prefix("n'est pas ").and_then(inner).or_else(|| {
        let verb = turn.strip_prefix("ne ").or_else(|| turn.strip_prefix("n'"))?;
        compared(verb.strip_suffix(" pas")?)
    });
    if let Some(sign) = denied {
        return denial(sign);
    }
    if let Some((_, says)) = BETWEEN.iter().find(|(said, _)| *said == turn) {
        return Some(says);
    }
    let said =
        ["est ", "soit ", "doit être "].iter().find_map(|verb| turn.strip_prefix(verb)).unwrap_or(&turn);
    inner(said)
}

/// The sign that holds where another does not.
pub(crate) fn denial(sign: &str) -> Option<&'static str> {
    const PAIRS: [(&str, &str); 6] = [("≥", "<"), ("<", "≥"), ("≤", ">"), (">", "≤"), ("=", "≠"), ("≠", "=")];
    PAIRS.iter().find(|(from, _)| *from == sign).map(|(_, to)| *to)
}

/// The sign of what is counted backwards: what is farther before a day is earlier.
pub(crate) fn reverse(sign: &str) -> Option<&'static str> {
    const PAIRS: [(&str, &str); 4] = [("≥", "≤"), ("≤", "≥"), (">", "<"), ("<", ">")];
    PAIRS.iter().find(|(from, _)| *from == sign).map(|(_, to)| *to)
}

/// A word in lower case, a straight apostrophe in it, adjectives and verbs in the form of the tables.
fn first_form(word: &str) -> String {
    let word = word.to_lowercase().replace('’', "'");
    const STEMS: [(&str, &str); 21] = [
        ("supérieur", "supérieur"),
        ("inférieur", "inférieur"),
        ("égal", "égal"),
        ("égaux", "égal"),
        ("différent", "différent"),
        ("antérieur", "antérieur"),
        ("postérieur", "postérieur"),
        ("excèdent", "excède"),
        ("n'excèdent", "n'excède"),
        ("dépassent", "dépasse"),
        ("atteignent", "atteint"),
        ("multiplié", "multiplié"),
        ("divisé", "divisé"),
        ("limité", "limité"),
        ("compris", "compris"),
        ("situé", "situé"),
        ("dépassant", "dépasse"),
        ("excédant", "excède"),
        ("doivent", "doit"),
        ("peuvent", "peut"),
        ("sont", "est"),
    ];
    let form = STEMS
        .iter()
        .find(|(stem, _)| word.strip_prefix(stem).is_some_and(|end| matches!(end, "" | "e" | "s" | "es")));
    form.map_or(word.clone(), |(_, form)| (*form).to_owned())
}

/// The keyword that a line should start with, of those that `fits` allows, and how many bytes stand in its place.
pub(crate) fn keyword(line: &str, fits: impl Fn(&str) -> bool) -> Option<(usize, &'static str)> {
    KEYWORDS
        .iter()
        .filter(|(_, keyword)| fits(keyword))
        .flat_map(|(turns, keyword)| turns.iter().filter_map(|turn| Some((head_of(line, turn)?, *keyword))))
        .max_by_key(|(length, _)| *length)
}

/// What an item that is called otherwise is, and how many bytes its name takes.
pub(crate) fn item(line: &str) -> Option<(usize, &'static str)> {
    ITEMS
        .iter()
        .flat_map(|(turns, says)| turns.iter().filter_map(|turn| Some((head_of(line, turn)?, *says))))
        .max_by_key(|(length, _)| *length)
}

/// How a line of a scale should start, and how many bytes stand in its place.
pub(crate) fn band(line: &str) -> Option<(usize, &'static str)> {
    BANDS
        .iter()
        .flat_map(|(turns, says)| turns.iter().filter_map(|turn| Some((head_of(line, turn)?, *says))))
        .max_by_key(|(length, _)| *length)
}

/// What some words say that stand for something else, and the ways in which the language may say it.
pub(crate) fn said_as(words: &[&str]) -> impl Iterator<Item = &'static str> {
    let words: Vec<String> = words.iter().map(|word| first_form(word)).collect();
    let turn = words.join(" ");
    SAID.iter().filter(move |(turns, _)| turns.contains(&&*turn)).map(|(_, says)| *says)
}

/// The greatest number of words of a turn of those.
pub(crate) const SAID_WORDS: usize = 6;

/// The unit with which a text goes on after a figure: how many bytes it takes, how it is written, and how many
/// zeros it adds.
pub(crate) fn unit(text: &str) -> Option<(usize, &'static str, usize)> {
    let plain = FIGURES.iter().map(|(turns, unit)| (*turns, *unit, 0));
    let sums = THOUSANDS.iter().map(|(turns, zeros)| (*turns, "€", *zeros));
    plain
        .chain(sums)
        .flat_map(|(turns, unit, zeros)| {
            turns.iter().filter_map(move |turn| Some((head_of(text, turn)?, unit, zeros)))
        })
        .max_by_key(|(length, ..)| *length)
}

/// How many bytes of a text this turn takes at its start, whatever its case and its apostrophes; it ends there
/// as a word does.
fn head_of(text: &str, turn: &str) -> Option<usize> {
    let mut length = 0;
    let mut rest = text.chars();
    for wanted in turn.chars() {
        let c = rest.next()?;
        let same = match wanted {
            ' ' => is_space(c),
            '\'' => matches!(c, '\'' | '’'),
            wanted => c == wanted || c.to_lowercase().eq([wanted]),
        };
        if !same {
            return None;
        }
        length += c.len_utf8();
    }
    let word = |c: char| c.is_alphanumeric() || matches!(c, '-' | '\'' | '’');
    let open = turn.chars().next_back().is_some_and(word) && rest.next().is_some_and(word);
    (!open).then_some(length)
}

fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\u{A0}' | '\u{202F}' | '\t')
}

fn starts(text: &str, turn: &str) -> bool {
    text.strip_prefix(turn).is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '(', '\n']))
}

/// The clause that says what a line starts with, where the language says it otherwise.
pub(crate) fn clause(line: &str) -> Option<&'static str> {
    said(CLAUSES, line)
}

/// The same, where only the words at the start are to be changed, and how many bytes they take.
pub(crate) fn clause_head(line: &str) -> Option<(usize, &'static str)> {
    let whole = |says: &str| !matches!(says, "si");
    let turn = |turn: &str| !matches!(turn, "dans les" | "dans un délai de" | "condition" | "conditions");
    CLAUSES
        .iter()
        .filter(|(_, says)| whole(says))
        .flat_map(|(turns, says)| {
            turns.iter().filter(|own| turn(own)).filter_map(|own| Some((head_of(line, own)?, *says)))
        })
        .max_by_key(|(length, _)| *length)
}

/// Whether a line says how often something is paid, as no clause does: « tous les six mois ».
pub(crate) fn is_rhythm(line: &str) -> bool {
    let starts = ["tous les", "toutes les", "par semestre", "par semaine", "par jour", "semestriellement"];
    clause(line).is_none() && starts.iter().any(|start| head_of(line, start).is_some())
}

/// How often a funding is paid.
pub(crate) const RHYTHMS: &str = "un montant se dit « une fois », « chaque mois », « chaque trimestre » ou « chaque année » : \
                                  par exemple « chaque année », avec le montant de toute l'année";

/// The first words of a line.
pub(crate) fn first_words(line: &str, count: usize) -> &str {
    let end = line.match_indices(' ').nth(count - 1).map_or(line.len(), |(at, _)| at);
    line.get(..end).unwrap_or(line)
}

/// Where a value says in words when it holds, and how the language says it: « 5 € lorsque … », « 3 € autrement ».
pub(crate) fn condition_in_words(value: &str) -> Option<(std::ops::Range<usize>, &'static str)> {
    let own = SAID.iter().filter(|(_, says)| matches!(*says, "si" | "dans les autres cas"));
    value.match_indices(' ').find_map(|(at, _)| {
        own.clone().find_map(|(turns, says)| {
            let rest = value.get(at + 1..)?;
            let length = turns.iter().filter_map(|turn| head_of(rest, turn)).max()?;
            Some((at + 1..at + 1 + length, *says))
        })
    })
}

/// What is said of « avant » and « après » between two dates: the day itself may be meant as well.
pub(crate) fn or_the_day(said: &str, says: &str) -> Option<String> {
    let with = match (said.split(' ').next()?, says) {
        ("avant", "<") => "≤",
        ("après", ">") => "≥",
        _ => return None,
    };
    Some(format!("écrire « {says} », ou « {with} » si le jour même compte"))
}

/// The last day that a line gives, as the language says it, and how many bytes its turn takes: « dans les 3 mois
/// suivant D » is « D + 3 mois », « avant le D » the day before.
pub(crate) fn deadline(line: &str) -> Option<(usize, String)> {
    for turn in ["avant le", "avant la", "avant"] {
        if let Some(length) = head_of(line, turn) {
            let date = line.get(length..)?.trim();
            return (!date.is_empty()).then(|| (length, format!("{date} - 1 jour")));
        }
    }
    const TURNS: [&str; 6] = [
        "au plus tard dans les",
        "au plus tard dans un délai de",
        "dans un délai de",
        "dans le délai de",
        "dans les",
        "sous",
    ];
    let length = TURNS.iter().filter_map(|turn| head_of(line, turn)).max()?;
    let rest = line.get(length..)?.trim();
    let links = [
        "suivant le",
        "suivant la",
        "suivant",
        "qui suivent",
        "après le",
        "après la",
        "après",
        "à compter du",
        "à compter de la",
        "à compter de",
        "à partir du",
        "à partir de",
        "de la",
        "du",
        "de",
    ];
    let (at, link) = rest.match_indices(' ').find_map(|(at, _)| {
        let after = rest.get(at + 1..)?;
        Some((at, links.iter().filter_map(|link| head_of(after, link)).max()?))
    })?;
    let (duration, date) = (rest.get(..at)?, rest.get(at + 1 + link..)?.trim());
    let duration = quantity(duration).unwrap_or_else(|| duration.to_owned());
    let counted = duration.starts_with(|c: char| c.is_ascii_digit());
    (counted && !date.is_empty()).then(|| (length, format!("{date} + {duration}")))
}

/// How many bytes a line takes to say « in the other cases » at its start.
pub(crate) fn otherwise(line: &str) -> Option<usize> {
    let own = ["dans les autres cas", "sinon"];
    let turns = SAID.iter().filter(|(_, says)| *says == own[0]).flat_map(|(turns, _)| *turns);
    turns.chain(&own).filter_map(|turn| head_of(line, turn)).max()
}

/// How the language says how many of the bullets below must hold: « l'un de » for « l'une des conditions suivantes »,
/// nothing where all of them must.
pub(crate) fn counted(said: &str) -> Option<String> {
    const NOUNS: [&str; 9] = [
        "conditions",
        "critères",
        "cas",
        "éléments",
        "situations",
        "exigences",
        "condition",
        "suivantes",
        "suivants",
    ];
    const SMALL: [&str; 11] =
        ["ces", "des", "de", "les", "d'entre", "elles", "eux", "parmi", "ci-dessous", "ci-après", "suivant"];
    let lower = said.to_lowercase().replace('’', "'");
    let mut words: Vec<&str> = lower.split_whitespace().collect();
    // « deux des pièces suivantes », « au moins deux parmi les trois pièces ci-dessous »
    let announced = words.last().is_some_and(|last| {
        matches!(*last, "suivantes" | "suivants" | "ci-dessous" | "ci-après" | "énumérées" | "énumérés")
    });
    let among = words.iter().position(|word| matches!(*word, "des" | "parmi" | "d'entre" | "ces"));
    let mut named = words == ["l'un", "ou", "l'autre"];
    if let Some(among) = among.filter(|among| announced && *among > 0) {
        words.truncate(among);
        named = true;
    }
    let long = words.len();
    while let Some(last) = words.last().filter(|last| NOUNS.contains(last) || SMALL.contains(last)) {
        named |= NOUNS.contains(last) || last.starts_with("ci-");
        // « deux au moins de »
        named |= *last == "de" && words.len() > 3;
        words.pop();
    }
    if !named || words.len() > 4 || long > 9 {
        return None;
    }
    let count = |word: &str| {
        let figure = NUMBERS.iter().find(|(own, _)| *own == word).map(|(_, figure)| *figure);
        figure
            .map(str::to_owned)
            .or_else(|| word.bytes().all(|b| b.is_ascii_digit()).then(|| word.to_owned()))
    };
    let any = || Some("l'un de".to_owned());
    match words.as_slice() {
        [] | ["toutes" | "tous" | "chacune" | "chacun" | "l'ensemble" | "la"] => Some(String::new()),
        ["l'une" | "l'un" | "un" | "une"] | ["l'un", "ou", "l'autre"] => any(),
        ["au", "moins", "l'une" | "l'un" | "une" | "un"]
        | ["l'une" | "l'un" | "une" | "un", "au", "moins"] => any(),
        ["au", "moins", n] | [n, "au", "moins"] => count(n).map(|n| format!("au moins {n} de")),
        ["au", "plus", n] | [n, "au", "plus"] => count(n).map(|n| format!("au plus {n} de")),
        ["exactement", n] | [n, "exactement"] => count(n).map(|n| format!("exactement {n} de")),
        ["aucune" | "aucun"] => Some("aucun de".to_owned()),
        [n] => count(n).map(|n| format!("au moins {n} de")),
        _ => None,
    }
}

/// Whether a name is that of the day on which a dossier is examined.
pub(crate) fn is_today(name: &str) -> bool {
    let name = name.to_lowercase().replace('’', "'");
    let bare =
        [" du dossier", " de la demande", " de ce dossier"].iter().find_map(|of| name.strip_suffix(of));
    let said = bare.unwrap_or(&name);
    TODAY.contains(&said) || bare.is_some() && said == "date d'examen"
}

/// What says a value that starts so, where the language says it otherwise.
pub(crate) fn value(name: &str) -> Option<&'static str> {
    said(VALUES, name)
}

fn said(table: &[(&[&str], &'static str)], text: &str) -> Option<&'static str> {
    let text = text.to_lowercase().replace('’', "'");
    table.iter().find(|(turns, _)| turns.iter().any(|turn| starts(&text, turn))).map(|(_, says)| *says)
}
