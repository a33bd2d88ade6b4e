//! The regions of a map, as its file has them.

use std::sync::Arc;

/// A point in the file's coordinates: east, then north.
pub type Position = (f64, f64);

/// A closed line; its first position is not said again at its end.
pub type Ring = Vec<Position>;

/// What a file of regions holds.
#[derive(Debug, Clone, PartialEq)]
pub struct Geography {
    /// One of GeoJSON, and one for each object of TopoJSON.
    pub layers: Vec<Layer>,
}

/// Regions of one kind: municipalities, or counties.
#[derive(Debug, Clone, PartialEq)]
pub struct Layer {
    pub name: String,
    pub regions: Vec<Region>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Region {
    /// Its `id` and its properties that are texts or numbers, by their names.
    pub names: Vec<(String, String)>,
    /// Outlines and holes.
    pub rings: Arc<Vec<Ring>>,
}

impl Region {
    /// The text of a property.
    #[must_use]
    pub fn name(&self, property: &str) -> Option<&str> {
        self.names.iter().find(|(known, _)| known == property).map(|(_, text)| text.as_str())
    }
}
