//! The resolved document as templates read it: its own fields, and beside them what [`layout`] counts.
//!
//! | field | of | |
//! |---|---|---|
//! | `layout` | document | `running_title`, `runs_on` |
//! | `layout` | table | `widths`, `least`, `wordy`, `noted` |
//! | `long_words` | heading | words that are longer than a line may be; absent where there are none |
//! | `longest_word` | header cell | in characters |
//! | `length` | cell | in characters |
//! | `anchor` | note of a table | where its mark leads; null where the mark stands nowhere |

use std::collections::BTreeMap;

use serde_json::Value as Json;

use super::layout::{self, TableLayout};
use crate::document::resolved::{Block, ResolvedDocument, Table, plain_text};

/// The whole document.
pub(super) fn document(document: &ResolvedDocument) -> Json {
    let mut json = serde_json::to_value(document).unwrap_or_default();
    json["layout"] = to_json(&layout::document(document));
    let tables = layout::tables(&document.chapters);
    for (chapter, json) in document.chapters.iter().zip(items(&mut json["chapters"])) {
        fill_all(&chapter.blocks, &mut json["blocks"], &tables);
    }
    json
}

/// Blocks by themselves.
pub(super) fn blocks(blocks: &[Block]) -> Json {
    let mut json = serde_json::to_value(blocks).unwrap_or_default();
    fill_all(blocks, &mut json, &BTreeMap::new());
    json
}

type Layouts<'a> = BTreeMap<&'a str, TableLayout>;

fn fill_all(blocks: &[Block], json: &mut Json, tables: &Layouts<'_>) {
    for (block, json) in blocks.iter().zip(items(json)) {
        fill(block, json, tables);
    }
}

fn fill(block: &Block, json: &mut Json, tables: &Layouts<'_>) {
    match block {
        Block::Heading { text, .. } => {
            let words = layout::long_words(text);
            if !words.is_empty() {
                json["long_words"] = words.into();
            }
        }
        Block::Table(table) => {
            let found = tables.get(table.anchor.as_str()).filter(|found| found.widths.len() == table.columns.len());
            let layout = found.map_or_else(|| to_json(&layout::table(table)), to_json);
            fill_table(table, json, layout);
        }
        Block::Chart(chart) => {
            fill_table(&chart.table, &mut json["table"], to_json(&layout::table(&chart.table)));
        }
        Block::List { items: all, .. } => {
            for (item, json) in all.iter().zip(items(&mut json["items"])) {
                fill_all(item, json, tables);
            }
        }
        Block::Quote { blocks, .. } | Block::Callout { blocks, .. } => fill_all(blocks, &mut json["blocks"], tables),
        Block::Definitions { items: all } => {
            for (item, json) in all.iter().zip(items(&mut json["items"])) {
                for (text, json) in item.descriptions.iter().zip(items(&mut json["descriptions"])) {
                    fill_all(text, json, tables);
                }
            }
        }
        _ => {}
    }
}

fn fill_table(table: &Table, json: &mut Json, layout: Json) {
    json["layout"] = layout;
    for (row, json) in table.head.iter().zip(items(&mut json["head"])) {
        for (cell, json) in row.iter().zip(items(json)) {
            json["longest_word"] = layout::longest_word(&plain_text(&cell.content)).into();
        }
    }
    for (row, json) in table.rows.iter().zip(items(&mut json["rows"])) {
        for (cell, json) in row.cells.iter().zip(items(&mut json["cells"])) {
            json["length"] = layout::characters(&plain_text(&cell.content)).into();
        }
    }
    if !table.notes.is_empty() {
        let marks = layout::marks(table);
        for (note, json) in table.notes.iter().zip(items(&mut json["notes"])) {
            json["anchor"] = marks.get(note.mark.as_str()).copied().into();
        }
    }
}

fn items(json: &mut Json) -> impl Iterator<Item = &mut Json> {
    json.as_array_mut().into_iter().flatten()
}

fn to_json(value: &impl serde::Serialize) -> Json {
    serde_json::to_value(value).unwrap_or_default()
}
