//! Words that stand in files of data: what is printed for them in a translation. Ids, and what rows are found by, stay those of the original.

use std::collections::BTreeMap;

use crate::alike;
use crate::diagnostic::{Code, Diagnostic, Sink, say};
use crate::model::{CaseKind, CellValue, ChartSpec, DocumentKind, Findings, Given, Lacking, Place, Report, Row, Table};
use crate::source::{Spanned, Text};
use crate::value::Period;

use super::lay::has_words;

/// The words of a translation for those of the files of data, and for parameters.
struct Words<'a> {
    given: BTreeMap<String, (&'a Spanned<String>, &'a Text, bool)>,
    /// Names, which are the same in every language.
    names: Vec<String>,
    lacking: Vec<Lacking>,
}

/// Puts the words of a translation into what was read of files; what nothing is written for is given back.
pub fn translated(
    report: &mut Report,
    names: &[Text],
    findings: &mut Findings,
    charts: &mut [ChartSpec],
    sink: &mut Sink,
) -> Vec<Lacking> {
    let Some(translation) = report.translation.clone() else { return Vec::new() };
    let given = translation.words.iter().map(|(word, text)| (alike::reading(&word.value), (word, text, false)));
    let listed = report.names.iter().chain(names).chain(report.units.iter().map(|unit| &unit.name));
    let mut words = Words {
        given: given.collect(),
        names: listed.map(|name| alike::reading(&name.value)).collect(),
        lacking: Vec::new(),
    };
    let shown: Vec<(String, String)> = findings.tables.iter().filter_map(counted_by).flatten().collect();
    for table in &mut findings.tables {
        words.table(table);
    }
    for dataset in &mut findings.datasets {
        for column in &mut dataset.columns {
            let is_shown = shown.iter().any(|(of, by)| *of == dataset.id.value && *by == column.id.value);
            for category in &mut column.categories {
                if category.group.is_none() {
                    words.put(&mut category.label, is_shown && column.kind == CaseKind::Text);
                }
            }
        }
    }
    for figure in &mut findings.figures {
        if let (Given::Text(text), Some(name)) =
            (&mut figure.given, figure.id.value.strip_prefix(crate::model::Parameter::PREFIX))
        {
            // What a row is called is part of an address.
            words.put(text, name != "id");
            words.put(&mut figure.label, false);
        }
    }
    for (name, _) in &mut report.imprint.rows {
        let mut text = Text::of_cell(name.value.clone(), name.span);
        words.put(&mut text, report.kind.value != DocumentKind::DecisionPage);
        name.value = text.value;
    }
    for chart in charts {
        if let Some(table) = findings.tables.iter().find(|table| table.id.value == chart.table.value) {
            by_id(chart, table);
        }
    }
    let unused = words.given.values().filter(|(.., used)| !used);
    let known: Vec<String> = words.lacking.iter().map(|lacking| lacking.words.clone()).collect();
    for (word, ..) in unused {
        let message = say!("no file has the words `{word}`", word = word.value);
        let found = Diagnostic::warning(Code::TRANSLATION, message).at(word.span);
        let found = found.nearest(&word.value, known.iter().map(String::as_str));
        sink.push(found.help(say!("write them as they stand in the file, or take them out")));
    }
    words.lacking
}

/// The columns of case rows whose words a table prints, each with its dataset.
fn counted_by(table: &Table) -> Option<Vec<(String, String)>> {
    let cross = table.cross.as_ref()?;
    let columns = std::iter::once(&cross.by).chain(&cross.across);
    Some(columns.map(|column| (cross.selection.dataset.value.clone(), column.value.clone())).collect())
}

impl Words<'_> {
    fn table(&mut self, table: &mut Table) {
        // What a file calls its totals is a word of the program's too.
        if let Some(total) = &mut table.typed_total {
            self.put(&mut total.label, false);
            if total.label.literal && total.label.original.is_none() {
                total.label.value.clear();
            }
        }
        for row in &mut table.rows {
            let is_read = row.sheet.is_some() || row.label.literal;
            self.put(&mut row.label, is_read);
            for cell in &mut row.cells {
                if let CellValue::Text(text) = &mut cell.value {
                    self.put(text, is_read);
                }
            }
        }
    }

    /// The words that stand for a text, in its place; where there are none and they are `wanted`, that is noted.
    fn put(&mut self, text: &mut Text, wanted: bool) {
        if text.original.is_some() {
            return;
        }
        let reading = alike::reading(&text.value);
        if let Some((_, own, used)) = self.given.get_mut(&reading) {
            *used = true;
            *text = Text { original: Some(text.value.as_str().into()), ..(*own).clone() };
            return;
        }
        let is_known = self.names.contains(&reading) || Period::read(&text.value).is_some();
        if wanted && has_words(&text.value) && !is_known {
            self.lacking.push(Lacking { words: text.value.clone(), span: text.span, place: Place::Data });
        }
    }
}

/// A chart names rows by ids in the place of the labels that they had.
fn by_id(chart: &mut ChartSpec, table: &Table) {
    let id = |text: &mut Text| {
        let is_called =
            |row: &&Row| row.label.original.is_some() && row.label.untranslated().trim() == text.value.trim();
        if let Some(row) = table.rows.iter().find(is_called) {
            text.value.clone_from(&row.id.value);
        }
    };
    let marked = &mut chart.annotations;
    for period in &mut marked.periods {
        if let Some(extent) = period.extent.map(|end| {
            let mut end = end.clone();
            id(&mut end);
            Some(end)
        }) {
            period.extent = extent;
        }
    }
    marked.remarks.iter_mut().for_each(|remark| id(&mut remark.at));
    marked.provisional_from.iter_mut().chain(&mut marked.forecast_from).for_each(id);
    let cells = table.rows.iter().flat_map(|row| &row.cells).filter_map(|cell| match &cell.value {
        CellValue::Text(text) => Some(text),
        _ => None,
    });
    let cells: Vec<&Text> = cells.filter(|text| text.original.is_some()).collect();
    for word in marked.status.iter_mut().flat_map(|status| &mut status.settled) {
        let same = |text: &&&Text| alike::reading(text.untranslated()) == alike::reading(&word.value);
        if let Some(text) = cells.iter().find(same) {
            word.value.clone_from(&text.value);
        }
    }
}
