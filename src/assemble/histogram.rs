//! The classes that the rows of a histogram's table are.

use crate::compute::table::ComputedRow;
use crate::diagnostic::{Code, Diagnostic, Sink, say};
use crate::document::data::{self, Order};
use crate::model::{CaseColumn, ChartSpec, Project, Table};

/// Classes of equal width, all of them and in their order; told where the table's rows are something else.
pub fn bins(
    spec: &ChartSpec,
    table: &Table,
    project: &Project,
    rows: &[ComputedRow],
    sink: &mut Sink,
) -> Option<data::Bins> {
    let column = counted_by(table, project);
    let Some((column, bins)) = column.and_then(|column| Some((column, column.bins?))) else {
        let message = say!("the rows of `{table}` are no classes of equal width", table = table.id.value);
        sink.push(
            Diagnostic::error(Code::CHART_MISLEADING, message)
                .at(spec.table.span)
                .also(table.id.span, say!("the table"))
                .help(say!("a histogram is drawn of a table that is counted from case rows by a column with `bins`: days: {header: Dagar, type: number, bins: {width: 10}}"))
                .help(say!("classes of different width are bars: `mark: bar`")),
        );
        return None;
    };
    let all = column.categories.iter().map(|class| class.id.as_str());
    if spec.order != Order::Table || !all.eq(rows.iter().map(|row| row.id.as_str())) {
        let message =
            say!("the histogram `{column}` leaves classes out, or has them in another order", column = spec.id.value);
        sink.push(
            Diagnostic::error(Code::CHART_MISLEADING, message)
                .at(spec.table.span)
                .help(say!("take `rows` and `order` away, here and in the table")),
        );
        return None;
    }
    Some(data::Bins { from: bins.from as f64, width: bins.width as f64 })
}

/// The column of case rows whose categories are the table's rows.
fn counted_by<'a>(table: &Table, project: &'a Project) -> Option<&'a CaseColumn> {
    let cross = table.cross.as_ref()?;
    let mut datasets = project.findings.datasets.iter();
    let dataset = datasets.find(|dataset| dataset.id.value == cross.selection.dataset.value)?;
    dataset.columns.iter().find(|column| column.id.value == cross.by.value)
}
