//! Nothing that is made of a mean of case rows tells more of the cases than the mean does as it is printed.

use super::keep::{POLICY, keep, report, same};
use crate::workspace::Workspace;

const FINDINGS: &str = r#"datasets:
  acts:
    label: akter
    file: akter.csv
    id: Nr
    sex: {column: Kön, women: K, men: M}
    columns:
      reason: Skäl
      days: {header: Dagar, type: number}
      cost: {header: Kostnad, type: number, unit: tkr}
figures:
  women: {label: mean days of women, average: {rows: acts, column: days, where: {sex: women}}, unit: days}
  men: {label: mean days of men, average: {rows: acts, column: days, where: {sex: men}}, unit: days}
  cost: {label: mean cost, average: {rows: acts, column: cost}, unit: tkr, decimals: 0}
  one: {label: one, amount: 1.0, unit: days}
  fine: {label: fine, amount: 0.000000, unit: tkr}
  ratio: {label: ratio, ratio: [women, one], decimals: 6}
  index: {label: index, index: [women, men], decimals: 6}
  share: {label: share, share: [women, one.more], decimals: 6}
  one.more: {label: much, amount: 1000.0, unit: days}
  change: {label: change of days, change: [women, men]}
  apart: {label: change of cost, change: [fine, cost]}
  most: {label: most days, max: {table: sexes, column: days}}
tables:
  reasons:
    caption: Acts by reason
    stub: Reason
    cross: {rows: acts, by: reason, across: sex}
    source: The review
  sexes:
    caption: Days by sex
    stub: Sex
    cross: {rows: acts, by: sex, counts: false, measures: [{id: days, label: Days, average: days}, {id: cost, label: Cost, average: cost, decimals: 0, unit: tkr}]}
    derived:
      index: {label: Index, index: days, base: women, decimals: 3}
      ratio: {label: Ratio, ratio: [cost, days], decimals: 5}
    order: {column: index}
    source: The review
"#;

const CHAPTER: &str = "# Results\n\nIt took {{ women }} and {{ men }}, and those of men were {{ men | higher-or-lower women }}: a change of {{ change }}, and cost {{ cost }}, which is {{ cost | scale kr }}. \
     The ratio is {{ ratio }}, the index {{ index }}, the share {{ share }}, and most had {{ most | name }}: {{ most }}. It cost {{ apart }}.\n\n\
     {{ table sexes }}\n\n{{ table reasons }}\n\n{{ chart days }}\n";

/// So many acts, four of them of a rare reason; one act in the middle took so many days more.
fn workspace(longer: Option<usize>) -> Workspace {
    let row = |at: usize| {
        let reason = if at < 4 { "Annat" } else { "Behov" };
        let sex = if at.is_multiple_of(2) { "M" } else { "K" };
        let more = usize::from(longer == Some(at));
        format!("{at},{sex},{reason},{},{}\n", 20 + at / 2 * 7 % 41 + more, 100 + at * 13 % 57 + more)
    };
    let out = report(POLICY, FINDINGS, CHAPTER);
    out.file(
        "content/liten/akter.csv",
        format!("Nr,Kön,Skäl,Dagar,Kostnad\n{}", (0..400).map(row).collect::<String>()),
    );
    out.file("charts/liten/days.yaml", "table: sexes\nmark: bar\nseries: [days]\norder: value\ncaption: Days\n");
    out
}

#[test]
fn what_is_made_of_means_tells_no_more_than_they_do() {
    let truth = workspace(None);
    keep(&truth);
    truth.run(&["build"]).expect(0);
    let page = truth.read("output/liten/1.0/index.html");
    assert!(page.contains("40.000000"), "what is made of a mean is made of what is printed of it: {page}");
    for longer in [200, 201] {
        let other = workspace(Some(longer));
        other.file("content/liten/report.yaml", truth.read("content/liten/report.yaml"));
        other.run(&["build"]).expect(0);
        same(&truth, &other, &longer.into());
    }
}

#[test]
fn how_many_values_are_missing_is_not_told_below_tables() {
    let out = workspace(None);
    let acts = out.read("content/liten/akter.csv");
    let without = |row: &str| {
        let mut cells: Vec<&str> = row.split(',').collect();
        if ["200", "201"].contains(&cells[0]) {
            cells[3] = "";
        }
        cells.join(",") + "\n"
    };
    out.file("content/liten/akter.csv", acts.lines().map(without).collect::<String>());
    let findings = FINDINGS.replace("average: days", "average: days, missing: leave-out");
    let findings = findings.replace("column: days, where", "column: days, missing: leave-out, where");
    out.file("content/liten/findings/alla.yaml", findings);
    out.run(&["build"]).expect(0);
    let page = out.read("output/liten/1.0/index.html");
    assert!(page.contains("Days: values are missing."), "{page}");
}

#[test]
fn means_that_are_hidden_are_no_numbers_of_persons() {
    let out = workspace(None);
    keep(&out);
    let report = out.read("content/liten/report.yaml");
    out.file("content/liten/report.yaml", report.replace("keep-hidden: [", "keep-hidden: [cost.women, cost.men, "));
    out.run(&["build"]).expect(0);
    let page = out.read("output/liten/1.0/index.html");
    assert!(
        page.contains("(women suppressed to protect individuals, men suppressed to protect individuals)"),
        "{page}"
    );
}
