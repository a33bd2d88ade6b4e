//! A state without what stands behind what is printed: where a disclosure policy stands, the record may hold no number that readers were not
//! shown, none that is more exact, and no part of one that was printed as a whole.

use std::collections::BTreeMap;

use super::state::{Amount, Figure, State, Table};

/// The printed cells of a report by the ids of their table, row and column.
pub type Cells = BTreeMap<[String; 3], String>;

impl State {
    /// What of it was printed. Where it is not known which cells were, those of tables that a section prints count as printed.
    #[must_use]
    pub fn printed(&self, cells: Option<&Cells>) -> Self {
        let mut out = self.clone();
        out.protected = true;
        let mut bound = bound(&self.bindings);
        for (id, figure) in &mut out.figures {
            figure.parts.clear();
            figure.decimals = 0;
            // One that is not printed is named all the same: others are computed from it.
            let printed = bound.remove(id.as_str());
            figure.label = printed.as_ref().map(|_| std::mem::take(&mut figure.label)).unwrap_or_default();
            figure.value = Amount::as_printed(printed.unwrap_or_default());
        }
        for (id, table) in &mut out.tables {
            retain(id, table, cells);
        }
        // Rows that a sentence prints and no table.
        for (id, printed) in bound {
            let Some((table, row)) = id.rsplit_once('.') else { continue };
            let of_table = |tables: &BTreeMap<String, Table>| {
                tables.get(table)?.rows.iter().find(|known| known.id == row).cloned()
            };
            if let (Some(known), None) = (of_table(&self.tables), of_table(&out.tables)) {
                let used = self.tables.get(table).map(|table| table.used.clone()).unwrap_or_default();
                let (value, from) = (Amount::as_printed(printed), vec![table.to_owned()]);
                out.figures.insert(
                    id.to_owned(),
                    Figure { label: known.label, value, parts: BTreeMap::new(), decimals: 0, from, used },
                );
            }
        }
        out
    }
}

/// All that the bindings of each figure print, by its id.
fn bound(bindings: &BTreeMap<String, String>) -> BTreeMap<&str, String> {
    let mut out: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (written, text) in bindings {
        let id = written.split('|').next().unwrap_or_default().trim();
        let texts = out.entry(id).or_default();
        if !texts.contains(&text.as_str()) {
            texts.push(text);
        }
    }
    out.into_iter().map(|(id, texts)| (id, texts.join(" / "))).collect()
}

/// Keeps the printed cells of a table, and the rows that have any.
fn retain(id: &str, table: &mut Table, cells: Option<&Cells>) {
    table.decimals.clear();
    let columns: Vec<String> = table.columns.iter().map(|column| column.id.clone()).collect();
    for row in &mut table.rows {
        for (cell, column) in row.cells.iter_mut().zip(&columns) {
            let printed = match cells {
                Some(cells) => cells.get(&[id.to_owned(), row.id.clone(), column.clone()]).cloned(),
                None if table.used.is_empty() => None,
                None => Some(cell.printed().to_owned()),
            };
            *cell = Amount::as_printed(printed.unwrap_or_default());
        }
    }
    table.rows.retain(|row| row.cells.iter().any(|cell| !cell.printed().is_empty()));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::compare;
    use crate::compare::state::{Heading, Row};
    use crate::value::Exact;

    fn state(plans: &str, hidden: &str) -> State {
        let figure = |value: &str, parts: &[(&str, &str)], from: &[&str]| Figure {
            label: "ärenden".into(),
            value: Amount::Full { printed: value.into(), number: format!("{hidden}/3") },
            parts: parts.iter().map(|(id, part)| ((*id).into(), Amount::Plain((*part).into()))).collect(),
            decimals: 2,
            from: from.iter().map(|id| (*id).to_owned()).collect(),
            used: vec![],
        };
        let row = |id: &str, cells: [&str; 2]| Row {
            id: id.into(),
            label: id.into(),
            cells: cells.map(|cell| Amount::Plain(cell.into())).into(),
            from: Vec::new(),
        };
        let heading = |id: &str| Heading { id: id.into(), label: id.into() };
        let table = Table {
            caption: "Besök".into(),
            stub: None,
            columns: vec![heading("women"), heading("men")],
            rows: vec![row("norr", ["12", hidden]), row("soder", [hidden, hidden]), row("vast", ["1 234", hidden])],
            decimals: vec![0, 0],
            from: vec!["cases".into()],
            used: vec![],
        };
        State {
            figures: [
                ("plans".to_owned(), figure(&format!("{plans} ({hidden} kvinnor)"), &[("women", hidden)], &["base"])),
                ("base".to_owned(), figure(hidden, &[], &["cases"])),
            ]
            .into(),
            tables: [("visits".to_owned(), table)].into(),
            bindings: [("plans".to_owned(), plans.to_owned()), ("plans | percent".to_owned(), "63 procent".to_owned())]
                .into(),
            ..State::default()
        }
    }

    fn cells() -> Cells {
        let key = |row: &str, column: &str| ["visits".to_owned(), row.to_owned(), column.to_owned()];
        [
            (key("norr", "women"), "12".to_owned()),
            (key("norr", "men"), "..".to_owned()),
            (key("vast", "women"), "1\u{a0}234".to_owned()),
        ]
        .into()
    }

    #[test]
    fn nothing_is_kept_that_was_not_printed() {
        let one = state("25", "3").printed(Some(&cells()));
        assert_eq!(one, state("25", "4").printed(Some(&cells())));
        assert_eq!(one.figures["plans"].value.printed(), "25 / 63 procent");
        assert_eq!(one.figures["base"].value.printed(), "");
        assert_eq!(one.figures["base"].from, ["cases"], "what is computed from it is still known");
        let rows: Vec<(&str, Vec<&str>)> = (one.tables["visits"].rows.iter())
            .map(|row| (row.id.as_str(), row.cells.iter().map(Amount::printed).collect()))
            .collect();
        assert_eq!(rows, [("norr", vec!["12", ".."]), ("vast", vec!["1\u{a0}234", ""])]);
        assert_eq!(one.tables["visits"].rows[1].cells[0].number(), Some(Exact::from(1234_i64)));
    }

    #[test]
    fn what_was_not_printed_is_no_change() {
        let old = state("25", "3");
        let mut cells = cells();
        cells.insert(["visits".to_owned(), "norr".to_owned(), "women".to_owned()], "13".to_owned());
        let new = state("26", "4").printed(Some(&cells));
        // From a version that was published without a policy to one with: it is read as what it printed.
        for old in [old.printed(Some(&self::cells())), old] {
            let difference = compare(&old, &new);
            let told: Vec<_> =
                difference.figures.iter().map(|change| (change.id.as_str(), change.old.as_deref())).collect();
            assert_eq!(told, [("plans", Some("25 / 63 procent"))]);
            let told = serde_json::to_string(&difference).unwrap();
            assert!(!told.contains("kvinnor)") && !told.contains("\"3\"") && !told.contains("\"4\""), "{told}");
        }
    }

    #[test]
    fn a_row_that_a_sentence_prints_is_kept_without_its_table() {
        let mut state = state("25", "3");
        state.bindings.insert("visits.soder | women".into(), "8".into());
        let printed = state.printed(Some(&cells()));
        assert_eq!(printed.figures["visits.soder"].value.printed(), "8");
        assert_eq!(printed.figures["visits.soder"].from, ["visits"]);
    }
}
