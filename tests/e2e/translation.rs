//! A report with its translation: data and ids are shared, words are laid over those of the original, and nothing else can be said.

use crate::workspace::{CHAPTER as ORIGINAL_CHAPTER, FINDINGS, REPORT, Workspace};

const ENGLISH: &str = "translation-of: {liten: \"1.0\"}\nlanguage: en\nversion: \"1.0\"\ndate: 2024-03-02\nstatus: published\ntitle: A small report\n\
    imprint: {reference: Ref. 1/2024, publisher: Exempelstad, contact: The office}\nunits: {norr: North, soder: South}\nchapters: [chapter.md]\n";

const WORDS: &str = "figures:\n  cases: {label: cases examined}\n  plans: {label: cases with a plan}\ntables:\n  visits:\n    caption: Visits by unit\n    stub: Unit\n    \
    rows: [{label: North}, {label: South}]\n    source: The inspection\n";

const CHAPTER: &str =
    "# Results\n\nIn {{ plans | full }} there is a plan, see [](#table-visits).\n\n{{ table visits }}\n";

const CHART: &str = "table: visits\nmark: grouped-bar\ncaption: Besök efter enhet\nseries: [women, men]\n";

/// The small report with a chart, and its translation.
fn both() -> Workspace {
    let workspace = Workspace::small();
    workspace.file("charts/liten/besok.yaml", CHART);
    let chapter = workspace.read("content/liten/kapitel.md");
    workspace.chapter(format!("{chapter}\n## Diagram\n\nSe [](#chart-besok).\n\n{{{{ chart besok }}}}\n"));
    workspace.file("content/liten-en/report.yaml", ENGLISH);
    workspace.file("content/liten-en/findings/alla.yaml", WORDS);
    workspace.file("charts/liten-en/besok.yaml", "caption: Visits, by unit\n");
    let chapter = format!("{CHAPTER}\n## The chart\n\nSee [](#chart-besok).\n\n{{{{ chart besok }}}}\n");
    workspace.file("content/liten-en/chapter.md", chapter);
    workspace
}

fn problems(workspace: &Workspace) -> String {
    workspace.run(&["check", "liten-en", "--all"]).stderr
}

#[test]
fn a_translation_has_the_numbers_and_addresses_of_its_original() {
    let workspace = both();
    let told = workspace.run(&["build"]).expect(0);
    assert!(told.codes().is_empty(), "{}", told.stderr);
    let page = workspace.page("liten-en");
    for part in [
        "<html lang=\"en\">",
        "<caption",
        "Visits by unit",
        "share of cases examined",
        "id=\"resultat\"",
        "id=\"diagram\"",
        "id=\"chart-besok\"",
        "<a class=\"other-language\" href=\"../../liten/1.0/index.html\" lang=\"sv\" hreflang=\"sv\">På svenska</a>",
        "Translation of",
    ] {
        assert!(page.contains(part), "{part}");
    }
    assert!(
        !page.contains("Besök per enhet") && !page.contains("granskade ärenden"),
        "no word of the original is left"
    );
    // The data are the same rows and columns under the same ids, with other labels.
    let data = |report: &str| {
        let json: serde_json::Value =
            serde_json::from_slice(&workspace.bytes(&format!("output/{report}/1.0/data/visits.json"))).unwrap();
        json
    };
    let (own, original) = (data("liten-en"), data("liten"));
    assert_ne!(own, original);
    assert_eq!(numbers(&own), numbers(&original));
    // What was there before the translation leads to it beside its version.
    let latest = workspace.read("output/liten/latest/index.html");
    assert!(
        latest.contains("href=\"../../liten-en/latest/index.html\" lang=\"en\" hreflang=\"en\">In English</a>"),
        "{latest}"
    );
    assert!(!workspace.read("output/liten/1.0/index.html").contains("liten-en"));
    let latest = workspace.read("output/liten-en/latest/index.html");
    assert_eq!(latest.matches("../../liten/latest/index.html").count(), 1, "the page has the way itself");
    // One entry in the list of reports.
    let index = workspace.read("output/index.html");
    let at = |part: &str| index.find(part).unwrap_or_else(|| panic!("{part}: {index}"));
    assert!(at("Liten rapport") < at("A small report"));
    assert!(
        index.contains(
            "<span lang=\"en\">In English</span>: <a href=\"liten-en/1.0/index.html\" lang=\"en\">A small report</a>"
        ),
        "{index}"
    );
    workspace.run(&["check", "--links"]).expect(0);
}

