//! A text for authors whose examples are run: its commands are given, its files written, and what it says of the results is looked up in them. The
//! tutorial of the README and the handbook are such texts.
//!
//! A block belongs to the file that was named last before it. YAML is the whole file; so is Markdown that begins with a heading, other Markdown goes to the
//! end; a difference is made in it. Words in quotation marks outside code stand in the page as it then is.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use regex::Regex;

use crate::workspace::Workspace;

pub enum Part {
    /// Words between blocks, code in them between backticks.
    Prose(String),
    /// A block with its language.
    Block(String, String),
}

/// The parts of a Markdown text.
pub fn parts(text: &str) -> Vec<Part> {
    let part = |(at, piece): (usize, &str)| match piece.split_once('\n') {
        Some((language, text)) if at % 2 == 1 => Part::Block(language.to_owned(), text.to_owned()),
        _ => Part::Prose(piece.replace('\n', " ")),
    };
    text.split("```").enumerate().map(part).collect()
}

/// The words of a page as they are read.
pub fn words(page: &str) -> String {
    let text =
        Regex::new("(?s)<(style|script).*?</(style|script)>|<[^>]*>").unwrap().replace_all(page, "").into_owned();
    let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&");
    text.replace('\u{a0}', " ").split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A file with the lines that a difference takes out replaced by those that it puts in.
fn edited(file: &str, difference: &str) -> String {
    let side = |sign: char| {
        let lines = difference.lines().filter(|line| line.starts_with([' ', sign])).map(|line| &line[1..]);
        lines.collect::<Vec<_>>().join("\n")
    };
    let (old, new) = (side('-'), side('+'));
    assert_eq!(file.matches(&old).count(), 1, "stands once in the file:\n{old}");
    file.replacen(&old, &new, 1)
}

/// Sizes and times, which may differ.
fn without_measures(text: &str) -> String {
    Regex::new(r"\d+ kB|\d+[.,]\d+ s").unwrap().replace_all(text, "…").into_owned()
}

pub struct Walkthrough<'a> {
    pub workspace: &'a Workspace,
    /// The report that the text is about.
    pub report: &'a str,
    /// In which the program speaks.
    pub language: &'a str,
    /// Where the text's own files lie, as they lie in the report: what it names and the report lacks is taken from there.
    pub own: Option<PathBuf>,
    /// The file that was named last.
    file: String,
    /// Something has changed since the page was built.
    stale: bool,
    /// How many of each there were: the languages of blocks, and `quote`.
    pub seen: BTreeMap<String, usize>,
}

impl<'a> Walkthrough<'a> {
    pub fn new(workspace: &'a Workspace, report: &'a str, language: &'a str) -> Self {
        let (file, seen) = (String::new(), BTreeMap::new());
        Self { workspace, report, language, own: None, file, stale: false, seen }
    }

    pub fn run(&mut self, parts: Vec<Part>) {
        for part in parts {
            match part {
                Part::Prose(prose) => self.prose(&prose),
                Part::Block(language, text) => self.block(&language, &text),
            }
        }
    }

    fn prose(&mut self, prose: &str) {
        let code = Regex::new("`([^`]+)`").unwrap();
        for name in code.captures_iter(prose).map(|found| found[1].to_owned()) {
            if name.starts_with("output/") {
                self.build();
                assert!(self.workspace.path(&name).exists(), "{name} is there");
            }
            if name == "belagg.yaml" || (name.contains('/') && (name.ends_with(".yaml") || name.ends_with(".md"))) {
                self.file.clone_from(&name);
            }
            self.take(&name);
        }
        let version = Regex::new("version: \"([^\"]+)\"").unwrap();
        for quote in Regex::new("[\"“”]([^\"“”]+)[\"“”]").unwrap().captures_iter(&code.replace_all(prose, "…"))
        {
            self.build();
            let report = self.workspace.read(&format!("content/{}/report.yaml", self.report));
            let place = format!("output/{}/{}/index.html", self.report, &version.captures(&report).unwrap()[1]);
            let page = words(&self.workspace.read(&place));
            assert!(page.contains(&quote[1]), "the page says {:?}: {page}", &quote[1]);
            self.count("quote");
        }
    }

    /// A file of the text's own is put into the report.
    fn take(&self, name: &str) {
        let Some(own) = &self.own else { return };
        let target = self.workspace.path(&format!("content/{}/{name}", self.report));
        // `file:cell` and the like are no names of files.
        if Path::new(name).extension().is_some() && own.join(name).is_file() && !target.exists() {
            std::fs::create_dir_all(target.parent().unwrap()).unwrap();
            std::fs::copy(own.join(name), target).unwrap();
        }
    }

    fn build(&mut self) {
        if std::mem::take(&mut self.stale) {
            self.workspace.run(&["build", self.report, "--lang", self.language]).expect(0);
        }
    }

    fn block(&mut self, language: &str, text: &str) {
        self.count(language);
        match language {
            "console" => self.session(text),
            // What does not end by itself; that there is such a command is all that can be seen.
            "sh" => text.lines().for_each(|line| {
                let arguments = line.strip_prefix("belagg ").unwrap().split(' ');
                self.workspace.run(&arguments.chain(["--help"]).collect::<Vec<_>>()).expect(0);
            }),
            "diff" => self.write(&edited(&self.workspace.read(&self.file), text)),
            // The text shows one of its own files, which it is made of itself.
            "yaml" if self.own.as_ref().is_some_and(|own| self.shows_own(own, text)) => {}
            "yaml" => self.write(text),
            "markdown" if text.starts_with("# ") => self.write(text),
            "markdown" => self.write(&format!("{}\n{text}", self.workspace.read(&self.file))),
            language => panic!("nothing is known of blocks of {language}"),
        }
    }

    /// Whether the file of a block is one of the text's own, which it then shows as it is.
    fn shows_own(&self, own: &Path, text: &str) -> bool {
        let book = own.file_name().unwrap().to_str().unwrap();
        let named =
            [&format!("charts/{book}/"), &format!("content/{book}/")].iter().any(|at| self.file.starts_with(*at));
        let file = own.ancestors().nth(2).unwrap().join(&self.file);
        if named {
            assert_eq!(std::fs::read_to_string(&file).unwrap(), text, "{}", file.display());
        }
        named
    }

    fn session(&mut self, text: &str) {
        for command in text.split("$ belagg ").skip(1) {
            let (command, told) = command.split_once('\n').unwrap();
            let run = self.workspace.run(&command.split(' ').chain(["--lang", self.language]).collect::<Vec<_>>());
            if told.is_empty() {
                run.expect(0);
            } else {
                // The terminal has both: that work goes on and what is wrong comes first.
                let (says, told) = (without_measures(&(run.stderr + &run.stdout)), without_measures(told));
                // Dots at the end: it goes on.
                match told.strip_suffix("…\n") {
                    Some(beginning) => assert!(says.starts_with(beginning), "{command}:\n{says}"),
                    None => assert_eq!(says, told, "{command}"),
                }
            }
        }
    }

    fn write(&mut self, text: &str) {
        self.workspace.file(&self.file, text);
        self.stale = true;
    }

    fn count(&mut self, what: &str) {
        *self.seen.entry(what.to_owned()).or_default() += 1;
    }
}
