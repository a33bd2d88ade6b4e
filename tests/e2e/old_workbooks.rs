//! Workbooks of Excel 97 to 2003, written record by record.

use std::io::Write;

use crate::workspace::Workspace;

fn record(id: u16, parts: &[&[u8]]) -> Vec<u8> {
    let bytes = parts.concat();
    let length = u16::try_from(bytes.len()).unwrap();
    [&id.to_le_bytes()[..], &length.to_le_bytes(), &bytes].concat()
}

/// A text with its length in one byte or two, in letters of one byte.
fn text(text: &str, wide: bool) -> Vec<u8> {
    let letters: Vec<u8> = text.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
    let length = u16::try_from(letters.len()).unwrap().to_le_bytes();
    [&length[..if wide { 2 } else { 1 }], &[0], &letters].concat()
}

fn at(row: u16, column: u16, style: u16) -> Vec<u8> {
    [row, column, style].iter().flat_map(|number| number.to_le_bytes()).collect()
}

/// A whole number in four bytes.
fn rk(number: i32) -> [u8; 4] {
    (number << 2 | 2).to_le_bytes()
}

/// A workbook with one sheet: `globals` before it, `cells` in it. Styles: as it stands, percent, day, bold.
fn workbook(globals: &[Vec<u8>], cells: &[Vec<u8>]) -> Vec<u8> {
    let begin = record(0x809, &[&[0, 6, 5, 0], &[0; 12]]);
    let font = |weight: u16| record(0x31, &[&[0; 6], &weight.to_le_bytes(), &[0; 6]]);
    let style = |font: u16, format: u16| record(0xe0, &[&font.to_le_bytes(), &format.to_le_bytes(), &[0; 16]]);
    let code = record(0x41e, &[&164_u16.to_le_bytes(), &text("0.0%", true)]);
    let styles = [font(400), font(700), code, style(0, 0), style(0, 164), style(0, 14), style(1, 0)].concat();
    let head = [begin.clone(), styles, globals.concat()].concat();
    let sheet =
        |from: usize| record(0x85, &[&u32::try_from(from).unwrap().to_le_bytes(), &[0, 0], &text("Blad1", false)]);
    let end = record(0x0a, &[]);
    let from = head.len() + sheet(0).len() + end.len();
    let stream = [head, sheet(from), end.clone(), begin, cells.concat(), end].concat();
    let mut file = cfb::CompoundFile::create(std::io::Cursor::new(Vec::new())).unwrap();
    file.create_stream("/Workbook").unwrap().write_all(&stream).unwrap();
    file.flush().unwrap();
    file.into_inner().into_inner()
}

/// Units, numbers, shares and days in four columns, with a total that a formula makes.
fn cells() -> Vec<Vec<u8>> {
    let label = |row, column, words: &str| record(0x204, &[&at(row, column, 0), &text(words, true)]);
    let number = |row, column, style, value: f64| record(0x203, &[&at(row, column, style), &value.to_le_bytes()]);
    let sum = [&[0x25, 1, 0, 2, 0, 1, 0, 1, 0][..], &[0x19, 0x10, 0, 0]].concat();
    let formula = record(0x06, &[&at(3, 1, 0), &30_f64.to_le_bytes(), &[0; 6], &[13, 0], &sum]);
    vec![
        label(0, 0, "Enhet"),
        label(0, 1, "Antal"),
        label(0, 2, "Andel"),
        label(0, 3, "Datum"),
        record(0xfd, &[&at(1, 0, 0), &[0; 4]]),
        record(0xbd, &[&[1, 0, 1, 0], &[0, 0], &rk(10), &[1, 0], &0x3fe0_0000_u32.to_le_bytes(), &[2, 0]]),
        number(1, 3, 2, 45366.0),
        label(2, 0, "Ale"),
        record(0x27e, &[&at(2, 1, 0), &rk(20)]),
        number(2, 2, 1, 0.125),
        number(2, 3, 2, 45367.0),
        label(3, 0, "Alla kommuner"),
        formula,
        record(0x208, &[&[2, 0], &[0; 10], &[0x20, 0, 0, 0]]),
    ]
}

