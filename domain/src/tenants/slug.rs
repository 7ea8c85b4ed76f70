//! Whether a slug can be had.

use contract::{
    FieldCode,
    slug::{Slug, SlugState},
};

use crate::{
    Deps, Result,
    actor::UserActor,
    throttle::{self, Policy},
};

/// For the check while typing. `current` is the organization's own slug: it may keep it, and go back to one it had before.
pub async fn check(user: &UserActor, deps: &Deps, text: &str, current: Option<&Slug>) -> Result<SlugState> {
    throttle::attempt(deps, Policy::SlugCheckByPerson, &user.id().to_string()).await?;
    let slug = match Slug::parse(text) {
        Ok(slug) => slug,
        Err(FieldCode::Reserved) => return Ok(SlugState::Reserved),
        Err(_) => return Ok(SlugState::Invalid),
    };
    if current == Some(&slug) {
        return Ok(SlugState::Available);
    }
    // Row-level security shows only organizations of this person, so that `current` cannot ask about another's past.
    let mut transaction = user.begin(deps).await?;
    let taken = sqlx::query_scalar!(
        r#"select exists (
            select from tenant_slugs s where s.slug = $1::text::citext
                and s.tenant_id is distinct from (select t.id from tenants t where t.slug = $2::text::citext)
        ) as "taken!""#,
        slug.as_str(),
        current.map(Slug::as_str),
    )
    .fetch_one(&mut *transaction)
    .await?;
    transaction.commit().await?;
    Ok(if taken { SlugState::Taken } else { SlugState::Available })
}

#[cfg(test)]
mod tests {
    use contract::text::OrganizationName;

    use super::*;
    use crate::{
        tenants::update::{TenantChange, update},
        testing::{TestDatabase, deps, organization, person},
    };

    #[tokio::test]
    async fn answers_for_everybody_and_lets_an_organization_keep_its_own() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let (ann, bob) = (person(&deps, "ann").await, person(&deps, "bob").await);
        let acme = organization(&deps, &ann, "acme").await;
        let change = TenantChange {
            name: OrganizationName::parse("Acme").unwrap(),
            slug: Slug::parse("acme-two").unwrap(),
        };
        let current = update(&acme, &deps, change).await.unwrap();

        for (text, state) in [
            ("free", SlugState::Available),
            ("acme", SlugState::Taken),
            ("ACME-two", SlugState::Taken),
            ("admin", SlugState::Reserved),
            ("a", SlugState::Invalid),
            ("a\0b", SlugState::Invalid),
        ] {
            assert_eq!(check(&bob, &deps, text, None).await.unwrap(), state, "{text}");
        }
        for own in ["acme", "acme-two"] {
            assert_eq!(
                check(&ann, &deps, own, Some(&current)).await.unwrap(),
                SlugState::Available,
                "{own}"
            );
        }
        assert_eq!(
            check(&bob, &deps, "acme", Some(&current)).await.unwrap(),
            SlugState::Taken,
            "a stranger does not learn whose it was"
        );
    }
}
