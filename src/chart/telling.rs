//! What is marked in a chart, in words.

use super::{ChartData, Highlight, Label, Open};
use crate::document::annotation::Extent;

/// A sentence for each thing that is marked, with the names of the categories, in the order in which a sighted reader meets them.
pub fn marked(data: &ChartData, names: &[String], label: Label) -> Vec<String> {
    let category = |at: usize| names.get(at).map_or("", String::as_str);
    let series = |at: usize| data.series.get(at).map_or("", |series| series.label.as_str());
    let mut said = Vec::new();
    let counting = data.marked.highlight.as_ref().map(|highlight| match highlight {
        Highlight::Series(at) => at.iter().map(|at| series(*at)).collect::<Vec<_>>(),
        Highlight::Categories(at) => at.iter().map(|at| category(*at)).collect(),
    });
    said.extend(counting.map(|names| label("alt_highlight", &[("names", &names.join(", "))])));
    for reference in &data.marked.references {
        let key = if matches!(reference.extent, Extent::At(_)) { "alt_reference" } else { "alt_reference_band" };
        said.push(label(key, &[("words", &reference.words)]));
    }
    for period in &data.marked.periods {
        let (first, last) = period.ends(data.categories.len());
        let (first, last) = (category(first), category(last));
        let values = [("label", period.label.as_str()), ("first", first), ("last", last)];
        said.push(match period.extent {
            Extent::At(_) => label("alt_period_at", &values[..2]),
            Extent::Between(..) => label("alt_period", &values),
        });
    }
    for remark in &data.marked.remarks {
        let datum = data.series.get(remark.series).and_then(|series| series.values.get(remark.category));
        let value = datum.map_or("", |datum| datum.text.as_str());
        let mut values = vec![("category", category(remark.category)), ("value", value), ("text", &remark.text)];
        let several = data.series.len() > 1;
        values.extend(several.then_some(("series", series(remark.series))));
        said.push(label(if several { "alt_remark_of" } else { "alt_remark" }, &values));
    }
    for open in &data.marked.open {
        said.push(not_final(open, names, label));
    }
    said.extend(data.has_intervals().then(|| label("alt_intervals", &[])));
    said.extend(data.panels.then(|| label("alt_panels", &[("count", &data.series.len().to_string())])));
    said
}

/// From when on values are not final, or which of them are not.
fn not_final(open: &Open, names: &[String], label: Label) -> String {
    let name = |at: usize| names.get(at).map_or("", String::as_str);
    let stretches: Vec<(usize, usize)> = open.stretches().collect();
    if let [(first, last)] = stretches[..]
        && last + 1 == names.len()
        && first < last
    {
        return label("alt_open", &[("words", &open.words), ("first", name(first))]);
    }
    let told = stretches.into_iter().map(|(first, last)| match last == first {
        true => name(first).to_owned(),
        false => label("alt_open_span", &[("first", name(first)), ("last", name(last))]),
    });
    label("alt_open_some", &[("words", &open.words), ("names", &told.collect::<Vec<_>>().join(", "))])
}
