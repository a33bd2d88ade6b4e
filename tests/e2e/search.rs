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

/// Texts of the passages that a word leads to, by the files alone.
fn found(workspace: &Workspace, word: &str) -> Vec<String> {
    let index = handed(workspace, "index");
    let files = index["keys"].as_array().unwrap().len();
    let chunk = usize::try_from(index["chunk"].as_u64().unwrap()).unwrap();
    let mut out = Vec::new();
    for file in 0..files {
        for term in handed(workspace, &format!("t{file}")).as_array().unwrap() {
            if !term[0].as_str().unwrap().split(' ').any(|form| form == word) {
                continue;
            }
            let mut at = 0;
            for pair in term[2].as_array().unwrap().chunks(2) {
                at += usize::try_from(pair[0].as_u64().unwrap()).unwrap();
                let passages = handed(workspace, &format!("p{}", at / chunk));
                out.push(passages[at % chunk][3].as_str().unwrap().to_owned());
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
    assert!(page.contains("href=\"liten/1.0/index.html#resultat\"") && page.contains("trusted-types belagg-search"));
    assert!(workspace.read("output/index.html").contains("href=\"search.html\""));
    // The same again, and verified.
    let before = workspace.files("output/search");
    let bytes: Vec<_> = before.iter().map(|file| workspace.bytes(&format!("output/search/{file}"))).collect();
    std::fs::remove_dir_all(workspace.path("output/search")).unwrap();
    workspace.run(&["build"]).expect(0);
    assert_eq!(workspace.files("output/search"), before);
    assert!(before.iter().zip(bytes).all(|(file, bytes)| workspace.bytes(&format!("output/search/{file}")) == bytes));
}
