//! Words of direction, comparison and rank, and the numbers beside them: "sjönk från 17 till 14", "fler kvinnor (44) än män (38)", "flest i Ekvik (47),
//! följt av Sundby (41)", "the target of 75% was met: 85%".
//!
//! Most of these say that one number is above or below another: patterns name them `one` and `other`, and `dir` the word that says which. Bound numbers are held
//! to the words as typed ones are, for the words are the author's.

use std::ops::Range;
use std::sync::LazyLock;

use super::level::{Direction, Level};
use super::{Fault, matches, told};
use crate::check::Context;
use crate::check::hedges::{Hedge, hedge};
use crate::check::lang::Tag;
use crate::check::number::{Form, Number, Unit};
use crate::check::pattern::{Found, Pattern};
use crate::check::prose::{Passage, Place};
use crate::check::tokens::{Class, Token, class};
use crate::value::{Exact, Rounding};

type Patterns = LazyLock<Vec<Pattern>>;

/// One number went to another, or is more or less than it.
static ORDERED: Patterns = LazyLock::new(|| {
    [
        // "sjönk från 17 till 14 procent", "ökade, från 40 till 55"
        "dir=<grew|shrank|better|worse> noun{0,9} \",\"? <from> noun{0,4} other=value noun{0,5} \",\"? <to> noun{0,4} one=value",
        // "ökade till 55 från 40", "rose to 84% compared with 79%"
        "dir=<grew|shrank|better|worse> noun{0,9} <to> noun{0,4} one=value noun{0,6} \",(\"? noun{0,2} <from|compared> noun{0,6} other=value",
        // "rose to 84% (2021: 79%)", "sjönk till 14 procent (föregående år 17)"
        "dir=<grew|shrank|better|worse> noun{0,9} <to> noun{0,4} one=value noun{0,4} \"(\" [ year | noun{0,2} <earlier> ] noun{0,1} \":\"? other=value",
        // "59 people, down slightly from 61", "3,97, vilket är en förbättring från 3,84"
        "one=value noun{0,8} [ \",(–-\" <equals>? | <equals> ] noun{0,4} dir=<grew|shrank|better|worse> noun{0,2} <from> noun{0,6} other=value",
        // "226 people, significantly more than in the previous six months (422)"
        concat!("one=value noun{0,6} [ \",(–-\" <equals>? | <equals> ] noun{0,3} ", than!("noun{0,2}"), " noun{0,8} \"(\"? other=value"),
        concat!(
            "one=value noun{0,6} [ \",(–-\" <equals>? | <equals> ] noun{0,3} ",
            than!("noun{0,2}"),
            " noun{0,4} value <time> noun{0,2} \"(\" other=value"
        ),
        // "fler kvinnor (44) än män (38)", "högre bland kvinnor, 44 procent, än bland män, 38 procent"
        "dir=<more|fewer|better|worse> noun{0,6} \",(\" noun{0,1} one=value noun{0,3} \",)\" noun{0,4} <than> noun{0,7} \",(\" noun{0,2} other=value",
        // "fler kvinnor än män, 44 mot 38", "kortare än i fjol: 34 dagar mot 41"
        concat!(
            than!("noun{0,5}"),
            " noun{0,6} \",:–(\" noun{0,2} one=value noun{0,4} [ <compared> | <joint> | <respectively> ] noun{0,4} other=value"
        ),
        // "Women (58%) were more likely than men (46%) to …"
        concat!("\"(\" one=value noun{0,2} \")\" noun{0,6} ", than!("noun{0,3}"), " noun{0,7} \"(\" other=value noun{0,2} \")\""),
    ]
    .map(Pattern::new)
    .into()
});

