//! Figures for numbers that nothing stands behind: what each counts, in the words of its sentence, and the binding that prints it as it was typed.
//! What a sentence does not tell is left to the author, with the reason.

mod given;
mod ids;
mod label;
mod money;
mod single;
mod statement;
mod words;

use std::collections::{BTreeMap, BTreeSet};

use super::claim::relation::Relation;
use super::evidence::Evidence;
use super::hedges::hedge;
use super::prose::{Passage, Place};
use super::{Context, exception};
use crate::check::rules::evi001;
use crate::diagnostic::{Diagnostic, Said, Sink, say};
use crate::model::ImprintKey;
use crate::source::{Position, Span};
use crate::value::Exact;
pub use single::{Offer, Single};

use given::given;
use ids::Ids;
use label::Named;
use statement::{Statement, is_amount};

/// How a file of proposed figures begins.
const HEAD: &str = "# Proposed by `belagg audit --propose` from what the text says. Read each label, add the source, move what belongs elsewhere.\nfigures:\n";

/// The lines of figures in a file of findings, each behind the places of its numbers.
fn entries(figures: &[Proposed]) -> String {
    let mut out = String::new();
    for figure in figures {
        for (path, place, text) in &figure.places {
            out.push_str(&format!("  # {path}:{}:{} {text}\n", place.line, place.column));
        }
        let label = serde_json::Value::from(figure.label.as_str());
        let base = figure.base.as_ref().map(|base| format!(", base: {base}")).unwrap_or_default();
        out.push_str(&format!("  {}: {{label: {label}, {}{base}}}\n", figure.id, figure.given));
    }
    out
}

/// The binding of a figure.
fn binding_of(id: &str, filter: &str) -> String {
    format!("{{{{ {id}{filter} }}}}")
}

/// What is proposed for a report.
#[derive(Debug, Default)]
pub struct Proposals {
    pub figures: Vec<Proposed>,
    pub bindings: Vec<Binding>,
    pub left: Vec<Left>,
}

/// What is written in the place of a number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Binding {
    pub span: Span,
    /// Which of the figures.
    figure: usize,
    filter: String,
}

/// A figure, for one number or for several that say the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposed {
    pub id: String,
    pub label: String,
    /// `count: 64`, as it is written behind the label.
    pub given: String,
    pub base: Option<String>,
    /// Where its numbers stand.
    pub places: Vec<(String, Position, String)>,
}

/// A number that no figure is proposed for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Left {
    pub span: Span,
    /// What a figure of it would hold, where only its label is wanting.
    given: Option<Given>,
    pub path: String,
    pub position: Position,
    pub text: String,
    pub reason: Said,
}

/// What a figure holds, and how a binding prints that as it was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Given {
    given: String,
    filter: String,
}

/// Why a number gets no figure, and what one would hold.
struct Refused {
    reason: Said,
    given: Option<Given>,
}

impl From<Said> for Refused {
    fn from(reason: Said) -> Self {
        Self { reason, given: None }
    }
}

/// A number with what it would become.
struct Draft {
    named: Named,
    given: Given,
    /// A whole number of things, which can be a part or a whole.
    count: Option<Exact>,
    percent: bool,
    /// What tells it from another number of the same words.
    apart: Option<String>,
}

impl Draft {
    /// Its label, where it does not hang on another's.
    fn label(&self) -> Option<&str> {
        if let Named::Label(label) = &self.named { Some(label.trim()) } else { None }
    }
}

/// Proposes a figure for each number without evidence.
#[must_use]
pub fn propose(context: &Context<'_>, input: &super::Input<'_>) -> Proposals {
    let mut out = Proposals::default();
    let mut ids = Ids::new(context.statistics.figures.keys().cloned());
    let open = open(context, input);
    let names = names(context);
    let mut drafted = Vec::new();
    for (at, passage) in context.passages().filter(|(_, passage)| passage.is_audited()) {
        let evidence = context.evidence(at);
        let wanted: Vec<usize> = (0..passage.numbers.len())
            .filter(|at| evidence.get(*at) == Some(&Evidence::Missing))
            .filter(|at| open.contains(&passage.span(passage.numbers[*at].range.clone())))
            .collect();
        let relations: Vec<&Relation> = wanted.iter().filter_map(|part| part_of(context, at, *part)).collect();
        let drafts: Drafts = wanted.iter().map(|at| (*at, draft(context, passage, *at, &relations, &names))).collect();
        drafted.push((passage, relations, drafts));
    }
    let unclear = ambiguous(drafted.iter().flat_map(|(_, _, drafts)| drafts.values()));
    for (passage, relations, mut drafts) in drafted {
        for draft in drafts.values_mut() {
            let Ok(known) = draft.as_mut() else { continue };
            let Some(label) = known.label().filter(|label| unclear.contains(*label)).map(str::to_owned) else {
                continue;
            };
            match &known.apart {
                Some(apart) => known.named = Named::Label(format!("{label}: {apart}")),
                None => {
                    let given = Some(known.given.clone());
                    *draft = Err(Refused { reason: say!("another number of the text has the same words"), given });
                }
            }
        }
        Passing { context, passage, relations: &relations, ids: &mut ids, out: &mut out }.settle(&mut drafts);
    }
    out
}

