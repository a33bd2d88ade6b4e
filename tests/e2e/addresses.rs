//! Addresses: those of the program's own never meet those of authors, and what would share one is refused with both places.

use crate::workspace::{CHAPTER, FINDINGS, REPORT, Workspace};

/// A report with a table, a chart, a note, a citation, a question, a table typed in Markdown and bound numbers.
fn full(heading: &str) -> Workspace {
    let workspace = Workspace::small();
    let report = REPORT.replace("[kapitel.md]", "[kapitel.md, kallor.md]");
    workspace.file("content/liten/report.yaml", report);
    workspace.file(
        "content/liten/findings/alla.yaml",
        format!("{FINDINGS}    notes: {{\"*\": En anmärkning}}\n")
            .replace("caption: Besök per enhet", "caption: \"Besök per enhet[^*]\""),
    );
    workspace.file("content/liten/sources.yaml", "a1: {type: report, title: Ett, author: Kontoret, date: 2020}\n");
    workspace.file("content/liten/kallor.md", "# Källor {.references}\n\n{{ references }}\n");
    workspace.file("charts/liten/visits.yaml", "table: visits\nmark: grouped-bar\ncaption: Besöken\n");
    workspace.chapter(format!(
        "{CHAPTER}\n{{{{ chart visits }}}}\n\nSe [](#chart-visits), källan [@a1] och noten.[^1] Enligt [@a1] är {{{{ cases }}}} granskade.\n\n| A | B |\n|---|---|\n| c | d |\n\n{heading}\n\nText.\n\n[^1]: En not.\n",
    ));
    workspace
}

