//! Whether figures of several inspections measure the same thing: only then may a trend be drawn between them.
//!
//! They do where they are of the same kind (count, share of a base, percent, amount), in the same unit, have the same label, are
//! shares of bases that are the same themselves, and, where both are counted from case rows, are the same statistic with the same
//! condition on every column that both name. A label is what an inspection says that it has measured; where the way of measuring has
//! changed, the label has to say so.

use std::collections::BTreeMap;

use crate::locale::Locale;
use crate::markdown::plain_words;
use crate::model::Statistic;
use crate::source::Text;

use super::origin::{Counted, How, Test};
use super::statistics::Computed;
use crate::value::{Blank, Value};

/// Bases of bases: more than this is a circle, which is told elsewhere.
const MAX_DEPTH: usize = 8;

type Figures = BTreeMap<String, Computed>;

/// What a measure is counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A count with a base.
    Share,
    Count,
    Percent,
    Amount,
    /// A date, a text or a change: nothing that has a trend.
    Other,
}

/// In what two figures differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Aspect {
    Kind,
    Unit,
    Label,
    /// The base, or so many steps further on the base's base.
    Base(usize),
    Statistic,
    /// The condition on the column with this header.
    Condition(String),
}

/// What a figure is counted in; none where its value is withheld.
pub fn kind(figure: &Computed) -> Option<Kind> {
    Some(match &figure.total {
        Value::Count(_) | Value::Blank(Blank::Zero) if figure.base.is_some() => Kind::Share,
        Value::Count(_) | Value::Blank(Blank::Zero) => Kind::Count,
        Value::Percent { .. } => Kind::Percent,
        Value::Amount { .. } => Kind::Amount,
        Value::Change { .. } | Value::Date(_) | Value::Text(_) => Kind::Other,
        Value::Blank(_) => return None,
    })
}

/// Everything in which two figures differ that a trend would hide; empty where they measure the same.
pub fn differences(first: &Computed, second: &Computed, figures: &Figures) -> Vec<Aspect> {
    let mut out = Vec::new();
    if let (Some(one), Some(other)) = (kind(first), kind(second))
        && one != other
    {
        out.push(Aspect::Kind);
    }
    if let (Value::Amount { unit: one, .. }, Value::Amount { unit: other, .. }) = (&first.total, &second.total)
        && !alike(one.as_deref().unwrap_or_default(), other.as_deref().unwrap_or_default())
    {
        out.push(Aspect::Unit);
    }
    if !alike(&words(&first.label), &words(&second.label)) {
        out.push(Aspect::Label);
    }
    out.extend(counted_differently(first, second, figures));
    let (mut one, mut other) = (base(first, figures), base(second, figures));
    for depth in 0..MAX_DEPTH {
        match (one, other) {
            (None, None) => break,
            (Some(a), Some(b)) if alike(&words(&a.label), &words(&b.label)) => {
                out.extend(counted_differently(a, b, figures));
                (one, other) = (base(a, figures), base(b, figures));
            }
            // A share and a count differ in kind already.
            _ => {
                if !out.contains(&Aspect::Kind) {
                    out.push(Aspect::Base(depth));
                }
                break;
            }
        }
    }
    let mut seen: Vec<Aspect> = Vec::new();
    out.retain(|aspect| {
        let new = !seen.contains(aspect);
        seen.push(aspect.clone());
        new
    });
    out
}

/// What a figure measures, in one line: two figures with the same line measure the same, wherever they stand. Two that are counted from rows
/// have the same conditions, so it is stricter than [`differences`]; none where the value is withheld or has no trend. It holds nothing of
/// the value.
pub fn identity(figure: &Computed, figures: &Figures) -> Option<String> {
    let kind = kind(figure).filter(|kind| *kind != Kind::Other)?;
    let mut line = kind_label(kind).to_owned();
    if let Value::Amount { unit: Some(unit), .. } = &figure.total {
        line = format!("{line} {}", unit.trim().to_lowercase());
    }
    let mut next = Some(figure);
    for _ in 0..MAX_DEPTH {
        let Some(one) = next else { break };
        line = format!("{line} | {}", words(&one.label).to_lowercase());
        if let How::Rows(counted) = &source(one, figures).how {
            let mut conditions: Vec<String> = counted
                .conditions
                .iter()
                .map(|condition| format!("{} {}", condition.header.trim().to_lowercase(), test_line(&condition.test)))
                .collect();
            conditions.sort();
            line = format!("{line} {} {}", statistic_label(counted.statistic), conditions.join(", "));
        }
        next = base(one, figures);
    }
    Some(line)
}

