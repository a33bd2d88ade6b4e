//! How a document is set. Whatever is looked up on pages, numbers of pages and places of links, is known only when they are set, as is what must
//! be corrected on them: so a document is laid out again, with both as they were on its last pages, until neither changes.

use std::sync::Arc;

use typst::World;
use typst::comemo::{Constraint, Track as _};
use typst::diag::{SourceDiagnostic, SourceResult, Warned};
use typst::ecow::{EcoVec, eco_vec};
use typst::engine::{Engine, Route, Sink, Traced};
use typst::foundations::{Output as _, StyleChain, Target, TargetElem};
use typst::introspection::{EmptyIntrospector, Introspector};
use typst::syntax::Span;
use typst::utils::Protected;
use typst_layout::{PagedDocument, PagedIntrospector};

use super::corrections::Corrections;
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

/// Lays a document out once, as another that was much the same was corrected and laid out.
///
/// # Errors
/// All that Typst refuses at once.
pub(super) fn set_at_once(
    world: &mut ReportWorld<'_>,
    corrections: Corrections,
    last: Option<&PagedDocument>,
) -> Result<PagedDocument, Vec<PdfProblem>> {
    world.take(corrections)?;
    let known = last.map(|pages| &**pages.introspector());
    lay_out(world, known).map(|laid| laid.pages).map_err(|errors| problems(world, &errors))
}

/// As [`set`], unless `stop` says between two layouts that nobody waits for it.
///
/// # Errors
/// As for [`set`]; none where it was stopped.
pub(super) fn set_unless(
    world: &mut ReportWorld<'_>,
    stop: &dyn Fn() -> bool,
) -> Result<PagedDocument, Vec<PdfProblem>> {
    let mut known: Option<Arc<PagedIntrospector>> = None;
    for left in (0..LAYOUTS).rev() {
        let laid = lay_out(world, known.as_deref()).map_err(|errors| problems(world, &errors))?;
        if stop() {
            return Err(Vec::new());
        }
        if left > LOOKED_UP && world.correct(&proof::sheets(&laid.pages))? {
            // Page numbers are not looked up anew until the pages are right: each would have its paragraph set again.
            known.get_or_insert_with(|| laid.pages.introspector().clone());
            continue;
        }
        if laid.settled {
            return if laid.refused.is_empty() { Ok(laid.pages) } else { Err(problems(world, &laid.refused)) };
        }
        known = Some(laid.pages.introspector().clone());
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

/// Pages that are laid out.
struct Laid {
    pages: PagedDocument,
    /// Whether all that was looked up is so on them.
    settled: bool,
    /// Errors that may yet go away when more is known, and warnings.
    refused: EcoVec<SourceDiagnostic>,
}

/// Lays the document out, with what is `known` of its pages.
fn lay_out(world: &ReportWorld<'_>, known: Option<&PagedIntrospector>) -> SourceResult<Laid> {
    let (world, library): (&dyn World, _) = (world, world.library());
    let (tracked, traced) = (world.track(), Traced::default());
    let mut sink = Sink::new();
    let main = world
        .source(world.main())
        .map_err(|error| eco_vec![SourceDiagnostic::error(Span::detached(), error.to_string())])?;
    let route = Route::default();
    let module = typst_eval::eval(tracked, library, traced.track(), sink.track_mut(), route.track(), &main)?;
    let known: &dyn Introspector = known.map_or(&EmptyIntrospector, |known| known);
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
