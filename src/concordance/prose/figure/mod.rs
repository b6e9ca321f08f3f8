//! Figures of a passage: a number in digits or words, with the unit that follows it.

mod implied;
mod join;
mod ranked;

use super::number::{cardinal, multiplier, parts};
use super::token::{Kind, Token};
use crate::concordance::lexicon::{BOUNDS as NAMED, SHORT};
use crate::concordance::quantity::Quantity;
use crate::number::Ratio;
use crate::time::Date;
use crate::wording::MONTHS;

/// A figure of a passage.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// Its value and unit.
    pub quantity: Quantity,
    /// Its first token.
    pub from: usize,
    /// One past its last token, unit included.
    pub to: usize,
    /// It may stand for something else than a figure of the law (« un », « premier », « mensuel »): it bears
    /// out a rule and demands nothing of it.
    pub weak: bool,
}

/// All figures of a passage, in order.
pub fn figures(tokens: &[Token]) -> Vec<Figure> {
    let mut found: Vec<Figure> = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let read = date(tokens, at)
            .or_else(|| fraction(tokens, at))
            .or_else(|| ranked::ranked(tokens, at))
            .or_else(|| numbered(tokens, at))
            .or_else(|| implied::implied(tokens, at));
        match read {
            Some(figure) => {
                at = figure.to.max(at + 1);
                found.push(figure);
            }
            None => at += 1,
        }
    }
    join::join_times(tokens, &mut found);
    join::share_units(tokens, &mut found);
    join::weaken_rounds(tokens, &mut found);
    found
}

fn word(tokens: &[Token], at: usize) -> &str {
    tokens.get(at).map_or("", |token| token.text.as_str())
}

fn before(tokens: &[Token], at: usize) -> &str {
    at.checked_sub(1).map_or("", |at| word(tokens, at))
}

fn month(word: &str) -> Option<i8> {
    let word = if word == "fevrier" { "février" } else { word };
    let word = if word == "aout" { "août" } else { word };
    let word = if word == "decembre" { "décembre" } else { word };
    MONTHS.iter().position(|month| *month == word).and_then(|rank| i8::try_from(rank + 1).ok())
}

/// A number written in digits, without a sign.
fn whole(tokens: &[Token], at: usize) -> Option<i64> {
    match &tokens.get(at)?.kind {
        Kind::Number(value) => value.to_i64(),
        Kind::Rank(rank) => Some(*rank),
        Kind::Word | Kind::Sign => None,
    }
}

fn date(tokens: &[Token], at: usize) -> Option<Figure> {
    let weak = implied::is_day_of_count(tokens, at);
    let figure = |quantity, to| Some(Figure { quantity, from: at, to, weak });
    let first = whole(tokens, at).or_else(|| (word(tokens, at) == "premier").then_some(1))?;
    let day = i8::try_from(first).ok().filter(|day| (1..=31).contains(day))?;
    if let Some(month) = month(word(tokens, at + 1)) {
        let year = whole(tokens, at + 2).filter(|year| (1000..=9999).contains(year));
        return match year.and_then(|year| i16::try_from(year).ok()) {
            Some(year) => figure(Quantity::Date(Date::new(year, month, day)?), at + 3),
            None => figure(Quantity::DayOfYear { day, month }, at + 2),
        };
    }
    let slash = |at: usize| word(tokens, at) == "/";
    if slash(at + 1) && slash(at + 3) {
        let month = i8::try_from(whole(tokens, at + 2)?).ok()?;
        // « 31/08/05 », « 01/01/98 ».
        let year = match whole(tokens, at + 4)? {
            year @ 0..50 => year + 2_000,
            year @ 50..100 => year + 1_900,
            year => year,
        };
        let year = i16::try_from(year).ok()?;
        return figure(Quantity::Date(Date::new(year, month, day)?), at + 5);
    }
    None
}

