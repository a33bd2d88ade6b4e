//! Annual reports: what is gathered from the inspections that a report builds on, as tables and figures of its own.

mod tables;

use std::sync::Arc;

use crate::compute::measure::words;
use crate::diagnostic::{Code, Diagnostic, Sink, say};
use crate::locale::Locale;
use crate::model::{
    Assessment, AssessmentItem, DocumentKind, Figure, Findings, Gathered, Gathering, MeasureFigures, Project, Report,
    Table,
};
use crate::source::{Span, Spanned, Text};
use crate::value::PartialDate;

/// Kind of the reports that are gathered.
const INSPECTION: DocumentKind = DocumentKind::InspectionReport;

/// Id of what stands in no quality area.
pub const NO_AREA: &str = "none";

/// Measures in another kind of report would be read by nobody.
fn check_kind(report: &Report, findings: &Findings, sink: &mut Sink) {
    if let Some(measure) = findings.measures.first() {
        sink.push(
            Diagnostic::error(Code::MEASURE, say!("only an annual report gathers measures"))
                .at(measure.id.span)
                .also(report.kind.span, say!("the report's kind"))
                .help(say!("take `measures` away, or write kind: annual-report")),
        );
    }
}

/// What is gathered, and the tables and figures that are made of it.
pub struct Composed {
    pub gathering: Gathering,
    pub tables: Vec<Table>,
    pub figures: Vec<Figure>,
}

/// What an annual report gathers; nothing of another kind of report.
pub fn composed(
    report: &Report,
    findings: &Findings,
    others: &[Arc<Project>],
    locale: &Locale,
    sink: &mut Sink,
) -> Option<Composed> {
    if report.kind.value != DocumentKind::AnnualReport {
        check_kind(report, findings, sink);
        return None;
    }
    let inspections: Vec<&Project> =
        in_time(others.iter().map(Arc::as_ref).filter(|other| other.report.kind.value == INSPECTION));
    if inspections.is_empty() {
        // A report that could not be loaded was told of.
        if others.len() == report.reports.len() {
            sink.push(
                Diagnostic::error(Code::GATHERING, say!("the report gathers no inspection"))
                    .at(report.kind.span)
                    .help(say!(
                        "name inspections in report.yaml, each with its version: reports: {my-inspection: \"1.0\"}"
                    ))
                    .help(say!("only reports of the kind {inspection} are gathered", inspection = INSPECTION.name())),
            );
        }
        return None;
    }
    check_measures(findings, &inspections, sink);
    check_findings(report, findings, &inspections, sink);
    let names = names(&inspections, locale);
    let gathered = |(project, name): (&&Project, String)| {
        let at = place(report, &project.report.id);
        Gathered { id: Spanned::new(project.report.id.clone(), at), name: literal(name, at) }
    };
    let own_areas = findings.areas.iter().map(|area| (&area.id, &area.name));
    let own_units = report.units.iter().map(|unit| (&unit.id, &unit.name));
    let gathering = Gathering {
        inspections: inspections.iter().zip(names).map(gathered).collect(),
        areas: merge(true, own_areas.collect(), &inspections, report, sink),
        units: merge(false, own_units.collect(), &inspections, report, sink),
    };
    let maker = tables::Maker { report, inspections: &inspections, gathering: &gathering, locale };
    let (tables, figures) = (maker.tables(), maker.figures());
    Some(Composed { gathering, tables, figures })
}

/// The inspections in the order of their dates.
fn in_time<'a>(inspections: impl Iterator<Item = &'a Project>) -> Vec<&'a Project> {
    let mut out: Vec<&Project> = inspections.collect();
    out.sort_by_key(|project| project.report.date.value);
    out
}

