//! One build on several machines: parts, and what is made of them; and what outputs depend on.

use std::collections::BTreeSet;
use std::path::Path;

use crate::workspace::{CHAPTER, FINDINGS, REPORT, Workspace, copy};

/// Reports of every sort: one that is published and has been changed since, with extracts; what retells it, by its name anywhere in the order; a folder
/// that makes two; one by itself.
fn every_sort() -> Workspace {
    let workspace = Workspace::small();
    workspace.file("belagg.yaml", "publisher: {name: Exempelstad}\nrules: {TAB012: off, TAB013: off, EVI001: off}\n");
    let own = REPORT.replace("status: published", "status: published\nextracts: units");
    workspace.file("content/liten/report.yaml", own);
    let findings =
        format!("{FINDINGS}assessments: {{norr: {{development: [Mer tid.]}}, soder: {{development: [Mer tid.]}}}}\n");
    workspace.file("content/liten/findings/alla.yaml", findings);
    workspace.chapter(format!("{CHAPTER}\n{{{{ development norr }}}}\n\n{{{{ development soder }}}}\n"));
    workspace.run(&["publish", "liten"]).expect(0);
    let article = "kind: article\ntitle: En artikel\nversion: \"1.0\"\ndate: 2024-03-01\nstatus: draft\n\
                   imprint: {publisher: Exempelstad, contact: Kansliet, author: Kansliet}\nchapters: [text.md]\n";
    workspace.file("content/artikel/report.yaml", format!("{article}reports: {{liten: \"1.0\"}}\n"));
    workspace.file("content/artikel/text.md", "# Plan\n\nI {{ liten:plans | full }} finns en plan.\n");
    workspace.file("content/ensam/report.yaml", article);
    workspace.file("content/ensam/text.md", "# Rubrik\n\nText.\n");
    let rows =
        article.replace("En artikel", "\"Läget i {{ param.ort }}\"").replace("draft\n", "draft\nfor-each: orter.csv\n");
    workspace.file("content/ort/report.yaml", rows);
    workspace.file("content/ort/orter.csv", "ort;id\nNorr;norr\nSöder;soder\n");
    workspace.file("content/ort/text.md", "# Läget\n\nLäget i {{ param.ort }} är gott.\n");
    workspace
}

/// Everything that lies in `output/`, hidden files too, but for the lock.
fn tree(workspace: &Workspace) -> Vec<(String, Vec<u8>)> {
    let files = workspace.files("output").into_iter().filter(|path| path != ".lock");
    files.map(|path| (path.clone(), workspace.bytes(&format!("output/{path}")))).collect()
}

#[track_caller]
fn same(one: &[(String, Vec<u8>)], other: &[(String, Vec<u8>)], what: &str) {
    let names = |tree: &[(String, Vec<u8>)]| tree.iter().map(|(path, _)| path.clone()).collect::<Vec<_>>();
    assert_eq!(names(one), names(other), "{what}");
    let different: Vec<&str> = one.iter().zip(other).filter(|(a, b)| a.1 != b.1).map(|(a, _)| a.0.as_str()).collect();
    assert!(different.is_empty(), "{what}: {different:?}");
}

fn parts(workspace: &Workspace, of: usize) {
    for part in 1..=of {
        workspace.run(&["build", "--partition", &format!("{part}/{of}")]).expect(0);
    }
}

/// What a part says of itself.
fn record(workspace: &Workspace, part: &str) -> serde_json::Value {
    serde_json::from_str(&workspace.read(&format!("{part}/part.json"))).unwrap()
}

fn change(workspace: &Workspace, path: &str, from: &str, to: &str) {
    let text = workspace.read(path);
    assert!(text.contains(from), "{path} has no `{from}`");
    workspace.file(path, text.replace(from, to));
}

