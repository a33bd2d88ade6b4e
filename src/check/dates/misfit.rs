//! Spans of time that the dates beside them contradict.

use std::ops::Range;

use super::Moment;
use super::duration::{Duration, Unit, durations};
use super::period::Period;
use crate::check::claim::derived::is_alike;
use crate::check::lang::{self, HEDGES, Lists, Tag};
use crate::check::prose::Passage;
use crate::check::tokens::{Kind, Say as _, Token};
use crate::check::words::{clip, clip_start, holds, tokens};

/// So many bytes beside a span of time say what it is of.
const NEAR: usize = 60;
/// So many dates before a span of time, and so many words between it and what says what it is.
const DATES: usize = 8;
const BETWEEN: usize = 5;
/// A year without a day too many.
const COMMON: i32 = 2023;

/// What a duration says of a period and what the period is.
#[derive(Debug, PartialEq)]
pub struct Misfit {
    pub range: Range<usize>,
    pub stated: Range<usize>,
    /// How long the period is, in the unit of what was said: at least and at most.
    pub least: f64,
    pub most: f64,
    /// The same in hours and minutes, where it was said in both.
    pub times: Option<String>,
    /// It rests on hours of the clock or on other spans, and on no dates.
    pub clock: bool,
}

/// The durations of a passage that their dates contradict.
#[must_use]
pub fn misfits(passage: &Passage, moments: &[Moment], periods: &[Period]) -> Vec<Misfit> {
    let lists = lang::lists(passage.language);
    if moments.len() < 2 {
        return Vec::new();
    }
    let misfit =
        |duration: Duration| match meaning(passage, &duration).or_else(|| taken_up(passage, moments, &duration)) {
            Some(said) => between(passage, moments, &duration, said),
            None => beside(passage, periods, &duration, lists),
        };
    let all = durations(passage).into_iter();
    all.filter(|duration| !is_average(passage, duration, lists)).filter_map(misfit).collect()
}

/// What words say that a span of time is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Said {
    /// It lies between two of the dates.
    Between,
    /// It leads from a date before it to the one behind it: "två år senare, 2019".
    Later,
    /// It leads back: "two years earlier, in 2015".
    Earlier,
    /// It leads to a limit: "inom tre månader, senast den 14 augusti".
    Limit,
    /// It leads from what was due to what was done: "tio dagar för sent".
    Late,
    Early,
    /// It leads from the date directly before it to the one behind: "on 3 May, six weeks before … on 14 June".
    Before,
    After,
    /// No more than it lies between what was told before and what is told now: "within 28 days of the visit".
    Kept,
    Held,
}

