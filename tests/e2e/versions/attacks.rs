//! Every attack that docs/threats.md names, carried out with the program's own code and a forger's patience: none may be told to be unchanged.

use std::collections::BTreeMap;

use belagg::internal::heads::{self, Newest};
use belagg::internal::sha256;
use belagg::internal::signature::{Signer, new_pair};

use super::{CHANGES, next};
use crate::workspace::{Run, Workspace};

const FIRST: &str = "content/liten/versions/1.0.yaml";
const NEWEST: &str = "content/liten/versions/1.1.yaml";
const LIST: &str = "content/ledger.yaml";

/// Every form of `verify` that a reader of version 1.1 may use.
const FORMS: [&[&str]; 15] = [
    &[],
    &["--rebuild"],
    &["liten"],
    &["output"],
    &["output/liten"],
    &["output/liten/1.1"],
    &["output/liten/1.1/liten.pdf"],
    &["output/liten/1.1/index.html"],
    &["output/liten/1.1/data/visits.csv"],
    &["output/liten/versions.html"],
    &["content/liten"],
    &[NEWEST],
    &["content/liten/versions/1.1.tar.gz"],
    &[LIST],
    &["archive/liten-1.1.tar"],
];

/// Versions 1.0 and 1.1, signed with the key that belagg.yaml names, and their packages.
fn signed() -> Workspace {
    let workspace = Workspace::small();
    let said = workspace.run(&["key", "secret.key"]).expect(0).stdout;
    let key = said.lines().find(|line| line.starts_with("key: ")).unwrap();
    workspace.file("belagg.yaml", format!("{}{key}\n", workspace.read("belagg.yaml")));
    publish_both(&workspace, &["--sign", "secret.key"]);
    for form in FORMS {
        let run = verified(&workspace, form).expect(0);
        assert!(run.stdout.lines().all(|line| line.starts_with("unchanged: ")), "{form:?}: {}", run.stdout);
        assert!(run.stdout.contains("the signature is right"), "{form:?}: {}", run.stdout);
    }
    workspace
}

fn publish_both(workspace: &Workspace, more: &[&str]) {
    let publish = [&["publish", "liten"], more].concat();
    workspace.run(&publish).expect(0);
    next(workspace, CHANGES);
    workspace.run(&publish).expect(0);
    for version in ["1.0", "1.1"] {
        workspace.run(&["export", "liten", version, "--archive"]).expect(0);
    }
}

fn verified(workspace: &Workspace, form: &[&str]) -> Run {
    workspace.run(&[&["verify"], form].concat())
}

/// Nothing may be called unchanged, and no signature right; `words` are said.
#[track_caller]
fn refused(run: Run, what: &str, words: &str) {
    let said = format!("{}{}", run.stdout, run.stderr);
    assert_ne!(run.code, 0, "{what}: {said}");
    assert!(!run.stdout.contains("unchanged: ") && !said.contains("the signature is right"), "{what}: {said}");
    assert!(said.contains(words), "{what}: `{words}` is not told:\n{said}");
}

fn edit(workspace: &Workspace, path: &str, change: impl Fn(&str) -> String) {
    let text = workspace.read(path);
    let changed = change(&text);
    assert_ne!(text, changed, "{path} was not changed");
    workspace.file(path, changed);
}

/// A text with its last line made right again.
fn sealed(text: &str) -> String {
    let (above, _) = text.rsplit_once("# sha256").unwrap();
    format!("{above}# sha256 of the lines above: {}\n", sha256(above.as_bytes()))
}

fn replaced(workspace: &Workspace, path: &str, old: &str, new: &str) {
    edit(workspace, path, |text| {
        assert!(text.contains(old), "{path} has no {old}");
        sealed(&text.replacen(old, new, 1))
    });
}

/// A record or list as nobody had signed it.
fn stripped(text: &str) -> String {
    let (above, _) = text.split_once("# signature of the lines above").unwrap();
    let lines = above.lines().filter(|line| !line.starts_with("keys: "));
    let lines = lines.map(|line| if line.starts_with("signature: ") { "signature: null" } else { line });
    sealed(&format!("{}\n# sha256", lines.collect::<Vec<_>>().join("\n")))
}

/// Writes the list anew, naming what lies there.
fn relisted(workspace: &Workspace, version: &str, signer: Option<&Signer>) {
    let record = workspace.bytes(&format!("content/liten/versions/{version}.yaml"));
    let newest = Newest { report: "liten".into(), version: version.into(), sha256: sha256(&record) };
    workspace.file(LIST, heads::write(vec![newest], signer).unwrap());
}

fn forger() -> Signer {
    Signer::read(&new_pair().unwrap().0).unwrap()
}

fn remove(workspace: &Workspace, paths: &[&str]) {
    for path in paths {
        let path = workspace.path(path);
        if path.is_dir() { std::fs::remove_dir_all(path).unwrap() } else { std::fs::remove_file(path).unwrap() }
    }
}