/// What the numbers of a passage would become, or why they become nothing.
type Drafts = BTreeMap<usize, Result<Draft, Refused>>;

/// Labels that several numbers would have which are not the same.
fn ambiguous<'d>(drafts: impl Iterator<Item = &'d Result<Draft, Refused>>) -> BTreeSet<String> {
    let mut given: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for draft in drafts.flatten() {
        if let Some(label) = draft.label().filter(|label| !label.is_empty()) {
            given.entry(label).or_default().insert(&draft.given.given);
        }
    }
    given.into_iter().filter(|(_, given)| given.len() > 1).map(|(label, _)| label.to_owned()).collect()
}

/// Words with a capital letter within a sentence, and those of who publishes: they keep it wherever they stand.
fn names<'c>(context: &'c Context<'_>) -> BTreeSet<&'c str> {
    let report = &context.project.report;
    let publisher = report.imprint.get(ImprintKey::Publisher).map_or("", |text| text.value.as_str());
    let listed = context.project.workspace.names.iter().chain(&report.names).map(|name| name.value.as_str());
    let mut out: BTreeSet<&str> = listed.chain([publisher]).flat_map(str::split_whitespace).collect();
    for (_, passage) in context.passages() {
        let within = passage.sentences.iter().flat_map(|sentence| {
            let text = passage.slice(sentence.clone());
            text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).skip(1)
        });
        out.extend(within.filter(|word| word.starts_with(char::is_uppercase)));
    }
    out
}

/// Places of the numbers that no exception lets pass.
fn open(context: &Context<'_>, input: &super::Input<'_>) -> BTreeSet<Span> {
    let mut found = Vec::new();
    for (at, passage) in context.passages().filter(|(_, passage)| passage.is_audited()) {
        let numbers = passage.numbers.iter().zip(context.evidence(at));
        let missing = numbers.filter(|(_, evidence)| **evidence == Evidence::Missing);
        found.extend(missing.map(|(number, _)| evi001::RULE.at(passage.span(number.range.clone()), Said::default())));
    }
    let files = context.files();
    exception::apply(&mut found, &files, input, &mut Sink::default());
    found.iter().filter_map(|found: &Diagnostic| Some(found.primary.as_ref()?.span)).collect()
}

/// The relation in which a number is the part.
fn part_of<'c>(context: &'c Context<'_>, passage: usize, at: usize) -> Option<&'c Relation> {
    context.relations(passage).with_number(at).find(|relation| relation.part == Some(at) && !relation.rest)
}

/// What a number would become by itself.
fn draft(
    context: &Context<'_>,
    passage: &Passage,
    at: usize,
    relations: &[&Relation],
    names: &BTreeSet<&str>,
) -> Result<Draft, Refused> {
    let number = &passage.numbers[at];
    let span = passage.span(number.range.clone());
    let typed = passage.slice(number.range.clone());
    if !matches!(passage.place, Place::Paragraph | Place::Item | Place::Note | Place::Description) {
        return Err(say!("only running text gets bindings: make a typed table one of findings/").into());
    }
    let chapter = context.sources.get(span.source).path.ends_with(".md");
    if !chapter || context.sources.text(span) != typed || !passage.is_typed(&number.range) {
        return Err(say!("it does not stand in a chapter word for word").into());
    }
    if let Some((_, start)) = hedge(passage, number.range.start) {
        let words = passage.slice(start..number.range.start).trim();
        let during = words::words(passage.language).is(words::Class::During, &words.to_lowercase());
        if during && Statement::around(passage, at, None, names).is_time() {
            return Err(label::TIME.into());
        }
        return Err(say!("`{words}` says that the number is not exact", words).into());
    }
    let before = passage.text.get(..number.range.start).unwrap_or("");
    let after = passage.text.get(number.range.end..).unwrap_or("");
    if before.ends_with(['-', '–', '−', '+', '/', '±', '<', '>', '=', '~'])
        || after.starts_with(['-', '–', '/', '+', '*', '°'])
    {
        return Err(say!("a sign stands beside the number").into());
    }
    if !is_amount(passage, at) {
        return Err(say!("it may be a year").into());
    }
    if passage.numbers_in(&passage.sentence(number.range.start)).len() > NEAR {
        return Err(say!("its sentence has too many numbers to tell them apart").into());
    }
    let (given, filter) = given(context, passage, number)?;
    let given = Given { given, filter };
    let named =
        named(passage, at, relations, names).map_err(|reason| Refused { reason, given: Some(given.clone()) })?;
    let whole = relations.iter().find(|relation| relation.base == at && relation.direct);
    let part = whole.and_then(|relation| relation.part);
    let apart = part.and_then(|part| Statement::around(passage, part, Some(at), names).subject());
    let count = number.count().map(|_| number.value);
    Ok(Draft { named, given, count, percent: number.is_percent(), apart })
}

