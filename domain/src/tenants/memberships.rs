//! The organizations somebody belongs to.

use contract::{slug::Slug, tenant::Membership};

use crate::{Deps, Error, Result, actor::UserActor};

/// By name.
pub async fn list(user: &UserActor, deps: &Deps) -> Result<Vec<Membership>> {
    let mut transaction = user.begin(deps).await?;
    let rows = sqlx::query!(
        r#"select t.slug::text as "slug!", t.name, r.name as role
        from tenant_members m
        join tenants t on t.id = m.tenant_id and t.deleted_at is null
        join iam_roles r on r.tenant_id = m.tenant_id and r.id = m.role_id
        where m.user_id = $1 and m.status = 'active'
        order by lower(t.name), t.id"#,
        user.id().0,
    )
    .fetch_all(&mut *transaction)
    .await?;
    transaction.commit().await?;
    rows.into_iter()
        .map(|row| {
            Ok(Membership {
                slug: Slug::try_from(row.slug).map_err(Error::fault)?,
                name: row.name,
                role: row.role,
            })
        })
        .collect()
}
