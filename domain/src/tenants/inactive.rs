//! Why somebody does not get into an organization of theirs, and whom to ask.

use contract::{slug::Slug, tenant::TenantStatus};

use crate::{Deps, Error, Result, actor::UserActor, database};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inactive {
    pub name: String,
    pub status: TenantStatus,
    /// Who could end it, by name. Not whose account rests: they would not be reached.
    pub owners: Vec<String>,
}

/// For its people alone. Nobody else hears that it exists.
pub async fn inactive(user: &UserActor, deps: &Deps, slug: &str) -> Result<Inactive> {
    let slug = Slug::parse(slug).map_err(|_| contract::Error::NotFound)?;
    let mut transaction = user.begin(deps).await?;
    let row = sqlx::query!(
        "select t.id, t.name, t.status from tenants t \
         join tenant_members m on m.tenant_id = t.id and m.user_id = $2 and m.status = 'active' \
         where t.slug = $1::text::citext and t.deleted_at is null and (t.purge_after is null or t.purge_after > $3)",
        slug.as_str(),
        user.id().0,
        deps.now(),
    )
    .fetch_optional(&mut *transaction)
    .await?
    .ok_or(contract::Error::NotFound)?;
    database::enter_tenant(&mut transaction, row.id.into()).await?;
    let owners = sqlx::query_scalar!(
        "select u.name from tenant_members m join iam_roles r on r.tenant_id = m.tenant_id and r.id = m.role_id \
         join users u on u.id = m.user_id and u.status = 'active' and u.deleted_at is null \
         where m.tenant_id = $1 and m.status = 'active' and m.member_type = 'member' and r.key = 'owner' \
         order by lower(u.name), u.id",
        row.id,
    )
    .fetch_all(&mut *transaction)
    .await?;
    transaction.commit().await?;
    Ok(Inactive {
        name: row.name,
        status: TenantStatus::from_key(&row.status).ok_or_else(|| Error::fault("unknown status"))?,
        owners,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        identity::deactivate_account::deactivate as deactivate_account,
        tenants::deactivate::deactivate,
        testing::{TestDatabase, deps, join, organization, person},
    };

    #[tokio::test]
    async fn its_people_hear_why_and_whom_to_ask_and_strangers_nothing() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let (ann, bob) = (person(&deps, "ann").await, person(&deps, "bob").await);
        let acme = organization(&deps, &ann, "acme").await;
        join(&database, &deps, &acme, &bob, "member").await;
        let resting = person(&deps, "dan").await;
        join(&database, &deps, &acme, &resting, "owner").await;
        deactivate_account(&resting, &deps).await.unwrap();
        deactivate(&acme, &deps).await.unwrap();
        let expected = Inactive {
            name: "acme".to_owned(),
            status: TenantStatus::Deactivated,
            owners: vec!["ann".to_owned()],
        };
        assert_eq!(inactive(&bob, &deps, "acme").await.unwrap(), expected);
        let stranger = person(&deps, "cleo").await;
        let refused = inactive(&stranger, &deps, "acme").await.unwrap_err();
        assert_eq!(contract::Error::from(refused), contract::Error::NotFound);
    }
}
