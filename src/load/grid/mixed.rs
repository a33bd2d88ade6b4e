//! Numbers that cannot stand in one column: they are shown in the spreadsheet as different things.

use crate::diagnostic::{Code, Diagnostic, say};
use crate::source::Text;
use crate::value::{Exact, is_same_unit};

use super::{Cell, Content};

/// 0.5 in one cell and 50 % in another are read as 0.5 and 50: one of them is most likely meant otherwise.
pub fn mixed_with_percentages<'a>(cells: &'a [&'a Cell<'a>], file: &'a Text) -> impl Iterator<Item = Diagnostic> + 'a {
    let percent = cells.iter().find(|cell| matches!(cell.content(), Content::Percent(..)));
    let plain = |cell: &&&Cell<'_>| matches!(cell.content(), Content::Number(value, _) if value != Exact::ZERO);
    percent.into_iter().flat_map(move |percent| {
        let (first, shown) = (percent.at.to_string(), percent.text());
        cells.iter().filter(plain).map(move |cell| {
            let message = say!(
                "`{text}` has no percentage's format, and {first} in the same column has: it is read as {shown}",
                first,
                shown,
                text = cell.text()
            );
            let fault = cell.at.fault(Code::DATA_VALUE, message, file);
            fault.help(say!("give all cells of the column the same format"))
        })
    })
}

/// A unit that a spreadsheet shows, where the author says that the column is measured in another.
pub fn of_other_unit<'a>(
    cells: &'a [&'a Cell<'a>],
    unit: &'a str,
    file: &'a Text,
) -> impl Iterator<Item = Diagnostic> + 'a {
    let shown = cells.iter().filter_map(|cell| Some((*cell, cell.unit()?)));
    shown.filter(move |(_, other)| !is_same_unit(other, unit)).map(move |(cell, other)| {
        let text = cell.text();
        let message = say!(
            "`{text}` is shown in the spreadsheet with `{other}`, and the column is measured in `{unit}`",
            text,
            other,
            unit
        );
        cell.at.fault(Code::DATA_VALUE, message, file).help(say!("correct `unit`, or the format of the cell"))
    })
}

/// Kronor and euros, or square metres and rooms, are no numbers of one column.
pub fn mixed_units<'a>(cells: &'a [&'a Cell<'a>], file: &'a Text) -> impl Iterator<Item = Diagnostic> + 'a {
    let mut units = cells.iter().filter_map(|cell| Some((*cell, cell.unit()?)));
    let first = units.next();
    // "1 dag" and "2 dagar" are of one unit, m and m² are not.
    let alike = |a: &str, b: &str| a == b || a.len().min(b.len()) > 2 && (a.starts_with(b) || b.starts_with(a));
    first.into_iter().flat_map(move |(first, unit)| {
        let others = cells.iter().filter_map(|cell| Some((*cell, cell.unit()?)));
        others.filter(move |(_, other)| !alike(other, unit)).map(move |(cell, other)| {
            let message = say!("`{text}` is shown in the spreadsheet with `{other}`, and {at} in the same column with `{unit}`", other, unit, text = cell.text(), at = first.at);
            let help = say!("numbers of different units cannot be counted together: put them into columns of their own, or, if they are of one unit, give all cells of the column the same format");
            cell.at.fault(Code::DATA_VALUE, message, file).help(help)
        })
    })
}
