//! Means and medians of case rows, and sentences about them, in the choice of what is hidden.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::leaks::told;
use crate::workspace::{REPORT, Workspace};

use super::disclosed;

const RULES: &str = "language: sv\nrules: {EVI001: off, EVI002: off, EVI003: off, TAB012: off, TAB013: off}\n";

fn policy(more: &str) -> String {
    format!("{RULES}disclosure: {{persons: {{minimum: 5, values-left: 3, zeros: shown}}, prefer: [hide]{more}}}\n")
}

/// How many gave each grade.
const GRADES: [i64; 5] = [2, 3, 11, 22, 14];

/// A report of the grades that so many persons gave, with a figure of them, which a sentence prints.
fn grades(counts: &[i64; 5], policy: &str, figure: &str) -> Workspace {
    let out = Workspace::small();
    out.file("belagg.yaml", policy);
    out.file("content/liten/report.yaml", REPORT);
    out.file(
        "content/liten/findings/alla.yaml",
        format!(
            "datasets:\n  answers:\n    label: svarande\n    file: data/a.csv\n    id: Nr\n    columns:\n      grade: {{header: Betyg}}\n      \
             score: {{header: Betyg, type: number}}\nfigures:\n  all: {{label: svarande, count: {{rows: answers}}}}\n  typical: {figure}\n\
             tables:\n  grades: {{caption: Svarande efter betyg, stub: Betyg, cross: {{rows: answers, by: grade}}, total-row: true, source: Enkäten}}\n"
        ),
    );
    let mut rows = "Nr,Betyg\n".to_owned();
    for (grade, count) in (1..).zip(counts) {
        (0..*count).for_each(|n| rows.push_str(&format!("{grade}-{n},{grade}\n")));
    }
    out.file("content/liten/data/a.csv", rows);
    out.chapter(
        "# Resultat {#resultat}\n\nAv {{ all }} svarande är {{ typical }} det vanliga.\n\n{{ table grades }}\n",
    );
    out
}

fn mean(decimals: u8) -> String {
    format!("{{label: medelbetyg, average: {{rows: answers, column: score}}, decimals: {decimals}}}")
}

fn hidden(report: &Value) -> Vec<usize> {
    let names = report["hidden"].as_array().unwrap().iter().map(|row| row["cell"].as_str().unwrap().to_owned());
    let grade = |name: String| name.strip_prefix("grades.")?.strip_suffix(".count")?.parse().ok();
    names.filter_map(grade).collect()
}

/// How many may have given a grade, for a reader who knows all grades that are not hidden, how many there are, and what `agrees` with what is printed.
fn possible(truth: &[i64; 5], hidden: &[usize], grade: usize, agrees: &dyn Fn(&[i64; 5]) -> bool) -> BTreeSet<i64> {
    let rest: i64 = hidden.iter().map(|at| truth[at - 1]).sum();
    let mut open = vec![*truth];
    for at in hidden {
        let with = |known: &[i64; 5], count| {
            let mut new = *known;
            new[at - 1] = count;
            new
        };
        open = open.iter().flat_map(|known| (1..=rest).map(move |count| with(known, count))).collect();
    }
    let all = |counts: &[i64; 5]| counts.iter().sum::<i64>();
    open.iter().filter(|counts| all(counts) == all(truth) && agrees(counts)).map(|counts| counts[grade - 1]).collect()
}

fn total(counts: &[i64; 5]) -> i64 {
    (1..).zip(counts).map(|(grade, count)| grade * count).sum()
}

