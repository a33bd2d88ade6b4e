//! Words that stand for a share ("knappt hälften", "de flesta", "two in three") and the share they stand with.

use std::collections::BTreeMap;
use std::ops::Range;

use super::hedges::{Hedge, hedge, of_fraction};
use super::lang;
use super::number::{Form, Number};
use super::prose::Passage;
use super::relation::Relations;
use super::words::{clip, count, find_phrase, holds};
use crate::locale::Language;
use crate::value::Exact;

/// Words for a share and what was counted.
#[derive(Debug, Clone)]
pub struct Approximation {
    /// The words, with what hedges them.
    pub range: Range<usize>,
    pub bounds: Bounds,
    /// The share in percent, where one stands with the words, and where it stands.
    pub share: Option<(Exact, Range<usize>)>,
    /// Positions of the numbers in the words.
    pub numbers: Vec<usize>,
}

/// Which percentages the words may stand for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bounds {
    low: Option<Edge>,
    high: Option<Edge>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Edge {
    value: Exact,
    /// The value itself is within.
    closed: bool,
}

impl Bounds {
    fn new(low: Option<(Exact, bool)>, high: Option<(Exact, bool)>) -> Self {
        let edge = |(value, closed)| Edge { value, closed };
        Self { low: low.map(edge), high: high.map(edge) }
    }

    #[must_use]
    pub fn hold(&self, share: Exact) -> bool {
        let above = self.low.is_none_or(|edge| share > edge.value || (edge.closed && share == edge.value));
        let below = self.high.is_none_or(|edge| share < edge.value || (edge.closed && share == edge.value));
        above && below
    }

    /// "from 45 to less than 50 percent"
    #[must_use]
    pub fn describe(&self) -> String {
        let low = self
            .low
            .map(|edge| format!("{} {}", if edge.closed { "at least" } else { "more than" }, short(edge.value)));
        let high = self
            .high
            .map(|edge| format!("{} {}", if edge.closed { "at most" } else { "less than" }, short(edge.value)));
        let parts: Vec<String> = low.into_iter().chain(high).collect();
        format!("{} percent", parts.join(" and "))
    }
}

/// A percentage with at most one decimal, for messages.
#[must_use]
pub fn short(value: Exact) -> String {
    let text = value.to_decimal(1, crate::value::Rounding::default());
    text.strip_suffix(".0").map_or(text.clone(), str::to_owned)
}

/// From which percentage words of amount hold, and to which.
#[derive(Debug, Clone, Copy)]
enum Amount {
    All,
    /// At least nine tenths.
    NearlyAll,
    /// More than half.
    Most,
    /// Less than half.
    Few,
    None,
}

impl Amount {
    fn bounds(self) -> Bounds {
        let at = |percent: i64, closed| Some((Exact::from(percent), closed));
        match self {
            Self::All => Bounds::new(at(100, true), None),
            Self::NearlyAll => Bounds::new(at(90, true), None),
            Self::Most => Bounds::new(at(50, false), None),
            Self::Few => Bounds::new(None, at(50, false)),
            Self::None => Bounds::new(None, at(0, true)),
        }
    }
}

/// Words of amount. "alla" and "ingen" are held to only where the share stands in parentheses directly behind what they count.
const WORDS: &[(&str, Language, Amount)] = &[
    ("nästan alla", Language::Swedish, Amount::NearlyAll),
    ("nästan samtliga", Language::Swedish, Amount::NearlyAll),
    ("så gott som alla", Language::Swedish, Amount::NearlyAll),
    ("så gott som samtliga", Language::Swedish, Amount::NearlyAll),
    ("de allra flesta", Language::Swedish, Amount::Most),
    ("de flesta", Language::Swedish, Amount::Most),
    ("flertalet", Language::Swedish, Amount::Most),
    ("merparten", Language::Swedish, Amount::Most),
    ("majoriteten", Language::Swedish, Amount::Most),
    ("majoritet", Language::Swedish, Amount::Most),
    ("större delen", Language::Swedish, Amount::Most),
    ("huvuddelen", Language::Swedish, Amount::Most),
    ("minoriteten", Language::Swedish, Amount::Few),
    ("minoritet", Language::Swedish, Amount::Few),
    ("mindre delen", Language::Swedish, Amount::Few),
    ("alla", Language::Swedish, Amount::All),
    ("samtliga", Language::Swedish, Amount::All),
    ("ingen", Language::Swedish, Amount::None),
    ("inget", Language::Swedish, Amount::None),
    ("inga", Language::Swedish, Amount::None),
    ("nearly all", Language::English, Amount::NearlyAll),
    ("almost all", Language::English, Amount::NearlyAll),
    ("virtually all", Language::English, Amount::NearlyAll),
    ("majority", Language::English, Amount::Most),
    ("most", Language::English, Amount::Most),
    ("minority", Language::English, Amount::Few),
    ("all", Language::English, Amount::All),
    ("none", Language::English, Amount::None),
    ("no", Language::English, Amount::None),
];

