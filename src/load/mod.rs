//! Reading: files of a workspace to one valid [`Project`], with a diagnostic for everything that is wrong.

mod annotation;
mod authored;
mod bibliography;
mod breakdown;
mod cases;
mod chapters;
mod chart;
mod checks;
mod csv;
mod data_files;
mod decode;
mod derived;
mod disclosure;
mod each;
mod encoding;
mod figure;
mod findings;
mod follow_up;
mod form;
mod grid;
mod history;
mod images;
mod library;
mod map;
mod measure;
mod parameters;
mod parts;
mod picture;
mod proof;
mod renewal;
mod report;
pub mod sheet;
mod table;
mod taken;
mod totals;
mod translation;
mod yaml;

use std::sync::Arc;

use crate::alike;
use crate::diagnostic::{Code, Diagnostic, Sink, Thing, say};
use crate::limits;
use crate::model::{Breakdowns, ChartSpec, Findings, Laid, Parameter, Project, Publisher, Report, Workspace};
use crate::source::{SourceId, SourceMap, Span, Spanned};
use crate::system::{Bytes, ReadError, System};

use chart::Chart;
use data_files::{DataFiles, ReportFiles};
use findings::FindingsFile;
pub use form::Ids;
use form::{Form as _, Kind};
use report::ReportFile;

/// The text of a file, whatever letters it has; none where they cannot be read.
#[must_use]
pub fn text_of(bytes: &[u8]) -> Option<String> {
    encoding::decode(bytes, None).ok().map(|(text, _)| text)
}

pub use authored::{AuthoredFile, FileSchema, ids, keys};
pub use derived::{
    Derived, Document, derived, derived_id, documents, is_report, origin, owner, part_of, version, with_derived,
};
pub use each::{Each, Home, each, home, made_by, report_ids};
pub use grid::is_total;
pub use library::Library;
pub use picture::drawn_text;
pub use renewal::renewed;
pub use taken::Taken;
pub use translation::{has_words, scaffold, translated};

/// What loading one report gave: the project, unless it is too faulty, and every file and problem met.
#[derive(Debug)]
pub struct Loaded {
    pub project: Option<Project>,
    pub sources: SourceMap,
    pub sink: Sink,
}

/// The folders of reports, sorted: where they are written, or where what is published of them lies.
#[must_use]
pub fn folders(system: &dyn System) -> Vec<String> {
    system.list("content").into_iter().filter(|entry| entry.folder).map(|entry| entry.name).collect()
}

/// Loads one report by itself: what it has from others is gathered next. What the library has is not read again while it is the same.
#[must_use]
pub fn load(system: &dyn System, library: &Library, id: &str) -> Loaded {
    let mut loader = Loader::new(system, library);
    let project = loader.project(id);
    Loaded { project, sources: loader.sources, sink: loader.sink }
}

/// The language that `belagg.yaml` names, as it is written. It is read as text: whoever has a fault in that file is told so in their language too.
#[must_use]
pub fn language_named(system: &dyn System) -> Option<String> {
    let bytes = system.read("belagg.yaml").ok()?;
    let text = std::str::from_utf8(&bytes).ok()?;
    let named = text.lines().find_map(|line| line.strip_prefix("language:"))?;
    Some(named.split('#').next().unwrap_or_default().trim().trim_matches(['"', '\'']).to_owned())
}

/// Reads `belagg.yaml` alone, for what concerns all reports.
#[must_use]
pub fn load_workspace(system: &dyn System, library: &Library) -> (Workspace, SourceMap, Sink) {
    let mut loader = Loader::new(system, library);
    let workspace = loader.workspace();
    (workspace, loader.sources, loader.sink)
}

struct Loader<'a> {
    system: &'a dyn System,
    sources: SourceMap,
    sink: Sink,
    inputs: Vec<(String, Bytes)>,
    library: &'a Library,
    parameters: Vec<Parameter>,
    /// What is read is a translation.
    translates: bool,
    laid: Laid,
}

