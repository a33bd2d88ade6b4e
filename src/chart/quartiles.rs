//! The middle half of values, by the seventh definition of Hyndman and Fan (1996), as `compute` has it and R, NumPy and spreadsheets do: between two values
//! as far as the place lies between them.

use super::scale::{Signs, tick_labels};
use super::{Datum, Level};

/// Lower quartile, median and upper quartile; a value that is none of the printed ones is written in the language's signs.
pub fn quartiles(values: &[Datum], signs: &Signs) -> Option<[Level; 3]> {
    let mut known: Vec<Level> = values.iter().filter_map(Datum::level).collect();
    known.sort_by(|a, b| a.value.total_cmp(&b.value));
    let last = known.len().checked_sub(1)?;
    let percent = known[last].text.ends_with('%');
    Some([1, 2, 3].map(|quarter| {
        let (at, rest) = (last * quarter / 4, last * quarter % 4);
        let (low, high) = (&known[at], &known[(at + 1).min(last)]);
        if rest == 0 || low.text == high.text {
            return low.clone();
        }
        let value = low.value + (high.value - low.value) * rest as f64 / 4.0;
        let text = tick_labels(&[value], signs).concat();
        Level { value, text: if percent { format!("{text}\u{a0}%") } else { text } }
    }))
}

#[cfg(test)]
mod tests {
    use super::super::tests::number;
    use super::*;

    #[test]
    fn quartiles_are_those_of_common_programs() {
        let signs = Signs { decimal: ",".into(), group: " ".into() };
        let of = |list: &[f64]| {
            let values: Vec<Datum> = list.iter().map(|value| number(*value, &value.to_string())).collect();
            quartiles(&values, &signs).map(|all| all.map(|level| level.text))
        };
        // R: quantile(c(7, 15, 36, 39, 40, 41)) gives 20.25, 37.5, 39.75.
        assert_eq!(of(&[39.0, 7.0, 15.0, 41.0, 36.0, 40.0]), Some(["20,25", "37,5", "39,75"].map(str::to_owned)));
        assert_eq!(of(&[1.0, 2.0, 3.0, 4.0, 5.0]), Some(["2", "3", "4"].map(str::to_owned)));
        assert_eq!(of(&[3.0]), Some(["3", "3", "3"].map(str::to_owned)));
        assert_eq!(of(&[]), None);
    }
}
