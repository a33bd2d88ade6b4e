//! `belagg completions` and `belagg man`: what shells and manuals know of the command line, made from its declaration.

use std::path::Path;

use clap::CommandFactory as _;
use clap_complete::Shell;
use clap_mangen::Man;

use crate::diagnostic::say;
use crate::system::{OsSystem, System as _};

use super::arguments::Arguments;
use super::output::Output;
use super::{OUTPUT, SUCCESS, USAGE};

/// Prints the completions for a shell.
pub fn completions(shell: Shell, out: &Output) -> u8 {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), "belagg", &mut script);
    out.data(String::from_utf8_lossy(&script).trim_end());
    SUCCESS
}

/// Writes a manual page for the program and one for each command into a folder.
pub fn manual(folder: &Path, out: &Output) -> u8 {
    let system = match OsSystem::new(folder) {
        Ok(system) => system,
        Err(error) => {
            let folder = folder.display();
            out.fault(say!("the folder {folder} cannot be opened: {error}; make it first", folder, error));
            return USAGE;
        }
    };
    for (name, page) in pages() {
        let written = page.and_then(|page| system.write(&name, &page));
        if let Err(error) = written {
            out.fault(say!("{path} cannot be written: {error}", error, path = folder.join(&name).display()));
            return OUTPUT;
        }
        out.plain(folder.join(&name).display());
    }
    SUCCESS
}

/// The pages by the names of their files: `belagg.1`, `belagg-build.1` …
fn pages() -> Vec<(String, std::io::Result<Vec<u8>>)> {
    let mut program = Arguments::command().disable_help_subcommand(true);
    program.build();
    let commands = program.get_subcommands().filter(|command| !command.is_hide_set()).cloned();
    let commands: Vec<clap::Command> = std::iter::once(program.clone()).chain(commands).collect();
    let page = |command: clap::Command| {
        let man = Man::new(command);
        let mut page = Vec::new();
        let rendered = man.render(&mut page);
        (man.get_filename(), rendered.map(|()| page))
    };
    commands.into_iter().map(page).collect()
}
