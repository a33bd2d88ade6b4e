//! Bindings: `{{ sip.current | women | percent }}` becomes the words that stand in the sentence.

use std::collections::BTreeSet;

use crate::compute::origin::How;
use crate::compute::statistics::unknown_figure;
use crate::diagnostic::{Code, Diagnostic, say};
use crate::document::resolved::origin::{Origin, Stretch};
use crate::document::resolved::visit::{VisitMut, walk_inline_mut};
use crate::document::resolved::{Inline, plain_text};
use crate::document::{self, Binding, FilterName};
use crate::locale::Locale;
use crate::source::{Span, Spanned, Text};
use crate::value::{Blank, Exact, Unit, Value};

use super::Resolver;
use super::chosen::Chosen;
use super::filter::{Form, Step, filter, together, unheard};
use super::hidden::{asked_for, figure};
use super::measured::{bare, scaled};
use super::phrase::{hundredth, printed};
use super::refused::{count, no_base, no_number};
use super::withheld;

/// Texts that bind texts that bind texts: nobody means more than this.
const MAX_DEPTH: usize = 8;

/// So many texts may one binding print by way of each other: eight deep with six bindings each would be more than a million.
const MAX_TEXTS: usize = 500;

/// Texts that bind texts, such as a label made of other labels.
#[derive(Debug, Default)]
pub(super) struct Nesting {
    /// Those that are being printed, each within the one before.
    within: Vec<Span>,
    /// How many the present binding has printed.
    texts: usize,
    /// Those that bind each other in a circle, or too many: they are not begun again.
    endless: BTreeSet<Span>,
}

/// What a binding asks for.
struct Asked<'s, 'b> {
    chosen: Chosen<'s>,
    form: Form,
    /// The filter that says how it is printed.
    formed: Option<&'b Spanned<String>>,
    capital: bool,
    by_base: bool,
}

impl<'a> Resolver<'a> {
    /// The words of a binding; nothing, and a diagnostic, where it cannot be evaluated.
    pub(super) fn binding(&mut self, binding: &Binding, begins: bool) -> Vec<Inline> {
        let Some(Asked { chosen, form, formed, capital, by_base }) = self.asked(binding) else { return Vec::new() };
        // Words in the place of a number begin a sentence with a capital letter, which a number has none of.
        let is_withheld = self.is_withheld(&chosen, &form);
        let capital = capital || begins && is_withheld;
        if !matches!(form, Form::Label | Form::Name) {
            let tells = matches!(form, Form::Missing { .. });
            self.left_out.note(&binding.path.value, chosen.figure, tells, binding.span);
        }
        let compared = if let Form::Compared(compared) = &form { compared.with().map(str::to_owned) } else { None };
        self.figures.extend(compared.clone());
        let heard = unheard(&chosen, &form, formed).map_or(Ok(()), Err);
        match heard.and_then(|()| self.print((&binding.path.value, &chosen), &form, binding.span)) {
            Ok(mut content) => {
                if capital && is_withheld {
                    content = vec![Inline::text(withheld::capital(self.locale, &plain_text(&content)))];
                } else if capital {
                    Capital(self.locale).inlines(&mut content);
                }
                let text = plain_text(&content);
                // A label or text figure keeps its markup; a number is marked as bound.
                if content.iter().all(|inline| matches!(inline, Inline::Text { .. })) {
                    vec![Inline::Figure {
                        id: binding.path.value.clone(),
                        written: binding.written(),
                        by_base,
                        compared,
                        text,
                        entry: None,
                        place: None,
                        origin: Some(binding.span),
                    }]
                } else {
                    Bound { figure: &binding.path.value, span: binding.span }.inlines(&mut content);
                    content
                }
            }
            Err(diagnostic) => {
                self.sink.push(*diagnostic);
                Vec::new()
            }
        }
    }

