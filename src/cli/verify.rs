//! `belagg verify`: is this what was published?

use std::collections::BTreeSet;
use std::path::Path;

use serde_json::json;

use crate::diagnostic::{Said, Sink, say};
use crate::limits::VERIFIED_FILE;
use crate::load::{self, Library};
use crate::publish::ledgers::Ledgers;
use crate::publish::verify::{Beside, Finding, Place, Verdict};
use crate::source::SourceMap;
use crate::system::{self, Kind, OsSystem, System as _};

use super::output::{Format, Output};
use super::{CONTENT, NOTHING, SUCCESS, USAGE, folder_name};

/// What is to be verified, and how.
#[derive(Debug, Clone, Copy)]
pub struct Request<'a> {
    /// Files, folders and names of reports; everything that is published when there is none.
    pub what: &'a [std::path::PathBuf],
    /// Each version is built again as well.
    pub rebuild: bool,
    /// Public keys that count in the place of those in belagg.yaml.
    pub keys: &'a [String],
}

/// Verifies files, folders and reports, or every published version of the workspace.
pub fn run(system: &OsSystem, request: &Request<'_>, out: &Output) -> u8 {
    let library = Library::default();
    let mut sink = Sink::default();
    let ledgers = Ledgers::read(system, &library, request.keys, &mut sink);
    let mut findings = Vec::new();
    let mut unread = false;
    let run = Run { system, library: &library, ledgers: &ledgers, beside: std::cell::OnceCell::new() };
    if request.what.is_empty() {
        findings.extend(run.whole());
    }
    for path in request.what {
        match run.one(path) {
            Ok(found) => findings.extend(found),
            Err(reason) => {
                unread = true;
                out.fault(say!("{path}: {reason}", path = path.display(), reason));
            }
        }
    }
    if request.rebuild {
        // The versions that the files are said to be.
        let wanted: BTreeSet<(String, String)> = findings.iter().filter_map(|finding| finding.of.clone()).collect();
        let all = request.what.is_empty();
        findings.extend(ledgers.rebuild(system, &|entry| {
            all || wanted.contains(&(entry.head.report.clone(), entry.head.version.clone()))
        }));
    }
    findings.iter().filter_map(|finding| ledgers.unsigned_manifest(finding)).for_each(|problem| sink.push(problem));
    let wrong = sink.has_errors() || ledgers.workspace.0.has_errors();
    let nothing = findings.is_empty() && !wrong;
    if out.format() == Format::Json {
        let list: Vec<serde_json::Value> = findings
            .iter()
            .map(|finding| json!({"verdict": finding.verdict.words(), "path": finding.path, "told": out.text(&finding.told)}))
            .chain(sink.sorted(&SourceMap::default()).into_iter().map(
                |problem| json!({"verdict": "ledger", "path": null, "told": out.text(&problem.message)}),
            ))
            .chain(ledgers.workspace.0.sorted(&ledgers.workspace.1).into_iter().map(|problem| {
                let line = problem.primary.as_ref().map(|label| ledgers.workspace.1.position(label.span).line);
                json!({"verdict": "workspace", "path": "belagg.yaml", "line": line, "told": out.text(&problem.message)})
            }))
            .collect();
        out.data(&format!("{:#}", serde_json::Value::Array(list)));
    } else {
        for finding in &findings {
            out.line(say!(
                "{verdict}: {path}: {told}",
                verdict = Said::words(finding.verdict.words()),
                path = finding.path,
                told = finding.told
            ));
        }
        if !findings.is_empty() {
            ledgers.notes().iter().for_each(|note| out.line(say!("note: {note}", note)));
        }
        let (workspace, sources) = &ledgers.workspace;
        out.diagnostics(&[(workspace, sources), (&sink, &SourceMap::default())]);
    }
    if nothing {
        let told = match request.what {
            [] => say!("nothing is published here: the ledgers are empty, so nothing was verified"),
            _ if unread => say!("nothing was verified"),
            _ => say!("nothing was verified: what is named here is not published yet"),
        };
        out.line(told);
        return NOTHING;
    }
    let worst = |verdict: Verdict| findings.iter().any(|finding| finding.verdict == verdict);
    let good = findings.iter().all(|finding| matches!(finding.verdict, Verdict::Unchanged | Verdict::Whole));
    match (unread, good && !wrong) {
        (true, _) => USAGE,
        (false, false) => CONTENT,
        (false, true) if worst(Verdict::Whole) => NOTHING,
        (false, true) => SUCCESS,
    }
}

