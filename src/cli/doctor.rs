//! `belagg doctor`: what the program finds here, and what to do about what is odd.

use std::path::Path;

use serde_json::json;

use crate::diagnostic::{Diagnostic, Said, Severity, say};
use crate::load;
use crate::locale::Language;
use crate::publish::stage;
use crate::register::register;
use crate::render::{html, pdf};
use crate::session::Session;
use crate::source::SourceMap;
use crate::system::{Console, OsSystem, System};

use super::output::{Format, Output};
use super::{CONTENT, SUCCESS};

/// Looks at the program, the workspace and the machine.
pub fn run(session: &Session<'_>, system: &OsSystem, out: &Output) -> u8 {
    let place = system.real_root();
    let mut found = vec![Finding::fine("program", say!("belagg {version}", version = env!("CARGO_PKG_VERSION")))];
    found.push(workspace(system, place, session.reports().len()));
    found.extend(carried(place));
    found.extend(words(system));
    found.extend(templates(system));
    found.extend(unusable(session));
    found.extend(settings(session));
    found.push(disk(system));
    found.extend(published(system));
    found.push(console(&Console::here()));
    if out.format() == Format::Json {
        let told = |finding: &Finding| {
            let help = finding.help.clone().map(|help| out.text(help));
            json!({"what": finding.what, "state": finding.state.name(), "told": out.text(finding.told.clone()), "help": help})
        };
        out.data(&format!("{:#}", serde_json::Value::Array(found.iter().map(told).collect())));
    } else {
        for Finding { what, state, told, help } in &found {
            let (state, what) = (out.text(Said::words(state.name())), out.text(Said::words(what)));
            out.plain(format!("{state:<6}  {what:<10}  {}", out.text(told.clone())));
            help.iter().for_each(|help| out.plain(format!("{:20}{}", "", out.text(help.clone()))));
        }
    }
    if found.iter().any(|finding| finding.state == State::Wrong) { CONTENT } else { SUCCESS }
}

register! {
    State {
        name,
    }
    Fine = "fine";
    /// Nothing fails by it, and somebody may wonder.
    Odd = "odd";
    Wrong = "wrong";
}

/// What was looked at, what was found, and what to do.
struct Finding {
    what: &'static str,
    state: State,
    told: Said,
    help: Option<Said>,
}

impl Finding {
    fn fine(what: &'static str, told: Said) -> Self {
        Self { what, state: State::Fine, told, help: None }
    }

    fn odd(what: &'static str, told: Said, help: Said) -> Self {
        Self { what, state: State::Odd, told, help: Some(help) }
    }

    fn wrong(what: &'static str, told: Said, help: Said) -> Self {
        Self { what, state: State::Wrong, told, help: Some(help) }
    }
}

fn workspace(system: &OsSystem, place: &Path, reports: usize) -> Finding {
    let what = "workspace";
    let folder = place.display();
    let above = |folder: &Path| OsSystem::new(folder).is_ok_and(|above| above.exists("content"));
    if reports == 0 && place.ancestors().skip(1).take(4).any(above) {
        return Finding::wrong(
            what,
            say!("{folder} lies within a workspace", folder),
            say!("go up to the folder that holds content/, or name it: `belagg -C FOLDER …`"),
        );
    }
    if reports == 0 {
        return Finding::odd(
            what,
            say!("{folder} has no reports", folder),
            say!(
                "`belagg new inspection-report my-report` begins one here; `belagg -C FOLDER …` names another workspace"
            ),
        );
    }
    let told = Said::one_or_more(
        reports,
        say!("{folder}, with 1 report", folder),
        say!("{folder}, with {reports} reports", folder, reports),
    );
    if system.exists("belagg.yaml") {
        return Finding::fine(what, told);
    }
    Finding::odd(
        what,
        say!("{workspace} and no belagg.yaml", workspace = told),
        say!("put what all reports share (publisher, language, logo, colour) into a file belagg.yaml beside content/"),
    )
}

/// Whether another program carries the workspace to a server: it holds files while others would move them.
fn carried(place: &Path) -> Option<Finding> {
    const CARRIERS: &[&str] = &["OneDrive", "Dropbox", "Google Drive", "iCloud", "Nextcloud", "SharePoint"];
    let path = place.display().to_string();
    let name = CARRIERS.iter().find(|name| path.contains(*name))?;
    Some(Finding::odd(
        "workspace",
        say!("it lies in a folder that {name} carries to a server", name),
        say!(
            "have it leave output/ out: each build makes that anew, and files that are being carried cannot always be moved"
        ),
    ))
}

fn words(system: &dyn System) -> Vec<Finding> {
    let languages = Language::WORDS.iter().map(|(tag, language)| {
        let name = Said::words(language.name());
        say!("{name} ({tag})", name, tag)
    });
    let own: Vec<String> =
        Language::WORDS.iter().map(|(_, language)| language.labels_path()).filter(|path| system.exists(path)).collect();
    let languages = Finding::fine("languages", Said::list(languages, ", "));
    let own = (!own.is_empty()).then(|| {
        Finding::fine("words", say!("the workspace's own stand before the program's: {files}", files = own.join(", ")))
    });
    std::iter::once(languages).chain(own).collect()
}

