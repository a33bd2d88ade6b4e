//! Which records of published versions name something: asked of all ledgers for each report, so that they are read once.

use std::collections::BTreeMap;

use super::System;

/// The records of all ledgers by what stands before colons in them.
#[derive(Debug, Default)]
pub(super) struct Mentions {
    /// Words before a colon, from their last letter to their first, with the records that have them.
    words: BTreeMap<String, Vec<usize>>,
    records: Vec<String>,
}

impl Mentions {
    pub fn new(system: &dyn System) -> Self {
        let mut out = Self::default();
        for path in records(system) {
            let Ok(bytes) = system.read(&path) else { continue };
            let Ok(text) = std::str::from_utf8(&bytes) else { continue };
            let at = out.records.len();
            for (end, _) in text.match_indices(':') {
                let word: String =
                    text.get(..end).unwrap_or_default().chars().rev().take_while(|c| is_of_word(*c)).collect();
                let known = out.words.entry(word).or_default();
                if known.last() != Some(&at) {
                    known.push(at);
                }
            }
            out.records.push(path);
        }
        out
    }

    /// The records in which `words` stands; none where it is nothing that is known by: a word and a colon.
    pub fn with(&self, words: &str) -> Option<Vec<String>> {
        let word: String = words.strip_suffix(':')?.chars().rev().collect();
        if word.is_empty() || !word.chars().all(is_of_word) {
            return None;
        }
        // It may be the end of a longer one.
        let known = self.words.range(word.clone()..).take_while(|(known, _)| known.starts_with(&word));
        let mut all: Vec<usize> = known.flat_map(|(_, records)| records.iter().copied()).collect();
        all.sort_unstable();
        all.dedup();
        Some(all.into_iter().filter_map(|at| self.records.get(at).cloned()).collect())
    }
}

fn is_of_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '-' | '_' | '.')
}

/// The records of all ledgers, sorted.
pub(super) fn records(system: &dyn System) -> Vec<String> {
    let mut out = Vec::new();
    for report in system.list("content").into_iter().filter(|entry| entry.folder) {
        let folder = format!("content/{}/versions", report.name);
        let names = system.list(&folder).into_iter().map(|entry| entry.name).filter(|name| name.ends_with(".yaml"));
        out.extend(names.map(|name| format!("{folder}/{name}")));
    }
    out
}

/// The records in which some words stand, by reading them all.
pub(super) fn read_all(system: &dyn System, words: &str) -> Vec<String> {
    let has = |path: &String| {
        let bytes = system.read(path);
        bytes.is_ok_and(|bytes| std::str::from_utf8(&bytes).is_ok_and(|text| text.contains(words)))
    };
    records(system).into_iter().filter(has).collect()
}

#[cfg(test)]
mod tests {
    use super::super::MemorySystem;
    use super::*;

    #[test]
    fn what_is_known_of_records_is_what_reading_them_all_gives() {
        let system = MemorySystem::new([
            ("content/a/versions/1.0.yaml", "figures:\n  \"b:cases\": 3\n  c.d: b\n"),
            ("content/b/versions/1.0.yaml", "text: \"se my-b:cases, å:x\"\n"),
            ("content/b/versions/1.0.tar.gz", "b:"),
            ("content/c/report.yaml", "b:"),
        ]);
        let known = Mentions::new(&system);
        for words in ["b:", "my-b:", "y-b:", "d:", "c.d:", "å:", "text:", "nothing:", "figures:"] {
            assert_eq!(known.with(words), Some(read_all(&system, words)), "{words}");
        }
        assert_eq!(known.with("b:").map(|all| all.len()), Some(2));
        assert!(known.with("b").is_none() && known.with(":").is_none() && known.with("a b:").is_none());
    }
}
