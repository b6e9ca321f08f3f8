//! What a line may become, said as the language says it: one change each. Whoever asks reads the line again, and
//! keeps a change after which it reads; none changes what the line means.

mod anywhere;
mod ends;
mod first;

use std::ops::Range;

use super::{SAID_WORDS, between, head_of, quantity, said_as};
use anywhere::ANYWHERE;
use first::FIRST;

/// The days of the week, which a date does without.
const DAYS: [&str; 7] = ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"];

/// The changes of a line, each where it is made; `at` is where the line stops making sense, as this code says.
pub(crate) fn rewrites(line: &str, at: usize, code: &str) -> Vec<(Range<usize>, String)> {
    let words = words_of(line);
    let mut all = Vec::new();
    for (rank, word) in words.iter().enumerate() {
        let text = line.get(word.clone()).unwrap_or("");
        if rank == 0 {
            turns_of(line, FIRST, word.start, &mut all);
        }
        turns_of(line, ANYWHERE, word.start, &mut all);
        let next = words.get(rank + 1).and_then(|next| line.get(next.clone()));
        if next == Some(text) || DAYS.contains(&&*text.to_lowercase()) {
            all.push((word.start..after_blank(line, word.end), String::new()));
        }
        let bare = text.strip_prefix("non-").map(|bare| format!("non {bare}"));
        if let Some((length, date)) =
            crate::syntax::dashed_date(text).filter(|(length, _)| *length == text.len())
        {
            all.push((word.start..word.start + length, date));
        }
        if let Some(figure) = in_digits(text).or_else(|| without_dots(text)).or(bare) {
            all.push((word.clone(), figure));
        }
        for count in (1..=SAID_WORDS).rev() {
            let Some(last) = words.get(rank + count - 1) else { continue };
            let run = line.get(word.start..last.end).unwrap_or("");
            let place = word.start..last.end;
            if rank > 0 {
                all.extend(between(run).map(|says| (place.clone(), says.to_owned())));
                let run: Vec<&str> = run.split_whitespace().collect();
                all.extend(said_as(&run).map(|says| (place.clone(), says.to_owned())));
            }
            all.extend(quantity(run).filter(|says| says.contains(' ')).map(|says| (place, says)));
        }
    }
    all.extend(by_slash(line));
    all.extend(range_of(line, &words));
    all.extend(bound_after(line, &words));
    all.extend(ends::open_end(line, &words));
    all.extend(case_first(line));
    all.extend(super::types::meant(line));
    all.extend(bare_band(line));
    all.extend(dashed_band(line));
    all.extend(cited(line));
    all.extend(capped(line, &words));
    if line.contains("au prorata de") && !line.contains(" sur ") && !line.contains('/') {
        let end = line.trim_end().len();
        all.push((end..end, " sur 100 %".to_owned()));
    }
    all.extend(other_unit(line, &words));
    all.extend(lasting(line, &words));
    if let Some(at) = line.find(" = ").filter(|_| line.trim_start().starts_with("définition ")) {
        all.push((at..at + " = ".len(), "\n  vaut ".to_owned()));
    }
    all.extend(added(line));
    all.extend(moved_deadline(line, &words));
    all.extend(unquoted(line));
    if line.trim_end().ends_with(':') {
        let end = line.trim_end().len();
        all.push((line.get(..end - 1).map_or(0, |head| head.trim_end().len())..end, String::new()));
    }
    if let Some(first) = words.first().filter(|_| code == "mot-cle-inconnu" && !line.contains(':')) {
        for opening in ["vaut ", "montant ", "exige "] {
            all.push((first.start..first.start, opening.to_owned()));
        }
    }
    if line.is_char_boundary(at) && at > 0 && matches!(code, "signe-manquant" | "suite-inattendue") {
        let before = line.get(..at).unwrap_or("").trim_end();
        // What starts a line lacks nothing before it.
        let signs: &[&str] = if before.trim().is_empty() { &[] } else { &[" :", " de"] };
        for sign in signs {
            all.push((before.len()..before.len(), (*sign).to_owned()));
        }
    }
    all
}

