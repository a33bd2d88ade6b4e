//! Typed tables that hang together without saying so, marks of the author's own, typed percentages, and files for download.

use serde_json::Value;

use super::{POLICY, disclosed, small};
use crate::workspace::{Run, Workspace};

const VISITS: &str = "tables:\n  visits:\n    caption: Besökare per enhet\n    stub: Enhet\n    columns: [women, men]\n    total-column: false\n    \
     total-row: false\n    rows:\n      - {label: Norr, women: 3, men: 17}\n      - {label: Söder, women: 9, men: 12}\n      \
     - {label: Öster, women: 8, men: 7}\n    source: Granskningen\n";

fn with(findings: &str, chapter: &str) -> Workspace {
    small(POLICY, findings, &format!("# Resultat\n\n{chapter}\n"))
}

/// The report built beside a file for download.
fn built_with_file(name: &str, text: &str) -> Run {
    let findings = format!("{VISITS}downloads:\n  own: {{file: {name}, title: Underlag}}\n");
    let workspace = with(&findings, "{{ downloads }}\n\n{{ table visits }}");
    workspace.file(&format!("content/liten/{name}"), text);
    workspace.run(&["build"])
}

fn areas(merged: &str) -> String {
    format!(
        "  areas:\n    caption: Besökare per område\n    stub: Område\n    columns: [women, men]\n    total-column: false\n    total-row: false\n    \
         rows:\n      - {{label: Norr och Söder, {merged}}}\n      - {{label: Öster, women: 8, men: 7}}\n    source: Granskningen\n"
    )
}

fn hides(report: &Value, cell: &str) -> bool {
    report["hidden"].as_array().unwrap().iter().any(|row| row["cell"] == cell)
}

fn presumed(report: &Value) -> Vec<&str> {
    report["presumed"].as_array().unwrap().iter().map(|line| line.as_str().unwrap()).collect()
}

const BOTH: &str = "{{ table visits }}\n\n{{ table areas }}";

#[test]
fn a_row_of_several_others_is_their_sum_where_the_numbers_agree() {
    let report = disclosed(&with(&format!("{VISITS}{}", areas("women: 12, men: 29")), BOTH));
    let lines = presumed(&report);
    assert!(lines.contains(&"areas.norr-och-soder.women = visits.norr.women + visits.soder.women"), "{lines:?}");
    assert!(lines.contains(&"visits.oster.women = areas.oster.women"), "{lines:?}");
    assert!(hides(&report, "visits.soder.women") || hides(&report, "areas.norr-och-soder.women"), "{report:#}");

    let other = disclosed(&with(&format!("{VISITS}{}", areas("women: 13, men: 31")), BOTH));
    assert!(presumed(&other).iter().all(|line| !line.contains("norr")), "{other:#}");
    assert!(!hides(&other, "areas.norr-och-soder.women"));
}

#[test]
fn equal_numbers_of_what_is_called_otherwise_are_not_the_same() {
    let complaints = areas("women: 12, men: 29").replace("Besökare per område", "Klagomål per område");
    let report = disclosed(&with(&format!("{VISITS}{complaints}"), BOTH));
    assert_eq!(presumed(&report), Vec::<&str>::new());
}

#[test]
fn what_the_author_marks_is_protected_from_typed_totals() {
    let marked = |total: i64| {
        VISITS
            .replace("[women, men]", "[women, men, {id: everyone, label: Totalt}]")
            .replace("women: 3, men: 17", &format!("women: {{blank: suppressed}}, men: 17, everyone: {total}"))
            .replace("men: 12", "men: 12, everyone: 21")
            .replace("men: 7", "men: 7, everyone: 15")
    };
    let workspace = with(&marked(20), "{{ table visits }}");
    let report = disclosed(&workspace);
    assert!(hides(&report, "visits.norr.women"), "{report:#}");
    assert!(hides(&report, "visits.norr.men") || hides(&report, "visits.norr.everyone"), "{report:#}");
    workspace.run(&["build"]).expect(0);
    let page = workspace.read("output/liten/1.0/index.html");
    assert!(!(page.contains(">17<") && page.contains(">20<")));

    // Large enough to be told, whatever the author does.
    let large = disclosed(&with(&marked(40), "{{ table visits }}"));
    assert_eq!(large["hidden"], Value::Array(Vec::new()));
}

