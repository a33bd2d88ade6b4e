//! Small numbers of persons who stand in no table, and follow from one and a text: three women are 15 percent of twenty, and 36 with another unit are three
//! more than 33. Nothing of them can be hidden, so the text is told of.

use crate::check::Groups;
use crate::compute::mask::Quantity;
use crate::compute::statistics::Statistics;
use crate::diagnostic::{Code, Diagnostic, Said, Sink, say};
use crate::document::data::ColumnKind;
use crate::document::resolved::ResolvedDocument;
use crate::model::{Counting, Counts, Persons, Policy, Project};
use crate::value::{Exact, Value};

use super::super::decision::Decision;
use super::super::naming::name_of;
use super::super::network::Terms;
use super::super::quantities::Printed;
use super::names::{Column, Names};
use super::read::{Beside, Reading};
use super::surfaces::{self, Unit};
use super::texts::Texts;

/// Tells of what the text of a report gives away of such numbers.
pub fn tell_outside(
    project: &Project,
    (decision, truth): (&Decision, &Statistics),
    (document, texts, printed): (&ResolvedDocument, &Texts, &Printed),
    sink: &mut Sink,
) {
    let Some((policy, persons)) = project.policy.as_ref().and_then(|policy| Some((policy, policy.persons?))) else {
        return;
    };
    let language = project.report.language;
    let values = decision.quantities.network.values();
    let names = Names::new(project, truth, (&decision.quantities, None), language);
    let groups = Groups::new(&project.workspace.breakdowns, language);
    let reading = Reading { names: &names, groups: &groups, language, truth: &values, texts };
    let teller = Teller { project, policy, persons, decision, printed, values: &values, names: &names };
    let shares = teller.shares(truth);
    for unit in surfaces::units(project, document) {
        for found in reading.beside(&unit) {
            match found {
                Beside::Sum { scope, column, count, who, range } => {
                    let Some(sum) = teller.less(count, (scope, column)) else { continue };
                    let table = names.scopes[scope].id.clone();
                    let words = unit.text.get(range.clone()).unwrap_or_default().to_owned();
                    let message = say!(
                        "\u{201c}{words}\u{201d} tells of {who}, which stands in no row of `{table}`: {sum}",
                        words,
                        who = who.clone(),
                        table,
                        sum
                    );
                    let help = say!("leave the number out, or give {who} a row of its own: then it is protected", who);
                    teller.tell((&unit, &range), message, help, sink);
                }
                Beside::Base { line, count, range } => {
                    let own = shares.iter().filter(|share| share.line == line);
                    for share in own {
                        let Some(sum) = share.comes_to(count, persons) else { continue };
                        let words = unit.text.get(range.clone()).unwrap_or_default().to_owned();
                        let message = say!(
                            "\u{201c}{words}\u{201d} tells how many `{name}` is, fewer than {minimum} persons: {sum}",
                            words,
                            name = share.name.clone(),
                            minimum = persons.minimum,
                            sum
                        );
                        let help = say!(
                            "leave the percentage or the number out, or decide under `exceptions`, with a reason and a day, that it may be told"
                        );
                        teller.tell((&unit, &range), message, help, sink);
                    }
                }
            }
        }
    }
}

/// A typed percentage of persons of which no base stands among the findings.
struct Share {
    /// The line of the names that has it.
    line: usize,
    name: String,
    percent: Exact,
    decimals: u8,
}

impl Share {
    /// What it is of so many, where that is a small number and known within few values.
    fn comes_to(&self, count: i64, persons: Persons) -> Option<String> {
        let unit = 10_i64.checked_pow(self.decimals.into())?;
        let percent = self.percent.checked_mul(Exact::from(unit))?.to_i64()?;
        // So many are percent / unit of a hundred, within half of its last digit.
        let whole = 200_i64.checked_mul(unit)?;
        let least = percent.checked_mul(2)?.checked_sub(1)?.checked_mul(count)?;
        let most = percent.checked_mul(2)?.checked_add(1)?.checked_mul(count)?;
        let (least, most) = (least.div_euclid(whole) + i64::from(least.rem_euclid(whole) > 0), most.div_euclid(whole));
        let few = most - least + 1 < i64::from(persons.values_left);
        let is_small = least <= most && least > 0 && least < i64::from(persons.minimum);
        let told = if least == most { least.to_string() } else { format!("{least}–{most}") };
        let percent = self.percent.to_decimal(self.decimals, crate::value::Rounding::default());
        (few && is_small).then(|| format!("{percent} % · {count} = {told}"))
    }
}

