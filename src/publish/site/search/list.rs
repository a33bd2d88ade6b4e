//! The words and headings of all documents, for whoever searches without scripts.

use std::collections::BTreeMap;

use crate::locale::Locale;
use crate::render::html::{Link, SearchHeadings, SearchLetter, SearchWord};

use super::index::{Index, Source};
use super::words::{stemmed, words};

/// Words that are listed at most, and places of each.
const WORDS: usize = 4_000;
const PLACES: usize = 6;
/// A word of fewer letters is seldom looked for.
const LETTERS: usize = 4;

/// Headings of the first level by document.
pub(super) fn headings(sources: &[Source]) -> Vec<SearchHeadings> {
    sources
        .iter()
        .map(|source| {
            let sections = source.contents.map(|contents| contents.sections.as_slice()).unwrap_or_default();
            let first = sections.iter().filter(|section| section.level == 1);
            SearchHeadings {
                title: source.title.to_owned(),
                about: source.about.clone(),
                language: source.language.to_owned(),
                path: format!("../{}", source.path),
                links: first.map(|section| link(source, &section.id, &section.title)).collect(),
            }
        })
        .collect()
}

/// The words of headings and captions that tell most, by their first letters.
pub(super) fn letters(sources: &[Source], index: &Index<'_>, locale: &Locale) -> Vec<SearchLetter> {
    /// What words of one stem are written like, each with how often, and where they stand.
    type Found = (BTreeMap<String, usize>, Vec<Link>);
    let mut found: BTreeMap<(String, &str), Found> = BTreeMap::new();
    let mut stems: BTreeMap<(&str, String), String> = BTreeMap::new();
    for source in sources {
        let Some(contents) = source.contents else { continue };
        let sections = contents.sections.iter().map(|section| (&section.id, &section.title));
        let captions = contents.tables.iter().map(|table| (&table.id, &table.caption));
        let charts = contents.charts.iter().map(|chart| (&chart.id, &chart.caption));
        for (id, title) in sections.chain(captions).chain(charts) {
            for word in words(title).into_iter().filter(|word| word.chars().count() >= LETTERS) {
                let known = stems.entry((source.language, word.clone()));
                let stem = known.or_insert_with(|| stemmed(source.language, &word)).clone();
                let Some(term) = index.terms.get(&stem) else { continue };
                // What every second passage has leads nowhere.
                let numeric = word.starts_with(|c: char| c.is_ascii_digit());
                if numeric || term.frequency * 8 > index.passages.len().max(80) {
                    continue;
                }
                let (spelled, places) = found.entry((stem, source.language)).or_default();
                *spelled.entry(word).or_default() += 1;
                let here = link(source, id, &format!("{} – {}", source.title, title));
                // One heading after the other: what stands twice in one stands here twice in turn.
                if places.last().is_none_or(|place| place.href != here.href) {
                    places.push(here);
                }
            }
        }
    }
    let mut all: Vec<(String, String, Vec<Link>)> = found
        .into_iter()
        .filter_map(|((_, language), (spelled, places))| {
            let (word, _) = spelled.into_iter().min_by_key(|(word, times)| (std::cmp::Reverse(*times), word.len()))?;
            Some((word, language.to_owned(), places))
        })
        .collect();
    all.sort_by_key(|(.., places)| std::cmp::Reverse(places.len()));
    all.truncate(WORDS);
    all.sort_by(|a, b| locale.compare(&a.0, &b.0).then_with(|| a.1.cmp(&b.1)));
    // What several languages write alike is one entry, with places of each in turn.
    all.dedup_by(|next, open| {
        let same = next.0 == open.0;
        if same {
            let own = std::mem::take(&mut open.2);
            let mut others = std::mem::take(&mut next.2).into_iter();
            for place in own {
                open.2.push(place);
                open.2.extend(others.next());
            }
            open.2.extend(others);
            open.1 = locale.language().tag().to_owned();
        }
        same
    });
    let mut out: Vec<SearchLetter> = Vec::new();
    for (word, language, mut places) in all {
        places.truncate(PLACES);
        let letter = word.chars().next().map(|c| c.to_uppercase().to_string()).unwrap_or_default();
        let word = SearchWord { word, language, links: places };
        match out.last_mut() {
            Some(open) if open.letter == letter => open.words.push(word),
            _ => out.push(SearchLetter { path: path(&letter), letter, words: vec![word] }),
        }
    }
    out
}

/// The page of a letter, from the folder of all publications. Names of files have the letters of all disks.
fn path(letter: &str) -> String {
    let name: Vec<String> = letter
        .to_lowercase()
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c.to_string() } else { format!("u{:04x}", u32::from(c)) })
        .collect();
    format!("search/words-{}.html", name.concat())
}

/// From a page in the folder of the search.
fn link(source: &Source, id: &str, words: &str) -> Link {
    Link { href: format!("../{}#{id}", source.path), words: words.to_owned() }
}
