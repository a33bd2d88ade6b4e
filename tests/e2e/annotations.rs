//! What charts mark: lines, bands, periods, remarks, intervals, small multiples.

use super::workspace::Workspace;

const FINDINGS: &str = r#"figures:
  target: {label: målet, percent: 60, as-published: true, source: Budget}
  wage: {label: lönen, amount: 30, unit: kr}
tables:
  share:
    caption: Andel med plan
    stub: År
    note: Av alla ärenden.
    columns:
      - {id: north, label: Norr, type: percent}
      - {id: south, label: Söder, type: percent}
      - {id: low, label: "Norr, lägst", type: percent}
      - {id: high, label: "Norr, högst", type: percent}
    rows:
      - {label: "2019", north: 51, south: 40, low: 48, high: 55}
      - {label: "2020", north: 53, south: 44, low: 50, high: 58}
      - {label: "2021", north: 58, south: 43, low: 55, high: 62}
      - {label: "2022", north: 57, south: 47, low: 54, high: 61}
  long:
    caption: Besök
    stub: År
    total-row: false
    columns: [{id: unit, label: Enhet, type: text}, {id: visits, label: Besök}]
    rows:
      - {id: n1, label: "2019", unit: Norr, visits: 12}
      - {id: n2, label: "2020", unit: Norr, visits: 14}
      - {id: s1, label: "2019", unit: Söder, visits: 9}
      - {id: s2, label: "2020", unit: Söder, visits: 7}
"#;

/// A report with one chart, of these keys besides its caption.
fn workspace(keys: &str) -> Workspace {
    let workspace = Workspace::small();
    workspace.findings(FINDINGS);
    workspace.chapter("# Resultat\n\nI {{ plans | full }} finns en plan. Målet är {{ target }}.\n\n{{ table visits }}\n\n{{ chart c }}\n");
    workspace.file("charts/liten/c.yaml", format!("{keys}\ncaption: Andel med plan\n"));
    workspace
}

fn drawn(keys: &str) -> String {
    let workspace = workspace(keys);
    workspace.run(&["build", "liten"]).expect(0);
    workspace.read("output/liten/1.0/charts/c.svg")
}

fn refused(keys: &str) -> String {
    workspace(keys).run(&["build", "liten"]).expect(1).stderr
}

const LINE: &str = "table: share\nmark: line\nseries: [north, south]";

#[test]
fn what_is_marked_is_drawn_and_told() {
    let svg = drawn(&format!(
        "{LINE}\nhighlight: north\nreference: {{value: \"{{{{ target }}}}\", label: Mål}}\nperiod: {{from: \"2020\", to: \"2021\", label: Pandemin}}\n\
         annotation: {{at: \"2021\", series: south, text: \"Ny ledning, {{{{ target }}}}\"}}\nprovisional-from: \"2022\"\n\
         intervals: {{north: {{low: low, high: high}}}}"
    ));
    for words in ["Mål: 60\u{a0}%", "Pandemin", "Ny ledning, 60 procent", "Preliminärt"] {
        let spaced = svg.replace('\u{a0}', " ");
        assert!(spaced.contains(&format!(">{}<", words.replace('\u{a0}', " "))), "{words}: {svg}");
    }
    for class in ["c-reference", "c-band", "c-broken-1", "c-faded-line", "c-faded-broken", "c-ribbon-1"] {
        assert!(svg.contains(&format!("class=\"{class}\"")), "{class}");
        assert!(svg.contains(&format!("svg.chart .{class}{{")), "{class} has no colour for dark screens");
    }
    let (_, told) = svg.split_once("<desc").unwrap();
    let told = told.split("</desc>").next().unwrap().replace('\u{a0}', " ");
    for sentence in [
        "Framhävt: Norr.",
        "En linje visar Mål: 60 %.",
        "Markerad period: Pandemin (2020 till 2021).",
        "Anmärkning vid 2021 (Söder, 43 %): Ny ledning, 60 procent.",
        "Preliminärt: 2022; dessa värden är streckade.",
        "Osäkerhetsintervall är utritade; deras gränser står i tabellen.",
    ] {
        assert!(told.contains(sentence), "{sentence}: {told}");
    }
}

