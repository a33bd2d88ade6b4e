//! CSV to cells with spans, which are parts of the file's text wherever they stand there as they are.

use std::borrow::Cow;

use crate::diagnostic::{Code, Diagnostic, Sink, say};
use crate::source::{SourceId, Span, Spanned};

/// A CSV file: its header and its rows, each as long as the header.
#[derive(Debug, Clone)]
pub struct Data<'a> {
    pub header: Vec<Cell<'a>>,
    pub rows: Vec<Row<'a>>,
    /// Number of the header's line, counted from 1.
    pub line: u32,
}

/// A row with content.
#[derive(Debug, Clone)]
pub struct Row<'a> {
    /// Number of the line that it begins on, counted from 1.
    pub line: u32,
    /// Blank lines, or rows of nothing but blank cells, stand between this one and the one before.
    pub gap: bool,
    pub cells: Vec<Cell<'a>>,
}

/// The text of a cell, without the quotation marks around it.
pub type Cell<'a> = Spanned<Cow<'a, str>>;

/// Parses a file; the separator is a comma, a semicolon as Swedish Excel writes it, or a tab as it writes "Unicode text", whichever the header line has most of.
pub fn parse<'a>(source: SourceId, text: &'a str, sink: &mut Sink) -> Option<Data<'a>> {
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or("");
    let count = |separator: u8| first.bytes().filter(|byte| *byte == separator).count();
    // The last of those that are equally many: the comma.
    let separator = [b'\t', b';', b','].into_iter().max_by_key(|separator| count(*separator)).unwrap_or(b',');
    let mut reader = ::csv::ReaderBuilder::new()
        .delimiter(separator)
        .has_headers(false)
        .flexible(true)
        .trim(::csv::Trim::All)
        .from_reader(text.as_bytes());
    let mut records: Vec<Row<'a>> = Vec::new();
    let mut record = ::csv::StringRecord::new();
    let (mut end, mut line, mut gap) = (0, 1_u32, false);
    loop {
        match reader.read_record(&mut record) {
            Ok(false) => break,
            Ok(true) => {
                // The reader passes over line ends before a record: they belong to the blank lines, if there are any.
                let passed = text.get(end..).unwrap_or("");
                let (blank, breaks) = blank_lines(passed, text.get(..end).is_some_and(|read| read.ends_with('\r')));
                line = line.saturating_add(breaks);
                gap |= blank;
                let start = end + passed.len() - passed.trim_start_matches(['\r', '\n']).len();
                end = usize::try_from(reader.position().byte()).unwrap_or(usize::MAX).min(text.len());
                let cells = cells(source, text, start, end, &record);
                let own = text.get(start..end).unwrap_or("");
                if cells.iter().any(|cell| !crate::alike::reads_as_nothing(&cell.value)) {
                    records.push(Row { line, gap, cells });
                    gap = false;
                } else {
                    gap = true;
                }
                line = line.saturating_add(line_breaks(own));
            }
            Err(error) => {
                sink.push(
                    Diagnostic::error(Code::TABLE_RAGGED, say!("the CSV file cannot be read here: {error}", error))
                        .at(Span::new(source, end, end)),
                );
                return None;
            }
        }
    }
    if records.is_empty() {
        sink.push(Diagnostic::error(Code::FILE_EMPTY, say!("the CSV file is empty")).at(Span::new(source, 0, 0)));
        return None;
    }
    let header = records.remove(0);
    let place = |row: &Row<'_>| {
        let ends = row.cells.first().zip(row.cells.last());
        ends.map_or(Span::new(source, 0, 0), |(first, last)| first.span.to(last.span))
    };
    let span = place(&header);
    let width = header.cells.len();
    let mut ragged = records.iter().filter(|row| row.cells.len() != width);
    let shown: Vec<&Row<'_>> = ragged.by_ref().take(ONE_BY_ONE).collect();
    for row in &shown {
        sink.push(
            Diagnostic::error(
                Code::TABLE_RAGGED,
                say!("this row has {count} cells, the header has {width}", width, count = row.cells.len()),
            )
            .at(place(row))
            .help(say!(
                "add the missing cells or take the surplus away; a cell that holds a comma needs quotation marks"
            )),
        );
    }
    let more = ragged.count();
    if more > 0 {
        sink.push(
            Diagnostic::error(
                Code::TABLE_RAGGED,
                say!("{more} more rows have another number of cells than the header", more),
            )
            .at(span)
            .help(say!("if all rows do, the header may have a cell too many or too few")),
        );
    }
    shown.is_empty().then_some(Data { header: header.cells, rows: records, line: header.line })
}

