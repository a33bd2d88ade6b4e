//! What stands beside the outputs tells nothing that they do not: hashes, records, packed inputs, packages for the archive.

use belagg::internal::sha256;

use crate::workspace::{FINDINGS, REPORT, Run, Workspace, copy};

const RECORD: &str = "content/liten/versions/1.0.yaml";
const INTERNAL: &str = "content/liten/versions/internal/1.0.yaml";
const PACK: &str = "content/liten/versions/internal/1.0.tar.gz";

const POLICY: &str = "disclosure: {persons: {minimum: 2}}\n";

const CASES: &str = "datasets:\n  acts: {label: akter, file: akter.csv, COUNTScolumns: {district: Område}}\n";

/// Rows whose last column no report reads.
fn rows(unread: &str) -> String {
    let row = |at: usize| format!("{at},{},{unread}\n", if at < 12 { "norr" } else { "soder" });
    format!("Nr,Område,Anteckning\n{}", (0..20).map(row).collect::<String>())
}

/// A report with extracts, a PDF that carries data, and sums that nobody is shown; `unseen` is in what readers do not get, and nothing else.
fn report(policy: &str, unseen: u32) -> Workspace {
    let workspace = Workspace::small();
    workspace.file("belagg.yaml", format!("{}{policy}# {unseen}\n", workspace.read("belagg.yaml")));
    let more = "attach-data: true\nextracts: units\ndecision-page: beside\ndecision: {by: Nämnden, date: 2024-03-01}\n";
    workspace.file("content/liten/report.yaml", format!("{REPORT}{more}# {unseen}\n"));
    let unused = format!("  unused: {{label: oanvänt, count: {unseen}}}\n  hidden: {{label: dolt, count: {unseen}}}\n");
    let decision = "decision: {figures: [], proposed: [Rapporten godkänns.], findings: [Planer saknas.]}\n";
    let findings = FINDINGS.replacen("tables:", &format!("{unused}{decision}tables:"), 1);
    workspace.file("content/liten/findings/alla.yaml", format!("{findings}# {unseen}\n"));
    let counts = if policy.is_empty() { "" } else { "counts: units, " };
    workspace.file("content/liten/findings/akter.yaml", CASES.replace("COUNTS", counts));
    workspace.file("content/liten/akter.csv", rows(&"x".repeat(unseen as usize)));
    workspace.chapter(
        "# Resultat {#resultat}\n\nI {{ plans }} ärenden, {{ plans | percent }}, finns en plan, se [](#table-visits).\n\n\
         {{ table visits }}\n<!-- inget -->\n",
    );
    workspace
}

fn protected(unseen: u32) -> Workspace {
    report(POLICY, unseen)
}

fn next(workspace: &Workspace) {
    let text = workspace.read("content/liten/report.yaml");
    let text = text.replace("\"1.0\"", "\"1.1\"").replace("status: published", "status: corrected");
    let changes = "changes:\n  - {type: correction, what: Antalet planer är rättat., why: Ett ärende hade fallit bort., concerns: [plans]}\n";
    workspace.file("content/liten/report.yaml", format!("{text}{changes}"));
    let findings = workspace.read("content/liten/findings/alla.yaml");
    workspace.file("content/liten/findings/alla.yaml", findings.replace("women: 16", "women: 17"));
}

fn all(workspace: &Workspace, folder: &str) -> Vec<(String, Vec<u8>)> {
    let files = workspace.files(folder);
    files.into_iter().map(|file| (file.clone(), workspace.bytes(&format!("{folder}/{file}")))).collect()
}

/// Names of the files in which two folders differ.
fn differing(one: &Workspace, other: &Workspace, folder: &str) -> Vec<String> {
    let (one, other) = (all(one, folder), all(other, folder));
    assert!(!one.is_empty() && one.len() == other.len(), "{folder}: {} and {} files", one.len(), other.len());
    let pairs = one.into_iter().zip(other);
    pairs.filter(|(one, other)| one != other).map(|((name, _), _)| name).collect()
}

fn key(workspace: &Workspace) -> String {
    let said = workspace.run(&["key", "secret.key"]).expect(0).stdout;
    said.lines().find_map(|line| line.strip_prefix("key: ")).unwrap().to_owned()
}

/// What everybody may have of a workspace, in another place.
fn public(workspace: &Workspace) -> Workspace {
    let elsewhere = Workspace::empty();
    copy(&workspace.path("output"), &elsewhere.path("output"));
    std::fs::remove_file(elsewhere.path("output/.lock")).unwrap_or_default();
    for path in ["content/ledger.yaml", RECORD, "content/liten/versions/1.1.yaml"] {
        if workspace.path(path).exists() {
            elsewhere.file(path, workspace.bytes(path));
        }
    }
    elsewhere
}

