//! Takes mutated inputs through the program: `scripts/mutate [KIND…] [--inputs N] [--from N] [--seed N] [--save FOLDER]`. `--seeds FOLDER`
//! writes the good inputs that all begins with instead, a folder a kind: the corpus of the targets in `fuzz/`.
//!
//! Each input is made from its number alone, so `scripts/mutate yaml --from 4711 --inputs 1` is the same input again. A process of its own takes them one
//! after the other and says which it is at; this one watches, notes what panics, what dies (a full stack or more memory than `ulimit -v` gives) and what takes
//! longer than 20 s of processor time, saves those inputs, and begins again behind them. It ends with 1 where there was any. With `--shrink`, inputs that panic
//! are made as small as they get before they are saved.

#![expect(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a driver of tests reads seeds, measures, prints, and fails loudly"
)]

mod books;
mod change;
mod ledgers;
mod seeds;
mod targets;
mod through;
mod worker;
mod workspaces;

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, ExitCode, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use change::{Dictionary, Random};
use targets::{TARGETS, Target};

/// Longer than this no input may take.
const LONGEST: Duration = Duration::from_secs(20);

/// What is asked for.
#[derive(Debug, Clone)]
pub struct Options {
    kinds: Vec<String>,
    from: u64,
    inputs: u64,
    seed: u64,
    save: Option<PathBuf>,
    shrink: bool,
    /// Where the seeds are written instead.
    seeds: Option<PathBuf>,
    /// Set in the process that does the work.
    worker: bool,
}

fn options() -> Result<Options, String> {
    let mut out = Options {
        kinds: Vec::new(),
        from: 0,
        inputs: 1000,
        seed: 1,
        save: None,
        shrink: false,
        seeds: None,
        worker: false,
    };
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        let mut number = || -> Result<u64, String> {
            let value = arguments.next().ok_or_else(|| format!("{argument} wants a number"))?;
            value.parse().map_err(|_| format!("{argument} wants a number, not {value}"))
        };
        match argument.as_str() {
            "--inputs" => out.inputs = number()?,
            "--from" => out.from = number()?,
            "--seed" => out.seed = number()?,
            "--save" => out.save = arguments.next().map(PathBuf::from),
            "--seeds" => out.seeds = arguments.next().map(PathBuf::from),
            "--shrink" => out.shrink = true,
            "--worker" => out.worker = true,
            // Cargo adds it.
            "--bench" => {}
            kind if TARGETS.iter().any(|target| target.name == kind) => out.kinds.push(kind.to_owned()),
            other => {
                let known: Vec<&str> = TARGETS.iter().map(|target| target.name).collect();
                return Err(format!("there is no kind {other}; kinds: {}", known.join(", ")));
            }
        }
    }
    Ok(out)
}

fn main() -> ExitCode {
    let options = match options() {
        Ok(options) => options,
        Err(problem) => {
            eprintln!("{problem}");
            return ExitCode::from(2);
        }
    };
    let chosen = TARGETS
        .iter()
        .filter(|target| options.kinds.is_empty() || options.kinds.iter().any(|kind| kind == target.name));
    if let Some(folder) = &options.seeds {
        for target in chosen {
            let own = folder.join(target.name);
            std::fs::create_dir_all(&own).expect("the folder can be made");
            for (at, seed) in seeds::all(target).iter().enumerate() {
                std::fs::write(own.join(format!("{at:04}")), seed).expect("the folder can be written to");
            }
        }
        return ExitCode::SUCCESS;
    }
    if options.worker {
        chosen.for_each(|target| worker::work(target, &options));
        return ExitCode::SUCCESS;
    }
    if let Some(said) = workspaces::unsound().first() {
        eprintln!("a workspace that inputs are put into has faults of its own:\n{said}");
        return ExitCode::from(2);
    }
    let mut faults = 0;
    for target in chosen {
        faults += watch(target, &options);
    }
    println!("{faults} faults");
    ExitCode::from(u8::from(faults > 0))
}

/// The input of a number.
fn made(target: &Target, (seeds, dictionary): (&[Vec<u8>], &Dictionary), seed: u64, number: u64) -> Vec<u8> {
    change::input(target.name, seeds, dictionary, &mut Random::new(target.name, seed, number))
}

