//! What reports are and say, up to the documents that are set: `load` → `gather` → `compute` → `assemble` → `resolve` → `check`. What is made of these is the
//! crate `belagg`, which alone uses this one; no promise is made of anything in here. It is a crate of its own that knows nothing of Typst.

pub mod alike;
pub mod assemble;
pub mod chart;
pub mod check;
pub mod colour;
pub mod compare;
pub mod compute;
/// What a session says of an author's files, and the forms in which that is printed.
pub mod diagnostic;
/// What is hidden of a report, as mathematics.
pub mod disclosure;
pub mod document;
pub mod gather;
pub mod hypertext;
pub mod import;
pub mod limits;
pub mod load;
pub mod locale;
pub mod markdown;
pub mod model;
pub mod office;
pub mod register;
pub mod resolve;
pub mod shelf;
/// Where what a session says stands.
pub mod source;
pub mod system;
pub mod value;
pub mod versions;
