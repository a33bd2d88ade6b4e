//! Ids for new figures, made of their labels.

use std::collections::{BTreeMap, BTreeSet};

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
        let plain = |c: char| match c.to_lowercase().next().unwrap_or(c) {
            'å' | 'ä' | 'à' | 'á' => 'a',
            'ö' | 'ø' | 'ó' => 'o',
            'é' | 'è' | 'ê' => 'e',
            'ü' => 'u',
            other if other.is_ascii_alphanumeric() => other,
            _ => ' ',
        };
        let ascii: String = label.chars().map(plain).collect();
        let words: Vec<&str> = ascii.split_whitespace().filter(|word| word.len() > 3).take(3).collect();
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
