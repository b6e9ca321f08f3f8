//! What several readings say of one fact, in one sentence: what they have in common is told once.

use crate::decision::Combination;
use crate::papers::fill::Fill;
use crate::policy::ReadingId;
use crate::render::words::by_readings;

impl Fill<'_> {
    /// Lines under several readings: what is the same is told once, and what differs with the options that make it so.
    pub(super) fn alike(&self, cases: &[(Combination, Vec<String>)]) -> Vec<String> {
        let words = self.words();
        let label = |combination: &[(ReadingId, u16)]| {
            let options =
                combination.iter().map(|(reading, option)| words.quoted(words.option(*reading, *option)));
            words.list(&options.collect::<Vec<_>>(), ("et", "and"))
        };
        merged(cases, &label)
    }
}

/// What names the options of a combination.
type Label<'l> = &'l dyn Fn(&[(ReadingId, u16)]) -> String;

/// Lines under several readings; `label` names the options of a combination.
fn merged(cases: &[(Combination, Vec<String>)], label: Label<'_>) -> Vec<String> {
    let ranks = cases.first().map_or(0, |(_, lines)| lines.len());
    if cases.iter().any(|(_, lines)| lines.len() != ranks) {
        return by_line(cases, label);
    }
    let told = (0..ranks).map(|rank| {
        let lines = cases.iter().filter_map(|(readings, lines)| Some((readings.clone(), lines.get(rank)?)));
        let mut said: Vec<(&str, Vec<String>)> = Vec::new();
        for (combination, line) in by_readings(lines.collect()) {
            match said.iter_mut().find(|(known, _)| known == line) {
                Some((_, labels)) => labels.push(label(&combination)),
                None => said.push((line, vec![label(&combination)])),
            }
        }
        either(&said)
    });
    told.collect()
}

/// Each line once, with the options under which it is told where it is not under all.
fn by_line(cases: &[(Combination, Vec<String>)], label: Label<'_>) -> Vec<String> {
    let mut lines: Vec<&String> = Vec::new();
    for line in cases.iter().flat_map(|(_, lines)| lines) {
        if !lines.contains(&line) {
            lines.push(line);
        }
    }
    let told = lines.into_iter().map(|line| {
        let holds = cases.iter().map(|(combination, lines)| (combination.clone(), lines.contains(line)));
        let under = by_readings(holds.collect());
        let labels = under.iter().filter(|(combination, holds)| *holds && !combination.is_empty());
        let labels: Vec<String> = labels.map(|(combination, _)| label(combination)).collect();
        match labels.is_empty() {
            true => line.clone(),
            false => format!("selon la lecture {}, {line}", labels.join(" ou ")),
        }
    });
    told.collect()
}

/// `5 sur 30 (au moins 3)` and `5 sur 34 (au moins 3)` are `5 sur 30 selon la lecture « a », ou 5 sur 34 selon « b » (au
/// moins 3)`.
fn either(all: &[(&str, Vec<String>)]) -> String {
    let said: Vec<&str> = all.iter().map(|(line, _)| *line).collect();
    let [first, others @ ..] = said.as_slice() else { return String::new() };
    if others.is_empty() {
        return (*first).to_owned();
    }
    let shared = |one: &str, other: &str| {
        one.char_indices()
            .zip(other.chars())
            .find(|((_, a), b)| a != b)
            .map_or(one.len().min(other.len()), |((at, _), _)| at)
    };
    let head = others.iter().map(|other| shared(first, other)).min().unwrap_or(0);
    let head = [" : ", " (", "alors qu'il en faut ", "alors qu'il faut "]
        .iter()
        .filter_map(|mark| Some(first[..head].rfind(mark)? + mark.len()))
        .max();
    let head = head.unwrap_or(0);
    let back = |one: &str| one.chars().rev().collect::<String>();
    let rest: Vec<&str> = said.iter().map(|one| &one[head..]).collect();
    let turned: Vec<String> = rest.iter().map(|one| back(one)).collect();
    let tail = turned.iter().skip(1).map(|other| shared(&turned[0], other)).min().unwrap_or(0);
    // From the end, as far as a parenthesis or a comma begins.
    let common = back(&turned[0][..tail]);
    let tail = [" (", ", "].iter().filter_map(|mark| common.find(mark)).min();
    let tail = tail.or_else(|| common.ends_with(')').then(|| common.len() - 1));
    let tail = tail.map_or("", |at| &common[at..]);
    let own: Vec<&str> = rest.iter().map(|one| one.strip_suffix(tail).unwrap_or(one)).collect();
    let under = own.iter().zip(all).enumerate().map(|(rank, (own, (_, labels)))| {
        let selon = if rank == 0 { "selon la lecture" } else { "selon" };
        format!("{own} {selon} {}", labels.join(" ou "))
    });
    format!("{}{}{tail}", &first[..head], under.collect::<Vec<_>>().join(", ou "))
}

#[cfg(test)]
mod tests {
    use super::merged;
    use crate::decision::Combination;
    use crate::policy::ReadingId;

    /// What two options of one reading tell.
    fn told(lines: [&[&str]; 2]) -> Vec<String> {
        let under = |option: u16| -> Combination { vec![(ReadingId(0), option)] };
        let cases: Vec<(Combination, Vec<String>)> = (0..)
            .zip(lines)
            .map(|(option, lines)| (under(option), lines.iter().map(|line| (*line).to_owned()).collect()))
            .collect();
        merged(&cases, &|combination| {
            let names =
                combination.iter().map(|(_, option)| format!("« {} »", ["a", "b"][usize::from(*option)]));
            names.collect()
        })
    }

    #[test]
    fn what_readings_have_in_common_is_told_once_and_what_differs_with_its_reading() {
        for (lines, said) in [
            (["spécialité : cardiologie", "spécialité : cardiologie"], "spécialité : cardiologie"),
            (
                ["adhérents : 5 (au moins 2)", "adhérents : 5 (au moins 1)"],
                "adhérents : 5 (au moins 2 selon la lecture « a », ou au moins 1 selon « b »)",
            ),
            (
                [
                    "comptés : 5 sur 30, soit 16,67 % (au moins 10 %)",
                    "comptés : 5 sur 34, soit 14,71 % (au moins 10 %)",
                ],
                "comptés : 5 sur 30, soit 16,67 % selon la lecture « a », ou 5 sur 34, soit 14,71 % selon « b » (au moins 10 %)",
            ),
            (
                [
                    "adhérents : 0, alors qu'il en faut au moins 2",
                    "adhérents : 0, alors qu'il en faut au moins 1",
                ],
                "adhérents : 0, alors qu'il en faut au moins 2 selon la lecture « a », ou au moins 1 selon « b »",
            ),
            (
                [
                    "comptés : 2 sur 30, alors qu'il faut au moins 10 %",
                    "comptés : 2 sur 34, alors qu'il faut au moins 10 %",
                ],
                "comptés : 2 sur 30 selon la lecture « a », ou 2 sur 34 selon « b », alors qu'il faut au moins 10 %",
            ),
        ] {
            assert_eq!(told(lines.each_ref().map(std::slice::from_ref)), [said]);
        }
        assert_eq!(
            told([&["une", "deux"], &["une", "trois"]]),
            ["une", "deux selon la lecture « a », ou trois selon « b »"]
        );
        assert_eq!(told([&["une", "deux"], &["une"]]), ["une", "selon la lecture « a », deux"]);
    }
}
