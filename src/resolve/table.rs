//! Tables: headers with ids, cells formatted, blank cells marked and explained; and the same values for download.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Code, Diagnostic, say};
use crate::document::data::{self, ColumnKind, Label};
use crate::document::export::{DataCell, DataColumn, DataRow, DataTable, Form};
use crate::document::resolved::{self, Inline, plain_text};
use crate::document::{Align, MarkdownTable, anchor};
use crate::limits;
use crate::value::{Blank, Unit, Value};

use super::phrase::hundredth;
use super::targets::Target;
use super::{Detail, Resolver};

/// The header of a column as it is printed.
fn header(printed: &resolved::Table, at: usize) -> Option<String> {
    let id = anchor::column(&printed.anchor, at + 1);
    let cell = printed.head.iter().flatten().find(|cell| cell.id == id)?;
    Some(plain_text(&cell.content))
}

/// More columns are set close on the page.
const AIRY_COLUMNS: usize = 8;

impl<'a> Resolver<'a> {
    /// A numbered table.
    pub(super) fn data_table(&mut self, table: &'a data::Table) -> resolved::Table {
        let anchor = format!("table-{}", table.id);
        self.tables.insert(table.id.clone());
        let number = match self.targets.get(&anchor) {
            Some(Target::Table { number }) => Some(*number),
            _ => None,
        };
        let mut out = self.table_body(table, &anchor);
        out.number = number;
        out.label = number.map(|number| format!("{}\u{a0}{number}", self.locale.label("table")));
        if self.detail == Detail::Words {
            return out;
        }
        out.data = Some(resolved::DataFiles::new(&table.id));
        out.evidence = self.facts.table(&table.id);
        let weighted = self.weighted(table, &out);
        let (basis, left_out) = (self.facts.basis(&table.id), self.facts.left_out(&table.id));
        let below = basis.into_iter().chain(left_out).chain(weighted).chain(self.not_added(table, &out));
        for words in below.chain(self.ranked(table)) {
            let note = out.note.get_or_insert_default();
            let words = if note.is_empty() { words } else { format!(" {words}") };
            note.push(Inline::text(words));
        }
        let export = self.export(&table.id, out.label.as_deref().unwrap_or(&table.id), table, &out);
        self.data.push(export);
        out
    }

    /// Among which rows the places are counted, where the values of some are protected.
    fn ranked(&self, table: &data::Table) -> Option<String> {
        let places = table.columns.iter().position(|column| matches!(column.label, Label::Rank))?;
        let hidden = |row: &data::Row| row.values.get(places) == Some(&Value::Blank(Blank::Suppressed));
        table.rows.iter().any(hidden).then(|| self.locale.label("ranked_told").to_owned())
    }

    /// Which columns have no total, and why: measures are not added up.
    fn not_added(&self, table: &data::Table, printed: &resolved::Table) -> Option<String> {
        let total = table.rows.iter().find(|row| row.total)?;
        let measure = |kind: &ColumnKind| matches!(kind, ColumnKind::Percent { .. } | ColumnKind::Amount { .. });
        let names: Vec<String> = (total.values.iter().zip(&table.columns).enumerate())
            .filter(|(_, (value, column))| **value == Value::Blank(Blank::NotApplicable) && measure(&column.kind))
            // A place and a change are of the row alone.
            .filter(|(_, (_, column))| matches!(column.label, Label::Own(_)))
            .filter_map(|(at, _)| header(printed, at))
            .collect();
        (!names.is_empty()).then(|| self.locale.fill("total_not_added", &[("columns", &self.locale.list(&names))]))
    }

