//! What is asked for or offered, as it comes in.

use contract::{
    Error, FieldCode,
    error::{Check, Result},
    ids::SupportSessionId,
    support::{SupportArea, SupportHours, SupportScope},
    text::{VisitReason, VisitTicket},
};
use domain::support_sessions::Asked;

/// What may be done, by the names that forms use.
pub const READ: &str = "read";
pub const WRITE: &str = "write";

/// What is none names nothing.
pub fn session_id(text: &str) -> Result<SupportSessionId> {
    text.parse().map_err(|_| Error::NotFound)
}

pub fn hours(text: &str) -> Result<SupportHours, FieldCode> {
    text.parse()
        .ok()
        .and_then(SupportHours::new)
        .ok_or(FieldCode::Malformed)
}

pub fn asked(areas: &[String], mode: &str, length: &str, reason: &str, ticket: &str) -> Result<Asked> {
    let mut check = Check::default();
    let known: Vec<_> = areas.iter().filter_map(|key| SupportArea::from_key(key)).collect();
    let scope = if known.len() == areas.len() {
        SupportScope::new(&known, mode == WRITE).ok_or(FieldCode::Required)
    } else {
        Err(FieldCode::Malformed)
    };
    let scope = check.field("areas", scope);
    let known_mode = [READ, WRITE].contains(&mode).then_some(()).ok_or(FieldCode::Malformed);
    let mode = check.field("mode", known_mode);
    let hours = check.field("hours", hours(length));
    let reason = check.field("reason", VisitReason::parse(reason));
    let ticket = check.field("ticket", VisitTicket::parse(ticket));
    let values = scope.zip(mode).zip(hours).zip(reason).zip(ticket);
    let ((((scope, ()), hours), reason), ticket) = check.done(values)?;
    Ok(Asked {
        scope,
        hours,
        reason,
        ticket,
    })
}
