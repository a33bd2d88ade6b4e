//! From a report to the files of a publication: every step in order, then one move into place.

mod commit;
mod index;
mod manifest;

use std::collections::{BTreeMap, BTreeSet};

use sha2::{Digest, Sha256};

pub use commit::{CommitError, commit};
pub use index::write_index;
pub use manifest::Manifest;

use crate::chart;
use crate::check::{self, Audit};
use crate::compute::statistics::{self, Statistics};
use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::document::resolved::{Block, Inline, ResolvedDocument, plain_text};
use crate::locale::{Language, Locale};
use crate::model::Project;
use crate::render::data;
use crate::render::html::{self, HtmlTemplates, PageInput, PdfFile};
use crate::render::pdf::{self, Fonts, PdfInput};
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

/// Templates, fonts and words of a workspace, read once for all its reports.
pub struct Toolbox {
    html: HtmlTemplates,
    pdf: BTreeMap<String, String>,
    /// The workspace's own fonts before the built-in ones; none where it has none.
    fonts: Option<Fonts>,
    locales: Vec<Locale>,
    /// Style sheet and fonts of the page.
    assets: Vec<(String, Vec<u8>)>,
    /// Files of the workspace that replace built-in ones: inputs of the manifest.
    inputs: Vec<(String, Vec<u8>)>,
    pub site: Option<String>,
}

impl Toolbox {
    /// Reads `templates/` of a workspace; faults go to the sink.
    pub fn new(system: &dyn System, sink: &mut Sink) -> Option<Self> {
        // On another thread, for its time: citations are wanted only when everything is read.
        rayon::spawn(resolve::warm_up);
        chart::register_fonts(pdf::SANS_REGULAR, pdf::SANS_SEMIBOLD);
        let (workspace, _, problems) = load::load_workspace(system);
        // They are reported with each report, where their lines can be shown.
        drop(problems);
        let mut inputs = Vec::new();
        let builtin = html::builtin_templates();
        let same = |files: &BTreeMap<String, String>, name: &str, bytes: &[u8]| {
            files.get(name).is_some_and(|text| text.as_bytes() == bytes)
        };
        let is_asset = |name: &str, bytes: &[u8]| {
            html::assets().iter().any(|(known, content)| *known == name && *content == bytes)
        };
        let own_html = own_files(
            system,
            "templates/html",
            &|name, bytes| same(&builtin, name, bytes) || is_asset(name, bytes),
            &mut inputs,
        );
        let builtin_pdf = pdf::builtin_template();
        let own_pdf = own_files(system, "templates/pdf", &|name, bytes| same(&builtin_pdf, name, bytes), &mut inputs);
        let own_fonts = own_files(system, "templates/fonts", &|_, bytes| Fonts::is_builtin(bytes), &mut inputs);
        let assets = html::assets();
        let own_assets: BTreeMap<&str, &Vec<u8>> =
            own_html.iter().map(|(name, bytes)| (name.as_str(), bytes)).collect();
        let assets = assets
            .into_iter()
            .map(|(name, bytes)| {
                (name.to_owned(), own_assets.get(name).map_or_else(|| bytes.to_vec(), |own| (*own).clone()))
            })
            .collect();
        let text = |files: &BTreeMap<String, Vec<u8>>| -> BTreeMap<String, String> {
            files
                .iter()
                .filter_map(|(name, bytes)| Some((name.clone(), String::from_utf8(bytes.clone()).ok()?)))
                .collect()
        };
        let html = match HtmlTemplates::new(&text(&own_html)) {
            Ok(templates) => Some(templates),
            Err(problem) => {
                sink.push(Diagnostic::error(Code::TEMPLATE, format!("templates/html/{problem}")));
                None
            }
        };
        let mut pdf = builtin_pdf.clone();
        pdf.extend(text(&own_pdf));
        let (font_names, font_files): (Vec<String>, Vec<Vec<u8>>) =
            own_fonts.into_iter().filter(|(name, _)| name.ends_with(".ttf") || name.ends_with(".otf")).unzip();
        let fonts = if font_files.is_empty() {
            None
        } else {
            match Fonts::with_extra(font_files) {
                Ok(fonts) => Some(fonts),
                Err(error) => {
                    let name = &font_names[error.0];
                    sink.push(Diagnostic::error(
                        Code::FONT_UNKNOWN,
                        format!("templates/fonts/{name} is not a font that can be used"),
                    ));
                    None
                }
            }
        };
        let mut locales = Vec::new();
        for language in Language::ALL {
            let path = format!("templates/locales/{}.json", language.tag());
            let own = system.read(&path).ok().and_then(|bytes| String::from_utf8(bytes).ok());
            match Locale::new(language, workspace.rounding, own.as_deref().unwrap_or("{}")) {
                Ok(locale) => locales.push(locale),
                Err(reason) => {
                    sink.push(Diagnostic::error(Code::TEMPLATE, format!("`{path}` cannot be used: {reason}")))
                }
            }
            if let Some(own) = own
                && own != Locale::builtin_labels(language)
            {
                inputs.push((path, own.into_bytes()));
            }
        }
        let site = workspace.site.map(|site| site.value);
        Some(Self { html: html?, pdf, fonts, locales, assets, inputs, site })
    }

