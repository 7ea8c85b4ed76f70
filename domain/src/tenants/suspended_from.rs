//! The organizations somebody belongs to and is kept out of, for as long as they are suspended there.

use crate::{Deps, Result, actor::UserActor, database::end_of_reading};

/// Their names, by name.
pub async fn suspended_from(user: &UserActor, deps: &Deps) -> Result<Vec<String>> {
    let mut transaction = user.begin(deps).await?;
    let names = sqlx::query_scalar!(
        "select t.name from tenant_members m join tenants t on t.id = m.tenant_id and t.deleted_at is null \
         where m.user_id = $1 and m.status = 'suspended' and (t.purge_after is null or t.purge_after > $2) \
         order by lower(t.name), t.id",
        user.id().0,
        deps.now(),
    )
    .fetch_all(&mut *transaction)
    .await?;
    end_of_reading(transaction);
    Ok(names)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        people::{restore::restore, suspend::suspend},
        testing::{TestDatabase, deps, join, organization, person},
    };

    #[tokio::test]
    async fn names_them_until_they_are_restored() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let (ann, bob) = (person(&deps, "ann").await, person(&deps, "bob").await);
        let acme = organization(&deps, &ann, "acme").await;
        organization(&deps, &bob, "own").await;
        join(&database, &deps, &acme, &bob, "member").await;
        assert_eq!(suspended_from(&bob, &deps).await.unwrap(), [""; 0]);
        suspend(&acme, &deps, bob.id()).await.unwrap();
        assert_eq!(suspended_from(&bob, &deps).await.unwrap(), ["acme"]);
        assert_eq!(suspended_from(&ann, &deps).await.unwrap(), [""; 0]);
        restore(&acme, &deps, bob.id()).await.unwrap();
        assert_eq!(suspended_from(&bob, &deps).await.unwrap(), [""; 0]);
    }
}
