//! What a build writes, that it writes all or nothing, and the same bytes each time.

use crate::workspace::Workspace;

#[test]
fn a_build_writes_pdf_page_charts_data_and_manifest() {
    let workspace = Workspace::small();
    workspace.file(
        "charts/liten/visits.yaml",
        "table: visits\nmark: grouped-bar\ncaption: Lika många besök i båda enheterna\n",
    );
    workspace.chapter(
        "# Resultat\n\nSe [](#table-visits) och [](#chart-visits).\n\n{{ table visits }}\n\n{{ chart visits }}\n",
    );
    let run = workspace.run(&["build"]).expect(0);
    assert!(run.stdout.contains("output/liten/1.0: PDF of "), "{}", run.stdout);
    let files = workspace.files("output/liten/1.0");
    for file in [
        "index.html",
        "liten.pdf",
        "contents.json",
        "manifest.json",
        "charts/visits.svg",
        "data/visits.csv",
        "data/visits.json",
        "assets/style.css",
    ] {
        assert!(files.iter().any(|known| known == file), "{file} is missing among {files:?}");
    }
    assert!(workspace.bytes("output/liten/1.0/liten.pdf").starts_with(b"%PDF-"));
    assert!(workspace.read("output/index.html").contains("href=\"liten/1.0/"));
    let csv = workspace.read("output/liten/1.0/data/visits.csv");
    assert!(csv.contains("Norr,12,8,20"), "{csv}");
}

#[test]
fn the_manifest_has_the_hash_of_each_input_and_output() {
    let workspace = Workspace::small();
    workspace.run(&["build"]).expect(0);
    let manifest: serde_json::Value = serde_json::from_str(&workspace.read("output/liten/1.0/manifest.json")).unwrap();
    let hash = |path: &str, list: &str| {
        let files = manifest[list].as_array().unwrap();
        files.iter().find(|file| file["path"] == path).unwrap_or_else(|| panic!("{path} in {list}"))["sha256"].clone()
    };
    let of = |path: &str| serde_json::Value::from(belagg::internal::sha256(&workspace.bytes(path)));
    assert_eq!(hash("content/liten/kapitel.md", "inputs"), of("content/liten/kapitel.md"));
    assert_eq!(hash("liten.pdf", "outputs"), of("output/liten/1.0/liten.pdf"));
    let listed = manifest["outputs"].as_array().unwrap().len();
    assert_eq!(listed + 1, workspace.files("output/liten/1.0").len(), "everything but the manifest itself is listed");
    assert_eq!(manifest["report"]["title"], "Liten rapport");
}

#[test]
fn the_same_input_gives_the_same_bytes_in_two_processes_and_two_folders() {
    let (one, two) = (Workspace::small(), Workspace::small());
    one.run(&["build"]).expect(0);
    two.run(&["build"]).expect(0);
    let files = one.files("output");
    assert_eq!(files, two.files("output"));
    for file in files {
        assert!(one.bytes(&format!("output/{file}")) == two.bytes(&format!("output/{file}")), "{file} differs");
    }
}

#[test]
fn a_failed_build_leaves_the_old_output_as_it_was() {
    let workspace = Workspace::small();
    workspace.run(&["build"]).expect(0);
    let before: Vec<(String, Vec<u8>)> = workspace
        .files("output")
        .into_iter()
        .map(|file| (file.clone(), workspace.bytes(&format!("output/{file}"))))
        .collect();
    workspace.chapter("# Resultat\n\n{{ nothing }} är bundet.\n");
    let run = workspace.run(&["build"]).expect(1);
    assert!(run.stdout.contains("nothing was written"), "{}", run.stdout);
    let after: Vec<(String, Vec<u8>)> = workspace
        .files("output")
        .into_iter()
        .map(|file| (file.clone(), workspace.bytes(&format!("output/{file}"))))
        .collect();
    assert!(before == after);
}

#[test]
fn one_faulty_report_keeps_the_others_from_being_written_unless_they_are_named() {
    let workspace = Workspace::small();
    for file in ["report.yaml", "kapitel.md", "findings/alla.yaml"] {
        let content = workspace.bytes(&format!("content/liten/{file}"));
        workspace.file(&format!("content/trasig/{file}"), content);
    }
    workspace.file("content/trasig/kapitel.md", "# Resultat\n\n{{ nothing }}\n");
    workspace.run(&["build"]).expect(1);
    assert!(workspace.files("output").is_empty());
    workspace.run(&["build", "liten"]).expect(0);
    assert!(workspace.path("output/liten/1.0/index.html").exists());
}

