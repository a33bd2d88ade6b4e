//! A table as one of findings: its columns with what they hold, its rows, and its totals held against the sums.

use std::collections::BTreeSet;

use crate::diagnostic::say;
use crate::load::is_total;
use crate::markdown::slug;
use crate::value::{Exact, Rounding};

use super::super::manuscript::{Block, Cell, Inline, Manuscript, Table, words};
use super::super::remark::{Remark, beginning};
use super::column::{Column, Content, Holds, content};
use super::inline::{Markdown, markdown};
use super::plan::Plan;
use super::{Line, Lines, yaml};

/// What a place of the grid shows.
#[derive(Debug, Clone, Default)]
struct Shown {
    markdown: String,
    plain: String,
    columns: usize,
}

/// The entry of a table in the file of tables.
pub struct Entry {
    pub lines: Lines,
    /// The file of the chart that the document draws of it.
    pub chart: Option<String>,
}

/// What a table becomes; `under` are the words of the heading that it stands below.
pub fn entry(table: &Table, id: &str, under: &str, manuscript: &Manuscript, plan: &Plan) -> Entry {
    let mut notes: Vec<String> = Vec::new();
    let mut remarks: Vec<Remark> = Vec::new();
    let mut show = |inlines: &[Inline]| {
        let Markdown { text, notes: own, remarks: found } = markdown(inlines, plan);
        notes.extend(own);
        remarks.extend(found);
        text.trim().to_owned()
    };
    let caption = show(&table.caption);
    let (source, note) = (show(&table.source), show(&table.note));
    let mut grid: Vec<Vec<Shown>> = table.rows.iter().map(|row| places(row, &mut show)).collect();
    let width = grid.iter().map(Vec::len).max().unwrap_or(0);
    grid.iter_mut().for_each(|row| row.resize(width, Shown { columns: 1, ..Shown::default() }));
    let heads = header_rows(table, &grid);
    let (head, body) = grid.split_at(heads);
    let body = without_sections(body, &mut remarks);
    let columns = columns(head, &body, width, plan);
    let mut out = Lines::default();
    let mut add = |text: String| out.0.push(Line::new(text));
    add(format!("  {id}:"));
    if caption.is_empty() {
        remarks.push(Remark::new(
            say!("the table has no caption; the words of its heading stand there"),
            say!("write what the table shows"),
        ));
    }
    let caption = if caption.is_empty() { super::escape::text(under.trim()) } else { caption };
    let caption = if caption.is_empty() { "–".to_owned() } else { caption };
    add(format!("    caption: {}", yaml::value(&caption)));
    let stub = label(head, 0).unwrap_or_else(|| plan.stub().to_owned());
    add(format!("    stub: {}", yaml::value(&stub)));
    add("    columns:".to_owned());
    for line in column_lines(head, &columns) {
        add(line);
    }
    let total = totals(&body, &columns, &mut remarks);
    let counted = columns.iter().filter(|column| column.holds == Holds::Count).count();
    if counted == columns.len() {
        if counted > 1 {
            add("    total-column: false".to_owned());
        }
        add(format!("    total-row: {}", total == Total::Checked));
    }
    add("    rows:".to_owned());
    let mut taken = BTreeSet::new();
    for (at, row) in body.iter().enumerate() {
        let is_last = at + 1 == body.len();
        add(row_line(row, &columns, is_last, total, &mut taken));
    }
    if !notes.is_empty() {
        add("    notes:".to_owned());
        notes.dedup();
        for name in notes {
            let blocks = manuscript.notes.get(&name).map_or(&[] as &[Block], Vec::as_slice);
            let text = markdown(&joined(blocks), plan).text;
            add(format!(
                "      {}: {}",
                yaml::value(&name),
                yaml::value(if text.trim().is_empty() { "–" } else { text.trim() })
            ));
        }
    }
    for (key, text) in [("note", note), ("source", source)] {
        if !text.is_empty() {
            add(format!("    {key}: {}", yaml::value(&text)));
        }
    }
    let labels: Vec<&str> = body.iter().filter_map(|row| row.first()).map(|shown| shown.plain.as_str()).collect();
    let chart = super::chart::file(table, id, &columns, &labels, &caption);
    if table.chart.is_some() && chart.is_none() {
        remarks.push(Remark::new(
            say!("the document draws these numbers as a chart of another kind than the program has, or with too many series"),
            say!("make a chart of the table in charts/, if one tells more than the table"),
        ));
    }
    if let Some(first) = out.0.first_mut() {
        first.remarks = remarks;
    }
    Entry { lines: out, chart }
}

