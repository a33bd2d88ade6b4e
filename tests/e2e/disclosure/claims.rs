//! What authors type beside hidden numbers, in varied words: what gives one away stops the build, what speaks of something else does not.

use serde::Deserialize;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

use crate::workspace::Workspace;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Passages {
    bases: BTreeMap<String, String>,
    leaks: Vec<Passage>,
    /// Leaks that are not read yet.
    missed: Vec<Passage>,
    harmless: Vec<Passage>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Passage {
    base: String,
    text: String,
    #[serde(default)]
    hides: Option<String>,
}

/// How the build of a report with a text went, what it said, and what is hidden then.
fn built(passages: &Passages, Passage { base, text, .. }: &Passage) -> (i32, String, String) {
    let quiet = [
        "EVI001", "EVI002", "EVI003", "EVI004", "EVI005", "EVI006", "EVI007", "EVI008", "EVI009", "EVI010", "EVI011",
        "EVI012", "EVI013", "EVI014", "EVI015", "EVI016", "EVI017", "LAN004", "TAB012", "TAB013",
    ];
    let rules: Map<String, Value> = quiet.iter().map(|code| ((*code).to_owned(), json!("off"))).collect();
    let workspace = Workspace::empty();
    let policy = json!({"persons": {"minimum": 5, "values-left": 3, "zeros": "shown"}, "prefer": ["hide"]});
    workspace.file("belagg.yaml", json!({"language": base, "rules": rules, "disclosure": policy}).to_string());
    let report = json!({
        "kind": "report", "title": "Rapport", "version": "1.0", "date": "2024-03-01", "status": "in-review",
        "publisher": {"name": "Exempelstad"}, "imprint": {"contact": "Kansliet"}, "chapters": ["text.md"],
    });
    workspace.file("content/liten/report.yaml", report.to_string());
    workspace.file("content/liten/findings/alla.yaml", &passages.bases[base]);
    let tables = "{{ table stays }}\n\n{{ table decisions }}";
    workspace.file("content/liten/text.md", format!("# Resultat {{#resultat}}\n\n{text}\n\n{tables}\n"));
    let run = workspace.run(&["--lang", "en", "build"]);
    let disclosed = workspace.run(&["--lang", "en", "disclose", "liten"]);
    (run.code, run.stderr, disclosed.stdout)
}

/// Whether a number is one of those that are hidden, not only a part of the arithmetic of another.
fn lists(disclosed: &str, name: &str) -> bool {
    disclosed.lines().any(|line| line.split_whitespace().next() == Some(name))
}

#[test]
fn what_is_typed_gives_no_hidden_number_away() {
    for passages in
        [include_str!("../../fixtures/typed_claims.yaml"), include_str!("../../fixtures/typed_claims_schools.yaml")]
    {
        give_nothing_away(&serde_saphyr::from_str(passages).unwrap());
    }
}

fn give_nothing_away(passages: &Passages) {
    assert!(passages.leaks.len() + passages.missed.len() >= 19 && passages.harmless.len() >= 20);
    let nothing = |base: &String| Passage { base: base.clone(), text: "Se nedan.".to_owned(), hides: None };
    let plain: BTreeMap<&String, String> =
        passages.bases.keys().map(|base| (base, built(passages, &nothing(base)).2)).collect();
    let mut wrong = Vec::new();
    for (passage, leaks) in passages
        .leaks
        .iter()
        .map(|passage| (passage, true))
        .chain(passages.harmless.iter().chain(&passages.missed).map(|passage| (passage, false)))
    {
        let (code, said, hidden) = built(passages, passage);
        let stopped = match &passage.hides {
            Some(name) => code == 0 && lists(&hidden, name) && !lists(&plain[&passage.base], name),
            None => code != 0 && said.contains("error[DIS014]"),
        };
        if leaks != stopped || !leaks && (code != 0 || said.contains("[DIS")) {
            wrong.push(format!("{} {:?}\n{said}", if leaks { "missed " } else { "falsely" }, passage.text));
        }
    }
    assert!(
        wrong.is_empty(),
        "{} of {}:\n{}",
        wrong.len(),
        passages.leaks.len() + passages.harmless.len(),
        wrong.join("\n")
    );
}
