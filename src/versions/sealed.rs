//! The form of the texts of a ledger: YAML written in one way alone, the signature of all bytes above it where there is one, and as the
//! last line a hash of all that stands before it. Whatever could not have been written so is refused: a comment, an unknown key, another
//! way to write a value.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::diagnostic::{Said, say};
use crate::load::plain_yaml;
use crate::system::sha256;

use super::signature::{self, Signer};

/// What the last line begins with.
const SEAL: &str = "# sha256 of the lines above: ";
/// What stands before the lines of a signature.
const SIGNED: &str = "# signature of the lines above, in the form of minisign:\n";

/// Why a text cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FormError {
    /// It was edited: its last line is missing or is not the hash of the lines above.
    Edited,
    /// Its seal is right, and still this program would not have written it so.
    Foreign(Said),
    /// It is of another form, or of a newer program.
    Form(Said),
}

/// A text that was opened: what was signed or sealed, and the signature.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Opened<'a> {
    /// All bytes that the signature covers.
    pub content: &'a str,
    /// The lines of the signature, each behind a number sign.
    signature: Option<&'a str>,
}

impl Opened<'_> {
    /// The signature in the form of minisign.
    #[must_use]
    pub fn signature(&self) -> Option<String> {
        self.signature.map(|lines| lines.lines().map(|line| format!("{}\n", line.trim_start_matches("# "))).collect())
    }
}

/// Whether a text has a signature.
#[must_use]
pub fn is_signed(text: &str) -> bool {
    open(text).is_ok_and(|opened| opened.signature().is_some())
}

/// The one of these keys that a text was signed with.
///
/// # Errors
/// Why there is none, in words.
pub fn signed_by(text: &str, comment: &str, keys: &[String]) -> Result<String, Said> {
    let opened = open(text).map_err(|_| say!("it cannot be read"))?;
    let signed = opened.signature().ok_or_else(|| say!("it is not signed"))?;
    signature::check_any(opened.content.as_bytes(), &signed, comment, keys).map(str::to_owned)
}

/// Closes a text: signs it where there is a key, and seals it.
///
/// # Errors
/// What signing said.
pub fn close(content: &str, signer: Option<(&Signer, &str)>) -> Result<String, Said> {
    let mut text = content.to_owned();
    if let Some((signer, comment)) = signer {
        let signed = signer.sign(content.as_bytes(), comment)?;
        text.push_str(SIGNED);
        signed.lines().for_each(|line| text.push_str(&format!("# {line}\n")));
    }
    let seal = sha256(text.as_bytes());
    Ok(format!("{text}{SEAL}{seal}\n"))
}

/// Opens a text that [`close`] wrote.
///
/// # Errors
/// A text whose last line is not the hash of the lines above, or which has more than that behind its content.
pub fn open(text: &str) -> Result<Opened<'_>, FormError> {
    let (above, seal) = text.rsplit_once(SEAL).ok_or(FormError::Edited)?;
    if !above.ends_with('\n') || format!("{}\n", sha256(above.as_bytes())) != seal {
        return Err(FormError::Edited);
    }
    let Some((content, lines)) = above.split_once(&format!("\n{SIGNED}")) else {
        return Ok(Opened { content: above, signature: None });
    };
    let opened = Opened { content: above.get(..=content.len()).unwrap_or_default(), signature: Some(lines) };
    let plain = opened.signature().unwrap_or_default();
    // Nothing but the signature as it is written may stand there, each line behind its sign.
    let back: String = plain.lines().map(|line| format!("# {line}\n")).collect();
    if back != lines || !signature::well_formed(&plain) {
        return Err(FormError::Foreign(say!("what stands where its signature belongs is none")));
    }
    Ok(opened)
}

/// A value as YAML in block style.
#[must_use]
pub fn yaml<T: Serialize>(value: &T) -> String {
    let mut out = String::new();
    // Plain data of strings and numbers always serialises.
    block(&serde_json::to_value(value).unwrap_or_default(), 0, &mut out);
    out
}

/// Reads what [`yaml`] wrote, and nothing that it would not have written.
///
/// # Errors
/// See [`FormError`].
pub fn read<T: Serialize + DeserializeOwned>(text: &str) -> Result<T, FormError> {
    read_older(text, |_| {})
}

