//! TAB016: counts under a heading of shares.
//!
//! ## What it does
//! Finds columns headed "Andel", "Procent" or "Share" that hold counts: columns of the data that are declared as `count`, and columns typed in Markdown with whole numbers
//! above 100. A heading that names both ("Antal och andel") is let pass.
//!
//! ## Why is this bad
//! The reader takes 45 persons for 45 percent.
//!
//! ## Example
//! ```yaml
//! columns: {refused: {label: Andel avslag, kind: count}}
//! ```
//! Name what stands there ("Antal avslag"), or give the column `kind: percent`.

use super::super::Context;
use super::super::lang;
use super::super::number::Unit;
use super::super::rule::Rule;
use super::super::typed::only;
use crate::check::words::Lowered as _;
use crate::diagnostic::{Code, Diagnostic, Said, Severity, say};
use crate::document::data::ColumnKind;
use crate::locale::Language;

pub const RULE: Rule = Rule {
    code: Code("TAB016"),
    title: "Counts under a heading of shares",
    severity: Severity::Warning,
    source: include_str!("tab016.rs"),
    options: &[],
    check,
};

const HELP: Said = say!("name what is counted (\"Antal …\"), or give the column `kind: percent`");

fn check(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let language = context.project.report.language;
    for placed in context.prose.placed.iter().filter(|placed| !placed.chart) {
        let Some(table) = context.table(&placed.id) else { continue };
        for column in table.columns.iter().filter(|column| matches!(column.kind, ColumnKind::Count)) {
            if let Some(label) = column.label.as_ref().filter(|label| is_share(&label.value, language)) {
                let message = say!("the column `{label}` holds counts", label = label.value);
                out.push(RULE.at(label.span, message).help(HELP));
            }
        }
    }
    for table in &context.prose.tables {
        let Some((head, rows)) = table.rows.split_first() else { continue };
        for (column, head) in head.iter().enumerate() {
            let Some(head) = head.and_then(|at| context.prose.passages.get(at)) else { continue };
            let counts = |row: &Vec<Option<usize>>| {
                let (_, number) = only(context, row.get(column).copied().flatten()?)?;
                let count = number.count().filter(|_| number.unit == Unit::None && !number.bound)?;
                Some(count > 100)
            };
            if is_share(&head.text, language) && rows.iter().any(|row| counts(row) == Some(true)) {
                let message = say!("the column `{head}` holds numbers above 100", head = head.text.trim());
                out.push(RULE.at(head.whole(), message).help(HELP));
            }
        }
    }
}

/// Whether a heading names a share and nothing besides.
fn is_share(heading: &str, language: Language) -> bool {
    let lists = lang::lists(language);
    let lower = heading.lowered();
    let words: Vec<&str> = lower.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()).collect();
    let begins = lists.share_headings.has(lower.trim_start());
    let both = words.iter().any(|word| lists.per_each.has(word) && word.chars().count() > 4 || lists.joins.has(word));
    (begins || lower.trim() == "%") && !both
}
