//! What is made of all that lies in `output/`, beside the versions.

pub mod catalogue;
pub mod feeds;
pub mod map;
mod rdf;
