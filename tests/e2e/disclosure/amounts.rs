//! Amounts: sums over contributors, of which none can be worked out by another.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{draft, small};
use crate::workspace::Workspace;

const POLICY: &str = "rules: {TAB012: off, TAB013: off}\ndisclosure: {amounts: {p-percent: 10}}\n";

/// Invoices of six companies; in Norr alone stands Alfa, in Väst one has most of it.
const ROWS: &str = "Nr,Ort,Slag,Firma,Belopp\n1,Norr,Vård,Alfa,400\n2,Norr,Vård,Alfa,300\n3,Söder,Vård,Beta,500\n4,Söder,Vård,Gamma,450\n\
    5,Söder,Vård,Delta,300\n6,Väst,Vård,Alfa,900\n7,Väst,Vård,Beta,50\n8,Väst,Vård,Gamma,20\n9,Norr,Skola,Delta,200\n10,Norr,Skola,Beta,190\n\
    11,Norr,Skola,Eta,180\n12,Söder,Skola,Delta,220\n13,Söder,Skola,Zeta,210\n14,Söder,Skola,Eta,150\n15,Väst,Skola,Zeta,310\n\
    16,Väst,Skola,Eta,300\n17,Väst,Skola,Gamma,100\n";

const SUMS: &str = "datasets:\n  invoices:\n    label: fakturor\n    file: data/a.csv\n    counts: none\n    contributor: company\n    columns:\n      \
    place: {header: Ort}\n      kind: {header: Slag}\n      company: {header: Firma}\n      paid: {header: Belopp, type: number, unit: tkr}\n\
    tables:\n  sums:\n    caption: Utbetalt per ort\n    stub: Ort\n    \
    cross: {rows: invoices, by: place, across: kind, counts: false, measures: [{id: paid, label: Utbetalt, sum: paid, decimals: 0}]}\n\
    figures:\n  all: {label: utbetalt i allt, sum: {rows: invoices, column: paid}, unit: tkr}\n  \
    north: {label: utbetalt för vård i Norr, sum: {rows: invoices, column: paid, where: {place: Norr, kind: Vård}}, unit: tkr}\n  \
    mean: {label: genomsnittlig faktura för vård i Norr, average: {rows: invoices, column: paid, where: {place: Norr, kind: Vård}}, unit: tkr}\n";

const CHAPTER: &str = "# Resultat\n\nI allt {{ all }}.\n\n{{ table sums }}\n";

fn of_rows(policy: &str, findings: &str, chapter: &str, rows: &str) -> Workspace {
    let workspace = draft(policy, findings, chapter);
    workspace.file("content/liten/data/a.csv", rows);
    workspace
}

fn amounts(workspace: &Workspace) -> Value {
    let run = workspace.run(&["disclose", "liten", "--format", "json"]).expect(0);
    serde_json::from_str::<Value>(&run.stdout).unwrap()[0]["amounts"].clone()
}

/// What is hidden, and whether it is for itself.
fn hidden(amounts: &Value) -> BTreeMap<String, bool> {
    let rows = amounts["hidden"].as_array().unwrap();
    rows.iter().map(|row| (row["cell"].as_str().unwrap().to_owned(), !row["shares"].is_null())).collect()
}

/// Holds that each world agrees with all that is shown of a table of rows and columns, and takes each sensitive amount far enough.
fn holds(amounts: &Value, truth: &BTreeMap<String, i64>, sums: &[(&str, Vec<&str>)], needs: &[(&str, i64)]) {
    let worlds = amounts["worlds"].as_array().unwrap();
    let hidden = hidden(amounts);
    let value =
        |world: &Value, cell: &str| world[cell].as_str().map_or(truth[cell], |told| told.parse::<i64>().unwrap());
    for world in worlds {
        for (cell, _) in world.as_object().unwrap().iter().filter(|(cell, _)| truth.contains_key(*cell)) {
            assert!(hidden.contains_key(cell), "{cell} is printed");
            assert!(value(world, cell) >= 0);
        }
        for (whole, parts) in sums {
            assert_eq!(value(world, whole), parts.iter().map(|part| value(world, part)).sum::<i64>(), "{whole}");
        }
    }
    for (cell, need) in needs {
        let far: Vec<i64> = worlds.iter().map(|world| value(world, cell) - truth[*cell]).collect();
        assert!(far.iter().any(|by| by >= need) && far.iter().any(|by| *by <= -need), "{cell} {far:?}");
    }
}

