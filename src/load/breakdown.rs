//! Breakdowns: what belagg.yaml declares of them, and the groups that figures, tables and case rows name.

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Diagnostic, Said, Sink, say};
use crate::document::FilterName;
use crate::limits;
use crate::locale::{KnownGroup, Language};
use crate::markdown::slug;
use crate::model::{Breakdown, Breakdowns, GroupName, Wording};
use crate::source::{Spanned, Text};
use crate::value::Group;

use super::decode;
use super::figure::FigureEntry;
use super::form::{Either, Form, Id, Kind, Label, List, Placed, Required, Short, mapping};
use super::yaml::Node;

mapping! {
    /// What values are told apart by.
    BreakdownEntry "breakdown" {
        /// What it is called in a sentence: `ålder`.
        label: Wording,
        /// How so many of a group stand in a sentence: `"{count} i åldern {group}"`.
        in_sentence as "in-sentence": Wording,
        /// Its groups, which together are the whole: by what they are called, or in full.
        groups: Required<Groups>,
    }
}

mapping! {
    /// A group with an id or words of its own.
    GroupEntry "a group" {
        /// Its id, which figures and bindings use; without it made of the label.
        id: Id,
        /// Its header.
        label: Wording,
        /// How one of it stands in a sentence: `"{count} kvinna"`.
        one: Wording,
        /// How several of it stand in a sentence: `"{count} kvinnor"`.
        many: Wording,
    }
}

mapping! {
    /// Words in each language that reports are written in.
    LanguagesEntry "words" {
        /// In Swedish.
        sv: Label,
        /// In English.
        en: Label,
        /// In Norwegian.
        nb: Label,
    }
}

/// Groups in their order.
pub type Groups = Placed<List<Short<Label, Placed<GroupEntry>>, 2, { limits::GROUPS }>>;
/// Breakdowns by their ids.
pub type Declared = Vec<(Spanned<String>, Either<Spanned<Vec<Given>>, BreakdownEntry>)>;
type Given = Either<Text, Spanned<GroupEntry>>;

impl Form for Wording {
    type Value = Self;
    const KIND: Kind = Short::<Label, LanguagesEntry>::KIND;

    fn read(node: &Node, what: &Said, sink: &mut Sink) -> Option<Self> {
        Some(match Short::<Label, LanguagesEntry>::read(node, what, sink)? {
            Either::Short(text) => Self::Same(text),
            Either::Full(LanguagesEntry { sv, en, nb }) => {
                let all = [(Language::Swedish, sv), (Language::English, en), (Language::Norwegian, nb)];
                Self::Of(node.span, all.into_iter().filter_map(|(language, text)| Some((language, text?))).collect())
            }
        })
    }
}

/// The breakdowns of a workspace; what is wrong with one leaves it out.
pub fn breakdowns(given: Declared, sink: &mut Sink) -> Breakdowns {
    let mut seen: BTreeMap<String, Spanned<String>> = BTreeMap::new();
    let mut out = Vec::new();
    for (at, (id, entry)) in given.into_iter().enumerate() {
        if at == limits::BREAKDOWNS {
            let message = say!("a workspace has at most {at} breakdowns", at);
            sink.push(
                Diagnostic::error(Code::VALUE_INVALID, message)
                    .at(id.span)
                    .help(say!("take those away that no report uses")),
            );
            break;
        }
        let (label, in_sentence, groups) = match entry {
            Either::Short(groups) => (None, None, Some(groups)),
            Either::Full(BreakdownEntry { label, in_sentence, groups }) => (label, in_sentence, groups),
        };
        let Some(Spanned { value: groups, span }) = groups else { continue };
        let most = limits::GROUPS;
        if !(2..=most).contains(&groups.len()) {
            sink.push(
                Diagnostic::error(
                    Code::VALUE_INVALID,
                    say!(
                        "breakdown `{id}` has {count} groups; it has at least 2 and at most {most}",
                        most,
                        id = id.value,
                        count = groups.len()
                    ),
                )
                .at(span)
                .help(say!("name all groups that make up the whole: {id}: [women, men]", id = id.value)),
            );
            continue;
        }
        check_phrase(in_sentence.as_ref(), &["count", "group"], sink);
        let groups = groups.into_iter().filter_map(|given| group(given, &mut seen, sink)).collect();
        out.push(Breakdown { id: id.value, label, in_sentence, groups });
    }
    Breakdowns(out)
}

