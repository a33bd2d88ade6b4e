//! What a text concludes from the numbers just before it: a share, a rate, a sum, a product, with the conclusion in the next sentence.
//!
//! Which of the numbers are meant is not said, so that a conclusion is accused only where no two of them give it.

use std::ops::Range;
use std::sync::LazyLock;

use super::{Kind, close, fault, says, within};
use crate::check::Context;
use crate::check::claim::level::factor;
use crate::check::claim::{Fault, all_bound, number_text, stands_for};
use crate::check::lang::Tag;
use crate::check::number::{Number, Unit};
use crate::check::pattern::{Found, Pattern};
use crate::check::prose::Passage;
use crate::check::tokens::{Class, Kind as Sort, Token, class};
use crate::value::Exact;

/// "120 verksamheter … Vid 54 av besöken …, vilket innebär att 38 procent av verksamheterna"
pub static SHARE: Kind = Kind {
    patterns: LazyLock::new(|| ["said=<equals> word{0,4} share=percent <of> word"].map(Pattern::new).into()),
    judge: share,
};

/// "De 16 förskolorna hade 384 barn. I genomsnitt gick det därmed 28 barn på varje förskola."
pub static RATE: Kind = Kind {
    patterns: LazyLock::new(|| {
        [
            "mean=value what=noun{0,4} <per> <of>? noun{0,1} scale=count unit=noun{1,2}",
            "mean=value what=noun{0,4} <per> unit=noun",
        ]
        .map(Pattern::new)
        .into()
    }),
    judge: rate,
};

/// "26 män och 48 kvinnor. Totalt avled alltså 84."
pub static SUM: Kind = Kind {
    patterns: LazyLock::new(|| {
        [
            "^ word{0,2} <total|whole-year> [ word | \",\" ]{0,6} sum=value",
            "^ <equals> word{0,6} sum=value word{0,3} <total>",
        ]
        .map(Pattern::new)
        .into()
    }),
    judge: sum,
};

/// "24 stipendier om vardera 85 000 kronor, sammanlagt 20,4 miljoner kronor"
pub static TIMES: Kind = Kind {
    patterns: LazyLock::new(|| {
        [
            "n=count noun{1,3} <per> word? each=money \",\"? noun{0,6} <total> word{0,4} product=money",
            "<all|per> <of>? <determiner>? n=count noun{1,6} each=money \",\"? noun{0,6} <total> word{0,4} product=money",
        ]
        .map(Pattern::new)
        .into()
    }),
    judge: times,
};

/// So many numbers a conclusion may rest on.
const PREMISES: usize = 6;

/// So many numbers and bytes a sentence has at most that something is concluded in.
const NUMBERS: usize = 12;
const BYTES: usize = 800;

/// The sentence before that of a byte, and its own, where they are short.
fn near(passage: &Passage, byte: usize) -> Option<(Range<usize>, Range<usize>)> {
    let own = passage.sentence(byte);
    let place = passage.sentences.partition_point(|known| known.end <= own.start);
    let before = place.checked_sub(1).and_then(|at| passage.sentences.get(at)).cloned();
    let before = before.unwrap_or(own.start..own.start);
    let long = |range: &Range<usize>| range.len() > BYTES || passage.numbers_in(range).len() > NUMBERS;
    (!long(&before) && !long(&own)).then_some((before, own))
}

/// The amounts of a range that something can be concluded from: no percentages, no years, no ages or spans.
fn premises<'p>(passage: &'p Passage, range: &Range<usize>, but: &[Option<&Number>]) -> Vec<&'p Number> {
    let tokens = passage.tokens_in(range);
    let plain = |at: usize| {
        let number = passage.numbers.get(tokens[at].number()?)?;
        let amount = matches!(class(number, &passage.text), Class::Count | Class::Money | Class::Decimal);
        let dash = |token: Option<&Token>| token.is_some_and(|token| matches!(token.kind, Sort::Sign('–' | '-')));
        let next = tokens.get(at + 1);
        let span = next.is_some_and(|token| token.tags.any(&[Tag::Time, Tag::Years])) || dash(next);
        let own = but.iter().flatten().any(|other| other.range == number.range);
        (amount && !span && !own && number.value > Exact::ZERO).then_some(number)
    };
    (0..tokens.len()).filter_map(plain).collect()
}

