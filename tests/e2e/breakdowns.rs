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
    let page = workspace.page("liten");
    let body = page.split("<h2 id=\"resultat\"").nth(1).unwrap().split("<p>").nth(1).unwrap();
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

#[test]
fn columns_by_age_have_the_words_of_their_groups_in_table_chart_and_download() {
    let workspace =
        report(AGE, FINDINGS, "Besöken står i [](#table-visits).\n\n{{ table visits }}\n\n{{ chart besok }}");
    workspace.file("charts/liten/besok.yaml", "table: visits\nmark: grouped-bar\ncaption: Besök efter ålder\n");
    workspace.run(&["build"]).expect(0);
    let data = workspace.read("output/liten/1.0/data/visits.csv");
    assert!(data.contains("0–17") && data.contains("18–64") && data.contains("65+"), "{data}");
    let page = workspace.read("output/liten/1.0/index.html");
    assert!(page.contains("65+") && page.contains("Besök efter ålder"), "{page}");
}

#[test]
fn cases_are_counted_by_the_groups_that_their_numbers_fall_in() {
    let findings = "figures:
  cases: {label: ärenden, count: {rows: cases}}
tables:
  ages: {caption: Ålder, stub: Ålder, cross: {rows: cases, by: age}}
datasets:
  cases:
    file: data/a.csv
    breakdowns: {age: {column: Ålder, 0–17: {to: 17}, 18–64: {from: 18, to: 64}, 65+: {from: 65}}}
    columns: {unit: Enhet}
";
    let workspace = report(AGE, findings, "{{ cases }}: {{ cases | by age }}; {{ ages.65 }}.");
    workspace.file("content/liten/data/a.csv", "Enhet;Ålder\nNorr;12\nSöder;\nNorr;70\nSöder;64\nSöder;65\n");
    assert_eq!(
        printed(&workspace),
        "5: 1 i åldern 0–17, 1 i åldern 18–64, 2 i åldern 65+ och 1 utan uppgift om ålder; 2."
    );
}

#[test]
fn sex_may_have_a_third_group() {
    let three = "breakdowns: {sex: [women, men, {id: nonbinary, label: {sv: Icke-binära, en: Non-binary}, one: \"{count} icke-binär\", \
                 many: \"{count} icke-binära\"}]}\n";
    let findings = "figures: {members: {label: medlemmar, women: 7, men: 5, nonbinary: 1}}\n";
    let workspace = report(three, findings, "{{ members }}: {{ members | by sex }}, {{ members | nonbinary }}.");
    assert_eq!(printed(&workspace), "13: 7 kvinnor, 5 män och 1 icke-binär, 1.");
    let lacking = report(three, "figures: {members: {label: medlemmar, women: 7, men: 5}}\n", "{{ members }}");
    let told = lacking.run(&["check"]).expect(1).stderr;
    assert!(told.contains("figure `members` lacks `nonbinary`"), "{told}");
}

#[test]
fn a_workspace_may_tell_nothing_apart() {
    let workspace =
        report("breakdowns: {}\n", "figures: {members: {label: medlemmar, count: 7}}\n", "{{ members }} kom.");
    assert_eq!(printed(&workspace), "7 kom.");
    workspace.file("content/liten/findings/alla.yaml", "figures: {members: {label: medlemmar, women: 4, men: 3}}\n");
    let told = workspace.run(&["check"]).expect(1).stderr;
    assert!(told.contains("figure `members` has no key `women`"), "{told}");
    workspace.file("content/liten/findings/alla.yaml", "figures: {members: {label: medlemmar, count: 7}}\n");
    workspace.chapter("# Resultat\n\n{{ members | by sex }}\n");
    let told = workspace.run(&["check"]).expect(1).stderr;
    assert!(told.contains("there is no breakdown `sex`") && told.contains("the workspace has none"), "{told}");
}

#[test]
fn totals_of_two_breakdowns_are_one() {
    let both = "breakdowns: {sex: [women, men], form: [Barn, Vuxna]}\n";
    let right = report(
        both,
        "figures: {m: {label: medlemmar, women: 7, men: 5, barn: 4, vuxna: 8}}\n",
        "{{ m | by form }} av {{ m }}.",
    );
    assert_eq!(printed(&right), "4 barn och 8 vuxna av 12.");
    let wrong = report(both, "figures: {m: {label: medlemmar, women: 7, men: 5, barn: 4, vuxna: 9}}\n", "{{ m }}");
    let told = wrong.run(&["check"]).expect(1).stderr;
    assert!(told.contains("`m` is 12 by one breakdown and 13 by another"), "{told}");
}

