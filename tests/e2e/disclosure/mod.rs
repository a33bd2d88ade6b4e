//! Disclosure control, end to end: what is hidden cannot be found out.

mod beside;
mod claims;
mod mask;
mod merges;
mod policy;
mod protected;
mod tables;
mod told;
mod versions;
