//! What is looked up while pages are corrected: each link is presumed to lead somewhere. Without a place Typst leaves out its words, and a page
//! without them is not the one to be corrected. So are the headings of the table of contents, since its pages move all others.

use std::num::NonZeroUsize;

use typst::diag::StrResult;
use typst::ecow::{EcoString, EcoVec};
use typst::foundations::{Content, Label, NativeElement as _, Selector, Smart, Value};
use typst::introspection::{DocumentPosition, EmptyIntrospector, Introspector, Location, MetadataElem};
use typst::model::{HeadingElem, Numbering};
use typst::syntax::VirtualPath;
use typst::text::TextElem;
use typst::utils::PicoStr;

use crate::document::resolved::{ContentsEntry, plain_text};

pub(super) struct Presumed {
    /// Where all links lead: on no page.
    target: Content,
    headings: EcoVec<Content>,
}

impl Presumed {
    /// With the headings that the table of contents has.
    pub(super) fn new(contents: &[ContentsEntry]) -> Self {
        let headings = contents.iter().enumerate().map(|(at, entry)| heading(at, entry));
        Self { target: placed(MetadataElem::new(Value::None).pack(), 0), headings: headings.collect() }
    }

    pub(super) fn has_headings(&self) -> bool {
        !self.headings.is_empty()
    }

    /// As if there were none.
    pub(super) fn forget_headings(&mut self) {
        self.headings = EcoVec::new();
    }
}

fn heading(at: usize, entry: &ContentsEntry) -> Content {
    let level = NonZeroUsize::new(entry.level.into()).unwrap_or(NonZeroUsize::MIN);
    let mut heading =
        HeadingElem::new(TextElem::packed(plain_text(&entry.title))).with_level(Smart::Custom(level)).pack();
    if let Some(label) = Label::new(PicoStr::intern(&entry.anchor)) {
        heading.set_label(label);
    }
    placed(heading, at + 1)
}

/// An element that is taken to be somewhere, each with another number somewhere else.
fn placed(mut element: Content, number: usize) -> Content {
    element.set_location(Location::new(number as u128 + 1));
    element
}

impl Introspector for Presumed {
    fn query(&self, selector: &Selector) -> EcoVec<Content> {
        match selector {
            Selector::Elem(element, None) if *element == HeadingElem::ELEM => self.headings.clone(),
            _ => EmptyIntrospector.query(selector),
        }
    }

    fn query_first(&self, selector: &Selector) -> Option<Content> {
        EmptyIntrospector.query_first(selector)
    }

    fn query_unique(&self, selector: &Selector) -> StrResult<Content> {
        EmptyIntrospector.query_unique(selector)
    }

    fn query_label(&self, _: Label) -> StrResult<&Content> {
        Ok(&self.target)
    }

    fn query_labelled(&self) -> EcoVec<Content> {
        EmptyIntrospector.query_labelled()
    }

    fn query_count_before(&self, selector: &Selector, end: Location) -> usize {
        EmptyIntrospector.query_count_before(selector, end)
    }

    fn label_count(&self, label: Label) -> usize {
        EmptyIntrospector.label_count(label)
    }

    fn locator(&self, key: u128, base: Location) -> Option<Location> {
        EmptyIntrospector.locator(key, base)
    }

    fn pages(&self, location: Location) -> Option<NonZeroUsize> {
        EmptyIntrospector.pages(location)
    }

    fn page(&self, location: Location) -> Option<NonZeroUsize> {
        EmptyIntrospector.page(location)
    }

    fn position(&self, location: Location) -> Option<DocumentPosition> {
        EmptyIntrospector.position(location)
    }

    fn page_numbering(&self, _: Location) -> Option<&Numbering> {
        None
    }

    fn page_supplement(&self, _: Location) -> Option<&Content> {
        None
    }

    fn anchor(&self, _: Location) -> Option<&EcoString> {
        None
    }

    fn document(&self, location: Location) -> Option<Location> {
        EmptyIntrospector.document(location)
    }

    fn path(&self, _: Location) -> Option<&VirtualPath> {
        None
    }
}
