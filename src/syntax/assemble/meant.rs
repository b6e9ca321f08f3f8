//! Lines that are written as a text of law has them, and that the language cuts otherwise: « 1° … ; et », « si …,
//! exige … », « à défaut, vaut … », « l'une des conditions suivantes ».

use super::{Clause, Kind};
use crate::diagnostic::Diagnostic;
use crate::source::Span;
use crate::syntax::grammar::{self, Reader};
use crate::syntax::keyword::Keyword;
use crate::syntax::layout::{Line, Start};
use crate::syntax::letter::is_blank;
use crate::syntax::tree::Mode;
use crate::syntax::turns;

/// The length of what stands for a dash at the start of a line: « • », « 1° », « a) ».
pub(super) fn bullet_mark(text: &str) -> Option<usize> {
    let first = text.chars().next()?;
    let length = if matches!(first, '*' | '•' | '·' | '–' | '—' | '−' | '▪' | '◦' | '‣') {
        first.len_utf8()
    } else {
        let end = text.find(|c: char| !c.is_ascii_alphanumeric())?;
        let sign = text.get(end..)?.chars().next().filter(|c| matches!(c, ')' | '°' | '.'))?;
        let label = text.get(..end)?;
        let numbered = label.len() <= 2 && label.bytes().all(|b| b.is_ascii_digit());
        let lettered =
            label.len() == 1 || label.bytes().all(|b| matches!(b, b'i' | b'v' | b'x') && label.len() <= 4);
        (numbered || lettered).then_some(end + sign.len_utf8())?
    };
    text.get(length..)?.starts_with(is_blank).then_some(length)
}

/// Whether bullets may stand under a clause.
pub(super) fn takes_bullets(keyword: Keyword) -> bool {
    matches!(
        keyword,
        Keyword::Requires
            | Keyword::Aims
            | Keyword::Planned
            | Keyword::Favourable
            | Keyword::Unless
            | Keyword::UnlessAny
    )
}

/// Reports lines of a list that start with another sign than a dash, or with none; to where they go.
pub(super) fn list_without_dashes(reader: &Reader<'_>, line: &Line, following: &[&Line]) -> u32 {
    let file = reader.file();
    let length = |line: &Line| bullet_mark(file.slice(line.span));
    let (first, mut until) = (length(line), line.span.end);
    let mut edits = Vec::new();
    let alike = |other: &&&Line| other.start == Start::Other && length(other).is_some() == first.is_some();
    for own in [line].into_iter().chain(following.iter().take_while(alike).copied()) {
        let start = own.span.start as usize;
        let mark = length(own);
        if mark.is_none() && !reader.reads_as_bullet(own.span) {
            break;
        }
        until = own.span.end;
        let new = if mark.is_some() { "-" } else { "- " };
        edits.push((Span::new(start, start + mark.unwrap_or(0)), new.to_owned()));
    }
    let start = line.span.start as usize;
    let (message, end) = match first {
        Some(length) => {
            let mark = file.slice(Span::new(start, start + length));
            (format!("une condition d'une liste commence par « - », pas par « {mark} »"), start + length)
        }
        None => ("une condition d'une liste commence par « - »".to_owned(), line.span.end as usize),
    };
    let help = if edits.len() > 1 { "commencer chacune par « - »" } else { "la commencer par « - »" };
    reader.report(
        Diagnostic::error("puce-sans-tiret", message)
            .at(file, Span::new(start, end), "")
            .help(help)
            .remedy(help, file, edits),
    );
    until
}

/// Reports lines of a scale that start with a dash; to where they go.
pub(super) fn scale_with_dashes(reader: &Reader<'_>, line: &Line, following: &[&Line]) -> u32 {
    let file = reader.file();
    let alike = |other: &&&Line| other.start == Start::Bullet && other.labelled;
    let lines: Vec<&Line> = [line].into_iter().chain(following.iter().take_while(alike).copied()).collect();
    let dash = |line: &Line| Span::new(line.span.start as usize, line.rest.start as usize);
    let edits = lines.iter().map(|line| (dash(line), String::new()));
    let start = line.span.start as usize;
    reader.report(
        Diagnostic::error("signe-en-trop", "une ligne d'un barème ne commence pas par « - »")
            .at(file, Span::new(start, start + 1), "")
            .help("l'enlever")
            .remedy("l'enlever", file, edits),
    );
    lines.last().map_or(line.span.end, |last| last.span.end)
}