#[test]
fn a_mark_that_no_number_gives_back_hides_nothing_else() {
    let marked = VISITS.replace("women: 3", "women: {blank: suppressed}");
    let report = disclosed(&with(&marked, "{{ table visits }}"));
    let others: Vec<_> =
        report["hidden"].as_array().unwrap().iter().filter(|row| row["protects"] != Value::Null).collect();
    assert!(others.is_empty(), "{report:#}");
    assert!(report["hidden"][0]["value"].is_null(), "what the program does not know it does not tell");
}

#[test]
fn a_typed_percentage_of_a_small_number_is_hidden() {
    let table = |whole: i64| {
        VISITS
            .replace("[women, men]", "[{id: everyone, label: Besökare}, {id: share, label: Andel kvinnor, type: percent}]\n    counts: persons")
            .replace("women: 3, men: 17", &format!("everyone: {whole}, share: 15"))
            .replace("women: 9, men: 12", "everyone: 21, share: 43")
            .replace("women: 8, men: 7", "everyone: 15, share: 53")
            .replace("    total-column: false\n", "")
    };
    let report = disclosed(&with(&table(20), "{{ table visits }}"));
    assert!(hides(&report, "visits.norr.share") || hides(&report, "visits.norr.everyone"), "{report:#}");
    let large = disclosed(&with(&table(200), "{{ table visits }}"));
    assert_eq!(large["hidden"], Value::Array(Vec::new()), "fifteen percent of two hundred are thirty");
}

#[test]
fn a_file_is_told_where_a_hidden_number_stands_in_it() {
    let run = |text: &str| built_with_file("underlag.json", text);
    for text in [
        r#"{"Norr": {"kvinnor": 3}}"#,
        r#"[{"enhet": "Norr", "women": 3}, {"enhet": "Söder", "women": 9}]"#,
        r#"[{"enhet": "Norr", "kön": "K"}, {"enhet": "Norr", "kön": "K"}, {"enhet": "Norr", "kön": "K"}, {"enhet": "Norr", "kön": "M"}]"#,
        "{not readable",
    ] {
        let run = run(text);
        assert!(run.code != 0 && run.stderr.contains("DIS013"), "{text}\n{}", run.stderr);
    }
    // Three numbers of one object are no three cases.
    let three = r#"[{"enhet": "Norr", "rum": 2, "hissar": 1, "dörrar": 6}, {"enhet": "Söder", "rum": 5}]"#;
    for text in [r#"{"Norr": {"lokaler": 3}}"#, r#"[{"sal": "Stora", "platser": 3}]"#, three] {
        let run = run(text);
        assert!(run.code == 0, "{text}\n{}", run.stderr);
    }
}

const MARK: &str = "women: {blank: suppressed}";

fn one_of(report: &Value, cells: &[&str]) -> bool {
    cells.iter().any(|cell| hides(report, cell))
}

#[test]
fn a_figure_beside_the_authors_own_mark_is_related_by_its_name() {
    let report = |row: &str, label: &str| {
        let figure = format!("figures:\n  here: {{label: {label}, count: 20, counts: persons}}\n");
        disclosed(&with(
            &format!("{figure}{}", VISITS.replace("women: 3", row)),
            "Det kom {{ here }}.\n\n{{ table visits }}",
        ))
    };
    // 20 in all and 17 men give the three women.
    let marked = report(MARK, "besökare i Norr");
    assert!(presumed(&marked).contains(&"here = visits.norr"), "{marked:#}");
    assert!(one_of(&marked, &["here", "visits.norr.men"]), "{marked:#}");
    let other = report(MARK, "besökare i Väster");
    assert_eq!(presumed(&other), Vec::<&str>::new());
    assert!(!one_of(&other, &["here", "visits.norr.men"]), "{other:#}");
}

#[test]
fn a_mark_is_as_small_as_it_may_be_without_what_a_name_says() {
    let figure = "figures:\n  here: {label: besökare i Norr, count: 40, counts: persons}\n";
    let report = disclosed(&with(&format!("{figure}{}", VISITS.replace("women: 3", MARK)), "{{ table visits }}"));
    assert!(presumed(&report).contains(&"here = visits.norr"), "{report:#}");
    assert!(hides(&report, "visits.norr.women"), "the figure may count others: {report:#}");
}

