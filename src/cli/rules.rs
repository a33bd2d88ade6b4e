//! Rules of Make, in the form that Ninja reads as well.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

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
    let mut known = BTreeSet::new();
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
