//! Invitations to begin a test with, made and mailed as they are.

#![expect(
    clippy::missing_panics_doc,
    clippy::unwrap_used,
    reason = "everything here panics when it cannot set a test up, and so fails it"
)]

use chrono::{DateTime, Utc};
use contract::{
    iam::{DefaultRole, MemberType},
    ids::{InvitationId, RoleId},
};
use uuid::Uuid;

use super::{
    accept::{Accepted, accept},
    invitation::Ticket,
    invite::{Offer, invite},
};
use crate::{
    Deps,
    actor::{OrgActor, UserActor},
    mail::{Arrival, Mail, compose},
    testing::{TestDatabase, person},
};

/// One of the default roles, in an organization.
pub async fn role(org: &OrgActor, deps: &Deps, role: DefaultRole) -> RoleId {
    let mut transaction = org.begin(deps).await.unwrap();
    sqlx::query_scalar::<_, Uuid>("select id from iam_roles where key = $1")
        .bind(role.key())
        .fetch_one(&mut *transaction)
        .await
        .unwrap()
        .into()
}

/// To come with one of the default roles: as a guest with that of guests, as a member with the others.
pub async fn offer(org: &OrgActor, deps: &Deps, with: DefaultRole) -> Offer {
    Offer {
        role: role(org, deps, with).await,
        member_type: if with == DefaultRole::Guest {
            MemberType::Guest
        } else {
            MemberType::Member
        },
        grants: Vec::new(),
    }
}

/// To become a member.
pub async fn invite_one(org: &OrgActor, deps: &Deps, address: &str) -> InvitationId {
    invite_as(org, deps, address, DefaultRole::Member).await
}

pub async fn invite_as(org: &OrgActor, deps: &Deps, address: &str, with: DefaultRole) -> InvitationId {
    let offer = offer(org, deps, with).await;
    let invited = invite(org, deps, &offer, address).await.unwrap();
    invited.report.rows[0].outcome.invitation().unwrap()
}

/// The code in the mail, as the worker writes it.
pub async fn mailed_code(database: &TestDatabase, deps: &Deps, org: &OrgActor, invitation: InvitationId) -> String {
    let mail = Mail::Arrival {
        tenant: org.tenant().id,
        news: Arrival::Invitation { invitation },
    };
    let written = compose(&database.platform(), deps, "https://plinth.example", &mail)
        .await
        .unwrap()
        .unwrap();
    let (_, rest) = written.text.split_once("/accept-invite?code=").unwrap();
    rest.split_whitespace().next().unwrap().to_owned()
}

/// Invited, and accepted from the mail.
pub async fn join_by_invitation(
    database: &TestDatabase,
    deps: &Deps,
    org: &OrgActor,
    user: &UserActor,
    with: DefaultRole,
) -> OrgActor {
    let invitation = invite_as(org, deps, &user.person().email, with).await;
    let code = mailed_code(database, deps, org, invitation).await;
    let accepted = accept(user, deps, Ticket::Code(&code)).await.unwrap();
    assert!(matches!(accepted, Accepted::Joined { .. }), "{accepted:?}");
    OrgActor::enter(user, deps, org.tenant().slug.as_str()).await.unwrap()
}

/// Somebody with an account whose address is proven.
pub async fn verified(database: &TestDatabase, deps: &Deps, name: &str) -> UserActor {
    let user = person(deps, name).await;
    sqlx::query("update users set email_verified_at = created_at where id = $1")
        .bind(user.id().0)
        .execute(database.owner())
        .await
        .unwrap();
    person(deps, name).await
}

/// How many invitations are open and have not expired.
pub async fn open(database: &TestDatabase, now: DateTime<Utc>) -> i64 {
    sqlx::query_scalar("select count(*) from tenant_invitations where status = 'pending' and expires_at > $1")
        .bind(now)
        .fetch_one(database.owner())
        .await
        .unwrap()
}

/// How many mails of a kind wait.
pub async fn mails(database: &TestDatabase, kind: &str) -> i64 {
    sqlx::query_scalar(
        "select count(*) from graphile_worker._private_jobs \
         where payload::jsonb -> 'mail' ? $1 or payload::jsonb #> '{mail,Arrival,news}' ? $1",
    )
    .bind(kind)
    .fetch_one(database.owner())
    .await
    .unwrap()
}