/// All numbers of a JSON value, in its order.
fn numbers(value: &serde_json::Value) -> Vec<String> {
    match value {
        serde_json::Value::Number(number) => vec![number.to_string()],
        serde_json::Value::Array(all) => all.iter().flat_map(numbers).collect(),
        serde_json::Value::Object(all) => all.values().flat_map(numbers).collect(),
        _ => Vec::new(),
    }
}

#[test]
fn a_number_cannot_be_written_anew() {
    let workspace = both();
    workspace.file("content/liten-en/findings/alla.yaml", WORDS.replace("{label: North}", "{label: North, women: 13}"));
    let told = workspace.run(&["build"]).expect(1).stderr;
    assert!(told.contains("error[TRA001]: a translation says only words: this comes from the original"), "{told}");
    assert!(
        told.contains("content/liten-en/findings/alla.yaml:8:") && told.contains("content/liten/findings/alla.yaml"),
        "{told}"
    );
    workspace.file("content/liten-en/findings/alla.yaml", WORDS.replace("caption:", "captoin:"));
    let told = problems(&workspace);
    assert!(told.contains("the original has no `captoin` here") && told.contains("did you mean `caption`?"), "{told}");
    workspace.file("content/liten-en/findings/alla.yaml", WORDS);
    workspace.file("content/liten-en/report.yaml", format!("{ENGLISH}kind: report\n"));
    assert!(problems(&workspace).contains("error[TRA001]"), "{}", problems(&workspace));
    workspace
        .file("content/liten-en/report.yaml", ENGLISH)
        .file("content/liten-en/findings/fler.yaml", "figures: {}\n");
    assert!(problems(&workspace).contains("`content/liten-en/findings/fler.yaml` stands for no file of the original"));
}

#[test]
fn what_is_not_translated_is_told_by_file() {
    let workspace = both();
    workspace.file(
        "content/liten-en/findings/alla.yaml",
        WORDS.replace("{label: cases with a plan}", "{label: }").replace("stub: Unit", "stub:"),
    );
    workspace.file(
        "content/liten-en/chapter.md",
        format!("{CHAPTER}\n## The chart\n\nSe [](#chart-besok).\n\n{{{{ chart besok }}}}\n"),
    );
    let told = workspace.run(&["build"]).expect(1).stderr;
    for part in [
        "2 texts of `content/liten-en/findings/alla.yaml` are not translated, the first is `ärenden med plan`",
        "`Se [](#chart-besok).` is not translated",
    ] {
        assert!(told.contains(part), "{part}: {told}");
    }
    // In a draft nothing stops a build, and the original's words stand in their place.
    workspace.file("content/liten-en/report.yaml", ENGLISH.replace("published", "draft"));
    let told = workspace.run(&["build"]).expect(0).stderr;
    assert!(told.contains("warning[TRA002]"), "{told}");
    assert!(workspace.page("liten-en").contains("Enhet"));
}

#[test]
fn what_only_one_of_the_two_shows_is_told() {
    let workspace = both();
    workspace
        .file("content/liten-en/chapter.md", CHAPTER.replace("In {{ plans | full }} there", "In {{ cases }} there"));
    let told = problems(&workspace);
    for part in [
        "the original shows `{{ chart besok }}`, and this chapter does not",
        "the original shows the figure `plans`, and this chapter does not",
        "this chapter shows the figure `cases`, and the original does not",
        "the original has the section `#diagram`, and this chapter has not",
    ] {
        assert!(told.contains(part), "{part}: {told}");
    }
    workspace.file("content/liten-en/findings/alla.yaml", WORDS.replace("Visits by unit", "Visits by unit in 2023"));
    assert!(problems(&workspace).contains("the number 2023 is not in the original"));
}

