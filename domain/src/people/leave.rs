//! Leaving an organization by oneself. It needs no right, and the organization need not be active.

use super::depart::depart;
use crate::{Deps, Result, actor::OrgActor, audit::Action, standing};

/// The last owner stays: they hand the organization over first, or delete it.
pub async fn leave(org: &OrgActor, deps: &Deps) -> Result<()> {
    let mut transaction = org.begin(deps).await?;
    standing::hold_present(&mut transaction, org).await?;
    let own = standing::of(&mut transaction, org.tenant().id, org.user().id()).await?;
    if own.role.is_owner() {
        standing::require_another_owner(&mut transaction, org.tenant().id, own.user).await?;
    }
    let was = depart(&mut transaction, org, deps, &own).await?;
    org.audit(Action::MemberLeft)
        .subject(own.user.0)
        .before(was)
        .write(&mut transaction, deps)
        .await?;
    transaction.commit().await?;
    Ok(())
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
        let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
        let (bob, cid) = (person(&deps, "bob").await, person(&deps, "cid").await);
        let guest = join(&database, &deps, &acme, &bob, "guest").await;
        leave(&guest, &deps).await.unwrap();
        let again = leave(&guest, &deps).await.unwrap_err();
        assert_eq!(Error::from(again), Error::NotFound);
        let refused = leave(&acme, &deps).await.unwrap_err();
        assert_eq!(Error::from(refused), Error::LastOwner);
        join(&database, &deps, &acme, &cid, "owner").await;
        leave(&acme, &deps).await.unwrap();
        assert_eq!(database.count("tenant_members").await, 1);
        assert_eq!(database.count("audit_log where action = 'member.left'").await, 2);
    }

    #[tokio::test]
    async fn an_owner_whose_account_has_ended_is_no_other_owner() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
        let bob = person(&deps, "bob").await;
        join(&database, &deps, &acme, &bob, "owner").await;
        for ended in ["deleted_at = now()", "deleted_at = null, status = 'deactivated'"] {
            sqlx::query(sqlx::AssertSqlSafe(format!("update users set {ended} where id = $1")))
                .bind(bob.id().0)
                .execute(database.owner())
                .await
                .unwrap();
            let refused = leave(&acme, &deps).await.unwrap_err();
            assert_eq!(Error::from(refused), Error::LastOwner, "{ended}");
        }
    }
}
