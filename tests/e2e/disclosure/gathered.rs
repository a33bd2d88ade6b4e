//! Numbers of a report in the tables of an annual report: hidden there too, and public once they were printed there.

use serde_json::Value;

use crate::leaks::{surface::Surface, told};
use crate::workspace::Workspace;

const RULES: &str = "language: sv\nrules: {EVI001: off, EVI002: off, EVI003: off, TAB012: off, TAB013: off}\n";
const POLICY: &str = "disclosure: {persons: {minimum: 5, values-left: 3, zeros: shown}, prefer: [hide]}\n";

/// How many gave each grade, with a mean of two decimals that says how many of five gave the lowest.
const GRADES: [i64; 5] = [2, 3, 11, 22, 14];

fn report(workspace: &Workspace, id: &str, head: &str, findings: &str, text: &str) {
    let common =
        "publisher: {name: Exempelstad}\nchapters: [text.md]\nimprint: {reference: Dnr 1, contact: Kansliet}\n";
    workspace.file(&format!("content/{id}/report.yaml"), format!("{head}{common}"));
    workspace.file(&format!("content/{id}/findings/alla.yaml"), findings);
    workspace.file(&format!("content/{id}/text.md"), format!("# Resultat {{#resultat}}\n\n{text}\n"));
}

fn head(year: u32, version: &str, status: &str) -> String {
    let changes = if status == "revised" {
        "changes: [{type: revision, what: Texten., why: Den var otydlig., concerns: []}]\n"
    } else {
        ""
    };
    format!(
        "kind: inspection-report\ntitle: Granskning {year}\nversion: \"{version}\"\ndate: {year}-03-01\nstatus: {status}\n{changes}"
    )
}

/// Two inspections and the annual report of them; of the second, its findings and text.
fn year(policy: &str, findings: &str, text: &str, measures: &str) -> Workspace {
    let workspace = Workspace::empty();
    workspace.file("belagg.yaml", format!("{RULES}{policy}"));
    let before = "figures:\n  few: {label: besökande kvinnor, count: 30, counts: persons}\n  all: {label: besökare, count: 64, counts: persons}\n";
    report(&workspace, "fore", &head(2024, "1.0", "published"), before, "Det kom {{ few }} kvinnor av {{ all }}.");
    report(&workspace, "nu", &head(2025, "1.0", "published"), findings, text);
    let annual = "kind: annual-report\ntitle: Årsrapport\nversion: \"1.0\"\ndate: 2026-02-01\nstatus: published\nreports: {fore: \"1.0\", nu: \"1.0\"}\n";
    let tables = "Se tabellerna.\n\n{{ table measures }}\n\n{{ table trend-counts }}";
    report(&workspace, "ar", annual, &format!("measures:\n{measures}"), tables);
    workspace
}

const FEW: &str = "figures:\n  few: {label: besökande kvinnor, count: 3, counts: persons}\n  all: {label: besökare, count: 52, counts: persons}\n";
const BOTH: &str = "  few: {figure: few}\n  all: {figure: all}\n";

#[test]
fn what_a_report_hides_is_hidden_in_tables_of_the_annual_report() {
    let workspace = year(POLICY, FEW, "Det kom besökare.", BOTH);
    workspace.run(&["build"]).expect(0);
    let rows = |table: &str| workspace.read(&format!("output/ar/1.0/data/{table}.csv"));
    for table in ["measures", "trend-counts"] {
        let row = rows(table).lines().find(|line| line.starts_with("Besökande kvinnor,")).unwrap().to_owned();
        assert!(row.starts_with("Besökande kvinnor,30,,") && row.contains("nu: suppressed"), "{row}");
        assert!(rows(table).contains("Besökare,64,52,"), "{}", rows(table));
    }
}

fn grown(workspace: &Workspace, findings: &str, text: &str) {
    workspace.file("belagg.yaml", format!("{RULES}{POLICY}"));
    report(workspace, "nu", &head(2025, "1.1", "revised"), findings, text);
}

#[test]
fn what_an_annual_report_printed_is_public() {
    let publish = |findings: &str| {
        let workspace = year("", findings, "Det kom besökare.", BOTH);
        for id in ["fore", "nu", "ar"] {
            workspace.run(&["publish", id]).expect(0);
        }
        workspace
    };
    // The number itself, which the report prints now: to hide it would protect nobody.
    let workspace = publish(FEW);
    grown(&workspace, FEW, "Det kom {{ few }} kvinnor.");
    let run = workspace.run(&["build", "nu"]).expect(0);
    let said = told(&run);
    assert!(said.len() == 1 && said[0].contains("`few` is 3 in ar 1.0"), "{}", run.stderr);
    assert!(Surface::read(&workspace.path("output")).has("in nu/1.1/: Det kom 3 kvinnor"));
    // The whole, where the report prints all other parts of it.
    let parts = "figures:\n  few: {label: besökande kvinnor, count: 30, counts: persons}\n  all: {label: besökare, women: 3, men: 49}\n";
    let workspace = publish(parts);
    grown(&workspace, parts, "Det kom {{ all | men }} män.");
    let run = workspace.run(&["build", "nu"]);
    let said = told(&run);
    assert!(said.iter().any(|message| message.contains("DIS012")), "52 − 49 = 3: {}", run.stderr);
    let listed = workspace.run(&["disclose", "nu"]).stdout;
    assert!(listed.contains("52 (all) − 49 (all.men) = 3"), "{listed}");
    // None of it is told where all numbers are large.
    let large = parts.replace("women: 3", "women: 23");
    let workspace = publish(&large);
    grown(&workspace, &large, "Det kom {{ all | men }} män.");
    let run = workspace.run(&["build", "nu"]).expect(0);
    assert!(told(&run).is_empty(), "{}", run.stderr);
}

