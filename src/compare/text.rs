//! Paragraphs that were reworded, came, went or moved. A paragraph with the same words elsewhere has moved: it is not one that
//! went and another that came.

use std::collections::BTreeSet;

use serde::Serialize;

use super::align::longest_rising;
use super::partners::{Placed, partners, placed};
use super::state::{Paragraph, State};
use super::words::{Piece, normal, redline};

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

pub fn paragraphs(old: &State, new: &State, matched: &[Option<usize>]) -> Vec<TextChange> {
    let before = placed(&old.sections);
    let after = placed(&new.sections);
    let partners = partners(&before, &after, matched);
    let staying = staying(&after, &partners, &before, matched);
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
                    || !staying[place.section_at].contains(&partner)
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
    let kept: BTreeSet<usize> = partners.iter().copied().flatten().collect();
    for (_, place) in before.iter().enumerate().filter(|(position, _)| !kept.contains(position)) {
        out.push(change(place, What::Removed, vec![Piece::Deleted(place.paragraph.text.clone())]));
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

/// The older paragraphs of each newer section that keep their order in it.
fn staying(
    after: &[Placed<'_>],
    partners: &[Option<usize>],
    before: &[Placed<'_>],
    matched: &[Option<usize>],
) -> Vec<BTreeSet<usize>> {
    let mut orders: Vec<Vec<Option<usize>>> = vec![Vec::new(); matched.len()];
    for (place, partner) in after.iter().zip(partners) {
        let here = matched[place.section_at];
        orders[place.section_at].push(partner.filter(|position| Some(before[*position].section_at) == here));
    }
    orders.iter().map(|order| longest_rising(order)).collect()
}

fn change(place: &Placed<'_>, what: What, pieces: Vec<Piece>) -> TextChange {
    TextChange { section: place.section.id.clone(), section_name: place.section.name(), what, from: None, pieces }
}
