//! Norwegian, as Bokmål.

use super::nordic::Nordic;
use crate::locale::Language;

pub(super) static GRAMMAR: Nordic = Nordic { language: Language::Norwegian, has_years_with_preposition: true, is_other_word: |_| false };
