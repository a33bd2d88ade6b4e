//! `contents.json`: what a version says, and the addresses of its passages, which stay while the words stay.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::workspace::{FINDINGS, Workspace};

const VERSION: &str = "output/liten/1.0";

const WORDS: &str = "# Resultat {#resultat}\n\nI {{ plans | full }} finns en plan, se [](#table-visits).\n\n{{ table visits }}\n\n\
     - Planerna följs upp.\n- Planerna följs upp.\n- Ingen frågar.\n\n  Det är två stycken.\n\n> [!problem]\n> Planer saknas.\n\n\
     | Ord | Betydelse |\n|---|---|\n| plan | skrift |\n\nDet står i en not.[^a]\n\n[^a]: Noten säger mer.\n";

fn contents(workspace: &Workspace) -> Value {
    serde_json::from_str(&workspace.read(&format!("{VERSION}/contents.json"))).unwrap()
}

fn built(chapter: &str) -> Workspace {
    let workspace = Workspace::small();
    workspace.chapter(chapter);
    workspace.run(&["build"]).expect(0);
    workspace
}

/// Ids of the passages with their texts.
fn passages(workspace: &Workspace) -> Vec<(String, String)> {
    let contents = contents(workspace);
    let of = |passage: &Value, key: &str| passage[key].as_str().unwrap().to_owned();
    contents["passages"].as_array().unwrap().iter().map(|passage| (of(passage, "id"), of(passage, "text"))).collect()
}

fn id_of(passages: &[(String, String)], beginning: &str) -> String {
    passages.iter().find(|(_, text)| text.starts_with(beginning)).unwrap_or_else(|| panic!("{beginning}")).0.clone()
}

#[test]
fn a_version_says_what_it_says_passage_by_passage() {
    let workspace = built(WORDS);
    let contents = contents(&workspace);
    assert_eq!(contents["schema"], 1);
    assert_eq!(contents["report"]["id"], "liten");
    assert_eq!(contents["report"]["units"][1], serde_json::json!({"id": "soder", "name": "Söder"}));
    assert_eq!(
        contents["sections"][0],
        serde_json::json!({"id": "resultat", "number": "1", "title": "Resultat", "level": 1})
    );
    let kinds: Vec<&str> =
        contents["passages"].as_array().unwrap().iter().map(|passage| passage["kind"].as_str().unwrap()).collect();
    assert_eq!(
        kinds,
        [
            "paragraph",
            "table",
            "list-item",
            "list-item",
            "list-item",
            "list-item",
            "box",
            "paragraph",
            "table",
            "paragraph",
            "note"
        ]
    );
    let table = &contents["tables"][0];
    assert_eq!((&table["id"], &table["label"]), (&"table-visits".into(), &"Tabell\u{a0}1".into()));
    assert_eq!((&table["csv"], &table["columns"][0]["label"]), (&"data/visits.csv".into(), &"Kvinnor".into()));
    let figure = contents["figures"].as_array().unwrap().iter().find(|figure| figure["key"] == "plans").unwrap();
    assert_eq!((&figure["unit"], &figure["year"]), (&"count".into(), &2024.into()));
    // Every address stands on the page, once.
    let page = workspace.read(&format!("{VERSION}/index.html"));
    let passages = passages(&workspace);
    for (id, text) in &passages {
        assert_eq!(page.matches(&format!(" id=\"{id}\"")).count(), 1, "{id}: {text}");
    }
    assert_eq!(passages.iter().map(|(id, _)| id).collect::<BTreeSet<_>>().len(), passages.len(), "{passages:?}");
    // What the manifest lists is what the folder has.
    assert!(workspace.read(&format!("{VERSION}/manifest.json")).contains("\"contents.json\""));
}

#[test]
fn addresses_stay_when_a_passage_is_put_in_before_and_when_numbers_change() {
    let workspace = built(WORDS);
    let before = passages(&workspace);
    // A paragraph, a table and a note before, and other numbers.
    let more = "# Resultat {#resultat}\n\nEtt nytt stycke.[^b]\n\n[^b]: Först en ny not.\n\n| A | B |\n|---|---|\n| c | d |\n\n";
    workspace.chapter(WORDS.replace("# Resultat {#resultat}\n\n", more).replace("två stycken", "två stycken 2024"));
    workspace.file("content/liten/findings/alla.yaml", FINDINGS.replace("women: 16", "women: 17"));
    workspace.run(&["build"]).expect(0);
    let after = passages(&workspace);
    for (id, text) in &before {
        let other = after.iter().find(|(known, _)| known == id).unwrap_or_else(|| panic!("{text} has another address"));
        let beginning = |text: &str| text.chars().take(2).collect::<String>();
        assert_eq!(beginning(text), beginning(&other.1));
    }
    assert_eq!(after.len(), before.len() + 3);
    assert_ne!(id_of(&before, "I "), id_of(&before, "Det står"));
    // Other words are another passage; the same in another section are too.
    workspace.chapter(WORDS.replace("Ingen frågar", "Alla frågar").replace("{#resultat}", "{#slutsats}"));
    workspace.run(&["build"]).expect(0);
    let other = passages(&workspace);
    let ids: BTreeSet<&String> = before.iter().map(|(id, _)| id).collect();
    let kept: Vec<_> = other.iter().filter(|(id, _)| ids.contains(id)).map(|(_, text)| text.as_str()).collect();
    assert_eq!(kept.len(), 2, "the table of data and the note: {kept:?}");
}

