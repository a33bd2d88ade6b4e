//! What authors may write of a table.

use crate::diagnostic::{Said, Sink};
use crate::model::Counts;
use crate::source::Spanned;
use crate::value::{Blank, Exact};

use super::super::cases::{CrossEntry, Separator};
use super::super::decode;
use super::super::encoding::Encoding;
use super::super::form::{
    ByName, Count, Either, FigureId, Flag, Form, Id, Kind, Label, List, Path, Placed, Plain, Reference, Required,
    Shape, Short, Try, Words, choices, mapping,
};
use super::super::yaml::{Node, Value};
use super::derived::{Derived, Order};

mapping! {
    /// A table: `columns` with `rows`, `csv`, `xlsx` or `ods`, or `cross` over case rows.
    TableEntry "table" {
        /// Stands above the table.
        caption: Required<Label>,
        /// Header of the first column.
        stub: Required<Label>,
        /// What the table is counted from, in the place of columns and rows.
        cross: Try<Placed<CrossEntry>>,
        /// The columns: groups of a breakdown (`women`, `men`), or in full.
        columns: Placed<List<Columns>>,
        /// Whether there is a column of totals; without it where all columns are counts, and there are several.
        total_column as "total-column": Placed<Flag>,
        /// Whether there is a row of totals; without it where all columns are counts, and there are several rows.
        total_row as "total-row": Placed<Flag>,
        /// Id of the figure that shares of this table are counted on.
        base: FigureId,
        /// What its numbers count: `persons`, `units`, `amounts` (sums over contributors) or `none`. Without it persons where columns are groups of a breakdown, what the dataset counts with `cross`, else none.
        counts: Counts,
        /// Whether a person may stand in several rows.
        multiple: Placed<Flag>,
        /// Columns that are computed from the others, for each row.
        derived: Derived = Vec::new(),
        /// The columns that are printed, in their order; the others are there to be bound and drawn.
        show: List<Reference, 1>,
        /// The order of the rows: as they come (`table`), by `label`, by `value` with the largest first, or by a column.
        order: Order,
        /// By what the rows are ranked.
        ranking: Placed<RankingEntry>,
        /// The rows: label and a cell for each column.
        rows: Placed<List<Placed<RowEntry>>>,
        /// A CSV file in the report's folder, in the place of rows.
        csv: Path,
        /// A spreadsheet in the report's folder, in the place of rows.
        xlsx: Placed<Short<Path, SheetEntry>>,
        /// As `xlsx`; the end of the file's name says what it is.
        ods: Placed<Short<Path, SheetEntry>>,
        /// How the letters of the CSV file are written; without it UTF-8, or what it certainly is.
        encoding: Placed<Encoding>,
        /// The sign before decimals in numbers that the file has as text.
        decimal: Placed<Separator>,
        /// The sign between thousands in numbers that the file has as text.
        thousands: Placed<Separator>,
        /// Whether labels and cells of text are inline Markdown; without it those typed in `rows` are, and those of a file are not.
        markdown: Placed<Flag>,
        /// Remarks by their marks: `[^*]` in a label refers to `*`.
        notes: ByName<Words> = Vec::new(),
        /// A remark below the table.
        note: Words,
        /// Where it comes from.
        source: Words,
    }
}

mapping! {
    /// Which cells of a spreadsheet are a table.
    SheetEntry "a sheet" {
        /// An .xlsx or .ods file in the report's folder.
        file: Required<Path>,
        /// The sheet; without it the first that is not hidden.
        sheet: Plain,
        /// The cells that are read, header included: `A3:F57`, or `A3:F` down to the first blank row.
        range: Plain,
        /// A name that the workbook gives to a range or a table, in the place of `range`.
        name: Plain,
        /// Row of the header, the first if it has several; without it the first that is not empty.
        header_row as "header-row": Count,
        /// How many rows the header has; their words are joined. With 0 columns are named by their letters.
        header_rows as "header-rows": Count,
        /// The last row of the table, where that cannot be told.
        last_row as "last-row": Count,
        /// Header or letter of the column with the rows' labels; without it the first.
        labels: Plain,
        /// Header or letter of a column with the rows' ids; without it they are made of the labels.
        ids: Plain,
        /// What cells without a value mean: what stands there (nothing: `""`), and the reason.
        blanks: ByName<Blank> = Vec::new(),
    }
}

mapping! {
    /// By what the rows are ranked; the highest value stands first.
    RankingEntry "ranking" {
        /// Id of a column of numbers.
        by: Required<Reference>,
        /// Id of a column with the numbers before: a column tells how many places a row has moved.
        since: Reference,
    }
}

