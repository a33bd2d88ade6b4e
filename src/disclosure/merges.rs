//! Which lines of tables could be put together, so that less is hidden or nothing: each is tried on the whole report.

use std::collections::BTreeSet;

use crate::compute::mask::Quantity;
use crate::compute::statistics::Statistics;
use crate::locale::Locale;
use crate::model::{Project, Table};
use crate::source::SourceMap;

use super::beside::Beside;
use super::decision::Decision;
use super::merged::{self, Axis, Lines};
use super::network::Relation;
use super::public::Public;
use super::quantities::{Printed, Quantities};
use super::together;

/// So many ways to put lines together are tried in all, each with a computation of the report.
const TRIED: usize = 120;
/// In large reports fewer: so many numbers are decided on in all.
const DECIDED: usize = 6_000;
const LEAST_TRIED: usize = 8;
/// Of each table at least so many, or nothing could be compared.
const LEAST_OF_TABLE: usize = 2;
/// Beyond so many numbers nothing is tried: one decision takes as long as all of a small report.
const MOST_TOLD: usize = 600;
/// So many are told of a table.
const TOLD: usize = 2;

/// Lines that could be put together, and what that saves.
#[derive(Debug, Clone)]
pub struct Proposal {
    pub table: String,
    pub axis: Axis,
    /// What is put together, by labels; and what it is called then.
    pub together: Vec<(Vec<String>, String)>,
    /// Of the numbers of the table without totals, how many there are and how many are shown: as it is, and then.
    pub before: Shown,
    pub after: Shown,
    /// What an author writes.
    pub written: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shown {
    pub cells: usize,
    pub shown: usize,
    /// In the whole report.
    pub hidden: usize,
}

/// What the trials are made with.
pub struct Trial<'a> {
    pub project: &'a Project,
    pub truth: &'a Statistics,
    /// What was decided, of persons or of amounts.
    pub decision: &'a Decision,
    pub before: &'a Public,
    pub printed: &'a Printed,
    /// What the text says of the numbers as they are.
    pub said: &'a dyn Fn(&Quantities) -> Vec<Relation>,
    pub locale: &'a Locale,
    pub sources: &'a SourceMap,
    pub compute: &'a dyn Fn(&Project) -> Statistics,
}

/// A way to put the lines of an axis together.
#[derive(Clone)]
struct Way {
    parts: Vec<Vec<usize>>,
    shown: Shown,
}

impl Way {
    /// More shown is better; then fewer marks, then fewer changes.
    fn rank(&self) -> (usize, std::cmp::Reverse<usize>, usize) {
        (self.shown.shown, std::cmp::Reverse(self.shown.cells - self.shown.shown), self.parts.len())
    }
}

