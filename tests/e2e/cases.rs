//! Case rows: the same cases as CSV, XLSX and ODS, what is counted from them, how it is explained, and what is said of their faults.

use crate::workspace::Workspace;

const DATA: &str = r#"figures:
  cases: {label: granskade ärenden, count: {rows: cases}}
  granted: {label: beviljade ärenden, count: {rows: cases, where: {decision: beviljad}}, base: cases}
  granted.share: {label: andel beviljade, share: [granted, cases], decimals: 1}
  other: {label: annat än avslag, count: {rows: cases, where: {decision: {not: avslag}}}, base: cases}
  young: {label: unga, count: {rows: cases, where: {age: {to: 29}}}, base: cases}
  quarter: {label: första kvartalet, count: {rows: cases, where: {decided: {from: 2024-01, to: 2024-03}}}, base: cases}
  undiagnosed: {label: utan diagnos, count: {rows: cases, where: {diagnosis: {missing: true}}}, base: cases}
  north: {label: adhd eller gad i Norr, count: {rows: cases, where: {diagnosis: [adhd, gad], unit: Norr}}, base: cases}
  age.mean: {label: medelålder, average: {rows: cases, column: age}, unit: år}
  age.median: {label: medianålder, median: {rows: cases, column: age}, unit: år}
  age.oldest: {label: äldsta, max: {rows: cases, column: age}, unit: år}
  decided.last: {label: sista beslutet, max: {rows: cases, column: decided}}
  hours: {label: timmar, sum: {rows: cases, column: hours}, unit: timmar}
  before: {label: beviljade förra gången, count: 8}
  change: {label: förändring, change: [before, granted]}
  most: {label: flest ärenden, max: {table: units, column: total}}
  fewest.men: {label: minst antal män, min: {table: units, column: men}}
  ratio: {label: ärenden per beviljat, ratio: [cases, granted]}
  mean: {label: medel, average: [cases, before, granted]}
  cell: {label: beviljade kvinnor, cell: {table: decisions, row: beviljad, column: women}}
tables:
  units: {caption: Ärenden per enhet, stub: Enhet, cross: {rows: cases, by: unit, across: sex}, base: cases}
  decisions: {caption: Beslut, stub: Beslut, cross: {rows: cases, by: decision, across: sex}, base: cases}
  ages: {caption: Ålder, stub: Ålder, cross: {rows: cases, by: age, across: decision, where: {unit: Söder}}}
  diagnoses:
    caption: Diagnoser
    stub: Diagnos
    cross: {rows: cases, by: diagnosis, order: value, heading: Ärenden}
    base: cases
    notes: {"*": generaliserat ångestsyndrom}
datasets:
  cases:
    label: granskade ärenden
    file: data/arenden.FORMAT
    id: Nr
    sex: {column: Kön, women: K, men: M}
    missing: [uppgift saknas]
    columns:
      unit: Enhet
      age: {header: Ålder, type: number, missing: leave-out, bands: {18–29 år: {to: 29}, 30–64 år: {from: 30, to: 64}, 65 år eller äldre: {from: 65}}}
      decision: {header: Beslut, values: {beviljad: Beviljad, delvis: {id: partly, label: Delvis beviljad}, avslag: Avslag, avvisad: Avvisad}}
      diagnosis: {header: Diagnos, multiple: ";", values: {ptsd: PTSD, adhd: ADHD, gad: "GAD[^*]"}}
      decided: {header: Beslutsdatum, type: date, missing: leave-out}
      hours: {header: Timmar, type: number}
"#;

const CHAPTER: &str = "# Resultat\n\n\
    Ärenden: {{ cases }}, {{ cases | by sex }}; {{ granted | full }}, {{ granted | women | share }}; {{ other }}, {{ young }}, {{ quarter }}, \
    {{ undiagnosed }}, {{ north }}.\n\n\
    Andel: {{ granted.share }}, {{ granted.share | share }}, {{ granted.share | men }}.\n\n\
    Mått: {{ age.mean }}, {{ age.mean | women }}, {{ age.median }}, {{ age.oldest }}, {{ decided.last }}, {{ hours }}, {{ ratio }}, {{ mean }}, \
    {{ cell }}.\n\n\
    Förändring: {{ change }}, {{ change | percent 1 }}, {{ change | absolute }}, {{ change | absolute | words }}, \
    {{ change | absolute | percent 1 }}.\n\n\
    Flest: {{ most }} i {{ most | name }}, {{ fewest.men }} i {{ fewest.men | name }}.\n\n\
    {{ table units }}\n\n{{ table decisions }}\n\n{{ table ages }}\n\n{{ table diagnoses }}\n";

