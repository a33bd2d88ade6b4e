//! What was read for one report and serves the next, and the next reading of the same: parsed once while the bytes are the same.

use std::sync::Arc;

use crate::diagnostic::Sink;
use crate::document::geography::Geography;
use crate::locale::Language;
use crate::model::{Laid, Parameter, Reliance, Report, ReportRow, Workspace};
use crate::shelf::Shelf;
use crate::source::{SourceId, Text};
use crate::system::{Bytes, Hash};

use super::map;
use super::picture::{self, Facts, Refusal};
use super::sheet::{self, Format, Opened, Wanted};

/// What a file says, and what is wrong with it.
type Parsed<T> = Arc<(T, Sink)>;

/// A `report.yaml`, the language of reports that do not say theirs, the row that it is read for, and what it is a translation of.
type ReportKey = (SourceId, Language, Option<ReportRow>, Option<OriginalKey>);

/// The `report.yaml` of the original of a translation, and the row that it is read for.
type OriginalKey = (SourceId, Option<ReportRow>);

/// What a `report.yaml` says; its parameters also where it is too faulty to be a report.
type ReadReport = (Option<Report>, Vec<Parameter>, Laid);

/// What a sheet is known by: the file's content and kind, and the names of the sheet and the range.
type SheetKey = (Hash, Format, [Option<String>; 2]);

/// What is kept of a run or a session. Its owner empties it of what is no longer asked for.
#[derive(Debug, Default)]
pub struct Library {
    /// `belagg.yaml`, by its content.
    pub(super) workspaces: Shelf<SourceId, Parsed<Workspace>>,
    /// Each `report.yaml`, by its content, the language of reports that do not say theirs, and the row that it is read for.
    pub(super) reports: Shelf<ReportKey, Parsed<ReadReport>>,
    /// What a `report.yaml` is a translation of, by its content.
    pub(super) translations: Shelf<SourceId, Option<Reliance>>,
    /// The file whose rows make reports, by the content of the `report.yaml` that names it.
    pub(super) each: Shelf<SourceId, Option<Text>>,
    /// The rows of such files, by the `report.yaml` that names them and their content.
    pub(super) rows: Shelf<(SourceId, Option<Hash>), Parsed<Vec<ReportRow>>>,
    /// Sheets of spreadsheets, by the file's content and kind and the names of the sheet and the range.
    sheets: Shelf<SheetKey, Arc<Opened>>,
    /// The regions of maps.
    maps: Shelf<SourceId, Result<Arc<Geography>, map::Refusal>>,
    /// By the file's content.
    pictures: Shelf<Hash, Result<Facts, Refusal>>,
}

impl Library {
    /// Takes out what was not asked for since the last `turns` calls.
    pub fn evict(&self, turns: usize) {
        self.workspaces.evict(turns);
        self.reports.evict(turns);
        self.translations.evict(turns);
        self.each.evict(turns);
        self.rows.evict(turns);
        self.sheets.evict(turns);
        self.maps.evict(turns);
        self.pictures.evict(turns);
    }

    /// A sheet of a spreadsheet.
    pub(super) fn sheet(&self, format: Format, bytes: &Bytes, wanted: Wanted<'_>) -> Arc<Opened> {
        let key = (bytes.hash(), format, [wanted.sheet, wanted.name].map(|name| name.map(str::to_owned)));
        self.sheets.get_or_make(key, || Arc::new(sheet::read(format, bytes.clone(), wanted)))
    }

    /// The regions of a map.
    pub(super) fn map(&self, source: SourceId, text: &str) -> Result<Arc<Geography>, map::Refusal> {
        self.maps.get_or_make(source, || map::read(text).map(Arc::new))
    }

    /// What the header of a picture says.
    pub(super) fn picture(&self, bytes: &Bytes) -> Result<Facts, Refusal> {
        self.pictures.get_or_make(bytes.hash(), || picture::check(bytes))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sheet_and_a_picture_are_looked_at_once_while_their_bytes_are_the_same() {
        let library = Library::default();
        let sheet = |bytes: &[u8], name| library.sheet(Format::Xlsx, &bytes.into(), Wanted { sheet: name, name: None });
        assert!(Arc::ptr_eq(&sheet(b"no sheet", None), &sheet(b"no sheet", None)));
        assert!(!Arc::ptr_eq(&sheet(b"no sheet", None), &sheet(b"another", None)));
        assert!(!Arc::ptr_eq(&sheet(b"no sheet", None), &sheet(b"no sheet", Some("Blad"))));
        let picture: &[u8] = b"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"1\" height=\"1\"/>";
        assert_eq!(library.picture(&picture.into()), picture::check(picture));
        assert_eq!(library.picture(&picture.into()), picture::check(picture));
        let kept = sheet(b"no sheet", None);
        library.evict(0);
        assert!(!Arc::ptr_eq(&kept, &sheet(b"no sheet", None)));
    }
}
