//! `belagg import` makes a report that builds and has every word of the document. `scripts/documents` makes the documents.

use std::collections::BTreeMap;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use regex::Regex;

use crate::workspace::Workspace;

fn document(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/import").join(name)
}

/// A workspace with the report of a document, called `rapport`, and what was printed.
fn imported(name: &str) -> (Workspace, String) {
    let workspace = Workspace::empty();
    let path = document(name);
    let run = workspace.run(&["import", path.to_str().expect("UTF-8"), "--name", "rapport"]).expect(0);
    (workspace, run.stdout)
}

/// The words of a text with how often each stands in it; the blank between thousands is none.
fn words(text: &str) -> BTreeMap<String, usize> {
    let text =
        text.replace('\u{ad}', "").replace(['\u{a0}', '\u{202f}'], " ").replace("&lt;", "<").replace("&amp;", "&");
    let text = Regex::new(r"(\d) (\d{3})\b").expect("a pattern").replace_all(&text, "$1$2").to_lowercase();
    let mut out = BTreeMap::new();
    for word in Regex::new(r"\w+").expect("a pattern").find_iter(&text) {
        *out.entry(word.as_str().to_owned()).or_default() += 1;
    }
    out
}

/// The text of a document, read without the program: what stands between the tags of its parts.
fn own_text(path: &Path) -> String {
    let mut archive = zip::ZipArchive::new(std::fs::File::open(path).expect("a file")).expect("a packed file");
    let mut part = |name: &str| {
        let mut xml = String::new();
        archive.by_name(name).ok()?.read_to_string(&mut xml).expect("UTF-8");
        Some(xml)
    };
    let word: String = ["word/document.xml", "word/footnotes.xml"].into_iter().filter_map(&mut part).collect();
    word_text(&word) + &part("content.xml").map(|xml| open_document_text(&xml)).unwrap_or_default()
}

fn replaced(text: &str, pattern: &str, with: &str) -> String {
    Regex::new(pattern).expect("a pattern").replace_all(text, with).into_owned()
}

fn word_text(xml: &str) -> String {
    let xml = replaced(xml, "</w:p>|<w:br/>|<w:tab/>", "<w:t>\n</w:t>");
    let xml = replaced(&xml, "<w:(footnote|endnote)Reference ", "<w:t> </w:t>$0");
    let texts = Regex::new("<w:t(?: [^>]*)?>([^<]*)<").expect("a pattern");
    texts.captures_iter(&xml).map(|text| text[1].to_owned()).collect()
}

fn open_document_text(xml: &str) -> String {
    let body = xml.split_once("<office:text").and_then(|(_, rest)| rest.split_once('>')).expect("a text").1;
    let body = replaced(body, "<text:note-citation.*?</text:note-citation>", " ");
    let body = replaced(&body, "</(text:p|text:h)>|<text:(s|tab|line-break)[ /]", "\n$0");
    replaced(&body.replace("<text:note ", " <text:note "), "<[^>]*>", "")
}

/// The text of the page, notes parted from the words that they stand at.
fn page_text(workspace: &Workspace) -> String {
    let page = workspace.read("output/rapport/1.0/index.html");
    let page = Regex::new("(?s)<(script|style).*?</(script|style)>").expect("a pattern").replace_all(&page, " ");
    let alt = Regex::new(" alt=\"([^\"]*)\"").expect("a pattern");
    let alternatives: Vec<String> = alt.captures_iter(&page).map(|found| found[1].to_owned()).collect();
    let page = Regex::new("<sup").expect("a pattern").replace_all(&page, " <sup");
    let page = Regex::new("</?(a|strong|em|s|del|span|abbr|wbr)( [^>]*)?>").expect("a pattern").replace_all(&page, "");
    let text = Regex::new("<[^>]*>").expect("a pattern").replace_all(&page, " ");
    format!("{text} {}", alternatives.join(" "))
}

