//! Paragraphs that were reworded, came, went or moved. A paragraph with the same words elsewhere has moved: it is not one that
//! went and another that came.

use std::collections::BTreeMap;

use serde::Serialize;

use super::sections::longest_rising;
use super::state::{Paragraph, Section, State};
use super::words::{Piece, likeness, normal, redline};

/// Paragraphs that are at least so alike, in thousandths, are one that was reworded.
const ALIKE: usize = 500;

/// A paragraph that differs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TextChange {
    /// Id of the section it stands in, of the newer state, or of the older where it went.
    pub section: String,
    /// "4.2 Journaler"
    pub section_name: String,
    pub what: What,
    /// Name of the section that a moved paragraph stood in, where that is another.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    pub pieces: Vec<Piece>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum What {
    Reworded,
    Added,
    Removed,
    Moved,
}

/// A paragraph and where it stands.
#[derive(Clone, Copy)]
struct Placed<'a> {
    paragraph: &'a Paragraph,
    section: &'a Section,
    /// Position of the section in its own state.
    section_at: usize,
}

pub fn paragraphs(old: &State, new: &State, matched: &[Option<usize>]) -> Vec<TextChange> {
    let before = placed(&old.sections);
    let after = placed(&new.sections);
    let partners = partners(&before, &after, matched);
    let mut out = Vec::new();
    for (at, place) in after.iter().enumerate() {
        let new_section = matched[place.section_at].is_none();
        match partners[at] {
            // What stands in a new section is read there.
            None if new_section => {}
            None => out.push(change(place, What::Added, vec![Piece::Inserted(place.paragraph.text.clone())])),
            Some(partner) => {
                let from = &before[partner];
                if normal(&from.paragraph.text) != normal(&place.paragraph.text) {
                    let pieces = redline(&from.paragraph.text, &place.paragraph.text);
                    out.push(change(place, What::Reworded, pieces));
                } else if matched[place.section_at] != Some(from.section_at)
                    || moved_within(place.section_at, partner, &after, &partners, &before)
                {
                    let elsewhere = matched[place.section_at] != Some(from.section_at);
                    out.push(TextChange {
                        from: elsewhere.then(|| from.section.name()),
                        ..change(place, What::Moved, vec![Piece::Same(place.paragraph.text.clone())])
                    });
                }
            }
        }
    }
    for (position, place) in before.iter().enumerate() {
        if !partners.contains(&Some(position)) {
            out.push(change(place, What::Removed, vec![Piece::Deleted(place.paragraph.text.clone())]));
        }
    }
    out
}

/// Title and imprint: by their places, since there are few and each has its own.
pub fn front(old: &[Paragraph], new: &[Paragraph]) -> Vec<TextChange> {
    let text = |all: &[Paragraph], id: &str| all.iter().find(|known| known.id == id).map(|known| known.text.clone());
    let gone = old.iter().filter(|known| !new.iter().any(|other| other.id == known.id));
    new.iter()
        .chain(gone)
        .filter_map(|paragraph| {
            let (before, after) = (text(old, &paragraph.id), text(new, &paragraph.id));
            let (what, pieces) = match (before, after) {
                (Some(before), Some(after)) if normal(&before) == normal(&after) => return None,
                (Some(before), Some(after)) => (What::Reworded, redline(&before, &after)),
                (None, Some(after)) => (What::Added, vec![Piece::Inserted(after)]),
                (Some(before), None) => (What::Removed, vec![Piece::Deleted(before)]),
                (None, None) => return None,
            };
            Some(TextChange { section: String::new(), section_name: paragraph.id.clone(), what, from: None, pieces })
        })
        .collect()
}

fn placed(sections: &[Section]) -> Vec<Placed<'_>> {
    let mut out = Vec::new();
    for (section_at, section) in sections.iter().enumerate() {
        out.extend(section.paragraphs.iter().map(|paragraph| Placed { paragraph, section, section_at }));
    }
    out
}

/// For each newer paragraph the older one that it was: the same words in the same section, the same words anywhere, and then the
/// most alike of what is left, first in the same section.
fn partners(before: &[Placed<'_>], after: &[Placed<'_>], matched: &[Option<usize>]) -> Vec<Option<usize>> {
    let mut out: Vec<Option<usize>> = vec![None; after.len()];
    let mut taken = vec![false; before.len()];
    let mut by_words: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (position, place) in before.iter().enumerate() {
        by_words.entry(normal(&place.paragraph.text)).or_default().push(position);
    }
    for same_section in [true, false] {
        for (at, place) in after.iter().enumerate() {
            if out[at].is_some() {
                continue;
            }
            let candidates = by_words.get(&normal(&place.paragraph.text)).map(Vec::as_slice).unwrap_or_default();
            let found = candidates.iter().copied().find(|position| {
                !taken[*position] && (!same_section || matched[place.section_at] == Some(before[*position].section_at))
            });
            if let Some(position) = found {
                out[at] = Some(position);
                taken[position] = true;
            }
        }
    }
    for same_section in [true, false] {
        for (at, place) in after.iter().enumerate() {
            if out[at].is_some() {
                continue;
            }
            let found = (0..before.len())
                .filter(|position| {
                    !taken[*position]
                        && (!same_section || matched[place.section_at] == Some(before[*position].section_at))
                })
                .map(|position| (likeness(&before[position].paragraph.text, &place.paragraph.text), position))
                .filter(|(alike, _)| *alike >= ALIKE)
                .max_by_key(|(alike, position)| (*alike, usize::MAX - *position));
            if let Some((_, position)) = found {
                out[at] = Some(position);
                taken[position] = true;
            }
        }
    }
    out
}

/// Whether a paragraph stands in another order among those of its section.
fn moved_within(
    section: usize,
    partner: usize,
    after: &[Placed<'_>],
    partners: &[Option<usize>],
    before: &[Placed<'_>],
) -> bool {
    let here = before[partner].section_at;
    let order: Vec<Option<usize>> = after
        .iter()
        .zip(partners)
        .filter(|(place, _)| place.section_at == section)
        .map(|(_, partner)| partner.filter(|position| before[*position].section_at == here))
        .collect();
    !longest_rising(&order).contains(&partner)
}

fn change(place: &Placed<'_>, what: What, pieces: Vec<Piece>) -> TextChange {
    TextChange { section: place.section.id.clone(), section_name: place.section.name(), what, from: None, pieces }
}
