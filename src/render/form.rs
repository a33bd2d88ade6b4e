//! The resolved document as templates read it: its own fields, and beside them what [`layout`] counts.
//!
//! | field | of | |
//! |---|---|---|
//! | `layout` | document | `running_title`, `runs_on`, `longest_word` of the title |
//! | `layout` | table | `widths`, `least`, `wordy`, `noted` |
//! | `long_words` | heading | words that are longer than a line may be; absent where there are none |
//! | `pieces` | words, code | parts between which a line may be broken, where no language says it; absent where none are needed |
//! | `longest_word` | heading, header cell | in characters |
//! | `length` | cell | in characters |
//! | `anchor` | note of a table | where its mark leads; null where the mark stands nowhere |

use std::collections::BTreeMap;

use serde_json::{Map, Value as Json, json};

use super::layout::{self, TableLayout};
use crate::document::resolved::visit::{Line, Visit};
use crate::document::resolved::{Block, Inline, ResolvedDocument, Table, plain_text};

/// The whole document.
pub(super) fn document(document: &ResolvedDocument) -> Json {
    let mut json = serde_json::to_value(document).unwrap_or_default();
    json["layout"] = to_json(&layout::document(document));
    let mut form = Form { alike: layout::tables(&document.chapters), tables: BTreeMap::new() };
    document.chapters.iter().for_each(|chapter| form.blocks(&chapter.blocks));
    form.fill(&mut json["chapters"]);
    form.fill(&mut json["notes"]);
    json
}

/// Blocks by themselves.
pub(super) fn blocks(blocks: &[Block]) -> Json {
    let mut json = serde_json::to_value(blocks).unwrap_or_default();
    let mut form = Form::default();
    form.blocks(blocks);
    form.fill(&mut json);
    json
}

/// What is counted, by the anchors of the tables.
#[derive(Default)]
struct Form<'a> {
    /// Layouts of tables that are of one width with others.
    alike: BTreeMap<&'a str, TableLayout>,
    /// Every table, those of charts too.
    tables: BTreeMap<&'a str, &'a Table>,
}

impl<'a> Visit<'a> for Form<'a> {
    fn table(&mut self, table: &'a Table) {
        self.tables.insert(&table.anchor, table);
    }

    fn line(&mut self, _: &'a [Inline], _: Line) {}
}

impl Form<'_> {
    /// Adds to blocks, and to what is made of blocks, what was counted.
    fn fill(&self, json: &mut Json) {
        match json {
            Json::Array(items) => items.iter_mut().for_each(|item| self.fill(item)),
            Json::Object(map) => match map.get("type").and_then(Json::as_str) {
                Some("heading") => {
                    let text = json["text"].as_str().unwrap_or_default();
                    let (longest, words): (_, Json) = (layout::longest_word(text), layout::long_words(text).into());
                    json["longest_word"] = longest.into();
                    if words != json!([]) {
                        json["long_words"] = words;
                    }
                }
                Some("text" | "figure" | "code") => {
                    if let Some(pieces) = layout::pieces(json["text"].as_str().unwrap_or_default()) {
                        json["pieces"] = pieces.into();
                    }
                }
                kind => {
                    match kind {
                        Some("table") => self.fill_table(json),
                        Some("chart") => self.fill_table(&mut json["table"]),
                        _ => {}
                    }
                    json.as_object_mut().into_iter().flat_map(Map::values_mut).for_each(|value| self.fill(value));
                }
            },
            _ => {}
        }
    }

    fn fill_table(&self, json: &mut Json) {
        let Some(table) = json["anchor"].as_str().and_then(|anchor| self.tables.get(anchor)) else { return };
        let alike = self.alike.get(table.anchor.as_str()).filter(|found| found.widths.len() == table.columns.len());
        json["layout"] = alike.map_or_else(|| to_json(&layout::table(table)), to_json);
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
}

fn items(json: &mut Json) -> impl Iterator<Item = &mut Json> {
    json.as_array_mut().into_iter().flatten()
}

fn to_json(value: &impl serde::Serialize) -> Json {
    serde_json::to_value(value).unwrap_or_default()
}
