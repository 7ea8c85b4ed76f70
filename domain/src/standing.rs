//! Where people stand, held until the transaction ends, so that what is decided by it is still so when it is written.
//!
//! The organization's row is locked first by everybody who changes who belongs to it and as what, what becomes of it, and who
//! sees what is in it. Who changes what is in it shares that lock, so that they do not wait for each other. What the actor was
//! when the request came in is looked up again behind it: who was demoted a moment ago does not get the last word.

use contract::{
    error::Limit,
    iam::{DefaultRole, MemberType, Permission, PermissionSet},
    ids::{RoleId, TenantId, UserId},
    people::MemberStatus,
};

use crate::{
    Deps, Error, Result,
    actor::{OrgActor, effective, reach},
    database::{self, Reach, Transaction},
    mail::{self, Mail, News},
};

/// What somebody is about to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// See [`OrgActor::require_change`].
    Change,
    /// See [`OrgActor::require_relief`].
    Relief,
}

/// What a role allows, and which one it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct HeldRole {
    pub id: RoleId,
    pub key: String,
    pub name: String,
    /// As the role has them; what they come to for a guest is less.
    pub permissions: PermissionSet,
    pub is_default: bool,
}

impl HeldRole {
    pub fn is_owner(&self) -> bool {
        self.key == DefaultRole::Owner.key()
    }
}

/// One member, as they stand behind the lock.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Standing {
    pub user: UserId,
    pub role: HeldRole,
    pub member_type: MemberType,
    pub status: MemberStatus,
    /// Whether the plan has no room for them at the moment.
    pub paused: bool,
    pub name: String,
    pub verified: bool,
    /// Whether the account itself is in use.
    pub account_active: bool,
}

impl Standing {
    pub fn permissions(&self) -> PermissionSet {
        self.for_type(self.role.permissions)
    }

    /// What a role's rights would come to for this person.
    pub fn for_type(&self, permissions: PermissionSet) -> PermissionSet {
        match self.member_type {
            MemberType::Member => permissions,
            MemberType::Guest => for_guests(permissions),
        }
    }

    pub fn require(&self, right: Permission) -> Result<()> {
        if self.permissions().contains(right) {
            Ok(())
        } else {
            Err(contract::Error::Forbidden.into())
        }
    }

    /// Refuses who is about to change something, and is paused.
    fn require_room(&self, purpose: Purpose) -> Result<()> {
        if self.paused && purpose == Purpose::Change {
            Err(contract::Error::PausedByPlan {
                limit: Limit::of(self.member_type),
            }
            .into())
        } else {
            Ok(())
        }
    }

    /// How far they see within the organization.
    pub fn reach(&self) -> Reach {
        reach(self.permissions(), self.member_type)
    }

    pub fn sees_everything(&self) -> bool {
        self.reach() == Reach::All
    }

    /// Nobody changes somebody whose rights are above their own, and only owners touch owners.
    pub fn may_touch(&self, other: &Self) -> bool {
        within(&self.role, self.permissions(), &other.role, other.permissions())
    }

    /// Nobody gives rights that they do not have, and only owners make owners.
    pub fn may_give(&self, role: &HeldRole) -> bool {
        within(&self.role, self.permissions(), role, role.permissions)
    }
}

/// Whether rights in one role are within those of somebody in another.
pub(crate) fn within(own: &HeldRole, has: PermissionSet, other: &HeldRole, wanted: PermissionSet) -> bool {
    wanted.is_subset_of(has) && (!other.is_owner() || own.is_owner())
}

pub(crate) fn for_guests(permissions: PermissionSet) -> PermissionSet {
    let keys: Vec<String> = permissions
        .iter()
        .map(|permission| permission.key().to_owned())
        .collect();
    effective(&keys, MemberType::Guest)
}

/// Locks the organization, which has to be active, and gives where the actor stands now. For a change: who is paused is
/// refused.
pub(crate) async fn hold(transaction: &mut Transaction, org: &OrgActor, right: Permission) -> Result<Standing> {
    let actor = hold_for_relief(transaction, org, right).await?;
    actor.require_room(Purpose::Change)?;
    Ok(actor)
}

/// The same for what makes the organization smaller, or settles its bills.
pub(crate) async fn hold_for_relief(
    transaction: &mut Transaction,
    org: &OrgActor,
    right: Permission,
) -> Result<Standing> {
    let actor = hold_active(transaction, org).await?;
    actor.require(right)?;
    Ok(actor)
}

/// The same for what needs no right but being there.
pub(crate) async fn hold_active(transaction: &mut Transaction, org: &OrgActor) -> Result<Standing> {
    let actor = hold_present(transaction, org).await?;
    require_active(transaction, org.tenant().id).await?;
    Ok(actor)
}

/// The same, whatever state the organization is in. From here on the transaction sees as far as the actor does now. Their own
/// row is not locked: nobody changes it without the organization's.
pub(crate) async fn hold_present(transaction: &mut Transaction, org: &OrgActor) -> Result<Standing> {
    org.require_writing()?;
    let actor = hold_member(transaction, org.tenant().id, org.user().id()).await?;
    see_as_far_as(&actor, transaction, org).await?;
    Ok(actor)
}

