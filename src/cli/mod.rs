//! The command line: one file a command, and how what happened becomes an exit code.

mod arguments;
mod audit;
mod build;
mod comments;
mod deps;
mod diff;
mod disclose;
mod doctor;
mod explain;
mod export;
#[cfg(test)]
mod faults;
mod feedback_list;
mod fix;
mod handover;
mod import;
mod links;
mod lists;
mod merge;
mod new;
mod output;
mod parallel;
mod partition;
mod policy;
mod propose;
mod publish;
mod renew;
mod rows;
mod rules;
mod schema;
mod serve;
mod shell;
mod translate;
mod usage;
mod verify;

use std::ffi::OsString;
use std::io::Write as _;
use std::process::ExitCode;

use clap::{CommandFactory as _, FromArgMatches as _};

use crate::diagnostic::{Failure, Said, caught, quiet, say};
use crate::kept::Cache;
use crate::load;
use crate::pipeline::Workshop;
use crate::publish::archive::Audience;
use crate::session::Session;
use crate::source::SourceMap;
use crate::system::OsSystem;
use arguments::{Arguments, Command};

/// Everything went well.
pub const SUCCESS: u8 = 0;
/// The content has errors; nothing was written.
pub const CONTENT: u8 = 1;
/// The command line was not understood (clap's own code), or there is no workspace.
pub const USAGE: u8 = 2;
/// Output could not be written; what was published before is as it was.
pub const OUTPUT: u8 = 3;
/// The program itself failed, in one report or more; the others were finished.
pub const FAILURE: u8 = 4;
/// `verify` has told nothing: nothing is published here, nothing that was named could be read, or nothing here knows it.
pub const NOTHING: u8 = 5;

/// The name in a path to a report's folder.
fn folder_name(path: &str) -> &str {
    let plain = path.trim_end_matches(['/', '\\']);
    let plain = plain.strip_prefix("./").or_else(|| plain.strip_prefix(".\\")).unwrap_or(plain);
    plain.strip_prefix("content/").or_else(|| plain.strip_prefix("content\\")).unwrap_or(plain)
}

/// Puts the names of reports in place of the paths to their folders that were typed or completed by a shell.
///
/// # Errors
/// A path that leads to no report, in words.
fn named(session: &Session<'_>, command: &mut Command) -> Result<(), Said> {
    let all: Vec<&mut String> = match command {
        Command::Build { reports, .. }
        | Command::Check { reports, .. }
        | Command::Audit { reports, .. }
        | Command::Disclose { reports, .. } => reports.iter_mut().collect(),
        Command::Publish { report, .. } | Command::Diff { report, .. } | Command::Export { report, .. } => vec![report],
        Command::Explain { report, .. } => report.iter_mut().collect(),
        // What is to be verified may be a file or a folder as well.
        Command::Verify { .. }
        | Command::Merge { .. }
        | Command::Key { .. }
        | Command::New { .. }
        | Command::Import { .. }
        | Command::Schema { .. }
        | Command::Serve { .. }
        | Command::Lsp
        | Command::Doctor
        | Command::Completions { .. }
        | Command::Man { .. } => return Ok(()),
    };
    let reports = session.reports();
    let makes_several = |name: &str| load::made_by(session.files(), session.library(), name).is_some();
    for name in all {
        let plain = folder_name(name);
        if plain == name || reports.contains(name) {
            if name.contains(['/', '\\']) || matches!(name.as_str(), "" | "." | "..") {
                return Err(say!(
                    "`{name}` is no name of a report: name its folder in content/, as in `belagg build {example}`",
                    name,
                    example = example(&reports)
                ));
            }
            continue;
        }
        if plain.contains(['/', '\\'])
            || !reports.iter().any(|known| known == plain)
                && !makes_several(plain)
                && load::origin(session.files(), session.library(), plain).is_none()
        {
            return Err(say!(
                "`{name}` is no name of a report: name its folder in content/, as in `belagg build {example}`",
                name,
                example = example(&reports)
            ));
        }
        *name = plain.to_owned();
    }
    if let Command::Build { reports, .. }
    | Command::Check { reports, .. }
    | Command::Audit { reports, .. }
    | Command::Disclose { reports, .. } = command
    {
        let mut seen = std::collections::BTreeSet::new();
        // The name of a folder that makes several stands for all of them.
        let made =
            |name: String| load::made_by(session.files(), session.library(), &name).unwrap_or_else(|| vec![name]);
        *reports = std::mem::take(reports).into_iter().flat_map(made).collect();
        reports.retain(|name| seen.insert(name.clone()));
    }
    Ok(())
}

fn example(reports: &[String]) -> &str {
    reports.first().map_or("my-report", String::as_str)
}

