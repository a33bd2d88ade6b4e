//! What a publication says of itself.

use crate::diagnostic::{Code, Diagnostic, Sink, say};
use crate::model::{Imprint, ImprintKey};
use crate::source::Spanned;
use crate::value::PartialDate;

use super::super::form::{ByName, Date, Label, List, Required, Words, mapping};

mapping! {
    /// What a publication says of itself.
    ImprintEntry "imprint" {
        /// Reference number.
        reference: Label,
        /// What a letter is about.
        subject: Words,
        /// On whose commission.
        commissioned_by as "commissioned-by": Words,
        /// Who wrote it.
        author: Words,
        /// Who sends a letter.
        from: Words,
        /// Who a letter is for.
        to: Words,
        /// Who publishes it.
        publisher: Label,
        /// Whom to ask: a function, not a person.
        contact: Words,
        /// Place of publication.
        place: Label,
        /// On what terms others may use it.
        licence: Words,
        /// First and last day of what is reported on.
        period: Period,
        /// Who receives it.
        recipients: List<Words> = Vec::new(),
        /// Further rows, by what they are called: `{Laglig grund: lagen (2001:99) om den officiella statistiken}`.
        rows: ByName<Words> = Vec::new(),
    }
}

mapping! {
    /// First and last day of what is reported on.
    Period "period" {
        /// The first day, month or year.
        from: Required<Date>,
        /// The last day, month or year.
        to: Required<Date>,
    }
}

/// The imprint of a report.
pub fn imprint(given: Spanned<ImprintEntry>, sink: &mut Sink) -> Imprint {
    let Spanned { value: entry, span } = given;
    // In the order in which they are printed.
    let lines = [
        (ImprintKey::Reference, entry.reference),
        (ImprintKey::Subject, entry.subject),
        (ImprintKey::CommissionedBy, entry.commissioned_by),
        (ImprintKey::Author, entry.author),
        (ImprintKey::From, entry.from),
        (ImprintKey::To, entry.to),
        (ImprintKey::Publisher, entry.publisher),
        (ImprintKey::Contact, entry.contact),
        (ImprintKey::Place, entry.place),
        (ImprintKey::Licence, entry.licence),
    ];
    let given = lines.into_iter().filter_map(|(key, text)| Some((key, text?))).collect();
    let period = entry.period.and_then(|given| period(given, sink));
    Imprint { given, period, recipients: entry.recipients, rows: entry.rows, span }
}

fn period(given: Period, sink: &mut Sink) -> Option<(Spanned<PartialDate>, Spanned<PartialDate>)> {
    let (from, to) = (given.from?, given.to?);
    if to.value < from.value {
        sink.push(Diagnostic::error(Code::VALUE_INVALID, say!("the period ends before it begins")).at(to.span));
    }
    Some((from, to))
}
