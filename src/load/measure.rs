//! Measures: what an annual report compares between the inspections that it gathers.

use crate::diagnostic::{Code, Diagnostic, Sink, say};
use crate::model::{GatheredMeasure, MeasureFigures};
use crate::source::Spanned;

use super::form::{Label, List, Reference, mapping};

mapping! {
    /// What is compared between inspections: found by one id, or named one by one.
    MeasureEntry "measure" {
        /// What it is called, where inspections call it differently.
        label: Label,
        /// Id of the figure, in every inspection that has it.
        figure: Reference,
        /// `inspection:figure`, one for each inspection.
        figures: List<Reference> = Vec::new(),
    }
}

/// What is compared, and how its figures are found.
pub fn measure(id: Spanned<String>, given: Spanned<MeasureEntry>, sink: &mut Sink) -> Option<GatheredMeasure> {
    let Spanned { value: MeasureEntry { label, figure: same, figures: named }, span } = given;
    let figures = match (same, named.is_empty()) {
        (Some(id), true) => MeasureFigures::SameId(id),
        (None, false) => MeasureFigures::Named(named),
        (same, _) => {
            let what = if same.is_some() { say!("two ways to find its figures") } else { say!("no figures") };
            sink.push(
                Diagnostic::error(Code::MEASURE, say!("measure `{id}` has {what}", what, id = id.value))
                    .at(id.span)
                    .help(say!(
                        "write `figure: id` where every inspection calls it the same, or `figures: [inspection:id, …]`"
                    )),
            );
            return None;
        }
    };
    Some(GatheredMeasure { id, label, figures, span })
}
