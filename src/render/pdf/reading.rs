//! The order of reading, where blocks are set in another than that of the source: what stands after text that it comes before in the source is
//! put back by the tags of the PDF, as Typst does it with what floats.

use std::collections::BTreeMap;

use typst::ecow::EcoVec;
use typst::foundations::NativeElement as _;
use typst::introspection::{Location, Tag};
use typst::layout::{Frame, FrameItem, FrameParent, GroupItem, Inherit, PlaceElem};
use typst::model::Document as _;
use typst_layout::{Page, PagedDocument};

use super::proof::{figure, figure_within, name};

/// What the label of the place is made of that something has left: this and its anchor.
const PLACE: &str = "Place-";

/// The pages, with what has left its place read there.
pub(super) fn in_order(document: PagedDocument) -> PagedDocument {
    let mut left = BTreeMap::new();
    document.pages().iter().for_each(|page| find(&page.frame, &mut left));
    if left.is_empty() {
        return document;
    }
    let mut pages: EcoVec<Page> = document.pages().iter().cloned().collect();
    for page in pages.make_mut() {
        put_back(&mut page.frame, &left);
    }
    PagedDocument::new(pages, document.info().clone())
}

/// Finds the places that something has left, by its anchor.
fn find(frame: &Frame, left: &mut BTreeMap<String, Location>) {
    for (_, item) in frame.items() {
        match item {
            FrameItem::Tag(Tag::Start(element, _)) if element.elem() == PlaceElem::ELEM => {
                let anchor = element.label().and_then(|label| Some(name(label).strip_prefix(PLACE)?.to_owned()));
                if let (Some(anchor), Some(place)) = (anchor, element.location()) {
                    left.insert(anchor, place);
                }
            }
            FrameItem::Group(group) => find(&group.frame, left),
            _ => {}
        }
    }
}

/// Gives all parts of what has left its place to that place.
fn put_back(frame: &mut Frame, left: &BTreeMap<String, Location>) {
    let holds = |group: &GroupItem| {
        // What floats has a place of its own, in which it would be read otherwise.
        let anchor = match group.parent {
            Some(_) => figure_within(&group.frame),
            None => group.label.and_then(figure),
        };
        left.get(&anchor?).copied()
    };
    frame.retain(|item| {
        if let FrameItem::Group(group) = item {
            match holds(group) {
                Some(place) => group.parent = Some(FrameParent::new(place, Inherit::No)),
                None => put_back(&mut group.frame, left),
            }
        }
        true
    });
}
