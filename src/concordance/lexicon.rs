//! The words and turns of phrase that the reading of texts knows. They stand in files, `lexique/mots.txt` and
//! `lexique/comparaisons.txt`, one line each: what is added there is read without any other change.

use std::sync::LazyLock;

use crate::syntax::tree::CompareOp;

const WORDS: &str = include_str!("../../lexique/mots.txt");
const COMPARISONS: &str = include_str!("../../lexique/comparaisons.txt");

/// A list of words.
pub type Words = LazyLock<Vec<&'static str>>;
/// Turns of phrase that put a bound on a figure: their words, the bound, and whether they say on which side it falls.
pub type Turns = LazyLock<Vec<(&'static str, CompareOp, bool)>>;

macro_rules! lists {
    ($($name:ident),* $(,)?) => {
        $(
            #[doc = concat!("The words of `", stringify!($name), "`.")]
            pub static $name: Words = LazyLock::new(|| words(stringify!($name)));
        )*
    };
}

lists!(
    ADDS,
    AFTER,
    AIMS,
    ASKS,
    AUTHORITIES,
    BEFORE,
    BENEFITS,
    BOUNDED,
    BOUNDS,
    CARRIED,
    CASES,
    CLAUSES,
    CONDITIONS,
    COUNTS,
    DATED,
    DENIES,
    DISTRIBUTES,
    EMPTY,
    EXCEPTIONS,
    ENDS_OF,
    EVENTS,
    EXCEEDS,
    FACULTIES,
    FILLERS,
    FORBIDS,
    FOR_EACH,
    GIVEN,
    GIVES,
    INSTALMENTS,
    LIFTED,
    LIFTS,
    LINKS,
    MADE,
    LOWERS,
    NEGATIONS,
    NO_AIMS,
    OPENINGS,
    OBLIGES,
    ORDERS,
    PAID,
    PARTS,
    PAY,
    PAYS,
    PAYS_OUT,
    PUT_ON,
    RAISES,
    REFUSES,
    RELATIVES,
    RENEWED,
    REPEATED,
    RESTS,
    SET,
    SHORT,
    SMALL,
    SOFT,
    TAKEN_OFF,
    TAKES,
    UNITS,
    UNSURE,
    VERBS,
    WITHOUT,
    WHOLE,
);

/// What stands before the figure that it bounds.
pub static LEADING: Turns = LazyLock::new(|| turns("avant"));
/// What stands after it.
pub static TRAILING: Turns = LazyLock::new(|| turns("après"));

/// The words of a list.
fn words(name: &str) -> Vec<&'static str> {
    let lines = WORDS.lines().skip_while(|line| head(line) != Some(name)).skip(1);
    let lines = lines.take_while(|line| !line.starts_with('['));
    lines.flat_map(|line| line.split(',')).map(str::trim).filter(|word| !word.is_empty()).collect()
}

/// The name of the list that a line begins.
fn head(line: &str) -> Option<&str> {
    line.strip_prefix('[')?.split_once(']').map(|(name, _)| name)
}

/// A line of the turns of phrase: place, words, bound, an example that is read so and one that is not.
fn columns(line: &'static str) -> Option<[&'static str; 5]> {
    let mut columns = line.split(" | ").map(str::trim);
    let line = [columns.next()?, columns.next()?, columns.next()?, columns.next()?, columns.next()?];
    columns.next().is_none().then_some(line)
}

fn turns(place: &str) -> Vec<(&'static str, CompareOp, bool)> {
    let lines = COMPARISONS.lines().filter_map(columns).filter(|[its, ..]| *its == place);
    lines.filter_map(|[_, words, bound, ..]| bounds(bound).map(|(op, exact)| (words, op, exact))).collect()
}

/// `≥ ~`: the bound, and whether it says on which side it falls.
fn bounds(written: &str) -> Option<(CompareOp, bool)> {
    let sign = written.trim_end_matches('~').trim_end();
    let all = [CompareOp::Ge, CompareOp::Gt, CompareOp::Le, CompareOp::Lt];
    let op = all.into_iter().find(|op| op.sign() == sign)?;
    Some((op, sign == written))
}
