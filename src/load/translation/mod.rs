//! Translations: a report says in another language what its original says. Numbers, ids, data and charts are the original's files; the words that stand for
//! its words lie in files of the same names, and are laid over them.

mod data;
mod lay;
mod scaffold;

use std::rc::Rc;
use std::sync::Arc;

use crate::diagnostic::{Code, Diagnostic, Said, Sink, say};
use crate::model::{Lacking, Laid, Place, Reliance};
use crate::source::{SourceId, Span, Spanned};

use super::each::{Home, home, report_ids};
use super::form::{ByName, Form as _, Kind, Reference};
use super::report::ReportFile;
use super::yaml::{self, Node, Value};
use super::{Loader, is_yaml};

pub use data::translated;
pub use lay::{has_words, laid};
pub use scaffold::scaffold;

/// The key of report.yaml.
const KEY: &str = "translation-of";
/// What a translation adds to the original's.
const NAMES: &str = "names";
/// What may be other abbreviations than the original's.
const TERMS: &str = "terms";

/// The keys of report.yaml that a translation has by itself. All others are the original's, under its own words.
pub const OWN: &[&str] = &[
    KEY,
    "words",
    "language",
    "version",
    "date",
    "status",
    "decision",
    "changes",
    "withdrawn",
    "companions",
    "keywords",
    TERMS,
    NAMES,
    "rules",
    "exceptions",
    "labels",
    "chapters",
];

/// What stands in belagg.yaml where the original does not say it: then the translation says it by itself.
const OF_WORKSPACE: &str = "publisher";

/// The original of a translation, as its report.yaml stands.
pub struct Original {
    pub home: Home,
    pub source: SourceId,
    pub text: Arc<str>,
}

/// What a report.yaml is a translation of. What is wrong with the key is told when the file is read.
pub fn named(source: SourceId, text: &str) -> Option<Reliance> {
    if !text.contains(KEY) {
        return None;
    }
    let root = yaml::parse(source, text, &mut Sink::default())?;
    let Value::Map(entries) = &root.value else { return None };
    let (_, node) = entries.iter().find(|(key, _)| key.value == KEY)?;
    let given = ByName::<Reference>::read(node, &Said::verbatim(KEY), &mut Sink::default())?;
    given.into_iter().next().map(|(id, version)| Reliance { id, version })
}

/// The report.yaml of a translation over that of its original.
pub fn report(original: &Node, own: &Node, found: &mut Laid, sink: &mut Sink) -> Node {
    let (Value::Map(theirs), Value::Map(ours)) = (&original.value, &own.value) else { return own.clone() };
    let published = theirs.iter().any(|(key, _)| key.value == OF_WORKSPACE);
    let is_own = |key: &Spanned<String>| OWN.contains(&key.value.as_str()) || !published && key.value == OF_WORKSPACE;
    // Each row of a file makes an original of its own.
    let shared: Vec<_> = theirs.iter().filter(|(key, _)| !is_own(key) && key.value != "for-each").cloned().collect();
    let over: Vec<_> = ours.iter().filter(|(key, _)| !is_own(key)).cloned().collect();
    let node = |entries, span| Node { value: Value::Map(Rc::new(entries)), span };
    let merged = laid(&node(shared, original.span), Some(&node(over, own.span)), &ReportFile::KIND, found, sink);
    let Value::Map(merged) = merged.value else { return own.clone() };
    let mut entries = Rc::unwrap_or_clone(merged);
    for (key, node) in ours.iter().filter(|(key, node)| is_own(key) && !matches!(node.value, Value::Null)) {
        let node = match key.value.as_str() {
            "words" => written(node),
            TERMS => continue,
            _ => node.clone(),
        };
        entries.push((key.clone(), node));
    }
    entries.extend(terms(listed(theirs), listed(ours), found));
    if let Some((key, listed)) = theirs.iter().find(|(key, _)| key.value == NAMES) {
        match entries.iter_mut().find(|(key, _)| key.value == NAMES) {
            Some((_, own)) => *own = joined(listed, own),
            None => entries.push((key.clone(), listed.clone())),
        }
    }
    node(entries, own.span)
}

/// The abbreviations of a translation, which may be others than the original's; where it has none, or waits for their words, the original's.
fn terms(theirs: Option<Entry>, ours: Option<Entry>, found: &mut Laid) -> Option<Entry> {
    let known = |node: &Option<Entry>| match node.as_ref().map(|(_, node)| node.value.clone()) {
        Some(Value::Map(entries)) => Rc::unwrap_or_clone(entries),
        _ => Vec::new(),
    };
    let (originals, own) = (known(&theirs), known(&ours));
    if own.is_empty() {
        let (key, node) = theirs?;
        let lacking = originals.iter().map(|(_, text)| (text, text.span));
        found.lacking.extend(lacking.filter_map(|(text, span)| waiting(text, span)));
        return Some((key, node));
    }
    let (key, node) = ours?;
    let mut entries = Vec::new();
    for (name, text) in own {
        let there = originals.iter().find(|(known, _)| known.value == name.value);
        match (&text.value, there) {
            (Value::Null, Some((_, words))) => {
                found.lacking.extend(waiting(words, name.span));
                entries.push((name, words.clone()));
            }
            (Value::Null, None) => {}
            _ => entries.push((name, text)),
        }
    }
    Some((key, Node { value: Value::Map(Rc::new(entries)), span: node.span }))
}

