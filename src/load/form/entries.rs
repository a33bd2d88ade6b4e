//! The keys of one mapping against what is declared of it.

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Diagnostic, Said, Sink, nearest, say};
use crate::source::{Span, Spanned};

use super::super::decode::expected;
use super::super::yaml::{Node, Value};
use super::{Form, Key, Kind, Mapping, Need};

/// Unknown keys of one mapping that are told one by one. Where there are more, the mapping itself is another than was meant.
const MOST_UNKNOWN: usize = 50;

/// What stands in a mapping.
pub struct Entries<'a> {
    entries: &'a [(Spanned<String>, Node)],
    mapping: &'static Mapping,
}

impl<'a> Entries<'a> {
    /// Opens a node as a mapping, and reports missing and unknown keys; none where it is no mapping.
    pub fn open(node: &'a Node, mapping: &'static Mapping, what: &Said, sink: &mut Sink) -> Option<Self> {
        let entries = any(node, what, sink)?;
        let out = Self { entries, mapping };
        if mapping.rest.is_none() && out.tell_of_outdented(sink) {
            return None;
        }
        out.tell_of_missing(node.span, what, sink);
        if mapping.rest.is_none() {
            out.tell_of_unknown(what, sink);
        }
        Some(out)
    }

    /// The value of a declared key, if it is given.
    pub fn value<F: Form>(&self, key: &str, sink: &mut Sink) -> Option<F::Value> {
        let (_, node) = self.entries.iter().find(|(name, _)| name.value == key)?;
        F::read(node, &say!("`{key}`", key), sink)
    }

    /// The values of all other keys.
    pub fn rest<F: Form>(&self, sink: &mut Sink) -> Vec<(Spanned<String>, F::Value)> {
        let own = self.entries.iter().filter(|(name, _)| !self.knows(&name.value));
        own.filter_map(|(name, node)| Some((name.clone(), F::read(node, &say!("`{key}`", key = name.value), sink)?)))
            .collect()
    }

    fn knows(&self, name: &str) -> bool {
        self.mapping.keys.iter().any(|key| key.name == name)
    }

    fn tell_of_missing(&self, span: Span, what: &Said, sink: &mut Sink) {
        let needed = self.mapping.keys.iter().filter(|key| key.need == Need::Required);
        // Where a key is there with a slip of the pen, that is told with the key.
        let meant = |key: &Key| {
            let mut unknown = self.entries.iter().filter(|(name, _)| !self.knows(&name.value));
            unknown.any(|(name, _)| nearest(&name.value, self.mapping.known()) == Some(key.name))
        };
        for key in needed.filter(|key| !self.entries.iter().any(|(name, _)| name.value == key.name)) {
            if !meant(key) {
                sink.push(missing(what, key.name, span));
            }
        }
    }

    /// Reports a key below which nothing stands, since what belongs there begins in its own column: one slip, however many lines it has.
    fn tell_of_outdented(&self, sink: &mut Sink) -> bool {
        let is_open = |(key, node): &&(Spanned<String>, Node)| {
            matches!(node.value, Value::Null) && self.mapping.key(&key.value).is_some_and(|key| key.kind.holds_keys())
        };
        let Some(at) = self.entries.iter().position(|entry| is_open(&entry)) else { return false };
        let (key, _) = &self.entries[at];
        let belongs = |name: &str| {
            matches!(self.mapping.key(&key.value).map(|key| &key.kind), Some(Kind::Mapping(below)) if below.key(name).is_some())
                || !self.knows(name) && nearest(name, self.mapping.known()).is_none()
        };
        let count = self.entries[at + 1..].iter().take_while(|(name, _)| belongs(&name.value)).count();
        let (Some((first, _)), Some((last, _))) = (self.entries.get(at + 1), self.entries.get(at + count)) else {
            return false;
        };
        if count == 0 {
            return false;
        }
        sink.push(
            Diagnostic::error(
                Code::YAML_SYNTAX,
                say!("`{key}` is empty: what belongs to it is not moved in", key = key.value),
            )
            .label(first.span, say!("`{first}` stands beside it", first = first.value))
            .also(key.span, say!("and belongs below this"))
            .help(say!(
                "put two more spaces before each line from `{first}` to `{last}`, with all that stands below it",
                first = first.value,
                last = last.value
            )),
        );
        // What it would have defined is not missing for another reason.
        sink.refuse_file();
        true
    }

