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
    /// Of a cell without a case: nought of whatever the others are.
    Any,
    Count,
    Percent,
    Amount(Option<&'a str>),
}

fn operand(value: &Value) -> Result<Operand<'_>, Fault> {
    Ok(match value {
        Value::Count(value) => Operand::Number(*value, Measure::Count, 0),
        Value::Percent { value, decimals } => Operand::Number(*value, Measure::Percent, *decimals),
        Value::Amount { value, decimals, unit } => Operand::Number(*value, Measure::Amount(unit.as_deref()), *decimals),
        Value::Blank(Blank::Zero) => Operand::Number(Exact::ZERO, Measure::Any, 0),
        Value::Blank(blank) => Operand::Withheld(*blank),
        Value::Change { .. } => return Err(Fault::Kind("a change is no part of another figure")),
        Value::Date(_) | Value::Text(_) => return Err(Fault::Kind("its parts must be numbers")),
    })
}

/// Numbers of one measure, with the most decimals that any has.
struct Numbers<'a> {
    values: Vec<Exact>,
    measure: Measure<'a>,
    decimals: u8,
}

impl Numbers<'_> {
    /// A result in the measure of the parts.
    fn in_measure(&self, value: Exact) -> Value {
        match self.measure {
            Measure::Any | Measure::Count => Value::Count(value),
            Measure::Percent => Value::Percent { value, decimals: self.decimals },
            Measure::Amount(unit) => Value::Amount { value, decimals: self.decimals, unit: unit.map(str::to_owned) },
        }
    }
}

/// The parts as numbers of one measure; or the gravest reason why the result is not known. `wanted` is told where they are of several.
fn numbers<'a>(values: &[&'a Value], wanted: &'static str) -> Result<Result<Numbers<'a>, Value>, Fault> {
    let mut out = Numbers { values: Vec::new(), measure: Measure::Any, decimals: 0 };
    let mut withheld = None;
    for value in values {
        match operand(value)? {
            Operand::Withheld(blank) => withheld = withheld.max(Some(blank)),
            Operand::Number(value, measure, decimals) => {
                out.measure = match (out.measure, measure) {
                    (one, Measure::Any) => one,
                    (Measure::Any, other) => other,
                    (one, other) if one == other => one,
                    _ => return Err(Fault::Kind(wanted)),
                };
                out.values.push(value);
                out.decimals = out.decimals.max(decimals);
            }
        }
    }
    Ok(withheld.map_or(Ok(out), |blank| Err(Value::Blank(blank))))
}

/// Two numbers of one measure; or the reason why the result is not known.
fn two<'a>(values: &[&'a Value], wanted: &'static str) -> Result<Result<(Exact, Exact, Numbers<'a>), Value>, Fault> {
    let found = match numbers(values, wanted)? {
        Ok(found) => found,
        Err(withheld) => return Ok(Err(withheld)),
    };
    match found.values.as_slice() {
        [first, second] => Ok(Ok((*first, *second, found))),
        _ => Err(Fault::Kind("it needs two parts")),
    }
}

fn times_hundred(value: Exact, by: Exact) -> Result<Exact, Fault> {
    value.checked_mul(Exact::from(100_i64)).and_then(|value| value.checked_div(by)).ok_or(Fault::Overflow)
}

/// The sum; parts that do not apply are left out, as totals do.
pub fn sum(values: &[&Value]) -> Result<Value, Fault> {
    let apply = |value: &&&Value| !matches!(value, Value::Blank(Blank::NotApplicable));
    let parts: Vec<&Value> = values.iter().filter(apply).copied().collect();
    if parts.is_empty() {
        return Ok(Value::Blank(Blank::NotApplicable));
    }
    let found = match numbers(&parts, "its parts must all be counts, or amounts of the same unit")? {
        Ok(found) => found,
        Err(withheld) => return Ok(withheld),
    };
    if found.measure == Measure::Percent {
        return Err(Fault::Kind("percentages cannot be added up: add up the counts, and take the share of the sums"));
    }
    let mut total = Exact::ZERO;
    for value in &found.values {
        total = total.checked_add(*value).ok_or(Fault::Overflow)?;
    }
    Ok(found.in_measure(total))
}

/// The first less the others.
pub fn difference(values: &[&Value]) -> Result<Value, Fault> {
    let found = match numbers(values, "its parts must all be counts, or amounts of the same unit")? {
        Ok(found) => found,
        Err(withheld) => return Ok(withheld),
    };
    if found.measure == Measure::Percent {
        return Err(Fault::Kind("percentages differ in percentage points: write `change`"));
    }
    let mut rest: Option<Exact> = None;
    for value in &found.values {
        rest = Some(rest.map_or(Some(*value), |rest| rest.checked_sub(*value)).ok_or(Fault::Overflow)?);
    }
    Ok(found.in_measure(rest.unwrap_or(Exact::ZERO)))
}

/// The first in percent of the second.
pub fn share(values: &[&Value], decimals: u8) -> Result<Value, Fault> {
    const WANTED: &str = "part and whole must both be counts, or amounts of the same unit";
    let (part, whole, found) = match two(values, WANTED)? {
        Ok(pair) => pair,
        Err(withheld) => return Ok(withheld),
    };
    if found.measure == Measure::Percent {
        return Err(Fault::Kind(WANTED));
    }
    if part > whole {
        return Err(Fault::Kind("the part is larger than the whole; write `ratio` if that is meant"));
    }
    if whole == Exact::ZERO {
        return Err(Fault::Zero);
    }
    Ok(Value::Percent { value: times_hundred(part, whole)?, decimals })
}

