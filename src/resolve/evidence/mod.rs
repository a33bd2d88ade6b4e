//! How each figure and table came about, in words: behind the numbers of the page, in the downloads and for `belagg explain`.
//!
//! The page and the downloads name file, sheet and condition, never rows of a sheet: from the rows behind many figures a reader
//! could put single cases together again. The rows are shown to the author alone.

mod chain;
mod columns;
mod places;
mod rows;

use std::collections::{BTreeMap, BTreeSet};

use crate::compute::measure;
use crate::compute::origin::{How, RowOrigin, TableOrigin};
use crate::compute::statistics::Computed;
use crate::compute::table::{ComputedRow, ComputedTable, Heading};
use crate::document::anchor;
use crate::document::resolved::{Evidence, Inline};
use crate::markdown::plain_words;
use crate::model::Statistic;
use crate::source::{Span, Text};
use crate::value::{Blank, Exact, Group, Value};

use super::Facts;
use super::phrase::printed;

pub use chain::Link;
pub use places::number;

/// What a figure was made of: the next step of the chain.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    Figure(String),
    Table(String),
}

impl<'a> Facts<'a> {
    /// The words of a label or caption, where it is named.
    #[must_use]
    pub fn words(&self, text: &Text) -> String {
        plain_words(&self.project.report.with_parameters(text))
    }

    /// What a figure is called: "kartläggningar, levererat".
    #[must_use]
    pub fn label(&self, figure: &Computed) -> String {
        let label = self.words(&figure.label);
        match figure.aspect {
            Some(aspect) => format!("{label}, {}", self.lower(aspect)),
            None => label,
        }
    }

    /// The words of a row's or column's header.
    #[must_use]
    pub fn heading(&self, heading: &Heading) -> String {
        match heading {
            Heading::Given(label) => plain_words(label),
            Heading::Group(group) => self.locale.group(*group).to_owned(),
            Heading::Total => self.locale.label("total").to_owned(),
            Heading::Count => self.locale.label("count").to_owned(),
            Heading::Missing => self.locale.label("blank_not_available").to_owned(),
            Heading::Word(key) => self.locale.label(key).to_owned(),
            Heading::Rank => self.locale.label("rank").to_owned(),
            Heading::Change => self.locale.label("change").to_owned(),
        }
    }

    /// A number as it is rounded, with a point.
    fn decimal(&self, value: &Value) -> Option<String> {
        Some(value.number()?.to_decimal(value.decimals(), self.locale.rounding()))
    }

    /// A value as a sentence prints it.
    #[must_use]
    pub fn printed(&self, value: &Value) -> String {
        match value {
            Value::Text(text) => plain_words(text),
            value => printed(value, false, self.locale),
        }
    }

    /// "25 (16 kvinnor och 9 män)"
    #[must_use]
    pub fn value(&self, figure: &Computed) -> String {
        let total = self.printed(&figure.total);
        let groups = |breakdown: &u8| self.project.workspace.breakdowns.groups(*breakdown);
        let whole = |breakdown: &u8| groups(breakdown).all(|group| figure.parts.contains_key(&group));
        let parts = figure.breakdowns().filter(whole).map(|breakdown| self.by_groups(figure, breakdown));
        match parts.collect::<Vec<_>>().join("; ") {
            none if none.is_empty() => total,
            parts => format!("{total} ({parts})"),
        }
    }

    /// The values of the groups of a breakdown: "16 kvinnor och 9 män", "kvinnor 63 %, män 61 %".
    #[must_use]
    pub fn by_groups(&self, figure: &Computed, breakdown: u8) -> String {
        let counts = |(group, value): (Group, &Value)| match value {
            Value::Count(count) => Some(self.locale.group_in_sentence(group, count)),
            Value::Blank(Blank::Zero) => Some(self.locale.group_in_sentence(group, &Exact::ZERO)),
            Value::Blank(Blank::Suppressed) => {
                Some(self.locale.group_without_number(group, self.locale.label("withheld_number")))
            }
            _ => None,
        };
        // What is hidden of a mean is no number of persons.
        let is_mean = matches!(&figure.how, How::Rows(counted) if counted.statistic != Statistic::Count);
        let is_count = !is_mean && matches!(figure.total, Value::Count(_) | Value::Blank(_));
        let parts = figure.parts_by(breakdown).map(counts).collect::<Option<Vec<String>>>();
        if let Some(mut parts) = parts.filter(|_| is_count) {
            let rest = self.statistics.unknown_group(figure, breakdown);
            parts.extend(rest.map(|rest| self.locale.unknown_group_in_sentence(breakdown, &rest)));
            return self.locale.list(&parts);
        }
        let named = |(group, value): (Group, &Value)| {
            format!("{} {}", self.locale.lower_first(self.locale.group(group)), self.printed(value))
        };
        figure.parts_by(breakdown).map(named).collect::<Vec<_>>().join(", ")
    }

