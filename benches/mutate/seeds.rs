//! Good inputs to begin with: those of the target, and for some the texts of the examples and of the corpus.

use std::path::Path;

use super::targets::Target;

/// No longer than this, so that an input takes milliseconds.
const LONGEST: usize = 6_000;

pub fn all(target: &Target) -> Vec<Vec<u8>> {
    let mut out = (target.seeds)();
    let places = out.len().max(1);
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (folders, ending): (&[&str], &str) = match target.name {
        "markdown" => (&["content", "tests/fixtures", "tests/corpus"], "md"),
        "yaml" => (&["content", "tests/fixtures"], "yaml"),
        "charts" => (&["charts", "tests/fixtures/hard/charts"], "yaml"),
        "csv" => (&["content", "tests/fixtures/data"], "csv"),
        _ => return out,
    };
    let mut files = Vec::new();
    folders.iter().for_each(|folder| gather(&root.join(folder), ending, &mut files));
    // Of the corpus the texts themselves are taken, a few lines each.
    if target.name == "markdown" {
        gather(&root.join("tests/corpus"), "yaml", &mut files);
    }
    for (at, text) in files.iter().enumerate() {
        let mut part = text.as_str();
        while !part.is_empty() {
            let mut end = part.len().min(LONGEST);
            while !part.is_char_boundary(end) {
                end -= 1;
            }
            let end = if end < part.len() { part[..end].rfind('\n').map_or(end, |at| at + 1) } else { end };
            out.push([&[u8::try_from(at % places).unwrap_or(0)], &part.as_bytes()[..end]].concat());
            part = &part[end..];
        }
    }
    out
}

/// The texts of all files of a kind below a folder, in a fixed order.
fn gather(folder: &Path, ending: &str, out: &mut Vec<String>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    let mut paths: Vec<_> = entries.filter_map(Result::ok).map(|entry| entry.path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            // Ledgers are written by the program.
            if path.file_name().is_some_and(|name| name != "versions") {
                gather(&path, ending, out);
            }
        } else if path.extension().is_some_and(|found| found == ending)
            && let Ok(text) = std::fs::read_to_string(&path)
        {
            out.push(text);
        }
    }
}
