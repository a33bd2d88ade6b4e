//! How long a report takes, and what of it is Typst: `cargo bench --bench report [-- REPORT [PAIRS]]`. How long an editor waits: `-- --keystroke
//! REPORT`.
//!
//! Everything is measured cold, each time in a process of its own, in pairs: once the program as a whole, and once the library's
//! stages with a clock between them. Medians are printed, and the median of the pairs' ratios.

#![expect(clippy::disallowed_methods, clippy::print_stdout, reason = "a benchmark measures and prints")]

use std::collections::BTreeMap;
use std::error::Error;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

use belagg::diagnostic::Sink;
use belagg::internal::html::{HtmlTemplates, PageInput, PdfFile};
use belagg::internal::pdf::{self, Fonts, PdfInput};
use belagg::internal::{Input, Library, Scope, Toolbox, Workshop, prepare, run_checks};
use belagg::{OsSystem, Session};

/// Argument that makes this program measure the stages once and print them.
const STAGES: &str = "--stages";
/// Argument that makes it write resolved documents as JSON, each a file of a folder: what a peer's input is made of.
const RESOLVED: &str = "--resolved";
/// Argument that makes it measure what an editor waits for when a letter is typed in a chapter.
const KEYSTROKE: &str = "--keystroke";
const REPORT: &str = "sysselsattning-2021";
const PAIRS: usize = 9;

fn main() -> Result<(), Box<dyn Error>> {
    // Cargo adds `--bench`.
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    match arguments.as_slice() {
        [stages, report] if stages == STAGES => print_stages(report),
        [resolved, workspace, folder, reports @ ..] if resolved == RESOLVED => {
            write_resolved(Path::new(workspace), Path::new(folder), reports)
        }
        [keystroke, report] if keystroke == KEYSTROKE => print_keystroke(report),
        [report, pairs] => compare(report, pairs.parse()?),
        [report] => compare(report, PAIRS),
        _ => compare(REPORT, PAIRS),
    }
}

fn write_resolved(workspace: &Path, folder: &Path, reports: &[String]) -> Result<(), Box<dyn Error>> {
    let session = Session::open(OsSystem::new(workspace)?);
    for report in reports {
        let document = session.resolved(report);
        let resolved = document.resolved().filter(|_| !session.diagnostics(report).has_errors());
        let resolved = resolved.ok_or_else(|| format!("{report} has errors"))?;
        std::fs::write(folder.join(format!("{report}.json")), serde_json::to_string(resolved)?)?;
    }
    Ok(())
}

/// Prints what a session takes to answer first, and after each letter that is typed into the longest chapter.
fn print_keystroke(report: &str) -> Result<(), Box<dyn Error>> {
    let mut session = Session::open(OsSystem::new(Path::new("."))?);
    let timed = |act: &mut dyn FnMut()| {
        let started = Instant::now();
        act();
        started.elapsed().as_secs_f64() * 1e3
    };
    let mut first = [timed(&mut || drop(session.resolved(report)))];
    let mut again = [timed(&mut || drop(session.resolved(report)))];
    let mut set = [timed(&mut || drop(session.render(report)))];
    let folder = format!("content/{report}");
    let chapters = session.files().list(&folder).into_iter().filter(|entry| entry.name.ends_with(".md"));
    let chapters = chapters.filter_map(|entry| {
        let path = format!("{folder}/{}", entry.name);
        Some((String::from_utf8(session.files().read(&path).ok()?.to_vec()).ok()?, path))
    });
    let (mut text, path) = chapters.max_by_key(|(text, _)| text.len()).ok_or("the report has no chapters")?;
    let (mut resolved, mut rendered) = (Vec::new(), Vec::new());
    for letter in "bokstav för bokstav".chars() {
        text.truncate(text.trim_end().len());
        text.push(letter);
        text.push('\n');
        session.set_overlay(&path, text.as_str())?;
        resolved.push(timed(&mut || drop(session.diagnostics(report))));
        rendered.push(timed(&mut || drop(session.render(report))));
        session.evict(10);
    }
    println!("{report}, one session, a letter typed into {path} ({} kB)", text.len() / 1000);
    println!("  resolved and checked, the first time {}", spread(&mut first, 1, " ms"));
    println!("  again, nothing changed               {}", spread(&mut again, 2, " ms"));
    println!("  after a letter, median               {}", spread(&mut resolved, 1, " ms"));
    println!("  set and written out, the first time  {}", spread(&mut set, 1, " ms"));
    println!("  after a letter, median               {}", spread(&mut rendered, 1, " ms"));
    Ok(())
}

