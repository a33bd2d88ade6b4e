//! Rows and columns of a typed table of amounts that are the sum of those next to them: "Riket" over its counties, a county over its towns. Nobody says so,
//! and readers see it by the numbers.

use super::super::network::{Kind, Relation};
use super::labelled::Labelled;
use super::{Builder, Presumed};

/// Amounts of less than so many units add up by chance.
const LEAST: i64 = 100;
/// One number of so many may be wrong.
const SLIPS: usize = 8;

/// Lines of a table, each with its cells.
type Lines = Vec<Vec<Option<usize>>>;

impl Builder<'_> {
    pub(super) fn nested(&mut self, table: &Labelled<'_>) {
        let rows: Vec<_> = table.lines.iter().filter(|line| !line.total).collect();
        let columns = table.computed.columns.iter().filter(|column| !column.total);
        let ids: Vec<&str> = columns.map(|column| column.id.as_str()).collect();
        let cell = |row: usize, id: &str| rows[row].cells.iter().find(|cell| cell.column == id).map(|cell| cell.cell);
        let by_rows: Lines = (0..rows.len()).map(|row| ids.iter().map(|id| cell(row, id)).collect()).collect();
        let by_columns: Lines = ids.iter().map(|id| (0..rows.len()).map(|row| cell(row, id)).collect()).collect();
        for lines in [by_rows, by_columns] {
            for (whole, parts) in self.sums_among(&lines) {
                for (place, at) in lines[whole].iter().enumerate() {
                    let parts: Option<Vec<usize>> = parts.iter().map(|part| lines[*part][place]).collect();
                    let (Some(at), Some(parts)) = (*at, parts) else { continue };
                    if parts.iter().chain([&at]).any(|at| self.out.marks.contains(at)) {
                        // What adds up elsewhere does so here, whatever the author does not tell.
                        self.relate(at, parts, true);
                    } else {
                        self.nearly_sum(at, parts);
                    }
                }
            }
        }
    }

    /// Lines that are the sum of lines behind them, or before them.
    fn sums_among(&self, lines: &Lines) -> Vec<(usize, Vec<usize>)> {
        let count = lines.len();
        let behind = self.sums_in(lines, &(0..count).collect::<Vec<_>>());
        let before = self.sums_in(lines, &(0..count).rev().collect::<Vec<_>>());
        if before.iter().map(|(_, parts)| parts.len()).sum::<usize>()
            > behind.iter().map(|(_, parts)| parts.len()).sum()
        {
            before
        } else {
            behind
        }
    }

    /// Each line that those that follow it come to, where a line stands for those that come to it.
    fn sums_in(&self, lines: &Lines, order: &[usize]) -> Vec<(usize, Vec<usize>)> {
        let mut found = Vec::new();
        let mut end: Vec<usize> = (1..=order.len()).collect();
        for first in (0..order.len()).rev() {
            let whole = &lines[order[first]];
            let mut sum: Vec<Option<i64>> = whole.iter().map(|_| Some(0)).collect();
            let is_mark = |cell: &Option<usize>| cell.is_some_and(|at| self.out.marks.contains(&at));
            let mut marked: Vec<bool> = whole.iter().map(is_mark).collect();
            let (mut parts, mut next) = (Vec::new(), first + 1);
            while next < order.len() {
                for ((sum, cell), marked) in sum.iter_mut().zip(&lines[order[next]]).zip(&mut marked) {
                    let value = cell.map(|at| self.out.network.cells[at].value);
                    *marked |= cell.is_some_and(|at| self.out.marks.contains(&at));
                    *sum = sum.zip(value).and_then(|(sum, value)| sum.checked_add(value));
                }
                parts.push(order[next]);
                next = end[next];
                if self.comes_to(whole, (&sum, &marked), parts.len()) {
                    end[first] = next;
                    found.push((order[first], parts));
                    break;
                }
            }
        }
        found
    }

    /// Whether a line is a sum, as far as parts that are rounded come to it. A few slips of who typed it hide from no reader what it is.
    fn comes_to(&self, whole: &[Option<usize>], (sum, marked): (&[Option<i64>], &[bool]), parts: usize) -> bool {
        let (mut large, mut all, mut wrong) = (0, 0, 0);
        for ((at, sum), _) in whole.iter().zip(sum).zip(marked).filter(|(_, marked)| !**marked) {
            let Some(value) = at.map(|at| self.out.network.cells[at].value) else { continue };
            let Some(sum) = *sum else { return false };
            let agrees = is_nearly(sum, value, parts);
            all += 1;
            wrong += usize::from(!agrees);
            large += usize::from(agrees && value.saturating_abs() >= LEAST);
        }
        wrong * SLIPS <= all && large > 0 && (large > 1 || all == 1 || parts > 1)
    }

    /// A relation that holds of the numbers as they are printed.
    fn nearly_sum(&mut self, whole: usize, parts: Vec<usize>) {
        let value = |at: usize| self.out.network.cells[at].value;
        let sum = parts.iter().map(|at| value(*at)).sum::<i64>();
        if !is_nearly(sum, value(whole), parts.len()) {
            return;
        }
        let off = sum - value(whole);
        let relation = Relation { constant: off, ..Relation::sum(whole, parts.iter().copied()).in_order() };
        if parts.contains(&whole) || self.out.network.relations.iter().any(|known| same(known, &relation)) {
            return;
        }
        let relations = vec![self.out.network.relations.len()];
        self.out.network.relations.push(relation);
        self.out.presumed.push(Presumed { whole, parts, is_share: false, by_names: false, relations });
    }
}

/// Whether a sum comes to a number as far as its parts are rounded. Of one part nothing is.
fn is_nearly(sum: i64, value: i64, parts: usize) -> bool {
    let slack = if parts > 1 { i64::try_from(parts.div_ceil(2)).unwrap_or(i64::MAX) } else { 0 };
    let off = sum.saturating_sub(value).saturating_abs();
    off == 0 || off <= slack && off <= value.saturating_abs() / 100
}

fn same(known: &Relation, other: &Relation) -> bool {
    known.kind == Kind::Equal && known.constant == other.constant && known.in_order().terms == other.terms
}