#[test]
fn a_sum_that_one_has_most_of_is_hidden_with_what_gives_it_back() {
    let workspace = of_rows(POLICY, SUMS, CHAPTER, ROWS);
    let told = amounts(&workspace);
    let found = hidden(&told);
    // Alfa has all of one amount and nearly all of another; the totals of all have many.
    assert_eq!(found.get("sums.norr.vard"), Some(&true), "{found:?}");
    assert_eq!(found.get("sums.vast.vard"), Some(&true));
    assert!(!found.contains_key("sums.total.total"));
    let second = found.iter().filter(|(_, itself)| !**itself).count();
    assert!(second >= 2, "{found:?}");
    let truth: BTreeMap<String, i64> = [
        ("norr.vard", 700),
        ("norr.skola", 570),
        ("norr.total", 1270),
        ("soder.vard", 1250),
        ("soder.skola", 580),
        ("soder.total", 1830),
        ("vast.vard", 970),
        ("vast.skola", 710),
        ("vast.total", 1680),
        ("total.vard", 2920),
        ("total.skola", 1860),
        ("total.total", 4780),
    ]
    .map(|(cell, value)| (format!("sums.{cell}"), value))
    .into();
    let sums = [
        ("sums.norr.total", vec!["sums.norr.vard", "sums.norr.skola"]),
        ("sums.soder.total", vec!["sums.soder.vard", "sums.soder.skola"]),
        ("sums.vast.total", vec!["sums.vast.vard", "sums.vast.skola"]),
        ("sums.total.vard", vec!["sums.norr.vard", "sums.soder.vard", "sums.vast.vard"]),
        ("sums.total.skola", vec!["sums.norr.skola", "sums.soder.skola", "sums.vast.skola"]),
        ("sums.total.total", vec!["sums.total.vard", "sums.total.skola"]),
    ];
    // 10 percent of 700, and of 900 less the 20 of the third.
    holds(&told, &truth, &sums, &[("sums.norr.vard", 70), ("sums.vast.vard", 70)]);
    // A figure is the same amount, and a mean gives it back.
    let bound = of_rows(
        POLICY,
        SUMS,
        "# Resultat\n\nFör vård i Norr {{ north }}, i snitt {{ mean }}.\n\n{{ table sums }}\n",
        ROWS,
    );
    let run = bound.run(&["build"]).expect(0);
    assert_eq!(run.stderr.matches("[DIS012]").count(), 2, "{}", run.stderr);
    let page = bound.read("output/liten/1.0/index.html");
    let csv = bound.read("output/liten/1.0/data/sums.csv");
    for number in ["700", "970", "350"] {
        assert!(!page.contains(&format!(">{number}")) && !csv.contains(number), "{number}\n{csv}");
    }
    assert!(csv.contains("suppressed") && csv.contains("4780"), "{csv}");
    let text = workspace.run(&["disclose", "liten"]).expect(0).stdout;
    for wanted in
        ["amounts with 10 percent kept", "one has all of it", "the largest of 3 has 92 percent of it", "proof:"]
    {
        assert!(text.contains(wanted), "{wanted}\n{text}");
    }
    assert!(!page.contains("92 procent") && !csv.contains("percent"));
}

