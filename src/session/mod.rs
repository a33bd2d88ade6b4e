//! A workspace that is worked on: files on disk with texts in memory laid over them, and what was made from them as long as they are the same.
//!
//! This is the front of the library. The command line opens a session for each run; an editor keeps one open for hours.
//!
//! ```
//! use belagg::{MemorySystem, Session};
//!
//! // An editor opens the folder that the user works in: `OsSystem::new(folder)?`.
//! let mut session = Session::open(MemorySystem::new([
//!     (
//!         "content/visits/report.yaml",
//!         "kind: inspection-report\nlanguage: en\ntitle: Visits\nversion: \"1.0\"\ndate: 2024-03-01\nstatus: draft\n\
//!          imprint: {reference: A 1, publisher: Example, contact: Office}\nchapters: [text.md]\n",
//!     ),
//!     ("content/visits/findings/all.yaml", "figures:\n  visits: {label: visits, count: 12}\n"),
//!     ("content/visits/text.md", "# Result\n\nThere were {{ visits }} visits.\n"),
//! ]));
//! assert_eq!(session.reports(), ["visits"]);
//! assert_eq!(session.diagnostics("visits").iter().count(), 0);
//!
//! // What is typed is seen before it is saved.
//! session.set_overlay("content/visits/text.md", "# Result\n\nThere were 😀 {{ visit }} visits.\n")?;
//! let diagnostics = session.diagnostics("visits");
//! let found = diagnostics.iter().next().expect("there is no such figure");
//! let place = diagnostics.place(found.primary.as_ref().expect("it stands in a file").span);
//! assert_eq!((found.code.0, place.path, place.start.line), ("FIG001", "content/visits/text.md", 3));
//! // Columns in characters, and in code units of UTF-16 as editors ask for them; all count from 1.
//! assert_eq!((place.start.column, place.start.utf16), (17, 18));
//!
//! // What it is made of decides: a figure of another file is there as soon as that is typed.
//! session.set_overlay("content/visits/findings/all.yaml", "figures:\n  visit: {label: visits, count: 13}\n")?;
//! let document = session.resolved("visits");
//! let resolved = document.resolved().expect("free of faults");
//! assert_eq!(resolved.title_text, "Visits");
//!
//! // And the same bytes that `belagg build` writes.
//! let rendered = session.render("visits");
//! assert!(rendered.publication.is_some_and(|made| made.artifacts.iter().any(|file| file.path == "visits.pdf")));
//! session.evict(10);
//!
//! session.remove_overlay("content/visits/text.md");
//! # Ok::<(), belagg::ReadError>(())
//! ```

#[cfg(test)]
pub(crate) mod counting;
mod diagnostics;
mod document;
mod draft;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use crate::diagnostic::Sink;
use crate::load::{self, Library};
use crate::pipeline::{Prepared, Toolbox, Workshop};
use crate::publish::standing::{self, Standing};
use crate::shelf::Shelf;
use crate::system::{Asked, Bytes, Overlay, ReadError, Remembered, Snapshot, System};

pub use crate::pipeline::{Artifact, Publication};
pub use diagnostics::{Diagnostics, Place};
use document::Origin;
pub use document::{Document, Rendered};
pub(crate) use draft::Draft;

/// Templates, fonts and words, or what is wrong with them.
type Tools = Remembered<Result<Toolbox, Sink>>;

/// A workspace with texts laid over its files.
///
/// A file of the disk is for a session what it was when it was read first, until the session is told that the disk has changed
/// ([`Session::refresh`]); a text that is laid over it counts at once. What is made from files is made anew when one of them is another: whole reports,
/// templates and fonts, sheets, pictures, and the figures that reports have from each other.
///
/// Questions take `&self` and may be asked from many threads; what changes the files takes `&mut self`, so that every answer is of one state.
pub struct Session<'a> {
    files: Overlay<Snapshot<Box<dyn System + 'a>>>,
    library: Library,
    /// Made when it is first asked for.
    toolbox: OnceLock<Arc<Tools>>,
    documents: Shelf<String, Arc<Remembered<Arc<Document>>>>,
    /// Reports that documents are made from.
    origins: Shelf<String, Arc<Remembered<Origin>>>,
    /// Versions that working copies are held against.
    packed: Shelf<String, Arc<Remembered<Option<Prepared>>>>,
    /// An origin takes long: that of one report is not made by two threads at once.
    making: Mutex<BTreeMap<String, Arc<Mutex<()>>>>,
}