    fn fonts(&self) -> &Fonts {
        self.fonts.as_ref().unwrap_or_else(|| Fonts::builtin())
    }

    /// Words and formats of a language; none where its file cannot be used, which was reported.
    #[must_use]
    pub fn locale(&self, language: Language) -> Option<&Locale> {
        self.locales.iter().find(|locale| locale.language() == language)
    }
}

/// A workspace's files of a folder and its subfolders that differ from the built-in ones of the same name.
fn own_files(
    system: &dyn System,
    folder: &str,
    is_builtin: &dyn Fn(&str, &[u8]) -> bool,
    inputs: &mut Vec<(String, Vec<u8>)>,
) -> BTreeMap<String, Vec<u8>> {
    let mut out = BTreeMap::new();
    let mut open = vec![String::new()];
    while let Some(below) = open.pop() {
        for entry in system.list(&format!("{folder}/{below}")) {
            let name = format!("{below}{}", entry.name);
            if entry.folder {
                open.push(format!("{name}/"));
            } else if let Ok(bytes) = system.read(&format!("{folder}/{name}"))
                && !is_builtin(&name, &bytes)
            {
                inputs.push((format!("{folder}/{name}"), bytes.clone()));
                out.insert(name, bytes);
            }
        }
    }
    out
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
        (Some(project), Some(locale)) => statistics::compute(&project.findings, locale, &mut sink),
        _ => Statistics::default(),
    };
    Figures { project: loaded.project, statistics, sources: loaded.sources, sink }
}

fn ready(project: Project, toolbox: &Toolbox, sources: &SourceMap, sink: &mut Sink) -> Option<Ready> {
    let locale = toolbox.locale(project.report.language)?;
    let statistics = statistics::compute(&project.findings, locale, sink);
    let document = assemble::assemble(&project, &statistics, sink)?;
    let resolution = resolve::resolve(&project, &statistics, &document, (locale, sources), sink);
    // What a fault has kept from being printed is not unused.
    if !sink.has_errors() {
        assemble::check_unused(&project, &resolution.tables, &resolution.figures, sink);
    }
    check_fonts(&project, toolbox, sink);
    check_glyphs(&resolution.document, toolbox.fonts(), sink);
    check::rule::check_settings(&project.workspace.rules, sink);
    let input = check::Input {
        project: &project,
        statistics: &statistics,
        chapters: &document.chapters,
        printed: &resolution.printed,
        locale,
        sources,
    };
    let audit = check::run(&input, sink);
    Some(Ready { project, statistics, resolution, audit })
}

fn check_fonts(project: &Project, toolbox: &Toolbox, sink: &mut Sink) {
    let families = toolbox.fonts().families();
    for font in [&project.workspace.theme.text_font, &project.workspace.theme.heading_font] {
        if !families.iter().any(|family| family.eq_ignore_ascii_case(&font.value)) {
            sink.push(
                Diagnostic::error(Code::FONT_UNKNOWN, format!("there is no font `{}`", font.value))
                    .at(font.span)
                    .nearest(&font.value, families.iter().copied())
                    .help(format!(
                        "fonts at hand: {}; put others into templates/fonts as .ttf or .otf",
                        families.join(", ")
                    )),
            );
        }
    }
}

