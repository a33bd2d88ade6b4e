//! Names of cells and ranges: `C17`, `A3:F57`, `'Blad 1'!$A$3:$F$57`.

/// A range of cells; all counted from 0, the ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Area {
    pub first_row: u32,
    pub first_column: u32,
    /// The largest number where the range goes down to the end of the sheet.
    pub last_row: u32,
    pub last_column: u32,
}

impl Area {
    /// `A2:B4`, also from below to above, or one cell.
    pub fn parse(text: &str) -> Option<Self> {
        let (from, to) = text.split_once(':').unwrap_or((text, text));
        let ((a, left), (b, right)) = (position(from)?, position(to)?);
        let fit = |number: u64| u32::try_from(number).ok();
        Some(Self {
            first_row: fit(a.min(b).checked_sub(1)?)?,
            first_column: fit(left.min(right))?,
            last_row: fit(a.max(b) - 1)?,
            last_column: fit(left.max(right))?,
        })
    }

    /// As [`Self::parse`], and `A3:F` to the end of the sheet, and `A:F`.
    pub fn parse_open(text: &str) -> Option<Self> {
        let (from, to) = text.split_once(':')?;
        match (end(from)?, end(to)?) {
            ((Some(_), _), (Some(_), _)) => Self::parse(text),
            ((first, left), (None, right)) => Some(Self {
                first_row: u32::try_from(first.unwrap_or(1).checked_sub(1)?).ok()?,
                first_column: u32::try_from(left.min(right)).ok()?,
                last_row: u32::MAX,
                last_column: u32::try_from(left.max(right)).ok()?,
            }),
            ((None, _), (Some(_), _)) => None,
        }
    }

    /// Whether it ends at a row that was named.
    pub fn is_closed(self) -> bool {
        self.last_row != u32::MAX
    }
}

impl std::fmt::Display for Area {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}{}:{}", letters(self.first_column), self.first_row.saturating_add(1), letters(self.last_column))?;
        if self.is_closed() { write!(f, "{}", self.last_row + 1) } else { Ok(()) }
    }
}

/// The sheet, if one is named, and the range of `'Blad 1'!$A$3:$F$57` and, with a point, of `$'Blad 1'.$A$3:.$F$57`.
pub fn reference(text: &str, parts: char) -> Option<(Option<String>, Area)> {
    let (from, to) = text.trim().rsplit_once(':').unwrap_or((text.trim(), ""));
    let (sheet, first) = match from.rsplit_once(parts) {
        Some((sheet, first)) => (Some(sheet), first),
        None => (None, from),
    };
    let last = to.rsplit_once(parts).map_or(to, |(_, last)| last);
    let area = if last.is_empty() { Area::parse(first) } else { Area::parse_open(&format!("{first}:{last}")) }?;
    let plain = |name: &str| {
        let name = name.trim_start_matches('$');
        let inside = name.strip_prefix('\'').and_then(|name| name.strip_suffix('\''));
        inside.map_or_else(|| name.to_owned(), |inside| inside.replace("''", "'"))
    };
    Some((sheet.map(plain).filter(|name| !name.is_empty()), area))
}

/// A, B, … Z, AA, AB for 0, 1, … 25, 26, 27.
pub fn letters(column: u32) -> String {
    let last = char::from(b'A' + u8::try_from(column % 26).unwrap_or(0));
    match column / 26 {
        0 => last.to_string(),
        more => letters(more - 1) + &last.to_string(),
    }
}

/// The column that capital letters name, counted from 0.
pub fn column(text: &str) -> Option<u32> {
    let capitals = (1..=3).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_uppercase());
    end(text).filter(|_| capitals).and_then(|(_, column)| u32::try_from(column).ok())
}

/// Row, counted from 1, and column, counted from 0, of a cell's name; as large as they are written.
pub fn position(name: &str) -> Option<(u64, u64)> {
    let (row, column) = end(name)?;
    Some((row?, column))
}

