//! The records of a sheet.

use std::collections::BTreeMap;

use super::super::{Area, Cell, Content, Fault, Meter, Row, Sheet, far};
use super::records::{Bytes, Record, Records, Texts};
use super::{BEGIN, END, Style, Workbook};
use crate::diagnostic::say;

/// What a cell holds, before its style says what that is.
enum Value {
    Number(f64),
    Text(String),
    Flag(bool),
    Fault(u8),
    /// The text that a formula makes stands in a record of its own.
    TextBehind,
}

pub fn sheet(records: Records<'_>, name: &str, workbook: &Workbook) -> Result<Sheet, Fault> {
    let mut out = Sheet { name: name.to_owned(), ..Sheet::default() };
    let mut reader =
        Reader { workbook, rows: BTreeMap::new(), hidden: Vec::new(), waiting: None, meter: Meter::default() };
    // Charts that stand in the sheet have records of their own, between a beginning and an end.
    let mut depth = 0_usize;
    for record in records {
        match record.id {
            BEGIN => depth += 1,
            END if depth <= 1 => {
                out.rows = reader.rows();
                return Ok(out);
            }
            END => depth -= 1,
            _ if depth != 1 => {}
            0xe5 => {
                let mut bytes = record.bytes();
                for _ in 0..bytes.u16().unwrap_or(0) {
                    let Some(ends) = bytes.take::<8>() else { break };
                    let mut ends = Bytes(&ends);
                    let mut next = || u32::from(ends.u16().unwrap_or(0));
                    let (first_row, last_row, first_column, last_column) = (next(), next(), next(), next());
                    out.merged.push(Area { first_row, first_column, last_row, last_column });
                    reader.meter.add(&Content::Empty, 1)?;
                }
            }
            0x7d => {
                let mut bytes = record.bytes();
                let ends = bytes.u16().zip(bytes.u16());
                let flags = bytes.take::<6>().map(|[.., flags, _]| flags);
                if let (Some((first, last)), Some(1)) = (ends, flags.map(|flags| flags & 1)) {
                    out.hidden_columns.push((u32::from(first), u32::from(last)));
                }
            }
            _ => {
                reader.record(record)?;
            }
        }
    }
    Err(Fault::broken(say!("its sheet `{name}` ends in the middle", name)))
}

struct Reader<'a> {
    workbook: &'a Workbook,
    rows: BTreeMap<u16, BTreeMap<u16, Cell>>,
    hidden: Vec<u16>,
    /// Place and style of a formula whose text is in the next record.
    waiting: Option<(u16, u16, u16, bool)>,
    meter: Meter,
}

