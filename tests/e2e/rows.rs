//! Parameters, and folders that make a report for each row of a file.

use crate::sheets::{Book, ods};
use crate::workspace::{CHAPTER, Run, Workspace};

const ROWS: &str =
    "Kommun;id;Fil;Invånare;version;status\nNorr *ö*;norr;a;1200;1.0;published\nSöder;soder;b;900;1.0;published\n";

/// A folder `lage` that makes the reports `lage-norr` and `lage-soder`.
fn two_rows() -> Workspace {
    let workspace = Workspace::empty();
    workspace.file("belagg.yaml", "rules: {EVI001: off}\n");
    workspace.file(
        "content/lage/report.yaml",
        "kind: report\ntitle: \"Läget i {{ param.kommun }}\"\nversion: \"{{ param.version }}\"\ndate: 2026-04\nstatus: \"{{ param.status }}\"\n\
         imprint: {publisher: Exempelstad, contact: Kansliet}\nparameters: {month: mars, period: \"{{ param.month }} 2026\"}\n\
         for-each: data/kommuner.csv\nchapters: [text.md]\n",
    );
    workspace.file("content/lage/data/kommuner.csv", ROWS);
    workspace.file("content/lage/data/a.csv", "id;label;count\nnorr;Norr;4\nsoder;Söder;5\n");
    workspace.file("content/lage/data/b.csv", "id;label;count\nnorr;Norr;4\nsoder;Söder;6\n");
    workspace.file(
        "content/lage/findings/besok.yaml",
        "tables:\n  visits: {caption: \"Besök i {{ param.period }}\", stub: Ort, columns: [{id: count, label: Antal}], \
         csv: \"data/{{ param.fil }}.csv\", source: Räkningen}\nfigures:\n  own: {label: \"besök i {{ param.kommun }}\", \
         cell: {table: visits, row: \"{{ param.id }}\", column: count}}\n  people: {label: invånare, amount: \"{{ param.invanare }}\"}\n  \
         rate: {label: besök per invånare, ratio: [own, people], decimals: 4}\n",
    );
    workspace.file(
        "content/lage/text.md",
        "# Läget {#laget}\n\nI {{ param.kommun }} gjordes {{ own }} besök, {{ rate }} per invånare, se [](#table-visits) och [](#chart-visits).\n\n\
         {{ table visits }}\n\n{{ chart visits }}\n",
    );
    workspace.file("charts/lage/visits.yaml", "table: visits\nmark: bar\ncaption: \"Besök i {{ param.kommun }}\"\n");
    workspace
}

/// Puts other words into a file.
#[track_caller]
fn replace(workspace: &Workspace, path: &str, from: &str, to: &str) {
    let text = workspace.read(path);
    assert!(text.contains(from), "{path} has no `{from}`");
    workspace.file(path, text.replace(from, to));
}

/// The places of the problems with a code, as they are printed.
fn places(run: &Run, code: &str) -> Vec<String> {
    let lines: Vec<&str> = run.stderr.lines().collect();
    let found = lines.windows(2).filter(|pair| pair[0].contains(&format!("[{code}]")));
    found.map(|pair| pair[1].trim_start().trim_start_matches("--> ").to_owned()).collect()
}

#[test]
fn each_row_makes_a_report_with_its_cells_as_text() {
    let workspace = two_rows();
    let run = workspace.run(&["build"]).expect(0);
    assert!(run.codes().is_empty(), "{}", run.stderr);
    let page = workspace.read("output/lage-norr/1.0/index.html");
    assert!(page.contains("<title>Läget i Norr *ö* – Exempelstad"), "no cell is Markdown");
    assert!(page.contains("\"#Made-param.period\">mars 2026<"), "a parameter may use those before it");
    assert!(page.contains("0,0033"), "4 by 1,200");
    assert!(workspace.read("output/lage-soder/1.0/data/visits.csv").contains("Söder,6,"), "a file of its own");
    assert!(workspace.read("output/lage-soder/1.0/index.html").contains("0,0067"), "6 by 900");
    let index = workspace.read("output/index.html");
    assert!(index.contains("lage-norr/1.0/") && index.contains("lage-soder/1.0/"));
    assert!(!workspace.path("output/lage").exists());
    // The same bytes in another folder, and when one is built by itself.
    let twin = two_rows();
    twin.run(&["build", "lage-soder"]).expect(0);
    for file in twin.files("output/lage-soder") {
        let path = format!("output/lage-soder/{file}");
        assert_eq!(twin.bytes(&path), workspace.bytes(&path), "{path}");
    }
    assert!(!twin.path("output/lage-norr").exists());
    let run = workspace.run(&["explain", "own", "--report", "lage-soder"]).expect(0);
    assert!(run.stdout.contains("besök i Söder = 6"), "{}", run.stdout);
    workspace.run(&["check", "content/lage"]).expect(0);
    workspace.run(&["check", "content/lage-norr"]).expect(0);
}

