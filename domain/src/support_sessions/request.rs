//! Somebody of the staff asks to be let in.

use chrono::{DateTime, Utc};
use contract::{
    ids::{SupportSessionId, TenantId, UserId},
    staff::StaffRight,
    support::{SupportObstacle, SupportPolicy, SupportState},
};
use serde_json::json;

use super::{
    choice::{Choice, look},
    end,
    model::{ANSWER_WITHIN, Asked, keys},
    settle,
    tell::tell,
};
use crate::{
    Deps, OnConstraint, Result,
    actor::StaffActor,
    audit::{self, Action},
    database::Transaction,
    jobs::{self, end_support_sessions::EndSupportSessions},
    mail::SupportNews,
    staff::hold::hold_own,
};

#[derive(Debug)]
pub enum Requested {
    /// Whoever may answer is asked.
    Waiting(SupportSessionId),
    /// The organization lets in whoever only looks.
    LetIn(SupportSessionId),
    Refused(SupportObstacle),
}

/// A request of the same person that has run out is closed by it. Behind the organization's row, so that a policy that
/// changes meanwhile holds for it.
pub async fn request(staff: &StaffActor, deps: &Deps, tenant: TenantId, asked: &Asked) -> Result<Requested> {
    staff.require(StaffRight::Support)?;
    let (session, now): (SupportSessionId, _) = (deps.id(), deps.now());
    let mut transaction = staff.begin(deps).await?;
    hold_own(&mut transaction, staff, StaffRight::Support).await?;
    sqlx::query!("select id from tenants where id = $1 for share", tenant.0)
        .fetch_optional(&mut *transaction)
        .await?
        .ok_or(contract::Error::NotFound)?;
    let choice = look(&mut transaction, staff.id(), tenant, now).await?;
    if let Some(obstacle) = choice.obstacle {
        transaction.rollback().await?;
        return Ok(Requested::Refused(obstacle));
    }
    let closed = settle::run_out(&mut transaction, deps, staff.id()).await?;
    let host = choice
        .host
        .filter(|_| choice.policy == SupportPolicy::AlwaysReadOnly && !asked.scope.may_write());
    let inserted = insert(&mut transaction, session, tenant, staff.id(), &choice, host, asked, now)
        .await
        .on_constraint("support_sessions_open_key", || contract::Error::Conflict);
    match inserted {
        Err(crate::Error::Refused(contract::Error::Conflict)) => {
            transaction.rollback().await?;
            return Ok(Requested::Refused(SupportObstacle::AlreadyAsked));
        }
        other => other?,
    }
    if host.is_none() {
        tell(&mut transaction, tenant, session, SupportNews::Asked).await?;
    }
    let delay = if host.is_some() {
        end::length(asked.hours)
    } else {
        ANSWER_WITHIN
    };
    let key = format!("end_support_session:{session}");
    jobs::enqueue_after(&mut transaction, &EndSupportSessions {}, Some(&key), delay).await?;
    let details = json!({
        "organization": choice.organization,
        "areas": keys(&asked.scope),
        "mode": asked.scope.mode().key(),
        "hours": asked.hours.get(),
        "reason": asked.reason.as_str(),
        "ticket": asked.ticket.as_str(),
        "approved": host.is_some(),
    });
    let info = staff.user().request();
    let mut entries: Vec<_> = closed.iter().flat_map(|closed| closed.entries(info)).collect();
    let requested = [
        staff.audit_in(tenant, Action::SupportRequested),
        staff.audit(Action::SupportRequested),
    ];
    entries.extend(requested.map(|entry| entry.subject(session.0).after(details.clone())));
    audit::write_all(&mut transaction, deps, entries).await?;
    transaction.commit().await?;
    Ok(if host.is_some() {
        Requested::LetIn(session)
    } else {
        Requested::Waiting(session)
    })
}

#[expect(clippy::too_many_arguments, reason = "each is a column")]
async fn insert(
    transaction: &mut Transaction,
    session: SupportSessionId,
    tenant: TenantId,
    operator: UserId,
    choice: &Choice,
    host: Option<UserId>,
    asked: &Asked,
    now: DateTime<Utc>,
) -> Result<(), sqlx::Error> {
    let state = if host.is_some() {
        SupportState::AutoApproved
    } else {
        SupportState::Requested
    };
    sqlx::query!(
        "insert into support_sessions
            (id, tenant_id, organization, state, areas, may_write, hours, offered, by_policy, reason, ticket, operator_id, host_id,
                created_at, answer_by, granted_at, expires_at)
        values ($1, $2, $3, $4, $5, $6, $7, false, $8, $9, nullif($10, ''), $11, $12, $13, $14, $15, $16)",
        session.0,
        tenant.0,
        choice.organization,
        state.key(),
        &keys(&asked.scope),
        asked.scope.may_write(),
        i16::from(asked.hours.get()),
        host.is_some(),
        asked.reason.as_str(),
        asked.ticket.as_str(),
        operator.0,
        host.map(|host| host.0),
        now,
        now + ANSWER_WITHIN,
        host.map(|_| now),
        host.map(|_| now + end::length(asked.hours)),
    )
    .execute(&mut **transaction)
    .await?;
    Ok(())
}
