//! What authors read when something is wrong: file, line, column, the line itself, what to do; several at once.

use crate::workspace::{CHAPTER, Workspace};

/// Diagnostics of a run, without the lines about progress.
fn messages(workspace: &Workspace) -> String {
    let run = workspace.run(&["check"]).expect(1);
    run.stderr.lines().filter(|line| !line.starts_with("checking ")).collect::<Vec<_>>().join("\n")
}

#[test]
fn faults_in_findings_are_all_shown_at_once() {
    let workspace = Workspace::small();
    workspace.findings(
        "figures:\n  a: {label: ett, cuont: 3, base: cases}\n  b: {label: två, women: 21, men: 3, base: cases}\n  \
         c: {label: tre, count: tolv}\n  plans: {label: fyra, count: 1}\n  e: {label: fem, percent: 40}\n  \
         f: {label: sex, women: 2, men: 3, total: 6}\n  g: {label: sju, sum: [cases, plnas]}\n  h: {label: åtta, count: 3, base: h}\n",
    );
    insta::assert_snapshot!(messages(&workspace));
}

#[test]
fn faults_in_tables_are_all_shown_at_once() {
    let workspace = Workspace::small();
    workspace.findings(
        "tables:\n  t:\n    caption: Rubrik\n    stub: Rad\n    columns: [women, men, {id: x}]\n    rows:\n      \
         - {label: A, women: 1}\n      - {label: B, women: 1, men: 2, other: 3}\n      - {label: C, women: , men: 2}\n      \
         - {label: D, women: 1, men: 2, total: 4}\n  tom: {caption: Tom, stub: Rad, columns: [women], rows: []}\n",
    );
    insta::assert_snapshot!(messages(&workspace));
}

#[test]
fn faults_in_chapters_are_all_shown_at_once() {
    let workspace = Workspace::small();
    workspace.chapter(
        "# Resultat\n\n{{ plnas | percent }} och {{ plans | procent }} och {{ cases | percent }}.\n\n#### Djup rubrik\n\n\
         Se [](#table-visit), [här](ftp://x) och [@okand].[^saknas]\n\n<b>fet</b>\n\n{{ tabel visits }}\n\n{{ strengths öster }}\n\n\
         ![](bild.png)\n\n{{ plans | column x }} {{ plans |\n",
    );
    insta::assert_snapshot!(messages(&workspace));
}

#[test]
fn faults_in_charts_are_all_shown_at_once() {
    let workspace = Workspace::small();
    workspace.chapter("# Resultat\n\n{{ table visits }}\n\n{{ chart a }}\n\n{{ chart b }}\n\n{{ chart c }}\n\n{{ chart d }}\n\n{{ chart e }}\n");
    workspace.file("charts/liten/a.yaml", "table: visits\nmark: bar\naxis: {from: 10}\ncaption: Kapad axel\n");
    workspace.file("charts/liten/b.yaml", "table: visit\nmark: bar\ncaption: Okänd tabell\n");
    workspace.file("charts/liten/c.yaml", "table: visits\nmark: pie\ncaption: Okänd typ\n");
    workspace.file("charts/liten/d.yaml", "table: visits\nmark: dumbbell\nseries: [women]\ncaption: En serie\n");
    workspace
        .file("charts/liten/e.yaml", "table: visits\nmark: grouped-bar\nseries: [women, mne]\ncaption: Okänd kolumn\n");
    insta::assert_snapshot!(messages(&workspace));
}

#[test]
fn faults_in_the_report_file_are_all_shown_at_once() {
    let workspace = Workspace::small();
    workspace.file(
        "content/liten/report.yaml",
        "kind: inspection-raport\ntitel: Liten\nversion: v1\ndate: 1 mars 2024\nstatus: publicerad\nimprint: {reference: 1}\n\
         chapters: [kapitel.md, saknas.md]\n",
    );
    workspace.file(
        "belagg.yaml",
        "language: se\ntheme: {accent: \"#ffff00\", text-font: Comic Sans}\npublisher: Exempelstad\n",
    );
    insta::assert_snapshot!(messages(&workspace));
}

#[test]
fn machines_get_json() {
    let workspace = Workspace::small();
    workspace.chapter("# Resultat\n\n{{ plnas }}\n");
    let run = workspace.run(&["check", "--format", "json"]).expect(1);
    let all: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    let unknown = all.as_array().unwrap().iter().find(|d| d["code"] == "FIG001").unwrap();
    assert_eq!(unknown["place"]["file"], "content/liten/kapitel.md");
    assert_eq!((&unknown["place"]["line"], &unknown["place"]["column"]), (&3.into(), &4.into()));
    assert_eq!(unknown["severity"], "error");
    assert!(run.stderr.is_empty(), "{}", run.stderr);
}

#[test]
fn a_share_without_evidence_is_one_finding() {
    let workspace = Workspace::small();
    workspace.chapter(format!("{CHAPTER}\nRutin finns i 16 av 50 hem (32 procent). Av 30 hem saknar 12 (40 procent) en chef och 9 en vikarie.\n"));
    let run = workspace.run(&["check", "--format", "json"]).expect(0);
    let all: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    let found: Vec<&serde_json::Value> = all.as_array().unwrap().iter().filter(|d| d["code"] == "EVI001").collect();
    let messages: Vec<&str> = found.iter().map(|d| d["message"].as_str().unwrap()).collect();
    assert_eq!(
        messages,
        [
            "no figure stands behind the 3 numbers of `16 av 50 hem (32 procent)`",
            "no figure stands behind the 3 numbers of `30 hem saknar 12 (40 procent)`",
            "no figure stands behind the number `9`"
        ]
    );
    // What is the value of some figure is said number by number.
    let help = found[0]["help"][0].as_str().unwrap();
    assert!(help.starts_with("`16` is also the value of `plans`"), "{help}");
    let sarif: serde_json::Value =
        serde_json::from_str(&workspace.run(&["check", "--format", "sarif"]).expect(0).stdout).unwrap();
    let results = sarif["runs"][0]["results"].as_array().unwrap();
    let first = results.iter().find(|result| result["ruleId"] == "EVI001").unwrap();
    let region = &first["locations"][0]["physicalLocation"]["region"];
    let columns = region["endColumn"].as_u64().unwrap() - region["startColumn"].as_u64().unwrap();
    assert_eq!(columns as usize, "16 av 50 hem (32 procent)".chars().count());
}

#[test]
fn a_place_has_its_line_in_json() {
    let workspace = Workspace::small();
    workspace.findings("figures:\n  homes: {label: hem med rutin, count: 12}\n  homes: {label: hem, count: 13}\n");
    let run = workspace.run(&["check", "--format", "json"]).expect(1);
    let all: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    let found =
        all.as_array().unwrap().iter().find(|d| d["place"]["file"] == "content/liten/findings/fler.yaml").unwrap();
    assert_eq!(found["place"]["text"], "homes: {label: hem, count: 13}", "{found}");
}

#[test]
fn an_unknown_report_names_the_nearest() {
    let run = Workspace::small().run(&["build", "litn"]).expect(1);
    assert!(run.stderr.contains("did you mean `liten`?"), "{}", run.stderr);
}
