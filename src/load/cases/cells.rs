//! A grid against what the author said of its columns: every cell becomes a value, a category or "no value", or a fault that names it.

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Diagnostic, Severity, Sink, nearest};
use crate::markdown::slug;
use crate::model::{Case, CaseCell, CaseColumn, CaseKind, CaseValue, Category, Dataset, MISSING, Range, SEX};
use crate::source::{Spanned, Text};

use super::grid::{At, Cell, Content, Grid};
use super::{BandSpec, ColumnSpec, ValueSpec};

/// What the author said of a dataset.
pub struct Named {
    pub id: Spanned<String>,
    pub label: Option<Text>,
    pub file: Text,
    /// Header of the column that names each case.
    pub name: Option<Text>,
    /// What means that there is no value.
    pub missing: Vec<String>,
    pub columns: Vec<ColumnSpec>,
}

/// Makes the dataset; every fault goes to the sink.
pub fn dataset(named: Named, grid: Grid, sink: &mut Sink) -> Option<Dataset> {
    if grid.rows.is_empty() {
        sink.push(
            Diagnostic::error(Code::DATA_EMPTY, format!("`{}` has a header and no rows", named.file.value))
                .at(named.file.span),
        );
        return None;
    }
    let places: Vec<Option<usize>> =
        named.columns.iter().map(|column| place(&column.header, &grid, &named.file, sink)).collect();
    let name = match &named.name {
        Some(header) => Some((header, place(header, &grid, &named.file, sink)?)),
        None => None,
    };
    let places: Vec<usize> = places.into_iter().collect::<Option<_>>()?;
    let mut cases: Vec<Case> =
        grid.rows.iter().map(|row| Case { row: row.number, name: None, cells: Vec::new() }).collect();
    if let Some((header, at)) = name {
        names(&mut cases, &grid, at, (header, &named.file), sink);
    }
    let empty = Cell { content: Content::Empty, at: At::Span(named.file.span) };
    let mut columns = Vec::new();
    for (spec, at) in named.columns.into_iter().zip(places) {
        let cells: Vec<&Cell> = grid.rows.iter().map(|row| row.cells.get(at).unwrap_or(&empty)).collect();
        let faults = Faults { column: &spec.header, told: 0, sink: &mut *sink };
        let reader = Reader { spec: &spec, missing: &named.missing, file: &named.file, faults };
        let (categories, read) = reader.read(&cells);
        for (case, cell) in cases.iter_mut().zip(read) {
            case.cells.push(cell);
        }
        columns.push(CaseColumn {
            id: spec.id,
            header: spec.header.value,
            kind: spec.kind,
            multiple: spec.multiple.is_some(),
            categories,
            declared: spec.values.is_some() || spec.bands.is_some(),
        });
    }
    let file = Spanned::new(named.file.value.clone(), named.file.span);
    let dataset = Dataset { id: named.id, label: named.label, file, sheet: grid.sheet, columns, cases };
    tell_of_unknown_sex(&dataset, sink);
    Some(dataset)
}

/// Position of the column with a header.
fn place(header: &Text, grid: &Grid, file: &Text, sink: &mut Sink) -> Option<usize> {
    let named: Vec<(usize, &Cell)> =
        grid.header.iter().enumerate().filter(|(_, cell)| cell.text() == header.value.trim()).collect();
    match named.as_slice() {
        [(at, _)] => Some(*at),
        [] => {
            let headers: Vec<String> = grid.header.iter().map(Cell::text).filter(|text| !text.is_empty()).collect();
            sink.push(
                Diagnostic::error(Code::DATA_COLUMN, format!("`{}` has no column `{}`", file.value, header.value))
                    .at(header.span)
                    .nearest(&header.value, headers.iter().map(String::as_str))
                    .help(format!("its header row has: {}", headers.join(", "))),
            );
            None
        }
        [.., (_, last)] => {
            let message = format!("a second column `{}`", header.value);
            sink.push(last.at.fault(Code::DATA_COLUMN, &message, file).help("rename one of them"));
            None
        }
    }
}

/// The faults of one column: the first are told one by one, the rest as a number, since a wrong column is wrong in every row.
struct Faults<'a> {
    column: &'a Text,
    told: usize,
    sink: &'a mut Sink,
}

