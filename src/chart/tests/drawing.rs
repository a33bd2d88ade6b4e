//! Pictures as readers meet them: drawn, read back and measured.

use super::super::*;
use super::*;
use crate::colour::{Rgb, contrast};
use std::collections::BTreeSet;

fn style() -> Style {
    Style { accent: "#1d5b79".into(), font_family: "Source Sans 3".into() }
}

fn drawn(data: &ChartData) -> Drawing {
    fonts();
    draw(data, &style(), fonts(), "En beskrivning.", &label("sv")).expect("the chart can be drawn")
}

/// The texts of a picture with the room that each takes, read from its XML.
fn texts(svg: &str) -> Vec<(String, String, scene::Area)> {
    let tree = roxmltree::Document::parse(svg).expect("the picture is XML");
    let nodes = tree.descendants().filter(|node| node.has_tag_name("text"));
    let read = |node: roxmltree::Node| {
        let value = |name: &str| node.attribute(name).and_then(|text| text.parse::<f64>().ok()).expect("a number");
        let anchor = match node.attribute("text-anchor") {
            Some("middle") => scene::Anchor::Middle,
            Some("end") => scene::Anchor::End,
            _ => scene::Anchor::Start,
        };
        let text = scene::Text {
            role: scene::Role::Label,
            x: value("x"),
            baseline: value("y"),
            anchor,
            size: value("font-size"),
            bold: node.attribute("font-weight").is_some(),
            text: node.text().unwrap_or_default().to_owned(),
        };
        (text.text.clone(), node.attribute("class").unwrap_or_default().to_owned(), text.area(fonts()))
    };
    nodes.map(read).collect()
}

#[test]
fn no_label_covers_another_or_leaves_the_picture() {
    for (name, data) in gallery() {
        let drawing = drawn(&data);
        let texts = texts(&drawing.svg);
        for (index, (text, _, area)) in texts.iter().enumerate() {
            let inside = area.x >= -0.5
                && area.y >= -0.5
                && area.x + area.width <= f64::from(drawing.width) + 0.5
                && area.y + area.height <= f64::from(drawing.height);
            assert!(inside, "{name}: “{text}” leaves the picture: {area:?} of {}", drawing.height);
            for (other, _, place) in &texts[index + 1..] {
                assert!(!area.overlaps(place), "{name}: “{text}” covers “{other}”");
            }
        }
    }
}

#[test]
fn no_label_outside_a_field_covers_a_field_or_a_mark() {
    for (name, data) in gallery() {
        let svg = drawn(&data).svg;
        let tree = roxmltree::Document::parse(&svg).unwrap();
        let value =
            |node: roxmltree::Node, name: &str| node.attribute(name).and_then(|text| text.parse::<f64>().ok()).unwrap();
        // What lies behind the lines is no field.
        let behind = |node: &roxmltree::Node| node.attribute("class").is_some_and(|class| class.ends_with("-band"));
        let fields = tree.descendants().filter(|node| !behind(node));
        let fields = fields.filter_map(|node| match node.tag_name().name() {
            "rect" => Some(scene::Area {
                x: value(node, "x"),
                y: value(node, "y"),
                width: value(node, "width"),
                height: value(node, "height"),
            }),
            "circle" => {
                let r = value(node, "r");
                Some(scene::Area {
                    x: value(node, "cx") - r,
                    y: value(node, "cy") - r,
                    width: 2.0 * r,
                    height: 2.0 * r,
                })
            }
            _ => None,
        });
        let fields: Vec<_> = fields.collect();
        for (text, class, area) in texts(&svg) {
            if !class.starts_with("c-on") {
                assert!(!fields.iter().any(|field| field.overlaps(&area)), "{name}: “{text}” covers a field");
            }
        }
    }
}

