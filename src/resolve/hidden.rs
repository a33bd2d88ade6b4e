//! What is told of a binding whose number the disclosure policy hides: which number it is, why it is hidden, and what could stand there instead.

use crate::compute::mask::{Quantity, Why};
use crate::compute::origin::How;
use crate::diagnostic::{Code, Diagnostic, Said, say};
use crate::source::Span;
use crate::value::{Blank, Group, Value};

use super::chosen::Chosen;
use super::filter::Form;
use super::{Facts, Resolver, Withheld};

/// So many figures are gone through to find the number that one is made of.
const MOST: usize = 100;

/// A number that a sentence would tell.
struct Found {
    quantity: Quantity,
    why: Why,
    /// It is the very number, and not one that the bound one is made of.
    itself: bool,
}

/// The numbers that a binding prints, without the base of a share and what it is compared with.
pub(super) fn asked_for(id: &str, chosen: &Chosen<'_>, form: &Form) -> Vec<Quantity> {
    match (chosen.column, &chosen.figure.how, form) {
        (Some((column, _)), How::Row { table, row }, _) => {
            vec![Quantity::Cell { table: table.clone(), row: row.clone(), column: column.clone() }]
        }
        (_, _, Form::By(breakdown)) => {
            chosen.figure.parts_by(*breakdown).map(|(group, _)| figure(id, Some(group))).collect()
        }
        _ => vec![figure(id, chosen.of)],
    }
}

pub(super) fn figure(id: &str, group: Option<Group>) -> Quantity {
    Quantity::Figure { id: id.to_owned(), group }
}

impl Facts<'_> {
    /// A number by the labels that readers see: "Norr, Kvinnor".
    #[must_use]
    pub fn words_of(&self, quantity: &Quantity) -> String {
        let (row, column) = match quantity {
            Quantity::Cell { table, row, column } => {
                let table = self.statistics.tables.get(table);
                let headed = |column: &str| {
                    let found = table?.columns.iter().find(|known| known.id == column)?;
                    let own = self.heading(&found.label);
                    Some(found.group.as_ref().map_or(own.clone(), |group| format!("{} {own}", self.words(group))))
                };
                let labelled = |row: &str| {
                    let found = table?.rows.iter().find(|known| known.id == row)?;
                    Some(self.heading(&found.label))
                };
                let total = || self.locale.label("total").to_owned();
                (labelled(row).unwrap_or_else(total), Some(headed(column).unwrap_or_else(total)))
            }
            Quantity::Figure { id, group } => {
                let named = self.statistics.figures.get(id).map(|figure| self.label(figure));
                (named.unwrap_or_else(|| id.clone()), group.map(|group| self.group_words(group)))
            }
        };
        column.map_or(row.clone(), |column| format!("{row}, {column}"))
    }

    fn group_words(&self, group: Group) -> String {
        self.locale.lower_first(self.locale.group(group))
    }
}

