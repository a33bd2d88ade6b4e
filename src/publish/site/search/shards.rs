//! The index as files that a page loads one by one, as scripts: a page in a folder on a disk can read nothing else. Each calls one function with
//! data, and holds no code.

use std::collections::BTreeMap;
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
/// Words that begin alike are told apart by so many letters at most.
const DEPTH: usize = 8;
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
    let mut groups = Vec::new();
    divide(index, &forms, 2, &mut groups);
    groups.sort_by(|a, b| a.0.cmp(&b.0));
    // Small ones share a file.
    let mut files: Vec<(Vec<String>, Vec<&Form>, usize)> = Vec::new();
    for (key, forms) in groups {
        let size = size(index, &forms);
        match files.last_mut() {
            Some((keys, open, total)) if *total + size <= TERMS => {
                keys.push(key);
                open.extend(forms);
                *total += size;
            }
            _ => files.push((vec![key], forms, size)),
        }
    }
    for (at, (_, forms, _)) in files.iter().enumerate() {
        out.push(file(&format!("t{at}"), &terms(index, &addresses, forms)));
    }
    let keys: Vec<String> = files.iter().map(|(keys, ..)| keys.join(" ")).collect();
    let reports: Vec<Json> =
        sources.iter().map(|source| json!([source.title, source.path, source.about, source.language])).collect();
    let all =
        json!({"reports": reports, "passages": index.passages.len(), "slots": SLOTS, "levels": LEVELS, "keys": keys});
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

/// Groups of words by how they begin, none larger than a file should be.
fn divide<'a, 'f>(index: &Index, forms: &'f [Form<'a>], depth: usize, out: &mut Vec<(String, Vec<&'f Form<'a>>)>) {
    let key = |form: &Form| form.word.chars().take(depth).collect::<String>();
    for group in forms.chunk_by(|a, b| key(a) == key(b)) {
        let Some(first) = group.first() else { continue };
        let all: Vec<&Form> = group.iter().collect();
        if depth >= DEPTH || size(index, &all) <= TERMS {
            out.push((key(first), all));
            continue;
        }
        // Words that end here cannot be told further apart.
        let ends = group.iter().take_while(|form| form.word.chars().count() <= depth).count();
        let (short, long) = group.split_at(ends);
        if !short.is_empty() {
            out.push((key(first), short.iter().collect()));
        }
        divide(index, long, depth + 1, out);
    }
}

/// Bytes that terms take in a file, about.
fn size(index: &Index, forms: &[&Form]) -> usize {
    let words: usize = forms.iter().map(|form| form.word.len() + 1).sum();
    let mut stems: Vec<&str> = forms.iter().map(|form| form.stem).collect();
    stems.sort_unstable();
    stems.dedup();
    let terms = stems.iter().filter_map(|stem| index.terms.get(*stem));
    words + terms.map(|term| 10 + term.postings.len() * 3).sum::<usize>()
}

/// A row a term: its words, how many passages have it, and for each of those how far it is from the one before and a letter for what it weighs.
fn terms(index: &Index, addresses: &[usize], forms: &[&Form]) -> Json {
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
