//! End-to-end tests: the binary on the example content and on small workspaces. One program, because each links Typst.

mod architecture;
mod bad_input;
mod build;
mod content;
mod languages;
mod messages;
mod new;
mod workspace;
