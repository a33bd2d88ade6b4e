//! What is hidden tells nothing of the hidden numbers: a choice that is kept is the same in every world that the proof gives, and so is all that is published.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::workspace::{REPORT, Workspace};

pub const POLICY: &str = "language: en\nrules: {TAB012: off, TAB013: off}\ndisclosure:\n  persons: {minimum: 5, values-left: 3, zeros: shown}\n";

pub fn report(policy: &str, findings: &str, chapter: &str) -> Workspace {
    let out = Workspace::small();
    out.file("belagg.yaml", policy);
    out.file("content/liten/report.yaml", REPORT);
    out.file("content/liten/findings/alla.yaml", findings);
    out.file("content/liten/kapitel.md", chapter);
    out
}

pub fn disclosed(workspace: &Workspace) -> Value {
    let run = workspace.run(&["disclose", "liten", "--format", "json"]).expect(0);
    let all: Value = serde_json::from_str(&run.stdout).unwrap();
    all[0].clone()
}

/// Keeps what is hidden now.
pub fn keep(workspace: &Workspace) {
    let names = disclosed(workspace)["to-keep"].as_array().unwrap().clone();
    let names: Vec<&str> = names.iter().map(|name| name.as_str().unwrap()).collect();
    assert!(!names.is_empty());
    let text = workspace.read("content/liten/report.yaml");
    workspace.file("content/liten/report.yaml", format!("{text}disclosure:\n  keep-hidden: [{}]\n", names.join(", ")));
}

/// Every file of the outputs by its name.
pub fn outputs(workspace: &Workspace) -> BTreeMap<String, Vec<u8>> {
    let all = workspace.files("output").into_iter().filter(|file| file != ".lock");
    all.map(|file| (file.clone(), workspace.bytes(&format!("output/{file}")))).collect()
}

#[track_caller]
pub fn same(one: &Workspace, other: &Workspace, about: &Value) {
    let (one, other) = (outputs(one), outputs(other));
    assert!(one.len() > 5);
    let differing: Vec<_> = one.keys().chain(other.keys()).filter(|name| one.get(*name) != other.get(*name)).collect();
    assert!(differing.is_empty(), "{about}: {differing:?}");
}

/// Four units by sex, with totals. Women of Norr and Söder are few.
pub fn typed(numbers: &BTreeMap<String, i64>) -> String {
    let rows = ["norr", "soder", "oster", "vaster"].iter().map(|row| {
        let (women, men) = (numbers[&format!("visits.{row}.women")], numbers[&format!("visits.{row}.men")]);
        format!("      - {{id: {row}, label: {row}, women: {women}, men: {men}}}\n")
    });
    let rows: String = rows.collect();
    format!(
        "tables:\n  visits:\n    caption: Besök per enhet\n    stub: Enhet\n    columns: [women, men]\n    total-column: true\n    total-row: true\n    order: value\n    rows:\n{rows}    source: Granskningen\n"
    )
}

pub fn numbers() -> BTreeMap<String, i64> {
    let all = [("norr", 2, 40), ("soder", 4, 29), ("oster", 32, 28), ("vaster", 12, 9)];
    all.iter()
        .flat_map(|(row, women, men)| [(format!("visits.{row}.women"), *women), (format!("visits.{row}.men"), *men)])
        .collect()
}

pub const TABLE: &str = "# Resultat\n\nTabellen visar besöken.\n\n{{ table visits }}\n";

