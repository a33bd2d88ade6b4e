//! What is made of all that lies in `output/`, beside the versions.

pub mod search;