impl<'a> Loader<'a> {
    fn new(system: &'a dyn System, library: &'a Library) -> Self {
        let (sources, sink, inputs, parameters, translates, laid) = Default::default();
        Self { system, sources, sink, inputs, library, parameters, translates, laid }
    }
}

impl Loader<'_> {
    fn project(&mut self, id: &str) -> Option<Project> {
        let workspace = self.workspace();
        if self.tell_of_no_report(id) {
            return None;
        }
        let Some(home) = home(self.system, self.library, id) else {
            self.sink.push(no_such_report(self.system, self.library, id));
            return None;
        };
        let folder = format!("content/{}", home.folder);
        let report = self.report(&home, &workspace);
        if let Some(report) = &report {
            breakdown::check_language(&workspace.breakdowns, report.language, &mut self.sink);
        }
        // Its files are words of an original that is not known.
        if report.is_none() && self.translates {
            return None;
        }
        // Of a translation all but the words is read where its original is written.
        let original = report.as_ref().and_then(|report| report.translation.as_ref());
        let original = original.and_then(|of| self::home(self.system, self.library, &of.original.id.value));
        let written = original.as_ref().map_or(&home.folder, |original| &original.folder).clone();
        let base = format!("content/{written}");
        let is_translation = written != home.folder;
        let own = is_translation.then_some(home.folder.as_str());
        let mut findings = self.findings(&base, own, &workspace.breakdowns);
        let charts = self.charts(&written, own);
        let (library, source_places) = self.bibliography(&base);
        let mut chapters = report.as_ref().map(|report| self.chapters(&folder, report)).unwrap_or_default();
        let publisher = report.as_ref().and_then(|report| report.publisher.as_ref()).or(workspace.publisher.as_ref());
        let images = self.images(publisher, [&folder, &base], &mut chapters, &mut findings);
        let downloads = images::downloads(self.system, &base, &mut findings, &mut self.sink);
        self.inputs.extend(downloads.iter().map(|(path, file)| (path.clone(), file.bytes.clone())));
        let companions = report.as_ref().map(|report| self.companions(report)).unwrap_or_default();
        let own = report.as_ref().and_then(|report| report.disclosure.as_ref());
        let mut policy = disclosure::policy(workspace.disclosure.as_ref(), own, &mut self.sink);
        self.proof(&home.folder, id, policy.as_mut());
        Some(Project {
            workspace,
            report: report?,
            policy,
            findings: Arc::new(findings),
            charts: Arc::new(charts),
            chapters: Arc::new(chapters),
            sources: Arc::new(library),
            source_places: Arc::new(source_places),
            images: Arc::new(images),
            downloads: Arc::new(downloads),
            others: Vec::new(),
            published: Vec::new(),
            part: None,
            whole: None,
            companions,
            beside: Arc::default(),
            previous: None,
            original: None,
            laid: Arc::new(std::mem::take(&mut self.laid)),
            inputs: Arc::new(std::mem::take(&mut self.inputs)),
        })
    }

    fn workspace(&mut self) -> Workspace {
        if !self.system.exists("belagg.yaml") {
            return report::default_workspace(Span::new(self.sources.add("belagg.yaml", ""), 0, 0));
        }
        let Some(source) = self.text("belagg.yaml", None) else {
            return report::default_workspace(Span::new(self.sources.add("belagg.yaml", ""), 0, 0));
        };
        let text = self.sources.get(source).text.clone();
        let read = self.library.workspaces.get_or_make(source, || {
            let mut sink = Sink::default();
            let root = yaml::parse(source, &text, &mut sink);
            let workspace = root.map(|root| report::workspace(&root, &mut sink));
            Arc::new((workspace.unwrap_or_else(|| report::default_workspace(Span::new(source, 0, 0))), sink))
        });
        self.sink.extend(read.1.clone());
        read.0.clone()
    }

    fn report(&mut self, home: &Home, workspace: &Workspace) -> Option<Report> {
        if home.row.is_some() {
            // What is wrong with its rows is told with their folder.
            self.rows(&home.folder);
        }
        let source = self.text(&format!("content/{}/report.yaml", home.folder), None)?;
        let text = self.sources.get(source).text.clone();
        let original = self.original(home, source, &text).ok()?;
        let of = original.as_ref().map(|original| (original.source, original.home.row.clone()));
        let read = self.library.reports.get_or_make((source, workspace.language, home.row.clone(), of), || {
            let (mut sink, mut laid) = (Sink::default(), Laid::default());
            let Some(mut root) = yaml::parse(source, &text, &mut sink) else {
                return Arc::new(((None, Vec::new(), laid), sink));
            };
            let parameters = match &original {
                None => {
                    let parameters = parameters::joined(home.row.as_ref(), &root, &mut sink);
                    parameters::fill(&mut root, &ReportFile::KIND, &parameters, &mut sink);
                    parameters
                }
                Some(original) => {
                    // What is wrong with the original is told with it.
                    let Some(mut theirs) = yaml::parse(original.source, &original.text, &mut Sink::default()) else {
                        return Arc::new(((None, Vec::new(), laid), sink));
                    };
                    let row = original.home.row.as_ref();
                    let parameters = parameters::joined(row, &theirs, &mut Sink::default());
                    parameters::fill(&mut theirs, &ReportFile::KIND, &parameters, &mut Sink::default());
                    parameters::fill(&mut root, &ReportFile::KIND, &parameters, &mut sink);
                    root = translation::report(&theirs, &root, &mut laid, &mut sink);
                    parameters
                }
            };
            let report = report::report(&root, home, parameters.clone(), workspace.language, &mut sink);
            Arc::new(((report, parameters, laid), sink))
        });
        self.sink.extend(read.1.clone());
        let (report, parameters, laid) = &read.0;
        self.parameters.clone_from(parameters);
        self.laid.clone_from(laid);
        report.clone()
    }

    /// The findings of a folder; those of the original of `own`, where that is a translation.
    fn findings(&mut self, folder: &str, own: Option<&str>, breakdowns: &Breakdowns) -> Findings {
        let mut out = Findings::default();
        let place = format!("{folder}/findings");
        let words = own.map(|own| format!("content/{own}/findings"));
        if let Some(words) = &words {
            self.tell_of_surplus(words, &place);
        }
        for entry in self.listed(&place) {
            let path = format!("{place}/{}", entry.name);
            if !is_yaml(&entry.name) {
                self.sink.push(
                    Diagnostic::warning(Code::FILE_TYPE, say!("`{path}` is not read: findings are .yaml files", path))
                        .help(say!("move data files to data/, and name findings <name>.yaml")),
                );
                continue;
            }
            let Some(root) = self.yaml(&path, &FindingsFile::KIND) else {
                self.sink.refuse_file();
                continue;
            };
            let words = words.as_ref().map(|words| format!("{words}/{}", entry.name));
            let root = self.worded(root, words.as_deref(), &FindingsFile::KIND);
            let mut sink = std::mem::take(&mut self.sink);
            let mut files = ReportFiles { loader: &mut *self, folder };
            findings::read(&root, &mut out, breakdowns, &mut files, &mut sink);
            self.sink.extend(sink);
        }
        out.figures.extend(self.parameters.iter().map(parameters::figure));
        out
    }

    /// The charts of a report; those of the original of `own`, where that is a translation.
    fn charts(&mut self, id: &str, own: Option<&str>) -> Vec<ChartSpec> {
        let place = format!("charts/{id}");
        let words = own.map(|own| format!("charts/{own}"));
        if let Some(words) = &words {
            self.tell_of_surplus(words, &place);
        }
        let mut charts = Vec::new();
        for entry in self.listed(&place).iter().filter(|entry| is_yaml(&entry.name)) {
            let name = entry.name.trim_end_matches(".yaml").trim_end_matches(".yml");
            let read = self.yaml(&format!("{place}/{}", entry.name), &Chart::KIND).and_then(|root| {
                let words = words.as_ref().map(|words| format!("{words}/{}", entry.name));
                let root = self.worded(root, words.as_deref(), &Chart::KIND);
                let mut sink = std::mem::take(&mut self.sink);
                let mut files = ReportFiles { loader: &mut *self, folder: &format!("content/{id}") };
                let chart = chart::read(name, &root, &mut files, &mut sink);
                self.sink.extend(sink);
                chart
            });
            match read {
                Some(chart) => charts.push(chart),
                None => self.sink.refuse(Thing::Chart, name),
            }
        }
        charts
    }

    /// The entries of a folder that a report may do without; one that is there and cannot be read is an error.
    fn listed(&mut self, place: &str) -> Vec<crate::system::Entry> {
        self.system.list_all(place).unwrap_or_else(|error| {
            self.sink.push(cannot_read(place, &error));
            Vec::new()
        })
    }

    fn images(
        &mut self,
        publisher: Option<&Publisher>,
        folders: [&str; 2],
        chapters: &mut [crate::document::Chapter],
        findings: &mut Findings,
    ) -> std::collections::BTreeMap<String, crate::model::ImageFile> {
        let mut pictures = images::Pictures {
            system: self.system,
            library: self.library,
            sources: &mut self.sources,
            sink: &mut self.sink,
            read: std::collections::BTreeMap::new(),
            memory: 0,
            refused: std::collections::BTreeSet::new(),
        };
        if let Some(logo) = publisher.and_then(|publisher| publisher.logo.as_ref()) {
            pictures.read(&logo.file.value, logo.file.span);
        }
        images::of_chapters(&mut pictures, folders, &self.parameters, chapters);
        images::of_findings(&mut pictures, folders, findings);
        let out = pictures.read;
        self.inputs.extend(out.iter().map(|(path, file)| (path.clone(), file.bytes.clone())));
        out
    }

    fn bibliography(&mut self, folder: &str) -> (hayagriva::Library, Vec<Spanned<String>>) {
        let path = format!("{folder}/sources.yaml");
        if !self.system.exists(&path) {
            return (hayagriva::Library::new(), Vec::new());
        }
        let Some(source) = self.text(&path, None) else { return (hayagriva::Library::new(), Vec::new()) };
        let text = self.sources.get(source).text.clone();
        bibliography::read(source, &text, &mut self.sink)
    }

    /// A file with the report's parameters in it, as it is declared.
    fn yaml(&mut self, path: &str, kind: &Kind) -> Option<yaml::Node> {
        let source = self.text(path, None)?;
        let text = self.sources.get(source).text.clone();
        let mut root = yaml::parse(source, &text, &mut self.sink)?;
        parameters::fill(&mut root, kind, &self.parameters, &mut self.sink);
        Some(root)
    }

    /// The bytes of a text file that is not too large; `named_at` is where an author named it.
    fn bytes(&mut self, path: &str, named_at: Option<Span>) -> Option<Bytes> {
        let bytes = match self.system.read(path) {
            Ok(bytes) => bytes,
            // What is missing of a path was told where it was filled.
            Err(ReadError::Missing) if path.contains("{{ param.") => return None,
            Err(error) => {
                self.sink.push(match named_at {
                    Some(span) => cannot_read_named(self.system, path, &error).at(span),
                    None => cannot_read(path, &error),
                });
                return None;
            }
        };
        let most = if is_yaml(path) { limits::YAML_FILE } else { limits::TEXT_FILE };
        if bytes.len() > most {
            let (len, most) = (bytes.len() >> 20, most >> 20);
            let message = say!("`{path}` has {megabytes} MB; at most {most} are read", path, megabytes = len, most);
            let diagnostic = Diagnostic::error(Code::FILE_TOO_LARGE, message)
                .help(say!("divide it into several files, or leave out what is not printed"));
            self.sink.push(match named_at {
                Some(span) => diagnostic.at(span),
                None => diagnostic,
            });
            return None;
        }
        Some(bytes)
    }

    /// Reads a text file into the source map; `named_at` is where an author named it.
    fn text(&mut self, path: &str, named_at: Option<Span>) -> Option<SourceId> {
        let bytes = self.bytes(path, named_at)?;
        match encoding::utf8(&bytes) {
            Ok(text) => {
                self.inputs.push((path.to_owned(), bytes));
                Some(self.sources.add(path, text))
            }
            Err(fault) => {
                let source = self.sources.add(path, fault.text);
                let at = Span::new(source, fault.at.start, fault.at.end);
                self.sink.push(
                    Diagnostic::error(Code::FILE_NOT_UTF8, say!("`{path}` is not UTF-8", path))
                        .label(at, say!("the first character that cannot be read"))
                        .help(say!("save the file as UTF-8 (in Excel: \"CSV UTF-8\")")),
                );
                None
            }
        }
    }
}

