//! What `belagg schema` prints, and that it and the reading of files say the same of any file.

use std::collections::BTreeMap;
use std::path::Path;

use belagg::{MemorySystem, Session};
use regex::Regex;
use serde_json::{Map, Value, json};

use crate::workspace::{CHAPTER, REPORT, Workspace, list};

const KINDS: [&str; 4] = ["workspace", "report", "findings", "chart"];

fn printed(kind: &str) -> Value {
    let run = Workspace::empty().run(&["schema", kind]).expect(0);
    serde_json::from_str(&run.stdout).unwrap()
}

/// A schema as JSON Schema draft 7 means the keywords that it uses; another keyword is a panic, so that none is passed over.
struct Schema<'a> {
    value: &'a Value,
    patterns: &'a BTreeMap<String, Regex>,
}

impl<'a> Schema<'a> {
    fn of(&self, value: &'a Value) -> Self {
        Self { value, ..*self }
    }

    fn matches(&self, pattern: &Value, text: &str) -> bool {
        self.patterns[pattern.as_str().unwrap()].is_match(text)
    }

    fn takes(&self, instance: &Value) -> bool {
        let Value::Object(schema) = self.value else { return self.value == &Value::Bool(true) };
        schema.iter().all(|(keyword, said)| match (keyword.as_str(), instance) {
            ("$schema" | "title" | "description" | "default", _) => true,
            ("type", _) => {
                let is = |name: &Value| match name.as_str().unwrap() {
                    "object" => instance.is_object(),
                    "array" => instance.is_array(),
                    "string" => instance.is_string(),
                    "boolean" => instance.is_boolean(),
                    "null" => instance.is_null(),
                    "number" => instance.is_number(),
                    "integer" => instance.as_f64().is_some_and(|number| number.fract() == 0.0),
                    other => panic!("type {other}"),
                };
                said.as_array().map_or_else(|| is(said), |names| names.iter().any(is))
            }
            ("enum", _) => said.as_array().unwrap().contains(instance),
            ("anyOf", _) => said.as_array().unwrap().iter().any(|schema| self.of(schema).takes(instance)),
            ("pattern", Value::String(text)) => self.matches(said, text),
            ("maxLength", Value::String(text)) => text.chars().count() as u64 <= said.as_u64().unwrap(),
            ("minimum", Value::Number(number)) => number.as_f64() >= said.as_f64(),
            ("maximum", Value::Number(number)) => number.as_f64() <= said.as_f64(),
            ("items", Value::Array(items)) => items.iter().all(|item| self.of(said).takes(item)),
            ("minItems", Value::Array(items)) => items.len() as u64 >= said.as_u64().unwrap(),
            ("maxItems", Value::Array(items)) => items.len() as u64 <= said.as_u64().unwrap(),
            ("required", Value::Object(object)) => {
                said.as_array().unwrap().iter().all(|key| object.contains_key(key.as_str().unwrap()))
            }
            ("properties", Value::Object(object)) => said
                .as_object()
                .unwrap()
                .iter()
                .all(|(key, of)| object.get(key).is_none_or(|value| self.of(of).takes(value))),
            ("additionalProperties", Value::Object(object)) => {
                let known = schema.get("properties").and_then(Value::as_object);
                let other = object.iter().filter(|(key, _)| !known.is_some_and(|known| known.contains_key(*key)));
                other.into_iter().all(|(_, value)| self.of(said).takes(value))
            }
            ("propertyNames", Value::Object(object)) => object.keys().all(|key| self.matches(&said["pattern"], key)),
            ("pattern" | "maxLength" | "minimum" | "maximum" | "items" | "minItems" | "maxItems" | "required", _)
            | ("properties" | "additionalProperties" | "propertyNames", _) => true,
            (other, _) => panic!("keyword {other}"),
        })
    }
}

