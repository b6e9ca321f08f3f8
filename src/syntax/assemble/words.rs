//! What is said of lines that are missing, misplaced or misspelt.

use super::{Clause, Kind};
use crate::diagnostic::Diagnostic;
use crate::source::Span;
use crate::syntax::grammar::{self, Reader};
use crate::syntax::keyword::Keyword;
use crate::syntax::layout::Line;
use crate::syntax::tree::{self, Path};
use crate::syntax::turns;
use crate::text;

/// A change in a file that is no amendment.
pub(super) fn change_outside(reader: &Reader<'_>, at: Span) {
    let word = reader.file().slice(at);
    reader.report_at(
        "avenant-attendu",
        format!("« {word} » ne s'écrit que dans un avenant"),
        at,
        "",
        "l'écrire dans un fichier à part, qui commence par « avenant 1 à … « Titre » »",
    );
}

/// A change that rests on nothing.
pub(super) fn no_source(reader: &Reader<'_>, keyword: Span, name: Span) {
    let (word, name_words) = (reader.file().slice(keyword), reader.file().slice(name));
    reader.report(
        Diagnostic::warning(
            "changement-sans-source",
            format!("rien ne dit d'où vient « {word} … {name_words} »"),
        )
        .at(reader.file(), keyword.to(name), "quel texte le décide ?")
        .help("ajouter dessous « selon SOURCE, art. … « passage » »"),
    );
}

/// An item of which an amendment does not say what it does.
pub(super) fn unsaid_change(reader: &Reader<'_>, item: Keyword, at: Span) {
    let word = reader.file().slice(at);
    let help = match item {
        Keyword::Dossier => "un avenant ajoute les faits un à un : « ajoute fait nom : type »".to_string(),
        _ => format!("écrire « ajoute {word} … » s'il est nouveau, « remplace {word} … » s'il existe déjà"),
    };
    let message = format!("cet avenant ne dit pas ce qu'il fait de « {word} »");
    reader.report_at("changement-non-dit", message, at, "", &help);
}

/// A change that does not say what it bears on.
pub(super) fn no_subject(reader: &Reader<'_>, change: Keyword, rest: Span) {
    let written = reader.file().slice(rest);
    let word = written.split_whitespace().next().unwrap_or("");
    let span = Span::new(rest.start as usize, rest.start as usize + word.len());
    let words = || tree::Kind::ALL.iter().map(|kind| kind.word());
    let message = format!("« {} » ne dit pas de quoi il s'agit", change.text());
    let help = match text::nearest(word, words()) {
        Some(near) => format!("vouliez-vous dire « {} {near} » ?", change.text()),
        None => {
            let all: Vec<String> = words().map(|word| format!("« {word} »")).collect();
            format!("écrire après « {} » : {}", change.text(), all.join(", "))
        }
    };
    reader.report_at("objet-du-changement", message, span, "", &help);
}

/// A second fact under `ajoute fait`.
pub(super) fn second_fact(reader: &Reader<'_>, line: Span) {
    reader.report_at(
        "changement-non-dit",
        "un avenant dit de chaque fait ce qu'il en fait".to_string(),
        line,
        "",
        "commencer la ligne par « ajoute fait » ou « remplace fait »",
    );
}

/// A file without header.
pub(super) fn no_header(reader: &Reader<'_>, first: Option<Span>) {
    reader.report_at(
        "entete-manquant",
        "le fichier ne commence pas par « dispositif »".to_string(),
        first.unwrap_or_default(),
        "",
        "par exemple « dispositif aide « Titre de l'aide » », puis « en vigueur depuis le 1er janvier 2025 »",
    );
}

/// A header that is not the first item.
pub(super) fn late_header(reader: &Reader<'_>, at: Span) {
    reader.report_at(
        "entete-deplace",
        format!("« {} » vient en premier dans le fichier", reader.file().slice(at)),
        at,
        "",
        "le mettre, avec ses lignes, au début du fichier",
    );
}

/// A line before the first item.
pub(super) fn orphan(reader: &Reader<'_>, span: Span) {
    reader.report_at(
        "ligne-orpheline",
        "cette ligne vient avant tout mot comme « dispositif » ou « critère »".to_string(),
        span,
        "",
        "le fichier commence par « dispositif »",
    );
}