/// As [`read`], of what an earlier program wrote: `renew` makes what that wrote otherwise what this one writes.
///
/// # Errors
/// See [`FormError`].
pub fn read_older<T: Serialize + DeserializeOwned>(text: &str, renew: impl Fn(&mut Value)) -> Result<T, FormError> {
    let mut value = plain_yaml(text).ok_or_else(|| FormError::Form(say!("it is not YAML")))?;
    let mut again = String::new();
    block(&value, 0, &mut again);
    if again != text {
        let line = again.lines().zip(text.lines()).position(|(again, text)| again != text);
        let line = line.and_then(|at| text.lines().nth(at)).or_else(|| text.lines().nth(again.lines().count()));
        return Err(FormError::Foreign(say!(
            "it is not written as `belagg publish` writes: {line}",
            line = signature::shown(line.unwrap_or_default())
        )));
    }
    renew(&mut value);
    let typed: T = serde_json::from_value(value.clone())
        .map_err(|error| FormError::Form(say!("it is of another form: “{error}”", error)))?;
    match surplus(&value, &serde_json::to_value(&typed).unwrap_or_default()) {
        None => Ok(typed),
        Some(key) => {
            Err(FormError::Foreign(say!("it has the key {key}, which no record has", key = signature::shown(&key))))
        }
    }
}

/// The first key that a value has and its typed form has not, or has elsewhere.
fn surplus(value: &Value, typed: &Value) -> Option<String> {
    match (value, typed) {
        (Value::Object(value), Value::Object(typed)) => {
            let mut order = typed.keys();
            value.iter().find_map(|(key, inner)| {
                if !order.any(|known| known == key) {
                    return Some(key.clone());
                }
                surplus(inner, typed.get(key)?)
            })
        }
        (Value::Array(value), Value::Array(typed)) if value.len() == typed.len() => {
            value.iter().zip(typed).find_map(|(value, typed)| surplus(value, typed))
        }
        (value, typed) => (value != typed).then(|| value.to_string()),
    }
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

    #[derive(Debug, PartialEq, Serialize, serde::Deserialize)]
    struct Plain {
        a: String,
        b: Vec<u32>,
    }

    #[test]
    fn only_what_would_be_written_so_is_read() {
        let value = Plain { a: "x # y".into(), b: vec![1, 2] };
        let text = yaml(&value);
        assert_eq!(read::<Plain>(&text), Ok(value));
        for other in [
            format!("# more\n{text}"),
            format!("{text}# more\n"),
            format!("{text}c: 1\n"),
            text.replace("a: \"x # y\"", "a: 'x # y'"),
            text.replace("[1, 2]", "[1,2]"),
            text.replace("[1, 2]", "[0x1, 2]"),
            "b: [1, 2]\na: \"x # y\"\n".to_owned(),
            text.replace("a: ", "a:  "),
        ] {
            assert!(matches!(read::<Plain>(&other), Err(FormError::Foreign(_) | FormError::Form(_))), "{other}");
        }
    }

    #[test]
    fn a_seal_and_a_signature_close_a_text() {
        let (secret, public) = signature::new_pair().unwrap();
        let signer = Signer::read(&secret).unwrap();
        let plain = close("a: 1\n", None).unwrap();
        assert_eq!(open(&plain).unwrap(), Opened { content: "a: 1\n", signature: None });
        let signed = close("a: 1\n", Some((&signer, "a"))).unwrap();
        let opened = open(&signed).unwrap();
        assert_eq!(opened.content, "a: 1\n");
        let found = opened.signature().unwrap();
        assert_eq!(signature::check(opened.content.as_bytes(), &found, "a", &public), Ok(()));
        let reseal = |text: &str| {
            let (above, _) = text.rsplit_once(SEAL).unwrap();
            format!("{above}{SEAL}{}\n", sha256(above.as_bytes()))
        };
        // Lines between the signature and the seal, and another comment that nobody signed.
        let more = signed.replace(SEAL, &format!("# more\n{SEAL}"));
        assert!(open(&reseal(&more)).is_err());
        assert!(open(&reseal(&signed.replace("to be checked", "once checked"))).is_err());
        for edited in ["", "a: 1\n", &signed[..signed.len() - 1], &format!("{signed}\n"), &format!("{plain}{plain}")] {
            assert!(open(edited).is_err(), "{edited}");
        }
    }
}