#[test]
fn words_of_files_of_data_are_given_by_themselves() {
    let workspace = both();
    workspace.file(
        "content/liten/findings/fler.yaml",
        "tables:\n  branscher:\n    caption: Konkurser\n    stub: Bransch\n    columns: [{id: antal, label: Antal}]\n    csv: branscher.csv\n    source: Registret\n",
    );
    workspace.file("content/liten/branscher.csv", "label,antal\nBygg,12\nVård och omsorg,7\n2024,3\n");
    let chapter = workspace.read("content/liten/kapitel.md");
    workspace.chapter(format!("{chapter}\nSe [](#table-branscher).\n\n{{{{ table branscher }}}}\n"));
    let own = workspace.read("content/liten-en/chapter.md");
    workspace.file(
        "content/liten-en/chapter.md",
        format!("{own}\nSee [](#table-branscher).\n\n{{{{ table branscher }}}}\n"),
    );
    workspace.file(
        "content/liten-en/findings/fler.yaml",
        "tables:\n  branscher:\n    caption: Bankruptcies\n    stub: Industry\n    columns: [{id: antal, label: Number}]\n    source: The register\n",
    );
    let told = problems(&workspace);
    assert!(
        told.contains("2 texts of `content/liten/branscher.csv` are not translated, the first is `Bygg`"),
        "{told}"
    );
    let words = "words: {Bygg: Construction, Vård och omsorg: Health and social care, Byg: Building}\n";
    workspace.file("content/liten-en/report.yaml", format!("{ENGLISH}{words}"));
    let told = workspace.run(&["build"]).expect(0).stderr;
    assert!(told.contains("no file has the words `Byg`"), "{told}");
    let page = workspace.page("liten-en");
    assert!(page.contains("Health and social care") && !page.contains("Vård och omsorg"));
    // The row is called by the id that the original's words gave it.
    let csv = workspace.read("output/liten-en/1.0/data/branscher.csv");
    assert!(csv.contains("Construction") && !csv.contains("Bygg"), "{csv}");
    workspace.file(
        "content/liten-en/chapter.md",
        format!("{own}\n{{{{ branscher.vard-och-omsorg }}}} See [](#table-branscher).\n\n{{{{ table branscher }}}}\n"),
    );
    let told = problems(&workspace);
    assert!(
        told.contains("this chapter shows the figure `branscher.vard-och-omsorg`") && !told.contains("FIG001"),
        "{told}"
    );
}

#[test]
fn a_translation_goes_by_the_version_that_it_was_made_from() {
    let workspace = both();
    let report = REPORT.replace("\"1.0\"", "\"1.1\"");
    workspace.file("content/liten/report.yaml", &report);
    let told = workspace.run(&["check", "liten-en"]).expect(1).stderr;
    assert!(told.contains("error[KND004]: `liten` is in version 1.1 now"), "{told}");
    for (of, words) in [("liten-en", "there is no report `liten-en` to translate"), ("litn", "did you mean `liten`?")] {
        workspace.file("content/liten-en/report.yaml", ENGLISH.replace("{liten:", &format!("{{{of}:")));
        let told = problems(&workspace);
        assert!(told.contains(words), "{words}: {told}");
    }
    workspace.file("content/liten/report.yaml", REPORT);
    workspace.file("content/liten-en/report.yaml", ENGLISH.replace("language: en\n", "language: sv\n"));
    assert!(problems(&workspace).contains("the translation has the language of its original: sv"));
}

