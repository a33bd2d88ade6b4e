//! What is computed: figures and tables, and how each came about.

pub mod adopt;
pub mod cases;
mod columns;
mod cross;
mod derive;
mod engine;
mod findings;
mod gather;
pub mod mask;
pub mod measure;
pub mod operation;
pub mod origin;
mod quantity;
mod ranking;
pub mod statistics;
pub mod summary;
pub mod table;
mod totals;
