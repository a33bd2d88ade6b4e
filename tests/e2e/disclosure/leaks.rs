//! Planted leaks: small reports in which a number that has to be hidden would be given back by what the author typed or declared, each with harmless
//! counterparts. `cargo test --release --test e2e leaks -- --nocapture --include-ignored` prints how many are found, missed and told falsely, and each that is not as wanted.
//!
//! A case says which cell is hidden and in which ways a reader gets at it: words and rows of tables that stand in what is published. Without a policy all ways stand
//! there, which is how the cases are proved to be leaks. Under the policy either the build stops with a message of the codes DIS that names the cell, or
//! none of the ways is left. `LEAKS_OUTPUT=FOLDER` keeps what is built, for `scripts/attack --cases FOLDER`;
//! `LEAKS_ONLY=download` takes the cases with these letters in their names.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use regex::Regex;

use crate::workspace::{Run, Workspace};

mod planted;
pub mod surface;

use planted::{Case, Kind, built, harmless, kinds, made};

/// What is said with a code of disclosure control, each message with its lines.
pub fn told(run: &Run) -> Vec<String> {
    let start = Regex::new(r"^(error|warning)\[(\w+)\]").unwrap();
    let (mut out, mut inside) = (Vec::<String>::new(), false);
    for line in run.stderr.lines().chain(run.stdout.lines()) {
        if let Some(found) = start.captures(line) {
            inside = found[2].starts_with("DIS");
            if inside {
                out.push(String::new());
            }
        }
        if let (true, Some(last)) = (inside, out.last_mut()) {
            let _ = writeln!(last, "{line}");
        }
    }
    out
}

fn names(message: &str, cell: &str) -> bool {
    let last = cell.split('.').map(str::to_lowercase).collect::<Vec<_>>();
    let message = message.to_lowercase();
    message.contains(&cell.to_lowercase())
        || last.iter().all(|part| {
            let word = match part.as_str() {
                "women" => "kvinn",
                "men" => "män",
                other => other,
            };
            message.contains(word) || message.contains(part)
        })
}

#[derive(Debug, Default)]
struct Score {
    planted: usize,
    stopped: usize,
    masked: usize,
    named: usize,
    chains: usize,
    missed: usize,
    harmless: usize,
    falsely: usize,
}

fn keep(workspace: &Workspace, name: &str) {
    if let Some(folder) = std::env::var_os("LEAKS_OUTPUT") {
        let folder = Path::new(&folder).join(name);
        crate::workspace::copy(&workspace.path("output"), &folder);
    }
}

/// Does something for all of a list, as many at a time as there are processors.
fn each<T: Sync, R: Send>(list: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let next = std::sync::atomic::AtomicUsize::new(0);
    let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let mut out: Vec<(usize, R)> = std::thread::scope(|scope| {
        let workers: Vec<_> = (0..threads)
            .map(|_| {
                scope.spawn(|| {
                    let mut mine = Vec::new();
                    loop {
                        let at = next.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
                        let Some(item) = list.get(at) else { return mine };
                        mine.push((at, work(item)));
                    }
                })
            })
            .collect();
        workers.into_iter().flat_map(|worker| worker.join().unwrap()).collect()
    });
    out.sort_by_key(|(at, _)| *at);
    out.into_iter().map(|(_, result)| result).collect()
}

