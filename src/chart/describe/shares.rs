//! Parts of bars that are all equally long, as what they are seen as.

use super::super::{ChartData, Datum, Measure, Series};

/// The chart with the share that each value is of its bar, in whole percent; a bar without parts has no share.
pub(super) fn shares(data: &ChartData) -> ChartData {
    let whole: Vec<f64> = (0..data.categories.len()).map(|category| data.sum(category)).collect();
    let share = |(category, (datum, whole)): (usize, (&Datum, &f64))| {
        // Multiplied first, so that halves of whole numbers stay exact. Of what is not known whole there are no shares.
        let value =
            datum.value.filter(|_| *whole > 0.0 && !data.has_hidden(category)).map(|value| value * 100.0 / whole);
        let text = value.map_or_else(|| datum.text.clone(), |value| value.round().to_string());
        Datum { value, text, blank: datum.blank.clone(), hidden: datum.hidden, interval: None }
    };
    let series = data.series.iter().map(|series| Series {
        label: series.label.clone(),
        values: series.values.iter().zip(&whole).enumerate().map(share).collect(),
    });
    let series = series.collect();
    ChartData { series, measure: Measure::Percent { of: String::new() }, ..data.clone() }
}
