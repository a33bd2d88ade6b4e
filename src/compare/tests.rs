//! What counts as a change, and as which.

use std::collections::BTreeMap;

use super::state::{Amount, Figure, Heading, Paragraph, Row, Section, State, Table};
use super::*;

fn paragraph(text: &str) -> Paragraph {
    Paragraph { id: text.into(), text: text.into() }
}

fn section(id: &str, title: &str, paragraphs: &[&str]) -> Section {
    Section {
        id: id.into(),
        number: None,
        title: title.into(),
        paragraphs: paragraphs.iter().map(|text| paragraph(text)).collect(),
    }
}

fn state(sections: Vec<Section>) -> State {
    State { sections, ..State::default() }
}

fn shown(pieces: &[Piece]) -> String {
    pieces
        .iter()
        .map(|piece| match piece {
            Piece::Same(text) => text.clone(),
            Piece::Inserted(text) => format!("[+{text}]"),
            Piece::Deleted(text) => format!("[-{text}]"),
        })
        .collect()
}

#[test]
fn a_redline_goes_word_by_word() {
    assert_eq!(
        shown(&redline("Planen är aktuell i tolv ärenden.", "Planen är aktuell i tretton ärenden.")),
        "Planen är aktuell i [-tolv][+tretton] ärenden."
    );
    assert_eq!(shown(&redline("ett två tre", "ett tre")), "ett [-två ]tre");
    assert_eq!(
        shown(&redline("Det finns en plan.", "Det fanns två planer.")),
        "Det [-finns en plan][+fanns två planer]."
    );
}

#[test]
fn typography_alone_is_no_change() {
    let old = state(vec![section("a", "Rubrik", &["Han sa \"ja\" - 4 142 gånger, 18-29 år..."])]);
    let new = state(vec![section("a", "Rubrik", &["Han sa ”ja” – 4\u{a0}142 gånger, 18–29\u{202f}år…"])]);
    assert!(compare(&old, &new).is_empty());
    assert!(redline("18-29 år", "18–29\u{a0}år").iter().all(|piece| matches!(piece, Piece::Same(_))));
}

#[test]
fn a_move_is_a_move() {
    let one = "Det första stycket handlar om planer.";
    let two = "Det andra stycket handlar om möten.";
    let three = "Det tredje stycket handlar om avslag.";
    let old = state(vec![section("a", "Ett", &[one, two, three]), section("b", "Två", &["Slut."])]);
    let within = state(vec![section("a", "Ett", &[two, three, one]), section("b", "Två", &["Slut."])]);
    let changes = compare(&old, &within).paragraphs;
    assert_eq!(changes.len(), 1, "{changes:?}");
    assert_eq!((changes[0].what, changes[0].pieces[0].text()), (What::Moved, one));
    let across = state(vec![section("a", "Ett", &[one, two]), section("b", "Två", &["Slut.", three])]);
    let changes = compare(&old, &across).paragraphs;
    assert_eq!(changes.len(), 1, "{changes:?}");
    assert_eq!((changes[0].what, changes[0].section.as_str()), (What::Moved, "b"));
}

#[test]
fn sections_come_go_move_and_get_other_headings() {
    let old = state(vec![
        section("a", "A", &["aa"]),
        section("b", "B", &["bb"]),
        section("c", "C", &["cc"]),
        section("gammal-rubrik", "Gammal rubrik", &["dd"]),
        section("bort", "Bort", &["ee ff gg"]),
    ]);
    let new = state(vec![
        section("c", "C", &["cc"]),
        section("a", "A", &["aa"]),
        section("b", "B", &["bb"]),
        section("ny-rubrik", "Ny rubrik", &["dd"]),
        section("till", "Till", &["hh ii jj"]),
    ]);
    let difference = compare(&old, &new);
    let id = |id: &str| id.to_owned();
    assert_eq!(
        difference.sections,
        [
            SectionChange::Moved { id: id("c"), title: id("C") },
            SectionChange::Renamed { id: id("ny-rubrik"), old: id("Gammal rubrik"), new: id("Ny rubrik") },
            SectionChange::Added { id: id("till"), title: id("Till") },
            SectionChange::Removed { id: id("bort"), title: id("Bort") },
        ]
    );
    assert_eq!(difference.paragraphs.len(), 1, "only what went is shown: {:?}", difference.paragraphs);
}

