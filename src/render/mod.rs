//! From the resolved document to files for readers.

pub mod data;
#[cfg(test)]
pub(crate) mod fixture;
pub mod html;
pub mod pdf;