/// The workspace's own templates and fonts beside the program's.
fn templates(system: &dyn System) -> Vec<Finding> {
    let (html, pdf, assets) = (html::builtin_templates(), pdf::builtin_template(), html::assets());
    let builtin = |path: &str| -> Option<Vec<u8>> {
        let (folder, name) = path.split_once('/')?;
        let text = if folder == "pdf" { pdf.get(name) } else { html.get(name) };
        let asset = assets.iter().find(|(known, _)| folder == "html" && *known == name);
        text.map(|text| text.clone().into_bytes()).or_else(|| asset.map(|(_, bytes)| bytes.to_vec()))
    };
    let (mut own, mut same, mut further, mut fonts) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for path in system.walk("templates").unwrap_or_default() {
        let is_same = |builtin: Vec<u8>| system.read(&format!("templates/{path}")).is_ok_and(|own| own[..] == builtin);
        match path.split('/').next() {
            Some("fonts") => fonts.push(path),
            Some("html" | "pdf") => match builtin(&path).map(is_same) {
                Some(true) => same.push(path),
                Some(false) => own.push(path),
                None => further.push(path),
            },
            _ => {}
        }
    }
    let what = "templates";
    let mut found = vec![Finding::fine(
        what,
        match own.is_empty() {
            true => say!("the program's own"),
            false => say!("the workspace's own stand before the program's: {files}", files = own.join(", ")),
        },
    )];
    if !further.is_empty() {
        let told = say!("of names that the program has none of: {files}", files = further.join(", "));
        found.push(Finding::fine(what, told));
    }
    if !same.is_empty() {
        found.push(Finding::odd(
            what,
            say!("the same as the program's own: {files}", files = same.join(", ")),
            say!("delete these copies, or they stay as they are when the program changes"),
        ));
    }
    let families = pdf::Fonts::builtin().families().join(", ");
    found.push(Finding::fine(
        "fonts",
        match fonts.is_empty() {
            true => say!("{families}", families),
            false => say!("{families}; and in the workspace {files}", families, files = fonts.join(", ")),
        },
    ));
    found
}

/// Templates, fonts or words that no report can be made with.
fn unusable(session: &Session<'_>) -> Vec<Finding> {
    let Err(faults) = session.workshop() else { return Vec::new() };
    let told = |problem: &Diagnostic| {
        let help = say!("mend the file, or take it away to have the program's own again");
        Finding::wrong("templates", problem.message.clone(), help)
    };
    faults.sorted(&SourceMap::default()).into_iter().map(told).collect()
}

/// What is wrong with belagg.yaml.
fn settings(session: &Session<'_>) -> Vec<Finding> {
    let (_, sources, faults) = load::load_workspace(session.files(), session.library());
    let told = |problem: &Diagnostic| {
        let line = problem.primary.as_ref().map_or(1, |label| sources.position(label.span).line);
        let told = say!("belagg.yaml, line {line}: {fault}", line, fault = problem.message.clone());
        let help = problem.help.first().cloned().unwrap_or_else(|| say!("`belagg check` shows the line"));
        match problem.severity {
            Severity::Error => Finding::wrong("workspace", told, help),
            _ => Finding::odd("workspace", told, help),
        }
    };
    faults.sorted(&sources).into_iter().map(told).collect()
}

/// Whether files can be written beside, moved and taken away, as a build does it.
fn disk(system: &dyn System) -> Finding {
    const TRIED: &str = "output/.doctor";
    const MOVED: &str = "output/.doctor-moved";
    let had_output = system.exists("output");
    let tried = system
        .write_durably(&format!("{TRIED}/a"), b"a")
        .and_then(|()| system.rename(&format!("{TRIED}/a"), &format!("{TRIED}/b")))
        .and_then(|()| system.rename(TRIED, MOVED));
    let removed = [TRIED, MOVED].map(|folder| system.remove(folder)).into_iter().collect::<Result<(), _>>();
    // Another process may have begun to build meanwhile.
    if !had_output && system.list("output").is_empty() && system.list_hidden("output").is_empty() {
        let _ = system.remove("output");
    }
    match tried.and(removed) {
        Ok(()) => Finding::fine("disk", say!("output/ can be written, and files and folders in it moved")),
        Err(error) => Finding::wrong(
            "disk",
            say!("output/ cannot be written as a build does it: {error}", error),
            say!(
                "ask for the right to write and delete here, make room, or copy the workspace to a disk of this machine"
            ),
        ),
    }
}

/// What lies beside published versions.
fn published(system: &dyn System) -> Vec<Finding> {
    let mut found = Vec::new();
    if stage::interrupted(system) {
        found.push(Finding::odd(
            "output",
            say!("a build or a publication was broken off"),
            say!("the next `belagg build` ends or undoes it; what was published is as it was"),
        ));
    }
    let kept = system.read(".gitattributes").is_ok_and(|bytes| String::from_utf8_lossy(&bytes).contains("-text"));
    if system.exists("content/ledger.yaml") && system.exists(".git") && !kept {
        found.push(Finding::odd(
            "records",
            say!("version control may change the ends of lines in the records of published versions"),
            say!("put this line into .gitattributes: {line}", line = "content/*/versions/** -text"),
        ));
    }
    found
}

fn console(console: &Console) -> Finding {
    let what = "console";
    match &console.encoding {
        Some(encoding) => Finding::odd(
            what,
            say!("it writes letters as {encoding}, so that å, ä and ö may show as other signs", encoding),
            say!("set LANG to a name that ends with UTF-8: `export LANG=sv_SE.UTF-8`"),
        ),
        None if console.is_terminal => Finding::fine(what, say!("a terminal, in UTF-8")),
        None => Finding::fine(what, say!("no terminal: plain lines in UTF-8, without colour")),
    }
}
