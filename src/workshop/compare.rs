//! What differs between a decision and the one that was approved: point by point first, then the text.

use similar::{ChangeTag, TextDiff};

/// How a line differs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Change {
    /// It stood in the approved decision only.
    Gone,
    /// It stands in the new one only.
    New,
    /// It says under what the lines that follow stand.
    Under,
}

/// A difference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Difference {
    /// A point that came to something else: `critère seuil d'adhésion`, `rempli`, `non rempli`.
    Point {
        /// What it is about.
        name: String,
        /// What was approved; `None` where the approved decision knows no such point.
        before: Option<String>,
        /// What is decided now; `None` where there is no such point any more.
        after: Option<String>,
    },
    /// A part of the text that reads otherwise, with the lines that differ.
    Passage {
        /// The part's title; empty for the head of the decision.
        title: String,
        /// The lines.
        lines: Vec<(Change, String)>,
    },
}

/// A part of a decision: a title and lines.
type Part<'t> = (&'t str, Vec<&'t str>);

/// What differs between two texts of [`super::approved`], in the order in which people care.
pub(super) fn differences(before: &str, after: &str, points: &str) -> Vec<Difference> {
    let (old, new) = (parts(before), parts(after));
    let lines = |parts: &[Part<'_>], title: &str| -> Vec<String> {
        let part = parts.iter().find(|(own, _)| *own == title);
        part.map_or_else(Vec::new, |(_, lines)| lines.iter().map(|line| (*line).to_owned()).collect())
    };
    let mut found = point_by_point(&lines(&old, points), &lines(&new, points));
    let titles = old.iter().map(|(title, _)| *title);
    let mut titles: Vec<&str> = titles.filter(|title| *title != points).collect();
    for (title, _) in &new {
        if *title != points && !titles.contains(title) {
            titles.push(title);
        }
    }
    for title in titles {
        let (before, after) = (lines(&old, title), lines(&new, title));
        if before != after {
            found.push(Difference::Passage { title: title.to_owned(), lines: passage(&before, &after) });
        }
    }
    found
}

/// Whether nothing differs but what the head says of the text: its title, the version, the amendments. What
/// is decided, of what dossier and on what day stands there too, and is the same.
pub(super) fn is_of_version_alone(found: &[Difference]) -> bool {
    let [Difference::Passage { title, lines }] = found else { return false };
    let of = |wanted: Change| lines.iter().filter(move |(change, _)| *change == wanted);
    let day = |(_, line): &'_ (Change, String)| line.rsplit_once(" · ").map(|(_, day)| day.to_owned());
    let decided = |line: &str| line.starts_with("# ") || line.starts_with("**");
    title.is_empty()
        && !lines.is_empty()
        && !lines.iter().any(|(_, line)| decided(line))
        && of(Change::Gone).filter_map(day).eq(of(Change::New).filter_map(day))
}

fn parts(text: &str) -> Vec<Part<'_>> {
    let mut parts: Vec<Part<'_>> = vec![("", Vec::new())];
    for line in text.lines() {
        match line.strip_prefix("## ") {
            Some(title) => parts.push((title, Vec::new())),
            None if line.trim().is_empty() => {}
            None => {
                if let Some((_, lines)) = parts.last_mut() {
                    lines.push(line.trim_end());
                }
            }
        }
    }
    parts
}

fn point_by_point(before: &[String], after: &[String]) -> Vec<Difference> {
    let (old, new) = (points(before), points(after));
    let said = |of: &[(String, &str)], name: &str| {
        of.iter().find(|(own, _)| own == name).map(|(_, s)| (*s).to_owned())
    };
    let mut names: Vec<&str> = new.iter().map(|(name, _)| name.as_str()).collect();
    names.extend(old.iter().map(|(name, _)| name.as_str()).filter(|name| said(&new, name).is_none()));
    names
        .into_iter()
        .map(|name| (name, said(&old, name), said(&new, name)))
        .filter(|(_, before, after)| before != after)
        .map(|(name, before, after)| Difference::Point { name: name.to_owned(), before, after })
        .collect()
}