/// The named reports, or all, and what they are made with; otherwise says what is missing and gives the exit code.
fn opened<'s>(
    session: &'s Session<'_>,
    names: &[String],
    out: &output::Output,
) -> Result<(Vec<String>, Workshop<'s>), u8> {
    let names = if names.is_empty() { session.reports() } else { names.to_vec() };
    if let Err(error) = session.files().list_all("content") {
        out.fault(say!("content/ cannot be read: {error}", error));
        return Err(USAGE);
    }
    if names.is_empty() {
        out.fault(say!("there are no reports here: content/ is missing or empty"));
        out.line(say!(
            "`belagg new inspection-report my-report` makes one; `--workspace FOLDER` names another workspace"
        ));
        return Err(USAGE);
    }
    Ok((names, workshop(session, out)?))
}

/// What reports are made with; otherwise says what is wrong with it and gives the exit code.
fn workshop<'s>(session: &'s Session<'_>, out: &output::Output) -> Result<Workshop<'s>, u8> {
    session.workshop().map_err(|faults| {
        out.diagnostics(&[(faults, &SourceMap::default())]);
        CONTENT
    })
}

/// The same, for what goes by belagg.yaml and loads no report that would tell of its faults.
fn sound_workshop<'s>(session: &'s Session<'_>, out: &output::Output) -> Result<Workshop<'s>, u8> {
    let (_, sources, faults) = load::load_workspace(session.files(), session.library());
    if faults.has_errors() {
        out.diagnostics(&[(&faults, &sources)]);
        return Err(CONTENT);
    }
    workshop(session, out)
}

/// Runs the program.
#[must_use]
pub fn run() -> ExitCode {
    let typed: Vec<OsString> = std::env::args_os().collect();
    let tongue = usage::tongue(&typed);
    let matches = usage::in_tongue(Arguments::command(), tongue).try_get_matches_from(&typed);
    let arguments = match matches.and_then(|matches| Arguments::from_arg_matches(&matches)) {
        Ok(arguments) => arguments,
        // Help and version are such errors too; printed into nothing they are no success.
        Err(error) => {
            let code = u8::try_from(error.exit_code()).unwrap_or(USAGE);
            let printed = match usage::told_of(&error, tongue) {
                Some(told) => std::io::stderr().write_all(told.as_bytes()),
                None => error.print(),
            };
            return ExitCode::from(if printed.is_err() && code == SUCCESS { OUTPUT } else { code });
        }
    };
    let out = output::Output::new(arguments.format, arguments.color, tongue);
    let out = if arguments.quiet { out.quiet(arguments.command.is_deed()) } else { out };
    let code = command(&arguments, &out);
    ExitCode::from(out.conclude(code))
}

fn command(arguments: &Arguments, out: &output::Output) -> u8 {
    if let Command::Explain { rules: true, .. } = &arguments.command {
        return explain::rules(out);
    }
    match &arguments.command {
        Command::Schema { keys: true, .. } => return schema::print_keys(out),
        Command::Schema { file, write: None, ids: false, .. } => {
            return schema::print(file.as_deref(), &load::Ids::new(), out);
        }
        _ => {}
    }
    if let Command::Explain { subject, report: None, .. } = &arguments.command
        && let Some(code) = explain::code(subject.as_deref(), out)
    {
        return code;
    }
    if let Command::Lsp = &arguments.command {
        return match crate::lsp::run(&arguments.workspace, out.tongue()) {
            Ok(()) => SUCCESS,
            Err(error) => {
                out.fault(say!("the connection to the editor has ended: {error}", error));
                FAILURE
            }
        };
    }
    let system = match OsSystem::new(&arguments.workspace) {
        Ok(system) if matches!(arguments.command, Command::Build { .. }) => system.for_one_run(),
        Ok(system) => system,
        Err(error) => {
            out.fault(say!(
                "the workspace {workspace} cannot be opened: {error}",
                error,
                workspace = arguments.workspace.display()
            ));
            return USAGE;
        }
    };
    quiet();
    caught(|| dispatch(&system, arguments, out)).unwrap_or_else(|failure| {
        out.fault(say!("{failed}; {help}", failed = failure.message(), help = Failure::help()));
        FAILURE
    })
}

