//! What is computed: exact arithmetic, values, figures and tables.

pub mod exact;
pub mod statistics;
pub mod table;
pub mod value;