fn fraction(tokens: &[Token], at: usize) -> Option<Figure> {
    let figure = |value: Option<Ratio>, to, weak| {
        Some(Figure { quantity: Quantity::Share(value?), from: at, to, weak })
    };
    let this = word(tokens, at);
    if this == "moitié" {
        return figure(Ratio::new(1, 2), at + 1, implied::is_instalment(tokens, at));
    }
    // « le tiers des membres »; « un tiers » alone is somebody.
    // « le quart, s'il laisse trois enfants », « le vingtième, sur la tranche »: of what stands before.
    if let Some(parts) = parts(this)
        && this != "douzième"
        && matches!(before(tokens, at), "le" | "au" | "du")
        && (matches!(word(tokens, at + 1), "de" | "des" | "du" | "d'" | "au")
            || (this != "tiers" || is_shared(tokens, at))
                && matches!(
                    word(tokens, at + 1),
                    "," | ";" | "." | "en" | "sur" | "pour" | "si" | "s'" | "lorsque"
                ))
    {
        return figure(Ratio::new(1, i128::from(parts)), at + 1, false);
    }
    let (count, next) = match whole(tokens, at) {
        Some(count) => (count, at + 1),
        None => cardinal(tokens, at).and_then(|(value, next)| Some((value.to_i64()?, next)))?,
    };
    let divisor = parts(word(tokens, next))?;
    if word(tokens, next) == "demi" {
        return None;
    }
    let somebody = count == 1
        && !matches!(word(tokens, next + 1), "de" | "des" | "du" | "d'" | "au")
        && word(tokens, next) == "tiers";
    figure(Ratio::new(i128::from(count), i128::from(divisor)), next + 1, somebody)
}

/// Whether another part stands in the passage: « la moitié si …, le tiers si … » is not somebody.
fn is_shared(tokens: &[Token], at: usize) -> bool {
    tokens.iter().enumerate().any(|(other, token)| {
        other != at && (token.text == "moitié" || token.text != "tiers" && parts(&token.text).is_some())
    })
}

/// A number with its unit.
fn numbered(tokens: &[Token], at: usize) -> Option<Figure> {
    let token = tokens.get(at)?;
    let (mut value, mut next) = match &token.kind {
        Kind::Number(value) => (value.clone(), at + 1),
        Kind::Word if can_be_number(tokens, at) => cardinal(tokens, at)?,
        Kind::Word | Kind::Rank(_) | Kind::Sign => return None,
    };
    let in_words = token.is_word();
    if let Some(by) = multiplier(word(tokens, next)) {
        value = value.mul(&Ratio::from(by));
        next += 1;
    }
    if halves(tokens, next)
        && let Some(by) = next.checked_sub(1).and_then(|last| multiplier(word(tokens, last)))
    {
        // « un million et demi ».
        value = value.add(&half_of(&Ratio::from(by)));
        next += 2;
    }
    // « deux fois et demie », « trois mois et demi ».
    let counted = matches!(word(tokens, next), "fois" | "mois");
    if counted && halves(tokens, next + 1) {
        let value = value.add(&half_of(&Ratio::one()));
        let quantity = match word(tokens, next) {
            "mois" => Quantity::Months(value),
            _ => Quantity::Count { value, bare: false },
        };
        return Some(Figure { quantity, from: at, to: next + 3, weak: false });
    }
    // « un mètre quatre-vingts ».
    if matches!(word(tokens, next), "mètre" | "mètres")
        && let Some((hundredths, to)) = cardinal(tokens, next + 1)
        && hundredths < Ratio::from(100)
        && !names_something(tokens, to)
        && let Some(more) = hundredths.div(&Ratio::from(100))
    {
        let quantity = Quantity::Count { value: value.add(&more), bare: false };
        return Some(Figure { quantity, from: at, to, weak: false });
    }
    // « 24 heures sur 24 », « 24/24 », « 3 / 4 ».
    let slashed = word(tokens, next) == "/" || before(tokens, at) == "/";
    let (quantity, to) = with_half(tokens, unit(tokens, &value, next));
    let one = in_words && value == Ratio::one();
    if one && matches!(quantity, Quantity::Count { .. }) && !counts_one(tokens, at) {
        return None;
    }
    let weak = slashed
        || (one && !is_definite_one(tokens, at, &quantity))
        || is_label(tokens, at)
        || is_known(tokens, at)
        || value == Ratio::one() && is_of_pay(tokens, &quantity, to)
        || is_definite_count(tokens, at, in_words, &quantity)
        || is_time_of_day(tokens, at, to, &quantity)
        || implied::is_span_between(tokens, at, to, &quantity)
        || implied::comes_round(tokens, at, to, &quantity)
        || implied::counts_instalments(tokens, at, to);
    let quantity = as_year(tokens, at, to, quantity);
    // Years stand in titles and names of exercises; only a bound makes one a figure of the law.
    let weak = weak || matches!(quantity, Quantity::Year(_));
    Some(Figure { quantity, from: at, to, weak })
}

