//! The checks: what a careful reader would object to, found before the report is printed.
//!
//! Each rule is one file in `rules/` with its code, its default severity and its text for people; rules are pure functions over the
//! prose of the report ([`prose`]), the numbers in it ([`number`]), what belongs together ([`relation`]) and the data. A workspace sets
//! severities in `belagg.yaml`, a report in `report.yaml`; single findings are excepted with a reason ([`exception`]).

pub mod audit;
mod claim;
mod content;
mod dates;
mod elsewhere;
mod evidence;
mod exception;
pub mod fix;
mod groups;
mod hedges;
mod hours;
mod lang;
mod leftover;
mod names;
mod naming;
mod number;
mod pattern;
mod policy;
mod propose;
mod prose;
mod quotations;
pub mod rule;
mod rules;
mod tokens;
mod translation;
mod typed;
mod typography;
mod vague;
mod words;

pub use audit::Audit;
pub use evidence::Evidence;
use evidence::Mistaken;
pub use groups::Groups;
pub use hedges::{Hedge, hedge as hedge_before, of_fraction as hedge_of_fraction};
pub use lang::{Form, Tag, lists, pack, stem};
pub use naming::Naming;
pub use number::{Number, Unit as NumberUnit, factor};
pub use policy::{check_policy, decided_later};
pub use propose::{Offer, Proposals, Single};
pub use prose::Passage;
pub use prose::align::align;
pub use rule::Rule;
pub use rules::{RULES, check_settings, markdown};
pub use tokens::{Kind, Token};
pub use words::tokens as word_places;

use claim::relation::{self, Relations};
use claim::worded::{self, Approximation};
use claim::{Claims, Fault};
use dates::Moment;
use evidence::Figures;
use prose::Prose;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use rayon::prelude::*;

use crate::compare::State;
use crate::compute::statistics::Statistics;
use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::document::resolved::ResolvedDocument;
use crate::locale::{Language, Locale};
use crate::model::{Part, Project, Table};
use crate::source::{SourceId, SourceMap};

/// What the checks read.
#[derive(Debug, Clone, Copy)]
pub struct Input<'a> {
    pub project: &'a Project,
    pub statistics: &'a Statistics,
    pub document: &'a ResolvedDocument,
    pub locale: &'a Locale,
    pub sources: &'a SourceMap,
    /// The published version before this one.
    pub earlier: Option<Earlier<'a>>,
}

/// What an earlier version said, and the ids of what this version's stated changes explain.
#[derive(Debug, Clone, Copy)]
pub struct Earlier<'a> {
    pub version: &'a str,
    pub state: &'a State,
    pub explained: &'a BTreeSet<String>,
}

/// What rules see: the report and all that was found in its prose, made once.
pub struct Context<'a> {
    pub project: &'a Project,
    pub statistics: &'a Statistics,
    pub locale: &'a Locale,
    pub sources: &'a SourceMap,
    pub earlier: Option<Earlier<'a>>,
    tables: BTreeMap<&'a str, &'a Table>,
    prose: Prose,
    claims: Claims,
    relations: Vec<Relations>,
    approximations: Vec<Vec<Approximation>>,
    moments: Vec<Vec<Moment>>,
    figures: Figures<'a>,
    evidence: Vec<Vec<Evidence>>,
    /// Made when the first of three rules asks.
    mistaken: OnceLock<Vec<Mistaken>>,
    /// Numbers that do not follow from those beside them; made when the first rule asks.
    derived: OnceLock<Vec<(&'static str, Fault)>>,
}

impl Context<'_> {
    /// The passages with their relations.
    fn passages(&self) -> impl Iterator<Item = (usize, &Passage)> {
        self.prose.passages.iter().enumerate()
    }

    fn relations(&self, at: usize) -> &Relations {
        &self.relations[at]
    }

    fn approximations(&self, at: usize) -> &[Approximation] {
        self.approximations.get(at).map_or(&[], Vec::as_slice)
    }

    /// The dates of a passage.
    fn moments(&self, at: usize) -> &[Moment] {
        self.moments.get(at).map_or(&[], Vec::as_slice)
    }

    /// A table of the findings.
    fn table(&self, id: &str) -> Option<&Table> {
        self.tables.get(id).copied()
    }

    fn evidence(&self, at: usize) -> &[Evidence] {
        self.evidence.get(at).map_or(&[], Vec::as_slice)
    }

    /// An option of a rule, as it is set or by default.
    fn option(&self, rule: &Rule, name: &str) -> i64 {
        let mut set = self.project.settings(rule.code.0).flat_map(|setting| &setting.options);
        set.find(|(key, _)| key.value == name)
            .map(|(_, value)| *value)
            .or_else(|| rule.options.iter().find(|option| option.name == name).map(|option| option.default))
            .unwrap_or(0)
    }
}

