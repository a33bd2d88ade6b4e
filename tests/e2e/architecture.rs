//! The structure of the source, held by plain tests: imports go downwards, files stay small.

use std::path::{Path, PathBuf};

/// Modules from the bottom to the top: each may use those before it, and those beside it in its own group.
const LAYERS: &[&[&str]] = &[
    &["source", "system", "colour", "limits", "alike", "shelf"],
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