/// Whether words say that a sentence concludes something.
fn concludes(tokens: &[Token]) -> bool {
    tokens.iter().any(|token| token.has(Tag::Equals) && !token.has(Tag::Joint))
}

const COMPARED: &[Tag] = &[
    Tag::Grew,
    Tag::Shrank,
    Tag::Than,
    Tag::More,
    Tag::Fewer,
    Tag::MoreThan,
    Tag::FewerThan,
    Tag::Difference,
    Tag::Earlier,
    Tag::Target,
    Tag::Compared,
    Tag::NonResponse,
];

/// Whether a word names what other words named: "verksamheterna" the "livsmedelsverksamheter".
fn names(unit: &Token, tokens: &[Token]) -> bool {
    let others = || tokens.iter().filter(|token| token.range != unit.range);
    if let Some(sex) = [Tag::Women, Tag::Men].into_iter().find(|tag| unit.has(*tag)) {
        return others().any(|token| token.has(sex));
    }
    let Some(stem) = unit.stem().filter(|stem| stem.chars().count() > 2) else { return false };
    // Without its ending, which another form has not.
    let letters = stem.chars().count();
    let root: String = stem.chars().take(letters.saturating_sub(4).max(4)).collect();
    let same = |other: &str| if letters < 4 { other.starts_with(stem) } else { other.contains(&root) };
    others().any(|token| token.stem().is_some_and(same))
}

fn share(_: &Context<'_>, at: usize, found: &Found<'_>) -> Option<Fault> {
    let passage = found.passage;
    let share = found.number("share")?;
    let (before, own) = near(passage, share.range.start)?;
    let around = passage.tokens_in(&(before.start..own.end));
    let behind = found.tokens.get(found.range.end - 1..)?;
    let whole: Vec<&Token> = behind
        .iter()
        .take_while(|token| token.stem().is_some())
        .filter(|token| !token.has(Tag::Determiner) || token.stem().is_some_and(|stem| stem.chars().count() > 5))
        .take(3)
        .collect();
    let said = found.tokens.get(found.named("said")?)?;
    if share.bound || !concludes(said) || says(around, COMPARED) {
        return None;
    }
    let inside = premises(passage, &own, &[]);
    let all = premises(passage, &(before.start..own.end), &[]);
    // "2,4 procent av skatteintäkterna, som uppgick till 1 240 miljoner kronor"
    let stated = inside.last().is_some_and(|number| number.range.start > share.range.end);
    if !stated && !whole.iter().any(|word| names(word, around)) {
        return None;
    }
    let percentages = passage.numbers_in(&own).filter(|number| passage.numbers[*number].is_percent()).count();
    if percentages > 1 || !(2..=PREMISES).contains(&all.len()) || all_bound(all.iter().map(|number| Some(*number))) {
        return None;
    }
    let fits = |exact: Option<Exact>| exact.is_some_and(|exact| stands_for(passage, share, exact));
    let percent = |part: Option<Exact>, whole: Exact| part?.checked_mul(Exact::from(100_i64))?.checked_div(whole);
    let together = all.iter().try_fold(Exact::ZERO, |sum, number| sum.checked_add(number.value))?;
    let given = all.iter().any(|one| fits(percent(Some(one.value), together)))
        || all.iter().any(|one| {
            let others = || all.iter().filter(|other| other.range != one.range);
            others().any(|other| {
                let apart = one.value.checked_sub(other.value).map(Exact::magnitude);
                let both = one.value.checked_add(other.value);
                fits(percent(Some(one.value), other.value))
                    || fits(percent(apart, other.value))
                    || both.is_some_and(|both| {
                        fits(percent(Some(one.value), both))
                            || others().any(|third| {
                                fits(percent(Some(third.value), both)) || fits(percent(Some(both), third.value))
                            })
                    })
            })
        });
    let same = all.iter().all(|number| (number.unit == Unit::Money) == (all[0].unit == Unit::Money));
    if given || !same {
        return None;
    }
    let told = if inside.len() == 2 { inside } else { all };
    let list: Vec<String> = told.iter().map(|number| number.value.to_string()).collect();
    let message = format!("no two of the numbers {} make {} percent", list.join(", "), share.value);
    Some(fault(at, found, message))
}

