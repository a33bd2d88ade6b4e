//! The handbook of docs/handbook: what it tells authors to do is done as it is printed, what it says of the program is held against the program, and it is
//! whole, faultless and the same in both languages.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use regex::Regex;

use crate::walkthrough::{Part, Walkthrough, words};
use crate::workspace::{Workspace, copy, without_addresses};

/// A book, the report that its examples make, and its card.
struct Book {
    name: &'static str,
    language: &'static str,
    story: &'static str,
    card: &'static str,
}

const BOOKS: [Book; 2] = [
    Book { name: "handbok", language: "sv", story: "motesplatser", card: "kort" },
    Book { name: "handbook", language: "en", story: "meeting-places", card: "card" },
];

fn home() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/handbook")
}

/// The handbook, built.
fn built() -> &'static Workspace {
    static BUILT: OnceLock<Workspace> = OnceLock::new();
    BUILT.get_or_init(|| {
        let workspace = Workspace::handbook();
        workspace.run(&["build"]).expect(0);
        workspace
    })
}

/// The chapters of a report, in their order.
fn chapters(report: &str) -> Vec<(String, String)> {
    let folder = home().join("content").join(report);
    let text = std::fs::read_to_string(folder.join("report.yaml")).unwrap();
    let names = Regex::new(r"[\w-]+\.md").unwrap();
    let read = |name: &str| (name.to_owned(), std::fs::read_to_string(folder.join(name)).unwrap());
    names.find_iter(&text).map(|name| read(name.as_str())).collect()
}

fn text(report: &str) -> String {
    chapters(report).into_iter().map(|(_, text)| text).collect::<Vec<_>>().join("\n")
}

/// The book as its readers have it, numbers and all; which language a block is in stands in its source.
fn read(book: &Book) -> Vec<Part> {
    let source = text(book.name);
    let fences = Regex::new("(?m)^```(.+)$").unwrap();
    let mut languages = fences.captures_iter(&source).map(|found| found[1].to_owned());
    let page = without_addresses(&built().read(&format!("output/{}/0.1/index.html", book.name)));
    let (page, _) = page.split_once("<section class=\"notes\"").unwrap();
    let page = &page[page.find("<section class=\"chapter").unwrap()..];
    let drawn = Regex::new("(?s)<figure.*?</figure>").unwrap();
    let page = drawn.replace_all(page, "");
    let block = Regex::new("(?s)<pre><code>(.*?)</code></pre>").unwrap();
    let (mut parts, mut at) = (Vec::new(), 0);
    let prose = |html: &str| Part::Prose(words(&Regex::new("</?code>").unwrap().replace_all(html, "`")));
    for found in block.captures_iter(&page) {
        let whole = found.get(0).unwrap();
        parts.push(prose(&page[at..whole.start()]));
        let code = found[1].replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&#x27;", "'");
        parts.push(Part::Block(languages.next().unwrap(), code.replace("&amp;", "&")));
        at = whole.end();
    }
    parts.push(prose(&page[at..]));
    assert!(languages.next().is_none(), "every block of the source is on the page");
    parts
}

#[test]
fn the_examples_of_the_handbook_give_what_it_says() {
    let mut all = Vec::new();
    for book in &BOOKS {
        let workspace = Workspace::empty();
        let mut walkthrough = Walkthrough::new(&workspace, book.story, book.language);
        walkthrough.own = Some(home().join("content").join(book.name));
        walkthrough.run(read(book));
        all.push(walkthrough.seen);
        // For scripts/pictures, which takes pictures of what has come out.
        if let Some(folder) = std::env::var_os("BELAGG_KEEP_EXAMPLES") {
            copy(&workspace.path(""), &Path::new(&folder).join(book.language));
        }
        // What the book shows as its own result is made of what its readers write.
        for folder in ["content/{}/findings", "charts/{}"] {
            for file in workspace.files(&folder.replace("{}", book.story)) {
                let own = home().join(folder.replace("{}", book.name)).join(&file);
                let theirs = workspace.read(&format!("{}/{file}", folder.replace("{}", book.story)));
                // The story ends with a correction.
                let theirs = theirs.replace("women: 18, men: 11", "women: 18, men: 12");
                // The handbook has no folder of schemas, which `belagg new` makes for an editor.
                let is_modeline = |line: &str| line.starts_with("# yaml-language-server:");
                let theirs = match theirs.split_once('\n') {
                    Some((first, rest)) if is_modeline(first) => rest.to_owned(),
                    _ => theirs,
                };
                assert_eq!(std::fs::read_to_string(&own).unwrap(), theirs, "{}", own.display());
            }
        }
    }
    assert_eq!(all[0], all[1], "both have the same examples");
    let all: Vec<(&str, usize)> = all[0].iter().map(|(what, count)| (what.as_str(), *count)).collect();
    let whole = [("console", 15), ("diff", 11), ("markdown", 14), ("quote", 14), ("sh", 1), ("yaml", 19)];
    assert_eq!(all, whole, "the handbook is read whole");
}

