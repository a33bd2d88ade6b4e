//! End-to-end tests: the binary on the example content and on small workspaces. One program, because each links Typst.

#![allow(clippy::disallowed_methods, reason = "tests make their own workspaces on disk")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a failing helper is a failing test")]

mod addresses;
mod again;
mod annotations;
mod architecture;
mod bad_input;
mod binding;
mod breakdowns;
mod build;
mod cases;
mod cells;
mod chains;
mod chosen;
mod conformance;
mod content;
mod contents;
mod corpus;
mod derived;
mod digest;
mod disclosure;
mod disturbed;
mod elsewhere;
mod feedback;
mod files;
mod filters;
mod fix;
mod following;
mod gallery;
mod handbook;
mod handover;
mod histograms;
mod import;
mod kinds;
mod languages;
#[path = "disclosure/leaks.rs"]
mod leaks;
mod left_lists;
mod letters;
mod links;
mod looks;
mod lsp;
mod many;
mod maps;
mod messages;
mod metadata;
mod new;
mod old_workbooks;
mod page;
mod pages;
mod pasted;
mod pictures;
mod propose;
mod reading;
mod references;
mod rows;
mod schema;
mod search;
mod serve;
mod session;
mod settings;
mod sheet_tables;
mod sheets;
mod shell;
mod site;
mod site_lists;
mod spread;
mod state;
mod tongue;
mod totals;
mod translation;
mod tutorial;
mod versions;
mod walkthrough;
mod word;
mod workbooks;
mod workspace;

/// The program's own: some tests do within this process what it does, and a third of their time went to the system's allocator.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;