impl<'a> Session<'a> {
    /// Opens a workspace. Nothing is read yet.
    #[must_use]
    pub fn open(system: impl System + 'a) -> Self {
        Self {
            files: Overlay::new(Snapshot::new(Box::new(system))),
            library: Library::default(),
            toolbox: OnceLock::new(),
            documents: Shelf::default(),
            origins: Shelf::default(),
            packed: Shelf::default(),
            making: Mutex::default(),
        }
    }

    /// Lays a text over a file, which need not be there.
    ///
    /// # Errors
    /// A path that leads out of the workspace.
    pub fn set_overlay(&mut self, path: &str, text: impl Into<Bytes>) -> Result<(), ReadError> {
        self.files.lay(path, text)?;
        self.settle();
        Ok(())
    }

    /// Takes a text away: the file counts again, as it was when it was read first. Whether there was one.
    pub fn remove_overlay(&mut self, path: &str) -> bool {
        let removed = self.files.lift(path);
        self.settle();
        removed
    }

    /// Files of the disk have changed: from now on they are what they are then. Texts that are laid over them stay.
    pub fn refresh(&mut self) {
        self.files.inner_mut().forget();
        self.settle();
    }

    /// Lets go of the templates where they are others now, and of what was made with them.
    fn settle(&mut self) {
        if self.toolbox.get().is_some_and(|toolbox| !toolbox.holds(&self.files)) {
            self.toolbox.take();
            self.documents.clear();
            self.origins.clear();
            self.packed.clear();
        }
    }

    /// The files as the session sees them. What is written goes to the disk.
    #[must_use]
    pub fn files(&self) -> &dyn System {
        &self.files
    }

    /// The files as they are now, whatever was read of them before.
    pub(crate) fn disk(&self) -> &dyn System {
        self.files.inner().inner()
    }

    /// What was read of the files before.
    pub(crate) fn library(&self) -> &Library {
        &self.library
    }

    /// The names of all reports, sorted.
    #[must_use]
    pub fn reports(&self) -> Vec<String> {
        load::report_ids(&self.files, &self.library)
    }

    /// What reports are made with.
    ///
    /// # Errors
    /// What is wrong with the workspace's templates, fonts or words.
    pub(crate) fn workshop(&self) -> Result<Workshop<'_>, &Sink> {
        let toolbox = self.tools().value.as_ref()?;
        Ok(Workshop { system: &self.files, library: &self.library, toolbox })
    }

    fn tools(&self) -> &Arc<Tools> {
        self.toolbox.get_or_init(|| {
            Arc::new(Remembered::make(&self.files, |files| {
                let mut sink = Sink::default();
                Toolbox::new(files, &self.library, &mut sink).filter(|_| !sink.has_errors()).ok_or(sink)
            }))
        })
    }

    /// What was asked of the workspace for its templates, fonts and words.
    pub(crate) fn asked_for_tools(&self) -> Asked {
        Asked::new(self.tools().seen(), &self.files)
    }

    /// Takes out of all caches, Typst's too, what nobody has asked for since the last `turns` calls. Called by the owner of the session when a
    /// report is done, with at least as many turns as reports are made at a time; 10 suit an editor. Nothing else empties them.
    pub fn evict(&self, turns: usize) {
        self.documents.evict(turns);
        self.origins.evict(turns);
        self.packed.evict(turns);
        if let Ok(shop) = self.workshop() {
            shop.evict(turns);
        }
    }

    /// How a report stands to the version that is published under its number; none where none is. That version is made once, however often the
    /// working copy is held against it.
    pub(crate) fn standing(&self, shop: Workshop<'_>, id: &str) -> Option<(Prepared, Standing)> {
        standing::standing(shop, id, || {
            self.packed.find(&id.to_owned(), |packed| packed.holds(shop.system)).unwrap_or_else(|| {
                let made = Arc::new(Remembered::make(shop.system, |files| standing::packed(shop.on(files), id)));
                self.packed.put(id.to_owned(), Arc::clone(&made));
                made
            })
        })
    }

    /// A report that documents are made from, made once for all of them.
    fn origin(&self, shop: Workshop<'_>, report: &str) -> Arc<Remembered<Origin>> {
        let known = || self.origins.find(&report.to_owned(), |origin| origin.holds(shop.system));
        known().unwrap_or_else(|| {
            let mut all = self.making.lock().unwrap_or_else(PoisonError::into_inner);
            let making = Arc::clone(all.entry(report.to_owned()).or_default());
            drop(all);
            let _one = making.lock().unwrap_or_else(PoisonError::into_inner);
            known().unwrap_or_else(|| {
                let made = Remembered::make(shop.system, |files| Origin::read(shop.on(files), report));
                let made = Arc::new(made);
                self.origins.put(report.to_owned(), Arc::clone(&made));
                made
            })
        })
    }
}
