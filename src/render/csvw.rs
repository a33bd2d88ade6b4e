//! What a CSV file holds, for programs: CSV on the Web (W3C), in a file beside it that is found by its name.
//!
//! It is made of the same [`DataTable`] as the CSV, so it can say nothing that the file does not hold.

use serde_json::{Map, Value as Json, json};

use super::data::{self, number};
use crate::document::export::{DataCell, DataTable};
use crate::document::resolved::ResolvedDocument;
use crate::value::PartialDate;

/// How the names of such files end.
pub const ENDING: &str = "-metadata.json";

/// Name of the file about a CSV file, which programs look for beside it.
#[must_use]
pub fn path(csv: &str) -> String {
    format!("{csv}{ENDING}")
}

/// What the file about a table's CSV says.
#[must_use]
pub fn metadata(table: &DataTable, document: &ResolvedDocument) -> String {
    let label = |key: &str| document.labels.get(key).cloned().unwrap_or_default();
    let mut out = Map::new();
    let mut add = |key: &str, value: Json| {
        out.insert(key.to_owned(), value);
    };
    add("@context", json!(["http://www.w3.org/ns/csvw", {"@language": table.language}]));
    add("url", json!(format!("{}.csv", table.id)));
    add("dc:title", json!(table.title));
    add("dc:identifier", json!(table.label));
    if let Some(origin) = &table.origin {
        add("dc:description", json!(origin));
    }
    if let Some(source) = &table.source {
        add("dc:source", json!(source));
    }
    add(
        "dc:isPartOf",
        json!({"@id": "../index.html", "dc:title": document.title_text, "schema:version": document.version}),
    );
    add("dc:publisher", json!({"schema:name": document.publisher.name}));
    if !document.status.is_draft() {
        add(
            "dc:issued",
            json!({"@value": document.date.iso, "@type": format!("xsd:{}", PartialDate::xml_type(&document.date.iso))}),
        );
    }
    if let Some(licence) = &document.licence {
        add("dc:license", json!({"@id": licence.url}));
    }
    add("dc:language", json!(table.language));
    if !table.notes.is_empty() {
        add("notes", table.notes.iter().map(|note| json!({"schema:text": note})).collect());
    }
    add("lang", json!(table.language));
    add(
        "dialect",
        json!({
            "encoding": "utf-8", "delimiter": ",", "quoteChar": "\"", "doubleQuote": true, "header": true, "headerRowCount": 1,
            "lineTerminators": ["\r\n"], "skipInitialSpace": false, "trim": false,
        }),
    );
    add("tableSchema", schema(table, &label("csv_blank"), &label("csv_origin")));
    serde_json::to_string_pretty(&out).map(|text| text + "\n").unwrap_or_default()
}

/// The columns, in the order of the file.
fn schema(table: &DataTable, blank: &str, origin: &str) -> Json {
    let mut names: Vec<String> = Vec::new();
    let mut header = data::header(table).into_iter();
    let mut columns = Vec::new();
    let mut add = |id: &str, about: Json| {
        let name = unique(name(id), &mut names);
        let mut column = Map::new();
        column.insert("name".to_owned(), json!(name));
        column.insert("titles".to_owned(), json!(header.next().unwrap_or_default()));
        column.extend(about.as_object().cloned().unwrap_or_default());
        columns.push(Json::Object(column));
    };
    add("row", json!({"datatype": "string", "required": true}));
    for (at, column) in table.columns.iter().enumerate() {
        let mut about = json!({"datatype": datatype(table, at), "null": ""});
        if let Some(unit) = &column.unit {
            about["schema:unitText"] = json!(unit);
        }
        add(&column.id, about);
    }
    if data::has_blanks(table) {
        add("blank", json!({"datatype": "string", "separator": "; ", "dc:description": blank}));
    }
    add("origin", json!({"datatype": "string", "dc:description": origin}));
    let mut labels: Vec<&str> = table.rows.iter().map(|row| row.label.as_str()).collect();
    labels.sort_unstable();
    let told_apart = labels.iter().all(|label| !label.is_empty()) && labels.windows(2).all(|pair| pair[0] != pair[1]);
    let mut out = json!({"columns": columns});
    if told_apart && !labels.is_empty() {
        out["primaryKey"] = json!("row");
        out["rowTitles"] = json!("row");
    }
    // A label that is not there is no fault of the file.
    if labels.first().is_some_and(|label| label.is_empty()) {
        out["columns"][0]["required"] = json!(false);
    }
    out
}

