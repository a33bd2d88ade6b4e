//! A report that was prepared, as an author sees it while writing: its page and its pages without the files that only a publication has.

use std::collections::BTreeMap;

use crate::check;
use crate::diagnostic::Sink;
use crate::render::pdf::{PdfInput, Preview};
use crate::system::Bytes;

use super::render::{Turn, charts, check_pages, check_pictures, images, unset};
use super::{Ready, Toolbox};

/// How carefully pages are set.
#[derive(Clone, Copy)]
pub enum Stage<'a> {
    /// Once, with the corrections of the last time.
    AtOnce,
    /// As the PDF is, unless this says between two settings that another is waiting.
    Exactly(&'a dyn Fn() -> bool),
}

/// What the page loads, by the path beside it.
pub fn page_files(ready: &Ready, toolbox: &Toolbox) -> BTreeMap<String, Bytes> {
    let mut files = images(ready);
    files.extend(toolbox.assets.iter().map(|(name, bytes)| (format!("assets/{name}"), bytes.clone())));
    files.extend(charts(&ready.resolution.document).into_iter().map(|file| (file.path, file.bytes)));
    files
}

/// Sets the pages of a report that has no errors; what keeps them from being set goes to the sink. Whether they are set.
pub fn set(ready: &Ready, toolbox: &Toolbox, preview: &mut Preview, stage: Stage<'_>, sink: &mut Sink) -> bool {
    let _turn = Turn::wait(ready);
    if !check_pictures(ready, sink) {
        return false;
    }
    let input = PdfInput {
        document: &ready.resolution.document,
        template: &toolbox.pdf,
        assets: &images(ready),
        attachments: &[],
        fonts: toolbox.fonts(),
    };
    let done = match stage {
        Stage::AtOnce => preview.set(&input),
        Stage::Exactly(stop) => preview.set_exactly(&input, stop),
    };
    let done = done.map_err(|problems| sink.extend(unset(ready, problems))).is_ok();
    if done {
        let mut demands = Sink::default();
        check_pages(ready, preview.count(), &mut demands);
        check::weigh(&ready.project, &mut demands);
        sink.extend(demands);
    }
    done
}
