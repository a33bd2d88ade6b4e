//! Reference pictures: what a chart looked like when it was last looked at, small, and how far it may look otherwise.

use super::picture::OPTIONS;
use resvg::{tiny_skia, usvg};
use std::path::Path;

/// Width of a reference picture in pixels.
const WIDTH: f32 = 240.0;
/// The side of the squares that pictures are compared by.
const SQUARE: u32 = 8;
/// How much darker or lighter a square may be, of 255. Between machines the edges of glyphs differ by less; a label that moved, by more.
const TOLERANCE: f32 = 10.0;

fn rasterise(svg: &str) -> tiny_skia::Pixmap {
    let tree = usvg::Tree::from_str(svg, &OPTIONS).expect("the picture is SVG");
    let scale = WIDTH / tree.size().width();
    let mut picture = tiny_skia::Pixmap::new(WIDTH as u32, (tree.size().height() * scale).ceil() as u32).unwrap();
    picture.fill(tiny_skia::Color::WHITE);
    resvg::render(&tree, tiny_skia::Transform::from_scale(scale, scale), &mut picture.as_mut());
    picture
}

pub fn write(svg: &str, path: &Path) {
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    rasterise(svg).save_png(path).unwrap();
}

/// How a chart differs from its reference picture; none where it looks the same.
pub fn difference(svg: &str, path: &Path) -> Option<String> {
    let Ok(reference) = tiny_skia::Pixmap::load_png(path) else { return Some("has no reference picture".to_owned()) };
    let drawn = rasterise(svg);
    if (drawn.width(), drawn.height()) != (reference.width(), reference.height()) {
        return Some(format!("is {} high, was {}", drawn.height(), reference.height()));
    }
    let (drawn, reference) = (squares(&drawn), squares(&reference));
    let most = drawn.iter().zip(&reference).map(|(a, b)| (0..3).map(|n| (a[n] - b[n]).abs()).fold(0.0, f32::max));
    let most = most.fold(0.0, f32::max);
    (most > TOLERANCE).then(|| format!("a part of it is {most:.0} of 255 darker or lighter than {TOLERANCE} allows"))
}

/// The mean colour of each square.
fn squares(picture: &tiny_skia::Pixmap) -> Vec<[f32; 3]> {
    let (width, height) = (picture.width(), picture.height());
    let corners =
        (0..height).step_by(SQUARE as usize).flat_map(|y| (0..width).step_by(SQUARE as usize).map(move |x| (x, y)));
    let mean = |(x, y): (u32, u32)| {
        let within = (y..(y + SQUARE).min(height)).flat_map(|y| (x..(x + SQUARE).min(width)).map(move |x| (x, y)));
        let (mut sum, mut count) = ([0.0_f32; 3], 0.0_f32);
        for pixel in within.filter_map(|(x, y)| picture.pixel(x, y)) {
            for (sum, part) in sum.iter_mut().zip([pixel.red(), pixel.green(), pixel.blue()]) {
                *sum += f32::from(part);
            }
            count += 1.0;
        }
        sum.map(|part| part / count)
    };
    corners.map(mean).collect()
}

#[test]
fn a_label_that_moved_is_seen_and_a_grain_is_not() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("chart.png");
    let chart = |x: f32| {
        let word = format!("<text x=\"{x}\" y=\"60\" font-size=\"15\" fill=\"#222\">1 234</text>");
        format!("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"640\" height=\"300\">{word}</svg>")
    };
    write(&chart(100.0), &path);
    assert_eq!(difference(&chart(100.0), &path), None);
    assert_eq!(difference(&chart(100.2), &path), None);
    assert!(difference(&chart(120.0), &path).is_some());
    assert!(difference(&chart(100.0), &folder.path().join("other.png")).is_some());
}
