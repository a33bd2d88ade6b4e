//! What the makers of pages and PDFs say of a template, in the program's words where it is said often, and as a quotation where it is not.

use crate::diagnostic::{Code, Diagnostic, Said, say};
use crate::render::html::TemplateProblem;

/// The fault of a template of pages.
pub(super) fn page(problem: &TemplateProblem) -> Diagnostic {
    let place = format!("templates/html/{}:{}", problem.file, problem.line);
    Diagnostic::error(Code::TEMPLATE, say!("{place}: {why}", place, why = written(&problem.message)))
}

/// What is wrong with how a template of pages is written.
fn written(message: &str) -> Said {
    let named = message.split('`').nth(1);
    match named {
        Some(name) if message.contains("not found in context") || message.contains("is not defined") => {
            say!("`{name}` is not known in this template", name)
        }
        Some(name) if message.contains("filter") => say!("there is no filter `{name}`: “{message}”", name, message),
        Some(name) if message.contains("template") || message.contains("parent") => {
            say!("the template `{name}` is not there or leads back to itself: “{message}”", name, message)
        }
        _ if message.contains("expected") || message.contains("unexpected") => {
            say!("something is missing here or stands in the wrong place: “{message}”", message)
        }
        _ => Said::quoted(message),
    }
}

/// Why a PDF could not be set.
pub(super) fn typeset(message: &str) -> Said {
    let (message, is_warning) = message.strip_prefix("warning: ").map_or((message, false), |rest| (rest, true));
    let rest = |start: &str| message.strip_prefix(start);
    if let Some(own) = rest("assertion failed: ").and_then(of_own) {
        return own;
    }
    if let Some(name) = rest("unknown variable: ") {
        say!("nothing here is called `{name}`", name)
    } else if let Some(family) = rest("unknown font family: ") {
        say!("there is no font `{family}`", family)
    } else if let Some(path) = rest("file not found (searched at ").and_then(|path| path.strip_suffix(')')) {
        say!("the file {path} is not there", path)
    } else if message == "unclosed delimiter" {
        say!("a bracket or quotation mark is opened and never closed")
    } else if message.starts_with("unexpected argument") || message.starts_with("missing argument") {
        say!("a function is given other values than it takes: “{message}”", message)
    } else if is_warning {
        say!("a remark that may not be passed over: “{message}”", message)
    } else {
        Said::quoted(message)
    }
}

/// What the built-in template asks of a workspace's own.typ.
fn of_own(message: &str) -> Option<Said> {
    if message.starts_with("own.typ must define") {
        return Some(say!(
            "own.typ must define `own`, a dictionary such as `#let own = (callout: (node, blocks, room) => ...)`"
        ));
    }
    let (name, rest) = message.strip_prefix('`')?.split_once("` in own.typ ")?;
    if let Some((_, names)) = rest.split_once("there are: ") {
        return Some(say!(
            "`{name}` in own.typ is the name of nothing that can be replaced; there are: {names}",
            name,
            names
        ));
    }
    match rest.starts_with("must be a function") {
        true => Some(say!("`{name}` in own.typ must be a function, `(node, blocks, room) => ...`", name)),
        false => Some(say!("`{name}` in own.typ must be content, or none to leave it out", name))
            .filter(|_| rest.starts_with("must be content")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_often_has_words_of_its_own() {
        assert_eq!(typeset("unknown variable: bild").english(), "nothing here is called `bild`");
        assert_eq!(typeset("warning: unknown font family: x").english(), "there is no font `x`");
        assert_eq!(typeset("something else").english(), "“something else”");
        assert_eq!(written("Variable `a.b` not found in context").english(), "`a.b` is not known in this template");
        assert!(written("expected an expression").english().starts_with("something is missing here"));
    }
}
