//! The kinds of value that mappings are made of.

use std::marker::PhantomData;

use crate::diagnostic::{Code, Diagnostic, Said, Sink, say};
use crate::limits;
use crate::source::{Spanned, Text};
use crate::value::{Exact, PartialDate};

use super::super::decode;
use super::super::yaml::{Node, Value};
use super::entries::any;
use super::{Form, Kind, Named, Need, Shape};

/// With the place of its value.
pub struct Placed<F>(PhantomData<F>);
/// A key that must be given.
pub struct Required<F>(PhantomData<F>);
/// A key that must be given, and whose absence the decoder tells in its own words.
pub struct Told<F>(PhantomData<F>);
/// Values, at least and at most so many.
pub struct List<F, const LEAST: usize = 0, const MOST: usize = { usize::MAX }>(PhantomData<F>);
/// One value, or several in a list.
pub struct OneOrMany<F>(PhantomData<F>);
/// Things by ids that they get here.
pub struct ById<F>(PhantomData<F>);
/// Things by words that are no ids.
pub struct ByName<F>(PhantomData<F>);
/// A short form, or a mapping that says more.
pub struct Short<S, M>(PhantomData<(S, M)>);

/// A value whose key counts as given where the value is faulty too.
pub struct Try<F>(PhantomData<F>);

/// What a [`Try`] was read as.
#[derive(Debug)]
pub enum Tried<T> {
    Read(T),
    Faulty,
}

impl<T> Tried<T> {
    pub fn ok(self) -> Option<T> {
        match self {
            Self::Read(value) => Some(value),
            Self::Faulty => None,
        }
    }
}

/// What a [`Short`] was read as.
#[derive(Debug)]
pub enum Either<S, M> {
    Short(S),
    Full(M),
}

/// The form of an id, as JSON schemas have it; [`decode::id`] reads it.
pub(super) const ID: &str = "^[a-z0-9][a-z0-9._-]*$";

