//! Where reports are made while they are written: one thread that sees files change and makes the pages that somebody looks at.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock, RwLockReadGuard};
use std::time::Duration;

use super::Event;
use super::board::{Board, Page};
use super::edits::Edits;
use super::press::Press;
use super::problem::{dated, failed, problems};
use super::watch::Watch;
use crate::diagnostic::{Tongue, caught};
use crate::load;
use crate::locale::Language;
use crate::session::{Draft, Session};
use crate::system::{Bytes, OsSystem, sha256};

/// So long no file has changed when a report is made.
const QUIET: Duration = Duration::from_millis(15);

/// Where files change without end, so many times are waited for.
const MOST_QUIETS: usize = 20;

/// A file may be half-written: what has become faulty is looked at again after so long before it is told.
const AGAIN: Duration = Duration::from_millis(80);

/// What is used by none of so many states is let go.
const TURNS: usize = 10;

pub struct Desk {
    session: RwLock<Session<'static>>,
    /// What readers write to.
    pub disk: OsSystem,
    events: Sender<Event>,
    pub board: Arc<Board>,
    press: Arc<Press>,
    /// What readers have changed.
    pub edits: Edits,
    /// What was shown last of each report.
    last: Mutex<BTreeMap<String, Draft>>,
    /// How many look at each report.
    readers: Mutex<BTreeMap<String, usize>>,
}

/// Somebody who looks at a report.
pub struct Reader {
    desk: Arc<Desk>,
    report: String,
}

impl Reader {
    /// What is looked at.
    pub fn report(&self) -> &str {
        &self.report
    }
}

impl Drop for Reader {
    fn drop(&mut self) {
        let mut readers = self.desk.all_readers();
        if let Some(count) = readers.get_mut(&self.report) {
            *count -= 1;
            if *count == 0 {
                readers.remove(&self.report);
            }
        }
    }
}

/// What has happened since it was last looked at.
#[derive(Default)]
struct Happened {
    files: bool,
    opened: BTreeSet<String>,
}

impl Happened {
    fn add(&mut self, event: Event) {
        match event {
            Event::Files => self.files = true,
            Event::Opened(report) => {
                self.opened.insert(report);
            }
        }
    }
}

impl Desk {
    pub fn new(system: &OsSystem, events: Sender<Event>, board: Arc<Board>, press: Arc<Press>) -> Self {
        Self {
            session: RwLock::new(Session::open(system.clone())),
            disk: system.clone(),
            events,
            board,
            press,
            edits: Edits::default(),
            last: Mutex::default(),
            readers: Mutex::default(),
        }
    }