/// One comes before another in a rank.
static RANKED: Patterns = LazyLock::new(|| {
    [
        // "flest i Ekvik (47), följt av Sundby (41)", "The South East had most, with 42 homes, followed by the East Midlands with 37"
        "dir=<most|least> [ noun{1,9} \",(:\"? | \",(:\" ] noun{0,3} one=value noun{0,5} \",)\"{0,2} <joint>? <followed> noun{0,7} \",(\"? noun{0,3} other=value",
        "dir=<most|least> [ noun{1,9} \",(:\"? | \",(:\" ] noun{0,3} value noun{0,5} \",)\"{0,2} <joint>? <followed> noun{0,7} \",(\"? noun{0,3} one=value \
         noun{0,5} \",)\"{0,2} [ <joint> <followed>? | <followed> ]? noun{0,6} \",(\"? noun{0,3} other=value",
        // "highest in the most deprived areas (34%) and lowest in the least deprived (20%)"
        "dir=<most> [ noun{1,9} \",(:\"? | \",(:\" ] noun{0,3} one=value noun{0,5} \",)\"{0,2} <joint>? noun{0,5} <least> noun{1,8} \",(\"? noun{0,3} other=value",
        "dir=<least> [ noun{1,9} \",(:\"? | \",(:\" ] noun{0,3} one=value noun{0,5} \",)\"{0,2} <joint>? noun{0,5} <most> noun{1,8} \",(\"? noun{0,3} other=value",
    ]
    .map(Pattern::new)
    .into()
});

/// One is as much as another.
static EQUAL: Patterns = LazyLock::new(|| {
    [
        // "76, vilket är samma värde som uppmättes år 2020, då det var 76", "18 kurser, lika många som i maj (18)"
        "one=value noun{0,5} [ \",(–-\" <equals>? | <equals> ] noun{0,3} dir=<as-many|same> noun{0,9} [ \",(\" noun{0,4} ]? other=value",
        // "As many boys (24) as girls (24)"
        "dir=<as-many|same> noun{0,6} \"(\" one=value noun{0,2} \")\" noun{0,6} \"(\" other=value noun{0,2} \")\"",
        // "broadly unchanged at 503, against 498", "oförändrat, 38 mot 38 året innan"
        "dir=<unchanged|same> noun{0,4} \",:(–\"? noun{0,5} one=value noun{0,5} \",(\"? noun{0,3} <compared> noun{0,5} other=value",
        "dir=<unchanged|same> noun{0,4} \",:(–\"? noun{0,3} <from> noun{0,2} one=value noun{0,3} <to> noun{0,2} other=value",
    ]
    .map(Pattern::new)
    .into()
});

/// One is so many times as much as another.
static MULTIPLE: Patterns = LazyLock::new(|| {
    [
        // "dubbelt så vanligt bland inhyrda (18 procent) som bland anställda (9 procent)"
        "times=factor noun{0,8} \"(\" one=value noun{0,2} \")\" noun{0,6} \"(\" other=value noun{0,2} \")\"",
        // "I Ekvik avslogs 42 och i Sundby 21, alltså dubbelt så många i Ekvik"
        "one=value noun{0,5} \",\"? [ <joint> | <compared> ] noun{0,6} other=value noun{0,4} \",\" <equals>? noun{0,2} times=factor",
        // "24 procent, dubbelt så många som bland villaägarna (12 procent)"
        "one=value noun{0,8} \",\" <equals>? noun{0,2} times=factor noun{0,9} \"(\" other=value noun{0,2} \")\"",
    ]
    .map(Pattern::new)
    .into()
});

/// The lowest or highest of a series.
static EXTREME: Patterns =
    LazyLock::new(|| ["one=value noun{0,4} \",\"? <equals>? <is> noun{0,3} dir=<most|least>"].map(Pattern::new).into());

/// A series that goes one way.
static TREND: Patterns = LazyLock::new(|| {
    ["dir=<grew|shrank> [ noun{0,8} | noun{0,4} value noun{0,3} ] <running> noun{0,6} \",:(–\" noun{0,4} first=value"]
        .map(Pattern::new)
        .into()
});