fn is_yaml(name: &str) -> bool {
    name.ends_with(".yaml") || name.ends_with(".yml")
}

/// A YAML text that the program wrote itself, as plain data; none where it breaks a rule of YAML.
#[must_use]
pub fn plain_yaml(text: &str) -> Option<serde_json::Value> {
    let source = SourceMap::default().add("", text);
    let mut sink = Sink::default();
    let root = yaml::parse(source, text, &mut sink)?;
    (!sink.has_errors()).then(|| root.to_json())
}

/// What to say of a file that an author names and that cannot be read: whether one of nearly the same name lies in its folder, too.
pub fn cannot_read_named(system: &dyn System, path: &str, error: &ReadError) -> Diagnostic {
    let diagnostic = cannot_read(path, error);
    if *error != ReadError::Missing {
        return diagnostic;
    }
    let (folder, wanted) = path.rsplit_once('/').unwrap_or(("", path));
    let names: Vec<String> = system.list(folder).into_iter().map(|entry| entry.name).collect();
    // Some systems write å as an a with a ring: the names look the same, and another system does not find the file.
    if names.iter().any(|name| alike::reading(name) == alike::reading(wanted)) {
        return diagnostic.help(say!("a file whose name looks the same lies there; it is made of other characters: rename it to `{wanted}`, typed anew", wanted));
    }
    diagnostic.nearest(wanted, names.iter().map(String::as_str))
}