/// What the words beside a span of time say that it is.
fn meaning(passage: &Passage, duration: &Duration) -> Option<Said> {
    let sentence = passage.sentence(duration.range.start);
    let before = passage.tokens_in(&(sentence.start..duration.range.start));
    let behind = passage.tokens_in(&(duration.range.end..sentence.end.max(duration.range.end)));
    let says = |token: Option<&Token>, tag: Tag| token.is_some_and(|token| token.has(tag));
    let comma =
        |token: Option<&Token>| token.is_some_and(|token| token.kind == Kind::Sign(',') || token.has(Tag::Equals));
    let hedges = [Tag::HedgeAbout, Tag::HedgeAbove, Tag::HedgeBelow, Tag::HedgeMore];
    // "år tidigare" is one phrase, which begins within the span.
    let next = passage.tokens.get(passage.tokens.partition_point(|token| token.range.end <= duration.range.end));
    let next = next.filter(|token| token.range.end <= sentence.end);
    if duration.anniversary {
        return numbers_since_made(passage, before).map(|_| Said::Between);
    }
    if !duration.adjective {
        // "completed in 1931, was 72 years old when the dam failed in 2013"
        if says(next, Tag::Old) {
            let concludes = |token: &Token| token.has(Tag::Equals) && !token.has(Tag::Is);
            let is = before.iter().rev().find(|token| !token.tags.any(&hedges) && !concludes(token));
            return Some(Said::Between).filter(|_| says(is, Tag::Is) && numbers_since_made(passage, before) == Some(1));
        }
        let leads = [
            (Tag::Late, Said::Late),
            (Tag::Early, Said::Early),
            (Tag::Later, Said::Later),
            (Tag::Sooner, Said::Earlier),
        ];
        if let Some((_, said)) = leads.into_iter().find(|(tag, _)| says(next, *tag)) {
            return Some(said);
        }
        let since = next.is_some_and(|next| next.tags.any(&[Tag::Of, Tag::After, Tag::From]));
        let led = [Tag::Determiner, Tag::Target, Tag::Limit, Tag::Of];
        let lead = before.iter().rev().find(|token| !token.tags.any(&led) || token.has(Tag::Inside));
        if since && says(lead, Tag::Inside) && !before.say(&[Tag::Negation, Tag::Planned, Tag::Required]) {
            return Some(Said::Kept);
        }
        if says(before.last(), Tag::Inside) {
            let tokens = passage.tokens_in(&sentence);
            let held =
                tokens.say(&[Tag::Reached]) && tokens.iter().any(Token::concludes) && !tokens.say(&[Tag::Negation]);
            return Some(if held { Said::Held } else { Said::Limit });
        }
        let clause = [(Tag::Prior, Said::Before), (Tag::After, Said::After)];
        if let Some((_, said)) = clause.into_iter().find(|(tag, _)| comma(before.last()) && says(next, *tag)) {
            return Some(said);
        }
    }
    let words: Vec<&Token> = behind.iter().filter(|token| token.kind != Kind::Sign(',')).collect();
    let until = |two: &[&Token]| two[0].concludes() && two[1].tags.any(&[Tag::To, Tag::Until, Tag::Deadline]);
    if !duration.adjective && words.windows(2).any(until) {
        return Some(Said::Limit);
    }
    // What is planned may have become another; "har alltså kortats med sju dagar" tells how much longer or shorter something became.
    let changed = says(before.last(), Tag::By) && before.say(&[Tag::Grew, Tag::Shrank]);
    if changed || before.say(&[Tag::Planned, Tag::Negation]) {
        return None;
    }
    let small =
        |token: &Token| token.tags.any(&[Tag::Within, Tag::By, Tag::One, Tag::Stretch]) || token.tags.any(&hedges);
    let mut words = before.iter().rev().skip_while(|token| small(token) && !token.has(Tag::Pointing)).take(2);
    let word = words.next()?;
    if word.has(Tag::Pointing) {
        // "this six-year period", not "this six-year evaluation"
        let own = passage.tokens_in(&duration.range).first();
        let period = !duration.adjective || says(own, Tag::Stretch) || says(next, Tag::Stretch);
        return period.then_some(Said::Between);
    }
    if duration.adjective {
        return None;
    }
    let ends = |token: &Token| matches!(token.kind, Kind::Sign(',' | '.' | ';' | ')' | ':'));
    let ended = || behind.iter().take(BETWEEN + 1).any(|token| matches!(token.kind, Kind::Sign('.' | ';')));
    // "under de 17 år som anläggningen var i bruk"
    let which = word.has(Tag::Determiner) && says(next, Tag::Relative) && takes_up(passage, &sentence, behind);
    // "shut its doors in 2019, after 75 years in operation"
    let after = word.has(Tag::After) && comma(words.next()) && ended();
    // "alltså i två år.", not "alltså två år efter beslutet"
    let equals = before.iter().rev().take(BETWEEN - 1).any(Token::concludes);
    let concluded = (word.has(Tag::Equals) || equals) && next.is_none_or(|next| ends(next) || next.has(Tag::Joint));
    (word.has(Tag::Lasts) || which || after || concluded).then_some(Said::Between)
}

/// "Under de 24 månaderna", "Over its five years": begins a sentence without dates and takes up the two of the sentence before.
fn taken_up(passage: &Passage, moments: &[Moment], duration: &Duration) -> Option<Said> {
    let sentence = passage.sentence(duration.range.start);
    let before = passage.tokens_in(&(sentence.start..duration.range.start));
    let place = passage.sentences.partition_point(|known| known.end <= sentence.start);
    let previous = passage.sentences.get(place.checked_sub(1)?)?;
    let inside = |range: &Range<usize>| {
        moments.iter().filter(|moment| range.start <= moment.range.start && moment.range.end <= range.end).count()
    };
    let next = passage.tokens.get(passage.tokens.partition_point(|token| token.range.end <= duration.range.end));
    let other = next.is_some_and(|next| next.tags.any(&[Tag::Relative, Tag::Prior, Tag::After, Tag::Sooner]));
    // "Under de första tolv månaderna" is a part of it.
    let part = [Tag::Upper, Tag::Lower, Tag::During];
    let not_named = |token: &Token| token.has(Tag::Time) || token.tags.any(HEDGES) || token.tags.any(&part);
    let named = |token: &Token| token.stem().is_some() && !not_named(token);
    let own = match before {
        [during, the @ .., thing] if the.len() < 2 => {
            during.tags.any(&[Tag::During, Tag::Within])
                && named(thing)
                && the.iter().all(|the| the.has(Tag::Determiner))
        }
        [after] => after.has(Tag::After) && passage.tokens_in(&sentence).iter().any(Token::concludes),
        _ => return None,
    };
    (own && !other && !duration.adjective && inside(previous) == 2 && inside(&sentence) == 0).then_some(Said::Between)
}