impl Faults<'_> {
    const ONE_BY_ONE: usize = 5;

    fn tell(&mut self, diagnostic: Diagnostic) {
        self.told += 1;
        if self.told <= Self::ONE_BY_ONE {
            self.sink.push(diagnostic);
        }
    }

    fn finish(self) {
        let more = self.told.saturating_sub(Self::ONE_BY_ONE);
        if more > 0 {
            self.sink.push(
                Diagnostic::error(
                    Code::DATA_VALUE,
                    format!("{more} more cells of the column `{}` have faults", self.column.value),
                )
                .at(self.column.span)
                .help("if every cell has one, it may be the wrong column, or its `type` another"),
            );
        }
    }
}

/// What the cases are called; a name that stands twice is an error, since one case would be counted twice.
fn names(cases: &mut [Case], grid: &Grid, at: usize, named: (&Text, &Text), sink: &mut Sink) {
    let (column, file) = named;
    let mut faults = Faults { column, told: 0, sink };
    let mut seen: BTreeMap<String, &At> = BTreeMap::new();
    for (case, row) in cases.iter_mut().zip(&grid.rows) {
        let Some(cell) = row.cells.get(at) else { continue };
        let name = cell.text();
        if name.is_empty() {
            faults.tell(
                cell.at
                    .fault(Code::DATA_CASE, "the case has no name", file)
                    .help("write its name, or take `id` out of the dataset"),
            );
            continue;
        }
        if let Some(first) = seen.get(&name) {
            let diagnostic = cell.at.fault(Code::DATA_CASE, &format!("the case `{name}` stands twice"), file);
            faults.tell(match first {
                At::Span(span) => diagnostic.also(*span, "first here").help("delete or rename one of the rows"),
                At::Name(place) => {
                    diagnostic.help(format!("it stands first in {place}; delete or rename one of the rows"))
                }
            });
            continue;
        }
        seen.insert(name.clone(), &cell.at);
        case.name = Some(name);
    }
    faults.finish();
}

struct Reader<'a> {
    spec: &'a ColumnSpec,
    missing: &'a [String],
    file: &'a Text,
    faults: Faults<'a>,
}

