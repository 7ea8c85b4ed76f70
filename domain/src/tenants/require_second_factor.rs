//! Whether an organization lets in only who has proven a second factor.

use contract::iam::Permission;

use crate::{Deps, Result, actor::OrgActor, audit::Action, standing};

/// Holds from everybody's next request on, wherever they are signed in; their other organizations are not concerned. Who
/// requires it has proven their own, so that nobody locks themselves out.
pub async fn set(org: &OrgActor, deps: &Deps, required: bool) -> Result<()> {
    org.require_change(Permission::TenantUpdate)?;
    // It decides about credentials.
    org.require_own_hands()?;
    if required && org.user().second_factor_at().is_none() {
        return Err(contract::Error::SecondFactorRequired.into());
    }
    let mut transaction = org.begin(deps).await?;
    standing::hold(&mut transaction, org, Permission::TenantUpdate).await?;
    let changed = sqlx::query!(
        "update tenants set second_factor_required = $2, updated_at = $3 where id = $1 and second_factor_required <> $2",
        org.tenant().id.0,
        required,
        deps.now(),
    )
    .execute(&mut *transaction)
    .await?;
    if changed.rows_affected() == 0 {
        transaction.rollback().await?;
        return Ok(());
    }
    let action = if required {
        Action::TenantSecondFactorRequired
    } else {
        Action::TenantSecondFactorOptional
    };
    org.audit(action)
        .subject(org.tenant().id.0)
        .write(&mut transaction, deps)
        .await?;
    transaction.commit().await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use contract::{Error, iam::DefaultRole};

    use super::*;
    use crate::{
        actor::UserActor,
        testing::{TestDatabase, deps, join, organization, person, request},
    };

    /// The same session, looked up anew, in which a second factor was proven or was not.
    async fn came(database: &TestDatabase, deps: &Deps, user: &UserActor, proven: bool) -> UserActor {
        let token = user.id().to_string();
        sqlx::query(
            "update user_sessions set token_hash = sha256($2::bytea), second_factor_at = $3 where user_id = $1",
        )
        .bind(user.id().0)
        .bind(token.as_bytes())
        .bind(proven.then(|| deps.now()))
        .execute(database.owner())
        .await
        .unwrap();
        UserActor::authenticate(deps, &token, request()).await.unwrap().unwrap()
    }

    #[tokio::test]
    async fn who_has_proven_none_is_kept_out_of_this_organization_alone() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let (ann, bob) = (person(&deps, "ann").await, person(&deps, "bob").await);
        let acme = organization(&deps, &ann, "acme").await;
        join(&database, &deps, &acme, &bob, DefaultRole::Member.key()).await;
        organization(&deps, &bob, "bobs").await;
        let refused = set(&acme, &deps, true).await.unwrap_err();
        assert_eq!(Error::from(refused), Error::SecondFactorRequired, "locks nobody out");

        let ann = came(&database, &deps, &ann, true).await;
        let acme = OrgActor::enter(&ann, &deps, "acme").await.unwrap();
        set(&acme, &deps, true).await.unwrap();
        set(&acme, &deps, true).await.unwrap();
        let entries = "audit_log where action = 'tenant.second_factor_required'";
        assert_eq!(database.count(entries).await, 1);
        for enter in [
            OrgActor::enter(&bob, &deps, "acme").await.map(drop),
            OrgActor::enter_with_memberships(&bob, &deps, "acme").await.map(drop),
            OrgActor::enter_for_billing(&bob, &deps, "acme").await.map(drop),
        ] {
            assert_eq!(Error::from(enter.unwrap_err()), Error::SecondFactorRequired);
        }
        OrgActor::enter(&bob, &deps, "bobs").await.unwrap();
        let stranger = person(&deps, "eve").await;
        let refused = OrgActor::enter(&stranger, &deps, "acme").await.unwrap_err();
        assert_eq!(Error::from(refused), Error::NotFound, "as if there were none");
        let bob = came(&database, &deps, &bob, true).await;
        let inside = OrgActor::enter(&bob, &deps, "acme").await.unwrap();
        let refused = set(&inside, &deps, false).await.unwrap_err();
        assert_eq!(Error::from(refused), Error::Forbidden);

        set(&acme, &deps, false).await.unwrap();
        let bob = came(&database, &deps, &bob, false).await;
        OrgActor::enter(&bob, &deps, "acme").await.unwrap();
    }
}
