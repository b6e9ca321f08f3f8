//! Questions that lean on what was said before them: « il », « cette date », « ses liens »; and how they read after it.

use std::borrow::Cow;

/// Whether a question cannot stand alone: it has a pronoun, a possessive or a demonstrative whose antecedent is not in it.
pub fn leans(question: &str) -> bool {
    let question = question.to_lowercase().replace(['’', '\''], " ");
    let words: Vec<&str> = question
        .split(|c: char| c.is_whitespace() || c == ',' || c == '?')
        .filter(|word| !word.is_empty())
        .collect();
    let mut named = false;
    for (rank, word) in words.iter().enumerate() {
        let next = words.get(rank + 1).copied().unwrap_or_default();
        match *word {
            "eux" | "ceux" | "celui" | "celle" | "celles" | "ceux-ci" | "celui-ci" | "celle-ci"
            | "celles-ci" => {
                return !named;
            }
            // « ce que », « ce qui » and « c'est » take up nothing.
            "ce" if matches!(next, "que" | "qu" | "qui" | "dont") => {}
            "ce" | "cet" | "cette" | "ces" => return true,
            "son" | "sa" | "ses" | "leur" | "leurs" if !named => return true,
            // What follows them is a noun, which a later pronoun takes up.
            "le" | "la" | "les" | "l" | "un" | "une" => named = true,
            _ => {}
        }
        let pronoun = ["-il", "-elle", "-ils", "-elles"].iter().find_map(|end| word.strip_suffix(end));
        if let Some(verb) = pronoun {
            let verb = verb.strip_suffix("-t").unwrap_or(verb);
            let before = rank.checked_sub(1).and_then(|rank| words.get(rank)).copied().unwrap_or_default();
            if !named
                && before != "y"
                && !matches!(verb, "faut" | "faudra" | "existe" | "convient" | "reste" | "est-ce")
            {
                return true;
            }
        }
    }
    false
}

/// Words that open a question and are no one's name.
const OPENERS: &[&str] = &[
    "a", "à", "au", "aux", "avec", "ce", "ces", "cet", "cette", "chaque", "combien", "comment", "d", "dans",
    "de", "depuis", "des", "dès", "du", "elle", "elles", "en", "est", "il", "ils", "jusqu", "l", "la",
    "laquelle", "le", "lequel", "les", "leur", "leurs", "lors", "où", "par", "pendant", "pour", "pourquoi",
    "qu", "quand", "que", "quel", "quelle", "quelles", "quels", "qui", "quoi", "sa", "ses", "si", "son",
    "sous", "sur", "tous", "toutes", "un", "une", "y",
];

/// A question after the name of what it is about and a colon: « consultations le samedi : assure-t-elle… ». What may be
/// a name or an acronym keeps its capital.
pub fn lowered(question: &str) -> Cow<'_, str> {
    let mut words = question.split_whitespace();
    let (first, second) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let mut letters = first.chars();
    let Some(capital) = letters.next().filter(|letter| letter.is_uppercase()) else {
        return Cow::Borrowed(question);
    };
    let lower: String = capital.to_lowercase().collect();
    let word = format!("{lower}{}", letters.as_str());
    let piece = word.split(['\'', '’', '-']).next().unwrap_or_default();
    let asks = ["-il", "-elle", "-ils", "-elles", "-on", "-ce", "-nous", "-vous"];
    // « La Rochelle », « Les Abymes ».
    let town = matches!(word.as_str(), "le" | "la" | "les") && second.starts_with(char::is_uppercase);
    let opens = OPENERS.contains(&piece) || asks.iter().any(|end| word.ends_with(end));
    if !opens || town || piece.contains(char::is_uppercase) {
        return Cow::Borrowed(question);
    }
    Cow::Owned([&lower, question.get(capital.len_utf8()..).unwrap_or_default()].concat())
}

#[cfg(test)]
mod tests {
    use super::{leans, lowered};

    #[test]
    fn a_question_after_a_name_begins_small_where_its_first_word_is_no_name() {
        for (question, wanted) in [
            ("Assure-t-elle des visites ?", "assure-t-elle des visites ?"),
            ("À quelle date a-t-elle été facturée ?", "à quelle date a-t-elle été facturée ?"),
            ("Y a-t-il un pharmacien ?", "y a-t-il un pharmacien ?"),
            ("Qu'a-t-elle fait ?", "qu'a-t-elle fait ?"),
            ("L'ARS l'a-t-elle admis ?", "l'ARS l'a-t-elle admis ?"),
            ("Quel est son RPPS ?", "quel est son RPPS ?"),
            ("ARS saisie de cette demande ?", "ARS saisie de cette demande ?"),
            ("Agen est-elle sa commune ?", "Agen est-elle sa commune ?"),
            ("La Rochelle est-elle sa commune ?", "La Rochelle est-elle sa commune ?"),
            ("son nom", "son nom"),
            ("", ""),
        ] {
            assert_eq!(lowered(question), wanted);
        }
    }

    #[test]
    fn a_question_that_leans_is_told_from_one_that_stands_alone() {
        for (question, wanted) in [
            ("Assure-t-elle des visites à domicile ?", true),
            ("La communauté assure-t-elle des consultations le samedi ?", false),
            ("Combien de samedis assure-t-elle dans l'année ?", true),
            ("Combien d'habitants le quartier compte-t-il ?", false),
            ("Ses liens avec les établissements de santé sont-ils formalisés ?", true),
            ("L'équipe collabore-t-elle avec ses partenaires ?", false),
            ("Parmi eux, combien exercent à titre libéral ?", true),
            ("Cette date est-elle certaine ?", true),
            ("À quelle date l’engagement a-t-il été signé ?", false),
            ("À quelle date a-t-il été signé ?", true),
            ("Y a-t-il d'autres équipes ?", false),
            ("Faut-il une autorisation ?", false),
            ("Quel est son métier ?", true),
            ("Quelle spécialité médicale l'équipe réunit-elle ?", false),
            ("Est-ce que le projet est complet ?", false),
            ("Combien de médecins sont présents sur le territoire ?", false),
            ("Quel âge a-t-elle ?", true),
            ("", false),
        ] {
            assert_eq!(leans(question), wanted, "{question}");
        }
    }
}
