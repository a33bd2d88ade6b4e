//! Belägg: reports whose every figure is bound to data, as PDF and HTML.
//!
//! The front is [`Session`]: a workspace that is worked on, with what is wrong with its reports, how they read and the files that they become. What
//! is public besides belongs to what it takes and gives, or says why it is.
//!
//! The way of the data is one direction: `load` → `gather` → `compute` → `assemble` → `resolve` → `check` → `render` → `publish`. See ARCHITECTURE.md.

// Modules speak of each other by `crate::`, whichever crate they are in.
use belagg_core::{
    alike, assemble, chart, check, colour, compare, compute, document, gather, hypertext, import, limits, load, locale,
    markdown, model, office, register, resolve, shelf, system, value, versions,
};
pub use belagg_core::{diagnostic, disclosure, source};

mod begin;
/// For the program `belagg`, which lies in the same package: the whole command line is [`cli::run`].
pub mod cli;
mod conformance;
mod feedback;
mod handover;
pub mod internal;
mod kept;
mod lsp;
mod pipeline;
mod publish;
mod render;
mod serve;
pub mod session;

/// What a session resolves a report to.
pub use document::resolved;
pub use session::Session;
/// Where a session reads from.
pub use system::{Bytes, Entry, MemorySystem, OsSystem, ReadError, Stamp, System};
