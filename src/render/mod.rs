//! From the resolved document to files for readers.

pub mod card;
pub mod citation;
pub mod contents;
pub mod csvw;
pub mod data;
mod drawing;
#[cfg(test)]
pub(crate) mod fixture;
mod form;
pub mod html;
mod layout;
pub mod pdf;
pub mod word;
pub mod workbook;