/// Prints the milliseconds of loading, computing, charts and the page together, and of Typst alone.
fn print_stages(report: &str) -> Result<(), Box<dyn Error>> {
    let system = OsSystem::new(Path::new("."))?;
    let mut sink = Sink::default();

    let started = Instant::now();
    let library = Library::default();
    let toolbox = Toolbox::new(&system, &library, &mut sink).ok_or("the templates cannot be used")?;
    let shop = Workshop { system: &system, library: &library, toolbox: &toolbox };
    let prepared = prepare(shop, report);
    let ready = prepared.ready.filter(|_| !prepared.sink.has_errors()).ok_or("the report has errors")?;
    let document = &ready.resolution.document;
    let pdf = PdfFile { path: format!("{report}.pdf"), pages: 50, bytes: 500_000 };
    let path = format!("{report}/{}/", document.version);
    HtmlTemplates::new(&BTreeMap::new())?.page(&PageInput {
        document,
        pdf: Some(pdf),
        workbooks: Vec::new(),
        citation: None,
        data: Some(&ready.resolution.data),
        card: false,
        site: None,
        path: &path,
    })?;
    let ours = started.elapsed();

    let checks = time_of_checks(shop, report)?;
    let images = ready.project.images.values().map(|file| (file.output.clone(), file.bytes.clone())).collect();
    let template = pdf::builtin_template();
    let started = Instant::now();
    let input = PdfInput { document, template: &template, assets: &images, attachments: &[], fonts: Fonts::builtin() };
    pdf::render(&input).map_err(|_| "Typst refused the document")?;
    println!("{} {} {checks}", ours.as_secs_f64() * 1e3, started.elapsed().as_secs_f64() * 1e3);
    Ok(())
}

/// The milliseconds of the checks alone, of a report that is loaded, computed and resolved.
fn time_of_checks(shop: Workshop<'_>, report: &str) -> Result<f64, Box<dyn Error>> {
    let prepared = prepare(shop, report);
    let ready = prepared.ready.ok_or("the report has errors")?;
    let mut sink = Sink::default();
    let locale = shop.toolbox.locale(ready.project.report.language).ok_or("the language has no words")?;
    let input = Input {
        project: &ready.project,
        statistics: &ready.statistics,
        document: &ready.resolution.document,
        locale,
        sources: &prepared.sources,
        earlier: None,
    };
    let started = Instant::now();
    run_checks(&input, Scope::All, &mut sink);
    Ok(started.elapsed().as_secs_f64() * 1e3)
}

fn compare(report: &str, pairs: usize) -> Result<(), Box<dyn Error>> {
    let workspace = tempfile::tempdir()?;
    for part in ["belagg.yaml", "content", "charts", "templates"] {
        let copied = Command::new("cp")
            .arg("-R")
            .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join(part))
            .arg(workspace.path())
            .status()?;
        if !copied.success() {
            return Err(format!("{part} could not be copied").into());
        }
    }
    // What is published is not built again: the report is measured as one that is not published yet.
    let ledger = workspace.path().join("content").join(report).join("versions");
    if ledger.exists() {
        std::fs::remove_dir_all(ledger)?;
    }
    // Nor are its extracts and its decision page built: Typst alone sets one document.
    let path = workspace.path().join("content").join(report).join("report.yaml");
    let text = std::fs::read_to_string(&path)?;
    let made = |line: &&str| !line.starts_with("extracts:") && !line.starts_with("decision-page:");
    std::fs::write(&path, text.lines().filter(made).collect::<Vec<_>>().join("\n") + "\n")?;
    let (mut whole, mut ours, mut typst, mut ratios) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let mut checks = Vec::new();
    for _ in 0..pairs {
        let started = Instant::now();
        let mut build = Command::new(env!("CARGO_BIN_EXE_belagg"));
        let built = build
            .args(["build", "--anew", report])
            .current_dir(workspace.path())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()?;
        let took = started.elapsed().as_secs_f64() * 1e3;
        if !built.success() {
            return Err(format!("belagg build {report} failed").into());
        }
        let stages =
            Command::new(std::env::current_exe()?).args([STAGES, report]).current_dir(workspace.path()).output()?;
        let line = String::from_utf8(stages.stdout)?;
        let times: Vec<f64> = line.split_whitespace().map(str::parse).collect::<Result<_, _>>()?;
        let [own, alone, checking] = times[..] else {
            return Err(String::from_utf8_lossy(&stages.stderr).into_owned().into());
        };
        checks.push(checking);
        whole.push(took);
        ours.push(own);
        typst.push(alone);
        ratios.push(took / alone);
    }
    println!("{report}, cold, median (smallest to largest) of {pairs} pairs");
    println!("  belagg build, whole process          {}", spread(&mut whole, 0, " ms"));
    println!("  Typst alone: compile and export      {}", spread(&mut typst, 0, " ms"));
    println!("  load, compute, charts and page       {}   at most 100 ms wanted", spread(&mut ours, 0, " ms"));
    println!("  the checks alone                     {}   at most 50 ms wanted", spread(&mut checks, 1, " ms"));
    println!("  whole process / Typst alone          {}   at most 1.3 wanted", spread(&mut ratios, 2, ""));
    Ok(())
}

/// Median, smallest and largest.
fn spread(values: &mut [f64], decimals: usize, unit: &str) -> String {
    values.sort_by(f64::total_cmp);
    let at = |index: usize| values.get(index).copied().unwrap_or(f64::NAN);
    format!(
        "{:.decimals$}{unit} ({:.decimals$} to {:.decimals$})",
        at(values.len() / 2),
        at(0),
        at(values.len().saturating_sub(1))
    )
}
