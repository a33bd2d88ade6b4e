//! Mends what is certain: replaces the bytes that a finding's fix names.

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, Fix};
use crate::source::{SourceId, SourceMap, Span};

/// A file before and after.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mended {
    pub path: String,
    pub before: String,
    pub after: String,
    /// How many places were mended.
    pub count: usize,
}

/// The files that the fixes of some findings change. Of two fixes that overlap the first stands.
#[must_use]
pub fn mend<'a>(diagnostics: impl IntoIterator<Item = &'a Diagnostic>, sources: &SourceMap) -> Vec<Mended> {
    mended(diagnostics.into_iter().filter_map(|diagnostic| diagnostic.fix.as_ref()), sources)
}

/// The files that some fixes change.
#[must_use]
pub fn mended<'a>(fixes: impl IntoIterator<Item = &'a Fix>, sources: &SourceMap) -> Vec<Mended> {
    let mut by_file: BTreeMap<SourceId, Vec<&Fix>> = BTreeMap::new();
    for fix in fixes {
        by_file.entry(fix.span.source).or_default().push(fix);
    }
    let mut by_file: Vec<_> = by_file.into_iter().collect();
    by_file.sort_by_key(|(file, _)| sources.order(Span::new(*file, 0, 0)));
    let mut out = Vec::new();
    for (file, mut fixes) in by_file {
        fixes.sort_by_key(|fix| (fix.span.start, fix.span.end));
        let source = sources.get(file);
        let mut after = String::with_capacity(source.text.len());
        let mut at = 0;
        let mut count = 0;
        for fix in fixes {
            let (start, end) = (fix.span.start as usize, fix.span.end as usize);
            let Some(kept) = source.text.get(at..start) else { continue };
            if source.text.get(start..end).is_none() {
                continue;
            }
            after.push_str(kept);
            after.push_str(&fix.replacement);
            at = end;
            count += 1;
        }
        after.push_str(source.text.get(at..).unwrap_or_default());
        if after != *source.text {
            out.push(Mended { path: source.path.clone(), before: source.text.to_string(), after, count });
        }
    }
    out
}
