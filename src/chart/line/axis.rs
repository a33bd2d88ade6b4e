//! Where the categories of a line stand, and which of them the axis names.

use super::super::ChartData;
use super::super::font::Fonts;
use super::super::scene::{Anchor, LINE, Role, Scene, TEXT, WIDTH};

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
    let before = if named { half(0).max(widest(data, fonts, 0) + 14.0) } else { half(0) };
    let (first, last) = (left + before, right - after);
    let steps = data.categories.len().saturating_sub(1).max(1) as f64;
    let parts = match &data.times {
        Some(times) => times.parts(),
        None => (0..data.categories.len()).map(|index| index as f64 / steps).collect(),
    };
    parts.into_iter().map(|part| first + (last - first) * part).collect()
}

/// The widest value of a category.
pub(super) fn widest(data: &ChartData, fonts: &Fonts, category: usize) -> f64 {
    let values = data.series.iter().filter_map(|series| series.values.get(category));
    values.map(|datum| fonts.width(&datum.text, TEXT, false)).fold(0.0, f64::max)
}

/// Names the categories, every one or as many as there is room for. Returns where they end.
pub(super) fn write_categories(
    scene: &mut Scene,
    data: &ChartData,
    fonts: &Fonts,
    columns: &[f64],
    bottom: f64,
) -> f64 {
    let slot = columns.windows(2).map(|pair| pair[1] - pair[0]).fold(WIDTH, f64::min);
    let fits = |lines: &Vec<String>| lines.iter().all(|line| fonts.width(line, TEXT, false) <= slot - 8.0);
    let whole = |text: &String| fonts.widest_word(text, TEXT, false) <= slot - 8.0;
    let wrapped: Vec<_> =
        data.categories.iter().map(|text| fonts.wrap(text, TEXT, false, (slot - 8.0).clamp(20.0, 120.0), 2)).collect();
    let every = data.categories.iter().all(whole) && wrapped.iter().all(fits);
    let (first, last) = (columns.first().copied().unwrap_or(0.0), columns.last().copied().unwrap_or(0.0));
    let room = |text: &str, part: f64| fonts.width(text, TEXT, false) + 12.0 <= part * (last - first);
    if !every && let Some(ticks) = data.times.as_ref().and_then(|times| times.ticks(&data.categories, room)) {
        for (part, text) in ticks {
            let x = first + (last - first) * part;
            scene.line(Role::Grid, (x, bottom), (x, bottom + 5.0), 1.0);
            scene.label(Role::Label, Anchor::Middle, x, bottom + 8.0 + LINE / 2.0, &text);
        }
        return bottom + 8.0 + LINE + 4.0;
    }
    let (lines, step) = if every {
        (wrapped, 1)
    } else {
        let lines: Vec<_> = data.categories.iter().map(|text| fonts.wrap(text, TEXT, false, 120.0, 2)).collect();
        let widest = lines.iter().flatten().map(|line| fonts.width(line, TEXT, false)).fold(0.0, f64::max);
        (lines, ((widest + 12.0) / slot).ceil().max(1.0) as usize)
    };
    let rows = lines.iter().map(Vec::len).max().unwrap_or(1) as f64;
    for (index, lines) in lines.iter().enumerate().step_by(step) {
        let middle = bottom + 8.0 + lines.len() as f64 * LINE / 2.0;
        scene.block(Role::Label, Anchor::Middle, columns[index], middle, lines, false);
    }
    bottom + 8.0 + rows * LINE + 4.0
}
