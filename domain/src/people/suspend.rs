//! Locking somebody out for a while. Their seat is free meanwhile; what is theirs stays.

use contract::{iam::Permission, ids::UserId, people::MemberStatus};

use crate::{Deps, Result, actor::OrgActor, audit::Action, billing::apply_limits, mail::News, standing};

/// They are out at their next request. Nobody does it to themselves: leaving is another thing. Suspended already is no error.
pub async fn suspend(org: &OrgActor, deps: &Deps, person: UserId) -> Result<()> {
    org.require_relief(Permission::MembersUpdate)?;
    let tenant = org.tenant().id;
    let mut transaction = org.begin(deps).await?;
    let actor = standing::hold_for_relief(&mut transaction, org, Permission::MembersUpdate).await?;
    let person = standing::of(&mut transaction, tenant, person).await?;
    if !actor.may_touch(&person) {
        return Err(contract::Error::Forbidden.into());
    }
    if person.status == MemberStatus::Suspended {
        transaction.rollback().await?;
        return Ok(());
    }
    if person.role.is_owner() {
        standing::require_another_owner(&mut transaction, tenant, person.user).await?;
    }
    if person.user == actor.user {
        return Err(contract::Error::Conflict.into());
    }
    sqlx::query!(
        "update tenant_members set status = 'suspended', updated_at = $3 where tenant_id = $1 and user_id = $2",
        tenant.0,
        person.user.0,
        deps.now(),
    )
    .execute(&mut *transaction)
    .await?;
    standing::end_offers(&mut transaction, deps, tenant, person.user).await?;
    apply_limits::later(&mut transaction, tenant).await?;
    standing::tell(&mut transaction, tenant, person.user, News::Suspended).await?;
    org.audit(Action::MemberSuspended)
        .subject(person.user.0)
        .write(&mut transaction, deps)
        .await?;
    transaction.commit().await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use contract::Error;

    use super::*;
    use crate::{
        people::seats::seats,
        testing::{TestDatabase, deps, join, organization, person},
    };

    #[tokio::test]
    async fn out_at_once_and_the_seat_is_free() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
        let bob = person(&deps, "bob").await;
        join(&database, &deps, &acme, &bob, "member").await;
        assert_eq!(seats(&acme, &deps).await.unwrap().members.used, 2);
        suspend(&acme, &deps, bob.id()).await.unwrap();
        suspend(&acme, &deps, bob.id()).await.unwrap();
        assert_eq!(seats(&acme, &deps).await.unwrap().members.used, 1);
        let refused = OrgActor::enter(&bob, &deps, "acme").await.unwrap_err();
        assert_eq!(Error::from(refused), Error::NotFound);
        assert_eq!(database.count("audit_log where action = 'member.suspended'").await, 1);
    }

    #[tokio::test]
    async fn nobody_above_not_the_last_owner_and_not_oneself() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let ann = person(&deps, "ann").await;
        let acme = organization(&deps, &ann, "acme").await;
        let (bob, cid) = (person(&deps, "bob").await, person(&deps, "cid").await);
        let admin = join(&database, &deps, &acme, &bob, "admin").await;
        let member = join(&database, &deps, &acme, &cid, "member").await;
        for (actor, person, expected) in [
            (&admin, ann.id(), Error::Forbidden),
            (&member, bob.id(), Error::Forbidden),
            (&acme, ann.id(), Error::LastOwner),
            (&admin, bob.id(), Error::Conflict),
        ] {
            let refused = suspend(actor, &deps, person).await.unwrap_err();
            assert_eq!(Error::from(refused), expected);
        }
        assert_eq!(database.count("tenant_members where status = 'suspended'").await, 0);
    }
}
