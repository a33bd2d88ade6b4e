//! The quantities of a report by the words that name them: rows, columns and groups of tables, figures.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::check::{Groups, Passage, Tag, pack, stem, word_places};
use crate::compute::mask::Quantity;
use crate::compute::statistics::Statistics;
use crate::compute::table::{ComputedColumn, Heading};
use crate::locale::Language;
use crate::markdown::plain_words;
use crate::model::{Figure, Project, Table};
use crate::value::{Group, Value};

use super::super::network::Terms;
use super::super::quantities::Quantities;
use super::texts::Read;

/// Whose numbers a column has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Column {
    All,
    Of(Group),
    /// By its position among the labels of the scope.
    Labelled(usize),
}

/// A table, or a figure for itself.
#[derive(Debug, Default)]
pub struct Scope {
    pub id: String,
    /// Stems of what it counts.
    pub nouns: BTreeSet<String>,
    /// Stems of what its rows are: "enhet".
    pub stub: BTreeSet<String>,
    /// The labels of its columns that are of no group.
    labels: Vec<Label>,
    /// The lines of all of it.
    pub total: Option<usize>,
    pub lines: Vec<usize>,
}

impl Scope {
    /// Its columns that have a label.
    pub fn columns(&self) -> impl Iterator<Item = Column> {
        (0..self.labels.len()).map(Column::Labelled)
    }
}

/// The label of a column, as stems.
#[derive(Debug, Default)]
struct Label {
    words: Vec<String>,
    /// Without "med", "utan", "not".
    bare: Vec<String>,
    /// It says what is not so.
    negated: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum By {
    /// The stems of its label, one after the other.
    Words(Vec<String>),
    /// The stems of its label, anywhere in a sentence.
    Anywhere(Vec<String>),
    Group(Group),
    Nothing,
}

/// A row of a table, or a figure: a number for all and for each column or group.
#[derive(Debug)]
pub struct Line {
    pub scope: usize,
    by: By,
    /// The words of its label that no other row has: "Thursday" of "Thursday choir".
    short: Option<Vec<String>>,
    pub values: Vec<(Column, Terms)>,
    /// The same of what it is a share of.
    pub base: Vec<(Column, Terms)>,
}

impl Line {
    pub fn value(&self, column: Column) -> Option<&Terms> {
        self.values.iter().find(|(known, _)| *known == column).map(|(_, terms)| terms)
    }

    /// The columns of its groups, where it has two.
    pub fn groups(&self) -> Option<(Column, Column)> {
        let mut groups = self.values.iter().map(|(column, _)| *column).filter(|column| matches!(column, Column::Of(_)));
        let both = (groups.next()?, groups.next()?);
        groups.next().is_none().then_some(both)
    }

