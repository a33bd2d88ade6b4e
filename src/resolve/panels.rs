//! Small multiples: the rows of a table, one for each time and group, become a series for each group.

use crate::chart::{ChartData, Datum, Series, Times};
use crate::diagnostic::{Code, Diagnostic, say};
use crate::document::data;
use crate::document::resolved::{self, plain_text};
use crate::value::Blank;

use super::Resolver;

impl Resolver<'_> {
    /// The chart with a series for each of the words of a column; none, and a diagnostic, where rows or columns do not go with that.
    pub(super) fn pivoted(
        &mut self,
        chart: &data::Chart,
        column: usize,
        body: &resolved::Table,
        order: &[usize],
        long: ChartData,
    ) -> Option<ChartData> {
        let [only] = &long.series[..] else {
            let message = say!("panels for the words of a column show one column of numbers each");
            self.sink.push(Diagnostic::error(Code::CHART_SPEC, message).at(chart.span).help(say!(
                "name one with `series`; to draw several columns in panels of their own, write `by: series`"
            )));
            return None;
        };
        let mut categories: Vec<String> = Vec::new();
        let mut groups: Vec<(String, Vec<Option<Datum>>)> = Vec::new();
        for ((row, category), datum) in order.iter().zip(&long.categories).zip(&only.values) {
            let words = body.rows[*row].cells.get(column + 1).map(|cell| plain_text(&cell.content)).unwrap_or_default();
            let at = place(&mut categories, |known| known == category, || category.clone());
            let group = place(&mut groups, |(known, _)| *known == words, || (words.clone(), Vec::new()));
            let values = &mut groups[group].1;
            if values.len() <= at {
                values.resize(at + 1, None);
            }
            if values[at].replace(datum.clone()).is_some() {
                let message = say!("two rows of `{words}` are called `{category}`", words, category);
                self.sink.push(Diagnostic::error(Code::CHART_SPEC, message).at(chart.span));
                return None;
            }
        }
        let series = groups.into_iter().map(|(label, mut values)| {
            values.resize(categories.len(), None);
            Series { label, values: values.into_iter().map(|datum| datum.unwrap_or_else(|| self.nothing())).collect() }
        });
        let series = series.collect();
        Some(ChartData { times: Times::read(&categories), categories, series, ..long })
    }

    /// A value that no row has.
    fn nothing(&self) -> Datum {
        let blank = Blank::NotAvailable;
        let words = self.locale.lower_first(self.locale.label(blank.label()));
        Datum { value: None, text: blank.mark().to_owned(), blank: Some(words), hidden: false, interval: None }
    }
}

/// Where something stands in a list, at whose end it is put where it is not yet in it.
fn place<T>(list: &mut Vec<T>, is_it: impl Fn(&T) -> bool, make: impl FnOnce() -> T) -> usize {
    list.iter().position(is_it).unwrap_or_else(|| {
        list.push(make());
        list.len() - 1
    })
}
