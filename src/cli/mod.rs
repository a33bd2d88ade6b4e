//! The command line: one file a command, arguments as typed, and how what happened becomes an exit code.

mod audit;
mod build;
mod diff;
mod explain;
mod export;
#[cfg(test)]
mod faults;
mod fix;
mod new;
mod output;
mod parallel;
mod propose;
mod publish;
mod renew;
mod rows;
mod schema;
pub mod starter;
mod verify;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::builder::PossibleValuesParser;
use clap::{Parser, Subcommand};

use crate::diagnostic::{Code, Diagnostic};
use crate::load::{self, AUTHORED_FILES};
use crate::locale::Language;
use crate::model::DocumentKind;
use crate::pipeline::Workshop;
use crate::session::Session;
use crate::source::SourceMap;
use crate::system::OsSystem;
use output::{Color, Format};

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

/// Reports whose every figure is bound to data, as PDF and HTML.
#[derive(Debug, Parser)]
#[command(
    name = "belagg",
    version,
    about,
    after_help = "\
Exit codes: 0 done; 1 the content has errors, nothing was written; 2 the command or the workspace is wrong; \
3 output could not be written, what was published before is as it was; 4 the program itself failed in a report, the others were finished; \
5 `verify` has nothing to verify, or nothing to hold it against.

Start with `belagg new inspection-report my-report`, then `belagg build my-report`."
)]
struct Arguments {
    /// Folder of the workspace (with content/ and, usually, belagg.yaml)
    #[arg(long, short = 'C', global = true, default_value = ".", value_name = "FOLDER")]
    workspace: PathBuf,

    /// How problems are printed
    #[arg(long, global = true, default_value = "human", value_enum)]
    format: Format,

    /// When to use colour; `auto`: on a terminal, unless NO_COLOR or CLICOLOR_FORCE is set
    #[arg(long, global = true, default_value = "auto", value_enum)]
    color: Color,

    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Clone, Subcommand)]
