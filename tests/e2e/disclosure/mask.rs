//! What is hidden under a policy, what stays, and that nothing published tells one set of hidden numbers from another.

use std::collections::BTreeMap;

use super::{CHAPTER, POLICY, disclosed, draft, small};
use crate::workspace::{REPORT, Run, Workspace};

/// Rows and columns with totals: two numbers are too small.
fn table(north: (i64, i64), south: (i64, i64), east: (i64, i64)) -> String {
    format!(
        "figures:\n  cases: {{label: granskade ärenden, women: 40, men: 40}}\ntables:\n  visits:\n    caption: Besök per enhet\n    stub: Enhet\n    \
         columns: [women, men]\n    total-column: true\n    total-row: true\n    rows:\n      - {{label: Norr, women: {}, men: {}}}\n      \
         - {{label: Söder, women: {}, men: {}}}\n      - {{label: Öster, women: {}, men: {}}}\n    source: Granskningen\n",
        north.0, north.1, south.0, south.1, east.0, east.1
    )
}

fn names(report: &serde_json::Value) -> Vec<String> {
    report["hidden"].as_array().unwrap().iter().map(|row| row["cell"].as_str().unwrap().to_owned()).collect()
}

/// Every file of the output by its name. The manifest is looked at by itself.
fn published(workspace: &Workspace) -> BTreeMap<String, Vec<u8>> {
    let mut out = BTreeMap::new();
    let mut open = vec![workspace.path("output")];
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else if path.file_name().is_none_or(|name| name != "manifest.json") {
                out.insert(
                    path.strip_prefix(workspace.path("output")).unwrap().display().to_string(),
                    std::fs::read(&path).unwrap(),
                );
            }
        }
    }
    out
}

#[test]
fn small_numbers_and_what_would_give_them_away_are_hidden_and_totals_stay() {
    let workspace = small(POLICY, &table((3, 20), (14, 9), (12, 4)), CHAPTER);
    let report = disclosed(&workspace);
    let hidden = names(&report);
    assert!(
        hidden.contains(&"visits.norr.women".to_owned()) && hidden.contains(&"visits.oster.men".to_owned()),
        "{report:#}"
    );
    // Two in each row and column, or the totals would give them back: with Norr and Öster the two other cells suffice.
    assert_eq!(hidden.len(), 4, "{report:#}");
    assert_eq!(report["cost"], report["bound"]);
    workspace.run(&["build"]).expect(0);
    let csv = workspace.read("output/liten/1.0/data/visits.csv");
    let row = |name: &str| csv.lines().find(|line| line.contains(name)).unwrap().to_owned();
    assert!(!row("Norr").contains(",3,") && row("Norr").contains("23") && row("Söder").contains("14"), "{csv}");
    let page = workspace.read("output/liten/1.0/index.html");
    assert!(page.contains("Uppgift skyddad") && page.contains(">62</td>"), "{page}");
}

/// The one proof that counts: who has the published files cannot tell which of the possible sets of numbers is the true one.
#[test]
fn other_hidden_numbers_give_the_same_published_files() {
    let numbers = [("norr", (3, 20)), ("soder", (14, 9)), ("oster", (12, 4))];
    let truth = small(POLICY, &table(numbers[0].1, numbers[1].1, numbers[2].1), CHAPTER);
    let report = disclosed(&truth);
    truth.run(&["build"]).expect(0);
    let first = published(&truth);
    assert!(first.len() > 3, "{:?}", first.keys());
    let worlds = report["worlds"].as_array().unwrap();
    let hidden = names(&report);
    for name in hidden {
        let values = worlds.iter().filter(|world| world.get(&name).is_some()).count();
        assert!(values >= 1, "no other value of {name}");
    }
    let mut alike = 0;
    for world in worlds {
        let value = |row: &str, column: &str, old: i64| {
            world.get(format!("visits.{row}.{column}")).and_then(serde_json::Value::as_i64).unwrap_or(old)
        };
        let row = |at: usize| {
            let (id, (women, men)) = numbers[at];
            (value(id, "women", women), value(id, "men", men))
        };
        // What is too small in that world is another matter only where other cells are.
        let other = small(POLICY, &table(row(0), row(1), row(2)), CHAPTER);
        if names(&disclosed(&other)) != names(&report) {
            continue;
        }
        other.run(&["build"]).expect(0);
        let second = published(&other);
        for (file, bytes) in &first {
            assert!(second.get(file) == Some(bytes), "{file} tells one world from another");
        }
        alike += 1;
    }
    assert!(alike > 0, "{report:#}");
}

