//! Input that no author means to write: never a panic, never a hang, always a message.

use crate::workspace::{FINDINGS, REPORT, Workspace};

/// Checks the small report and gives the codes it is answered with.
#[track_caller]
fn codes(workspace: &Workspace) -> Vec<String> {
    let run = workspace.run(&["check"]).expect(1);
    assert!(!run.stderr.contains("panicked"), "{}", run.stderr);
    run.codes().into_iter().map(str::to_owned).collect()
}

#[test]
fn an_empty_file() {
    let workspace = Workspace::small();
    workspace.chapter("").findings("# only a remark\n");
    assert_eq!(codes(&workspace).iter().filter(|code| *code == "FIL003").count(), 2);
    let workspace = Workspace::small();
    workspace.file("content/liten/report.yaml", "");
    assert_eq!(codes(&workspace), ["FIL003"]);
}

#[test]
fn a_report_without_a_title_a_version_or_a_date_has_its_text_read_too() {
    for (wrong, told) in [
        (REPORT.replace("date: ", "date: 31 "), "KEY003"),
        (REPORT.replace("version: ", "version: x"), "KEY004"),
        (REPORT.replace("title: ", "titel: "), "KEY001"),
    ] {
        let workspace = Workspace::small();
        workspace.file("content/liten/report.yaml", wrong);
        workspace.chapter("# Resultat\n\nDet är {{ visits.nobody }} besök, 3 av 4 (50 procent).\n");
        let codes = codes(&workspace);
        assert_eq!((codes.contains(&told.to_owned()), codes.contains(&"FIG001".to_owned())), (true, true), "{codes:?}");
        // What is made or checked by what could not be read is not told.
        assert!(codes.iter().all(|code| !code.starts_with("EVI") && !code.starts_with("VER")), "{codes:?}");
        workspace.run(&["build"]).expect(1);
        assert!(!workspace.path("output/liten").exists());
    }
}

#[test]
fn a_file_that_is_not_utf8() {
    let workspace = Workspace::small();
    workspace.chapter(b"# Resultat\n\nG\xe5rdag\n").findings(b"figures:\n  a: {label: \xc4renden, count: 1}\n");
    assert_eq!(codes(&workspace), ["FIL002", "FIL002"]);
}

#[test]
fn byte_order_mark_and_crlf_are_read() {
    let workspace = Workspace::small();
    let windows = |path: &str| {
        let text = format!("\u{feff}{}", workspace.read(path).replace('\n', "\r\n"));
        workspace.file(path, text);
    };
    ["content/liten/report.yaml", "content/liten/findings/alla.yaml", "content/liten/kapitel.md"]
        .iter()
        .for_each(|path| windows(path));
    let run = workspace.run(&["build"]).expect(0);
    assert!(run.codes().is_empty(), "{}", run.stderr);
}

#[test]
fn a_million_fold_alias() {
    let workspace = Workspace::small();
    let mut bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..8 {
        bomb.push_str(&format!("a{level}: &a{level} [{}]\n", vec![format!("*a{}", level - 1); 10].join(", ")));
    }
    workspace.findings(bomb);
    assert_eq!(codes(&workspace), ["YML003"]);
}

#[test]
fn tabs_as_indentation() {
    let workspace = Workspace::small();
    workspace.findings("figures:\n\ta: {label: x, count: 1}\n");
    assert_eq!(codes(&workspace), ["YML002"]);
}

#[test]
fn five_thousand_nested_quotes() {
    let workspace = Workspace::small();
    workspace.chapter(format!("# Resultat\n\n{} djup\n", ">".repeat(5000)));
    assert!(codes(&workspace).contains(&"KEY007".to_owned()));
}

