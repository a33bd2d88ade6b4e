//! The structure of the source, held by plain tests: imports go downwards, files stay small.

use std::path::{Path, PathBuf};

/// Modules from the bottom to the top: each may use those before it, and those beside it in its own group.
const LAYERS: &[&[&str]] = &[
    &["source", "system", "colour", "limits", "alike", "shelf", "register"],
    &["diagnostic"],
    // Plain types and what they are made of.
    &["compute", "compare", "locale", "document", "model", "markdown"],
    &["load"],
    &["chart"],
    &["assemble"],
    &["resolve"],
    &["check"],
    &["render"],
    &["versions"],
    &["pipeline"],
    &["publish"],
    &["session"],
    &["conformance"],
    &["cli"],
];

fn sources(folder: &Path, out: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap().map(Result::unwrap) {
        if entry.path().is_dir() {
            sources(&entry.path(), out);
        } else if entry.path().extension().is_some_and(|extension| extension == "rs") {
            out.push(entry.path());
        }
    }
}

fn all() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    sources(&root, &mut files);
    files.sort();
    files
        .into_iter()
        .map(|file| {
            (file.strip_prefix(&root).unwrap().to_str().unwrap().to_owned(), std::fs::read_to_string(&file).unwrap())
        })
        .collect()
}

fn layer(module: &str) -> usize {
    LAYERS
        .iter()
        .position(|group| group.contains(&module))
        .unwrap_or_else(|| panic!("module `{module}` is in no layer"))
}

#[test]
fn imports_go_downwards() {
    let mut wrong = Vec::new();
    for (path, text) in all() {
        let module = path.split('/').next().unwrap().trim_end_matches(".rs").to_owned();
        if matches!(module.as_str(), "lib" | "main" | "internal") {
            continue;
        }
        // What stands behind the tests of a file may look anywhere.
        let code = text.split("#[cfg(test)]").next().unwrap_or_default();
        for piece in code.split("crate::").skip(1) {
            let used: String = piece.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect();
            if !used.is_empty() && layer(&used) > layer(&module) {
                wrong.push(format!("{path} uses {used}"));
            }
        }
    }
    wrong.sort();
    wrong.dedup();
    assert!(wrong.is_empty(), "imports that go upwards:\n{}", wrong.join("\n"));
}

#[test]
fn each_foreign_crate_has_its_one_place() {
    for (krate, place) in [
        ("tera::", "render/html"),
        ("typst", "render/pdf"),
        ("plotters", "chart"),
        ("serde_saphyr", "load"),
        ("quick_xml", "load/sheet"),
        ("zip::", "load/sheet"),
        ("clap", "cli"),
        ("std::fs", "system"),
    ] {
        for (path, text) in all() {
            let code = text.split("#[cfg(test)]").next().unwrap_or_default();
            let uses = code.lines().any(|line| {
                let line = line.trim_start();
                !line.starts_with("//")
                    && (line.contains(&format!("use {krate}")) || (krate == "std::fs" && line.contains("std::fs::")))
            });
            assert!(!uses || path.starts_with(place), "{path} uses {krate}, which belongs in {place}");
        }
    }
}

#[test]
fn files_stay_readable() {
    let long: Vec<String> = all()
        .into_iter()
        .map(|(path, text)| (path, text.lines().count()))
        .filter(|(_, lines)| *lines > 480)
        .map(|(path, lines)| format!("{path}: {lines} lines"))
        .collect();
    assert!(long.is_empty(), "files that have grown too long:\n{}", long.join("\n"));
}

