//! Exceptions: a finding that is let pass, with the reason, beside its line or in the report's file.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::diagnostic::{Code, Diagnostic, Sink, say};
use crate::model::{DecisionPlace, Exception};
use crate::source::{SourceId, SourceMap, Span};

use super::{Input, RULES};

/// An exception as it stands in a comment of a chapter.
struct Comment {
    codes: Vec<String>,
    span: Span,
    reason: bool,
    /// The bytes of the line it speaks of.
    line: Span,
}

const OPENING: &str = "<!-- belagg:";

/// Takes out what is excepted, and reports exceptions that are faulty or fit nothing.
pub fn apply(found: &mut Vec<Diagnostic>, files: &BTreeSet<SourceId>, input: &Input<'_>, sink: &mut Sink) {
    let mut comments = Vec::new();
    for file in files.iter().filter(|file| input.sources.get(**file).path.ends_with(".md")) {
        read(*file, input.sources, &mut comments, sink);
    }
    let listed = &input.project.report.exceptions;
    let mut used_comments = vec![BTreeSet::new(); comments.len()];
    let mut used_listed = vec![false; listed.len()];
    // Comments by the lines that they speak of, which are whole lines: none overlaps another.
    let mut lines: BTreeMap<(SourceId, u32), Vec<usize>> = BTreeMap::new();
    for (at, comment) in comments.iter().enumerate().filter(|(_, comment)| comment.reason) {
        lines.entry((comment.line.source, comment.line.start)).or_default().push(at);
    }
    let mut places = Places::default();
    found.retain(|diagnostic| {
        let Some(label) = &diagnostic.primary else { return true };
        let mut excepted = false;
        let line = lines.range(..=(label.span.source, label.span.start)).next_back();
        for at in line.into_iter().flat_map(|(_, at)| at).copied() {
            let comment = &comments[at];
            if comment.codes.iter().any(|code| code == diagnostic.code.0) && touches(label.span, comment.line) {
                used_comments[at].insert(diagnostic.code.0);
                excepted = true;
            }
        }
        for at in places.entries_of(listed, diagnostic.code.0, label.span, input.sources) {
            used_listed[at] = true;
            excepted = true;
        }
        !excepted
    });
    let decision = decision(input);
    for (comment, used) in comments.iter().zip(&used_comments) {
        for code in comment.codes.iter().filter(|code| comment.reason && !used.contains(code.as_str())) {
            sink.push(unused(code, comment.span));
        }
    }
    for (exception, used) in listed.iter().zip(used_listed) {
        if !known(&exception.rule.value) {
            sink.push(unknown(&exception.rule.value, exception.rule.span));
        } else if !used && !decision.as_ref().is_some_and(|text| text.contains(&one_line(&exception.text.value))) {
            sink.push(unused(&exception.rule.value, exception.text.span));
        }
    }
}

fn known(code: &str) -> bool {
    RULES.iter().any(|rule| rule.code.0 == code)
}

fn unused(code: &str, span: Span) -> Diagnostic {
    Diagnostic::warning(Code::EXCEPTION_UNUSED, say!("the exception from {code} fits nothing", code))
        .at(span)
        .help(say!("delete it: what it excepted is gone, or stands on another line"))
}

fn unknown(code: &str, span: Span) -> Diagnostic {
    Diagnostic::error(Code::EXCEPTION_FAULTY, say!("there is no rule `{code}` to be excepted from", code))
        .at(span)
        .nearest(code, RULES.iter().map(|rule| rule.code.0))
}

/// Whether a finding begins on the line of the exception, or spans it.
fn touches(span: Span, line: Span) -> bool {
    span.source == line.source && span.start < line.end && line.start <= span.start
}

