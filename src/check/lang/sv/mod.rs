//! Swedish.

use super::grammar::Grammar;
use super::nordic::Nordic;
use super::numeral::{Numeral, Place};
use super::{lists, numerals, pack};
use crate::locale::Language;

const LANGUAGE: Language = Language::Swedish;

pub(super) struct Swedish;

fn nordic() -> Nordic {
    Nordic { lists: lists(LANGUAGE), numerals: numerals(LANGUAGE), pack: pack(LANGUAGE) }
}

impl Grammar for Swedish {
    fn stem(&self, word: &str) -> String {
        nordic().stem(word)
    }

    fn is_same_word(&self, one: &str, other: &str) -> bool {
        nordic().is_same_word(one, other)
    }

    fn is_counted_noun(&self, word: &str) -> bool {
        nordic().is_counted_noun(word)
    }

    fn value(&self, word: &str) -> Option<i64> {
        nordic().value(word)
    }

    fn number(&self, at: Place<'_>) -> Option<Numeral> {
        if at.word() == "sex" && is_noun(at.near(-1), at.near(1)) { None } else { nordic().number(at) }
    }

    fn fraction(&self, at: Place<'_>) -> Option<Numeral> {
        nordic().fraction(at)
    }
}

/// Whether "sex" is no number: "sex och samlevnad", "prata om sex", but "en kurs om sex veckor", "grupper om sex och åtta".
fn is_noun(before: &str, following: &str) -> bool {
    if matches!(following, "och" | "eller") {
        return before == "om";
    }
    let about =
        matches!(before, "om" | "kring" | "ha" | "har" | "haft" | "köpa" | "köp" | "sälja" | "säkert" | "oskyddat");
    about && matches!(following, "" | "med" | "mot" | "i" | "på" | "för" | "som" | "utan" | "är")
}
