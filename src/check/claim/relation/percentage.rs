//! Which share a percentage says again.

use super::{Finder, NEAR, NEAR_TOKENS, Place, Relation, count, is_sign, leads_to_whole};
use crate::check::lang::{HEDGES, Tag};
use crate::check::tokens::{Say as _, Token};

/// Hedges stand before a number and belong to it.
fn without_hedge(words: &[Token]) -> &[Token] {
    let end = words.iter().rposition(|token| !token.tags.any(HEDGES)).map_or(0, |last| last + 1);
    &words[..end]
}

/// Whether words say that what follows is the same again.
fn equal(words: &[Token], most: usize) -> bool {
    words.say(&[Tag::Equals, Tag::ResponseRate]) && count(words) <= most
}

impl Finder<'_, '_> {
    pub(super) fn percentages(&mut self) {
        for position in 0..self.all.len() {
            let percent = self.all[position];
            let said = self.out.with_number(percent.number).any(|known| known.percent == Some(percent.number));
            if !self.number(percent).is_percent() || said {
                continue;
            }
            let _ = self.after_share(position)
                || self.before_share(position)
                || self.response_rate(position)
                || self.of_base(position)
                || self.within_base(position);
        }
    }

    /// The number so many before one, or after it.
    fn neighbour(&self, position: usize, step: isize) -> Option<Place> {
        position.checked_add_signed(step).and_then(|at| self.all.get(at)).copied()
    }

    /// "16 av 40 ärenden (41 procent)", "16 av 40, det vill säga 41 procent", "8 av 20 barn, 45 procent.", "… resten (60 procent)".
    fn after_share(&mut self, position: usize) -> bool {
        let percent = self.all[position];
        let mut back = (1..=2).map_while(|step| self.neighbour(position, -step));
        let Some(before) = back.next() else { return false };
        let before = if self.is_limit(before) { back.next().unwrap_or(before) } else { before };
        let words = self.between(before, percent);
        let open = |place: &&usize| {
            let known = &self.out.all[**place];
            known.percent.is_none()
                && (known.part == Some(before.number) || (known.direct && known.base == before.number))
        };
        let Some(found) = self.out.of[before.number].iter().rev().take(NEAR).find(open).copied() else { return false };
        // "Av dem avstod 221 från att svara, och svarsfrekvensen blev 66 procent": of the others.
        let lacking = [Tag::Lacks, Tag::Negation, Tag::NonResponse];
        let led = &self.tokens[before.token.saturating_sub(2)..before.token];
        if words.say(&[Tag::ResponseRate]) && (led.say(&lacking) || words.say(&lacking)) {
            return false;
        }
        if words.say(&[Tag::Rest]) {
            // The percentage of what is left, beside the share itself.
            let beside = is_sign(words.last(), &['(']) && count(words) <= 8;
            if beside {
                let whole = self.out.all[found].clone();
                self.out.push(Relation { percent: Some(percent.number), rest: true, ..whole });
            }
            return beside;
        }
        // "stämmer 14 (35 procent)" has the part beside it; a part further off has its own percentage.
        // "186 kvinnor och 124 män, det vill säga 60 procent kvinnor": of the other sex.
        let sex = |place: Place| {
            let behind = self.tokens.get(place.token + 1..).unwrap_or_default().iter().take(2);
            behind
                .take_while(|token| token.stem().is_some())
                .find_map(|token| [Tag::Women, Tag::Men].into_iter().find(|sex| token.has(*sex)))
        };
        let other = sex(before).zip(sex(percent)).is_some_and(|(one, other)| one != other);
        let beside = !other && !words.say(&[Tag::Break]) && self.is_beside(before, percent);
        if beside {
            self.out.say(found, percent.number);
        }
        beside
    }

    /// Whether a percentage says the same as what stands before it: in brackets, after "det vill säga", or apposed between commas.
    fn is_beside(&self, before: Place, percent: Place) -> bool {
        let words = without_hedge(self.between(before, percent));
        let bracket = is_sign(words.last(), &['(', '[']) && count(words) <= 6;
        let alone = matches!(words, [sign] if is_sign(Some(sign), &[',', '–', ':']));
        let apposed = words.split_last().is_some_and(|(last, noun)| {
            is_sign(Some(last), &[',', '–', ':'])
                && noun.len() <= 5
                && noun.iter().all(|token| token.stem().is_some() && !token.has(Tag::Link))
        });
        bracket || equal(words, 12) || alone || (apposed && self.ends_clause(percent))
    }

    /// Whether nothing is said of a number any more: a sign or the end follows, or "av dem".
    fn ends_clause(&self, place: Place) -> bool {
        let after = self.tokens.get(place.token + 1..).unwrap_or_default();
        let of_them = after[..after.len().min(1)].say(&[Tag::OfWhich])
            || matches!(after, [of, them, ..] if of.has(Tag::Of) && them.has(Tag::Them));
        after.is_empty() || is_sign(after.first(), &[',', '.', ')', ';', '–', ':', '!', '?']) || of_them
    }

