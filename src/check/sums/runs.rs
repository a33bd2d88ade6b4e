//! Runs of counts that one enumeration has.

use super::{NEAR_BYTES, Sums};
use crate::check::words::{count, holds};
use crate::value::Exact;

impl Sums<'_> {
    /// Whether two neighbours are members of one enumeration.
    pub(super) fn enumerated(&self, one: usize, two: usize) -> bool {
        let words = self.between(one, two);
        if words.len() > NEAR_BYTES {
            return false;
        }
        let joined = words.contains(',') || holds(words, &["och", "and", "samt", "plus"]);
        // A share of its own ("16 av 40") is no member, nor is one end of a range.
        let plain = !holds(words, &["av", "of", "till", "to", "varav", "jämfört med", "medan", "mot", "while"])
            && !words.contains([';', ':', '.', '–']);
        joined && plain && self.number(one).unit == self.number(two).unit && count(words) <= 8
    }

    /// The longest run of enumerated counts that begins at `from`.
    pub(super) fn run<'c>(&self, counts: &'c [usize], from: usize) -> &'c [usize] {
        let Some(rest) = counts.get(from..) else { return &[] };
        let joined = rest.windows(2).take_while(|pair| self.enumerated(pair[0], pair[1])).count();
        rest.get(..(joined + 1).min(rest.len())).unwrap_or_default()
    }

    /// For each count where the run of enumerated counts ends that it is in.
    pub(super) fn runs(&self, counts: &[usize]) -> Vec<usize> {
        let mut out = vec![counts.len(); counts.len()];
        for at in (0..counts.len().saturating_sub(1)).rev() {
            out[at] = if self.enumerated(counts[at], counts[at + 1]) { out[at + 1] } else { at + 1 };
        }
        out
    }

    /// For each count where the run of enumerated counts begins that it ends, and whether one of them is in "16 av 40".
    pub(super) fn starts(&self, counts: &[usize]) -> Vec<(usize, bool)> {
        let mut out: Vec<(usize, bool)> = Vec::with_capacity(counts.len());
        for (at, &count) in counts.iter().enumerate() {
            let own = self.relations.with_number(count).any(|known| known.direct && known.percent != Some(count));
            let joined = at > 0 && self.enumerated(counts[at - 1], count);
            let before = if joined { out.last().copied() } else { None };
            out.push(before.map_or((at, own), |(first, direct)| (first, direct || own)));
        }
        out
    }

    /// Sums of the counts before each place: the sum of a run is a difference of two. None where they grow beyond counting.
    pub(super) fn sums(&self, counts: &[usize]) -> Option<Vec<Exact>> {
        let mut out = vec![Exact::ZERO];
        for at in counts {
            out.push(out.last()?.checked_add(self.number(*at).value)?);
        }
        Some(out)
    }
}
