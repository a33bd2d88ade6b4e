//! Sets reports for print beside the desk: at once with the corrections of the last time, then, when nobody writes, as the PDF will be.

use std::collections::BTreeMap;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::board::{Board, Print};
use super::problem::{Problem, failed, problems};
use crate::diagnostic::{Sink, caught};
use crate::pipeline::Stage;
use crate::render::pdf::{self, Preview};
use crate::session::Draft;

/// So long nobody has written when pages are set exactly.
const PAUSE: Duration = Duration::from_millis(600);

/// What is used by none of so many settings is let go.
const TURNS: usize = 10;

/// The reports that wait to be set.
#[derive(Default)]
pub struct Press {
    queue: Mutex<Queue>,
    arrived: Condvar,
    rested: Condvar,
}

#[derive(Default)]
struct Queue {
    waiting: BTreeMap<String, Draft>,
    /// Something that has waited is set now.
    is_busy: bool,
}

impl Press {
    /// Has a report set, in the place of one of its states that waits.
    pub fn put(&self, report: &str, draft: Draft) {
        self.queue().waiting.insert(report.to_owned(), draft);
        self.arrived.notify_all();
    }

    /// Waits until nothing is left that somebody waits for, or so long; whether nothing is.
    pub fn rest(&self, most: Duration) -> bool {
        let works = |queue: &mut Queue| queue.is_busy || !queue.waiting.is_empty();
        let waited = self.rested.wait_timeout_while(self.queue(), most, works);
        !waited.unwrap_or_else(PoisonError::into_inner).1.timed_out()
    }

    /// Sets what arrives, until the program ends.
    pub fn work(&self, board: &Board) {
        let mut previews: BTreeMap<String, Preview> = BTreeMap::new();
        let mut unsettled: BTreeMap<String, Draft> = BTreeMap::new();
        loop {
            match self.next(!unsettled.is_empty()) {
                Some((report, draft)) => {
                    unsettled.insert(report.clone(), draft.clone());
                    set(board, &report, &draft, previews.entry(report.clone()).or_default(), Stage::AtOnce);
                }
                // Nobody has written for a while.
                None => {
                    let Some((report, draft)) = unsettled.pop_first() else { continue };
                    let waits = || !self.queue().waiting.is_empty();
                    let preview = previews.entry(report.clone()).or_default();
                    if !set(board, &report, &draft, preview, Stage::Exactly(&waits)) && waits() {
                        unsettled.insert(report, draft);
                    }
                }
            }
            pdf::evict(TURNS);
        }
    }

    /// What waits; none after a pause, which is not waited for where there is nothing to do in it.
    fn next(&self, pausing: bool) -> Option<(String, Draft)> {
        let mut queue = self.queue();
        queue.is_busy = false;
        if queue.waiting.is_empty() {
            self.rested.notify_all();
        }
        let is_empty = |queue: &mut Queue| queue.waiting.is_empty();
        let mut queue = if pausing {
            self.arrived.wait_timeout_while(queue, PAUSE, is_empty).unwrap_or_else(PoisonError::into_inner).0
        } else {
            self.arrived.wait_while(queue, is_empty).unwrap_or_else(PoisonError::into_inner)
        };
        let next = queue.waiting.pop_first();
        queue.is_busy = next.is_some();
        next
    }

    fn queue(&self) -> MutexGuard<'_, Queue> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Sets a report and shows its pages; whether it could be set to the end. Where the program fails in it, that is what is told.
fn set(board: &Board, report: &str, draft: &Draft, preview: &mut Preview, stage: Stage<'_>) -> bool {
    caught(|| set_pages(board, report, draft, preview, stage)).unwrap_or_else(|failure| {
        let unset = failed(&failure, report, board.tongue);
        board.change(report, |shown| {
            shown.unset = Arc::new(unset);
            shown.is_setting = false;
        });
        true
    })
}

fn set_pages(board: &Board, report: &str, draft: &Draft, preview: &mut Preview, stage: Stage<'_>) -> bool {
    let exactly = matches!(stage, Stage::Exactly(_));
    let mut sink = Sink::default();
    let is_set = draft.set(preview, stage, &mut sink);
    if !is_set && sink.is_empty() {
        return false;
    }
    let faults: Vec<Problem> = problems(&sink, &draft.document.prepared.sources, board.tongue);
    let print = is_set.then(|| Arc::new(Print { sheets: preview.sheets(), preview: preview.clone() }));
    board.change(report, |shown| {
        if let Some(print) = print {
            shown.print = print;
        }
        shown.unset = Arc::new(faults);
        shown.is_setting = !exactly;
    });
    is_set
}
