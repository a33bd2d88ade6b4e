//! What a kind of document asks for, held against a report.

use std::collections::BTreeSet;

use crate::diagnostic::{Code, Diagnostic, Sink, say};
use crate::document::Block;
use crate::model::{Demand, DocumentKind, Project};

/// The demands of a kind that a report does not meet.
pub(super) struct Demands<'a> {
    project: &'a Project,
    unmet: BTreeSet<Demand>,
    sink: &'a mut Sink,
}

impl<'a> Demands<'a> {
    /// Those that all kinds may have: of the imprint, of headings.
    pub(super) fn check(kind: DocumentKind, project: &'a Project, sink: &'a mut Sink) -> Self {
        let mut demands = Self { project, unmet: BTreeSet::new(), sink };
        demands.imprint(kind);
        demands.headings(kind);
        demands
    }

    /// Tells of a demand that is not met.
    pub(super) fn unmet(&mut self, demand: Demand, found: Diagnostic) {
        self.unmet.insert(demand);
        if let Some(found) = self.project.report.without(demand, found) {
            self.sink.push(found);
        }
    }

    /// Reports keys that the imprint should have.
    fn imprint(&mut self, kind: DocumentKind) {
        let imprint = &self.project.report.imprint;
        for demand in kind.demands().iter().filter(|demand| demand.is_of_imprint()) {
            let name = demand.name();
            let published = *demand == Demand::Publisher && self.project.publisher().is_some();
            if !imprint.has(name) && !published {
                let found = demand.unmet(say!("the imprint lacks `{key}`", key = name)).at(imprint.span);
                let help = say!(
                    "a document of the kind `{name}` states it: add `{key}: …` under `imprint`",
                    name = kind.name(),
                    key = name
                );
                self.unmet(*demand, found.help(help));
            }
        }
    }

    /// Chapters begin with a heading where there is a table of contents.
    fn headings(&mut self, kind: DocumentKind) {
        if !kind.demands().contains(&Demand::Heading) {
            return;
        }
        for chapter in self.project.chapters.iter().filter(|chapter| chapter.heading().is_none()) {
            let Some(span) = chapter.blocks.first().and_then(Block::span) else { continue };
            let found = Demand::Heading.unmet(say!("the chapter does not begin with a level 1 heading")).at(span);
            self.unmet(
                Demand::Heading,
                found.help(say!("begin the file with `# Heading`, by which readers find it in the table of contents")),
            );
        }
    }

    /// Reports reasons that are given for nothing.
    pub(super) fn superfluous(&mut self, kind: DocumentKind) {
        for (name, _) in &self.project.report.without {
            let demands = kind.demands().iter();
            let Some(demand) = demands.clone().find(|demand| demand.name() == name.value) else {
                let known: Vec<&str> = demands.map(|demand| demand.name()).collect();
                let found = Diagnostic::error(
                    Code::EXCEPTION_FAULTY,
                    say!(
                        "a document of the kind `{kind}` is not asked for `{name}`",
                        kind = kind.name(),
                        name = name.value
                    ),
                );
                self.sink.push(
                    found
                        .at(name.span)
                        .nearest(&name.value, known.iter().copied())
                        .help(say!("it is asked for {known}", known = known.join(", "))),
                );
                continue;
            };
            // How many pages there are is not known here.
            if *demand != Demand::Pages && !self.unmet.contains(demand) {
                self.sink.push(
                    Diagnostic::warning(
                        Code::EXCEPTION_UNUSED,
                        say!("the report does not do without `{name}`", name = name.value),
                    )
                    .at(name.span)
                    .help(say!("take the line away: what it speaks of is there")),
                );
            }
        }
    }
}
