//! `belagg check --links`: all that leads somewhere in `output/` gets there.

use crate::workspace::{CHAPTER, Workspace};

fn built() -> Workspace {
    let chapter =
        format!("{CHAPTER}\nSe [lagen](https://www.riksdagen.se/lag?a=1&b=2) och [sidan](https://www.scb.se/).\n");
    let workspace = Workspace::small();
    workspace.chapter(&chapter);
    workspace.run(&["build"]).expect(0);
    workspace
}

#[test]
fn what_the_program_builds_has_no_dead_link() {
    let workspace = built();
    let run = workspace.run(&["check", "--links"]).expect(0);
    assert!(run.stdout.contains("2 addresses elsewhere"), "{}", run.stdout);
    let run = workspace.run(&["check", "--links", "liten"]).expect(0);
    assert!(run.stdout.contains("links within output/ lead somewhere"), "{}", run.stdout);
    // The PDF has the same two, and the ones of the page are letters again.
    let run = workspace.run(&["check", "--links", "--external"]).expect(0);
    assert_eq!(run.stdout, "https://www.riksdagen.se/lag?a=1&b=2\nhttps://www.scb.se/\n");
}

#[test]
fn a_dead_link_is_told_where_it_stands() {
    let workspace = built();
    let page = "output/liten/1.0/index.html";
    let text = workspace.read(page);
    let text = text.replacen("href=\"#Main\"", "href=\"#Mian\"", 1).replacen("assets/page.js", "assets/pge.js", 1);
    let text =
        text.replace("</main>", "<p>\n<a href=\"../../../belagg.yaml\">x</a>\n<a href=\"../../\">å</a></p></main>");
    workspace.file(page, &text);
    let run = workspace.run(&["check", "--links"]).expect(1);
    let codes = run.codes();
    assert_eq!(codes, ["OUT002", "OUT003", "OUT002", "OUT004"], "{}", run.stderr);
    let line = |wanted: &str| text.lines().position(|line| line.contains(wanted)).unwrap() + 1;
    let place = |wanted: &str, within: &str| {
        let row = text.lines().nth(line(wanted) - 1).unwrap();
        format!("{page}:{}:{}", line(wanted), row[..row.find(within).unwrap()].chars().count() + 1)
    };
    for place in [
        place("#Mian", "#Mian"),
        place("pge.js", "assets/pge.js"),
        place("belagg.yaml", "../../../"),
        place("å</a>", "../../"),
    ] {
        assert!(run.stderr.contains(&place), "{place}\n{}", run.stderr);
    }
    assert!(
        run.stderr.contains("did you mean `Main`?")
            && run.stderr.contains("did you mean `output/liten/1.0/assets/page.js`?"),
        "{}",
        run.stderr
    );
}

#[test]
fn a_file_that_is_gone_is_missed_by_all_that_name_it() {
    let workspace = built();
    for (gone, by) in [("liten.pdf", "index.html"), ("assets/serif-italic.woff2", "assets/fonts.css")] {
        let path = workspace.path(&format!("output/liten/1.0/{gone}"));
        let kept = std::fs::read(&path).unwrap();
        std::fs::remove_file(&path).unwrap();
        let run = workspace.run(&["check", "--links"]).expect(1);
        assert!(run.stderr.contains(&format!("output/liten/1.0/{by}:")) && run.stderr.contains(gone), "{}", run.stderr);
        std::fs::write(&path, kept).unwrap();
    }
    workspace.run(&["check", "--links"]).expect(0);
}

#[test]
fn without_output_there_is_nothing_to_look_at() {
    let workspace = Workspace::small();
    let run = workspace.run(&["check", "--links"]).expect(2);
    assert!(run.stderr.contains("nothing in output/"), "{}", run.stderr);
    let run = workspace.run(&["check", "--links", "liten"]).expect(2);
    assert!(run.stderr.contains("`belagg build liten` makes it"), "{}", run.stderr);
}

/// A server answers whole addresses of the website: folders too. What is not there is missed all the same, also in the catalogue.
#[test]
fn whole_addresses_of_the_website_are_followed() {
    let workspace = Workspace::small();
    let settings = "publisher: {name: Exempelstad}\nsite: https://rapporter.exempelstad.se/r\n\
                    catalogue: {publisher-type: local-authority, contact: data@exempelstad.se}\n";
    workspace.file("belagg.yaml", format!("{}{settings}", workspace.read("belagg.yaml")));
    workspace.chapter(format!(
        "{CHAPTER}\nSe [alla](https://rapporter.exempelstad.se/r/) och [rapporten](https://rapporter.exempelstad.se/r/liten/1.0/).\n"
    ));
    workspace.run(&["publish", "liten"]).expect(0);
    let run = workspace.run(&["check", "--links"]).expect(0);
    assert!(run.codes().is_empty(), "{}", run.stderr);
    let catalogue = workspace.read("output/catalogue.rdf");
    workspace.file("output/catalogue.rdf", catalogue.replacen("liten/1.0/liten.xlsx", "liten/1.0/stor.xlsx", 1));
    let run = workspace.run(&["check", "--links"]).expect(1);
    assert_eq!(run.codes(), ["OUT002"], "{}", run.stderr);
    assert!(run.stderr.contains("--> output/catalogue.rdf:") && run.stderr.contains("stor.xlsx"), "{}", run.stderr);
}
