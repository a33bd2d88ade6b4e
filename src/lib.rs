//! Belägg: reports whose every figure is bound to data, as PDF and HTML.
//!
//! The way of the data is one direction: `load` → `compute` → `assemble` → `document::resolve` → `render` → `publish`.

pub mod chart;
pub mod diagnostic;
pub mod document;
pub mod source;
