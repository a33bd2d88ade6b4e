//! The index as files that a page loads one by one, as scripts: a page in a folder on a disk can read nothing else. Each calls one function with
//! data, and holds no code.

use std::collections::BTreeMap;

use serde_json::{Value as Json, json};

use crate::pipeline::Artifact;

use super::index::{Index, Source};

/// Passages of one file.
const PASSAGES: usize = 16;
/// Bytes of terms of one file, about.
const BYTES: usize = 24_000;
/// Words that begin alike are told apart by so many letters at most.
const DEPTH: usize = 8;

/// A word, and the term that it leads to.
struct Form<'a> {
    word: &'a str,
    stem: &'a str,
}

pub(super) fn shards(sources: &[Source], index: &Index) -> Vec<Artifact> {
    let mut out = Vec::new();
    for (at, passages) in index.passages.chunks(PASSAGES).enumerate() {
        let rows: Vec<Json> =
            passages.iter().map(|passage| json!([passage.source, passage.id, passage.section, passage.text])).collect();
        out.push(file(&format!("p{at}"), &json!(rows)));
    }
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
            Some((keys, open, total)) if *total + size <= BYTES => {
                keys.push(key);
                open.extend(forms);
                *total += size;
            }
            _ => files.push((vec![key], forms, size)),
        }
    }
    for (at, (_, forms, _)) in files.iter().enumerate() {
        out.push(file(&format!("t{at}"), &terms(index, forms)));
    }
    let keys: Vec<String> = files.iter().map(|(keys, ..)| keys.join(" ")).collect();
    let reports: Vec<Json> =
        sources.iter().map(|source| json!([source.title, source.path, source.about, source.language])).collect();
    let passages = index.passages.len();
    out.push(file("index", &json!({"reports": reports, "passages": passages, "chunk": PASSAGES, "keys": keys})));
    out
}

/// Groups of words by how they begin, none larger than a file should be.
fn divide<'a, 'f>(index: &Index, forms: &'f [Form<'a>], depth: usize, out: &mut Vec<(String, Vec<&'f Form<'a>>)>) {
    let key = |form: &Form| form.word.chars().take(depth).collect::<String>();
    for group in forms.chunk_by(|a, b| key(a) == key(b)) {
        let Some(first) = group.first() else { continue };
        let all: Vec<&Form> = group.iter().collect();
        if depth >= DEPTH || size(index, &all) <= BYTES {
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
    words + terms.map(|term| 12 + term.postings.len() * 6).sum::<usize>()
}

/// A row a term: its words, how many passages have it, and by turns how far it is to the next passage and what that weighs.
fn terms(index: &Index, forms: &[&Form]) -> Json {
    let mut by_stem: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for form in forms {
        by_stem.entry(form.stem).or_default().push(form.word);
    }
    let rows = by_stem.into_iter().filter_map(|(stem, words)| {
        let term = index.terms.get(stem)?;
        let mut last = 0;
        let mut numbers = Vec::with_capacity(term.postings.len() * 2);
        for (at, weight) in &term.postings {
            numbers.extend([(at - last) as u64, *weight]);
            last = *at;
        }
        Some(json!([words.join(" "), term.frequency, numbers]))
    });
    Json::Array(rows.collect())
}

/// A file that hands data over. JSON is a script as it stands but for two signs, and nothing in it can end an element.
fn file(name: &str, data: &Json) -> Artifact {
    let data = data.to_string().replace('<', "\\u003c").replace('\u{2028}', "\\u2028").replace('\u{2029}', "\\u2029");
    let text = format!("belaggSearch(\"{name}\", {data});\n");
    Artifact { path: format!("output/search/{name}.js"), bytes: text.into() }
}
