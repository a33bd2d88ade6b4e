//! One record of the ledger: what a version is, what it was made of, and what it says.
//!
//! The file holds two YAML documents, so that the history of a report is read without all its texts: first what the version is, then
//! what it said. Behind them stand the signature, where there is one, and a hash of all lines before it; each record names the hash of the
//! one before it.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::compare::State;
use crate::compare::state::Alone;
use crate::diagnostic::{Said, say};
use crate::document::resolved::{ChangeKind, Status};

use super::sealed::{self, FormError};
use super::signature::{self, Signer};
use super::{FileEntry, Tool};

/// Version of the record's form. A field renamed or removed raises it.
pub const SCHEMA: u32 = 1;

/// What parts the two documents of a record.
const BETWEEN: &str = "\n---\n";
/// The first line of every record.
const TITLE: &str =
    "# Ledger of published versions. Written by `belagg publish`; it is never edited, and never written again.\n";

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
    /// The inputs, packed, in the same folder; none where what is made of them may not be told, see [`super::inside`].
    pub pack: Option<FileEntry>,
    /// The signature of `manifest.json`, which lies beside it as a file, in the form of minisign. The record has one of its own.
    pub signature: Option<String>,
    /// The public keys that later versions may be signed with; only a signed record has them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub keys: Vec<String>,
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
    /// Without a pack only those that hold no data.
    pub inputs: Vec<FileEntry>,
    /// Files of the version's folder, `manifest.json` too.
    pub outputs: Vec<FileEntry>,
    pub state: State,
    /// What is made from the report and printed more numbers than the report; none in records that were written before it was kept.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub alone: Vec<Alone>,
}

/// The text of a record, signed where there is a key.
///
/// # Errors
/// What signing said.
pub fn write(head: &Head, body: &Body, signer: Option<&Signer>) -> Result<String, Said> {
    let comment = comment(head);
    sealed::close(&content(head, body), signer.map(|signer| (signer, comment.as_str())))
}

/// What a record states, without signature and seal.
#[must_use]
pub fn content(head: &Head, body: &Body) -> String {
    format!("{TITLE}{}{BETWEEN}{}", sealed::yaml(head).trim_end(), sealed::yaml(body))
}

/// What is signed beside the text of a record.
fn comment(head: &Head) -> String {
    signature::comment(&head.report, &head.version, "record")
}

/// Reads what the version is, and checks that the record is as it was written.
///
/// # Errors
/// See [`FormError`].
pub fn read_head(text: &str) -> Result<Head, FormError> {
    let opened = sealed::open(text)?;
    let (head, _) = opened.content.split_once(BETWEEN).ok_or(FormError::Edited)?;
    let Some(head) = head.strip_prefix(TITLE) else {
        return Err(FormError::Foreign(say!("it does not begin as a record does")));
    };
    let schema = head.lines().next().and_then(|line| line.strip_prefix("schema: "));
    if schema != Some(&SCHEMA.to_string()) {
        return Err(FormError::Form(say!(
            "it is of schema {schema}, and this program reads schema {known}",
            known = SCHEMA,
            schema = signature::shown(schema.unwrap_or_default())
        )));
    }
    let head: Head = sealed::read(&format!("{head}\n"))?;
    // All three or none: a record that lost one of them is not what was written.
    let signed = opened.signature().is_some();
    if head.signature.is_some() != signed || head.keys.is_empty() == signed {
        return Err(FormError::Foreign(say!("a part of its signature is missing")));
    }
    Ok(head)
}

/// Reads what the version was made of and says.
///
/// # Errors
/// See [`FormError`]; whether it was edited, [`read_head`] tells.
pub fn read_body(text: &str) -> Result<Body, FormError> {
    let opened = sealed::open(text)?;
    let (_, body) = opened.content.split_once(BETWEEN).ok_or(FormError::Edited)?;
    sealed::read_older(body, parts_by_id)
}

/// Women and men of figures as parts: records of the time when sex was the only breakdown have keys of their own for them.
fn parts_by_id(body: &mut Value) {
    let figures = body.pointer_mut("/state/figures").and_then(Value::as_object_mut);
    for figure in figures.into_iter().flat_map(Map::values_mut).filter_map(Value::as_object_mut) {
        if figure.contains_key("parts") {
            continue;
        }
        for (key, value) in std::mem::take(figure) {
            if !["women", "men"].contains(&key.as_str()) {
                figure.insert(key, value);
            } else if let Some(parts) = figure.entry("parts").or_insert_with(|| Map::new().into()).as_object_mut() {
                parts.insert(key, value);
                parts.sort_keys();
            }
        }
    }
}

