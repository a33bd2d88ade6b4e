//! `belagg check --fix`: what it writes, what it leaves, and that an author's file is never cut.

use crate::workspace::Workspace;

const CHAPTER: &str = "# Resultat {#resultat}\n\nI {{ plans | full }} finns en plan, se [](#table-visits).\n\n{{ table visits }}\n\n\
                       Rapporten bygger på 40 granskade ärenden... Andelen var 26% av dem.\n";
const MENDED: &str = "Rapporten bygger på {{ cases }} granskade ärenden… Andelen var 26\u{a0}% av dem.";

fn small() -> Workspace {
    let workspace = Workspace::small();
    workspace.chapter(CHAPTER);
    workspace
}

#[test]
fn what_is_certain_is_shown_and_written_only_when_it_is_asked_for() {
    let workspace = small();
    let run = workspace.run(&["check", "--fix"]).expect(0);
    assert!(run.stdout.contains(&format!("+{MENDED}")) && run.stdout.contains("nothing was written"), "{}", run.stdout);
    assert_eq!(workspace.read("content/liten/kapitel.md"), CHAPTER);
    let run = workspace.run(&["check", "--fix", "--yes"]).expect(0);
    assert!(run.stdout.contains("3 places in 1 file mended"), "{}", run.stdout);
    assert!(workspace.read("content/liten/kapitel.md").ends_with(&format!("{MENDED}\n")));
    assert_eq!(workspace.files("content/liten"), ["findings/alla.yaml", "kapitel.md", "report.yaml"]);
    let run = workspace.run(&["check", "--fix", "--yes"]).expect(0);
    assert!(run.stdout.contains("nothing to mend with certainty"), "{}", run.stdout);
}

#[test]
fn a_byte_order_mark_and_the_ends_of_lines_stay() {
    let workspace = small();
    let windows = CHAPTER.replace('\n', "\r\n");
    workspace.chapter(format!("\u{feff}{windows}"));
    workspace.run(&["check", "--fix", "--yes"]).expect(0);
    let mended = workspace.read("content/liten/kapitel.md");
    assert!(mended.starts_with("\u{feff}# Resultat {#resultat}\r\n") && mended.ends_with(&format!("{MENDED}\r\n")));
    assert_eq!(mended.matches('\n').count(), mended.matches("\r\n").count());
}

/// No file may grow beyond so many blocks of the shell: what a full disk does to a writer.
#[cfg(unix)]
fn limited(workspace: &Workspace, blocks: usize, arguments: &str) -> (i32, String) {
    let command = format!("trap '' XFSZ; ulimit -f {blocks}; exec '{}' {arguments}", crate::workspace::program());
    let output = std::process::Command::new("sh")
        .args(["-c", &command])
        .current_dir(workspace.path(""))
        .stdin(std::process::Stdio::null())
        .output()
        .unwrap();
    (output.status.code().unwrap_or(-1), String::from_utf8_lossy(&output.stderr).into_owned())
}

#[cfg(unix)]
#[test]
fn a_full_disk_leaves_the_file_as_it_was() {
    for blocks in [0, 1, 2] {
        let workspace = small();
        let long = format!("{CHAPTER}\n{}", "Det står mer här. ".repeat(200));
        workspace.chapter(&long);
        let (code, said) = limited(&workspace, blocks, "check --fix --yes");
        assert_eq!(code, 3, "{said}");
        assert!(said.contains("content/liten/kapitel.md cannot be mended and is as it was: File too large"), "{said}");
        assert_eq!(workspace.read("content/liten/kapitel.md"), long);
        assert_eq!(workspace.files("content/liten"), ["findings/alla.yaml", "kapitel.md", "report.yaml"]);
    }
}

#[cfg(unix)]
#[test]
fn a_new_report_or_key_that_cannot_be_written_leaves_nothing() {
    let workspace = small();
    let (code, said) = limited(&workspace, 0, "new inspection-report ny");
    assert_eq!(code, 3, "{said}");
    assert!(said.contains("nothing of the new report is left"), "{said}");
    assert!(!workspace.path("content/ny").exists());
    workspace.run(&["new", "inspection-report", "ny"]).expect(0);
    let (code, said) = limited(&workspace, 0, "key nyckel.key");
    assert_eq!(code, 3, "{said}");
    assert!(!workspace.path("nyckel.key").exists());
}

#[cfg(unix)]
#[test]
fn links_permissions_and_what_is_read_only_stay() {
    use std::os::unix::fs::{PermissionsExt as _, symlink};
    let workspace = small();
    let (chapter, other) = (workspace.path("content/liten/kapitel.md"), workspace.path("texter/ett.md"));
    workspace.file("texter/ett.md", CHAPTER);
    std::fs::remove_file(&chapter).unwrap();
    symlink("../../texter/ett.md", &chapter).unwrap();
    std::fs::set_permissions(&other, std::fs::Permissions::from_mode(0o604)).unwrap();
    workspace.run(&["check", "--fix", "--yes"]).expect(0);
    assert!(std::fs::symlink_metadata(&chapter).unwrap().is_symlink());
    assert!(workspace.read("texter/ett.md").contains(MENDED));
    assert_eq!(std::fs::metadata(&other).unwrap().permissions().mode() & 0o777, 0o604);

    workspace.file("texter/ett.md", CHAPTER);
    std::fs::set_permissions(&other, std::fs::Permissions::from_mode(0o444)).unwrap();
    let run = workspace.run(&["check", "--fix", "--yes"]).expect(3);
    assert!(run.stderr.contains("is as it was: the file is read-only"), "{}", run.stderr);
    std::fs::set_permissions(&other, std::fs::Permissions::from_mode(0o644)).unwrap();
    let folder = workspace.path("texter");
    std::fs::set_permissions(&folder, std::fs::Permissions::from_mode(0o555)).unwrap();
    let run = workspace.run(&["check", "--fix", "--yes"]).expect(3);
    assert!(run.stderr.contains("is as it was: its folder is read-only"), "{}", run.stderr);
    std::fs::set_permissions(&folder, std::fs::Permissions::from_mode(0o755)).unwrap();
    assert_eq!(workspace.read("texter/ett.md"), CHAPTER);
}

