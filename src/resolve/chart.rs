//! Charts: values in order, drawn and described.

use crate::chart::{self, ChartData, Datum, Drawing, Marked, Measure, Series, Times};
use crate::compute::mask::Why;
use crate::diagnostic::{Code, Diagnostic, Severity, say};
use crate::document::data::{Beside, By, ColumnKind, Mark, Order};
use crate::document::resolved::{self, Inline, plain_text};
use crate::document::{anchor, data};
use crate::markdown::plain_words;
use crate::value::{Blank, Exact, Value};

use super::annotated::Names;
use super::targets::Target;
use super::{Detail, Resolver};

/// What a chart shows and says.
#[derive(Default)]
struct Drawn {
    drawing: Drawing,
    alt: String,
    description: String,
}

impl<'a> Resolver<'a> {
    /// Draws a chart; one that would mislead or shows nothing is reported instead.
    pub(super) fn chart(&mut self, chart: &'a data::Chart) -> Option<resolved::Chart> {
        let anchor = format!("chart-{}", chart.id);
        let Some(Target::Chart { number }) = self.targets.get(&anchor).cloned() else { return None };
        let caption = self.inlines(&chart.caption);
        self.scope.without_notes = true;
        let body = self.table_body(&chart.table, &anchor::chart_data(&anchor));
        self.scope.without_notes = false;
        // That the report has no room for its values was told.
        if body.rows.len() != chart.table.rows.len() {
            return None;
        }
        let order = self.order(chart, &body);
        let data = self.chart_data(chart, &body, &order, &plain_text(&caption))?;
        let problems = self.problems(chart, &data);
        // A policy that cannot be met hides all, and that is told.
        let is_told =
            |code| code == Code::CHART_EMPTY && self.facts.statistics.hidden.values().any(|why| *why == Why::Unmet);
        for problem in problems.iter().filter(|problem| !is_told(problem.code)) {
            let diagnostic = Diagnostic::error(problem.code, problem.message.clone()).at(chart.span);
            self.sink.push(if problem.help.is_empty() { diagnostic } else { diagnostic.help(problem.help.clone()) });
        }
        if !problems.is_empty() {
            return None;
        }
        let drawn = match self.detail {
            Detail::Full => self.drawn(chart, &data)?,
            Detail::Words => Drawn::default(),
        };
        let note = chart.note.as_ref().map(|note| self.inlines(note));
        let source = chart.source.as_ref().map(|source| self.inlines(source));
        let file = format!("chart-{}", chart.id);
        let label = format!("{}\u{a0}{number}", self.locale.label("chart"));
        if self.detail == Detail::Full {
            let mut export = self.export(&file, &label, &chart.table, &body);
            export.title = plain_text(&caption);
            export.rows = order.iter().map(|at| export.rows[*at].clone()).collect();
            if chart.percent
                && let Some(base) = &chart.base_label
            {
                let base = plain_words(base);
                for row in &mut export.rows {
                    row.origin = self.locale.fill("evidence_percent_of", &[("origin", &row.origin), ("base", &base)]);
                }
            }
            export.source = source.as_ref().map(|source| plain_text(source));
            self.data.push(export);
        }
        Some(resolved::Chart {
            number,
            label,
            id: chart.id.clone(),
            table_id: chart.table_id.clone(),
            origin: Some(chart.span),
            anchor,
            caption_text: plain_text(&caption),
            caption,
            path: format!("charts/{}.svg", chart.id),
            svg: drawn.drawing.svg,
            width: drawn.drawing.width,
            height: drawn.drawing.height,
            alt: drawn.alt,
            description: drawn.description,
            table: self.told_beside(chart, self.data_table_of(chart, body, (&order, &data)), &order),
            columns: chart.series.iter().map(|(column, _)| *column).collect(),
            panels: chart.by.map(|by| resolved::Panels {
                column: match by {
                    By::Column(column) => Some(column),
                    By::Series => None,
                },
            }),
            data: resolved::DataFiles::new(&file),
            table_reference: self.table_reference(&chart.table_id),
            note,
            source,
        })
    }

