//! What the program says, in the language of those who run it: the catalogue, and the slips that are made most.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use belagg::diagnostic::{Tongue, entries};
use proc_macro2::{TokenStream, TokenTree};

use crate::workspace::{CHAPTER, Workspace};

/// Words of machinery that no author knows.
const FOREIGN: &[&str] = &["Rust", "Typst", "Tera", "parser", "mapping", "scalar", "token", "panic", "sträng", "nod "];

/// What stands in the files of a folder.
#[derive(Default)]
struct Found {
    /// The words of each `say!`.
    phrases: BTreeSet<String>,
    /// Words that are said and are no phrase: values of phrases, and what is said to be the same in every language.
    bare: BTreeSet<String>,
    literals: BTreeSet<String>,
}

impl Found {
    /// `bare`: what stands here is said, and may have no words of its own.
    fn read(&mut self, tokens: TokenStream, bare: bool) {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        // A comment of several lines is one text.
        let mut comment = String::new();
        for (at, token) in tokens.iter().enumerate() {
            match (&documented(token), token) {
                (Some(line), _) if !line.trim().is_empty() => comment.push_str(&format!(" {}", line.trim())),
                (None, TokenTree::Punct(_)) => {}
                _ => {
                    let text = std::mem::take(&mut comment).trim().to_owned();
                    self.literals.extend([text.trim_end_matches('.').to_owned(), text]);
                }
            }
            match token {
                TokenTree::Literal(literal) => {
                    let Some(text) = text(&literal.to_string()) else { continue };
                    // What is printed of a command is its comment for documentation.
                    self.literals.insert(text.trim().trim_end_matches('.').to_owned());
                    if bare && is_said(&text) {
                        self.bare.insert(text.clone());
                    }
                    self.literals.insert(text);
                }
                TokenTree::Group(group) => {
                    let name = |back: usize| at.checked_sub(back).map(|at| tokens[at].to_string()).unwrap_or_default();
                    let is_say = name(1) == "!" && name(2) == "say";
                    let mut inner = group.stream();
                    if is_say {
                        let first = group.stream().into_iter().next();
                        let template = first.and_then(|first| text(&first.to_string()));
                        self.literals.extend(template.clone());
                        self.phrases.extend(template);
                        inner = inner.into_iter().skip(1).collect();
                    }
                    let verbatim = matches!(name(1).as_str(), "verbatim" | "quoted" | "plain") && name(2) != "fn";
                    // What is looked up in the catalogue has words there.
                    let looked_up = name(1) == "words" && name(2) == ":";
                    self.read(inner, (bare || is_say || verbatim) && !looked_up);
                }
                _ => {}
            }
        }
    }
}

/// The line of a comment for documentation.
fn documented(token: &TokenTree) -> Option<String> {
    let TokenTree::Group(group) = token else { return None };
    let mut inner = group.stream().into_iter();
    let is_doc = inner.next()?.to_string() == "doc" && inner.next()?.to_string() == "=";
    is_doc.then(|| text(&inner.next()?.to_string()))?
}

/// Whether a text is words to a reader, and no key, path or sign.
fn is_said(text: &str) -> bool {
    let plain = text.split('`').step_by(2).collect::<Vec<_>>().join(" ");
    let plain = plain.split('{').map(|part| part.split_once('}').map_or(part, |(_, rest)| rest)).collect::<String>();
    let words = plain.split_whitespace().filter(|word| word.len() > 1 && word.chars().all(|c| c.is_ascii_lowercase()));
    words.count() > 1
}

/// The text of a literal, as the compiler reads it.
fn text(literal: &str) -> Option<String> {
    let inner = literal.strip_prefix('"')?.strip_suffix('"')?;
    let mut out = String::new();
    let mut chars = inner.chars().peekable();
    while let Some(c) = chars.next() {
        match (c, if c == '\\' { chars.next() } else { None }) {
            ('\\', Some('n')) => out.push('\n'),
            ('\\', Some('t')) => out.push('\t'),
            ('\\', Some('\n')) => while chars.next_if(|c| c.is_whitespace()).is_some() {},
            ('\\', Some('u')) => {
                let code: String = chars.by_ref().skip(1).take_while(|c| *c != '}').collect();
                out.extend(u32::from_str_radix(&code, 16).ok().and_then(char::from_u32));
            }
            ('\\', Some(other)) => out.push(other),
            (c, _) => out.push(c),
        }
    }
    Some(out)
}

