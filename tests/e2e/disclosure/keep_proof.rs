//! A kept choice is proved by what is kept of its proof: the same from each of its worlds, without a search, and never from what is no proof.

use std::collections::BTreeMap;

use serde_json::Value;

use super::keep::{
    CASES, MEANS, POLICY, TABLE, csv, disclosed, keep, numbers, outputs, report, rows, same, typed, world_of,
};
use crate::workspace::Workspace;

const FILE: &str = "content/liten/keep-hidden.json";

/// Keeps what is hidden, and what proves it.
fn kept(workspace: &Workspace) -> Value {
    let told = workspace.run(&["disclose", "liten", "--keep"]).expect(0).stdout;
    assert!(told.contains(&format!("{FILE}: ")) && told.contains("as confidential as the data"), "{told}");
    let there = disclosed(workspace);
    assert!(there["kept"] == true && there["proved"] == true, "{there:#}");
    there
}

/// A workspace with the same words and the same proof.
fn twin(of: &Workspace, findings: &str, chapter: &str) -> Workspace {
    let out = report(POLICY, findings, chapter);
    for file in ["content/liten/report.yaml", FILE] {
        out.file(file, of.read(file));
    }
    out
}

#[test]
fn each_world_of_typed_numbers_proves_the_same() {
    let truth = report(POLICY, &typed(&numbers()), TABLE);
    keep(&truth);
    truth.run(&["build"]).expect(0);
    let without = outputs(&truth);
    let there = kept(&truth);
    truth.run(&["build"]).expect(0);
    assert_eq!(without, outputs(&truth), "what is published knows of no proof");
    let worlds = there["worlds"].as_array().unwrap();
    assert!(worlds.len() > 1, "{there:#}");
    for world in worlds {
        let other: BTreeMap<String, i64> = numbers()
            .into_iter()
            .map(|(name, value)| (name.clone(), world.get(&name).and_then(Value::as_i64).unwrap_or(value)))
            .collect();
        proves_the_same(&truth, &twin(&truth, &typed(&other), TABLE), world);
    }
}

/// A world is proved by the kept proof, prints the same, and would keep the same: nothing says which world is the true one.
fn proves_the_same(truth: &Workspace, twin: &Workspace, world: &Value) {
    let there = disclosed(twin);
    assert!(there["proved"] == true, "{there:#}");
    twin.run(&["build"]).expect(0);
    same(truth, twin, world);
    twin.run(&["disclose", "liten", "--keep"]).expect(0);
    assert_eq!(twin.read(FILE), truth.read(FILE));
}

#[test]
fn each_world_of_case_rows_proves_the_same() {
    let truth = report(POLICY, CASES, MEANS);
    truth.file("content/liten/akter.csv", csv(&rows()));
    keep(&truth);
    let there = kept(&truth);
    truth.run(&["build"]).expect(0);
    let worlds = there["rows"].as_array().unwrap();
    assert!(worlds.len() > 1 && worlds.iter().all(Value::is_array), "{there:#}");
    for world in worlds {
        let twin = twin(&truth, CASES, MEANS);
        twin.file("content/liten/akter.csv", csv(&world_of(&rows(), world.as_array().unwrap())));
        proves_the_same(&truth, &twin, world);
    }
}

#[test]
fn what_proves_nothing_is_told_and_not_used() {
    let workspace = report(POLICY, &typed(&numbers()), TABLE);
    // Without a kept choice there is nothing to prove.
    let told = workspace.run(&["disclose", "liten", "--keep"]).expect(1).stderr;
    assert!(told.contains("nothing to prove until `keep-hidden` names"), "{told}");
    keep(&workspace);
    kept(&workspace);
    let proof = workspace.read(FILE);
    let mut hidden: Vec<Value> = Vec::new();
    for (name, text) in [
        ("damaged", proof.replacen("worlds", "world", 1)),
        ("cut", proof[..proof.len() / 2].to_owned()),
        ("empty", String::new()),
        ("of a later form", proof.replacen("\"schema\": 1", "\"schema\": 7", 1)),
    ] {
        workspace.file(FILE, text);
        let run = workspace.run(&["check", "liten"]).expect(0).stderr;
        assert!(run.contains("DIS020") && run.contains("is no proof of what is kept hidden"), "{name}: {run}");
        hidden.push(disclosed(&workspace)["hidden"].clone());
    }
    assert!(hidden.iter().all(|of| *of == hidden[0]));
    // Forged so that a printed number would be another, or none is: it proves nothing, and a proof is sought.
    let forged: Value = serde_json::from_str(&proof).unwrap();
    for (from, to) in [(0, 1_000_000), (0, -1), (0, i64::MAX), (0, i64::MIN)] {
        let mut forged = forged.clone();
        for world in forged["worlds"].as_array_mut().unwrap() {
            for (_, value) in world["numbers"].as_object_mut().unwrap() {
                *value = Value::from(value.as_i64().unwrap() * from + to);
            }
        }
        workspace.file(FILE, forged.to_string());
        let there = disclosed(&workspace);
        assert!(there["kept"] == true && there["proved"] == false && there["hidden"] == hidden[0], "{there:#}");
        let told = workspace.run(&["check", "liten", "--all"]).expect(0).stderr;
        assert!(told.contains("DIS020") && told.contains("`belagg disclose liten --keep` writes these"), "{told}");
    }
    // Too few of its worlds, or of other numbers: the same.
    let mut few = forged.clone();
    few["worlds"].as_array_mut().unwrap().truncate(1);
    workspace.file(FILE, few.to_string());
    assert!(disclosed(&workspace)["proved"] == false);
    workspace.file(FILE, proof.replace("visits.norr", "visits.noll"));
    assert!(disclosed(&workspace)["proved"] == false);
    // What it keeps is not published, and no record of what is public has its name or its hash.
    workspace.file(FILE, proof);
    workspace.run(&["build"]).expect(0);
    for file in workspace.files("output") {
        let bytes = workspace.bytes(&format!("output/{file}"));
        assert!(!String::from_utf8_lossy(&bytes).contains("keep-hidden"), "{file}");
    }
}
