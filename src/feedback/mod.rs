//! What comes back in a Word document that went out to be commented on: every comment and every tracked change, with the place in the workspace where its words
//! are written, and what a change would have written there.
//!
//! `file` and `walk` read the file into [`Returned`], `changes` makes of marks what a person did, `pairing` finds the paragraphs of the report again, and `items` puts
//! that together. Nothing of a file is left out: what nobody knows is told by its name, what has no place is told without one.

mod changes;
mod file;
mod items;
mod pairing;
mod proposal;
mod returned;
#[cfg(test)]
mod tests;
mod trial;
mod walk;

pub use changes::{Change, ChangeKind};
pub use file::read;
pub use items::{Answer, Feedback, How, Item, Known, Place, Proposal, What, feedback};
pub use returned::{Kind, Object, Returned};
pub use trial::{is_told, keep_what_holds};