#[test]
fn a_reference_widens_the_scale_and_bars_have_them_too() {
    let bar = |more: &str| drawn(&format!("table: share\nmark: bar\nseries: [north]\norientation: horizontal{more}"));
    let longest = |svg: &str| {
        let widths = svg.split("width=\"").skip(2).filter_map(|rest| rest.split('"').next()?.parse::<f64>().ok());
        widths.fold(0.0, f64::max)
    };
    let (plain, held) = (bar(""), bar("\nreference: [{value: 90, label: Tak}, {from: 50, to: 60, label: Normalt}]"));
    assert!(longest(&held) < longest(&plain) * 0.75, "{} {}", longest(&held), longest(&plain));
    assert!(held.replace('\u{a0}', " ").contains("Normalt: 50 %–60 %"), "{held}");
}

#[test]
fn panels_are_drawn_for_series_and_for_the_words_of_a_column() {
    let svg = drawn("table: long\nmark: line\nby: unit");
    assert!(svg.contains("Diagrammet har 2 rutor med samma skala"), "{svg}");
    for words in [">Norr<", ">Söder<", ">14<", ">7<"] {
        assert!(svg.contains(words), "{words}");
    }
    assert!(drawn(&format!("{LINE}\nby: series")).contains("2 rutor"));
    assert!(refused("table: long\nmark: line\nby: units").contains("did you mean `unit`?"));
    let with = |before: &str, after: &str| {
        let workspace = workspace("table: long\nmark: line\nby: unit");
        workspace.findings(FINDINGS.replace(before, after));
        workspace.run(&["build", "liten"]).expect(1).stderr
    };
    let earlier = with("{id: s1, label: \"2019\"", "{id: s1, label: \"2018\"");
    assert!(
        earlier.contains("`2018` stands after `2020`") && earlier.contains("give the first a row for each"),
        "{earlier}"
    );
    let twice =
        with("label: \"2019\", unit: Norr, visits: 12", "label: \"2020\", unit: Norr, visits: {blank: suppressed}");
    assert!(twice.contains("two rows of `Norr` are called `2020`"), "{twice}");
}

#[test]
fn what_cannot_be_marked_is_told_where_it_stands() {
    for (keys, message) in [
        (
            format!("{LINE}\nreference: {{value: \"{{{{ plans }}}}\", label: Mål}}"),
            "the figure is told in numbers, and the chart's axis in `percent`",
        ),
        (
            format!("{LINE}\nintervals: {{north: {{low: high, high: low}}}}"),
            "the interval of “Norr” at `2019` in the chart `c` goes from 55 % to 48 %, and its value 51 % does not lie in it",
        ),
        (
            "table: share\nmark: line\nseries: [north]\naxis: {from: 50}\nintervals: {north: {low: low, high: high}}"
                .to_owned(),
            "starts above its lowest value",
        ),
        (format!("{LINE}\norder: value"), "`2021` stands after `2022`"),
        (
            format!("{LINE}\nperiod: {{from: \"1990\", to: \"2020\", label: Lag}}"),
            "the nearest is `2019`; the axis goes from 2019 to 2022",
        ),
        (format!("{LINE}\nperiod: {{from: \"2022\", to: \"2020\", label: Lag}}"), "the period ends before it begins"),
        (format!("{LINE}\nperiod: {{label: Lag}}"), "give either `at`, or `from` and `to`"),
        (format!("{LINE}\nprovisional-from: \"2020-03\""), "`2020-03` is not on the chart's axis"),
        (format!("{LINE}\nreference: {{value: \"{{{{ targett }}}}\", label: Mål}}"), "did you mean `target`?"),
        (
            format!("{LINE}\nreference: {{value: \"{{{{ wage }}}}\", label: Lön}}"),
            "the figure is told in `kr`, and the chart's axis in `percent`",
        ),
        (format!("{LINE}\nreference: {{value: sextio, label: Mål}}"), "`value` must be a number"),
        (format!("{LINE}\nreference: {{from: 60, to: 50, label: Mål}}"), "the band ends at 50"),
        (
            format!("{LINE}\naxis: {{from: 30}}\nreference: {{value: 20, label: Golv}}"),
            "lies below the beginning of its scale",
        ),
        (format!("{LINE}\nhighlight: [nort]"), "did you mean `north`?"),
        (format!("{LINE}\nannotation: {{at: \"2020\", text: Här}}"), "which of the lines is meant?"),
        (format!("{LINE}\nintervals: {{north: {{low: low, high: hihg}}}}"), "did you mean `high`?"),
        (
            "table: share\nmark: heat\nreference: {value: 50, label: Mål}".to_owned(),
            "`reference` cannot be shown in the chart `c`, a `heat`",
        ),
    ] {
        let told = refused(&keys).replace('\u{a0}', " ");
        assert!(told.contains(message), "{keys}\n{told}");
        assert!(told.contains("charts/liten/c.yaml:"), "{told}");
    }
}
