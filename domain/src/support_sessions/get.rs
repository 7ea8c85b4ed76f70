//! One support session, what was done in it, and what keeps the one who asks from coming in.

use contract::{ids::SupportSessionId, staff::StaffRight, support::SupportObstacle};

use super::{
    hand_off,
    model::{Detail, acts_of, sessions},
};
use crate::{Deps, Result, actor::StaffActor};

#[derive(Debug, Clone)]
pub struct Found {
    pub detail: Detail,
    /// For who may come in at all.
    pub obstacle: Option<SupportObstacle>,
}

pub async fn get(staff: &StaffActor, deps: &Deps, session: SupportSessionId) -> Result<Found> {
    staff.require(StaffRight::VisitsRead)?;
    let now = deps.now();
    let mut transaction = staff.begin_reading(deps).await?;
    let row = sessions!("where s.id = $1", session.0)
        .fetch_optional(&mut *transaction)
        .await?
        .ok_or(contract::Error::NotFound)?;
    let found = row.session(now)?;
    let obstacle = if staff.may(StaffRight::Support) {
        hand_off::look(&mut transaction, staff.id(), session, now).await?
    } else {
        Some(SupportObstacle::NotOpen)
    };
    let acts = acts_of(&mut transaction, &found, now).await?;
    Ok(Found {
        detail: Detail {
            session: found,
            acts: Some(acts),
        },
        obstacle,
    })
}

/// Where the organization is found, while it is there.
pub async fn slug(staff: &StaffActor, deps: &Deps, session: SupportSessionId) -> Result<Option<String>> {
    staff.require(StaffRight::VisitsRead)?;
    let mut transaction = staff.begin_reading(deps).await?;
    let slug = sqlx::query_scalar!(
        r#"select t.slug::text as "slug!" from support_sessions s join tenants t on t.id = s.tenant_id where s.id = $1"#,
        session.0,
    )
    .fetch_optional(&mut *transaction)
    .await?;
    Ok(slug)
}
