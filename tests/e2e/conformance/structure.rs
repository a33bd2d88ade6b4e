//! What assistive technology is told of a document: language, title, headings, order, notes, pictures, links; and what it
//! is not told, because it is no content.

use std::collections::{BTreeMap, BTreeSet};

use super::page::Tag;
use super::pdf::{Child, Element, Link, Pdf};
use super::words::{folded, note_marks, page_text, pdf_text};
use super::{expect_none, report};

/// Headings with their level, in order.
fn headings(root: &Element) -> Vec<(usize, String)> {
    let mut out = Vec::new();
    root.visit(&mut |element| {
        if let Some(level) = level(&element.kind) {
            out.push((level, folded(&pdf_text(element))));
        }
    });
    out
}

fn level(kind: &str) -> Option<usize> {
    kind.strip_prefix('H').filter(|digits| digits.len() == 1)?.parse().ok()
}

/// Levels that are skipped, and headings without words.
fn heading_faults(headings: &[(usize, String)]) -> Vec<String> {
    let mut before = 0;
    let mut faults = Vec::new();
    for (level, text) in headings {
        if *level > before + 1 {
            faults.push(format!("the heading `{text}` has level {level} after level {before}"));
        }
        if text.is_empty() {
            faults.push("a heading is empty".to_owned());
        }
        before = *level;
    }
    faults
}

#[test]
fn headings_skip_no_level_and_are_the_bookmarks() {
    expect_none(|report| {
        let headings = headings(&report.pdf.root);
        let mut faults = heading_faults(&headings);
        let without_notes = |text: &str| text.split('[').next().unwrap_or_default().to_owned();
        let bookmarks: Vec<(usize, String)> =
            report.pdf.bookmarks.iter().map(|(depth, title)| (*depth, folded(title))).collect();
        let expected: Vec<(usize, String)> =
            headings.iter().map(|(level, text)| (*level, without_notes(text))).collect();
        if bookmarks != expected {
            faults.push(format!("the bookmarks are {bookmarks:?}\nthe headings are {expected:?}"));
        }
        let mut on_page = Vec::new();
        report.page.visit(&mut |tag| {
            if tag.name.len() == 2 && tag.name.starts_with('h') && tag.name != "hr" {
                on_page.push((tag.name[1..].parse().expect("a level"), folded(&page_text(tag))));
            }
        });
        faults.extend(heading_faults(&on_page));
        if on_page.iter().filter(|(level, _)| *level == 1).count() != 1 {
            faults.push("the page has not exactly one h1".to_owned());
        }
        faults
    });
    assert!(!heading_faults(&[(1, "A".into()), (3, "B".into())]).is_empty());
    assert!(!heading_faults(&[(2, "A".into())]).is_empty());
}

#[test]
fn language_and_title_are_told() {
    expect_none(|report| {
        let html = report.page.named("html")[0];
        let language = html.get("lang").unwrap_or_default();
        let mut faults = Vec::new();
        let (tag, region) = report.pdf.language.split_once('-').unwrap_or((&report.pdf.language, ""));
        if tag != language || region.len() != 2 {
            faults.push(format!("the PDF is in `{}`, the page in `{language}`", report.pdf.language));
        }
        let title = folded(&page_text(report.page.named("h1")[0]));
        // What is not decided on yet says so before its title: "Utkast: …".
        // What is made from a report bears its title, and says behind it what it is: "… – utdrag för Farsta".
        let told_title = folded(&report.pdf.title);
        let (status, rest) = told_title.split_once(&title).unwrap_or(("?", ""));
        let told = status.is_empty() || status.ends_with(": ");
        if !told || !(rest.is_empty() || rest.starts_with(" – ")) || !report.pdf.shows_title {
            faults.push(format!("the PDF's title is `{}`, shown: {}", report.pdf.title, report.pdf.shows_title));
        }
        if !report.page.named("title")[0].text().starts_with(&report.pdf.title) {
            faults.push("the page's title does not begin with the report's".to_owned());
        }
        faults
    });
}