/// What each inspection is called above a column: its year, as precise as it takes to tell it from the others.
fn names(inspections: &[&Project], locale: &Locale) -> Vec<String> {
    let date = |project: &Project| project.report.date.value;
    let year = |at: PartialDate| PartialDate { month: None, day: None, ..at };
    let month = |at: PartialDate| PartialDate { day: None, ..at };
    let forms: [&dyn Fn(PartialDate) -> PartialDate; 3] = [&year, &month, &|at| at];
    for form in forms {
        let words: Vec<String> = inspections.iter().map(|project| locale.date(&form(date(project)))).collect();
        let told_apart = words.iter().enumerate().all(|(at, word)| !words[..at].contains(word));
        if told_apart {
            return words;
        }
    }
    inspections.iter().map(|project| words(&project.report.title)).collect()
}

/// Where the annual report names another.
fn place(report: &Report, id: &str) -> Span {
    report.reports.iter().find(|reliance| reliance.id.value == id).map_or(report.kind.span, |found| found.id.span)
}

/// Words of the program's own, or of another report.
fn literal(value: String, span: Span) -> Text {
    Text::new(value, span)
}

/// Each named figure is one of an inspection's, and each inspection's stands once.
fn check_measures(findings: &Findings, inspections: &[&Project], sink: &mut Sink) {
    for measure in &findings.measures {
        let MeasureFigures::Named(ids) = &measure.figures else { continue };
        let mut seen: Vec<(&str, Span)> = Vec::new();
        for id in ids {
            let inspection = id.value.split_once(':').map(|(inspection, _)| inspection);
            let Some(inspection) = inspection.filter(|name| inspections.iter().any(|known| known.report.id == *name))
            else {
                sink.push(
                    Diagnostic::error(Code::MEASURE, say!("`{id}` is no figure of an inspection", id = id.value))
                        .at(id.span)
                        .nearest(
                            inspection.unwrap_or_default(),
                            inspections.iter().map(|known| known.report.id.as_str()),
                        )
                        .help(say!(
                            "write inspection:figure, with an inspection that report.yaml names under `reports`"
                        )),
                );
                continue;
            };
            if let Some((_, first)) = seen.iter().find(|(known, _)| *known == inspection) {
                sink.push(
                    Diagnostic::error(Code::MEASURE, say!("the measure has two figures of `{inspection}`", inspection))
                        .label(id.span, say!("again here"))
                        .also(*first, say!("first here"))
                        .help(say!("keep one of them, or make two measures")),
                );
            }
            seen.push((inspection, id.span));
        }
    }
}

/// Every inspection has something to gather.
fn check_findings(report: &Report, findings: &Findings, inspections: &[&Project], sink: &mut Sink) {
    for inspection in inspections {
        let id = inspection.report.id.as_str();
        let assessed = inspection
            .findings
            .assessments
            .iter()
            .any(|found| !found.development.is_empty() || !found.strengths.is_empty());
        let measured = findings.measures.iter().any(|measure| match &measure.figures {
            MeasureFigures::SameId(figure) => {
                inspection.findings.figures.iter().any(|known| known.id.value == figure.value)
            }
            MeasureFigures::Named(ids) => ids.iter().any(|named| named.value.starts_with(&format!("{id}:"))),
        });
        if !assessed && !measured {
            sink.push(
                Diagnostic::error(Code::GATHERING, say!("`{id}` has no findings to gather", id))
                    .label(
                        place(report, id),
                        say!("neither strengths nor development areas, nor a figure among `measures`"),
                    )
                    .help(say!("take it out of `reports`, or give it `assessments` in its findings/")),
            );
        }
    }
}

