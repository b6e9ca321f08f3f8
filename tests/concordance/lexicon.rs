//! The lexicon of `lexique`: each turn of phrase is read as its line says, each list has words and a reader.

use conforme::concordance::prose::Passage;

const COMPARISONS: &str = include_str!("../../lexique/comparaisons.txt");
const WORDS: &str = include_str!("../../lexique/mots.txt");
const READER: &str = include_str!("../../src/concordance/lexicon.rs");

/// What an example puts on its figures: `≥`, `≥ ~` where it does not say on which side the bound falls.
fn said(example: &str) -> Vec<String> {
    let bounds = Passage::read(example, 0).mentions.into_iter().filter_map(|mention| mention.bound);
    bounds.map(|bound| format!("{}{}", bound.op.sign(), if bound.exact { "" } else { " ~" })).collect()
}

#[test]
fn each_turn_of_phrase_is_read_as_its_line_says() {
    let mut wrongly = Vec::new();
    for line in COMPARISONS.lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
        let columns: Vec<&str> = line.split(" | ").collect();
        let [place, _, bound, right, wrong] = columns[..] else { panic!("{line}") };
        assert!(matches!(place, "avant" | "après"), "{line}");
        let bound = bound.to_owned();
        if !said(right).contains(&bound) || said(wrong).contains(&bound) {
            wrongly.push(format!("{line}\n  {:?}, {:?}", said(right), said(wrong)));
        }
    }
    assert!(wrongly.is_empty(), "{}", wrongly.join("\n"));
}

#[test]
fn each_list_has_words_and_a_reader() {
    let lists = WORDS.split("\n[").skip(1);
    for list in lists {
        let (name, rest) = list.split_once(']').unwrap();
        let words = rest.split_once('\n').unwrap().1;
        assert!(words.split(',').any(|word| !word.trim().is_empty()), "{name}");
        assert!(READER.contains(&format!(" {name},")), "{name}");
    }
}
