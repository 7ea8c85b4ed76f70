//! What the forms send, read strictly.

use chrono::{DateTime, Utc};
use contract::{
    Error, FieldCode,
    error::{Check, Result},
    ids::IncidentId,
    incident::{IncidentKind, IncidentState},
    text::{IncidentText, IncidentTitle},
};
use domain::incidents::{correct::Correction, create::NewIncident};

use crate::format::Formatter;

pub fn incident_id(text: &str) -> Result<IncidentId> {
    text.parse().map_err(|_| Error::NotFound)
}

pub fn new_incident(
    formatter: Formatter,
    kind: &str,
    title: &str,
    text: &str,
    starts: Option<&str>,
    ends: Option<&str>,
) -> Result<NewIncident> {
    let mut check = Check::default();
    let kind = check.field("kind", IncidentKind::from_key(kind).ok_or(FieldCode::Required));
    let title = check.field("title", IncidentTitle::parse(title));
    let text = check.field("text", IncidentText::parse(text));
    let starts_at = check.field("starts", formatter.instant(starts));
    let ends_at = check.field("ends", formatter.instant(ends));
    let values = (|| Some((kind?, title?, text?, starts_at?, ends_at?)))();
    let (kind, title, text, starts_at, ends_at) = check.done(values)?;
    Ok(NewIncident {
        kind,
        title,
        text,
        starts_at,
        ends_at,
    })
}

pub fn correction(
    formatter: Formatter,
    seen: &str,
    title: &str,
    starts: Option<&str>,
    ends: Option<&str>,
) -> Result<Correction> {
    let mut check = Check::default();
    let seen = DateTime::parse_from_rfc3339(seen).map_err(|_| FieldCode::Malformed);
    let seen = check.field("form", seen);
    let title = check.field("title", IncidentTitle::parse(title));
    let starts_at = check.field("starts", formatter.instant(starts));
    let ends_at = check.field("ends", formatter.instant(ends));
    let values = (|| Some((seen?, title?, starts_at?, ends_at?)))();
    let (seen, title, starts_at, ends_at) = check.done(values)?;
    Ok(Correction {
        seen: seen.with_timezone(&Utc),
        title,
        starts_at,
        ends_at,
    })
}

pub fn update(state: &str, text: &str) -> Result<(IncidentState, IncidentText)> {
    let mut check = Check::default();
    let state = check.field("state", IncidentState::from_key(state).ok_or(FieldCode::Required));
    let text = check.field("text", IncidentText::parse(text));
    check.done(state.zip(text))
}