/// What a figure says of an aspect, for the reader; empty where the aspect is named and not shown.
pub fn in_words(figure: &Computed, aspect: &Aspect, figures: &Figures, locale: &Locale) -> String {
    match aspect {
        Aspect::Kind => kind(figure).map(|kind| locale.label(kind_label(kind)).to_owned()).unwrap_or_default(),
        Aspect::Unit => match &figure.total {
            Value::Amount { unit: Some(unit), .. } => unit.clone(),
            _ => locale.label("gathered_no_unit").to_owned(),
        },
        Aspect::Label => words(&figure.label),
        Aspect::Base(depth) => (0..*depth)
            .try_fold(base(figure, figures), |found, _| Some(found.and_then(|found| base(found, figures))))
            .flatten()
            .map_or_else(|| locale.label("gathered_no_base").to_owned(), |base| words(&base.label)),
        Aspect::Statistic => match &source(figure, figures).how {
            How::Rows(counted) => locale.label(statistic_label(counted.statistic)).to_owned(),
            _ => String::new(),
        },
        Aspect::Condition(_) => String::new(),
    }
}

/// Statistic and conditions of figures that are both counted from case rows.
fn counted_differently(first: &Computed, second: &Computed, figures: &Figures) -> Vec<Aspect> {
    let (How::Rows(one), How::Rows(other)) = (&source(first, figures).how, &source(second, figures).how) else {
        return Vec::new();
    };
    if one.statistic != other.statistic {
        return vec![Aspect::Statistic];
    }
    let test = |counted: &Counted, header: &str| {
        counted.conditions.iter().find(|condition| alike(&condition.header, header)).map(|found| sorted(&found.test))
    };
    let headers = one.conditions.iter().map(|condition| &condition.header);
    let differ =
        |header: &&String| test(other, header).is_some_and(|test_of_other| Some(test_of_other) != test(one, header));
    headers.filter(differ).map(|header| Aspect::Condition(header.clone())).collect()
}

/// The figure that is counted: of a share, its part.
fn source<'a>(figure: &'a Computed, figures: &'a Figures) -> &'a Computed {
    match &figure.how {
        How::Share { part, .. } => figures.get(part).unwrap_or(figure),
        _ => figure,
    }
}

/// What a figure is a share of.
pub fn base<'a>(figure: &Computed, figures: &'a Figures) -> Option<&'a Computed> {
    let id = match &figure.how {
        How::Share { whole, .. } => Some(whole),
        _ => figure.base.as_ref(),
    };
    figures.get(id?)
}

/// The answers of a condition in no order.
fn sorted(test: &Test) -> Test {
    let in_order = |values: &[String]| {
        let mut values: Vec<String> = values.iter().map(|value| value.trim().to_lowercase()).collect();
        values.sort();
        values
    };
    match test {
        Test::AnyOf(values) => Test::AnyOf(in_order(values)),
        Test::NoneOf(values) => Test::NoneOf(in_order(values)),
        other => other.clone(),
    }
}

/// A condition in one line.
fn test_line(test: &Test) -> String {
    match sorted(test) {
        Test::AnyOf(values) => format!("= {}", values.join("; ")),
        Test::NoneOf(values) => format!("!= {}", values.join("; ")),
        Test::Range { from, to } => format!("{}..{}", from.unwrap_or_default(), to.unwrap_or_default()),
        Test::Missing => "-".to_owned(),
        Test::Known => "+".to_owned(),
    }
}