    /// Which columns have a total that is a mean, and by what it is weighted.
    fn weighted(&self, table: &data::Table, printed: &resolved::Table) -> Vec<String> {
        let computed = self.facts.statistics.tables.get(&table.id).filter(|_| table.rows.iter().any(|row| row.total));
        let mut by_weight: BTreeMap<usize, Vec<String>> = BTreeMap::new();
        for (at, column) in computed.iter().flat_map(|computed| computed.columns.iter().enumerate()) {
            if let Some((weight, header)) = column.weight.zip(header(printed, at)) {
                by_weight.entry(weight).or_default().push(header);
            }
        }
        let sentence = |(weight, columns): (usize, Vec<String>)| {
            let values = [("columns", &*self.locale.list(&columns)), ("weight", &header(printed, weight)?)];
            Some(self.locale.fill("total_weighted", &values))
        };
        by_weight.into_iter().filter_map(sentence).collect()
    }

    /// Whether the table can still be printed beside those before it; told where one is the first that cannot.
    fn has_room(&mut self, table: &data::Table) -> bool {
        let before = self.cells;
        self.cells = before.saturating_add(table.rows.len().saturating_mul(table.columns.len() + 3));
        let fits = self.cells <= limits::CELLS_PRINTED;
        if !fits && before <= limits::CELLS_PRINTED {
            let message = say!(
                "with the table `{table}`, of {rows} rows and {columns} columns, the tables of the report are more than can be set: at most {most} rows of three columns in all",
                table = table.id,
                rows = table.rows.len(),
                columns = table.columns.len() + 1,
                most = limits::CELLS_PRINTED / 5
            );
            self.sink.push(
                Diagnostic::error(Code::TABLE_LONG, message).at(table.span).help(
                    say!("print what the report speaks of (a table counted from the rows, the largest of them), and give the whole file under `downloads`"),
                ),
            );
        }
        fits
    }

    /// Caption, headers, cells and notes, without number.
    pub(super) fn table_body(&mut self, table: &'a data::Table, anchor: &str) -> resolved::Table {
        let marks: Vec<String> = table.notes.iter().map(|(mark, _)| mark.clone()).collect();
        let outer = self.scope.table.replace((anchor.to_owned(), marks));
        let caption = self.inlines(&table.caption);
        let head = self.head(table, anchor);
        let mut blanks = BTreeSet::new();
        let printed = if self.has_room(table) { table.rows.as_slice() } else { &[] };
        let rows = printed.iter().enumerate().map(|(at, row)| self.row(table, row, at, anchor, &mut blanks)).collect();
        let notes = table
            .notes
            .iter()
            .map(|(mark, note)| resolved::TableNote { mark: mark.clone(), content: self.inlines(note) })
            .collect();
        let note = table.note.as_ref().map(|note| self.inlines(note));
        let source = table.source.as_ref().map(|source| self.inlines(source));
        self.scope.table = outer;
        let legend = blanks
            .into_iter()
            .map(|blank| resolved::TableNote {
                mark: blank.mark().to_owned(),
                content: vec![Inline::text(self.locale.label(blank.label()))],
            })
            .collect();
        resolved::Table {
            passage: String::new(),
            number: None,
            label: None,
            anchor: anchor.to_owned(),
            caption_text: plain_text(&caption),
            caption: Some(caption),
            origin: Some(table.span),
            columns: columns(table),
            head,
            rows,
            notes,
            legend,
            note,
            source,
            evidence: None,
            data: None,
            wide: table.columns.len() + 1 > AIRY_COLUMNS,
        }
    }

    pub(super) fn label(&mut self, label: &'a Label) -> Vec<Inline> {
        match label {
            Label::Own(content) => self.inlines(content),
            Label::Group(group) => vec![Inline::text(self.locale.group(*group))],
            Label::Total => vec![Inline::text(self.locale.label("total"))],
            Label::Count => vec![Inline::text(self.locale.label("count"))],
            Label::Missing => vec![Inline::text(self.locale.label("blank_not_available"))],
            Label::Rank => vec![Inline::text(self.locale.label("rank"))],
            Label::Change => vec![Inline::text(self.locale.label("change"))],
            Label::Word(key) => vec![Inline::text(self.locale.label(key))],
        }
    }

