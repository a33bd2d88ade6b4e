//! Whole groups in one category: told of, or hidden with the noughts beside them.

use super::{disclosed, draft};
use crate::workspace::Workspace;

const FINDINGS: &str = "figures:
  cases: {label: granskade pojkar, count: 31, counts: persons}
  plans: {label: pojkar med plan, count: 31, counts: persons, base: cases}
tables:
  granted:
    caption: Beslut per enhet
    stub: Enhet
    counts: persons
    columns: [{id: yes, label: Beviljad}, {id: part, label: Delvis}, {id: no, label: Avslag}]
    total-column: true
    total-row: true
    source: Granskningen
    rows:
      - {label: Norr, yes: 11, part: 0, no: 0}
      - {label: Söder, yes: 14, part: 9, no: 8}
      - {label: Öster, yes: 12, part: 6, no: 7}
      - {label: Väster, yes: 15, part: 8, no: 9}
";

const CHAPTER: &str = "# Resultat\n\nAv {{ cases }} pojkar har {{ plans | percent }} en plan.\n\n{{ table granted }}\n";

fn with(policy: &str, report: &str) -> Workspace {
    let policy = format!(
        "rules: {{TAB012: off, TAB013: off}}\ndisclosure:\n  persons: {{minimum: 5, values-left: 3, zeros: shown}}\n{policy}"
    );
    let workspace = draft(&policy, FINDINGS, CHAPTER);
    let text = workspace.read("content/liten/report.yaml");
    workspace.file("content/liten/report.yaml", format!("{text}{report}"));
    workspace
}

#[test]
fn a_policy_that_asks_warns_of_whole_groups_with_their_places() {
    let told = with("  whole-group: ask\n", "").run(&["check"]).expect(0).stderr;
    assert!(told.contains("warning[DIS017]: `granted.norr.yes` (Norr, Beviljad) is all 11 of its group"), "{told}");
    assert!(told.contains("warning[DIS017]: `plans` (pojkar med plan) is all 31 of its base"), "{told}");
    assert!(told.contains("findings/alla.yaml:14:"), "{told}");
    let decided = "  whole-group: ask\n  exceptions: [{cell: granted.norr.yes, reason: Alla fick det., decided: 2024-01-02}, {cell: plans, reason: Alla har en., decided: 2024-01-02}]\n";
    for policy in ["", "  whole-group: show\n", decided] {
        let run = with(policy, "").run(&["check"]).expect(0);
        assert!(!run.stderr.contains("DIS017"), "{policy}: {}", run.stderr);
    }
}

#[test]
fn a_policy_that_hides_them_hides_the_noughts_too() {
    let workspace = with("  whole-group: hide\n", "");
    let report = disclosed(&workspace);
    let hidden: Vec<&str> =
        report["hidden"].as_array().unwrap().iter().map(|row| row["cell"].as_str().unwrap()).collect();
    for name in ["granted.norr.yes", "granted.norr.part", "granted.norr.no", "plans"] {
        assert!(hidden.contains(&name), "{report:#}");
    }
    // Some of them may stand elsewhere: there is a world for it.
    let worlds = report["worlds"].as_array().unwrap();
    assert!(
        worlds.iter().any(|world| world.get("granted.norr.part").is_some_and(|part| part.as_i64() > Some(0))),
        "{report:#}"
    );
    workspace.run(&["build"]).expect(0);
    let csv = workspace.read("output/liten/1.0/data/granted.csv");
    let row = csv.lines().find(|line| line.contains("Norr")).unwrap();
    assert!(!row.contains(",0,") && row.contains("11"), "the total may stay, the parts not: {csv}");
}

#[test]
fn a_report_asks_no_less_than_its_workspace() {
    let run = with("  whole-group: hide\n", "disclosure: {whole-group: ask}\n").run(&["check"]).expect(1);
    assert!(
        run.stderr.contains("error[DIS003]: `whole-group` is `ask` here and `hide` in belagg.yaml"),
        "{}",
        run.stderr
    );
    let run = with("  whole-group: show\n", "disclosure: {whole-group: ask}\n").run(&["check"]).expect(0);
    assert!(run.stderr.contains("DIS017"), "{}", run.stderr);
}

#[test]
fn a_policy_that_says_nothing_of_them_has_a_remark_and_a_published_report_an_answer() {
    let workspace = with("", "");
    let run = workspace.run(&["check", "--all"]).expect(0);
    assert!(run.stderr.contains("info[DIS017]") || run.stderr.contains("note[DIS017]"), "{}", run.stderr);
    let workspace = with("  whole-group: ask\n", "");
    workspace.file("content/liten/report.yaml", crate::workspace::REPORT);
    let run = workspace.run(&["check"]).expect(1);
    assert!(run.stderr.contains("error[DIS017]"), "{}", run.stderr);
}

