//! Maps that charts name: GeoJSON and TopoJSON to regions.

mod geojson;
mod topojson;

use std::ops::Range;
use std::sync::Arc;

use serde_json::Value as Json;

use crate::diagnostic::{Code, Diagnostic, Said, Sink, say};
use crate::document::geography::{Geography, Ring};
use crate::limits;
use crate::model::MapSpec;
use crate::source::Spanned;

use super::data_files::DataFiles;
use super::form::{List, Number, Path, Plain, Required, choices, mapping};

mapping! {
    /// Where the regions of a `choropleth` come from.
    Map "map" {
        /// A GeoJSON or TopoJSON file, relative to the report's folder.
        file: Required<Path>,
        /// The property in which the regions have the ids or the labels of the table's rows (`id` is the id of the region itself); without it the one that has most of them.
        key: Plain,
        /// The object of a TopoJSON file; without it the one that has most of the rows.
        layer: Plain,
        /// Which regions are drawn: all, each of which has a row in the table then, or those of the table's rows.
        regions: WithoutRow = false,
        /// Where the colours change, rising; without it at natural breaks of the values.
        classes: List<Number, 1, 4> = Vec::new(),
    }
}

/// Whether regions that have no row are left out.
pub(in crate::load) struct WithoutRow;
choices!(WithoutRow as bool { "all" => false, "rows" => true, });

impl Map {
    /// The map with its regions read.
    pub fn open(self, files: &mut dyn DataFiles, sink: &mut Sink) -> Option<MapSpec> {
        let file = self.file?;
        let classes: Vec<_> = self.classes.iter().map(|typed| Spanned::new(typed.value.0, typed.span)).collect();
        let falling = classes.windows(2).find(|pair| pair[0].value >= pair[1].value);
        if let Some(pair) = falling {
            sink.push(
                Diagnostic::error(Code::CHART_SPEC, say!("the classes of a map rise")).at(pair[1].span).help(say!(
                    "write the values at which the colour changes, the lowest first: classes: [5, 7.5, 10]"
                )),
            );
        }
        let geography = files.map(&file, sink)?;
        let all_rise = falling.is_none();
        all_rise.then_some(MapSpec {
            geography,
            key: self.key,
            layer: self.layer,
            rows_only: self.regions,
            classes,
            span: file.span,
        })
    }
}

/// Why a map is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// Goes on after the name of the file: "is cut off".
    pub message: Said,
    pub help: Said,
    /// Where in the file, if that can be told.
    pub place: Option<Range<usize>>,
}

impl Refusal {
    fn new(message: impl Into<Said>, help: Said) -> Self {
        Self { message: message.into(), help, place: None }
    }
}

const WANTED: Said = say!("export the regions as GeoJSON or TopoJSON: polygons, each with the property that names it");
const SIMPLER: Said = say!(
    "simplify it in the program that it is from (in QGIS: Simplify; at mapshaper.org: Simplify, then Export): a map in a report shows no bay smaller than half a millimetre"
);

/// Reads the regions of a map.
///
/// # Errors
/// The first thing that keeps it from being used.
pub fn read(text: &str) -> Result<Geography, Refusal> {
    if text.len() > limits::MAP_FILE {
        let (len, most) = (text.len() >> 20, limits::MAP_FILE >> 20);
        return Err(Refusal::new(
            say!("is a file of {megabytes} MB; maps have at most {most}", megabytes = len, most),
            SIMPLER,
        ));
    }
    let json: Json = serde_json::from_str(text).map_err(|error| broken(text, &error))?;
    let geography = match json.get("type").and_then(Json::as_str) {
        Some("Topology") => topojson::read(&json)?,
        _ => geojson::read(&json)?,
    };
    if geography.layers.iter().all(|layer| layer.regions.is_empty()) {
        return Err(Refusal::new(say!("has no region: no polygon is in it"), WANTED));
    }
    Ok(geography)
}

fn broken(text: &str, error: &serde_json::Error) -> Refusal {
    let start: usize = text.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len).sum();
    let wanted = (start + error.column().saturating_sub(1)).min(text.len());
    let at = (0..=wanted).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    let end = text[at..].chars().next().map_or(at, |c| at + c.len_utf8());
    let message = if error.is_eof() { say!("ends too early: a part of it is missing") } else { say!("is no JSON") };
    let help = say!("fetch the file again, or export it anew; a page that was saved in its place begins with `<`");
    Refusal { place: Some(at..end), ..Refusal::new(message, help) }
}

