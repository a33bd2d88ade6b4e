//! How a figure or table came about, step by step down to what was typed: for `belagg explain`, the preview and editors alike.

use std::collections::BTreeSet;

use super::{Facts, Step};
use crate::document::resolved::plain_text;
use crate::source::Span;

/// One step of a chain.
#[derive(Debug, Clone)]
pub struct Link {
    pub step: Step,
    /// How many steps lead to it.
    pub depth: usize,
    /// It is told further up, with all that it was made of.
    pub again: bool,
    /// Label or caption.
    pub label: String,
    /// None of a table.
    pub value: Option<String>,
    /// How it was made, and the rows that it was counted from.
    pub how: Vec<String>,
    pub span: Span,
}

impl Link {
    #[must_use]
    pub fn id(&self) -> &str {
        match &self.step {
            Step::Figure(id) | Step::Table(id) => id,
        }
    }

    /// "cases: reviewed cases = 40"
    #[must_use]
    pub fn line(&self) -> String {
        let value = self.value.as_ref().map(|value| format!(" = {value}")).unwrap_or_default();
        format!("{}: {}{value}", self.id(), self.label)
    }
}

/// The steps of a chain, each after those that it is a part of. They are made one by one: a chain may be of any length.
pub struct Chain<'a> {
    facts: Facts<'a>,
    open: Vec<(Step, usize)>,
    /// A figure that is used twice is told once.
    told: BTreeSet<Step>,
}

impl<'a> Facts<'a> {
    /// How a figure came about, or else a table of this id.
    #[must_use]
    pub fn chain(self, id: &str) -> Chain<'a> {
        let step = if self.statistics.figures.contains_key(id) { Step::Figure } else { Step::Table };
        self.chain_from(step(id.to_owned()))
    }

    #[must_use]
    pub fn chain_from(self, step: Step) -> Chain<'a> {
        Chain { facts: self, open: vec![(step, 0)], told: BTreeSet::new() }
    }
}

impl Iterator for Chain<'_> {
    type Item = Link;

    fn next(&mut self) -> Option<Link> {
        loop {
            let (step, depth) = self.open.pop()?;
            if let Some((mut link, made_of)) = link(self.facts, step, depth) {
                link.again = !self.told.insert(link.step.clone());
                if link.again {
                    link.how.clear();
                } else {
                    self.open.extend(made_of.into_iter().rev().map(|step| (step, depth + 1)));
                }
                return Some(link);
            }
        }
    }
}

/// A step with what it was made of; none where nothing is known of it.
fn link(facts: Facts<'_>, step: Step, depth: usize) -> Option<(Link, Vec<Step>)> {
    let (label, value, how, span, made_of) = match &step {
        Step::Figure(id) => {
            let figure = facts.statistics.figures.get(id)?;
            let formula = plain_text(&facts.formula(figure, &|_| None));
            let how = std::iter::once(formula).chain(facts.rows_behind(figure)).collect();
            (facts.label(figure), Some(facts.value(figure)), how, facts.span(figure), facts.steps(figure))
        }
        Step::Table(id) => {
            let (findings, local) = facts.project.findings_of(id);
            let table = findings.tables.iter().find(|table| table.id.value == local)?;
            let behind = facts.tables_behind(id).into_iter().map(Step::Table).collect();
            (facts.words(&table.caption), None, facts.table(id).into_iter().collect(), table.id.span, behind)
        }
    };
    Some((Link { step, depth, again: false, label, value, how, span }, made_of))
}
