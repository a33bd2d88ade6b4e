//! Operations on values: what a figure or a column is made of others by. Exact; what is withheld of a part is withheld of the result.

use crate::source::Text;
use crate::value::{Blank, Exact, Unit, Value};

use super::summary;

/// Why an operation has no result.
pub enum Fault {
    Zero,
    Overflow,
    /// The parts are not of kinds that go together.
    Kind(&'static str),
}

/// A number and what it is counted in; the reason where there is none.
enum Operand<'a> {
    Number(Exact, Measure<'a>, u8),
    Withheld(Blank),
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Measure<'a> {
    Count,
    Percent,
    Amount(Option<&'a str>),
}

fn operand(value: &Value) -> Result<Operand<'_>, Fault> {
    Ok(match value {
        Value::Count(value) => Operand::Number(*value, Measure::Count, 0),
        Value::Percent { value, decimals } => Operand::Number(*value, Measure::Percent, *decimals),
        Value::Amount { value, decimals, unit } => Operand::Number(*value, Measure::Amount(unit.as_deref()), *decimals),
        Value::Blank(Blank::Zero) => Operand::Number(Exact::ZERO, Measure::Count, 0),
        Value::Blank(blank) => Operand::Withheld(*blank),
        Value::Change { .. } => return Err(Fault::Kind("a change is no part of another figure")),
        Value::Date(_) | Value::Text(_) => return Err(Fault::Kind("its parts must be numbers")),
    })
}

type Pair<'a> = ((Exact, Measure<'a>, u8), (Exact, Measure<'a>, u8));

/// Two numbers; or the reason why the result is not known.
fn two<'a>(values: &[&'a Value]) -> Result<Result<Pair<'a>, Value>, Fault> {
    let [first, second] = values else { return Err(Fault::Kind("it needs two parts")) };
    Ok(match (operand(first)?, operand(second)?) {
        (Operand::Number(a, of_a, decimals), Operand::Number(b, of_b, more)) => {
            Ok(((a, of_a, decimals), (b, of_b, more)))
        }
        (Operand::Withheld(a), Operand::Withheld(b)) => Err(Value::Blank(a.max(b))),
        (Operand::Withheld(blank), _) | (_, Operand::Withheld(blank)) => Err(Value::Blank(blank)),
    })
}

/// The first in percent of the second.
pub fn share(values: &[&Value], decimals: u8) -> Result<Value, Fault> {
    let ((part, of_part, _), (whole, of_whole, _)) = match two(values)? {
        Ok(pair) => pair,
        Err(withheld) => return Ok(withheld),
    };
    if of_part != of_whole || of_part == Measure::Percent {
        return Err(Fault::Kind("part and whole must both be counts, or amounts of the same unit"));
    }
    if part > whole {
        return Err(Fault::Kind("the part is larger than the whole; write `ratio` if that is meant"));
    }
    if whole == Exact::ZERO {
        return Err(Fault::Zero);
    }
    let value =
        part.checked_mul(Exact::from(100_i64)).and_then(|part| part.checked_div(whole)).ok_or(Fault::Overflow)?;
    Ok(Value::Percent { value, decimals })
}

/// The first divided by the second.
pub fn ratio(values: &[&Value], decimals: u8, unit: Option<&Text>) -> Result<Value, Fault> {
    let ((first, ..), (second, ..)) = match two(values)? {
        Ok(pair) => pair,
        Err(withheld) => return Ok(withheld),
    };
    if second == Exact::ZERO {
        return Err(Fault::Zero);
    }
    let value = first.checked_div(second).ok_or(Fault::Overflow)?;
    Ok(Value::Amount { value, decimals, unit: unit.map(|unit| unit.value.clone()) })
}

/// The second less the first.
pub fn change(values: &[&Value]) -> Result<Value, Fault> {
    let ((then, of_then, decimals), (now, of_now, more)) = match two(values)? {
        Ok(pair) => pair,
        Err(withheld) => return Ok(withheld),
    };
    if of_then != of_now {
        return Err(Fault::Kind("both must be of the same kind and unit"));
    }
    let unit = match of_then {
        Measure::Count | Measure::Amount(None) => Unit::None,
        Measure::Amount(Some(unit)) => Unit::Named(unit.to_owned()),
        Measure::Percent => Unit::Points,
    };
    let value = now.checked_sub(then).ok_or(Fault::Overflow)?;
    Ok(Value::Change { value, decimals: decimals.max(more), unit })
}