#[test]
fn a_mean_does_not_tell_how_many_gave_the_lowest_grade() {
    // With two decimals it says how many of five gave the lowest grade; with one it does not.
    for (decimals, scale, others) in [(2, 100, true), (1, 10, false)] {
        let workspace = grades(&GRADES, &policy(""), &mean(decimals));
        let report = disclosed(&workspace);
        let hidden = hidden(&report);
        assert_eq!(hidden.len() > 2, others, "{report:#}");
        let rounded = |counts: &[i64; 5]| (2 * scale * total(counts) + 52) / (2 * 52);
        let agrees = |counts: &[i64; 5]| rounded(counts) == rounded(&GRADES);
        assert_eq!(
            possible(&GRADES, &[1, 2], 1, &agrees).len() > 2,
            !others,
            "what would be known with two of them hidden"
        );
        for small in [1, 2] {
            assert!(possible(&GRADES, &hidden, small, &agrees).len() > 2, "{decimals}: {report:#}");
        }
        workspace.run(&["build"]).expect(0);
        // The rows of the file that give the same mean are found.
        assert!(report["rows"].as_array().unwrap().iter().all(Value::is_array), "{report:#}");
        let kept = report["to-keep"].as_array().unwrap();
        let names: Vec<&str> = kept.iter().map(|name| name.as_str().unwrap()).collect();
        workspace.file(
            "content/liten/report.yaml",
            format!("{REPORT}disclosure: {{keep-hidden: [{}]}}\n", names.join(", ")),
        );
        assert_eq!(disclosed(&workspace)["kept"], true);
    }
}

#[test]
fn a_median_does_not_tell_where_the_hidden_ones_are() {
    // Half of the 52 gave at most 2: with the second grade shown there are three or four ones.
    let counts = [3, 24, 2, 12, 11];
    let workspace = grades(&counts, &policy(""), "{label: medianbetyg, median: {rows: answers, column: score}}");
    let report = disclosed(&workspace);
    let at = |counts: &[i64; 5], place: i64| {
        (1..=5).find(|grade| counts[..*grade].iter().sum::<i64>() >= place).unwrap_or_default()
    };
    let agrees = |counts: &[i64; 5]| at(counts, 26) + at(counts, 27) == 4;
    assert_eq!(possible(&counts, &[1, 3], 1, &agrees), [3, 4].into(), "what would be known with two of them hidden");
    for small in [1, 3] {
        assert!(possible(&counts, &hidden(&report), small, &agrees).len() > 2, "{report:#}");
    }
    workspace.run(&["build"]).expect(0);
}

#[test]
fn a_mean_is_hidden_where_nothing_else_may_be() {
    let stays = ", never-hide: [grades.3.count, grades.4.count, grades.5.count]";
    let workspace = grades(&GRADES, &policy(stays), &mean(2));
    let report = disclosed(&workspace);
    assert_eq!(report["means"], serde_json::json!(["typical"]), "{report:#}");
    let run = workspace.run(&["build"]).expect(1);
    assert!(told(&run).iter().any(|message| message.contains("DIS012") && message.contains("grades.1.count")));
    let kept = report["to-keep"].as_array().unwrap();
    assert!(kept.contains(&"typical".into()), "{report:#}");
    let names: Vec<&str> = kept.iter().map(|name| name.as_str().unwrap()).collect();
    let keeping = format!("{REPORT}disclosure: {{keep-hidden: [{}]}}\n", names.join(", "));
    workspace.file("content/liten/report.yaml", keeping);
    let report = disclosed(&workspace);
    assert!(report["kept"] == true && report["means"] == serde_json::json!(["typical"]), "{report:#}");
    // Nor may it be hidden: then nothing is built.
    workspace.file("content/liten/report.yaml", REPORT);
    workspace.file("belagg.yaml", policy(&stays.replace("grades.5.count", "grades.5.count, typical")));
    let run = workspace.run(&["build"]).expect(1);
    let found = told(&run).into_iter().find(|message| message.contains("DIS011")).unwrap_or_default();
    assert!(found.contains("beside what else stays printed: typical"), "{}", run.stderr);
    // What somebody has decided on is printed.
    let decided = "exceptions: [{cell: typical, reason: Medelbetyget är redan känt., decided: 2024-01-01}]";
    workspace.file("belagg.yaml", policy(&format!("{stays}, {decided}")));
    workspace.run(&["build"]).expect(0);
}

