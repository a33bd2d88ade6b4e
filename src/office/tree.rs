//! A part as a tree, for documents: what a paragraph is depends on what stands around it.

use roxmltree::{Document, Node, ParsingOptions};

use crate::diagnostic::say;
use crate::limits;

use super::Fault;

/// Parses a part; entities of its own are refused, and so is what nests too deeply for a walk.
pub fn parse<'t>(text: &'t str, part: &str) -> Result<Document<'t>, Fault> {
    let options = ParsingOptions { nodes_limit: limits::XML_NODES, ..ParsingOptions::default() };
    let document = Document::parse_with_options(text, options).map_err(|error| match error {
        roxmltree::Error::NodesLimitReached => {
            Fault::large(say!("its part {part} has more than {most} pieces", part, most = limits::XML_NODES))
        }
        error => Fault::broken(say!("its part {part} is no XML that can be read ({error})", part, error)),
    })?;
    let mut depths: Vec<usize> = Vec::new();
    for node in document.root().descendants() {
        let depth = node.parent().and_then(|parent| depths.get(parent.id().get_usize())).map_or(0, |depth| depth + 1);
        if depth > limits::XML_DEPTH {
            return Err(Fault::broken(say!("its part {part} nests too deeply", part)));
        }
        depths.push(depth);
    }
    Ok(document)
}

/// The first element of this name in an element, whatever its prefix.
pub fn child<'a, 'i>(node: Node<'a, 'i>, name: &str) -> Option<Node<'a, 'i>> {
    node.children().find(|child| child.tag_name().name() == name)
}

/// The elements of this name in an element.
pub fn children<'a, 'i: 'a>(node: Node<'a, 'i>, name: &'static str) -> impl Iterator<Item = Node<'a, 'i>> {
    node.children().filter(move |child| child.tag_name().name() == name)
}

/// The value of an attribute, whatever its prefix.
pub fn attribute<'a>(node: Node<'a, '_>, name: &str) -> Option<&'a str> {
    node.attributes().find(|attribute| attribute.name() == name).map(|attribute| attribute.value())
}
