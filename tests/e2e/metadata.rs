//! What a publication tells programs: licence, head and data block of the page, files about its data, feeds, map and catalogue.

use serde_json::Value as Json;

use crate::workspace::{REPORT, Workspace};

const SITE: &str = "https://rapporter.exempelstad.example/";
const CATALOGUE: &str = "publisher: {name: Exempelstad}\nlicence: CC-BY-4.0\nsite: https://rapporter.exempelstad.example\ncatalogue: {publisher-type: local-authority, contact: data@exempelstad.example, theme: [society, health]}\n";

fn with(settings: &str) -> Workspace {
    let workspace = Workspace::small();
    workspace.file("belagg.yaml", format!("rules: {{TAB012: off, TAB013: off}}\n{settings}"));
    workspace
}

fn page(workspace: &Workspace) -> String {
    workspace.read("output/liten/1.0/index.html")
}

fn data_block(page: &str) -> Json {
    let (_, rest) = page.split_once("<script type=\"application/ld+json\">").unwrap();
    serde_json::from_str(rest.split_once("</script>").unwrap().0).unwrap()
}

#[test]
fn a_licence_stands_in_the_imprint_and_in_all_that_programs_read() {
    let workspace = with("licence: CC-BY-4.0\n");
    workspace.run(&["build"]).expect(0);
    let text = page(&workspace);
    let url = "https://creativecommons.org/licenses/by/4.0/";
    assert!(
        text.contains(&format!("<a href=\"{url}\">Creative Commons Erkännande 4.0 Internationell (CC BY 4.0)</a>"))
    );
    assert!(text.contains(&format!("<meta name=\"dcterms.license\" content=\"{url}\">")));
    assert_eq!(data_block(&text)["license"], url);
    let about: Json = serde_json::from_str(&workspace.read("output/liten/1.0/data/visits.csv-metadata.json")).unwrap();
    assert_eq!(about["dc:license"]["@id"], url);
    // A report's own word comes first, and what its author adds stands below.
    let own = REPORT.replace("imprint: {", "licence: CC0-1.0\nimprint: {licence: Bilderna är undantagna., ");
    workspace.file("content/liten/report.yaml", own).run(&["build"]).expect(0);
    let text = page(&workspace);
    assert!(
        text.contains("publicdomain/zero/1.0/\">") && text.contains("Bilderna är undantagna.") && !text.contains(url)
    );
    let sole = with("");
    sole.run(&["build"]).expect(0);
    let text = page(&sole);
    assert!(!text.contains("Licens") && !text.contains("license"), "nothing is said where nothing is given");
}

#[test]
fn a_licence_and_an_address_that_nobody_knows_are_told() {
    let run = with("licence: CC-BY\n").run(&["check"]).expect(1);
    assert!(run.stderr.contains("CC-BY-4.0"), "{}", run.stderr);
    let run = with("catalogue: {publisher-type: local-authority, contact: nobody}\n").run(&["check"]).expect(1);
    assert!(run.stderr.contains("must be an e-mail address"), "{}", run.stderr);
    for lacking in ["site", "publisher"] {
        assert!(run.stderr.contains(&format!("a `catalogue` needs `{lacking}`, and belagg.yaml")), "{}", run.stderr);
    }
    // Only what is lacking is told.
    let catalogue = "catalogue: {publisher-type: local-authority, contact: data@example.se}\n";
    let run = with(&format!("publisher: {{name: Exempelstad}}\n{catalogue}")).run(&["check"]).expect(1);
    assert!(run.stderr.contains("needs `site`") && !run.stderr.contains("needs `publisher`"), "{}", run.stderr);
    // A catalogue that is not made says why.
    let site = format!("publisher: {{name: Exempelstad}}\nsite: https://example.se\n{catalogue}");
    let run = with(&site).run(&["build"]).expect(0);
    assert!(run.stdout.contains("output/catalogue.rdf is not made"), "{}", run.stdout);
}