/// How many numbers follow the word by which a sentence says when something was made, where a year follows it: "byggdes 1948".
fn numbers_since_made(passage: &Passage, before: &[Token]) -> Option<usize> {
    let from = before.iter().rposition(|token| token.has(Tag::Made))?;
    let year = before[from..].iter().take(BETWEEN).any(|token| token.number().is_some());
    let other =
        before[from..].iter().any(|token| matches!(token.kind, Kind::Sign(';' | '.')) || token.has(Tag::Pointing));
    let numbers = before[from..].iter().filter(|token| token.number().is_some_and(|at| at < passage.numbers.len()));
    (year && !other).then(|| numbers.count())
}

/// Whether what follows a span of time names what the sentences before it named.
fn takes_up(passage: &Passage, sentence: &Range<usize>, behind: &[Token]) -> bool {
    let earlier = passage.tokens_in(&(0..sentence.start));
    let named = |stem: &str| {
        earlier.iter().rev().take(4 * DATES).any(|token| token.stem().is_some_and(|other| other.contains(stem)))
    };
    behind.iter().skip(1).take(3).filter_map(Token::stem).any(|stem| stem.chars().count() > 4 && named(stem))
}

/// A span of time that no two of the dates before and behind it give, as it is said to be theirs.
fn between(passage: &Passage, moments: &[Moment], duration: &Duration, said: Said) -> Option<Misfit> {
    let sentence = passage.sentence(duration.range.start);
    let next = moments.partition_point(|moment| moment.range.end <= duration.range.start);
    let earlier = &moments[next.saturating_sub(DATES)..next];
    let place = passage.sentences.partition_point(|known| known.end <= sentence.start);
    let previous = place.checked_sub(1).and_then(|at| passage.sentences.get(at)).map_or(0, |known| known.start);
    let own = |moment: &Moment| moment.range.start >= sentence.start && moment.range.end <= sentence.end;
    let from = if duration.anniversary { sentence.start } else { previous };
    let near = |moment: &Moment| moment.range.start >= from;
    let equal = |moment: &Moment| {
        let gap = passage.tokens_in(&(duration.range.end..moment.range.start));
        said == Said::Limit && matches!(gap, [.., equals, _] | [.., equals, _, _] if equals.concludes())
    };
    let target = moments.get(next).filter(|moment| leads_to(passage, duration, moment) || equal(moment));
    let named = |moment: &Moment| {
        let gap = passage.tokens_in(&(duration.range.end..moment.range.start));
        gap.say(&[Tag::Deadline]) && !gap.say(&[Tag::From])
    };
    let target = target.filter(|moment| said != Said::Limit || named(moment));
    let behind: Vec<&Moment> = moments[next..].iter().take(DATES).filter(|moment| own(moment)).collect();
    let dates = || earlier.iter().chain(behind.iter().copied());
    // "after the refusal, and the appeal was dismissed in October": another date is told of another thing.
    let leads = |moment: &&&Moment| {
        let gap = passage.tokens_in(&(duration.range.end..moment.range.start));
        !gap.iter().any(|token| matches!(token.kind, Kind::Sign(_)) || token.has(Tag::Joint))
    };
    let direct = behind.first().filter(leads);
    // "den 2 maj 2023, tolv dagar efter beslutet", "on 2 March, a week later": from the one date of the sentence before.
    let since = || {
        let one = earlier.iter().filter(|moment| near(moment) && !own(moment)).collect::<Vec<_>>();
        let two = earlier.iter().filter(|moment| own(moment)).collect::<Vec<_>>();
        let ([one], [two]) = (one.as_slice(), two.as_slice()) else { return None };
        let gap = passage.tokens_in(&(two.range.end..duration.range.start));
        let small = |token: &Token| token.kind == Kind::Sign(',') || token.has(Tag::Equals);
        // "den 3 juni samma år, det vill säga sex veckor efter"
        let same = gap.iter().take_while(|token| token.stem().is_some() && !token.has(Tag::Equals)).count();
        let gap = if same <= 2 && gap.say(&[Tag::Year]) { &gap[same..] } else { gap };
        let directly = matches!(gap, [comma, rest @ ..] if comma.kind == Kind::Sign(',') && rest.iter().all(small));
        let directly = directly || said == Said::Kept && gap.len() <= BETWEEN + 1 && !gap.say(&[Tag::Negation]);
        let event = passage.tokens_in(&(duration.range.end..sentence.end));
        let told = passage.tokens_in(&(previous..sentence.start));
        let named = event.iter().skip(1).take(2).any(|word| {
            word.stem().is_some_and(|stem| stem.chars().count() > 4) && told.iter().any(|other| is_alike(word, other))
        });
        (directly && (named || said == Said::Later)).then_some((*one, *two))
    };
    // "was proposed in 2009 and completed in 2021, 15 years later": from the first of two to the second.
    let both = || {
        let two = earlier.iter().filter(|moment| own(moment)).collect::<Vec<_>>();
        let [one, two] = two.as_slice() else { return None };
        let joined = passage.tokens_in(&(one.range.end..two.range.start)).iter().any(|token| token.has(Tag::Joint));
        let gap = passage.tokens_in(&(two.range.end..duration.range.start));
        (joined && matches!(gap, [comma] if comma.kind == Kind::Sign(','))).then_some((*one, *two))
    };
    let pairs: Vec<(&Moment, &Moment)> = match said {
        Said::Later if target.is_none() => vec![since().or_else(both)?],
        Said::Kept => vec![since().or_else(both)?],
        Said::After if direct.is_none() => vec![since()?],
        Said::Before if direct.is_none() => since().map(|(event, own)| (own, event)).into_iter().collect(),
        Said::Later | Said::Limit => earlier.iter().map(|one| Some((one, target?))).collect::<Option<_>>()?,
        Said::Earlier => earlier.iter().map(|one| Some((target?, one))).collect::<Option<_>>()?,
        Said::Before | Said::After => {
            let (one, two) = (earlier.last().filter(|one| own(one))?, direct?);
            vec![if said == Said::Before { (one, two) } else { (two, one) }]
        }
        Said::Held if earlier.iter().filter(|moment| near(moment)).count() != 2 || !behind.is_empty() => return None,
        Said::Between | Said::Held | Said::Late | Said::Early => {
            dates().enumerate().flat_map(|(at, one)| dates().skip(at + 1).map(move |two| (one, two))).collect()
        }
    };
    let pairs: Vec<(&Moment, &Moment)> = match said {
        Said::Late => pairs.into_iter().filter_map(|pair| due(passage, pair)).collect(),
        Said::Early => pairs.into_iter().filter_map(|pair| due(passage, pair)).map(|(due, done)| (done, due)).collect(),
        _ => pairs,
    };
    let inclusive = said == Said::Between && !duration.anniversary;
    let length = |(one, two): &(&Moment, &Moment)| distance(one, two, duration.unit, inclusive, false);
    let tolerance = if said == Said::Between { duration.tolerance + 0.01 } else { duration.tolerance.max(1.0) };
    let stated = duration.value * duration.unit.days();
    let fits = |pair: &(&Moment, &Moment)| {
        length(pair).is_none_or(|(least, most)| {
            (least - tolerance..=most + tolerance).contains(&stated)
                || matches!(said, Said::Kept | Said::Held) && most < stated
        })
    };
    // The nearest two are told of; where they stand further off another thing is meant.
    let nearest = pairs.iter().rfind(|(one, two)| near(one) && near(two))?;
    if pairs.iter().any(fits) || (said == Said::Limit && duration.unit == Unit::Day) {
        return None;
    }
    let (least, most) = length(nearest)?;
    let days = duration.unit.days();
    let start = nearest.0.range.start.min(nearest.1.range.start).min(duration.range.start);
    let end = nearest.0.range.end.max(nearest.1.range.end).max(duration.range.end);
    Some(Misfit {
        range: start..end,
        stated: duration.range.clone(),
        least: least / days,
        most: most / days,
        times: None,
        clock: false,
    })
}

