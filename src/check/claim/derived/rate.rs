//! How much of one thing there is for each of another, and averages of what is listed.

use super::interval::Interval;
use super::premise::{Amount, Kind};
use super::scene::Derived;
use super::words::{Words, is_alike};
use super::{Operation, Reading, change, measure, text, weighted};
use crate::check::claim::number_text;
use crate::check::hours::{HOUR, spans};
use crate::check::lang::{self, Tag};
use crate::check::number::Number;
use crate::check::tokens::{Class, Say as _, Token, class};
use crate::diagnostic::{Said, say};
use crate::value::Exact;

pub static RATE: Operation = Operation { code: "EVI013", cue, readings };

fn cue(derived: &Derived<'_>) -> bool {
    let words = &derived.words;
    let each = words.behind(&[Tag::Per], 5)
        || words.before(&[Tag::Average]) && !joins(words)
        || words.behind(&[Tag::Average], 4)
        || weighted::reading(derived).is_some()
        || is_price(derived)
        || words.behind(&[Tag::Speed], 1)
        || words.is_each_time()
        || derived.kind == Kind::Money && is_equal(words)
        || ratio(derived)
        || (words.before(&[Tag::WholeYear]) && for_another_time(derived, &derived.amounts(derived.kind)).is_some());
    matches!(derived.kind, Kind::Plain | Kind::Money | Kind::Time | Kind::Percent)
        && each
        && !change::is_said(words, derived.kind)
        && !words.before(&[Tag::Median])
        && (!words.before(&[Tag::Total]) || weighted::reading(derived).is_some())
}

/// "saw 20 patients a day on average and the 10 urban clinics": another number is joined to the mean.
fn joins(words: &Words<'_>) -> bool {
    matches!(words.lead, [.., joint, the] if joint.has(Tag::Joint) && the.has(Tag::Determiner))
}

/// "blir kostnaden per plats 700 tkr", "each visit cost £3.00"
fn is_price(derived: &Derived<'_>) -> bool {
    let lead = derived.words.lead;
    lead.len() > 1 && lead[..lead.len() - 1].iter().any(|token| token.has(Tag::Per)) && derived.kind != Kind::Percent
}

/// "en lärare på 25 elever", "one teacher to 15 pupils"
fn ratio(derived: &Derived<'_>) -> bool {
    let lead = derived.words.lead;
    let joined = derived.words.last().is_some_and(|last| last.tags.any(&[Tag::Upon, Tag::Per, Tag::To]));
    joined && derived.words.concludes() && lead.say(&[Tag::One])
}

/// So many numbers before a rate may be the years that it is told for.
const NEAR_YEARS: usize = 4;
/// Rates are told for so many.
const SCALES: [i64; 5] = [1, 100, 1000, 10_000, 100_000];
/// How many of a span of time make a year, the plainest first.
pub const IN_A_YEAR: [(Tag, &[i64]); 4] = [
    (Tag::Day, &[365, 366, 360, 250, 251, 252, 253, 254, 260, 220, 200]),
    (Tag::Week, &[52, 53, 50, 48, 46, 44, 40]),
    (Tag::Month, &[12, 11, 10]),
    (Tag::Quarter, &[4]),
];

/// How many times an amount may stand in another that is told for another time; a day has 24 hours.
fn parts(tail: &[Token]) -> Vec<i64> {
    let told = IN_A_YEAR.iter().filter(|(time, _)| tail.say(&[*time]));
    let all: Vec<i64> = told.flat_map(|(_, parts)| parts.iter().copied()).collect();
    let hours = tail.say(&[Tag::Hour, Tag::Day]).then_some(24);
    if all.is_empty() { IN_A_YEAR.iter().map(|(_, parts)| parts[0]).chain(hours).collect() } else { all }
}