    /// "Kvinnor och män": the groups that a figure is added up of.
    fn groups(&self, figure: &Computed) -> String {
        let groups = figure.breakdowns().next().into_iter().flat_map(|breakdown| figure.parts_by(breakdown));
        let mut names = groups.map(|(group, _)| self.locale.group(group).to_owned());
        let first = names.next().unwrap_or_default();
        let others = names.map(|name| self.locale.lower_first(&name));
        self.locale.list(&std::iter::once(first).chain(others).collect::<Vec<_>>())
    }

    fn lower(&self, key: &str) -> String {
        self.locale.lower_first(self.locale.label(key))
    }

    /// File and line, for readers: "findings/arenden.yaml, rad 12".
    #[must_use]
    pub fn place(&self, span: Span) -> String {
        let path = &self.sources.get(span.source).path;
        let report = &self.project.report;
        // What is made from a report names the places in it with its folder.
        let folder = format!("content/{}/", if self.project.part.is_some() { &report.id } else { &report.folder });
        let line = self.sources.position(span).line.to_string();
        let file = path.strip_prefix(&folder).or_else(|| path.strip_prefix("content/")).unwrap_or(path);
        self.locale.fill("evidence_line", &[("file", file), ("line", &line)])
    }

    /// File, line and column, for the author: "content/sip-2021/findings/arenden.yaml:12:3".
    #[must_use]
    pub fn path(&self, span: Span) -> String {
        let position = self.sources.position(span);
        format!("{}:{}:{}", self.sources.get(span.source).path, position.line, position.column)
    }

    /// The formula of a figure; the figures and tables in it are links where `link` knows an address.
    #[must_use]
    pub fn formula(&self, figure: &Computed, link: &dyn Fn(&Step) -> Option<String>) -> Vec<Inline> {
        let part = |id: &str| self.named(&Step::Figure(id.to_owned()), link);
        let parts = |ids: &[String]| self.list(ids.iter().map(|id| part(id)).collect());
        let table = |id: &str| vec![self.named(&Step::Table(id.to_owned()), link)];
        let text = |words: String| vec![Inline::text(words)];
        let fill = |key: &str, values: &[(&str, Vec<Inline>)]| fill(self.locale.label(key), values);
        match &figure.how {
            How::Given => fill("evidence_given", &[]),
            How::Tally => fill("evidence_tally", &[]),
            How::ByGroup => fill("evidence_by_group", &[("groups", text(self.groups(figure)))]),
            How::Published => fill("evidence_published", &[]),
            How::Sum(ids) => fill("evidence_sum", &[("parts", parts(ids))]),
            How::Average(ids) => fill("evidence_average", &[("parts", parts(ids))]),
            How::Difference(ids) => match ids.split_first() {
                Some((first, rest)) => {
                    fill("evidence_difference", &[("whole", vec![part(first)]), ("parts", parts(rest))])
                }
                None => Vec::new(),
            },
            How::Share { part: of, whole } => {
                fill("evidence_share", &[("part", vec![part(of)]), ("whole", vec![part(whole)])])
            }
            How::Ratio(first, second, per) => {
                let mut out = fill("evidence_ratio", &[("first", vec![part(first)]), ("second", vec![part(second)])]);
                out.push(Inline::text(self.times(String::new(), *per)));
                joined(out)
            }
            How::Index { then, now } => fill("evidence_index", &[("then", vec![part(then)]), ("now", vec![part(now)])]),
            How::Change { then, now } => {
                fill("evidence_change", &[("then", vec![part(then)]), ("now", vec![part(now)])])
            }
            How::Row { table: id, row } => {
                fill("evidence_row", &[("row", text(self.row_words(id, row))), ("table", table(id))])
            }
            How::Cell { table: id, row, column } => {
                let row = row.as_deref().unwrap_or("total");
                let column = column.as_deref().unwrap_or("total");
                let made = self.column_formula(id, column).map(|made| format!(": {made}")).unwrap_or_default();
                let mut out = fill(
                    "evidence_cell",
                    &[
                        ("row", text(self.row_words(id, row))),
                        ("column", text(self.column_words(id, column))),
                        ("table", table(id)),
                    ],
                );
                out.push(Inline::text(made));
                joined(out)
            }
            How::Extreme { largest, table: id, column, rows } => {
                let names: Vec<String> = rows.iter().map(|row| self.row_words(id, row)).collect();
                // Which row has it tells of a value that is protected.
                let names = if rows.is_empty() { vec![self.lower(Blank::Suppressed.label())] } else { names };
                fill(
                    if *largest { "evidence_largest" } else { "evidence_smallest" },
                    &[
                        ("column", text(self.column_words(id, column))),
                        ("table", table(id)),
                        ("row", text(self.locale.list(&names))),
                    ],
                )
            }
            How::Rows(counted) => {
                text(self.counted(counted, counted.discreet || figure.total == Value::Blank(Blank::Suppressed)))
            }
            How::Gathered => fill("evidence_gathered", &[]),
        }
    }