enum Command {
    /// Speak with an editor about what is being written (the language server protocol, on standard input and output)
    Lsp,
    /// Build reports: PDF, web page, charts and data, into output/<report>/<version>/
    Build {
        /// Names of reports (folders in content/); all when none is given
        reports: Vec<String>,
    },
    /// Do everything but write: show every problem
    Check {
        /// Names of reports (folders in content/); all when none is given
        reports: Vec<String>,
        /// Tell what was looked at of accessibility and archiving, and what was not
        #[arg(long)]
        conformance: bool,
        /// Show remarks too, and every paragraph of every rule
        #[arg(long)]
        all: bool,
        /// Mend what is certain (bind matching numbers, typography): shows the difference, and asks on a terminal
        #[arg(long)]
        fix: bool,
        /// With --fix: write without asking
        #[arg(long, requires = "fix")]
        yes: bool,
    },
    /// List every number of the text with what it rests on: bound, matching a figure, allowed, or without evidence
    Audit {
        /// Names of reports (folders in content/); all when none is given
        reports: Vec<String>,
        /// Only numbers that need to be bound
        #[arg(long)]
        pending: bool,
        /// Propose a figure for each number without evidence, in findings/proposed.yaml, and its binding: shows the difference, and asks on a terminal
        #[arg(long, conflicts_with = "pending")]
        propose: bool,
        /// With --propose: write without asking
        #[arg(long, requires = "propose")]
        yes: bool,
    },
    /// Publish a report, with its extracts and decision page, as the version that its report.yaml names: it lasts, and no build writes it again
    Publish {
        /// Name of the report: its folder in content/
        report: String,
        /// Sign the manifest and the record with this secret key (`belagg key` or minisign made it)
        #[arg(long, value_name = "FILE")]
        sign: Option<PathBuf>,
    },
    /// Show what differs between two published versions, or a version and the working state: figures first, the words after
    Diff {
        /// Name of the report: its folder in content/
        report: String,
        /// The older version; the newest published one when none is given
        old: Option<String>,
        /// The newer version; the working state when none is given
        new: Option<String>,
        /// Print a web page instead (`belagg diff … --html > changes.html`); `--format json` prints data
        #[arg(long)]
        html: bool,
    },
    /// Hold files against the ledger, and the ledger against its signatures: unchanged, changed after publication, missing, not proven or unknown
    #[command(after_help = "\
Records and packed inputs are held against their hashes. Where version control changes the ends of lines (CRLF on Windows), put this line into \
.gitattributes: content/*/versions/* -text")]
    Verify {
        /// The name of a report, a version's folder or any file of one, a page beside the versions, a record, packed inputs, a package for the archive; everything that is published when none is given
        what: Vec<PathBuf>,
        /// Also build the versions again from their packed inputs, record and all, and compare every byte
        #[arg(long)]
        rebuild: bool,
        /// The public key that signatures must be of, in the place of `key` in belagg.yaml: one that you have from elsewhere
        #[arg(long, value_name = "RW…")]
        key: Vec<String>,
    },
    /// Write a package of a published version for the archive: archive/<report>-<version>.tar
    Export {
        /// Name of the report: its folder in content/
        report: String,
        /// A published version
        version: String,
        /// With PDF, page, data, sources, ledger, checksums and a README
        #[arg(long, required = true)]
        archive: bool,
    },
    /// Make a key pair for signing (`belagg publish --sign FILE`), in the form of minisign
    Key {
        /// New file for the secret key, outside version control
        file: PathBuf,
    },
    /// Make a new report that builds, or the next one of a series from the one before
    #[command(override_usage = "belagg new <KIND> <NAME>\n       belagg new --from <REPORT> <NAME>")]
    New {
        #[arg(help = format!("Kind of document: {}; left out with --from", DocumentKind::WRITTEN.join(", ")))]
        #[arg(required_unless_present = "from")]
        kind: Option<String>,
        /// Name of the report: its folder in content/ and its address
        name: Option<String>,
        /// Copy this report, without its versions: its folder in content/. `belagg check` then says what still names its period
        #[arg(long, value_name = "REPORT", conflicts_with = "language")]
        from: Option<String>,
        /// Language of the report
        #[arg(long, default_value = Language::default().tag(), value_parser = PossibleValuesParser::new(Language::NAMES))]
        language: String,
    },
    /// Explain a code such as FIG002, or how a figure or table came about; list all codes
    Explain {
        /// A code in brackets of a message, or the id of a figure or table (sip.any, or my-report:sip.any)
        subject: Option<String>,
        /// Name of the report; all that have the figure when none is given
        #[arg(long)]
        report: Option<String>,
        /// All rules of the checks as one Markdown page
        #[arg(long, conflicts_with = "subject")]
        rules: bool,
    },
    /// Print what may stand in a kind of file as a JSON schema, for completion and explanations in an editor; list the kinds of file
    #[command(after_help = "\
`belagg schema --write schemas` writes all of them into schemas/, and says which line tells an editor with yaml-language-server (VS Code, Neovim, \
Zed …) of them.")]
    Schema {
        #[arg(help = format!("Kind of file: {}", AUTHORED_FILES.each_ref().map(|file| file.name).join(", ")))]
        file: Option<String>,
        /// Write the schemas of all kinds of file into this folder of the workspace
        #[arg(long, value_name = "FOLDER", conflicts_with = "file")]
        write: Option<String>,
        /// All keys as Markdown tables, as at the end of docs/format.md
        #[arg(long, conflicts_with_all = ["file", "write"])]
        keys: bool,
    },
}

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
fn named(session: &Session<'_>, command: &mut Command) -> Result<(), String> {
    let all: Vec<&mut String> = match command {
        Command::Build { reports } | Command::Check { reports, .. } | Command::Audit { reports, .. } => {
            reports.iter_mut().collect()
        }
        Command::Publish { report, .. } | Command::Diff { report, .. } | Command::Export { report, .. } => vec![report],
        Command::Explain { report, .. } => report.iter_mut().collect(),
        Command::Verify { .. } | Command::Key { .. } | Command::New { .. } | Command::Schema { .. } | Command::Lsp => {
            return Ok(());
        }
    };
    let reports = session.reports();
    let makes_several = |name: &str| load::made_by(session.files(), session.library(), name).is_some();
    for name in all {
        let plain = folder_name(name);
        if plain == name || reports.contains(name) {
            if name.contains(['/', '\\']) || matches!(name.as_str(), "" | "." | "..") {
                return Err(format!(
                    "`{name}` is no name of a report: name its folder in content/, as in `belagg build {}`",
                    example(&reports)
                ));
            }
            continue;
        }
        if plain.contains(['/', '\\'])
            || !reports.iter().any(|known| known == plain)
                && !makes_several(plain)
                && load::origin(session.files(), session.library(), plain).is_none()
        {
            return Err(format!(
                "`{name}` is no name of a report: name its folder in content/, as in `belagg build {}`",
                example(&reports)
            ));
        }
        *name = plain.to_owned();
    }
    if let Command::Build { reports } | Command::Check { reports, .. } | Command::Audit { reports, .. } = command {
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
        out.fault(&format!("content/ cannot be read: {error}"));
        return Err(USAGE);
    }
    if names.is_empty() {
        out.fault("there are no reports here: content/ is missing or empty");
        out.line("`belagg new inspection-report my-report` makes one; `--workspace FOLDER` names another workspace");
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

/// Runs the program.
#[must_use]
pub fn run() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        // Help and version are such errors too; printed into nothing they are no success.
        Err(told) => {
            let code = u8::try_from(told.exit_code()).unwrap_or(USAGE);
            return ExitCode::from(if told.print().is_err() && code == SUCCESS { OUTPUT } else { code });
        }
    };
    let out = output::Output::new(arguments.format, arguments.color);
    let code = command(&arguments, &out);
    ExitCode::from(out.conclude(code))
}

fn command(arguments: &Arguments, out: &output::Output) -> u8 {
    if let Command::Explain { rules: true, .. } = &arguments.command {
        return explain::rules(out);
    }
    match &arguments.command {
        Command::Schema { keys: true, .. } => return schema::print_keys(out),
        Command::Schema { file, write: None, .. } => return schema::print(file.as_deref(), out),
        _ => {}
    }
    if let Command::Explain { subject, report: None, .. } = &arguments.command
        && let Some(code) = explain::code(subject.as_deref(), out)
    {
        return code;
    }
    if let Command::Lsp = &arguments.command {
        return match crate::lsp::run(&arguments.workspace) {
            Ok(()) => SUCCESS,
            Err(error) => {
                out.fault(&format!("the connection to the editor has ended: {error}"));
                FAILURE
            }
        };
    }
    let system = match OsSystem::new(&arguments.workspace) {
        Ok(system) => system,
        Err(error) => {
            out.fault(&format!("the workspace {} cannot be opened: {error}", arguments.workspace.display()));
            return USAGE;
        }
    };
    parallel::quiet();
    parallel::caught(|| dispatch(&system, arguments, out)).unwrap_or_else(|failure| {
        out.fault(&format!("{}; {}", failed(&failure), REPORT_IT));
        FAILURE
    })
}

/// What to do where the program itself failed.
const REPORT_IT: &str = "this is a fault of the program and not of the report: please report it with this message and, if you can, the report";

fn failed(failure: &parallel::Failure) -> String {
    format!("the program has failed: {}", failure.told)
}

/// The diagnostic for a report that the program has failed in.
fn failure(name: &str, failure: &parallel::Failure) -> Diagnostic {
    Diagnostic::error(Code::PROGRAM_FAILED, format!("{name}: {}", failed(failure))).help(REPORT_IT).help(
        "the other reports of the run are not touched by it; a change of what was written last often goes around it",
    )
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
        Command::Build { reports } => build::run(session, reports, build::Task::Write, out),
        Command::Check { reports, fix: true, yes, .. } => fix::run(session, system, reports, *yes, out),
        Command::Diff { report, old, new, html } => {
            diff::run(session, report, old.as_deref(), new.as_deref(), *html, out)
        }
        Command::Verify { what, rebuild, key } => {
            verify::run(system, &verify::Request { what, rebuild: *rebuild, keys: key }, out)
        }
        Command::Export { report, version, .. } => export::run(session.files(), report, version, out),
        Command::Key { file } => export::key(file, out),
        Command::Publish { report, sign } => {
            let several = load::made_by(session.files(), session.library(), report);
            let ids = several.unwrap_or_else(|| vec![report.clone()]);
            // Each is published after those before it, as they then are.
            let publish = |id: &String| publish::run(&Session::open(system), id, sign.as_deref(), out);
            ids.iter().map(publish).max().unwrap_or(SUCCESS)
        }
        Command::Audit { reports, propose: true, yes, .. } => propose::run(session, system, reports, *yes, out),
        Command::Audit { reports, pending, .. } => audit::run(session, reports, *pending, out),
        Command::Check { reports, conformance, all, .. } => {
            let task = build::Task::Check { conformance: *conformance, all: *all };
            build::run(session, reports, task, out)
        }
        Command::New { kind, name, from, language } => match (from, kind, name) {
            (Some(from), Some(name), None) => renew::run(system, from, name, out),
            (None, Some(kind), Some(name)) => {
                new::run(system, kind, name, Language::find(language).unwrap_or_default(), out)
            }
            (Some(_), ..) => {
                out.fault("with --from the name of the new report stands alone: `belagg new --from my-report-2026-03 my-report-2026-04`");
                USAGE
            }
            (None, ..) => {
                out.fault("name the new report as well: `belagg new inspection-report my-report`");
                USAGE
            }
        },
        // Was answered before a workspace was opened.
        Command::Lsp => SUCCESS,
        Command::Schema { write, .. } => schema::write(system, write.as_deref().unwrap_or_default(), out),
        Command::Explain { subject, report, .. } => {
            explain::figure(session, subject.as_deref().unwrap_or_default(), report.as_deref(), out)
        }
    }
}
