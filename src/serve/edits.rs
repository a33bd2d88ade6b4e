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
    pub form: Form,
}

/// How a text stands in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    AsItIs,
    /// As a value of YAML.
    Scalar,
    /// It is all of a file, which is there because of it.
    File,
}

/// Why nothing was written.
#[derive(Debug, PartialEq, Eq)]
pub enum Refused {
    /// Something else stands there now.
    Conflict,
    /// What the system said.
    Failed(String),
}

/// The changes of this run, the last one last; each may be of several files.
#[derive(Debug, Default)]
pub struct Edits(Mutex<Vec<Vec<Edit>>>);

impl Edits {
    /// Writes a change, all of it or nothing.
    ///
    /// # Errors
    /// See [`Refused`].
    pub fn write(&self, system: &dyn System, change: Vec<Edit>) -> Result<(), Refused> {
        let mut edits = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        edits.push(put_all(system, change)?);
        Ok(())
    }

    /// Takes the last change back; whether there was one.
    ///
    /// # Errors
    /// See [`Refused`]; the change can then be taken back later.
    pub fn undo(&self, system: &dyn System) -> Result<bool, Refused> {
        let mut edits = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(change) = edits.last() else { return Ok(false) };
        put_all(system, change.iter().rev().cloned().map(Edit::back).collect())?;
        edits.pop();
        Ok(true)
    }

    /// How many changes can be taken back.
    pub fn count(&self) -> usize {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).len()
    }
}

impl Edit {
    /// What takes it back.
    fn back(self) -> Self {
        let form = if self.form == Form::File { Form::File } else { Form::AsItIs };
        Self { old: self.new, new: self.old, form, ..self }
    }
}

/// Writes edits one after the other, as they were made. Where one cannot be, those before it are taken back.
fn put_all(system: &dyn System, change: Vec<Edit>) -> Result<Vec<Edit>, Refused> {
    let mut written: Vec<Edit> = Vec::new();
    for edit in change {
        match put(system, edit) {
            Ok(edit) => written.push(edit),
            Err(refused) => {
                for edit in written.into_iter().rev() {
                    // What cannot be put back was saved by somebody else meanwhile, and is theirs.
                    let _ = put(system, edit.back());
                }
                return Err(refused);
            }
        }
    }
    Ok(written)
}

/// Puts a text in the place of another; gives the change as it was made.
fn put(system: &dyn System, edit: Edit) -> Result<Edit, Refused> {
    let failed = |error: String| Refused::Failed(error);
    if edit.form == Form::File && edit.old.is_empty() {
        if system.exists(&edit.file) {
            return Err(Refused::Conflict);
        }
        system.write(&edit.file, edit.new.as_bytes()).map_err(|error| failed(error.to_string()))?;
        return Ok(edit);
    }
    let bytes = system.read(&edit.file).map_err(|error| failed(error.to_string()))?;
    let text = std::str::from_utf8(&bytes).map_err(|error| failed(error.to_string()))?;
    if edit.form == Form::File {
        if text != edit.old {
            return Err(Refused::Conflict);
        }
        system.remove(&edit.file).map_err(|error| failed(error.to_string()))?;
        return Ok(edit);
    }
    // A byte order mark is no text: places are counted behind it, and it stays.
    let (lead, text) = text.split_at(if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 });
    let start = place(text, &edit).ok_or(Refused::Conflict)?;
    let end = start + edit.old.len();
    let new = if edit.form == Form::Scalar { scalar::written(&edit.new, text, start, end) } else { edit.new };
    // A field of a browser knows one end of lines, a file may have the other.
    let new = if text.contains("\r\n") { new.replace("\r\n", "\n").replace('\n', "\r\n") } else { new };
    let now = [lead, &text[..start], &new, &text[end..]].concat();
    system.replace(&edit.file, now.as_bytes()).map_err(|error| failed(error.to_string()))?;
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
        Edit { file: "a.md".to_owned(), start, old: old.to_owned(), new: new.to_owned(), form: Form::AsItIs }
    }

    #[test]
    fn a_change_is_written_where_it_came_from_and_taken_back() {
        let disk = MemorySystem::new([("a.md", "ett två tre två")]);
        let edits = Edits::default();
        let text = || String::from_utf8(disk.read("a.md").unwrap().to_vec()).unwrap();
        edits.write(&disk, vec![edit(13, "två", "fyra")]).unwrap();
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
            let wrong = edits.write(&disk, vec![edit(start, old, "x")]);
            if old.is_empty() { wrong.unwrap() } else { assert_eq!(wrong, Err(Refused::Conflict), "{start} {old}") }
        }
        assert_eq!(disk.read("a.md").unwrap(), b"xett tv\xc3\xa5 tv\xc3\xa5");
        disk.replace("a.md", b"something else").unwrap();
        assert_eq!((edits.undo(&disk), edits.count()), (Err(Refused::Conflict), 1));
        let gone = edits.write(&disk, vec![Edit { file: "b.md".to_owned(), ..edit(0, "a", "b") }]);
        assert!(matches!(gone, Err(Refused::Failed(_))));
    }
    #[test]
    fn a_change_of_several_files_is_written_and_taken_back_as_one() {
        let disk = MemorySystem::new([("a.md", "ett två")]);
        let edits = Edits::default();
        let made = Edit { file: "b.yaml".to_owned(), form: Form::File, ..edit(0, "", "b: 1\n") };
        edits.write(&disk, vec![made.clone(), edit(0, "ett", "1")]).unwrap();
        assert_eq!((disk.read("b.yaml").unwrap(), disk.read("a.md").unwrap()), ("b: 1\n".into(), "1 två".into()));
        assert_eq!(edits.undo(&disk), Ok(true));
        assert!(!disk.exists("b.yaml") && disk.read("a.md").unwrap() == *"ett två".as_bytes());
        // The second cannot be written: the first is taken back.
        assert_eq!(edits.write(&disk, vec![made.clone(), edit(0, "tre", "3")]), Err(Refused::Conflict));
        assert!(!disk.exists("b.yaml") && edits.count() == 0);
        // A file that somebody has written in is theirs.
        edits.write(&disk, vec![made.clone()]).unwrap();
        disk.replace("b.yaml", b"b: 2\n").unwrap();
        assert_eq!((edits.undo(&disk), edits.count()), (Err(Refused::Conflict), 1));
        assert_eq!(edits.write(&disk, vec![made]), Err(Refused::Conflict), "it is there");
    }
}
