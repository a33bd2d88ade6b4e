//! From a report to the files of a publication: every step in order, then one move into place.

mod addresses;
pub mod archive;
mod audit;
mod changes;
mod commit;
mod index;
pub mod ledger;
mod manifest;
mod marks;
mod pack;
mod printed;
pub mod record;
pub mod release;
pub mod restore;
pub mod signature;
mod state;
mod toolbox;
pub mod verify;

use std::collections::{BTreeMap, BTreeSet};

use sha2::{Digest, Sha256};

pub use audit::{Audited, Figures, audit, figures};
pub use commit::{CommitError, commit};
pub use index::write_index;
pub use manifest::Manifest;
pub use printed::printed_text;
pub use toolbox::Toolbox;

use changes::Account;
use ledger::Ledger;

use crate::check::{self, Audit};
use crate::compare::{Difference, State, compare};
use crate::compute::adopt::compute_all;
use crate::compute::statistics::Statistics;
use crate::diagnostic::{Code, Diagnostic, Severity, Sink};
use crate::document::resolved::{Block, ResolvedDocument};
use crate::locale::Locale;
use crate::model::{Part, Project};
use crate::render::data;
use crate::render::html::{self, PageInput, PdfFile};
use crate::render::pdf::{self, Attachment, PdfInput};
use crate::resolve::Resolution;
use crate::source::SourceMap;
use crate::system::System;
use crate::{assemble, load, resolve};

/// One file of a publication; the path is relative to the version's folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Artifact {
    pub path: String,
    pub bytes: Vec<u8>,
}

/// A report with everything computed and nothing rendered.
#[derive(Debug)]
pub struct Prepared {
    pub id: String,
    /// None where the report is too faulty to be resolved.
    pub ready: Option<Ready>,
    /// The versions that are published.
    pub ledger: Ledger,
    pub sources: SourceMap,
    pub sink: Sink,
}

/// What rendering needs.
#[derive(Debug)]
pub struct Ready {
    pub project: Project,
    pub statistics: Statistics,
    pub resolution: Resolution,
    /// Every number of the prose with what it rests on.
    pub audit: Audit,
    /// What the report says, as the ledger keeps it.
    pub state: State,
    /// What differs from the published version before this one; none for the first.
    pub since: Option<Since>,
}

impl Ready {
    /// What differs from a version that is published under the same number; none where none is, or where its record is damaged.
    #[must_use]
    pub fn against(&self, ledger: &Ledger) -> Option<Difference> {
        let entry = ledger.find(&self.project.report.version.value)?;
        Some(compare(&entry.body()?.state, &self.state))
    }
}

/// What differs from a published version.
#[derive(Debug)]
pub struct Since {
    pub version: String,
    pub difference: Difference,
}

/// What is to become of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// It is looked at: a change without reason is a warning.
    Preview,
    /// It becomes a version that lasts: a change without reason is an error.
    Publish,
    /// A published version is built again.
    Rebuild,
}

/// Loads, computes, assembles and resolves a report, and checks what can be checked before it is rendered.
#[must_use]
pub fn prepare(system: &dyn System, toolbox: &Toolbox, id: &str) -> Prepared {
    let mut sink = Sink::default();
    let ledger = ledger::read(system, id, &mut sink);
    prepare_after(system, toolbox, id, (ledger, sink), Purpose::Preview)
}

/// As [`prepare`], after the versions of a ledger that was read, with what was wrong with it.
#[must_use]
pub fn prepare_after(
    system: &dyn System,
    toolbox: &Toolbox,
    id: &str,
    (ledger, mut sink): (Ledger, Sink),
    purpose: Purpose,
) -> Prepared {
    let loaded = load::load(system, id);
    sink.extend(loaded.sink);
    let sources = loaded.sources;
    let history = History { ledger: &ledger, purpose };
    let ready = loaded.project.and_then(|project| ready(project, toolbox, &sources, &history, &mut sink));
    Prepared { id: id.to_owned(), ready, ledger, sources, sink }
}

