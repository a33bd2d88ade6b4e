//! The index as files that a page loads one by one, as scripts: a page in a folder on a disk can read nothing else. Each calls one function with
//! data, and holds no code.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use serde::Serialize;
use serde_json::{Value as Json, json};

use crate::pipeline::Artifact;

use super::index::{Index, Passage, Source};

/// Passages of one file at most, and its bytes, about.
const SLOTS: usize = 16;
const PASSAGES: usize = 3_000;
/// A longer passage is told piece by piece.
const PIECE: usize = 1_000;
/// Bytes of terms of one file, about.
const TERMS: usize = 5_000;
/// How much a passage is about a word is told by one of these; its place is written as a letter.
const LEVELS: [u64; 24] =
    [1, 2, 3, 4, 5, 7, 9, 12, 16, 21, 28, 37, 49, 65, 86, 114, 150, 198, 261, 345, 455, 600, 790, 1_000];

/// A word, and the term that it leads to.
struct Form<'a> {
    word: &'a str,
    stem: &'a str,
}

pub(super) fn shards(sources: &[Source], index: &Index) -> Vec<Artifact> {
    let (chunks, addresses) = chunks(&index.passages);
    let mut out: Vec<Artifact> = chunks.iter().enumerate().map(|(at, rows)| file(&format!("p{at}"), rows)).collect();
    let mut forms: Vec<Form> =
        index.terms.iter().flat_map(|(stem, term)| term.forms.iter().map(move |word| Form { word, stem })).collect();
    forms.sort_by(|a, b| (a.word, a.stem).cmp(&(b.word, b.stem)));
    let files = divided(index, &forms);
    for (at, forms) in files.iter().enumerate() {
        out.push(file(&format!("t{at}"), &terms(index, &addresses, forms)));
    }
    let starts = starts(&files);
    let reports: Vec<Json> =
        sources.iter().map(|source| json!([source.title, source.path, source.about, source.language])).collect();
    let all = json!({"reports": reports, "passages": index.passages.len(), "slots": SLOTS, "levels": LEVELS, "starts": starts});
    out.push(file("index", &all));
    out
}

/// The passages in files, and the address of each: the number of its file times [`SLOTS`], and its place there. Of a long one the row names the
/// addresses of its further pieces.
fn chunks(passages: &[Passage]) -> (Vec<Vec<Json>>, Vec<usize>) {
    let mut files: Vec<Vec<Json>> = Vec::new();
    let mut bytes = PASSAGES;
    let mut push = |row: Json, size: usize| {
        if bytes + size > PASSAGES || files.last().is_none_or(|rows| rows.len() >= SLOTS) {
            files.push(Vec::new());
            bytes = 0;
        }
        bytes += size;
        let file = files.len().saturating_sub(1);
        files.last_mut().map_or(0, |rows| {
            rows.push(row);
            file * SLOTS + rows.len() - 1
        })
    };
    let mut addresses = Vec::with_capacity(passages.len());
    for passage in passages {
        let mut pieces = pieces(&passage.text).into_iter();
        let first = pieces.next().unwrap_or_default();
        // The pieces come before the row that names them.
        let further: Vec<usize> = pieces.map(|piece| push(json!(piece), piece.len())).collect();
        let mut row = vec![json!(passage.source), json!(passage.id), json!(passage.section), json!(first)];
        if !further.is_empty() {
            row.push(json!(further));
        }
        addresses.push(push(json!(row), first.len() + passage.id.len() + 16));
    }
    (files, addresses)
}

/// A text in pieces that end with a line, a sentence or a word.
fn pieces(text: &str) -> Vec<&str> {
    let mut out = Vec::new();
    let mut rest = text;
    while let Some((end, _)) = rest.char_indices().nth(PIECE) {
        let part = rest.get(..end).unwrap_or(rest);
        let ends = [part.rfind('\n'), part.rfind(". ").map(|at| at + 1), part.rfind(' ')];
        let cut = ends.into_iter().flatten().find(|at| *at > end / 2).unwrap_or(end);
        let (piece, further) = rest.split_at(cut);
        out.push(piece.trim());
        rest = further.trim_start();
    }
    out.push(rest);
    out
}

