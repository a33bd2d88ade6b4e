//! The register of blocks that are asked for by a binding alone in its paragraph: `{{ table diagnoses }}`. Markdown, the assembling, messages and the
//! table in docs/format.md go by it. A new one is a variant, a row, and an arm where it is assembled.

/// A block that a chapter can ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum BlockName {
    Table,
    Chart,
    Strengths,
    Development,
    Statement,
    Definitions,
    Terms,
    QualityAreas,
    Process,
    References,
    Timeline,
    Deliverables,
    Examples,
    ExampleTable,
    KeyFigures,
    Question,
    Proposals,
    Picture,
    Downloads,
    Survey,
    SurveyResults,
    FollowUp,
    DevelopmentByArea,
    DevelopmentByUnit,
    StrengthsByArea,
    StrengthsByUnit,
}

struct Row {
    block: BlockName,
    /// As it is written.
    name: &'static str,
    /// What must follow the name; none where it stands alone.
    wants: Option<&'static str>,
}

const fn row(block: BlockName, name: &'static str, wants: Option<&'static str>) -> Row {
    Row { block, name, wants }
}

const ROWS: &[Row] = &[
    row(BlockName::Table, "table", Some("a table's id")),
    row(BlockName::Chart, "chart", Some("a chart's id")),
    row(BlockName::Strengths, "strengths", Some("a unit's id")),
    row(BlockName::Development, "development", Some("a unit's id")),
    row(BlockName::Statement, "statement", Some("a statement's id")),
    row(BlockName::Definitions, "definitions", None),
    row(BlockName::Terms, "terms", None),
    row(BlockName::QualityAreas, "quality-areas", None),
    row(BlockName::Process, "process", Some("a process's id")),
    row(BlockName::References, "references", None),
    row(BlockName::Timeline, "timeline", Some("an id")),
    row(BlockName::Deliverables, "deliverables", Some("an id")),
    row(BlockName::Examples, "examples", Some("an id")),
    row(BlockName::ExampleTable, "example-table", Some("an id")),
    row(BlockName::KeyFigures, "key-figures", Some("an id")),
    row(BlockName::Question, "question", Some("an id")),
    row(BlockName::Proposals, "proposals", None),
    row(BlockName::Picture, "picture", Some("an id")),
    row(BlockName::Downloads, "downloads", None),
    row(BlockName::Survey, "survey", Some("a survey's id")),
    row(BlockName::SurveyResults, "survey-results", Some("a survey's id")),
    row(BlockName::FollowUp, "follow-up", Some("a unit's id")),
    row(BlockName::DevelopmentByArea, "development-by-area", Some("a quality area's id")),
    row(BlockName::DevelopmentByUnit, "development-by-unit", Some("a unit's id")),
    row(BlockName::StrengthsByArea, "strengths-by-area", Some("a quality area's id")),
    row(BlockName::StrengthsByUnit, "strengths-by-unit", Some("a unit's id")),
];

impl BlockName {
    /// The block of this name.
    #[must_use]
    pub fn find(name: &str) -> Option<Self> {
        ROWS.iter().find(|row| row.name == name).map(|row| row.block)
    }

    /// As it is written in a chapter.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.row().name
    }

    /// What must follow the name ("a table's id"); none where it stands alone.
    #[must_use]
    pub fn wants(self) -> Option<&'static str> {
        self.row().wants
    }

    /// All names, in the order of the register.
    pub fn names() -> impl Iterator<Item = &'static str> + Clone {
        ROWS.iter().map(|row| row.name)
    }

    fn row(self) -> &'static Row {
        // A test holds that the rows stand in the order of the variants.
        ROWS.get(self as usize).unwrap_or(&ROWS[0])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_block_has_its_row_and_the_docs_have_every_block() {
        let docs = concat!(include_str!("../../docs/format.md"), include_str!("../../docs/kinds.md"));
        for (at, row) in ROWS.iter().enumerate() {
            assert_eq!(row.block as usize, at, "{}", row.name);
            assert_eq!(BlockName::find(row.name), Some(row.block));
            let end = if row.wants.is_some() { " " } else { " }}" };
            assert!(docs.contains(&format!("{{{{ {}{end}", row.name)), "the docs do not say what {} is", row.name);
        }
        assert_eq!(ROWS.len(), BlockName::StrengthsByUnit as usize + 1);
        assert_eq!(BlockName::find("tabel"), None);
    }
}