#[test]
fn a_second_build_replaces_the_first_and_leaves_nothing_beside() {
    let workspace = Workspace::small();
    workspace.run(&["build"]).expect(0);
    workspace.file("output/liten/1.0/old.txt", "left over");
    workspace.run(&["build"]).expect(0);
    assert!(!workspace.path("output/liten/1.0/old.txt").exists());
    let names: Vec<String> = std::fs::read_dir(workspace.path("output"))
        .unwrap()
        .map(|e| e.unwrap().file_name().into_string().unwrap())
        .collect();
    assert!(
        names.iter().all(|name| !name.starts_with('.') || [".lock", ".site"].contains(&name.as_str())),
        "{names:?}"
    );
}

#[test]
fn check_writes_nothing() {
    let workspace = Workspace::small();
    let run = workspace.run(&["check"]).expect(0);
    assert!(run.stdout.contains("no errors"), "{}", run.stdout);
    assert!(workspace.files("output").is_empty());
}

#[cfg(unix)]
#[test]
fn output_that_cannot_be_written_is_an_exit_code_of_its_own() {
    let workspace = Workspace::small();
    // A file stands where the folder should be; permissions would not stop a test that runs as root.
    workspace.file("output", "a file");
    let run = workspace.run(&["build"]).expect(3);
    assert!(run.stderr.contains("OUT001"), "{}", run.stderr);
    assert_eq!(workspace.read("output"), "a file");
}

#[test]
fn the_workspace_templates_and_words_win() {
    let workspace = Workspace::small();
    workspace.file("templates/html/report.html", "<!doctype html><title>{{ document.title_text }}</title><p>own</p>");
    workspace.file("templates/locales/sv.json", "{\"total\": \"Summa\"}");
    workspace.run(&["build"]).expect(0);
    let page = workspace.read("output/liten/1.0/index.html");
    assert_eq!(page, "<!doctype html><title>Liten rapport</title><p>own</p>");
    let manifest = workspace.read("output/liten/1.0/manifest.json");
    assert!(manifest.contains("templates/html/report.html") && manifest.contains("templates/locales/sv.json"));
}

#[test]
fn a_template_with_a_fault_is_reported_with_its_line() {
    let workspace = Workspace::small();
    workspace.file("templates/html/report.html", "<p>\n{% if %}\n");
    let run = workspace.run(&["build"]).expect(1);
    assert!(run.stderr.contains("templates/html/report.html:2"), "{}", run.stderr);
    let workspace = Workspace::small();
    workspace.file("templates/pdf/report.typ", "#let x = \n#unknown()");
    let run = workspace.run(&["build"]).expect(1);
    assert!(run.codes().contains(&"PDF002"), "{}", run.stderr);
}

#[cfg(unix)]
#[test]
fn a_reader_who_goes_away_does_not_stop_a_build() {
    let workspace = Workspace::small();
    let status = std::process::Command::new("sh")
        .arg("-c")
        .arg("\"$0\" build | true; \"$0\" explain | head -1")
        .arg(crate::workspace::program())
        .current_dir(workspace.path(""))
        .output()
        .unwrap();
    let said = String::from_utf8(status.stderr).unwrap();
    assert!(!said.contains("panicked"), "{said}");
    assert!(workspace.path("output/index.html").exists());
}

#[test]
fn a_workspace_without_templates_has_the_manifest_of_one_with_the_built_in_files() {
    let manifest = |workspace: &Workspace| {
        workspace.run(&["build"]).expect(0);
        workspace.read("output/liten/1.0/manifest.json")
    };
    let with = Workspace::small();
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("templates");
    for folder in ["html", "html/components", "html/site", "locales", "pdf", "fonts"] {
        for entry in std::fs::read_dir(root.join(folder)).unwrap().map(Result::unwrap) {
            if entry.file_type().unwrap().is_file() {
                let name = entry.file_name().into_string().unwrap();
                with.file(&format!("templates/{folder}/{name}"), std::fs::read(entry.path()).unwrap());
            }
        }
    }
    // Not shown where they differ: they are long.
    assert!(manifest(&Workspace::small()) == manifest(&with));
    // And it would show if one of them were another.
    with.file("templates/html/style.css", "/* another */\n");
    assert!(manifest(&Workspace::small()) != manifest(&with));
}
