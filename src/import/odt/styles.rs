//! Styles: what paragraphs and spans of a style are, with what they take from those above them.

use std::collections::BTreeMap;

use roxmltree::Node;

use crate::office::{attribute, child, children};

use super::super::inlines::Look;
use super::super::words;

#[derive(Debug, Clone, Default)]
struct Style {
    parent: Option<String>,
    meaning: Option<words::Style>,
    look: Look,
}

#[derive(Debug, Default)]
pub struct Styles {
    by_name: BTreeMap<String, Style>,
    /// Whether a level of a list has numbers, and the first of them.
    lists: BTreeMap<(String, usize), Option<u64>>,
    pub language: Option<String>,
}

impl Styles {
    /// Takes the styles of a part.
    pub fn add(&mut self, root: Node) {
        for group in root.children().filter(|node| matches!(node.tag_name().name(), "styles" | "automatic-styles")) {
            for node in group.children().filter(Node::is_element) {
                let Some(name) = attribute(node, "name").map(str::to_owned) else {
                    self.language = self.language.take().or_else(|| default_language(node));
                    continue;
                };
                match node.tag_name().name() {
                    "style" => _ = self.by_name.insert(name, style(node)),
                    "list-style" => self.add_list(&name, node),
                    _ => {}
                }
            }
        }
    }

    fn add_list(&mut self, name: &str, node: Node) {
        for level in node.children().filter(Node::is_element) {
            let Some(at) = attribute(level, "level").and_then(|level| level.parse::<usize>().ok()) else { continue };
            let numbered = level.tag_name().name() == "list-level-style-number"
                && attribute(level, "num-format").is_none_or(|format| !format.is_empty());
            let start = attribute(level, "start-value").and_then(|start| start.parse().ok()).unwrap_or(1);
            self.lists.insert((name.to_owned(), at), numbered.then_some(start));
        }
    }

    /// What a paragraph of this style is for, and its look.
    pub fn get(&self, name: Option<&str>) -> (Option<words::Style>, Look) {
        const LONGEST: usize = 20;
        let first = name.and_then(|name| self.by_name.get(name));
        let above = |style: &&Style| style.parent.as_ref().and_then(|parent| self.by_name.get(parent));
        let chain: Vec<&Style> = std::iter::successors(first, above).take(LONGEST).collect();
        let meaning = chain.iter().find_map(|style| style.meaning);
        let look = chain.iter().fold(Look::default(), |look, style| look.with(style.look));
        (meaning, look)
    }

    /// The first number of a list's level; none of bullets.
    pub fn first_number(&self, list: Option<&str>, level: usize) -> Option<u64> {
        self.lists.get(&(list?.to_owned(), level)).copied().flatten()
    }
}

fn style(node: Node) -> Style {
    let shown = attribute(node, "display-name").or_else(|| attribute(node, "name")).unwrap_or_default();
    let outline = attribute(node, "default-outline-level").and_then(|level| level.parse::<u8>().ok());
    let meaning =
        words::style(&shown.replace("_20_", " ")).or(outline.map(|level| words::Style::Heading(level.clamp(1, 6))));
    let properties = child(node, "text-properties");
    let is = |name: &str, values: &[&str]| {
        properties.and_then(|properties| attribute(properties, name)).is_some_and(|value| values.contains(&value))
    };
    Style {
        parent: attribute(node, "parent-style-name").map(str::to_owned),
        meaning,
        look: Look {
            strong: is("font-weight", &["bold", "600", "700", "800", "900"]),
            emphasis: is("font-style", &["italic", "oblique"]),
            struck: is("text-line-through-style", &["solid"]),
        },
    }
}

fn default_language(node: Node) -> Option<String> {
    let properties = children(node, "text-properties").next()?;
    attribute(properties, "language").filter(|tag| *tag != "none").map(str::to_owned)
}
