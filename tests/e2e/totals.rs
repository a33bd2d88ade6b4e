//! What is added up and what is not, and shares that are nearly none or nearly all.

use crate::workspace::{CHAPTER, Workspace};

fn text(page: &str) -> String {
    let words: String = page.split('<').map(|piece| piece.split_once('>').map_or(piece, |(_, text)| text)).collect();
    words.replace('\u{a0}', " ")
}

const MIXED: &str = "tables:
  ages:
    caption: Åldrar
    stub: Enhet
    columns:
      - {id: n, label: Personer}
      - {id: mean, label: Medelålder, type: amount, unit: år, decimals: 1}
      - {id: share, label: Andel nöjda, type: percent}
    total-row: true
    rows:
      - {label: Norr, n: 10, mean: 1.7, share: 40}
      - {label: Söder, n: 90, mean: 1.8, share: 60}
      - {label: Väster, n: 20, mean: 2.0, share: 50}
    source: Granskningen
";

#[test]
fn averages_and_percentages_have_no_total_and_the_table_says_why() {
    let workspace = Workspace::small();
    workspace.findings(MIXED);
    for (language, words) in [
        (
            "sv",
            "Ingen total för Medelålder (år) och Andel nöjda: medelvärden, andelar och andra mått läggs inte ihop utan vikter.",
        ),
        (
            "en",
            "No total for Medelålder (år) and Andel nöjda: averages, shares and other measures are not added up without weights.",
        ),
    ] {
        workspace.file("belagg.yaml", format!("language: {language}\nrules: {{TAB012: off, TAB013: off}}\n"));
        workspace.chapter(format!(
            "{CHAPTER}\n{{{{ table ages }}}}\n\n{{{{ ages.total }}}} och {{{{ ages.total | column mean }}}}\n"
        ));
        workspace.run(&["build"]).expect(0);
        let page = workspace.read("output/liten/1.0/index.html");
        assert!(text(&page).contains(words), "{language}");
        assert!(!page.contains("5,5") && !page.contains("5.5") && !page.contains(">150"), "nothing was added up");
        let data = workspace.read("output/liten/1.0/data/ages.csv");
        assert!(
            data.lines().nth(4).is_some_and(|line| line.contains("120,.,.") || line.contains("not-applicable")),
            "{data}"
        );
    }
}

#[test]
fn a_total_of_measures_alone_is_refused() {
    for key in ["total-row", "total-column"] {
        let workspace = Workspace::small();
        let table = MIXED
            .replace("      - {id: n, label: Personer}\n", "")
            .replace("n: 10, ", "")
            .replace("n: 90, ", "")
            .replace("n: 20, ", "");
        workspace.findings(table.replace("total-row: true", &format!("{key}: true")));
        let run = workspace.run(&["build"]).expect(1);
        assert_eq!(run.codes(), ["TAB004"], "{}", run.stderr);
        assert!(
            run.stderr.contains(&format!("`{key}` has nothing to add up")) && run.stderr.contains("fler.yaml:8:"),
            "{}",
            run.stderr
        );
    }
}