fn listed(entries: &[Entry]) -> Option<Entry> {
    entries.iter().find(|(key, _)| key.value == TERMS).cloned()
}

/// A key and its value.
type Entry = (Spanned<String>, Node);

fn waiting(text: &Node, span: Span) -> Option<Lacking> {
    let words = text.text().map(|text| text.value)?;
    Some(Lacking { words, span, place: Place::Key })
}

/// What is written of words: those with nothing behind them wait.
fn written(node: &Node) -> Node {
    let Value::Map(entries) = &node.value else { return node.clone() };
    let entries = entries.iter().filter(|(_, node)| !matches!(node.value, Value::Null)).cloned().collect();
    Node { value: Value::Map(Rc::new(entries)), span: node.span }
}

/// Two lists one after the other; what is none is told when it is read.
fn joined(first: &Node, second: &Node) -> Node {
    match (&first.value, &second.value) {
        (Value::List(a), Value::List(b)) => {
            Node { value: Value::List(Rc::new(a.iter().chain(b.iter()).cloned().collect())), span: second.span }
        }
        _ => second.clone(),
    }
}

impl Loader<'_> {
    /// The original of the report that is written at a home; `Err` where it cannot be one.
    pub(super) fn original(&mut self, own: &Home, source: SourceId, text: &str) -> Result<Option<Original>, ()> {
        let named = self.library.translations.get_or_make(source, || named(source, text));
        self.translates = named.is_some();
        let Some(Reliance { id, .. }) = named else { return Ok(None) };
        if own.row.is_some() {
            let message = say!("a translation is one report, and this folder makes one for each row of a file");
            self.sink.push(
                Diagnostic::error(Code::TRANSLATION, message)
                    .at(id.span)
                    .help(say!("take `for-each` out: a translation has the rows and parameters of its original")),
            );
            return Err(());
        }
        let found = home(self.system, self.library, &id.value);
        let path = found.as_ref().map(|home| format!("content/{}/report.yaml", home.folder));
        let written = path.filter(|path| self.system.exists(path) && id.value != own.id());
        let (Some(home), Some(path)) = (found, written) else {
            let known = report_ids(self.system, self.library);
            let known = known.iter().map(String::as_str).filter(|known| *known != own.folder);
            self.sink.push(
                Diagnostic::error(Code::FILE_MISSING, say!("there is no report `{id}` to translate", id = id.value))
                    .at(id.span)
                    .nearest(&id.value, known),
            );
            return Err(());
        };
        let Some(source) = self.text(&path, Some(id.span)) else { return Err(()) };
        let text = Arc::clone(&self.sources.get(source).text);
        let theirs = self.library.translations.get_or_make(source, || self::named(source, &text));
        if let Some(Reliance { id: first, .. }) = theirs {
            self.sink.push(
                Diagnostic::error(Code::TRANSLATION, say!("`{id}` is a translation itself", id = id.value))
                    .at(id.span)
                    .help(say!("name the original: `{first}`", first = first.value)),
            );
            return Err(());
        }
        Ok(Some(Original { home, source, text }))
    }

    /// A file of the original with the words of the translation's file of the same name, where there is one.
    pub(super) fn worded(&mut self, original: Node, own: Option<&str>, kind: &Kind) -> Node {
        let Some(path) = own else { return original };
        let over = if self.system.exists(path) { self.own_words(path) } else { None };
        let mut found = std::mem::take(&mut self.laid);
        let node = laid(&original, over.as_ref(), kind, &mut found, &mut self.sink);
        self.laid = found;
        node
    }

    fn own_words(&mut self, path: &str) -> Option<Node> {
        let source = self.text(path, None)?;
        let text = Arc::clone(&self.sources.get(source).text);
        yaml::parse(source, &text, &mut self.sink)
    }

    /// Tells of the files of a translation that stand for none of the original.
    pub(super) fn tell_of_surplus(&mut self, own: &str, original: &str) {
        let known: Vec<String> = self.listed(original).into_iter().map(|entry| entry.name).collect();
        for entry in self.listed(own).into_iter().filter(|entry| is_yaml(&entry.name) && !known.contains(&entry.name)) {
            let (path, name) = (format!("{own}/{}", entry.name), entry.name);
            let message = say!("`{path}` stands for no file of the original", path);
            let found = Diagnostic::error(Code::TRANSLATION, message).nearest(&name, known.iter().map(String::as_str));
            self.sink.push(found.help(say!(
                "words lie in a file of the same name as those that they stand for: `{original}/…`",
                original
            )));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_translation_has_of_its_own_is_declared() {
        let Kind::Mapping(mapping) = ReportFile::KIND else { panic!("a mapping") };
        for key in OWN {
            assert!(mapping.key(key).is_some(), "{key}");
        }
    }
}