#[test]
fn rows_of_one_contributor_are_one_and_none_counts_nothing() {
    // Each row by itself: Norr has two, and the largest of three is known all the same.
    let each = SUMS.replace("    contributor: company\n", "").replace("counts: none", "counts: units");
    let found = hidden(&amounts(&of_rows(POLICY, &each, CHAPTER, ROWS)));
    assert!(found.contains_key("sums.norr.vard"));
    // Four invoices of one are one, of four are four.
    let rows = "Nr,Ort,Slag,Firma,Belopp\n1,Norr,Vård,A,10\n2,Norr,Vård,A,10\n3,Norr,Vård,A,10\n4,Norr,Vård,A,10\n5,Söder,Vård,B,9\n6,Söder,Vård,C,8\n\
        7,Söder,Vård,D,7\n";
    let of_one = hidden(&amounts(&of_rows(POLICY, SUMS, CHAPTER, rows)));
    assert_eq!(of_one.get("sums.norr.vard"), Some(&true), "{of_one:?}");
    let of_four = hidden(&amounts(&of_rows(POLICY, &each, CHAPTER, rows)));
    assert!(of_four.is_empty(), "{of_four:?}");
    // Letters are nobody's.
    let letters = SUMS.replace("    contributor: company\n", "");
    assert_eq!(amounts(&of_rows(POLICY, &letters, CHAPTER, ROWS))["told"], 0);
    // Without the key nothing is an amount.
    let without = of_rows("disclosure: {prefer: [hide]}\n", SUMS, CHAPTER, ROWS);
    assert!(amounts(&without).is_null());
    without.run(&["build"]).expect(0);
    assert!(without.read("output/liten/1.0/data/sums.csv").contains("700"));
}

#[test]
fn fewer_persons_than_the_minimum_are_too_few_for_an_amount() {
    let policy = "rules: {TAB012: off, TAB013: off}\ndisclosure: {persons: {minimum: 5}, amounts: {p-percent: 10}}\n";
    let findings = "datasets:\n  cases:\n    label: ärenden\n    file: data/a.csv\n    columns:\n      place: {header: Ort}\n      \
        hours: {header: Timmar, type: number}\ntables:\n  sums:\n    caption: Timmar per ort\n    stub: Ort\n    \
        cross: {rows: cases, by: place, counts: false, measures: [{id: hours, label: Timmar, sum: hours, decimals: 0}]}\n\
        figures:\n  all: {label: timmar, sum: {rows: cases, column: hours}, unit: timmar}\n";
    let mut rows = "Ort,Timmar\n".to_owned();
    for (place, count) in [("Norr", 4), ("Söder", 6), ("Väst", 7)] {
        rows.push_str(&format!("{place},10\n").repeat(count));
    }
    let found = hidden(&amounts(&of_rows(policy, findings, CHAPTER, &rows)));
    assert_eq!(found.get("sums.norr.hours"), Some(&true), "{found:?}");
    // The total would give it back beside the others.
    assert_eq!(found.len(), 2, "{found:?}");
}

/// Turnover in three towns and their county, in two trades.
const TYPED: &str = "tables:\n  turnover:\n    caption: Omsättning\n    stub: Ort\n    columns:\n      \
    - {id: shops, label: Handel, type: amount, unit: mnkr, decimals: 1, largest: shops-top, second: shops-next, contributors: firms}\n      \
    - {id: farms, label: Jordbruk, type: amount, unit: mnkr, decimals: 1, largest: farms-top}\n    rows:\n      \
    - {label: Länet, id: lan, shops: 900.5, shops-top: 100, shops-next: 90, firms: 70, farms: 400.0, farms-top: 60.5}\n      \
    - {label: Norr, shops: 120.5, shops-top: 100, shops-next: 15, firms: 5, farms: 150.0, farms-top: 60.5}\n      \
    - {label: Söder, shops: 380.0, shops-top: 90, shops-next: 80, firms: 30, farms: 130.0, farms-top: 30}\n      \
    - {label: Väst, shops: 400.0, shops-top: 80, shops-next: 70, firms: 35, farms: 120.0, farms-top: 25}\n";

const OF_TYPED: &str = "# Resultat\n\nTabellen visar omsättningen.\n\n{{ table turnover }}\n";

