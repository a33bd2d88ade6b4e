use super::*;
use crate::session::counting::Counting;
use crate::system::MemorySystem;

const ROWS: &str = "Nr;Beslut\n1;ja\n2;nej\n3;ja\n";

/// Two reports, of which the second has a figure from the first.
fn workspace() -> Counting {
    let report = |title: &str, rest: &str| {
        format!(
            "kind: inspection-report\ntitle: {title}\nversion: '1.0'\ndate: 2024-03-01\nstatus: draft\n\
             imprint: {{reference: X, publisher: Y, contact: Z}}\n{rest}chapters: [text.md]\n"
        )
    };
    let figures = "figures:\n  cases: {label: granskade ärenden, count: {rows: rows}}\n\
                   datasets:\n  rows: {file: data/rows.csv, id: Nr, columns: {decision: Beslut}, counts: none}\n";
    let files = [
        ("content/first/report.yaml", report("Första", "")),
        ("content/first/findings/all.yaml", figures.to_owned()),
        ("content/first/data/rows.csv", ROWS.to_owned()),
        ("content/first/text.md", "# Resultat\n\nVi läste {{ cases }} ärenden.\n".to_owned()),
        ("content/second/report.yaml", report("Andra", "reports: {first: '1.0'}\n")),
        ("content/second/text.md", "# Resultat\n\nDå var det {{ first:cases }} ärenden.\n".to_owned()),
    ];
    Counting::new(MemorySystem::new(files))
}

fn codes(session: &Session<'_>, report: &str) -> Vec<&'static str> {
    session.diagnostics(report).iter().map(|found| found.code.0).collect()
}

/// The words of a report, as both outputs print them.
fn words(session: &Session<'_>, report: &str) -> String {
    crate::pipeline::printed_text(session.resolved(report).resolved().expect("no fault"))
}

#[test]
fn a_text_that_is_laid_over_a_file_is_seen_until_it_is_taken_away() {
    let disk = workspace();
    let mut session = Session::open(&disk);
    assert_eq!(session.reports(), ["first", "second"]);
    assert!(codes(&session, "first").is_empty() && codes(&session, "second").is_empty());
    session.set_overlay("content/first/text.md", "# Resultat\n\nVi läste {{ nothing }} ärenden.\n").unwrap();
    assert_eq!(codes(&session, "first"), ["FIG001"]);
    assert!(codes(&session, "second").is_empty());
    assert!(session.remove_overlay("content/first/text.md") && !session.remove_overlay("content/first/text.md"));
    assert!(codes(&session, "first").is_empty());
    assert!(session.set_overlay("../secret.md", "x").is_err());
}

#[test]
fn figures_of_other_reports_are_those_that_are_typed() {
    let disk = workspace();
    let mut session = Session::open(&disk);
    assert!(words(&session, "second").contains("det 3 ärenden"));
    session.set_overlay("content/first/data/rows.csv", format!("{ROWS}4;nej\n")).unwrap();
    assert!(words(&session, "second").contains("det 4 ärenden"), "a file of another report");
    session.set_overlay("content/first/findings/all.yaml", "figures: {cases: {label: ärenden, count: 7}}\n").unwrap();
    assert!(words(&session, "second").contains("det 7 ärenden") && words(&session, "first").contains("läste 7"));
    session.set_overlay("content/first/findings/all.yaml", "figures: {case: {label: ärenden, count: 7}}\n").unwrap();
    assert!(codes(&session, "second").contains(&"FIG001"), "{:?}", codes(&session, "second"));
    session.remove_overlay("content/first/findings/all.yaml");
    session.remove_overlay("content/first/data/rows.csv");
    assert!(words(&session, "second").contains("det 3 ärenden"));
    // Each builds on the other: told of both, and gone again.
    let second = String::from_utf8(disk.inner.read("content/second/report.yaml").unwrap().to_vec()).unwrap();
    let first = second.replace("Andra", "Första").replace("first:", "second:");
    session.set_overlay("content/first/report.yaml", first).unwrap();
    for report in ["first", "second"] {
        assert!(codes(&session, report).contains(&"FIG003"), "{:?}", codes(&session, report));
    }
    session.remove_overlay("content/first/report.yaml");
    assert!(codes(&session, "first").is_empty() && codes(&session, "second").is_empty());
}

#[test]
fn a_file_is_read_once_until_the_disk_is_said_to_have_changed() {
    let disk = workspace();
    let mut session = Session::open(&disk);
    let read = |session: &Session<'_>| {
        assert!(codes(session, "first").is_empty() && codes(session, "second").is_empty());
        disk.reads("content/first/data/rows.csv")
    };
    assert_eq!((read(&session), read(&session)), (1, 1));
    session.set_overlay("content/second/text.md", "# Resultat\n\nAnnat: {{ first:cases }}.\n").unwrap();
    assert_eq!(read(&session), 1, "another file was typed in");
    disk.write("content/first/data/rows.csv", b"Nr;Beslut\n1;ja\n").unwrap();
    assert_eq!(read(&session), 1);
    assert!(words(&session, "second").contains("Annat: 3"), "a session sees one state of the disk");
    session.refresh();
    assert_eq!(read(&session), 2);
    assert!(words(&session, "second").contains("Annat: 1"));
}