#[test]
fn the_bytes_are_the_same_however_a_build_was_split() {
    let first = every_sort();
    let alone = first.twin();
    alone.run(&["build"]).expect(0);
    let whole = tree(&alone);
    assert!(whole.iter().any(|(path, _)| path == "artikel/1.0/index.html"));
    assert!(whole.iter().any(|(path, _)| path == "liten-norr/1.0/index.html"));
    for of in [1, 2, 3, 12] {
        let workspace = first.twin();
        // A machine that has the files alone, and nothing that was built before.
        std::fs::remove_dir_all(workspace.path("output")).unwrap();
        parts(&workspace, of);
        assert!(!workspace.path("output").exists(), "a part writes into its own folder alone");
        let run = workspace.run(&["merge"]).expect(0);
        assert!(run.stderr.is_empty() || !run.stderr.contains('['), "{}", run.stderr);
        assert!(!run.stdout.contains("restored"), "it lay in a part: {}", run.stdout);
        same(&whole, &tree(&workspace), &format!("{of} parts"));
        // What lies there before, of another build or the same, changes nothing.
        workspace.file("output/ensam/1.0/index.html", "older");
        let named: Vec<String> = (1..=of).rev().map(|part| format!("parts/{part}-of-{of}/part.json")).collect();
        let named: Vec<&str> = [&["merge"], &*named.iter().map(String::as_str).collect::<Vec<_>>()].concat();
        workspace.run(&named).expect(0);
        same(&whole, &tree(&workspace), &format!("{of} parts, once more"));
    }
}

#[test]
fn what_belongs_together_is_in_one_part_whatever_else_there_is() {
    let workspace = every_sort();
    parts(&workspace, 5);
    let holder = |document: &str| {
        let has = |part: &usize| {
            let documents = record(&workspace, &format!("parts/{part}-of-5"))["documents"].clone();
            documents.as_array().unwrap().iter().any(|known| known == document)
        };
        let holders: Vec<usize> = (1..=5).filter(has).collect();
        assert_eq!(holders.len(), 1, "{document}");
        holders[0]
    };
    let before: Vec<usize> = ["liten", "ensam", "ort-norr", "ort-soder"].map(holder).to_vec();
    for companion in ["liten-norr", "liten-soder", "artikel"] {
        assert_eq!(holder(companion), before[0], "{companion}");
    }
    for name in ["a", "mellan", "zz"] {
        copy(&workspace.path("content/ensam"), &workspace.path(&format!("content/{name}")));
    }
    parts(&workspace, 5);
    assert_eq!(before, ["liten", "ensam", "ort-norr", "ort-soder"].map(holder));
}

#[test]
fn named_reports_make_a_part_and_what_is_there_is_not_made_again() {
    let workspace = every_sort();
    for (name, folder) in [("liten", "parts/a"), ("artikel", "parts/b"), ("ort", "parts/c"), ("ensam", "parts/d")] {
        let run = workspace.run(&["build", name, "--out", folder]).expect(0);
        assert!(run.stdout.contains(&format!("{folder} is a part")), "{}", run.stdout);
    }
    // What is published lies in output/ since it was published.
    assert!(!workspace.path("parts/a/output").exists());
    assert_eq!(record(&workspace, "parts/a")["documents"], serde_json::json!(["liten", "liten-norr", "liten-soder"]));
    let rules = workspace.read("parts/c/part.d");
    assert!(rules.starts_with("parts/c/part.json: \\\n"), "{rules}");
    assert!(rules.contains("\n  content/ort/orter.csv") && !rules.contains("content/liten"), "{rules}");
    let run = workspace.run(&["merge", "parts/a", "parts/b", "parts/c"]).expect(1);
    assert_eq!(run.codes(), ["PRT002"]);
    assert!(run.stderr.contains("no part has `ensam`"), "{}", run.stderr);
    assert!(run.stderr.contains("belagg build ensam --out parts/ensam"), "{}", run.stderr);
    workspace.run(&["merge"]).expect(0);
    let merged = tree(&workspace);
    workspace.run(&["build"]).expect(0);
    same(&tree(&workspace), &merged, "by names");
}

