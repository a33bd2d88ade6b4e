//! Charts: from the data of a table to a picture (SVG, through plotters) and to words (text alternative).

/// What is drawn. Chosen by the author with `mark`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    Bar,
    GroupedBar,
    StackedBar,
    /// Stacked to 100 %.
    PercentBar,
    Line,
    /// Two values a category, joined: differences between women and men.
    Dumbbell,
    Dot,
    /// A table whose cells are shaded by value.
    Heat,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Orientation {
    Horizontal,
    Vertical,
}

/// What the values are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Measure {
    /// Number of `unit` ("ärenden"); the unit may be empty.
    Count {
        unit: String,
    },
    /// Percent of a base that is named ("de granskade ärendena"); may be empty.
    Percent {
        of: String,
    },
    Amount {
        unit: String,
    },
}

/// One value as it is drawn and as it is printed.
#[derive(Debug, Clone, PartialEq)]
pub struct Datum {
    /// Length or position on the scale; none for a blank cell, which is then drawn as its mark alone.
    pub value: Option<f64>,
    /// The number as the report prints it ("1 234", "62,5", or the blank cell's mark). Always shown as the direct label.
    pub text: String,
    /// Why the cell is blank, in words ("uppgift saknas").
    pub blank: Option<String>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Series {
    pub label: String,
    /// One datum a category.
    pub values: Vec<Datum>,
}

/// A chart ready to draw: checked, ordered, its numbers formatted in the report's language.
#[derive(Debug, Clone, PartialEq)]
pub struct ChartData {
    pub id: String,
    pub mark: Mark,
    pub orientation: Orientation,
    /// Caption without markup.
    pub title: String,
    /// What the categories are ("Diagnos", "År"): the header of the table's first column.
    pub category_label: String,
    pub categories: Vec<String>,
    pub series: Vec<Series>,
    pub measure: Measure,
    /// For a line: where the scale starts; 0 otherwise.
    pub axis_from: Option<f64>,
}

/// A drawn chart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drawing {
    pub svg: String,
    /// CSS pixels.
    pub width: u32,
    pub height: u32,
}
