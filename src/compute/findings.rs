//! From what authors give to what can be printed: figures derived and checked, tables with their totals.

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Diagnostic, Sink, Thing, say};
use crate::locale::Locale;
use crate::model::{Breakdowns, Figure, Findings, GatheredTable, Table};

use super::columns;
use super::cross;
use super::engine::Engine;
use super::gather;
use super::mask::Mask;
use super::origin::TableOrigin;
use super::statistics::{Statistics, unknown_figure};
use super::totals::compute_table;
use crate::value::Value;

/// Computes beside figures that are known already, those of other reports; what `mask` hides is hidden in all that is made of it.
pub fn extend(
    known: Statistics,
    findings: &Findings,
    mask: &Mask,
    breakdowns: &Breakdowns,
    locale: &Locale,
    sink: &mut Sink,
) -> Statistics {
    let mut out = known;
    for table in &findings.tables {
        if let Some(crossed) = &table.cross {
            if let Some((mut computed, mut figures)) =
                cross::compute(table, crossed, &findings.datasets, (locale, mask), sink)
            {
                mask.table(&table.id.value, &mut computed);
                figures.iter_mut().for_each(|(id, figure)| mask.figure(id, figure));
                out.figures.extend(figures);
                out.tables.insert(table.id.value.clone(), computed);
            }
        } else if let Some(which) = table.gathered.filter(|which| *which != GatheredTable::Findings) {
            if let Some((computed, figures)) = gather::compute(table, which, findings, &out.figures, locale) {
                out.figures.extend(figures);
                out.tables.insert(table.id.value.clone(), computed);
            }
        } else if let Some((mut computed, figures)) = compute_table(table, locale, mask, sink) {
            if let (Some(_), Some(gathering)) = (table.gathered, &findings.gathering) {
                computed.origin = TableOrigin::Gathered(gathering.inspections.len());
            }
            out.figures.extend(figures);
            out.tables.insert(table.id.value.clone(), computed);
        }
        if !out.tables.contains_key(&table.id.value) {
            sink.refuse(Thing::Table, &table.id.value);
        }
    }
    columns::derive(findings, &mut out, locale, sink);
    gather::check(findings, &out.figures, sink);
    out.figures.extend(gather::counts(findings, &out.figures, locale));
    let by_id: BTreeMap<&str, &Figure> =
        findings.figures.iter().map(|figure| (figure.id.value.as_str(), figure)).collect();
    for figure in &findings.figures {
        // Rows that are typed are compared with the figures' ids when they are read; counted rows and totals are known only now.
        let is_typed = |table: &Table| {
            let name = figure.id.value.strip_prefix(&table.id.value).and_then(|rest| rest.strip_prefix('.'));
            table.rows.iter().any(|row| name == Some(&row.id.value))
        };
        if let Some(row) = out.figures.get(&figure.id.value)
            && findings.tables.iter().any(|table| row.how.table() == Some(&table.id.value) && !is_typed(table))
        {
            sink.push(
                Diagnostic::error(
                    Code::ID_DUPLICATE,
                    say!("the figure `{figure}` is defined twice", figure = figure.id.value),
                )
                .label(figure.id.span, say!("again here"))
                .also(row.span, say!("a row or the total of this table is called so"))
                .help(say!("rename the figure")),
            );
        }
    }
    let known = std::mem::take(&mut out.figures);
    out.figures =
        Engine { by_id, done: known, tables: &out.tables, datasets: &findings.datasets, mask }.run(findings, sink);
    check_bases(findings, &out, breakdowns, sink);
    out
}

/// A part larger than its whole is an error, for each group and for all.
fn check_bases(findings: &Findings, statistics: &Statistics, breakdowns: &Breakdowns, sink: &mut Sink) {
    for named in findings.tables.iter().filter_map(|table| table.base.as_ref()) {
        if !statistics.figures.contains_key(&named.value) {
            sink.push(unknown_figure(named, statistics.figures.keys().map(String::as_str)));
        }
    }
    // Figures of other reports are checked with these.
    for (id, figure) in statistics.figures.iter().filter(|(id, _)| !id.contains(':')) {
        let Some(base_id) = &figure.base else { continue };
        let Some(base) = statistics.figures.get(base_id) else { continue };
        let is_total = id.ends_with(".total") && !figure.columns.is_empty();
        if is_total {
            continue;
        }
        for of in std::iter::once(None).chain(figure.parts.keys().copied().map(Some)) {
            let numbers = figure.value(of).and_then(Value::number).zip(base.value(of).and_then(Value::number));
            if let Some((part, whole)) = numbers
                && matches!(figure.value(of), Some(Value::Count(_)))
                && part > whole
            {
                let words = of.map(|group| format!(" ({})", breakdowns.id(group))).unwrap_or_default();
                sink.push(
                    Diagnostic::error(
                        Code::FIGURE_EXCEEDS_BASE,
                        say!(
                            "`{id}`{words} is {part}, more than its base `{base}`, which is {whole}",
                            id,
                            words,
                            part,
                            base = base_id,
                            whole
                        ),
                    )
                    .at(figure.span)
                    .also(base.span, say!("the base")),
                );
                break;
            }
        }
    }
}
