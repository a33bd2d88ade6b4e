//! A chart's SVG read back: where its words lie as they are set, and what they may not cover.

use resvg::usvg;
use std::sync::{Arc, LazyLock};

/// The fonts that charts are drawn for.
pub static OPTIONS: LazyLock<usvg::Options<'static>> = LazyLock::new(|| {
    let mut fonts = usvg::fontdb::Database::new();
    for font in ["Regular", "Semibold"] {
        let file = format!("{}/templates/fonts/BelaggSans-{font}.otf", env!("CARGO_MANIFEST_DIR"));
        fonts.load_font_file(file).unwrap();
    }
    let family = fonts.faces().next().unwrap().families[0].0.clone();
    fonts.set_sans_serif_family(&family);
    usvg::Options { font_family: family, fontdb: Arc::new(fonts), ..usvg::Options::default() }
});

/// A rectangle: left, top, right, bottom.
type Area = [f32; 4];

struct Word {
    text: String,
    /// On a field of its own.
    on_field: bool,
    area: Area,
}

pub struct Picture {
    size: (f32, f32),
    words: Vec<Word>,
    /// Bars, cells and marks.
    fields: Vec<Area>,
    /// Regions of maps, whose words may cover no border.
    regions: Vec<Area>,
    /// Lines that carry values, axes and borders; the grid may run behind words.
    lines: Vec<[(f32, f32); 2]>,
}

/// Room that two words keep between them.
const APART: f32 = 1.5;

impl Picture {
    pub fn read(svg: &str) -> Self {
        let tree = usvg::Tree::from_str(svg, &OPTIONS).expect("the picture is SVG");
        let mut areas = Vec::new();
        text_areas(tree.root(), &mut areas);
        let mut areas = areas.into_iter();
        let document = usvg::roxmltree::Document::parse(svg).unwrap();
        let mut picture = Self {
            size: (tree.size().width(), tree.size().height()),
            words: vec![],
            fields: vec![],
            regions: vec![],
            lines: vec![],
        };
        for node in document.descendants().filter(usvg::roxmltree::Node::is_element) {
            let class = node.attribute("class").unwrap_or_default();
            // What lies behind the lines is a ground, on which words can be read.
            if class.ends_with("-band") || class.starts_with("c-ribbon") {
                continue;
            }
            let number = |name: &str| node.attribute(name).and_then(|text| text.parse::<f32>().ok()).unwrap_or(0.0);
            match node.tag_name().name() {
                "text" => {
                    let text = node.text().unwrap_or_default().to_owned();
                    if !text.trim().is_empty() {
                        let area = areas.next().expect("each text is set");
                        picture.words.push(Word { text, on_field: class.starts_with("c-on"), area });
                    }
                }
                "rect" => {
                    let (x, y) = (number("x"), number("y"));
                    picture.fields.push([x, y, x + number("width"), y + number("height")]);
                }
                "circle" => {
                    let (x, y, r) = (number("cx"), number("cy"), number("r"));
                    picture.fields.push([x - r, y - r, x + r, y + r]);
                }
                "polygon" => picture.fields.push(around(&points(&node))),
                "path" => {
                    for ring in rings(node.attribute("d").unwrap_or_default()) {
                        let ends = ring.iter().zip(ring.iter().cycle().skip(1));
                        picture.lines.extend(ends.map(|(from, to)| [*from, *to]));
                        picture.regions.push(around(&ring));
                    }
                }
                "polyline" if !class.starts_with("c-grid") => {
                    picture.lines.extend(points(&node).windows(2).map(|pair| [pair[0], pair[1]]));
                }
                _ => {}
            }
        }
        picture
    }

    /// What words cover, and which of them are too small or leave the picture.
    pub fn faults(&self) -> Vec<String> {
        let mut faults = Vec::new();
        for (index, word) in self.words.iter().enumerate() {
            let (text, [left, top, right, bottom]) = (&word.text, word.area);
            if left < -0.5 || top < -0.5 || right > self.size.0 + 0.5 || bottom > self.size.1 + 0.5 {
                faults.push(format!("“{text}” leaves the picture"));
            }
            let room = [left - APART, top, right + APART, bottom];
            for other in self.words[index + 1..].iter().filter(|other| overlap(&room, &other.area)) {
                faults.push(format!("“{text}” covers “{}”", other.text));
            }
            let on = if word.on_field { &self.regions[..] } else { &[] };
            let touched = self.fields.iter().chain(on).filter(|field| overlap(field, &word.area));
            let within = |field: &&Area| field[0] <= left && field[1] <= top && field[2] >= right && field[3] >= bottom;
            if word.on_field {
                if !touched.clone().any(|field| within(&field)) {
                    faults.push(format!("“{text}” stands over the edge of its field"));
                }
            } else if touched.count() > 0 {
                faults.push(format!("“{text}” covers a field or mark"));
            }
            if self.lines.iter().any(|line| runs_through(line, &word.area)) {
                faults.push(format!("a line runs through “{text}”"));
            }
        }
        faults
    }
}

