//! Where the program itself fails: what was begun is let go of as a whole, and what failed is told as a problem like others.

use std::any::Any;
use std::panic::{self, AssertUnwindSafe, PanicHookInfo};
use std::sync::Mutex;

use super::{Code, Diagnostic, Said, say};

/// The program has failed where it should not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// What it says itself, with the place in its code where that is known.
    pub told: String,
}

impl Failure {
    #[must_use]
    pub fn message(&self) -> Said {
        say!("the program has failed: {reason}", reason = self.told)
    }

    /// What to do.
    #[must_use]
    pub fn help() -> Said {
        say!(
            "this is a fault of the program and not of the report: please report it with this message and, if you can, the report"
        )
    }

    /// The problem of a report that the program has failed in.
    #[must_use]
    pub fn diagnostic(&self, report: &str) -> Diagnostic {
        Diagnostic::error(Code::PROGRAM_FAILED, say!("{report}: {failed}", report, failed = self.message()))
            .help(Self::help())
            .help(say!("the other reports of the run are not touched by it; a change of what was written last often goes around it"))
    }
}

/// Messages of failures and where in the code they came up. They may do so on threads that others have started.
static PLACES: Mutex<Vec<(String, String)>> = Mutex::new(Vec::new());

/// Keeps the program's own failures from being printed as such: [`caught`] hands them over.
pub fn quiet() {
    panic::set_hook(Box::new(|info: &PanicHookInfo<'_>| {
        let place = info.location().map(|at| format!("{}:{}", at.file(), at.line())).unwrap_or_default();
        if let Ok(mut places) = PLACES.lock() {
            places.push((message(info.payload()), place));
        }
    }));
}

fn message(payload: &(dyn Any + Send)) -> String {
    let text = payload.downcast_ref::<&str>().copied();
    text.or_else(|| payload.downcast_ref::<String>().map(String::as_str)).unwrap_or("no message").to_owned()
}

/// What `act` gives, or how the program failed in it.
pub fn caught<R>(act: impl FnOnce() -> R) -> Result<R, Failure> {
    // What was begun is let go of as a whole: nothing half-done is seen afterwards.
    panic::catch_unwind(AssertUnwindSafe(act)).map_err(|payload| {
        let message = message(&*payload);
        let places = PLACES.lock().map(|places| places.clone()).unwrap_or_default();
        let place = places.into_iter().find(|(known, _)| *known == message).map(|(_, place)| place);
        // One line is enough to know it by.
        let line: String = message.lines().next().unwrap_or_default().chars().take(300).collect();
        Failure { told: place.map_or_else(|| line.clone(), |place| format!("{line} ({place})")) }
    })
}