/// Every pattern in a schema.
fn patterns(value: &Value, out: &mut BTreeMap<String, Regex>) {
    match value {
        Value::Object(object) => {
            if let Some(Value::String(pattern)) = object.get("pattern") {
                out.entry(pattern.clone()).or_insert_with(|| Regex::new(pattern).unwrap());
            }
            object.values().for_each(|value| patterns(value, out));
        }
        Value::Array(list) => list.iter().for_each(|value| patterns(value, out)),
        _ => {}
    }
}

/// Numbers that are the same in every run.
struct Random(u64);

impl Random {
    fn below(&mut self, most: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % most.max(1)
    }

    fn one_of<'t, T>(&mut self, list: &'t [T]) -> &'t T {
        &list[self.below(list.len())]
    }
}

const TEXTS: &[&str] = &[
    "a",
    "norr",
    "b2",
    "2024-03-15",
    "2024",
    "2023-11",
    "1.0",
    "#1d5b79",
    "https://example.org/",
    "mailto:a@example.org",
    "data@example.org",
    "Två ord",
    "data/t.csv",
    "a.pdf",
    "x",
    "Norr & söder",
    "42",
    "true",
    "off",
    "count",
    "{{ cases }}",
    "RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3",
    ",",
    "EVI001",
];

/// An instance that follows a schema as far as chance finds one.
fn instance(schema: &Schema<'_>, random: &mut Random, depth: usize) -> Value {
    let Value::Object(said) = schema.value else { return json!("nothing") };
    if let Some(words) = said.get("enum") {
        return random.one_of(words.as_array().unwrap()).clone();
    }
    if let Some(kinds) = said.get("anyOf") {
        return instance(&schema.of(random.one_of(kinds.as_array().unwrap())), random, depth);
    }
    let kind = match &said["type"] {
        Value::Array(kinds) => random.one_of(kinds).as_str().unwrap(),
        kind => kind.as_str().unwrap(),
    };
    match kind {
        "boolean" => json!(random.below(2) == 0),
        "number" if random.below(3) == 0 => json!(random.below(900) as f64 / 4.0),
        "number" | "integer" => {
            let least = said.get("minimum").and_then(Value::as_u64).unwrap_or(0);
            let most = said.get("maximum").and_then(Value::as_u64).unwrap_or(2000);
            json!(least + random.below((most - least) as usize + 1) as u64)
        }
        "string" => {
            let fits: Vec<&&str> = TEXTS.iter().filter(|text| schema.takes(&json!(text))).collect();
            json!(**random.one_of(&fits))
        }
        "array" => {
            let least = said.get("minItems").and_then(Value::as_u64).unwrap_or(0) as usize;
            let items = said.get("items").map(|items| schema.of(items));
            (0..least + random.below(3)).filter_map(|_| Some(instance(items.as_ref()?, random, depth + 1))).collect()
        }
        _ => {
            let mut out = Map::new();
            let required = said.get("required").and_then(Value::as_array).cloned().unwrap_or_default();
            for (key, of) in said.get("properties").and_then(Value::as_object).into_iter().flatten() {
                if required.contains(&json!(key)) || random.below(if depth < 2 { 3 } else { 5 }) == 0 {
                    out.insert(key.clone(), instance(&schema.of(of), random, depth + 1));
                }
            }
            if let Some(rest @ Value::Object(_)) = said.get("additionalProperties") {
                for key in ["a", "norr", "b2", "cases"].iter().take(random.below(3)) {
                    out.insert((*key).to_owned(), instance(&schema.of(rest), random, depth + 1));
                }
            }
            Value::Object(out)
        }
    }
}