/// What a number is said to count.
fn named(passage: &Passage, at: usize, relations: &[&Relation], names: &BTreeSet<&str>) -> Result<Named, Said> {
    let whole = relations.iter().find(|relation| relation.base == at && relation.direct);
    let part = relations.iter().find(|relation| relation.part == Some(at) && relation.direct);
    let statement = Statement::around(passage, at, part.map(|relation| relation.base), names);
    if whole.is_none() && statement.behind.is_some_and(|behind| !relations.iter().any(|one| one.base == behind)) {
        return Err(say!("another number stands in what is said of it"));
    }
    // The percentage of a count that gets a figure is bound to that.
    let counted = relations.iter().any(|relation| relation.percent == Some(at));
    if statement.bracketed && !counted {
        return Err(say!("it stands in brackets and says more of what stands before them"));
    }
    let measure = passage.numbers[at].count().is_none();
    let named = match whole {
        Some(_) => statement.thing(),
        None if relations.iter().any(|one| one.part == Some(at) && statement.behind == Some(one.base)) => {
            statement.part(measure)
        }
        _ => statement.label(measure),
    }
    .or_else(|why| if counted && whole.is_none() { Ok(Named::Label(String::new())) } else { Err(why) })?;
    if let Named::Label(label) = &named
        && statement.is_torn(label)
    {
        return Err(say!("the sentence does not say in one piece what it counts"));
    }
    Ok(named)
}

/// Counts up to which the same number of the same things may be others.
const FEW: i64 = 10;

/// Numbers of one sentence that are told apart.
const NEAR: usize = 24;

/// One passage on its way into the proposals.
struct Passing<'a, 'p> {
    context: &'a Context<'p>,
    passage: &'a Passage,
    relations: &'a [&'a Relation],
    ids: &'a mut Ids,
    out: &'a mut Proposals,
}

impl Passing<'_, '_> {
    fn settle(&mut self, drafts: &mut Drafts) {
        let mut figures: BTreeMap<usize, usize> = BTreeMap::new();
        // Wholes before their parts, parts before their percentages.
        let mut order: Vec<usize> = drafts.keys().copied().collect();
        let rank = |at: &usize| match drafts.get(at) {
            Some(Ok(draft)) if draft.percent => 2,
            _ if self.relations.iter().any(|relation| relation.part == Some(*at) && relation.base > *at) => 1,
            _ => 0,
        };
        order.sort_by_key(|at| (rank(at), *at));
        for at in order {
            let Some(draft) = drafts.remove(&at) else { continue };
            let given = draft.as_ref().ok().map(|draft| draft.given.clone());
            let settled =
                draft.and_then(|draft| self.figure(at, draft, &figures).map_err(|reason| Refused { reason, given }));
            match settled {
                Ok(Some(figure)) => {
                    figures.insert(at, figure);
                }
                Ok(None) => {}
                Err(Refused { reason, given }) => {
                    let number = &self.passage.numbers[at];
                    let span = self.passage.span(number.range.clone());
                    let text = self.passage.slice(number.range.clone()).to_owned();
                    let path = self.context.sources.get(span.source).path.clone();
                    let position = self.context.sources.position(span);
                    self.out.left.push(Left { span, given, path, position, text, reason });
                }
            }
        }
    }