mapping! {
    /// A column.
    ColumnEntry "a column" {
        /// Its id, which rows and bindings use.
        id: Required<Id>,
        /// Its header; groups of a breakdown have words of their own.
        label: Label,
        /// How many decimals are printed.
        decimals: Count,
        /// What amounts are measured in.
        unit: Label,
        /// What its cells hold; counts are added up.
        kind as "type": CellKind = CellKind::Count,
        /// The group of a breakdown whose numbers its cells hold.
        of: Reference,
        /// As `of`.
        sex: Reference,
        /// Its header in the file, or its letter in the sheet, where that is not its id or its label.
        from: Plain,
        /// The column of numbers that an average or a percentage is of: its total is weighted by it.
        weight: Reference,
        /// For an amount: the key of rows, or the header of the file, that holds what its largest contributor has of it. It is never printed.
        largest: Plain,
        /// As `largest`, for the second largest contributor; without it it is taken to be as large as it can be.
        second: Plain,
        /// As `largest`, for how many contributors there are.
        contributors: Plain,
    }
}

mapping! {
    /// Columns under one header.
    GroupEntry "a column" {
        /// The header.
        group: Required<Label>,
        /// The columns.
        columns: List<OneColumn> = Vec::new(),
    }
}

mapping! {
    /// A row: its label, and a cell for each column by the column's id.
    RowEntry "a row" {
        /// Its header.
        label: Try<Label>,
        /// Its id, if not made of the label.
        id: Id,
        /// The sum of the row, to be checked; `true` where the row itself is one of typed totals.
        total: Try<RowTotal>,
        ..cells: Cell,
    }
}

mapping! {
    /// A cell without a value, with the reason.
    BlankEntry "a cell" {
        /// Why there is no value.
        blank: Required<Blank>,
    }
}

choices!(Blank);

/// What the cells of a column hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::load) enum CellKind {
    Count,
    Percent,
    Amount,
    Date,
    Text,
}

choices!(CellKind {
    "count" => CellKind::Count,
    "percent" => CellKind::Percent,
    "amount" => CellKind::Amount,
    "date" => CellKind::Date,
    "text" => CellKind::Text,
});

/// A group of a breakdown, such as `women`, or a column in full.
pub(in crate::load) struct OneColumn;
/// A column, or columns under one header.
pub(in crate::load) struct Columns;

#[derive(Debug)]
pub(in crate::load) enum OneOrGroup {
    One(Box<Either<Spanned<String>, Spanned<ColumnEntry>>>),
    Group(GroupEntry),
}

impl Form for OneColumn {
    type Value = Either<Spanned<String>, Spanned<ColumnEntry>>;
    const KIND: Kind = Kind::OneOf(&[Reference::KIND, ColumnEntry::KIND]);

    fn read(node: &Node, what: &Said, sink: &mut Sink) -> Option<Self::Value> {
        match &node.value {
            Value::Map(_) => Placed::<ColumnEntry>::read(node, what, sink).map(Either::Full),
            _ => Reference::read(node, what, sink).map(Either::Short),
        }
    }
}

impl Form for Columns {
    type Value = OneOrGroup;
    const KIND: Kind = Kind::OneOf(&[Reference::KIND, ColumnEntry::KIND, GroupEntry::KIND]);

    fn read(node: &Node, what: &Said, sink: &mut Sink) -> Option<OneOrGroup> {
        match &node.value {
            Value::Map(entries) if entries.iter().any(|(name, _)| name.value == "group") => {
                GroupEntry::read(node, what, sink).map(OneOrGroup::Group)
            }
            _ => OneColumn::read(node, what, sink).map(|one| OneOrGroup::One(Box::new(one))),
        }
    }
}

/// `total: true` marks a row of typed totals; `total: 10` is a typed total of this row.
pub(in crate::load) struct RowTotal;

#[derive(Debug)]
pub(in crate::load) enum Total {
    Row,
    Typed(Spanned<Exact>),
}

impl Form for RowTotal {
    type Value = Total;
    const KIND: Kind = Kind::OneOf(&[Kind::Choice(&["true"]), Count::KIND]);

    fn read(node: &Node, what: &Said, sink: &mut Sink) -> Option<Total> {
        match &node.value {
            Value::Scalar { text, .. } if text == "true" => Some(Total::Row),
            _ => decode::count(node, what, sink).map(Total::Typed),
        }
    }
}

/// A cell as it stands: what it must hold, its column says.
pub(in crate::load) struct Cell;
impl Form for Cell {
    type Value = Node;
    const KIND: Kind = Kind::OneOf(&[Kind::Text(Shape::running()), BlankEntry::KIND]);

    fn read(node: &Node, _: &Said, _: &mut Sink) -> Option<Node> {
        Some(node.clone())
    }
}