/// The points of a decision: what each is about, without quotation marks, and what is said of it.
fn points(lines: &[String]) -> Vec<(String, &str)> {
    let bare = lines.iter().map(|line| line.trim_start_matches("- "));
    let split = bare.filter_map(|line| line.split_once("\u{a0}: ").or_else(|| line.split_once(" : ")));
    let bare = |name: &str| name.replace(['«', '»'], " ").split_whitespace().collect::<Vec<_>>().join(" ");
    split.map(|(name, said)| (bare(name), said)).collect()
}

/// The lines that differ, each after what it stands under.
fn passage(before: &[String], after: &[String]) -> Vec<(Change, String)> {
    let (old, new): (Vec<&str>, Vec<&str>) =
        (before.iter().map(String::as_str).collect(), after.iter().map(String::as_str).collect());
    let diff = TextDiff::from_slices(&old, &new);
    let mut lines: Vec<(Change, String)> = Vec::new();
    let mut told: Vec<&str> = Vec::new();
    for change in diff.iter_all_changes() {
        let (text, rank, tag) = match (change.tag(), change.old_index(), change.new_index()) {
            (ChangeTag::Delete, Some(rank), _) => (&old, rank, Change::Gone),
            (ChangeTag::Insert, _, Some(rank)) => (&new, rank, Change::New),
            (ChangeTag::Equal | ChangeTag::Delete | ChangeTag::Insert, ..) => continue,
        };
        let changed = |line: &str| lines.iter().any(|(_, told)| told == line);
        let above: Vec<&str> =
            under(text, rank).into_iter().filter(|line| !told.contains(line) && !changed(line)).collect();
        told.extend(&above);
        lines.extend(above.into_iter().map(|line| (Change::Under, line.to_owned())));
        lines.push((tag, text.get(rank).map_or("", |line| line).to_owned()));
    }
    lines
}

/// The lines under which a line stands, outermost first.
fn under<'t>(lines: &[&'t str], rank: usize) -> Vec<&'t str> {
    let depth = |line: &str| line.len() - line.trim_start().len();
    let Some(mut own) = lines.get(rank).map(|line| depth(line)) else { return Vec::new() };
    let mut above = Vec::new();
    for line in lines[..rank.min(lines.len())].iter().rev() {
        if depth(line) < own {
            own = depth(line);
            above.push(*line);
        }
    }
    above.reverse();
    above
}

#[cfg(test)]
mod tests {
    use super::*;

    const APPROVED: &str = "# Dossier\n\nTitre  \ntexte en vigueur depuis le 1er janvier 2025 · dossier examiné le 1er mai 2025\n\n\
                            **FAVORABLE** : toutes les conditions sont remplies\n\n## Critères\n\n- ✔ âge\n\n## Points\n\n- critère âge : rempli\n";

    fn alone(before: &str, after: &str) -> bool {
        is_of_version_alone(&differences(APPROVED, &APPROVED.replace(before, after), "Points"))
    }

    #[test]
    fn another_version_in_the_head_is_no_other_decision() {
        let amended = "dossier examiné le 1er mai 2025  \nmodifié par l'avenant n° 1 (« Titre »), en vigueur depuis le 1er avril 2025";
        assert!(alone("dossier examiné le 1er mai 2025", amended));
        assert!(alone("depuis le 1er janvier 2025", "depuis le 1er mars 2025"));
        for (before, after) in [
            ("dossier examiné le 1er mai 2025", "examiné le 2 mai 2025"),
            ("# Dossier", "# Autre dossier"),
            ("**FAVORABLE** : toutes", "**FAVORABLE** : presque toutes"),
            ("- ✔ âge", "- ✔ âge : 18"),
            ("âge : rempli", "âge : non rempli"),
            ("", ""),
        ] {
            assert!(!alone(before, after), "{before} → {after}");
        }
    }
}
