//! What each kind of document demands, and what is made from a report.

use crate::workspace::{REPORT, Workspace};

/// A new report of a kind, written and now read by others: what its kind demands stops no draft.
fn new(kind: &str) -> Workspace {
    let workspace = Workspace::empty();
    workspace.run(&["new", kind, "ny"]).expect(0);
    for report in workspace.files("content").into_iter().filter(|file| file.ends_with("report.yaml")) {
        replace(&workspace, &format!("content/{report}"), "status: draft", "status: in-review");
    }
    workspace
}

/// Puts other words into a file.
fn replace(workspace: &Workspace, path: &str, from: &str, to: &str) {
    let text = workspace.read(path);
    assert!(text.contains(from), "{path} has no `{from}`");
    workspace.file(path, text.replace(from, to));
}

#[track_caller]
fn fails_with(workspace: &Workspace, code: &str) -> String {
    let run = workspace.run(&["build"]).expect(1);
    assert!(run.codes().contains(&code), "{}", run.stderr);
    assert!(workspace.files("output").is_empty(), "nothing is written");
    run.stderr
}

/// What is said of a report that is built all the same.
#[track_caller]
fn reminds_of(workspace: &Workspace, code: &str) -> String {
    let run = workspace.run(&["build"]).expect(0);
    assert!(run.stderr.contains(&format!("warning[{code}]")), "{}", run.stderr);
    run.stderr
}

#[test]
fn a_final_report_holds_outcomes_against_plans() {
    let outcomes = "content/ny/findings/uppdrag.yaml";
    let workspace = new("final-project-report");
    replace(&workspace, outcomes, "delivered: 18, status: partly", "status: partly");
    fails_with(&workspace, "KND001");
    let workspace = new("final-project-report");
    replace(&workspace, outcomes, ", reason: Handboken gick före.", "");
    fails_with(&workspace, "KND002");
    let workspace = new("final-project-report");
    replace(&workspace, outcomes, "delivered: 18, status: partly", "delivered: 18, status: done");
    let words = fails_with(&workspace, "KND002");
    assert!(words.contains("18 of 24 planned"), "{words}");
    // None at all.
    let workspace = new("final-project-report");
    let text = workspace.read(outcomes);
    let (before, rest) = text.split_once("deliverables:").unwrap();
    let (_, after) = rest.split_once("timelines:").unwrap();
    workspace.file(outcomes, format!("{before}timelines:{after}"));
    fails_with(&workspace, "KND001");
}

#[test]
fn what_was_planned_and_delivered_can_be_bound() {
    let workspace = new("final-project-report");
    workspace.run(&["build"]).expect(0);
    let page = workspace.read("output/ny/1.0/index.html");
    for (figure, text) in [("circle.delivered", "arton"), ("circle.planned", "24")] {
        let found = page.to_lowercase().contains(&format!("href=\"#made-{figure}\">{text}"));
        assert!(found, "{figure} is {text}");
    }
    let csv = workspace.read("output/ny/1.0/data/plan.csv");
    assert!(csv.contains("Deltagare i studiecirkeln,24,18,Delvis klart,En av kommunerna tackade nej."), "{csv}");
    // Who does what, in the order of the alphabet.
    let csv = workspace.read("output/ny/1.0/data/examples.csv");
    let rows: Vec<&str> = csv.lines().skip(1).filter_map(|line| line.split(',').next()).collect();
    assert_eq!(rows, ["Norrby", "Söderby"]);
}

#[test]
fn every_question_of_a_reply_has_its_answer_and_a_hand_under_it() {
    let workspace = new("reply");
    replace(
        &workspace,
        "content/ny/svar.md",
        "I kommunen finns {{ places | words en }} mötesplatser. De är öppna för alla som har beslut om stöd.\n",
        "",
    );
    fails_with(&workspace, "KND003");
    let workspace = new("reply");
    replace(&workspace, "content/ny/report.yaml", "sign-off:", "#");
    assert!(reminds_of(&workspace, "KND012").contains("sign-off"));
    let workspace = new("reply");
    workspace.run(&["build"]).expect(0);
    let page = workspace.read("output/ny/1.0/index.html");
    assert!(
        page.contains("href=\"#question-evenings-now\">fråga 2\u{a0}a</a>"),
        "a part of a question is referred to by its letter"
    );
    assert!(page.contains("Exempelstad den 18 mars 2025"));
}

