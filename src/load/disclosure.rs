//! The disclosure policy: what belagg.yaml and report.yaml write of it, and that a report only tightens what its workspace says.

use crate::diagnostic::{Code, Diagnostic, Said, Severity, Sink, say};
use crate::limits;
use crate::model::{
    Amounts, AmountsTerms, Counts, Exemption, Persons, PersonsTerms, Policy, Prefer, SignedQuotation, Terms,
    WholeGroup, Zeros,
};
use crate::source::{Span, Spanned};

use super::decode;
use super::form::{Date, Form, Kind, Label, List, Placed, Reference, Required, Words, choices, mapping};
use super::yaml::Node;

mapping! {
    /// What must not be found out of single persons; docs/disclosure.md explains it.
    DisclosureEntry "disclosure" {
        /// Which numbers of persons are too small.
        persons: PersonsEntry,
        /// Which amounts tell too much of their largest contributor.
        amounts: AmountsEntry,
        /// What is done where a whole group stands in one category ("all eleven boys"): `show`, `ask` (a warning, later an error) or `hide`; without it a remark tells of them.
        whole_group as "whole-group": Placed<WholeGroup>,
        /// What is done about a number that is too small: `hide` or `refuse`; with `merge` before it a remark points to rows that could be put together. Without it `[hide]`.
        prefer: Placed<List<Prefer, 1>>,
        /// Numbers that are not hidden to protect others: `FIGURE`, `FIGURE.GROUP` or `TABLE.ROW.COLUMN`.
        never_hide as "never-hide": List<Reference> = Vec::new(),
        /// Numbers that stay hidden, and no others while that is enough, so that what is hidden tells nothing of them; `belagg disclose` gives the list.
        keep_hidden as "keep-hidden": List<Reference> = Vec::new(),
        /// Small numbers that somebody has decided to print.
        exceptions: List<ExemptionEntry> = Vec::new(),
        /// Quotations that somebody answers for, though few fit what they say of who is quoted.
        quotations: List<QuotationEntry> = Vec::new(),
    }
}

mapping! {
    /// Which numbers of persons are too small.
    PersonsEntry "persons" {
        /// The smallest number that is printed, 2 or more; without it 5.
        minimum: Least<{ limits::DISCLOSURE }>,
        /// How many different values a reader must still think possible of a hidden number, 2 or more; without it 3.
        values_left as "values-left": Least<{ limits::DISCLOSURE }>,
        /// Whether readers are told that there is nobody; without it `shown`.
        zeros: Placed<Zeros>,
    }
}

mapping! {
    /// Which amounts (sums of money, hours, square metres …) tell too much of their largest contributor.
    AmountsEntry "amounts" {
        /// What the largest contributed may not be known more closely than by so many percent of it, 1 to 100; without it 10.
        p_percent as "p-percent": Percentage,
    }
}

mapping! {
    /// A small number that somebody has decided to print.
    ExemptionEntry "an exception" {
        /// Which number: `FIGURE`, `FIGURE.GROUP` or `TABLE.ROW.COLUMN`.
        cell: Required<Reference>,
        /// Why it can be printed.
        reason: Required<Words>,
        /// When that was decided.
        decided: Required<Date>,
    }
}

mapping! {
    /// A quotation that somebody answers for.
    QuotationEntry "a quotation" {
        /// Which: the id of a statement, or the line with who is quoted as it stands in the text, without the dash.
        quotation: Required<Label>,
        /// Who answers for it.
        who: Required<Label>,
        /// Why it can be printed.
        reason: Required<Words>,
        /// When that was decided.
        decided: Required<Date>,
    }
}

choices!(Counts);
choices!(WholeGroup);
choices!(Zeros);
choices!(Prefer);

/// A whole number from 2 to a largest one.
pub(in crate::load) struct Least<const MOST: u64>;

impl<const MOST: u64> Form for Least<MOST> {
    type Value = Spanned<u32>;
    const KIND: Kind = Kind::Count(MOST);

    fn read(node: &Node, what: &Said, sink: &mut Sink) -> Option<Spanned<u32>> {
        let typed = decode::count(node, what, sink)?;
        let fits = |value: &i64| (2..=MOST).contains(&value.unsigned_abs());
        let value = typed.value.to_i64().filter(fits).and_then(|value| u32::try_from(value).ok());
        if value.is_none() {
            sink.push(
                Diagnostic::error(Code::POLICY_VALUE, say!("{what} must be from 2 to {most}", what, most = MOST))
                    .at(typed.span)
                    .help(say!(
                        "customary are 5 or 10 for `minimum` and 3 for `values-left`; with 1 nothing would be protected"
                    )),
            );
        }
        Some(Spanned::new(value?, typed.span))
    }
}

