//! The way in: an opaque ticket, good once and for a minute, for the one who may come in.

use chrono::{DateTime, Utc};
use contract::{
    ids::{SupportSessionId, UserId},
    staff::StaffRight,
    support::{SupportObstacle, SupportState},
};

use super::{machine::Event, model::HANDOFF};
use crate::{
    Deps, OnConstraint, Result,
    actor::StaffActor,
    database::Transaction,
    jobs::{self, end_support_sessions::EndSupportSessions},
    random::Secret,
};

#[derive(Debug)]
pub enum HandedOff {
    /// Stored only as a hash. It is sent back by a form, and stands in no address.
    Ticket(Secret),
    Refused(SupportObstacle),
}

/// With a second factor that was proven a moment ago. An offer is theirs from here on who takes it up first. What was drawn
/// before leads nowhere any more, and neither does the session in which they were in.
pub async fn hand_off(staff: &StaffActor, deps: &Deps, session: SupportSessionId) -> Result<HandedOff> {
    staff.require(StaffRight::Support)?;
    staff.require_fresh_factor(deps)?;
    let (ticket, now) = (deps.secret(), deps.now());
    let mut transaction = staff.begin(deps).await?;
    if let Some(obstacle) = look(&mut transaction, staff.id(), session, now).await? {
        return Ok(HandedOff::Refused(obstacle));
    }
    let handed = sqlx::query!(
        "update support_sessions
        set state = $3, operator_id = $2, handoff_hash = $4, handoff_expires_at = $5, token_hash = null
        where id = $1 and state = any($6) and expires_at > $7
            and (operator_id is null or operator_id = $2
                or (offered and entered_at is null and handoff_expires_at <= $7))",
        session.0,
        staff.id().0,
        Event::HandOff.target().key(),
        &ticket.hash()[..],
        now + HANDOFF,
        &Event::HandOff.sources(),
        now,
    )
    .execute(&mut *transaction)
    .await
    .on_constraint("support_sessions_open_key", || contract::Error::Conflict);
    let handed = match handed {
        Err(crate::Error::Refused(contract::Error::Conflict)) => {
            transaction.rollback().await?;
            return Ok(HandedOff::Refused(SupportObstacle::AlreadyAsked));
        }
        other => other?,
    };
    if handed.rows_affected() == 0 {
        transaction.rollback().await?;
        return Ok(HandedOff::Refused(SupportObstacle::NotOpen));
    }
    let key = format!("missed_support_session:{session}");
    jobs::enqueue_after(&mut transaction, &EndSupportSessions {}, Some(&key), HANDOFF).await?;
    transaction.commit().await?;
    Ok(HandedOff::Ticket(ticket))
}

/// What keeps somebody from coming in. What there is no trace of is not found.
pub(super) async fn look(
    transaction: &mut Transaction,
    operator: UserId,
    session: SupportSessionId,
    now: DateTime<Utc>,
) -> Result<Option<SupportObstacle>> {
    let row = sqlx::query!(
        r#"select (
                s.state = any($4) and s.expires_at > $3
                and (s.operator_id is null or s.operator_id = $2
                    or (s.offered and s.entered_at is null and s.state = $5 and s.handoff_expires_at <= $3))
            ) as "open?",
            exists (
                select from tenants t where t.id = s.tenant_id and t.deleted_at is null and t.status in ('active', 'suspended')
            ) as "there!",
            exists (
                select from tenant_members m join users u on u.id = m.user_id
                where m.tenant_id = s.tenant_id and m.user_id = s.host_id and m.status = 'active'
                    and u.status = 'active' and u.deleted_at is null
            ) as "host!",
            (exists (
                select from support_sessions o
                where o.operator_id = $2 and o.id <> s.id and o.state = 'active' and o.expires_at > $3
            ) or exists (
                select from platform_impersonation_sessions v
                where v.operator_id = $2 and v.ended_at is null and v.expires_at > $3
            )) as "inside!"
        from support_sessions s where s.id = $1"#,
        session.0,
        operator.0,
        now,
        &Event::HandOff.sources(),
        SupportState::HandoffPending.key(),
    )
    .fetch_optional(&mut **transaction)
    .await?
    .ok_or(contract::Error::NotFound)?;
    Ok(if !row.open.unwrap_or_default() {
        Some(SupportObstacle::NotOpen)
    } else if !row.there {
        Some(SupportObstacle::OrganizationGone)
    } else if !row.host {
        Some(SupportObstacle::HostGone)
    } else if row.inside {
        Some(SupportObstacle::AlreadyInside)
    } else {
        None
    })
}