#[test]
fn a_group_is_named_by_its_label_in_rows_files_and_conditions() {
    let findings = "figures:
  old: {label: ärenden, count: {rows: cases, where: {age: 65+}}}
  young: {label: ärenden, count: {rows: cases, where: {age: 0-17}}}
tables:
  typed: {caption: Besök, stub: Enhet, columns: [0–17, 18–64, 65+], rows: [{label: Norr, 0–17: 3, 18 – 64: 2, 65: 4}]}
  read: {caption: Besök, stub: Enhet, columns: [0–17, 18–64, 65+], csv: data/b.csv}
datasets:
  cases:
    file: data/a.csv
    breakdowns: {age: {column: Ålder, 0–17: {to: 17}, 18–64: {from: 18, to: 64}, 65+: {from: 65}}}
    columns: {unit: Enhet}
";
    let workspace =
        report(AGE, findings, "{{ old }}, {{ young }}; {{ typed.norr | by age }}; {{ read.norr | by age }}.");
    workspace.file("content/liten/data/a.csv", "Enhet;Ålder\nNorr;12\nNorr;70\nSöder;64\nSöder;65\n");
    workspace.file("content/liten/data/b.csv", "label;65+;18–64;0–17\nNorr;7;6;5\n");
    assert_eq!(
        printed(&workspace),
        "2, 1; 3 i åldern 0–17, 2 i åldern 18–64 och 4 i åldern 65+; 5 i åldern 0–17, 6 i åldern 18–64 och 7 i åldern 65+."
    );
}

#[test]
fn groups_with_names_of_capitals_keep_them_in_a_sentence() {
    let laws = "breakdowns: {law: [LSS, SoL, Övriga lagar]}\n";
    let findings = "figures: {cases: {label: ärenden, lss: 7, sol: 5, ovriga-lagar: 1}}\n";
    assert_eq!(printed(&report(laws, findings, "{{ cases | by law }}.")), "7 LSS, 5 SoL och 1 övriga lagar.");
}

#[test]
fn what_would_count_twice_or_be_passed_over_is_told() {
    let both = "breakdowns: {sex: [women, men], form: [Barn, 18+]}\n";
    let table = |columns: &str| format!("tables: {{t: {{caption: T, stub: E, columns: [{columns}], rows: []}}}}\n");
    let cases = "datasets: {c: {file: data/a.csv, columns: {unit: Enhet}, breakdowns: {form: {column: Form, Barn: B, 18+: V, barn: X}}}}\n";
    for (findings, message) in [
        (table("women, men, barn, 18+"), "by `sex` and by `form`: added up, the same cases would count twice"),
        (table("{id: a, label: A, of: women, sex: men}"), "column `a` has both `of` and `sex`"),
        ("figures: {m: {label: medlemmar, barn: 4, 18+: 8, 18: 9}}\n".to_owned(), "`18+` and `18` are the same"),
        (cases.to_owned(), "`Barn` and `barn` are the same"),
    ] {
        let workspace = report(both, &findings, "Text.");
        workspace.file("content/liten/data/a.csv", "Enhet;Form\nNorr;B\n");
        let told = workspace.run(&["check"]).expect(1).stderr;
        assert!(told.contains(message), "{findings}{told}");
    }
    let many: String = (0..21).map(|n| format!("  b{n}: [a{n}, c{n}]\n")).collect();
    let told = report(&format!("breakdowns:\n{many}"), "figures: {}\n", "Text.").run(&["check"]).expect(1).stderr;
    assert!(told.contains("at most 20 breakdowns") && told.contains("--> belagg.yaml:22:3"), "{told}");
}

#[test]
fn faults_in_the_declaration_are_told_where_they_stand() {
    for (declared, message) in [
        ("breakdowns: {age: [0–17]}\n", "it has at least 2"),
        ("breakdowns: {age: [0–17, 0-17]}\n", "two groups have the id `0-17`"),
        ("breakdowns: {age: [total, 0–17]}\n", "a group cannot be called `total`"),
        ("breakdowns: {age: [percent, 0–17]}\n", "a group cannot be called `percent`"),
        ("breakdowns: {age: {in-sentence: unga, groups: [0–17, 18+]}}\n", "`unga` lacks {count}"),
        (
            "breakdowns: {age: [{label: {en: Young}}, {label: {sv: Äldre, en: Old}}]}\n",
            "lack the language of this report, `sv`",
        ),
    ] {
        let workspace = report(declared, "figures: {m: {label: medlemmar, count: 7}}\n", "{{ m }} kom.");
        let told = workspace.run(&["check"]).expect(1).stderr;
        assert!(told.contains(message) && told.contains("--> belagg.yaml:1:"), "{declared}{told}");
    }
}

#[test]
fn a_number_bound_beside_another_group_is_accused() {
    let chapter = |group: &str| format!("Av besökarna var {{{{ visitors | {group} }}}} i åldern 18–64.");
    let told = report(AGE, FINDINGS, &chapter("65+")).run(&["check"]).stderr;
    assert!(told.contains("8 is `visitors | 65`; the words say `visitors | 18-64`, which is 12"), "{told}");
    let right = report(AGE, FINDINGS, &chapter("18–64")).run(&["check"]).stderr;
    assert!(!right.contains("the words say"), "{right}");
}
