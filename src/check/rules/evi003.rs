//! EVI003: count, base and percentage do not agree.
//!
//! ## What it does
//! Computes the percentage wherever a count, the number it is a part of and a percentage stand together: in a sentence, in either order,
//! in words or digits, and in the rows of tables. The percentage must be the rounded one, with as many decimals as are printed.
//! Hedged percentages ("drygt 60 procent") are EVI006's.
//!
//! ## Why is this bad
//! One of the three numbers is wrong, and readers who check one number and find it wrong trust none of the others.
//!
//! ## Example
//! ```md
//! Plan finns i 16 av 40 ärenden (41 procent).
//! ```
//! 16 of 40 is 40 percent. Bound numbers cannot disagree:
//! ```md
//! Plan finns i {{ plan | full }}.
//! ```

use super::super::Context;
use super::super::claim::bounds::short;
use super::super::claim::relation::{Relation, agrees, percent_of};
use super::super::claim::worded::idiom;
use super::super::hedges::hedge;
use super::super::lang::{self, Tag};
use super::super::number::{Form, Number};
use super::super::prose::{Passage, TypedTable};
use super::super::rule::Rule;
use super::super::typed::{is_total, only};
use crate::check::words::{Lowered as _, holds};
use crate::diagnostic::{Code, Diagnostic, Severity, say};
use crate::source::Span;
use crate::value::{Exact, Rounding, Value};

pub const RULE: Rule = Rule {
    code: Code("EVI003"),
    title: "Count, base and percentage do not agree",
    severity: Severity::Error,
    source: include_str!("evi003.rs"),
    options: &[],
    check,
};

fn check(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let rounding = context.project.workspace.rounding;
    for (at, passage) in context.passages() {
        for relation in context.relations(at).iter() {
            let (Some(percent), Some(share)) = (relation.percent, relation.share(passage)) else { continue };
            let Some(printed) = passage.numbers.get(percent) else { continue };
            let bound = [Some(relation.base), relation.part, Some(percent)];
            let all_bound =
                bound.into_iter().flatten().all(|at| passage.numbers.get(at).is_some_and(|number| number.bound));
            // "En av fem (19 procent)" stands for about a fifth: EVI006 holds it to its bounds.
            let idiom = relation.direct && is_idiom(passage, relation);
            let more = share > Exact::from(100_i64) && printed.value <= Exact::from(100_i64);
            if all_bound
                || idiom
                || is_step(passage, relation)
                || more
                || agrees(share, printed, rounding)
                || hedge(passage, printed.range.start).is_some()
            {
                continue;
            }
            let range = relation.range(passage);
            let message = say!(
                "{part} of {whole} is {share} percent, not {printed}",
                part = text(passage, relation.part),
                whole = text(passage, Some(relation.base)),
                share = share.to_decimal(printed.decimals, rounding),
                printed = printed.value.to_decimal(printed.decimals, rounding)
            );
            let message = if relation.rest { say!("the rest, {short} percent", short = short(share)) } else { message };
            out.push(
                RULE.at(passage.span(range), message)
                    .help(say!("correct the wrong one; bound with `| full` they cannot disagree")),
            );
        }
    }
    for table in &context.prose.tables {
        typed_rows(context, table, rounding, out);
        typed_cells(context, table, rounding, out);
        typed_shares(context, table, rounding, out);
    }
    data_rows(context, rounding, out);
    context.derived(&RULE).for_each(|fault| fault.report(&RULE, context, out));
}

/// "sjönk från 74 till 71, medan svarsfrekvensen var 79 procent": the two are of a change.
fn is_step(passage: &Passage, relation: &Relation) -> bool {
    let led = |number: Option<usize>, tag: Tag| {
        let start = number.and_then(|at| passage.numbers.get(at)).map_or(0, |number| number.range.start);
        let at = passage.tokens.partition_point(|token| token.range.start < start);
        at.checked_sub(1).and_then(|at| passage.tokens.get(at)).is_some_and(|token| token.has(tag))
    };
    led(Some(relation.base), Tag::From) && led(relation.part, Tag::To)
}

/// "två av tre", "one in five": small words that stand for a share.
fn is_idiom(passage: &Passage, relation: &Relation) -> bool {
    let (Some(part), Some(base)) =
        (relation.part.and_then(|at| passage.numbers.get(at)), passage.numbers.get(relation.base))
    else {
        return false;
    };
    // "Två av nio nattpatruller (29 procent)" counts patrols.
    let bare = || passage.lower.get(base.range.end..).unwrap_or("").trim_start().starts_with(['(', ',', '–']);
    idiom(passage, part, base).is_some_and(|certain| certain || bare())
}

/// A number in digits, with its currency where it has one: number words of another language cannot be read in a message.
fn text(passage: &Passage, at: Option<usize>) -> String {
    at.and_then(|at| passage.numbers.get(at))
        .map(|number| match number.form {
            Form::Words => number.value.to_string(),
            _ => passage.slice(number.range.clone()).to_owned(),
        })
        .unwrap_or_default()
}

