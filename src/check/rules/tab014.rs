//! TAB014: percentages without base, amounts without unit.
//!
//! ## What it does
//! Finds printed tables with a column of percentages and no `base`, where neither caption, note nor a column of counts says what they are counted on, and columns
//! of amounts without `unit`.
//!
//! ## Why is this bad
//! Nobody can tell whether 53 percent are eight persons or eight thousand, or whether 800 are kronor or thousands of kronor.
//!
//! ## Example
//! ```yaml
//! columns: [{id: cost, label: Kostnad, type: amount, unit: tkr}]
//! base: answered
//! ```

use super::super::Context;
use super::super::lang;
use super::super::rule::Rule;
use crate::check::words::Lowered as _;
use crate::diagnostic::{Code, Diagnostic, Severity, say};
use crate::document::data::ColumnKind;
use crate::locale::Language;

pub const RULE: Rule = Rule {
    code: Code("TAB014"),
    title: "Percentages without base, amounts without unit",
    severity: Severity::Warning,
    source: include_str!("tab014.rs"),
    options: &[],
    check,
};

fn check(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    for placed in context.prose.placed.iter().filter(|placed| !placed.chart) {
        let Some(table) = context.table(&placed.id) else { continue };
        let percent = table.columns.iter().any(|column| matches!(column.kind, ColumnKind::Percent { .. }));
        let counts = table.columns.iter().any(|column| matches!(column.kind, ColumnKind::Count));
        let said = [Some(&table.caption), table.note.as_ref()]
            .into_iter()
            .flatten()
            .any(|text| states_base(&text.value, context.project.report.language));
        if percent && table.base.is_none() && !counts && !said {
            out.push(
                RULE.at(
                    table.id.span,
                    say!(
                        "the table `{table}` does not say what its percentages are counted on",
                        table = table.id.value
                    ),
                )
                .help(say!("add `base: <id of the figure>`, a column of counts, or a note")),
            );
        }
        for column in &table.columns {
            if matches!(column.kind, ColumnKind::Amount { unit: None, .. }) {
                out.push(
                    RULE.at(
                        column.id.span,
                        say!("the column `{column}` has amounts without unit", column = column.id.value),
                    )
                    .help(say!("add `unit: …` to the column: kronor, tkr, timmar")),
                );
            }
        }
    }
}

/// "n = 203", "Andelar av 203 svarande"
fn states_base(text: &str, language: Language) -> bool {
    let lower = text.lowered();
    lang::lists(language).states_base.iter().any(|phrase| lower.contains(phrase))
}
