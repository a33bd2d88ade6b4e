//! Every value as a dot on one scale, a lane for each series: where most are, the middle half and the median, and which are farthest out.

use super::font::Fonts;
use super::grid::ends;
use super::quartiles::quartiles;
use super::rows::write_ground;
use super::scale::Scale;
use super::scene::{Anchor, Categories, LINE, Owner, Role, Scene, TEXT, WIDTH, Words, header};
use super::strip::Strip;
use super::{ChartData, Highlight, Labels, Level, Series, hidden};

/// A dot's room and its radius, tried in this order until all lanes have room: many dots are small ones.
const SIZES: [(f64, f64); 4] = [(13.0, 5.5), (10.0, 4.2), (8.0, 3.3), (6.0, 2.4)];
/// Higher than this the lanes are not, unless the smallest dots need it.
const HIGHEST: f64 = 400.0;
/// Above and below the dots of a lane, within its box.
const PADDING: f64 = 6.0;
const BETWEEN: f64 = 14.0;
/// Beside the ends of the scale.
const MARGIN: f64 = 13.0;
/// Fewer dots are never small.
const MANY: usize = 60;

pub fn layout(data: &ChartData, fonts: &Fonts, words: &Words) -> Scene {
    let mut scenes = SIZES.iter().map(|size| attempt(data, fonts, words, *size));
    let first = scenes.next().unwrap_or_default();
    if first.height <= HIGHEST || data.categories.len() < MANY {
        return first;
    }
    scenes.fold(first, |known, next| if known.height <= HIGHEST { known } else { next })
}

fn attempt(data: &ChartData, fonts: &Fonts, words: &Words, size: (f64, f64)) -> Scene {
    let (room, _) = size;
    let mut scene = Scene::default();
    let top = header(&mut scene, data, fonts, words, None);
    let (lanes, plot) = match &data.series[..] {
        [_] => (Vec::new(), 0.0),
        several => {
            let names = several.iter().map(|series| fonts.wrap(&series.label, TEXT, false, Categories::LIMIT, 3));
            let names: Vec<Vec<String>> = names.collect();
            let widest = names.iter().flatten().map(|line| fonts.width(line, TEXT, false)).fold(0.0, f64::max);
            (names, widest + 12.0)
        }
    };
    let (low, high) = ends(data);
    let scale = Scale::new(low, high, plot + MARGIN, WIDTH - MARGIN);
    let dots: Vec<Vec<Dot>> = data.series.iter().map(|series| swarm(series, &scale, room)).collect();
    let strips: Vec<Strip> = data
        .series
        .iter()
        .map(|series| Strip::new(&labels(data, series, &scale, words), fonts, (plot, WIDTH)))
        .collect();
    let height = |dots: &[Dot]| rows(dots) as f64 * room + 2.0 * PADDING;
    let heights: Vec<f64> =
        dots.iter().zip(&strips).map(|(dots, strip)| strip.height + height(dots) + BETWEEN).collect();
    let mut y = write_ground(&mut scene, (data, fonts, words), &scale, (plot, top), heights.iter().sum());
    for (index, series) in data.series.iter().enumerate() {
        let (dots, strip) = (&dots[index], &strips[index]);
        let (first, last) = (y + strip.height, y + strip.height + height(dots));
        strip.write(&mut scene, first);
        if let Some(lines) = lanes.get(index) {
            let middle = f64::midpoint(first, last);
            scene.own(Owner::Series(index), |scene| {
                scene.block(Role::Label, Anchor::End, plot - 10.0, middle, lines, false)
            });
        }
        write_lane(&mut scene, data, (index, series), dots, &scale, (first, last), (words, size));
        y += heights[index];
    }
    write_hidden(&mut scene, data, fonts);
    scene
}