#[test]
fn parts_that_make_no_whole_are_refused_all_at_once() {
    let workspace = every_sort();
    workspace.run(&["build"]).expect(0);
    let before = tree(&workspace);
    parts(&workspace, 3);
    let refused = |arguments: &[&str], told: &[(&str, &str)]| {
        let run = workspace.run(&[&["merge"], arguments].concat()).expect(1);
        let mut codes: Vec<&str> = told.iter().map(|(code, _)| *code).collect();
        let mut found = run.codes();
        codes.sort_unstable();
        found.sort_unstable();
        assert_eq!(found, codes, "{}", run.stderr);
        for (_, words) in told {
            assert!(run.stderr.contains(words), "no `{words}` in {}", run.stderr);
        }
        assert!(run.stdout.contains("nothing was written"), "{}", run.stdout);
        same(&before, &tree(&workspace), "nothing was written");
    };
    refused(&["parts/1-of-3", "parts/3-of-3"], &[("PRT002", "belagg build --partition 2/3`")]);
    refused(&["parts/1-of-3", "parts/2-of-3", "parts/3-of-3", "nowhere"], &[("PRT001", "there is no folder nowhere")]);
    let whole = workspace.read("parts/2-of-3/part.json");
    // A worker that was killed has not come to the record.
    std::fs::remove_file(workspace.path("parts/2-of-3/part.json")).unwrap();
    refused(&[], &[("PRT001", "parts/2-of-3 is no whole part")]);
    workspace.file("parts/2-of-3/part.json", &whole[..whole.len() / 2]);
    refused(&[], &[("PRT001", "belagg build --partition 2/3`")]);
    workspace.file(
        "parts/2-of-3/part.json",
        whole.replace("\"ensam\"", "\"../ensam\"").replace("\"artikel\"", "\"../artikel\""),
    );
    workspace.run(&["merge"]).expect(1);
    workspace.file("parts/2-of-3/part.json", &whole);
    workspace.run(&["build", "ensam", "--out", "twice"]).expect(0);
    refused(&["parts/1-of-3", "parts/2-of-3", "parts/3-of-3", "twice"], &[("PRT003", "both have `ensam`")]);
    workspace.run(&["build", "--partition", "1/2"]).expect(0);
    workspace.run(&["build", "--partition", "2/2"]).expect(0);
    let run = workspace.run(&["merge"]).expect(1);
    assert!(run.codes().contains(&"PRT003") && run.stderr.contains("they were not split alike"), "{}", run.stderr);
    for part in ["1-of-2", "2-of-2"] {
        std::fs::remove_dir_all(workspace.path(&format!("parts/{part}"))).unwrap();
    }
    // Several things at once: each part tells of itself.
    let damaged = (1..=3).find(|part| workspace.path(&format!("parts/{part}-of-3/output/ensam")).exists()).unwrap();
    workspace.file(&format!("parts/{damaged}-of-3/output/ensam/1.0/index.html"), "<p>another");
    change(&workspace, "content/ort/text.md", "gott", "bra");
    let run = workspace.run(&["merge"]).expect(1);
    assert!(
        run.stderr.contains(&format!("parts/{damaged}-of-3 is damaged: `output/ensam/1.0/index.html`")),
        "{}",
        run.stderr
    );
    assert!(run.stderr.contains("`content/ort/text.md` changed since"), "{}", run.stderr);
    same(&before, &tree(&workspace), "nothing was written");
    let told = workspace.run(&["merge", "--lang", "sv"]).expect(1).stderr;
    assert!(told.contains("bygg den på nytt: `belagg build --partition"), "{told}");
}

