//! The organization that is about to be asked, and what stands in the way.

use chrono::{DateTime, Utc};
use contract::{
    ids::{TenantId, UserId},
    staff::StaffRight,
    support::{SupportObstacle, SupportPolicy, SupportState},
};

use crate::{Deps, Error, Result, actor::StaffActor, database::Transaction};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    pub organization: String,
    pub policy: SupportPolicy,
    /// Who has set it, while they are there: whoever is let in by policy sees what they see.
    pub(super) host: Option<UserId>,
    pub obstacle: Option<SupportObstacle>,
}

pub async fn choice(staff: &StaffActor, deps: &Deps, tenant: TenantId) -> Result<Choice> {
    staff.require(StaffRight::Support)?;
    let mut transaction = staff.begin_reading(deps).await?;
    look(&mut transaction, staff.id(), tenant, deps.now()).await
}

/// What there is no trace of is not found; everything else is said.
pub(super) async fn look(
    transaction: &mut Transaction,
    operator: UserId,
    tenant: TenantId,
    now: DateTime<Utc>,
) -> Result<Choice> {
    let row = sqlx::query!(
        r#"select t.name, t.support_policy,
            (t.deleted_at is not null or t.status <> 'active') as "gone!",
            (select u.id from tenant_members m join users u on u.id = m.user_id
                where m.tenant_id = t.id and m.user_id = t.support_policy_by and m.status = 'active'
                    and m.member_type = 'member' and u.status = 'active' and u.deleted_at is null) as host,
            exists (
                select from support_sessions s
                where s.tenant_id = t.id and s.operator_id = $2 and s.ended_at is null
                    and case when s.state = $4 then s.answer_by > $3 else s.expires_at > $3 end
            ) as "asked!"
        from tenants t where t.id = $1"#,
        tenant.0,
        operator.0,
        now,
        SupportState::Requested.key(),
    )
    .fetch_optional(&mut **transaction)
    .await?
    .ok_or(contract::Error::NotFound)?;
    let policy = SupportPolicy::from_key(&row.support_policy).ok_or_else(|| Error::fault("unknown policy"))?;
    let obstacle = if row.gone {
        Some(SupportObstacle::OrganizationGone)
    } else if policy == SupportPolicy::Never {
        Some(SupportObstacle::PolicyNever)
    } else if row.asked {
        Some(SupportObstacle::AlreadyAsked)
    } else {
        None
    };
    Ok(Choice {
        organization: row.name,
        policy,
        host: row.host.map(Into::into),
        obstacle,
    })
}
