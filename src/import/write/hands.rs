//! The list of what needs a hand, as a file beside the report.

use crate::locale::Language;

use super::Hand;

/// The list, by files and lines.
pub fn list(hands: &[Hand], language: Language) -> String {
    let (title, none) = match language {
        Language::Swedish => ("Att göra efter importen", "Inget."),
        Language::English => ("To do after the import", "Nothing."),
        Language::Norwegian => ("Å gjøre etter importen", "Ingenting."),
    };
    let mut out = format!("{title}\n{}\n", "=".repeat(title.chars().count()));
    if hands.is_empty() {
        out.push_str(&format!("\n{none}\n"));
    }
    for hand in hands {
        out.push_str(&format!("\n[ ] {}\n", line(hand)));
        out.push_str(&format!("    {}\n", hand.remark.help));
    }
    out
}

/// Where something is and what it is, on one line.
pub fn line(hand: &Hand) -> String {
    match &hand.place {
        Some((path, at)) => format!("{path}:{at}: {}", hand.remark.what),
        None => hand.remark.what.clone(),
    }
}
