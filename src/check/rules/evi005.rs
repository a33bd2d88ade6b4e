//! EVI005: parts that do not make their whole.
//!
//! ## What it does
//! Adds up the parts of an enumeration and holds them against the whole that is stated with them: parts that exceed it; parts that miss it
//! where the text says that they are all of it ("fördelar sig på", "samtliga … :", "totalt", "resten"); percentages of one question that exceed 100
//! by more than rounding; a list that has more or fewer items than the sentence before it says ("fem områden:"). Where the text says that parts may overlap ("även", "flera svar var möjliga") they are left alone.
//!
//! ## Why is this bad
//! A part is wrong, or missing, or counted twice, and the reader cannot tell which.
//!
//! ## Example
//! ```md
//! Av nitton avslag gällde sju boendestöd, åtta kontaktperson och sex daglig verksamhet.
//! ```
//! Seven, eight and six are twenty-one. Put the parts in a table, bind them, and the sum is computed.

use super::super::Context;
use super::super::claim;
use super::super::lang::{self, Tag};
use super::super::number::Number;
use super::super::prose::{Passage, Place, TypedTable};
use super::super::rule::Rule;
use super::super::tokens::Say as _;
use super::super::typed::{is_total, only, says_total};
use crate::check::words::Lowered as _;
use crate::diagnostic::{Code, Diagnostic, Severity, say};
use crate::value::{Exact, Value};

pub const RULE: Rule = Rule {
    code: Code("EVI005"),
    title: "Parts that do not make their whole",
    severity: Severity::Error,
    source: include_str!("evi005.rs"),
    options: &[],
    check,
};

fn check(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    for (at, passage) in context.passages() {
        announced(passage, out);
        listed(context, at, out);
    }
    for fault in claim::parts::faults(context).into_iter().chain(claim::hundred::faults(context)) {
        fault.report(&RULE, context, out);
    }
    context.derived(&RULE).for_each(|fault| fault.report(&RULE, context, out));
    for (items, made) in claim::hundred::lists(context) {
        let items = &context.prose.passages[items];
        let (Some(first), Some(last)) = (items.first(), items.last()) else { continue };
        let message = say!("the percentages make {made}", made);
        out.push(RULE.at(first.whole().to(last.whole()), message).help(claim::parts::HELP));
    }
    data_totals(context, out);
    for table in &context.prose.tables {
        total_row(context, table, out);
        total_column(context, table, out);
    }
}

/// A last row "Totalt" whose counts are not the sums of the rows above.
fn total_row(context: &Context<'_>, table: &TypedTable, out: &mut Vec<Diagnostic>) {
    let Some((last, rows)) = table.rows.get(1..).and_then(<[_]>::split_last) else { return };
    if rows.len() < 2 || !is_total(context, last.first().copied().flatten()) {
        return;
    }
    let percentages = |column: usize| {
        let head = table.rows.first().and_then(|head| head.get(column).copied().flatten());
        let text = head.and_then(|cell| context.prose.passages.get(cell)).map_or("", |passage| passage.lower.as_str());
        text.contains('%') || lang::lists(context.project.report.language).percent_columns.has(text)
    };
    for column in (1..last.len()).filter(|column| !percentages(*column)) {
        let cells: Option<Vec<_>> =
            rows.iter().map(|row| count_of(context, row.get(column).copied().flatten()?)).collect();
        let (Some(parts), Some(total)) = (cells, last[column].and_then(|cell| count_of(context, cell))) else {
            continue;
        };
        sum_of_cells(&parts, total, "rows", out);
    }
}

/// A row of a table in findings/ that is labelled as the total and is not the sum of the others.
fn data_totals(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    for table in context.project.findings.tables.iter().filter(|table| !table.multiple) {
        let Some(computed) = context.statistics.tables.get(&table.id.value) else { continue };
        // Behind the rows of the file stands the total that the program computes.
        let given = computed.rows.get(..table.rows.len()).and_then(<[_]>::split_last);
        let (Some((label, _)), Some((last, rows))) = (table.rows.split_last(), given) else { continue };
        if rows.len() < 2 || !says_total(&label.label.value.lowered(), context.project.report.language) {
            continue;
        }
        for column in 0..last.values.len() {
            let parts: Option<Vec<Exact>> = rows.iter().map(|row| count_value(row.values.get(column)?)).collect();
            let (Some(parts), Some(total)) = (parts, count_value(&last.values[column])) else { continue };
            let sum = parts.iter().try_fold(Exact::ZERO, |sum, part| sum.checked_add(*part));
            if let Some(sum) = sum.filter(|sum| *sum != total) {
                out.push(
                    RULE.at(
                        label.span,
                        say!("the rows of `{table}` make {sum}, not {total}", sum, total, table = table.id.value),
                    )
                    .help(say!("leave the row out: the program computes totals and sets them bold")),
                );
            }
        }
    }
}

