//! TopoJSON: polygons put together of arcs, which neighbours share.

use crate::diagnostic::say;
use serde_json::Value as Json;

use crate::document::geography::{Geography, Layer, Position, Region, Ring};

use super::{Refusal, Rings, WANTED, list, names, position};

pub fn read(json: &Json) -> Result<Geography, Refusal> {
    let arcs = arcs(json)?;
    let objects = json.get("objects").and_then(Json::as_object);
    let objects = objects.ok_or_else(|| Refusal::new(say!("is TopoJSON without `objects`"), WANTED))?;
    let mut positions = 0;
    let mut layers = Vec::new();
    for (name, object) in objects {
        let members = match object.get("geometries") {
            Some(members) => list(Some(members))?.as_slice(),
            None => std::slice::from_ref(object),
        };
        let mut regions = Vec::new();
        for member in members {
            let mut rings = Rings::new(&mut positions);
            geometry_rings(member, &arcs, &mut rings)?;
            let rings = rings.done();
            if !rings.is_empty() {
                regions.push(Region { names: names(member), rings });
            }
        }
        layers.push(Layer { name: name.clone(), regions });
    }
    Ok(Geography { layers })
}

/// The arcs in coordinates: those of a quantised file are steps from one point to the next.
fn arcs(json: &Json) -> Result<Vec<Vec<Position>>, Refusal> {
    let pair = |name: &str| json.get("transform").and_then(|transform| transform.get(name)).map(position).transpose();
    let transform = pair("scale")?.zip(pair("translate")?);
    let mut arcs = Vec::new();
    for arc in list(json.get("arcs"))? {
        let mut points = list(Some(arc))?.iter().map(position).collect::<Result<Vec<_>, _>>()?;
        if let Some(((wide, high), (left, low))) = transform {
            let (mut x, mut y) = (0.0, 0.0);
            for point in &mut points {
                (x, y) = (x + point.0, y + point.1);
                *point = (x * wide + left, y * high + low);
            }
        }
        arcs.push(points);
    }
    Ok(arcs)
}

fn geometry_rings(geometry: &Json, arcs: &[Vec<Position>], rings: &mut Rings) -> Result<(), Refusal> {
    match geometry.get("type").and_then(Json::as_str) {
        Some("Polygon") => polygon(geometry.get("arcs"), arcs, rings)?,
        Some("MultiPolygon") => {
            for part in list(geometry.get("arcs"))? {
                polygon(Some(part), arcs, rings)?;
            }
        }
        Some("GeometryCollection") => {
            for part in list(geometry.get("geometries"))? {
                geometry_rings(part, arcs, rings)?;
            }
        }
        _ => {}
    }
    Ok(())
}

fn polygon(indices: Option<&Json>, arcs: &[Vec<Position>], rings: &mut Rings) -> Result<(), Refusal> {
    rings.add(list(indices)?.iter().map(|ring| joined(ring, arcs)))
}

/// The line that arcs are one after the other; no longer than a map may have points.
fn joined(indices: &Json, arcs: &[Vec<Position>]) -> Result<Ring, Refusal> {
    let mut line = Ring::new();
    for index in list(Some(indices))? {
        let (arc, turned) = arc(index, arcs)?;
        // Arcs meet in a point that both have.
        let skip = usize::from(!line.is_empty());
        if turned {
            line.extend(arc.iter().rev().skip(skip));
        } else {
            line.extend(arc.iter().skip(skip));
        }
        if line.len() > crate::limits::MAP_POSITIONS {
            break;
        }
    }
    Ok(line)
}

/// An arc by its number, and whether it is taken from its end: `-1` is the first, turned.
fn arc<'a>(index: &Json, arcs: &'a [Vec<Position>]) -> Result<(&'a [Position], bool), Refusal> {
    let missing = || Refusal::new(say!("names the line {index}, which it does not hold", index), WANTED);
    let number = index.as_i64().ok_or_else(missing)?;
    let place = if number < 0 { !number } else { number };
    let arc = usize::try_from(place).ok().and_then(|place| arcs.get(place)).ok_or_else(missing)?;
    Ok((arc, number < 0))
}
