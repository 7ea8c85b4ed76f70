//! Faults of ours that people met: kept for a while, so that staff see what a customer got and did not report.
//!
//! They are written by the edge, behind its answer, and read with what else went wrong for an organization
//! ([`crate::customers::organizations`]). What went wrong inside stands in the log, under the request's id.

pub mod forget;
pub mod record;
