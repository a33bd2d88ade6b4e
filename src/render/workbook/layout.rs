//! What stands on which sheet.

use std::collections::BTreeSet;

use crate::document::export::{DataCell, DataRow, DataTable, Form};
use crate::document::resolved::{Inline, ResolvedDocument, plain_text};
use crate::locale::Language;
use crate::render::data::{column_name, number};
use crate::value::Blank;

use super::{Cell, Content, Sheet, Side, Style, Table, Workbook, names};

/// As many digits of a number as office programs keep; longer ones stand as text.
const DIGITS: usize = 15;

/// The cover, what marks and notes say, and a sheet for each table.
pub(super) fn workbook(document: &ResolvedDocument, tables: &[DataTable]) -> Workbook {
    let words = Words(document);
    let mut taken = BTreeSet::new();
    let cover = names::sheet(words.label("workbook_cover"), &mut taken);
    let notes = names::sheet(words.label("workbook_notes"), &mut taken);
    let names: Vec<String> = tables.iter().map(|table| names::sheet(&table.label, &mut taken)).collect();
    let noted = words.noted(tables);
    let first = if noted.is_empty() { 1 } else { 2 };
    let notes = (!noted.is_empty()).then_some(notes);
    let mut sheets = vec![words.cover(cover, notes.as_deref(), tables)];
    if let Some(notes) = &notes {
        sheets.push(words.notes(notes.clone(), noted, &names, first));
    }
    sheets.extend(tables.iter().zip(names).map(|(table, name)| words.table(table, name, notes.as_deref())));
    let publisher = &document.publisher;
    Workbook {
        title: document.title_text.clone(),
        description: document.description.clone(),
        publisher: publisher.name.clone(),
        language: Language::find(&document.language).unwrap_or_default(),
        date: (document.date.year, document.date.month, document.date.day),
        sheets,
    }
}

/// A note, and the table that it is of; none for what holds on all sheets.
type Noted = (Option<usize>, String);

/// The report with the program's own words.
struct Words<'a>(&'a ResolvedDocument);

impl Words<'_> {
    fn label(&self, key: &str) -> &str {
        self.0.labels.get(key).map(String::as_str).unwrap_or_default()
    }

    fn cover(&self, name: String, notes: Option<&str>, tables: &[DataTable]) -> Sheet {
        let document = self.0;
        let publisher = &document.publisher;
        let mut lines = vec![line(Style::Title, &document.title_text)];
        let mut say = |style: Style, words: &str| lines.push(line(style, words));
        if let Some(subtitle) = document.subtitle.as_deref().map(plain_text)
            && !document.title_text.to_lowercase().ends_with(&subtitle.to_lowercase())
        {
            say(Style::Line, &subtitle);
        }
        let by = publisher.unit.iter().fold(publisher.name.clone(), |name, unit| format!("{name}, {unit}"));
        say(Style::Line, &by);
        let told = [document.notice.as_deref(), document.withdrawn.as_deref()];
        told.into_iter().flatten().for_each(|words| say(Style::Line, &plain_text(words)));
        if document.status.is_draft() {
            let status = self.label(document.status.label());
            say(Style::Line, &self.label("draft_notice").replace("{status}", status));
        }
        say(Style::Line, self.label("workbook_about"));
        say(Style::Heading, self.label("imprint"));
        for row in &document.imprint {
            let parts = row.value.split(|part| matches!(part, Inline::LineBreak)).map(plain_text);
            say(Style::Line, &format!("{}: {}", row.label, parts.collect::<Vec<_>>().join("; ")));
        }
        say(Style::Heading, self.label("contents"));
        let first = 1 + notes.iter().len();
        lines.extend(notes.map(|notes| link(notes, 1)));
        lines.extend(tables.iter().enumerate().map(|(at, table)| link(&title(table), first + at)));
        Sheet { name, rows: lines.into_iter().map(|cell| vec![cell]).collect(), table: None, widths: vec![90] }
    }

    /// What the marks in the tables mean, then the notes of each.
    fn noted(&self, tables: &[DataTable]) -> Vec<Noted> {
        let cells = tables.iter().flat_map(|table| &table.rows).flat_map(|row| &row.cells);
        let marks: BTreeSet<Blank> = cells.filter_map(withheld).collect();
        let marks = marks.into_iter().map(|blank| (None, format!("{}: {}", blank.mark(), self.label(blank.label()))));
        let notes = tables.iter().enumerate();
        marks
            .chain(notes.flat_map(|(at, table)| table.notes.iter().map(move |note| (Some(at), note.clone()))))
            .collect()
    }

    fn notes(&self, name: String, noted: Vec<Noted>, sheets: &[String], first: usize) -> Sheet {
        let mut rows = vec![
            vec![line(Style::Title, self.label("workbook_notes"))],
            vec![line(Style::Line, self.label("workbook_sheet"))],
        ];
        let head = ["workbook_concerns", "workbook_note"].map(|key| self.label(key).to_owned());
        rows.push(names::headers(head.into_iter()).into_iter().map(|words| header(words, Side::Start)).collect());
        rows.extend(noted.into_iter().map(|(table, note)| {
            let of = match table {
                Some(at) => link(&sheets[at], first + at),
                None => words(self.label("workbook_all"), Side::Start),
            };
            vec![of, words(&note, Side::Start)]
        }));
        let table = Table { name: names::table(&name), title: self.label("workbook_notes").to_owned(), head: 2 };
        Sheet { name, rows, table: Some(table), widths: vec![20, 90] }
    }

    fn table(&self, table: &DataTable, name: String, notes: Option<&str>) -> Sheet {
        let mut rows = vec![vec![line(Style::Title, &title(table))]];
        let marked = table.rows.iter().flat_map(|row| &row.cells).any(|cell| withheld(cell).is_some());
        let told = match notes.filter(|_| marked || !table.notes.is_empty()) {
            Some(notes) => {
                format!("{} {}", self.label("workbook_sheet"), self.label("workbook_see").replace("{sheet}", notes))
            }
            None => self.label("workbook_sheet").to_owned(),
        };
        rows.push(vec![line(Style::Line, &told)]);
        let source = table.source.as_ref().map(|source| format!("{}: {source}", self.label("source")));
        rows.extend(source.iter().chain(&table.origin).map(|words| vec![line(Style::Line, words)]));
        let head = rows.len();
        let columns = table.columns.iter().map(column_name);
        let all = std::iter::once(table.stub.clone()).chain(columns).chain([self.label("workbook_origin").to_owned()]);
        let numbers =
            |at: usize| table.rows.iter().any(|row| row.cells.get(at).is_some_and(|cell| number(cell).is_some()));
        let side = |at: usize| match at {
            0 => Side::Start,
            at if at <= table.columns.len() && numbers(at - 1) => Side::End,
            _ => Side::Beside,
        };
        let headers = names::headers(all).into_iter().enumerate();
        rows.push(headers.map(|(at, words)| header(words, side(at))).collect());
        rows.extend(table.rows.iter().map(cells));
        let widths = widths(&rows[head..]);
        let table = Table { name: names::table(&name), title: table.title.clone(), head };
        Sheet { name, rows, table: Some(table), widths }
    }
}

