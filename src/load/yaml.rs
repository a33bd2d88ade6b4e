//! YAML to a tree of nodes that know their spans. The only user of the YAML crate.
//!
//! A tree rather than derived types: a derived deserialiser stops at the first fault, and an author wants to see all of them.

mod syntax;

use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

use serde_saphyr::budget::{BudgetBreach, EnforcingPolicy, check_yaml_budget};
use serde_saphyr::granit_parser::{Event, Parser, ScalarStyle};

use self::syntax::syntax;
use crate::diagnostic::{Code, Diagnostic, Sink, say};
use crate::limits::{self, YAML_DEPTH, YAML_NODES, YAML_TEXTS};
use crate::source::{SourceId, Span, Spanned, Text};

/// One value of a YAML file.
#[derive(Debug, Clone)]
pub struct Node {
    pub value: Value,
    pub span: Span,
}

#[derive(Debug, Clone)]
pub enum Value {
    Null,
    /// A scalar; `plain` where it was written without quotation marks, so that `12` is a number and `"12"` a text.
    Scalar {
        text: String,
        plain: bool,
        verbatim: bool,
        /// What the report that was translated has in its place, where this is a translation.
        original: Option<Arc<str>>,
    },
    List(Rc<Vec<Node>>),
    Map(Rc<Vec<(Spanned<String>, Node)>>),
}

impl Node {
    /// The node as plain data: what is written without quotation marks and is a whole number, true or false becomes that.
    #[must_use]
    pub fn to_json(&self) -> serde_json::Value {
        use serde_json::Value as Json;
        match &self.value {
            Value::Null => Json::Null,
            Value::Scalar { text, plain: true, .. } => match text.as_str() {
                "true" => Json::Bool(true),
                "false" => Json::Bool(false),
                number => number.parse::<i64>().map_or_else(|_| Json::String(text.clone()), Json::from),
            },
            Value::Scalar { text, .. } => Json::String(text.clone()),
            Value::List(items) => items.iter().map(Self::to_json).collect(),
            Value::Map(entries) => entries.iter().map(|(key, node)| (key.value.clone(), node.to_json())).collect(),
        }
    }

    /// What the value is, for messages.
    #[must_use]
    pub fn describe(&self) -> &'static str {
        match &self.value {
            Value::Null => "nothing",
            Value::Scalar { text, plain: true, .. } if matches!(text.as_str(), "true" | "false") => "true or false",
            Value::Scalar { text, plain: true, .. } if crate::value::Exact::parse(text).is_some() => "a number",
            Value::Scalar { .. } => "a text",
            Value::List(_) => "a list",
            Value::Map(_) => "a mapping",
        }
    }

    /// The scalar as a text with its place; none for other values.
    #[must_use]
    pub fn text(&self) -> Option<Text> {
        match &self.value {
            Value::Scalar { text, plain, verbatim, original } => {
                // Quotation marks stand before the first character.
                let offset = u32::from(!plain && *verbatim);
                let span = Span { start: self.span.start + offset, end: self.span.end - offset, ..self.span };
                let original = original.clone();
                Some(Text { value: text.clone(), span, verbatim: *verbatim, literal: false, original })
            }
            _ => None,
        }
    }
}

/// Parses a file. Problems go to the sink; none is returned when there is no tree at all.
pub fn parse(source: SourceId, text: &str, sink: &mut Sink) -> Option<Node> {
    let whole = Span::new(source, 0, 0);
    if let Some(at) = indenting_tab(text) {
        sink.push(
            Diagnostic::error(Code::YAML_TAB, say!("a tab stands in the indentation"))
                .at(Span::new(source, at, at + 1))
                .help(say!("replace each tab at the start of a line by two spaces")),
        );
        return None;
    }
    match check_yaml_budget(text, budget(), EnforcingPolicy::AllContent) {
        Err(error) => {
            sink.push(syntax(source, text, &error));
            return None;
        }
        Ok(report) => {
            if let Some(breach) = report.breached {
                sink.push(too_large(whole, &breach));
                return None;
            }
        }
    }
    let mut builder = Builder { source, text, sink, anchors: BTreeMap::new(), size: Size::default() };
    let root = builder.run();
    match root {
        Ok(Some(node)) if !matches!(node.value, Value::Null) => Some(node),
        Ok(_) => {
            sink.push(
                Diagnostic::error(Code::FILE_EMPTY, say!("the file is empty"))
                    .at(whole)
                    .help(say!("write its content, or delete the file")),
            );
            None
        }
        Err(diagnostic) => {
            sink.push(*diagnostic);
            None
        }
    }
}

