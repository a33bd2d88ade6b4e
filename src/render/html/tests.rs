//! Tests of the built-in templates over the document that has every block.

use std::collections::BTreeMap;

use super::*;
use crate::document::resolved::{Block, Inline, ResolvedDocument};
use crate::locale::Language;
use crate::render::fixture;

/// The program's own words in Swedish.
fn labels() -> BTreeMap<String, String> {
    serde_json::from_str(Language::Swedish.labels()).expect("labels")
}

fn document() -> ResolvedDocument {
    let mut document = fixture::document();
    document.labels = labels();
    document
}

fn templates() -> HtmlTemplates {
    HtmlTemplates::new(&BTreeMap::new()).expect("the built-in templates are sound")
}

fn page_of(document: &ResolvedDocument) -> String {
    let pdf = PdfFile { path: "exempel-2021.pdf".into(), pages: 32, bytes: 1_234_567 };
    let input = PageInput {
        document,
        pdf: Some(pdf),
        workbooks: Vec::new(),
        citation: Some(&Citation::new(document, Some("https://rapporter.example.se/exempel-2021/1.0/"))),
        data: None,
        card: false,
        site: Some("https://rapporter.example.se"),
        path: "exempel-2021/1.0/",
    };
    templates().page(&input).expect("the page renders")
}

/// The page's chapters with nothing but these blocks.
fn blocks(blocks: Vec<Block>) -> String {
    let mut document = document();
    document.chapters.truncate(1);
    document.chapters[0].blocks = blocks;
    let page = page_of(&document);
    let section = page.find("<section class=\"chapter ").expect("a chapter");
    let start = section + page[section..].find('>').expect("its tag") + 1;
    let end = start + page[start..].find("</section>").expect("an end");
    page[start..end].trim().to_owned()
}

fn paragraph(content: Vec<Inline>) -> String {
    blocks(vec![Block::Paragraph { passage: String::new(), content }])
}

/// Values of an attribute over the whole page.
fn values<'a>(page: &'a str, attribute: &str) -> Vec<&'a str> {
    let mark = format!(" {attribute}=\"");
    page.match_indices(&mark).filter_map(|(at, _)| page[at + mark.len()..].split('"').next()).collect()
}

#[test]
fn every_block_is_printed() {
    // Addresses of passages are hashes; that each has one is told of the file that lists them.
    let page: String = page_of(&document())
        .split(" id=\"P-")
        .enumerate()
        .map(|(at, part)| if at == 0 { part } else { part.split_once('"').map_or(part, |(_, rest)| rest) })
        .collect();
    for part in [
        "<h1 style=\"--longest: 15\">Sysselsättning inom socialpsykiatri</h1>",
        "Ladda ned som PDF (32 sidor, 1,2\u{a0}MB)",
        "<h2 id=\"inledning\"><span class=\"number\">1</span> Inledning</h2></div>",
        "<h3 id=\"syfte\"><span class=\"number\">1.1</span> Syfte och frågor</h3>",
        "<ol start=\"3\">",
        "<footer>— Handläggare, Farsta</footer>",
        "class=\"callout callout-important\" role=\"note\" aria-label=\"Viktigt\"",
        "<div class=\"beside\">",
        "<details class=\"callout callout-proposal\">\n<summary class=\"callout-title\">Ett förslag</summary>",
        "<dt>SIP</dt>",
        "<caption><span><span class=\"label\">Tabell 1.</span> Diagnoser bland de granskade ärendena</span></caption>",
        "<th id=\"t2-g1\" scope=\"colgroup\" class=\"end\" colspan=\"2\"><span class=\"group\">Traditionell inriktning</span></th>",
        "headers=\"t2-g2 t2-c3 t2-r1\"",
        "<figcaption><span class=\"label\">Diagram 1.</span>",
        "<svg xmlns",
        "Samma uppgifter finns i <a href=\"#table-diagnoser\">tabell 1</a>.",
        "<img src=\"assets/lokal.svg\" alt=\"Ett hus och en lokal.\" width=\"480\" height=\"160\">",
        "class=\"assessment assessment-strengths\"",
        "<blockquote class=\"statement\">",
        "<span class=\"step-title\">Möte</span>",
        "<li id=\"ref-fricker2007\">",
        "href=\"#cite-fricker2007-1\" role=\"doc-backlink\"",
        "<hr>",
        "<span lang=\"en\">supported employment</span>",
        "<link rel=\"canonical\" href=\"https://rapporter.example.se/exempel-2021/1.0/\">",
    ] {
        assert!(page.contains(part), "{part}\n{page}");
    }
}

