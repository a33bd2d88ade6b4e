//! A scene through plotters into SVG.
//!
//! The picture lives in light and dark pages, in a file and in a PDF, so its elements need names and not only colours. The
//! backend below therefore takes plotters' colours as numbers of roles: each element gets its role's class and, as
//! presentation attributes, the colours for light ground. A style sheet in the picture replaces them on dark screens; whoever
//! does not know media queries (Typst) keeps the light ones.

use super::clearing::parts_beside;
use super::colour::{Palette, Tone};
use super::font::Fonts;
use super::scale::tenths;
use super::scene::{Anchor, Area, Owner, Role, Scene, Shape, Text as Words, WIDTH};
use super::{Description, Drawing};
use crate::diagnostic::Said;
use plotters::coord::Shift;
use plotters::element::{Drawable, PointCollection};
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters_backend::{BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingErrorKind};
use std::convert::Infallible;
use std::fmt::Write as _;

/// Draws a scene.
///
/// # Errors
/// When plotters refuses, which it has no reason to.
pub fn paint(
    scene: &Scene,
    fonts: &Fonts,
    id: &str,
    palette: &Palette,
    family: &str,
    alternative: &Description,
) -> Result<Drawing, Said> {
    let inks = Inks::new(scene, palette);
    let (width, height) = (WIDTH as u32, scene.height.ceil() as u32);
    let mut elements = String::new();
    let texts = scene.shapes.iter().filter_map(|shape| if let Shape::Text(text) = shape { Some(text) } else { None });
    let texts: Vec<Area> = texts.map(|text| text.area(fonts)).collect();
    for (owner, shapes) in scene.stretches().filter(|(_, shapes)| !shapes.is_empty()) {
        elements.push_str(&owner.map(group).unwrap_or_default());
        let backend = Backend { out: &mut elements, inks: &inks, size: (width * 10, height * 10) };
        let area = backend.into_drawing_area();
        for shape in shapes {
            draw(&area, &inks, &texts, shape).map_err(Said::quoted)?;
        }
        area.present().map_err(Said::quoted)?;
        drop(area);
        if owner.is_some() {
            elements.push_str("</g>\n");
        }
    }

    let id: String = id.chars().map(|c| if c.is_alphanumeric() || "-_.".contains(c) { c } else { '-' }).collect();
    let (title, description, family) =
        (escape(&alternative.alt), escape(&alternative.description), escape(&family.replace(['\'', '\\'], "")));
    let style = inks.style_sheet();
    let svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"chart\" width=\"{width}\" height=\"{height}\" \
         viewBox=\"0 0 {width} {height}\" role=\"img\" aria-labelledby=\"svg-{id}-Title svg-{id}-Desc\" \
         font-family=\"'{family}', sans-serif\">\n<title id=\"svg-{id}-Title\">{title}</title>\n\
         <desc id=\"svg-{id}-Desc\">{description}</desc>\n<style>{style}</style>\n{elements}</svg>\n"
    );
    Ok(Drawing { svg, width, height })
}

/// The start of a group, by which the page's script knows what its shapes stand for.
fn group(owner: Owner) -> String {
    match owner {
        Owner::Value { series, category } => format!("<g data-s=\"{series}\" data-c=\"{category}\">"),
        Owner::Run { series, first } => format!("<g data-s=\"{series}\" data-from=\"{first}\">"),
        Owner::Series(series) => format!("<g data-s=\"{series}\">"),
        Owner::Key(series) => format!("<g data-s=\"{series}\" data-key=\"\">"),
    }
}

type Refused = DrawingAreaErrorKind<Infallible>;