/// A target and what came of it.
static OUTCOME: Patterns = LazyLock::new(|| {
    [
        "<target> noun{0,9} target=value noun{0,9} <reached|exceeded|missed> noun{0,3} \":,–;\" noun{0,5} outcome=value",
        "<target> noun{0,6} target=value noun{0,5} \",;\"? <joint>? noun{0,5} outcome=value",
        "outcome=value noun{0,9} \",(\"? noun{0,3} <compared> noun{0,3} <target> noun{0,3} target=value",
    ]
    .map(Pattern::new)
    .into()
});

/// "the target was met", "målet nåddes inte"
static VERDICT: Patterns = LazyLock::new(|| {
    ["<target> [ noun{0,2} | noun{0,9} value noun{0,9} ] verdict=<reached|exceeded|missed>"].map(Pattern::new).into()
});

/// "Samtliga blev klara inom de fyra månader som lagen kräver."
static LIMIT: Patterns =
    LazyLock::new(|| ["<all> noun{0,8} <within> noun{0,3} limit=value unit=<time>"].map(Pattern::new).into());

/// "Den längsta tog sju månader."
static LONGEST: Patterns =
    LazyLock::new(|| ["^ noun{0,3} <most> noun{0,6} longest=value unit=<time>"].map(Pattern::new).into());

/// "Flickorna ligger alltså efter pojkarna.", "Women exercise more than men."
static GROUPS: Patterns = LazyLock::new(|| {
    [
        concat!("^ <determiner>? one=noun word{1,4} ", than!("noun{0,2}"), " <determiner>? other=noun noun{0,3} $"),
        "^ <determiner>? one=noun word{1,4} dir=<behind|ahead> <determiner>? other=noun noun{0,3} $",
    ]
    .map(Pattern::new)
    .into()
});

/// All faults of the report.
pub fn faults(context: &Context<'_>) -> Vec<Fault> {
    let mut out = Vec::new();
    for (at, passage) in context.passages() {
        if matches!(passage.place, Place::Label | Place::Source | Place::Attribution) || passage.numbers.is_empty() {
            continue;
        }
        let mut add = |fault: Option<Wrong>| {
            out.extend(fault.map(|(range, message)| Fault { passage: at, range, message, help: HELP, also: None }));
        };
        matches(&ORDERED, passage).for_each(|(_, found)| add(ordered(&found)));
        matches(&RANKED, passage).for_each(|(_, found)| add(ranked(&found)));
        matches(&EQUAL, passage).for_each(|(_, found)| add(equal(&found)));
        matches(&MULTIPLE, passage).for_each(|(_, found)| add(multiple(&found)));
        matches(&EXTREME, passage).for_each(|(sentence, found)| add(extreme(&found, sentence)));
        matches(&TREND, passage).for_each(|(sentence, found)| add(trend(&found, sentence)));
        matches(&OUTCOME, passage).for_each(|(sentence, found)| add(outcome(&found, sentence)));
        for pair in passage.sentences.windows(2) {
            let [first, second] = pair else { continue };
            add(limit(passage, first, second));
            add(between(passage, first, second));
            add(runner_up(passage, first, second));
            add(groups(passage, first, second));
        }
    }
    out
}

const HELP: &str = "correct the word or the number that is wrong";

/// The range of a statement and what is wrong with it.
type Wrong = (Range<usize>, String);

/// The two levels of a statement, where they can be compared.
fn levels(passage: &Passage, one: &Number, other: &Number) -> Option<(Level, Level)> {
    let whole = |number: &Number| {
        !matches!(number.form, Form::Fraction | Form::Factor | Form::Round) && number.unit != Unit::Points
    };
    if !whole(one) || !whole(other) {
        return None;
    }
    Level::pair((passage, one), (passage, other))
}

