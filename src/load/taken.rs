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
        let ids: Vec<String> = (0..4)
            .map(|_| {
                let id = taken.free("norr");
                taken.insert(&id);
                id
            })
            .collect();
        assert_eq!(ids, ["norr", "norr-2", "norr-4", "norr-5"]);
    }
}