struct Teller<'a> {
    project: &'a Project,
    policy: &'a Policy,
    persons: Persons,
    decision: &'a Decision,
    printed: &'a Printed,
    values: &'a [i64],
    names: &'a Names,
}

impl Teller<'_> {
    /// The percentages of persons that are printed, and are no part of what is hidden and decided on.
    fn shares(&self, truth: &Statistics) -> Vec<Share> {
        let breakdowns = &self.project.workspace.breakdowns;
        let counting = Counting::new(&self.project.findings);
        let mask = self.decision.mask();
        let mut out = Vec::new();
        let tables = self.project.findings.tables.iter().filter(|table| table.cross.is_none());
        for table in tables.filter(|table| counting.table(&table.id.value) == Counts::Persons) {
            let id = &table.id.value;
            let scope = self.names.scopes.iter().find(|scope| scope.id == *id);
            let (Some(computed), Some(scope)) = (truth.tables.get(id), scope) else { continue };
            for (row, line) in computed.rows.iter().zip(&scope.lines) {
                for (value, column) in row.values.iter().zip(&computed.columns) {
                    let (Value::Percent { value, decimals }, ColumnKind::Percent { .. }) = (value, &column.kind) else {
                        continue;
                    };
                    let cell = Quantity::Cell { table: id.clone(), row: row.id.clone(), column: column.id.clone() };
                    let name = name_of(&cell, breakdowns).to_string();
                    let is_known = self.decision.quantities.names.iter().any(|names| names.contains(&cell));
                    let is_decided = self.policy.exceptions.iter().any(|exception| exception.cell.value == name);
                    if self.printed.has(&cell) && !is_known && !is_decided && !mask.hides(&cell) {
                        out.push(Share { line: *line, name, percent: *value, decimals: *decimals });
                    }
                }
            }
        }
        out
    }

    /// What is left of a number without all of a column, where readers know that, it is small and not hidden: "36 − 9 − 8 − 16 = 3".
    fn less(&self, count: i64, (scope, column): (usize, Column)) -> Option<String> {
        let scope = &self.names.scopes[scope];
        let of = |line: usize| self.names.lines[line].value(column).cloned();
        let parts = scope.lines.iter().filter(|line| Some(**line) != scope.total);
        let parts: Option<Vec<Terms>> = parts.map(|line| of(*line)).collect();
        // The total itself, or the rows that readers add up.
        let all = [scope.total.and_then(of), parts.map(|parts| parts.concat())];
        let is_known = |at: usize| {
            let public = || self.decision.public.iter().any(|known| known.at == at);
            !self.decision.choice.hidden.contains(&at) && (self.decision.is_printed(at, self.printed) || public())
        };
        let known = all.into_iter().flatten().find(|terms| terms.iter().all(|(at, _)| is_known(*at)))?;
        let values: Vec<i64> = known.iter().map(|(at, factor)| factor * self.values[*at]).collect();
        let left = count - values.iter().sum::<i64>();
        let is_small = left > 0 && left < i64::from(self.persons.minimum);
        let parts: String = values.iter().map(|value| format!(" − {value}")).collect();
        is_small.then(|| format!("{count}{parts} = {left}"))
    }

    fn tell(&self, (unit, range): (&Unit, &std::ops::Range<usize>), message: Said, help: Said, sink: &mut Sink) {
        let severity = self.project.report.status.severity();
        // What was not written anywhere is made of what is told of where it stands.
        let Some(span) = unit.span(range) else { return };
        sink.push(Diagnostic::new(severity, Code::DISCLOSURE_TYPED, message).at(span).help(help));
    }
}
