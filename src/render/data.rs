//! A table's numbers as files for other programs: CSV and JSON.
//!
//! Both are written from [`DataTable`], which holds plain decimals, not the text that the report prints: no digit groups,
//! a full stop before the decimals.

use std::fmt::Write as _;

use crate::document::export::{DataCell, DataColumn, DataRow, DataTable};

/// Version of the JSON form. A field renamed or removed raises it.
pub const SCHEMA: u32 = 1;

/// The table as CSV by RFC 4180: commas, CRLF, one header row, rows of totals included.
///
/// It begins with a byte order mark, without which spreadsheets read å, ä and ö as something else. A blank cell is empty;
/// where a table has any, a last column `blank` says which and why (`women: suppressed`), so that a number column holds
/// nothing but numbers. The column `origin` says how each row came about. Texts that a spreadsheet would run as a formula get an apostrophe before them; numbers never do.
#[must_use]
pub fn csv(table: &DataTable) -> String {
    let blanks: Vec<String> = table.rows.iter().map(|row| blanks(table, row)).collect();
    let explains = blanks.iter().any(|words| !words.is_empty());
    let mut writer =
        ::csv::WriterBuilder::new().terminator(::csv::Terminator::CRLF).flexible(true).from_writer(Vec::new());
    let mut write = |fields: Vec<String>| {
        // Writing to memory cannot fail, and rows of unequal length are allowed.
        let _ = writer.write_record(fields);
    };
    let mut header = vec![harmless(&table.stub)];
    header.extend(table.columns.iter().map(|column| harmless(&column_name(column))));
    header.extend(explains.then(|| "blank".to_owned()));
    header.push("origin".to_owned());
    write(header);
    for (row, blanks) in table.rows.iter().zip(blanks) {
        let mut fields = vec![harmless(&row.label)];
        fields.extend(row.cells.iter().map(|cell| match number(cell) {
            Some(number) => number.to_owned(),
            None => match cell {
                DataCell::Number(text) | DataCell::Text(text) => harmless(text),
                DataCell::Blank { .. } => String::new(),
            },
        }));
        fields.extend(explains.then_some(blanks));
        fields.push(harmless(&row.origin));
        write(fields);
    }
    let bytes = writer.into_inner().unwrap_or_default();
    format!("\u{feff}{}", String::from_utf8_lossy(&bytes))
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
            (None, DataCell::Number(text) | DataCell::Text(text)) => quoted(text),
            (None, DataCell::Blank { .. }) => "null".into(),
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
fn number(cell: &DataCell) -> Option<&str> {
    match cell {
        DataCell::Number(text) => serde_json::from_str::<serde_json::Number>(text).is_ok().then_some(text),
        DataCell::Blank { reason } if reason == "zero" => Some("0"),
        DataCell::Text(_) | DataCell::Blank { .. } => None,
    }
}

fn reasons<'a>(table: &'a DataTable, row: &'a DataRow) -> impl Iterator<Item = (&'a DataColumn, &'a str)> {
    table.columns.iter().zip(&row.cells).filter_map(|(column, cell)| match cell {
        DataCell::Blank { reason } if reason != "zero" => Some((column, reason.as_str())),
        _ => None,
    })
}

/// The row's blank cells in words: `women: suppressed; men: suppressed`.
fn blanks(table: &DataTable, row: &DataRow) -> String {
    let words: Vec<String> = reasons(table, row).map(|(column, reason)| format!("{}: {reason}", column.id)).collect();
    words.join("; ")
}

/// The column's label with its unit, unless the label names it.
fn column_name(column: &DataColumn) -> String {
    match &column.unit {
        Some(unit) if !unit.is_empty() && !column.label.contains(unit.as_str()) => format!("{} ({unit})", column.label),
        _ => column.label.clone(),
    }
}

/// The text with an apostrophe before it when a spreadsheet would take it for a formula.
fn harmless(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

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
        DataCell::Blank { reason: reason.into() }
    }

    fn table() -> DataTable {
        let number = |text: &str| DataCell::Number(text.into());
        DataTable {
            id: "diagnoses".into(),
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
