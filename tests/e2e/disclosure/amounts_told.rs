//! Amounts in what stands beside their tables: sentences, earlier versions, marks of the author's own, the largest of case rows, lines put together.

use serde_json::Value;

use super::{disclosed, draft, small};
use crate::workspace::{REPORT, Workspace};

const POLICY: &str =
    "rules: {TAB012: off, TAB013: off}\ndisclosure: {amounts: {p-percent: 10}, prefer: [merge, hide]}\n";

const CHAPTER: &str = "# Resultat\n\nTabellen visar omsättningen.\n\n{{ table shops }}\n";

/// Four towns, of which one has a firm with nearly all of it; the sum of all is typed as a row.
const TOWNS: &str = "tables:\n  shops:\n    caption: Omsättning per ort\n    stub: Ort\n    columns:\n      \
    - {id: sales, label: Omsättning, type: amount, unit: mnkr, decimals: 1, largest: top, second: next, contributors: firms}\n    rows:\n      \
    - {label: Norr, sales: 120.5, top: 100, next: 15, firms: 5}\n      - {label: Söder, sales: 380.0, top: 90, next: 80, firms: 30}\n      \
    - {label: Väst, sales: 400.0, top: 80, next: 70, firms: 35}\n      - {label: Öst, sales: 300.0, top: 70, next: 60, firms: 20}\n      \
    - {label: Totalt, id: alla, sales: 1200.5, top: 100, next: 90, firms: 90}\n";

fn hidden(workspace: &Workspace) -> Vec<String> {
    let told = disclosed(workspace);
    let rows = told["amounts"]["hidden"].as_array().unwrap();
    rows.iter().map(|row| row["cell"].as_str().unwrap().to_owned()).collect()
}

fn said(findings: &str, words: &str) -> Workspace {
    draft(POLICY, findings, &CHAPTER.replace("Tabellen visar omsättningen.", words))
}

#[test]
fn what_a_sentence_says_of_an_amount_is_known_in_any_unit() {
    // The number itself, in words, in other units, rounded or between two ends that leave too little.
    for words in [
        "I Norr omsattes 120,5 mnkr.",
        "Handeln i Norr omsatte 120 500 tkr.",
        "Omsättningen i Norr var 120 500 000 kronor.",
        "I Norr omsattes mellan 118 och 123 mnkr.",
        "I Norr omsattes 121 mnkr.",
    ] {
        let run = said(TOWNS, words).run(&["check"]).expect(0);
        assert!(run.stderr.contains("[DIS014]") && run.stderr.contains("shops.norr.sales"), "{words}\n{}", run.stderr);
        assert!(run.stderr.contains("which is 120.5 and which the report hides"), "{words}\n{}", run.stderr);
    }
    // What leaves enough, and what counts something else.
    for words in [
        "I Norr omsattes drygt 100 mnkr.",
        "I Norr omsattes mellan 60 och 190 mnkr.",
        "I Norr finns 120 butiker.",
        "I Norr omsattes 0,1 miljarder kronor.",
    ] {
        let run = said(TOWNS, words).run(&["check"]).expect(0);
        assert!(!run.stderr.contains("[DIS014]"), "{words}\n{}", run.stderr);
    }
    // What is said of a place decides what is hidden beside it: it is not hidden for another's sake.
    let all = ["Söder omsatte 380,0 mnkr.", "Väst omsatte 400,0 mnkr.", "Öst omsatte 300,0 mnkr."];
    for (words, id) in all.into_iter().zip(["soder", "vast", "ost"]) {
        let workspace = said(TOWNS, words);
        let found = hidden(&workspace);
        assert_eq!(found.len(), 2, "{words} {found:?}");
        assert!(!found.contains(&format!("shops.{id}.sales")), "{words} {found:?}");
        let run = workspace.run(&["check"]).expect(0);
        assert!(!run.stderr.contains("[DIS014]"), "{words}\n{}", run.stderr);
    }
    // Where all are told nothing can be hidden for it, and the sum is written out with decimals.
    let run = said(TOWNS, &format!("{} Totalt omsattes 1 200,5 mnkr.", all.join(" "))).run(&["check"]).expect(0);
    assert!(run.stderr.contains("shops.alla.sales 1200.5 − "), "{}", run.stderr);
}

#[test]
fn an_earlier_version_makes_an_amount_public_or_gives_it_back() {
    let publish = |before: &str, policy: &str| {
        let workspace = small(policy, before, CHAPTER);
        workspace.run(&["publish", "liten"]).expect(0);
        workspace.file("belagg.yaml", POLICY);
        workspace.file("content/liten/findings/alla.yaml", TOWNS);
        let changes = "changes:\n  - {type: revision, what: Norr., why: Uppgiften kom senare., concerns: [shops]}\n";
        let report = REPORT.replace("version: \"1.0\"", "version: \"1.1\"").replace("published", "draft");
        workspace.file("content/liten/report.yaml", format!("{report}{changes}"));
        workspace
    };
    let open = "rules: {TAB012: off, TAB013: off}\n";
    let workspace = publish(TOWNS, open);
    let run = workspace.run(&["check"]).expect(0);
    assert!(run.stderr.contains("warning[DIS015]"), "{}", run.stderr);
    assert!(run.stderr.contains("`shops.norr.sales` is 120.5 in 1.0"), "{}", run.stderr);
    assert!(hidden(&workspace).is_empty(), "what all know is not hidden");
    // The sum was printed with decimals that nobody rounds: without the town it is known, so that the sum of now is hidden.
    let row = TOWNS.lines().find(|line| line.contains("label: Norr")).unwrap();
    let before = TOWNS.replace(&format!("{row}\n"), "").replace("sales: 1200.5", "sales: 1080.0");
    let workspace = publish(&before, POLICY);
    assert_eq!(hidden(&workspace), ["shops.norr.sales", "shops.alla.sales"]);
}