/// Puts one fault into an instance, or none where it comes to nothing.
fn spoil(value: &mut Value, random: &mut Random) {
    let inner = match value {
        Value::Object(object) => object.len(),
        Value::Array(list) => list.len(),
        _ => 0,
    };
    if inner > 0 && random.below(4) > 0 {
        let at = random.below(inner);
        let next = match value {
            Value::Object(object) => object.values_mut().nth(at),
            Value::Array(list) => list.get_mut(at),
            _ => None,
        };
        return spoil(next.unwrap(), random);
    }
    match (value, random.below(3)) {
        (Value::Object(object), 0) if inner > 0 => {
            let key = object.keys().nth(random.below(inner)).unwrap().clone();
            object.remove(&key);
        }
        (Value::Object(object), 1) => {
            object.insert("hittills-okänd".to_owned(), json!("x"));
        }
        (value, _) => {
            let others = [
                json!(null),
                json!(true),
                json!(-3),
                json!(2.5),
                json!(7),
                json!(""),
                json!("x y"),
                json!([]),
                json!({}),
                json!(["a"]),
                json!({"a": 1}),
            ];
            *value = random.one_of(&others).clone();
        }
    }
}

#[test]
fn the_manual_has_the_keys_that_the_program_reads() {
    let keys = Workspace::empty().run(&["schema", "--keys"]).expect(0).stdout;
    let manual = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/format.md")).unwrap();
    let marker = keys.lines().next().unwrap();
    let at = manual.find(marker).expect("docs/format.md has no tables of keys");
    assert!(manual[at..] == keys, "make the end of docs/format.md anew from `{marker}` on: belagg schema --keys");
}

#[test]
fn schemas_are_printed_and_written() {
    let workspace = Workspace::empty();
    let listed = workspace.run(&["schema"]).expect(0).stdout;
    for kind in KINDS {
        assert!(listed.contains(kind), "{listed}");
        let schema = printed(kind);
        assert_eq!(schema["type"], "object");
        assert!(schema["properties"].as_object().unwrap().values().all(|key| key["description"].is_string()), "{kind}");
    }
    let wrong = workspace.run(&["schema", "finding"]).expect(2);
    assert!(wrong.stderr.contains("Did you mean findings?"), "{}", wrong.stderr);
    let said = workspace.run(&["schema", "--write", "schemas"]).expect(0).stdout;
    assert!(said.contains("# yaml-language-server: $schema=../../../schemas/findings.schema.json"), "{said}");
    for kind in KINDS {
        let file: Value = serde_json::from_str(&workspace.read(&format!("schemas/{kind}.schema.json"))).unwrap();
        assert_eq!(file, printed(kind));
    }
}

#[test]
fn an_editor_is_told_the_ids_of_today() {
    let workspace = Workspace::small();
    let printed = |arguments: &[&str]| -> Value {
        serde_json::from_str(&workspace.run(arguments).expect(0).stdout).expect("a schema")
    };
    let schema = printed(&["schema", "findings", "--ids"]);
    let figure = &schema["properties"]["figures"]["additionalProperties"];
    assert_eq!(figure["properties"]["base"]["examples"], json!(["cases", "plans", "visits.norr", "visits.soder"]));
    let chart = printed(&["schema", "chart", "--ids"]);
    assert_eq!(chart["properties"]["table"]["examples"], json!(["visits"]));
    let unit = &schema["properties"]["statements"]["additionalProperties"]["properties"]["unit"];
    assert_eq!(unit["examples"], json!(["norr", "soder"]), "{schema:#}");
    assert!(!printed(&["schema", "findings"]).to_string().contains("\"examples\":["));
    // A figure that is there tomorrow is offered tomorrow.
    workspace.findings("figures:\n  ny: {label: ny, count: 1}\n");
    workspace.run(&["schema", "--ids"]).expect(0);
    let written = workspace.read(".schema/findings.schema.json");
    assert!(written.contains("\"ny\"") && workspace.read(".schema/.gitignore") == "*\n", "{written}");
}

