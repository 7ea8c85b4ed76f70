//! Where an organization's old address leads.

use contract::slug::Slug;

use crate::{Deps, Result, actor::UserActor};

/// The slug of today, for somebody who belongs to the organization; nobody else hears that it existed.
pub async fn current_slug(user: &UserActor, deps: &Deps, old: &str) -> Result<Option<Slug>> {
    // The text comes from a URL: what cannot be a slug never was one.
    let Ok(old) = Slug::parse(old) else { return Ok(None) };
    let mut transaction = user.begin(deps).await?;
    let slug = sqlx::query_scalar!(
        r#"select t.slug::text as "slug!" from tenant_slugs s
        join tenants t on t.id = s.tenant_id and t.deleted_at is null
        join tenant_members m on m.tenant_id = t.id and m.user_id = $2 and m.status = 'active'
        where s.slug = $1::text::citext and s.retired_at is not null"#,
        old.as_str(),
        user.id().0,
    )
    .fetch_optional(&mut *transaction)
    .await?;
    transaction.commit().await?;
    slug.map(|slug| Slug::try_from(slug).map_err(crate::Error::fault))
        .transpose()
}
