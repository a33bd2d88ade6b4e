//! Parameters: what a report says of itself once, and uses in many places. In running text each is a figure and bound as one; elsewhere (paths, ids, dates,
//! conditions, numbers) its text stands in the place of `{{ param.x }}` before the value is read.

use std::rc::Rc;

use crate::diagnostic::{Code, Diagnostic, Said, Sink, say};
use crate::model::{Figure, Given, Parameter, ReportRow};
use crate::source::{Span, Spanned};

use super::form::{ById, Form as _, Kind, Mapping, Plain};
use super::yaml::{Node, Value};

/// The key of report.yaml.
const KEY: &str = "parameters";

/// The parameters of a report: those of its row, then those of report.yaml, each of which may use those before it.
pub fn joined(row: Option<&ReportRow>, root: &Node, sink: &mut Sink) -> Vec<Parameter> {
    let mut out = row.map(|row| row.parameters.clone()).unwrap_or_default();
    let Value::Map(entries) = &root.value else { return out };
    let Some((_, node)) = entries.iter().find(|(key, _)| key.value == KEY) else { return out };
    // What is wrong with their form is told when the whole file is read.
    for (name, given) in ById::<Plain>::read(node, &Said::verbatim(KEY), &mut Sink::default()).unwrap_or_default() {
        if let Some(first) = out.iter().find(|known| known.name.value == name.value) {
            let message = say!("the parameter `{name}` is given by the row as well", name = name.value);
            sink.push(
                Diagnostic::error(Code::PARAMETER, message)
                    .at(name.span)
                    .also(first.name.span, say!("the row"))
                    .help(say!("take one of the two away")),
            );
        }
        // Parameters that are not known are told when the file is filled.
        let value = filled(&given.value, given.span, &out, &mut Sink::default()).unwrap_or(given.value);
        out.push(Parameter { label: name.value.clone(), name, value });
    }
    out
}

/// A parameter as a figure that texts bind.
pub fn figure(parameter: &Parameter) -> Figure {
    let Spanned { value: name, span } = &parameter.name;
    let text = |value: &str| crate::source::Text::of_cell(value, *span);
    Figure::new(
        Spanned::new(format!("{}{name}", Parameter::PREFIX), *span),
        text(&parameter.label),
        Given::Text(text(&parameter.value)),
    )
}

/// Puts parameters into all of a file that is no running text, as the file is declared.
pub fn fill(root: &mut Node, kind: &Kind, parameters: &[Parameter], sink: &mut Sink) {
    match &mut root.value {
        Value::Null => {}
        Value::Scalar { text, .. } if text.contains("{{") && takes(kind) => {
            if let Some(filled) = filled(text, root.span, parameters, sink) {
                // As if it had been typed there: a number is one.
                root.value = Value::Scalar { text: filled, plain: true, verbatim: false, original: None };
            }
        }
        Value::Scalar { .. } => {}
        Value::List(nodes) => {
            let Some(of) = alternatives(kind).into_iter().find_map(|kind| match kind {
                Kind::List { of, .. } => Some(*of),
                _ => None,
            }) else {
                return;
            };
            Rc::make_mut(nodes).iter_mut().for_each(|node| fill(node, of, parameters, sink));
        }
        Value::Map(entries) => {
            let mapping = meant(kind, entries);
            let own = alternatives(kind).into_iter().find_map(|kind| match kind {
                Kind::ById(of) | Kind::ByName(of) => Some(*of),
                _ => None,
            });
            for (key, node) in Rc::make_mut(entries).iter_mut() {
                let declared =
                    mapping.and_then(|mapping| mapping.key(&key.value).map(|key| &key.kind).or(mapping.rest));
                if let Some(kind) = declared.or(own) {
                    fill(node, kind, parameters, sink);
                }
            }
        }
    }
}

/// The mapping that is meant by these keys: of several the one that has most of them.
pub fn meant(kind: &Kind, entries: &[(Spanned<String>, Node)]) -> Option<&'static Mapping> {
    let known = |mapping: &Mapping| entries.iter().filter(|(key, _)| mapping.key(&key.value).is_some()).count();
    let mappings = alternatives(kind).into_iter().filter_map(|kind| match kind {
        Kind::Mapping(mapping) => Some(*mapping),
        _ => None,
    });
    mappings.rev().max_by_key(|mapping| known(mapping))
}