#[test]
fn a_survey_says_who_answered_and_what_silence_means() {
    let path = "content/ny/findings/enkat.yaml";
    let workspace = new("survey-report");
    replace(&workspace, path, "non-response:", "note2:");
    fails_with(&workspace, "KND007");
    let workspace = new("survey-report");
    workspace.run(&["build"]).expect(0);
    let results = workspace.read("output/ny/1.0/data/response-results.csv");
    // 3 of 5 who answered, of 6 asked.
    assert!(results.contains("Mötesplatsen är öppen på kvällar,5,60,50,66.66"), "{results}");
    let ranking = workspace.read("output/ny/1.0/data/ranking.csv");
    let rows: Vec<String> =
        ranking.lines().skip(1).map(|line| line.split(',').take(5).collect::<Vec<_>>().join(",")).collect();
    assert_eq!(rows, ["Norrby,1,8,6,2", "Ålby,1,8,9,-1", "Söderby,3,5,5,0", "Västerby,3,5,2,3", "Örby,5,3,4,-1"]);
}

#[test]
fn a_press_release_has_two_pages() {
    let workspace = new("press-release");
    let text = workspace.read("content/ny/text.md");
    workspace.file("content/ny/text.md", format!("{text}\n{}", "Regionen samlar kommunerna i området.\n\n".repeat(90)));
    let words = reminds_of(&workspace, "KND005");
    assert!(words.contains("at most 2"), "{words}");
    replace(&workspace, "content/ny/report.yaml", "chapters:", "without: {pages: Nämnden vill det.}\nchapters:");
    assert!(!workspace.run(&["build"]).expect(0).codes().contains(&"KND005"));
}

#[test]
fn an_easy_read_text_has_short_sentences_and_few_numbers() {
    let workspace = new("easy-read");
    replace(
        &workspace,
        "content/ny/text.md",
        "Dit kan du gå om du vill träffa andra.",
        "Dit kan du gå om du vill träffa andra som har det på samma sätt som du har det nu.",
    );
    let words = fails_with(&workspace, "KND006");
    assert!(words.contains("Dit kan du gå om …"), "{words}");
    let workspace = new("easy-read");
    let text = workspace.read("content/ny/text.md");
    workspace.file("content/ny/text.md", format!("{text}\n{}", "Det är {{ visitors }}.\n\n".repeat(8)));
    let words = reminds_of(&workspace, "KND006");
    assert!(words.contains("9 numbers"), "{words}");
}

/// A report that binds figures of the small report.
fn release() -> Workspace {
    let workspace = Workspace::small();
    let report = REPORT.replace("units: {norr: Norr, soder: Söder}", "reports: {liten: \"1.0\"}");
    workspace.file("content/nyhet/report.yaml", report);
    workspace.file("content/nyhet/kapitel.md", "# Plan\n\nI {{ liten:plans | full }} finns en plan.\n");
    workspace
}

#[test]
fn figures_of_another_report_are_its_own() {
    let workspace = release();
    let run = workspace.run(&["build"]).expect(0);
    assert!(run.codes().is_empty(), "{}", run.stderr);
    let page = workspace.read("output/nyhet/1.0/index.html");
    assert!(page.contains("25 av 40 (63\u{a0}procent)"), "{page}");
    assert!(
        page.contains("href=\"../../liten/1.0/index.html\">Liten rapport, version 1.0</a>"),
        "it says what it builds on"
    );
    assert!(page.contains("Ur rapporten ”Liten rapport”, version 1.0."), "and so does the evidence");
    // What the figure was computed from is an input of this publication.
    assert!(workspace.read("output/nyhet/1.0/manifest.json").contains("content/liten/findings/alla.yaml"));
    replace(&workspace, "content/liten/findings/alla.yaml", "women: 16", "women: 17");
    workspace.run(&["build", "nyhet"]).expect(0);
    assert!(workspace.read("output/nyhet/1.0/index.html").contains("26 av 40 (65\u{a0}procent)"));
}