fn draw(area: &DrawingArea<Backend<'_>, Shift>, inks: &Inks, texts: &[Area], shape: &Shape) -> Result<(), Refused> {
    let point = |(x, y): (f64, f64)| (tenths(x), tenths(y));
    match shape {
        Shape::Rect { role, area: rect } => {
            let corners = [point((rect.x, rect.y)), point((rect.x + rect.width, rect.y + rect.height))];
            area.draw(&Rectangle::new(corners, inks.colour(*role).filled()))
        }
        Shape::Path { role, points, width } => {
            let style = ShapeStyle::from(inks.colour(*role)).stroke_width(tenths(*width).unsigned_abs());
            let parts = match role {
                Role::Grid | Role::Axis | Role::Reference | Role::Rim => parts_beside(texts, points),
                _ => vec![points.clone()],
            };
            for part in parts {
                area.draw(&PathElement::new(part.into_iter().map(point).collect::<Vec<_>>(), style))?;
            }
            Ok(())
        }
        Shape::Region { role, rings } => {
            let rings = rings.iter().map(|ring| ring.iter().copied().map(point).collect()).collect();
            area.draw(&Region { rings, style: inks.colour(*role).filled() })
        }
        Shape::Marker { role, shape, at: (x, y) } => {
            let style = inks.colour(*role).filled();
            let corners: &[(f64, f64)] = match shape % 4 {
                0 => return area.draw(&Circle::new(point((*x, *y)), tenths(5.5), style)),
                1 => &[(0.0, -6.5), (6.5, 0.0), (0.0, 6.5), (-6.5, 0.0)],
                2 => &[(-4.8, -4.8), (4.8, -4.8), (4.8, 4.8), (-4.8, 4.8)],
                _ => &[(0.0, -6.0), (6.2, 5.0), (-6.2, 5.0)],
            };
            let corners: Vec<_> = corners.iter().map(|(dx, dy)| point((x + dx, y + dy))).collect();
            area.draw(&Polygon::new(corners, style))
        }
        Shape::Dot { role, at, radius } => {
            area.draw(&Circle::new(point(*at), tenths(*radius), inks.colour(*role).filled()))
        }
        Shape::Text(Words { role, x, baseline, anchor, size, bold, text }) => {
            let across = match anchor {
                Anchor::Start => HPos::Left,
                Anchor::Middle => HPos::Center,
                Anchor::End => HPos::Right,
            };
            let weight = if *bold { FontStyle::Bold } else { FontStyle::Normal };
            let font = FontDesc::new(FontFamily::SansSerif, *size, weight);
            let style = font.color(&inks.colour(*role)).pos(Pos::new(across, VPos::Bottom));
            area.draw(&Text::new(text.as_str(), point((*x, *baseline)), style))
        }
    }
}

/// A field with holes, for which plotters has no element.
struct Region {
    rings: Vec<Vec<BackendCoord>>,
    style: ShapeStyle,
}

impl<'a> PointCollection<'a, BackendCoord> for &'a Region {
    type Point = &'a BackendCoord;
    type IntoIter = std::iter::Flatten<std::slice::Iter<'a, Vec<BackendCoord>>>;

    fn point_iter(self) -> Self::IntoIter {
        self.rings.iter().flatten()
    }
}

impl Drawable<Backend<'_>> for Region {
    fn draw<I: Iterator<Item = BackendCoord>>(
        &self,
        mut points: I,
        backend: &mut Backend<'_>,
        _: (u32, u32),
    ) -> Result<(), DrawingErrorKind<Infallible>> {
        let rings: Vec<Vec<BackendCoord>> =
            self.rings.iter().map(|ring| points.by_ref().take(ring.len()).collect()).collect();
        backend.fill("path", &format!("d=\"{}\"", path_data(&rings)), self.style.color());
        Ok(())
    }
}

/// Closed lines as SVG writes them, each point by its distance from the one before.
fn path_data(rings: &[Vec<BackendCoord>]) -> String {
    let mut out = String::new();
    for ring in rings {
        let mut from = (0, 0);
        for (at, (x, y)) in ring.iter().enumerate() {
            let command = if at == 0 { "M" } else { "l" };
            let (dx, dy) = (px(x - from.0), px(y - from.1));
            let between = if dy.starts_with('-') { "" } else { " " };
            let _ = write!(out, "{command}{dx}{between}{dy}");
            from = (*x, *y);
        }
        out.push('z');
    }
    out
}

/// How a role looks.
struct Ink {
    role: Role,
    class: String,
    fill: Option<Tone>,
    stroke: Option<Tone>,
    /// What is not final is broken.
    dash: Option<&'static str>,
}

