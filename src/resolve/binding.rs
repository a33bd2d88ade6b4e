//! Bindings: `{{ sip.current | women | percent }}` becomes the words that stand in the sentence.

use crate::compute::exact::Exact;
use crate::compute::origin::How;
use crate::compute::statistics::{Computed, unknown_figure};
use crate::compute::value::{Blank, Value};
use crate::diagnostic::{Code, Diagnostic};
use crate::document::Binding;
use crate::document::resolved::{Inline, plain_text};
use crate::locale::Gender;
use crate::model::Sex;
use crate::source::{Span, Spanned};

use super::Resolver;
use super::phrase::printed;

/// Texts that bind texts that bind texts: more than this is a circle.
const MAX_DEPTH: usize = 8;

const FILTERS: &[&str] = &[
    "percent", "share", "full", "words", "women", "men", "total", "by sex", "base", "label", "name", "column",
    "number", "absolute", "capital",
];

/// What the filters so far have chosen.
#[derive(Clone)]
pub(super) struct Chosen<'s> {
    pub figure: &'s Computed,
    pub sex: Option<Sex>,
    column: Option<&'s Value>,
    /// A change without its sign.
    pub absolute: bool,
}

/// How it is to be printed.
enum Form {
    Number,
    Percent(u8),
    Share {
        words: Option<Gender>,
    },
    Full(u8),
    Words(Gender),
    BySex,
    Label,
    /// The row that a largest or smallest value was found in.
    Name,
}

