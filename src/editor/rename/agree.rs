//! The little words before a name: « d'adhérents », « de médecins »; « l'aide », « la prime ».

use crate::source::Span;
use crate::wording::french::{before, is_feminine};

/// Whether « de » before it becomes « d' ».
fn elides(name: &str) -> bool {
    before("de", name).starts_with("d'")
}

/// What changes of the words before a name that is another from now on; nothing where they agree with both.
pub(super) fn with(text: &str, old: &str, new: &str) -> Option<(Span, String)> {
    let (from, to) = (elides(old), elides(new));
    if from == to {
        return None;
    }
    let gendered = |masculine: &str, feminine: &str| {
        if is_feminine(new) { feminine.to_owned() } else { masculine.to_owned() }
    };
    // The longest first: « de l' » is no « l' ».
    let forms: [(&str, &dyn Fn() -> String); 4] = [
        ("de l'", &|| gendered("du ", "de la ")),
        ("à l'", &|| gendered("au ", "à la ")),
        ("d'", &|| "de ".to_owned()),
        ("l'", &|| gendered("le ", "la ")),
    ];
    let open: [(&str, &str); 7] = [
        ("de la ", "de l'"),
        ("à la ", "à l'"),
        ("du ", "de l'"),
        ("au ", "à l'"),
        ("de ", "d'"),
        ("le ", "l'"),
        ("la ", "l'"),
    ];
    let found = |word: &str| {
        let start = text.len().checked_sub(word.len())?;
        let apart = text.get(..start)?.chars().next_back().is_none_or(|c| !c.is_alphanumeric());
        (apart && text.ends_with(word)).then(|| Span::new(start, text.len()))
    };
    if from {
        forms.iter().find_map(|(word, said)| Some((found(word)?, said())))
    } else {
        open.iter().find_map(|(word, said)| Some((found(word)?, (*said).to_owned())))
    }
}

#[cfg(test)]
mod tests {
    use super::with;

    #[test]
    fn the_words_before_agree() {
        let agreed = |text: &str, old: &str, new: &str| {
            with(text, old, new).map(|(span, said)| format!("{}{said}", &text[..span.start as usize]))
        };
        for (text, old, new, wanted) in [
            ("nombre d'", "adhérents", "médecins", Some("nombre de ")),
            ("nombre de ", "médecins", "adhérents", Some("nombre d'")),
            ("exige l'", "aide", "prime", Some("exige la ")),
            ("montant de l'", "aide", "forfait", Some("montant du ")),
            ("montant du ", "forfait", "aide", Some("montant de l'")),
            ("exige ", "aide", "prime", None),
            ("nombre de ", "médecins", "cadres", None),
            ("monde ", "cadre", "aide", None),
        ] {
            assert_eq!(agreed(text, old, new).as_deref(), wanted, "{text}{old} → {new}");
        }
    }
}
