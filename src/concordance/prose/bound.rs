//! Words of comparison around a figure: « au moins », « n'excède pas », « compris entre », « ou plus ».

mod interval;

use self::interval::interval;
use super::figure::Figure;
use super::token::Token;
use crate::concordance::lexicon::{CLAUSES, FILLERS, LEADING, NEGATIONS, TRAILING};
use crate::concordance::quantity::{Bound, Quantity};
use crate::syntax::tree::CompareOp::{self, Ge, Gt, Le, Lt};

/// A bound that words put on a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Said {
    /// The bound.
    pub bound: Bound,
    /// First token of the words, where they stand before the figure.
    pub from: Option<usize>,
    /// One past their last token, where they stand after it.
    pub to: Option<usize>,
    /// Said by « entre … et … », of which French does not say whether the ends are included.
    pub between: bool,
}

/// How far words of comparison may stand from their figure, in tokens.
const FILLED: usize = 7;
/// How far before its verb a subject may say that it is a minimum, in tokens.
const SUBJECT: usize = 20;
/// How long what stands between two commas may be, in tokens.
const INCISED: usize = 12;
/// How far a figure may stand from the one whose bound it shares, in tokens.
const FAR: usize = 20;
/// How far a negation may stand from the words that it turns round.
const NEGATED: usize = 8;

/// The bounds that words put on the figures of a passage, figure by figure.
pub fn bounds(tokens: &[Token], figures: &[Figure]) -> Vec<Option<Said>> {
    let mut said: Vec<Option<Said>> = vec![None; figures.len()];
    for rank in 0..figures.len() {
        if said.get(rank).is_some_and(Option::is_some) {
            continue;
        }
        let after = rank.checked_sub(1).and_then(|rank| figures.get(rank)).map_or(0, |figure| figure.to);
        if let Some((low, high)) = interval(tokens, figures, rank, after) {
            set(&mut said, rank, low);
            set(&mut said, rank + 1, high);
            continue;
        }
        let Some(figure) = figures.get(rank) else { continue };
        // « à la majorité des voix »: more than half of them.
        if is_majority(tokens, figure) {
            let more = Said { bound: Bound::exact(Gt), from: None, to: None, between: false };
            set(&mut said, rank, more);
            continue;
        }
        let found = leading(tokens, figure, after)
            .or_else(|| trailing(tokens, figure, figures.get(rank + 1)))
            .or_else(|| of_subject(tokens, figure, after))
            .map(|said| turned_for_dates(tokens, figure, said));
        if let Some(mut found) = found {
            let before = rank.checked_sub(1).and_then(|rank| said.get(rank).copied().flatten());
            if let Some(from) = found.from.filter(|_| carries(tokens, before, found)) {
                found = Said {
                    bound: Bound { op: found.bound.op.negated(), ..found.bound },
                    from: Some(from),
                    ..found
                };
            }
            set(&mut said, rank, found);
        } else if let Some(rank_before) = rank.checked_sub(1)
            && let Some(bound) = said.get(rank_before).copied().flatten()
            && figures.get(rank_before).is_some_and(|before| shares(tokens, before, figure, bound))
        {
            set(&mut said, rank, Said { from: None, ..bound });
        }
    }
    said
}

/// « au moins égale à trois ans pour les uns et à six ans pour les autres »: what bounds the first bounds the second.
fn shares(tokens: &[Token], first: &Figure, second: &Figure, said: Said) -> bool {
    let alike = std::mem::discriminant(&first.quantity) == std::mem::discriminant(&second.quantity);
    if said.from.is_none() || said.between || !alike || first.weak || second.weak {
        return false;
    }
    let leads = |at: usize| word_before(tokens, at);
    // The word just before the first is that before the second: « de », « à », or none.
    let link = match leads(second.from) {
        word @ ("à" | "de" | "d'") => {
            if leads(first.from) != word {
                return false;
            }
            second.from - 1
        }
        _ => second.from,
    };
    let gap = tokens.get(first.to..link).unwrap_or_default();
    let apart = |at: usize| {
        let ends =
            gap.get(at).is_some_and(|token| token.is(&CLAUSES) || token.is(&["est", "sont", "ne", "n'"]));
        ends && at.checked_sub(1).and_then(|at| gap.get(at)).is_none_or(|before| before.text != "ainsi")
    };
    matches!(leads(link), "et" | "ou" | ",") && (3..=FAR).contains(&gap.len()) && !(0..gap.len()).any(apart)
}