fn ordered(found: &Found<'_>) -> Option<Wrong> {
    let passage = found.passage;
    let (one, other, said) = (found.number("one")?, found.number("other")?, Direction::said(found)?);
    let dir = found.named("dir")?;
    let tokens = found.tokens;
    // "12 fler kvinnor (38) än män (26)": the word belongs to the number before it.
    let counted = dir.start.checked_sub(1).and_then(|at| tokens.get(at)).is_some_and(|token| token.number().is_some());
    // "med från 5 till 10 procent" is a range.
    let ends = [found.named("one")?, found.named("other")?];
    let first = ends.iter().map(|end| end.start).min()?;
    let between = tokens.get(dir.end..first.max(dir.end))?;
    let range = between.windows(2).any(|two| two[0].has(Tag::By) && two[1].has(Tag::From));
    // A word of the other direction is nearer: "minskningen följdes av en ökning från 40 till 55".
    let nearer = between.iter().filter_map(|token| Direction::of(token, tokens)).any(|other| other != said);
    // "för åldrarna från 20 till 64 år" counts no years.
    let last = ends.iter().map(|end| end.end).max()?;
    let ages = tokens.get(last).is_some_and(|token| token.has(Tag::Years));
    // "…, upp från 40 till 55": the pair stands on its own.
    let goes_on = tokens.get(last).is_some_and(|token| token.has(Tag::To) && !token.has(Tag::By))
        && tokens.get(last + 1).is_some_and(|token| token.number().is_some());
    // "more than in the previous six months"
    let timed = |end: &Range<usize>| tokens.get(end.end).is_some_and(|token| token.has(Tag::Time));
    let of_time = timed(&ends[1]) && !timed(&ends[0]);
    if of_time || counted || range || nearer || ages || goes_on {
        return None;
    }
    let (to, from) = levels(passage, one, other)?;
    let goes = from.towards(to).filter(|goes| *goes != said)?;
    let word = if goes == Direction::Up { "more" } else { "less" };
    Some((found.bytes(), format!("{} is {word} than {}: the words say the opposite", told(one), told(other))))
}

fn ranked(found: &Found<'_>) -> Option<Wrong> {
    let (one, other, said) = (found.number("one")?, found.number("other")?, Direction::said(found)?);
    let (first, second) = levels(found.passage, one, other)?;
    second.towards(first).filter(|goes| *goes != said)?;
    let word = if said == Direction::Up { "higher" } else { "lower" };
    Some((found.bytes(), format!("{} is {word} than {}, and is told to come after it", told(other), told(one))))
}

fn equal(found: &Found<'_>) -> Option<Wrong> {
    let (one, other) = (found.number("one")?, found.number("other")?);
    let at = found.named("dir")?.start;
    let near = found.tokens.get(at.saturating_sub(3)..=at)?;
    if near.iter().any(|token| token.has(Tag::Negation)) {
        return None;
    }
    let (first, second) = levels(found.passage, one, other)?;
    let apart = first.value.checked_sub(second.value)?.magnitude();
    let broadly =
        near.iter().any(|token| token.has(Tag::Broadly) || token.has(Tag::HedgeAbout) || token.has(Tag::HedgeBelow));
    let percent = match (broadly, near.last()?.has(Tag::Unchanged)) {
        (true, _) => 10_i64,
        (false, true) => 5,
        (false, false) => 0,
    };
    let width = first.value.max(second.value).checked_mul(Exact::from(percent))?.checked_div(Exact::from(100_i64))?;
    (apart > width).then(|| (found.bytes(), format!("{} and {} are not the same", told(one), told(other))))
}

fn multiple(found: &Found<'_>) -> Option<Wrong> {
    let passage = found.passage;
    let (one, other, times) = (found.number("one")?, found.number("other")?, found.number("times")?);
    let (first, second) = levels(passage, one, other)?;
    let ratio = |a: Exact, b: Exact| a.checked_div(b).map(Exact::to_f64);
    let told_as = hedge(&passage.lower, times.range.start).map(|(hedge, _)| hedge);
    let wanted = times.value.to_f64();
    let fits = |ratio: f64| match told_as {
        Some(Hedge::Above | Hedge::MoreThan | Hedge::AtLeast) => ratio >= wanted * 0.995,
        Some(Hedge::Below | Hedge::LessThan | Hedge::AtMost) => (wanted * 0.8..=wanted * 1.005).contains(&ratio),
        Some(Hedge::About) => (wanted * 0.85..=wanted * 1.15).contains(&ratio),
        None => (wanted * 0.925..=wanted * 1.075).contains(&ratio),
    };
    let (up, down) = (ratio(first.value, second.value)?, ratio(second.value, first.value)?);
    if fits(up) || fits(down) {
        return None;
    }
    let printed = first.value.max(second.value).checked_div(first.value.min(second.value))?;
    Some((
        found.bytes(),
        format!("{} is {} times as much as {}", told(one), printed.to_decimal(1, Rounding::default()), told(other)),
    ))
}