fn halves(tokens: &[Token], at: usize) -> bool {
    word(tokens, at) == "et" && matches!(word(tokens, at + 1), "demi" | "demie")
}

fn half_of(whole: &Ratio) -> Ratio {
    whole.div(&Ratio::from(2)).unwrap_or_else(Ratio::zero)
}

/// « un an et demi », « deux heures et demie ».
fn with_half(tokens: &[Token], (quantity, to): (Quantity, usize)) -> (Quantity, usize) {
    if !halves(tokens, to) {
        return (quantity, to);
    }
    let last = to.checked_sub(1).map_or("", |at| word(tokens, at));
    let more = match (&quantity, last) {
        (Quantity::Months(months), "an" | "ans" | "année" | "années") => {
            Quantity::Months(months.add(&Ratio::from(6)))
        }
        (Quantity::Hours(hours), _) => Quantity::Hours(hours.add(&half_of(&Ratio::one()))),
        // « deux jours et demi ouvrables ».
        (Quantity::Days(days), "jour" | "jours") => Quantity::Days(days.add(&half_of(&Ratio::one()))),
        _ => return (quantity, to),
    };
    (more, to + 2)
}

/// « au moins un », « plus d'un », « égal à un »: a figure, where « un » alone is an article.
fn counts_one(tokens: &[Token], at: usize) -> bool {
    let led = |word: &str| {
        matches!(word, "moins" | "plus" | "minimum" | "maximum" | "minima")
            || word.starts_with("supérieur")
            || word.starts_with("inférieur")
    };
    let number = |at: usize| {
        matches!(tokens.get(at).map(|token| &token.kind), Some(Kind::Number(_)))
            || super::number::is_numeral(word(tokens, at).split('-').next().unwrap_or(""))
    };
    // « un à trois ans », « un ou deux mois ».
    if matches!(word(tokens, at + 1), "à" | "ou") && number(at + 2) {
        return true;
    }
    // « inférieur à un seuil fixé par arrêté », « à un montant de 1 000 € »: an article.
    if NAMED.contains(&word(tokens, at + 1)) {
        return false;
    }
    if matches!(word(tokens, at + 2), "de" | "d'") && number(at + 3) {
        return false;
    }
    let first = before(tokens, at);
    // « de 16 ans ou plus d'un médecin »: of the age.
    let closes = at.checked_sub(2).is_some_and(|plus| matches!(before(tokens, plus), "ou" | "et"));
    if first == "d'" && closes {
        return false;
    }
    led(first)
        || (matches!(first, "d'" | "de" | "à") && at.checked_sub(1).is_some_and(|at| led(before(tokens, at))))
}

/// « neuf » is also new, « un » is an article.
fn can_be_number(tokens: &[Token], at: usize) -> bool {
    if word(tokens, at) != "neuf" {
        return true;
    }
    let Some(next) = tokens.get(at + 1) else { return false };
    let joined = before(tokens, at);
    let led = matches!(
        joined,
        "" | "de"
            | "les"
            | "des"
            | "ces"
            | "à"
            | "par"
            | "dans"
            | "entre"
            | "et"
            | "ou"
            | "pendant"
            | "aux"
            | "moins"
            | "plus"
            | "maximum"
            | "minimum"
            | "d'"
            | ","
            | "("
    );
    // « neuf mètres » after whatever verb: several of them.
    let several = next.text.ends_with(['s', 'x']) && !next.is(&SHORT);
    next.is_word() && !next.is(&["de", "du", "des", "et", "ou", "à", "au"]) && (led || several)
}