#[test]
fn each_report_is_published_and_verified_as_its_own() {
    let workspace = two_rows();
    workspace.run(&["publish", "lage"]).expect(0);
    for id in ["lage-norr", "lage-soder"] {
        let files = workspace.files(&format!("content/{id}"));
        assert_eq!(files[..2], ["versions/1.0.tar.gz", "versions/1.0.yaml"]);
        assert!(files.len() == 3 && files[2].starts_with("versions/templates-"), "{files:?}");
    }
    assert!(workspace.read("content/ledger.yaml").contains("lage-soder"));
    let run = workspace.run(&["verify", "--rebuild"]).expect(0);
    assert!(
        run.stdout.contains("lage-norr 1.0: built again from its packed inputs: the bytes are those of the ledger")
    );
    let run = workspace.run(&["build"]).expect(0);
    assert!(run.codes().is_empty() && run.stdout.contains("output/lage-soder/1.0: published 2026-04, stays as it is"));
    // A row is mended: that report gets a version, the other stays as it is.
    replace(&workspace, "content/lage/data/b.csv", "soder;Söder;6", "soder;Söder;7");
    let run = workspace.run(&["build"]).expect(1);
    assert_eq!(run.codes(), ["VER001"], "{}", run.stderr);
    replace(&workspace, "content/lage/data/kommuner.csv", "900;1.0;published", "900;1.1;corrected");
    replace(
        &workspace,
        "content/lage/report.yaml",
        "chapters:",
        "changes: [{type: correction, what: Antalet besök, why: En dag saknades, concerns: [visits.soder], rows: [soder]}]\nchapters:",
    );
    let run = workspace.run(&["publish", "lage"]).expect(0);
    assert!(
        run.stdout.contains("lage-norr 1.0 is published already") && run.stdout.contains("lage-soder 1.1 is published")
    );
    workspace.run(&["verify", "--rebuild"]).expect(0);
    let diff = workspace.run(&["diff", "lage-soder", "1.0", "1.1"]).expect(0);
    assert!(diff.stdout.contains('7'), "{}", diff.stdout);
    std::fs::remove_dir_all(workspace.path("output")).unwrap();
    workspace.run(&["build"]).expect(0);
    workspace.run(&["verify"]).expect(0);
}

#[test]
fn a_row_that_is_gone_leaves_what_is_published_of_it() {
    let workspace = two_rows();
    workspace.run(&["publish", "lage"]).expect(0);
    replace(&workspace, "content/lage/data/kommuner.csv", "Söder;soder;", "Södra;sodra;");
    replace(&workspace, "content/lage/data/b.csv", "soder;Söder", "sodra;Södra");
    std::fs::remove_dir_all(workspace.path("output/lage-soder")).unwrap();
    let run = workspace.run(&["build"]).expect(0);
    assert_eq!(run.codes(), ["PAR003"], "{}", run.stderr);
    assert!(run.stderr.contains("`lage-soder` is published, and content/lage has no row that makes it any more"));
    assert!(run.stderr.contains("did you mean `sodra`?"), "{}", run.stderr);
    assert!(workspace.path("output/lage-soder/1.0/index.html").exists(), "what is published is restored");
    assert!(workspace.path("output/lage-sodra/1.0/index.html").exists());
    let run = workspace.run(&["verify", "lage-soder"]).expect(0);
    assert!(run.stdout.contains("unchanged: output/lage-soder/1.0"), "{}", run.stdout);
    workspace.run(&["verify", "--rebuild"]).expect(0);
}