/// What rows of a dataset are, or a file counts: neither is an amount by itself.
pub(in crate::load) struct RowCounts;
choices!(RowCounts as Counts {
    "persons" => Counts::Persons,
    "units" => Counts::Units,
    "none" => Counts::None,
});

/// A whole number from 1 to 100.
pub(in crate::load) struct Percentage;

impl Form for Percentage {
    type Value = Spanned<u32>;
    const KIND: Kind = Kind::Count(100);

    fn read(node: &Node, what: &Said, sink: &mut Sink) -> Option<Spanned<u32>> {
        let typed = decode::count(node, what, sink)?;
        let value = typed.value.to_i64().and_then(|value| u32::try_from(value).ok());
        let value = value.filter(|value| (1..=100).contains(value));
        if value.is_none() {
            sink.push(
                Diagnostic::error(Code::POLICY_VALUE, say!("{what} must be from 1 to 100", what))
                    .at(typed.span)
                    .help(say!("customary are 10 to 20: the more, the more is hidden")),
            );
        }
        Some(Spanned::new(value?, typed.span))
    }
}

/// What a file writes of the policy.
pub fn terms(given: DisclosureEntry, sink: &mut Sink) -> Terms {
    let never_hide: Vec<_> = given.never_hide.into_iter().filter(|name| can_be_a_name(name, sink)).collect();
    let keep_hidden: Vec<_> = given.keep_hidden.into_iter().filter(|name| can_be_a_name(name, sink)).collect();
    let exceptions = given.exceptions.into_iter().filter_map(|given| {
        let cell = given.cell.filter(|name| can_be_a_name(name, sink));
        Some(Exemption { cell: cell?, reason: given.reason?, decided: given.decided?.value })
    });
    let exceptions = exceptions.collect();
    let quotations = given.quotations.into_iter().filter_map(|given| {
        let quotation = given.quotation?;
        let name = Spanned::new(quotation.value, quotation.span);
        Some(SignedQuotation { quotation: name, who: given.who?, reason: given.reason?, decided: given.decided?.value })
    });
    let quotations = quotations.collect();
    Terms {
        persons: given.persons.map(|PersonsEntry { minimum, values_left, zeros }| PersonsTerms {
            minimum,
            values_left,
            zeros,
        }),
        amounts: given.amounts.map(|AmountsEntry { p_percent }| AmountsTerms { p_percent }),
        whole_group: given.whole_group,
        prefer: given.prefer.and_then(|prefer| preferred(prefer, sink)),
        never_hide,
        keep_hidden,
        exceptions,
        quotations,
    }
}

/// Whether a text is short enough to be the name of a cell.
fn can_be_a_name(name: &Spanned<String>, sink: &mut Sink) -> bool {
    let faults = sink.count(Severity::Error);
    sink.check_length(say!("the name of a number"), &name.value, 3 * limits::ID + 2, name.span);
    sink.count(Severity::Error) == faults
}

fn preferred(given: Spanned<Vec<Prefer>>, sink: &mut Sink) -> Option<Vec<Prefer>> {
    let Spanned { value: prefer, span } = given;
    let is_told = |found: &Diagnostic| {
        let place = found.primary.as_ref().map(|label| label.span);
        place.is_some_and(|place| place.source == span.source && span.start < place.start && place.end < span.end)
    };
    if prefer.is_empty() && sink.iter().any(is_told) {
        // It has words, of which none is known.
        return None;
    }
    let before_last = prefer.iter().rev().skip(1);
    let message = if prefer.is_empty() {
        say!("`prefer` says nothing that may be done")
    } else if prefer.iter().enumerate().any(|(at, word)| prefer[..at].contains(word)) {
        say!("`prefer` says the same twice")
    } else if before_last.clone().any(|word| *word == Prefer::Refuse) {
        say!("`prefer` has something behind `refuse`, which ends the report")
    } else if prefer.iter().skip(1).any(|word| *word == Prefer::Merge) {
        say!("`prefer` has `merge` behind what is done without it")
    } else if prefer == [Prefer::Merge] {
        say!("`prefer` does not say what is done until rows are put together")
    } else {
        return Some(prefer);
    };
    sink.push(
        Diagnostic::error(Code::POLICY_VALUE, message)
            .at(span)
            .help(say!("write `prefer: [hide]`, `prefer: [merge, hide]` to be told what could be put together instead, or `prefer: [refuse]` where nothing may be hidden")),
    );
    None
}