#[test]
fn a_typed_amount_is_held_to_what_its_author_states_of_contributors_which_is_never_printed() {
    let workspace = draft(POLICY, TYPED, OF_TYPED);
    let told = amounts(&workspace);
    let found = hidden(&told);
    // Beside the two largest of Norr 5.5 are left, where 10 are needed; no other amount tells too much.
    let for_itself: Vec<&String> = found.iter().filter(|(_, itself)| **itself).map(|(cell, _)| cell).collect();
    assert_eq!(for_itself, ["turnover.norr.shops"], "{found:?}");
    // The county is the sum of its towns although nothing says so.
    assert_eq!(told["presumed"].as_array().unwrap().len(), 2, "{told}");
    assert_eq!(found.len(), 2, "{found:?}");
    workspace.run(&["build"]).expect(0);
    let csv = workspace.read("output/liten/1.0/data/turnover.csv");
    let page = workspace.read("output/liten/1.0/index.html");
    for secret in ["120.5", "120,5", "shops-top", "60.5", "60,5"] {
        assert!(!csv.contains(secret) && !page.contains(secret), "{secret}\n{csv}");
    }
    assert!(csv.contains("400") && csv.contains("suppressed"), "{csv}");
    // What contributors have is no column, and cannot be bound.
    let bound =
        draft(POLICY, TYPED, "# Resultat\n\nStörst är {{ turnover.norr | shops-top }}.\n\n{{ table turnover }}\n");
    bound.run(&["build"]).expect(1);
    // Without a policy it is not printed either.
    let open = small("rules: {TAB012: off, TAB013: off}\n", TYPED, OF_TYPED);
    open.run(&["build"]).expect(0);
    let csv = open.read("output/liten/1.0/data/turnover.csv");
    assert!(csv.contains("120.5") && !csv.contains("60.5") && !csv.contains("top"), "{csv}");
}

#[test]
fn amounts_of_a_file_have_their_contributors_in_columns_beside() {
    let findings = "tables:\n  turnover:\n    caption: Omsättning\n    stub: Ort\n    counts: amounts\n    csv: data/t.csv\n    columns:\n      \
        - {id: shops, label: Handel, largest: Största, second: Andra}\n      - {id: farms, label: Jordbruk, largest: Störst jord}\n";
    let workspace = draft(POLICY, findings, OF_TYPED);
    let file = "label,shops,farms,Största,Andra,Störst jord\nNorr,1200,1500,1000,150,600\nSöder,3800,1300,900,800,300\nVäst,4000,1200,800,700,250\n";
    workspace.file("content/liten/data/t.csv", file);
    let told = amounts(&workspace);
    let found = hidden(&told);
    // Totals by rows and columns are the program's: three more are hidden.
    assert_eq!(found.get("turnover.norr.shops"), Some(&true), "{found:?}");
    assert!(found.values().filter(|itself| **itself).count() == 1 && found.len() >= 4, "{found:?}");
    workspace.run(&["build"]).expect(0);
    let csv = workspace.read("output/liten/1.0/data/turnover.csv");
    assert!(!csv.contains("1000") && !csv.contains("600") && csv.contains("13000"), "{csv}");
    // The file has what contributors have.
    let offered = format!("{findings}downloads:\n  own: {{file: data/t.csv, title: Tabellen, counts: none}}\n");
    let offered = draft(POLICY, &offered, OF_TYPED);
    offered.file("content/liten/data/t.csv", file);
    let run = offered.run(&["check"]).expect(1);
    assert!(run.stderr.contains("data/t.csv` would be published with amounts"), "{}", run.stderr);
    // A header that is not there is told with those that are.
    let wrong = draft(POLICY, &findings.replace("largest: Största", "largest: Storsta"), OF_TYPED);
    wrong.file("content/liten/data/t.csv", file);
    let run = wrong.run(&["check"]).expect(1);
    assert!(run.stderr.contains("Storsta"), "{}", run.stderr);
}

#[test]
fn very_large_amounts_are_as_safe_as_small_ones() {
    let large = ROWS.lines().enumerate().map(|(at, line)| match (at, line.rsplit_once(',')) {
        (0, _) | (_, None) => format!("{line}\n"),
        (_, Some((rest, amount))) => format!("{rest},{amount}000000000.25\n"),
    });
    let large: String = large.collect();
    let workspace = of_rows(POLICY, SUMS, CHAPTER, &large);
    let told = amounts(&workspace);
    let own: Vec<String> = hidden(&told).into_keys().collect();
    let small = hidden(&amounts(&of_rows(POLICY, SUMS, CHAPTER, ROWS)));
    assert_eq!(own, small.into_keys().collect::<Vec<_>>());
    assert!(told["worlds"].as_array().unwrap().len() > 1 && told["met"] == true);
    workspace.run(&["build"]).expect(0);
}