impl Resolver<'_> {
    /// A sentence around a number that the policy hides reads badly; in a draft it may wait.
    pub(super) fn hidden_number(&mut self, id: &str, chosen: &Chosen<'_>, form: &Form, span: Span) {
        let Some(policy) = &self.project.policy else { return };
        let minimum = policy.persons.map_or(0, |persons| persons.minimum);
        let found = self.found(id, chosen, form);
        let hidden = found.as_ref().map(|found| found.quantity.clone());
        let hidden = hidden.or_else(|| asked_for(id, chosen, form).into_iter().next());
        let message = match found {
            // That is told where it comes from, and all sentences would be told of with it.
            Some(Found { why: Why::Unmet, .. }) => return,
            None => say!("what this prints is hidden by the disclosure policy"),
            Some(found) => {
                let name = found.quantity.name(&self.project.workspace.breakdowns);
                let words = self.facts.words_of(&found.quantity);
                let why = self.because(&found.why, minimum);
                let is_share = matches!(form, Form::Percent { .. } | Form::Share { .. } | Form::Full(_));
                match (found.itself, is_share) {
                    (true, false) => {
                        say!("this sentence would print `{name}` ({words}), which is hidden: {why}", name, words, why)
                    }
                    (true, true) => {
                        say!("this share would tell `{name}` ({words}), which is hidden: {why}", name, words, why)
                    }
                    (false, _) => say!(
                        "this sentence would print a number made of `{name}` ({words}), which is hidden: {why}",
                        name,
                        words,
                        why
                    ),
                }
            }
        };
        let severity = self.project.report.status.severity();
        let mut diagnostic = Diagnostic::new(severity, Code::DISCLOSURE_BOUND, message)
        .at(span)
        .help(say!(
            "write the sentence without the number, and without words that tell how large it is, such as `a third` or `all but one`; `belagg disclose {report}` tells what else is hidden",
            report = self.project.report.id
        ));
        for (binding, words) in self.shown_instead(id, chosen, form) {
            diagnostic = diagnostic.help(say!("or bind what stays printed: `{binding}` ({words})", binding, words));
        }
        self.sink.push(diagnostic);
        self.withheld.extend(hidden.map(|hidden| Withheld { span, hidden, bound: id.to_owned() }));
    }

    /// Why a number is hidden.
    fn because(&self, why: &Why, minimum: u32) -> Said {
        match why {
            Why::Small => say!("it is smaller than {minimum}", minimum),
            Why::Dominated => say!("few have so much of it that one of them could work out what another has"),
            Why::Single => say!("it tells what one of those has that it is computed of"),
            Why::Whole => say!("it would tell of each one of its group"),
            Why::Kept => say!("`keep-hidden` keeps it hidden"),
            Why::For(other) => {
                let (name, words) = (other.name(&self.project.workspace.breakdowns), self.facts.words_of(other));
                say!("it would give away `{name}` ({words})", name, words)
            }
            Why::Computed | Why::Unmet => say!("it is computed of too few persons, or of a number that is hidden"),
        }
    }

    /// The number that a binding asks for where it is hidden, or else the first hidden one of those that it is made of.
    fn found(&self, id: &str, chosen: &Chosen<'_>, form: &Form) -> Option<Found> {
        let statistics = self.facts.statistics;
        let hidden = |quantity: Quantity| statistics.hidden.get(&quantity).cloned().map(|why| (quantity, why));
        let of = |id: &str, group| hidden(figure(id, group));
        if let Some((quantity, why)) = asked_for(id, chosen, form).into_iter().find_map(hidden) {
            return Some(Found { quantity, why, itself: true });
        }
        let mut open: Vec<String> = vec![id.to_owned()];
        for at in 0..MOST {
            let next = open.get(at)?.clone();
            let Some(figure) = statistics.figures.get(&next) else { continue };
            let cells = match &figure.how {
                How::Cell { table, row, column } => {
                    let row = row.clone().unwrap_or_else(|| "total".to_owned());
                    let column = column.clone().unwrap_or_else(|| "total".to_owned());
                    hidden(Quantity::Cell { table: table.clone(), row, column })
                }
                How::Extreme { table, .. } => statistics
                    .hidden
                    .iter()
                    .find(|(quantity, _)| matches!(quantity, Quantity::Cell { table: of, .. } if of == table))
                    .map(|(quantity, why)| (quantity.clone(), why.clone())),
                _ => None,
            };
            let found = cells.or_else(|| of(&next, chosen.of)).or_else(|| of(&next, None));
            if let Some((quantity, why)) = found {
                return Some(Found { quantity, why, itself: false });
            }
            let made_of = figure.how.figures().into_iter().map(str::to_owned).chain(figure.base.clone());
            let new: Vec<String> = made_of.filter(|id| !open.contains(id)).collect();
            open.extend(new);
        }
        None
    }

    /// Bindings of larger groups that print the like: all together, or the total of the table.
    fn shown_instead(&self, id: &str, chosen: &Chosen<'_>, form: &Form) -> Vec<(String, String)> {
        let statistics = self.facts.statistics;
        let group = chosen.of.map(|group| self.project.workspace.breakdowns.id(group).to_owned());
        let filter = match form {
            Form::Percent { .. } => " | percent",
            _ => "",
        };
        let is_shown = |id: &str, group: Option<Group>| {
            let Some(figure) = statistics.figures.get(id) else { return false };
            let tells = |value: Option<&Value>| {
                value.is_some_and(|value| !matches!(value, Value::Blank(Blank::Suppressed | Blank::NotApplicable)))
            };
            let base = figure.base.as_ref().and_then(|base| statistics.figures.get(base));
            let shares = filter.is_empty() || base.is_some_and(|base| tells(base.value(group)));
            tells(figure.value(group)) && shares
        };
        let mut out = Vec::new();
        if chosen.column.is_none() && chosen.of.is_some() && is_shown(id, None) {
            let words = self.facts.words_of(&figure(id, None));
            out.push((format!("{{{{ {id}{filter} }}}}"), words));
        }
        if let (How::Row { table, row }, None) = (&chosen.figure.how, chosen.column)
            && row != "total"
        {
            let total = format!("{table}.total");
            if is_shown(&total, chosen.of) {
                let group = group.map(|group| format!(" | {group}")).unwrap_or_default();
                let words = self.facts.words_of(&figure(&total, chosen.of));
                out.push((format!("{{{{ {total}{group}{filter} }}}}"), words));
            }
        }
        out
    }
}
