//! What a workspace replaces of the look, piece by piece: `templates/pdf/own.typ` and `templates/html/own.css`.

use super::workspace::{CHAPTER, Workspace};

const OWN: &str = "templates/pdf/own.typ";

/// A callout in a frame that names itself, and no imprint.
const FRAMED: &str = r#"#import "theme.typ": accent, sans

#let own = (
  callout: (node, blocks, room) => block(stroke: 1pt + accent, inset: 12pt, {
    sans(weight: 600, "Inramat: " + node.title)
    blocks(node.blocks)
  }),
  imprint: none,
)
"#;

fn with_callout() -> Workspace {
    let workspace = Workspace::small();
    workspace.chapter(format!("{CHAPTER}\n> [!NOTE]\n> Läs detta.\n>\n> > [!TIP]\n> > Och detta.\n"));
    workspace
}

fn set(own: &str) -> Workspace {
    let workspace = with_callout();
    workspace.file(OWN, own);
    workspace
}

/// Text of the PDF by poppler, white space folded.
fn printed(workspace: &Workspace) -> String {
    let pdf = workspace.path("output/liten/1.0/liten.pdf");
    let output =
        std::process::Command::new("pdftotext").arg(pdf).arg("-").output().expect("poppler-utils is installed");
    String::from_utf8(output.stdout).unwrap().split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn one_block_and_one_style_are_replaced_and_the_rest_stays() {
    let plain = with_callout();
    plain.run(&["build"]).expect(0);
    let own = set(FRAMED);
    own.file("templates/html/own.css", ".callout { border: 3px double; }\n");
    own.run(&["build"]).expect(0);
    let (before, after) = (printed(&plain), printed(&own));
    assert_eq!(after.matches("Inramat: ").count(), 2, "one within the other: {after}");
    assert!(before.contains("Kansliet") && !after.contains("Kansliet"), "the imprint is left out: {before} {after}");
    assert!(after.contains("I 25 av 40 (63 procent)") && after.contains("Tabell 1."), "{after}");
    let page = own.read("output/liten/1.0/index.html");
    let (first, second) = (page.find("assets/style.css").unwrap(), page.find("assets/own.css").unwrap());
    assert!(first < second && page.find("--accent-light").unwrap() < second, "what comes last holds");
    let main = |page: &str| page[page.find("<main").unwrap()..].to_owned();
    assert_eq!(main(&page), main(&plain.read("output/liten/1.0/index.html")));
    for (folder, href) in [("output/liten/1.0", "assets/own.css"), ("output", "assets/own.css")] {
        assert_eq!(own.read(&format!("{folder}/assets/own.css")), ".callout { border: 3px double; }\n");
        assert!(own.read(&format!("{folder}/index.html")).contains(href));
        assert!(!plain.path(&format!("{folder}/assets/own.css")).exists());
        assert!(!plain.read(&format!("{folder}/index.html")).contains("own.css"));
    }
}

#[test]
fn a_version_keeps_what_it_was_published_with() {
    let workspace = set(FRAMED);
    workspace.file("templates/html/own.css", ".callout { border: 3px double; }\n");
    workspace.run(&["publish", "liten"]).expect(0);
    let files = || {
        let names = workspace.files("output/liten/1.0");
        names.into_iter().map(|name| workspace.bytes(&format!("output/liten/1.0/{name}"))).collect::<Vec<_>>()
    };
    let before = files();
    let run = workspace.run(&["verify", "--rebuild"]).expect(0);
    assert!(run.stdout.contains("the bytes are those of the ledger"), "{}", run.stdout);
    std::fs::remove_dir_all(workspace.path("output")).unwrap();
    std::fs::remove_dir_all(workspace.path("templates")).unwrap();
    workspace.run(&["build"]).expect(0);
    assert!(before == files() && printed(&workspace).contains("Inramat: "));
    workspace.run(&["verify"]).expect(0);
}

#[test]
fn a_fault_in_own_typ_is_told_with_its_line() {
    let faults = [
        ("\n#let own = (callout: (node, blocks, room) => unknown)\n", "own.typ, line 2"),
        ("#let own = (\n  callout: (node, blocks, room) => [\n)\n", "own.typ, line 2"),
        ("#let own = (callout: node => [])\n", "a function in templates/pdf/own.typ takes `(node, blocks, room)`"),
        // Something of the template's own is called in the wrong way.
        (
            "#import \"inlines.typ\": inlines\n\n#let own = (callout: (node, ..) => inlines(1))\n",
            "own.typ, line 3, led there",
        ),
        (
            "#let own = (calout: (node, blocks, room) => [])\n",
            "`calout` in own.typ is the name of nothing that can be replaced",
        ),
        ("#let own = (callout: [words])\n", "`callout` in own.typ must be a function"),
        ("// Nothing of the imprint.\n#let own = (\n  imprint: () => [],\n)\n", "`imprint` in own.typ must be content"),
        ("#let mine = (:)\n", "own.typ must define `own`"),
    ];
    for (own, wanted) in faults {
        let run = set(own).run(&["build"]).expect(1);
        // An entry of a wrong name or kind is told with its line as well.
        let entry = own
            .lines()
            .position(|line| line.contains(": [words]") || line.contains("calout: ") || line.contains(": () =>"));
        let line = entry.map(|at| format!("own.typ, line {}, led there", at + 1)).unwrap_or_default();
        assert!(run.stderr.contains(&line), "{own}: {}", run.stderr);
        assert!(run.codes().contains(&"PDF002") && run.stderr.contains(wanted), "{own}: {}", run.stderr);
    }
}

#[test]
fn own_typ_reaches_no_file_but_those_of_the_template_and_no_package() {
    for (reach, wanted) in [
        ("read(\"/../belagg.yaml\")", "escape"),
        ("read(\"../../belagg.yaml\")", "escape"),
        ("read(\"/etc/passwd\")", "is not there"),
        ("read(\"/content/liten/report.yaml\")", "is not there"),
        ("{ import \"@preview/cetz:0.3.0\": canvas; [] }", "packages cannot be used"),
    ] {
        let own = format!("#let own = (callout: (..) => [#{reach}])\n");
        let run = set(&own).run(&["build"]).expect(1);
        assert!(run.stderr.contains(wanted) && run.stderr.contains("own.typ, line 1"), "{reach}: {}", run.stderr);
    }
}

#[test]
fn the_example_of_the_documentation_works() {
    let docs = std::fs::read_to_string(std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/looks.md")).unwrap();
    let (_, example) = docs.split_once("```typst\n").unwrap();
    let workspace = set(example.split_once("```").unwrap().0);
    workspace.run(&["build"]).expect(0);
    let plain = with_callout();
    plain.run(&["build"]).expect(0);
    assert!(printed(&plain).contains("Kansliet") && !printed(&workspace).contains("Kansliet"), "no imprint");
    assert!(printed(&workspace).contains("Läs detta.") && printed(&workspace).contains("Tabell 1."));
    // Every block and part that the text names is one that can be replaced, and the other way round.
    let (_, named) = docs.split_once("- **Blocks** have the names").unwrap();
    let own = "#import \"setters.typ\": setters\n#import \"pages.typ\": pages\n#let own = { panic((setters + pages).keys().join(\" \")) }\n";
    let said = set(own).run(&["build"]).expect(1).stderr;
    let (_, list) = said.split_once("panicked with:").unwrap();
    let list: String = list.split("(templates").next().unwrap().replace(['"', '\\', '”'], "");
    let known: Vec<&str> = list.split_whitespace().collect();
    assert!(known.len() > 20, "{known:?}");
    for name in known {
        assert!(named.contains(&format!("`{name}`")), "docs/looks.md does not name {name}");
    }
}