#[test]
fn what_is_hidden_is_not_told() {
    let workspace = Workspace::small();
    workspace.file(
        "belagg.yaml",
        "rules: {TAB012: off, TAB013: off}\ndisclosure: {persons: {minimum: 5, values-left: 3, zeros: shown}}\n",
    );
    let findings = "figures:\n  cases: {label: granskade ärenden, women: 417, men: 383}\ntables:\n  visits:\n    caption: Besök per enhet\n    \
         stub: Enhet\n    columns: [women, men]\n    total-column: true\n    total-row: true\n    rows:\n      \
         - {label: Norr, women: 3, men: 219}\n      - {label: Söder, women: 187, men: 239}\n      - {label: Öster, women: 227, men: 4}\n    source: Granskningen\n";
    workspace.file("content/liten/findings/alla.yaml", findings);
    workspace
        .chapter("# Resultat {#resultat}\n\nSe [](#table-visits). Det är {{ cases }} ärenden.\n\n{{ table visits }}\n");
    workspace.run(&["build"]).expect(0);
    let report: Value =
        serde_json::from_str(&workspace.run(&["disclose", "liten", "--format", "json"]).expect(0).stdout).unwrap();
    let hidden = report[0]["hidden"].as_array().unwrap();
    assert!(hidden.len() >= 3, "{report:#}");
    let contents = contents(&workspace);
    let table = contents["passages"].as_array().unwrap().iter().find(|passage| passage["kind"] == "table").unwrap();
    let text = table["text"].as_str().unwrap();
    let words: BTreeSet<&str> = text.split(|c: char| !c.is_alphanumeric()).collect();
    let cells = [
        ("norr.women", "3"),
        ("norr.men", "219"),
        ("soder.women", "187"),
        ("soder.men", "239"),
        ("oster.women", "227"),
        ("oster.men", "4"),
    ];
    for (name, number) in cells {
        let is_hidden = hidden.iter().any(|row| row["cell"] == format!("visits.{name}"));
        assert_eq!(words.contains(number), !is_hidden, "{name}: {text}");
    }
    assert!(words.contains("x") && words.contains("879"), "{text}");
}

#[test]
fn contents_are_verified_and_built_again() {
    let workspace = Workspace::small();
    workspace.chapter(WORDS);
    workspace.run(&["publish", "liten"]).expect(0);
    let before = workspace.read(&format!("{VERSION}/contents.json"));
    let run = workspace.run(&["verify", "--rebuild", "liten"]).expect(0);
    assert!(run.stdout.contains("the bytes are those of the ledger"), "{}", run.stdout);
    workspace.file(&format!("{VERSION}/contents.json"), before.replace("Planerna", "Platserna"));
    let run = workspace.run(&["verify", "liten"]).expect(1);
    assert!(run.stdout.contains("contents.json"), "{}", run.stdout);
    std::fs::remove_file(workspace.path(&format!("{VERSION}/contents.json"))).unwrap();
    let run = workspace.run(&["build"]).expect(0);
    assert!(run.stdout.contains("contents.json was missing and is restored"), "{}", run.stdout);
    assert_eq!(workspace.read(&format!("{VERSION}/contents.json")), before);
}

#[test]
fn a_file_that_lists_are_made_of_is_missed_where_it_was_changed() {
    let workspace = Workspace::small();
    workspace.run(&["publish", "liten"]).expect(0);
    assert!(workspace.run(&["build"]).expect(0).codes().is_empty());
    let path = format!("{VERSION}/contents.json");
    let whole = workspace.read(&path);
    workspace.file(&path, "{");
    let run = workspace.run(&["build"]).expect(0);
    assert_eq!(run.codes(), ["OUT005"], "{}", run.stderr);
    assert!(run.stderr.contains(&path) && run.stderr.contains("move output/liten/1.0 away"), "{}", run.stderr);
    // As it says: what is missing comes back.
    std::fs::remove_dir_all(workspace.path(VERSION)).unwrap();
    assert!(workspace.run(&["build"]).expect(0).codes().is_empty());
    assert_eq!(workspace.read(&path), whole);
}
