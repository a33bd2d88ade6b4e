//! `belagg.yaml` and `report.yaml` to the model.

use crate::compute::exact::Rounding;
use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::document::resolved::Status;
use crate::limits;
use crate::locale::{Language, PartialDate};
use crate::model::{
    CitationStyle, Imprint, ImprintKey, LogoFile, Publisher, Reliance, Report, SignOff, Term, Theme, Unit, Workspace,
};
use crate::source::{Span, Spanned, Text};

use super::checks;
use super::decode::{self, Map};
use super::history;
use super::yaml::{Node, Value};

const LANGUAGES: &[(&str, Language)] = &[("sv", Language::Swedish), ("en", Language::English)];
const STATUSES: &[(&str, Status)] = &[
    ("draft", Status::Draft),
    ("in-review", Status::InReview),
    ("published", Status::Published),
    ("corrected", Status::Corrected),
    ("revised", Status::Revised),
    ("withdrawn", Status::Withdrawn),
];

/// Look and rules of a workspace without `belagg.yaml`.
pub fn default_workspace(span: Span) -> Workspace {
    Workspace {
        language: Language::Swedish,
        publisher: None,
        site: None,
        keys: Vec::new(),
        theme: default_theme(span),
        rounding: Rounding::HalfAwayFromZero,
        names: Vec::new(),
        rules: Vec::new(),
    }
}

fn default_theme(span: Span) -> Theme {
    Theme {
        accent: "#1d5b79".to_owned(),
        text_font: Spanned::new("Source Serif 4".to_owned(), span),
        heading_font: Spanned::new("Source Sans 3".to_owned(), span),
    }
}

/// Reads `belagg.yaml`.
pub fn workspace(root: &Node, sink: &mut Sink) -> Workspace {
    let mut out = default_workspace(root.span);
    let Some(mut map) = Map::open(root, "belagg.yaml", sink) else { return out };
    if let Some(language) = map.choice("language", LANGUAGES, sink) {
        out.language = language;
    }
    if let Some(node) = map.take("publisher") {
        out.publisher = publisher(&node, sink);
    }
    out.site = map.text("site", sink);
    if let Some(site) = &out.site
        && !(site.value.starts_with("https://") || site.value.starts_with("http://"))
    {
        sink.push(
            Diagnostic::error(Code::VALUE_INVALID, "`site` must be an address that begins with https://").at(site.span),
        );
    }
    out.keys = map.take("key").map(|node| keys(&node, sink)).unwrap_or_default();
    if let Some(node) = map.take("theme") {
        theme(&node, &mut out.theme, sink);
    }
    let roundings = [("half-away-from-zero", Rounding::HalfAwayFromZero), ("half-even", Rounding::HalfEven)];
    if let Some(rounding) = map.choice("rounding", &roundings, sink) {
        out.rounding = rounding;
    }
    out.names = map.texts("names", sink);
    out.rules = map.take("rules").map(|node| checks::rules(&node, sink)).unwrap_or_default();
    map.finish(sink);
    out
}

fn publisher(node: &Node, sink: &mut Sink) -> Option<Publisher> {
    let mut map = Map::open(node, "`publisher`", sink)?;
    let name = map.require_text("name", sink);
    let unit = map.text("unit", sink);
    let url = map.text("url", sink);
    let logo = map.take("logo").and_then(|node| {
        let mut logo = Map::open(&node, "`logo`", sink)?;
        let file = logo.require_text("file", sink);
        let alt = logo.require_text("alt", sink);
        logo.finish(sink);
        Some(LogoFile { file: file?, alt: alt? })
    });
    map.finish(sink);
    Some(Publisher { name: name?, unit, url, logo })
}

fn theme(node: &Node, theme: &mut Theme, sink: &mut Sink) {
    let Some(mut map) = Map::open(node, "`theme`", sink) else { return };
    if let Some(accent) = map.text("accent", sink) {
        match crate::colour::Rgb::parse(&accent.value)
            .map(|colour| crate::colour::contrast(colour, crate::colour::WHITE))
        {
            Some(contrast) if contrast >= 4.5 => theme.accent = accent.value.to_lowercase(),
            Some(contrast) => sink.push(
                Diagnostic::error(Code::CHART_COLOUR, format!("the accent {} is too light", accent.value))
                    .label(accent.span, format!("contrast to white {contrast:.1}:1, needed 4.5:1"))
                    .help("choose a darker shade: headings and links are set in this colour"),
            ),
            None => sink.push(
                Diagnostic::error(Code::CHART_COLOUR, format!("`{}` is not a colour", accent.value))
                    .at(accent.span)
                    .help("write #rrggbb in quotation marks: accent: \"#1d5b79\""),
            ),
        }
    }
    for (key, font) in [("text-font", &mut theme.text_font), ("heading-font", &mut theme.heading_font)] {
        if let Some(name) = map.text(key, sink) {
            *font = Spanned::new(name.value, name.span);
        }
    }
    map.finish(sink);
}