/// The text of the decision page beside the report, which is a document of its own and may be what an exception speaks of.
fn decision(input: &Input<'_>) -> Option<String> {
    let beside = input.project.part.is_none() && input.project.report.decision_page == Some(DecisionPlace::Beside);
    let decision = input.project.findings.decision.as_ref().filter(|_| beside)?;
    Some(one_line(input.sources.text(decision.span)))
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Where the listed exceptions of each rule fit in each file, found when first asked for.
#[derive(Default)]
struct Places(BTreeMap<(&'static str, SourceId), Found>);

/// Places with the exceptions that fit there, and how long the longest is.
type Found = (Vec<(Range<usize>, usize)>, usize);

impl Places {
    /// The exceptions from a rule that fit a place.
    fn entries_of(&mut self, listed: &[Exception], code: &'static str, span: Span, sources: &SourceMap) -> Vec<usize> {
        if listed.is_empty() {
            return Vec::new();
        }
        let find = || {
            let own = listed.iter().enumerate().filter(|(_, exception)| exception.rule.value == code);
            let own: Vec<(usize, Vec<&str>)> =
                own.map(|(at, exception)| (at, exception.text.value.split_whitespace().collect())).collect();
            let all = if own.is_empty() { Vec::new() } else { places(&own, &sources.get(span.source).text) };
            let longest = all.iter().map(|(range, _)| range.len()).max().unwrap_or(0);
            (all, longest)
        };
        let (all, longest) = self.0.entry((code, span.source)).or_insert_with(find);
        let (start, end) = (span.start as usize, span.end as usize);
        let from = all.partition_point(|(range, _)| range.start + *longest <= start);
        let near = all[from..].iter().take_while(|(range, _)| range.start < end);
        near.filter(|(range, _)| start < range.end).map(|(_, at)| *at).collect()
    }
}

/// Where texts stand in a file, by where they begin. A text begins where a word or a sign does.
fn places(texts: &[(usize, Vec<&str>)], text: &str) -> Vec<(Range<usize>, usize)> {
    let mut begins: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    let mut word: Option<usize> = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        match (c.is_alphanumeric(), word) {
            (true, None) => word = Some(at),
            (true, Some(_)) => {}
            (false, from) => {
                if let Some(from) = from {
                    begins.entry(&text[from..at]).or_default().push(from);
                }
                word = None;
                if !c.is_whitespace() {
                    begins.entry(&text[at..at + c.len_utf8()]).or_default().push(at);
                }
            }
        }
    }
    let mut out = Vec::new();
    for (exception, wanted) in texts {
        let Some(first) = wanted.first().and_then(|word| word.chars().next()) else { continue };
        let lead = wanted[0].find(|c: char| !c.is_alphanumeric()).unwrap_or(wanted[0].len());
        let lead = &wanted[0][..lead.max(if first.is_alphanumeric() { 0 } else { first.len_utf8() })];
        // The last word of a text may go on where the text ends.
        let words = begins.range(lead..).take_while(|(word, _)| word.starts_with(lead));
        for at in words.flat_map(|(_, places)| places).copied() {
            if let Some(length) = end_of(&text[at..], wanted) {
                out.push((at..at + length, *exception));
            }
        }
    }
    out.sort_by_key(|(range, at)| (range.start, *at));
    out
}

/// How many bytes the words take, whatever blanks stand between them.
fn end_of(text: &str, words: &[&str]) -> Option<usize> {
    let mut rest = text;
    for (at, word) in words.iter().enumerate() {
        if at > 0 {
            let trimmed = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '>');
            if trimmed.len() == rest.len() {
                return None;
            }
            rest = trimmed;
        }
        rest = rest.strip_prefix(word)?;
    }
    Some(text.len() - rest.len())
}

/// The exceptions in the comments of a chapter.
fn read(file: SourceId, sources: &SourceMap, out: &mut Vec<Comment>, sink: &mut Sink) {
    let text = &sources.get(file).text;
    if !text.contains(OPENING) {
        return;
    }
    // The lines that hold anything but an exception.
    let mut next: BTreeMap<usize, usize> = BTreeMap::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let inner = inside(line);
        if !inner.is_empty() && !inner.starts_with(OPENING) && !inner.starts_with("[!") {
            next.insert(start, start + line.len());
        }
        start += line.len();
    }
    let mut fence = None;
    let mut offset = 0;
    for line in text.split_inclusive('\n') {
        let start = offset;
        offset += line.len();
        let trimmed = inside(line);
        match fence {
            Some(mark) if trimmed.starts_with(mark) => fence = None,
            None if trimmed.starts_with("```") => fence = Some("```"),
            None if trimmed.starts_with("~~~") => fence = Some("~~~"),
            _ => {}
        }
        let Some(at) = line.find(OPENING).filter(|_| fence.is_none()) else { continue };
        let Some(length) = line[at..].find("-->") else { continue };
        let inner = line[at + OPENING.len()..at + length].trim();
        let span = Span::new(file, start + at, start + at + length + "-->".len());
        let alone = inside(&line[..at]).is_empty() && line[at + length + "-->".len()..].trim().is_empty();
        let about = if alone {
            next.range(offset..).next().map_or(text.len()..text.len(), |(start, end)| *start..*end)
        } else {
            start..offset
        };
        let Some(comment) = comment(inner, span, Span::new(file, about.start, about.end), sink) else { continue };
        out.push(comment);
    }
}

