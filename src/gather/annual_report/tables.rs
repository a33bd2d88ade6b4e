//! Tables and figures of an annual report that are counted from the assessments of its inspections, and the tables that its measures
//! are to fill.

use crate::compute::measure::words;
use crate::document::data::ColumnKind;
use crate::locale::Locale;
use crate::model::{
    Assessment, AssessmentItem, CellValue, Column, Figure, Gathered, GatheredTable, Gathering, Given, ImprintKey,
    Project, Report, Row, Table,
};
use crate::source::{Span, Spanned, Text};
use crate::value::{Blank, Exact};

use super::{NO_AREA, area_of, items, literal, named};

pub(super) struct Maker<'a> {
    pub report: &'a Report,
    pub inspections: &'a [&'a Project],
    pub gathering: &'a Gathering,
    pub locale: &'a Locale,
}

impl Maker<'_> {
    fn span(&self) -> Span {
        self.gathering.inspections.first().map_or(self.report.kind.span, |first| first.id.span)
    }

    fn word(&self, key: &str) -> Text {
        literal(self.locale.label(key).to_owned(), self.span())
    }

    /// How many items fit, as a cell: none is a blank of its own.
    fn count(&self, fits: impl Fn(&Project, &Assessment, &AssessmentItem, bool) -> bool) -> Spanned<CellValue> {
        let mut count = 0_i64;
        for inspection in self.inspections {
            for assessment in &inspection.findings.assessments {
                let fitting =
                    items(assessment).filter(|(item, development)| fits(inspection, assessment, item, *development));
                count = count.saturating_add(i64::try_from(fitting.count()).unwrap_or(i64::MAX));
            }
        }
        let cell = if count == 0 { CellValue::Blank(Blank::Zero) } else { CellValue::Number(Exact::from(count)) };
        Spanned::new(cell, self.span())
    }

    /// The quality areas, with what stands in none of them where there is such.
    fn areas(&self) -> Vec<Gathered> {
        let mut out = self.gathering.areas.clone();
        let without = |inspection: &&&Project| named(inspection, true, NO_AREA);
        if self.inspections.iter().find(without).is_some() && !out.iter().any(|area| area.id.value == NO_AREA) {
            let id = Spanned::new(NO_AREA.to_owned(), self.span());
            out.push(Gathered { id, name: self.word("gathered_no_area") });
        }
        out
    }

    pub fn tables(&self) -> Vec<Table> {
        let both = || vec![self.column("development", "development"), self.column("strengths", "strengths")];
        let pair = |fits: &dyn Fn(&Project, &Assessment, &AssessmentItem) -> bool| {
            vec![
                self.count(|i, a, item, development| development && fits(i, a, item)),
                self.count(|i, a, item, development| !development && fits(i, a, item)),
            ]
        };
        let areas = self.areas();
        let of_areas = areas.iter().map(|area| self.row(area, pair(&|_, _, item| area_of(item) == area.id.value)));
        let of_units = self.gathering.units.iter();
        let of_units =
            of_units.map(|unit| self.row(unit, pair(&|_, assessment, _| assessment.unit.value == unit.id.value)));
        let crossed = self.gathering.units.iter().map(|unit| {
            let cell = |area: &Gathered| {
                self.count(|_, assessment, item, development| {
                    development && assessment.unit.value == unit.id.value && area_of(item) == area.id.value
                })
            };
            self.row(unit, areas.iter().map(cell).collect())
        });
        let area_columns = areas
            .iter()
            .map(|area| Column { label: Some(area.name.clone()), ..self.column(&area.id.value, "") })
            .collect();
        let mut out = vec![
            self.inspections_table(),
            self.table("areas", "quality_area", both(), of_areas.collect()),
            self.table("units", "gathered_unit", both(), of_units.collect()),
            Table {
                total_column: areas.len() > 1,
                ..self.table("units-by-area", "gathered_unit", area_columns, crossed.collect())
            },
        ];
        let unfilled = |(id, which): (&str, GatheredTable)| Table {
            gathered: Some(which),
            total_row: false,
            note: match which {
                GatheredTable::Shares => Some(self.word("gathered_note_shares")),
                GatheredTable::Counts | GatheredTable::Amounts => Some(self.word("gathered_note_change")),
                _ => None,
            },
            ..self.table(id, "gathered_measure", Vec::new(), Vec::new())
        };
        out.extend(GatheredTable::OF_MEASURES.map(unfilled));
        out.retain(|table| !table.rows.is_empty() || table.gathered != Some(GatheredTable::Findings));
        out
    }

    /// Title, date, reference, units and numbers of each inspection.
    fn inspections_table(&self) -> Table {
        let of_kind = |id, word, kind| Column { kind, ..self.column(id, word) };
        let columns = vec![
            of_kind("date", "gathered_date", ColumnKind::Date),
            of_kind("reference", "reference_number", ColumnKind::Text),
            self.column("units", "gathered_units"),
            // Words that can stand above each other: the table has many columns.
            self.column("development", "gathered_to_develop"),
            self.column("strengths", "strengths"),
        ];
        let rows = self.inspections.iter().zip(&self.gathering.inspections).map(|(inspection, gathered)| {
            let report = &inspection.report;
            let at = gathered.id.span;
            let cell = |words: String| match words.is_empty() {
                true => CellValue::Blank(Blank::NotAvailable),
                false => CellValue::Text(literal(words, at)),
            };
            let reference = report.imprint.get(ImprintKey::Reference).map(words).unwrap_or_default();
            let units = Exact::from(i64::try_from(report.units.len()).unwrap_or(i64::MAX));
            let first = [CellValue::Date(report.date.value), cell(reference), CellValue::Number(units)];
            let here = |found: &Project| found.report.id == report.id;
            let mut cells: Vec<_> = first.into_iter().map(|value| Spanned::new(value, at)).collect();
            cells.push(self.count(|found, _, _, development| development && here(found)));
            cells.push(self.count(|found, _, _, development| !development && here(found)));
            let title = literal(words(&report.title), at);
            self.row(&Gathered { name: title, ..gathered.clone() }, cells)
        });
        Table { total_row: false, ..self.table("inspections", "gathered_inspection", columns, rows.collect()) }
    }

    fn table(&self, id: &str, stub: &str, columns: Vec<Column>, rows: Vec<Row>) -> Table {
        let names: Vec<String> = self.gathering.inspections.iter().map(|found| found.name.value.clone()).collect();
        let key = format!("gathered_caption_{}", id.replace('-', "_"));
        let names = self.locale.list(&names);
        let caption = self.locale.fill(&key, &[("inspections", &names)]);
        Table {
            id: Spanned::new(id.to_owned(), self.span()),
            caption: literal(caption, self.span()),
            stub: self.word(stub),
            columns,
            total_column: false,
            total_row: rows.len() > 1,
            base: None,
            counts: None,
            multiple: false,
            derived: Vec::new(),
            show: None,
            order: None,
            rows,
            cross: None,
            ranking: None,
            gathered: Some(GatheredTable::Findings),
            typed_total: None,
            notes: Vec::new(),
            note: None,
            source: Some(literal(self.locale.fill("gathered_source", &[("inspections", &names)]), self.span())),
            span: self.span(),
        }
    }

    fn column(&self, id: &str, word: &'static str) -> Column {
        let id = Spanned::new(id.to_owned(), self.span());
        Column {
            id,
            label: None,
            word: Some(word),
            group: None,
            kind: ColumnKind::Count,
            of: None,
            weight: None,
            behind: None,
        }
    }

    fn row(&self, gathered: &Gathered, cells: Vec<Spanned<CellValue>>) -> Row {
        let span = gathered.id.span;
        Row {
            id: gathered.id.clone(),
            label: gathered.name.clone(),
            cells,
            behind: Vec::new(),
            typed_total: None,
            sheet: None,
            span,
        }
    }

    /// `development`, `development.area.x`, `development.unit.x`, `development.inspection.x`, and the same of strengths.
    pub fn figures(&self) -> Vec<Figure> {
        let mut out = Vec::new();
        let areas = self.areas();
        let groups = [
            ("area", "areas", areas.as_slice()),
            ("unit", "units", self.gathering.units.as_slice()),
            ("inspection", "inspections", self.gathering.inspections.as_slice()),
        ];
        for what in ["development", "strengths"] {
            let all = self.locale.lower_first(self.locale.label(what));
            out.push(self.cell(what.to_owned(), all.clone(), "inspections", None, what));
            for (name, table, members) in groups {
                for member in members {
                    let label = self.locale.fill("gathered_of", &[("what", &all), ("name", &member.name.value)]);
                    let figure =
                        self.cell(format!("{what}.{name}.{}", member.id.value), label, table, Some(member), what);
                    out.push(Figure { base: Some(Spanned::new(what.to_owned(), self.span())), ..figure });
                }
            }
        }
        out
    }

    fn cell(&self, id: String, label: String, table: &str, row: Option<&Gathered>, column: &str) -> Figure {
        let spanned = |id: &str| Spanned::new(id.to_owned(), self.span());
        let (table, column) = (spanned(table), Some(spanned(column)));
        self.figure(id, label, Given::Cell { table, row: row.map(|row| spanned(&row.id.value)), column })
    }

    fn figure(&self, id: String, label: String, given: Given) -> Figure {
        Figure::new(Spanned::new(id, self.span()), literal(label, self.span()), given)
    }
}
