//! A report that was prepared, as the files of its folder.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::diagnostic::{Code, Diagnostic, Said, Sink, say};
use crate::document::address;
use crate::document::export::DataTable;
use crate::document::resolved::ResolvedDocument;
use crate::model::Demand;
use crate::render::citation::{self, Citation};
use crate::render::contents::{self, Contents};
use crate::render::html::{PageInput, PdfFile, WorkbookFile};
use crate::render::pdf::{self, Attachment, PdfInput};
use crate::render::word::{self, PictureFiles};
use crate::render::workbook::{Format, Workbook};
use crate::render::{card, csvw, data};
use crate::system::Bytes;
use crate::{check, limits};

use super::foreign;
use super::manifest::{self, Manifest};
use super::{Artifact, Publication, Ready, Toolbox};

/// Renders everything of a report that has no errors; faults of templates go to the sink.
pub fn render(ready: &Ready, toolbox: &Toolbox, sink: &mut Sink) -> Option<Publication> {
    let document = &ready.resolution.document;
    let images = images(ready);
    let mut data_files = Vec::new();
    for table in &ready.resolution.data {
        data_files.push(Artifact { path: format!("data/{}.csv", table.id), bytes: data::csv(table).into() });
        data_files.push(Artifact { path: format!("data/{}.json", table.id), bytes: data::json(table).into() });
        if toolbox.described {
            let path = csvw::path(&format!("data/{}.csv", table.id));
            data_files.push(Artifact { path, bytes: csvw::metadata(table, document).into() });
        }
    }
    let attachments = if document.attach_data {
        let manifest = Manifest::new(ready, toolbox, &PdfFile::default(), &data_files);
        attachments(ready, &data_files, &manifest)
    } else {
        Vec::new()
    };
    let _turn = Turn::wait(ready);
    if !check_pictures(ready, sink) {
        return None;
    }
    let input = PdfInput {
        document,
        template: &toolbox.pdf,
        assets: &images,
        attachments: &attachments,
        fonts: toolbox.fonts(),
    };
    let pdf = pdf::render(&input).map_err(|problems| sink.extend(unset(ready, problems))).ok();
    if let Some(pdf) = &pdf {
        let mut demands = Sink::default();
        check_pages(ready, pdf.pages, &mut demands);
        check::weigh(&ready.project, &mut demands);
        sink.extend(demands);
    }
    let file = pdf.as_ref().map(|pdf| PdfFile {
        path: format!("{}.pdf", document.id),
        pages: pdf.pages,
        bytes: pdf.bytes.len() as u64,
    });
    let workbooks = workbooks(ready, toolbox, sink);
    let card = card(document, toolbox);
    let files = workbooks.iter().map(|(format, file)| WorkbookFile {
        format: *format,
        path: file.path.clone(),
        bytes: file.bytes.len() as u64,
    });
    let beside =
        Beside { pdf: file.clone(), workbooks: files.collect(), data: &ready.resolution.data, card: card.is_some() };
    let page = page(document, toolbox, beside, sink);
    let (pdf, file, page) = (pdf?, file?, page?);

    let mut artifacts = vec![
        Artifact { path: file.path.clone(), bytes: pdf.bytes.into() },
        Artifact { path: "index.html".to_owned(), bytes: page.into() },
    ];
    artifacts.extend(
        toolbox.assets.iter().map(|(name, bytes)| Artifact { path: format!("assets/{name}"), bytes: bytes.clone() }),
    );
    artifacts.extend(images.into_iter().map(|(path, bytes)| Artifact { path, bytes }));
    let files = ready.project.downloads.values();
    artifacts.extend(files.map(|file| Artifact { path: file.output.clone(), bytes: file.bytes.clone() }));
    artifacts.extend(charts(document));
    artifacts.extend(data_files);
    artifacts.extend(card);
    artifacts.extend(workbooks.into_iter().map(|(_, file)| file));
    artifacts.extend(citations(document, toolbox));
    if toolbox.contents {
        let said = Contents::new(document, &ready.resolution.data).to_json();
        artifacts.push(Artifact { path: contents::FILE.to_owned(), bytes: said.into() });
    }
    artifacts.sort_by(|a, b| a.path.cmp(&b.path));
    let manifest = Manifest::new(ready, toolbox, &file, &artifacts);
    artifacts.push(Artifact { path: manifest::FILE.to_owned(), bytes: manifest.to_json().into() });
    let report = ready.project.whole.as_ref().map_or(&document.id, |whole| &whole.id).clone();
    let (id, version, numbers) = (document.id.clone(), document.version.clone(), ready.audit.totals());
    Some(Publication { id, report, version, artifacts, manifest, numbers })
}

