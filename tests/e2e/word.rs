//! Reports as Word documents, and what comes back in them.

use std::io::Read as _;

use crate::workspace::Workspace;

/// The text of a part of a packed file.
fn part(bytes: &[u8], name: &str) -> String {
    let mut file = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    file.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

fn exported(workspace: &Workspace) -> Vec<u8> {
    workspace.run(&["export", "liten", "--word"]).expect(0);
    workspace.bytes("comments/liten-1.0.docx")
}

#[test]
fn a_report_is_written_as_a_word_document_with_styles_notes_and_locked_numbers() {
    let workspace = Workspace::small();
    workspace.chapter(
        "# Resultat\n\nAv ärendena har {{ plans | share }} en plan, se [](#table-visits).[^a]\n\n[^a]: En not.\n\n{{ table visits }}\n\n- alfa\n- beta\n",
    );
    let bytes = exported(&workspace);
    let text = part(&bytes, "word/document.xml");
    let document = roxmltree::Document::parse(&text).expect("the part is XML");
    let named = |name: &str| document.descendants().filter(|node| node.tag_name().name() == name).count();
    assert!(text.contains("<w:pStyle w:val=\"Heading1\"/>"), "{text}");
    assert_eq!(named("tblHeader"), 1);
    assert_eq!(named("footnoteReference"), 1);
    assert!(part(&bytes, "word/footnotes.xml").contains("En not."));
    let control = document
        .descendants()
        .find(|node| node.tag_name().name() == "sdt" && node.descendants().any(|node| node.tag_name().name() == "lock"))
        .unwrap();
    let value = |name: &str| {
        let node = control.descendants().find(|node| node.tag_name().name() == name).unwrap();
        node.attributes().next().unwrap().value().to_owned()
    };
    assert_eq!((value("tag").as_str(), value("lock").as_str()), ("plans | share", "contentLocked"));
    let words: String = control.descendants().filter(roxmltree::Node::is_text).filter_map(|node| node.text()).collect();
    assert_eq!(words.replace('\u{a0}', " "), "25 av 40");
    assert!(part(&bytes, "word/styles.xml").contains("w:val=\"sv-SE\""));
    assert!(part(&bytes, "docProps/core.xml").contains("<dc:title>Liten rapport</dc:title>"));
    // Every link within the file leads to a bookmark.
    let attribute =
        |node: &roxmltree::Node, name: &str| node.attributes().find(|a| a.name() == name).map(|a| a.value().to_owned());
    let bookmarks: Vec<String> = document
        .descendants()
        .filter(|node| node.tag_name().name() == "bookmarkStart")
        .filter_map(|node| attribute(&node, "name"))
        .collect();
    let links: Vec<String> = document
        .descendants()
        .filter(|node| node.tag_name().name() == "hyperlink")
        .filter_map(|node| attribute(&node, "anchor"))
        .collect();
    assert!(links.len() > 1 && links.iter().all(|link| bookmarks.contains(link)), "{links:?}");
    let mut once = bookmarks.clone();
    once.sort();
    once.dedup();
    assert_eq!(once.len(), bookmarks.len());
}

#[test]
fn the_same_report_is_the_same_file_and_one_with_comments_is_not_written_over() {
    let workspace = Workspace::small();
    let first = exported(&workspace);
    assert_eq!(first, exported(&workspace));
    workspace.file("comments/liten-1.0.docx", "comments of others");
    let refused = workspace.run(&["export", "liten", "--word"]).expect(2);
    assert!(refused.stderr.contains("somebody's comments"), "{}", refused.stderr);
    workspace.run(&["export", "liten", "--word", "--to", "ut/annan.docx"]).expect(0);
    assert_eq!(first, workspace.bytes("ut/annan.docx"));
}
