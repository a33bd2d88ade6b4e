//! The JSON schema of a file, for editors: completion, hover and faults while typing.
//!
//! Draft 7, which every version of yaml-language-server reads, with nothing in it that later drafts read otherwise.

use serde_json::{Map as Object, Value as Json, json};

use super::{Ids, Key, Kind, Mapping, Need, Shape};

/// The schema of a file. Ids that are known stand in it as examples: an editor offers them, and a new one is no fault.
#[must_use]
pub fn schema(title: &str, kind: &Kind, ids: &Ids) -> Json {
    let mut out = Object::new();
    out.insert("$schema".to_owned(), json!("http://json-schema.org/draft-07/schema#"));
    out.insert("title".to_owned(), json!(title));
    out.extend(of_kind(kind, ids));
    Json::Object(out)
}

/// The schema of a translation's file: the keys of the original's behind which words may stand, each of which may wait for its words; the keys `own` are the
/// translation's, as any file has them.
#[must_use]
pub fn schema_of_words(title: &str, mapping: &Mapping, own: &[&str], ids: &Ids) -> Json {
    let is_own = |key: &&Key| own.contains(&key.name);
    let own: Vec<&Key> = mapping.keys.iter().filter(is_own).collect();
    let shared = mapping.keys.iter().filter(|key| !is_own(key)).filter_map(|key| Some((key, words(&key.kind, ids)?)));
    let mut properties: Object<String, Json> = own
        .iter()
        .map(|key| {
            // Words by names may wait as well.
            let waiting = words(&key.kind, ids).filter(|_| matches!(key.kind, Kind::ByName(_)));
            let kind = waiting.unwrap_or_else(|| of_kind(&key.kind, ids));
            (key.name.to_owned(), Json::Object(described(kind, key)))
        })
        .collect();
    properties.extend(shared.map(|(key, kind)| (key.name.to_owned(), Json::Object(described(kind, key)))));
    let required: Vec<&str> = own.iter().filter(|key| key.need != Need::Optional).map(|key| key.name).collect();
    let mut out = object(json!({
        "$schema": "http://json-schema.org/draft-07/schema#", "title": title, "type": "object", "properties": properties,
    }));
    if !required.is_empty() {
        out.insert("required".to_owned(), json!(required));
    }
    out.insert("additionalProperties".to_owned(), json!(false));
    Json::Object(out)
}

/// What a translation may write of a value: its words, or nothing yet; none where there are no words in it.
fn words(kind: &Kind, ids: &Ids) -> Option<Object<String, Json>> {
    let (json, shape) = match kind {
        Kind::Text(shape) => {
            let is_word = shape.running && shape.pattern.is_none();
            return is_word.then(|| object(json!({"type": ["string", "null"]})));
        }
        // The things of a list are those of the original in their order, or named by their ids; one need not stand in a list.
        Kind::List { of, .. } => {
            let item = words(of, ids)?;
            return Some(object(json!({"anyOf": [{"type": ["array", "null"], "items": item.clone()}, item]})));
        }
        Kind::ById(of) | Kind::ByName(of) => (json!({"additionalProperties": words(of, ids)?}), "object"),
        Kind::Mapping(mapping) => {
            let kept = mapping.keys.iter().filter_map(|key| Some((key, words(&key.kind, ids)?)));
            let mut properties: Object<String, Json> =
                kept.map(|(key, kind)| (key.name.to_owned(), Json::Object(described(kind, key)))).collect();
            let rest = mapping.rest.and_then(|kind| words(kind, ids));
            if properties.is_empty() && rest.is_none() {
                return None;
            }
            if let Some(id) = mapping.key("id") {
                properties.insert(id.name.to_owned(), Json::Object(of_key(id, ids)));
            }
            let rest = rest.map_or(Json::Bool(false), Json::Object);
            (json!({"properties": properties, "additionalProperties": rest}), "object")
        }
        Kind::OneOf(kinds) => {
            let mut kinds: Vec<_> = kinds.iter().filter_map(|kind| words(kind, ids)).collect();
            return match kinds.len() {
                0 | 1 => kinds.pop(),
                _ => Some(object(json!({"anyOf": kinds}))),
            };
        }
        Kind::Number | Kind::Count(_) | Kind::Date | Kind::Flag | Kind::Choice(_) | Kind::Refused => return None,
    };
    let mut out = object(json!({"type": [shape, "null"]}));
    out.extend(object(json));
    Some(out)
}

