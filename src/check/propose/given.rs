//! A typed number as a figure: how it is given, and what prints it as it was typed.

use crate::check::Context;
use crate::check::number::{Form, Number, Unit, factor};
use crate::check::prose::Passage;
use crate::diagnostic::{Said, say};
use crate::locale::Gender;
use crate::value::Exact;

/// Decimals of an amount that are looked for.
const MOST_DECIMALS: u8 = 4;

/// The filter that prints a percentage with as many decimals as it was typed with, and with its sign where it had that.
pub fn percent(number: &Number, sign: bool) -> String {
    let decimals = if number.decimals == 0 { String::new() } else { format!(" {}", number.decimals) };
    format!(" | percent{decimals}{}", if sign { " sign" } else { "" })
}

/// How a number is given as a figure, and the filter that prints it as it was typed.
pub fn given(context: &Context<'_>, passage: &Passage, number: &Number) -> Result<(String, String), Said> {
    let locale = context.locale;
    let even = |text: &str| text.replace(['\u{a0}', '\u{202f}'], " ");
    let typed = even(passage.slice(number.range.clone()));
    let same = |printed: &str| even(printed) == typed;
    let value = number.value.to_decimal(number.decimals, locale.rounding());
    let otherwise = || Err(say!("a binding would print it in another way"));
    match (number.form, number.unit) {
        (Form::Fraction | Form::Factor | Form::Round, _) => {
            Err(say!("it is no count: bind the number that it is a share or a multiple of"))
        }
        (Form::Words, Unit::None) => {
            let Some(count) = number.count() else { return otherwise() };
            let words = |gender| locale.words(count, gender).unwrap_or_default();
            let (neuter, common) = (words(Gender::Neuter), words(Gender::Common));
            let filter = match () {
                () if same(&neuter) => " | words",
                () if same(&locale.capitalise(&neuter)) => " | words | capital",
                () if same(&common) => " | words en",
                () if same(&locale.capitalise(&common)) => " | words en | capital",
                () => return otherwise(),
            };
            Ok((format!("count: {value}"), filter.to_owned()))
        }
        (_, Unit::Percent) => {
            let Some(ratio) = number.value.checked_div(Exact::from(100_i64)) else { return otherwise() };
            let filter = match () {
                () if same(&locale.percent(&ratio, number.decimals)) => String::new(),
                () if same(&locale.percent_sign(&ratio, number.decimals)) => percent(number, true),
                () => return otherwise(),
            };
            Ok((format!("percent: {value}, as-published: true"), filter))
        }
        (_, Unit::None) if same(&locale.number(&number.value, number.decimals)) => {
            Ok((format!("{}: {value}", if number.decimals == 0 { "count" } else { "amount" }), String::new()))
        }
        (Form::Words, _) => otherwise(),
        _ => {
            // "5,8 miljoner kronor", "£5.8m": the number as it stands, and its unit.
            let rest = typed.trim_start_matches(|c: char| !c.is_ascii_digit());
            let scale = rest.trim_start_matches(|c: char| c.is_ascii_digit() || " .,".contains(c));
            let sign = &typed[..typed.len() - rest.len()];
            let gap = if sign.is_empty() || !rest.ends_with(&format!(" {scale}")) { "" } else { " " };
            let unit = &format!("{sign}{gap}{scale}");
            let amount = number.value.checked_div(factor(unit, passage.language)).unwrap_or(number.value);
            let prints = |decimals: &u8| same(&locale.with_unit(&locale.number(&amount, *decimals), unit));
            let Some(decimals) = (0..=MOST_DECIMALS).find(prints).filter(|_| !unit.is_empty()) else {
                return otherwise();
            };
            let unit = serde_json::Value::from(unit.as_str());
            Ok((format!("amount: {}, unit: {unit}", amount.to_decimal(decimals, locale.rounding())), String::new()))
        }
    }
}
