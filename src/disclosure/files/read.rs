//! The content of a file for download as rows or as text, and whether a hidden number stands in it.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value as Json;

use crate::check::Naming;
use crate::load::sheet::{self, Format, Wanted};
use crate::load::text_of;
use crate::system::Bytes;
use crate::value::{Exact, Rounding};

use super::target::{Target, Words};

/// What stands in a file.
pub(super) enum Content {
    /// Sheets of rows; the first row of each is its header.
    Rows(Vec<Vec<Vec<String>>>),
    Text(String),
    Both(Vec<Vec<Vec<String>>>, String),
}

/// Reads a file by the end of its name; none where that cannot be.
pub(super) fn read(name: &str, bytes: &Bytes) -> Option<Content> {
    let lower = name.to_lowercase();
    if let Some(format) = Format::by_file_name(&lower) {
        return sheets(format, bytes).map(Content::Rows);
    }
    let end = lower.rsplit_once('.').map_or("", |(_, end)| end);
    match end {
        "csv" | "tsv" | "tab" => {
            let text = text_of(bytes)?;
            Some(Content::Rows(vec![separated(&text)?]))
        }
        "json" => {
            let text = text_of(bytes)?;
            let json: Json = serde_json::from_str(text.trim_start_matches('\u{feff}')).ok()?;
            let mut found = Found::default();
            found.read(&json);
            found.single.insert(0, Vec::new());
            found.tables.push(found.single);
            Some(Content::Rows(found.tables))
        }
        "txt" | "md" | "html" | "htm" | "xml" | "yaml" | "yml" | "svg" | "log" | "rtf" | "tex" => {
            let text = text_of(bytes)?;
            // A table without an end of its own to its name.
            let rows = text.lines().next().is_some_and(|line| line.contains(['\t', ';']));
            match separated(&text).filter(|_| rows) {
                Some(rows) => Some(Content::Both(vec![rows], text)),
                None => Some(Content::Text(text)),
            }
        }
        _ => None,
    }
}

fn sheets(format: Format, bytes: &Bytes) -> Option<Vec<Vec<Vec<String>>>> {
    let named = |sheet: Option<&str>| sheet::read(format, bytes.clone(), Wanted { sheet, name: None }).ok();
    // No sheet is called so: the names of all are the answer.
    let names = match named(Some("\u{1}"))? {
        sheet::Found::NoSheet(names) => names,
        _ => return None,
    };
    let rows = names.iter().map(|name| match named(Some(name))? {
        sheet::Found::Sheet(found) => {
            let width = found.width();
            let row = |row: &sheet::Row| {
                let mut cells = vec![String::new(); width];
                for cell in &row.cells {
                    if let Some(place) = cells.get_mut(cell.column as usize) {
                        *place = shown(&cell.content);
                    }
                }
                cells
            };
            Some(found.rows.iter().map(row).collect())
        }
        _ => None,
    });
    rows.collect()
}

/// Rows of a text with tabs, semicolons or commas between its cells, whichever the first line has most of.
fn separated(text: &str) -> Option<Vec<Vec<String>>> {
    let first = text.lines().find(|line| !line.trim().is_empty())?;
    let count = |separator: u8| first.bytes().filter(|byte| *byte == separator).count();
    let separator = *[b'\t', b';', b','].iter().max_by_key(|separator| count(**separator))?;
    let mut reader = ::csv::ReaderBuilder::new()
        .delimiter(separator)
        .has_headers(false)
        .flexible(true)
        .trim(::csv::Trim::All)
        .from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let rows = reader.records().map(|record| Some(record.ok()?.iter().map(str::to_owned).collect()));
    rows.collect()
}

type Rows = Vec<Vec<String>>;

/// What is found in JSON: lists of objects as tables, every other number as a row of its own below the keys that lead to it.
#[derive(Default)]
struct Found {
    tables: Vec<Rows>,
    single: Rows,
    path: Vec<String>,
}

impl Found {
    fn read(&mut self, json: &Json) {
        match json {
            Json::Array(items) => {
                let objects = || items.iter().filter_map(Json::as_object);
                let keys: BTreeSet<&String> = objects().flat_map(|object| object.keys()).collect();
                if !keys.is_empty() {
                    let mut rows: Rows = vec![keys.iter().map(|key| (*key).clone()).chain([String::new()]).collect()];
                    for object in objects() {
                        let cells = keys.iter().map(|key| object.get(*key).map(word).unwrap_or_default());
                        rows.push(cells.chain([self.path.join(" ")]).collect());
                    }
                    self.tables.push(rows);
                }
                // The numbers of listed objects stand in the table that they make.
                for item in items {
                    match item {
                        Json::Object(object) => object.values().for_each(|value| self.read(value)),
                        _ => self.read(item),
                    }
                }
            }
            Json::Object(object) => {
                let said: Vec<String> = object.values().filter(|value| value.is_string()).map(word).collect();
                for (key, value) in object {
                    self.path.push(key.clone());
                    if value.is_number() {
                        // What leads to it is one text, so that two numbers of one object are no two cases.
                        let named = self.path.iter().chain(&said).cloned().collect::<Vec<_>>().join(" ");
                        self.single.push(vec![named, word(value)]);
                    }
                    self.read(value);
                    self.path.pop();
                }
            }
            _ => {}
        }
    }
}

fn word(json: &Json) -> String {
    match json {
        Json::String(text) => text.clone(),
        Json::Number(number) => number.to_string(),
        _ => String::new(),
    }
}

