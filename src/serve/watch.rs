//! Tells that files of a workspace have changed: at once by what the operating system says, and by a look at them now and then, since network
//! drives say nothing.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::Sender;
use std::time::Duration;

use notify::{Config, EventHandler, PollWatcher, RecommendedWatcher, RecursiveMode, Watcher};

use super::Event;
use crate::system::{OsSystem, System as _};

/// How often files are looked at.
const LOOK: Duration = Duration::from_secs(1);

/// Folders beside those of authors: what the program writes, and what tools of programmers leave.
const OTHERS: &[&str] = &["output", "archive", "target", "node_modules"];

/// Watches as long as it is kept.
pub struct Watch {
    system: OsSystem,
    watchers: Vec<Box<dyn Watcher + Send>>,
    folders: BTreeSet<String>,
}

impl Watch {
    /// Begins to watch a workspace.
    pub fn new(system: OsSystem, events: &Sender<Event>) -> Self {
        let root = system.real_root().to_path_buf();
        let native = RecommendedWatcher::new(handler(root.clone(), events.clone()), Config::default()).ok();
        let looking = Config::default().with_poll_interval(LOOK);
        let polling = PollWatcher::new(handler(root.clone(), events.clone()), looking).ok();
        let mut watchers: Vec<Box<dyn Watcher + Send>> = Vec::new();
        watchers.extend(native.map(|watcher| Box::new(watcher) as Box<dyn Watcher + Send>));
        watchers.extend(polling.map(|watcher| Box::new(watcher) as Box<dyn Watcher + Send>));
        for watcher in &mut watchers {
            // Where one of them cannot watch, the other remains.
            let _ = watcher.watch(&root, RecursiveMode::NonRecursive);
        }
        let mut watch = Self { system, watchers, folders: BTreeSet::new() };
        watch.follow();
        watch
    }

    /// Watches the folders that are there now.
    pub fn follow(&mut self) {
        let entries = self.system.list("").into_iter().filter(|entry| entry.folder);
        let now: BTreeSet<String> =
            entries.map(|entry| entry.name).filter(|name| !OTHERS.contains(&name.as_str())).collect();
        for folder in now.difference(&self.folders) {
            for watcher in &mut self.watchers {
                let _ = watcher.watch(&self.system.real_root().join(folder), RecursiveMode::Recursive);
            }
        }
        self.folders = now;
    }
}

/// Passes on what happens to files of authors.
fn handler(root: PathBuf, events: Sender<Event>) -> impl EventHandler {
    move |event: notify::Result<notify::Event>| {
        // What cannot be told may be anything.
        let told = event.map_or(true, |event| {
            !event.kind.is_access() && (event.paths.is_empty() || event.paths.iter().any(|path| is_input(&root, path)))
        });
        if told {
            // Nobody listens any more when the program ends.
            let _ = events.send(Event::Files);
        }
    }
}

fn is_input(root: &Path, path: &Path) -> bool {
    let below = path.strip_prefix(root).unwrap_or(path);
    let mut names = below.iter().map(|name| name.to_string_lossy());
    let hidden = |name: &str| name.starts_with('.') && name != ".";
    match below.iter().next() {
        Some(first) if OTHERS.iter().any(|other| first == *other) => false,
        _ => !names.any(|name| hidden(&name)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_files_of_authors_count() {
        let root = Path::new("/home/.hidden/a");
        for path in ["belagg.yaml", "content/a/text.md", "templates/html/own.css", "."] {
            assert!(is_input(root, &root.join(path)), "{path}");
        }
        for path in ["output/a/1.0/index.html", ".git/index", "content/a/.text.md.swp", "target/x"] {
            assert!(!is_input(root, &root.join(path)), "{path}");
        }
    }
}
