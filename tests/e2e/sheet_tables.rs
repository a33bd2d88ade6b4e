//! Tables straight from a sheet: a part of it, its header, its columns by name or letter, and what stands below.

use crate::sheets::{Book, data, ods};
use crate::workspace::{Run, Workspace};

/// A report whose table `t` is read from a file.
fn report(name: &str, bytes: &[u8], from: &str, columns: &str) -> Workspace {
    let workspace = Workspace::small();
    workspace.file(format!("content/liten/data/{name}").as_str(), bytes);
    let kind = name.rsplit('.').next().unwrap();
    workspace.findings(format!(
        "tables:\n  t: {{caption: T, stub: S, source: X, columns: [{columns}], {kind}: {{file: data/{name}{from}}}}}\n"
    ));
    workspace.chapter("# Resultat\n\nSe [](#table-t).\n\n{{ table t }}\n");
    workspace
}

/// The rows of the table as it can be downloaded, without where they come from.
fn built(workspace: &Workspace, columns: usize) -> (Vec<String>, Run) {
    let run = workspace.built();
    let csv = workspace.read("output/liten/1.0/data/t.csv");
    let cells = |line: &str| line.split(',').take(columns + 1).collect::<Vec<_>>().join(" ");
    (csv.trim_start_matches('\u{feff}').lines().skip(1).map(cells).collect(), run)
}

fn refused(workspace: &Workspace) -> String {
    workspace.run(&["check", "--all"]).expect(1).stderr
}

const COUNT: &str = "{id: n, label: Antal}";
const BY_SEX: &str = "{id: women, from: 2023 Kvinnor}, {id: men, from: E}";

/// A title, two rows of headers of which the upper one is merged, a total and a note.
fn two_headers(more: &str) -> Vec<u8> {
    let rows: &[&[&str]] = &[
        &["Invånare efter kön"],
        &[],
        &["Kommun", "2022", "", "2023", ""],
        &["", "Kvinnor", "Män", "Kvinnor", "Män"],
        &["Ale", "1", "2", "3", "4"],
        &["Bo", "5", "6", "7", "8"],
        &["Summa", "6", "8", "10", "12"],
        &["Not: påhittat"],
    ];
    let merged = ["A1:E1", "A3:A4", "B3:C3", "D3:E3"].map(|area| format!("<mergeCell ref=\"{area}\"/>")).concat();
    let names = "<definedNames><definedName name=\"Tabellen\">S!$A$3:$E$7</definedName>\
        <definedName name=\"Talet\">42</definedName></definedNames>";
    Book {
        sheet: format!("{}<mergeCells>{merged}</mergeCells>{more}", data(rows)),
        workbook: ("", names),
        ..Book::default()
    }
    .bytes()
}

#[test]
fn a_part_of_a_sheet_with_two_rows_of_headers_is_a_table() {
    for from in [
        ", header-row: 3, header-rows: 2",
        ", range: A3:E, header-rows: 2",
        ", range: 'A3:E7', header-rows: 2",
        ", range: $E$6:$A$3, header-rows: 2",
        ", name: tabellen, header-rows: 2",
        ", range: A3:E7, sheet: S, header-rows: 2, labels: Kommun",
        ", header-row: 3, header-rows: 2, last-row: 7",
    ] {
        let (rows, run) = built(&report("a.xlsx", &two_headers(""), from, BY_SEX), 3);
        assert_eq!(rows[..2], ["Ale 3 4 7", "Bo 7 8 15"], "{from}");
        assert!(rows[2].ends_with(" 10 12 22") && rows.len() == 3, "{from}: {rows:?}");
        let left_out = run.stderr.contains("S!A8: 1 row is not read: row 8 `Not: påhittat`");
        assert_eq!(
            left_out,
            from.contains("A3:E,") || !from.contains("range") && !from.contains("name") && !from.contains("last-row"),
            "{from}: {}",
            run.stderr
        );
    }
    let workspace = report("a.xlsx", &two_headers(""), ", range: A3:E7, header-rows: 2", BY_SEX);
    workspace.run(&["build"]).expect(0);
    let csv = workspace.read("output/liten/1.0/data/t.csv");
    assert!(csv.contains("Ale,3,4,7,\"data/a.xlsx, S!A5\""), "{csv}");
    let letters = BY_SEX.replace("2023 Kvinnor", "D");
    let (rows, _) = built(&report("a.xlsx", &two_headers(""), ", range: A5:E6, header-rows: 0", &letters), 3);
    assert_eq!(rows, ["Ale 3 4 7", "Bo 7 8 15", "Totalt 10 12 22"]);
}