#[test]
fn sums_and_means_of_measures_are_refused() {
    let workspace = Workspace::small();
    workspace.file("content/liten/data/c.csv", "Nr;Enhet;Andel\n1;Norr;40\n2;Norr;60\n3;Söder;50\n");
    let findings = "datasets:
  c: {label: fall, file: data/c.csv, id: Nr, columns: {unit: Enhet, share: {header: Andel, type: number}}}
figures:
  north: {label: medel i Norr, average: {rows: c, column: share, where: {unit: Norr}}, unit: procent}
  south: {label: medel i Söder, average: {rows: c, column: share, where: {unit: Söder}}, unit: procent}
  p: {label: andel, percent: 40, as-published: true, source: Rapport}
  q: {label: annan andel, percent: 60, as-published: true, source: Rapport}
";
    for (figure, message) in [
        ("sum: [p, q]", "is not a count and cannot be added up"),
        ("sum: [north, south]", "is not a count and cannot be added up"),
        ("difference: [north, south]", "is not a count and cannot be added up"),
        ("average: [p, q]", "the mean of percentages is not the percentage of all"),
        ("average: [north, south]", "is an average itself"),
        ("sum: {rows: c, column: share}, unit: procent", "would be a sum of percentages"),
        ("sum: {rows: c, column: share}, unit: \"%\"", "would be a sum of percentages"),
    ] {
        workspace.findings(format!("{findings}  x: {{label: allt, {figure}}}\n"));
        let run = workspace.run(&["check"]).expect(1);
        assert!(run.stderr.contains(message) && run.codes().contains(&"FIG007"), "{figure}: {}", run.stderr);
    }
    // Counted from case rows, the average of all is that of all cases.
    workspace.findings(format!(
        "{findings}tables:\n  t: {{caption: Enheter, stub: Enhet, cross: {{rows: c, by: unit, measures: [{{id: m, label: Medel, average: share, unit: procent, decimals: 1}}]}}, source: Filen}}\n"
    ));
    workspace.chapter(format!("{CHAPTER}\n{{{{ table t }}}}\n\nI snitt {{{{ t.total | column m }}}}.\n"));
    workspace.run(&["build"]).expect(0);
    let data = workspace.read("output/liten/1.0/data/t.csv");
    assert!(data.lines().any(|line| line.starts_with("Totalt,3,50.0")), "{data}");
    assert!(!text(&workspace.read("output/liten/1.0/index.html")).contains("Ingen total"));
}

#[test]
fn few_are_not_none_and_most_are_not_all() {
    let workspace = Workspace::small();
    workspace.findings(
        "figures:
  all: {label: alla ärenden, count: 1000}
  none: {label: inga, count: 0, base: all}
  one: {label: ett enda, count: 1, base: all}
  most: {label: nästan alla, count: 999, base: all}
  every: {label: samtliga, count: 1000, base: all}
  fewer: {label: färre, change: [all, most]}
  share: {label: andel, share: [one, all]}
  two: {label: två, count: 2, base: all}
  other: {label: annan andel, share: [two, all]}
  rise: {label: ökning, change: [share, other]}
  debt: {label: skuld, amount: -0.04, unit: kronor}
tables:
  t:
    caption: Andelar
    stub: Svar
    columns: [{id: n, label: Antal}]
    base: all
    rows: [{label: Ja, n: 999}, {label: Nej, n: 1}]
    source: Granskningen
  m:
    caption: Mått
    stub: Svar
    columns: [{id: x, label: Skillnad, type: amount, unit: kronor}, {id: y, label: Andel, type: percent}]
    rows: [{label: Ja, x: -0.4, y: 0.2}, {label: Nej, x: 0.4, y: 99.8}]
    source: Granskningen
",
    );
    workspace.file("charts/liten/t.yaml", "table: t\nmark: bar\nmeasure: percent\ncaption: Andelarna\n");
    workspace.chapter(format!(
        "{CHAPTER}\nInga {{{{ none | full }}}}, en {{{{ one | full }}}}, en {{{{ one | full 1 }}}}, en {{{{ share }}}}, flest {{{{ most | percent }}}}, alla {{{{ every | full }}}}, färre {{{{ fewer | percent }}}}, skulden {{{{ debt }}}}, mer {{{{ rise }}}} ({{{{ rise | absolute }}}}).\n\n{{{{ chart t }}}}\n\n{{{{ table t }}}}\n\n{{{{ table m }}}}\n"
    ));
    // What the program prints itself, its own rules accept.
    let run = workspace.run(&["build"]).expect(0);
    assert!(!run.codes().iter().any(|code| code.starts_with("EVI003") || code.starts_with("EVI004")), "{}", run.stderr);
    let page = text(&workspace.read("output/liten/1.0/index.html"));
    for words in [
        "Inga 0 av 1 000 (0 procent)",
        "en 1 av 1 000 (0,1 procent), en 1 av 1 000 (0,1 procent), en 0,1 procent",
        "flest 99,9 procent",
        "alla 1 000 av 1 000 (100 procent)",
        "färre −0,1 procent",
        "skulden −0,04 kronor",
        "mer +0,1 procentenheter (0,1 procentenheter)",
    ] {
        assert!(page.contains(words), "{words}\n{page}");
    }
    let chart = workspace.read("output/liten/1.0/charts/t.svg").replace('\u{a0}', " ");
    assert!(chart.contains("99,9 %") && chart.contains("0,1 %"), "{chart}");
    assert!(page.contains("99,9") && page.contains("0,1"), "described as drawn");
    let table = workspace.read("output/liten/1.0/index.html").replace('\u{a0}', " ");
    assert!(table.contains(">0</td>") && table.contains(">0,2 %</td>") && table.contains(">99,8 %</td>"), "{table}");
    assert!(!table.contains(">−0<") && !table.contains(">-0<"));
}