    fn head(&mut self, table: &'a data::Table, anchor: &str) -> Vec<Vec<resolved::HeadCell>> {
        let grouped = table.columns.iter().any(|column| column.group.is_some());
        let rowspan = if grouped { 2 } else { 1 };
        let mut top = vec![resolved::HeadCell {
            id: anchor::column(anchor, 0),
            content: self.inlines(&table.stub),
            colspan: 1,
            rowspan,
            scope: "col".to_owned(),
            align: "start".to_owned(),
            headers: Vec::new(),
        }];
        let mut bottom = Vec::new();
        let mut groups = 0;
        for (at, column) in table.columns.iter().enumerate() {
            let mut content = self.label(&column.label);
            if let ColumnKind::Amount { unit: Some(unit), .. } = &column.kind {
                content.push(Inline::text(format!(" ({})", unit.value)));
            }
            let cell = resolved::HeadCell {
                id: anchor::column(anchor, at + 1),
                content,
                colspan: 1,
                rowspan: 1,
                scope: "col".to_owned(),
                align: align(&column.kind).to_owned(),
                headers: group_of(table, at).map(|group| anchor::group(anchor, group)).into_iter().collect(),
            };
            match &column.group {
                None => top.push(resolved::HeadCell { rowspan, ..cell }),
                Some(group) => {
                    if starts_group(table, at) {
                        groups += 1;
                        top.push(resolved::HeadCell {
                            id: anchor::group(anchor, groups),
                            content: self.inlines(group),
                            colspan: group_width(table, at),
                            rowspan: 1,
                            scope: "colgroup".to_owned(),
                            align: "center".to_owned(),
                            headers: Vec::new(),
                        });
                    }
                    bottom.push(cell);
                }
            }
        }
        if grouped { vec![top, bottom] } else { vec![top] }
    }

    fn row(
        &mut self,
        table: &'a data::Table,
        row: &'a data::Row,
        at: usize,
        anchor: &str,
        blanks: &mut BTreeSet<Blank>,
    ) -> resolved::Row {
        let row_id = anchor::row(anchor, at + 1);
        let mut cells = vec![resolved::Cell {
            id: Some(row_id.clone()),
            header: true,
            content: self.label(&row.label),
            align: "start".to_owned(),
            total: row.total,
            blank: None,
            protected: false,
            headers: vec![anchor::column(anchor, 0)],
            key: None,
        }];
        for (column_at, (value, column)) in row.values.iter().zip(&table.columns).enumerate() {
            if let Value::Blank(blank) = value {
                blanks.insert(*blank);
            }
            let mut headers: Vec<String> =
                group_of(table, column_at).map(|group| anchor::group(anchor, group)).into_iter().collect();
            headers.push(anchor::column(anchor, column_at + 1));
            headers.push(row_id.clone());
            cells.push(resolved::Cell {
                id: None,
                header: false,
                content: self.cell(value),
                align: align(&column.kind).to_owned(),
                total: row.total || column.total,
                blank: match value {
                    Value::Blank(blank) => Some(self.locale.label(blank.label()).to_owned()),
                    _ => None,
                },
                protected: *value == Value::Blank(Blank::Suppressed),
                headers,
                key: Some([table.id.clone(), row.id.clone(), column.id.clone()]),
            });
        }
        resolved::Row { total: row.total, cells }
    }

    /// A value as it stands in a cell, and beside a bar of a chart.
    pub(super) fn cell(&mut self, value: &Value) -> Vec<Inline> {
        vec![Inline::text(match value {
            Value::Count(value) => self.locale.number(value, 0),
            Value::Percent { value, decimals } => self.locale.percent_sign(&hundredth(*value), *decimals),
            Value::Amount { value, decimals, .. } => self.locale.number(value, *decimals),
            Value::Change { value, decimals, unit: Unit::Percent } => {
                let ratio = hundredth(*value);
                self.locale.with_plus(self.locale.percent_sign(&ratio, *decimals), &ratio)
            }
            Value::Change { value, decimals, .. } => self.locale.signed(value, *decimals),
            Value::Date(date) => self.locale.date(date),
            Value::Text(text) => return self.text(text),
            Value::Blank(blank) => blank.mark().to_owned(),
        })]
    }