#[test]
fn what_is_no_part_of_the_sheet_is_told() {
    let said = |from: &str| refused(&report("a.xlsx", &two_headers(""), from, BY_SEX));
    let name = said(", name: Tabbellen");
    assert!(name.contains("error[DAT002]: `data/a.xlsx` has no range or table `Tabbellen`"), "{name}");
    assert!(name.contains("did you mean `Tabellen`?") && !name.contains("Talet"), "{name}");
    for range in ["A3", "3:5", "A0:E", "Kommun", "A3:E7:F8"] {
        let range = said(&format!(", range: '{range}'"));
        assert!(range.contains("is no range of cells"), "{range}");
    }
    assert!(said(", range: G3:H7").contains("the range `G3:H7` of the sheet `S` of `data/a.xlsx` is empty"));
    assert!(said(", range: A3:E7, name: Tabellen").contains("both `range` and `name` are given"));
    assert!(said(", header-row: 3").contains("`data/a.xlsx` has no column `2023 Kvinnor`"));
    let merged = report("a.xlsx", &two_headers(""), ", header-row: 3", "{id: women, from: B}, {id: men, from: D}");
    assert!(refused(&merged).contains("`header-rows: 2`"));
    let csv = Workspace::small();
    csv.file("content/liten/data/a.xlsx", two_headers(""));
    csv.findings("tables:\n  t: {caption: T, stub: S, columns: [{id: n, label: N}], csv: data/a.xlsx}\n");
    let csv = refused(&csv);
    assert!(csv.contains("is a spreadsheet and no CSV file") && csv.contains("write `xlsx: data/a.xlsx`"), "{csv}");
    assert!(!csv.contains("TAB005"), "{csv}");
}

#[test]
fn a_table_of_the_workbook_is_found_by_its_name_without_its_totals() {
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let rows: &[&[&str]] = &[&["Enhet", "Antal"], &["Norr", "1"], &["Söder", "2"], &["Summor", "9"], &["Mer", "5"]];
    let relation = |id: &str, kind: &str, target: &str| {
        format!(
            "<Relationships><Relationship Id=\"{id}\" Type=\"{office}/{kind}\" Target=\"{target}\"/></Relationships>"
        )
    };
    let bytes = crate::sheets::packed(&[
        ("_rels/.rels", relation("r1", "officeDocument", "xl/workbook.xml").as_bytes()),
        (
            "xl/workbook.xml",
            format!("<workbook xmlns=\"{main}\" xmlns:r=\"o\"><sheets><sheet name=\"S\" r:id=\"r1\"/></sheets></workbook>").as_bytes(),
        ),
        ("xl/_rels/workbook.xml.rels", relation("r1", "worksheet", "worksheets/sheet1.xml").as_bytes()),
        ("xl/worksheets/sheet1.xml", format!("<worksheet xmlns=\"{main}\">{}</worksheet>", data(rows)).as_bytes()),
        ("xl/worksheets/_rels/sheet1.xml.rels", relation("t1", "table", "../tables/table1.xml").as_bytes()),
        (
            "xl/tables/table1.xml",
            format!("<table xmlns=\"{main}\" id=\"1\" name=\"x\" displayName=\"Tabell1\" ref=\"A1:B4\" totalsRowCount=\"1\"/>")
                .as_bytes(),
        ),
    ]);
    let (rows, _) = built(&report("a.xlsx", &bytes, ", name: Tabell1", COUNT), 1);
    assert_eq!(rows, ["Norr 1", "Söder 2", "Totalt 3"]);
}