/// All published again by somebody without the key; belagg.yaml is put back afterwards.
fn published_again(workspace: &Workspace, own_key: bool) {
    let settings = workspace.read("belagg.yaml");
    remove(workspace, &["content/liten/versions", "output", "archive", LIST]);
    let (rules, _) = settings.split_once("key: ").unwrap();
    workspace.file("belagg.yaml", rules);
    let small = Workspace::small();
    for file in ["content/liten/report.yaml", "content/liten/findings/alla.yaml", "content/liten/kapitel.md"] {
        workspace.file(file, small.bytes(file));
    }
    if own_key {
        workspace.run(&["key", "own.key"]).expect(0);
        publish_both(workspace, &["--sign", "own.key"]);
    } else {
        publish_both(workspace, &[]);
    }
    workspace.file("belagg.yaml", settings);
}

type Attack = (&'static str, &'static str, fn(&Workspace));

const ON_THE_LEDGER: &[Attack] = &[
    ("a record resealed after it was signed", "the signature of liten 1.1 is wrong", |w| {
        replaced(w, NEWEST, "date: \"2024-05-02\"", "date: \"2024-05-03\"");
    }),
    ("resealed, and the list written anew", "the signature of liten 1.1 is wrong", |w| {
        replaced(w, NEWEST, "date: \"2024-05-02\"", "date: \"2024-05-03\"");
        relisted(w, "1.1", None);
    }),
    ("a record without its signature", "version 1.1 is not signed, and version 1.0 before it is", |w| {
        edit(w, NEWEST, stripped);
    }),
    ("a record without its signature, and the list written anew", "version 1.1 is not signed", |w| {
        edit(w, NEWEST, stripped);
        relisted(w, "1.1", None);
    }),
    ("a record with half of its signature", "a part of its signature is missing", |w| {
        edit(w, NEWEST, |text| {
            let (above, _) = text.split_once("# signature of the lines above").unwrap();
            sealed(&format!("{above}# sha256"))
        });
    }),
    ("all records without signatures", "not signed", |w| {
        edit(w, FIRST, stripped);
        let first = sha256(&w.bytes(FIRST));
        edit(w, NEWEST, |text| {
            let (above, rest) = stripped(text)
                .split_once("previous:\n  version: \"1.0\"\n  sha256: \"")
                .map(|(a, b)| (a.to_owned(), b.to_owned()))
                .unwrap();
            sealed(&format!("{above}previous:\n  version: \"1.0\"\n  sha256: \"{first}{}", &rest[64..]))
        });
        relisted(w, "1.1", None);
    }),
    ("a comment in a signed record", "is no record that this program wrote", |w| {
        replaced(w, NEWEST, "decision: null", "decision: null # by nobody");
    }),
    ("a line of comment in what it says", "is no record that this program wrote", |w| {
        replaced(w, NEWEST, "\ninputs:", "\n# more\ninputs:");
    }),
    ("an unknown key in a signed record", "is no record that this program wrote", |w| {
        replaced(w, NEWEST, "decision: null", "decision: null\nmore: true");
    }),
    ("an unknown key in what it says", "is no record that this program wrote", |w| {
        replaced(w, NEWEST, "\noutputs:", "\nmore: true\noutputs:");
    }),
    ("another way to write a value", "is no record that this program wrote", |w| {
        replaced(w, NEWEST, "language: \"sv\"", "language: sv");
    }),
    ("a comment that minisign does not sign", "is none", |w| {
        replaced(w, NEWEST, "# untrusted comment: signature of belagg", "# untrusted comment: signature of somebody");
    }),
    ("the signature of another version", "the signature of liten 1.1 is wrong", |w| {
        let other = w.read(FIRST);
        let (_, other) = other.split_once("# signature of the lines above").unwrap();
        edit(w, NEWEST, |text| {
            let (above, _) = text.split_once("# signature of the lines above").unwrap();
            sealed(&format!("{above}# signature of the lines above{other}"))
        });
        relisted(w, "1.1", None);
    }),
    ("signed with another key that the record itself names", "the signature of liten 1.1 is wrong", |w| {
        let own = forger();
        edit(w, NEWEST, |text| {
            let (above, _) = text.split_once("# signature of the lines above").unwrap();
            let at = above.find("keys: [").unwrap();
            let line = above[at..].lines().next().unwrap();
            let content = above.replace(line, &format!("keys: [\"{}\"]", own.public()));
            let signed = own.sign(content.as_bytes(), "liten 1.1, record").unwrap();
            let signed: String = signed.lines().map(|line| format!("# {line}\n")).collect();
            sealed(&format!("{content}# signature of the lines above, in the form of minisign:\n{signed}# sha256"))
        });
        relisted(w, "1.1", Some(&own));
    }),
    ("the whole ledger published again without the key", "is not signed", |w| published_again(w, false)),
    ("the whole ledger published again with another key", "another key", |w| published_again(w, true)),
    (
        "the newest version taken away, record, pack and output",
        "version 1.1 of liten was published, and its record is not there",
        |w| {
            remove(w, &[NEWEST, "content/liten/versions/1.1.tar.gz", "output/liten/1.1"]);
        },
    ),
    ("the same, and the list written anew", "is not signed", |w| {
        remove(w, &[NEWEST, "content/liten/versions/1.1.tar.gz", "output/liten/1.1"]);
        relisted(w, "1.0", None);
    }),
    ("the whole ledger taken away", "the whole ledger is not there", |w| {
        remove(w, &["content/liten/versions", "output/liten"]);
    }),
    ("the whole report taken away", "the report is not there", |w| {
        remove(w, &["content/liten", "output/liten"]);
    }),
    ("the list taken away", "`content/ledger.yaml` is missing", |w| remove(w, &[LIST])),
    ("the list without its signature", "`content/ledger.yaml` is not signed", |w| edit(w, LIST, stripped)),
    ("the list signed with another key", "it was made with another key", |w| relisted(w, "1.1", Some(&forger()))),
    ("the list edited", "was changed after it was written", |w| {
        edit(w, LIST, |text| text.replace("\"1.1\"", "\"1.0\""));
    }),
    ("a comment in the list", "is not what `belagg publish` wrote", |w| {
        replaced(w, LIST, "schema: 1", "schema: 1 # more");
    }),
    ("a name more in the list", "the signature of `content/ledger.yaml` is wrong", |w| {
        let hash = "0".repeat(64);
        let more = format!("reports:\n  - report: \"brev\"\n    version: \"1.0\"\n    sha256: \"{hash}\"");
        replaced(w, LIST, "reports:", &more);
    }),
    ("an older record resealed", "is not the record that version 1.1 was published after", |w| {
        replaced(w, FIRST, "date: \"2024-03-01\"", "date: \"2024-02-01\"");
    }),
    ("an older record taken away", "the record of version 1.0 is missing", |w| remove(w, &[FIRST])),
    ("the record of 1.0 in the place of 1.1's", "does not belong here", |w| {
        w.file(NEWEST, w.bytes(FIRST));
    }),
    ("no key in belagg.yaml, and the newest without its signature", "version 1.1 is not signed", |w| {
        edit(w, "belagg.yaml", |text| text.split_once("key: ").unwrap().0.to_owned());
        edit(w, NEWEST, stripped);
        relisted(w, "1.1", None);
    }),
    ("a belagg.yaml that cannot be read", "not proven", |w| {
        edit(w, "belagg.yaml", |text| text.replace("key: RW", "key: XX"));
    }),
];

