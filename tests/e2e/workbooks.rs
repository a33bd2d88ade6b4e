//! The workbooks of a report's tables, read back as spreadsheets of authors are.

use belagg::internal::sheet::{self, Content, Format, Found, Sheet, Wanted};

use crate::workspace::{REPORT, Workspace};

const FINDINGS: &str = r#"figures:
  cases: {label: granskade ärenden, women: 20, men: 20}
tables:
  visits:
    caption: Besök per enhet
    stub: Enhet
    columns: [women, men]
    rows:
      - {label: "=Norr", women: 1200, men: 8}
      - {label: "Söder; \"ny\"", women: {blank: zero}, men: 12}
      - {label: Väster, women: {blank: suppressed}, men: {blank: not-available}}
    note: Väster öppnade i mars.
    source: Granskningen
  costs:
    caption: Kostnader och andelar
    stub: Post
    total-row: false
    columns:
      - {id: cost, label: Kostnad, type: amount, unit: kronor, decimals: 2}
      - {id: share, label: Andel, type: percent, decimals: 1}
      - {id: day, label: Dag, type: date}
      - {id: remark, label: Anmärkning, type: text}
      - {group: Budget, columns: [{id: then, label: "2023", type: amount, decimals: 0}, {id: now, label: "2024", type: amount, decimals: 0}]}
    rows:
      - {label: Lokaler, cost: -12.5, share: 62.5, day: 2024-03-01, remark: "+1", then: 100, now: 112}
      - {label: Personal, cost: 1234567.25, share: 0.4, day: 2024-03, remark: "vår\u00a0egen", then: 200, now: 150}
      - {label: Övrigt, cost: 0, share: 100, day: {blank: not-applicable}, remark: x, then: 1234567890123456, now: 0}
    derived:
      change: {label: Förändring, change: [then, now], as: percent}
      more: {label: Mer, change: [then, now]}
    source: Bokslutet
"#;

const CHAPTER: &str = "# Resultat {#resultat}\n\nSe [](#table-visits) och [](#table-costs).\n\n{{ table visits }}\n\n{{ table costs }}\n\n{{ chart units }}\n";

fn with_tables() -> Workspace {
    let workspace = Workspace::small();
    workspace.file("content/liten/report.yaml", REPORT.replace("imprint: {", "imprint: {licence: CC BY 4.0, "));
    workspace.file("content/liten/findings/alla.yaml", FINDINGS).chapter(CHAPTER);
    workspace
        .file("charts/liten/units.yaml", "table: visits\nmark: bar\nseries: [men]\ncaption: Söder har flest besök\n");
    workspace
}

const FOLDER: &str = "output/liten/1.0";

/// A sheet by its name, or the first.
fn opened(workspace: &Workspace, format: Format, name: Option<&str>) -> Found {
    let file = if format == Format::Ods { "liten.ods" } else { "liten.xlsx" };
    let bytes = workspace.bytes(&format!("{FOLDER}/{file}"));
    sheet::read(format, bytes.into(), Wanted { sheet: name, name: None }).unwrap()
}

fn names(workspace: &Workspace, format: Format) -> Vec<String> {
    match opened(workspace, format, Some("No sheet is called so")) {
        Found::NoSheet(names) => names,
        found => panic!("{found:?}"),
    }
}

fn named(workspace: &Workspace, format: Format, name: &str) -> Sheet {
    match opened(workspace, format, Some(name)) {
        Found::Sheet(sheet) => sheet,
        found => panic!("{found:?}"),
    }
}

fn text(sheet: &Sheet, row: usize, column: u32) -> String {
    match sheet.rows[row].cells.iter().find(|cell| cell.column == column).map(|cell| &cell.content) {
        Some(Content::Text(text)) => text.clone(),
        Some(Content::Number(number, _)) => number.to_string(),
        Some(Content::Percent(number, _)) => format!("{number} %"),
        other => format!("{other:?}"),
    }
}

