//! Lines that a report has from the report of the period before, and that name that period.

use std::collections::BTreeMap;
use std::ops::Range;

use super::Context;
use super::lang::{self, Lists};
use super::words::{Lowered as _, tokens};
use crate::model::Project;
use crate::source::{Source, Span};
use crate::value::{self, Length};

/// Words that name the period before.
pub struct Leftover {
    pub span: Span,
    pub words: String,
    /// Where they stand in the report before.
    pub there: Span,
}

/// What still names the period of the report before, file by file.
pub fn leftovers(context: &Context<'_>, previous: &Project) -> Vec<Leftover> {
    let report = &context.project.report;
    let Some(period) = Period::told_by(previous) else { return Vec::new() };
    let own = Period::told_by(context.project);
    let searched = Searched {
        lists: lang::lists(report.language),
        name: &previous.report.id,
        period,
        year_alone: period.part.is_none() || own.is_some_and(|own| own.year != period.year),
    };
    let mut out = Vec::new();
    for source in context.sources.iter() {
        let Some(path) = written_path(&source.path, &report.folder) else { continue };
        let before =
            context.sources.iter().find(|other| written_path(&other.path, &previous.report.folder) == Some(path));
        let Some(before) = before else { continue };
        let there: BTreeMap<&str, Range<usize>> = lines(before).map(|(line, range)| (line.trim(), range)).collect();
        for (line, range) in lines(source) {
            let Some(old) = there.get(line.trim()) else { continue };
            let indent = |line: &str| line.len() - line.trim_start().len();
            let shift = old.start + indent(&before.text[old.clone()]) - indent(line);
            out.extend(searched.find(line).into_iter().map(|found| Leftover {
                span: Span::new(source.id, range.start + found.start, range.start + found.end),
                words: line[found.clone()].to_owned(),
                there: Span::new(before.id, shift + found.start, shift + found.end),
            }));
        }
    }
    out
}

/// The path of a file in the folders of a report, where it is one that is written by hand.
fn written_path<'p>(path: &'p str, report: &str) -> Option<&'p str> {
    let (folder, rest) = path.split_once('/')?;
    let below = rest.strip_prefix(report)?.strip_prefix('/')?;
    let written = [".md", ".yaml", ".yml"].iter().any(|end| below.ends_with(end));
    // The two folders have no file of the same path.
    (written && matches!(folder, "content" | "charts")).then_some(below)
}

/// The lines of a file that say something.
fn lines(source: &Source) -> impl Iterator<Item = (&str, Range<usize>)> {
    let comment = if source.path.ends_with(".md") { "<!--" } else { "#" };
    let mut at = 0;
    source.text.split_inclusive('\n').filter_map(move |line| {
        let start = at;
        at += line.len();
        let line = line.trim_end();
        let says = !line.is_empty() && !line.trim_start().starts_with(comment) && !line.starts_with("previous:");
        says.then_some((line, start..start + line.len()))
    })
}

/// A year, or a part of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Period {
    year: i32,
    part: Option<Part>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Month(u8),
    Quarter(u8),
}

impl Period {
    /// What a report is about, by its name, otherwise by its imprint.
    fn told_by(project: &Project) -> Option<Self> {
        Self::in_name(&project.report.id).or_else(|| {
            let (from, to) = project.report.imprint.period.as_ref()?;
            let (from, to) = (from.value, to.value);
            let month = from.month.filter(|_| (from.year, from.month) == (to.year, to.month));
            (from.year == to.year).then_some(Self { year: from.year, part: month.map(Part::Month) })
        })
    }

    /// `report-2026-03`, `report-2026-q1`, `report-2026`
    fn in_name(name: &str) -> Option<Self> {
        let parts: Vec<&str> = name.split(['-', '_', '.']).collect();
        let at =
            parts.iter().rposition(|part| part.len() == 4 && part.parse::<i32>().is_ok_and(|year| year >= 1000))?;
        let year = parts[at];
        let read = parts.get(at + 1).and_then(|part| value::Period::read(&format!("{year}-{part}")));
        let part = read.and_then(|period| {
            let number = u8::try_from(period.part()).ok()?;
            match period.length {
                Length::Month => Some(Part::Month(number)),
                Length::Quarter => Some(Part::Quarter(number)),
                Length::Year | Length::Half => None,
            }
        });
        Some(Self { year: year.parse().ok()?, part })
    }
}

/// What a line is searched for.
struct Searched<'a> {
    lists: &'static Lists,
    /// The name of the report before.
    name: &'a str,
    period: Period,
    /// Whether the year by itself names the period.
    year_alone: bool,
}