/// What lies beside a page, which it leads to and tells of.
#[derive(Default)]
pub struct Beside<'a> {
    pub pdf: Option<PdfFile>,
    pub workbooks: Vec<WorkbookFile>,
    pub data: &'a [DataTable],
    pub card: bool,
}

/// The page of a document; faults of templates go to the sink.
pub fn page(document: &ResolvedDocument, toolbox: &Toolbox, beside: Beside<'_>, sink: &mut Sink) -> Option<String> {
    let path = address::folder(&document.id, &document.version);
    let Beside { pdf, workbooks, data, card } = beside;
    let data = toolbox.described.then_some(data);
    let citation = citation(document, toolbox);
    let citation = citation.as_ref();
    let site = toolbox.site();
    let page = toolbox.html.page(&PageInput { document, pdf, workbooks, citation, data, card, site, path: &path });
    page.map_err(|problem| sink.push(foreign::page(&problem))).ok()
}

/// How to cite a document; none for versions from before that was told.
fn citation(document: &ResolvedDocument, toolbox: &Toolbox) -> Option<Citation> {
    let address = toolbox.site().map(|site| address::version(site, &document.id, &document.version));
    toolbox.citations.then(|| Citation::new(document, address.as_deref()))
}

/// The forms of it that reference managers take, as files beside the page.
fn citations(document: &ResolvedDocument, toolbox: &Toolbox) -> Vec<Artifact> {
    let Some(citation) = citation(document, toolbox) else { return Vec::new() };
    vec![
        Artifact { path: citation::bibtex_file(&document.id), bytes: citation.bibtex.into() },
        Artifact { path: citation::ris_file(&document.id), bytes: citation.ris.into() },
    ]
}

/// The picture that stands for the report where its page is shared. Who shows it asks for a whole address, so there is none where the website
/// is not known.
fn card(document: &ResolvedDocument, toolbox: &Toolbox) -> Option<Artifact> {
    toolbox.site().filter(|_| toolbox.described)?;
    let bytes = card::png(document, toolbox.fonts())?;
    Some(Artifact { path: card::FILE.to_owned(), bytes: bytes.into() })
}

/// The report as a Word document to comment on.
///
/// # Errors
/// More than a file of that kind can hold.
pub fn word(ready: &Ready, toolbox: &Toolbox) -> Result<Vec<u8>, Said> {
    let images = images(ready);
    word::render(&ready.resolution.document, &PictureFiles::new(&images, toolbox.fonts()))
}

/// The report's pictures, by the names that the document has for them.
pub(super) fn images(ready: &Ready) -> BTreeMap<String, Bytes> {
    ready.project.images.values().map(|file| (file.output.clone(), file.bytes.clone())).collect()
}

