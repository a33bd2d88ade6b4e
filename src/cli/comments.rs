//! `belagg import --comments`: what came back in a Word document, as a list with places.

use std::collections::BTreeMap;
use std::path::Path;

use crate::check::fix::{Mended, mended};
use crate::diagnostic::{Code, Diagnostic, Fix, Said, Severity, Sink, say};
use crate::feedback::{self, Feedback, Known, Proposal, Returned, What};
use crate::load;
use crate::pipeline::{self, Ready, Workshop};
use crate::render::word::{self, Paragraph};
use crate::resolve::Facts;
use crate::session::Session;
use crate::source::SourceMap;
use crate::system::{Bytes, Overlay, System, read_named};

use super::feedback_list::{as_diagnostics, as_json, counted_changes, print};
use super::fix::write;
use super::output::{Format, Output};
use super::{CONTENT, OUTPUT, SUCCESS, USAGE, folder_name};

/// What is asked for.
pub struct Request<'r> {
    pub file: &'r Path,
    /// The report, where the file does not say it.
    pub name: Option<&'r str>,
    pub yes: bool,
}

/// Lists what a file says, asks on a terminal, and writes what is certain when that is confirmed or `yes` was given.
pub fn run(session: &Session<'_>, disk: &dyn System, request: &Request<'_>, out: &Output) -> u8 {
    let path = request.file.display();
    let is_word = request
        .file
        .extension()
        .is_some_and(|end| ["docx", "docm"].iter().any(|known| end.eq_ignore_ascii_case(known)));
    if !is_word {
        out.fault(say!("{path} is no document of Word: save it as .docx in the word processor", path));
        return USAGE;
    }
    let bytes = match read_named(request.file) {
        Ok(bytes) => bytes,
        Err(error) => {
            out.fault(say!("{file} cannot be read: {error}", file = path, error));
            return USAGE;
        }
    };
    let none = SourceMap::default();
    let file = match feedback::read(Bytes::from(bytes)) {
        Ok(file) => file,
        Err(fault) => {
            let mut sink = Sink::default();
            sink.push(
                Diagnostic::error(
                    Code::FEEDBACK_FILE,
                    say!("{file} cannot be read: {error}", file = path, error = fault.message),
                )
                .help(say!("open it in the word processor and save it anew as .docx, without a password")),
            );
            out.diagnostics(&[(&sink, &none)]);
            return CONTENT;
        }
    };
    let name = request.name.map(|name| folder_name(name).to_owned()).or_else(|| file.report.clone());
    let found = name.as_deref().filter(|name| is_report(session, name));
    let document = found.map(|name| session.resolved(name));
    let shop = session.workshop().ok();
    let ready = document.as_ref().and_then(|document| document.prepared.ready.as_ref());
    let sources = document.as_ref().map_or(&none, |document| &document.prepared.sources);
    let paragraphs = ready.map(|ready| word::paragraphs(&ready.resolution.document)).unwrap_or_default();
    let facts = ready.zip(shop).and_then(|(ready, shop)| facts(ready, shop, sources));
    let mut heard = feedback::feedback(&file, facts.map(|facts| Known { paragraphs: &paragraphs, facts }));
    if let (Some(found), Some(shop), Some(document)) = (found, shop, &document) {
        let errors = document.prepared.sink.count(Severity::Error);
        let mut restated = |fixes: &[Fix]| restated(shop, found, &mended(fixes, sources), errors);
        // What is made for one row, or from another report, has its text for others too.
        let is_own = session.reports().iter().any(|known| known == found)
            && load::home(shop.system, shop.library, found).is_none_or(|home| home.row.is_none());
        let mut nothing = |_: &[Fix]| None;
        feedback::keep_what_holds(&mut heard, &paragraphs, if is_own { &mut restated } else { &mut nothing });
    }
    let mut faults = heard.faults.clone();
    if found.is_none() {
        faults.push(unknown(name.as_deref()));
    }
    tell(&file, found, &heard, &faults, sources, ready, out);
    let code = if faults.has_errors() { CONTENT } else { SUCCESS };
    if out.format() != Format::Human && !request.yes {
        return code;
    }
    let files = mended(certain(&heard), sources);
    if files.is_empty() {
        return code;
    }
    wrote(disk, &files, request.yes, out).unwrap_or(code)
}

