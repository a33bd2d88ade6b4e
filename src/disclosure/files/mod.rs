//! Files for download, held to what the report hides: whether a hidden number stands in one of them under its own names, or can be counted in it.

mod read;
mod tables;
mod target;

use std::collections::BTreeSet;

use crate::check::Naming;
use crate::compute::statistics::Statistics;
use crate::diagnostic::{Code, Diagnostic, Said, Sink, say};
use crate::model::{Counts, Download, Project};

use super::quantities::Quantities;
use read::Content;
pub use tables::tell_tables;
use target::Target;

/// How names of files end that are not let pass where they cannot be read.
const DATA: [&str; 6] = [".csv", ".xlsx", ".ods", ".xls", ".json", ".tsv"];

/// Tells of each file that readers may load down although numbers stand in it that are hidden in the report.
pub(super) fn tell_files(
    (quantities, hidden): (&Quantities, &BTreeSet<usize>),
    gives_away: &dyn Fn(usize) -> Option<Said>,
    project: &Project,
    truth: &Statistics,
    sink: &mut Sink,
) {
    let naming = Naming::new(&project.workspace.breakdowns, project.report.language);
    let mut targets = target::targets((quantities, hidden), project, truth, &naming);
    // What is hidden for itself is told before what would give it away.
    targets.sort_by_key(|target| !quantities.network.cells[target.cell].is_sensitive());
    let datasets: BTreeSet<&str> =
        project.findings.datasets.iter().map(|dataset| file_name(&dataset.file.value)).collect();
    for download in &project.findings.downloads {
        let path = &download.file.value;
        let name = file_name(path);
        let tells = match download.counts {
            None | Some(Counts::Persons) => true,
            Some(Counts::None) => false,
            Some(_) => quantities.of_amounts,
        };
        if !tells && !datasets.contains(name) {
            continue;
        }
        let title = Content::Text(download.title.value.clone());
        let found = title.tells(&targets, &naming);
        let content = project.downloads.get(path).map(|file| read::read(name, &file.bytes));
        let found = found.or_else(|| content.as_ref()?.as_ref()?.tells(&targets, &naming));
        let is_unread = matches!(content, Some(None)) && DATA.iter().any(|end| name.to_lowercase().ends_with(end));
        if let Some((target, words)) = found {
            let follows = gives_away(target.cell);
            let small = quantities.network.cells[target.cell].is_sensitive();
            let told = diagnostic(download, target, (&words, follows.filter(|_| !small)));
            sink.push(helped(told, quantities.of_amounts));
        } else if quantities.of_amounts && is_unread {
            let message = say!("`{file}` would be published with amounts that are hidden in the report", file = path);
            let error = Diagnostic::error(Code::DISCLOSURE_FILE, message).at(download.file.span);
            sink.push(helped(error, true));
        } else if !quantities.of_amounts && (datasets.contains(name) || is_unread) {
            let message =
                say!("`{file}` would be published with numbers of persons that are hidden in the report", file = path);
            sink.push(helped(Diagnostic::error(Code::DISCLOSURE_FILE, message).at(download.file.span), false));
        }
    }
}

fn diagnostic(download: &Download, target: &Target, (words, follows): (&str, Option<Said>)) -> Diagnostic {
    let (file, name) = (&download.file.value, &target.name);
    let message = say!("`{file}` tells `{name}`, which the report hides", file, name);
    let value = target.value.map_or_else(|| "x".to_owned(), |value| value.to_string());
    let place = say!("`{name}` is {value}; in the file it stands at \u{201c}{words}\u{201d}", name, value, words);
    let told = Diagnostic::error(Code::DISCLOSURE_FILE, message).at(download.file.span).help(place);
    match follows {
        Some(follows) => told.help(follows),
        None => told,
    }
}

fn helped(diagnostic: Diagnostic, of_amounts: bool) -> Diagnostic {
    let diagnostic =
        diagnostic.help(say!("take the download away: tables are published with their data, without what is hidden"));
    diagnostic.help(if of_amounts {
        say!("where it has no such amounts, say so at the download: `counts: none`")
    } else {
        say!("where it counts no persons, say so at the download: `counts: units` or `counts: none`")
    })
}

fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}
