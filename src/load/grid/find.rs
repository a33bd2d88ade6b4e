//! Finds the column that an author names: by its header, or by its letter.

use crate::alike;
use crate::diagnostic::{Code, Diagnostic, Said, Sink, say};
use crate::source::Text;

use super::super::sheet;
use super::{At, Cell, Grid};

/// How far down a header is looked for that is not where it should be.
const HEADER_WITHIN: usize = 20;

/// Position of the column with a header; without one, of the column with this letter. A column without a header has its letter for one from then on.
pub fn column(header: &Text, grid: &mut Grid<'_>, file: &Text, sink: &mut Sink) -> Option<usize> {
    let wanted = alike::reading(&header.value);
    let found = match named(&wanted, grid).as_slice() {
        [at] => Ok(*at),
        [] => {
            by_letter(&wanted, grid).or_else(|| without_unit(&wanted, grid)).ok_or_else(|| unknown(header, grid, file))
        }
        [.., last] => {
            let message = say!("a second column `{header}`", header = header.value);
            let diagnostic = grid.header.get(*last).map_or_else(
                || Diagnostic::error(Code::DATA_COLUMN, &message).at(header.span),
                |cell| cell.at.fault(Code::DATA_COLUMN, &message, file),
            );
            Err(diagnostic.help(match grid.sheet {
                Some(_) => say!("rename one of them, or name the column by its letter"),
                None => say!("rename one of them"),
            }))
        }
    };
    found.map_err(|fault| sink.push(fault)).ok()
}

/// The column whose header is these words, or these words and a unit.
pub fn headed(words: &str, grid: &Grid<'_>) -> Option<usize> {
    named(words, grid).first().copied().or_else(|| without_unit(words, grid))
}

/// The columns with a header that reads so.
fn named(wanted: &str, grid: &Grid<'_>) -> Vec<usize> {
    let headers = grid.header.iter().enumerate();
    headers.filter(|(_, cell)| cell.text() == wanted && !wanted.is_empty()).map(|(at, _)| at).collect()
}

fn by_letter(wanted: &str, grid: &mut Grid<'_>) -> Option<usize> {
    let sheet = grid.sheet?;
    let at = sheet::column(wanted)? as usize;
    let headed = grid.header.get(at).is_some_and(|cell| !cell.text().is_empty());
    // "ID" is a column far out, and most likely a header that is not there.
    if !headed && !grid.rows.iter().any(|row| row.cell(at).is_some()) {
        return None;
    }
    if !headed {
        let first = grid.header_rows.start;
        let place = |column: usize| At::in_sheet(sheet, column, first);
        while grid.header.len() <= at {
            grid.header.push(Cell::empty(place(grid.header.len())));
        }
        if let Some(cell) = grid.header.get_mut(at) {
            *cell = Cell::of_words(wanted.to_owned(), cell.at);
        }
    }
    Some(at)
}

/// The only column whose header is these words with a unit behind them: "Kostnad (tkr)" for "Kostnad".
fn without_unit(wanted: &str, grid: &Grid<'_>) -> Option<usize> {
    let reads_so = |cell: &Cell<'_>| parted(&cell.text()).is_some_and(|(words, _)| words == wanted);
    let mut found = grid.header.iter().enumerate().filter(|(_, cell)| reads_so(cell)).map(|(at, _)| at);
    found.next().filter(|_| found.next().is_none())
}

/// The unit that a header has behind its words.
pub fn unit(header: &Cell<'_>) -> Option<String> {
    parted(&header.text()).map(|(_, unit)| unit.to_owned())
}

/// Words and unit of "Kostnad (tkr)", "Kostnad [tkr]" and "Kostnad, tkr".
fn parted(header: &str) -> Option<(&str, &str)> {
    let inside = |open: char, close: char| header.strip_suffix(close)?.rsplit_once(open);
    let (words, unit) = inside('(', ')').or_else(|| inside('[', ']')).or_else(|| header.rsplit_once(", "))?;
    let (words, unit) = (words.trim(), unit.trim());
    (!words.is_empty() && !unit.is_empty() && unit.chars().count() <= LONGEST_UNIT).then_some((words, unit))
}

/// Characters of a unit: "miljoner kronor", "kr per invånare".
const LONGEST_UNIT: usize = 24;

/// What to do where a row further down has these words: titles stand above the header.
pub fn header_below(wanted: &str, grid: &Grid<'_>) -> Option<Said> {
    let mut below = grid.rows.iter().take(HEADER_WITHIN);
    let number = below.find(|row| row.cells.iter().any(|(_, cell)| cell.text() == wanted))?.number;
    Some(match grid.sheet {
        Some(_) => say!("row {number} has it: write `header-row: {number}` if it is the header", number),
        None => say!(
            "row {number} has it: delete the rows above it, since the header of a CSV file is its first line; in a workbook they may stay, with `header-row: {number}`",
            number
        ),
    })
}

fn unknown(header: &Text, grid: &Grid<'_>, file: &Text) -> Diagnostic {
    let wanted = alike::reading(&header.value);
    let headers: Vec<String> = grid.header.iter().map(|cell| cell.text()).filter(|text| !text.is_empty()).collect();
    let diagnostic = Diagnostic::error(
        Code::DATA_COLUMN,
        say!("`{file}` has no column `{header}`", file = file.value, header = header.value),
    )
    .at(header.span)
    .nearest(&header.value, headers.iter().map(String::as_str));
    let diagnostic = match headers.as_slice() {
        [] => diagnostic.help(say!("it has no header: name the column by its letter, A, B, C …")),
        headers => diagnostic.help(say!("its header row has: {headers}", headers = headers.join(", "))),
    };
    match header_below(&wanted, grid) {
        Some(row) => diagnostic.help(row),
        None => diagnostic,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_has_words_and_a_unit() {
        for (header, parts) in [
            ("Kostnad (tkr)", Some(("Kostnad", "tkr"))),
            ("Kostnad, mnkr", Some(("Kostnad", "mnkr"))),
            ("Yta [m²]", Some(("Yta", "m²"))),
            ("Kostnad per invånare (kr)", Some(("Kostnad per invånare", "kr"))),
            ("Kostnad", None),
            ("(tkr)", None),
            ("Kostnad ()", None),
            ("Svar, som någon gav efter en lång tid av väntan", None),
        ] {
            assert_eq!(parted(header), parts, "{header}");
        }
    }
}