    /// A formula with the report that it is from, where that is another.
    fn sourced(&self, id: &str, formula: Vec<Inline>) -> Vec<Inline> {
        let Some(report) = self.project.other(id) else { return formula };
        let title = plain_words(&report.with_parameters(&report.title));
        let values = [("report", title.as_str()), ("version", report.version.value.as_str())];
        let mut out = vec![Inline::text(self.locale.fill("evidence_report", &values) + " ")];
        out.extend(formula);
        out
    }

    fn row(&self, table: &str, row: &str) -> Option<&'a ComputedRow> {
        self.statistics.tables.get(table)?.rows.iter().find(|known| known.id == row)
    }

    fn row_words(&self, table: &str, row: &str) -> String {
        self.row(table, row).map_or_else(|| self.locale.label("total").to_owned(), |row| self.heading(&row.label))
    }

    fn column_words(&self, table: &str, column: &str) -> String {
        let columns = self.statistics.tables.get(table).map(|table| table.columns.as_slice()).unwrap_or_default();
        let found = columns.iter().find(|known| known.id == column);
        found.map_or_else(|| self.locale.label("total").to_owned(), |column| self.heading(&column.label))
    }

    /// The rows of a sheet behind a figure, for its author: where they are, and those without a value.
    #[must_use]
    pub fn rows_behind(&self, figure: &Computed) -> Vec<String> {
        let (dataset, rows, without) = match &figure.how {
            How::Rows(counted) => (counted.dataset.as_str(), counted.rows.as_slice(), counted.without_value.as_slice()),
            How::Row { table, row } => match (self.statistics.tables.get(table), self.row(table, row)) {
                (
                    Some(ComputedTable { origin: TableOrigin::Counted(crossed), .. }),
                    Some(ComputedRow { origin: RowOrigin::Counted(rows), .. }),
                ) => (crossed.dataset.as_str(), rows.as_slice(), [].as_slice()),
                _ => return Vec::new(),
            },
            _ => return Vec::new(),
        };
        let data = self.data(dataset);
        let mut out = Vec::new();
        if !rows.is_empty() {
            out.push(self.locale.fill("evidence_at", &[("data", &data), ("rows", &runs(rows))]));
        }
        if !without.is_empty() {
            out.push(self.locale.fill("evidence_at_without", &[("data", &data), ("rows", &runs(without))]));
        }
        out
    }

    /// File, line and column of a figure, or of the table row that it is.
    #[must_use]
    pub fn span(&self, figure: &Computed) -> Span {
        match &figure.how {
            How::Row { table, row } => match self.row(table, row) {
                Some(ComputedRow { origin: RowOrigin::Typed(span) | RowOrigin::Sheet(span, _), .. }) => *span,
                _ => figure.span,
            },
            _ => figure.span,
        }
    }

    /// A figure or table by what it is called.
    fn named(&self, step: &Step, link: &dyn Fn(&Step) -> Option<String>) -> Inline {
        let words = match step {
            Step::Figure(id) => match self.statistics.figures.get(id) {
                Some(figure) => format!("{} ({})", self.label(figure), self.printed(&figure.total)),
                None => id.clone(),
            },
            Step::Table(id) => {
                let (findings, local) = self.project.findings_of(id);
                let table = findings.tables.iter().find(|table| table.id.value == local);
                let caption = table.map_or_else(|| id.clone(), |table| self.words(&table.caption));
                self.locale.fill("evidence_table_named", &[("caption", &caption)])
            }
        };
        match link(step) {
            Some(anchor) => Inline::reference(anchor, vec![Inline::text(words)]),
            None => Inline::text(words),
        }
    }

    /// "a, b och c" with links in it.
    fn list(&self, items: Vec<Inline>) -> Vec<Inline> {
        // The list is written with marks, which then give way to the items in their order.
        let marks = vec!["{}".to_owned(); items.len()];
        let written = self.locale.list(&marks);
        let mut between = written.split("{}");
        let mut out = Vec::new();
        for item in items {
            out.push(Inline::text(between.next().unwrap_or_default()));
            out.push(item);
        }
        out.extend(between.map(Inline::text));
        joined(out)
    }

    /// What a figure was made of.
    #[must_use]
    pub fn steps(&self, figure: &Computed) -> Vec<Step> {
        let figures = figure.how.figures().into_iter().map(|id| Step::Figure(id.to_owned()));
        figures.chain(figure.how.table().map(|id| Step::Table(id.to_owned()))).collect()
    }

    /// Entries for the figures that a page binds and for those that they were made of, by id. `references` are the places in the
    /// text by figure, `tables` the tables that are printed.
    #[must_use]
    pub fn entries(&self, references: &BTreeMap<String, Vec<String>>, tables: &BTreeSet<String>) -> Vec<Evidence> {
        let mut wanted: BTreeSet<String> = BTreeSet::new();
        let mut open: Vec<String> = references.keys().cloned().collect();
        while let Some(id) = open.pop() {
            let Some(figure) = self.statistics.figures.get(&id) else { continue };
            if wanted.insert(id) {
                open.extend(figure.how.figures().into_iter().map(str::to_owned));
            }
        }
        let link = |step: &Step| match step {
            Step::Figure(id) => wanted.contains(id).then(|| anchor::evidence(id)),
            Step::Table(id) => tables.contains(id).then(|| format!("table-{id}")),
        };
        let mut out: Vec<Evidence> = wanted
            .iter()
            .filter_map(|id| {
                let figure = self.statistics.figures.get(id)?;
                Some(Evidence {
                    anchor: anchor::evidence(id),
                    label: self.locale.capitalise(&self.label(figure)),
                    value: self.value(figure),
                    unit: figure.total.measure().map(str::to_owned),
                    measure: measure::identity(figure, &self.statistics.figures),
                    number: self.decimal(&figure.total),
                    formula: self.sourced(id, self.formula(figure, &link)),
                    place: self.place(self.span(figure)),
                    references: references.get(id).cloned().unwrap_or_default(),
                })
            })
            .collect();
        out.sort_by(|a, b| self.locale.compare(&a.label, &b.label).then_with(|| a.anchor.cmp(&b.anchor)));
        out
    }
}

