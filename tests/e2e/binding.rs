//! What `check --fix` binds and what it must leave: a number is bound only where the figure's whole label stands in the sentence and nothing
//! there says that another number is meant.

use crate::workspace::Workspace;
use belagg::{MemorySystem, Session};

/// What would be written into a chapter, number by number, and why the others are left.
fn bound(language: &str, findings: &str, text: &str) -> (Vec<String>, Vec<String>) {
    let report = format!(
        "kind: inspection-report\ntitle: Rapport\nversion: \"1.0\"\ndate: 2024-03\nstatus: draft\nlanguage: {language}\n\
         units: {{norr: Norrberga}}\nchapters: [k.md]\nimprint: {{reference: Dnr 1/2024, publisher: Exempelstad, contact: Kansliet}}\n"
    );
    let system = MemorySystem::new([
        ("content/a/report.yaml", report),
        ("content/a/findings/alla.yaml", findings.to_owned()),
        ("content/a/k.md", if text.starts_with('#') { format!("{text}\n") } else { format!("# Resultat\n\n{text}\n") }),
    ]);
    let session = Session::open(system);
    let diagnostics = session.diagnostics("a");
    let errors: Vec<_> = diagnostics
        .iter()
        .filter(|found| found.code.0.starts_with("TAB0") || found.code.0.starts_with("FIG"))
        .collect();
    assert!(session.resolved("a").resolved().is_some(), "{findings}: {errors:?}");
    let all: Vec<_> = diagnostics.iter().filter(|found| found.code.0 == "EVI002").collect();
    let written = all.iter().filter_map(|found| Some(found.fix.as_ref()?.replacement.clone())).collect();
    (written, all.iter().filter_map(|found| Some(found.left.as_ref()?.english())).collect())
}

/// `id: label = count`, more with `/`; women and men as `16+9`, a percentage as `41%`, a base as `= 16 < cases`.
fn figures(short: &str) -> String {
    let mut out = "figures:\n".to_owned();
    for figure in short.split(" / ") {
        let (id, rest) = figure.split_once(": ").unwrap();
        let (label, value) = rest.rsplit_once(" = ").unwrap();
        let (value, base) =
            value.split_once(" < ").map_or((value, String::new()), |(value, base)| (value, format!(", base: {base}")));
        let value = match (value.split_once('+'), value.strip_suffix('%')) {
            (Some((women, men)), _) => format!("women: {women}, men: {men}"),
            (_, Some(percent)) => format!("percent: {percent}, as-published: true, source: Annan"),
            _ => format!("count: {value}, not-by-sex: Saknas."),
        };
        out.push_str(&format!("  {id}: {{label: \"{label}\", {value}{base}}}\n"));
    }
    out
}

const RIGHT: &[(&str, &str, &str, &str)] = &[
    ("sv", "cases: granskade ärenden = 20+20", "Rapporten bygger på 40 granskade ärenden.", "{{ cases }}"),
    ("sv", "cases: granskade ärenden = 20+20", "De 40 granskade ärendena omfattar alla.", "{{ cases }}"),
    ("sv", "c: klagomål = 12", "Antalet klagomål var 12.", "{{ c }}"),
    ("sv", "c: klagomål = 12", "Totalt 12 klagomål ingår.", "{{ c }}"),
    ("sv", "c: klagomål = 1204", "Det var 1 204 klagomål.", "{{ c }}"),
    ("sv", "b: bibliotek = 17", "I materialet ingår 17 bibliotek.", "{{ b }}"),
    ("sv", "b: bokbussar = 3", "Det finns tre bokbussar.", "{{ b | words }}"),
    ("sv", "n: ärenden utan plan = 8", "Åtta ärenden är utan plan.", "{{ n | words | capital }}"),
    ("sv", "k: klagomål 2023 = 12", "Under 2023 var antalet klagomål 12.", "{{ k }}"),
    ("sv", "t: tillsyner som ska göras = 9", "Det är 9 tillsyner som ska göras.", "{{ t }}"),
    ("sv", "k: klagomål = 12 / s: klagomål och synpunkter = 30", "Det var 30 klagomål och synpunkter.", "{{ s }}"),
    ("sv", "k: klagomål = 12 / s: klagomål om bemötande = 12", "Det var 12 klagomål om bemötande.", "{{ s }}"),
    ("sv", "p: planer = 5 / q: skolor = 5", "Granskningen omfattar 5 skolor.", "{{ q }}"),
    ("sv", "d: deltagare = 12+9", "Antalet deltagare är 21.", "{{ d }}"),
    ("sv", "v: vattenprover = 64", "Underlaget består av 64 vattenprover.", "{{ v }}"),
    ("sv", "a: avlivade vargar = 14", "Det var 14 avlivade vargar, enligt länsstyrelsen.", "{{ a }}"),
    ("sv", "a: besökta gårdar = 31", "31 besökta gårdar ingår.", "{{ a }}"),
    ("en", "h: homes inspected = 11", "Eleven homes were inspected.", "{{ h | words | capital }}"),
    ("en", "h: complaints = 1204", "There were 1,204 complaints.", "{{ h }}"),
    ("en", "h: libraries = 17", "The report covers 17 libraries.", "{{ h }}"),
    ("en", "r: wells tested in 2023 = 64", "In 2023, 64 wells were tested.", "{{ r }}"),
    ("en", "u: wells not tested = 9", "There were 9 wells not tested.", "{{ u }}"),
];