#[test]
fn what_is_published_stays_when_the_original_goes_on() {
    let workspace = both();
    let site = "https://rapporter.exempelstad.example/";
    workspace.file("belagg.yaml", format!("{}site: {site}\n", workspace.read("belagg.yaml")));
    let told = workspace.run(&["publish", "liten-en"]).expect(1).stderr;
    assert!(told.contains("error[VER004]: `liten` 1.0, which this is a translation of, is not published"), "{told}");
    workspace.run(&["publish", "liten"]).expect(0);
    let before = workspace.bytes("output/liten/1.0/index.html");
    workspace.run(&["publish", "liten-en"]).expect(0);
    assert_eq!(workspace.bytes("output/liten/1.0/index.html"), before, "the original's version is never written again");
    for file in ["output/liten/1.0.notice.html", "output/liten/versions.html"] {
        let text = workspace.read(file);
        assert!(text.contains("../liten-en/latest/index.html") && text.contains("In English"), "{file}: {text}");
    }
    let map = workspace.read("output/sitemap.xml");
    for (language, report) in [("sv", "liten"), ("en", "liten-en")] {
        let link = format!("<xhtml:link rel=\"alternate\" hreflang=\"{language}\" href=\"{site}{report}/1.0/\"/>");
        assert_eq!(map.matches(&link).count(), 2, "{link}: {map}");
    }
    let page = workspace.read("output/liten-en/1.0/index.html");
    for part in [
        format!("<link rel=\"alternate\" hreflang=\"sv\" href=\"{site}liten/1.0/\">"),
        format!("<link rel=\"alternate\" hreflang=\"en\" href=\"{site}liten-en/1.0/\">"),
        format!("<meta name=\"dcterms.isVersionOf\" content=\"{site}liten/1.0/\">"),
        format!(
            "\"translationOfWork\":{{\"@type\":\"Report\",\"name\":\"Liten rapport\",\"inLanguage\":\"sv\",\"url\":\"{site}liten/1.0/\"}}"
        ),
    ] {
        assert!(page.contains(&part), "{part}");
    }
    let translation = workspace.bytes("output/liten-en/1.0/index.html");
    let report = REPORT.replace("\"1.0\"", "\"1.1\"").replace("status: published", "status: corrected");
    let changes = "decision: {by: Nämnden}\nchanges: [{type: correction, what: Antalet är rättat., why: Ett fall saknades., concerns: [plans]}]\n";
    workspace.file("content/liten/report.yaml", format!("{report}{changes}"));
    workspace.file("content/liten/findings/alla.yaml", FINDINGS.replace("women: 16", "women: 17"));
    workspace.run(&["publish", "liten"]).expect(0);
    workspace.run(&["verify", "--rebuild"]).expect(0);
    assert_eq!(workspace.bytes("output/liten-en/1.0/index.html"), translation);
}

#[test]
fn of_a_folder_that_makes_several_reports_one_is_translated_by_its_row() {
    let workspace = both();
    workspace.file("content/liten/report.yaml", format!("{REPORT}for-each: data/enheter.csv\n"));
    workspace.file("content/liten/data/enheter.csv", "id;Enhet\nnorra;Norra\nsodra;Södra\n");
    let chapter = workspace.read("content/liten/kapitel.md");
    workspace.chapter(chapter.replace("# Resultat", "# Resultat i {{ param.enhet }}"));
    workspace.file("content/liten-en/report.yaml", ENGLISH.replace("{liten:", "{liten-norra:"));
    let chapter = workspace.read("content/liten-en/chapter.md");
    workspace.file("content/liten-en/chapter.md", chapter.replace("# Results", "# Results in {{ param.enhet }}"));
    let told = problems(&workspace);
    assert!(told.contains("TRA002") && told.contains("`Norra`"), "{told}");
    assert!(!told.contains("`norra`"), "what the row is called is no word: {told}");
    let words = ENGLISH.replace("{liten:", "{liten-norra:");
    workspace.file("content/liten-en/report.yaml", format!("{words}words: {{Norra: The northern unit}}\n"));
    let told = workspace.run(&["build"]).expect(0);
    assert!(told.codes().is_empty(), "{}", told.stderr);
    let page = workspace.page("liten-en");
    assert!(page.contains("The northern unit"));
    assert!(page.contains("href=\"../../liten-norra/1.0/index.html\" lang=\"sv\"") && page.contains("Visits by unit"));
    assert!(workspace.page("liten-norra").contains("Norra"));
    let lists = workspace.read("output/index.html");
    assert!(lists.contains("liten-norra") && lists.contains("liten-en"), "{lists}");
    workspace.file("content/liten-en/report.yaml", ENGLISH);
    let told = problems(&workspace);
    assert!(told.contains("name one of them: `liten-norra`"), "{told}");
}

