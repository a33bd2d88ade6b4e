//! What a build leaves for the next one: lists, pages and search are those of a build of the same workspace that knows nothing, whatever has changed.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;

use crate::workspace::Workspace;

const RECORD: &str = ".built/lists";

/// Every file of `output/` that is published, with its bytes.
fn published(workspace: &Workspace) -> BTreeMap<String, Vec<u8>> {
    fn walk(folder: &Path, below: &str, out: &mut BTreeMap<String, Vec<u8>>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let entry = entry.unwrap();
            let name = format!("{below}{}", entry.file_name().into_string().unwrap());
            if entry.path().is_dir() {
                walk(&entry.path(), &format!("{name}/"), out);
            } else if !name.split('/').any(|part| part.starts_with('.')) {
                out.insert(name, std::fs::read(entry.path()).unwrap());
            }
        }
    }
    let mut out = BTreeMap::new();
    walk(&workspace.path("output"), "", &mut out);
    out
}

fn report(unit: &str, version: &str, status: &str, title: &str) -> String {
    let change = match version {
        "1.0" => String::new(),
        _ => "changes: [{type: revision, what: Nytt, why: Det var gammalt}]\n".to_owned(),
    };
    format!(
        "kind: inspection-report\ntitle: {title}\nversion: \"{version}\"\ndate: 2024-03-01\nstatus: {status}\n\
         imprint: {{reference: Dnr 1/2024, publisher: Exempelstad, contact: Kansliet}}\nunits: {{{unit}: Enheten {unit}}}\n\
         chapters: [kapitel.md]\n{change}"
    )
}

fn add(workspace: &Workspace, id: &str) {
    workspace.file(&format!("content/{id}/report.yaml"), report(id, "1.0", "published", &format!("Rapport {id}")));
    workspace.file(&format!("content/{id}/kapitel.md"), format!("# Resultat\n\nEnheten {id} har en plan för allt.\n"));
}

/// The same workspace as if nothing but what was published had been built before.
fn clean(workspace: &Workspace) -> Workspace {
    let twin = workspace.twin();
    let _ = std::fs::remove_dir_all(twin.path(".built"));
    let _ = std::fs::remove_file(twin.path("output/.site"));
    for entry in std::fs::read_dir(twin.path("output")).unwrap() {
        let (path, name) = entry.map(|entry| (entry.path(), entry.file_name().into_string().unwrap())).unwrap();
        if name.starts_with('.') {
            continue;
        }
        if !path.is_dir() {
            std::fs::remove_file(path).unwrap();
        } else if !path.join("1.0").is_dir() {
            std::fs::remove_dir_all(path).unwrap();
        } else {
            for inner in std::fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()) {
                let version = inner.is_dir() && inner.join("manifest.json").is_file();
                match (version, inner.is_dir()) {
                    (true, _) => {}
                    (false, true) => std::fs::remove_dir_all(inner).unwrap(),
                    (false, false) => std::fs::remove_file(inner).unwrap(),
                }
            }
        }
    }
    twin
}

/// Numbers that are the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % most
    }
}

fn same_as_clean(workspace: &Workspace, told: &str) {
    let other = clean(workspace);
    other.run(&["build"]).expect(0);
    let (own, anew) = (published(workspace), published(&other));
    let differ: Vec<&String> = own.keys().chain(anew.keys()).filter(|path| own.get(*path) != anew.get(*path)).collect();
    assert!(differ.is_empty(), "{told}: {differ:?}");
    assert_eq!(workspace.read("output/.site"), other.read("output/.site"), "{told}");
}

#[test]
fn what_is_left_of_a_build_gives_the_same_as_none_after_any_change() {
    let workspace = Workspace::empty();
    workspace.file("belagg.yaml", "publisher: {name: Exempelstad}\nsite: https://example.se/\n");
    for id in ["anna", "berit", "cecilia"] {
        add(&workspace, id);
    }
    workspace.run(&["publish", "anna"]).expect(0);
    workspace.run(&["build"]).expect(0);
    let (mut dice, mut added) = (Dice(7), 0);
    for round in 0..14 {
        let told = match dice.below(9) {
            0 => {
                workspace.file(
                    "content/berit/kapitel.md",
                    format!(
                        "# Resultat\n\nEnheten berit har {} planer att följa upp.\n",
                        ["inga", "alla", "många"][dice.below(3)]
                    ),
                );
                "a chapter"
            }
            1 => {
                workspace.file(
                    "content/cecilia/report.yaml",
                    report("cecilia", "1.0", "draft", ["Ny", "Äldre"][dice.below(2)]),
                );
                "a title"
            }
            2 => {
                added += 1;
                add(&workspace, &format!("dora{added}"));
                "a report more"
            }
            3 if added > 0 => {
                std::fs::remove_dir_all(workspace.path(&format!("content/dora{added}"))).unwrap();
                added -= 1;
                "a report less"
            }
            4 => {
                workspace.file("output/index.html", "somebody's");
                "a list that somebody wrote over"
            }
            5 => {
                std::fs::remove_file(workspace.path("output/berit/latest/index.html")).unwrap();
                "a page that is gone"
            }
            6 => {
                let name = ["Exempelstad", "Exempelby"][dice.below(2)];
                workspace.file("belagg.yaml", format!("publisher: {{name: {name}}}\nsite: https://example.se/\n"));
                "another publisher"
            }
            7 => {
                let words = ["Alla rapporter", "Rapporter"][dice.below(2)];
                workspace.file("templates/locales/sv.json", format!("{{\"all_reports\": \"{words}\"}}"));
                "other words"
            }
            _ => {
                // The same size, and as old as it was.
                let path = workspace.path("output/anna/versions.html");
                let (text, time) =
                    (std::fs::read_to_string(&path).unwrap(), path.metadata().unwrap().modified().unwrap());
                std::fs::write(&path, text.replace("Rapport", "rapporT")).unwrap();
                std::fs::File::options().write(true).open(&path).unwrap().set_modified(time).unwrap();
                "a page with other letters"
            }
        };
        workspace.run(&["build"]).expect(0);
        same_as_clean(&workspace, &format!("round {round}, {told}"));
    }
}

#[test]
fn where_nothing_has_changed_nothing_is_looked_at_but_stamps() {
    let workspace = Workspace::empty();
    add(&workspace, "anna");
    workspace.run(&["publish", "anna"]).expect(0);
    // What was written at the same moment as the record proves nothing.
    std::thread::sleep(Duration::from_millis(50));
    workspace.run(&["build"]).expect(0);
    let first = workspace.bytes(RECORD);
    workspace.run(&["build"]).expect(0);
    assert!(workspace.bytes(RECORD) == first, "the record is not written again");

    // What is missing of a version comes back, also when nothing else has changed.
    std::fs::remove_file(workspace.path("output/anna/1.0/anna.pdf")).unwrap();
    let run = workspace.run(&["build"]).expect(0);
    assert!(run.stdout.contains("anna.pdf was missing and is restored"), "{}", run.stdout);
    // And what was damaged is told in every run, not only in the first.
    workspace.file("output/anna/1.0/contents.json", "{}");
    for _ in 0..2 {
        assert_eq!(workspace.run(&["build"]).expect(0).codes(), ["OUT005"]);
    }
    workspace.run(&["verify"]).expect(1);
}