#[test]
fn ids_are_unique_and_every_inner_link_has_its_target() {
    let page = page_of(&document());
    let mut ids = values(&page, "id");
    let count = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), count, "an id stands twice");
    let names =
        ["headers", "aria-labelledby"].iter().flat_map(|name| values(&page, name)).flat_map(str::split_whitespace);
    let links = values(&page, "href").into_iter().filter_map(|href| href.strip_prefix('#'));
    for target in links.chain(names) {
        assert!(ids.binary_search(&target).is_ok(), "nothing has the id {target}");
    }
}

#[test]
fn nothing_is_loaded_from_elsewhere() {
    let page = page_of(&document());
    let css = String::from_utf8_lossy(assets()[1].1).into_owned();
    assert!(values(&page, "src").iter().all(|path| path.starts_with("assets/")));
    assert!(page.contains("default-src 'none'") && !page.contains("<script>") && !page.contains("onload"));
    for (at, _) in css.match_indices("url(\"") {
        let name = css[at + 5..].split('"').next().expect("a name");
        assert!(assets().iter().any(|(asset, _)| *asset == name), "{name}");
    }
}

#[test]
fn hostile_text_is_printed_as_it_stands() {
    let words = r#"<script>alert("1")</script> {{ 7*7 }} {% include "x" %} {# no #} ' & &amp;"#;
    insta::assert_snapshot!(paragraph(vec![Inline::text(words)]), @r##"<p>&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; {{ 7*7 }} {% include &quot;x&quot; %} {# no #} &#39; &amp; &amp;amp;</p>"##);
    let mut document = document();
    document.title_text = format!("</script><script>alert(1)</script>{words}");
    document.description = words.into();
    document.labels.insert("contents".into(), words.into());
    document.theme.accent = "red; } </style><script>".into();
    let page = page_of(&document);
    assert_eq!(page.matches("<script").count(), 3, "only the block of data and the files of the page");
    assert_eq!(page.matches("</script>").count(), 3);
    assert!(!page.contains("red; }"));
}

#[test]
fn links_that_would_run_code_lead_nowhere() {
    let link = Inline::link("javascript:alert(1)", fixture::text("här"));
    insta::assert_snapshot!(paragraph(vec![link]), @r##"<p><a href="#">här</a></p>"##);
}

#[test]
fn notes_and_marks_are_linked_and_named() {
    let note =
        Inline::Note { number: 5, anchor: "note-5".into(), reference: "note-ref-5".into(), first: true, cited: false };
    let mark = Inline::Mark { mark: "*".into(), anchor: "t1-note-1".into() };
    insta::assert_snapshot!(paragraph(vec![Inline::text("ord"), note, mark]), @r##"<p>ord<sup class="note-mark"><a id="note-ref-5" href="#note-5" role="doc-noteref" aria-label="Not 5">5</a></sup><sup class="note-mark table-mark"><a href="#t1-note-1"><span class="visually-hidden">Not </span>*</a></sup></p>"##);
}

#[test]
fn a_note_leads_back_to_each_of_its_places() {
    let page = page_of(&document());
    let start = page.find("<li id=\"note-1\"").expect("note 1");
    let note = page[start..].lines().next().expect("a line");
    insta::assert_snapshot!(note, @r##"<li id="note-1"><span id="P-3b2878d5">Socialtjänstlagen (2001:453), 5 kap. 7 §. Se även <a href="https://www.example.se/lag?a=1&amp;b=2#c">lagens text</a>.</span> <a class="back" href="#note-ref-1" role="doc-backlink"><span aria-hidden="true">↩<sub>1</sub></span><span class="visually-hidden">Tillbaka till texten, ställe 1</span></a><a class="back" href="#note-ref-1-2" role="doc-backlink"><span aria-hidden="true">↩<sub>2</sub></span><span class="visually-hidden">Tillbaka till texten, ställe 2</span></a></li>"##);
}

#[test]
fn a_blank_cell_says_why() {
    let page = blocks(vec![Block::Table(Box::new(fixture::simple_table()))]);
    let cell = page.lines().find(|line| line.contains("uppgift saknas")).expect("the blank cell");
    insta::assert_snapshot!(cell, @r##"<td class="end"><span aria-hidden="true">..</span><span class="visually-hidden">uppgift saknas</span></td>"##);
    assert!(page.contains("<p class=\"table-note\" id=\"t1-note-1\"><span class=\"mark\">*</span>"));
}

#[test]
fn only_tables_that_must_scroll_can_be_focused() {
    let narrow = blocks(vec![Block::Table(Box::new(fixture::grouped_table(false)))]);
    let wide = blocks(vec![Block::Table(Box::new(fixture::grouped_table(true)))]);
    assert!(!narrow.contains("tabindex"));
    assert!(wide.contains("role=\"region\" tabindex=\"0\" aria-label=\"Tabell 2\""));
    let mut words = fixture::simple_table();
    words.rows[0].cells[0].content = fixture::text("Biståndshandläggarenheten");
    assert!(blocks(vec![Block::Table(Box::new(words.clone()))]).contains("tabindex"));
    words.rows[0].cells[0].content = fixture::text("Bistånds handläggar enheten");
    assert!(!blocks(vec![Block::Table(Box::new(words))]).contains("tabindex"));
}

#[test]
fn groups_have_room_in_head_and_body() {
    let page = blocks(vec![Block::Table(Box::new(fixture::grouped_table(false)))]);
    let lines: Vec<&str> = page.lines().filter(|line| line.contains("starts-group")).collect();
    assert_eq!(lines.len(), 5, "{lines:#?}");
    assert!(lines[0].contains("Arbetsinriktad") && lines[1].contains("t2-c3") && lines[2].contains(">4<"));
}

#[test]
fn a_declaration_before_a_picture_is_left_out() {
    let mut chart = fixture::chart();
    chart.svg.insert_str(0, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let page = blocks(vec![Block::Chart(Box::new(chart))]);
    assert!(page.contains("<svg") && !page.contains("<?xml"));
}

#[test]
fn blocks_may_nest_as_deep_as_authors_may_write() {
    let nested =
        (0..12).fold(fixture::paragraph("innerst"), |block, _| Block::Quote { blocks: vec![block], attribution: None });
    assert!(blocks(vec![nested]).contains("innerst"));
}

#[test]
fn a_draft_is_marked_and_a_published_report_is_not() {
    let mut document = document();
    assert!(!page_of(&document).contains("class=\"status"));
    document.status = Status::InReview;
    assert!(page_of(&document).contains("<span class=\"status status-in-review\">Under granskning</span>"));
}

#[test]
fn the_data_about_the_report_is_valid_json() {
    let page = page_of(&document());
    let start = page.find("ld+json\">").expect("data") + 9;
    let text = page[start..].split("</script>").next().expect("an end");
    let data: serde_json::Value = serde_json::from_str(text).expect("JSON");
    assert_eq!(data["@type"], "Report");
    assert_eq!(data["encoding"]["contentUrl"], "https://rapporter.example.se/exempel-2021/1.0/exempel-2021.pdf");
}

#[test]
fn rendering_twice_gives_the_same_bytes() {
    assert_eq!(page_of(&document()), page_of(&document()));
}

#[test]
fn templates_use_exactly_the_listed_labels() {
    let mut used: Vec<String> = Vec::new();
    for text in builtin_templates().values() {
        for (at, _) in text.match_indices("labels.") {
            let name = text[at + 7..].split(|c: char| !c.is_ascii_lowercase() && c != '_').next().unwrap_or_default();
            used.push(name.to_owned());
        }
    }
    // Those with a size in them are put together before.
    let sized = ["download_ods", "download_pdf", "download_pdf_one", "download_xlsx"];
    let dynamic = |key: &str| key.starts_with("status_") || key.starts_with("size_") || sized.contains(&key);
    used.extend(LABELS.iter().copied().filter(|key| dynamic(key)).map(Into::into));
    used.sort_unstable();
    used.dedup();
    assert_eq!(used, LABELS);
}

#[test]
fn no_template_prints_text_unescaped() {
    for (name, text) in builtin_templates() {
        assert!(!text.contains("| safe "), "{name}");
        assert!(!text.contains("| safe}"), "{name}");
    }
}

fn own(name: &str, text: &str) -> Result<HtmlTemplates, TemplateProblem> {
    HtmlTemplates::new(&BTreeMap::from([(name.to_owned(), text.to_owned())]))
}

#[test]
fn a_workspace_replaces_one_component_or_one_block() {
    let document = document();
    let input = PageInput {
        document: &document,
        pdf: None,
        workbooks: Vec::new(),
        citation: None,
        data: None,
        card: false,
        site: None,
        path: "",
    };
    let rule = own(
        "mine.html",
        "{% component heading(block: map) %}<h2 class=\"mine\">{{ block.text }}</h2>{% endcomponent %}",
    );
    assert!(rule.expect("sound").page(&input).expect("a page").contains("<h2 class=\"mine\">Inledning</h2>"));
    let foot = own("report.html", "{% extends \"builtin/report.html\" %}{% block foot %}<p>Min fot</p>{% endblock %}");
    let page = foot.expect("sound").page(&input).expect("a page");
    assert!(page.contains("<p>Min fot</p>") && page.contains("Inledning"));
}

#[test]
fn a_fault_names_its_file_and_line() {
    let problem = |text: &str| own("report.html", text).err().expect("a fault");
    assert_eq!((problem("a\nb {% if %}").file.as_str(), problem("a\nb {% if %}").line), ("report.html", 2));
    assert_eq!(problem("a\n\n{{ x | nofilter }}").line, 3);
    assert!(problem("a\n\n{{ x | nofilter }}").message.contains("nofilter"));
    assert_eq!(problem("{{ <missing /> }}").line, 1);
    assert_eq!(problem("{% extends \"none.html\" %}").file, "report.html");
    let document = document();
    let input = PageInput {
        document: &document,
        pdf: None,
        workbooks: Vec::new(),
        citation: None,
        data: None,
        card: false,
        site: None,
        path: "",
    };
    let missing = own("report.html", "\n{{ document.titel }}").expect("sound").page(&input).expect_err("no such field");
    assert_eq!((missing.file.as_str(), missing.line), ("report.html", 2));
    assert!(missing.message.contains("titel"), "{missing}");
}

#[test]
fn the_index_lists_reports_newest_first() {
    let document = document();
    let entry = |title: &str, year: i32, month: u8| IndexEntry {
        title: title.into(),
        subtitle: None,
        kind_label: "Granskningsrapport".into(),
        description: "Om <något>.".into(),
        language: "sv".into(),
        date: Date { iso: format!("{year}-{month:02}"), long: format!("månad {month} {year}"), year, month, day: 1 },
        version: "1.0".into(),
        status: Status::Published,
        versions: None,
        path: format!("r-{year}-{month}/1.0/"),
        pdf: Some(PdfFile { path: "r.pdf".into(), pages: 2, bytes: 20_000 }),
        picture: None,
        parts: Vec::new(),
        kinds: vec!["inspection-report".into()],
        units: vec!["norr".into()],
        areas: Vec::new(),
    };
    let input = IndexInput {
        language: "sv",
        labels: &document.labels,
        publisher: &document.publisher,
        theme: &document.theme,
        feed: false,
        facets: Vec::new(),
        feeds: Vec::new(),
        site: None,
        reports: vec![entry("Äldre", 2020, 5), entry("Vår", 2021, 3), entry("Höst", 2021, 10)],
    };
    let page = templates().index(&input).expect("an index");
    let places: Vec<_> =
        ["id=\"year-2021\"", "Höst", "Vår", "id=\"year-2020\"", "Äldre"].iter().map(|w| page.find(w)).collect();
    assert!(places.is_sorted() && places.iter().all(Option::is_some), "{places:?}\n{page}");
    assert!(page.contains("<a href=\"r-2021-10/1.0/index.html\">Höst</a>") && page.contains("Om &lt;något&gt;."));
    assert!(page.contains("<a href=\"r-2021-10/1.0/r.pdf\"") && page.contains("(2 sidor, 20\u{a0}kB)"));
}

#[test]
fn every_template_prints_every_block() {
    for template in ["report", "brief", "letter", "easy-read"] {
        let mut document = document();
        document.template = template.into();
        let input = PageInput {
            document: &document,
            pdf: None,
            workbooks: Vec::new(),
            citation: None,
            data: None,
            card: false,
            site: None,
            path: "",
        };
        let page = HtmlTemplates::new(&BTreeMap::new()).expect("templates").page(&input).expect("a page");
        for words in [
            "17 juni 2020",
            "har en aktuell plan",
            "Skriv in ett datum",
            "Fråga 1",
            "files/mall.txt",
            "Bild: förvaltningen",
        ] {
            assert!(page.contains(words), "{template}: {words}");
        }
        assert_eq!(page.matches("id=\"Imprint\"").count(), 1, "{template}");
        assert_eq!(page.contains("class=\"contents\""), template == "report");
    }
}