fn read(folder: &Path, found: &mut Found) {
    for entry in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        if entry.ends_with("tests") {
            continue;
        } else if entry.is_dir() {
            read(&entry, found);
        } else if entry.extension().is_some_and(|extension| extension == "rs") && !entry.ends_with("tests.rs") {
            let text = std::fs::read_to_string(&entry).unwrap();
            let code = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
            found.read(code.parse().unwrap(), false);
        }
    }
}

/// The names in a template; doubled braces are braces.
fn names(template: &str) -> BTreeSet<&str> {
    let parts = template.split('{').skip(1);
    parts.filter_map(|part| part.split(['}', '|']).next()).filter(|name| is_name(name)).collect()
}

fn is_name(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}

/// Whether there is a word in it besides what is written between backticks and filled in.
fn has_words(template: &str) -> bool {
    let outside: String = template.split('`').step_by(2).collect::<Vec<_>>().join(" ");
    let plain = outside.split('{').map(|part| part.split_once('}').map_or(part, |(_, rest)| rest)).collect::<String>();
    plain.split(|c: char| !c.is_alphabetic()).any(|word| word.chars().count() > 1)
}

fn source() -> Found {
    let mut all = Found::default();
    read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut all);
    all
}

#[test]
fn the_catalogue_has_every_phrase_with_its_values_and_nothing_else() {
    let all = source();
    assert!(all.phrases.len() > 2_000, "{}", all.phrases.len());
    let catalogue: BTreeMap<String, String> = entries(Tongue::Swedish.catalogue()).collect();
    let mut wrong = Vec::new();
    for english in all.phrases.iter().filter(|english| has_words(english)) {
        if !catalogue.contains_key(english) {
            wrong.push(format!("no Swedish for: {english}"));
        }
    }
    for (english, swedish) in &catalogue {
        if !all.literals.contains(english) {
            wrong.push(format!("said no more: {english}"));
        }
        if all.phrases.contains(english) && names(english) != names(swedish) {
            wrong.push(format!("other values: {english} / {swedish}"));
        }
        wrong.extend(FOREIGN.iter().filter(|word| swedish.contains(**word)).map(|word| format!("{word}: {swedish}")));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// That a message is a phrase the compiler holds: no text becomes a `Said` by itself. What it cannot see are words that are given as the value of
/// a phrase, or as something that is the same in every language.
#[test]
fn no_english_words_are_said_past_the_catalogue() {
    let bare = source().bare;
    assert!(bare.is_empty(), "say! makes these phrases:\n{}", bare.into_iter().collect::<Vec<_>>().join("\n"));
}

#[test]
fn what_is_said_of_keys_is_told_in_swedish() {
    let catalogue: BTreeMap<String, String> = entries(Tongue::Swedish.catalogue()).collect();
    let tables = Workspace::small().run(&["schema", "--keys"]).expect(0).stdout;
    let rows = tables.lines().filter(|line| line.starts_with("| `"));
    let told = rows.filter_map(|row| {
        let row = row.replace("\\|", "\u{1}");
        Some(row.trim_end_matches(" |").rsplit_once(" | ")?.1.trim().replace('\u{1}', "|"))
    });
    let told: Vec<String> = told.filter(|text| has_words(text)).collect();
    let lacking: Vec<&String> = told.iter().filter(|text| !catalogue.contains_key(*text)).collect();
    assert!(told.len() > 250 && lacking.is_empty(), "{} {lacking:#?}", told.len());
}

/// What a text for a rule is made of: how many headings, and its examples, which are the same in every language.
fn parts(text: &str) -> (usize, Vec<&str>) {
    (text.matches("\n## ").count(), text.split("```").skip(1).step_by(2).collect())
}

#[test]
fn what_the_rules_do_is_told_in_swedish_with_the_same_examples() {
    let workspace = Workspace::small();
    let list = workspace.run(&["explain", "--rules"]).expect(0).stdout;
    let codes: Vec<&str> = list.lines().filter_map(|line| line.strip_prefix("## ")).collect();
    assert!(codes.len() > 35, "{codes:?}");
    for code in codes {
        let told = |tongue: &str| workspace.run(&["explain", code, "--lang", tongue]).expect(0).stdout;
        let (swedish, english) = (told("sv"), told("en"));
        assert!(
            swedish.contains("\n## Vad den gör\n") && swedish.contains("\n## Varför det spelar roll\n"),
            "{swedish}"
        );
        assert!(!swedish.contains("## What") && !english.contains("## Vad"), "{code}");
        assert_eq!(parts(&swedish), parts(&english), "{code}");
    }
    let known = include_str!("../../templates/messages/rules.sv.md").matches("\n## ").count();
    assert_eq!(known, list.matches("\n## ").count(), "no text of a rule that is gone");
}

#[test]
fn the_language_is_that_of_the_command_line_or_of_the_workspace() {
    let workspace = Workspace::small();
    workspace.chapter("# Resultat\n\n{{ plnas }}\n");
    let told = |arguments: &[&str], belagg: &str| {
        workspace.file("belagg.yaml", belagg);
        let run = std::process::Command::new(crate::workspace::program())
            .args(arguments)
            .current_dir(workspace.path(""))
            .output()
            .unwrap();
        String::from_utf8(run.stderr).unwrap()
    };
    let (swedish, english) =
        ("fel[FIG001]: det finns ingen uppgift `plnas`", "error[FIG001]: there is no figure `plnas`");
    for (arguments, belagg, wanted) in [
        (&["check"][..], "language: sv\n", swedish),
        (&["check"], "publisher: {name: A}\nlanguage: \"sv\"  # svenska\n", swedish),
        (&["check"], "language: en\n", english),
        (&["check"], "language: nb\n", english),
        (&["check"], "{}\n", english),
        (&["check", "--lang", "en"], "language: sv\n", english),
        (&["--lang", "sv", "check"], "language: en\n", swedish),
    ] {
        let told = told(arguments, belagg);
        assert!(told.contains(wanted), "{arguments:?} {belagg}: {told}");
    }
    // Who has a fault in that file is told so in the language that it names.
    assert!(told(&["check"], "language: sv\nrules: [\n").contains("fel[YML001]: filen går inte att förstå här"));
}

/// The messages of a check, with their codes.
fn slips(workspace: &Workspace) -> Vec<String> {
    let run = workspace.run(&["check", "--lang", "sv"]);
    let lines = run.stderr.lines().filter(|line| line.starts_with("fel[") || line.trim_start().starts_with("= hjälp"));
    lines.map(|line| line.trim().trim_start_matches("= ").to_owned()).collect()
}

#[test]
fn help_and_faults_of_the_command_line_are_told_in_both_languages() {
    let workspace = Workspace::small();
    let help = workspace.run(&["check", "--help", "--lang", "sv"]).expect(0).stdout;
    for line in ["Gör allt utom att skriva", "Användning: belagg check", "Flaggor", "Visa hjälp"] {
        assert!(help.contains(line), "{line}: {help}");
    }
    for line in ["Usage", "Options", "Print", "[default", "[possible"] {
        assert!(!help.contains(line), "{line}: {help}");
    }
    // The help of every command, apart from what is typed as it stands.
    let all = workspace.run(&["--help", "--lang", "sv"]).expect(0).stdout;
    let (_, listed) = all.split_once("Kommandon:\n").unwrap();
    let commands: Vec<&str> = listed
        .lines()
        .take_while(|line| line.starts_with("  "))
        .filter(|line| line.as_bytes()[2].is_ascii_lowercase())
        .filter_map(|line| line.split_whitespace().next().filter(|name| *name != "help"))
        .collect();
    assert!(commands.len() > 12, "{commands:?}");
    for command in commands {
        let help = workspace.run(&[command, "--help", "--lang", "sv"]).expect(0).stdout;
        let plain: String = help.split('`').step_by(2).collect();
        let english = plain.split_whitespace().find(|word| ["the", "of", "and", "with", "which", "is"].contains(word));
        assert_eq!(english, None, "{command}: {help}");
    }
    assert!(workspace.run(&["check", "--help"]).expect(0).stdout.contains("Usage: belagg check"));
    for (arguments, wanted) in [
        (&["bild", "--lang", "sv"][..], "fel: det finns inget kommando `bild`\nmenade du `build`?\n"),
        (&["check", "--al", "--lang", "sv"], "fel: `--al` är inte känt här\nmenade du `--all`?\n"),
        (&["check", "--format", "pdf", "--lang", "sv"], "fel: `pdf` kan inte stå för `--format <FORMAT>`\n"),
        (&["publish", "--lang", "sv"], "fel: raden saknar <RAPPORT>\n"),
    ] {
        let told = workspace.run(arguments).expect(2).stderr;
        assert!(told.starts_with(wanted), "{arguments:?}: {told}");
    }
}

#[test]
fn the_commonest_slips_are_one_message_each() {
    let findings = |text: &str| {
        let workspace = Workspace::small();
        workspace.file("content/liten/findings/alla.yaml", text);
        slips(&workspace)
    };
    let rest = crate::workspace::FINDINGS.split_once("tables:").unwrap().1;
    let moved = findings(&format!(
        "figures:\ncases: {{label: granskade ärenden, women: 20, men: 20}}\nplans: {{label: ärenden med plan, women: 16, men: 9, base: cases}}\ntables:{rest}"
    ));
    assert_eq!(moved.len(), 2, "{moved:?}");
    assert_eq!(moved[0], "fel[YML001]: `figures` är tomt: det som hör dit är inte indraget");
    let indented = findings("figures:\n   a: {label: ett, count: 1}\n  b: {label: två, count: 2}\n");
    assert_eq!(indented[0], "fel[YML001]: raden börjar i kolumn 3, och den ovanför i kolumn 4");
    assert_eq!(indented.len(), 2, "{indented:?}");

    let workspace = Workspace::small();
    for (text, wanted) in [
        ("figures:\n  a: {label: ett, amount: 12,50}\n", "fel[KEY001]: ett komma avslutar talet före `50`"),
        ("figures:\n  a: {lable: ett, count: 1}\n", "fel[KEY001]: uppgiften `a` har ingen nyckel `lable`"),
        (
            "tables:\n  t: {caption: C, stub: S, columns: [{id: n, label: N}], total-row: Nej, source: Q, rows: [{label: A, n: 1}]}\n",
            "hjälp: skriv `false`, med små bokstäver och utan citattecken",
        ),
    ] {
        workspace.findings(text);
        let told = slips(&workspace);
        assert!(told.len() == 2 && told.iter().any(|line| line == wanted), "{text}: {told:?}");
    }
}

#[test]
fn files_of_rows_that_are_other_than_they_seem_are_told_so() {
    let workspace = Workspace::small();
    workspace.chapter(format!("{CHAPTER}\n{{{{ table t }}}}\n"));
    workspace
        .findings("tables:\n  t: {caption: C, stub: S, columns: [{id: n, label: N}], csv: data/t.csv, source: Q}\n");
    workspace.file("content/liten/data/t.csv", b"PK\x03\x04\x14\x00\x00\xff");
    let told = slips(&workspace);
    assert_eq!(told[0], "fel[FIL006]: `content/liten/data/t.csv` är en arbetsbok, vad namnet än säger");
    assert_eq!(told.len(), 2, "{told:?}");
    workspace.file("content/liten/data/t.csv", "Besök per enhet,\nUr registret,\nlabel,n\nNorr,1\n");
    let told = slips(&workspace);
    assert!(told.iter().any(|line| line.starts_with("hjälp: rad 3 har den: radera raderna ovanför")), "{told:?}");
}