#[test]
fn no_form_of_verify_believes_a_forged_ledger() {
    let workspace = signed();
    for (what, words, forge) in ON_THE_LEDGER {
        let forged = workspace.twin();
        forge(&forged);
        let mut told = false;
        for form in FORMS {
            let run = verified(&forged, form);
            told |= format!("{}{}", run.stdout, run.stderr).contains(words);
            refused(run, &format!("{what}, verify {form:?}"), "");
        }
        assert!(told, "{what}: `{words}` is not told by any form");
        refused(verified(&forged, &[]), what, words);
    }
}

/// What lies in `output/`: form, words.
type Misplaced = (&'static str, &'static str, &'static str, fn(&Workspace));

const ON_THE_OUTPUT: &[Misplaced] = &[
    (
        "a whole folder of 1.0 in the place of 1.1",
        "output/liten/1.1",
        "holds liten 1.0, in the place of liten 1.1",
        |w| {
            remove(w, &["output/liten/1.1"]);
            copied(w, "output/liten/1.0", "output/liten/1.1");
        },
    ),
    (
        "a page of 1.0 in the place of 1.1's",
        "output/liten/1.1/index.html",
        "is index.html of liten 1.0, in the place of `index.html` of liten 1.1",
        |w| {
            w.file("output/liten/1.1/index.html", w.bytes("output/liten/1.0/index.html"));
        },
    ),
    (
        "a signature of 1.0 in the place of 1.1's",
        "output/liten/1.1/manifest.json.minisig",
        "is manifest.json.minisig of liten 1.0, in the place of",
        |w| {
            w.file("output/liten/1.1/manifest.json.minisig", w.bytes("output/liten/1.0/manifest.json.minisig"));
        },
    ),
    ("a data file under another name", "output/liten/1.1/data/visits.csv", "in the place of", |w| {
        w.file("output/liten/1.1/data/visits.csv", w.bytes("output/liten/1.1/data/visits.json"));
    }),
    ("an edited page", "output/liten/1.1/index.html", "changed after publication", |w| {
        edit(w, "output/liten/1.1/index.html", |text| text.replace("Liten rapport", "Stor rapport"));
    }),
    ("an edited manifest", "output/liten/1.1/manifest.json", "changed after publication", |w| {
        edit(w, "output/liten/1.1/manifest.json", |text| text.replace("\"published\": true", "\"published\": false"));
    }),
    ("a file more", "output/liten/1.1", "was not published with liten 1.1", |w| {
        w.file("output/liten/1.1/data/more.csv", "a");
    }),
    ("a file less", "output/liten/1.1", "was published and is not there", |w| {
        remove(w, &["output/liten/1.1/data/visits.csv"]);
    }),
    (
        "packed inputs of another version",
        "content/liten/versions/1.1.tar.gz",
        "is the packed inputs of liten 1.0, in the place of",
        |w| {
            w.file("content/liten/versions/1.1.tar.gz", w.bytes("content/liten/versions/1.0.tar.gz"));
        },
    ),
    (
        "the package of 1.0 in the place of 1.1's",
        "archive/liten-1.1.tar",
        "is a package of liten 1.0, in the place of another",
        |w| {
            w.file("archive/liten-1.1.tar", w.bytes("archive/liten-1.0.tar"));
        },
    ),
    ("a copy of 1.0 that is called 1.1", "copy", "is called as version 1.1 is", |w| {
        copied(w, "output/liten/1.0", "copy/liten/1.1");
    }),
    ("a link in the place of a file", "output/liten/1.1", "is a link or no file", |w| {
        std::fs::rename(w.path("output/liten/1.1/liten.pdf"), w.path("kept.pdf")).unwrap();
        linked(w, "../../../kept.pdf", "output/liten/1.1/liten.pdf");
    }),
    (
        "a link to the folder of 1.0 in the place of 1.1",
        "output/liten/1.1",
        "holds liten 1.0, in the place of liten 1.1",
        |w| {
            remove(w, &["output/liten/1.1"]);
            linked(w, "1.0", "output/liten/1.1");
        },
    ),
    // What lies beside the versions.
    ("a forged notice", "output/liten/1.0.notice.html", "is not what is made from the ledgers", |w| {
        edit(w, "output/liten/1.0.notice.html", |text| text.replace("1.1", "1.0"));
    }),
    ("a forged list of versions", "output/liten/versions.html", "is not what is made from the ledgers", |w| {
        edit(w, "output/liten/versions.html", |text| text.replace("Ett ärende hade fallit bort.", "Ingen anledning."));
    }),
    ("a forged way to the newest version", "output/liten/index.html", "is not what is made from the ledgers", |w| {
        edit(w, "output/liten/index.html", |text| text.replace("1.1/index.html", "1.0/index.html"));
    }),
    ("a forged way from an older section", "output/liten/1.0.html", "is not what is made from the ledgers", |w| {
        edit(w, "output/liten/1.0.html", |text| text.replace("#resultat", "#annat"));
    }),
    ("a forged feed", "output/feed.xml", "is not what is made from the ledgers", |w| {
        edit(w, "output/feed.xml", |text| text.replace("(rättad)", "(publicerad)"));
    }),
    ("a forged list of reports", "output/index.html", "is not what is made from the ledgers", |w| {
        edit(w, "output/index.html", |text| text.replace("liten/1.1", "liten/1.0"));
    }),
    ("a forged style", "output/assets/style.css", "is not what is made from the ledgers", |w| {
        edit(w, "output/assets/style.css", |text| format!("{text} main {{ display: none }}"));
    }),
    ("a page more beside the versions", "output/liten/1.2.html", "unknown", |w| {
        w.file("output/liten/1.2.html", "<p>A newer version</p>");
    }),
    ("a folder more beside the versions", "output/liten/2.0", "unknown", |w| {
        w.file("output/liten/2.0/index.html", "<p>A newer version</p>");
    }),
];

fn copied(workspace: &Workspace, from: &str, to: &str) {
    for file in workspace.files(from) {
        workspace.file(&format!("{to}/{file}"), workspace.bytes(&format!("{from}/{file}")));
    }
}

fn linked(workspace: &Workspace, to: &str, from: &str) {
    #[cfg(unix)]
    std::os::unix::fs::symlink(to, workspace.path(from)).unwrap();
    #[cfg(not(unix))]
    let _ = (workspace, to, from);
}

#[cfg(unix)]
#[test]
fn what_lies_in_output_is_held_against_its_place() {
    let workspace = signed();
    for (what, form, words, forge) in ON_THE_OUTPUT {
        let forged = workspace.twin();
        forge(&forged);
        refused(verified(&forged, &[form]), what, words);
        // The whole and the report find it too, wherever it is; only copies are nobody's but theirs who look at them.
        if form.starts_with("output/") || form.starts_with("content/") {
            for whole in [&[][..], &["liten"], &["output"]] {
                let shared = ["output/feed.xml", "output/index.html", "output/assets/style.css"].contains(form);
                if !(shared && whole == ["liten"]) {
                    assert_eq!(verified(&forged, whole).code, 1, "{what}: verify {whole:?}");
                }
            }
        }
    }
    // A copy of all of it, as a website has it, is as good; and as bad.
    copied(&workspace, "output", "site");
    let _ = std::fs::remove_file(workspace.path("site/.lock"));
    verified(&workspace, &["site"]).expect(0);
    edit(&workspace, "site/liten/versions.html", |text| text.replace("1.1", "1.2"));
    assert!(verified(&workspace, &["site"]).expect(1).stdout.contains("unknown: site/liten/versions.html"));
    // Missing pages are named, and made again by a build.
    remove(&workspace, &["output/liten/versions.html", "output/feed.xml"]);
    let run = verified(&workspace, &[]).expect(1);
    assert!(
        run.stdout.contains("missing: output/liten/versions.html") && run.stdout.contains("missing: output/feed.xml")
    );
    workspace.run(&["build"]).expect(0);
    verified(&workspace, &[]).expect(0);
}

/// Members of a package, by their paths.
fn members(tar: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut archive = tar::Archive::new(tar);
    let read = |entry: std::io::Result<tar::Entry<'_, &[u8]>>| {
        let mut entry = entry.unwrap();
        let path = entry.path().unwrap().to_string_lossy().into_owned();
        let mut bytes = Vec::new();
        std::io::Read::read_to_end(&mut entry, &mut bytes).unwrap();
        (path, bytes)
    };
    archive.entries().unwrap().map(read).collect()
}

