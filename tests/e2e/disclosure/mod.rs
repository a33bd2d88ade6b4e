//! Disclosure control, end to end.

mod policy;