    pub fn base(&self, column: Column) -> Option<&Terms> {
        self.base.iter().find(|(known, _)| *known == column).map(|(_, terms)| terms)
    }
}

/// So near before a word stands what denies it.
const DENIES: usize = 3;
/// A word has so many letters before parts of it or words like it name anything.
const SHORTEST: usize = 4;

#[derive(Debug, Default)]
pub struct Names {
    pub scopes: Vec<Scope>,
    pub lines: Vec<Line>,
    pub language: Language,
    /// Where they are amounts, the decimal whose units cells are in.
    pub amounts: Option<u8>,
    /// What units multiply amounts by: a million of "mnkr".
    pub factors: BTreeSet<i64>,
}

/// What a stretch of a text names, and where.
#[derive(Debug, Clone, Default)]
pub struct Mentions {
    pub lines: Vec<(Range<usize>, usize)>,
    /// The scope is that of a label; groups are of any.
    pub columns: Vec<(Range<usize>, Option<usize>, Column)>,
}

impl Names {
    /// Of all tables and figures, or of those of which a number is hidden.
    pub fn new(
        project: &Project,
        truth: &Statistics,
        (quantities, hidden): (&Quantities, Option<&BTreeSet<usize>>),
        language: Language,
    ) -> Self {
        let at: BTreeMap<&Quantity, usize> =
            (0..).zip(&quantities.names).flat_map(|(at, names)| names.iter().map(move |name| (name, at))).collect();
        let amounts = quantities.of_amounts.then_some(quantities.decimals);
        let mut out = Self { language, amounts, ..Self::default() };
        let groups = Groups::new(&project.workspace.breakdowns, language);
        let cells = Cells { at, truth, quantities, groups: &groups };
        for table in &project.findings.tables {
            out.table(table, &cells);
        }
        for figure in &project.findings.figures {
            out.figure(figure, &cells);
        }
        // What counts cases is called what their dataset is called.
        let datasets: Vec<String> = project
            .findings
            .datasets
            .iter()
            .filter_map(|dataset| dataset.label.as_ref())
            .flat_map(|label| out.stems(&plain_words(label)))
            .collect();
        out.scopes.iter_mut().for_each(|scope| scope.nouns.extend(datasets.iter().cloned()));
        let Some(hidden) = hidden else { return out };
        let hides = |scope: &Scope| {
            let mut terms = scope.lines.iter().flat_map(|line| &out.lines[*line].values).flat_map(|(_, terms)| terms);
            terms.any(|(at, _)| hidden.contains(at))
        };
        let kept: Vec<bool> = out.scopes.iter().map(hides).collect();
        // Lines of what hides nothing name nothing.
        out.lines.iter_mut().filter(|line| !kept[line.scope]).for_each(|line| line.by = By::Nothing);
        out.scopes.iter_mut().zip(kept).filter(|(_, kept)| !kept).for_each(|(scope, _)| *scope = Scope::default());
        out
    }

    pub fn stems(&self, words: &str) -> Vec<String> {
        let lower = words.to_lowercase();
        word_places(&lower).into_iter().map(|place| stem(&lower[place], self.language)).collect()
    }

    /// The stems of a label without short words.
    fn content(&self, words: &str) -> Vec<String> {
        let lower = words.to_lowercase();
        let words = word_places(&lower).into_iter().map(|place| &lower[place]);
        words.filter(|word| word.chars().count() > 2).map(|word| stem(word, self.language)).collect()
    }

    fn table(&mut self, table: &Table, cells: &Cells<'_>) {
        let id = &table.id.value;
        let Some(computed) = cells.truth.tables.get(id) else { return };
        let mut scope = Scope { id: id.clone(), ..Scope::default() };
        // "Besökare per enhet": what stands behind says by what they are told apart.
        let caption = plain_words(&table.caption).to_lowercase();
        let counted = word_places(&caption).into_iter().map(|place| &caption[place]);
        let counted = counted.take_while(|word| !pack(self.language).tags(word).has(Tag::Per));
        scope.nouns.extend(counted.map(|word| stem(word, self.language)));
        scope.stub.extend(self.stems(&plain_words(&table.stub)));
        let at = self.scopes.len();
        let columns = computed.columns.iter().map(|column| self.column(column, &mut scope, cells));
        let columns: Vec<Column> = columns.collect();
        let factors: Vec<i64> = computed.columns.iter().map(|column| self.unit_of(column, &mut scope)).collect();
        let mut sums: Vec<(Column, Terms)> = Vec::new();
        let mut has_total = false;
        let typed_total = cells.total_row(id, computed);
        for row in &computed.rows {
            let line = self.row((id, at), (&row.id, &row.label), (&computed.columns, &columns, &factors), cells);
            if row.total || typed_total == Some(row.id.as_str()) {
                has_total = true;
                scope.total = Some(self.lines.len());
            } else {
                if let By::Words(words) = &line.by {
                    scope.nouns.extend(words.iter().cloned());
                }
                for (column, terms) in &line.values {
                    match sums.iter_mut().find(|(known, _)| known == column) {
                        Some((_, sum)) => sum.extend(terms),
                        None => sums.push((*column, terms.clone())),
                    }
                }
            }
            scope.lines.push(self.lines.len());
            self.lines.push(line);
        }
        self.shorten(&scope.lines);
        if !has_total {
            let mut line =
                self.row((id, at), ("total", &Heading::Total), (&computed.columns, &columns, &factors), cells);
            let missing = |column: &Column| line.value(*column).is_none();
            let more: Vec<(Column, Terms)> = sums.into_iter().filter(|(column, _)| missing(column)).collect();
            line.values.extend(more);
            scope.total = Some(self.lines.len());
            scope.lines.push(self.lines.len());
            self.lines.push(line);
        }
        self.scopes.push(scope);
    }

