//! For this package's own benchmarks, mutated inputs and tests, which look into the program where a session does not: no promise is made
//! of anything in here. Each name says who uses it.

/// The starters that mutated inputs begin with.
pub use crate::begin::starter;
/// What the checks would mend, for mutated inputs.
pub use crate::check::fix::mend;
/// The checks alone, for `benches/report`.
pub use crate::check::{Input, Scope, run as run_checks};
/// The register of rules, for the corpus.
pub use crate::check::{RULES, markdown as rules_page};
/// States that must equal themselves, for mutated inputs.
pub use crate::compare::{State, compare};
/// What a session is made of, for the parts that are measured and mutated one by one.
pub use crate::load::Library;
/// Workbooks read back as authors' are, for the tests of those that a build writes.
pub use crate::load::sheet;
pub use crate::locale::Language;
pub use crate::model::DocumentKind;
pub use crate::pipeline::{
    Prepared, Purpose, Ready, Toolbox, Workshop, prepare, prepare_after, render as render_files,
};
/// Published versions that are forged, for mutated inputs and for the tests of attacks.
pub use crate::publish::ledgers::Ledgers;
pub use crate::publish::{release, restore, stage, verify};
/// The outputs one by one, for `benches/report` and mutated inputs.
pub use crate::render::{data, html, pdf};
/// Hashes as records and manifests have them.
pub use crate::system::sha256;
pub use crate::versions::{heads, ledger, signature};