/// The texts and numbers that a region is called by, its id first.
fn names(feature: &Json) -> Vec<(String, String)> {
    let text = |value: &Json| match value {
        Json::String(text) => Some(text.clone()),
        // A column of codes with a gap comes out of some programs as 101.0.
        Json::Number(number) => Some(number.to_string().trim_end_matches(".0").to_owned()),
        _ => None,
    };
    let id = feature.get("id").and_then(text).map(|id| ("id".to_owned(), id));
    let properties = feature.get("properties").and_then(Json::as_object).into_iter().flatten();
    id.into_iter().chain(properties.filter_map(|(name, value)| Some((name.clone(), text(value)?)))).collect()
}

/// Rings with an area, counted against what a map may have.
struct Rings<'a> {
    rings: Vec<Ring>,
    positions: &'a mut usize,
}

impl<'a> Rings<'a> {
    fn new(positions: &'a mut usize) -> Self {
        Self { rings: Vec::new(), positions }
    }

    /// Takes a polygon in: its outline, and holes, which go the other way round whatever the file has, so that they are seen as holes.
    fn add(&mut self, polygon: impl Iterator<Item = Result<Ring, Refusal>>) -> Result<(), Refusal> {
        let mut outline = None;
        for ring in polygon {
            let mut ring = ring?;
            *self.positions += ring.len();
            if *self.positions > limits::MAP_POSITIONS {
                let message = say!("has more than {most} points along its borders", most = limits::MAP_POSITIONS);
                return Err(Refusal::new(message, SIMPLER));
            }
            ring.dedup();
            if ring.len() > 1 && ring.first() == ring.last() {
                ring.pop();
            }
            let turn = turns_left(&ring);
            match outline {
                None => outline = Some(turn),
                Some(outline) if outline == turn => ring.reverse(),
                Some(_) => {}
            }
            if ring.len() > 2 {
                self.rings.push(ring);
            }
        }
        Ok(())
    }

    fn done(self) -> Arc<Vec<Ring>> {
        Arc::new(self.rings)
    }
}

/// Whether a ring has what it encloses at its left.
fn turns_left(ring: &Ring) -> bool {
    let Some((x, y)) = ring.first() else { return false };
    let from_first = || ring.iter().map(|point| (point.0 - x, point.1 - y));
    from_first().zip(from_first().skip(1)).map(|(a, b)| a.0 * b.1 - a.1 * b.0).sum::<f64>() > 0.0
}

/// A position: east and north; what else it holds (a height) is passed over.
fn position(value: &Json) -> Result<(f64, f64), Refusal> {
    let part = |at: usize| value.get(at).and_then(Json::as_f64).filter(|part| part.abs() < 1e9);
    part(0).zip(part(1)).ok_or_else(|| Refusal::new(say!("has a point that is no pair of numbers"), WANTED))
}

