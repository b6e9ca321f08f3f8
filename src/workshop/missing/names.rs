//! What a dossier that was found is called: in French what it shows, so that a folder of them can be read.

use std::collections::BTreeSet;

use crate::decision::Status;
use crate::eval::bounds::sides::{Bound, Side, operands};
use crate::policy::{ExprId, ExprKind, ItemRef, Policy, Type};
use crate::render::words::one_line;
use crate::syntax::tree::CompareOp;
use crate::text;
use crate::wording::french::before;
use crate::workshop::coverage::{Answer, Entry, Point, Row, in_words};
use crate::workshop::mutation::Mutation;

/// Greatest number of characters of the name of a file.
const LONGEST: usize = 72;

/// What the date of examination is called.
const EXAMINED: &str = "la date d'examen";

/// How well a point names the dossier that shows it, the best first: what comes of it as a whole, what comes
/// of an item, the place where it stands, what is so in it, what is not known.
pub(super) fn rank(point: &Point) -> u8 {
    match point {
        Point::Status(_, Status::Undetermined) => 5,
        Point::Status(ItemRef::Decision, _) => 0,
        Point::Status(..) => 1,
        Point::Line(..)
        | Point::Limit(..)
        | Point::Effect(_)
        | Point::Period(..)
        | Point::Option(..)
        | Point::Moves(_)
        | Point::Value(..) => 2,
        Point::Side(..) => 3,
        Point::Truth(_, Answer::Yes | Answer::No) => 4,
        Point::Truth(_, Answer::Open) => 6,
    }
}

/// A dossier named after a point.
pub(super) fn of_point(policy: &Policy, entry: &Entry, row: &Row, point: &Point) -> String {
    let own = own_name(&entry.name);
    let words = in_words(policy, point);
    match *point {
        Point::Status(..) => format!("{own} {words}"),
        Point::Line(..) => {
            let label = row.label.split(" : ").next().unwrap_or(&row.label);
            let label = ["vaut ", "montant "]
                .iter()
                .fold(label, |label, verb| label.strip_prefix(verb).unwrap_or(label));
            format!("{own} : {label}")
        }
        Point::Period(..) | Point::Option(..) => format!("{own} : {}", row.label),
        Point::Moves(_) => format!("{own} laissée ouverte"),
        Point::Effect(_) => format!("{own} : terme reporté"),
        Point::Limit(..) => format!("{own} : {words}"),
        Point::Value(expr, _) => match &policy.exprs.get(expr).kind {
            ExprKind::Among { subject, .. } => format!("{} : {words}", source(policy, *subject)),
            _ => format!("{own} : {words}"),
        },
        Point::Side(bound, side) => of_side(policy, &own, bound, side),
        Point::Truth(expr, answer) => of_truth(policy, row, expr, answer),
    }
}

/// Named after the line of the policy that a dossier holds.
pub(super) fn of_change(change: &Mutation) -> String {
    let line = change.before.trim_start_matches("- ");
    let line = ["exige ", "vise ", "vaut ", "montant "]
        .iter()
        .fold(line, |line, verb| line.strip_prefix(verb).unwrap_or(line));
    format!("{} : {line}", own_name(&change.item))
}

/// `critère seuil d'adhésion` without its keyword; what has no other name keeps it.
fn own_name(name: &str) -> String {
    name.split_once(' ').map_or(name, |(_, own)| own).to_owned()
}

fn of_side(policy: &Policy, own: &str, bound: Bound, side: Side) -> String {
    let day = match side {
        Side::Below => "la veille",
        Side::On => "le jour même",
        Side::Above => "le lendemain",
    };
    if bound.part == Bound::FULFILLED || bound.part == Bound::EXAMINED {
        let what = if bound.part == Bound::FULFILLED { "" } else { "examen " };
        let day = if side == Side::On { "le jour" } else { day };
        return format!("{own} : {what}{day} du terme");
    }
    let Some((left, right)) = operands(policy, bound) else { return format!("{own} : {day} du terme") };
    let (left, ty) = (plain(policy, left), policy.exprs.get(left).ty);
    let right = match &policy.exprs.get(bound.expr).kind {
        ExprKind::Within { .. } => "départ".to_owned(),
        _ => plain(policy, right),
    };
    if ty == Type::Date {
        let day = if side == Side::On { "le jour" } else { day };
        // « contrat.signé le » takes no second article.
        let when = left.strip_suffix(" le").map_or_else(|| format!("{left} :"), str::to_owned);
        return match right.as_str() {
            "départ" => format!("{when} {day} du départ"),
            EXAMINED => format!("{when} {day} de l'examen"),
            right => before(&format!("{when} {day} de"), right),
        };
    }
    match side {
        Side::Below => before(&format!("{left} juste au-dessous de"), &right),
        Side::On => before(&format!("{left} au seuil de"), &right),
        Side::Above => before(&format!("{left} juste au-dessus de"), &right),
    }
}