fn figure(printed: &str, number: &str) -> Figure {
    let value = Amount::Full { printed: printed.into(), number: number.into() };
    Figure {
        label: "ärenden".into(), value, parts: BTreeMap::new(), decimals: 0, from: vec![], used: vec!["a".into()]
    }
}

#[test]
fn figures_and_cells_say_how_much_they_changed() {
    let mut old = State::default();
    old.figures.insert("sip".into(), figure("1 250", "1250"));
    old.figures.insert("same".into(), figure("4\u{a0}142", "4142"));
    old.figures.insert("gone".into(), figure("3", "3"));
    let mut new = old.clone();
    new.figures.insert("sip".into(), figure("1 247", "1247"));
    new.figures.insert("same".into(), figure("4 142", "4142"));
    new.figures.remove("gone");
    let table = |cells: &[&str]| Table {
        caption: "Besök".into(),
        stub: None,
        columns: vec![Heading { id: "women".into(), label: "Kvinnor".into() }],
        rows: cells
            .iter()
            .enumerate()
            .map(|(at, cell)| Row {
                id: format!("r{at}"),
                label: format!("Rad {at}"),
                cells: vec![Amount::Plain((*cell).into())],
                from: Vec::new(),
            })
            .collect(),
        decimals: vec![],
        from: vec![],
        used: vec![],
    };
    old.tables.insert("visits".into(), table(&["12", "..", "5"]));
    new.tables.insert("visits".into(), table(&["13", "4", "5", "6"]));
    let difference = compare(&old, &new);
    let told: Vec<_> = difference
        .figures
        .iter()
        .map(|c| (c.id.as_str(), c.old.as_deref(), c.new.as_deref(), c.difference.as_deref()))
        .collect();
    assert_eq!(told, [("sip", Some("1 250"), Some("1 247"), Some("-3")), ("gone", Some("3"), None, None)]);
    let cells: Vec<_> = difference
        .cells
        .iter()
        .map(|c| (c.row.as_str(), c.old.as_deref(), c.new.as_deref(), c.difference.as_deref()))
        .collect();
    assert_eq!(
        cells,
        [("r0", Some("12"), Some("13"), Some("1")), ("r1", Some(".."), Some("4"), None), ("r3", None, Some("6"), None)]
    );
}

#[test]
fn other_words_beside_a_number_and_another_order_are_changes() {
    let heading = |id: &str, label: &str| Heading { id: id.into(), label: label.into() };
    let table = |stub: &str, column: &str, rows: &[(&str, &str)]| Table {
        caption: "Besök".into(),
        stub: Some(stub.into()),
        columns: vec![heading("women", column)],
        rows: rows
            .iter()
            .map(|(id, label)| Row {
                id: (*id).into(),
                label: (*label).into(),
                cells: vec![Amount::Plain("1".into())],
                from: Vec::new(),
            })
            .collect(),
        decimals: vec![],
        from: vec![],
        used: vec![],
    };
    let mut old = State::default();
    old.figures.insert("sip".into(), figure("3", "3"));
    old.tables.insert("visits".into(), table("Enhet", "Kvinnor", &[("n", "Norr"), ("s", "Söder")]));
    let mut new = old.clone();
    new.tables.insert("visits".into(), table("Distrikt", "Flickor", &[("s", "Norr"), ("n", "Norr")]));
    new.figures.get_mut("sip").unwrap().label = "avslag".into();
    let told: Vec<String> = compare(&old, &new).labels.iter().map(|change| change.description().english()).collect();
    assert_eq!(
        told,
        [
            "label of `sip`: ärenden → avslag",
            "table `visits`, header of the first column: Enhet → Distrikt",
            "table `visits`, row: Söder → Norr",
            "table `visits`, order of the rows: Norr, Söder → Norr, Norr",
            "table `visits`, column: Kvinnor → Flickor",
        ]
    );
    // A record of before these were kept tells nothing of them.
    old.tables.get_mut("visits").unwrap().stub = None;
    assert_eq!(compare(&old, &new).labels.len(), 4);
}