/// Whether only small words stand between a span of time and a date behind it: "två år senare, i oktober 2021".
fn leads_to(passage: &Passage, duration: &Duration, moment: &Moment) -> bool {
    let gap = passage.tokens_in(&(duration.range.end..moment.range.start));
    let open = |token: &Token| {
        token.number().is_some()
            || token.tags.any(&[Tag::Joint, Tag::Relative])
            || matches!(token.kind, Kind::Sign('.' | ';' | ':' | '(' | ')'))
    };
    gap.len() <= BETWEEN && !gap.iter().any(open)
}

/// Which of two days is that when something was due: the other is that when it was done.
pub(super) fn due<'m>(passage: &Passage, (one, two): (&'m Moment, &'m Moment)) -> Option<(&'m Moment, &'m Moment)> {
    let limit = |moment: &Moment| {
        let before = passage.tokens_in(&(passage.sentence(moment.range.start).start..moment.range.start));
        before.iter().rev().take(3).any(|token| token.has(Tag::Deadline))
    };
    match (limit(one), limit(two)) {
        _ if one.day.is_none() || two.day.is_none() => None,
        (true, false) => Some((one, two)),
        (false, true) => Some((two, one)),
        _ => None,
    }
}

/// A span of time that the only period beside it contradicts.
fn beside(passage: &Passage, periods: &[Period], duration: &Duration, lists: &Lists) -> Option<Misfit> {
    let sentence = passage.sentence(duration.range.start);
    let next = periods.partition_point(|period| period.range.end <= duration.range.start);
    let before = next
        .checked_sub(1)
        .and_then(|at| periods.get(at))
        .filter(|period| !period.told || period.range.start >= sentence.start);
    let own = |period: &&Period| {
        period.range.start < sentence.end
            && sentence.start < period.range.end
            && (duration.range.end <= period.range.start || period.range.end <= duration.range.start)
    };
    let near: Vec<&Period> = before.into_iter().chain(periods.get(next)).filter(own).collect();
    // Two periods in a sentence: whose length is meant only the reader knows.
    let [period] = near[..] else { return None };
    let (least, most) = distance(&period.first, &period.last, duration.unit, true, period.rough)?;
    let stated = duration.value * duration.unit.days();
    let over = stated > most + duration.tolerance + 0.01;
    let under = stated < least - duration.tolerance - 0.01;
    let bond = bond(passage, duration, period, lists);
    if most <= 0.0 || !(bond == Bond::Same && (over || under) || bond == Bond::Within && over) {
        return None;
    }
    let range = period.range.start.min(duration.range.start)..period.range.end.max(duration.range.end);
    let days = duration.unit.days();
    Some(Misfit {
        range,
        stated: duration.range.clone(),
        least: least / days,
        most: most / days,
        times: None,
        clock: false,
    })
}