fn texts() -> Vec<u8> {
    record(0xfc, &[&[1, 0, 0, 0, 1, 0, 0, 0], &text("Malm\u{f6}", true)])
}

fn report(bytes: &[u8], more: &str) -> Workspace {
    let workspace = Workspace::small();
    workspace.file("content/liten/data/a.xls", bytes);
    workspace.findings(format!(
        "datasets:\n  c: {{file: data/a.xls, {more}columns: {{unit: Enhet, n: {{header: Antal, type: number}}, share: {{header: Andel, type: number}}, day: {{header: Datum, type: date}}}}}}\n\
         figures:\n  n: {{label: antal, sum: {{rows: c, column: n, where: {{unit: [Malm\u{f6}, Ale]}}}}}}\n  share: {{label: andel, sum: {{rows: c, column: share}}}}\n  first: {{label: dag, min: {{rows: c, column: day}}}}\n"
    ));
    workspace.chapter("# Resultat\n\nn = {{ n }}, {{ share }}, {{ first }}.\n");
    workspace
}

#[test]
fn numbers_shares_days_and_texts_are_read() {
    let workspace = report(&workbook(&[texts()], &cells()), "");
    let run = workspace.built();
    let page = workspace.read("output/liten/1.0/index.html").replace('\u{a0}', " ");
    for (figure, value) in [("n", "30"), ("share", "62,5"), ("first", "15 mars 2024")] {
        assert!(page.contains(&format!("href=\"#Made-{figure}\">{value}</a>")), "{figure}: {page}");
    }
    assert!(run.stderr.contains("Blad1!A4: 1 row is not counted as cases: row 4 `Alla kommuner`"), "{}", run.stderr);
    assert!(run.stderr.contains("1 of 2 rows of `data/a.xls` are hidden or filtered out"), "{}", run.stderr);
    let since_1904 = workbook(&[record(0x22, &[&[1, 0]]), texts()], &cells());
    let workspace = report(&since_1904, "sheet: blad1, ");
    workspace.run(&["build"]).expect(0);
    assert!(workspace.read("output/liten/1.0/index.html").replace('\u{a0}', " ").contains("16 mars 2028"));
}

#[test]
fn what_is_wrong_with_an_old_workbook_is_told() {
    let said = |bytes: &[u8], more: &str| report(bytes, more).run(&["check", "--all"]).expect(1).stderr;
    let whole = workbook(&[texts()], &cells());
    assert!(said(&whole, "sheet: Blad2, ").contains("its sheets are: Blad1"));
    assert!(said(&whole, "name: Tabellen, ").contains("has no range or table `Tabellen`"));
    assert!(said(&workbook(&[], &cells()), "").contains("its cell A2 names a text that is not there"));
    assert!(said(&workbook(&[record(0x2f, &[&[0; 6]])], &[]), "").contains("protected by a password"));
    for broken in [&b"<html><table>"[..], &whole[..whole.len() / 2], b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"] {
        let message = said(broken, "");
        assert!(message.contains("error[DAT001]") && !message.contains("panicked"), "{message}");
    }
    let faulty = record(0x205, &[&at(1, 1, 0), &[0x17, 1]]);
    let cells: Vec<Vec<u8>> = cells().into_iter().chain([faulty]).collect();
    assert!(said(&workbook(&[texts()], &cells), "").contains("Blad1!B2: the spreadsheet says #REF!"));
    let far = record(0x203, &[&at(65535, 255, 0), &1_f64.to_le_bytes()]);
    let cells: Vec<Vec<u8>> = self::cells().into_iter().chain([far]).collect();
    report(&workbook(&[texts()], &cells), "").run(&["build"]).expect(0);
}
