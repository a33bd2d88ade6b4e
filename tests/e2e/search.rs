//! The search over everything that is published: what its files say, and that they are data alone.

use serde_json::Value;

use crate::workspace::Workspace;

const CHAPTER: &str = "# Resultat {#resultat}\n\nI {{ plans | full }} finns en plan, se [](#table-visits).\n\n{{ table visits }}\n\n\
     Handläggarna skriver genomförandeplaner, som `</script><!--`.\n\nVid genomförande frågar de alla.\n";

/// What a file of the index hands over.
fn handed(workspace: &Workspace, name: &str) -> Value {
    let text = workspace.read(&format!("output/search/{name}.js"));
    let data = text.strip_prefix(&format!("belaggSearch(\"{name}\", ")).and_then(|rest| rest.strip_suffix(");\n"));
    assert!(!text.contains('<'), "{text}");
    serde_json::from_str(data.unwrap_or_else(|| panic!("{text}"))).unwrap()
}

/// Texts of the passages that a word leads to, by the files alone; of a long passage all of its pieces.
fn found(workspace: &Workspace, word: &str) -> Vec<String> {
    let index = handed(workspace, "index");
    let files = index["starts"].as_array().unwrap().len();
    let slots = usize::try_from(index["slots"].as_u64().unwrap()).unwrap();
    let row = |at: usize| handed(workspace, &format!("p{}", at / slots))[at % slots].clone();
    let mut out = Vec::new();
    for file in 0..files {
        for term in handed(workspace, &format!("t{file}")).as_array().unwrap() {
            if !term[0].as_str().unwrap().split(' ').any(|form| form == word) {
                continue;
            }
            let mut at = 0;
            for step in term[2].as_str().unwrap().split_terminator(|c: char| c.is_ascii_uppercase()) {
                at += step.parse::<usize>().unwrap();
                let passage = row(at);
                let further = passage[4].as_array().into_iter().flatten();
                let pieces = further.map(|at| row(usize::try_from(at.as_u64().unwrap()).unwrap()));
                let pieces = pieces.map(|piece| piece.as_str().unwrap().to_owned());
                out.push(std::iter::once(passage[3].as_str().unwrap().to_owned()).chain(pieces).collect::<String>());
            }
        }
    }
    out
}

#[test]
fn words_lead_to_passages_by_stems_and_parts_of_compounds() {
    let workspace = Workspace::small();
    workspace.chapter(CHAPTER);
    workspace.run(&["build"]).expect(0);
    let plan = found(&workspace, "plan");
    assert!(plan.iter().any(|text| text.contains("finns en plan")), "{plan:?}");
    assert!(plan.iter().any(|text| text.contains("genomförandeplaner")), "{plan:?}");
    assert!(found(&workspace, "besok").iter().any(|text| text.starts_with("Besök per enhet")), "tables are found");
    assert!(found(&workspace, "genomforande").len() == 2 && found(&workspace, "saknas").is_empty());
    let page = workspace.read("output/search.html");
    assert!(page.contains("href=\"search/words.html\"") && page.contains("trusted-types belagg-search"));
    assert!(page.find("<form") > page.find("<template"), "nothing of the form is there without scripts");
    let headings = workspace.read("output/search/headings.html");
    assert!(headings.contains("href=\"../liten/1.0/index.html#resultat\""), "{headings}");
    let letter = workspace.read("output/search/words-b.html");
    assert!(letter.contains("<dt>besök</dt>") && letter.contains("href=\"../liten/1.0/index.html#"), "{letter}");
    assert!(workspace.read("output/index.html").contains("href=\"search.html\""));
    // The same again, and verified.
    let before = workspace.files("output/search");
    let bytes: Vec<_> = before.iter().map(|file| workspace.bytes(&format!("output/search/{file}"))).collect();
    std::fs::remove_dir_all(workspace.path("output/search")).unwrap();
    workspace.run(&["build"]).expect(0);
    assert_eq!(workspace.files("output/search"), before);
    assert!(before.iter().zip(bytes).all(|(file, bytes)| workspace.bytes(&format!("output/search/{file}")) == bytes));
}

#[test]
fn numbers_are_found_and_a_long_passage_to_its_end() {
    let workspace = Workspace::small();
    let rows: String = (0..120).map(|row| format!("| Ort {row} | {} |\n", 2000 + row * 7)).collect();
    workspace
        .chapter(format!("{CHAPTER}\nDet var 1 250 besök, eller 162,5 procent.\n\n| Ort | Antal |\n|---|--:|\n{rows}"));
    workspace.run(&["build"]).expect(0);
    assert!(found(&workspace, "1250").iter().any(|text| text.contains("1 250 besök")));
    assert!(found(&workspace, "162,5").len() == 1 && found(&workspace, "162").is_empty());
    let last = found(&workspace, "2833");
    assert!(last.len() == 1 && last[0].contains("Ort 119"), "{last:?}");
}

#[test]
fn a_workspaces_own_script_and_style_take_the_place_of_those_of_the_search() {
    let workspace = Workspace::small();
    workspace.file("templates/html/search.css", "body { color: red; }\n");
    workspace.run(&["build"]).expect(0);
    assert_eq!(workspace.read("output/search/search.css"), "body { color: red; }\n");
    assert!(workspace.read("output/search/search.js").contains("belaggSearch"));
}

#[test]
fn a_word_of_two_languages_is_one_entry() {
    let workspace = Workspace::small();
    workspace.chapter("# December {#resultat}\n\nI {{ plans | full }} finns en plan.\n\n{{ table visits }}\n");
    workspace.run(&["new", "report", "other", "--language", "en"]).expect(0);
    let chapter = "content/other/visits.md";
    let text = workspace.read(chapter);
    let (heading, rest) = text.split_once('\n').unwrap();
    assert!(heading.starts_with("# "), "{text}");
    workspace.file(chapter, format!("# December\n{rest}"));
    workspace.run(&["build"]).expect(0);
    let page = workspace.read("output/search/words-d.html");
    assert_eq!(page.matches("<dt>december</dt>").count(), 1, "{page}");
    assert!(page.contains("../liten/1.0/index.html#") && page.contains("../other/"), "{page}");
}
