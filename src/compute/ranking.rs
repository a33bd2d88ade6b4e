//! Rows in the order of a column, with their places.

use std::cmp::Ordering;

use crate::document::data::ColumnKind;
use crate::locale::Locale;
use crate::model::Ranking;

use super::table::{ComputedColumn, ComputedRow, Heading};
use crate::value::{Blank, Exact, Unit, Value};

/// Puts the rows in order: the highest value first, equal ones by the alphabet of the language, those without a value last. Equal values
/// have the same place, and the places after them are left out: 1, 2, 2, 4. A protected value has a protected place, and the others are counted without
/// it: no place that is left out tells where it would stand. Adds the column of places, and of changes where an earlier
/// time is known.
pub fn rank(ranking: &Ranking, columns: &mut Vec<ComputedColumn>, rows: &mut [ComputedRow], locale: &Locale) {
    // Both columns were looked up when the table was read.
    let position = |columns: &[ComputedColumn], id: &str| columns.iter().position(|column| column.id == id);
    let Some(by) = position(columns, &ranking.by.value) else { return };
    let number = |row: &ComputedRow, at: usize| row.values.get(at).and_then(Value::number);
    rows.sort_by(|a, b| {
        let by_value = match (number(a, by), number(b, by)) {
            (Some(a), Some(b)) => b.cmp(&a),
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (None, None) => Ordering::Equal,
        };
        by_value.then_with(|| locale.compare(name(a), name(b)))
    });
    let values: Vec<Option<Exact>> = rows.iter().map(|row| number(row, by)).collect();
    let hidden = |row: &ComputedRow, at: usize| row.values.get(at) == Some(&Value::Blank(Blank::Suppressed));
    for (row, value) in rows.iter_mut().zip(&values) {
        let none = if hidden(row, by) { Blank::Suppressed } else { Blank::NotApplicable };
        let place = value.map(|value| values.iter().flatten().filter(|other| **other > value).count() + 1);
        let place = place.and_then(|place| i64::try_from(place).ok()).map(Exact::from);
        let place = place.map_or(Value::Blank(none), |value| Value::Amount { value, decimals: 0, unit: None });
        row.values.insert(0, place);
    }
    columns.insert(0, column("rank", Heading::Rank, 0));
    // Weights are named by their places, which are now one further on.
    for column in columns.iter_mut() {
        column.weight = column.weight.map(|weight| weight + 1);
    }
    let Some(since) = ranking.since.as_ref().and_then(|since| position(columns, &since.value)) else { return };
    let decimals = match columns.get(by + 1).map(|column| &column.kind) {
        Some(ColumnKind::Amount { decimals, .. } | ColumnKind::Percent { decimals }) => *decimals,
        _ => 0,
    };
    for row in rows.iter_mut() {
        let change = number(row, by + 1).zip(number(row, since)).and_then(|(now, then)| now.checked_sub(then));
        let none = if hidden(row, by + 1) || hidden(row, since) { Blank::Suppressed } else { Blank::NotAvailable };
        row.values.push(change.map_or(Value::Blank(none), |value| Value::Change { value, decimals, unit: Unit::None }));
    }
    columns.push(column("change", Heading::Change, decimals));
}

fn name(row: &ComputedRow) -> &str {
    match &row.label {
        Heading::Given(label) => &label.value,
        _ => "",
    }
}