/// "Tabell 5. Beslut efter stadsdel"
fn title(table: &DataTable) -> String {
    format!("{}. {}", table.label.replace('\u{a0}', " "), table.title)
}

fn cells(row: &DataRow) -> Vec<Cell> {
    let total = row.total;
    let mut cells = vec![line(Style::Words { side: Side::Start, total, wraps: true }, &row.label)];
    cells.extend(row.cells.iter().map(|cell| value(cell, total)));
    cells.push(line(Style::Words { side: Side::Beside, total, wraps: false }, &row.origin));
    cells
}

fn value(cell: &DataCell, total: bool) -> Cell {
    let (form, printed) = match cell {
        DataCell::Number { form, printed, .. } => (*form, printed.as_str()),
        _ => (Form::default(), "0"),
    };
    match (number(cell), cell) {
        (Some(decimal), _) if digits(decimal) <= DIGITS => {
            let decimal = if form.percent { hundredth(decimal) } else { decimal.to_owned() };
            let content = Content::Number { decimal, printed: printed.to_owned() };
            Cell { content, style: Style::Number { total, form } }
        }
        (_, DataCell::Text(text) | DataCell::Number { decimal: text, .. }) => {
            line(Style::Words { side: Side::Beside, total, wraps: true }, text)
        }
        (_, DataCell::Blank(blank)) => line(Style::Mark { total }, blank.mark()),
    }
}

/// Why no value is given.
fn withheld(cell: &DataCell) -> Option<Blank> {
    match cell {
        DataCell::Blank(blank) if *blank != Blank::Zero => Some(*blank),
        _ => None,
    }
}

fn digits(decimal: &str) -> usize {
    decimal.trim_start_matches(['-', '0', '.']).bytes().filter(u8::is_ascii_digit).count()
}

/// The decimal with its point two places further to the left.
fn hundredth(decimal: &str) -> String {
    let (sign, plain) = decimal.strip_prefix('-').map_or(("", decimal), |rest| ("-", rest));
    let (whole, part) = plain.split_once('.').unwrap_or((plain, ""));
    let whole = format!("{whole:0>3}");
    let (whole, moved) = whole.split_at(whole.len() - 2);
    let text = format!("{sign}{whole}.{moved}{part}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn line(style: Style, words: &str) -> Cell {
    Cell { content: Content::Text(names::text(words)), style }
}

fn words(words: &str, side: Side) -> Cell {
    line(Style::Words { side, total: false, wraps: true }, words)
}

fn header(words: String, side: Side) -> Cell {
    Cell { content: Content::Text(words), style: Style::Head(side) }
}

fn link(words: &str, sheet: usize) -> Cell {
    Cell { content: Content::Link { text: names::text(words), sheet }, style: Style::Link }
}

/// What the columns of a table need: their values whole, the words of headers and labels whole where they are not too long.
fn widths(rows: &[Vec<Cell>]) -> Vec<u16> {
    let columns = rows.first().map_or(0, Vec::len);
    let width = |at: usize| {
        let cells = rows.iter().filter_map(|row| row.get(at));
        let needs = cells.map(|cell| match &cell.content {
            Content::Text(text) if cell.style.wraps() && at > 0 => longest_word(text),
            Content::Text(text) | Content::Link { text, .. } => text.chars().count(),
            Content::Number { printed, .. } => printed.chars().count(),
        });
        let most = if at == 0 || at + 1 == columns { 48 } else { 30 };
        u16::try_from(needs.max().unwrap_or_default().clamp(10, most) + 2).unwrap_or(most as u16)
    };
    (0..columns).map(width).collect()
}

fn longest_word(text: &str) -> usize {
    text.split([' ', '-', '–']).map(|word| word.chars().count()).max().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_percentage_is_held_as_a_hundredth_to_every_digit() {
        let all = ["62.5", "5", "0", "-7.25", "100", "0.333333", "-0.4", "1234"].map(hundredth);
        assert_eq!(all, ["0.625", "0.05", "0", "-0.0725", "1", "0.00333333", "-0.004", "12.34"]);
    }

    #[test]
    fn digits_that_do_not_count_are_not_counted() {
        assert_eq!(["0.005", "-12.50", "123456789012345", "0"].map(digits), [1, 4, 15, 0]);
    }
}
