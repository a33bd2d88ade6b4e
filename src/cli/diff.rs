//! `belagg diff`: what differs between two versions, or between a version and what is being worked on.

use serde_json::json;

use crate::compare::{Difference, Piece, SectionChange, State, TextChange, What, compare};
use crate::diagnostic::{Said, Sink, say, visible};
use crate::pipeline;
use crate::publish;
use crate::session::Session;
use crate::source::SourceMap;
use crate::versions::changes;
use crate::versions::ledger::{self, Ledger};

use super::output::{Format, Output};
use super::{CONTENT, SUCCESS, USAGE, sound_workshop};

/// Prints the difference. Without `new` the working state is compared; without `old` too, with the newest version.
pub fn run(session: &Session<'_>, id: &str, old: Option<&str>, new: Option<&str>, html: bool, out: &Output) -> u8 {
    let shop = match sound_workshop(session, out) {
        Ok(shop) => shop,
        Err(code) => return code,
    };
    let prepared = pipeline::prepare(shop, id);
    let Some(ready) = &prepared.ready else {
        out.diagnostics(&[(&prepared.sink, &prepared.sources)]);
        return CONTENT;
    };
    let ledger = &prepared.ledger;
    // What is wrong with the chain is told beside the difference: a forged record would make it a lie.
    let mut chain = Sink::default();
    ledger::of_report(shop.system, shop.library, id, &mut chain);
    let Some(old) = old.map(str::to_owned).or_else(|| ledger.newest().map(|entry| entry.head.version.clone())) else {
        out.fault(say!("{id} has no published version to compare with; `belagg publish {id}` makes the first", id));
        return USAGE;
    };
    let Some(before) = state(ledger, &old, out) else { return USAGE };
    let after = match new {
        Some(version) => match state(ledger, version, out) {
            Some(state) => state,
            None => return USAGE,
        },
        None => (*ready.state).clone(),
    };
    let difference = compare(&before, &after);
    let working = shop.toolbox.locale(ready.project.report.language).map(|locale| locale.label("changes_working"));
    let said_before = changes::Said { version: &old, state: &before };
    if html {
        let said_now = changes::Said { version: new.or(working).unwrap_or_default(), state: &after };
        let page = publish::difference_page(shop.toolbox, ready, said_before, said_now, &difference);
        let Some(page) = page else {
            out.fault(say!("the page cannot be made: templates/html/site/difference.html has a fault"));
            return CONTENT;
        };
        out.data(page.trim_end());
    } else if out.format() == Format::Json {
        out.data(&format!("{:#}", json!({"report": id, "old": old, "new": new, "difference": difference})));
    } else {
        let working_state = out.text(say!("the working state"));
        let said_now = changes::Said { version: new.unwrap_or(&working_state), state: &after };
        print(id, said_before, said_now, &difference, out);
    }
    if chain.has_errors() {
        out.diagnostics(&[(&chain, &SourceMap::default())]);
        return CONTENT;
    }
    SUCCESS
}

fn state(ledger: &Ledger, version: &str, out: &Output) -> Option<State> {
    let Some(entry) = ledger.find(version) else {
        let known: Vec<&str> = ledger.entries.iter().map(|entry| entry.head.version.as_str()).collect();
        let known = if known.is_empty() { say!("none") } else { Said::verbatim(known.join(", ")) };
        out.fault(say!("there is no published version {version}; published: {known}", version, known));
        return None;
    };
    let body = entry.body();
    if body.is_none() {
        out.fault(say!("the record of version {version} cannot be read; `belagg verify` tells more", version));
    }
    body.map(|body| body.state)
}

