//! What a table's note says of the rest: "övriga 3 procent svarade inte". The number follows from the table and needs no figure.

use crate::check::lang;
use crate::check::number::{Number, Unit};
use crate::check::prose::{Passage, Place};
use crate::check::words::holds;
use crate::compute::statistics::Statistics;
use crate::model::Project;
use crate::source::Span;
use crate::value::{Exact, Value};

/// What the columns of each table with a note leave of their whole.
pub struct Remainders(Vec<Remainder>);

struct Remainder {
    note: Span,
    /// Percent that are left of a hundred, with how far rounding may take them, or a number that is left of the table's base.
    left: Vec<(Unit, Exact, Exact)>,
}

impl Remainders {
    #[must_use]
    pub fn new(project: &Project, statistics: &Statistics) -> Self {
        let of = |table: &crate::model::Table| {
            let computed = statistics.tables.get(&table.id.value)?;
            let base = table.base.as_ref().and_then(|base| statistics.figures.get(&base.value));
            let base = base.and_then(|base| base.total.number());
            let columns = 0..computed.columns.len();
            let left =
                columns.filter(|at| computed.columns.get(*at).is_some_and(|column| !column.total)).filter_map(|at| {
                    // A row of totals is no part.
                    let rows = computed.rows.iter().take(table.rows.len());
                    let values: Option<Vec<&Value>> = rows.map(|row| row.values.get(at)).collect();
                    left(&values?, base)
                });
            Some(Remainder { note: table.note.as_ref()?.span, left: left.collect() })
        };
        Self(project.findings.tables.iter().filter_map(of).collect())
    }

    /// Whether a number of a note is what the note's table leaves, and the note says so.
    #[must_use]
    pub fn declares(&self, passage: &Passage, number: &Number) -> bool {
        if passage.place != Place::TableNote {
            return false;
        }
        let lists = lang::lists(passage.language);
        let sentence = passage.lower.get(passage.sentence(number.range.start)).unwrap_or("");
        let said = holds(sentence, &lists.rest) || holds(sentence, &lists.unanswered);
        let place = passage.whole();
        said && self.0.iter().filter(|table| inside(place, table.note)).flat_map(|table| &table.left).any(
            |(unit, value, slack)| {
                let apart = value.checked_sub(number.value).map(Exact::magnitude);
                *unit == number.unit && apart.is_some_and(|apart| apart <= *slack)
            },
        )
    }
}

fn inside(place: Span, note: Span) -> bool {
    place.source == note.source && note.start <= place.start && place.end <= note.end
}

/// What the values of a column leave of a hundred percent, or of the base.
fn left(values: &[&Value], base: Option<Exact>) -> Option<(Unit, Exact, Exact)> {
    if values.is_empty() {
        return None;
    }
    let sum = |numbers: Option<Vec<Exact>>| numbers?.into_iter().try_fold(Exact::ZERO, Exact::checked_add);
    let percents = values.iter().map(|value| match value {
        Value::Percent { value, .. } => Some(*value),
        _ => None,
    });
    let decimals = values.iter().filter_map(|value| match value {
        Value::Percent { decimals, .. } => Some(*decimals),
        _ => None,
    });
    if let Some(sum) = sum(percents.collect()) {
        // Half a unit for each part, and for the rest itself.
        let parts = i64::try_from(values.len() + 1).ok()?;
        let unit = 10_i64.checked_pow(u32::from(decimals.min()?))?.checked_mul(2)?;
        let slack = Exact::ratio(Exact::from(parts), Exact::from(unit))?;
        return Some((Unit::Percent, Exact::from(100_i64).checked_sub(sum)?, slack));
    }
    let counts = values.iter().map(|value| match value {
        Value::Count(value) => Some(*value),
        _ => None,
    });
    Some((Unit::None, base?.checked_sub(sum(counts.collect())?)?, Exact::ZERO))
}
