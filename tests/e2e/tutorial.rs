//! The tutorial of the README, done as it is printed: its commands are run, its edits made, and what it says of the results is looked up in them.

use crate::walkthrough::{Walkthrough, parts};
use crate::workspace::Workspace;

#[test]
fn the_tutorial_works_to_the_letter() {
    let readme = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/README.md")).unwrap();
    let (_, rest) = readme.split_once("## Five minutes to a report of your own\n").unwrap();
    let (section, _) = rest.split_once("\n## ").unwrap();
    let workspace = Workspace::empty();
    let mut tutorial = Walkthrough::new(&workspace, "my-inspection", "en");
    tutorial.run(parts(section));
    let seen: Vec<(&str, usize)> = tutorial.seen.iter().map(|(what, count)| (what.as_str(), *count)).collect();
    assert_eq!(seen, [("console", 5), ("diff", 7), ("quote", 7), ("yaml", 1)], "the tutorial is read whole");
}