/// Facts under a source, without the line that opens them.
pub(super) fn no_dossier(reader: &Reader<'_>, fact: Span) {
    let file = reader.file();
    let text = file.text().get(..fact.start as usize).unwrap_or("");
    let start = text.rfind('\n').map_or(0, |at| at + 1);
    let help = "ajouter une ligne « dossier » au-dessus de ce fait";
    reader.report(
        Diagnostic::error("clause-manquante", "il manque la ligne « dossier » au-dessus des faits")
            .at(file, fact, "un fait du dossier")
            .help(help)
            .remedy(help, file, [(Span::new(start, start), "dossier\n".to_owned())]),
    );
}

/// `selon X` over the lines of a scale, with no « vaut ».
pub(super) fn no_verb(reader: &Reader<'_>, at: Span, verb: &str) {
    let message = format!("il manque « {verb} » devant « selon »");
    let help = format!("écrire « {verb} selon »");
    let place = Span::new(at.start as usize, at.start as usize);
    reader.report(
        Diagnostic::error("clause-manquante", message).at(reader.file(), at, "").help(&help).remedy(
            help,
            reader.file(),
            [(place, format!("{verb} "))],
        ),
    );
}

/// A line that starts with nothing known.
pub(super) fn unknown(reader: &Reader<'_>, line: &Line, item: Option<Keyword>, under: Option<Kind>) {
    let text = reader.file().slice(line.span);
    let start = line.span.start as usize;
    let wanted = word_ends(text).first().and_then(|end| text.get(..*end)).unwrap_or(text);
    let span = Span::new(start, start + wanted.len());
    if wanted.starts_with("//") {
        let slashes = Span::new(start, start + 2);
        reader.report(
            Diagnostic::error("commentaire", "un commentaire commence par « # », pas par « // »")
                .at(reader.file(), slashes, "")
                .instead(reader.file(), slashes, &["#"]),
        );
        return;
    }
    let is_sign = wanted.chars().all(|c| !c.is_alphanumeric() && c != '»');
    let listed = matches!(
        under,
        Some(
            Kind::Bullet(_)
                | Kind::Keyword(
                    Keyword::Requires | Keyword::Unless | Keyword::Planned | Keyword::Favourable,
                    ..
                )
        )
    );
    if item == Some(Keyword::Funding) && turns::is_rhythm(text) {
        reader.report_at(
            "mot-cle-inconnu",
            starts_no_line(turns::first_words(text, 2)),
            span,
            "",
            turns::RHYTHMS,
        );
        return;
    }
    let said = turns::clause(text);
    if let (Some(item), Some((length, said))) = (item, turns::clause_head(text))
        && grammar::head(said).is_some_and(|(keyword, _)| item.clauses().contains(&keyword))
    {
        let span = Span::new(start, start + length);
        let message = starts_no_line(reader.file().slice(span));
        let problem = Diagnostic::error("mot-cle-inconnu", message).at(reader.file(), span, "");
        reader.report(problem.instead(reader.file(), span, &[said]));
        return;
    }
    let help = match item {
        Some(Keyword::Reading) if line.labelled => "une option commence par « - »".to_string(),
        Some(_) if is_sign => "mettre ce signe à la fin de la ligne au-dessus".to_string(),
        Some(item)
            if said
                .is_some_and(|said| item.clauses().iter().any(|clause| said.starts_with(clause.text()))) =>
        {
            said.map(|said| format!("écrire « {said} »")).unwrap_or_default()
        }
        Some(_) if listed => "si c'est une condition de la liste, la commencer par « - »".to_string(),
        Some(item) => format!("sous « {} » : {}", item.text(), clauses(item)),
        None => "le fichier commence par « dispositif »".to_string(),
    };
    reader.report_at("mot-cle-inconnu", starts_no_line(wanted), span, "", &help);
}

pub(super) fn starts_no_line(word: &str) -> String {
    let shown: String = word.chars().take(60).collect();
    format!("aucune ligne ne commence par « {shown} »")
}

/// Where each of the first words of a line's first line ends.
pub(super) fn word_ends(text: &str) -> Vec<usize> {
    let line = text.lines().next().unwrap_or("");
    let (mut ends, mut in_word) = (Vec::new(), false);
    for (i, c) in line.char_indices() {
        if in_word && c.is_whitespace() {
            ends.push(i);
            if ends.len() == 6 {
                return ends;
            }
        }
        in_word = !c.is_whitespace();
    }
    if in_word {
        ends.push(line.len());
    }
    ends
}

