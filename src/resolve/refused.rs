//! Why a binding cannot be printed, in words.

use crate::compute::statistics::Computed;
use crate::diagnostic::{Code, Diagnostic, Said, Thing, say};
use crate::model::Breakdowns;
use crate::source::{Span, Spanned};
use crate::value::{Blank, Exact, Group, Value};

/// A number of cases or things.
pub(super) fn count(value: &Value, span: Span) -> Result<Exact, Box<Diagnostic>> {
    match value {
        Value::Count(value) => Ok(*value),
        Value::Blank(Blank::Zero) => Ok(Exact::ZERO),
        value => Err(Box::new(
            Diagnostic::error(
                Code::FIGURE_KIND,
                say!("the figure is {kind} and has no count", kind = Said::words(kind(value))),
            )
            .at(span)
            .help(say!("take the filter away, or bind another figure")),
        )),
    }
}

/// What a value is, for messages.
fn kind(value: &Value) -> &'static str {
    match value {
        Value::Count(_) => "a count",
        Value::Percent { .. } => "a percentage",
        Value::Amount { .. } => "an amount",
        Value::Change { .. } => "a change",
        Value::Date(_) => "a date",
        Value::Text(_) => "a text",
        Value::Blank(_) => "not shown",
    }
}

pub(super) fn no_number(filter: &str, value: &Value, span: Span) -> Box<Diagnostic> {
    Box::new(
        Diagnostic::error(
            Code::FIGURE_KIND,
            say!("the figure is {kind}: `{filter}` does not fit it", filter, kind = Said::words(kind(value))),
        )
        .at(span)
        .help(say!("take the filter away, or bind another figure")),
    )
}

pub(super) fn no_base(span: Span, figure: &Computed) -> Box<Diagnostic> {
    let diagnostic = Diagnostic::error(Code::FIGURE_BASE_MISSING, say!("the figure has no base to be a share of"))
        .at(span)
        .also(figure.span, say!("the figure"))
        .help(say!("give the figure `base: <id of another figure>`"));
    Box::new(diagnostic.lacks(figure.base.as_ref().map(|_| Thing::Figure), figure.base.as_deref().unwrap_or_default()))
}

pub(super) fn not_by_group(
    at: &Spanned<String>,
    figure: &Computed,
    group: Group,
    breakdowns: &Breakdowns,
) -> Box<Diagnostic> {
    let breakdown = breakdowns.get(group.breakdown);
    let (id, groups) = breakdown.map_or(("", String::new()), |known| (known.id.as_str(), known.listed()));
    Box::new(
        Diagnostic::error(
            Code::FIGURE_NOT_BY_SEX,
            say!("`{at}` asks for a split by {id} that the figure does not have", id, at = at.value),
        )
        .at(at.span)
        .also(figure.span, say!("the figure"))
        .help(say!("give the figure {groups}, or write the sentence without the split", groups)),
    )
}