fn records(csv: &str) -> Vec<Vec<String>> {
    let csv = csv.trim_start_matches('\u{feff}');
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(csv.as_bytes());
    reader.records().map(|record| record.unwrap().iter().map(str::to_owned).collect()).collect()
}

/// What the CSV calls harmless is the text that the sheet has.
fn same_text(csv: &str, sheet: &str) -> bool {
    csv == sheet || csv.strip_prefix('\'') == Some(sheet)
}

#[test]
fn every_cell_of_the_workbooks_is_that_of_the_csv() {
    let workspace = with_tables();
    workspace.run(&["build"]).expect(0);
    for format in [Format::Xlsx, Format::Ods] {
        for (file, name) in [("visits", "Tabell 1"), ("costs", "Tabell 2"), ("chart-units", "Diagram 1")] {
            let sheet = named(&workspace, format, name);
            let mut rows = records(&workspace.read(&format!("{FOLDER}/data/{file}.csv"))).into_iter();
            let header = rows.next().unwrap();
            let explains = header.iter().any(|name| name == "blank");
            let columns = header.len() - 1 - usize::from(explains);
            let head = sheet.rows.iter().position(|row| row.cells.len() == columns + 1 && row.number > 1).unwrap();
            for (at, words) in header[..columns].iter().enumerate() {
                assert_eq!(text(&sheet, head, at as u32), *words, "{format:?} {name}");
            }
            assert_eq!(text(&sheet, head, columns as u32), "Så är raden framtagen");
            let mut row = head;
            for record in rows {
                row += 1;
                for (at, csv) in record[..columns].iter().enumerate() {
                    let cell = text(&sheet, row, at as u32);
                    let number = csv.parse::<f64>().ok().filter(|_| at > 0);
                    let same = match number {
                        _ if csv.is_empty() => ["x", "..", "."].contains(&cell.as_str()),
                        Some(number) => cell.trim_end_matches(" %").parse() == Ok(number),
                        None => same_text(csv, &cell),
                    };
                    assert!(same, "{format:?} {name}, row {row}: {csv:?} in the CSV is {cell:?}");
                }
                assert!(same_text(record.last().unwrap(), &text(&sheet, row, columns as u32)));
            }
            assert_eq!(row + 1, sheet.rows.len(), "no row more");
            assert!(sheet.merged.is_empty() && sheet.hidden_columns.is_empty());
        }
        let costs = named(&workspace, format, "Tabell 2");
        let first = costs.rows.iter().position(|row| row.cells[0].content == Content::Text("Lokaler".into())).unwrap();
        assert_eq!(text(&costs, first, 2), "62.5 %", "a percentage is one to the spreadsheet");
        assert_eq!(text(&costs, first, 7), "12 %");
        assert_eq!(costs.rows[first + 2].cells[5].content, Content::Text("1234567890123456".into()), "every digit");
    }
}

