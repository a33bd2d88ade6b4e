//! A number in another unit, or without its unit: "2,2 miljoner kronor" of 2 190 tkr.

use crate::diagnostic::{Code, Diagnostic, say};
use crate::document::FilterName;
use crate::locale::Locale;
use crate::source::Spanned;
use crate::value::{Exact, Scale, Unit, Value};

use super::chosen::Chosen;
use super::phrase::hundredth;
use super::refused::no_number;

/// So many decimals are enough for a krona in milliards.
const MOST_DECIMALS: u8 = 9;

/// The value in the unit that was asked for; as it is where none was.
pub(super) fn scaled(chosen: &Chosen<'_>, value: Value, locale: &Locale) -> Result<Value, Box<Diagnostic>> {
    let Some((to, decimals)) = chosen.scale else { return Ok(value) };
    let filter = changes(chosen, FilterName::Scale);
    let own = match &value {
        Value::Count(_) | Value::Amount { unit: None, .. } | Value::Change { unit: Unit::None, .. } => Some(Scale::One),
        Value::Amount { unit: Some(unit), .. } | Value::Change { unit: Unit::Named(unit), .. } => Scale::of_unit(unit),
        _ => None,
    };
    let number = value.number().unwrap_or(Exact::ZERO);
    let Some(own) = own.filter(|own| own.measures() == to.measures()) else {
        return Err(no_scale(&value, to, filter, chosen));
    };
    let number = own.convert(number, to).ok_or_else(|| no_number("scale", &value, chosen.figure.span))?;
    // A number that is not nought is not printed as none, however large the unit.
    let printed = |decimals: u8| number.round(decimals, locale.rounding());
    let decimals = (decimals..=MOST_DECIMALS).find(|decimals| printed(*decimals) != Exact::ZERO).unwrap_or(decimals);
    let one = number.magnitude().to_decimal(decimals, locale.rounding()) == "1";
    let unit = locale.scale(to, one);
    Ok(match value {
        Value::Change { .. } => Value::Change { value: number, decimals, unit: Unit::Named(unit) },
        _ => Value::Amount { value: number, decimals, unit: Some(unit) },
    })
}

/// The number alone, of a value that has a unit.
pub(super) fn bare(value: &Value, chosen: &Chosen<'_>, locale: &Locale) -> Result<String, Box<Diagnostic>> {
    let sized = |value: &Exact| if chosen.absolute { value.magnitude() } else { *value };
    Ok(match value {
        Value::Percent { value, decimals } => locale.percent_digits(&hundredth(sized(value)), *decimals),
        Value::Amount { value, decimals, unit: Some(_) } => locale.number(&sized(value), *decimals),
        Value::Change { value, decimals, unit: Unit::Percent } => {
            let ratio = hundredth(sized(value));
            let digits = locale.percent_digits(&ratio, *decimals);
            if chosen.absolute { digits } else { locale.with_plus(digits, &ratio) }
        }
        Value::Change { value, decimals, unit: Unit::Named(_) | Unit::Points } if chosen.absolute => {
            locale.change(&value.magnitude(), *decimals)
        }
        Value::Change { value, decimals, unit: Unit::Named(_) | Unit::Points } => locale.signed(value, *decimals),
        value => {
            let at = changes(chosen, FilterName::Unit).map_or(chosen.figure.span, |filter| filter.span);
            return Err(no_number("unit none", value, at));
        }
    })
}

/// Where a filter stands that changes the number.
fn changes<'c>(chosen: &'c Chosen<'_>, name: FilterName) -> Option<&'c Spanned<String>> {
    chosen.changed.iter().find(|(changes, _)| *changes == name).map(|(_, filter)| filter)
}

fn no_scale(value: &Value, to: Scale, filter: Option<&Spanned<String>>, chosen: &Chosen<'_>) -> Box<Diagnostic> {
    let told = match value {
        Value::Amount { unit: Some(unit), .. } | Value::Change { unit: Unit::Named(unit), .. } => {
            say!("the figure is told in `{unit}`, which cannot be told in `{to}`", unit, to = to.name())
        }
        _ => say!("the figure has no unit that can be told in `{to}`", to = to.name()),
    };
    let known: Vec<&str> =
        Scale::WORDS.iter().filter(|(_, known)| known.measures() == to.measures()).map(|(name, _)| *name).collect();
    Box::new(
        Diagnostic::error(Code::FIGURE_KIND, told)
            .at(filter.map_or(chosen.figure.span, |filter| filter.span))
            .also(chosen.figure.span, say!("the figure"))
            .help(say!(
                "`scale {to}` goes with {known}; give the figure such a unit, or take the filter away",
                to = to.name(),
                known = known.join(", ")
            )),
    )
}
