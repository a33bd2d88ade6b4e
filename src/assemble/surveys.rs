//! Surveys: who was asked and answered, and what those who did not answer could have changed.

use crate::compute::statistics::{Computed, unknown_figure};
use crate::diagnostic::Code;
use crate::document::data::{self, ColumnKind, DataBlock, Label};
use crate::document::{Binding, BlockName, Inline};
use crate::model::Survey;
use crate::source::Spanned;
use crate::value::{Blank, Exact, Value};

use super::directives::{Expander, find};
use super::inline;

impl<'a> Expander<'a> {
    /// `{{ survey response }}`: population, sample, answers, response rate and non-response.
    pub(super) fn survey(&mut self, id: &Spanned<String>) -> Option<DataBlock> {
        let surveys = &self.project.findings.surveys;
        let survey = find(surveys, |s| &s.id, id, Code::BLOCK_UNKNOWN, "survey", self.sink)?;
        self.place(BlockName::Survey, &survey.id, id)?;
        let counted = |figure: &Spanned<String>| {
            vec![bound(figure, &[]), Inline::Text(" ".to_owned(), figure.span), bound(figure, &["label"])]
        };
        let mut items = vec![("survey_population", survey.population.span, counted(&survey.population))];
        items.push(match &survey.sample {
            Some(sample) => ("survey_sample", sample.span, counted(sample)),
            None => ("survey_sample", survey.id.span, self.word("survey_all_asked", survey.id.span)),
        });
        items.push(("survey_answered", survey.answered.span, counted(&survey.answered)));
        items.push(("survey_response", survey.id.span, vec![bound(&survey.id, &["percent"])]));
        items.push(("survey_non_response", survey.non_response.span, inline(&survey.non_response, self.sink)));
        let items = items.into_iter().map(|(key, span, text)| data::Definition { term: self.word(key, span), text });
        Some(DataBlock::Definitions(items.collect()))
    }

    /// `{{ survey-results response }}`: each question with its base, its share, and how low or high the share could be among all that
    /// were asked, had the others answered.
    pub(super) fn survey_results(&mut self, id: &Spanned<String>) -> Option<DataBlock> {
        let surveys = &self.project.findings.surveys;
        let survey = find(surveys, |s| &s.id, id, Code::BLOCK_UNKNOWN, "survey", self.sink)?;
        self.place(BlockName::SurveyResults, &survey.id, id)?;
        let asked = self.figure(survey.sample.as_ref().unwrap_or(&survey.population));
        let answered = self.figure(&survey.answered);
        let questions: Vec<(&Spanned<String>, Option<&Computed>)> =
            survey.questions.iter().map(|question| (question, self.figure(question))).collect();
        let (asked, answered) = (asked?, answered?);
        let columns = [
            ("base", "survey_base", ColumnKind::Count),
            ("share", "survey_share", ColumnKind::Percent { decimals: 0 }),
            ("lowest", "survey_lowest", ColumnKind::Percent { decimals: 0 }),
            ("highest", "survey_highest", ColumnKind::Percent { decimals: 0 }),
        ]
        .map(|(id, label, kind)| data::Column {
            id: id.to_owned(),
            label: Label::Word(label),
            group: None,
            kind,
            of: None,
            total: false,
        });
        let mut rows = Vec::new();
        for (question, figure) in questions {
            let Some(figure) = figure else { continue };
            let base = figure.base.as_ref().and_then(|base| self.statistics.figures.get(base)).unwrap_or(answered);
            rows.push(data::Row {
                id: question.value.clone(),
                label: Label::Own(inline(&figure.label, self.sink)),
                values: result(figure, base, asked),
                total: false,
            });
        }
        Some(DataBlock::Table(data::Table {
            id: results_id(survey),
            caption: inline(&survey.caption, self.sink),
            stub: self.word("survey_question", survey.id.span),
            columns: columns.to_vec(),
            rows,
            notes: Vec::new(),
            note: survey.note.as_ref().map(|note| inline(note, self.sink)),
            source: survey.source.as_ref().map(|source| inline(source, self.sink)),
            span: survey.id.span,
        }))
    }

    /// A figure by its id; one that is not known is reported.
    fn figure(&mut self, id: &Spanned<String>) -> Option<&'a Computed> {
        let found = self.statistics.figures.get(&id.value);
        // A figure that is defined and could not be computed was reported where it is defined.
        if found.is_none() && !self.project.findings.figures.iter().any(|figure| figure.id.value == id.value) {
            self.sink.push(unknown_figure(id, self.statistics.figures.keys().map(String::as_str)));
        }
        found
    }
}

/// Id of the table of a survey's results.
fn results_id(survey: &Survey) -> String {
    format!("{}-results", survey.id.value)
}

/// Base, share, and the share among all asked if none or all of those who did not answer would have said yes.
fn result(figure: &Computed, base: &Computed, asked: &Computed) -> Vec<Value> {
    // What is protected in one of them would follow from the rest.
    let hidden = [figure, base, asked].iter().any(|figure| figure.total == Value::Blank(Blank::Suppressed));
    let unknown = || vec![Value::Blank(if hidden { Blank::Suppressed } else { Blank::NotAvailable }); 4];
    let (Some(n), Some(all)) = (base.total.number(), asked.total.number()) else { return unknown() };
    let hundred = Exact::from(100_i64);
    let share = match &figure.total {
        Value::Percent { value, .. } => Some(*value),
        Value::Count(count) => count.checked_mul(hundred).and_then(|count| count.checked_div(n)),
        _ => None,
    };
    let bounds = share.and_then(|share| {
        let yes = share.checked_mul(n)?;
        let silent = all.checked_sub(n)?.checked_mul(hundred)?;
        Some((share, yes.checked_div(all)?, yes.checked_add(silent)?.checked_div(all)?))
    });
    let Some((share, low, high)) = bounds else { return unknown() };
    let percent = |value| Value::Percent { value, decimals: 0 };
    vec![Value::Count(n), percent(share), percent(low), percent(high)]
}

fn bound(figure: &Spanned<String>, filter: &[&str]) -> Inline {
    let filters = if filter.is_empty() {
        Vec::new()
    } else {
        vec![filter.iter().map(|word| Spanned::new((*word).to_owned(), figure.span)).collect()]
    };
    Inline::Binding(Binding { path: figure.clone(), filters, span: figure.span })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compute::origin::How;
    use crate::source::{SourceMap, Span, Text};

    fn figure(total: Value) -> Computed {
        let span = Span::new(SourceMap::default().add("x.yaml", ""), 0, 0);
        Computed::new(Text::new("x", span), total, How::Given, span)
    }

    #[test]
    fn those_who_did_not_answer_widen_the_result() {
        let count = |n: i64| figure(Value::Count(Exact::from(n)));
        let shares = |values: Vec<Value>| -> Vec<String> {
            values
                .iter()
                .map(|value| value.number().map_or_else(|| "-".to_owned(), |number| number.to_string()))
                .collect()
        };
        // 30 of 50 who answered, of 100 asked: between 30 and 80 of all.
        assert_eq!(shares(result(&count(30), &count(50), &count(100))), ["50", "60", "30", "80"]);
        let published = figure(Value::Percent { value: Exact::from(60_i64), decimals: 0 });
        assert_eq!(shares(result(&published, &count(50), &count(100))), ["50", "60", "30", "80"]);
        assert_eq!(shares(result(&count(30), &count(50), &count(50))), ["50", "60", "60", "60"], "all answered");
        assert_eq!(shares(result(&count(0), &count(0), &count(50))), ["-", "-", "-", "-"], "none answered");
    }
}