#[test]
fn a_total_of_averages_and_percentages_is_weighted_where_the_weights_are_known() {
    let weighted =
        MIXED.replace("decimals: 1}", "decimals: 1, weight: n}").replace("type: percent}", "type: percent, weight: n}");
    let workspace = Workspace::small();
    workspace.file("belagg.yaml", "language: sv\nrules: {TAB012: off, TAB013: off}\n");
    workspace.findings(&weighted);
    workspace.chapter(format!("{CHAPTER}\n{{{{ table ages }}}}\n\n{{{{ ages.total | column mean }}}} i medeltal.\n"));
    workspace.run(&["build"]).expect(0);
    // (10 · 1.7 + 90 · 1.8 + 20 · 2.0) / 120 = 1.825, (400 + 5400 + 1000) / 120 = 56.67
    let data = workspace.read("output/liten/1.0/data/ages.csv");
    let total = data.lines().nth(4).unwrap_or_default();
    assert!(total.contains("120,1.8,56.666667"), "{data}");
    assert!(total.ends_with("Summan av raderna ovanför; medelvärden är vägda med Personer"), "{data}");
    let page = text(&workspace.read("output/liten/1.0/index.html"));
    let words = "Totalen för Medelålder (år) och Andel nöjda är ett medelvärde som är vägt med Personer.";
    assert!(page.contains(words), "{page}");
    assert!(page.contains("1,8 år i medeltal") && !page.contains("Ingen total för"), "{page}");

    // Without a key, the total row is there, since every column has a total; typed, it is held against the mean as it is printed.
    let every = weighted.replace("    total-row: true\n", "");
    for (typed, code) in [("mean: 1.8, share: 57", 0), ("mean: 5.5, share: 57", 1)] {
        let typed = format!("      - {{label: Alla, total: true, n: 120, {typed}}}\n    source");
        workspace.findings(every.replace("    source", &typed));
        let run = workspace.run(&["build"]).expect(code);
        assert!(code == 0 || run.stderr.contains("the total of the column is 1.8, not 5.5"), "{}", run.stderr);
    }
    // A ranking puts a column before all others: the weights are still those that were named.
    workspace.findings(weighted.replace("    total-row", "    ranking: {by: n}\n    total-row"));
    workspace.run(&["build"]).expect(0);
    let data = workspace.read("output/liten/1.0/data/ages.csv");
    assert!(data.lines().nth(4).is_some_and(|line| line.contains("120,1.8,56.666667")), "{data}");
    // A row without a rate has no part in the total; one whose weight is not known makes it unknown.
    for (from, to, total) in [
        ("n: 90, mean: 1.8,", "n: 90, mean: {blank: not-applicable},", "120,1.9,56.666667"),
        ("n: 90,", "n: {blank: suppressed},", "Totalt,,,,n: suppressed; mean: suppressed; share: suppressed"),
        ("mean: 1.8,", "mean: {blank: not-available},", "Totalt,120,,56.666667,mean: not-available"),
    ] {
        workspace.findings(weighted.replace(from, to));
        workspace.run(&["build"]).expect(0);
        let data = workspace.read("output/liten/1.0/data/ages.csv");
        assert!(data.lines().nth(4).is_some_and(|line| line.contains(total)), "{to}: {data}");
    }
}

