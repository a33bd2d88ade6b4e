//! Quotations whose attribution fits few of the persons that the report counts.

use super::{POLICY, draft};
use crate::workspace::{REPORT, Workspace};

const ROWS: &str = "datasets:
  cases:
    label: granskade ärenden
    file: data/a.csv
    id: Nr
    sex: {column: Kön, women: K, men: M}
    columns:
      unit: {header: Enhet, values: {N: {id: norr, label: Norr}, S: {id: soder, label: Söder}}}
      age: {header: Ålder, type: number, bands: {18–29 år: {to: 29}, 30 år eller äldre: {from: 30}}}
      diagnosis: {header: Diagnos}
      held: {header: Intervju, type: date}
figures:
  cases: {label: granskade ärenden, count: {rows: cases}}
";

/// Twelve women and eight men in Norr, two women and ten men in Söder; one is 34, three have autism.
fn counted(chapter: &str, statements: &str) -> Workspace {
    let workspace = draft(
        &POLICY.replace("TAB013: off", "TAB013: off, EVI001: off"),
        &format!("{ROWS}{statements}"),
        &format!("# Resultat\n\nDet är {{{{ cases }}}} ärenden.\n\n{chapter}\n"),
    );
    let mut rows = "Nr,Enhet,Kön,Ålder,Diagnos,Intervju\n".to_owned();
    let mut number = 0;
    for (unit, sex, count) in [("N", "K", 12), ("N", "M", 8), ("S", "K", 2), ("S", "M", 10)] {
        for _ in 0..count {
            number += 1;
            let age = if number == 1 { 34 } else { 25 + number % 5 };
            let diagnosis = if number % 11 == 0 { "Autism" } else { "Psykos" };
            rows.push_str(&format!("{number},{unit},{sex},{age},{diagnosis},2024-01-{:02}\n", 1 + number / 8));
        }
    }
    workspace.file("content/liten/data/a.csv", rows);
    workspace
}

fn quoted(by: &str) -> String {
    format!("> Jag fick vänta.\n>\n> — {by}")
}

fn told(workspace: &Workspace) -> String {
    workspace.run(&["check"]).stderr
}

#[test]
fn what_is_typed_of_who_is_quoted_is_counted_in_the_case_rows() {
    for (by, words) in [
        ("Kvinna, Söder", "2 of 32 persons fit what is said of who is quoted here (Kvinnor, Söder)"),
        ("Kvinna, 34 år, Norr", "1 of 32 persons"),
        ("34-årig kvinna", "1 of 32 persons"),
        ("Person med autism", "2 of 32 persons fit what is said of who is quoted here (Autism)"),
        ("En man med autism i Norr", "1 of 32 persons"),
    ] {
        let told = told(&counted(&quoted(by), ""));
        assert!(told.contains("warning[DIS018]") && told.contains(words), "{by}: {words}\n{told}");
    }
    for by in [
        "Man, Söder",
        "Kvinna, Norr",
        "Ledningen i Söder",
        "Kvinna",
        "Person i Norr",
        "Man, 18–29 år",
        "Kvinna, 61 år",
        "Verksamhetschef",
    ] {
        let told = told(&counted(&quoted(by), ""));
        assert!(!told.contains("DIS018"), "{by}\n{told}");
    }
}

#[test]
fn a_statement_has_its_unit_and_its_day_and_somebody_may_answer_for_it() {
    let statement =
        "statements:\n  a: {unit: soder, by: Kvinna som bor i kommunen, text: Jag fick vänta., date: 2024-01-03}\n";
    let workspace = counted("{{ statement a }}", statement);
    assert!(told(&workspace).contains("warning[DIS018]"), "{}", told(&workspace));
    let signed = "disclosure:\n  quotations:\n    - {quotation: a, who: Enhetschefen, reason: Hon har godkänt det., decided: 2024-02-01}\n";
    let with = |text: &str, signed: &str| workspace.file("content/liten/report.yaml", format!("{text}{signed}"));
    // Later it is an error.
    with(REPORT, "");
    let run = workspace.run(&["check"]).expect(1);
    assert!(run.stderr.contains("error[DIS018]") && run.stderr.contains("quotation: a, who"), "{}", run.stderr);
    with(REPORT, signed);
    let run = workspace.run(&["check"]);
    assert!(!run.stderr.contains("DIS018"), "{}", run.stderr);
    // Of what is not there nobody can answer, and who does and why must be said.
    with(REPORT, &signed.replace("quotation: a", "quotation: b"));
    let run = workspace.run(&["check"]).expect(1);
    assert!(run.stderr.contains("there is no quotation `b`") && run.stderr.contains("DIS018"), "{}", run.stderr);
    with(REPORT, &signed.replace("who: Enhetschefen, ", ""));
    let run = workspace.run(&["check"]).expect(1);
    assert!(run.stderr.contains("`who`"), "{}", run.stderr);
}

#[test]
fn a_typed_quotation_is_signed_by_its_attribution() {
    let workspace = counted(&quoted("Kvinna, Söder"), "");
    let signed = "disclosure:\n  quotations:\n    - {quotation: \"Kvinna, Söder\", who: Enhetschefen, reason: Hon har godkänt det., decided: 2024-02-01}\n";
    workspace.file("content/liten/report.yaml", format!("{REPORT}{signed}"));
    let told = told(&workspace);
    assert!(!told.contains("DIS018") && !told.contains("there is no quotation"), "{told}");
}

#[test]
fn typed_tables_are_read_too_and_without_a_policy_nothing_is() {
    let findings = "figures:
  cases: {label: granskade ärenden, women: 30, men: 30}
tables:
  visits:
    caption: Besök per enhet
    stub: Enhet
    columns: [women, men]
    total-row: true
    source: Granskningen
    rows:
      - {label: Norr, women: 26, men: 9}
      - {label: Söder, women: 4, men: 21}
";
    let chapter = |by: &str| {
        format!("# Resultat\n\nDet är {{{{ cases }}}} ärenden.\n\n{}\n\n{{{{ table visits }}}}\n", quoted(by))
    };
    let told = |policy: &str, by: &str| told(&draft(policy, findings, &chapter(by)));
    let found = told(POLICY, "Kvinna, Söder");
    assert!(found.contains("4 of 60 persons fit what is said of who is quoted here (Söder, Kvinnor)"), "{found}");
    assert!(!told(POLICY, "Man, Söder").contains("DIS018"));
    assert!(!told("language: sv\n", "Kvinna, Söder").contains("DIS018"));
}

#[test]
fn who_is_quoted_in_running_text_is_counted_as_well() {
    for (text, is_told) in [
        ("En kvinna i Söder berättar:\n\n> Jag fick vänta.", true),
        ("Så är det. En kvinna i Söder berättar: \u{201d}Jag fick vänta länge.\u{201d}", true),
        ("\u{201d}Jag fick vänta länge\u{201d}, säger en kvinna i Söder.", true),
        ("En kvinna i Norr berättar: \u{201d}Jag fick vänta länge.\u{201d}", false),
        ("Kvinnor i Söder använder ordet \u{201d}stöd\u{201d}, som är oklart.", false),
    ] {
        let told = told(&counted(text, ""));
        assert_eq!(told.contains("[DIS018]"), is_told, "{text}\n{told}");
    }
}
