//! Seats: active members and open invitations take one each, guests in a class of their own. Suspended people take none.

use contract::{
    error::Limit,
    iam::MemberType,
    ids::{InvitationId, TenantId},
    people::{SeatUse, Seats},
};

use crate::{Deps, Result, actor::OrgActor, billing::limits, database::Transaction};

/// What is taken now, and what the plan allows.
pub async fn seats(org: &OrgActor, deps: &Deps) -> Result<SeatUse> {
    let mut transaction = org.begin(deps).await?;
    let tenant = org.tenant().id;
    let limits = org.tenant().plan.limits;
    let used = SeatUse {
        members: Seats {
            used: count(&mut transaction, deps, tenant, MemberType::Member, None).await?,
            allowed: limits.members,
        },
        guests: Seats {
            used: count(&mut transaction, deps, tenant, MemberType::Guest, None).await?,
            allowed: limits.guests,
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
        Some(Full { used, allowed }) => Err(contract::Error::LimitReached {
            limit: Limit::of(class),
            used,
            allowed,
        }
        .into()),
    }
}

/// All of what the plan allows is taken.
pub(super) struct Full {
    pub used: u32,
    pub allowed: u32,
}

/// Whether all of what the plan allows of this class is taken.
async fn full(
    transaction: &mut Transaction,
    deps: &Deps,
    tenant: TenantId,
    class: MemberType,
    own: Option<InvitationId>,
) -> Result<Option<Full>> {
    let Some(allowed) = limits::allowed(transaction, tenant, Limit::of(class), deps.now()).await? else {
        return Ok(None);
    };
    let used = count(transaction, deps, tenant, class, own).await?;
    Ok((used >= allowed).then_some(Full { used, allowed }))
}

/// What the plan allows of this class, if that many are in. For somebody whose invitation holds a seat: other invitations do
/// not stand in their way, so that what is left of a plan that has become smaller goes to those who accept first.
pub(super) async fn full_of_people(
    transaction: &mut Transaction,
    deps: &Deps,
    tenant: TenantId,
    class: MemberType,
) -> Result<Option<Full>> {
    let Some(allowed) = limits::allowed(transaction, tenant, Limit::of(class), deps.now()).await? else {
        return Ok(None);
    };
    let used = sqlx::query_scalar!(
        r#"select count(*) as "used!" from tenant_members where tenant_id = $1 and member_type = $2 and status = 'active'"#,
        tenant.0,
        class.key(),
    )
    .fetch_one(&mut **transaction)
    .await?;
    let used = u32::try_from(used).map_err(crate::Error::fault)?;
    Ok((used >= allowed).then_some(Full { used, allowed }))
}

/// How many of this class are taken, as the transaction sees them.
pub(crate) async fn used(
    transaction: &mut Transaction,
    deps: &Deps,
    tenant: TenantId,
    class: MemberType,
) -> Result<u32> {
    count(transaction, deps, tenant, class, None).await
}

/// How many of this class are invited and may still accept.
pub(crate) async fn invited(
    transaction: &mut Transaction,
    deps: &Deps,
    tenant: TenantId,
    class: MemberType,
) -> Result<u32> {
    let invited = sqlx::query_scalar!(
        r#"select count(*) as "invited!" from tenant_invitations
        where tenant_id = $1 and member_type = $2 and status = 'pending' and expires_at > $3"#,
        tenant.0,
        class.key(),
        deps.now(),
    )
    .fetch_one(&mut **transaction)
    .await?;
    u32::try_from(invited).map_err(crate::Error::fault)
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