/// Numbers of a range that can be compared with one.
fn like<'p>(passage: &'p Passage, range: &Range<usize>, one: &'p Number) -> impl Iterator<Item = &'p Number> {
    let of = class(one, &passage.text);
    passage.numbers_in(range).filter_map(|at| passage.numbers.get(at)).filter(move |number| {
        let own = class(number, &passage.text);
        let same =
            own == of || (matches!(own, Class::Count | Class::Decimal) && matches!(of, Class::Count | Class::Decimal));
        same && number.unit == one.unit
    })
}

fn extreme(found: &Found<'_>, sentence: &Range<usize>) -> Option<Wrong> {
    let passage = found.passage;
    let (one, said) = (found.number("one")?, Direction::said(found)?);
    let end = found.bytes().end;
    let after = found.tokens.get(found.range.end..)?;
    // Behind a semicolon or colon, or in the next sentence, the others are named.
    let mark = after.iter().find(|token| matches!(token.kind, crate::check::tokens::Kind::Sign(';' | ':')));
    let next = passage.sentences.iter().find(|next| next.start >= sentence.end);
    let rest = match (mark, next) {
        (Some(mark), _) => mark.range.end..sentence.end,
        (None, Some(next)) => next.clone(),
        (None, None) => return None,
    };
    let tokens = passage.tokens_in(&rest);
    let speaks = |token: &Token| token.tags.any(&[Tag::Earlier, Tag::Most, Tag::Least]);
    if !tokens.iter().any(speaks) || after.iter().take(4).any(|token| token.has(Tag::Since)) {
        return None;
    }
    let beyond = like(passage, &rest, one).find(|other| {
        levels(passage, one, other).and_then(|(one, other)| one.towards(other)).is_some_and(|goes| goes == said)
    })?;
    let word = if said == Direction::Up { "higher" } else { "lower" };
    Some((found.bytes().start..end, format!("{} is {word} than {}", told(beyond), told(one))))
}

fn trend(found: &Found<'_>, sentence: &Range<usize>) -> Option<Wrong> {
    let passage = found.passage;
    let (first, said) = (found.number("first")?, Direction::said(found)?);
    let series: Vec<&Number> = like(passage, &(first.range.start..sentence.end), first).collect();
    let steps: Vec<Direction> = series
        .windows(2)
        .filter_map(|two| levels(passage, two[0], two[1]).and_then(|(one, two)| one.towards(two)))
        .collect();
    // The newest may stand first.
    if series.len() < 3 || steps.iter().all(|step| *step == said) || steps.iter().all(|step| *step != said) {
        return None;
    }
    let against = series.windows(2).find(|two| {
        levels(passage, two[0], two[1]).and_then(|(one, two)| one.towards(two)).is_some_and(|step| step != said)
    })?;
    let range = first.range.start..series.last()?.range.end;
    let word = if said == Direction::Up { "falls" } else { "rises" };
    Some((range, format!("from {} to {} it {word}", told(against[0]), told(against[1]))))
}

