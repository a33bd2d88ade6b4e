//! Words that follow from which of two numbers is larger: "fler", "minskade", "än".

use crate::compute::operation::{self, Fault};
use crate::compute::statistics::unknown_figure;
use crate::diagnostic::{Code, Diagnostic, say};
use crate::document::FilterName;
use crate::locale::Gender;
use crate::source::{Span, Spanned};
use crate::value::{Blank, Exact, Unit, Value};

use super::Resolver;
use super::chosen::Chosen;
use super::refused::no_number;

/// What is compared, and in which words it is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Compared {
    filter: FilterName,
    /// The figure that it is compared with; none where a change is told.
    with: Option<Spanned<String>>,
    gender: Gender,
}

impl Compared {
    /// What follows the filter's name: a figure, and the gender of what is told of. Gives back what cannot stand there.
    pub fn read(filter: FilterName, arguments: &[Spanned<String>]) -> Result<Self, &Spanned<String>> {
        let (with, rest) = match arguments {
            [first, rest @ ..] if gender(first).is_none() => (Some(first.clone()), rest),
            rest => (None, rest),
        };
        let gender = match rest {
            [] => Gender::Neuter,
            [word] => gender(word).ok_or(word)?,
            [_, more, ..] => return Err(more),
        };
        Ok(Self { filter, with, gender })
    }

    /// The figure that it is compared with.
    pub fn with(&self) -> Option<&str> {
        self.with.as_ref().map(|with| with.value.as_str())
    }

    /// Key of the words for more, less and the same.
    fn words(&self, counted: bool) -> &'static str {
        match self.filter {
            FilterName::HigherOrLower => "compared_higher",
            FilterName::IncreasedOrDecreased => "compared_increased",
            FilterName::HasIncreasedOrDecreased => "compared_has_increased",
            FilterName::IncreaseOrDecrease => "compared_increase",
            FilterName::Than => "compared_than",
            _ if counted => "compared_more_counted",
            _ => "compared_more",
        }
    }
}

fn gender(word: &Spanned<String>) -> Option<Gender> {
    match word.value.as_str() {
        "ett" | "neuter" => Some(Gender::Neuter),
        "en" | "common" => Some(Gender::Common),
        _ => None,
    }
}

impl Resolver<'_> {
    /// "fler", "minskade": by the exact numbers, however they are rounded where they are printed.
    pub(super) fn compared(
        &self,
        chosen: &Chosen<'_>,
        compared: &Compared,
        value: &Value,
        span: Span,
    ) -> Result<String, Box<Diagnostic>> {
        let counted =
            matches!(value, Value::Count(_) | Value::Blank(Blank::Zero) | Value::Change { unit: Unit::None, .. });
        let change = match (&compared.with, value) {
            (None, Value::Change { value, .. }) => *value,
            (None, value) => return Err(nothing_to_compare(compared, value, span, chosen)),
            (Some(with), _) => match self.since(chosen, with, value, span)? {
                Value::Change { value, .. } => value,
                // What is withheld in the table is withheld in the sentence.
                Value::Blank(Blank::Suppressed) => return Ok(self.locale.label("withheld_comparison").to_owned()),
                blank => return Ok(self.facts.printed(&blank)),
            },
        };
        Ok(self.locale.compared(compared.words(counted), change.cmp(&Exact::ZERO), compared.gender).to_owned())
    }

    /// The value less that of the same kind of the other figure.
    fn since(
        &self,
        chosen: &Chosen<'_>,
        with: &Spanned<String>,
        value: &Value,
        span: Span,
    ) -> Result<Value, Box<Diagnostic>> {
        let figures = &self.facts.statistics.figures;
        let Some(other) = figures.get(&with.value) else {
            return Err(Box::new(unknown_figure(with, figures.keys().map(String::as_str))));
        };
        let then = chosen.of_other(other).ok_or_else(|| match chosen.column {
            Some((column, _)) => Box::new(
                Diagnostic::error(
                    Code::TABLE_RAGGED,
                    say!("`{with}` has no column `{column}`", column, with = with.value),
                )
                .at(with.span)
                .help(say!(
                    "only rows of tables with the same column can be compared by it; name figures of their own"
                )),
            ),
            None => self.not_by_group(with, other, chosen),
        })?;
        operation::change(&[then, value]).map_err(|fault| {
            let why = match fault {
                Fault::Kind(why) => why,
                Fault::Zero | Fault::Overflow => "their difference is too large",
            };
            Box::new(
                Diagnostic::error(
                    Code::FIGURE_KIND,
                    say!("the figure cannot be compared with `{with}`: {why}", why, with = with.value),
                )
                .at(span)
                .also(chosen.figure.span, say!("the figure"))
                .also(other.span, say!("the other")),
            )
        })
    }
}

fn nothing_to_compare(compared: &Compared, value: &Value, span: Span, chosen: &Chosen<'_>) -> Box<Diagnostic> {
    if value.number().is_none() {
        return no_number(compared.filter.name(), value, span);
    }
    let name = compared.filter.name();
    Box::new(
        Diagnostic::error(Code::FIGURE_KIND, say!("`{name}` does not say what the figure is compared with", name))
            .at(span)
            .also(chosen.figure.span, say!("the figure"))
            .help(say!("write `| {name} other.figure`; only a figure with `change` is told without another", name)),
    )
}
