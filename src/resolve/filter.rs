//! Filters: what they choose of a figure, and how they have it printed.

use crate::compute::statistics::Statistics;
use crate::diagnostic::{Code, Diagnostic, Said, say};
use crate::document::FilterName;
use crate::locale::Gender;
use crate::model::Breakdowns;
use crate::source::Spanned;
use crate::value::{Group, Scale};

use super::chosen::Chosen;
use super::compared::Compared;
use super::refused::{no_base, not_by_group};

/// How it is to be printed.
#[derive(PartialEq, Eq)]
pub(super) enum Form {
    Number,
    Percent {
        decimals: u8,
        /// "63 %" and not "63 procent".
        sign: bool,
    },
    Share {
        words: Option<Gender>,
    },
    Full(u8),
    Words(Gender),
    /// By the groups of a breakdown.
    By(u8),
    Label,
    /// The row that a largest or smallest value was found in.
    Name,
    /// How many values it leaves out.
    Missing {
        words: bool,
    },
    /// Words that follow from which of two numbers is larger.
    Compared(Compared),
}

pub(super) enum Step {
    Choose,
    Print(Form),
    Capital,
}

/// What one filter does; `chosen` is changed by those that choose.
pub(super) fn filter<'s>(
    name: &Spanned<String>,
    arguments: &[Spanned<String>],
    chosen: &mut Chosen<'s>,
    statistics: &'s Statistics,
    breakdowns: &Breakdowns,
) -> Result<Step, Box<Diagnostic>> {
    let none = |step: Step| arguments.first().map_or(Ok(step), |argument| Err(invalid(argument, None, &name.value)));
    if let Some(group) = breakdowns.group(&name.value) {
        choose_group(group, name, chosen, breakdowns)?;
        return none(Step::Choose);
    }
    let Some(known) = FilterName::beginning(&name.value) else {
        let names = || FilterName::NAMES.iter().copied().chain(breakdowns.ids().map(|(_, id)| id));
        return Err(Box::new(
            Diagnostic::error(Code::FILTER_UNKNOWN, say!("there is no filter `{name}`", name = name.value))
                .at(name.span)
                .nearest(&name.value, names())
                .help(say!("filters: {names}", names = names().collect::<Vec<_>>().join(", "))),
        ));
    };
    let invalid = |argument: &Spanned<String>| invalid(argument, known.arguments(), known.name());
    let few = |one: &Spanned<String>| one.value.parse::<u8>().ok().filter(|n| *n <= 6).ok_or_else(|| invalid(one));
    let decimals = |arguments: &[Spanned<String>]| match arguments {
        [] => Ok(0),
        [one] => few(one),
        [_, more, ..] => Err(invalid(more)),
    };
    match known {
        FilterName::Percent => {
            let (decimals, sign) = match arguments {
                [numbers @ .., last] if last.value == "sign" => (decimals(numbers)?, true),
                _ => (decimals(arguments)?, false),
            };
            Ok(Step::Print(Form::Percent { decimals, sign }))
        }
        FilterName::Full => Ok(Step::Print(Form::Full(decimals(arguments)?))),
        FilterName::Number => none(Step::Print(Form::Number)),
        FilterName::Label => none(Step::Print(Form::Label)),
        FilterName::Name => none(Step::Print(Form::Name)),
        FilterName::Absolute => {
            chosen.absolute = true;
            chosen.changed.push((known, name.clone()));
            none(Step::Choose)
        }
        FilterName::Scale => {
            let [unit, decimals @ ..] = arguments else { return Err(invalid(name)) };
            let scale = Scale::find(&unit.value).ok_or_else(|| unknown_scale(unit))?;
            let decimals = match decimals {
                [] => 1,
                [one] => few(one)?,
                [_, more, ..] => return Err(invalid(more)),
            };
            chosen.scale = Some((scale, decimals));
            chosen.changed.push((known, name.clone()));
            Ok(Step::Choose)
        }
        FilterName::Unit => match arguments {
            [word] if word.value == "none" => {
                chosen.bare = true;
                chosen.changed.push((known, name.clone()));
                Ok(Step::Choose)
            }
            _ => Err(invalid(arguments.first().unwrap_or(name))),
        },
        FilterName::MoreOrLess
        | FilterName::HigherOrLower
        | FilterName::IncreasedOrDecreased
        | FilterName::HasIncreasedOrDecreased
        | FilterName::IncreaseOrDecrease
        | FilterName::Than => {
            let compared = Compared::read(known, arguments).map_err(invalid)?;
            Ok(Step::Print(Form::Compared(compared)))
        }
        FilterName::Capital => none(Step::Capital),
        FilterName::Share => match arguments {
            [] => Ok(Step::Print(Form::Share { words: None })),
            [word] if word.value == "words" => Ok(Step::Print(Form::Share { words: Some(Gender::Neuter) })),
            [other, ..] => Err(invalid(other)),
        },
        FilterName::Missing => match arguments {
            [] => Ok(Step::Print(Form::Missing { words: false })),
            [word] if word.value == "words" => Ok(Step::Print(Form::Missing { words: true })),
            [other, ..] => Err(invalid(other)),
        },
        FilterName::Words => match arguments {
            [] => Ok(Step::Print(Form::Words(Gender::Neuter))),
            [word] if matches!(word.value.as_str(), "ett" | "neuter") => Ok(Step::Print(Form::Words(Gender::Neuter))),
            [word] if matches!(word.value.as_str(), "en" | "common") => Ok(Step::Print(Form::Words(Gender::Common))),
            [other, ..] => Err(invalid(other)),
        },
        FilterName::By => match arguments {
            [word] => match breakdowns.find(&word.value) {
                Some((breakdown, _)) => Ok(Step::Print(Form::By(breakdown))),
                None => Err(unknown_breakdown(word, breakdowns)),
            },
            _ => Err(invalid(name)),
        },
        FilterName::Total => {
            chosen.of = None;
            chosen.column = None;
            chosen.chose = None;
            none(Step::Choose)
        }
        FilterName::Base => {
            let base = chosen.figure.base.as_ref().and_then(|id| statistics.figures.get(id));
            chosen.figure = base.ok_or_else(|| no_base(name.span, chosen.figure))?;
            if let (Some(group), None) = (chosen.of, chosen.figure.value(chosen.of)) {
                return Err(not_by_group(name, chosen.figure, group, breakdowns));
            }
            chosen.column = None;
            none(Step::Choose)
        }
        FilterName::Column => {
            let [column] = arguments else { return Err(invalid(name)) };
            choose_column(column, name, chosen, statistics)?;
            Ok(Step::Choose)
        }
    }
}

