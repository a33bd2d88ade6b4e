//! Disclosure control, end to end.

mod protected;
