//! Dependencies between definitions.

/// The strongly connected components of the graph with the nodes `0..edges.len()`, each after all components that it has edges
/// to.
///
/// A component of several nodes is a cycle; so is a single node with an edge to itself. Tarjan's algorithm, without recursion:
/// long chains of definitions must not overflow the stack.
pub(crate) fn components(edges: &[Vec<usize>]) -> Vec<Vec<usize>> {
    const UNSEEN: usize = usize::MAX;
    let mut order = vec![UNSEEN; edges.len()];
    let mut lowest = vec![0; edges.len()];
    let mut open = vec![false; edges.len()];
    let mut stack = Vec::new();
    let mut components = Vec::new();
    let mut seen = 0;
    for root in 0..edges.len() {
        if order[root] != UNSEEN {
            continue;
        }
        let mut visits = vec![(root, 0)];
        while let Some((node, next)) = visits.pop() {
            if next == 0 {
                order[node] = seen;
                lowest[node] = seen;
                seen += 1;
                stack.push(node);
                open[node] = true;
            } else {
                let child = edges[node][next - 1];
                if open[child] {
                    lowest[node] = lowest[node].min(lowest[child]);
                }
            }
            let unseen = (next..edges[node].len()).find(|&i| {
                let child = edges[node][i];
                if open[child] {
                    lowest[node] = lowest[node].min(order[child]);
                }
                order[child] == UNSEEN
            });
            if let Some(i) = unseen {
                visits.push((node, i + 1));
                visits.push((edges[node][i], 0));
            } else if lowest[node] == order[node] {
                let start = stack.iter().rposition(|&n| n == node).unwrap_or(0);
                let mut component = stack.split_off(start);
                component.iter().for_each(|&n| open[n] = false);
                component.sort_unstable();
                components.push(component);
            }
        }
    }
    components
}

/// Whether `component` of `edges` is a cycle.
pub(crate) fn is_cycle(component: &[usize], edges: &[Vec<usize>]) -> bool {
    component.len() > 1 || component.iter().any(|&node| edges[node].contains(&node))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn orders_by_dependency() {
        let edges = vec![vec![1, 2], vec![2], vec![], vec![0]];
        assert_eq!(components(&edges), [vec![2], vec![1], vec![0], vec![3]]);
    }

    #[test]
    fn finds_cycles() {
        let edges = vec![vec![1], vec![2, 3], vec![0], vec![3], vec![]];
        let found = components(&edges);
        assert_eq!(found, [vec![3], vec![0, 1, 2], vec![4]]);
        assert!(
            is_cycle(&found[0], &edges)
                && is_cycle(&found[1], &edges)
                && !is_cycle(&found[2], &edges)
        );
    }

    #[test]
    fn is_not_recursive() {
        let edges: Vec<_> = (0..100_000)
            .map(|n| if n == 0 { vec![] } else { vec![n - 1] })
            .rev()
            .collect::<Vec<_>>();
        let edges: Vec<Vec<usize>> = edges
            .into_iter()
            .map(|e| e.into_iter().map(|n: usize| 99_999 - n).collect())
            .collect();
        assert_eq!(components(&edges).len(), 100_000);
    }
}