/// « 14 €/m² », « 22 € / h »: an amount by a unit.
fn by_slash(line: &str) -> Vec<(Range<usize>, String)> {
    const SHORT: [(&str, &str); 12] = [
        ("h", "heure"),
        ("hr", "heure"),
        ("j", "jour"),
        ("jr", "jour"),
        ("an", "an"),
        ("ans", "an"),
        ("m2", "m²"),
        ("sem", "semaine"),
        ("pers", "personne"),
        ("tr", "trimestre"),
        ("heures", "heure"),
        ("jours", "jour"),
    ];
    let one = |(at, _): (usize, &str)| {
        let figure = line.get(..at)?.trim_end().strip_suffix('€')?;
        let number = figure
            .trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, ',' | ' ' | '\u{a0}' | '\u{202f}'));
        let start = figure.len() - figure.get(number.len()..)?.trim_start().len();
        let rest = line.get(at + 1..)?;
        let from = at + 1 + (rest.len() - rest.trim_start().len());
        let after = line.get(from..)?;
        let unit = after.split(|c: char| !c.is_alphanumeric()).next()?;
        let whole = SHORT.iter().find(|(short, _)| *short == unit).map_or(unit, |(_, unit)| unit);
        let says = format!("{} € par {whole}", figure.get(start..)?.trim_end());
        (!unit.is_empty()).then(|| (start..from + unit.len(), says))
    };
    line.match_indices('/').filter_map(one).collect()
}

/// What these turns make of a line from a place on, the longest first.
fn turns_of(line: &str, table: &[(&[&str], &str)], start: usize, all: &mut Vec<(Range<usize>, String)>) {
    let rest = line.get(start..).unwrap_or("");
    let mut found: Vec<(usize, &str)> = table
        .iter()
        .flat_map(|(turns, says)| turns.iter().filter_map(|turn| Some((head_of(rest, turn)?, *says))))
        .collect();
    found.sort_by_key(|(length, _)| std::cmp::Reverse(*length));
    all.extend(found.into_iter().map(|(length, says)| {
        let end = if says.is_empty() { after_blank(rest, length) } else { length };
        let before = line.get(..start).unwrap_or("");
        let glued = says == ":" && !before.ends_with(' ');
        // A comma stands against the word before it.
        let start = if says.starts_with(',') { before.trim_end_matches(' ').len() } else { start };
        let end = end + (before.len() - start.min(before.len()));
        (start..start + end, if glued { " :".to_owned() } else { says.to_owned() })
    }));
}

fn after_blank(text: &str, end: usize) -> usize {
    let rest = text.get(end..).unwrap_or("");
    end + (rest.len() - rest.trim_start_matches(' ').len())
}

/// The words and signs of a line, what is quoted left out.
fn words_of(line: &str) -> Vec<Range<usize>> {
    let mut words: Vec<Range<usize>> = Vec::new();
    let (mut open, mut quoted) = (None, false);
    for (at, c) in line.char_indices().chain([(line.len(), ' ')]) {
        quoted = (quoted || c == '«') && c != '»';
        let ends = c.is_whitespace() || quoted || matches!(c, '»' | '(' | ')' | ',' | ';');
        if ends {
            words.extend(open.take().map(|start| start..at));
            let parts = matches!(c, ',' | ';')
                && line.get(at + 1..).is_some_and(|rest| !rest.starts_with(|c: char| c.is_ascii_digit()));
            if parts && !quoted {
                words.push(at..at + 1);
            }
        } else {
            open = open.or(Some(at));
        }
    }
    words
}

/// « 1O » is 10: a figure with letters that look like digits.
fn in_digits(word: &str) -> Option<String> {
    let meant: Option<String> = word
        .chars()
        .map(|c| match c {
            'O' | 'o' => Some('0'),
            'l' | 'I' => Some('1'),
            c => c.is_ascii_digit().then_some(c),
        })
        .collect();
    meant.filter(|_| word.contains(|c: char| c.is_ascii_digit()) && word.contains(char::is_alphabetic))
}