#[test]
fn ods_is_read_alike() {
    let words = |text: &str| {
        format!("<table:table-cell office:value-type=\"string\"><text:p>{text}</text:p></table:table-cell>")
    };
    let number = |n: u8| format!("<table:table-cell office:value-type=\"float\" office:value=\"{n}\"/>");
    let row = |cells: &[String]| format!("<table:table-row>{}</table:table-row>", cells.concat());
    let wide = "<table:table-cell office:value-type=\"string\" table:number-columns-spanned=\"2\"><text:p>2023</text:p></table:table-cell><table:covered-table-cell/>";
    let rows = [
        row(&[words("Rubrik")]),
        row(&[words("Kommun"), wide.to_owned()]),
        row(&[words(""), words("Kvinnor"), words("Män")]),
        row(&[words("Ale"), number(3), number(4)]),
        row(&[words("Bo"), number(7), number(8)]),
        row(&[words("Källa: påhittat")]),
    ]
    .concat();
    let columns =
        "<table:table-column/><table:table-column table:number-columns-repeated=\"2\" table:visibility=\"collapse\"/>";
    let names = "</table:table><table:named-expressions><table:named-range table:name=\"Tabellen\" \
        table:cell-range-address=\"$S.$A$2:.$C$5\"/></table:named-expressions><table:table table:name=\"Annat\">";
    let bytes = ods(&format!("{columns}{rows}{names}"));
    let by_sex = BY_SEX.replace("from: E", "from: C");
    for from in
        [", header-row: 2, header-rows: 2", ", name: Tabellen, header-rows: 2", ", range: A2:C5, header-rows: 2"]
    {
        let (rows, run) = built(&report("a.ods", &bytes, from, &by_sex), 3);
        assert_eq!(rows, ["Ale 3 4 7", "Bo 7 8 15", "Totalt 10 12 22"], "{from}");
        assert!(run.stderr.contains("column B, C of `data/a.ods` are hidden in the spreadsheet"), "{}", run.stderr);
    }
}

#[test]
fn every_fault_of_a_cell_names_it() {
    let styles = "<cellXfs><xf/><xf numFmtId=\"9\"/><xf numFmtId=\"14\"/></cellXfs>";
    let cell = |cell: &str| {
        let rows: &[&[&str]] = &[&["Enhet", "Antal"], &["Norr", "1"], &["Söder", cell], &["Öst", "2"]];
        report("a.xlsx", &Book { styles, ..Book::of(rows) }.bytes(), "", COUNT)
    };
    for (xml, why) in [
        ("", "the cell of column `n` is blank without a reason"),
        ("..", "`..` in column `n` is not a whole number"),
        ("1.5", "`1.5` in column `n` is not a whole number"),
        ("-1", "`-1` in column `n` is not a whole number"),
        ("<c r=\"\" s=\"1\"><v>0.5</v></c>", "the spreadsheet shows it as a percentage"),
        ("<c r=\"\" s=\"2\"><v>45000</v></c>", "the spreadsheet shows it as a date"),
        ("<c r=\"\"><f>A1</f></c>", "the file does not hold its result"),
        ("<c r=\"\" t=\"e\"><v>#REF!</v></c>", "the spreadsheet says #REF!"),
        ("<c r=\"\" t=\"inlineStr\"><is><t>1,234</t></is></c>", "`1,234` can be read as 1.234 and as 1234"),
    ] {
        let said = refused(&cell(xml));
        assert!(said.contains("data/a.xlsx, S!B3: ") && said.contains(why), "{xml}: {said}");
    }
    let rows: &[&[&str]] =
        &[&["Kod", "Enhet", "Antal"], &["01", "Norr", "1"], &["02", "Söder", "1"], &["01", "Öst", "1"]];
    let text = |rows: &[&[&str]]| {
        let all: Vec<Vec<String>> = rows
            .iter()
            .map(|row| {
                row.iter()
                    .map(|cell| {
                        if cell.starts_with('0') {
                            format!("<c r=\"\" t=\"inlineStr\"><is><t>{cell}</t></is></c>")
                        } else {
                            (*cell).to_owned()
                        }
                    })
                    .collect()
            })
            .collect();
        let all: Vec<Vec<&str>> = all.iter().map(|row| row.iter().map(String::as_str).collect()).collect();
        Book::of(&all.iter().map(Vec::as_slice).collect::<Vec<_>>()).bytes()
    };
    let twice = refused(&report("a.xlsx", &text(rows), ", ids: Kod, labels: Enhet", COUNT));
    assert!(twice.contains("S!A4: the id `01` stands twice") && twice.contains("it stands first in S!A2"), "{twice}");
}