#[test]
fn the_handbook_has_no_findings() {
    let run = built().run(&["check"]).expect(0);
    assert!(run.codes().is_empty(), "{}", run.stderr);
}

#[test]
fn a_card_is_one_page() {
    for book in &BOOKS {
        let pdf = built().path(&format!("output/{0}/0.1/{0}.pdf", book.card));
        let document = lopdf::Document::load(pdf).unwrap();
        assert_eq!(document.get_pages().len(), 1, "{}", book.card);
        let page = document.get_dictionary(document.get_pages()[&1]).unwrap();
        let size: Vec<i64> = page
            .get(b"MediaBox")
            .unwrap()
            .as_array()
            .unwrap()
            .iter()
            .map(|side| side.as_float().unwrap().round() as i64)
            .collect();
        assert_eq!(size, [0, 0, 595, 842], "A4");
    }
}

/// A line by what it is: the texts of both languages have the same, in the same order.
fn shape(text: &str) -> Vec<String> {
    let mut shape: Vec<String> = Vec::new();
    let mut fence = false;
    for line in text.lines() {
        let word = line.split(' ').next().unwrap();
        let kind = match line {
            line if line.starts_with("```") => {
                fence = !fence;
                line.to_owned()
            }
            // What a command tells may take more lines in one language; what an author writes has the same.
            _ if fence && shape.last().is_some_and(|last| last == "```console") => continue,
            _ if fence => "code".to_owned(),
            "" => continue,
            line if line.starts_with('|') => format!("row of {}", line.matches(" | ").count()),
            line if line.starts_with("{{ ") => line.split(' ').nth(1).unwrap().to_owned(),
            line if line.starts_with("![") => "picture".to_owned(),
            line if line.starts_with("> [!") => word.to_owned() + line.split(' ').nth(1).unwrap(),
            line if line.starts_with("[^") => "note".to_owned(),
            _ if ["#", "##", "###", "-", ">", "<!--"].contains(&word) => word.to_owned(),
            _ => "text".to_owned(),
        };
        // A paragraph has as many lines as it has.
        if kind != "text" || shape.last().is_none_or(|last| last != "text") {
            shape.push(kind);
        }
    }
    shape
}

#[test]
fn both_languages_say_the_same() {
    let pairs = [(BOOKS[0].name, BOOKS[1].name), (BOOKS[0].card, BOOKS[1].card)];
    for (one, other) in pairs {
        let (one, other) = (chapters(one), chapters(other));
        assert_eq!(one.len(), other.len());
        for ((name, text), (called, other)) in one.iter().zip(&other) {
            let (lines, others) = (shape(text), shape(other));
            let differ = lines.iter().zip(&others).position(|(line, other)| line != other);
            assert_eq!(
                differ,
                None,
                "{name} and {called}: {:?}, {:?}",
                differ.map(|at| &lines[at..]),
                differ.map(|at| &others[at..])
            );
            assert_eq!(lines.len(), others.len(), "{name} and {called}");
        }
    }
    let marks = |book: &Book| {
        let files = Workspace::handbook().files(&format!("charts/{}", book.name));
        let mark = Regex::new("mark: ([a-z-]+)").unwrap();
        let read = |file: &String| std::fs::read_to_string(home().join("charts").join(book.name).join(file)).unwrap();
        files.iter().map(|file| mark.captures(&read(file)).unwrap()[1].to_owned()).collect::<BTreeSet<_>>()
    };
    assert_eq!(marks(&BOOKS[0]), marks(&BOOKS[1]));
    assert_eq!(marks(&BOOKS[0]), words_of("chart", "mark"), "every way to draw is shown");
}

/// A chart whose file is not shown is told as the file of one that is, with another mark: it says nothing else but its caption, and shows less.
#[test]
fn charts_without_their_file_are_those_of_one_that_is_shown() {
    const OWN: [&str; 5] = ["mark:", "caption:", "highlight:", "period:", "rows:"];
    let mark = Regex::new("mark: ([a-z-]+)").unwrap();
    for book in &BOOKS {
        let text = text(book.name);
        let folder = home().join("charts").join(book.name);
        let files = Workspace::handbook().files(&format!("charts/{}", book.name));
        let read = |name: &String| std::fs::read_to_string(folder.join(name)).unwrap();
        let rest = |name: &String| {
            let file = read(name);
            file.lines()
                .filter(|line| !OWN.iter().any(|key| line.starts_with(key)))
                .map(str::to_owned)
                .collect::<Vec<_>>()
        };
        let (shown, told): (Vec<_>, Vec<_>) =
            files.into_iter().partition(|name| text.contains(&format!("```yaml\n{}```", read(name))));
        assert_eq!((shown.len(), told.len()), (12, 8), "{told:?}");
        // The chart of the report that `belagg new` writes is its own file.
        let told = told.iter().filter(|name| !["besok.yaml", "visits.yaml"].contains(&name.as_str()));
        for name in told {
            let mark = mark.captures(&read(name)).unwrap()[1].to_owned();
            assert!(text.contains(&format!("`mark: {mark}`")), "the text tells of {name}");
            assert!(shown.iter().any(|other| rest(other) == rest(name)), "{name} is the file of another");
        }
    }
}

