//! `belagg explain`.

use crate::diagnostic::{CODES, nearest};

use super::output::Output;
use super::{SUCCESS, USAGE};

/// Prints what a code means, or all codes with their titles.
pub fn run(code: Option<&str>, out: &Output) -> u8 {
    let Some(code) = code else {
        for info in CODES {
            out.line(&format!("{}  {}", info.code, info.title));
        }
        return SUCCESS;
    };
    let wanted = code.trim_matches(['[', ']']).to_uppercase();
    match CODES.iter().find(|info| info.code.0 == wanted) {
        Some(info) => {
            out.line(&format!("{}: {}\n\n{}", info.code, info.title, info.explanation));
            SUCCESS
        }
        None => {
            let near = nearest(&wanted, CODES.iter().map(|info| info.code.0));
            let hint = near.map(|near| format!(" Did you mean {near}?")).unwrap_or_default();
            out.fault(&format!("there is no code `{code}`.{hint} `belagg explain` lists all."));
            USAGE
        }
    }
}
