//! Which figures are printed where a document speaks of a quality area: in a strength or a development area that names it, and below a heading
//! that is its name.

use std::collections::{BTreeMap, BTreeSet};

use crate::document::resolved::visit::{Visit, walk_block, walk_inline};
use crate::document::resolved::{Block, Inline, Named, ResolvedDocument};

/// The areas of each figure that is printed of one.
pub(super) fn of_figures(document: &ResolvedDocument) -> BTreeMap<String, BTreeSet<String>> {
    let mut reader = Reader { areas: &document.about.areas, section: None, item: None, out: BTreeMap::new() };
    for chapter in &document.chapters {
        reader.section = None;
        reader.blocks(&chapter.blocks);
    }
    reader.out
}

struct Reader<'d> {
    areas: &'d [Named],
    /// The area that the section is about, and the level of its heading.
    section: Option<(String, u8)>,
    /// That of the strength or development area.
    item: Option<String>,
    out: BTreeMap<String, BTreeSet<String>>,
}

impl<'a> Visit<'a> for Reader<'_> {
    fn block(&mut self, block: &'a Block) {
        match block {
            Block::Heading { level, text, .. } => {
                let small = text.trim().to_lowercase();
                if let Some(area) = self.areas.iter().find(|area| area.name.to_lowercase() == small) {
                    self.section = Some((area.id.clone(), *level));
                } else if self.section.as_ref().is_some_and(|(_, above)| level <= above) {
                    self.section = None;
                }
            }
            Block::Assessment { items, .. } => {
                for item in items {
                    self.item.clone_from(&item.area_id);
                    self.inlines(&item.content);
                }
                self.item = None;
            }
            _ => walk_block(self, block),
        }
    }

    fn inline(&mut self, inline: &'a Inline) {
        let area = self.item.as_ref().or(self.section.as_ref().map(|(area, _)| area));
        if let (Inline::Figure { id, .. }, Some(area)) = (inline, area) {
            self.out.entry(id.clone()).or_default().insert(area.clone());
        }
        walk_inline(self, inline);
    }
}
