//! What several readings say of one fact, in one sentence: what they have in common is told once.

/// Lines under several readings, those that tell the same thing as one; and whether any of them differ.
pub(super) fn merged<'l>(lines: impl Iterator<Item = &'l String>) -> (Vec<String>, bool) {
    let mut told: Vec<(&str, Vec<&str>)> = Vec::new();
    for line in lines {
        let name = line.split_once(" : ").map_or(&**line, |(name, _)| name);
        match told.iter_mut().find(|(known, _)| *known == name) {
            Some((_, said)) if said.contains(&&**line) => {}
            Some((_, said)) => said.push(line),
            None => told.push((name, vec![line])),
        }
    }
    let differ = told.iter().any(|(_, said)| said.len() > 1);
    (told.iter().map(|(_, said)| either(said)).collect(), differ)
}

/// `5 sur 30 (au moins 3)` and `5 sur 34 (au moins 3)` are `5 sur 30, ou 5 sur 34 (au moins 3)`.
fn either(said: &[&str]) -> String {
    let [first, others @ ..] = said else { return String::new() };
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
    format!("{}{}{tail}", &first[..head], own.join(", ou "))
}

#[cfg(test)]
mod tests {
    use super::merged;

    #[test]
    fn what_readings_have_in_common_is_told_once() {
        for (lines, told) in [
            (["spécialité : cardiologie", "spécialité : cardiologie"], "spécialité : cardiologie"),
            (
                ["adhérents : 5 (au moins 2)", "adhérents : 5 (au moins 1)"],
                "adhérents : 5 (au moins 2, ou au moins 1)",
            ),
            (
                [
                    "comptés : 5 sur 30, soit 16,67 % (au moins 10 %)",
                    "comptés : 5 sur 34, soit 14,71 % (au moins 10 %)",
                ],
                "comptés : 5 sur 30, soit 16,67 %, ou 5 sur 34, soit 14,71 % (au moins 10 %)",
            ),
            (
                [
                    "adhérents : 0, alors qu'il en faut au moins 2",
                    "adhérents : 0, alors qu'il en faut au moins 1",
                ],
                "adhérents : 0, alors qu'il en faut au moins 2, ou au moins 1",
            ),
            (
                [
                    "comptés : 2 sur 30, alors qu'il faut au moins 10 %",
                    "comptés : 2 sur 34, alors qu'il faut au moins 10 %",
                ],
                "comptés : 2 sur 30, ou 2 sur 34, alors qu'il faut au moins 10 %",
            ),
        ] {
            assert_eq!(merged(lines.map(str::to_owned).iter()).0, [told]);
        }
        let lines = ["hospitaliers : oui", "hospitaliers : oui", "liens : oui"].map(str::to_owned);
        assert_eq!(
            merged(lines.iter()),
            (vec!["hospitaliers : oui".to_owned(), "liens : oui".to_owned()], false)
        );
    }
}