    /// Names rows by what tells them apart, where their labels have words in common.
    fn shorten(&mut self, lines: &[usize]) {
        let labels: Vec<Vec<String>> = lines
            .iter()
            .map(|line| match &self.lines[*line].by {
                By::Words(words) => words.clone(),
                _ => Vec::new(),
            })
            .collect();
        for (at, line) in lines.iter().enumerate() {
            let others = || labels.iter().enumerate().filter(|(other, _)| *other != at).map(|(_, words)| words);
            let own: Vec<String> =
                labels[at].iter().filter(|word| others().all(|words| !words.contains(word))).cloned().collect();
            let says_enough = own.iter().any(|word| word.chars().count() >= SHORTEST);
            self.lines[*line].short = (own.len() < labels[at].len() && says_enough).then_some(own);
        }
    }

    fn label(&self, label: &str) -> Label {
        let lower = label.to_lowercase();
        let pack = pack(self.language);
        let words: Vec<&str> = word_places(&lower).into_iter().map(|place| &lower[place]).collect();
        let says_not = |word: &&str| pack.tags(word).any(&[Tag::Negation, Tag::Lacks, Tag::Except]);
        let joins = |word: &&str| word.chars().count() <= SHORTEST && pack.tags(word).any(&[Tag::By, Tag::Having]);
        let bare = words.iter().filter(|word| !says_not(word) && !joins(word));
        Label {
            bare: bare.map(|word| stem(word, self.language)).collect(),
            negated: words.iter().any(says_not),
            words: words.iter().map(|word| stem(word, self.language)).collect(),
        }
    }

    fn column(&self, column: &ComputedColumn, scope: &mut Scope, cells: &Cells<'_>) -> Column {
        match (&column.label, column.of.or_else(|| cells.group_of_share(column, self.language))) {
            (_, Some(group)) => Column::Of(group),
            (Heading::Given(label), None) if !column.total => {
                let label = self.label(&plain_words(label));
                scope.nouns.extend(label.words.iter().cloned());
                scope.labels.push(label);
                Column::Labelled(scope.labels.len() - 1)
            }
            _ => Column::All,
        }
    }

    fn row(
        &self,
        (table, scope): (&str, usize),
        (row, label): (&str, &Heading),
        (columns, kinds, factors): (&[ComputedColumn], &[Column], &[i64]),
        cells: &Cells<'_>,
    ) -> Line {
        let by = match label {
            Heading::Given(label) => By::Words(self.stems(&plain_words(label))),
            Heading::Group(group) => By::Group(*group),
            _ => By::Nothing,
        };
        let mut values: Vec<(Column, Terms)> = Vec::new();
        for ((column, kind), factor) in columns.iter().zip(kinds).zip(factors) {
            let name = Quantity::Cell { table: table.to_owned(), row: row.to_owned(), column: column.id.clone() };
            let terms = cells.of_column(column, &name, *factor);
            values.extend(terms.map(|terms| (*kind, terms)));
        }
        let factor = factors.iter().copied().max().unwrap_or(1);
        values.extend(cells.figure(&format!("{table}.{row}"), factor));
        if let (Some(_), [(column, terms)]) = (self.amounts, &values[..])
            && *column != Column::All
        {
            let terms = terms.clone();
            values.push((Column::All, terms));
        }
        let mut seen: Vec<(Column, Terms)> = Vec::new();
        for (column, terms) in values {
            if seen.iter().all(|(known, _)| *known != column) {
                seen.push((column, terms));
            }
        }
        Line { scope, by, short: None, values: seen, base: Vec::new() }
    }

