use super::*;
use crate::diagnostic::say;
use crate::source::Span;
use crate::system::{MemorySystem, Snapshot};

pub fn maker(hash: &str) -> Maker {
    Maker { program: Program { hash: hash.to_owned(), note: None }, tools: "tools".to_owned() }
}

/// A document that was made of one file, with a warning about it.
pub fn record(workspace: &MemorySystem) -> (Derived, Record, Vec<Artifact>) {
    let files = vec![
        Artifact { path: "assets/style.css".to_owned(), bytes: "p {}".into() },
        Artifact { path: "page.html".to_owned(), bytes: "<p>".into() },
    ];
    for file in &files {
        workspace.write(&format!("output/a/1.0/{}", file.path), &file.bytes).unwrap();
    }
    let run = Snapshot::new(workspace);
    let text = run.read("content/a/text.md").unwrap();
    let mut sources = SourceMap::default();
    let source = sources.add("content/a/text.md", String::from_utf8(text.to_vec()).unwrap());
    let mut sink = Sink::default();
    sink.push(
        Diagnostic::warning(Code::FILE_MISSING, say!("`{path}` is missing", path = "x")).at(Span::new(source, 0, 1)),
    );
    let document = Derived { id: "a".to_owned(), of: None };
    let asked = Asked::new(&run.seen(), &run);
    let made = Made { document: &document, asked: &asked, sink: &sink, sources: &sources, lines: &[], outputs: None };
    let outputs = Outputs::new(workspace, "output/a/1.0", &Files::Held(files.clone())).unwrap();
    let record = Record::new(&maker("p"), &made, Some(outputs), workspace, &rules()).unwrap();
    (document, record, files)
}

fn kept(workspace: &MemorySystem) -> Kept {
    let lying = workspace.contents(RECORDS).unwrap();
    Kept { maker: Some(maker("p")), anew: false, cache: None, lying, new: Mutex::default() }
}

#[test]
fn a_document_is_left_while_all_that_reached_it_and_all_that_came_of_it_is_as_it_was() {
    let workspace = MemorySystem::new([("content/a/text.md", "one")]);
    let (document, record, _) = record(&workspace);
    workspace.write(".built/documents/a.json", &record.bytes().unwrap()).unwrap();
    let left = kept(&workspace).left(&workspace, &document).unwrap();
    assert_eq!((left.sink.iter().count(), left.folder.as_deref()), (1, Some("output/a/1.0")));
    assert_eq!(left.sources.iter().map(|source| &*source.text).collect::<Vec<_>>(), ["one"]);
    let is_left = || kept(&workspace).left(&workspace, &document).is_some();
    for path in
        ["content/a/text.md", "output/a/1.0/page.html", "output/a/1.0/assets/style.css", ".built/documents/a.json"]
    {
        let before = workspace.read(path).unwrap();
        let mut other = before.to_vec();
        other[0] ^= 1;
        workspace.write(path, &other).unwrap();
        assert!(!is_left(), "{path} changed");
        workspace.remove(path).unwrap();
        assert!(!is_left(), "{path} removed");
        workspace.write(path, &before).unwrap();
        assert!(is_left(), "{path} as it was");
    }
    for path in ["output/a/1.0/more.txt", "output/a/1.0/.more"] {
        workspace.write(path, b"more").unwrap();
        assert!(!is_left(), "{path} beside what was written");
        workspace.remove(path).unwrap();
    }
    assert!(is_left() && Kept { anew: true, ..kept(&workspace) }.left(&workspace, &document).is_none());
    assert!(Kept { maker: Some(maker("q")), ..kept(&workspace) }.left(&workspace, &document).is_none());
}

#[test]
fn records_of_documents_that_are_gone_go() {
    let workspace = MemorySystem::new([("content/a/text.md", "one"), (".built/documents/b.json", "x")]);
    let (document, record, _) = record(&workspace);
    let run = kept(&workspace);
    run.note(&name(&document.id), &record);
    assert!(run.is_alone(&workspace));
    assert!(run.write(&workspace).is_empty());
    assert_eq!(workspace.walk(RECORDS).unwrap(), ["a.json"]);
    assert!(kept(&workspace).left(&workspace, &document).is_some());
    assert_eq!(workspace.read(".built/.gitignore").unwrap(), b"*\n");
}
