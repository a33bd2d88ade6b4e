//! The workspaces whose files inputs take the places of.

use std::sync::LazyLock;

use belagg::MemorySystem;
use belagg::internal::{DocumentKind, Language, starter};

use super::books;
use super::through::{Files, Workspace, prepared, shown};

/// The starters of all kinds in both languages, and what they lack.
pub static WORKSPACES: LazyLock<Vec<Workspace>> = LazyLock::new(|| {
    let mut out = Vec::new();
    for (_, kind) in DocumentKind::WORDS {
        for (_, language) in Language::WORDS {
            let id = "a".to_owned();
            let files: Files = starter(*kind, *language)
                .iter()
                .map(|(path, content)| (path.replace("{id}", &id), content.replace("{id}", &id).into_bytes()))
                .collect();
            if !files.is_empty() {
                out.push(Workspace { id, files });
            }
        }
    }
    out.push(books::workspace());
    out
});

/// What is wrong with the workspaces as they are: where inputs begin with faults, nothing behind those is reached.
pub fn unsound() -> Vec<String> {
    let faults = |workspace: &Workspace| {
        let prepared = prepared(&MemorySystem::new(workspace.files.clone()), &workspace.id);
        let said = shown(&prepared.sink, &prepared.sources);
        prepared.sink.has_errors().then_some(said)
    };
    WORKSPACES.iter().filter_map(faults).collect()
}
