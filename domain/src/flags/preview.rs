//! What a flag is for an organization, a person, or both, asked by somebody of the staff.

use contract::{
    flag::{Flag, FlagValue},
    ids::{TenantId, UserId},
    staff::StaffRight,
};

use super::Subject;
use crate::{Deps, Result, actor::StaffActor, billing::standing};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Preview {
    Value(FlagValue),
    NoSuchOrganization,
    NoSuchPerson,
}

/// By the address of the organization and that of the person; either may be empty.
pub async fn preview(staff: &StaffActor, deps: &Deps, flag: Flag, organization: &str, person: &str) -> Result<Preview> {
    staff.require(StaffRight::FlagsRead)?;
    let (organization, person) = (organization.trim().replace('\0', ""), person.trim().replace('\0', ""));
    let mut subject = Subject::default();
    let mut transaction = staff.begin_reading(deps).await?;
    if !organization.is_empty() {
        let found = sqlx::query_scalar!(
            "select t.id from tenant_slugs s join tenants t on t.id = s.tenant_id \
             where s.slug = $1::text::citext and t.deleted_at is null",
            organization,
        )
        .fetch_optional(&mut *transaction)
        .await?;
        let Some(found) = found else {
            return Ok(Preview::NoSuchOrganization);
        };
        let tenant = TenantId(found);
        let plan = standing::of(&mut transaction, tenant, deps.billing, deps.now()).await?;
        subject.tenant = Some(tenant);
        subject.plan = Some(plan.key);
    }
    if !person.is_empty() {
        let found = sqlx::query_scalar!(
            "select id from users where email = $1::text::citext and deleted_at is null",
            person,
        )
        .fetch_optional(&mut *transaction)
        .await?;
        let Some(found) = found else {
            return Ok(Preview::NoSuchPerson);
        };
        subject.user = Some(UserId(found));
    }
    drop(transaction);
    let value = deps.flags.value(&deps.database, flag, &subject).await?;
    Ok(Preview::Value(value))
}
