//! Whether a change is the one that its two numbers give.

use super::HELP;
use crate::check::claim::bounds::{hedged, hedged_fraction, short};
use crate::check::claim::level::{Direction, Level, factor};
use crate::check::claim::relation::percent_of;
use crate::check::claim::{number_text, stands_for};
use crate::check::hedges::{hedge, of_fraction};
use crate::check::lang::Tag;
use crate::check::number::{Form, Number, Unit};
use crate::check::prose::Passage;
use crate::diagnostic::{Said, say};
use crate::value::{Exact, Rounding};

/// A change as it is told.
pub struct Change<'p> {
    pub from: (&'p Passage, &'p Number),
    pub to: (&'p Passage, &'p Number),
    pub by: (&'p Passage, &'p Number),
    pub direction: Option<Direction>,
}

impl Change<'_> {
    /// What is wrong with it, and what to do.
    pub fn fault(&self) -> Option<(Said, Said)> {
        let (passage, number) = self.by;
        // "from minus 1.8 to plus 0.6": derived numbers have signs.
        let below = |(passage, number): (&Passage, &Number)| {
            let before = passage.sentence(number.range.start).start..number.range.start;
            passage.tokens_in(&before).last().is_some_and(|last| last.has(Tag::Minus))
        };
        if below(self.from) || below(self.to) {
            return None;
        }
        let (from, to) = Level::pair(self.from, self.to)?;
        let difference = to.value.checked_sub(from.value)?;
        let apart = difference.magnitude();
        let percents = from.unit == Unit::Percent;
        let lead = say!("from {before} to {now}", before = number_text(self.from.1), now = number_text(self.to.1));
        if self.direction.is_some_and(|said| from.towards(to).is_some_and(|goes| goes != said)) {
            let is = if difference.is_negative() { say!("a decrease") } else { say!("an increase") };
            return Some((say!("{lead} is {is}", lead, is), HELP));
        }
        let by = Level::measured(passage, number);
        let slack = from.slack.checked_add(to.slack)?;
        let hedge = hedge(passage, number.range.start).map(|(hedge, _)| hedge);
        match number.unit {
            _ if number.is_fraction() => {
                let relative = percent_of(apart, from.value)?;
                let near = relative.checked_sub(number.value)?.magnitude() <= Exact::from(2_i64);
                let hedge = of_fraction(passage, number).map(|(hedge, _)| hedge);
                let fits = hedge.map_or(near, |hedge| hedged_fraction(number.value, hedge).hold(relative));
                (!fits).then(|| (say!("{lead} is {short} percent", lead, short = short(relative)), HELP))
            }
            Unit::Points => {
                let fits = apart.checked_sub(number.value)?.magnitude() <= slack.checked_add(by.slack)?
                    || hedge.is_some_and(|hedge| hedged(number.value, hedge).hold(apart));
                (percents && !fits).then(|| {
                    (
                        say!(
                            "{lead} is {short} percentage points, not {number}",
                            lead,
                            short = short(apart),
                            number = number.value
                        ),
                        HELP,
                    )
                })
            }
            Unit::Percent => {
                let relative = percent_of(apart, from.value)?;
                let rounds = stands_for(passage, number, relative);
                // Where the number is the difference itself, points are meant, though rounding might explain it.
                let points = percents && apart == number.value && !rounds;
                if !points && (rounds || from.grows_by(to, by)?) {
                    return None;
                }
                let printed = relative.to_decimal(number.decimals, Rounding::default());
                if percents && apart.checked_sub(number.value)?.magnitude() <= slack {
                    return Some((
                        say!(
                            "{lead} is {short} percentage points, or {printed} percent, and not {number} percent",
                            lead,
                            printed,
                            short = short(apart),
                            number = number.value
                        ),
                        say!("say percentage points (procentenheter) where the difference of two percentages is meant"),
                    ));
                }
                Some((say!("{lead} is {printed} percent, not {number}", lead, printed, number = number.value), HELP))
            }
            Unit::None | Unit::Money => {
                let times_of_by = factor(passage, number);
                // "1 284 (1 231) miljoner kronor, vilket är 53 miljoner kronor mer": the unit stands behind the second.
                if from.unit == Unit::None && number.unit == Unit::Money && times_of_by > Exact::from(1_i64) {
                    let bare = number.value.checked_div(times_of_by)?;
                    let fits = apart.checked_sub(bare)?.magnitude() <= slack.checked_add(Exact::from(1_i64))?;
                    return (!fits && from.value >= Exact::from(1_i64))
                        .then(|| (say!("{lead} is {amount}, not {bare}", lead, bare, amount = amount(apart)), HELP));
                }
                let unit_fits = number.unit == from.unit || (number.unit == Unit::None && from.unit == Unit::Money);
                if percents || !unit_fits || number.form == Form::Factor {
                    return None;
                }
                let slack = slack.checked_add(by.slack)?;
                let bare = number.unit == Unit::None && from.unit == Unit::Money;
                let times = if bare { factor(self.to.0, self.to.1) } else { Exact::from(1_i64) };
                let stated = number.value.checked_mul(times)?;
                let near = |value: Exact| apart.checked_sub(value).is_some_and(|rest| rest.magnitude() <= slack);
                let fits = near(number.value)
                    || near(stated)
                    || hedge.is_some_and(|hedge| {
                        hedged(number.value, hedge).hold(apart) || stands_for(passage, number, apart)
                    });
                (!fits).then(|| {
                    (
                        say!(
                            "{lead} is {amount}, not {first}",
                            lead,
                            amount = amount(apart),
                            first = number_text(number)
                        ),
                        HELP,
                    )
                })
            }
        }
    }
}

/// A difference for a message, without the zeros that exact arithmetic leaves.
fn amount(value: Exact) -> String {
    if value.is_integer() {
        value.to_string()
    } else {
        value.to_decimal(2, Rounding::default()).trim_end_matches('0').to_owned()
    }
}
