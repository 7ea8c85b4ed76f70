//! One incident with everything that was said.

use std::collections::HashMap;

use contract::{ids::IncidentId, staff::StaffRight};
use uuid::Uuid;

use super::{Incident, Row, Update, state};
use crate::{Deps, Result, actor::StaffActor};

/// The newest update first.
pub async fn get(staff: &StaffActor, deps: &Deps, incident: IncidentId) -> Result<(Incident, Vec<Update>)> {
    staff.require(StaffRight::IncidentsRead)?;
    let mut transaction = staff.begin_reading(deps).await?;
    let row = sqlx::query_as!(
        Row,
        "select id, kind, state, title, starts_at, ends_at, updated_at, resolved_at, archived_at from incidents where id = $1",
        incident.0,
    )
    .fetch_optional(&mut *transaction)
    .await?
    .ok_or(contract::Error::NotFound)?;
    let names: HashMap<Uuid, String> = sqlx::query!(
        "select distinct w.id, w.name from incident_updates u join users w on w.id = u.written_by where u.incident_id = $1",
        incident.0,
    )
    .fetch_all(&mut *transaction)
    .await?
    .into_iter()
    .map(|row| (row.id, row.name))
    .collect();
    let updates = sqlx::query!(
        "select state, text, written_by, written_at from incident_updates where incident_id = $1 \
         order by written_at desc, id desc",
        incident.0,
    )
    .fetch_all(&mut *transaction)
    .await?
    .into_iter()
    .map(|row| {
        Ok(Update {
            state: state(&row.state)?,
            text: row.text,
            written_at: row.written_at,
            by: names.get(&row.written_by).cloned().unwrap_or_default(),
        })
    })
    .collect::<Result<_>>()?;
    Ok((row.try_into()?, updates))
}