fn outcome(found: &Found<'_>, sentence: &Range<usize>) -> Option<Wrong> {
    let passage = found.passage;
    let (target, outcome) = (found.number("target")?, found.number("outcome")?);
    // What is said of it, in the sentence or at the beginning of the next.
    let next = passage.sentences.iter().find(|next| next.start >= sentence.end);
    let verdict =
        [Some(sentence), next].into_iter().flatten().find_map(|range| VERDICT[0].find(passage, range).next())?;
    let word = verdict.named("verdict")?;
    let token = verdict.tokens.get(word.start)?;
    // "Av målet på 40 nåddes 32" says how far it was reached.
    if verdict.tokens.get(word.end).is_some_and(|token| token.number().is_some()) {
        return None;
    }
    let near = verdict.tokens.get(word.start.saturating_sub(2)..(word.end + 2).min(verdict.tokens.len()))?;
    let denied = near.iter().any(|token| token.has(Tag::Negation)) != token.has(Tag::Missed);
    let (reached, aim) = levels(passage, outcome, target)?;
    let at_most = hedge(&passage.lower, target.range.start)
        .is_some_and(|(hedge, _)| matches!(hedge, Hedge::AtMost | Hedge::LessThan | Hedge::MoreThan))
        || found
            .tokens
            .iter()
            .any(|token| token.has(Tag::BetterLow) || token.has(Tag::Ceiling) || token.has(Tag::Within));
    let held = match (token.has(Tag::Exceeded), at_most) {
        (true, _) => reached.value > aim.value,
        (false, true) => reached.value <= aim.value,
        (false, false) => reached.value >= aim.value,
    };
    if held != denied {
        return None;
    }
    let is = if held { "was" } else { "was not" };
    let passes = if token.has(Tag::Exceeded) { "exceeded" } else { "met" };
    Some((verdict.bytes(), format!("with {} against {} it {is} {passes}", told(outcome), told(target))))
}

fn limit(passage: &Passage, first: &Range<usize>, second: &Range<usize>) -> Option<Wrong> {
    let stated = LIMIT[0].find(passage, first).next()?;
    let told_of = LONGEST[0].find(passage, second).next()?;
    let unit =
        |found: &Found<'_>| found.named("unit").and_then(|at| found.tokens.get(at.start)?.stem().map(str::to_owned));
    let (limit, longest) = (stated.number("limit")?, told_of.number("longest")?);
    (unit(&stated)? == unit(&told_of)? && longest.value > limit.value)
        .then(|| (told_of.bytes(), format!("{} is more than the {} that all kept within", told(longest), told(limit))))
}

/// "Högst var andelen i Granås, 76 procent, och lägst i Lerdala, 49 procent. I Torsholm var den 81 procent."
fn between(passage: &Passage, first: &Range<usize>, second: &Range<usize>) -> Option<Wrong> {
    let found = RANKED.iter().skip(2).find_map(|pattern| pattern.find(passage, first).next())?;
    let (one, other) = (found.number("one")?, found.number("other")?);
    let (a, b) = levels(passage, one, other)?;
    let mut all = like(passage, second, one);
    let third = all.next().filter(|_| all.next().is_none())?;
    let tokens = passage.tokens_in(second);
    let place = tokens.iter().position(|token| token.range.start >= third.range.start)?;
    let lead = tokens.get(place.saturating_sub(3)..place)?;
    let taken_up = lead.iter().any(|token| token.has(Tag::Is)) && place <= 7;
    let (value, _) = levels(passage, third, one)?;
    let outside = value.value > a.value.max(b.value) || value.value < a.value.min(b.value);
    let range = tokens.first()?.range.start..third.range.end;
    (taken_up && outside).then(|| {
        (range, format!("{} lies beyond the highest and the lowest, {} and {}", told(third), told(one), told(other)))
    })
}

/// "Familjehem är vanligast, med 192 barn. Näst vanligast är HVB, med 61."
fn runner_up(passage: &Passage, first: &Range<usize>, second: &Range<usize>) -> Option<Wrong> {
    let lead = passage.tokens_in(first);
    let said = lead.iter().find_map(|token| match (token.has(Tag::Most), token.has(Tag::Least)) {
        (true, false) => Some(Direction::Up),
        (false, true) => Some(Direction::Down),
        _ => None,
    })?;
    let follows = passage.tokens_in(second).iter().take(2).any(|token| token.has(Tag::Followed));
    let best =
        passage.numbers_in(first).filter_map(|at| passage.numbers.get(at)).find(|number| number.allowed.is_none())?;
    let next = like(passage, second, best).next().filter(|_| follows)?;
    let (one, two) = levels(passage, best, next)?;
    one.towards(two).filter(|goes| *goes == said)?;
    let range = passage.tokens_in(second).first()?.range.start..next.range.end;
    let word = if said == Direction::Up { "higher" } else { "lower" };
    Some((range, format!("{} is {word} than {}, and is told to come after it", told(next), told(best))))
}

