//! Which values are written beside their marks where not all have room.

use super::{ChartData, Labels};
use std::cmp::Ordering;

/// Series and category of the values that are told, those first that matter most: highest, lowest, last, first.
pub fn telling_values(data: &ChartData, labels: Labels) -> Vec<(usize, usize)> {
    let mut all: Vec<(usize, usize)> = Vec::new();
    let mut add = |cell: Option<(usize, usize)>| all.extend(cell);
    for (index, series) in data.series.iter().enumerate() {
        let cells = || series.values.iter().enumerate().filter_map(|(at, datum)| Some((at, datum.value?)));
        // Of equals the first.
        let best =
            |order: Ordering| cells().reduce(|best, cell| if cell.1.total_cmp(&best.1) == order { cell } else { best });
        let own = |cell: Option<(usize, f64)>| cell.map(|(category, _)| (index, category));
        match labels {
            Labels::None => {}
            Labels::Ends => {
                add(own(cells().next_back()));
                add(own(cells().next()));
            }
            Labels::Extremes | Labels::All => {
                for cell in [best(Ordering::Greater), best(Ordering::Less), cells().next_back(), cells().next()] {
                    add(own(cell));
                }
            }
        }
        if labels == Labels::All {
            cells().for_each(|(category, _)| add(Some((index, category))));
        }
    }
    let mut known = std::collections::BTreeSet::new();
    all.retain(|cell| known.insert(*cell));
    all
}
