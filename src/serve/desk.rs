//! Where reports are made while they are written: one thread that sees files change and makes the pages that somebody looks at.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::mpsc::{Receiver, Sender};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError, RwLock, RwLockReadGuard};
use std::time::Duration;

use super::Event;
use super::board::{Board, Page};
use super::edits::Edits;
use super::press::Press;
use super::problem::{dated, failed, problems};
use super::watch::Watch;
use crate::diagnostic::{Sink, Tongue, caught};
use crate::load;
use crate::locale::Language;
use crate::session::{Draft, Session};
use crate::system::{Bytes, OsSystem, sha256};

/// So long no file has changed when a report is made.
const QUIET: Duration = Duration::from_millis(5);

/// Where files change without end, so many times are waited for.
const MOST_QUIETS: usize = 60;

/// A file may be half-written: what has become faulty is looked at again after so long before it is told.
const AGAIN: Duration = Duration::from_millis(80);

/// So often, for so long each time, the checks wait until the pages are set that are shown before them: two processors are soon busy.
const TURNS_OF_PRESS: usize = 100;
const TURN_OF_PRESS: Duration = Duration::from_millis(10);

/// For so long browsers fetch the page before its report is set for print.
const FETCHED: Duration = Duration::from_millis(12);

/// And so long they draw what is set.
const DRAWN: Duration = Duration::from_millis(60);

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

/// A page that is shown before its report is checked.
struct Glimpse {
    /// The page in its place before.
    stood: Arc<Page>,
    page: Arc<Page>,
    early: Draft,
}

impl Glimpse {
    /// What it was made of is checked now.
    fn settle(self, draft: &Draft) {
        let _ = self.page.draft.set(draft.clone());
    }
}

impl Drop for Glimpse {
    /// Whoever waits for what the page was made of waits no longer, even where the program has failed.
    fn drop(&mut self) {
        let _ = self.page.draft.set(self.early.clone());
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
        let meanwhile = OnceCell::new();
        for report in &reports {
            self.guarded(report, || {
                let glimpse = OnceCell::new();
                let draft = self.session().draft_telling(report, &|early| {
                    let shown = self.show_page(report, early.clone());
                    let is_shown = shown.is_some();
                    let _ = glimpse.set(shown);
                    if is_shown {
                        self.set_early(report, early, events, &meanwhile);
                    }
                });
                let glimpse = glimpse.into_inner().flatten();
                let is_shown = glimpse.is_some() && draft.is_readable();
                match glimpse {
                    Some(glimpse) if is_shown => glimpse.settle(&draft),
                    Some(glimpse) => self.take_back(report, &glimpse.stood),
                    None => {}
                }
                let was_fine = self.board.find(report).is_some_and(|shown| !shown.is_broken);
                if happened.files && was_fine && !draft.is_readable() {
                    doubtful.push(report);
                } else {
                    self.show(report, &draft, state, is_shown);
                }
            });
        }
        let meanwhile = meanwhile.into_inner();
        if doubtful.is_empty() {
            self.session().evict(TURNS);
            return meanwhile;
        }
        // It is written to still: those that became faulty are looked at with the rest.
        if meanwhile.is_some() || events.recv_timeout(AGAIN).is_ok() {
            return Some(Event::Files);
        }
        self.refresh();
        for report in doubtful {
            self.guarded(report, || {
                let draft = self.session().draft(report);
                self.show(report, &draft, state, false);
            });
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

    /// Shows the page of a report that is not yet checked, where the last one had no errors: whoever writes waits for it, and least of all for the
    /// checks. The page that stood there comes back where the checks find errors.
    fn show_page(&self, report: &str, early: Draft) -> Option<Glimpse> {
        let stood = self.board.find(report).filter(|shown| !shown.is_broken)?.page?;
        let page = early.page(None, &mut Sink::default()).and_then(|html| Page::new(&early, html))?;
        let page = Arc::new(page);
        self.board.change(report, |shown| {
            shown.page = Some(Arc::clone(&page));
            shown.is_setting = true;
        });
        Some(Glimpse { stood, page, early })
    }

    /// Has a report set whose page is shown, and lets browsers draw both before anything else is done; an event ends that, and is kept as what came
    /// `meanwhile`.
    fn set_early(&self, report: &str, early: Draft, events: &Receiver<Event>, meanwhile: &OnceCell<Event>) {
        let comes_within = |time: Duration| {
            if meanwhile.get().is_none() {
                let _ = events.recv_timeout(time).map(|event| meanwhile.set(event));
            }
            meanwhile.get().is_some()
        };
        comes_within(FETCHED);
        self.press.put(report, early);
        let is_over = |_| comes_within(Duration::ZERO) || self.press.rest(TURN_OF_PRESS);
        let _ = (0..TURNS_OF_PRESS).any(is_over);
        comes_within(DRAWN);
    }

    /// Has what stood of a report stand again, on paper as well.
    fn take_back(&self, report: &str, stood: &Arc<Page>) {
        self.board.change(report, |shown| shown.page = Some(Arc::clone(stood)));
        if let Some(draft) = stood.draft.get() {
            self.press.put(report, draft.clone());
        }
    }

    /// Shows a report as it is: its page where it has no errors, which may be shown already, else the last one with what is wrong over it.
    fn show(&self, report: &str, draft: &Draft, state: u64, is_shown: bool) {
        let last = self.last.lock().unwrap_or_else(PoisonError::into_inner).insert(report.to_owned(), draft.clone());
        let before = self.board.find(report);
        if let (Some(last), Some(_)) = (last, &before)
            && last.is_same(draft)
        {
            return;
        }
        let mut diagnostics = draft.document.diagnostics();
        let mut made = || draft.page(None, &mut diagnostics.sink).and_then(|html| Page::new(draft, html));
        let page = if is_shown { None } else { made() };
        let known = before.unwrap_or_default().problems;
        let problems = dated(problems(&diagnostics.sink, &diagnostics.sources, self.board.tongue), &known, state);
        let is_fine = is_shown || page.is_some();
        self.board.change(report, |shown| {
            if let Some(page) = page {
                let _ = page.draft.set(draft.clone());
                shown.page = Some(Arc::new(page));
            }
            shown.problems = Arc::new(problems);
            shown.is_broken = !is_fine;
            // Of what is shown already the press has told.
            if !is_shown {
                shown.is_setting = is_fine;
            }
        });
        if is_fine && !is_shown {
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
        Some(Self { version, title, hash, html: Bytes::from(html), files, draft: OnceLock::new() })
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
