//! report.yaml.

use crate::diagnostic::{Said, say};
use crate::locale::Language;

use super::super::manuscript::{Block, Facts, Manuscript, words};
use super::super::remark::Remark;
use super::plan::Plan;
use super::{Line, Lines, Wanted, yaml};

/// What the document does not say, in the words of its language.
struct Unsaid {
    title: &'static str,
    text: &'static str,
}

const fn unsaid(language: Language) -> Unsaid {
    match language {
        Language::Swedish => Unsaid { title: "Utan titel", text: "Ännu inte angivet" },
        Language::English => Unsaid { title: "Untitled", text: "Not stated yet" },
        Language::Norwegian => Unsaid { title: "Uten tittel", text: "Ikke oppgitt ennå" },
    }
}

const DATE: Said = say!("write the day, month or year of publication");

/// The last year that the text names.
fn last_year(manuscript: &Manuscript) -> u32 {
    let mut last = 2000;
    for block in &manuscript.blocks {
        if let Block::Paragraph { content, .. } | Block::Heading { content, .. } = block {
            let words = words(content);
            let years = words.split(|c: char| !c.is_ascii_digit()).filter(|digits| digits.len() == 4);
            let years = years.filter_map(|digits| digits.parse().ok()).filter(|year| (1900..2100).contains(year));
            last = years.fold(last, u32::max);
        }
    }
    last
}

pub fn lines(manuscript: &Manuscript, wanted: &Wanted, language: Language, plan: &Plan) -> Lines {
    let Facts { title, subtitle, author, publisher, reference, description, keywords, date, .. } = &manuscript.facts;
    let unsaid = unsaid(language);
    let mut out = Lines::default();
    let mut add =
        |text: String, remark: Option<Remark>| out.0.push(Line { text, remarks: remark.into_iter().collect() });
    add(format!("kind: {}", wanted.kind.name()), None);
    let untitled = title.is_none().then(|| Remark::new(say!("the document has no title"), say!("write it here")));
    add(format!("title: {}", yaml::value(title.as_deref().unwrap_or(unsaid.title))), untitled);
    for (key, text) in [("subtitle", subtitle), ("description", description)] {
        if let Some(text) = text {
            add(format!("{key}: {}", yaml::value(text)), None);
        }
    }
    if !keywords.is_empty() {
        let words: Vec<String> = keywords.iter().map(|word| yaml::value(word)).collect();
        add(format!("keywords: [{}]", words.join(", ")), None);
    }
    add(format!("language: {}", language.tag()), None);
    add("version: \"1.0\"".to_owned(), None);
    let (date, remark) = match date {
        Some(date) => (date.iso(), Remark::new(say!("the date {date} is the document's", date = date.iso()), DATE)),
        None => {
            let year = last_year(manuscript).to_string();
            let what = say!("the document has no date; {year} is the last year that it names", year);
            (year, Remark::new(what, DATE))
        }
    };
    add(format!("date: {date}"), Some(remark));
    add("status: draft".to_owned(), None);
    if !manuscript.sources.is_empty() {
        add("citation-style: author-year".to_owned(), None);
    }
    add(String::new(), None);
    add("imprint:".to_owned(), None);
    let known = |key: &str| match key {
        "reference" => reference.as_ref(),
        "author" | "from" => author.as_ref(),
        "publisher" => publisher.as_ref().or(author.as_ref()),
        _ => None,
    };
    let also = [("reference", reference), ("author", author)];
    let also = also.into_iter().filter(|(key, found)| found.is_some() && !wanted.kind.imprint().contains(key));
    for key in wanted.kind.imprint().iter().copied().chain(also.map(|(key, _)| key)) {
        let remark = Remark::new(
            say!("`{key}` is not said in the document, or only guessed", key),
            say!("write what the first page is to say"),
        );
        match known(key) {
            Some(text) => add(
                format!("  {key}: {}", yaml::value(text)),
                (key == "publisher" && publisher.is_none()).then_some(remark),
            ),
            None if key == "period" => {
                let year = &date[..4];
                add(format!("  period: {{from: {year}-01-01, to: {year}-12-31}}"), Some(remark));
            }
            None => add(format!("  {key}: {}", unsaid.text), Some(remark)),
        }
    }
    add(String::new(), None);
    add("chapters:".to_owned(), None);
    for chapter in &plan.chapters {
        add(format!("  - {chapter}"), None);
    }
    out
}
