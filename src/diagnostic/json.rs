//! Diagnostics for machines: one JSON array.

use serde_json::{Value, json};

use super::human::line_of;
use super::visible::visible_json;
use super::{Diagnostic, Label, Severity};
use crate::source::SourceMap;

/// Renders diagnostics as a JSON array of objects with `code`, `severity`, `message`, `place`, `further` and `help`. A place has `file`, `line`,
/// `column`, the line's `text`, and the `label` that is said beside it.
#[must_use]
pub fn json(diagnostics: &[&Diagnostic], sources: &SourceMap) -> String {
    let all: Vec<Value> = diagnostics.iter().map(|diagnostic| object(diagnostic, sources)).collect();
    visible_json(&format!("{:#}\n", Value::Array(all))).into_owned()
}

fn object(diagnostic: &Diagnostic, sources: &SourceMap) -> Value {
    let place = |label: &Label| {
        let position = sources.position(label.span);
        json!({
            "file": sources.get(label.span.source).path,
            "line": position.line,
            "column": position.column,
            "text": line_of(label, sources).trim(),
            "label": label.text,
        })
    };
    json!({
        "code": diagnostic.code.0,
        "severity": match diagnostic.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Info => "info",
        },
        "message": diagnostic.message,
        "place": diagnostic.primary.as_ref().map(place),
        "further": diagnostic.secondary.iter().map(place).collect::<Vec<_>>(),
        "help": diagnostic.help,
        "fix": diagnostic.fix.as_ref().map(|fix| json!({"text": sources.text(fix.span), "replacement": fix.replacement})),
    })
}