fn clauses(item: Keyword) -> String {
    let word = |clause: Keyword| match (item, clause) {
        (Keyword::Mission | Keyword::Sharing, Keyword::Planned) => "prévue si",
        (Keyword::Contribution, Keyword::Planned) => "due si",
        (Keyword::Sharing, Keyword::Adjusts) => "au prorata de », « dans la limite de », « arrondi",
        _ => clause.text(),
    };
    item.clauses().iter().map(|k| format!("« {} »", word(*k))).collect::<Vec<_>>().join(", ")
}

/// A bullet or a quotation under nothing that takes it.
pub(super) fn stray_line(reader: &Reader<'_>, clause: &Clause<'_>, item: Keyword, seen: &[(Keyword, Span)]) {
    let message = match clause.kind {
        Kind::Bullet(_) => "cette puce n'est sous aucune condition",
        Kind::Quotation => "ce texte entre guillemets n'est annoncé par rien",
        Kind::Labelled(_) => "cette ligne « … : … » n'a pas sa place ici",
        Kind::Keyword(..) | Kind::Unknown => return,
    };
    let (file, span) = (reader.file(), clause.line.span);
    let problem = Diagnostic::error("ligne-deplacee", message).at(file, span, "");
    // Bullets that nothing announces are what the item asks.
    let opening = in_its_stead(item, Keyword::Favourable).filter(|_| item != Keyword::Decision);
    let has_one = seen.iter().any(|(clause, _)| super::meant::takes_bullets(*clause));
    reader.report(match opening.filter(|_| matches!(clause.kind, Kind::Bullet(_)) && !has_one) {
        Some(word) => {
            let start = span.start as usize;
            let line = file.text().get(..start).unwrap_or("");
            let indent = line.get(line.rfind('\n').map_or(0, |at| at + 1)..).unwrap_or("");
            let added = |word: &str| [(Span::new(start, start), format!("{word}\n{indent}"))];
            let help = format!("ajouter au-dessus une ligne « {word} »");
            if word == "exige" && super::meant::cites_one_of(file.text().get(..start).unwrap_or("")) {
                let (all, one) = (word, "exige l'un de");
                problem
                    .help(format!("{help} si toutes sont exigées, « {one} » si une suffit"))
                    .remedy(format!("ajouter « {all} »"), file, added(all))
                    .remedy(format!("ajouter « {one} »"), file, added(one))
            } else {
                problem.help(&help).remedy(help, file, added(word))
            }
        }
        None => problem.help(format!("sous « {} » : {}", item.text(), clauses(item))),
    });
}

/// Whether a clause has its place under an item; if not it is reported.
pub(super) fn in_place(reader: &Reader<'_>, item: Keyword, clause: Keyword, at: Span) -> bool {
    if item.clauses().contains(&clause) {
        return true;
    }
    let message = format!("« {} » n'a pas sa place sous « {} »", reader.file().slice(at), item.text());
    let problem = Diagnostic::error("clause-deplacee", message).at(reader.file(), at, "");
    reader.report(match in_its_stead(item, clause) {
        Some(word) => problem.instead(reader.file(), at, &[word]),
        None => problem.help(format!("sous « {} » : {}", item.text(), clauses(item))),
    });
    false
}

/// The clause by which an item says what it would say by another.
fn in_its_stead(item: Keyword, clause: Keyword) -> Option<&'static str> {
    use Keyword as K;
    let conditions = [K::Requires, K::Aims, K::Planned, K::Favourable];
    match (item, clause) {
        (K::Definition | K::Parameter, K::Amount) => Some("vaut"),
        (K::Result, K::Amount) => Some("vaut"),
        (K::Sharing, K::Amount | K::Worth) => Some("enveloppe de"),
        (K::Funding | K::Contribution, K::Worth) => Some("montant"),
        (K::Funding | K::Contribution, K::For) => Some("pendant"),
        (K::Criterion | K::Coherence, clause) if conditions.contains(&clause) => Some("exige"),
        (K::Objective, clause) if conditions.contains(&clause) => Some("vise"),
        (K::Funding, clause) if conditions.contains(&clause) => Some("prévu si"),
        (K::Contribution, clause) if conditions.contains(&clause) => Some("due si"),
        (K::Mission | K::Sharing, clause) if conditions.contains(&clause) => Some("prévue si"),
        (K::Decision, clause) if conditions.contains(&clause) => Some("favorable si"),
        _ => None,
    }
}

