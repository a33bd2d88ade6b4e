//! What others have put where the program writes, and builds that get in each other's way.

use crate::workspace::{Workspace, program};

/// Two small reports, of which the first is published.
fn two() -> Workspace {
    let workspace = Workspace::empty();
    for id in ["anna", "berit"] {
        report(&workspace, id, "1.0", "published", "Rapport");
        workspace
            .file(&format!("content/{id}/kapitel.md"), format!("# Resultat\n\nEnheten {id} har en plan för allt.\n"));
    }
    workspace.run(&["publish", "anna"]).expect(0);
    workspace
}

fn report(workspace: &Workspace, id: &str, version: &str, status: &str, title: &str) {
    let changes = if version == "1.0" { "" } else { "changes: [{type: revision, what: Nytt, why: Det var gammalt}]\n" };
    workspace.file(
        &format!("content/{id}/report.yaml"),
        format!(
            "kind: inspection-report\ntitle: {title} {id}\nversion: \"{version}\"\ndate: 2024-03-01\nstatus: {status}\n\
             imprint: {{reference: Dnr 1/2024, publisher: Exempelstad, contact: Kansliet}}\nchapters: [kapitel.md]\n{changes}"
        ),
    );
}

#[cfg(unix)]
mod links {
    use std::fs;
    use std::os::unix::fs::symlink;
    use std::path::Path;

    use super::{Workspace, report, two};

    /// Puts a link in the place of what lies there.
    fn link(workspace: &Workspace, to: &str, at: &str) {
        let at = workspace.path(at);
        let _ = fs::remove_dir_all(&at);
        symlink::<&Path, _>(to.as_ref(), &at).unwrap();
    }

    #[test]
    fn nothing_is_written_through_a_link_in_output() {
        for (to, at) in [
            ("1.0", "output/anna/latest"),
            ("anna/1.0", "output/kinds"),
            ("anna/1.0", "output/search"),
            ("../content", "output/years"),
            ("../content", "output/berit"),
        ] {
            let workspace = two();
            let (pdf, page) =
                (workspace.bytes("output/anna/1.0/anna.pdf"), workspace.read("output/anna/1.0/index.html"));
            link(&workspace, to, at);
            report(&workspace, "anna", "1.1", "revised", "Annan rapport");
            let run = workspace.run(&["build"]).expect(3);
            assert!(run.stderr.contains(at) && run.stderr.contains("remove the link"), "{at}: {}", run.stderr);
            assert_eq!(workspace.bytes("output/anna/1.0/anna.pdf"), pdf, "{at}");
            assert_eq!(workspace.read("output/anna/1.0/index.html"), page, "{at}");
            assert!(!workspace.path("content/2024.html").exists() && !workspace.path("content/1.0").exists());
            fs::remove_file(workspace.path(at)).unwrap();
            workspace.run(&["build"]).expect(0);
        }
    }

    #[test]
    fn what_a_build_lays_aside_goes_through_no_link() {
        let workspace = two();
        fs::rename(workspace.path("content/berit"), workspace.path("content/0")).unwrap();
        fs::create_dir_all(workspace.path(".built")).unwrap();
        link(&workspace, "../content", ".built/aside");
        workspace.run(&["build"]).expect(0);
        assert!(workspace.path("content/0/kapitel.md").exists() && !workspace.path("content/0.lock").exists());
        assert!(workspace.path("output/0/1.0/0.pdf").exists());
    }

    #[test]
    fn lists_follow_a_ledger_that_is_reached_by_a_link() {
        let workspace = two();
        fs::create_dir_all(workspace.path("ledgers")).unwrap();
        fs::rename(workspace.path("content/anna/versions"), workspace.path("ledgers/anna")).unwrap();
        link(&workspace, "../../ledgers/anna", "content/anna/versions");
        workspace.run(&["build"]).expect(0);
        // The record of a newer version comes from elsewhere, as out of version control.
        let other = workspace.twin();
        link(&other, "../../ledgers/anna", "content/anna/versions");
        report(&other, "anna", "1.1", "revised", "Annan rapport");
        other.run(&["publish", "anna"]).expect(0);
        for file in ["content/anna/report.yaml", "content/ledger.yaml", "ledgers/anna/1.1.yaml"] {
            workspace.file(file, other.read(file));
        }
        fs::copy(other.path("ledgers/anna/1.1.tar.gz"), workspace.path("ledgers/anna/1.1.tar.gz")).unwrap();
        workspace.run(&["build"]).expect(0);
        assert_eq!(workspace.read("output/anna/versions.html"), other.read("output/anna/versions.html"));
    }
}

#[test]
fn a_folder_of_somebody_elses_is_no_part() {
    let workspace = two();
    let other = tempfile::tempdir().unwrap();
    let to = other.path().to_str().unwrap();
    for (file, is_strange) in [("output/thesis.txt", "output"), (".git/HEAD", ".git")] {
        let place = other.path().join(file);
        std::fs::create_dir_all(place.parent().unwrap()).unwrap();
        std::fs::write(&place, "precious").unwrap();
        let run = workspace.run(&["build", "berit", "--out", to]).expect(3);
        assert!(run.stderr.contains(&format!("holds {is_strange}, and is no folder of a part")), "{}", run.stderr);
        assert_eq!(std::fs::read_to_string(&place).unwrap(), "precious");
        std::fs::remove_dir_all(place.parent().unwrap()).unwrap();
    }
    for _ in 0..2 {
        workspace.run(&["build", "berit", "--out", to]).expect(0);
    }
}

