//! Choosing case rows.

use std::collections::BTreeMap;

use crate::alike;
use crate::diagnostic::{Code, Diagnostic, Said, Sink, Thing, say};
use crate::markdown::slug;
use crate::model::{CaseColumn, CaseKind, CaseValue, Condition, Dataset, Range, Selection, Test};
use crate::source::{Spanned, Text};
use crate::value::{Group, Parts, Value};

use super::origin;

/// The rows of a dataset that a selection chooses.
#[derive(Debug, Clone)]
pub struct Chosen<'a> {
    pub dataset: &'a Dataset,
    /// Their places in the dataset.
    pub cases: Vec<usize>,
    /// The conditions in the words of the sheet.
    pub conditions: Vec<origin::Condition>,
}

/// A condition whose names were looked up.
enum Check {
    /// One of these categories, or of these values of a column of numbers or dates; or a value and none of them.
    OneOf {
        categories: Vec<u32>,
        values: Vec<CaseValue>,
        not: bool,
    },
    Range(Range),
    Missing(bool),
}

/// Finds the dataset and the rows that meet every condition.
pub fn select<'a>(selection: &Selection, datasets: &'a [Dataset], sink: &mut Sink) -> Option<Chosen<'a>> {
    let wanted = &selection.dataset;
    let Some(dataset) = datasets.iter().find(|dataset| dataset.id.value == wanted.value) else {
        let names = datasets.iter().map(|dataset| dataset.id.value.as_str());
        let diagnostic =
            Diagnostic::error(Code::DATASET_UNKNOWN, say!("there is no dataset `{wanted}`", wanted = wanted.value))
                .at(wanted.span)
                .lacks(Thing::Dataset, &wanted.value)
                .nearest(&wanted.value, names);
        sink.push(if diagnostic.help.is_empty() {
            diagnostic.help(say!("datasets are defined in findings/ under `datasets`"))
        } else {
            diagnostic
        });
        return None;
    };
    let mut checks = Vec::new();
    let mut conditions = Vec::new();
    for condition in &selection.conditions {
        let Some(column) = column(dataset, &condition.column, sink) else { continue };
        let Some((check, test)) = look_up(&condition.test, column, sink) else { continue };
        checks.push((column, check));
        conditions.push(origin::Condition { header: column.header.clone(), test });
    }
    if checks.len() < selection.conditions.len() {
        return None;
    }
    let meets = |case: &usize| checks.iter().all(|(column, check)| holds(check, column, *case));
    let cases = (0..dataset.rows.len()).filter(meets).collect();
    Some(Chosen { dataset, cases, conditions })
}

/// For each case whether it meets a condition; none where its names are unknown.
pub fn meeting(condition: &Condition, dataset: &Dataset) -> Option<Vec<bool>> {
    let column = dataset.column(&condition.column.value)?;
    let (check, _) = look_up(&condition.test, column, &mut Sink::default())?;
    Some((0..dataset.rows.len()).map(|case| holds(&check, column, case)).collect())
}

/// A column of a dataset.
pub fn column<'a>(dataset: &'a Dataset, id: &Spanned<String>, sink: &mut Sink) -> Option<&'a CaseColumn> {
    let found = dataset.column(&id.value);
    if found.is_none() {
        let names: Vec<&str> = dataset.columns.iter().map(|column| column.id.value.as_str()).collect();
        sink.push(
            Diagnostic::error(
                Code::DATA_COLUMN,
                say!("dataset `{dataset}` has no column `{id}`", dataset = dataset.id.value, id = id.value),
            )
            .at(id.span)
            .nearest(&id.value, names.iter().copied())
            .help(say!("its columns are: {names}", names = names.join(", "))),
        );
    }
    found
}

fn look_up(test: &Test, column: &CaseColumn, sink: &mut Sink) -> Option<(Check, origin::Test)> {
    match test {
        Test::AnyOf(words) => any_of(words, column, false, sink),
        Test::NoneOf(words) => any_of(words, column, true, sink),
        Test::Missing(missing) => {
            Some((Check::Missing(*missing), if *missing { origin::Test::Missing } else { origin::Test::Known }))
        }
        Test::Range { from, to } => {
            if column.kind == CaseKind::Text {
                let place = from.as_ref().or(to.as_ref())?;
                sink.push(
                    Diagnostic::error(
                        Code::VALUE_INVALID,
                        say!("`{column}` holds texts, and texts have no range", column = column.id.value),
                    )
                    .at(place.span)
                    .help(say!("give the column `type: number` or `type: date`, or list the values: [a, b]")),
                );
                return None;
            }
            let mut bound = |text: &Option<Text>| match text {
                None => Some(None),
                Some(text) => {
                    let value = CaseValue::parse(column.kind, text.value.trim());
                    if value.is_none() {
                        sink.push(
                            Diagnostic::error(
                                Code::VALUE_TYPE,
                                say!(
                                    "`{text}` is not {wanted}",
                                    text = text.value,
                                    wanted = Said::words(column.kind.wanted())
                                ),
                            )
                            .at(text.span),
                        );
                    }
                    value.map(Some)
                }
            };
            let (low, high) = (bound(from), bound(to));
            let range = Range { from: low?, to: high? };
            let words = |text: &Option<Text>| text.as_ref().map(|text| text.value.clone());
            Some((Check::Range(range), origin::Test::Range { from: words(from), to: words(to) }))
        }
    }
}