/// Words in another language than the document's, by language. Marks of direction are no words.
fn parts_of_pdf(pdf: &Pdf) -> BTreeMap<String, Vec<String>> {
    fn collect(element: &Element, inherited: &str, out: &mut BTreeMap<String, String>) {
        let own = element.language.as_deref().unwrap_or(inherited);
        for child in &element.children {
            match child {
                Child::Text { text, language, .. } => {
                    let language = language.as_deref().unwrap_or(own).to_owned();
                    out.entry(language).or_default().push_str(text);
                }
                Child::Element(inner) => collect(inner, own, out),
                Child::Link(_) => {}
            }
        }
    }
    let mut texts = BTreeMap::new();
    collect(&pdf.root, &pdf.language, &mut texts);
    texts.remove(&pdf.language);
    texts.into_iter().map(|(language, text)| (language, letters(&text))).collect()
}

/// Words that are marked on the page, by language; the data of charts, which only the page has, left out.
fn parts_of_page(page: &Tag) -> BTreeMap<String, Vec<String>> {
    fn collect(tag: &Tag, out: &mut BTreeMap<String, String>) {
        match tag.get("lang").filter(|_| tag.name == "span") {
            Some(language) => out.entry(language.to_owned()).or_default().push_str(&page_text(tag)),
            None => tag
                .tags()
                .filter(|inner| inner.name != "details" || inner.has_class("callout") || tag.has_class("imprint"))
                .for_each(|tag| collect(tag, out)),
        }
    }
    let mut texts = BTreeMap::new();
    collect(page.first(|tag| tag.name == "body").expect("a body"), &mut texts);
    texts.into_iter().map(|(language, text)| (language, letters(&text))).collect()
}

/// The words' letters in alphabetical order: words from right to left stand in the PDF in the order of drawing.
fn letters(text: &str) -> Vec<String> {
    let mut letters: Vec<String> = text.chars().filter(|c| c.is_alphabetic()).map(String::from).collect();
    letters.sort_unstable();
    letters
}

#[test]
fn parts_in_other_languages_are_marked_in_both() {
    expect_none(|report| {
        let (pdf, page) = (parts_of_pdf(&report.pdf), parts_of_page(&report.page));
        let mut faults = Vec::new();
        for language in pdf.keys().chain(page.keys()).collect::<BTreeSet<_>>() {
            if pdf.get(language) != page.get(language) {
                faults.push(format!("`{language}`: PDF {:?}\npage {:?}", pdf.get(language), page.get(language)));
            }
        }
        faults
    });
    let english = parts_of_page(&report("english").page);
    assert_eq!(english.keys().map(String::as_str).collect::<Vec<_>>(), ["ar", "he", "sv"]);
    let right_to_left = report("english").page.all(|tag| matches!(tag.get("lang"), Some("he" | "ar")));
    assert!(right_to_left.iter().all(|tag| tag.get("dir") == Some("rtl")), "the direction is marked as well");
}

