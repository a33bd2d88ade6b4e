//! `belagg export --web`: what a web editor is handed.

use crate::workspace::{REPORT, Workspace};

const FOLDER: &str = "web/liten-1.0";

fn titled(title: &str) -> Workspace {
    let workspace = Workspace::small();
    workspace.file("content/liten/report.yaml", REPORT.replace("Liten rapport", title));
    workspace
}

#[test]
fn files_have_names_by_their_titles() {
    let workspace = titled("Ledsagarservice och kontaktperson på Öland");
    workspace.run(&["export", "liten", "--web"]).expect(0);
    assert_eq!(
        workspace.files(FOLDER),
        [
            "README.txt",
            "accessibility.html",
            "data/besok-per-enhet.csv",
            "data/besok-per-enhet.json",
            "description.txt",
            "fragment.css",
            "fragment.html",
            "ledsagarservice-och-kontaktperson-pa-oland-2024.bib",
            "ledsagarservice-och-kontaktperson-pa-oland-2024.ods",
            "ledsagarservice-och-kontaktperson-pa-oland-2024.pdf",
            "ledsagarservice-och-kontaktperson-pa-oland-2024.ris",
            "ledsagarservice-och-kontaktperson-pa-oland-2024.xlsx",
            "preview.html",
        ]
    );
    let fragment = workspace.read(&format!("{FOLDER}/fragment.html"));
    for name in ["href=\"ledsagarservice-och-kontaktperson-pa-oland-2024.pdf\"", "href=\"data/besok-per-enhet.csv\""] {
        assert!(fragment.contains(name), "{name}\n{fragment}");
    }
    // Nothing was built for it.
    assert!(!workspace.path("output").exists());
}

#[test]
fn the_fragment_is_one_container_under_names_of_its_own() {
    let workspace = titled("Liten rapport");
    workspace.run(&["export", "liten", "--web"]).expect(0);
    let fragment = workspace.read(&format!("{FOLDER}/fragment.html"));
    assert!(fragment.starts_with("<div class=\"belagg\" id=\"belagg-liten\" lang=\"sv\">"), "{fragment}");
    for foreign in [
        "<html",
        "<head",
        "<body",
        "<main",
        "<script",
        "<style",
        " style=",
        "<h1",
        "<object",
        "data-figure",
        "class=\"skip",
    ] {
        assert!(!fragment.contains(foreign), "{foreign}\n{fragment}");
    }
    let attribute = |name: &str| -> Vec<&str> {
        let begins = format!(" {name}=\"");
        let starts = fragment.match_indices(&begins).map(|(at, found)| at + found.len());
        starts.flat_map(|at| fragment[at..].split('"').next().unwrap().split(' ')).collect()
    };
    for name in ["class", "id", "headers", "aria-labelledby"] {
        let found = attribute(name);
        assert!(!found.is_empty() && found.iter().all(|word| word.starts_with("belagg")), "{name}: {found:?}");
    }
    let ids = attribute("id");
    let places: Vec<&str> = attribute("href").into_iter().filter_map(|href| href.strip_prefix('#')).collect();
    assert!(places.len() > 3 && places.iter().all(|place| ids.contains(place)), "{places:?}");
    // Every rule counts within the container.
    let sheet = workspace.read(&format!("{FOLDER}/fragment.css"));
    let mut rules = 0;
    for line in sheet.lines().filter(|line| line.contains('{')) {
        let head = line.split('{').next().unwrap().trim();
        let grouped = ["@media", "@container", "@supports"].iter().any(|name| head.starts_with(name));
        let own = ["@property --belagg-", "@font-face", "@keyframes belagg-"].iter().any(|name| line.starts_with(name));
        assert!(grouped || own || head.starts_with(":is(.belagg,#b#b#b#b)"), "{line}");
        assert!(!line.starts_with("@font-face") || line.contains("\"Belagg Source "), "{line:.80}");
        rules += 1;
    }
    assert!(rules > 200, "{rules} rules");
}