#[test]
fn negative_amounts_count_by_how_much_each_moves_the_sum() {
    let rows = "Nr,Ort,Slag,Firma,Belopp\n1,Norr,Vård,A,100\n2,Norr,Vård,B,-90\n3,Norr,Vård,C,5\n4,Söder,Vård,A,40\n5,Söder,Vård,B,35\n6,Söder,Vård,C,-30\n\
        7,Väst,Vård,A,50\n8,Väst,Vård,B,-40\n9,Väst,Vård,D,30\n";
    let found = hidden(&amounts(&of_rows(POLICY, SUMS, CHAPTER, rows)));
    assert_eq!(found.get("sums.norr.vard"), Some(&true), "{found:?}");
    assert!(found.len() > 1 && found.get("sums.soder.vard") != Some(&true), "{found:?}");
}

#[test]
fn one_who_has_all_of_an_amount_learns_nothing_of_another_by_it() {
    // Alfa has all of one amount of a row and Beta all of another: hidden together they would be safe from readers, not from each other.
    let rows = "Nr,Ort,Slag,Firma,Belopp\n1,Norr,Vård,Alfa,700\n2,Norr,Skola,Beta,650\n3,Norr,Kultur,Gamma,300\n4,Norr,Kultur,Delta,280\n5,Norr,Kultur,Eta,260\n\
        6,Söder,Vård,Gamma,500\n7,Söder,Vård,Delta,450\n8,Söder,Vård,Eta,300\n9,Söder,Skola,Gamma,500\n10,Söder,Skola,Delta,450\n11,Söder,Skola,Eta,300\n\
        12,Söder,Kultur,Gamma,500\n13,Söder,Kultur,Delta,450\n14,Söder,Kultur,Eta,300\n";
    let told = amounts(&of_rows(POLICY, SUMS, CHAPTER, rows));
    let found = hidden(&told);
    let in_north = found.keys().filter(|cell| cell.starts_with("sums.norr.")).count();
    assert!(in_north >= 3, "{found:?}");
    let worlds = told["worlds"].as_array().unwrap();
    let fixed = |world: &&Value, cell: &str| world[cell].is_null();
    for (own, other) in [("sums.norr.vard", "sums.norr.skola"), ("sums.norr.skola", "sums.norr.vard")] {
        assert!(worlds.iter().any(|world| fixed(&world, own) && !fixed(&world, other)), "{own} {other}");
    }
}

#[test]
fn what_the_policy_says_of_amounts_is_held_to_and_only_tightened() {
    for (policy, wanted) in [
        ("{p-percent: 0}", "error[DIS002]: `p-percent` must be from 1 to 100"),
        ("{p-percent: 101}", "error[DIS002]: `p-percent` must be from 1 to 100"),
        ("{p-percent: tio}", "error[KEY003]: `p-percent` must be a number"),
        ("{p-procent: 10}", "did you mean `p-percent`?"),
    ] {
        let run = draft(&format!("disclosure: {{amounts: {policy}}}\n"), SUMS, CHAPTER).run(&["check"]).expect(1);
        assert!(run.stderr.contains(wanted), "{policy}\n{}", run.stderr);
    }
    let looser = |report: &str| {
        let out = of_rows(POLICY, SUMS, CHAPTER, ROWS);
        let text = out.read("content/liten/report.yaml");
        out.file("content/liten/report.yaml", format!("{text}disclosure: {{amounts: {{p-percent: {report}}}}}\n"));
        out
    };
    let run = looser("5").run(&["check"]).expect(1);
    assert!(run.stderr.contains("error[DIS003]: `p-percent` is 5 here and 10 in belagg.yaml"), "{}", run.stderr);
    assert_eq!(amounts(&looser("40"))["p-percent"], 40);
    // Nothing may be hidden: the amount is refused.
    let refused = of_rows("disclosure: {amounts: {}, prefer: [refuse]}\n", SUMS, CHAPTER, ROWS);
    let run = refused.run(&["build"]).expect(1);
    assert!(run.stderr.contains("error[DIS010]: few have so much of `sums."), "{}", run.stderr);
    // Rows and files for download are no amounts by themselves; columns of texts have no contributors.
    let rows = SUMS.replace("counts: none", "counts: amounts");
    let run = of_rows(POLICY, &rows, CHAPTER, ROWS).run(&["check"]).expect(1);
    assert!(run.stderr.contains("one of: persons, units, none"), "{}", run.stderr);
    let run = of_rows(POLICY, &SUMS.replace("contributor: company", "contributor: compny"), CHAPTER, ROWS);
    let run = run.run(&["check"]).expect(1);
    assert!(run.stderr.contains("did you mean `company`?"), "{}", run.stderr);
    for (from, to, wanted) in [
        ("largest: shops-top, ", "", "does not say where its largest contributor stands"),
        ("farms-top: 60.5}\n      - {label: Norr", "farms-top: 600}\n      - {label: Norr", "has more than all of it"),
        ("shops-next: 15", "shops-next: 115", "second largest contributor of `shops` has more"),
        ("farms-top: 25", "farm-top: 25", "did you mean `farms-top`?"),
    ] {
        let findings = TYPED.replace(from, to);
        assert_ne!(findings, TYPED, "{from}");
        let run = draft(POLICY, &findings, OF_TYPED).run(&["check"]).expect(1);
        assert!(run.stderr.contains(wanted), "{wanted}\n{}", run.stderr);
    }
}

