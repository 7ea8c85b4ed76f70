//! A link to an invitation, to be passed on by hand.

use contract::{iam::Permission, ids::InvitationId};
use serde_json::json;

use super::{
    code::{self, Proof},
    invitation::in_hand,
};
use crate::{Deps, Result, actor::OrgActor, audit::Action, random::Secret, standing};

/// The code of the link, told this once. It proves nothing: whoever opens it has to prove the invited address before they
/// come in. An invitation that has expired is to be sent again first.
pub async fn copy_link(org: &OrgActor, deps: &Deps, id: InvitationId) -> Result<Secret> {
    org.require_change(Permission::MembersInvite)?;
    let mut transaction = org.begin(deps).await?;
    let actor = standing::hold(&mut transaction, org, Permission::MembersInvite).await?;
    let open = in_hand(&mut transaction, &actor, org.tenant().id, id).await?;
    if open.expires_at <= deps.now() {
        return Err(contract::Error::Conflict.into());
    }
    let code = code::issue(&mut transaction, deps, org.tenant().id, id, Proof::Nothing).await?;
    org.audit(Action::InvitationLinkCopied)
        .subject(id.0)
        .after(json!({ "email": open.email }))
        .write(&mut transaction, deps)
        .await?;
    transaction.commit().await?;
    Ok(code)
}

#[cfg(test)]
mod tests {
    use contract::Error;

    use super::*;
    use crate::{
        people::{invitation::LIFETIME, testing::invite_one},
        testing::{TestDatabase, clock_and_deps, organization, person},
    };

    #[tokio::test]
    async fn each_copy_is_another_code_and_on_record() {
        let database = TestDatabase::new().await;
        let (clock, deps) = clock_and_deps(&database);
        let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
        let invitation = invite_one(&acme, &deps, "new@example.test").await;
        let (one, two) = (
            copy_link(&acme, &deps, invitation).await.unwrap(),
            copy_link(&acme, &deps, invitation).await.unwrap(),
        );
        assert_ne!(one.expose(), two.expose());
        assert_eq!(database.count("invitation_codes where not proves_address").await, 2);
        let stored = format!("invitation_codes where code_hash = sha256('{}')", one.expose());
        assert_eq!(database.count(&stored).await, 1, "as a hash");
        assert_eq!(
            database
                .count("audit_log where action = 'invitation.link_copied'")
                .await,
            2
        );
        clock.advance(LIFETIME);
        let refused = copy_link(&acme, &deps, invitation).await.unwrap_err();
        assert_eq!(Error::from(refused), Error::Conflict);
        let other = organization(&deps, &person(&deps, "bob").await, "other").await;
        let refused = copy_link(&other, &deps, invitation).await.unwrap_err();
        assert_eq!(Error::from(refused), Error::NotFound);
    }
}