/// Characters that no font has, each with the words around it, before Typst would print an empty box.
fn check_glyphs(document: &ResolvedDocument, fonts: &Fonts, sink: &mut Sink) {
    let text = printed_text(document);
    for missing in fonts.missing_glyphs(&text) {
        let at = text.find(missing).unwrap_or(0);
        let before: String = text[..at].chars().rev().take(24).collect::<Vec<_>>().into_iter().rev().collect();
        let after: String = text[at..].chars().skip(1).take(24).collect();
        let context = format!("{before}{missing}{after}").replace('\n', " ");
        sink.push(
            Diagnostic::error(
                Code::GLYPH_MISSING,
                format!("no font has the character `{missing}` (U+{:04X})", u32::from(missing)),
            )
            .help(format!("it stands in: … {} …", context.trim()))
            .help("replace it, or put a font that has it into templates/fonts"),
        );
    }
}

/// All words that an author has written and a report prints, line by line.
#[must_use]
pub fn printed_text(document: &ResolvedDocument) -> String {
    let mut text =
        format!("{}\n{}\n", document.title_text, plain_text(document.subtitle.as_deref().unwrap_or_default()));
    let publisher = &document.publisher;
    let names = [Some(&publisher.name), publisher.unit.as_ref(), document.series.as_ref()];
    names.into_iter().flatten().for_each(|name| collect_line(name, &mut text));
    collect_line(&plain_text(document.notice.as_deref().unwrap_or_default()), &mut text);
    document.imprint.iter().for_each(|row| collect_line(&plain_text(&row.value), &mut text));
    for chapter in &document.chapters {
        collect(&chapter.blocks, &mut text);
    }
    for note in &document.notes {
        text.push_str(&plain_text(&note.content));
        text.push('\n');
    }
    text
}

fn collect_line(line: &str, out: &mut String) {
    out.push_str(line);
    out.push('\n');
}

fn collect(blocks: &[Block], out: &mut String) {
    fn line(out: &mut String, content: &[Inline]) {
        collect_line(&plain_text(content), out);
    }
    for block in blocks {
        match block {
            Block::Heading { content, .. } | Block::Paragraph { content } => line(out, content),
            Block::List { items, .. } => items.iter().for_each(|item| collect(item, out)),
            Block::Quote { blocks, attribution } => {
                line(out, attribution.as_deref().unwrap_or_default());
                collect(blocks, out);
            }
            Block::Callout { blocks, .. } => collect(blocks, out),
            Block::Definitions { items } => {
                for item in items {
                    out.push_str(&plain_text(&item.term));
                    item.descriptions.iter().for_each(|text| collect(text, out));
                }
            }
            Block::Table(table) => collect_table(table, out),
            Block::Chart(chart) => {
                line(out, &chart.caption);
                collect_table(&chart.table, out);
            }
            Block::Image(image) => line(out, image.caption.as_deref().unwrap_or_default()),
            Block::Assessment { items, .. } => items.iter().for_each(|item| line(out, &item.content)),
            Block::Statement { content, attribution, .. } => {
                line(out, content);
                line(out, attribution);
            }
            Block::Process { steps, .. } => {
                for step in steps {
                    line(out, &step.title);
                    line(out, step.text.as_deref().unwrap_or_default());
                }
            }
            Block::Bibliography { items } => items.iter().for_each(|item| line(out, &item.content)),
            Block::Code { text } => line(out, &[Inline::text(text.clone())]),
            Block::Rule => {}
        }
    }
}

fn collect_table(table: &crate::document::resolved::Table, out: &mut String) {
    let cells = table
        .head
        .iter()
        .flatten()
        .map(|cell| &cell.content)
        .chain(table.rows.iter().flat_map(|row| &row.cells).map(|c| &c.content));
    let notes =
        table.notes.iter().map(|note| &note.content).chain(&table.caption).chain(&table.note).chain(&table.source);
    for content in cells.chain(notes) {
        out.push_str(&plain_text(content));
        out.push('\n');
    }
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