/// What a bullet ends or begins with that its list says already.
struct Tail {
    /// Where a sign or a word stands that is too much.
    spans: Vec<Span>,
    word: Option<&'static str>,
    rest: Span,
}

/// The bullets of a list without what joins them in a text of law (« ; », « ou »): one message for all of them.
pub(super) fn bullets_apart(
    reader: &Reader<'_>,
    lines: &[Clause<'_>],
    (clause, head, any): (Keyword, Span, bool),
    counted: Option<Mode>,
) -> Vec<Span> {
    let tails: Vec<Tail> = lines
        .iter()
        .filter_map(|clause| match clause.kind {
            Kind::Bullet(rest) => Some(tail(reader, rest)),
            Kind::Keyword(..) | Kind::Quotation | Kind::Labelled(_) | Kind::Unknown => None,
        })
        .collect();
    let rests = tails.iter().map(|tail| tail.rest).collect();
    let Some(first) = tails.iter().find_map(|tail| tail.spans.first()).copied() else { return rests };
    let file = reader.file();
    let mut edits: Vec<(Span, String)> =
        tails.iter().flat_map(|tail| &tail.spans).map(|span| (*span, String::new())).collect();
    let has = |word| tails.iter().any(|tail| tail.word == Some(word));
    let said = file.slice(first).trim();
    let joint = if has("ou") { "ou" } else { "et" };
    let message = match said {
        "." => "une ligne ne finit pas par un point".to_owned(),
        ";" | "," if !has("ou") && !has("et") => format!("une ligne ne finit pas par « {said} »"),
        _ => format!("« {joint} » ne relie pas deux puces"),
    };
    let place = tails
        .iter()
        .find(|tail| tail.word == Some(joint) && tail.spans.len() == 1)
        .and_then(|tail| tail.spans.first())
        .map_or(first, |span| *span);
    let slice = file.slice(place);
    let skipped = slice.len() - slice.trim_start().len();
    let place = Span::new(place.start as usize + skipped, place.start as usize + slice.trim_end().len());
    let code = if has("et") || has("ou") { "tournure" } else { "signe-en-trop" };
    let problem = Diagnostic::error(code, message).at(file, place, "");
    let all = !any && counted.is_none();
    let none = counted == Some(Mode::None);
    let ends = tails.iter().rev().take(2).collect::<Vec<_>>();
    let last_joined = ends.iter().any(|tail| tail.word == Some("ou"));
    let by_hand = |help: &str| problem.clone().help(help);
    reader.report(match (has("et"), has("ou")) {
        // « a ; b ; ou c »: told before the last, or before each.
        (false, true) if all && !last_joined => {
            by_hand("mettre ce qui va ensemble sur une seule puce, avec des parenthèses")
        }
        (false, true) if all && matches!(clause, Keyword::Requires | Keyword::Aims) => {
            let at = Span::new(head.end as usize, head.end as usize);
            edits.push((at, " l'un de".to_owned()));
            edits.sort_by_key(|(span, _)| span.start);
            let help = format!("écrire « {} l'un de », et enlever les « ou »", file.slice(head));
            problem.clone().help(&help).remedy(help, file, edits)
        }
        (false, true) if all => by_hand(
            "toutes les puces sont exigées ici : relier les conditions par « ou » sur une seule ligne",
        ),
        (true, _) if none => {
            by_hand("aucune de ces puces ne doit être vraie : mettre ce qui va ensemble sur une seule puce")
        }
        (true, false) if any => {
            by_hand("une seule de ces puces suffit ici : relier les conditions par « et » sur une seule puce")
        }
        (true, true) => by_hand("mettre ce qui va ensemble sur une seule puce, avec des parenthèses"),
        _ => problem.clone().help("l'enlever").remedy("l'enlever", file, edits),
    });
    rests
}

fn tail(reader: &Reader<'_>, rest: Span) -> Tail {
    let written = reader.file().slice(rest);
    let start = rest.start as usize;
    let (mut spans, mut word) = (Vec::new(), None);
    let lead = ["soit ", "ou ", "et "].into_iter().find(|lead| written.starts_with(lead)).filter(|_| {
        // A bullet that reads as it stands is its author's own.
        !reader.reads_as_bullet(rest)
    });
    if let Some(lead) = lead {
        spans.push(Span::new(start, start + lead.len()));
        word = Some(if lead == "et " { "et" } else { "ou" });
    }
    let from = lead.map_or(0, str::len);
    let mut kept = written.trim_end();
    loop {
        let shorter = [" et", " ou"]
            .into_iter()
            .find_map(|end| kept.strip_suffix(end).map(|shorter| (shorter, Some(end.trim_start()))))
            .or_else(|| kept.strip_suffix([';', ',', '.']).map(|shorter| (shorter, None)));
        let Some((shorter, own)) = shorter else { break };
        let own = own.map(|own| if own == "et" { "et" } else { "ou" });
        word = own.or(word);
        kept = shorter.trim_end();
    }
    if kept.len() < written.trim_end().len() && kept.len() > from {
        spans.push(Span::new(start + kept.len(), start + written.trim_end().len()));
    }
    let end = kept.len().max(from);
    Tail { spans, word, rest: Span::new(start + from, start + end) }
}

/// `exige l'une des conditions suivantes`: said as the language says it; whether it was reported.
pub(super) fn counted_in_words(
    reader: &Reader<'_>,
    clause: Keyword,
    keyword: Span,
    rest: Span,
    below: &[Clause<'_>],
) -> bool {
    let written = reader.file().slice(rest).trim_end();
    let bare = written.trim_end_matches([':', ' ', '\u{a0}', '\u{202f}']);
    let takes_modes = matches!(clause, Keyword::Requires | Keyword::Aims);
    let counts = !bare.is_empty() && reader.reads_as_count(rest);
    let said = match counts {
        true => (!takes_modes).then(|| bare.to_owned()),
        false => turns::counted(bare),
    };
    let Some(says) = said else { return false };
    let file = reader.file();
    let whole = Span::new(rest.start as usize, rest.start as usize + written.len());
    let message = match counts {
        true => format!("« {bare} » ne se dit que d'un critère"),
        false => format!("« {bare} » se dit autrement"),
    };
    let problem = Diagnostic::error("tournure", message).at(file, whole, "");
    let any = matches!(clause, Keyword::Unless | Keyword::UnlessAny);
    let alone = |help: &str| {
        let gone = Span::new(keyword.end as usize, whole.end as usize);
        problem.clone().help(help).remedy(help, file, [(gone, String::new())])
    };
    reader.report(match says.as_str() {
        "" if !any => alone("l'enlever : toutes les puces sont exigées"),
        "l'un de" if any => alone("l'enlever : une seule puce suffit"),
        says if takes_modes && !says.is_empty() => problem.instead(file, whole, &[says]),
        says => match (says == "l'un de").then(|| alternatives(reader, below)).flatten() {
            Some((span, text)) => {
                let help = format!("écrire « {} {text} »", file.slice(keyword));
                problem.help(&help).remedy(help, file, [(whole.to(span), text)])
            }
            None if counts => {
                problem.help(format!("le dire dans un critère, « exige {bare} », et nommer ici ce critère"))
            }
            None => problem.help("dire la condition sur une seule ligne, avec « et » et « ou »"),
        },
    });
    true
}

/// `au moins deux critères sont remplis`: which, and how many of them, is said by naming them.
pub(super) fn some_met(reader: &Reader<'_>, rest: Span) -> Option<Diagnostic> {
    let bare = reader.file().slice(rest).trim();
    const MET: [&str; 4] = ["rempli", "satisfait", "respecté", "réuni"];
    let (first, last) = (bare.split(' ').next()?, bare.rsplit(' ').next()?);
    let met = MET
        .iter()
        .any(|stem| last.strip_prefix(stem).is_some_and(|end| matches!(end, "" | "e" | "s" | "es")));
    let of = ["critère", "critères", "condition", "conditions"];
    let some = bare.starts_with("au moins ")
        || bare.starts_with("au plus ")
        || bare.starts_with("l'un")
        || matches!(first, "un" | "une" | "plusieurs" | "aucun" | "aucune")
        || turns::number(first).is_some();
    (met && some && bare.split(' ').any(|word| of.contains(&word))).then(|| {
        let help = "nommer les critères : « A ou B » pour l'un des deux ; pour en compter, un critère « exige au moins 2 \
                    de » avec leurs noms en puces, à nommer ici";
        Diagnostic::error("tournure", format!("« {bare} » ne dit pas de quels critères il s'agit"))
            .at(reader.file(), Span::new(rest.start as usize, rest.start as usize + bare.len()), "")
            .help(help)
    })
}

/// The bullets below a line as one condition, any of which is enough, and where the last one ends.
fn alternatives(reader: &Reader<'_>, below: &[Clause<'_>]) -> Option<(Span, String)> {
    let bullets: Vec<Span> = below
        .iter()
        .map_while(|clause| match clause.kind {
            Kind::Bullet(rest) => Some(rest),
            Kind::Keyword(..) | Kind::Quotation | Kind::Labelled(_) | Kind::Unknown => None,
        })
        .collect();
    let said = |rest: &Span| {
        let said = reader.file().slice(*rest).trim_end();
        let plain = reader.reads_as_bullet(*rest) && !said.contains(" si ") && !said.contains('\n');
        plain.then(|| if said.contains(" et ") { format!("({said})") } else { said.to_owned() })
    };
    let all: Option<Vec<String>> = bullets.iter().map(said).collect();
    let all = all.filter(|all| all.len() > 1)?;
    Some((*bullets.last()?, all.join(" ou ")))
}

/// `si C, exige P`: two clauses on one line. Whether it was reported.
pub(super) fn two_clauses(reader: &Reader<'_>, item: Keyword, keyword: Span, rest: Span) -> bool {
    let written = reader.file().slice(rest);
    let found = written.match_indices(' ').find_map(|(at, _)| {
        let (clause, length) = grammar::head(written.get(at + 1..)?)?;
        let main = takes_bullets(clause)
            || matches!(clause, Keyword::Worth | Keyword::Amount | Keyword::Deadline | Keyword::Adjusts);
        let fits = main && item.clauses().contains(&clause);
        let before = written.get(..at)?.trim_end();
        let before = before.strip_suffix(" alors").unwrap_or(before);
        let before = before.trim_end_matches([',', ':', ' ', '\u{a0}']);
        (fits && !before.is_empty()).then_some((before, at + 1, length, clause))
    });
    let Some((condition, at, length, clause)) = found else { return false };
    let start = rest.start as usize;
    if !reader.reads_as_bullet(Span::new(start, start + condition.len())) {
        return false;
    }
    let place = Span::new(start + at, start + at + length);
    let word = reader.file().slice(place);
    let problem = Diagnostic::error("ligne-a-couper", format!("« {word} » commence une ligne")).at(
        reader.file(),
        place,
        "",
    );
    let value = matches!(clause, Keyword::Worth | Keyword::Amount | Keyword::Adjusts);
    reader.report(if value {
        let main = reader.file().slice(Span::new(start + at, rest.end as usize)).trim_end();
        let new = format!("{main} si {condition}");
        let help = format!("écrire « {new} »");
        problem.help(&help).remedy(help, reader.file(), [(keyword.to(rest), new)])
    } else {
        let cut = Span::new(start + condition.len(), start + at);
        let new = format!("\n{}", indent(reader, keyword));
        problem.help("aller à la ligne avant ce mot").remedy("aller à la ligne", reader.file(), [(cut, new)])
    });
    true
}

/// `exige si C alors P`. Whether it was reported.
pub(super) fn condition_first(reader: &Reader<'_>, keyword: Span, rest: Span) -> bool {
    let written = reader.file().slice(rest);
    let Some(after) = written.strip_prefix("si ") else { return false };
    let cut = [" alors ", ", "].into_iter().find_map(|by| after.find(by).map(|at| (at, by.len())));
    let Some((at, length)) = cut else { return false };
    let start = rest.start as usize + "si ".len();
    let condition = Span::new(start, start + at);
    let main = Span::new(start + at + length, rest.end as usize);
    if !reader.reads_as_bullet(condition) || !reader.reads_as_bullet(main) {
        return false;
    }
    let file = reader.file();
    let word = file.slice(keyword);
    let new = format!("si {}\n{}{word} ", file.slice(condition), indent(reader, keyword));
    let help = format!(
        "écrire d'abord la ligne « si {} », puis « {word} {} »",
        file.slice(condition),
        file.slice(main)
    );
    let edit = (Span::new(keyword.start as usize, main.start as usize), new);
    let si = Span::new(rest.start as usize, rest.start as usize + 2);
    reader.report(
        Diagnostic::error("si-deplace", "la condition se met sur une ligne à elle, au-dessus")
            .at(file, si, "")
            .help(&help)
            .remedy(help, file, [edit]),
    );
    true
}

/// `à défaut, vaut X`: the other cases are said after the value. Whether it was reported.
pub(super) fn otherwise_first(reader: &Reader<'_>, line: &Line, item: Option<Keyword>) -> bool {
    let verb = match item {
        Some(Keyword::Definition | Keyword::Result) => "vaut",
        Some(Keyword::Funding | Keyword::Contribution) => "montant",
        _ => return false,
    };
    let text = reader.file().slice(line.span);
    let Some(length) = turns::otherwise(text) else { return false };
    let value = text.get(length..).unwrap_or("").trim_start_matches([',', ':', ' ', '\u{a0}']);
    let value = ["vaut ", "montant "].into_iter().find_map(|own| value.strip_prefix(own)).unwrap_or(value);
    if value.is_empty() || value.contains('\n') {
        return false;
    }
    let start = line.span.start as usize;
    let place = Span::new(start, start + length);
    let message = format!("« {} » se dit après la valeur", reader.file().slice(place));
    let new = format!("{verb} {value} dans les autres cas");
    let help = format!("écrire « {new} »");
    reader.report(Diagnostic::error("tournure", message).at(reader.file(), place, "").help(&help).remedy(
        help,
        reader.file(),
        [(line.span, new)],
    ));
    true
}

/// The blanks before a line's first word.
fn indent<'a>(reader: &Reader<'a>, keyword: Span) -> &'a str {
    let text = reader.file().text();
    let before = text.get(..keyword.start as usize).unwrap_or("");
    let line = before.rfind('\n').map_or(before, |end| before.get(end + 1..).unwrap_or(""));
    line.get(..line.len() - line.trim_start_matches(is_blank).len()).unwrap_or("")
}