/// The policy that holds for a report: its workspace's, tightened by its own.
pub fn policy(workspace: Option<&Policy>, report: Option<&Spanned<Terms>>, sink: &mut Sink) -> Option<Policy> {
    let policy = both(workspace, report, sink)?;
    if policy.whole_group == Some(WholeGroup::Hide) && policy.persons.is_none() {
        sink.push(
            Diagnostic::error(
                Code::POLICY_VALUE,
                say!("`whole-group: hide` needs `persons`, which say what a hidden number is to be safe from"),
            )
            .at(report.map_or(policy.span, |report| report.span))
            .help(say!("write `persons: {{minimum: 5, values-left: 3}}` beside it")),
        );
    }
    Some(policy)
}

fn both(workspace: Option<&Policy>, report: Option<&Spanned<Terms>>, sink: &mut Sink) -> Option<Policy> {
    let Some(Spanned { value: terms, span }) = report else { return workspace.cloned() };
    let Some(whole) = workspace else { return Some(Policy::from_terms(terms.clone(), *span)) };
    let mut out = whole.clone();
    let known = whole.persons;
    out.persons = match (&terms.persons, known) {
        (Some(given), Some(known)) => Some(tightened(given, known, sink)),
        (Some(given), None) => Some(given.over(Persons::default())),
        (None, known) => known,
    };
    out.amounts = match (&terms.amounts, whole.amounts) {
        (Some(given), Some(known)) => Some(stricter(given, known, sink)),
        (Some(given), None) => Some(given.over(Amounts::default())),
        (None, known) => known,
    };
    if let Some(given) = &terms.whole_group {
        if let Some(known) = whole.whole_group.filter(|known| given.value < *known) {
            let (here, there) = (given.value.name(), known.name());
            let message = say!("`whole-group` is `{here}` here and `{there}` in belagg.yaml", here, there);
            sink.push(looser(message, given.span, say!("take the line away")));
        }
        out.whole_group = Some(given.value).max(whole.whole_group);
    }
    if let Some(prefer) = &terms.prefer {
        out.prefer.clone_from(prefer);
    }
    out.never_hide.extend(terms.never_hide.iter().cloned());
    out.keep_hidden.extend(terms.keep_hidden.iter().cloned());
    out.exceptions.extend(terms.exceptions.iter().cloned());
    out.quotations.extend(terms.quotations.iter().cloned());
    Some(out)
}

fn tightened(given: &PersonsTerms, known: Persons, sink: &mut Sink) -> Persons {
    let mut number = |key: &str, given: Option<&Spanned<u32>>, known: u32| {
        let Some(given) = given else { return known };
        if given.value < known {
            let message =
                say!("`{key}` is {here} here and {there} in belagg.yaml", key, here = given.value, there = known);
            sink.push(looser(message, given.span, say!("write {known} or more, or take the line away", known)));
        }
        given.value.max(known)
    };
    let minimum = number("minimum", given.minimum.as_ref(), known.minimum);
    let values_left = number("values-left", given.values_left.as_ref(), known.values_left);
    let zeros = match &given.zeros {
        Some(Spanned { value: Zeros::Shown, span }) if known.zeros == Zeros::Hidden => {
            let message = say!("`zeros` is `shown` here and `hidden` in belagg.yaml");
            sink.push(looser(message, *span, say!("take the line away")));
            Zeros::Hidden
        }
        Some(given) => given.value,
        None => known.zeros,
    };
    Persons { minimum, values_left, zeros }
}

fn stricter(given: &AmountsTerms, known: Amounts, sink: &mut Sink) -> Amounts {
    let Some(given) = &given.p_percent else { return known };
    if given.value < known.p_percent {
        let (here, there) = (given.value, known.p_percent);
        let message = say!("`{key}` is {here} here and {there} in belagg.yaml", key = "p-percent", here, there);
        sink.push(looser(message, given.span, say!("write {known} or more, or take the line away", known = there)));
    }
    Amounts { p_percent: given.value.max(known.p_percent) }
}

/// A report that would show what its workspace does not.
fn looser(message: Said, at: Span, help: Said) -> Diagnostic {
    Diagnostic::error(Code::POLICY_LOOSER, say!("{message}: a report can only be stricter", message)).at(at).help(help).help(
        say!("a number that must be printed all the same is an exception, with its reason and the day of the decision: `exceptions: [{cell: …, reason: …, decided: …}]`"),
    )
}
