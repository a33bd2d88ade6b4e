//! Words of a translation over the tree of a file of its original: what is no word stays the original's, so that no number can differ.

use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

use crate::diagnostic::{Code, Diagnostic, Said, Sink, say};
use crate::model::{Difference, Lacking, Laid, Otherwise, Place};
use crate::source::{Span, Spanned};
use crate::value::is_other_unit;

use super::super::form::{Kind, Mapping};
use super::super::parameters::{alternatives, meant};
use super::super::yaml::{Node, Value};

/// The key by which things in lists are told apart.
const ID: &str = "id";
/// The key of what numbers are measured in.
const UNIT: &str = "unit";

/// Lays a translation's file over the original's: the tree of the original with the words of the translation.
pub fn laid(original: &Node, own: Option<&Node>, kind: &Kind, found: &mut Laid, sink: &mut Sink) -> Node {
    Laying { found, sink }.node(original, own, &At { kind, key: "", span: original.span })
}

/// Where in a file a value stands.
struct At<'k> {
    kind: &'k Kind,
    /// The key that it stands behind; none in a list.
    key: &'k str,
    /// Where its words would be written.
    span: Span,
}

struct Laying<'a> {
    found: &'a mut Laid,
    sink: &'a mut Sink,
}

impl Laying<'_> {
    fn node(&mut self, original: &Node, own: Option<&Node>, place: &At<'_>) -> Node {
        // A key with nothing behind it waits for its words.
        let own = own.filter(|own| !matches!(own.value, Value::Null));
        match &original.value {
            Value::Null => self.scalar(original, "", own, place),
            Value::Scalar { text, .. } => self.scalar(original, text, own, place),
            Value::List(items) => self.list(original, items, own, place),
            Value::Map(entries) => self.map(original, entries, own, place),
        }
    }

    fn scalar(&mut self, original: &Node, text: &str, own: Option<&Node>, place: &At<'_>) -> Node {
        let is_word = is_word(place.kind, original);
        let Some(own) = own else {
            if is_word {
                let lacking = Lacking { words: text.to_owned(), span: place.span, place: Place::Key };
                self.found.lacking.push(lacking);
            }
            return original.clone();
        };
        let Value::Scalar { text: words, plain, verbatim, .. } = &own.value else {
            self.sink.push(
                Diagnostic::error(Code::TRANSLATION, say!("the original has a single value here"))
                    .at(own.span)
                    .also(original.span, say!("in the original"))
                    .help(say!("write the words that stand for it, behind the same key")),
            );
            return original.clone();
        };
        if !is_word {
            // Things are named by their ids.
            if words != text || !["", ID].contains(&place.key) {
                self.no_words(original, own.span);
            }
            return original.clone();
        }
        if place.key == UNIT && is_other_unit(text, words) {
            self.sink.push(
                Diagnostic::error(
                    Code::TRANSLATION,
                    say!(
                        "`{words}` is another unit than `{unit}`, and the numbers stay as they are",
                        words,
                        unit = text
                    ),
                )
                .at(own.span)
                .also(original.span, say!("in the original"))
                .help(say!("write what the same unit is called in the other language")),
            );
            return original.clone();
        }
        self.compare(text, words, original.span, own.span);
        let value =
            Value::Scalar { text: words.clone(), plain: *plain, verbatim: *verbatim, original: Some(Arc::from(text)) };
        Node { value, span: own.span }
    }

    /// Notes the numbers and figures that only one of two texts has.
    fn compare(&mut self, original: &str, own: &str, there: Span, span: Span) {
        let (theirs, ours) = (Parts::read(original), Parts::read(own));
        for (number, lacks) in theirs.digits.differences(&ours.digits) {
            let what = Difference::Number { number, lacks };
            self.found.otherwise.push(Otherwise { span, there, what });
        }
        for (path, lacks) in theirs.bound.differences(&ours.bound) {
            self.found.otherwise.push(Otherwise { span, there, what: Difference::Bound { path, lacks } });
        }
    }

    fn no_words(&mut self, original: &Node, at: Span) {
        self.sink.push(
            Diagnostic::error(Code::TRANSLATION, say!("a translation says only words: this comes from the original"))
                .at(at)
                .also(original.span, say!("in the original"))
                .help(say!("take the line away; what it says is changed in the original")),
        );
    }

    fn list(&mut self, original: &Node, items: &[Node], own: Option<&Node>, place: &At<'_>) -> Node {
        let of = alternatives(place.kind).into_iter().find_map(|kind| match kind {
            Kind::List { of, .. } => Some(*of),
            _ => None,
        });
        let Some(of) = of else { return original.clone() };
        let (mut theirs, mut nothing): (BTreeMap<usize, &Node>, Option<Span>) = (BTreeMap::new(), None);
        match own.map(|own| (own, &own.value)) {
            None => {}
            Some((_, Value::List(own))) => {
                for (at, item) in own.iter().enumerate() {
                    match paired(items, at, item) {
                        Ok(of) => _ = theirs.insert(of, item),
                        Err(known) => self.nothing_there(item, original, &known),
                    }
                }
            }
            // One thing need not stand in a list.
            Some((own, _)) if items.len() == 1 => _ = theirs.insert(0, own),
            Some((own, _)) => nothing = Some(own.span),
        }
        if let Some(at) = nothing {
            self.other_shape(at, original, say!("a list"));
        }
        let nodes = items.iter().enumerate().map(|(at, item)| {
            let own = theirs.get(&at).copied();
            let place = At { kind: of, key: "", span: own.map_or(item.span, |own| own.span) };
            self.node(item, own, &place)
        });
        Node { value: Value::List(Rc::new(nodes.collect())), span: original.span }
    }

    fn nothing_there(&mut self, item: &Node, original: &Node, known: &[&str]) {
        let id = id_of(item);
        let message = match &id {
            Some(id) => say!("the original has no `{key}` here", key = id.value),
            None => say!("the original has fewer entries here"),
        };
        let found = Diagnostic::error(Code::TRANSLATION, message)
            .at(id.as_ref().map_or(item.span, |id| id.span))
            .also(original.span, say!("in the original"));
        self.sink.push(match id {
            Some(id) => found.nearest(&id.value, known.iter().copied()),
            None => found.help(say!("a translation has the entries of the original, in its order")),
        });
    }

    fn other_shape(&mut self, at: Span, original: &Node, shape: Said) {
        self.sink.push(
            Diagnostic::error(Code::TRANSLATION, say!("the original has {shape} here", shape))
                .at(at)
                .also(original.span, say!("in the original"))
                .help(say!("write the words by the same keys and in the same order as there")),
        );
    }

    fn map(
        &mut self,
        original: &Node,
        entries: &[(Spanned<String>, Node)],
        own: Option<&Node>,
        place: &At<'_>,
    ) -> Node {
        let given: &[(Spanned<String>, Node)] = match own.map(|own| (own, &own.value)) {
            None => &[],
            Some((_, Value::Map(given))) => given,
            Some((own, _)) => {
                self.other_shape(own.span, original, say!("a mapping (`key: value` lines)"));
                &[]
            }
        };
        let mapping = meant(place.kind, entries);
        let of_any = alternatives(place.kind).into_iter().find_map(|kind| match kind {
            Kind::ById(of) | Kind::ByName(of) => Some(*of),
            _ => None,
        });
        let kind_of = |key: &str| {
            let declared = mapping.and_then(|mapping: &Mapping| mapping.key(key).map(|key| &key.kind).or(mapping.rest));
            declared.or(of_any)
        };
        for (key, _) in given.iter().filter(|(key, _)| !entries.iter().any(|(known, _)| known.value == key.value)) {
            let known = entries.iter().map(|(known, _)| known.value.as_str());
            let found = Diagnostic::error(Code::TRANSLATION, say!("the original has no `{key}` here", key = key.value))
                .at(key.span)
                .also(original.span, say!("in the original"))
                .nearest(&key.value, known);
            self.sink.push(match found.help.is_empty() {
                true => {
                    found.help(say!("a translation says what the original says: write it there first, or take it away"))
                }
                false => found,
            });
        }
        let laid = entries.iter().map(|(key, node)| {
            let own = given.iter().find(|(known, _)| known.value == key.value);
            let node = match kind_of(&key.value) {
                Some(kind) => {
                    let span = own.map_or(node.span, |(key, _)| key.span);
                    self.node(node, own.map(|(_, own)| own), &At { kind, key: &key.value, span })
                }
                // What nothing is declared of is told when the original is read.
                None => node.clone(),
            };
            (key.clone(), node)
        });
        Node { value: Value::Map(Rc::new(laid.collect())), span: original.span }
    }
}

