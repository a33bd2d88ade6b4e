//! What a drawing comes to once it is set: how large it is, and over how much of it effects are computed.

use roxmltree::Document;

use super::super::{Refusal, too_large};
use super::head;
use crate::diagnostic::say;
use crate::limits;

/// The drawing as it will be set: its size, and what its effects cover.
pub(super) fn check(document: &Document) -> Result<(), Refusal> {
    let none =
        usvg::ImageHrefResolver { resolve_data: Box::new(|_, _, _| None), resolve_string: Box::new(|_, _| None) };
    let options = usvg::Options { image_href_resolver: none, ..Default::default() };
    let tree = usvg::Tree::from_xmltree(document, &options)
        .map_err(|error| Refusal::damaged(say!("is an SVG that cannot be drawn: {error}", error)))?;
    let (width, height) = (tree.size().width(), tree.size().height());
    let side = limits::SVG_SIDE;
    if width.max(height) > side || width.max(height) > 200.0 * width.min(height) {
        let mut refusal = too_large(say!(
            "says that it is {width} × {height} units large; a side has at most {side}, and at most 200 times the other",
            width,
            height,
            side
        ));
        refusal.help = Box::new(say!("set the size of the page in the drawing program to that of the drawing"));
        return Err(refusal.at(head(&document.root_element())));
    }
    let mut areas = 0.0;
    effects(tree.root(), width * height, &mut areas);
    if areas > limits::SVG_FILTER_AREAS || !areas.is_finite() {
        let mut refusal = too_large(say!("uses effects (`filter`) over more room than can be computed"));
        refusal.help = Box::new(say!("take shadows and blur away, or save the drawing as PNG"));
        return Err(refusal);
    }
    Ok(())
}

/// Adds up what the effects of a group and all within it cover, in areas of the whole picture.
fn effects(group: &usvg::Group, canvas: f32, areas: &mut f32) {
    if !group.filters().is_empty() {
        let room = group.abs_layer_bounding_box();
        let steps: usize = group.filters().iter().map(|filter| filter.primitives().len() + 1).sum();
        *areas += room.width() * room.height() / canvas * steps as f32;
    }
    for node in group.children() {
        if let usvg::Node::Group(group) = node {
            effects(group, canvas, areas);
        }
        node.subroots(|group| effects(group, canvas, areas));
    }
}
