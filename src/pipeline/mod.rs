//! From a report to the files of a publication: every step in order, each ending where it is asked to.

mod account;
mod assembled;
mod foreign;
mod lengths;
pub mod manifest;
pub mod parts;
mod preview;
mod printed;
mod protected;
mod public;
mod render;
mod stages;
mod toolbox;
mod tried;

use std::sync::Arc;

use crate::check::Audit;
use crate::check::audit::Totals;
use crate::compare::State;
use crate::compute::statistics::Statistics;
use crate::diagnostic::Sink;
use crate::load::Library;
use crate::model::Project;
use crate::render::pdf;
use crate::resolve::Resolution;
use crate::source::SourceMap;
use crate::system::{Bytes, System};
use crate::versions::FileEntry;
use crate::versions::ledger::Ledger;

pub use parts::{Rendered, Whole, rendered_parts};
pub use preview::{Stage, page_files, set};
pub use printed::printed_text;
pub use render::{Beside, page, render, word};
pub use stages::{
    Audited, Figures, Proposed, audit, figures, gathered, merges, prepare, prepare_after, prepare_telling, propose,
};
pub use toolbox::Toolbox;
pub use tried::prints_the_same;

use manifest::Manifest;

/// What reports are made with: the files of a workspace, what was read of them before, and its templates, fonts and words.
#[derive(Clone, Copy)]
pub struct Workshop<'a> {
    pub system: &'a dyn System,
    pub library: &'a Library,
    pub toolbox: &'a Toolbox,
}

impl<'a> Workshop<'a> {
    /// The same on other files.
    #[must_use]
    pub fn on<'b>(self, system: &'b dyn System) -> Workshop<'b>
    where
        'a: 'b,
    {
        Workshop { system, ..self }
    }

    /// Takes out what no report has asked for since the last `turns` calls: pictures and paragraphs that are set, sheets, reports that others
    /// build on. Called by whoever owns a run or a session, when a report is done, with at least as many turns as reports are made at a time.
    pub fn evict(self, turns: usize) {
        // What was read is small beside what was set, and reports far from each other build on the same.
        self.library.evict(turns * 8);
        self.toolbox.reports.evict(turns * 8);
        self.toolbox.adopted.evict(turns * 8);
        pdf::evict(turns);
    }
}

/// One file of a publication; the path is relative to the version's folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Artifact {
    pub path: String,
    pub bytes: Bytes,
}

/// A report with everything computed and nothing rendered.
#[derive(Debug)]
pub struct Prepared {
    pub id: String,
    /// None where the report is too faulty to be resolved.
    pub ready: Option<Ready>,
    /// The versions that are published; of what is made from a report, those of its own.
    pub ledger: Ledger,
    pub sources: SourceMap,
    pub sink: Sink,
}

/// What rendering needs.
#[derive(Debug, Clone)]
pub struct Ready {
    pub project: Arc<Project>,
    pub statistics: Arc<Statistics>,
    pub resolution: Arc<Resolution>,
    /// Every number of the prose with what it rests on.
    pub audit: Audit,
    /// What the report says, as the ledger keeps it.
    pub state: Arc<State>,
    pub purpose: Purpose,
}

impl Ready {
    /// Every file that it was made of, with its hash, sorted by path.
    #[must_use]
    pub fn inputs(&self, toolbox: &Toolbox) -> Vec<FileEntry> {
        let all = self.project.inputs.iter().chain(&toolbox.inputs);
        let mut out: Vec<FileEntry> = all.map(|(path, bytes)| FileEntry::new(path, bytes)).collect();
        out.sort_by(|a, b| a.path.cmp(&b.path));
        out.dedup_by(|a, b| a.path == b.path);
        out
    }
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

/// The published versions of a report, and what is to become of this one.
struct History<'a> {
    ledger: &'a Ledger,
    purpose: Purpose,
}

/// A rendered publication.
#[derive(Debug)]
pub struct Publication {
    pub id: String,
    /// The report whose ledger it belongs to: itself, or the report that it is made from.
    pub report: String,
    pub version: String,
    pub artifacts: Vec<Artifact>,
    pub manifest: Manifest,
    /// What the numbers of its prose rest on, for whoever makes it.
    pub numbers: Totals,
}

impl Publication {
    /// The folder of the version, in the workspace.
    #[must_use]
    pub fn folder(&self) -> String {
        format!("output/{}/{}", self.id, self.version)
    }
}
