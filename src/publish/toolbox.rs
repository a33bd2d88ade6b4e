//! What a workspace gives to all its reports: templates, fonts and words, its own before the built-in ones.

use std::collections::BTreeMap;

use crate::chart;
use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::load;
use crate::locale::{Language, Locale};
use crate::render::html::{self, HtmlTemplates};
use crate::render::pdf::{self, Fonts};
use crate::system::System;

use super::manifest::Tool;

/// Templates, fonts and words of a workspace, read once for all its reports.
pub struct Toolbox {
    pub(super) html: HtmlTemplates,
    pub(super) pdf: BTreeMap<String, String>,
    /// The workspace's own fonts before the built-in ones; none where it has none.
    fonts: Option<Fonts>,
    locales: Vec<Locale>,
    /// Style sheet and fonts of the page.
    pub(super) assets: Vec<(String, Vec<u8>)>,
    /// Templates, styles and words that are used, built-in ones too, and the workspace's own fonts: inputs of the manifest.
    pub(super) inputs: Vec<(String, Vec<u8>)>,
    pub site: Option<String>,
}

impl Toolbox {
    /// Reads `templates/` of a workspace; faults go to the sink.
    pub fn new(system: &dyn System, sink: &mut Sink) -> Option<Self> {
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
        let own_html =
            own_files(system, "templates/html", &|name, bytes| same(&builtin, name, bytes) || is_asset(name, bytes));
        let builtin_pdf = pdf::builtin_template();
        let own_pdf = own_files(system, "templates/pdf", &|name, bytes| same(&builtin_pdf, name, bytes));
        let own_fonts = own_files(system, "templates/fonts", &|_, bytes| Fonts::is_builtin(bytes));
        // The built-in templates are inputs as well: a version is built again with those that it was published with.
        let style = html::assets().into_iter().filter(|(name, _)| name.ends_with(".css"));
        let style = style.map(|(name, bytes)| (name.to_owned(), bytes.to_vec()));
        let bytes = |(name, text): (&String, &String)| (name.clone(), text.clone().into_bytes());
        add_inputs(
            "html",
            builtin.iter().filter(|(name, _)| of_report(name)).map(bytes).chain(style),
            &own_html,
            &mut inputs,
        );
        add_inputs("pdf", builtin_pdf.iter().map(bytes), &own_pdf, &mut inputs);
        add_inputs("fonts", std::iter::empty(), &own_fonts, &mut inputs);
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
            let used = own.unwrap_or_else(|| Locale::builtin_labels(language).to_owned());
            inputs.push((path, used.into_bytes()));
        }
        let site = workspace.site.map(|site| site.value);
        Some(Self { html: html?, pdf, fonts, locales, assets, inputs, site })
    }

    /// The program and the templates that it uses.
    #[must_use]
    pub fn tool(&self) -> Tool {
        let mut lines: Vec<String> =
            self.inputs.iter().map(|(path, bytes)| format!("{} {path}\n", super::sha256(bytes))).collect();
        lines.sort();
        Tool {
            name: "belagg".to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            templates: super::sha256(lines.concat().as_bytes()),
        }
    }

    /// The workspace's own fonts and the built-in ones.
    #[must_use]
    pub fn fonts(&self) -> &Fonts {
        self.fonts.as_ref().unwrap_or_else(|| Fonts::builtin())
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
    builtin: impl Iterator<Item = (String, Vec<u8>)>,
    own: &BTreeMap<String, Vec<u8>>,
    inputs: &mut Vec<(String, Vec<u8>)>,
) {
    let kept = builtin.filter(|(name, _)| !own.contains_key(name));
    let all = kept.chain(own.iter().map(|(name, bytes)| (name.clone(), bytes.clone())));
    inputs.extend(all.map(|(name, bytes)| (format!("templates/{folder}/{name}"), bytes)));
}

/// A workspace's files of a folder and its subfolders that differ from the built-in ones of the same name.
fn own_files(system: &dyn System, folder: &str, is_builtin: &dyn Fn(&str, &[u8]) -> bool) -> BTreeMap<String, Vec<u8>> {
    let mut out = BTreeMap::new();
    let mut open = vec![String::new()];
    while let Some(below) = open.pop() {
        for entry in system.list(format!("{folder}/{below}").trim_end_matches('/')) {
            let name = format!("{below}{}", entry.name);
            if entry.folder {
                open.push(format!("{name}/"));
            } else if let Ok(bytes) = system.read(&format!("{folder}/{name}"))
                && !is_builtin(&name, &bytes)
            {
                out.insert(name, bytes);
            }
        }
    }
    out
}