/// Builds the report of a document as a draft, and finds every word of the document on its page but for those that are named.
fn holds_every_word(name: &str, but: &[&str]) {
    let (workspace, _) = imported(name);
    workspace.run(&["build", "rapport"]).expect(0);
    let (own, page) = (words(&own_text(&document(name))), words(&page_text(&workspace)));
    assert!(own.values().sum::<usize>() > 15, "the document {name} has words");
    let lost: Vec<&String> = own
        .iter()
        .filter(|(word, count)| page.get(*word).is_none_or(|found| found < count) && !but.contains(&word.as_str()))
        .map(|(word, _)| word)
        .collect();
    assert!(lost.is_empty(), "words of {name} that the page lacks: {lost:?}");
}

#[test]
fn documents_of_python_docx_keep_every_word() {
    holds_every_word("python-headings.docx", &[]);
    holds_every_word("python-bold-lines.docx", &[]);
    // "m²" is one sign; decimals are as many as their column has; "Anm." is the program's own word.
    holds_every_word("python-tables.docx", &["5", "anm"]);
    holds_every_word("python-marks.docx", &["m2", "hemligt12000"]);
}

#[test]
fn documents_of_other_programs_keep_every_word() {
    // A date and a formula are told in other letters.
    for name in ["pandoc-all.docx", "pandoc-all.odt", "libreoffice-all.odt"] {
        holds_every_word(name, &["05", "06", "km2", "h2o"]);
    }
    for name in ["npm-notes.docx", "odfpy.odt", "libreoffice-odfpy.docx", "libreoffice-headings.odt"] {
        holds_every_word(name, &[]);
    }
}

#[test]
fn long_documents_keep_every_word() {
    for name in ["long-pandoc.docx", "long-pandoc.odt", "long-python.docx"] {
        holds_every_word(name, &["06"]);
    }
}

#[test]
fn what_a_document_has_stands_where_a_report_has_it() {
    let (workspace, told) = imported("python-headings.docx");
    let report = workspace.read("content/rapport/report.yaml");
    for line in [
        "title: Granskning av genomförandeplaner",
        "subtitle: Rapport från Exempelstad",
        "date: 2024-03-01",
        "language: sv",
        "reference: Dnr 2024/0117",
    ] {
        assert!(report.contains(line), "{line}:\n{report}");
    }
    let first = workspace.read("content/rapport/inledning.md");
    for line in [
        "# Inledning {#inledning}",
        "Under året har **tjugo** av 40 ärenden granskats, och *ingen plan* saknar datum. Tecken som \\* och \\_ och \\[1\\]",
        "- Andra punkten",
        "1. Steg ett\n2. Steg två",
        "2019\\. Det året",
        "\\# ingen rubrik",
        "\\- ingen lista",
        "> ",
        "Antalet visas i [](#table-besok-per-enhet) och beskrivs i [Resultat](#resultat).",
        "{{ table besok-per-enhet }}",
    ] {
        assert!(first.contains(line), "{line}:\n{first}");
    }
    let second = workspace.read("content/rapport/resultat.md");
    assert!(second.contains("![En röd ruta](pictures/image1.png \"Figur 1. Rutan på planen\")"), "{second}");
    let tables = workspace.read("content/rapport/findings/tables.yaml");
    assert!(tables.contains("source: Egen räkning") && tables.contains("type: percent"), "{tables}");
    // 12 and 28 are 40, and the document says 41.
    assert!(told.contains("“Summa” in “antal” is 41, and the numbers add up to 40"), "{told}");
    assert!(workspace.read("content/rapport/import.txt").contains("is 41"), "the list is a file too");
}

#[test]
fn tables_keep_what_their_cells_are() {
    let (workspace, told) = imported("python-tables.docx");
    let tables = workspace.read("content/rapport/findings/tables.yaml");
    for line in [
        "- group: \"2023\"",
        "{id: 2023-kvinnor, label: Kvinnor, type: count}",
        "{label: Söder, 2023-kvinnor: {blank: zero}, 2023-man: 7, 2024-kvinnor: 5, 2024-man: 8}",
        "note: Streck betyder inget besök.",
        "{id: ale-2, label: Ale, ort: Surte, kostnad: 3}",
        "kostnad: -2.25",
    ] {
        assert!(tables.contains(line), "{line}:\n{tables}");
    }
    assert!(told.contains("this stood in a cell of the table above"), "{told}");
}

