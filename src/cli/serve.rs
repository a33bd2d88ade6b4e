//! `belagg serve`.

use std::process::{Command, Stdio};

use crate::diagnostic::{Said, say};
use crate::serve::serve;
use crate::system::OsSystem;

use super::output::Output;
use super::{OUTPUT, SUCCESS};

/// Serves the workspace until it is stopped, and opens a browser unless that is not wanted.
pub fn run(system: &OsSystem, port: u16, quiet: bool, out: &Output) -> u8 {
    let opened = |address: &str| {
        out.plain(address);
        out.line(Said::default());
        out.line(say!("The preview follows every change that is saved. Ctrl+C ends it."));
        if !quiet {
            open(address);
        }
    };
    match serve(system, port, out.tongue(), opened) {
        Ok(()) => SUCCESS,
        Err(error) => {
            out.fault(say!("the preview cannot be served at port {port}: {error}", port, error));
            OUTPUT
        }
    }
}

/// Opens an address in the browser that is set for it. Where there is none, the address stands on the terminal.
fn open(address: &str) {
    let (program, before): (&str, &[&str]) = if cfg!(windows) {
        ("rundll32", &["url.dll,FileProtocolHandler"])
    } else if cfg!(target_os = "macos") {
        ("open", &[])
    } else {
        ("xdg-open", &[])
    };
    let silent = || Stdio::null();
    let _ = Command::new(program).args(before).arg(address).stdin(silent()).stdout(silent()).stderr(silent()).spawn();
}