fn budget() -> serde_saphyr::budget::Budget {
    let mut budget = serde_saphyr::budget::Budget::default();
    budget.max_depth = YAML_DEPTH;
    budget.max_nodes = YAML_NODES;
    budget.max_documents = 1;
    budget
}

fn too_large(whole: Span, breach: &BudgetBreach) -> Diagnostic {
    let message = match breach {
        BudgetBreach::Depth { .. } => say!("the file nests deeper than {most} levels", most = YAML_DEPTH),
        BudgetBreach::Documents { .. } => say!("the file holds more than one YAML document (`---`)"),
        BudgetBreach::Aliases { .. } | BudgetBreach::Anchors { .. } | BudgetBreach::AliasAnchorRatio { .. } => {
            say!("the file uses more aliases (*name) than is accepted")
        }
        _ => say!("the file is larger than is accepted"),
    };
    Diagnostic::error(Code::YAML_BUDGET, message)
        .at(whole)
        .help(say!("write the content out, or split it into several files"))
}

/// Byte offset of the first tab that indents a line.
fn indenting_tab(text: &str) -> Option<usize> {
    let mut offset = 0;
    for line in text.split_inclusive('\n') {
        let indent = line.len() - line.trim_start_matches([' ', '\t']).len();
        if let Some(at) = line[..indent].find('\t')
            && !line[indent..].trim().is_empty()
        {
            return Some(offset + at);
        }
        offset += line.len();
    }
    None
}

struct Builder<'a> {
    source: SourceId,
    text: &'a str,
    sink: &'a mut Sink,
    anchors: BTreeMap<usize, (Node, Size)>,
    size: Size,
}

/// How much a part of a file is when its aliases are followed.
#[derive(Debug, Clone, Copy, Default)]
struct Size {
    nodes: usize,
    /// Bytes of its texts.
    texts: usize,
}

impl Size {
    fn plus(self, other: Self) -> Self {
        Self { nodes: self.nodes.saturating_add(other.nodes), texts: self.texts.saturating_add(other.texts) }
    }
}

/// A collection under construction.
enum Open {
    List(Vec<Node>),
    Map { entries: Vec<(Spanned<String>, Node)>, key: Option<Spanned<String>>, first: BTreeMap<String, Span> },
}

struct Frame {
    open: Open,
    anchor: usize,
    start: usize,
    before: Size,
}

type Fault = Box<Diagnostic>;