#[test]
fn each_planted_leak_is_one() {
    let kinds = kinds();
    let mut ids = std::collections::BTreeSet::new();
    let all: Vec<(&Kind, &Case)> =
        kinds.iter().flat_map(|kind| kind.cases.iter().map(move |case| (kind, case))).collect();
    assert!(kinds.iter().all(|kind| kind.cases.len() >= 10), "ten of each kind");
    let wrong: Vec<String> = each(&all, |(kind, case)| {
        let mut out = String::new();
        let name = format!("{}/{}", kind.kind, case.id);
        let (workspace, run) = built(&kind.bases[&case.base], case, false);
        if run.code != 0 {
            return format!("{name} cannot be built:\n{}\n", run.stderr);
        }
        let published = surface::Surface::read(&workspace.path("output"));
        for way in &case.ways {
            for pattern in way.iter().filter(|pattern| !published.has(pattern)) {
                let _ = writeln!(out, "{name}: `{pattern}` does not stand in what is published");
            }
        }
        for which in &case.harmless {
            let (about, base, case) = harmless(kind, case, which);
            let (_, run) = made(&base, &case, false, "check");
            if run.code != 0 {
                let _ = writeln!(out, "{name}, {about}: is not right:\n{}", run.stderr);
            }
            for old in &case.lacking {
                let _ = writeln!(out, "{name}, {about}: `{old}` does not stand there");
            }
        }
        out
    })
    .into_iter()
    .filter(|text| !text.is_empty())
    .collect();
    for (kind, case) in &all {
        assert!(ids.insert((&kind.kind, &case.id)), "{} stands twice", case.id);
        assert!(!case.about.is_empty() && !case.ways.is_empty() && !case.by.is_empty() && case.hidden.value > 0);
        let wanted = if kind.kind == "amount" { 1 } else { 3 };
        assert!(case.harmless.len() >= wanted, "{}: {wanted} harmless ones", case.id);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn judge(kind: &Kind, case: &Case, notes: &mut String) -> Score {
    let mut score = Score { planted: 1, ..Score::default() };
    let name = format!("{}-{}", kind.kind, case.id);
    let (workspace, run) = built(&kind.bases[&case.base], case, true);
    let messages = told(&run);
    let naming: Vec<&String> = messages.iter().filter(|message| names(message, &case.hidden.cell)).collect();
    score.named = usize::from(!naming.is_empty());
    if run.code != 0 {
        score.stopped = usize::from(!messages.is_empty());
        score.missed = 1 - score.stopped;
        if score.missed == 1 {
            let _ = writeln!(notes, "missed   {name}: the build stops for another reason:\n{}", run.stderr);
        }
    } else {
        let published = surface::Surface::read(&workspace.path("output"));
        let open: Vec<&Vec<String>> =
            case.ways.iter().filter(|way| way.iter().all(|pattern| published.has(pattern))).collect();
        keep(&workspace, &name);
        // What is public already can only be said to be so.
        let public = case.before.is_some() && !naming.is_empty();
        if open.is_empty() {
            score.masked = 1;
        } else if public {
            score.stopped = 1;
        } else {
            score.missed = 1;
            let _ = writeln!(notes, "missed   {name}: {} is {} by {open:?}", case.hidden.cell, case.hidden.value);
        }
    }
    let told_how = if score.masked == 1 {
        workspace.run(&["disclose", "liten"]).stdout.contains(&case.hidden.cell)
    } else {
        let said = naming.iter().map(|message| message.to_lowercase()).collect::<String>();
        !said.is_empty() && case.by.iter().all(|word| said.contains(&word.to_lowercase()))
    };
    score.chains = usize::from(score.missed == 0 && told_how);
    if score.chains == 0 && score.missed == 0 {
        let _ =
            writeln!(notes, "no chain {name}: wanted {} and {:?}\n{}", case.hidden.cell, case.by, messages.join(""));
    }
    for which in &case.harmless {
        let (about, base, case) = harmless(kind, case, which);
        let (workspace, run) = built(&base, &case, true);
        let messages = told(&run);
        score.harmless += 1;
        if run.code != 0 || !messages.is_empty() {
            score.falsely += 1;
            let _ = writeln!(
                notes,
                "falsely  {name}, {about}:\n{}",
                if messages.is_empty() { run.stderr } else { messages.join("") }
            );
        } else {
            keep(&workspace, &format!("{name}, {about}"));
        }
    }
    score
}

#[test]
fn planted_leaks_are_found_and_harmless_reports_are_let_pass() {
    let kinds = kinds();
    let only = std::env::var("LEAKS_ONLY").unwrap_or_default();
    let mut all: Vec<(&Kind, &Case)> =
        kinds.iter().flat_map(|kind| kind.cases.iter().map(move |case| (kind, case))).collect();
    all.retain(|(kind, case)| format!("{}-{}", kind.kind, case.id).contains(&only));
    let results = each(&all, |(kind, case)| {
        let mut notes = String::new();
        let score = judge(kind, case, &mut notes);
        (score, notes)
    });
    let mut table: BTreeMap<&str, Score> = BTreeMap::new();
    let (mut total, mut notes) = (Score::default(), String::new());
    for ((kind, _), (score, said)) in all.iter().zip(&results) {
        for sum in [table.entry(kind.kind.as_str()).or_default(), &mut total] {
            sum.planted += score.planted;
            sum.stopped += score.stopped;
            sum.masked += score.masked;
            sum.named += score.named;
            sum.chains += score.chains;
            sum.missed += score.missed;
            sum.harmless += score.harmless;
            sum.falsely += score.falsely;
        }
        notes.push_str(said);
    }
    let mut told = "kind         planted  stopped  named  masked  missed  chains  harmless  falsely\n".to_owned();
    for (kind, s) in table.iter().map(|(kind, score)| (*kind, score)).chain([("all", &total)]) {
        let _ = writeln!(
            told,
            "{kind:11}  {:7}  {:7}  {:5}  {:6}  {:6}  {:6}  {:8}  {:7}",
            s.planted, s.stopped, s.named, s.masked, s.missed, s.chains, s.harmless, s.falsely
        );
    }
    println!("{notes}\n{told}");
    let missed = notes.lines().filter(|line| line.starts_with("missed ") || line.starts_with("falsely "));
    told.extend(missed.map(|line| format!("{line}\n")));
    // What is missed and what is told wrongly is written down, so that each that is lost or won shows. Wanted are one of the planted and three of
    // the harmless ones at most.
    if only.is_empty() {
        insta::assert_snapshot!("leaks_missed", told);
    }
}
