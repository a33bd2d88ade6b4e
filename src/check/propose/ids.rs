//! Ids for new figures, made of their labels.

use std::collections::{BTreeMap, BTreeSet};

use crate::markdown::slug;

/// Ids of figures: words of their labels.
pub struct Ids {
    taken: BTreeSet<String>,
    known: BTreeMap<String, usize>,
}

impl Ids {
    /// Besides those that are taken.
    pub fn new(taken: impl Iterator<Item = String>) -> Self {
        Self { taken: taken.collect(), known: BTreeMap::new() }
    }

    /// An id that no figure has yet.
    pub fn fresh(&mut self, label: &str) -> String {
        let slug = slug(label);
        let words: Vec<&str> = slug.split('-').filter(|word| word.len() > 3).take(3).collect();
        let stem = words.join("-");
        let stem = if stem.starts_with(|c: char| c.is_ascii_lowercase()) {
            stem
        } else {
            format!("figure-{stem}").trim_end_matches('-').to_owned()
        };
        loop {
            let count = self.known.entry(stem.clone()).or_default();
            *count += 1;
            let id = if *count == 1 { stem.clone() } else { format!("{stem}-{count}") };
            if self.taken.insert(id.clone()) {
                return id;
            }
        }
    }
}
