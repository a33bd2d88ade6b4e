//! Numbers that were typed and are bound to nothing: what could be bound in their place, and figures that are made of them.

use serde::Deserialize;
use serde_json::{Value as Json, json};

use super::desk::Desk;
use super::edits::{Edit, Form, Refused};
use super::places::written;
use crate::check::fix::Mended;
use crate::check::{Evidence, Offer, Scope, Single};
use crate::diagnostic::{Said, Tongue, say};
use crate::load;
use crate::pipeline::{self, Proposed, Workshop};
use crate::resolve::Facts;
use crate::session::Draft;
use crate::source::{SourceMap, Span};

/// A figure that is asked for.
#[derive(Debug, Deserialize)]
pub struct Asked {
    file: String,
    start: usize,
    raw: String,
    label: String,
}

/// The numbers of chapters that `audit` calls matching or without evidence, where they stand as they are printed.
pub fn unbound(draft: &Draft, facts: Facts<'_>, tongue: Tongue) -> Vec<(Span, Json)> {
    let Some(ready) = draft.document.prepared.ready.as_ref() else { return Vec::new() };
    let open = ready.audit.entries.iter().filter(|entry| {
        entry.path.ends_with(".md")
            && matches!(entry.evidence, Evidence::Matching(_) | Evidence::Missing)
            && facts.sources.text(entry.span) == entry.text
    });
    let number = |span: Span, evidence: &Evidence| {
        let mut told = written(facts.sources, span);
        told["kind"] = "number".into();
        if let Evidence::Matching(found) = evidence {
            let figure = facts.statistics.figures.get(&found.figure);
            told["binding"] = found.binding.as_str().into();
            told["label"] = figure.map(|figure| facts.label(figure)).unwrap_or_default().into();
            told["value"] = figure.map(|figure| facts.value(figure)).unwrap_or_default().into();
            told["doubt"] = found.doubt.as_ref().map(|doubt| doubt.text_in(tongue)).into();
        }
        told
    };
    open.map(|entry| (entry.span, number(entry.span, &entry.evidence))).collect()
}

/// Where a number stands.
fn span(sources: &SourceMap, file: &str, start: usize, text: &str) -> Option<Span> {
    let source = sources.iter().find(|source| source.path == file)?;
    source.text.get(start..)?.starts_with(text).then(|| Span::new(source.id, start, start + text.len()))
}

/// Proposals for a report as it lies on the disk now; none where it is made for a row, and its text for others too.
fn proposed(shop: Workshop<'_>, report: &str) -> Option<Proposed> {
    let home = load::home(shop.system, shop.library, report)?;
    home.row.is_none().then(|| pipeline::propose(shop, report))
}

/// What can be said of a number: a label for its figure, or why there is none.
pub fn offer(desk: &Desk, report: &str, file: &str, start: usize) -> Option<Json> {
    desk.refresh();
    let session = desk.session();
    let tongue = desk.board.tongue;
    let Some(Proposed { proposals, sources, .. }) = proposed(session.workshop().ok()?, report) else {
        let why = say!("the text is that of other rows too, so that a number of this one cannot be bound here");
        return Some(json!({"why": why.text_in(tongue)}));
    };
    let proposals = proposals?;
    let number = |at: Span| sources.get(at.source).path == file && at.start as usize == start;
    let offered = proposals.places().find(|at| number(*at)).and_then(|at| proposals.offer(at));
    Some(match offered {
        Some(Offer::Label(label)) => json!({"label": label}),
        Some(Offer::Unnamed(why)) => json!({"label": "", "why": why.text_in(tongue)}),
        Some(Offer::Never(why)) => json!({"why": why.text_in(tongue)}),
        None => json!({"why": say!("an exception lets it pass, or it is bound meanwhile").text_in(tongue)}),
    })
}

/// What is written to make a figure of a number: its file of findings, and the binding in the text. It is tried first: the report says what it said.
pub fn figure(desk: &Desk, report: &str, asked: &Asked) -> Result<Vec<Edit>, Refused> {
    let failed = |why: Said| Refused::Failed(why.text_in(desk.board.tongue));
    // What was saved a moment ago counts.
    desk.refresh();
    let session = desk.session();
    let shop = session.workshop().map_err(|_| Refused::Conflict)?;
    let label = asked.label.split_whitespace().collect::<Vec<_>>().join(" ");
    if label.is_empty() {
        return Err(failed(say!("write what the number counts")));
    }
    let found = proposed(shop, report).ok_or(Refused::Conflict)?;
    let at = span(&found.sources, &asked.file, asked.start, &asked.raw).ok_or(Refused::Conflict)?;
    let taken = pipeline::figures(shop, report).statistics.figures.keys().cloned().collect::<Vec<_>>();
    let single = found.proposals.and_then(|proposals| proposals.single(at, &label, taken.into_iter()));
    let single = single.ok_or_else(|| failed(say!("no figure can be made of this number")))?;
    let folder = load::home(shop.system, shop.library, report).map(|home| home.folder).unwrap_or_default();
    let text = &found.sources.get(at.source).text;
    let after = [&text[..asked.start], &single.binding, &text[asked.start + asked.raw.len()..]].concat();
    let chapter = Mended { path: asked.file.clone(), before: text.to_string(), after, count: 1 };
    let bound = Edit {
        file: asked.file.clone(),
        start: asked.start,
        old: asked.raw.clone(),
        new: single.binding.clone(),
        form: Form::AsItIs,
    };
    let before = pipeline::audit(shop, report, Scope::Evidence);
    for findings in findings(shop, &folder, &single) {
        let whole = whole(shop, &findings);
        if pipeline::prints_the_same(shop, report, &before, &[whole, chapter.clone()]) {
            return Ok(vec![findings, bound]);
        }
    }
    Err(failed(say!("with this figure the report would print other words than now")))
}

/// Where figures can be written: behind those that were proposed before, or into a file of their own.
fn findings(shop: Workshop<'_>, folder: &str, single: &Single) -> Vec<Edit> {
    let path = |number: usize| match number {
        1 => format!("content/{folder}/findings/proposed.yaml"),
        _ => format!("content/{folder}/findings/proposed-{number}.yaml"),
    };
    let known = shop.system.read(&path(1)).ok().and_then(|bytes| String::from_utf8(bytes.to_vec()).ok());
    let behind = known.filter(|text| text.ends_with('\n')).and_then(|text| {
        let start = text.trim_end_matches('\n').rfind('\n')? + 1;
        let old = text[start..].to_owned();
        let new = format!("{}\n{}", old.trim_end_matches(['\n', '\r']), single.entries());
        Some(Edit { file: path(1), start, old, new, form: Form::AsItIs })
    });
    let free = (1..).map(path).find(|path| !shop.system.exists(path)).unwrap_or_default();
    let own = Edit { file: free, start: 0, old: String::new(), new: single.yaml(), form: Form::File };
    behind.into_iter().chain([own]).collect()
}

/// The file that an edit makes, before and after.
fn whole(shop: Workshop<'_>, edit: &Edit) -> Mended {
    let bytes = shop.system.read(&edit.file).unwrap_or_default();
    let before = String::from_utf8_lossy(&bytes).into_owned();
    let after = match before.get(..edit.start) {
        Some(kept) => format!("{kept}{}", edit.new),
        None => edit.new.clone(),
    };
    Mended { path: edit.file.clone(), before, after, count: 1 }
}
