//! One support session, what was done in it, and what keeps the one who asks from coming in.

use contract::{ids::SupportSessionId, staff::StaffRight, support::SupportObstacle};

use super::{
    hand_off,
    model::{Detail, Row, acts_of},
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
    let row = sqlx::query_as!(
        Row,
        r#"select s.id, s.tenant_id, s.organization, t.slug::text as "slug?", s.state, s.areas, s.may_write, s.hours, s.offered,
            s.by_policy, s.operator_id, o.name as "operator_name?", s.host_id, h.name as "host_name?", s.reason, s.ticket,
            s.created_at, s.answer_by, s.expires_at, s.handoff_expires_at, s.entered_at, s.ended_at, b.name as "ended_by?"
        from support_sessions s
        left join tenants t on t.id = s.tenant_id
        left join users o on o.id = s.operator_id left join users h on h.id = s.host_id left join users b on b.id = s.ended_by
        where s.id = $1"#,
        session.0,
    )
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
