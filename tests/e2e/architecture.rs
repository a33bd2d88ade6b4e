//! The structure of the source, held by plain tests: imports go downwards and never in a circle, files stay small.

mod imports;
mod words;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use imports::Crate;

/// Modules from the bottom to the top: each may use those before it, and those beside it in its own group.
const LAYERS: &[&[&str]] = &[
    &["source", "system", "colour", "limits", "alike", "shelf", "register"],
    &["diagnostic"],
    &["value", "office", "hypertext"],
    &["locale", "compare"],
    &["document"],
    &["markdown"],
    &["model"],
    &["compute"],
    &["load", "import"],
    &["gather", "begin"],
    &["chart"],
    &["assemble"],
    &["resolve"],
    &["check", "disclosure"],
    &["render"],
    &["feedback", "versions"],
    &["pipeline"],
    &["publish"],
    &["session", "kept"],
    &["conformance", "lsp"],
    &["serve", "handover"],
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

/// The files of a folder of this package, by their paths in it.
fn all(folder: &str) -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
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

static SOURCE: LazyLock<Crate> = LazyLock::new(|| Crate::new(all("src")));

fn layer(module: &str) -> usize {
    LAYERS
        .iter()
        .position(|group| group.contains(&module))
        .unwrap_or_else(|| panic!("module `{module}` is in no layer"))
}

/// Imports that go upwards.
fn upward(source: &Crate) -> BTreeSet<String> {
    let upwards = |from: &str, to: &str| from != "internal" && layer(to) > layer(from);
    let told = |(from, to): (&imports::Path, imports::Path)| {
        let up = upwards(from.first()?, to.first()?);
        up.then(|| format!("{} uses {}", from.join("::"), to.join("::")))
    };
    source.imports().filter_map(told).collect()
}

#[test]
fn imports_go_downwards() {
    let wrong = upward(&SOURCE);
    assert!(wrong.is_empty(), "imports that go upwards: {wrong:#?}");
}

#[test]
fn each_foreign_crate_has_its_one_place() {
    const PLACES: &[(&str, &str)] = &[
        ("tera::", "render::html"),
        ("typst", "render::pdf"),
        ("plotters", "chart"),
        ("serde_saphyr", "load"),
        ("quick_xml", "office"),
        ("zip::", "office"),
        ("cfb", "load::sheet"),
        ("encoding_rs", "load::encoding"),
        ("rust_xlsxwriter", "render::workbook"),
        ("clap", "cli"),
        ("microlp", "disclosure::solver"),
        ("waken_snowball", "publish::site::search"),
        ("lsp_server", "lsp"),
        ("lsp_types", "lsp"),
        ("axum", "serve"),
        ("tokio", "serve"),
        ("notify", "serve"),
        ("std::fs", "system"),
    ];
    let mut met = BTreeSet::new();
    for (from, path) in SOURCE.foreign() {
        let (from, path) = (from.join("::"), path.join("::"));
        for (krate, place) in PLACES.iter().filter(|(krate, _)| path.starts_with(krate)) {
            assert!(from.starts_with(place), "{from} uses {path}, which belongs in {place}");
            met.insert(krate);
        }
    }
    assert_eq!(met.len(), PLACES.len(), "only these are used at all: {met:?}");
}

/// What is read of a file is kept in a library: who makes one reads everything anew. A run has one, which is handed down.
#[test]
fn a_run_has_one_library() {
    let owners = [
        "session/mod.rs",
        // Commands that open no session.
        "cli/export.rs",
        "cli/verify.rs",
        // What was packed with a version are other files.
        "publish/restore.rs",
    ];
    let makes = |(path, text): (String, String)| {
        let code = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
        (code.contains("Library::default()") && !path.ends_with("tests.rs")).then_some(path)
    };
    let mut makers: Vec<String> = all("src").into_iter().filter_map(makes).collect();
    makers.sort_by_key(|path| owners.iter().position(|owner| owner == path));
    assert_eq!(makers, owners);
}

#[test]
fn files_stay_readable() {
    let long: Vec<String> = all("src")
        .into_iter()
        .map(|(path, text)| (path, text.lines().count()))
        .filter(|(_, lines)| *lines > 480)
        .map(|(path, lines)| format!("{path}: {lines} lines"))
        .collect();
    assert!(long.is_empty(), "files that have grown too long:\n{}", long.join("\n"));
}

/// What a reader of one line must be able to tell: what a function returns, and what is meant by a value.
#[test]
fn names_and_values_say_what_they_are() {
    let mut wrong = Vec::new();
    for (path, text) in all("src") {
        let code = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
        if path.ends_with("tests.rs") || path.contains("/tests/") {
            continue;
        }
        for (at, line) in code.lines().enumerate().filter(|(_, line)| !line.trim_start().starts_with("//")) {
            let name = line.split_once("fn ").and_then(|(_, rest)| rest.split(['(', '<']).next());
            let mute = name.is_some_and(|name| ["of", "told", "made", "said", "all"].contains(&name));
            if mute {
                wrong.push(format!("{path}:{}: the name of the function does not say what it returns", at + 1));
            }
            if line.contains(": Option<bool>") {
                wrong.push(format!("{path}:{}: three meanings want a type with three names", at + 1));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Circles of imports among the files and folders of a folder, each after the folder; its `mod.rs` is what they share.
fn circles(source: &Crate) -> BTreeSet<String> {
    let mut folders: BTreeMap<Vec<String>, BTreeMap<String, BTreeSet<String>>> = BTreeMap::new();
    for (from, to) in source.imports() {
        let shared = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
        if let (Some(member), Some(other)) = (from.get(shared), to.get(shared)) {
            let members = folders.entry(from[..shared].to_vec()).or_default();
            members.entry(member.clone()).or_default().insert(other.clone());
        }
    }
    let mut found = BTreeSet::new();
    for (folder, members) in &folders {
        let mut reached: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for from in members.keys() {
            let (seen, mut open) = (reached.entry(from).or_default(), vec![from.as_str()]);
            while let Some(next) = open.pop() {
                let further = members.get(next).into_iter().flatten().map(String::as_str);
                open.extend(further.filter(|to| seen.insert(to)));
            }
        }
        for (from, to) in &reached {
            let back = |other: &&str| reached.get(other).is_some_and(|back| back.contains(from));
            let circle: Vec<&str> = to.iter().copied().filter(back).collect();
            if circle.len() > 1 {
                found.insert(format!("{}: {}", folder.join("::"), circle.join(", ")));
            }
        }
    }
    found
}

/// Within a folder as between layers: no file imports what imports it.
#[test]
fn no_imports_go_in_a_circle() {
    let beside = ["benches/mutate", "tests/e2e"].map(|folder| (folder, Crate::new(all(folder))));
    for (folder, source) in beside.iter().map(|(folder, source)| (*folder, source)).chain([("src", &*SOURCE)]) {
        let found = circles(source);
        assert!(found.is_empty(), "circles of imports in {folder}: {found:#?}");
        let globs: Vec<String> = source.globs().map(|from| from.join("::")).collect();
        assert!(globs.is_empty(), "modules of {folder} that do not name what they import: {globs:?}");
    }
}

/// What the two tests above go by.
#[test]
fn a_planted_import_is_seen_wherever_it_stands() {
    let planted = |a: &str| {
        let b = "use crate::a::A;\npub struct B;";
        circles(&Crate::new([("lib.rs", "mod a; mod b;"), ("a.rs", a), ("b.rs", b)])).into_iter().collect::<Vec<_>>()
    };
    for a in [
        "use crate::b::B;",
        "use super::b::{self};",
        "use std::{fmt, io};\nuse crate::{b::{B as Other}};",
        "fn f(b: &crate::b::B) {}",
        "fn f() { g(|| match 1 { _ => vec![b::B] }); }\nuse super::b;",
        "#[cfg(test)]\nmod tests;\nuse crate::b::B;",
        "#[cfg(test)]\nuse crate::c::C;\nuse crate::b::B;",
        "#[cfg(test)]\n#[expect(unused)]\nmod tests { use super::*; }\nfn f() { crate::b::f() }",
        "struct A { #[cfg(test)] seen: Vec<(u8, u8)>, b: crate::b::B }",
        "#[cfg(test)]\nfn f<X, Y>(x: X) -> Result<X, Y> { x }\ntype A = crate::b::B;",
    ] {
        assert_eq!(planted(a), [": a, b"], "{a}");
    }
    for a in [
        "#[cfg(test)]\nuse crate::b::B;",
        "#[cfg(test)]\nmod tests { use crate::b::B; }",
        "#[cfg(test)]\nfn f<X, Y>(x: X) -> Result<X, crate::b::B> { crate::b::f() }",
        "struct A { #[cfg(test)] b: BTreeMap<u8, crate::b::B>, other: u8 }",
        "/// See crate::b::B.\nfn f() -> &'static str { /* crate::b::B */ \"crate::b::B\" }",
        "use ::b::B;\nuse b::b;",
    ] {
        assert_eq!(planted(a), [""; 0], "{a}");
    }
}

#[test]
fn a_planted_import_is_seen_through_re_exports() {
    let files = [
        ("lib.rs", "mod system;\nmod source;\nmod session;\npub use session::Session;"),
        ("system/mod.rs", "mod seen;\nmod snapshot;\npub use seen::Seen;\npub use snapshot::Snapshot as State;"),
        ("system/seen.rs", "use super::State;\npub struct Seen;"),
        ("system/snapshot.rs", "pub struct Snapshot(crate::system::Seen);"),
        ("source.rs", "fn f(session: &crate::Session) {}"),
        ("session/mod.rs", "mod tests;\npub use tests::Session;"),
        ("session/tests.rs", "pub struct Session;"),
    ];
    let source = Crate::new(files);
    assert_eq!(circles(&source), BTreeSet::from(["system: seen, snapshot".to_owned()]));
    assert_eq!(upward(&source), BTreeSet::from(["source uses session::tests".to_owned()]));
    let tests = ("session/mod.rs", "#[cfg(test)]\nmod tests;\nstruct Session;");
    let source = Crate::new(files.into_iter().filter(|(path, _)| *path != tests.0).chain([tests]));
    assert_eq!(source.modules().filter(|(place, _)| place.len() > 1).count(), 2, "a file that holds tests is none");
}

/// What `{:?}` prints is for who writes the program: another version of the compiler may print it otherwise.
#[test]
fn nothing_rests_on_what_debug_prints() {
    for (place, module) in SOURCE.modules() {
        let printed = module.literals.iter().find(|text| text.contains(":?}") || text.contains(":#?}"));
        assert!(printed.is_none(), "{} prints {}", place.join("::"), printed.unwrap());
    }
}

/// The words of a language that stand in the checks, outside its pack, with their places.
fn words_in_checks(source: &Crate, forms: &BTreeSet<String>) -> Vec<String> {
    let outside = source.modules().filter(|(place, _)| {
        let place: Vec<&str> = place.iter().map(String::as_str).collect();
        // What patterns are made of is named in `pattern`.
        matches!(place[..], ["check", ..]) && !matches!(place[..], ["check", "lang", ..] | ["check", "pattern"])
    });
    let outside: Vec<_> = outside.collect();
    let mut found = Vec::new();
    for (place, module) in &outside {
        let family = &place[..place.len().min(3)];
        let texts = outside.iter().filter(|(other, _)| other.starts_with(family)).flat_map(|(_, other)| &other.texts);
        let texts: Vec<String> = texts.cloned().collect();
        let named = words::names(&texts);
        let read = module.texts.iter().filter(|text| !named.contains(text.as_str()) && words::is_word(text, forms));
        found.extend(read.map(|text| format!("{}: {text}", place.join("::"))));
    }
    found
}

/// A language is a folder: rules ask its lists and tags.
#[test]
fn words_of_a_language_stand_in_its_pack() {
    let packs = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/check/lang");
    let mut forms = BTreeSet::new();
    for folder in std::fs::read_dir(packs).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_dir()) {
        let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        for file in files.filter(|path| path.extension().is_some_and(|extension| extension == "txt")) {
            let text = std::fs::read_to_string(file).unwrap();
            forms.extend(words::forms(&text).map(str::to_owned));
        }
    }
    for known in ["drygt", "just over", "januari", "och", "tolv", "twelve"] {
        assert!(forms.contains(known), "the packs were read: {known}");
    }
    let found = words_in_checks(&SOURCE, &forms);
    assert!(found.is_empty(), "words of a language outside its pack:\n{}", found.join("\n"));
}

#[test]
fn a_planted_word_is_found_wherever_it_is_read() {
    let forms = ["och", "of", "more", "k"].map(str::to_owned).into();
    let found = |code: &str| {
        let lib = ("lib.rs", "mod check;");
        words_in_checks(&Crate::new([lib, ("check/mod.rs", "mod rule;"), ("check/rule.rs", code)]), &forms)
    };
    for code in [
        "fn f(a: &str) -> bool { a == \"och\" }",
        "fn f(a: &str) -> bool { matches!(a, \"x\" | \" Och \") }",
        "fn f(a: &str) -> u8 { match a { \"of\" => 1, _ => 2 } }",
        "const A: &[(&str, u8)] = &[(\"more\", 1)];",
        "const A: &str = \"more\";",
        "fn f(a: &str) -> bool { if a.starts_with(\"of\") { \"more\" } else { \"less\" } }",
        "fn f(a: &str) -> bool { a.ends_with('k') }",
        "fn f(a: &str) -> bool { a.contains('å') }",
        "fn f(a: &str) -> bool { a.contains(r#\"gång\"#) }",
        "fn f(a: &str) -> bool { found.help(\"of\"); a == \"of\" }",
        "fn f(a: &str) -> bool { Pattern::new(\"of=count <joint>\"); a == \"more\" }",
    ] {
        assert_eq!(found(code).len(), 1, "{code}: {:?}", found(code));
    }
    for code in [
        "/// \"och\"\nfn f() -> &'static str { if true { \"more\" } else { \"of\" } }",
        "fn f(a: u8) -> String { match a { 1 => \"of\".to_owned(), _ => \"more\".to_owned() } }",
        "fn f() { RULE.at(span, format!(\"{a} of {b}\")).also(there, \"more\").help(\"write ”och”\") }",
        "fn f() { Pattern::new(\"part=count <of> of=count\").named(\"of\") }",
        "#[cfg(test)]\nmod tests { const A: &str = \"och\"; }",
        "const A: &str = \"MORE\";",
        "classes! { More = \"more\", Of = \"of\", }",
    ] {
        assert_eq!(found(code), [""; 0], "{code}");
    }
}
