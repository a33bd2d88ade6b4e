//! From YAML nodes to values: each reader says what was expected where, and goes on, so that one run shows every fault.

use crate::compute::exact::Exact;
use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::limits;
use crate::locale::PartialDate;
use crate::source::{Span, Spanned, Text};

use super::yaml::{Node, Value};

/// Unknown keys of one mapping that are told one by one. Where there are more, the mapping itself is another than was meant.
const MOST_UNKNOWN: usize = 50;

/// A mapping whose keys are taken out one by one; what is left at the end is unknown.
#[derive(Debug)]
pub struct Map {
    entries: Vec<(Spanned<String>, Node)>,
    /// Every key that was asked for, for the message on unknown ones.
    asked: Vec<&'static str>,
    pub span: Span,
    /// What the mapping is, for messages: "figure `sip.any`".
    what: String,
}

impl Map {
    /// Opens a node as a mapping; a fault is reported and gives none.
    pub fn open(node: &Node, what: impl Into<String>, sink: &mut Sink) -> Option<Self> {
        let what = what.into();
        match &node.value {
            Value::Map(entries) => Some(Self { entries: entries.to_vec(), asked: Vec::new(), span: node.span, what }),
            _ => {
                sink.push(expected(node, &what, "a mapping (`key: value` lines)"));
                None
            }
        }
    }

    fn ask(&mut self, key: &'static str) {
        if !self.asked.contains(&key) {
            self.asked.push(key);
        }
    }

    /// The value of a key, if given.
    pub fn take(&mut self, key: &'static str) -> Option<Node> {
        self.ask(key);
        let at = self.entries.iter().position(|(name, _)| name.value == key)?;
        Some(self.entries.remove(at).1)
    }

    /// Whether a key is given.
    pub fn has(&mut self, key: &'static str) -> bool {
        self.ask(key);
        self.entries.iter().any(|(name, _)| name.value == key)
    }

    /// The value of a key that must be given.
    pub fn require(&mut self, key: &'static str, sink: &mut Sink) -> Option<Node> {
        let node = self.take(key);
        if node.is_none() {
            sink.push(
                Diagnostic::error(Code::KEY_MISSING, format!("{} lacks `{key}`", self.what))
                    .at(self.span)
                    .help(format!("add a line `{key}: …`")),
            );
        }
        node
    }

    pub fn text(&mut self, key: &'static str, sink: &mut Sink) -> Option<Text> {
        let node = self.take(key)?;
        short(text(&node, &format!("`{key}`"), sink), key, sink)
    }

    pub fn require_text(&mut self, key: &'static str, sink: &mut Sink) -> Option<Text> {
        let node = self.require(key, sink)?;
        short(text(&node, &format!("`{key}`"), sink), key, sink)
    }

    pub fn count(&mut self, key: &'static str, sink: &mut Sink) -> Option<Spanned<Exact>> {
        let node = self.take(key)?;
        count(&node, &format!("`{key}`"), sink)
    }

    pub fn flag(&mut self, key: &'static str, sink: &mut Sink) -> Option<bool> {
        let node = self.take(key)?;
        flag(&node, &format!("`{key}`"), sink)
    }

