//! Belägg: reports whose every figure is bound to data, as PDF and HTML.
//!
//! The way of the data is one direction: `load` → `compute` → `assemble` → `resolve` → `check` → `render` → `publish`. See ARCHITECTURE.md.

pub mod alike;
pub mod assemble;
pub mod chart;
pub mod check;
pub mod cli;
pub mod colour;
pub mod compare;
pub mod compute;
pub mod conformance;
pub mod diagnostic;
pub mod document;
pub mod limits;
pub mod load;
pub mod locale;
pub mod markdown;
pub mod model;
pub mod pipeline;
pub mod publish;
pub mod render;
pub mod resolve;
pub mod shelf;
pub mod source;
pub mod system;
pub mod versions;
