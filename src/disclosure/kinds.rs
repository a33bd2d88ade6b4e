//! Which cases nothing tells apart.

use super::members::Members;

/// The kind of each of so many cases, by number: cases of a kind are in the same sets. All numbers are below the second.
pub(super) fn kinds<'a>(sets: impl Iterator<Item = &'a Members>, cases: usize) -> (Vec<usize>, usize) {
    let mut kinds = vec![0; cases];
    let mut all = vec![Kind { size: cases, split_by: usize::MAX, rest: 0 }];
    let mut free: Vec<usize> = Vec::new();
    for (at, set) in sets.enumerate() {
        let mut emptied = Vec::new();
        for case in set.places() {
            let own = kinds[case];
            // Those of a kind that are in this set become one of their own.
            if all[own].split_by != at {
                let new = free.pop().unwrap_or(all.len());
                let fresh = Kind { size: 0, split_by: usize::MAX, rest: 0 };
                match all.get_mut(new) {
                    Some(known) => *known = fresh,
                    None => all.push(fresh),
                }
                (all[own].split_by, all[own].rest) = (at, new);
            }
            let new = all[own].rest;
            kinds[case] = new;
            all[new].size += 1;
            all[own].size -= 1;
            if all[own].size == 0 {
                emptied.push(own);
            }
        }
        free.extend(emptied);
    }
    (kinds, all.len())
}

struct Kind {
    size: usize,
    /// The set that it was split by last, and what those of it that are in the set became.
    split_by: usize,
    rest: usize,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cases_of_a_kind_are_in_the_same_sets() {
        let mut state = 7_u64;
        let mut next = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            state >> 33
        };
        for cases in [0, 1, 5, 40] {
            let mut some = || Members::from_places(cases, (0..cases).filter(|_| next().is_multiple_of(3)));
            let sets: Vec<Members> = (0..12).map(|_| some()).collect();
            let (found, count) = kinds(sets.iter(), cases);
            let of = |case: usize| sets.iter().map(|set| set.has(case)).collect::<Vec<_>>();
            for one in 0..cases {
                assert!(found[one] < count);
                for other in 0..cases {
                    assert_eq!(found[one] == found[other], of(one) == of(other));
                }
            }
        }
    }
}