/// What a line holds behind the marks of the quotations, callouts, lists, notes and definitions that it stands in.
fn inside(line: &str) -> &str {
    let mut rest = line.trim();
    loop {
        let numbered = rest.trim_start_matches(|c: char| c.is_ascii_digit());
        let numbered = if numbered.len() < rest.len() { numbered.strip_prefix(['.', ')']) } else { None };
        let note = rest.strip_prefix("[^").and_then(|note| note.split_once("]:")).map(|(_, rest)| rest);
        let marked = rest.strip_prefix(['-', '*', '+', ':']).or(numbered);
        let marked = marked.filter(|rest| rest.is_empty() || rest.starts_with([' ', '\t']));
        match rest.strip_prefix('>').or(note).or(marked) {
            Some(behind) => rest = behind.trim_start(),
            None => return rest,
        }
    }
}

fn comment(inner: &str, span: Span, line: Span, sink: &mut Sink) -> Option<Comment> {
    let Some(rest) = inner.strip_prefix("allow") else {
        sink.push(
            Diagnostic::error(Code::EXCEPTION_FAULTY, say!("the comment is no exception that can be understood"))
                .at(span)
                .help(say!("write <!-- belagg: allow EVI001 the reason -->")),
        );
        return None;
    };
    // What is meant for a code, misspelt or not: letters, then digits.
    let is_code = |word: &str| {
        let digits = word.trim_start_matches(|c: char| c.is_ascii_alphabetic());
        (1..=4).contains(&digits.len())
            && (2..=4).contains(&(word.len() - digits.len()))
            && digits.bytes().all(|b| b.is_ascii_digit())
    };
    let mut words = rest.split_whitespace().map(|word| word.trim_matches([',', ':'])).peekable();
    let mut codes = Vec::new();
    while let Some(code) = words.next_if(|word| is_code(word)) {
        if known(code) {
            codes.push(code.to_owned());
        } else {
            sink.push(unknown(code, span));
        }
    }
    let reason = words.any(|word| word.chars().any(char::is_alphanumeric));
    if codes.is_empty() && !rest.split_whitespace().any(|word| is_code(word.trim_matches([',', ':']))) {
        sink.push(
            Diagnostic::error(Code::EXCEPTION_FAULTY, say!("the exception names no rule"))
                .at(span)
                .help(say!("write <!-- belagg: allow EVI001 the reason -->")),
        );
    } else if !reason {
        sink.push(
            Diagnostic::error(Code::EXCEPTION_FAULTY, say!("the exception gives no reason"))
                .at(span)
                .help(say!("write the reason behind the code: whoever reads the report next will ask for it")),
        );
    }
    Some(Comment { codes, span, reason, line })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Said;

    /// What is said of the comment's words, and the codes that it names.
    fn findings_and_codes(inner: &str) -> (Vec<String>, Vec<String>) {
        let mut sink = Sink::default();
        let span = Span::new(SourceId::default(), 0, inner.len());
        let codes = comment(inner, span, span, &mut sink).map(|comment| comment.codes).unwrap_or_default();
        let words = |diagnostic: &Diagnostic| {
            std::iter::once(&diagnostic.message)
                .chain(&diagnostic.help)
                .map(Said::english)
                .collect::<Vec<_>>()
                .join("; ")
        };
        (sink.sorted(&SourceMap::default()).into_iter().map(words).collect(), codes)
    }

    #[test]
    fn marks_of_quotations_lists_and_notes_are_no_words() {
        for (line, words) in [
            ("> - 12. <!-- a -->", "<!-- a -->"),
            ("[^ett]: > Text", "Text"),
            (">", ""),
            ("  : Det", "Det"),
            ("-40 grader", "-40 grader"),
            ("12 brev", "12 brev"),
            ("**Fet**", "**Fet**"),
            ("[^ett] först", "[^ett] först"),
        ] {
            assert_eq!(inside(line), words, "{line}");
        }
    }

    #[test]
    fn an_exception_has_codes_and_a_reason() {
        assert_eq!(
            findings_and_codes("allow EVI001, EVI003 counted by hand"),
            (vec![], vec!["EVI001".into(), "EVI003".into()])
        );
    }

    #[test]
    fn what_an_exception_lacks_is_said() {
        let first = |inner| findings_and_codes(inner).0.remove(0);
        assert!(first("allow EVI01 counted by hand").contains("did you mean `EVI001`?"));
        assert!(first("allow evi001 counted by hand").contains("did you mean `EVI001`?"));
        assert!(first("allow counted by hand").contains("names no rule"));
        assert!(first("allow EVI001").contains("gives no reason"));
        assert!(first("forbid EVI001").contains("no exception that can be understood"));
    }
}