fn readings(derived: &Derived<'_>) -> Vec<Reading> {
    let mut out = Vec::new();
    let wholes = derived.amounts(derived.kind);
    let units: Vec<_> =
        [Kind::Plain, Kind::Time, Kind::Money].into_iter().flat_map(|kind| derived.amounts(kind)).collect();
    // "per anläggning" is for each of the numbers that count some, where there are any.
    let stated = units.iter().find(|unit| is_scale(derived, unit)).and_then(|unit| unit.value.to_i64());
    let of_all = each(derived).is_some_and(|each| each.has(Tag::Inhabitants));
    let told_for_many = derived.kind == Kind::Percent || stated.is_some() || of_all;
    let scales = stated.map_or(SCALES.to_vec(), |scale| vec![scale]);
    let scales = if told_for_many { scales } else { vec![1] };
    let named: Vec<usize> = units.iter().filter(|unit| is_named(derived, unit)).map(Amount::start).collect();
    for whole in &wholes {
        for unit in units
            .iter()
            .filter(|unit| unit.start() != whole.start() && (named.is_empty() || named.contains(&unit.start())))
        {
            let each = whole.may_be.over(unit.may_be);
            let scaled = scales.iter().filter_map(|scale| each?.times(Interval::exactly((*scale).into())));
            out.extend(scaled.filter_map(loosely).map(Reading::possible));
        }
        let timed = derived.words.tail.say(&[Tag::Time, Tag::Year, Tag::Month, Tag::Day]);
        if !timed || !named.is_empty() {
            continue;
        }
        for part in parts(derived.words.tail) {
            let part = Interval::exactly(part.into());
            out.extend(whole.may_be.over(part).and_then(loosely).map(Reading::possible));
            out.extend(whole.may_be.times(part).map(Reading::possible));
        }
    }
    if let Some(mean) = weighted::reading(derived) {
        return vec![mean];
    }
    let (listed, told_full) = listed(derived, &wholes);
    if !told_full {
        out.extend(
            (0..wholes.len())
                .flat_map(|from| (from + 2..=wholes.len()).map(move |to| (from, to)))
                .filter_map(|(from, to)| mean(&wholes[from..to]))
                .map(Reading::possible),
        );
    }
    out.extend(instalment(derived));
    let over_time = || {
        yearly(derived, &wholes)
            .or_else(|| monthly(derived, &wholes))
            .or_else(|| of_a_year(derived, &wholes))
            .or_else(|| for_another_time(derived, &wholes))
    };
    out.extend(hourly(derived, &wholes).or_else(|| quotient(derived, &wholes)).or_else(over_time));
    out.extend(listed);
    out
}

/// "3,6 miljoner kronor … fyra lika stora utbetalningar om 900 000 kronor"
fn instalment(derived: &Derived<'_>) -> Option<Reading> {
    let many = derived.before().filter(|many| many.kind == Kind::Plain && is_equal(&derived.words))?;
    let amounts = derived.near(&derived.amounts(derived.kind));
    let [whole] = amounts.as_slice() else { return None };
    let exact = whole.value.checked_div(many.number.value)?;
    let (first, second) = (number_text(whole.premise.number), number_text(many.number));
    let words = say!("{first} over {second} is {text}", first, second, text = text(derived, exact));
    derived
        .is_near(exact, 11)
        .then_some(Reading::certain(whole.may_be.over(Interval::exactly(many.number.value))?, words))
}

/// "lika stora utbetalningar om": so many of one size.
fn is_equal(words: &Words<'_>) -> bool {
    words.lead.iter().take(2).any(|token| token.has(Tag::AsMany)) && words.lead.len() < 6
}

/// A rate is seldom told to its last digit: one part in a hundred.
fn loosely(exact: Interval) -> Option<Interval> {
    let slack = exact.high.magnitude().checked_div(100_i64.into())?;
    Some(Interval { low: exact.low.checked_sub(slack)?, high: exact.high.checked_add(slack)? })
}