#[test]
fn a_workbook_says_what_it_is_and_what_its_marks_mean() {
    let workspace = with_tables();
    workspace.run(&["build"]).expect(0);
    for format in [Format::Xlsx, Format::Ods] {
        assert_eq!(
            names(&workspace, format),
            ["Försättsblad", "Anmärkningar", "Tabell 1", "Tabell 2", "Diagram 1"],
            "{format:?}"
        );
        let all = |name: &str| {
            let sheet = named(&workspace, format, name);
            let lines = sheet.rows.iter().map(|row| {
                let words = row.cells.iter().map(|cell| match &cell.content {
                    Content::Text(text) => text.as_str(),
                    _ => "",
                });
                words.collect::<Vec<_>>().join(" | ")
            });
            lines.collect::<Vec<_>>().join("\n")
        };
        let cover = all("Försättsblad");
        for told in [
            "Liten rapport",
            "Licens: CC BY 4.0",
            "Kontakt: Kansliet",
            "Version: 1.0",
            "Tabell 2. Kostnader och andelar",
        ] {
            assert!(cover.contains(told), "{format:?}: {told} in {cover}");
        }
        assert!(cover.starts_with("Liten rapport\n"), "A1 says what it is");
        assert_eq!(
            all("Anmärkningar"),
            "Anmärkningar\nBladet innehåller en tabell.\nGäller | Anmärkning\n\
             Alla blad | .: Ej tillämpligt\nAlla blad | ..: Uppgift saknas\nAlla blad | x: Uppgift skyddad\n\
             Tabell 1 | Väster öppnade i mars."
        );
        let visits = all("Tabell 1");
        assert!(visits.starts_with("Tabell 1. Besök per enhet\n"), "{visits}");
        assert!(visits.contains("förklaras på bladet Anmärkningar."), "{visits}");
        let chart = all("Diagram 1");
        assert!(chart.contains("Källa: "), "{chart}");
        // The range is found by the name of its table.
        let file = if format == Format::Ods { "liten.ods" } else { "liten.xlsx" };
        let bytes = workspace.bytes(&format!("{FOLDER}/{file}"));
        let wanted = Wanted { sheet: None, name: Some("Tabell_1") };
        let Found::Sheet(sheet) = sheet::read(format, bytes.into(), wanted).unwrap() else { panic!("no table") };
        let area = sheet.named.unwrap();
        assert_eq!((area.first_column, area.last_column), (0, 4));
        assert_eq!(area.last_row - area.first_row, 4, "a header, three rows and the total");
    }
}

#[test]
fn workbooks_are_linked_listed_and_the_same_when_they_are_made_again() {
    let workspace = with_tables();
    workspace.run(&["build"]).expect(0);
    let files = ["liten.xlsx", "liten.ods"].map(|file| (file, workspace.bytes(&format!("{FOLDER}/{file}"))));
    let page = workspace.read(&format!("{FOLDER}/index.html"));
    let manifest: serde_json::Value =
        serde_json::from_str(&workspace.read(&format!("{FOLDER}/manifest.json"))).unwrap();
    for (file, bytes) in &files {
        let size = format!("{}\u{a0}kB)", (bytes.len() + 500) / 1000);
        let link = page.lines().find(|line| line.contains(&format!("href=\"{file}\""))).expect(file);
        assert!(link.contains("Alla tabeller som") && link.contains(&size), "{link} has {size}");
        let listed = manifest["outputs"].as_array().unwrap().iter().find(|output| output["path"] == *file).unwrap();
        assert_eq!(listed["bytes"], bytes.len());
        assert_eq!(listed["sha256"], belagg::internal::sha256(bytes));
    }
    std::fs::remove_dir_all(workspace.path("output")).unwrap();
    workspace.run(&["build"]).expect(0);
    for (file, bytes) in &files {
        assert!(workspace.bytes(&format!("{FOLDER}/{file}")) == *bytes, "{file} has the same bytes");
    }
    // A report without tables has none.
    workspace.chapter("# Resultat {#resultat}\n\nInga tabeller.\n");
    workspace.file("charts/liten/units.yaml", "");
    std::fs::remove_file(workspace.path("charts/liten/units.yaml")).unwrap();
    workspace.run(&["build"]).expect(0);
    assert!(!workspace.path(&format!("{FOLDER}/liten.xlsx")).exists());
    assert!(!workspace.read(&format!("{FOLDER}/index.html")).contains("liten.xlsx"));
}

#[test]
fn published_workbooks_are_verified_and_built_again() {
    let workspace = with_tables();
    workspace.run(&["publish", "liten"]).expect(0);
    let run = workspace.run(&["verify", "--rebuild", "liten"]).expect(0);
    assert!(run.stdout.contains("the bytes are those of the ledger"), "{}", run.stdout);
    let mut bytes = workspace.bytes(&format!("{FOLDER}/liten.ods"));
    let last = bytes.len() - 1;
    bytes[last] ^= 1;
    workspace.file(&format!("{FOLDER}/liten.ods"), bytes);
    let run = workspace.run(&["verify", "liten"]).expect(1);
    assert!(run.stdout.contains("liten.ods"), "{}", run.stdout);
}
