//! What an organization is called and where it is found.

use contract::{FieldCode, iam::Permission, slug::Slug, text::OrganizationName};
use serde_json::json;

use crate::{
    Deps, OnConstraint, Result,
    actor::OrgActor,
    audit::Action,
    database::Transaction,
    standing,
    throttle::{self, Policy},
};

#[derive(Debug, Clone)]
pub struct TenantChange {
    pub name: OrganizationName,
    pub slug: Slug,
}

/// An old slug stays the organization's: it leads to the new one, and nobody else can take it. How many it takes in a day
/// is limited for that reason; an attempt that took none does not count.
pub async fn update(org: &OrgActor, deps: &Deps, change: TenantChange) -> Result<Slug> {
    org.require_change(Permission::TenantUpdate)?;
    if change.slug == org.tenant().slug {
        return save(org, deps, change).await;
    }
    // Before the transaction, which holds a connection already.
    let counted = org.tenant().id.to_string();
    throttle::attempt(deps, Policy::SlugByOrganization, &counted).await?;
    let saved = save(org, deps, change).await;
    if saved.is_err() {
        throttle::give_back(deps, Policy::SlugByOrganization, &counted).await?;
    }
    saved
}

async fn save(org: &OrgActor, deps: &Deps, change: TenantChange) -> Result<Slug> {
    let tenant = org.tenant();
    let now = deps.now();
    let mut transaction = org.begin(deps).await?;
    standing::hold(&mut transaction, org, Permission::TenantUpdate).await?;
    let before = sqlx::query!(
        r#"select name, slug::text as "slug!" from tenants where id = $1"#,
        tenant.id.0
    )
    .fetch_one(&mut *transaction)
    .await?;
    // The form was filled in at an address that is no longer the organization's: saving it would bring the old one back.
    if before.slug != tenant.slug.as_str() {
        return Err(contract::Error::Conflict.into());
    }
    if before.name == change.name.as_str() && before.slug == change.slug.as_str() {
        transaction.rollback().await?;
        return Ok(change.slug);
    }
    if before.slug != change.slug.as_str() {
        claim(&mut transaction, org, deps, &change.slug).await?;
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
        .before(json!({ "name": before.name, "slug": before.slug }))
        .after(json!({ "name": change.name, "slug": change.slug }))
        .write(&mut transaction, deps)
        .await?;
    transaction.commit().await?;
    Ok(change.slug)
}

/// Retires the present slug and makes another the present one. A slug of one's own from before comes back; anybody else's
/// is taken, and is found so without a lock on it, so that two who want each other's do not wait for each other.
async fn claim(transaction: &mut Transaction, org: &OrgActor, deps: &Deps, slug: &Slug) -> Result<()> {
    let taken = || contract::Error::field("slug", FieldCode::Taken);
    let tenant = org.tenant().id.0;
    let holder = sqlx::query_scalar!(
        "select tenant_id from tenant_slugs where slug = $1::text::citext",
        slug.as_str(),
    )
    .fetch_optional(&mut **transaction)
    .await?;
    if holder.is_some_and(|holder| holder != tenant) {
        return Err(taken().into());
    }
    sqlx::query!(
        "update tenant_slugs set retired_at = $2 where tenant_id = $1 and retired_at is null",
        tenant,
        deps.now(),
    )
    .execute(&mut **transaction)
    .await?;
    if holder.is_some() {
        sqlx::query!(
            "update tenant_slugs set retired_at = null where slug = $1::text::citext and tenant_id = $2",
            slug.as_str(),
            tenant,
        )
        .execute(&mut **transaction)
        .await?;
    } else {
        sqlx::query!(
            "insert into tenant_slugs (slug, tenant_id, created_at) values ($1::text::citext, $2, $3)",
            slug.as_str(),
            tenant,
            deps.now(),
        )
        .execute(&mut **transaction)
        .await
        .on_constraint("tenant_slugs_pkey", taken)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;
    use contract::slug::SlugState;

    use super::*;
    use crate::{
        tenants::{current_slug::current_slug, slug::check},
        testing::{TestDatabase, clock_and_deps, deps, join, organization, person},
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
    async fn an_organization_cannot_take_addresses_by_the_hundred() {
        let database = TestDatabase::new().await;
        let (clock, deps) = clock_and_deps(&database);
        let ann = person(&deps, "ann").await;
        organization(&deps, &ann, "taken").await;
        let other = organization(&deps, &ann, "other").await;
        let mut slug = organization(&deps, &ann, "acme").await.tenant().slug.clone();
        let enter = async |slug: &Slug| OrgActor::enter(&ann, &deps, slug.as_str()).await.unwrap();
        for number in 0..10 {
            let acme = enter(&slug).await;
            let refused = update(&acme, &deps, change("Acme", "taken")).await.unwrap_err();
            assert_eq!(
                contract::Error::from(refused),
                contract::Error::field("slug", FieldCode::Taken),
                "what was not taken does not count"
            );
            slug = update(&acme, &deps, change("Acme", &format!("acme-{number}")))
                .await
                .unwrap();
        }
        clock.advance(TimeDelta::hours(1));
        let acme = enter(&slug).await;
        let refused = update(&acme, &deps, change("Acme", "one-more")).await.unwrap_err();
        assert_eq!(
            contract::Error::from(refused),
            contract::Error::Throttled {
                retry_after_seconds: 23 * 3600
            }
        );
        assert_eq!(database.count("tenant_slugs where slug = 'one-more'").await, 0);
        update(&acme, &deps, change("Acme Works", slug.as_str())).await.unwrap();
        update(&other, &deps, change("Other", "one-more")).await.unwrap();
        clock.advance(TimeDelta::hours(23));
        update(&acme, &deps, change("Acme", "acme")).await.unwrap();
    }

    #[tokio::test]
    async fn a_form_from_before_somebody_elses_move_does_not_undo_it() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let ann = person(&deps, "ann").await;
        let stale = organization(&deps, &ann, "acme").await;
        update(&stale, &deps, change("Acme", "acme-two")).await.unwrap();
        let refused = update(&stale, &deps, change("Renamed", "acme")).await.unwrap_err();
        assert_eq!(contract::Error::from(refused), contract::Error::Conflict);
        assert!(OrgActor::enter(&ann, &deps, "acme-two").await.is_ok());
        assert_eq!(database.count("audit_log where action = 'tenant.updated'").await, 1);
    }

    #[tokio::test]
    async fn saving_what_is_there_is_no_change() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
        let name = acme.tenant().name.clone();
        update(&acme, &deps, change(&name, "acme")).await.unwrap();
        assert_eq!(database.count("audit_log where action = 'tenant.updated'").await, 0);
        update(&acme, &deps, change("Other name", "acme")).await.unwrap();
        let entry: (serde_json::Value, serde_json::Value) =
            sqlx::query_as("select before, after from audit_log where action = 'tenant.updated'")
                .fetch_one(database.owner())
                .await
                .unwrap();
        assert_eq!(
            entry,
            (
                json!({ "name": name, "slug": "acme" }),
                json!({ "name": "Other name", "slug": "acme" })
            )
        );
    }

    #[tokio::test]
    async fn nothing_is_changed_in_a_suspended_organization() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
        // After the actor has entered, so that it is the transaction that sees it.
        sqlx::query("update tenants set status = 'suspended'")
            .execute(database.owner())
            .await
            .unwrap();
        let refused = update(&acme, &deps, change("Other", "acme")).await.unwrap_err();
        assert_eq!(contract::Error::from(refused), contract::Error::TenantInactive);
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
