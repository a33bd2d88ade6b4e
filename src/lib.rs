//! Belägg: reports whose every figure is bound to data, as PDF and HTML.
//!
//! The front is [`Session`]: a workspace that is worked on, with what is wrong with its reports, how they read and the files that they become. What
//! is public besides belongs to what it takes and gives, or says why it is.
//!
//! The way of the data is one direction: `load` → `gather` → `compute` → `assemble` → `resolve` → `check` → `render` → `publish`. See ARCHITECTURE.md.

mod alike;
mod assemble;
mod begin;
mod chart;
mod check;
/// For the program `belagg`, which lies in the same package: the whole command line is [`cli::run`].
pub mod cli;
mod colour;
mod compare;
mod compute;
mod conformance;
/// What a session says of an author's files, and the forms in which that is printed.
pub mod diagnostic;
/// What is hidden of a report, as mathematics.
pub mod disclosure;
mod document;
mod feedback;
mod gather;
mod handover;
mod hypertext;
mod import;
pub mod internal;
mod kept;
mod limits;
mod load;
mod locale;
mod lsp;
mod markdown;
mod model;
mod office;
mod pipeline;
mod publish;
mod register;
mod render;
mod resolve;
mod serve;
pub mod session;
mod shelf;
/// Where what a session says stands.
pub mod source;
mod system;
mod value;
mod versions;

/// What a session resolves a report to.
pub use document::resolved;
pub use session::Session;
/// Where a session reads from.
pub use system::{Bytes, Entry, MemorySystem, OsSystem, ReadError, Stamp, System};
