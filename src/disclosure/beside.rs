//! What is known besides the numbers themselves.

use super::network::Relation;
use super::public::Public;
use super::quantities::{Printed, Quantities};

/// What readers know besides the numbers of findings. What is printed is asked for where something must be hidden.
#[derive(Clone, Copy)]
pub struct Beside<'a> {
    /// What is public already.
    pub before: &'a Public,
    pub printed: &'a dyn Fn() -> Printed,
    /// What texts say of the numbers.
    pub said: &'a dyn Fn(&Quantities) -> Vec<Relation>,
}
