//! The valid project as plain data: what `load` gives and everything else reads. No step changes it.

mod breakdown;
mod cases;
mod catalogue;
mod counting;
mod demand;
mod derived;
mod disclosure;
mod document_name;
mod findings;
mod gathering;
mod kind;
mod licence;
mod parts;
mod proof;
mod report;
mod translation;

pub use breakdown::{Breakdown, Breakdowns, GroupName, SEX, Wording};
pub use cases::{
    Answers, Bins, CaseColumn, CaseKind, CaseValue, Category, CategoryOrder, Condition, Cross, CrossMeasure,
    CrossTotal, Dataset, MISSING, Range, Selection, Statistic, Test,
};
pub use catalogue::{Catalogue, DataTheme, PublisherType};
pub use counting::Counting;
pub use demand::Demand;
pub use derived::{Cells, DerivedColumn, Operation, RowOrder, Since};
pub use disclosure::{
    Amounts, AmountsTerms, CellName, Counts, Exemption, Persons, PersonsTerms, Policy, Prefer, SignedQuotation, Terms,
    WholeGroup, Zeros,
};
pub use document_name::document_name_fault;
pub use findings::{
    Area, Assessment, AssessmentItem, Behind, BehindKeys, CellValue, Column, Definition, Figure, Findings, Given,
    Process, ProcessStep, Ranking, Row, Statement, Table,
};
pub use gathering::{Gathered, GatheredMeasure, GatheredTable, Gathering, MeasureFigures};
pub use kind::{DocumentKind, Role};
pub use licence::Licence;
pub use parts::{
    DecisionPage, Deliverable, Download, Example, Examples, FollowUp, FollowUpItem, KeyFigure, KeyFigures, Measure,
    Outcome, Pair, Picture, Plan, Progress, Question, Survey, Timeline, TimelineEntry, UnitFollowUp,
};
pub use proof::{Proof, ProofCases, ProofWorld};
pub use report::{
    Change, CitationStyle, Decision, DecisionPlace, Exception, Imprint, ImprintKey, Level, LogoFile, Parameter,
    Publisher, Reliance, Report, ReportRow, RuleSetting, SignOff, Term, Theme, TranslationOf, Unit, Workspace,
};
pub use translation::{Difference, Lacking, Laid, Otherwise, Place, by_file};

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::document::Chapter;
use crate::document::annotation::{Annotations, Interval};
use crate::document::data::{Fold, Labels, Mark, Order, Orientation};
use crate::document::geography::Geography;
use crate::locale::Language;
use crate::source::{Span, Spanned, Text};
use crate::system::Bytes;
use crate::value::Exact;

/// One report with all that it is made of. What documents that are made from it have in common with it is shared.
#[derive(Debug, Clone)]
pub struct Project {
    pub workspace: Workspace,
    pub report: Report,
    /// The workspace's disclosure policy, tightened by the report's; nothing is hidden without one.
    pub policy: Option<Policy>,
    pub findings: Arc<Findings>,
    pub charts: Arc<Vec<ChartSpec>>,
    pub chapters: Arc<Vec<Chapter>>,
    /// The text of `sources.yaml`, checked; empty where there is none.
    pub sources: Arc<hayagriva::Library>,
    /// Where each source stands in `sources.yaml`.
    pub source_places: Arc<Vec<Spanned<String>>>,
    /// Pictures by their path in the workspace.
    pub images: Arc<BTreeMap<String, ImageFile>>,
    /// Files that readers can download, by their path in the workspace.
    pub downloads: Arc<BTreeMap<String, DownloadFile>>,
    /// The reports that this one builds on, in the order in which it names them. A report that several build on is held once.
    pub others: Vec<Arc<Project>>,
    /// Its versions that were published before this one, where a policy stands for it.
    pub published: Vec<String>,
    /// The report that this one is a translation of.
    pub original: Option<Arc<Project>>,
    /// How the words of a translation stand to those of its original.
    pub laid: Arc<Laid>,
    /// What this document is a part of, where it is made from a report.
    pub part: Option<Part>,
    pub whole: Option<Related>,
    /// What stands beside the report.
    pub companions: Vec<Related>,
    /// The companions that it names and does not build on, for the checks alone: nothing of them is printed.
    pub beside: Arc<Vec<Arc<Project>>>,
    /// The report of the period before, for the checks alone.
    pub previous: Option<Arc<Project>>,
    /// Every file that was read, with its bytes: the inputs of the manifest.
    pub inputs: Arc<Vec<(String, Bytes)>>,
}

impl Project {
    /// What is set for a rule: by the report, then by its workspace.
    pub fn settings<'a>(&'a self, code: &'a str) -> impl Iterator<Item = &'a RuleSetting> {
        self.report.rules.iter().chain(&self.workspace.rules).filter(move |setting| setting.code.value == code)
    }