/// « sans être inférieur à 1 000 euros et supérieur à 2 000 euros »: what turned the first words round turns the second.
fn carries(tokens: &[Token], before: Option<Said>, this: Said) -> bool {
    let (Some(before), Some(from)) = (before, this.from) else { return false };
    let denied = before.from.is_some_and(|at| NEGATIONS.contains(&word(tokens, at)));
    let other_way = match before.bound.op {
        Ge => this.bound.op == Gt,
        Le => this.bound.op == Lt,
        Gt | Lt | CompareOp::Eq | CompareOp::Ne => false,
    };
    denied && other_way && matches!(word_before(tokens, from), "et" | "ou" | "ni")
}

/// What words say of something that is no figure: « a minima, départemental », « régional ou plus ».
pub fn around(tokens: &[Token], from: usize, to: usize) -> Option<Said> {
    let quantity = Quantity::Count { value: crate::number::Ratio::zero(), bare: true };
    let figure = |from| Figure { quantity: quantity.clone(), from, to, weak: false };
    leading(tokens, &figure(from), 0)
        .or_else(|| {
            let before = from.checked_sub(1).filter(|at| word(tokens, *at) == ",")?;
            leading(tokens, &figure(before), 0)
        })
        .or_else(|| trailing(tokens, &figure(from), None))
}

/// Whether words of comparison stand anywhere that bound from below, or from above.
pub fn says(tokens: &[Token], floor: bool) -> bool {
    let side = |op: CompareOp| matches!(op, Ge | Gt) == floor;
    (1..=tokens.len()).any(|end| {
        let before = comparison(tokens, end, 0).map(|(from, op, _)| {
            let denied = matches!(op, Gt | Lt) && negation(tokens, from, 0).is_some();
            if denied { op.negated() } else { op }
        });
        let after = |(words, op, _): &(&str, CompareOp, bool)| {
            side(*op) && starts_at(tokens, end - 1, words).is_some()
        };
        before.is_some_and(side) || TRAILING.iter().any(after)
    })
}

/// Words of comparison that stand before no figure: « ne peut excéder le montant de la pension ». Those that a mention
/// has are left out.
pub fn turns(tokens: &[Token], spent: &[(usize, usize)]) -> Vec<(Bound, usize, usize)> {
    // Of time, of figures alone, and what a quantity is called by: « un plafond de dépenses ».
    const OTHERS: [&str; 18] = [
        "avant",
        "après",
        "dès",
        "depuis",
        "sous",
        "jusqu'",
        "à",
        "majorité",
        "plus",
        "moins",
        "antérieur",
        "postérieur",
        "atteint",
        "atteindre",
        "plafond",
        "plancher",
        "maxim",
        "minim",
    ];
    let mut found: Vec<(Bound, usize, usize)> = Vec::new();
    for end in 1..=tokens.len() {
        let floor = found.last().map_or(0, |(_, _, end)| *end);
        let Some((from, op, exact)) = comparison(tokens, end, floor) else { continue };
        let first = word(tokens, from);
        let known = spent.iter().any(|(a, b)| *a < end && from < *b);
        if known
            || !exact
            || (OTHERS.iter().any(|other| first.starts_with(*other)) && !first.starts_with("plafonn"))
        {
            continue;
        }
        let quantity = Quantity::Count { value: crate::number::Ratio::zero(), bare: true };
        let figure = Figure { quantity, from: end, to: end, weak: false };
        let said = leading_said(tokens, &figure, from, end, op, exact, 0);
        if said.bound.exact {
            found.push((said.bound, said.from.unwrap_or(from), end));
        }
    }
    found
}

fn is_majority(tokens: &[Token], figure: &Figure) -> bool {
    matches!(figure.quantity, Quantity::Share(_)) && word(tokens, figure.from) == "majorité"
}

