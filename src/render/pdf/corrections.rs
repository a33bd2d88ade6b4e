//! What is put right on the pages, as a typesetter corrects a proof: tables, charts and pictures that leave a hole where they stand go to the
//! head of the next page while the text goes on, so does it before a page that is turned, and a chapter that ends in a few lines is set closer.
//! Each setting is looked at, and the next one has what was wrong with it corrected, until nothing is.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value as Json;

use super::arranged::Waits;
use super::places::{HOLE, Places, figure, image_name, is_figure};
use super::proof::{Sheet, What};
use super::words::{self, Parted};
use crate::document::resolved::{Block, Chapter, ResolvedDocument};
use crate::render::layout;

/// With fewer lines a chapter's last page looks forgotten.
const LINES: usize = 5;

/// How many times a chapter is set closer by a step.
const STEPS: u8 = 2;

/// How a document is set otherwise than at first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Corrections {
    /// Tables, charts and pictures, by their anchors, that the text makes way for.
    floats: BTreeSet<String>,
    /// Those that were taken back to their place. Who leaves a hole there again is sent on for good, so that there is an end to it.
    taken_back: BTreeSet<String>,
    /// How many steps closer chapters are set, by their anchors; a step too many for those that it did not help.
    closer: BTreeMap<String, u8>,
    waits: Waits,
    /// Words that lines end within where they must not.
    parted: BTreeSet<Parted>,
}

impl Corrections {
    /// Tells the templates what is corrected in a chapter; `names` are words that are never divided.
    pub(super) fn apply(&self, chapter: &mut Json, names: &BTreeSet<&str>) {
        words::keep(chapter, names, &self.parted);
        chapter["closer"] = self.steps(chapter).into();
        let anchor = chapter["anchor"].as_str().unwrap_or_default().to_owned();
        for (at, image) in items(&mut chapter["blocks"]).enumerate().filter(|(_, block)| block["type"] == "image") {
            if !image["caption"].is_null() {
                image["anchor"] = image_name(&anchor, at).into();
            }
        }
        self.waits.apply(chapter);
        let mut waits = false;
        for figure in items(&mut chapter["blocks"]).filter(|block| is_figure(block)) {
            let floats = self.has_float(figure);
            figure["floats"] = floats.into();
            // The words before it go on, too, where another may stand between them.
            figure["led"] = (!floats && !waits).into();
            waits = floats;
        }
    }

    /// Whether a chapter is told anything else than by the `last` corrections.
    pub(super) fn change(&self, last: &Self, chapter: &Json) -> bool {
        let mut figures = chapter["blocks"].as_array().into_iter().flatten().filter(|block| is_figure(block));
        let mut parted = self.parted.difference(&last.parted);
        self.steps(chapter) != last.steps(chapter)
            || self.waits != last.waits && self.waits.order_of(chapter) != last.waits.order_of(chapter)
            || figures.any(|figure| self.has_float(figure) != last.has_float(figure))
            || parted.any(|place| words::stand_in(chapter, place))
    }

    /// How many steps closer a chapter is set; a step too many is taken back.
    fn steps(&self, chapter: &Json) -> u8 {
        let steps = chapter["anchor"].as_str().and_then(|anchor| self.closer.get(anchor)).copied();
        steps.filter(|steps| *steps <= STEPS).unwrap_or_default()
    }

    fn has_float(&self, figure: &Json) -> bool {
        figure["anchor"].as_str().is_some_and(|anchor| self.floats.contains(anchor))
    }