#[test]
fn what_a_build_leaves_need_not_be_written() {
    let workspace = two();
    std::fs::remove_dir_all(workspace.path(".built")).unwrap();
    workspace.file(".built", "no folder");
    workspace.run(&["build"]).expect(0);
    assert!(workspace.path("output/berit/1.0/berit.pdf").exists());
}

#[test]
fn what_is_published_elsewhere_is_held_against_what_lies_there() {
    let workspace = two();
    workspace.run(&["build"]).expect(0);
    let other = workspace.twin();
    report(&other, "berit", "1.0", "published", "Annan rapport");
    other.run(&["publish", "berit"]).expect(0);
    for file in ["content/berit/report.yaml", "content/berit/versions/1.0.yaml", "content/ledger.yaml"] {
        workspace.file(file, other.read(file));
    }
    std::fs::copy(other.path("content/berit/versions/1.0.tar.gz"), workspace.path("content/berit/versions/1.0.tar.gz"))
        .unwrap();
    let told = workspace.run(&["build"]).expect(0).stderr;
    assert_eq!(told.matches("warning[OUT005]").count(), 3, "{told}");
    assert_eq!(workspace.run(&["build"]).expect(0).stderr.matches("warning[OUT005]").count(), 3);
}

#[test]
fn damage_of_what_a_build_left_is_noticed_and_anew_reads_none_of_it() {
    let workspace = two();
    workspace.run(&["build"]).expect(0);
    let site = workspace.read("output/.site");
    let left = workspace.read(".built/lists");
    let at = left.find("\"output/berit/latest/index.html\":[\"").unwrap() + 120;
    let mut damaged = left.into_bytes();
    damaged[at] = if damaged[at] == b'0' { b'1' } else { b'0' };
    workspace.file(".built/lists", &damaged);
    for command in [&["build"][..], &["build", "--anew"]] {
        workspace.run(command).expect(0);
        assert_eq!(workspace.read("output/.site"), site);
    }
}

#[test]
fn a_published_report_that_is_gone_is_told() {
    let workspace = two();
    workspace.run(&["build"]).expect(0);
    std::fs::remove_dir_all(workspace.path("content/anna")).unwrap();
    for command in ["build", "check"] {
        let run = workspace.run(&[command]).expect(0);
        let told = "warning[VER010]: version 1.0 of anna was published, and the report is not there";
        assert!(run.stderr.contains(told), "{command}: {}", run.stderr);
        assert!(!workspace.run(&[command, "berit"]).stderr.contains("VER010"));
    }
}

#[test]
fn a_cache_lies_where_nothing_else_does() {
    let workspace = two();
    for folder in ["content", "output/cache"] {
        let place = workspace.path(folder);
        let run = workspace.run(&["build", "--cache", place.to_str().unwrap()]).expect(2);
        assert!(run.stderr.contains("cannot be a cache"), "{}", run.stderr);
    }
}

/// A build that waits for another to be done must not put what it has read before over what that has made.
#[cfg(unix)]
#[test]
fn a_build_that_waited_puts_nothing_older_over_what_was_built_meanwhile() {
    use std::process::{Child, Command, Stdio};

    let workspace = two();
    let begun = |run: usize| -> Child {
        let build = Command::new(program())
            .args(["--lang", "en", "build"])
            .current_dir(workspace.path(""))
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        // It has read all and made all, and waits.
        while !workspace.path(&format!(".built/aside/{run}/output/berit/1.0/manifest.json")).exists() {
            std::thread::sleep(std::time::Duration::from_millis(20));
        }
        build
    };
    let signal = |child: &Child, signal: &str| {
        assert!(Command::new("kill").args([signal, &child.id().to_string()]).status().unwrap().success());
    };
    let lock = std::fs::File::create(workspace.path("output/.lock")).unwrap();
    lock.lock().unwrap();
    report(&workspace, "berit", "1.0", "draft", "Gammal");
    let older = begun(0);
    signal(&older, "-STOP");
    report(&workspace, "berit", "1.0", "draft", "Ny");
    let mut newer = begun(1);
    drop(lock);
    assert!(newer.wait().unwrap().success());
    assert!(workspace.read("output/berit/1.0/index.html").contains("Ny berit"));
    signal(&older, "-CONT");
    let told = older.wait_with_output().unwrap();
    assert!(told.status.success());
    let told = String::from_utf8(told.stdout).unwrap();
    assert!(told.contains("berit: changed and built anew meanwhile, stays as it is"), "{told}");
    for page in ["output/berit/1.0/index.html", "output/index.html"] {
        let text = workspace.read(page);
        assert!(text.contains("Ny berit") && !text.contains("Gammal berit"), "{page}");
    }
    workspace.run(&["build"]).expect(0);
    assert!(workspace.read("output/berit/1.0/index.html").contains("Ny berit"));
}