fn dispatch(system: &OsSystem, arguments: &Arguments, out: &output::Output) -> u8 {
    // The report, what is made from it and what is packed of it are of one state of the inputs.
    let session = &Session::open(system);
    let mut command = arguments.command.clone();
    if let Err(fault) = named(session, &mut command) {
        out.fault(&fault);
        return USAGE;
    }
    match &command {
        Command::Build { reports, deps: Some(form), .. } => {
            deps::run(session, &arguments.workspace, reports, *form, out)
        }
        Command::Build { reports, partition: None, out: None, anew, cache, cache_size, .. } => {
            if let Some(folder) = cache
                && let Some(above) = partition::holds_other(&arguments.workspace, folder)
            {
                out.fault(say!("{folder} lies in {above}/ and cannot be a cache: name a folder of its own, outside of the workspace or in none of its folders", folder = folder.display(), above));
                return USAGE;
            }
            let opened =
                cache.as_deref().map(|folder| (folder, Cache::open(folder, cache_size.saturating_mul(1_000_000))));
            let cache = match opened {
                None => None,
                Some((_, Ok(cache))) => Some(cache),
                Some((folder, Err(error))) => {
                    out.fault(say!("the cache {folder} cannot be opened: {error}", error, folder = folder.display()));
                    return USAGE;
                }
            };
            let keeping = build::Keeping { anew: *anew, cache };
            build::run_keeping(session, reports, keeping, out)
        }
        Command::Build { reports, partition, out: folder, .. } => {
            let folder = partition::folder(&arguments.workspace, folder.as_deref(), *partition);
            partition::run(session, &arguments.workspace, &folder, (reports, *partition), out)
        }
        Command::Merge { parts } => merge::run(session, system, parts, out),
        Command::Check { reports, links: true, external, .. } => links::run(session, reports, *external, out),
        Command::Check { reports, fix: true, yes, .. } => fix::run(session, system, reports, *yes, out),
        Command::Diff { report, old, new, html } => {
            diff::run(session, report, old.as_deref(), new.as_deref(), *html, out)
        }
        Command::Verify { what, rebuild, key } => {
            verify::run(system, &verify::Request { what, rebuild: *rebuild, keys: key }, out)
        }
        Command::Export { report, version, web: true, out: to, heading, title, base, .. } => {
            let request = handover::Request {
                report,
                version: version.as_deref(),
                to: to.as_deref(),
                heading: *heading,
                title: *title,
                base: base.as_deref(),
            };
            handover::run(session, request, out)
        }
        Command::Export { report, to, word: true, .. } => export::word(session, report, to.as_deref(), out),
        Command::Export { report, version, public, internal, .. } => {
            let copy = match (public, internal) {
                (true, _) => Some(Audience::Public),
                (false, true) => Some(Audience::Internal),
                (false, false) => None,
            };
            export::archive(session, report, version.as_deref(), copy, out)
        }
        Command::Key { file } => export::key(file, out),
        Command::Publish { report, sign } => {
            let several = load::made_by(session.files(), session.library(), report);
            let ids = several.unwrap_or_else(|| vec![report.clone()]);
            // Each is published after those before it, as they then are.
            let publish = |id: &String| publish::run(&Session::open(system), id, sign.as_deref(), out);
            ids.iter().map(publish).max().unwrap_or(SUCCESS)
        }
        Command::Audit { reports, propose: true, yes, .. } => propose::run(session, system, reports, *yes, out),
        Command::Disclose { reports, keep } => disclose::run(session, system, reports, *keep, out),
        Command::Audit { reports, pending, .. } => audit::run(session, reports, *pending, out),
        Command::Check { reports, conformance, all, .. } => {
            let task = build::Task::Check { conformance: *conformance, all: *all };
            build::run(session, reports, task, out)
        }
        Command::New { kind, name: None, translation_of: Some(original), language: Some(language), .. } => {
            translate::run(system, session.library(), (original, kind.as_deref()), language, out)
        }
        Command::New { translation_of: Some(_), .. } => {
            out.fault(say!("with --translation-of the name of the translation stands alone: `belagg new --translation-of my-report --language en my-report-en`"));
            USAGE
        }
        Command::New { kind, name, from: None, language, translation_of: None } => {
            let request = new::Request { kind: kind.as_deref(), name: name.as_deref(), language: language.as_deref() };
            new::run(system, session.library(), &request, out)
        }
        Command::New { kind: Some(name), name: None, from: Some(from), .. } => renew::run(system, from, name, out),
        Command::New { .. } => {
            out.fault(say!("with --from the name of the new report stands alone: `belagg new --from my-report-2026-03 my-report-2026-04`"));
            USAGE
        }
        // Was answered before a workspace was opened.
        Command::Lsp => SUCCESS,
        Command::Import { file, comments: true, yes, name, .. } => {
            comments::run(session, system, &comments::Request { file, name: name.as_deref(), yes: *yes }, out)
        }
        Command::Import { file, kind, name, language, .. } => {
            let request = import::Request { file, kind, name: name.as_deref(), language: language.as_deref() };
            import::run(system, &request, out)
        }
        Command::Serve { port, no_open } => serve::run(system, *port, *no_open, out),
        Command::Doctor => doctor::run(session, system, out),
        Command::Completions { shell } => shell::completions(*shell, out),
        Command::Man { folder } => shell::manual(folder, out),
        Command::Schema { file, write, ids, .. } => {
            let ids = if *ids { load::ids(session.files(), session.library()) } else { load::Ids::new() };
            match file {
                Some(file) => schema::print(Some(file), &ids, out),
                None => schema::write(system, write.as_deref(), &ids, out),
            }
        }
        Command::Explain { subject, report, .. } => {
            explain::figure(session, subject.as_deref().unwrap_or_default(), report.as_deref(), out)
        }
    }
}
