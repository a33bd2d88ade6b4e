//! Where the categories of a line stand.

use super::super::ChartData;
use super::super::font::Fonts;
use super::super::scene::TEXT;

/// Where the categories stand; `named` lines have their last values beside their names.
pub(super) fn columns(data: &ChartData, fonts: &Fonts, (left, right): (f64, f64), named: bool) -> Vec<f64> {
    // Half the width of what stands above and below the first and the last point.
    let half = |category: usize| {
        let values = data.series.iter().filter_map(|series| series.values.get(category)).map(|datum| &datum.text);
        let widths = data.categories.get(category).into_iter().chain(values).map(|text| fonts.width(text, TEXT, false));
        (widths.fold(0.0, f64::max) / 2.0 + 3.0).clamp(20.0, 60.0)
    };
    let end = data.categories.len().saturating_sub(1);
    let after = match data.series.len() {
        _ if named => 6.0,
        // Between other lines the last value may have to stand beside its mark.
        3.. => half(end).max(widest(data, fonts, end) + 12.0),
        _ => half(end),
    };
    // And the first, as the last stands with the name.
    let before = if named { half(0).max(widest(data, fonts, 0) + 22.0) } else { half(0) };
    let (first, last) = (left + before, right - after);
    data.places().into_iter().map(|part| first + (last - first) * part).collect()
}

/// The widest value of a category.
pub(super) fn widest(data: &ChartData, fonts: &Fonts, category: usize) -> f64 {
    let values = data.series.iter().filter_map(|series| series.values.get(category));
    values.map(|datum| fonts.width(&datum.text, TEXT, false)).fold(0.0, f64::max)
}