/// Case rows: three districts, all girls of Norr answered the same.
fn counted(policy: &str) -> Workspace {
    let findings = "tables:
  answers: {caption: Svar per enhet, stub: Enhet, cross: {rows: cases, by: unit, across: answer}}
figures:
  cases: {label: granskade ärenden, count: {rows: cases}}
  yes: {label: ärenden med svaret ja, count: {rows: cases, where: {answer: Ja}}, base: cases}
  none: {label: ärenden som flyttats, count: {rows: cases, where: {moved: Ja}}, base: cases}
datasets:
  cases:
    label: granskade ärenden
    file: data/a.csv
    id: Nr
    columns:
      unit: {header: Enhet}
      moved: {header: Flyttat, values: [Ja, Nej]}
      answer: {header: Svar}
";
    let policy = format!(
        "rules: {{TAB012: off, TAB013: off}}\ndisclosure:\n  persons: {{minimum: 5, values-left: 3, zeros: shown}}\n{policy}"
    );
    let workspace = draft(
        &policy,
        findings,
        "# Resultat\n\nDet är {{ cases }} ärenden, {{ none | percent }} är flyttade.\n\n{{ table answers }}\n",
    );
    let mut rows = "Nr,Enhet,Svar,Flyttat\n".to_owned();
    for (unit, yes, no) in [("Norr", 11, 0), ("Söder", 14, 8), ("Öster", 9, 12)] {
        for (answer, count) in [("Ja", yes), ("Nej", no)] {
            (0..count).for_each(|n| rows.push_str(&format!("{unit}{answer}{n},{unit},{answer},Nej\n")));
        }
    }
    workspace.file("content/liten/data/a.csv", rows);
    workspace
}

#[test]
fn whole_groups_are_found_among_counted_numbers() {
    let told = counted("  whole-group: ask\n").run(&["check"]).expect(0).stderr;
    assert!(told.contains("`answers.norr.ja` (Norr, Ja) is all 11 of its group"), "{told}");
    assert!(told.contains("`none` (ärenden som flyttats) is none of the 54 of its base"), "{told}");
    assert!(!told.contains("answers.soder"), "{told}");
    let workspace = counted("  whole-group: hide\n");
    let report = disclosed(&workspace);
    let hidden: Vec<&str> =
        report["hidden"].as_array().unwrap().iter().map(|row| row["cell"].as_str().unwrap()).collect();
    for name in ["answers.norr.ja", "answers.norr.nej", "none"] {
        assert!(hidden.contains(&name), "{report:#}");
    }
    assert_eq!(report["met"], true);
    let worlds = report["worlds"].as_array().unwrap();
    assert!(worlds.iter().any(|world| world.get("answers.norr.nej").is_some_and(|no| no.as_i64() > Some(0))));
    workspace.run(&["build"]).expect(0);
    let csv = workspace.read("output/liten/1.0/data/answers.csv");
    let row = csv.lines().find(|line| line.contains("Norr")).unwrap();
    assert!(row.contains("suppressed") && !row.contains(",0,"), "{csv}");
}

/// Shares and breakdowns: each is found, and each that only looks like it is not.
#[test]
fn shares_and_groups_are_read_as_readers_do() {
    let findings = "figures:
  cases: {label: granskade ärenden, women: 12, men: 20}
  plans: {label: ärenden med plan, women: 12, men: 14, base: cases}
  heard: {label: ärenden där någon hördes, count: 32, counts: persons}
  share: {label: andel där någon hördes, share: [heard, cases]}
  told: {label: andel som fick veta, percent: 100, as-published: true, counts: persons, source: Granskningen}
  money: {label: andel av pengarna, percent: 100, as-published: true, source: Granskningen}
tables:
  answers:
    caption: Svar
    stub: Svar
    columns: [women, men]
    source: Granskningen
    rows:
      - {label: Ja, women: 12, men: 9}
      - {label: Nej, women: 0, men: 11}
";
    let chapter = "# Resultat\n\n{{ plans | women | percent }}, {{ share }}, {{ told }} och {{ money }}.\n\n{{ table answers }}\n";
    let policy = |whole: &str| {
        format!(
            "rules: {{TAB012: off, TAB013: off}}\ndisclosure:\n  persons: {{minimum: 5, values-left: 3, zeros: shown}}\n  whole-group: {whole}\n"
        )
    };
    let told = draft(&policy("ask"), findings, chapter).run(&["check"]).stderr;
    for words in [
        "`plans.women` (ärenden med plan, kvinnor) is all 12 of its base",
        "`heard` (ärenden där någon hördes) is all 32 of its base",
        "`told` (andel som fick veta) is everybody of its group",
        "`answers.ja.women` (Ja, Kvinnor) is all 12 of its group",
    ] {
        assert!(told.contains(words), "{words}\n{told}");
    }
    assert!(!told.contains("`money`"), "{told}");
    assert_eq!(told.matches("DIS017").count(), 4, "{told}");
    // What is told of the money may be read.
    let findings =
        findings.replace("percent: 100, as-published: true, source", "percent: 40, as-published: true, source");
    let workspace = draft(&policy("hide"), &findings, chapter);
    workspace.run(&["build"]).expect(0);
    let page = workspace.read("output/liten/1.0/index.html").replace('\u{a0}', " ");
    assert!(page.contains("40 procent") && !page.contains("100 procent"), "{page}");
    let hidden = disclosed(&workspace);
    for name in ["plans.women", "heard", "answers.ja.women", "answers.nej.women"] {
        assert!(hidden["hidden"].as_array().unwrap().iter().any(|row| row["cell"] == name), "{name} {hidden:#}");
    }
    assert!(hidden["computed"].as_array().unwrap().iter().any(|name| name == "told"), "{hidden:#}");
}
