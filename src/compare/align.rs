//! Which items of two lists stayed, came or went, in time that grows with their length even where all of it differs.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::Hash;
use std::ops::Range;

use similar::{Algorithm, DiffOp, capture_diff_slices};

/// Pairs of items that are compared in full; what is longer is first parted at items that stand once in both.
const FULL: usize = 4_000_000;

/// A stretch of both lists: the same items, or what went and what came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stretch {
    pub same: bool,
    pub old: Range<usize>,
    pub new: Range<usize>,
}

/// The stretches of two lists, in their order.
pub fn stretches<T: Hash + Ord + Clone>(old: &[T], new: &[T]) -> Vec<Stretch> {
    let mut out = Vec::new();
    within(old, new, 0..old.len(), 0..new.len(), &mut out);
    out
}

fn within<T: Hash + Ord + Clone>(old: &[T], new: &[T], a: Range<usize>, b: Range<usize>, out: &mut Vec<Stretch>) {
    let (before, after) = (&old[a.clone()], &new[b.clone()]);
    if before.len().saturating_mul(after.len()) <= FULL {
        full(before, after, (a.start, b.start), out);
        return;
    }
    let start = before.iter().zip(after).take_while(|(x, y)| x == y).count();
    let ending = |(x, y): &(&T, &T)| x == y;
    let end = before[start..].iter().rev().zip(after[start..].iter().rev()).take_while(ending).count();
    let same =
        |old: usize, new: usize, length: usize| Stretch { same: true, old: old..old + length, new: new..new + length };
    let inner = (a.start + start..a.end - end, b.start + start..b.end - end);
    if start > 0 {
        out.push(same(a.start, b.start, start));
    }
    if start + end > 0 {
        within(old, new, inner.0.clone(), inner.1.clone(), out);
    } else {
        let (mut x, mut y) = (a.start, b.start);
        let anchors = anchors(before, after);
        // Nothing that both have once: they are two different texts.
        if anchors.is_empty() {
            out.push(Stretch { same: false, old: a.clone(), new: b.clone() });
        } else {
            for (i, j) in anchors.into_iter().map(|(i, j)| (a.start + i, b.start + j)) {
                within(old, new, x..i, y..j, out);
                out.push(same(i, j, 1));
                (x, y) = (i + 1, j + 1);
            }
            within(old, new, x..a.end, y..b.end, out);
        }
    }
    if end > 0 {
        out.push(same(a.end - end, b.end - end, end));
    }
}

fn full<T: Hash + Ord>(old: &[T], new: &[T], (a, b): (usize, usize), out: &mut Vec<Stretch>) {
    for op in capture_diff_slices(Algorithm::Myers, old, new) {
        let (old, new) = (op.old_range(), op.new_range());
        out.push(Stretch {
            same: matches!(op, DiffOp::Equal { .. }),
            old: a + old.start..a + old.end,
            new: b + new.start..b + new.end,
        });
    }
}

/// Items that stand once in each list and keep their order: the most that do.
fn anchors<T: Ord>(old: &[T], new: &[T]) -> Vec<(usize, usize)> {
    let (before, after) = (once(old), once(new));
    let mut partners: Vec<Option<usize>> = vec![None; new.len()];
    for (item, at) in after {
        partners[at] = before.get(item).copied();
    }
    let staying = longest_rising(&partners);
    let both = partners.iter().enumerate().filter_map(|(at, partner)| Some(((*partner)?, at)));
    both.filter(|(partner, _)| staying.contains(partner)).collect()
}

/// Where the items stand that stand only once.
fn once<T: Ord>(list: &[T]) -> BTreeMap<&T, usize> {
    let mut places: BTreeMap<&T, Option<usize>> = BTreeMap::new();
    for (at, item) in list.iter().enumerate() {
        places.entry(item).and_modify(|place| *place = None).or_insert(Some(at));
    }
    places.into_iter().filter_map(|(item, place)| Some((item, place?))).collect()
}

