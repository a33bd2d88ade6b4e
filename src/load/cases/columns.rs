//! A column of a grid against what the author said of it: every cell becomes a value, a category or "no value", or a fault that names it.

use std::collections::{BTreeMap, BTreeSet};

use crate::alike;
use crate::diagnostic::{Code, Diagnostic, Said, Sink, nearest, say};
use crate::markdown::slug;
use crate::model::{Answers, Bins, CaseKind, CaseValue, Category, MISSING, Range};
use crate::source::{Spanned, Text};
use crate::value::{Notation, Typed};

use super::super::grid::{self, Cell, Content};
use super::super::taken::Taken;
use super::bins::{self, BandSpec, Sorted};
use super::{ColumnSpec, ValueSpec};

/// The faults of one column: the first are told one by one, the rest as a number, since a wrong column is wrong in every row.
pub struct Faults<'a> {
    pub column: &'a Text,
    pub told: usize,
    pub sink: &'a mut Sink,
}

impl Faults<'_> {
    const ONE_BY_ONE: usize = 5;

    pub fn tell(&mut self, diagnostic: Diagnostic) {
        self.told += 1;
        if self.told <= Self::ONE_BY_ONE {
            self.sink.push(diagnostic);
        }
    }

    pub fn finish(self) {
        let more = self.told.saturating_sub(Self::ONE_BY_ONE);
        if more > 0 {
            self.sink.push(
                Diagnostic::error(
                    Code::DATA_VALUE,
                    say!("{more} more cells of the column `{column}` have faults", more, column = self.column.value),
                )
                .at(self.column.span)
                .help(say!("if every cell has one, it may be the wrong column, or its `type` another")),
            );
        }
    }
}

pub struct Reader<'a> {
    pub spec: &'a ColumnSpec,
    pub missing: &'a [String],
    pub file: &'a Text,
    pub notation: Notation,
    pub faults: Faults<'a>,
}

/// What the cells of a column hold.
#[derive(Default)]
pub struct Read {
    pub categories: Vec<Category>,
    /// Of numbers and dates.
    pub values: Vec<Option<CaseValue>>,
    pub answers: Answers,
    /// Where the categories are classes of equal width.
    pub bins: Option<Bins>,
}