fn is_report(session: &Session<'_>, name: &str) -> bool {
    let plain = !name.contains(['/', '\\']) && !matches!(name, "" | "." | "..");
    plain
        && (session.reports().iter().any(|known| known == name)
            || load::origin(session.files(), session.library(), name).is_some())
}

fn facts<'a>(ready: &'a Ready, shop: Workshop<'a>, sources: &'a SourceMap) -> Option<Facts<'a>> {
    let (project, statistics) = (&ready.project, &*ready.statistics);
    Some(Facts { project, statistics, locale: shop.toolbox.locale(project.report.language)?, sources })
}

/// The words of the report with some files changed; none where it then has more faults.
fn restated(shop: Workshop<'_>, id: &str, files: &[Mended], errors: usize) -> Option<Vec<String>> {
    let mut edited = Overlay::new(shop.system);
    for file in files {
        edited.lay(&file.path, file.after.as_str()).ok()?;
    }
    let after = pipeline::prepare(shop.on(&edited), id);
    let ready = after.ready.filter(|_| after.sink.count(Severity::Error) <= errors)?;
    let paragraphs = word::paragraphs(&ready.resolution.document);
    Some(paragraphs.into_iter().filter(feedback::is_told).map(|paragraph: Paragraph| paragraph.text).collect())
}

fn unknown(name: Option<&str>) -> Diagnostic {
    let told = match name {
        Some(name) => say!("the file was made from the report `{name}`, which is not in this workspace", name),
        None => say!("the file does not say which report it was made from"),
    };
    Diagnostic::error(Code::FEEDBACK_REPORT, told)
        .help(say!("name the report: `belagg import --comments FILE --name my-report`; until then what the file says is listed without places"))
}

/// What would be written.
fn certain(heard: &Feedback) -> Vec<&Fix> {
    heard
        .items
        .iter()
        .filter_map(|item| match &item.what {
            What::Change { proposal: Proposal::Edit { edit, doubt: None, .. }, .. } => Some(&edit.fix),
            _ => None,
        })
        .collect()
}

fn tell(
    file: &Returned,
    found: Option<&str>,
    heard: &Feedback,
    faults: &Sink,
    sources: &SourceMap,
    ready: Option<&Ready>,
    out: &Output,
) {
    match out.format() {
        Format::Json => return out.concluded(&[(faults, sources)], as_json(file, found, heard, sources, out.tongue())),
        Format::Sarif | Format::Github | Format::Gitlab => {
            let mut all = as_diagnostics(heard);
            all.extend(faults.clone());
            return out.diagnostics(&[(&all, sources)]);
        }
        Format::Human => {}
    }
    if !faults.is_empty() {
        out.diagnostics(&[(faults, sources)]);
    }
    let version = ready.map(|ready| ready.resolution.document.version.as_str());
    if let (Some(then), Some(now)) = (file.version.as_deref(), version)
        && then != now
    {
        out.line(say!("the file was made from version {then}; the report is version {now} now", then, now));
    }
    if found.is_some() && ready.is_none() {
        out.line(say!("the report has errors, so no place can be told; `belagg check` shows them"));
    }
    print(heard, sources, out);
}

/// Writes what is certain; the exit code where it failed.
fn wrote(disk: &dyn System, files: &[Mended], yes: bool, out: &Output) -> Option<u8> {
    let counts: BTreeMap<&str, usize> = files.iter().map(|file| (file.path.as_str(), file.count)).collect();
    let (changes, count) = (counts.values().sum::<usize>(), counts.len());
    let files_told = Said::one_or_more(count, say!("1 file"), say!("{count} files", count));
    let what = say!("{changes} in {files}", changes = counted_changes(changes), files = files_told);
    if !yes && !out.confirm(say!("write {what}?", what)) {
        out.line(say!("{what} can be written as shown; nothing was written (`--yes` writes it)", what));
        return None;
    }
    let mut failed = false;
    for file in files {
        match write(disk, file) {
            Ok(()) => {
                out.line(say!("{path}: {changes} written", path = file.path, changes = counted_changes(file.count)))
            }
            Err(error) => {
                out.fault(say!("{file} cannot be mended and is as it was: {error}", error, file = file.path));
                failed = true;
            }
        }
    }
    failed.then_some(OUTPUT)
}