fn mean(amounts: &[Amount<'_, '_>]) -> Option<Interval> {
    let all = amounts.iter().map(|amount| amount.may_be).try_fold(Interval::exactly(Exact::ZERO), Interval::plus)?;
    all.over(Interval::exactly(i64::try_from(amounts.len()).ok()?.into()))
}

/// "36 kilometer på 45 minuter, alltså 48 km i timmen": one number over one span of hours and minutes.
fn hourly(derived: &Derived<'_>, wholes: &[Amount<'_, '_>]) -> Option<Reading> {
    let hour = derived.words.behind(&[Tag::Speed], 1) || each(derived)?.has(Tag::Hour);
    let from = derived.premises.iter().filter(|premise| !premise.far && premise.sentence < 2);
    let from = from.map(|premise| premise.number.range.start).min()?;
    let spans = spans(derived.passage);
    let near = |start: usize| (from..derived.number.range.start).contains(&start);
    let mut told = spans.iter().filter(|span| near(span.range.start));
    let span = told.next().filter(|_| told.next().is_none())?;
    let mut all = wholes.iter().filter(|whole| {
        near(whole.start())
            && !whole.takes_up()
            && !span.range.contains(&whole.start())
            && whole.premise.kind == derived.kind
    });
    let whole = all.next().filter(|_| all.next().is_none())?;
    let hours = Exact::from(i64::from(span.minutes)).checked_div(i64::from(HOUR).into())?;
    let exact = whole.value.checked_div(hours)?;
    let words = say!(
        "{first} in {span} is {text} an hour",
        first = number_text(whole.premise.number),
        span = derived.passage.slice(span.range.clone()),
        text = text(derived, exact)
    );
    let linked =
        derived.words.concludes() || derived.words.before(&[Tag::Average]) || derived.words.opener == Some(',');
    let meant = hour && linked && derived.kind == Kind::Plain && derived.is_near(exact, 4);
    meant.then_some(Reading::certain(loosely(whole.may_be.over(Interval::exactly(hours))?)?, words))
}

/// One number for each of another, where there are no more.
fn quotient(derived: &Derived<'_>, wholes: &[Amount<'_, '_>]) -> Option<Reading> {
    let (plain, spans) = (derived.amounts(Kind::Plain), derived.amounts(Kind::Time));
    // "5,2 anmälningar per 1 000 invånare"
    let scale = |amount: &Amount<'_, '_>| {
        amount.premise.words.last().is_some_and(|last| last.has(Tag::Per))
            && amount.start() > derived.number.range.start
    };
    let (mut wholes, mut units) = (derived.near(wholes), derived.near(&plain));
    let before = |amount: &Amount<'_, '_>| amount.start() < derived.number.range.end;
    if wholes.iter().any(|whole| whole.premise.kind == derived.kind) {
        wholes.retain(|whole| whole.premise.kind == derived.kind && (before(whole) || scale(whole)));
    }
    let scales = units.iter().find(|amount| scale(amount)).map_or(Exact::from(1_i64), |amount| amount.value);
    wholes.retain(|amount| !scale(amount));
    let alone = units.iter().any(|unit| before(unit) && !scale(unit));
    units.retain(|amount| {
        !scale(amount)
            && (before(amount) || !alone)
            && (derived.kind == Kind::Plain || amount.premise.kind == Kind::Plain)
    });
    if units.len() > 1 && derived.kind == Kind::Money {
        units.retain(|unit| is_named(derived, unit));
    }
    // "304 samtal fördelade på 16 dagar, 19 per dag"
    let mut times = derived.near(&spans);
    times.retain(|span| before(span) && is_named(derived, span));
    let (whole, unit) = match (derived.kind, wholes.as_slice(), units.as_slice()) {
        (Kind::Plain, [whole], _) if times.len() == 1 => (whole, &times[0]),
        (Kind::Plain, [one, two], _) if is_measured(derived, one) => (one, two),
        (Kind::Plain, [one, two], _) if is_measured(derived, two) => (two, one),
        (Kind::Plain, [one, two], _) if (one.value < two.value) == (scales == Exact::from(1_i64)) => (two, one),
        (Kind::Plain, [one, two], _) => (one, two),
        (Kind::Money | Kind::Time, [whole], [unit]) => (whole, unit),
        _ => return None,
    };
    let linked = derived.words.concludes()
        || derived.words.before(&[Tag::Average, Tag::Yields])
        || (is_price(derived) && unit.premise.sentence == 0)
        || matches!(derived.words.opener, Some(',' | '(' | '–'))
        || is_plain(derived, whole, unit)
        || scales != Exact::from(1_i64) && derived.words.last().is_some_and(|last| last.has(Tag::Is));
    let scales = scales.checked_mul(measure::times(&whole.premise.words, &derived.words))?;
    let exact = whole.value.checked_mul(scales)?.checked_div(unit.value)?;
    // "mellan 14 och 35 dagar med ett genomsnitt på 21": the ends of a span have no rate.
    let from = |amount: &Amount<'_, '_>| amount.premise.words.last().is_some_and(|last| last.has(Tag::Between));
    let to = |amount: &Amount<'_, '_>| matches!(amount.premise.words.lead, [only] if only.has(Tag::Joint));
    let ends = from(whole) && to(unit) || from(unit) && to(whole);
    if ends
        || !linked
        || whole.start() > derived.number.range.start
        || !is_each(derived, unit)
        || !derived.is_near(exact, 11)
    {
        return None;
    }
    let times = if scales == Exact::from(1_i64) { String::new() } else { format!(" times {scales}") };
    let words = say!(
        "{first} over {second}{times} is {text}",
        times,
        first = number_text(whole.premise.number),
        second = number_text(unit.premise.number),
        text = text(derived, exact)
    );
    Some(Reading::certain(loosely(whole.may_be.times(Interval::exactly(scales))?.over(unit.may_be)?)?, words))
}

