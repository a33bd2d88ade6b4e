//! Cells of files with data are text: what looks like Markdown in them is printed as it stands, everywhere, unless the table says that it is Markdown.

use crate::sheets::Book;
use crate::workspace::Workspace;

/// What people write in cells.
const CELLS: &[&str] = &[
    "5*3*2",
    "*preliminar*",
    "_x_",
    "a_b_c",
    "<b>fet</b>",
    "[^1]",
    "{{ n }}",
    "@a",
    "[@a, s. 2]",
    "a\\*b",
    "C:\\temp\\",
    "[x](https://example.org)",
    "`kod`",
    "# rubrik",
    "1. punkt",
    "- streck",
    "> citat",
    "~~struken~~",
    "<!-- dold -->",
    "&amp;",
    "https://example.org/a_b",
    "Nej*",
    "![b](c.png)",
    "{#id}",
    "$x$",
    "\\{{ n }}",
];

const REPORT: &str = "kind: inspection-report\ntitle: Celler\nversion: \"1.0\"\ndate: 2024-03-01\nstatus: published\nimprint: {reference: Dnr 1, publisher: Exempelstad, contact: Kansliet}\nchapters: [kapitel.md]\n";

fn text(page: &str) -> String {
    let stripped: String = page.split('<').map(|piece| piece.split_once('>').map_or(piece, |(_, text)| text)).collect();
    stripped
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#x27;", "'")
        .replace("&#39;", "'")
        .replace("&amp;", "&")
}

fn quoted(cell: &str) -> String {
    format!("\"{}\"", cell.replace('"', "\"\""))
}

#[test]
fn a_cell_is_printed_as_it_stands() {
    let workspace = Workspace::empty();
    workspace.file("belagg.yaml", "rules: {TAB012: off, TAB013: off}\n");
    workspace.file("content/r/report.yaml", REPORT);
    let rows: String =
        CELLS.iter().enumerate().map(|(at, cell)| format!("r{at},{},{},{at}\n", quoted(cell), quoted(cell))).collect();
    workspace.file("content/r/data/t.csv", format!("id,label,words,n\n{rows}"));
    let cases: String = CELLS.iter().enumerate().map(|(at, cell)| format!("{at},{}\n", quoted(cell))).collect();
    workspace.file("content/r/data/c.csv", format!("Nr,Skäl\n{cases}"));
    workspace.file(
        "content/r/findings/f.yaml",
        "datasets:\n  c: {label: ärenden, file: data/c.csv, id: Nr, columns: {reason: Skäl}}\nfigures:\n  most: {label: flest, max: {table: t, column: n}}\n  star: {label: stjärnor, count: {rows: c, where: {reason: \"5*3*2\"}}}\n  first: {label: första, cell: {table: t, row: r0, column: words}}\ntables:\n  t: {caption: Rader, stub: Namn, columns: [{id: words, label: Ord, type: text}, {id: n, label: Antal}], csv: data/t.csv, source: Filen}\n  k: {caption: Skäl, stub: Skäl, cross: {rows: c, by: reason, order: declared}, source: Filen}\n  y: {caption: \"Egen *kursiv*\", stub: Namn, columns: [{id: n, label: \"Antal *x*\"}], rows: [{label: \"*Ett*\", n: 1}], source: Filen}\n",
    );
    workspace.file("charts/r/k.yaml", "table: k\nmark: bar\ncaption: Skälen\nrows: [5-3-2, x, nej]\norder: table\n");
    workspace.file(
        "content/r/kapitel.md",
        "# Resultat {#resultat}\n\nSe [](#table-t), {{ most | name }}, {{ t.r0 | label }} och {{ star }}. Första: {{ first }}.\n\n{{ table t }}\n\n{{ table k }}\n\n{{ table y }}\n\n{{ chart k }}\n",
    );
    workspace.run(&["build"]).expect(0);
    let html = workspace.read("output/r/1.0/index.html");
    let page = text(&html);
    for cell in CELLS {
        let printed = page.matches(cell).count();
        assert!(printed >= 3, "`{cell}` stands {printed} times on the page");
    }
    assert!(
        html.contains("<em>Ett</em>") && html.contains("Antal <em>x</em>"),
        "labels of findings are Markdown as before"
    );
    for (file, times) in [("t.csv", 2), ("k.csv", 2)] {
        let data = workspace.read(&format!("output/r/1.0/data/{file}"));
        for cell in CELLS.iter().filter(|cell| !cell.starts_with(['@', '-', '='])) {
            assert!(data.matches(cell).count() >= times, "`{cell}` in {file}:\n{data}");
        }
    }
    let chart = workspace.read("output/r/1.0/charts/k.svg");
    assert!(chart.contains("5*3*2") && chart.contains("_x_") && chart.contains("Nej*"), "{chart}");
    assert!(page.contains("5*3*2 och 1. Första: 5*3*2."), "as a row that is a figure, and as a cell that is one");
}