fn rate(context: &Context<'_>, at: usize, found: &Found<'_>) -> Option<Fault> {
    let passage = found.passage;
    let mean = found.number("mean")?;
    let (before, own) = near(passage, mean.range.start)?;
    let around = passage.tokens_in(&(before.start..own.end));
    let lead = passage.tokens_in(&(own.start..mean.range.start));
    let concluded = concludes(lead) || says(lead, &[Tag::Average]);
    if mean.bound || mean.is_percent() || mean.is_fraction() || !concluded || says(lead, COMPARED) {
        return None;
    }
    let unit = found.named("unit").and_then(|range| found.tokens.get(range)).unwrap_or_default();
    let timed = says(unit, &[Tag::Time]);
    // "per 1 000 invånare" is a scale, "var och en av de 2 700 invånarna" the whole.
    let scale =
        found.number("scale").filter(|scale| [100, 1000, 10_000, 100_000].contains(&scale.count().unwrap_or(0)));
    let factor = scale.map_or(Exact::from(1_i64), |scale| scale.value);
    let amounts = premises(passage, &(before.start..found.bytes().end), &[Some(mean), scale]);
    let (whole, units) = match amounts.as_slice() {
        [whole] if timed => (whole.value, span(passage, &(before.start..mean.range.start))?),
        [one, two] if !timed => {
            let (small, great) = if one.value < two.value { (one, two) } else { (two, one) };
            let (whole, units) = if scale.is_some() { (small, great) } else { (great, small) };
            if !counts(unit, units, around) || !told_of(found, whole, around) {
                return None;
            }
            (whole.value, units.value)
        }
        _ => return None,
    };
    let fits = |one: Exact, two: Exact| {
        one.checked_mul(factor).and_then(|one| one.checked_div(two)).is_some_and(|exact| close(passage, mean, exact))
    };
    let one = Exact::from(1_i64);
    let given = fits(whole, units)
        || fits(units, whole)
        || (timed && units.checked_sub(one).is_some_and(|units| units > Exact::ZERO && fits(whole, units)));
    if given || all_bound(amounts.iter().map(|number| Some(*number))) {
        return None;
    }
    let exact = whole.checked_mul(factor)?.checked_div(units)?;
    let exact = exact.to_decimal(mean.decimals.max(1), context.project.workspace.rounding);
    Some(fault(at, found, format!("{whole} over {units} is {exact}, not {}", number_text(mean))))
}

/// Whether a number counts what a rate is for each of: "per lärare" the "12 tjänster för lärare", "per person" the "41 400 invånare".
fn counts(unit: &[Token], units: &Number, around: &[Token]) -> bool {
    let Some(at) = around.iter().position(|token| token.range.start == units.range.start) else { return false };
    let beside = &around[at.saturating_sub(4)..around.len().min(at + 5)];
    unit.is_empty()
        // "var och en av de 2 700 invånarna"
        || unit.iter().any(|word| (units.range.end..units.range.end + 20).contains(&word.range.start))
        || unit.iter().any(|word| {
            (word.has(Tag::Inhabitants) && says(beside, &[Tag::Inhabitants])) || names(word, beside)
        })
}

