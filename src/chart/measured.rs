//! What a chart measures, in words.

use super::{ChartData, Label, Mark, Measure};

/// The words at the axis: "Antal ärenden"; `numbered` where parts of 100 percent have their numbers written in them.
pub fn axis(data: &ChartData, numbered: bool, label: Label) -> String {
    let of = measure(data, "axis", label);
    if data.mark == Mark::Sparklines {
        return label("alt_axis_own", &[("measure", &of)]);
    }
    let share = match data.mark {
        Mark::Waffle => Some("alt_axis_waffle"),
        Mark::Icons => Some("alt_axis_icons"),
        _ => None,
    };
    if let (Some(key), Measure::Percent { of: whole }) = (share, &data.measure) {
        return match whole.as_str() {
            "" => label(key, &[]),
            whole => label(&format!("{key}_of"), &[("of", whole)]),
        };
    }
    let of = match data.mark {
        Mark::BoxPlot => label("alt_axis_box", &[("measure", &of)]),
        Mark::Strip => label("alt_axis_strip", &[("measure", &of)]),
        _ => of,
    };
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
