//! `belagg audit`: every number of the prose with what it rests on.

use serde_json::json;

use crate::check::audit::{Entry, Totals};
use crate::check::{Audit, Evidence, Scope};
use crate::diagnostic::{Diagnostic, Said, Severity, Sink, say};
use crate::load;
use crate::model::Part;
use crate::pipeline::{self, Audited};
use crate::session::Session;
use crate::source::SourceMap;

use super::output::{Format, Output};
use super::{CONTENT, FAILURE, SUCCESS, opened, parallel, sound_workshop};

/// Lists the numbers of the named reports, or of all. `pending` leaves out those that are bound or allowed.
pub fn run(session: &Session<'_>, names: &[String], pending: bool, out: &Output) -> u8 {
    // An extract repeats what its report says; a decision page says what stands nowhere else.
    let names = load::with_derived(session.files(), session.library(), names, |part| *part == Part::Decision);
    let names: Vec<String> = names.into_iter().map(|found| found.id).collect();
    if let Err(code) = sound_workshop(session, out) {
        return code;
    }
    let (names, shop) = match opened(session, &names, out) {
        Ok(found) => found,
        Err(code) => return code,
    };
    let placed = matches!(out.format(), Format::Sarif | Format::Github | Format::Gitlab);
    let mut failed = false;
    let all: Vec<Audited> = parallel::map(&names, |name| {
        let mut audited = pipeline::audit(shop, name, Scope::Evidence);
        session.evict(parallel::threads());
        // The files themselves are wanted only where places are shown, and the text around the numbers nowhere.
        if !placed && audited.audit.is_some() {
            audited.sources = SourceMap::default();
        }
        if let Some(audit) = &mut audited.audit {
            audit.prose = Vec::new();
        }
        audited
    })
    .into_iter()
    .zip(&names)
    .map(|(audited, name)| {
        audited.unwrap_or_else(|failure| {
            failed = true;
            let mut sink = Sink::default();
            sink.push(failure.diagnostic(name));
            Audited { id: name.clone(), audit: None, sources: SourceMap::default(), sink }
        })
    })
    .collect();
    if let Format::Sarif | Format::Github | Format::Gitlab = out.format() {
        let sinks: Vec<(Sink, &SourceMap)> = all
            .iter()
            .map(|audited| {
                let mut sink = Sink::default();
                numbers_only(&audited.sink).for_each(|diagnostic| sink.push(diagnostic.clone()));
                (sink, &audited.sources)
            })
            .collect();
        out.diagnostics(&sinks.iter().map(|(sink, sources)| (sink, *sources)).collect::<Vec<_>>());
    } else if out.format() == Format::Json {
        let reports: Vec<serde_json::Value> = all
            .iter()
            .filter_map(|audited| audited.audit.as_ref().map(|audit| as_json(&audited.id, audit, pending)))
            .collect();
        out.data(&format!("{:#}", serde_json::Value::Array(reports)));
    } else {
        for audited in &all {
            if let Some(audit) = &audited.audit {
                print(&audited.id, audit, pending, out);
            }
        }
    }
    // A report that cannot be resolved has no list; its faults say why.
    let faulty: Vec<(&Sink, &SourceMap)> =
        all.iter().filter(|audited| audited.audit.is_none()).map(|audited| (&audited.sink, &audited.sources)).collect();
    if !faulty.is_empty() {
        if matches!(out.format(), Format::Human) {
            out.diagnostics(&faulty);
        }
        return if failed { FAILURE } else { CONTENT };
    }
    // The policy decides: a rule about numbers that is set to error fails here as it fails a build.
    let fails = all.iter().any(|audited| numbers_only(&audited.sink).any(|found| found.severity == Severity::Error));
    if fails { CONTENT } else { SUCCESS }
}

fn numbers_only(sink: &Sink) -> impl Iterator<Item = &Diagnostic> {
    sink.iter().filter(|diagnostic| Scope::Evidence.holds(diagnostic.code))
}

fn is_pending(entry: &&Entry) -> bool {
    matches!(entry.evidence, Evidence::Matching(_) | Evidence::Missing)
}

fn print(id: &str, audit: &Audit, pending: bool, out: &Output) {
    for entry in audit.entries.iter().filter(|entry| !pending || is_pending(entry)) {
        let what = match &entry.evidence {
            Evidence::Bound => say!("bound"),
            Evidence::Matching(found) => match &found.doubt {
                None => say!("matching `{figure}`: write {binding}", figure = found.figure, binding = found.binding),
                Some(doubt) => {
                    say!(
                        "perhaps `{figure}`: write {binding} if that is meant ({doubt})",
                        doubt,
                        figure = found.figure,
                        binding = found.binding
                    )
                }
            },
            Evidence::Allowed(reason) => say!("allowed: {reason}", reason = Said::words(reason.name())),
            Evidence::Missing => say!("without evidence"),
        };
        let place = format!("{}:{}:{}", entry.path, entry.position.line, entry.position.column);
        out.plain(format!("{place}  {}  {}", entry.text, out.text(what)));
    }
    out.line(summary(id, audit.totals()));
}

/// "sysselsattning-2021: 210 numbers bound, 0 matching a figure, 0 without evidence (100 percent bound); 75 need none"
pub fn summary(id: &str, totals: Totals) -> Said {
    say!(
        "{id}: {bound} numbers bound, {matching} matching a figure, {lacking} without evidence ({share} percent bound); {allowed} need none",
        id,
        bound = totals.bound,
        matching = totals.matching,
        lacking = totals.without_evidence,
        share = totals.bound_percent,
        allowed = totals.allowed
    )
}

fn as_json(id: &str, audit: &Audit, pending: bool) -> serde_json::Value {
    let entries: Vec<serde_json::Value> = audit
        .entries
        .iter()
        .filter(|entry| !pending || is_pending(entry))
        .map(|entry| {
            let (class, detail, binding) = match &entry.evidence {
                Evidence::Bound => ("bound", None, None),
                Evidence::Matching(found) => ("matching", Some(found.figure.as_str()), Some(found.binding.as_str())),
                Evidence::Allowed(reason) => ("allowed", Some(reason.name()), None),
                Evidence::Missing => ("without-evidence", None, None),
            };
            json!({
                "file": entry.path, "line": entry.position.line, "column": entry.position.column,
                "text": entry.text, "class": class, "detail": detail, "binding": binding,
            })
        })
        .collect();
    json!({"report": id, "numbers": audit.totals(), "entries": entries})
}
