//! What lies beside the versions: addresses that stay, how to cite a report, lists, and what is cleared up.

use std::collections::BTreeMap;

use crate::workspace::{CHAPTER, FINDINGS, REPORT, Workspace};

/// The small report, published, on a website.
fn published() -> Workspace {
    let workspace = Workspace::small();
    workspace.file(
        "belagg.yaml",
        "rules: {TAB012: off, TAB013: off}\nsite: https://rapporter.example.se\npublisher: {name: Åre & Ö kommun}\n",
    );
    workspace.run(&["publish", "liten"]).expect(0);
    workspace
}

/// Version 1.1 with one figure corrected.
fn correct(workspace: &Workspace) {
    let report = REPORT.replace("\"1.0\"", "\"1.1\"").replace("2024-03-01", "2024-05-02");
    let changes = "changes:\n  - {type: correction, what: Antalet planer är rättat., why: Ett ärende hade fallit bort., concerns: [plans]}\n";
    workspace.file(
        "content/liten/report.yaml",
        format!("{}{changes}", report.replace("status: published", "status: corrected")),
    );
    workspace.file("content/liten/findings/alla.yaml", FINDINGS.replace("women: 16", "women: 17"));
    workspace.run(&["publish", "liten"]).expect(0);
}

/// Ways of a page that lead to no file.
fn broken(workspace: &Workspace, page: &str) -> Vec<String> {
    let text = workspace.read(page);
    let folder = page.rsplit_once('/').unwrap().0;
    let attributes = ["href=\"", "src=\"", "data=\"", "content=\"0; url="];
    let ways =
        attributes.iter().flat_map(|begin| text.split(begin).skip(1)).map(|rest| rest.split('"').next().unwrap());
    let local = ways.filter(|way| !way.contains(':') && !way.starts_with('#'));
    local
        .filter(|way| !workspace.path(folder).join(way.split('#').next().unwrap()).exists())
        .map(str::to_owned)
        .collect()
}

/// The values of a BibTeX entry by their fields; panics where braces do not pair.
fn bibtex(text: &str) -> BTreeMap<String, String> {
    let body = text.trim().strip_prefix("@techreport{").and_then(|rest| rest.strip_suffix('}')).expect("one entry");
    let (_, mut rest) = body.split_once(",\n").expect("a key");
    let mut out = BTreeMap::new();
    while !rest.trim().is_empty() {
        let (name, after) = rest.split_once(" = {").expect("a field");
        let mut depth = 1;
        let mut escaped = false;
        let end = after.find(|c| {
            depth += if escaped { 0 } else { i32::from(c == '{') - i32::from(c == '}') };
            escaped = c == '\\' && !escaped;
            depth == 0
        });
        let end = end.expect("braces pair");
        out.insert(name.trim().to_owned(), after[..end].to_owned());
        rest = after[end + 1..].trim_start_matches(",\n");
    }
    out
}

#[test]
fn a_report_is_cited_in_three_forms() {
    let workspace = published();
    let report = REPORT.replace("title: Liten rapport", "title: \"SIP & 50_tal, {a} i Åre\"\nkeywords: [samverkan]");
    workspace.file("content/annan/report.yaml", report.replace("date: 2024-03-01", "date: 2024-03"));
    workspace.file("content/annan/findings/alla.yaml", FINDINGS);
    workspace.file("content/annan/kapitel.md", CHAPTER);
    workspace.run(&["build", "annan"]).expect(0);
    let fields = bibtex(&workspace.read("output/annan/1.0/annan.bib"));
    let expected = [
        ("author", "{Åre \\& Ö kommun}"),
        ("title", "{SIP} \\& 50\\_tal, \\textbraceleft{}a\\textbraceright{} i {Åre}"),
        ("version", "1.0"),
        ("year", "2024"),
        ("date", "2024-03"),
        ("url", "https://rapporter.example.se/annan/1.0/"),
        ("number", "Dnr 1/2024"),
    ];
    for (name, value) in expected {
        assert_eq!(fields.get(name).map(String::as_str), Some(value), "{fields:?}");
    }
    let ris = workspace.read("output/annan/1.0/annan.ris");
    let lines: Vec<(&str, &str)> = ris.split_terminator("\r\n").map(|line| line.split_once("  - ").unwrap()).collect();
    assert_eq!((lines[0], lines[lines.len() - 1]), (("TY", "RPRT"), ("ER", "")));
    for line in [("TI", "SIP & 50_tal, {a} i Åre"), ("DA", "2024/03//"), ("KW", "samverkan"), ("LA", "sv")] {
        assert!(lines.contains(&line), "{line:?} in {lines:?}");
    }
    let page = workspace.read("output/annan/1.0/index.html");
    for words in ["href=\"annan.bib\"", "href=\"annan.ris\"", "id=\"Citation\""] {
        assert!(page.contains(words), "{words}");
    }
    assert!(broken(&workspace, "output/annan/1.0/index.html").is_empty());
}

