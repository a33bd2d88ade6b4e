//! Addresses that the program gives by itself. Each has a capital letter, which no id of an author's has: they cannot meet.
//!
//! Only the addresses that authors write in references (`#table-…`, `#chart-…`, `#question-…`) have none; a heading that takes one of
//! them is an error.

/// Endnote `number`.
#[must_use]
pub fn note(number: u32) -> String {
    format!("Note-{number}")
}

/// The `nth` mark that leads to note `number`.
#[must_use]
pub fn note_mark(number: u32, nth: usize) -> String {
    if nth == 1 { format!("Noteref-{number}") } else { format!("Noteref-{number}-{nth}") }
}

/// A source in the list of references.
#[must_use]
pub fn source(key: &str) -> String {
    format!("Ref-{key}")
}

/// The `nth` place that cites a source.
#[must_use]
pub fn citation(key: &str, nth: usize) -> String {
    format!("Cite-{key}-{nth}")
}

/// The `nth` passage of a page with the words that `words` is a hash of.
#[must_use]
pub fn passage(words: &str, nth: u32) -> String {
    if nth == 1 { format!("P-{words}") } else { format!("P-{words}-{nth}") }
}

/// The `nth` bound number of a document.
#[must_use]
pub fn bound(nth: usize) -> String {
    format!("Bound-{nth}")
}

/// What is said of how a figure came about.
#[must_use]
pub fn evidence(figure: &str) -> String {
    format!("Made-{figure}")
}

/// The figure that an address of [`evidence`] is of.
#[must_use]
pub fn of_evidence(anchor: &str) -> Option<&str> {
    anchor.strip_prefix("Made-")
}

/// The `nth` table that was typed in Markdown.
#[must_use]
pub fn text_table(nth: u32) -> String {
    format!("Text-table-{nth}")
}

/// A chapter that has no heading.
#[must_use]
pub fn chapter(nth: usize) -> String {
    format!("Chapter-{nth}")
}

/// The table of a chart's values. Pages outside the report may lead into it, so that it stays what it was.
#[must_use]
pub fn chart_data(chart: &str) -> String {
    format!("{chart}-{chart}-Data")
}

/// Header of a column, counted from 1; 0 is the column of row headers.
#[must_use]
pub fn column(table: &str, nth: usize) -> String {
    format!("{table}-C{nth}")
}

/// Header of a group of columns, counted from 1.
#[must_use]
pub fn group(table: &str, nth: usize) -> String {
    format!("{table}-G{nth}")
}

/// Header of a row, counted from 1.
#[must_use]
pub fn row(table: &str, nth: usize) -> String {
    format!("{table}-R{nth}")
}

/// Note of a table, counted from 1.
#[must_use]
pub fn table_note(table: &str, nth: usize) -> String {
    format!("{table}-Note-{nth}")
}

/// The account of changes. Pages outside the report lead to it, also to that of older versions, so that it stays as it is.
pub const CHANGES: &str = "version-changes";

/// A section of the account of changes, or a table in it.
#[must_use]
pub fn changes(name: &str) -> String {
    format!("Version-changes-{name}")
}

/// Whether an address is one of the account of changes.
#[must_use]
pub fn is_of_changes(anchor: &str) -> bool {
    anchor == CHANGES || anchor.starts_with("Version-changes-")
}

/// Heading of the endnotes.
pub const ENDNOTES: &str = "Notes";

/// Endnotes, as the ledger calls the section. No page has this address.
pub const NOTES: &str = "notes";

/// Addresses of the program's own that are written as authors write theirs: no heading may have them.
pub const KEPT: &[&str] = &[CHANGES, NOTES];
