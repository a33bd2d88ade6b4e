//! A manuscript as the files of a report: chapters, findings, pictures and report.yaml, and a list of what needs a hand.

mod blocks;
mod chart;
mod column;
pub mod escape;
mod hands;
mod inline;
mod plan;
mod report;
mod sources;
mod table;
#[cfg(test)]
mod tests;
mod yaml;

use crate::diagnostic::Tongue;
use crate::locale::Language;
use crate::model::DocumentKind;
use crate::system::Bytes;

use super::manuscript::Manuscript;
use super::remark::Remark;
use plan::Plan;

/// What the report is to be.
#[derive(Debug, Clone)]
pub struct Wanted {
    /// Its folder in content/.
    pub id: String,
    pub kind: DocumentKind,
    /// Otherwise that of the document.
    pub language: Option<Language>,
    /// What the list of what needs a hand is written in.
    pub tongue: Tongue,
}

/// The files of a report, by their paths in the workspace.
#[derive(Debug, Default)]
pub struct Imported {
    pub files: Vec<(String, Bytes)>,
    pub hands: Vec<Hand>,
}

/// Something that needs a hand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hand {
    /// Path in the workspace and line; none where it is about the whole.
    pub place: Option<(String, usize)>,
    pub remark: Remark,
}

/// A file as it is written, line by line, with what each line leaves to a hand.
#[derive(Debug, Default)]
struct Lines(Vec<Line>);

#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Line {
    text: String,
    remarks: Vec<Remark>,
}

impl Line {
    fn new(text: impl Into<String>) -> Self {
        Self { text: text.into(), remarks: Vec::new() }
    }
}

pub use hands::line as told;

/// The files of the report that a manuscript becomes.
pub fn written(manuscript: &Manuscript, wanted: &Wanted) -> Imported {
    let language = wanted.language.or(manuscript.facts.language).unwrap_or_default();
    let plan = Plan::new(manuscript, language);
    let folder = format!("content/{}", wanted.id);
    let mut out = Imported::default();
    out.hands.extend(manuscript.remarks.iter().map(|remark| Hand { place: None, remark: remark.clone() }));
    let blocks::Written { chapters, tables, charts } = blocks::written(manuscript, &plan);
    out.add(&format!("{folder}/report.yaml"), report::lines(manuscript, wanted, language, &plan));
    for (file, lines) in chapters {
        out.add(&format!("{folder}/{file}"), lines);
    }
    if !tables.0.is_empty() {
        out.add(&format!("{folder}/findings/{}", plan::TABLES), tables);
    }
    for (id, chart) in charts {
        out.files.push((format!("charts/{}/{id}.yaml", wanted.id), chart.into()));
    }
    if !manuscript.sources.is_empty() {
        out.add(&format!("{folder}/sources.yaml"), sources::lines(&manuscript.sources));
    }
    for (file, bytes) in &manuscript.pictures {
        out.files.push((format!("{folder}/{}/{file}", plan::PICTURES), Bytes::from(bytes.clone())));
    }
    let list = hands::list(&out.hands, wanted.tongue);
    out.files.push((format!("{folder}/{}", plan::HANDS), list.into()));
    out
}

impl Imported {
    fn add(&mut self, path: &str, lines: Lines) {
        let mut text = String::new();
        for (at, line) in (1..).zip(lines.0) {
            let here = line.remarks.into_iter().map(|remark| Hand { place: Some((path.to_owned(), at)), remark });
            self.hands.extend(here);
            text.push_str(&line.text);
            text.push('\n');
        }
        self.files.push((path.to_owned(), text.into()));
    }
}
