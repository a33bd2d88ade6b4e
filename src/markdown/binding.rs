//! `{{ path | filter argument }}` in running text, and `{{ block argument }}` alone in a paragraph.

use std::ops::Range;

use super::context::Context;
use super::mask::{BACKSLASH, PIPE, unmask};
use super::run::Run;
use crate::diagnostic::{Code, Diagnostic, Said, say};
use crate::document::{Binding, BlockName, Directive};
use crate::source::Spanned;

const HELP: Said = say!("write `{{ figure }}` or `{{ figure | filter }}`; `\\{{` prints two braces");

/// Reads what stands between the braces at `range`. `None` where it was reported.
pub fn binding(run: &Run, range: Range<usize>, context: &mut Context) -> Option<Binding> {
    let whole = run.source(range.start - 2..range.end + 2);
    let mut parts = parts(run, range, context).into_iter();
    let path = match parts.next().unwrap_or_default().as_slice() {
        [] => return fail(say!("a binding names no figure"), HELP, whole, context),
        [path] => path.clone(),
        words => {
            let words: Vec<&str> = words.iter().map(|word| word.value.as_str()).collect();
            let message = say!("`{words}` is not the name of a figure", words = words.join(" "));
            let help = say!("a block such as `{{ table id }}` stands alone in its paragraph; filters follow a `|`");
            return fail(message, help, whole, context);
        }
    };
    if let Some(wrong) = path.value.chars().find(|c| !c.is_alphanumeric() && !matches!(c, '.' | '-' | '_' | ':')) {
        let message = say!("`{path}` cannot be the name of a figure: it has `{wrong}` in it", wrong, path = path.value);
        return fail(message, HELP, whole, context);
    }
    let filters: Vec<_> = parts.collect();
    if filters.iter().any(Vec::is_empty) {
        return fail(say!("no filter follows the `|`"), HELP, whole, context);
    }
    let wrong = |word: &&Spanned<String>| word.value.contains(['{', '}', '\\', '[', ']']);
    if let Some(word) = filters.iter().flatten().find(wrong) {
        let message = say!("`{word}` cannot be part of a filter", word = word.value);
        return fail(message, HELP, whole, context);
    }
    Some(Binding { path, filters, span: context.span(whole) })
}

/// Reads a binding that is alone in its paragraph as a block, if it is one: `{{ table diagnoses }}`, `{{ references }}`.
pub fn directive(run: &Run, range: Range<usize>, context: &Context) -> Option<Directive> {
    let whole = run.source(range.start - 2..range.end + 2);
    let [words] = <[_; 1]>::try_from(parts(run, range, context)).ok()?;
    let (name, argument) = match <[_; 2]>::try_from(words) {
        Ok([name, argument]) => (name, Some(argument)),
        Err(words) => match <[_; 1]>::try_from(words) {
            // Any other lone word in a paragraph is a figure.
            Ok([name]) if BlockName::find(&name.value).is_some_and(|block| block.wants().is_none()) => (name, None),
            _ => return None,
        },
    };
    let plain = |word: &Spanned<String>| word.value.chars().all(|c| c.is_alphanumeric() || ".-_".contains(c));
    (plain(&name) && argument.as_ref().is_none_or(plain)).then(|| Directive {
        name,
        argument,
        span: context.span(whole),
    })
}

/// Reports `{{` at `start` that nothing closes.
pub fn report_unclosed(run: &Run, start: usize, context: &mut Context) {
    let diagnostic = Diagnostic::error(Code::BINDING_SYNTAX, say!("a binding is not closed"))
        .help(say!("close it with `}}` in the same paragraph, without code in it"))
        .help(say!("to print two braces as they are, write `\\{{`"));
    context.report(diagnostic, run.source(start..start + 2));
}

fn fail<T>(message: Said, help: Said, whole: Range<usize>, context: &mut Context) -> Option<T> {
    context.report(Diagnostic::error(Code::BINDING_SYNTAX, message).help(help), whole);
    None
}

/// The words between the bars. In tables a bar is written `\|`, so a backslash before one does not count.
fn parts(run: &Run, range: Range<usize>, context: &Context) -> Vec<Vec<Spanned<String>>> {
    let mut start = range.start;
    run.slice(range)
        .split(PIPE)
        .map(|part| {
            let words = words(run, start, part.strip_suffix(BACKSLASH).unwrap_or(part), context);
            start += part.len() + PIPE.len_utf8();
            words
        })
        .collect()
}

fn words(run: &Run, start: usize, part: &str, context: &Context) -> Vec<Spanned<String>> {
    let mut words = Vec::new();
    let mut at = 0;
    for word in part.split(char::is_whitespace) {
        if !word.is_empty() {
            let span = context.span(run.source(start + at..start + at + word.len()));
            words.push(Spanned::new(unmask(word), span));
        }
        // The blank that parted two words may be longer than a byte (a no-break space, for one).
        at += word.len();
        at += part[at..].chars().next().map_or(0, char::len_utf8);
    }
    words
}
