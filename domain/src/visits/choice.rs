//! Whom somebody is about to visit, and what stands in the way.

use chrono::{DateTime, Utc};
use contract::{
    email::EmailAddress,
    ids::{TenantId, UserId},
    slug::Slug,
    staff::StaffRight,
    visits::VisitObstacle,
};

use crate::{Deps, Result, actor::StaffActor, database::Transaction};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    pub organization: String,
    pub slug: String,
    pub name: String,
    pub email: String,
    pub obstacle: Option<VisitObstacle>,
}

pub async fn choice(staff: &StaffActor, deps: &Deps, tenant: TenantId, subject: UserId) -> Result<Choice> {
    staff.require(StaffRight::Impersonate)?;
    let mut transaction = staff.begin_reading(deps).await?;
    look(&mut transaction, staff.id(), tenant, subject, deps.now()).await
}

/// What there is no trace of is not found; everything else is said.
pub(super) async fn look(
    transaction: &mut Transaction,
    operator: UserId,
    tenant: TenantId,
    subject: UserId,
    now: DateTime<Utc>,
) -> Result<Choice> {
    let row = sqlx::query!(
        r#"select t.name as organization, t.slug::text as "slug!", u.name, u.email::text as "email!",
            (t.deleted_at is not null or t.status = 'deleting' or t.purge_after <= $4) as gone,
            (m.status = 'active' and u.status = 'active' and u.deleted_at is null) as "active?",
            exists (select from platform_role_assignments a where a.user_id = u.id and a.revoked_at is null) as "staff!",
            (exists (
                select from platform_impersonation_sessions v
                where v.operator_id = $3 and v.ended_at is null and v.expires_at > $4
            ) or exists (
                select from support_sessions s where s.operator_id = $3 and s.state = 'active' and s.expires_at > $4
            )) as "visiting!"
        from tenants t join users u on u.id = $2
        left join tenant_members m on m.tenant_id = t.id and m.user_id = u.id
        where t.id = $1"#,
        tenant.0,
        subject.0,
        operator.0,
        now,
    )
    .fetch_optional(&mut **transaction)
    .await?
    .ok_or(contract::Error::NotFound)?;
    let obstacle = if subject == operator {
        Some(VisitObstacle::Yourself)
    } else if row.staff {
        Some(VisitObstacle::Staff)
    } else if row.gone.unwrap_or_default() {
        Some(VisitObstacle::OrganizationGone)
    } else if !row.active.unwrap_or_default() {
        Some(VisitObstacle::NotActive)
    } else if row.visiting {
        Some(VisitObstacle::AlreadyVisiting)
    } else {
        None
    };
    Ok(Choice {
        organization: row.organization,
        slug: row.slug,
        name: row.name,
        email: row.email,
        obstacle,
    })
}

/// The organization of this address, and the one in it, whatever their place, of that e-mail address.
pub async fn find(staff: &StaffActor, deps: &Deps, slug: &str, email: &str) -> Result<Option<(TenantId, UserId)>> {
    staff.require(StaffRight::Impersonate)?;
    let (Ok(slug), Ok(email)) = (Slug::parse(slug), EmailAddress::parse(email)) else {
        return Ok(None);
    };
    let mut transaction = staff.begin_reading(deps).await?;
    let row = sqlx::query!(
        "select t.id as tenant_id, u.id as user_id from tenants t
        join tenant_members m on m.tenant_id = t.id join users u on u.id = m.user_id
        where t.slug = $1::text::citext and u.email = $2::text::citext and u.deleted_at is null",
        slug.as_str(),
        email.as_str(),
    )
    .fetch_optional(&mut *transaction)
    .await?;
    Ok(row.map(|row| (row.tenant_id.into(), row.user_id.into())))
}
