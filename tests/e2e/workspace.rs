//! A small workspace in a temporary folder, and the program run in it.

use std::path::{Path, PathBuf};
use std::process::Command;

pub struct Workspace {
    folder: tempfile::TempDir,
}

/// What a run gave.
pub struct Run {
    pub code: i32,
    pub stdout: String,
    pub stderr: String,
}

impl Run {
    /// Panics, with what was printed, unless the exit code is as expected.
    #[track_caller]
    pub fn expect(self, code: i32) -> Self {
        assert_eq!(self.code, code, "stdout:\n{}\nstderr:\n{}", self.stdout, self.stderr);
        self
    }

    /// The codes of all diagnostics, in the order they are printed.
    pub fn codes(&self) -> Vec<&str> {
        self.stderr
            .lines()
            .filter_map(|line| line.strip_prefix("error[").or_else(|| line.strip_prefix("warning[")))
            .filter_map(|rest| rest.split(']').next())
            .collect()
    }
}

pub const REPORT: &str = r#"kind: inspection-report
title: Liten rapport
version: "1.0"
date: 2024-03-01
status: published
imprint: {reference: Dnr 1/2024, publisher: Exempelstad, contact: Kansliet}
units: {norr: Norr, soder: Söder}
chapters: [kapitel.md]
"#;

pub const FINDINGS: &str = r"figures:
  cases: {label: granskade ärenden, women: 20, men: 20}
  plans: {label: ärenden med plan, women: 16, men: 9, base: cases}
tables:
  visits:
    caption: Besök per enhet
    stub: Enhet
    columns: [women, men]
    base: cases
    rows:
      - {label: Norr, women: 12, men: 8}
      - {label: Söder, women: 8, men: 12}
    source: Granskningen
";

pub const CHAPTER: &str =
    "# Resultat {#resultat}\n\nI {{ plans | full }} finns en plan, se [](#table-visits).\n\n{{ table visits }}\n";

impl Workspace {
    /// A report `liten` that builds.
    pub fn small() -> Self {
        let workspace = Self::empty();
        // What the rules say of tables without source or mention has tests of its own.
        workspace.file("belagg.yaml", "rules: {TAB012: off, TAB013: off}\n");
        workspace.file("content/liten/report.yaml", REPORT);
        workspace.file("content/liten/findings/alla.yaml", FINDINGS);
        workspace.file("content/liten/kapitel.md", CHAPTER);
        workspace
    }

    pub fn empty() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    /// The example content of the project, copied.
    pub fn example() -> Self {
        let workspace = Self::empty();
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        for folder in ["content", "charts"] {
            copy(&root.join(folder), &workspace.path(folder));
        }
        std::fs::copy(root.join("belagg.yaml"), workspace.path("belagg.yaml")).unwrap();
        workspace
    }

    /// Another workspace with the same files.
    pub fn twin(&self) -> Self {
        let twin = Self::empty();
        copy(&self.path(""), &twin.path(""));
        twin
    }

    /// A workspace of `tests/fixtures`, copied.
    pub fn fixture(name: &str) -> Self {
        let workspace = Self::empty();
        copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name), &workspace.path(""));
        workspace
    }

    /// The handbook for authors, copied as it is written.
    pub fn handbook() -> Self {
        let workspace = Self::empty();
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/handbook");
        for folder in ["content", "charts"] {
            copy(&root.join(folder), &workspace.path(folder));
        }
        std::fs::copy(root.join("belagg.yaml"), workspace.path("belagg.yaml")).unwrap();
        workspace
    }

    pub fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    pub fn file(&self, path: &str, content: impl AsRef<[u8]>) -> &Self {
        let path = self.path(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, content).unwrap();
        self
    }

    /// Puts the chapter of the small report in place of the one it has.
    pub fn chapter(&self, text: impl AsRef<[u8]>) -> &Self {
        self.file("content/liten/kapitel.md", text)
    }

    /// Adds findings to the small report.
    pub fn findings(&self, text: impl AsRef<[u8]>) -> &Self {
        self.file("content/liten/findings/fler.yaml", text)
    }

    pub fn read(&self, path: &str) -> String {
        String::from_utf8(self.bytes(path)).unwrap()
    }

    /// The page of a document's version 1.0, with paragraphs that have no addresses.
    pub fn page(&self, document: &str) -> String {
        without_addresses(&self.read(&format!("output/{document}/1.0/index.html")))
    }

    pub fn bytes(&self, path: &str) -> Vec<u8> {
        std::fs::read(self.path(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    /// Every file below a folder, relative to it, sorted.
    pub fn files(&self, folder: &str) -> Vec<String> {
        let mut out = Vec::new();
        list(&self.path(folder), "", &mut out);
        out.sort();
        out
    }

    /// Builds without an error, and gives all that is told of it, remarks too.
    pub fn built(&self) -> Run {
        self.run(&["build"]).expect(0);
        self.run(&["check", "--all"]).expect(0)
    }

    /// Seconds of processor time that a run takes, without those of a run that does nothing: how busy the machine is has no part in it.
    pub fn work(&self, arguments: &[&str]) -> f64 {
        let timed = |arguments: &[&str]| -> f64 {
            let script = "TIMEFORMAT='%U %S'; { time \"$0\" \"$@\" >/dev/null 2>&1; } 2>&1";
            let output = Command::new("bash")
                .args(["-c", script, &program()])
                .args(arguments)
                .current_dir(self.folder.path())
                .output()
                .unwrap();
            let text = String::from_utf8(output.stdout).unwrap();
            text.split_whitespace().map(|seconds| seconds.replace(',', ".").parse::<f64>().unwrap()).sum()
        };
        (timed(arguments) - timed(&["--version"])).max(0.0)
    }

    pub fn run(&self, arguments: &[&str]) -> Run {
        let output = Command::new(program())
            .args(arguments)
            // Whatever the workspace speaks, the tests read English where they do not say otherwise.
            .args(if arguments.contains(&"--lang") { &[][..] } else { &["--lang", "en"] })
            .current_dir(self.folder.path())
            .stdin(std::process::Stdio::null())
            .output()
            .unwrap();
        Run {
            code: output.status.code().unwrap_or(-1),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

/// The program that is tested: the one compiled with the tests, or another that `BELAGG_TESTED` names (`scripts/test` does not optimise the tests, but wants
/// what is used tested).
pub fn program() -> String {
    std::env::var("BELAGG_TESTED").unwrap_or_else(|_| env!("CARGO_BIN_EXE_belagg").to_owned())
}

/// Asserts that four times as much takes no more than eight times the work: what grows with the square takes sixteen times as much.
#[track_caller]
pub fn grows_with_what_is_read(what: &str, some: f64, fourfold: f64) {
    // Too little to be told from chance.
    let least = 0.25;
    assert!(
        fourfold < 8.0 * some.max(least),
        "{what}: {some:.2} s of processor time, and {fourfold:.2} s for four times as much"
    );
}

/// A page of which no passage has an address.
pub fn without_addresses(page: &str) -> String {
    let mut parts = page.split(" id=\"P-");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |page, part| page + part.split_once('"').map_or(part, |(_, rest)| rest))
}

pub fn list(folder: &Path, prefix: &str, out: &mut Vec<String>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for entry in entries.map(Result::unwrap) {
        let name = format!("{prefix}{}", entry.file_name().to_str().unwrap());
        if entry.path().is_dir() {
            list(&entry.path(), &format!("{name}/"), out);
        } else {
            out.push(name);
        }
    }
}

pub fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap().map(Result::unwrap) {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}
