//! A member lets support in without being asked.

use contract::{
    iam::Permission,
    ids::SupportSessionId,
    support::{SupportPolicy, SupportState},
};
use serde_json::json;

use super::{
    end,
    model::{Asked, keys},
    policy,
};
use crate::{
    Deps, Result,
    actor::OrgActor,
    audit::Action,
    jobs::{self, end_support_sessions::EndSupportSessions},
    standing,
};

/// How many offers wait to be taken up at once.
const OPEN_AT_ONCE: i64 = 5;

#[derive(Debug, PartialEq, Eq)]
pub enum Offered {
    Open(SupportSessionId),
    /// The organization has decided that support never comes in.
    PolicyNever,
    /// There are as many that nobody has taken up as there can be.
    Enough,
}

/// For whoever of the staff takes it up first, and with the member's own rights at most. Also where the organization is not paid
/// for: that may be what help is wanted with.
pub async fn offer(org: &OrgActor, deps: &Deps, asked: &Asked) -> Result<Offered> {
    org.require_relief(Permission::TenantUpdate)?;
    org.require_own_hands()?;
    let (session, now): (SupportSessionId, _) = (deps.id(), deps.now());
    let mut transaction = org.begin(deps).await?;
    standing::hold_for_relief(&mut transaction, org, Permission::TenantUpdate).await?;
    if policy::read(&mut transaction, org.tenant().id).await? == SupportPolicy::Never {
        transaction.rollback().await?;
        return Ok(Offered::PolicyNever);
    }
    let open = sqlx::query_scalar!(
        r#"select count(*) as "open!" from support_sessions
        where tenant_id = $1 and offered and state = $2 and expires_at > $3"#,
        org.tenant().id.0,
        SupportState::Approved.key(),
        now,
    )
    .fetch_one(&mut *transaction)
    .await?;
    if open >= OPEN_AT_ONCE {
        transaction.rollback().await?;
        return Ok(Offered::Enough);
    }
    let length = end::length(asked.hours);
    sqlx::query!(
        "insert into support_sessions
            (id, tenant_id, organization, state, areas, may_write, hours, offered, reason, ticket, host_id, created_at, granted_at,
                expires_at)
        values ($1, $2, $3, $4, $5, $6, $7, true, $8, nullif($9, ''), $10, $11, $11, $12)",
        session.0,
        org.tenant().id.0,
        org.tenant().name,
        SupportState::Approved.key(),
        &keys(&asked.scope),
        asked.scope.may_write(),
        i16::from(asked.hours.get()),
        asked.reason.as_str(),
        asked.ticket.as_str(),
        org.user().id().0,
        now,
        now + length,
    )
    .execute(&mut *transaction)
    .await?;
    let key = format!("end_support_session:{session}");
    jobs::enqueue_after(&mut transaction, &EndSupportSessions {}, Some(&key), length).await?;
    org.audit(Action::SupportOffered)
        .subject(session.0)
        .after(json!({
            "areas": keys(&asked.scope), "mode": asked.scope.mode().key(), "hours": asked.hours.get(),
            "reason": asked.reason.as_str(), "ticket": asked.ticket.as_str(), "expires_at": now + length,
        }))
        .write(&mut transaction, deps)
        .await?;
    transaction.commit().await?;
    Ok(Offered::Open(session))
}