#[test]
fn every_value_is_printed() {
    // Along many points, and among many lines, only those of the ends and the extremes are.
    let few = |data: &ChartData| match data.mark {
        Mark::Line => data.series.len() < 3 && data.categories.len() < 100,
        Mark::StackedArea | Mark::Sparklines => false,
        _ => true,
    };
    let all = gallery().into_iter().filter(|(_, data)| few(data) && data.marked == Marked::default());
    for (name, data) in all {
        let svg = drawn(&data).svg;
        let mut shown: Vec<String> = texts(&svg).into_iter().map(|(text, ..)| text).collect();
        // A stack shows a zero by the absence of a segment.
        let stacks = matches!(data.mark, Mark::StackedBar | Mark::PercentBar);
        let values = data.series.iter().flat_map(|series| &series.values);
        for datum in values.filter(|datum| !(stacks && datum.value == Some(0.0))) {
            let place =
                shown.iter().position(|text| *text == datum.text || text.ends_with(&format!(": {}", datum.text)));
            let place = place.unwrap_or_else(|| panic!("{name}: {} is not printed", datum.text));
            shown.swap_remove(place);
        }
    }
}

/// Series and category that the shapes of a picture stand for: the pairs of values, and those that are corners of a line.
fn answers(svg: &str) -> BTreeSet<(usize, usize)> {
    let tree = roxmltree::Document::parse(svg).expect("the picture is XML");
    let number = |node: roxmltree::Node, name: &str| node.attribute(name).and_then(|text| text.parse::<usize>().ok());
    let mut told = BTreeSet::new();
    for group in tree.descendants().filter(|node| node.has_tag_name("g")) {
        let series = number(group, "data-s").expect("a group belongs to a series");
        told.extend(number(group, "data-c").map(|category| (series, category)));
        if let Some(first) = number(group, "data-from") {
            let line = group.first_element_child().and_then(|line| line.attribute("points")).expect("a line");
            told.extend((first..first + line.split(' ').count()).map(|category| (series, category)));
        }
    }
    told
}

#[test]
fn every_value_can_be_found_in_the_picture() {
    for (name, data) in gallery() {
        let told = answers(&drawn(&data).svg);
        for (at, series) in data.series.iter().enumerate() {
            for (category, datum) in series.values.iter().enumerate() {
                // What is not drawn cannot be pointed at; it stands in the table.
                let stacked = matches!(data.mark, Mark::StackedBar | Mark::PercentBar);
                // A part of a sum that is not known has no place.
                let known = |series: &Series| series.values[category].value.is_some();
                let summed = data.mark != Mark::StackedArea || data.series.iter().all(known);
                let drawn = summed && !datum.value.is_none_or(|value| stacked && value == 0.0);
                assert!(told.contains(&(at, category)) || !drawn, "{name}: {} of {category}", series.label);
            }
        }
        let all =
            |(series, category): &(usize, usize)| *series < data.series.len() && *category < data.categories.len();
        assert!(told.iter().all(all), "{name}: {told:?}");
    }
}

#[test]
fn bars_are_as_long_as_their_values() {
    let data = build(Mark::Bar, "", &["a", "b", "c"], vec![series("", "10 20 5")]);
    let svg = drawn(&data).svg;
    let tree = roxmltree::Document::parse(&svg).unwrap();
    let widths: Vec<f64> = tree
        .descendants()
        .filter(|node| node.has_tag_name("rect"))
        .map(|node| node.attribute("width").unwrap().parse().unwrap())
        .collect();
    let [a, b, c] = widths[..] else { panic!("{widths:?}") };
    assert!((b / a - 2.0).abs() < 0.01 && (a / c - 2.0).abs() < 0.01, "{widths:?}");
}