    /// The number of a text that is one bound figure and nothing else, to be drawn; none, and a diagnostic, where there is none.
    pub(super) fn bound_number(&mut self, text: &Text) -> Option<Value> {
        let parsed = crate::markdown::parse_inline(text, &[], self.sink);
        let [document::Inline::Binding(binding)] = &parsed[..] else {
            let message = say!("this must be a number, or one bound figure and nothing else");
            self.sink.push(
                Diagnostic::error(Code::VALUE_TYPE, message)
                    .at(text.span)
                    .help(say!("what stands beside the number belongs in `label`")),
            );
            return None;
        };
        let Asked { chosen, form, .. } = self.asked(binding)?;
        let value = chosen.value().cloned().unwrap_or(Value::Blank(Blank::NotAvailable));
        let number = match form {
            _ if value.number().is_none() => Err(no_number("chart", &value, binding.span)),
            Form::Number => scaled(&chosen, value, self.locale),
            Form::Percent { decimals, .. } => self.ratio(&chosen, &value, binding.span).map(|ratio| {
                let value = ratio.checked_mul(Exact::from(100_i64)).unwrap_or(ratio);
                Value::Percent { value, decimals }
            }),
            _ => Err(no_number("chart", &value, binding.span)),
        };
        number.map_err(|diagnostic| self.sink.push(*diagnostic)).ok()
    }