impl Reader<'_> {
    fn read(mut self, cells: &[&Cell]) -> (Vec<Category>, Vec<CaseCell>) {
        for cell in cells {
            if let Content::Fault(fault) = &cell.content {
                let message = format!("the spreadsheet says {fault}");
                self.fault(cell, Code::DATA_VALUE, &message, "mend the formula, or leave the cell empty");
            }
        }
        let read = match self.spec.kind {
            CaseKind::Text => match &self.spec.values {
                Some(values) => self.listed(values, cells),
                None => self.found(cells),
            },
            _ => self.measured(cells),
        };
        self.faults.finish();
        read
    }

    fn fault(&mut self, cell: &Cell, code: Code, message: &str, help: &str) {
        self.faults.tell(cell.at.fault(code, message, self.file).help(help));
    }

    fn is_missing(&self, text: &str) -> bool {
        text.is_empty() || self.missing.iter().any(|word| word == text)
    }

    /// The answers of a cell, each once.
    fn answers(&self, cell: &Cell) -> Vec<String> {
        let whole = cell.text();
        if matches!(cell.content, Content::Fault(_)) || self.is_missing(&whole) {
            return Vec::new();
        }
        let mut out: Vec<String> = Vec::new();
        let parts: Vec<&str> = match &self.spec.multiple {
            Some(separator) => whole.split(separator.as_str()).collect(),
            None => vec![&whole],
        };
        for part in parts.into_iter().map(str::trim) {
            if !self.is_missing(part) && !out.iter().any(|known| known == part) {
                out.push(part.to_owned());
            }
        }
        out
    }

    fn listed(&mut self, values: &[ValueSpec], cells: &[&Cell]) -> (Vec<Category>, Vec<CaseCell>) {
        let mut categories: Vec<Category> = Vec::new();
        for spec in values {
            let id = spec.id.as_ref().map_or_else(|| spec.values.first().map_or("", String::as_str), |id| &id.value);
            let id = if spec.id.is_some() { id.to_owned() } else { free_id(id, &categories) };
            if let Some(twice) =
                spec.values.iter().find(|value| categories.iter().any(|known| known.values.contains(value)))
            {
                self.faults.sink.push(
                    Diagnostic::error(Code::ID_DUPLICATE, format!("the value `{twice}` is listed twice"))
                        .at(spec.label.span)
                        .help("keep one of them"),
                );
                continue;
            }
            categories.push(Category { id, label: spec.label.clone(), values: spec.values.clone(), sex: spec.sex });
        }
        // One slip that was copied down a column is one fault.
        let mut unknown: BTreeMap<String, Vec<&Cell>> = BTreeMap::new();
        let mut out = Vec::new();
        for cell in cells {
            let mut found = Vec::new();
            for answer in self.answers(cell) {
                match categories.iter().position(|category| category.values.contains(&answer)) {
                    Some(at) if !found.contains(&at) => found.push(at),
                    Some(_) => {}
                    None => unknown.entry(answer).or_default().push(cell),
                }
            }
            out.push(CaseCell { value: None, categories: found });
        }
        let known: Vec<&str> = categories.iter().flat_map(|category| &category.values).map(String::as_str).collect();
        for (value, cells) in unknown {
            let Some(first) = cells.first() else { continue };
            let more = match cells.len() {
                1 => String::new(),
                more => format!(" (and in {} more)", more - 1),
            };
            let message = format!("`{value}` is not among the values of `{}`{more}", self.spec.id.value);
            let near = nearest(&value, known.iter().copied()).map(|near| format!("did you mean `{near}`? "));
            let help = format!(
                "{}correct the cell, or add the value to {}: {}",
                near.unwrap_or_default(),
                if self.spec.id.value == SEX { "`sex` (or to `missing`)" } else { "`values` (or to `missing`)" },
                known.join(", "),
            );
            self.fault(first, Code::DATA_VALUE, &message, &help);
        }
        (categories, out)
    }

    /// Every value found is a category, in the order of the rows.
    fn found(&mut self, cells: &[&Cell]) -> (Vec<Category>, Vec<CaseCell>) {
        let mut categories: Vec<Category> = Vec::new();
        let mut out = Vec::new();
        for cell in cells {
            let mut found = Vec::new();
            for answer in self.answers(cell) {
                if let Some(at) = categories.iter().position(|category| category.values.contains(&answer)) {
                    found.push(at);
                    continue;
                }
                let folded = answer.to_lowercase();
                let alike =
                    categories.iter().flat_map(|known| &known.values).find(|known| known.to_lowercase() == folded);
                if let Some(alike) = alike {
                    let message = format!("`{answer}` differs from `{alike}` only in capital letters");
                    self.fault(
                        cell,
                        Code::DATA_VALUE,
                        &message,
                        "write both alike, or list the `values` of the column",
                    );
                    continue;
                }
                found.push(categories.len());
                categories.push(self.category(&answer, &categories));
            }
            out.push(CaseCell { value: None, categories: found });
        }
        (categories, out)
    }

    fn category(&self, value: &str, known: &[Category]) -> Category {
        Category {
            id: free_id(value, known),
            label: Text::of_cell(value, self.spec.id.span),
            values: vec![value.to_owned()],
            sex: None,
        }
    }

    /// Numbers and dates, in bands or each by itself.
    fn measured(&mut self, cells: &[&Cell]) -> (Vec<Category>, Vec<CaseCell>) {
        let values: Vec<Option<CaseValue>> = cells.iter().map(|cell| self.value(cell)).collect();
        if let Some(bands) = &self.spec.bands {
            return self.banded(bands, cells, values);
        }
        let mut distinct: Vec<CaseValue> = values.iter().flatten().copied().collect();
        distinct.sort();
        distinct.dedup_by(|a, b| same(a, b));
        let mut categories = Vec::new();
        for value in &distinct {
            let words = match value {
                CaseValue::Number { value, .. } => value.to_string(),
                CaseValue::Date(date) => date.iso(),
            };
            categories.push(self.category(&words, &categories));
        }
        let cells = values
            .into_iter()
            .map(|value| CaseCell {
                value,
                categories: value
                    .and_then(|value| distinct.iter().position(|known| same(known, &value)))
                    .into_iter()
                    .collect(),
            })
            .collect();
        (categories, cells)
    }

    fn value(&mut self, cell: &Cell) -> Option<CaseValue> {
        let kind = self.spec.kind;
        let value = match (&cell.content, kind) {
            (Content::Empty | Content::Fault(_), _) => return None,
            (Content::Number(value, decimals), CaseKind::Number) => {
                Some(CaseValue::Number { value: *value, decimals: *decimals })
            }
            (Content::Date(date), CaseKind::Date) => Some(CaseValue::Date(*date)),
            (Content::Text(text), _) if self.is_missing(text.trim()) => return None,
            (Content::Text(text), _) => CaseValue::parse(kind, text.trim()),
            _ if self.is_missing(&cell.text()) => return None,
            _ => None,
        };
        if value.is_none() {
            let message = format!("`{}` in the column `{}` is not {}", cell.text(), self.spec.id.value, kind.wanted());
            let help = match kind {
                CaseKind::Date => {
                    "format the cell as a date, or write 2024-03-15; words for no value belong in `missing`"
                }
                _ => "write a number; words for no value belong in `missing`",
            };
            self.fault(cell, Code::DATA_VALUE, &message, help);
        }
        value
    }

    fn banded(
        &mut self,
        bands: &[BandSpec],
        cells: &[&Cell],
        values: Vec<Option<CaseValue>>,
    ) -> (Vec<Category>, Vec<CaseCell>) {
        let kind = self.spec.kind;
        let mut ranges = Vec::new();
        let mut categories: Vec<Category> = Vec::new();
        for band in bands {
            let mut bound = |text: &Option<Text>| {
                let text = text.as_ref()?;
                let value = CaseValue::parse(kind, text.value.trim());
                if value.is_none() {
                    self.faults.sink.push(
                        Diagnostic::error(Code::VALUE_TYPE, format!("`{}` is not {}", text.value, kind.wanted()))
                            .at(text.span),
                    );
                }
                value
            };
            let range = Range { from: bound(&band.from), to: bound(&band.to) };
            ranges.push(range);
            categories.push(Category {
                id: free_id(&band.label.value, &categories),
                label: band.label.clone(),
                values: vec![band.label.value.clone()],
                sex: None,
            });
        }
        let mut out = Vec::new();
        for (cell, value) in cells.iter().zip(values) {
            let found: Vec<usize> = match &value {
                Some(value) => {
                    (0..ranges.len()).filter(|at| ranges.get(*at).is_some_and(|range| range.contains(value))).collect()
                }
                None => Vec::new(),
            };
            if value.is_some() && found.len() != 1 {
                let message = match found.len() {
                    0 => format!("`{}` is in none of the bands of `{}`", cell.text(), self.spec.id.value),
                    _ => format!("`{}` is in more than one of the bands of `{}`", cell.text(), self.spec.id.value),
                };
                self.fault(cell, Code::DATA_VALUE, &message, "let the bands cover every value once");
            }
            out.push(CaseCell { value, categories: found });
        }
        (categories, out)
    }
}

