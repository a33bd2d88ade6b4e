//! A proof: what stands on the pages that Typst has set, from the top of each to its foot, as whoever corrects them must know it.

use typst::foundations::{Label, NativeElement as _};
use typst::introspection::{Location, MetadataElem, Tag};
use typst::layout::{Abs, Frame, FrameItem, GroupItem, PlaceElem, Point};
use typst::model::HeadingElem;
use typst::pdf::ArtifactElem;
use typst::visualize::Geometry;
use typst_layout::PagedDocument;

/// What the label of a table's, chart's or picture's block is made of: this and its anchor.
const FIGURE: &str = "Set-";

/// What the label of the place before a block begins with.
pub(super) const MARK: &str = "Block-";

/// Lines are further apart than this, raised numbers of notes less.
const SAME_LINE: f64 = 5.0;

/// A page; heights are in points.
#[derive(Debug, Default)]
pub(super) struct Sheet {
    /// What stands in the text, in its order.
    pub flow: Vec<Item>,
    /// Tables, charts and pictures that the text makes way for: anchor, and the place that they have in the text.
    pub floats: Vec<(String, Location)>,
    /// It lies on its side, for a table that has no room on an upright one.
    pub turned: bool,
    /// The height that text and notes may have, and how much of it is empty between them.
    pub room: f64,
    pub empty: f64,
    top: f64,
    /// Where what stands in the text or at the page's head ends, and where what stands at its foot begins.
    end: f64,
    foot: f64,
}

#[derive(Debug)]
pub(super) struct Item {
    pub what: What,
    bottom: f64,
}

#[derive(Debug, PartialEq, Eq)]
pub(super) enum What {
    /// A heading begins: its anchor. Its lines follow.
    Heading(String),
    /// A table, chart or picture: its anchor.
    Figure(String),
    /// The place in the text of a table or chart that stands elsewhere.
    Place(Location),
    /// The place before a block.
    Mark(String),
    Line(String),
    /// A picture, a ground, a rule.
    Drawing,
}

impl What {
    /// It stands for nothing that is seen.
    pub(super) fn is_place(&self) -> bool {
        matches!(self, Self::Place(_) | Self::Mark(_))
    }
}

/// The pages of a document.
pub(super) fn sheets(document: &PagedDocument) -> Vec<Sheet> {
    let mut sheets: Vec<Sheet> = document
        .pages()
        .iter()
        .map(|page| {
            let height = page.frame.height().to_pt();
            let turned = page.frame.width().to_pt() > height;
            let sheet = Sheet { turned, top: height, foot: height, ..Sheet::default() };
            let mut reader = Reader { sheet, artifact: None };
            reader.frame(&page.frame, Point::zero());
            reader.sheet
        })
        .collect();
    // Text begins and ends as far from the edge as it does on the fullest page.
    let margin = sheets.iter().map(|sheet| sheet.top).fold(f64::INFINITY, f64::min);
    for (sheet, page) in sheets.iter_mut().zip(document.pages()) {
        let bottom = page.frame.height().to_pt() - margin;
        sheet.room = bottom - margin;
        sheet.empty = sheet.foot.min(bottom) - sheet.end;
    }
    sheets
}

struct Reader {
    sheet: Sheet,
    /// Where what is no content began: the running head, a watermark.
    artifact: Option<Location>,
}

impl Reader {
    fn frame(&mut self, frame: &Frame, origin: Point) {
        for (position, item) in frame.items() {
            let at = origin + *position;
            match item {
                FrameItem::Tag(tag) => self.tag(tag),
                _ if self.artifact.is_some() => {}
                FrameItem::Group(group) => self.group(group, at),
                FrameItem::Text(text) => {
                    let (size, baseline) = (text.size.to_pt(), at.y.to_pt());
                    self.line(&text.text, baseline - size, baseline, baseline + 0.25 * size);
                }
                FrameItem::Shape(shape, _) => self.drawing(at.y, height(&shape.geometry)),
                FrameItem::Image(_, size, _) => self.drawing(at.y, size.y),
                FrameItem::Link(..) => {}
            }
        }
    }

    fn tag(&mut self, tag: &Tag) {
        let Tag::Start(element, _) = tag else {
            self.artifact.take_if(|start| *start == tag.location());
            return;
        };
        if self.artifact.is_none() && element.elem() == ArtifactElem::ELEM {
            self.artifact = element.location();
        } else if element.elem() == HeadingElem::ELEM {
            if let Some(label) = element.label() {
                self.push(What::Heading(name(label)), self.sheet.end);
            }
        } else if element.elem() == MetadataElem::ELEM {
            if let Some(mark) = element.label().map(name).filter(|name| name.starts_with(MARK)) {
                self.push(What::Mark(mark), self.sheet.end);
            }
        } else if element.elem() == PlaceElem::ELEM
            && let Some(place) = element.location()
        {
            self.push(What::Place(place), self.sheet.end);
        }
    }

    fn group(&mut self, group: &GroupItem, at: Point) {
        let (top, bottom) = (at.y.to_pt(), (at.y + group.frame.height()).to_pt());
        if let Some(parent) = group.parent {
            // A note, or what the text makes way for.
            match figure_within(&group.frame) {
                Some(anchor) => {
                    self.sheet.floats.push((anchor, parent.location));
                    self.sheet.top = self.sheet.top.min(top);
                    self.sheet.end = self.sheet.end.max(bottom);
                }
                // The place of what stands elsewhere has no height.
                None if bottom <= top => {}
                None => self.sheet.foot = self.sheet.foot.min(top),
            }
        } else if let Some(anchor) = group.label.and_then(figure) {
            self.ink(What::Figure(anchor), top, bottom);
        } else if group.transform.is_only_translate() {
            self.frame(&group.frame, at + Point::new(group.transform.tx, group.transform.ty));
        } else {
            self.drawing(at.y, group.frame.height());
        }
    }

    fn line(&mut self, text: &str, top: f64, baseline: f64, bottom: f64) {
        match self.sheet.flow.last_mut() {
            Some(Item { what: What::Line(words), bottom: before }) if (*before - bottom).abs() < SAME_LINE => {
                words.push_str(text);
                *before = before.max(bottom);
            }
            _ => self.ink(What::Line(text.into()), top, bottom),
        }
        self.sheet.end = self.sheet.end.max(baseline);
    }

    fn drawing(&mut self, y: Abs, height: Abs) {
        self.ink(What::Drawing, y.to_pt(), (y + height).to_pt());
    }

    fn ink(&mut self, what: What, top: f64, bottom: f64) {
        self.sheet.top = self.sheet.top.min(top);
        self.sheet.end = self.sheet.end.max(bottom);
        self.push(what, bottom);
    }

    fn push(&mut self, what: What, bottom: f64) {
        self.sheet.flow.push(Item { what, bottom });
    }
}

fn height(geometry: &Geometry) -> Abs {
    match geometry {
        Geometry::Line(to) => to.y,
        Geometry::Rect(size) => size.y,
        Geometry::Curve(curve) => curve.bbox(None).size().y,
    }
}

pub(super) fn name(label: Label) -> String {
    label.resolve().as_str().to_owned()
}

/// The anchor of a table or chart by the label of its block.
pub(super) fn figure(label: Label) -> Option<String> {
    name(label).strip_prefix(FIGURE).map(str::to_owned)
}

pub(super) fn figure_within(frame: &Frame) -> Option<String> {
    frame.items().find_map(|(_, item)| match item {
        FrameItem::Group(group) => group.label.and_then(figure).or_else(|| figure_within(&group.frame)),
        _ => None,
    })
}
