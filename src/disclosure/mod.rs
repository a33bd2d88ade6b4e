//! Disclosure control: which quantities are hidden so that none that points at somebody can be found out, and the proof that none can.
//!
//! The mathematics: [`network`] is what is published, [`choose`] what is hidden of it, [`witness`] holds the proof to exact arithmetic, [`attack`]
//! tells how a number follows from others. Below these: [`block`] takes apart what has nothing to do with each other, [`moves`] finds other
//! worlds by hand, [`solver`] by linear programmes.

mod amounts;
mod arithmetic;
pub mod attack;
mod beside;
mod block;
mod bound;
mod case_sets;
pub mod choose;
mod chosen;
mod claims;
mod combination;
mod decision;
mod effects;
mod elementary;
mod exact;
mod files;
mod fitting;
mod given;
mod keep;
mod keeping;
mod kept_cases;
mod kinds;
mod known;
mod means;
mod members;
mod merged;
mod merges;
mod moves;
mod naming;
pub mod network;
mod proving;
mod public;
mod quantities;
mod quotations;
mod quoted;
mod relaxed;
mod rows;
mod search;
mod shifts;
mod solver;
mod together;
mod told;
mod translated;
mod typed;
mod values;
mod whole;
mod widened;
pub mod witness;

#[cfg(test)]
mod tests;

pub use amounts::Amounts;
pub use arithmetic::{Arithmetic, End, Sum, Term};
pub use beside::Beside;
pub use bound::tell_bound;
pub use choose::{Choice, Failed};
pub use claims::{Texts, counted_otherwise, said_in, tell_claims, tell_outside};
pub use decision::Decision;
pub use files::tell_tables;
pub use keep::Unkept;
pub use merged::Axis;
pub use merges::{Proposal, Shown, Trial};
pub use naming::{name_of, place_of};
pub use public::{Edition, Known, Public};
pub use quantities::{Presumed, Printed, Quantities, Shares};
pub use quotations::tell_quotations;
pub use rows::Changed;
pub use told::{tell_public, tell_whole};
pub use translated::Decided;
pub use typed::tell_typed;
pub use values::Answered;