#[test]
fn what_a_text_says_of_case_rows_decides_what_is_hidden() {
    let findings = "datasets:\n  cases:\n    label: granskade ärenden\n    file: data/a.csv\n    id: Nr\n    sex: {column: Kön, women: K, men: M}\n    columns:\n      \
        unit: {header: Enhet}\ntables:\n  units: {caption: Ärenden per enhet, stub: Enhet, cross: {rows: cases, by: unit, across: sex}, total-row: true, \
        total-column: true, source: Granskningen}\n";
    let workspace = Workspace::small();
    workspace.file("belagg.yaml", policy(""));
    workspace.file("content/liten/report.yaml", REPORT);
    workspace.file("content/liten/findings/alla.yaml", findings);
    let mut rows = "Nr,Enhet,Kön\n".to_owned();
    for (unit, women, men) in [("Farsta", 12, 3), ("Norr", 9, 14), ("Skarp", 20, 18), ("Vast", 15, 11)] {
        (0..women).for_each(|n| rows.push_str(&format!("{unit}K{n},{unit},K\n")));
        (0..men).for_each(|n| rows.push_str(&format!("{unit}M{n},{unit},M\n")));
    }
    workspace.file("content/liten/data/a.csv", rows);
    let hidden = |text: &str| {
        workspace.chapter(format!("# Resultat {{#resultat}}\n\nSe tabellen. {text}\n\n{{{{ table units }}}}\n"));
        let report = disclosed(&workspace);
        let names = report["hidden"].as_array().unwrap().iter().map(|row| row["cell"].as_str().unwrap().to_owned());
        names.collect::<BTreeSet<String>>()
    };
    let without = hidden("");
    assert!(without.contains("units.norr.men"), "{without:?}");
    let with = hidden("I Norr var 14 män.");
    assert!(!with.contains("units.norr.men") && with.len() == without.len(), "{with:?}");
    let run = workspace.run(&["build"]).expect(0);
    assert!(told(&run).is_empty(), "{}", run.stderr);
    // What leaves no choice is told as before, and hides nothing else.
    assert_eq!(hidden("I Farsta var 3 män."), without);
    let run = workspace.run(&["build"]).expect(1);
    assert!(told(&run).iter().any(|message| message.contains("DIS014")), "{}", run.stderr);
}

/// A report of grades, each given so often and weighing so much, and a figure of them.
fn weighed(weight: &str, figure: &str, more: &str) -> Workspace {
    let out = Workspace::small();
    out.file("belagg.yaml", policy(more));
    out.file("content/liten/report.yaml", REPORT);
    out.file(
        "content/liten/findings/alla.yaml",
        format!(
            "datasets:\n  answers:\n    label: svarande\n    file: data/a.csv\n    id: Nr\n    columns:\n      grade: {{header: Betyg}}\n      \
             score: {{header: Betyg, type: number}}\n      weight: {{header: Vikt, type: number}}\n\
             figures:\n  all: {{label: svarande, count: {{rows: answers}}}}\n  {figure}\n\
             tables:\n  grades: {{caption: Svarande efter betyg, stub: Betyg, cross: {{rows: answers, by: grade}}, total-row: true, source: Enkäten}}\n"
        ),
    );
    let mut csv = "Nr,Betyg,Vikt\n".to_owned();
    for (grade, count) in (1..).zip(GRADES) {
        (0..count).for_each(|n| csv.push_str(&format!("{grade}-{n},{grade},{weight}\n")));
    }
    out.file("content/liten/data/a.csv", csv);
    out
}