#[test]
fn an_exception_prints_an_amount_and_the_chapter_of_method_tells_the_rule() {
    let policy = "rules: {TAB012: off, TAB013: off}\ndisclosure:\n  amounts: {p-percent: 15}\n  exceptions:\n    \
        - {cell: sums.norr.vard, reason: Alfa har själv berättat det., decided: 2024-01-15}\n";
    let workspace = of_rows(policy, SUMS, &format!("{CHAPTER}\n{{{{ disclosure }}}}\n"), ROWS);
    let found = hidden(&amounts(&workspace));
    assert!(!found.contains_key("sums.norr.vard") && found.contains_key("sums.vast.vard"), "{found:?}");
    workspace.run(&["build"]).expect(0);
    let page = workspace.read("output/liten/1.0/index.html");
    for wanted in ["närmare än på 15 procent", "Av de 12 belopp som står i tabeller", "Alfa har själv berättat det"]
    {
        assert!(page.contains(wanted), "{wanted}");
    }
    assert!(!page.contains("tal om personer"), "nothing is said of persons");
}

#[test]
fn reports_that_differ_in_a_hidden_amount_alone_are_published_alike() {
    let one = of_rows(POLICY, SUMS, CHAPTER, ROWS);
    // Within a place, from one hidden amount to the other and back in another place.
    let told = amounts(&one);
    let found = hidden(&told);
    assert!(found.contains_key("sums.norr.vard") && found.contains_key("sums.vast.vard"), "{found:?}");
    let other = ROWS.replace("Alfa,400", "Alfa,410").replace("Alfa,900", "Alfa,890");
    let two = of_rows(POLICY, SUMS, CHAPTER, &other);
    // The rows' totals are hidden with them, or else the two are told apart by what is printed.
    let (left, right) = (hidden(&amounts(&one)), hidden(&amounts(&two)));
    assert_eq!(left, right);
    let all_hidden = ["sums.norr.vard", "sums.norr.total", "sums.vast.vard", "sums.vast.total"];
    if all_hidden.iter().all(|cell| left.contains_key(*cell)) {
        one.run(&["build"]).expect(0);
        two.run(&["build"]).expect(0);
        for file in ["index.html", "data/sums.csv", "data/sums.json"] {
            let of = |workspace: &Workspace| workspace.read(&format!("output/liten/1.0/{file}"));
            assert!(of(&one) == of(&two), "{file}");
        }
    } else {
        let shifted = ROWS
            .replace("Alfa,400", "Alfa,410")
            .replace("Norr,Skola,Delta,200", "Norr,Skola,Delta,190")
            .replace("Alfa,900", "Alfa,890")
            .replace("Väst,Skola,Zeta,310", "Väst,Skola,Zeta,320");
        let two = of_rows(POLICY, SUMS, CHAPTER, &shifted);
        assert_eq!(left, hidden(&amounts(&two)));
        one.run(&["build"]).expect(0);
        two.run(&["build"]).expect(0);
        for file in ["index.html", "data/sums.csv", "data/sums.json"] {
            let of = |workspace: &Workspace| workspace.read(&format!("output/liten/1.0/{file}"));
            assert!(of(&one) == of(&two), "{file}");
        }
    }
}