#[test]
fn a_number_hidden_in_the_original_is_hidden_in_the_translation() {
    let workspace = both();
    workspace.file(
        "belagg.yaml",
        "rules: {TAB012: off, TAB013: off}\ndisclosure: {persons: {minimum: 5}, prefer: [hide]}\n",
    );
    let few =
        FINDINGS.replace("women: 12, men: 8", "women: 17, men: 3").replace("women: 8, men: 12", "women: 3, men: 17");
    workspace.file("content/liten/findings/alla.yaml", few);
    // A chart of which nothing is left is refused.
    for place in ["charts/liten", "charts/liten-en"] {
        std::fs::remove_dir_all(workspace.path(place)).unwrap();
    }
    workspace.chapter(ORIGINAL_CHAPTER).file("content/liten-en/chapter.md", CHAPTER);
    workspace.run(&["build"]).expect(0);
    let cells = |report: &str| {
        let csv = workspace.read(&format!("output/{report}/1.0/data/visits.csv"));
        let json = workspace.bytes(&format!("output/{report}/1.0/data/visits.json"));
        (csv.matches("suppressed").count(), numbers(&serde_json::from_slice(&json).unwrap()))
    };
    let original = cells("liten");
    assert_eq!(cells("liten-en"), original);
    assert!(original.0 > 0, "something is hidden");
    let chapter = workspace.read("content/liten-en/chapter.md");
    workspace.file(
        "content/liten-en/chapter.md",
        chapter.replace("see [](#table-visits)", "and 3 men in North were visited, see [](#table-visits)"),
    );
    let told = problems(&workspace);
    assert!(told.contains("error[DIS014]: “3” tells of `visits.norr.men`"), "{told}");
    assert!(told.contains("content/liten-en/chapter.md:3:"), "{told}");
}

#[test]
fn a_translation_is_begun_with_a_place_for_every_text() {
    let workspace = both();
    for place in ["content/liten-en", "charts/liten-en"] {
        std::fs::remove_dir_all(workspace.path(place)).unwrap();
    }
    let told = workspace.run(&["new", "--translation-of", "liten", "--language", "en"]).expect(0);
    assert!(
        told.stdout.contains("content/liten-en/report.yaml") && told.stdout.contains("belagg check liten-en"),
        "{}",
        told.stdout
    );
    let words = workspace.read("content/liten-en/findings/alla.yaml");
    assert!(words.contains("    # Besök per enhet\n    caption:\n"), "{words}");
    assert!(!words.contains("12") && !words.contains("base"), "no number stands there: {words}");
    // An editor is told where its schema lies, which is there.
    assert!(
        words.starts_with("# yaml-language-server: $schema=../../../.schema/translation-findings.schema.json\n"),
        "{words}"
    );
    assert!(workspace.path(".schema/translation-findings.schema.json").is_file());
    assert_eq!(workspace.read("content/liten-en/kapitel.md"), workspace.read("content/liten/kapitel.md"));
    // It builds as it is: a draft in which all words wait.
    let told = workspace.run(&["build", "liten-en"]).expect(0);
    assert!(told.codes().iter().all(|code| *code == "TRA002"), "{}", told.stderr);
    assert!(workspace.page("liten-en").contains("Besök per enhet"));
    for (arguments, words) in [
        (&["new", "--translation-of", "litn", "--language", "en"][..], "Did you mean liten?"),
        (&["new", "--translation-of", "liten", "--language", "sv", "liten-sv"], "is in that language"),
        (&["new", "--translation-of", "liten-en", "--language", "nb"], "is a translation itself"),
        (&["new", "--translation-of", "liten", "--language", "en"], "is there already"),
    ] {
        let told = workspace.run(arguments).expect(2).stderr;
        assert!(told.contains(words), "{words}: {told}");
    }
}