/// What a column of a typed table holds, by its header.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    Base,
    Count,
    Percent,
    Other,
}

fn roles(context: &Context<'_>, table: &TypedTable) -> Vec<Role> {
    let Some(head) = table.rows.first() else { return Vec::new() };
    let numbers_of = |column: usize| {
        table
            .rows
            .iter()
            .skip(1)
            .filter_map(move |row| row.get(column).copied().flatten())
            .filter_map(|cell| only(context, cell))
    };
    let mut roles: Vec<Role> = head
        .iter()
        .enumerate()
        .map(|(column, cell)| {
            let label = cell
                .and_then(|cell| context.prose.passages.get(cell))
                .map(|passage| passage.text.lowered())
                .unwrap_or_default();
            let any_percent = numbers_of(column).any(|(_, number)| number.is_percent());
            let named = lang::lists(context.project.report.language).percent_columns.has(&label) || label.contains('%');
            if column > 0 && (any_percent || named) {
                Role::Percent
            } else if column > 0 && numbers_of(column).next().is_some() {
                Role::Count
            } else {
                Role::Other
            }
        })
        .collect();
    // Of two columns of counts the whole is the one that is never smaller.
    let counts: Vec<usize> = (0..roles.len()).filter(|at| roles[*at] == Role::Count).collect();
    if let [one, two] = counts.as_slice() {
        let pairs: Vec<(Exact, Exact)> = table
            .rows
            .iter()
            .skip(1)
            .filter_map(|row| {
                let value = |column: &usize| {
                    only(context, row.get(*column).copied().flatten()?).map(|(_, number)| number.value)
                };
                Some((value(one)?, value(two)?))
            })
            .collect();
        if pairs.iter().all(|(a, b)| a >= b) {
            roles[*one] = Role::Base;
        } else if pairs.iter().all(|(a, b)| b >= a) {
            roles[*two] = Role::Base;
        }
    }
    roles
}

/// Cells such as "28 (75 %)" against the total of their column, which stands in the last row.
fn typed_cells(context: &Context<'_>, table: &TypedTable, rounding: Rounding, out: &mut Vec<Diagnostic>) {
    let Some((last, rows)) = table.rows.get(1..).and_then(<[_]>::split_last) else { return };
    if !is_total(context, last.first().copied().flatten()) {
        return;
    }
    let share = |cell: Option<usize>| {
        let passage = context.prose.passages.get(cell?)?;
        let [count, percent] = passage.numbers.as_slice() else { return None };
        let between = passage.slice(count.range.end..percent.range.start);
        (count.count().is_some() && percent.is_percent() && between.trim() == "(").then_some((passage, count, percent))
    };
    for (column, total) in last.iter().enumerate().skip(1) {
        let Some((_, whole, hundred)) = share(*total) else { continue };
        if hundred.value != Exact::from(100_i64) {
            continue;
        }
        for (passage, count, percent) in rows.iter().filter_map(|row| share(row.get(column).copied().flatten())) {
            let span = passage.span(count.range.start..percent.range.end);
            out.extend(mismatch((count.value, whole.value), percent, rounding, span));
        }
    }
}

/// "30 av 50" in one cell and its percentage in another of the row.
fn typed_shares(context: &Context<'_>, table: &TypedTable, rounding: Rounding, out: &mut Vec<Diagnostic>) {
    for row in table.rows.iter().skip(1) {
        let cells: Vec<usize> = row.iter().copied().flatten().collect();
        let shares: Vec<(&Passage, &Relation)> = cells
            .iter()
            .flat_map(|cell| context.relations(*cell).iter().map(|relation| (&context.prose.passages[*cell], relation)))
            .filter(|(_, relation)| relation.direct && relation.percent.is_none())
            .collect();
        let percents: Vec<(&Passage, &Number)> =
            cells.iter().filter_map(|cell| only(context, *cell)).filter(|(_, number)| number.is_percent()).collect();
        let ([(passage, relation)], [percent]) = (shares.as_slice(), percents.as_slice()) else { continue };
        let Some(part) = relation.part else { continue };
        let pair = (passage.numbers[part].value, passage.numbers[relation.base].value);
        let (cell, printed) = *percent;
        out.extend(mismatch(pair, printed, rounding, cell.span(printed.range.clone())));
    }
}

/// The finding that a percentage of a typed table is not the share of the count in its whole.
fn mismatch((part, whole): (Exact, Exact), printed: &Number, rounding: Rounding, span: Span) -> Option<Diagnostic> {
    let share = percent_of(part, whole).filter(|share| !agrees(*share, printed, rounding))?;
    let message = say!(
        "{part} of {whole} is {share} percent, not {printed}",
        part,
        whole,
        share = share.to_decimal(printed.decimals, rounding),
        printed = printed.value.to_decimal(printed.decimals, rounding)
    );
    Some(RULE.at(span, message).help(say!("correct the row, or make it a table in findings/")))
}