#[test]
fn a_mark_in_the_only_column_of_a_table_is_the_same_number_elsewhere() {
    let table = |id: &str, norr: &str| {
        format!(
            "  {id}:\n    caption: Besökare per enhet\n    stub: Enhet\n    columns: [{{id: all, label: Antal}}]\n    counts: persons\n    \
             total-row: false\n    rows:\n      - {{label: Norr, all: {norr}}}\n      - {{label: Söder, all: 21}}\n    source: Granskningen\n"
        )
    };
    let both = format!("tables:\n{}{}", table("one", "{blank: suppressed}"), table("two", "3"));
    let report = disclosed(&with(&both, "{{ table one }}\n\n{{ table two }}"));
    assert!(presumed(&report).contains(&"one.norr.all = two.norr.all"), "{report:#}");
}

#[test]
fn a_typed_total_is_not_taken_for_a_part_of_the_rows_sum() {
    let typed = VISITS
        .replace("[women, men]", "[women, men, {id: everyone, label: Totalt}]")
        .replace("women: 3, men: 17", "women: {blank: suppressed}, men: 17, everyone: {blank: suppressed}")
        .replace("men: 12", "men: 12, everyone: 21")
        .replace("men: 7", "men: 7, everyone: 15");
    let again = VISITS.replace("tables:\n  visits", "  again").replace("total-column: false", "total-column: true");
    let report = disclosed(&with(&format!("{typed}{again}"), "{{ table visits }}\n\n{{ table again }}"));
    let lines = presumed(&report);
    assert!(lines.contains(&"visits.norr.women = again.norr.women"), "{lines:?}");
    assert!(lines.contains(&"visits.norr.everyone = again.norr.total"), "{lines:?}");
    assert!(hides(&report, "again.norr.women") && hides(&report, "visits.norr.women"), "{report:#}");
}

/// Readers know that of equals the first is hidden. Were that the first by the hidden numbers, they would know which of these is larger.
#[test]
fn what_is_hidden_does_not_depend_on_where_hidden_numbers_put_a_row() {
    let report = |soder: &str, oster: &str| {
        let table = VISITS
            .replace("women: 3, men: 17", "women: 7, men: 8")
            .replace("women: 9, men: 12", soder)
            .replace("women: 8, men: 7", oster)
            .replace(
                "total-column: false\n    total-row: false",
                "total-column: true\n    total-row: true\n    order: {column: women}",
            );
        let report = disclosed(&with(&table, "{{ table visits }}"));
        report["hidden"].as_array().unwrap().iter().map(|row| row["cell"].clone()).collect::<Vec<_>>()
    };
    let hidden = report("women: 8, men: 8", "women: 3, men: 20");
    assert_eq!(hidden, report("women: 7, men: 9", "women: 4, men: 19"));
    assert_eq!(hidden.len(), 4, "two of each row: {hidden:?}");
}

#[test]
fn a_text_for_download_is_read_in_words_too() {
    let run = |text: &str| built_with_file("om.txt", text);
    let told = run("Om talen\n\nAv dem som kom till Norr var tre kvinnor.\n");
    assert!(told.code != 0 && told.stderr.contains("DIS013"), "{}", told.stderr);
    run("Om talen\n\nTill Norr gjordes två resor med kvinnor och män.\n").expect(0);
}

#[test]
fn a_column_named_after_a_year_is_the_whole_of_a_table_of_that_year() {
    let years = |now: i64, also: &str| {
        format!(
            "tables:\n  years:\n    caption: Nya elever\n    stub: Skola\n    counts: persons\n    total-row: false\n    total-column: false\n    \
             columns: [{{id: before, label: \"2023\"}}, {{id: now, label: \"2024\"}}]\n    rows:\n      - {{label: Eken, before: 12, now: {now}}}\n      \
             - {{label: Linden, before: 9, now: 14}}\n    source: Aktgranskning\n  sexes:\n    caption: Nya elever {also}\n    stub: Skola\n    \
             total-row: false\n    total-column: false\n    columns: [women, men]\n    rows:\n      - {{label: Eken, women: 11, men: 4}}\n      \
             - {{label: Linden, women: 8, men: 6}}\n    source: Aktgranskning\n"
        )
    };
    let chapter = "{{ table years }}\n\n{{ table sexes }}";
    let same = disclosed(&with(&years(15, "2024"), chapter));
    assert!(hides(&same, "years.eken.now") || hides(&same, "sexes.eken.women"), "{same:#}");
    let other = disclosed(&with(&years(15, "2022"), chapter));
    assert!(!hides(&other, "years.eken.now") && !hides(&other, "sexes.eken.women"), "{other:#}");
}
