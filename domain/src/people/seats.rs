//! Seats: active members and open invitations take one each, guests in a class of their own. Suspended people take none.

use contract::{
    error::Limit,
    iam::MemberType,
    ids::{InvitationId, TenantId},
    people::{SeatUse, Seats},
};

use crate::{Deps, Result, actor::OrgActor, database::Transaction};

/// What is taken now, and what the plan allows.
pub async fn seats(org: &OrgActor, deps: &Deps) -> Result<SeatUse> {
    let mut transaction = org.begin(deps).await?;
    let tenant = org.tenant().id;
    let limits = sqlx::query!(
        "select p.member_limit, p.guest_limit from tenants t join plans p on p.key = t.plan_key where t.id = $1",
        tenant.0,
    )
    .fetch_one(&mut *transaction)
    .await?;
    let used = SeatUse {
        members: Seats {
            used: count(&mut transaction, deps, tenant, MemberType::Member, None).await?,
            allowed: limits.member_limit.and_then(|limit| u32::try_from(limit).ok()),
        },
        guests: Seats {
            used: count(&mut transaction, deps, tenant, MemberType::Guest, None).await?,
            allowed: limits.guest_limit.and_then(|limit| u32::try_from(limit).ok()),
        },
    };
    transaction.commit().await?;
    Ok(used)
}

/// Refuses when no seat of this class is free, and keeps whatever is free for the rest of the transaction: who takes or gives
/// up a seat locks the organization's row first. `own` is an open invitation whose seat is the one that is about to be taken.
/// The organization has to be active.
pub(crate) async fn take(
    transaction: &mut Transaction,
    deps: &Deps,
    tenant: TenantId,
    class: MemberType,
    own: Option<InvitationId>,
) -> Result<()> {
    let status = sqlx::query_scalar!("select status from tenants where id = $1 for update", tenant.0)
        .fetch_one(&mut **transaction)
        .await?;
    if status != "active" {
        return Err(contract::Error::TenantInactive.into());
    }
    // Statements of their own, because they must see what was committed while the lock was waited for.
    match full(transaction, deps, tenant, class, own).await? {
        None => Ok(()),
        Some(allowed) => Err(contract::Error::LimitReached {
            limit: limit(class),
            allowed,
        }
        .into()),
    }
}

pub(super) const fn limit(class: MemberType) -> Limit {
    match class {
        MemberType::Member => Limit::Members,
        MemberType::Guest => Limit::Guests,
    }
}

/// What the plan allows of this class, if all of it is taken.
async fn full(
    transaction: &mut Transaction,
    deps: &Deps,
    tenant: TenantId,
    class: MemberType,
    own: Option<InvitationId>,
) -> Result<Option<u32>> {
    let allowed = sqlx::query_scalar!(
        "select case $2 when 'guest' then p.guest_limit else p.member_limit end \
         from tenants t join plans p on p.key = t.plan_key where t.id = $1",
        tenant.0,
        class.key(),
    )
    .fetch_one(&mut **transaction)
    .await?
    .and_then(|allowed| u32::try_from(allowed).ok());
    Ok(match allowed {
        Some(allowed) if count(transaction, deps, tenant, class, own).await? >= allowed => Some(allowed),
        _ => None,
    })
}

/// What the plan allows of this class, if that many are in. For somebody whose invitation holds a seat: other invitations do
/// not stand in their way, so that what is left of a plan that has become smaller goes to those who accept first.
pub(super) async fn full_of_people(
    transaction: &mut Transaction,
    tenant: TenantId,
    class: MemberType,
) -> Result<Option<u32>> {
    let full = sqlx::query_scalar!(
        "select l.allowed from (
            select case $2 when 'guest' then p.guest_limit else p.member_limit end as allowed
            from tenants t join plans p on p.key = t.plan_key where t.id = $1
        ) l where l.allowed <= (
            select count(*) from tenant_members where tenant_id = $1 and member_type = $2 and status = 'active'
        )",
        tenant.0,
        class.key(),
    )
    .fetch_optional(&mut **transaction)
    .await?
    .flatten();
    Ok(full.and_then(|allowed| u32::try_from(allowed).ok()))
}

async fn count(
    transaction: &mut Transaction,
    deps: &Deps,
    tenant: TenantId,
    class: MemberType,
    without: Option<InvitationId>,
) -> Result<u32> {
    let used = sqlx::query_scalar!(
        r#"select (select count(*) from tenant_members where tenant_id = $1 and member_type = $2 and status = 'active')
            + (select count(*) from tenant_invitations
               where tenant_id = $1 and member_type = $2 and status = 'pending' and expires_at > $3
                   and id is distinct from $4) as "used!""#,
        tenant.0,
        class.key(),
        deps.now(),
        without.map(|own| own.0),
    )
    .fetch_one(&mut **transaction)
    .await?;
    u32::try_from(used).map_err(crate::Error::fault)
}