    /// These and those that the pages ask for.
    pub(super) fn after(&self, document: &ResolvedDocument, sheets: &[Sheet]) -> Self {
        let places = Places::new(sheets);
        let parts = parts(document);
        let mut next = self.clone();
        for (at, part) in parts.iter().enumerate() {
            let Some(&first) = places.headings.get(part.anchor) else { continue };
            let following = parts.get(at + 1).map(|part| places.headings.get(part.anchor).copied());
            let last = following.unwrap_or(Some(sheets.len())).and_then(|page| page.checked_sub(1));
            let closer = next.closer.clone();
            // What is measured stands where it will not.
            let mut measured = false;
            for chapter in &part.chapters {
                measured |= next.waits.correct(chapter, &places, sheets);
            }
            if measured {
                continue;
            }
            let figures = Figures { blocks: &part.blocks(), names: &part.names(), first, places: &places, sheets };
            let moved = next.send_or_take_back(&figures);
            if !moved && last.is_some_and(|last| last > first && sheets[last].is_short()) {
                let steps = next.closer.entry(part.anchor.into()).or_default();
                *steps = (*steps + 1).min(STEPS + 1);
            }
            // What stands at a page's end is looked at when the pages stay as they are.
            if !moved && next.closer == closer {
                let last = last.unwrap_or(sheets.len() - 1);
                // Templates of a workspace's own may set chapters in another order.
                let pages = sheets.get(first..=last).unwrap_or_default();
                next.parted.extend(pages.windows(2).filter_map(|pair| pair[0].parts_a_word(&pair[1])));
            }
        }
        next.parted.extend(sheets.iter().flat_map(Sheet::parted_too_often));
        next
    }

    /// Sends on what leaves a hole, and takes back what turned out to have room. Whether there was any.
    fn send_or_take_back(&mut self, figures: &Figures<'_>) -> bool {
        let before = self.floats.clone();
        for (at, anchor) in figures.anchors() {
            if self.floats.contains(anchor) {
                if figures.has_room_in_its_place(anchor) && self.taken_back.insert(anchor.into()) {
                    self.floats.remove(anchor);
                }
            } else if figures.leaves_a_hole(at, anchor) && figures.is_among_text(at) {
                // Those that follow it at once would stop the text.
                let run = (at..figures.blocks.len()).map_while(|at| figures.figure(at));
                self.floats.extend(run.map(str::to_owned));
            }
        }
        self.floats != before
    }
}

/// What begins a page of its own.
struct Part<'a> {
    /// Of its first heading.
    anchor: &'a str,
    chapters: Vec<&'a Chapter>,
}

impl<'a> Part<'a> {
    fn blocks(&self) -> Vec<&'a Block> {
        self.chapters.iter().flat_map(|chapter| &chapter.blocks).collect()
    }

    /// What each of its blocks is called that the text may make way for.
    fn names(&self) -> Vec<Option<Cow<'a, str>>> {
        let names = |chapter: &&'a Chapter| {
            let chapter = *chapter;
            chapter.blocks.iter().enumerate().map(|(at, block)| figure(&chapter.anchor, at, block))
        };
        self.chapters.iter().flat_map(names).collect()
    }
}

/// The chapters, or all as one where they run on.
fn parts(document: &ResolvedDocument) -> Vec<Part<'_>> {
    let mut parts = Vec::<Part<'_>>::new();
    let run_on = document.template != "report" || layout::document(document).runs_on;
    for chapter in &document.chapters {
        match parts.last_mut() {
            Some(part) if run_on => part.chapters.push(chapter),
            _ => parts.push(Part { anchor: &chapter.anchor, chapters: vec![chapter] }),
        }
    }
    parts
}

/// The tables, charts and pictures of a part, and where they stand.
struct Figures<'a> {
    blocks: &'a [&'a Block],
    names: &'a [Option<Cow<'a, str>>],
    /// The page on which the part begins.
    first: usize,
    places: &'a Places<'a>,
    sheets: &'a [Sheet],
}

impl<'a> Figures<'a> {
    /// Their places among the blocks, with their names.
    fn anchors(&self) -> impl Iterator<Item = (usize, &'a str)> {
        (0..self.blocks.len()).filter_map(|at| Some((at, self.figure(at)?)))
    }