/// The words of a label, without markup.
pub fn words(text: &Text) -> String {
    plain_words(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The same words, letter case aside.
fn alike(one: &str, other: &str) -> bool {
    one.trim().to_lowercase() == other.trim().to_lowercase()
}

fn kind_label(kind: Kind) -> &'static str {
    match kind {
        Kind::Share => "gathered_kind_share",
        Kind::Count => "gathered_kind_count",
        Kind::Percent => "gathered_kind_percent",
        Kind::Amount => "gathered_kind_amount",
        Kind::Other => "gathered_kind_other",
    }
}

fn statistic_label(statistic: Statistic) -> &'static str {
    match statistic {
        Statistic::Count => "statistic_count",
        Statistic::Sum => "statistic_sum",
        Statistic::Average => "statistic_average",
        Statistic::LowerQuartile => "statistic_lower_quartile",
        Statistic::Median => "statistic_median",
        Statistic::UpperQuartile => "statistic_upper_quartile",
        Statistic::Smallest => "statistic_smallest",
        Statistic::Largest => "statistic_largest",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compute::origin::Condition;
    use crate::source::{SourceMap, Span};
    use crate::value::Exact;

    fn figure(label: &str, total: Value, base: Option<&str>) -> Computed {
        let span = Span::new(SourceMap::default().add("x.yaml", ""), 0, 0);
        let computed = Computed::new(Text::new(label, span), total, How::Given, span);
        Computed { base: base.map(str::to_owned), ..computed }
    }

    fn count(n: i64) -> Value {
        Value::Count(Exact::from(n))
    }

    fn amount(n: i64, unit: &str) -> Value {
        Value::Amount { value: Exact::from(n), decimals: 0, unit: Some(unit.to_owned()) }
    }

    fn rows(label: &str, statistic: Statistic, header: &str, test: Test) -> Computed {
        let counted = Counted {
            statistic,
            dataset: "cases".to_owned(),
            column: None,
            weight: None,
            conditions: vec![Condition { header: header.to_owned(), test }],
            rows: Vec::new(),
            without_value: Vec::new(),
            discreet: false,
        };
        Computed { how: How::Rows(counted), ..figure(label, count(3), None) }
    }

    /// Bases of two years: the same population in `a` and `b`, another in `c`, the same words on another population in `d`.
    fn bases() -> Figures {
        let mut out = Figures::new();
        for (id, label, base) in [
            ("a", "Beviljade  ärenden", Some("a0")),
            ("b", "beviljade ärenden", Some("b0")),
            ("c", "granskade ärenden", None),
            ("d", "beviljade ärenden", Some("d0")),
            ("a0", "granskade ärenden", None),
            ("b0", "granskade ärenden", None),
            ("d0", "ärenden från länsrätten", None),
        ] {
            out.insert(id.to_owned(), figure(label, count(40), base));
        }
        out
    }

    #[test]
    fn the_same_label_kind_and_base_is_the_same_measure() {
        let known = bases();
        let one = figure("ärenden med plan", count(12), Some("a"));
        assert_eq!(differences(&one, &figure("Ärenden med *plan*", count(30), Some("b")), &known), []);
        let zero = figure("ärenden med plan", Value::Blank(Blank::Zero), Some("b"));
        assert_eq!(differences(&one, &zero, &known), [], "none is a count too");
        let hidden = figure("ärenden med plan", Value::Blank(Blank::Suppressed), Some("b"));
        assert_eq!(differences(&one, &hidden, &known), [], "what is withheld keeps its definition");
    }

    #[test]
    fn the_identity_is_the_same_exactly_where_the_measure_is() {
        let known = bases();
        let of = |label: &str, base| identity(&figure(label, count(12), base), &known);
        assert!(of("ärenden med plan", Some("a")).is_some());
        assert_eq!(of("ärenden med plan", Some("a")), of("Ärenden med *plan*", Some("b")));
        for base in [Some("c"), Some("d"), None] {
            assert_ne!(of("ärenden med plan", Some("a")), of("ärenden med plan", base));
        }
        let rows = |test| identity(&rows("i tid", Statistic::Count, "Dagar", test), &known);
        let within = |days: &str| Test::Range { from: None, to: Some(days.to_owned()) };
        assert_eq!(rows(within("183")), rows(within("183")));
        assert_ne!(rows(within("183")), rows(within("365")));
        assert_eq!(identity(&figure("x", Value::Blank(Blank::Suppressed), None), &known), None, "what is withheld");
    }

    #[test]
    fn another_population_is_another_measure_however_deep() {
        let known = bases();
        let one = figure("ärenden med plan", count(12), Some("a"));
        let of = |base: Option<&str>| differences(&one, &figure("ärenden med plan", count(12), base), &known);
        assert_eq!(of(Some("c")), [Aspect::Base(0)]);
        assert_eq!(of(Some("d")), [Aspect::Base(1)]);
        assert_eq!(of(None), [Aspect::Kind], "a bare count is no share");
    }

    #[test]
    fn another_word_unit_or_kind_is_another_measure() {
        let known = bases();
        let differ = |one: Computed, other: Computed| differences(&one, &other, &known);
        let one = || figure("väntan i median", amount(20, "dagar"), None);
        assert_eq!(differ(one(), figure("väntan i median", amount(3, "veckor"), None)), [Aspect::Unit]);
        assert_eq!(differ(one(), figure("väntan i medeltal", amount(20, "Dagar"), None)), [Aspect::Label]);
        assert_eq!(differ(one(), figure("väntan i median", count(20), None)), [Aspect::Kind]);
    }

    #[test]
    fn what_is_counted_from_rows_is_compared_by_its_conditions() {
        let known = Figures::new();
        let within = |days: &str| Test::Range { from: None, to: Some(days.to_owned()) };
        let one = || rows("i tid", Statistic::Count, "Dagar", within("183"));
        let differ = |other: Computed| differences(&one(), &other, &known);
        assert_eq!(differ(rows("i tid", Statistic::Count, "Dagar", within("183"))), []);
        let longer = rows("i tid", Statistic::Count, "Dagar", within("365"));
        assert_eq!(differ(longer), [Aspect::Condition("Dagar".to_owned())], "the same words, another limit");
        assert_eq!(differ(rows("i tid", Statistic::Median, "Dagar", within("183"))), [Aspect::Statistic]);
        // Another sheet may call its columns otherwise: the label has to be believed, and so with a typed figure.
        assert_eq!(differ(rows("i tid", Statistic::Count, "Tid", within("6"))), []);
        assert_eq!(differ(figure("i tid", count(3), None)), []);
        let any = |values: &[&str]| Test::AnyOf(values.iter().map(|value| (*value).to_owned()).collect());
        let (a, b) = (any(&["delvis", "Beviljat"]), any(&["beviljat", "delvis"]));
        let of = |test| rows("bifall", Statistic::Count, "Beslut", test);
        assert_eq!(differences(&of(a), &of(b), &known), [], "answers have no order");
    }
}
