//! What people report as a problem: kept as it was told, read by staff alone, and brought to an end by them.
//!
//! Reporting is open to everybody, signed in or not, so that nothing told here is believed: a report opens no door, and changes
//! nothing but the inbox. Its organization is found by a membership and never by what the browser says.

pub mod forget;
pub mod get;
pub mod list;
pub mod look;
pub mod move_to;
pub mod screenshot;
pub mod send;
pub mod take;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
pub mod write_note;

use contract::{ids::ReportId, reports::ReportState};

use crate::{Error, Result, database::Transaction};

fn state(key: &str) -> Result<ReportState> {
    ReportState::from_key(key).ok_or_else(|| Error::fault("unknown state"))
}

/// How far it has come and who is on it, held until the transaction ends.
async fn hold(transaction: &mut Transaction, report: ReportId) -> Result<(ReportState, Option<uuid::Uuid>)> {
    let row = sqlx::query!(
        "select state, assigned_to from problem_reports where id = $1 for update",
        report.0,
    )
    .fetch_optional(&mut **transaction)
    .await?
    .ok_or(contract::Error::NotFound)?;
    Ok((state(&row.state)?, row.assigned_to))
}