fn shown(content: &sheet::Content) -> String {
    match content {
        sheet::Content::Text(text) | sheet::Content::Fault(text) => text.clone(),
        sheet::Content::Number(value, decimals) | sheet::Content::Percent(value, decimals) => {
            value.to_decimal(*decimals, Rounding::default())
        }
        sheet::Content::Date(date) => date.iso(),
        sheet::Content::Empty | sheet::Content::NotComputed => String::new(),
    }
}

/// A number that is written out, and its decimals.
fn number(text: &str) -> Option<(Exact, u8)> {
    let digits: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let digits = digits.trim_end_matches('%').replace(',', ".");
    digits.starts_with(|c: char| c.is_ascii_digit()).then(|| Exact::parse(&digits))?
}

impl Content {
    /// The first hidden number that stands in it, and the row or sentence where it does.
    pub fn tells<'t>(&self, targets: &'t [Target], naming: &Naming<'_>) -> Option<(&'t Target, String)> {
        let (tables, text) = match self {
            Self::Rows(tables) => (&tables[..], ""),
            Self::Text(text) => (&[][..], text.as_str()),
            Self::Both(tables, text) => (&tables[..], text.as_str()),
        };
        let in_rows = || tables.iter().find_map(|rows| of_rows(rows, targets, naming));
        in_rows().or_else(|| of_text(text, targets, naming))
    }
}

/// A row with its words and its numbers, each by its column.
struct Line<'r> {
    words: Words,
    texts: Vec<(usize, &'r str)>,
    numbers: Vec<(usize, Exact, u8)>,
}

fn of_rows<'t>(rows: &[Vec<String>], targets: &'t [Target], naming: &Naming<'_>) -> Option<(&'t Target, String)> {
    let (header, rows) = rows.split_first()?;
    let written = |at: usize| {
        rows.get(at).map(|row| row.iter().filter(|cell| !cell.is_empty()).cloned().collect::<Vec<_>>().join(" · "))
    };
    let headers: Vec<(Words, bool)> = header.iter().map(|cell| (naming.words(cell), naming.is_share(cell))).collect();
    let lines: Vec<Line<'_>> = rows
        .iter()
        .map(|row| {
            let mut line = Line { words: Words::new(), texts: Vec::new(), numbers: Vec::new() };
            for (at, cell) in row.iter().enumerate().filter(|(_, cell)| !cell.trim().is_empty()) {
                let number = number(cell);
                line.numbers.extend(number.map(|(value, decimals)| (at, value, decimals)));
                // The first cell names the row, even where it is a year.
                if number.is_none() || at == 0 {
                    line.words.extend(naming.words(cell));
                    line.texts.push((at, cell));
                }
            }
            line
        })
        .collect();
    let blank = (Words::new(), false);
    targets.iter().find_map(|target| {
        let mut sums: BTreeMap<usize, (Exact, usize, usize)> = BTreeMap::new();
        for (row, line) in lines.iter().enumerate() {
            for (at, value, decimals) in &line.numbers {
                let (words, is_share) = headers.get(*at).unwrap_or(&blank);
                let words: Words = line.words.union(words).cloned().collect();
                if !target.is_named_by(&words) {
                    continue;
                }
                if if *is_share { target.is_share(*value, *decimals) } else { target.is_value(*value) } {
                    return Some((target, written(row)?));
                }
                let sum = sums.entry(*at).or_insert((Exact::ZERO, 0, row));
                *sum = (sum.0.checked_add(*value).unwrap_or(sum.0), sum.1 + 1, row);
            }
        }
        // Several rows of one name make it up, or a list has one row for each person.
        let summed = sums.values().find(|(sum, rows, _)| *rows > 1 && target.is_value(*sum)).map(|(.., row)| *row);
        Some((target, written(summed.or_else(|| counted(&lines, target))?)?))
    })
}

/// The last row of a name of which a list has as many, all or those with the same word in a column, as the number says.
fn counted(lines: &[Line<'_>], target: &Target) -> Option<usize> {
    let wanted = target.value.filter(|_| target.counts).and_then(|value| usize::try_from(value.to_i64()?).ok())?;
    if target.row.is_empty() {
        return None;
    }
    let of_row = lines.iter().enumerate().filter(|(_, line)| target.row.is_subset(&line.words));
    let of_row: Vec<(usize, &Line<'_>)> = of_row.collect();
    let mut counts: BTreeMap<(usize, &str), (usize, usize)> = BTreeMap::new();
    for (row, line) in &of_row {
        for (at, text) in &line.texts {
            let (count, last) = counts.entry((*at, text)).or_default();
            (*count, *last) = (*count + 1, *row);
        }
    }
    counts.values().find(|(count, _)| of_row.len() > 1 && *count == wanted).map(|(_, last)| *last)
}

fn of_text<'t>(text: &str, targets: &'t [Target], naming: &Naming<'_>) -> Option<(&'t Target, String)> {
    let sentences = text.split(['\n', ';', '!', '?']).flat_map(|line| line.split(". "));
    let said: Vec<(Words, Vec<Exact>, &str)> = sentences
        .map(|sentence| {
            let digits = sentence.split(|c: char| !c.is_alphanumeric()).filter_map(number).map(|(value, _)| value);
            // "två av patienterna"
            let written = naming.numbers(sentence);
            (naming.words(sentence), digits.chain(written).collect(), sentence.trim())
        })
        .filter(|(_, numbers, _): &(_, Vec<_>, _)| !numbers.is_empty())
        .collect();
    targets.iter().find_map(|target| {
        let (.., sentence) = said.iter().find(|(words, numbers, _)| {
            target.is_said_by(words) && numbers.iter().any(|number| target.is_value(*number))
        })?;
        Some((target, (*sentence).to_owned()))
    })
}
