//! Spreadsheets: the input is a part of a workbook (the sheet, the styles, the texts), which is packed before it is read; or the packed file as it is.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use flate2::Crc;

use super::through::{Workspace, through};

/// A report with a dataset, a table counted from it, a typed table, one from CSV and a chart: the ground for spreadsheets and bindings.
pub fn workspace() -> Workspace {
    let files = [
        ("belagg.yaml", "rules: {TAB012: off, TAB013: off}\nnames: [Norr, Granskarna]\n"),
        (
            "content/a/report.yaml",
            "kind: inspection-report\ntitle: Liten rapport\nversion: '1.0'\ndate: 2024-03-01\nstatus: draft\n\
             imprint: {reference: Dnr 1/2024, publisher: Exempelstad, contact: Kansliet}\nunits: {norr: Norr, soder: Söder}\n\
             terms: {SIP: samordnad individuell plan}\nchapters: [text.md]\n",
        ),
        (
            "content/a/findings/all.yaml",
            "figures:\n  cases: {label: granskade ärenden, count: {rows: rows}}\n\
             \x20 granted: {label: beviljade ärenden, count: {rows: rows, where: {decision: beviljad}}, base: cases}\n\
             \x20 mean: {label: medelålder, average: {rows: rows, column: age}, unit: år}\n\
             \x20 mid: {label: medianålder, median: {rows: rows, column: age}, unit: år}\n\
             \x20 typed: {label: möten, women: 16, men: 9}\n  date: {label: början, date: 2020-12}\n  text: {label: system, text: Paraplyet}\n\
             \x20 share: {label: andel, share: [granted, cases], decimals: 1}\n  change: {label: ändring, change: [granted, cases]}\n\
             \x20 top: {label: störst, max: {table: typed, column: women}}\n\
             tables:\n  cross:\n    caption: Beslut efter kön\n    stub: Beslut\n    cross: {rows: rows, by: decision, across: sex}\n\
             \x20 typed:\n    caption: Besök\n    stub: Enhet\n    columns: [women, men]\n    rows:\n      - {id: norr, label: Norr, women: 12, men: 8}\n\
             \x20     - {id: soder, label: Söder, women: 8, men: {blank: suppressed}}\n\
             \x20 read:\n    caption: Läst\n    stub: Enhet\n    columns: [women, men]\n    csv: data/table.csv\n\
             datasets:\n  rows:\n    file: data/cases.xlsx\n    id: Nr\n    sex: {column: Kön, women: K, men: M}\n\
             \x20   columns:\n      decision: Beslut\n      age: {header: Ålder, type: number}\n      decided: {header: Beslutsdatum, type: date}\n\
             \x20 more:\n    file: data/more.csv\n    columns: {what: Vad, number: {header: Antal, type: number}, day: {header: Dag, type: date}}\n\
             assessments:\n  norr: {strengths: [Bra.], development: ['Mer av {{ cases }}.']}\ndefinitions:\n  sip: {term: SIP, text: En plan.}\n\
             processes:\n  p: {title: Gång, steps: [Ett, Två]}\n",
        ),
        ("content/a/data/table.csv", "label;women;men\nNorr;7;3\nSöder;not-available;2\n"),
        ("content/a/data/more.csv", "Vad;Antal;Dag\nett;12,5;2024-01-02\n\"två; tre\";-3;2024-02\n;;\n"),
        (
            "content/a/text.md",
            "# Resultat {#text}\n\nVi läste {{ cases }} ärenden, se [](#table-cross), [](#table-typed), [](#chart-typed) och [](#table-read).\n\n\
             {{ table cross }}\n\n{{ table typed }}\n\n{{ chart typed }}\n\n{{ table read }}\n\n{{ strengths norr }}\n\n{{ development norr }}\n",
        ),
        ("charts/a/typed.yaml", "table: typed\nmark: grouped-bar\nseries: [women, men]\ncaption: Besök\n"),
    ];
    let mut files: BTreeMap<String, Vec<u8>> =
        files.into_iter().map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec())).collect();
    files.insert("content/a/data/cases.xlsx".into(), packed(&XLSX));
    Workspace { id: "a".into(), files }
}

