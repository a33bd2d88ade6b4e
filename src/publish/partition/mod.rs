//! Parts of a build that several machines share: which documents are whose, what a part says of itself, and whether parts make a whole.
//!
//! A part is a folder of its own: `output/` with the versions that were made, and [`FILE`], written last, by which it is known that it is whole and
//! what it was made of. Nothing but files is between the machines: who runs them, and when, is other programs' affair.

mod record;
mod split;
mod whole;

pub use record::{Folder, Program, Record};
pub use split::{DEPENDENCIES, FILE, FOLDER, NoPartition, Partition};
pub use whole::{Given, check};
