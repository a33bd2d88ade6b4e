//! numbering.xml: which paragraphs have bullets and which numbers, and which number comes next.

use std::collections::BTreeMap;

use roxmltree::Node;

use crate::office::{attribute, child, children};

#[derive(Debug, Clone)]
struct Level {
    numbered: bool,
    start: u64,
}

/// What stands before a paragraph.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    Bullet,
    Number(u64),
}

impl Mark {
    pub fn number(self) -> Option<u64> {
        match self {
            Self::Bullet => None,
            Self::Number(number) => Some(number),
        }
    }
}

#[derive(Debug, Default)]
pub struct Numbering {
    /// Levels by the numbering that paragraphs name.
    levels: BTreeMap<String, BTreeMap<usize, Level>>,
    /// The last number of each level.
    last: BTreeMap<(String, usize), u64>,
}

impl Numbering {
    pub fn read(root: Node) -> Self {
        let of_kind: BTreeMap<&str, BTreeMap<usize, Level>> = children(root, "abstractNum")
            .filter_map(|node| {
                Some((attribute(node, "abstractNumId")?, children(node, "lvl").filter_map(level).collect()))
            })
            .collect();
        let mut levels = BTreeMap::new();
        for node in children(root, "num") {
            let Some(id) = attribute(node, "numId") else { continue };
            let kind = child(node, "abstractNumId").and_then(|kind| attribute(kind, "val"));
            let mut own = kind.and_then(|kind| of_kind.get(kind)).cloned().unwrap_or_default();
            for change in children(node, "lvlOverride") {
                if let Some((at, level)) = child(change, "lvl").and_then(level) {
                    own.insert(at, level);
                }
                let start = child(change, "startOverride").and_then(|start| attribute(start, "val")?.parse().ok());
                let at = attribute(change, "ilvl").and_then(|at| at.parse().ok());
                if let (Some(start), Some(level)) = (start, at.and_then(|at: usize| own.get_mut(&at))) {
                    level.start = start;
                }
            }
            levels.insert(id.to_owned(), own);
        }
        Self { levels, last: BTreeMap::new() }
    }

    /// What stands before the next paragraph of this numbering; nothing where there is no such numbering.
    pub fn next(&mut self, id: &str, level: usize) -> Option<Mark> {
        let found = self.levels.get(id)?.get(&level);
        let Some(Level { start, .. }) = found.filter(|level| level.numbered) else { return Some(Mark::Bullet) };
        let number = self.last.get(&(id.to_owned(), level)).map_or(*start, |last| last.saturating_add(1));
        self.last.insert((id.to_owned(), level), number);
        // What stands deeper begins anew.
        self.last.retain(|(other, deep), _| other != id || *deep <= level);
        Some(Mark::Number(number))
    }
}

fn level(node: Node) -> Option<(usize, Level)> {
    let at = attribute(node, "ilvl")?.parse().ok()?;
    let of = |name: &str| child(node, name).and_then(|found| attribute(found, "val"));
    let numbered = !matches!(of("numFmt").unwrap_or("decimal"), "bullet" | "none");
    Some((at, Level { numbered, start: of("start").and_then(|start| start.parse().ok()).unwrap_or(1) }))
}
