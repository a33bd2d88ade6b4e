//! The planted leaks as data, and the workspaces that are made of them.

use std::collections::BTreeMap;
use std::path::Path;

use regex::Regex;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use crate::workspace::{Run, Workspace};

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Kind {
    pub kind: String,
    pub bases: BTreeMap<String, String>,
    #[serde(default)]
    pub variants: BTreeMap<String, BTreeMap<String, String>>,
    pub cases: Vec<Case>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    pub id: String,
    pub about: String,
    /// Findings of the file's `bases`.
    pub base: String,
    pub text: String,
    #[serde(default)]
    pub policy: Map<String, Value>,
    /// Further keys of report.yaml.
    #[serde(default)]
    pub report: Map<String, Value>,
    #[serde(default)]
    pub charts: BTreeMap<String, String>,
    /// Files of case rows: `3 Norr;K` is three rows.
    #[serde(default)]
    pub rows: BTreeMap<String, Rows>,
    /// Other files of the report, as they are.
    #[serde(default)]
    pub files: BTreeMap<String, String>,
    /// Other reports of the workspace.
    #[serde(default)]
    pub companions: BTreeMap<String, Companion>,
    /// What was published as version 1.0, before what stands here.
    #[serde(default)]
    pub before: Option<Before>,
    pub hidden: Hidden,
    /// Ways to the number: all patterns of one stand in what is published. See `surface`.
    pub ways: Vec<Vec<String>>,
    /// What a message says of how the number follows.
    pub by: Vec<String>,
    pub harmless: Vec<Harmless>,
    /// What was to be replaced and does not stand there: a mistake of the fixture.
    #[serde(skip)]
    pub lacking: Vec<String>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rows {
    pub header: String,
    pub counts: Vec<String>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Companion {
    #[serde(default)]
    pub report: Map<String, Value>,
    #[serde(default)]
    pub findings: String,
    pub text: String,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Before {
    /// Replacements that make of the case what was published.
    #[serde(default)]
    pub swap: BTreeMap<String, String>,
    #[serde(default)]
    pub text: Option<String>,
    #[serde(default)]
    pub policy: Option<Map<String, Value>>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hidden {
    pub cell: String,
    pub value: i64,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
pub enum Harmless {
    Variant(String),
    Changed(Changed),
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Changed {
    pub about: String,
    #[serde(default)]
    pub swap: BTreeMap<String, String>,
    #[serde(default)]
    pub text: Option<String>,
}

pub fn kinds() -> Vec<Kind> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/leaks");
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
        .iter()
        .map(|file| {
            let text = std::fs::read_to_string(file).unwrap();
            let kind: Kind =
                serde_saphyr::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
            assert_eq!(file.file_stem().unwrap().to_str(), Some(kind.kind.as_str()));
            kind
        })
        .collect()
}

/// Replaces in all that the author writes.
fn swapped(base: &str, case: &Case, swap: &BTreeMap<String, String>) -> (String, Case) {
    let (mut base, mut case) = (base.to_owned(), case.clone());
    for (old, new) in swap {
        let mut met = false;
        let mut texts: Vec<&mut String> = vec![&mut base, &mut case.text];
        texts.extend(case.charts.values_mut().chain(case.files.values_mut()));
        texts.extend(case.rows.values_mut().flat_map(|rows| rows.counts.iter_mut()));
        texts.extend(case.companions.values_mut().flat_map(|other| [&mut other.findings, &mut other.text]));
        for text in texts {
            met |= text.contains(old);
            *text = text.replace(old, new);
        }
        if !met {
            case.lacking.push(old.clone());
        }
    }
    for rows in case.rows.values_mut() {
        rows.counts.retain(|row| !row.is_empty());
    }
    (base, case)
}

pub fn harmless(kind: &Kind, case: &Case, which: &Harmless) -> (String, String, Case) {
    let (about, swap, text) = match which {
        Harmless::Variant(name) => (name.clone(), &kind.variants[name], None),
        Harmless::Changed(changed) => (changed.about.clone(), &changed.swap, changed.text.as_ref()),
    };
    let (base, mut case) = swapped(&kind.bases[&case.base], case, swap);
    if let Some(text) = text {
        case.text.clone_from(text);
    }
    (about, base, case)
}

fn report(case: &Case, version: &str, status: &str) -> String {
    let mut report = json!({
        "kind": "report", "title": "Rapport", "version": version, "date": "2024-03-01", "status": status,
        "publisher": {"name": "Exempelstad"}, "imprint": {"contact": "Kansliet"}, "chapters": ["text.md"],
    });
    report.as_object_mut().unwrap().extend(case.report.clone());
    report.to_string()
}

/// Without a policy the program knows no `counts` in these cases either.
fn findings(text: &str, policy: bool) -> String {
    if policy {
        return text.to_owned();
    }
    let line = Regex::new(r"(?m)^ *counts: (persons|units|none)\n").unwrap();
    Regex::new(r", counts: (persons|units|none)").unwrap().replace_all(&line.replace_all(text, ""), "").into_owned()
}

fn common(policy: Option<&Map<String, Value>>) -> String {
    // What other rules say of texts as short as these is not asked.
    let quiet = [
        "EVI001", "EVI002", "EVI003", "EVI004", "EVI005", "EVI006", "EVI007", "EVI008", "EVI009", "EVI010", "EVI011",
        "EVI012", "EVI013", "EVI014", "EVI015", "EVI016", "EVI017", "LAN004", "TAB012", "TAB013",
    ];
    let rules: Map<String, Value> = quiet.iter().map(|code| ((*code).to_owned(), json!("off"))).collect();
    let mut out = json!({"language": "sv", "rules": rules});
    if let Some(changed) = policy {
        let mut whole = json!({"persons": {"minimum": 5, "values-left": 3, "zeros": "shown"}, "prefer": ["hide"]});
        whole.as_object_mut().unwrap().extend(changed.clone());
        out["disclosure"] = whole;
    }
    out.to_string()
}

fn write(workspace: &Workspace, base: &str, case: &Case, version: &str, status: &str, policy: bool) {
    workspace.file("belagg.yaml", common(policy.then_some(&case.policy)));
    workspace.file("content/liten/report.yaml", report(case, version, status));
    workspace.file("content/liten/findings/alla.yaml", findings(base, policy));
    workspace.file("content/liten/text.md", format!("# Resultat {{#resultat}}\n\n{}\n", case.text));
    for (id, text) in &case.charts {
        workspace.file(&format!("charts/liten/{id}.yaml"), text);
    }
    for (path, text) in &case.files {
        workspace.file(&format!("content/liten/{path}"), text);
    }
    for (path, rows) in &case.rows {
        let mut text = format!("{}\n", rows.header);
        for row in &rows.counts {
            let (count, cells) = row.split_once(' ').unwrap();
            text.push_str(&format!("{cells}\n").repeat(count.parse().unwrap()));
        }
        workspace.file(&format!("content/liten/{path}"), text);
    }
    for (name, other) in &case.companions {
        let mut report = json!({
            "kind": "report", "title": name, "version": "1.0", "date": "2024-04-01", "status": "in-review",
            "publisher": {"name": "Exempelstad"}, "imprint": {"contact": "Kansliet"}, "chapters": ["text.md"],
        });
        report.as_object_mut().unwrap().extend(other.report.clone());
        workspace.file(&format!("content/{name}/report.yaml"), report.to_string());
        workspace.file(&format!("content/{name}/text.md"), format!("# Text {{#text}}\n\n{}\n", other.text));
        if !other.findings.is_empty() {
            workspace.file(&format!("content/{name}/findings/alla.yaml"), findings(&other.findings, policy));
        }
    }
}

/// A workspace as it is built, and how that went; what was published before is there already.
pub fn built(base: &str, case: &Case, policy: bool) -> (Workspace, Run) {
    made(base, case, policy, "build")
}

pub fn made(base: &str, case: &Case, policy: bool, command: &str) -> (Workspace, Run) {
    let workspace = Workspace::empty();
    let mut version = "1.0";
    if let Some(before) = &case.before {
        let (old_base, mut old) = swapped(base, case, &before.swap);
        old.text = before.text.clone().unwrap_or(old.text);
        old.policy = before.policy.clone().unwrap_or(old.policy);
        old.report.remove("changes");
        write(&workspace, &old_base, &old, "1.0", "published", policy);
        let run = workspace.run(&["publish", "liten"]);
        if run.code != 0 {
            return (workspace, run);
        }
        version = "1.1";
    }
    let status = if case.before.is_some() { "revised" } else { "in-review" };
    write(&workspace, base, case, version, status, policy);
    let run = workspace.run(&[command]);
    (workspace, run)
}