/// The bounds of a percentage that is hedged.
#[must_use]
pub fn hedged(value: Exact, hedge: Hedge) -> Bounds {
    within(value, hedge, Exact::from(5_i64))
}

fn within(value: Exact, hedge: Hedge, width: Exact) -> Bounds {
    let less = value.checked_sub(width).unwrap_or(value);
    let more = value.checked_add(width).unwrap_or(value);
    match hedge {
        Hedge::Below => Bounds::new(Some((less, true)), Some((value, false))),
        Hedge::Above => Bounds::new(Some((value, false)), Some((more, true))),
        Hedge::MoreThan => Bounds::new(Some((value, false)), None),
        Hedge::LessThan => Bounds::new(None, Some((value, false))),
        Hedge::AtLeast => Bounds::new(Some((value, true)), None),
        Hedge::AtMost => Bounds::new(None, Some((value, true))),
        Hedge::About => Bounds::new(Some((less, true)), Some((more, true))),
    }
}

/// The bounds of a hedged fraction: as those of a percentage, and no wider than a quarter of the fraction itself. "Runt en tiondel" is 7.5 to 12.5
/// percent.
#[must_use]
pub fn hedged_fraction(value: Exact, hedge: Hedge) -> Bounds {
    let five = Exact::from(5_i64);
    let width = value.checked_div(Exact::from(4_i64)).filter(|quarter| *quarter < five).unwrap_or(five);
    within(value, hedge, width)
}

/// So many numbers, and so many bytes, on either side of words for a share are looked at for the share itself.
const NEAR: usize = 24;
const NEAR_BYTES: usize = 600;

fn around(value: Exact, tenths: i64) -> Bounds {
    let width = Exact::ratio(Exact::from(tenths), Exact::from(10_i64)).unwrap_or(Exact::ZERO);
    let low = value.checked_sub(width).unwrap_or(value);
    let high = value.checked_add(width).unwrap_or(value);
    Bounds::new(Some((low, true)), Some((high, true)))
}

/// All words for a share in a passage.
#[must_use]
pub fn find(passage: &Passage, relations: &Relations) -> Vec<Approximation> {
    let lower = passage.lower.as_str();
    let mut out = Vec::new();
    for (at, number) in passage.numbers.iter().enumerate() {
        if number.is_fraction() {
            let text = &lower[number.range.clone()];
            let (range, bounds) = match of_fraction(lower, &number.range) {
                Some((hedge, start)) => (start..number.range.end, hedged_fraction(number.value, hedge)),
                None if text.starts_with("var") => (number.range.clone(), around(number.value, 30)),
                None if number.value == Exact::from(50_i64) => (number.range.clone(), around(number.value, 5)),
                None => (number.range.clone(), around(number.value, 15)),
            };
            out.push(Approximation { range, bounds, share: None, numbers: vec![at] });
        }
    }
    for relation in relations.iter().filter(|relation| relation.direct) {
        if let Some(part) = relation.part
            && idiom(passage, &passage.numbers[part], &passage.numbers[relation.base]).is_some()
            && let Some(share) = relation.share(passage)
        {
            let range = passage.numbers[part].range.start..passage.numbers[relation.base].range.end;
            let (range, bounds) = match hedge(lower, range.start) {
                Some((hedge, start)) => (start..range.end, hedged(share, hedge)),
                None => (range, around(share, 30)),
            };
            out.push(Approximation { range, bounds, share: None, numbers: vec![part, relation.base] });
        }
    }
    // Where those stand that were found so far: none is longer than a few words, so the last that begins before a place holds it or none does.
    let mut taken: BTreeMap<usize, usize> = out.iter().map(|known| (known.range.start, known.range.end)).collect();
    for (phrase, _, amount) in WORDS.iter().filter(|(_, language, _)| *language == passage.language) {
        let mut from = 0;
        while let Some(start) = find_phrase(lower, phrase, from) {
            from = start + phrase.len();
            let inside = taken.range(..=start).rev().take(3).any(|(_, end)| start < *end);
            let close = matches!(amount, Amount::All | Amount::None);
            // "inte längre en majoritet"
            let before: Vec<&str> = lower[..start].split_whitespace().rev().take(3).collect();
            if before.iter().any(|word| matches!(*word, "inte" | "ingen" | "ej" | "not" | "no" | "never" | "knappast"))
            {
                continue;
            }
            if inside || (*phrase == "most" && !is_most(lower, start)) || (close && !is_counted(passage, start, from)) {
                continue;
            }
            taken.insert(start, from);
            out.push(Approximation { range: start..from, bounds: amount.bounds(), share: None, numbers: Vec::new() });
        }
    }
    out.sort_by_key(|found| found.range.start);
    let ranges: Vec<Range<usize>> = out.iter().map(|found| found.range.clone()).collect();
    for found in &mut out {
        found.share = share(passage, relations, lower, found, &ranges);
    }
    out
}

