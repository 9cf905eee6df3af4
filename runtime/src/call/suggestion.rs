//! Finds the spelling that was probably meant, by CPython's measure (`Python/suggestions.c`), so that errors suggest the same.

const MOVE: usize = 2;
const CASE: usize = 1;
const LONGEST: usize = 40;
const MOST_CANDIDATES: usize = 750;

/// Returns the candidate that differs least from `name`, if at most a third of the letters would have to change.
pub(super) fn closest<'a>(
    name: &str,
    candidates: impl ExactSizeIterator<Item = &'a str>,
) -> Option<&'a str> {
    if candidates.len() >= MOST_CANDIDATES {
        return None;
    }
    let mut best: Option<(&str, usize)> = None;
    for candidate in candidates.filter(|candidate| *candidate != name) {
        let mut limit = (name.len() + candidate.len() + 3) * MOVE / 6;
        if let Some((_, distance)) = best {
            let Some(less) = distance.checked_sub(1) else {
                break;
            };
            limit = limit.min(less);
        }
        if let Some(distance) = distance(name.as_bytes(), candidate.as_bytes(), limit) {
            best = Some((candidate, distance));
        }
    }
    best.map(|(candidate, _)| candidate)
}

/// Returns the Levenshtein distance, in which a change of case costs less; `None` above the limit.
fn distance<'a>(mut a: &'a [u8], mut b: &'a [u8], limit: usize) -> Option<usize> {
    let prefix = a.iter().zip(b).take_while(|(a, b)| a == b).count();
    (a, b) = (&a[prefix..], &b[prefix..]);
    let suffix = a
        .iter()
        .rev()
        .zip(b.iter().rev())
        .take_while(|(a, b)| a == b)
        .count();
    (a, b) = (&a[..a.len() - suffix], &b[..b.len() - suffix]);
    let within = |distance: usize| (distance <= limit).then_some(distance);
    if a.is_empty() || b.is_empty() {
        return within((a.len() + b.len()) * MOVE);
    }
    if a.len() > LONGEST || b.len() > LONGEST {
        return None;
    }
    if b.len() < a.len() {
        (a, b) = (b, a);
    }
    if (b.len() - a.len()) * MOVE > limit {
        return None;
    }
    // A row of the matrix: the costs from the beginning of `b` to each prefix of `a`.
    let mut row: Vec<usize> = (1..=a.len()).map(|length| length * MOVE).collect();
    let mut result = 0;
    for (index, letter) in b.iter().enumerate() {
        let mut diagonal = index * MOVE;
        result = diagonal;
        for (cost, other) in row.iter_mut().zip(a) {
            let substituted = diagonal + substitution(*letter, *other);
            diagonal = *cost;
            result = substituted.min(result.min(diagonal) + MOVE);
            *cost = result;
        }
        if row.iter().all(|cost| *cost > limit) {
            return None;
        }
    }
    within(result)
}

fn substitution(a: u8, b: u8) -> usize {
    if a == b {
        0
    } else if a.eq_ignore_ascii_case(&b) {
        CASE
    } else {
        MOVE
    }
}

#[cfg(test)]
mod tests {
    use super::closest;

    #[test]
    fn as_cpython_suggests() {
        let suggest =
            |name: &str, candidates: &[&'static str]| closest(name, candidates.iter().copied());
        assert_eq!(suggest("max_split", &["sep", "maxsplit"]), Some("maxsplit"));
        assert_eq!(suggest("Name", &["same", "name"]), Some("name"));
        assert_eq!(suggest("fist", &["first", "second"]), Some("first"));
        assert_eq!(suggest("X", &["y", "x"]), Some("x"));
        assert_eq!(suggest("x", &["y"]), None);
        assert_eq!(suggest("whatever", &["first", "second"]), None);
        assert_eq!(suggest("first", &["first"]), None);
    }
}
