//! What only a page asks of the document: room between groups, tables that must scroll.

use serde_json::Value as Json;

/// Fits the document to one page: cells know whether a group begins with them, and tables whether they are too wide for a small screen.
pub(super) fn prepare(value: &mut Json) {
    match value {
        Json::Array(items) => items.iter_mut().for_each(prepare),
        Json::Object(_) => {
            match value["type"].as_str() {
                Some("chart") => prepare_table(&mut value["table"]),
                Some("table") => prepare_table(value),
                _ => {}
            }
            if let Json::Object(map) = value {
                map.values_mut().for_each(prepare);
            }
        }
        _ => {}
    }
}

fn prepare_table(table: &mut Json) {
    // A name for a table without caption.
    let mut headers = Vec::new();
    for cell in table["head"].as_array().into_iter().flatten().filter_map(Json::as_array).flatten() {
        let mut text = String::new();
        collect_text(&cell["content"], &mut text);
        headers.push(text);
    }
    table["headers"] = headers.join(", ").into();
    table["plain"] = is_plain(table).into();
    let starts: Vec<bool> =
        table["columns"].as_array().into_iter().flatten().map(|column| column["starts_group"] == true).collect();
    let mut rows: Vec<&mut Vec<Json>> = Vec::new();
    if let Json::Object(map) = &mut *table {
        for (key, value) in map {
            match (key.as_str(), value) {
                ("head", Json::Array(head)) => rows.extend(head.iter_mut().filter_map(Json::as_array_mut)),
                ("rows", Json::Array(body)) => {
                    rows.extend(body.iter_mut().filter_map(|row| row["cells"].as_array_mut()));
                }
                _ => {}
            }
        }
    }
    let characters = walk_cells(rows, &starts);
    let groups = starts.iter().filter(|starts| **starts).count();
    let width = characters * CHARACTER + starts.len() as u64 * CELL_PADDING + groups as u64 * GROUP_PADDING;
    table["scrolls"] = (table["wide"] == true || width > SMALL_SCREEN).into();
}

/// Whether one row of headers stands above the cells and at most one column of them beside: then `scope` leads from each cell to its headers, and
/// cells need not name them (technique H63 of WCAG; H43 is for the others).
fn is_plain(table: &Json) -> bool {
    let alone = |cell: &Json| ["colspan", "rowspan"].iter().all(|key| cell[*key].as_u64().unwrap_or(1) <= 1);
    let head = table["head"].as_array().is_some_and(|head| match head.as_slice() {
        [row] => row.as_array().into_iter().flatten().all(alone),
        _ => false,
    });
    let beside = |row: &Json| row["cells"].as_array().into_iter().flatten().skip(1).all(|cell| cell["header"] != true);
    head && table["rows"].as_array().into_iter().flatten().all(beside)
}

// What the style sheet makes of a table on the narrowest screen that must do (320 CSS pixels), in tenths of a pixel.
const SMALL_SCREEN: u64 = 2860;
const CHARACTER: u64 = 69;
const CELL_PADDING: u64 = 86;
const GROUP_PADDING: u64 = 70;

/// Sets `starts_group` on each cell that stands in a column which starts a group, minding cells that reach over several
/// rows and columns. Gives the least width of the table in characters.
fn walk_cells(rows: Vec<&mut Vec<Json>>, starts: &[bool]) -> u64 {
    let mut covered = vec![0_u64; starts.len()];
    let mut least = vec![0_u64; starts.len()];
    let mut spans = Vec::new();
    for row in rows {
        let mut cells = row.iter_mut();
        let mut column = 0;
        while column < starts.len() {
            if let Some(rest) = covered.get_mut(column).filter(|rest| **rest > 0) {
                *rest -= 1;
                column += 1;
                continue;
            }
            let Some(cell) = cells.next() else { break };
            cell["starts_group"] = starts.get(column).copied().unwrap_or_default().into();
            let span = cell["colspan"].as_u64().and_then(|span| usize::try_from(span).ok()).unwrap_or(1).max(1);
            let height = cell["rowspan"].as_u64().unwrap_or(1).max(1);
            covered.iter_mut().skip(column).take(span).for_each(|rest| *rest = height - 1);
            match least.get_mut(column) {
                Some(least) if span == 1 => *least = least_width(cell).max(*least),
                _ => spans.push((column, span, least_width(cell))),
            }
            column = column.saturating_add(span);
        }
    }
    let beyond = spans
        .iter()
        .map(|&(column, span, characters)| characters.saturating_sub(least.iter().skip(column).take(span).sum()));
    least.iter().sum::<u64>() + beyond.sum::<u64>()
}

/// Characters of the longest part of a cell that is not broken: a word, or the whole of a number.
fn least_width(cell: &Json) -> u64 {
    let mut text = String::new();
    collect_text(&cell["content"], &mut text);
    let number = cell["header"] == false && cell["align"] == "end";
    let parts = text.split(|c: char| !number && (c.is_ascii_whitespace() || c == '-' || c == '–'));
    parts.map(|part| part.chars().count() as u64).max().unwrap_or_default()
}

fn collect_text(value: &Json, out: &mut String) {
    match value {
        Json::Array(items) => items.iter().for_each(|item| collect_text(item, out)),
        Json::Object(map) => {
            out.push_str(map.get("text").and_then(Json::as_str).unwrap_or_default());
            map.get("content").into_iter().for_each(|content| collect_text(content, out));
        }
        _ => {}
    }
}
