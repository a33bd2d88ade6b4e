//! Breakdowns that a workspace declares: figures, tables, case rows and sentences by age, a third group of sex, and a workspace without any.

use crate::workspace::Workspace;

const AGE: &str = r#"rules: {TAB012: off, TAB013: off}
breakdowns:
  age: {label: {sv: ålder, en: age}, in-sentence: {sv: "{count} i åldern {group}", en: "{count} aged {group}"}, groups: [0–17, 18–64, 65+]}
"#;

const FINDINGS: &str = "figures:
  visitors: {label: besökare, 0–17: 5, 18–64: 12, 65+: 8}
  helped: {label: besökare som fick hjälp, 0-17: 4, 18-64: 6, 65: 8, base: visitors}
  rest: {label: besökare utan hjälp, difference: [visitors, helped]}
  share: {label: andel som fick hjälp, share: [helped, visitors]}
tables:
  visits:
    caption: Besök
    stub: Enhet
    columns: [0–17, 18–64, 65+]
    base: visitors
    rows:
      - {label: Norr, 0-17: 3, 18-64: 2, 65: 4}
      - {label: Söder, 0-17: 2, 18-64: 10, 65: 4}
    source: Granskningen
";

/// The small report with a workspace file, findings and a chapter of its own.
fn report(workspace_file: &str, findings: &str, chapter: &str) -> Workspace {
    let workspace = Workspace::small();
    workspace.file("belagg.yaml", workspace_file);
    workspace.file("content/liten/findings/alla.yaml", findings);
    workspace.chapter(format!("# Resultat\n\n{chapter}\n"));
    workspace
}

/// The first paragraph of the chapter.
fn printed(workspace: &Workspace) -> String {
    workspace.run(&["build"]).expect(0);
    let page = workspace.read("output/liten/1.0/index.html");
    let body = page.split("<h2 id=\"resultat\">").nth(1).unwrap().split("<p>").nth(1).unwrap();
    let body = body.split("</p>").next().unwrap().replace('\u{a0}', " ");
    body.split('<').map(|part| part.split_once('>').map_or(part, |(_, words)| words)).collect()
}

#[test]
fn figures_by_age_are_bound_added_up_and_counted_on_their_base() {
    let chapter = "{{ visitors }}: {{ visitors | by age }}. {{ helped | 18–64 | share }}, {{ helped | 65+ | percent }}; {{ rest | by age }}; \
                   {{ share | 0-17 }}; {{ visits.soder | by age }}, {{ visits.total | 65 }}.";
    let workspace = report(AGE, FINDINGS, chapter);
    assert_eq!(
        printed(&workspace),
        "25: 5 i åldern 0–17, 12 i åldern 18–64 och 8 i åldern 65+. 6 av 12, 100 procent; \
         1 i åldern 0–17, 6 i åldern 18–64 och 0 i åldern 65+; 80 procent; \
         2 i åldern 0–17, 10 i åldern 18–64 och 4 i åldern 65+, 8."
    );
    let told = workspace.run(&["explain", "helped"]).expect(0).stdout;
    assert!(told.contains("18 (4 i åldern 0–17, 6 i åldern 18–64 och 8 i åldern 65+)"), "{told}");
    assert!(told.contains("0–17, 18–64 och 65+ sammanräknade"), "{told}");
}