/// The words that a key may hold, by the schema of a kind of file.
fn words_of(kind: &str, key: &str) -> BTreeSet<String> {
    let schema: serde_json::Value =
        serde_json::from_str(&Workspace::empty().run(&["schema", kind]).expect(0).stdout).unwrap();
    fn words(value: &serde_json::Value, found: &mut BTreeSet<String>) {
        match value {
            serde_json::Value::Object(map) => map.iter().for_each(|(key, value)| match (key.as_str(), value) {
                ("enum", serde_json::Value::Array(list)) => {
                    found.extend(list.iter().filter_map(|word| word.as_str()).map(str::to_owned));
                }
                ("const", serde_json::Value::String(word)) => {
                    found.insert(word.clone());
                }
                _ => words(value, found),
            }),
            serde_json::Value::Array(list) => list.iter().for_each(|value| words(value, found)),
            _ => {}
        }
    }
    let mut found = BTreeSet::new();
    words(&schema["properties"][key], &mut found);
    found
}

#[test]
fn what_the_handbook_says_of_the_program_is_so() {
    let workspace = Workspace::empty();
    let explained = |code: &str| workspace.run(&["explain", code]).expect(0).stdout;
    let listed = |code: &str| {
        let text = explained(code);
        let lines = text.lines().filter(|line| line.starts_with("  {{ ") && !line.contains("the value of a group"));
        lines.count()
    };
    let rules = explained("--rules").lines().filter(|line| line.starts_with("## ")).count();
    let kinds = words_of("report", "kind");
    let numbers = [
        ("kinds", kinds.len()),
        ("blocks", listed("TXT003")),
        ("filters", listed("FIG009")),
        ("marks", words_of("chart", "mark").len()),
        ("rules", rules),
    ];
    let row = Regex::new(r"(?m)^\| `([A-Z]{3}[0-9]{3})` \| ([^|]+) \|").unwrap();
    let result = Regex::new(r"(?m)^\| `(\{\{[^`]*\}\})` \| (\{\{[^`]*\}\}) \|$").unwrap();
    for book in &BOOKS {
        let folder = home().join("content").join(book.name).join("findings");
        let figures =
            ["programmet.yaml", "program.yaml"].iter().find_map(|file| std::fs::read_to_string(folder.join(file)).ok());
        let figures = figures.unwrap();
        for (figure, count) in numbers {
            assert!(count > 5, "{figure} are counted");
            let stated = Regex::new(&format!(r"(?m)^  {figure}: .*count: {count}\}}$")).unwrap();
            assert!(stated.is_match(&figures), "{}: there are {count} {figure}", book.name);
        }
        let text = text(book.name) + &text(book.card);
        for kind in &kinds {
            assert!(text.contains(&format!("`{kind}`")), "{} tells of the kind {kind}", book.name);
        }
        let found = |pattern: &str| {
            let pattern = Regex::new(pattern).unwrap();
            pattern.captures_iter(&text).map(|found| found[1].to_owned()).collect::<BTreeSet<_>>()
        };
        let codes = found("`([A-Z]{3}[0-9]{3})`");
        assert!(codes.len() > 15, "{codes:?}");
        codes.iter().for_each(|code| drop(explained(code)));
        let rows: Vec<_> = row.captures_iter(&text).collect();
        assert!(rows.len() > 9);
        for row in rows.iter().filter(|row| !row[1].starts_with("EVI")) {
            let title = workspace.run(&["explain", &row[1], "--lang", book.language]).expect(0).stdout;
            assert_eq!(title.lines().next().unwrap(), format!("{}: {}", &row[1], &row[2]));
        }
        let commands = found("`belagg ([a-z]+)");
        assert!(commands.len() > 9, "{commands:?}");
        commands.iter().for_each(|command| drop(workspace.run(&[command, "--help"]).expect(0)));
        for file in found(r"`docs/([a-z-]+\.md)`").iter().chain(&found(r"\| `([a-z-]+\.md)`")) {
            assert!(home().with_file_name(file).is_file(), "{file}");
        }
        // A row that shows a binding and what it gives shows that binding.
        let shown: Vec<_> = result.captures_iter(&text).map(|row| (row[1].to_owned(), row[2].to_owned())).collect();
        assert!(shown.len() > 10, "{shown:?}");
        shown.iter().for_each(|(written, gives)| assert_eq!(written, gives));
    }
}