#[test]
fn another_version_of_a_report_must_be_read_again() {
    let workspace = release();
    replace(&workspace, "content/liten/report.yaml", "\"1.0\"", "\"1.1\"");
    let run = workspace.run(&["build"]).expect(1);
    assert!(run.codes().contains(&"KND004"), "{}", run.stderr);
    // A report that does not exist, and reports that build on each other.
    let workspace = release();
    replace(&workspace, "content/nyhet/report.yaml", "{liten:", "{litn:");
    let run = workspace.run(&["build", "nyhet"]).expect(1);
    assert!(run.stderr.contains("there is no report `litn`"), "{}", run.stderr);
    let workspace = release();
    replace(&workspace, "content/liten/report.yaml", "units:", "reports: {nyhet: \"1.0\"}\nunits:");
    let run = workspace.run(&["build", "nyhet"]).expect(1);
    assert!(run.codes().contains(&"FIG003"), "{}", run.stderr);
}

#[test]
fn one_line_gives_an_extract_for_every_unit() {
    let workspace = Workspace::small();
    workspace.file("content/liten/report.yaml", format!("{REPORT}extracts: units\n"));
    workspace
        .findings("assessments:\n  norr: {strengths: [Handlingarna är tydliga.], development: [Planer behövs.]}\n");
    workspace.chapter(
        "# Resultat {#resultat}\n\nI {{ plans | full }} finns en plan, se [](#table-visits).\n\n{{ table visits }}\n\n\
         ## Norr\n\nNorr har flest besök, se [](#soder).\n\n{{ strengths norr }}\n\n{{ development norr }}\n\n## Söder\n\nSöder har färre.\n",
    );
    let run = workspace.run(&["build"]).expect(0);
    assert!(run.codes().is_empty(), "{}", run.stderr);
    let page = workspace.read("output/liten-norr/1.0/index.html");
    assert!(page.contains("Utdrag för Norr"));
    assert!(
        page.contains("Norr har flest besök, se avsnitt\u{a0}1.2 i rapporten."),
        "what is not here is in the report"
    );
    assert!(page.contains("Handlingarna är tydliga.") && !page.contains("Söder har färre."));
    assert!(page.contains("href=\"../../liten/1.0/index.html\""));
    // The unit beside the whole.
    let csv = workspace.read("output/liten-norr/1.0/data/visits.csv");
    let rows: Vec<&str> = csv.lines().skip(1).filter_map(|line| line.split(',').next()).collect();
    assert_eq!(rows, ["Norr", "Totalt"]);
    assert!(csv.contains("Norr,12,8,20") && csv.contains("Totalt,20,20,40"), "{csv}");
    // The report leads to both; the list of reports has them all.
    let page = workspace.read("output/liten/1.0/index.html");
    assert!(page.contains("../../liten-norr/1.0/index.html") && page.contains("../../liten-soder/1.0/index.html"));
    assert!(workspace.read("output/index.html").contains("liten-soder/1.0/"));
    // What the extracts alone print is used.
    workspace.chapter("# Resultat {#resultat}\n\nI {{ plans | full }} finns en plan.\n");
    for (report, unused) in [(format!("{REPORT}extracts: units\n"), false), (REPORT.to_owned(), true)] {
        workspace.file("content/liten/report.yaml", report);
        let run = workspace.run(&["check"]);
        assert_eq!(run.codes().contains(&"TXT010"), unused, "{}", run.stderr);
    }
    workspace.file("content/liten/report.yaml", format!("{REPORT}extracts: units\n"));
    // A folder of that name would be written over.
    workspace.file("content/liten-norr/report.yaml", REPORT);
    let run = workspace.run(&["build", "liten"]).expect(1);
    assert!(run.codes().contains(&"KEY005"), "{}", run.stderr);
}

