//! Which share a percentage says again.

use super::{CONNECTING, Finder, NEAR, NEAR_BYTES, Relation};
use crate::check::hedges::hedge;
use crate::check::words::{clip, count, find_phrase, holds};

impl Finder<'_> {
    pub(super) fn percentages(&mut self, all: &[usize]) {
        for (position, &at) in all.iter().enumerate() {
            if !self.number(at).is_percent() || self.linked[at] {
                continue;
            }
            let _ = self.after_share(all, position, at)
                || self.before_share(all, position, at)
                || self.response_rate(all, position, at)
                || self.of_base(all, position, at)
                || self.within_base(all, position, at);
        }
    }

    /// "16 av 40 ärenden (41 procent)", "16 av 40, det vill säga 41 procent", "8 av 20 barn, 45 procent.", "… resten (60 procent)".
    fn after_share(&mut self, all: &[usize], position: usize, percent: usize) -> bool {
        let Some(&before) = position.checked_sub(1).and_then(|at| all.get(at)) else { return false };
        let words = clip(self.between(before, percent), NEAR_BYTES).to_owned();
        let open = |place: &&usize| {
            let known = &self.out[**place];
            known.percent.is_none() && (known.part == Some(before) || (known.direct && known.base == before))
        };
        let Some(found) = self.of[before].iter().rev().take(NEAR).find(open).copied() else { return false };
        let rest = self.rest_between(&words);
        let whole = self.out[found].clone();
        if rest {
            // The percentage of what is left, beside the share itself.
            if words.trim_end().ends_with('(') && count(&words) <= 8 {
                self.push(Relation { percent: Some(percent), rest: true, ..whole });
                return true;
            }
            return false;
        }
        // "stämmer 14 (35 procent)" has the part beside it; a part further off has its own percentage.
        if !holds(&words, &self.lists.breaks) && self.is_beside(before, percent) {
            self.out[found].percent = Some(percent);
            self.linked[percent] = true;
            return true;
        }
        false
    }

    /// Whether a percentage says the same as what stands before it: in parentheses, after "det vill säga", or apposed between commas.
    fn is_beside(&self, before: usize, percent: usize) -> bool {
        let from = self.number(before).range.end;
        let start = self.number(percent).range.start;
        let start = hedge(self.lower, start).map_or(start, |(_, hedge)| hedge).max(from);
        let words = self.lower.get(from..start).unwrap_or("");
        if words.len() > NEAR_BYTES {
            return false;
        }
        let tail = words.trim_end();
        let bracket = tail.ends_with(['(', '[']) && count(words) <= 6;
        let equal = self.equal(words) && count(words) <= 12;
        let comma = matches!(words.trim(), "," | "–" | ":");
        let apposed = tail.strip_suffix([',', '–', ':']).is_some_and(|noun| self.is_phrase(noun, 5));
        bracket || equal || comma || (apposed && self.ends_clause(percent))
    }

    fn equal(&self, words: &str) -> bool {
        self.lists.equals.iter().any(|phrase| find_phrase(words, phrase, 0).is_some())
    }

    /// Words without a sign or a conjunction among them.
    fn is_phrase(&self, words: &str, most: usize) -> bool {
        !words.contains([',', ';', ':', '(', ')', '.', '–'])
            && count(words) <= most
            && !words.split_whitespace().any(|word| CONNECTING.contains(&word))
    }

    /// Whether nothing is said of a number any more: a sign or the end follows, or "av dem".
    fn ends_clause(&self, at: usize) -> bool {
        let number = self.number(at);
        let end = self.passage.sentence(number.range.start).end;
        let after = self.lower.get(number.range.end..end).unwrap_or("").trim_start();
        let mut words = after.split_whitespace();
        let of_them = words.next().is_some_and(|word| self.is_of(word))
            && words.next().is_some_and(|word| self.lists.them.has(word.trim_matches([',', '.'])));
        after.is_empty() || after.starts_with([',', '.', ')', ';', '–', ':', '!', '?']) || of_them
    }

    /// "41 procent (16 av 40)", "41 procent av ärendena, 16 av 40,", "30 procent, eller 9 av 36", "72 procent: 203 av 290".
    fn before_share(&mut self, all: &[usize], position: usize, percent: usize) -> bool {
        let Some(&after) = all.get(position + 1) else { return false };
        let words = clip(self.between(percent, after), NEAR_BYTES).to_owned();
        let open = |place: &&usize| {
            let known = &self.out[**place];
            known.direct && known.part == Some(after) && known.percent.is_none()
        };
        let Some(found) = self.of[after].iter().take(NEAR).find(open).copied() else { return false };
        let ends = words.trim_end();
        let close = ends.ends_with(['(', ':', ',', '–', '=']) || ends.ends_with("i");
        let equal = self.equal(&words) && count(&words) <= 6;
        let joined = holds(&words, &["och", "and"]);
        if (equal || (close && count(&words) <= 7)) && !holds(&words, &self.lists.breaks) && !joined {
            self.out[found].percent = Some(percent);
            self.linked[percent] = true;
            return true;
        }
        false
    }

    /// "37 procent av de 12 hemmen", "16, eller 41 procent av 40", "62 procent (n = 1 204)".
    fn of_base(&mut self, all: &[usize], position: usize, percent: usize) -> bool {
        let Some(&base) = all.get(position + 1) else { return false };
        let words = self.between(percent, base);
        // "35 procent (av 13 svarande)"
        let words = words.trim_start().strip_prefix('(').unwrap_or(words);
        let sized = words.trim_end().ends_with('=') && words.contains('n');
        if words.trim() == "in" || !self.is_count(base) || !(self.of_between(words) || sized) {
            return false;
        }
        let before = position.checked_sub(1).and_then(|at| all.get(at)).copied();
        let part = before.filter(|&before| {
            let words = self.between(before, percent);
            self.is_count(before)
                && self.lists.equals.iter().any(|phrase| find_phrase(words, phrase, 0).is_some())
                && count(words) <= 5
        });
        self.push(Relation { part, base, percent: Some(percent), rest: false, direct: false });
        true
    }

    /// "Av 12 kommuner har 33 procent … och 67 procent …".
    fn within_base(&mut self, all: &[usize], position: usize, percent: usize) -> bool {
        let sentence = self.passage.sentence(self.number(percent).range.start);
        // Nothing but percentages stands between a whole and the shares of it.
        let near = position.saturating_sub(NEAR);
        let Some(place) = all[near..position].iter().rposition(|&at| !self.number(at).is_percent()) else {
            return false;
        };
        let place = near + place;
        let base = all[place];
        let shared = self.of[base].iter().any(|place| self.out[*place].direct && self.out[*place].base == base);
        if self.number(base).count().is_none() || shared || !self.is_base(base, &sentence) {
            return false;
        }
        // "41 procent" beside a count is that count's: "hos sju enheter (41 procent)".
        if place + 1 == position && self.is_beside(base, percent) {
            return false;
        }
        let words = self.lower.get(self.number(base).range.end..self.number(percent).range.start).unwrap_or("");
        if words.len() > NEAR_BYTES || words.contains(';') || holds(words, &self.lists.breaks) {
            return false;
        }
        // "37 procent av eleverna" has a base of its own.
        let after = self.lower.get(self.number(percent).range.end..sentence.end).unwrap_or("").trim_start();
        let own = self.lists.of.iter().any(|of| after.starts_with(&format!("{of} ")));
        if own && !after.split_whitespace().nth(1).is_some_and(|word| self.lists.them.has(word)) {
            return false;
        }
        self.push(Relation { part: None, base, percent: Some(percent), rest: false, direct: false });
        true
    }
    /// "… skickades till 620 anhöriga och besvarades av 341, en svarsfrekvens på 55 procent".
    fn response_rate(&mut self, all: &[usize], position: usize, percent: usize) -> bool {
        let Some([whole, part]) = position.checked_sub(2).and_then(|from| all.get(from..position)) else {
            return false;
        };
        let words = self.between(*part, percent);
        let named = holds(words, &["svarsfrekvens", "svarsfrekvensen", "svarsandel", "response rate"]);
        let (whole, part) = (*whole, *part);
        let fits = self.is_count(whole) && self.is_count(part) && self.number(whole).value >= self.number(part).value;
        if !named || !fits || count(words) > 12 {
            return false;
        }
        self.push(Relation { part: Some(part), base: whole, percent: Some(percent), rest: false, direct: false });
        true
    }
}
