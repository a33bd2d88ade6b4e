//! Typed tables of a report beside another one, held to what that one hides: the same number under the same names is the same number.

use std::collections::BTreeSet;

use crate::check::Naming;
use crate::compute::statistics::Statistics;
use crate::compute::table::{ComputedTable, Heading};
use crate::diagnostic::{Code, Diagnostic, Sink, say};
use crate::model::{Counting, Counts, Project, Table};
use crate::value::{Exact, Value};

use super::super::quantities::Quantities;
use super::read::Content;
use super::target::{self, Target, Words};

/// Tells of each typed table of persons that prints a number which another report hides.
pub fn tell_tables(
    (project, shown): (&Project, &Statistics),
    (of, truth): (&Project, &Statistics),
    (quantities, hidden): (&Quantities, &BTreeSet<usize>),
    sink: &mut Sink,
) {
    let naming = Naming::new(&of.workspace.breakdowns, project.report.language);
    let counting = Counting::new(&project.findings);
    let severity = project.report.status.severity();
    let all = target::targets((quantities, hidden), of, truth, &naming);
    let typed = project.findings.tables.iter().filter(|table| table.cross.is_none());
    for table in typed.filter(|table| counting.table(&table.id.value) == Counts::Persons) {
        let Some(computed) = shown.tables.get(&table.id.value) else { continue };
        let about: Words = naming.words(&table.caption.value);
        let targets: Vec<Target> = all.iter().filter(|target| target.is_about(&about)).cloned().collect();
        let Some((target, _)) = Content::Rows(vec![rows(table, computed, &naming)]).tells(&targets, &naming) else {
            continue;
        };
        let (own, report) = (&table.id.value, &of.report.id);
        let message = say!(
            "the table `{own}` tells `{name}` of the report `{report}`, which hides it",
            own,
            name = target.name,
            report
        );
        sink.push(Diagnostic::new(severity, Code::DISCLOSURE_TYPED, message).at(table.caption.span).help(say!(
            "bind the numbers of `{report}` instead of typing them, or leave the row out; `belagg disclose {report}` tells why it is hidden",
            report
        )));
    }
}

/// A table as it is printed, its header first.
fn rows(table: &Table, computed: &ComputedTable, naming: &Naming<'_>) -> Vec<Vec<String>> {
    let words = |heading: &Heading| match heading {
        Heading::Given(text) => text.value.clone(),
        Heading::Group(group) => naming.group(*group).trim_start_matches('#').to_owned(),
        _ => String::new(),
    };
    let columns = computed.columns.iter().map(|column| match column.of {
        Some(group) => naming.group(group).trim_start_matches('#').to_owned(),
        None => words(&column.label),
    });
    let mut out = vec![std::iter::once(table.stub.value.clone()).chain(columns).collect::<Vec<_>>()];
    for row in &computed.rows {
        let number =
            |value: &Value| value.number().and_then(Exact::to_i64).map(|number| number.to_string()).unwrap_or_default();
        out.push(std::iter::once(words(&row.label)).chain(row.values.iter().map(number)).collect());
    }
    out
}