fn print(id: &str, old: changes::Said<'_>, new: changes::Said<'_>, difference: &Difference, out: &Output) {
    if difference.is_empty() {
        out.line(say!("{id}: {newer} says the same as {older}", id, newer = new.version, older = old.version));
        return;
    }
    out.plain(format!("{id}: {} → {}", old.version, new.version));
    let section = |id: &String| {
        let find =
            |state: &State| state.sections.iter().find(|section| section.id == *id).map(|section| section.name());
        find(new.state).or_else(|| find(old.state)).unwrap_or_else(|| id.clone())
    };
    let used = |ids: &[String]| match ids {
        [] => say!("nowhere in the text"),
        ids => Said::verbatim(ids.iter().map(section).collect::<Vec<_>>().join("; ")),
    };
    let heading = |text: Said| {
        out.line(Said::default());
        out.line(text);
    };
    if !difference.figures.is_empty() {
        heading(say!("Figures"));
        for change in &difference.figures {
            out.plain(format!("  {}: {}", change.id, change.label));
            out.plain(format!("    {}", out.text(values(&change.old, &change.new, change.difference.as_ref()))));
            out.line(say!("    in {used}", used = used(&change.used)));
        }
    }
    let mut table = "";
    for change in &difference.cells {
        if change.table != table {
            heading(say!("Table {id}: {caption}", id = change.table, caption = change.caption));
            out.line(say!("  in {used}", used = used(&change.used)));
            table = &change.table;
        }
        let what = out.text(values(&change.old, &change.new, change.difference.as_ref()));
        out.plain(format!("  {}, {}: {what}", change.row_label, change.column_label));
    }
    if !difference.labels.is_empty() {
        heading(say!("Labels"));
        difference.labels.iter().for_each(|change| out.plain(format!("  {}", out.text(change.description()))));
    }
    if !difference.files.is_empty() {
        heading(say!("Pictures, charts and files"));
        difference.files.iter().for_each(|change| out.plain(format!("  {}", out.text(change.description()))));
    }
    if !difference.sections.is_empty() {
        heading(say!("Sections"));
        for change in &difference.sections {
            out.line(&match change {
                SectionChange::Added { title, .. } => say!("  added: {title}", title),
                SectionChange::Removed { title, .. } => say!("  removed: {title}", title),
                SectionChange::Moved { title, .. } => say!("  moved: {title}", title),
                SectionChange::Renamed { old, new, .. } => say!("  heading: {old} → {new}", old, new),
            });
        }
    }
    if !(difference.front.is_empty() && difference.paragraphs.is_empty()) {
        heading(say!("Text"));
        let mut place = "";
        for change in difference.front.iter().chain(&difference.paragraphs) {
            if change.section_name != place {
                out.plain(format!("  {}", change.section_name));
                place = &change.section_name;
            }
            out.styled(&format!("    {}", out.text(text(change, out.colour()))));
        }
    }
}

fn values(old: &Option<String>, new: &Option<String>, difference: Option<&String>) -> Said {
    let value = |value: &Option<String>| value.as_ref().map_or_else(|| say!("nothing"), Said::verbatim);
    let more = match difference {
        Some(difference) if difference == "0" => String::new(),
        Some(difference) if difference.starts_with('-') => format!(" ({})", difference.replacen('-', "−", 1)),
        Some(difference) => format!(" (+{difference})"),
        None => String::new(),
    };
    say!("{old} → {new}{more}", more, old = value(old), new = value(new))
}

/// A paragraph with what went as [-words-] and what came as {+words+}, its hidden characters made visible.
fn text(change: &TextChange, colour: bool) -> Said {
    let paint = |code: &str, text: String| if colour { format!("\u{1b}[{code}m{text}\u{1b}[0m") } else { text };
    let words: String = change
        .pieces
        .iter()
        .map(|piece| match piece {
            Piece::Same(text) => visible(text).into_owned(),
            Piece::Inserted(text) => paint("32", format!("{{+{}+}}", visible(text))),
            Piece::Deleted(text) => paint("31", format!("[-{}-]", visible(text))),
        })
        .collect();
    match change.what {
        What::Moved => match &change.from {
            Some(from) => say!("moved from {place}: {words}", words, place = visible(from)),
            None => say!("moved: {words}", words),
        },
        What::Reworded | What::Added | What::Removed => Said::verbatim(words),
    }
}
