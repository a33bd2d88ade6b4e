//! Sets of the cases of a dataset, by which numbers of case rows are cut, counted and compared: a bit for each case, or a list where there are few.

use std::iter;

const BITS: usize = 64;
/// From one case of so many a bit for each takes no more room than a list.
const DENSE: usize = 32;

/// Some of the cases of a dataset, by place. Sets of one dataset are made for the same number of cases.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Members {
    /// How many cases the dataset has.
    of: usize,
    form: Form,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Form {
    Few(Vec<u32>),
    Many(Vec<u64>),
}

impl Members {
    /// Those of so many cases that something is true of.
    pub fn matching(cases: usize, is_one: impl Fn(usize) -> bool) -> Self {
        Self::from_places(cases, (0..cases).filter(|case| is_one(*case)))
    }

    /// Places in order. A place beyond the cases is left out.
    pub fn from_places(of: usize, places: impl IntoIterator<Item = usize>) -> Self {
        let mut words = vec![0u64; of.div_ceil(BITS)];
        for place in places {
            if let Some(word) = words.get_mut(place / BITS).filter(|_| place < of) {
                *word |= 1 << (place % BITS);
            }
        }
        Self::from_words(of, words)
    }

    fn from_words(of: usize, words: Vec<u64>) -> Self {
        let count: usize = words.iter().map(|word| word.count_ones() as usize).sum();
        let form = if count * DENSE < of {
            let mut few = Vec::with_capacity(count);
            few.extend(places(&words).filter_map(|place| u32::try_from(place).ok()));
            Form::Few(few)
        } else {
            Form::Many(words)
        };
        Self { of, form }
    }

    pub fn has(&self, case: usize) -> bool {
        match &self.form {
            Form::Few(few) => u32::try_from(case).is_ok_and(|case| few.binary_search(&case).is_ok()),
            Form::Many(words) => has(words, case),
        }
    }

    /// Those of both.
    #[must_use]
    pub fn and(&self, other: &Self) -> Self {
        let few = match (&self.form, &other.form) {
            (Form::Many(own), Form::Many(other)) => {
                return Self::from_words(self.of, own.iter().zip(other).map(|(own, other)| own & other).collect());
            }
            (Form::Few(few), Form::Many(many)) | (Form::Many(many), Form::Few(few)) => {
                few.iter().copied().filter(|case| has(many, *case as usize)).collect()
            }
            (Form::Few(few), Form::Few(_)) => few.iter().copied().filter(|case| other.has(*case as usize)).collect(),
        };
        Self { of: self.of, form: Form::Few(few) }
    }

    pub fn count(&self) -> usize {
        match &self.form {
            Form::Few(few) => few.len(),
            Form::Many(words) => words.iter().map(|word| word.count_ones() as usize).sum(),
        }
    }

    /// How many of them stand before a place.
    pub fn count_below(&self, place: usize) -> usize {
        match &self.form {
            Form::Few(few) => few.partition_point(|case| (*case as usize) < place),
            Form::Many(words) => {
                let (before, rest) = words.split_at(words.len().min(place / BITS));
                let within = rest.first().map_or(0, |word| word & ((1 << (place % BITS)) - 1));
                before.iter().chain([&within]).map(|word| word.count_ones() as usize).sum()
            }
        }
    }

    pub fn is_empty(&self) -> bool {
        self.count() == 0
    }

    /// Their places, in order.
    pub fn places(&self) -> impl Iterator<Item = usize> + '_ {
        let (few, many) = match &self.form {
            Form::Few(few) => (few.as_slice(), &[][..]),
            Form::Many(many) => (&[][..], many.as_slice()),
        };
        few.iter().map(|case| *case as usize).chain(places(many))
    }
}

fn has(words: &[u64], case: usize) -> bool {
    words.get(case / BITS).is_some_and(|word| word >> (case % BITS) & 1 == 1)
}

fn places(words: &[u64]) -> impl Iterator<Item = usize> + '_ {
    words.iter().enumerate().flat_map(|(at, word)| {
        let next = |left: &u64| Some(left & (left - 1)).filter(|left| *left != 0);
        let each = iter::successors(Some(*word).filter(|word| *word != 0), next);
        each.map(move |left| at * BITS + left.trailing_zeros() as usize)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_has_what_is_put_into_it_whether_few_or_many() {
        for cases in [0, 1, 63, 64, 65, 1000] {
            for (one, other) in [(3, 2), (3, 50), (50, 7), (50, 40)] {
                let every = |of: usize| Members::matching(cases, |case| case % of == 0);
                let expected: Vec<usize> = (0..cases).filter(|case| case % one == 0).collect();
                let found = every(one);
                assert_eq!(found.places().collect::<Vec<_>>(), expected);
                assert_eq!((found.count(), found.is_empty()), (expected.len(), expected.is_empty()));
                let below = |end: usize| expected.iter().filter(|case| **case < end).count();
                assert!((0..cases + 70).all(|end| found.count_below(end) == below(end)));
                let both = Members::matching(cases, |case| case % one == 0 && case % other == 0);
                assert_eq!(found.and(&every(other)), both);
                assert_eq!(every(other).and(&found), both);
                assert!((0..cases + 70).all(|case| found.has(case) == expected.contains(&case)));
            }
        }
    }
}
