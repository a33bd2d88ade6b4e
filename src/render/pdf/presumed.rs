//! What is looked up while pages are corrected: each link is presumed to lead somewhere. Without a place Typst leaves out its words, and a page
//! without them is not the one to be corrected. The table of contents has its entries as soon as there are headings, since its pages move all
//! others.

use std::num::NonZeroUsize;
use std::sync::Arc;

use typst::diag::StrResult;
use typst::ecow::{EcoString, EcoVec};
use typst::foundations::{Content, Label, NativeElement as _, Selector, Value};
use typst::introspection::{DocumentPosition, EmptyIntrospector, Introspector, Location, MetadataElem};
use typst::model::{HeadingElem, Numbering};
use typst::syntax::VirtualPath;
use typst_layout::PagedIntrospector;

pub(super) struct Presumed {
    /// Where all links lead: on no page.
    target: Content,
    /// The first pages, for their headings.
    pub(super) first: Option<Arc<PagedIntrospector>>,
}

impl Default for Presumed {
    fn default() -> Self {
        let mut target = MetadataElem::new(Value::None).pack();
        target.set_location(Location::new(1));
        Self { target, first: None }
    }
}

impl Introspector for Presumed {
    fn query(&self, selector: &Selector) -> EcoVec<Content> {
        match (&self.first, selector) {
            (Some(first), Selector::Elem(element, _)) if *element == HeadingElem::ELEM => first.query(selector),
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
