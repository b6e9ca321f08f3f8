//! Figures as they are written elsewhere: « 6 k€ », « 10.000,50 € », « 10 euros », « 1 an et demi », « 01.02.2025 ».

use crate::syntax::letter::is_blank;
use crate::syntax::turns;
use crate::wording::MONTHS;

/// Units that a figure does not carry: the fact's question says them.
const UNITS: [&str; 23] = [
    "ha",
    "hectares",
    "hectare",
    "km",
    "km²",
    "m²",
    "m",
    "mètres",
    "kilomètres",
    "kg",
    "tonnes",
    "h",
    "heures",
    "heure",
    "habitants",
    "personnes",
    "patients",
    "points",
    "lits",
    "places",
    "salariés",
    "médecins",
    "enfants",
];

/// A figure of a text that the language writes otherwise.
pub(super) struct Figure {
    /// Where it stands in the text.
    pub from: usize,
    pub to: usize,
    /// What is to be written.
    pub written: String,
    pub code: &'static str,
    pub message: String,
}

/// The figures of a line that would be written otherwise, quotations and comments left out.
pub(super) fn of(line: &str) -> Vec<Figure> {
    let mut found = Vec::new();
    let (mut at, mut depth, mut before) = (0, 0_usize, ' ');
    while let Some(c) = line.get(at..).and_then(|rest| rest.chars().next()) {
        match c {
            '«' => depth += 1,
            '»' => depth = depth.saturating_sub(1),
            '#' if depth == 0 => {
                at += line.get(at..).and_then(|rest| rest.find('\n')).unwrap_or(line.len() - at - 1)
            }
            c if depth == 0 && c.is_ascii_digit() && !before.is_alphanumeric() => {
                let length = digits(line.get(at..).unwrap_or(""));
                found.extend(figure(line, at, at + length));
                at += length;
                before = '0';
                continue;
            }
            _ => {}
        }
        before = c;
        at += c.len_utf8();
    }
    found
}

/// How long a figure is, with the signs between its digits.
fn digits(text: &str) -> usize {
    let mut end = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().is_some_and(|(_, c)| c.is_ascii_digit());
        match c {
            c if c.is_ascii_digit() => end = at + 1,
            c if next && (is_blank(c) || matches!(c, '.' | ',' | '\'' | '’')) => {}
            _ => break,
        }
    }
    end
}

fn figure(line: &str, from: usize, to: usize) -> Option<Figure> {
    let (written, rest) = (line.get(from..to)?, line.get(to..)?);
    if let Some((length, date)) = short_year(line.get(from..)?) {
        let message = "l'année s'écrit en quatre chiffres".to_owned();
        return Some(Figure { from, to: from + length, written: date, code: "date-mal-ecrite", message });
    }
    if let Some((length, date)) = dashed_date(line.get(from..)?) {
        let to = from + length;
        let message = format!("une date s'écrit comme en français, pas « {} »", line.get(from..to)?);
        return Some(Figure { from, to, written: date, code: "date-mal-ecrite", message });
    }
    if let Some(date) = dotted_date(written) {
        let message = format!("une date s'écrit comme en français, pas « {written} »");
        return Some(Figure { from, to, written: date, code: "date-mal-ecrite", message });
    }
    let number = number(written)?;
    let after = rest.trim_start_matches(is_blank);
    let blanks = rest.len() - after.len();
    let plain = number == written;
    match turns::unit(after) {
        Some((length, unit, zeros)) => {
            let to = to + blanks + length;
            let own = after.get(..length)?;
            if let Some(months) = half_more(&number, unit, after.get(length..)?) {
                let to = to + " et demi".len();
                let message = "une durée compte des mois entiers".to_owned();
                return Some(Figure { from, to, written: months, code: "duree-non-entiere", message });
            }
            let whole = if zeros == 0 { number } else { in_full(&number, zeros)? };
            let (code, message) = match zeros {
                0 if unit == "€" || unit == "%" => {
                    ("signe-en-mots", format!("« {own} » s'écrit « {unit} »"))
                }
                0 => ("tournure", format!("« {own} » s'écrit « {unit} »")),
                _ => ("unite-inconnue", format!("« {own} » s'écrit en entier")),
            };
            // « 3ans »: a sign may stand against its figure, a word may not.
            let glued = blanks == 0 && unit.starts_with(char::is_alphabetic);
            (own != unit || !plain || glued).then(|| Figure {
                from,
                to,
                written: format!("{whole} {unit}"),
                code,
                message,
            })
        }
        None if plain => {
            let word = after.split([' ', ')', ',', ':', '\n', '\u{a0}', '\u{202f}']).next()?;
            let counted = UNITS.contains(&word);
            let message = match short(word) {
                Some(unit) => {
                    format!(
                        "« {word} » s'écrit « {unit} », et ne s'écrit pas là où le nombre n'a pas d'unité"
                    )
                }
                None => format!("un nombre s'écrit sans « {word} » : la question du fait dit l'unité"),
            };
            let to = to + blanks + word.len();
            // « majoré de 10 points »: nothing else is raised by points.
            const RAISED: [&str; 5] =
                ["majoré de ", "minoré de ", "augmenté de ", "diminué de ", "majorée de "];
            let before = line.get(..from).unwrap_or("");
            if matches!(word, "points" | "point" | "pts") && RAISED.iter().any(|head| before.ends_with(head))
            {
                let (message, written) = (format!("« {word} » s'écrit « % »"), format!("{number} %"));
                return Some(Figure { from, to, written, code: "tournure", message });
            }
            counted.then_some(Figure { from, to, written: number, code: "unite-inconnue", message })
        }
        None => {
            let message = format!("« {written} » s'écrit « {number} »");
            Some(Figure { from, to, written: number, code: "point-decimal", message })
        }
    }
}

