//! Sections that came, went, moved or got another heading.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::align::longest_rising;
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
    let mut ids: BTreeMap<&str, usize> = BTreeMap::new();
    let mut titles: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    // The sections that have a paragraph, each once.
    let mut having: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (position, section) in old.iter().enumerate() {
        ids.entry(&section.id).or_insert(position);
        titles.entry(normal(&section.title)).or_default().push(position);
        for paragraph in &section.paragraphs {
            let sections = having.entry(&paragraph.id).or_default();
            if sections.last() != Some(&position) {
                sections.push(position);
            }
        }
    }
    let mut out: Vec<Option<usize>> = new.iter().map(|section| ids.get(section.id.as_str()).copied()).collect();
    let mut taken: BTreeSet<usize> = out.iter().copied().flatten().collect();
    // An address that was made of the heading's words changes with them: the same heading, or half of the same paragraphs.
    for (at, section) in new.iter().enumerate() {
        if out[at].is_some() {
            continue;
        }
        let mut shared: BTreeMap<usize, usize> = BTreeMap::new();
        let known = section.paragraphs.iter().filter_map(|paragraph| having.get(paragraph.id.as_str()));
        known.flatten().for_each(|position| *shared.entry(*position).or_default() += 1);
        let half = |(position, shared): (&usize, &usize)| {
            let length = old[*position].paragraphs.len().max(section.paragraphs.len());
            (2 * *shared >= length).then_some(*position)
        };
        let titled = titles.get(&normal(&section.title)).map(Vec::as_slice).unwrap_or_default();
        let candidates = titled.iter().copied().chain(shared.iter().filter_map(half));
        let found = candidates.filter(|position| !taken.contains(position)).min();
        taken.extend(found);
        out[at] = found;
    }
    out
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
    let kept: BTreeSet<usize> = matched.iter().copied().flatten().collect();
    for (position, section) in old.sections.iter().enumerate() {
        if !kept.contains(&position) {
            out.push(SectionChange::Removed { id: section.id.clone(), title: section.title.clone() });
        }
    }
    out
}