#[test]
fn another_report_is_read_again_when_a_file_of_it_is_another() {
    let disk = workspace();
    let session = Session::open(&disk);
    let before = session.resolved("second");
    assert!(Arc::ptr_eq(&before, &session.resolved("second")), "nothing has changed");
    let others = |session: &Session<'_>| {
        let document = session.resolved("second");
        Arc::clone(&document.prepared.ready.as_ref().unwrap().project.others[0])
    };
    let first = others(&session);
    let mut session = session;
    session.set_overlay("content/second/text.md", "# Resultat\n\nAnnat: {{ first:cases }}.\n").unwrap();
    assert!(Arc::ptr_eq(&first, &others(&session)), "the other report is not read again");
    session.set_overlay("content/first/data/rows.csv", "Nr;Beslut\n1;ja\n").unwrap();
    assert!(!Arc::ptr_eq(&first, &others(&session)));
    session.evict(0);
    session.evict(0);
    assert!(words(&session, "second").contains("Annat: 1"), "what was let go of is made again");
}

#[test]
fn a_draft_is_told_before_it_is_checked_and_only_where_it_is_made() {
    let disk = workspace();
    let mut session = Session::open(&disk);
    session.set_overlay("content/first/text.md", "# Resultat\n\nI 37 av 41 ärenden saknas något.\n").unwrap();
    let told = std::sync::Mutex::new(Vec::new());
    let tell = |early: Draft| {
        let page = early.page(None, &mut Sink::default()).expect("it can be read");
        let found = early.document.prepared.sink.iter().map(|found| found.code.0).collect::<Vec<_>>();
        told.lock().unwrap().push((page, found));
    };
    let draft = session.draft_telling("first", &tell);
    let page = draft.page(None, &mut Sink::default()).expect("a draft is readable");
    assert_eq!(*told.lock().unwrap(), [(page, Vec::new())], "the same page, and nothing of what the rules say");
    assert_eq!(draft.document.prepared.sink.iter().map(|found| found.code.0).collect::<Vec<_>>(), ["EVI001"]);
    session.draft_telling("first", &tell);
    assert_eq!(told.lock().unwrap().len(), 1, "what is known is not made again");
}

#[test]
fn templates_and_words_that_are_laid_over_count_at_once() {
    let disk = workspace();
    let mut session = Session::open(&disk);
    assert!(codes(&session, "first").is_empty());
    session.set_overlay("templates/html/report.html", "{{ nothing_of_that_name }}").unwrap();
    let rendered = session.render("first");
    assert!(rendered.publication.is_none() && rendered.diagnostics.has_errors());
    session.set_overlay("templates/locales/sv.json", "no words").unwrap();
    assert!(session.diagnostics("first").has_errors() && session.resolved("first").resolved().is_none());
    session.remove_overlay("templates/locales/sv.json");
    session.remove_overlay("templates/html/report.html");
    let rendered = session.render("first");
    assert!(rendered.publication.is_some() && !rendered.diagnostics.has_errors());
}

