//! A slip in belagg.yaml: every command tells it with file and line, and none goes on as if the file said nothing.

use crate::workspace::Workspace;

const SLIP: &str = "sitte: https://example.se\n";

/// The small report, published; then a key is mistyped in the last line of belagg.yaml.
fn published() -> Workspace {
    let workspace = Workspace::small();
    workspace.run(&["publish", "liten"]).expect(0);
    workspace.file("belagg.yaml", format!("{}{SLIP}", workspace.read("belagg.yaml")));
    workspace
}

#[test]
fn every_command_tells_it_though_no_report_is_loaded() {
    let workspace = published();
    for arguments in [
        &["build"][..],
        &["check"],
        &["check", "--links"],
        &["audit"],
        &["audit", "--propose"],
        &["disclose"],
        &["diff", "liten", "1.0"],
        &["verify"],
        &["export", "liten", "--web"],
        &["export", "liten", "1.0", "--web"],
        &["export", "liten", "--archive"],
        &["export", "liten", "--word"],
    ] {
        let run = workspace.run(arguments);
        assert!(run.code == 1, "{arguments:?}: {} {}{}", run.code, run.stdout, run.stderr);
        assert_eq!(run.codes(), ["KEY001"], "{arguments:?}: {}", run.stderr);
        assert!(run.stderr.contains(" --> belagg.yaml:2:1"), "{arguments:?}: {}", run.stderr);
    }
    assert!(!workspace.path("web").exists() && !workspace.path("archive").exists());
    let run = workspace.run(&["doctor"]).expect(1);
    assert!(run.stdout.contains("belagg.yaml, line 2: belagg.yaml has no key `sitte`"), "{}", run.stdout);
}

#[test]
fn verify_blames_belagg_yaml_and_not_the_ledger() {
    let workspace = published();
    let run = workspace.run(&["verify"]).expect(1);
    assert!(run.stdout.contains("not proven: output/liten/1.0: all "), "{}", run.stdout);
    assert!(run.stdout.contains("; but belagg.yaml has errors, so nothing tells which key"), "{}", run.stdout);
    assert!(!run.stdout.contains("ledger is not what was published"), "{}", run.stdout);
    assert!(run.stdout.contains("cannot be made again and compared: belagg.yaml has errors"), "{}", run.stdout);
    let run = workspace.run(&["verify", "content/ledger.yaml"]).expect(1);
    assert!(run.stdout.contains("not proven: content/ledger.yaml"), "{}", run.stdout);
    let run = workspace.run(&["verify", "--format", "json"]).expect(1);
    let list: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    let told = list.as_array().unwrap().last().unwrap();
    assert_eq!(
        (told["verdict"].as_str(), told["path"].as_str(), told["line"].as_u64()),
        (Some("workspace"), Some("belagg.yaml"), Some(2)),
        "{list}"
    );
}

#[test]
fn what_is_lost_is_not_restored_without_knowing_the_key() {
    let workspace = published();
    std::fs::remove_dir_all(workspace.path("output/liten")).unwrap();
    let run = workspace.run(&["build"]).expect(1);
    assert!(
        run.stderr.contains("output/liten/1.0 is missing and is not restored: belagg.yaml has errors"),
        "{}",
        run.stderr
    );
    assert!(!workspace.path("output/liten/1.0").exists());
    workspace.file("belagg.yaml", workspace.read("belagg.yaml").replace(SLIP, ""));
    workspace.run(&["build"]).expect(0);
    assert!(workspace.path("output/liten/1.0/liten.pdf").exists());
}
