//! The picture that stands for a report where its page is shared: title, publisher and its first chart on the publisher's colour.

use std::fmt::Write as _;

use resvg::{tiny_skia, usvg};

use super::drawing;
use super::pdf::Fonts;
use crate::chart;
use crate::colour::{Rgb, WHITE, contrast};
use crate::document::resolved::{Chart, ResolvedDocument};

/// Name of the file in a version's folder.
pub const FILE: &str = "card.png";

/// What those who show such pictures ask for.
pub const WIDTH: u32 = 1200;
pub const HEIGHT: u32 = 630;

const MARGIN: f64 = 56.0;
/// Between the edge of a chart's ground and the chart.
const PADDING: f64 = 24.0;
/// Between the text and a chart's ground.
const GAP: f64 = 36.0;
const TITLE: f64 = 50.0;
const LEADING: f64 = 58.0;
const BYLINE: f64 = 26.0;
const CAPTION: f64 = 24.0;

/// The picture; none where it cannot be drawn.
#[must_use]
pub fn png(document: &ResolvedDocument, fonts: &Fonts) -> Option<Vec<u8>> {
    let options = drawing::options(fonts);
    let measure = chart::Fonts::builtin().ok()?;
    let chart = document.charts().into_iter().next();
    let layout = match chart {
        Some(chart) => [Layout::below(document, measure, chart), Layout::beside(document, measure, chart)]
            .into_iter()
            .reduce(|first, second| if second.scale > first.scale * 1.05 { second } else { first })?,
        None => Layout::text(document, measure),
    };
    let mut picture = tiny_skia::Pixmap::new(WIDTH, HEIGHT)?;
    let ground = usvg::Tree::from_str(&layout.ground(document), &options).ok()?;
    resvg::render(&ground, tiny_skia::Transform::identity(), &mut picture.as_mut());
    if let Some(chart) = chart {
        let tree = usvg::Tree::from_str(&chart.svg, &options).ok()?;
        let (left, top) = layout.chart;
        #[allow(clippy::cast_possible_truncation, reason = "places in a picture")]
        let place = tiny_skia::Transform::from_scale(layout.scale as f32, layout.scale as f32)
            .post_translate(left as f32, top as f32);
        resvg::render(&tree, place, &mut picture.as_mut());
    }
    picture.encode_png().ok()
}

/// What the picture says, for those who do not see it.
#[must_use]
pub fn alternative(document: &ResolvedDocument) -> String {
    match document.charts().first() {
        Some(chart) => format!("{}. {}: {}", document.title_text, chart.label, chart.alt),
        None => format!("{}. {}", document.title_text, document.publisher.name),
    }
}

/// What stands where.
struct Layout {
    title: Vec<String>,
    byline: Vec<String>,
    /// Where the first line of the title stands.
    top: f64,
    /// Left, top, width and height of the chart's ground.
    panel: Option<(f64, f64, f64, f64)>,
    /// What the chart shows, above it.
    caption: Vec<String>,
    /// Corner of the chart, and how large it is drawn.
    chart: (f64, f64),
    scale: f64,
}

impl Layout {
    /// The chart below the title.
    fn below(document: &ResolvedDocument, fonts: &chart::Fonts, chart: &Chart) -> Self {
        let width = f64::from(WIDTH) - 2.0 * MARGIN;
        let mut layout = Self::lines(document, fonts, width, 2, 1);
        let top = layout.end() + GAP;
        layout.put(chart, fonts, (MARGIN, top, width, f64::from(HEIGHT) - top - MARGIN * 0.7));
        layout
    }

    /// The chart beside the title.
    fn beside(document: &ResolvedDocument, fonts: &chart::Fonts, chart: &Chart) -> Self {
        let column = 430.0;
        let mut layout = Self::lines(document, fonts, column, 6, 3);
        let left = MARGIN + column + GAP;
        let top = MARGIN * 0.7;
        layout.put(chart, fonts, (left, top, f64::from(WIDTH) - left - top, f64::from(HEIGHT) - 2.0 * top));
        layout
    }

