//! The order in which the blocks of a chapter are set. A page that is turned ends the one before it, wherever that is; so text that follows
//! the turned table in the source is set before it, until the page is full. Tables, charts and pictures keep their order.

use std::collections::BTreeMap;

use serde_json::{Value as Json, json};

use super::places::{HOLE, Places, figure, is_figure};
use super::proof::{MARK, Sheet};
use crate::document::resolved::{Block, Chapter};

/// How much text goes before a table on a turned page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Wait {
    /// Blocks, and items of lists.
    text: usize,
    /// Whether that is as much as there is room for; else all of it stands there for once, to be measured.
    fits: bool,
    /// How often it was measured. Pages move when others are corrected, so that once is not enough.
    times: u8,
}

/// How often at most it is measured what has room before a turned page.
const TIMES: u8 = 3;

/// How many turned pages of a chapter are put right: each has the chapter set twice.
const TURNED: usize = 6;

/// The turned tables that wait for text, by their anchors.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Waits(BTreeMap<String, Wait>);

/// What is moved as one: a block, or an item of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Unit {
    at: usize,
    item: usize,
}

impl Unit {
    /// The name of the place before it, by which that is found on the pages.
    fn mark(self, chapter: &str) -> String {
        format!("{MARK}{}-{}-{chapter}", self.at, self.item)
    }
}

/// What must be known of a block to put it into its place.
struct Kind {
    is_figure: bool,
    wait: Option<Wait>,
    /// How many items it has, where it is a list.
    items: usize,
}

impl Waits {
    fn wait_for(&self, name: Option<&str>) -> Option<Wait> {
        self.0.get(name?).copied()
    }

    /// Tells the templates the order of a chapter's blocks.
    pub(super) fn apply(&self, chapter: &mut Json) {
        chapter["order"] = self.order_of(chapter);
    }

    /// The order that a chapter's blocks are told: the place of each, of a list the items, a mark where it is measured, and what has `left`
    /// the place before it.
    pub(super) fn order_of(&self, chapter: &Json) -> Json {
        let blocks = chapter["blocks"].as_array().into_iter().flatten();
        let kinds: Vec<Kind> = blocks
            .map(|block| Kind {
                is_figure: is_figure(block),
                wait: self.wait_for(block["anchor"].as_str()),
                items: if block["type"] == "list" { block["items"].as_array().map_or(0, Vec::len) } else { 0 },
            })
            .collect();
        let is_measured = kinds.iter().any(|kind| kind.wait.is_some_and(|wait| !wait.fits));
        let mut pieces: Vec<(Unit, usize)> = Vec::new();
        for unit in order(&kinds) {
            match pieces.last_mut() {
                Some((first, end)) if !is_measured && first.at == unit.at && *end == unit.item => *end += 1,
                _ => pieces.push((unit, unit.item + 1)),
            }
        }
        // What is passed by text is read where it stands in the source: before the first that passes it.
        let mut left = vec![Vec::new(); pieces.len()];
        for (position, (figure, _)) in pieces.iter().enumerate().filter(|(_, (unit, _))| kinds[unit.at].is_figure) {
            if let Some(place) = pieces[..position].iter().position(|(unit, _)| unit.at > figure.at) {
                left[place].push(&chapter["blocks"][figure.at]["anchor"]);
            }
        }
        let anchor = chapter["anchor"].as_str().unwrap_or_default();
        let piece = |((unit, end), left): ((Unit, usize), Vec<&Json>)| {
            let mark = is_measured.then(|| unit.mark(anchor));
            json!({ "at": unit.at, "from": unit.item, "to": end, "mark": mark, "left": left })
        };
        pieces.into_iter().zip(left).map(piece).collect()
    }

    /// Lets text go on before a turned page that leaves a hole. Whether anything is to be set otherwise.
    pub(super) fn correct(&mut self, chapter: &Chapter, places: &Places<'_>, sheets: &[Sheet]) -> bool {
        let named = chapter.blocks.iter().enumerate();
        let names: Vec<_> = named.map(|(at, block)| figure(&chapter.anchor, at, block)).collect();
        let page = |at: usize| {
            let page = places.figures.get(&**names[at].as_ref()?).copied()?;
            (sheets[page].turned && matches!(chapter.blocks[at], Block::Table(_))).then_some(page)
        };
        if !(0..names.len()).any(|at| page(at).is_some()) {
            return false;
        }
        let kinds: Vec<Kind> = chapter
            .blocks
            .iter()
            .zip(&names)
            .map(|(block, name)| Kind {
                is_figure: name.is_some(),
                wait: self.wait_for(name.as_deref()),
                items: if let Block::List { items, .. } = block { items.len() } else { 0 },
            })
            .collect();
        let order = order(&kinds);
        let begins = places.headings.get(&*chapter.anchor).copied().unwrap_or_default();
        let waiting = kinds.iter().filter(|kind| kind.wait.is_some()).count();
        for (position, unit) in order.iter().enumerate() {
            let (Some(page), Some(name)) = (page(unit.at), names[unit.at].as_deref()) else { continue };
            let leaves_a_hole = page > begins && {
                let before = &sheets[page - 1];
                !before.turned && before.empty > HOLE * before.room
            };
            let more = order[position..].iter().filter(|unit| !kinds[unit.at].is_figure).count();
            let (text, times) = match kinds[unit.at].wait {
                Some(wait) if !wait.fits => {
                    let run = Run { chapter, kinds: &kinds, order: &order, position, page };
                    let text = run.fitting(wait.text, &names, places, sheets);
                    self.0.insert(name.into(), Wait { text, fits: true, ..wait });
                    return true;
                }
                Some(wait) if wait.times < TIMES => (wait.text + more, wait.times + 1),
                None if waiting < TURNED && more > 0 => (more, 1),
                _ => continue,
            };
            if leaves_a_hole && !is_all_of_its_section(&chapter.blocks, &kinds, unit.at) {
                self.0.insert(name.into(), Wait { text, fits: false, times });
                return true;
            }
        }
        false
    }
}