/// Quality areas or units of all inspections: the report's own first, then the others as they come. One that inspections call
/// differently needs the report's own word.
fn merge(
    area: bool,
    own: Vec<(&Spanned<String>, &Text)>,
    inspections: &[&Project],
    report: &Report,
    sink: &mut Sink,
) -> Vec<Gathered> {
    let what = if area { say!("quality area") } else { say!("unit") };
    let mut found: Vec<(Gathered, &str)> = Vec::new();

    for inspection in inspections {
        let id = inspection.report.id.as_str();
        let at = place(report, id);
        let theirs: Vec<(&Spanned<String>, &Text)> = if area {
            inspection.findings.areas.iter().map(|area| (&area.id, &area.name)).collect()
        } else {
            inspection.report.units.iter().map(|unit| (&unit.id, &unit.name)).collect()
        };
        for (key, name) in theirs.into_iter().filter(|(key, _)| named(inspection, area, &key.value)) {
            let name_words = words(name);
            let defined = own.iter().any(|(known, _)| known.value == key.value);
            match found.iter().find(|(known, _)| known.id.value == key.value) {
                Some((known, first)) if known.name.value != name_words && !defined => sink.push(
                    Diagnostic::error(
                        Code::GATHERED_NAME,
                        say!(
                            "the {what} `{key}` is “{name}” in `{first}` and “{other_name}” in `{id}`",
                            what,
                            first,
                            other_name = name_words,
                            id,
                            key = key.value,
                            name = known.name.value
                        ),
                    )
                    .at(at)
                    .also(name.span, say!("in this inspection"))
                    .help(if area {
                        say!("say in this report which name holds, under `quality-areas` in findings/")
                    } else {
                        say!("say in this report which name holds, under `units` in report.yaml")
                    }),
                ),
                Some(_) => {}
                None => found
                    .push((Gathered { id: Spanned::new(key.value.clone(), at), name: literal(name_words, at) }, id)),
            }
        }
    }
    let mut out = Vec::new();
    for (id, name) in &own {
        if let Some(at) = found.iter().position(|(known, _)| known.id.value == id.value) {
            out.push(Gathered { name: literal(words(name), name.span), ..found.remove(at).0 });
        }
    }
    out.extend(found.into_iter().map(|(gathered, _)| gathered));
    out
}

/// Whether an assessment of the inspection is of this unit, or has an item in this area.
fn named(inspection: &Project, area: bool, id: &str) -> bool {
    inspection.findings.assessments.iter().any(|assessment| {
        if area { items(assessment).any(|(item, _)| area_of(item) == id) } else { assessment.unit.value == id }
    })
}

/// Strengths and development areas; the latter are marked.
fn items(assessment: &Assessment) -> impl Iterator<Item = (&AssessmentItem, bool)> {
    let strengths = assessment.strengths.iter().map(|item| (item, false));
    strengths.chain(assessment.development.iter().map(|item| (item, true)))
}

/// The quality area that an item is placed in.
pub fn area_of(item: &AssessmentItem) -> &str {
    item.area.as_ref().map_or(NO_AREA, |area| area.value.as_str())
}

#[cfg(test)]
mod tests {
    use crate::compute::adopt::{Adopted, compute_all};
    use crate::diagnostic::Sink;
    use crate::locale::{Language, Locale};
    use crate::model::{Gathered, Project};
    use crate::system::MemorySystem;
    use crate::value::{Rounding, Value};

    /// An annual report over inspections with a date, units, and findings.
    fn annual(own: &str, inspections: &[(&str, &str, &str, &str)]) -> Project {
        let report = |kind: &str, date: &str, rest: &str| {
            format!(
                "kind: {kind}\ntitle: {date}\nversion: \"1.0\"\ndate: {date}\nimprint: {{reference: X, publisher: Y, contact: Z}}\n\
                 chapters: [text.md]\n{rest}\n"
            )
        };
        let names: Vec<String> = inspections.iter().map(|(id, ..)| format!("{id}: \"1.0\"")).collect();
        let own = report("annual-report", "2026", &format!("reports: {{{}}}\n{own}", names.join(", ")));
        let mut files = vec![("content/year/report.yaml".to_owned(), own)];
        files.push(("content/year/text.md".to_owned(), "# A\n\nB.\n".to_owned()));
        for (id, date, units, findings) in inspections {
            let rest = format!("units: {units}");
            files.push((format!("content/{id}/report.yaml"), report("inspection-report", date, &rest)));
            files.push((format!("content/{id}/text.md"), "# A\n\nB.\n".to_owned()));
            files.push((format!("content/{id}/findings/a.yaml"), (*findings).to_owned()));
        }
        let loaded = crate::gather::tests::gathered(&MemorySystem::new(files), "year");
        assert!(!loaded.sink.has_errors(), "{:?}", loaded.sink.sorted(&loaded.sources));
        loaded.project.expect("a project")
    }