/// Text that is an artifact and should be read, or that is read and should be an artifact.
fn artifact_faults(pdf: &Pdf) -> Vec<String> {
    let mut faults: Vec<String> = pdf.astray.clone();
    let heads: BTreeSet<String> = pdf.root.all("TH").iter().map(|cell| folded(&cell.text())).collect();
    let mut headed = BTreeSet::new();
    // "Utkast: Title": the status is the watermark, and stands behind the title in the running header.
    let whole_title = folded(&pdf.title);
    let (status, title) = whole_title.split_once(": ").unwrap_or(("", &whole_title));
    let watermark = status.to_uppercase();
    for (page, text) in &pdf.artifacts {
        for line in text.lines().map(folded).filter(|line| !line.is_empty()) {
            let number = format!("{page} ({})", pdf.pages);
            // A long title is cut in the running header.
            let begins = |whole: &str| line.starts_with(whole.split(" – ").next().unwrap_or(whole));
            let cut = |whole: &str| line.split_once('…').is_some_and(|(start, _)| whole.starts_with(start.trim_end()));
            let is_header =
                [&*whole_title, title].iter().any(|whole| begins(whole) || cut(whole)) && line.ends_with(&number);
            let is_leader = line.chars().all(|c| c == '.');
            // On the pages that a table goes on to, its headers are shown again and read no more.
            let is_repeated = heads.contains(&line);
            if is_header {
                headed.insert(*page);
            } else if !is_leader && !is_repeated && line != watermark {
                faults.push(format!("page {page}: `{line}` is shown and not read"));
            }
        }
    }
    // The cover and the imprint have no running header.
    faults
        .extend((3..=pdf.pages).filter(|page| !headed.contains(page)).map(|page| format!("page {page} has no header")));
    pdf.root.visit(&mut |element| {
        for child in &element.children {
            if let Child::Text { page, text, .. } = child
                && folded(text) == format!("{page} ({})", pdf.pages)
            {
                faults.push(format!("page {page}: the page's number is read as text"));
            }
        }
    });
    let mut titles = 0;
    pdf.root.visit(&mut |element| {
        let text = folded(&element.text());
        let shown =
            |whole: &str| whole.strip_prefix(&text).is_some_and(|rest| rest.is_empty() || rest.starts_with(" – "));
        let own = element.kind == "P" && !text.is_empty() && (shown(&whole_title) || shown(title));
        titles += usize::from(own);
    });
    // On cover and imprint; a document without contents has neither and says it once, at its head.
    let wanted = if pdf.root.all("TOCI").is_empty() { 1 } else { 2 };
    if titles != wanted {
        faults.push(format!("the title is read {titles} times, not {wanted}"));
    }
    faults
}

#[test]
fn what_is_read_is_content_and_what_is_not_read_is_none() {
    expect_none(|report| artifact_faults(&report.pdf));
    // The tests see what they look for: a running header in the text, a sentence among the artifacts.
    let example = report("sysselsattning-2021");
    let text = |text: String| Child::Text { page: 9, text, language: None };
    let element = |child| Child::Element(Element { kind: "P".into(), children: vec![child], ..Element::default() });
    let faulty = |root: Element, artifacts| artifact_faults(&Pdf { root, artifacts, ..read_again(&example.pdf) });
    let mut root = example.pdf.root.clone();
    root.children.push(element(text(format!("9 ({})", example.pdf.pages))));
    root.children.push(element(text(example.pdf.title.clone())));
    assert_eq!(faulty(root, example.pdf.artifacts.clone()).len(), 2);
    let mut artifacts = example.pdf.artifacts.clone();
    artifacts.push((9, "En mening som ingen hör.".to_owned()));
    assert_eq!(faulty(example.pdf.root.clone(), artifacts).len(), 1);
}

/// The same PDF, without its large parts.
fn read_again(pdf: &Pdf) -> Pdf {
    Pdf {
        root: Element::default(),
        artifacts: Vec::new(),
        astray: pdf.astray.clone(),
        language: pdf.language.clone(),
        title: pdf.title.clone(),
        shows_title: pdf.shows_title,
        pages: pdf.pages,
        turned: pdf.turned.clone(),
        bookmarks: pdf.bookmarks.clone(),
    }
}