const WRONG: &[(&str, &str, &str)] = &[
    // Planned against done, and the other way round.
    ("sv", "s: skolor där tillsyn ska göras = 14", "Det finns 14 skolor där tillsyn har gjorts."),
    ("sv", "s: skolor där tillsyn har gjorts = 14", "Det finns 14 skolor där tillsyn ska göras."),
    ("sv", "b: genomförda besök = 14", "Det är 14 besök som genomförs."),
    ("sv", "b: genomförda besök = 14", "Det är 14 besök som ska genomföras."),
    ("sv", "b: besök = 14", "Det är 14 planerade besök."),
    ("sv", "p: ärenden med plan = 14", "Det är 14 planerade ärenden."),
    ("sv", "b: broar = 6", "Antalet broar kan bli 6."),
    ("sv", "b: broar = 6", "Antalet broar bör vara 6."),
    ("sv", "b: broar = 6", "Målet är 6 broar."),
    ("en", "h: homes to be inspected = 11", "Eleven homes were inspected."),
    ("en", "h: homes inspected = 11", "Eleven homes will be inspected."),
    ("en", "b: bridges = 6", "There should be 6 bridges."),
    ("en", "b: bridges = 6", "There were 6 planned bridges."),
    // Negation.
    ("sv", "k: klagomål = 12", "Det var inte 12 klagomål."),
    ("sv", "p: ärenden med plan = 12", "Det är 12 ärenden utan plan."),
    ("sv", "p: ärenden utan plan = 12", "Det är 12 ärenden med plan."),
    ("sv", "p: ärenden med plan = 12", "Det är 12 ärenden som saknar plan."),
    ("en", "w: wells tested = 9", "There were 9 wells not tested."),
    ("en", "w: wells not tested = 9", "There were 9 wells tested."),
    ("en", "w: farms with a licence = 9", "There were 9 farms without a licence."),
    // Another group or place.
    ("sv", "k: klagomål = 12", "I hemtjänsten var antalet klagomål 12."),
    ("sv", "k: klagomål = 12", "Det var 12 klagomål från anhöriga."),
    ("sv", "k: klagomål = 12", "Norrberga hade 12 klagomål."),
    ("sv", "k: klagomål = 12", "Det var 12 klagomål i Norrberga."),
    ("sv", "k: klagomål = 12", "## Norrberga\n\nDet var 12 klagomål."),
    ("sv", "k: klagomål = 12", "## Kvinnor\n\nDet var 12 klagomål."),
    ("sv", "k: klagomål = 12", "I Norrberga är läget sämre. Där fanns 12 klagomål."),
    ("sv", "b: barn 7–12 år = 40", "Det var 40 barn 13–15 år."),
    ("sv", "b: personer över 65 år = 40", "Det var 40 personer under 65 år."),
    ("sv", "b: barn = 40", "Det var 40 barn 13–15 år."),
    ("en", "c: complaints = 12", "There were 12 complaints from carers."),
    ("en", "c: complaints = 12", "The northern ward had 12 complaints."),
    ("en", "p: people over 65 = 12", "There were 12 people under 65."),
    // The sexes.
    ("sv", "d: deltagare = 12+9", "Det var 21 kvinnliga deltagare."),
    ("sv", "d: deltagare = 12+9", "Det var 12 manliga deltagare."),
    ("sv", "k: kvinnor = 12 / m: män = 9", "Det var 12 män."),
    ("en", "d: participants = 12+9", "There were 21 women among the participants."),
    ("en", "d: pupils = 12+9", "There were 12 boys, and all were pupils."),
    // Another year.
    ("sv", "k: klagomål 2023 = 12", "Under 2024 var antalet klagomål 12."),
    ("sv", "k: klagomål 2023 = 12", "Antalet klagomål var 12."),
    ("sv", "k: klagomål = 12", "År 2022 var antalet klagomål 12."),
    ("sv", "k: klagomål = 12", "Antalet klagomål var tidigare 12."),
    ("sv", "k: klagomål = 12", "## Läget 2022\n\nDet var 12 klagomål."),
    ("en", "r: wells tested in 2023 = 64", "In 2022, 64 wells were tested."),
    ("en", "r: wells tested = 64", "Last year 64 wells were tested."),
    // Another unit or thing counted.
    ("sv", "k: klagomål = 12", "Det tog 12 timmar per klagomål."),
    ("sv", "k: klagomål = 12", "Det var 12 sidor klagomål."),
    ("sv", "k: klagomål om personal = 12", "Det är 12 i personalen med klagomål."),
    ("sv", "k: klagomål = 12%", "Det var 12 klagomål."),
    ("en", "k: complaints = 12", "It took 12 days to read the complaints."),
    // A part, a change, a hedge, more than one.
    ("sv", "k: klagomål = 12", "Av klagomålen var 12 nya."),
    ("sv", "k: klagomål = 12", "Det var 12 av klagomålen."),
    ("sv", "k: klagomål = 12", "Det var 12 fler klagomål."),
    ("sv", "k: klagomål = 12", "Antalet klagomål ökade med 12."),
    ("sv", "k: klagomål = 12", "Det var drygt 12 klagomål."),
    ("sv", "k: klagomål = 12", "Det var minst 12 klagomål."),
    ("sv", "k: klagomål = 12", "Var det 12 klagomål?"),
    ("sv", "k: klagomål = 12", "Om det är 12 klagomål är det nog."),
    ("sv", "k: klagomål = 12", "Antalet klagomål är 12 per enhet."),
    ("sv", "k: klagomål = 12", "Det var 12 eller 13 klagomål."),
    ("sv", "k: klagomål = 12", "Det var 12 klagomål, varav alla rör en enhet."),
    ("en", "k: complaints = 12", "There were nearly 12 complaints."),
    ("en", "k: complaints = 12", "There were 12 more complaints."),
    ("en", "k: complaints = 12", "If there are 12 complaints, act."),
    // Another figure's label fits better, or as well.
    ("sv", "k: klagomål = 12 / s: klagomål och synpunkter = 30", "Det var 12 klagomål och synpunkter."),
    ("sv", "k: klagomål = 12", "Det var 12 klagomål och synpunkter."),
    ("sv", "a: klagomål = 12 / b: klagomålen = 12", "Det var 12 klagomål."),
    (
        "sv",
        "a: ärenden med plan = 12 / b: ärenden med samtycke = 9",
        "Det är 9 ärenden med plan och 12 ärenden med samtycke.",
    ),
    ("en", "a: complaints = 12 / b: complaints upheld = 30", "There were 12 complaints upheld."),
    ("en", "a: complaints = 12 / b: complaint = 12", "There were 12 complaints."),
    // No running text.
    ("sv", "k: klagomål = 12", "## Det var 12 klagomål"),
    ("sv", "k: klagomål = 12", "| Ort | Antal |\n|---|---|\n| Norr | 12 klagomål |"),
    ("sv", "k: klagomål = 12", "> Det var 12 klagomål."),
    ("sv", "k: klagomål = 12", "I Norr:\n\n- Det var 12 klagomål."),
];

