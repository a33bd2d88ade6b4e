//! Where things stand on the pages that were set, and what of them may stand elsewhere.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde_json::Value as Json;

use super::proof::{Sheet, What};
use crate::document::resolved::Block;

/// What is empty at the foot of a page is a hole from this share of its height on.
pub(super) const HOLE: f64 = 0.2;

/// What a table, a chart or a picture with a caption is called, which may stand elsewhere than in its place.
pub(super) fn figure<'a>(chapter: &str, at: usize, block: &'a Block) -> Option<Cow<'a, str>> {
    match block {
        Block::Table(table) => Some((&*table.anchor).into()),
        Block::Chart(chart) => Some((&*chart.anchor).into()),
        // One without a caption is part of the text: nothing else says what it shows.
        Block::Image(image) if image.caption.is_some() => Some(image_name(chapter, at).into()),
        _ => None,
    }
}

/// Pictures are not numbered; they are called by their place.
pub(super) fn image_name(chapter: &str, at: usize) -> String {
    format!("Image-{at}-{chapter}")
}

/// Whether a block of what templates are told may stand elsewhere.
pub(super) fn is_figure(block: &Json) -> bool {
    match block["type"].as_str() {
        Some("table" | "chart") => true,
        Some("image") => block["anchor"].is_string(),
        _ => false,
    }
}

/// On which pages things stand, counted from 0.
pub(super) struct Places<'a> {
    pub headings: BTreeMap<&'a str, usize>,
    pub figures: BTreeMap<&'a str, usize>,
    /// Those that the text makes way for: the page of each, and that of the text before its place.
    pub floats: BTreeMap<&'a str, (usize, Option<usize>)>,
}

impl<'a> Places<'a> {
    pub(super) fn new(sheets: &'a [Sheet]) -> Self {
        let mut places = Self { headings: BTreeMap::new(), figures: BTreeMap::new(), floats: BTreeMap::new() };
        let text = |place| {
            let at = |sheet: &Sheet| sheet.flow.iter().position(|item| item.what == What::Place(place));
            let (page, at) = sheets.iter().enumerate().find_map(|(page, sheet)| Some((page, at(sheet)?)))?;
            let is_first = sheets[page].flow[..at].iter().all(|item| item.what.is_place());
            if is_first { page.checked_sub(1) } else { Some(page) }
        };
        for (page, sheet) in sheets.iter().enumerate() {
            for item in &sheet.flow {
                match &item.what {
                    What::Heading(anchor) => drop(places.headings.entry(anchor).or_insert(page)),
                    What::Figure(anchor) => drop(places.figures.entry(anchor).or_insert(page)),
                    _ => {}
                }
            }
            for (anchor, place) in &sheet.floats {
                places.floats.insert(anchor, (page, text(*place)));
            }
        }
        places
    }
}