#[test]
fn blank_cells_are_what_the_author_says() {
    let rows: &[&[&str]] = &[&["Enhet", "Antal"], &["Norr", "1"], &["Söder", ""], &["Öst", ".."], &["Väst", "–"]];
    let bytes = Book::of(rows).bytes();
    let blanks = ", blanks: {\"\": not-applicable, ..: suppressed, –: zero}";
    let workspace = report("a.xlsx", &bytes, blanks, COUNT);
    let (rows, _) = built(&workspace, 2);
    assert_eq!(rows[..4], ["Norr 1 ", "Söder  n: not-applicable", "Öst  n: suppressed", "Väst 0 "]);
}

#[test]
fn a_unit_in_a_header_is_held_to_the_tables() {
    let rows: &[&[&str]] = &[&["Enhet", "Kostnad (tkr)", "Andel, %"], &["Norr", "12", "5"], &["Riket", "13", "7"]];
    let columns = |unit: &str| {
        format!(
            "{{id: cost, label: Kostnad, type: amount, unit: {unit}}}, {{id: share, from: Andel, label: Del, type: percent}}"
        )
    };
    let table = |unit: &str| report("a.xlsx", &Book::of(rows).bytes(), "", &columns(unit));
    assert_eq!(built(&table("tkr"), 2).0, ["Norr 12 5", "Riket 13 7"], "nothing is added up: the country is a row");
    assert_eq!(built(&table("kr per person"), 2).0, ["Norr 12 5", "Riket 13 7"], "a unit that nobody knows");
    let said = refused(&table("mnkr"));
    assert!(said.contains("S!B1: the header says `tkr`, and the table says `mnkr`"), "{said}");
}

#[test]
fn a_total_is_held_against_the_rows_and_a_bold_row_is_in_doubt() {
    let styles = "<fonts><font/><font><b/></font></fonts><cellXfs><xf/><xf fontId=\"1\"/></cellXfs>";
    let sheet = |label: &str, value: u8| {
        let label = format!("<c r=\"\" s=\"1\" t=\"inlineStr\"><is><t>{label}</t></is></c>");
        let value = format!("<c r=\"\" s=\"1\"><v>{value}</v></c>");
        let rows: &[&[&str]] =
            &[&["Enhet", "Antal"], &["Norr", "1"], &["Söder", "2"], &["Öst", "4"], &[&label, &value]];
        report("a.xlsx", &Book { styles, ..Book::of(rows) }.bytes(), "", COUNT)
    };
    assert_eq!(built(&sheet("Summa", 7), 1).0[3], "Summa 7");
    assert!(refused(&sheet("Summa", 8)).contains("TAB004"));
    let (rows, run) = built(&sheet("Alla", 7), 1);
    assert_eq!(rows[3], "Totalt 7");
    assert!(run.stderr.contains("S!A5: 1 row is not read: row 5 `Alla`"), "{}", run.stderr);
    let said = refused(&sheet("Kommunen", 7));
    assert!(
        said.contains("S!A5: row 5 (`Kommunen`) is bold, as totals are") && said.contains("`last-row: 5`"),
        "{said}"
    );
}