/// Draws below the scale what has no place on it: a box for each protected value, with its name.
fn write_hidden(scene: &mut Scene, data: &ChartData, fonts: &Fonts) {
    let (mut x, mut y) = (0.0, scene.height + LINE / 2.0 + 2.0);
    let hidden = data.series.iter().enumerate().flat_map(|(index, series)| {
        let values = series.values.iter().enumerate().filter(|(_, datum)| datum.hidden);
        values.map(move |(category, datum)| (index, category, datum))
    });
    let mut drawn = false;
    for (series, category, datum) in hidden {
        let name = &data.categories[category];
        let words = match data.series.len() {
            1 => format!("{name} {}", datum.text),
            _ => format!("{}, {name} {}", data.series[series].label, datum.text),
        };
        let line = fonts.wrap(&words, TEXT, false, WIDTH - hidden::SIDE - 10.0, 1).concat();
        let wide = hidden::SIDE + 7.0 + fonts.width(&line, TEXT, false);
        if x > 0.0 && x + wide > WIDTH {
            (x, y) = (0.0, y + LINE + 4.0);
        }
        scene.own(Owner::Value { series, category }, |scene| {
            hidden::write_box(scene, (x + hidden::SIDE / 2.0 + 1.0, y), hidden::SIDE);
            scene.label(Role::Muted, Anchor::Start, x + hidden::SIDE + 7.0, y, &line);
        });
        x += wide + 18.0;
        drawn = true;
    }
    if drawn {
        scene.height = y + LINE / 2.0 + 4.0;
    }
}

/// A category's place: along the scale, and from the middle of the lane, in rows.
struct Dot {
    category: usize,
    x: f64,
    row: i32,
}

/// Dots that would cover each other stand above and below the middle of their lane.
fn swarm(series: &Series, scale: &Scale, room: f64) -> Vec<Dot> {
    let known =
        series.values.iter().enumerate().filter_map(|(category, datum)| Some((category, scale.at(datum.value?))));
    let mut known: Vec<(usize, f64)> = known.collect();
    known.sort_by(|a, b| a.1.total_cmp(&b.1));
    let mut ends: Vec<f64> = Vec::new();
    let dots = known.into_iter().map(|(category, x)| {
        let place = ends.iter().position(|end| x - end >= room).unwrap_or_else(|| {
            ends.push(f64::NEG_INFINITY);
            ends.len() - 1
        });
        ends[place] = x;
        // 0, 1, −1, 2, −2 …
        let row = (place as i32 + 1) / 2 * if place % 2 == 1 { 1 } else { -1 };
        Dot { category, x, row }
    });
    dots.collect()
}

/// How many rows of dots a lane has, as many above its middle as below.
fn rows(dots: &[Dot]) -> i32 {
    2 * dots.iter().map(|dot| dot.row.abs()).max().unwrap_or(0) + 1
}

/// What is written above a lane: the median, the lowest and the highest value, and those that count.
fn labels(data: &ChartData, series: &Series, scale: &Scale, words: &Words) -> Vec<(f64, String)> {
    let known = || series.values.iter().enumerate().filter_map(|(category, datum)| Some((category, datum.level()?)));
    let best = |beats: fn(&f64, &f64) -> bool| {
        known().reduce(|best, own| if beats(&own.1.value, &best.1.value) { own } else { best })
    };
    let ends = [best(f64::lt), best(f64::gt)].into_iter().flatten();
    let counts = |category: &usize| match (&data.marked.highlight, data.labels) {
        (Some(Highlight::Categories(counting)), _) => counting.contains(category),
        (_, Some(Labels::All)) => true,
        _ => false,
    };
    let chosen = known().filter(|(category, _)| counts(category));
    let mut all: Vec<(usize, Level)> = chosen.chain(ends.filter(|_| data.labels != Some(Labels::None))).collect();
    all.sort_by_key(|(category, _)| *category);
    all.dedup_by_key(|(category, _)| *category);
    let dots = all
        .into_iter()
        .map(|(category, level)| (scale.at(level.value), format!("{} {}", data.categories[category], level.text)));
    let median = quartiles(&series.values, &words.signs)
        .map(|[_, median, _]| (scale.at(median.value), format!("{} {}", words.median, median.text)));
    dots.chain(median).collect()
}

fn write_lane(
    scene: &mut Scene,
    data: &ChartData,
    (index, series): (usize, &Series),
    dots: &[Dot],
    scale: &Scale,
    (first, last): (f64, f64),
    (words, (room, radius)): (&Words, (f64, f64)),
) {
    if let Some([lower, median, upper]) = quartiles(&series.values, &words.signs) {
        let [left, centre, right] = [lower, median, upper].map(|level| scale.at(level.value));
        scene.own(Owner::Series(index), |scene| {
            scene.rect(Role::Band, left, first, (right - left).max(1.0), last - first);
            scene.line(Role::Whisker, (centre, first), (centre, last), 2.0);
        });
    }
    let middle = f64::midpoint(first, last);
    for dot in dots {
        let at = (dot.x, middle + f64::from(dot.row) * room);
        let role = data.mark_of(0, Some(dot.category));
        scene.own(Owner::Value { series: index, category: dot.category }, |scene| scene.dot(role, at, radius));
    }
}
