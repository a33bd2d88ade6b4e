//! The manifest: what a publication was made of and consists of, with a hash of each file.

use serde::{Deserialize, Serialize};

use crate::check::audit::Totals;
use crate::document::resolved::{Status, plain_text};
use crate::render::html::PdfFile;
use crate::system::System;
use crate::versions::{FileEntry, Tool, internal_record};

use super::{Artifact, Purpose, Ready, Toolbox};

/// Name of the file in a version's folder.
pub const FILE: &str = "manifest.json";

/// Version of the manifest's form. A field renamed or removed raises it.
pub const SCHEMA: u32 = 1;

/// `manifest.json`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    pub schema: u32,
    pub tool: Tool,
    pub report: ReportEntry,
    /// A disclosure policy stands: what depends on data that the publication does not show is left out.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub protected: bool,
    /// What the numbers of the prose rest on. The checks see the true ones, so that where some are hidden this would tell of them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub numbers: Option<Totals>,
    /// Files of the workspace that the publication was made of, sorted by path; of a protected one only those that hold no data.
    pub inputs: Vec<FileEntry>,
    /// Files of the publication, the manifest itself apart, sorted by path.
    pub outputs: Vec<FileEntry>,
}

/// What a list of reports says of one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportEntry {
    pub id: String,
    pub kind: String,
    pub kind_label: String,
    pub title: String,
    pub subtitle: Option<String>,
    pub description: String,
    pub language: String,
    pub version: String,
    pub status: Status,
    /// As precise as the author gave it: `2021-06`.
    pub date: String,
    pub pages: usize,
    pub pdf: String,
    pub pdf_bytes: u64,
    pub tables: usize,
    pub charts: usize,
    pub notes: usize,
    /// It is a published version: no build may put anything in its place.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub published: bool,
    /// What a catalogue says of it besides; none in versions from before there was one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<About>,
}

/// What only catalogues ask of a report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct About {
    pub publisher: String,
    pub keywords: Vec<String>,
    /// By the name that SPDX has for it.
    pub licence: Option<String>,
    /// First and last day of what is reported on, as precise as the author gave them.
    pub period: Option<(String, String)>,
    /// The report that it was made from, as an extract is.
    pub part_of: Option<String>,
}

impl Manifest {
    pub fn new(ready: &Ready, toolbox: &Toolbox, pdf: &PdfFile, artifacts: &[Artifact]) -> Self {
        let document = &ready.resolution.document;
        let protected = ready.project.is_protected();
        Self {
            schema: SCHEMA,
            tool: toolbox.tool(),
            protected,
            report: ReportEntry {
                id: document.id.clone(),
                kind: document.kind.clone(),
                kind_label: document.kind_label.clone(),
                title: document.title_text.clone(),
                // The title of an extract holds it already.
                subtitle: document
                    .subtitle
                    .as_deref()
                    .map(plain_text)
                    .filter(|words| !document.title_text.to_lowercase().ends_with(&words.to_lowercase())),
                description: document.description.clone(),
                language: document.language.clone(),
                version: document.version.clone(),
                status: document.status,
                date: document.date.iso.clone(),
                pages: pdf.pages,
                pdf: pdf.path.clone(),
                pdf_bytes: pdf.bytes,
                tables: document.table_count,
                charts: document.chart_count,
                notes: document.notes.len(),
                published: ready.purpose != Purpose::Preview,
                about: toolbox.described.then(|| About {
                    publisher: document.publisher.name.clone(),
                    keywords: document.keywords.clone(),
                    licence: document.licence.as_ref().map(|licence| licence.name.clone()),
                    period: document.period.clone(),
                    part_of: ready.project.whole.as_ref().map(|whole| whole.id.clone()),
                }),
            },
            numbers: (!protected).then(|| ready.audit.totals()),
            inputs: internal_record::public_inputs(&ready.project, ready.inputs(toolbox)),
            outputs: artifacts.iter().map(|artifact| FileEntry::new(&artifact.path, &artifact.bytes)).collect(),
        }
    }

    /// What the manifest in a folder of `output/` says of it; none where there is none that can be read.
    #[must_use]
    pub fn read(system: &dyn System, folder: &str) -> Option<Self> {
        system.read(&format!("{folder}/{FILE}")).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok())
    }

    /// The file's text.
    #[must_use]
    pub fn to_json(&self) -> String {
        // Plain data of strings and numbers always serialises.
        serde_json::to_string_pretty(self).map(|text| text + "\n").unwrap_or_default()
    }
}