#[test]
fn what_is_certain_is_bound() {
    for (language, short, text, binding) in RIGHT {
        let (written, left) = bound(language, &figures(short), text);
        assert_eq!(written, [*binding], "{text} ({short}): {left:?}");
    }
}

#[test]
fn what_contradicts_the_label_is_left() {
    assert!(RIGHT.len() + WRONG.len() >= 60);
    let mut reasons = 0;
    for (language, short, text) in WRONG {
        let (written, left) = bound(language, &figures(short), text);
        assert_eq!(written, Vec::<String>::new(), "{text} ({short})");
        reasons += left.len();
    }
    assert!(reasons > WRONG.len() / 2, "the reasons are said: {reasons}");
}

#[test]
fn a_text_of_a_data_file_is_left_since_a_brace_means_something_else_there() {
    let table = "figures:\n  k: {label: klagomål, count: 12, not-by-sex: Saknas.}\ntables:\n  t:\n    caption: Besök\n    stub: Enhet\n    \
                 columns: [{id: n, label: Antal}]\n    note: 12 klagomål ingår.\n    rows: [{label: Norr, n: 3}]\n    source: Egen\n";
    let (written, left) = bound("sv", table, "Se tabellen.\n\n{{ table t }}");
    assert!(written.is_empty() && left.len() == 1, "{written:?} {left:?}");
}

#[test]
fn every_block_that_a_message_names_is_made_or_told() {
    let workspace = Workspace::small();
    workspace.chapter("# Resultat\n\n{{ tabel x }}\n");
    let said = workspace.run(&["check"]).expect(1).stderr;
    let names = said.lines().find_map(|line| line.split_once("blocks: ")).unwrap().1;
    let mut seen = 0;
    for name in names.split(", ") {
        // Those that stand alone are a figure's name with an argument, or are made of nothing.
        for written in [format!("{{{{ {name} nothing }}}}"), format!("{{{{ {name} }}}}")] {
            workspace.chapter(format!("# Resultat\n\n{written}\n"));
            let run = workspace.run(&["check"]);
            let told = run.stderr.contains("error[") && run.stderr.contains(&written);
            assert!(told || name == "references", "{written}: {}", run.stderr);
            seen += 1;
        }
    }
    assert!(seen > 50, "{seen}");
}