/// The places of a row, a cell over several columns once for each.
fn places(row: &[Cell], show: &mut impl FnMut(&[Inline]) -> String) -> Vec<Shown> {
    let mut out = Vec::new();
    for cell in row {
        let inlines = joined(&cell.blocks);
        let shown = Shown { markdown: show(&inlines), plain: words(&inlines).trim().to_owned(), columns: cell.columns };
        out.extend(std::iter::repeat_n(shown, cell.columns));
    }
    out
}

/// What stands in a cell or a note as one text, line by line.
fn joined(blocks: &[Block]) -> Vec<Inline> {
    let mut out: Vec<Inline> = Vec::new();
    let mut add = |content: Vec<Inline>| {
        if !out.is_empty() {
            out.push(Inline::LineBreak);
        }
        out.extend(content);
    };
    for block in blocks {
        match block {
            Block::Paragraph { content, .. } | Block::Heading { content, .. } => add(content.clone()),
            Block::List(list) => {
                for (at, item) in list.items.iter().enumerate() {
                    let mark = list.ordered.map_or_else(|| "• ".to_owned(), |first| format!("{}. ", first + at as u64));
                    add(std::iter::once(Inline::Text(mark)).chain(joined(item)).collect());
                }
            }
            Block::Quotation(inner) | Block::Frame(inner) => add(joined(inner)),
            Block::Definitions(definitions) => {
                for definition in definitions {
                    add(definition.term.clone());
                    add(joined(&definition.description));
                }
            }
            Block::Code(code) => add(vec![Inline::Code(code.clone())]),
            Block::Remark(remark) => add(vec![Inline::Remark(remark.clone())]),
            Block::References => add(vec![Inline::Remark(Remark::new(
                say!("the list of what is cited stood in a table and was left out"),
                say!("print it in the text by {{ references }}"),
            ))]),
            Block::Table(_) | Block::Picture(_) => {}
        }
    }
    out
}

/// How many rows are the header: as many as the document says, else two where the first has cells over several columns.
fn header_rows(table: &Table, grid: &[Vec<Shown>]) -> usize {
    let most = grid.len().saturating_sub(1).max(1);
    let spans = |row: &[Shown]| row.iter().skip(1).any(|shown| shown.columns > 1 && shown.columns < row.len());
    let numbers = |row: &[Shown]| row.iter().skip(1).any(|shown| shown.plain.starts_with(|c: char| c.is_ascii_digit()));
    let told = match (grid.first(), grid.get(1)) {
        (Some(first), Some(second)) if spans(first) && !numbers(second) => 2,
        _ => 1,
    };
    told.max(table.header_rows).min(most)
}

/// Rows that are one cell from end to end name the group of the rows below them, whose labels get their words.
fn without_sections(body: &[Vec<Shown>], remarks: &mut Vec<Remark>) -> Vec<Vec<Shown>> {
    let is_section = |row: &[Shown]| row.len() > 1 && row.first().is_some_and(|first| first.columns >= row.len());
    let mut out: Vec<Vec<Shown>> = Vec::new();
    let mut section: Option<Shown> = None;
    for row in body {
        if is_section(row) && body.len() > 1 {
            section = row.first().cloned();
            continue;
        }
        let mut row = row.clone();
        if let (Some(section), Some(label)) = (&section, row.first_mut()) {
            label.markdown = format!("{}: {}", section.markdown, label.markdown);
            label.plain = format!("{}: {}", section.plain, label.plain);
        }
        out.push(row);
    }
    if let Some(section) = section {
        let what = say!(
            "rows over the whole table, as “{row}”, stand before the labels of the rows below them",
            row = beginning(&section.plain)
        );
        remarks.push(Remark::new(what, say!("make a table for each group if that reads better")));
    }
    out
}