#[track_caller]
fn says(run: &Run, words: &str) {
    assert!(
        run.stdout.contains(words) || run.stderr.contains(words),
        "`{words}` is not said:\n{}{}",
        run.stdout,
        run.stderr
    );
}

fn members(package: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut archive = tar::Archive::new(package);
    let read = |entry: std::io::Result<tar::Entry<'_, &[u8]>>| {
        let mut entry = entry.unwrap();
        let path = entry.path().unwrap().to_str().unwrap().to_owned();
        let mut bytes = Vec::new();
        std::io::Read::read_to_end(&mut entry, &mut bytes).unwrap();
        (path, bytes)
    };
    archive.entries().unwrap().map(read).collect()
}

/// The hashes of all files of a workspace that hold data.
fn hashes(workspace: &Workspace) -> Vec<String> {
    let data = ["belagg.yaml".to_owned()].into_iter().chain(
        workspace
            .files("content/liten")
            .into_iter()
            .filter(|file| !file.starts_with("versions/"))
            .map(|file| format!("content/liten/{file}")),
    );
    data.chain([PACK.to_owned(), INTERNAL.to_owned()]).map(|path| sha256(&workspace.bytes(&path))).collect()
}

#[test]
fn public_files_depend_on_nothing_that_is_not_shown() {
    let twins = [protected(7), protected(8)];
    for command in [&["build"][..], &["publish", "liten"]] {
        twins.iter().for_each(|twin| drop(twin.run(command).expect(0)));
        assert_eq!(differing(&twins[0], &twins[1], "output"), [""; 0], "{command:?}");
    }
    assert_eq!(differing(&twins[0], &twins[1], "content/liten/versions"), ["internal/1.0.tar.gz", "internal/1.0.yaml"]);
    assert_eq!(twins[0].read("content/ledger.yaml"), twins[1].read("content/ledger.yaml"));
    // And so it stays from version to version.
    for twin in &twins {
        next(twin);
        twin.run(&["publish", "liten"]).expect(0);
        twin.run(&["export", "liten", "1.1", "--archive", "--public"]).expect(0);
    }
    assert_eq!(differing(&twins[0], &twins[1], "output"), [""; 0]);
    assert_eq!(
        differing(&twins[0], &twins[1], "content/liten/versions")
            .iter()
            .filter(|name| !name.starts_with("internal/"))
            .count(),
        0
    );
    assert_eq!(differing(&twins[0], &twins[1], "archive"), [""; 0]);
    // Without a policy the manifest and the record tell them apart, so that this test can fail.
    let twins = [report("", 7), report("", 8)];
    twins.iter().for_each(|twin| drop(twin.run(&["publish", "liten"]).expect(0)));
    assert!(differing(&twins[0], &twins[1], "output").contains(&"liten/1.0/manifest.json".to_owned()));
    assert!(differing(&twins[0], &twins[1], "content/liten/versions").contains(&"1.0.yaml".to_owned()));
}

#[test]
fn no_public_file_has_the_hash_of_data() {
    let workspace = protected(7);
    workspace.run(&["publish", "liten"]).expect(0);
    workspace.run(&["export", "liten", "1.0", "--archive", "--public"]).expect(0);
    let hashes = hashes(&workspace);
    assert!(hashes.len() > 6);
    let internal = workspace.read(INTERNAL);
    assert!(hashes.iter().filter(|hash| internal.contains(*hash)).count() > 5, "the internal record has them");
    let package = members(&workspace.bytes("archive/liten-1.0-public.tar"));
    let public =
        all(&workspace, "output").into_iter().chain(package).chain([(RECORD.to_owned(), workspace.bytes(RECORD))]);
    for (path, bytes) in public {
        let text = String::from_utf8_lossy(&bytes);
        assert!(!hashes.iter().any(|hash| text.contains(hash)), "{path} has the hash of data");
    }
    let manifest: serde_json::Value =
        serde_json::from_slice(&workspace.bytes("output/liten/1.0/manifest.json")).unwrap();
    let inputs: Vec<&str> =
        manifest["inputs"].as_array().unwrap().iter().map(|file| file["path"].as_str().unwrap()).collect();
    assert!(!inputs.is_empty() && inputs.iter().all(|path| path.starts_with("templates/")), "{inputs:?}");
    assert_eq!((&manifest["protected"], manifest.get("numbers")), (&true.into(), None));
}