/// « C.D.I. » is CDI, and `demande . complète` one name.
fn without_dots(word: &str) -> Option<String> {
    let letters: Vec<&str> = word.split('.').filter(|part| !part.is_empty()).collect();
    let is_capital = |part: &&str| part.chars().count() == 1 && part.chars().all(char::is_uppercase);
    (letters.len() > 1 && letters.iter().all(is_capital)).then(|| letters.concat())
}

/// « sans que l'aide puisse excéder 1 200 € », « l'aide ne peut dépasser 1 200 € », at the start of a line.
fn capped(line: &str, words: &[Range<usize>]) -> Option<(Range<usize>, String)> {
    const VERBS: [&str; 6] = ["excéder", "dépasser", "excède", "dépasse", "supérieure", "supérieur"];
    let text = |rank: usize| words.get(rank).and_then(|word| line.get(word.clone())).unwrap_or("");
    let denied = (0..words.len()).any(|rank| matches!(text(rank), "sans" | "ne" | "pas" | "limite"));
    let verb = (0..words.len().min(12)).find(|rank| VERBS.contains(&text(*rank)))?;
    let last = if text(verb + 1) == "à" { verb + 1 } else { verb };
    denied.then_some((words.first()?.start..words.get(last)?.end, "plafonné à".to_owned()))
}

/// « 1 200 € par an » without its period, « 20 jours » as a count: a figure of another unit.
fn other_unit(line: &str, words: &[Range<usize>]) -> Vec<(Range<usize>, String)> {
    let text = |rank: usize| words.get(rank).and_then(|word| line.get(word.clone())).unwrap_or("");
    let mut all = Vec::new();
    for rank in 0..words.len() {
        let (Some(word), Some(next)) = (words.get(rank), words.get(rank + 1)) else { continue };
        if text(rank) == "€" && text(rank + 1) == "par" {
            const OF_TIME: [&str; 7] = ["mois", "an", "année", "trimestre", "jour", "semestre", "heure"];
            let last = words.get(rank + 2).filter(|_| OF_TIME.contains(&text(rank + 2)));
            all.extend(last.map(|last| (word.end..last.end, String::new())));
        }
        let counted = text(rank).ends_with(|c: char| c.is_ascii_digit());
        const UNITS: [&str; 16] = [
            "jours",
            "jour",
            "mois",
            "ans",
            "an",
            "heures",
            "heure",
            "h",
            "m²",
            "km",
            "m",
            "personnes",
            "points",
            "unités",
            "années",
            "fois",
        ];
        if counted && UNITS.contains(&text(rank + 1)) {
            all.push((word.end..next.end, String::new()));
        }
    }
    all
}

/// « 3 semaines », « un trimestre », « dans la quinzaine »: in days and in months, as a duration is counted.
fn lasting(line: &str, words: &[Range<usize>]) -> Vec<(Range<usize>, String)> {
    const LENGTHS: [(&str, u32, &str); 6] = [
        ("semaine", 7, "jours"),
        ("quinzaine", 15, "jours"),
        ("trimestre", 3, "mois"),
        ("semestre", 6, "mois"),
        ("bimestre", 2, "mois"),
        ("décennie", 10, "ans"),
    ];
    let text = |rank: usize| words.get(rank).and_then(|word| line.get(word.clone())).unwrap_or("");
    let mut all = Vec::new();
    for rank in 1..words.len() {
        let bare = text(rank).strip_suffix('s').unwrap_or(text(rank));
        let Some((_, length, unit)) = LENGTHS.into_iter().find(|(said, ..)| *said == bare) else { continue };
        let (Some(first), Some(last)) = (words.get(rank - 1), words.get(rank)) else { continue };
        // « une quinzaine de jours »
        let of_days = text(rank + 1) == "de" && text(rank + 2) == "jours";
        let end = words.get(rank + 2).filter(|_| of_days).map_or(last.end, |word| word.end);
        let counted = super::number(text(rank - 1)).and_then(|count| count.parse::<u32>().ok());
        if let Some(count) = counted.and_then(|count| count.checked_mul(length)) {
            all.push((first.start..end, format!("{count} {unit}")));
        } else if text(rank - 1) == "la" || text(rank - 1) == "le" {
            all.push((first.start..end, format!("les {length} {unit}")));
        }
    }
    all
}

