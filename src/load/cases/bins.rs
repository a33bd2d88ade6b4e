//! Groups of numbers and dates: bands as the author lists them, and classes of equal width, which a histogram is drawn of.

use crate::diagnostic::{Code, Diagnostic, Sink, say};
use crate::model::{Answers, Bins, CaseValue};
use crate::source::{Spanned, Text};
use crate::value::{Exact, Group, Rounding};

use super::super::form::{Count, Number, Plain, Required, mapping};

/// More classes are no shape any more.
pub const MOST: i64 = 60;

mapping! {
    /// A group of numbers or dates, both ends included; one may be left out.
    BandEntry "band" {
        /// The first.
        from: Plain,
        /// The last.
        to: Plain,
    }
}

mapping! {
    /// Classes of equal width.
    BinsEntry "bins" {
        /// How wide each is: a whole number.
        width: Required<Count>,
        /// A whole number at which one of them begins; nought where it is not given.
        from: Number,
    }
}

#[derive(Debug)]
pub struct BandSpec {
    pub label: Text,
    pub id: Option<Spanned<String>>,
    pub group: Option<Group>,
    pub from: Option<Text>,
    pub to: Option<Text>,
}

pub fn bands(given: Vec<(Spanned<String>, Spanned<BandEntry>)>, sink: &mut Sink) -> Vec<BandSpec> {
    let mut out = Vec::new();
    for (label, Spanned { value: BandEntry { from, to }, span }) in given {
        if from.is_none() && to.is_none() {
            sink.push(
                Diagnostic::error(Code::KEY_MISSING, say!("band `{label}` has no bounds", label = label.value))
                    .at(span)
                    .help(say!("write {from: 18, to: 29}; the first and the last band may be open at one end")),
            );
            continue;
        }
        out.push(BandSpec { label: Text::new(label.value, label.span), id: None, group: None, from, to });
    }
    out
}

/// What an author says of classes.
pub fn read(given: Spanned<BinsEntry>, sink: &mut Sink) -> Option<Spanned<Bins>> {
    let whole = |number: Exact| number.is_integer().then(|| number.to_i64()).flatten();
    let width = whole(given.value.width?.value).filter(|width| *width > 0);
    let from = given.value.from.map_or(Some(0), |from| whole(from.value.0));
    let Some((width, from)) = width.zip(from) else {
        sink.push(
            Diagnostic::error(
                Code::VALUE_INVALID,
                say!("classes have whole numbers as limits, and are not nought wide"),
            )
            .at(given.span)
            .help(say!("write bins: {width: 10, from: 0}")),
        );
        return None;
    };
    Some(Spanned::new(Bins { from, width }, given.span))
}

/// Cases by their class.
pub struct Sorted {
    pub labels: Vec<String>,
    /// From the first class that has a case.
    pub bins: Bins,
    pub answers: Answers,
}

/// Sorts cases into classes, one of which begins at `bins.from`, from that of the least value to that of the largest.
///
/// # Errors
/// How many classes it would take, where they are too many.
pub fn sort(bins: Bins, values: &[Option<CaseValue>]) -> Result<Sorted, i64> {
    let number = |value: &CaseValue| match value {
        CaseValue::Number { value, .. } => Some(*value),
        CaseValue::Date(_) => None,
    };
    let numbers: Vec<Option<Exact>> = values.iter().map(|value| value.as_ref().and_then(number)).collect();
    let places: Vec<Option<i64>> = numbers.iter().map(|number| place(bins, (*number)?)).collect();
    let known = || places.iter().flatten().copied();
    let (first, last) = known().min().zip(known().max()).unwrap_or((0, -1));
    let count = last.saturating_sub(first).saturating_add(1);
    if count > MOST {
        return Err(count);
    }
    let whole = numbers.iter().flatten().all(|number| number.is_integer());
    let begin = |place: i64| bins.from.saturating_add(place.saturating_mul(bins.width));
    let labels = (first..=last).map(|place| label(begin(place), bins.width, whole)).collect();
    let mut answers = Answers::default();
    places.iter().for_each(|place| answers.push(place.and_then(|place| u32::try_from(place - first).ok())));
    Ok(Sorted { labels, bins: Bins { from: begin(first), ..bins }, answers })
}

/// The place of a number among the classes, counted from the one that begins at `bins.from`.
fn place(bins: Bins, number: Exact) -> Option<i64> {
    let steps = number.checked_sub(Exact::from(bins.from))?.checked_div(Exact::from(bins.width))?;
    let near = steps.round(0, Rounding::HalfAwayFromZero);
    let lower = if near > steps { near.checked_sub(Exact::from(1_i64))? } else { near };
    lower.to_i64()
}

/// "20–29" of whole numbers, "20–<30" of others.
fn label(low: i64, width: i64, whole: bool) -> String {
    let high = low.saturating_add(width);
    let minus = |number: i64| number.to_string().replace('-', "−");
    match (whole, width) {
        (true, 1) => minus(low),
        (true, _) => format!("{}–{}", minus(low), minus(high - 1)),
        (false, _) => format!("{}–<{}", minus(low), minus(high)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::CaseKind;

    fn sorted(width: i64, from: i64, values: &[&str]) -> (String, Vec<Option<u32>>) {
        let values: Vec<_> = values.iter().map(|text| CaseValue::parse(CaseKind::Number, text)).collect();
        let sorted = sort(Bins { from, width }, &values).map_err(|count| count.to_string()).unwrap();
        let places = (0..values.len()).map(|case| sorted.answers.of_case(case).first().copied());
        (sorted.labels.join(" "), places.collect())
    }

    #[test]
    fn numbers_are_in_one_class_each_and_classes_without_a_case_are_there() {
        let (labels, places) = sorted(10, 0, &["9", "10", "39", ""]);
        assert_eq!(labels, "0–9 10–19 20–29 30–39");
        assert_eq!(places, [Some(0), Some(1), Some(3), None]);
        assert_eq!(sorted(5, 18, &["17", "18", "22.5"]).0, "13–<18 18–<23");
        assert_eq!(
            sorted(5, 0, &["-1", "-5", "-6", "0"]),
            ("−10–−6 −5–−1 0–4".into(), vec![Some(1), Some(1), Some(0), Some(2)])
        );
        assert_eq!(sorted(1, 0, &["3", "4"]).0, "3 4");
        assert_eq!(sorted(1, 0, &[""]), (String::new(), vec![None]));
    }

    #[test]
    fn too_many_classes_are_told() {
        let values = ["0", "1000"].map(|text| CaseValue::parse(CaseKind::Number, text));
        assert_eq!(sort(Bins { from: 0, width: 10 }, &values).err(), Some(101));
    }
}
