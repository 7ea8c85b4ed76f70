//! What closing an account would do to the organizations of its owner.

use contract::{
    ids::{TenantId, UserId},
    slug::Slug,
    tenant::TenantStatus,
};

use super::link;
use crate::{
    Deps, Error, Result,
    actor::UserActor,
    database::{self, Transaction},
};

/// What becomes of an organization, or of the account because of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// It goes on without them.
    Left,
    /// Nobody else is in it: it is deleted as well.
    Ends,
    /// Others are in it and nobody else owns it: they hand it over, or delete it, first.
    Blocks,
}

/// One organization, as far as its fate depends on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Situation {
    pub status: TenantStatus,
    /// As an active member, not as a guest.
    pub owner: bool,
    pub others: u32,
    /// Active ones, whose account is in use.
    pub other_owners: u32,
}

impl Situation {
    pub(super) const fn fate(self) -> Fate {
        match self.status {
            // It is on its way out already, or the operator's to decide over.
            TenantStatus::Deleting | TenantStatus::Suspended => Fate::Left,
            TenantStatus::Active | TenantStatus::Deactivated => {
                if self.others == 0 {
                    Fate::Ends
                } else if self.owner && self.other_owners == 0 {
                    Fate::Blocks
                } else {
                    Fate::Left
                }
            }
        }
    }
}

#[derive(Debug, Clone)]
pub(super) struct Held {
    pub tenant: TenantId,
    pub name: String,
    pub slug: Slug,
    pub situation: Situation,
}

/// The organizations somebody is in in any way, in the order in which they are locked.
async fn tenants_of(transaction: &mut Transaction, user: UserId) -> Result<Vec<TenantId>> {
    let tenants = sqlx::query_scalar!(
        "select tenant_id from tenant_members where user_id = $1 order by tenant_id",
        user.0,
    )
    .fetch_all(&mut **transaction)
    .await?;
    Ok(tenants.into_iter().map(TenantId).collect())
}

/// Locks the account and every organization of theirs, always in one order, and says how each stands behind its lock: of two
/// owners who go at the same moment the second finds that they are the last. An organization that would be left with people and
/// without an owner whose account is in use keeps them: [`contract::Error::LastOwner`].
pub(super) async fn hold(transaction: &mut Transaction, user: UserId) -> Result<Vec<Held>> {
    link::end_ways_in(transaction, user).await?;
    sqlx::query_scalar!(
        "select id from users where id = $1 and deleted_at is null for no key update",
        user.0,
    )
    .fetch_optional(&mut **transaction)
    .await?
    .ok_or(contract::Error::Unauthenticated)?;
    let tenants = tenants_of(transaction, user).await?;
    for tenant in &tenants {
        database::enter_tenant(transaction, *tenant).await?;
        sqlx::query_scalar!("select id from tenants where id = $1 for update", tenant.0)
            .fetch_optional(&mut **transaction)
            .await?;
    }
    let mut held = Vec::with_capacity(tenants.len());
    for tenant in tenants {
        held.extend(look_at(transaction, tenant, user).await?);
    }
    if held.iter().any(|held| held.situation.fate() == Fate::Blocks) {
        return Err(contract::Error::LastOwner.into());
    }
    Ok(held)
}

/// How it stands, in a statement of its own: whoever holds the organization's row sees what is so. `None` when they are no
/// longer in it.
async fn look_at(transaction: &mut Transaction, tenant: TenantId, user: UserId) -> Result<Option<Held>> {
    database::enter_tenant(transaction, tenant).await?;
    let row = sqlx::query!(
        r#"select t.name, t.slug::text as "slug!", t.status,
            r.key = 'owner' and m.member_type = 'member' and m.status = 'active' as "owner!",
            (select count(*) from tenant_members o where o.tenant_id = t.id and o.user_id <> $2) as "others!",
            (select count(*) from tenant_members o
                join iam_roles owner on owner.tenant_id = o.tenant_id and owner.id = o.role_id and owner.key = 'owner'
                join users u on u.id = o.user_id and u.status = 'active' and u.deleted_at is null
                where o.tenant_id = t.id and o.user_id <> $2 and o.status = 'active' and o.member_type = 'member'
            ) as "other_owners!"
        from tenants t
        join tenant_members m on m.tenant_id = t.id and m.user_id = $2
        join iam_roles r on r.tenant_id = m.tenant_id and r.id = m.role_id
        where t.id = $1"#,
        tenant.0,
        user.0,
    )
    .fetch_optional(&mut **transaction)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let figure = |number: i64| u32::try_from(number).unwrap_or(u32::MAX);
    Ok(Some(Held {
        tenant,
        name: row.name,
        slug: Slug::try_from(row.slug).map_err(Error::fault)?,
        situation: Situation {
            status: TenantStatus::from_key(&row.status).ok_or_else(|| Error::fault("unknown status"))?,
            owner: row.owner,
            others: figure(row.others),
            other_owners: figure(row.other_owners),
        },
    }))
}

/// An organization, and what would become of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Organization {
    pub name: String,
    pub slug: Slug,
    pub fate: Fate,
}

/// By name, for the page that asks. What is true when the account is deleted is asked again behind locks.
pub async fn closing(user: &UserActor, deps: &Deps) -> Result<Vec<Organization>> {
    let mut transaction = user.begin(deps).await?;
    let mut organizations = Vec::new();
    for tenant in tenants_of(&mut transaction, user.id()).await? {
        if let Some(held) = look_at(&mut transaction, tenant, user.id()).await? {
            organizations.push(Organization {
                name: held.name,
                slug: held.slug,
                fate: held.situation.fate(),
            });
        }
    }
    transaction.commit().await?;
    organizations.sort_by_key(|organization| organization.name.to_lowercase());
    Ok(organizations)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_leaves_people_without_an_owner_and_nothing_is_left_to_nobody() {
        use TenantStatus::{Active, Deactivated, Deleting, Suspended};
        let fate = |status, owner, others, other_owners| {
            Situation {
                status,
                owner,
                others,
                other_owners,
            }
            .fate()
        };
        for living in [Active, Deactivated] {
            assert_eq!(fate(living, true, 0, 0), Fate::Ends);
            assert_eq!(fate(living, true, 3, 0), Fate::Blocks);
            assert_eq!(fate(living, true, 3, 1), Fate::Left);
            assert_eq!(
                fate(living, false, 3, 0),
                Fate::Left,
                "the owner is suspended, not gone"
            );
            assert_eq!(fate(living, false, 3, 1), Fate::Left);
        }
        for ending in [Deleting, Suspended] {
            for owner in [true, false] {
                assert_eq!(fate(ending, owner, 3, 0), Fate::Left);
                assert_eq!(fate(ending, owner, 0, 0), Fate::Left);
            }
        }
    }
}