/// Takes all inputs of a kind through, with as many processes as it takes, and prints what was found; how many faults there were.
fn watch(target: &'static Target, options: &Options) -> usize {
    let started = Instant::now();
    let end = options.from + options.inputs;
    let (seeds, dictionary) = (seeds::all(target), Dictionary::of(target.name));
    let (mut next, mut passed, mut slowest) = (options.from, 0_u64, (Duration::ZERO, options.from));
    // By what was said, so that a fault that many inputs hit is told once.
    let mut faults: BTreeMap<String, Vec<u64>> = BTreeMap::new();
    while next < end {
        let (mut child, lines) = worker(target, options, next, end - next);
        let mut at = next;
        let mut began = Instant::now();
        let mut clock = processor(&child);
        let died = loop {
            match lines.recv_timeout(Duration::from_secs(1)) {
                Ok(line) => {
                    let (word, rest) = line.split_once(' ').unwrap_or((&line, ""));
                    let (number, rest) = rest.split_once(' ').unwrap_or((rest, ""));
                    match word {
                        "at" => {
                            slowest = slowest.max((if at < next { Duration::ZERO } else { began.elapsed() }, at));
                            at = number.parse().unwrap_or(at);
                            (began, clock) = (Instant::now(), processor(&child));
                        }
                        "panic" => faults.entry(rest.to_owned()).or_default().push(number.parse().unwrap_or(at)),
                        "passed" => passed += number.parse::<u64>().unwrap_or(0),
                        _ => {}
                    }
                }
                Err(RecvTimeoutError::Timeout) => {
                    // A busy machine is no hang: where it can be told, only its own time counts.
                    let own =
                        clock.zip(processor(&child)).map_or(began.elapsed(), |(then, now)| now.saturating_sub(then));
                    if own > LONGEST {
                        break Some(format!("takes longer than {} s", LONGEST.as_secs()));
                    }
                }
                Err(RecvTimeoutError::Disconnected) => break None,
            }
        };
        let hung = died.is_some();
        if hung {
            let _ = child.kill();
        }
        let status = child.wait().ok();
        let told = died.or_else(|| match status {
            Some(status) if status.success() => None,
            Some(status) => Some(format!("the process dies: {status}")),
            None => Some("the process cannot be waited for".to_owned()),
        });
        match told {
            Some(told) => {
                faults.entry(told).or_default().push(at);
                next = at + 1;
            }
            None => next = end,
        }
    }
    let count: usize = faults.values().map(Vec::len).sum();
    println!(
        "{}: {} inputs, {passed} without an error of the content, slowest {:.1} s ({}), {count} faults, {:.0} s",
        target.name,
        options.inputs,
        slowest.0.as_secs_f64(),
        slowest.1,
        started.elapsed().as_secs_f64()
    );
    for (told, numbers) in &faults {
        let few: Vec<String> = numbers.iter().take(5).map(u64::to_string).collect();
        println!("  {} inputs ({}): {told}", numbers.len(), few.join(", "));
        if let (Some(folder), Some(number)) = (&options.save, numbers.first()) {
            let input = made(target, (&seeds, &dictionary), options.seed, *number);
            let input = if options.shrink { worker::shrunk(target, input) } else { input };
            let path = folder.join(format!("{}-{}-{number}", target.name, options.seed));
            let written = std::fs::create_dir_all(folder).and_then(|()| std::fs::write(&path, input));
            println!("    {}", written.map_or_else(|error| error.to_string(), |()| path.display().to_string()));
        }
    }
    count
}

/// Starts the process that does the work, and reads what it says.
fn worker(target: &Target, options: &Options, from: u64, inputs: u64) -> (Child, Receiver<String>) {
    let mut child = Command::new(std::env::current_exe().expect("this program has a path"))
        .args([
            target.name,
            "--worker",
            "--from",
            &from.to_string(),
            "--inputs",
            &inputs.to_string(),
            "--seed",
            &options.seed.to_string(),
        ])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("this program can be started");
    let (send, lines) = channel();
    let said = child.stdout.take().expect("it was asked for");
    std::thread::spawn(move || {
        for line in BufReader::new(said).lines().map_while(Result::ok) {
            if send.send(line).is_err() {
                return;
            }
        }
    });
    (child, lines)
}

/// Processor time that a process has taken; none where that cannot be told.
fn processor(child: &Child) -> Option<Duration> {
    let text = std::fs::read_to_string(format!("/proc/{}/stat", child.id())).ok()?;
    let mut fields = text.rsplit_once(')')?.1.split_whitespace().skip(11);
    let user: u64 = fields.next()?.parse().ok()?;
    let system: u64 = fields.next()?.parse().ok()?;
    // A hundredth of a second each, on every Linux that is in use.
    Some(Duration::from_millis((user + system) * 10))
}
