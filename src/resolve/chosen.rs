//! What the filters of a binding choose of a figure, and what of the number they change.

use crate::compute::statistics::Computed;
use crate::document::FilterName;
use crate::source::Spanned;
use crate::value::{Group, Scale, Value};

/// What the filters so far have chosen.
#[derive(Clone)]
pub(super) struct Chosen<'s> {
    pub figure: &'s Computed,
    /// The group that was asked for, or that of the column.
    pub of: Option<Group>,
    pub column: Option<&'s (String, Value)>,
    /// The number without its sign.
    pub absolute: bool,
    /// The unit that the number is told in, and its decimals.
    pub scale: Option<(Scale, u8)>,
    /// The number without its unit.
    pub bare: bool,
    /// The filter that chose a group or a column.
    pub chose: Option<Spanned<String>>,
    /// Those that change the number which is printed, where they stand.
    pub changed: Vec<(FilterName, Spanned<String>)>,
}

impl<'s> Chosen<'s> {
    pub fn new(figure: &'s Computed) -> Self {
        let (of, column, scale, chose) = Default::default();
        Self { figure, of, column, absolute: false, scale, bare: false, chose, changed: Vec::new() }
    }

    /// The value of the column or group that was chosen, or of the whole figure; none where it has none.
    pub fn value(&self) -> Option<&'s Value> {
        self.column.map_or_else(|| self.figure.value(self.of), |(_, value)| Some(value))
    }

    /// The same column or group of another figure.
    pub fn of_other(&self, other: &'s Computed) -> Option<&'s Value> {
        match self.column {
            Some((column, _)) => other.columns.iter().find(|(id, _)| id == column).map(|(_, value)| value),
            None => other.value(self.of),
        }
    }
}