/// Declares kinds of value that are one word or number in a file: what they become, what is said of them, what reads them.
macro_rules! scalars {
    ($($(#[$about:meta])* $name:ident: $value:ty = $kind:expr, $read:expr;)+) => {$(
        $(#[$about])*
        pub struct $name;

        impl Form for $name {
            type Value = $value;
            const KIND: Kind = $kind;

            fn read(node: &Node, what: &Said, sink: &mut Sink) -> Option<$value> {
                $read(node, what, sink)
            }
        }
    )+};
}

scalars! {
    /// A text for readers: inline Markdown.
    Words: Text = Kind::Text(Shape::running()), decode::text;
    /// What stands in a file of data, or is held against it: no Markdown.
    Plain: Text = Kind::Text(Shape::new("text")), decode::text;
    /// A text for readers that stands in one place on a page, so that its length is held to what can be set.
    Label: Text = Kind::Text(Shape { most: limits::LABEL, ..Shape::running() }), text::<{ limits::LABEL }>;
    /// What is told to those who do not see.
    Description: Text = Kind::Text(Shape { most: limits::DESCRIPTION, ..Shape::running() }), text::<{ limits::DESCRIPTION }>;
    /// A file of the report or the workspace.
    Path: Text = Kind::Text(Shape::new("path")), decode::text;
    /// An id of the author's that is made here.
    Id: Spanned<String> = Kind::Text(Shape { most: limits::ID, pattern: Some(ID), ..Shape::new("id") }), id;
    /// The id or the words by which something else is named.
    Reference: Spanned<String> = Kind::Text(Shape::new("id")), reference;
    FigureId: Spanned<String> = Kind::Text(Shape { names: Some(Named::Figure), ..Shape::new("id") }), reference;
    TableId: Spanned<String> = Kind::Text(Shape { names: Some(Named::Table), ..Shape::new("id") }), reference;
    DatasetId: Spanned<String> = Kind::Text(Shape { names: Some(Named::Dataset), ..Shape::new("id") }), reference;
    UnitId: Spanned<String> = Kind::Text(Shape { names: Some(Named::Unit), ..Shape::new("id") }), reference;
    Number: Spanned<(Exact, u8)> = Kind::Number, decode::number;
    Count: Spanned<Exact> = Kind::Count(u64::MAX), decode::count;
    /// How many decimals are printed.
    Decimals: u8 = Kind::Count(MOST_DECIMALS as u64), decimals;
    Date: Spanned<PartialDate> = Kind::Date, decode::date;
}

/// A text of at most so many characters.
fn text<const MOST: usize>(node: &Node, what: &Said, sink: &mut Sink) -> Option<Text> {
    let text = decode::text(node, what, sink)?;
    sink.check_length(what.clone(), &text.value, MOST, text.span);
    Some(text)
}

fn id(node: &Node, what: &Said, sink: &mut Sink) -> Option<Spanned<String>> {
    let id = text::<{ limits::ID }>(node, what, sink)?;
    Some(Spanned::new(id.value, id.span)).filter(|id| decode::id(id, sink))
}

fn reference(node: &Node, what: &Said, sink: &mut Sink) -> Option<Spanned<String>> {
    decode::text(node, what, sink).map(|text| Spanned::new(text.value, text.span))
}

/// Most decimals that a number is printed with.
const MOST_DECIMALS: u8 = 6;

fn decimals(node: &Node, what: &Said, sink: &mut Sink) -> Option<u8> {
    let typed = decode::count(node, what, sink)?;
    let fits = typed.value.to_i64().and_then(|n| u8::try_from(n).ok()).filter(|n| *n <= MOST_DECIMALS);
    if fits.is_none() {
        let message = say!("{what} can be at most {most}", what, most = MOST_DECIMALS);
        sink.push(Diagnostic::error(Code::VALUE_INVALID, message).at(typed.span));
    }
    fits
}

pub struct Flag;

impl Form for Flag {
    type Value = bool;
    const KIND: Kind = Kind::Flag;

    fn read(node: &Node, what: &Said, sink: &mut Sink) -> Option<bool> {
        decode::flag(node, what, sink)
    }

    fn written(value: &bool) -> String {
        value.to_string()
    }
}

impl<F: Form> Form for Placed<F> {
    type Value = Spanned<F::Value>;
    const KIND: Kind = F::KIND;

    fn read(node: &Node, what: &Said, sink: &mut Sink) -> Option<Self::Value> {
        Some(Spanned::new(F::read(node, what, sink)?, node.span))
    }
}

impl<F: Form> Form for Try<F> {
    type Value = Tried<F::Value>;
    const KIND: Kind = F::KIND;

    fn read(node: &Node, what: &Said, sink: &mut Sink) -> Option<Self::Value> {
        Some(F::read(node, what, sink).map_or(Tried::Faulty, Tried::Read))
    }
}

impl<F: Form> Form for Required<F> {
    type Value = F::Value;
    const KIND: Kind = F::KIND;
    const NEED: Need = Need::Required;

    fn read(node: &Node, what: &Said, sink: &mut Sink) -> Option<F::Value> {
        F::read(node, what, sink)
    }
}

impl<F: Form> Form for Told<F> {
    type Value = F::Value;
    const KIND: Kind = F::KIND;
    const NEED: Need = Need::Told;

    fn read(node: &Node, what: &Said, sink: &mut Sink) -> Option<F::Value> {
        F::read(node, what, sink)
    }
}

impl<F: Form, const LEAST: usize, const MOST: usize> Form for List<F, LEAST, MOST> {
    type Value = Vec<F::Value>;
    const KIND: Kind = Kind::List { of: &F::KIND, least: LEAST, most: MOST };

    /// Entries that are wrong are reported and left out; whether there are as many as must be is for the decoder to say, in words that fit.
    fn read(node: &Node, what: &Said, sink: &mut Sink) -> Option<Self::Value> {
        let Value::List(nodes) = &node.value else {
            sink.push(decode::no_list(node, what));
            return None;
        };
        let entry = F::KIND.called().map_or_else(|| say!("an entry of {what}", what), Said::words);
        Some(nodes.iter().filter_map(|node| F::read(node, &entry, sink)).collect())
    }
}

impl<F: Form> Form for OneOrMany<F> {
    type Value = Vec<F::Value>;
    const KIND: Kind = Kind::OneOf(&[F::KIND, Kind::List { of: &F::KIND, least: 1, most: usize::MAX }]);

    fn read(node: &Node, what: &Said, sink: &mut Sink) -> Option<Self::Value> {
        match &node.value {
            Value::List(nodes) if !nodes.is_empty() => nodes.iter().map(|node| F::read(node, what, sink)).collect(),
            _ => Some(vec![F::read(node, what, sink)?]),
        }
    }
}

/// What stands behind a key of the author's own is called.
fn behind<F: Form>(name: &str, what: &Said) -> Said {
    F::KIND.called().map_or_else(
        || say!("`{name}` of {what}", name, what),
        |called| say!("{called} `{name}`", called = Said::words(called), name),
    )
}

impl<F: Form> Form for ById<F> {
    type Value = Vec<(Spanned<String>, F::Value)>;
    const KIND: Kind = Kind::ById(&F::KIND);

    fn read(node: &Node, what: &Said, sink: &mut Sink) -> Option<Self::Value> {
        let mut out = Vec::new();
        for (id, node) in any(node, what, sink)? {
            if decode::id(id, sink) {
                out.extend(F::read(node, &behind::<F>(&id.value, what), sink).map(|value| (id.clone(), value)));
            }
        }
        Some(out)
    }
}

impl<F: Form> Form for ByName<F> {
    type Value = Vec<(Spanned<String>, F::Value)>;
    const KIND: Kind = Kind::ByName(&F::KIND);

    fn read(node: &Node, what: &Said, sink: &mut Sink) -> Option<Self::Value> {
        let mut out = Vec::new();
        for (name, node) in any(node, what, sink)? {
            out.extend(F::read(node, &behind::<F>(&name.value, what), sink).map(|value| (name.clone(), value)));
        }
        Some(out)
    }
}

impl<S: Form, M: Form> Form for Short<S, M> {
    type Value = Either<S::Value, M::Value>;
    const KIND: Kind = Kind::OneOf(&[S::KIND, M::KIND]);

    fn read(node: &Node, what: &Said, sink: &mut Sink) -> Option<Self::Value> {
        match &node.value {
            Value::Map(_) => M::read(node, what, sink).map(Either::Full),
            _ => S::read(node, what, sink).map(Either::Short),
        }
    }
}