impl Resolver<'_> {
    /// The words of a binding; nothing, and a diagnostic, where it cannot be evaluated.
    pub(super) fn binding(&mut self, binding: &Binding) -> Vec<Inline> {
        let statistics = self.statistics;
        let Some(figure) = statistics.figures.get(&binding.path.value) else {
            // A figure that is defined and could not be computed was reported where it is defined.
            if !self.project.findings.figures.iter().any(|figure| figure.id.value == binding.path.value) {
                self.sink.push(unknown_figure(&binding.path, statistics.figures.keys().map(String::as_str)));
            }
            return Vec::new();
        };
        self.figures.insert(binding.path.value.clone());
        let mut chosen = Chosen { figure, sex: None, column: None, absolute: false };
        let mut form = Form::Number;
        let mut capital = false;
        for filter in &binding.filters {
            let Some((name, arguments)) = filter.split_first() else { continue };
            match self.filter(name, arguments, &mut chosen, statistics) {
                Ok(Step::Choose) => {}
                Ok(Step::Print(chosen_form)) => form = chosen_form,
                Ok(Step::Capital) => capital = true,
                Err(diagnostic) => {
                    self.sink.push(*diagnostic);
                    return Vec::new();
                }
            }
        }
        match self.print(&chosen, &form, binding.span) {
            Ok(mut content) => {
                if capital {
                    capitalise(&mut content, self.locale);
                }
                let text = plain_text(&content);
                // A label or text figure keeps its markup; a number is marked as bound.
                if content.iter().all(|inline| matches!(inline, Inline::Text { .. })) {
                    vec![Inline::Figure {
                        id: binding.path.value.clone(),
                        written: binding.written(),
                        text,
                        entry: None,
                        place: None,
                    }]
                } else {
                    content
                }
            }
            Err(diagnostic) => {
                self.sink.push(*diagnostic);
                Vec::new()
            }
        }
    }

    fn filter<'s>(
        &mut self,
        name: &Spanned<String>,
        arguments: &[Spanned<String>],
        chosen: &mut Chosen<'s>,
        statistics: &'s crate::compute::statistics::Statistics,
    ) -> Result<Step, Box<Diagnostic>> {
        let invalid = |argument: &Spanned<String>, help: &str| {
            Box::new(
                Diagnostic::error(Code::FILTER_UNKNOWN, format!("`{}` cannot stand here", argument.value))
                    .at(argument.span)
                    .help(help),
            )
        };
        let decimals = |help: &str| match arguments {
            [] => Ok(0),
            [one] => one.value.parse::<u8>().ok().filter(|n| *n <= 6).ok_or_else(|| invalid(one, help)),
            [_, more, ..] => Err(invalid(more, help)),
        };
        let none = |step: Step| match arguments.first() {
            None => Ok(step),
            Some(argument) => Err(invalid(argument, &format!("`{}` takes no argument", name.value))),
        };
        match name.value.as_str() {
            "percent" => Ok(Step::Print(Form::Percent(decimals("write `percent`, or `percent 1` for one decimal")?))),
            "full" => Ok(Step::Print(Form::Full(decimals("write `full`, or `full 1` for one decimal")?))),
            "number" => none(Step::Print(Form::Number)),
            "label" => none(Step::Print(Form::Label)),
            "name" => none(Step::Print(Form::Name)),
            "absolute" => {
                chosen.absolute = true;
                none(Step::Choose)
            }
            "capital" => none(Step::Capital),
            "share" => match arguments {
                [] => Ok(Step::Print(Form::Share { words: None })),
                [word] if word.value == "words" => Ok(Step::Print(Form::Share { words: Some(Gender::Neuter) })),
                [other, ..] => Err(invalid(other, "write `share`, or `share words`")),
            },
            "words" => match arguments {
                [] => Ok(Step::Print(Form::Words(Gender::Neuter))),
                [word] if matches!(word.value.as_str(), "ett" | "neuter") => {
                    Ok(Step::Print(Form::Words(Gender::Neuter)))
                }
                [word] if matches!(word.value.as_str(), "en" | "common") => {
                    Ok(Step::Print(Form::Words(Gender::Common)))
                }
                [other, ..] => Err(invalid(other, "write `words`, `words ett` (ett ärende) or `words en` (en person)")),
            },
            "by" => match arguments {
                [word] if word.value == "sex" => Ok(Step::Print(Form::BySex)),
                _ => Err(invalid(name, "write `by sex`")),
            },
            "women" | "men" => {
                let sex = if name.value == "women" { Sex::Women } else { Sex::Men };
                if chosen.figure.value(Some(sex)).is_none() {
                    return Err(not_by_sex(name, chosen.figure));
                }
                chosen.sex = Some(sex);
                chosen.column = None;
                none(Step::Choose)
            }
            "total" => {
                chosen.sex = None;
                chosen.column = None;
                none(Step::Choose)
            }
            "base" => {
                let base = chosen.figure.base.as_ref().and_then(|id| statistics.figures.get(id));
                chosen.figure = base.ok_or_else(|| no_base(name.span, chosen.figure))?;
                if chosen.figure.value(chosen.sex).is_none() {
                    return Err(not_by_sex(name, chosen.figure));
                }
                chosen.column = None;
                none(Step::Choose)
            }
            "column" => {
                let [column] = arguments else {
                    return Err(invalid(name, "write `column` and the column's id"));
                };
                let columns = &chosen.figure.columns;
                let found = columns.iter().find(|(id, _)| *id == column.value);
                chosen.column = Some(
                    &found
                        .ok_or_else(|| {
                            let diagnostic =
                                Diagnostic::error(Code::TABLE_RAGGED, format!("there is no column `{}`", column.value))
                                    .at(column.span);
                            Box::new(if columns.is_empty() {
                                diagnostic.help("only rows of tables have columns")
                            } else {
                                diagnostic.nearest(&column.value, columns.iter().map(|(id, _)| id.as_str()))
                            })
                        })?
                        .1,
                );
                Ok(Step::Choose)
            }
            unknown => Err(Box::new(
                Diagnostic::error(Code::FILTER_UNKNOWN, format!("there is no filter `{unknown}`"))
                    .at(name.span)
                    .nearest(unknown, FILTERS.iter().copied())
                    .help(format!("filters: {}", FILTERS.join(", "))),
            )),
        }
    }

    fn print(&mut self, chosen: &Chosen<'_>, form: &Form, span: Span) -> Result<Vec<Inline>, Box<Diagnostic>> {
        let value = chosen
            .column
            .or_else(|| chosen.figure.value(chosen.sex))
            .cloned()
            .unwrap_or(Value::Blank(Blank::NotAvailable));
        if let (Value::Blank(blank @ (Blank::NotAvailable | Blank::Suppressed | Blank::NotApplicable)), false) =
            (&value, matches!(form, Form::Label | Form::Name))
        {
            // What is withheld in the table is withheld in the sentence.
            return Ok(vec![Inline::text(self.locale.lower_first(self.locale.label(blank.label())))]);
        }
        let text = match form {
            Form::Number => return self.number(&value, chosen.absolute, span),
            Form::Percent(decimals) => {
                let ratio = self.ratio(chosen, &value, span)?;
                match value {
                    Value::Change { .. } if !chosen.absolute => self.locale.signed_percent(&ratio, *decimals),
                    _ => self.percent(&ratio, *decimals),
                }
            }
            Form::Share { words } => self.share(chosen, &value, *words, span)?,
            Form::Full(decimals) => {
                let percent = self.percent(&self.ratio(chosen, &value, span)?, *decimals);
                let part = self.locale.number(&self.part(chosen, &value, span)?, 0);
                let base = self.locale.number(&self.base(chosen, span)?, 0);
                self.locale.fill("share_full", &[("part", &part), ("base", &base), ("percent", &percent)])
            }
            Form::Words(gender) => {
                let number = self.part(chosen, &value, span)?;
                self.words(&if chosen.absolute { number.magnitude() } else { number }, *gender, span)?
            }
            Form::BySex => self.by_sex(chosen.figure, span)?,
            Form::Label => {
                let label = chosen.figure.label.clone();
                return self.nested(&label, span);
            }
            Form::Name => return self.name(chosen.figure, span),
        };
        Ok(vec![Inline::text(text)])
    }

    fn number(&mut self, value: &Value, absolute: bool, span: Span) -> Result<Vec<Inline>, Box<Diagnostic>> {
        match value {
            Value::Text(text) => self.nested(text, span),
            value => Ok(vec![Inline::text(printed(value, absolute, self.locale))]),
        }
    }

    /// A text that stands for itself in a sentence.
    pub(super) fn nested(&mut self, text: &crate::source::Text, span: Span) -> Result<Vec<Inline>, Box<Diagnostic>> {
        if self.scope.depth >= MAX_DEPTH {
            return Err(Box::new(Diagnostic::error(Code::FIGURE_CYCLE, "texts bind each other in a circle").at(span)));
        }
        self.scope.depth += 1;
        let content = self.text(text);
        self.scope.depth -= 1;
        Ok(content)
    }

    fn percent(&self, ratio: &Exact, decimals: u8) -> String {
        self.locale.percent(ratio, decimals)
    }

    pub(super) fn base(&self, chosen: &Chosen<'_>, span: Span) -> Result<Exact, Box<Diagnostic>> {
        let base = chosen.figure.base.as_ref().and_then(|id| self.statistics.figures.get(id));
        let base = base.ok_or_else(|| no_base(span, chosen.figure))?;
        let whole = base.value(chosen.sex).ok_or_else(|| not_by_sex(&Spanned::new("share".to_owned(), span), base))?;
        count(whole, span)
    }

    /// The count of a figure; of a share, that of its part.
    pub(super) fn part(&self, chosen: &Chosen<'_>, value: &Value, span: Span) -> Result<Exact, Box<Diagnostic>> {
        match (value, &chosen.figure.how) {
            (Value::Percent { .. }, How::Share { part, .. }) => {
                let part = self.statistics.figures.get(part).and_then(|part| part.value(chosen.sex));
                count(part.unwrap_or(value), span)
            }
            _ => count(value, span),
        }
    }

    fn ratio(&self, chosen: &Chosen<'_>, value: &Value, span: Span) -> Result<Exact, Box<Diagnostic>> {
        if let Value::Percent { value, .. } = value {
            return Ok(hundredth(*value));
        }
        if let (Value::Change { value, unit, .. }, How::Change { then, .. }) = (value, &chosen.figure.how) {
            return self.relative(value, unit, then, chosen, span);
        }
        let part = count(value, span)?;
        let base = self.base(chosen, span)?;
        part.checked_div(base).ok_or_else(|| {
            Box::new(
                Diagnostic::error(Code::FIGURE_BASE_MISSING, "the base is zero: no percentage can be counted on it")
                    .at(span)
                    .also(chosen.figure.span, "the figure"),
            )
        })
    }
}