/// Whether nothing but tables, charts and pictures stands under the heading of a table: that would be left without anything.
fn is_all_of_its_section(blocks: &[Block], kinds: &[Kind], at: usize) -> bool {
    let is_heading = |block: Option<&Block>| matches!(block, None | Some(Block::Heading { .. }));
    let text = |at: &usize| !kinds[*at].is_figure;
    let (before, after) = ((0..at).rev().find(text), (at..blocks.len()).find(text));
    is_heading(before.and_then(|at| blocks.get(at))) && is_heading(after.and_then(|at| blocks.get(at)))
}

/// The blocks in the order in which they are set.
fn order(kinds: &[Kind]) -> Vec<Unit> {
    let units = kinds.iter().enumerate();
    let mut rest: Vec<Unit> =
        units.flat_map(|(at, kind)| (0..kind.items.max(1)).map(move |item| Unit { at, item })).rev().collect();
    let mut order = Vec::with_capacity(rest.len());
    while let Some(unit) = rest.pop() {
        let mut left = kinds[unit.at].wait.map_or(0, |wait| wait.text);
        if left > 0 {
            let (text, others): (Vec<_>, Vec<_>) = rest.into_iter().rev().partition(|unit| {
                let goes_before = left > 0 && !kinds[unit.at].is_figure;
                left -= usize::from(goes_before);
                goes_before
            });
            order.extend(text);
            rest = others.into_iter().rev().collect();
        }
        order.push(unit);
    }
    order
}

/// All the text that follows a turned table, set before it.
struct Run<'a> {
    chapter: &'a Chapter,
    kinds: &'a [Kind],
    order: &'a [Unit],
    /// That of the table in the order, and its page.
    position: usize,
    page: usize,
}

impl Run<'_> {
    /// How much of this `text` ends on the page on which the text before it does, or on that of what heads the next one.
    fn fitting(&self, text: usize, names: &[Option<impl AsRef<str>>], places: &Places<'_>, sheets: &[Sheet]) -> usize {
        let most = self.order[..self.position].iter().rev().take_while(|unit| !self.kinds[unit.at].is_figure).count();
        let text = text.min(most);
        let start = self.position - text;
        // The page on which that ends which stands before a unit.
        let end = |position: usize| {
            if position == self.position {
                return Some(self.page.saturating_sub(1));
            }
            let mark = self.order[position].mark(&self.chapter.anchor);
            let found = |(page, sheet): (usize, &Sheet)| Some((page, sheet.marked(&mark)?));
            let (page, is_first) = sheets.iter().enumerate().find_map(found)?;
            Some(if is_first { page.saturating_sub(1) } else { page })
        };
        let heads = self.order[..start].iter().filter_map(|unit| {
            let name = names[unit.at].as_ref()?;
            places.floats.get(name.as_ref()).map(|(page, _)| *page)
        });
        let Some(last) = end(start).into_iter().chain(heads).max() else { return 0 };
        let is_heading =
            |position: usize| matches!(self.chapter.blocks[self.order[position].at], Block::Heading { .. });
        let has_room = |count: usize| end(start + count).is_some_and(|page| page <= last);
        (1..=text).rev().find(|count| has_room(*count) && !is_heading(start + count - 1)).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: Kind = Kind { is_figure: false, wait: None, items: 0 };
    const FIGURE: Kind = Kind { is_figure: true, wait: None, items: 0 };

    fn waiting(text: usize) -> Kind {
        Kind { is_figure: true, wait: Some(Wait { text, fits: true, times: 1 }), items: 0 }
    }

    fn ordered(kinds: &[Kind]) -> Vec<usize> {
        order(kinds).iter().map(|unit| unit.at).collect()
    }

    #[test]
    fn text_goes_before_a_table_and_figures_keep_their_order() {
        assert_eq!(ordered(&[TEXT, waiting(2), FIGURE, TEXT, TEXT, TEXT, FIGURE]), [0, 3, 4, 1, 2, 5, 6]);
        // The second waits for what the first has left.
        assert_eq!(ordered(&[waiting(1), TEXT, waiting(1), TEXT, TEXT]), [1, 0, 3, 2, 4]);
        assert_eq!(ordered(&[waiting(9), TEXT]), [1, 0], "more than there is");
        let list = Kind { items: 3, ..TEXT };
        assert_eq!(ordered(&[waiting(2), list, TEXT]), [1, 1, 0, 1, 2], "a list goes on after the table");
    }

    #[test]
    fn a_heading_keeps_the_only_thing_below_it() {
        let heading =
            || Block::Heading { level: 2, number: None, anchor: "a".into(), content: Vec::new(), text: String::new() };
        let blocks = [heading(), Block::Rule, Block::Rule, heading()];
        assert!(is_all_of_its_section(&blocks, &[TEXT, FIGURE, FIGURE, TEXT], 1));
        assert!(!is_all_of_its_section(&blocks, &[TEXT, FIGURE, TEXT, TEXT], 1));
    }
}
