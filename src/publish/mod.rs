//! From a report to the files of a publication: every step in order, then one move into place.

mod commit;
mod index;
mod manifest;
mod printed;
mod toolbox;

use std::collections::{BTreeMap, BTreeSet};

use sha2::{Digest, Sha256};

pub use commit::{CommitError, commit};
pub use index::write_index;
pub use manifest::Manifest;
pub use printed::printed_text;
pub use toolbox::Toolbox;

use crate::check::{self, Audit};
use crate::compute::adopt::compute_all;
use crate::compute::statistics::Statistics;
use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::document::resolved::{Block, ResolvedDocument};
use crate::model::Project;
use crate::render::data;
use crate::render::html::{PageInput, PdfFile};
use crate::render::pdf::{self, PdfInput};
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
}

/// Loads, computes, assembles and resolves a report, and checks what can be checked before it is rendered.
#[must_use]
pub fn prepare(system: &dyn System, toolbox: &Toolbox, id: &str) -> Prepared {
    let loaded = load::load(system, id);
    let (sources, mut sink) = (loaded.sources, loaded.sink);
    let ready = loaded.project.and_then(|project| ready(project, toolbox, &sources, &mut sink));
    Prepared { id: id.to_owned(), ready, sources, sink }
}

/// A report with its figures computed and no more: what it takes to say how they came about.
#[derive(Debug)]
pub struct Figures {
    /// None where the report is too faulty to be loaded.
    pub project: Option<Project>,
    pub statistics: Statistics,
    pub sources: SourceMap,
    pub sink: Sink,
}

/// Loads a report and computes its figures.
#[must_use]
pub fn figures(system: &dyn System, toolbox: &Toolbox, id: &str) -> Figures {
    let loaded = load::load(system, id);
    let mut sink = loaded.sink;
    let locale = loaded.project.as_ref().and_then(|project| toolbox.locale(project.report.language));
    let statistics = match (&loaded.project, locale) {
        (Some(project), Some(locale)) => compute_all(project, locale, &mut sink),
        _ => Statistics::default(),
    };
    Figures { project: loaded.project, statistics, sources: loaded.sources, sink }
}

fn ready(project: Project, toolbox: &Toolbox, sources: &SourceMap, sink: &mut Sink) -> Option<Ready> {
    let locale = toolbox.locale(project.report.language)?;
    let statistics = compute_all(&project, locale, sink);
    let document = assemble::assemble(&project, &statistics, locale, sink)?;
    let resolution = resolve::resolve(&project, &statistics, &document, (locale, sources), sink);
    // What a fault has kept from being printed is not unused.
    if !sink.has_errors() && project.part.is_none() {
        assemble::check_unused(&project, &resolution.tables, &resolution.figures, sink);
    }
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
    };
    // The text of what is made from a report was checked there.
    let audit = match project.part {
        Some(_) => check::run(&input, &mut Sink::default()),
        None => check::run(&input, sink),
    };
    Some(Ready { project, statistics, resolution, audit })
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
    let input = PdfInput { document, template: &toolbox.pdf, assets: &images, fonts: toolbox.fonts() };
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
    for table in &ready.resolution.data {
        artifacts.push(Artifact { path: format!("data/{}.csv", table.id), bytes: data::csv(table).into_bytes() });
        artifacts.push(Artifact { path: format!("data/{}.json", table.id), bytes: data::json(table).into_bytes() });
    }
    artifacts.sort_by(|a, b| a.path.cmp(&b.path));
    let inputs = ready.project.inputs.iter().chain(&toolbox.inputs);
    let manifest = Manifest::new(document, &file, ready.audit.totals(), inputs, &artifacts);
    artifacts.push(Artifact { path: manifest::FILE.to_owned(), bytes: manifest.to_json().into_bytes() });
    Some(Publication { id: document.id.clone(), version: document.version.clone(), artifacts, manifest })
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