fn set(said: &mut [Option<Said>], rank: usize, value: Said) {
    if let Some(slot) = said.get_mut(rank) {
        *slot = Some(value);
    }
}

fn word(tokens: &[Token], at: usize) -> &str {
    tokens.get(at).map_or("", |token| token.text.as_str())
}

fn fits(pattern: &str, word: &str) -> bool {
    pattern.split('/').any(|one| match one.strip_suffix('*') {
        Some(start) => word.starts_with(start),
        None => one == word,
    })
}

/// Whether the words of a pattern stand just before a token, and where they begin.
fn ends_at(tokens: &[Token], end: usize, floor: usize, pattern: &str) -> Option<usize> {
    let mut at = end;
    for part in pattern.rsplit(' ') {
        at = at.checked_sub(1).filter(|at| *at >= floor)?;
        if !fits(part, word(tokens, at)) {
            return None;
        }
    }
    Some(at)
}

fn starts_at(tokens: &[Token], start: usize, pattern: &str) -> Option<usize> {
    let mut at = start;
    for part in pattern.split(' ') {
        if !fits(part, tokens.get(at)?.text.as_str()) {
            return None;
        }
        at += 1;
    }
    Some(at)
}

/// The longest words of comparison that end before a token.
fn comparison(tokens: &[Token], end: usize, floor: usize) -> Option<(usize, CompareOp, bool)> {
    LEADING
        .iter()
        .filter_map(|(pattern, op, exact)| Some((ends_at(tokens, end, floor, pattern)?, *op, *exact)))
        // « au moins d'un master »: at least.
        .filter(|(from, _, _)| {
            !(matches!(word(tokens, *from), "moins" | "plus")
                && matches!(word_before(tokens, *from), "au" | "du"))
        })
        // « à l'avant »: a place.
        .filter(|(from, _, _)| !(word(tokens, *from) == "avant" && word_before(tokens, *from) == "l'"))
        .min_by_key(|(from, _, _)| *from)
}

/// Words of comparison before a figure.
fn leading(tokens: &[Token], figure: &Figure, floor: usize) -> Option<Said> {
    let mut end = figure.from;
    let mut steps = 0;
    loop {
        if let Some((from, op, exact)) = comparison(tokens, end, floor) {
            // « à la majorité des deux tiers »; « la majorité des 12 membres » says nothing of twelve.
            if word(tokens, from) == "majorité" && !matches!(figure.quantity, Quantity::Share(_)) {
                return None;
            }
            return Some(leading_said(tokens, figure, from, end, op, exact, floor));
        }
        // « dans les six mois », « sous quinze jours ».
        end = end.checked_sub(1).filter(|end| *end >= floor)?;
        steps += 1;
        let filler = word(tokens, end);
        if steps == 1
            && matches!(filler, "les" | "l'")
            && word_before(tokens, end) == "dans"
            && figure.quantity.is_time()
        {
            return Some(said(Bound::loose(Le), end.checked_sub(1)));
        }
        if steps > FILLED || !FILLERS.contains(&filler) {
            return None;
        }
    }
}

/// « le nombre minimal de candidats admis à concourir est de trois »: the subject says which bound it is.
fn of_subject(tokens: &[Token], figure: &Figure, floor: usize) -> Option<Said> {
    let mut at = figure.from;
    while matches!(
        word_before(tokens, at),
        "de" | "d'" | "à" | "au" | "le" | "fixé" | "fixée" | "fixés" | "fixées"
    ) {
        at -= 1;
    }
    let verb = at.checked_sub(1).filter(|verb| matches!(word(tokens, *verb), "est" | "sont"))?;
    // « la date limite à laquelle la demande doit être parvenue est fixée au 15 mai ».
    if figure.quantity.is_date() {
        let sentence = (0..verb).rev().take_while(|at| !matches!(word(tokens, *at), "." | ";"));
        let limit =
            sentence.into_iter().find(|at| word(tokens, *at) == "date" && word(tokens, at + 1) == "limite");
        if limit.is_some() {
            return Some(said(Bound::exact(Le), Some(verb)));
        }
    }
    // « le nombre minimal d'heures requis pour un abattement de 30 % est de quarante heures ».
    for at in (verb.saturating_sub(SUBJECT)..verb).rev() {
        let this = word(tokens, at);
        if at < floor && word(tokens, at + 1) == "est" {
            return None;
        }
        if matches!(this, "." | ";" | ":" | "ne" | "n'" | "si" | "lorsque") {
            return None;
        }
        let starts = |any: &[&str]| any.iter().any(|start| this.starts_with(start));
        if starts(&["minimal", "minimum", "plancher"]) {
            return Some(said(Bound::exact(Ge), Some(at)));
        }
        if starts(&["maximal", "maximum", "plafond"]) && !this.starts_with("plafonn") {
            return Some(said(Bound::exact(Le), Some(at)));
        }
    }
    None
}