impl Trial<'_> {
    /// The best ways to put lines together, of each table in which something is hidden.
    #[must_use]
    pub fn proposals(&self) -> Vec<Proposal> {
        let mut out = Vec::new();
        if self.decision.told_count() > MOST_TOLD {
            return out;
        }
        let tables = self
            .project
            .findings
            .tables
            .iter()
            .map(|table| (table, shown(self.decision, &table.id.value, (self.truth, self.printed))));
        let printed = tables.filter(|(table, _)| self.printed.tables.contains(&table.id.value));
        let marked: Vec<(&Table, Shown)> = printed.filter(|(_, before)| before.shown < before.cells).collect();
        let all = (DECIDED / self.decision.told_count().max(1)).clamp(LEAST_TRIED, TRIED);
        let most = (all / marked.len().max(1)).max(LEAST_OF_TABLE);
        for (table, before) in marked {
            let mut found: Vec<(Lines, Way)> = Vec::new();
            for mut lines in merged::axes(self.project, table, self.truth) {
                lines.sums = self.sums(&table.id.value, &lines);
                found.extend(self.best(table, &lines, before, most).into_iter().map(|way| (lines.clone(), way)));
            }
            found.sort_by_key(|(_, way)| std::cmp::Reverse(way.rank()));
            let id = &table.id.value;
            let safe = found.into_iter().filter(|(lines, way)| self.is_safe(id, lines, way));
            let found: Vec<(Lines, Way)> = safe.take(TOLD).collect();
            out.extend(found.into_iter().map(|(lines, way)| self.proposal(table, &lines, &way, before)));
        }
        out
    }

    fn proposal(&self, table: &Table, lines: &Lines, way: &Way, before: Shown) -> Proposal {
        let together = way.parts.iter().filter(|part| part.len() > 1);
        let together = together.map(|part| {
            let labels = part.iter().map(|at| lines.labels[*at].clone()).collect();
            (labels, merged::label_of(lines, part, self.locale))
        });
        let id = &table.id.value;
        let merged = merged::with(self.project, id, lines, &way.parts, self.locale);
        let first = table.rows.first().map(|row| row.id.span);
        let is_yaml = first.is_none_or(|span| {
            let path = &self.sources.get(span.source).path;
            path.ends_with(".yaml") || path.ends_with(".yml")
        });
        Proposal {
            table: id.clone(),
            axis: lines.axis.clone(),
            together: together.collect(),
            before,
            after: way.shown,
            written: merged::written(self.project, &merged, id, lines, &way.parts, is_yaml),
        }
    }

    /// What would be decided of lines put together, where the policy can be met then.
    fn decided(&self, table: &str, lines: &Lines, parts: &[Vec<usize>]) -> Option<(Decision, Statistics)> {
        let project = merged::with(self.project, table, lines, parts, self.locale);
        let truth = (self.compute)(&project);
        let beside = Beside { before: self.before, printed: &|| self.printed.clone(), said: &|_| Vec::new() };
        let mut decision = Decision::decide((&project, self.locale), &truth, beside)?;
        truth.tables.contains_key(table).then_some(())?;
        if self.decision.quantities.of_amounts {
            decision = Some(decision.of_amounts()).filter(|_| decision.fault.is_none())?;
        }
        decision.fault.is_none().then_some((decision, truth))
    }

    /// Whether what the lines hide apart stays unknown when they are put together: a sentence or another table may have one of them alone.
    fn is_safe(&self, table: &str, lines: &Lines, way: &Way) -> bool {
        if self.decision.quantities.of_amounts {
            return true;
        }
        let parts = |name: &Quantity| merged::parts_of(self.project, table, lines, &way.parts, name);
        self.decided(table, lines, &way.parts).is_some_and(|(after, _)| {
            together::holds(self.decision, &after, &parts, (self.said)(&self.decision.quantities))
        })
    }

    /// What is better than to hide, along one axis: the best found step by step, and all two and two.
    fn best(&self, table: &Table, lines: &Lines, before: Shown, most: usize) -> Vec<Way> {
        let id = &table.id.value;
        let count = lines.ids.len();
        let mut left = most;
        let mut tried = |parts: &[Vec<usize>]| {
            left = left.checked_sub(1)?;
            let (decision, truth) = self.decided(id, lines, parts)?;
            Some(Way { parts: parts.to_vec(), shown: shown(&decision, id, (&truth, self.printed)) })
        };
        let single: Vec<Vec<usize>> = (0..count).map(|at| vec![at]).collect();
        let small = self.small_lines(id, lines);
        let mut ways: Vec<Way> = Vec::new();
        let parts: Vec<usize> = (0..count).filter(|at| !lines.sums.contains(at)).collect();
        let sums = lines.sums.iter().map(|at| vec![*at]);
        let two_and_two: Vec<Vec<usize>> = parts.chunks(2).map(<[usize]>::to_vec).chain(sums).collect();
        ways.extend(tried(&two_and_two));
        let mut current = Way { parts: single, shown: before };
        while current.parts.len() > 2 && current.shown.shown < current.shown.cells {
            let steps = joined(&current.parts, (&small, &lines.sums), lines.ordered);
            let best = steps.iter().filter_map(|parts| tried(parts)).max_by_key(|way| {
                // Along the way, what leads to the fewest marks.
                (std::cmp::Reverse(way.shown.cells - way.shown.shown), way.shown.shown)
            });
            let Some(best) = best else { break };
            ways.push(best.clone());
            current = best;
        }
        let saves = |way: &Way| {
            let (now, then) = (before, way.shown);
            then.hidden <= now.hidden
                && (then.shown > now.shown
                    || then.shown == now.shown && then.cells - then.shown < now.cells - now.shown)
        };
        ways.retain(saves);
        ways.sort_by_key(|way| std::cmp::Reverse(way.rank()));
        ways.dedup_by(|b, a| a.parts == b.parts);
        // Of several that leave nothing hidden, the one that shows most.
        let mut seen_whole = false;
        ways.retain(|way| {
            let whole = way.shown.shown == way.shown.cells;
            let again = whole && seen_whole;
            seen_whole |= whole;
            !again
        });
        ways.truncate(TOLD);
        ways
    }

    /// Rows that are taken for the sum of others.
    fn sums(&self, table: &str, lines: &Lines) -> BTreeSet<usize> {
        let quantities = &self.decision.quantities;
        let wholes = quantities.presumed.iter().filter(|known| !known.is_share).map(|known| known.whole);
        let names = wholes.filter_map(|at| quantities.names.get(at)).flatten();
        let own = names.filter_map(|name| match name {
            Quantity::Cell { table: of, row, .. } if of == table && lines.axis == Axis::Rows => Some(row),
            _ => None,
        });
        own.filter_map(|row| lines.ids.iter().position(|known| known == row)).collect()
    }

    /// Lines in which a number is too small.
    fn small_lines(&self, table: &str, lines: &Lines) -> BTreeSet<usize> {
        let quantities = &self.decision.quantities;
        let mut out = BTreeSet::new();
        for (cell, names) in quantities.network.cells.iter().zip(&quantities.names) {
            if !cell.is_sensitive() {
                continue;
            }
            for name in names {
                if let Quantity::Cell { table: of, row, column } = name
                    && of == table
                {
                    let id = if matches!(lines.axis, Axis::Columns | Axis::Categories { across: true, .. }) {
                        column
                    } else {
                        row
                    };
                    out.extend(lines.ids.iter().position(|known| known == id));
                }
            }
        }
        out
    }
}