fn count_value(value: &Value) -> Option<Exact> {
    match value {
        Value::Count(count) => Some(*count),
        _ => None,
    }
}

/// A last column "Totalt" whose counts are not the sums of the columns before.
fn total_column(context: &Context<'_>, table: &TypedTable, out: &mut Vec<Diagnostic>) {
    let Some((head, rows)) = table.rows.split_first() else { return };
    let Some(last) = head.len().checked_sub(1).filter(|last| *last >= 3 && is_total(context, head[*last])) else {
        return;
    };
    for row in rows {
        let cells: Option<Vec<_>> =
            (1..last).map(|column| count_of(context, row.get(column).copied().flatten()?)).collect();
        let total = row.get(last).copied().flatten().and_then(|cell| count_of(context, cell));
        if let (Some(parts), Some(total)) = (cells, total) {
            sum_of_cells(&parts, total, "columns", out);
        }
    }
}

fn count_of<'c>(context: &'c Context<'_>, cell: usize) -> Option<(&'c Passage, &'c Number)> {
    only(context, cell).filter(|(_, number)| number.count().is_some())
}

fn sum_of_cells(
    parts: &[(&Passage, &Number)],
    (passage, total): (&Passage, &Number),
    what: &str,
    out: &mut Vec<Diagnostic>,
) {
    let sum = parts.iter().try_fold(Exact::ZERO, |sum, (_, part)| sum.checked_add(part.value));
    let bound = total.bound && parts.iter().all(|(_, part)| part.bound);
    if let Some(sum) = sum.filter(|sum| *sum != total.value && !bound) {
        out.push(
            RULE.at(
                passage.span(total.range.clone()),
                say!("the {what} make {sum}, not {total}", what, sum, total = total.value),
            )
            .help(say!("correct the total or the parts; a table in findings/ computes its totals")),
        );
    }
}

/// "Granskningen gäller fem områden:" before a list of four.
fn announced(passage: &Passage, out: &mut Vec<Diagnostic>) {
    let Some((at, items)) = passage.announced() else { return };
    let number = &passage.numbers[at];
    if number.count().is_none_or(|count| usize::try_from(count) != Ok(items)) {
        let text = passage.slice(number.range.clone());
        out.push(
            RULE.at(
                passage.span(number.range.clone()),
                say!("the sentence says `{text}`, and the list has {items}", text, items),
            )
            .help(say!("correct the number or the list")),
        );
    }
}

/// "De 20 besöken fördelade sig så här:" before a list whose items have one number each.
fn listed(context: &Context<'_>, at: usize, out: &mut Vec<Diagnostic>) {
    let passage = &context.prose.passages[at];
    let Some(items) = passage.announces.filter(|items| *items > 1) else { return };
    let counted = |passage: &Passage| -> Vec<usize> {
        let all = passage.numbers.iter().enumerate();
        all.filter(|(_, number)| number.count().is_some() && number.allowed.is_none()).map(|(at, _)| at).collect()
    };
    let Some(sentence) = passage.sentences.last() else { return };
    let [whole] = counted(passage)[..] else { return };
    let said = |tags: &[Tag]| passage.tokens_in(sentence).say(tags);
    let all = said(&[Tag::Divides, Tag::All, Tag::Total]);
    if passage.numbers[whole].range.start < sentence.start || !all || said(&[Tag::Overlap, Tag::Also]) {
        return;
    }
    let Some(list) = context.prose.passages.get(at + 1..=at + items) else { return };
    let mut sum = Exact::ZERO;
    let mut bound = passage.numbers[whole].bound;
    for item in list {
        let (Place::Item, [part]) = (item.place, &counted(item)[..]) else { return };
        let Some(more) = sum.checked_add(item.numbers[*part].value) else { return };
        bound &= item.numbers[*part].bound;
        sum = more;
    }
    let number = &passage.numbers[whole];
    if sum != number.value && !bound {
        let message = say!("the items of the list make {sum}, the whole is {number}", sum, number = number.value);
        out.push(RULE.at(passage.span(number.range.clone()), message).help(say!("correct the items or the whole")));
    }
}