/// A package with these members, written as `belagg export` does.
fn packed(members: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut builder = tar::Builder::new(Vec::new());
    builder.mode(tar::HeaderMode::Deterministic);
    for (path, bytes) in members {
        let mut header = tar::Header::new_ustar();
        header.set_size(bytes.len() as u64);
        header.set_mode(0o644);
        header.set_mtime(0);
        header.set_uid(0);
        header.set_gid(0);
        if path.starts_with('/') || path.contains("..") {
            let name = path.as_bytes();
            header.as_old_mut().name[..name.len()].copy_from_slice(name);
            header.set_cksum();
            builder.append(&header, bytes.as_slice()).unwrap();
        } else {
            builder.append_data(&mut header, path, bytes.as_slice()).unwrap();
        }
    }
    builder.into_inner().unwrap()
}

/// Members with the checksums made right again, and in their order.
fn summed(mut members: Vec<(String, Vec<u8>)>) -> Vec<(String, Vec<u8>)> {
    const SUMS: &str = "liten-1.1/kontrollsummor.sha256";
    members.retain(|(path, _)| path != SUMS);
    members.sort();
    let sums =
        members.iter().map(|(path, bytes)| format!("{}  {}\n", sha256(bytes), path.trim_start_matches("liten-1.1/")));
    let sums = sums.collect::<String>().into_bytes();
    members.push((SUMS.to_owned(), sums));
    members.sort();
    members
}