#[test]
fn tables_that_are_gathered_have_the_words_of_the_workspace_as_they_are_now() {
    let disk = workspace();
    let mut session = Session::open(&disk);
    let read = |path: &str| String::from_utf8(disk.inner.read(path).unwrap().to_vec()).unwrap();
    let first = read("content/first/report.yaml");
    let year = read("content/second/report.yaml").replace("inspection-report", "annual-report");
    session.set_overlay("content/first/report.yaml", format!("{first}units: {{norr: Norr}}\n")).unwrap();
    session
        .set_overlay("content/first/findings/norr.yaml", "assessments: {norr: {development: [Mer tid.]}}\n")
        .unwrap();
    session.set_overlay("content/second/report.yaml", year).unwrap();
    session.set_overlay("content/second/text.md", "# Resultat\n\n{{ table units }}\n").unwrap();
    assert!(words(&session, "second").contains("Utvecklingsområden och styrkor efter enhet"));
    session.set_overlay("templates/locales/sv.json", "{\"gathered_caption_units\": \"Enheternas områden\"}").unwrap();
    assert!(words(&session, "second").contains("Enheternas områden"));
}

#[test]
fn a_report_is_rendered_to_the_same_bytes_whatever_was_done_before() {
    let disk = workspace();
    let mut session = Session::open(&disk);
    let artifacts = |session: &Session<'_>| session.render("second").publication.unwrap().artifacts;
    let first = artifacts(&session);
    session.set_overlay("content/first/data/rows.csv", "Nr;Beslut\n1;ja\n").unwrap();
    session.set_overlay("content/second/text.md", "# Annat\n\nHelt: {{ first:cases }}.\n").unwrap();
    let other = artifacts(&session);
    assert!(first != other);
    session.evict(10);
    session.remove_overlay("content/first/data/rows.csv");
    session.remove_overlay("content/second/text.md");
    assert!(session.render("first").publication.is_some());
    assert!(artifacts(&session) == first && artifacts(&Session::open(&disk)) == first);
    // Nothing was written.
    assert!(!disk.exists("output"));
}

/// What is left of an earlier build is told from what was asked for it: a cache in memory may hide no question.
#[test]
fn as_much_is_asked_with_warm_caches_as_with_cold_ones() {
    let disk = workspace();
    let report = String::from_utf8(disk.read("content/first/report.yaml").unwrap().to_vec()).unwrap();
    let with = |rest: &str| format!("{report}{rest}");
    for (path, text) in [
        (
            "content/first/report.yaml",
            with("units: {norr: Norr, soder: Söder}\nextracts: units\ncompanions: [third]\nprevious: fourth\n"),
        ),
        (
            "content/first/findings/parts.yaml",
            "assessments: {norr: {development: [Mer tid.]}, soder: {development: [Mer stöd.]}}\n".to_owned(),
        ),
        ("content/third/report.yaml", with("companions: [first]\nreports: {second: '1.0'}\n")),
        ("content/third/text.md", "# Resultat\n\nDet var {{ second:first:cases }} ärenden.\n".to_owned()),
        ("content/fourth/report.yaml", with("for-each: data/rows.csv\n").replace("Första", "'{{ param.namn }}'")),
        ("content/fourth/data/rows.csv", "id;Namn\na;Adam\nb;Berit\n".to_owned()),
        ("content/fourth/text.md", "# Resultat\n\nText.\n".to_owned()),
        ("belagg.yaml", "disclosure:\n  persons: {minimum: 3}\n".to_owned()),
    ] {
        disk.write(path, text.as_bytes()).unwrap();
    }
    let asked = |session: &Session<'_>, document: &load::Derived| session.look_recording(document).1.digest();
    let warm = Session::open(&disk);
    let documents = load::with_derived(warm.files(), warm.library(), &[], |_| true);
    assert!(documents.len() >= 7, "{documents:?}");
    for _ in 0..2 {
        for document in documents.iter().rev() {
            drop((warm.look(document), warm.diagnostics(&document.id)));
        }
    }
    for document in &documents {
        let cold = asked(&Session::open(&disk), document);
        assert_eq!(asked(&warm, document), cold, "{}", document.id);
    }
}