#[test]
fn what_holds_up_a_report_and_its_decision_page_is_told_once() {
    let workspace = Workspace::small();
    let findings =
        "decision:\n  proposed: [Nämnden antar planen.]\nfigures:\n  more: {label: fler, womem: 3, men: 4}\n";
    workspace.findings(findings).file("content/liten/report.yaml", format!("{REPORT}decision-page: beside\n"));
    let run = workspace.run(&["check"]).expect(1);
    let shown = run.stderr.lines().filter(|line| line.starts_with("error[")).count();
    // The page has no findings of its own, and the figure an unknown key and no number of women.
    assert_eq!(shown, 3, "{}", run.stderr);
    assert!(run.stderr.contains("3 errors"), "{}", run.stderr);
    let run = workspace.run(&["check", "--format", "json"]).expect(1);
    let told: Vec<serde_json::Value> = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(told.iter().filter(|found| found["severity"] == "error").count(), 3, "{}", run.stdout);
}

#[test]
fn a_decision_page_stands_in_front_of_a_report_or_beside_it() {
    let decision = "decision:\n  proposed: [Nämnden antar planen.]\n  findings: [\"Plan finns i {{ plans | share }} ärenden.\"]\n  \
                    figures: [{value: \"{{ plans | percent }}\", label: har en plan}]\n";
    let workspace = Workspace::small();
    workspace.findings(decision).file("content/liten/report.yaml", format!("{REPORT}decision-page: beside\n"));
    workspace.run(&["build"]).expect(0);
    let page = workspace.read("output/liten-decision/1.0/index.html");
    assert!(page.contains("Nämnden antar planen.") && page.contains("25 av 40"));
    assert!(!workspace.read("output/liten/1.0/index.html").contains("Nämnden antar planen."));
    workspace.file("content/liten/report.yaml", format!("{REPORT}decision-page: front\n"));
    workspace.run(&["build"]).expect(0);
    let page = workspace.read("output/liten/1.0/index.html");
    let (asked, results) = (page.find("Nämnden antar planen.").unwrap(), page.find("id=\"resultat\"").unwrap());
    assert!(asked < results, "before the first chapter");
    // Its numbers are held against the data, wherever it stands.
    for place in ["front", "beside"] {
        let report = format!("{REPORT}decision-page: {place}\n");
        workspace
            .findings(decision.replace("{{ plans | share }}", "25 av 40 (99 procent)"))
            .file("content/liten/report.yaml", report);
        let run = workspace.run(&["build"]).expect(1);
        assert!(run.codes().contains(&"EVI003"), "{place}: {}", run.stderr);
        let audit = workspace.run(&["audit", "--pending"]).expect(1);
        assert!(audit.stdout.contains("fler.yaml:3:"), "{place}: {}", audit.stdout);
    }
    // Asked for and not written.
    workspace.findings("figures: {}\n");
    let run = workspace.run(&["build"]).expect(1);
    assert!(run.stderr.contains("asks for a decision page"), "{}", run.stderr);
}

#[test]
fn what_is_made_from_a_report_is_not_written_by_hand() {
    let workspace = Workspace::small();
    workspace.file("content/liten/report.yaml", REPORT.replace("inspection-report", "unit-extract"));
    let run = workspace.run(&["build"]).expect(1);
    assert!(run.stderr.contains("there is no kind of report `unit-extract`"), "{}", run.stderr);
    assert!(run.stderr.contains("`extracts: units`"), "{}", run.stderr);
    let report = format!("{}extracts: units\n", REPORT.replace("units: {norr: Norr, soder: Söder}\n", ""));
    workspace.file("content/liten/report.yaml", report);
    let run = workspace.run(&["build"]).expect(1);
    assert!(run.stderr.contains("there are no `units` to make extracts for"), "{}", run.stderr);
}

#[test]
fn a_reply_is_dated_with_a_day_and_leaves_no_question_out() {
    let workspace = new("reply");
    replace(&workspace, "content/ny/report.yaml", "date: 2025-03-18", "date: 2025");
    assert!(reminds_of(&workspace, "KND012").contains("the day on which it is signed"));
    let workspace = new("reply");
    let path = "content/ny/findings/fragor.yaml";
    workspace.file(path, format!("{}  glomd: Hur går det?\n", workspace.read(path)));
    assert!(fails_with(&workspace, "KND003").contains("the question `glomd` is not answered"));
}