/// Whether a rate is one of what the whole counts: money of money, "28 barn" of "384 inskrivna barn".
fn told_of(found: &Found<'_>, whole: &Number, around: &[Token]) -> bool {
    let Some(mean) = found.number("mean") else { return false };
    if mean.unit == Unit::Money || whole.unit == Unit::Money {
        return mean.unit == whole.unit;
    }
    let what = found.tokens.get(found.named("what").unwrap_or(0..0)).unwrap_or_default();
    what.is_empty() || names(&what[0], around)
}

/// So many years are named from the first to the last: "2016–2018".
fn span(passage: &Passage, range: &Range<usize>) -> Option<Exact> {
    let years = passage.numbers[passage.numbers_in(range)].iter();
    let years: Vec<&Number> = years.filter(|number| class(number, &passage.text) == Class::Year).collect();
    let [first, last] = years.as_slice() else { return None };
    let between = passage.text.get(first.range.end..last.range.start)?.trim();
    let years = last.value.checked_sub(first.value)?.checked_add(Exact::from(1_i64))?;
    (between.chars().count() == 1 && years > Exact::from(1_i64)).then_some(years)
}

fn sum(_: &Context<'_>, at: usize, found: &Found<'_>) -> Option<Fault> {
    let passage = found.passage;
    let sum = found.number("sum")?;
    let (before, own) = near(passage, sum.range.start)?;
    let (tokens, earlier) = (passage.tokens_in(&(own.start..sum.range.start)), passage.tokens_in(&before));
    let stated = premises(passage, &own, &[]);
    let parts = premises(passage, &before, &[]);
    let overlap = says(earlier, COMPARED) || says(earlier, &[Tag::OfWhich, Tag::Overlap, Tag::Including, Tag::Of]);
    let [stated] = stated.as_slice() else { return None };
    if stated.range != sum.range
        || !concludes(tokens)
        || says(tokens, COMPARED)
        || overlap
        || !(2..=PREMISES).contains(&parts.len())
    {
        return None;
    }
    // "41,0 miljoner kronor under första kvartalet, 44,5 under andra"
    let one = Exact::from(1_i64);
    let times = parts.iter().map(|part| factor(passage, part)).max()?;
    let values: Vec<Exact> = parts
        .iter()
        .map(|part| {
            let short = factor(passage, part) == one && part.unit == Unit::None && part.decimals > 0;
            if short { part.value.checked_mul(times) } else { Some(part.value) }
        })
        .collect::<Option<_>>()?;
    let money = |number: &Number| number.unit == Unit::Money;
    let units = money(parts[0]) == money(sum) && (money(sum) || !parts.iter().any(|part| money(part)));
    let made = values.iter().try_fold(Exact::ZERO, |sum, value| sum.checked_add(*value))?;
    let given = (1..1_usize << values.len()).any(|chosen| {
        let some = values.iter().enumerate().filter(|(at, _)| chosen & (1 << at) != 0).map(|(_, value)| *value);
        some.into_iter()
            .try_fold(Exact::ZERO, Exact::checked_add)
            .is_some_and(|made| stands_for(passage, sum, made) || within(sum.value, made, 100))
    });
    let bound = all_bound(parts.iter().map(|number| Some(*number)).chain([Some(sum)]));
    if given || bound || !units || !within(sum.value, made, 2) {
        return None;
    }
    Some(fault(at, found, format!("the {} numbers before make {made}, not {}", values.len(), number_text(sum))))
}

fn times(_: &Context<'_>, at: usize, found: &Found<'_>) -> Option<Fault> {
    let passage = found.passage;
    let (n, each, product) = (found.number("n")?, found.number("each")?, found.number("product")?);
    let exact = n.value.checked_mul(each.value)?;
    let (_, own) = near(passage, n.range.start)?;
    let others = premises(passage, &own, &[Some(n), Some(each), Some(product)]);
    if close(passage, product, exact) || !others.is_empty() || all_bound([Some(n), Some(each), Some(product)]) {
        return None;
    }
    Some(fault(
        at,
        found,
        format!("{} at {} make {exact}, not {}", number_text(n), number_text(each), number_text(product)),
    ))
}