    /// "41 procent (16 av 40)", "41 procent av ärendena, 16 av 40,", "30 procent, eller 9 av 36", "72 procent: 203 av 290".
    fn before_share(&mut self, position: usize) -> bool {
        let (percent, Some(after)) = (self.all[position], self.neighbour(position, 1)) else { return false };
        let words = self.between(percent, after);
        let open = |place: &&usize| {
            let known = &self.out.all[**place];
            known.direct && known.part == Some(after.number) && known.percent.is_none()
        };
        let Some(found) = self.out.of[after.number].iter().take(NEAR).find(open).copied() else { return false };
        let close =
            is_sign(words.last(), &['(', ':', ',', '–', '=']) || words.last().is_some_and(|last| last.has(Tag::Within));
        let joined = words.iter().any(|token| token.has(Tag::Joint) && !token.has(Tag::Equals));
        // "exceeded 10 per cent in three of the five", "målet på 90 procent nåddes i fyra av sex": so many came to it.
        let limits = [
            Tag::Exceeded,
            Tag::Undershot,
            Tag::Target,
            Tag::Limit,
            Tag::HedgeMore,
            Tag::HedgeLess,
            Tag::MoreThan,
            Tag::FewerThan,
        ];
        let before = &self.tokens[percent.token.saturating_sub(4)..percent.token];
        let within = words.last().is_some_and(|last| last.has(Tag::Within));
        let reached = within && (before.say(&limits) || words.say(&[Tag::Reached, Tag::Exceeded]));
        let fits =
            !reached && (equal(words, 6) || (close && count(words) <= 7)) && !words.say(&[Tag::Break]) && !joined;
        if fits {
            self.out.say(found, percent.number);
        }
        fits
    }

    /// "37 procent av de 12 hemmen", "16, eller 41 procent av 40", "62 procent (n = 1 204)".
    fn of_base(&mut self, position: usize) -> bool {
        let (percent, Some(base)) = (self.all[position], self.neighbour(position, 1)) else { return false };
        // "35 procent (av 13 svarande)"
        let words = self.between(percent, base);
        let words = if is_sign(words.first(), &['(']) { &words[1..] } else { words };
        let sized = is_sign(words.last(), &['=']) && self.is_sample(words);
        if words.say(&[Tag::OutOf]) || !self.is_count(base) || !(leads_to_whole(words) || sized) {
            return false;
        }
        let part = self
            .neighbour(position, -1)
            .filter(|before| self.is_count(*before) && equal(self.between(*before, percent), 5));
        let (part, base, percent) = (part.map(|part| part.number), base.number, Some(percent.number));
        self.out.push(Relation { part, base, percent, rest: false, direct: false });
        true
    }

    /// "Av 12 kommuner har 33 procent … och 67 procent …".
    fn within_base(&mut self, position: usize) -> bool {
        let percent = self.all[position];
        // Nothing but percentages stands between a whole and the shares of it.
        let near = position.saturating_sub(NEAR);
        let Some(place) = self.all[near..position].iter().rposition(|at| !self.number(*at).is_percent()) else {
            return false;
        };
        let base = self.all[near + place];
        if self.number(base).count().is_none() || self.is_direct(base) || !self.is_base(base) {
            return false;
        }
        // "41 procent" beside a count is that count's: "hos sju enheter (41 procent)".
        if near + place + 1 == position && self.is_beside(base, percent) {
            return false;
        }
        let words = self.between(base, percent);
        if words.len() == NEAR_TOKENS
            || words.say(&[Tag::Break])
            || words.iter().any(|token| is_sign(Some(token), &[';']))
        {
            return false;
        }
        // "37 procent av eleverna" has a base of its own.
        let after = self.tokens.get(percent.token + 1..).unwrap_or_default();
        let own = matches!(after, [of, next, ..] if of.has(Tag::Of) && !next.has(Tag::Them));
        if !own {
            let (base, percent) = (base.number, Some(percent.number));
            self.out.push(Relation { part: None, base, percent, rest: false, direct: false });
        }
        !own
    }

    /// "… skickades till 620 anhöriga och besvarades av 341, en svarsfrekvens på 55 procent".
    fn response_rate(&mut self, position: usize) -> bool {
        let (Some(whole), Some(part)) = (self.neighbour(position, -2), self.neighbour(position, -1)) else {
            return false;
        };
        let percent = self.all[position];
        let words = self.between(part, percent);
        let fits = self.is_count(whole)
            && self.is_count(part)
            && self.number(whole).value >= self.number(part).value
            && words.say(&[Tag::ResponseRate])
            // "207 svarat och efter påminnelsen kom ytterligare 92": both are parts.
            && !self.between(whole, part).say(&[Tag::Further, Tag::Lacks, Tag::Negation, Tag::NonResponse])
            && count(words) <= 12;
        if fits {
            let (part, base, percent) = (Some(part.number), whole.number, Some(percent.number));
            self.out.push(Relation { part, base, percent, rest: false, direct: false });
        }
        fits
    }
}