#[test]
fn latest_always_gives_the_newest_published_version() {
    let workspace = published();
    let same = |version: &str| {
        for file in ["liten.pdf", "liten.xlsx", "liten.bib", "data/visits.csv"] {
            let (one, other) = (format!("output/liten/latest/{file}"), format!("output/liten/{version}/{file}"));
            assert!(workspace.bytes(&one) == workspace.bytes(&other), "{file} of {version}");
        }
        let page = workspace.read("output/liten/latest/index.html");
        assert!(page.contains(&format!("Det här är den senaste versionen, {version}.")), "{page}");
        assert!(page.contains(&format!("rel=\"canonical\" href=\"https://rapporter.example.se/liten/{version}/\"")));
        assert!(page.contains("id=\"resultat\""), "addresses within the page are those of the version");
        let at = |words: &str| page.find(words).unwrap();
        assert!(at("class=\"skip\"") < at("<aside class=\"latest\"") && at("<aside class=\"latest\"") < at("<header"));
    };
    same("1.0");
    let before = workspace.bytes("output/liten/1.0/index.html");
    correct(&workspace);
    same("1.1");
    assert!(before == workspace.bytes("output/liten/1.0/index.html"));
    for page in ["output/liten/latest/index.html", "output/liten/versions/index.html"] {
        assert_eq!(broken(&workspace, page), Vec::<String>::new(), "{page}");
    }
    // A version in the making does not take the place of one that is published.
    let next = workspace.read("content/liten/report.yaml").replace("\"1.1\"", "\"1.2\"");
    workspace.file("content/liten/report.yaml", next.replace("status: corrected", "status: draft"));
    workspace.run(&["build"]).expect(0);
    assert!(workspace.path("output/liten/1.2/index.html").exists());
    same("1.1");
    assert!(!workspace.path("output/liten/latest.notice.html").exists());
    workspace.run(&["verify"]).expect(0);
}

#[test]
fn latest_of_what_is_not_published_says_so() {
    let workspace = Workspace::small();
    workspace.run(&["build"]).expect(0);
    let page = workspace.read("output/liten/latest/index.html");
    assert!(page.contains("version 1.0, som inte är publicerad") && page.contains("rel=\"canonical\" href=\"../1.0/"));
    assert_eq!(broken(&workspace, "output/liten/latest/index.html"), Vec::<String>::new());
    assert!(!workspace.path("output/liten/versions").exists());
}

#[test]
fn what_was_forged_is_told_and_never_copied() {
    let workspace = published();
    let sound = workspace.bytes("output/liten/latest/liten.pdf");
    workspace.file("output/liten/1.0/liten.pdf", "forged");
    workspace.run(&["build"]).expect(0);
    assert!(workspace.bytes("output/liten/latest/liten.pdf") == sound, "what stands there is what was published");
    workspace.file("output/liten/1.0/liten.pdf", &sound);
    for (file, words) in [
        ("output/liten/latest/liten.pdf", "changed after publication: output/liten/latest/liten.pdf"),
        ("output/liten/latest/data/more.csv", "unknown: output/liten/latest/data/more.csv"),
        ("output/liten/latest/index.html", "changed after publication: output/liten/latest/index.html"),
    ] {
        let forged = workspace.twin();
        forged.file(file, "forged");
        let run = forged.run(&["verify"]).expect(1);
        assert!(run.stdout.contains(words), "{}", run.stdout);
    }
}

#[test]
fn what_a_build_wrote_and_the_next_one_does_not_is_cleared_up() {
    let workspace = Workspace::small();
    for id in ["annan", "tredje"] {
        workspace.file(&format!("content/{id}/report.yaml"), REPORT);
        workspace.file(&format!("content/{id}/findings/alla.yaml"), FINDINGS);
        workspace.file(&format!("content/{id}/kapitel.md"), CHAPTER);
    }
    workspace.run(&["build"]).expect(0);
    workspace.file("output/annan/latest/mine.txt", "somebody's");
    workspace.file("output/tredje/latest/liten.txt", "somebody's");
    // What is gone from output/ has no lasting address.
    for id in ["annan", "tredje"] {
        std::fs::remove_dir_all(workspace.path(&format!("output/{id}/1.0"))).unwrap();
    }
    std::fs::remove_file(workspace.path("output/tredje/latest/liten.txt")).unwrap();
    workspace.run(&["build", "liten"]).expect(0);
    assert_eq!(workspace.files("output/annan"), ["latest/mine.txt"], "nothing of anybody else's is removed");
    assert!(
        !workspace.path("output/tredje/latest").exists() && workspace.path("output/liten/latest/liten.pdf").exists()
    );
}

#[test]
fn a_report_cannot_be_called_as_a_list_is() {
    let workspace = Workspace::small();
    workspace.file("content/units/report.yaml", REPORT);
    workspace.file("content/units/findings/alla.yaml", FINDINGS);
    workspace.file("content/units/kapitel.md", CHAPTER);
    let run = workspace.run(&["build"]).expect(1);
    assert!(run.stderr.contains("`content/units` cannot be the folder of a report"), "{}", run.stderr);
}