/// The mean.
pub fn average(values: &[&Value], decimals: u8, unit: Option<&Text>) -> Result<Value, Fault> {
    let mut numbers = Vec::new();
    let mut withheld = None;
    let mut measures = Vec::new();
    for value in values {
        match operand(value)? {
            Operand::Number(value, measure, _) => {
                numbers.push(value);
                measures.push(measure);
            }
            Operand::Withheld(blank) => withheld = withheld.max(Some(blank)),
        }
    }
    if measures.contains(&Measure::Percent) {
        return Err(Fault::Kind("the mean of percentages is not the percentage of all; average the counts"));
    }
    if measures.windows(2).any(|pair| matches!(pair, [a, b] if a != b)) {
        return Err(Fault::Kind("its parts must all be counts, or amounts of the same unit"));
    }
    if let Some(blank) = withheld {
        return Ok(Value::Blank(blank));
    }
    let own = match measures.first() {
        Some(Measure::Amount(Some(unit))) => Some((*unit).to_owned()),
        _ => None,
    };
    let value = summary::mean(&numbers).ok_or(Fault::Overflow)?;
    Ok(Value::Amount { value, decimals, unit: unit.map(|unit| unit.value.clone()).or(own) })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(n: i64) -> Value {
        Value::Count(Exact::from(n))
    }

    fn percent(text: &str) -> Value {
        Value::Percent { value: Exact::parse(text).expect(text).0, decimals: 0 }
    }

    fn value(result: Result<Value, Fault>) -> Value {
        result.unwrap_or_else(|_| panic!("a value"))
    }

    #[test]
    fn shares_are_exact_and_never_more_than_the_whole() {
        let Value::Percent { value: third, decimals: 1 } = value(share(&[&count(1), &count(3)], 1)) else {
            panic!("percent")
        };
        assert_eq!(third.checked_mul(Exact::from(3_i64)), Some(Exact::from(100_i64)), "a third three times is all");
        assert_eq!(value(share(&[&Value::Blank(Blank::Zero), &count(3)], 0)).number(), Some(Exact::ZERO));
        assert!(matches!(share(&[&count(4), &count(3)], 0), Err(Fault::Kind(_))));
        assert!(matches!(share(&[&count(0), &count(0)], 0), Err(Fault::Zero)));
        assert!(matches!(share(&[&percent("5"), &percent("10")], 0), Err(Fault::Kind(_))));
    }

    #[test]
    fn a_change_has_a_sign_and_percentages_change_in_points() {
        let fell = value(change(&[&count(8), &count(5)]));
        assert_eq!(fell, Value::Change { value: Exact::from(-3_i64), decimals: 0, unit: Unit::None });
        let points = value(change(&[&percent("40"), &percent("62.5")]));
        assert!(matches!(points, Value::Change { unit: Unit::Points, .. }));
        assert!(matches!(change(&[&count(8), &percent("5")]), Err(Fault::Kind(_))));
    }

    #[test]
    fn what_is_withheld_in_a_part_is_withheld_in_what_is_made_of_it() {
        let hidden = Value::Blank(Blank::Suppressed);
        let unknown = Value::Blank(Blank::NotAvailable);
        assert_eq!(value(share(&[&hidden, &count(40)], 0)), hidden);
        assert_eq!(value(ratio(&[&count(1), &unknown], 1, None)), unknown);
        assert_eq!(value(change(&[&unknown, &hidden])), hidden);
        assert_eq!(value(average(&[&count(1), &unknown, &hidden], 1, None)), hidden);
    }

    #[test]
    fn means_are_of_like_things() {
        let amount = |n: i64, unit: &str| Value::Amount { value: Exact::from(n), decimals: 0, unit: Some(unit.into()) };
        let mean = value(average(&[&amount(1, "kr"), &amount(2, "kr")], 1, None));
        let half = Exact::parse("1.5").expect("a number").0;
        assert_eq!(mean, Value::Amount { value: half, decimals: 1, unit: Some("kr".into()) });
        assert!(matches!(average(&[&amount(1, "kr"), &amount(2, "år")], 1, None), Err(Fault::Kind(_))));
        assert!(matches!(average(&[&percent("40"), &percent("60")], 1, None), Err(Fault::Kind(_))));
        assert!(matches!(ratio(&[&count(1), &count(0)], 1, None), Err(Fault::Zero)));
    }
}
