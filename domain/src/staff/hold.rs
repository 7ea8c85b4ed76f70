//! Deciding who is staff, one at a time.

use contract::{
    ids::UserId,
    staff::{StaffRight, StaffRole},
};

use super::invitation::role;
use crate::{Result, actor::StaffActor, database::Transaction};

/// Everybody who runs the platform, and can: locked, so that whoever decides who is staff waits here for who does at the moment.
/// Who asks is asked again whether they are one of them: in a statement of its own, which sees what was done while it waited.
pub(crate) async fn hold(transaction: &mut Transaction, staff: &StaffActor) -> Result<Superadmins> {
    sqlx::query!(
        "select from platform_role_assignments where role = 'superadmin' and revoked_at is null \
         order by user_id for no key update",
    )
    .fetch_all(&mut **transaction)
    .await?;
    let all = sqlx::query_scalar!(
        "select a.user_id from platform_role_assignments a join users u on u.id = a.user_id \
         where a.role = 'superadmin' and a.revoked_at is null and u.status = 'active' and u.deleted_at is null",
    )
    .fetch_all(&mut **transaction)
    .await?;
    if all.contains(&staff.id().0) {
        Ok(Superadmins(all))
    } else {
        Err(contract::Error::NotFound.into())
    }
}

#[derive(Debug)]
pub(crate) struct Superadmins(Vec<uuid::Uuid>);

impl Superadmins {
    /// Refuses when nobody would be left without this one.
    pub(super) fn without(&self, user: UserId) -> Result<()> {
        if self.0 == [user.0] {
            Err(contract::Error::LastSuperadmin.into())
        } else {
            Ok(())
        }
    }
}

/// Who is about to be let in somewhere, or asks to be, locked by their place on the staff, which still has this right: so one way
/// in waits for the other, and whoever takes the right from them finds them in or keeps them out. Before anything else is locked.
pub(crate) async fn hold_own(transaction: &mut Transaction, staff: &StaffActor, right: StaffRight) -> Result<()> {
    let held = match lock_own(transaction, staff.id()).await? {
        Some(held) => held,
        // Another role takes the place of the one that was waited for: a statement of its own sees it.
        None => lock_own(transaction, staff.id())
            .await?
            .ok_or(contract::Error::NotFound)?,
    };
    if held.has(right) {
        Ok(())
    } else {
        Err(contract::Error::Forbidden.into())
    }
}

async fn lock_own(transaction: &mut Transaction, user: UserId) -> Result<Option<StaffRole>> {
    let key = sqlx::query_scalar!(
        "select role from platform_role_assignments where user_id = $1 and revoked_at is null for no key update",
        user.0,
    )
    .fetch_optional(&mut **transaction)
    .await?;
    key.map(|key| role(&key)).transpose()
}

/// Whether somebody belongs to an organization. With their row locked, so that nobody joins one meanwhile.
pub(super) async fn belongs_somewhere(transaction: &mut Transaction, user: UserId) -> Result<bool> {
    let belongs = sqlx::query_scalar!(
        r#"select exists (select from tenant_members where user_id = $1) as "belongs!""#,
        user.0,
    )
    .fetch_one(&mut **transaction)
    .await?;
    Ok(belongs)
}

/// Whether somebody is staff.
pub(super) async fn is_staff(transaction: &mut Transaction, user: UserId) -> Result<bool> {
    let is_staff = sqlx::query_scalar!(
        r#"select exists (
            select from platform_role_assignments where user_id = $1 and revoked_at is null
        ) as "is_staff!""#,
        user.0,
    )
    .fetch_one(&mut **transaction)
    .await?;
    Ok(is_staff)
}
