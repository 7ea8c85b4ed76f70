//! The organizations somebody belongs to.

use contract::{
    slug::Slug,
    tenant::{Membership, TenantStatus},
};

use crate::{Deps, Error, Result, actor::UserActor, database::end_of_reading};

/// By name.
pub async fn list(user: &UserActor, deps: &Deps) -> Result<Vec<Membership>> {
    let mut transaction = user.begin(deps).await?;
    let rows = sqlx::query!(
        r#"select t.slug::text as "slug!", t.name, t.status, r.name as role
        from tenant_members m
        join tenants t on t.id = m.tenant_id and t.deleted_at is null
        join iam_roles r on r.tenant_id = m.tenant_id and r.id = m.role_id
        where m.user_id = $1 and m.status = 'active' and (t.purge_after is null or t.purge_after > $2)
        order by lower(t.name), t.id"#,
        user.id().0,
        deps.now(),
    )
    .fetch_all(&mut *transaction)
    .await?;
    end_of_reading(transaction);
    rows.into_iter()
        .map(|row| membership(row.slug, row.name, row.role, &row.status))
        .collect()
}

/// One of them as it stands in a row.
pub(crate) fn membership(slug: String, name: String, role: String, status: &str) -> Result<Membership> {
    Ok(Membership {
        slug: Slug::try_from(slug).map_err(Error::fault)?,
        name,
        role,
        status: TenantStatus::from_key(status).ok_or_else(|| Error::fault("unknown status"))?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{TestDatabase, deps, join, organization, person};

    #[tokio::test]
    async fn lists_ones_own_by_name_with_the_role_there() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let (ann, bob) = (person(&deps, "ann").await, person(&deps, "bob").await);
        let zebra = organization(&deps, &ann, "zebra").await;
        organization(&deps, &bob, "acme").await;
        organization(&deps, &ann, "hidden").await;
        join(&database, &deps, &zebra, &bob, "billing").await;

        let listed = async || {
            let memberships = list(&bob, &deps).await.unwrap();
            memberships
                .into_iter()
                .map(|one| format!("{} {}", one.slug, one.role))
                .collect::<Vec<_>>()
        };
        assert_eq!(listed().await, ["acme Owner", "zebra Billing"]);
        sqlx::query("update tenant_members set status = 'suspended' where tenant_id = $1 and user_id = $2")
            .bind(zebra.tenant().id.0)
            .bind(bob.id().0)
            .execute(database.owner())
            .await
            .unwrap();
        assert_eq!(listed().await, ["acme Owner"]);
    }
}