    fn figure(&mut self, figure: &Figure, cells: &Cells<'_>) {
        let Some(computed) = cells.truth.figures.get(&figure.id.value) else { return };
        let factor = match &computed.total {
            Value::Amount { unit, .. } => self.factor(unit.as_deref()),
            _ => 1,
        };
        let values: Vec<(Column, Terms)> = cells.figure(&figure.id.value, factor).collect();
        if values.is_empty() {
            return;
        }
        let base = computed.base.iter().flat_map(|base| cells.figure(base, factor)).collect();
        let words = self.content(&plain_words(&computed.label));
        let scope = Scope {
            id: figure.id.value.clone(),
            nouns: words.iter().cloned().collect(),
            lines: vec![self.lines.len()],
            ..Scope::default()
        };
        self.lines.push(Line { scope: self.scopes.len(), by: By::Anywhere(words), short: None, values, base });
        self.scopes.push(scope);
    }

    /// What is named in a range of a text.
    pub fn mentions(&self, read: &Read, range: &Range<usize>) -> Mentions {
        let (passage, words) = (&read.passage, read.words_in(range));
        let lower = &passage.lower;
        let mut out = Mentions::default();
        let groups: Vec<(Range<usize>, Group)> =
            passage.tokens_in(range).iter().filter_map(|token| Some((token.range.clone(), token.group?))).collect();
        out.columns.extend(groups.iter().map(|(place, group)| (place.clone(), None, Column::Of(*group))));
        for (at, line) in self.lines.iter().enumerate() {
            match &line.by {
                By::Words(label) => {
                    let mut places: Vec<Range<usize>> = found(words, lower, label).collect();
                    if let (true, Some(short)) = (places.is_empty(), &line.short) {
                        places.extend(found(words, lower, short));
                        if let ([short], true) = (&short[..], places.is_empty()) {
                            places.extend(alike(words, short));
                        }
                    }
                    // "beviljades" for the row "Beviljade"; names are written as names.
                    if let ([label], true) = (&label[..], places.is_empty()) {
                        let own = alike(words, label).filter(|place| is_small(&passage.text, place));
                        places.extend(own);
                    }
                    out.lines.extend(places.into_iter().map(|place| (place, at)));
                }
                By::Anywhere(label) => {
                    let place = |stem: &String| words.iter().find(|(_, word)| word == stem).map(|(place, _)| place);
                    let places: Option<Vec<&Range<usize>>> = label.iter().map(place).collect();
                    let last = places.and_then(|places| places.into_iter().max_by_key(|place| place.start).cloned());
                    out.lines.extend(last.map(|place| (place, at)));
                }
                By::Group(group) => {
                    let own = groups.iter().filter(|(_, known)| known == group);
                    out.lines.extend(own.map(|(place, _)| (place.clone(), at)));
                }
                By::Nothing => {}
            }
        }
        for (scope, known) in self.scopes.iter().enumerate() {
            for (at, label) in known.labels.iter().enumerate() {
                let mut places: Vec<Range<usize>> = found(words, lower, &label.words).collect();
                let others =
                    || known.labels.iter().enumerate().filter(|(other, _)| *other != at).map(|(_, label)| label);
                let twin = others().find(|other| other.bare == label.bare);
                let has_own_words = twin.is_none_or(|twin| twin.negated != label.negated);
                if places.is_empty() && has_own_words && !label.bare.is_empty() {
                    let mut bare: Vec<Range<usize>> = found(words, lower, &label.bare).collect();
                    if let ([word], true) = (&label.bare[..], bare.is_empty()) {
                        bare.extend(alike(words, word));
                    }
                    // "hade en plan", "saknade plan"
                    bare.retain(|place| is_denied(passage, range, place) == label.negated);
                    places.extend(bare);
                }
                out.columns.extend(places.into_iter().map(|place| (place, Some(scope), Column::Labelled(at))));
            }
        }
        // "Vaccinated" in "Not vaccinated" is none of its own.
        let all = out.columns.clone();
        out.columns.retain(|(place, scope, _)| {
            let holds = |other: &Range<usize>| {
                other.start <= place.start && place.end <= other.end && other.len() > place.len()
            };
            scope.is_none() || !all.iter().any(|(other, of, _)| of == scope && holds(other))
        });
        // "Norr" in "Norra Norr" is none of its own.
        let all = out.lines.clone();
        let longer = |(place, at): &(Range<usize>, usize)| {
            all.iter().any(|(other, known)| {
                self.lines[*known].scope == self.lines[*at].scope
                    && other.start <= place.start
                    && place.end <= other.end
                    && other.len() > place.len()
            })
        };
        out.lines.retain(|line| !longer(line));
        out.lines.sort_by_key(|(place, at)| (place.start, *at));
        out.columns.sort_by_key(|(place, ..)| place.start);
        out
    }
}

/// Where words stand that are made of the same word: "vaccine" and "vaccinated", "avslogs" and "avslag".
fn alike(words: &[(Range<usize>, String)], label: &str) -> impl Iterator<Item = Range<usize>> {
    let size = label.chars().count();
    let is_alike = move |word: &str| {
        let common = word.chars().zip(label.chars()).take_while(|(one, other)| one == other).count();
        let longer = size.max(word.chars().count());
        common >= SHORTEST && common * 8 >= longer * 5 && !word.starts_with(|first: char| first.is_ascii_digit())
    };
    let places: Vec<Range<usize>> =
        words.iter().filter(|(_, word)| is_alike(word)).map(|(place, _)| place.clone()).collect();
    places.into_iter()
}

/// Whether a word before a place says that it is not so.
fn is_denied(passage: &Passage, range: &Range<usize>, place: &Range<usize>) -> bool {
    let before = passage.tokens_in(range).iter().filter(|token| token.range.end <= place.start).rev().take(DENIES);
    before.into_iter().any(|token| token.tags.any(&[Tag::Negation, Tag::Lacks]))
}

fn is_small(text: &str, place: &Range<usize>) -> bool {
    text.get(place.clone()).is_some_and(|word| word.starts_with(char::is_lowercase))
}

/// Where the stems of a label stand one after the other.
fn found(words: &[(Range<usize>, String)], lower: &str, label: &[String]) -> impl Iterator<Item = Range<usize>> {
    let size = label.len().max(1);
    let is_same = |(place, word): &(Range<usize>, String), known: &String| {
        let own = &lower[place.clone()];
        // The genitive of a name.
        word == known || own == known || own.strip_suffix('s').is_some_and(|own| own == known)
    };
    let places: Vec<Range<usize>> = words
        .windows(size)
        .filter(|own| !label.is_empty() && own.iter().zip(label).all(|(word, known)| is_same(word, known)))
        .map(|own| own[0].0.start..own[size - 1].0.end)
        .collect();
    places.into_iter()
}

/// The cells by the names of what they count.
pub struct Cells<'a> {
    pub at: BTreeMap<&'a Quantity, usize>,
    truth: &'a Statistics,
    pub quantities: &'a Quantities,
    pub groups: &'a Groups<'a>,
}

impl Cells<'_> {
    /// A cell, as often as its unit has the one that amounts of texts are counted in.
    pub fn terms(&self, name: &Quantity, factor: i64) -> Option<Terms> {
        self.at.get(name).map(|at| vec![(*at, factor)])
    }

    /// A figure for all and by groups.
    fn figure(&self, id: &str, factor: i64) -> impl Iterator<Item = (Column, Terms)> {
        let groups = self.truth.figures.get(id).into_iter().flat_map(|figure| figure.parts.keys().copied());
        let of = groups.map(|group| (Some(group), Column::Of(group))).chain([(None, Column::All)]);
        of.filter_map(move |(group, column)| {
            Some((column, self.terms(&Quantity::Figure { id: id.to_owned(), group }, factor)?))
        })
    }
}