    /// What a binding asks for, by its figure and filters.
    fn asked<'b>(&mut self, binding: &'b Binding) -> Option<Asked<'a, 'b>> {
        let statistics = self.facts.statistics;
        let Some(figure) = statistics.figures.get(&binding.path.value) else {
            // A figure that is defined and could not be computed was reported where it is defined.
            if !self.project.findings.figures.iter().any(|figure| figure.id.value == binding.path.value) {
                self.sink.push(unknown_figure(&binding.path, statistics.figures.keys().map(String::as_str)));
            }
            return None;
        };
        self.figures.insert(binding.path.value.clone());
        let (chosen, form) = (Chosen::new(figure), Form::Number);
        let mut asked = Asked { chosen, form, formed: None, capital: false, by_base: false };
        for written in &binding.filters {
            let Some((name, arguments)) = written.split_first() else { continue };
            asked.by_base |= FilterName::beginning(&name.value).is_some_and(FilterName::by_base);
            let step = filter(name, arguments, &mut asked.chosen, statistics, &self.project.workspace.breakdowns);
            let step = step.and_then(|step| match (&step, asked.formed) {
                (Step::Print(_), Some(first)) => {
                    Err(together(first, name, say!("each says how the figure is printed")))
                }
                _ => Ok(step),
            });
            match step {
                Ok(Step::Choose) => {}
                Ok(Step::Print(form)) => {
                    asked.form = form;
                    asked.formed = Some(name);
                }
                Ok(Step::Capital) => asked.capital = true,
                Err(diagnostic) => {
                    self.sink.push(*diagnostic);
                    return None;
                }
            }
        }
        self.note(&binding.path.value, &asked);
        Some(asked)
    }

    /// Writes down which numbers a binding prints.
    fn note(&mut self, id: &str, asked: &Asked<'_, '_>) {
        let Asked { chosen, form, .. } = asked;
        if !matches!(form, Form::Label) {
            self.bound.extend(asked_for(id, chosen, form));
        }
        if matches!(form, Form::Percent { .. } | Form::Share { .. } | Form::Full(_))
            && let Some(base) = &chosen.figure.base
        {
            self.bound.insert(figure(base, chosen.of));
        }
        if let Form::Compared(compared) = form
            && let Some(other) = compared.with()
        {
            self.bound.insert(figure(other, chosen.of));
        }
    }

    fn print(
        &mut self,
        (id, chosen): (&str, &Chosen<'_>),
        form: &Form,
        span: Span,
    ) -> Result<Vec<Inline>, Box<Diagnostic>> {
        let value = chosen.value().cloned().unwrap_or(Value::Blank(Blank::NotAvailable));
        if let (Value::Blank(blank @ (Blank::NotAvailable | Blank::Suppressed | Blank::NotApplicable)), false) =
            (&value, matches!(form, Form::Label | Form::Name) || self.tells_a_group(chosen, form))
        {
            // What is withheld in the table is withheld in the sentence.
            if *blank == Blank::Suppressed {
                self.hidden_number(id, chosen, form, span);
            }
            let words = match blank {
                Blank::Suppressed => self.withheld(chosen, form),
                blank => self.locale.lower_first(self.locale.label(blank.label())),
            };
            return Ok(vec![Inline::text(words)]);
        }
        if matches!(form, Form::Percent { .. } | Form::Share { .. } | Form::Full(_)) && self.base_is_withheld(chosen) {
            self.hidden_number(id, chosen, form, span);
            return Ok(vec![Inline::text(self.withheld(chosen, form))]);
        }
        if let Some((_, filter)) = chosen.changed.first().filter(|_| value.number().is_none()) {
            return Err(no_number(&filter.value, &value, filter.span));
        }
        let text = match form {
            Form::Number => {
                let value = scaled(chosen, value, self.locale)?;
                match &value {
                    Value::Text(text) => return self.nested(text, span),
                    value if chosen.bare => bare(value, chosen, self.locale)?,
                    value => printed(value, chosen.absolute, self.locale),
                }
            }
            Form::Percent { decimals, sign } => {
                let ratio = self.ratio(chosen, &value, span)?;
                let shown = if chosen.absolute { ratio.magnitude() } else { ratio };
                let text = match sign {
                    _ if chosen.bare => self.locale.percent_digits(&shown, *decimals),
                    true => self.locale.percent_sign(&shown, *decimals),
                    false => self.locale.percent(&shown, *decimals),
                };
                match value {
                    Value::Change { .. } if !chosen.absolute => self.locale.with_plus(text, &ratio),
                    _ => text,
                }
            }
            Form::Compared(compared) => self.compared(chosen, compared, &value, span)?,
            Form::Share { words } => self.share(chosen, &value, *words, span)?,
            Form::Full(decimals) => {
                let percent = self.locale.percent(&self.ratio(chosen, &value, span)?, *decimals);
                let (part, base) = self.part_and_base(chosen, &value, span)?;
                let [part, base] = [part, base].map(|number| printed(&number, false, self.locale));
                self.locale.fill("share_full", &[("part", &part), ("base", &base), ("percent", &percent)])
            }
            Form::Words(gender) => {
                let number = match &value {
                    Value::Percent { .. } => return Err(no_number("words", &value, span)),
                    value => value.number().ok_or_else(|| no_number("words", value, span))?,
                };
                self.words(&if chosen.absolute { number.magnitude() } else { number }, *gender, span)?
            }
            Form::Missing { words } => self.left_out(chosen.figure, *words, span)?,
            Form::By(breakdown) => {
                if chosen.figure.parts_by(*breakdown).any(|(_, part)| *part == Value::Blank(Blank::Suppressed)) {
                    self.hidden_number(id, chosen, form, span);
                }
                self.by_group(chosen.figure, *breakdown, span)?
            }
            Form::Label => {
                let label = chosen.figure.label.clone();
                return self.nested(&label, span);
            }
            Form::Name => return self.name(chosen.figure, span),
        };
        Ok(vec![Inline::text(text)])
    }

    /// A text that stands for itself in a sentence.
    pub(super) fn nested(&mut self, text: &Text, span: Span) -> Result<Vec<Inline>, Box<Diagnostic>> {
        let nesting = &mut self.nesting;
        if nesting.within.contains(&text.span) || nesting.within.len() >= MAX_DEPTH {
            nesting.endless.extend(&nesting.within);
            let message = say!("texts bind each other in a circle, or more than {most} deep", most = MAX_DEPTH);
            return Err(Box::new(Diagnostic::error(Code::FIGURE_CYCLE, message).at(span)));
        }
        let outermost = nesting.within.is_empty();
        if outermost {
            nesting.texts = 0;
        }
        nesting.texts += 1;
        if nesting.endless.contains(&text.span) || nesting.texts > MAX_TEXTS {
            // Told once, of the binding that the reader would see first.
            return Ok(Vec::new());
        }
        nesting.within.push(text.span);
        let content = self.text(text);
        self.nesting.within.pop();
        if outermost && self.nesting.texts > MAX_TEXTS {
            self.nesting.endless.insert(text.span);
            let message = say!("the text would grow to more than {most} texts that bind each other", most = MAX_TEXTS);
            return Err(Box::new(
                Diagnostic::error(Code::FIGURE_CYCLE, message)
                    .at(span)
                    .help(say!("write labels and texts out, instead of making them of other labels")),
            ));
        }
        Ok(content)
    }

    /// A part and the whole that it is a share of: two counts, or two amounts of the same unit.
    pub(super) fn part_and_base(
        &self,
        chosen: &Chosen<'_>,
        value: &Value,
        span: Span,
    ) -> Result<(Value, Value), Box<Diagnostic>> {
        let part = match (value, &chosen.figure.how) {
            // The count of a share is that of its part.
            (Value::Percent { .. }, How::Share { part, .. }) => {
                self.facts.statistics.figures.get(part).and_then(|part| part.value(chosen.of)).unwrap_or(value)
            }
            _ => value,
        };
        let base = chosen.figure.base.as_ref().and_then(|id| self.facts.statistics.figures.get(id));
        let base = base.ok_or_else(|| no_base(span, chosen.figure))?;
        let whole = base
            .value(chosen.of)
            .ok_or_else(|| self.not_by_group(&Spanned::new("share".to_owned(), span), base, chosen))?;
        match (part, whole) {
            (Value::Amount { unit, .. }, Value::Amount { unit: other, .. }) if unit == other => {}
            (Value::Amount { .. }, Value::Amount { .. } | Value::Count(_))
            | (Value::Count(_), Value::Amount { .. }) => {
                return Err(Box::new(
                    Diagnostic::error(
                        Code::FIGURE_KIND,
                        say!("the figure and its base are not counted in the same unit"),
                    )
                    .at(span)
                    .also(chosen.figure.span, say!("the figure"))
                    .also(base.span, say!("its base"))
                    .help(say!(
                        "a share is one of counts, or one of amounts of the same unit; for the rest there is `ratio`"
                    )),
                ));
            }
            _ => {
                count(part, span)?;
                count(whole, span)?;
            }
        }
        let shown = |value: &Value| match value {
            Value::Blank(Blank::Zero) => Value::Count(Exact::ZERO),
            value => value.clone(),
        };
        Ok((shown(part), shown(whole)))
    }

    fn ratio(&self, chosen: &Chosen<'_>, value: &Value, span: Span) -> Result<Exact, Box<Diagnostic>> {
        if let Value::Percent { value, .. } | Value::Change { value, unit: Unit::Percent, .. } = value {
            return Ok(hundredth(*value));
        }
        if let (Value::Change { value, unit, .. }, How::Change { then, .. }) = (value, &chosen.figure.how) {
            return self.relative(value, unit, then, chosen, span);
        }
        let (part, base) = self.part_and_base(chosen, value, span)?;
        let numbers = part.number().zip(base.number());
        numbers.and_then(|(part, base)| part.checked_div(base)).ok_or_else(|| {
            Box::new(
                Diagnostic::error(
                    Code::FIGURE_BASE_MISSING,
                    say!("the base is zero: no percentage can be counted on it"),
                )
                .at(span)
                .also(chosen.figure.span, say!("the figure")),
            )
        })
    }
}

/// Gives the first word a capital letter, unless something without words stands before it.
struct Capital<'a>(&'a Locale);

impl VisitMut for Capital<'_> {
    fn inlines(&mut self, inlines: &mut Vec<Inline>) {
        inlines.iter_mut().take(1).for_each(|first| self.inline(first));
    }

    fn inline(&mut self, inline: &mut Inline) {
        match inline {
            Inline::Text { text, .. } | Inline::Figure { text, .. } => *text = self.0.capitalise(text),
            _ => walk_inline_mut(self, inline),
        }
    }
}

/// Makes words those of a binding: where they were written, in the text of a figure, is not where the report says them.
struct Bound<'a> {
    figure: &'a str,
    span: Span,
}

impl VisitMut for Bound<'_> {
    fn inline(&mut self, inline: &mut Inline) {
        match inline {
            Inline::Text { text, origin } => {
                let figure = self.figure.to_owned();
                *origin = Stretch::whole(text, Origin::Bound { figure, span: self.span });
            }
            Inline::Figure { origin, .. } => *origin = Some(self.span),
            Inline::Link { origin, .. } | Inline::Reference { origin, .. } => *origin = None,
            _ => {}
        }
        walk_inline_mut(self, inline);
    }
}
