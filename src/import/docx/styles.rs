//! styles.xml: what the style of a paragraph or a run says, with what it takes from the styles that it is based on.

use std::collections::BTreeMap;

use roxmltree::Node;

use crate::office::{attribute, child, children};

use super::super::inlines::Look;
use super::super::words;

/// What a style says.
#[derive(Debug, Clone, Default)]
pub struct Style {
    pub meaning: Option<words::Style>,
    pub look: Look,
    /// The numbering that its paragraphs have, and the level.
    pub numbering: Option<(String, usize)>,
}

#[derive(Debug, Default)]
pub struct Styles {
    by_id: BTreeMap<String, Style>,
    /// What paragraphs have that name no style.
    default: Style,
    /// The language of what does not say another.
    pub language: Option<String>,
}

impl Styles {
    pub fn read(root: Node) -> Self {
        let nodes: BTreeMap<&str, Node> =
            children(root, "style").filter_map(|node| Some((attribute(node, "styleId")?, node))).collect();
        let by_id = nodes.keys().map(|id| ((*id).to_owned(), resolved(id, &nodes))).collect();
        let is_default = |node: &Node| {
            attribute(*node, "type") == Some("paragraph") && attribute(*node, "default").is_some_and(says_yes)
        };
        let default = nodes.iter().find(|(_, node)| is_default(node)).map(|(id, _)| resolved(id, &nodes));
        let language = child(root, "docDefaults")
            .and_then(|defaults| child(child(defaults, "rPrDefault")?, "rPr"))
            .and_then(|properties| child(properties, "lang"))
            .and_then(|language| attribute(language, "val"))
            .map(str::to_owned);
        Self { by_id, default: default.unwrap_or_default(), language }
    }

    pub fn get(&self, id: Option<&str>) -> &Style {
        id.and_then(|id| self.by_id.get(id)).unwrap_or(&self.default)
    }

    /// What the style of a run says; none is no style.
    pub fn look(&self, id: Option<&str>) -> Look {
        id.and_then(|id| self.by_id.get(id)).map(|style| style.look).unwrap_or_default()
    }
}

/// A style with what it has from those that it is based on, which may lead in a circle.
fn resolved(id: &str, nodes: &BTreeMap<&str, Node>) -> Style {
    const LONGEST: usize = 20;
    let based = |node: &Node| {
        child(*node, "basedOn").and_then(|base| attribute(base, "val")).and_then(|id| nodes.get(id)).copied()
    };
    let chain: Vec<Node> = std::iter::successors(nodes.get(id).copied(), |node| based(node)).take(LONGEST).collect();
    let mut out = Style::default();
    for node in chain.iter().rev() {
        let name = child(*node, "name").and_then(|name| attribute(name, "val")).and_then(words::style);
        let meaning = name.or_else(|| attribute(*node, "styleId").and_then(words::style));
        let properties = child(*node, "pPr");
        let outline = properties.and_then(outline_level).map(words::Style::Heading);
        out.meaning = meaning.or(outline).or(out.meaning);
        if let Some(run) = child(*node, "rPr") {
            out.look = look(run, out.look);
        }
        if let Some(numbering) = properties.and_then(|properties| child(properties, "numPr")) {
            out.numbering = numbering_of(numbering).or(out.numbering);
        }
    }
    out
}

/// The level of a heading that properties of a paragraph give it.
pub fn outline_level(properties: Node) -> Option<u8> {
    let level: u8 = attribute(child(properties, "outlineLvl")?, "val")?.parse().ok()?;
    (level < 9).then(|| (level + 1).min(6))
}

/// The numbering and the level that `numPr` names.
pub fn numbering_of(properties: Node) -> Option<(String, usize)> {
    let id = attribute(child(properties, "numId")?, "val")?;
    let level =
        child(properties, "ilvl").and_then(|level| attribute(level, "val")).and_then(|level| level.parse().ok());
    Some((id.to_owned(), level.unwrap_or(0)))
}

/// The look that properties of a run give, over one that holds where they say nothing.
pub fn look(properties: Node, over: Look) -> Look {
    let toggle = |name: &str, now: bool| match child(properties, name) {
        Some(node) => attribute(node, "val").is_none_or(says_yes),
        None => now,
    };
    Look {
        strong: toggle("b", over.strong),
        emphasis: toggle("i", over.emphasis),
        struck: toggle("strike", over.struck) || toggle("dstrike", false),
    }
}

/// Whether the value of a switch is on.
pub fn says_yes(value: &str) -> bool {
    !matches!(value, "0" | "false" | "off" | "none")
}
