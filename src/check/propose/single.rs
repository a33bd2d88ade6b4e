//! A figure for one number alone, under a label that its author has read.

use super::ids::Ids;
use super::{Binding, Given, Left, Proposals, Proposed};
use crate::diagnostic::Said;
use crate::source::Span;

/// What can be said of a number before its author says more.
#[derive(Debug, PartialEq, Eq)]
pub enum Offer {
    /// A figure with this label.
    Label(String),
    /// A figure whose label the author has to find, and why.
    Unnamed(Said),
    /// None, and why.
    Never(Said),
}

/// The figure of one number, after those that it is a part of.
#[derive(Debug, PartialEq, Eq)]
pub struct Single {
    pub figures: Vec<Proposed>,
    pub binding: String,
}

impl Proposals {
    /// Where the numbers stand that something is told of.
    pub fn places(&self) -> impl Iterator<Item = Span> {
        self.bindings.iter().map(|binding| binding.span).chain(self.left.iter().map(|left| left.span))
    }

    /// What is proposed for the number at a place; none where there is no number that wants a figure.
    #[must_use]
    pub fn offer(&self, span: Span) -> Option<Offer> {
        if let Some(Binding { figure, .. }) = self.bindings.iter().find(|binding| binding.span == span) {
            return Some(Offer::Label(self.figures[*figure].label.clone()));
        }
        let left = self.left.iter().find(|left| left.span == span)?;
        let reason = left.reason.clone();
        Some(if left.given.is_some() { Offer::Unnamed(reason) } else { Offer::Never(reason) })
    }

    /// The figure of the number at a place under a label; `taken` are the ids of figures that there are.
    #[must_use]
    pub fn single(&self, span: Span, label: &str, taken: impl Iterator<Item = String>) -> Option<Single> {
        let fresh = |ids: Vec<String>| Ids::new(taken.chain(ids)).fresh(label);
        let Some(binding) = self.bindings.iter().find(|binding| binding.span == span) else {
            let left = self.left.iter().find(|left| left.span == span)?;
            let Left { given: Some(Given { given, filter }), path, position, text, .. } = left else { return None };
            let places = vec![(path.clone(), *position, text.clone())];
            let (id, label, given) = (fresh(Vec::new()), label.to_owned(), given.clone());
            let binding = super::binding_of(&id, filter);
            return Some(Single { figures: vec![Proposed { id, label, given, base: None, places }], binding });
        };
        let mut figures = vec![self.figures[binding.figure].clone()];
        while let Some(base) = figures.last().and_then(|figure| figure.base.as_ref()) {
            figures.push(self.figures.iter().find(|figure| figure.id == *base)?.clone());
        }
        figures.reverse();
        let ids = figures.iter().map(|figure| figure.id.clone()).collect();
        let own = figures.last_mut()?;
        if own.label != label {
            own.id = fresh(ids);
            own.label = label.to_owned();
        }
        let binding = super::binding_of(&own.id, &binding.filter);
        Some(Single { figures, binding })
    }
}

impl Single {
    /// A file of findings that has these figures alone.
    #[must_use]
    pub fn yaml(&self) -> String {
        super::HEAD.to_owned() + &self.entries()
    }

    /// Their lines in such a file.
    #[must_use]
    pub fn entries(&self) -> String {
        super::entries(&self.figures)
    }
}