/// What a page prints by itself would choose otherwise: both together would give the number away.
#[test]
fn a_decision_page_hides_what_its_report_hides() {
    let findings = "figures:\n  few: {label: klagomål, counts: persons, count: 3}\n  many: {label: beröm, counts: persons, count: 21}\n  \
                    all: {label: synpunkter, sum: [few, many]}\n\
                    decision: {figures: [{value: '{{ many }}', label: beröm}], proposed: [Rapporten godkänns.], findings: [Det kom beröm.]}\n";
    let workspace = small(POLICY, findings, "# Resultat\n\nDet kom {{ all }} synpunkter.\n");
    let decided = "decision-page: beside\ndecision: {by: Nämnden, date: 2024-03-01}\n";
    workspace.file("content/liten/report.yaml", format!("{}{decided}", REPORT.replace("published", "draft")));
    let hidden = |report: &str| {
        let run = workspace.run(&["disclose", report, "--format", "json"]).expect(0);
        names(&serde_json::from_str::<serde_json::Value>(&run.stdout).unwrap()[0])
    };
    assert_eq!(hidden("liten"), ["few", "many"]);
    assert_eq!(hidden("liten-decision"), hidden("liten"));
    workspace.run(&["build"]).expect(0);
    let page = |report: &str| workspace.read(&format!("output/{report}/1.0/index.html"));
    assert!(!page("liten-decision").contains(">21<") && page("liten").contains("24"), "{}", page("liten-decision"));
}

#[test]
fn a_sentence_with_a_hidden_number_is_a_fault_and_in_a_draft_a_warning() {
    let chapter = format!("{CHAPTER}\nI Norr besöktes {{{{ visits.norr | women }}}} kvinnor.\n");
    let findings = table((3, 20), (14, 9), (12, 4));
    let run = small(POLICY, &findings, &chapter).run(&["check"]).expect(1);
    assert!(run.codes().contains(&"DIS012"), "{}", run.stderr);
    assert!(run.stderr.contains("belagg disclose liten") && run.stderr.contains("visits.norr"), "{}", run.stderr);
    let draft = REPORT.replace("published", "draft");
    let workspace = small(POLICY, &findings, &chapter);
    workspace.file("content/liten/report.yaml", draft);
    let run = workspace.run(&["check"]).expect(0);
    assert!(run.stderr.contains("warning[DIS012]"), "{}", run.stderr);
}

#[test]
fn what_may_not_be_hidden_is_refused_until_it_is_decided_on() {
    let findings = table((3, 20), (14, 9), (12, 8));
    let faults = |policy: &str| -> Run { small(policy, &findings, CHAPTER).run(&["check"]) };
    let refuse = faults(&format!("{POLICY}  prefer: [refuse]\n")).expect(1);
    assert!(
        refuse.stderr.contains("error[DIS010]: `visits.norr.women` is 3, fewer than 5 persons"),
        "{}",
        refuse.stderr
    );
    let kept = faults(&format!("{POLICY}  never-hide: [visits.norr.women]\n")).expect(1);
    assert!(kept.codes().contains(&"DIS010"), "{}", kept.stderr);
    let exempt =
        format!("{POLICY}  exceptions: [{{cell: visits.norr.women, reason: Känt sedan länge, decided: 2024-02-01}}]\n");
    let workspace = small(&exempt, &findings, CHAPTER);
    let report = disclosed(&workspace);
    assert!(names(&report).is_empty());
    assert_eq!(report["decided"][0]["cell"], "visits.norr.women");
    let told = workspace.run(&["disclose", "liten"]).expect(0).stdout;
    assert!(told.contains("`visits.norr.women` is 3; 2024-02-01: Känt sedan länge"), "{told}");
    // Everything else must stay: then nothing protects the one.
    let all = "visits.norr.men, visits.soder.women, visits.soder.men, visits.oster.women, visits.oster.men, visits.total.women, visits.total.total, visits.norr.total";
    let alone = faults(&format!("{POLICY}  never-hide: [{all}]\n")).expect(1);
    assert!(alone.codes().contains(&"DIS011"), "{}", alone.stderr);
}