/// Whether a clause that stands once stands for the first time; if not it is reported.
pub(super) fn first_time(
    reader: &Reader<'_>,
    seen: &mut Vec<(Keyword, Span)>,
    keyword: Keyword,
    at: Span,
) -> bool {
    let same = |other: Keyword| {
        let frequency = |k| matches!(k, Keyword::Once | Keyword::Each | Keyword::PerEvent);
        other == keyword || frequency(other) && frequency(keyword)
    };
    let Some((_, first)) = seen.iter().find(|(k, _)| same(*k)) else {
        seen.push((keyword, at));
        return true;
    };
    said_twice(reader, at, *first);
    false
}

/// A clause that is said twice.
pub(super) fn said_twice(reader: &Reader<'_>, at: Span, first: Span) {
    let word = reader.file().slice(at);
    let help = match word {
        "exige" | "vise" | "prévu si" | "prévue si" | "dû si" | "due si" | "favorable si" => {
            format!("les réunir sous un seul « {word} », en puces, ou par « et » sur sa ligne")
        }
        "si" => "réunir leurs conditions par « et » sur une seule ligne".to_owned(),
        _ => "garder une seule de ces lignes".to_owned(),
    };
    reader.report(
        Diagnostic::error("clause-en-double", format!("« {word} » est dit deux fois"))
            .at(reader.file(), at, "la deuxième fois")
            .at(reader.file(), first, "la première")
            .help(help),
    );
}

/// A `si` line where none may stand.
pub(super) fn stray_if(reader: &Reader<'_>, item: Keyword, at: Span) {
    let main = match item {
        Keyword::Criterion => Some("exige"),
        Keyword::Objective => Some("vise"),
        Keyword::Mission => Some("prévue si"),
        Keyword::Funding => Some("prévu si"),
        Keyword::Contribution => Some("due si"),
        Keyword::Obligation => Some("au plus tard"),
        _ => None,
    };
    if item == Keyword::Obligation
        && let Some(problem) = condition_below(reader, at)
    {
        reader.report(problem);
        return;
    }
    let mut help = match item {
        Keyword::Coherence => "mettre « si … » à la fin de la ligne « exige … »".to_owned(),
        _ => "mettre « si … » à la fin de la ligne au-dessus".to_owned(),
    };
    if let Some(main) = main {
        help.push_str(&format!(" ; pour une condition de tout l'ensemble, au-dessus de « {main} »"));
    }
    reader.report_at("si-deplace", "une ligne ne commence pas ici par « si »".to_string(), at, "", &help);
}

/// `si C` under `au plus tard D`, where it stands above.
fn condition_below(reader: &Reader<'_>, at: Span) -> Option<Diagnostic> {
    let file = reader.file();
    let (above, below) = file.text().split_at_checked(at.start as usize)?;
    let block = above.rfind("\n\n").map_or(0, |blank| blank + 1);
    let start = block + above.get(block..)?.find("\n  au plus tard ")? + 1;
    let condition = below.lines().next()?.trim_end();
    let line = above.rfind('\n')?;
    let end = at.start as usize + condition.len();
    let help = format!("mettre la ligne « {condition} » au-dessus de « au plus tard »");
    let moved =
        [(Span::new(start, start), format!("  {condition}\n")), (Span::new(line, end), String::new())];
    let message = "la condition d'une obligation se met avant son terme";
    let problem = Diagnostic::error("si-deplace", message).at(file, Span::new(at.start as usize, end), "");
    Some(problem.help(&help).remedy(help, file, moved))
}