    /// The values of a table for download: numbers in full precision, blank cells with their reason.
    pub(super) fn export(&self, id: &str, label: &str, table: &data::Table, printed: &resolved::Table) -> DataTable {
        let first_row = printed.head.first().map(Vec::as_slice).unwrap_or_default();
        let header_of = |id: &str| printed.head.iter().flatten().find(|cell| cell.id == id);
        let columns = table
            .columns
            .iter()
            .enumerate()
            .map(|(at, column)| {
                let own = header_of(&anchor::column(&printed.anchor, at + 1));
                let group = own.and_then(|cell| cell.headers.first()).and_then(|id| header_of(id));
                let words: Vec<String> = group.into_iter().chain(own).map(|cell| plain_text(&cell.content)).collect();
                DataColumn {
                    id: column.id.clone(),
                    label: words.join(" – "),
                    unit: match &column.kind {
                        ColumnKind::Percent { .. } => Some("%".to_owned()),
                        ColumnKind::Amount { unit, .. } => unit.as_ref().map(|unit| unit.value.clone()),
                        _ => None,
                    },
                }
            })
            .collect();
        let rows = table
            .rows
            .iter()
            .zip(&printed.rows)
            .map(|(row, shown)| DataRow {
                id: row.id.clone(),
                label: shown.cells.first().map(|cell| plain_text(&cell.content)).unwrap_or_default(),
                total: row.total,
                origin: self.facts.row_origin(&table.id, &row.id),
                cells: row
                    .values
                    .iter()
                    .zip(shown.cells.iter().skip(1))
                    .map(|(value, cell)| self.data_cell(value, cell))
                    .collect(),
            })
            .collect();
        let marked = |note: &resolved::TableNote| format!("{} {}", note.mark, plain_text(&note.content));
        DataTable {
            id: id.to_owned(),
            label: label.to_owned(),
            title: printed.caption_text.clone(),
            language: self.locale.language().tag().to_owned(),
            stub: first_row.first().map(|cell| plain_text(&cell.content)).unwrap_or_default(),
            columns,
            rows,
            notes: printed.notes.iter().map(marked).chain(printed.note.iter().map(|note| plain_text(note))).collect(),
            origin: self.facts.table(&table.id),
            source: printed.source.as_ref().map(|source| plain_text(source)),
        }
    }

    fn data_cell(&self, value: &Value, shown: &resolved::Cell) -> DataCell {
        let rounding = self.locale.rounding();
        let decimals = value.decimals();
        let number = |decimal: String, percent: bool, signed: bool| {
            let printed = plain_text(&shown.content);
            // As they are printed: what few are has more than asked for.
            let part = printed.split_once(self.locale.language().decimal()).map_or("", |(_, part)| part);
            let decimals = part.bytes().take_while(u8::is_ascii_digit).count();
            let form = Form { decimals: u8::try_from(decimals).unwrap_or(u8::MAX), percent, signed };
            DataCell::Number { decimal, form, printed }
        };
        match value {
            Value::Count(value) => number(value.to_decimal(0, rounding), false, false),
            // A computed percentage may have endless decimals; six are enough to count on.
            Value::Percent { value, .. } => number(value.to_string(), true, false),
            Value::Amount { value, .. } => number(value.to_decimal(decimals, rounding), false, false),
            Value::Change { value, unit, .. } => {
                number(value.to_decimal(decimals, rounding), *unit == Unit::Percent, true)
            }
            Value::Date(date) => DataCell::Text(date.iso()),
            Value::Text(_) => DataCell::Text(plain_text(&shown.content)),
            Value::Blank(blank) => DataCell::Blank(*blank),
        }
    }

