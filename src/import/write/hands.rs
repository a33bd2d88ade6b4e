//! The list of what needs a hand, as a file beside the report.

use crate::diagnostic::{Said, Tongue, say};

use super::Hand;

/// The list, by files and lines.
pub fn list(hands: &[Hand], tongue: Tongue) -> String {
    let title = say!("To do after the import").text_in(tongue);
    let mut out = format!("{title}\n{}\n", "=".repeat(title.chars().count()));
    if hands.is_empty() {
        out.push_str(&format!("\n{}\n", say!("Nothing.").text_in(tongue)));
    }
    for hand in hands {
        out.push_str(&format!("\n[ ] {}\n", line(hand).text_in(tongue)));
        out.push_str(&format!("    {}\n", hand.remark.help.text_in(tongue)));
    }
    out
}

/// Where something is and what it is, on one line.
pub fn line(hand: &Hand) -> Said {
    match &hand.place {
        Some((path, at)) => say!("{path}:{at}: {what}", path, at, what = hand.remark.what),
        None => hand.remark.what.clone(),
    }
}
