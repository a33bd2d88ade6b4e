//! The disclosure policy: which numbers would point at single persons, and what may be done so that they do not.

use std::fmt;
use std::sync::Arc;

use crate::register::register;
use crate::source::{Span, Spanned, Text};
use crate::value::PartialDate;

use super::proof::Proof;

/// What must not be found out from a report: its workspace's policy, tightened by its own.
#[derive(Debug, Clone)]
pub struct Policy {
    /// Without it no number of persons is too small.
    pub persons: Option<Persons>,
    /// Without it no contributor of an amount is protected.
    pub amounts: Option<Amounts>,
    /// What is done where a whole group stands in one category; where nobody has said it, a remark tells of it.
    pub whole_group: Option<WholeGroup>,
    /// What may be done, the first before the second.
    pub prefer: Vec<Prefer>,
    /// Cells that stay printed; a number that is too small by itself is refused all the same.
    pub never_hide: Vec<Spanned<String>>,
    /// The choice that was made: these cells are hidden, and no others, while that is enough.
    pub keep_hidden: Vec<Spanned<String>>,
    /// What that choice was proved with, where it was kept.
    pub proof: Option<Spanned<Arc<Proof>>>,
    pub exceptions: Vec<Exemption>,
    pub quotations: Vec<SignedQuotation>,
    pub span: Span,
}

/// Which numbers of persons are too small.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Persons {
    /// The smallest number that is printed.
    pub minimum: u32,
    /// So many different values of a number that is hidden for itself agree with all that is printed.
    pub values_left: u32,
    pub zeros: Zeros,
}

impl Default for Persons {
    fn default() -> Self {
        Self { minimum: 5, values_left: 3, zeros: Zeros::Shown }
    }
}

/// Which amounts tell too much of their largest contributor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Amounts {
    /// No reader, not even the second largest contributor, may know what the largest contributed more closely than by so many percent of it.
    pub p_percent: u32,
}

impl Default for Amounts {
    fn default() -> Self {
        Self { p_percent: 10 }
    }
}

register! {
    /// Whether readers are told that there is nobody.
    Zeros { name, }
    Shown = "shown";
    Hidden = "hidden";
}

register! {
    /// What is done about a number that is too small.
    Prefer { name, }
    /// Tells which lines of tables could be put together instead.
    Merge = "merge";
    Hide = "hide";
    Refuse = "refuse";
}

register! {
    /// What is done where a whole group stands in one category: it tells of each of them, however many they are. The stricter behind the looser.
    WholeGroup { name, }
    Show = "show";
    Ask = "ask";
    Hide = "hide";
}

register! {
    /// What the numbers of a figure, a table or case rows count.
    Counts { name, }
    Persons = "persons";
    Units = "units";
    /// Sums over contributors: money, hours, square metres.
    Amounts = "amounts";
    None = "none";
}

/// A small number that somebody has decided to print.
#[derive(Debug, Clone)]
pub struct Exemption {
    pub cell: Spanned<String>,
    pub reason: Text,
    pub decided: PartialDate,
}

/// A quotation that somebody answers for, though few fit what it says of who is quoted.
#[derive(Debug, Clone)]
pub struct SignedQuotation {
    /// The id of a statement, or the attribution as it stands in the text.
    pub quotation: Spanned<String>,
    pub who: Text,
    pub reason: Text,
    pub decided: PartialDate,
}

/// A policy as one file writes it: what it leaves open is for the other file to say, or the default.
#[derive(Debug, Clone, Default)]
pub struct Terms {
    pub persons: Option<PersonsTerms>,
    pub amounts: Option<AmountsTerms>,
    pub whole_group: Option<Spanned<WholeGroup>>,
    pub prefer: Option<Vec<Prefer>>,
    pub never_hide: Vec<Spanned<String>>,
    pub keep_hidden: Vec<Spanned<String>>,
    pub exceptions: Vec<Exemption>,
    pub quotations: Vec<SignedQuotation>,
}

#[derive(Debug, Clone, Default)]
pub struct PersonsTerms {
    pub minimum: Option<Spanned<u32>>,
    pub values_left: Option<Spanned<u32>>,
    pub zeros: Option<Spanned<Zeros>>,
}

#[derive(Debug, Clone, Default)]
pub struct AmountsTerms {
    pub p_percent: Option<Spanned<u32>>,
}