    /// The workspace as it is now.
    pub fn session(&self) -> RwLockReadGuard<'_, Session<'static>> {
        self.session.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// The language of the server's own pages: the one that messages are in, unless the workspace has one that messages are not in.
    pub fn language(&self) -> Language {
        let named = load::language_named(self.session().files()).filter(|named| Tongue::find(named).is_none());
        named.and_then(|named| Language::find(&named)).unwrap_or_else(|| self.board.language())
    }

    /// Begins to look at a report: it is made now, and after every change as long as what this gives is kept.
    pub fn open(self: &Arc<Self>, report: &str) -> Reader {
        *self.all_readers().entry(report.to_owned()).or_default() += 1;
        // Where the desk has gone the program ends.
        let _ = self.events.send(Event::Opened(report.to_owned()));
        Reader { desk: Arc::clone(self), report: report.to_owned() }
    }

    fn all_readers(&self) -> MutexGuard<'_, BTreeMap<String, usize>> {
        self.readers.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Makes what is looked at after each event, until nobody can tell of any.
    pub fn work(&self, happened: &Receiver<Event>, mut watch: Watch) {
        let mut state = 0;
        let mut next = happened.recv().ok();
        while let Some(first) = next.take() {
            let mut all = Happened::default();
            all.add(first);
            for _ in 0..MOST_QUIETS {
                match happened.recv_timeout(if all.files { QUIET } else { Duration::ZERO }) {
                    Ok(event) => all.add(event),
                    Err(_) => break,
                }
            }
            state += 1;
            next = match self.make(&all, state, happened) {
                Some(event) => Some(event),
                None => happened.recv().ok(),
            };
            if all.files {
                watch.follow();
            }
        }
    }

    /// Makes the reports that are concerned; the event that came meanwhile.
    fn make(&self, happened: &Happened, state: u64, events: &Receiver<Event>) -> Option<Event> {
        let reports = if happened.files {
            self.refresh();
            self.all_readers().keys().cloned().collect()
        } else {
            happened.opened.clone()
        };
        let mut doubtful = Vec::new();
        for report in &reports {
            self.guarded(report, || {
                let draft = self.session().draft(report);
                let was_fine = self.board.find(report).is_some_and(|shown| !shown.is_broken);
                if happened.files && was_fine && !draft.is_readable() {
                    doubtful.push(report);
                } else {
                    self.show(report, &draft, state);
                }
            });
        }
        if !doubtful.is_empty() {
            match events.recv_timeout(AGAIN) {
                // It is written to still.
                Ok(event) => return Some(event),
                Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => self.refresh(),
            }
            for report in doubtful {
                self.guarded(report, || {
                    let draft = self.session().draft(report);
                    self.show(report, &draft, state);
                });
            }
        }
        self.session().evict(TURNS);
        None
    }

    /// Does something for a report. Where the program fails in it, that is what is told, and the next change is followed as any other.
    fn guarded(&self, report: &str, act: impl FnOnce()) {
        let Err(failure) = caught(act) else { return };
        let problems = failed(&failure, report, self.board.tongue);
        self.board.change(report, |shown| {
            shown.problems = Arc::new(problems);
            shown.is_broken = true;
            shown.is_setting = false;
        });
    }

    /// Takes the files as they are on the disk now.
    pub fn refresh(&self) {
        self.session.write().unwrap_or_else(PoisonError::into_inner).refresh();
    }

    /// Shows a report as it is: its page where it has no errors, else the last one with what is wrong over it.
    fn show(&self, report: &str, draft: &Draft, state: u64) {
        let last = self.last.lock().unwrap_or_else(PoisonError::into_inner).insert(report.to_owned(), draft.clone());
        let before = self.board.find(report);
        if let (Some(last), Some(_)) = (last, &before)
            && last.is_same(draft)
        {
            return;
        }
        let mut diagnostics = draft.document.diagnostics();
        let page = draft.page(None, &mut diagnostics.sink).and_then(|html| Page::new(draft, html));
        let known = before.unwrap_or_default().problems;
        let problems = dated(problems(&diagnostics.sink, &diagnostics.sources, self.board.tongue), &known, state);
        let is_fine = page.is_some();
        self.board.change(report, |shown| {
            if let Some(page) = page {
                shown.page = Some(Arc::new(page));
            }
            shown.problems = Arc::new(problems);
            shown.is_broken = !is_fine;
            shown.is_setting = is_fine;
        });
        if is_fine {
            self.press.put(report, draft.clone());
        }
    }
}

impl Page {
    fn new(draft: &Draft, html: String) -> Option<Self> {
        let document = draft.document.resolved()?;
        let files = draft.page_files();
        let parts = files.iter().map(|(path, bytes)| format!("{path} {}\n", bytes.hash()));
        let hash = sha256(format!("{}{html}", parts.collect::<String>()).as_bytes());
        let (version, title) = (document.version.clone(), document.title_text.clone());
        Some(Self { version, title, hash, html: Bytes::from(html), files, draft: draft.clone() })
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use super::*;

    #[test]
    fn a_failure_of_the_program_is_told_and_the_desk_goes_on() {
        let folder = tempfile::tempdir().unwrap();
        let system = OsSystem::new(folder.path()).unwrap();
        let board = Arc::new(Board::new(Tongue::English));
        let desk = Desk::new(&system, mpsc::channel().0, Arc::clone(&board), Arc::default());
        desk.guarded("a", || panic!("a trap"));
        let shown = board.find("a").expect("the report is shown");
        assert!(shown.is_broken && !shown.is_setting);
        let told: Vec<String> = shown.problems.iter().map(|problem| problem.told["code"].to_string()).collect();
        assert_eq!(told, ["\"INT001\""]);
        desk.guarded("b", || {});
        assert!(board.find("b").is_none());
    }
}