/// "5,400 tonnes … or 450 kg per household": in another unit of the same measure.
fn is_measured(derived: &Derived<'_>, whole: &Amount<'_, '_>) -> bool {
    measure::times(&whole.premise.words, &derived.words) != Exact::from(1_i64)
}

/// "5,2 anmälningar per 1 000 invånare"
fn is_scale(derived: &Derived<'_>, amount: &Amount<'_, '_>) -> bool {
    amount.premise.words.last().is_some_and(|last| last.has(Tag::Per)) && amount.start() > derived.number.range.start
}

/// "Under 2016–2018 beviljades 45 anpassningar. Det ger i genomsnitt 15 per år": one number, over the years from the first to the last.
fn yearly(derived: &Derived<'_>, wholes: &[Amount<'_, '_>]) -> Option<Reading> {
    let mut near = derived.near(wholes);
    let years = |amount: &Amount<'_, '_>| amount.premise.words.tail.first().is_some_and(|next| next.has(Tag::Time));
    near.retain(|amount| amount.start() < derived.number.range.start && !years(amount));
    let ([whole], true) = (near.as_slice(), each(derived)?.tags.any(&[Tag::Year, Tag::Years])) else { return None };
    let numbers = derived.passage.numbers.iter().filter(|number| number.range.end <= derived.number.range.start);
    let years: Vec<&Number> =
        numbers.rev().take(NEAR_YEARS).filter(|number| class(number, &derived.passage.text) == Class::Year).collect();
    let [last, first] = years.as_slice() else { return None };
    let dash = derived.passage.slice(first.range.end..last.range.start).chars().count() == 1;
    let span = last.value.checked_sub(first.value)?.checked_add(1_i64.into())?;
    let told = |first: Said, text: String| say!("{first} over {span} years is {text}", first, span, text);
    if dash { spread(derived, whole, span, &told) } else { None }
}