enum Step {
    Choose,
    Print(Form),
    Capital,
}

pub(super) fn hundredth(value: Exact) -> Exact {
    value.checked_div(Exact::from(100_i64)).unwrap_or(Exact::ZERO)
}

pub(super) fn count(value: &Value, span: Span) -> Result<Exact, Box<Diagnostic>> {
    let kind = match value {
        Value::Count(value) => return Ok(*value),
        Value::Blank(Blank::Zero) => return Ok(Exact::ZERO),
        Value::Percent { .. } => "a published percentage",
        Value::Amount { value, .. } | Value::Change { value, .. } => return Ok(*value),
        Value::Date(_) => "a date",
        Value::Text(_) => "a text",
        Value::Blank(_) => "not shown",
    };
    Err(Box::new(
        Diagnostic::error(Code::FIGURE_KIND, format!("the figure is {kind} and has no count"))
            .at(span)
            .help("take the filter away, or bind another figure"),
    ))
}

fn no_base(span: Span, figure: &Computed) -> Box<Diagnostic> {
    Box::new(
        Diagnostic::error(Code::FIGURE_BASE_MISSING, "the figure has no base to be a share of")
            .at(span)
            .also(figure.span, "the figure")
            .help("give the figure `base: <id of another figure>`"),
    )
}

pub(super) fn not_by_sex(at: &Spanned<String>, figure: &Computed) -> Box<Diagnostic> {
    Box::new(
        Diagnostic::error(
            Code::FIGURE_NOT_BY_SEX,
            format!("`{}` asks for a split by sex that the figure does not have", at.value),
        )
        .at(at.span)
        .also(figure.span, "the figure")
        .help("give the figure `women` and `men`, or write the sentence without the split"),
    )
}

fn capitalise(content: &mut [Inline], locale: &crate::locale::Locale) {
    if let Some(Inline::Text { text } | Inline::Figure { text, .. }) = content.first_mut() {
        *text = locale.capitalise(text);
    }
}