type Parts = Vec<(&'static str, String)>;

const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006/relationships";

/// A workbook with every type of cell, two sheets, dates, merged cells and a hidden row.
static XLSX: LazyLock<Parts> = LazyLock::new(|| {
    let mut rows = String::from(
        "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" t=\"s\"><v>1</v></c><c r=\"C1\" t=\"inlineStr\"><is><t>Beslut</t></is></c>\
         <c r=\"D1\" t=\"str\"><v>Ålder</v></c><c r=\"E1\" t=\"s\"><v>2</v></c></row>",
    );
    for (at, (sex, decision, age)) in
        [("K", "beviljad", "19"), ("M", "avslag", "20.5"), ("K", "delvis", "65"), ("M", "beviljad", "1E1")]
            .iter()
            .enumerate()
    {
        let r = at + 2;
        rows.push_str(&format!(
            "<row r=\"{r}\"><c r=\"A{r}\"><v>{at}</v></c><c r=\"B{r}\" t=\"inlineStr\"><is><t>{sex}</t></is></c><c r=\"C{r}\" t=\"inlineStr\">\
             <is><t>{decision}</t></is></c><c r=\"D{r}\"><f>1+1</f><v>{age}</v></c><c r=\"E{r}\" s=\"1\"><v>4529{at}</v></c></row>"
        ));
    }
    vec![
        ("[Content_Types].xml", "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"xml\" ContentType=\"application/xml\"/></Types>".to_owned()),
        ("_rels/.rels", format!("<Relationships xmlns=\"{PACKAGE}\"><Relationship Id=\"r1\" Type=\"{OFFICE}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>")),
        ("xl/workbook.xml", format!("<workbook xmlns=\"{MAIN}\" xmlns:r=\"{OFFICE}\"><workbookPr date1904=\"0\"/><sheets><sheet name=\"Blad\" sheetId=\"1\" r:id=\"r1\"/><sheet name=\"Två\" sheetId=\"2\" state=\"hidden\" r:id=\"r4\"/></sheets><definedNames><definedName name=\"a\">Blad!$A$1</definedName></definedNames></workbook>")),
        ("xl/_rels/workbook.xml.rels", format!("<Relationships xmlns=\"{PACKAGE}\"><Relationship Id=\"r1\" Type=\"{OFFICE}/worksheet\" Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"r2\" Type=\"{OFFICE}/sharedStrings\" Target=\"sharedStrings.xml\"/><Relationship Id=\"r3\" Type=\"{OFFICE}/styles\" Target=\"styles.xml\"/><Relationship Id=\"r4\" Type=\"{OFFICE}/worksheet\" Target=\"worksheets/sheet2.xml\"/></Relationships>")),
        ("xl/sharedStrings.xml", format!("<sst xmlns=\"{MAIN}\" count=\"3\" uniqueCount=\"3\"><si><t>Nr</t></si><si><r><t>K</t></r><r><t>ön</t></r></si><si><t xml:space=\"preserve\">Beslutsdatum</t></si></sst>")),
        ("xl/styles.xml", format!("<styleSheet xmlns=\"{MAIN}\"><numFmts count=\"1\"><numFmt numFmtId=\"164\" formatCode=\"yyyy\\-mm\\-dd\"/></numFmts><cellXfs count=\"2\"><xf numFmtId=\"0\"/><xf numFmtId=\"164\" applyNumberFormat=\"1\"/></cellXfs></styleSheet>")),
        ("xl/worksheets/sheet1.xml", format!("<worksheet xmlns=\"{MAIN}\"><dimension ref=\"A1:E5\"/><sheetData>{rows}</sheetData><mergeCells count=\"1\"><mergeCell ref=\"G1:H1\"/></mergeCells></worksheet>")),
        ("xl/worksheets/sheet2.xml", format!("<worksheet xmlns=\"{MAIN}\"><sheetData/></worksheet>")),
    ]
});

/// The same rows in OpenDocument's form, with repeated rows and cells and an annotation.
static ODS: LazyLock<Parts> = LazyLock::new(|| {
    let text = |text: &str| {
        format!("<table:table-cell office:value-type=\"string\"><text:p>{text}</text:p></table:table-cell>")
    };
    let mut rows = format!(
        "<table:table-row>{}</table:table-row>",
        ["Nr", "Kön", "Beslut", "Ålder", "Beslutsdatum"].map(text).concat()
    );
    for (at, (sex, decision)) in [("K", "beviljad"), ("M", "avslag"), ("K", "delvis")].iter().enumerate() {
        rows.push_str(&format!(
            "<table:table-row>{}{}{}<table:table-cell office:value-type=\"float\" office:value=\"2{at}.5\"><office:annotation><text:p>så</text:p>\
             </office:annotation><text:p>2{at},5</text:p></table:table-cell><table:table-cell office:value-type=\"date\" office:date-value=\"2024-0{}-01\"/>\
             <table:table-cell table:number-columns-repeated=\"3\"/></table:table-row>",
            text(&at.to_string()),
            text(sex),
            text(decision),
            at + 1,
        ));
    }
    rows.push_str("<table:table-row table:number-rows-repeated=\"1048\"><table:table-cell table:number-columns-repeated=\"1024\"/></table:table-row>");
    let names = ["office", "table", "text"]
        .map(|name| format!(" xmlns:{name}=\"urn:oasis:names:tc:opendocument:xmlns:{name}:1.0\""))
        .concat();
    let kind = "application/vnd.oasis.opendocument.spreadsheet";
    vec![
        ("mimetype", kind.to_owned()),
        (
            "META-INF/manifest.xml",
            format!(
                "<manifest:manifest xmlns:manifest=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\"><manifest:file-entry manifest:full-path=\"/\" manifest:media-type=\"{kind}\"/></manifest:manifest>"
            ),
        ),
        (
            "content.xml",
            format!(
                "<office:document-content{names}><office:body><office:spreadsheet><table:table table:name=\"Blad\">{rows}</table:table></office:spreadsheet></office:body></office:document-content>"
            ),
        ),
    ]
});

/// The parts that an input can take the place of: book, and which of its parts; none for the packed file as a whole.
const PLACES: &[(bool, Option<usize>)] = &[
    (true, Some(2)),
    (true, Some(3)),
    (true, Some(4)),
    (true, Some(5)),
    (true, Some(6)),
    (true, None),
    (false, Some(1)),
    (false, Some(2)),
    (false, None),
];

fn book(xlsx: bool) -> &'static Parts {
    if xlsx { &XLSX } else { &ODS }
}

