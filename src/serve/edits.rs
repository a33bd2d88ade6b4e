//! What a reader changes in the browser, written into exactly the bytes that it came from, and taken back again. What lies on the disk comes first:
//! where it is no longer what the reader saw, nothing is written.

use std::sync::{Mutex, PoisonError};

use super::scalar;
use crate::system::System;

/// A change of a file: `old` stood at `start`, and `new` takes its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    pub file: String,
    pub start: usize,
    pub old: String,
    pub new: String,
}

/// How a text stands in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    AsItIs,
    /// As a value of YAML.
    Scalar,
}

/// Why nothing was written.
#[derive(Debug, PartialEq, Eq)]
pub enum Refused {
    /// Something else stands there now.
    Conflict,
    /// What the system said.
    Failed(String),
}

/// The changes of this run, the last one last.
#[derive(Debug, Default)]
pub struct Edits(Mutex<Vec<Edit>>);

impl Edits {
    /// Writes a change; `form` makes of the new text what stands in the file from one byte to another.
    ///
    /// # Errors
    /// See [`Refused`].
    pub fn write(&self, system: &dyn System, edit: Edit, form: Form) -> Result<(), Refused> {
        let mut edits = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        edits.push(put(system, edit, form)?);
        Ok(())
    }

    /// Takes the last change back; whether there was one.
    ///
    /// # Errors
    /// See [`Refused`]; the change can then be taken back later.
    pub fn undo(&self, system: &dyn System) -> Result<bool, Refused> {
        let mut edits = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(Edit { file, start, old, new }) = edits.last().cloned() else { return Ok(false) };
        put(system, Edit { file, start, old: new, new: old }, Form::AsItIs)?;
        edits.pop();
        Ok(true)
    }

    /// How many changes can be taken back.
    pub fn count(&self) -> usize {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).len()
    }
}

/// Puts a text in the place of another; gives the change as it was made.
fn put(system: &dyn System, edit: Edit, form: Form) -> Result<Edit, Refused> {
    let bytes = system.read(&edit.file).map_err(|error| Refused::Failed(error.to_string()))?;
    let text = std::str::from_utf8(&bytes).map_err(|error| Refused::Failed(error.to_string()))?;
    let start = place(text, &edit).ok_or(Refused::Conflict)?;
    let end = start + edit.old.len();
    let new = match form {
        Form::AsItIs => edit.new,
        Form::Scalar => scalar::written(&edit.new, text, start, end),
    };
    // A field of a browser knows one end of lines, a file may have the other.
    let new = if text.contains("\r\n") { new.replace("\r\n", "\n").replace('\n', "\r\n") } else { new };
    let now = [&text[..start], &new, &text[end..]].concat();
    system.replace(&edit.file, now.as_bytes()).map_err(|error| Refused::Failed(error.to_string()))?;
    Ok(Edit { start, new, ..edit })
}

/// Where the old text stands: at its place, or, after a change before it, at the only other one.
fn place(text: &str, edit: &Edit) -> Option<usize> {
    if text.get(edit.start..).is_some_and(|rest| rest.starts_with(&edit.old)) {
        return Some(edit.start);
    }
    let mut found = text.match_indices(&edit.old).map(|(at, _)| at);
    found.next().filter(|_| !edit.old.trim().is_empty() && found.next().is_none())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::system::MemorySystem;

    fn edit(start: usize, old: &str, new: &str) -> Edit {
        Edit { file: "a.md".to_owned(), start, old: old.to_owned(), new: new.to_owned() }
    }

    #[test]
    fn a_change_is_written_where_it_came_from_and_taken_back() {
        let disk = MemorySystem::new([("a.md", "ett två tre två")]);
        let edits = Edits::default();
        let text = || String::from_utf8(disk.read("a.md").unwrap().to_vec()).unwrap();
        edits.write(&disk, edit(13, "två", "fyra"), Form::AsItIs).unwrap();
        assert_eq!((text().as_str(), edits.count()), ("ett två tre fyra", 1));
        // Somebody writes before it: what was changed is found again.
        disk.replace("a.md", "noll ett två tre fyra".as_bytes()).unwrap();
        assert_eq!((edits.undo(&disk), text().as_str()), (Ok(true), "noll ett två tre två"));
        assert_eq!((edits.undo(&disk), edits.count()), (Ok(false), 0));
    }

    #[test]
    fn what_is_not_what_was_seen_stays_as_it_is() {
        let disk = MemorySystem::new([("a.md", "ett två två")]);
        let edits = Edits::default();
        for (start, old) in [(0, "tre"), (3, "två"), (90, "två"), (5, "å"), (0, "")] {
            let wrong = edits.write(&disk, edit(start, old, "x"), Form::AsItIs);
            if old.is_empty() { wrong.unwrap() } else { assert_eq!(wrong, Err(Refused::Conflict), "{start} {old}") }
        }
        assert_eq!(disk.read("a.md").unwrap(), b"xett tv\xc3\xa5 tv\xc3\xa5");
        disk.replace("a.md", b"something else").unwrap();
        assert_eq!((edits.undo(&disk), edits.count()), (Err(Refused::Conflict), 1));
        let gone = edits.write(&disk, Edit { file: "b.md".to_owned(), ..edit(0, "a", "b") }, Form::AsItIs);
        assert!(matches!(gone, Err(Refused::Failed(_))));
    }
}
