//! The process that does the work: input after input, on a stack as large as the program gives itself.

use std::io::Write as _;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Mutex;
use std::thread;

use super::change::Dictionary;
use super::targets::Target;
use super::{Options, made, seeds};

/// As in `cli::parallel`.
const STACK: usize = 16 << 20;

static LAST: Mutex<String> = Mutex::new(String::new());

/// Notes what a panic says and where, instead of printing it.
fn listen() {
    std::panic::set_hook(Box::new(|info| {
        let what = info.payload().downcast_ref::<&str>().map(|text| (*text).to_owned());
        let what = what.or_else(|| info.payload().downcast_ref::<String>().cloned()).unwrap_or_default();
        let place = info.location().map(|place| format!("{}:{}", place.file(), place.line())).unwrap_or_default();
        let short: String = what.chars().take(300).collect();
        // A panic in a panic's own note is not worth a second.
        if let Ok(mut last) = LAST.lock() {
            *last = format!("{place}: {}", short.replace('\n', " "));
        }
    }));
}

/// What an input makes the program panic with, if it does.
fn panics(target: &Target, input: &[u8]) -> Option<String> {
    catch_unwind(AssertUnwindSafe(|| (target.run)(input)))
        .is_err()
        .then(|| LAST.lock().map(|last| last.clone()).unwrap_or_default())
}

/// Takes the inputs through and says how it goes, a line each.
pub fn work(target: &'static Target, options: &Options) {
    let options = options.clone();
    let job = move || {
        listen();
        let (seeds, dictionary) = (seeds::all(target), Dictionary::of(target.name));
        let mut out = std::io::stdout().lock();
        let mut say = |line: String| {
            // Nobody listens: there is nothing to work for.
            if writeln!(out, "{line}").and_then(|()| out.flush()).is_err() {
                std::process::exit(1);
            }
        };
        for number in options.from..options.from + options.inputs {
            let input = made(target, (&seeds, &dictionary), options.seed, number);
            say(format!("at {number}"));
            if let Some(told) = panics(target, &input) {
                say(format!("panic {number} {told}"));
            }
        }
        say(format!("passed {}", super::through::passed()));
    };
    let done = thread::Builder::new().stack_size(STACK).spawn(job).expect("a thread can be started").join();
    if done.is_err() {
        std::process::exit(101);
    }
}

/// The smallest input that can be had by leaving parts out and that panics at the same place.
pub fn shrunk(target: &'static Target, input: Vec<u8>) -> Vec<u8> {
    listen();
    let place = |told: &str| told.split(": ").next().unwrap_or_default().to_owned();
    let Some(first) = panics(target, &input).map(|told| place(&told)) else { return input };
    let mut out = input;
    let mut size = out.len() / 2;
    while size > 0 {
        let mut at = 1;
        while at < out.len() {
            let mut less = out.clone();
            less.drain(at..(at + size).min(out.len()));
            if panics(target, &less).is_some_and(|told| place(&told) == first) {
                out = less;
            } else {
                at += size;
            }
        }
        size /= 2;
    }
    out
}
