//! What a new report begins with: what its author is asked, on a terminal and in the browser alike, and the files that come of the answers.

pub mod editors;
mod questions;
mod starter;

use crate::diagnostic::{Said, say};
use crate::load::{self, Library};
use crate::locale::Language;
use crate::model::DocumentKind;
use crate::system::{Bytes, Overlay, System};

pub use questions::{Answers, Choice, Question, Refusal, Topic, no_kind, no_name, questions};
pub use starter::starter;

/// A report that is to be begun.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    pub kind: DocumentKind,
    pub id: String,
    pub language: Language,
    /// Who publishes; none where the example's invented one is kept.
    pub publisher: Option<String>,
}

/// Files that are not there yet, and the places that are theirs alone.
#[derive(Debug)]
pub struct Beginning {
    pub places: Vec<String>,
    pub files: Vec<(String, Bytes)>,
    /// What editors complete by; written anew where it is there.
    pub schemas: Vec<(String, Bytes)>,
}

/// Why nothing was written.
#[derive(Debug)]
pub enum Unwritten {
    /// It is there already.
    Taken(String),
    Failed(String, std::io::Error),
}

impl Unwritten {
    #[must_use]
    pub fn words(&self) -> Said {
        match self {
            Self::Taken(place) => say!("{place} is there already; choose another name", place),
            Self::Failed(path, error) => {
                say!("{path} cannot be written: {error}; nothing of the new report is left", path, error)
            }
        }
    }
}

/// The files of a new report, with the answers in them.
#[must_use]
pub fn beginning(system: &dyn System, library: &Library, wanted: &Wanted) -> Beginning {
    let id = &wanted.id;
    let own = [format!("content/{id}"), format!("charts/{id}")];
    let mut out = Beginning { places: own.to_vec(), files: Vec::new(), schemas: Vec::new() };
    // One publisher holds for all reports: it is told in belagg.yaml, unless that is the author's already.
    let named = publisher_named(system, library);
    let begins = !system.exists("belagg.yaml");
    let of_workspace = wanted.publisher.is_some() && (begins || named == wanted.publisher);
    // Which numbers are too small in reports that are there already is for their author to say.
    let policy = if load::folders(system).is_empty() { starter::policy(wanted.language) } else { "" };
    for (path, content) in starter(wanted.kind, wanted.language) {
        let (path, mut content) = (path.replace("{id}", id), content.replace("{id}", id));
        if let Some(publisher) = wanted.publisher.as_ref().filter(|_| path.ends_with("/report.yaml")) {
            content = published_by(&content, publisher, of_workspace);
        }
        content.insert_str(0, &editors::modeline(&path).unwrap_or_default());
        out.places.push(path.split('/').take(2).collect::<Vec<_>>().join("/"));
        out.files.push((path, content.into()));
    }
    if begins && (wanted.publisher.is_some() || !policy.is_empty()) {
        let line = editors::modeline("belagg.yaml").unwrap_or_default();
        let publisher = wanted.publisher.as_ref();
        let publisher = publisher.map(|publisher| format!("publisher:\n  name: {}\n", quoted(publisher)));
        let publisher = publisher.unwrap_or_default();
        let text = format!("{line}language: {}\n{publisher}{policy}", wanted.language.tag());
        out.places.push("belagg.yaml".to_owned());
        out.files.push(("belagg.yaml".to_owned(), text.into()));
    }
    let mut then = Overlay::new(system);
    // A path that leads elsewhere is told when it is written to.
    out.files.iter().for_each(|(path, content)| _ = then.lay(path, content.clone()));
    out.schemas = editors::own_folder(&load::ids(&then, library));
    out
}

/// The publisher that `belagg.yaml` names.
fn publisher_named(system: &dyn System, library: &Library) -> Option<String> {
    let (workspace, ..) = load::load_workspace(system, library);
    workspace.publisher.map(|publisher| publisher.name.value)
}

/// A report.yaml with another publisher: on the cover, which the workspace may tell as well, and in the imprint.
fn published_by(text: &str, publisher: &str, of_workspace: bool) -> String {
    let line = |line: &str| match line {
        _ if line.starts_with("publisher:") && of_workspace => String::new(),
        _ if line.starts_with("publisher:") => format!("publisher: {{name: {}}}\n", quoted(publisher)),
        _ if line.starts_with("  publisher:") => format!("  publisher: {}\n", quoted(publisher)),
        _ => line.to_owned(),
    };
    text.split_inclusive('\n').map(line).collect()
}

/// A text as YAML has it in every place.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// Writes files into places none of which is there, all of them or none.
///
/// # Errors
/// See [`Unwritten`].
pub fn write(system: &dyn System, Beginning { places, files, schemas }: &Beginning) -> Result<(), Unwritten> {
    if let Some(place) = places.iter().find(|place| system.exists(place)) {
        return Err(Unwritten::Taken(place.clone()));
    }
    for (path, content) in files.iter().chain(schemas) {
        if let Err(error) = system.write_durably(path, content) {
            // None of these places was there before: half a report would only be in the way of the next try.
            for place in places {
                let _ = system.remove(place);
            }
            return Err(Unwritten::Failed(path.clone(), error));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::system::MemorySystem;

    fn text(beginning: &Beginning, path: &str) -> String {
        let file = beginning.files.iter().find(|(known, _)| known == path);
        String::from_utf8(file.unwrap_or_else(|| panic!("no {path}")).1.to_vec()).unwrap()
    }

    #[test]
    fn a_publisher_is_told_once() {
        let wanted = Wanted {
            kind: DocumentKind::Report,
            id: "a".to_owned(),
            language: Language::English,
            publisher: Some("Town: \"A\"".to_owned()),
        };
        let empty = MemorySystem::new::<&str, &str>([]);
        let first = beginning(&empty, &Library::default(), &wanted);
        let begun = "# yaml-language-server: $schema=.schema/workspace.schema.json\nlanguage: en\npublisher:\n  name: \"Town: \\\"A\\\"\"\n";
        assert_eq!(text(&first, "belagg.yaml"), format!("{begun}{}", starter::policy(Language::English)));
        let report = text(&first, "content/a/report.yaml");
        assert!(
            !report.contains("\npublisher:") && report.contains("\n  publisher: \"Town: \\\"A\\\"\"\n"),
            "{report}"
        );
        assert!(write(&empty, &first).is_ok());
        // The next report has it from there, and another one says so itself.
        let second = beginning(&empty, &Library::default(), &Wanted { id: "b".to_owned(), ..wanted.clone() });
        assert!(second.files.iter().all(|(path, _)| path != "belagg.yaml"));
        assert!(!text(&second, "content/b/report.yaml").contains("\npublisher:"));
        let other = Wanted { id: "c".to_owned(), publisher: Some("Region".to_owned()), ..wanted.clone() };
        assert!(
            text(&beginning(&empty, &Library::default(), &other), "content/c/report.yaml")
                .contains("\npublisher: {name: \"Region\"}\n")
        );
        assert!(matches!(write(&empty, &first), Err(Unwritten::Taken(place)) if place == "content/a"));
        // Without an answer the example stays as it is.
        let kept = beginning(&empty, &Library::default(), &Wanted { id: "d".to_owned(), publisher: None, ..wanted });
        assert!(text(&kept, "content/d/report.yaml").contains("\npublisher: {name: Sampletown}"));
    }
}