/// Whether two values are equal, however many decimals were typed.
fn same(a: &CaseValue, b: &CaseValue) -> bool {
    match (a, b) {
        (CaseValue::Number { value: a, .. }, CaseValue::Number { value: b, .. }) => a == b,
        _ => a == b,
    }
}

/// An id made of a value, other than those taken.
fn free_id(value: &str, taken: &[Category]) -> String {
    let made = slug(value);
    let made = if made.is_empty() { "value".to_owned() } else { made };
    let free = |id: &str| id != MISSING && id != "total" && !taken.iter().any(|known| known.id == id);
    if free(&made) {
        return made;
    }
    (2_u32..).map(|n| format!("{made}-{n}")).find(|id| free(id)).unwrap_or(made)
}

/// Women and men then do not add up to the total, which the author should know.
fn tell_of_unknown_sex(dataset: &Dataset, sink: &mut Sink) {
    if dataset.column(SEX).is_none() {
        return;
    }
    let rows: Vec<String> =
        dataset.cases.iter().filter(|case| dataset.sex(case).is_none()).map(|case| case.row.to_string()).collect();
    if !rows.is_empty() {
        sink.push(
            Diagnostic::new(
                Severity::Info,
                Code::DATA_SEX,
                format!(
                    "{} of {} cases are neither women nor men: row {}",
                    rows.len(),
                    dataset.cases.len(),
                    rows.join(", ")
                ),
            )
            .at(dataset.id.span)
            .help("they are counted in totals, and in tables stand apart as not available"),
        );
    }
}