fn choose_group(
    group: Group,
    name: &Spanned<String>,
    chosen: &mut Chosen<'_>,
    breakdowns: &Breakdowns,
) -> Result<(), Box<Diagnostic>> {
    if chosen.figure.value(Some(group)).is_none() {
        return Err(not_by_group(name, chosen.figure, group, breakdowns));
    }
    if let Some(first) = &chosen.chose {
        return Err(together(first, name, say!("one number can be chosen")));
    }
    chosen.of = Some(group);
    chosen.chose = Some(name.clone());
    Ok(())
}

fn choose_column(
    column: &Spanned<String>,
    name: &Spanned<String>,
    chosen: &mut Chosen<'_>,
    statistics: &Statistics,
) -> Result<(), Box<Diagnostic>> {
    if let Some(first) = &chosen.chose {
        return Err(together(first, name, say!("one number can be chosen")));
    }
    let columns = &chosen.figure.columns;
    let Some(found) = columns.iter().find(|(id, _)| *id == column.value) else {
        let diagnostic =
            Diagnostic::error(Code::TABLE_RAGGED, say!("there is no column `{column}`", column = column.value))
                .at(column.span);
        return Err(Box::new(if columns.is_empty() {
            diagnostic.help(say!("only rows of tables have columns"))
        } else {
            diagnostic.nearest(&column.value, columns.iter().map(|(id, _)| id.as_str()))
        }));
    };
    chosen.column = Some(found);
    // What is a share of a group is counted on the group.
    chosen.of = statistics.column_group(chosen.figure, &column.value);
    chosen.chose = Some(name.clone());
    Ok(())
}

