//! What kinds of document ask for. A draft is reminded of what it lacks; what is published is stopped by that alone without which it would be wrong. A report
//! that does without something says why: `without`.

use crate::diagnostic::{Code, Diagnostic, Said, Severity};
use crate::register::register;

register! {
    /// Something that a kind of document asks for. Keys of the imprint stand first, by their own names.
    Demand {
        /// The name under `without` in `report.yaml`.
        name,
        code: Code,
        /// How grave it is to publish without it.
        weight: Severity,
        /// What is asked for, for the manual.
        is: &'static str,
    }
    Reference = "reference", Code::DEMAND, Severity::Warning, "`reference` in the imprint: the reference number";
    Subject = "subject", Code::DEMAND, Severity::Warning, "`subject` in the imprint: what a letter is about";
    CommissionedBy = "commissioned-by", Code::DEMAND, Severity::Warning, "`commissioned-by` in the imprint: on whose commission";
    Author = "author", Code::DEMAND, Severity::Warning, "`author` in the imprint: who wrote it";
    From = "from", Code::DEMAND, Severity::Warning, "`from` in the imprint: who sends a letter";
    To = "to", Code::DEMAND, Severity::Warning, "`to` in the imprint: who a letter is for";
    Publisher = "publisher", Code::DEMAND, Severity::Error, "`publisher`, of the report or its workspace, or in the imprint: who stands behind it";
    Contact = "contact", Code::DEMAND, Severity::Warning, "`contact` in the imprint: whom to ask";
    Period = "period", Code::DEMAND, Severity::Warning, "`period` in the imprint: the first and the last day of what is reported on";
    Heading = "heading", Code::CHAPTER_HEADING, Severity::Warning, "a level 1 heading at the beginning of each chapter";
    Lead = "lead", Code::DEMAND, Severity::Warning, "a lead: `subtitle` in report.yaml";
    KeyFigures = "key-figures", Code::DEMAND, Severity::Info, "key figures: `{{ key-figures … }}`";
    Statement = "statement", Code::DEMAND, Severity::Info, "somebody's words: `{{ statement … }}`";
    Pages = "pages", Code::PAGE_LIMIT, Severity::Warning, "no more pages than are read in one sitting: two of a press release, one of a decision page";
    Questions = "questions", Code::QUESTION_UNANSWERED, Severity::Info, "the questions that are answered: `questions` in findings/ and `{{ question … }}`";
    Answers = "answers", Code::QUESTION_UNANSWERED, Severity::Error, "an answer to each question";
    SignOff = "sign-off", Code::DEMAND, Severity::Warning, "`sign-off` in report.yaml: who stands behind a letter";
    Day = "day", Code::DEMAND, Severity::Warning, "a `date` with its day";
    Deliverables = "deliverables", Code::OUTCOME_MISSING, Severity::Error, "`deliverables` in findings/: what was planned, and what became of it";
    Surveys = "surveys", Code::RESPONSE_MISSING, Severity::Error, "`surveys` in findings/: who was asked and who answered";
    FollowUp = "follow-up", Code::FOLLOW_UP, Severity::Error, "`follow-up` in findings/: what is followed up";
    Sentences = "sentences", Code::SENTENCE_LONG, Severity::Error, "sentences of at most 15 words";
    Numbers = "numbers", Code::SENTENCE_LONG, Severity::Warning, "at most eight numbers";
}

impl Demand {
    /// Whether a key of the imprint is asked for.
    #[must_use]
    pub fn is_of_imprint(self) -> bool {
        self < Self::Heading
    }

    /// That it is not met.
    pub fn unmet(self, message: impl Into<Said>) -> Diagnostic {
        Diagnostic::new(self.weight(), self.code(), message)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_of_the_imprint_stand_first() {
        for (name, demand) in Demand::WORDS {
            let key = *name == "period" || crate::model::ImprintKey::find(name).is_some();
            assert_eq!(demand.is_of_imprint(), key, "{name}");
        }
    }

    #[test]
    fn the_manual_has_every_demand_as_the_register_has_it() {
        let weight = |severity| match severity {
            Severity::Error => "an error",
            Severity::Warning => "a warning",
            Severity::Info => "a remark",
        };
        let rows = Demand::WORDS.iter().map(|(name, demand)| {
            format!("| `{name}` | {} | {} | {} |\n", demand.is(), weight(demand.weight()), demand.code())
        });
        let rows: String = rows.collect();
        assert!(include_str!("../../docs/kinds.md").contains(&rows), "docs/kinds.md is to have:\n{rows}");
    }
}
