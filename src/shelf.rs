//! Values that take long to make, kept by what they are made from until nobody has asked for them for a while.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Values by their keys, shared by all threads of a run. A value is cheap to copy: numbers, or behind an `Arc`.
#[derive(Debug)]
pub struct Shelf<K, V>(Mutex<BTreeMap<K, Kept<V>>>);

#[derive(Debug)]
struct Kept<V> {
    value: V,
    /// Evictions since it was last asked for.
    idle: usize,
}

impl<K, V> Default for Shelf<K, V> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<K: Ord, V: Clone> Shelf<K, V> {
    /// What is kept under a key, if it still holds.
    pub fn find(&self, key: &K, holds: impl FnOnce(&V) -> bool) -> Option<V> {
        let value = self.kept().get(key).map(|kept| kept.value.clone())?;
        // Asked without the lock: it may take long, and ask for other values here.
        if !holds(&value) {
            return None;
        }
        if let Some(kept) = self.kept().get_mut(key) {
            kept.idle = 0;
        }
        Some(value)
    }

    /// Keeps a value in the place of any that was there.
    pub fn put(&self, key: K, value: V) {
        self.kept().insert(key, Kept { value, idle: 0 });
    }

    /// What is kept under a key, made where there is none. Two threads may both make it, and make the same.
    pub fn get_or_make(&self, key: K, make: impl FnOnce() -> V) -> V {
        self.find(&key, |_| true).unwrap_or_else(|| {
            let value = make();
            self.put(key, value.clone());
            value
        })
    }

    pub fn clear(&self) {
        self.kept().clear();
    }

    /// Takes out what was not asked for since the last `turns` calls.
    pub fn evict(&self, turns: usize) {
        self.kept().retain(|_, kept| {
            kept.idle += 1;
            kept.idle <= turns
        });
    }

    fn kept(&self) -> MutexGuard<'_, BTreeMap<K, Kept<V>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_made_once_and_goes_when_nobody_asks_for_it() {
        let shelf: Shelf<&str, usize> = Shelf::default();
        assert_eq!(
            (shelf.get_or_make("a", || 1), shelf.get_or_make("a", || 2), shelf.get_or_make("b", || 3)),
            (1, 1, 3)
        );
        assert_eq!(shelf.find(&"a", |value| *value > 1), None, "it no longer holds");
        shelf.put("a", 4);
        assert_eq!(shelf.find(&"a", |value| *value > 1), Some(4));
        for _ in 0..3 {
            shelf.evict(2);
            shelf.find(&"a", |_| true);
        }
        assert_eq!((shelf.get_or_make("a", || 5), shelf.get_or_make("b", || 6)), (4, 6));
    }
}
