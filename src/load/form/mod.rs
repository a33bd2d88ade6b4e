//! What authors may write, declared once: each mapping is a struct made by [`mapping!`], each kind of value a [`Form`]. The decoder reads by
//! the declaration, and the JSON schemas and the tables of keys in docs/format.md are printed from it.
//!
//! A key that is not declared has no field, so nothing can take it; one that is declared and never taken is a field that is never read, which the compiler
//! tells of.

mod entries;
mod reference;
mod schema;
mod values;
mod within;

pub use entries::{Entries, keyed, missing};
pub use reference::reference;
pub use schema::{schema, schema_of_words};
pub use values::{
    ById, ByName, Count, DatasetId, Date, Decimals, Description, Either, FigureId, Flag, Id, Label, List, Number,
    OneOrMany, Path, Placed, Plain, Reference, Required, Short, TableId, Told, Tried, Try, UnitId, Words,
};

pub use within::{Choice, keys, within, words};

use crate::diagnostic::{Said, Sink};

use super::yaml::Node;

/// A kind of value: how it is read, and what is said of it to authors.
pub trait Form {
    /// What it becomes.
    type Value;
    const KIND: Kind;
    const NEED: Need = Need::Optional;

    /// Reads a value; what is wrong is reported, and gives none. `what` it is, for messages: "`caption`".
    fn read(node: &Node, what: &Said, sink: &mut Sink) -> Option<Self::Value>;

    /// How authors write a value that holds where none is given; empty where there is nothing to write.
    fn written(_: &Self::Value) -> String {
        String::new()
    }
}

/// Whether a key must be given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    Optional,
    Required,
    /// Required, and the decoder says so in words of its own.
    Told,
}