impl Ink {
    fn new(role: Role, palette: &Palette) -> Self {
        let (class, fill, stroke) = match role {
            Role::Label => ("c-label".to_owned(), Some(palette.label), None),
            Role::Muted => ("c-muted".to_owned(), Some(palette.muted), None),
            Role::Grid => ("c-grid".to_owned(), None, Some(palette.grid)),
            Role::Axis => ("c-axis".to_owned(), None, Some(palette.axis)),
            Role::Link => ("c-link".to_owned(), None, Some(palette.axis)),
            Role::Reference => ("c-reference".to_owned(), None, Some(palette.label)),
            Role::Rim => ("c-rim".to_owned(), None, Some(palette.ground)),
            Role::Whisker => ("c-whisker".to_owned(), None, Some(palette.label)),
            Role::Band => ("c-band".to_owned(), Some(palette.band), None),
            Role::ValueBand => ("c-value-band".to_owned(), Some(palette.ribbons[0]), None),
            Role::Faded => ("c-faded".to_owned(), Some(palette.faded), None),
            Role::FadedLine => ("c-faded-line".to_owned(), None, Some(palette.faded)),
            Role::FadedBroken => ("c-faded-broken".to_owned(), None, Some(palette.faded)),
            Role::Broken(n) => (format!("c-broken-{}", n + 1), None, Some(palette.lines[n % 4])),
            Role::Outline(n) => {
                (format!("c-outline-{}", n + 1), Some(palette.ribbons[n % 4]), Some(palette.lines[n % 4]))
            }
            Role::Ribbon(n) => (format!("c-ribbon-{}", n + 1), Some(palette.ribbons[n % 4]), None),
            Role::Area(n) => {
                let (area, line) = (palette.areas[n % 4], palette.lines[n % 4]);
                (format!("c-series-{}", n + 1), Some(area), (area.light != line.light).then_some(line))
            }
            Role::Line(n) => (format!("c-line-{}", n + 1), None, Some(palette.lines[n % 4])),
            Role::Mark(n) => (format!("c-mark-{}", n + 1), Some(palette.lines[n % 4]), None),
            Role::OnArea(n) => (format!("c-on-{}", n + 1), Some(palette.on_area(n)), None),
            Role::Region(n) => (format!("c-region-{}", n + 1), Some(palette.shades[n]), Some(palette.border(n))),
            Role::Unknown => ("c-unknown".to_owned(), Some(palette.ground), Some(palette.axis)),
            Role::Hatch => ("c-hatch".to_owned(), None, Some(palette.axis)),
            Role::Shade(n) => (format!("c-shade-{}", n + 1), Some(palette.shades[n]), None),
            Role::OnShade(n) => (format!("c-on-shade-{}", n + 1), Some(palette.on_shade(n)), None),
        };
        let dash = match role {
            Role::Broken(_) | Role::FadedBroken | Role::Outline(_) => Some("5 4"),
            _ => None,
        };
        Self { role, class, fill, stroke, dash }
    }
}

/// The looks of the roles that a scene has. A role's number is its place.
struct Inks(Vec<Ink>);

impl Inks {
    fn new(scene: &Scene, palette: &Palette) -> Self {
        let mut roles: Vec<Role> = scene
            .shapes
            .iter()
            .map(|shape| match shape {
                Shape::Rect { role, .. }
                | Shape::Path { role, .. }
                | Shape::Marker { role, .. }
                | Shape::Dot { role, .. }
                | Shape::Region { role, .. } => *role,
                Shape::Text(text) => text.role,
            })
            .collect();
        roles.sort();
        roles.dedup();
        Self(roles.into_iter().map(|role| Ink::new(role, palette)).collect())
    }

    /// The number of a role, as a colour of plotters.
    fn colour(&self, role: Role) -> RGBColor {
        let number = self.0.iter().position(|ink| ink.role == role).and_then(|place| u8::try_from(place).ok());
        RGBColor(0, 0, number.unwrap_or(0))
    }

    fn ink(&self, colour: BackendColor) -> Option<&Ink> {
        self.0.get(usize::from(colour.rgb.2))
    }

    /// The colours for dark screens. A chart that is opened as a file of its own has no page behind it and brings its ground.
    fn style_sheet(&self) -> String {
        let mut out = format!(
            "@media screen and (prefers-color-scheme:dark){{svg.chart:root{{background:{}}}",
            super::colour::INK.hex()
        );
        for ink in &self.0 {
            let _ = write!(out, "svg.chart .{}{{", ink.class);
            let properties = [("fill", ink.fill), ("stroke", ink.stroke)];
            let set: Vec<_> = properties
                .into_iter()
                .filter_map(|(name, tone)| Some(format!("{name}:{}", tone?.dark.hex())))
                .collect();
            out.push_str(&set.join(";"));
            out.push('}');
        }
        out.push('}');
        out
    }
}

/// Text for XML: its signs escaped, and what XML cannot hold left out.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\n' | '\r' | '\t' => out.push(' '),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => {}
            c => out.push(c),
        }
    }
    out
}

/// Writes elements. Coordinates are tenths of a pixel; colours are numbers of roles.
struct Backend<'a> {
    out: &'a mut String,
    inks: &'a Inks,
    size: (u32, u32),
}

/// A length as SVG writes it.
fn px(tenths: i32) -> String {
    let sign = if tenths < 0 { "-" } else { "" };
    match (tenths.abs() / 10, tenths.abs() % 10) {
        (whole, 0) => format!("{sign}{whole}"),
        (whole, part) => format!("{sign}{whole}.{part}"),
    }
}

impl Backend<'_> {
    /// Writes an element that is filled, with the outline that its role may have.
    fn fill(&mut self, name: &str, geometry: &str, colour: BackendColor) {
        let Some(ink) = self.inks.ink(colour) else { return };
        let fill = ink.fill.map_or_else(|| "none".to_owned(), |tone| tone.light.hex());
        let _ = write!(self.out, "<{name} class=\"{}\" {geometry} fill=\"{fill}\"", ink.class);
        if let Some(stroke) = ink.stroke {
            let _ = write!(self.out, " stroke=\"{}\"", stroke.light.hex());
        }
        if let Some(dash) = ink.dash {
            let _ = write!(self.out, " stroke-dasharray=\"{dash}\"");
        }
        self.out.push_str("/>\n");
    }

    fn points(points: impl IntoIterator<Item = BackendCoord>) -> String {
        points.into_iter().map(|(x, y)| format!("{},{}", px(x), px(y))).collect::<Vec<_>>().join(" ")
    }
}

