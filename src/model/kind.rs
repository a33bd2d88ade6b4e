//! The register of kinds of document. Whether what a kind asks for is there is seen in `assemble`, what `belagg new` writes for it stands in `begin/starter`; the
//! compiler asks for both. The table in docs/kinds.md is printed from the rows.

use crate::register::register;

use super::demand::Demand::{
    self, Answers, Author, CommissionedBy, Contact, Day, Deliverables, From, Heading, KeyFigures, Lead, Numbers, Pages,
    Period, Publisher, Questions, Reference, Sentences, SignOff, Statement, Subject, Surveys, To,
};

/// Whose findings a kind tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Its own: two of them count two things, even in the same words.
    Investigates,
    /// What another report has found and done since.
    FollowsUp,
    /// Those of other reports; it counts nothing itself.
    Retells,
}

register! {
    /// A kind of document. The one that is only made from a report stands last.
    DocumentKind {
        /// The name in `report.yaml`.
        name,
        /// Key of the name for readers in the locale files.
        label: &'static str,
        /// Name of its pair of templates: `templates/pdf/<template>.typ` and `templates/html/<template>.html`.
        template: &'static str,
        /// Chapters and sections have numbers.
        numbered: bool,
        /// How many pages its PDF has at most.
        pages: Option<usize>,
        role: Role,
        /// The key of `report.yaml` that has it made from a report.
        made_by: Option<&'static str>,
        /// What it asks for.
        demands: &'static [Demand],
        /// What it is: in the manual, and where an author chooses.
        is: &'static str,
    }
    Report = "report", "kind_report", "report", true, None, Role::Investigates, None,
        &[Publisher, Contact, Heading],
        "a plain report with cover, contents and chapters";
    Statistics = "statistics", "kind_statistics", "report", true, None, Role::Investigates, None,
        &[Publisher, Contact, Heading],
        "a report on statistics that come again and again";
    InspectionReport = "inspection-report", "kind_inspection_report", "report", true, None, Role::Investigates, None,
        &[Reference, Publisher, Contact, Heading],
        "a report on an inspection";
    FinalProjectReport = "final-project-report", "kind_final_project_report", "report", true, None, Role::Investigates, None,
        &[CommissionedBy, Author, Publisher, Contact, Period, Heading, Deliverables],
        "a report on what a commission has delivered";
    SurveyReport = "survey-report", "kind_survey_report", "report", true, None, Role::Investigates, None,
        &[Publisher, Contact, Heading, Surveys],
        "a report on a survey";
    PressRelease = "press-release", "kind_press_release", "brief", false, Some(2), Role::Retells, None,
        &[Publisher, Contact, Lead, KeyFigures, Statement, Pages],
        "one page or two, without cover";
    Reply = "reply", "kind_reply", "letter", false, None, Role::Retells, None,
        &[Reference, Subject, From, To, Publisher, Questions, Answers, SignOff, Day],
        "a letter with numbered questions";
    Article = "article", "kind_article", "brief", false, None, Role::Retells, None,
        &[Author, Publisher, Contact],
        "a few pages without cover";
    FollowUp = "follow-up", "kind_follow_up", "report", true, None, Role::FollowsUp, None,
        &[Reference, Publisher, Contact, Heading, Demand::FollowUp],
        "a report on what became of another's development areas: an entry for each of them";
    AnnualReport = "annual-report", "kind_annual_report", "report", true, None, Role::Investigates, None,
        &[Reference, Publisher, Contact, Heading],
        "what several inspections have found, gathered from `reports`: every development area is printed";
    EasyRead = "easy-read", "kind_easy_read", "easy-read", false, None, Role::Retells, None,
        &[Publisher, Contact, Sentences, Numbers],
        "a companion of another report, in large type";
    DecisionPage = "decision-page", "kind_decision_page", "brief", false, Some(1), Role::Retells, Some("decision-page"),
        &[Publisher, Pages],
        "a page for a committee: written by itself, or made from a report whose findings/ have a `decision`";
    UnitExtract = "unit-extract", "kind_unit_extract", "brief", false, None, Role::Retells, Some("extracts"),
        &[],
        "what a report says of one unit";
}

impl DocumentKind {
    /// The names of those that can be written by hand.
    pub const WRITTEN: &'static [&'static str] = Self::NAMES.split_at(Self::NAMES.len() - 1).0;

    /// The keys that its imprint should have.
    #[must_use]
    pub fn imprint(self) -> Vec<&'static str> {
        self.demands().iter().filter(|demand| demand.is_of_imprint()).map(|demand| demand.name()).collect()
    }

    /// The kind of this name, where it can be written by hand.
    #[must_use]
    pub fn written(name: &str) -> Option<Self> {
        Self::find(name).filter(|_| Self::WRITTEN.contains(&name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_manual_has_every_kind_as_the_register_has_it() {
        let rows = DocumentKind::WORDS.iter().map(|(name, kind)| {
            let made = kind.made_by().map(|key| format!("; made by `{key}` in report.yaml")).unwrap_or_default();
            let demands: Vec<String> = kind.demands().iter().map(|demand| format!("`{}`", demand.name())).collect();
            format!("| `{name}` | {}{made} | {} |\n", kind.is(), demands.join(", "))
        });
        let rows: String = rows.collect();
        assert!(include_str!("../../docs/kinds.md").contains(&rows), "docs/kinds.md is to have:\n{rows}");
    }

    #[test]
    fn only_an_extract_cannot_be_written() {
        assert_eq!(DocumentKind::WORDS.last(), Some(&("unit-extract", DocumentKind::UnitExtract)));
    }

    #[test]
    fn a_kind_with_a_limit_of_pages_asks_for_it() {
        for (name, kind) in DocumentKind::WORDS {
            assert_eq!(kind.pages().is_some(), kind.demands().contains(&Pages), "{name}");
        }
    }
}