#[test]
fn a_file_that_cannot_be_read_as_text_is_left_and_said() {
    let workspace = small();
    workspace.chapter(b"# Resultat\n\nDet var 40 granskade \xe4renden...\n");
    let run = workspace.run(&["check", "--fix", "--yes"]).expect(1);
    assert!(run.stderr.contains("is not UTF-8"), "{}", run.stderr);
    assert_eq!(workspace.bytes("content/liten/kapitel.md"), b"# Resultat\n\nDet var 40 granskade \xe4renden...\n");
}

#[cfg(unix)]
#[test]
fn a_process_that_is_killed_while_it_writes_leaves_the_file_and_what_the_next_run_clears() {
    let workspace = small();
    let long = format!("{CHAPTER}\n{}", "Det står mer här. ".repeat(200));
    workspace.chapter(&long);
    let hidden = || {
        let names = std::fs::read_dir(workspace.path("content/liten")).unwrap();
        names.filter(|entry| entry.as_ref().unwrap().file_name().to_string_lossy().starts_with('.')).count()
    };
    // The system kills a process that writes beyond the limit, unless it says otherwise.
    let command = format!("ulimit -c 0; ulimit -f 1; exec '{}' check --fix --yes", crate::workspace::program());
    for next in [&["build"][..], &["check", "--fix", "--yes"]] {
        let mut killed = std::process::Command::new("sh");
        let status = killed.args(["-c", &command]).current_dir(workspace.path("")).output().unwrap().status;
        assert_eq!(status.code(), None, "it was killed by a signal: {status}");
        assert_eq!((workspace.read("content/liten/kapitel.md"), hidden()), (long.clone(), 1));
        workspace.run(next).expect(0);
        assert_eq!(hidden(), 0, "{next:?}");
    }
    assert!(workspace.read("content/liten/kapitel.md").contains(MENDED));
}

#[test]
fn the_figure_that_an_author_named_is_bound_and_not_the_row_that_says_the_same() {
    let workspace = small();
    let table = "tables:\n  base:\n    caption: Underlaget\n    stub: Underlag\n    columns: [women, men]\n    rows:\n      \
                 - {label: Granskade ärenden, women: 20, men: 20}\n      - {label: Intervjuer, women: 3, men: 4}\n    source: Granskningen\n";
    workspace.findings(table);
    workspace.chapter(format!("{CHAPTER}\n{{{{ table base }}}}\n"));
    workspace.run(&["check", "--fix", "--yes"]).expect(0);
    assert!(workspace.read("content/liten/kapitel.md").contains("på {{ cases }} granskade ärenden"));
    // A row with another value is another thing, and a doubt.
    workspace.findings(table.replace("women: 20", "women: 19"));
    workspace.chapter(format!("{CHAPTER}\n{{{{ table base }}}}\n"));
    let run = workspace.run(&["check", "--fix", "--yes"]).expect(0);
    assert!(run.stdout.contains("stands in the sentence as well"), "{}", run.stdout);
    assert!(workspace.read("content/liten/kapitel.md").contains("på 40 granskade ärenden"));
}

#[test]
fn amounts_are_bound_where_they_are_printed_as_they_were_typed_and_twins_are_no_doubt() {
    let workspace = small();
    workspace.findings(
        "figures:\n  grant: {label: bidrag från staten, amount: 450, unit: tkr}\n  \
         answers: {label: inkomna svar, count: 87, not-by-sex: Anonyma.}\n  \
         paper: {label: svar på papper, count: 50, not-by-sex: Anonyma.}\n  \
         web: {label: svar på webben, count: 37, not-by-sex: Anonyma.}\n  \
         all: {label: inkomna svar, sum: [paper, web]}\n",
    );
    let text = "Bidrag från staten uppgick till 450 tkr.\n\nSammanställningen bygger på 87 inkomna svar.\n";
    workspace.chapter(format!("{CHAPTER}\n{text}"));
    workspace.run(&["check", "--fix", "--yes"]).expect(0);
    let mended = workspace.read("content/liten/kapitel.md");
    assert!(
        mended.contains("uppgick till {{ grant }}.") && mended.contains("på {{ answers }} inkomna svar"),
        "{mended}"
    );
    // The same amount in another unit would be printed otherwise.
    workspace.chapter(format!("{CHAPTER}\nBidrag från staten uppgick till 450 000 kronor.\n"));
    let run = workspace.run(&["check", "--fix", "--yes"]).expect(0);
    assert!(run.stdout.contains("the binding would print it in another way"), "{}", run.stdout);
    assert!(workspace.read("content/liten/kapitel.md").contains("450 000 kronor"));
}
