//! A document that is set again and again while it is written: at once with the corrections that the last setting had, exactly when there is time.

use std::sync::Arc;

use typst_layout::PagedDocument;
use typst_svg::SvgOptions;

use super::corrections::Corrections;
use super::outlined::outlined;
use super::world::ReportWorld;
use super::{PdfInput, PdfProblem, setting};

/// The pages as they were set last, and what was corrected on them.
#[derive(Clone, Default)]
pub struct Preview {
    corrections: Corrections,
    pages: Option<Arc<PagedDocument>>,
}

/// A page by what is printed on it, and its size in points.
#[derive(Debug, Clone, PartialEq)]
pub struct SheetSize {
    pub hash: String,
    pub width: f64,
    pub height: f64,
}

impl Preview {
    /// Sets a document once, corrected as the last one was.
    ///
    /// # Errors
    /// What Typst refuses.
    pub fn set(&mut self, input: &PdfInput<'_>) -> Result<(), Vec<PdfProblem>> {
        let world = ReportWorld::new(input, self.corrections.clone())?;
        let pages = setting::set_at_once(&world, self.pages.as_deref())?;
        self.pages = Some(Arc::new(pages));
        Ok(())
    }

    /// Sets a document as [`super::render`] does, unless `stop` says between two layouts that another is waiting.
    ///
    /// # Errors
    /// As for [`super::render`]; none where it was stopped.
    pub fn set_exactly(&mut self, input: &PdfInput<'_>, stop: &dyn Fn() -> bool) -> Result<(), Vec<PdfProblem>> {
        let mut world = ReportWorld::new(input, Corrections::default())?;
        let pages = setting::set_unless(&mut world, stop)?;
        let corrections = world.corrections().clone();
        *self = Self { corrections, pages: Some(Arc::new(pages)) };
        Ok(())
    }

    /// How many pages are set.
    #[must_use]
    pub fn count(&self) -> usize {
        self.pages.as_ref().map_or(0, |document| document.pages().len())
    }

    /// The pages that are set.
    #[must_use]
    pub fn sheets(&self) -> Vec<SheetSize> {
        let pages = self.pages.iter().flat_map(|document| document.pages());
        let sheet = |page: &typst_layout::Page| SheetSize {
            hash: format!("{:032x}", typst::utils::hash128(page)),
            width: page.frame.width().to_pt(),
            height: page.frame.height().to_pt(),
        };
        pages.map(sheet).collect()
    }

    /// A page as a picture.
    #[must_use]
    pub fn svg(&self, page: usize) -> Option<String> {
        let page = self.pages.as_ref()?.pages().get(page)?;
        Some(outlined(typst_svg::svg(page, &SvgOptions::default())))
    }
}