/// A report whose version is published and whose files are those that it was made of: there is nothing to build. None for any other.
#[must_use]
pub fn unchanged(system: &dyn System, id: &str) -> Option<Prepared> {
    let mut sink = Sink::default();
    let ledger = ledger::read(system, id, &mut sink);
    if sink.has_errors() {
        return None;
    }
    let loaded = load::load(system, id);
    let project = loaded.project?;
    let recorded = ledger.find(&project.report.version.value)?.body()?.inputs;
    let own = |path: &str| path.starts_with(&format!("content/{id}/")) || path.starts_with(&format!("charts/{id}/"));
    let mut now: Vec<(&str, String)> = project
        .inputs
        .iter()
        .filter(|(path, _)| own(path))
        .map(|(path, bytes)| (path.as_str(), sha256(bytes)))
        .collect();
    now.sort();
    now.dedup();
    let then = recorded.iter().filter(|file| own(&file.path)).map(|file| (file.path.as_str(), file.sha256.clone()));
    let same = now == then.collect::<Vec<_>>();
    same.then(|| Prepared { id: id.to_owned(), ready: None, ledger, sources: loaded.sources, sink })
}

/// Two states of a report as a page that needs no other file: figures first, the words after. None where the language has no words.
#[must_use]
pub fn difference_page(
    toolbox: &Toolbox,
    ready: &Ready,
    (old_name, old): (&str, &State),
    (new_name, new): (&str, &State),
    difference: &Difference,
) -> Option<String> {
    let document = &ready.resolution.document;
    let locale = toolbox.locale(ready.project.report.language)?;
    let account = Account { old: Some((old_name, old)), new, difference, locale };
    let blocks = changes::blocks(new_name, &account);
    let style = toolbox.assets.iter().find(|(name, _)| name == "style.css").map(|(_, bytes)| bytes.as_slice());
    let about = html::Difference {
        heading: format!(
            "{}: {}",
            document.title_text,
            locale.fill("version_changed", &[("version", new_name), ("old", old_name)])
        ),
        blocks: &blocks,
        nothing: locale.label("changes_nothing").to_owned(),
        style: &String::from_utf8_lossy(style.unwrap_or_default()),
    };
    let page = html::Page {
        language: &document.language,
        labels: locale.labels(),
        theme: &document.theme,
        publisher: &document.publisher.name,
        site: None,
    };
    toolbox.html.about(&page, &about).ok()
}

/// The published versions, and what is to become of this one.
struct History<'a> {
    ledger: &'a Ledger,
    purpose: Purpose,
}

fn ready(
    project: Project,
    toolbox: &Toolbox,
    sources: &SourceMap,
    history: &History<'_>,
    sink: &mut Sink,
) -> Option<Ready> {
    let locale = toolbox.locale(project.report.language)?;
    let statistics = compute_all(&project, locale, sink);
    let document = assemble::assemble(&project, &statistics, locale, sink)?;
    let mut resolution = resolve::resolve(&project, &statistics, &document, (locale, sources), sink);
    // What a fault has kept from being printed is not unused.
    if !sink.has_errors() && project.part.is_none() {
        assemble::check_unused(&project, &statistics, &resolution.tables, &resolution.figures, sink);
    }
    let state = state::state(&project, &statistics, &resolution.document, (locale, sources));
    let told = account(&project, &state, &mut resolution, locale, history, sink);
    printed::check_fonts(&project, toolbox.fonts(), sink);
    printed::check_glyphs(&resolution.document, toolbox.fonts(), sink);
    check::rule::check_settings(&project.workspace.rules, sink);
    let input = check::Input {
        project: &project,
        statistics: &statistics,
        chapters: &document.chapters,
        printed: &resolution.printed,
        locale,
        sources,
        earlier: told
            .as_ref()
            .filter(|_| history.purpose != Purpose::Rebuild)
            .map(|(since, old, explained)| check::Earlier { version: &since.version, state: old, explained }),
    };
    let mut found = Sink::default();
    let audit = check::run(&input, &mut found);
    sink.extend(match (&project.part, &project.findings.decision) {
        (None, _) => found,
        // Nobody else reads the text of a decision page. What else is in its report was checked there.
        (Some(Part::Decision), Some(decision)) => found.within(decision.span),
        // An extract repeats what its report says.
        _ => Sink::default(),
    });
    let since = told.map(|(since, ..)| since);
    Some(Ready { project, statistics, resolution, audit, state, since })
}