/// One number over so many years or months, where a word says that it is shared out; `told` says what that is.
fn spread(
    derived: &Derived<'_>,
    whole: &Amount<'_, '_>,
    over: Exact,
    told: &dyn Fn(Said, String) -> Said,
) -> Option<Reading> {
    let exact = whole.value.checked_div(over)?;
    let may_be = loosely(whole.may_be.over(Interval::exactly(over))?)?;
    let linked = derived.words.concludes() || derived.words.before(&[Tag::Average]);
    let words = || told(number_text(whole.premise.number), text(derived, exact));
    (linked && derived.is_near(exact, 3)).then(|| Reading::certain(may_be, words()))
}

/// "Från januari till september kom 36 anmälningar. Det är i genomsnitt fyra i månaden": one number, over the months from the first to the last.
fn monthly(derived: &Derived<'_>, wholes: &[Amount<'_, '_>]) -> Option<Reading> {
    let near = derived.near(wholes);
    let ([whole], true) = (near.as_slice(), each(derived)?.has(Tag::Month)) else { return None };
    let passage = derived.passage;
    let told = passage.tokens_in(&(passage.sentence(whole.start()).start..derived.number.range.start));
    let months = &lang::lists(passage.language).months;
    let month = |token: &Token| months.iter().position(|name| passage.lower.get(token.range.clone()) == Some(*name));
    let mut named = told.iter().enumerate().filter_map(|(at, token)| Some((at, month(token)? % 12)));
    let ((first, from), (last, to), None) = (named.next()?, named.next()?, named.next()) else { return None };
    let span = told.get(first + 1..last)?;
    let to_it = span.len() < 5 && span.iter().any(|token| token.tags.any(&[Tag::To, Tag::Until]));
    let many = Exact::from(i64::try_from((to + 12 - from) % 12).ok()? + 1);
    let told = |first: Said, text: String| say!("{first} over {many} months is {text}", first, many, text);
    if to_it { spread(derived, whole, many, &told) } else { None }
}

/// "36,500 calls over the year, about 1,000 a day": the one number before, over the days of a year.
fn of_a_year(derived: &Derived<'_>, wholes: &[Amount<'_, '_>]) -> Option<Reading> {
    let told = derived.words.tail.windows(2).take(3).find(|two| two[0].tags.any(&[Tag::Each, Tag::Per]))?;
    let parts = *IN_A_YEAR.iter().find(|(time, _)| told[1].has(*time))?.1.first()?;
    let own = derived.near(wholes).into_iter().filter(|whole| whole.premise.sentence == 0);
    let own: Vec<_> = own.filter(|whole| whole.start() < derived.number.range.start).collect();
    let [whole] = own.as_slice() else { return None };
    let linked = derived.words.concludes() || derived.words.opener == Some(',');
    let exact = whole.value.checked_div(parts.into())?;
    let words = say!(
        "{first} over {parts} is {text}",
        parts,
        first = number_text(whole.premise.number),
        text = text(derived, exact)
    );
    let meant = linked && whole.premise.words.has(&[Tag::Year]) && derived.is_near(exact, 11);
    meant.then_some(Reading::certain(loosely(whole.may_be.over(Interval::exactly(parts.into()))?)?, words))
}

/// "£1,150 a month, equivalent to £13,800 a year": the same for each of another span of time.
fn for_another_time(derived: &Derived<'_>, wholes: &[Amount<'_, '_>]) -> Option<Reading> {
    // "På helårsbasis motsvarar det 990 000 kronor"
    let year = || derived.words.lead.iter().find(|token| token.has(Tag::WholeYear)).map(|token| (1, token));
    let (own, span) = each_time(&derived.words).or_else(year)?;
    let last = || derived.premises.iter().rfind(|premise| premise.sentence == 1 && !premise.far);
    let before = derived.before().or_else(last).filter(|before| before.kind == derived.kind)?;
    let whole = wholes.iter().find(|whole| whole.start() == before.number.range.start)?;
    let (other, from) = each_time(&before.words)?;
    let exact = whole.value.checked_mul(other.into())?.checked_div(own.into())?;
    let ratio = Interval::exactly(Exact::from(other).checked_div(own.into())?);
    let words = say!(
        "{first} for each {from} is {text} for each {span}",
        first = number_text(whole.premise.number),
        text = text(derived, exact),
        from = derived.passage.slice(from.range.clone()),
        span = derived.passage.slice(span.range.clone())
    );
    // A week of opening hours has five days, or six.
    let linked = derived.words.concludes() && derived.kind != Kind::Time;
    let meant = linked && own != other && derived.is_near(exact, 11);
    meant.then_some(Reading::certain(loosely(whole.may_be.times(ratio)?)?, words))
}