fn list(value: Option<&Json>) -> Result<&Vec<Json>, Refusal> {
    let missing = || Refusal::new(say!("has a region whose shape is no list of points"), WANTED);
    value.and_then(Json::as_array).ok_or_else(missing)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SQUARES: &str = r#"{"type":"FeatureCollection","features":[
        {"type":"Feature","id":7,"properties":{"name":"Norr","code":"01","area":{"x":1}},
         "geometry":{"type":"Polygon","coordinates":[[[0,0],[2,0],[2,2],[0,2],[0,0]]]}},
        {"type":"Feature","properties":{"name":"Söder","code":"02"},
         "geometry":{"type":"MultiPolygon","coordinates":[[[[2,0,9],[4,0,9],[4,2,9],[2,2,9],[2,0,9]]],[[[5,0],[6,0],[6,1]]]]}},
        {"type":"Feature","properties":{"name":"Ingenstans"},"geometry":null}]}"#;

    /// The same two squares with the border between them as one arc.
    const TOPOLOGY: &str = r#"{"type":"Topology","transform":{"scale":[0.5,0.5],"translate":[0,0]},
        "objects":{"parts":{"type":"GeometryCollection","geometries":[
            {"type":"Polygon","id":7,"properties":{"name":"Norr","code":"01"},"arcs":[[0,1]]},
            {"type":"MultiPolygon","properties":{"name":"Söder","code":"02"},"arcs":[[[2,-1]]]}]}},
        "arcs":[[[4,0],[0,4]],[[4,4],[-4,0],[0,-4],[4,0]],[[4,0],[4,0],[0,4],[-4,0]]]}"#;

    #[test]
    fn regions_are_read_with_their_names_and_rings() {
        let map = read(SQUARES).unwrap();
        let [layer] = &map.layers[..] else { panic!("{map:?}") };
        let [north, south] = &layer.regions[..] else { panic!("{layer:?}") };
        let names: Vec<_> = north.names.iter().map(|(name, text)| format!("{name}={text}")).collect();
        assert_eq!(names.join(" "), "id=7 name=Norr code=01");
        assert_eq!(*north.rings, [[(0.0, 0.0), (2.0, 0.0), (2.0, 2.0), (0.0, 2.0)]]);
        assert_eq!(south.rings.len(), 2);
    }

    #[test]
    fn holes_go_the_other_way_round_than_their_outline() {
        let outline = "[[0,0],[9,0],[9,9],[0,9],[0,0]]";
        let holes = ["[[2,2],[4,2],[4,4],[2,4],[2,2]]", "[[2,2],[2,4],[4,4],[4,2],[2,2]]"];
        for hole in holes {
            let part = format!("[{outline},{hole}]");
            let feature = format!(
                r#"{{"type":"Feature","properties":{{"name":"A","code":7.0}},"geometry":{{"type":"MultiPolygon","coordinates":[{part},{part}]}}}}"#
            );
            let map = read(&feature).unwrap();
            let turns: Vec<bool> = map.layers[0].regions[0].rings.iter().map(turns_left).collect();
            assert_eq!(turns, [true, false, true, false], "{hole}");
            assert_eq!(map.layers[0].regions[0].name("code"), Some("7"));
        }
    }

    #[test]
    fn arcs_are_put_together_and_turned() {
        let map = read(TOPOLOGY).unwrap();
        let [north, south] = &map.layers[0].regions[..] else { panic!("{map:?}") };
        assert_eq!(map.layers[0].name, "parts");
        assert_eq!(*north.rings, [[(2.0, 0.0), (2.0, 2.0), (0.0, 2.0), (0.0, 0.0)]]);
        assert_eq!(*south.rings, [[(2.0, 0.0), (4.0, 0.0), (4.0, 2.0), (2.0, 2.0)]]);
        assert_eq!(south.name("name"), Some("Söder"));
    }

    #[test]
    fn what_is_no_map_is_told() {
        let message = |text: &str| read(text).unwrap_err().message.english();
        let cut = read(&SQUARES[..200]).unwrap_err();
        assert!(cut.message.english().starts_with("ends too early") && cut.place.is_some(), "{cut:?}");
        let page = read("<!doctype html>").unwrap_err();
        assert_eq!((page.message.english().as_str(), page.place), ("is no JSON", Some(0..1)));
        assert!(message(r#"{"type":"FeatureCollection","features":[]}"#).contains("no region"));
        let points = r#"{"type":"Feature","properties":{},"geometry":{"type":"Point","coordinates":[1,2]}}"#;
        assert!(message(points).contains("no region"));
        assert!(message(r#"{"type":"FeatureCollection"}"#).contains("without a list of `features`"));
        assert!(message("[1, 2]").contains("no map"));
        assert!(message(&SQUARES.replace("[2,0]", "[2,\"x\"]")).contains("no pair of numbers"));
        assert!(message(&TOPOLOGY.replace("[[0,1]]", "[[0,9]]")).contains("line 9"));
        assert!(message(&TOPOLOGY.replace("[[0,1]]", "[[0,-9]]")).contains("line"));
        let often = format!("[[{}0]]", "1,".repeat(limits::MAP_POSITIONS));
        assert!(message(&TOPOLOGY.replace("[[0,1]]", &often)).contains("points along its borders"));
    }
}
