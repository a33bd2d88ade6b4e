//! Lines of the grid and axes stop where a word stands, as under a hand-set label.

use super::scene::Area;

/// Room around a word.
const AROUND: f64 = 3.0;

/// The parts of a straight line along an axis that no word covers; other lines are left as they are.
pub fn parts_beside(words: &[Area], points: &[(f64, f64)]) -> Vec<Vec<(f64, f64)>> {
    let [(x1, y1), (x2, y2)] = *points else { return vec![points.to_vec()] };
    let lies = y1 == y2;
    if !lies && x1 != x2 {
        return vec![points.to_vec()];
    }
    // The place along the line, and the way back.
    let (from, to) = if lies { (x1.min(x2), x1.max(x2)) } else { (y1.min(y2), y1.max(y2)) };
    let point = |along: f64| if lies { (along, y1) } else { (x1, along) };
    let covered = words.iter().filter_map(|word| {
        let (start, end, near, far, across) = if lies {
            (word.x, word.x + word.width, word.y, word.y + word.height, y1)
        } else {
            (word.y, word.y + word.height, word.x, word.x + word.width, x1)
        };
        (near <= across && across <= far && start < to && from < end).then_some((start - AROUND, end + AROUND))
    });
    let mut covered: Vec<_> = covered.collect();
    covered.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut parts = Vec::new();
    let mut free = from;
    for (start, end) in covered.into_iter().chain([(to, to)]) {
        if start > free {
            parts.push(vec![point(free), point(start.min(to))]);
        }
        free = free.max(end);
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_stops_where_a_word_stands() {
        let word = Area { x: 40.0, y: 10.0, width: 20.0, height: 12.0 };
        let lying = [(0.0, 15.0), (100.0, 15.0)];
        assert_eq!(parts_beside(&[word], &lying), [[(0.0, 15.0), (37.0, 15.0)], [(63.0, 15.0), (100.0, 15.0)]]);
        assert_eq!(parts_beside(&[word], &[(50.0, 0.0), (50.0, 20.0)]), [[(50.0, 0.0), (50.0, 7.0)]]);
        let beside = [(0.0, 30.0), (100.0, 30.0)];
        assert_eq!(parts_beside(&[word], &beside), [beside]);
        let slanted = [(0.0, 0.0), (100.0, 30.0)];
        assert_eq!(parts_beside(&[word], &slanted), [slanted]);
        assert!(parts_beside(&[word], &[(45.0, 15.0), (55.0, 15.0)]).is_empty());
    }
}