#[test]
fn each_csv_has_a_file_that_tells_its_columns() {
    let workspace = with("");
    workspace.run(&["build"]).expect(0);
    let csv = workspace.read("output/liten/1.0/data/visits.csv");
    let about: Json = serde_json::from_str(&workspace.read("output/liten/1.0/data/visits.csv-metadata.json")).unwrap();
    let columns = about["tableSchema"]["columns"].as_array().unwrap();
    let titles: Vec<&str> = columns.iter().map(|column| column["titles"].as_str().unwrap()).collect();
    assert_eq!(csv.trim_start_matches('\u{feff}').lines().next().unwrap(), titles.join(","));
    assert_eq!(about["url"], "visits.csv");
    assert_eq!(columns[1]["datatype"], "integer");
    assert_eq!(about["tableSchema"]["primaryKey"], "row");
    assert_eq!(about["dc:source"], "Granskningen");
    let manifest = workspace.read("output/liten/1.0/manifest.json");
    assert!(manifest.contains("data/visits.csv-metadata.json"), "the manifest lists it");
}

#[test]
fn the_data_block_tells_of_every_table_and_cannot_end_its_element() {
    let workspace = with("");
    let title = REPORT.replace("title: Liten rapport", "title: \"Liten \\\\</script> rapport\"");
    workspace.file("content/liten/report.yaml", title).run(&["build"]).expect(0);
    let text = page(&workspace);
    let block = data_block(&text);
    assert_eq!(block["hasPart"].as_array().unwrap().len(), 1);
    let dataset = &block["hasPart"][0];
    assert_eq!(dataset["url"], "#table-visits");
    let files: Vec<&str> =
        dataset["distribution"].as_array().unwrap().iter().map(|file| file["contentUrl"].as_str().unwrap()).collect();
    assert_eq!(files, ["data/visits.csv", "data/visits.json", "liten.xlsx", "liten.ods"]);
    for file in files {
        assert!(workspace.path(&format!("output/liten/1.0/{file}")).exists(), "{file}");
    }
    assert_eq!(dataset["variableMeasured"].as_array().unwrap().len(), 3, "women, men and all");
    let (_, raw) = text.split_once("application/ld+json\">").unwrap();
    let raw = raw.split_once("</script>").unwrap().0;
    assert!(raw.contains("\\u003c/script>") && !raw.contains('<'), "{raw}");
    // Without a website nothing is said that needs a whole address.
    assert!(!text.contains("og:image") && !text.contains("canonical") && !text.contains("\"image\""));
    for file in ["output/liten/1.0/card.png", "output/sitemap.xml", "output/catalogue.rdf"] {
        assert!(!workspace.path(file).exists(), "{file}");
    }
    assert_eq!(workspace.read("output/robots.txt"), "User-agent: *\nDisallow:\n");
}

#[test]
fn a_website_has_a_picture_for_each_page_a_map_and_a_catalogue() {
    let workspace = with(CATALOGUE);
    workspace.run(&["publish", "liten"]).expect(0);
    let text = page(&workspace);
    assert!(text.contains(&format!("<meta property=\"og:image\" content=\"{SITE}liten/1.0/card.png\">")));
    let picture = workspace.bytes("output/liten/1.0/card.png");
    assert_eq!(picture[..8], *b"\x89PNG\r\n\x1a\n");
    assert_eq!(picture[16..24], [0, 0, 0x04, 0xb0, 0, 0, 0x02, 0x76], "1200 by 630 points");
    let map = workspace.read("output/sitemap.xml");
    let map = roxmltree::Document::parse(&map).unwrap();
    let places: Vec<&str> =
        map.descendants().filter(|node| node.has_tag_name("loc")).filter_map(|node| node.text()).collect();
    assert_eq!(places, [SITE, &format!("{SITE}liten/1.0/")]);
    assert!(workspace.read("output/robots.txt").ends_with(&format!("Sitemap: {SITE}sitemap.xml\n")));
    let catalogue = workspace.read("output/catalogue.rdf");
    let catalogue = roxmltree::Document::parse(&catalogue).unwrap();
    let all = |name: &str| catalogue.descendants().filter(|node| node.tag_name().name() == name).collect::<Vec<_>>();
    assert_eq!(
        (all("Catalog").len(), all("Dataset").len(), all("Distribution").len(), all("Agent").len()),
        (1, 1, 4, 1)
    );
    let linked = |name: &str| -> Vec<&str> {
        all(name).iter().filter_map(|node| node.attributes().next().map(|attribute| attribute.value())).collect()
    };
    assert!(linked("license").contains(&"http://creativecommons.org/licenses/by/4.0/"), "as portals know it");
    assert!(linked("downloadURL").contains(&format!("{SITE}liten/1.0/liten.xlsx").as_str()));
    workspace.run(&["verify"]).expect(0);
    // What lies there is what is made of what is published.
    let forged = workspace.read("output/catalogue.rdf").replace("Liten rapport", "Annan rapport");
    workspace.file("output/catalogue.rdf", forged).run(&["verify"]).expect(1);
}