/// Rows of another length that are shown one by one; the rest are told as a number.
const ONE_BY_ONE: usize = 5;

/// Whether blank lines begin a text, and how many line breaks they have. After a carriage return a line feed is the rest of the same break.
fn blank_lines(text: &str, after_return: bool) -> (bool, u32) {
    let breaks = text.get(..text.len() - text.trim_start_matches(['\r', '\n']).len()).unwrap_or("");
    let own = usize::from(after_return && breaks.starts_with('\n'));
    let rest = breaks.get(own..).unwrap_or("");
    (!rest.is_empty(), line_breaks(rest))
}

/// Line breaks of a text: \n, \r\n, or \r alone as old programs write it.
fn line_breaks(text: &str) -> u32 {
    let bytes = text.as_bytes();
    let breaks = bytes.iter().enumerate().filter(|(at, byte)| match byte {
        b'\n' => true,
        b'\r' => bytes.get(at + 1) != Some(&b'\n'),
        _ => false,
    });
    u32::try_from(breaks.count()).unwrap_or(u32::MAX)
}

/// Finds each cell of a record again in the text it was read from.
fn cells<'a>(source: SourceId, text: &'a str, start: usize, end: usize, record: &::csv::StringRecord) -> Vec<Cell<'a>> {
    let mut from = start;
    record
        .iter()
        .map(|cell| {
            let at = text.get(from..end).and_then(|rest| rest.find(cell)).map_or(from, |at| from + at);
            // A cell with doubled quotation marks is not found as it is: point at about where it stands, between letters.
            let to = text.floor_char_boundary((at + cell.len()).min(end));
            from = to;
            let own = text.get(at..to).filter(|own| *own == cell).map_or_else(|| cell.to_owned().into(), Cow::Borrowed);
            Spanned::new(own, Span::new(source, at, to))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::SourceMap;

    fn read(text: &str) -> (Option<Data<'_>>, Sink) {
        let mut sink = Sink::default();
        let id = SourceMap::default().add("a.csv", text);
        (parse(id, text, &mut sink), sink)
    }

    #[test]
    fn semicolons_quotes_and_spans() {
        let text = "label;women\r\n\"Farsta; söder\";12\r\n";
        let (data, sink) = read(text);
        assert!(sink.is_empty());
        let data = data.unwrap();
        assert_eq!(data.rows[0].cells[0].value, "Farsta; söder");
        let span = data.rows[0].cells[1].span;
        assert_eq!(&text[span.start as usize..span.end as usize], "12");
    }

    #[test]
    fn the_header_says_what_parts_cells() {
        for text in ["a,b\n1;2,3\n", "a;b\n1;2,3\n", "a\tb, c\n1\t2,3;4\n", "a;b,c\td;e\n1;2;3\n"] {
            let data = read(text).0.unwrap();
            assert_eq!(data.rows[0].cells.len(), data.header.len(), "{text}");
        }
    }

    #[test]
    fn lines_are_counted_and_blank_ones_seen() {
        for text in [
            "a,b\n1,2\n\n\"x\ny\",4\n,\n5,6\n",
            "a,b\r\n1,2\r\n\r\n\"x\r\ny\",4\r\n,\r\n5,6",
            "a,b\r1,2\r\r\"x\ry\",4\r,\r5,6\r",
        ] {
            let (data, sink) = read(text);
            assert!(sink.is_empty());
            let rows: Vec<(u32, bool)> = data.unwrap().rows.iter().map(|row| (row.line, row.gap)).collect();
            assert_eq!(rows, [(2, false), (4, true), (7, true)], "{text:?}");
        }
        assert_eq!(read("\n\na,b\n1,2\n").0.unwrap().line, 3);
    }

    #[test]
    fn places_lie_between_letters_even_of_cells_that_are_not_found_as_they_stand() {
        let text = "a,b\n\"x\"\"éé\"\"ååå\",1\n";
        let rows = read(text).0.unwrap().rows;
        let spans = rows.iter().flat_map(|row| &row.cells).map(|cell| cell.span.start as usize..cell.span.end as usize);
        assert!(spans.clone().all(|span| text.get(span).is_some()), "{:?}", spans.collect::<Vec<_>>());
    }

    #[test]
    fn ragged_rows_are_all_reported() {
        let (data, sink) = read("label,a\nx,1,2\ny\n");
        assert!(data.is_none());
        assert_eq!(sink.sorted(&SourceMap::default()).len(), 2);
    }
}
