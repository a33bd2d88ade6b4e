//! How many times as much one number is as another: "dubbelt så många som", "three times the number", "fördubblades från … till".

use super::premise::{Amount, Kind};
use super::scene::Derived;
use super::{Operation, Reading};
use crate::check::claim::number_text;
use crate::check::lang::Tag;
use crate::check::number::{Form, Number};
use crate::diagnostic::say;
use crate::value::Rounding;

pub static RATIO: Operation = Operation { code: "EVI013", cue, readings };

fn cue(derived: &Derived<'_>) -> bool {
    derived.kind == Kind::Factor
}

fn readings(derived: &Derived<'_>) -> Vec<Reading> {
    let mut out = Vec::new();
    for kind in [Kind::Plain, Kind::Money, Kind::Percent, Kind::Time] {
        let amounts = derived.amounts(kind);
        // "more than doubled between the two audits"
        let told = derived.sizable(&amounts, |_| true);
        for one in &told {
            let amounts = &told;
            let others = amounts.iter().filter(|other| other.start() != one.start());
            out.extend(others.filter_map(|other| one.may_be.over(other.may_be)).map(Reading::possible));
        }
        out.extend(certain(derived, &amounts));
    }
    out
}

fn certain(derived: &Derived<'_>, amounts: &[Amount<'_, '_>]) -> Option<Reading> {
    // "Det är dubbelt så många som 2020, då två av fyra fick kritik": words for a share are of another time.
    let own = derived.passage.sentence(derived.number.range.start);
    let known = |number: &Number| derived.premises.iter().any(|premise| premise.number.range == number.range);
    let other = |number: &Number| {
        !known(number) && number.allowed.is_none() && number.range != derived.number.range && number.form == Form::Words
    };
    if derived.passage.numbers[derived.passage.numbers_in(&own)].iter().any(other) {
        return None;
    }
    let [one, two] = of_the_sexes(derived, amounts).or_else(|| derived.two(amounts))?;
    let (large, small) = if one.value > two.value { (one, two) } else { (two, one) };
    let exact = large.value.checked_div(small.value)?;
    let words = say!(
        "{first} is {number} times {second}",
        first = number_text(large.premise.number),
        number = exact.to_decimal(1, Rounding::default()),
        second = number_text(small.premise.number)
    );
    derived
        .is_near(exact, 4)
        .then(|| Reading::certain(large.may_be.over(small.may_be).unwrap_or(derived.printed), words))
}

/// "648 kvinnor och 216 män …, dubbelt så många kvinnor som män": of all numbers those of the two.
fn of_the_sexes<'s, 'p>(derived: &Derived<'p>, amounts: &[Amount<'s, 'p>]) -> Option<[Amount<'s, 'p>; 2]> {
    let [women, men] = [Tag::Women, Tag::Men];
    if !(derived.words.behind(&[women], 6) && derived.words.behind(&[men], 6)) {
        return None;
    }
    let only = |tag: Tag| {
        let counts = |amount: &&Amount<'_, '_>| amount.premise.words.tail.first().is_some_and(|next| next.has(tag));
        let mut all = amounts.iter().filter(counts);
        all.next().filter(|_| all.next().is_none()).cloned()
    };
    Some([only(women)?, only(men)?])
}
