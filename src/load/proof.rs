//! What a kept choice was proved with: a file that the program wrote beside report.yaml. Without it the proof is sought anew.

use std::sync::Arc;

use crate::diagnostic::{Code, Diagnostic, say};
use crate::limits;
use crate::model::{Policy, Proof};
use crate::source::{Span, Spanned};

use super::Loader;

impl Loader<'_> {
    /// Puts it into a policy that keeps a choice.
    pub(super) fn proof(&mut self, folder: &str, report: &str, policy: Option<&mut Policy>) {
        let Some(policy) = policy.filter(|policy| !policy.keep_hidden.is_empty()) else { return };
        let path = Proof::path(folder, report);
        if !self.system.exists(&path) {
            return;
        }
        let Some(source) = self.text(&path, None) else { return };
        let text = &self.sources.get(source).text;
        match read(text) {
            Ok(proof) => policy.proof = Some(Spanned { value: Arc::new(proof), span: Span::new(source, 0, 0) }),
            Err(at) => {
                let message = say!("`{path}` is no proof of what is kept hidden, and is not used", path);
                let at = Span::new(source, at, (at + 1).min(text.len()));
                self.sink.push(
                    Diagnostic::warning(Code::DISCLOSURE_PROOF, message).at(at).help(say!(
                        "`belagg disclose {report} --keep` writes the file; do not change it by hand",
                        report
                    )),
                );
            }
        }
    }
}

/// The proof, else where its text is none.
fn read(text: &str) -> Result<Proof, usize> {
    let proof: Proof = serde_json::from_str(text).map_err(|error| place(text, error.line(), error.column()))?;
    let is_sound = proof.schema == Proof::SCHEMA
        && proof.worlds.len() <= limits::PROOF_WORLDS
        && proof.datasets.values().all(|of| {
            let width = of.columns.len();
            let is_there = |at: &usize| *at < of.cases.len();
            of.cases.len() <= limits::PROOF_CASES
                && of.cases.iter().all(|case| case.len() == width)
                && of.common.iter().all(is_there)
        })
        && proof.worlds.iter().flat_map(|world| &world.cases).all(|(name, cases)| {
            proof.datasets.get(name).is_some_and(|of| cases.iter().all(|at| *at < of.cases.len()))
        });
    if is_sound { Ok(proof) } else { Err(0) }
}

/// The place of a line and a byte of it, each counted from 1, in a text.
fn place(text: &str, line: usize, column: usize) -> usize {
    let before: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let at = (before + column.saturating_sub(1)).min(text.len());
    (0..=at).rev().find(|at| text.is_char_boundary(*at)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_proof_has_a_place() {
        let read = |text: &str| read(text).map(|proof| proof.worlds.len());
        assert_eq!(read(r#"{"schema": 1, "datasets": {}, "worlds": [{"numbers": {"å": 3}, "cases": {}}]}"#), Ok(1));
        assert_eq!(read(""), Err(0));
        // On the second line.
        assert!(read("{\n\"å\"").is_err_and(|at| at > 1));
        assert!(read("{\n\"å\": 2}").is_err_and(|at| at > 1));
        let cases = r#""cases": [[["a"]]]"#;
        for (text, is_sound) in [
            (format!(r#"{{"acts": {{"columns": ["x"], "common": [0], {cases}}}}}"#), true),
            (format!(r#"{{"acts": {{"columns": ["x"], "common": [1], {cases}}}}}"#), false),
            (format!(r#"{{"acts": {{"columns": ["x", "y"], "common": [], {cases}}}}}"#), false),
        ] {
            for (world, is_there) in
                [(r#"{"acts": [0]}"#, true), (r#"{"acts": [1]}"#, false), (r#"{"more": []}"#, false)]
            {
                let whole = format!(
                    r#"{{"schema": 1, "datasets": {text}, "worlds": [{{"numbers": {{}}, "cases": {world}}}]}}"#
                );
                assert_eq!(read(&whole).is_ok(), is_sound && is_there, "{whole}");
            }
        }
        assert_eq!(read(r#"{"schema": 2, "datasets": {}, "worlds": []}"#), Err(0));
    }

    #[test]
    fn a_place_is_the_beginning_of_a_letter() {
        assert_eq!(place("å\nåäö", 2, 3), 5);
        assert_eq!(place("å\nåäö", 2, 4), 5);
        assert_eq!(place("å", 9, 9), 2);
    }
}
