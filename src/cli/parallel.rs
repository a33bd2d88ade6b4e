//! Work on many reports at once. Where the program fails in one of them, the others go on.

use std::cmp::Reverse;
use std::num::NonZero;
use std::panic::resume_unwind;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use crate::diagnostic::{Failure, caught};

/// Deeply nested documents are laid out by recursion; the usual two mebibytes are scarce for that.
const STACK: usize = 16 << 20;

/// How many items are worked on at a time.
pub fn threads() -> usize {
    thread::available_parallelism().map_or(1, NonZero::get)
}

/// What `act` makes of each item, in the order of the items.
///
/// On threads of its own and not in rayon's pool: Typst uses that pool within a report, and a thread of the pool that waits for a part of one report
/// would begin another on top of its stack, and another on top of that, until the stack is full.
pub fn map<T: Sync, R: Send>(items: &[T], act: impl Fn(&T) -> R + Sync) -> Vec<Result<R, Failure>> {
    map_longest_first(items, |_| 0, act)
}

/// As [`map`]; what has the most to do is begun first, so that no thread is left alone with it at the end. Items that weigh the same are begun in their
/// order.
pub fn map_longest_first<T: Sync, R: Send>(
    items: &[T],
    weight: impl Fn(&T) -> u64,
    act: impl Fn(&T) -> R + Sync,
) -> Vec<Result<R, Failure>> {
    let order = order(items, weight);
    let next = AtomicUsize::new(0);
    let take = || {
        let at = *order.get(next.fetch_add(1, Ordering::Relaxed))?;
        Some((at, items.get(at)?))
    };
    let work = || {
        let mut done = Vec::new();
        while let Some((at, item)) = take() {
            done.push((at, caught(|| act(item))));
        }
        done
    };
    let threads = threads().min(items.len());
    let mut done: Vec<(usize, Result<R, Failure>)> = thread::scope(|scope| {
        let handles: Vec<_> = (0..threads)
            .filter_map(|_| thread::Builder::new().stack_size(STACK).spawn_scoped(scope, work).ok())
            .collect();
        if handles.is_empty() {
            return work();
        }
        handles.into_iter().flat_map(|handle| handle.join().unwrap_or_else(|panic| resume_unwind(panic))).collect()
    });
    done.sort_by_key(|(at, _)| *at);
    done.into_iter().map(|(_, result)| result).collect()
}

/// Places of items, what weighs most first.
fn order<T>(items: &[T], weight: impl Fn(&T) -> u64) -> Vec<usize> {
    let mut order: Vec<usize> = (0..items.len()).collect();
    order.sort_by_cached_key(|at| items.get(*at).map(|item| Reverse(weight(item))));
    order
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_stand_in_the_order_of_the_items() {
        let items: Vec<usize> = (0..500).collect();
        assert_eq!(map(&items, |item| item * 2), items.iter().map(|item| Ok(item * 2)).collect::<Vec<_>>());
        assert_eq!(map(&[] as &[usize], |item| *item), Vec::<Result<usize, Failure>>::new());
    }

    #[test]
    fn what_weighs_most_is_begun_first_and_told_in_its_place() {
        let items: Vec<u64> = vec![1, 9, 3, 9, 2];
        assert_eq!(order(&items, |item| *item), [1, 3, 2, 4, 0]);
        assert_eq!(order(&items, |_| 0), [0, 1, 2, 3, 4]);
        assert_eq!(map_longest_first(&items, |item| *item, |item| item * 2), [2, 18, 6, 18, 4].map(Ok));
    }

    #[test]
    fn a_failure_in_one_leaves_the_others_alone() {
        let items: Vec<usize> = (0..20).collect();
        let done = map(&items, |item| {
            assert!(*item != 7, "seven is too much\nand more");
            item + 1
        });
        assert_eq!(done.len(), 20);
        for (at, made) in done.into_iter().enumerate() {
            match (at, made) {
                (7, Err(failure)) => assert!(failure.told.starts_with("seven is too much"), "{}", failure.told),
                (_, made) => assert_eq!(made.ok(), Some(at + 1)),
            }
        }
    }
}
