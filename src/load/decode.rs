//! From YAML nodes to values: each reader says what was expected where, and goes on, so that one run shows every fault.

use crate::diagnostic::{Code, Diagnostic, Said, Sink, say};
use crate::source::{Spanned, Text};
use crate::value::{Exact, PartialDate};

use super::yaml::{Node, Value};

/// "expected X, found Y".
pub fn expected(node: &Node, what: &Said, kind: &'static str) -> Diagnostic {
    Diagnostic::error(Code::VALUE_TYPE, say!("{what} must be {kind}", what, kind = Said::words(kind)))
        .label(node.span, say!("this is {meaning}", meaning = Said::words(node.describe())))
}

fn scalar(node: &Node) -> Option<(&str, bool)> {
    match &node.value {
        Value::Scalar { text, plain, .. } => Some((text, *plain)),
        _ => None,
    }
}

/// True or false.
pub fn flag(node: &Node, what: &Said, sink: &mut Sink) -> Option<bool> {
    match scalar(node) {
        Some(("true", true)) => Some(true),
        Some(("false", true)) => Some(false),
        found => {
            let diagnostic = expected(node, what, "true or false");
            let word = found.map(|(word, _)| word.to_lowercase()).unwrap_or_default();
            sink.push(match word.as_str() {
                "ja" | "yes" | "on" | "true" => {
                    diagnostic.help(say!("write `true`, in small letters and without quotation marks"))
                }
                "nej" | "nei" | "no" | "off" | "false" => {
                    diagnostic.help(say!("write `false`, in small letters and without quotation marks"))
                }
                _ => diagnostic,
            });
            None
        }
    }
}

/// A scalar as text; numbers and words such as `true` are texts too, since an author need not quote them.
pub fn text(node: &Node, what: &Said, sink: &mut Sink) -> Option<Text> {
    let Some(text) = node.text() else {
        sink.push(expected(node, what, "a text"));
        return None;
    };
    if text.value.trim().is_empty() {
        sink.push(Diagnostic::error(Code::EMPTY_TEXT, say!("{what} is empty", what)).at(node.span));
        return None;
    }
    Some(text)
}

/// A whole number that is not negative.
pub fn count(node: &Node, what: &Said, sink: &mut Sink) -> Option<Spanned<Exact>> {
    let value = number(node, what, sink)?;
    let (number, _) = value.value;
    if !number.is_integer() || number.is_negative() {
        sink.push(
            Diagnostic::error(Code::VALUE_TYPE, say!("{what} must be a whole number, zero or larger", what))
                .at(node.span)
                .help(say!("counts are whole; a measured value is an `amount`, a published share a `percent`")),
        );
        return None;
    }
    Some(Spanned::new(number, value.span))
}

/// A number in digits, and how many decimals were typed.
pub fn number(node: &Node, what: &Said, sink: &mut Sink) -> Option<Spanned<(Exact, u8)>> {
    if let Some((text, true)) = scalar(node) {
        if let Some(value) = Exact::parse(text) {
            return Some(Spanned::new(value, node.span));
        }
        let mended: String =
            text.chars().filter(|c| !c.is_whitespace()).map(|c| if c == ',' { '.' } else { c }).collect();
        if Exact::parse(&mended).is_some() {
            sink.push(
                expected(node, what, "a number")
                    .help(say!("write {mended}: no thousands separators, decimals with a point", mended)),
            );
            return None;
        }
    }
    let mut diagnostic = expected(node, what, "a number");
    if matches!(&node.value, Value::Scalar { plain: false, text, .. } if Exact::parse(text).is_some()) {
        diagnostic = diagnostic.help(say!("take away the quotation marks"));
    }
    sink.push(diagnostic);
    None
}

/// A date as precise as it was given.
pub fn date(node: &Node, what: &Said, sink: &mut Sink) -> Option<Spanned<PartialDate>> {
    if let Some(date) = scalar(node).and_then(|(text, _)| PartialDate::parse(text)) {
        return Some(Spanned::new(date, node.span));
    }
    sink.push(
        Diagnostic::error(Code::VALUE_TYPE, say!("{what} must be a date", what))
            .at(node.span)
            .help(say!("write a day as 2021-06-15, a month as 2021-06, a year as 2021")),
    );
    None
}

/// "must be a list".
pub fn no_list(node: &Node, what: &Said) -> Diagnostic {
    expected(node, what, "a list").help(say!("write [one, two], or each on a line of its own after `- `"))
}

pub fn choice<T: Copy>(node: &Node, what: &Said, choices: &[(&'static str, T)], sink: &mut Sink) -> Option<T> {
    let names = || choices.iter().map(|(name, _)| *name).collect::<Vec<&str>>();
    let Some((found, _)) = scalar(node) else {
        sink.push(expected(node, what, "one word").help(say!("one of: {names}", names = names().join(", "))));
        return None;
    };
    if let Some((_, value)) = choices.iter().find(|(name, _)| *name == found) {
        return Some(*value);
    }
    sink.push(
        Diagnostic::error(Code::VALUE_INVALID, say!("{what} cannot be `{found}`", what, found))
            .at(node.span)
            .nearest(found, names())
            .help(say!("one of: {names}", names = names().join(", "))),
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
            Diagnostic::error(Code::ID_INVALID, say!("`{name}` cannot be an id", name = name.value))
                .at(name.span)
                .help(say!(
                    "use small letters a to z, digits, `-`, `_` and `.`: for example `{suggestion}`",
                    suggestion
                )),
        );
    }
    ok
}
