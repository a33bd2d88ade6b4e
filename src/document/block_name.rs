//! The register of blocks that are asked for by a binding alone in its paragraph: `{{ table diagnoses }}`. Markdown, the assembling, messages, `belagg
//! explain TXT003` and the table in docs/format.md go by it. A new one is a row, and an arm where it is assembled.

use crate::register::register;

register! {
    /// A block that a chapter can ask for.
    BlockName {
        /// As it is written in a chapter.
        name,
        /// What must follow the name ("a table's id"); none where it stands alone.
        wants: Option<&'static str>,
        /// What it prints, and what that is made of.
        prints: &'static str,
    }
    Table = "table", Some("a table's id"), "the table, numbered where it stands";
    Chart = "chart", Some("a chart's id"), "the chart, numbered where it stands";
    Strengths = "strengths", Some("a unit's id"), "the unit's strengths, of `assessments`";
    Development = "development", Some("a unit's id"), "the unit's development areas, of `assessments`";
    Statement = "statement", Some("a statement's id"), "the statement, of `statements`";
    Definitions = "definitions", None, "a list of all `definitions`";
    Terms = "terms", None, "a list of the `terms` of report.yaml";
    QualityAreas = "quality-areas", None, "a list of the `quality-areas`";
    Process = "process", Some("a process's id"), "the steps of one of `processes`";
    Disclosure = "disclosure", None, "how small numbers of persons are protected, for a chapter on method";
    References = "references", None, "the bibliography: what the report cites";
    Timeline = "timeline", Some("an id"), "one of `timelines`, in the order of its dates";
    Deliverables = "deliverables", Some("an id"), "one of `deliverables`, as a numbered table (`[](#table-plan)` of `plan`)";
    Examples = "examples", Some("an id"), "the examples of one area, as a list";
    ExampleTable = "example-table", Some("an id"), "one of `examples`, as a numbered table";
    KeyFigures = "key-figures", Some("an id"), "one of `key-figures`";
    Question = "question", Some("an id"), "one of `questions` (`[](#question-trust)` of `trust`, `[](#question-trust-measures)` of its part)";
    Proposals = "proposals", None, "all `proposals`, each problem beside its proposal";
    Picture = "picture", Some("an id"), "one of `pictures`";
    Downloads = "downloads", None, "all `downloads`";
    Survey = "survey", Some("a survey's id"), "one of `surveys`: who was asked and who answered";
    SurveyResults = "survey-results", Some("a survey's id"), "its results, as a numbered table (`[](#table-response-results)` of `response`)";
    FollowUp = "follow-up", Some("a unit's id"), "the unit's development areas in a follow-up, with status, measures and evidence";
    DevelopmentByArea = "development-by-area", Some("a quality area's id"), "in an annual report: its development areas, unit by unit (`none`: those in no area)";
    DevelopmentByUnit = "development-by-unit", Some("a unit's id"), "in an annual report: the unit's development areas, by quality area";
    StrengthsByArea = "strengths-by-area", Some("a quality area's id"), "in an annual report: its strengths, unit by unit (`none`: those in no area)";
    StrengthsByUnit = "strengths-by-unit", Some("a unit's id"), "in an annual report: the unit's strengths, by quality area";
}

impl BlockName {
    /// How it is written, a mark in the place of what must follow the name.
    #[must_use]
    pub fn written(self) -> String {
        format!("{}{}", self.name(), if self.wants().is_some() { " …" } else { "" })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_manual_has_every_block_as_the_register_has_it() {
        let rows = BlockName::WORDS.iter().map(|(_, block)| {
            format!("| `{{{{ {} }}}}` | {} | {} |\n", block.written(), block.wants().unwrap_or("–"), block.prints())
        });
        let rows: String = rows.collect();
        assert!(include_str!("../../docs/format.md").contains(&rows), "docs/format.md is to have:\n{rows}");
        assert_eq!(BlockName::find("tabel"), None);
    }
}