#[test]
fn merged_labels_of_a_table_are_filled_in_and_values_refused() {
    let rows: &[&[&str]] = &[&["Enhet", "Typ", "Antal"], &["Norr", "a", "1"], &["", "b", "2"], &["Söder", "c", "3"]];
    let table = |area: &str| {
        let sheet = format!("{}<mergeCells><mergeCell ref=\"{area}\"/></mergeCells>", data(rows));
        let columns = "{id: unit, label: Enhet, type: text}, {id: n, label: Antal}";
        report("a.xlsx", &Book { sheet, ..Book::default() }.bytes(), ", labels: Typ", columns)
    };
    let (rows, run) = built(&table("A2:A3"), 2);
    assert_eq!(rows[..3], ["a Norr 1", "b Norr 2", "c Söder 3"]);
    assert!(run.stderr.contains("info[DAT012]") && run.stderr.contains("S!A2:A3 (`unit`)"), "{}", run.stderr);
    let years: Vec<Vec<String>> = (0..62).map(|n| vec![format!("a{n}"), n.to_string()]).collect();
    let rows: Vec<Vec<&str>> = years.iter().map(|row| row.iter().map(String::as_str).collect()).collect();
    let head: &[&str] = &["Månad", "År"];
    let rows: Vec<&[&str]> = std::iter::once(head).chain(rows.iter().map(Vec::as_slice)).collect();
    let areas: String = (0..31).map(|n| format!("<mergeCell ref=\"B{}:B{}\"/>", 2 * n + 2, 2 * n + 3)).collect();
    let sheet = format!("{}<mergeCells>{areas}</mergeCells>", data(&rows));
    let bytes = Book { sheet, ..Book::default() }.bytes();
    let said = refused(&report("a.xlsx", &bytes, "", "{id: year, label: År, type: amount}"));
    assert_eq!(said.matches("error[DAT012]").count(), 1, "{said}");
    assert!(said.contains("S!B2:B3, S!B4:B5") && said.contains("and 26 more: the cells are merged"), "{said}");
    let said = refused(&table("C2:C3"));
    assert!(said.contains("error[DAT012]") && said.contains("S!C2:C3"), "{said}");
}

#[test]
fn a_cell_left_far_away_costs_nothing() {
    let sheet = data(&[&["Enhet", "Antal"], &["Norr", "1"], &["Söder", "2"]])
        .replace("</sheetData>", "<row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c></row></sheetData>");
    let bytes = Book { sheet: format!("<dimension ref=\"A1:XFD1048576\"/>{sheet}"), ..Book::default() }.bytes();
    let (rows, run) = built(&report("a.xlsx", &bytes, "", COUNT), 1);
    assert_eq!(rows, ["Norr 1", "Söder 2", "Totalt 3"]);
    assert!(run.stderr.contains("S!XFD1048576: 1 row is not read"), "{}", run.stderr);
}

