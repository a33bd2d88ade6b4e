//! Spreadsheets as people and programs really write them: written part by part here, so that each can be wrong in its own way.

use std::io::Write;

use crate::workspace::{CHAPTER, Run, Workspace, grows_with_what_is_read};

const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

/// A packed file of these parts.
pub fn packed(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    for (name, bytes) in parts {
        writer.start_file(*name, options).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// Parts of a workbook with one sheet `S`.
#[derive(Default)]
pub struct Book {
    /// Inside `worksheet`.
    pub sheet: String,
    /// Before `sheets`, and behind.
    pub workbook: (&'static str, &'static str),
    /// Inside `styleSheet`.
    pub styles: &'static str,
    /// Inside `sst`.
    pub shared: Option<String>,
    /// Further attributes of the sheet.
    pub state: &'static str,
}

impl Book {
    /// A sheet of these rows; a cell is text, or XML where it begins with `<`.
    pub fn of(rows: &[&[&str]]) -> Self {
        Self { sheet: data(rows), ..Self::default() }
    }

    pub fn bytes(&self) -> Vec<u8> {
        let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
        let workbook = format!(
            "<workbook xmlns=\"{MAIN}\" xmlns:r=\"{office}\">{}<sheets><sheet name=\"S\" sheetId=\"1\" r:id=\"r1\"{}/></sheets>{}</workbook>",
            self.workbook.0, self.state, self.workbook.1
        );
        let relation = |id: &str, kind: &str, target: &str| {
            format!("<Relationship Id=\"{id}\" Type=\"{office}/{kind}\" Target=\"{target}\"/>")
        };
        let all = format!(
            "<Relationships>{}{}{}</Relationships>",
            relation("r1", "worksheet", "worksheets/sheet1.xml"),
            relation("r2", "styles", "styles.xml"),
            relation("r3", "sharedStrings", "sharedStrings.xml")
        );
        let top = format!("<Relationships>{}</Relationships>", relation("r1", "officeDocument", "xl/workbook.xml"));
        let sheet = format!("<?xml version=\"1.0\"?><worksheet xmlns=\"{MAIN}\">{}</worksheet>", self.sheet);
        let styles = format!("<styleSheet xmlns=\"{MAIN}\">{}</styleSheet>", self.styles);
        let shared =
            self.shared.as_ref().map(|texts| format!("<sst xmlns=\"{MAIN}\" uniqueCount=\"4294967295\">{texts}</sst>"));
        let mut parts: Vec<(&str, &[u8])> = vec![
            ("_rels/.rels", top.as_bytes()),
            ("xl/workbook.xml", workbook.as_bytes()),
            ("xl/_rels/workbook.xml.rels", all.as_bytes()),
            ("xl/styles.xml", styles.as_bytes()),
            ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
        ];
        parts.extend(shared.as_ref().map(|shared| ("xl/sharedStrings.xml", shared.as_bytes())));
        packed(&parts)
    }
}

/// `sheetData` of rows; an empty row is left out, an empty cell too.
pub fn data(rows: &[&[&str]]) -> String {
    let mut out = String::from("<sheetData>");
    for (cells, number) in rows.iter().zip(1..) {
        let mut row = String::new();
        for (cell, column) in cells.iter().zip('A'..) {
            match *cell {
                "" => {}
                xml if xml.starts_with('<') => row.push_str(&xml.replace("r=\"\"", &format!("r=\"{column}{number}\""))),
                number_cell if number_cell.parse::<f64>().is_ok() => {
                    row.push_str(&format!("<c r=\"{column}{number}\"><v>{number_cell}</v></c>"));
                }
                text => row.push_str(&format!("<c r=\"{column}{number}\" t=\"inlineStr\"><is><t>{text}</t></is></c>")),
            }
        }
        if !row.is_empty() {
            out.push_str(&format!("<row r=\"{number}\">{row}</row>"));
        }
    }
    out + "</sheetData>"
}

/// An ODS file with one sheet of these rows.
pub fn ods(rows: &str) -> Vec<u8> {
    ods_of("", &format!("<table:table table:name=\"S\">{rows}</table:table>"))
}

/// An ODS file with these styles and sheets.
fn ods_of(styles: &str, sheets: &str) -> Vec<u8> {
    let content = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><office:document-content xmlns:office=\"o\" xmlns:table=\"t\" xmlns:text=\"x\" \
         xmlns:calcext=\"c\" xmlns:style=\"s\"><office:automatic-styles>{styles}</office:automatic-styles><office:body>\
         <office:spreadsheet>{sheets}</office:spreadsheet></office:body></office:document-content>"
    );
    packed(&[("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", content.as_bytes())])
}

/// An ODS cell of text.
fn words(text: &str) -> String {
    format!("<table:table-cell office:value-type=\"string\"><text:p>{text}</text:p></table:table-cell>")
}

/// A report whose figures are counted from a file: the columns Enhet, Dagar and Datum, where `dataset` names them.
fn report(name: &str, bytes: &[u8], dataset: &str, figures: &str) -> Workspace {
    let workspace = Workspace::small();
    workspace.file(format!("content/liten/data/{name}").as_str(), bytes);
    workspace.findings(format!(
        "datasets:\n  c: {{file: data/{name}, {dataset}}}\nfigures:\n  n: {{label: antal, count: {{rows: c}}}}\n{figures}"
    ));
    let names = figures
        .lines()
        .filter_map(|line| line.trim().split_once(':'))
        .map(|(name, _)| format!("{name} = {{{{ {name} }}}}; "));
    workspace.chapter(format!("# Resultat\n\nn = {{{{ n }}}}; {}\n", names.collect::<String>()));
    workspace
}

/// What the figures are in the page, with no-break spaces as blanks; and what was said.
fn built(workspace: &Workspace) -> (String, Run) {
    let run = workspace.built();
    let page = workspace.page("liten");
    let start = page.find("<p>n = ").unwrap();
    let paragraph = page[start..].split("</p>").next().unwrap();
    let mut out = String::new();
    for part in paragraph.split('<') {
        out.push_str(part.split_once('>').map_or(part, |(_, words)| words));
    }
    (out.replace('\u{a0}', " ").trim().trim_end_matches(';').to_owned(), run)
}

fn refused(workspace: &Workspace) -> String {
    workspace.run(&["check", "--all"]).expect(1).stderr
}

const UNIT: &str = "columns: {unit: Enhet}";
const DAYS: &str = "columns: {unit: Enhet, days: {header: Dagar, type: number}}";
const DATES: &str = "columns: {unit: Enhet, decided: {header: Datum, type: date}}";
const NORTH: &str = "  north: {label: i norr, count: {rows: c, where: {unit: Norr}}}\n";
const SUM: &str = "  sum: {label: dagar, sum: {rows: c, column: days}}\n";
const FIRST: &str = "  first: {label: första, min: {rows: c, column: decided}}\n";

#[test]
fn cells_of_every_kind_are_read() {
    let shared = "<si><t>Norr</t></si><si><r><t>No</t></r><r><t>rr</t></r><rPh><t>x</t></rPh></si>".to_owned();
    let book = Book {
        shared: Some(shared),
        ..Book::of(&[
            &["Enhet", "Dagar"],
            &["<c r=\"\" t=\"s\"><v>0</v></c>", "1"],
            &["<c r=\"\" t=\"s\"><v>1</v></c>", "<c r=\"\"><v>2.5</v></c>"],
            &[
                "<c r=\"\" t=\"str\"><f>\"Nor\"&amp;\"r\"</f><v>Norr</v></c>",
                "<c r=\"\" t=\"n\"><f>1+2</f><v>3</v></c>",
            ],
            &["<c t=\"inlineStr\"><is><r><t>S&#xF6;der</t></r></is></c>", "<c><v>4.0000000000000001E0</v></c>"],
        ])
    };
    let (text, _) = built(&report("a.xlsx", &book.bytes(), DAYS, &format!("{NORTH}{SUM}")));
    assert_eq!(text, "n = 4; north = 3; sum = 10,5");
}

#[test]
fn a_text_that_is_not_there_and_cells_in_disorder_are_told() {
    let lost = Book::of(&[&["Enhet"], &["<c r=\"\" t=\"s\"><v>7</v></c>"]]);
    assert!(refused(&report("a.xlsx", &lost.bytes(), UNIT, "")).contains("A2 names a text that is not there"));
    for sheet in [
        "<sheetData><row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>Enhet</t></is></c></row><row r=\"1\"/></sheetData>",
        "<sheetData><row r=\"2\"><c r=\"B2\"><v>1</v></c><c r=\"A2\"><v>1</v></c></row></sheetData>",
        "<sheetData><row r=\"2\"><c r=\"A3\"><v>1</v></c></row></sheetData>",
        "<sheetData><row r=\"2\"><c r=\"A2\"><v>1</v></row></sheetData>",
        "<sheetData><row r=\"2\">",
    ] {
        let book = Book { sheet: sheet.to_owned(), ..Book::default() };
        assert!(refused(&report("a.xlsx", &book.bytes(), UNIT, "")).contains("DAT001"), "{sheet}");
    }
}

#[test]
fn days_are_counted_from_1904_where_the_workbook_says_so() {
    let rows: &[&[&str]] = &[&["Enhet", "Datum"], &["Norr", "<c r=\"\" s=\"1\"><v>43904</v></c>"]];
    let book = |workbook| Book { workbook, styles: "<cellXfs><xf/><xf numFmtId=\"14\"/></cellXfs>", ..Book::of(rows) };
    let extension =
        "<extLst><ext xmlns:x15=\"x\"><x15:workbookPr date1904=\"0\" chartTrackingRefBase=\"1\"/></ext></extLst>";
    for workbook in [("<workbookPr date1904=\"1\"/>", ""), ("<workbookPr date1904=\"true\"/>", extension)] {
        let (text, _) = built(&report("a.xlsx", &book(workbook).bytes(), DATES, FIRST));
        assert_eq!(text, "n = 1; first = 15 mars 2024", "{workbook:?}");
    }
    let other = "<extLst><ext xmlns:x15=\"x\"><x15:workbookPr date1904=\"1\"/></ext></extLst>";
    for workbook in [("", ""), ("<workbookPr/>", other), ("<workbookPr date1904=\"0\"/>", "")] {
        let (text, _) = built(&report("a.xlsx", &book(workbook).bytes(), DATES, FIRST));
        assert_eq!(text, "n = 1; first = 14 mars 2020", "{workbook:?}");
    }
}

#[test]
fn a_percentage_is_what_is_shown() {
    let styles = "<numFmts><numFmt numFmtId=\"164\" formatCode=\"0.0\\ %\"/><numFmt numFmtId=\"165\" formatCode=\"0&quot;%&quot;\"/></numFmts>\
                  <cellXfs><xf/><xf numFmtId=\"9\"/><xf numFmtId=\"164\"/><xf numFmtId=\"165\"/></cellXfs>";
    let sum = |cells: [&str; 2]| {
        let book = Book { styles, ..Book::of(&[&["Enhet", "Dagar"], &["Norr", cells[0]], &["Norr", cells[1]]]) };
        report("a.xlsx", &book.bytes(), DAYS, SUM)
    };
    let (half, tenth) = ("<c r=\"\" s=\"1\"><v>0.5</v></c>", "<c r=\"\" s=\"2\"><v>0.54700000000000004</v></c>");
    assert_eq!(built(&sum([half, tenth])).0, "n = 2; sum = 104,7");
    let quoted = "<c r=\"\" s=\"3\"><v>50</v></c>";
    assert_eq!(built(&sum([quoted, "1"])).0, "n = 2; sum = 51", "the sign is only written beside the number");
    assert!(refused(&sum([half, "7"])).contains("S!B3: `7` has no percentage's format, and S!B2"));
    let cell =
        |kind: &str, value: &str| format!("<table:table-cell office:value-type=\"{kind}\" office:value=\"{value}\"/>");
    let row = |value: &str| format!("<table:table-row>{}{value}</table:table-row>", words("Norr"));
    let rows = format!(
        "<table:table-row>{}{}</table:table-row>{}{}",
        words("Enhet"),
        words("Dagar"),
        row(&cell("percentage", "0.5")),
        row(&cell("percentage", "0.047"))
    );
    assert_eq!(built(&report("a.ods", &ods(&rows), DAYS, SUM)).0, "n = 2; sum = 54,7");
    let currency = rows.replace("percentage", "currency");
    assert_eq!(built(&report("a.ods", &ods(&currency), DAYS, SUM)).0, "n = 2; sum = 0,547");
}

#[test]
fn a_formula_without_result_and_an_error_are_told() {
    for cell in ["<c r=\"\"><f>A2</f><v/></c>", "<c r=\"\"><f>A2</f></c>", "<c r=\"\"><f t=\"shared\" si=\"0\"/></c>"] {
        let book = Book::of(&[&["Enhet", "Dagar"], &["Norr", "1"], &["Norr", cell]]);
        let said = refused(&report("a.xlsx", &book.bytes(), DAYS, SUM));
        assert!(said.contains("S!B3: the cell holds a formula, and the file does not hold its result"), "{said}");
    }
    let error = Book::of(&[&["Enhet", "Dagar"], &["Norr", "<c r=\"\" t=\"e\"><f>1/0</f><v>#DIV/0!</v></c>"]]);
    assert!(refused(&report("a.xlsx", &error.bytes(), DAYS, SUM)).contains("S!B2: the spreadsheet says #DIV/0!"));
    let empty =
        Book::of(&[&["Enhet"], &["Norr"], &["Norr"], &["<c r=\"\" t=\"str\"><f>IF(1,\"\",2)</f><v></v></c>", "x"]]);
    assert_eq!(
        built(&report("a.xlsx", &empty.bytes(), UNIT, NORTH)).0,
        "n = 2; north = 2",
        "an empty text is no value"
    );
    let lazy = Book {
        workbook: ("", "<calcPr fullCalcOnLoad=\"1\"/>"),
        ..Book::of(&[&["Enhet", "Dagar"], &["Norr", "<c r=\"\"><f>5+1</f><v>0</v></c>"]])
    };
    assert!(
        refused(&report("a.xlsx", &lazy.bytes(), DAYS, SUM)).contains("does not hold its result"),
        "a program that computes nothing writes 0"
    );
    let formula = "<table:table-cell table:formula=\"of:=[.A2]\"/>";
    let rows = format!(
        "<table:table-row>{}{}</table:table-row><table:table-row>{}{formula}</table:table-row>",
        words("Enhet"),
        words("Dagar"),
        words("Norr")
    );
    assert!(refused(&report("a.ods", &ods(&rows), DAYS, SUM)).contains("does not hold its result"));
}

#[test]
fn repeated_cells_and_remarks_of_ods_are_read() {
    let annotated = "<table:table-cell office:value-type=\"string\"><office:annotation><text:p>Anmärkning</text:p></office:annotation>\
                     <text:p>No<text:span>rr</text:span></text:p></table:table-cell>";
    let rows = format!(
        "<table:table-header-rows><table:table-row>{}{}</table:table-row></table:table-header-rows>\
         <table:table-row table:number-rows-repeated=\"3\">{annotated}<table:table-cell office:value-type=\"float\" office:value=\"2\" \
         table:number-columns-repeated=\"3\"/><table:table-cell table:number-columns-repeated=\"16380\"/></table:table-row>\
         <table:table-row table:number-rows-repeated=\"1048572\"><table:table-cell table:number-columns-repeated=\"16384\"/></table:table-row>",
        words("Enhet"),
        words("Dagar")
    );
    let (said, _) = built(&report("a.ods", &ods(&rows), DAYS, &format!("{NORTH}{SUM}")));
    assert_eq!(said, "n = 3; north = 3; sum = 6");
}

/// Files that would take more memory than there is, or never end.
#[test]
fn what_a_file_says_of_its_size_is_not_believed() {
    let far = |cell: &str| {
        Book { sheet: format!("<dimension ref=\"A1:A2\"/><sheetData>{cell}</sheetData>"), ..Book::default() }.bytes()
    };
    let row = |number: &str, cell: &str| format!("<row r=\"{number}\"><c r=\"{cell}\"><v>1</v></c></row>");
    let many = "<si><t/></si>".repeat(3_100_000);
    let nested = "<x>".repeat(10_000);
    let wide = |rows: u64, columns: u64| {
        ods(&format!(
            "<table:table-row table:number-rows-repeated=\"{rows}\"><table:table-cell office:value-type=\"string\" \
             table:number-columns-repeated=\"{columns}\"><text:p>x</text:p></table:table-cell></table:table-row>"
        ))
    };
    let cut = |end: &str| {
        packed(&[(
            "content.xml",
            format!("<a:b xmlns:table=\"t\"><o><s><table:table table:name=\"S\">{end}").as_bytes(),
        )])
    };
    let files: Vec<(&str, Vec<u8>)> = vec![
        ("a.xlsx", far(&row("1048576", "XFD1048576"))),
        ("a.xlsx", far(&row("1", "ZZZZZZZZ1"))),
        ("a.xlsx", far(&row("4294967295", "A4294967295"))),
        ("a.xlsx", far(&row("99999999999999999999999", "A99999999999999999999999"))),
        ("a.xlsx", far(&row("1", &format!("{}1", "Z".repeat(5_000))))),
        ("a.xlsx", far(&nested)),
        ("a.xlsx", far(&format!("<row><c t=\"inlineStr\"><is><t>{}</t></is></c></row>", "x".repeat(30_000_000)))),
        ("a.xlsx", Book { shared: Some(many), ..Book::of(&[&["Enhet"]]) }.bytes()),
        (
            "a.xlsx",
            Book { shared: Some(format!("<si><t>{}</t></si>", "&amp;".repeat(60_000_000))), ..Book::of(&[&["Enhet"]]) }
                .bytes(),
        ),
        ("a.ods", wide(6_000, 16_384)),
        ("a.ods", wide(1_048_576, 100)),
        ("a.ods", wide(18_446_744_073_709_551_615, 1)),
        ("a.ods", wide(1, 18_446_744_073_709_551_615)),
        ("a.ods", cut("<table:table-row>")),
        ("a.ods", cut("<table:table-row><table:table-cell><office:annotation>")),
        ("a.ods", cut("")),
        ("a.ods", packed(&[("content.xml", b"")])),
    ];
    for (at, (name, bytes)) in files.into_iter().enumerate() {
        let said = refused(&report(name, &bytes, UNIT, ""));
        // A cell in the last corner of a sheet is a header that nobody named.
        let code = if at == 0 { "DAT003" } else { "DAT001" };
        assert!(said.contains(code) || said.contains("DAT002"), "{at}: {said}");
    }
}

#[test]
fn merged_labels_are_filled_in_and_merged_values_refused() {
    let rows: &[&[&str]] =
        &[&["Enhet", "Dagar"], &["Norr", "1"], &["", "2"], &["", "3"], &["Söder", "4"], &["", "5"], &["Öster", "6"]];
    let book = |merged: &str| {
        Book { sheet: format!("{}<mergeCells>{merged}</mergeCells>", data(rows)), ..Book::default() }.bytes()
    };
    let merged = |area: &str| format!("<mergeCell ref=\"{area}\"/>");
    let (text, run) = built(&report("a.xlsx", &book(&(merged("A2:A4") + &merged("A6:A5"))), DAYS, NORTH));
    assert_eq!(text, "n = 6; north = 3");
    assert!(
        run.stderr.contains("info[DAT012]") && run.stderr.contains("S!A2:A4 (`unit`), S!A5:A6 (`unit`)"),
        "{}",
        run.stderr
    );
    for (area, why) in [
        ("B2:B3", "each row's or theirs together"),
        ("A2:B2", "over several columns"),
        ("A2:B3", "over several rows and columns"),
        ("A1:B1", "one header stands over several columns"),
        ("A1:A2", "`header-row: 2`"),
        ("A4:A5", "cannot be seen"),
    ] {
        let said = refused(&report("a.xlsx", &book(&merged(area)), DAYS, NORTH));
        assert!(
            said.contains("error[DAT012]") && said.contains(&format!("S!{area}")) && said.contains(why),
            "{area}: {said}"
        );
    }
    let said = refused(&report(
        "a.xlsx",
        &book(&merged("A2:A4")),
        "id: Enhet, columns: {days: {header: Dagar, type: number}}",
        "",
    ));
    assert!(said.contains("the rows have one name"), "{said}");
    // Two rows of headers, the upper one merged; the lower one is named.
    let two = Book {
        sheet: data(&[&["Enhet", "Tid", ""], &["", "Dagar", "Timmar"], &["Norr", "1", "2"]])
            + "<mergeCells><mergeCell ref=\"A1:A2\"/><mergeCell ref=\"B1:C1\"/></mergeCells>",
        ..Book::default()
    };
    let (text, _) = built(&report("a.xlsx", &two.bytes(), &format!("header-row: 2, {DAYS}"), &format!("{NORTH}{SUM}")));
    assert_eq!(text, "n = 1; north = 1; sum = 1");
    // The same in ODS.
    let spanned = "<table:table-cell office:value-type=\"string\" table:number-rows-spanned=\"2\"><text:p>Norr</text:p></table:table-cell>";
    let rows = format!(
        "<table:table-row>{}</table:table-row><table:table-row>{spanned}{1}</table:table-row><table:table-row><table:covered-table-cell/>{1}</table:table-row>",
        words("Enhet") + &words("Annat"),
        words("x")
    );
    assert_eq!(built(&report("a.ods", &ods(&rows), UNIT, NORTH)).0, "n = 2; north = 2");
}

#[test]
fn totals_sources_and_what_stands_below_are_no_cases() {
    let head: &[&[&str]] =
        &[&["Nr", "Enhet", "Dagar"], &["1", "Norr", "10"], &["2", "Söder", "20"], &["3", "Norr", "30"]];
    let named = "id: Nr, columns: {unit: Enhet, days: {header: Dagar, type: number}}";
    let total = "<c r=\"\"><f>SUM(C2:C4)</f><v>60</v></c>";
    let left: &[&[&[&str]]] = &[
        &[&["Summa", "", "60"]],
        &[&["", "Summa", "60"]],
        &[&["Totalt", "", total], &["Genomsnitt", "", "20"]],
        &[&[], &["Källa: verksamhetssystemet"]],
        &[&[], &["", "Summa", "60"], &[], &["Anm. Uppgifterna är preliminära."]],
        &[&["Summa", "", "60"], &["Källa: systemet"]],
        &[&["", "", total]],
        &[&[], &["Uppgifterna avser 2024."]],
        &[&[], &["Nr", "Enhet", "Dagar"], &["Norr", "", "40"], &["Söder", "", "20"]],
        &[&["", "", "", "Utanför tabellen"]],
    ];
    for (at, rows) in left.iter().enumerate() {
        let all: Vec<&[&str]> = head.iter().chain(rows.iter()).copied().collect();
        for dataset in [named, DAYS] {
            let is_named = dataset == named;
            // Without names the rows of another table cannot be told from cases.
            if at == 8 && !is_named {
                continue;
            }
            let (text, run) = built(&report("a.xlsx", &Book::of(&all).bytes(), dataset, &format!("{NORTH}{SUM}")));
            assert_eq!(text, "n = 3; north = 2; sum = 60", "{at}, {dataset}");
            assert!(
                run.stderr.contains("info[DAT010]") && run.stderr.contains("not counted as cases"),
                "{at}: {}",
                run.stderr
            );
        }
    }
}

#[test]
fn a_row_that_may_be_a_case_is_named_and_decided_by_the_author() {
    let head: &[&[&str]] =
        &[&["Nr", "Enhet", "Dagar"], &["1", "Norr", "10"], &["2", "Söder", "20"], &["3", "Norr", "30"]];
    let named = "id: Nr, columns: {unit: Enhet, days: {header: Dagar, type: number}}";
    let doubtful: &[(&str, &[&[&str]], &str)] = &[
        (named, &[&[], &["4", "Norr", "5"]], "row 6 "),
        (DAYS, &[&[], &["4", "Norr", "5"]], "row 6 "),
        (named, &[&["Summa", "", "60"], &["4", "Norr", "5"]], "row 6 "),
        (named, &[&["4", "Summa", "60"]], "row 5 "),
        (named, &[&["Övriga", "Norr", "60"]], "row 5 "),
        (DAYS, &[&["", "", "60"]], "row 5 "),
        (DAYS, &[&["", "Norr"]], "row 5 "),
        (DAYS, &[&["Summa Norr", "Norr", "40"]], "row 5 "),
        (DAYS, &[&["Alla", "Norr", "40"]], "row 5 "),
    ];
    for (at, (dataset, rows, row)) in doubtful.iter().enumerate() {
        let all: Vec<&[&str]> = head.iter().chain(rows.iter()).copied().collect();
        let bytes = Book::of(&all).bytes();
        let said = refused(&report("a.xlsx", &bytes, dataset, NORTH));
        assert!(said.contains("error[DAT011]") && said.contains(row) && said.contains("last-row"), "{at}: {said}");
        let only = built(&report("a.xlsx", &bytes, &format!("last-row: 4, {dataset}"), SUM));
        assert_eq!(only.0, "n = 3; sum = 60", "{at}");
    }
    let all: Vec<&[&str]> = head.iter().copied().chain([&[][..], &["4", "Norr", "5"][..]]).collect();
    assert_eq!(
        built(&report("a.xlsx", &Book::of(&all).bytes(), &format!("last-row: 6, {named}"), SUM)).0,
        "n = 4; sum = 65"
    );
    let csv = "Nr;Enhet;Dagar\n1;Norr;10\n2;Norr;20\n;;\nSumma;;30\nKälla: systemet;;\n";
    let (text, run) = built(&report("a.csv", csv.as_bytes(), named, SUM));
    assert_eq!(text, "n = 2; sum = 30");
    assert!(run.stderr.contains("a.csv:5:1"), "{}", run.stderr);
    let twice: Vec<&[&str]> = head.iter().copied().chain([&["3", "Norr", "5"][..]]).collect();
    assert!(refused(&report("a.xlsx", &Book::of(&twice).bytes(), named, "")).contains("the case `3` stands twice"));
    let value = "columns: {extent: {header: Nr, values: [Total, Partiell]}}";
    let extents = Book::of(&[&["Nr"], &["Total"], &["Partiell"], &["Total"]]).bytes();
    assert_eq!(built(&report("a.xlsx", &extents, value, "")).0, "n = 3", "the author lists it as a value");
}

#[test]
fn hidden_rows_are_counted_and_told() {
    let sheet =
        data(&[&["Enhet"], &["Norr"], &["Norr"], &["Söder"]]).replace("<row r=\"3\">", "<row r=\"3\" hidden=\"1\">");
    let (text, run) = built(&report("a.xlsx", &Book { sheet, ..Book::default() }.bytes(), UNIT, NORTH));
    assert_eq!(text, "n = 3; north = 2");
    assert!(run.stderr.contains("1 of 3 rows of `data/a.xlsx` are hidden or filtered out"), "{}", run.stderr);
}

#[test]
fn what_looks_the_same_is_the_same() {
    let csv = "Nr;Ko\u{308}n;Enhet\n1;K;Norr och söder\n2;M;Norr\u{a0}och  so\u{308}der\n3;M;Nor\u{ad}r och sö\u{200b}der\n4;K;Ｎorr och söder\n";
    let dataset = "id: Nr, sex: {column: Kön, women: K, men: M}, columns: {unit: Enhet}";
    let figures = "  north: {label: norr, count: {rows: c, where: {unit: \"Norr och so\u{308}der\"}}}\n";
    assert_eq!(built(&report("a.csv", csv.as_bytes(), dataset, figures)).0, "n = 4; north = 4");
    for (a, b) in [("Norr", "NORR"), ("18–29 år", "18-29 år"), ("Malmö", "M\u{430}lmö")] {
        let csv = format!("Enhet\n{a}\n{b}\n");
        assert!(refused(&report("a.csv", csv.as_bytes(), UNIT, "")).contains("differs from"), "{a} {b}");
    }
    let ids = "Nr;Enhet\nA1;Norr\nA1\u{200b};Norr\n";
    assert!(refused(&report("a.csv", ids.as_bytes(), "id: Nr, columns: {unit: Enhet}", "")).contains("stands twice"));
}

#[test]
fn a_number_that_can_be_read_in_two_ways_is_told_until_the_author_says() {
    let csv = "Enhet,Dagar\nNorr,\"1,234\"\nNorr,\"2,000\"\n";
    let with = |key: &str, file: &str| report("a.csv", file.as_bytes(), &format!("{key}{DAYS}"), SUM);
    let said = refused(&with("", csv));
    assert!(said.contains("error[DAT014]: `1,234` can be read as 1.234 and as 1234"), "{said}");
    assert!(said.contains("a.csv:2:7") && said.contains("`thousands: \",\"` if it is 1234"), "{said}");
    assert!(!said.contains("DAT013"), "refused cells are not told as missing too: {said}");
    assert_eq!(built(&with("thousands: \",\", ", csv)).0, "n = 2; sum = 3 234");
    assert_eq!(built(&with("decimal: \".\", ", csv)).0, "n = 2; sum = 3 234");
    assert_eq!(built(&with("decimal: \",\", ", csv)).0, "n = 2; sum = 3,234");
    let book =
        Book::of(&[&["Enhet", "Dagar"], &["Norr", "<c r=\"\" t=\"inlineStr\"><is><t>2.345</t></is></c>"]]).bytes();
    assert!(refused(&report("a.xlsx", &book, DAYS, SUM)).contains("S!B2: `2.345` can be read as 2.345 and as 2345"));
    let typed = "Enhet;Dagar\nNorr;1\u{a0}234\nNorr;1 000,5\nNorr;\u{2212}34,5\n";
    assert_eq!(built(&with("", typed)).0, "n = 3; sum = 2 200,0");
    let table = |key: &str| {
        let workspace = Workspace::small();
        workspace.file("content/liten/data/t.csv", "label,cost\nNorr,\"1,234\"\n");
        workspace.findings(format!(
            "tables:\n  t: {{caption: T, stub: S, columns: [{{id: cost, label: K, type: amount}}], csv: data/t.csv, {key}source: X}}\n"
        ));
        workspace.chapter("# Resultat\n\n{{ table t }}\n");
        workspace
    };
    assert!(refused(&table("")).contains("t.csv:2:7"));
    let settled = table("thousands: \",\", ");
    settled.run(&["build"]).expect(0);
    assert!(settled.read("output/liten/1.0/data/t.csv").contains("1234"));
}

#[test]
fn cases_without_a_value_are_left_out_only_where_the_author_says_so() {
    let csv = "Nr;Enhet;Dagar\n1;Norr;10\n2;Norr;\n3;Söder;20\n4;Söder;ej känt\n";
    let dataset = |missing: &str| {
        format!("id: Nr, missing: [ej känt], columns: {{unit: Enhet, days: {{header: Dagar, type: number{missing}}}}}")
    };
    for statistic in ["sum", "average", "median", "max", "min"] {
        let figure = |missing: &str| {
            format!("  f: {{label: f, {statistic}: {{rows: c, column: days{missing}}}, decimals: 0}}\n")
        };
        let said = refused(&report("a.csv", csv.as_bytes(), &dataset(""), &figure("")));
        assert!(said.contains("error[DAT013]: 2 of 4 cases have no value in `days`: row 3, 5"), "{statistic}: {said}");
        built(&report("a.csv", csv.as_bytes(), &dataset(""), &figure(", missing: leave-out")));
        built(&report("a.csv", csv.as_bytes(), &dataset(", missing: leave-out"), &figure("")));
    }
    let known = "  f: {label: f, sum: {rows: c, column: days, where: {days: {missing: false}}}}\n";
    assert_eq!(built(&report("a.csv", csv.as_bytes(), &dataset(""), known)).0, "n = 4; f = 30");
    let table = |missing: &str| {
        let workspace = report("a.csv", csv.as_bytes(), &dataset(""), "");
        workspace.file(
            "content/liten/findings/tabell.yaml",
            format!("tables:\n  t: {{caption: T, stub: S, cross: {{rows: c, by: unit, measures: [{{id: m, label: M, sum: days{missing}}}]}}}}\n"),
        );
        workspace.chapter("# Resultat\n\nn = {{ n }}\n\n{{ table t }}\n");
        workspace
    };
    assert!(refused(&table("")).contains("DAT013"));
    table(", missing: leave-out").run(&["build"]).expect(0);
}

#[test]
fn a_row_of_a_table_that_reads_as_its_total_is_no_part_of_it() {
    let table = |csv: &str, columns: &str| {
        let workspace = Workspace::small();
        workspace.file("content/liten/data/t.csv", csv);
        workspace.findings(format!("tables:\n  t: {{caption: T, stub: S, columns: [{columns}], csv: data/t.csv}}\n"));
        workspace.chapter("# Resultat\n\nAlla {{ t.total }}.\n\n{{ table t }}\n");
        workspace
    };
    let counts = "{id: n, label: Antal}";
    let right = table("label;n\nNorr;1\nSöder;2\nSumma;3\n", counts);
    right.run(&["build"]).expect(0);
    let page = right.read("output/liten/1.0/index.html");
    assert!(page.contains("href=\"#Made-t.total\">3</a>") && page.contains("Summa"), "{page}");
    assert!(refused(&table("label;n\nNorr;1\nSöder;2\nSumma;4\n", counts)).contains("TAB004"));
    assert!(refused(&table("label;n\nNorr;1\nSumma;1\nSöder;2\n", counts)).contains("reads as a total"));
    let holds = "holds the sum of the rows above it";
    assert!(refused(&table("label;n\nNorr;1\nSöder;2\nRiket;3\n", counts)).contains(holds));
    let named = table("label;n\nNorr;1\nSöder;2\nVäster;4\nKommunen;7\n", counts).run(&["build"]).expect(0);
    assert!(named.stderr.contains("warning[TAB004]") && named.stderr.contains(holds), "{}", named.stderr);
    let both = "{id: n, label: Antal}, {id: m, label: Klara}";
    let of_two = table("label;n;m\nNorr;1;2\nSöder;2;5\nKommunen;3;7\n", both).run(&["build"]).expect(0);
    assert!(of_two.stderr.contains("warning[TAB004]") && of_two.stderr.contains(holds), "{}", of_two.stderr);
    for other in ["id;label;n\na;Norr;1\nb;Söder;2\nc;Riket;3\n", "label;n\nNorr;1\nSöder;2\nVäster;3\n"] {
        let run = table(other, counts).built();
        assert!(!run.stderr.contains(holds), "{}", run.stderr);
    }
    assert!(refused(&table("label;n\nRiket;7\nNorr;3\nSöder;4\n", counts)).contains("the sum of the rows below it"));
    assert!(refused(&table("label;n\nNorr;1\nSöder;2\nSumma städer;3\nVäster;5\n", counts)).contains(holds));
    let first = table("label;n\nKommunen;7\nNorr;1\nSöder;2\nVäster;4\n", counts).run(&["build"]).expect(0);
    assert!(first.stderr.contains("warning[TAB004]"), "{}", first.stderr);
    for right in ["label;n\nNorr;3\nSumma städer;4\nVäster;5\n", "label;n\nNorr;0\nRiket;0\nSöder;0\n"] {
        let run = table(right, counts).built();
        assert!(!run.stderr.contains("the sum of the rows"), "{}", run.stderr);
    }
    let mixed = "{id: n, label: Antal}, {id: c, label: Kostnad, type: amount}";
    assert!(refused(&table("label;n;c\nNorr;1;1\nTotalt;1;1\n", mixed)).contains("reads as a total"));
    assert!(refused(&table("label;n\nNorr;1\nNor\u{200b}r;2\n", counts)).contains("error[DAT015]"));
    let twice = table("label;n\nNorr;1\nSöder;2\nNorr;4\n", counts).run(&["build"]).expect(0);
    assert!(twice.stderr.contains("warning[DAT015]") && twice.stderr.contains("counts twice"), "{}", twice.stderr);
    let named = table("id;label;n\na;Norr;1\nb;Söder;2\nc;Norr;4\n", counts).run(&["build"]).expect(0);
    assert!(!named.stderr.contains("counts twice"), "{}", named.stderr);
    let capitals = table("label;n\nNorr;1\nNORR;2\n", counts).run(&["build"]).expect(0);
    assert!(capitals.stderr.contains("warning[DAT015]"), "{}", capitals.stderr);
}

#[test]
fn a_row_of_a_yaml_table_that_reads_as_its_total_is_refused() {
    let table = |row: &str| {
        let workspace = Workspace::small();
        let rows = format!("{{label: Norr, n: 1}}, {{label: Söder, n: 2}}, {row}");
        let columns = "[{id: n, label: Antal, type: count}]";
        workspace.findings(format!("tables:\n  t: {{caption: T, stub: S, columns: {columns}, rows: [{rows}]}}\n"));
        workspace.chapter("# Resultat\n\nAlla {{ t.total }}.\n\n{{ table t }}\n");
        workspace
    };
    for label in ["Totalt", "Summa", "Total", "Genomsnitt"] {
        let said = refused(&table(&format!("{{label: {label}, n: 3}}")));
        assert!(said.contains("error[TAB004]") && said.contains("total: true"), "{said}");
    }
    for label in ["Alla", "Samtliga", "Riket", "Totalt antal"] {
        let said = refused(&table(&format!("{{label: {label}, n: 3}}")));
        assert!(said.contains("error[TAB004]") && said.contains("the sum of the rows above it"), "{said}");
        assert!(!table(&format!("{{label: {label}, n: 9}}")).run(&["check", "--all"]).stderr.contains("TAB004"));
    }
    let twice = refused(&table("{label: Totalt, n: 5, total: true}, {label: Totalt, n: 3, total: true}"));
    assert!(twice.contains("one row of typed totals"), "{twice}");
    let marked = table("{label: Totalt, n: 3, total: true}");
    marked.run(&["build"]).expect(0);
    assert!(marked.read("output/liten/1.0/index.html").contains("href=\"#Made-t.total\">3</a>"));
    assert!(refused(&table("{label: Totalt, n: 4, total: true}")).contains("error"));
    let alone = Workspace::small();
    alone.findings("tables:\n  t: {caption: T, stub: S, columns: [{id: n, label: Antal, type: count}], rows: [{label: Totalt, n: 3}]}\n");
    alone.chapter("# Resultat\n\nAlla {{ t.totalt }}.\n\n{{ table t }}\n");
    alone.run(&["build"]).expect(0);
    let own = table("{id: alla, label: Totalt, n: 3}").built();
    assert!(!own.stderr.contains("reads as a total"), "{}", own.stderr);
}

#[test]
fn numbers_of_different_units_are_no_column() {
    let styles = "<numFmts><numFmt numFmtId=\"164\" formatCode=\"#,##0\\ &quot;kr&quot;\"/>\
        <numFmt numFmtId=\"165\" formatCode=\"#,##0.00\\ [$€-407]\"/><numFmt numFmtId=\"166\" formatCode=\"#,##0\\ &quot;Kr.&quot;\"/></numFmts>\
        <cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"164\"/><xf numFmtId=\"165\"/><xf numFmtId=\"166\"/></cellXfs>";
    let money = |style: u8, value: u8| format!("<c r=\"\" s=\"{style}\"><v>{value}</v></c>");
    let book = |second: &str| {
        let first = money(1, 12);
        let rows: &[&[&str]] = &[&["Enhet", "Dagar"], &["Norr", &first], &["Söder", second]];
        Book { styles, ..Book::of(rows) }.bytes()
    };
    for same in [money(1, 10), money(3, 10), money(0, 10)] {
        assert_eq!(built(&report("a.xlsx", &book(&same), DAYS, SUM)).0, "n = 2; sum = 22");
    }
    let said = refused(&report("a.xlsx", &book(&money(2, 10)), DAYS, SUM));
    assert!(said.contains("S!B3") && said.contains("`€`") && said.contains("`kr`"), "{said}");

    // A format that has a number only shows the currency of whoever reads.
    let styles = "<numFmts><numFmt numFmtId=\"165\" formatCode=\"#,##0.00\\ [$€-407]\"/></numFmts>\
        <cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"44\"/><xf numFmtId=\"165\"/><xf numFmtId=\"5\"/></cellXfs>";
    let built_in = |second: &str| {
        let first = money(1, 12);
        let rows: &[&[&str]] = &[&["Enhet", "Dagar"], &["Norr", &first], &["Söder", second]];
        Book { styles, ..Book::of(rows) }.bytes()
    };
    assert_eq!(built(&report("a.xlsx", &built_in(&money(3, 10)), DAYS, SUM)).0, "n = 2; sum = 22");
    assert!(refused(&report("a.xlsx", &built_in(&money(2, 10)), DAYS, SUM)).contains("S!B3"));

    let cell = |value: u8, shown: &str| {
        format!(
            "<table:table-cell office:value-type=\"currency\" office:value=\"{value}\"><text:p>{shown}</text:p></table:table-cell>"
        )
    };
    let sheet_of = |first: &str, second: &str| {
        ods(&format!(
            "<table:table-row>{}{}</table:table-row><table:table-row>{}{}</table:table-row><table:table-row>{}{}</table:table-row>",
            words("Enhet"),
            words("Dagar"),
            words("Norr"),
            cell(12, first),
            words("Söder"),
            cell(10, second),
        ))
    };
    let sheet = |second: &str| sheet_of("12,00 kr", second);
    assert_eq!(built(&report("a.ods", &sheet_of("12 dagar", "10 dag"), DAYS, SUM)).0, "n = 2; sum = 22");
    assert_eq!(built(&report("a.ods", &sheet("10,00 kr"), DAYS, SUM)).0, "n = 2; sum = 22");
    assert!(refused(&report("a.ods", &sheet("10,00 m²"), DAYS, SUM)).contains("S!B3"));
    assert!(refused(&report("a.ods", &sheet("10,00 €"), DAYS, SUM)).contains("S!B3"));
}

#[test]
fn a_sheet_that_nobody_sees_is_read_only_by_its_name() {
    let rows: &[&[&str]] = &[&["Enhet", "Dagar"], &["Norr", "1"]];
    for state in [" state=\"hidden\"", " state=\"veryHidden\""] {
        let bytes = Book { state, ..Book::of(rows) }.bytes();
        let said = refused(&report("a.xlsx", &bytes, UNIT, ""));
        assert!(said.contains("all sheets of `data/a.xlsx` are hidden") && said.contains("sheet: …`: S"), "{said}");
        assert_eq!(built(&report("a.xlsx", &bytes, &format!("sheet: S, {UNIT}"), "")).0, "n = 1");
    }
    let styles = "<style:style style:name=\"h\" style:family=\"table\"><style:table-properties table:display=\"false\"/></style:style>\
        <style:style style:name=\"v\" style:family=\"table\"><style:table-properties table:display=\"true\"/></style:style>";
    let sheet = |name: &str, style: &str, unit: &str| {
        format!(
            "<table:table table:name=\"{name}\" table:style-name=\"{style}\"><table:table-row>{}</table:table-row>\
             <table:table-row>{}</table:table-row></table:table>",
            words("Enhet"),
            words(unit)
        )
    };
    let both = ods_of(styles, &format!("{}{}", sheet("Gammal", "h", "Söder"), sheet("Ny", "v", "Norr")));
    assert_eq!(built(&report("a.ods", &both, UNIT, NORTH)).0, "n = 1; north = 1");
    assert!(
        refused(&report("a.ods", &both, &format!("sheet: Gammal, {UNIT}"), NORTH)).contains("its values are: Söder")
    );
    let hidden = ods_of(styles, &sheet("Gammal", "h", "Söder"));
    assert!(refused(&report("a.ods", &hidden, UNIT, "")).contains("are hidden"));
}

#[test]
fn a_second_row_of_the_header_is_no_case() {
    let rows: &[&[&str]] = &[&["Enhet", "Dagar"], &["", "2024"], &["Norr", "1"], &["Söder", "2"]];
    let bytes = Book::of(rows).bytes();
    let said = refused(&report("a.xlsx", &bytes, DAYS, SUM));
    assert!(said.contains("row 2 (`2024`)") && said.contains("header-row: 2"), "{said}");
    let csv = "Enhet;Dagar\n;2024\nNorr;1\nSöder;2\n";
    let said = refused(&report("a.csv", csv.as_bytes(), DAYS, SUM));
    assert!(said.contains("it may belong to the header") && !said.contains("header-row"), "{said}");
    let deep: &[&[&str]] = &[
        &["Enhet", "Dagar"],
        &["", "2024"],
        &["", "7"],
        &["Norr", "1"],
        &["Söder", "2"],
        &["", "4"],
        &["Öst", "3"],
        &["Väst", "3"],
    ];
    assert!(refused(&report("a.xlsx", &Book::of(deep).bytes(), DAYS, SUM)).contains("row 3 (`7`)"));
    // Who says which row the header is knows what stands below it; and a case without a unit may stand anywhere.
    assert_eq!(built(&report("a.xlsx", &bytes, &format!("header-row: 1, {DAYS}"), SUM)).0, "n = 3; sum = 2 027");
    let open = "Enhet;Dagar\n;3\nNorr;1\n;2\n";
    assert_eq!(built(&report("a.csv", open.as_bytes(), DAYS, SUM)).0, "n = 3; sum = 6");
    let marked = "Enhet;Dagar\n-;3\nNorr;1\nNorr;2\n";
    assert_eq!(built(&report("a.csv", marked.as_bytes(), &format!("missing: ['-'], {DAYS}"), SUM)).0, "n = 3; sum = 6");
}

#[test]
fn many_rows_take_as_much_work_as_they_are() {
    let work = |rows: usize| {
        let mut csv = String::from("Nr;Enhet;Dagar\n");
        let mut table = String::from("label;n\n");
        for n in 0..rows {
            csv.push_str(&format!("{n};Enhet {n};{n}\n"));
            table.push_str("Norr;1\n");
        }
        let dataset = "id: Nr, columns: {unit: Enhet, days: {header: Dagar, type: number}}";
        let workspace = report("a.csv", csv.as_bytes(), dataset, SUM);
        workspace.file("content/liten/data/t.csv", table);
        workspace.file(
            "content/liten/findings/tabell.yaml",
            "tables:\n  t: {caption: T, stub: S, columns: [{id: n, label: Antal}], csv: data/t.csv}\n  u: {caption: T, stub: S, cross: {rows: c, by: unit}}\n",
        );
        workspace.chapter("# Resultat\n\nn = {{ n }}, {{ sum }}, {{ t.total }}, {{ u.total }}\n");
        workspace.run(&["check"]).expect(0);
        workspace.work(&["check"])
    };
    grows_with_what_is_read("rows", work(7_500), work(30_000));
}

#[test]
fn a_subtotal_within_the_table_is_no_case() {
    let csv = |rows: &str, more: &str| {
        let dataset = format!("columns: {{part: {{header: Del{more}}}, days: {{header: Dagar, type: number}}}}");
        report("a.csv", format!("Del;Dagar\n{rows}").as_bytes(), &dataset, SUM)
    };
    for rows in [
        "Norr A;10\nNorr B;20\nNorr totalt;30\nSöder A;5\n",
        "Norr A;10\nNorr B;20\nSumma Norr;30\nSöder A;5\n",
        "Norr A;10\nNorr, subtotal;10\nSöder A;5\nSöder totalt;5\nVäst;1\n",
    ] {
        let said = refused(&csv(rows, ""));
        assert!(said.contains("error[DAT011]") && said.contains("adds up the rows above it"), "{said}");
    }
    // A name that only sounds like one, and a value that the author lists.
    built(&csv("Norr A;10\nNorr totalt;31\nSöder A;5\n", ""));
    built(&csv("Norr;10\nNorr totalt;10\nSöder;5\n", ", values: [Norr, Norr totalt, Söder]"));
}

#[test]
fn numbers_typed_with_their_unit_are_read_where_the_column_has_it() {
    let workspace = Workspace::small();
    workspace.file("belagg.yaml", "language: sv\nrules: {TAB012: off, TAB013: off}\n");
    workspace.file(
        "content/liten/data/kostnader.csv",
        "Nr;Kostnad;Andel\n1;1 234,5 kr;50 %\n2;−2\u{a0}000 kr;12,5%\n3;kr 3;0\n",
    );
    workspace.file("content/liten/data/tabell.csv", "label;cost;share\nNorr;1 234,5 kr;50 %\nSöder;500:-;12,5%\n");
    let findings = "datasets:
  c:
    label: ärenden
    file: data/kostnader.csv
    id: Nr
    columns: {cost: {header: Kostnad, type: number, unit: kronor}, share: {header: Andel, type: number, unit: procent}}
figures:
  sum: {label: kostnad, sum: {rows: c, column: cost}}
  mean: {label: andel, average: {rows: c, column: share}}
tables:
  t:
    caption: Kostnader
    stub: Enhet
    columns: [{id: cost, label: Kostnad, type: amount, unit: kronor, decimals: 1}, {id: share, label: Andel, type: percent, decimals: 1}]
    csv: data/tabell.csv
    source: Granskningen
";
    workspace.findings(findings);
    workspace.chapter(format!("{CHAPTER}\nSumma {{{{ sum }}}}, i snitt {{{{ mean }}}}.\n\n{{{{ table t }}}}\n"));
    workspace.run(&["build"]).expect(0);
    let page = workspace.read("output/liten/1.0/index.html").replace(['\u{a0}', '\u{202f}'], " ");
    assert!(page.contains("−762,5 kronor") && page.contains("20,8 procent"), "{page}");
    let data = workspace.read("output/liten/1.0/data/t.csv");
    assert!(data.contains("Norr,1234.5,50,") && data.contains("Söder,500.0,12.5"), "{data}");

    // Another unit than that of the column, or one that the column does not have, is told, with what to write.
    for (from, to, message) in [
        ("unit: kronor}, share", "unit: tkr}, share", "`1 234,5 kr` in the column `cost` is not a number"),
        ("unit: kronor}, share", "unit: tkr}, share", "the column is measured in `tkr`: write the number in `tkr`"),
        ("unit: kronor, decimals", "unit: tkr, decimals", "the column is measured in `tkr`: write the number in `tkr`"),
        ("type: number, unit: kronor}", "type: number}", "if the column is measured in `kr`, say so: `unit: \"kr\"`"),
        ("type: amount, unit: kronor,", "type: amount,", "if the column is measured in `kr`, say so: `unit: \"kr\"`"),
        ("sum: {rows: c, column: cost}", "sum: {rows: c, column: share}", "`sum` would be a sum of percentages"),
    ] {
        workspace.findings(findings.replace(from, to));
        let run = workspace.run(&["check", "--all"]).expect(1);
        assert!(run.stderr.contains(message), "{}", run.stderr);
    }
}