/// An end of a range, which may be a column alone.
fn end(name: &str) -> Option<(Option<u64>, u64)> {
    let plain = name.trim().replace('$', "");
    let at = plain.find(|c: char| c.is_ascii_digit()).unwrap_or(plain.len());
    let (letters, digits) = plain.split_at(at);
    let mut column: u64 = 0;
    for letter in letters.bytes() {
        if !letter.is_ascii_alphabetic() {
            return None;
        }
        column = column.saturating_mul(26).saturating_add(u64::from(letter.to_ascii_uppercase() - b'A') + 1);
    }
    let row = if digits.is_empty() { None } else { Some(digits.parse().ok()?) };
    Some((row, column.checked_sub(1)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_named_as_spreadsheets_do() {
        let numbers = [0, 25, 26, 51, 52, 701, 702, 16383];
        let names: Vec<String> = numbers.into_iter().map(letters).collect();
        assert_eq!(names, ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA", "XFD"]);
        assert_eq!(names.iter().filter_map(|name| column(name)).collect::<Vec<_>>(), numbers);
        for none in ["", "a", "A1", "ABCD", "Å", "$A"] {
            assert_eq!(column(none), None, "{none}");
        }
    }

    #[test]
    fn names_of_cells_are_read_however_large() {
        assert_eq!(position("A1"), Some((1, 0)));
        assert_eq!(position("XFD1048576"), Some((1_048_576, 16_383)));
        assert_eq!(position("ab12"), Some((12, 27)));
        assert!(position("ZZZZZZZZZZZZZZZZZZZZZZZZZZZZ1").is_some_and(|(_, column)| column > 1 << 40));
        for name in ["", "1", "A", "A-1", "Å1", "A99999999999999999999999"] {
            assert_eq!(position(name), None, "{name}");
        }
    }

    #[test]
    fn ranges_are_read_in_every_direction_and_open_downwards() {
        let area = Area { first_row: 1, first_column: 0, last_row: 3, last_column: 1 };
        assert_eq!(Area::parse("B4:A2"), Some(area));
        assert_eq!(Area::parse_open("$A$2:$B$4"), Some(area));
        assert_eq!(area.to_string(), "A2:B4");
        for none in ["A0:A2", "x", "A1:A99999999999", "A:B", "A1:B"] {
            assert_eq!(Area::parse(none), None, "{none}");
        }
        let open = Area { first_row: 2, first_column: 0, last_row: u32::MAX, last_column: 5 };
        assert_eq!(Area::parse_open("A3:F"), Some(open));
        assert_eq!(open.to_string(), "A3:F");
        assert_eq!(Area::parse_open("F:A"), Some(Area { first_row: 0, ..open }));
        for none in ["A:F3", "A0:F", "A3", ":", "A3:", "3:5"] {
            assert_eq!(Area::parse_open(none), None, "{none}");
        }
    }

    #[test]
    fn references_name_their_sheet() {
        let area = Area { first_row: 2, first_column: 0, last_row: 56, last_column: 5 };
        for (text, parts, sheet) in [
            ("Blad1!$A$3:$F$57", '!', Some("Blad1")),
            ("'It''s 1:a bladet'!$A$3:$F$57", '!', Some("It's 1:a bladet")),
            ("$A$3:$F$57", '!', None),
            ("$Blad1.$A$3:.$F$57", '.', Some("Blad1")),
            ("$'Blad 1.2'.$A$3:$'Blad 1.2'.$F$57", '.', Some("Blad 1.2")),
        ] {
            assert_eq!(reference(text, parts), Some((sheet.map(str::to_owned), area)), "{text}");
        }
        for none in ["OFFSET(A1,0,0)", "#REF!", "42", "Blad1!$A$3,Blad1!$B$4:$F$57x"] {
            assert_eq!(reference(none, '!'), None, "{none}");
        }
    }
}