#[test]
fn a_press_release_has_a_lead_key_figures_and_a_statement() {
    for (line, what) in [("{{ key-figures main }}", "key figures"), ("{{ statement chair }}", "statement")] {
        let workspace = new("press-release");
        replace(&workspace, "content/ny/text.md", line, "");
        let words = workspace.run(&["check", "--all"]).expect(0).stderr;
        assert!(
            words.contains("info[KND012]") && words.contains(&format!("the press release has no {what}")),
            "{words}"
        );
    }
    let workspace = new("press-release");
    replace(&workspace, "content/ny/report.yaml", "subtitle:", "#");
    assert!(reminds_of(&workspace, "KND012").contains("the press release has no lead"));
}

#[test]
fn a_faulty_entry_of_a_follow_up_is_told_as_what_it_is() {
    let workspace = new("follow-up");
    let files = workspace.files("content/ny/findings");
    let path = format!("content/ny/findings/{}", files[0]);
    replace(&workspace, &path, "status: not-begun", "status: nytt");
    let words = fails_with(&workspace, "KEY004");
    assert!(!words.contains("development areas, and"), "the entry counts all the same: {words}");
    let workspace = new("follow-up");
    let text = workspace.read(&path);
    let without: Vec<&str> = text.lines().filter(|line| !line.contains("not-begun,")).collect();
    workspace.file(&path, without.join("\n") + "\n");
    assert!(fails_with(&workspace, "KND008").contains("has 2 development areas, and 1 is followed up"));
}

#[test]
fn invented_content_says_so_in_its_metadata() {
    let workspace = new("article");
    workspace.run(&["build"]).expect(0);
    let words = "Exempel.";
    let page = workspace.read("output/ny/1.0/index.html");
    let description = page.lines().find(|line| line.starts_with("<meta name=\"description\"")).expect("a description");
    assert!(description.contains(words), "{description}");
    assert!(workspace.read("output/ny/1.0/manifest.json").contains(words));
    assert!(workspace.read("output/index.html").contains(words));
}

#[test]
fn names_that_share_their_letters_make_rows_of_their_own() {
    let workspace = Workspace::small();
    workspace.file("content/liten/data/orter.csv", "label,count\nHabo,3\nHåbo,5\n");
    workspace.findings("tables:\n  orter:\n    caption: Orter\n    stub: Ort\n    columns: [{id: count, label: Antal}]\n    csv: data/orter.csv\n");
    workspace.chapter(
        "# Resultat\n\n[](#table-orter) visar {{ orter.habo }} och {{ orter.habo-2 }}.\n\n{{ table orter }}\n\n{{ table visits }}\n",
    );
    let run = workspace.run(&["build"]).expect(0);
    assert!(run.codes().is_empty(), "{}", run.stderr);
    assert!(workspace.read("output/liten/1.0/data/orter.csv").contains("Håbo,5"));
}

#[test]
fn key_figures_are_bound() {
    let workspace = Workspace::small();
    workspace.findings("key-figures:\n  main: [{value: 63 procent, label: har en plan}]\n");
    workspace.chapter("# Resultat\n\n{{ key-figures main }}\n\n{{ table visits }}\n");
    let run = workspace.run(&["build"]).expect(1);
    assert!(run.stderr.contains("a key figure binds a figure"), "{}", run.stderr);
}