type Members = Vec<(String, Vec<u8>)>;

fn with(mut members: Members, name: &str, change: impl Fn(&str) -> String) -> Members {
    let found = members.iter_mut().find(|(path, _)| path.ends_with(name)).unwrap();
    let text = String::from_utf8_lossy(&found.1).into_owned();
    let changed = change(&text);
    assert_ne!(text, changed);
    found.1 = changed.into_bytes();
    members
}

type Repacked = (&'static str, &'static str, fn(Members) -> Vec<u8>);

const ON_PACKAGES: &[Repacked] = &[
    ("a forged README", "README.txt` was changed", |m| {
        packed(&with(m, "README.txt", |text| text.replace("1.1", "1.2")))
    }),
    ("a forged README, checksums made right", "README.txt` was changed", |m| {
        packed(&summed(with(m, "README.txt", |text| format!("{text}more\n"))))
    }),
    ("forged checksums", "kontrollsummor.sha256` was changed", |m| {
        packed(&with(m, ".sha256", |text| text.replace('a', "b")))
    }),
    ("a forged page, checksums made right", "index.html` was changed", |m| {
        packed(&summed(with(m, "publicerat/index.html", |text| text.replace("Liten", "Stor"))))
    }),
    ("forged inputs", "kapitel.md` was changed", |m| {
        packed(&summed(with(m, "kapitel.md", |text| format!("{text}more\n"))))
    }),
    ("a forged older record", "liggare/1.0.yaml", |m| {
        packed(&summed(with(m, "liggare/1.0.yaml", |text| sealed(&text.replace("2024-03-01", "2024-02-01")))))
    }),
    ("an older record that is none", "1.0", |m| {
        packed(&summed(with(m, "liggare/1.0.yaml", |text| text.replace("# Ledger", "# ledger"))))
    }),
    ("without an older record", "1.0", |m| {
        packed(&summed(m.into_iter().filter(|(path, _)| !path.ends_with("1.0.yaml")).collect()))
    }),
    ("without its record", "liten-1.1", |m| {
        packed(&summed(m.into_iter().filter(|(path, _)| !path.ends_with("1.1.yaml")).collect()))
    }),
    ("a file less, checksums made right", "visits.csv` is missing", |m| {
        packed(&summed(m.into_iter().filter(|(path, _)| !path.ends_with("visits.csv")).collect()))
    }),
    ("without its signature", "manifest.json.minisig` is missing", |m| {
        packed(&summed(m.into_iter().filter(|(path, _)| !path.ends_with(".minisig")).collect()))
    }),
    ("two files that changed places", "was changed", |mut m| {
        let csv = m.iter().position(|(path, _)| path.ends_with("visits.csv")).unwrap();
        let json = m.iter().position(|(path, _)| path.ends_with("visits.json")).unwrap();
        let kept = m[csv].1.clone();
        m[csv].1 = m[json].1.clone();
        m[json].1 = kept;
        packed(&summed(m))
    }),
    ("a file more", "`liten-1.1/publicerat/more.html` was not in it", |mut m| {
        m.push(("liten-1.1/publicerat/more.html".into(), b"more".to_vec()));
        packed(&summed(m))
    }),
    ("a file more, the name of an input at its end", "was not in it", |mut m| {
        m.push(("liten-1.1/more/content/liten/kapitel.md".into(), b"more".to_vec()));
        packed(&summed(m))
    }),
    ("a file twice, another the second time", "is in it twice", |mut m| {
        let index = m.iter().position(|(path, _)| path.ends_with("index.html")).unwrap();
        let path = m[index].0.clone();
        m.insert(index, (path, b"forged".to_vec()));
        packed(&m)
    }),
    ("a path that leads out", "is no path that belongs there", |mut m| {
        m.push(("liten-1.1/../../evil".into(), b"more".to_vec()));
        packed(&m)
    }),
    ("a path from the root", "is no path that belongs there", |mut m| {
        m.push(("/etc/evil".into(), b"more".to_vec()));
        packed(&m)
    }),
    ("a second folder", "do not lie in one folder", |mut m| {
        m.push(("liten-1.2/more".into(), b"more".to_vec()));
        packed(&m)
    }),
    ("a link", "is a link", |m| special(&m, tar::EntryType::Symlink, "liten-1.1/publicerat/z")),
    ("a hard link", "is a link", |m| special(&m, tar::EntryType::Link, "liten-1.1/publicerat/z")),
    ("a sparse file", "is a sparse file", |m| special(&m, tar::EntryType::GNUSparse, "liten-1.1/publicerat/z")),
    ("a further header", "is a further header", |m| special(&m, tar::EntryType::XGlobalHeader, "pax_global_header")),
    ("a folder", "is a folder", |m| special(&m, tar::EntryType::Directory, "liten-1.1/publicerat/z/")),
    ("files in another order", "is not written as `belagg export` writes it", |mut m| {
        m.reverse();
        packed(&m)
    }),
    ("other rights and dates", "is not written as `belagg export` writes it", |m| {
        let mut builder = tar::Builder::new(Vec::new());
        for (path, bytes) in &m {
            let mut header = tar::Header::new_ustar();
            header.set_size(bytes.len() as u64);
            header.set_mode(0o4755);
            header.set_mtime(1);
            builder.append_data(&mut header, path, bytes.as_slice()).unwrap();
        }
        builder.into_inner().unwrap()
    }),
    ("more behind the end", "is not written as `belagg export` writes it", |m| {
        let mut bytes = packed(&m);
        bytes.extend(packed(&[("liten-1.1/publicerat/index.html".to_owned(), b"forged".to_vec())]));
        bytes
    }),
    ("cut", "it is damaged", |m| {
        let bytes = packed(&m);
        bytes[..bytes.len() / 2].to_vec()
    }),
];

