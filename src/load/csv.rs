//! CSV to cells with spans.

use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::source::{SourceId, Span, Spanned};

/// A CSV file: its header and its rows, each as long as the header.
#[derive(Debug, Clone)]
pub struct Data {
    pub header: Vec<Spanned<String>>,
    pub rows: Vec<Vec<Spanned<String>>>,
    /// The header line.
    pub span: Span,
}

/// Parses a file; the separator is comma, or semicolon as Swedish Excel writes it, whichever the header line has more of.
pub fn parse(source: SourceId, text: &str, sink: &mut Sink) -> Option<Data> {
    let first = text.lines().next().unwrap_or("");
    let count = |separator: char| first.matches(separator).count();
    let delimiter = if count(';') > count(',') { b';' } else { b',' };
    let mut reader = ::csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .has_headers(false)
        .flexible(true)
        .trim(::csv::Trim::All)
        .from_reader(text.as_bytes());
    let mut records: Vec<Vec<Spanned<String>>> = Vec::new();
    let mut record = ::csv::StringRecord::new();
    loop {
        let start = usize::try_from(reader.position().byte()).unwrap_or(usize::MAX).min(text.len());
        match reader.read_record(&mut record) {
            Ok(false) => break,
            Ok(true) => {
                let end = usize::try_from(reader.position().byte()).unwrap_or(usize::MAX).min(text.len());
                records.push(cells(source, text, start, end, &record));
            }
            Err(error) => {
                sink.push(
                    Diagnostic::error(Code::TABLE_RAGGED, format!("the CSV file cannot be read here: {error}"))
                        .at(Span::new(source, start, start)),
                );
                return None;
            }
        }
    }
    records.retain(|cells| cells.iter().any(|cell| !cell.value.is_empty()));
    if records.is_empty() {
        sink.push(Diagnostic::error(Code::FILE_EMPTY, "the CSV file is empty").at(Span::new(source, 0, 0)));
        return None;
    }
    let header = records.remove(0);
    let span =
        header.first().zip(header.last()).map_or(Span::new(source, 0, 0), |(first, last)| first.span.to(last.span));
    let mut ok = true;
    for row in &records {
        if row.len() != header.len() {
            ok = false;
            sink.push(
                Diagnostic::error(
                    Code::TABLE_RAGGED,
                    format!("this row has {} cells, the header has {}", row.len(), header.len()),
                )
                .at(row.first().zip(row.last()).map_or(span, |(first, last)| first.span.to(last.span)))
                .help(
                    "add the missing cells or take the surplus away; a cell that holds a comma needs quotation marks",
                ),
            );
        }
    }
    ok.then_some(Data { header, rows: records, span })
}

/// Finds each cell of a record again in the text it was read from.
fn cells(source: SourceId, text: &str, start: usize, end: usize, record: &::csv::StringRecord) -> Vec<Spanned<String>> {
    let mut from = start;
    record
        .iter()
        .map(|cell| {
            let at = text.get(from..end).and_then(|rest| rest.find(cell)).map_or(from, |at| from + at);
            // A cell with doubled quotation marks is not found as it is: point at the line.
            let to = (at + cell.len()).min(end);
            from = to;
            Spanned::new(cell.to_owned(), Span::new(source, at, to))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::SourceMap;

    fn read(text: &str) -> (Option<Data>, Sink) {
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
        assert_eq!(data.rows[0][0].value, "Farsta; söder");
        let span = data.rows[0][1].span;
        assert_eq!(&text[span.start as usize..span.end as usize], "12");
    }

    #[test]
    fn ragged_rows_are_all_reported() {
        let (data, sink) = read("label,a\nx,1,2\ny\n");
        assert!(data.is_none());
        assert_eq!(sink.sorted().len(), 2);
    }
}
