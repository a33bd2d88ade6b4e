//! What is too large: every limit on what authors give, in one place. docs/format.md lists them.
//!
//! Each lies far above what a report needs and far below what would take the memory or the time of the machine it is built on.

/// A picture's file, in bytes.
pub const PICTURE_FILE: usize = 48 << 20;

/// Pixels of one picture.
pub const PICTURE_PIXELS: u64 = 50_000_000;

/// Pixels along one side of a picture.
pub const PICTURE_SIDE: u32 = 30_000;

/// What one picture may take in memory when it is unpacked, in bytes.
pub const PICTURE_MEMORY: u64 = 320 << 20;

/// What all pictures of a report may take in memory, in bytes.
pub const PICTURES_MEMORY: u64 = 640 << 20;

/// Unpacked colour profiles, texts and the like inside a picture, in bytes.
pub const PICTURE_EXTRAS: usize = 4 << 20;

/// Scans of a progressive JPEG.
pub const JPEG_SCANS: usize = 100;

/// Pixels that a progressive JPEG's scans go over, all together.
pub const JPEG_SCANNED_PIXELS: u64 = 600_000_000;

/// An SVG file, in bytes.
pub const SVG_FILE: usize = 8 << 20;

/// Elements of an SVG, those counted that `use`, patterns, masks and markers repeat.
pub const SVG_ELEMENTS: u64 = 100_000;

/// Attributes of one element of an SVG.
pub const SVG_ATTRIBUTES: usize = 500;

/// Letters of one text of an SVG, and of all its texts, in bytes; and the pieces (`tspan`) of one.
pub const SVG_TEXT: usize = 4_000;
pub const SVG_TEXTS: usize = 60_000;
pub const SVG_TEXT_PIECES: usize = 400;

/// Rules of style in an SVG times its elements.
pub const SVG_STYLED: usize = 50_000_000;

/// How deep elements of an SVG may stand in each other, through references too.
pub const SVG_DEPTH: u32 = 64;

/// Width and height of an SVG in its own units.
pub const SVG_SIDE: f32 = 100_000.0;

/// How many times the picture's own area the effects (`filter`) of an SVG may cover, all steps added up.
pub const SVG_FILTER_AREAS: f32 = 40.0;
