//! GeoJSON (RFC 7946): features with polygons.

use serde_json::Value as Json;

use crate::diagnostic::say;
use crate::document::geography::{Geography, Layer, Region};

use super::{Refusal, Rings, WANTED, list, names, position};

pub fn read(json: &Json) -> Result<Geography, Refusal> {
    let features = match json.get("type").and_then(Json::as_str) {
        Some("FeatureCollection") => {
            let features = json.get("features").and_then(Json::as_array);
            features.ok_or_else(|| Refusal::new(say!("is GeoJSON without a list of `features`"), WANTED))?
        }
        Some("Feature") => std::slice::from_ref(json),
        _ => return Err(Refusal::new(say!("is no map: neither GeoJSON with features nor TopoJSON"), WANTED)),
    };
    let mut positions = 0;
    let mut regions = Vec::new();
    for feature in features {
        let mut rings = Rings::new(&mut positions);
        if let Some(geometry) = feature.get("geometry") {
            geometry_rings(geometry, &mut rings)?;
        }
        let rings = rings.done();
        if !rings.is_empty() {
            regions.push(Region { names: names(feature), rings });
        }
    }
    Ok(Geography { layers: vec![Layer { name: String::new(), regions }] })
}

/// The rings of polygons; points and lines have none.
fn geometry_rings(geometry: &Json, rings: &mut Rings) -> Result<(), Refusal> {
    match geometry.get("type").and_then(Json::as_str) {
        Some("Polygon") => polygon(geometry.get("coordinates"), rings)?,
        Some("MultiPolygon") => {
            for part in list(geometry.get("coordinates"))? {
                polygon(Some(part), rings)?;
            }
        }
        Some("GeometryCollection") => {
            for part in list(geometry.get("geometries"))? {
                geometry_rings(part, rings)?;
            }
        }
        _ => {}
    }
    Ok(())
}

fn polygon(coordinates: Option<&Json>, rings: &mut Rings) -> Result<(), Refusal> {
    let polygon = list(coordinates)?.iter().map(|ring| list(Some(ring))?.iter().map(position).collect());
    rings.add(polygon)
}