#[test]
fn each_kind_has_a_feed_of_its_own_where_there_are_several() {
    let workspace = with("");
    workspace.run(&["publish", "liten"]).expect(0);
    assert!(!workspace.path("output/feeds").exists(), "one kind has one feed");
    let other = "kind: report\ntitle: Annan\nversion: \"1.0\"\ndate: 2024-04-01\nstatus: published\nimprint: {publisher: Exempelstad}\nchapters: [a.md]\n";
    workspace.file("content/annan/report.yaml", other).file("content/annan/a.md", "# Text\n\nOrd.\n");
    workspace.run(&["publish", "annan"]).expect(0);
    let index = workspace.read("output/index.html");
    let mut ids = Vec::new();
    for (path, titles) in [
        ("feed.xml", &["Annan, version 1.0 (publicerad)", "Liten rapport, version 1.0 (publicerad)"][..]),
        ("feeds/report.xml", &["Annan, version 1.0 (publicerad)"]),
        ("feeds/inspection-report.xml", &["Liten rapport, version 1.0 (publicerad)"]),
    ] {
        let text = workspace.read(&format!("output/{path}"));
        let feed = roxmltree::Document::parse(&text).unwrap();
        let told: Vec<&str> = feed
            .descendants()
            .filter(|node| node.has_tag_name("entry"))
            .filter_map(|entry| entry.children().find(|node| node.has_tag_name("title"))?.text())
            .collect();
        assert_eq!(told, titles, "{path}");
        assert!(index.contains(&format!("href=\"{path}\"")), "the list of reports leads to {path}");
        let folder = workspace.path("output").join(path);
        for link in feed.descendants().filter_map(|node| node.attribute("href")) {
            assert!(folder.parent().unwrap().join(link).exists(), "{path} leads to {link}");
        }
        ids.extend(
            feed.root_element()
                .children()
                .find(|node| node.has_tag_name("id"))
                .and_then(|id| id.text())
                .map(str::to_owned),
        );
    }
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), 3);
}

#[test]
fn companions_in_other_languages_are_told_as_translations() {
    let workspace = with("site: https://rapporter.exempelstad.example\n");
    let swedish = REPORT.replace("chapters:", "companions: [small]\nchapters:");
    workspace.file("content/liten/report.yaml", swedish.as_str());
    let english = swedish.replace("companions: [small]", "language: en\ncompanions: [liten]");
    workspace.file("content/small/report.yaml", english).file("content/small/kapitel.md", "# Results\n\nWords.\n");
    workspace.run(&["build"]).expect(0);
    for (report, own) in [("liten", "sv"), ("small", "en")] {
        let text = workspace.read(&format!("output/{report}/1.0/index.html"));
        for (language, other) in [("sv", "liten"), ("en", "small")] {
            let link = format!("<link rel=\"alternate\" hreflang=\"{language}\" href=\"{SITE}{other}/1.0/\">");
            assert!(text.contains(&link), "{own}: {link}");
        }
    }
}
