//! What a workspace gives to all its reports: templates, fonts and words, its own before the built-in ones.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::compute::adopt::Adopted;
use crate::diagnostic::{Code, Diagnostic, Sink, say};
use crate::gather::Reports;
use crate::load::{self, Library};
use crate::locale::{Language, Locale};
use crate::model::{Report, Workspace};
use crate::render::html::{self, HtmlTemplates};
use crate::render::pdf::{self, Fonts};
use crate::system::{Bytes, ReadError, System};
use crate::versions::Tool;

use super::foreign;

/// Templates, fonts and words of a workspace, read once for all its reports.
pub struct Toolbox {
    pub(crate) html: HtmlTemplates,
    pub(super) pdf: BTreeMap<String, String>,
    /// The workspace's own fonts before the built-in ones; none where it has none.
    fonts: Option<Fonts>,
    pub(super) locales: Vec<Locale>,
    /// Style sheet, script and fonts of the page.
    pub(crate) assets: Vec<(String, Bytes)>,
    /// Templates, styles and words that are used, built-in ones too, and the workspace's own fonts: inputs of the manifest.
    pub(crate) inputs: Vec<(String, Bytes)>,
    /// Reports have workbooks of their tables. Versions from before there were any do not.
    pub(crate) workbooks: bool,
    /// Reports tell how to cite them, in files too. Versions from before that do not.
    pub(crate) citations: bool,
    /// Reports have a file of what they say, and addresses of their passages. Versions from before there was any do not.
    pub(crate) contents: bool,
    /// Data and page are described for programs. Versions from before they were are not.
    pub(crate) described: bool,
    /// What holds for all reports.
    pub(crate) workspace: Workspace,
    /// Reports with what they have from others, gathered with the words of this workspace.
    pub(super) reports: Reports,
    /// Figures that reports have from others, with the words of this workspace.
    pub(super) adopted: Adopted,
}

impl Toolbox {
    /// Reads `templates/` of a workspace; faults go to the sink.
    pub fn new(system: &dyn System, library: &Library, sink: &mut Sink) -> Option<Self> {
        let (workspace, _, problems) = load::load_workspace(system, library);
        // They are reported with each report, where their lines can be shown.
        drop(problems);
        let mut inputs = Vec::new();
        let builtin = html::builtin_templates();
        let same = |files: &BTreeMap<String, String>, name: &str, bytes: &[u8]| {
            files.get(name).is_some_and(|text| text.as_bytes() == bytes)
        };
        let is_asset = |name: &str, bytes: &[u8]| {
            let beside = html::site_assets().into_iter().map(|(_, name, content)| (name, content));
            let all = html::assets().into_iter().chain(beside);
            all.into_iter().any(|(known, content)| known == name && html::is_builtin((known, content), bytes))
        };
        let known = |name: &str, bytes: &[u8]| same(&builtin, name, bytes) || is_asset(name, bytes);
        let own_html = own_files(system, "templates/html", &known, sink);
        let builtin_pdf = pdf::builtin_template();
        let own_pdf = own_files(system, "templates/pdf", &|name, bytes| same(&builtin_pdf, name, bytes), sink);
        // A licence beside the fonts makes nothing.
        let of_no_use = |name: &str, bytes: &[u8]| !is_font(name) || Fonts::is_builtin(bytes);
        let own_fonts = own_files(system, "templates/fonts", &of_no_use, sink);
        let sent = |name: &str, bytes: &[u8]| Bytes::from(&*html::sent(name, bytes));
        // The built-in templates are inputs as well: a version is built again with those that it was published with.
        let written = html::assets().into_iter().filter(|(name, _)| html::is_written(name));
        let written = written.map(|(name, bytes)| (name.to_owned(), sent(name, bytes)));
        let bytes = |(name, text): (&String, &String)| (name.clone(), text.as_str().into());
        add_inputs(
            "html",
            builtin.iter().filter(|(name, _)| of_report(name)).map(bytes).chain(written),
            &own_html,
            &mut inputs,
        );
        add_inputs("pdf", builtin_pdf.iter().map(bytes), &own_pdf, &mut inputs);
        add_inputs("fonts", std::iter::empty(), &own_fonts, &mut inputs);
        let assets = html::assets();
        let own_assets: BTreeMap<&str, &Bytes> = own_html.iter().map(|(name, bytes)| (name.as_str(), bytes)).collect();
        let own_style = own_assets.get(html::OWN_STYLE).map(|own| (html::OWN_STYLE.to_owned(), (*own).clone()));
        let assets = assets
            .into_iter()
            .map(|(name, bytes)| {
                (name.to_owned(), own_assets.get(name).map_or_else(|| sent(name, bytes), |own| (*own).clone()))
            })
            .chain(own_style)
            .collect();
        let texts = |folder: &str, files: &BTreeMap<String, Bytes>, sink: &mut Sink| -> BTreeMap<String, String> {
            let own = files.iter().filter(|(name, _)| is_text(name));
            own.filter_map(|(name, bytes)| Some((name.clone(), text(&format!("{folder}/{name}"), bytes, sink)?)))
                .collect()
        };
        let html = match HtmlTemplates::new(&texts("templates/html", &own_html, sink)) {
            Ok(templates) => Some(templates),
            Err(problem) => {
                sink.push(foreign::page(&problem));
                None
            }
        };
        let mut pdf = builtin_pdf.clone();
        pdf.extend(texts("templates/pdf", &own_pdf, sink));
        let (font_names, font_files): (Vec<String>, Vec<Bytes>) = own_fonts.into_iter().unzip();
        let fonts = if font_files.is_empty() {
            None
        } else {
            match Fonts::with_extra(font_files) {
                Ok(fonts) => Some(fonts),
                Err(error) => {
                    let name = &font_names[error.0];
                    sink.push(Diagnostic::error(
                        Code::FONT_UNKNOWN,
                        say!("templates/fonts/{name} is not a font that can be used", name),
                    ));
                    None
                }
            }
        };
        let mut locales = Vec::new();
        for (_, language) in Language::WORDS {
            let path = language.labels_path();
            let own = match system.read(&path) {
                Ok(bytes) => text(&path, &bytes, sink),
                Err(ReadError::Missing) => None,
                Err(error) => {
                    sink.push(load::cannot_read(&path, &error));
                    None
                }
            };
            match Locale::new(*language, workspace.rounding, own.as_deref().unwrap_or("{}")) {
                Ok(mut locale) => {
                    locale.name_groups(workspace.breakdowns.names(&locale));
                    locales.push(locale);
                }
                Err(reason) => sink
                    .push(Diagnostic::error(Code::TEMPLATE, say!("`{path}` cannot be used: {reason}", path, reason))),
            }
            let used = own.unwrap_or_else(|| language.labels().to_owned());
            inputs.push((path, used.into()));
        }
        let (reports, adopted) = Default::default();
        Some(Self {
            html: html?,
            pdf,
            fonts,
            locales,
            assets,
            inputs,
            workbooks: true,
            citations: true,
            contents: true,
            described: true,
            workspace,
            reports,
            adopted,
        })
    }

