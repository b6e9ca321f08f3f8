//! Figures without a number: « quinzaine », « double », « majeur », « majorité » of votes; and numbers that say how
//! often or in how many parts, and are no figure of what is asked.

use super::{Figure, before, half_of, word};
use crate::concordance::lexicon::{COUNTS, INSTALMENTS, PAY, PAYS_OUT as PAYS};
use crate::concordance::prose::token::Token;
use crate::concordance::quantity::Quantity;
use crate::number::Ratio;

/// Words that hold a figure: « quinzaine », « double », « majeur », « trimestriel », « lendemain ».
pub(super) fn implied(tokens: &[Token], at: usize) -> Option<Figure> {
    let count = |n: i64| Quantity::Count { value: Ratio::from(n), bare: false };
    let months = |n: i64| Quantity::Months(Ratio::from(n));
    let quantity = match word(tokens, at) {
        "dizaine" => count(10),
        "douzaine" => count(12),
        "quinzaine" => Quantity::Days(Ratio::from(15)),
        "vingtaine" => count(20),
        "trentaine" => count(30),
        "cinquantaine" => count(50),
        "centaine" => count(100),
        "millier" => count(1_000),
        "huitaine" => Quantity::Days(Ratio::from(8)),
        "lendemain" | "veille" => Quantity::Days(Ratio::from(1)),
        "double" | "doublé" | "doublée" | "doublés" | "doublées" => count(2),
        "triple" | "triplé" | "triplée" | "triplés" | "triplées" => count(3),
        "majorité" if is_vote(tokens, at) => Quantity::Share(Ratio::new(1, 2)?),
        // « à la majorité des deux tiers », « à la majorité qualifiée »: no age.
        "majorité" if is_qualified(tokens, at + 1) => return None,
        "majeur" | "majeurs" | "majeure" | "majeures" | "mineur" | "mineurs" | "mineure" | "mineures"
        | "majorité" | "minorité" => months(18 * 12),
        "quadruple" | "quadruplé" | "quadruplée" | "quadruplés" | "quadruplées" => count(4),
        "quintuple" | "quintuplé" | "quintuplée" | "quintuplés" | "quintuplées" => count(5),
        "décuple" | "décuplé" | "décuplée" | "décuplés" | "décuplées" => count(10),
        // « d'un demi-hectare ».
        "demi-hectare" | "demi-part" | "demi-point" | "demi-litre" | "demi-kilomètre" => {
            Quantity::Count { value: half_of(&Ratio::one()), bare: false }
        }
        "mi-temps" | "demi" | "demie" => Quantity::Share(Ratio::new(1, 2)?),
        // « payable par douzièmes », « égal au douzième ».
        "douzième" | "douzièmes" => Quantity::Share(Ratio::new(1, 12)?),
        "an" | "année" | "annuel" | "annuelle" | "annuellement" => months(12),
        "semestre" | "semestriel" | "semestrielle" => months(6),
        "trimestre" | "trimestriel" | "trimestrielle" => months(3),
        "mensuel" | "mensuelle" | "mensuellement" | "mois" => months(1),
        "semaine" | "hebdomadaire" => Quantity::Days(Ratio::from(7)),
        _ => return None,
    };
    Some(Figure { quantity, from: at, to: at + 1, weak: true })
}

/// « à la majorité des voix », « la majorité absolue »; not « à sa majorité », « la majorité de l'enfant ».
pub fn is_vote(tokens: &[Token], at: usize) -> bool {
    let own = matches!(before(tokens, at), "sa" | "leur" | "leurs");
    match word(tokens, at + 1) {
        "absolue" | "simple" => true,
        "des" | "du" => !own && !is_qualified(tokens, at + 1),
        "de" => !own && matches!(word(tokens, at + 2), "ses" | "leurs" | "ces"),
        _ => false,
    }
}

/// « la majorité des deux tiers »: the fraction is the figure.
fn is_qualified(tokens: &[Token], at: usize) -> bool {
    tokens.iter().skip(at).take(4).take_while(|token| token.is_word()).any(|token| {
        ["tiers", "quart", "cinquième", "qualifié", "renforcé"]
            .iter()
            .any(|start| token.text.starts_with(start))
    })
}

/// « tous les deux ans »: how often; « les douze mois précédant la demande »: over what something is counted.
pub(super) fn comes_round(tokens: &[Token], at: usize, to: usize, quantity: &Quantity) -> bool {
    if !quantity.is_time() || !matches!(before(tokens, at), "les" | "des" | "aux") {
        return false;
    }
    let led = at.checked_sub(2).map_or("", |at| word(tokens, at));
    if matches!(led, "tous" | "toutes") {
        return true;
    }
    // « dans les six mois précédant » bounds.
    let past = ["précéd", "dernier", "dernière", "écoulé"];
    led != "dans"
        && tokens
            .iter()
            .skip(to)
            .take(3)
            .take_while(|token| token.is_word())
            .any(|token| past.iter().any(|start| token.text.starts_with(start)))
}

/// « en quatre fractions égales », « deux versements », « versée en deux fois »: how it is paid.
pub(super) fn counts_instalments(tokens: &[Token], at: usize, to: usize) -> bool {
    let times = |at: usize| matches!(word(tokens, at), "fois" | "temps");
    let in_times = before(tokens, at) == "en" && (times(to) || to.checked_sub(1).is_some_and(times));
    in_times
        || tokens
            .iter()
            .skip(to)
            .take(2)
            .take_while(|token| token.is_word())
            .any(|token| INSTALMENTS.iter().any(|start| token.text.starts_with(start)))
}

/// « versée pour moitié à la signature et pour moitié à l'ouverture ».
pub(super) fn is_instalment(tokens: &[Token], at: usize) -> bool {
    matches!(before(tokens, at), "pour" | "par")
        && tokens
            .get(at.saturating_sub(12)..at)
            .unwrap_or_default()
            .iter()
            .any(|token| PAYS.iter().any(|start| token.text.starts_with(start)))
}

/// « l'effectif apprécié au 31 décembre »: the day on which something is counted, and no time limit.
pub(super) fn is_day_of_count(tokens: &[Token], at: usize) -> bool {
    before(tokens, at) == "au"
        && at.checked_sub(2).is_some_and(|verb| {
            matches!(word(tokens, verb), "celle" | "celui" | "celles" | "ceux" | "situation")
                || COUNTS.iter().any(|start| word(tokens, verb).starts_with(start))
                || COUNTS.iter().any(|start| before(tokens, verb).starts_with(start))
        })
}

/// « de salaire », « de loyer »: what a month of is an amount.
pub(super) fn is_pay(tokens: &[Token], at: usize) -> bool {
    matches!(word(tokens, at), "de" | "d'" | "du") && PAY.contains(&word(tokens, at + 1))
}

/// « l'intervalle entre deux dons »: whatever is between them, two of them.
pub(super) fn is_span_between(tokens: &[Token], at: usize, to: usize, quantity: &Quantity) -> bool {
    let counted = matches!(quantity, Quantity::Count { bare: false, .. });
    let other = tokens.iter().skip(to).take(4).any(|token| token.is(&["et"]));
    counted && before(tokens, at) == "entre" && tokens.get(at).is_some_and(Token::is_word) && !other
}
