//! Whom an organization lets in without being asked each time.

use contract::{
    iam::Permission,
    ids::{SupportSessionId, TenantId},
    support::{SupportPolicy, SupportState},
};
use serde_json::json;

use super::{
    end::{self, Ending},
    machine::Event,
};
use crate::{Deps, Error, Result, actor::OrgActor, audit::Action, database::Transaction, standing};

pub(super) async fn read(transaction: &mut Transaction, tenant: TenantId) -> Result<SupportPolicy> {
    let key = sqlx::query_scalar!("select support_policy from tenants where id = $1", tenant.0)
        .fetch_one(&mut **transaction)
        .await?;
    SupportPolicy::from_key(&key).ok_or_else(|| Error::fault("unknown policy of support"))
}

/// Never also holds for whoever is in: they are out, and what was asked for is denied. So it can be said also where the
/// organization was suspended, and while maintenance lets nobody change anything. Who is let in by policy sees what the one sees
/// who has set it, so that setting it again takes that over.
pub async fn set(org: &OrgActor, deps: &Deps, policy: SupportPolicy) -> Result<()> {
    let tenant = org.tenant().id;
    let mut transaction = if policy == SupportPolicy::Never {
        org.require(Permission::TenantUpdate)?;
        let mut transaction = org.begin_ending(deps).await?;
        let actor = standing::hold_present(&mut transaction, org).await?;
        actor.require(Permission::TenantUpdate)?;
        transaction
    } else {
        org.require_relief(Permission::TenantUpdate)?;
        org.require_own_hands()?;
        let mut transaction = org.begin(deps).await?;
        standing::hold_for_relief(&mut transaction, org, Permission::TenantUpdate).await?;
        transaction
    };
    let before = read(&mut transaction, tenant).await?;
    sqlx::query!(
        "update tenants set support_policy = $2, support_policy_by = $3, updated_at = $4 where id = $1",
        tenant.0,
        policy.key(),
        org.user().id().0,
        deps.now(),
    )
    .execute(&mut *transaction)
    .await?;
    let mut closed = Vec::new();
    if policy == SupportPolicy::Never {
        let open = sqlx::query!(
            "select id, state from support_sessions where tenant_id = $1 and ended_at is null order by created_at, id",
            tenant.0,
        )
        .fetch_all(&mut *transaction)
        .await?;
        for row in open {
            let session: SupportSessionId = row.id.into();
            let event = if row.state == SupportState::Requested.key() {
                Event::Deny
            } else {
                Event::EndByCustomer
            };
            let ending = Ending::inside(session, event, org);
            closed.extend(end::end(&mut transaction, deps, ending).await?);
            end::enqueue_record(&mut transaction, session).await?;
        }
    }
    for closed in &closed {
        closed
            .record_inside(&mut transaction, deps, org.user().request())
            .await?;
    }
    if before != policy {
        org.audit(Action::SupportPolicyChanged)
            .subject(tenant.0)
            .before(json!({ "support_policy": before.key() }))
            .after(json!({ "support_policy": policy.key() }))
            .write(&mut transaction, deps)
            .await?;
    }
    transaction.commit().await?;
    Ok(())
}
