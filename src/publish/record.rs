//! One record of the ledger: what a version is, what it was made of, and what it says.
//!
//! The file holds two YAML documents, so that the history of a report is read without all its texts: first what the version is, then
//! what it said. The last line is a hash of all lines before it, and each record names the hash of the one before it.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::compare::State;
use crate::document::resolved::Status;
use crate::load::plain_yaml;
use crate::model::ChangeKind;

use super::manifest::{FileEntry, Tool};
use super::sha256;

/// Version of the record's form. A field renamed or removed raises it.
pub const SCHEMA: u32 = 1;

/// What parts the two documents of a record.
const BETWEEN: &str = "\n---\n";
/// What the last line begins with.
const SEAL: &str = "# sha256 of the lines above: ";

/// What a version is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    pub schema: u32,
    pub report: String,
    pub version: String,
    /// The record before this one; none for the first.
    pub previous: Option<Link>,
    pub title: String,
    pub kind: String,
    pub language: String,
    pub publisher: String,
    /// As precise as the author gave it: `2021-06`.
    pub date: String,
    pub status: Status,
    pub decision: Option<Decision>,
    /// Why the report is withdrawn.
    pub withdrawn: Option<String>,
    pub changes: Vec<Change>,
    pub tool: Tool,
    /// The inputs, packed, in the same folder.
    pub pack: FileEntry,
    /// The signature of `manifest.json`, in the form of minisign; its comment is signed too and names the hash of this record.
    pub signature: Option<String>,
    /// Addresses and headings of the sections, for the way from an older version to a newer.
    pub sections: Vec<Heading>,
    /// What is made from the report and was published with it: extracts, a decision page.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<PartHead>,
}

/// A document that is made from a report and is published with each of its versions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartHead {
    /// Its folder in `output/`: `sysselsattning-2021-farsta`.
    pub report: String,
    pub kind: String,
    pub title: String,
    /// Those of the stated changes that concern it.
    pub changes: Vec<Change>,
    pub sections: Vec<Heading>,
    /// Hash of what it says, apart from its look.
    pub content: String,
    pub outputs: Vec<FileEntry>,
}

/// A record named by another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    pub version: String,
    pub sha256: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    pub by: String,
    pub meeting: Option<String>,
    pub reference: Option<String>,
    pub date: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    #[serde(rename = "type")]
    pub kind: ChangeKind,
    pub what: String,
    pub why: String,
    pub concerns: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Heading {
    pub id: String,
    pub title: String,
}

/// What a version was made of and says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Body {
    pub inputs: Vec<FileEntry>,
    /// Files of the version's folder, `manifest.json` too.
    pub outputs: Vec<FileEntry>,
    pub state: State,
}

/// Why a record cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RecordError {
    /// It was edited: its last line is missing or is not the hash of the lines above.
    Edited,
    /// It is not a record, or of a newer program.
    Form(String),
}

/// The text of a record.
#[must_use]
pub fn write(head: &Head, body: &Body) -> String {
    let yaml = |value: Result<Value, serde_json::Error>| {
        let mut out = String::new();
        // Plain data of strings and numbers always serialises.
        block(&value.unwrap_or_default(), 0, &mut out);
        out
    };
    let mut text = String::from(
        "# Ledger of published versions. Written by `belagg publish`; it is never edited, and never written again.\n",
    );
    text.push_str(yaml(serde_json::to_value(head)).trim_end());
    text.push_str(BETWEEN);
    text.push_str(&yaml(serde_json::to_value(body)));
    let seal = sha256(text.as_bytes());
    format!("{text}{SEAL}{seal}\n")
}

/// Reads what the version is, and checks that the record is as it was written.
///
/// # Errors
/// See [`RecordError`].
pub fn read_head(text: &str) -> Result<Head, RecordError> {
    let (above, seal) = text.rsplit_once(SEAL).ok_or(RecordError::Edited)?;
    if sha256(above.as_bytes()) != seal.trim_end() {
        return Err(RecordError::Edited);
    }
    let (head, _) = text.split_once(BETWEEN).ok_or(RecordError::Edited)?;
    let head: Head = document(head)?;
    if head.schema != SCHEMA {
        return Err(RecordError::Form(format!(
            "it is of schema {}, and this program reads schema {SCHEMA}",
            head.schema
        )));
    }
    Ok(head)
}

/// Reads what the version was made of and says.
///
/// # Errors
/// See [`RecordError`]; whether it was edited, [`read_head`] tells.
pub fn read_body(text: &str) -> Result<Body, RecordError> {
    let (_, body) = text.split_once(BETWEEN).ok_or(RecordError::Edited)?;
    document(body)
}

fn document<T: serde::de::DeserializeOwned>(text: &str) -> Result<T, RecordError> {
    let value = plain_yaml(text).ok_or_else(|| RecordError::Form("it is not YAML".to_owned()))?;
    serde_json::from_value(value).map_err(|error| RecordError::Form(error.to_string()))
}

