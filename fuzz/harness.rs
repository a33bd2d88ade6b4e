//! The targets of `benches/mutate`, for cargo-fuzz.

#[path = "../benches/mutate/books.rs"]
mod books;
#[path = "../benches/mutate/ledgers.rs"]
mod ledgers;
#[path = "../benches/mutate/targets.rs"]
#[allow(dead_code)]
mod targets;
#[path = "../benches/mutate/through.rs"]
#[allow(dead_code)]
mod through;
#[path = "../benches/mutate/workspaces.rs"]
#[allow(dead_code)]
mod workspaces;

/// Takes an input through the target of this name.
pub fn run(name: &str, input: &[u8]) {
    if let Some(target) = targets::TARGETS.iter().find(|target| target.name == name) {
        (target.run)(input);
    }
}