fn fixture(name: &str) -> Vec<u8> {
    std::fs::read(std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/data").join(name)).unwrap()
}

/// The small report over the cases in one of the three formats.
fn workspace(format: &str) -> Workspace {
    let workspace = Workspace::small();
    let data = DATA.replace("FORMAT", format);
    // The workbook has a sheet before the right one, and a title over the header.
    let data = match format {
        "xlsx" => data.replace("    id: Nr", "    sheet: Ärenden\n    header-row: 3\n    id: Nr"),
        _ => data,
    };
    workspace.file("content/liten/findings/alla.yaml", data);
    workspace.file(&format!("content/liten/data/arenden.{format}"), fixture(&format!("arenden.{format}")));
    workspace.chapter(CHAPTER);
    workspace
}

/// The paragraphs and tables of the page without their markup, no-break spaces as blanks.
fn text(page: &str) -> String {
    let main = page.split("<h2 id=\"resultat\">").nth(1).unwrap().split("<section class=\"evidence\"").next().unwrap();
    let mut out = String::new();
    let mut hidden = false;
    for part in main.replace("</td>", "|").replace("</th>", "|").split('<') {
        let (tag, words) = part.split_once('>').unwrap_or(("", part));
        hidden = (hidden || tag.starts_with("ul class=\"downloads\"")) && !tag.starts_with("/ul");
        if !hidden {
            out.push_str(words);
        }
    }
    let lines = out.replace('\u{a0}', " ").replace("|\n", "| ");
    lines.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

#[test]
fn the_same_cases_give_the_same_report_in_every_format() {
    let mut texts = Vec::new();
    for format in ["csv", "xlsx", "ods"] {
        let workspace = workspace(format);
        let run = workspace.built();
        assert_eq!(run.stderr.matches("DAT009").count(), 1, "one case is neither: {}", run.stderr);
        texts.push(
            text(&workspace.read("output/liten/1.0/index.html"))
                .replace(&format!("arenden.{format}, bladet Ärenden"), "arenden")
                .replace(&format!("arenden.{format}"), "arenden"),
        );
        let manifest = workspace.read("output/liten/1.0/manifest.json");
        assert!(manifest.contains(&format!("content/liten/data/arenden.{format}")), "an input like any other");
    }
    assert_eq!(texts[0], texts[1]);
    assert_eq!(texts[0], texts[2]);
    insta::assert_snapshot!(texts[0]);
}

#[test]
fn explain_leads_down_to_line_and_rows() {
    let workspace = workspace("xlsx");
    let mut out = String::new();
    for subject in ["granted.share", "change", "most", "age.mean", "diagnoses.ptsd", "liten:diagnoses", "cell"] {
        out.push_str(&format!(
            "$ belagg explain {subject}\n{}\n",
            workspace.run(&["explain", subject]).expect(0).stdout
        ));
    }
    insta::assert_snapshot!(out);
    let csv = self::workspace("csv").run(&["explain", "undiagnosed", "--report", "liten"]).expect(0);
    assert!(csv.stdout.contains("data/arenden.csv, rad 4, 5\n"), "lines of the file: {}", csv.stdout);
    assert!(workspace.run(&["explain", "fig004"]).expect(0).stdout.starts_with("FIG004: "), "codes as before");
    let unknown = workspace.run(&["explain", "grantd"]).expect(2);
    assert!(unknown.stderr.contains("Did you mean granted?"), "{}", unknown.stderr);
    let report = workspace.run(&["explain", "litn:granted"]).expect(2);
    assert!(report.stderr.contains("Did you mean liten?"), "{}", report.stderr);
}

#[test]
fn every_bound_number_leads_to_its_evidence_and_back() {
    let workspace = workspace("ods");
    workspace.run(&["build"]).expect(0);
    let page = workspace.read("output/liten/1.0/index.html");
    let values = |attribute: &str| -> Vec<String> {
        let mark = format!(" {attribute}=\"");
        page.match_indices(&mark).map(|(at, _)| page[at + mark.len()..].split('"').next().unwrap().to_owned()).collect()
    };
    let (ids, links) = (values("id"), values("href"));
    let bound: Vec<&String> = ids.iter().filter(|id| id.starts_with("Bound-")).collect();
    assert_eq!(bound.len(), CHAPTER.matches("{{").count() - 4, "each binding, but not the four tables");
    for id in bound {
        assert!(links.contains(&format!("#{id}")), "{id} is led back to");
    }
    for link in links.iter().filter_map(|link| link.strip_prefix('#')) {
        assert!(ids.iter().any(|id| id == link), "#{link} leads nowhere");
    }
    let mut sorted = ids.clone();
    sorted.sort();
    sorted.dedup();
    assert_eq!(sorted.len(), ids.len(), "each id once");
    assert!(page.contains("<div id=\"Made-before\">"), "what a figure was made of has an entry too");
    assert_eq!(page.matches("<details class=\"made\">").count(), 4, "one for each table");
    assert!(!page.contains("rad 3, 4"), "rows of the sheet are not published");
    let csv = workspace.read("output/liten/1.0/data/decisions.csv");
    assert!(csv.contains("bladet Ärenden, där Beslut är Beviljad\""), "{csv}");
    let json: serde_json::Value =
        serde_json::from_str(&workspace.read("output/liten/1.0/data/diagnoses.json")).unwrap();
    assert!(json["origin"].as_str().unwrap().contains("Ett fall kan ha flera svar"), "{json}");
    assert!(json["rows"][0]["origin"].as_str().unwrap().contains("där Diagnos är"), "{json}");
}

/// Diagnostics of a check, without the lines about progress.
fn messages(workspace: &Workspace) -> String {
    let run = workspace.run(&["check", "--all"]).expect(1);
    run.stderr.lines().filter(|line| !line.starts_with("checking ")).collect::<Vec<_>>().join("\n")
}

#[test]
fn faults_in_the_use_of_case_rows_are_all_shown_at_once() {
    let workspace = workspace("xlsx");
    workspace.findings(
        "figures:\n  a: {label: a, count: {rows: case}}\n  b: {label: b, count: {rows: cases, where: {decison: avslag}}}\n  \
         c: {label: c, count: {rows: cases, where: {decision: avsalg}}}\n  d: {label: d, average: {rows: cases, column: unit}}\n  \
         e: {label: e, count: {rows: cases, where: {unit: {from: 3}}}}\n  f: {label: f, count: {rows: cases, where: {age: {from: sexton}}}}\n  \
         g: {label: g, median: {rows: cases, column: age, where: {unit: Norr, decision: avvisad}}}\n  h: {label: h, share: [cases]}\n  \
         i: {label: i, share: [cases, granted]}\n  j: {label: j, change: [cases, granted.share]}\n  \
         k: {label: k, max: {table: units, column: womn}}\n  l: {label: l, ratio: [cases, nothing]}\n  nothing: {label: inget, count: 0}\n  \
         m: {label: m, average: [granted.share, granted.share]}\n  n: {label: n, count: {rows: cases, where: {age: {form: 3}}}}\n  \
         units.norr: {label: dubblett, count: 3}\ntables:\n  t: {caption: T, stub: S, cross: {rows: cases, by: diagnos}}\n  \
         u: {caption: T, stub: S, columns: [women], cross: {rows: cases, by: unit, order: alphabet}}\n  \
         v: {caption: T, stub: S, cross: {rows: cases, by: unit, where: {decision: avvisad}}}\n",
    );
    insta::assert_snapshot!(messages(&workspace));
}

#[test]
fn faults_in_a_sheet_name_the_cell() {
    let workspace = workspace("xlsx");
    let data = workspace
        .read("content/liten/findings/alla.yaml")
        .replace("adhd: ADHD, ", "")
        .replace("avslag: Avslag, ", "avslog: Avslag, ")
        .replace("hours: {header: Timmar, type: number}", "hours: {header: Timmar, type: date}")
        .replace("65 år eller äldre: {from: 65}", "70 år eller äldre: {from: 71}")
        .replace("id: Nr", "id: Enhet");
    workspace.file("content/liten/findings/alla.yaml", data);
    insta::assert_snapshot!(messages(&workspace));
}

#[test]
fn faults_in_a_csv_file_are_shown_where_they_stand() {
    let workspace = workspace("csv");
    workspace.file(
        "content/liten/data/arenden.csv",
        "Nr;Enhet;Kön;Ålder;Beslut;Diagnos;Beslutsdatum;Timmar\n1;Norr;K;fyrtio;beviljad;ptsd;2024-01-15;1,5\n\
         1;norr;X;30;beviljad;gad, ptsd;15/1 2024;2\n",
    );
    insta::assert_snapshot!(messages(&workspace));
}

#[test]
fn files_sheets_and_headers_that_are_not_there_are_told() {
    let change = |from: &str, to: &str| {
        let workspace = workspace("xlsx");
        let data = workspace.read("content/liten/findings/alla.yaml").replace(from, to);
        workspace.file("content/liten/findings/alla.yaml", data);
        messages(&workspace)
    };
    assert!(change("sheet: Ärenden", "sheet: Ärende").contains("did you mean `Ärenden`?"));
    assert!(change("header: Beslutsdatum", "header: Datum").contains("its header row has: Nr, Enhet"));
    assert!(change("header-row: 3", "header-row: 30").contains("DAT006"));
    assert!(change("arenden.xlsx", "arende.xlsx").contains("FIL001"));
    assert!(change("arenden.xlsx", "arenden.doc").contains("FIL006"));
    let broken = workspace("xlsx");
    broken.file("content/liten/data/arenden.xlsx", b"PK\x03\x04 not a workbook");
    assert!(messages(&broken).contains("DAT001"));
    let renamed = workspace("xlsx");
    renamed.file("content/liten/data/arenden.xlsx", fixture("arenden.ods"));
    assert!(messages(&renamed).contains("DAT001"), "an ODS file that says it is XLSX");
}
