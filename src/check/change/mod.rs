//! A change and the two numbers that it lies between: "från 40 till 55, en ökning med 38 procent".

mod measure;

use std::ops::Range;

use super::approximate::{hedged, hedged_fraction, short};
use super::hedges::{hedge, of_fraction};
use super::number::read::tokens;
use super::number::{Form, Number, Unit};
use super::prose::Passage;
use super::relation::Relations;
use super::vocabulary::{self, Vocabulary};
use super::words::{clip, clip_start, holds, stem};
use crate::value::{Exact, Rounding};

/// A change that its two numbers do not give.
pub struct Mismatch {
    pub range: Range<usize>,
    pub message: String,
    pub help: String,
}

/// The two numbers of a change: positions among the passage's numbers, and the text that both take.
struct Pair {
    from: usize,
    to: usize,
    range: Range<usize>,
}

/// A value with what rounding may have taken from it.
#[derive(Clone, Copy)]
struct Measured {
    value: Exact,
    slack: Exact,
    unit: Unit,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Direction {
    Up,
    Down,
}

/// All mismatches of a passage.
pub fn mismatches(passage: &Passage, relations: &Relations) -> Vec<Mismatch> {
    let finder =
        Finder { passage, relations, lower: &passage.lower, vocabulary: vocabulary::for_language(passage.language) };
    let mut out = Vec::new();
    for sentence in &passage.sentences {
        let inside = passage.numbers_in(sentence);
        let all: Vec<usize> = inside.filter(|at| finder.number(*at).allowed.is_none()).collect();
        if all.len() >= 2 {
            let factors = finder.factors(sentence);
            for pair in finder.pairs(&all) {
                finder.changes(sentence, &all, &pair, &mut out);
                finder.multiples(sentence, &factors, &pair, &mut out);
            }
        }
    }
    out
}

/// So many numbers, and so many bytes, beside a number are looked at for what belongs to it.
const NEAR: usize = 24;
const NEAR_BYTES: usize = 600;

struct Finder<'a> {
    passage: &'a Passage,
    relations: &'a Relations,
    lower: &'a str,
    vocabulary: &'static Vocabulary,
}

/// A number that is said to be the change of a pair, and where it is said to go.
#[derive(Clone, Copy)]
struct Said {
    at: usize,
    direction: Option<Direction>,
}

