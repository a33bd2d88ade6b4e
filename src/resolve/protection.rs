//! The account of how small numbers are protected, `{{ disclosure }}`, for a chapter on method. It is made of the policy and of what is printed, and
//! of nothing that is hidden.

use std::collections::BTreeSet;

use crate::compute::mask::{Quantity, Why};
use crate::compute::table::ComputedColumn;
use crate::document::data::{ColumnKind, DataBlock};
use crate::document::resolved::{Block, Definition, Inline};
use crate::document::visit::walk_blocks;
use crate::document::{Block as Written, Chapter};
use crate::model::{CellName, Counting, Counts, Exemption, Policy, WholeGroup, Zeros};
use crate::value::{Blank, Exact, Value};

use super::Resolver;

impl<'a> Resolver<'a> {
    /// The account, as terms with their texts. Without a policy the assembly refused it.
    pub(super) fn protection(&mut self) -> Option<Block> {
        let policy = self.project.policy.as_ref()?;
        let statistics = self.facts.statistics;
        let mut items = vec![self.definition("disclosure_what", vec![self.terms(policy)])];
        let blank = Blank::Suppressed;
        let mark = self.locale.fill(
            "disclosure_mark_text",
            &[
                ("mark", blank.mark()),
                ("legend", &self.locale.lower_first(self.locale.label(blank.label()))),
                ("number", self.locale.label("withheld_number")),
            ],
        );
        items.push(self.definition("disclosure_mark", vec![mark]));
        let (hidden, all) = self.counted();
        let number = |count: usize| self.locale.number(&Exact::from(count as u64), 0);
        let mut extent = match (hidden, all) {
            (_, 0) if policy.persons.is_none() && policy.amounts.is_some() => Vec::new(),
            (_, 0) => vec![self.locale.label("disclosure_extent_none").to_owned()],
            (0, _) if !statistics.hidden.is_empty() => {
                vec![self.locale.fill("disclosure_extent_elsewhere", &[("all", &number(all))])]
            }
            (0, _) => vec![self.locale.fill("disclosure_extent_all", &[("all", &number(all))])],
            _ => {
                vec![self.locale.fill("disclosure_extent_some", &[("hidden", &number(hidden)), ("all", &number(all))])]
            }
        };
        if let (Some(_), (hidden, all @ 1..)) = (policy.amounts, self.counted_amounts()) {
            let counts = [("hidden", number(hidden)), ("all", number(all))];
            let counts = counts.each_ref().map(|(key, count)| (*key, count.as_str()));
            extent.push(self.locale.fill("disclosure_extent_amounts", &counts));
        }
        extent.push(self.locale.label("disclosure_merged").to_owned());
        items.push(self.definition("disclosure_extent", extent));
        let unmet = statistics.hidden.values().any(|why| *why == Why::Unmet);
        let is_of_amounts = |why: &Why| matches!(why, Why::Dominated);
        let of_amounts = policy.amounts.is_some() && statistics.hidden.values().any(is_of_amounts);
        let of_persons = |why: &Why| !matches!(why, Why::Dominated | Why::Single | Why::For(_));
        let of_persons = statistics.hidden.values().any(of_persons) || !of_amounts && !statistics.hidden.is_empty();
        if (policy.persons.is_some() && of_persons || of_amounts) && !unmet {
            let mut told = Vec::new();
            if let Some(persons) = policy.persons.filter(|_| of_persons) {
                let values = number(persons.values_left as usize);
                told.push(self.locale.fill("disclosure_proof_text", &[("values", &values)]));
            }
            if of_amounts {
                told.push(self.locale.label("disclosure_proof_amounts").to_owned());
            }
            if !self.project.published.is_empty() {
                told.push(self.locale.label("disclosure_proof_before").to_owned());
            }
            items.push(self.definition("disclosure_proof", told));
        }
        if !self.project.published.is_empty() {
            let versions = self.locale.list(&self.project.published);
            let key =
                if self.project.published.len() == 1 { "disclosure_before_one" } else { "disclosure_before_text" };
            let told = self.locale.fill(key, &[("versions", &versions)]);
            items.push(self.definition("disclosure_before", vec![told]));
        }
        let exceptions: Vec<Vec<Block>> =
            policy.exceptions.iter().filter_map(|exception| self.exception(exception)).collect();
        if !exceptions.is_empty() {
            let mut item = self
                .definition("disclosure_exceptions", vec![self.locale.label("disclosure_exceptions_text").to_owned()]);
            item.descriptions[0].push(Block::List { ordered: false, start: 1, items: exceptions });
            items.push(item);
        }
        Some(Block::Definitions { items })
    }

    fn definition(&self, term: &str, paragraphs: Vec<String>) -> Definition {
        let paragraphs = paragraphs
            .into_iter()
            .map(|words| Block::Paragraph { passage: String::new(), content: vec![Inline::text(words)] });
        Definition {
            passage: String::new(),
            term: vec![Inline::text(self.locale.label(term).to_owned())],
            descriptions: vec![paragraphs.collect()],
        }
    }