/// `source loi, art. 2` under an item: a passage that is cited. Whether it was reported.
pub(super) fn cited_as_source(reader: &Reader<'_>, keyword: Span, rest: Span, item: Option<Keyword>) -> bool {
    let cites = item.is_some_and(|item| item.clauses().contains(&Keyword::Cites));
    let written = reader.file().slice(rest);
    // A source that is declared has a title.
    let declares = written.contains(['«', '"', '“']);
    if !cites || declares || super::heads::is_unindented(reader, keyword) {
        return false;
    }
    let message = "un passage se cite par « selon »".to_owned();
    let problem = Diagnostic::error("tournure", message).at(reader.file(), keyword, "");
    reader.report(problem.instead(reader.file(), keyword, &["selon"]));
    true
}

/// Whether what the item at the end of a text cites may ask for one of several conditions alone.
pub(super) fn cites_one_of(text: &str) -> bool {
    let item = text.get(text.rfind("\n\n").unwrap_or(0)..).unwrap_or("");
    let cited: Vec<&str> = item.split(['«', '»']).skip(1).step_by(2).collect();
    let mut words = cited.iter().flat_map(|said| said.split([' ', '\n', ',', ';', ':']));
    words.any(|word| matches!(word, "ou" | "soit" | "l'un" | "l'une" | "l’un" | "l’une"))
}

/// `vaut en fonction de X`, above the lines of a scale: whether it was reported.
pub(super) fn scale_in_words(reader: &Reader<'_>, rest: Span) -> bool {
    let text = reader.file().slice(rest);
    let turns =
        ["en fonction de ", "en fonction du ", "en fonction des ", "en fonction d'", "suivant ", "d'après "];
    let Some(turn) = turns.into_iter().find(|turn| text.starts_with(turn)) else { return false };
    let start = rest.start as usize;
    let span = Span::new(start, start + turn.trim_end().len());
    let message = format!("« {} » s'écrit « selon »", turn.trim_end());
    let whole = Span::new(start, start + turn.len());
    reader.report(
        Diagnostic::error("tournure", message).at(reader.file(), span, "").help("écrire « selon »").remedy(
            "écrire « selon »",
            reader.file(),
            [(whole, "selon ".to_owned())],
        ),
    );
    true
}