/// A package with a member first that is no plain file.
fn special(members: &[(String, Vec<u8>)], kind: tar::EntryType, name: &str) -> Vec<u8> {
    let mut header = tar::Header::new_gnu();
    header.as_old_mut().name[..name.len()].copy_from_slice(name.as_bytes());
    header.set_entry_type(kind);
    header.set_size(0);
    if matches!(kind, tar::EntryType::Symlink | tar::EntryType::Link) {
        header.set_link_name("liten-1.1/README.txt").unwrap();
    }
    header.set_cksum();
    [header.as_bytes().as_slice(), &packed(members)].concat()
}

#[test]
fn a_package_is_made_again_and_compared() {
    let workspace = signed();
    let package = workspace.bytes("archive/liten-1.1.tar");
    assert!(packed(&members(&package)) == package, "the tests write packages as the program does");
    assert!(packed(&summed(members(&package))) == package);
    // Where only the package is, with and without somebody's own copy of the public key.
    let elsewhere = Workspace::empty();
    elsewhere.file("liten.tar", &package);
    let run = verified(&elsewhere, &["liten.tar"]).expect(5);
    assert!(
        run.stdout.starts_with("whole in itself: ") && !run.stdout.contains("signature is right"),
        "{}",
        run.stdout
    );
    let key = workspace.read("belagg.yaml");
    let key = key.split_once("key: ").unwrap().1.trim();
    let run = verified(&elsewhere, &["liten.tar", "--key", key]).expect(0);
    assert!(run.stdout.starts_with("unchanged: liten.tar") && run.stdout.contains("the signature is right"));
    for (what, words, forge) in ON_PACKAGES {
        let forged = forge(members(&package));
        assert!(forged != package, "{what}: nothing was forged");
        workspace.file("archive/liten-1.1.tar", &forged);
        elsewhere.file("liten.tar", &forged);
        refused(verified(&workspace, &["archive/liten-1.1.tar"]), what, words);
        refused(verified(&elsewhere, &["liten.tar", "--key", key]), &format!("{what}, alone"), words);
        let run = verified(&elsewhere, &["liten.tar"]).expect(1);
        assert!(!run.stdout.contains("whole in itself"), "{what}: {}", run.stdout);
    }
    // A whole package of somebody else's making.
    let other = workspace.twin();
    published_again(&other, true);
    elsewhere.file("liten.tar", other.bytes("archive/liten-1.1.tar"));
    refused(verified(&elsewhere, &["liten.tar", "--key", key]), "published again", "that nothing here names");
    refused(
        verified(&workspace, &[other.path("archive/liten-1.1.tar").to_str().unwrap()]),
        "published again",
        "was changed",
    );
}

