//! The register of filters, which follow a figure's name behind a bar: `{{ sip.any | percent }}`. Resolving, messages and the table in docs/format.md go by it.
//! A new one is a variant, a row, and an arm where it is resolved.

/// A filter of a binding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FilterName {
    Percent,
    Share,
    Full,
    Words,
    Women,
    Men,
    Total,
    BySex,
    Base,
    Label,
    Name,
    Column,
    Number,
    Absolute,
    Capital,
}

struct Row {
    filter: FilterName,
    /// As it is written, in full.
    name: &'static str,
    /// How it is written with what may follow it: what to do where something else does.
    written: &'static str,
    /// What is printed goes by the figure's base too: who changes the base changes these words.
    by_base: bool,
}

const fn row(filter: FilterName, name: &'static str, written: &'static str) -> Row {
    Row { filter, name, written, by_base: false }
}

const fn row_by_base(filter: FilterName, name: &'static str, written: &'static str) -> Row {
    Row { filter, name, written, by_base: true }
}

const ROWS: &[Row] = &[
    row_by_base(FilterName::Percent, "percent", "write `percent`, or `percent 1` for one decimal"),
    row_by_base(FilterName::Share, "share", "write `share`, or `share words`"),
    row_by_base(FilterName::Full, "full", "write `full`, or `full 1` for one decimal"),
    row(FilterName::Words, "words", "write `words`, `words ett` (ett ärende) or `words en` (en person)"),
    row(FilterName::Women, "women", "`women` takes no argument"),
    row(FilterName::Men, "men", "`men` takes no argument"),
    row(FilterName::Total, "total", "`total` takes no argument"),
    row(FilterName::BySex, "by sex", "write `by sex`"),
    row_by_base(FilterName::Base, "base", "`base` takes no argument"),
    row(FilterName::Label, "label", "`label` takes no argument"),
    row(FilterName::Name, "name", "`name` takes no argument"),
    row(FilterName::Column, "column", "write `column` and the column's id"),
    row(FilterName::Number, "number", "`number` takes no argument"),
    row(FilterName::Absolute, "absolute", "`absolute` takes no argument"),
    row(FilterName::Capital, "capital", "`capital` takes no argument"),
];

impl FilterName {
    /// The filter that begins with this word.
    #[must_use]
    pub fn find(word: &str) -> Option<Self> {
        ROWS.iter().find(|row| row.name.split(' ').next() == Some(word)).map(|row| row.filter)
    }

    /// As it is written in a binding.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.row().name
    }

    /// How it is written with what may follow it, as an instruction.
    #[must_use]
    pub fn written(self) -> &'static str {
        self.row().written
    }

    /// Whether what is printed goes by the figure's base too.
    #[must_use]
    pub fn by_base(self) -> bool {
        self.row().by_base
    }

    /// All names, in the order of the register.
    pub fn names() -> impl Iterator<Item = &'static str> + Clone {
        ROWS.iter().map(|row| row.name)
    }

    fn row(self) -> &'static Row {
        // A test holds that the rows stand in the order of the variants.
        ROWS.get(self as usize).unwrap_or(&ROWS[0])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{CODES, Code};

    #[test]
    fn every_filter_has_its_row_and_the_docs_have_every_filter() {
        let docs = include_str!("../../docs/format.md");
        for (at, row) in ROWS.iter().enumerate() {
            assert_eq!(row.filter as usize, at, "{}", row.name);
            assert_eq!(FilterName::find(row.name.split(' ').next().unwrap()), Some(row.filter));
            assert!(docs.contains(&format!("\\| {}", row.name)), "the docs do not say what {} is", row.name);
            assert!(row.written.contains(&format!("`{}", row.name)), "{}", row.name);
            let explained = CODES.iter().find(|info| info.code == Code::FILTER_UNKNOWN).unwrap().explanation;
            assert!(explained.contains(row.name), "`belagg explain` does not know {}", row.name);
        }
        assert_eq!(ROWS.len(), FilterName::Capital as usize + 1);
        assert_eq!(FilterName::find("sex"), None);
    }
}