/// What stands behind a key, as data.
#[derive(Debug, Clone, Copy)]
pub enum Kind {
    Text(Shape),
    /// A number in digits, without quotation marks.
    Number,
    /// A whole number from nought to a largest one.
    Count(u64),
    /// A year, a month or a day.
    Date,
    Flag,
    Choice(&'static [&'static str]),
    List {
        of: &'static Kind,
        least: usize,
        most: usize,
    },
    /// A mapping from ids of the author's to things.
    ById(&'static Kind),
    /// A mapping from words of the author's to things.
    ByName(&'static Kind),
    Mapping(&'static Mapping),
    OneOf(&'static [Kind]),
    /// A key that is known, and refused with a reason.
    Refused,
}

/// Things that are named by their ids in files of YAML.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Named {
    Figure,
    Table,
    Dataset,
    Unit,
}

/// The ids that there are.
pub type Ids = std::collections::BTreeMap<Named, std::collections::BTreeSet<String>>;

/// A text that is not empty.
#[derive(Debug, Clone, Copy)]
pub struct Shape {
    /// What it is, in the tables for authors.
    pub called: &'static str,
    /// Most characters.
    pub most: usize,
    /// A regular expression that it matches.
    pub pattern: Option<&'static str>,
    /// Whether what YAML takes for a number is a text too.
    pub numbers: bool,
    /// Inline Markdown, in which parameters are bound as figures are.
    pub running: bool,
    /// It is the id of such a thing.
    pub names: Option<Named>,
}

impl Shape {
    pub const fn new(called: &'static str) -> Self {
        Self { called, most: usize::MAX, pattern: None, numbers: true, running: false, names: None }
    }

    /// Inline Markdown for readers.
    pub const fn running() -> Self {
        Self { running: true, ..Self::new("text") }
    }
}

/// A mapping with keys of the program's.
#[derive(Debug)]
pub struct Mapping {
    /// What one is called, for messages and tables: "figure", "an entry".
    pub called: &'static str,
    pub about: &'static str,
    pub keys: &'static [Key],
    /// What stands behind keys of the author's own, where there may be any.
    pub rest: Option<&'static Kind>,
}

/// A key of a mapping.
#[derive(Debug)]
pub struct Key {
    pub name: &'static str,
    pub kind: Kind,
    pub need: Need,
    /// What holds where the key is not given, as authors would write it.
    pub default: fn() -> String,
    pub help: &'static str,
}

impl Kind {
    /// Whether it is written as keys on lines of their own.
    pub fn holds_keys(&self) -> bool {
        match self {
            Self::Mapping(_) | Self::ById(_) | Self::ByName(_) => true,
            Self::OneOf(kinds) => kinds.iter().all(Self::holds_keys),
            _ => false,
        }
    }

    /// What one such value in a list or behind an id is called, where it has a name of its own.
    pub fn called(&self) -> Option<&'static str> {
        match self {
            Self::Mapping(mapping) => Some(mapping.called),
            Self::OneOf(kinds) => kinds.iter().find_map(Self::called),
            _ => None,
        }
    }
}

/// Declares a mapping: a struct with a field for each key, whose name is the key's (`-` for `_`) unless `as` says another. The comments are what authors
/// read. Each field holds an option, or what stands behind `=` where nothing is given. A last `..rest` takes the keys of the author's own.
macro_rules! mapping {
    (@type $form:ty) => { Option<<$form as $crate::load::form::Form>::Value> };
    (@type $form:ty, $default:expr) => { <$form as $crate::load::form::Form>::Value };
    (@written $form:ty) => { String::new };
    (@written $form:ty, $default:expr) => { || <$form as $crate::load::form::Form>::written(&$default) };
    (@held $found:expr) => { $found };
    (@held $found:expr, $default:expr) => { $found.unwrap_or($default) };
    (@name $field:ident) => { stringify!($field) };
    (@name $field:ident $key:literal) => { $key };
    (@rest) => { None };
    (@rest $form:ty) => { Some(&<$form as $crate::load::form::Form>::KIND) };
    (
        $(#[doc = $about:literal])+
        $name:ident $called:literal {
            $($(#[doc = $help:literal])+ $field:ident $(as $key:literal)? : $form:ty $(= $default:expr)? ,)*
            $(.. $rest:ident : $rest_form:ty ,)?
        }
    ) => {
        $(#[doc = $about])+
        #[derive(Debug)]
        pub struct $name {
            $($(#[doc = $help])+ pub $field: mapping!(@type $form $(, $default)?),)*
            $(pub $rest: Vec<($crate::source::Spanned<String>, <$rest_form as $crate::load::form::Form>::Value)>,)?
        }

        impl $name {
            pub(in crate::load) const MAPPING: $crate::load::form::Mapping = $crate::load::form::Mapping {
                called: $called,
                about: concat!($($about),+),
                keys: &[$($crate::load::form::Key {
                    name: mapping!(@name $field $($key)?),
                    kind: <$form as $crate::load::form::Form>::KIND,
                    need: <$form as $crate::load::form::Form>::NEED,
                    default: mapping!(@written $form $(, $default)?),
                    help: concat!($($help),+),
                }),*],
                rest: mapping!(@rest $($rest_form)?),
            };
        }

        impl $crate::load::form::Form for $name {
            type Value = Self;
            const KIND: $crate::load::form::Kind = $crate::load::form::Kind::Mapping(&Self::MAPPING);

            fn read(node: &$crate::load::yaml::Node, what: &$crate::diagnostic::Said, sink: &mut $crate::diagnostic::Sink) -> Option<Self> {
                let entries = $crate::load::form::Entries::open(node, &Self::MAPPING, what, sink)?;
                Some(Self {
                    $($field: mapping!(@held entries.value::<$form>(mapping!(@name $field $($key)?), sink) $(, $default)?),)*
                    $($rest: entries.rest::<$rest_form>(sink),)?
                })
            }
        }
    };
}

/// Declares words of which an author chooses one, and what each means; those of a register stand there.
macro_rules! choices {
    ($register:ident) => { choices!(@ $register, $register, $register::NAMES, $register::WORDS); };
    ($name:ty { $($word:literal => $meaning:expr,)+ }) => { choices!($name as $name { $($word => $meaning,)+ }); };
    ($name:ty as $value:ty { $($word:literal => $meaning:expr,)+ }) => {
        choices!(@ $name, $value, &[$($word),+], &[$(($word, $meaning)),+]);
    };
    (@ $name:ty, $value:ty, $words:expr, $meanings:expr) => {
        impl $crate::load::form::Form for $name {
            type Value = $value;
            const KIND: $crate::load::form::Kind = $crate::load::form::Kind::Choice($words);

            fn read(
                node: &$crate::load::yaml::Node,
                what: &$crate::diagnostic::Said,
                sink: &mut $crate::diagnostic::Sink,
            ) -> Option<$value> {
                $crate::load::decode::choice(node, what, $meanings, sink)
            }

            fn written(value: &$value) -> String {
                let meanings: &[(&str, $value)] = $meanings;
                meanings.iter().find(|(_, known)| known == value).map_or_else(String::new, |(word, _)| (*word).to_owned())
            }
        }
    };
}

pub(super) use {choices, mapping};
