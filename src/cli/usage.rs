//! The command line in the language of the run: what is told of commands and arguments, and of a line that is not understood.

use std::error::Error as _;
use std::ffi::OsString;

use clap::builder::Str;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, ArgAction, Command, Error};

use crate::diagnostic::{Said, Tongue, say};
use crate::load;
use crate::publish::partition::NoPartition;
use crate::system::OsSystem;

/// The language that is asked for with `--lang`, or that of the workspace, where it has one. The line itself may be one that is not understood.
pub fn tongue(arguments: &[OsString]) -> Tongue {
    let asked = option(arguments, &["--lang"]).and_then(|asked| Tongue::find(&asked));
    let of_workspace = || {
        let folder = option(arguments, &["--workspace", "-C"]).unwrap_or_else(|| ".".to_owned());
        Tongue::find(&load::language_named(&OsSystem::new(folder.as_ref()).ok()?)?)
    };
    asked.or_else(of_workspace).unwrap_or_default()
}

/// What stands behind an option, or after its equals sign.
fn option(arguments: &[OsString], names: &[&str]) -> Option<String> {
    let mut all = arguments.iter().map(|argument| argument.to_string_lossy());
    while let Some(argument) = all.next() {
        if names.contains(&argument.as_ref()) {
            return all.next().map(std::borrow::Cow::into_owned);
        }
        let joined = argument.split_once('=').filter(|(name, _)| names.contains(name));
        if let Some((_, value)) = joined {
            return Some(value.to_owned());
        }
    }
    None
}

/// A command whose help speaks a language. English is clap's own.
pub fn in_tongue(command: Command, tongue: Tongue) -> Command {
    if tongue == Tongue::English {
        return command;
    }
    let root = with_words(command, tongue).disable_version_flag(true);
    root.arg(flag("version", 'V', ArgAction::Version, say!("Print version"), tongue))
}

fn with_words(command: Command, tongue: Tongue) -> Command {
    let words = |text: String| translated(&text, tongue);
    let about = command.get_about().map(|about| words(about.to_string()));
    let after = command.get_after_help().map(|after| words(after.to_string()));
    let usage = say!("Usage:").text_in(tongue);
    let command = command
        .mut_args(|argument| with_help(argument, tongue))
        .mut_subcommands(|command| with_words(command, tongue))
        .disable_help_flag(true)
        .arg(flag("help", 'h', ArgAction::Help, say!("Print help"), tongue))
        .subcommand_help_heading(heading("Commands", tongue))
        .help_template(format!("{{about-with-newline}}\n{usage} {{usage}}\n\n{{all-args}}{{after-help}}"));
    let command = if let Some(about) = about { command.about(about) } else { command };
    if let Some(after) = after { command.after_help(after) } else { command }
}

/// A text of a command in the words of a language. One that is put together has them part by part: `Kind of file: report, chart; left out with --from`.
fn translated(text: &str, tongue: Tongue) -> String {
    let words = |text: &str| tongue.words(text).unwrap_or(text).to_owned();
    let part = |part: &str| match part.split_once(": ") {
        Some((head, rest)) => format!("{}: {rest}", words(head)),
        None => words(part),
    };
    tongue.words(text).map_or_else(|| text.split("; ").map(part).collect::<Vec<_>>().join("; "), str::to_owned)
}

fn heading(english: &'static str, tongue: Tongue) -> &'static str {
    tongue.words(english).unwrap_or(english)
}

fn flag(name: &'static str, short: char, action: ArgAction, help: Said, tongue: Tongue) -> Arg {
    Arg::new(name)
        .short(short)
        .long(name)
        .action(action)
        .help(help.text_in(tongue))
        .help_heading(heading("Options", tongue))
}

/// An argument with its words, and what clap would say of its values besides.
fn with_help(argument: Arg, tongue: Tongue) -> Arg {
    let words = |text: String| translated(&text, tongue);
    let mut help = argument.get_help().map(|help| words(help.to_string())).unwrap_or_default();
    let takes_value = argument.get_action().takes_values();
    let default: Vec<String> =
        argument.get_default_values().iter().map(|value| value.to_string_lossy().into_owned()).collect();
    if takes_value && !default.is_empty() {
        let told = say!("default: {values}", values = default.join(", ")).text_in(tongue);
        help = format!("{help} [{told}]");
    }
    let possible: Vec<String> =
        argument.get_possible_values().iter().map(|value| value.get_name().to_owned()).collect();
    if takes_value && !possible.is_empty() {
        let told = say!("one of: {names}", names = possible.join(", ")).text_in(tongue);
        help = format!("{help} [{told}]");
    }
    let names: Option<Vec<Str>> = argument
        .get_value_names()
        .map(|names| names.iter().map(|name| tongue.words(name).map_or_else(|| name.clone(), Str::from)).collect());
    let group = if argument.is_positional() { "Arguments" } else { "Options" };
    let argument =
        argument.help(help).hide_default_value(true).hide_possible_values(true).help_heading(heading(group, tongue));
    match names {
        Some(names) if takes_value => argument.value_names(names),
        _ => argument,
    }
}

/// What is told of a line that is not understood; none where clap prints what was asked for, or its own words are English already.
pub fn told_of(error: &Error, tongue: Tongue) -> Option<String> {
    if tongue == Tongue::English || !error.use_stderr() {
        return None;
    }
    let value = |kind: ContextKind| match error.get(kind)? {
        ContextValue::String(text) => Some(text.clone()),
        ContextValue::Strings(texts) if !texts.is_empty() => Some(texts.join(", ")),
        _ => None,
    };
    let argument = value(ContextKind::InvalidArg).unwrap_or_default();
    let message = match error.kind() {
        ErrorKind::UnknownArgument => say!("`{argument}` is not known here", argument),
        ErrorKind::InvalidSubcommand => {
            say!("there is no command `{name}`", name = value(ContextKind::InvalidSubcommand).unwrap_or_default())
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => match value(ContextKind::InvalidValue) {
            Some(found) if !found.is_empty() => say!("`{found}` cannot stand for `{argument}`", found, argument),
            _ => say!("`{argument}` needs a value behind it", argument),
        },
        ErrorKind::MissingRequiredArgument => say!("the line lacks {argument}", argument),
        ErrorKind::ArgumentConflict => say!(
            "`{argument}` cannot stand together with {other}",
            argument,
            other = value(ContextKind::PriorArg).unwrap_or_default()
        ),
        _ => say!("the line cannot be understood"),
    };
    let hint = [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand, ContextKind::SuggestedValue];
    let hint = hint.into_iter().find_map(value).map(|name| say!("did you mean `{name}`?", name));
    let known = value(ContextKind::ValidValue).map(|names| say!("one of: {names}", names));
    let why = error.source().filter(|why| why.is::<NoPartition>());
    let why = why.map(|_| say!("a part is its number and how many there are, counted from 1: 2/7"));
    let more = say!("`belagg --help` lists the commands, and `belagg COMMAND --help` what a command takes");
    let lines = [Some(say!("error: {text}", text = message)), why, hint, known, Some(more)];
    Some(lines.into_iter().flatten().map(|line| line.text_in(tongue) + "\n").collect())
}
