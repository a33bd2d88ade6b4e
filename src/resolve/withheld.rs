//! The words of a protected value in running text: "ett skyddat antal", with a capital letter where they begin a sentence.

use crate::compute::origin::How;
use crate::compute::statistics::{Computed, Statistics};
use crate::document::data::ColumnKind;
use crate::document::resolved::Inline;
use crate::locale::Locale;
use crate::model::Statistic;
use crate::value::{Blank, Value};

use super::Resolver;
use super::chosen::Chosen;
use super::filter::Form;

/// So many figures are gone through to see what a sum is counted in.
const MOST: usize = 100;

const PROTECTED: Value = Value::Blank(Blank::Suppressed);

impl Resolver<'_> {
    /// Whether words stand for a number that is protected.
    pub(super) fn is_withheld(&self, chosen: &Chosen<'_>, form: &Form) -> bool {
        match form {
            Form::Label => false,
            Form::Name => chosen.figure.total == PROTECTED,
            Form::By(breakdown) => {
                let first = chosen.figure.parts_by(*breakdown).next();
                chosen.figure.total == PROTECTED && !self.tells_a_group(chosen, form)
                    || first.is_some_and(|(_, value)| *value == PROTECTED)
            }
            Form::Percent { .. } | Form::Share { .. } | Form::Full(_) => {
                chosen.value() == Some(&PROTECTED) || self.base_is_withheld(chosen)
            }
            _ => chosen.value() == Some(&PROTECTED),
        }
    }

    /// Whether the number of one group is told, though that of all is not.
    pub(super) fn tells_a_group(&self, chosen: &Chosen<'_>, form: &Form) -> bool {
        let Form::By(breakdown) = form else { return false };
        chosen.figure.total == PROTECTED && chosen.figure.parts_by(*breakdown).any(|(_, value)| *value != PROTECTED)
    }

    /// Whether the whole that a figure is a share of is protected: what is said of its share would tell it.
    pub(super) fn base_is_withheld(&self, chosen: &Chosen<'_>) -> bool {
        let figures = &self.facts.statistics.figures;
        let is_protected = |id: &String| figures.get(id).and_then(|base| base.value(chosen.of)) == Some(&PROTECTED);
        let counted = !matches!(chosen.value(), Some(Value::Percent { .. }));
        counted && chosen.figure.base.as_ref().is_some_and(is_protected)
    }

    /// What a sentence says in the place of a protected value: that there is a number, a share or another figure which is not told.
    pub(super) fn withheld(&self, chosen: &Chosen<'_>, form: &Form) -> String {
        let key = match form {
            Form::Compared(_) => "withheld_comparison",
            Form::Percent { .. } => "withheld_share",
            Form::Number => {
                match measured(self.facts.statistics, chosen.figure, chosen.column.map(|(id, _)| id.as_str())) {
                    Measured::Number => "withheld_number",
                    Measured::Share => "withheld_share",
                    Measured::Other => "withheld_figure",
                }
            }
            _ => "withheld_number",
        };
        self.locale.label(key).to_owned()
    }
}

enum Measured {
    Number,
    Share,
    Other,
}

/// What a figure is, by how it was made: its value does not say.
fn measured(statistics: &Statistics, figure: &Computed, column: Option<&str>) -> Measured {
    let mut figure = figure;
    for _ in 0..MOST {
        let next = match &figure.how {
            How::Tally | How::ByGroup => return Measured::Number,
            How::Share { .. } | How::Published => return Measured::Share,
            How::Rows(counted) if counted.statistic == Statistic::Count => return Measured::Number,
            How::Row { table, .. } => return of_column(statistics, table, column),
            How::Cell { table, column, .. } => return of_column(statistics, table, column.as_deref()),
            How::Extreme { table, column, .. } => return of_column(statistics, table, Some(column)),
            How::Sum(ids) | How::Difference(ids) => ids.first(),
            _ => None,
        };
        match next.and_then(|id| statistics.figures.get(id)) {
            Some(part) => figure = part,
            None if figure.base.is_some() => return Measured::Number,
            None => return Measured::Other,
        }
    }
    Measured::Other
}

/// What a column holds; of the total of a row, what all of them hold.
fn of_column(statistics: &Statistics, table: &str, column: Option<&str>) -> Measured {
    let columns = statistics.tables.get(table).map(|table| table.columns.as_slice()).unwrap_or_default();
    let own = columns.iter().filter(|known| column.is_none_or(|id| id == known.id));
    let mut kinds = own.map(|column| &column.kind).filter(|kind| !matches!(kind, ColumnKind::Text));
    match kinds.next() {
        Some(ColumnKind::Count) if kinds.all(|kind| matches!(kind, ColumnKind::Count)) => Measured::Number,
        Some(ColumnKind::Percent { .. }) => Measured::Share,
        _ => Measured::Other,
    }
}

/// The words with a capital letter, also behind a bracket.
pub(super) fn capital(locale: &Locale, words: &str) -> String {
    match words.strip_prefix('[') {
        Some(rest) => format!("[{}", locale.capitalise(rest)),
        None => locale.capitalise(words),
    }
}

/// Whether a sentence begins behind inlines; none where there are no words. Marks of notes stand behind the full stop.
pub(super) fn begins_sentence(before: &[Inline]) -> Option<bool> {
    let mut apart = false;
    for inline in before.iter().rev() {
        match inline {
            Inline::Text { text, .. } => {
                let words = text.trim_end();
                apart |= words.len() < text.len();
                if !words.is_empty() {
                    return Some(apart && ends_sentence(words));
                }
            }
            Inline::Note { .. } => {}
            _ => return Some(false),
        }
    }
    (!before.is_empty()).then_some(false)
}

/// Whether words end with the end of a sentence, and not with "t.ex." or "s.".
fn ends_sentence(words: &str) -> bool {
    let last = words.rsplit(char::is_whitespace).next().unwrap_or_default();
    let name = last.strip_suffix('.').unwrap_or(last);
    let abbreviated =
        last.ends_with('.') && (name.contains('.') || name.chars().filter(|c| c.is_alphabetic()).count() == 1);
    last.ends_with(['.', '!', '?']) && !abbreviated
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_begin_behind_full_stops_and_not_behind_abbreviations() {
        let after = |words: &str| begins_sentence(&[Inline::text(words)]);
        assert_eq!(["Slut. ", "Slut! ", "Vad? "].map(after), [Some(true); 3]);
        assert_eq!(["Slut.", "av ", "t.ex. ", "se s. ", "", "Slut, "].map(after), [Some(false); 6]);
        assert_eq!(begins_sentence(&[]), None);
        let note =
            Inline::Note { number: 1, anchor: String::new(), reference: String::new(), first: true, cited: false };
        assert_eq!(begins_sentence(&[Inline::text("Slut."), note, Inline::text(" ")]), Some(true));
    }
}