#[test]
fn csv_in_other_letters_is_read_where_it_is_certain_or_said() {
    let text = "Enhet;Antal\nMalmö;1\nÅre;2\n";
    let latin: Vec<u8> = text.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
    let wide: Vec<u8> = format!("\u{feff}{text}").encode_utf16().flat_map(u16::to_le_bytes).collect();
    let dos = b"Enhet;Antal\nMalm\x94;1\n\x8fre;2\n".to_vec();
    let workspace = |bytes: &[u8], more: &str| {
        let workspace = Workspace::small();
        workspace.file("content/liten/data/a.csv", bytes);
        workspace.findings(format!(
            "datasets:\n  c: {{file: data/a.csv, {more}columns: {{unit: Enhet}}}}\nfigures:\n  n: {{label: antal, count: {{rows: c, where: {{unit: Malmö}}}}}}\n"
        ));
        workspace.chapter("# Resultat\n\nn = {{ n }}\n");
        workspace
    };
    for (bytes, more) in [(&latin, ""), (&latin, "encoding: latin-1, "), (&wide, ""), (&wide, "encoding: utf-16, ")] {
        let run = workspace(bytes, more).built();
        assert_eq!(
            run.stderr.contains("is read as Windows-1252"),
            bytes == &latin && more.is_empty(),
            "{}",
            run.stderr
        );
    }
    let said = refused(&workspace(&dos, ""));
    assert!(
        said.contains("error[FIL002]") && said.contains("`encoding: latin-1`") && said.contains("a.csv:2:5"),
        "{said}"
    );
    let garbled: String = text.bytes().map(char::from).collect();
    for (bytes, more) in
        [(garbled.as_bytes(), ""), (text.as_bytes(), "encoding: latin-1, "), (dos.as_slice(), "encoding: latin-1, ")]
    {
        let said = refused(&workspace(bytes, more));
        assert!(said.contains("error[FIL00") && said.contains("data/a.csv:"), "{said}");
    }
    assert!(refused(&workspace(&latin, "encoding: utf-8, ")).contains("is not what `encoding` says"));
}

/// The example workbooks of docs/from-excel.md; what the page says of them is built.
#[test]
fn the_examples_of_the_manual_build() {
    let page =
        std::fs::read_to_string(std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/from-excel.md")).unwrap();
    let blocks: Vec<&str> = page.split("```yaml\n").skip(1).filter_map(|rest| rest.split("```").next()).collect();
    assert_eq!(blocks.len(), 3);
    let workspace = Workspace::small();
    for (at, block) in blocks.into_iter().enumerate() {
        workspace.file(format!("content/liten/findings/{at}.yaml").as_str(), block);
    }
    let percent = |n: u8| format!("<c r=\"\" s=\"1\"><v>0.{n:02}</v></c>");
    let (a, b, c, d) = (percent(12), percent(13), percent(8), percent(9));
    let costs: &[&[&str]] = &[
        &["Kostnader per kommun"],
        &[],
        &["Kommun", "2022", "", "2023", ""],
        &["", "Kostnad (tkr)", "Andel", "Kostnad (tkr)", "Andel"],
        &["Ale", "1200", &a, "1300", &b],
        &["Bo", "800", &c, "850", &d],
        &[],
        &["Källa: påhittade tal"],
    ];
    let merged = "<mergeCells><mergeCell ref=\"B3:C3\"/><mergeCell ref=\"D3:E3\"/></mergeCells>";
    let styles = "<cellXfs><xf/><xf numFmtId=\"9\"/><xf numFmtId=\"14\"/></cellXfs>";
    let book = Book { sheet: data(costs) + merged, styles, ..Book::default() };
    workspace.file("content/liten/data/kostnader.xlsx", book.bytes());
    let day = "<c r=\"\" s=\"2\"><v>45366</v></c>";
    let visits: &[&[&str]] =
        &[&["Nr", "Enhet", "", "Tid (min)"], &["1", "Norr", day, "30"], &["2", "Söder", day, "45"]];
    workspace.file("content/liten/data/besok.xlsx", Book { styles, ..Book::of(visits) }.bytes());
    workspace.file("content/liten/data/enheter.csv", b"Enhet\nMalm\xf6\n\xc5re\n");
    workspace.chapter("# Resultat\n\nSe [](#table-costs). {{ visits }} besök på {{ minutes }} minuter, {{ units }} enheter.\n\n{{ table costs }}\n");
    workspace.run(&["build"]).expect(0);
    let csv = workspace.read("output/liten/1.0/data/costs.csv");
    assert!(csv.contains("Ale,1300,13,") && csv.contains("Bo,850,9,"), "{csv}");
    let page = workspace.read("output/liten/1.0/index.html");
    assert!(page.contains("href=\"#Made-minutes\">75</a>"), "{page}");
}