impl Builder<'_> {
    fn run(&mut self) -> Result<Option<Node>, Fault> {
        let mut stack: Vec<Frame> = Vec::new();
        let mut root = None;
        for item in Parser::new_from_str(self.text) {
            let (event, place) = item.map_err(|error| Box::new(syntax(self.source, self.text, &error)))?;
            let start = place.start.byte_offset().unwrap_or(0);
            let end = place.end.byte_offset().unwrap_or(start);
            let span = Span::new(self.source, start, end);
            let done = match event {
                Event::Scalar(text, style, anchor, _) => {
                    let plain = style == ScalarStyle::Plain;
                    let value = if plain && matches!(&*text, "" | "~" | "null") {
                        Value::Null
                    } else {
                        let inner = if plain { 0 } else { 1 };
                        let verbatim = self.text.get(start + inner..end.saturating_sub(inner)) == Some(&*text);
                        Value::Scalar { text: text.into_owned(), plain, verbatim, original: None }
                    };
                    self.check_run(&value, span);
                    let texts = match &value {
                        Value::Scalar { text, .. } => text.len(),
                        _ => 0,
                    };
                    let node = Node { value, span };
                    let size = Size { nodes: 1, texts };
                    self.size = self.size.plus(size);
                    self.keep(anchor, &node, size);
                    self.within_budget(span)?;
                    Some(node)
                }
                Event::SequenceStart(_, anchor, _) => {
                    stack.push(Frame { open: Open::List(Vec::new()), anchor, start, before: self.size });
                    None
                }
                Event::MappingStart(_, anchor, _) => {
                    stack.push(Frame {
                        open: Open::Map { entries: Vec::new(), key: None, first: BTreeMap::new() },
                        anchor,
                        start,
                        before: self.size,
                    });
                    None
                }
                Event::SequenceEnd | Event::MappingEnd => match stack.pop() {
                    Some(frame) => Some(self.close(frame, end)?),
                    None => None,
                },
                Event::Alias(id) => Some(self.alias(id, span)?),
                _ => None,
            };
            if let Some(node) = done {
                match stack.last_mut() {
                    Some(frame) => self.attach(frame, node)?,
                    None => root = Some(node),
                }
            }
        }
        Ok(root)
    }

    /// Reports a text that no PDF can hold.
    fn check_run(&mut self, value: &Value, span: Span) {
        let Value::Scalar { text, plain, verbatim, .. } = value else { return };
        if let Some(run) = limits::long_run(text) {
            let inner = usize::from(!plain);
            let at = if *verbatim { span.slice(run.start + inner, run.end + inner) } else { span };
            self.sink.push(Diagnostic::unbroken(at));
        }
    }

    /// Keeps what an anchor names, with how much it is.
    fn keep(&mut self, anchor: usize, node: &Node, whole: Size) {
        if anchor > 0 {
            self.anchors.insert(anchor, (node.clone(), whole));
        }
    }

    fn within_budget(&self, span: Span) -> Result<(), Fault> {
        if self.size.nodes <= YAML_NODES && self.size.texts <= YAML_TEXTS {
            return Ok(());
        }
        Err(Box::new(
            Diagnostic::error(Code::YAML_BUDGET, say!("the file becomes too large here, its aliases (*name) followed"))
                .at(span)
                .help(say!("write the content out instead of referring to it with *name, or divide the file")),
        ))
    }

    fn alias(&mut self, id: usize, span: Span) -> Result<Node, Fault> {
        let Some((node, size)) = self.anchors.get(&id) else {
            return Err(Box::new(
                Diagnostic::error(Code::YAML_SYNTAX, say!("this alias names nothing above it")).at(span),
            ));
        };
        let (node, size) = (node.clone(), *size);
        self.size = self.size.plus(size);
        self.within_budget(span)?;
        Ok(node)
    }

    fn close(&mut self, frame: Frame, end: usize) -> Result<Node, Fault> {
        // A block collection's end lies at the next token: give back the white space.
        let trimmed = self.text.get(frame.start..end).map_or(end, |text| frame.start + text.trim_end().len());
        let span = Span::new(self.source, frame.start, trimmed);
        let value = match frame.open {
            Open::List(items) => Value::List(Rc::new(items)),
            Open::Map { entries, .. } => Value::Map(Rc::new(entries)),
        };
        let node = Node { value, span };
        self.size = self.size.plus(Size { nodes: 1, texts: 0 });
        let whole = Size { nodes: self.size.nodes - frame.before.nodes, texts: self.size.texts - frame.before.texts };
        self.keep(frame.anchor, &node, whole);
        self.within_budget(span)?;
        Ok(node)
    }

    fn attach(&mut self, frame: &mut Frame, node: Node) -> Result<(), Fault> {
        match &mut frame.open {
            Open::List(items) => items.push(node),
            Open::Map { entries, key, first } => match key.take() {
                None => {
                    let name = match &node.value {
                        Value::Scalar { text, .. } => text.clone(),
                        Value::Null => "null".to_owned(),
                        _ => {
                            return Err(Box::new(
                                Diagnostic::error(Code::VALUE_TYPE, say!("a key must be a text")).at(node.span),
                            ));
                        }
                    };
                    if let Some(first) = first.get(&name) {
                        self.sink.push(
                            Diagnostic::error(
                                Code::YAML_DUPLICATE,
                                say!("`{name}` stands twice in this mapping", name),
                            )
                            .label(node.span, say!("again here"))
                            .also(*first, say!("first here"))
                            .help(say!("delete or rename one of the two")),
                        );
                    } else {
                        first.insert(name.clone(), node.span);
                    }
                    *key = Some(Spanned::new(name, node.span));
                }
                Some(key) => entries.push((key, node)),
            },
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::SourceMap;

    fn load(text: &str) -> (Option<Node>, Vec<Diagnostic>) {
        let mut sink = Sink::default();
        let mut map = SourceMap::default();
        let id = map.add("a.yaml", text);
        let node = parse(id, text, &mut sink);
        (node, sink.sorted(&SourceMap::default()).into_iter().cloned().collect())
    }

    #[test]
    fn scalars_know_their_place_and_style() {
        let text = "a: åäö\nb: \"12\"\nc: [1, x]\n";
        let (node, problems) = load(text);
        assert!(problems.is_empty(), "{problems:?}");
        let Value::Map(entries) = node.unwrap().value else { panic!("a mapping") };
        let (key, first) = &entries[0];
        assert_eq!(key.value, "a");
        let place = first.text().unwrap();
        assert_eq!(&text[place.span.start as usize..place.span.end as usize], "åäö");
        let second = entries[1].1.text().unwrap();
        assert_eq!(&text[second.span.start as usize..second.span.end as usize], "12");
        assert_eq!(entries[1].1.describe(), "a text");
        assert_eq!(entries[2].1.describe(), "a list");
    }

    #[test]
    fn faults_have_codes() {
        let code = |text: &str| load(text).1.first().map(|d| d.code);
        assert_eq!(code(""), Some(Code::FILE_EMPTY));
        assert_eq!(code("# only a remark\n"), Some(Code::FILE_EMPTY));
        assert_eq!(code("a:\n\t- 1\n"), Some(Code::YAML_TAB));
        assert_eq!(code("a: [1, 2\n"), Some(Code::YAML_SYNTAX));
        assert_eq!(code("a: 1\na: 2\n"), Some(Code::YAML_DUPLICATE));
        assert_eq!(code("a: *b\n"), Some(Code::YAML_SYNTAX));
        assert_eq!(code(&format!("{}{}", "[".repeat(100), "]".repeat(100))), Some(Code::YAML_BUDGET));
        assert!(code(&"[".repeat(5000)).is_some());
    }

    #[test]
    fn keys_that_stand_twice_are_found_in_a_large_mapping() {
        // Each held against each other would be ten thousand million comparisons.
        let keys: String = (0..100_000).map(|at| format!("a-rather-long-name-of-a-key-{at}: 1\n")).collect();
        let (_, found) = load(&format!("{keys}a-rather-long-name-of-a-key-7: 2\n"));
        assert_eq!(found.iter().map(|d| d.code).collect::<Vec<_>>(), [Code::YAML_DUPLICATE]);
    }

    #[test]
    fn a_million_fold_alias_is_refused_and_a_modest_one_followed() {
        let mut bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
        for level in 1..8 {
            let refs = vec![format!("*a{}", level - 1); 10].join(", ");
            bomb.push_str(&format!("a{level}: &a{level} [{refs}]\n"));
        }
        assert_eq!(load(&bomb).1.first().map(|d| d.code), Some(Code::YAML_BUDGET));
        assert!(load("a: &x 1\nb: *x\n").1.is_empty());
        // Few values, and each a long text.
        let long = format!("a: &x {}\nb: [{}]\n", "ord ".repeat(10_000), vec!["*x"; 1_000].join(", "));
        assert_eq!(load(&long).1.first().map(|d| d.code), Some(Code::YAML_BUDGET));
    }

    #[test]
    fn many_keys_and_aliases_are_read() {
        let keys: String = (0..40_000).map(|n| format!("k{n}: &a{n} 1\n")).collect();
        let aliases: String = (0..40_000).map(|n| format!("- *a{n}\n")).collect();
        let (node, problems) = load(&format!("{keys}l:\n{aliases}"));
        assert!(node.is_some() && problems.is_empty(), "{:?}", problems.first());
        let (_, problems) = load(&"k: 1\n".repeat(3_000));
        assert_eq!(problems.len(), 2_999);
    }

    #[test]
    fn texts_without_a_blank_are_told() {
        let (_, problems) = load(&format!("a: x {}\n", "b".repeat(2_001)));
        let found: Vec<_> =
            problems.iter().map(|d| (d.code, d.primary.as_ref().map(|label| label.span.start))).collect();
        assert_eq!(found, [(Code::TEXT_TOO_LONG, Some(5))]);
    }

    proptest::proptest! {
        #[test]
        fn arbitrary_text_never_panics(text in "[ -~åäö\\n\\t&*:\\-\\[\\]{}]{0,200}") {
            load(&text);
        }
    }
}