struct Run<'a> {
    system: &'a OsSystem,
    library: &'a Library,
    ledgers: &'a Ledgers,
    /// Made when it is asked for, once.
    beside: std::cell::OnceCell<Beside>,
}

impl Run<'_> {
    fn beside(&self) -> &Beside {
        self.beside.get_or_init(|| Beside::new(self.system, self.library))
    }

    fn whole(&self) -> Vec<Finding> {
        if self.ledgers.is_empty() && !self.system.exists("output") {
            return Vec::new();
        }
        self.ledgers.whole(self.system, self.system.root(), self.beside())
    }

    /// A file, a folder, or a report by its name.
    fn one(&self, path: &Path) -> Result<Vec<Finding>, Said> {
        let name = path.display().to_string();
        let root = self.system.root();
        let kind = match system::kind_named(path) {
            Ok(kind) => kind,
            Err(error) => return self.by_name(&name, &error),
        };
        let inside = system::place_in(root, path);
        let maker = inside.as_deref().and_then(|inside| inside.strip_prefix("content/"));
        if let Some(name) = maker.filter(|name| load::made_by(self.system, self.library, name).is_some()) {
            return Ok(self.report(name));
        }
        let place = Place::new(inside.as_deref(), self.ledgers);
        let cannot = |error: std::io::Error| say!("cannot be read: {error}", error);
        match (kind, &place) {
            (Kind::Folder, Place::Workspace) => Ok(self.whole()),
            (Kind::Folder, Place::Report(report)) => Ok(self.report(report)),
            (Kind::Folder, Place::Document(document)) => {
                Ok(self.ledgers.document(self.system, root, document, self.beside()))
            }
            (Kind::Folder, _) => {
                let copied = |name: &str, file: &str, bytes: &[u8]| self.beside().copy(name, file, bytes, self.ledgers);
                self.ledgers.folder(&name, path, &place, &copied).map_err(cannot)
            }
            (Kind::File, Place::Beside(page)) => {
                let bytes = system::read_plain(path, VERIFIED_FILE).map_err(cannot)?;
                let found = self.beside().page(&name, page, &bytes, self.ledgers);
                Ok(vec![found.unwrap_or_else(|| self.ledgers.file(&name, &bytes, &Place::Elsewhere))])
            }
            (Kind::File, _) => {
                let bytes = system::read_plain(path, VERIFIED_FILE).map_err(cannot)?;
                Ok(vec![self.ledgers.file(&name, &bytes, &place)])
            }
            (Kind::Link | Kind::Other, _) => Err(say!("it is neither a file nor a folder")),
        }
    }

    /// A report by its name or the path to its folder, as the other commands take it.
    fn by_name(&self, name: &str, error: &std::io::Error) -> Result<Vec<Finding>, Said> {
        let plain = folder_name(name);
        let is_known = |id: &String| {
            self.ledgers.has(id) || self.ledgers.has_report(id) || load::home(self.system, self.library, id).is_some()
        };
        match self.reports(plain).iter().any(is_known) {
            true => Ok(self.report(plain)),
            false => Err(say!("cannot be read: {error}; nor is it the name of a report", error)),
        }
    }

    fn report(&self, name: &str) -> Vec<Finding> {
        let root = self.system.root();
        self.reports(name).iter().flat_map(|id| self.ledgers.named(self.system, root, id, self.beside())).collect()
    }

    /// The report of this name, or those that the folder of this name makes.
    fn reports(&self, name: &str) -> Vec<String> {
        load::made_by(self.system, self.library, name).unwrap_or_else(|| vec![name.to_owned()])
    }
}