#[test]
fn text_over_a_field_can_be_read_in_both_modes() {
    let (_, data) = gallery().into_iter().find(|(name, _)| *name == "stacked").unwrap();
    let svg = drawn(&data).svg;
    let colour = |class: &str, name: &str| {
        let tree = roxmltree::Document::parse(&svg).unwrap();
        let node = tree.descendants().find(|node| node.attribute("class") == Some(class))?;
        Rgb::parse(node.attribute(name)?)
    };
    let dark = |class: &str| {
        let (_, rest) = svg.split_once(&format!("svg.chart .{class}{{fill:"))?;
        Rgb::parse(rest.get(..7)?)
    };
    for series in 1..=3 {
        let (field, text) = (format!("c-series-{series}"), format!("c-on-{series}"));
        if let (Some(field), Some(text)) = (colour(&field, "fill"), colour(&text, "fill")) {
            assert!(contrast(field, text) >= 4.5, "light, series {series}");
        }
        if let (Some(field), Some(text)) = (dark(&field), dark(&text)) {
            assert!(contrast(field, text) >= 4.5, "dark, series {series}");
        }
    }
    assert!(colour("c-on-1", "fill").is_some() && dark("c-on-2").is_some());
}

#[test]
fn the_same_data_gives_the_same_bytes() {
    for (name, data) in gallery() {
        assert_eq!(drawn(&data), drawn(&data), "{name}");
    }
}

#[test]
fn authors_text_stays_text() {
    let hostile = "<script>alert(1)</script> & \"'\u{0}\u{1b}";
    let mut data = build(Mark::GroupedBar, hostile, &[hostile], vec![series(hostile, "1"), series("]]></style>", "2")]);
    data.title = hostile.into();
    data.id = "a b\"<".into();
    data.measure = Measure::Count { unit: hostile.into() };
    data.series[0].values[0].text = hostile.into();
    fonts();
    let style = Style { accent: "#1d5b79".into(), font_family: "A\"><b>'; x".into() };
    let svg = draw(&data, &style, fonts(), hostile, &|_, values| values.iter().map(|(_, value)| *value).collect())
        .unwrap()
        .svg;
    let tree = roxmltree::Document::parse(&svg).expect("the picture is XML");
    let names: Vec<_> =
        tree.descendants().filter(roxmltree::Node::is_element).map(|node| node.tag_name().name()).collect();
    assert!(
        names.iter().all(|name| ["svg", "title", "desc", "style", "g", "rect", "text", "polyline"].contains(name)),
        "{names:?}"
    );
    let title = tree.descendants().find(|node| node.has_tag_name("title")).unwrap();
    assert_eq!(title.text(), Some("<script>alert(1)</script> & \"'"));
}

#[test]
fn the_picture_names_itself_and_needs_nothing_from_outside() {
    let svg = drawn(&chart(Mark::Line, 3, 2)).svg;
    let tree = roxmltree::Document::parse(&svg).unwrap();
    let root = tree.root_element();
    assert_eq!(root.attribute("role"), Some("img"));
    let first: Vec<_> = root.children().filter(roxmltree::Node::is_element).take(2).collect();
    assert_eq!([first[0].tag_name().name(), first[1].tag_name().name()], ["title", "desc"]);
    assert_eq!([first[0].text(), first[1].text()], [Some("Linjediagram: Granskade ärenden"), Some("En beskrivning.")]);
    let ids: Vec<_> = first.iter().filter_map(|node| node.attribute("id")).collect();
    assert_eq!(root.attribute("aria-labelledby"), Some(ids.join(" ").as_str()));
    assert!(ids.iter().all(|id| id.contains("cases")));
    assert!(!svg.contains("href") && !svg.contains("url(") && svg.matches("http").count() == 1);
}