/// "a month", "per år", "i veckan": how many of them a year has, and the word for the time.
fn each_time<'p>(words: &Words<'p>) -> Option<(i64, &'p Token)> {
    let told = words.tail.windows(2).take(3).find(|two| two[0].tags.any(&[Tag::Each, Tag::Per]))?;
    let times = IN_A_YEAR.iter().map(|(tag, parts)| (*tag, parts[0])).chain([(Tag::Year, 1)]);
    let (_, times) = times.into_iter().find(|(tag, _)| told[1].has(*tag))?;
    Some((times, &told[1]))
}

/// "Med 336 elever och 28 lärare går det 12 elever på varje lärare": both numbers are named again, and no others stand there.
fn is_plain(derived: &Derived<'_>, whole: &Amount<'_, '_>, unit: &Amount<'_, '_>) -> bool {
    let next = |words: &Words<'_>| words.tail.first().cloned();
    let same = next(&derived.words).zip(next(&whole.premise.words)).is_some_and(|(own, noun)| is_alike(&own, &noun));
    same && is_named(derived, unit) && unit.premise.sentence == whole.premise.sentence && unit.premise.sentence < 2
}

/// Whether the rate may be told for each of what a number counts: "per person" is for whoever is counted.
fn is_each(derived: &Derived<'_>, unit: &Amount<'_, '_>) -> bool {
    match each(derived) {
        Some(each) => each.has(Tag::Inhabitants) || is_named(derived, unit),
        // "an average of 23 cases each"
        None => {
            // "21 classes and 504 pupils, an average class size of 24"
            let noun = unit.premise.words.tail.first();
            let named = noun.is_some_and(|noun| derived.words.lead.iter().any(|word| is_alike(word, noun)));
            derived.kind != Kind::Plain || named || derived.words.behind(&[Tag::Per], 5) || ratio(derived)
        }
    }
}

/// The word for what the rate is told for: "per boende".
fn each<'p>(derived: &Derived<'p>) -> Option<&'p Token> {
    let yearly = derived.words.tail.windows(2).take(3).find(|two| two[0].has(Tag::Each) && two[1].has(Tag::Time));
    if let Some(two) = yearly {
        return Some(&two[1]);
    }
    let behind = derived.words.tail.iter().skip_while(|token| !token.has(Tag::Per)).skip(1);
    let before = derived.words.lead.iter().skip_while(|token| !token.has(Tag::Per)).skip(1);
    behind.chain(before).find(|token| token.stem().is_some_and(|stem| stem.chars().count() > 1) && !token.has(Tag::Of))
}

/// Whether that word names what a number counts.
fn is_named(derived: &Derived<'_>, unit: &Amount<'_, '_>) -> bool {
    let Some(each) = each(derived) else { return false };
    let words = &unit.premise.words;
    // "Under de fem åren …, i genomsnitt 130 per år"
    let times = [Tag::Day, Tag::Week, Tag::Month, Tag::Quarter, Tag::Years];
    if words.tail.first().is_some_and(|next| times.iter().any(|time| next.has(*time) && each.has(*time))) {
        return true;
    }
    words.tail.iter().take(4).chain(words.lead.iter().rev().take(3)).any(|token| is_alike(each, token))
}