    /// What the policy does not show.
    fn terms(&self, policy: &Policy) -> String {
        let mut out: Vec<String> = Vec::new();
        if let Some(persons) = policy.persons {
            let minimum = self.locale.number(&Exact::from(u64::from(persons.minimum)), 0);
            out.push(self.locale.fill("disclosure_terms_minimum", &[("minimum", &minimum)]));
            out.push(self.word(match persons.zeros {
                Zeros::Shown => "disclosure_terms_zeros_shown",
                Zeros::Hidden => "disclosure_terms_zeros_hidden",
            }));
        }
        if let Some(amounts) = policy.amounts {
            let percent = self.locale.number(&Exact::from(u64::from(amounts.p_percent)), 0);
            out.push(self.locale.fill("disclosure_terms_amounts", &[("percent", &percent)]));
        }
        match policy.whole_group {
            Some(WholeGroup::Hide) => out.push(self.word("disclosure_terms_whole_hidden")),
            Some(WholeGroup::Ask) => out.push(self.word("disclosure_terms_whole_asked")),
            Some(WholeGroup::Show) | None => {}
        }
        out.push(self.word("disclosure_terms_others"));
        out.join(" ")
    }

    fn word(&self, key: &str) -> String {
        self.locale.label(key).to_owned()
    }

    /// How many numbers of persons the tables and charts of the document have, and how many of them are hidden.
    fn counted(&self) -> (usize, usize) {
        let counting = Counting::new(&self.project.findings);
        let (mut hidden, mut all) = (0, 0);
        for table in printed_tables(self.chapters).into_iter().filter(|id| counting.table(id) == Counts::Persons) {
            let Some(computed) = self.facts.statistics.tables.get(&table) else { continue };
            let counts = computed
                .columns
                .iter()
                .enumerate()
                .filter(|(_, column)| column.printed && matches!(column.kind, ColumnKind::Count));
            for (at, _) in counts {
                for value in computed.rows.iter().filter_map(|row| row.values.get(at)) {
                    let is_hidden = *value == Value::Blank(Blank::Suppressed);
                    hidden += usize::from(is_hidden);
                    all += usize::from(is_hidden || matches!(value, Value::Count(_) | Value::Blank(Blank::Zero)));
                }
            }
        }
        (hidden, all)
    }

    /// The same of amounts: what has contributors in typed tables, and measures of case rows.
    fn counted_amounts(&self) -> (usize, usize) {
        let (mut hidden, mut all) = (0, 0);
        let tables = printed_tables(self.chapters);
        for table in self.project.findings.tables.iter().filter(|table| tables.contains(&table.id.value)) {
            let Some(computed) = self.facts.statistics.tables.get(&table.id.value) else { continue };
            let is_amount = |column: &ComputedColumn| match column.kind {
                ColumnKind::Amount { .. } if table.cross.is_some() => true,
                ColumnKind::Amount { .. } | ColumnKind::Count => {
                    let known = table.columns.iter().find(|known| known.id.value == column.id);
                    let has_contributors = known.is_some_and(|known| known.behind.is_some());
                    has_contributors || table.counts == Some(Counts::Amounts)
                }
                _ => false,
            };
            for (at, _) in computed.columns.iter().enumerate().filter(|(_, column)| column.printed && is_amount(column))
            {
                for value in computed.rows.iter().filter_map(|row| row.values.get(at)) {
                    let is_hidden = *value == Value::Blank(Blank::Suppressed);
                    hidden += usize::from(is_hidden);
                    all += usize::from(is_hidden || value.number().is_some());
                }
            }
        }
        (hidden, all)
    }

    /// A number of this report that is printed by decision.
    fn exception(&mut self, exception: &'a Exemption) -> Option<Vec<Block>> {
        let breakdowns = &self.project.workspace.breakdowns;
        let statistics = self.facts.statistics;
        let name = statistics.named(&exception.cell.value, breakdowns)?;
        if matches!(statistics.cell(&name, breakdowns), None | Some(Value::Blank(_))) {
            return None;
        }
        let quantity = match name {
            CellName::Table { table, row, column } => Quantity::Cell { table, row, column },
            CellName::Figure { figure, group } => {
                Quantity::Figure { id: figure, group: group.and_then(|group| breakdowns.group(&group)) }
            }
        };
        let words = self.locale.capitalise(&self.facts.words_of(&quantity));
        let mut content = vec![Inline::text(format!("{words}: "))];
        content.extend(self.text(&exception.reason));
        let decided =
            self.locale.fill("disclosure_exception_decided", &[("date", &self.locale.date(&exception.decided))]);
        content.push(Inline::text(format!(" {decided}")));
        Some(vec![Block::Paragraph { passage: String::new(), content }])
    }
}

/// Tables that stand in a document, as such or drawn, each once.
fn printed_tables(chapters: &[Chapter]) -> BTreeSet<String> {
    let mut out = BTreeSet::new();
    for chapter in chapters {
        walk_blocks(&chapter.blocks, &mut |block| {
            if let Written::Data(data) = block {
                match &**data {
                    DataBlock::Table(table) => {
                        out.insert(table.id.clone());
                    }
                    DataBlock::Chart(chart) => {
                        out.insert(chart.table_id.clone());
                    }
                    _ => {}
                }
            }
        });
    }
    out
}
