//! TAB015: a promised split by sex that is missing.
//!
//! ## What it does
//! Where the text promises statistics on persons by sex ("redovisas uppdelat på kön", "broken down by sex"), finds printed tables and bound figures that count persons and
//! have neither women and men nor `not-by-sex`.
//!
//! ## Why is this bad
//! A promise that is not kept. Statistics on persons are kept per sex unless there is a reason (ordinance 2001:100, section 14).
//!
//! ## Example
//! ```yaml
//! figures:
//!   participants: {label: deltagare, count: 143, not-by-sex: Anmälan var anonym.}
//! ```

use std::collections::BTreeSet;

use super::super::Context;
use super::super::lang;
use super::super::prose::Kind;
use super::super::rule::Rule;
use super::super::words::holds;
use crate::check::words::Lowered as _;
use crate::diagnostic::{Code, Diagnostic, Severity, say};
use crate::document::data::ColumnKind;
use crate::locale::Language;
use crate::model::{Given, SEX, Table};

pub const RULE: Rule = Rule {
    code: Code("TAB015"),
    title: "A promised split by sex that is missing",
    severity: Severity::Warning,
    source: include_str!("tab015.rs"),
    options: &[],
    check,
};

fn check(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let language = context.project.report.language;
    let lists = lang::lists(language);
    let promised = context.passages().any(|(_, passage)| {
        passage.sentences.iter().any(|sentence| {
            let text = passage.lower.get(sentence.clone()).unwrap_or("");
            !holds(text, &lists.negations)
                && lists.split_promises.iter().any(|words| words.split(" + ").all(|word| holds(text, &[word])))
        })
    });
    if !promised {
        return;
    }
    let sex = context.project.workspace.breakdowns.find(SEX).map(|(place, _)| place);
    for placed in context.prose.placed.iter().filter(|placed| !placed.chart) {
        let Some(table) = context.table(&placed.id) else { continue };
        let split = table.columns.iter().any(|column| column.of.is_some_and(|group| Some(group.breakdown) == sex))
            || rows_by_sex(table, language);
        // Columns of shares per sex keep the promise as well.
        let shares = table
            .columns
            .iter()
            .filter_map(|column| column.label.as_ref())
            .any(|label| names_sex(&label.value, language));
        let labels = table
            .columns
            .iter()
            .filter(|column| matches!(column.kind, ColumnKind::Count))
            .filter_map(|column| column.label.as_ref());
        let persons = labels.chain([&table.stub]).any(|label| counts_persons(&label.value, language));
        if !split && !shares && persons {
            out.push(
                RULE.at(
                    table.id.span,
                    say!("the table `{table}` counts persons without women and men", table = table.id.value),
                )
                .help(say!("give the columns `women` and `men`, or say in the text why the split is missing")),
            );
        }
    }
    let pieces = context.prose.passages.iter().flat_map(|passage| &passage.pieces);
    let printed: BTreeSet<&str> = pieces
        .filter_map(|piece| match &piece.kind {
            Kind::Figure(id) => Some(id.as_str()),
            _ => None,
        })
        .collect();
    for figure in &context.project.findings.figures {
        let typed = matches!(figure.given, Given::Count(_));
        let bound = printed.contains(figure.id.value.as_str());
        if typed && bound && figure.not_by_sex.is_none() && counts_persons(&figure.label.value, language) {
            out.push(
                RULE.at(
                    figure.id.span,
                    say!("the figure `{figure}` counts persons without women and men", figure = figure.id.value),
                )
                .help(say!("give `women` and `men`, or `not-by-sex: <the reason>`")),
            );
        }
    }
}

fn rows_by_sex(table: &Table, language: Language) -> bool {
    table.rows.iter().any(|row| names_sex(&row.label.value, language))
}

fn names_sex(text: &str, language: Language) -> bool {
    let lists = lang::lists(language);
    words(text).any(|word| lists.women.has(&word))
}

fn counts_persons(text: &str, language: Language) -> bool {
    let lists = lang::lists(language);
    words(text).any(|word| lists.persons.has(&word) && !lists.no_persons.has(&word))
}

fn words(text: &str) -> impl Iterator<Item = String> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::lowered)
}
