//! Leaving an organization by oneself. It needs no right, and the organization need not be active: who is kept out of a
//! paused or deleted one leaves from outside, so that this takes the person and not an actor of the organization.

use contract::{ids::TenantId, slug::Slug, tenant::TenantStatus};

use super::depart::depart;
use crate::{
    Deps, Error, Result,
    actor::{UserActor, audit_in_tenant},
    audit::Action,
    billing::apply_limits,
    database::{self, Transaction},
    standing,
};

/// What somebody is about to leave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leaving {
    pub name: String,
    pub slug: Slug,
    pub status: TenantStatus,
    /// They stay: there is no other active owner.
    pub last_owner: bool,
}

/// Whether they can, for the page that asks.
pub async fn leaving(user: &UserActor, deps: &Deps, slug: &str) -> Result<Leaving> {
    let mut transaction = user.begin(deps).await?;
    let (tenant, mut leaving) = enter(&mut transaction, user, deps, slug).await?;
    let own = standing::of(&mut transaction, tenant, user.id()).await?;
    leaving.last_owner = own.role.is_owner() && standing::other_owners(&mut transaction, tenant, own.user).await? == 0;
    transaction.commit().await?;
    Ok(leaving)
}

/// The last owner stays: they hand the organization over first, or delete it.
pub async fn leave(user: &UserActor, deps: &Deps, slug: &str) -> Result<()> {
    let mut transaction = user.begin(deps).await?;
    let (tenant, _) = enter(&mut transaction, user, deps, slug).await?;
    standing::hold_member(&mut transaction, tenant, user.id()).await?;
    let own = standing::of(&mut transaction, tenant, user.id()).await?;
    if own.role.is_owner() {
        standing::require_another_owner(&mut transaction, tenant, own.user).await?;
    }
    let was = depart(&mut transaction, deps, tenant, &own).await?;
    apply_limits::later(&mut transaction, tenant).await?;
    audit_in_tenant(user, tenant, Action::MemberLeft)
        .subject(own.user.0)
        .before(was)
        .write(&mut transaction, deps)
        .await?;
    transaction.commit().await?;
    Ok(())
}

/// Moves the transaction into an organization that the person is in, whatever state it is in.
async fn enter(
    transaction: &mut Transaction,
    user: &UserActor,
    deps: &Deps,
    slug: &str,
) -> Result<(TenantId, Leaving)> {
    user.require_verified_or_grace()?;
    let slug = Slug::parse(slug).map_err(|_| contract::Error::NotFound)?;
    let row = sqlx::query!(
        r#"select t.id, t.name, t.slug::text as "slug!", t.status from tenants t
        join tenant_members m on m.tenant_id = t.id and m.user_id = $2 and m.status = 'active'
        where t.slug = $1::text::citext and t.deleted_at is null and (t.purge_after is null or t.purge_after > $3)"#,
        slug.as_str(),
        user.id().0,
        deps.now(),
    )
    .fetch_optional(&mut **transaction)
    .await?
    .ok_or(contract::Error::NotFound)?;
    let tenant = row.id.into();
    database::enter_tenant(transaction, tenant).await?;
    let leaving = Leaving {
        name: row.name,
        slug: Slug::try_from(row.slug).map_err(Error::fault)?,
        status: TenantStatus::from_key(&row.status).ok_or_else(|| Error::fault("unknown status"))?,
        last_owner: false,
    };
    Ok((tenant, leaving))
}

#[cfg(test)]
mod tests {
    use contract::Error;

    use super::*;
    use crate::testing::{TestDatabase, deps, join, organization, person};

    #[tokio::test]
    async fn everybody_may_but_the_last_owner() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let ann = person(&deps, "ann").await;
        let acme = organization(&deps, &ann, "acme").await;
        let (bob, cid) = (person(&deps, "bob").await, person(&deps, "cid").await);
        join(&database, &deps, &acme, &bob, "guest").await;
        leave(&bob, &deps, "acme").await.unwrap();
        let again = leave(&bob, &deps, "acme").await.unwrap_err();
        assert_eq!(Error::from(again), Error::NotFound);
        let refused = leave(&ann, &deps, "acme").await.unwrap_err();
        assert_eq!(Error::from(refused), Error::LastOwner);
        join(&database, &deps, &acme, &cid, "owner").await;
        leave(&ann, &deps, "acme").await.unwrap();
        assert_eq!(database.count("tenant_members").await, 1);
        assert_eq!(database.count("audit_log where action = 'member.left'").await, 2);
    }

    #[tokio::test]
    async fn an_owner_whose_account_has_ended_is_no_other_owner() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let ann = person(&deps, "ann").await;
        let acme = organization(&deps, &ann, "acme").await;
        let bob = person(&deps, "bob").await;
        join(&database, &deps, &acme, &bob, "owner").await;
        for ended in ["deleted_at = now()", "deleted_at = null, status = 'deactivated'"] {
            sqlx::query(sqlx::AssertSqlSafe(format!("update users set {ended} where id = $1")))
                .bind(bob.id().0)
                .execute(database.owner())
                .await
                .unwrap();
            let refused = leave(&ann, &deps, "acme").await.unwrap_err();
            assert_eq!(Error::from(refused), Error::LastOwner, "{ended}");
        }
    }

    #[tokio::test]
    async fn also_one_that_was_paused_or_deleted_and_nobody_who_is_suspended() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let ann = person(&deps, "ann").await;
        let acme = organization(&deps, &ann, "acme").await;
        let gone = |error: crate::Error| assert_eq!(Error::from(error), Error::NotFound);
        let mut sue = None;
        for (name, state) in [
            ("bob", "status = 'deactivated'"),
            ("cid", "status = 'deleting', purge_after = now() + interval '100 years'"),
            ("sue", "status = 'active', purge_after = null"),
        ] {
            let user = person(&deps, name).await;
            join(&database, &deps, &acme, &user, "member").await;
            force(&database, &format!("update tenants set {state}")).await;
            if name == "sue" {
                sue = Some(user);
                continue;
            }
            let found = leaving(&user, &deps, "acme").await.unwrap();
            assert!(found.status != TenantStatus::Active && !found.last_owner, "{found:?}");
            leave(&user, &deps, "acme").await.unwrap();
            gone(leaving(&user, &deps, "acme").await.unwrap_err());
            force(&database, "update tenants set status = 'active', purge_after = null").await;
        }
        assert!(leaving(&ann, &deps, "acme").await.unwrap().last_owner);
        let sue = sue.unwrap();
        force(&database, "update tenant_members set status = 'suspended' where role_id <> (select id from iam_roles where key = 'owner')").await;
        gone(leaving(&sue, &deps, "acme").await.unwrap_err());
        gone(leave(&sue, &deps, "acme").await.unwrap_err());
        gone(leave(&person(&deps, "olaf").await, &deps, "acme").await.unwrap_err());
        assert_eq!(database.count("tenant_members").await, 2);
        assert_eq!(database.count("audit_log where action = 'member.left'").await, 2);
    }

    async fn force(database: &TestDatabase, sql: &str) {
        sqlx::query(sqlx::AssertSqlSafe(sql.to_owned()))
            .execute(database.owner())
            .await
            .unwrap();
    }
}