/// What a reader of one line must be able to tell: what a function returns, what is meant by a value, and what a text is made of.
#[test]
fn names_and_values_say_what_they_are() {
    let mut wrong = Vec::new();
    for (path, text) in all() {
        let code = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
        if path.ends_with("tests.rs") || path.contains("/tests/") {
            continue;
        }
        for (at, line) in code.lines().enumerate().filter(|(_, line)| !line.trim_start().starts_with("//")) {
            let name = line.split_once("fn ").and_then(|(_, rest)| rest.split(['(', '<']).next());
            let mute = name.is_some_and(|name| ["of", "told", "made", "said", "all"].contains(&name));
            // A rewrite of the checks is on its way.
            if mute && !path.starts_with("check/") {
                wrong.push(format!("{path}:{}: the name of the function does not say what it returns", at + 1));
            }
            if line.contains(": Option<bool>") {
                wrong.push(format!("{path}:{}: three meanings want a type with three names", at + 1));
            }
            if line.contains(":?}") && !line.contains("assert") {
                wrong.push(format!(
                    "{path}:{}: a debug print is for developers, not for keys, files and messages",
                    at + 1
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Circles of imports that are left, each by the folder that it lies in and its members. The list only shrinks.
const CIRCLES: &[&str] = &[": compute, document, locale, markdown, model"];

/// The paths of a `use` tree: `a::{b, c::{d, e}}` has three.
fn paths(tree: &str, out: &mut Vec<String>) {
    let Some((before, inner)) = tree.split_once('{') else {
        out.push(tree.split(" as ").next().unwrap_or_default().trim().to_owned());
        return;
    };
    let inner = inner.rsplit_once('}').map_or(inner, |(inner, _)| inner);
    let (mut depth, mut from) = (0_usize, 0);
    let ends = inner.char_indices().chain([(inner.len(), ',')]).filter_map(|(at, c)| {
        match c {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        (c == ',' && depth == 0).then_some(at)
    });
    for end in ends.collect::<Vec<_>>() {
        let part = inner[from..end].trim();
        if !part.is_empty() {
            paths(&format!("{}{part}", before.trim()), out);
        }
        from = end + 1;
    }
}

/// A path as it is from the top, of what module `module` says; none for one of another crate or of the standard library.
fn absolute(module: &[&str], path: &str) -> Option<Vec<String>> {
    let mut steps = path.split("::");
    let mut at: Vec<String> = Vec::new();
    let mut rest = path;
    match steps.next()? {
        "crate" => rest = rest.split_once("::")?.1,
        "super" => {
            let mut up = module.len();
            while let Some(more) = rest.strip_prefix("super::") {
                (up, rest) = (up.checked_sub(1)?, more);
            }
            at.extend(module[..up].iter().map(|step| (*step).to_owned()));
        }
        _ => return None,
    }
    at.extend(rest.split("::").map(str::to_owned));
    Some(at)
}

/// Within a folder as between layers: no file imports what imports it. A folder's `mod.rs` is what its files share.
#[test]
fn no_imports_go_in_a_circle() {
    use std::collections::{BTreeMap, BTreeSet};
    // By folder: which of its files and folders imports which other.
    let mut folders: BTreeMap<String, BTreeMap<String, BTreeSet<String>>> = BTreeMap::new();
    let files = all();
    let names: BTreeSet<String> =
        files.iter().map(|(path, _)| path.trim_end_matches(".rs").trim_end_matches("/mod").to_owned()).collect();
    for (path, text) in &files {
        let name = path.trim_end_matches(".rs").trim_end_matches("/mod");
        let module: Vec<&str> = name.split('/').collect();
        let code = text.split("#[cfg(test)]").next().unwrap_or_default();
        let lines: String =
            code.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n");
        let mut used = Vec::new();
        for (at, _) in lines.match_indices("use ") {
            let tree = lines[at + 4..].split(';').next().unwrap_or_default();
            paths(&tree.split_whitespace().collect::<Vec<_>>().join(" "), &mut used);
        }
        for start in ["crate::", "super::"] {
            for (at, _) in lines.match_indices(start).filter(|(at, _)| !lines[..*at].ends_with("::")) {
                let path = lines[at..].split(|c: char| !(c.is_alphanumeric() || c == '_' || c == ':')).next();
                used.extend(path.map(|path| path.trim_end_matches(':').to_owned()));
            }
        }
        for to in used.iter().filter_map(|path| absolute(&module, path)) {
            // The file that the path leads into.
            let Some(to) = (1..=to.len()).rev().map(|n| to[..n].join("/")).find(|to| names.contains(to)) else {
                continue;
            };
            let to: Vec<&str> = to.split('/').collect();
            let shared = module.iter().zip(&to).take_while(|(a, b)| a == b).count();
            if let (Some(from), Some(to)) = (module.get(shared), to.get(shared)) {
                let files = folders.entry(module[..shared].join("/")).or_default();
                files.entry((*from).to_owned()).or_default().insert((*to).to_owned());
            }
        }
    }
    let mut found = BTreeSet::new();
    for (folder, files) in &folders {
        let mut reached: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for from in files.keys() {
            let (seen, mut open) = (reached.entry(from).or_default(), vec![from.as_str()]);
            while let Some(next) = open.pop() {
                let further = files.get(next).into_iter().flatten().map(String::as_str);
                open.extend(further.filter(|to| seen.insert(to)));
            }
        }
        for (from, to) in &reached {
            let back = |other: &&str| reached.get(other).is_some_and(|back| back.contains(from));
            let circle: Vec<&str> = to.iter().copied().filter(back).collect();
            if circle.len() > 1 {
                found.insert(format!("{folder}: {}", circle.join(", ")));
            }
        }
    }
    assert_eq!(found.iter().map(String::as_str).collect::<Vec<_>>(), CIRCLES, "circles of imports");
}