/// Whether "alla", "inga" and their like are said of one noun whose share follows in parentheses: "samtliga enheter (38 av 40)".
fn is_counted(passage: &Passage, start: usize, end: usize) -> bool {
    let lower = passage.lower.as_str();
    let rest = clip(lower.get(end..passage.sentence(start).end).unwrap_or(""), 200);
    let Some(open) = rest.find('(') else { return false };
    let noun = &rest[..open];
    let previous = lower[..start].split_whitespace().next_back().unwrap_or("");
    // "inte alla", "not all", "in all": another thing is said.
    let other =
        matches!(previous, "inte" | "ej" | "långt" | "not" | "in" | "at" | "of" | "nästan" | "almost" | "nearly");
    let direct = rest[open + 1..].starts_with(|c: char| c.is_ascii_digit());
    direct
        && !other
        && (1..=3).contains(&count(noun))
        && !noun.contains([',', '.', ';', ':'])
        && !holds(noun, &["och", "and", "längre", "longer"])
}

/// Whether a part and its whole serve as words for a share, "två av tre", "one in 10", and whether they can be nothing else: so few in so round
/// a number are seldom counted.
#[must_use]
pub fn idiom(passage: &Passage, part: &Number, base: &Number) -> Option<bool> {
    let count = base.count().filter(|base| *base <= 10)?;
    let words = part.form == Form::Words && (base.form == Form::Words || count == 10) && !part.bound;
    let between = passage.lower.get(part.range.end..base.range.start).unwrap_or("").trim();
    let of = lang::lists(passage.language).of.has(between);
    let within = matches!(between, "in" | "out of" | "på" | "i");
    (words && (of || within)).then_some(within || matches!(count, 3 | 4 | 5 | 10))
}

/// "most schools", not "the most important", "at most", "most recent".
fn is_most(lower: &str, start: usize) -> bool {
    let before = lower[..start].trim_end();
    let next = lower[start + "most".len()..].trim_start().split(|c: char| !c.is_alphabetic()).next().unwrap_or("");
    let superlative = lang::lists(Language::English).superlatives.has(next);
    !superlative
        && !["the", "at", "a", "its", "their", "is"]
            .iter()
            .any(|word| before.ends_with(word) && !before.ends_with("(the"))
}

