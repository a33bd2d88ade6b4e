//! The values that differ, as tables: before, after and how much.

use std::collections::BTreeMap;

use crate::compare::CellChange;
use crate::document::anchor;
use crate::document::resolved::{Block, Cell, Column, HeadCell, Inline, Row, Table};
use crate::value::Exact;

use super::{Writer, heading, paragraph};

impl Writer<'_> {
    pub(super) fn values(&self, blocks: &mut Vec<Block>) {
        let difference = self.account.difference;
        blocks.push(heading(2, &anchor::changes("values"), &self.label("changes_values")));
        if difference.figures.is_empty() && difference.cells.is_empty() {
            blocks.push(paragraph(self.label("changes_no_values")));
            return;
        }
        let versions = [("old", self.old()), ("version", self.account.new.version)];
        if !difference.figures.is_empty() {
            let rows = difference.figures.iter().map(|change| {
                let values =
                    self.three(change.old.as_ref(), change.new.as_ref(), change.difference.as_ref(), change.decimals);
                (change.label.clone(), values, Some(self.places(&change.used)))
            });
            let caption = self.account.locale.fill("changes_values_of", &versions);
            blocks.push(self.table("figures", "changes_value", &caption, rows.collect(), None));
        }
        let mut tables: BTreeMap<&str, Vec<&CellChange>> = BTreeMap::new();
        for change in &difference.cells {
            tables.entry(&change.table).or_default().push(change);
        }
        for (id, changes) in tables {
            let Some(first) = changes.first() else { continue };
            let rows = changes.iter().map(|change| {
                let values =
                    self.three(change.old.as_ref(), change.new.as_ref(), change.difference.as_ref(), change.decimals);
                (format!("{}, {}", change.row_label, change.column_label), values, None)
            });
            let name = self.account.locale.quoted(&first.caption);
            let caption = self.account.locale.fill("changes_cells_of", &[("table", &name), versions[0], versions[1]]);
            let mut note = vec![Inline::text(format!("{} ", self.label("changes_used")))];
            note.extend(self.places(&first.used));
            blocks.push(self.table(&format!("cells-{id}"), "changes_cell", &caption, rows.collect(), Some(note)));
        }
    }

    /// Before, after and how much.
    fn three(
        &self,
        old: Option<&String>,
        new: Option<&String>,
        difference: Option<&String>,
        decimals: u8,
    ) -> [String; 3] {
        let number = difference.and_then(|text| Exact::parse(text)).map(|(value, _)| value);
        [
            old.cloned().unwrap_or_else(|| self.label("changes_new_value")),
            new.cloned().unwrap_or_else(|| self.label("changes_gone_value")),
            number.map_or_else(|| "–".to_owned(), |value| self.account.locale.signed(&value, decimals)),
        ]
    }

    fn table(
        &self,
        name: &str,
        first: &str,
        caption: &str,
        rows: Vec<(String, [String; 3], Option<Vec<Inline>>)>,
        note: Option<Vec<Inline>>,
    ) -> Block {
        let anchor = anchor::changes(name);
        let with_places = rows.iter().any(|(_, _, places)| places.is_some());
        let before =
            |version: &str| self.account.locale.fill("changes_before", &[("version", version)]).replace(' ', "\u{a0}");
        let mut heads = vec![
            self.label(first),
            before(self.old()),
            before(self.account.new.version),
            self.label("changes_difference"),
        ];
        // Cells are numbers; a figure may be a whole phrase, "25 (16 kvinnor och 9 män)", which must be free to break.
        let mut align = vec!["start", "end", "end", "end"];
        if with_places {
            heads.push(self.label("changes_used"));
            align = vec!["start", "start", "start", "end", "start"];
        }
        let head = heads.into_iter().zip(&align).enumerate().map(|(at, (words, align))| HeadCell {
            id: anchor::column(&anchor, at),
            content: vec![Inline::text(words)],
            colspan: 1,
            rowspan: 1,
            scope: "col".to_owned(),
            align: (*align).to_owned(),
            headers: Vec::new(),
        });
        let rows = rows.into_iter().enumerate().map(|(row_at, (label, values, places))| {
            let row_id = anchor::row(&anchor, row_at + 1);
            let contents = std::iter::once(vec![Inline::text(label)])
                .chain(values.into_iter().map(|value| vec![Inline::text(value)]))
                .chain(places);
            let cells = contents.zip(&align).enumerate().map(|(at, (content, align))| Cell {
                id: (at == 0).then(|| row_id.clone()),
                header: at == 0,
                content,
                align: (*align).to_owned(),
                total: false,
                blank: None,
                protected: false,
                headers: std::iter::once(anchor::column(&anchor, at)).chain((at > 0).then(|| row_id.clone())).collect(),
                key: None,
            });
            Row { total: false, cells: cells.collect() }
        });
        Block::Table(Box::new(Table {
            passage: String::new(),
            number: None,
            label: None,
            caption: Some(vec![Inline::text(caption)]),
            caption_text: caption.to_owned(),
            origin: None,
            columns: align.iter().map(|align| Column { align: (*align).to_owned(), starts_group: false }).collect(),
            head: vec![head.collect()],
            rows: rows.collect(),
            anchor,
            notes: Vec::new(),
            legend: Vec::new(),
            note,
            source: None,
            evidence: None,
            data: None,
            wide: false,
        }))
    }
}
