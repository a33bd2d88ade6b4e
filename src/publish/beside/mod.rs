//! How what lies beside the versions is made: once for what it is made of, as long as it lies there untouched.

mod kept;
mod noting;
mod press;

pub use kept::{Kept, Left};
pub use noting::Noting;
pub use press::{Beside, Content, Press, made_of};
