//! Tables typed in Markdown. The parser drops cells that are too many and adds those that are missing, so the cells are
//! counted in the source.

use std::ops::Range;

use pulldown_cmark::Alignment;

use super::context::Context;
use super::link::is_blank;
use crate::diagnostic::{Code, Diagnostic, say};
use crate::document::{Align, Inline, MarkdownTable};
use crate::limits;

/// A table that is being read.
pub struct Table {
    align: Vec<Align>,
    head: Vec<Vec<Inline>>,
    rows: Vec<Vec<Vec<Inline>>>,
}

impl Table {
    pub fn new(alignments: &[Alignment]) -> Self {
        let align = alignments.iter().map(|alignment| match alignment {
            Alignment::None | Alignment::Left => Align::Start,
            Alignment::Center => Align::Center,
            Alignment::Right => Align::End,
        });
        Self { align: align.collect(), head: Vec::new(), rows: Vec::new() }
    }

    pub fn head(&mut self, cells: Vec<Vec<Inline>>, range: Range<usize>, context: &mut Context) {
        let empty: Vec<String> =
            (1..).zip(&cells).filter(|(_, cell)| is_blank(cell)).map(|(n, _)| n.to_string()).collect();
        if !empty.is_empty() {
            let message = match empty.as_slice() {
                [n] => say!("column {number} has no header", number = n),
                _ => say!("columns {empty} have no headers", empty = empty.join(", ")),
            };
            let diagnostic = Diagnostic::error(Code::TABLE_MARKDOWN, message)
                .help(say!("name every column, the first too: screen readers announce a cell by its headers"));
            context.report(diagnostic, range);
        }
        self.head = cells;
    }

    pub fn row(&mut self, cells: Vec<Vec<Inline>>, range: Range<usize>, context: &mut Context) {
        let line = context.after(range.start).lines().next().unwrap_or("");
        let (found, expected) = (count_cells(line), self.align.len());
        if found != expected {
            let message = say!("the row has {count}, the header has {expected}", expected, count = cell_count(found));
            let help = match found {
                1 => say!("if the table ends here, leave an empty line behind it"),
                _ if found > expected => say!("to print a bar in a cell write `\\|`"),
                _ => say!("part the cells by `|`; an empty cell needs its bars too"),
            };
            let here = range.start..range.start + line.trim_end().len();
            context.report(Diagnostic::error(Code::TABLE_RAGGED, message).help(help), here);
        } else if cells.first().is_some_and(|cell| is_blank(cell)) {
            let here = range.start..range.start + line.trim_end().len();
            let diagnostic =
                Diagnostic::error(Code::TABLE_HEADER, say!("the row has no header: its first cell is empty"))
                    .help(say!("name the row in its first cell: screen readers announce a cell by its headers"));
            context.report(diagnostic, here);
        }
        self.rows.push(cells);
    }

    pub fn finish(self, range: Range<usize>, context: &mut Context) -> MarkdownTable {
        if self.align.len() > limits::COLUMNS {
            let (found, most) = (self.align.len(), limits::COLUMNS);
            let message = say!("a table has {found} columns; at most {most} can be set", found, most);
            let help = say!("turn it round, so that its columns become rows, or make several tables");
            context.report(Diagnostic::error(Code::TABLE_COLUMNS, message).help(help), range.clone());
            let span = context.block_span(range);
            return MarkdownTable { align: Vec::new(), head: Vec::new(), rows: Vec::new(), span };
        }
        if self.rows.is_empty() {
            context.report(Diagnostic::error(Code::TABLE_EMPTY, say!("a table has no rows")), range.clone());
        }
        MarkdownTable { align: self.align, head: self.head, rows: self.rows, span: context.block_span(range) }
    }
}

/// Reports a paragraph that was meant as a table: the line under its header has another number of cells than the header.
pub fn report_failed(range: Range<usize>, context: &mut Context) {
    let lines: Vec<&str> =
        context.masked(range.clone()).lines().map(|line| line.trim_start_matches(['>', ' '])).collect();
    let pairs = lines.iter().zip(lines.iter().skip(1));
    let Some((head, rule)) = pairs.into_iter().find(|(head, rule)| head.contains('|') && is_rule(rule)) else {
        return;
    };
    let (cells, rules) = (count_cells(head), count_cells(rule));
    let message = match cells == rules {
        true => say!("the line under a table's header cannot be understood"),
        false => say!("the header has {count}, the line under it {rules}", rules, count = cell_count(cells)),
    };
    let diagnostic = Diagnostic::error(Code::TABLE_MARKDOWN, message)
        .help(say!("give each header its `---`, `:--`, `:-:` or `--:` in the line under it"));
    context.report(diagnostic, range);
}

/// `|---|:-:|`
fn is_rule(line: &str) -> bool {
    let line = line.trim();
    line.contains("--") && line.contains('|') && line.bytes().all(|byte| b"|-: \t".contains(&byte))
}

fn cell_count(n: usize) -> String {
    if n == 1 { "1 cell".to_owned() } else { format!("{n} cells") }
}

/// The number of cells in a line. Bars in bindings are masked and do not count.
fn count_cells(line: &str) -> usize {
    let line = line.trim();
    let line = line.strip_prefix('|').unwrap_or(line);
    let mut bars = Vec::new();
    let mut escaped = false;
    for (at, byte) in line.bytes().enumerate() {
        if byte == b'|' && !escaped {
            bars.push(at);
        }
        escaped = byte == b'\\' && !escaped;
    }
    let closed = bars.last().is_some_and(|last| last + 1 == line.len());
    bars.len() + usize::from(!closed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_counted_as_written() {
        for (line, count) in
            [("| a | b |", 2), ("a | b", 2), ("| a || b |", 3), ("| a \\| b |", 1), ("|a|b| ", 2), ("a", 1)]
        {
            assert_eq!(count_cells(line), count, "{line}");
        }
    }
}
