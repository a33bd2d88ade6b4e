//! What stands beside the values of a chart: the share that a count is, or the count that a share is made of.

use crate::compute::statistics::Computed;
use crate::compute::table::ComputedColumn;
use crate::document::data::{Beside, Mark};
use crate::value::{Exact, Value};

/// What the values of a chart are told beside.
pub fn beside(mark: Mark, percent: bool, base: Option<&Computed>) -> Option<Beside> {
    match mark {
        _ if percent => Some(Beside::Count),
        Mark::StackedBar | Mark::PercentBar | Mark::StackedArea => Some(Beside::ShareOfBar),
        _ => base.map(|base| Beside::ShareOf(base.label.clone())),
    }
}

/// The other measure of each value of a row as the table has it; none for what has none, as a number that is withheld.
pub fn row(
    beside: &Beside,
    values: &[&Value],
    columns: &[&ComputedColumn],
    base: Option<&Computed>,
) -> Vec<Option<Value>> {
    // A bar of which a part is not told has no whole.
    let bar = values.iter().try_fold(Exact::ZERO, |sum, value| sum.checked_add(value.number()?));
    let share = |value: &Value, column: &ComputedColumn| {
        let whole = match (beside, value) {
            (Beside::ShareOfBar, Value::Count(_) | Value::Amount { .. }) => bar?,
            (Beside::ShareOf(_), Value::Count(_)) => base?.value(column.of)?.number()?,
            _ => return None,
        };
        let number = value.number()?;
        let value = number.checked_mul(Exact::from(100_i64))?.checked_div(whole)?;
        (Exact::ZERO <= value && value <= Exact::from(100_i64)).then_some(Value::Percent { value, decimals: 0 })
    };
    let other = |(value, column): (&&Value, &&ComputedColumn)| match (beside, value) {
        (Beside::Count, Value::Count(_)) => Some((*value).clone()),
        _ => share(value, column),
    };
    values.iter().zip(columns).map(other).collect()
}
