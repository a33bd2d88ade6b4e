//! Sections that came, went, moved or got another heading.

use std::collections::BTreeSet;

use serde::Serialize;

use super::state::{Section, State};
use super::words::normal;

/// A section that differs as a whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum SectionChange {
    Added { id: String, title: String },
    Removed { id: String, title: String },
    Moved { id: String, title: String },
    Renamed { id: String, old: String, new: String },
}

/// For each section of the newer state the position of the same section in the older.
pub fn matched(old: &[Section], new: &[Section]) -> Vec<Option<usize>> {
    let mut out: Vec<Option<usize>> =
        new.iter().map(|section| old.iter().position(|known| known.id == section.id)).collect();
    // An address that was made of the heading's words changes with them: the same heading, or half of the same paragraphs.
    for (at, section) in new.iter().enumerate() {
        if out[at].is_some() {
            continue;
        }
        let found = old.iter().enumerate().find(|(position, known)| {
            !out.contains(&Some(*position))
                && (normal(&known.title) == normal(&section.title) || shares_half(known, section))
        });
        out[at] = found.map(|(position, _)| position);
    }
    out
}

fn shares_half(old: &Section, new: &Section) -> bool {
    let before: BTreeSet<&str> = old.paragraphs.iter().map(|paragraph| paragraph.id.as_str()).collect();
    let shared = new.paragraphs.iter().filter(|paragraph| before.contains(paragraph.id.as_str())).count();
    shared > 0 && 2 * shared >= old.paragraphs.len().max(new.paragraphs.len())
}

pub fn changes(old: &State, new: &State, matched: &[Option<usize>]) -> Vec<SectionChange> {
    let staying = longest_rising(matched);
    let mut out = Vec::new();
    for (at, section) in new.sections.iter().enumerate() {
        let (id, title) = (section.id.clone(), section.title.clone());
        match matched[at].and_then(|position| Some((position, old.sections.get(position)?))) {
            None => out.push(SectionChange::Added { id, title }),
            Some((position, before)) => {
                if normal(&before.title) != normal(&section.title) {
                    out.push(SectionChange::Renamed { id: id.clone(), old: before.title.clone(), new: title.clone() });
                }
                if !staying.contains(&position) {
                    out.push(SectionChange::Moved { id, title });
                }
            }
        }
    }
    for (position, section) in old.sections.iter().enumerate() {
        if !matched.contains(&Some(position)) {
            out.push(SectionChange::Removed { id: section.id.clone(), title: section.title.clone() });
        }
    }
    out
}

/// Positions that keep their order among each other: the most that do, so that one section that was moved does not make all
/// others seem to have moved.
pub fn longest_rising(positions: &[Option<usize>]) -> BTreeSet<usize> {
    let known: Vec<usize> = positions.iter().copied().flatten().collect();
    // For each place: the length of the longest rising run that ends there, and the place before it.
    let mut best: Vec<(usize, Option<usize>)> = Vec::with_capacity(known.len());
    for (at, position) in known.iter().enumerate() {
        let before = (0..at)
            .filter(|earlier| known[*earlier] < *position)
            .max_by_key(|earlier| (best[*earlier].0, usize::MAX - *earlier));
        best.push((before.map_or(1, |earlier| best[earlier].0 + 1), before));
    }
    let mut out = BTreeSet::new();
    let mut at = (0..known.len()).max_by_key(|at| (best[*at].0, usize::MAX - *at));
    while let Some(place) = at {
        out.insert(known[place]);
        at = best[place].1;
    }
    out
}