impl Finder<'_> {
    fn number(&self, at: usize) -> &Number {
        &self.passage.numbers[at]
    }

    fn text(&self, range: Range<usize>) -> &str {
        self.lower.get(range).unwrap_or("")
    }

    /// The sentence before a place, and behind it, as far as it is near.
    fn before(&self, sentence: &Range<usize>, end: usize) -> &str {
        clip_start(self.text(sentence.start..end.max(sentence.start)), NEAR_BYTES)
    }

    fn behind(&self, start: usize, sentence: &Range<usize>) -> &str {
        clip(self.text(start..sentence.end.max(start)), NEAR_BYTES)
    }

    /// Words that stand before a number, from the number before it on.
    fn lead(&self, all: &[usize], position: usize) -> &str {
        let end = self.number(all[position]).range.start;
        let sentence = self.passage.sentence(end).start;
        let start = position.checked_sub(1).map_or(sentence, |before| self.number(all[before]).range.end);
        self.text(start.min(end)..end)
    }

    /// The pairs of a sentence: "från 40 till 55", "till 55 från 40", "55, jämfört med 40", "66, up from 60".
    fn pairs(&self, all: &[usize]) -> Vec<Pair> {
        let mut out: Vec<Pair> = Vec::new();
        for (position, &first) in all.iter().enumerate() {
            let own = self.number(first);
            if matches!(own.form, Form::Fraction | Form::Factor | Form::Round) || own.unit == Unit::Points {
                continue;
            }
            // What belongs to the first number is passed over.
            let next = (position + 1..all.len()).take(NEAR).find(|at| !self.relations.join(first, all[*at]));
            let Some(next) = next else { continue };
            let second = all[next];
            let other = self.number(second);
            if matches!(other.form, Form::Fraction | Form::Factor | Form::Round) || other.unit == Unit::Points {
                continue;
            }
            let lead = self.lead(all, position);
            let between = self.text(own.range.end..other.range.start);
            let tail = self.lead(all, next);
            if between.len() > NEAR_BYTES
                || between.contains([';', ':'])
                || words(between).len() > 10
                || self.breaks(between)
            {
                continue;
            }
            let (from, to) = (&self.vocabulary.from, &self.vocabulary.to);
            let pair = if ends(lead, from) && ends(tail, to) {
                Some((first, second))
            } else if (ends(lead, to) && ends(tail, from)) || ends(tail, &self.vocabulary.compared) {
                Some((second, first))
            } else {
                None
            };
            let Some((from, to)) = pair else { continue };
            // A pair begins after the last that was found: "från 40 till 55 till 60" goes in steps.
            if out.last().is_some_and(|last| last.to == first || last.from == first) {
                continue;
            }
            let mut range = own.range.start..other.range.end;
            let near = &all[position.saturating_sub(NEAR)..(next + NEAR).min(all.len())];
            for &at in near.iter().filter(|at| self.relations.join(first, **at) || self.relations.join(second, **at)) {
                range.end = range.end.max(self.number(at).range.end);
            }
            out.push(Pair { from, to, range });
        }
        out
    }

    /// Whether words lead to another statement.
    fn breaks(&self, between: &str) -> bool {
        holds(between, &["och", "and", "men", "but", "samt", "medan", "while", "whereas", "samtidigt", "respektive"])
            || holds(between, &self.vocabulary.target)
            || holds(between, &self.vocabulary.averages)
    }

    /// Holds every change that is said of a pair against it.
    fn changes(&self, sentence: &Range<usize>, all: &[usize], pair: &Pair, out: &mut Vec<Mismatch>) {
        let Some((from, to)) = self.measured(pair) else { return };
        let after = all.get(all.partition_point(|at| self.number(*at).range.start < pair.range.end)).copied();
        let before = all.partition_point(|at| self.number(*at).range.end <= pair.range.start);
        let before = before.checked_sub(1).and_then(|at| all.get(at)).copied();
        let mut linked: Vec<Said> = Vec::new();
        linked.extend(before.and_then(|at| self.linked_before(sentence, at, pair)));
        linked.extend(after.and_then(|at| self.linked_after(sentence, at, pair)));
        // "15 ärenden eller 38 procent": said twice.
        if let Some(&Said { at: first, direction }) = linked.last()
            && let Some(&second) = all.get(all.partition_point(|at| *at <= first))
        {
            let between = self.text(self.number(first).range.end..self.number(second).range.start);
            let again = holds(between, &self.vocabulary.equals) || between.trim_end().ends_with('(');
            if again && words(between).len() <= 5 && !self.is_other(self.number(second)) {
                linked.push(Said { at: second, direction });
            }
        }
        for Said { at, direction } in linked {
            let bound = [pair.from, pair.to, at].into_iter().all(|at| self.number(at).bound);
            if !bound && let Some((message, help)) = self.judge(pair, (from, to), at, direction) {
                let number = self.number(at);
                let start = hedge(self.lower, number.range.start).map_or(number.range.start, |(_, start)| start);
                let range = start.min(pair.range.start)..number.range.end.max(pair.range.end);
                out.push(Mismatch { range, message, help });
            }
        }
    }

    /// "från 60 till 45, alltså med 25 procent", "…, en ökning på 15 personer", "… , a 15 percent increase", "…, det vill säga 14 färre".
    fn linked_after(&self, sentence: &Range<usize>, at: usize, pair: &Pair) -> Option<Said> {
        let number = self.number(at);
        let start = hedge(self.lower, number.range.start).map_or(number.range.start, |(_, start)| start);
        let between = self.text(pair.range.end..start);
        if between.len() > NEAR_BYTES {
            return None;
        }
        let list = words(between);
        if between.contains(';') || list.len() > 12 || self.breaks(between) || self.is_other(number) {
            return None;
        }
        let direction = self.direction(between).or_else(|| self.direction_behind(number, sentence));
        let noun = self.direction(between).is_some();
        let last = list.last().copied().unwrap_or("");
        let by = self.vocabulary.by.contains(&last);
        let led = holds(between, &self.vocabulary.equals);
        let plus = self.lower[..number.range.start].ends_with(['+', '-', '−', '–']);
        let opened = between.trim_end().ends_with([',', '(', '–', ':']) || led;
        let behind = self.direction_behind(number, sentence).is_some();
        let articled = matches!(last, "a" | "an" | "en" | "ett" | "is" | "är" | "was" | "var" | "blir" | "innebär");
        // ", up 20 percent", "…, alltså 7 procentenheter"
        let bare = opened && list.len() <= 2 && self.direction_of(last).is_some();
        let points = number.unit == Unit::Points && led && list.len() <= 4;
        let linked = (by && (noun || list.len() == 1 || led))
            || bare
            || points
            || (behind && (opened || articled || led))
            || (plus && opened && number.unit != Unit::None);
        let direction = direction.or_else(|| self.direction(self.before(sentence, pair.range.start)));
        linked.then_some(Said { at, direction })
    }

    /// "minskade med 20 procent, från 50 till 40", "a 15 percent rise from 40 to 46".
    fn linked_before(&self, sentence: &Range<usize>, at: usize, pair: &Pair) -> Option<Said> {
        let number = self.number(at);
        let between = self.text(number.range.end..pair.range.start);
        if between.len() > NEAR_BYTES {
            return None;
        }
        let list = words(between);
        let start = hedge(self.lower, number.range.start).map_or(number.range.start, |(_, start)| start);
        let clause = self.before(sentence, start).rsplit([';', ':']).next().unwrap_or("");
        let others = ["och", "and", "men", "but", "samt", "medan", "while", "whereas", "samtidigt", "respektive"];
        if between.contains(';') || list.len() > 8 || holds(between, &others) || self.is_other(number) {
            return None;
        }
        if holds(clause, &self.vocabulary.averages) || holds(clause, &self.vocabulary.target) {
            return None;
        }
        let by = words(clause).last().is_some_and(|last| self.vocabulary.by.contains(last));
        let near: Vec<&str> = words(clause).into_iter().rev().take(8).collect();
        let before = near.iter().find_map(|word| self.direction_of(word));
        let behind = self.direction_behind(number, sentence);
        // "dropped 8 percent, from 57 to 49 percent"
        let verb = near.first().is_some_and(|word| self.direction_of(word).is_some()) && number.unit != Unit::None;
        ((by && before.is_some()) || behind.is_some() || verb).then(|| Said { at, direction: behind.or(before) })
    }

    /// A change of something else: a part of a whole, of one group, or of each year.
    fn is_other(&self, number: &Number) -> bool {
        let rest = self.behind(number.range.end, &self.passage.sentence(number.range.start)).trim_start();
        let first = rest.split(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
        let next: Vec<&str> = rest.split_whitespace().take(4).collect();
        let group = ["bland", "among", "hos"].iter().any(|word| next.contains(word));
        self.vocabulary.of.contains(&first) || group || holds(&next.join(" "), &self.vocabulary.averages)
    }

    fn direction_of(&self, word: &str) -> Option<Direction> {
        if self.vocabulary.growth.contains(&word) {
            Some(Direction::Up)
        } else if self.vocabulary.decline.contains(&word) {
            Some(Direction::Down)
        } else {
            None
        }
    }

    /// The last word of growth or decline.
    fn direction(&self, text: &str) -> Option<Direction> {
        words(text).into_iter().rev().find_map(|word| self.direction_of(word))
    }

    /// "14 färre", "15 procents ökning", "15 more people".
    fn direction_behind(&self, number: &Number, sentence: &Range<usize>) -> Option<Direction> {
        let rest = self.behind(number.range.end, sentence);
        let rest = rest.trim_start_matches("-procentig").trim_start_matches(['a', 's', 't', '-']);
        let stop = rest.find([',', '.', ';', '(', ')', ':']).unwrap_or(rest.len());
        words(&rest[..stop]).into_iter().take(2).find_map(|word| self.direction_of(word))
    }

    /// What is wrong with a change, and what to do.
    fn judge(
        &self,
        pair: &Pair,
        (from, to): (Measured, Measured),
        at: usize,
        direction: Option<Direction>,
    ) -> Option<(String, String)> {
        let number = self.number(at);
        let difference = to.value.checked_sub(from.value)?;
        let apart = difference.magnitude();
        let relative = apart.checked_mul(Exact::from(100_i64))?.checked_div(from.value)?;
        let percents = from.unit == Unit::Percent;
        let sign = if percents { " percent" } else { "" };
        let lead = format!("from {} to {}{sign}", self.shown(pair.from), self.shown(pair.to));
        let help = || "correct the change or one of the two numbers".to_owned();
        let falls = difference < Exact::ZERO;
        if difference != Exact::ZERO && direction.is_some_and(|direction| (direction == Direction::Down) != falls) {
            let is = if falls { "a decrease" } else { "an increase" };
            return Some((format!("{lead} is {is}"), help()));
        }
        let told = hedge(self.lower, number.range.start).map(|(hedge, _)| hedge);
        let half = self.measure(number).slack;
        let slack = from.slack.checked_add(to.slack)?;
        match number.unit {
            _ if number.is_fraction() => {
                let width = Exact::from(2_i64);
                let near = relative.checked_sub(number.value)?.magnitude() <= width;
                let told = of_fraction(self.lower, &number.range).map(|(hedge, _)| hedge);
                let fits = told.map_or(near, |hedge| hedged_fraction(number.value, hedge).hold(relative));
                (!fits).then(|| (format!("{lead} is {} percent", short(relative)), help()))
            }
            Unit::Points => {
                let fits = apart.checked_sub(number.value)?.magnitude() < slack.checked_add(half)?;
                (percents && !fits && told.is_none())
                    .then(|| (format!("{lead} is {} percentage points, not {}", short(apart), number.value), help()))
            }
            Unit::Percent => {
                // Where the number is the difference itself, points are meant, though rounding might explain it.
                let points = percents && apart == number.value && !self.rounds(relative, number);
                let fits = match told {
                    _ if points => false,
                    Some(hedge) => hedged(number.value, hedge).hold(relative) || self.rounds(relative, number),
                    None => self.within(from, to, number, half)?,
                };
                if fits {
                    return None;
                }
                let printed = relative.to_decimal(number.decimals.max(u8::from(percents)), Rounding::default());
                if percents && apart.checked_sub(number.value)?.magnitude() <= slack {
                    let points = format!("{lead} is {} percentage points, or {printed} percent", short(apart));
                    let help =
                        "say percentage points (procentenheter) where the difference of two percentages is meant";
                    return Some((format!("{points}, and not {} percent", number.value), help.to_owned()));
                }
                let message = format!("{lead} is {printed} percent, not {}", number.value);
                let help = if apart == number.value {
                    format!("{apart} is the difference; growth in percent is counted on the first number")
                } else {
                    help()
                };
                Some((message, help))
            }
            Unit::None | Unit::Money => {
                let unit_fits = number.unit == from.unit || (number.unit == Unit::None && from.unit == Unit::Money);
                if percents
                    || !unit_fits
                    || told.is_some()
                    || number.form == Form::Factor
                    || self.counts_other(pair, at)
                {
                    return None;
                }
                let slack = if from.unit == Unit::None { slack } else { slack.checked_add(half)? };
                let stated = if number.unit == Unit::None && from.unit == Unit::Money {
                    number.value.checked_mul(self.factor(self.number(pair.to)))?
                } else {
                    number.value
                };
                let bare = apart.checked_sub(number.value)?.magnitude() <= slack;
                let fits = bare || apart.checked_sub(stated)?.magnitude() <= slack;
                (!fits).then(|| (format!("{lead} is {apart}, not {}", number.value), help()))
            }
        }
    }

    /// A number as it is written in digits, for messages.
    fn shown(&self, at: usize) -> String {
        let number = self.number(at);
        match number.form {
            Form::Words => number.value.to_string(),
            _ if number.unit == Unit::Percent => number.value.to_decimal(number.decimals, Rounding::default()),
            _ => self.passage.slice(number.range.clone()).to_owned(),
        }
    }

    fn rounds(&self, relative: Exact, number: &Number) -> bool {
        relative.round(number.decimals, Rounding::default()) == number.value
    }

    /// "från 40 till 55 dagar, två veckor mer": another unit than the pair's.
    fn counts_other(&self, pair: &Pair, at: usize) -> bool {
        let language = self.passage.language;
        let noun = |at: usize| {
            let number = self.number(at);
            let rest = self.behind(number.range.end, &self.passage.sentence(number.range.start));
            let stop = rest.find([',', '.', ';', '(', ')', ':']).unwrap_or(rest.len());
            let first = words(&rest[..stop]).into_iter().next()?;
            let skipped = self.direction_of(first).is_some()
                || [&self.vocabulary.from, &self.vocabulary.to].iter().any(|list| list.contains(&first))
                || self.vocabulary.equals.contains(&first)
                || self.vocabulary.stops.contains(&first)
                || first.starts_with(|c: char| c.is_ascii_digit());
            (!skipped).then(|| stem(first, language))
        };
        let of_pair = noun(pair.to).or_else(|| noun(pair.from));
        match (of_pair, noun(at)) {
            (Some(pair), Some(own)) => pair != own,
            (None, Some(own)) => self.vocabulary.times.iter().any(|time| own.starts_with(time)),
            _ => false,
        }
    }
}

/// The words of a text in small letters.
fn words(text: &str) -> Vec<&str> {
    tokens(text).into_iter().map(|range| &text[range]).collect()
}

/// Whether words end with one of the phrases, determiners left out.
fn ends(text: &str, phrases: &[&str]) -> bool {
    let mut text = text.trim_end().trim_end_matches(['£', '$', '€']).trim_end();
    for word in ["de", "the", "hela", "bara", "endast", "only", "just"] {
        if let Some(rest) = text.strip_suffix(word).filter(|rest| rest.ends_with(' ')) {
            text = rest.trim_end();
        }
    }
    phrases.iter().any(|phrase| {
        text.strip_suffix(phrase).is_some_and(|rest| rest.chars().next_back().is_none_or(|c| !c.is_alphanumeric()))
    })
}
