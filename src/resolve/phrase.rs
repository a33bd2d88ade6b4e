//! Bound figures as phrases: "25 av 40", "tjugofem", "16 kvinnor och 9 män", "Farsta och Norrmalm".

use crate::compute::statistics::Computed;
use crate::compute::table::Heading;
use crate::diagnostic::{Code, Diagnostic, Said, say};
use crate::document::resolved::{Inline, plain_text};
use crate::locale::{Gender, Locale};
use crate::source::{Span, Spanned};
use crate::value::{Blank, Exact, Group, Unit, Value};

use super::Resolver;
use super::chosen::Chosen;
use super::refused::{count, not_by_group};

impl Resolver<'_> {
    /// "Farsta", "Farsta och Norrmalm".
    pub(super) fn name(&mut self, figure: &Computed, span: Span) -> Result<Vec<Inline>, Box<Diagnostic>> {
        // Which row it is tells of the value.
        if figure.total == Value::Blank(Blank::Suppressed) {
            return Ok(vec![Inline::text(self.locale.label("withheld_figure"))]);
        }
        let mut names = Vec::new();
        for heading in &figure.names {
            names.push(match heading {
                Heading::Given(label) => plain_text(&self.bare(|resolver| resolver.nested(label, span))?),
                Heading::Group(group) => self.locale.group(*group).to_owned(),
                Heading::Missing => self.locale.label("blank_not_available").to_owned(),
                Heading::Word(key) => self.locale.label(key).to_owned(),
                Heading::Total | Heading::Count | Heading::Rank | Heading::Change => {
                    self.locale.label("total").to_owned()
                }
            });
        }
        if names.is_empty() {
            return Err(Box::new(
                Diagnostic::error(
                    Code::FIGURE_KIND,
                    say!("the figure is not the largest or smallest of a table and has no name"),
                )
                .at(span)
                .also(figure.span, say!("the figure"))
                .help(say!("`name` goes with `max` and `min`; what the figure itself is called is its `label`")),
            ));
        }
        Ok(vec![Inline::text(self.locale.list(&names))])
    }

    /// A change as a share of what it began with.
    pub(super) fn relative(
        &self,
        value: &Exact,
        unit: &Unit,
        then: &str,
        chosen: &Chosen<'_>,
        span: Span,
    ) -> Result<Exact, Box<Diagnostic>> {
        let fault = |message: Said, help: Said| {
            let diagnostic =
                Diagnostic::error(Code::FIGURE_KIND, message).at(span).also(chosen.figure.span, say!("the figure"));
            Box::new(diagnostic.help(help))
        };
        if *unit == Unit::Points {
            return Err(fault(
                say!("a change between percentages is counted in percentage points, not in percent"),
                say!("take `percent` away, or bind the change between the counts"),
            ));
        }
        let then =
            self.facts.statistics.figures.get(then).and_then(|then| then.value(chosen.of)).and_then(Value::number);
        let ratio = then.map(|then| if chosen.absolute { value.magnitude() } else { *value }.checked_div(then));
        ratio.flatten().ok_or_else(|| {
            fault(
                say!("the change begins at zero and has no percentage"),
                say!("take `percent` away: the change in number can be told"),
            )
        })
    }

    pub(super) fn share(
        &self,
        chosen: &Chosen<'_>,
        value: &Value,
        words: Option<Gender>,
        span: Span,
    ) -> Result<String, Box<Diagnostic>> {
        let (part, base) = self.part_and_base(chosen, value, span)?;
        let print = |value: &Value| match words {
            Some(gender) => self.words(&count(value, span)?, gender, span),
            None => Ok(printed(value, false, self.locale)),
        };
        Ok(self.locale.fill("share_of", &[("part", &print(&part)?), ("base", &print(&base)?)]))
    }

    pub(super) fn words(&self, number: &Exact, gender: Gender, span: Span) -> Result<String, Box<Diagnostic>> {
        number.to_i64().and_then(|n| self.locale.words(n, gender)).ok_or_else(|| {
            Box::new(
                Diagnostic::error(
                    Code::FIGURE_KIND,
                    say!("only whole numbers below a thousand million can be written in words"),
                )
                .at(span)
                .help(say!("take `words` away")),
            )
        })
    }

    pub(super) fn by_group(&self, figure: &Computed, breakdown: u8, span: Span) -> Result<String, Box<Diagnostic>> {
        let breakdowns = &self.project.workspace.breakdowns;
        let id = breakdowns.get(breakdown).map_or("", |known| known.id.as_str());
        let asked = Spanned::new(format!("by {id}"), span);
        for group in breakdowns.groups(breakdown) {
            match figure.value(Some(group)).ok_or_else(|| not_by_group(&asked, figure, group, breakdowns))? {
                Value::Blank(Blank::Suppressed) => {}
                value => _ = count(value, span)?,
            }
        }
        Ok(self.facts.by_groups(figure, breakdown))
    }

    /// A figure does not have the group that was chosen.
    pub(super) fn not_by_group(&self, at: &Spanned<String>, figure: &Computed, chosen: &Chosen<'_>) -> Box<Diagnostic> {
        let group = chosen.of.unwrap_or(Group { breakdown: 0, place: 0 });
        not_by_group(at, figure, group, &self.project.workspace.breakdowns)
    }
}

/// A value as it stands in a sentence; a text as it is written. A number has its sign unless it is `absolute`.
pub fn printed(value: &Value, absolute: bool, locale: &Locale) -> String {
    let sized = |value: &Exact| if absolute { value.magnitude() } else { *value };
    match value {
        Value::Count(value) => locale.number(&sized(value), 0),
        Value::Percent { value, decimals } => locale.percent(&hundredth(sized(value)), *decimals),
        Value::Amount { value, decimals, unit } => {
            let number = locale.number(&sized(value), *decimals);
            unit.as_ref().map_or_else(|| number.clone(), |unit| locale.with_unit(&number, unit))
        }
        Value::Change { value, decimals, unit } => {
            let number = match absolute {
                true => locale.change(&value.magnitude(), *decimals),
                false => locale.signed(value, *decimals),
            };
            match unit {
                Unit::None => number,
                Unit::Named(unit) => locale.with_unit(&number, unit),
                Unit::Percent if absolute => locale.percent(&hundredth(value.magnitude()), *decimals),
                Unit::Percent => {
                    let ratio = hundredth(*value);
                    locale.with_plus(locale.percent(&ratio, *decimals), &ratio)
                }
                Unit::Points => {
                    let one = value.magnitude() == Exact::from(1_i64);
                    let word = if one { "percentage_point" } else { "percentage_points" };
                    format!("{number}\u{a0}{}", locale.label(word))
                }
            }
        }
        Value::Date(date) => locale.date(date),
        Value::Blank(Blank::Zero) => locale.number(&Exact::ZERO, 0),
        Value::Blank(blank) => locale.lower_first(locale.label(blank.label())),
        Value::Text(text) => text.value.clone(),
    }
}

pub(super) fn hundredth(value: Exact) -> Exact {
    value.checked_div(Exact::from(100_i64)).unwrap_or(Exact::ZERO)
}
