//! `sources.yaml`: Hayagriva's format, with its names read as reports write them.

use hayagriva::types::Person;
use hayagriva::{Entry, Library};

use crate::diagnostic::{Code, Diagnostic, Sink, say};
use crate::source::{SourceId, Span, Spanned};

use super::yaml::{self, Node, Value};

/// The sources, and where each key stands. Faults go to the sink and give an empty library.
pub fn read(source: SourceId, text: &str, sink: &mut Sink) -> (Library, Vec<Spanned<String>>) {
    let Some(root) = yaml::parse(source, text, sink) else { return (Library::new(), Vec::new()) };
    let entries = match &root.value {
        Value::Map(entries) => entries.as_slice(),
        _ => &[],
    };
    let places = entries.iter().map(|(key, _)| key.clone()).collect();
    let library = match hayagriva::io::from_yaml_str(text) {
        Ok(library) => library,
        Err(error) => {
            let at = error.location().map_or(0, |place| place.index().min(text.len()));
            sink.push(
                Diagnostic::error(Code::YAML_SYNTAX, say!("sources.yaml cannot be used: {error}", error))
                    .at(Span::new(source, at, at))
                    .help(say!("each source is `key:` with type, title, author and date; docs/format.md shows one")),
            );
            return (Library::new(), places);
        }
    };
    let library = library.into_iter().map(|entry| with_whole_names(entry, entries)).collect();
    (library, places)
}

/// A name without a comma is one name: an authority or an association. Hayagriva would take it for a person and part it
/// into given name and family name, and "Exempelstads socialnämnd" is neither. Persons are written "Slade, Mike".
fn with_whole_names(mut entry: Entry, nodes: &[(Spanned<String>, Node)]) -> Entry {
    let Some(author) = nodes.iter().find(|(key, _)| key.value == entry.key()).and_then(|(_, node)| match &node.value {
        Value::Map(fields) => fields.iter().find(|(key, _)| key.value == "author").map(|(_, author)| author),
        _ => None,
    }) else {
        return entry;
    };
    let written: Vec<Option<String>> = match &author.value {
        Value::List(items) => items.iter().map(|item| item.text().map(|text| text.value)).collect(),
        _ => vec![author.text().map(|text| text.value)],
    };
    let Some(parsed) = entry.authors().map(<[Person]>::to_vec) else { return entry };
    if parsed.len() != written.len() {
        return entry;
    }
    let persons = parsed
        .into_iter()
        .zip(written)
        .map(|(person, written)| match written {
            Some(name) if !name.contains(',') => {
                Person { name, given_name: None, prefix: None, suffix: None, comma_suffix: false, alias: None }
            }
            _ => person,
        })
        .collect();
    entry.set_authors(persons);
    entry
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::SourceMap;

    #[test]
    fn an_authority_keeps_its_whole_name_and_a_person_is_parted() {
        let text = "a: {type: report, title: T, author: Exempelstads socialnämnd}\n\
                    b: {type: book, title: T, author: [\"Slade, Mike\", Grim]}\n";
        let mut sink = Sink::default();
        let (library, places) = read(SourceMap::default().add("sources.yaml", text), text, &mut sink);
        assert!(sink.is_empty());
        assert_eq!(places.len(), 2);
        let names = |key: &str| -> Vec<(String, Option<String>)> {
            let persons = library.get(key).and_then(|entry| entry.authors()).unwrap();
            persons.iter().map(|person| (person.name.clone(), person.given_name.clone())).collect()
        };
        assert_eq!(names("a"), [("Exempelstads socialnämnd".to_owned(), None)]);
        assert_eq!(names("b"), [("Slade".to_owned(), Some("Mike".to_owned())), ("Grim".to_owned(), None)]);
    }
}