impl Searched<'_> {
    /// The words of a line that name the period.
    fn find(&self, line: &str) -> Vec<Range<usize>> {
        let lower = line.lowered();
        let digits = |c: char| c.is_ascii_digit();
        let mut literal = vec![self.name.to_owned()];
        if let Some(Part::Month(month)) = self.period.part {
            literal.extend([format!("{}-{month:02}", self.period.year), format!("{}{month:02}", self.period.year)]);
        }
        if self.year_alone {
            literal.push(self.period.year.to_string());
        }
        let found = literal.iter().flat_map(|words| lower.match_indices(words.as_str()));
        let found = found.map(|(at, words)| at..at + words.len());
        let free =
            |range: &Range<usize>| !lower[..range.start].ends_with(digits) && !lower[range.end..].starts_with(digits);
        let mut found: Vec<Range<usize>> = found.filter(free).chain(self.in_words(&lower)).collect();
        found.sort_by_key(|range| (range.start, std::cmp::Reverse(range.end)));
        found.dedup_by(|next, before| next.start < before.end);
        found
    }

    /// "mars 2026", "i mars", "första kvartalet"
    fn in_words(&self, lower: &str) -> Vec<Range<usize>> {
        let words = tokens(lower);
        let word = |at: usize| words.get(at).map_or("", |range| &lower[range.clone()]);
        let year = |at: usize| word(at).parse::<i32>().ok().filter(|year| (1000..10_000).contains(year));
        let own = self.period.year;
        let all = (0..words.len()).filter_map(|at| {
            let (length, alone) = match self.period.part {
                Some(Part::Month(month)) => {
                    let named = self.lists.months.get(usize::from(month) - 1) == Some(&word(at));
                    let before = at.checked_sub(1).map_or("", word);
                    let told = self.lists.openers.has(before) || self.lists.months.has(before);
                    named.then_some((1, told))?
                }
                Some(Part::Quarter(quarter)) => {
                    let names = self.lists.quarters.chunks(3).nth(usize::from(quarter) - 1)?;
                    let length = |name: &str| name.split(' ').count();
                    let stands = |name: &&&str| name.split(' ').enumerate().all(|(n, part)| word(at + n) == part);
                    (length(names.iter().find(stands)?), true)
                }
                None => return None,
            };
            let end = at + length;
            let last = match year(end) {
                Some(year) => (year == own).then_some(end),
                None => alone.then_some(end - 1),
            }?;
            Some(words[at].start..words[last].end)
        });
        all.collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::locale::Language;

    #[test]
    fn a_period_stands_in_a_name() {
        let month = |month| Some(Part::Month(month));
        for (name, period) in [
            ("report-2026-03", Some((2026, month(3)))),
            ("2026-12-laget", Some((2026, month(12)))),
            ("lage-2026-q1", Some((2026, Some(Part::Quarter(1))))),
            ("lage-2026-kv4", Some((2026, Some(Part::Quarter(4))))),
            ("arsrapport-2025", Some((2025, None))),
            ("lage-2026-13", Some((2026, None))),
            ("lage-2026-norr", Some((2026, None))),
            ("lage", None),
        ] {
            assert_eq!(Period::in_name(name).map(|period| (period.year, period.part)), period, "{name}");
        }
    }

    #[track_caller]
    fn found(language: Language, before: &str, now: &str, line: &str) -> Option<String> {
        let period = Period::in_name(before).unwrap();
        let own = Period::in_name(now);
        let year_alone = period.part.is_none() || own.is_some_and(|own| own.year != period.year);
        let searched = Searched { lists: lang::lists(language), name: before, period, year_alone };
        let found = searched.find(line).into_iter().map(|range| &line[range]).collect::<Vec<_>>();
        (!found.is_empty()).then(|| found.join(" | "))
    }

    #[test]
    fn lines_that_name_the_period_are_found() {
        use Language::{English, Swedish};
        for (language, before, now, line, words) in [
            (Swedish, "r-2026-03", "r-2026-04", "I mars 2026 gjordes besök.", Some("mars 2026")),
            (Swedish, "r-2026-03", "r-2026-04", "subtitle: Mars 2026", Some("Mars 2026")),
            (Swedish, "r-2026-03", "r-2026-04", "caption: Besök i mars", Some("mars")),
            (Swedish, "r-2026-03", "r-2026-04", "caption: Januari–mars", Some("mars")),
            (Swedish, "r-2026-03", "r-2026-04", "I mars 2025 var de färre.", None),
            (Swedish, "r-2026-03", "r-2026-04", "Planeten Mars är röd.", None),
            (Swedish, "r-2026-03", "r-2026-04", "Sedan 2026 är det så.", None),
            (Swedish, "r-2026-03", "r-2026-04", "csv: data/besok-2026-03.csv", Some("2026-03")),
            (Swedish, "r-2026-03", "r-2026-04", "csv: data/besok_202603.csv", Some("202603")),
            (Swedish, "r-2026-03", "r-2026-04", "Dnr 12026-031", None),
            (Swedish, "r-2026-03", "r-2026-04", "label: besök i mars, row: \"2026-03\"", Some("mars | 2026-03")),
            (Swedish, "r-2026-03", "r-2026-04", "{{ r-2026-03:visits }}", Some("r-2026-03")),
            (Swedish, "r-2025-12", "r-2026-01", "Under 2025 ökade besöken.", Some("2025")),
            (Swedish, "r-2026-q1", "r-2026-q2", "Första kvartalet 2026 ökade de.", Some("Första kvartalet 2026")),
            (Swedish, "r-2026-q1", "r-2026-q2", "Första kvartalet 2025 ökade de.", None),
            (Swedish, "r-2026-q1", "r-2026-q2", "Under kvartal 1 ökade de.", Some("kvartal 1")),
            (Swedish, "r-2025", "r-2026", "Under 2025 ökade de, jämfört med 2024.", Some("2025")),
            (Swedish, "r-2025", "r-2026", "data/2025.csv", Some("2025")),
            (English, "r-2026-05", "r-2026-06", "Visitors may come in May.", Some("May")),
            (English, "r-2026-05", "r-2026-06", "Visitors may come.", None),
            (English, "r-2026-q3", "r-2026-q4", "In the third quarter of 2026", Some("third quarter")),
        ] {
            assert_eq!(found(language, before, now, line).as_deref(), words, "{line}");
        }
    }
}