/// The words in files, in their order, none larger than a file should be.
fn divided<'a, 'f>(index: &Index, forms: &'f [Form<'a>]) -> Vec<&'f [Form<'a>]> {
    let mut out = Vec::new();
    let (mut from, mut bytes, mut stems) = (0, 0, BTreeSet::new());
    for (at, form) in forms.iter().enumerate() {
        let postings = index.terms.get(form.stem).map_or(0, |term| term.postings.len());
        let size = form.word.len() + 1 + if stems.contains(form.stem) { 0 } else { 10 + postings * 3 };
        // A word with two stems stands in one file.
        let is_new =
            at.checked_sub(1).and_then(|before| forms.get(before)).is_none_or(|before| before.word != form.word);
        if bytes > 0 && bytes + size > TERMS && is_new {
            out.extend(forms.get(from..at));
            (from, bytes, stems) = (at, 0, BTreeSet::new());
        }
        stems.insert(form.stem);
        bytes += size;
    }
    out.extend(forms.get(from..).filter(|rest| !rest.is_empty()));
    out
}

/// Where each file begins: so much of its first word as tells it from the last word of the file before.
fn starts(files: &[&[Form]]) -> Vec<String> {
    let mut last = "";
    let mut out = Vec::with_capacity(files.len());
    for forms in files {
        let first = forms.first().map_or("", |form| form.word);
        let same = first.chars().zip(last.chars()).take_while(|(a, b)| a == b).count();
        out.push(first.chars().take(same + 1).collect());
        last = forms.last().map_or("", |form| form.word);
    }
    out
}

/// A row a term: its words, how many passages have it, and for each of those how far it is from the one before and a letter for what it weighs.
fn terms(index: &Index, addresses: &[usize], forms: &[Form]) -> Json {
    let mut by_stem: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for form in forms {
        by_stem.entry(form.stem).or_default().push(form.word);
    }
    let rows = by_stem.into_iter().filter_map(|(stem, words)| {
        let term = index.terms.get(stem)?;
        let mut last = 0;
        let mut found = String::new();
        for (at, weight) in &term.postings {
            let address = addresses.get(*at).copied().unwrap_or_default();
            let level = LEVELS.iter().rposition(|level| level <= weight).unwrap_or_default();
            let letter = u8::try_from(level).map_or('A', |level| char::from(b'A' + level));
            let _ = write!(found, "{}{letter}", address - last);
            last = address;
        }
        Some(json!([words.join(" "), term.frequency, found]))
    });
    Json::Array(rows.collect())
}

/// A file that hands data over. JSON is a script as it stands but for two signs, and nothing in it can end an element.
fn file(name: &str, data: &impl Serialize) -> Artifact {
    // Plain data of strings and numbers always serialises.
    let data = serde_json::to_string(data).unwrap_or_default();
    let data = data.replace('<', "\\u003c").replace('\u{2028}', "\\u2028").replace('\u{2029}', "\\u2029");
    let text = format!("belaggSearch(\"{name}\", {data});\n");
    Artifact { path: format!("output/search/{name}.js"), bytes: text.into() }
}

#[cfg(test)]
mod tests {
    use super::{LEVELS, PIECE, pieces};

    #[test]
    fn a_long_text_is_cut_where_a_line_or_a_word_ends_and_nothing_is_lost() {
        let rows: Vec<String> = (0..200).map(|row| format!("Rad {row} · {} · ärenden", row * 7)).collect();
        let text = rows.join("\n");
        let cut = pieces(&text);
        assert!(cut.len() > 3 && cut.iter().all(|piece| piece.chars().count() <= PIECE));
        assert_eq!(cut.join("\n"), text);
        let prose = "En mening som slutar. ".repeat(100);
        assert_eq!(pieces(prose.trim()).join(" "), prose.trim());
        assert_eq!(pieces("å".repeat(PIECE + 1).as_str()).concat().chars().count(), PIECE + 1);
        assert_eq!(pieces("kort"), ["kort"]);
    }

    #[test]
    fn each_level_is_a_letter_and_more_than_the_one_before() {
        assert!(LEVELS.is_sorted_by(|a, b| a < b) && LEVELS.len() <= 26);
    }
}
