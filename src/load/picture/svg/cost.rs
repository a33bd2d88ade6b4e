//! How much an SVG becomes when all that it repeats is written out: a few lines of `use` in `use` can stand for millions of elements.

use std::collections::{BTreeMap, BTreeSet};

use roxmltree::{Document, Node};

use super::super::{Refusal, css};
use super::{SVG, head, too_many};
use crate::diagnostic::{Code, say};
use crate::limits;

/// Refuses a drawing that becomes too large, or that repeats itself without end.
pub fn check(document: &Document) -> Result<(), Refusal> {
    let ids = document.descendants().filter_map(|node| Some((node.attribute("id")?, node))).collect();
    let is_style = |node: &Node| node.has_tag_name((SVG, "style"));
    let sheets = document.descendants().filter(is_style).flat_map(|style| style.descendants());
    let rules = sheets.filter(Node::is_text).filter_map(|text| text.text()).flat_map(css::rules).collect();
    let mut costs = Costs { ids, rules, known: BTreeMap::new(), open: BTreeSet::new() };
    costs.cost(document.root_element(), 0).map(|_| ())
}

/// What an element becomes.
#[derive(Clone, Copy)]
struct Cost {
    elements: u64,
    /// Shapes among them, each of which may be filled with a pattern.
    shapes: u64,
    /// Corners of these shapes, each of which may carry a marker.
    corners: u64,
}

struct Costs<'a, 'input> {
    ids: BTreeMap<&'a str, Node<'a, 'input>>,
    rules: Vec<(&'a str, &'a str)>,
    known: BTreeMap<u32, Cost>,
    open: BTreeSet<u32>,
}

impl<'a, 'input> Costs<'a, 'input> {
    fn cost(&mut self, node: Node<'a, 'input>, depth: u32) -> Result<Cost, Refusal> {
        if let Some(known) = self.known.get(&node.id().get()) {
            return Ok(*known);
        }
        if !self.open.insert(node.id().get()) || depth > 2 * limits::SVG_DEPTH {
            let message = say!("repeats a part within itself, or nests repeated parts too deeply");
            let help = say!("save it anew as a plain SVG, or as PNG");
            return Err(Refusal::new(Code::PICTURE_UNSAFE, message, help).at(head(&node)));
        }
        let corners = corners(&node);
        let mut cost = Cost { elements: 1, shapes: u64::from(corners > 0), corners };
        for child in node.children().filter(Node::is_element) {
            let child = self.cost(child, depth + 1)?;
            cost.elements = cost.elements.saturating_add(child.elements);
            cost.shapes = cost.shapes.saturating_add(child.shapes);
            cost.corners = cost.corners.saturating_add(child.corners);
        }
        for (property, target) in self.references(node) {
            let Some(target) = self.ids.get(target).copied() else { continue };
            // Colours that run into each other are not drawn anew for each shape.
            if matches!(target.tag_name().name(), "linearGradient" | "radialGradient") {
                continue;
            }
            let repeated = self.cost(target, depth + 1)?;
            let times = match property {
                "use" | "mask" | "clip-path" | "filter" | "href" => 1,
                _ if target.tag_name().name() == "marker" => cost.corners.max(1),
                _ => cost.shapes.max(1),
            };
            let added = repeated.elements.saturating_mul(times);
            cost.elements = cost.elements.saturating_add(added);
            if property == "use" {
                cost.shapes = cost.shapes.saturating_add(repeated.shapes);
                cost.corners = cost.corners.saturating_add(repeated.corners);
            }
        }
        if cost.elements > limits::SVG_ELEMENTS {
            return Err(too_many().at(head(&node)));
        }
        self.open.remove(&node.id().get());
        self.known.insert(node.id().get(), cost);
        Ok(cost)
    }

    /// What an element refers to: property and id.
    fn references(&self, node: Node<'a, 'input>) -> Vec<(&'a str, &'a str)> {
        let mut out = Vec::new();
        let name = node.tag_name().name();
        for attribute in node.attributes() {
            let value = attribute.value();
            if attribute.name() == "href" && name != "a" {
                let property = if name == "use" { "use" } else { "href" };
                out.extend(value.trim().strip_prefix('#').map(|id| (property, id)));
            } else if value.contains("url(") {
                let is_style = attribute.name() == "style";
                let found = css::references(value);
                out.extend(found.map(|(property, id)| (if is_style { property } else { attribute.name() }, id)));
            }
        }
        let classes = node.attribute("class");
        for (selectors, styles) in &self.rules {
            if css::may_select(selectors, name, node.attribute("id"), classes) {
                out.extend(css::references(styles));
            }
        }
        out
    }
}

/// About how many corners a shape has; none for what is no shape.
fn corners(node: &Node) -> u64 {
    let numbers = |name: &str| {
        let text = node.attribute(name).unwrap_or("");
        text.split(|c: char| !c.is_ascii_digit() && c != '.').filter(|part| !part.is_empty()).count() as u64
    };
    match node.tag_name().name() {
        "path" => numbers("d").max(1),
        "polygon" | "polyline" => (numbers("points") / 2).max(1),
        "line" => 2,
        "rect" | "circle" | "ellipse" | "text" | "image" => 1,
        _ => 0,
    }
}
