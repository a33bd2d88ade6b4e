//! Pictures as programs and cameras write them: in both outputs, or refused with what to do. The files were made with these programs for this test;
//! those named after Excel, Illustrator, Figma, Visio and Sketch, which do not run here, are written after the form that they write.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use resvg::usvg;

use crate::workspace::Workspace;

fn fixtures(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/pictures").join(folder);
    let mut out: Vec<PathBuf> =
        std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("a file").path()).collect();
    out.sort();
    out
}

fn name(path: &Path) -> &str {
    path.file_name().and_then(|name| name.to_str()).expect("UTF-8")
}

/// A small report with all pictures of a folder.
fn with_pictures(folder: &str) -> (Workspace, Vec<PathBuf>) {
    let workspace = Workspace::small();
    let files = fixtures(folder);
    let mut chapter = "# Resultat {#resultat}\n\n{{ table visits }}\n".to_owned();
    for file in &files {
        workspace.file(&format!("content/liten/{}", name(file)), std::fs::read(file).expect("a file"));
        chapter.push_str(&format!("\n![En bild ur {0}]({0})\n", name(file)));
    }
    workspace.chapter(chapter);
    (workspace, files)
}

#[test]
fn what_programs_export_stands_in_both_outputs() {
    let (workspace, files) = with_pictures("taken");
    assert!(files.len() > 25);
    let run = workspace.run(&["build"]).expect(0);
    assert!(!run.stderr.contains("error"), "{}", run.stderr);
    let page = workspace.read("output/liten/1.0/index.html");
    let assets = workspace.files("output/liten/1.0/assets");
    for file in &files {
        assert!(page.contains(&format!("alt=\"En bild ur {}\"", name(file))), "{}", name(file));
    }
    for asset in assets.iter().filter(|asset| asset.ends_with(".svg")) {
        let text = workspace.read(&format!("output/liten/1.0/assets/{asset}"));
        for word in ["<script", "light-dark(", "var(", "keyframes", "onload", "encoding=\"windows"] {
            assert!(!text.contains(word), "{asset} has {word}");
        }
    }
}

/// The colour at a point of a drawing, as the PDF's drawer sees it; the point in parts of width and height.
fn colour(svg: &str, (x, y): (f32, f32)) -> [u8; 3] {
    let tree = usvg::Tree::from_str(svg, &usvg::Options::default()).expect("an SVG");
    let size = tree.size().to_int_size();
    let mut pixels = resvg::tiny_skia::Pixmap::new(size.width(), size.height()).expect("a size");
    resvg::render(&tree, resvg::tiny_skia::Transform::default(), &mut pixels.as_mut());
    let at = |part: f32, whole: u32| ((part * whole as f32) as u32).min(whole - 1);
    let pixel = pixels.pixel(at(x, size.width()), at(y, size.height())).expect("a point").demultiply();
    [pixel.red(), pixel.green(), pixel.blue()]
}

#[test]
fn colours_for_light_and_dark_letters_of_old_and_moving_parts_are_made_plain() {
    let (workspace, _) = with_pictures("taken");
    workspace.run(&["build"]).expect(0);
    let asset = |name: &str| workspace.read(&format!("output/liten/1.0/assets/{name}.svg"));
    assert_eq!(colour(&asset("drawio-plaintext"), (0.1, 0.4)), [0xda, 0xe8, 0xfc]);
    for old in ["enc-1252", "enc-utf16"] {
        let text = asset(old);
        assert!(text.contains("Åäö på väg"), "{text}");
        assert_eq!(colour(&text, (0.95, 0.1)), [0xdd, 0xee, 0xff]);
    }
    assert!(asset("echarts-animated").contains("<path"), "what moved stands still");
}

#[test]
fn what_cannot_be_drawn_alike_is_refused_with_what_to_do() {
    let (workspace, files) = with_pictures("refused");
    let run = workspace.run(&["check"]).expect(1);
    assert!(!run.stderr.contains("panicked") && !run.stderr.contains("PDF002"), "{}", run.stderr);
    let told: BTreeSet<&str> = files
        .iter()
        .map(|file| name(file))
        .filter(|name| run.stderr.contains(&format!("`content/liten/{name}`")))
        .collect();
    let all: BTreeSet<&str> = files.iter().map(|file| name(file)).collect();
    assert_eq!(told, all, "{}", run.stderr);
    for words in [
        "drawio-2025.svg:1:",
        "in draw.io: Format > Text",
        "holds a script (`<script>`)",
        "(`spreadMethod`), which an archived PDF cannot have",
        "holds the character `🙂` (U+1F642), which no font has",
        "(`oklch()`), so that the PDF would look different",
        "(`:nth-`), so that the PDF would look different",
        "is a compressed file, as drawing programs write SVGZ",
        "is a HEIC picture",
        "is an AVIF picture",
        "is a WebP picture",
        "is a GIF picture",
        "is an animated PNG",
        "has colours for printing presses (CMYK)",
    ] {
        assert!(run.stderr.contains(words), "{words}:\n{}", run.stderr);
    }
}
