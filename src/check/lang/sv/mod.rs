//! Swedish.

use super::nordic::Nordic;
use super::numeral::Place;
use crate::locale::Language;

pub(super) static GRAMMAR: Nordic = Nordic { language: Language::Swedish, has_years_with_preposition: false, is_other_word: is_noun };

/// Whether "sex" is no number: "sex och samlevnad", "prata om sex", but "en kurs om sex veckor", "grupper om sex och åtta".
fn is_noun(at: Place<'_>) -> bool {
    let (before, following) = (at.near(-1), at.near(1));
    if at.word() != "sex" {
        return false;
    }
    if matches!(following, "och" | "eller") {
        return before == "om";
    }
    let about =
        matches!(before, "om" | "kring" | "ha" | "har" | "haft" | "köpa" | "köp" | "sälja" | "säkert" | "oskyddat");
    about && matches!(following, "" | "med" | "mot" | "i" | "på" | "för" | "som" | "utan" | "är")
}
