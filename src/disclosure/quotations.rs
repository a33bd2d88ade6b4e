//! Who is quoted: a woman of 34 years in Farsta may be one of two. Each quotation's attribution is held against the case rows and the typed tables.

use std::collections::BTreeSet;

use crate::check::{Naming, lists, word_places};
use crate::compute::table::Heading;
use crate::diagnostic::{Code, Diagnostic, Sink, say};
use crate::document::Block;
use crate::document::data::ColumnKind;
use crate::document::visit::walk_blocks;
use crate::locale::Language;
use crate::markdown::{plain, plain_words};
use crate::model::{
    CaseColumn, CaseKind, CaseValue, Category, Counting, Counts, Dataset, Project, SignedQuotation, Table, Unit,
};
use crate::resolve::Facts;
use crate::source::Span;
use crate::value::{Exact, PartialDate, Value};

use super::quantities::whole;
use super::quoted::introduced;

type Stems = BTreeSet<String>;

/// Somebody's words in the report.
struct Quotation {
    /// What an author calls it: the id of a statement, or the attribution as it is typed.
    name: String,
    attribution: String,
    /// The unit and the day that its author declares.
    unit: Option<String>,
    date: Option<PartialDate>,
    span: Span,
}

/// Those whom an attribution fits.
struct Match {
    count: usize,
    /// Of how many, where that is known.
    size: Option<usize>,
    /// By what, as readers see it.
    by: Vec<String>,
}

struct Reader<'a> {
    facts: Facts<'a>,
    naming: Naming<'a>,
    language: Language,
}

/// What an attribution says.
struct Attributes {
    words: Stems,
    lower: String,
    ages: BTreeSet<i64>,
    date: Option<PartialDate>,
    unit: Option<String>,
}

/// Tells of quotations that fit fewer persons than the policy shows, and that nobody has answered for.
pub fn tell_quotations(facts: Facts<'_>, sink: &mut Sink) {
    let project = facts.project;
    let Some(policy) = &project.policy else { return };
    let quotations = quotations(project);
    tell_unknown(project, &quotations, sink);
    let Some(persons) = policy.persons else { return };
    let minimum = persons.minimum as usize;
    let language = facts.locale.language();
    let reader = Reader { facts, naming: Naming::new(&project.workspace.breakdowns, language), language };
    let severity = project.report.status.severity();
    for quotation in quotations {
        let Some(found) = reader.fewest(&quotation).filter(|found| found.count < minimum) else { continue };
        if policy.quotations.iter().any(|signed| quotation.is_named(signed)) {
            continue;
        }
        let (count, by) = (found.count, found.by.join(", "));
        let message = match found.size {
            Some(size) => {
                say!("{count} of {size} persons fit what is said of who is quoted here ({by})", count, size, by)
            }
            None => say!("{count} persons fit what is said of who is quoted here ({by})", count, by),
        };
        let name = if quotation.name.contains([' ', ',', ':', '"']) {
            format!("\"{}\"", quotation.name.replace('"', "\\\""))
        } else {
            quotation.name
        };
        sink.push(
            Diagnostic::new(severity, Code::DISCLOSURE_QUOTATION, message)
                .at(quotation.span)
                .help(say!("fewer than {minimum} may be recognised: say less of who it is, such as without the age or the place", minimum))
                .help(say!("or have somebody answer for it, in report.yaml: `disclosure: {{quotations: [{{quotation: {name}, who: …, reason: …, decided: …}}]}}`", name)),
        );
    }
}

/// What the report itself signs is in it; what belagg.yaml signs is in one report or another.
fn tell_unknown(project: &Project, quotations: &[Quotation], sink: &mut Sink) {
    let Some(terms) = &project.report.disclosure else { return };
    for signed in &terms.value.quotations {
        if !quotations.iter().any(|quotation| quotation.is_named(signed)) {
            let name = &signed.quotation.value;
            sink.push(
                Diagnostic::error(Code::POLICY_NAME, say!("there is no quotation `{name}`", name))
                    .at(signed.quotation.span)
                    .nearest(name, quotations.iter().map(|quotation| quotation.name.as_str()))
                    .help(say!("write the id of a statement, or the line with who is quoted as it stands in the text, without the dash")),
            );
        }
    }
}

/// Statements of the findings, and quotations in the text with the words that say whose they are.
fn quotations(project: &Project) -> Vec<Quotation> {
    let declared = project.findings.statements.iter().map(|statement| Quotation {
        name: statement.id.value.clone(),
        attribution: plain_words(&statement.by),
        unit: statement.unit.as_ref().map(|unit| unit.value.clone()),
        date: statement.date.as_ref().map(|date| date.value),
        span: statement.by.span,
    });
    let mut out: Vec<Quotation> = declared.collect();
    for chapter in project.chapters.iter() {
        walk_blocks(&chapter.blocks, &mut |block| {
            if let Block::Quote { attribution: Some(words), span, .. } = block {
                let attribution = plain(words).split_whitespace().collect::<Vec<_>>().join(" ");
                out.push(Quotation { name: attribution.clone(), attribution, unit: None, date: None, span: *span });
            }
        });
    }
    let of_chapters = project.chapters.iter().flat_map(|chapter| introduced(&chapter.blocks));
    out.extend(of_chapters.map(|(attribution, span)| Quotation {
        name: attribution.clone(),
        attribution,
        unit: None,
        date: None,
        span,
    }));
    out
}

