//! `belagg explain`: what a code means, or how a figure or table came about.

use crate::check::RULES;
use crate::check::markdown;
use crate::check::rule::severity_name;
use crate::diagnostic::{CODES, Code, Said, Severity, nearest, say};
use crate::document::{BlockName, FilterName};
use crate::locale::KnownGroup;
use crate::pipeline::{self, Figures, Toolbox};
use crate::resolve::Facts;
use crate::resolve::evidence::Link;
use crate::session::Session;

use super::output::Output;
use super::{CONTENT, SUCCESS, USAGE};

/// Prints what a code means, or all codes with their titles; none where the subject is no code.
pub fn code(subject: Option<&str>, out: &Output) -> Option<u8> {
    let Some(subject) = subject else {
        for info in CODES {
            out.line(say!("{code}  {title}", code = info.code, title = Said::words(info.title)));
        }
        for rule in RULES {
            out.line(say!(
                "{code}  {title} ({severity})",
                code = rule.code,
                title = Said::words(rule.title),
                severity = severity_name(rule.severity)
            ));
        }
        return Some(SUCCESS);
    };
    let wanted = subject.trim_matches(['[', ']']).to_uppercase();
    if let Some(rule) = RULES.iter().find(|rule| rule.code.0 == wanted) {
        let severity = severity_name(rule.severity);
        out.lines(say!(
            "{code}: {title} ({severity} by default)\n\n{documentation}\n",
            severity,
            code = rule.code,
            title = Said::words(rule.title),
            documentation = rule.documentation(out.tongue())
        ));
        out.line(say!("Set it in belagg.yaml: rules: {{{code}: {severity}}}", severity, code = rule.code));
        return Some(SUCCESS);
    }
    let info = CODES.iter().find(|info| info.code.0 == wanted)?;
    let row = |binding: &str, prints: &'static str| {
        let binding = format!("{:<38}", format!("{{{{ {binding} }}}}"));
        say!("\n  {binding} {prints}", binding, prints = Said::words(prints))
    };
    let known: Vec<Said> = match info.code {
        Code::FILTER_UNKNOWN => {
            let groups = KnownGroup::NAMES.iter().map(|id| {
                row(&format!("sip.any | {id}"), "the value of a group, by its id in a breakdown; then any other filter")
            });
            FilterName::WORDS.iter().map(|(_, it)| row(it.example(), it.prints())).chain(groups).collect()
        }
        Code::BLOCK_UNKNOWN => BlockName::WORDS.iter().map(|(_, it)| row(&it.written(), it.prints())).collect(),
        _ => Vec::new(),
    };
    let gap = if known.is_empty() { "" } else { "\n" };
    out.lines(say!(
        "{code}: {title}\n\n{explanation}{gap}{known}",
        code = info.code,
        title = Said::words(info.title),
        explanation = Said::words(info.explanation),
        gap,
        known = Said::list(known, "")
    ));
    Some(SUCCESS)
}

/// Prints how a figure or table came about, down to file, line or row, in each report that has it.
pub fn figure(session: &Session<'_>, subject: &str, report: Option<&str>, out: &Output) -> u8 {
    let (report, id) = match subject.split_once(':') {
        Some((report, id)) => (Some(report), id),
        None => (report, subject),
    };
    let reports = session.reports();
    let chosen: Vec<String> =
        reports.iter().filter(|name| report.is_none_or(|report| report == *name)).cloned().collect();
    if let (Some(report), true) = (report, chosen.is_empty()) {
        let near = nearest(report, reports.iter().map(String::as_str));
        out.fault(say!("there is no report `{report}`.{hint}", report, hint = did_you_mean(near)));
        return USAGE;
    }
    let Ok(shop) = session.workshop() else {
        out.fault(say!("the workspace's templates have faults; `belagg check` shows them"));
        return CONTENT;
    };
    let mut known: Vec<String> = CODES.iter().map(|info| info.code.0.to_owned()).collect();
    let mut found = false;
    let mut faulty = Vec::new();
    for name in &chosen {
        let figures = pipeline::figures(shop, name);
        if figures.sink.count(Severity::Error) > 0 {
            faulty.push(name.as_str());
        }
        if let Some(tree) = tree(&figures, shop.toolbox, id) {
            if found {
                out.line(Said::default());
            }
            if chosen.len() > 1 {
                out.plain(format!("{name}:"));
            }
            tree.iter().for_each(|line| out.line(line));
            found = true;
        }
        known.extend(figures.statistics.figures.keys().cloned());
        known.extend(figures.statistics.tables.keys().cloned());
    }
    if found {
        return SUCCESS;
    }
    let near = nearest(id, known.iter().map(String::as_str));
    out.fault(say!(
        "there is no figure, table or code `{id}`.{hint} `belagg explain` lists all codes.",
        id,
        hint = did_you_mean(near)
    ));
    if !faulty.is_empty() {
        out.fault(say!("{faulty} could not be computed in full; `belagg check` shows why", faulty = faulty.join(", ")));
        return CONTENT;
    }
    USAGE
}

fn did_you_mean(near: Option<&str>) -> Said {
    near.map(|near| say!(" Did you mean {near}?", near)).unwrap_or_default()
}

/// The chain of a figure or table as an indented tree; none where the report does not have it.
fn tree(figures: &Figures, toolbox: &Toolbox, id: &str) -> Option<Vec<Said>> {
    let project = figures.project.as_ref()?;
    let locale = &*toolbox.locale_of(&project.report)?;
    let facts = Facts { project, statistics: &figures.statistics, locale, sources: &figures.sources };
    let tree: Vec<Said> = facts.chain(id).flat_map(|link| lines(facts, &link)).collect();
    (!tree.is_empty()).then_some(tree)
}

/// Levels that are moved in; what lies deeper says how deep it lies, so that the lines of a long chain stay short.
const MOVED_IN: usize = 12;

/// A step of a chain as lines.
fn lines(facts: Facts<'_>, link: &Link) -> Vec<Said> {
    let indent = "    ".repeat(link.depth.min(MOVED_IN));
    let level = if link.depth > MOVED_IN { format!("({}) ", link.depth) } else { String::new() };
    let line = format!("{indent}- {level}{}", link.line());
    if link.again {
        return vec![say!("{line} (see above)", line)];
    }
    let further = link.how.iter().cloned().chain([facts.path(link.span)]);
    let further = further.map(|text| Said::verbatim(format!("{indent}  {text}")));
    std::iter::once(Said::verbatim(line)).chain(further).collect()
}

/// Prints all rules as docs/rules.md has them.
pub fn rules(out: &Output) -> u8 {
    out.lines(Said::verbatim(markdown().trim_end()));
    SUCCESS
}
