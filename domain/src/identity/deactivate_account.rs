//! Pausing one's account.

use super::{closing::hold, session};
use crate::{Deps, Result, actor::UserActor, audit::Action};

/// Every device is signed out. Mail stops, except for a link that is asked for, an invitation, and what becomes of an
/// organization of theirs: that may not wait until they come back. Nothing else changes: who signs in again is asked whether to
/// take it up, see [`super::reactivate_account`]. Nobody leaves others behind without an owner whose account is in use:
/// [`contract::Error::LastOwner`].
pub async fn deactivate(user: &UserActor, deps: &Deps) -> Result<()> {
    let mut transaction = user.begin(deps).await?;
    hold(&mut transaction, user.id()).await?;
    sqlx::query!(
        "update users set status = 'deactivated', updated_at = $2 \
         where id = $1 and status = 'active' and deleted_at is null",
        user.id().0,
        deps.now(),
    )
    .execute(&mut *transaction)
    .await?;
    // Whoever signs in at this moment is waited for, so that the session that begins ends as well.
    sqlx::query!(
        "select user_id from user_accounts where user_id = $1 for update",
        user.id().0
    )
    .fetch_all(&mut *transaction)
    .await?;
    session::end_all(&mut transaction, user.id()).await?;
    user.audit(Action::UserDeactivated)
        .subject(user.id().0)
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
        identity::delete_account::delete,
        testing::{TestDatabase, deps, join, organization, person},
    };

    #[tokio::test]
    async fn nobody_leaves_others_without_an_owner() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let (ann, bob, cid) = (
            person(&deps, "ann").await,
            person(&deps, "bob").await,
            person(&deps, "cid").await,
        );
        let acme = organization(&deps, &ann, "acme").await;
        organization(&deps, &cid, "alone").await;
        join(&database, &deps, &acme, &bob, "admin").await;
        let refused = deactivate(&ann, &deps).await.unwrap_err();
        assert_eq!(Error::from(refused), Error::LastOwner);
        join(&database, &deps, &acme, &cid, "owner").await;
        deactivate(&ann, &deps).await.unwrap();
        let refused = delete(&cid, &deps, &cid.person().email, None).await.unwrap_err();
        assert_eq!(
            Error::from(refused),
            Error::LastOwner,
            "an owner whose account rests is none"
        );
        deactivate(&bob, &deps).await.unwrap();
    }
}