#[test]
fn rows_that_make_no_reports_are_told_at_their_cells() {
    for (rows, code, words) in [
        (ROWS.replace(";soder;", ";norr;"), "PAR002", "two rows make the report `norr`"),
        (ROWS.replace(";soder;", ";Söder;"), "PAR002", "`Söder` cannot be the id of a report"),
        (ROWS.replace(";900;", ";;"), "PAR002", "the row `soder` has no `invanare`"),
        (ROWS.replace("Fil;", "Kommun;"), "PAR002", "two columns are the parameter `kommun`"),
        (ROWS.replace("Fil;", "month;"), "PAR001", "the parameter `month` is given by the row as well"),
        (ROWS.lines().next().unwrap().to_owned(), "PAR002", "the file has no row"),
    ] {
        let workspace = two_rows();
        workspace.file("content/lage/data/kommuner.csv", rows);
        let run = workspace.run(&["build"]).expect(1);
        assert!(run.codes().contains(&code) && run.stderr.contains(words), "{words}:\n{}", run.stderr);
        assert!(!workspace.path("output").exists());
    }
    let workspace = two_rows();
    workspace.file("content/lage/data/kommuner.csv", ROWS.replace(";soder;", ";;"));
    let run = workspace.run(&["check"]).expect(1);
    assert!(run.stderr.contains("the row has no `id`"), "{}", run.stderr);
    assert_eq!(run.codes(), ["PAR002"], "told once: {}", run.stderr);
    let workspace = two_rows();
    workspace.file("content/lage/data/kommuner.csv", ROWS.replace(";soder;", ";norr;"));
    let run = workspace.run(&["check"]).expect(1);
    assert_eq!(places(&run, "PAR002"), ["content/lage/data/kommuner.csv:3:7"]);
    assert!(run.stderr.contains("norr;a;1200") && run.stderr.contains("first here"), "{}", run.stderr);
    // A file that is not there, and the key in the wrong place.
    let workspace = two_rows();
    replace(&workspace, "content/lage/report.yaml", "kommuner.csv", "komuner.csv");
    let run = workspace.run(&["check"]).expect(1);
    assert_eq!(places(&run, "FIL001"), ["content/lage/report.yaml:8:11"]);
    let workspace = Workspace::small();
    replace(&workspace, "content/liten/report.yaml", "chapters:", "reports: {for-each: data/a.csv}\nchapters:");
    let run = workspace.run(&["check"]).expect(1);
    assert!(run.stderr.contains("not below `reports`"), "{}", run.stderr);
}

#[test]
fn a_parameter_that_is_not_there_is_told_where_it_is_used() {
    let workspace = two_rows();
    replace(&workspace, "content/lage/findings/besok.yaml", "{{ param.fil }}", "{{ param.fill }}");
    let run = workspace.run(&["check"]).expect(1);
    assert_eq!(places(&run, "PAR001"), ["content/lage/findings/besok.yaml:2:105"], "told once: {}", run.stderr);
    assert!(run.stderr.contains("did you mean `fil`?"), "{}", run.stderr);
    let workspace = two_rows();
    replace(&workspace, "content/lage/text.md", "{{ param.kommun }}", "{{ param.komun }}");
    let run = workspace.run(&["check"]).expect(1);
    assert_eq!(places(&run, "PAR001"), ["content/lage/text.md:3:6"], "told once: {}", run.stderr);
    assert!(run.stderr.contains("did you mean `kommun`?"), "{}", run.stderr);
}

#[test]
fn a_problem_of_some_rows_names_them() {
    let workspace = two_rows();
    workspace.file("content/lage/data/b.csv", "id;label;count\nnorr;Norr;4\n");
    let run = workspace.run(&["check"]).expect(1);
    assert!(run.stderr.contains("content/lage/data/kommuner.csv:3:7"), "{}", run.stderr);
    assert!(run.stderr.contains("in the report for this row"), "{}", run.stderr);
    // What is typed in the text is the same for all, and told once.
    let workspace = two_rows();
    workspace.file("belagg.yaml", "");
    let text = workspace.read("content/lage/text.md");
    workspace.file("content/lage/text.md", format!("{text}\nDet gjordes 41 hembesök.\n"));
    let run = workspace.run(&["check"]).expect(1);
    assert_eq!(places(&run, "EVI001").len(), 1, "{}", run.stderr);
    assert!(!run.stderr.contains("in the report for this row"), "{}", run.stderr);
    // A folder is no report, and neither can two things have one address.
    let run = workspace.run(&["diff", "lage"]);
    assert!(run.code != 0, "{}", run.stdout);
    let report = workspace.read("content/lage/report.yaml");
    let workspace = two_rows();
    let own = report.replace("for-each: data/kommuner.csv\n", "").replace("{{ param.kommun }}", "Norr");
    let own = own.replace("{{ param.version }}", "1.0").replace("{{ param.status }}", "draft");
    workspace.file("content/lage-norr/report.yaml", own).file("content/lage-norr/text.md", "# Norr\n\nText.\n");
    let run = workspace.run(&["check"]).expect(1);
    assert!(run.codes().contains(&"KEY005"), "{}", run.stderr);
}