#[test]
fn a_table_with_ragged_rows() {
    let workspace = Workspace::small();
    workspace.findings(
        "tables:\n  t: {caption: C, stub: S, columns: [women, men], csv: data/t.csv}\n  u: {caption: C, stub: S, columns: [women], rows: [{label: A}]}\n",
    );
    workspace.file("content/liten/data/t.csv", "label,women,men\nA,1\nB,1,2,3\n");
    workspace.chapter("# Resultat\n\n{{ table visits }}\n\n| a | b |\n|---|---|\n| 1 | 2 | 3 |\n");
    assert!(codes(&workspace).iter().filter(|code| *code == "TAB002").count() >= 4);
}

#[test]
fn a_chart_of_a_table_without_values() {
    let workspace = Workspace::small();
    workspace.findings(
        "tables:\n  t: {caption: C, stub: S, columns: [women], rows: [{label: A, women: {blank: not-available}}]}\n",
    );
    workspace.file("charts/liten/t.yaml", "table: t\nmark: bar\ncaption: Tomt\n");
    workspace.chapter("# Resultat\n\n{{ table visits }}\n\n{{ table t }}\n\n{{ chart t }}\n");
    assert_eq!(codes(&workspace), ["CHT003"]);
}

#[test]
fn an_image_that_is_missing_outside_or_no_image() {
    let workspace = Workspace::small();
    workspace.file("content/liten/text.png", "not a picture");
    workspace.chapter("# Resultat\n\n![A](saknas.png)\n\n![B](../../../hemlig.png)\n\n![C](text.png)\n\n![D](/etc/hostname)\n\n{{ table visits }}\n");
    let found = codes(&workspace);
    for code in ["FIL001", "FIL004", "FIL006"] {
        assert!(found.contains(&code.to_owned()), "{code} in {found:?}");
    }
}

#[cfg(unix)]
#[test]
fn a_symbolic_link_out_of_the_workspace() {
    let outside = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(outside.path(), "# Hemligt\n").unwrap();
    let workspace = Workspace::small();
    let chapter = workspace.path("content/liten/kapitel.md");
    std::fs::remove_file(&chapter).unwrap();
    std::os::unix::fs::symlink(outside.path(), chapter).unwrap();
    assert!(codes(&workspace).contains(&"FIL004".to_owned()));
}