fn described(mut kind: Object<String, Json>, key: &Key) -> Object<String, Json> {
    kind.insert("description".to_owned(), json!(key.help.trim()));
    kind
}

fn of_kind(kind: &Kind, ids: &Ids) -> Object<String, Json> {
    let json = match kind {
        Kind::Text(shape) => return text(shape, ids),
        Kind::Number => json!({"type": "number"}),
        Kind::Count(u64::MAX) => json!({"type": "integer", "minimum": 0}),
        Kind::Count(most) => json!({"type": "integer", "minimum": 0, "maximum": most}),
        Kind::Date => json!({"type": ["string", "integer"], "pattern": DATE, "minimum": 1000, "maximum": 9999}),
        Kind::Flag => json!({"type": "boolean"}),
        Kind::Choice(words) => json!({"enum": words.iter().flat_map(|word| written(word)).collect::<Vec<Json>>()}),
        Kind::List { of, least, most } => {
            let mut list = object(json!({"type": "array", "items": of_kind(of, ids)}));
            for (key, bound, none) in [("minItems", *least, 0), ("maxItems", *most, usize::MAX)] {
                if bound != none {
                    list.insert(key.to_owned(), json!(bound));
                }
            }
            return list;
        }
        Kind::ById(of) => {
            json!({"type": "object", "propertyNames": {"pattern": super::values::ID}, "additionalProperties": of_kind(of, ids)})
        }
        Kind::ByName(of) => json!({"type": "object", "additionalProperties": of_kind(of, ids)}),
        Kind::Mapping(mapping) => return of_mapping(mapping, ids),
        Kind::OneOf(kinds) => json!({"anyOf": kinds.iter().map(|kind| of_kind(kind, ids)).collect::<Vec<_>>()}),
        Kind::Refused => json!(false),
    };
    object(json)
}

fn object(json: Json) -> Object<String, Json> {
    match json {
        Json::Object(object) => object,
        _ => Object::new(),
    }
}

/// A year, a month or a day; that a month has no day 31 is for the program to say.
const DATE: &str = r"^[1-9]\d{3}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$";

fn text(shape: &Shape, ids: &Ids) -> Object<String, Json> {
    let kinds: &[&str] = if shape.numbers { &["string", "number", "boolean"] } else { &["string"] };
    let mut out = object(json!({"type": kinds, "pattern": shape.pattern.unwrap_or(r"\S")}));
    if shape.most != usize::MAX {
        out.insert("maxLength".to_owned(), json!(shape.most));
    }
    // An id is no number below nought.
    if shape.numbers && shape.pattern.is_some() {
        out.insert("minimum".to_owned(), json!(0));
    }
    if let Some(known) = shape.names.and_then(|names| ids.get(&names)).filter(|known| !known.is_empty()) {
        out.insert("examples".to_owned(), json!(known));
    }
    out
}

/// A word as YAML may take it: `false` without quotation marks is no text.
fn written(word: &str) -> Vec<Json> {
    let plain = match word {
        "true" => Some(Json::Bool(true)),
        "false" => Some(Json::Bool(false)),
        _ => None,
    };
    std::iter::once(json!(word)).chain(plain).collect()
}

fn of_mapping(mapping: &Mapping, ids: &Ids) -> Object<String, Json> {
    let keys = || mapping.keys.iter().filter(|key| !matches!(key.kind, Kind::Refused));
    let properties: Object<String, Json> =
        keys().map(|key| (key.name.to_owned(), Json::Object(of_key(key, ids)))).collect();
    let required: Vec<&str> = keys().filter(|key| key.need != Need::Optional).map(|key| key.name).collect();
    let rest = mapping.rest.map_or(Json::Bool(false), |kind| Json::Object(of_kind(kind, ids)));
    let about = mapping.about.trim();
    let mut out = object(json!({"type": "object", "description": about, "properties": properties}));
    if !required.is_empty() {
        out.insert("required".to_owned(), json!(required));
    }
    out.insert("additionalProperties".to_owned(), rest);
    out
}

fn of_key(key: &Key, ids: &Ids) -> Object<String, Json> {
    let mut out = described(of_kind(&key.kind, ids), key);
    let default = (key.default)();
    if !default.is_empty() {
        let plain = written(&default).pop();
        out.insert("default".to_owned(), plain.unwrap_or_default());
    }
    out
}