/// The unit that follows a number.
fn unit(tokens: &[Token], value: &Ratio, at: usize) -> (Quantity, usize) {
    // « 2 millions d'euros », « une dizaine de jours ».
    // « 0 De 4 à 37 »: the next cell of a table.
    let (first, shift) = match word(tokens, at) {
        "d'" | "de" if !tokens.get(at).is_some_and(|token| token.capital) => (word(tokens, at + 1), 1),
        other => (other, 0),
    };
    let to = at + shift + 1;
    let times = |by: i64| value.mul(&Ratio::from(by));
    let share = |of: i64| value.div(&Ratio::from(of)).unwrap_or_else(Ratio::zero);
    match first {
        "€" | "euros" | "euro" | "eur" => (Quantity::Euros(value.clone()), to),
        "xpf" => (Quantity::Francs(value.clone()), to),
        "f" | "franc" | "francs" if word(tokens, to) == "cfp" => (Quantity::Francs(value.clone()), to + 1),
        "franc" | "francs" => (Quantity::Francs(value.clone()), to),
        "k" if word(tokens, to) == "€" => (Quantity::Euros(times(1_000)), to + 1),
        "m" if word(tokens, to) == "€" => (Quantity::Euros(times(1_000_000)), to + 1),
        "centime" | "centimes" => (Quantity::Euros(share(100)), to),
        "an" | "ans" | "année" | "années" | "annuités" => (Quantity::Months(times(12)), to),
        "semestre" | "semestres" => (Quantity::Months(times(6)), to),
        "trimestre" | "trimestres" => (Quantity::Months(times(3)), to),
        "mois" => (Quantity::Months(value.clone()), to),
        "semaine" | "semaines" => (Quantity::Days(times(7)), to),
        "jour" | "jours" => {
            let kind = match word(tokens, to) {
                "ouvrable" | "ouvrables" => "ouvrables",
                "ouvré" | "ouvrés" => "ouvrés",
                "franc" | "francs" => "francs",
                _ => return (Quantity::Days(value.clone()), to),
            };
            (Quantity::SpecialDays { value: value.clone(), kind }, to + 1)
        }
        "heure" | "heures" | "h" => (Quantity::Hours(value.clone()), to),
        _ if shift > 0 => (Quantity::Count { value: value.clone(), bare: false }, at),
        "%" => (Quantity::Percent(share(100)), to),
        "‰" => (Quantity::Percent(share(1_000)), to),
        "pour" if matches!(word(tokens, to), "cent" | "100") => (Quantity::Percent(share(100)), to + 1),
        "p" if word(tokens, to) == "." && word(tokens, to + 1) == "100" => {
            (Quantity::Percent(share(100)), to + 2)
        }
        _ => (Quantity::Count { value: value.clone(), bare: !names_something(tokens, at) }, at),
    }
}

/// Whether a noun follows a number.
fn names_something(tokens: &[Token], at: usize) -> bool {
    tokens.get(at).is_some_and(|next| {
        // « 2 Supérieur à », « 63,15 II »: the next cell of a table.
        next.is_word()
            && !next.capital
            && !next.opens
            && !next.is(&[
                "selon", "par", "et", "ou", "à", "au", "aux", "pour", "en", "sans", "lorsque", "si", "sur",
                "dans", "est", "sont", "puis", "dont", "avec", "de", "du", "des", "d'", "minimum", "maximum",
                "suivant", "inclus", "exclu", "quand", "chaque", "x",
            ])
    })
}

/// « un » is a figure where it counts time, or where what leads to it says so; a bound on it is seen later.
fn is_definite_one(tokens: &[Token], at: usize, quantity: &Quantity) -> bool {
    match quantity {
        // « un mois de salaire » is an amount, « d'un mois incomplet » no length of time.
        Quantity::Months(_) => {
            let is_some_month = ["incompl", "entamé", "commencé", "civil"]
                .iter()
                .any(|kind| word(tokens, at + 2).starts_with(kind));
            !matches!(before(tokens, at), "l'" | "par") && !implied::is_pay(tokens, at + 2) && !is_some_month
        }
        Quantity::Days(_) => matches!(before(tokens, at), "dans" | "sous" | "pendant"),
        _ => false,
    }
}

