//! A text whose items stand in another order.

/// A policy with its items after the dossier block, and the bullets of each list, in another order.
pub fn shuffle(policy: &str, seed: u64) -> String {
    let mut state = seed | 1;
    let mut below = |n: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 24) as usize % n
    };
    let blocks: Vec<&str> = policy.split("\n\n").collect();
    let (head, items) = blocks.split_at(3.min(blocks.len()));
    let mut items: Vec<String> = items
        .iter()
        .map(|item| {
            let mut lines: Vec<&str> = item.trim_end().lines().collect();
            // Options of a reading keep their order: a decision lists them in it.
            let bullets: Vec<usize> = (0..lines.len()).filter(|i| lines[*i].starts_with("    - ")).collect();
            for i in (1..bullets.len()).rev() {
                lines.swap(bullets[i], bullets[below(i + 1)]);
            }
            lines.join("\n")
        })
        .collect();
    for i in (1..items.len()).rev() {
        items.swap(i, below(i + 1));
    }
    format!("{}\n\n{}\n", head.join("\n\n"), items.join("\n\n"))
}
