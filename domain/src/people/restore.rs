//! Letting somebody in again who was suspended.

use contract::{iam::Permission, ids::UserId, people::MemberStatus};

use super::seats;
use crate::{Deps, Result, actor::OrgActor, audit::Action, mail::News, standing};

/// Takes a seat again. In already is no error.
pub async fn restore(org: &OrgActor, deps: &Deps, person: UserId) -> Result<()> {
    org.require_change(Permission::MembersUpdate)?;
    let tenant = org.tenant().id;
    let mut transaction = org.begin(deps).await?;
    let actor = standing::hold(&mut transaction, org, Permission::MembersUpdate).await?;
    let person = standing::of(&mut transaction, tenant, person).await?;
    if !actor.may_touch(&person) {
        return Err(contract::Error::Forbidden.into());
    }
    if person.status == MemberStatus::Active {
        transaction.rollback().await?;
        return Ok(());
    }
    seats::take(&mut transaction, deps, tenant, person.member_type, None).await?;
    sqlx::query!(
        "update tenant_members set status = 'active', paused_at = null, updated_at = $3 where tenant_id = $1 and user_id = $2",
        tenant.0,
        person.user.0,
        deps.now(),
    )
    .execute(&mut *transaction)
    .await?;
    standing::tell(&mut transaction, tenant, person.user, News::Restored).await?;
    org.audit(Action::MemberRestored)
        .subject(person.user.0)
        .write(&mut transaction, deps)
        .await?;
    transaction.commit().await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use contract::{Error, error::Limit};

    use super::*;
    use crate::{
        people::suspend::suspend,
        testing::{TestDatabase, deps, join, organization, person},
    };

    #[tokio::test]
    async fn in_again_while_there_is_a_seat() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
        let bob = person(&deps, "bob").await;
        join(&database, &deps, &acme, &bob, "member").await;
        suspend(&acme, &deps, bob.id()).await.unwrap();
        sqlx::query("update plan_limits set allowed = 1 where limit_key = 'members'")
            .execute(database.owner())
            .await
            .unwrap();
        let refused = restore(&acme, &deps, bob.id()).await.unwrap_err();
        let full = Error::LimitReached {
            limit: Limit::Members,
            used: 1,
            allowed: 1,
        };
        assert_eq!(Error::from(refused), full);
        sqlx::query("update plan_limits set allowed = 2 where limit_key = 'members'")
            .execute(database.owner())
            .await
            .unwrap();
        restore(&acme, &deps, bob.id()).await.unwrap();
        restore(&acme, &deps, bob.id()).await.unwrap();
        assert!(OrgActor::enter(&bob, &deps, "acme").await.is_ok());
        assert_eq!(database.count("audit_log where action = 'member.restored'").await, 1);
    }

    #[tokio::test]
    async fn an_owner_is_let_in_by_owners() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
        let (bob, cid) = (person(&deps, "bob").await, person(&deps, "cid").await);
        join(&database, &deps, &acme, &bob, "owner").await;
        let admin = join(&database, &deps, &acme, &cid, "admin").await;
        suspend(&acme, &deps, bob.id()).await.unwrap();
        let refused = restore(&admin, &deps, bob.id()).await.unwrap_err();
        assert_eq!(Error::from(refused), Error::Forbidden);
        restore(&acme, &deps, bob.id()).await.unwrap();
    }
}
