//! Taking somebody out of the organization.

use contract::{iam::Permission, ids::UserId};

use super::depart::depart;
use crate::{Deps, Result, actor::OrgActor, audit::Action, billing::apply_limits, mail::News, standing};

/// They are out at their next request, and can be invited again. Nobody does it to themselves: that is leaving.
pub async fn remove(org: &OrgActor, deps: &Deps, person: UserId) -> Result<()> {
    org.require_relief(Permission::MembersRemove)?;
    let tenant = org.tenant().id;
    let mut transaction = org.begin(deps).await?;
    let actor = standing::hold_for_relief(&mut transaction, org, Permission::MembersRemove).await?;
    let person = standing::of(&mut transaction, tenant, person).await?;
    if !actor.may_touch(&person) {
        return Err(contract::Error::Forbidden.into());
    }
    if person.role.is_owner() {
        standing::require_another_owner(&mut transaction, tenant, person.user).await?;
    }
    if person.user == actor.user {
        return Err(contract::Error::Conflict.into());
    }
    let was = depart(&mut transaction, deps, org.tenant().id, &person).await?;
    apply_limits::later(&mut transaction, tenant).await?;
    standing::tell(&mut transaction, tenant, person.user, News::Removed).await?;
    org.audit(Action::MemberRemoved)
        .subject(person.user.0)
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
    use crate::{
        tasks::update::{TaskChange, update},
        testing::{TestDatabase, deps, join, organization, person, project, task},
    };

    #[tokio::test]
    async fn out_at_once_and_their_tasks_are_nobodys() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
        let bob = person(&deps, "bob").await;
        let member = join(&database, &deps, &acme, &bob, "member").await;
        let work = project(&deps, &member, "Work").await;
        let one = task(&deps, &acme, work, "One").await;
        let change = TaskChange {
            assignee: Some(Some(bob.id())),
            ..TaskChange::default()
        };
        update(&acme, &deps, one, change).await.unwrap();

        remove(&acme, &deps, bob.id()).await.unwrap();
        let refused = OrgActor::enter(&bob, &deps, "acme").await.unwrap_err();
        assert_eq!(Error::from(refused), Error::NotFound);
        assert_eq!(database.count("tasks where assignee_id is null").await, 1);
        assert_eq!(database.count("projects").await, 1, "what they made stays");
        let entry: serde_json::Value =
            sqlx::query_scalar("select before from audit_log where action = 'member.removed'")
                .fetch_one(database.owner())
                .await
                .unwrap();
        assert_eq!((&entry["role"], &entry["tasks"]), (&"Member".into(), &1.into()));
        let again = remove(&acme, &deps, bob.id()).await.unwrap_err();
        assert_eq!(Error::from(again), Error::NotFound);
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
            let refused = remove(actor, &deps, person).await.unwrap_err();
            assert_eq!(Error::from(refused), expected);
        }
        assert_eq!(database.count("tenant_members").await, 3);
    }
}