fn typed_rows(context: &Context<'_>, table: &TypedTable, rounding: Rounding, out: &mut Vec<Diagnostic>) {
    let roles = roles(context, table);
    let column = |role: Role| -> Option<usize> {
        let mut found = roles.iter().enumerate().filter(|(_, known)| **known == role).map(|(at, _)| at);
        let first = found.next()?;
        found.next().is_none().then_some(first)
    };
    // A lone column of counts with its total in the last row: that is the whole.
    let total = table.rows.last().filter(|last| is_total(context, last.first().copied().flatten()));
    if let (None, Some(part), Some(percent), Some(total)) =
        (column(Role::Base), column(Role::Count), column(Role::Percent), total)
    {
        let cell = |row: &Vec<Option<usize>>, column: usize| only(context, row.get(column).copied().flatten()?);
        let whole = cell(total, part).map(|(_, number)| number.value);
        let hundred = cell(total, percent).is_some_and(|(_, number)| number.value == Exact::from(100_i64));
        for row in table.rows.iter().skip(1).filter(|_| hundred) {
            let (Some((_, count)), Some((last, printed)), Some(whole)) = (cell(row, part), cell(row, percent), whole)
            else {
                continue;
            };
            out.extend(mismatch((count.value, whole), printed, rounding, last.span(printed.range.clone())));
        }
        return;
    }
    let (Some(base), Some(part), Some(percent)) = (column(Role::Base), column(Role::Count), column(Role::Percent))
    else {
        return;
    };
    let mut wrong = Vec::new();
    let mut right = 0;
    for row in table.rows.iter().skip(1) {
        let cell = |column: usize| row.get(column).copied().flatten().and_then(|cell| only(context, cell));
        let (Some((first, whole)), Some((middle, count)), Some((last, printed))) =
            (cell(base), cell(part), cell(percent))
        else {
            continue;
        };
        let bound = first.numbers[0].bound && middle.numbers[0].bound && last.numbers[0].bound;
        let found = mismatch((count.value, whole.value), printed, rounding, last.span(printed.range.clone()));
        let place = middle.span(count.range.clone());
        right += usize::from(found.is_none());
        wrong.extend(found.filter(|_| !bound).map(|found| found.also(place, say!("the count"))));
    }
    // Where no row agrees, the percentages are of something else: "| Skolor | Elever | Andel behöriga |".
    if right > 0 || wrong.len() == 1 {
        out.append(&mut wrong);
    }
}

/// Rows of data tables: a count and a percentage that is said to be its share of the table's base.
fn data_rows(context: &Context<'_>, rounding: Rounding, out: &mut Vec<Diagnostic>) {
    for table in &context.project.findings.tables {
        let Some(base) = table.base.as_ref().and_then(|base| context.statistics.figures.get(&base.value)) else {
            continue;
        };
        let Some(base) = base.total.number() else { continue };
        let Some(computed) = context.statistics.tables.get(&table.id.value) else { continue };
        let is = |test: fn(&Value) -> bool| {
            let mut columns = computed.columns.iter().enumerate().filter(|(at, column)| {
                !column.total && computed.rows.iter().any(|row| row.values.get(*at).is_some_and(test))
            });
            let first = columns.next().map(|(at, _)| at);
            if columns.next().is_none() { first } else { None }
        };
        let (Some(count), Some(percent)) =
            (is(|value| matches!(value, Value::Count(_))), is(|value| matches!(value, Value::Percent { .. })))
        else {
            continue;
        };
        // Only where the column names no base of its own.
        let label =
            table.columns.get(percent).and_then(|column| column.label.as_ref()).map(|label| label.value.lowered());
        let lists = lang::lists(context.project.report.language);
        if label.is_some_and(|label| {
            label.split_whitespace().count() > 1 || lists.of.iter().any(|word| label.contains(&format!(" {word} ")))
        }) {
            continue;
        }
        let caption = table.caption.value.lowered();
        if holds(&caption, &lists.per_row) {
            continue;
        }
        for (row, source) in computed.rows.iter().zip(&table.rows) {
            let (Some(Value::Count(part)), Some(Value::Percent { value, decimals })) =
                (row.values.get(count), row.values.get(percent))
            else {
                continue;
            };
            let Some(share) = percent_of(*part, base) else {
                continue;
            };
            if share.round(*decimals, rounding) != *value {
                let place = source.cells.get(percent).map_or(source.span, |cell| cell.span);
                let message = say!(
                    "{part} of {base} is {number} percent, not {value}",
                    part,
                    base,
                    value,
                    number = share.to_decimal(*decimals, rounding)
                );
                out.push(RULE.at(place, message).help(say!("leave the column out: percentages are computed")));
            }
        }
    }
}