/// What a column holds: numbers where there are any and nothing else.
fn datatype(table: &DataTable, at: usize) -> &'static str {
    let cells: Vec<&DataCell> = table.rows.iter().filter_map(|row| row.cells.get(at)).collect();
    let numbers: Vec<Option<&str>> = cells.iter().filter(|cell| !is_empty(cell)).map(|cell| number(cell)).collect();
    let plain = |text: &str| text.strip_prefix('-').unwrap_or(text).bytes().all(|byte| byte.is_ascii_digit());
    match numbers.iter().copied().collect::<Option<Vec<&str>>>() {
        Some(numbers) if numbers.is_empty() => "string",
        Some(numbers) if numbers.iter().all(|number| plain(number)) => "integer",
        Some(_) => "decimal",
        None => "string",
    }
}

/// Whether nothing stands in the file.
fn is_empty(cell: &DataCell) -> bool {
    matches!(cell, DataCell::Blank(_)) && number(cell).is_none()
}

/// An id as the name of a column: letters, digits and low lines, which stand in addresses as they are.
fn name(id: &str) -> String {
    let plain: String = id.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).collect();
    let plain = plain.trim_start_matches('_');
    if plain.is_empty() { "column".to_owned() } else { plain.to_owned() }
}

fn unique(name: String, names: &mut Vec<String>) -> String {
    let mut tried = name.clone();
    let mut count = 1;
    while names.contains(&tried) {
        count += 1;
        tried = format!("{name}_{count}");
    }
    names.push(tried.clone());
    tried
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::export::{DataColumn, DataRow, Form};
    use crate::render::fixture;
    use crate::value::Blank;

    fn number_cell(decimal: &str) -> DataCell {
        DataCell::Number { decimal: decimal.into(), form: Form::default(), printed: decimal.into() }
    }

    fn table(rows: &[(&str, [DataCell; 3])]) -> DataTable {
        let column = |id: &str, unit: Option<&str>| DataColumn {
            id: id.into(),
            label: id.to_uppercase(),
            unit: unit.map(Into::into),
        };
        let row = |(label, cells): &(&str, [DataCell; 3])| DataRow {
            id: "r".into(),
            label: (*label).into(),
            total: false,
            origin: "data/a.csv".into(),
            cells: cells.to_vec(),
        };
        DataTable {
            id: "besök".into(),
            label: "Tabell 1".into(),
            title: "Besök".into(),
            language: "sv".into(),
            stub: "Enhet".into(),
            columns: vec![column("row", None), column("a-b", Some("%")), column("a.b", None)],
            rows: rows.iter().map(row).collect(),
            notes: vec!["a Några är kvar.".into()],
            origin: None,
            source: Some("Granskningen".into()),
        }
    }

    #[test]
    fn columns_are_typed_by_all_that_they_hold_and_have_names_of_their_own() {
        let hidden = || DataCell::Blank(Blank::Suppressed);
        let table = table(&[
            ("Norr", [number_cell("12"), number_cell("-1.50"), hidden()]),
            ("Söder", [DataCell::Blank(Blank::Zero), hidden(), DataCell::Text("–".into())]),
        ]);
        let read: Json = serde_json::from_str(&metadata(&table, &fixture::document())).unwrap();
        let columns = read["tableSchema"]["columns"].as_array().unwrap();
        let told: Vec<(&str, &str)> = columns
            .iter()
            .map(|column| (column["name"].as_str().unwrap(), column["datatype"].as_str().unwrap()))
            .collect();
        assert_eq!(
            told,
            [
                ("row", "string"),
                ("row_2", "integer"),
                ("a_b", "decimal"),
                ("a_b_2", "string"),
                ("blank", "string"),
                ("origin", "string")
            ]
        );
        assert_eq!(columns[2]["titles"], "A-B (%)");
        assert_eq!(read["tableSchema"]["primaryKey"], "row");
        assert_eq!(read["notes"][0]["schema:text"], "a Några är kvar.");
        assert_eq!(read["dc:issued"], json!({"@value": "2021-06", "@type": "xsd:gYearMonth"}));
    }

    #[test]
    fn rows_that_share_a_label_have_no_key() {
        let row = |label| (label, [number_cell("1"), number_cell("2"), number_cell("3")]);
        let schema = |rows: &[(&str, [DataCell; 3])]| schema(&table(rows), "", "");
        assert_eq!(schema(&[row("Norr"), row("Norr")])["primaryKey"], Json::Null);
        assert_eq!(schema(&[row("Norr"), row("")])["columns"][0]["required"], false);
        assert_eq!(schema(&[row("Norr"), row("Söder")])["primaryKey"], "row");
        assert_eq!(schema(&[])["columns"][1]["datatype"], "string");
    }
}