/// Puts the account of changes and the marks into a resolved document. Gives what differs from the version before, what that version
/// said, and the ids of what the stated changes explain.
fn account(
    project: &Project,
    state: &State,
    resolution: &mut resolve::Resolution,
    locale: &Locale,
    history: &History<'_>,
    sink: &mut Sink,
) -> Option<(Since, State, BTreeSet<String>)> {
    let version = &project.report.version.value;
    let document = &mut resolution.document;
    if history.purpose != Purpose::Preview || history.ledger.newest().is_some() {
        document.later = Some(format!("../{version}.notice.html"));
    }
    let before =
        history.ledger.before(version).and_then(|entry| Some((entry.head.version.clone(), entry.body()?.state)));
    let difference = before.as_ref().map(|(_, old)| compare(old, state)).unwrap_or_default();
    let told = Account {
        old: before.as_ref().map(|(version, old)| (version.as_str(), old)),
        new: state,
        difference: &difference,
        locale,
    };
    if let Some((version, old)) = &before {
        let legend = locale.fill("changes_legend", &[("version", version)]);
        marks::mark(document, &mut resolution.data, (old, &difference), &legend);
    }
    changes::add_chapter(document, &told);
    before.as_ref()?;
    let published = history.ledger.find(&project.report.version.value).is_some();
    match history.purpose {
        Purpose::Preview if !published => changes::check_reasons(project, &told, Severity::Warning, sink),
        Purpose::Publish if !published => changes::check_reasons(project, &told, Severity::Error, sink),
        _ => {}
    }
    let explained = changes::explained(project, &told);
    let (version, old) = before?;
    Some((Since { version, difference }, old, explained))
}

/// A rendered publication.
#[derive(Debug)]
pub struct Publication {
    pub id: String,
    pub version: String,
    pub artifacts: Vec<Artifact>,
    pub manifest: Manifest,
}

impl Publication {
    /// The folder of the version, in the workspace.
    #[must_use]
    pub fn folder(&self) -> String {
        format!("output/{}/{}", self.id, self.version)
    }
}

/// Renders everything of a report that has no errors; faults of templates go to the sink.
pub fn render(ready: &Ready, toolbox: &Toolbox, sink: &mut Sink) -> Option<Publication> {
    let document = &ready.resolution.document;
    let images: BTreeMap<String, Vec<u8>> =
        ready.project.images.values().map(|file| (file.output.clone(), file.bytes.clone())).collect();
    let mut data_files = Vec::new();
    for table in &ready.resolution.data {
        data_files.push(Artifact { path: format!("data/{}.csv", table.id), bytes: data::csv(table).into_bytes() });
        data_files.push(Artifact { path: format!("data/{}.json", table.id), bytes: data::json(table).into_bytes() });
    }
    let inputs = || ready.project.inputs.iter().chain(&toolbox.inputs);
    let totals = ready.audit.totals();
    let attachments = if document.attach_data {
        let manifest = Manifest::new(document, &PdfFile::default(), totals, toolbox.tool(), inputs(), &data_files);
        attachments(ready, &data_files, &manifest)
    } else {
        Vec::new()
    };
    let input = PdfInput {
        document,
        template: &toolbox.pdf,
        assets: &images,
        attachments: &attachments,
        fonts: toolbox.fonts(),
    };
    let pdf = match pdf::render(&input) {
        Ok(pdf) => Some(pdf),
        Err(problems) => {
            for problem in problems {
                let place = problem
                    .place
                    .map(|(file, line)| format!(" (templates/pdf/{file}, line {line})"))
                    .unwrap_or_default();
                let mut diagnostic =
                    Diagnostic::error(Code::TYPST, format!("the PDF could not be set: {}{place}", problem.message));
                for hint in problem.hints {
                    diagnostic = diagnostic.help(hint);
                }
                sink.push(diagnostic);
            }
            None
        }
    };
    if let Some(pdf) = &pdf {
        check_pages(ready, pdf.pages, sink);
    }
    let file = pdf.as_ref().map(|pdf| PdfFile {
        path: format!("{}.pdf", document.id),
        pages: pdf.pages,
        bytes: pdf.bytes.len() as u64,
    });
    let path = format!("{}/{}/", document.id, document.version);
    let page =
        toolbox.html.page(&PageInput { document, pdf: file.clone(), site: toolbox.site.as_deref(), path: &path });
    let page =
        page.map_err(|problem| sink.push(Diagnostic::error(Code::TEMPLATE, format!("templates/html/{problem}")))).ok();
    let (pdf, file, page) = (pdf?, file?, page?);

    let mut artifacts = vec![
        Artifact { path: file.path.clone(), bytes: pdf.bytes },
        Artifact { path: "index.html".to_owned(), bytes: page.into_bytes() },
    ];
    artifacts.extend(
        toolbox.assets.iter().map(|(name, bytes)| Artifact { path: format!("assets/{name}"), bytes: bytes.clone() }),
    );
    artifacts.extend(images.into_iter().map(|(path, bytes)| Artifact { path, bytes }));
    let files = ready.project.downloads.values();
    artifacts.extend(files.map(|file| Artifact { path: file.output.clone(), bytes: file.bytes.clone() }));
    artifacts.extend(charts(document));
    artifacts.extend(data_files);
    artifacts.sort_by(|a, b| a.path.cmp(&b.path));
    let manifest = Manifest::new(document, &file, totals, toolbox.tool(), inputs(), &artifacts);
    artifacts.push(Artifact { path: manifest::FILE.to_owned(), bytes: manifest.to_json().into_bytes() });
    Some(Publication { id: document.id.clone(), version: document.version.clone(), artifacts, manifest })
}

