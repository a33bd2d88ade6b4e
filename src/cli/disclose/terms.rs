//! What a policy says, in a line.

use crate::diagnostic::{Said, say};
use crate::model::Policy;

/// What it says of persons and of amounts.
pub(super) fn terms(policy: &Policy) -> Said {
    let persons = persons(policy);
    match (policy.persons, policy.amounts) {
        (_, None) => persons,
        (None, Some(terms)) => say!("amounts with {p} percent kept from each contributor", p = terms.p_percent),
        (Some(_), Some(terms)) => {
            say!("{persons}; amounts with {p} percent kept from each contributor", persons, p = terms.p_percent)
        }
    }
}

fn persons(policy: &Policy) -> Said {
    policy.persons.map_or_else(
        || say!("a policy that says nothing of numbers of persons"),
        |persons| {
            say!(
                "at least {minimum} persons, or none; {values} values left to each hidden number",
                minimum = persons.minimum,
                values = persons.values_left
            )
        },
    )
}