#[test]
fn publishing_without_the_key_is_refused() {
    let workspace = signed();
    let report = workspace.read("content/liten/report.yaml");
    let changes = "changes: [{type: revision, what: Texten., why: Ny text.}]\n";
    let (head, _) = report.split_once("changes:").unwrap();
    let head = head.replace("\"1.1\"", "\"1.2\"").replace("status: corrected", "status: revised");
    workspace.file("content/liten/report.yaml", format!("{head}{changes}"));
    let before = (workspace.bytes(LIST), workspace.files("content/liten/versions"));
    let refused = |more: &[&str], code: &str, words: &str| {
        let run = workspace.run(&[&["publish", "liten"], more].concat()).expect(1);
        assert_eq!(run.codes(), [code], "{}", run.stderr);
        assert!(run.stderr.contains(words), "{}", run.stderr);
        assert!(before == (workspace.bytes(LIST), workspace.files("content/liten/versions")), "something was written");
    };
    refused(&[], "VER009", "belagg.yaml names a `key`");
    workspace.run(&["key", "other.key"]).expect(0);
    refused(&["--sign", "other.key"], "VER006", "than belagg.yaml names");
    // Without the key in belagg.yaml the signed versions bind all the same, and another key there does not help.
    let settings = workspace.read("belagg.yaml");
    let (rules, _) = settings.split_once("key: ").unwrap();
    workspace.file("belagg.yaml", rules);
    refused(&[], "VER009", "liten has signed versions");
    refused(&["--sign", "other.key"], "VER006", "than the signed versions of liten name");
    let said = workspace.run(&["key", "third.key"]).expect(0).stdout;
    let third = said.lines().find(|line| line.starts_with("key: ")).unwrap();
    workspace.file("belagg.yaml", format!("{rules}{third}\n"));
    // The list is signed with a key that belagg.yaml does not name any more.
    let run = workspace.run(&["publish", "liten", "--sign", "third.key"]).expect(1);
    assert!(run.codes().contains(&"VER006"), "{}", run.stderr);
    // With both in belagg.yaml the old key may bring in the new one.
    let old = settings.split_once("key: ").unwrap().1.trim();
    let new = third.trim_start_matches("key: ");
    workspace.file("belagg.yaml", format!("{rules}key: [{old}, {new}]\n"));
    refused(&["--sign", "third.key"], "VER006", "than the signed versions of liten name");
    workspace.run(&["publish", "liten", "--sign", "secret.key"]).expect(0);
    let report =
        workspace.read("content/liten/report.yaml").replace("\"1.2\"", "\"1.3\"").replace("Ny text.", "Nyare.");
    workspace.file("content/liten/report.yaml", report);
    workspace.run(&["publish", "liten", "--sign", "third.key"]).expect(0);
    workspace.file("belagg.yaml", format!("{rules}{third}\n"));
    let run = verified(&workspace, &[]).expect(0);
    assert_eq!(run.stdout.matches("the signature is right").count(), 5, "{}", run.stdout);
    // Whoever keeps the old key cannot go on with it.
    let report = workspace.read("content/liten/report.yaml").replace("\"1.3\"", "\"1.4\"");
    workspace.file("content/liten/report.yaml", report);
    assert_eq!(workspace.run(&["publish", "liten", "--sign", "secret.key"]).expect(1).codes(), ["VER006"]);
}

#[test]
fn a_report_that_nobody_signed_says_so() {
    let workspace = Workspace::small();
    publish_both(&workspace, &[]);
    for form in FORMS {
        let run = verified(&workspace, form).expect(0);
        assert!(
            run.stdout.contains("nobody has signed it") && !run.stdout.contains("signature"),
            "{form:?}: {}",
            run.stdout
        );
    }
    let twin = workspace.twin();
    replaced(&twin, NEWEST, "date: \"2024-05-02\"", "date: \"2024-05-03\"");
    for form in FORMS {
        refused(verified(&twin, form), &format!("resealed, {form:?}"), "");
    }
    let twin = workspace.twin();
    remove(&twin, &[NEWEST, "content/liten/versions/1.1.tar.gz", "output/liten/1.1"]);
    refused(verified(&twin, &[]), "removed", "version 1.1 of liten was published, and its record is not there");
    // A ledger from before there was a list can be read, and says what it cannot tell; the next publication writes the list.
    remove(&workspace, &[LIST]);
    let run = verified(&workspace, &[]).expect(0);
    assert!(run.stdout.contains("whether newer versions were taken away cannot be told"), "{}", run.stdout);
    workspace.run(&["publish", "liten"]).expect(0);
    assert!(!verified(&workspace, &[]).expect(0).stdout.contains("cannot be told"));
    // A key that comes later: what is published is not signed until somebody signs the list.
    let said = workspace.run(&["key", "secret.key"]).expect(0).stdout;
    let key = said.lines().find(|line| line.starts_with("key: ")).unwrap();
    workspace.file("belagg.yaml", format!("{}{key}\n", workspace.read("belagg.yaml")));
    refused(verified(&workspace, &["liten"]), "a key that came later", "`content/ledger.yaml` is not signed");
    workspace.run(&["publish", "liten", "--sign", "secret.key"]).expect(0);
    let run = verified(&workspace, &["liten"]).expect(0);
    assert!(
        run.stdout.contains("published without a signature, and covered by a later one that is right"),
        "{}",
        run.stdout
    );
}

