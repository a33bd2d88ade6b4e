//! What `belagg schema` prints, and that it and the reading of files say the same of any file.

use std::path::Path;

use belagg::{MemorySystem, Session};
use boon::{Compiler, SchemaIndex, Schemas};
use serde_json::{Map, Value, json};

use crate::workspace::{Workspace, list};

const KINDS: [&str; 4] = ["workspace", "report", "findings", "chart"];

fn printed(kind: &str) -> Value {
    let run = Workspace::empty().run(&["schema", kind]).expect(0);
    serde_json::from_str(&run.stdout).unwrap()
}

/// All schemas, compiled by a validator that knows nothing of the program.
fn compiled() -> (Schemas, Vec<SchemaIndex>, Vec<Value>) {
    let (mut schemas, mut compiler) = (Schemas::new(), Compiler::new());
    let printed: Vec<Value> = KINDS.iter().map(|kind| printed(kind)).collect();
    for (kind, schema) in KINDS.iter().zip(&printed) {
        compiler.add_resource(&format!("{kind}.json"), schema.clone()).unwrap();
    }
    let indices = KINDS.iter().map(|kind| compiler.compile(&format!("{kind}.json"), &mut schemas).unwrap()).collect();
    (schemas, indices, printed)
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