fn group(given: Given, seen: &mut BTreeMap<String, Spanned<String>>, sink: &mut Sink) -> Option<GroupName> {
    let (id, group) = match given {
        // What every language has words for needs none of the author's.
        Either::Short(text) if KnownGroup::find(&text.value).is_some() => {
            let id = Spanned::new(text.value.clone(), text.span);
            (id, GroupName { id: text.value, label: None, one: None, many: None })
        }
        Either::Short(text) => {
            let id = Spanned::new(slug(&text.value), text.span);
            (id.clone(), GroupName { id: id.value, label: Some(Wording::Same(text)), one: None, many: None })
        }
        Either::Full(Spanned { value: GroupEntry { id, label, one, many }, span }) => {
            let words = label.as_ref().and_then(Wording::first);
            let made = words.map(|words| Spanned::new(slug(&words.value), words.span));
            let Some(id) = id.or(made) else {
                sink.push(
                    Diagnostic::error(Code::KEY_MISSING, say!("a group has neither `id` nor `label`"))
                        .at(span)
                        .help(say!("write {label: …}, or {id: …, label: …}")),
                );
                return None;
            };
            check_phrase(one.as_ref(), &["count"], sink);
            check_phrase(many.as_ref(), &["count"], sink);
            (id.clone(), GroupName { id: id.value, label, one, many })
        }
    };
    if !decode::id(&id, sink) {
        return None;
    }
    let taken = FigureEntry::MAPPING.key(&id.value).is_some() || FilterName::beginning(&id.value).is_some();
    if taken || ["total", "missing"].contains(&id.value.as_str()) {
        sink.push(
            Diagnostic::error(
                Code::VALUE_INVALID,
                say!(
                    "a group cannot be called `{id}`: the word means something else in findings or in texts",
                    id = id.value
                ),
            )
            .at(id.span)
            .help(say!("give it another id: {{id: {id}-group, label: …}}", id = id.value)),
        );
        return None;
    }
    if let Some(first) = seen.insert(id.value.clone(), id.clone()) {
        sink.push(
            Diagnostic::error(Code::ID_DUPLICATE, say!("two groups have the id `{id}`", id = id.value))
                .label(id.span, say!("again here"))
                .also(first.span, say!("first here"))
                .help(say!("a group is named without its breakdown: give one of them another id, {id: …, label: …}")),
        );
        return None;
    }
    Some(group)
}

/// A phrase has its number, and nothing in braces that is not filled in.
fn check_phrase(phrase: Option<&Wording>, known: &[&str], sink: &mut Sink) {
    for text in phrase.into_iter().flat_map(Wording::texts) {
        let all = known.iter().map(|name| format!("{{{name}}}")).collect::<Vec<_>>();
        let rest = all.iter().fold(text.value.clone(), |rest, name| rest.replace(name, ""));
        if let Some(name) = all.iter().find(|name| !text.value.contains(*name)) {
            sink.push(
                Diagnostic::error(Code::VALUE_INVALID, say!("`{text}` lacks {name}", name, text = text.value))
                    .at(text.span)
                    .help(say!("write {all} where it belongs in the sentence", all = all.join(" and "))),
            );
        } else if rest.contains(['{', '}']) {
            sink.push(
                Diagnostic::error(
                    Code::VALUE_INVALID,
                    say!("`{text}` has braces that nothing is filled into", text = text.value),
                )
                .at(text.span)
                .help(say!("what is filled in is {all}", all = all.join(" and "))),
            );
        }
    }
}

/// Every group has words in the language of a report.
pub fn check_language(breakdowns: &Breakdowns, language: Language, sink: &mut Sink) {
    for breakdown in &breakdowns.0 {
        let groups = breakdown.groups.iter().flat_map(|group| [&group.label, &group.one, &group.many]);
        for wording in groups.chain([&breakdown.label, &breakdown.in_sentence]).flatten() {
            let Wording::Of(span, _) = wording else { continue };
            if wording.in_language(language).is_none() {
                let tag = language.tag();
                sink.push(
                    Diagnostic::error(
                        Code::KEY_MISSING,
                        say!(
                            "the words of breakdown `{breakdown}` lack the language of this report, `{tag}`",
                            tag,
                            breakdown = breakdown.id
                        ),
                    )
                    .at(*span)
                    .help(say!("add `{tag}: …`", tag)),
                );
            }
        }
    }
}

/// The group that an author names; one that there is not is told.
pub fn named(id: &Spanned<String>, breakdowns: &Breakdowns, sink: &mut Sink) -> Option<Group> {
    let found = breakdowns.group(&id.value);
    if found.is_none() {
        let ids = || breakdowns.ids().map(|(_, id)| id);
        let diagnostic = Diagnostic::error(Code::VALUE_INVALID, say!("there is no group `{id}`", id = id.value))
            .at(id.span)
            .nearest(&id.value, ids());
        sink.push(diagnostic.help(say!(
            "groups: {ids}; belagg.yaml declares them: `breakdowns:`",
            ids = ids().collect::<Vec<_>>().join(", ")
        )));
    }
    found
}
