//! How much an organization uses of what plans limit.

use contract::{billing::LimitUse, error::Limit, iam::MemberType, ids::TenantId};

use crate::{Deps, Result, actor::OrgActor, database::Transaction, people::seats};

/// What is used, whatever the one who asks may see of it; from here on the transaction sees everything.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Usage {
    pub projects: u32,
    /// Members and open invitations of members: the seats that are taken.
    pub members: u32,
    pub guests: u32,
}

impl Usage {
    /// Held against a plan.
    pub fn within(self, limits: contract::billing::PlanLimits) -> [LimitUse; 3] {
        let of = |limit, used, allowed| LimitUse { limit, used, allowed };
        [
            of(Limit::Projects, self.projects, limits.projects),
            of(Limit::Members, self.members, limits.members),
            of(Limit::Guests, self.guests, limits.guests),
        ]
    }
}

pub(crate) async fn usage(transaction: &mut Transaction, org: &OrgActor, deps: &Deps) -> Result<Usage> {
    org.see_everything(transaction).await?;
    of(transaction, deps, org.tenant().id).await
}

/// The same in a transaction that sees everything of the organization.
pub(crate) async fn of(transaction: &mut Transaction, deps: &Deps, tenant: TenantId) -> Result<Usage> {
    let projects = sqlx::query_scalar!(
        r#"select count(*) as "used!" from projects where tenant_id = $1 and deleted_at is null"#,
        tenant.0,
    )
    .fetch_one(&mut **transaction)
    .await?;
    Ok(Usage {
        projects: u32::try_from(projects).map_err(crate::Error::fault)?,
        members: seats::used(transaction, deps, tenant, MemberType::Member).await?,
        guests: seats::used(transaction, deps, tenant, MemberType::Guest).await?,
    })
}
