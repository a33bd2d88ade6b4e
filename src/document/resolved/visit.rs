//! The walk over a resolved document. What each block and inline is made of is told here and nowhere else: who reads or changes a document
//! says what is special to it and leaves the rest to the walk, so that a new kind of block is read by all of them.

use super::{
    AssessmentItem, BibliographyItem, Block, Cell, Chapter, Chart, Definition, Download, HeadCell, Image, Inline,
    KeyFigure, Note, Pair, ProcessStep, Question, QuestionPart, ResolvedDocument, Row, Table, TableNote, TimelineEntry,
};

/// What a line of words is in its block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Line {
    Heading,
    /// What is read through: paragraphs, items, questions, somebody's words.
    Text,
    /// Short words above or beside a text: of a process and its steps, a time line and its entries, a key figure, a file for download.
    Title,
    Term,
    /// Who said it.
    Attribution,
    Caption,
    /// Who made a picture.
    Credit,
    /// Header of a column, a group of columns or a row.
    Header,
    Cell,
    /// Under a table or chart.
    Note,
    /// Where the data of a table or chart are from.
    Source,
    /// An entry of the list of references.
    Reference,
    /// A note of the text.
    Endnote,
}

/// Reading and changing go the same way, which stands here once for both.
macro_rules! walk {
    (
        $(#[$doc:meta])*
        $visit:ident $(<$of:lifetime>)?, $($change:ident)?, $words:ty,
        $walk_body:ident, $walk_block:ident, $walk_table:ident, $walk_inline:ident
    ) => {
        $(#[$doc])*
        pub trait $visit $(<$of>)? {
            fn blocks(&mut self, blocks: & $($of)? $($change)? [Block]) {
                for block in blocks {
                    self.block(block);
                }
            }

            fn block(&mut self, block: & $($of)? $($change)? Block) {
                $walk_block(self, block);
            }

            fn table(&mut self, table: & $($of)? $($change)? Table) {
                $walk_table(self, table);
            }

            /// Words that stand together: a paragraph, a caption, a cell.
            fn line(&mut self, words: $words, _: Line) {
                self.inlines(words);
            }

            /// A line, or what an inline is made of.
            fn inlines(&mut self, inlines: $words) {
                for inline in inlines {
                    self.inline(inline);
                }
            }

            fn inline(&mut self, inline: & $($of)? $($change)? Inline) {
                $walk_inline(self, inline);
            }
        }

        /// The chapters, then the notes.
        pub fn $walk_body $(<$of>)? (
            visitor: &mut (impl $visit $(<$of>)? + ?Sized),
            ResolvedDocument { chapters, notes, .. }: & $($of)? $($change)? ResolvedDocument,
        ) {
            for Chapter { blocks, .. } in chapters {
                visitor.blocks(blocks);
            }
            for Note { content, .. } in notes {
                visitor.line(content, Line::Endnote);
            }
        }

        /// What a block is made of, in the order in which it is read.
        pub fn $walk_block $(<$of>)? (
            visitor: &mut (impl $visit $(<$of>)? + ?Sized),
            block: & $($of)? $($change)? Block,
        ) {
            match block {
                Block::Heading { content, .. } => visitor.line(content, Line::Heading),
                Block::Paragraph { content, .. } => visitor.line(content, Line::Text),
                Block::List { items, .. } => {
                    for blocks in items {
                        visitor.blocks(blocks);
                    }
                }
                Block::Quote { blocks, attribution } => {
                    visitor.blocks(blocks);
                    if let Some(words) = attribution {
                        visitor.line(words, Line::Attribution);
                    }
                }
                Block::Callout { own_title, blocks, .. } => {
                    if let Some(words) = own_title {
                        visitor.line(words, Line::Title);
                    }
                    visitor.blocks(blocks);
                }
                Block::Beside { blocks } => visitor.blocks(blocks),
                Block::Definitions { items } => {
                    for Definition { term, descriptions, .. } in items {
                        visitor.line(term, Line::Term);
                        for blocks in descriptions {
                            visitor.blocks(blocks);
                        }
                    }
                }
                Block::Table(table) => visitor.table(table),
                Block::Chart(chart) => {
                    let Chart { caption, table, table_reference, note, source, .. } = & $($change)? **chart;
                    visitor.line(caption, Line::Caption);
                    visitor.table(table);
                    if let Some(inline) = table_reference {
                        visitor.inline(inline);
                    }
                    if let Some(words) = note {
                        visitor.line(words, Line::Note);
                    }
                    if let Some(words) = source {
                        visitor.line(words, Line::Source);
                    }
                }
                Block::Image(Image { caption, credit, .. }) => {
                    if let Some(words) = caption {
                        visitor.line(words, Line::Caption);
                    }
                    if let Some(words) = credit {
                        visitor.line(words, Line::Credit);
                    }
                }
                Block::Assessment { items, .. } => {
                    for AssessmentItem { content, .. } in items {
                        visitor.line(content, Line::Text);
                    }
                }
                Block::Statement { content, attribution, .. } => {
                    visitor.line(content, Line::Text);
                    visitor.line(attribution, Line::Attribution);
                }
                Block::Process { title, steps } => {
                    if let Some(words) = title {
                        visitor.line(words, Line::Title);
                    }
                    for ProcessStep { title, text, .. } in steps {
                        visitor.line(title, Line::Title);
                        if let Some(words) = text {
                            visitor.line(words, Line::Text);
                        }
                    }
                }
                Block::Bibliography { items } => {
                    for BibliographyItem { content, .. } in items {
                        visitor.line(content, Line::Reference);
                    }
                }
                Block::Timeline { title, entries } => {
                    if let Some(words) = title {
                        visitor.line(words, Line::Title);
                    }
                    for TimelineEntry { title, text, .. } in entries {
                        visitor.line(title, Line::Title);
                        if let Some(words) = text {
                            visitor.line(words, Line::Text);
                        }
                    }
                }
                Block::KeyFigures { items } => {
                    for KeyFigure { value, label, .. } in items {
                        visitor.line(value, Line::Text);
                        visitor.line(label, Line::Title);
                    }
                }
                Block::Pairs { items } => {
                    for Pair { problem, proposal, .. } in items {
                        visitor.line(problem, Line::Text);
                        visitor.line(proposal, Line::Text);
                    }
                }
                Block::Question(Question { content, parts, .. }) => {
                    visitor.line(content, Line::Text);
                    for QuestionPart { content, .. } in parts {
                        visitor.line(content, Line::Text);
                    }
                }
                Block::Downloads { items } => {
                    for Download { title, .. } in items {
                        visitor.line(title, Line::Title);
                    }
                }
                Block::Code { .. } | Block::Rule => {}
            }
        }

        /// Caption, headers, cells and what stands below.
        pub fn $walk_table $(<$of>)? (
            visitor: &mut (impl $visit $(<$of>)? + ?Sized),
            Table { caption, head, rows, notes, legend, note, source, .. }: & $($of)? $($change)? Table,
        ) {
            if let Some(words) = caption {
                visitor.line(words, Line::Caption);
            }
            for cells in head {
                for HeadCell { content, .. } in cells {
                    visitor.line(content, Line::Header);
                }
            }
            for Row { cells, .. } in rows {
                for Cell { content, header, .. } in cells {
                    visitor.line(content, if *header { Line::Header } else { Line::Cell });
                }
            }
            for notes in [notes, legend] {
                for TableNote { content, .. } in notes {
                    visitor.line(content, Line::Note);
                }
            }
            if let Some(words) = note {
                visitor.line(words, Line::Note);
            }
            if let Some(words) = source {
                visitor.line(words, Line::Source);
            }
        }

        /// What an inline is made of.
        pub fn $walk_inline $(<$of>)? (
            visitor: &mut (impl $visit $(<$of>)? + ?Sized),
            inline: & $($of)? $($change)? Inline,
        ) {
            match inline {
                Inline::Emphasis { content }
                | Inline::Strong { content }
                | Inline::Strikethrough { content }
                | Inline::Inserted { content }
                | Inline::Deleted { content }
                | Inline::Link { content, .. }
                | Inline::Reference { content, .. }
                | Inline::Anchor { content, .. }
                | Inline::Language { content, .. } => visitor.inlines(content),
                Inline::Text { .. }
                | Inline::Code { .. }
                | Inline::Figure { .. }
                | Inline::Note { .. }
                | Inline::Mark { .. }
                | Inline::LineBreak => {}
            }
        }
    };
}

walk! {
    /// Reads a document: by default all of it.
    Visit<'a>, , &'a [Inline], walk_body, walk_block, walk_table, walk_inline
}

walk! {
    /// Changes a document: by default nothing.
    VisitMut, mut, &mut Vec<Inline>, walk_body_mut, walk_block_mut, walk_table_mut, walk_inline_mut
}

/// Calls `act` on every block, those within others included.
pub fn walk_blocks<'a>(blocks: &'a [Block], act: impl FnMut(&'a Block)) {
    struct Each<F>(F);
    impl<'a, F: FnMut(&'a Block)> Visit<'a> for Each<F> {
        fn block(&mut self, block: &'a Block) {
            (self.0)(block);
            walk_block(self, block);
        }

        fn table(&mut self, _: &'a Table) {}

        fn line(&mut self, _: &'a [Inline], _: Line) {}
    }
    Each(act).blocks(blocks);
}

/// Calls `act` on every inline, those within others included.
pub fn walk_inlines<'a>(inlines: &'a [Inline], act: impl FnMut(&'a Inline)) {
    struct Each<F>(F);
    impl<'a, F: FnMut(&'a Inline)> Visit<'a> for Each<F> {
        fn inline(&mut self, inline: &'a Inline) {
            (self.0)(inline);
            walk_inline(self, inline);
        }
    }
    Each(act).inlines(inlines);
}
