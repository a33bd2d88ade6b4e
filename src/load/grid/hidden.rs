//! What a person hid or filtered out in the spreadsheet is read, which the author should know.

use crate::diagnostic::{Code, Diagnostic, Said, Severity, Sink, say};
use crate::source::Text;

use super::super::sheet::letters;
use super::Grid;

/// Tells of hidden rows, and of hidden ones among the columns that are read; `are_read` says what becomes of the rows.
pub fn tell_of_hidden(grid: &Grid<'_>, columns: &[usize], are_read: Said, file: &Text, sink: &mut Sink) {
    let remark = |message: Said| Diagnostic::new(Severity::Info, Code::DATA_LEFT_OUT, message).at(file.span);
    let hidden: Vec<String> = grid.rows.iter().filter(|row| row.hidden).map(|row| row.number.to_string()).collect();
    if !hidden.is_empty() {
        let some: Vec<&str> = hidden.iter().take(10).map(String::as_str).collect();
        let more = if hidden.len() > some.len() { ", …" } else { "" };
        sink.push(remark(say!("{hidden} of {rows} rows of `{file}` are hidden or filtered out in the spreadsheet, and are {are_read} like all others: row {some}{more}", are_read, more, hidden = hidden.len(), rows = grid.rows.len(), file = file.value, some = some.join(", "))));
    }
    let is_hidden = |column: u32| grid.hidden_columns.iter().any(|(first, last)| (*first..=*last).contains(&column));
    let numbers = columns.iter().filter_map(|at| u32::try_from(*at).ok());
    let names: Vec<String> = numbers.filter(|column| is_hidden(*column)).map(letters).collect();
    if !names.is_empty() {
        let (count, names, file) = (names.len(), names.join(", "), &file.value);
        sink.push(remark(match count {
            1 => say!("column {names} of `{file}` is hidden in the spreadsheet, and is read all the same", names, file),
            _ => {
                say!("column {names} of `{file}` are hidden in the spreadsheet, and are read all the same", names, file)
            }
        }));
    }
}
