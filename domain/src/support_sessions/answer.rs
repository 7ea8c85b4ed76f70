//! A member answers who asks to be let in.

use contract::{iam::Permission, ids::SupportSessionId, support::SupportHours};
use serde_json::json;

use super::{
    end::{self, Ending},
    machine::Event,
};
use crate::{
    Deps, Result,
    actor::OrgActor,
    audit::Action,
    jobs::{self, end_support_sessions::EndSupportSessions},
    standing,
};

/// For as long as the member says, whatever was asked for, from now on. What was answered already, or has lapsed, is a conflict.
pub async fn approve(org: &OrgActor, deps: &Deps, session: SupportSessionId, hours: SupportHours) -> Result<()> {
    org.require_relief(Permission::TenantUpdate)?;
    org.require_own_hands()?;
    let (now, length) = (deps.now(), end::length(hours));
    let mut transaction = org.begin(deps).await?;
    standing::hold_for_relief(&mut transaction, org, Permission::TenantUpdate).await?;
    end::find(&mut transaction, org, session).await?;
    let approved = sqlx::query!(
        "update support_sessions
        set state = $3, hours = $4, host_id = $5, granted_at = $6, expires_at = $7
        where id = $1 and tenant_id = $2 and state = any($8) and answer_by > $6
        returning operator_id",
        session.0,
        org.tenant().id.0,
        Event::Approve.target().key(),
        i16::from(hours.get()),
        org.user().id().0,
        now,
        now + length,
        &Event::Approve.sources(),
    )
    .fetch_optional(&mut *transaction)
    .await?
    .ok_or(contract::Error::Conflict)?;
    let key = format!("end_support_session:{session}");
    jobs::enqueue_after(&mut transaction, &EndSupportSessions {}, Some(&key), length).await?;
    org.audit(Action::SupportApproved)
        .subject(session.0)
        .after(json!({ "operator_id": approved.operator_id, "hours": hours.get(), "expires_at": now + length }))
        .write(&mut transaction, deps)
        .await?;
    transaction.commit().await?;
    Ok(())
}

pub async fn deny(org: &OrgActor, deps: &Deps, session: SupportSessionId) -> Result<()> {
    org.require_relief(Permission::TenantUpdate)?;
    org.require_own_hands()?;
    let mut transaction = org.begin(deps).await?;
    standing::hold_for_relief(&mut transaction, org, Permission::TenantUpdate).await?;
    end::find(&mut transaction, org, session).await?;
    let closed = end::end(&mut transaction, deps, Ending::inside(session, Event::Deny, org))
        .await?
        .ok_or(contract::Error::Conflict)?;
    end::enqueue_record(&mut transaction, session).await?;
    closed
        .record_inside(&mut transaction, deps, org.user().request())
        .await?;
    transaction.commit().await?;
    Ok(())
}