#[test]
fn what_cannot_be_carried_over_is_told() {
    let (workspace, told) = imported("python-marks.docx");
    for part in [
        "1 insertions were taken, 1 deletions left out",
        "hidden text",
        "a comment: Kim: Stämmer det?",
        "raised or lowered",
    ] {
        assert!(told.contains(part), "{part}:\n{told}");
    }
    let chapter = workspace.read("content/rapport/sparade-andringar.md");
    assert!(chapter.contains("Antalet är fjorton vid årets slut.") && !chapter.contains("tretton"), "{chapter}");
    assert!(chapter.contains("25 m² ") && !chapter.contains("Hemligt"), "{chapter}");
    let (_, told) = imported("python-bold-lines.docx");
    assert!(told.contains("3 lines in bold letters were taken for headings"), "{told}");
}

#[test]
fn lists_notes_and_breaks_are_written_as_they_were() {
    let (workspace, _) = imported("npm-notes.docx");
    let chapter = workspace.read("content/rapport/svaren.md");
    for part in [
        "3. Räkna svaren\n4. Skriv",
        "- En punkt\n  - En inre",
        "personer[^1] av 60",
        "[^1]: Svaren kom in i maj.",
        "brytningen\\\nefter",
        "och struket",
    ] {
        assert!(chapter.contains(part), "{part}:\n{chapter}");
    }
    assert!(!chapter.contains("Sidhuvud"), "{chapter}");
    for name in ["libreoffice-all.odt", "pandoc-all.odt", "pandoc-all.docx", "markdown.md"] {
        let (workspace, _) = imported(name);
        let chapter = workspace.read("content/rapport/resultat.md");
        let list =
            chapter.lines().skip_while(|line| !line.starts_with("1. Fråga enheten")).filter(|line| !line.is_empty());
        let list: Vec<&str> = list.map(str::trim).take(5).collect();
        assert_eq!(
            list,
            ["1. Fråga enheten", "2. Läs akten", "- noga", "- två gånger", "3. Skriv ned"],
            "{name}:\n{chapter}"
        );
        assert!(chapter.contains("[avsnittet om metod](#metod)"), "{name}:\n{chapter}");
        workspace.run(&["build", "rapport"]).expect(0);
    }
}

#[test]
fn what_is_no_document_is_refused_in_words() {
    let workspace = Workspace::empty();
    let at = |name: &str, bytes: &[u8]| {
        workspace.file(name, bytes);
        let path = workspace.path(name);
        path.to_str().expect("UTF-8").to_owned()
    };
    for (name, bytes, code, words) in [
        ("a.docx", &b"no package"[..], 1, "damaged or not what its name says"),
        ("b.docx", &[0xd0, 0xcf, 0x11, 0xe0][..], 1, "protected by a password"),
        ("c.pages", &b"x"[..], 2, "no document that can be imported"),
        ("d.md", &[0xff, 0xfe][..], 1, "not UTF-8"),
    ] {
        let run = workspace.run(&["import", &at(name, bytes)]).expect(code);
        assert!(run.stderr.contains(words), "{name}: {}", run.stderr);
    }
    assert!(workspace.run(&["import", "nothing.docx"]).expect(2).stderr.contains("cannot be read"));
    // What is there is never overwritten.
    let path = document("odfpy.odt");
    let path = path.to_str().expect("UTF-8");
    workspace.run(&["import", path]).expect(0);
    workspace.run(&["import", path]).expect(2);
}

/// The sources of a document, and its chapters.
fn cited(name: &str) -> (Workspace, String, String) {
    let (workspace, told) = imported(name);
    let sources = workspace.read("content/rapport/sources.yaml");
    workspace.run(&["build", "rapport"]).expect(0);
    (workspace, sources, told)
}