/// A clause that an item cannot do without.
pub(super) fn missing_clause(
    reader: &Reader<'_>,
    item: Keyword,
    clause: Keyword,
    at: Span,
    name: Option<&Path>,
) {
    let word = match (item, clause) {
        (Keyword::Mission | Keyword::Sharing, Keyword::Planned) => "prévue si",
        (Keyword::Sharing, Keyword::Equally) => "au prorata de",
        _ => clause.text(),
    };
    // « définition total vaut 3 »: all on one line.
    let verb = word.split(' ').next().unwrap_or(word);
    let glued = name.and_then(|name| {
        let written = reader.file().slice(name.span);
        let at = written.find(&format!(" {verb} ")).filter(|at| *at > 0)?;
        let start = name.span.start as usize + at;
        Some((Span::new(start, start + 1), Span::new(start + 1, start + 1 + verb.len())))
    });
    if let Some((gap, said)) = glued {
        let message = format!("« {verb} » commence une ligne à part");
        let help = format!("aller à la ligne devant « {verb} »");
        let problem = Diagnostic::error("clause-manquante", message).at(reader.file(), said, "").help(&help);
        reader.report(problem.remedy(help, reader.file(), [(gap, "\n  ".to_owned())]));
        return;
    }
    let whose = name.map_or_else(String::new, |name| format!(" {}", name.text));
    reader.report_at(
        "clause-manquante",
        format!("il manque la ligne « {word} … » sous « {}{whose} »", item.text()),
        name.map_or(at, |name| at.to(name.span)),
        "",
        "",
    );
}

/// `exige` with nothing under it.
pub(super) fn no_condition(reader: &Reader<'_>, span: Span) {
    reader.report_at(
        "condition-manquante",
        format!("il manque la condition de « {} »", reader.file().slice(span).trim_end()),
        span,
        "rien ne suit",
        "écrire la condition sur cette ligne, ou dessous, en puces qui commencent par « - »",
    );
}

/// Bullets under a clause that has its expression already.
pub(super) fn bullets_after_expression(reader: &Reader<'_>, expression: Span, bullet: Span) {
    reader.report(
        Diagnostic::error("ligne-deplacee", "une condition tient sur la ligne, ou en puces dessous")
            .at(reader.file(), bullet, "cette puce est en trop")
            .at(reader.file(), expression, "la condition est déjà là")
            .help("mettre la condition de la ligne au-dessus dans une puce"),
    );
}

/// `exige au moins 3 de` over two bullets.
pub(super) fn too_many_wanted(reader: &Reader<'_>, span: Span, wanted: u32, bullets: usize) {
    reader.report_at(
        "trop-de-conditions-voulues",
        format!("{wanted} conditions voulues, et {bullets} seulement en dessous"),
        span,
        "",
        "",
    );
}

/// A reading with no choice.
pub(super) fn few_options(reader: &Reader<'_>, span: Span, count: usize) {
    let found = if count == 0 { "aucune" } else { "une seule" };
    reader.report_at(
        "lecture-sans-choix",
        format!("une lecture a au moins deux options, celle-ci en a {found}"),
        span,
        "",
        "par exemple « - libéraux : selon SOURCE « … » »",
    );
}

/// `au plus tard D si C`, and no other line: the condition is of the obligation.
pub(super) fn condition_of_deadline(reader: &Reader<'_>, line: Span, when: Span) {
    let file = reader.file();
    let text = file.text();
    let start =
        text.get(..line.start as usize).and_then(|before| before.rfind('\n')).map_or(0, |end| end + 1);
    let indent = text.get(start..line.start as usize).unwrap_or("");
    let Some(before) = text.get(line.start as usize..when.start as usize) else { return };
    let Some(word) = before.rfind("si") else { return };
    let word = line.start as usize + word;
    let kept =
        line.start as usize + text.get(line.start as usize..word).map_or(0, |kept| kept.trim_end().len());
    let condition = text.get(word..when.end as usize).unwrap_or("");
    let moved = [
        (Span::new(start, start), format!("{indent}{condition}\n")),
        (Span::new(kept, when.end as usize), String::new()),
    ];
    let help = format!(
        "écrire la ligne « {condition} » au-dessus de « au plus tard » ; pour deux dates, ajouter une ligne « au plus tard … dans les autres cas »"
    );
    let message = "la condition d'une obligation se met sur une ligne à elle";
    reader.report(
        Diagnostic::error("si-deplace", message)
            .at(file, Span::new(word, word + "si".len()), "")
            .help(&help)
            .remedy(help, file, moved),
    );
}