/// Positions that keep their order among each other: the most that do, so that one section that was moved does not make all
/// others seem to have moved. Of several such choices the one that begins earliest.
pub fn longest_rising(positions: &[Option<usize>]) -> BTreeSet<usize> {
    let known: Vec<usize> = positions.iter().copied().flatten().collect();
    let mut values = known.clone();
    values.sort_unstable();
    values.dedup();
    // By value, the longest rising run that ends at or below it: its length, and (as what is left to the end) the place where it ends.
    let mut tree: Vec<(usize, usize)> = vec![(0, 0); values.len() + 1];
    let mut best: Vec<(usize, Option<usize>)> = Vec::with_capacity(known.len());
    for (at, position) in known.iter().enumerate() {
        let rank = values.partition_point(|value| value < position);
        let (mut length, mut place) = (0, 0);
        let mut node = rank;
        while node > 0 {
            (length, place) = (length, place).max(tree[node]);
            node &= node - 1;
        }
        let before = (length > 0).then(|| usize::MAX - place);
        best.push((length + 1, before));
        let mut node = rank + 1;
        while node < tree.len() {
            tree[node] = tree[node].max((length + 1, usize::MAX - at));
            node += node & node.wrapping_neg();
        }
    }
    let mut out = BTreeSet::new();
    let mut at = (0..known.len()).max_by_key(|at| (best[*at].0, usize::MAX - *at));
    while let Some(place) = at {
        out.insert(known[place]);
        at = best[place].1;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As it is said, and slow.
    fn rising_by_definition(positions: &[usize]) -> BTreeSet<usize> {
        let mut best: Vec<(usize, Option<usize>)> = Vec::new();
        for (at, position) in positions.iter().enumerate() {
            let before = (0..at)
                .filter(|earlier| positions[*earlier] < *position)
                .max_by_key(|earlier| (best[*earlier].0, usize::MAX - *earlier));
            best.push((before.map_or(1, |earlier| best[earlier].0 + 1), before));
        }
        let mut out = BTreeSet::new();
        let mut at = (0..positions.len()).max_by_key(|at| (best[*at].0, usize::MAX - *at));
        while let Some(place) = at {
            out.insert(positions[place]);
            at = best[place].1;
        }
        out
    }

    proptest::proptest! {
        #[test]
        fn the_longest_rising_run_is_the_one_of_its_definition(positions in proptest::collection::vec(0_usize..30, 0..40)) {
            let given: Vec<Option<usize>> = positions.iter().copied().map(Some).collect();
            proptest::prop_assert_eq!(longest_rising(&given), rising_by_definition(&positions));
        }
    }

    fn covers(old: &[usize], new: &[usize]) -> Vec<Stretch> {
        let out = stretches(old, new);
        let (mut a, mut b) = (0, 0);
        for stretch in &out {
            assert_eq!((stretch.old.start, stretch.new.start), (a, b), "{stretch:?}");
            assert!(!stretch.same || old[stretch.old.clone()] == new[stretch.new.clone()], "{stretch:?}");
            (a, b) = (stretch.old.end, stretch.new.end);
        }
        assert_eq!((a, b), (old.len(), new.len()));
        out
    }

    #[test]
    fn long_lists_are_parted_where_both_have_an_item_once() {
        let old: Vec<usize> = (0..6_000).collect();
        let mut new = old.clone();
        new[3_000] = 10_000;
        new.insert(20, 10_001);
        let all = covers(&old, &new);
        let differs: Vec<_> = all.iter().filter(|s| !s.same).map(|s| (s.old.clone(), s.new.clone())).collect();
        assert_eq!(differs, [(20..20, 20..21), (3_000..3_001, 3_001..3_002)]);
        // Nothing in common: one stretch, and no time.
        let other: Vec<usize> = (300_000..400_000).collect();
        assert_eq!(covers(&(0..200_000).collect::<Vec<_>>(), &other).len(), 1);
        // The same few items over and over give no hold.
        let few: Vec<usize> = (0..50_000).map(|n| n % 7).collect();
        let fewer: Vec<usize> = (0..50_000).map(|n| n % 5).collect();
        covers(&few, &fewer);
    }
}
