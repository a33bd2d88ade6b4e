//! What the program says of an author's input: one type for errors, warnings and remarks, collected in a [`Sink`].

mod codes;
mod digest;
mod edit;
mod failure;
mod github;
mod gitlab;
mod human;
mod json;
mod lengths;
mod refused;
mod said;
mod sarif;
mod tongue;
mod visible;
mod written;

pub use codes::{CODES, Code, CodeInfo};
pub use digest::{Digest, Message};
pub use edit::Edit;
pub use failure::{Failure, caught, quiet};
pub use github::github;
pub use gitlab::gitlab;
pub use human::{human, summary};
pub use json::json;
pub use refused::Thing;
pub use said::say;
pub use said::{Said, Tell};
pub use sarif::sarif;
pub use tongue::{Tongue, entries};
pub use visible::{is_hidden, visible, visible_json};
pub use written::Written;

use crate::source::{SourceMap, Span};

/// How grave a diagnostic is. Errors stop a build.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    Error,
    Warning,
    Info,
}

/// A place in a source and what is to be said about it (may be empty).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    pub span: Span,
    pub text: Said,
}

/// One problem: what is wrong, where, and what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    pub code: Code,
    pub severity: Severity,
    pub message: Said,
    /// `None` where no file can be pointed at (a missing file, for one; the message then names it).
    pub primary: Option<Label>,
    pub secondary: Vec<Label>,
    pub help: Vec<Said>,
    /// What mends it, where that is certain.
    pub fix: Option<Fix>,
    /// The known name that is near one that is not.
    pub meant: Option<Meant>,
    /// Why the program does not mend what its rule mends elsewhere.
    pub left: Option<Said>,
    /// What it says not to be there.
    lacks: Vec<(Thing, String)>,
}

/// Bytes of a source and what to write in their place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    pub span: Span,
    pub replacement: String,
}

/// A name that is not known, and the known one that its author may have meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meant {
    pub found: String,
    pub name: String,
}

impl Diagnostic {
    pub fn new(severity: Severity, code: Code, message: impl Into<Said>) -> Self {
        Self {
            code,
            severity,
            message: message.into(),
            primary: None,
            secondary: Vec::new(),
            help: Vec::new(),
            fix: None,
            meant: None,
            left: None,
            lacks: Vec::new(),
        }
    }

    pub fn error(code: Code, message: impl Into<Said>) -> Self {
        Self::new(Severity::Error, code, message)
    }

    pub fn warning(code: Code, message: impl Into<Said>) -> Self {
        Self::new(Severity::Warning, code, message)
    }

    /// Sets the place the diagnostic is about.
    #[must_use]
    pub fn at(self, span: Span) -> Self {
        self.label(span, Said::default())
    }

    /// Sets the place the diagnostic is about, with a few words beside it.
    #[must_use]
    pub fn label(mut self, span: Span, text: impl Into<Said>) -> Self {
        self.primary = Some(Label { span, text: text.into() });
        self
    }

    /// Adds a further place.
    #[must_use]
    pub fn also(mut self, span: Span, text: impl Into<Said>) -> Self {
        self.secondary.push(Label { span, text: text.into() });
        self
    }

    /// Adds what the author can do.
    #[must_use]
    pub fn help(mut self, text: impl Into<Said>) -> Self {
        self.help.push(text.into());
        self
    }

    /// Adds what mends it.
    #[must_use]
    pub fn fix(mut self, span: Span, replacement: impl Into<String>) -> Self {
        self.fix = Some(Fix { span, replacement: replacement.into() });
        self
    }

    /// Adds why nothing mends it.
    #[must_use]
    pub fn left(mut self, reason: impl Into<Said>) -> Self {
        self.left = Some(reason.into());
        self
    }

    /// Adds "did you mean …?" when one of the known names is near `found`.
    #[must_use]
    pub fn nearest<'a>(mut self, found: &str, known: impl IntoIterator<Item = &'a str>) -> Self {
        let Some(name) = nearest(found, known) else { return self };
        self.meant = Some(Meant { found: found.to_owned(), name: name.to_owned() });
        self.help(say!("did you mean `{name}`?", name))
    }
}

/// The known name most like `found`, if any is like it at all.
pub fn nearest<'a>(found: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let folded = found.to_lowercase();
    known
        .into_iter()
        .map(|name| (strsim::jaro_winkler(&folded, &name.to_lowercase()), name))
        .filter(|(score, _)| *score >= 0.78)
        .max_by(|a, b| a.0.total_cmp(&b.0).then_with(|| b.1.cmp(a.1)))
        .map(|(_, name)| name)
}

/// Collects the diagnostics of a run.
#[derive(Debug, Clone, Default)]
pub struct Sink {
    diagnostics: Vec<Diagnostic>,
    refused: refused::Refused,
}

impl Sink {
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    pub fn extend(&mut self, other: Sink) {
        self.diagnostics.extend(other.diagnostics);
        self.refused.extend(other.refused);
    }

    /// Those that point into a stretch of a file.
    #[must_use]
    pub fn within(mut self, span: Span) -> Self {
        let inside = |at: Span| at.source == span.source && span.start <= at.start && at.end <= span.end;
        self.diagnostics.retain(|diagnostic| diagnostic.primary.as_ref().is_some_and(|label| inside(label.span)));
        self
    }

    /// The same with errors as warnings.
    #[must_use]
    pub fn as_warnings(mut self) -> Self {
        for diagnostic in &mut self.diagnostics {
            diagnostic.severity = diagnostic.severity.max(Severity::Warning);
        }
        self
    }

    /// Gives each the severity that it has here, and takes out those that have none.
    pub fn weigh(&mut self, severity: impl Fn(&Diagnostic) -> Option<Severity>) {
        self.diagnostics.retain_mut(|diagnostic| {
            severity(diagnostic).is_some_and(|severity| {
                diagnostic.severity = severity;
                true
            })
        });
    }

    /// Says more of those of a code at a place, before what is to be done about it.
    pub fn add_help(&mut self, code: Code, span: Span, help: &Said) {
        let of_it = |diagnostic: &&mut Diagnostic| {
            diagnostic.code == code && diagnostic.primary.as_ref().is_some_and(|label| label.span == span)
        };
        for diagnostic in self.diagnostics.iter_mut().filter(of_it) {
            if !diagnostic.help.contains(help) {
                diagnostic.help.insert(0, help.clone());
            }
        }
    }

    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(|d| d.severity == Severity::Error)
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.diagnostics.is_empty()
    }

    #[must_use]
    pub fn count(&self, severity: Severity) -> usize {
        self.diagnostics.iter().filter(|d| d.severity == severity).count()
    }

    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.diagnostics.iter()
    }

    /// The diagnostics by file, position, severity and code, each once, without those that follow from what was refused.
    #[must_use]
    pub fn sorted(&self, sources: &SourceMap) -> Vec<&Diagnostic> {
        let mut all: Vec<&Diagnostic> = self.diagnostics.iter().filter(|found| !self.follows(found)).collect();
        // In every language in the same order.
        all.sort_by_cached_key(|found| {
            let place = found.primary.as_ref().map(|label| sources.order(label.span));
            (place, found.severity, found.code, found.message.english())
        });
        all.dedup();
        all
    }
}