/// A kind, or the kinds of which one is meant.
pub fn alternatives(kind: &Kind) -> Vec<&Kind> {
    match kind {
        Kind::OneOf(kinds) => kinds.iter().flat_map(alternatives).collect(),
        kind => vec![kind],
    }
}

/// Whether a value of this kind, where it is no list and no mapping, is anything but running text.
fn takes(kind: &Kind) -> bool {
    let is_scalar =
        |kind: &&Kind| !matches!(kind, Kind::List { .. } | Kind::ById(_) | Kind::ByName(_) | Kind::Mapping(_));
    let scalars: Vec<&Kind> = alternatives(kind).into_iter().filter(is_scalar).collect();
    !scalars.is_empty() && scalars.iter().all(|kind| !matches!(kind, Kind::Text(shape) if shape.running))
}

/// A text with its parameters; none where one of them is not known.
pub fn filled(text: &str, span: Span, parameters: &[Parameter], sink: &mut Sink) -> Option<String> {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once("{{") {
        let (inside, after) = behind.split_once("}}")?;
        // Other bindings are told by whoever reads the value.
        let name = inside.trim().strip_prefix(Parameter::PREFIX)?;
        let Some(parameter) = parameters.iter().find(|parameter| parameter.name.value == name) else {
            let name = Spanned::new(name.to_owned(), span);
            sink.push(Parameter::unknown(&name, parameters.iter().map(|known| known.name.value.as_str())));
            return None;
        };
        out.push_str(before);
        out.push_str(&parameter.value);
        rest = after;
    }
    out.push_str(rest);
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::findings::FindingsFile;
    use crate::load::yaml;
    use crate::source::SourceMap;

    fn parameters(given: &[(&str, &str)]) -> Vec<Parameter> {
        let at = Span::new(SourceMap::default().add("r.yaml", ""), 0, 0);
        let one = |(name, value): &(&str, &str)| Parameter {
            name: Spanned::new((*name).to_owned(), at),
            label: (*name).to_owned(),
            value: (*value).to_owned(),
        };
        given.iter().map(one).collect()
    }

    fn filled_file(text: &str, given: &[(&str, &str)]) -> (String, Vec<String>) {
        let mut sink = Sink::default();
        let mut root = yaml::parse(SourceMap::default().add("f.yaml", text), text, &mut sink).unwrap();
        fill(&mut root, &FindingsFile::KIND, &parameters(given), &mut sink);
        (root.to_json().to_string(), sink.iter().map(|found| found.message.english()).collect())
    }

    #[test]
    fn what_is_no_running_text_is_filled() {
        let text = "tables: {visits: {caption: 'I {{ param.month }}', stub: A, csv: 'data/{{param.id}}.csv', columns: [women]}}\n\
                    figures:\n  a: {label: '{{ param.month }}', count: {rows: r, where: {place: ['{{ param.name }}', x], \
                    age: {from: '{{ param.n }}'}}}}\n  b: {label: b, amount: '{{ param.n }}'}\n";
        let (json, faults) = filled_file(text, &[("month", "mars"), ("id", "0180"), ("name", "Ö*å: [1]"), ("n", "12")]);
        assert!(faults.is_empty(), "{faults:?}");
        let value: serde_json::Value = serde_json::from_str(&json).unwrap();
        let (table, figures) = (&value["tables"]["visits"], &value["figures"]);
        assert_eq!((&table["caption"], &table["csv"]), (&"I {{ param.month }}".into(), &"data/0180.csv".into()));
        assert_eq!(figures["a"]["label"], "{{ param.month }}");
        assert_eq!(
            figures["a"]["count"]["where"],
            serde_json::json!({"place": ["Ö*å: [1]", "x"], "age": {"from": 12}})
        );
        assert_eq!(figures["b"]["amount"], 12);
    }

    #[test]
    fn a_parameter_that_is_not_there_is_told() {
        let table = |path: &str| format!("tables: {{a: {{caption: a, stub: a, columns: [women], csv: '{path}'}}}}");
        let (_, faults) = filled_file(&table("{{ param.mont }}.csv"), &[("month", "mars")]);
        assert_eq!(faults, ["there is no parameter `mont`"]);
        let (_, faults) = filled_file(&table("{{ param.month | capital }}.csv"), &[("month", "mars")]);
        assert_eq!(faults, ["there is no parameter `month | capital`"]);
    }
}