#[test]
fn dark_colours_are_for_dark_screens_only() {
    let svg = drawn(&chart(Mark::GroupedBar, 3, 2)).svg;
    let (_, rest) = svg.split_once("<style>").unwrap();
    let (sheet, elements) = rest.split_once("</style>").unwrap();
    let rules =
        sheet.strip_prefix("@media screen and (prefers-color-scheme:dark){").and_then(|rest| rest.strip_suffix('}'));
    let mut rules = rules.expect("nothing stands outside of the media query").split_terminator('}');
    assert_eq!(
        rules.next(),
        Some("svg.chart:root{background:#161b1f"),
        "a ground where the chart is the whole document"
    );
    for rule in rules {
        assert!(rule.starts_with("svg.chart .c-"), "{rule}");
    }
    for class in ["c-label", "c-series-1", "c-series-2", "c-axis"] {
        assert!(sheet.contains(&format!(".{class}{{")) && elements.contains(&format!("class=\"{class}\"")), "{class}");
    }
}

#[test]
fn lines_differ_without_colour() {
    let svg = drawn(&chart(Mark::Line, 3, 4)).svg;
    let tree = roxmltree::Document::parse(&svg).unwrap();
    // The form of a mark: its corners around the first of them.
    let form = |node: roxmltree::Node| {
        let corners = node.attribute("points").unwrap_or_default().split(' ');
        let corners = corners.filter_map(|corner| corner.split_once(',')?.0.parse::<f64>().ok());
        let corners: Vec<f64> = corners.collect();
        corners.iter().map(|x| ((x - corners[0]) * 10.0).round() as i64).collect::<Vec<_>>()
    };
    let marks =
        tree.descendants().filter(|node| node.attribute("class").is_some_and(|class| class.starts_with("c-mark")));
    let forms: std::collections::BTreeSet<_> = marks.map(form).collect();
    assert_eq!(forms.len(), 4);
}

#[test]
fn standing_bars_lie_down_when_their_labels_need_it() {
    fonts();
    let find = |wanted: &str| gallery().into_iter().find(|(name, _)| *name == wanted).unwrap().1;
    assert!(!is_turned(&find("column"), fonts(), &label("sv")));
    assert!(is_turned(&find("column-lies"), fonts(), &label("sv")));
    assert!(describe(&find("column-lies"), fonts(), &label("sv")).alt.starts_with("Liggande"));
}

/// The places of the bars of a picture.
fn bars(svg: &str) -> Vec<(f64, f64)> {
    let tree = roxmltree::Document::parse(svg).expect("the picture is XML");
    let number = |node: &roxmltree::Node, name: &str| node.attribute(name).unwrap().parse::<f64>().unwrap();
    let rects = tree.descendants().filter(|node| node.has_tag_name("rect"));
    rects.map(|node| (number(&node, "x"), number(&node, "width"))).collect()
}

#[test]
fn bars_of_points_of_time_stand_where_their_time_is() {
    let years: Vec<String> = (1990..2021).filter(|year| *year != 2001).map(|year| year.to_string()).collect();
    let names: Vec<&str> = years.iter().map(String::as_str).collect();
    let values: Vec<String> = (0..30).map(|n| (100_000 + n * 1_000).to_string()).collect();
    let data = build(Mark::Bar, "År", &names, vec![series("", &values.join(" "))]);
    let data = ChartData { orientation: None, ..data };
    assert!(describe(&data, fonts(), &label("sv")).alt.starts_with("Stående"));
    let drawing = drawn(&data);
    let bars = bars(&drawing.svg);
    let steps: Vec<f64> = bars.windows(2).map(|pair| pair[1].0 - pair[0].0).collect();
    assert!((steps[10] / steps[0] - 2.0).abs() < 0.05, "the year that is missing is a gap: {steps:?}");
    let shown: Vec<String> = texts(&drawing.svg).into_iter().map(|(text, ..)| text).collect();
    for wanted in ["1990", "1995", "2020", "50\u{a0}000", "129000"] {
        assert!(shown.iter().any(|text| text == wanted), "{wanted}: {shown:?}");
    }
    let lying = ChartData { orientation: Some(Orientation::Horizontal), ..data };
    assert!(describe(&lying, fonts(), &label("sv")).alt.starts_with("Liggande"));
}

