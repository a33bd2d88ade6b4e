//! What shifts of cases do to told numbers.

use super::elementary::Cases;
use super::network::factor_of;

/// A change of each of some numbers, in order of their cells; none of them nought.
pub(super) type Changed = [(usize, i64)];

/// What each shift does to told numbers, and which shifts change each of them. There are about as many as cases that are thought up, and each changes several
/// numbers: they stand in one list behind one another.
pub(super) struct Effects {
    changes: Lists<(usize, i64)>,
    /// By cell: the shifts that take it down, then those that take it up.
    changing: Lists<usize>,
}

impl Effects {
    /// Of so many cells of the network.
    pub fn new(cases: &Cases, cells: usize) -> Self {
        let mut told: Vec<&[usize]> = vec![&[]; cells];
        cases.told.iter().for_each(|(at, of)| told[*at] = of);
        let made: Vec<Made> = cases.derived.iter().map(|(at, terms)| Made::new(*at, terms, cases, cells)).collect();
        let mut changes = Lists::default();
        let mut effect: Vec<(usize, i64)> = Vec::new();
        for shift in &cases.shifts {
            effect.clear();
            difference(told[shift.to], told[shift.from], &mut effect);
            // What is made of elementary cells changes by the two that a case leaves and comes to.
            for made in &made {
                let by = made.others.iter().map(|(cell, factor)| factor * factor_of(&effect, *cell)).sum::<i64>();
                let by = by + made.own[shift.to] - made.own[shift.from];
                if by != 0 {
                    let place = effect.partition_point(|(cell, _)| *cell < made.at);
                    effect.insert(place, (made.at, by));
                }
            }
            changes.push(&effect);
        }
        let each = || {
            let all = changes.iter().enumerate();
            all.flat_map(|(shift, effect)| effect.iter().map(move |(cell, by)| (place_of(*cell, *by > 0), shift)))
        };
        let changing = Lists::sorted(2 * cells, &each);
        Self { changes, changing }
    }

    pub fn effect(&self, shift: usize) -> &Changed {
        self.changes.get(shift)
    }

    /// The shifts that take a number up, or down.
    pub fn changing(&self, cell: usize, up: bool) -> &[usize] {
        self.changing.get(place_of(cell, up))
    }
}

fn place_of(cell: usize, up: bool) -> usize {
    2 * cell + usize::from(up)
}

/// A number made of others: of elementary cells, by the cell, and of told ones.
struct Made {
    at: usize,
    own: Vec<i64>,
    others: Vec<(usize, i64)>,
}

impl Made {
    fn new(at: usize, terms: &[(usize, i64)], cases: &Cases, cells: usize) -> Self {
        let mut made = Self { at, own: vec![0; cells], others: Vec::new() };
        for (cell, factor) in terms {
            match cases.told.contains_key(cell) {
                true => made.own[*cell] += factor,
                false => made.others.push((*cell, *factor)),
            }
        }
        made
    }
}

/// What is in one list and how often, less what is in the other; both are in order.
fn difference(more: &[usize], fewer: &[usize], out: &mut Vec<(usize, i64)>) {
    let (mut a, mut b) = (0, 0);
    loop {
        let (cell, by) = match (more.get(a), fewer.get(b)) {
            (Some(one), Some(other)) if one == other => {
                (a, b) = (a + 1, b + 1);
                continue;
            }
            (Some(one), other) if other.is_none_or(|other| one < other) => {
                a += 1;
                (*one, 1)
            }
            (_, Some(other)) => {
                b += 1;
                (*other, -1)
            }
            (_, None) => return,
        };
        match out.last_mut().filter(|last| last.0 == cell) {
            Some(last) => last.1 += by,
            None => out.push((cell, by)),
        }
    }
}

/// Lists behind one another.
struct Lists<T> {
    all: Vec<T>,
    /// Where each ends.
    ends: Vec<usize>,
}

impl<T> Default for Lists<T> {
    fn default() -> Self {
        Self { all: Vec::new(), ends: Vec::new() }
    }
}

impl<T: Copy> Lists<T> {
    fn push(&mut self, list: &[T]) {
        self.all.extend_from_slice(list);
        self.ends.push(self.all.len());
    }

    fn get(&self, at: usize) -> &[T] {
        let start = at.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.all[start..self.ends[at]]
    }

    fn iter(&self) -> impl Iterator<Item = &[T]> {
        (0..self.ends.len()).map(|at| self.get(at))
    }
}

impl Lists<usize> {
    /// So many lists of what is given with the number of its list.
    fn sorted<I: Iterator<Item = (usize, usize)>>(lists: usize, each: &impl Fn() -> I) -> Self {
        let mut ends = vec![0; lists];
        each().for_each(|(list, _)| ends[list] += 1);
        let mut sum = 0;
        for end in &mut ends {
            (sum, *end) = (sum + *end, sum);
        }
        // Each end stands at the start of its list and moves on with what comes.
        let mut all = vec![0; sum];
        for (list, what) in each() {
            all[ends[list]] = what;
            ends[list] += 1;
        }
        Self { all, ends }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::disclosure::elementary::Shift;

    #[test]
    fn a_shift_changes_what_one_of_its_ends_is_in_and_what_is_made_of_that() {
        // Cells 0 to 2 are told, 3 to 5 elementary, 6 is twice the first less the third, 7 the fourth and the last elementary one.
        let cases = Cases {
            told: BTreeMap::from([(3, vec![0, 1]), (4, vec![1, 2]), (5, vec![])]).into(),
            shifts: vec![Shift { from: 3, to: 4 }, Shift { from: 4, to: 5 }],
            derived: vec![(6, vec![(0, 2), (2, -1)]), (7, vec![(3, 1), (5, 1)])],
            ..Cases::default()
        };
        let effects = Effects::new(&cases, 8);
        assert_eq!(effects.effect(0), [(0, -1), (2, 1), (6, -3), (7, -1)]);
        assert_eq!(effects.effect(1), [(1, -1), (2, -1), (6, 1), (7, 1)]);
        assert_eq!((effects.changing(2, true), effects.changing(2, false)), (&[0][..], &[1][..]));
        assert_eq!((effects.changing(7, true), effects.changing(4, true)), (&[1][..], &[][..]));
    }
}