/// Gives what was found before the checks, and is set as they are, the severity that it has in a report.
pub fn weigh(project: &Project, sink: &mut Sink) {
    let set = |code: Code| code == Code::LINK_PLACEHOLDER || Code::DEMANDS.contains(&code);
    sink.weigh(|found| match set(found.code) {
        true => rule::severity(project, found.code, found.severity),
        false => Some(found.severity),
    });
}

impl<'a> Context<'a> {
    /// Reads a report.
    fn new(input: &Input<'a>) -> Self {
        let prose = prose::build(input.project, input.document, input.sources);
        let relations: Vec<Relations> = prose.passages.iter().map(relation::relations).collect();
        let approximations: Vec<Vec<Approximation>> = prose
            .passages
            .iter()
            .zip(&relations)
            .map(|(passage, relations)| worded::find(passage, relations))
            .collect();
        let figures = Figures::new(input.project, input.statistics, input.locale);
        let units: Vec<&str> = input.project.report.units.iter().map(|unit| unit.name.value.as_str()).collect();
        let evidence = evidence::evidence(&prose, &relations, &approximations, &figures, &units);
        let moments = prose.passages.iter().map(dates::moments).collect();
        Self {
            project: input.project,
            statistics: input.statistics,
            locale: input.locale,
            sources: input.sources,
            earlier: input.earlier,
            tables: input.project.findings.tables.iter().map(|table| (table.id.value.as_str(), table)).collect(),
            claims: Claims::new(&prose),
            prose,
            relations,
            approximations,
            moments,
            figures,
            evidence,
            mistaken: OnceLock::new(),
            derived: OnceLock::new(),
        }
    }

    /// Numbers that the words beside them give to another figure.
    fn mistaken(&self) -> &[Mistaken] {
        self.mistaken.get_or_init(|| evidence::mistaken(self))
    }

    /// What a rule says of numbers that do not follow from those beside them.
    fn derived(&self, rule: &Rule) -> impl Iterator<Item = &Fault> {
        let all = self.derived.get_or_init(|| claim::derived::faults(self));
        let code = rule.code.0;
        all.iter().filter(move |(own, _)| *own == code).map(|(_, fault)| fault)
    }

    /// The files that the prose stands in.
    fn files(&self) -> BTreeSet<SourceId> {
        self.prose.passages.iter().flat_map(|passage| &passage.pieces).map(|piece| piece.span.source).collect()
    }
}

/// Whether a word in small letters is a noun that is often counted.
#[must_use]
pub fn is_counted(word: &str, language: Language) -> bool {
    lang::grammar(language).is_counted_noun(word)
}

/// How many such parts a whole has: "third", "fjärdedel".
#[must_use]
pub fn part_of_whole(word: &str, language: Language) -> Option<i64> {
    lang::numerals(language).part(word)
}

/// Figures for the numbers that nothing stands behind.
#[must_use]
pub fn propose(input: &Input<'_>) -> Proposals {
    propose::propose(&Context::new(input), input)
}

/// Which rules are asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    All,
    /// Those that speak of the evidence of numbers, which an audit tells.
    Evidence,
}

impl Scope {
    #[must_use]
    pub fn holds(self, code: Code) -> bool {
        self == Self::All || code.0.starts_with("EVI")
    }
}

/// Runs the rules of a scope; findings that are not excepted go to the sink.
pub fn run(input: &Input<'_>, scope: Scope, sink: &mut Sink) -> Audit {
    let context = Context::new(input);
    // An extract repeats what its report says: only its numbers are counted.
    let repeated = matches!(input.project.part, Some(Part::Unit(_)));
    let of_rule = |rule: &Rule| {
        let mut found = Vec::new();
        if rule::severity(input.project, rule.code, rule.severity).is_some() {
            (rule.check)(&context, &mut found);
        }
        for diagnostic in &mut found {
            diagnostic.severity =
                rule::severity(input.project, rule.code, diagnostic.severity).unwrap_or(diagnostic.severity);
        }
        found
    };
    let rules: Vec<&Rule> = RULES.iter().copied().filter(|rule| !repeated && scope.holds(rule.code)).collect();
    // No rule sees what another has found. An author waits for them at each change.
    let found: Vec<Vec<Diagnostic>> = rules.into_par_iter().map(of_rule).collect();
    let mut found: Vec<Diagnostic> = found.into_iter().flatten().collect();
    exception::apply(&mut found, &context.files(), input, sink);
    claim::one_voice(&mut found);
    let audit = audit::audit(&context);
    if let Some(diagnostic) = audit::policy(&context, &audit) {
        found.push(diagnostic);
    }
    found.into_iter().for_each(|diagnostic| sink.push(diagnostic));
    audit
}
