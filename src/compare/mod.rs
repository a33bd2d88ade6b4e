//! What differs between two states of a report: figures first, then cells, labels, files, sections and words. Pure functions from two states
//! to a difference; the change log of a version, `belagg diff` and the check before publishing all read the same value.

mod align;
mod labels;
mod partners;
mod printed;
mod sections;
pub mod state;
mod text;
mod values;
mod words;

use std::borrow::Cow;

use serde::Serialize;

pub use labels::{FileChange, LabelChange, LabelOf};
pub use printed::Cells;
pub use sections::SectionChange;
pub use state::State;
pub use text::{TextChange, What};
pub use values::{CellChange, FigureChange};
pub use words::{Piece, normal, redline, words};

/// Everything that differs, in the order of the newer state.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Difference {
    pub figures: Vec<FigureChange>,
    pub cells: Vec<CellChange>,
    /// What figures, rows and columns are called, and in which order rows and columns stand.
    pub labels: Vec<LabelChange>,
    /// Pictures, charts and files for download.
    pub files: Vec<FileChange>,
    pub sections: Vec<SectionChange>,
    /// Title, imprint and the like.
    pub front: Vec<TextChange>,
    pub paragraphs: Vec<TextChange>,
}

impl Difference {
    /// Nothing differs but typography.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.figures.is_empty()
            && self.cells.is_empty()
            && self.labels.is_empty()
            && self.files.is_empty()
            && self.sections.is_empty()
            && self.front.is_empty()
            && self.paragraphs.is_empty()
    }
}

/// What the newer state has that the older has not, and the other way round.
#[must_use]
pub fn compare(old: &State, new: &State) -> Difference {
    // Where one has what was printed alone, the other is read so as well.
    let (old_printed, new_printed) = (new.protected && !old.protected, old.protected && !new.protected);
    let (old, new) = (
        &*if old_printed { Cow::Owned(old.printed(None)) } else { Cow::Borrowed(old) },
        &*if new_printed { Cow::Owned(new.printed(None)) } else { Cow::Borrowed(new) },
    );
    let matched = sections::matched(&old.sections, &new.sections);
    Difference {
        figures: values::figures(old, new),
        cells: values::cells(old, new),
        labels: labels::labels(old, new),
        files: labels::files(old, new),
        sections: sections::changes(old, new, &matched),
        front: text::front(&old.front, &new.front),
        paragraphs: text::paragraphs(old, new, &matched),
    }
}

#[cfg(test)]
mod tests;