    /// A table that was typed in Markdown: its first column holds the row headers.
    pub(super) fn markdown_table(&mut self, table: &'a MarkdownTable) -> resolved::Table {
        let anchor = self.targets.next_markdown_table();
        let aligned = |at: usize| match table.align.get(at) {
            Some(Align::End) => "end",
            Some(Align::Center) => "center",
            _ => "start",
        };
        let head: Vec<resolved::HeadCell> = table
            .head
            .iter()
            .enumerate()
            .map(|(at, content)| resolved::HeadCell {
                id: anchor::column(&anchor, at),
                content: self.inlines(content),
                colspan: 1,
                rowspan: 1,
                scope: "col".to_owned(),
                align: aligned(at).to_owned(),
                headers: Vec::new(),
            })
            .collect();
        let rows = table
            .rows
            .iter()
            .enumerate()
            .map(|(row_at, row)| {
                let row_id = anchor::row(&anchor, row_at + 1);
                let cells = row.iter().enumerate().map(|(at, content)| resolved::Cell {
                    id: (at == 0).then(|| row_id.clone()),
                    header: at == 0,
                    content: self.inlines(content),
                    align: aligned(at).to_owned(),
                    total: false,
                    blank: None,
                    protected: false,
                    headers: std::iter::once(anchor::column(&anchor, at))
                        .chain((at > 0).then(|| row_id.clone()))
                        .collect(),
                    key: None,
                });
                resolved::Row { total: false, cells: cells.collect() }
            })
            .collect();
        resolved::Table {
            passage: String::new(),
            number: None,
            label: None,
            anchor,
            caption: None,
            caption_text: String::new(),
            origin: None,
            columns: (0..table.head.len())
                .map(|at| resolved::Column { align: aligned(at).to_owned(), starts_group: false })
                .collect(),
            wide: table.head.len() > AIRY_COLUMNS,
            head: vec![head],
            rows,
            notes: Vec::new(),
            legend: Vec::new(),
            note: None,
            source: None,
            evidence: None,
            data: None,
        }
    }
}

fn align(kind: &ColumnKind) -> &'static str {
    match kind {
        ColumnKind::Text | ColumnKind::Date => "start",
        ColumnKind::Count | ColumnKind::Percent { .. } | ColumnKind::Amount { .. } => "end",
    }
}

fn columns(table: &data::Table) -> Vec<resolved::Column> {
    let stub = resolved::Column { align: "start".to_owned(), starts_group: false };
    let rest = table.columns.iter().enumerate().map(|(at, column)| resolved::Column {
        align: align(&column.kind).to_owned(),
        starts_group: at > 0
            && (starts_group(table, at) || (column.group.is_none() && table.columns[at - 1].group.is_some())),
    });
    std::iter::once(stub).chain(rest).collect()
}

/// Words of a group, to tell whether two neighbours belong together.
fn group_words(table: &data::Table, at: usize) -> Option<String> {
    table.columns.get(at)?.group.as_ref().map(|group| crate::markdown::plain(group))
}

fn starts_group(table: &data::Table, at: usize) -> bool {
    let own = group_words(table, at);
    own.is_some() && (at == 0 || group_words(table, at - 1) != own)
}

fn group_width(table: &data::Table, at: usize) -> u32 {
    let own = group_words(table, at);
    let width = (at..table.columns.len()).take_while(|next| group_words(table, *next) == own).count();
    u32::try_from(width).unwrap_or(1)
}

/// Number of the group that a column belongs to, counted from 1.
fn group_of(table: &data::Table, at: usize) -> Option<usize> {
    table.columns.get(at)?.group.as_ref()?;
    Some((0..=at).filter(|before| starts_group(table, *before)).count())
}