#[test]
fn the_example_documents_build_without_a_word() {
    let workspace = Workspace::example();
    let names = [
        "brukarinflytande-2023",
        "din-ratt-2016",
        "din-ratt-press-2016",
        "equal-stadshuset",
        "exempelstad-2024",
        "exempelstad-arsrapport-2025",
        "exempelstad-uppfoljning-2026",
        "interpellation-2022",
        "sysselsattning-lattlast-2021",
    ];
    let run = workspace.run(&[["build"].as_slice(), &names].concat()).expect(0);
    assert!(run.codes().is_empty(), "{}", run.stderr);
    let pages = |name: &str| -> u64 {
        let manifest: serde_json::Value =
            serde_json::from_str(&workspace.read(&format!("output/{name}/1.0/manifest.json"))).unwrap();
        manifest["report"]["pages"].as_u64().unwrap()
    };
    assert!(pages("brukarinflytande-2023") >= 14);
    assert!(pages("exempelstad-2024") >= 5 && pages("exempelstad-arsrapport-2025") >= 8);
    assert_eq!(pages("interpellation-2022"), 2);
    assert_eq!(pages("din-ratt-press-2016"), 1);
    let ranking = workspace.read("output/din-ratt-2016/1.0/data/ranking.csv");
    assert_eq!(ranking.lines().count(), 291, "290 municipalities");
}

#[test]
fn a_follow_up_takes_up_every_development_area_of_the_version_it_names() {
    let workspace = new("follow-up");
    let run = workspace.run(&["build"]).expect(0);
    assert!(run.codes().is_empty(), "{}", run.stderr);
    let status = workspace.read("output/ny/1.0/data/follow-up-status.csv");
    assert!(status.contains("Söderby,1,1,0,0,2") && status.contains("Totalt,1,1,1,0,3"), "{status}");
    let areas = workspace.read("output/ny/1.0/data/follow-up-soderby.csv");
    assert!(
        areas.contains("Planer behöver finnas i alla ärenden.,Påbörjat,"),
        "in the inspection's own words: {areas}"
    );
    let page = workspace.read("output/ny/1.0/index.html");
    assert!(page.contains("Granskning av genomförandeplaner, version 1.0"));
    let path = "content/ny/findings/uppfoljning.yaml";
    let text = workspace.read(path);
    let last = text.lines().last().unwrap();
    workspace.file(path, text.replace(last, ""));
    let run = workspace.run(&["build"]).expect(1);
    assert!(
        run.codes().contains(&"KND008") && run.stderr.contains("has 2 development areas, and 1 is followed up"),
        "{}",
        run.stderr
    );
    workspace.file(path, text.replace("soderby:", "norrmalm:"));
    let run = workspace.run(&["build"]).expect(1);
    assert!(run.codes().contains(&"KND008") && run.codes().contains(&"REF008"), "{}", run.stderr);
    workspace.file(path, text);
    replace(&workspace, "content/ny-granskning/report.yaml", "version: \"1.0\"", "version: \"1.1\"");
    let run = workspace.run(&["build"]).expect(1);
    assert!(run.codes().contains(&"KND004"), "{}", run.stderr);
}

const MEASURES: &str = "content/ny/findings/matt.yaml";
const YEAR: &str = "content/ny/aret.md";

#[track_caller]
fn checked(workspace: &Workspace, code: &str, words: &str) {
    let run = workspace.run(&["check", "ny"]).expect(1);
    assert!(run.codes().contains(&code) && run.stderr.contains(words), "{code} {words}:\n{}", run.stderr);
    assert!(run.stderr.contains(" --> content/ny/"), "it says where:\n{}", run.stderr);
}