#[test]
fn the_record_keeps_what_was_printed_and_nothing_behind_it() {
    let workspace = protected(7);
    workspace.run(&["publish", "liten"]).expect(0);
    let record = workspace.read(RECORD);
    for printed in ["25 / 62,5", "\"25\"", "Norr", "protected: true", "pack: null"] {
        let printed = printed.replace("62,5", "63\u{a0}procent");
        assert!(record.contains(&printed), "the record lacks {printed}:\n{record}");
    }
    // The women and men of a figure that is printed as a whole, and what is printed nowhere.
    for hidden in ["\"16\"", "\"9\"", "kvinnor och", "oanvänt", "\"7\"", "printed:", "125/2", "62.5"] {
        assert!(!record.contains(hidden), "the record has {hidden}:\n{record}");
    }
    let open = report("", 7);
    open.run(&["publish", "liten"]).expect(0);
    let record = open.read(RECORD);
    assert!(record.contains("\"16\"") && record.contains("oanvänt"), "without a policy it has all that it had");
}

#[test]
fn a_protected_version_is_built_again_verified_and_compared() {
    let workspace = protected(7);
    says(
        &workspace.run(&["publish", "liten"]).expect(0),
        "content/liten/versions/internal/ holds all data, hidden numbers too",
    );
    says(&workspace.run(&["publish", "liten"]).expect(0), "is published already");
    next(&workspace);
    says(&workspace.run(&["diff", "liten"]).expect(0), "25 / 63");
    workspace.run(&["publish", "liten"]).expect(0);
    let page = workspace.read("output/liten/1.1/index.html");
    assert!(page.contains("Ändringar i version 1.1") && page.contains("[r]"), "the account tells what has changed");
    assert!(!page.contains("(16 kvinnor"), "the account has parts that nobody was shown");
    for form in [&["verify"][..], &["verify", "--rebuild"], &["verify", INTERNAL], &["verify", PACK]] {
        let run = workspace.run(form).expect(0);
        assert!(run.stdout.lines().all(|line| line.starts_with("unchanged: ")), "{form:?}: {}", run.stdout);
    }
    let before = all(&workspace, "output");
    std::fs::remove_dir_all(workspace.path("output")).unwrap();
    let run = workspace.run(&["build"]).expect(0);
    assert_eq!(run.stdout.matches("the bytes are those of the ledger").count(), 8, "{}", run.stdout);
    assert!(before == all(&workspace, "output"), "output is as it was");
    // An unexplained change of what is printed is told, one of what is not is none.
    let findings = workspace.read("content/liten/findings/alla.yaml");
    workspace.file("content/liten/findings/alla.yaml", findings.replace("count: 7", "count: 6"));
    workspace.run(&["build", "liten"]).expect(0);
    workspace.file("content/liten/findings/alla.yaml", findings.replace("men: 9", "men: 10"));
    assert_eq!(workspace.run(&["build", "liten"]).expect(1).codes(), ["VER001"]);
}

#[test]
fn whoever_has_what_is_public_alone_can_verify_it() {
    let workspace = protected(7);
    let key = key(&workspace);
    workspace.file("belagg.yaml", format!("{}key: {key}\n", workspace.read("belagg.yaml")));
    workspace.run(&["publish", "liten", "--sign", "secret.key"]).expect(0);
    next(&workspace);
    workspace.run(&["publish", "liten", "--sign", "secret.key"]).expect(0);
    says(&workspace.run(&["verify"]).expect(0), "the signature is right");
    let elsewhere = public(&workspace);
    for form in [
        &["output/liten/1.1"][..],
        &["output/liten-norr/1.0", "output/liten/1.0/liten.pdf"],
        &["content/liten/versions/1.0.yaml"],
    ] {
        let run = elsewhere.run(&[&["verify", "--key", &key], form].concat()).expect(0);
        says(&run, "the signature is right");
        says(
            &run,
            "the internal record of liten 1.0 is not here: what it was made of, and whether it can be built again, was not checked",
        );
    }
    let swedish = elsewhere.run(&["verify", "--key", &key, "output/liten/1.1", "--lang", "sv"]).expect(0);
    says(&swedish, "den interna posten om liten 1.0 finns inte här");
    let run = elsewhere.run(&["verify", "--key", &key, "--rebuild", "output/liten/1.1"]);
    says(&run, "what liten 1.1 was made of is not public, and its internal record is not here");
    elsewhere.file("output/liten/1.1/data/visits.csv", "edited");
    says(&elsewhere.run(&["verify", "--key", &key, "output/liten/1.1"]).expect(1), "is not the file of liten 1.1");
}