/// Reads `report.yaml`; faults that leave no report at all give none.
pub fn report(root: &Node, id: &str, workspace: &Workspace, sink: &mut Sink) -> Option<Report> {
    let mut map = Map::open(root, "report.yaml", sink)?;
    let kind = map.require_text("kind", sink);
    let title = map.require_text("title", sink);
    let subtitle = map.text("subtitle", sink);
    let series = map.text("series", sink);
    let description = map.text("description", sink);
    let keywords = map.texts("keywords", sink);
    if let Some(keyword) = keywords.get(limits::KEYWORDS) {
        let (found, most) = (keywords.len(), limits::KEYWORDS);
        let message = format!("the report has {found} keywords; at most {most} help anyone");
        sink.push(Diagnostic::error(Code::TEXT_TOO_LONG, message).at(keyword.span));
    }
    for keyword in &keywords {
        sink.check_length("a keyword", &keyword.value, limits::ID, keyword.span);
    }
    let language = map.choice("language", LANGUAGES, sink).unwrap_or(workspace.language);
    let version = map.require_text("version", sink).and_then(|text| version(&text, sink));
    let date = map.require("date", sink).and_then(|node| decode::date(&node, "`date`", sink));
    let status = map.choice("status", STATUSES, sink).unwrap_or(Status::Draft);
    let decision = map.take("decision").and_then(|node| history::decision(&node, sink));
    let changes = map.list("changes", sink).iter().filter_map(|node| history::change(node, sink)).collect();
    let withdrawn = map.text("withdrawn", sink);
    history::check_withdrawn(status, withdrawn.as_ref(), map.span, sink);
    let attach_data = map.flag("attach-data", sink).unwrap_or(false);
    let invented = map.text("invented", sink);
    let publisher = map.take("publisher").and_then(|node| publisher(&node, sink));
    let imprint = map.require("imprint", sink).and_then(|node| imprint(&node, sink));
    let sign_off = map.take("sign-off").and_then(|node| sign_off(&node, sink));
    let reports = map.take("reports").map(|node| reports(&node, sink)).unwrap_or_default();
    let extracts = map.choice("extracts", &[("units", true)], sink).unwrap_or(false);
    let decision_page = map.choice("decision-page", &[("front", false), ("beside", true)], sink);
    let companions =
        map.texts("companions", sink).into_iter().map(|text| Spanned::new(text.value, text.span)).collect();
    let units = map.take("units").map(|node| units(&node, sink)).unwrap_or_default();
    if extracts && units.is_empty() {
        sink.push(
            Diagnostic::error(Code::KEY_MISSING, "report.yaml asks for extracts, and has no `units` to make them for")
                .at(map.span)
                .help("add `units:` with the inspected units, or take `extracts` out"),
        );
    }
    let terms = map.take("terms").map(|node| terms(&node, sink)).unwrap_or_default();
    let names = map.texts("names", sink);
    let exceptions = map.list("exceptions", sink).iter().filter_map(|node| checks::exception(node, sink)).collect();
    let styles = [("notes", CitationStyle::Notes), ("author-year", CitationStyle::AuthorYear)];
    let citation_style = map.choice("citation-style", &styles, sink).unwrap_or(CitationStyle::Notes);
    let chapters = match map.require("chapters", sink) {
        Some(node) => chapters(&node, sink),
        None => Vec::new(),
    };
    map.finish(sink);
    Some(Report {
        id: id.to_owned(),
        kind: kind.map(|text| Spanned::new(text.value, text.span))?,
        title: title?,
        subtitle,
        series,
        description,
        keywords,
        language,
        version: version?,
        date: date?,
        status,
        decision,
        changes,
        withdrawn,
        attach_data,
        invented,
        publisher,
        imprint: imprint?,
        sign_off,
        reports,
        extracts,
        decision_page,
        companions,
        units,
        terms,
        names,
        citation_style,
        exceptions,
        chapters,
        span: root.span,
    })
}

/// One public key or a list of them, as `belagg key` prints them.
fn keys(node: &Node, sink: &mut Sink) -> Vec<Text> {
    let nodes = match &node.value {
        Value::List(_) => decode::list(node, "`key`", sink),
        _ => vec![node.clone()],
    };
    let mut out = Vec::new();
    for node in nodes {
        let Some(text) = decode::text(&node, "a public key", sink) else { continue };
        // 42 bytes in base64, the first two of them "Ed".
        let form = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '/');
        if text.value.len() == 56 && text.value.starts_with("RW") && text.value.chars().all(form) {
            out.push(text);
        } else {
            sink.push(
                Diagnostic::error(Code::VALUE_INVALID, "this is no public key that signatures are checked with")
                    .at(text.span)
                    .help("copy the line that `belagg key` printed, or the second line of minisign's .pub file"),
            );
        }
    }
    out
}