/// The data as CSV and the manifest, as files that the PDF carries. That manifest cannot name the PDF, which it is part of.
fn attachments(ready: &Ready, files: &[Artifact], manifest: &Manifest) -> Vec<Attachment> {
    let labels = &ready.resolution.document.labels;
    let label = |key: &str| labels.get(key).cloned().unwrap_or_default();
    let titles: BTreeMap<String, &str> =
        ready.resolution.data.iter().map(|table| (format!("data/{}.csv", table.id), table.title.as_str())).collect();
    let mut out: Vec<Attachment> = files
        .iter()
        .filter_map(|file| {
            let title = titles.get(&file.path)?;
            Some(Attachment {
                path: file.path.clone(),
                mime: "text/csv".to_owned(),
                relationship: "data".to_owned(),
                description: label("attached_data").replace("{title}", title),
                bytes: file.bytes.clone(),
            })
        })
        .collect();
    out.push(Attachment {
        path: manifest::FILE.to_owned(),
        mime: "application/json".to_owned(),
        relationship: "supplement".to_owned(),
        description: label("attached_manifest"),
        bytes: manifest.to_json().into_bytes(),
    });
    out
}

/// Reports a document that has grown longer than its kind may be.
fn check_pages(ready: &Ready, pages: usize, sink: &mut Sink) {
    let report = &ready.project.report;
    if let Some(limit) = assemble::kind(&report.kind.value).and_then(|kind| kind.pages)
        && pages > limit
    {
        sink.push(
            Diagnostic::error(
                Code::PAGE_LIMIT,
                format!("the PDF has {pages} pages; a {} has at most {limit}", report.kind.value.replace('-', " ")),
            )
            .at(report.kind.span)
            .help("shorten the text, or take a table or picture out"),
        );
    }
}

fn charts(document: &ResolvedDocument) -> Vec<Artifact> {
    let mut out = Vec::new();
    let mut seen = BTreeSet::new();
    for block in document.chapters.iter().flat_map(|chapter| &chapter.blocks) {
        visit_charts(block, &mut |chart| {
            if seen.insert(chart.path.clone()) {
                out.push(Artifact { path: chart.path.clone(), bytes: chart.svg.clone().into_bytes() });
            }
        });
    }
    out
}

/// Every chart of a block, inner blocks included.
fn visit_charts(block: &Block, act: &mut impl FnMut(&crate::document::resolved::Chart)) {
    match block {
        Block::Chart(chart) => act(chart),
        Block::List { items, .. } => items.iter().flatten().for_each(|block| visit_charts(block, act)),
        Block::Quote { blocks, .. } | Block::Callout { blocks, .. } => {
            blocks.iter().for_each(|block| visit_charts(block, act))
        }
        Block::Definitions { items } => {
            items.iter().flat_map(|item| &item.descriptions).flatten().for_each(|block| visit_charts(block, act));
        }
        _ => {}
    }
}

/// SHA-256 as lower-case hexadecimal.
#[must_use]
pub fn sha256(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    Sha256::digest(bytes).iter().fold(String::with_capacity(64), |mut out, byte| {
        let _ = write!(out, "{byte:02x}");
        out
    })
}

#[cfg(test)]
mod tests;