/// What to say of a file that cannot be read.
pub fn cannot_read(path: &str, error: &ReadError) -> Diagnostic {
    match error {
        ReadError::Missing => Diagnostic::error(Code::FILE_MISSING, say!("`{path}` is missing", path))
            .help(say!("check the spelling and the folder, or create the file")),
        ReadError::Outside => Diagnostic::error(Code::FILE_OUTSIDE, say!("`{path}` lies outside the workspace", path))
            .help(say!("copy the file into the report's folder; links out of the workspace are not followed")),
        ReadError::Kind(_) | ReadError::Other(_) => {
            Diagnostic::error(Code::FILE_UNREADABLE, say!("`{path}` cannot be read: {error}", path, error))
        }
    }
}

/// What to say of a name that no report has.
pub fn no_such_report(system: &dyn System, library: &Library, id: &str) -> Diagnostic {
    let known = report_ids(system, library);
    let diagnostic =
        Diagnostic::error(Code::FILE_MISSING, say!("there is no report `{id}` (no folder content/{id})", id))
            .nearest(id, known.iter().map(String::as_str));
    if known.is_empty() {
        diagnostic.help(say!("`belagg new inspection-report my-report` makes one"))
    } else {
        diagnostic.help(say!("reports here: {known}", known = known.join(", ")))
    }
}