#[test]
fn a_mark_of_the_authors_own_is_no_gap_that_the_sum_fills() {
    let row = TOWNS.lines().find(|line| line.contains("label: Norr")).unwrap();
    let marked = TOWNS.replace(row, "      - {label: Norr, sales: {blank: suppressed}}");
    let found = hidden(&draft(POLICY, &marked, CHAPTER));
    assert_eq!(found.len(), 2, "{found:?}");
    assert_eq!(found[0], "shops.norr.sales");
    // Beside a mark no typed total can be checked, and the message says why it would do harm.
    let visits = "tables:\n  shops:\n    caption: Besök\n    stub: Ort\n    columns: [women, men]\n    rows:\n      \
        - {label: Norr, women: {blank: suppressed}, men: 30, total: 32}\n      - {label: Söder, women: 20, men: 30, total: 51}\n";
    let run = draft(POLICY, visits, CHAPTER).run(&["check"]).expect(1);
    assert!(run.stderr.contains("error[TAB004]: the typed total 32 has nothing to be held against"), "{}", run.stderr);
    assert!(run.stderr.contains("it would give that one back"), "{}", run.stderr);
    assert!(run.stderr.contains("error[TAB004]: the total of the row is 50, not 51"), "{}", run.stderr);
}

#[test]
fn the_largest_and_the_median_of_few_tell_of_one_contributor() {
    let findings = "datasets:\n  invoices:\n    label: fakturor\n    file: data/a.csv\n    counts: none\n    contributor: company\n    columns:\n      \
        place: {header: Ort}\n      company: {header: Firma}\n      paid: {header: Belopp, type: number, unit: tkr}\n\
        tables:\n  shops:\n    caption: Fakturor per ort\n    stub: Ort\n    cross:\n      rows: invoices\n      by: place\n      counts: false\n      \
        measures: [{id: most, label: Största, max: paid}, {id: middle, label: Median, median: paid}]\n\
        figures:\n  largest: {label: största fakturan, max: {rows: invoices, column: paid}, unit: tkr}\n  \
        usual: {label: medianfakturan, median: {rows: invoices, column: paid}, unit: tkr}\n";
    let rows = "Ort,Firma,Belopp\nNorr,A,10\nNorr,B,20\nNorr,C,31\nSöder,A,41\nSöder,B,52\nSöder,C,63\nSöder,D,74\nSöder,E,85\n";
    let of = |policy: &str| {
        let workspace =
            draft(policy, findings, &format!("{CHAPTER}\nStörst var {{{{ largest }}}}, medianen {{{{ usual }}}}.\n"));
        workspace.file("content/liten/data/a.csv", rows);
        workspace
    };
    let workspace = of(POLICY);
    let single: Vec<Value> = disclosed(&workspace)["amounts"]["single"].as_array().unwrap().clone();
    assert_eq!(single.len(), 5, "{single:?}");
    let run = workspace.run(&["build"]).expect(0);
    assert!(run.stderr.contains("it tells what one of those has that it is computed of"), "{}", run.stderr);
    let csv = workspace.read("output/liten/1.0/data/shops.csv");
    for number in ["31", "85", "20"] {
        assert!(!csv.contains(number), "{csv}");
    }
    assert!(csv.contains("63"), "five firms have a median: {csv}");
    let told = workspace.run(&["disclose", "liten"]).expect(0).stdout;
    assert!(told.contains("since they tell what one contributor has: shops.norr.middle, shops.norr.most"), "{told}");
    // Who has decided so prints it.
    let except = "prefer: [hide], exceptions: [{cell: largest, reason: Den är offentlig., decided: 2024-01-01}]";
    let workspace = of(&POLICY.replace("prefer: [merge, hide]", except));
    assert!(!workspace.run(&["check"]).expect(0).stderr.contains("[DIS012]"));
}

#[test]
fn rows_of_amounts_are_put_together_with_what_is_said_of_contributors() {
    let workspace = draft(POLICY, TOWNS, CHAPTER);
    let report = disclosed(&workspace);
    let best = &report["merges"][0];
    assert_eq!(best["after"]["shown"], best["after"]["cells"], "{report:#}");
    let line = best["write"][0].as_str().unwrap();
    let labels: Vec<&str> =
        best["together"][0]["labels"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
    assert!(labels.contains(&"Norr") && !labels.contains(&"Totalt"), "{labels:?}");
    // The author writes the line in the place of the two, and nothing is hidden.
    let rest: Vec<&str> =
        TOWNS.lines().filter(|row| labels.iter().all(|label| !row.contains(&format!("label: {label},")))).collect();
    let (head, total) = rest.split_at(rest.len() - 1);
    let merged = format!("{}\n      {line}\n{}\n", head.join("\n"), total.join("\n"));
    assert!(line.contains("top: 100, next: ") && line.contains("firms: "), "{line}");
    assert!(hidden(&draft(POLICY, &merged, CHAPTER)).is_empty(), "{merged}");
}
