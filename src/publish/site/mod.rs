//! What is made of all that lies in `output/`, beside the versions: lasting copies of the newest ones, lists, pages of units and areas.
//!
//! All of it is made from ledgers, manifests and `contents.json` with every build, so what a former one wrote and this one does not is removed.

pub mod catalogue;
pub mod entries;
pub mod feeds;
mod figures;
pub mod held;
pub mod languages;
pub mod latest;
pub mod map;
mod rdf;
pub mod search;
pub mod subjects;
pub mod written;