    /// What keeps a chart from being drawn. That it is drawn otherwise than its author asked is said.
    fn problems(&mut self, chart: &data::Chart, data: &ChartData) -> Vec<chart::Problem> {
        let problems = chart::check(data);
        let Some(fonts) = chart::Fonts::builtin().ok().filter(|_| problems.is_empty()) else { return problems };
        let locale = self.locale;
        let label = |key: &str, values: &[(&str, &str)]| locale.fill(key, values);
        if chart::is_turned(data, fonts, &label) {
            let message = say!(
                "the bars of the chart `{data}` lie, since the names of their categories have no room",
                data = data.id
            );
            let remark = Diagnostic::new(Severity::Info, Code::CHART_TURNED, message).at(chart.span);
            self.sink.push(remark.help(say!("shorten the names, or leave `orientation: vertical` out")));
        }
        if let Some((columns, count)) = chart::many(data, fonts, &label) {
            let count = count.to_string();
            let message = match columns {
                1 => say!("the {count} bars of the chart `{data}` stand in one column", count, data = data.id),
                _ => say!(
                    "the {count} bars of the chart `{data}` stand in {columns} columns",
                    count,
                    columns = columns.to_string(),
                    data = data.id
                ),
            };
            let remark = Diagnostic::new(Severity::Info, Code::CHART_MANY, message).at(chart.span);
            self.sink.push(remark.help(say!("draw the highest and the lowest, and the others as one row: `fold: {top: 10, bottom: 5}`; choose some with `rows`; or leave the chart out where the table is what is read")));
        }
        chart::room(data, fonts, &label).into_iter().collect()
    }

    /// The picture and the words for those who do not see it.
    fn drawn(&mut self, chart: &'a data::Chart, data: &ChartData) -> Option<Drawn> {
        let locale = self.locale;
        let label = |key: &str, values: &[(&str, &str)]| locale.fill(key, values);
        let own = chart.description.as_ref().map(|own| self.bare(|resolver| plain_text(&resolver.text(own))));
        let drawn = chart::Fonts::builtin().and_then(|fonts| {
            let described = chart::describe(data, fonts, &label);
            let description = own.unwrap_or(described.description);
            let drawing = chart::draw(data, &self.style, fonts, &description, &label)?;
            Ok(Drawn { drawing, alt: described.alt, description })
        });
        match drawn {
            Ok(drawn) => Some(drawn),
            Err(reason) => {
                self.sink.push(
                    Diagnostic::error(
                        Code::CHART_SPEC,
                        say!("chart `{chart}` cannot be drawn: {reason}", reason, chart = chart.id),
                    )
                    .at(chart.span),
                );
                None
            }
        }
    }

    /// The table of a chart with the other measure of each value in brackets, and what it is.
    fn told_beside(&mut self, chart: &'a data::Chart, table: resolved::Table, order: &[usize]) -> resolved::Table {
        let Some((beside, others)) = &chart.beside else { return table };
        let mut table = table;
        for (row, at) in table.rows.iter_mut().zip(order) {
            let cells = row.cells.iter_mut().skip(1);
            for (cell, other) in cells.zip(&others[*at]).filter_map(|(cell, other)| Some((cell, other.as_ref()?))) {
                let told = plain_text(&self.cell(other));
                cell.content.push(Inline::text(format!("\u{a0}({told})")));
            }
        }
        let words = match beside {
            Beside::Count => self.locale.label("beside_count").to_owned(),
            Beside::ShareOfBar => self.locale.label("beside_share_of_bar").to_owned(),
            Beside::ShareOf(base) => {
                let base = self.bare(|resolver| plain_text(&resolver.text(base)));
                self.locale.fill("beside_share", &[("base", &self.locale.lower_first(&base))])
            }
        };
        let told = others.iter().flatten().any(Option::is_some);
        resolved::Table { note: told.then(|| vec![Inline::text(words)]), ..table }
    }

