//! What was made last of each report: what every browser sees of it.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde_json::{Value as Json, json};
use tokio::sync::watch;

use super::problem::Problem;
use crate::diagnostic::Tongue;
use crate::locale::Language;
use crate::render::pdf::{Preview, SheetSize};
use crate::session::Draft;
use crate::system::Bytes;

/// All reports that somebody looks at.
pub struct Board {
    shown: Mutex<BTreeMap<String, Shown>>,
    news: watch::Sender<u64>,
    /// What its readers are spoken to in.
    pub tongue: Tongue,
}

/// One report; cheap to copy.
#[derive(Clone, Default)]
pub struct Shown {
    /// The last one without errors.
    pub page: Option<Arc<Page>>,
    /// The pages of the last one that could be set.
    pub print: Arc<Print>,
    /// What is wrong with it as it is now; of the printed pages apart.
    pub problems: Arc<Vec<Problem>>,
    pub unset: Arc<Vec<Problem>>,
    /// The page is not that of the present state.
    pub is_broken: bool,
    /// The printed pages are not yet those of the page.
    pub is_setting: bool,
}

/// A page with what it loads.
pub struct Page {
    pub version: String,
    pub title: String,
    /// Of page and files: another one is another page.
    pub hash: String,
    pub html: Bytes,
    pub files: BTreeMap<String, Bytes>,
    /// What it was made of.
    pub draft: Draft,
}

/// Pages that are set.
#[derive(Default)]
pub struct Print {
    pub sheets: Vec<SheetSize>,
    pub preview: Preview,
}

impl Board {
    pub fn new(tongue: Tongue) -> Self {
        Self { shown: Mutex::default(), news: watch::Sender::new(0), tongue }
    }

    /// The language of messages, as one of pages.
    pub fn language(&self) -> Language {
        Language::find(self.tongue.tag()).unwrap_or_default()
    }

    /// What is shown of a report; none where nothing was made yet.
    pub fn find(&self, report: &str) -> Option<Shown> {
        self.all_shown().get(report).cloned()
    }

    /// Changes what is shown of a report, and tells all who look.
    pub fn change(&self, report: &str, change: impl FnOnce(&mut Shown)) {
        change(self.all_shown().entry(report.to_owned()).or_default());
        self.news.send_modify(|count| *count += 1);
    }

    /// Something was changed when this changes.
    pub fn news(&self) -> watch::Receiver<u64> {
        self.news.subscribe()
    }

    fn all_shown(&self) -> MutexGuard<'_, BTreeMap<String, Shown>> {
        self.shown.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Shown {
    /// All that a browser is told at once; it fetches the page and visible sheets itself.
    pub fn told_as_json(&self, report: &str) -> Json {
        let page = self.page.as_ref();
        let mut problems: Vec<&Problem> = self.problems.iter().chain(self.unset.iter()).collect();
        // The newest first; errors before warnings before remarks.
        problems.sort_by_key(|problem| (problem.rank(), std::cmp::Reverse(problem.since)));
        let problems: Vec<&Json> = problems.into_iter().map(|problem| &problem.told).collect();
        let sheets = self.print.sheets.iter().map(|sheet| json!([sheet.hash, sheet.width, sheet.height]));
        json!({
            "title": page.map(|page| &page.title),
            "page": page.map(|page| &page.hash),
            "address": page.map(|page| format!("/site/{report}/{}/index.html", page.version)),
            "broken": self.is_broken,
            "setting": self.is_setting,
            "problems": problems,
            "sheets": sheets.collect::<Vec<_>>(),
        })
    }
}