#[test]
fn a_weighted_mean_does_not_tell_how_many_gave_the_lowest_grade() {
    // Each answer weighs as much: the mean is the mean, and tells as much.
    let figure = "typical: {label: medelbetyg, average: {rows: answers, column: score, weight: weight}, decimals: 2}";
    let chapter =
        "# Resultat {#resultat}\n\nAv {{ all }} svarande är {{ typical }} det vanliga.\n\n{{ table grades }}\n";
    let workspace = weighed("2", figure, "");
    workspace.chapter(chapter);
    let report = disclosed(&workspace);
    let own = hidden(&report);
    let rounded = |counts: &[i64; 5]| (200 * total(counts) + 52) / 104;
    let agrees = |counts: &[i64; 5]| rounded(counts) == rounded(&GRADES);
    for small in [1, 2] {
        assert!(possible(&GRADES, &own, small, &agrees).len() > 2, "{report:#}");
    }
    workspace.run(&["build"]).expect(0);
    // Weighed by what no sum can hold it is not printed, and under `never-hide` nothing is.
    let workspace = weighed("2.1234567", figure, "");
    workspace.chapter(chapter);
    assert_eq!(disclosed(&workspace)["means"], serde_json::json!(["typical"]));
    let workspace = weighed("2.1234567", figure, ", never-hide: [typical]");
    workspace.chapter(chapter);
    let run = workspace.run(&["build"]).expect(1);
    let found = told(&run).into_iter().find(|message| message.contains("DIS011")).unwrap_or_default();
    assert!(found.contains("beside `typical` it can only be 2"), "{}", run.stderr);
    assert!(found.contains("beside what else stays printed: typical"), "{}", run.stderr);
}

#[test]
fn the_first_day_does_not_tell_that_there_was_none_before() {
    let workspace = Workspace::small();
    let zeros = policy("").replace("zeros: shown", "zeros: hidden");
    workspace.file("belagg.yaml", zeros);
    workspace.file("content/liten/report.yaml", REPORT);
    let count = |id: &str, unit: &str, days: &str| {
        format!("  {id}: {{label: svar {id}, count: {{rows: answers, where: {{unit: {unit}, day: {{{days}}}}}}}}}\n")
    };
    let figures: String = [("early", "to: 2024-09-30"), ("late", "from: 2024-10-01")]
        .iter()
        .flat_map(|(id, days)| ["Norr", "Syd"].map(|unit| count(&format!("{id}-{}", unit.to_lowercase()), unit, days)))
        .collect();
    workspace.file(
        "content/liten/findings/alla.yaml",
        format!(
            "datasets:\n  answers:\n    label: svarande\n    file: data/a.csv\n    id: Nr\n    columns:\n      unit: {{header: Enhet}}\n      \
             day: {{header: Dag, type: date}}\nfigures:\n{figures}  first: {{label: första dag, min: {{rows: answers, column: day, where: {{unit: Norr}}}}}}\n\
             tables:\n  units: {{caption: Svarande, stub: Enhet, cross: {{rows: answers, by: unit}}, total-row: true, source: Enkäten}}\n"
        ),
    );
    let mut csv = "Nr,Enhet,Dag\n".to_owned();
    for (unit, day, count) in
        [("Norr", "2024-10-05", 9), ("Norr", "2024-11-05", 6), ("Syd", "2024-08-01", 8), ("Syd", "2024-12-01", 11)]
    {
        (0..count).for_each(|n| csv.push_str(&format!("{unit}{day}{n},{unit},{day}\n")));
    }
    workspace.file("content/liten/data/a.csv", csv);
    let text = "I Norr kom {{ early-norr }} och {{ late-norr }}, i Syd {{ early-syd }} och {{ late-syd }}.";
    let means = |more: &str| {
        workspace.chapter(format!("# Resultat {{#resultat}}\n\n{text}{more}\n\n{{{{ table units }}}}\n"));
        let report = disclosed(&workspace);
        let cells = report["hidden"].as_array().unwrap().iter();
        assert!(cells.into_iter().any(|row| row["cell"] == "early-norr"), "{report:#}");
        report["means"].clone()
    };
    assert_eq!(means(" Det första svaret kom {{ first }}."), serde_json::json!(["first"]));
    assert_eq!(means(""), serde_json::json!(["first"]), "whoever builds on the report could print it");
}