/// The partitions with two parts more put together, of which one has a small number; those with small numbers both first.
fn joined(
    parts: &[Vec<usize>],
    (small, sums): (&BTreeSet<usize>, &BTreeSet<usize>),
    ordered: bool,
) -> Vec<Vec<Vec<usize>>> {
    let is_sum = |part: &Vec<usize>| part.iter().any(|at| sums.contains(at));
    let is_small = |part: &Vec<usize>| part.iter().any(|at| small.contains(at));
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    for a in 0..parts.len() {
        for b in a + 1..parts.len() {
            let near = !ordered || b == a + 1;
            if near && (is_small(&parts[a]) || is_small(&parts[b])) && !is_sum(&parts[a]) && !is_sum(&parts[b]) {
                pairs.push((a, b));
            }
        }
    }
    pairs.sort_by_key(|(a, b)| {
        let both = is_small(&parts[*a]) && is_small(&parts[*b]);
        (!both, parts[*a].len() + parts[*b].len(), b - a, *a)
    });
    let with = |(a, b): (usize, usize)| {
        let mut parts = parts.to_vec();
        let other = parts.remove(b);
        parts[a].extend(other);
        parts[a].sort_unstable();
        parts
    };
    pairs.into_iter().map(with).collect()
}

/// How many numbers of a table there are without its totals, and how many of them are shown.
fn shown(decision: &Decision, table: &str, (truth, printed): (&Statistics, &Printed)) -> Shown {
    let totals: BTreeSet<&str> = truth.tables.get(table).map_or_else(BTreeSet::new, |table| {
        table.columns.iter().filter(|column| column.total).map(|column| column.id.as_str()).collect()
    });
    let hidden = &decision.choice.hidden;
    let means = decision.means.keys().filter(|name| printed.has(name)).count();
    let mut out = Shown { cells: 0, shown: 0, hidden: means };
    for (at, names) in decision.quantities.names.iter().enumerate() {
        let inner = names.iter().filter(|name| {
            matches!(name, Quantity::Cell { table: of, row, column } if of == table && row != "total" && !totals.contains(column.as_str()))
        });
        let count = inner.count();
        out.cells += count;
        out.shown += if hidden.contains(&at) { 0 } else { count };
        out.hidden += usize::from(hidden.contains(&at) && !names.is_empty());
    }
    out
}
