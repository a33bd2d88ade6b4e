//! Disclosure control, end to end: what is hidden cannot be found out.

mod beside;
mod mask;
mod policy;
mod protected;