fn word_before(tokens: &[Token], at: usize) -> &str {
    at.checked_sub(1).map_or("", |at| word(tokens, at))
}

fn said(bound: Bound, from: Option<usize>) -> Said {
    Said { bound, from, to: None, between: false }
}

fn leading_said(
    tokens: &[Token],
    figure: &Figure,
    from: usize,
    end: usize,
    op: CompareOp,
    exact: bool,
    floor: usize,
) -> Said {
    let mut op = op;
    let mut exact = exact;
    let mut start = from;
    let first = word(tokens, from);
    // Of a time, « après » and « avant » say when it begins to run, « depuis » how long it has; « à compter du »
    // what follows counts with.
    let aged = tokens.get(end..figure.from).is_some_and(|gap| gap.iter().any(|token| token.text == "âge"));
    if figure.quantity.is_time() && matches!(first, "après" | "avant" | "dès" | "depuis") && !aged {
        exact = false;
    }
    if figure.quantity.is_time() && word(tokens, from + 1) == "compter" {
        exact = false;
    }
    // « jusqu'au vingtième anniversaire », « jusqu'à l'âge de seize ans »: whether that day, or that year, is one of them,
    // nobody says.
    let last = figure.to.checked_sub(1).map_or("", |last| word(tokens, last));
    if op == Le && (last == "anniversaire" || first == "jusqu'" && matches!(last, "an" | "ans")) {
        exact = false;
    }
    // « avant l'expiration d'un délai de »: within it.
    if tokens
        .get(end..figure.from)
        .is_some_and(|gap| gap.iter().any(|token| token.is(&["expiration", "issue"])))
    {
        exact = false;
        if first == "avant" {
            op = Le;
        }
    }
    // « peut atteindre un an »: at most.
    let may = word_before(tokens, from).starts_with("peu") || word_before(tokens, from) == "pouvant";
    if first == "atteindre" && may && negation(tokens, from, floor).is_none() {
        op = Le;
    }
    // « au plus », « au moins » said of « égal »: the same. « pas plus de », « n'excède pas », « ni inférieur ».
    let turns = matches!(op, Gt | Lt)
        || (matches!(first, "atteint" | "atteindre" | "atteignent" | "atteigne") && op == Ge)
        || first.starts_with("supérieur")
        || first.starts_with("inférieur");
    if turns && let Some(at) = negation(tokens, from, floor) {
        op = op.negated();
        start = at;
    }
    // « nul ne peut être employé avant l'âge de seize ans »: from that age on.
    if first == "avant"
        && let Some(at) = forbids(tokens, from)
    {
        op = op.negated();
        start = at;
    }
    said(Bound { op, exact }, Some(start))
}

/// Where « ne peut », « ne peuvent » stands before a word of time, in its sentence.
fn forbids(tokens: &[Token], from: usize) -> Option<usize> {
    let sentence = (0..from).rev().take_while(|at| !matches!(word(tokens, *at), "." | ";" | ":"));
    let may =
        |at: &usize| matches!(word(tokens, *at), "peut" | "peuvent" | "pourra" | "pourront" | "saurait");
    sentence.into_iter().find(may).filter(|at| matches!(word_before(tokens, *at), "ne" | "n'"))
}

