//! Two points of time, joined for each category: who rose and who fell.

use super::font::Fonts;
use super::scale::Scale;
use super::scene::{Anchor, LINE, Owner, Role, Scene, TEXT, WIDTH, Words, header, range};
use super::spread::{Wanted, spread};
use super::{ChartData, hidden};

/// Tried in this order until every label has its room.
const HEIGHTS: [f64; 6] = [240.0, 320.0, 420.0, 560.0, 690.0, 810.0];
/// Beside the points.
const BESIDE: f64 = 12.0;
/// Widest that a name may be before it breaks into lines.
const NAME: f64 = 200.0;
/// How many lines a name may have, the most first: a longer one is cut, as is one of a chart that would be too high otherwise.
const LINES: [usize; 4] = [5, 4, 3, 2];
/// The lines are at most so wide: a wider field would make every slope flat.
const FIELD: f64 = 340.0;

/// A category: its points and what stands beside them.
struct Row {
    category: usize,
    /// Where the points are; a missing one is written beside the other, at the foot where both are missing.
    at: [f64; 2],
    values: [bool; 2],
    name: Vec<String>,
}

pub fn layout(data: &ChartData, fonts: &Fonts, words: &Words) -> Scene {
    let plans = LINES.iter().flat_map(|lines| HEIGHTS.iter().map(move |height| (*height, *lines)));
    plans.filter_map(|plan| attempt(data, fonts, words, plan)).next().unwrap_or_default()
}

/// How many categories have room.
pub const MOST: usize = 15;

fn attempt(data: &ChartData, fonts: &Fonts, words: &Words, (height, lines): (f64, usize)) -> Option<Scene> {
    let mut scene = Scene::default();
    let [then, now] = &data.series[..] else { return None };
    let text =
        |series: usize, category: usize| data.series[series].values.get(category).map_or("", |datum| &datum.text);
    let widest = |series: usize| {
        (0..data.categories.len()).map(|at| fonts.width(text(series, at), TEXT, false)).fold(0.0, f64::max)
    };
    let names: Vec<Vec<String>> =
        data.categories.iter().map(|name| fonts.wrap(name, TEXT, false, NAME, lines)).collect();
    let name_width = names.iter().flatten().map(|line| fonts.width(line, TEXT, false)).fold(0.0, f64::max);
    let left = widest(0) + BESIDE + 2.0;
    let after = BESIDE + widest(1) + 8.0;
    let right = (WIDTH - after - name_width).min(left + FIELD);

    let top = header(&mut scene, data, fonts, words, None);
    let heads =
        [then, now].map(|series| fonts.wrap(&series.label, TEXT, true, (right - left) / 2.0 + left.min(60.0), 2));
    let head = heads.iter().map(Vec::len).max().unwrap_or(1) as f64 * LINE;
    let (first, last) = (top + head + 16.0, top + head + 16.0 + height);
    let (low, high) = range(data);
    let scale = Scale::new(data.axis_from.unwrap_or(low), high, last, first);
    for (x, anchor, lines) in [(left, Anchor::Start, &heads[0]), (right, Anchor::End, &heads[1])] {
        scene.block(Role::Label, anchor, x, top + head - lines.len() as f64 * LINE / 2.0, lines, true);
        scene.line(Role::Grid, (x, first - 8.0), (x, last + 8.0), 1.0);
    }

    let rows = (0..data.categories.len()).zip(names).map(|(category, name)| {
        let value = |series: usize| data.series[series].values.get(category)?.value;
        let values = [value(0), value(1)];
        let known = values[0].or(values[1]);
        let at = values.map(|value| value.or(known).map_or(last, |value| scale.at(value)));
        Row { category, at, values: values.map(|value| value.is_some()), name }
    });
    let rows: Vec<Row> = rows.collect();
    let places = |side: usize| {
        let wanted = rows.iter().map(|row| Wanted {
            middle: row.at[side],
            length: if side == 0 { LINE } else { row.name.len() as f64 * LINE },
        });
        spread(&wanted.collect::<Vec<_>>(), (first - LINE, last + LINE))
    };
    let (before, behind) = (places(0)?, places(1)?);
    let mut order: Vec<&Row> = rows.iter().collect();
    order.sort_by_key(|row| data.marked.counts(0, row.category));
    for row in order {
        let category = row.category;
        let counts = data.marked.counts(0, category);
        let line = if counts { Role::Line(0) } else { Role::FadedLine };
        if row.values == [true, true] {
            scene.line(line, (left, row.at[0]), (right, row.at[1]), if counts { 2.5 } else { 2.0 });
        }
        let sides = [(left, before[category], -1.0), (right, behind[category], 1.0)];
        for (series, (x, y, away)) in sides.into_iter().enumerate() {
            let there = row.values[series];
            let role = if there && counts { Role::Label } else { Role::Muted };
            // What had to move is joined to its point.
            if there && (y - row.at[series]).abs() > 3.0 {
                scene.line(Role::Grid, (x + away * 5.0, row.at[series]), (x + away * (BESIDE - 2.0), y), 1.0);
            }
            let level = if series == 0 { y } else { y - (row.name.len() as f64 - 1.0) * LINE / 2.0 };
            scene.own(Owner::Value { series, category }, |scene| {
                if there {
                    scene.mark(data.mark_of(0, Some(category)), 0, (x, row.at[series]));
                }
                if data.series[series].values.get(category).is_some_and(|datum| datum.hidden) {
                    hidden::write_box(scene, (x, level), hidden::SIDE);
                }
                let anchor = if series == 0 { Anchor::End } else { Anchor::Start };
                scene.label(role, anchor, x + away * BESIDE, level, text(series, category));
            });
            if series == 1 {
                scene.block(role, Anchor::Start, x + after, y, &row.name, counts && there);
            }
        }
    }
    scene.height = last + LINE + 4.0;
    Some(scene)
}