/// For a transaction of [`OrgActor::begin_held`] whose first statement did not find the actor as they came in: refuses who
/// has lost what it takes, and lets it see as far as everybody else does now. That statement is made once more.
pub(crate) async fn ask_again(
    transaction: &mut Transaction,
    org: &OrgActor,
    right: Permission,
    purpose: Purpose,
) -> Result<()> {
    let actor = present(transaction, org.tenant().id, org.user().id()).await?;
    require_active(transaction, org.tenant().id).await?;
    actor.require(right)?;
    actor.require_room(purpose)?;
    see_as_far_as(&actor, transaction, org).await
}

async fn see_as_far_as(actor: &Standing, transaction: &mut Transaction, org: &OrgActor) -> Result<()> {
    if actor.reach() == org.reach() {
        Ok(())
    } else {
        database::set_reach(transaction, actor.reach()).await
    }
}

/// The same in a transaction that is in the organization, for who may not work in it as it is.
pub(crate) async fn hold_member(transaction: &mut Transaction, tenant: TenantId, user: UserId) -> Result<Standing> {
    sqlx::query!("select id from tenants where id = $1 for update", tenant.0)
        .fetch_optional(&mut **transaction)
        .await?
        .ok_or(contract::Error::NotFound)?;
    // Statements of their own, because they must see what was committed while the lock was waited for.
    present(transaction, tenant, user).await
}

/// Somebody who is let in, and whose account is in use.
async fn present(transaction: &mut Transaction, tenant: TenantId, user: UserId) -> Result<Standing> {
    let actor = read(transaction, tenant, user).await?;
    if actor.status != MemberStatus::Active {
        return Err(contract::Error::NotFound.into());
    }
    // Who paused their account while the request was on its way is counted among its people and not among its owners.
    if !actor.account_active {
        return Err(contract::Error::Unauthenticated.into());
    }
    Ok(actor)
}

async fn require_active(transaction: &mut Transaction, tenant: TenantId) -> Result<()> {
    let status = sqlx::query_scalar!("select status from tenants where id = $1", tenant.0)
        .fetch_one(&mut **transaction)
        .await?;
    if status == "active" {
        Ok(())
    } else {
        Err(contract::Error::TenantInactive.into())
    }
}

/// Somebody of the organization, whose row stays as it is until the transaction ends.
pub(crate) async fn of(transaction: &mut Transaction, tenant: TenantId, user: UserId) -> Result<Standing> {
    sqlx::query!(
        "select user_id from tenant_members where tenant_id = $1 and user_id = $2 for update",
        tenant.0,
        user.0,
    )
    .fetch_optional(&mut **transaction)
    .await?
    .ok_or(contract::Error::NotFound)?;
    read(transaction, tenant, user).await
}

async fn read(transaction: &mut Transaction, tenant: TenantId, user: UserId) -> Result<Standing> {
    let row = sqlx::query!(
        r#"select m.role_id, m.member_type, m.status, m.paused_at is not null as "paused!", u.name, u.email_verified_at is not null as "verified!",
            u.status = 'active' and u.deleted_at is null as "account_active!"
        from tenant_members m join users u on u.id = m.user_id
        where m.tenant_id = $1 and m.user_id = $2"#,
        tenant.0,
        user.0,
    )
    .fetch_optional(&mut **transaction)
    .await?
    .ok_or(contract::Error::NotFound)?;
    Ok(Standing {
        user,
        role: role(transaction, tenant, row.role_id.into()).await?,
        member_type: MemberType::from_key(&row.member_type).ok_or_else(|| Error::fault("unknown type"))?,
        status: MemberStatus::from_key(&row.status).ok_or_else(|| Error::fault("unknown status"))?,
        paused: row.paused,
        name: row.name,
        verified: row.verified,
        account_active: row.account_active,
    })
}

/// A role that nobody changes or deletes until the transaction ends.
pub(crate) async fn role(transaction: &mut Transaction, tenant: TenantId, role: RoleId) -> Result<HeldRole> {
    let row = sqlx::query!(
        "select id, key, name, is_default from iam_roles where tenant_id = $1 and id = $2 for share",
        tenant.0,
        role.0,
    )
    .fetch_optional(&mut **transaction)
    .await?
    .ok_or(contract::Error::NotFound)?;
    let keys = sqlx::query_scalar!(
        "select permission from iam_role_permissions where tenant_id = $1 and role_id = $2",
        tenant.0,
        role.0,
    )
    .fetch_all(&mut **transaction)
    .await?;
    Ok(HeldRole {
        id: row.id.into(),
        key: row.key,
        name: row.name,
        permissions: effective(&keys, MemberType::Member),
        is_default: row.is_default,
    })
}

/// Making an owner shares all there is: whoever does it has signed in recently.
pub(crate) fn require_recent_sign_in_for(org: &OrgActor, deps: &Deps, role: &HeldRole) -> Result<()> {
    if role.is_owner() {
        org.user().require_recent_sign_in(deps)
    } else {
        Ok(())
    }
}