    /// The chart's values as a table: in the chart's order, without what the chart's own lines already say. Rows whose values are not final say so, where no
    /// column of theirs does.
    fn data_table_of(
        &self,
        chart: &data::Chart,
        body: resolved::Table,
        (order, data): (&[usize], &ChartData),
    ) -> resolved::Table {
        let rows = order.iter().filter_map(|at| body.rows.get(*at).cloned());
        let rows = rows.map(|mut row| {
            let first = row.cells.first().map(|cell| plain_text(&cell.content)).unwrap_or_default();
            let category = data.categories.iter().position(|name| *name == first);
            let is_open = |open: &&chart::Open| category.is_some_and(|at| open.categories.contains(&at));
            if let (None, Some(open), Some(cell)) =
                (chart.status, data.marked.open.iter().find(is_open), row.cells.first_mut())
            {
                cell.content.push(Inline::text(format!(" ({})", self.locale.lower_first(&open.words))));
            }
            row
        });
        resolved::Table { rows: rows.collect(), caption: None, note: None, source: None, ..body }
    }

    fn table_reference(&self, id: &str) -> Option<Inline> {
        let anchor = format!("table-{id}");
        let Some(Target::Table { number }) = self.targets.get(&anchor) else { return None };
        let words = self.locale.fill("table_reference", &[("number", &number.to_string())]);
        Some(Inline::reference(anchor, vec![Inline::text(words)]))
    }

    /// Positions of the rows in the order they are drawn. By value, those with a protected value come last, in the order of the table: no place in the
    /// order tells of them.
    fn order(&self, chart: &data::Chart, body: &resolved::Table) -> Vec<usize> {
        let mut order: Vec<usize> = (0..chart.table.rows.len()).collect();
        let sum = |at: usize| {
            let values = &chart.table.rows[at].values;
            let numbers = chart.series.iter().filter_map(|(column, _)| values.get(*column)?.number());
            numbers.fold(Exact::ZERO, |sum, number| sum.checked_add(number).unwrap_or(sum))
        };
        let hides = |at: usize| {
            let values = chart.series.iter().filter_map(|(column, _)| chart.table.rows[at].values.get(*column));
            values.into_iter().any(|value| *value == Value::Blank(Blank::Suppressed))
        };
        let by_value = |at: &usize| (hides(*at), std::cmp::Reverse(if hides(*at) { Exact::ZERO } else { sum(*at) }));
        let words = |at: usize| body.rows[at].cells.first().map(|cell| plain_text(&cell.content)).unwrap_or_default();
        match chart.order {
            _ if chart.fold.is_some() => order.sort_by_key(by_value),
            Order::Table => {}
            Order::Value => order.sort_by_key(by_value),
            Order::Label => order.sort_by(|a, b| self.locale.compare(&words(*a), &words(*b))),
        }
        order
    }