/// The average of a list: outside it, or concluded of all its numbers; and whether as many were announced as it has.
fn listed(derived: &Derived<'_>, wholes: &[Amount<'_, '_>]) -> (Option<Reading>, bool) {
    let (list, full, taken_up) = list(derived, wholes);
    (average_of(derived, &list, full, taken_up), full && list.len() > 2)
}

/// The numbers that a mean or a median is of, whether they are certainly all of them, and whether their count is taken up.
pub fn list<'s, 'p>(derived: &Derived<'p>, wholes: &[Amount<'s, 'p>]) -> (Vec<Amount<'s, 'p>>, bool, bool) {
    let own = |sentence: usize| {
        let own = move |amount: &&Amount<'_, '_>| !amount.premise.far && amount.premise.sentence == sentence;
        wholes.iter().filter(own).filter(|amount| !amount.takes_up()).cloned()
    };
    let before: Vec<_> = own(0).filter(|amount| amount.start() < derived.number.range.start).collect();
    let mut list: Vec<_> = if before.len() > 1 { before } else { own(1).collect() };
    // "6.4, 7.0 and 8.2 points out of ten"
    let ended = list.iter().position(|amount| matches!(amount.premise.words.lead, [joint] if joint.has(Tag::Joint)));
    list.truncate(ended.filter(|at| *at > 1).map_or(list.len(), |at| at + 1));
    // "Medelvärdet för de tre distrikten är"
    let many = i64::try_from(list.len()).unwrap_or(0);
    let all = derived.own_before().any(|premise| {
        premise.amount(derived.passage, premise.kind).is_some_and(|own| own.takes_up() && own.value == many.into())
    });
    let announced = list.first().is_some_and(|first| {
        let many = Exact::from(i64::try_from(list.len()).unwrap_or(0) - 1);
        first.value == many && !first.premise.words.tail.is_empty()
    });
    if announced {
        list.remove(0);
    }
    // "betygen 3,1, 3,5 och 4,2. Medelvärdet blir": nothing else stands between the numbers.
    let enumerated = list.last().is_some_and(|last| last.premise.words.before(&[Tag::Joint, Tag::Respectively]));
    let tight = enumerated && list.iter().skip(1).all(|amount| amount.premise.words.lead.len() <= 1);
    let mean = |word: &Token| word.tags.any(&[Tag::Average, Tag::Median]);
    let first = derived.words.lead.iter().take(3).any(mean) && derived.words.opener.is_none();
    let full = all || announced || (tight && (derived.words.concludes() || first));
    (list, full, all)
}

fn average_of(derived: &Derived<'_>, list: &[Amount<'_, '_>], full: bool, taken_up: bool) -> Option<Reading> {
    // "Länets genomsnitt", "the national average" is that of more than the list.
    let average = derived.words.lead.iter().position(|token| token.has(Tag::Average))?;
    // "Medelvärdet i landet" as well.
    let elsewhere = !taken_up && derived.words.lead.get(average + 1).is_some_and(|token| token.has(Tag::Within));
    let other = elsewhere && !derived.words.concludes()
        || derived.words.lead[average.saturating_sub(2)..=average].say(&[Tag::Wider]);
    if list.len() < 3 || other || derived.says(&[Tag::From, Tag::Grew, Tag::Shrank]) {
        return None;
    }
    let low = list.iter().map(|amount| amount.value).min()?;
    let high = list.iter().map(|amount| amount.value).max()?;
    if !full && low <= derived.value && derived.value <= high {
        return None;
    }
    let sum = list.iter().map(|amount| amount.value).try_fold(Exact::ZERO, Exact::checked_add)?;
    let exact = sum.checked_div(i64::try_from(list.len()).ok()?.into())?;
    if !derived.is_near(exact, 3) {
        return None;
    }
    Some(Reading::certain(
        mean(list)?,
        say!("the average of the {count} numbers is {text}", count = list.len(), text = text(derived, exact)),
    ))
}