    /// The name of a block that may stand elsewhere than in its place: but for a table that needs a page that is turned.
    fn figure(&self, at: usize) -> Option<&'a str> {
        let name = self.names[at].as_deref()?;
        let is_turned = |page: &usize| self.sheets[*page].turned;
        (!self.places.figures.get(name).is_some_and(is_turned)).then_some(name)
    }

    /// Whether it begins a page, by itself or with what leads to it, since it has no room on the one before.
    fn leaves_a_hole(&self, at: usize, anchor: &str) -> bool {
        let Some(&page) = self.places.figures.get(anchor) else { return false };
        let begins = |page: &Sheet| {
            page.first().is_some_and(|first| match (first, self.blocks[at - lead(&self.blocks[..at])]) {
                (What::Figure(first), _) => first == anchor,
                (What::Heading(first), Block::Heading { anchor, .. }) => first == anchor,
                _ => false,
            })
        };
        page > self.first
            && !self.sheets[page - 1].turned
            && self.sheets[page - 1].empty > HOLE * self.sheets[page - 1].room
            && begins(&self.sheets[page])
    }

    /// Whether the text made way for something that stands on the page of the text before it all the same.
    fn has_room_in_its_place(&self, anchor: &str) -> bool {
        self.places.floats.get(anchor).is_some_and(|&(page, text)| text.is_some_and(|text| text >= page))
    }

    /// Whether there is text after it that could go before it, and text under the heading that it leaves.
    fn is_among_text(&self, at: usize) -> bool {
        let is_heading = |block: Option<&&Block>| matches!(block, None | Some(Block::Heading { .. }));
        let under = at.checked_sub(1).and_then(|before| self.blocks.get(before));
        let after = (at..self.blocks.len()).find(|at| self.figure(*at).is_none()).map(|at| &self.blocks[at]);
        after.is_some() && !(is_heading(under) && is_heading(after))
    }
}

/// How many blocks before a table or chart stay with it: a heading, or headings and the few words under the last.
fn lead(before: &[&Block]) -> usize {
    let headings =
        |blocks: &[&Block]| blocks.iter().rev().take_while(|block| matches!(block, Block::Heading { .. })).count();
    match before {
        [rest @ .., Block::Paragraph { .. }] if headings(rest) > 0 => headings(rest) + 1,
        _ => headings(before),
    }
}

impl Sheet {
    /// Whether a mark is the first thing on this page; none where it does not stand here.
    pub(super) fn marked(&self, mark: &str) -> Option<bool> {
        let at = self.flow.iter().position(|item| matches!(&item.what, What::Mark(found) if found == mark))?;
        Some(self.flow[..at].iter().all(|item| item.what.is_place()))
    }

    /// What stands first in the text of this page.
    fn first(&self) -> Option<&What> {
        self.flow.iter().map(|item| &item.what).find(|what| !what.is_place())
    }

    /// The word that this page ends within.
    fn parts_a_word(&self, next: &Self) -> Option<Parted> {
        let words = |what: &What| if let What::Line(words) = what { Some(words.clone()) } else { None };
        let last = self.flow.iter().map(|item| &item.what).rfind(|what| !what.is_place());
        Parted::between(&words(last?)?, &words(next.first()?)?)
    }

    /// The last of three words in a row that lines end within.
    fn parted_too_often(&self) -> impl Iterator<Item = Parted> {
        let words = |at: usize| if let What::Line(words) = &self.flow[at].what { Some(words) } else { None };
        let parted = move |at: usize| Parted::between(words(at)?, words(at + 1)?);
        let ends =
            (2..self.flow.len().saturating_sub(1)).filter(move |at| (at - 2..*at).all(|at| parted(at).is_some()));
        ends.filter_map(parted)
    }

    /// A few lines and nothing else.
    fn is_short(&self) -> bool {
        let lines = self.flow.iter().filter(|item| matches!(item.what, What::Line(_))).count();
        let more = self.flow.iter().any(|item| matches!(item.what, What::Figure(_) | What::Drawing));
        !more && self.floats.is_empty() && (1..LINES).contains(&lines)
    }
}

pub(super) fn items(json: &mut Json) -> impl Iterator<Item = &mut Json> {
    json.as_array_mut().into_iter().flatten()
}