fn column(id: &str, label: Heading, decimals: u8) -> ComputedColumn {
    ComputedColumn::new(id, label, ColumnKind::Amount { unit: None, decimals })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compute::origin::RowOrigin;
    use crate::locale::Language;
    use crate::source::{SourceMap, Span, Spanned, Text};
    use crate::value::Rounding;

    /// Name, place and change of each row, ranked by the first of two columns.
    fn ranked(rows: &[(&str, Option<i64>, i64)]) -> Vec<(String, Option<String>, Option<String>)> {
        let mut sources = SourceMap::default();
        let span = Span::new(sources.add("x.yaml", ""), 0, 0);
        let id = |id: &str| Spanned::new(id.to_owned(), span);
        let mut columns = vec![column("now", Heading::Count, 0), column("then", Heading::Count, 0)];
        let mut rows: Vec<ComputedRow> = rows
            .iter()
            .map(|(name, now, then)| ComputedRow {
                id: (*name).to_owned(),
                label: Heading::Given(Text::new(*name, span)),
                values: vec![
                    now.map_or(Value::Blank(Blank::NotAvailable), |now| Value::Count(Exact::from(now))),
                    Value::Count(Exact::from(*then)),
                ],
                total: false,
                origin: RowOrigin::Typed(span),
            })
            .collect();
        let locale = Locale::new(Language::Swedish, Rounding::default(), "{}").expect("the built-in words");
        rank(&Ranking { by: id("now"), since: Some(id("then")) }, &mut columns, &mut rows, &locale);
        let ids: Vec<&str> = columns.iter().map(|column| column.id.as_str()).collect();
        assert_eq!(ids, ["rank", "now", "then", "change"]);
        let text = |value: Option<&Value>| value.and_then(Value::number).map(|number| number.to_string());
        rows.iter().map(|row| (name(row).to_owned(), text(row.values.first()), text(row.values.last()))).collect()
    }

    #[test]
    fn equal_values_share_a_place_and_stand_in_swedish_order() {
        let found = ranked(&[
            ("Örby", Some(7), 5),
            ("Ålby", Some(7), 9),
            ("Zinkby", Some(7), 7),
            ("Aby", Some(9), 9),
            ("By", Some(3), 3),
        ]);
        let names: Vec<&str> = found.iter().map(|(name, ..)| name.as_str()).collect();
        assert_eq!(names, ["Aby", "Zinkby", "Ålby", "Örby", "By"]);
        let places: Vec<&str> = found.iter().filter_map(|(_, place, _)| place.as_deref()).collect();
        assert_eq!(places, ["1", "2", "2", "2", "5"]);
        let changes: Vec<&str> = found.iter().filter_map(|(.., change)| change.as_deref()).collect();
        assert_eq!(changes, ["0", "0", "-2", "2", "0"]);
    }

    #[test]
    fn no_place_is_kept_for_a_protected_value() {
        let mut sources = SourceMap::default();
        let span = Span::new(sources.add("x.yaml", ""), 0, 0);
        let mut columns = vec![column("now", Heading::Count, 0)];
        let values =
            [Value::Count(Exact::from(9_i64)), Value::Blank(Blank::Suppressed), Value::Count(Exact::from(3_i64))];
        let mut rows: Vec<ComputedRow> = (["Aby", "By", "Cby"].into_iter().zip(values))
            .map(|(name, value)| ComputedRow {
                id: name.to_owned(),
                label: Heading::Given(Text::new(name, span)),
                values: vec![value],
                total: false,
                origin: RowOrigin::Typed(span),
            })
            .collect();
        let locale = Locale::new(Language::Swedish, Rounding::default(), "{}").expect("the built-in words");
        rank(&Ranking { by: Spanned::new("now".to_owned(), span), since: None }, &mut columns, &mut rows, &locale);
        let names: Vec<&str> = rows.iter().map(name).collect();
        assert_eq!(names, ["Aby", "Cby", "By"]);
        let places: Vec<Option<Exact>> = rows.iter().map(|row| row.values[0].number()).collect();
        assert_eq!(places, [Some(Exact::from(1_i64)), Some(Exact::from(2_i64)), None]);
        assert_eq!(rows[2].values[0], Value::Blank(Blank::Suppressed));
    }

    #[test]
    fn a_row_without_a_value_has_no_place() {
        let found = ranked(&[("Aby", None, 4), ("By", Some(1), 1)]);
        assert_eq!(found[0].0, "By");
        assert_eq!((found[1].0.as_str(), &found[1].1, &found[1].2), ("Aby", &None, &None));
    }
}