#[test]
fn what_is_published_is_the_same_in_all_worlds_of_a_kept_choice() {
    let truth = report(POLICY, &typed(&numbers()), TABLE);
    keep(&truth);
    let kept = disclosed(&truth);
    assert!(kept["kept"].as_bool().unwrap() && kept["to-keep"].is_null(), "{kept:#}");
    truth.run(&["build"]).expect(0);
    let worlds = kept["worlds"].as_array().unwrap();
    assert!(worlds.len() > 1, "{kept:#}");
    let mut all_large = false;
    for world in worlds {
        let mut numbers = numbers();
        for (name, value) in &mut numbers {
            *value = world.get(name).and_then(Value::as_i64).unwrap_or(*value);
        }
        all_large |= numbers.values().all(|value| *value >= 5);
        let twin = report(POLICY, &typed(&numbers), TABLE);
        twin.file("content/liten/report.yaml", truth.read("content/liten/report.yaml"));
        assert_eq!(disclosed(&twin)["kept"], true);
        twin.run(&["build"]).expect(0);
        same(&truth, &twin, world);
    }
    // Nor does it matter that a hidden number is not too small.
    let mut large = numbers();
    let norr = kept["hidden"].as_array().unwrap().iter().map(|row| row["cell"].as_str().unwrap());
    let norr: Vec<&str> = norr.filter(|cell| large.contains_key(*cell)).collect();
    assert!(norr.len() >= 4 && norr.len() < large.len(), "{norr:?}");
    for cell in norr {
        *large.get_mut(cell).unwrap() += 20;
    }
    let other = report(POLICY, &typed(&large), TABLE);
    other.file("content/liten/report.yaml", truth.read("content/liten/report.yaml"));
    let still = disclosed(&other);
    assert_eq!(still["hidden"].as_array().unwrap().len(), kept["hidden"].as_array().unwrap().len(), "{all_large}");
}

#[test]
fn a_choice_is_made_anew_where_it_is_not_enough() {
    let workspace = report(POLICY, &typed(&numbers()), TABLE);
    let listed = workspace.run(&["disclose", "liten"]).expect(0).stdout;
    assert!(listed.contains("    keep-hidden: [visits."), "{listed}");
    keep(&workspace);
    let listed = workspace.run(&["disclose", "liten"]).expect(0).stdout;
    assert!(listed.contains("hidden is what `keep-hidden` names: it tells nothing of the hidden numbers"), "{listed}");
    assert!(!listed.contains("keep-hidden: ["), "{listed}");
    let hidden: Vec<String> = disclosed(&workspace)["hidden"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| row["cell"].as_str().unwrap().to_owned())
        .collect();
    let shown = numbers().into_keys().find(|name| !hidden.contains(name)).unwrap();
    let mut small = numbers();
    small.insert(shown.clone(), 3);
    workspace.file("content/liten/findings/alla.yaml", typed(&small));
    let told = workspace.run(&["check", "liten"]).stderr;
    assert!(told.contains("DIS019") && told.contains(&format!("`keep-hidden` does not name `{shown}`")), "{told}");
    let anew = disclosed(&workspace);
    assert_eq!(anew["kept"], false);
    assert!(anew["hidden"].as_array().unwrap().iter().any(|row| row["cell"] == shown.as_str()), "{anew:#}");
    // Too short a list is not enough.
    workspace.file("content/liten/findings/alla.yaml", typed(&numbers()));
    workspace.file(
        "content/liten/report.yaml",
        format!("{REPORT}disclosure:\n  keep-hidden: [visits.norr.women, visits.soder.women]\n"),
    );
    let told = workspace.run(&["check", "liten"]).stderr;
    assert!(told.contains("DIS019") && told.contains("is not enough any more to protect `visits."), "{told}");
    assert!(disclosed(&workspace)["met"].as_bool().unwrap());
    // And a name that is not there is an error.
    workspace.file("content/liten/report.yaml", format!("{REPORT}disclosure:\n  keep-hidden: [visits.norr.barn]\n"));
    let told = workspace.run(&["check", "liten"]).expect(1).stderr;
    assert!(told.contains("DIS004") && told.contains("visits.norr.barn"), "{told}");
}

pub const CASES: &str = "datasets:\n  acts:\n    label: akter\n    file: akter.csv\n    id: Nr\n    sex: {column: Kön, women: K, men: M}\n    columns:\n      reason: Skäl\n      days: {header: Dagar, type: number}\n\
    figures:\n  mean: {label: dagar i medeltal, average: {rows: acts, column: days}, unit: dagar}\n  median: {label: dagar i median, median: {rows: acts, column: days}, unit: dagar}\n\
    tables:\n  reasons:\n    caption: Akter efter skäl\n    stub: Skäl\n    cross: {rows: acts, by: reason}\n    source: Granskningen\n";

pub const MEANS: &str =
    "# Resultat\n\nDet tog {{ mean }} i medeltal och {{ median }} i median.\n\n{{ table reasons }}\n";

/// Sixty cases; each row has its number, sex, reason and days.
pub fn rows() -> Vec<[String; 4]> {
    let row = |at: usize| {
        let reason = if at < 7 {
            "Omfattning"
        } else if at < 20 {
            "Villkor"
        } else {
            "Behov"
        };
        let sex = if at < 4 || at.is_multiple_of(2) { "M" } else { "K" };
        [at.to_string(), sex.to_owned(), reason.to_owned(), (20 + at * 7 % 41).to_string()]
    };
    (0..60).map(row).collect()
}