fn of_truth(policy: &Policy, row: &Row, expr: ExprId, answer: Answer) -> String {
    let node = policy.exprs.get(expr);
    let label = row.label.strip_prefix("sauf si ").or_else(|| row.label.strip_prefix("si "));
    let label = label.unwrap_or(&row.label);
    let subject = match &node.kind {
        ExprKind::Compare { left, .. } => Some(*left),
        ExprKind::Among { subject, .. } | ExprKind::Between { subject, .. } => Some(*subject),
        ExprKind::Within { date, .. } => Some(*date),
        _ => None,
    };
    match (answer, &node.kind) {
        (Answer::Open, _) => format!("{} inconnu", subject.map_or(label.to_owned(), |of| plain(policy, of))),
        (_, ExprKind::Compare { op, left, right }) => {
            let is_date = policy.exprs.get(*left).ty == Type::Date;
            let sign = if answer == Answer::Yes { *op } else { op.negated() };
            let left = format!("{} {}", plain(policy, *left), sign_words(sign, is_date));
            before(&left, &plain(policy, *right))
        }
        (Answer::Yes, _) => format!("{label} : oui"),
        (Answer::No, _) => format!("{label} : non"),
    }
}

fn sign_words(op: CompareOp, is_date: bool) -> &'static str {
    match (op, is_date) {
        (CompareOp::Ge, false) => "au moins",
        (CompareOp::Gt, false) => "plus de",
        (CompareOp::Le, false) => "au plus",
        (CompareOp::Lt, false) => "moins de",
        (CompareOp::Ge, true) => "à partir de",
        (CompareOp::Gt, true) => "après",
        (CompareOp::Le, true) => "au plus tard",
        (CompareOp::Lt, true) => "avant",
        (CompareOp::Eq, _) => ":",
        (CompareOp::Ne, _) => "autre que",
    }
}

/// The author's words, without what they stand between.
fn plain(policy: &Policy, expr: ExprId) -> String {
    let written = source(policy, expr);
    if policy.exprs.get(expr).kind == ExprKind::ExaminationDate {
        return EXAMINED.to_owned();
    }
    let inner = written.strip_prefix('(').and_then(|inner| inner.strip_suffix(')'));
    inner.map_or(written.clone(), str::to_owned)
}

fn source(policy: &Policy, expr: ExprId) -> String {
    one_line(policy.file.slice(policy.exprs.get(expr).span))
}

/// A name that was not given yet: with a number where it was; the title, and the name of the file.
pub(super) fn unused(title: &str, names: &mut BTreeSet<String>) -> (String, String) {
    let base = slug(title);
    let mut name = base.clone();
    let mut rank = 1;
    while !names.insert(name.clone()) {
        rank += 1;
        name = format!("{base}-{rank}");
    }
    let title = if rank == 1 { title.to_owned() } else { format!("{title} ({rank})") };
    (title, name)
}

/// A name as a file: no accent, no sign but the hyphen, whole words, not too long.
fn slug(name: &str) -> String {
    let spoken = [
        ("≥", " au moins "),
        ("≤", " au plus "),
        (">", " plus de "),
        ("<", " moins de "),
        ("≠", " autre que "),
        ("=", " égal à "),
        ("×", " fois "),
        ("÷", " sur "),
        ("%", " pour cent "),
        ("€", " euros "),
        ("+", " plus "),
    ];
    let spoken = spoken.iter().fold(name.to_owned(), |name, (sign, words)| name.replace(sign, words));
    // The digits of a number stay together.
    let mut letters: Vec<char> = Vec::new();
    let all: Vec<char> = text::plain_letters(&spoken).chars().collect();
    for (at, c) in all.iter().enumerate() {
        let digit = |at: Option<usize>| at.and_then(|at| all.get(at)).is_some_and(char::is_ascii_digit);
        let within = c.is_whitespace() && digit(at.checked_sub(1)) && (1..=3).all(|n| digit(Some(at + n)));
        if !within {
            letters.push(*c);
        }
    }
    let words: String = letters.iter().map(|c| if c.is_ascii_alphanumeric() { *c } else { ' ' }).collect();
    let mut out = String::new();
    for word in words.split_whitespace() {
        if !out.is_empty() && out.len() + 1 + word.len() > LONGEST {
            break;
        }
        if !out.is_empty() {
            out.push('-');
        }
        out.push_str(word);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::slug;

    #[test]
    fn a_name_as_a_file_is_read_aloud() {
        let table = [
            ("population juste au-dessus de 10 000", "population-juste-au-dessus-de-10000"),
            ("taux d'adhésion au seuil de 10 %", "taux-d-adhesion-au-seuil-de-10-pour-cent"),
            ("périmètre : territoire.médecins ≥ 10", "perimetre-territoire-medecins-au-moins-10"),
        ];
        for (name, expected) in table {
            assert_eq!(slug(name), expected);
        }
    }
}
