//! Captions that name a line of another table: "Women on parental leave in Finance, by length of leave". Such a table has that number for its total.

use crate::markdown::plain_words;
use crate::model::Table;

use super::super::names::Column;
use super::super::statement::{Range, Statement};
use super::Reading;

impl Reading<'_> {
    /// What the caption of a table says that all of it is.
    pub fn caption(&self, table: &Table) -> Option<Statement> {
        let own = self.names.scopes.iter().position(|scope| scope.id == table.id.value)?;
        let total = &self.names.lines[self.names.scopes[own].total?];
        let whole = match &total.values[..] {
            [(_, only)] => only,
            _ => total.value(Column::All)?,
        };
        let read = self.read(&plain_words(&table.caption));
        let named = self.names.mentions(&read, &(0..read.passage.text.len()));
        let others = named.lines.iter().map(|(_, line)| *line).filter(|line| self.names.lines[*line].scope != own);
        let columns = named.columns.iter().map(|(.., column)| *column).chain([Column::All]);
        let columns: Vec<Column> = columns.collect();
        others.flat_map(|line| columns.iter().map(move |column| (line, *column))).find_map(|(line, column)| {
            let part = self.names.lines[line].value(column)?;
            let less = part.iter().map(|(at, factor)| (*at, -factor));
            let terms: Vec<(usize, i64)> = whole.iter().copied().chain(less).collect();
            let statement = Statement::Count { terms, range: Range::exactly(0) };
            (part != whole && statement.holds(self.truth)).then_some(statement)
        })
    }
}