#[test]
fn an_annual_report_gathers_what_its_inspections_found() {
    let workspace = new("annual-report");
    let run = workspace.run(&["build"]).expect(0);
    assert!(run.codes().is_empty(), "{}", run.stderr);
    let data = |table: &str| -> Vec<String> {
        let csv = workspace.read(&format!("output/ny/1.0/data/{table}.csv"));
        // The last column says how the row came about.
        csv.lines().skip(1).filter_map(|line| Some(line.trim().rsplit_once(',')?.0.to_owned())).collect()
    };
    let inspections = data("inspections");
    assert_eq!(inspections[0], "\"Granskning av genomförandeplaner, våren\",2024-05,Dnr 2024/0001,2,2,1");
    assert_eq!(data("units-by-area"), ["Norrby,1,1,2", "Söderby,1,1,2", "Totalt,2,2,4"]);
    assert_eq!(data("measures")[0], "Ärenden med genomförandeplan,11 av 20 (55\u{a0}%),16 av 24 (67\u{a0}%)");
    assert!(
        data("measures")[1].starts_with("Uppföljning (jämförs inte),11 av 20"),
        "what must not be compared says so"
    );
    let trend = data("trend-shares");
    assert_eq!(trend.len(), 1, "{trend:?}");
    assert!(trend[0].contains("andel av granskade ärenden") && trend[0].contains(",55,66.66"), "{trend:?}");
    let why = workspace.read("output/ny/1.0/data/not-compared.csv");
    assert!(
        why.contains("ärenden med uppföljning inom ett år (2024); ärenden med uppföljning inom ett halvår (2025)"),
        "{why}"
    );
    let page = workspace.read("output/ny/1.0/index.html");
    assert!(page.contains("href=\"../../ny-nu/1.0/index.html#norrby\""), "to the section of the inspection");
    assert!(page.contains("href=\"../../ny-fore/1.0/index.html\">Granskning av genomförandeplaner, våren</a>"));
    let plain: String = page.split('<').filter_map(|piece| piece.split_once('>')).map(|(_, text)| text).collect();
    assert!(plain.contains("med +12\u{a0}procentenheter"), "the change is bound");
    assert!(plain.contains("gäller 2 av 4 delaktighet"), "and so are counts by quality area");
}

#[test]
fn a_measure_has_a_trend_once_its_definition_is_the_same() {
    let workspace = new("annual-report");
    replace(&workspace, "content/ny-nu/findings/arenden.yaml", "inom ett halvår", "inom ett år");
    // Now nothing is left that could not be compared.
    checked(&workspace, "KND009", "there is no measure to print in `not-compared`");
    replace(
        &workspace,
        YEAR,
        "Andra mått går inte att jämföra, och [](#table-not-compared) säger varför.\n\n{{ table not-compared }}\n",
        "",
    );
    workspace.run(&["build", "ny"]).expect(0);
    let trend = workspace.read("output/ny/1.0/data/trend-shares.csv");
    assert!(trend.contains("Uppföljning, andel av granskade ärenden"), "{trend}");
    // Another base is another measure.
    let cases = "content/ny-nu/findings/arenden.yaml";
    replace(&workspace, cases, "  cases: {label: granskade ärenden,", "  cases: {label: överklagade ärenden,");
    checked(&workspace, "KND009", "there is no measure to print in `trend-shares`");
}

#[test]
fn an_annual_report_leaves_nothing_out() {
    let workspace = new("annual-report");
    replace(&workspace, "content/ny/utveckling.md", "{{ development-by-area uppfoljning }}\n", "");
    checked(&workspace, "KND009", "{{ development-by-area uppfoljning }}");
    // Unit by unit would do as well.
    let text = workspace.read("content/ny/utveckling.md");
    workspace.file(
        "content/ny/utveckling.md",
        format!("{text}\n{{{{ development-by-unit norrby }}}}\n\n{{{{ development-by-unit soderby }}}}\n"),
    );
    workspace.run(&["check", "ny"]).expect(0);
    replace(
        &workspace,
        YEAR,
        "och [](#table-not-compared) säger varför.\n\n{{ table not-compared }}",
        "av olika skäl.",
    );
    checked(&workspace, "KND009", "which measures are not compared, and why");
}