    fn chart_data(
        &mut self,
        chart: &'a data::Chart,
        body: &resolved::Table,
        order: &[usize],
        title: &str,
    ) -> Option<ChartData> {
        let header = |id: &str| body.head.iter().flatten().find(|cell| cell.id == id);
        let label = |at: usize| body.rows[at].cells.first().map(|cell| plain_text(&cell.content)).unwrap_or_default();
        let categories: Vec<String> = order.iter().map(|at| label(*at)).collect();
        let status = |row: usize| {
            let cell = body.rows[row].cells.get(chart.status? + 1)?;
            cell.blank.is_none().then(|| plain_text(&cell.content))
        };
        let series = chart.series.iter().map(|(column, interval)| {
            let own = header(&anchor::column(&body.anchor, column + 1));
            let group = own.and_then(|cell| cell.headers.first()).and_then(|id| header(id));
            let mut own = own.map(|cell| plain_text(&cell.content)).unwrap_or_default();
            // The axis says it.
            if chart.mark != Mark::BarTable
                && let ColumnKind::Amount { unit: Some(unit), .. } = &chart.table.columns[*column].kind
                && let Some(bare) = own.strip_suffix(&format!(" ({})", unit.value))
            {
                own.truncate(bare.len());
            }
            let label = match group {
                Some(group) => format!("{}, {}", plain_text(&group.content), self.locale.lower_first(&own)),
                None => own,
            };
            let at = |row: usize, column: usize| {
                datum(&chart.table.rows[row].values[column], &body.rows[row].cells[column + 1])
            };
            let values = order.iter().map(|row| {
                let own = at(*row, *column);
                // What lies about a protected value would tell it.
                let interval = interval.filter(|_| !own.hidden);
                let ends = interval.and_then(|(low, high)| at(*row, low).level().zip(at(*row, high).level()));
                Datum { interval: ends, ..own }
            });
            Series { label, values: values.collect() }
        });
        let series = series.collect();
        let measure = self.measure(chart);
        let times = Times::read(&categories);
        let map = chart.map.as_ref().map(|map| data::Map {
            shapes: order.iter().filter_map(|at| map.shapes.get(*at).cloned()).collect(),
            classes: map.classes.clone(),
        });
        let mut data = ChartData {
            id: chart.id.clone(),
            mark: chart.mark,
            orientation: chart.orientation,
            title: title.to_owned(),
            category_label: body
                .head
                .first()
                .and_then(|row| row.first())
                .map(|cell| plain_text(&cell.content))
                .unwrap_or_default(),
            categories,
            series,
            measure,
            axis_from: chart.axis_from,
            times,
            labels: chart.labels,
            map,
            bins: chart.bins,
            marked: Marked::default(),
            fold: chart.fold,
            others: None,
            panels: chart.by.is_some(),
        };
        if let Some(By::Column(column)) = chart.by {
            data = self.pivoted(chart, column, body, order, data)?;
            let series: Vec<String> = data.series.iter().map(|series| series.label.clone()).collect();
            let words = |at: &String| order.iter().filter(|row| label(**row) == *at).find_map(|row| status(*row));
            let statuses = data.categories.iter().map(words).collect();
            let names = Names { rows: Vec::new(), series: series.iter().map(String::as_str).collect(), statuses };
            data.marked = self.marked(chart, &data, &names);
            return Some(data);
        }
        let names = Names {
            rows: order.iter().map(|row| chart.table.rows[*row].id.as_str()).collect(),
            series: chart.series.iter().map(|(column, _)| chart.table.columns[*column].id.as_str()).collect(),
            statuses: order.iter().map(|row| status(*row)).collect(),
        };
        data.marked = self.marked(chart, &data, &names);
        Some(data)
    }

    fn measure(&mut self, chart: &'a data::Chart) -> Measure {
        if let Some(base) = &chart.base_label {
            return Measure::Percent { of: self.bare(|resolver| plain_text(&resolver.text(base))) };
        }
        let columns = || chart.series.iter().filter_map(|(column, _)| chart.table.columns.get(*column));
        // Columns beside each other may be of different measures.
        let unit = |kind: &'a ColumnKind| match kind {
            ColumnKind::Percent { .. } => Some("%"),
            ColumnKind::Amount { unit, .. } => Some(unit.as_ref().map_or("", |unit| &unit.value)),
            _ => None,
        };
        let mut units = columns().map(|column| unit(&column.kind));
        let first = units.next();
        if chart.mark == Mark::BarTable && units.any(|unit| Some(unit) != first) {
            return Measure::Mixed;
        }
        match columns().next().map(|column| &column.kind) {
            Some(ColumnKind::Percent { .. }) => Measure::Percent { of: String::new() },
            Some(ColumnKind::Amount { unit, .. }) => {
                Measure::Amount { unit: unit.as_ref().map(|unit| unit.value.clone()).unwrap_or_default() }
            }
            _ => Measure::Count { unit: String::new() },
        }
    }
}

fn datum(value: &Value, cell: &resolved::Cell) -> Datum {
    Datum {
        value: value.number().map(Exact::to_f64),
        text: plain_text(&cell.content),
        blank: cell.blank.clone(),
        hidden: *value == Value::Blank(Blank::Suppressed),
        interval: None,
    }
}