/// « plus de 300 licenciés : … », « de 101 licenciés à 300 licenciés : … »: a line of a scale says its figures alone.
fn bare_band(line: &str) -> Option<(Range<usize>, String)> {
    const HEADS: [&str; 9] = [
        "jusqu'à",
        "plus de",
        "moins de",
        "de",
        "à partir de",
        "au-delà de",
        "entre",
        "pour",
        "au-dessus de",
    ];
    let (band, _) = line.split_once(" : ").filter(|(band, _)| !band.contains(['\n', '«']))?;
    let said = band.trim_start();
    // « 0 à 100 : … »
    if said.starts_with(|c: char| c.is_ascii_digit()) && said.contains(" à ") {
        let start = band.len() - said.len();
        return Some((start..start, "de ".to_owned()));
    }
    HEADS.iter().find(|head| head_of(said, head).is_some())?;
    let start = band.len() - said.len();
    let mut out: Vec<String> = Vec::new();
    let mut counted = false;
    for word in said.split_whitespace() {
        let in_letters = quantity(word).filter(|figure| !matches!(figure.as_str(), "1"));
        let word = in_letters.as_deref().unwrap_or(word);
        let figure = word.starts_with(|c: char| c.is_ascii_digit());
        let joint = matches!(word, "jusqu'à" | "jusqu’à" | "à" | "et" | "moins" | "de" | "plus" | "€" | "%");
        if !counted || figure || joint {
            out.push(word.to_owned());
        }
        counted = figure || counted && !joint;
    }
    let says = out.join(" ");
    let end = band.trim_end().len();
    (says != said.trim_end()).then_some((start..end, says))
}

/// « 501 - 1 500 : … », « ]500 ; 1 500] : … », « 500 < population ≤ 1 500 : … »: a line of a scale between two ends.
fn dashed_band(line: &str) -> Vec<(Range<usize>, String)> {
    let Some((band, _)) = line.split_once(" : ") else { return Vec::new() };
    let said = band.trim();
    let start = band.len() - band.trim_start().len();
    let opened = said.trim_start_matches(['[', ']']);
    let closed = opened.trim_end_matches(['[', ']']);
    let ends = [" - ", " – ", " — ", " ; ", "–", "—", "-", ";", " < ", " ≤ "].into_iter().find_map(|sign| {
        let (low, high) = closed.split_once(sign)?;
        // « 500 < population ≤ 1 500 »: what is read stands between.
        let Some(of) = sign.trim().strip_prefix(['<', '≤']) else { return Some((low, high, false, false)) };
        let strict = sign.trim() == "<";
        let (_, high, below) = [(" ≤ ", false), (" < ", true)]
            .into_iter()
            .find_map(|(sign, below)| high.split_once(sign).map(|(name, high)| (name, high, below)))?;
        of.is_empty().then_some((low, high, strict, below))
    });
    let Some((low, high, after, below)) = ends else { return Vec::new() };
    let (low, high) = (low.trim(), high.trim());
    let figure = |end: &str| end.starts_with(|c: char| c.is_ascii_digit());
    if !figure(low) || !figure(high) {
        return Vec::new();
    }
    let counted = |c: char| c.is_ascii_digit() || matches!(c, ' ' | ',' | '\u{a0}' | '\u{202f}');
    let unit = high.trim_start_matches(counted);
    let bare = !unit.is_empty() && low.trim_start_matches(counted).is_empty();
    let low = if bare { format!("{low} {unit}") } else { low.to_owned() };
    let after = after || said.starts_with(']');
    let below = below || opened.ends_with('[');
    let forms = match (after, below) {
        (true, true) => vec![format!("plus de {low} à moins de {high}")],
        (true, false) => vec![format!("plus de {low} jusqu'à {high}")],
        (false, true) => vec![format!("de {low} à moins de {high}")],
        (false, false) if said.starts_with('[') => vec![format!("de {low} à {high}")],
        (false, false) => vec![format!("de {low} à {high}"), format!("plus de {low} jusqu'à {high}")],
    };
    let end = start + said.len();
    forms.into_iter().map(|says| (start..end, says)).collect()
}

