//! What an organization is called and where it is found.

use contract::{FieldCode, iam::Permission, slug::Slug, text::OrganizationName};
use serde_json::json;

use crate::{Deps, OnConstraint, Result, actor::OrgActor, audit::Action};

#[derive(Debug, Clone)]
pub struct TenantChange {
    pub name: OrganizationName,
    pub slug: Slug,
}

/// An old slug stays the organization's: it leads to the new one, and nobody else can take it.
pub async fn update(org: &OrgActor, deps: &Deps, change: TenantChange) -> Result<Slug> {
    org.require_change(Permission::TenantUpdate)?;
    let tenant = org.tenant();
    let now = deps.now();
    let mut transaction = org.begin(deps).await?;
    if change.slug != tenant.slug {
        sqlx::query!(
            "update tenant_slugs set retired_at = $2 where tenant_id = $1 and retired_at is null",
            tenant.id.0,
            now
        )
        .execute(&mut *transaction)
        .await?;
        // A slug of one's own from before comes back; anybody else's is taken.
        let claimed = sqlx::query!(
            "insert into tenant_slugs as s (slug, tenant_id, created_at) values ($1::text::citext, $2, $3) \
             on conflict (slug) do update set retired_at = null where s.tenant_id = excluded.tenant_id",
            change.slug.as_str(),
            tenant.id.0,
            now,
        )
        .execute(&mut *transaction)
        .await
        .on_constraint("tenant_slugs_current_key", || contract::Error::Conflict)?;
        if claimed.rows_affected() == 0 {
            return Err(contract::Error::field("slug", FieldCode::Taken).into());
        }
    }
    sqlx::query!(
        "update tenants set name = $2, slug = $3::text::citext, updated_at = $4 where id = $1",
        tenant.id.0,
        change.name.as_str(),
        change.slug.as_str(),
        now,
    )
    .execute(&mut *transaction)
    .await?;
    org.audit(Action::TenantUpdated)
        .subject(tenant.id.0)
        .before(json!({ "name": tenant.name, "slug": tenant.slug }))
        .after(json!({ "name": change.name, "slug": change.slug }))
        .write(&mut transaction, deps)
        .await?;
    transaction.commit().await?;
    Ok(change.slug)
}

#[cfg(test)]
mod tests {
    use contract::slug::SlugState;

    use super::*;
    use crate::{
        tenants::{current_slug::current_slug, slug::check},
        testing::{TestDatabase, deps, join, organization, person},
    };

    fn change(name: &str, slug: &str) -> TenantChange {
        TenantChange {
            name: OrganizationName::parse(name).unwrap(),
            slug: Slug::parse(slug).unwrap(),
        }
    }

    #[tokio::test]
    async fn an_old_slug_leads_on_and_stays_reserved() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let ann = person(&deps, "ann").await;
        let bob = person(&deps, "bob").await;
        let acme = organization(&deps, &ann, "acme").await;
        update(&acme, &deps, change("Acme", "acme-two")).await.unwrap();

        let leads_to = current_slug(&ann, &deps, "acme").await.unwrap().unwrap();
        assert_eq!(leads_to.as_str(), "acme-two");
        assert_eq!(
            current_slug(&bob, &deps, "acme").await.unwrap(),
            None,
            "not for a stranger"
        );
        assert_eq!(check(&bob, &deps, "acme", None).await.unwrap(), SlugState::Taken);

        let other = organization(&deps, &bob, "other").await;
        let refused = update(&other, &deps, change("Other", "acme")).await.unwrap_err();
        assert_eq!(
            contract::Error::from(refused),
            contract::Error::field("slug", FieldCode::Taken)
        );

        let acme = OrgActor::enter(&ann, &deps, "acme-two").await.unwrap();
        update(&acme, &deps, change("Acme", "acme")).await.unwrap();
        assert_eq!(
            current_slug(&ann, &deps, "acme-two").await.unwrap().unwrap().as_str(),
            "acme"
        );
    }

    #[tokio::test]
    async fn a_member_may_not() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let ann = person(&deps, "ann").await;
        let acme = organization(&deps, &ann, "acme").await;
        let member = join(&database, &deps, &acme, &person(&deps, "bob").await, "member").await;
        let refused = update(&member, &deps, change("Mine", "mine")).await.unwrap_err();
        assert_eq!(contract::Error::from(refused), contract::Error::Forbidden);
    }
}