    /// One of a fixed set of words.
    pub fn choice<T: Copy>(&mut self, key: &'static str, choices: &[(&'static str, T)], sink: &mut Sink) -> Option<T> {
        let node = self.take(key)?;
        choice(&node, &format!("`{key}`"), choices, sink)
    }

    /// A list; an absent key gives an empty one.
    pub fn list(&mut self, key: &'static str, sink: &mut Sink) -> Vec<Node> {
        self.take(key).map(|node| list(&node, &format!("`{key}`"), sink)).unwrap_or_default()
    }

    /// A list of texts.
    pub fn texts(&mut self, key: &'static str, sink: &mut Sink) -> Vec<Text> {
        let nodes = self.list(key, sink);
        nodes.iter().filter_map(|node| text(node, &format!("an entry of `{key}`"), sink)).collect()
    }

    /// The entries that were not taken, for mappings from ids to things.
    pub fn rest(&mut self) -> Vec<(Spanned<String>, Node)> {
        std::mem::take(&mut self.entries)
    }

    /// Reports every key that nobody asked for.
    pub fn finish(self, sink: &mut Sink) {
        if let Some((key, _)) = self.entries.get(MOST_UNKNOWN) {
            let more = self.entries.len() - MOST_UNKNOWN;
            sink.push(
                Diagnostic::error(
                    Code::KEY_UNKNOWN,
                    format!("{} has {more} more keys that are not known, the first here", self.what),
                )
                .at(key.span)
                .help(format!("known here: {}", self.asked.join(", "))),
            );
        }
        for (key, value) in self.entries.iter().take(MOST_UNKNOWN) {
            // The rest of a text that a comma has cut off.
            if matches!(value.value, Value::Null) && key.value.contains(' ') {
                sink.push(
                    Diagnostic::error(Code::KEY_UNKNOWN, format!("a comma ends the text before `{}`", key.value))
                        .at(key.span)
                        .help("inside {…} a text with a comma needs quotation marks: text: \"one, two\""),
                );
                continue;
            }
            let mut diagnostic =
                Diagnostic::error(Code::KEY_UNKNOWN, format!("{} has no key `{}`", self.what, key.value)).at(key.span);
            diagnostic = diagnostic.nearest(&key.value, self.asked.iter().copied());
            if diagnostic.help.is_empty() {
                diagnostic = diagnostic.help(format!("known here: {}", self.asked.join(", ")));
            }
            sink.push(diagnostic);
        }
    }
}

/// "expected X, found Y".
pub fn expected(node: &Node, what: &str, kind: &str) -> Diagnostic {
    Diagnostic::error(Code::VALUE_TYPE, format!("{what} must be {kind}"))
        .label(node.span, format!("this is {}", node.describe()))
}

fn scalar(node: &Node) -> Option<(&str, bool)> {
    match &node.value {
        Value::Scalar { text, plain, .. } => Some((text, *plain)),
        _ => None,
    }
}

/// True or false.
pub fn flag(node: &Node, what: &str, sink: &mut Sink) -> Option<bool> {
    match scalar(node) {
        Some(("true", true)) => Some(true),
        Some(("false", true)) => Some(false),
        _ => {
            sink.push(expected(node, what, "true or false"));
            None
        }
    }
}

/// A scalar as text; numbers and words such as `true` are texts too, since an author need not quote them.
pub fn text(node: &Node, what: &str, sink: &mut Sink) -> Option<Text> {
    let Some(text) = node.text() else {
        sink.push(expected(node, what, "a text"));
        return None;
    };
    if text.value.trim().is_empty() {
        sink.push(Diagnostic::error(Code::EMPTY_TEXT, format!("{what} is empty")).at(node.span));
        return None;
    }
    Some(text)
}

/// Texts that stand in one place on a page or are kept beside it, and not in paragraphs: their length is held to what is set or kept.
fn short(text: Option<Text>, key: &str, sink: &mut Sink) -> Option<Text> {
    const LABELS: [&str; 17] = [
        "title",
        "subtitle",
        "series",
        "caption",
        "stub",
        "label",
        "name",
        "full",
        "unit",
        "by",
        "term",
        "heading",
        "reference",
        "group",
        "credit",
        "place",
        "publisher",
    ];
    let text = text?;
    let most = match key {
        "id" => limits::ID,
        "url" | "site" => limits::LINK,
        "alt" | "description" => limits::DESCRIPTION,
        _ if LABELS.contains(&key) => limits::LABEL,
        _ => return Some(text),
    };
    sink.check_length(&format!("`{key}`"), &text.value, most, text.span);
    Some(text)
}

