//! Pictures and charts, with what is said to those who do not see them.

use resvg::{tiny_skia, usvg};

use super::blocks::Room;
use super::look::{Look, Style};
use super::writer::Writer;
use super::{PictureFiles, WIDTH};
use crate::document::resolved::{Chart, Image};
use crate::office::PackedPart;

/// Dots of a drawing for each of its own: sharp on paper at the size that it has there.
const DOTS: f32 = 3.0;

/// CSS pixels as what Word measures pictures in (914,400 an inch).
const PIXEL: u64 = 9525;

/// The highest that a picture may be, so that its caption keeps to its page: 180 mm.
const HIGHEST: u64 = 180 * 36_000;

impl Writer<'_> {
    pub fn chart(&mut self, chart: &Chart, room: &Room) {
        self.caption(Some(&chart.label), &chart.anchor, &chart.caption, room);
        let spoken: Vec<String> =
            [&chart.alt, &chart.description].into_iter().filter(|words| !words.is_empty()).map(sentence).collect();
        if let Some(png) = self.pictures.drawn(&chart.svg) {
            let file = self.file(&format!("{}.png", chart.id), png);
            let size = (u64::from(chart.width), u64::from(chart.height));
            self.picture(&file, &chart.label, &spoken.join(" "), size, room);
        }
        self.sources(chart.note.as_deref(), chart.source.as_deref(), room);
        self.paragraph(&room.style("FigureNote"), |writer, out| {
            let plain = Look::default();
            let Some(reference) = &chart.table_reference else {
                return out.own(&sentence(writer.label("data_on_page")), &plain);
            };
            let words = sentence(writer.label("data_in_page"));
            let (before, after) = words.split_once("{reference}").unwrap_or((&words, ""));
            out.own(before, &plain);
            writer.inlines(std::slice::from_ref(reference), &plain, out);
            out.own(after, &plain);
        });
        self.figure_end();
    }

    pub fn image(&mut self, image: &Image, room: &Room) {
        self.placed(&image.path, &image.alt, image.width.zip(image.height), room);
        if image.caption.is_none() && image.credit.is_none() {
            return;
        }
        self.paragraph(&room.style("FigureNote"), |writer, out| {
            for (at, words) in [&image.caption, &image.credit].into_iter().flatten().enumerate() {
                if at > 0 {
                    out.own(" ", &Look::default());
                }
                writer.inlines(words, &Look::default(), out);
            }
        });
    }

    /// A picture of the report's files; nothing where it is none that Word can show.
    pub fn placed(&mut self, path: &str, alt: &str, size: Option<(u32, u32)>, room: &Room) {
        let Some(bytes) = self.pictures.files.get(path) else { return };
        let (stem, extension) = path.rsplit_once('.').unwrap_or((path, ""));
        let stem = stem.rsplit('/').next().unwrap_or(stem);
        let (name, bytes) = match extension {
            "svg" => {
                let Some(png) = std::str::from_utf8(bytes).ok().and_then(|svg| self.pictures.drawn(svg)) else {
                    return;
                };
                (format!("{stem}.png"), png)
            }
            _ => (format!("{stem}.{extension}"), bytes.to_vec()),
        };
        let file = self.file(&name, bytes);
        let (width, height) = size.unwrap_or((600, 400));
        self.picture(&file, stem, alt, (u64::from(width), u64::from(height)), room);
    }

    /// Keeps a picture's file; gives its name.
    fn file(&mut self, name: &str, bytes: Vec<u8>) -> String {
        let name = format!("media/{}-{name}", self.media.len() + 1);
        self.media.push(PackedPart::new(format!("word/{name}"), bytes));
        name
    }

    fn picture(&mut self, file: &str, title: &str, alt: &str, size: (u64, u64), room: &Room) {
        let (width, height) = (size.0.max(1) * PIXEL, size.1.max(1) * PIXEL);
        let widest = (WIDTH - room.indent.min(WIDTH / 2)) as u64 * 635;
        let (shown, of) = [(widest, width), (HIGHEST, height), (1, 1)]
            .into_iter()
            .min_by(|(a, of_a), (b, of_b)| (a * of_b).cmp(&(b * of_a)))
            .unwrap_or((1, 1));
        let (width, height) = ((width * shown / of).to_string(), (height * shown / of).to_string());
        let id = self.story.relations.part("image", file);
        let number = self.next_number();
        let xml = &mut self.story.xml;
        xml.open("w:p", &[]);
        Style { name: "Picture", ..room.style("Picture") }.write(xml);
        xml.open("w:r", &[]).open("w:drawing", &[]);
        xml.open("wp:inline", &[("distT", "0"), ("distB", "0"), ("distL", "0"), ("distR", "0")]);
        xml.empty("wp:extent", &[("cx", width.as_str()), ("cy", height.as_str())]);
        xml.empty("wp:docPr", &[("id", number.as_str()), ("name", title), ("descr", alt)]);
        xml.open("wp:cNvGraphicFramePr", &[]);
        xml.empty("a:graphicFrameLocks", &[("xmlns:a", DRAWING), ("noChangeAspect", "1")]).close();
        xml.open("a:graphic", &[("xmlns:a", DRAWING)]).open("a:graphicData", &[("uri", PICTURE)]);
        xml.open("pic:pic", &[("xmlns:pic", PICTURE)]).open("pic:nvPicPr", &[]);
        xml.empty("pic:cNvPr", &[("id", number.as_str()), ("name", title), ("descr", alt)])
            .empty("pic:cNvPicPr", &[])
            .close();
        xml.open("pic:blipFill", &[]).empty("a:blip", &[("r:embed", id.as_str())]);
        xml.open("a:stretch", &[]).empty("a:fillRect", &[]).close().close();
        xml.open("pic:spPr", &[]).open("a:xfrm", &[]).empty("a:off", &[("x", "0"), ("y", "0")]);
        xml.empty("a:ext", &[("cx", width.as_str()), ("cy", height.as_str())]).close();
        xml.open("a:prstGeom", &[("prst", "rect")]).empty("a:avLst", &[]).close().close();
        // Picture, its data, the graphic, the frame, the drawing, the run and the paragraph.
        (0..7).for_each(|_| {
            xml.close();
        });
    }
}

const DRAWING: &str = "http://schemas.openxmlformats.org/drawingml/2006/main";
const PICTURE: &str = "http://schemas.openxmlformats.org/drawingml/2006/picture";

impl PictureFiles<'_> {
    /// A drawing as a bitmap on white ground: not every program that opens the file draws SVG, and none has the fonts of the charts.
    #[must_use]
    pub fn drawn(&self, svg: &str) -> Option<Vec<u8>> {
        let tree = usvg::Tree::from_str(svg, self.options.as_ref()?).ok()?;
        let size = tree.size().to_int_size().scale_by(DOTS)?;
        let mut picture = tiny_skia::Pixmap::new(size.width(), size.height())?;
        picture.fill(tiny_skia::Color::WHITE);
        resvg::render(&tree, tiny_skia::Transform::from_scale(DOTS, DOTS), &mut picture.as_mut());
        picture.encode_png().ok()
    }
}

/// Words that end with a mark, so that a voice pauses.
fn sentence(words: &(impl AsRef<str> + ?Sized)) -> String {
    let words = words.as_ref();
    if words.ends_with(['.', '!', '?']) { words.to_owned() } else { format!("{words}.") }
}
