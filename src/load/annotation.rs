//! What is marked in a chart: what counts, lines and bands, periods, remarks, what is not final, intervals.

use crate::diagnostic::{Code, Diagnostic, Said, Sink, say};
use crate::document::annotation::{self, Annotations, Extent, Quantity};
use crate::source::{Span, Spanned, Text};

use super::decode;
use super::form::{Form, Kind, Label, OneOrMany, Plain, Required, Shape, mapping};
use super::yaml::{Node, Value};

mapping! {
    /// A line at a value (`value`), or a band of values (`from`, `to`), that the others are held against.
    Reference "reference" {
        /// Where the line stands: a number, or a bound figure: `"{{ target }}"`. The scale reaches to it.
        value: Amount,
        /// Where a band begins.
        from: Amount,
        /// Where it ends.
        to: Amount,
        /// What it is; the number is printed after it.
        label: Required<Label>,
    }
}

mapping! {
    /// A point of time (`at`), or a period (`from`, `to`; without one of them to the end of the axis).
    Period "period" {
        /// A row of the table: `2014`, `2020-03`.
        at: Plain,
        /// The first row of the period; a year on an axis of months begins with its first.
        from: Plain,
        /// The last row of the period.
        to: Plain,
        /// What it is.
        label: Required<Label>,
    }
}

mapping! {
    /// A remark on one value of a line.
    Remark "annotation" {
        /// The row of the value.
        at: Required<Plain>,
        /// Its column, where several are drawn.
        series: Plain,
        /// A few words.
        text: Required<Label>,
    }
}

mapping! {
    /// Between what the values of a column lie.
    Interval "interval" {
        /// Column of the lower ends.
        low: Required<Plain>,
        /// Column of the upper ends.
        high: Required<Plain>,
    }
}

mapping! {
    /// Which values are not final, told row by row.
    Status "status" {
        /// A column of words, as "preliminärt" and "prognos": what stands in it is what the reader is told.
        column: Required<Plain>,
        /// The words of rows whose values are final. A row with a blank is final too.
        settled as "final": OneOrMany<Plain> = Vec::new(),
    }
}

/// A number, or a bound figure.
pub(in crate::load) struct Amount;

impl Form for Amount {
    type Value = Quantity;
    const KIND: Kind = Kind::OneOf(&[
        Kind::Number,
        Kind::Text(Shape { running: true, numbers: false, pattern: Some(r"^\s*\{\{"), ..Shape::new("bound figure") }),
    ]);

    fn read(node: &Node, what: &Said, sink: &mut Sink) -> Option<Quantity> {
        if matches!(&node.value, Value::Scalar { text, .. } if text.trim_start().starts_with("{{")) {
            return decode::text(node, what, sink).map(Quantity::Bound);
        }
        let typed = decode::number(node, what, sink)?;
        let (value, decimals) = typed.value;
        Some(Quantity::Typed { value, decimals, span: typed.span })
    }
}

/// What is marked, of the keys of a chart.
pub struct Given {
    pub highlight: Vec<Text>,
    pub references: Vec<Spanned<Reference>>,
    pub periods: Vec<Spanned<Period>>,
    pub remarks: Vec<Remark>,
    pub provisional_from: Option<Text>,
    pub forecast_from: Option<Text>,
    pub status: Option<Status>,
}

impl Given {
    pub fn read(self, sink: &mut Sink) -> Annotations {
        let mut references = Vec::new();
        for Spanned { value: entry, span } in self.references {
            let extent = extent((entry.value, "value"), (entry.from, entry.to), span, sink);
            references.extend(extent.zip(entry.label).map(|(extent, label)| annotation::Reference { extent, label }));
        }
        let mut periods = Vec::new();
        for Spanned { value: entry, span } in self.periods {
            let extent = extent((entry.at, "at"), (entry.from, entry.to), span, sink);
            periods.extend(extent.zip(entry.label).map(|(extent, label)| annotation::Period { extent, label }));
        }
        if let (Some(status), true) = (&self.status, self.provisional_from.is_some() || self.forecast_from.is_some())
            && let Some(column) = &status.column
        {
            let message = say!("give either `status`, or `provisional-from` and `forecast-from`");
            sink.push(
                Diagnostic::error(Code::CHART_SPEC, message)
                    .at(column.span)
                    .help(say!("`status` tells row by row what is not final, the others from a row on")),
            );
        }
        let remark =
            |entry: Remark| Some(annotation::Remark { at: entry.at?, series: entry.series, text: entry.text? });
        Annotations {
            highlight: self.highlight,
            references,
            periods,
            remarks: self.remarks.into_iter().filter_map(remark).collect(),
            provisional_from: self.provisional_from,
            forecast_from: self.forecast_from,
            status: self
                .status
                .and_then(|status| Some(annotation::Status { column: status.column?, settled: status.settled })),
        }
    }
}

/// One place (`at`, which has this name), or what lies between two ends.
fn extent<T>(
    (at, name): (Option<T>, &str),
    ends: (Option<T>, Option<T>),
    span: Span,
    sink: &mut Sink,
) -> Option<Extent<T>> {
    match (at, ends) {
        (Some(at), (None, None)) => Some(Extent::At(at)),
        (None, (None, None)) | (Some(_), _) => {
            let message = say!("give either `{name}`, or `from` and `to`", name);
            sink.push(
                Diagnostic::error(Code::CHART_SPEC, message)
                    .at(span)
                    .help(say!("`{name}` is one place, `from` and `to` are the ends of a band", name)),
            );
            None
        }
        (None, (from, to)) => Some(Extent::Between(from, to)),
    }
}