impl Policy {
    /// The policy that a file writes by itself.
    #[must_use]
    pub fn from_terms(terms: Terms, span: Span) -> Self {
        Self {
            persons: terms.persons.as_ref().map(|given| given.over(Persons::default())),
            amounts: terms.amounts.as_ref().map(|given| given.over(Amounts::default())),
            whole_group: terms.whole_group.map(|given| given.value),
            prefer: terms.prefer.unwrap_or_else(|| vec![Prefer::Hide]),
            never_hide: terms.never_hide,
            keep_hidden: terms.keep_hidden,
            proof: None,
            exceptions: terms.exceptions,
            quotations: terms.quotations,
            span,
        }
    }

    /// The names of numbers that are printed in any case: never hidden, or by somebody's decision.
    pub fn kept(&self) -> impl Iterator<Item = &str> {
        let exempt = self.exceptions.iter().map(|exception| &exception.cell);
        self.never_hide.iter().chain(exempt).map(|cell| cell.value.as_str())
    }
}

impl PersonsTerms {
    /// What is given here, and else what is known.
    #[must_use]
    pub fn over(&self, known: Persons) -> Persons {
        Persons {
            minimum: self.minimum.as_ref().map_or(known.minimum, |given| given.value),
            values_left: self.values_left.as_ref().map_or(known.values_left, |given| given.value),
            zeros: self.zeros.as_ref().map_or(known.zeros, |given| given.value),
        }
    }
}

impl AmountsTerms {
    /// What is given here, and else what is known.
    #[must_use]
    pub fn over(&self, known: Amounts) -> Amounts {
        Amounts { p_percent: self.p_percent.as_ref().map_or(known.p_percent, |given| given.value) }
    }
}

/// What an author calls a number: `TABLE.ROW.COLUMN`, whose row or column may be `total`; `FIGURE` or `FIGURE.GROUP`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum CellName {
    Table { table: String, row: String, column: String },
    Figure { figure: String, group: Option<String> },
}

impl CellName {
    /// The first reading of a name that there is. Ids may have full stops in them, so that only what there is tells where one ends.
    pub fn find(name: &str, exists: impl Fn(&Self) -> bool) -> Option<Self> {
        Self::readings(name).find(exists)
    }

    /// A name as each of what it may mean: a figure, a cell of a table (a row of which is a figure as well), a group of a figure.
    fn readings(name: &str) -> impl Iterator<Item = Self> {
        let stops = |text: &'_ str| text.match_indices('.').map(|(at, _)| at).collect::<Vec<_>>();
        let whole = Self::Figure { figure: name.to_owned(), group: None };
        let groups = stops(name)
            .into_iter()
            .rev()
            .map(|at| Self::Figure { figure: name[..at].to_owned(), group: Some(name[at + 1..].to_owned()) });
        let cells = stops(name).into_iter().flat_map(move |first| {
            let (table, rest) = (&name[..first], &name[first + 1..]);
            stops(rest).into_iter().map(move |second| Self::Table {
                table: table.to_owned(),
                row: rest[..second].to_owned(),
                column: rest[second + 1..].to_owned(),
            })
        });
        std::iter::once(whole).chain(cells).chain(groups)
    }
}

impl fmt::Display for CellName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Table { table, row, column } => write!(f, "{table}.{row}.{column}"),
            Self::Figure { figure, group: Some(group) } => write!(f, "{figure}.{group}"),
            Self::Figure { figure, group: None } => f.write_str(figure),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(name: &str, known: &[CellName]) -> Option<CellName> {
        CellName::find(name, |reading| known.contains(reading))
    }

    fn cell(table: &str, row: &str, column: &str) -> CellName {
        CellName::Table { table: table.to_owned(), row: row.to_owned(), column: column.to_owned() }
    }

    #[test]
    fn a_name_is_read_as_what_there_is_though_ids_have_full_stops() {
        let plans = CellName::Figure { figure: "plans".to_owned(), group: None };
        let women = CellName::Figure { figure: "plans.all".to_owned(), group: Some("women".to_owned()) };
        let known = [plans, women, cell("t", "a.b", "men"), cell("t.u", "a", "men"), cell("t", "total", "total")];
        for name in &known {
            assert_eq!(found(&name.to_string(), &known).as_ref(), Some(name));
        }
        assert_eq!(found("plans.women", &known), None);
        assert_eq!(found("t", &known), None);
        assert_eq!(found("..", &known), None);
    }
}
