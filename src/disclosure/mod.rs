//! Disclosure control: which quantities are hidden so that none that points at somebody can be found out, and the proof that none can.
//!
//! The mathematics: [`network`] is what is published, [`choose`] what is hidden of it, [`witness`] holds the proof to exact arithmetic, [`attack`]
//! tells how a number follows from others. Below these: [`block`] takes apart what has nothing to do with each other, [`moves`] finds other
//! worlds by hand, [`solver`] by linear programmes.

pub mod attack;
mod block;
mod case_sets;
pub mod choose;
mod decision;
mod exact;
mod known;
mod moves;
mod naming;
pub mod network;
mod quantities;
mod search;
mod shifts;
mod solver;
mod typed;
pub mod witness;

#[cfg(test)]
mod tests;

pub use decision::{Decision, Failed};
pub use naming::name_of;
pub use quantities::Printed;
pub use typed::tell_typed;