/// « catégorie 2 », « zone 1 »: the number is a name.
fn is_label(tokens: &[Token], at: usize) -> bool {
    // « 1. 3 % après 4 ans », each on its line.
    let numbers = tokens.get(at).is_some_and(|token| token.opens) && word(tokens, at + 1) == ".";
    numbers
        || matches!(
            before(tokens, at),
            "catégorie"
                | "zone"
                | "groupe"
                | "niveau"
                | "échelon"
                | "classe"
                | "phase"
                | "tranche"
                | "type"
                | "grade"
                | "étape"
                | "axe"
                | "mesure"
                | "indice"
                | "région"
                | "lot"
                | "volet"
                | "programme"
                | "action"
                | "formulaire"
                | "grille"
                | "secteur"
                | "secteurs"
                | "palier"
                | "stade"
                | "gir"
                | "profil"
                | "bloc"
                | "option"
                | "modèle"
        )
}

/// « 1 mois de salaire »: an amount, that a rule has without a figure.
pub(super) fn is_of_pay(tokens: &[Token], quantity: &Quantity, to: usize) -> bool {
    matches!(quantity, Quantity::Months(_)) && implied::is_pay(tokens, to)
}

/// « cet abattement de 30 % »: what it is has been said.
fn is_known(tokens: &[Token], at: usize) -> bool {
    let this = at.checked_sub(3).map_or("", |at| word(tokens, at));
    matches!(before(tokens, at), "de" | "d'")
        && matches!(this, "cet" | "cette" | "ce" | "ledit" | "ladite" | "dudit")
}

/// « les trois critères », « des deux parents »: known beforehand, not asked for.
fn is_definite_count(tokens: &[Token], at: usize, in_words: bool, quantity: &Quantity) -> bool {
    let counted = matches!(quantity, Quantity::Count { bare: false, .. });
    let small = quantity.number().is_some_and(|value| value <= Ratio::from(12));
    counted
        && (in_words || small)
        && matches!(
            before(tokens, at),
            "les" | "ces" | "des" | "aux" | "tous" | "toutes" | "leurs" | "ses" | "l'"
        )
}

/// « après vingt heures ».
fn is_time_of_day(tokens: &[Token], at: usize, to: usize, quantity: &Quantity) -> bool {
    let Quantity::Hours(value) = quantity else { return false };
    *value <= Ratio::from(24)
        && matches!(before(tokens, at), "après" | "avant" | "à" | "dès" | "vers" | "entre" | "et" | "de")
        && !matches!(word(tokens, to), "par" | "de" | "d'")
}

/// « en 2025 », « l'année 2025 ».
fn as_year(tokens: &[Token], at: usize, to: usize, quantity: Quantity) -> Quantity {
    let Quantity::Count { value, .. } = &quantity else { return quantity };
    let written = tokens.get(at).is_some_and(|token| token.text.len() == 4 && token.span.len() == 4);
    let year = value.to_i64().filter(|year| (1900..=2100).contains(year));
    let led = matches!(
        before(tokens, at),
        "en" | "année"
            | "années"
            | "exercice"
            | "depuis"
            | "avant"
            | "après"
            | "de"
            | "du"
            | "fin"
            | "janvier"
            | "compter"
            | "partir"
            | "jusqu'en"
            | "-"
            | "dès"
            | "campagne"
            | "millésime"
            | "horizon"
            | "ici"
            | "entre"
    ) || (before(tokens, at) == "à" && at >= 2 && before(tokens, at - 1) == "ici")
        || (before(tokens, at) == "et" && at >= 3 && before(tokens, at - 2) == "entre");
    match year {
        Some(year)
            if written
                && to == at + 1
                && (led || month(before(tokens, at)).is_some())
                && !names_something(tokens, to) =>
        {
            Quantity::Year(year)
        }
        _ => quantity,
    }
}