#[test]
fn parameters_are_bound_in_text_and_stand_in_paths() {
    let workspace = Workspace::small();
    workspace.file("content/liten/data/mars.csv", "label;count\nNorr;3\n");
    workspace.findings(
        "tables: {orter: {caption: \"Orter i {{ param.month | capital }}\", stub: Ort, columns: [{id: count, label: Antal}], csv: \"data/{{ param.month }}.csv\"}}\n",
    );
    replace(
        &workspace,
        "content/liten/report.yaml",
        "chapters:",
        "parameters: {month: mars, part: kapitel}\nchapters:",
    );
    replace(&workspace, "content/liten/report.yaml", "[kapitel.md]", "[\"{{ param.part }}.md\"]");
    workspace.chapter("# Resultat\n\nI {{ param.month }} var det så, se [](#table-orter).\n\n{{ table orter }}\n\n{{ table visits }}\n");
    let run = workspace.run(&["build"]).expect(0);
    assert!(run.codes().is_empty(), "{}", run.stderr);
    let page = workspace.read("output/liten/1.0/index.html");
    assert!(page.contains("#Made-param.month\">mars") && page.contains("#Made-param.month\">Mars<"), "{page}");
}

#[test]
fn a_parameter_that_is_not_there_is_told_as_one_in_running_text_too() {
    let workspace = Workspace::small();
    workspace.chapter(format!("{CHAPTER}\nI {{{{ param.manad }}}}.\n"));
    let run = workspace.run(&["check"]).expect(1);
    assert_eq!(run.codes(), ["PAR001"], "{}", run.stderr);
    assert!(
        run.stderr.contains("there is no parameter `manad`") && run.stderr.contains("`parameters: {manad: …}`"),
        "{}",
        run.stderr
    );
}

/// Cells of [`ROWS`].
fn cells() -> Vec<Vec<&'static str>> {
    ROWS.lines().map(|line| line.split(';').collect()).collect()
}