/// The item of a list that an item of a translation stands for: the one with its id, else the one in its place. The ids that there are where there is none.
fn paired<'n>(items: &'n [Node], at: usize, own: &Node) -> Result<usize, Vec<&'n str>> {
    let Some(id) = id_of(own) else {
        return if at < items.len() { Ok(at) } else { Err(Vec::new()) };
    };
    let found = items.iter().position(|item| id_text(item) == Some(id.value.as_str()));
    found.ok_or_else(|| items.iter().filter_map(id_text).collect())
}

fn id_text(item: &Node) -> Option<&str> {
    let node = match &item.value {
        Value::Map(entries) => &entries.iter().find(|(key, _)| key.value == ID)?.1,
        _ => item,
    };
    match &node.value {
        Value::Scalar { text, .. } => Some(text),
        _ => None,
    }
}

/// The id of an entry that says one.
fn id_of(item: &Node) -> Option<Spanned<String>> {
    let Value::Map(entries) = &item.value else { return None };
    let (_, node) = entries.iter().find(|(key, _)| key.value == ID)?;
    match &node.value {
        Value::Scalar { text, .. } => Some(Spanned::new(text.clone(), node.span)),
        _ => None,
    }
}

/// Whether a value is words that can be said in another language: it is running text and has letters outside what it binds.
pub fn is_word(kind: &Kind, node: &Node) -> bool {
    let Value::Scalar { text, .. } = &node.value else { return false };
    let is_running = |kind: &&Kind| matches!(kind, Kind::Text(shape) if shape.running && shape.pattern.is_none());
    alternatives(kind).iter().any(is_running) && has_words(text)
}