#[test]
fn the_archive_copy_is_public_or_internal_and_never_by_chance() {
    let workspace = protected(7);
    let key = key(&workspace);
    workspace.file("belagg.yaml", format!("{}key: {key}\n", workspace.read("belagg.yaml")));
    for _ in 0..2 {
        workspace.run(&["publish", "liten", "--sign", "secret.key"]).expect(0);
        next(&workspace);
    }
    let asked = workspace.run(&["export", "liten", "1.0", "--archive"]).expect(2);
    says(&asked, "a disclosure policy stands for liten");
    says(&asked, "`--public`: for everybody");
    says(
        &workspace.run(&["export", "liten", "1.0", "--archive", "--lang", "sv"]).expect(2),
        "röjanderegler gäller för liten",
    );
    assert!(workspace.files("archive").is_empty());
    workspace.run(&["export", "liten", "1.0", "--archive", "--public", "--internal"]).expect(2);
    workspace.run(&["export", "liten", "1.0", "--public"]).expect(2);
    for copy in ["--public", "--internal"] {
        workspace.run(&["export", "liten", "1.0", "--archive", copy]).expect(0);
    }
    let (public, internal) = ("archive/liten-1.0-public.tar", "archive/liten-1.0.tar");
    let names =
        |package: &str| members(&workspace.bytes(package)).into_iter().map(|(path, _)| path).collect::<Vec<_>>();
    assert!(
        !names(public)
            .iter()
            .any(|path| path.contains("findings/") || path.contains("/internal/") || path.ends_with("belagg.yaml"))
    );
    assert!(names(public).contains(&"liten-1.0-public/publicerat/liten.pdf".to_owned()), "{:?}", names(public));
    assert!(names(internal).contains(&"liten-1.0/underlag/content/liten/akter.csv".to_owned()));
    assert!(names(internal).contains(&"liten-1.0/liggare/internal/1.0.yaml".to_owned()));
    let readme =
        members(&workspace.bytes(internal)).into_iter().find(|(path, _)| path.ends_with("README.txt")).unwrap().1;
    assert!(String::from_utf8(readme).unwrap().contains("INTERNT."));
    let elsewhere = Workspace::empty();
    for package in [public, internal] {
        says(&workspace.run(&["verify", package]).expect(0), "all ");
        elsewhere.file("package.tar", workspace.bytes(package));
        elsewhere.run(&["verify", "package.tar"]).expect(5);
        says(&elsewhere.run(&["verify", "package.tar", "--key", &key]).expect(0), "the signature is right");
        let mut forged = workspace.bytes(package);
        let at = forged.windows(13).position(|part| part == b"kind: \"inspec").unwrap();
        forged[at + 7] = b'k';
        elsewhere.file("package.tar", &forged);
        elsewhere.run(&["verify", "package.tar", "--key", &key]).expect(1);
    }
    // A public package in the place of the internal one, and the other way round.
    workspace.file(internal, workspace.bytes(public));
    says(&workspace.run(&["verify", internal]).expect(1), "in the place of another");
    // Whoever lacks the internal record cannot hold an internal package against it.
    workspace.run(&["export", "liten", "1.0", "--archive", "--internal"]).expect(0);
    std::fs::remove_dir_all(workspace.path("content/liten/versions/internal")).unwrap();
    says(&workspace.run(&["verify", internal]).expect(1), "the internal record is not here");
    says(&workspace.run(&["verify", public]).expect(0), "unchanged");
    says(
        &workspace.run(&["export", "liten", "1.0", "--archive", "--internal"]).expect(1),
        "is not public, and its internal record is not here",
    );
}

#[test]
fn a_version_from_before_the_policy_has_no_public_package_and_gives_none_away() {
    let workspace = report("", 7);
    workspace.run(&["publish", "liten"]).expect(0);
    workspace.run(&["export", "liten", "1.0", "--archive"]).expect(0);
    says(&workspace.run(&["export", "liten", "1.0", "--archive", "--public"]).expect(2), "without a disclosure policy");
    std::fs::remove_dir_all(workspace.path("archive")).unwrap();
    workspace.file("belagg.yaml", format!("{POLICY}{}", workspace.read("belagg.yaml")));
    says(&workspace.run(&["export", "liten", "1.0", "--archive"]).expect(2), "a disclosure policy stands for liten");
    next(&workspace);
    workspace.run(&["publish", "liten"]).expect(0);
    let page = workspace.read("output/liten/1.1/index.html");
    assert!(
        page.contains("[r]") && !page.contains("16 kvinnor") && !page.contains("oanvänt"),
        "what 1.0 did not print stays unprinted"
    );
    workspace.run(&["export", "liten", "1.1", "--archive", "--public"]).expect(0);
    let package = workspace.bytes("archive/liten-1.1-public.tar");
    let names: Vec<String> = members(&package).into_iter().map(|(path, _)| path).collect();
    assert!(
        names.iter().any(|name| name.ends_with("liggare/1.1.yaml"))
            && !names.iter().any(|name| name.ends_with("1.0.yaml")),
        "{names:?}"
    );
    let elsewhere = Workspace::empty();
    elsewhere.file("package.tar", package);
    says(&elsewhere.run(&["verify", "package.tar"]).expect(5), "every file is the one that its own records name");
    workspace.run(&["verify"]).expect(0);
}

