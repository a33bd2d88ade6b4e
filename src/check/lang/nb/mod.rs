//! Norwegian, as Bokmål.

use super::nordic::Nordic;
use crate::locale::Language;

pub(super) static GRAMMAR: Nordic = Nordic { language: Language::Norwegian, is_other_word: |_| false };
