//! What a chart measures, in words.

use super::{ChartData, Label, Mark, Measure};

/// The words at the axis: "Antal ärenden"; `numbered` where parts of 100 percent have their numbers written in them.
pub fn axis(data: &ChartData, numbered: bool, label: Label) -> String {
    let of = measure(data, "axis", label);
    if data.mark == Mark::Sparklines {
        return label("alt_axis_own", &[("measure", &of)]);
    }
    if let (Mark::Waffle, Measure::Percent { of: whole }) = (data.mark, &data.measure) {
        return match whole.as_str() {
            "" => label("alt_axis_waffle", &[]),
            whole => label("alt_axis_waffle_of", &[("of", whole)]),
        };
    }
    if data.mark == Mark::PercentBar {
        let known = !numbered || matches!(data.measure, Measure::Percent { .. });
        let key = if known { "alt_axis_parts" } else { "alt_axis_parts_of" };
        return label(key, &[("measure", &measure(data, "measure", label))]);
    }
    if data.axis_from.is_some_and(|from| from != 0.0) {
        return label("alt_axis_cut", &[("measure", &of)]);
    }
    of
}

/// What is measured, as words at an axis (`axis`) or within a sentence (`measure`).
pub fn measure(data: &ChartData, place: &str, label: Label) -> String {
    let (kind, key, name) = match &data.measure {
        Measure::Count { unit } => ("count", "unit", unit),
        Measure::Percent { of } => ("percent", "of", of),
        Measure::Amount { unit } => ("amount", "unit", unit),
        Measure::Mixed => ("amount", "unit", &String::new()),
    };
    if name.is_empty() {
        label(&format!("alt_{place}_{kind}"), &[])
    } else {
        label(&format!("alt_{place}_{kind}_of"), &[(key, name)])
    }
}