/// Why the PDF could not be set.
pub(super) fn unset(ready: &Ready, problems: Vec<pdf::PdfProblem>) -> Sink {
    let mut sink = Sink::default();
    for problem in problems {
        let in_blocks = problem.place.as_ref().is_some_and(|(file, _)| file.ends_with("blocks.typ"));
        let place = problem.place.as_ref();
        let place =
            place.map(|(file, line)| say!(" (templates/pdf/{file}, line {line})", file, line)).unwrap_or_default();
        let mut diagnostic = Diagnostic::error(
            Code::TYPST,
            say!("the PDF could not be set: {why}{place}", place, why = foreign::typeset(&problem.message)),
        );
        if place.is_empty() {
            diagnostic = diagnostic.label(ready.project.report.kind.span, say!("when this report was set"));
        }
        if let Some(line) = problem.own {
            diagnostic = diagnostic.help(say!("templates/pdf/{own}, line {line}, led there", line, own = pdf::OWN));
        }
        // It was called with what every setter is called with.
        if problem.message.contains("argument") && in_blocks {
            let own = pdf::OWN;
            diagnostic = diagnostic.help(say!("a function in templates/pdf/{own} takes `(node, blocks, room)`", own));
        }
        sink.push(problem.hints.iter().fold(diagnostic, |found, hint| found.help(Said::quoted(hint))));
    }
    sink
}

/// The tables as workbooks, beside the PDF.
fn workbooks(ready: &Ready, toolbox: &Toolbox, sink: &mut Sink) -> Vec<(Format, Artifact)> {
    let document = &ready.resolution.document;
    let Some(book) = Workbook::new(document, &ready.resolution.data).filter(|_| toolbox.workbooks) else {
        return Vec::new();
    };
    let mut out = Vec::new();
    for (extension, format) in Format::WORDS {
        let path = format!("{}.{extension}", document.id);
        match book.write(*format) {
            Ok(bytes) => out.push((*format, Artifact { path, bytes: bytes.into() })),
            Err(reason) => {
                sink.push(Diagnostic::error(
                    Code::PROGRAM_FAILED,
                    say!("{path} could not be made: {reason}", path, reason),
                ));
            }
        }
    }
    out
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
        bytes: manifest.to_json().into(),
    });
    out
}

/// Reports pictures that Typst cannot read, each where it is named: Typst itself would name a line of the template.
pub(super) fn check_pictures(ready: &Ready, sink: &mut Sink) -> bool {
    let mut fine = true;
    for (path, file) in ready.project.images.iter() {
        if let Some(reason) = pdf::picture_fault(&file.output, &file.bytes) {
            fine = false;
            sink.push(
                Diagnostic::error(Code::PICTURE_DAMAGED, say!("`{path}` cannot be read: {reason}", path, reason))
                    .at(file.span)
                    .help(say!("open it in a picture program and save it anew")),
            );
        }
    }
    fine
}

/// Several reports are set at a time; those with large pictures one after the other, or they would share out the memory of the machine.
pub(super) struct Turn {
    _held: Option<MutexGuard<'static, ()>>,
}

impl Turn {
    pub(super) fn wait(ready: &Ready) -> Self {
        static LARGE: Mutex<()> = Mutex::new(());
        let memory: u64 = ready.project.images.values().map(|file| file.memory).sum();
        let large = memory > limits::PICTURES_MEMORY / 5;
        Self { _held: large.then(|| LARGE.lock().unwrap_or_else(PoisonError::into_inner)) }
    }
}

/// Reports a document that has grown longer than its kind may be.
pub(super) fn check_pages(ready: &Ready, pages: usize, sink: &mut Sink) {
    let report = &ready.project.report;
    if let Some(limit) = report.kind.value.pages()
        && pages > limit
    {
        let found = Demand::Pages.unmet(say!(
            "the PDF has {pages} pages; a document of the kind `{kind}` has at most {limit}",
            pages,
            kind = report.kind.value.name(),
            limit
        ));
        let found = found.at(report.kind.span).help(say!("shorten the text, or take a table or picture out"));
        if let Some(found) = report.without(Demand::Pages, found) {
            sink.push(found);
        }
    }
}

pub(super) fn charts(document: &ResolvedDocument) -> Vec<Artifact> {
    let charts = document.charts().into_iter();
    charts.map(|chart| Artifact { path: chart.path.clone(), bytes: chart.svg.as_str().into() }).collect()
}