/// The one of these public keys that a record, all bytes of it, was signed with; none where it is not signed.
///
/// # Errors
/// Why the signature is wrong, in words.
pub fn signed_by(text: &str, head: &Head, keys: &[String]) -> Result<Option<String>, Said> {
    let opened = sealed::open(text).map_err(|_| say!("the record cannot be read"))?;
    let Some(signed) = opened.signature() else { return Ok(None) };
    signature::check_any(opened.content.as_bytes(), &signed, &comment(head), keys).map(|key| Some(key.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::state::{Amount, Figure};

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
            pack: Some(FileEntry { path: "1.0.tar.gz".into(), bytes: 3, sha256: "abc".into() }),
            signature: None,
            keys: vec![],
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

    fn body() -> Body {
        let mut state = State::default();
        state.bindings.insert("a | percent".into(), "63\u{a0}procent".into());
        state.bindings.insert("on".into(), "12".into());
        let bindings = [("on".into(), "12".into())].into();
        let alone = vec![Alone { report: "liten-decision".into(), bindings, ..Alone::default() }];
        Body { inputs: vec![], outputs: head().pack.into_iter().collect(), state, alone }
    }

    #[test]
    fn a_record_is_read_as_it_was_written() {
        let text = write(&head(), &body(), None).unwrap();
        assert_eq!(read_head(&text), Ok(head()));
        assert_eq!(read_body(&text), Ok(body()));
        assert_eq!(signed_by(&text, &head(), &[]), Ok(None));
    }

    #[test]
    fn women_and_men_of_an_older_record_are_parts() {
        let [women, men] = [("women", "16"), ("men", "9")].map(|(id, count)| (id.into(), Amount::Plain(count.into())));
        let value = Amount::Full { printed: "25 (16 kvinnor och 9 män)".into(), number: "25".into() };
        let (label, used) = ("granskade ärenden".into(), vec!["urval".into()]);
        let figure = Figure { label, value, parts: [women, men].into(), decimals: 0, from: vec![], used };
        let mut body = body();
        body.state.figures.insert("cases".into(), figure);
        let text = write(&head(), &body, None).unwrap();
        assert_eq!(read_body(&text).as_ref(), Ok(&body));
        let of_today = "      parts:\n        men: \"9\"\n        women: \"16\"\n";
        assert!(text.contains(of_today), "{text}");
        let older = |lines: &str| read_body(&resealed(&text.replace(of_today, lines)));
        assert_eq!(older("      women: \"16\"\n      men: \"9\"\n"), Ok(body));
        // No program wrote both.
        let both = older(&format!("      women: \"16\"\n{of_today}"));
        assert!(matches!(both, Err(FormError::Foreign(_))), "{both:?}");
    }

    fn resealed(text: &str) -> String {
        let (above, _) = text.rsplit_once("# sha256").unwrap();
        sealed::close(above, None).unwrap()
    }

    #[test]
    fn a_record_that_was_edited_says_so() {
        let text = write(&head(), &body(), None).unwrap();
        assert_eq!(read_head(&text.replace("2024-03-01", "2024-03-02")), Err(FormError::Edited));
        assert_eq!(read_head(text.split("# sha256").next().unwrap()), Err(FormError::Edited));
        assert_eq!(read_head(""), Err(FormError::Edited));
        for (old, new) in [
            ("kind: \"inspection-report\"", "kind: 'inspection-report'"),
            ("previous: null", "previous: null # none"),
            ("previous: null", "previous: ~"),
            ("previous: null", "previous: null\nmore: 1"),
            ("schema: 1", "schema: 01"),
            ("signature: null", "signature: \"x\""),
            ("signature: null", "signature: null\nkeys: [\"x\"]"),
            ("# Ledger", "# The ledger"),
        ] {
            let forged = resealed(&text.replacen(old, new, 1));
            assert!(matches!(read_head(&forged), Err(FormError::Foreign(_) | FormError::Form(_))), "{new}");
        }
        for (old, new) in [("inputs: []", "inputs: []\nmore: 1"), ("inputs: []", "# more\ninputs: []")] {
            let forged = resealed(&text.replacen(old, new, 1));
            assert!(matches!(read_body(&forged), Err(FormError::Foreign(_))), "{new}");
        }
    }

    #[test]
    fn the_signature_is_of_all_bytes() {
        let (secret, public) = signature::new_pair().unwrap();
        let signer = Signer::read(&secret).unwrap();
        let head = Head { signature: Some("x".into()), keys: vec![public.clone()], ..head() };
        let text = write(&head, &body(), Some(&signer)).unwrap();
        let keys = [public.clone()];
        assert_eq!(read_head(&text), Ok(head.clone()));
        assert_eq!(signed_by(&text, &head, &keys), Ok(Some(public)));
        let forged = resealed(&text.replace("2024-03-01", "2024-03-02"));
        assert!(read_head(&forged).is_ok(), "its form is right");
        assert!(signed_by(&forged, &read_head(&forged).unwrap(), &keys).is_err());
        // Without its signature it is no record of the kind that it says it is.
        let (above, _) = text.rsplit_once("# signature").unwrap();
        assert!(read_head(&sealed::close(above, None).unwrap()).is_err());
    }
}