#[test]
fn sources_that_word_keeps_are_cited_from_sources_yaml() {
    let (workspace, sources, _) = cited("word-bibliography.docx");
    for lines in [
        "andersson2021:\n  type: book\n  title: \"Tillsyn i praktiken: en handbok\"\n  author: [\"Andersson, Karin\", \"Öberg, Lars Erik\"]\n  date: 2021\n",
        "  type: article\n  title: \"Väntan & verkan\"\n",
        "parent: {type: periodical, title: Tidskrift för exempel}",
        "  author: Myndigheten för exempel\n  date: 2024-05-03\n",
        "url: {value: \"https://www.example.se/vantetider\", date: 2024-06-10}",
    ] {
        assert!(sources.contains(lines), "{lines}:\n{sources}");
    }
    assert!(!sources.contains("Oanvänd"), "what is not cited stays out:\n{sources}");
    let chapter = workspace.read("content/rapport/bakgrund.md");
    for words in [
        "tidigare [@andersson2021, s. 12–13] och",
        "[@lind2019; @myndigheten-for2024]",
        "[^1]: Se även [@andersson2021].",
        "är ***fet och kursiv*** och struket ord samt dubbelt struket",
    ] {
        assert!(chapter.contains(words), "{words}:\n{chapter}");
    }
    let list = workspace.read("content/rapport/litteraturforteckning.md");
    assert_eq!(list, "# Litteraturförteckning {#litteraturforteckning}\n\n{{ references }}\n");
    assert!(workspace.read("content/rapport/report.yaml").contains("citation-style: author-year"));
}

#[test]
fn what_zotero_and_mendeley_write_into_a_document_is_cited_too() {
    let (workspace, sources, _) = cited("zotero.docx");
    for lines in [
        "berg2020:\n  type: article\n",
        "author: [\"Berg, Åsa\", \"von Dahl, Tor\"]",
        "serial-number: {doi: \"10.1234/abc.5\"}",
        "exempelverket2023:\n  type: report\n",
        "  date: 2023-05-02\n",
        "title: \"Om “väntan” och [annat]: del 1\"",
    ] {
        assert!(sources.contains(lines), "{lines}:\n{sources}");
    }
    let chapter = workspace.read("content/rapport/inledning.md");
    assert!(chapter.contains("sjunkit [@exempelverket2023, s. 14]."), "{chapter}");
    assert!(chapter.contains("[@berg2020; @ohman2018]"), "{chapter}");
    let (workspace, _, told) = cited("mendeley.docx");
    let chapter = workspace.read("content/rapport/om-larande.md");
    assert!(
        chapter.contains("Äldre fält [@berg2020] och nyare [@exempelverket2023], och EndNote (Ek, 2001)."),
        "{chapter}"
    );
    assert!(chapter.ends_with("{{ references }}\n"), "{chapter}");
    assert!(told.contains("1 citations stand as text"), "{told}");
}

#[test]
fn citations_without_their_sources_keep_their_words() {
    holds_every_word("word-no-sources.docx", &[]);
    let (_, told) = imported("word-no-sources.docx");
    assert!(told.contains("1 citations stand as text"), "{told}");
}

#[test]
fn struck_words_are_told_and_bold_italic_ones_keep_both() {
    let (workspace, told) = imported("marks.docx");
    let chapter = workspace.read("content/rapport/andringar.md");
    assert!(chapter.contains("***Båda*** i början, **fet** ***båda*** *kursiv* i följd"), "{chapter}");
    assert!(chapter.contains("***allt på en gång***"), "{chapter}");
    for struck in [
        "“allt på en gång” is struck out",
        "“Hela stycket är struket.” is struck out",
        "“struken i cell” is struck out",
    ] {
        assert!(told.contains(struck), "{struck}:\n{told}");
    }
    holds_every_word("marks.docx", &[]);
}

#[test]
fn documents_of_google_docs_and_fields_of_word_keep_every_word() {
    holds_every_word("google-docs.docx", &[]);
    // The list of contents is made anew, and "avsnitt" before a number is the program's word.
    holds_every_word("word-fields.docx", &["metod", "2", "1", "avsnitt"]);
    let (workspace, told) = imported("google-docs.docx");
    let chapter = workspace.read("content/rapport/mal.md");
    assert!(chapter.contains("***Viktigt:*** inte fet."), "{chapter}");
    assert!(chapter.contains("Se [Ansvar](#ansvar)."), "{chapter}");
    assert!(told.contains("“Utgår.” is struck out"), "{told}");
}