    /// The program and the templates that it uses.
    #[must_use]
    pub fn tool(&self) -> Tool {
        Tool {
            name: "belagg".to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            templates: Tool::hash_of(&self.inputs),
        }
    }

    /// The workspace's own fonts and the built-in ones.
    #[must_use]
    pub fn fonts(&self) -> &Fonts {
        self.fonts.as_ref().unwrap_or_else(|| Fonts::builtin())
    }

    /// Where the website publishes `output/`.
    #[must_use]
    pub fn site(&self) -> Option<&str> {
        self.workspace.site.as_ref().map(|site| site.value.as_str())
    }

    /// Words and formats of a report, its own words before those of its language.
    #[must_use]
    pub fn locale_of(&self, report: &Report) -> Option<Cow<'_, Locale>> {
        let locale = self.locale(report.language)?;
        let own = report.labels.iter().map(|(key, text)| (key.value.as_str(), text.value.as_str()));
        Some(if report.labels.is_empty() { Cow::Borrowed(locale) } else { Cow::Owned(locale.with_labels(own)) })
    }

    /// Words and formats of a language; none where its file cannot be used, which was reported.
    #[must_use]
    pub fn locale(&self, language: Language) -> Option<&Locale> {
        self.locales.iter().find(|locale| locale.language() == language)
    }
}

/// Whether a page template makes reports, not the pages about them, which are made anew with every build.
fn of_report(name: &str) -> bool {
    !name.starts_with("site/") && name != "index.html"
}

/// The files of a folder of templates that are used: the workspace's own, and the built-in ones that they do not replace.
fn add_inputs(
    folder: &str,
    builtin: impl Iterator<Item = (String, Bytes)>,
    own: &BTreeMap<String, Bytes>,
    inputs: &mut Vec<(String, Bytes)>,
) {
    let kept = builtin.filter(|(name, _)| !own.contains_key(name));
    let all = kept.chain(own.iter().map(|(name, bytes)| (name.clone(), bytes.clone())));
    inputs.extend(all.map(|(name, bytes)| (format!("templates/{folder}/{name}"), bytes)));
}

fn is_font(name: &str) -> bool {
    name.ends_with(".ttf") || name.ends_with(".otf")
}

/// A workspace's files of a folder and its subfolders that differ from the built-in ones of the same name. One that cannot be read is an
/// error: a report that is printed without it is not the one that was meant.
fn own_files(
    system: &dyn System,
    folder: &str,
    is_builtin: &dyn Fn(&str, &[u8]) -> bool,
    sink: &mut Sink,
) -> BTreeMap<String, Bytes> {
    let mut out = BTreeMap::new();
    let names = system.walk(folder).unwrap_or_else(|(place, error)| {
        sink.push(load::cannot_read(&place, &error));
        Vec::new()
    });
    for name in names {
        let path = format!("{folder}/{name}");
        match system.read(&path) {
            Ok(bytes) if is_builtin(&name, &bytes) => {}
            Ok(bytes) => {
                out.insert(name, bytes);
            }
            Err(error) => sink.push(load::cannot_read(&path, &error)),
        }
    }
    out
}

/// Whether a file beside the templates is one that is read as text; pictures may lie there too.
fn is_text(name: &str) -> bool {
    [".html", ".typ", ".css", ".json", ".txt", ".svg", ".xml"].iter().any(|end| name.ends_with(end))
}

/// The text of a file of the workspace; one that is not UTF-8 is an error.
fn text(path: &str, bytes: &[u8], sink: &mut Sink) -> Option<String> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Some(text.strip_prefix('\u{feff}').unwrap_or(text).to_owned()),
        Err(error) => {
            let line = bytes[..error.valid_up_to()].iter().filter(|byte| **byte == b'\n').count() + 1;
            sink.push(
                Diagnostic::error(Code::FILE_NOT_UTF8, say!("`{path}` is not UTF-8 (line {line})", path, line))
                    .help(say!("save the file as UTF-8")),
            );
            None
        }
    }
}
