//! Every filter on every kind of value: it does what it says, or is refused. None is passed over in silence.

use crate::workspace::Workspace;

const FINDINGS: &str = "datasets:
  c: {label: ärenden, file: data/c.csv, sex: {column: Kön, women: K, men: M}, columns: {days: {header: Dagar, type: number, missing: leave-out}}}
figures:
  mean: {label: dagar i snitt, average: {rows: c, column: days}, unit: dagar}
  then: {label: ärenden förra året, count: 30}
  share: {label: andel med plan, share: [plans, cases], decimals: 1}
  published: {label: saknar arbete, percent: 12.5, as-published: true, source: Rapporten}
  fee: {label: avgift, amount: -12.50, unit: kronor}
  change: {label: förändring, change: [cases, then]}
  points: {label: förändring av andelen, change: [share, share]}
  part: {label: kostnad, amount: 250.5, unit: kronor, base: whole}
  whole: {label: hela kostnaden, amount: 1000, unit: kronor}
  cost: {label: kostnad, amount: 2190, unit: tkr}
  days: {label: dagar, amount: 12, unit: dagar, base: cases}
  start: {label: början, date: 2020-12}
  model: {label: systemet, text: \"*paraplyet*\"}
  most: {label: flest besök, max: {table: visits, column: women}}
tables:
  hidden:
    caption: Dolda
    stub: Enhet
    columns: [women, men]
    base: cases
    rows:
      - {label: Norr, women: {blank: suppressed}, men: 2}
      - {label: Soder, women: {blank: zero}, men: {blank: zero}}
    source: Granskningen
";

const FIGURES: &[&str] = &[
    "plans",
    "then",
    "share",
    "published",
    "fee",
    "change",
    "points",
    "part",
    "cost",
    "days",
    "start",
    "model",
    "most",
    "hidden.norr",
    "hidden.soder",
    "mean",
];

const FILTERS: &[&str] = &[
    "number",
    "percent",
    "percent 2",
    "percent 1 sign",
    "share",
    "share words",
    "full",
    "words",
    "women",
    "men",
    "total",
    "by sex",
    "base",
    "label",
    "name",
    "column women",
    "missing",
    "missing words",
    "women | missing",
    "absolute",
    "capital",
    "absolute | percent",
    "absolute | words",
    "women | percent",
    "women | share",
    "women | absolute",
    "column women | percent",
    "label | capital",
    "women | label",
    "women | men",
    "women | column men",
    "percent | share",
    "absolute | label",
    "absolute | share",
    "by sex | women",
    "women | base",
    "column women | base",
    "women | total",
    "number | capital",
    "more-or-less",
    "more-or-less then",
    "more-or-less fee | capital",
    "women | more-or-less hidden.norr",
    "higher-or-lower published",
    "higher-or-lower published en",
    "increased-or-decreased then en",
    "has-increased-or-decreased then",
    "increase-or-decrease",
    "than cost",
    "absolute | than cost",
    "scale mnkr",
    "scale kr 0",
    "scale million 3",
    "scale mnkr | share",
    "absolute | scale mnkr",
    "unit none",
    "percent | unit none",
    "scale mnkr | unit none",
    "absolute | unit none",
    "unit none | words",
];

#[test]
fn no_filter_is_passed_over_in_silence() {
    let workspace = Workspace::small();
    workspace.findings(FINDINGS);
    workspace.file("content/liten/data/c.csv", "Kön;Dagar\nK;10\nK;\nM;20\n");
    let all: Vec<(String, String)> = FIGURES
        .iter()
        .flat_map(|figure| FILTERS.iter().map(move |filter| format!("{figure} | {filter}")))
        .map(|binding| (binding.clone(), format!("- A{{{{ {binding} }}}}Z")))
        .collect();
    let chapter = |lines: &[&(String, String)]| {
        let lines: Vec<&str> = lines.iter().map(|(_, line)| line.as_str()).collect();
        format!(
            "# Resultat {{#resultat}}\n\n{}\n\n{{{{ table visits }}}}\n\n{{{{ table hidden }}}}\n",
            lines.join("\n")
        )
    };
    let every: Vec<&(String, String)> = all.iter().collect();
    workspace.chapter(chapter(&every));
    let run = workspace.run(&["check"]).expect(1);
    // The message of each line that is refused.
    let mut refused = std::collections::BTreeMap::new();
    let mut message = "";
    for line in run.stderr.lines() {
        if line.starts_with("error[") || line.starts_with("warning[") {
            message = line;
        }
        let place =
            line.trim_start().strip_prefix("--> content/liten/kapitel.md:").and_then(|rest| rest.split(':').next());
        if let (Some(number), true) =
            (place.and_then(|number| number.parse::<usize>().ok()), message.starts_with("error["))
        {
            refused.entry(number - 3).or_insert(message);
        }
    }
    let good: Vec<&(String, String)> =
        all.iter().enumerate().filter(|(at, _)| !refused.contains_key(at)).map(|(_, line)| line).collect();
    workspace.chapter(chapter(&good));
    workspace.run(&["build"]).expect(0);
    let page = workspace.page("liten");
    let mut printed = page.split("<li>A").skip(1).map(|item| {
        let item = item.split("Z</li>").next().unwrap();
        let words: String =
            item.split('<').map(|piece| piece.split_once('>').map_or(piece, |(_, text)| text)).collect();
        words.replace('\u{a0}', " ")
    });
    let mut matrix = String::new();
    for (at, (binding, _)) in all.iter().enumerate() {
        let told = match refused.get(&at) {
            Some(message) => (*message).to_owned(),
            None => printed.next().unwrap(),
        };
        matrix.push_str(&format!("{binding}: {told}\n"));
    }
    assert_eq!(printed.next(), None);
    insta::assert_snapshot!(matrix);
}

#[test]
fn the_matrix_has_every_filter_of_the_program() {
    let workspace = Workspace::small();
    workspace.chapter("# Resultat {#resultat}\n\n{{ plans | nothing-such }}.\n\n{{ table visits }}\n");
    let run = workspace.run(&["check"]).expect(1);
    let list = run.stderr.split("filters: ").nth(1).unwrap().lines().next().unwrap();
    let missing: Vec<&str> = list
        .split(", ")
        .filter(|name| !FILTERS.iter().any(|tried| tried.split(" | ").any(|one| one.starts_with(name))))
        .collect();
    assert!(list.contains("percent") && missing.is_empty(), "not tried: {missing:?} of {list}");
    let explained = workspace.run(&["explain", "FIG009"]).expect(0).stdout;
    assert!(list.split(", ").all(|name| explained.contains(&format!("| {name}"))), "{explained}");
}

#[test]
fn a_section_with_a_share_rests_on_its_base_however_it_is_written() {
    let record = |binding: &str| {
        let workspace = Workspace::small();
        workspace.chapter(format!("# Resultat {{#resultat}}\n\nDet finns {binding}.\n\n{{{{ table visits }}}}\n"));
        workspace.run(&["publish", "liten"]).expect(0);
        let text = workspace.read("content/liten/versions/1.0.yaml");
        let cases = text.split("\n    cases:\n").nth(1).unwrap_or_default();
        cases.lines().take_while(|line| line.starts_with("      ")).any(|line| line.contains("used: [\"resultat\"]"))
    };
    assert!(record("{{ plans | percent }}") && record("{{plans|full}}") && record("{{ plans | share words }}"));
    assert!(record("{{ plans | base }}") && !record("{{ plans }}") && !record("{{ plans | label }}"));
}
