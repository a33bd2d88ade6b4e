//! Names as office programs take them.

use std::collections::BTreeSet;

/// As many characters as the name of a sheet has at most.
const SHEET_NAME: usize = 31;

/// As many characters as a cell holds.
const CELL: usize = 32_767;

/// The words as the name of a sheet that no other has.
pub(super) fn sheet(words: &str, taken: &mut BTreeSet<String>) -> String {
    let plain: String = words
        .chars()
        .map(|c| if c.is_whitespace() || c.is_control() || r"[]:*?/\'".contains(c) { ' ' } else { c })
        .collect();
    let plain = plain.trim();
    let name = |end: &str| {
        let room = SHEET_NAME - end.encode_utf16().count();
        let mut width = 0;
        let fits = |c: &char| {
            width += c.len_utf16();
            width <= room
        };
        plain.chars().take_while(fits).collect::<String>().trim_end().to_owned() + end
    };
    distinct(name, taken)
}

/// The name of a sheet as the name of its table: letters, digits and low lines, and nothing that could be the address of a cell.
pub(super) fn table(sheet: &str) -> String {
    let name: String = sheet.chars().map(|c| if c.is_alphanumeric() { c } else { '_' }).collect();
    let begins = name.starts_with(|c: char| c.is_alphabetic()) && name.contains('_');
    if begins { name } else { format!("_{name}") }
}

/// The headers of a table, of which no two may be the same.
pub(super) fn headers(words: impl Iterator<Item = String>) -> Vec<String> {
    let mut taken = BTreeSet::new();
    let header = |(at, words): (usize, String)| {
        let words = text(&words.replace(['\n', '\r', '\t'], " "));
        let words = if words.trim().is_empty() { (at + 1).to_string() } else { words };
        distinct(|end| format!("{words}{end}"), &mut taken)
    };
    words.enumerate().map(header).collect()
}

/// A text as a cell holds it.
pub(super) fn text(words: &str) -> String {
    let is_allowed = |c: &char| !c.is_control() || *c == '\n';
    if words.encode_utf16().count() <= CELL {
        return words.chars().filter(is_allowed).collect();
    }
    let mut width = 1;
    let fits = |c: &char| {
        width += c.len_utf16();
        width <= CELL
    };
    words.chars().filter(is_allowed).take_while(fits).chain(['…']).collect()
}

/// What `name` makes with nothing at its end, or with the first number that makes it one of its own.
fn distinct(name: impl Fn(&str) -> String, taken: &mut BTreeSet<String>) -> String {
    let mut number = 1_u32;
    loop {
        let end = if number == 1 { String::new() } else { format!(" ({number})") };
        let candidate = name(&end);
        if taken.insert(candidate.to_lowercase()) {
            return candidate;
        }
        number += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sheets_have_names_that_excel_takes_and_no_two_the_same() {
        let mut taken = BTreeSet::new();
        assert_eq!(sheet("Tabell\u{a0}1", &mut taken), "Tabell 1");
        assert_eq!(sheet("TABELL 1", &mut taken), "TABELL 1 (2)");
        assert_eq!(sheet("'Tabell': [år/kön]?'", &mut taken), "Tabell    år kön");
        let long = "En mycket lång benämning på tabellen";
        assert_eq!(sheet(long, &mut taken), "En mycket lång benämning på tab");
        assert_eq!(sheet(long, &mut taken), "En mycket lång benämning på (2)");
        assert!(sheet(&"𝔸".repeat(40), &mut taken).encode_utf16().count() <= 31);
    }

    #[test]
    fn tables_have_names_that_are_no_addresses() {
        assert_eq!(table("Tabell 1"), "Tabell_1");
        assert_eq!(table("AB12"), "_AB12");
        assert_eq!(table("2024"), "_2024");
        assert_eq!(table("R1"), "_R1");
    }

    #[test]
    fn headers_differ_and_none_is_empty() {
        let words = ["Kön", "kön", "", "a\nb"].map(str::to_owned);
        assert_eq!(headers(words.into_iter()), ["Kön", "kön (2)", "3", "a b"]);
    }

    #[test]
    fn a_text_is_cut_where_a_cell_is_full() {
        assert_eq!(text("a\u{1}b\nc"), "ab\nc");
        let cut = text(&"å𝔸".repeat(20_000));
        assert!(cut.ends_with('…') && cut.encode_utf16().count() <= CELL);
        let full = "å".repeat(CELL - 1);
        assert_eq!(text(&full), full);
    }
}
