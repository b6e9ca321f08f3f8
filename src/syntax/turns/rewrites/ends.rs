//! Ends that are said to be left out: « est entre 3 et 5 exclu ».

use std::ops::Range;

/// « X est entre 3 et 5 exclu » is `X ≥ 3 et X < 5`.
pub(super) fn open_end(line: &str, words: &[Range<usize>]) -> Option<(Range<usize>, String)> {
    let text = |rank: usize| words.get(rank).and_then(|word| line.get(word.clone())).unwrap_or("");
    let between = (1..words.len()).find(|rank| text(*rank) == "entre")?;
    let verb = if text(between - 1) == "est" { between - 1 } else { between };
    let joint = (between + 1..words.len()).find(|rank| text(*rank) == "et")?;
    let out = (joint + 1..words.len()).find(|rank| {
        matches!(text(*rank), "exclu" | "exclue" | "exclus" | "exclues") || text(*rank) == "non"
    })?;
    let last = match (text(out), text(out + 1)) {
        ("non", "compris" | "comprise" | "inclus" | "incluse") => out + 1,
        ("non", _) => return None,
        _ => out,
    };
    let both = matches!(text(out), "exclus" | "exclues");
    let joins = ["et", "ou", "si", "dont", "non"];
    let from = (1..verb).rev().find(|rank| joins.contains(&text(*rank))).map_or(1, |rank| rank + 1);
    let said = |from: usize, to: usize| line.get(words.get(from)?.start..words.get(to.checked_sub(1)?)?.end);
    let subject = said(from, verb).filter(|_| from < verb)?;
    let (low, high) = (said(between + 1, joint)?, said(joint + 1, out)?);
    let above = if both { ">" } else { "≥" };
    let place = words.get(from)?.start..words.get(last)?.end;
    Some((place, format!("{subject} {above} {low} et {subject} < {high}")))
}
