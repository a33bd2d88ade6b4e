//! Diagnostics for machines: one JSON array.

use serde_json::{Value, json};

use super::human::line_of;
use super::visible::visible_json;
use super::{Diagnostic, Edit, Label, Severity, Tongue};
use crate::source::{SourceMap, Span};

/// Renders diagnostics as a JSON array of objects with `code`, `severity`, `message`, `place`, `further`, `help` and `edits`; docs/messages.md
/// says what they hold.
#[must_use]
pub fn json(diagnostics: &[&Diagnostic], sources: &SourceMap, tongue: Tongue) -> String {
    let all: Vec<Value> = diagnostics.iter().map(|diagnostic| object(diagnostic, sources, tongue)).collect();
    visible_json(&format!("{:#}\n", Value::Array(all))).into_owned()
}

/// File, line and column of a stretch's first character and behind its last.
fn range(span: Span, sources: &SourceMap) -> Value {
    let (start, end) = (sources.position(span), sources.end(span));
    json!({
        "file": sources.get(span.source).path,
        "line": start.line,
        "column": start.column,
        "end_line": end.line,
        "end_column": end.column,
    })
}

fn object(diagnostic: &Diagnostic, sources: &SourceMap, tongue: Tongue) -> Value {
    let place = |label: &Label| {
        let mut place = range(label.span, sources);
        place["text"] = line_of(label, sources).trim().into();
        place["label"] = label.text.text_in(tongue).into();
        place
    };
    let edit = |edit: Edit<'_>| {
        let mut out = range(edit.span, sources);
        out["replacement"] = edit.text.into();
        out["certain"] = edit.certain.into();
        out
    };
    json!({
        "code": diagnostic.code.0,
        "severity": match diagnostic.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Info => "info",
        },
        "message": diagnostic.message.text_in(tongue),
        "place": diagnostic.primary.as_ref().map(place),
        "further": diagnostic.secondary.iter().map(place).collect::<Vec<_>>(),
        "help": diagnostic.help.iter().map(|help| help.text_in(tongue)).collect::<Vec<_>>(),
        "edits": diagnostic.edit(sources).map(edit).into_iter().collect::<Vec<_>>(),
    })
}
