//! Labels along an edge: each as near to its place as the others let it.

/// A label along an edge: where its middle belongs, and its length along the edge.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Wanted {
    pub middle: f64,
    pub length: f64,
}

/// The middles of labels that cover no other and stay between two ends, in the order in which they are given; none where they have no room. Labels that
/// want the same place share it: as many move to one side as to the other.
pub fn spread(labels: &[Wanted], (start, end): (f64, f64)) -> Option<Vec<f64>> {
    let total: f64 = labels.iter().map(|label| label.length).sum();
    if total > end - start {
        return None;
    }
    let mut order: Vec<usize> = (0..labels.len()).collect();
    order.sort_by(|a, b| labels[*a].middle.total_cmp(&labels[*b].middle));
    // Neighbours that would cover each other become a group, which stands with its middle where its labels want it in the mean.
    let mut groups: Vec<Group> = Vec::new();
    for at in order {
        let mut group = Group::new(at, labels[at], (start, end));
        while let Some(before) = groups.pop_if(|before| before.start + before.length > group.start) {
            group = before.joined(group, (start, end));
        }
        groups.push(group);
    }
    let mut out = vec![0.0; labels.len()];
    for group in groups {
        let mut free = group.start;
        for at in group.labels {
            out[at] = free + labels[at].length / 2.0;
            free += labels[at].length;
        }
    }
    Some(out)
}

struct Group {
    labels: Vec<usize>,
    /// Sum of where it would have to begin for each label to stand where it wants.
    wanted: f64,
    start: f64,
    length: f64,
}

impl Group {
    fn new(at: usize, label: Wanted, ends: (f64, f64)) -> Self {
        let group =
            Self { labels: vec![at], wanted: label.middle - label.length / 2.0, start: 0.0, length: label.length };
        group.settled(ends)
    }

    fn joined(mut self, other: Self, ends: (f64, f64)) -> Self {
        self.wanted += other.wanted - self.length * other.labels.len() as f64;
        self.length += other.length;
        self.labels.extend(other.labels);
        self.settled(ends)
    }

    fn settled(self, (start, end): (f64, f64)) -> Self {
        let mean = self.wanted / self.labels.len() as f64;
        Self { start: mean.min(end - self.length).max(start), ..self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn middles(labels: &[(f64, f64)]) -> Option<Vec<f64>> {
        let labels: Vec<Wanted> = labels.iter().map(|&(middle, length)| Wanted { middle, length }).collect();
        spread(&labels, (0.0, 100.0))
    }

    #[test]
    fn labels_stand_where_they_want_or_side_by_side() {
        assert_eq!(middles(&[(20.0, 10.0), (60.0, 10.0)]), Some(vec![20.0, 60.0]));
        assert_eq!(middles(&[(50.0, 10.0), (50.0, 10.0)]), Some(vec![45.0, 55.0]));
        assert_eq!(middles(&[(60.0, 10.0), (20.0, 10.0), (22.0, 10.0)]), Some(vec![60.0, 16.0, 26.0]));
        // The ends hold, and what is pushed from one pushes the next.
        assert_eq!(middles(&[(1.0, 20.0), (2.0, 20.0), (45.0, 20.0)]), Some(vec![10.0, 30.0, 50.0]));
        assert_eq!(middles(&[(98.0, 10.0), (99.0, 10.0)]), Some(vec![85.0, 95.0]));
        assert_eq!(middles(&[(50.0, 60.0), (50.0, 60.0)]), None);
    }

    proptest::proptest! {
        #[test]
        fn no_label_covers_another(wanted in proptest::collection::vec((-50.0..150.0, 1.0..25.0), 0..8)) {
            let labels: Vec<Wanted> = wanted.iter().map(|&(middle, length)| Wanted { middle, length }).collect();
            if let Some(middles) = spread(&labels, (0.0, 100.0)) {
                for (at, (middle, label)) in middles.iter().zip(&labels).enumerate() {
                    assert!(middle - label.length / 2.0 >= -1e-6 && middle + label.length / 2.0 <= 100.0 + 1e-6);
                    for (other, beside) in middles.iter().zip(&labels).skip(at + 1) {
                        assert!((middle - other).abs() >= (label.length + beside.length) / 2.0 - 1e-6);
                    }
                }
            }
        }
    }
}