#[test]
fn many_bars_stand_in_columns_and_too_many_are_refused() {
    let eighty = chart(Mark::Bar, 80, 1);
    let drawing = drawn(&eighty);
    assert!(f64::from(drawing.height) <= scene::TALLEST);
    let starts: std::collections::BTreeSet<i64> = bars(&drawing.svg).iter().map(|(x, _)| x.round() as i64).collect();
    assert_eq!(starts.len(), 2, "two columns: {starts:?}");
    assert_eq!(room(&eighty, fonts(), &label("sv")), None);
    let code = |data: &ChartData| room(data, fonts(), &label("sv")).map(|problem| problem.code);
    let refused = Some(crate::diagnostic::Code::CHART_ROOM);
    assert_eq!([code(&chart(Mark::Bar, 300, 1)), code(&chart(Mark::GroupedBar, 80, 2))], [refused, refused]);
    assert_eq!([code(&chart(Mark::Dot, 60, 1)), code(&chart(Mark::Heat, 26, 3))], [refused, None]);
}

#[test]
fn what_cannot_be_drawn_is_refused() {
    fonts();
    let words = label("sv");
    assert!(draw(&chart(Mark::Bar, 3, 2), &style(), fonts(), "", &words).unwrap_err().english().contains("one series"));
    let wrong = Style { accent: "teal".into(), ..style() };
    assert!(draw(&chart(Mark::Bar, 3, 1), &wrong, fonts(), "", &words).unwrap_err().english().contains("teal"));
}

proptest::proptest! {
    #[test]
    fn any_data_is_drawn_or_refused(
        kind in 0_usize..10,
        standing: bool,
        labels in proptest::collection::vec("\\PC{0,70}", 1..7),
        values in proptest::collection::vec(proptest::option::weighted(0.9, -1e12..1e12_f64), 28),
        count in 1_usize..5,
        positive: bool,
    ) {
        let marks =
            [Mark::Bar, Mark::GroupedBar, Mark::StackedBar, Mark::PercentBar, Mark::Line, Mark::Dumbbell, Mark::Dot, Mark::Heat, Mark::Area, Mark::StackedArea];
        let mut data = chart(marks[kind], labels.len(), count);
        data.categories.clone_from(&labels);
        data.orientation = Some(if standing { Orientation::Vertical } else { Orientation::Horizontal });
        for (datum, value) in data.series.iter_mut().flat_map(|series| &mut series.values).zip(&values) {
            datum.value = value.map(|value| if positive { value.abs() } else { value });
        }
        fonts();
        let words = label("sv");
        let description = describe(&data, fonts(), &words).description;
        match draw(&data, &style(), fonts(), &description, &words) {
            Ok(drawing) => assert!(roxmltree::Document::parse(&drawing.svg).is_ok()),
            Err(_) => assert!(!check(&data).is_empty()),
        }
    }
}

#[test]
fn many_months_are_a_line_without_marks_that_breaks_where_a_year_is_missing_and_names_round_years() {
    let (_, data) = gallery().into_iter().find(|(name, _)| *name == "line-one-months").expect("the gallery has it");
    let drawing = drawn(&data);
    let labels: Vec<String> = texts(&drawing.svg).into_iter().map(|(text, ..)| text).collect();
    for year in ["2000", "2005", "2010", "2015", "2020", "2025"] {
        assert!(labels.iter().any(|text| text == year), "{year}: {labels:?}");
    }
    let values = labels.iter().filter(|text| text.contains(',')).count();
    assert!((3..=4).contains(&values), "{labels:?}");
    let tree = roxmltree::Document::parse(&drawing.svg).expect("the picture is XML");
    let of = |class: &str| {
        let drawn = tree
            .descendants()
            .filter(|node| node.attribute("class").is_some_and(|own| own.split(' ').any(|own| own == class)));
        drawn.count()
    };
    assert_eq!((of("c-line-1"), of("c-mark-1")), (2, 0), "{}", &drawing.svg[..2000]);
}