#[test]
fn new_files_name_their_schemas() {
    let workspace = Workspace::empty();
    let files = ["content/a/report.yaml", "content/a/findings/visits.yaml", "charts/a/visits.yaml"];
    let is_named = |path: &str| {
        let first = workspace.read(path).lines().next().unwrap().to_owned();
        let schema =
            first.strip_prefix("# yaml-language-server: $schema=").unwrap_or_else(|| panic!("{path}: {first}"));
        let place = workspace.path(path).parent().unwrap().join(schema);
        assert!(place.is_file(), "{path}: {schema}");
        std::fs::read_to_string(place).unwrap()
    };
    workspace.run(&["new", "report", "a", "--language", "en"]).expect(0);
    files.into_iter().for_each(|path| _ = is_named(path));
    assert!(is_named(files[2]).contains("\"visits\""), "the new table is offered");
    workspace.run(&["new", "statistics", "b", "--language", "en"]).expect(0);
    assert!(is_named(files[1]).contains("\"persons"), "and so is what came later");
    workspace.run(&["new", "--from", "a", "c"]).expect(0);
    is_named("content/c/report.yaml");
}

#[test]
fn a_translation_may_write_words_and_nothing_else() {
    let takes = |kind: &str, file: Value| {
        let schema = printed(kind);
        let mut known = BTreeMap::new();
        patterns(&schema, &mut known);
        Schema { value: &schema, patterns: &known }.takes(&file)
    };
    let table = |table: Value| takes("translation-findings", json!({"tables": {"visits": table}}));
    assert!(table(
        json!({"caption": "Visits", "rows": [{"label": "North"}, null], "columns": [null, {"id": "all", "label": null}]})
    ));
    assert!(table(json!({"rows": {"label": "North"}})), "one thing need not stand in a list");
    for wrong in
        [json!({"captoin": "Visits"}), json!({"type": "count"}), json!({"rows": [{"label": "North", "of": 3}]})]
    {
        assert!(!table(wrong.clone()), "{wrong}");
    }
    let report = |more: Value| {
        let mut file = json!({"translation-of": {"a": "1.0"}, "language": "en", "version": "1.0", "date": "2026-01-01", "status": "draft", "chapters": ["a.md"]});
        file.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        takes("translation-report", file)
    };
    assert!(report(
        json!({"title": "Visits", "words": {"Norr": "North", "Söder": null}, "imprint": {"contact": "The office"}})
    ));
    assert!(report(json!({"changes": [{"type": "correction", "what": "A word", "why": "It was another"}]})));
    assert!(!report(json!({"titel": "Visits"})) && !report(json!({"kind": "inspection-report"})));
    assert!(!takes("translation-report", json!({"title": "Visits"})));
}

/// Codes of what is wrong with a value by itself, which is what a schema can say too. Left out are references, sums, pictures and files, things that
/// must or must not stand together (KEY002 tells of these too), and what only the words of a text tell.
const OF_FORM: &[&str] = &["KEY001", "KEY003", "KEY006"];

#[test]
fn schema_and_decoder_say_the_same_of_ten_thousand_files() {
    let schemas: Vec<Value> = KINDS.iter().map(|kind| printed(kind)).collect();
    let mut known = BTreeMap::new();
    schemas.iter().for_each(|schema| patterns(schema, &mut known));
    let mut random = Random(0x9E37_79B9_7F4A_7C15);
    let mut session = Session::open(MemorySystem::default());
    let paths = ["belagg.yaml", "content/liten/report.yaml", "content/liten/findings/alla.yaml", "charts/liten/d.yaml"];
    // The names that the files give to groups.
    let groups = "breakdowns: {sex: [a, norr]}\n".to_owned();
    let sound = [groups, REPORT.to_owned(), "{}\n".to_owned(), "{table: t, mark: bar, caption: D}\n".to_owned()];
    session.set_overlay("content/liten/kapitel.md", CHAPTER).unwrap();
    let (mut taken, mut refused, mut wrong) = (0, 0, Vec::new());
    for number in 0..10_000 {
        let at = number % KINDS.len();
        let schema = Schema { value: &schemas[at], patterns: &known };
        let mut file = instance(&schema, &mut random, 0);
        for _ in 0..random.below(3) {
            spoil(&mut file, &mut random);
        }
        for (path, text) in paths.iter().zip(&sound) {
            session.set_overlay(path, text.as_str()).unwrap();
        }
        session.set_overlay(paths[at], file.to_string()).unwrap();
        let diagnostics = session.diagnostics("liten");
        let here: Vec<_> = diagnostics
            .iter()
            .filter(|found| found.severity == belagg::diagnostic::Severity::Error)
            .filter(|found| found.primary.as_ref().is_some_and(|label| diagnostics.place(label.span).path == paths[at]))
            .map(|found| (found.code.0, found.message.english()))
            .collect();
        let takes = schema.takes(&file);
        let of_form = here.iter().find(|(code, _)| OF_FORM.contains(code));
        if takes {
            taken += 1
        } else {
            refused += 1
        }
        if takes && of_form.is_some() || !takes && here.is_empty() {
            wrong.push(format!("{number} {takes} {of_form:?}\n{file}"));
        }
    }
    assert!(taken > 2_500 && refused > 2_500, "{taken} {refused}");
    assert!(wrong.is_empty(), "{} of 10,000 files:\n{}", wrong.len(), wrong[..wrong.len().min(25)].join("\n"));
}