impl Quotation {
    fn is_named(&self, signed: &SignedQuotation) -> bool {
        signed.quotation.value.split_whitespace().eq(self.name.split_whitespace())
    }
}

impl Reader<'_> {
    /// The fewest whom the attribution fits: in one dataset, or one table.
    fn fewest(&self, quotation: &Quotation) -> Option<Match> {
        let project = self.facts.project;
        let said = self.attributes(quotation);
        let counting = Counting::new(&project.findings);
        let datasets = project.findings.datasets.iter().filter(|dataset| dataset.counts() == Counts::Persons);
        let tables = project.findings.tables.iter();
        let tables = tables.filter(|table| table.cross.is_none() && counting.table(&table.id.value) == Counts::Persons);
        let found = datasets.filter_map(|dataset| self.of_cases(dataset, &said));
        found.chain(tables.filter_map(|table| self.of_table(table, &said))).min_by_key(|found| found.count)
    }

    fn attributes(&self, quotation: &Quotation) -> Attributes {
        let mut words = self.naming.words(&quotation.attribution);
        let unit = self.facts.project.report.units.iter().find(|unit| Some(&unit.id.value) == quotation.unit.as_ref());
        words.extend(unit.into_iter().flat_map(|unit| self.unit_words(unit)));
        let lower = quotation.attribution.to_lowercase();
        let ages = ages(&lower, self.language);
        Attributes { words, lower, ages, date: quotation.date, unit: quotation.unit.clone() }
    }

    fn unit_words(&self, unit: &Unit) -> Stems {
        self.naming.words(&plain_words(&unit.name))
    }

    /// The cases that have all that is said, in the columns that tell it.
    fn of_cases(&self, dataset: &Dataset, said: &Attributes) -> Option<Match> {
        let mut cases: Vec<usize> = (0..dataset.rows.len()).collect();
        let (mut by, mut used, mut places) = (Vec::new(), Stems::new(), Vec::new());
        for column in &dataset.columns {
            let is_aged = word_places(&column.header.to_lowercase())
                .into_iter()
                .any(|place| lists(self.language).aged.has(&column.header.to_lowercase()[place]));
            let age = said.ages.iter().next().filter(|_| is_aged && column.kind == CaseKind::Number);
            let day = said.date.filter(|date| date.day.is_some() && column.kind == CaseKind::Date);
            let day = day.filter(|day| dataset_has(dataset, column, |value| value == CaseValue::Date(*day)));
            if let Some(age) = age {
                let is_age =
                    |value: CaseValue| matches!(value, CaseValue::Number { value, .. } if value == Exact::from(*age));
                cases.retain(|case| column.value(*case).is_some_and(is_age));
                by.push(format!("{} {age}", column.header));
                places.push(false);
                continue;
            }
            if let Some(day) = day {
                cases.retain(|case| column.value(*case) == Some(CaseValue::Date(day)));
                by.push(format!("{} {}", column.header, day.iso()));
                places.push(false);
                continue;
            }
            let Some((at, words)) = self.categories(column, said) else { continue };
            cases.retain(|case| column.answers.of_case(*case).iter().any(|answer| at.contains(&(*answer as usize))));
            let first = &column.categories[at[0]];
            by.push(match first.group {
                Some(group) => self.facts.locale.group(group).to_owned(),
                None => plain_words(&first.label),
            });
            places.push(at.iter().all(|at| self.is_unit(&column.categories[*at])));
            used.extend(words);
        }
        let label = dataset.label.as_ref().map(|label| self.naming.words(&plain_words(label))).unwrap_or_default();
        self.tells_of_persons(said, &used, &label, &places).then_some(())?;
        (!cases.is_empty()).then_some(Match { count: cases.len(), size: Some(dataset.rows.len()), by })
    }

    /// The categories of a column that are named, and by which words: those with the most of them.
    fn categories(&self, column: &CaseColumn, said: &Attributes) -> Option<(Vec<usize>, Stems)> {
        let mut best: Option<(Vec<usize>, Stems)> = None;
        for (at, category) in column.categories.iter().enumerate() {
            let Some(words) = self.named(category, said) else { continue };
            match &mut best {
                Some((places, known)) if known.len() == words.len() => {
                    places.push(at);
                    known.extend(words);
                }
                Some((_, known)) if known.len() > words.len() => {}
                _ => best = Some((vec![at], words)),
            }
        }
        best
    }

    /// The words by which a category is named; none where it is not.
    fn named(&self, category: &Category, said: &Attributes) -> Option<Stems> {
        if let Some(group) = category.group {
            let word = self.naming.group(group);
            return said.words.contains(&word).then(|| Stems::from([word]));
        }
        let label = plain_words(&category.label);
        let words = self.naming.words(&label);
        if said.unit.as_deref() == Some(category.id.as_str()) {
            return Some(words);
        }
        // "30–44 år" has no word of its own.
        let has_digit = label.chars().any(|c| c.is_ascii_digit());
        let is_told = if has_digit {
            said.lower.contains(&label.to_lowercase())
        } else {
            !words.is_empty() && words.is_subset(&said.words)
        };
        is_told.then_some(words)
    }

    fn is_unit(&self, category: &Category) -> bool {
        let words = self.naming.words(&plain_words(&category.label));
        self.facts
            .project
            .report
            .units
            .iter()
            .any(|unit| unit.id.value == category.id || self.unit_words(unit) == words)
    }

    /// Whether the attribution speaks of one of those who are counted: it says more of them than where they are, or nothing that could make it the
    /// management of a unit.
    fn tells_of_persons(&self, said: &Attributes, used: &Stems, nouns: &Stems, places: &[bool]) -> bool {
        let people = &lists(self.language).people;
        let rest = said.words.iter().filter(|word| !used.contains(*word) && !nouns.contains(*word));
        match places {
            [] => false,
            [true] => rest.into_iter().all(|word| people.has(word)),
            _ => true,
        }
    }

    /// The cell of a typed table that is named: its row and its column, or one of them.
    fn of_table(&self, table: &Table, said: &Attributes) -> Option<Match> {
        let statistics = self.facts.statistics;
        let id = &table.id.value;
        let computed = statistics.tables.get(id)?;
        let label = |heading: &Heading| match heading {
            Heading::Given(text) => plain_words(text),
            Heading::Group(group) => self.facts.locale.group(*group).to_owned(),
            _ => String::new(),
        };
        let is_told = |words: &Stems| !words.is_empty() && words.is_subset(&said.words);
        let rows = computed
            .rows
            .iter()
            .filter(|row| !row.total)
            .map(|row| (row, (self.naming.heading(&row.label), label(&row.label))));
        let row = rows.filter(|(_, (words, _))| is_told(words)).max_by_key(|(_, (words, _))| words.len());
        let columns = computed
            .columns
            .iter()
            .enumerate()
            .filter(|(_, column)| matches!(column.kind, ColumnKind::Count) && !column.total);
        let columns = columns.map(|(at, column)| {
            let (mut words, label) = (self.naming.heading(&column.label), label(&column.label));
            words.extend(column.of.map(|group| self.naming.group(group)));
            (at, words, label)
        });
        let column = columns.filter(|(_, words, _)| is_told(words)).max_by_key(|(_, words, _)| words.len());
        let total = || statistics.figures.get(&format!("{id}.total"));
        let value: Option<&Value> = match (&row, &column) {
            (None, None) => None,
            (Some((row, _)), Some((at, ..))) => row.values.get(*at),
            (Some((row, _)), None) => statistics.figures.get(&format!("{id}.{}", row.id)).map(|figure| &figure.total),
            (None, Some((at, ..))) => {
                let column = &computed.columns[*at].id;
                total()?.columns.iter().find(|(id, _)| id == column).map(|(_, value)| value)
            }
        };
        let count = usize::try_from(whole(value?)?).ok().filter(|count| *count > 0)?;
        let (mut by, mut used, mut places) = (Vec::new(), Stems::new(), Vec::new());
        if let Some((row, (words, label))) = row {
            let units = &self.facts.project.report.units;
            places.push(units.iter().any(|unit| unit.id.value == row.id || self.unit_words(unit) == words));
            by.push(label);
            used.extend(words);
        }
        if let Some((_, words, label)) = column {
            places.push(false);
            by.push(label);
            used.extend(words);
        }
        let nouns = self.naming.words(&plain_words(&table.caption));
        let size = total().and_then(|total| whole(&total.total)).and_then(|size| usize::try_from(size).ok());
        self.tells_of_persons(said, &used, &nouns, &places).then_some(Match { count, size, by })
    }
}