impl Reader<'_> {
    /// Keeps what a record says of cells; none where it breaks off, or is of something else.
    fn record(&mut self, record: Record<'_>) -> Result<Option<()>, Fault> {
        let mut bytes = record.bytes();
        if record.id == 0x208 {
            let row = bytes.u16();
            let flags = bytes.take::<12>().map(|[.., flags, _]| flags);
            self.hidden.extend(row.zip(flags).filter(|(_, flags)| flags & 0x20 != 0).map(|(row, _)| row));
            return Ok(Some(()));
        }
        if record.id == 0x207 {
            let Some((row, column, style, aggregate)) = self.waiting.take() else { return Ok(None) };
            let text = Texts::new(record, 0).and_then(|mut texts| texts.next()).unwrap_or_default();
            return self.keep((row, column), style, Value::Text(text), aggregate).map(Some);
        }
        if record.id == 0xbd {
            return self.many(bytes);
        }
        if !matches!(record.id, 0x06 | 0xfd | 0x203 | 0x204 | 0x205 | 0x27e) {
            return Ok(None);
        }
        let Some(((row, column), style)) = bytes.u16().zip(bytes.u16()).zip(bytes.u16()) else { return Ok(None) };
        let mut aggregate = false;
        let value = match record.id {
            0x06 => {
                let result = bytes.take::<8>();
                aggregate = is_aggregate(bytes);
                result.map(|result| match result {
                    [0, .., 0xff, 0xff] => Value::TextBehind,
                    [1, _, flag, .., 0xff, 0xff] => Value::Flag(flag != 0),
                    [2, _, fault, .., 0xff, 0xff] => Value::Fault(fault),
                    [_, .., 0xff, 0xff] => Value::Text(String::new()),
                    number => Value::Number(f64::from_le_bytes(number)),
                })
            }
            0xfd => {
                let text = bytes.u32().and_then(|at| self.workbook.texts.get(at as usize).cloned());
                let place = || format!("{}{}", super::super::letters(u32::from(column)), u32::from(row) + 1);
                let text = text.ok_or_else(|| {
                    Fault::broken(say!("its cell {place} names a text that is not there", place = place()))
                })?;
                Some(Value::Text(text))
            }
            0x203 => bytes.f64().map(Value::Number),
            0x204 => Texts::new(record, 6).and_then(|mut texts| texts.next()).map(Value::Text),
            0x205 => bytes
                .take()
                .map(|[value, is_fault]| if is_fault == 0 { Value::Flag(value != 0) } else { Value::Fault(value) }),
            _ => bytes.rk().map(Value::Number),
        };
        match value {
            Some(Value::TextBehind) => {
                self.waiting = Some((row, column, style, aggregate));
                Ok(Some(()))
            }
            Some(value) => self.keep((row, column), style, value, aggregate).map(Some),
            None => Ok(None),
        }
    }

    /// Numbers in cells side by side.
    fn many(&mut self, mut bytes: Bytes<'_>) -> Result<Option<()>, Fault> {
        let Some((row, first)) = bytes.u16().zip(bytes.u16()) else { return Ok(None) };
        for column in first.. {
            if bytes.0.len() < 6 {
                break;
            }
            let Some((style, number)) = bytes.u16().zip(bytes.rk()) else { break };
            self.keep((row, column), style, Value::Number(number), false)?;
        }
        Ok(Some(()))
    }

    fn keep(&mut self, (row, column): (u16, u16), style: u16, value: Value, aggregate: bool) -> Result<(), Fault> {
        let style = self.workbook.style(style);
        let content = content(value, &style, self.workbook.since_1904);
        if content == Content::Empty {
            return Ok(());
        }
        if let Some(fault) = far(u64::from(row) + 1, u64::from(column)) {
            return Err(fault);
        }
        self.meter.add(&content, 1)?;
        let unit = style.unit.filter(|_| matches!(content, Content::Number(..)));
        let cell = Cell { column: u32::from(column), content, aggregate, unit, bold: style.bold };
        self.rows.entry(row).or_default().insert(column, cell);
        Ok(())
    }

    fn rows(self) -> Vec<Row> {
        let Self { rows, hidden, .. } = self;
        let hidden: std::collections::BTreeSet<u16> = hidden.into_iter().collect();
        let row = |(row, cells): (u16, BTreeMap<u16, Cell>)| Row {
            number: u32::from(row) + 1,
            hidden: hidden.contains(&row),
            cells: cells.into_values().collect(),
        };
        rows.into_iter().map(row).collect()
    }
}

fn content(value: Value, style: &Style, since_1904: bool) -> Content {
    match value {
        Value::Number(number) => super::super::shown_as(&number.to_string(), style.format, since_1904),
        Value::Text(text) if text.trim().is_empty() => Content::Empty,
        Value::Text(text) => Content::Text(text),
        Value::Flag(flag) => Content::Text(flag.to_string()),
        Value::Fault(code) => Content::Fault(fault(code).to_owned()),
        Value::TextBehind => Content::Empty,
    }
}

fn fault(code: u8) -> &'static str {
    match code {
        0x00 => "#NULL!",
        0x07 => "#DIV/0!",
        0x0f => "#VALUE!",
        0x17 => "#REF!",
        0x1d => "#NAME?",
        0x24 => "#NUM!",
        _ => "#N/A",
    }
}

/// Whether a formula is a sum, a mean or the like of one column: a range of it, and then the function.
fn is_aggregate(mut bytes: Bytes<'_>) -> bool {
    // Flags, a chain, the length of the formula.
    if bytes.skip(8).is_none() {
        return false;
    }
    // SUBTOTAL begins with the number of its function.
    if let [0x1e, _, _, rest @ ..] = bytes.0 {
        bytes.0 = rest;
    }
    let Some([0x25 | 0x45 | 0x65, a, b, c, d, left, _, right, _]) = bytes.take::<9>() else { return false };
    let one_column = left == right && [a, b] != [c, d];
    let function = match bytes.0 {
        [0x19, flags, ..] => flags & 0x10 != 0,
        [0x22 | 0x42 | 0x62, _, low, high, ..] => {
            matches!(u16::from_le_bytes([*low, *high & 0x7f]), 0 | 4..=7 | 12 | 169 | 227 | 344)
        }
        _ => false,
    };
    one_column && function
}