#[test]
fn every_file_of_the_examples_follows_its_schema() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    list(&root.join("content"), "content/", &mut files);
    list(&root.join("charts"), "charts/", &mut files);
    // A translation has the words alone of what its original's files hold.
    let is_translation = |folder: &str| {
        std::fs::read_to_string(root.join("content").join(folder).join("report.yaml"))
            .is_ok_and(|text| text.contains("translation-of:"))
    };
    files.push("belagg.yaml".to_owned());
    let (mut seen, mut translated) = (0, 0);
    let places =
        [("workspace", "belagg.yaml"), ("report", "/report.yaml"), ("findings", "/findings/"), ("chart", "charts/")];
    let of_words = places[1..].iter().map(|(kind, place)| (format!("translation-{kind}"), *place, true));
    for (kind, place, of_words) in
        places.iter().map(|(kind, place)| ((*kind).to_owned(), *place, false)).chain(of_words)
    {
        let schema = printed(&kind);
        let mut known = BTreeMap::new();
        patterns(&schema, &mut known);
        for file in files.iter().filter(|file| {
            file.contains(place)
                && file.ends_with(".yaml")
                && !file.contains("/versions/")
                && file.split('/').nth(1).is_some_and(is_translation) == of_words
        }) {
            let text = std::fs::read_to_string(root.join(file)).unwrap();
            let Ok(value) = serde_saphyr::from_str::<Value>(&text) else { panic!("{file}") };
            assert!(
                Schema { value: &schema, patterns: &known }.takes(&value),
                "{file} does not follow the schema of {kind}"
            );
            seen += 1;
            translated += usize::from(of_words);
        }
    }
    assert!(translated > 10, "{translated}");
    assert!(seen > 40, "{seen}");
}

#[test]
fn a_key_that_says_nothing_beside_others_is_told() {
    let mut session = Session::open(MemorySystem::default());
    session.set_overlay("belagg.yaml", "{}\n").unwrap();
    session.set_overlay("content/liten/report.yaml", REPORT).unwrap();
    session.set_overlay("content/liten/kapitel.md", CHAPTER).unwrap();
    let told = |session: &mut Session<'_>, findings: &str| -> Vec<String> {
        session.set_overlay("content/liten/findings/a.yaml", findings).unwrap();
        session.diagnostics("liten").iter().map(|found| found.message.english()).collect()
    };
    let wanted = "figure `a` has no use for `unit`";
    let count = told(&mut session, "figures: {a: {label: A, count: 1, unit: kronor}}");
    assert!(count.iter().any(|message| message == wanted), "{count:?}");
    let amount = told(&mut session, "figures: {a: {label: A, amount: 1, unit: kronor}}");
    assert!(!amount.iter().any(|message| message == wanted), "{amount:?}");
    let table = "{caption: T, stub: S, columns: [women], rows: [{label: A, women: 1}], decimal: \",\"}";
    let told = told(&mut session, &format!("tables: {{t: {table}}}"));
    assert!(told.iter().any(|message| message == "table `t` has no use for `decimal`"), "{told:?}");
}