pub fn seeds() -> Vec<Vec<u8>> {
    let seed = |(at, (xlsx, part)): (usize, &(bool, Option<usize>))| {
        let mut out = vec![u8::try_from(at).unwrap_or(0)];
        match part {
            Some(part) => out.extend(book(*xlsx)[*part].1.as_bytes()),
            None => out.extend(packed(book(*xlsx))),
        }
        out
    };
    PLACES.iter().enumerate().map(seed).collect()
}

pub fn run(input: &[u8]) {
    let Some((place, content)) = input.split_first() else { return };
    let (xlsx, part) = PLACES[usize::from(*place) % PLACES.len()];
    let bytes = match part {
        None => content.to_vec(),
        Some(part) => {
            let mut parts: Vec<(&str, Vec<u8>)> =
                book(xlsx).iter().map(|(name, text)| (*name, text.as_bytes().to_vec())).collect();
            parts[part].1 = content.to_vec();
            zip(&parts)
        }
    };
    let workspace = workspace();
    let mut files = workspace.files;
    if xlsx {
        files.insert("content/a/data/cases.xlsx".into(), bytes);
    } else {
        files.insert("content/a/data/cases.ods".into(), bytes);
        if let Some(findings) = files.get_mut("content/a/findings/all.yaml") {
            *findings = String::from_utf8_lossy(findings).replace("cases.xlsx", "cases.ods").into_bytes();
        }
    }
    through(files, &workspace.id, input);
}

fn packed(parts: &Parts) -> Vec<u8> {
    let parts: Vec<(&str, Vec<u8>)> = parts.iter().map(|(name, text)| (*name, text.as_bytes().to_vec())).collect();
    zip(&parts)
}

/// A zip file with its members stored as they are.
fn zip(members: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let (mut out, mut list) = (Vec::new(), Vec::new());
    for (name, bytes) in members {
        let mut crc = Crc::new();
        crc.update(bytes);
        let mut about = vec![20, 0, 0, 8, 0, 0, 0, 0, 33, 0];
        about.extend(crc.sum().to_le_bytes());
        about.extend(number(bytes.len()).to_le_bytes());
        about.extend(number(bytes.len()).to_le_bytes());
        about.extend(u16::try_from(name.len()).unwrap_or(0).to_le_bytes());
        about.extend([0, 0]);
        list.extend(b"PK\x01\x02\x14\0");
        list.extend(&about);
        list.extend([0; 10]);
        list.extend(number(out.len()).to_le_bytes());
        list.extend(name.as_bytes());
        out.extend(b"PK\x03\x04");
        out.extend(&about);
        out.extend(name.as_bytes());
        out.extend(bytes);
    }
    let start = number(out.len());
    let count = u16::try_from(members.len()).unwrap_or(0).to_le_bytes();
    let size = number(list.len());
    out.extend(list);
    out.extend(b"PK\x05\x06\0\0\0\0");
    out.extend(count);
    out.extend(count);
    out.extend(size.to_le_bytes());
    out.extend(start.to_le_bytes());
    out.extend([0, 0]);
    out
}
