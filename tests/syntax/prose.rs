//! Quotations in the canonical layout: their words never change, their lines are filled.

use proptest::prelude::*;

use super::formatter::settled;

/// Where the lines of a quotation end at the latest.
const WIDTH: usize = 100;

/// Words and what parts them: a no-break space parts no words.
fn words(text: &str) -> Vec<&str> {
    text.split([' ', '\t', '\r', '\n']).filter(|word| !word.is_empty()).collect()
}

#[test]
fn long_quotations_are_filled_short_lines_joined() {
    let source = "dispositif t « Titre »

source CSP « Code de la santé publique, article L. 1411-11-1, dans sa version en vigueur » dans « sources/un nom de fichier.txt », texte opposable

dossier
  spécialité : texte
    « Quelle spécialité
      médicale
      l'équipe réunit-elle ? »
  avis : texte
    « Offre-t-elle un avis spécialisé ponctuel, dans des délais réduits, par téléexpertise, téléconsultation ou consultation en présentiel ? »

lecture base
  « Lesquels ? »
  - libéraux : selon CSP « au moins 10 % des professionnels libéraux de la spécialité concernée du territoire »
  - tous     : selon CSP « au moins 10 % des professionnels »

critère c
  selon CSP, art. 3 « Périmètre continu géographique, a minima, départemental (avec une cible régionale possible), non déjà couvert »
  exige spécialité ≠ « un texte qui est une valeur, que l'on compare mot à mot, et qui reste donc comme il fut tapé »
  note « Court. »  # ceci reste au bout de sa ligne, même quand elle devient plus longue que la marge de droite
";
    let expected = "dispositif t « Titre »

source CSP « Code de la santé publique, article L. 1411-11-1, dans sa version en
  vigueur » dans « sources/un nom de fichier.txt », texte opposable

dossier
  spécialité : texte
    « Quelle spécialité médicale l'équipe réunit-elle ? »
  avis : texte
    « Offre-t-elle un avis spécialisé ponctuel, dans des délais réduits, par téléexpertise,
      téléconsultation ou consultation en présentiel ? »

lecture base
  « Lesquels ? »
  - libéraux : selon CSP « au moins 10 % des professionnels libéraux de la spécialité concernée du
    territoire »
  - tous     : selon CSP « au moins 10 % des professionnels »

critère c
  selon CSP, art. 3 « Périmètre continu géographique, a minima, départemental (avec une cible
    régionale possible), non déjà couvert »
  exige spécialité ≠ « un texte qui est une valeur, que l'on compare mot à mot, et qui reste donc comme il fut tapé »
  note « Court. »  # ceci reste au bout de sa ligne, même quand elle devient plus longue que la marge de droite
";
    assert_eq!(settled(source), expected);
}

/// Guillemets within guillemets, no-break spaces, figures and high punctuation hold together.
#[test]
fn what_holds_together_is_not_broken() {
    let source = "dispositif t « t »

critère c
  note « Le plafond de la prise en charge des dépenses d'équipement est porté au plus tard à 1 250 000 € pour
    l'ensemble. On lit « la spécialité concernée » , et plus loin « les spécialités concernées » ; faut-il lire la même chose\u{a0}? Non\u{202f}! »
  exige x
";
    let expected = "dispositif t « t »

critère c
  note « Le plafond de la prise en charge des dépenses d'équipement est porté au plus tard à
    1 250 000 € pour l'ensemble. On lit « la spécialité concernée » , et plus loin « les spécialités
    concernées » ; faut-il lire la même chose\u{a0}? Non\u{202f}! »
  exige x
";
    assert_eq!(settled(source), expected);
}

/// A line that ended with a no-break space would lose it when next formatted.
#[test]
fn no_line_ends_beside_a_no_break_space() {
    for beside in ["mot\u{a0}", "\u{202f}mot"] {
        let words = format!("{beside} ").repeat(40);
        let source = format!("dispositif t « t »\n\ncritère c\n  note « a {words}b »\n  exige x\n");
        let settled = settled(&source);
        assert_eq!(settled.matches(beside).count(), 40, "{settled}");
    }
}

/// An enumeration keeps its lines, and paragraphs stay apart.
#[test]
fn breaks_that_say_something_stay() {
    let source = "dispositif t « t »

critère c
  selon CSP « L'équipe :
1° est constituée autour
de médecins spécialistes ;
2° contribue :
– avec les acteurs,
– à la structuration des parcours.


Elle transmet
son projet. »
exige x
";
    let expected = "dispositif t « t »

critère c
  selon CSP « L'équipe :
    1° est constituée autour de médecins spécialistes ;
    2° contribue :
    – avec les acteurs,
    – à la structuration des parcours.

    Elle transmet son projet. »
  exige x
";
    assert_eq!(settled(source), expected);
}

/// White space makes a text longer: one that would no longer read stays as it is.
#[test]
fn a_text_that_would_pass_its_bounds_stays_as_it_is() {
    use conforme::limits::LINE_BYTES;
    let note = |length: usize| {
        let words = "mot ".repeat(length / 4);
        format!("dispositif t « t »\n  note « {} »\n", &words[..length - "note «  »".len()])
    };
    let long = note(LINE_BYTES);
    assert_eq!(settled(&long), long);
    let shorter = settled(&note(LINE_BYTES / 2));
    assert!(shorter.lines().all(|line| line.chars().count() <= WIDTH));
}