#[test]
fn typst_and_tera_code_are_printed_as_text() {
    let workspace = Workspace::small();
    let code =
        "#import \"@preview/x:1.0.0\": * #panic[bang] $x$ {% include \"/etc/passwd\" %} {# remark #} #sys.version";
    workspace.chapter(format!("# Resultat\n\n{code}\n\n{{{{ table visits }}}}\n"));
    workspace.file(
        "content/liten/report.yaml",
        REPORT.replace("Liten rapport", r#"'#read("report.typ") {% raw %} \<script>alert(1)\</script>'"#),
    );
    workspace.run(&["build"]).expect(0);
    let page = workspace.read("output/liten/1.0/index.html");
    assert!(
        page.contains("#panic[bang]") && page.contains("{% include") && page.contains("{# remark #}"),
        "the code stands as text"
    );
    assert!(page.contains("&lt;script&gt;alert(1)&lt;") && !page.contains("<script>alert"));
    let text = pdf_text(&workspace, "output/liten/1.0/liten.pdf");
    assert!(text.contains("#panic[bang]") && text.contains("{% include") && text.contains("#sys.version"), "{text}");
    assert!(text.contains("#read("), "{text}");
}

/// Text of a PDF by poppler, white space folded.
fn pdf_text(workspace: &Workspace, path: &str) -> String {
    let output = std::process::Command::new("pdftotext")
        .arg(workspace.path(path))
        .arg("-")
        .output()
        .expect("poppler-utils is installed");
    String::from_utf8(output.stdout).unwrap().split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn names_with_spaces_and_letters_of_other_languages() {
    let workspace = Workspace::small();
    workspace
        .file("content/liten/report.yaml", REPORT.replace("[kapitel.md]", "[kapitel.md, \"Övriga frågor (ny).md\"]"));
    workspace.file("content/liten/Övriga frågor (ny).md", "# Övriga frågor\n\nText.\n");
    workspace.file("content/liten/findings/Åtgärder för barn.yaml", "figures:\n  barn: {label: barn, count: 3}\n");
    workspace.run(&["build"]).expect(0);
    assert!(workspace.read("output/liten/1.0/index.html").contains("id=\"ovriga-fragor\""));
}

#[test]
fn a_report_without_chapters() {
    let workspace = Workspace::small();
    workspace.file("content/liten/report.yaml", REPORT.replace("[kapitel.md]", "[]"));
    assert!(codes(&workspace).contains(&"KEY004".to_owned()));
}

#[test]
fn a_character_that_no_font_has_is_named_before_it_prints_as_a_box() {
    let workspace = Workspace::small();
    workspace.chapter("# Resultat\n\nEtt tecken \u{1f9ff} till.\n\n{{ table visits }}\n");
    let run = workspace.run(&["check"]).expect(1);
    assert_eq!(run.codes(), ["PDF001"]);
    assert!(run.stderr.contains("U+1F9FF") && run.stderr.contains("Ett tecken"), "{}", run.stderr);
}

#[test]
fn whatever_is_printed_is_looked_at_for_characters_that_no_font_has() {
    let findings = |process: &str, area: &str| {
        format!(
            "{FINDINGS}quality-areas:\n  trygghet: {{name: \"Trygghet{area}\", text: Den som bor här är trygg.}}\n\
             assessments:\n  norr:\n    strengths: [{{text: Rutiner finns., area: trygghet}}]\n\
             processes:\n  arbete: {{title: \"Arbetsgång{process}\", steps: [Möte]}}\n"
        )
    };
    let chapter = "# Resultat\n\n{{ table visits }}\n\n{{ chart visits }}\n\n{{ strengths norr }}\n\n{{ process arbete }}\n\n> [!NOTE]\n> Text.\n";
    let sign = "\u{1f9ff}";
    let made = |at: usize| {
        let here = |nth: usize| if nth == at { sign } else { "" };
        let workspace = Workspace::small();
        let report = REPORT
            .replace("Liten rapport", &format!("Liten rapport{}", here(1)))
            .replace("Norr", &format!("Norr{}", here(2)))
            .replace(
                "status: published",
                &format!("status: published\nsubtitle: Under{}\nseries: Serie{}", here(3), here(4)),
            );
        workspace.file("content/liten/report.yaml", report);
        workspace.file("content/liten/findings/alla.yaml", findings(here(5), here(6)));
        let axis = format!(
            "table: visits\nmark: grouped-bar\ncaption: Besök\ndescription: Ett diagram.\nnote: \"En not{}\"\n",
            here(7)
        );
        workspace.file("charts/liten/visits.yaml", axis);
        workspace.file("content/liten/kapitel.md", chapter);
        workspace.file(
            "belagg.yaml",
            format!(
                "publisher: {{name: Staden{}, unit: Enheten{}}}\nrules: {{TAB012: off, TAB013: off}}\n",
                here(8),
                here(9)
            ),
        );
        let words = format!("{{\"contents\": \"Innehåll{}\", \"callout_note\": \"Observera{}\"}}", here(10), here(11));
        workspace.file("templates/locales/sv.json", words);
        workspace.run(&["check"])
    };
    let sound = made(0);
    assert!(!sound.codes().contains(&"PDF001") && sound.code == 0, "{}", sound.stderr);
    for at in 1..=11 {
        let run = made(at);
        assert!(run.codes().contains(&"PDF001"), "place {at}: {}", run.stderr);
    }
}

#[test]
fn pictures_that_are_damaged_too_large_or_not_safe_are_told_where_they_are_named() {
    let svg = |body: &str| format!("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"90\" height=\"40\">{body}</svg>");
    let workspace = Workspace::small();
    workspace.file("content/liten/a.svg", svg("<rect width='9' height='9'/>\n<g onload='alert(1)'/>"));
    workspace.file("content/liten/b.png", b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR");
    workspace.file("content/liten/c.gif", b"GIF89a");
    let mut huge = b"\x89PNG\r\n\x1a\n".to_vec();
    let header = [&b"IHDR"[..], &50_000_u32.to_be_bytes(), &50_000_u32.to_be_bytes(), &[1, 0, 0, 0, 0]].concat();
    let mut crc = flate2::Crc::new();
    crc.update(&header);
    huge.extend(13_u32.to_be_bytes());
    huge.extend(&header);
    huge.extend(crc.sum().to_be_bytes());
    huge.extend(b"\0\0\0\0IEND\xae\x42\x60\x82");
    workspace.file("content/liten/d.png", huge);
    let pictures = "![A](a.svg)\n\n![B](b.png)\n\n![C](c.gif)\n\n![D](d.png)\n\n![Again](d.png)\n";
    workspace.chapter(format!("# Resultat {{#resultat}}\n\n{{{{ table visits }}}}\n\n{pictures}"));
    let run = workspace.run(&["build"]).expect(1);
    assert_eq!(run.codes(), ["PIC002", "FIL006", "PIC001", "PIC003"], "{}", run.stderr);
    for place in [
        "content/liten/a.svg:2:1",
        "content/liten/kapitel.md:5:6",
        "kapitel.md:7:6",
        "kapitel.md:9:6",
        "kapitel.md:11:6",
    ] {
        assert!(run.stderr.contains(place), "{place}: {}", run.stderr);
    }
    assert!(!workspace.path("output").exists());
}

#[test]
fn what_no_line_can_hold_is_told_with_its_place() {
    let long = |sign: &str| format!("x{}y", sign.repeat(2_100));
    for sign in ["a", "\u{a0}", "\u{200b}", "\u{301}", " ", "-", "\\_", "\u{2009}"] {
        let workspace = Workspace::small();
        workspace.chapter(format!("# Resultat {{#resultat}}\n\n{{{{ table visits }}}}\n\nText {}\n", long(sign)));
        let run = workspace.run(&["build"]).expect(1);
        assert_eq!(run.codes(), ["TXT011"], "{sign:?}: {}", run.stderr);
        assert!(run.stderr.contains("content/liten/kapitel.md:5:"), "{}", run.stderr);
    }
    for text in
        ["`{}`", "```\n{}\n```", "- {}", "> {}", "[^a]\n\n[^a]: {}", "| A | B |\n|---|---|\n| {} | b |", "## {}"]
    {
        let workspace = Workspace::small();
        let text = text.replace("{}", &long("a"));
        workspace.chapter(format!("# Resultat {{#resultat}}\n\n{{{{ table visits }}}}\n\nText.\n\n{text}\n"));
        assert!(codes(&workspace).contains(&"TXT011".to_owned()), "{}", &text[..30]);
    }
    // Put together from parts that are not too long by themselves.
    let workspace = Workspace::small();
    workspace.findings(format!("figures:\n  m: {{label: {}, count: 1}}\n", "a".repeat(1_500)));
    workspace.chapter("# Resultat {#resultat}\n\n{{ table visits }}\n\n{{ m | label }}{{ m | label }}\n");
    assert_eq!(codes(&workspace), ["TXT011"]);
}

#[test]
fn titles_headings_labels_and_descriptions_have_a_length() {
    let words = "ord ".repeat(20_000);
    let workspace = Workspace::small();
    let report = REPORT.replace("Liten rapport", &words) + "description: " + &words + "\n";
    workspace.file("content/liten/report.yaml", report);
    workspace.findings(format!("figures:\n  m: {{label: {words}, count: 1}}\n"));
    workspace.file("content/liten/b.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"/>");
    workspace.chapter(format!(
        "# Resultat {{#resultat}}\n\n## {words}\n\n![{words}](b.svg)\n\n{{{{ table visits }}}}\n\n{{{{ m }}}}\n"
    ));
    let found = codes(&workspace);
    assert_eq!(found.iter().filter(|code| *code == "TXT011").count(), 5, "{found:?}");
}

#[test]
fn characters_that_no_archived_pdf_holds_are_named() {
    let workspace = Workspace::small();
    workspace.chapter("# Resultat {#resultat}\n\n{{ table visits }}\n\nEtt\u{feff}ord.\n");
    let run = workspace.run(&["check"]).expect(1);
    assert_eq!(run.codes(), ["KEY004"], "{}", run.stderr);
    assert!(run.stderr.contains("kapitel.md:5:4") && run.stderr.contains("U+FEFF"), "{}", run.stderr);
}

#[test]
fn files_and_tables_have_a_size() {
    let workspace = Workspace::small();
    workspace.chapter("a ".repeat((1 << 20) + 1));
    assert_eq!(codes(&workspace), ["FIL007"]);
    let workspace = Workspace::small();
    workspace.findings("#".repeat((8 << 20) + 1));
    assert!(codes(&workspace).contains(&"FIL007".to_owned()));
    let workspace = Workspace::small();
    let row = |cell: &str| format!("|{}\n", format!(" {cell} |").repeat(101));
    workspace.chapter(format!(
        "# Resultat {{#resultat}}\n\n{{{{ table visits }}}}\n\n{}{}{}",
        row("a"),
        row("---"),
        row("b")
    ));
    assert_eq!(codes(&workspace), ["TAB008"]);
    let workspace = Workspace::small();
    let rows: String = (0..60_000).map(|at| format!("Enhet {at};{at};1\n")).collect();
    workspace.file("content/liten/data/t.csv", format!("label;n;m\n{rows}"));
    let columns = "[{id: n, label: Antal}, {id: m, label: Fler}]";
    workspace.findings(format!("tables:\n  t: {{caption: T, stub: S, columns: {columns}, csv: data/t.csv}}\n"));
    workspace.chapter("# Resultat\n\n{{ table t }}\n");
    assert_eq!(codes(&workspace), ["TAB009"]);
    // The values of a chart are a table as well.
    workspace.file("charts/liten/c.yaml", "table: t\nmark: line\nseries: [n]\ncaption: C\n");
    workspace.chapter("# Resultat\n\n{{ chart c }}\n");
    assert_eq!(codes(&workspace), ["TAB009"]);
}

#[test]
fn thousands_of_unknown_keys_are_summed_up() {
    let workspace = Workspace::small();
    let keys: String = (0..3_000).map(|n| format!("  nyckel{n}: 1\n")).collect();
    workspace.file("content/liten/report.yaml", format!("{REPORT}theme:\n{keys}").replace("theme:", "imprint-2:"));
    workspace.file("belagg.yaml", format!("theme:\n{keys}"));
    let found = codes(&workspace);
    assert_eq!(
        found.iter().filter(|code| *code == "KEY001").count(),
        52,
        "50 of the theme, one for the rest, one of the report"
    );
}

#[test]
fn what_is_taller_than_a_page_goes_on_over_the_next() {
    let sentences = |count: usize| (1..=count).map(|n| format!("Mening nummer N{n}N. ")).collect::<String>();
    let workspace = Workspace::small();
    workspace.findings(format!(
        "tables:\n  t:\n    caption: C\n    stub: S\n    columns: [{{id: o, label: O, type: text}}]\n    rows: [{{label: A, o: \"{}\"}}]\n    source: X\n  u:\n    caption: C\n    stub: S\n    columns: [women]\n    rows: [{{label: A, women: 1}}]\n    note: \"{}\"\n    source: X\n",
        sentences(400),
        sentences(400)
    ));
    let markdown = format!("| A | B |\n|---|---|\n| a | {} |\n", sentences(400));
    workspace.chapter(format!(
        "# Resultat {{#resultat}}\n\n{{{{ table visits }}}}\n\n{{{{ table t }}}}\n\n{{{{ table u }}}}\n\n{markdown}"
    ));
    workspace.run(&["build"]).expect(0);
    let pdf = lopdf::Document::load(workspace.path("output/liten/1.0/liten.pdf")).unwrap();
    // Each of the three takes more than two pages when none of it is lost.
    assert!(pdf.get_pages().len() >= 10, "{} pages", pdf.get_pages().len());
}