#[test]
fn headings_title_and_addresses_are_as_asked_for() {
    let workspace = titled("Liten rapport");
    let run =
        workspace.run(&["export", "liten", "--web", "--heading", "3", "--title", "--out", "till-webben"]).expect(0);
    assert!(run.stdout.contains("till-webben: "), "{}", run.stdout);
    let fragment = workspace.read("till-webben/fragment.html");
    assert!(fragment.contains("<h3 class=\"belagg-h1\">Liten rapport</h3>"), "{fragment}");
    assert!(fragment.contains("<h4 class=\"belagg-h2\" id=\"belagg-liten-resultat\">"), "{fragment}");
    workspace.run(&["export", "liten", "--web", "--base", "https://www.example.se/filer/"]).expect(0);
    let fragment = workspace.read(&format!("{FOLDER}/fragment.html"));
    assert!(fragment.contains("href=\"https://www.example.se/filer/liten-rapport-2024.pdf\""), "{fragment}");
    workspace.run(&["export", "liten", "--web", "--heading", "7"]).expect(2);
}

#[test]
fn the_statement_says_what_was_looked_at_and_is_not_written_over() {
    let workspace = titled("Liten rapport");
    workspace.run(&["export", "liten", "--web"]).expect(0);
    let path = format!("{FOLDER}/accessibility.html");
    let statement = workspace.read(&path);
    for words in [
        "version 1.0 från <time datetime=\"2024-03-01\">1 mars 2024</time>",
        "<li>PDF/A-2a och PDF/UA-1: ",
        "<strong>inte</strong> granskat",
        "E-post: [adress]",
    ] {
        assert!(statement.contains(words), "{words}\n{statement}");
    }
    workspace.file(&path, statement.replace("[adress]", "a@example.se"));
    let run = workspace.run(&["export", "liten", "--web"]).expect(0);
    assert!(run.stdout.contains("accessibility.html: is filled in already"), "{}", run.stdout);
    assert!(workspace.read(&path).contains("a@example.se"));
}

#[test]
fn the_texts_have_the_reports_language() {
    for (language, words) in [("en", "PUTTING IN THE PAGE"), ("nb", "LEGGE INN SIDEN")] {
        let workspace = titled("Liten rapport");
        let report = REPORT.replace("version:", &format!("language: {language}\nversion:"));
        workspace.file("content/liten/report.yaml", report);
        workspace.chapter("# Text\n\nText.\n");
        workspace.file("content/liten/findings/alla.yaml", "{}\n");
        workspace.run(&["export", "liten", "--web"]).expect(0);
        assert!(workspace.read(&format!("{FOLDER}/README.txt")).contains(words));
        let statement = workspace.read(&format!("{FOLDER}/accessibility.html"));
        assert!(
            statement.contains(&format!("<article lang=\"{language}\">")) && !statement.contains('{'),
            "{statement}"
        );
        // The program does not speak Norwegian, and says so to those who listen.
        assert_eq!(statement.contains("<ul lang=\"en\">"), language == "nb", "{statement}");
    }
}

#[test]
fn a_published_version_is_handed_over_as_it_was_published() {
    let workspace = titled("Liten rapport");
    workspace.run(&["publish", "liten"]).expect(0);
    let pdf = workspace.bytes("output/liten/1.0/liten.pdf");
    // The working copy goes on, and the output is lost.
    let report = REPORT.replace("\"1.0\"", "\"1.1\"").replace("Liten rapport", "En annan titel");
    workspace.file("content/liten/report.yaml", report);
    std::fs::remove_dir_all(workspace.path("output")).unwrap();
    workspace.run(&["export", "liten", "1.0", "--web"]).expect(0);
    assert_eq!(workspace.bytes(&format!("{FOLDER}/liten-rapport-2024.pdf")), pdf);
    assert!(workspace.read(&format!("{FOLDER}/description.txt")).contains("Liten rapport"));
    let run = workspace.run(&["export", "liten", "1.1", "--web"]).expect(2);
    assert!(run.stderr.contains("there is no published version 1.1"), "{}", run.stderr);
    // What was changed after publication is not handed on.
    workspace.file("output/liten/1.0/index.html", "<p>annat</p>");
    let run = workspace.run(&["export", "liten", "1.0", "--web"]).expect(1);
    assert!(run.stderr.contains("is not what was published"), "{}", run.stderr);
}
