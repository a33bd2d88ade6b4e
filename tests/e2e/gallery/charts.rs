//! The charts of the gallery: ways of drawing, each on the shapes of tables that it has to bear.

/// A way of drawing.
pub struct Way {
    pub id: &'static str,
    pub title: [&'static str; 2],
    /// Keys of the charts but `table` and `caption`.
    pub keys: &'static str,
    /// Ids of tables.
    pub shapes: &'static [&'static str],
}

pub const WAYS: &[Way] = &[
    Way {
        id: "bar",
        title: ["Liggande staplar", "Bars"],
        keys: "mark: bar\nseries: [a]\norientation: horizontal",
        shapes: &["few", "one", "many", "eighty", "negative", "zero", "missing", "suppressed", "long", "large"],
    },
    Way {
        id: "column",
        title: ["Stående staplar", "Columns"],
        keys: "mark: bar\nseries: [a]\norientation: vertical",
        shapes: &["few", "one", "many", "negative", "zero", "suppressed", "long", "large"],
    },
    Way {
        id: "column-of-time",
        title: ["Stående staplar över tid", "Columns of time"],
        keys: "mark: bar\nseries: [a]",
        shapes: &["small", "missing", "years", "decade", "gap", "swing", "quarters", "school", "days"],
    },
    Way {
        id: "grouped",
        title: ["Grupperade staplar", "Grouped bars"],
        keys: "mark: grouped-bar\nseries: [a, b]\norientation: horizontal",
        shapes: &["few", "many", "negative", "zero", "missing", "suppressed", "long"],
    },
    Way {
        id: "grouped-columns",
        title: ["Grupperade stående staplar", "Grouped columns"],
        keys: "mark: grouped-bar\nseries: [a, b]\norientation: vertical",
        shapes: &["few", "small", "negative", "missing", "decade", "swing", "quarters"],
    },
    Way {
        id: "stacked",
        title: ["Staplade staplar", "Stacked bars"],
        keys: "mark: stacked-bar\norientation: horizontal",
        shapes: &["few", "one", "zero", "missing", "suppressed", "long", "large"],
    },
    Way {
        id: "stacked-columns",
        title: ["Staplade stående staplar", "Stacked columns"],
        keys: "mark: stacked-bar\norientation: vertical",
        shapes: &["few", "missing", "decade", "quarters"],
    },
    Way {
        id: "percent",
        title: ["Staplar om 100 procent", "Bars of 100 per cent"],
        keys: "mark: percent-bar\norientation: horizontal",
        shapes: &["few", "one", "zero", "suppressed", "long"],
    },
    Way {
        id: "percent-columns",
        title: ["Stående staplar om 100 procent", "Columns of 100 per cent"],
        keys: "mark: percent-bar\norientation: vertical",
        shapes: &["few", "decade"],
    },
    Way {
        id: "line",
        title: ["En linje", "A line"],
        keys: "mark: line\nseries: [a]",
        shapes: &[
            "small", "zero", "missing", "years", "decade", "gap", "swing", "quarters", "school", "months", "days",
        ],
    },
    Way {
        id: "lines",
        title: ["Två linjer", "Two lines"],
        keys: "mark: line\nseries: [a, b]",
        shapes: &["small", "missing", "years", "decade", "swing", "school", "months"],
    },
    Way { id: "four-lines", title: ["Fyra linjer", "Four lines"], keys: "mark: line", shapes: &["years", "decade"] },
    Way {
        id: "line-ends",
        title: ["En linje, dess ändar namngivna", "A line, its ends named"],
        keys: "mark: line\nseries: [a]\nlabels: ends",
        shapes: &["years", "quarters"],
    },
    Way {
        id: "lines-that-count",
        title: ["Linjer av vilka en framhävs", "Lines of which one counts"],
        keys: "mark: line\nhighlight: a",
        shapes: &["years", "decade"],
    },
    Way {
        id: "line-held",
        title: ["En linje mot ett mål och ett band", "A line against a target and a band"],
        keys: "mark: line\nseries: [a]\nreference: [{value: 4, label: Normal}, {from: 1, to: 2, label: Limit}]",
        shapes: &["small", "years", "quarters", "months"],
    },
    Way {
        id: "lines-of-periods",
        title: ["Perioder, anmärkningar och prognos", "Periods, remarks and a forecast"],
        keys: "mark: line\nseries: [a, b]\nperiod: [{at: \"2016\", label: Reform}, {from: \"2020\", to: \"2021\", label: Pandemic}]\n\
               annotation: {at: \"2018\", series: b, text: \"Two units were joined, and counted as one\"}\nforecast-from: \"2022\"",
        shapes: &["years", "decade"],
    },
    Way {
        id: "line-of-intervals",
        title: ["En linje med intervall", "A line with intervals"],
        keys: "mark: line\nseries: [b]\nintervals: {b: {low: c, high: a}}",
        shapes: &["decade"],
    },
    Way {
        id: "panels",
        title: ["Små diagram med samma skala", "Small multiples"],
        keys: "mark: line\nby: series\nreference: {value: 4, label: Normal}",
        shapes: &["small", "missing", "years", "decade", "months"],
    },
    Way {
        id: "panels-of-columns",
        title: ["Små diagram av stående staplar", "Small multiples of columns"],
        keys: "mark: bar\nby: series\nreference: {value: 4, label: Normal}\nperiod: {from: \"2020\", to: \"2021\", label: Pandemic}",
        shapes: &["years", "decade"],
    },
    Way {
        id: "panels-of-bars",
        title: ["Små diagram av liggande staplar", "Small multiples of bars"],
        keys: "mark: bar\nby: series",
        shapes: &["few", "negative", "zero", "missing", "suppressed", "long", "large"],
    },
    Way {
        id: "panels-of-areas",
        title: ["Små diagram av ytor", "Small multiples of areas"],
        keys: "mark: area\nby: series",
        shapes: &["small", "missing", "years", "decade"],
    },
    Way {
        id: "bars-held",
        title: ["Liggande staplar mot ett mål", "Bars against a target"],
        keys: "mark: bar\nseries: [a]\norientation: horizontal\nreference: [{value: 10, label: Target}, {from: 12, to: 15, label: Normal}]",
        shapes: &["few", "one", "many", "negative", "zero", "missing", "suppressed"],
    },
    Way {
        id: "columns-held",
        title: ["Stående staplar mot ett mål", "Columns against a target"],
        keys: "mark: grouped-bar\nseries: [a, b]\norientation: vertical\nreference: {value: 10, label: Target}",
        shapes: &["few", "negative", "suppressed"],
    },
    Way {
        id: "columns-of-forecast",
        title: ["Stående staplar med prognos", "Columns with a forecast"],
        keys: "mark: bar\nseries: [a]\nforecast-from: \"2022\"\nreference: {value: 300, label: Target}",
        shapes: &["missing", "decade"],
    },
    Way {
        id: "columns-of-periods",
        title: ["Stående staplar med perioder och anmärkningar", "Columns with periods and remarks"],
        keys: "mark: bar\nseries: [a]\nperiod: [{at: \"2016\", label: Reform}, {from: \"2020\", to: \"2021\", label: Pandemic}]\n\
               annotation: {at: \"2018\", text: \"Two units were joined, and counted as one\"}",
        shapes: &["years", "decade", "swing"],
    },
    Way {
        id: "groups-of-periods",
        title: ["Grupperade staplar med en period och en anmärkning", "Grouped columns with a period and a remark"],
        keys: "mark: grouped-bar\nseries: [a, b]\nperiod: {from: \"2020\", label: Pandemic}\n\
               annotation: {at: \"2019\", series: b, text: A new way of counting}",
        shapes: &["decade", "swing"],
    },
    Way {
        id: "stacks-of-periods",
        title: ["Staplade staplar med en period", "Stacked columns with a period"],
        keys: "mark: stacked-bar\nperiod: {from: \"2020\", to: \"2021\", label: Pandemic}",
        shapes: &["decade"],
    },
    Way {
        id: "dots-held",
        title: ["Punkter mot ett mål", "Dots against a target"],
        keys: "mark: dot\nseries: [a, b]\nreference: {value: 10, label: Target}",
        shapes: &["few", "negative", "suppressed"],
    },
    Way {
        id: "dumbbell",
        title: ["Par av punkter", "Pairs of points"],
        keys: "mark: dumbbell\nseries: [a, b]",
        shapes: &["few", "many", "negative", "zero", "missing", "suppressed", "long"],
    },
    Way {
        id: "dot",
        title: ["Punkter", "Dots"],
        keys: "mark: dot\nseries: [a, b]",
        shapes: &["few", "many", "negative", "zero", "missing", "suppressed", "long"],
    },
    Way {
        id: "area",
        title: ["En yta", "An area"],
        keys: "mark: area\nseries: [a]",
        shapes: &["small", "missing", "years", "decade", "swing", "quarters", "months"],
    },
    Way {
        id: "stacked-area",
        title: ["Staplade ytor", "Stacked areas"],
        keys: "mark: stacked-area",
        shapes: &["small", "zero", "missing", "decade", "quarters", "school"],
    },
    Way {
        id: "slope",
        title: ["Lutningar", "Slopes"],
        keys: "mark: slope\nseries: [a, b]",
        shapes: &["few", "negative", "zero", "suppressed", "towns"],
    },
    Way {
        id: "strip",
        title: ["Punkter längs en skala", "Dots along a scale"],
        keys: "mark: strip",
        shapes: &["few", "many", "eighty", "negative", "zero", "missing", "suppressed", "long", "large"],
    },
    Way {
        id: "strip-named",
        title: ["Några punkter med namn", "Some dots with names"],
        keys: "mark: strip\nseries: [a]\nlabels: extremes",
        shapes: &["few", "many", "large"],
    },
    Way {
        id: "box",
        title: ["Lådor", "Boxes"],
        keys: "mark: box\nseries: [a, b, c, d, e]",
        shapes: &["spread", "spread-amounts", "spread-suppressed"],
    },
    Way {
        id: "icons",
        title: ["Tio personer", "Ten persons"],
        keys: "mark: icons\nseries: [a]\nrows: [ekvik]",
        shapes: &["regions", "regions-suppressed"],
    },
    Way {
        id: "waffle",
        title: ["Hundra rutor", "A hundred squares"],
        keys: "mark: waffle\nseries: [a]\nrows: [ekvik]",
        shapes: &["regions", "regions-suppressed"],
    },
    Way {
        id: "bar-table",
        title: ["Tabell med staplar", "Table with bars"],
        keys: "mark: bar-table",
        shapes: &["few", "many", "negative", "zero", "missing", "suppressed", "long", "large"],
    },
    Way {
        id: "sparklines",
        title: ["Små linjer", "Small lines"],
        keys: "mark: sparklines",
        shapes: &["small", "missing", "years", "decade", "gap", "swing", "months"],
    },
    Way {
        id: "map",
        title: ["Karta", "A map"],
        keys: "mark: choropleth\nmap: {file: data/regions.geojson}\nseries: [a]",
        shapes: &["regions", "regions-suppressed", "regions-change"],
    },
    Way {
        id: "heat",
        title: ["Skuggad tabell", "Shaded table"],
        keys: "mark: heat",
        shapes: &["few", "many", "negative", "zero", "missing", "suppressed", "long"],
    },
];
