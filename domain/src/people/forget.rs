//! What invitations tell of somebody whose account was deleted: the address they were sent to.

use contract::ids::{InvitationId, TenantId, UserId};
use serde_json::json;

use super::invitation::lock_organization;
use crate::{
    Deps, Result,
    actor::RequestInfo,
    audit::{Action, Entry, Origin},
    database::PlatformDatabase,
    identity::tombstone,
};

/// In every organization, the account's tombstone takes the place of the address: in what was accepted with the account, and,
/// if the address was proven to be theirs, in whatever else was sent to it before the account was deleted. What was still open
/// ends as declined. An invitation of after the deletion is for whoever has the address now, and so is one that was accepted
/// with another account. May be repeated, and taken up where it was broken off.
pub(crate) async fn forget(
    platform: &PlatformDatabase,
    deps: &Deps,
    user: UserId,
    address: Option<&str>,
) -> Result<()> {
    if let Some(address) = address {
        for (tenant, invitation) in open(platform, user, address).await? {
            decline(platform, deps, user, tenant, invitation).await?;
        }
    }
    sqlx::query!(
        "update tenant_invitations i set email = $2::text::citext \
         from users u where u.id = $1 and u.deleted_at is not null and i.status <> 'pending' and i.email <> $2::text::citext \
         and (i.accepted_by = u.id \
            or (i.accepted_by is null and i.email = $3::text::citext and i.sent_at <= u.deleted_at))",
        user.0,
        tombstone(user),
        address,
    )
    .execute(platform.pool())
    .await?;
    forget_as_staff(platform, deps, user, address).await
}

/// The same for invitations to the staff, which somebody accepted who is of it no longer, or never did.
async fn forget_as_staff(platform: &PlatformDatabase, deps: &Deps, user: UserId, address: Option<&str>) -> Result<()> {
    sqlx::query!(
        "update platform_invitations i set email = $2::text::citext, token_hash = null, \
            status = case when i.status = 'pending' then 'revoked' else i.status end, ended_at = coalesce(i.ended_at, $4) \
         from users u where u.id = $1 and u.deleted_at is not null and i.email <> $2::text::citext \
         and (i.accepted_by = u.id \
            or (i.accepted_by is null and i.email = $3::text::citext and i.sent_at <= u.deleted_at))",
        user.0,
        tombstone(user),
        address,
        deps.now(),
    )
    .execute(platform.pool())
    .await?;
    Ok(())
}

async fn open(platform: &PlatformDatabase, user: UserId, address: &str) -> Result<Vec<(TenantId, InvitationId)>> {
    let open = sqlx::query!(
        "select i.tenant_id, i.id from tenant_invitations i \
         join users u on u.id = $1 and u.deleted_at is not null and i.sent_at <= u.deleted_at \
         where i.email = $2::text::citext and i.status = 'pending' order by i.tenant_id",
        user.0,
        address,
    )
    .fetch_all(platform.pool())
    .await?;
    Ok(open
        .into_iter()
        .map(|open| (open.tenant_id.into(), open.id.into()))
        .collect())
}

/// Behind the organization's lock, because its seat is free from here on. Recorded as any other that is declined, but for the
/// address, and for who it was.
async fn decline(
    platform: &PlatformDatabase,
    deps: &Deps,
    user: UserId,
    tenant: TenantId,
    invitation: InvitationId,
) -> Result<()> {
    let mut transaction = platform.begin().await?;
    lock_organization(&mut transaction, tenant).await?;
    let declined = sqlx::query!(
        r#"update tenant_invitations i set status = 'declined', ended_at = $4, email = $5::text::citext
        from users u, iam_roles r
        where i.tenant_id = $1 and i.id = $2 and i.status = 'pending'
            and u.id = $3 and i.sent_at <= u.deleted_at and r.tenant_id = i.tenant_id and r.id = i.role_id
        returning r.name as role, i.member_type"#,
        tenant.0,
        invitation.0,
        user.0,
        deps.now(),
        tombstone(user),
    )
    .fetch_optional(&mut *transaction)
    .await?;
    let Some(declined) = declined else {
        transaction.rollback().await?;
        return Ok(());
    };
    let request = RequestInfo::default();
    let mut entry = Entry::new(Action::InvitationDeclined, Origin::System, &request);
    entry.tenant = tenant;
    entry
        .subject(invitation.0)
        .before(json!({ "role": declined.role, "type": declined.member_type }))
        .write(&mut transaction, deps)
        .await?;
    transaction.commit().await?;
    Ok(())
}