#[test]
fn a_report_on_a_protected_one_is_protected_too() {
    let twins = [7, 8].map(|unseen| {
        let workspace = report("", unseen);
        let report = workspace.read("content/liten/report.yaml");
        workspace.file("content/liten/report.yaml", format!("{report}{POLICY}"));
        let other = REPORT.replace("Liten rapport", "Senare rapport");
        workspace.file("content/senare/report.yaml", format!("{other}reports: {{liten: \"1.0\"}}\n"));
        workspace
            .file("content/senare/kapitel.md", "# Resultat {#resultat}\n\nFörra gången {{ liten:plans }} ärenden.\n");
        workspace.run(&["publish", "liten"]).expect(0);
        workspace.run(&["publish", "senare"]).expect(0);
        workspace
    });
    assert_eq!(differing(&twins[0], &twins[1], "output"), [""; 0]);
    assert!(twins[0].path("content/senare/versions/internal/1.0.yaml").exists());
    twins[0].run(&["verify", "--rebuild"]).expect(0);
}

/// Attacks on what stays inside: by its name, what is done, and what is said of it.
type Attack = (&'static str, fn(&Workspace), &'static str);

const ATTACKS: &[Attack] = &[
    (
        "an edited internal record",
        |w| {
            w.file(INTERNAL, w.read(INTERNAL).replace("bytes: ", "bytes: 1"));
        },
        "its last line is not the hash",
    ),
    (
        "an internal record that was sealed again",
        |w| {
            w.file(INTERNAL, sealed(&w.read(INTERNAL).replacen("bytes: ", "bytes: 1", 1)));
        },
        "is not signed as its record is",
    ),
    (
        "an internal record without its signature",
        |w| {
            let text = w.read(INTERNAL);
            let (above, _) = text.split_once("# signature of the lines above").unwrap();
            w.file(INTERNAL, sealed(&format!("{above}# sha256")));
        },
        "is not signed as its record is: it is not signed",
    ),
    (
        "the internal record of another version",
        |w| {
            w.file(INTERNAL, w.read("content/liten/versions/internal/1.1.yaml"));
        },
        "it is the internal record of `liten` `1.1`",
    ),
    (
        "other packed inputs",
        |w| {
            w.file(PACK, w.bytes("content/liten/versions/internal/1.1.tar.gz"));
        },
        "are not the packed inputs of liten 1.0",
    ),
    (
        "packed inputs that are gone",
        |w| std::fs::remove_file(w.path(PACK)).unwrap(),
        "the packed inputs of liten 1.0 are not there",
    ),
];

fn sealed(text: &str) -> String {
    let (above, _) = text.rsplit_once("# sha256").unwrap();
    format!("{above}# sha256 of the lines above: {}\n", sha256(above.as_bytes()))
}

#[test]
fn what_stays_inside_is_proven_as_the_ledger_is() {
    let start = protected(7);
    let key = key(&start);
    start.file("belagg.yaml", format!("{}key: {key}\n", start.read("belagg.yaml")));
    start.run(&["publish", "liten", "--sign", "secret.key"]).expect(0);
    next(&start);
    start.run(&["publish", "liten", "--sign", "secret.key"]).expect(0);
    for (what, attack, words) in ATTACKS {
        let workspace = start.twin();
        attack(&workspace);
        let run = workspace.run(&["verify"]);
        assert_eq!(run.code, 1, "{what}: {}{}", run.stdout, run.stderr);
        says(&run, words);
    }
    // Without a key the next internal record still tells of a change of this one.
    let workspace = protected(7);
    workspace.run(&["publish", "liten"]).expect(0);
    next(&workspace);
    workspace.run(&["publish", "liten"]).expect(0);
    workspace.file(INTERNAL, sealed(&workspace.read(INTERNAL).replacen("bytes: ", "bytes: 1", 1)));
    let run = workspace.run(&["verify"]).expect(1);
    says(&run, "the internal record of version 1.0 is not the one that");
}
