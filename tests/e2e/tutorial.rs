//! The tutorial of the README, done as it is printed: its commands are run, its edits made, and what it says of the results is looked up in them.

use regex::Regex;

use crate::workspace::Workspace;

/// A part of the tutorial.
enum Part {
    /// Words between blocks.
    Prose(String),
    /// A block with its language.
    Block(String, String),
}

fn tutorial() -> Vec<Part> {
    let readme = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/README.md")).unwrap();
    let (_, rest) = readme.split_once("## Five minutes to a report of your own\n").unwrap();
    let (section, _) = rest.split_once("\n## ").unwrap();
    let pieces = section.split("```").enumerate();
    let part = |(at, piece): (usize, &str)| match piece.split_once('\n') {
        Some((language, text)) if at % 2 == 1 => Part::Block(language.to_owned(), text.to_owned()),
        _ => Part::Prose(piece.replace('\n', " ")),
    };
    pieces.map(part).collect()
}

/// Sizes and times, which may differ.
fn without_measures(text: &str) -> String {
    Regex::new(r"\d+ kB|\d+\.\d+ s").unwrap().replace_all(text, "…").into_owned()
}

/// The words of a page as they are read.
fn words(page: &str) -> String {
    let text =
        Regex::new("(?s)<(style|script).*?</(style|script)>|<[^>]*>").unwrap().replace_all(page, "").into_owned();
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

#[test]
fn the_tutorial_works_to_the_letter() {
    let workspace = Workspace::empty();
    let named = Regex::new("`([^`]+)`").unwrap();
    let quoted = Regex::new("\"([^\"]+)\"").unwrap();
    let build = |code: i32| {
        workspace.run(&["build", "my-inspection"]).expect(code);
    };
    let (mut file, mut commands, mut edits, mut quotes) = (String::new(), 0, 0, 0);
    for part in tutorial() {
        match part {
            Part::Prose(prose) => {
                for name in named.captures_iter(&prose).map(|found| found[1].to_owned()) {
                    if name.starts_with("output/") {
                        assert!(workspace.path(&name).exists(), "{name} is there");
                    }
                    if name.ends_with(".yaml") || name.ends_with(".md") {
                        file = name;
                    }
                }
                if prose.contains("Build again") || prose.contains("Build once more") {
                    build(0);
                }
                for quote in quoted.captures_iter(&prose) {
                    let page = words(&workspace.read("output/my-inspection/1.0/index.html"));
                    assert!(page.contains(&quote[1]), "the page says {:?}: {page}", &quote[1]);
                    quotes += 1;
                }
            }
            Part::Block(language, text) => match language.as_str() {
                "console" => {
                    let (command, told) = text.split_once('\n').unwrap();
                    let arguments: Vec<&str> = command.strip_prefix("$ belagg ").unwrap().split(' ').collect();
                    let run = workspace.run(&arguments);
                    // The terminal has both: that work goes on and what is wrong comes first.
                    assert_eq!(without_measures(&(run.stderr + &run.stdout)), without_measures(told), "{command}");
                    commands += 1;
                }
                "diff" => {
                    let old = workspace.read(&file);
                    workspace.file(&file, edited(&old, &text));
                    edits += 1;
                }
                "yaml" => {
                    workspace.file(&file, &text);
                    edits += 1;
                }
                language => panic!("nothing is known of blocks of {language}"),
            },
        }
    }
    assert_eq!((commands, edits, quotes), (5, 7, 7), "the tutorial is read whole");
}