#[test]
fn what_cannot_be_gathered_is_told_where_it_is_named() {
    let report = "content/ny/report.yaml";
    let wrong = |path: &str, from: &str, to: &str, code: &str, words: &str| {
        let workspace = new("annual-report");
        replace(&workspace, path, from, to);
        checked(&workspace, code, words);
    };
    wrong(report, "{ny-fore:", "{ny-for:", "FIL001", "there is no report `ny-for`");
    wrong(
        "content/ny-fore/report.yaml",
        "inspection-report",
        "article",
        "KND011",
        "`ny-fore:followup` is no figure of an inspection",
    );
    wrong(MEASURES, "{figure: plan}", "{figure: plann}", "FIG001", "no inspection has a figure `plann`");
    wrong(MEASURES, "ny-fore:followup", "ny-fore:folowup", "FIG001", "there is no figure `ny-fore:folowup`");
    wrong(MEASURES, "ny-fore:followup", "ny-nu:plan", "KND011", "two figures of `ny-nu`");
    wrong(MEASURES, "label: uppföljning, ", "", "KND011", "inspections have other words for `followup`");
    wrong(MEASURES, "{figure: plan}", "{}", "KND011", "measure `plan` has no figures");
    wrong(
        "content/ny-nu/report.yaml",
        "norrby: Norrby",
        "norrby: Norr",
        "KND010",
        "is “Norrby” in `ny-fore` and “Norr” in `ny-nu`",
    );
    wrong(
        "content/ny/utveckling.md",
        "area delaktighet }}",
        "area delaktigt }}",
        "REF009",
        "there is no quality area `delaktigt`",
    );
    wrong(
        YEAR,
        "{{ table trend-shares }}",
        "{{ table trend-amounts }}",
        "KND009",
        "no measure to print in `trend-amounts`",
    );
    // The name that holds is said once.
    let workspace = new("annual-report");
    replace(&workspace, "content/ny-nu/report.yaml", "norrby: Norrby", "norrby: Norr");
    replace(&workspace, report, "chapters:", "units: {norrby: Norrby stadsdel}\nchapters:");
    workspace.run(&["build", "ny"]).expect(0);
    assert!(workspace.read("output/ny/1.0/data/units-by-area.csv").contains("Norrby stadsdel,1,1,2"));
    // An inspection that has found nothing, and a report of another kind that would gather.
    let workspace = new("annual-report");
    let cases = "figures:\n  cases: {label: granskade ärenden, count: 3}\n";
    workspace.file("content/ny-fore/findings/arenden.yaml", cases);
    workspace.file("content/ny-fore/granskning.md", "# Resultat\n\nDe är {{ cases }}.\n");
    replace(&workspace, MEASURES, "figures: [\"ny-fore:followup\", \"ny-nu:followup.done\"]", "figure: followup.done");
    checked(&workspace, "KND009", "`ny-fore` has no findings to gather");
    replace(&workspace, report, "annual-report", "article");
    checked(&workspace, "KND011", "only an annual report gathers measures");
    let run = workspace.run(&["check", "ny"]).expect(1);
    assert!(run.codes().contains(&"TXT003"), "{}", run.stderr);
}

#[test]
fn a_follow_up_adds_its_status_and_others_bind_what_is_gathered() {
    let workspace = new("annual-report");
    let report = REPORT.replace("units: {norr: Norr, soder: Söder}", "reports: {ny-fore: \"1.0\"}");
    workspace.file("content/efter/report.yaml", report.replace("inspection-report", "follow-up"));
    workspace.file(
        "content/efter/findings/efter.yaml",
        "follow-up:\n  of: ny-fore\n  caption: Läget\n  stub: Enhet\n  units:\n    \
         norrby: [{status: done, done: Gjort., evidence: Akter}]\n    soderby: [{status: begun, done: Börjat., evidence: Samtal}]\n",
    );
    workspace.file("content/efter/kapitel.md", "# Läget\n\n{{ follow-up norrby }}\n\n{{ follow-up soderby }}\n");
    replace(&workspace, "content/ny/report.yaml", "{ny-fore: \"1.0\",", "{efter: \"1.0\", ny-fore: \"1.0\",");
    workspace.run(&["build", "ny"]).expect(0);
    let page = workspace.read("output/ny/1.0/index.html");
    assert!(page.contains(": påbörjat") && page.contains(": klart"), "the status stands with the area");
    // What is gathered is a figure like any other.
    workspace.file("content/nyhet/report.yaml", report.replace("ny-fore", "ny"));
    workspace.file(
        "content/nyhet/kapitel.md",
        "# Nyhet\n\nAv dem gäller {{ ny:development.area.delaktighet | share }} delaktighet.\n",
    );
    workspace.run(&["build", "nyhet"]).expect(0);
    assert!(workspace.read("output/nyhet/1.0/index.html").contains("2 av 4"));
}