    fn tell_of_unknown(&self, what: &Said, sink: &mut Sink) {
        let known: Vec<&str> = self.mapping.known().collect();
        let known_here = || say!("known here: {known}", known = known.join(", "));
        let unknown: Vec<_> = self.entries.iter().filter(|(name, _)| !self.knows(&name.value)).collect();
        if let Some((key, _)) = unknown.get(MOST_UNKNOWN) {
            let more = unknown.len() - MOST_UNKNOWN;
            sink.push(
                Diagnostic::error(
                    Code::KEY_UNKNOWN,
                    say!("{what} has {more} more keys that are not known, the first here", what, more),
                )
                .at(key.span)
                .help(known_here()),
            );
        }
        for (key, value) in unknown.into_iter().take(MOST_UNKNOWN) {
            sink.push(unknown_key(what, key, value, &known));
        }
    }
}

/// "figure `a` has no key `lable`", where these are known.
pub fn unknown_key(what: &Said, key: &Spanned<String>, value: &Node, known: &[&str]) -> Diagnostic {
    // The decimals of a number that a comma has cut off.
    if matches!(value.value, Value::Null) && key.value.bytes().all(|byte| byte.is_ascii_digit()) {
        return Diagnostic::error(Code::KEY_UNKNOWN, say!("a comma ends the number before `{key}`", key = key.value))
            .at(key.span)
            .help(say!("decimals are written with a point, 12.50, and thousands without a blank, 12500"));
    }
    // The rest of a text that a comma has cut off.
    if matches!(value.value, Value::Null) && key.value.contains(' ') {
        return Diagnostic::error(Code::KEY_UNKNOWN, say!("a comma ends the text before `{key}`", key = key.value))
            .at(key.span)
            .help(say!("inside {…} a text with a comma needs quotation marks: text: \"one, two\""));
    }
    let diagnostic = Diagnostic::error(Code::KEY_UNKNOWN, say!("{what} has no key `{key}`", what, key = key.value))
        .at(key.span)
        .nearest(&key.value, known.iter().copied());
    match diagnostic.help.is_empty() {
        true => diagnostic.help(say!("known here: {known}", known = known.join(", "))),
        false => diagnostic,
    }
}

/// What stands behind the keys of a `..rest` that the workspace gives their meaning, in the order of what they mean. A key that means nothing is told with those
/// that are `known`, and so are two that mean the same.
pub fn keyed<K: Ord>(
    what: &Said,
    given: Vec<(Spanned<String>, Node)>,
    means: impl Fn(&str) -> Option<K>,
    known: &[&str],
    sink: &mut Sink,
) -> BTreeMap<K, (Spanned<String>, Node)> {
    let mut out: BTreeMap<K, (Spanned<String>, Node)> = BTreeMap::new();
    for (key, node) in given {
        let Some(meant) = means(&key.value) else {
            sink.push(unknown_key(what, &key, &node, known));
            continue;
        };
        if let Some((first, _)) = out.get(&meant) {
            sink.push(
                Diagnostic::error(
                    Code::ID_DUPLICATE,
                    say!("`{first}` and `{key}` are the same", first = first.value, key = key.value),
                )
                .label(key.span, say!("again here"))
                .also(first.span, say!("first here"))
                .help(say!("keep one of them")),
            );
            continue;
        }
        out.insert(meant, (key, node));
    }
    out
}

/// "figure `a` lacks `label`".
pub fn missing(what: &Said, key: &str, span: Span) -> Diagnostic {
    Diagnostic::error(Code::KEY_MISSING, say!("{what} lacks `{key}`", what, key))
        .at(span)
        .help(say!("add a line `{key}: …`", key))
}

impl Mapping {
    /// A key that it declares.
    pub fn key(&self, name: &str) -> Option<&'static Key> {
        self.keys.iter().find(|key| key.name == name)
    }

    /// The keys that authors may write.
    pub fn known(&self) -> impl Iterator<Item = &'static str> + use<> {
        self.keys.iter().filter(|key| !matches!(key.kind, Kind::Refused)).map(|key| key.name)
    }
}

/// The entries of a mapping, whatever its keys; another value is reported.
pub fn any<'a>(node: &'a Node, what: &Said, sink: &mut Sink) -> Option<&'a [(Spanned<String>, Node)]> {
    match &node.value {
        Value::Map(entries) => Some(entries),
        _ => {
            sink.push(expected(node, what, "a mapping (`key: value` lines)"));
            None
        }
    }
}