    /// The figure of a number among those that are proposed; none where the number is the percentage of one.
    fn figure(&mut self, at: usize, draft: Draft, figures: &BTreeMap<usize, usize>) -> Result<Option<usize>, Said> {
        let number = &self.passage.numbers[at];
        let span = self.passage.span(number.range.clone());
        let of = self.relations.iter().find(|relation| relation.percent == Some(at));
        let part = of.and_then(|relation| relation.part).and_then(|part| figures.get(&part)).copied();
        if let Some(figure) = part.filter(|part| self.out.figures.get(*part).is_some_and(|part| part.base.is_some())) {
            let agrees = of
                .and_then(|of| of.share(self.passage))
                .is_some_and(|share| share.round(number.decimals, self.context.locale.rounding()) == number.value);
            if !agrees {
                return Err(say!("it is not the percentage that its count and base give"));
            }
            let filter = given::percent(number, !draft.given.filter.is_empty());
            self.out.bindings.push(Binding { span, figure, filter });
            return Ok(None);
        }
        let mut base = None;
        if let (Some(count), Some(relation)) =
            (draft.count, self.relations.iter().find(|relation| relation.part == Some(at)))
        {
            let whole = figures.get(&relation.base).filter(|_| self.passage.numbers[relation.base].value >= count);
            base = whole.and_then(|whole| self.out.figures.get(*whole));
        }
        let label = match draft.named {
            Named::Label(label) => label,
            Named::PartOfBefore(rest) => {
                let whole = match base {
                    Some(base) => base,
                    None => self.before(at, figures)?,
                };
                base = Some(whole);
                format!("{}: {rest}", whole.label)
            }
        };
        let label = label.split_whitespace().collect::<Vec<_>>().join(" ");
        if !label.chars().any(char::is_alphabetic) {
            return Err(say!("the sentence does not say what it counts"));
        }
        let base = base.map(|base| base.id.clone());
        let place = (
            self.context.sources.get(span.source).path.clone(),
            self.context.sources.position(span),
            self.passage.slice(number.range.clone()).to_owned(),
        );
        let known = self.out.figures.iter().position(|known| {
            known.given == draft.given.given
                && known.base == base
                && (known.label == label
                    || draft.count.is_some_and(|count| count > Exact::from(FEW))
                        && self.same_noun(&known.label, &label))
        });
        let figure = known.unwrap_or_else(|| {
            let id = self.ids.fresh(&label);
            self.out.figures.push(Proposed { id, label, given: draft.given.given, base, places: Vec::new() });
            self.out.figures.len() - 1
        });
        self.out.figures[figure].places.push(place);
        self.out.bindings.push(Binding { span, figure, filter: draft.given.filter });
        Ok(Some(figure))
    }

    /// Whether a bare noun is that of a label: "klinikerna" of "kliniker som granskningen omfattar".
    fn same_noun(&self, known: &str, label: &str) -> bool {
        let noun = known.split(' ').next().unwrap_or(known);
        let ends = |end: &str| end.is_empty() || words::words(self.passage.language).is(words::Class::Definite, end);
        !label.contains(' ') && label.strip_prefix(noun).is_some_and(ends)
    }

    /// The one count of the sentence before that a number can be a part of.
    fn before(&self, at: usize, figures: &BTreeMap<usize, usize>) -> Result<&Proposed, Said> {
        let number = &self.passage.numbers[at];
        let own = self.passage.sentence(number.range.start);
        let sentence = self.passage.sentences.iter().rev().find(|sentence| sentence.end <= own.start);
        let inside = sentence.map_or(0..0, |sentence| self.passage.numbers_in(sentence));
        let mut fitting = inside.filter(|at| {
            self.passage.numbers[*at].count().is_some() && self.passage.numbers[*at].value >= number.value
        });
        match (fitting.next(), fitting.next()) {
            (Some(one), None) => figures
                .get(&one)
                .and_then(|figure| self.out.figures.get(*figure))
                .ok_or_else(|| say!("what it is a part of has no figure")),
            (Some(_), Some(_)) => Err(say!("it may be a part of more than one number before it")),
            _ => Err(say!("the sentence before has no number that it is a part of")),
        }
    }
}

impl Proposals {
    /// The file of findings.
    #[must_use]
    pub fn yaml(&self) -> String {
        HEAD.to_owned() + &entries(&self.figures)
    }

    /// What is written into the chapters.
    #[must_use]
    pub fn edits(&self) -> Vec<Diagnostic> {
        let edit = |binding: &Binding| {
            let written = binding_of(&self.figures[binding.figure].id, &binding.filter);
            evi001::RULE.at(binding.span, Said::default()).fix(binding.span, written)
        };
        self.bindings.iter().map(edit).collect()
    }
}