/// The first divided by the second, so many times.
pub fn ratio(values: &[&Value], per: Exact, decimals: u8, unit: Option<&Text>) -> Result<Value, Fault> {
    let [first, second] = values else { return Err(Fault::Kind("it needs two parts")) };
    let (first, second) = match (operand(first)?, operand(second)?) {
        (Operand::Number(first, ..), Operand::Number(second, ..)) => (first, second),
        (Operand::Withheld(a), Operand::Withheld(b)) => return Ok(Value::Blank(a.max(b))),
        (Operand::Withheld(blank), _) | (_, Operand::Withheld(blank)) => return Ok(Value::Blank(blank)),
    };
    if second == Exact::ZERO {
        return Err(Fault::Zero);
    }
    let value = first.checked_mul(per).and_then(|first| first.checked_div(second)).ok_or(Fault::Overflow)?;
    Ok(Value::Amount { value, decimals, unit: unit.map(|unit| unit.value.clone()) })
}

const ONE_MEASURE: &str = "both must be of the same kind and unit";

/// The second less the first.
pub fn change(values: &[&Value]) -> Result<Value, Fault> {
    let (then, now, found) = match two(values, ONE_MEASURE)? {
        Ok(pair) => pair,
        Err(withheld) => return Ok(withheld),
    };
    let unit = match found.measure {
        Measure::Any | Measure::Count | Measure::Amount(None) => Unit::None,
        Measure::Amount(Some(unit)) => Unit::Named(unit.to_owned()),
        Measure::Percent => Unit::Points,
    };
    let value = now.checked_sub(then).ok_or(Fault::Overflow)?;
    Ok(Value::Change { value, decimals: found.decimals, unit })
}

/// The second less the first, in percent of the first. From nought, and from less, there is none.
pub fn growth(values: &[&Value], decimals: u8) -> Result<Value, Fault> {
    let (then, now, found) = match two(values, ONE_MEASURE)? {
        Ok(pair) => pair,
        Err(withheld) => return Ok(withheld),
    };
    if found.measure == Measure::Percent {
        return Err(Fault::Kind("percentages change in percentage points: take `as: percent` away"));
    }
    if then <= Exact::ZERO {
        return Err(Fault::Zero);
    }
    let value = times_hundred(now.checked_sub(then).ok_or(Fault::Overflow)?, then)?;
    Ok(Value::Change { value, decimals, unit: Unit::Percent })
}

/// The second where the first is 100.
pub fn index(values: &[&Value], decimals: u8) -> Result<Value, Fault> {
    let (base, now, _) = match two(values, ONE_MEASURE)? {
        Ok(pair) => pair,
        Err(withheld) => return Ok(withheld),
    };
    if base <= Exact::ZERO {
        return Err(Fault::Zero);
    }
    Ok(Value::Amount { value: times_hundred(now, base)?, decimals, unit: None })
}

/// The mean.
pub fn average(values: &[&Value], decimals: u8, unit: Option<&Text>) -> Result<Value, Fault> {
    let found = match numbers(values, "its parts must all be counts, or amounts of the same unit")? {
        Ok(found) => found,
        Err(withheld) => return Ok(withheld),
    };
    if found.measure == Measure::Percent {
        return Err(Fault::Kind("the mean of percentages is not the percentage of all; average the counts"));
    }
    let own = match found.measure {
        Measure::Amount(unit) => unit.map(str::to_owned),
        _ => None,
    };
    let value = summary::mean(&found.values).ok_or(Fault::Overflow)?;
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
        assert_eq!(value(ratio(&[&count(1), &unknown], Exact::from(1_i64), 1, None)), unknown);
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
        assert!(matches!(ratio(&[&count(1), &count(0)], Exact::from(1_i64), 1, None), Err(Fault::Zero)));
    }

    #[test]
    fn growth_and_index_are_told_against_a_base() {
        let points = |value: Result<Value, Fault>| self::value(value).number().map(|number| number.to_string());
        assert_eq!(points(growth(&[&count(8), &count(6)], 1)), Some("-25".to_owned()));
        assert_eq!(points(index(&[&count(8), &count(10)], 1)), Some("125".to_owned()));
        assert!(matches!(growth(&[&count(0), &count(6)], 1), Err(Fault::Zero)));
        assert!(matches!(growth(&[&percent("4"), &percent("6")], 1), Err(Fault::Kind(_))));
        assert!(matches!(index(&[&count(-1), &count(6)], 1), Err(Fault::Zero)), "what is less than nought is no base");
        let per = ratio(&[&count(3), &count(2000)], Exact::from(1000_i64), 1, None);
        assert_eq!(points(per), Some("1.5".to_owned()), "per 1,000 inhabitants");
    }

    #[test]
    fn sums_keep_their_unit_and_what_is_not_known() {
        let amount = |n: i64, unit: &str| Value::Amount { value: Exact::from(n), decimals: 1, unit: Some(unit.into()) };
        let zero = Value::Blank(Blank::Zero);
        assert_eq!(value(sum(&[&amount(1, "kr"), &zero, &amount(2, "kr")])), amount(3, "kr"));
        assert_eq!(value(difference(&[&count(5), &zero, &count(7)])), count(-2));
        assert!(matches!(sum(&[&amount(1, "kr"), &amount(2, "tkr")]), Err(Fault::Kind(_))));
        assert!(matches!(sum(&[&percent("40"), &percent("60")]), Err(Fault::Kind(_))));
        let unknown = Value::Blank(Blank::NotAvailable);
        assert_eq!(value(sum(&[&count(1), &unknown])), unknown);
        assert_eq!(value(sum(&[&count(1), &Value::Blank(Blank::NotApplicable)])), count(1));
    }
}