fn word() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "équipe",
        "de",
        "soins",
        "l'équipe",
        "10",
        "%",
        "10%",
        "80",
        "000",
        "€",
        "80\u{202f}000\u{a0}€",
        "1°",
        "–",
        "-",
        "non-salariés",
        "« ESS »",
        "«\u{a0}ESS\u{a0}»",
        "« un « deux » »",
        "(a)",
        ";",
        ":",
        "fin.",
        "à\u{a0}:",
        "?",
        "L. 1411-11-1,",
        "anticonstitutionnellement",
        "#",
        "et",
        "ou",
        "selon",
        "sauf si",
    ])
}

fn gap() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![" ", " ", " ", " ", "  ", "\n", "\n      ", " \r\n\t", "\n\n"])
}

/// How many guillemets a line opens more than it closes.
fn depth(line: &str) -> isize {
    line.chars().map(|c| isize::from(c == '«') - isize::from(c == '»')).sum()
}

/// A policy with this quotation at every place where one may stand.
fn policy(quotation: &str) -> String {
    format!(
        "dispositif t {quotation}
note {quotation}
source a {quotation}, texte opposable
source abc {quotation} dans « a.txt », document d'information
dossier
x : texte
{quotation}
note {quotation}
lecture l
{quotation}
- court : selon a {quotation}
- bien plus long : selon a, p. 3 {quotation}
selon abc {quotation}
définition d {quotation}
concordance : motif {quotation}
vaut 1  si x = {quotation}
vaut 2 dans les autres cas
critère c
selon a {quotation}
exige x ≠ {quotation}
sauf si d ≥ 1  # remarque
selon a {quotation} # autre remarque
"
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn words_stay_and_lines_have_room(parts in prop::collection::vec((word(), gap()), 1..60)) {
        let inner: String = parts.iter().flat_map(|(word, gap)| [*word, *gap]).collect();
        let text = policy(&format!("« {} »", inner.trim()));
        let settled = settled(&text);
        // Comparison signs are typed as the formatter writes them: nothing but white space may change.
        prop_assert_eq!(words(&settled), words(&text));
        let value = |line: &str| ["exige", "vaut"].iter().any(|key| line.trim_start().starts_with(key));
        let mut lines = settled.lines();
        while let Some(line) = lines.next() {
            if value(line) {
                // A value keeps its lines, up to its last guillemet.
                let mut open = depth(line);
                while open > 0 {
                    open += depth(lines.next().unwrap());
                }
                continue;
            }
            let code = line.split("  # ").next().unwrap_or(line);
            prop_assert!(code.chars().count() <= WIDTH, "{} columns: {code}\n{settled}", code.chars().count());
        }
    }

    /// The layout does not depend on where the author broke a sentence.
    #[test]
    fn one_layout_for_one_sentence(parts in prop::collection::vec((word(), any::<bool>()), 1..60)) {
        let says = |word: &str| word.ends_with([';', ':']) || ["–", "-"].contains(&word);
        let mut broken = String::new();
        let mut before = "";
        for (word, cut) in &parts {
            broken.push_str(if *cut && !says(before) && !says(word) { "\n  " } else { " " });
            broken.push_str(word);
            before = word;
        }
        let even = words(&broken).join(" ");
        prop_assert_eq!(settled(&policy_of_prose(&broken)), settled(&policy_of_prose(&even)));
    }

    /// A comment keeps its place, at the end of a line or on its own, whatever stands around.
    #[test]
    fn comments_keep_their_place(which in 0..2_usize, places in prop::collection::vec((any::<prop::sample::Index>(), any::<bool>()), 1..12)) {
        let policy = settled([include_str!("../../policies/ess/ess.pol"), include_str!("../../policies/csq/csq.pol")][which]);
        let mut depth = 0_usize;
        // Line ends that stand in no quotation.
        let mut lines: Vec<(String, bool)> = policy.lines().map(|line| {
            depth = (depth + line.matches('«').count()).saturating_sub(line.matches('»').count());
            (line.to_owned(), depth == 0)
        }).collect();
        for (n, (place, own_line)) in places.iter().enumerate() {
            let at = place.index(lines.len());
            let (line, free) = &mut lines[at];
            if !*free || line.contains('#') {
                continue;
            }
            if *own_line {
                lines.insert(at + 1, (format!("# propos {n}"), true));
            } else if !line.trim().is_empty() {
                line.push_str(&format!("  # remarque {n}"));
            }
        }
        let text = lines.iter().map(|(line, _)| format!("{line}\n")).collect::<String>();
        let formatted = settled(&text);
        let shown = |text: &str| -> Vec<String> {
            text.lines().filter(|line| !line.trim().is_empty()).map(|line| words(line).join(" ")).collect()
        };
        prop_assert_eq!(shown(&formatted), shown(&text));
    }
}

fn policy_of_prose(words: &str) -> String {
    format!("dispositif t « t »\n\ncritère c\n  selon a « {words} »\n  note « {words} »\n  exige x\n")
}

#[test]
fn a_comment_within_a_line_moves_no_word_of_its_label() {
    let line = "  territoire.échelon « échelon du territoire » : parmi infra-départemental < départemental <";
    let policy = format!(
        "dispositif d « D »\n  en vigueur depuis le 1er janvier 2025\n\ndossier\n{line}  # où s'arrêter ?\n    \
         interdépartemental < régional\n"
    );
    assert!(settled(&policy).contains(line));
}
