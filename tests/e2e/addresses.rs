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
    assert!(page.contains("<figure class=\"figure\" id=\"chart-visits\">"));
}

#[test]
fn an_id_that_is_given_twice_names_both_places() {
    let run = full("## Ett {#lika}\n\nText.\n\n## Två {#lika}").run(&["build"]).expect(1);
    assert!(run.stderr.contains("kapitel.md:19:") && run.stderr.contains("again here"), "{}", run.stderr);
    assert!(run.stderr.contains("first here"), "{}", run.stderr);
    // The part b of question a, and the question a-b.
    let workspace = Workspace::small();
    workspace.findings("questions:\n  a: {text: Frågan, parts: {b: Del}}\n  a-b: {text: Den andra frågan}\n");
    workspace.chapter(format!("{CHAPTER}\n{{{{ question a }}}}\n\n{{{{ question a-b }}}}\n"));
    let run = workspace.run(&["build"]);
    assert!(run.code == 1 && run.codes().contains(&"REF006"), "{}", run.stderr);
}