const ROWS: &str = "tables:\n  units: {caption: Ärenden per enhet, stub: Enhet, cross: {rows: cases, by: unit, across: sex, order: value}}\nfigures:\n  \
    cases: {label: granskade ärenden, count: {rows: cases}}\n  age.mean: {label: medelålder i Norr, average: {rows: cases, column: age, where: {unit: Norr}}, unit: år}\n\
    datasets:\n  cases:\n    label: granskade ärenden\n    file: data/arenden.csv\n    id: Nr\n    sex: {column: Kön, women: K, men: M}\n    columns:\n      \
    unit: Enhet\n      age: {header: Ålder, type: number}\n";

/// So many women and men of each unit.
fn rows(units: &[(&str, usize, usize)]) -> String {
    let mut out = "Nr,Enhet,Kön,Ålder\n".to_owned();
    let mut number = 0;
    for (unit, women, men) in units {
        for (sex, count) in [("K", *women), ("M", *men)] {
            for _ in 0..count {
                number += 1;
                out.push_str(&format!("{number},{unit},{sex},{}\n", 30 + number % 7));
            }
        }
    }
    out
}

#[test]
fn counted_tables_hide_what_margins_give_away_and_put_such_rows_last() {
    let chapter = "# Resultat\n\nGranskningen omfattar {{ cases }} ärenden.\n\n{{ table units }}\n\nMedelåldern visas inte för alla.\n";
    let workspace = small(POLICY, ROWS, chapter);
    workspace.file(
        "content/liten/data/arenden.csv",
        rows(&[("Norr", 2, 30), ("Söder", 8, 9), ("Väster", 12, 13), ("Öster", 9, 11)]),
    );
    let report = disclosed(&workspace);
    let hidden = names(&report);
    assert!(
        hidden.contains(&"units.norr.women".to_owned()) && hidden.contains(&"units.norr.men".to_owned()),
        "{report:#}"
    );
    assert!(hidden.len() >= 4 && !hidden.contains(&"cases".to_owned()), "{report:#}");
    workspace.run(&["build"]).expect(0);
    // Norr has the most cases, and would stand first.
    let csv = workspace.read("output/liten/1.0/data/units.csv");
    let place = |name: &str| csv.lines().position(|line| line.contains(name)).unwrap();
    assert!(place("Norr") > place("Väster"), "{csv}");
    assert!(!csv.lines().any(|line| line.contains("Norr") && (line.contains(",2,") || line.contains(",30,"))), "{csv}");
}

#[test]
fn a_file_of_data_is_not_offered_beside_hidden_numbers() {
    let findings =
        table((3, 20), (14, 9), (12, 4)) + "downloads:\n  rader: {file: data/rader.csv, title: Alla rader}\n";
    let workspace = small(POLICY, &findings, &format!("{CHAPTER}\n{{{{ downloads }}}}\n"));
    workspace.file("content/liten/data/rader.csv", "Enhet;Kvinnor\nNorr;3\n");
    let run = workspace.run(&["check"]).expect(1);
    assert!(run.codes().contains(&"DIS013"), "{}", run.stderr);
}

#[test]
fn a_sum_gives_nothing_away_though_it_stands_before_its_parts() {
    let figures = "figures:\n  whole: {label: alla, sum: [both, east]}\n  both: {label: norr och söder, sum: [north, south]}\n  \
                   north: {label: norr, count: 3, counts: persons}\n  south: {label: söder, count: 20, counts: persons}\n  \
                   east: {label: öster, count: 30, counts: persons}\n";
    let chapter = "# Resultat\n\nDe är {{ whole }}, {{ both }}, {{ south }} och {{ east }}.\n";
    let workspace = draft(POLICY, figures, chapter);
    let report = disclosed(&workspace);
    let hidden = names(&report);
    assert!(hidden.contains(&"north".to_owned()) && hidden.len() == 2, "{report:#}");
    // Of the numbers that make up the one that is hidden for itself, another is hidden too.
    assert!(hidden.contains(&"south".to_owned()) || hidden.contains(&"both".to_owned()), "{report:#}");
}

