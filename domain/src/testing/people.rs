//! People, organizations and roles.

use contract::{
    email::EmailAddress,
    iam::Permission,
    ids::RoleId,
    password::Password,
    slug::Slug,
    text::{OrganizationName, PersonName, RoleDescription, RoleName},
};

use super::database::TestDatabase;
use crate::{
    Deps, Result,
    actor::{OrgActor, RequestInfo, UserActor, Visitor},
    identity::sign_up::{SignUp, sign_up},
    roles::{self, RoleFields},
    tenants::create::{NewTenant, create},
};

pub const PASSWORD: &str = "correct horse battery staple 42";

pub fn request() -> RequestInfo {
    RequestInfo {
        address: "192.0.2.7".to_owned(),
        user_agent: "test".to_owned(),
        request_id: "test".to_owned(),
    }
}

pub fn visitor() -> Visitor {
    Visitor::new(request())
}

#[expect(clippy::unwrap_used, reason = "fixed texts that are valid")]
pub fn new_person(name: &str) -> SignUp {
    SignUp {
        name: PersonName::parse(name).unwrap(),
        email: EmailAddress::parse(&format!("{name}@example.test")).unwrap(),
        password: Password::parse(PASSWORD).unwrap(),
    }
}

/// Somebody who has signed up, by the ordinary way.
#[expect(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]
pub async fn person(deps: &Deps, name: &str) -> UserActor {
    let session = sign_up(&visitor(), deps, new_person(name)).await.unwrap();
    comes(deps, session.token.expose()).await
}

/// Whoever the token of a session belongs to, as they come in with the next request.
#[expect(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]
pub async fn comes(deps: &Deps, token: &str) -> UserActor {
    UserActor::authenticate(deps, token, request()).await.unwrap().unwrap()
}

/// What was said to whoever was refused.
#[expect(clippy::unwrap_used, reason = "who was not refused fails the test")]
pub fn refused<T: std::fmt::Debug>(result: Result<T>) -> contract::Error {
    result.unwrap_err().into()
}

/// An organization, and its owner in it.
#[expect(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]
pub async fn organization(deps: &Deps, owner: &UserActor, slug: &str) -> OrgActor {
    let new = NewTenant {
        name: OrganizationName::parse(slug).unwrap(),
        slug: Slug::parse(slug).unwrap(),
    };
    let created = create(owner, deps, new).await.unwrap();
    OrgActor::enter(owner, deps, created.slug.as_str()).await.unwrap()
}

/// Adds a person to an organization in one of its default roles.
#[expect(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]
pub async fn join(database: &TestDatabase, deps: &Deps, org: &OrgActor, user: &UserActor, role: &str) -> OrgActor {
    sqlx::query(
        "insert into tenant_members (tenant_id, user_id, role_id, joined_at, updated_at) \
         select tenant_id, $2, id, $4, $4 from iam_roles where tenant_id = $1 and key = $3",
    )
    .bind(org.tenant().id.0)
    .bind(user.id().0)
    .bind(role)
    .bind(deps.now())
    .execute(database.owner())
    .await
    .unwrap();
    OrgActor::enter(user, deps, org.tenant().slug.as_str()).await.unwrap()
}

/// The role of an organization under this key.
#[expect(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]
pub async fn role_of(database: &TestDatabase, org: &OrgActor, key: &str) -> RoleId {
    let id: uuid::Uuid = sqlx::query_scalar("select id from iam_roles where tenant_id = $1 and key = $2")
        .bind(org.tenant().id.0)
        .bind(key)
        .fetch_one(database.owner())
        .await
        .unwrap();
    RoleId(id)
}

/// Takes a person's address as proven.
#[expect(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]
pub async fn proven(database: &TestDatabase, user: &UserActor) {
    sqlx::query("update users set email_verified_at = created_at where id = $1")
        .bind(user.id().0)
        .execute(database.owner())
        .await
        .unwrap();
}

/// Adds a person to an organization in a role of its own.
#[expect(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]
pub async fn join_as(database: &TestDatabase, deps: &Deps, org: &OrgActor, user: &UserActor, role: RoleId) -> OrgActor {
    let key: String = sqlx::query_scalar("select key from iam_roles where tenant_id = $1 and id = $2")
        .bind(org.tenant().id.0)
        .bind(role.0)
        .fetch_one(database.owner())
        .await
        .unwrap();
    join(database, deps, org, user, &key).await
}

/// A role's name and rights, with nothing said about it.
#[expect(clippy::unwrap_used, reason = "fixed texts that are valid")]
pub fn role_fields(name: &str, permissions: &[Permission]) -> RoleFields {
    RoleFields {
        name: RoleName::parse(name).unwrap(),
        description: RoleDescription::parse("").unwrap(),
        permissions: permissions.iter().copied().collect(),
    }
}

/// A role of the organization's own.
#[expect(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]
pub async fn custom_role(deps: &Deps, org: &OrgActor, name: &str, permissions: &[Permission]) -> RoleId {
    roles::create::create(org, deps, role_fields(name, permissions))
        .await
        .unwrap()
}

/// Adds a person to an organization as a guest, with a guest's role.
#[expect(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]
pub async fn join_as_guest(database: &TestDatabase, deps: &Deps, org: &OrgActor, user: &UserActor) -> OrgActor {
    join(database, deps, org, user, "guest").await;
    sqlx::query("update tenant_members set member_type = 'guest' where tenant_id = $1 and user_id = $2")
        .bind(org.tenant().id.0)
        .bind(user.id().0)
        .execute(database.owner())
        .await
        .unwrap();
    OrgActor::enter(user, deps, org.tenant().slug.as_str()).await.unwrap()
}
