//! Choices that were made. A report is decided on anew for each document that is made from it and each report that builds on it, and while it is
//! written with each change; its numbers are seldom others.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

use super::choose::{Choice, Impossible};
use super::network::Network;
use super::shifts::Cases;

/// Numbers with all that decides what is hidden of them, and what is.
struct Made {
    network: Network,
    cases: Cases,
    choice: Result<Choice, Impossible>,
}

static MADE: Mutex<VecDeque<Made>> = Mutex::new(VecDeque::new());

const MOST: usize = 8;

/// The choice that was made for the same numbers, or the one that is made now.
pub(super) fn or(
    network: &Network,
    cases: &Cases,
    choose: impl FnOnce() -> Result<Choice, Impossible>,
) -> Result<Choice, Impossible> {
    let lock = || MADE.lock().unwrap_or_else(PoisonError::into_inner);
    let is_same = |made: &&Made| made.network == *network && made.cases == *cases;
    if let Some(made) = lock().iter().find(is_same) {
        return made.choice.clone();
    }
    let choice = choose();
    let mut made = lock();
    made.truncate(MOST - 1);
    made.push_front(Made { network: network.clone(), cases: cases.clone(), choice: choice.clone() });
    choice
}