/// Elements of kinds that no reader knows, or that stand where they may not.
fn kind_faults(root: &Element) -> Vec<String> {
    let known: BTreeSet<&str> =
        "StructTreeRoot Document Part P H1 H2 H3 H4 H5 H6 L LI Lbl LBody Table TR TH TD THead TBody TFoot \
        Caption Figure Div Span Link Note Reference TOC TOCI BlockQuote Code"
            .split_whitespace()
            .collect();
    let mut faults = Vec::new();
    root.visit(&mut |element| {
        if !known.contains(element.kind.as_str()) {
            faults.push(format!("an element is of the kind {}", element.kind));
        }
        let inner: Vec<&str> = element.elements().map(|inner| inner.kind.as_str()).collect();
        let allowed: &[&str] = match element.kind.as_str() {
            "L" => &["LI", "L", "Caption"],
            "LI" => &["Lbl", "LBody"],
            "Table" => &["Caption", "THead", "TBody", "TFoot", "TR"],
            "TR" => &["TH", "TD"],
            "TOC" => &["TOC", "TOCI"],
            _ => return,
        };
        if inner.iter().any(|kind| !allowed.contains(kind)) || inner.is_empty() {
            faults.push(format!("a {} holds {inner:?}", element.kind));
        }
        let has_text = element.children.iter().any(|child| matches!(child, Child::Text { .. }));
        if has_text || (element.kind == "LI" && !inner.contains(&"LBody")) {
            faults.push(format!("a {} with text of its own or without a body", element.kind));
        }
    });
    faults
}

#[test]
fn lists_tables_and_contents_are_built_of_their_parts() {
    expect_none(|report| kind_faults(&report.pdf.root));
    let lists = report("block").pdf.root.all("L");
    assert!(lists.len() >= 6, "{} lists", lists.len());
    let mut broken = report("block").pdf.root.clone();
    broken.children.push(Child::Element(Element { kind: "L".into(), ..Element::default() }));
    assert_eq!(kind_faults(&broken).len(), 1);
}

/// Pictures without words, and as many pictures as the page has.
fn picture_faults(root: &Element) -> Vec<String> {
    let without = |figure: &&&Element| figure.alt.as_deref().is_none_or(|alt| alt.trim().is_empty());
    let count = root.all("Figure").iter().filter(without).count();
    if count > 0 { vec![format!("{count} pictures have no alternative text")] } else { Vec::new() }
}

#[test]
fn every_picture_has_an_alternative_text() {
    expect_none(|report| {
        let mut faults = picture_faults(&report.pdf.root);
        let main = report.page.named("main")[0];
        let pictures = main.all(|tag| matches!(tag.name.as_str(), "svg" | "img"));
        // The mark of a protected value is read in words, as a picture is.
        let marks = ["Uppgift skyddad", "Opplysning skjermet", "Suppressed to protect individuals"];
        let is_mark = |figure: &&&Element| figure.alt.as_deref().is_some_and(|alt| marks.contains(&alt));
        let in_pdf = report.pdf.root.all("Figure").iter().filter(|figure| !is_mark(figure)).count();
        if pictures.len() != in_pdf {
            faults.push(format!("the page has {} pictures, the PDF {in_pdf}", pictures.len()));
        }
        for picture in pictures {
            let named = picture
                .words("aria-labelledby")
                .iter()
                .all(|id| report.page.by_id(id).is_some_and(|tag| !tag.text().is_empty()));
            let has_words = match picture.name.as_str() {
                "img" => picture.get("alt").is_some_and(|alt| !alt.is_empty()),
                _ => picture.get("role") == Some("img") && picture.get("aria-labelledby").is_some() && named,
            };
            if !has_words {
                faults.push("a picture of the page has no alternative text".to_owned());
            }
        }
        // What the PDF refers to: the data of every chart.
        let charts = main.all(|tag| tag.has_class("chart-box")).len();
        let tables =
            main.all(|tag| tag.name == "details" && !tag.has_class("callout") && !tag.named("table").is_empty()).len();
        if charts != tables {
            faults.push(format!("{charts} charts have {tables} tables of data"));
        }
        faults
    });
    let mut broken = report("block").pdf.root.clone();
    broken.children.push(Child::Element(Element {
        kind: "Figure".into(),
        alt: Some(" ".into()),
        ..Element::default()
    }));
    assert_eq!(picture_faults(&broken).len(), 1);
}

