//! What report.yaml says of a translation.

use crate::diagnostic::{Code, Diagnostic, Sink, say};
use crate::model::{Reliance, TranslationOf};
use crate::source::{Spanned, Text};

/// What a report is a translation of, as it is declared.
pub fn translation_of(
    given: Vec<(Spanned<String>, Spanned<String>)>,
    words: Vec<(Spanned<String>, Text)>,
    sink: &mut Sink,
) -> Option<TranslationOf> {
    let mut given = given.into_iter();
    let first = given.next();
    if let (None, Some((name, _))) = (&first, words.first()) {
        sink.push(
            Diagnostic::error(Code::TRANSLATION, say!("`words` are for translations, and this report is none"))
                .at(name.span)
                .help(say!("take them out, or name the original: `translation-of: {report: \"1.0\"}`")),
        );
    }
    if let Some((second, _)) = given.next() {
        sink.push(
            Diagnostic::error(Code::TRANSLATION, say!("a report is a translation of one other"))
                .at(second.span)
                .help(say!("name the original alone")),
        );
    }
    first.map(|(id, version)| TranslationOf { original: Reliance { id, version }, words })
}