/// Where a negation stands that turns round the words of comparison at `from`.
fn negation(tokens: &[Token], from: usize, floor: usize) -> Option<usize> {
    // « sans que le total … puisse être supérieur ».
    let stops = |at: &usize| tokens.get(*at).is_none_or(|token| token.is(&[".", ";", ":", ","]));
    let mut before = (floor..from).rev().take_while(|at| !stops(at)).take(FAR);
    let without =
        before.find(|at| word(tokens, *at) == "sans" && matches!(word(tokens, at + 1), "que" | "qu'"));
    if without.is_some() {
        return without;
    }
    let mut at = from;
    let mut negated = None;
    for _ in 0..NEGATED {
        let Some(before) = at.checked_sub(1).filter(|at| *at >= floor) else { break };
        at = before;
        let this = tokens.get(at)?;
        // « ne saurait percevoir, à l'occasion d'un arrêt de travail, une somme supérieure »: passed over.
        if this.text == ","
            && negated.is_none()
            && let Some(comma) = incised(tokens, at, floor)
        {
            at = comma;
            continue;
        }
        if this.is(&CLAUSES) || (this.text == "," && negated.is_none()) {
            break;
        }
        if this.is(&NEGATIONS) {
            // « sans », « ni », « non », « ne » turn round; « pas » alone does where no « ne » is near.
            negated = Some(at);
            if !this.is(&["pas"]) {
                break;
            }
        }
        if this.is(&["aux", "les", "des", "personnes", "à"]) && negated.is_none() && at + 1 < from {
            // « n'est pas accordée aux communes de plus de … »: what is denied stands before.
            break;
        }
    }
    negated
}

/// The comma that opens what another closes, where a preposition follows it.
fn incised(tokens: &[Token], end: usize, floor: usize) -> Option<usize> {
    let mut before = (floor.max(end.saturating_sub(INCISED))..end).rev();
    let comma = before.find(|at| word(tokens, *at) == ",")?;
    matches!(word(tokens, comma + 1), "à" | "au" | "en" | "dans" | "pour" | "sur" | "par" | "lors" | "le")
        .then_some(comma)
}

/// Words of comparison after a figure: at once, or after the noun that it counts.
fn trailing(tokens: &[Token], figure: &Figure, next: Option<&Figure>) -> Option<Said> {
    let stop = next.map_or(tokens.len(), |next| next.from);
    for start in figure.to..(figure.to + 7).min(stop) {
        let here = word(tokens, start);
        let parenthesis = here == "(";
        if matches!(here, "." | ";" | ":" | ",") {
            return None;
        }
        let found = TRAILING
            .iter()
            .filter_map(|(pattern, op, exact)| Some((starts_at(tokens, start, pattern)?, *op, *exact)))
            .max_by_key(|(to, _, _)| *to);
        if let Some((to, op, exact)) = found {
            if to > stop {
                return None;
            }
            // « 10 médecins, au moins 3 infirmiers »: of what follows.
            let of_next = next.is_some_and(|next| {
                tokens.get(to..next.from).is_some_and(|gap| gap.iter().all(|token| token.is(&FILLERS)))
            });
            let of_next = of_next && !here.starts_with("révolu");
            return (!of_next).then_some(Said {
                bound: Bound { op, exact },
                from: None,
                to: Some(to),
                between: false,
            });
        }
        if !parenthesis
            && tokens.get(start).is_some_and(|token| token.is(&["qui", "dont", "si", "lorsque", "et"]))
        {
            return None;
        }
    }
    None
}

/// « au plus tard quinze jours avant l'ouverture »: fifteen days or more.
fn turned_for_dates(tokens: &[Token], figure: &Figure, said: Said) -> Said {
    let first = said.from.map_or("", |from| word(tokens, from));
    let latest = first == "au" && said.from.is_some_and(|from| word(tokens, from + 2) == "tard");
    if latest && figure.quantity.is_time() && word(tokens, figure.to) == "avant" {
        return Said { bound: Bound { op: Ge, ..said.bound }, ..said };
    }
    said
}
