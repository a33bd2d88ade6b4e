//! Where the colours of a map change.

use super::ChartData;
use super::colour::SHADES;

/// Where the colours change: as the author says, or at natural breaks.
pub fn limits(data: &ChartData) -> Vec<f64> {
    let given: Vec<f64> = data.map.iter().flat_map(|map| &map.classes).copied().collect();
    if !given.is_empty() {
        return given;
    }
    let values = data.series.iter().flat_map(|series| series.values.iter().filter_map(|datum| datum.value));
    natural(&values.collect::<Vec<_>>())
}

/// The limits between classes of values, rising: natural breaks (Fisher and Jenks), each at the roundest number between the values that it parts, and nought
/// where the values lie on both sides of it. At most half as many classes as there are different values, two at the least, so that a class shows what is alike.
fn natural(values: &[f64]) -> Vec<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let distinct: Vec<(f64, f64)> =
        sorted.chunk_by(|a, b| a == b).filter_map(|same| Some((*same.first()?, same.len() as f64))).collect();
    let most = distinct.len().div_ceil(2).clamp(2, SHADES);
    let negative = distinct.iter().filter(|(value, _)| *value < 0.0).count();
    if negative == 0 || negative == distinct.len() {
        return breaks(&distinct, most);
    }
    let (below, above) = distinct.split_at(negative);
    let share = (most * below.len() + distinct.len() / 2) / distinct.len();
    let low = share.clamp(1, most - 1);
    let mut out = breaks(below, low);
    out.push(0.0);
    out.extend(breaks(above, most - low));
    out
}

/// The class of a value: how many limits it has reached.
pub fn class(value: f64, limits: &[f64]) -> usize {
    limits.iter().filter(|limit| value >= **limit).count()
}

/// Whether a value is in the highest of several classes.
pub fn is_top(value: f64, limits: &[f64]) -> bool {
    !limits.is_empty() && class(value, limits) == limits.len()
}

/// Limits of at most so many classes within which values (each with how often it occurs) differ least.
fn breaks(values: &[(f64, f64)], classes: usize) -> Vec<f64> {
    let classes = classes.min(values.len());
    if classes < 2 {
        return Vec::new();
    }
    let sums = Sums::new(values);
    let count = values.len();
    // For each number of classes: the least error of the first n values, and where the last class begins.
    let mut errors: Vec<f64> = (0..=count).map(|end| sums.error(0, end)).collect();
    let mut begins = Vec::new();
    for class in 1..classes {
        let mut next = vec![f64::INFINITY; count + 1];
        let mut begin = vec![0; count + 1];
        // The best beginning never moves back as the end moves on.
        let mut open = vec![(class + 1, count, class, count)];
        while let Some((from, to, least, most)) = open.pop() {
            if from > to {
                continue;
            }
            let end = usize::midpoint(from, to);
            let candidates = least..=most.min(end - 1);
            let best = candidates.map(|at| (errors[at] + sums.error(at, end), at)).min_by(|a, b| a.0.total_cmp(&b.0));
            let Some((error, at)) = best else { continue };
            (next[end], begin[end]) = (error, at);
            open.push((from, end - 1, least, at));
            open.push((end + 1, to, at, most));
        }
        errors = next;
        begins.push(begin);
    }
    let mut ends = vec![count];
    for begin in begins.iter().rev() {
        ends.push(begin[ends[ends.len() - 1]]);
    }
    ends.push(0);
    ends.reverse();
    ends.windows(3).map(|near| rounded(values, near)).collect()
}

/// The limit between two neighbouring classes, told by where the first begins, where they part and where the second ends. Of many values a few may change
/// their class for a rounder number.
fn rounded(values: &[(f64, f64)], near: &[usize]) -> f64 {
    let [from, at, to] = near else { return 0.0 };
    let moved = (values.len() / 50).min((at - from - 1) / 2).min((to - at - 1) / 2);
    roundest(values[at - 1 - moved].0, values[at + moved].0)
}

/// Sums of values, and of their squares, up to each.
struct Sums(Vec<[f64; 3]>);

impl Sums {
    fn new(values: &[(f64, f64)]) -> Self {
        // From the first value on, so that large numbers that differ little keep their difference.
        let origin = values.first().map_or(0.0, |(value, _)| *value);
        let mut sums = vec![[0.0; 3]];
        for (value, times) in values {
            let [count, sum, squares] = sums.last().copied().unwrap_or_default();
            let value = value - origin;
            sums.push([count + times, sum + times * value, squares + times * value * value]);
        }
        Self(sums)
    }

    /// How much the values from one place to another differ from their mean, squared.
    fn error(&self, from: usize, to: usize) -> f64 {
        let [count, sum, squares] = [0, 1, 2].map(|part: usize| self.0[to][part] - self.0[from][part]);
        if count > 0.0 { (squares - sum * sum / count).max(0.0) } else { 0.0 }
    }
}

/// The roundest number that is more than `low` and at most `high`.
fn roundest(low: f64, high: f64) -> f64 {
    let top = low.abs().max(high.abs()).log10().ceil() as i32;
    for power in (top - 15..=top).rev() {
        for part in [1.0, 0.5, 0.2] {
            let step = part * 10_f64.powi(power);
            let middle = (f64::midpoint(low, high) / step).round() * step;
            for round in [middle, (high / step).floor() * step] {
                if round > low && round <= high {
                    return round;
                }
            }
        }
    }
    high
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_lie_in_the_gaps_at_round_numbers() {
        let values = [4.1, 4.3, 4.4, 7.8, 8.1, 8.3, 12.6, 12.9, 13.0, 21.0];
        assert_eq!(natural(&values), [5.0, 8.0, 10.0, 20.0]);
        assert_eq!(natural(&[1.0, 1.0, 9.0, 9.0]), [5.0]);
        assert_eq!(natural(&[1.0, 2.0, 9.0]), [5.0]);
        assert!(natural(&[3.0, 3.0]).is_empty());
    }

    #[test]
    fn nought_parts_growth_from_decline_and_every_class_has_a_value() {
        let values: Vec<f64> = (0..290).map(|n| f64::from((n * 37) % 290 - 60) / 10.0).collect();
        let limits = natural(&values);
        assert!(limits.contains(&0.0) && limits.len() == SHADES - 1, "{limits:?}");
        let mut classes: Vec<usize> = values.iter().map(|value| class(*value, &limits)).collect();
        classes.sort_unstable();
        classes.dedup();
        assert_eq!(classes, [0, 1, 2, 3, 4]);
    }

    #[test]
    fn the_roundest_number_is_found() {
        assert_eq!(roundest(8.3, 12.6), 10.0);
        assert_eq!(roundest(0.011, 0.013), 0.012);
        assert_eq!(roundest(153_730.0, 160_000.0), 160_000.0);
        assert_eq!(roundest(-7.5, -6.6), -7.0);
    }
}