/// The words of a column's header, each row of it once.
fn label(head: &[Vec<Shown>], at: usize) -> Option<String> {
    let mut parts: Vec<&str> = Vec::new();
    for text in head.iter().filter_map(|row| row.get(at)).map(|shown| shown.markdown.as_str()) {
        if !text.is_empty() && parts.last() != Some(&text) {
            parts.push(text);
        }
    }
    (!parts.is_empty()).then(|| parts.join(" – "))
}

fn columns(head: &[Vec<Shown>], body: &[Vec<Shown>], width: usize, plan: &Plan) -> Vec<Column> {
    let mut taken: BTreeSet<String> = ["label", "id", "total", "women", "men"].map(str::to_owned).into();
    let mut out = Vec::new();
    for at in 1..width {
        let plain =
            head.iter().filter_map(|row| row.get(at)).map(|shown| shown.plain.as_str()).collect::<Vec<_>>().join(" ");
        let name = slug(plain.split_whitespace().take(4).collect::<Vec<_>>().join(" ").as_str());
        let name = if plain.trim().is_empty() { format!("column-{}", at + 1) } else { name };
        let free = std::iter::once(name.clone())
            .chain((2..).map(|n| format!("{name}-{n}")))
            .find(|name| !taken.contains(name));
        let id = free.unwrap_or(name);
        taken.insert(id.clone());
        let cells =
            body.iter().filter_map(|row| row.get(at)).map(|shown| (shown.plain.as_str(), shown.markdown.as_str()));
        out.push(Column::of_cells(id, cells, plan.language));
    }
    out
}

/// The columns as they are declared, those below one header together.
fn column_lines(head: &[Vec<Shown>], columns: &[Column]) -> Vec<String> {
    let one = |at: usize, head: &[Vec<Shown>]| {
        let column = &columns[at];
        let label = label(head, at + 1).unwrap_or_else(|| "–".to_owned());
        format!("{{id: {}, label: {}{}}}", column.id, yaml::value(&label), column.holds.declared())
    };
    let groups = head.first().filter(|_| head.len() > 1);
    let mut out = Vec::new();
    let mut at = 0;
    while at < columns.len() {
        let over =
            groups.and_then(|first| first.get(at + 1)).filter(|over| over.columns > 1 && !over.markdown.is_empty());
        match over {
            Some(over) => {
                let end = (at + over.columns).min(columns.len());
                out.push(format!("      - group: {}", yaml::value(&over.markdown)));
                out.push("        columns:".to_owned());
                out.extend((at..end).map(|at| format!("          - {}", one(at, &head[1..]))));
                at = end;
            }
            None => {
                out.push(format!("      - {}", one(at, head)));
                at += 1;
            }
        }
    }
    out
}

/// What the last row is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Total {
    /// A row like the others.
    None,
    /// The sums of all columns, which agree.
    Checked,
    /// A row of sums that the program does not compute, or that do not agree.
    AsTyped,
}