/// Whether a text has letters outside what it binds.
pub fn has_words(text: &str) -> bool {
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once("{{") {
        if before.chars().any(char::is_alphabetic) {
            return true;
        }
        rest = behind.split_once("}}").map_or("", |(_, after)| after);
    }
    rest.chars().any(char::is_alphabetic)
}

/// What a text says besides words: numbers in digits, and figures.
#[derive(Default)]
pub struct Parts {
    pub digits: Counted,
    pub bound: Counted,
}

/// Things, and how often each is there.
#[derive(Default)]
pub struct Counted(BTreeMap<String, usize>);

impl Counted {
    fn add(&mut self, thing: &str) {
        *self.0.entry(thing.to_owned()).or_default() += 1;
    }

    /// What is there and not in the other (`lacks`), and what is in the other alone.
    pub fn differences(&self, other: &Self) -> Vec<(String, bool)> {
        let lacking = self.0.keys().filter(|key| !other.0.contains_key(*key)).map(|key| (key.clone(), true));
        let more = other.0.keys().filter(|key| !self.0.contains_key(*key)).map(|key| (key.clone(), false));
        lacking.chain(more).collect()
    }
}

impl Parts {
    pub fn read(text: &str) -> Self {
        let mut out = Self::default();
        let mut rest = text;
        loop {
            let (before, behind) = rest.split_once("{{").unwrap_or((rest, ""));
            let digits = before.split(|c: char| !c.is_ascii_digit()).filter(|run| !run.is_empty());
            digits.for_each(|run| out.digits.add(run.trim_start_matches('0')));
            let Some((inside, after)) = behind.split_once("}}") else { break };
            out.bound.add(inside.split('|').next().unwrap_or_default().trim());
            rest = after;
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::findings::FindingsFile;
    use crate::load::form::Form as _;
    use crate::load::yaml;
    use crate::source::SourceMap;

    const ORIGINAL: &str = "tables:\n  visits:\n    caption: Besök 2024\n    stub: Enhet\n    columns:\n      - {id: all, label: Alla, type: amount, unit: mnkr}\n      \
        - women\n    rows:\n      - {label: Norr, all: 12, women: 3}\n      - {label: Söder, all: 8, women: 5}\n    note: Av {{ cases }} ärenden\n\
        figures:\n  cases: {label: ärenden, count: 20}\n";

    fn lay(own: &str) -> (serde_json::Value, Laid, Vec<String>) {
        let (mut sources, mut sink, mut found) = (SourceMap::default(), Sink::default(), Laid::default());
        let mut read =
            |path: &str, text: &str| yaml::parse(sources.add(path, text), text, &mut Sink::default()).unwrap();
        let (original, own) = (read("a.yaml", ORIGINAL), read("b.yaml", own));
        let node = laid(&original, Some(&own), &FindingsFile::KIND, &mut found, &mut sink);
        (node.to_json(), found, sink.iter().map(|told| told.message.english()).collect())
    }

    #[test]
    fn words_are_the_translations_and_all_else_is_the_originals() {
        let own = "tables:\n  visits:\n    caption: Visits in 2024\n    columns: [{id: all, label: All, unit: SEK million}]\n    rows: [{label: North}]\n";
        let (json, found, faults) = lay(own);
        assert!(faults.is_empty(), "{faults:?}");
        let table = &json["tables"]["visits"];
        assert_eq!(table["caption"], "Visits in 2024");
        assert_eq!(table["columns"][0]["unit"], "SEK million");
        assert_eq!((&table["rows"][0]["label"], &table["rows"][0]["all"]), (&"North".into(), &12.into()));
        let lacking: Vec<&str> = found.lacking.iter().map(|lacking| lacking.words.as_str()).collect();
        assert_eq!(lacking, ["Enhet", "Söder", "Av {{ cases }} ärenden", "ärenden"]);
        assert!(found.otherwise.is_empty(), "{:?}", found.otherwise);
    }

    #[test]
    fn what_is_no_word_is_refused() {
        let visits = |own: &str| lay(&format!("tables: {{visits: {{{own}}}}}")).2;
        assert_eq!(
            visits("rows: [{label: North, all: 13}]"),
            ["a translation says only words: this comes from the original"]
        );
        assert_eq!(visits("columns: [{id: alla, label: All}]"), ["the original has no `alla` here"]);
        assert_eq!(visits("captoin: Visits in 2024"), ["the original has no `captoin` here"]);
        assert_eq!(visits("rows: [{label: A}, {label: B}, {label: C}]"), ["the original has fewer entries here"]);
        assert_eq!(visits("rows: North"), ["the original has a list here"]);
        assert_eq!(visits("caption: {a: b}"), ["the original has a single value here"]);
        let unit = visits("columns: [{id: all, unit: SEK thousand}]");
        assert_eq!(unit, ["`SEK thousand` is another unit than `mnkr`, and the numbers stay as they are"]);
    }

    #[test]
    fn other_numbers_and_figures_in_words_are_noted() {
        let (_, found, faults) = lay("tables: {visits: {caption: Visits in 2025, note: All of them}}");
        assert!(faults.is_empty(), "{faults:?}");
        let number = |number: &str, lacks| Difference::Number { number: number.to_owned(), lacks };
        let what: Vec<Difference> = found.otherwise.into_iter().map(|found| found.what).collect();
        assert_eq!(
            what,
            [number("2024", true), number("2025", false), Difference::Bound { path: "cases".to_owned(), lacks: true }]
        );
    }

    #[test]
    fn words_wait_behind_keys_with_nothing() {
        let (json, found, faults) = lay("tables:\n  visits:\n    caption:\n    stub: Unit\n");
        assert!(faults.is_empty(), "{faults:?}");
        assert_eq!(json["tables"]["visits"]["caption"], "Besök 2024");
        assert_eq!(found.lacking[0].words, "Besök 2024");
    }
}
