//! The gallery: every mark on every shape of data that reports have, in both languages, made by the program as authors make charts. What is drawn is
//! measured here (`picture`), and held against the pictures of `tests/gallery` (`reference`). `scripts/gallery` makes those anew and a page to look at.

mod charts;
mod picture;
mod reference;
mod shapes;
mod strange;

use super::workspace::Workspace;
use charts::WAYS;
use picture::Picture;
use shapes::{LANGUAGES, SHAPES, Shape, cases, regions};
use std::path::Path;
use std::sync::LazyLock;
use strange::STRANGE;

/// A drawn chart of the gallery.
struct Drawn {
    name: String,
    svg: String,
}

/// The workspace with both reports, built.
static GALLERY: LazyLock<Workspace> = LazyLock::new(|| {
    let workspace = Workspace::empty();
    workspace.file("belagg.yaml", "publisher: {name: Exempelstad}\nrules: {TAB012: off, TAB013: off, TAB014: off}\n");
    for (at, language) in LANGUAGES.into_iter().enumerate() {
        write_report(&workspace, at, language);
    }
    workspace.run(&["build"]).expect(0);
    workspace
});

fn write_report(workspace: &Workspace, at: usize, language: &str) {
    let report = format!("gallery-{language}");
    let title = ["Galleri över diagram", "A gallery of charts"][at];
    let chapters: Vec<String> = WAYS.iter().map(|way| format!("{}.md", way.id)).collect();
    let head = format!(
        "kind: article\ntitle: {title}\nlanguage: {language}\nversion: \"1.0\"\ndate: 2024\nstatus: draft\nimprint: {{author: Exempelstad, place: \
         Exempelstad, publisher: Exempelstad, contact: Kansliet}}\nchapters: [{}]\n",
        chapters.join(", ")
    );
    workspace.file(&format!("content/{report}/report.yaml"), head);
    workspace.file(&format!("content/{report}/data/regions.geojson"), regions());
    let tables: String = shapes().map(|shape| shape.yaml(at)).collect();
    workspace.file(&format!("content/{report}/data/cases.csv"), cases());
    let datasets = "datasets:\n  cases: {label: cases, file: data/cases.csv, columns: {unit: Enhet, days: {header: Dagar, type: number, bins: {width: 10}}}}\n";
    workspace.file(&format!("content/{report}/findings/tables.yaml"), format!("{datasets}tables:\n{tables}"));
    for way in WAYS {
        let mut chapter = format!("# {}\n", way.title[at]);
        for id in way.shapes {
            let name = format!("{}-{id}", way.id);
            let keys = way.keys.replace("STATUS", ["slutlig", "final"][at]);
            let spec = format!("table: {id}\n{keys}\ncaption: {} ({name})\n", shape(id).title[at]);
            workspace.file(&format!("charts/{report}/{name}.yaml"), spec);
            chapter.push_str(&format!("\n{{{{ chart {name} }}}}\n"));
        }
        workspace.file(&format!("content/{report}/{}.md", way.id), chapter);
    }
}

fn shapes() -> impl Iterator<Item = &'static Shape> {
    SHAPES.iter().chain(STRANGE)
}

fn shape(id: &str) -> &'static Shape {
    shapes().find(|shape| shape.id == id).unwrap_or_else(|| panic!("no shape {id}"))
}

/// The charts of a language, in their order.
fn drawn(language: &str) -> Vec<Drawn> {
    let names = WAYS.iter().flat_map(|way| way.shapes.iter().map(|shape| format!("{}-{shape}", way.id)));
    let read =
        |name: String| Drawn { svg: GALLERY.read(&format!("output/gallery-{language}/1.0/charts/{name}.svg")), name };
    names.map(read).collect()
}

#[test]
fn there_are_sixty_charts_and_none_has_a_label_that_covers_anything() {
    for language in LANGUAGES {
        let all = drawn(language);
        assert!(all.len() >= 60, "{}", all.len());
        let faults = all.iter().flat_map(|drawn| {
            let faults = Picture::read(&drawn.svg).faults();
            faults.into_iter().map(|fault| format!("{language} {}: {fault}", drawn.name))
        });
        let faults: Vec<_> = faults.collect();
        assert!(faults.is_empty(), "{} labels stand where something else is:\n{}", faults.len(), faults.join("\n"));
    }
}

#[test]
fn charts_look_as_their_reference_pictures() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/gallery");
    let renew = std::env::var_os("BELAGG_GALLERY");
    let mut changed = Vec::new();
    for drawn in drawn("sv") {
        let path = folder.join(format!("{}.png", drawn.name));
        if renew.is_some() {
            reference::write(&drawn.svg, &path);
        } else if let Some(difference) = reference::difference(&drawn.svg, &path) {
            changed.push(format!("{}: {difference}", drawn.name));
        }
    }
    if let Some(copy) = renew {
        super::workspace::copy(&GALLERY.path(""), Path::new(&copy));
    }
    let help = "look at the charts with scripts/gallery, which makes these pictures anew";
    assert!(changed.is_empty(), "{} charts look otherwise; {help}:\n{}", changed.len(), changed.join("\n"));
}

/// A workspace with one bar chart of so many rows, and its keys.
fn of_rows(names: impl Iterator<Item = String>, keys: &str) -> Workspace {
    let workspace = Workspace::small();
    let rows: String =
        names.enumerate().map(|(n, name)| format!("      - {{label: \"{name}\", a: {}}}\n", n + 3)).collect();
    let table = "tables:\n  t:\n    caption: Antal\n    stub: Rad\n    columns: [{id: a, label: Antal}]\n    rows:\n";
    workspace.findings(format!("{table}{rows}"));
    workspace.file("charts/liten/c.yaml", format!("table: t\nmark: bar\ncaption: Antal\n{keys}"));
    workspace.chapter("# Resultat {#resultat}\n\nSe [](#chart-c).\n\n{{ chart c }}\n");
    workspace
}

#[test]
fn bars_that_lie_where_their_author_wants_them_to_stand_are_told() {
    let long = |n: i32| format!("Förvaltningsövergripande samverkansfrågor {n}");
    let told = of_rows((1..9).map(long), "orientation: vertical\n").run(&["check", "--all"]).expect(0);
    assert!(told.stderr.contains("CHT009") || told.stdout.contains("CHT009"), "{}{}", told.stdout, told.stderr);
    let years = of_rows((1993..2024).map(|year| year.to_string()), "orientation: vertical\n").run(&["check", "--all"]);
    let years = years.expect(0);
    assert!(!years.stderr.contains("CHT009") && !years.stdout.contains("CHT009"), "{}{}", years.stdout, years.stderr);
}

#[test]
fn bars_that_no_page_has_room_for_are_refused() {
    of_rows((1..=80).map(|n| format!("Enhet {n}")), "").run(&["check"]).expect(0);
    let refused = of_rows((1..=300).map(|n| format!("Enhet {n}")), "").run(&["check"]).expect(1);
    assert!(refused.codes().contains(&"CHT008"), "{}", refused.stderr);
    assert!(refused.stderr.contains("300 rows"), "{}", refused.stderr);
}