#[test]
fn notes_are_linked_both_ways() {
    expect_none(|report| {
        let mut faults = note_faults(&report.pdf.root);
        let end = report.page.first(|tag| tag.get("role") == Some("doc-endnotes"));
        let notes: Vec<&Tag> = end.into_iter().flat_map(|end| end.named("li")).collect();
        let marks = report.page.all(|tag| tag.get("role") == Some("doc-noteref"));
        let ids = |tags: &[&Tag]| {
            tags.iter().map(|tag| format!("#{}", tag.get("id").unwrap_or_default())).collect::<Vec<_>>()
        };
        for note in &notes {
            let own = ids(&[*note]);
            let to: Vec<&Tag> =
                marks.iter().copied().filter(|mark| mark.get("href") == Some(own[0].as_str())).collect();
            let back: Vec<String> = note
                .all(|tag| tag.get("role") == Some("doc-backlink"))
                .iter()
                .map(|link| link.get("href").unwrap_or_default().to_owned())
                .collect();
            if to.is_empty() || ids(&to) != back {
                faults.push(format!("the page's {own:?} is marked at {:?} and leads back to {back:?}", ids(&to)));
            }
        }
        if notes.len() != report.pdf.root.all("Note").len() {
            faults.push(format!("the page has {} notes", notes.len()));
        }
        faults
    });
    assert_eq!(report("noter").pdf.root.all("Note").len(), 300);
}

/// Notes that no mark leads to, and notes that do not lead back to the page of their mark.
fn note_faults(root: &Element) -> Vec<String> {
    let marks = note_marks(root);
    let mut faults = Vec::new();
    let mut targets: BTreeMap<(usize, i64), u32> = BTreeMap::new();
    for note in root.all("Note") {
        let label = note.elements().find(|inner| inner.kind == "Lbl");
        let number: u32 = label.and_then(|label| label.text().trim().parse().ok()).unwrap_or_default();
        let to: Vec<&(u32, &Link, usize)> = marks.iter().filter(|(own, ..)| *own == number).collect();
        let page = note.pages().first().copied().unwrap_or_default();
        let Some((_, first, marked_on)) = to.first() else {
            faults.push(format!("no mark leads to note {number}"));
            continue;
        };
        for (_, link, _) in &to {
            match link {
                Link::Place { page: target, height } if *target == page => {
                    let other = targets.insert((*target, (height * 100.0) as i64), number);
                    if other.is_some_and(|other| other != number) {
                        faults.push(format!("the marks of notes {number} and {other:?} lead to one place"));
                    }
                }
                other => faults.push(format!("note {number} stands on page {page}, its mark leads to {other:?}")),
            }
        }
        let back = label.map(Element::links).unwrap_or_default();
        if !matches!(back.as_slice(), [Link::Place { page, .. }] if page == marked_on) {
            faults
                .push(format!("note {number} leads back to {back:?}, its mark stands on page {marked_on} ({first:?})"));
        }
    }
    faults
}

#[test]
fn a_note_without_a_way_to_it_or_back_is_found() {
    let mut broken = report("noter").pdf.root.clone();
    let mut lost = 0;
    remove_first(&mut broken, &mut lost, &|element| element.kind == "Link");
    assert_eq!(lost, 1);
    let without_label = |element: &Element| element.kind == "Lbl" && !element.links().is_empty();
    let mut broken = report("noter").pdf.root.clone();
    let mut removed = 0;
    remove_first(&mut broken, &mut removed, &without_label);
    assert_eq!(note_faults(&broken).len(), 1, "{:?}", note_faults(&broken));
}

fn remove_first(element: &mut Element, removed: &mut usize, fits: &dyn Fn(&Element) -> bool) {
    if *removed > 0 {
        return;
    }
    let at = element.children.iter().position(|child| matches!(child, Child::Element(inner) if fits(inner)));
    if let Some(at) = at {
        element.children.remove(at);
        *removed += 1;
        return;
    }
    for child in &mut element.children {
        if let Child::Element(inner) = child {
            remove_first(inner, removed, fits);
        }
    }
}