/// Inlines in which text that follows text is one.
fn joined(inlines: impl IntoIterator<Item = Inline>) -> Vec<Inline> {
    let mut out: Vec<Inline> = Vec::new();
    for inline in inlines {
        match (out.last_mut(), inline) {
            (Some(Inline::Text { text: before, .. }), Inline::Text { text, .. }) => before.push_str(&text),
            (_, Inline::Text { text, .. }) if text.is_empty() => {}
            (_, inline) => out.push(inline),
        }
    }
    out
}

/// Puts inlines in the place of `{name}`.
fn fill(template: &str, values: &[(&str, Vec<Inline>)]) -> Vec<Inline> {
    let mut out: Vec<Inline> = Vec::new();
    let mut push = |inline: Inline| out.push(inline);
    let mut rest = template;
    while let Some((before, inside)) = rest.split_once('{') {
        let Some((name, after)) = inside.split_once('}') else { break };
        push(Inline::text(before));
        match values.iter().find(|(known, _)| *known == name) {
            Some((_, content)) => content.iter().cloned().for_each(&mut push),
            None => push(Inline::text(format!("{{{name}}}"))),
        }
        rest = after;
    }
    push(Inline::text(rest));
    joined(out)
}

/// Row numbers with runs drawn together: "4, 6, 8–11".
#[must_use]
pub fn runs(rows: &[u32]) -> String {
    let mut out: Vec<(u32, u32)> = Vec::new();
    for row in rows {
        match out.last_mut() {
            Some((_, last)) if last.checked_add(1) == Some(*row) => *last = *row,
            _ => out.push((*row, *row)),
        }
    }
    let words: Vec<String> = out
        .into_iter()
        .map(|(first, last)| match last - first {
            0 => first.to_string(),
            1 => format!("{first}, {last}"),
            _ => format!("{first}–{last}"),
        })
        .collect();
    words.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_of_rows_are_drawn_together() {
        assert_eq!(runs(&[4, 6, 7, 9, 10, 11, 20]), "4, 6, 7, 9–11, 20");
        assert_eq!((runs(&[]), runs(&[3])), (String::new(), "3".to_owned()));
    }

    #[test]
    fn links_stand_in_the_place_of_names() {
        let link = Inline::reference("a", vec![Inline::text("A")]);
        let filled = fill("Summan av {parts}, {x}.", &[("parts", vec![Inline::text("det "), link.clone()])]);
        assert_eq!(filled, [Inline::text("Summan av det "), link, Inline::text(", {x}.")]);
    }
}
