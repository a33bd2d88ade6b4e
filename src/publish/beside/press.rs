//! The files beside the versions, one by one as they are made. What the build before has made of the same, and what lies there untouched since, is not
//! made again: only its hash is told.

use rayon::prelude::*;

use crate::pipeline::Toolbox;
use crate::publish::commit::CommitError;
use crate::render::html::{self, Page, TemplateProblem};
use crate::system::{Bytes, Hash};

use super::kept::Kept;
use super::noting::Noting;

/// A file beside the versions.
#[derive(Debug, Clone)]
pub struct Beside {
    pub path: String,
    /// A hash of what it is made of, apart from templates and words.
    pub of: Hash,
    pub content: Content,
}

#[derive(Debug, Clone)]
pub enum Content {
    Made(Bytes),
    /// The hash of what lies there.
    Lying(String),
}

impl Beside {
    #[must_use]
    pub fn hash(&self) -> String {
        match &self.content {
            Content::Made(bytes) => bytes.hash().to_string(),
            Content::Lying(hash) => hash.clone(),
        }
    }
}

/// Where pages are made.
pub struct Press<'a> {
    pub system: &'a Noting<'a>,
    pub toolbox: &'a Toolbox,
    kept: &'a Kept,
    pub files: Vec<Beside>,
}

impl<'a> Press<'a> {
    #[must_use]
    pub fn new(system: &'a Noting<'a>, toolbox: &'a Toolbox, kept: &'a Kept) -> Self {
        Self { system, toolbox, kept, files: Vec::new() }
    }

    /// A page, of all that its template is given.
    ///
    /// # Errors
    /// A template's fault.
    pub fn page(&mut self, path: String, page: &Page<'_>, about: &impl html::About) -> Result<(), CommitError> {
        let file = self.printed(path, page, about)?;
        self.files.push(file);
        Ok(())
    }

    /// Pages that are made side by side, each of what is found out for it then.
    ///
    /// # Errors
    /// A template's fault.
    pub fn pages<T: Send, A: html::About>(
        &mut self,
        page: &Page<'_>,
        of: Vec<T>,
        made: impl Fn(T) -> (String, A) + Sync,
    ) -> Result<(), CommitError> {
        let printed = of.into_par_iter().map(|of| {
            let (path, about) = made(of);
            self.printed(path, page, &about)
        });
        let printed: Vec<Result<Beside, CommitError>> = printed.collect();
        for file in printed {
            self.files.push(file?);
        }
        Ok(())
    }

    fn printed(&self, path: String, page: &Page<'_>, about: &impl html::About) -> Result<Beside, CommitError> {
        self.beside(path, html::made_of(page, about), || self.toolbox.html.about(page, about))
    }

    /// A file of what has this hash.
    ///
    /// # Errors
    /// A template's fault.
    pub fn file(
        &mut self,
        path: String,
        of: Hash,
        make: impl FnOnce() -> Result<String, TemplateProblem>,
    ) -> Result<(), CommitError> {
        let file = self.beside(path, of, make)?;
        self.files.push(file);
        Ok(())
    }

    fn beside(
        &self,
        path: String,
        of: Hash,
        make: impl FnOnce() -> Result<String, TemplateProblem>,
    ) -> Result<Beside, CommitError> {
        let content = match self.kept.lying(self.system, &path, of) {
            Some(hash) => Content::Lying(hash),
            None => Content::Made(match make() {
                Ok(text) => text.into(),
                Err(problem) => return Err(CommitError { path, error: std::io::Error::other(problem) }),
            }),
        };
        Ok(Beside { path, of, content })
    }

    /// A file that is made in any case.
    pub fn bytes(&mut self, path: String, bytes: Bytes) {
        self.files.push(Beside { path, of: bytes.hash(), content: Content::Made(bytes) });
    }

    /// Whether a file of the version that is read for a page is as it was when the build before read it.
    #[must_use]
    pub fn is_as_read(&self, path: &str) -> bool {
        let same = self.kept.is_as_read(self.system, path);
        if same {
            self.system.note(path);
        }
        same
    }

    /// Takes over a file that was made of the same and lies there untouched; whether there is one.
    pub fn left(&mut self, path: &str, of: Hash) -> bool {
        let Some(hash) = self.kept.lying(self.system, path, of) else { return false };
        self.files.push(Beside { path: path.to_owned(), of, content: Content::Lying(hash) });
        true
    }
}

/// Of what something is made, as a hash.
#[must_use]
pub fn made_of(of: &impl serde::Serialize) -> Hash {
    // Plain data of strings and numbers always serialises.
    Hash::digest(&serde_json::to_vec(of).unwrap_or_default())
}
