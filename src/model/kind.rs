//! The register of kinds of document. What a kind demands stands in `assemble`, what `belagg new` writes for it in `cli/starter`; the compiler asks
//! for both. The table in docs/kinds.md is printed from the rows.

use crate::register::register;

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
    /// A kind of document. Those that are made from a report stand last.
    DocumentKind {
        /// The name in `report.yaml`.
        name,
        /// Key of the name for readers in the locale files.
        label: &'static str,
        /// Name of its pair of templates: `templates/pdf/<template>.typ` and `templates/html/<template>.html`.
        template: &'static str,
        /// Chapters and sections have numbers.
        numbered: bool,
        /// How many pages its PDF may have.
        pages: Option<usize>,
        role: Role,
        /// The key of `report.yaml` that has it made from a report, where it is not written by hand.
        made_by: Option<&'static str>,
        /// Keys that its imprint must have.
        imprint: &'static [&'static str],
        /// What it is, for the manual.
        is: &'static str,
        /// What it demands besides its imprint, for the manual.
        demands: &'static str,
    }
    Report = "report", "kind_report", "report", true, None, Role::Investigates, None,
        &["publisher", "contact"],
        "a plain report with cover, contents and chapters; `kind-label` gives it another word", "";
    InspectionReport = "inspection-report", "kind_inspection_report", "report", true, None, Role::Investigates, None,
        &["reference", "publisher", "contact"],
        "a report with cover, contents and chapters", "";
    FinalProjectReport = "final-project-report", "kind_final_project_report", "report", true, None, Role::Investigates, None,
        &["commissioned-by", "author", "publisher", "contact", "period"],
        "the same, on a commission", "`deliverables`: each with an outcome, and a reason where it falls short";
    SurveyReport = "survey-report", "kind_survey_report", "report", true, None, Role::Investigates, None,
        &["publisher", "contact"],
        "the same, on a survey", "`surveys`: who was asked and answered, and what silence means";
    PressRelease = "press-release", "kind_press_release", "brief", false, Some(1), Role::Retells, None,
        &["publisher", "contact"],
        "one page", "a lead (`subtitle`), key figures and a statement";
    Reply = "reply", "kind_reply", "letter", false, None, Role::Retells, None,
        &["reference", "subject", "from", "to", "publisher"],
        "a letter with numbered questions", "an answer below each question; `sign-off`; a date with its day";
    Article = "article", "kind_article", "brief", false, None, Role::Retells, None,
        &["author", "publisher", "contact"],
        "a few pages without cover", "";
    FollowUp = "follow-up", "kind_follow_up", "report", true, None, Role::FollowsUp, None,
        &["reference", "publisher", "contact"],
        "a report on what became of another's development areas", "`follow-up`: an entry for each development area";
    AnnualReport = "annual-report", "kind_annual_report", "report", true, None, Role::Investigates, None,
        &["reference", "publisher", "contact"],
        "what several inspections have found, gathered", "`reports`: the inspections; every development area printed";
    EasyRead = "easy-read", "kind_easy_read", "easy-read", false, None, Role::Retells, None,
        &["publisher", "contact"],
        "a companion in large type", "sentences of at most 15 words, at most 8 numbers";
    UnitExtract = "unit-extract", "kind_unit_extract", "brief", false, None, Role::Retells, Some("extracts"),
        &[],
        "what a report says of one unit", "";
    DecisionPage = "decision-page", "kind_decision_page", "brief", false, Some(1), Role::Retells, Some("decision-page"),
        &[],
        "a page for a committee", "`decision` in findings/";
}

impl DocumentKind {
    /// The names of those that are written by hand.
    pub const WRITTEN: &'static [&'static str] = {
        let mut written = 0;
        while Self::WORDS[written].1.made_by().is_none() {
            written += 1;
        }
        Self::NAMES.split_at(written).0
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_manual_has_every_kind_as_the_register_has_it() {
        let rows = DocumentKind::WORDS.iter().map(|(name, kind)| {
            let made = kind.made_by().map(|key| format!(", made by `{key}` in report.yaml")).unwrap_or_default();
            format!("| `{name}` | {}{made} | {} | {} |\n", kind.is(), kind.imprint().join(", "), kind.demands())
        });
        let rows: String = rows.collect();
        assert!(include_str!("../../docs/kinds.md").contains(&rows), "docs/kinds.md is to have:\n{rows}");
    }

    #[test]
    fn what_is_made_stands_last() {
        let written = DocumentKind::WORDS.iter().filter(|(_, kind)| kind.made_by().is_none()).count();
        assert_eq!((written, DocumentKind::WRITTEN.last()), (DocumentKind::WRITTEN.len(), Some(&"easy-read")));
    }
}
