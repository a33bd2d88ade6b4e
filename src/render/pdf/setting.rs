//! How a document is set. Whatever is looked up on pages, numbers of pages and places of links, is known only when they are set, as is what must
//! be corrected on them: so a document is laid out again, with both as they were on its last pages, until neither changes.

use std::sync::Arc;

use typst::World;
use typst::comemo::{Constraint, Track as _};
use typst::diag::{SourceDiagnostic, SourceResult, Warned};
use typst::ecow::{EcoVec, eco_vec};
use typst::engine::{Engine, Route, Sink, Traced};
use typst::foundations::{Output as _, StyleChain, Target, TargetElem};
use typst::introspection::Introspector;
use typst::syntax::Span;
use typst::utils::Protected;
use typst_layout::{PagedDocument, PagedIntrospector};

use super::presumed::Presumed;
use super::world::ReportWorld;
use super::{PdfProblem, problems, proof};

/// How often a document is laid out at most before Typst is asked what does not settle.
const LAYOUTS: usize = 30;

/// How many of these are for what is looked up, after all corrections.
const LOOKED_UP: usize = 5;

/// Pages without holes.
///
/// # Errors
/// All that Typst refuses or warns of.
pub(super) fn set(world: &mut ReportWorld<'_>) -> Result<PagedDocument, Vec<PdfProblem>> {
    set_unless(world, &|| false)
}

/// Lays a document out once, with what is looked up as it was on the pages of another that was much the same.
///
/// # Errors
/// All that Typst refuses at once.
pub(super) fn set_at_once(
    world: &ReportWorld<'_>,
    last: Option<&PagedDocument>,
) -> Result<PagedDocument, Vec<PdfProblem>> {
    let known = last.map(|pages| Arc::clone(pages.introspector()));
    Known::new(known, world).lay_out(world).map(|laid| laid.pages).map_err(|errors| problems(world, &errors))
}

/// As [`set`], unless `stop` says between two layouts that nobody waits for it.
///
/// # Errors
/// As for [`set`]; none where it was stopped.
pub(super) fn set_unless(
    world: &mut ReportWorld<'_>,
    stop: &dyn Fn() -> bool,
) -> Result<PagedDocument, Vec<PdfProblem>> {
    let mut known = Known::new(None, world);
    for left in (0..LAYOUTS).rev() {
        let laid = known.lay_out(world).map_err(|errors| problems(world, &errors))?;
        if stop() {
            return Err(Vec::new());
        }
        // Nothing is looked up until the pages are right: each link would have its paragraph set again, and once more where its page has moved.
        if left > LOOKED_UP && world.correct(&proof::sheets(&laid.pages))? {
            continue;
        }
        if laid.settled {
            return if laid.refused.is_empty() { Ok(laid.pages) } else { Err(problems(world, &laid.refused)) };
        }
        known = Known::new(Some(Arc::clone(laid.pages.introspector())), world);
    }
    let Warned { output, warnings } = typst::compile(world);
    match output {
        Ok(pages) if warnings.is_empty() => Ok(pages),
        output => {
            let errors = output.err().into_iter().flatten();
            Err(problems(world, &errors.chain(warnings).collect::<EcoVec<_>>()))
        }
    }
}

/// What is known of pages when they are laid out.
enum Known {
    /// All of them, as they were last.
    Pages(Arc<PagedIntrospector>),
    /// What may be presumed.
    Presumed(Presumed),
}

impl Known {
    fn new(pages: Option<Arc<PagedIntrospector>>, world: &ReportWorld<'_>) -> Self {
        pages.map_or_else(|| Self::Presumed(Presumed::new(world.contents())), Self::Pages)
    }

    /// Lays the document out with what is known.
    fn lay_out(&mut self, world: &ReportWorld<'_>) -> SourceResult<Laid> {
        let laid = lay_out(world, self.introspector());
        match self {
            // Templates of a workspace's own may ask more of a heading than can be presumed.
            Self::Presumed(presumed) if laid.is_err() && presumed.has_headings() => {
                presumed.forget_headings();
                lay_out(world, presumed)
            }
            _ => laid,
        }
    }

    fn introspector(&self) -> &dyn Introspector {
        match self {
            Self::Pages(pages) => &**pages,
            Self::Presumed(presumed) => presumed,
        }
    }
}

/// Pages that are laid out.
struct Laid {
    pages: PagedDocument,
    /// Whether all that was looked up is so on them.
    settled: bool,
    /// Errors that may yet go away when more is known, and warnings.
    refused: EcoVec<SourceDiagnostic>,
}

/// Lays the document out, with what is `known` of its pages.
fn lay_out(world: &ReportWorld<'_>, known: &dyn Introspector) -> SourceResult<Laid> {
    let (world, library): (&dyn World, _) = (world, world.library());
    let (tracked, traced) = (world.track(), Traced::default());
    let mut sink = Sink::new();
    let main = world
        .source(world.main())
        .map_err(|error| eco_vec![SourceDiagnostic::error(Span::detached(), error.to_string())])?;
    let route = Route::default();
    let module = typst_eval::eval(tracked, library, traced.track(), sink.track_mut(), route.track(), &main)?;
    let looked_up = Constraint::new();
    let mut engine = Engine {
        library,
        world: tracked,
        introspector: Protected::new(known.track_with(&looked_up)),
        traced: traced.track(),
        sink: sink.track_mut(),
        route,
    };
    let target = TargetElem::target.set(Target::Paged).wrap();
    let base = StyleChain::new(&library.styles);
    let pages = PagedDocument::create(&mut engine, &module.content(), base.chain(&target))?;
    let found: &dyn Introspector = pages.introspector().as_ref();
    let settled = looked_up.validate(found);
    let mut refused = sink.delayed();
    refused.extend(sink.warnings());
    Ok(Laid { pages, settled, refused })
}