#[test]
fn a_mark_of_a_note_stands_in_findings_and_never_in_a_cell() {
    let workspace = Workspace::small();
    workspace.file("content/liten/data/t.csv", "label,n\nNorr[^*],1\nSöder,2\n");
    workspace.findings(
        "tables:\n  t: {caption: Rader, stub: Namn, columns: [{id: n, label: Antal}], csv: data/t.csv, notes: {\"*\": En anmärkning}, source: Filen}\n",
    );
    workspace.chapter("# Resultat {#resultat}\n\n{{ plans }}\n\n{{ table visits }}\n\n{{ table t }}\n");
    let run = workspace.run(&["build"]).expect(1);
    assert!(run.codes().contains(&"TAB006"), "{}", run.stderr);
}

/// A table with a label and a cell that look like Markdown, and `keys` of its own.
fn of_words(rows: &str, keys: &str) -> Workspace {
    let workspace = Workspace::small();
    workspace.file("content/liten/data/t.csv", "label,words\nNorr[^*],*bra* {{ plans }}\n");
    workspace.file(
        "content/liten/data/t.xlsx",
        Book::of(&[&["label", "words"], &["Norr[^*]", "*bra* {{ plans }}"]]).bytes(),
    );
    workspace.findings(format!(
        "tables:\n  t: {{caption: Rader, stub: Namn, columns: [{{id: words, label: Ord, type: text}}], {rows}{keys}, source: Filen}}\n"
    ));
    workspace.chapter("# Resultat {#resultat}\n\n{{ plans }}\n\n{{ table visits }}\n\n{{ table t }}\n");
    workspace
}

#[test]
fn cells_are_markdown_where_the_table_says_so_and_only_there() {
    let typed = "rows: [{label: \"Norr[^*]\", words: \"*bra* {{ plans }}\"}]";
    let note = ", notes: {\"*\": En anmärkning}";
    let as_markdown = |page: &str| page.contains("<em>bra</em>") && page.contains("En anmärkning");
    for (rows, markdown) in [
        ("csv: data/t.csv", ", markdown: true"),
        ("xlsx: data/t.xlsx", ", markdown: true"),
        (typed, ""),
        (typed, ", markdown: true"),
    ] {
        let workspace = of_words(rows, &format!("{markdown}{note}"));
        workspace.run(&["build"]).expect(0);
        let page = workspace.read("output/liten/1.0/index.html");
        assert!(as_markdown(&page) && !page.contains("{{ plans }}"), "{rows}{markdown}");
    }
    for (rows, markdown) in [
        ("csv: data/t.csv", ""),
        ("csv: data/t.csv", ", markdown: false"),
        ("xlsx: data/t.xlsx", ""),
        (typed, ", markdown: false"),
    ] {
        let workspace = of_words(rows, markdown);
        workspace.run(&["build"]).expect(0);
        let page = text(&workspace.read("output/liten/1.0/index.html"));
        assert!(page.contains("*bra* {{ plans }}") && page.contains("Norr[^*]"), "{rows}{markdown}");
    }
}

#[test]
fn a_fault_in_the_markdown_of_a_cell_names_it() {
    for (rows, place) in [("csv: data/t.csv", "t.csv:2:1"), ("xlsx: data/t.xlsx", "data/t.xlsx, S!A2: the note `[^*]`")]
    {
        let run = of_words(rows, ", markdown: true").run(&["check"]).expect(1);
        assert!(run.stderr.contains(place), "{rows}: {}", run.stderr);
    }
    let workspace = Workspace::small();
    workspace.file("content/liten/data/c.csv", "Nr,Skäl\n1,*a*\n");
    workspace.findings("datasets:\n  c: {label: ärenden, file: data/c.csv, columns: {reason: Skäl}}\ntables:\n  k: {caption: Skäl, stub: Skäl, cross: {rows: c, by: reason}, markdown: true, source: Filen}\n");
    let run = workspace.run(&["check"]).expect(1);
    assert!(run.stderr.contains("table `k` has no use for `markdown`"), "{}", run.stderr);
}