/// A version becomes a folder's name, so it holds digits and full stops only.
fn version(text: &Text, sink: &mut Sink) -> Option<Spanned<String>> {
    let parts: Vec<&str> = text.value.split('.').collect();
    // 1.0 and 1.00 would be two folders of one number.
    let ok = parts.len() <= 3
        && parts.iter().all(|part| *part == "0" || !part.starts_with('0'))
        && parts.iter().all(|part| !part.is_empty() && part.len() <= 4 && part.bytes().all(|b| b.is_ascii_digit()));
    if !ok {
        sink.push(
            Diagnostic::error(Code::VALUE_INVALID, format!("`{}` cannot be a version", text.value))
                .at(text.span)
                .help("write one to three numbers with full stops between, without noughts before them, in quotation marks: version: \"1.0\""),
        );
        return None;
    }
    Some(Spanned::new(text.value.clone(), text.span))
}

fn imprint(node: &Node, sink: &mut Sink) -> Option<Imprint> {
    let mut map = Map::open(node, "`imprint`", sink)?;
    let given =
        ImprintKey::ALL.into_iter().filter_map(|key| map.text(key.name(), sink).map(|text| (key, text))).collect();
    let period = map.take("period").and_then(|node| period(&node, sink));
    let recipients = map.texts("recipients", sink);
    let span = map.span;
    map.finish(sink);
    Some(Imprint { given, period, recipients, span })
}

fn period(node: &Node, sink: &mut Sink) -> Option<(Spanned<PartialDate>, Spanned<PartialDate>)> {
    let mut map = Map::open(node, "`period`", sink)?;
    let [from, to] = ["from", "to"]
        .map(|key| map.require(key, sink).and_then(|node| decode::date(&node, &format!("`{key}`"), sink)));
    map.finish(sink);
    let (from, to) = (from?, to?);
    if to.value < from.value {
        sink.push(Diagnostic::error(Code::VALUE_INVALID, "the period ends before it begins").at(to.span));
    }
    Some((from, to))
}

fn sign_off(node: &Node, sink: &mut Sink) -> Option<SignOff> {
    let mut map = Map::open(node, "`sign-off`", sink)?;
    let place = map.require_text("place", sink);
    let by = map.require_text("by", sink);
    map.finish(sink);
    Some(SignOff { place: place?, by: by? })
}

/// `reports: {din-ratt-2016: "1.0"}`
fn reports(node: &Node, sink: &mut Sink) -> Vec<Reliance> {
    let Some(mut map) = Map::open(node, "`reports`", sink) else { return Vec::new() };
    map.rest()
        .into_iter()
        .filter_map(|(id, node)| {
            let version = decode::text(&node, &format!("the version of `{}`", id.value), sink)?;
            Some(Reliance { id, version: Spanned::new(version.value, version.span) })
        })
        .collect()
}

fn units(node: &Node, sink: &mut Sink) -> Vec<Unit> {
    let Some(mut map) = Map::open(node, "`units`", sink) else { return Vec::new() };
    let mut out = Vec::new();
    for (id, node) in map.rest() {
        if !decode::id(&id, sink) {
            continue;
        }
        let unit = if matches!(node.value, Value::Map(_)) {
            let Some(mut unit) = Map::open(&node, format!("unit `{}`", id.value), sink) else { continue };
            let name = unit.require_text("name", sink);
            let full = unit.text("full", sink);
            unit.finish(sink);
            name.map(|name| Unit { id, name, full })
        } else {
            decode::text(&node, &format!("unit `{}`", id.value), sink).map(|name| Unit { id, name, full: None })
        };
        out.extend(unit);
    }
    out
}

fn terms(node: &Node, sink: &mut Sink) -> Vec<Term> {
    let Some(mut map) = Map::open(node, "`terms`", sink) else { return Vec::new() };
    map.rest()
        .into_iter()
        .filter_map(|(name, node)| {
            let text = decode::text(&node, &format!("the term `{}`", name.value), sink)?;
            Some(Term { name, text })
        })
        .collect()
}

fn chapters(node: &Node, sink: &mut Sink) -> Vec<Text> {
    let nodes = decode::list(node, "`chapters`", sink);
    if nodes.is_empty() && matches!(node.value, Value::List(_)) {
        sink.push(
            Diagnostic::error(Code::VALUE_INVALID, "the report has no chapters")
                .at(node.span)
                .help("name at least one Markdown file: chapters: [sammanfattning.md]"),
        );
    }
    nodes.iter().filter_map(|node| decode::text(node, "a chapter", sink)).collect()
}