#[test]
fn contents_lead_to_the_headings_on_the_pages_they_name() {
    expect_none(|report| {
        let mut entries = Vec::new();
        let mut faults = Vec::new();
        for item in report.pdf.root.all("TOCI") {
            let words = folded(&item.text());
            let (title, page) = words.rsplit_once(' ').unwrap_or((&words, ""));
            match item.links().as_slice() {
                [Link::Place { page: target, .. }] if target.to_string() == page => {}
                other => faults.push(format!("`{words}` leads to {other:?}")),
            }
            entries.push(title.to_owned());
        }
        let without_notes = |text: &str| text.split('[').next().unwrap_or_default().to_owned();
        // The headings of imprint and contents stand before the contents.
        let headings: Vec<String> = headings(&report.pdf.root)
            .into_iter()
            .skip(2)
            .filter(|(level, _)| *level <= 2)
            .map(|(_, text)| without_notes(&text))
            .collect();
        // A document of a few pages has no contents, in neither form.
        let short = entries.is_empty() && report.pdf.pages <= 8;
        if headings != entries && !short {
            faults.push(format!("headings {headings:?}\ncontents {entries:?}"));
        }
        let links = report.page.first(|tag| tag.name == "nav").map(|nav| nav.named("a")).unwrap_or_default();
        let on_page: Vec<String> = links.iter().map(|link| folded(&page_text(link))).collect();
        if on_page != entries {
            faults.push(format!("contents of the page {on_page:?}\nof the PDF {entries:?}"));
        }
        let dead =
            |link: &&&Tag| report.page.by_id(link.get("href").unwrap_or_default().trim_start_matches('#')).is_none();
        faults.extend(links.iter().filter(dead).map(|link| format!("{:?} leads nowhere", link.get("href"))));
        faults
    });
}

#[test]
fn links_have_words_and_lead_to_the_same_places() {
    expect_none(|report| {
        let mut faults = Vec::new();
        for link in report.pdf.root.all("Link") {
            if link.text().trim().is_empty() {
                faults.push("a link of the PDF has no words".to_owned());
            }
            if link.links().is_empty() {
                faults.push(format!("the link `{}` leads nowhere", link.text()));
            }
        }
        let mut in_pdf: Vec<String> = Vec::new();
        for link in report.pdf.root.links() {
            if let Link::Address(address) = link {
                in_pdf.push(address.clone());
            }
        }
        let main = report.page.named("main")[0];
        for link in report.page.named("a") {
            if page_text(link).trim().is_empty() && link.get("aria-label").is_none() && link.text().trim().is_empty() {
                faults.push(format!("a link to {:?} has no words", link.get("href")));
            }
        }
        let is_address = |href: &&str| href.contains("://") || href.starts_with("mailto:");
        let mut on_page: Vec<String> =
            main.named("a").iter().filter_map(|link| link.get("href")).filter(is_address).map(str::to_owned).collect();
        in_pdf.sort();
        // A link over several lines has a place on each of them.
        in_pdf.dedup();
        on_page.sort();
        on_page.dedup();
        if in_pdf != on_page {
            faults.push(format!("the PDF links {in_pdf:?}\nthe page {on_page:?}"));
        }
        faults
    });
}

#[test]
fn landmarks_of_a_kind_have_names_of_their_own() {
    expect_none(|report| {
        let regions = report.page.all(|tag| tag.get("role") == Some("region"));
        let mut names: Vec<&str> = regions.iter().map(|tag| tag.get("aria-label").unwrap_or_default()).collect();
        names.sort_unstable();
        let twice = names.windows(2).filter(|pair| pair[0] == pair[1] || pair[0].is_empty());
        twice.map(|pair| format!("two regions have the name `{}`", pair[0])).collect()
    });
    // The hard reports have tables without caption that scroll.
    let unnamed = report("tabeller").page.all(|tag| tag.has_class("table-box") && tag.get("role") == Some("group"));
    assert!(unnamed.len() >= 2, "{} tables", unnamed.len());
}