/// The share that stands with the words: behind them in parentheses or between commas, or before them.
fn share(
    passage: &Passage,
    relations: &Relations,
    lower: &str,
    found: &Approximation,
    others: &[Range<usize>],
) -> Option<(Exact, Range<usize>)> {
    let sentence = passage.sentence(found.range.start);
    let lists = lang::lists(passage.language);
    let within = |range: &Range<usize>| sentence.start <= range.start && range.end <= sentence.end;
    let counted = |at: &usize| {
        let number = &passage.numbers[*at];
        number.allowed.is_none() && within(&number.range) && !number.is_fraction() && !found.numbers.contains(at)
    };
    let all = passage.numbers_in(&sentence);
    let after = passage.numbers.partition_point(|number| number.range.start < found.range.end);
    let next = (after..all.end).take(NEAR).find(counted).map(|at| (at, &passage.numbers[at]));
    let next = next.filter(|(_, number)| number.range.start - found.range.end <= NEAR_BYTES);
    if let Some((at, number)) = next {
        let between = &lower[found.range.end..number.range.start];
        let joined = between.trim_end().ends_with(['(', ',', ':', '–', '='])
            || between.trim_end().ends_with("det vill säga")
            || between.trim_end().ends_with("that is");
        let first = others.partition_point(|other| other.start < found.range.end);
        let mut beyond = others[first..].iter().take(NEAR).take_while(|other| other.start < number.range.start);
        let foreign = beyond.any(|other| *other != found.range && other.end <= number.range.start);
        let breaks = holds(between, &lists.breaks) || holds(between, &["och", "and"]);
        // "En tredjedel svarade ja, 52 procent nej": the percentage is another answer's.
        let after = lower[number.range.end..].trim_start();
        let goes_on = between.trim_end().ends_with(',')
            && number.is_percent()
            && after.starts_with(char::is_alphabetic)
            && !lists.of.has(after.split_whitespace().next().unwrap_or(""));
        if joined && count(between) <= 8 && !foreign && !breaks && !goes_on {
            let value = of_number(passage, relations, found, at);
            if value.is_some() {
                return value;
            }
        }
    }
    let before = passage.numbers.partition_point(|number| number.range.end <= found.range.start);
    let at = (all.start..before).rev().take(NEAR).find(counted)?;
    let number = passage.numbers.get(at).filter(|number| found.range.start - number.range.end <= NEAR_BYTES)?;
    let between = lower[number.range.end..found.range.start].trim();
    // "I 9 av 40 ärenden, en knapp femtedel, finns …": what is counted stands before the comma.
    let apposed = lower[found.range.end..sentence.end.max(found.range.end)].trim_start().starts_with([',', '.', ')']);
    let of_share = relations.with_number(at).any(|relation| relation.direct && relation.base == at);
    let plain = |noun: &str| count(noun) <= 3 && !holds(noun, &lists.breaks) && !holds(noun, &["och", "and"]);
    let between = match between.find(',') {
        Some(comma) if apposed && of_share && plain(&between[..comma]) => &between[comma..],
        _ => between,
    };
    let opened = between.starts_with([',', '–', '(']) || (between.starts_with(')') && between.contains(','));
    let filler = between.trim_start_matches([',', ')', '–', '(', ' ']);
    let equal = filler.is_empty() || lists.equals.iter().any(|phrase| filler.trim_end_matches(',') == *phrase);
    if opened && equal { of_number(passage, relations, found, at) } else { None }
}

fn of_number(
    passage: &Passage,
    relations: &Relations,
    words: &Approximation,
    at: usize,
) -> Option<(Exact, Range<usize>)> {
    let relation = relations.with_number(at).find(|relation| {
        relation.percent == Some(at) || (relation.direct && (relation.part == Some(at) || relation.base == at))
    });
    // "Fyra av fem skolor (69 procent)": the percentage is held against the words.
    if let Some(relation) = relation.filter(|relation| !words.numbers.contains(&relation.base))
        && let Some(share) = relation.share(passage)
    {
        return Some((share, relation.range(passage)));
    }
    let number = passage.numbers.get(at)?;
    number.is_percent().then(|| (number.value, number.range.clone()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hedges_have_bounds() {
        let lower = "mer än knappt hälften, just over half";
        let at = lower.find("hälften").unwrap();
        assert_eq!(hedge(lower, at).map(|(hedge, _)| hedge), Some(Hedge::Below));
        assert_eq!(hedge(lower, lower.find("half").unwrap()).map(|(hedge, _)| hedge), Some(Hedge::Above));
        let half = Exact::from(50_i64);
        let number = |n: i64| Exact::from(n);
        assert!(hedged(half, Hedge::Below).hold(number(45)) && !hedged(half, Hedge::Below).hold(half));
        assert!(hedged(half, Hedge::Above).hold(number(55)) && !hedged(half, Hedge::Above).hold(number(56)));
        assert!(hedged(half, Hedge::MoreThan).hold(number(99)) && !hedged(half, Hedge::LessThan).hold(half));
        assert_eq!(hedged(half, Hedge::Below).describe(), "at least 45 and less than 50 percent");
    }
}