    /// Whether it may hold numbers that nobody is to find out: a disclosure policy stands for it, or for a report that it builds on.
    #[must_use]
    pub fn is_protected(&self) -> bool {
        self.policy.is_some() || self.built_on(|other| other.policy.is_some()).is_some()
    }

    /// Who publishes: the report's own word before the workspace's.
    #[must_use]
    pub fn publisher(&self) -> Option<&Publisher> {
        self.report.publisher.as_ref().or(self.workspace.publisher.as_ref())
    }

    /// On what terms others may use it: the report's own word before the workspace's.
    #[must_use]
    pub fn licence(&self) -> Option<Licence> {
        self.report.licence.or(self.workspace.licence)
    }

    /// The findings that an id belongs to, and the id in them: `din-ratt-2016:response` is another report's. A report that is built on by
    /// way of another has a colon before its name as well.
    #[must_use]
    pub fn findings_of<'i>(&self, id: &'i str) -> (&Findings, &'i str) {
        match id.trim_start_matches(':').split_once(':') {
            Some((report, local)) => {
                self.other_called(report).map_or((&self.findings, id), |other| (&other.findings, local))
            }
            None => (&self.findings, id),
        }
    }

    /// The report that an id belongs to, where it is another's.
    #[must_use]
    pub fn other(&self, id: &str) -> Option<&Report> {
        let (report, _) = id.trim_start_matches(':').split_once(':')?;
        self.other_called(report).map(|other| &other.report)
    }

    fn other_called(&self, report: &str) -> Option<&Project> {
        self.built_on(|other| other.report.id == report)
    }

    /// A report that this one builds on, be it by way of others, of which something is true.
    fn built_on(&self, is_wanted: impl Fn(&Project) -> bool) -> Option<&Project> {
        let mut seen: BTreeSet<&str> = BTreeSet::new();
        let mut open: Vec<&Project> = self.others.iter().rev().map(Arc::as_ref).collect();
        while let Some(other) = open.pop() {
            if is_wanted(other) {
                return Some(other);
            }
            if seen.insert(&other.report.id) {
                open.extend(other.others.iter().map(Arc::as_ref));
            }
        }
        None
    }
}

/// What is made of a report by one line in its `report.yaml`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// What concerns the unit with this id.
    Unit(String),
    /// The page for the committee.
    Decision,
}

impl Part {
    #[must_use]
    pub fn kind(&self) -> DocumentKind {
        match self {
            Self::Unit(_) => DocumentKind::UnitExtract,
            Self::Decision => DocumentKind::DecisionPage,
        }
    }
}

/// Another publication that readers are led to.
#[derive(Debug, Clone)]
pub struct Related {
    pub id: String,
    pub version: String,
    pub kind: DocumentKind,
    pub language: Language,
    pub title: Text,
}

/// A picture and its name in the output.
#[derive(Debug, Clone)]
pub struct ImageFile {
    /// `assets/process.png`
    pub output: String,
    pub bytes: Bytes,
    /// Width and height in pixels, where the file tells.
    pub size: Option<(u32, u32)>,
    /// What it takes when it is unpacked, in bytes.
    pub memory: u64,
    /// Where it is named first.
    pub span: Span,
}

/// A file for download and its name in the output.
#[derive(Debug, Clone)]
pub struct DownloadFile {
    /// `files/skrivelse.pdf`
    pub output: String,
    pub bytes: Bytes,
}

/// Where the regions of a chart come from.
#[derive(Debug, Clone)]
pub struct MapSpec {
    pub geography: Arc<Geography>,
    /// The property that rows are found by; none: the one that most are found by.
    pub key: Option<Text>,
    pub layer: Option<Text>,
    /// Regions without row are left out.
    pub rows_only: bool,
    /// Where the colours change, rising.
    pub classes: Vec<Spanned<Exact>>,
    /// Where its file is named.
    pub span: Span,
}

/// A chart as its file in `charts/<report>/` describes it.
#[derive(Debug, Clone)]
pub struct ChartSpec {
    /// The file's name without `.yaml`.
    pub id: Spanned<String>,
    pub table: Spanned<String>,
    pub mark: Mark,
    pub orientation: Option<Orientation>,
    /// Column ids, `total` included; empty: the default of the mark.
    pub series: Vec<Text>,
    /// Row ids; empty: all.
    pub rows: Vec<Text>,
    pub order: Order,
    pub percent: bool,
    pub axis_from: Option<Spanned<Exact>>,
    pub labels: Option<Labels>,
    pub map: Option<MapSpec>,
    /// What a panel of its own is drawn for: `series`, or a column of words.
    pub by: Option<Text>,
    pub fold: Option<Fold>,
    pub annotations: Annotations,
    pub intervals: Vec<Interval>,
    pub caption: Text,
    /// Replaces the description that the program writes.
    pub description: Option<Text>,
    pub note: Option<Text>,
    pub source: Option<Text>,
    pub span: Span,
}
