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
    let mut out = of_kind(&key.kind, ids);
    out.insert("description".to_owned(), json!(key.help.trim()));
    let default = (key.default)();
    if !default.is_empty() {
        let plain = written(&default).pop();
        out.insert("default".to_owned(), plain.unwrap_or_default());
    }
    out
}