pub fn csv(rows: &[[String; 4]]) -> String {
    let rows: Vec<String> = rows.iter().map(|row| row.join(",")).collect();
    format!("Nr,Kön,Skäl,Dagar\n{}\n", rows.join("\n"))
}

/// The rows of another world.
pub fn world_of(before: &[[String; 4]], changes: &[Value]) -> Vec<[String; 4]> {
    let mut now = before.to_vec();
    for change in changes {
        // The first line is the header.
        let row = |key: &str| change[key].as_u64().unwrap() as usize - 2;
        let mut new = before[row("like")].clone();
        for but in change["but"].as_array().unwrap() {
            let at = ["Nr", "Kön", "Skäl", "Dagar"].iter().position(|name| *name == but["header"]).unwrap();
            new[at] = match but["as-in"].as_u64() {
                Some(row) => before[row as usize - 2][at].clone(),
                None => but["text"].as_str().unwrap().to_owned(),
            };
        }
        new[0] = before[row("row")][0].clone();
        now[row("row")] = new;
    }
    now
}

/// The mean in tenths, halves upwards, as it is printed.
fn mean(rows: &[[String; 4]]) -> usize {
    let days: usize = rows.iter().map(|row| row[3].parse::<usize>().unwrap()).sum();
    (20 * days + rows.len()) / (2 * rows.len())
}

#[test]
fn in_other_worlds_of_case_rows_means_and_medians_are_what_is_printed() {
    let truth = report(POLICY, CASES, MEANS);
    truth.file("content/liten/akter.csv", csv(&rows()));
    keep(&truth);
    let kept = disclosed(&truth);
    assert_eq!(kept["kept"], true, "{kept:#}");
    truth.run(&["build"]).expect(0);
    let worlds = kept["rows"].as_array().unwrap();
    let mut told_rows = 0;
    for (world, told) in worlds.iter().zip(kept["worlds"].as_array().unwrap()) {
        let Some(changes) = world.as_array() else { continue };
        told_rows += 1;
        let before = rows();
        let now = world_of(&before, changes);
        assert_ne!(before, now);
        assert_eq!(mean(&before), mean(&now), "{world}");
        let twin = report(POLICY, CASES, MEANS);
        twin.file("content/liten/akter.csv", csv(&now));
        twin.file("content/liten/report.yaml", truth.read("content/liten/report.yaml"));
        let there = disclosed(&twin);
        for row in there["hidden"].as_array().unwrap() {
            let cell = row["cell"].as_str().unwrap();
            if let Some(value) = told.get(cell) {
                assert_eq!(&row["value"], value, "{cell} {world}");
            }
        }
        twin.run(&["build"]).expect(0);
        same(&truth, &twin, world);
    }
    assert!(told_rows > 0, "{kept:#}");
}

#[test]
fn means_that_no_cases_were_found_for_are_named_until_they_are_kept_hidden() {
    let workspace = Workspace::example();
    let file = "content/exempelstad-2025/report.yaml";
    let kept = workspace.read(file);
    let medians = ["days.median-sodra.men, ", "days.median-sodra.women, ", "days.median-vastra.men, "];
    let told = |report: &str| {
        workspace.file(file, report);
        let arguments = ["disclose", "exempelstad-2025", "--format", "json"];
        let all: Value = serde_json::from_str(&workspace.run(&arguments).expect(0).stdout).unwrap();
        all[0].clone()
    };
    let without = told(&medians.iter().fold(kept.clone(), |report, name| report.replace(name, "")));
    assert_eq!(without["kept"], true);
    let differing = without["differing"].as_array().unwrap();
    assert!(!differing.is_empty() && without["rows"].as_array().unwrap().contains(&Value::Null), "{differing:?}");
    assert!(
        workspace
            .run(&["disclose", "exempelstad-2025"])
            .expect(0)
            .stdout
            .contains("write these names under `keep-hidden` too")
    );
    let with = told(&kept);
    assert_eq!((&with["kept"], &with["differing"]), (&true.into(), &Value::Array(Vec::new())));
    assert!(!with["rows"].as_array().unwrap().contains(&Value::Null));
}
