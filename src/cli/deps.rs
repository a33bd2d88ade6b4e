//! `belagg build --deps`: what each output depends on, for programs that decide what is built again. Nothing is rendered and nothing is written.

use std::path::{Path, PathBuf};

use clap::ValueEnum;
use serde_json::{Value, json};

use crate::diagnostic::say;
use crate::load::{self, Derived};
use crate::pipeline::manifest;
use crate::session::Session;
use crate::system::Asked;

use super::output::Output;
use super::{FAILURE, OUTPUT, SUCCESS, opened, parallel, partition};

/// For whom dependencies are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Form {
    /// Rules of Make, which Ninja reads as well
    Make,
    /// Every file with its hash
    Json,
}

/// Prints what the named reports, or all, depend on.
pub fn run(session: &Session<'_>, workspace: &Path, names: &[String], form: Form, out: &Output) -> u8 {
    let shop = match opened(session, names, out) {
        Ok((_, shop)) => shop,
        Err(code) => return code,
    };
    let documents = load::with_derived(shop.system, shop.library, names, |_| true);
    let asked = parallel::map(&documents, |document| {
        let (_, asked) = session.look_asking(document);
        session.evict(parallel::threads());
        asked
    });
    let asked: Vec<Asked> = match asked.into_iter().collect() {
        Ok(asked) => asked,
        Err(failure) => {
            out.fault(failure.message());
            return FAILURE;
        }
    };
    let of = |document: &Derived| {
        let report = document.of.as_ref().map_or(&document.id, |(report, _)| report).clone();
        let version = load::version(shop.system, shop.library, &report).unwrap_or_default();
        (report, format!("output/{}/{version}", document.id), version)
    };
    if form == Form::Make {
        let each = documents.iter().zip(&asked).map(|(document, asked)| {
            let target = in_workspace(workspace, &format!("{}/{}", of(document).1, manifest::FILE));
            (target.to_string_lossy().into_owned(), asked.watched(shop.system))
        });
        return match rules(&each.collect::<Vec<_>>(), workspace) {
            Ok(text) => {
                out.data(text.trim_end());
                SUCCESS
            }
            Err(path) => {
                out.fault(say!("`{path}` cannot be named to Make: rename it, or use `--deps json`", path));
                OUTPUT
            }
        };
    }
    let Some(program) = partition::own_program(out) else { return OUTPUT };
    let each: Vec<Value> = documents
        .iter()
        .zip(&asked)
        .map(|(document, asked)| {
            let (report, folder, version) = of(document);
            json!({
                "document": document.id,
                "report": report,
                "version": version,
                "output": folder,
                "inputs": asked.files,
                "folders": asked.watched(shop.system).iter().filter(|path| !asked.files.contains_key(*path)).collect::<Vec<_>>(),
                "absent": asked.absent,
            })
        })
        .collect();
    out.data(&format!("{:#}", json!({"program": program, "documents": each})));
    SUCCESS
}

/// A path of the workspace as a shell that stands here calls it.
pub fn in_workspace(workspace: &Path, path: &str) -> PathBuf {
    if workspace == Path::new(".") { PathBuf::from(path) } else { workspace.join(path) }
}

/// A rule for each target, and one for each file, so that Make goes on where a file is gone.
///
/// # Errors
/// A path that has no way to be written in such a file.
pub fn rules(each: &[(String, Vec<String>)], workspace: &Path) -> Result<String, String> {
    let mut out = String::new();
    let mut known = std::collections::BTreeSet::new();
    for (target, paths) in each {
        out.push_str(&escaped(target)?);
        out.push(':');
        for path in paths {
            let path = escaped(&in_workspace(workspace, path).to_string_lossy())?;
            out.push_str(" \\\n  ");
            out.push_str(&path);
            known.insert(path);
        }
        out.push('\n');
    }
    known.into_iter().for_each(|path| out.push_str(&format!("{path}:\n")));
    Ok(out)
}

/// A path as Make and Ninja read it.
fn escaped(path: &str) -> Result<String, String> {
    let mut out = String::new();
    for letter in path.chars() {
        match letter {
            // Neither of the two has a way to write these.
            ';' | '|' | '*' | '<' | '>' | '^' | '`' | '"' | '\\' | '%' => return Err(path.to_owned()),
            letter if letter.is_control() => return Err(path.to_owned()),
            '$' => out.push_str("$$"),
            ' ' | '#' | ':' => out.extend(['\\', letter]),
            letter => out.push(letter),
        }
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_written_as_make_reads_them() {
        let paths = ["content/a/två ord.md", "content/a/#1 $x.csv"].map(str::to_owned).to_vec();
        let text = rules(&[("output/a/1.0/manifest.json".to_owned(), paths)], Path::new("ws")).unwrap();
        assert_eq!(
            text,
            "output/a/1.0/manifest.json: \\\n  ws/content/a/två\\ ord.md \\\n  ws/content/a/\\#1\\ $$x.csv\n\
             ws/content/a/\\#1\\ $$x.csv:\nws/content/a/två\\ ord.md:\n"
        );
        for wrong in ["a;b", "a\nb", "a*"] {
            assert_eq!(rules(&[(wrong.to_owned(), Vec::new())], Path::new(".")), Err(wrong.to_owned()));
        }
    }
}
