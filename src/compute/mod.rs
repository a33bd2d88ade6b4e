//! What is computed: exact arithmetic, values, figures and tables, and how each came about.

pub mod adopt;
mod cases;
mod cross;
mod derive;
mod engine;
pub mod exact;
mod findings;
mod gather;
pub mod measure;
pub mod notation;
pub mod origin;
mod ranking;
pub mod statistics;
pub mod table;
mod totals;
pub mod value;
