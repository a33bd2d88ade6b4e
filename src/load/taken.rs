//! Ids that are in use, and free ones made from them.

use std::collections::{BTreeMap, BTreeSet};

/// Ids that are in use.
#[derive(Debug, Default)]
pub struct Taken {
    ids: BTreeSet<String>,
    /// The number that was tried last for an id: a thousand rows of one label must not try all numbers before theirs each.
    tried: BTreeMap<String, u32>,
}

impl Taken {
    pub fn insert(&mut self, id: &str) {
        self.ids.insert(id.to_owned());
    }

    /// A free id as [`Taken::free`] gives it, which is in use from now on.
    pub fn claim(&mut self, id: &str) -> String {
        let free = self.free(id);
        self.insert(&free);
        free
    }

    /// The id, or the id with the first number that makes it another than those in use.
    pub fn free(&mut self, id: &str) -> String {
        if !self.ids.contains(id) {
            return id.to_owned();
        }
        let number = self.tried.entry(id.to_owned()).or_insert(1);
        loop {
            *number += 1;
            let numbered = format!("{id}-{number}");
            if !self.ids.contains(&numbered) {
                return numbered;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_make_ids_free() {
        let mut taken = Taken::default();
        taken.insert("norr-3");
        let ids: Vec<String> = (0..4).map(|_| taken.claim("norr")).collect();
        assert_eq!(ids, ["norr", "norr-2", "norr-4", "norr-5"]);
    }
}