/// Two filters of which the one would make the other nothing.
pub(super) fn together(first: &Spanned<String>, second: &Spanned<String>, why: Said) -> Box<Diagnostic> {
    let name = |filter: &Spanned<String>| match FilterName::beginning(&filter.value) {
        Some(FilterName::By) | None => filter.value.clone(),
        Some(known) => known.name().to_owned(),
    };
    let message =
        say!("`{one}` and `{other}` cannot stand together: {why}", why, one = name(first), other = name(second));
    Box::new(
        Diagnostic::error(Code::FILTER_UNKNOWN, message)
            .at(second.span)
            .also(first.span, say!("the other"))
            .help(say!("take one of them away")),
    )
}

/// A filter that the form would make nothing of: what is chosen of a label, the sign of a share.
pub(super) fn unheard(chosen: &Chosen<'_>, form: &Form, formed: Option<&Spanned<String>>) -> Option<Box<Diagnostic>> {
    let formed = formed?;
    if matches!(form, Form::Label | Form::Name | Form::By(_) | Form::Missing { .. })
        && let Some(chose) = &chosen.chose
    {
        return Some(together(chose, formed, say!("it is of the whole figure")));
    }
    let hears = |changes: FilterName| match form {
        Form::Number => true,
        Form::Percent { sign: false, .. } => changes != FilterName::Scale,
        Form::Percent { .. } => changes == FilterName::Absolute,
        Form::Words(_) => changes == FilterName::Absolute,
        _ => false,
    };
    let (changes, filter) = chosen.changed.iter().find(|(changes, _)| !hears(*changes))?;
    let why =
        if *changes == FilterName::Absolute { say!("it has no sign") } else { say!("it is no number with a unit") };
    Some(together(filter, formed, why))
}

/// What cannot stand behind a filter.
fn invalid(argument: &Spanned<String>, arguments: Option<&str>, name: &str) -> Box<Diagnostic> {
    Box::new(
        Diagnostic::error(Code::FILTER_UNKNOWN, say!("`{argument}` cannot stand here", argument = argument.value))
            .at(argument.span)
            .help(match arguments {
                Some(written) => say!("write {written}", written),
                None => say!("`{name}` takes no argument", name),
            }),
    )
}

fn unknown_breakdown(word: &Spanned<String>, breakdowns: &Breakdowns) -> Box<Diagnostic> {
    let ids = || breakdowns.0.iter().map(|breakdown| breakdown.id.as_str());
    let diagnostic = Diagnostic::error(Code::FILTER_UNKNOWN, say!("there is no breakdown `{word}`", word = word.value))
        .at(word.span)
        .nearest(&word.value, ids());
    Box::new(match ids().collect::<Vec<_>>().join(", ") {
        none if none.is_empty() => {
            diagnostic.help(say!("the workspace has none; belagg.yaml declares them: `breakdowns:`"))
        }
        known => diagnostic.help(say!("breakdowns: {known}; belagg.yaml declares them", known)),
    })
}

fn unknown_scale(unit: &Spanned<String>) -> Box<Diagnostic> {
    Box::new(
        Diagnostic::error(Code::FILTER_UNKNOWN, say!("there is no scale `{unit}`", unit = unit.value))
            .at(unit.span)
            .nearest(&unit.value, Scale::NAMES.iter().copied())
            .help(say!("scales: {names}", names = Scale::NAMES.join(", "))),
    )
}