/// « guide « … » » under a reading, « voir guide, art. 2 »: where a passage stands is said by « selon ».
fn cited(line: &str) -> Vec<(Range<usize>, String)> {
    const TURNS: [&str; 12] = [
        "cf.",
        "cf",
        "voir",
        "source",
        "source :",
        "réf.",
        "référence",
        "d'après",
        "suivant",
        "en application de",
        "dans",
        "vu",
    ];
    let said = line.trim_start();
    let option = said.strip_prefix("- ").and_then(|rest| rest.find(": ").map(|at| at + 4));
    let start = line.len() - said.len() + option.unwrap_or(0);
    let rest = line.get(start..).unwrap_or("");
    let blank = rest.len() - rest.trim_start().len();
    let (start, rest) = (start + blank, rest.trim_start());
    if !rest.contains('«') && option.is_none() {
        return Vec::new();
    }
    let mut all: Vec<_> = TURNS
        .iter()
        .filter_map(|turn| Some((start..start + head_of(rest, turn)?, "selon".to_owned())))
        .collect();
    if option.is_some() {
        all.push((start..start, "selon ".to_owned()));
    }
    all
}

/// « de 16 à 25 », where a value is compared.
fn range_of(line: &str, words: &[Range<usize>]) -> Option<(Range<usize>, String)> {
    let text = |rank: usize| words.get(rank).and_then(|word| line.get(word.clone()));
    let figure = |rank: usize| text(rank).is_some_and(|word| word.starts_with(|c: char| c.is_ascii_digit()));
    let from = (1..words.len()).find(|rank| text(*rank) == Some("de") && figure(rank + 1))?;
    let to = (from + 2..words.len()).find(|rank| text(*rank) == Some("à") && figure(rank + 1))?;
    let first = from - usize::from(text(from - 1) == Some("est"));
    let (start, low, end) = (words.get(first)?.start, words.get(from + 1)?.start, words.get(to)?);
    Some((start..end.end, format!("est entre {}et", line.get(low..end.start)?)))
}

/// « revenu de 12 000 € au maximum », « foyers = 5 ou plus »: what bounds a figure is said before it.
fn bound_after(line: &str, words: &[Range<usize>]) -> Vec<(Range<usize>, String)> {
    const ENDS: [(&str, &str); 14] = [
        ("ou plus", "≥"),
        ("et plus", "≥"),
        ("ou davantage", "≥"),
        ("au moins", "≥"),
        ("au minimum", "≥"),
        ("minimum", "≥"),
        ("min", "≥"),
        ("ou moins", "≤"),
        ("et moins", "≤"),
        ("au plus", "≤"),
        ("au maximum", "≤"),
        ("maximum", "≤"),
        ("max", "≤"),
        ("tout au plus", "≤"),
    ];
    const BEFORE: [&str; 8] = ["=", "de", "d'", "est", "≥", "≤", ":", "à"];
    let text = |rank: usize| words.get(rank).and_then(|word| line.get(word.clone())).unwrap_or("");
    let digits = |rank: usize| text(rank).starts_with(|c: char| c.is_ascii_digit());
    let mut all = Vec::new();
    for end in 1..words.len() {
        let rest = words.get(end).and_then(|word| line.get(word.start..)).unwrap_or("");
        let said = ENDS.iter().filter_map(|(turn, sign)| Some((head_of(rest, turn)?, *sign)));
        let Some((length, sign)) = said.max_by_key(|(length, _)| *length) else { continue };
        // The figure, with its unit: « 12 000 € par mois ».
        let Some(last) = (end.saturating_sub(4)..end).rev().find(|rank| digits(*rank)) else { continue };
        let mut first = last;
        while first > 1 && digits(first - 1) {
            first -= 1;
        }
        let (Some(start), Some(stop)) = (words.get(first), words.get(end - 1)) else { continue };
        let figure = line.get(start.start..stop.end).unwrap_or("");
        let until = words.get(end).map_or(0, |word| word.start + length);
        let mut from = first;
        while from > 1 && BEFORE.contains(&text(from - 1)) && text(from - 1) != ":" {
            from -= 1;
        }
        let place = words.get(from).map_or(start.start, |word| word.start);
        all.push((place..until, format!("{sign} {figure}")));
    }
    all
}