impl DrawingBackend for Backend<'_> {
    type ErrorType = Infallible;

    fn get_size(&self) -> (u32, u32) {
        self.size
    }

    fn ensure_prepared(&mut self) -> Result<(), DrawingErrorKind<Infallible>> {
        Ok(())
    }

    fn present(&mut self) -> Result<(), DrawingErrorKind<Infallible>> {
        Ok(())
    }

    fn draw_pixel(&mut self, (x, y): BackendCoord, colour: BackendColor) -> Result<(), DrawingErrorKind<Infallible>> {
        self.fill("rect", &format!("x=\"{}\" y=\"{}\" width=\"0.1\" height=\"0.1\"", px(x), px(y)), colour);
        Ok(())
    }

    fn draw_line<S: BackendStyle>(
        &mut self,
        from: BackendCoord,
        to: BackendCoord,
        style: &S,
    ) -> Result<(), DrawingErrorKind<Infallible>> {
        self.draw_path([from, to], style)
    }

    fn draw_rect<S: BackendStyle>(
        &mut self,
        (left, top): BackendCoord,
        (right, bottom): BackendCoord,
        style: &S,
        _fill: bool,
    ) -> Result<(), DrawingErrorKind<Infallible>> {
        // An outline is one pixel wide and stays within the field.
        let inset = if self.inks.ink(style.color()).is_some_and(|ink| ink.stroke.is_some()) { 5 } else { 0 };
        let side = |from: i32, to: i32| px((to - from - 2 * inset).max(1));
        let geometry = format!(
            "x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"",
            px(left + inset),
            px(top + inset),
            side(left, right),
            side(top, bottom)
        );
        self.fill("rect", &geometry, style.color());
        Ok(())
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Result<(), DrawingErrorKind<Infallible>> {
        let Some(ink) = self.inks.ink(style.color()) else { return Ok(()) };
        let stroke = ink.stroke.map_or_else(|| "none".to_owned(), |tone| tone.light.hex());
        let width = px(i32::try_from(style.stroke_width()).unwrap_or(10));
        let points = Self::points(path);
        let class = &ink.class;
        let _ = write!(
            self.out,
            "<polyline class=\"{class}\" points=\"{points}\" fill=\"none\" stroke=\"{stroke}\" stroke-width=\"{width}\""
        );
        if let Some(dash) = ink.dash {
            let _ = write!(self.out, " stroke-dasharray=\"{dash}\"");
        }
        self.out.push_str("/>\n");
        Ok(())
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        corners: I,
        style: &S,
    ) -> Result<(), DrawingErrorKind<Infallible>> {
        self.fill("polygon", &format!("points=\"{}\"", Self::points(corners)), style.color());
        Ok(())
    }

    fn draw_circle<S: BackendStyle>(
        &mut self,
        (x, y): BackendCoord,
        radius: u32,
        style: &S,
        _fill: bool,
    ) -> Result<(), DrawingErrorKind<Infallible>> {
        let radius = px(i32::try_from(radius).unwrap_or(0));
        self.fill("circle", &format!("cx=\"{}\" cy=\"{}\" r=\"{radius}\"", px(x), px(y)), style.color());
        Ok(())
    }

    /// `at` is on the baseline.
    fn draw_text<S: BackendTextStyle>(
        &mut self,
        text: &str,
        style: &S,
        at: BackendCoord,
    ) -> Result<(), DrawingErrorKind<Infallible>> {
        let Some(ink) = self.inks.ink(style.color()) else { return Ok(()) };
        let fill = ink.fill.map_or_else(|| "none".to_owned(), |tone| tone.light.hex());
        let (x, y, size) = (px(at.0), px(at.1), px(tenths(style.size())));
        let class = &ink.class;
        let _ = write!(self.out, "<text class=\"{class}\" x=\"{x}\" y=\"{y}\" font-size=\"{size}\" fill=\"{fill}\"");
        match style.anchor().h_pos {
            HPos::Left => {}
            HPos::Center => self.out.push_str(" text-anchor=\"middle\""),
            HPos::Right => self.out.push_str(" text-anchor=\"end\""),
        }
        if matches!(style.style(), FontStyle::Bold) {
            self.out.push_str(" font-weight=\"600\"");
        }
        let _ = writeln!(self.out, ">{}</text>", escape(text));
        Ok(())
    }
}