fn dataset_has(dataset: &Dataset, column: &CaseColumn, is_wanted: impl Fn(CaseValue) -> bool) -> bool {
    (0..dataset.rows.len()).any(|case| column.value(case).is_some_and(&is_wanted))
}

/// Ages: "34 år", "34-årig".
fn ages(lower: &str, language: Language) -> BTreeSet<i64> {
    let lists = lists(language);
    let mut out = BTreeSet::new();
    let mut rest = lower;
    while let Some(at) = rest.find(|c: char| c.is_ascii_digit()) {
        let digits = rest[at..].find(|c: char| !c.is_ascii_digit()).map_or(rest.len(), |length| at + length);
        let behind = rest[digits..].trim_start_matches([' ', '\u{a0}', '-', '\u{2011}']);
        let word = &behind[..behind.find(|c: char| !c.is_alphabetic()).unwrap_or(behind.len())];
        let is_age = lists.years.has(word) || lists.age_endings.has(&format!("-{word}")) || lists.age_endings.has(word);
        // "30–44 år" is a band.
        let is_band = rest[..at].trim_end().ends_with(['–', '-']);
        if let (Ok(age), true, false) = (rest[at..digits].parse::<i64>(), is_age, is_band) {
            out.insert(age);
        }
        rest = &rest[digits..];
    }
    out
}