/// Writes a value as YAML in block style; every text in quotation marks, so that nothing in it means anything.
fn block(value: &Value, depth: usize, out: &mut String) {
    let indent = "  ".repeat(depth);
    match value {
        Value::Object(map) => {
            for (key, value) in map {
                out.push_str(&indent);
                out.push_str(&key_of(key));
                out.push(':');
                nested(value, depth, out);
            }
        }
        Value::Array(items) => {
            for item in items {
                out.push_str(&indent);
                out.push('-');
                if let (Value::Object(map), false) = (item, scalar(item).is_some()) {
                    // The first key stands beside the dash.
                    let mut lines = String::new();
                    block(&Value::Object(map.clone()), depth + 1, &mut lines);
                    out.push(' ');
                    out.push_str(lines.trim_start());
                } else {
                    nested(item, depth, out);
                }
            }
        }
        other => {
            out.push_str(&scalar(other).unwrap_or_default());
            out.push('\n');
        }
    }
}

fn nested(value: &Value, depth: usize, out: &mut String) {
    if let Some(line) = scalar(value) {
        out.push(' ');
        out.push_str(&line);
        out.push('\n');
    } else {
        out.push('\n');
        block(value, depth + 1, out);
    }
}

/// A value that fits a line; lists of plain values do.
fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::Object(map) if map.is_empty() => Some("{}".to_owned()),
        Value::Object(_) => None,
        Value::Array(items) => {
            let flat = items.iter().all(|item| !matches!(item, Value::Object(_) | Value::Array(_)));
            let words: Vec<String> = items.iter().filter_map(scalar).collect();
            flat.then(|| format!("[{}]", words.join(", ")))
        }
        Value::Null => Some("null".to_owned()),
        Value::String(text) => Some(quoted(text)),
        other => Some(other.to_string()),
    }
}

fn key_of(key: &str) -> String {
    let plain = key.starts_with(|c: char| c.is_ascii_lowercase())
        && key.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.'))
        && !matches!(key, "null" | "true" | "false" | "yes" | "no" | "on" | "off" | "y" | "n");
    if plain { key.to_owned() } else { quoted(key) }
}

/// JSON's way of quoting is YAML's, save characters that YAML breaks lines at.
fn quoted(text: &str) -> String {
    let json = Value::String(text.to_owned()).to_string();
    if !json.contains(['\u{85}', '\u{2028}', '\u{2029}', '\u{feff}', '\u{7f}']) {
        return json;
    }
    json.chars()
        .map(|c| match c {
            '\u{85}' | '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{7f}' => format!("\\u{:04x}", u32::from(c)),
            c => c.to_string(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn head() -> Head {
        Head {
            schema: SCHEMA,
            report: "liten".into(),
            version: "1.0".into(),
            previous: None,
            title: "Titel: \"med\" # tecken\u{2028}\\".into(),
            kind: "inspection-report".into(),
            language: "sv".into(),
            publisher: "Exempelstad".into(),
            date: "2024-03-01".into(),
            status: Status::Published,
            decision: None,
            withdrawn: None,
            changes: vec![Change {
                kind: ChangeKind::Correction,
                what: "- a: b".into(),
                why: "---".into(),
                concerns: vec!["true".into(), "12".into()],
            }],
            tool: Tool { name: "belagg".into(), version: "0.1.0".into(), templates: String::new() },
            pack: FileEntry { path: "1.0.tar.gz".into(), bytes: 3, sha256: "abc".into() },
            signature: Some("line\nline\n".into()),
            sections: vec![],
            parts: vec![PartHead {
                report: "liten-norr".into(),
                kind: "unit-extract".into(),
                title: "Titel".into(),
                changes: vec![],
                sections: vec![],
                content: "abc".into(),
                outputs: vec![],
            }],
        }
    }

    #[test]
    fn a_record_is_read_as_it_was_written() {
        let mut state = State::default();
        state.bindings.insert("a | percent".into(), "63\u{a0}procent".into());
        state.bindings.insert("on".into(), "12".into());
        let body = Body { inputs: vec![], outputs: vec![head().pack], state };
        let text = write(&head(), &body);
        assert_eq!(read_head(&text), Ok(head()));
        assert_eq!(read_body(&text), Ok(body));
    }

    #[test]
    fn a_record_that_was_edited_says_so() {
        let body = Body { inputs: vec![], outputs: vec![], state: State::default() };
        let text = write(&head(), &body);
        assert_eq!(read_head(&text.replace("2024-03-01", "2024-03-02")), Err(RecordError::Edited));
        assert_eq!(read_head(text.split("# sha256").next().unwrap()), Err(RecordError::Edited));
        assert_eq!(read_head(""), Err(RecordError::Edited));
    }
}
