//! The rules, one a file, in the order of their codes. A new one is a file here and a line in [`RULES`].

pub mod evi001;
pub mod evi002;
pub mod evi003;
pub mod evi004;
pub mod evi005;
pub mod evi006;
pub mod evi007;
pub mod evi008;
pub mod evi009;
pub mod evi010;
pub mod evi011;
pub mod lan001;
pub mod lan002;
pub mod lan003;
pub mod lan004;
pub mod lan005;
pub mod nam001;
pub mod nam002;
pub mod ref011;
pub mod ref012;
pub mod ref013;
pub mod ref014;
pub mod tab011;
pub mod tab012;
pub mod tab013;
pub mod tab014;
pub mod tab015;

use super::rule::Rule;

/// Every rule.
pub const RULES: &[&Rule] = &[
    &evi001::RULE,
    &evi002::RULE,
    &evi003::RULE,
    &evi004::RULE,
    &evi005::RULE,
    &evi006::RULE,
    &evi007::RULE,
    &evi008::RULE,
    &evi009::RULE,
    &evi010::RULE,
    &evi011::RULE,
    &lan001::RULE,
    &lan002::RULE,
    &lan003::RULE,
    &lan004::RULE,
    &lan005::RULE,
    &nam001::RULE,
    &nam002::RULE,
    &ref011::RULE,
    &ref012::RULE,
    &ref013::RULE,
    &ref014::RULE,
    &tab011::RULE,
    &tab012::RULE,
    &tab013::RULE,
    &tab014::RULE,
    &tab015::RULE,
];