impl Reader<'_> {
    pub fn read(mut self, cells: &[&Cell<'_>]) -> Read {
        for cell in cells {
            if let Some(failure) = cell.failure(self.file, say!("leave the cell empty")) {
                self.faults.tell(failure);
            }
        }
        for fault in grid::mixed_with_percentages(cells, self.file) {
            self.faults.tell(fault);
        }
        if self.spec.kind == CaseKind::Number {
            match &self.spec.unit {
                Some(unit) => {
                    grid::of_other_unit(cells, unit.untranslated(), self.file).for_each(|fault| self.faults.tell(fault))
                }
                None => grid::mixed_units(cells, self.file).for_each(|fault| self.faults.tell(fault)),
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

    fn fault(&mut self, cell: &Cell<'_>, code: Code, message: impl Into<Said>, help: impl Into<Said>) {
        self.faults.tell(cell.at.fault(code, message, self.file).help(help));
    }

    fn unit(&self) -> Option<&str> {
        self.spec.unit.as_ref().map(Text::untranslated)
    }

    fn is_missing(&self, text: &str) -> bool {
        text.is_empty() || self.missing.iter().any(|word| word == text)
    }

    /// The answers of a cell, each once.
    fn answers(&self, cell: &Cell<'_>) -> Vec<String> {
        let whole = cell.text();
        if matches!(cell.content(), Content::Fault(_) | Content::NotComputed) || self.is_missing(&whole) {
            return Vec::new();
        }
        let mut out: Vec<String> = Vec::new();
        let parts: Vec<&str> = match &self.spec.multiple {
            Some(separator) => whole.split(separator.as_str()).collect(),
            None => vec![&whole],
        };
        let mut known = BTreeSet::new();
        for part in parts.into_iter().map(str::trim) {
            if !self.is_missing(part) && known.insert(part) {
                out.push(part.to_owned());
            }
        }
        out
    }

    /// Looks the answers of all cells up; what stands in many cells is read once. `place` gives none for an answer that it cannot place.
    fn placed<'a>(
        &self,
        cells: &[&'a Cell<'_>],
        mut place: impl FnMut(String, &'a Cell<'_>) -> Option<u32>,
    ) -> Answers {
        let mut out = Answers::default();
        let mut known: BTreeMap<&str, Vec<u32>> = BTreeMap::new();
        for cell in cells {
            let raw = if let Content::Text(text) = cell.content() { Some(text) } else { None };
            if let Some(places) = raw.and_then(|raw| known.get(raw)) {
                out.push(places.iter().copied());
                continue;
            }
            let answers = self.answers(cell);
            let asked = answers.len();
            let found: Vec<u32> = answers.into_iter().filter_map(|answer| place(answer, cell)).collect();
            let mut places: Vec<u32> = Vec::new();
            for at in &found {
                if !places.contains(at) {
                    places.push(*at);
                }
            }
            out.push(places.iter().copied());
            if let Some(raw) = raw.filter(|_| found.len() == asked) {
                known.insert(raw, places);
            }
        }
        out
    }

    fn listed(&mut self, values: &[ValueSpec], cells: &[&Cell<'_>]) -> Read {
        let mut categories: Vec<Category> = Vec::new();
        let mut ids = free_ids();
        // Where each value stands among the categories.
        let mut places: BTreeMap<&str, u32> = BTreeMap::new();
        for spec in values {
            let id = spec.id.as_ref().map_or_else(|| spec.values.first().map_or("", String::as_str), |id| &id.value);
            let id = if spec.id.is_some() { id.to_owned() } else { free_id(id, &mut ids) };
            ids.insert(&id);
            if let Some(twice) = spec.values.iter().find(|value| places.contains_key(value.as_str())) {
                self.faults.sink.push(
                    Diagnostic::error(Code::ID_DUPLICATE, say!("the value `{twice}` is listed twice", twice))
                        .at(spec.label.span)
                        .help(say!("keep one of them")),
                );
                continue;
            }
            let at = place(&categories);
            places.extend(spec.values.iter().map(|value| (value.as_str(), at)));
            categories.push(Category { id, label: spec.label.clone(), values: spec.values.clone(), group: spec.group });
        }
        // One slip that was copied down a column is one fault.
        let mut unknown: BTreeMap<String, Vec<&Cell<'_>>> = BTreeMap::new();
        let answers = self.placed(cells, |answer, cell| {
            let at = places.get(answer.as_str()).copied();
            if at.is_none() {
                unknown.entry(answer).or_default().push(cell);
            }
            at
        });
        let known: Vec<&str> = categories.iter().flat_map(|category| &category.values).map(String::as_str).collect();
        for (value, cells) in unknown {
            let Some(first) = cells.first() else { continue };
            let more = match cells.len() {
                1 => Said::default(),
                more => say!(" (and in {more} more)", more = more - 1),
            };
            let message =
                say!("`{value}` is not among the values of `{column}`{more}", value, more, column = self.spec.id.value);
            let near = nearest(&value, known.iter().copied()).map(|near| say!("did you mean `{near}`? ", near));
            let help = say!(
                "{near}correct the cell, or add the value to {what}: {known}",
                near = near.unwrap_or_default(),
                what = if values.iter().any(|value| value.group.is_some()) {
                    say!("its group (or to `missing`)")
                } else {
                    say!("`values` (or to `missing`)")
                },
                known = known.join(", ")
            );
            self.fault(first, Code::DATA_VALUE, message, help);
        }
        Read { categories, answers, ..Read::default() }
    }

    /// Every value found is a category, in the order of the rows.
    fn found(&mut self, cells: &[&Cell<'_>]) -> Read {
        let mut categories: Vec<Category> = Vec::new();
        let mut ids = free_ids();
        let mut places: BTreeMap<String, u32> = BTreeMap::new();
        // The first value with an outline, to find those that look like it.
        let mut outlines: BTreeMap<String, String> = BTreeMap::new();
        let mut alike: Vec<(&Cell<'_>, Said)> = Vec::new();
        let answers = self.placed(cells, |answer, cell| {
            if let Some(at) = places.get(&answer) {
                return Some(*at);
            }
            let outline = alike::outline(&answer);
            if let Some(first) = outlines.get(&outline) {
                alike.push((cell, differs(&answer, first)));
                return None;
            }
            outlines.insert(outline, answer.clone());
            let at = place(&categories);
            categories.push(self.category(&answer, &mut ids));
            places.insert(answer, at);
            Some(at)
        });
        for (cell, message) in alike {
            let help = say!("write both alike, or list the `values` of the column");
            self.fault(cell, Code::DATA_VALUE, message, help);
        }
        Read { categories, answers, ..Read::default() }
    }

    fn category(&self, value: &str, ids: &mut Taken) -> Category {
        Category {
            id: free_id(value, ids),
            label: Text::of_cell(value, self.spec.id.span),
            values: vec![value.to_owned()],
            group: None,
        }
    }

    /// Numbers and dates, in bands or each by itself.
    fn measured(&mut self, cells: &[&Cell<'_>]) -> Read {
        let values: Vec<Option<CaseValue>> = cells.iter().map(|cell| self.value(cell)).collect();
        if let Some(bins) = &self.spec.bins {
            return self.binned(bins, values);
        }
        if let Some(bands) = &self.spec.bands {
            return self.banded(bands, cells, values);
        }
        let mut distinct: Vec<CaseValue> = values.iter().flatten().copied().collect();
        distinct.sort_by(order);
        distinct.dedup_by(|a, b| order(a, b).is_eq());
        let mut categories = Vec::new();
        let mut ids = free_ids();
        for value in &distinct {
            let words = match value {
                CaseValue::Number { value, .. } => value.to_string(),
                CaseValue::Date(date) => date.iso(),
            };
            categories.push(self.category(&words, &mut ids));
        }
        let mut answers = Answers::default();
        for value in &values {
            let found = value.and_then(|value| distinct.binary_search_by(|known| order(known, &value)).ok());
            answers.push(found.and_then(|at| u32::try_from(at).ok()));
        }
        Read { categories, values, answers, bins: None }
    }

    fn value(&mut self, cell: &Cell<'_>) -> Option<CaseValue> {
        let kind = self.spec.kind;
        let value = match (cell.content(), kind) {
            (Content::Empty | Content::Fault(_) | Content::NotComputed, _) => return None,
            (Content::Number(value, decimals) | Content::Percent(value, decimals), CaseKind::Number) => {
                Some(CaseValue::Number { value, decimals })
            }
            (Content::Date(date), CaseKind::Date) => Some(CaseValue::Date(date)),
            _ if self.is_missing(&cell.text()) => return None,
            (Content::Text(text), CaseKind::Number) => match self.notation.read_in(self.unit(), text) {
                Typed::Number(value, decimals) => Some(CaseValue::Number { value, decimals }),
                Typed::Either(decimal, thousands) => {
                    let (message, help) = two_readings(&cell.text(), &decimal, &thousands, say!("the dataset"));
                    self.fault(cell, Code::DATA_AMBIGUOUS, message, help);
                    return None;
                }
                Typed::None => None,
            },
            (Content::Text(_), _) => CaseValue::parse(kind, &cell.text()),
            _ => None,
        };
        if value.is_none() {
            let message = say!(
                "`{text}` in the column `{column}` is not {wanted}",
                text = cell.text(),
                column = self.spec.id.value,
                wanted = Said::words(kind.wanted())
            );
            let help = match kind {
                CaseKind::Date => {
                    say!("format the cell as a date, or write 2024-03-15; words for no value belong in `missing`")
                }
                _ => say!("write a number; words for no value belong in `missing`"),
            };
            let text = cell.text();
            let unit = self.notation.unit_in(&text).filter(|_| kind == CaseKind::Number);
            match unit.map(|unit| measured_in(unit, self.unit())) {
                Some(help) => self.fault(cell, Code::DATA_VALUE, message, help),
                None => self.fault(cell, Code::DATA_VALUE, message, help),
            }
        }
        value
    }

    fn binned(&mut self, given: &Spanned<Bins>, values: Vec<Option<CaseValue>>) -> Read {
        let Sorted { labels, bins, answers } = match bins::sort(given.value, &values) {
            Ok(sorted) => sorted,
            Err(count) => {
                let message = say!(
                    "the values of `{column}` would be in {count} classes; at most {most} are counted",
                    count,
                    column = self.spec.id.value,
                    most = bins::MOST
                );
                self.faults
                    .sink
                    .push(Diagnostic::error(Code::VALUE_INVALID, message).at(given.span).help(say!("make them wider")));
                return Read { values, ..Read::default() };
            }
        };
        let mut ids = free_ids();
        let categories = labels.iter().map(|label| self.category(label, &mut ids)).collect();
        Read { categories, values, answers, bins: Some(bins) }
    }

    fn banded(&mut self, bands: &[BandSpec], cells: &[&Cell<'_>], values: Vec<Option<CaseValue>>) -> Read {
        let kind = self.spec.kind;
        let mut ranges = Vec::new();
        let mut ids = free_ids();
        let mut categories: Vec<Category> = Vec::new();
        for band in bands {
            let mut bound = |text: &Option<Text>| {
                let text = text.as_ref()?;
                let value = CaseValue::parse(kind, text.value.trim());
                if value.is_none() {
                    self.faults.sink.push(
                        Diagnostic::error(
                            Code::VALUE_TYPE,
                            say!("`{text}` is not {wanted}", text = text.value, wanted = Said::words(kind.wanted())),
                        )
                        .at(text.span),
                    );
                }
                value
            };
            let range = Range { from: bound(&band.from), to: bound(&band.to) };
            ranges.push(range);
            categories.push(Category {
                id: band.id.as_ref().map_or_else(|| free_id(&band.label.value, &mut ids), |id| id.value.clone()),
                label: band.label.clone(),
                values: vec![band.label.value.clone()],
                group: band.group,
            });
        }
        let mut answers = Answers::default();
        for (cell, value) in cells.iter().zip(&values) {
            let holds =
                |at: &u32| ranges.get(*at as usize).zip(*value).is_some_and(|(range, value)| range.contains(&value));
            let found: Vec<u32> = (0..place(&categories)).filter(holds).collect();
            if value.is_some() && found.len() != 1 {
                let message = match found.len() {
                    0 => say!(
                        "`{text}` is in none of the bands of `{column}`",
                        text = cell.text(),
                        column = self.spec.id.value
                    ),
                    _ => say!(
                        "`{text}` is in more than one of the bands of `{column}`",
                        text = cell.text(),
                        column = self.spec.id.value
                    ),
                };
                self.fault(cell, Code::DATA_VALUE, message, say!("let the bands cover every value once"));
            }
            answers.push(found);
        }
        Read { categories, values, answers, bins: None }
    }
}

/// The place that the next category gets.
fn place(categories: &[Category]) -> u32 {
    u32::try_from(categories.len()).unwrap_or(u32::MAX)
}

/// What to do where numbers are typed with a unit that is not the column's own.
pub fn measured_in(unit: &str, own: Option<&str>) -> Said {
    match own {
        Some(own) => {
            say!("the column is measured in `{own}`: write the number in `{own}`, with or without the word", own)
        }
        None => {
            say!("if the column is measured in `{unit}`, say so: `unit: \"{unit}\"`; the cells are then read", unit)
        }
    }
}

/// What to say of a number that can be read in two ways, and where to settle it.
pub fn two_readings(text: &str, decimal: &str, thousands: &str, place: Said) -> (Said, Said) {
    let separator = if text.contains(',') { ',' } else { '.' };
    (
        say!("`{text}` can be read as {decimal} and as {thousands}", text, decimal, thousands),
        say!(
            "write in {place} `decimal: \"{separator}\"` if it is {decimal}, or `thousands: \"{separator}\"` if it is {thousands}",
            place,
            separator,
            decimal,
            thousands
        ),
    )
}

/// By size, however many decimals were typed.
fn order(a: &CaseValue, b: &CaseValue) -> std::cmp::Ordering {
    match (a, b) {
        (CaseValue::Number { value: a, .. }, CaseValue::Number { value: b, .. }) => a.cmp(b),
        _ => a.cmp(b),
    }
}

/// How two texts differ that are easily taken for one.
fn differs(a: &str, b: &str) -> Said {
    if a.to_lowercase() == b.to_lowercase() {
        return say!("`{a}` differs from `{b}` only in capital letters", a, b);
    }
    say!(
        "`{a}` differs from `{b}` only in dashes, quotation marks or letters of another script that look the same",
        a,
        b
    )
}

/// Ids that no category may have: they are those of the table's own rows.
fn free_ids() -> Taken {
    let mut ids = Taken::default();
    ids.insert(MISSING);
    ids.insert("total");
    ids
}

/// An id made of a value, other than those taken, and now taken itself.
fn free_id(value: &str, ids: &mut Taken) -> String {
    let made = slug(value);
    let id = ids.free(if made.is_empty() { "value" } else { &made });
    ids.insert(&id);
    id
}