#[test]
fn a_part_is_of_the_inputs_and_the_program_that_it_was_made_with() {
    let workspace = every_sort();
    parts(&workspace, 2);
    let stale = |told: &str| {
        let run = workspace.run(&["merge"]).expect(1);
        assert!(run.codes().contains(&"PRT004") && run.stderr.contains(told), "{told}: {}", run.stderr);
    };
    workspace.file("content/liten/findings/fler.yaml", "figures: {}\n");
    stale("`content/liten/findings`");
    std::fs::remove_file(workspace.path("content/liten/findings/fler.yaml")).unwrap();
    workspace.file("templates/locales/sv.json", "{\"total\": \"Summa\"}");
    stale("`templates/locales/sv.json`");
    std::fs::remove_dir_all(workspace.path("templates")).unwrap();
    // A report that came since is in no part, and another is in one that is gone.
    copy(&workspace.path("content/ensam"), &workspace.path("content/ny"));
    let run = workspace.run(&["merge"]).expect(1);
    assert_eq!(run.codes(), ["PRT002"], "{}", run.stderr);
    std::fs::remove_dir_all(workspace.path("content/ny")).unwrap();
    workspace.run(&["merge"]).expect(0);
    let text = workspace.read("parts/1-of-2/part.json");
    let own = record(&workspace, "parts/1-of-2")["program"]["sha256"].as_str().unwrap().to_owned();
    workspace.file("parts/1-of-2/part.json", text.replace(&own, &"0".repeat(64)));
    stale("was made by another build of belagg");
}

#[test]
fn a_part_cannot_put_anything_in_the_place_of_what_is_published() {
    let workspace = every_sort();
    let published = workspace.bytes("output/liten/1.0/index.html");
    std::fs::remove_dir_all(workspace.path("output")).unwrap();
    parts(&workspace, 1);
    // Whoever builds a part can also write its record.
    let (page, record) = ("parts/1-of-1/output/liten/1.0/index.html", "parts/1-of-1/part.json");
    let false_page = workspace.read(page).replace("finns en plan", "finns ingen plan");
    let text = workspace
        .read(record)
        .replace(&belagg::internal::sha256(&workspace.bytes(page)), &belagg::internal::sha256(false_page.as_bytes()));
    workspace.file(page, &false_page).file(record, text);
    let run = workspace.run(&["merge"]).expect(0);
    assert!(run.stdout.contains("is restored from its packed inputs"), "{}", run.stdout);
    assert_eq!(workspace.bytes("output/liten/1.0/index.html"), published);
    // A version that says that it is published, and whose record is lost, is nobody's to write over.
    std::fs::remove_dir_all(workspace.path("content/liten/versions")).unwrap();
    std::fs::remove_file(workspace.path("content/ledger.yaml")).unwrap();
    std::fs::remove_dir_all(workspace.path("parts")).unwrap();
    std::fs::rename(workspace.path("output"), workspace.path("kept")).unwrap();
    parts(&workspace, 1);
    std::fs::rename(workspace.path("kept"), workspace.path("output")).unwrap();
    let run = workspace.run(&["merge"]).expect(3);
    assert!(run.codes().contains(&"VER008"), "{}", run.stderr);
    assert_eq!(workspace.bytes("output/liten/1.0/index.html"), published);
}

#[test]
fn a_fault_is_told_by_the_part_that_has_it_and_nothing_of_it_is_written() {
    let workspace = every_sort();
    workspace.file("content/ensam/text.md", "# Rubrik\n\n{{ nothing }}\n");
    let codes: Vec<i32> =
        (1..=3).map(|part| workspace.run(&["build", "--partition", &format!("{part}/3")]).code).collect();
    assert_eq!(codes.iter().filter(|code| **code == 1).count(), 1, "{codes:?}");
    let part = codes.iter().position(|code| *code == 1).unwrap() + 1;
    assert!(!workspace.path(&format!("parts/{part}-of-3/part.json")).exists());
    let run = workspace.run(&["merge"]).expect(1);
    assert!(run.stderr.contains(&format!("belagg build --partition {part}/3`")), "{}", run.stderr);
    workspace.file("content/ensam/text.md", "# Rubrik\n\nText.\n");
    workspace.run(&["build", "--partition", &format!("{part}/3")]).expect(0);
    // The others have not read what was mended.
    workspace.run(&["merge"]).expect(0);
}