#[test]
fn weights_are_columns_of_numbers() {
    for (to, message) in [
        ("weight: persons}", "there is no column of numbers `persons` to weigh by"),
        ("weight: mean}", "there is no column of numbers `mean` to weigh by"),
    ] {
        let workspace = Workspace::small();
        workspace.findings(MIXED.replace("decimals: 1}", &format!("decimals: 1, {to}")));
        let run = workspace.run(&["check"]).expect(1);
        assert!(run.stderr.contains(message), "{}", run.stderr);
    }
    let workspace = Workspace::small();
    workspace.findings(MIXED.replace("label: Personer}", "label: Personer, weight: mean}"));
    let run = workspace.run(&["check"]).expect(1);
    assert!(run.stderr.contains("column `n` has no use for `weight`"), "{}", run.stderr);
    let workspace = Workspace::small();
    workspace.findings(
        MIXED
            .replace("id: n, label: Personer}", "id: n, label: Personer, type: amount}")
            .replace("decimals: 1}", "decimals: 1, weight: n}")
            .replace("n: 90", "n: -90"),
    );
    let run = workspace.run(&["check"]).expect(1);
    assert_eq!(run.codes(), ["DAT004"], "{}", run.stderr);
    assert!(
        run.stderr.contains("weighted by `n`: it is negative here") && run.stderr.contains("fler.yaml:12:"),
        "{}",
        run.stderr
    );
}

