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
            ".export",
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
    let readme = workspace.read(&format!("{FOLDER}/README.txt"));
    for file in workspace.files(FOLDER).iter().filter(|file| !file.contains('/') && *file != "README.txt") {
        assert_eq!(readme.contains(file.as_str()), *file != ".export", "{file}\n{readme}");
    }
    // Nothing was built for it, and version control keeps what people fill in alone.
    assert_eq!(workspace.read("web/.gitignore"), "*\n!*/\n!accessibility.html\n");
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
        // Simple tables go by scope.
        assert!(
            (name == "headers" || !found.is_empty()) && found.iter().all(|word| word.starts_with("belagg")),
            "{name}: {found:?}"
        );
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
    let run = workspace.run(&["--lang", "sv", "export", "liten", "--web", "--heading", "7"]).expect(2);
    assert!(run.stderr.contains("`7` kan inte stå för") && run.stderr.contains("1, 2, 3, 4, 5, 6"), "{}", run.stderr);
}

#[test]
fn what_cannot_be_written_or_led_to_is_refused_with_the_reason() {
    let workspace = titled("Liten rapport");
    for (arguments, why) in [
        (["--out", "content/liten"], "content/ holds what authors write"),
        (["--out", "./output/liten"], "output/ is the website"),
        (["--out", "templates"], "templates/ holds what authors write"),
        (["--out", "."], "the workspace itself"),
        (["--base", "javascript:alert(1)"], "is no address that links can lead to"),
        (["--base", "data:text/html,x"], "is no address that links can lead to"),
    ] {
        let run = workspace.run(&[&["export", "liten", "--web"][..], &arguments].concat()).expect(2);
        assert!(run.stderr.contains(why), "{arguments:?}: {}", run.stderr);
    }
    assert!(!workspace.path("web").exists() && !workspace.path("output").exists());
    for arguments in [&["--web"][..], &["9.9", "--web"], &["9.9", "--archive"], &["--word"]] {
        let run = workspace.run(&[&["export", "lite"], arguments].concat()).expect(1);
        assert!(run.stderr.contains("there is no report `lite`"), "{arguments:?}: {}", run.stderr);
        assert!(run.stderr.contains("did you mean `liten`?"), "{arguments:?}: {}", run.stderr);
    }
}

#[test]
fn an_earlier_export_is_taken_away_and_what_somebody_changed_stays() {
    let workspace = titled("Liten rapport");
    workspace.run(&["export", "liten", "--web"]).expect(0);
    workspace.file(&format!("{FOLDER}/anteckningar.txt"), "mina");
    workspace.file(&format!("{FOLDER}/data/besok-per-enhet.json"), "{\"min\": 1}");
    workspace.file("content/liten/report.yaml", REPORT.replace("Liten rapport", "Nytt namn"));
    workspace.file(
        "content/liten/findings/alla.yaml",
        workspace.read("content/liten/findings/alla.yaml").replace("Besök per enhet", "Alla besök"),
    );
    workspace.run(&["export", "liten", "--web"]).expect(0);
    let files = workspace.files(FOLDER);
    let has = |name: &str| files.iter().any(|file| file == name);
    assert!(has("nytt-namn-2024.pdf") && has("data/alla-besok.csv"), "{files:?}");
    assert!(!has("liten-rapport-2024.pdf") && !has("data/besok-per-enhet.csv"), "{files:?}");
    assert!(has("anteckningar.txt") && has("data/besok-per-enhet.json"), "{files:?}");
    // A draft of a statement that nobody has touched is a new one each time.
    assert!(workspace.read(&format!("{FOLDER}/accessibility.html")).contains("Nytt namn"));
}

#[test]
fn the_commands_of_the_readme_make_the_same_version_again() {
    let workspace = titled("Liten rapport");
    let readme = |folder: &str| {
        let text = workspace.read(&format!("{folder}/README.txt"));
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    workspace.run(&["export", "liten", "--web", "--heading", "3", "--title"]).expect(0);
    let text = readme(FOLDER);
    assert!(text.contains("`belagg export liten --web --title --heading N`"), "{text}");
    assert!(text.contains("`belagg export liten --web --heading 3 --title --base ADRESS`"), "{text}");
    workspace.run(&["publish", "liten"]).expect(0);
    workspace.run(&["export", "liten", "--web", "--base", "/filer", "--out", "till webben"]).expect(0);
    let text = readme("till webben");
    assert!(text.contains("`belagg export liten 1.0 --web --base /filer --out \"till webben\" --heading N`"), "{text}");
}

#[test]
fn an_older_version_says_that_there_is_a_later_one() {
    let workspace = titled("Liten rapport");
    workspace.file("belagg.yaml", format!("{}site: https://example.se/r\n", workspace.read("belagg.yaml")));
    workspace.run(&["publish", "liten"]).expect(0);
    workspace.run(&["export", "liten", "--web"]).expect(0);
    assert!(!workspace.read(&format!("{FOLDER}/fragment.html")).contains("belagg-newer"));
    let report = REPORT.replace("\"1.0\"", "\"1.1\"").replace("2024-03-01", "2024-05-02");
    let report = report.replace("status: published", "status: corrected");
    let change = "changes: [{type: correction, what: Ett ord., why: Det var fel.}]\n";
    workspace.file("content/liten/report.yaml", format!("{report}{change}"));
    workspace.chapter(format!("{}\nEtt ord till.\n", crate::workspace::CHAPTER));
    workspace.run(&["publish", "liten"]).expect(0);
    let run = workspace.run(&["export", "liten", "1.0", "--web"]).expect(0);
    let words = "Det finns en nyare version av rapporten: version 1.1, 2 maj 2024.";
    assert!(run.stdout.contains(words), "{}", run.stdout);
    let readme = workspace.read(&format!("{FOLDER}/README.txt"));
    let begins: Vec<&str> = readme.lines().take(5).collect();
    assert_eq!(begins[3..], [words, "https://example.se/r/liten/1.1/index.html"], "{readme}");
    let fragment = workspace.read(&format!("{FOLDER}/fragment.html"));
    let notice = format!(
        "<p class=\"belagg-newer\"><strong>{words}</strong> <a href=\"https://example.se/r/liten/1.1/index.html\">Läs version 1.1</a></p>"
    );
    assert!(fragment.contains(&notice), "{fragment}");
    assert!(workspace.read(&format!("{FOLDER}/fragment.css")).contains(" .belagg-newer{"));
    // The newest says nothing of the kind, and the newest is what the archive gets where no version is named.
    workspace.run(&["export", "liten", "1.1", "--web"]).expect(0);
    assert!(!workspace.read("web/liten-1.1/fragment.html").contains("belagg-newer"));
    let run = workspace.run(&["export", "liten", "--archive"]).expect(0);
    assert!(run.stdout.starts_with("archive/liten-1.1.tar"), "{}", run.stdout);
}

#[test]
fn a_part_that_was_not_published_then_is_told() {
    let workspace = titled("Liten rapport");
    workspace.run(&["publish", "liten"]).expect(0);
    let report = REPORT.replace("\"1.0\"", "\"1.1\"").replace("units:", "extracts: units\nunits:");
    workspace.file("content/liten/report.yaml", report);
    let run = workspace.run(&["export", "liten-norr", "1.0", "--web"]).expect(2);
    assert!(run.stderr.contains("there is no published version 1.0 of liten-norr; published: none"), "{}", run.stderr);
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
    assert!(run.stdout.contains("accessibility.html: somebody has changed or written it"), "{}", run.stdout);
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
