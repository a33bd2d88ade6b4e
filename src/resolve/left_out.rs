//! Values that a figure leaves out: how many they are, and whether the text says so.

use std::collections::{BTreeMap, BTreeSet};

use crate::compute::origin::{Counted, How};
use crate::compute::statistics::Computed;
use crate::diagnostic::{Code, Diagnostic, Severity, Sink, Thing, say};
use crate::locale::Gender;
use crate::source::Span;
use crate::value::Exact;

use super::Resolver;

/// Figures that leave values out, and those of them of which the text says how many.
#[derive(Debug, Default)]
pub(super) struct LeftOut {
    /// What is said of those that are printed, where that is done first.
    printed: BTreeMap<String, Diagnostic>,
    told: BTreeSet<String>,
}

impl LeftOut {
    /// Notes that a figure is printed, or how many values it leaves out.
    pub fn note(&mut self, id: &str, figure: &Computed, tells: bool, span: Span) {
        let Some((column, rows)) = left_out(figure) else { return };
        if tells {
            self.told.insert(id.to_owned());
        } else if !rows.is_empty() && !self.printed.contains_key(id) {
            let message = if rows.len() == 1 {
                say!("`{id}` leaves out one missing value, and the text does not say so", id)
            } else {
                say!("`{id}` leaves out {count} missing values, and the text does not say so", id, count = rows.len())
            };
            let diagnostic = Diagnostic::new(Severity::Info, Code::DATA_MISSING, message)
                .at(span)
                .lacks(Thing::Column, column)
                .help(say!("`{{{{ {id} | missing }}}}` prints how many they are", id));
            self.printed.insert(id.to_owned(), diagnostic);
        }
    }

    pub fn report(&self, sink: &mut Sink) {
        let untold = self.printed.iter().filter(|(id, _)| !self.told.contains(*id));
        untold.for_each(|(_, diagnostic)| sink.push(diagnostic.clone()));
    }
}

impl Resolver<'_> {
    /// How many values a figure leaves out.
    pub(super) fn left_out(&self, figure: &Computed, words: bool, span: Span) -> Result<String, Box<Diagnostic>> {
        let Some((_, rows)) = left_out(figure) else {
            return Err(Box::new(
                Diagnostic::error(
                    Code::FIGURE_KIND,
                    say!("the figure leaves no values out: `missing` does not fit it"),
                )
                .at(span)
                .also(figure.span, say!("the figure"))
                .help(say!("`missing` is for what is computed of a column of case rows")),
            ));
        };
        if let How::Rows(Counted { discreet: true, .. }) = &figure.how {
            return Ok(self.locale.label("withheld_number").to_owned());
        }
        let count = Exact::from(u64::try_from(rows.len()).unwrap_or(u64::MAX));
        if words { self.words(&count, Gender::Neuter, span) } else { Ok(self.locale.number(&count, 0)) }
    }
}

/// The rows whose values a statistic of case rows leaves out, and dataset and header of the column; none of any other figure.
fn left_out(figure: &Computed) -> Option<(String, &[u32])> {
    match &figure.how {
        How::Rows(Counted { dataset, column: Some(column), without_value, .. }) => {
            Some(([dataset.as_str(), column].join("."), without_value))
        }
        _ => None,
    }
}