#[test]
fn a_part_takes_no_folder_that_holds_anything_else() {
    let workspace = every_sort();
    for folder in [".", "content", "content/new", "output/a"] {
        let run = workspace.run(&["build", "ensam", "--out", folder]).expect(3);
        assert!(run.stderr.contains("is no folder of a part"), "{}", run.stderr);
    }
    assert!(!workspace.path("content/new").exists());
    for wrong in ["0/3", "4/3", "x"] {
        workspace.run(&["build", "--partition", wrong]).expect(2);
    }
    workspace.run(&["build", "ensam", "--partition", "1/2"]).expect(2);
}

#[test]
fn what_outputs_depend_on_is_told_without_building() {
    let workspace = every_sort();
    std::fs::remove_dir_all(workspace.path("output")).unwrap();
    let run = workspace.run(&["build", "--deps", "json"]).expect(0);
    let told: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    let of = |id: &str| {
        let all = told["documents"].as_array().unwrap();
        all.iter().find(|document| document["document"] == id).unwrap_or_else(|| panic!("{id}")).clone()
    };
    let article = of("artikel");
    assert_eq!(article["output"], "output/artikel/1.0");
    for path in ["belagg.yaml", "content/artikel/text.md", "content/liten/findings/alla.yaml"] {
        let bytes = workspace.bytes(path);
        assert_eq!(article["inputs"][path], belagg::internal::sha256(&bytes), "{path}");
    }
    assert!(article["inputs"].as_object().unwrap().keys().all(|path| !path.starts_with("content/ort")), "{article}");
    assert_eq!(of("liten-norr")["report"], "liten");
    // What is asked for a build and what is told without one is the same.
    for (reports, documents) in
        [("artikel", &["artikel"][..]), ("ort", &["ort-norr", "ort-soder"]), ("liten", &["liten"])]
    {
        workspace.run(&["build", reports, "--out", "part"]).expect(0);
        let inputs = record(&workspace, "part")["inputs"].clone();
        let mut told = serde_json::Map::new();
        documents.iter().for_each(|id| told.extend(of(id)["inputs"].as_object().unwrap().clone()));
        let names = |map: &serde_json::Map<String, serde_json::Value>| map.keys().cloned().collect::<BTreeSet<_>>();
        assert_eq!(names(&told), names(inputs["files"].as_object().unwrap()), "{reports}");
    }
    let run = workspace.run(&["build", "ort", "--deps", "make"]).expect(0);
    assert!(run.stdout.starts_with("output/ort-norr/1.0/manifest.json: \\\n  belagg.yaml"), "{}", run.stdout);
    assert!(run.stdout.contains("\n  content/ort/orter.csv \\\n") && run.stdout.contains("\ncontent/ort/orter.csv:\n"));
    // From elsewhere the files are named as they are from there.
    let from = workspace.path("");
    let above = Workspace::empty();
    let run = above.run(&["-C", from.to_str().unwrap(), "build", "ort", "--deps", "make"]).expect(0);
    assert!(run.stdout.contains(from.join("content/ort/orter.csv").to_str().unwrap()), "{}", run.stdout);
    assert!(!Path::new(&workspace.path("output")).exists());
    workspace.file("content/ort/b;c.md", "x");
    change(&workspace, "content/ort/report.yaml", "[text.md]", "[text.md, \"b;c.md\"]");
    let run = workspace.run(&["build", "ort", "--deps", "make"]).expect(3);
    assert!(run.stderr.contains("cannot be named to Make"), "{}", run.stderr);
}
