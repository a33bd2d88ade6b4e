//! What could be put together instead of hidden: what is proposed is true of the report that an author then writes.

use serde_json::Value;

use super::{ROWS, counted_report, disclosed, draft};
use crate::workspace::Workspace;

const POLICY: &str = "rules: {TAB012: off, TAB013: off}\ndisclosure:\n  persons: {minimum: 5, values-left: 3, zeros: shown}\n  prefer: [merge, hide]\n";

const CHAPTER: &str = "# Resultat\n\nDet är {{ visits.total }} besök.\n\n{{ table visits }}\n";

fn table(stub: &str, rows: &[(&str, i64, i64)]) -> String {
    let rows: String = rows
        .iter()
        .map(|(label, women, men)| format!("      - {{label: {label}, women: {women}, men: {men}}}\n"))
        .collect();
    format!(
        "tables:\n  visits:\n    caption: Besök\n    stub: {stub}\n    columns: [women, men]\n    total-column: true\n    total-row: true\n    \
         source: Granskningen\n    rows:\n{rows}"
    )
}

fn shown(proposal: &Value, when: &str) -> (i64, i64) {
    (proposal[when]["shown"].as_i64().unwrap(), proposal[when]["cells"].as_i64().unwrap())
}

#[test]
fn rows_put_together_as_proposed_show_as_much_as_is_said() {
    let findings = table("Enhet", &[("Norr", 3, 20), ("Söder", 14, 9), ("Öster", 12, 4), ("Väster", 15, 16)]);
    let workspace = draft(POLICY, &findings, CHAPTER);
    let report = disclosed(&workspace);
    let best = &report["merges"][0];
    assert_eq!(shown(best, "after"), (6, 6), "{report:#}");
    assert_eq!(shown(best, "before"), (4, 8), "{report:#}");
    let told = workspace.run(&["disclose", "liten"]).expect(0).stdout;
    assert!(
        told.contains("put rows of `visits` together (Norr + Öster): 6 of 6 numbers are shown instead of 4 of 8"),
        "{told}"
    );
    let line = best["write"][0].as_str().unwrap();
    assert_eq!(line, "- {label: Norr och Öster, women: 15, men: 24}");
    // The author takes the line over, and nothing is hidden.
    let rest: Vec<String> = findings
        .lines()
        .filter(|line| !line.contains("label: Norr") && !line.contains("label: Öster"))
        .map(str::to_owned)
        .collect();
    let then = disclosed(&draft(POLICY, &format!("{}\n      {line}\n", rest.join("\n")), CHAPTER));
    assert_eq!(then["hidden"].as_array().unwrap().len(), 0, "{then:#}");
    assert_eq!(then["merges"].as_array().unwrap().len(), 0, "{then:#}");
}

#[test]
fn of_lines_with_an_order_only_neighbours_are_put_together() {
    let findings = table("År", &[("2019", 3, 20), ("2020", 14, 9), ("2021", 12, 13), ("2022", 15, 4)]);
    let report = disclosed(&draft(POLICY, &findings, CHAPTER));
    let merges = report["merges"].as_array().unwrap();
    assert!(!merges.is_empty(), "{report:#}");
    let years = ["2019", "2020", "2021", "2022"];
    for part in merges.iter().flat_map(|found| found["together"].as_array().unwrap()) {
        let labels = part["labels"].as_array().unwrap();
        let at = |label: &Value| years.iter().position(|year| *year == label).unwrap();
        assert!(labels.windows(2).all(|pair| at(&pair[1]) == at(&pair[0]) + 1), "{report:#}");
    }
}

fn counted(findings: &str) -> Workspace {
    counted_report(POLICY, findings, &[("Norr", 2, 30), ("Söder", 8, 9), ("Öster", 12, 3), ("Väster", 14, 15)])
}

#[test]
fn categories_of_case_rows_are_put_together_by_what_is_proposed() {
    let report = disclosed(&counted(ROWS));
    let best = &report["merges"][0];
    assert_eq!(shown(best, "after"), (6, 6), "{report:#}");
    let line = best["write"][0].as_str().unwrap();
    assert_eq!(line, "values: {Norr: Norr och Öster, Öster: Norr och Öster, Söder: Söder, Väster: Väster}");
    let findings = ROWS.replace("{header: Enhet}", &format!("{{header: Enhet, {line}}}"));
    let workspace = counted(&findings);
    let then = disclosed(&workspace);
    assert_eq!(then["hidden"].as_array().unwrap().len(), 0, "{then:#}");
    workspace.run(&["build"]).expect(0);
    let csv = workspace.read("output/liten/1.0/data/units.csv");
    assert!(
        csv.lines().any(|line| line.contains("Norr och Öster") && line.contains("14") && line.contains("33")),
        "{csv}"
    );
    // One of them alone can no longer be asked for: it would count the others with it.
    let alone = findings.replace("count: {rows: cases}}", "count: {rows: cases, where: {unit: Norr}}}");
    let run = counted(&alone).run(&["check"]).expect(1);
    assert!(run.stderr.contains("`Norr` is counted together with Öster in `unit`"), "{}", run.stderr);
    let both = findings.replace("count: {rows: cases}}", "count: {rows: cases, where: {unit: [Norr, Öster]}}}");
    counted(&both).run(&["check"]).expect(0);
}

#[test]
fn a_remark_points_to_what_could_be_put_together() {
    let findings = table("Enhet", &[("Norr", 3, 20), ("Söder", 14, 9), ("Öster", 12, 4)]);
    let workspace = draft(POLICY, &findings, CHAPTER);
    let told = workspace.run(&["check", "--all"]).expect(0).stderr;
    assert!(
        told.contains("[DIS016]: numbers of persons that are hidden: 4") && told.contains("belagg disclose liten"),
        "{told}"
    );
    let run = draft(&POLICY.replace("merge, ", ""), &findings, CHAPTER).run(&["check", "--all"]).expect(0);
    assert!(run.stderr.contains("DIS016") && !run.stderr.contains("could be put together"), "{}", run.stderr);
}

#[test]
fn what_is_proposed_gives_nothing_away_by_what_stands_beside_it() {
    // The text has the men of Norr: with Öster put to them, the few of Öster would be what is left.
    let rows = [("Norr", 30, 24), ("Söder", 14, 9), ("Öster", 12, 3), ("Väster", 15, 16)];
    let findings = table("Enhet", &rows);
    let together = |chapter: &str| -> Vec<Vec<String>> {
        let report = disclosed(&draft(POLICY, &findings, chapter));
        let parts =
            report["merges"].as_array().unwrap().iter().flat_map(|found| found["together"].as_array().unwrap().clone());
        let labels = parts.map(|part| serde_json::from_value(part["labels"].clone()).unwrap());
        labels.collect()
    };
    let has = |all: &[Vec<String>], one: &str| {
        all.iter().any(|part| part.contains(&"Öster".to_owned()) && part.contains(&one.to_owned()))
    };
    let without = together(CHAPTER);
    assert!(without.iter().any(|part| part.contains(&"Öster".to_owned())), "{without:?}");
    let others: Vec<&str> = ["Norr", "Söder", "Väster"].into_iter().filter(|one| has(&without, one)).collect();
    for one in others {
        let men = rows.iter().find(|(label, ..)| *label == one).unwrap().2;
        let with = together(&CHAPTER.replace("besök.", &format!("besök. I {one} kom {men} män.")));
        assert!(with.iter().all(|part| part.len() != 2 || !has(std::slice::from_ref(part), one)), "{one}: {with:?}");
    }
}