/// Findings of the grades, with their rows.
fn grades(workspace: &Workspace) {
    let mut rows = "Nr,Betyg\n".to_owned();
    for (grade, count) in (1..).zip(GRADES) {
        (0..count).for_each(|n| rows.push_str(&format!("{grade}-{n},{grade}\n")));
    }
    workspace.file("content/nu/data/a.csv", rows);
}

const OF_GRADES: &str = "datasets:\n  answers:\n    label: svarande\n    file: data/a.csv\n    id: Nr\n    columns:\n      grade: {header: Betyg}\n      \
    score: {header: Betyg, type: number}\nfigures:\n  all: {label: svarande, count: {rows: answers}}\n  \
    typical: {label: medelbetyg, average: {rows: answers, column: score}, decimals: 2}\n  \
    rough: {label: ungefärligt medelbetyg, average: {rows: answers, column: score}, decimals: 0}\n\
    tables:\n  grades: {caption: Svarande efter betyg, stub: Betyg, cross: {rows: answers, by: grade}, total-row: true, source: Enkäten}\n";

#[test]
fn a_mean_that_the_annual_report_prints_alone_does_not_tell_either() {
    let measures = "  all: {figures: [\"nu:all\"]}\n  typical: {figure: typical}\n  rough: {figure: rough}\n  few: {figure: few}\n";
    let text = "Det kom svar.\n\n{{ table grades }}";
    let workspace = year(POLICY, OF_GRADES, text, measures);
    grades(&workspace);
    let annual = "Se tabellerna.\n\n{{ table measures }}\n\n{{ table not-compared }}";
    let chapter = |text: &str| workspace.file("content/ar/text.md", format!("# Året {{#aret}}\n\n{text}\n"));
    chapter(annual);
    workspace.run(&["build"]).expect(0);
    let csv = workspace.read("output/ar/1.0/data/measures.csv");
    assert!(
        csv.contains("Medelbetyg,,,") && csv.contains("nu: suppressed"),
        "3,83 says how many gave the lowest: {csv}"
    );
    assert!(csv.contains("Ungefärligt medelbetyg,,4,"), "what tells nothing stays: {csv}");
    // It stays hidden in a choice that is kept.
    let disclosed = |workspace: &Workspace| -> Value {
        let run = workspace.run(&["disclose", "nu", "--format", "json"]).expect(0);
        serde_json::from_str::<Value>(&run.stdout).unwrap()[0].clone()
    };
    let kept = disclosed(&workspace)["to-keep"].as_array().unwrap().clone();
    assert!(kept.contains(&"typical".into()), "{kept:?}");
    let own = workspace.read("content/nu/report.yaml");
    let names: Vec<&str> = kept.iter().filter_map(Value::as_str).collect();
    workspace.file("content/nu/report.yaml", format!("{own}disclosure: {{keep-hidden: [{}]}}\n", names.join(", ")));
    assert_eq!(disclosed(&workspace)["kept"], true);
    workspace.run(&["build", "ar"]).expect(0);
    assert!(workspace.read("output/ar/1.0/data/measures.csv").contains("Medelbetyg,,,"));
    workspace.file("content/nu/report.yaml", own);
    // Nor does one that only the decision page prints, or a sentence of the annual report.
    chapter(&format!("Medelbetyget är {{{{ nu:typical }}}}. {annual}"));
    let run = workspace.run(&["build", "ar"]).expect(1);
    assert!(
        told(&run).iter().any(|message| message.contains("DIS012") && message.contains("typical")),
        "{}",
        run.stderr
    );
    // Where the report prints it, other numbers are hidden for it.
    chapter(annual);
    workspace
        .file("content/nu/text.md", format!("# Resultat {{#resultat}}\n\nMedelbetyget är {{{{ typical }}}}. {text}\n"));
    workspace.run(&["build"]).expect(0);
    let csv = workspace.read("output/ar/1.0/data/measures.csv");
    assert!(csv.contains("Medelbetyg,,\"3,83\""), "{csv}");
    let report = disclosed(&workspace);
    assert!(report["hidden"].as_array().unwrap().len() > 2, "{report:#}");
}