#[test]
fn a_sum_with_a_hidden_extreme_is_hidden_with_it() {
    let findings = "figures:\n  mi: {label: minst, min: {table: visits, column: women}}\n  b: {label: b, cell: {table: visits, row: oster, column: women}}\n  \
                    x: {label: x, sum: [mi, b]}\ntables:\n  visits: {caption: B, stub: E, columns: [women, men], total-row: false, source: G, \
                    rows: [{label: Norr, women: 3, men: 8}, {label: Söder, women: 8, men: 12}, {label: Öster, women: 18, men: 22}]}\n";
    let chapter = "# Resultat\n\nMinst {{ mi }}, {{ b }} och {{ x }}.\n\n{{ table visits }}\n";
    let workspace = draft(POLICY, findings, chapter);
    workspace.run(&["build"]).expect(0);
    let page = workspace.read("output/liten/1.0/index.html");
    assert!(!page.contains(">21<"), "{page}");
}

#[test]
fn what_is_computed_of_few_persons_is_hidden_for_groups_too() {
    let findings = ROWS.replace(
        "figures:\n",
        "figures:\n  old: {label: äldst, max: {rows: cases, column: age, where: {unit: Norr}}, unit: år}\n",
    );
    let workspace = draft(
        POLICY,
        &findings,
        "# Resultat\n\nDen äldsta kvinnan är {{ old | women }}, av {{ cases }}.\n\n{{ table units }}\n\n{{ age.mean }}\n",
    );
    workspace.file("content/liten/data/arenden.csv", rows(&[("Norr", 2, 30), ("Söder", 8, 9), ("Väster", 12, 13)]));
    let report = disclosed(&workspace);
    let computed: Vec<&str> = report["computed"].as_array().unwrap().iter().filter_map(|name| name.as_str()).collect();
    assert!(computed.contains(&"old.women") && computed.contains(&"age.mean.women"), "{report:#}");
    workspace.run(&["build"]).expect(0);
    let page = workspace.read("output/liten/1.0/index.html");
    assert!(!page.contains("32 år"), "{page}");
}

#[test]
fn a_listed_category_without_cases_is_not_given_away_by_the_total() {
    let policy = POLICY.replace("zeros: shown", "zeros: hidden");
    let findings = "tables:\n  t: {caption: T, stub: K, cross: {rows: cases, by: unit}, source: G}\nfigures:\n  cases: {label: ärenden, count: {rows: cases}}\n\
                    datasets:\n  cases: {file: data/a.csv, id: Nr, columns: {unit: {header: Enhet, values: [Norr, Soder, Vast]}}}\n";
    let workspace = draft(&policy, findings, "# Resultat\n\nDe är {{ cases }}.\n\n{{ table t }}\n");
    let line = |unit: &str, count: usize| -> String { (0..count).map(|n| format!("{unit}{n},{unit}\n")).collect() };
    workspace.file("content/liten/data/a.csv", format!("Nr,Enhet\n{}{}", line("Norr", 14), line("Soder", 19)));
    let hidden = names(&disclosed(&workspace));
    assert!(hidden.contains(&"t.vast.count".to_owned()) && hidden.len() >= 2, "{hidden:?}");
}

#[test]
fn a_part_is_no_larger_than_its_base() {
    let policy = POLICY.replace("minimum: 5", "minimum: 10");
    let findings = "figures:\n  cases: {label: alla, women: 10, men: 10}\n  plans: {label: planer, women: 9, men: 10, base: cases}\n";
    let report = disclosed(&draft(
        &policy,
        findings,
        "# Resultat\n\nAv {{ cases | by sex }} har {{ plans | by sex }} en plan.\n",
    ));
    // 9 and 10 alone would be possible while the base and the total stand.
    let hidden = names(&report);
    assert!(hidden.iter().any(|name| name.starts_with("cases")) || hidden.contains(&"plans".to_owned()), "{report:#}");
}

#[test]
fn counted_and_typed_numbers_protect_each_other_in_a_sum() {
    let findings = ROWS.replace(
        "figures:\n",
        "figures:\n  kn: {label: i Norr, count: {rows: cases, where: {unit: Norr}}}\n  t: {label: andra, women: 20, men: 3}\n  x: {label: alla, sum: [kn, t]}\n",
    );
    let workspace = draft(
        POLICY,
        &findings,
        "# Resultat\n\n{{ x | by sex }}, {{ kn | by sex }}, {{ t | by sex }}, {{ cases }}.\n\n{{ table units }}\n\n{{ age.mean }}\n",
    );
    workspace.file(
        "content/liten/data/arenden.csv",
        rows(&[("Norr", 2, 30), ("Söder", 8, 9), ("Väster", 12, 13), ("Öster", 9, 11)]),
    );
    let report = disclosed(&workspace);
    assert_eq!(report["met"], true, "{report:#}");
}