fn any_of(words: &[Text], column: &CaseColumn, not: bool, sink: &mut Sink) -> Option<(Check, origin::Test)> {
    let mut categories = Vec::new();
    let mut values = Vec::new();
    let mut labels = Vec::new();
    for word in words {
        let reading = alike::reading(&word.value);
        let text = reading.as_str();
        let found = column
            .categories
            .iter()
            .position(|category| category.values.contains(&reading))
            .or_else(|| column.categories.iter().position(|category| category.id == text))
            // A group is named by its label too.
            .or_else(|| column.categories.iter().position(|known| known.group.is_some() && known.id == slug(text)));
        match (found.and_then(|at| Some((at, column.categories.get(at)?))), CaseValue::parse(column.kind, text)) {
            (Some((at, category)), _) => {
                categories.push(u32::try_from(at).unwrap_or(u32::MAX));
                labels.push(category.values.first().cloned().unwrap_or_else(|| text.to_owned()));
            }
            (None, Some(value)) => {
                values.push(value);
                labels.push(text.to_owned());
            }
            (None, None) => {
                let known: Vec<&str> =
                    column.categories.iter().flat_map(|category| &category.values).map(String::as_str).collect();
                let diagnostic = Diagnostic::error(
                    Code::DATA_CATEGORY,
                    say!("`{column}` has no value `{text}`", text, column = column.id.value),
                )
                .at(word.span)
                .nearest(text, known.iter().copied());
                let some: Vec<&str> = known.iter().copied().take(12).collect();
                let more = if known.len() > some.len() { ", …" } else { "" };
                sink.push(diagnostic.help(say!("its values are: {some}{more}", more, some = some.join(", "))));
            }
        }
    }
    if labels.len() < words.len() || !names_all_of_each(words, column, &categories, sink) {
        return None;
    }
    let test = if not { origin::Test::NoneOf(labels) } else { origin::Test::AnyOf(labels) };
    Some((Check::OneOf { categories, values, not }, test))
}

/// Whether values that are counted together are all named, or the category that they are: one of them alone cannot be chosen.
fn names_all_of_each(words: &[Text], column: &CaseColumn, categories: &[u32], sink: &mut Sink) -> bool {
    let readings: Vec<String> = words.iter().map(|word| alike::reading(&word.value)).collect();
    for at in categories {
        let Some(category) = column.categories.get(*at as usize).filter(|known| known.group.is_none()) else {
            continue;
        };
        let named = readings.iter().position(|word| category.values.contains(word));
        let missing: Vec<&str> =
            category.values.iter().filter(|value| !readings.contains(value)).map(String::as_str).collect();
        if let (Some(named), false) = (named, missing.is_empty()) {
            sink.push(
                Diagnostic::error(
                    Code::DATA_CATEGORY,
                    say!(
                        "`{value}` is counted together with {others} in `{column}`",
                        value = readings[named],
                        others = missing.join(", "),
                        column = column.id.value
                    ),
                )
                .at(words[named].span)
                .help(say!("write all of them, or `{id}`, the id of what they are together", id = category.id)),
            );
            return false;
        }
    }
    true
}

fn holds(check: &Check, column: &CaseColumn, case: usize) -> bool {
    match check {
        Check::OneOf { categories, values, not } => {
            let equal = |own: CaseValue| {
                let one = Range { from: Some(own), to: Some(own) };
                values.iter().any(|value| one.contains(value))
            };
            let found = column.answers.of_case(case).iter().any(|at| categories.contains(at))
                || (!values.is_empty() && column.value(case).is_some_and(equal));
            // What has one of these is not missing.
            if *not { !found && !column.is_missing(case) } else { found }
        }
        Check::Range(range) => column.value(case).is_some_and(|value| range.contains(&value)),
        Check::Missing(missing) => column.is_missing(case) == *missing,
    }
}

impl Chosen<'_> {
    /// What is computed of all cases, computed of those of each group. What cannot be computed for one group alone is not applicable to it.
    pub fn parts(&self, cases: &[usize], value: impl Fn(&[usize]) -> Option<Value>) -> Parts {
        let mut out = Parts::new();
        for column in self.dataset.breakdowns() {
            let mut of_groups: BTreeMap<Group, Vec<usize>> = column.groups().map(|group| (group, Vec::new())).collect();
            for case in cases {
                if let Some(own) = column.group(*case).and_then(|group| of_groups.get_mut(&group)) {
                    own.push(*case);
                }
            }
            out.extend(of_groups.into_iter().filter_map(|(group, cases)| Some((group, value(&cases)?))));
        }
        out
    }

    /// The numbers of cases in the file.
    pub fn rows_of(&self, cases: &[usize]) -> Vec<u32> {
        cases.iter().filter_map(|case| self.dataset.rows.get(*case)).copied().collect()
    }
}