/// A workbook of these rows; a number of inhabitants is a number.
fn workbook(rows: &[Vec<&'static str>], name: &str) -> Vec<u8> {
    if name.ends_with("ods") {
        let cell = |text: &&str| match text.parse::<u32>() {
            Ok(number) => format!(
                "<table:table-cell office:value-type=\"float\" office:value=\"{number}\"><text:p>{number}</text:p></table:table-cell>"
            ),
            Err(_) => {
                format!("<table:table-cell office:value-type=\"string\"><text:p>{text}</text:p></table:table-cell>")
            }
        };
        let row = |row: &Vec<&str>| {
            format!("<table:table-row>{}</table:table-row>", row.iter().map(cell).collect::<String>())
        };
        return ods(&rows.iter().map(row).collect::<String>());
    }
    // A version is a text in the sheet, or it would be the number 1.
    let cell = |text: &'_ &'static str| match *text {
        "1.0" => "<c r=\"\" t=\"inlineStr\"><is><t>1.0</t></is></c>",
        text => text,
    };
    let rows: Vec<Vec<&str>> = rows.iter().map(|row| row.iter().map(cell).collect()).collect();
    let slices: Vec<&[&str]> = rows.iter().map(Vec::as_slice).collect();
    Book::of(&slices).bytes()
}

#[test]
fn rows_of_a_sheet_make_the_same_reports_as_those_of_csv() {
    let of_csv = two_rows();
    of_csv.run(&["build"]).expect(0);
    for name in ["kommuner.xlsx", "kommuner.ods"] {
        let workspace = two_rows();
        replace(&workspace, "content/lage/report.yaml", "kommuner.csv", name);
        let mut rows = cells();
        rows.push(vec![]);
        rows.push(vec!["Källa: SCB"]);
        workspace.file(&format!("content/lage/data/{name}"), workbook(&rows, name));
        workspace.run(&["build"]).expect(0);
        // All but the place that a parameter is said to stand in.
        let page = |workspace: &Workspace| {
            workspace
                .read("output/lage-norr/1.0/index.html")
                .split("<section class=\"evidence\"")
                .next()
                .unwrap()
                .to_owned()
        };
        assert!(page(&workspace) == page(&of_csv), "{name}");
        let data = "output/lage-soder/1.0/data/visits.csv";
        assert_eq!(workspace.read(data), of_csv.read(data), "{name}");
        assert!(!workspace.path("output/lage-kalla-scb").exists());
        // What is published is built again from the packed inputs, the workbook among them.
        workspace.run(&["publish", "lage-norr"]).expect(0);
        std::fs::remove_dir_all(workspace.path("output")).unwrap();
        workspace.run(&["verify", "--rebuild", "lage-norr"]);
        workspace.run(&["build", "lage-norr"]).expect(0);
        assert!(workspace.path("output/lage-norr/1.0/index.html").exists(), "{name}");
    }
}

#[test]
fn faults_in_a_sheet_of_rows_name_the_cell() {
    let mut doubled = cells();
    doubled.push(vec!["Väster", "norr", "a", "7", "1.0", "published"]);
    let mut blank = cells();
    blank[1][2] = "";
    let mut renamed = cells();
    renamed[2][1] = "Söder!";
    let mut unnamed = cells();
    unnamed[0][3] = "";
    let mut header = cells();
    header[0][3] = "Fil";
    for (rows, message) in [
        (doubled, "data/kommuner.xlsx, S!B4: two rows make the report `norr`"),
        (blank, "data/kommuner.xlsx, S!C2: the row `norr` has no `fil`"),
        (renamed, "data/kommuner.xlsx, S!B3: `Söder!` cannot be the id of a report"),
        (unnamed, "data/kommuner.xlsx, S!D1: a column has no header"),
        (header, "data/kommuner.xlsx, S!D1: two columns are the parameter `fil`"),
        (vec![cells().remove(0)], "the file has no row: no report is made"),
    ] {
        let workspace = two_rows();
        replace(&workspace, "content/lage/report.yaml", "kommuner.csv", "kommuner.xlsx");
        workspace.file("content/lage/data/kommuner.xlsx", workbook(&rows, "kommuner.xlsx"));
        let run = workspace.run(&["check"]).expect(1);
        assert!(run.stderr.contains(message), "{message}: {}", run.stderr);
    }
}

#[test]
fn parameters_stand_in_paths_of_pictures_and_in_cells() {
    let workspace = two_rows();
    for name in ["norr", "soder"] {
        let svg =
            format!("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"><title>{name}</title></svg>");
        workspace.file(&format!("content/lage/kartor/{name}.svg"), svg);
    }
    replace(
        &workspace,
        "content/lage/text.md",
        "{{ table visits }}",
        "{{ table visits }}\n\n{{ table own }}\n\n![Karta](kartor/{{ param.id }}.svg \"Karta över {{ param.kommun }}\")",
    );
    workspace.file(
        "content/lage/findings/egen.yaml",
        "tables:\n  own: {caption: Eget, stub: Ort, columns: [{id: n, label: Invånare}, {id: words, label: Ord, type: text}], source: Räkningen, \
         rows: [{label: \"{{ param.kommun }}\", n: \"{{ param.invanare }}\", words: \"I {{ param.kommun }}\"}]}\n",
    );
    workspace.run(&["build"]).expect(0);
    let page = workspace.read("output/lage-norr/1.0/index.html");
    assert!(
        page.contains("<title>norr</title>")
            || workspace.files("output/lage-norr").iter().any(|file| file.contains("norr") && file.ends_with(".svg")),
        "the picture of its own"
    );
    let data = workspace.read("output/lage-norr/1.0/data/own.csv");
    assert!(data.contains("Norr *ö*,1200,I Norr *ö*"), "{data}");
    replace(&workspace, "content/lage/text.md", "kartor/{{ param.id }}", "kartor/{{ param.namn }}");
    let run = workspace.run(&["check"]).expect(1);
    assert_eq!(run.stderr.matches("there is no parameter `namn`").count(), 1, "{}", run.stderr);
    assert!(!run.stderr.contains("REF007"), "{}", run.stderr);
}