#[derive(Debug, PartialEq, Eq)]
enum Bond {
    /// The duration is the period's.
    Same,
    /// It is, or it is that of something within the period.
    Within,
    None,
}

/// Whether a duration and a period speak of one thing.
fn bond(passage: &Passage, duration: &Duration, period: &Period, lists: &Lists) -> Bond {
    let lower = passage.lower.as_str();
    let first = duration.range.end <= period.range.start;
    let between = if first { duration.range.end..period.range.start } else { period.range.end..duration.range.start };
    let gap = &lower[between.clone()];
    if gap.len() > 90 || gap.contains([';', '.']) || gap.contains(|c: char| c.is_ascii_digit()) {
        return Bond::None;
    }
    let words: Vec<&str> = tokens(gap).into_iter().map(|range| &gap[range]).collect();
    let lasts = words.iter().any(|word| lists.lasts.contains(word));
    // "är tre månader, och från juni" begins another statement.
    // "rustades upp 1996–1998, efter 18 år" tells of what was before.
    let behind = passage.tokens_in(&(period.range.end.min(duration.range.start)..duration.range.start));
    let other = words.iter().any(|word| lists.and.contains(word)) && !lasts && !duration.adjective;
    if other || behind.say(&[Tag::After]) {
        return Bond::None;
    }
    let bracket = gap.trim_end().ends_with('(');
    if duration.adjective {
        let direct = words.iter().all(|word| lists.spans.contains(word)) && words.len() <= 1 && !gap.contains(',');
        let close = first && (bracket && words.len() <= 2 || lasts && words.len() <= 5 || direct);
        return if close { Bond::Same } else { Bond::None };
    }
    let behind = clip(&lower[duration.range.end..], NEAR);
    let follows = tokens(behind).into_iter().next().map_or("", |range| &behind[range]);
    if lists.after_time.contains(&follows) {
        return Bond::None;
    }
    let equal = holds(gap, &lists.equals) || words.iter().any(|word| lists.spans.contains(word));
    let hedges = passage.tokens_in(&between).iter().filter(|token| token.tags.any(HEDGES));
    let hedges: Vec<&str> = hedges.flat_map(|token| lower[token.range.clone()].split(' ')).collect();
    let small = |word: &&str| {
        lists.stops.contains(word)
            || lists.spans.contains(word)
            || lists.lasts.contains(word)
            || lists.equals.iter().any(|phrase| phrase.split(' ').any(|part| part == *word))
            || hedges.contains(word)
            || lists.from.contains(word)
            || lists.between.contains(word)
    };
    if !words.iter().all(small) {
        return Bond::None;
    }
    let comma = gap.contains([',', ':', '–']);
    let opened = lists.from.iter().any(|word| lower[period.range.clone()].starts_with(word));
    let ends = |at: usize| lower[at..].trim_start().starts_with(['.', ')', ',', ';']) || lower[at..].trim().is_empty();
    let contained = first && words.iter().any(|word| lists.spans.contains(word) && !lists.equals.contains(word));
    if first {
        let close = bracket || comma || opened;
        return match (close, contained) {
            (true, false) => Bond::Same,
            _ => Bond::Within,
        };
    }
    // "from 3 to 16 May, 14 days in all", "löper från 2021 till 2025 och omfattar fem år."
    let next =
        passage.tokens_in(&(duration.range.end..passage.sentence(period.range.start).end.max(duration.range.end)));
    let in_all = next.first().is_some_and(|token| token.has(Tag::Total));
    let but = passage
        .tokens_in(&between)
        .iter()
        .any(|token| token.has(Tag::Joint) && !lists.and.has(lower.get(token.range.clone()).unwrap_or("")));
    let equal = equal || (lasts && !but || in_all && comma) && (in_all || ends(duration.range.end));
    match (equal || bracket && lower[duration.range.end..].starts_with(')'), comma && ends(duration.range.end)) {
        (true, _) => Bond::Same,
        (_, true) => Bond::Within,
        _ => Bond::None,
    }
}