/// « si apprenti : 600 € », « si apprenti alors 600 € »: the case comes after the value.
fn case_first(line: &str) -> Vec<(Range<usize>, String)> {
    let said = line.trim_start();
    let start = line.len() - said.len();
    let heads = ["montant si ", "vaut si ", "si ", "lorsque ", "quand "];
    let Some(rest) = heads.into_iter().find_map(|head| said.strip_prefix(head)) else { return Vec::new() };
    let parted = [" alors ", " : ", ", alors ", ", "].into_iter().find_map(|sign| rest.split_once(sign));
    let Some((case, value)) = parted else { return Vec::new() };
    let value = value.trim().trim_start_matches("montant ").trim_start_matches("vaut ");
    let end = line.trim_end().len();
    let says = |verb: &str| (start..end, format!("{verb} {value} si {}", case.trim_end_matches(',')));
    vec![says("montant"), says("vaut")]
}

/// « montant forfait et garde »: two amounts are added. A condition joined by « et » is no sum.
fn added(line: &str) -> Option<(Range<usize>, String)> {
    let said = line.trim_start();
    let sums = ["montant", "vaut", "au plus tard"];
    let is_sum = sums.into_iter().any(|head| head_of(said, head).is_some());
    let at = line.find(" et ").filter(|_| is_sum && !line.contains(" si ") && !line.contains(" dont "))?;
    Some((at + 1..at + " et".len(), "+".to_owned()))
}

/// « au plus tard 3 mois à compter de D » is `au plus tard D + 3 mois`.
fn moved_deadline(line: &str, words: &[Range<usize>]) -> Option<(Range<usize>, String)> {
    let start = words.first()?.start;
    let rest = line.get(start..)?;
    let turns = ["au plus tard dans un délai de", "au plus tard", "délai de", "délai :", "dans", "sous"];
    let length = turns.into_iter().find_map(|turn| head_of(rest, turn))?;
    let (_, says) = super::deadline(&format!("dans un délai de{}", rest.get(length..)?))?;
    Some((start..line.trim_end().len(), format!("au plus tard {says}")))
}

/// Options in guillemets, without them.
fn unquoted(line: &str) -> Vec<(Range<usize>, String)> {
    const QUOTES: [char; 5] = ['«', '»', '"', '“', '”'];
    // What stands between them after « selon » is a passage.
    if line.trim_start().starts_with("selon ") && line.contains('«') {
        return Vec::new();
    }
    let (Some(first), Some(last)) = (line.find(QUOTES), line.rfind(QUOTES)) else { return Vec::new() };
    let end = last + line.get(last..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
    let Some(quoted) = line.get(first..end) else { return Vec::new() };
    let parts: Vec<&str> = quoted.split(QUOTES).map(str::trim).collect();
    let bare = parts.join(" ").replace(" ,", ",");
    vec![(first..end, bare.trim().to_owned())]
}