    /// No chart.
    fn text(document: &ResolvedDocument, fonts: &chart::Fonts) -> Self {
        let mut layout = Self::lines(document, fonts, f64::from(WIDTH) - 2.0 * MARGIN, 5, 2);
        layout.top += (f64::from(HEIGHT) - MARGIN - layout.end()) / 2.0;
        layout
    }

    fn lines(document: &ResolvedDocument, fonts: &chart::Fonts, width: f64, most: usize, bylines: usize) -> Self {
        let publisher = [document.kind_label.as_str(), document.publisher.name.as_str(), document.date.long.as_str()];
        let byline = publisher.into_iter().filter(|words| !words.is_empty()).collect::<Vec<_>>().join(" · ");
        Self {
            title: fonts.wrap(&document.title_text, TITLE, true, width, most),
            byline: fonts.wrap(&byline, BYLINE, false, width, bylines),
            top: MARGIN + TITLE * 0.8,
            panel: None,
            caption: Vec::new(),
            chart: (0.0, 0.0),
            scale: 0.0,
        }
    }

    #[allow(clippy::cast_precision_loss, reason = "a few lines")]
    fn byline_top(&self) -> f64 {
        self.top + LEADING * (self.title.len().saturating_sub(1)) as f64 + 46.0
    }

    #[allow(clippy::cast_precision_loss, reason = "a few lines")]
    fn end(&self) -> f64 {
        self.byline_top() + BYLINE * 1.3 * (self.byline.len().saturating_sub(1)) as f64
    }

    /// Puts the chart in the middle of its ground below its caption, as large as it fits.
    #[allow(clippy::cast_precision_loss, reason = "a few lines")]
    fn put(&mut self, chart: &Chart, fonts: &chart::Fonts, panel: (f64, f64, f64, f64)) {
        let (left, mut top, width, mut height) = panel;
        self.caption = fonts.wrap(&chart.caption_text, CAPTION, true, width - 2.0 * PADDING, 2);
        let above = CAPTION * 1.3 * self.caption.len() as f64 + PADDING * 0.5;
        top += above;
        height -= above;
        let (own_width, own_height) = (f64::from(chart.width.max(1)), f64::from(chart.height.max(1)));
        let scale = ((width - 2.0 * PADDING) / own_width).min((height - 2.0 * PADDING) / own_height);
        self.scale = scale;
        self.chart = (left + (width - own_width * scale) / 2.0, top + (height - own_height * scale) / 2.0);
        self.panel = Some(panel);
    }

    fn ground(&self, document: &ResolvedDocument) -> String {
        let accent = Rgb::parse(&document.theme.accent).unwrap_or(Rgb(0x1d, 0x5b, 0x79));
        // Accents are dark enough for white text; what a workspace's own template may have is looked at all the same.
        let ink = if contrast(accent, WHITE) >= 4.5 { "#ffffff" } else { "#1b1f23" };
        let mut out = format!(
            r#"<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}"><rect width="{WIDTH}" height="{HEIGHT}" fill="{}"/>"#,
            accent.hex()
        );
        if let Some((left, top, width, height)) = self.panel {
            let _ = write!(
                out,
                r##"<rect x="{left}" y="{top}" width="{width}" height="{height}" rx="10" fill="#ffffff"/>"##
            );
        }
        let mut line = |text: &str, x: f64, y: f64, size: f64, weight: u16, ink: &str| {
            let text = text.replace('&', "&amp;").replace('<', "&lt;");
            let _ = write!(
                out,
                r#"<text x="{x}" y="{y}" font-family="sans-serif" font-size="{size}" font-weight="{weight}" fill="{ink}">{text}</text>"#
            );
        };
        let mut y = self.top;
        for words in &self.title {
            line(words, MARGIN, y, TITLE, 600, ink);
            y += LEADING;
        }
        y = self.byline_top();
        for words in &self.byline {
            line(words, MARGIN, y, BYLINE, 400, ink);
            y += BYLINE * 1.3;
        }
        if let Some((left, top, ..)) = self.panel {
            y = top + PADDING + CAPTION * 0.8;
            for words in &self.caption {
                line(words, left + PADDING, y, CAPTION, 600, "#1b1f23");
                y += CAPTION * 1.3;
            }
        }
        out.push_str("</svg>");
        out
    }
}