/// The days from one date to another: at least and at most. Readers count the last day, month or year or leave it out; `inclusive` says that they may.
pub(super) fn distance(first: &Moment, last: &Moment, unit: Unit, inclusive: bool, rough: bool) -> Option<(f64, f64)> {
    let key = |moment: &Moment| (moment.month, moment.day);
    let from = first.year.or(last.year.map(|year| year - i32::from(key(first) > key(last)))).unwrap_or(COMMON);
    let to = last.year.unwrap_or(from + i32::from(key(first) > key(last)));
    let ((start, end), (begin, close)) = (first.days(from)?, last.days(to)?);
    if first.precision() != last.precision() {
        return Some((begin - end, close - start));
    }
    let (known, width) = match (first.month, first.day) {
        (_, Some(_)) => (Unit::Day, 1.0),
        (Some(_), None) => (Unit::Month, Unit::Month.days()),
        (None, None) => (Unit::Year, Unit::Year.days()),
    };
    let between = begin - start;
    let least = if rough || unit < known { width } else { 0.0 };
    let most = if inclusive || unit < known { width } else { 0.0 };
    Some((between - least, between + most))
}

/// Whether a span of time is one among many: "i snitt tre veckor", "two days a month".
fn is_average(passage: &Passage, duration: &Duration, lists: &Lists) -> bool {
    let (lower, range) = (passage.lower.as_str(), &duration.range);
    let sentence = passage.sentence(range.start);
    let before = clip_start(lower.get(sentence.start..range.start).unwrap_or(""), NEAR);
    let before = before.rsplit([',', '(', ';', ':']).next().unwrap_or(before);
    let after = lower.get(range.end..sentence.end.max(range.end)).unwrap_or("");
    let after = after.split([',', ')', ';', ':']).next().unwrap_or(after);
    // "var" is "every" and "was".
    let averages = lists.averages.iter().filter(|word| !lists.stops.contains(word));
    averages.into_iter().any(|word| holds(before, &[word]) || holds(clip(after, 30), &[word]))
}