/// Every `id` of a page, in order.
fn ids(page: &str) -> Vec<&str> {
    page.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

fn doubled(page: &str) -> Vec<&str> {
    let mut ids = ids(page);
    ids.sort_unstable();
    ids.windows(2).filter(|pair| pair[0] == pair[1]).map(|pair| pair[0]).collect()
}

/// All addresses that a page leads to within itself.
fn links(page: &str) -> Vec<&str> {
    page.split("href=\"#").skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

#[test]
fn a_heading_may_have_any_id_that_looks_like_one_of_the_program() {
    let plain = full("## Särskilt");
    plain.run(&["build"]).expect(0);
    let page = plain.read("output/liten/1.0/index.html");
    let own: Vec<String> =
        ids(&page).into_iter().filter(|id| id.chars().any(char::is_uppercase)).map(str::to_lowercase).collect();
    for wanted in
        ["main", "contents", "notes", "evidence", "imprint", "note-1", "noteref-1", "ref-a1", "bound-1", "text-table-1"]
    {
        assert!(own.iter().any(|id| id == wanted), "{wanted} is no address of the page: {own:?}");
    }
    // All at once: each would have been somebody's id before.
    let earlier = [
        "main-1",
        "made",
        "made.cases",
        "bound.1",
        "contents-title",
        "notes-title",
        "imprint-title",
        "svg-visits-title",
        "svg-visits-desc",
        "chapter-1",
        "heading",
        "toc",
        "search",
        "top",
        "cite-a1-1",
        "table-visits-c0",
        "table-visits-r1",
        "table-visits-note-1",
        "chart-visits-data",
        "chart-visits-data-c1",
        "version-changes-words",
        "text-table-1-r1",
    ];
    let taken: Vec<String> =
        own.iter().map(String::as_str).filter(|id| *id != "notes").chain(earlier).map(str::to_owned).collect();
    let mut named: Vec<String> =
        taken.into_iter().filter(|id| !["svg-visits-title", "svg-visits-desc"].contains(&id.as_str())).collect();
    named.push("svg-visits-title".into());
    named.sort();
    named.dedup();
    let headings: Vec<String> = named.iter().map(|id| format!("## Rubrik {{#{id}}}\n\nSe [](#{id}).")).collect();
    let crowded = full(&headings.join("\n\n"));
    crowded.run(&["build"]).expect(0);
    let page = crowded.read("output/liten/1.0/index.html");
    assert_eq!(doubled(&page), Vec::<&str>::new());
    let all = ids(&page);
    for id in &named {
        assert!(all.contains(&id.as_str()), "the heading {id} has its own id");
    }
    let dead: Vec<&str> = links(&page).into_iter().filter(|link| !all.contains(link)).collect();
    assert_eq!(dead, Vec::<&str>::new());
    assert!(page.contains("href=\"#table-visits\"") && page.contains("href=\"#chart-visits\""));
}

#[test]
fn an_id_of_a_table_or_chart_is_not_a_headings() {
    for (id, what, place) in [
        ("table-visits", "the table `visits`", "findings/alla.yaml"),
        ("chart-visits", "the chart `visits`", "charts/liten/visits.yaml"),
    ] {
        let run = full(&format!("## Eget {{#{id}}}")).run(&["build"]).expect(1);
        assert_eq!(run.codes(), ["REF006"], "{}", run.stderr);
        assert!(run.stderr.contains(&format!("`#{id}` is the address of {what}")), "{}", run.stderr);
        assert!(run.stderr.contains("kapitel.md:15:") && run.stderr.contains(place), "{}", run.stderr);
    }
    for id in ["version-changes", "notes"] {
        let run = full(&format!("## Eget {{#{id}}}")).run(&["build"]).expect(1);
        assert!(run.stderr.contains(&format!("the program itself has the address `#{id}`")), "{}", run.stderr);
    }
    // One that is made of a heading's words gives way.
    let workspace = full("## Chart: visits\n\nText.\n\n## Table visits\n\nText.\n\n## Notes");
    workspace.run(&["build"]).expect(0);
    let page = workspace.read("output/liten/1.0/index.html");
    assert_eq!(doubled(&page), Vec::<&str>::new());
    for id in ["chart-visits-2", "table-visits-2", "notes-2"] {
        assert!(ids(&page).contains(&id), "{id}");
    }
    assert!(page.contains("<figure class=\"figure\" id=\"chart-visits\" "));
}

/// Everything that running text may hold, in every place where it may stand: both outputs know it, and every link leads somewhere.
#[test]
fn every_inline_stands_in_every_place() {
    let words = "*e* **s _x_** ~~d~~ `c` [l](https://example.org) [](#resultat) [ord](#table-t) {{ n }} {{ t.b | label }} [x](lang:en)";
    let all = format!("{words} [@a1]");
    let note = format!("{all} en not.[^1]");
    for style in ["notes", "author-year"] {
        let workspace = Workspace::empty();
        workspace.file("belagg.yaml", "publisher: {name: Kontoret}\nrules: {TAB012: off, TAB013: off}\n");
        workspace.file(
            "content/r/report.yaml",
            format!("kind: inspection-report\ntitle: \"Titel {words}\"\nsubtitle: \"Under {words}\"\nversion: \"1.0\"\ndate: 2024-03-01\nstatus: published\ninvented: \"Allt {words}\"\nimprint: {{reference: \"Dnr {all}\", publisher: P, contact: \"K {all}\", recipients: [\"M {all}\"]}}\nunits: {{norr: \"Norr *x*\"}}\nterms: {{SIP: \"plan {all}\"}}\nextracts: units\ncitation-style: {style}\nchapters: [k.md, ref.md]\n"),
        );
        workspace.file("content/r/sources.yaml", "a1: {type: report, title: Ett, author: Kontoret, date: 2020}\n");
        workspace.file("content/r/ref.md", "# Källor {.references}\n\n{{ references }}\n");
        workspace.file("charts/r/t.yaml", format!("table: t\nmark: grouped-bar\ncaption: \"C {all}\"\nnote: \"N {all}\"\nsource: \"S {all}\"\ndescription: \"D {words}\"\n"));
        workspace.file("content/r/findings/f.yaml", format!("figures:
  n: {{label: \"etikett *x*\", count: 4}}
  words: {{label: ord, text: \"text {all}\"}}
tables:
  t:
    caption: \"Caption {all}[^*]\"
    stub: \"Stub {all}\"
    columns: [{{group: \"G {all}\", columns: [{{id: c, label: \"C {all}\"}}, {{id: d, label: \"D {all}\"}}]}}, {{id: w, label: \"W {all}\", type: text}}]
    rows:
      - {{id: a, label: \"R {all}\", c: 1, d: 2, w: \"W {all}\"}}
      - {{id: b, label: \"R2 *x*\", c: 1, d: 2, w: \"W2\"}}
    notes: {{\"*\": \"Not {all}\"}}
    note: \"Note {all}\"
    source: \"Source {all}\"
assessments:
  norr: {{strengths: [\"S {all}\"], development: [{{text: \"D {all}\", area: trygg}}]}}
quality-areas:
  trygg: {{name: \"Trygg {words}\", text: \"T {all}\"}}
statements:
  s1: {{by: \"B {all}\", text: \"T {all}\"}}
  s2: {{by: \"B {all}\", text: \"T {all}\", quoted: false}}
definitions:
  d: {{term: \"T {all}\", text: \"T {all}\"}}
processes:
  p: {{title: \"T {all}\", steps: [\"S {all}\", {{title: \"T {all}\", text: \"T {all}\"}}]}}
"));
        workspace.file("content/r/k.md", format!("# Resultat {note} {{#resultat}}\n\nStycke {note} rad\\\nny {{{{ words }}}}.\n\n## Två {note} {{#tva}}\n\n### Tre {note}\n\n- Punkt {note}\n\n1. {note}\n\n> Citat {note}\n>\n> — Av {note}\n\n> [!NOTE]\n> Ruta {note}\n\nTerm {note}\n: Förklaring {note}\n\n| A {all} | B |\n|---|---|\n| c {note} | d {all} |\n\n{{{{ table t }}}}\n\n{{{{ chart t }}}}\n\n{{{{ strengths norr }}}}\n\n{{{{ development norr }}}}\n\n{{{{ statement s1 }}}}\n\n{{{{ statement s2 }}}}\n\n{{{{ definitions }}}}\n\n{{{{ terms }}}}\n\n{{{{ quality-areas }}}}\n\n{{{{ process p }}}}\n\n[^1]: Noten {all}.\n"));
        let run = workspace.run(&["publish", "r"]).expect(0);
        assert!(!run.stderr.contains("error["), "{}", run.stderr);
        for page in ["output/r/1.0/index.html", "output/r-norr/1.0/index.html"] {
            let page = workspace.read(page);
            assert_eq!(doubled(&page), Vec::<&str>::new(), "{style}");
            let all = ids(&page);
            let dead: Vec<&str> = links(&page).into_iter().filter(|link| !all.contains(link)).collect();
            assert_eq!(dead, Vec::<&str>::new(), "{style}");
        }
        // With a second version come words that were put in and taken out.
        let report = workspace
            .read("content/r/report.yaml")
            .replace("\"1.0\"", "\"1.1\"")
            .replace("status: published", "status: corrected");
        workspace.file(
            "content/r/report.yaml",
            format!("{report}changes: [{{type: correction, what: \"W {all}\", why: \"Y {all}\", concerns: [n, t]}}]\n"),
        );
        for file in ["content/r/findings/f.yaml", "content/r/k.md"] {
            let text =
                workspace.read(file).replace("*e*", "*nya*").replace("count: 4", "count: 5").replace("c: 1", "c: 3");
            workspace.file(file, text);
        }
        workspace.run(&["build", "r", "r-norr"]).expect(0);
        let page = workspace.read("output/r/1.1/index.html");
        assert!(page.contains("<ins>") && page.contains("<del>"), "{style}");
        assert_eq!(doubled(&page), Vec::<&str>::new(), "{style}");
    }
    // A list of references is one, and where there is none nothing leads to it.
    let workspace = full("## Eget\n\n{{ references }}");
    assert_eq!(workspace.run(&["build"]).expect(1).codes(), ["REF006"]);
    let workspace = full("## Eget");
    let report = workspace.read("content/liten/report.yaml").replace(", kallor.md", "");
    workspace.file("content/liten/report.yaml", format!("{report}citation-style: author-year\n"));
    workspace.run(&["build"]).expect(0);
    // A citation where nothing can lead back is refused.
    let workspace = full("## Eget");
    workspace.file(
        "content/liten/report.yaml",
        workspace.read("content/liten/report.yaml").replace("Liten rapport", "\"Liten [@a1]\""),
    );
    let run = workspace.run(&["build"]).expect(1);
    assert_eq!(run.codes(), ["REF015"], "{}", run.stderr);
}

#[test]
fn an_id_that_is_given_twice_names_both_places() {
    let run = full("## Ett {#lika}\n\nText.\n\n## Två {#lika}").run(&["build"]).expect(1);
    assert!(run.stderr.contains("kapitel.md:19:") && run.stderr.contains("again here"), "{}", run.stderr);
    assert!(run.stderr.contains("first here"), "{}", run.stderr);
    // The data of the chart visits and of a table that is called so.
    let workspace = full("## Eget");
    workspace.findings("tables:\n  chart-visits: {caption: C, stub: S, columns: [{id: n, label: N}], rows: [{label: A, n: 1}], source: Q}\n");
    let chapter = workspace.read("content/liten/kapitel.md");
    workspace.chapter(chapter.replace("Text.", "Text.\n\n{{ table chart-visits }}"));
    let run = workspace.run(&["build"]).expect(1);
    assert!(run.stderr.contains("would have the same file `data/chart-visits.csv`"), "{}", run.stderr);
    // The part b of question a, and the question a-b.
    let workspace = Workspace::small();
    workspace.findings("questions:\n  a: {text: Frågan, parts: {b: Del}}\n  a-b: {text: Den andra frågan}\n");
    workspace.chapter(format!("{CHAPTER}\n{{{{ question a }}}}\n\n{{{{ question a-b }}}}\n"));
    let run = workspace.run(&["build"]);
    assert!(run.code == 1 && run.codes().contains(&"REF006"), "{}", run.stderr);
}

#[test]
fn a_table_is_no_device() {
    let workspace = Workspace::small();
    let table = |id: &str| {
        format!(
            "  {id}: {{caption: T, stub: S, columns: [{{id: n, label: N}}], rows: [{{label: a, n: 1}}, {{label: b, n: 2}}]}}\n"
        )
    };
    workspace.findings(format!("tables:\n{}{}{}", table("aux"), table("com1"), table("com10")));
    workspace.chapter("# Resultat\n\n{{ table aux }}\n\n{{ table com1 }}\n\n{{ table com10 }}\n");
    let said = workspace.run(&["check"]).expect(1).stderr;
    assert!(said.contains("`aux` would become a file") && said.contains("`com1` would"), "{said}");
    assert_eq!(said.matches("error[FIL009]").count(), 2, "{said}");
}
