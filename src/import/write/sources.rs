//! Sources as sources.yaml has them, and citations of them.

use crate::locale::Language;

use super::super::source::{Cited, Source, Sources};
use super::{Line, Lines, yaml};

pub fn lines(sources: &Sources) -> Lines {
    let mut out = Lines::default();
    for (key, source) in sources.iter() {
        out.0.push(Line::new(format!("{key}:")));
        out.0.extend(source_lines(source).into_iter().map(|line| Line::new(format!("  {line}"))));
    }
    out
}

fn source_lines(source: &Source) -> Vec<String> {
    let mut out = vec![format!("type: {}", source.kind), format!("title: {}", text(&source.title))];
    for (key, names) in [("author", &source.authors), ("editor", &source.editors)] {
        match names.as_slice() {
            [] => {}
            [one] => out.push(format!("{key}: {}", text(one))),
            several => {
                out.push(format!("{key}: [{}]", several.iter().map(|name| text(name)).collect::<Vec<_>>().join(", ")))
            }
        }
    }
    let date = source.date.as_ref().map(|date| format!("date: {date}"));
    out.extend(date);
    let texts = [
        ("publisher", &source.publisher),
        ("location", &source.location),
        ("edition", &source.edition),
        ("volume", &source.volume),
        ("issue", &source.issue),
        ("page-range", &source.pages),
    ];
    out.extend(texts.into_iter().filter_map(|(key, value)| Some(format!("{key}: {}", text(value.as_ref()?)))));
    match (&source.number, &source.doi) {
        (None, None) => {}
        (Some(number), None) => out.push(format!("serial-number: {}", text(number))),
        (None, Some(doi)) => out.push(format!("serial-number: {{doi: {}}}", text(doi))),
        (Some(number), Some(doi)) => {
            out.push(format!("serial-number: {{serial: {}, doi: {}}}", text(number), text(doi)));
        }
    }
    match (&source.url, &source.visited) {
        (Some(url), Some(date)) => out.push(format!("url: {{value: {}, date: {date}}}", text(url))),
        (Some(url), None) => out.push(format!("url: {}", text(url))),
        _ => {}
    }
    if let Some((kind, title)) = &source.parent {
        out.push(format!("parent: {{type: {kind}, title: {}}}", text(title)));
    }
    out
}

/// A text within brackets and without them, on one line.
fn text(value: &str) -> String {
    yaml::value(&value.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// `[@a, s. 12; @b]`.
pub fn citation(cited: &[Cited], language: Language) -> String {
    let page = match language {
        Language::Swedish | Language::Norwegian => "s.",
        Language::English => "p.",
    };
    let one = |cited: &Cited| match &cited.pages {
        Some(pages) => {
            let pages = pages.replace([';', '[', ']', '@', '{', '}', '\\', '\n', '*', '_', '`', '<'], " ");
            format!("@{}, {page} {}", cited.key, pages.trim().replace('-', "–"))
        }
        None => format!("@{}", cited.key),
    };
    format!("[{}]", cited.iter().map(one).collect::<Vec<_>>().join("; "))
}
