//! Things that read one another, together (Tarjan's strongly connected components).

/// The components of a graph; those that are read come first, and in the order of their numbers where
/// nothing else decides. Works without recursion: a chain may be as long as a file.
pub(super) fn components(edges: &[Vec<usize>]) -> Vec<Vec<usize>> {
    let count = edges.len();
    let mut index: Vec<Option<usize>> = vec![None; count];
    let mut low = vec![0; count];
    let mut on_stack = vec![false; count];
    let mut stack = Vec::new();
    let mut seen = 0;
    let mut found = Vec::new();
    for root in 0..count {
        if index[root].is_some() {
            continue;
        }
        let mut work = vec![(root, 0)];
        while let Some((node, next)) = work.pop() {
            if next == 0 {
                index[node] = Some(seen);
                low[node] = seen;
                seen += 1;
                stack.push(node);
                on_stack[node] = true;
            }
            let mut descend = None;
            for (at, to) in edges[node].iter().enumerate().skip(next) {
                match index[*to] {
                    None => {
                        descend = Some((at, *to));
                        break;
                    }
                    Some(rank) if on_stack[*to] => low[node] = low[node].min(rank),
                    Some(_) => {}
                }
            }
            if let Some((at, to)) = descend {
                work.push((node, at + 1));
                work.push((to, 0));
                continue;
            }
            if Some(low[node]) == index[node] {
                let mut component = Vec::new();
                while let Some(member) = stack.pop() {
                    on_stack[member] = false;
                    component.push(member);
                    if member == node {
                        break;
                    }
                }
                component.sort_unstable();
                found.push(component);
            }
            if let Some((parent, _)) = work.last() {
                low[*parent] = low[*parent].min(low[node]);
            }
        }
    }
    found
}

/// Whether a component is a loop: several things, or one that reads itself.
pub(super) fn is_loop(component: &[usize], edges: &[Vec<usize>]) -> bool {
    match component {
        [only] => edges[*only].contains(only),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_read_comes_first() {
        let edges = vec![vec![2], vec![0], vec![], vec![1, 2]];
        assert_eq!(components(&edges), [vec![2], vec![0], vec![1], vec![3]]);
    }

    #[test]
    fn loops_are_found_together() {
        let edges = vec![vec![1], vec![2], vec![0, 3], vec![3], vec![0]];
        let found = components(&edges);
        assert_eq!(found, [vec![3], vec![0, 1, 2], vec![4]]);
        let loops: Vec<bool> = found.iter().map(|component| is_loop(component, &edges)).collect();
        assert_eq!(loops, [true, true, false]);
    }

    #[test]
    fn a_chain_may_be_long() {
        let edges: Vec<Vec<usize>> = (0..100_000).map(|i| if i > 0 { vec![i - 1] } else { vec![] }).collect();
        assert_eq!(components(&edges).len(), 100_000);
    }
}
