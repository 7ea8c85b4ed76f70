//! Who of the staff is in an organization at this moment, or about to be: what every member is told on every page.

use chrono::{DateTime, Utc};
use contract::support::{SupportScope, SupportState};

use super::model;
use crate::{
    Deps, Result,
    actor::OrgActor,
    database::{Mode, end_of_reading},
};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Present {
    pub operator_name: String,
    pub scope: SupportScope,
    pub until: DateTime<Utc>,
}

/// For everybody inside, whatever their rights.
pub async fn present(org: &OrgActor, deps: &Deps) -> Result<Vec<Present>> {
    let (user, tenant) = (org.user().id(), org.tenant().id);
    let mut transaction = deps
        .database
        .begin_for_tenant(user, tenant, org.reach(), Mode::Reading)
        .await?;
    let rows = sqlx::query!(
        r#"select u.name, s.areas, s.may_write, s.expires_at as "until!"
        from support_sessions s join users u on u.id = s.operator_id
        where s.tenant_id = $1 and s.state in ('handoff_pending', 'active') and s.expires_at > $2
            and (s.state = $3 or s.handoff_expires_at > $2)
        order by s.created_at, s.id"#,
        tenant.0,
        deps.now(),
        SupportState::Active.key(),
    )
    .fetch_all(&mut *transaction)
    .await?;
    end_of_reading(transaction);
    rows.into_iter()
        .map(|row| {
            Ok(Present {
                operator_name: row.name,
                scope: model::scope(&row.areas, row.may_write)?,
                until: row.until,
            })
        })
        .collect()
}
