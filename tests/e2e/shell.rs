//! What helps at the command line: completions, manual pages, the doctor, quiet runs, and names where paths are taken.

use std::process::Command;

use crate::workspace::{REPORT, Workspace};

#[test]
fn shells_complete_commands_and_options() {
    let workspace = Workspace::empty();
    for (shell, sign) in [
        ("bash", "complete -F"),
        ("zsh", "#compdef belagg"),
        ("fish", "complete -c belagg"),
        ("powershell", "Register-ArgumentCompleter"),
    ] {
        let script = workspace.run(&["completions", shell]).expect(0).stdout;
        assert!(script.contains(sign), "{shell}");
        assert!(["publish", "doctor", "conformance", "workspace"].iter().all(|word| script.contains(word)), "{shell}");
    }
    workspace.file("completions", workspace.run(&["completions", "bash"]).expect(0).stdout);
    let asked = "source ./completions; COMP_WORDS=(belagg pub); COMP_CWORD=1; _belagg belagg pub belagg; echo \"${COMPREPLY[*]}\"";
    let Ok(bash) = Command::new("bash").args(["-c", asked]).current_dir(workspace.path("")).output() else { return };
    assert_eq!(String::from_utf8(bash.stdout).unwrap().trim(), "publish", "{}", String::from_utf8_lossy(&bash.stderr));
}

#[test]
fn each_command_has_a_manual_page() {
    let workspace = Workspace::empty();
    workspace.run(&["man", "man"]).expect(2);
    std::fs::create_dir(workspace.path("man")).unwrap();
    let written = workspace.run(&["man", "man"]).expect(0).stdout;
    assert_eq!(written.lines().count(), workspace.files("man").len());
    let page = workspace.read("man/belagg-verify.1");
    assert!(page.contains(".TH belagg-verify 1") && page.contains("\\-\\-rebuild"), "{page}");
    assert!(workspace.read("man/belagg.1").contains("Exit codes: 0 done"));
}

#[test]
fn the_doctor_says_what_is_odd_and_what_to_do() {
    let workspace = Workspace::small();
    let told = workspace.run(&["doctor"]).expect(0).stdout;
    for line in [
        "fine    program     belagg ",
        "with 1 report",
        "Swedish (sv), English (en)",
        "the program's own",
        "output/ can be written",
    ] {
        assert!(told.contains(line), "{line} in\n{told}");
    }
    assert!(!workspace.path("output").exists(), "it leaves nothing");
    // What a build leaves there is no remnant; what a killed one left is.
    workspace.run(&["build"]).expect(0);
    assert!(!workspace.run(&["doctor"]).expect(0).stdout.contains("broken off"));
    workspace.file("output/.new-liten-1.0-4711/index.html", "");
    assert!(workspace.run(&["doctor"]).expect(0).stdout.contains("broken off"));
    std::fs::remove_dir_all(workspace.path("output")).unwrap();
    // A copy of a template, one that is changed, and a font.
    workspace.file("templates/pdf/theme.typ", std::fs::read("templates/pdf/theme.typ").unwrap());
    workspace.file("templates/html/own.css", "p { color: black; }");
    workspace.file("templates/html/brief.html", "{% extends \"builtin/report.html\" %}");
    workspace.file("templates/locales/sv.json", "{\"total\": \"Summa\"}");
    let told = workspace.run(&["doctor"]).expect(0).stdout;
    for line in [
        "odd     templates   the same as the program's own: pdf/theme.typ",
        "delete these copies",
        "stand before the program's: html/brief.html",
        "of names that the program has none of: html/own.css",
        "stand before the program's: templates/locales/sv.json",
    ] {
        assert!(told.contains(line), "{line} in\n{told}");
    }
    let swedish = workspace.run(&["doctor", "--lang", "sv"]).expect(0).stdout;
    assert!(swedish.contains("likadana som programmets egna: pdf/theme.typ"), "{swedish}");
    // What keeps a build from being made is wrong.
    workspace.file("templates/html/brief.html", "{% block %}");
    workspace.file("output", "a file");
    let run = workspace.run(&["doctor", "--format", "json"]).expect(1);
    let list: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    let wrong: Vec<&str> = list
        .as_array()
        .unwrap()
        .iter()
        .filter(|one| one["state"] == "wrong")
        .map(|one| one["what"].as_str().unwrap())
        .collect();
    assert_eq!(wrong, ["templates", "disk"], "{list}");
    let run = workspace.run(&["-C", "content/liten", "doctor"]).expect(1);
    assert!(run.stdout.contains("lies within a workspace"), "{}", run.stdout);
}

#[test]
fn a_quiet_run_says_what_is_wrong_and_what_was_asked_for() {
    let workspace = Workspace::small();
    let run = workspace.run(&["--quiet", "build"]).expect(0);
    assert_eq!((run.stdout.as_str(), run.stderr.as_str()), ("", ""));
    assert!(workspace.path("output/liten/1.0/liten.pdf").exists());
    assert!(workspace.run(&["audit", "-q"]).expect(0).stdout.contains("numbers bound"));
    workspace.chapter("# Resultat {#resultat}\n\nI {{ plans }} ärenden och {{ nothing }}.\n");
    let run = workspace.run(&["build", "--quiet"]).expect(1);
    assert!(run.stdout.is_empty() && run.stderr.starts_with("error[FIG001]"), "{}{}", run.stdout, run.stderr);
}

#[test]
fn reports_are_verified_by_the_names_that_other_commands_take() {
    let workspace = Workspace::small();
    let run = workspace.run(&["verify", "liten"]).expect(5);
    assert!(run.stdout.contains("is not published yet"), "{}", run.stdout);
    workspace.run(&["publish", "liten"]).expect(0);
    let elsewhere = Workspace::empty();
    let root = workspace.path("").display().to_string();
    for name in ["liten", "content/liten", "content/liten/"] {
        assert!(workspace.run(&["verify", name]).expect(0).stdout.starts_with("unchanged: output/liten/1.0"), "{name}");
        let run = elsewhere.run(&["-C", &root, "verify", name]).expect(0);
        assert!(run.stdout.contains("output/liten/1.0: all "), "{name}: {}", run.stdout);
    }
    let run = workspace.run(&["verify", "lite"]).expect(5);
    assert!(run.stderr.contains("nor is it the name of a report"), "{}", run.stderr);
    // A folder that makes several stands for all of them.
    let several = Workspace::empty();
    several.file("content/ort/data/orter.csv", "id;namn\nale;Ale\nbro;Bro\n");
    several.file(
        "content/ort/report.yaml",
        REPORT.replace("title: Liten rapport", "title: \"{{ param.namn }}\"\nfor-each: data/orter.csv"),
    );
    several.file("content/ort/kapitel.md", "# Resultat {#resultat}\n\nOrten heter {{ param.namn }}.\n");
    several.run(&["publish", "ort"]).expect(0);
    for name in ["ort", "content/ort"] {
        let told = several.run(&["verify", name]).expect(0).stdout;
        assert!(
            told.contains("output/ort-ale/1.0: all ") && told.contains("output/ort-bro/1.0: all "),
            "{name}: {told}"
        );
    }
}