/// Two groups with a number each, and in the next sentence which of them has more.
fn groups(passage: &Passage, first: &Range<usize>, second: &Range<usize>) -> Option<Wrong> {
    if !passage.numbers_in(second).is_empty() {
        return None;
    }
    let found = GROUPS.iter().find_map(|pattern| pattern.find(passage, second).next())?;
    let dir = found.tokens.get(found.named("dir")?.start)?;
    let said = match (dir.has(Tag::Behind), dir.has(Tag::Ahead)) {
        (true, _) => Direction::Down,
        (_, true) => Direction::Up,
        _ => Direction::said(&found)?,
    };
    let mut numbers =
        passage.numbers_in(first).filter_map(|at| passage.numbers.get(at)).filter(|number| number.allowed.is_none());
    let (a, b) = (numbers.next()?, numbers.next()?);
    if numbers.next().is_some() || found.tokens.iter().any(|token| token.has(Tag::Negation)) {
        return None;
    }
    let tokens = passage.tokens_in(first);
    let between = |token: &&Token| a.range.end <= token.range.start && token.range.end <= b.range.start;
    let joint = tokens.iter().filter(between).find(|token| token.has(Tag::Joint) || token.has(Tag::Compared))?;
    let (front, back): (Vec<&Token>, Vec<&Token>) =
        tokens.iter().partition(|token| token.range.start < joint.range.start);
    let named = |name: &str| found.named(name).and_then(|at| found.tokens.get(at.start)).and_then(Token::stem);
    let of = |name: &str| {
        let stem = named(name)?;
        let within = |tokens: &[&Token]| tokens.iter().any(|token| token.stem() == Some(stem));
        match (within(&front), within(&back)) {
            (true, false) => Some(a),
            (false, true) => Some(b),
            _ => None,
        }
    };
    let (one, other) = (of("one")?, of("other")?);
    let (first, second) = levels(passage, one, other)?;
    let goes = second.towards(first).filter(|goes| *goes != said)?;
    let word = if goes == Direction::Up { "more" } else { "less" };
    Some((found.bytes(), format!("{} is {word} than {}: the words say the opposite", told(one), told(other))))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::locale::Language;

    fn wrong(text: &str, language: Language) -> bool {
        let passage = Passage::of_text(text, language);
        let own = |patterns: &[Pattern], judge: fn(&Found<'_>) -> Option<Wrong>| {
            matches(patterns, &passage).any(|(_, found)| judge(&found).is_some())
        };
        let within = |patterns: &[Pattern], judge: fn(&Found<'_>, &Range<usize>) -> Option<Wrong>| {
            matches(patterns, &passage).any(|(sentence, found)| judge(&found, sentence).is_some())
        };
        let beside = passage.sentences.windows(2).any(|two| {
            [limit, between, runner_up, groups].iter().any(|judge| judge(&passage, &two[0], &two[1]).is_some())
        });
        own(&ORDERED, ordered)
            || own(&RANKED, ranked)
            || own(&EQUAL, equal)
            || own(&MULTIPLE, multiple)
            || within(&EXTREME, extreme)
            || within(&TREND, trend)
            || within(&OUTCOME, outcome)
            || beside
    }

    fn check(language: Language, pairs: &[(&str, &str)]) {
        for (right, faulty) in pairs {
            assert!(!wrong(right, language), "right, and accused: {right}");
            assert!(wrong(faulty, language), "faulty, and not accused: {faulty}");
        }
    }

    #[test]
    fn swedish() {
        check(
            Language::Swedish,
            &[
                ("Andelen sjönk från 17 till 14 procent.", "Andelen sjönk från 14 till 17 procent."),
                ("Kötiden förkortades från 52 till 38 dagar.", "Kötiden förkortades från 38 till 52 dagar."),
                (
                    "Index ligger på 4,06, vilket är en förbättring från 3,97.",
                    "Index ligger på 3,97, vilket är en förbättring från 4,06.",
                ),
                (
                    "Väntetiden är kortare än i fjol: 34 dagar mot 41.",
                    "Väntetiden är kortare än i fjol: 41 dagar mot 34.",
                ),
                ("Det var fler kvinnor (44) än män (38).", "Det var fler kvinnor (38) än män (44)."),
                ("Flest fanns i Ekvik (47), följt av Sundby (41).", "Flest fanns i Ekvik (41), följt av Sundby (47)."),
                (
                    "Betyget blev 76, vilket är samma värde som uppmättes år 2020, då det var 76.",
                    "Betyget blev 76, vilket är samma värde som uppmättes år 2020, då det var 73.",
                ),
                (
                    "Det är dubbelt så vanligt bland inhyrda (18 procent) som bland anställda (9 procent).",
                    "Det är dubbelt så vanligt bland inhyrda (18 procent) som bland anställda (12 procent).",
                ),
                (
                    "Antalet 248 är det lägsta under perioden; åren dessförinnan var det 310 och 295.",
                    "Antalet 298 är det lägsta under perioden; åren dessförinnan var det 310 och 295.",
                ),
                (
                    "Målet om högst 10 dagar uppnåddes: tiden blev 8 dagar.",
                    "Målet om högst 10 dagar uppnåddes: tiden blev 13 dagar.",
                ),
                (
                    "Högst var andelen i Granås, 76 procent, och lägst i Lerdala, 49 procent. I Torsholm var den 61 procent.",
                    "Högst var andelen i Granås, 76 procent, och lägst i Lerdala, 49 procent. I Torsholm var den 81 procent.",
                ),
                (
                    "Familjehem är vanligast, med 192 barn. Näst vanligast är HVB, med 61.",
                    "Familjehem är vanligast, med 61 barn. Näst vanligast är HVB, med 92.",
                ),
                (
                    "Nu är 85,8 procent av flickorna och 82,9 procent av pojkarna behöriga. Pojkarna ligger alltså efter flickorna.",
                    "Nu är 85,8 procent av flickorna och 82,9 procent av pojkarna behöriga. Flickorna ligger alltså efter pojkarna.",
                ),
            ],
        );
        for text in [
            "Besöken minskade för åldrarna från 20 till 64 år.",
            "Skatten minskar inte, utan går från 12 till 14 kronor.",
            "Minskningen följdes av en ökning från 40 till 55.",
            "Antalet fel var oförändrat, 380 mot 384 året innan.",
        ] {
            assert!(!wrong(text, Language::Swedish), "{text}");
        }
    }

    #[test]
    fn english() {
        check(
            Language::English,
            &[
                ("We saw 59 people, down slightly from 61 in May.", "We saw 61 people, down slightly from 59 in May."),
                ("The share rose to 84% (2021: 79%).", "The share rose to 74% (2021: 79%)."),
                (
                    "We heard from 422 people, more than in the previous six months (226).",
                    "We heard from 226 people, more than in the previous six months (422).",
                ),
                (
                    "Absence fell for the third year running: 9.4, 8.9, 8.3 and 7.6 days.",
                    "Absence fell for the third year running: 9.4, 8.9, 9.3 and 7.6 days.",
                ),
                (
                    "It was highest in towns (34%) and lowest in villages (20%).",
                    "It was highest in towns (20%) and lowest in villages (34%).",
                ),
                (
                    "By May 85% had been done, against a target of 75%. The target was met.",
                    "By May 65% had been done, against a target of 75%. The target was met.",
                ),
                ("The target of 90% was not met: 86% ran on time.", "The target of 90% was met: 86% ran on time."),
            ],
        );
    }
}