/// The role every organization has under this key.
pub(crate) async fn default_role(
    transaction: &mut Transaction,
    tenant: TenantId,
    default: DefaultRole,
) -> Result<HeldRole> {
    let id = sqlx::query_scalar!(
        "select id from iam_roles where tenant_id = $1 and key = $2",
        tenant.0,
        default.key(),
    )
    .fetch_one(&mut **transaction)
    .await?;
    role(transaction, tenant, id.into()).await
}

/// Refuses when there is no active owner beside this one. The organization's row is locked.
pub(crate) async fn require_another_owner(
    transaction: &mut Transaction,
    tenant: TenantId,
    without: UserId,
) -> Result<()> {
    if other_owners(transaction, tenant, without).await? == 0 {
        Err(contract::Error::LastOwner.into())
    } else {
        Ok(())
    }
}

/// How many active owners there are beside this person: members, let in, with an account that is in use.
pub(crate) async fn other_owners(transaction: &mut Transaction, tenant: TenantId, without: UserId) -> Result<i64> {
    let others = sqlx::query_scalar!(
        r#"select count(*) as "count!" from tenant_members m
        join iam_roles r on r.tenant_id = m.tenant_id and r.id = m.role_id and r.key = $3
        join users u on u.id = m.user_id and u.status = 'active' and u.deleted_at is null
        where m.tenant_id = $1 and m.user_id <> $2 and m.status = 'active' and m.member_type = 'member'"#,
        tenant.0,
        without.0,
        DefaultRole::Owner.key(),
    )
    .fetch_one(&mut **transaction)
    .await?;
    Ok(others)
}

/// Ends the offers of ownership that somebody made or was made, because what they rest on has changed. No entry in the log:
/// the change itself has one.
pub(crate) async fn end_offers(
    transaction: &mut Transaction,
    deps: &Deps,
    tenant: TenantId,
    user: UserId,
) -> Result<()> {
    sqlx::query!(
        "update ownership_offers set status = 'withdrawn', ended_at = $3 \
         where tenant_id = $1 and status = 'open' and (offered_by = $2 or offered_to = $2)",
        tenant.0,
        user.0,
        deps.now(),
    )
    .execute(&mut **transaction)
    .await?;
    Ok(())
}

/// Mails somebody what has become of their place.
pub(crate) async fn tell(transaction: &mut Transaction, tenant: TenantId, user: UserId, news: News) -> Result<()> {
    mail::enqueue(transaction, &Mail::Standing { user, tenant, news }).await
}

#[cfg(test)]
mod tests {
    use super::*;

    fn role(default: DefaultRole) -> HeldRole {
        HeldRole {
            id: RoleId(uuid::Uuid::nil()),
            key: default.key().to_owned(),
            name: default.name().to_owned(),
            permissions: default.permissions().iter().copied().collect(),
            is_default: true,
        }
    }

    fn standing(default: DefaultRole, member_type: MemberType) -> Standing {
        Standing {
            user: UserId(uuid::Uuid::nil()),
            role: role(default),
            member_type,
            status: MemberStatus::Active,
            paused: false,
            name: String::new(),
            verified: true,
            account_active: true,
        }
    }

    #[test]
    fn nobody_touches_or_gives_what_is_above_them() {
        use DefaultRole::{Admin, Billing, Guest, Member, Owner};
        for (actor, within_reach) in [
            (Owner, &[Owner, Admin, Billing, Member, Guest][..]),
            // Who sees to the bills has a right that admins lack.
            (Admin, &[Admin, Member, Guest]),
            (Member, &[Member, Guest]),
            (Guest, &[Guest]),
        ] {
            let one = standing(actor, MemberType::Member);
            for &other in DefaultRole::ALL {
                let expected = within_reach.contains(&other);
                assert_eq!(one.may_give(&role(other)), expected, "{actor:?} gives {other:?}");
                assert_eq!(
                    one.may_touch(&standing(other, MemberType::Member)),
                    expected,
                    "{actor:?} touches {other:?}"
                );
            }
        }
    }

    #[test]
    fn a_role_of_ones_own_with_every_right_makes_no_owners() {
        let mut everything = standing(DefaultRole::Owner, MemberType::Member);
        everything.role.key = "everything".to_owned();
        assert!(!everything.may_give(&role(DefaultRole::Owner)));
        assert!(!everything.may_touch(&standing(DefaultRole::Owner, MemberType::Member)));
        assert!(everything.may_give(&role(DefaultRole::Admin)));
    }

    #[test]
    fn a_guest_has_less_of_the_same_role() {
        let guest = standing(DefaultRole::Admin, MemberType::Guest);
        assert!(!guest.permissions().contains(Permission::MembersUpdate));
        assert!(guest.permissions().contains(Permission::ProjectsRead));
        // What is held is what counts, so that a member of few rights may touch a guest whose role reads like more.
        assert!(standing(DefaultRole::Admin, MemberType::Member).may_touch(&guest));
    }
}