    fn told(all: &[Gathered]) -> Vec<(&str, &str)> {
        all.iter().map(|one| (one.id.value.as_str(), one.name.value.as_str())).collect()
    }

    const AREAS: &str = "quality-areas: {law: {name: Law}, voice: {name: Voice}}\n";

    #[test]
    fn inspections_stand_in_the_order_of_time_and_are_told_apart() {
        let findings = "assessments: {a: {strengths: [Good.]}}\n";
        let of = |dates: [&str; 2]| {
            let second = ("second", dates[1], "{a: A}", findings);
            let project = annual("", &[second, ("first", dates[0], "{a: A}", findings)]);
            let gathering = project.findings.gathering.clone().expect("a gathering");
            told(&gathering.inspections).iter().map(|(id, name)| format!("{id} {name}")).collect::<Vec<_>>()
        };
        assert_eq!(of(["2024-05-01", "2025-02"]), ["first 2024", "second 2025"]);
        assert_eq!(of(["2025-02-01", "2025-05-03"]), ["first februari 2025", "second maj 2025"]);
        assert_eq!(of(["2025-05-01", "2025-05-03"]), ["first 1 maj 2025", "second 3 maj 2025"]);
    }

    #[test]
    fn what_the_report_lists_itself_stands_first_under_its_own_name() {
        let first = format!("{AREAS}assessments: {{a: {{development: [{{text: T., area: voice}}]}}}}\n");
        let second = format!("{AREAS}assessments: {{b: {{development: [{{text: T., area: law}}]}}}}\n");
        let inspections = [("one", "2024", "{a: A, x: X}", first.as_str()), ("two", "2025", "{b: B}", second.as_str())];
        let gathering = annual("", &inspections).findings.gathering.clone().expect("a gathering");
        assert_eq!(told(&gathering.units), [("a", "A"), ("b", "B")], "a unit without assessment has no row");
        assert_eq!(told(&gathering.areas), [("voice", "Voice"), ("law", "Law")]);
        let gathering = annual("units: {z: Z, b: Bee}", &inspections).findings.gathering.clone().expect("a gathering");
        assert_eq!(told(&gathering.units), [("b", "Bee"), ("a", "A")]);
    }

    #[test]
    fn findings_are_counted_by_area_unit_and_inspection() {
        let first = format!(
            "{AREAS}assessments:\n  a: {{strengths: [Good.], development: [{{text: T., area: voice}}, {{text: T., area: voice}}]}}\n"
        );
        let second = format!(
            "{AREAS}assessments:\n  a: {{development: [{{text: T., area: law}}]}}\n  b: {{development: [T.]}}\n"
        );
        let project = annual("", &[("one", "2024", "{a: A}", &first), ("two", "2025", "{a: A, b: B}", &second)]);
        let locale = Locale::new(Language::Swedish, Rounding::HalfAwayFromZero, "{}").expect("a locale");
        let statistics = compute_all(&project, &locale, &Adopted::default(), &mut Sink::default());
        let count = |id: &str| statistics.figures[id].total.number().and_then(|number| number.to_i64());
        assert_eq!((count("development"), count("strengths")), (Some(4), Some(1)));
        assert_eq!((count("development.area.voice"), count("development.area.none")), (Some(2), Some(1)));
        assert_eq!((count("development.unit.a"), count("development.inspection.two")), (Some(3), Some(2)));
        assert_eq!(statistics.figures["development.unit.a"].base.as_deref(), Some("development"), "a share of all");
        let cells = |row: usize| statistics.tables["units-by-area"].rows[row].values.clone();
        assert!(matches!(cells(1)[0], Value::Blank(_)), "none is no number in the table: {:?}", cells(1));
        assert_eq!(
            cells(0).last().and_then(Value::number).and_then(|number| number.to_i64()),
            Some(3),
            "the row's total"
        );
    }
}