/// A whole number that is not negative.
pub fn count(node: &Node, what: &str, sink: &mut Sink) -> Option<Spanned<Exact>> {
    let value = number(node, what, sink)?;
    let (number, _) = value.value;
    if !number.is_integer() || number.is_negative() {
        sink.push(
            Diagnostic::error(Code::VALUE_TYPE, format!("{what} must be a whole number, zero or larger"))
                .at(node.span)
                .help("counts are whole; a measured value is an `amount`, a published share a `percent`"),
        );
        return None;
    }
    Some(Spanned::new(number, value.span))
}

/// A number in digits, and how many decimals were typed.
pub fn number(node: &Node, what: &str, sink: &mut Sink) -> Option<Spanned<(Exact, u8)>> {
    if let Some((text, true)) = scalar(node) {
        if let Some(value) = Exact::parse(text) {
            return Some(Spanned::new(value, node.span));
        }
        let mended: String =
            text.chars().filter(|c| !c.is_whitespace()).map(|c| if c == ',' { '.' } else { c }).collect();
        if Exact::parse(&mended).is_some() {
            sink.push(
                expected(node, what, "a number")
                    .help(format!("write {mended}: no thousands separators, decimals with a point")),
            );
            return None;
        }
    }
    let mut diagnostic = expected(node, what, "a number");
    if matches!(&node.value, Value::Scalar { plain: false, text, .. } if Exact::parse(text).is_some()) {
        diagnostic = diagnostic.help("take away the quotation marks");
    }
    sink.push(diagnostic);
    None
}

/// A date as precise as it was given.
pub fn date(node: &Node, what: &str, sink: &mut Sink) -> Option<Spanned<PartialDate>> {
    if let Some(date) = scalar(node).and_then(|(text, _)| PartialDate::parse(text)) {
        return Some(Spanned::new(date, node.span));
    }
    sink.push(
        Diagnostic::error(Code::VALUE_TYPE, format!("{what} must be a date"))
            .at(node.span)
            .help("write a day as 2021-06-15, a month as 2021-06, a year as 2021"),
    );
    None
}

/// "must be a list".
pub fn no_list(node: &Node, what: &str) -> Diagnostic {
    expected(node, what, "a list").help("write [one, two], or each on a line of its own after `- `")
}

pub fn list(node: &Node, what: &str, sink: &mut Sink) -> Vec<Node> {
    match &node.value {
        Value::List(items) => items.to_vec(),
        _ => {
            sink.push(no_list(node, what));
            Vec::new()
        }
    }
}

pub fn choice<T: Copy>(node: &Node, what: &str, choices: &[(&'static str, T)], sink: &mut Sink) -> Option<T> {
    let found = scalar(node).map_or("", |(text, _)| text);
    if let Some((_, value)) = choices.iter().find(|(name, _)| *name == found) {
        return Some(*value);
    }
    let names: Vec<&str> = choices.iter().map(|(name, _)| *name).collect();
    sink.push(
        Diagnostic::error(Code::VALUE_INVALID, format!("{what} cannot be `{found}`"))
            .at(node.span)
            .nearest(found, names.iter().copied())
            .help(format!("one of: {}", names.join(", "))),
    );
    None
}

/// Checks that a name can be used as an id.
pub fn id(name: &Spanned<String>, sink: &mut Sink) -> bool {
    let valid = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '_' | '.');
    let ok =
        name.value.chars().all(valid) && name.value.starts_with(|c: char| c.is_ascii_lowercase() || c.is_ascii_digit());
    if !ok {
        let suggestion = crate::markdown::slug(&name.value);
        sink.push(
            Diagnostic::error(Code::ID_INVALID, format!("`{}` cannot be an id", name.value))
                .at(name.span)
                .help(format!("use small letters a to z, digits, `-`, `_` and `.`: for example `{suggestion}`")),
        );
    }
    ok
}
