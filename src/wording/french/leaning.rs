//! Questions that lean on what was said before them: « il », « cette date », « ses liens ».

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

#[cfg(test)]
mod tests {
    use super::leans;

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