#[test]
fn nothing_to_verify_is_no_success() {
    let workspace = Workspace::small();
    assert!(verified(&workspace, &[]).expect(5).stdout.contains("nothing is published here"));
    assert!(verified(&workspace, &["liten"]).expect(5).stdout.contains("nothing was verified"));
    std::fs::create_dir(workspace.path("empty")).unwrap();
    assert!(verified(&workspace, &["empty"]).expect(5).stdout.contains("nothing was verified"));
    assert!(verified(&workspace, &["not-there"]).expect(5).stderr.contains("nor is it the name of a report"));
    verified(&Workspace::empty(), &[]).expect(5);
    workspace.run(&["build"]).expect(0);
    verified(&workspace, &["output/liten/1.0"]).expect(1);
    workspace.run(&["publish", "liten"]).expect(0);
    let run = verified(&workspace, &["liten"]).expect(0);
    assert!(run.stdout.contains("unchanged: output/liten/1.0: all ") && run.stdout.contains("output/liten/: "));
    verified(&workspace, &["liten", "not-there"]).expect(2);
    verified(&workspace, &["liten/"]).expect(0);
}

#[test]
fn what_a_file_says_of_itself_is_no_verdict() {
    let workspace = Workspace::small();
    workspace.run(&["publish", "liten"]).expect(0);
    let forged = "liten 1.0, published 2024-03-01; the signature is right";
    let page = |named: &str| format!("<meta name=\"belagg-version\" content=\"{named}\">");
    let files: BTreeMap<&str, String> = BTreeMap::from([
        ("a.html", page(&format!("{forged}/1.0"))),
        ("b.html", page(&format!("liten/{forged}"))),
        ("c.html", page("x\nunchanged: b.html: is index.html of liten 1.0/1.0")),
        ("d.html", page("liten/1.0\u{1b}[2K\runchanged: d.html")),
        ("e.yaml", format!("# Ledger of published versions\nreport: \"{forged}\"\nversion: \"1.0\"\n")),
    ]);
    for (name, text) in files {
        workspace.file(name, text);
        let run = verified(&workspace, &[name]).expect(1);
        assert!(run.stdout.starts_with(&format!("unknown: {name}: ")), "{}", run.stdout);
        assert!(!run.stdout.contains("signature is right") && !run.stdout.contains("unchanged"), "{}", run.stdout);
        assert_eq!(run.stdout.lines().count(), 1, "{}", run.stdout);
    }
}

#[test]
fn files_made_to_exhaust_the_program_are_refused() {
    let workspace = Workspace::small();
    workspace.run(&["publish", "liten"]).expect(0);
    // A sparse member that says it is a terabyte large.
    let mut header = tar::Header::new_gnu();
    header.as_old_mut().name[..1].copy_from_slice(b"a");
    header.set_entry_type(tar::EntryType::GNUSparse);
    header.set_size(0);
    let size = b"0000010000000000";
    header.as_mut_bytes()[483..483 + 12].copy_from_slice(&size[..12]);
    header.set_cksum();
    workspace.file("bomb.tar", [header.as_bytes().as_slice(), &[0; 1024]].concat());
    refused(verified(&workspace, &["bomb.tar"]), "a sparse member", "is a sparse file");
    // Packed inputs that unpack to gigabytes, with a record that names them.
    let bomb = bomb();
    let pack = "content/liten/versions/1.0.tar.gz";
    let (old, new) = (sha256(&workspace.bytes(pack)), sha256(&bomb));
    let bytes = format!("path: \"1.0.tar.gz\"\n  bytes: {}", workspace.bytes(pack).len());
    edit(&workspace, FIRST, |text| {
        let named = format!("path: \"1.0.tar.gz\"\n  bytes: {}", bomb.len());
        sealed(&text.replace(&old, &new).replace(&bytes, &named))
    });
    workspace.file(pack, &bomb);
    relisted(&workspace, "1.0", None);
    let run = verified(&workspace, &["--rebuild"]).expect(1);
    assert!(run.stdout.contains("unpacks to more than 256 MiB"), "{}", run.stdout);
    std::fs::remove_dir_all(workspace.path("output/liten/1.0")).unwrap();
    assert!(workspace.run(&["build"]).expect(3).stderr.contains("unpacks to more than 256 MiB"));
}

/// Three hundred megabytes of nothing in a file, packed.
fn bomb() -> Vec<u8> {
    use std::io::Write as _;
    let mut header = tar::Header::new_ustar();
    header.set_path("content/liten/report.yaml").unwrap();
    header.set_size(300 << 20);
    header.set_mode(0o644);
    header.set_cksum();
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(header.as_bytes()).unwrap();
    let block = vec![0; 1 << 20];
    (0..300).for_each(|_| encoder.write_all(&block).unwrap());
    encoder.finish().unwrap()
}