/// Areas of the glyphs of all texts, in the order of the document.
fn text_areas(group: &usvg::Group, out: &mut Vec<Area>) {
    for node in group.children() {
        match node {
            usvg::Node::Group(inner) => text_areas(inner, out),
            usvg::Node::Text(text) => {
                let area = text.flattened().abs_bounding_box();
                out.push([area.left(), area.top(), area.right(), area.bottom()]);
            }
            _ => {}
        }
    }
}

fn points(node: &usvg::roxmltree::Node) -> Vec<(f32, f32)> {
    let pairs = node.attribute("points").unwrap_or_default().split_whitespace().filter_map(|pair| pair.split_once(','));
    pairs.map(|(x, y)| (x.parse().unwrap(), y.parse().unwrap())).collect()
}

/// The closed lines of a path, whose points are told by their distance from the one before.
fn rings(data: &str) -> Vec<Vec<(f32, f32)>> {
    let ring = |ring: &str| {
        let mut at = (0.0, 0.0);
        let step = |step: &str| {
            // A minus parts two numbers as a blank does.
            let step = step.replace('-', " -");
            let mut numbers = step.split_whitespace().map(|number| number.parse::<f32>().unwrap());
            at = (at.0 + numbers.next().unwrap(), at.1 + numbers.next().unwrap());
            at
        };
        ring.trim_start_matches('M').split('l').map(step).collect()
    };
    data.split_terminator('z').map(ring).collect()
}

fn around(points: &[(f32, f32)]) -> Area {
    let side =
        |from: f32, take: fn(f32, f32) -> f32, of: fn(&(f32, f32)) -> f32| points.iter().map(of).fold(from, take);
    [
        side(f32::MAX, f32::min, |point| point.0),
        side(f32::MAX, f32::min, |point| point.1),
        side(f32::MIN, f32::max, |point| point.0),
        side(f32::MIN, f32::max, |point| point.1),
    ]
}

fn overlap(a: &Area, b: &Area) -> bool {
    a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3]
}

/// Whether a straight line has a part within an area (Liang and Barsky).
fn runs_through([(x1, y1), (x2, y2)]: &[(f32, f32); 2], [left, top, right, bottom]: &Area) -> bool {
    let (mut enter, mut leave) = (0.0_f32, 1.0_f32);
    let (dx, dy) = (x2 - x1, y2 - y1);
    for (step, room) in [(-dx, x1 - left), (dx, right - x1), (-dy, y1 - top), (dy, bottom - y1)] {
        if step == 0.0 {
            if room < 0.0 {
                return false;
            }
        } else if step < 0.0 {
            enter = enter.max(room / step);
        } else {
            leave = leave.min(room / step);
        }
    }
    enter < leave
}

#[test]
fn what_covers_something_is_found() {
    let faults = |inner: &str| {
        let head = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"200\" height=\"100\">";
        Picture::read(&format!("{head}{inner}</svg>")).faults().len()
    };
    let word = |x: i32, y: i32, class: &str| {
        format!("<text class=\"{class}\" x=\"{x}\" y=\"{y}\" font-size=\"15\">Farsta</text>")
    };
    let plain = |x: i32, y: i32| word(x, y, "c-label");
    assert_eq!(faults(&format!("{}{}", plain(10, 30), plain(10, 60))), 0);
    assert_eq!(faults(&format!("{}{}", plain(10, 30), plain(30, 35))), 1, "a word on another");
    assert_eq!(faults(&plain(180, 30)), 1, "out of the picture");
    let field = "<rect x=\"0\" y=\"10\" width=\"100\" height=\"30\"/>";
    assert_eq!(faults(&format!("{field}{}", plain(10, 30))), 1, "on a bar");
    assert_eq!(faults(&format!("{field}{}", word(10, 30, "c-on-1"))), 0, "within its own bar");
    assert_eq!(faults(&format!("{field}{}", word(80, 30, "c-on-1"))), 1, "over its edge");
    let region = |x: i32| format!("<path d=\"M0 10l{x} 0l0 30l-{x} 0z\"/>{}", word(10, 30, "c-on-1"));
    assert_eq!([faults(&region(100)), faults(&region(30))], [0, 2], "over a border");
    let line =
        |class: &str| format!("<polyline class=\"{class}\" points=\"0,0 60,60\" fill=\"none\"/>{}", plain(10, 30));
    assert_eq!([faults(&line("c-line-1")), faults(&line("c-grid"))], [1, 0]);
}