/// How a unit in words is written after a figure.
fn short(word: &str) -> Option<&'static str> {
    const SHORT: [(&str, &str); 8] = [
        ("mètre", "m"),
        ("kilomètre", "km"),
        ("hectare", "ha"),
        ("kilo", "kg"),
        ("kilogramme", "kg"),
        ("tonne", "t"),
        ("litre", "litres"),
        ("heure", "heures"),
    ];
    let one = word.trim_end_matches('s');
    SHORT.into_iter().find(|(said, unit)| *said == one && *unit != word).map(|(_, unit)| unit)
}

/// A number as the language writes it, of one whose signs leave no doubt; as it is where they are its own.
fn number(written: &str) -> Option<String> {
    let plain: String =
        written.chars().map(|c| if is_blank(c) || matches!(c, '\'' | '’') { ' ' } else { c }).collect();
    let (points, commas) = (plain.matches('.').count(), plain.matches(',').count());
    let grouped = |whole: &str, sign: char| {
        let mut groups = whole.split(sign);
        let first = groups.next().unwrap_or("");
        (1..=3).contains(&first.len()) && groups.all(|group| group.len() == 3)
    };
    match (points, commas) {
        (0, 0 | 1) => Some(if written.contains(['\'', '’']) { plain } else { written.to_owned() }),
        // « 10.000,50 »
        (1.., 1) if plain.rfind(',') > plain.rfind('.') => {
            let (whole, decimals) = plain.split_once(',')?;
            (grouped(whole, '.') && !decimals.contains('.'))
                .then(|| format!("{},{decimals}", whole.replace('.', " ")))
        }
        // « 10,000.50 »
        (1, 1..) => {
            let (whole, decimals) = plain.split_once('.')?;
            (grouped(whole, ',') && !decimals.contains(','))
                .then(|| format!("{},{decimals}", whole.replace(',', " ")))
        }
        // « 1.000.000 », « 1,000,000 »
        (2.., 0) => grouped(&plain, '.').then(|| plain.replace('.', " ")),
        (0, 2..) => grouped(&plain, ',').then(|| plain.replace(',', " ")),
        _ => None,
    }
}

/// `01.02.2025`
fn dotted_date(written: &str) -> Option<String> {
    let mut parts = written.split('.');
    date_of(parts.next()?, parts.next()?, parts.next()?).filter(|_| parts.next().is_none())
}

/// `01/02/25`: how long it is, and the date of this century.
fn short_year(rest: &str) -> Option<(usize, String)> {
    let length = rest.find(|c: char| !c.is_ascii_digit() && c != '/').unwrap_or(rest.len());
    let mut parts = rest.get(..length)?.split('/');
    let (day, month, year) = (parts.next()?, parts.next()?, parts.next().filter(|year| year.len() == 2)?);
    let date = date_of(day, month, &format!("20{year}")).filter(|_| parts.next().is_none())?;
    Some((length, date))
}

/// `01-02-2025`: how long it is, and the date.
pub(crate) fn dashed_date(rest: &str) -> Option<(usize, String)> {
    let length = rest.find(|c: char| !c.is_ascii_digit() && c != '-').unwrap_or(rest.len());
    let mut parts = rest.get(..length)?.split('-');
    let date = date_of(parts.next()?, parts.next()?, parts.next()?).filter(|_| parts.next().is_none())?;
    Some((length, date))
}

/// A date in words, of its day, its month and its year in figures.
pub(crate) fn date_of(day: &str, month: &str, year: &str) -> Option<String> {
    let figures = |part: &str, most: usize| {
        ((1..=most).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit()))
            .then(|| part.parse::<usize>().ok())?
    };
    let (day, month) = (figures(day, 2)?, figures(month, 2)?);
    let name = MONTHS.get(month.checked_sub(1)?)?;
    let year = figures(year, 4).filter(|_| year.len() == 4)?;
    let er = if day == 1 { "er" } else { "" };
    (1..=31).contains(&day).then(|| format!("{day}{er} {name} {year}"))
}

/// `1 an et demi`, in months.
fn half_more(number: &str, unit: &str, after: &str) -> Option<String> {
    let half = after.strip_prefix(" et demi")?;
    let years: u32 = number.parse().ok().filter(|_| matches!(unit, "an" | "ans"))?;
    let months = years.checked_mul(12)?.checked_add(6)?;
    (!half.starts_with(char::is_alphanumeric)).then(|| format!("{months} mois"))
}

/// A figure with so many zeros more, its digits in groups of three.
fn in_full(figure: &str, zeros: usize) -> Option<String> {
    let bare: String = figure.chars().filter(|c| !c.is_whitespace()).collect();
    let (whole, decimals) = bare.split_once(',').unwrap_or((&bare, ""));
    let decimals = decimals.trim_end_matches('0');
    let added = zeros.checked_sub(decimals.len())?;
    let digits = format!("{whole}{decimals}{}", "0".repeat(added));
    let digits = digits.trim_start_matches('0');
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at) % 3 == 0 {
            out.push(' ');
        }
        out.push(digit);
    }
    (!out.is_empty()).then_some(out)
}