/// Five cases, of which one lacks its days and two their cost.
fn with_values_missing() -> Workspace {
    let workspace = Workspace::small();
    workspace.file("content/liten/data/c.csv", "Nr;Typ;Dagar;Kostnad\n1;a;10;5\n2;a;20;\n3;b;;7\n4;b;40;\n5;b;50;9\n");
    workspace.file("belagg.yaml", "language: sv\nrules: {TAB012: off, TAB013: off}\n");
    workspace.findings("datasets:
  c: {label: ärenden, file: data/c.csv, id: Nr, columns: {kind: Typ, days: {header: Dagar, type: number, missing: leave-out}, cost: {header: Kostnad, type: number, missing: leave-out}}}
figures:
  mean: {label: dagar i snitt, average: {rows: c, column: days}, unit: dagar}
  cost: {label: kostnad, sum: {rows: c, column: cost}, unit: kr}
  n: {label: ärenden, count: {rows: c}}
tables:
  t: {caption: Tid, stub: Typ, cross: {rows: c, by: kind, heading: Ärenden, measures: [{id: d, label: Dagar i snitt, average: days}, {id: m, label: Dagar i mitten, median: days}, {id: k, label: Kostnad, sum: cost}]}, source: Registret}
  u: {caption: Antal, stub: Typ, cross: {rows: c, by: kind}, source: Registret}
");
    workspace
}

#[test]
fn a_table_says_how_many_values_its_measures_leave_out() {
    let workspace = with_values_missing();
    for (language, words) in [
        ("sv", "Dagar i snitt och Dagar i mitten: 1 värde saknas. Kostnad: 2 värden saknas."),
        ("en", "Dagar i snitt and Dagar i mitten: 1 value is missing. Kostnad: 2 values are missing."),
    ] {
        workspace.file("belagg.yaml", format!("language: {language}\nrules: {{TAB012: off, TAB013: off}}\n"));
        workspace.chapter(format!("{CHAPTER}\n{{{{ table t }}}}\n\n{{{{ table u }}}}\n"));
        workspace.run(&["build"]).expect(0);
        let page = text(&workspace.read("output/liten/1.0/index.html"));
        assert_eq!(page.matches(words).count(), 1, "{language}: {page}");
        assert!(workspace.read("output/liten/1.0/data/t.json").contains(words), "{language}: the download says it");
    }
}

#[test]
fn a_sentence_can_say_how_many_values_a_figure_leaves_out() {
    let workspace = with_values_missing();
    workspace.chapter(format!(
        "{CHAPTER}\nI snitt {{{{ mean }}}} ({{{{ mean | missing words }}}} värde saknas); {{{{ cost }}}} ({{{{ cost | missing }}}} saknas).\n"
    ));
    workspace.run(&["build"]).expect(0);
    let page = text(&workspace.read("output/liten/1.0/index.html"));
    assert!(page.contains("I snitt 30,0 dagar (ett värde saknas); 21 kr (2 saknas)."), "{page}");
    assert!(!workspace.run(&["check", "--all"]).expect(0).stderr.contains("DAT013"));
    workspace.chapter(format!("{CHAPTER}\nI snitt {{{{ mean }}}} ({{{{ mean | missing words }}}} värde saknas); {{{{ cost }}}} av {{{{ n }}}}.\n"));
    let run = workspace.run(&["check", "--all"]).expect(0);
    assert_eq!(run.stderr.matches("DAT013").count(), 1, "{}", run.stderr);
    assert!(run.stderr.contains("`cost` leaves out 2 missing values, and the text does not say so"), "{}", run.stderr);
    for (filter, message) in [
        ("n | missing", "the figure leaves no values out"),
        ("plans | missing", "the figure leaves no values out"),
        ("mean | missing twice", "`twice` cannot stand here"),
        ("mean | missing | words", "cannot stand together"),
    ] {
        workspace.chapter(format!("{CHAPTER}\n{{{{ {filter} }}}}\n"));
        let run = workspace.run(&["check"]).expect(1);
        assert!(run.stderr.contains(message), "{filter}: {}", run.stderr);
    }
}

#[test]
fn means_of_case_rows_are_weighted() {
    let workspace = Workspace::small();
    workspace.file("content/liten/data/enheter.csv", "Nr;Typ;Andel;Personer\n1;a;10;90\n2;a;50;10\n3;b;20;5\n");
    let findings = "datasets:
  c: {label: enheter, file: data/enheter.csv, id: Nr, columns: {kind: Typ, share: {header: Andel, type: number}, persons: {header: Personer, type: number}}}
figures:
  mean: {label: andel, average: {rows: c, column: share, where: {kind: a}, weight: persons}, unit: procent}
tables:
  t: {caption: Andel, stub: Typ, cross: {rows: c, by: kind, heading: Enheter, measures: [{id: m, label: Andel, average: share, weight: persons, unit: procent}]}, source: Granskningen}
";
    workspace.file("belagg.yaml", "language: sv\nrules: {TAB012: off, TAB013: off}\n");
    workspace.findings(findings);
    workspace.chapter(format!("{CHAPTER}\nI snitt {{{{ mean }}}}.\n\n{{{{ table t }}}}\n"));
    workspace.run(&["build"]).expect(0);
    let page = text(&workspace.read("output/liten/1.0/index.html"));
    assert!(page.contains("I snitt 14,0 procent."), "{page}");
    assert!(page.contains("Medelvärdet av Andel, vägt med Personer, i 2 rader i data/enheter.csv"), "{page}");
    let data = workspace.read("output/liten/1.0/data/t.csv");
    // (900 + 500 + 100) / 105
    assert!(data.contains("a,2,14.0") && data.contains("Totalt,3,14.3"), "{data}");
    for (from, to, message) in [
        ("average: share, weight", "median: share, weight", "`weight` is for averages"),
        ("weight: persons}, unit", "weight: kind}, unit", "`kind` holds no numbers to weigh by"),
        ("weight: persons}, unit", "weight: person}, unit", "dataset `c` has no column `person`"),
    ] {
        workspace.findings(findings.replace(from, to));
        let run = workspace.run(&["check"]).expect(1);
        assert!(run.stderr.contains(message), "{}", run.stderr);
    }
    workspace.findings(findings);
    for (personer, message) in
        [("", "1 of 2 cases have no value in `persons`: row 3"), ("-1", "it is negative in row 3")]
    {
        workspace.file(
            "content/liten/data/enheter.csv",
            format!("Nr;Typ;Andel;Personer\n1;a;10;90\n2;a;50;{personer}\n3;b;20;5\n"),
        );
        let run = workspace.run(&["check"]).expect(1);
        assert!(run.stderr.contains(message), "{}", run.stderr);
    }
}

#[test]
fn a_figure_with_the_name_of_a_tables_total_is_told_and_not_passed_over() {
    let workspace = Workspace::small();
    workspace.file(
        "content/liten/findings/fler.yaml",
        "tables:
  t: {caption: T, stub: Enhet, columns: [{id: n, label: Antal}], rows: [{label: Norr, n: 10}, {label: Söder, n: 20}], source: Granskningen}
figures:
  t.total: {label: något annat, count: 7}
",
    );
    let run = workspace.run(&["check"]).expect(1);
    assert_eq!(run.codes(), ["KEY005"], "{}", run.stderr);
    assert!(run.stderr.contains("a row or the total of this table is called so"), "{}", run.stderr);
}
