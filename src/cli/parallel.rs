//! Work on many reports at once. Where the program fails in one of them, the others go on.

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
    let next = AtomicUsize::new(0);
    let work = || {
        let mut done = Vec::new();
        while let Some((at, item)) =
            Some(next.fetch_add(1, Ordering::Relaxed)).and_then(|at| Some((at, items.get(at)?)))
        {
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