/// Holds a row and a column of totals against the sums, and tells the cells that do not agree.
fn totals(body: &[Vec<Shown>], columns: &[Column], remarks: &mut Vec<Remark>) -> Total {
    let words = |text: &str| is_total(text.trim_end_matches(':').trim());
    let mut wrong = |row: &str, column: &str, typed: &Exact, sum: Exact, places: u8| {
        let decimal = |value: &Exact| value.to_decimal(places, Rounding::HalfAwayFromZero);
        let what = say!(
            "the total of “{row}” in “{column}” is {typed}, and the numbers add up to {sum}",
            row = beginning(row),
            column = beginning(column),
            typed = decimal(typed),
            sum = decimal(&sum)
        );
        remarks.push(Remark::new(what, say!("find out which of the numbers is wrong, and mend it")));
    };
    let number =
        |row: &[Shown], at: usize| columns[at].number(row.get(at + 1).map_or("", |shown| shown.plain.as_str()));
    let mut result = Total::None;
    if let Some((last, others)) = body
        .split_last()
        .filter(|(last, others)| !others.is_empty() && last.first().is_some_and(|label| words(&label.plain)))
    {
        result = Total::Checked;
        for (at, column) in columns.iter().enumerate() {
            let typed = number(last, at);
            let sum = others.iter().try_fold(Exact::from(0_i64), |sum, row| {
                match column.content(row.get(at + 1).map_or("", |shown| &shown.plain)) {
                    Content::Number(value, ..) => sum.checked_add(value),
                    Content::Blank(_) => Some(sum),
                    Content::Text => None,
                }
            });
            let adds_up = matches!(column.holds, Holds::Count | Holds::Amount(_));
            match (typed, sum) {
                (Some(typed), Some(sum)) if adds_up && typed != sum => {
                    wrong(&last[0].plain, &column.id, &typed, sum, column.holds.decimals());
                    result = Total::AsTyped;
                }
                (Some(_), Some(_)) if column.holds == Holds::Count => {}
                _ => result = Total::AsTyped,
            }
        }
    }
    for (at, column) in columns.iter().enumerate().filter(|(_, column)| words(&column.id.replace('-', " "))) {
        for row in body {
            let before: Option<Vec<Exact>> =
                (0..at).map(|other| number(row, other).filter(|_| columns[other].holds == column.holds)).collect();
            let sum = before.and_then(|parts| parts.into_iter().try_fold(Exact::from(0_i64), Exact::checked_add));
            if let (Some(typed), Some(sum), true) = (number(row, at), sum, at > 1)
                && typed != sum
            {
                wrong(&column.id, &row[0].plain, &typed, sum, column.holds.decimals());
            }
        }
    }
    result
}

fn row_line(row: &[Shown], columns: &[Column], is_last: bool, total: Total, taken: &mut BTreeSet<String>) -> String {
    let label = row.first().map(|shown| shown.markdown.as_str()).filter(|text| !text.is_empty()).unwrap_or("–");
    let plain = row.first().map_or("", |shown| shown.plain.as_str());
    let own = slug(label);
    let mut out = String::from("      - {");
    let id = std::iter::once(own.clone())
        .chain((2..).map(|n| format!("{own}-{n}")))
        .find(|id| !taken.contains(id))
        .unwrap_or(own.clone());
    // A row that reads as a total says by its id that it is a row like the others.
    let is_typed_total = is_total(plain) && !(is_last && total == Total::Checked);
    if id != own || is_typed_total {
        out.push_str(&format!("id: {id}, "));
    }
    taken.insert(id);
    out.push_str(&format!("label: {}", yaml::value(label)));
    if is_last && total == Total::Checked {
        out.push_str(", total: true");
    }
    for (at, column) in columns.iter().enumerate() {
        let shown = row.get(at + 1).cloned().unwrap_or_default();
        let value = match (&column.holds, content(&shown.plain, column.language)) {
            (_, Content::Blank(blank)) => format!("{{blank: {blank}}}"),
            (Holds::Text, _) | (_, Content::Text) => yaml::value(&shown.markdown),
            (_, Content::Number(value, decimals, _)) => value.to_decimal(decimals, Rounding::HalfAwayFromZero),
        };
        out.push_str(&format!(", {}: {value}", column.id));
    }
    out.push('}');
    out
}
